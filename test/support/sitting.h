/* Papers of examinations for tests, by the verbs of the domain. */
#ifndef TEST_SITTING_H
#define TEST_SITTING_H
#include "bank.h"

/* A paper that somebody opens, fills in and hands in. given: for each place of the form, from the first, the letter of an option; "-": nothing; "T": words, for
 * a long answer (SITTING_WORDS). Its id. */
#define SITTING_WORDS "These are the words of an answer."
int64_t a_paper_of(struct fixture *f, int64_t person_id, int64_t exam_id, const char *given);
/* A long answer of ten points by two criteria of six and four. */
int64_t a_long_item(struct fixture *f, int64_t org_id, const char *code, int64_t competency_id, int64_t level);
#endif
