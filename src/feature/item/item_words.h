/* What kinds, states and the like are called; shared by the pages of the bank. */
#ifndef FEATURE_ITEM_WORDS_H
#define FEATURE_ITEM_WORDS_H
#include "base/field.h"
#include "feature/item/item_page.h"

extern const struct choice item_kinds[], item_statuses[], item_blooms[], item_langs[]; /* ended by { NULL, NULL } */

/* The translated label of a value; the value itself when it is none of them. */
struct str item_called(const struct ctx *cx, const struct choice *v, struct str value);
/* Choices with translated labels, after a first one of an empty value unless `first` is NULL. In the arena. */
void item_choices(struct ctx *cx, const struct choice *v, const char *first, struct item_choice **ret, size_t *ret_n);
/* What an item can test today, by id. */
_must_check_ enum err item_competency_choices(struct ctx *cx, const char *first, struct item_choice **ret, size_t *ret_n);
void item_level_choices(struct ctx *cx, const char *first, struct item_choice **ret, size_t *ret_n);
/* A question for a preview: the address of its picture is set when it has one. */
struct quiz_question_item item_preview(struct ctx *cx, int64_t org_id, int64_t item_id, int64_t version, const struct quiz_asked *asked, struct str lang, struct str picture_type);
/* 2, 2.5 */
struct str item_marks(struct ctx *cx, double x);
#endif
