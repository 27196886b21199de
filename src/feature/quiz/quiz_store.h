/* A question as the database holds it: what is asked and what is right, apart, each as JSON.
 *
 *   asked       {"text":"…","options":[{"id":"a","text":"…","area":"…"}],"lefts":[{"id":"1","text":"…"}],
 *                "picture":{"alt":"…","width":640,"height":480},"words":300}                               all that a learner may see
 *   answer_key  {"options":[{"id":"a","weight":100,"feedback":"…"}],"numbers":[…],"pairs":[…],"order":["b","a"],"rubric":[…],"sample":"…",
 *                "whole":true,"general":"…"}
 *   feedback    {"options":[{"id":"a","feedback":"…"}],"numbers":["…"],"rubric":[{"name":"…","about":"…"}],"sample":"…","general":"…"}
 *
 * Only what the kind has is there. A question in several languages has one answer_key, without words, and asked and feedback in each language; accepted
 * texts of a short answer stand in the answer_key with their language, and each is accepted in all of them.
 *
 * Ids of options follow the order of their texts in the language that the question was written in, not the author's order, who tends to write the right
 * one first; so an id tells nothing, it stays the same when options are written in another order, and it is the same in all languages. */
#ifndef FEATURE_QUIZ_STORE_H
#define FEATURE_QUIZ_STORE_H
#include "feature/quiz/quiz_mark.h"
#include "base/ctx.h"

struct quiz_option {
	struct str id, text;
	struct str area; /* of a hotspot, as in text/question.h */
};
struct quiz_asked {
	enum question_kind kind;
	struct str text;
	struct quiz_option *options; /* choices, areas, steps to put in order; of matching the right sides */
	size_t n_options;
	struct quiz_option *lefts;   /* of matching */
	size_t n_lefts;
	struct str alt;              /* of the picture: what it shows; empty: there is none */
	int64_t width, height;       /* of the picture, pixels */
	int64_t words;               /* of a long answer: at most so many; 0: not said */
};
enum {
	GIVEN_TEXT_MAX = 500,   /* code points of a short answer */
	GIVEN_LONG_MAX = 20000, /* bytes of a long one */
	GIVEN_MAX = QUESTION_OPTIONS_MAX,
};

/* In one language, the words of feedback in the key: as courses keep them. */
void quiz_store(struct ctx *cx, const struct question *q, struct str *ret_asked, struct str *ret_key);
struct quiz_text {
	struct str lang, asked, feedback;
	bool base; /* what it was written in; the first */
};
/* In all its languages, the words apart from the key. The question has passed question_check and quiz_store_fault. */
void quiz_store_texts(struct ctx *cx, const struct question *q, struct str *ret_key, struct quiz_text **ret, size_t *ret_n);
/* Why a question that passed question_check cannot be kept in all its languages: a sentence (N_), or NULL. */
const char *quiz_store_fault(const struct question *q);
/* The question again, with its translations; what is not kept (name, category, bloom, source, marks, picture's bytes) is empty. Options come in the order of their ids, of ordering in
 * their right order. ERR_INTERNAL: the rows do not hold what quiz_store_texts wrote. */
_must_check_ enum err quiz_restore(struct ctx *cx, struct str kind, struct str answer_key, const struct quiz_text *v, size_t n, struct question *ret);
/* ERR_INTERNAL: the row does not hold what quiz_store wrote. */
_must_check_ enum err quiz_load_asked(struct ctx *cx, struct str kind, struct str json, struct quiz_asked *ret);
_must_check_ enum err quiz_load_key(struct ctx *cx, struct str kind, struct str json, struct quiz_key *ret);
/* Puts the words of a language into a key that has none. */
_must_check_ enum err quiz_load_feedback(struct ctx *cx, struct str json, struct quiz_key *key);

/* A list of texts as JSON and back; the empty list is absent. False: no list of texts. */
struct str quiz_write_given(struct arena *a, const struct strs *given);
bool quiz_read_given(struct arena *a, struct str json, struct strs *ret);
/* Checks what was given against the question and puts it into its one form (order, spaces), so that the same answer is the
 * same text. Steps of ordering may also come with their places, as a form sends them: "a=2", "c=1". Returns a sentence (N_, with a place {n} for the
 * question's number) about what is wrong, or NULL. */
const char *quiz_fit(struct arena *a, const struct quiz_asked *q, const struct strs *given, struct strs *ret);
#endif
