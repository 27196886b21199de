/* A question as the database holds it: what is asked and what is right, apart, each as JSON.
 *
 *   asked       {"text":"…","options":[{"id":"a","text":"…"}],"lefts":[{"id":"1","text":"…"}]}     all that a learner may see
 *   answer_key  {"options":[{"id":"a","weight":100,"feedback":"…"}],"numbers":[…],"pairs":[…],"general":"…"}
 *
 * Ids of options follow the order of their texts, not the author's, who tends to write the right one first;
 * so an id tells nothing, and it stays the same when options are written in another order. */
#ifndef FEATURE_QUIZ_STORE_H
#define FEATURE_QUIZ_STORE_H
#include "feature/quiz/quiz_mark.h"
#include "base/ctx.h"

struct quiz_option {
	struct str id, text;
};
struct quiz_asked {
	enum question_kind kind;
	struct str text;
	struct quiz_option *options; /* choices; of matching the right sides */
	size_t n_options;
	struct quiz_option *lefts;   /* of matching */
	size_t n_lefts;
};
enum { GIVEN_TEXT_MAX = 500, GIVEN_MAX = QUESTION_OPTIONS_MAX };

void quiz_store(struct ctx *cx, const struct question *q, struct str *ret_asked, struct str *ret_key);
/* ERR_INTERNAL: the row does not hold what quiz_store wrote. */
_must_check_ enum err quiz_load_asked(struct ctx *cx, struct str kind, struct str json, struct quiz_asked *ret);
_must_check_ enum err quiz_load_key(struct ctx *cx, struct str kind, struct str json, struct quiz_key *ret);

/* A list of texts as JSON and back; the empty list is absent. False: no list of texts. */
struct str quiz_write_given(struct arena *a, const struct strs *given);
bool quiz_read_given(struct arena *a, struct str json, struct strs *ret);
/* Checks what was given against the question and puts it into its one form (order, spaces), so that the same answer is the
 * same text. Returns a sentence (N_, with a place {n} for the
 * question's number) about what is wrong, or NULL. */
const char *quiz_fit(struct arena *a, const struct quiz_asked *q, const struct strs *given, struct strs *ret);
#endif
