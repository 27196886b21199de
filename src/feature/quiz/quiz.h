/* Quizzes: rules, questions, attempts, marking, and the credit that passing earns.
 *
 * An attempt draws its questions once and keeps them, whatever a later import does: a changed question is a new row.
 * Answers are saved one by one and count when the attempt is handed in. What earns marks (the key) leaves this feature only
 * for answers that cannot change any more, and only if the rules give feedback:
 *   each    after an answer was checked, which makes it final, and for all after handing in
 *   end     after handing in
 *   never   not at all; only the marks of the attempt
 * Every function works on the attempts of cx->actor; another's attempt is ERR_NOT_FOUND. */
#ifndef FEATURE_QUIZ_H
#define FEATURE_QUIZ_H
#include "db/db.h"
#include "feature/quiz/quiz_show.h"
#include "quiz_sql.h"

struct quiz_rules {
	int64_t pass;        /* per cent of the marks */
	int64_t attempts;
	int64_t draw;        /* questions an attempt draws; 0: all */
	struct str feedback; /* "each", "end", "never" */
};
/* Writes rules and questions of a quiz, by the names of the questions: unchanged ones stay, changed ones are ended and written anew,
 * missing ones are ended. ERR_INVALID: two questions of one name, or a kind that a quiz
 * does not mark (question_is_for_quiz). In a writing transaction. */
_must_check_ enum err quiz_import(struct ctx *cx, int64_t resource_id, const struct quiz_rules *rules, const struct question *q, size_t n);

/* Begins an attempt, or finds the one that is open. ERR_NOT_FOUND: no such quiz; ERR_GONE: taken out of the course;
 * ERR_CONFLICT: not enrolled, no attempt left, or no questions. */
_must_check_ enum err quiz_start(struct ctx *cx, int64_t resource_id, int64_t *ret_attempt);

struct quiz_give {
	int64_t attempt_id, question_id;
	struct str given; /* JSON list of texts, see quiz_mark.h; absent or []: no answer any more */
	bool check;       /* with feedback "each": marks it at once and makes it final; else without effect */
};
/* Saves one answer; the same again changes nothing. ERR_NOT_FOUND: no such attempt, or the question is not in it; ERR_INVALID: does not fit
 * the question; ERR_CONFLICT: handed in, or the answer is final. */
_must_check_ enum err quiz_save(struct ctx *cx, const struct quiz_give *in);

struct quiz_result {
	int64_t attempt_id, resource_id, course_id;
	double marks, max_marks;
	int64_t percent;      /* rounded down, so that it never shows a pass that is none */
	bool passed;
	bool course_complete; /* by this attempt or before */
	bool newly;           /* false: it had been handed in before, nothing changed */
};
/* Marks everything and ends the attempt; a pass credits the quiz and what it proves, in the same transaction. ERR_CONFLICT: not enrolled. */
_must_check_ enum err quiz_submit(struct ctx *cx, int64_t attempt_id, struct quiz_result *ret);

/* How a person stands with a quiz. */
struct quiz_state {
	struct quiz_one_row quiz;
	int64_t drawn;              /* questions of an attempt */
	int64_t used, left;         /* attempts; the open one counts as used */
	int64_t open_id, last_id;   /* attempts: open, last handed in; 0: none */
	bool tried, passed;         /* handed in once; passed once */
	double best_marks, best_max; /* of the best attempt handed in */
	int64_t best_percent;
	bool enrolled, course_complete;
};
/* Even among 0 … n - 1, by the operating system's chance; n > 0. */
size_t quiz_chance(size_t n);
/* Whole per cent, rounded down. */
int64_t quiz_percent(double marks, double max);
_must_check_ enum err quiz_state(struct ctx *cx, int64_t resource_id, struct quiz_state *ret);

struct quiz_attempt {
	struct quiz_attempt_row row;
	struct str feedback;         /* the rule */
	struct quiz_shown *questions;
	size_t n_questions;
};
/* An attempt with its questions, as far as its person may see them now. */
_must_check_ enum err quiz_attempt(struct ctx *cx, int64_t attempt_id, struct quiz_attempt *ret);

/* The answer (JSON list) that earns the whole mark: for previews of authors and for the demonstration. Never part of a learner's page. */
_must_check_ enum err quiz_right_answer(struct ctx *cx, int64_t question_id, struct str *ret_given);
/* The attempts of the account closed_id are kept_id's from now on, counted on behind the own ones: both are one person (feature/merge). An
 * attempt that is open in both goes on in the own one. In a writing transaction. */
_must_check_ enum err quiz_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);
#endif
