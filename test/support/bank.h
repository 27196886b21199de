/* Items and examinations for tests. */
#ifndef TEST_BANK_H
#define TEST_BANK_H
#include "http_test.h"

/* A live single choice of one mark in English; the right option is "a" (its text ends in "right"), the wrong ones "b" and "c". level 0: not said. */
int64_t an_item(struct fixture *f, int64_t org_id, const char *code, int64_t competency_id, int64_t level);
/* Its text in another language. */
void an_item_text(struct fixture *f, int64_t item_id, const char *lang, const char *text);
/* A case with its text; questions are put into it by a_question_of. */
int64_t a_case(struct fixture *f, int64_t org_id, const char *code);
void a_question_of(struct fixture *f, int64_t case_id, int64_t item_id, int64_t n);
void enemies(struct fixture *f, int64_t a, int64_t b);

/* A draft of fixed forms: half an hour, two attempts, 60 per cent, from now for a day. kind with what it needs must be set by the test behind it. */
int64_t an_exam(struct fixture *f, int64_t org_id, const char *code, const char *kind);
/* A part of its blueprint: its number. */
void a_part(struct fixture *f, int64_t org_id, int64_t exam_id, int64_t competency_id, int64_t level, int64_t items);
/* A form of items of version 1, all of part 1. */
int64_t a_form(struct fixture *f, int64_t exam_id, const int64_t *items, size_t n);
/* A pool for an adaptive examination: items take turns between part 1 (difficulties -1.5 to 0.5) and part 2 (0 to 2); the last `plain` have no parameters. */
int64_t a_pool(struct fixture *f, int64_t exam_id, const int64_t *items, size_t n, size_t plain);
/* Opened, by its rules. */
void open_exam(struct fixture *f, int64_t org_id, int64_t exam_id);
#endif
