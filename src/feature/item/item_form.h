/* From what an author fills in to a question, and back. One form for all kinds: rows of options, of which each kind uses what it needs.
 *
 *   kind                                      option        match        weight              area      feedback
 *   single, multiple, hotspot, judgement      its text      -            per cent (empty: 0) hotspot   said to who chose it
 *   truefalse                                 -             -            -                   -         rows 1 (true) and 2 (false); `right` says which
 *   short                                     accepted text -            per cent (100)      -         -
 *   numeric                                   the number    tolerance    per cent (100)      -         said
 *   matching                                  left side     right side   -                   -         -
 *   ordering                                  in the right order
 *   long                                      criterion     -            points              -         what it means
 *
 * Rows are texts "ROW=value" as a form sends them (web/request.h); empty rows are passed over. Multiple choice: where every right option is said to be
 * worth 100, they share it. */
#ifndef FEATURE_ITEM_FORM_H
#define FEATURE_ITEM_FORM_H
#include "base/field.h"
#include "text/question.h"

enum { ITEM_ROWS_MAX = QUESTION_OPTIONS_MAX };

struct item_form {
	enum question_kind kind;
	struct str code, lang, text, general, right, sample, alt;
	struct strs option, match, weight, area, feedback;
	bool partial;
	double marks;    /* NaN: not said */
	int64_t words;   /* NONE: not said */
	struct str picture; /* bytes of a file; absent: none came */
};
/* was: the version that is changed (its picture is kept when none came); NULL: none. ERR_INVALID with a sentence for each mistake. keep: translations of `was` go over
 * as they are, by the rows they belong to; ERR_INVALID "keep": there are rows that they do not know. */
_must_check_ enum err item_form_question(struct ctx *cx, const struct item_form *form, const struct question *was, bool keep, struct question *ret);
/* The question with a translation more, or another one, of the form's language: rows are those of item_form_rows(q). ERR_INVALID. */
_must_check_ enum err item_form_translate(struct ctx *cx, const struct question *q, const struct item_form *form, struct question *ret);

struct item_form_row {
	int64_t n;
	struct str option, match, weight, area, feedback;
};
/* The rows of a question as the form shows them. */
void item_form_rows(struct ctx *cx, const struct question *q, struct item_form_row **ret, size_t *ret_n);
/* 12.5, without trailing zeros. */
struct str item_number(struct ctx *cx, double x);
#endif
