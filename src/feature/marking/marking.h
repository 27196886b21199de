/* Long answers of examinations, marked by people.
 *
 * Two markers mark each answer. Neither sees whose it is, where that one works, or what the other has said; who took the examination marks none of the own
 * answers, and nobody marks an answer twice. Whoever takes an answer has it for MARKING_HELD; then somebody else may take it. By criterion of the rubric from 0
 * to its points (without a rubric: the points of the item), to hundredths; what a marker gives is the share of all criteria, of the points of the item.
 *
 * When the two are at most marking_apart per cent of the points apart, the mean of both counts. Otherwise a third marks, who sees both with their notes but not
 * who they are, and the third mark alone counts. 20 per cent unless the setting says otherwise: rubrics commonly tell five levels of quality apart, and whoever
 * is more than one level apart has not seen the same answer. What counts is final; once that is so of all long answers of an attempt, attempt_settle makes its
 * result. An answer that was never given needs nobody.
 *
 *   exam_mark.final    the one mark that counts, in turn 3: the third marker's, or the mean of both, which is nobody's (marker_id NULL)
 *
 * How far markers agree is the intraclass correlation of first and second marks as shares of the points (psychometrics/agreement.h). */
#ifndef FEATURE_MARKING_H
#define FEATURE_MARKING_H
#include "base/clock.h"
#include "db/db.h"
#include "marking_sql.h"
#include "psychometrics/agreement.h"
#include "text/question.h"

#define MARKING_HELD (30 * MINUTE)
enum {
	MARKING_APART = 20,	 /* per cent, unless the setting says otherwise */
	MARKING_NOTE_MAX = 2000, /* letters */
	MARKING_CRITERIA_MAX = QUESTION_RUBRIC_MAX,
	MARKING_GATHER = 100,	   /* answers that are put into the queue at a time */
	MARKING_PAIRS_MAX = 10000, /* that agreement is computed from, the newest attempts first */
	MARKING_LEAST = 10,	   /* answers marked twice before agreement is told: of fewer the interval says nothing */
};

struct criterion {
	struct str name, about;
	double points; /* at most; above 0 */
};
/* The criteria by which an item is marked, at least one. key, feedback: of the item's version (quiz_store.h); feedback absent: without words. In the arena. */
_must_check_ enum err marking_rubric(struct ctx *cx, struct str key, struct str feedback, double points, struct criterion **ret, size_t *ret_n);

/* The next answer for the actor: the one he has, else one that waits for a third marker, else one that waits. ERR_NOT_FOUND: none waits for him. In a writing
 * transaction, as all that change. */
_must_check_ enum err marking_take(struct ctx *cx, int64_t exam_id, struct marking_held_row *ret);
/* What the actor has, if his time is not over. Reads. */
_must_check_ enum err marking_held(struct ctx *cx, int64_t exam_id, struct marking_held_row *ret, bool *ret_found);
/* Gives it back unmarked. ERR_CONFLICT: he has none. */
_must_check_ enum err marking_give_back(struct ctx *cx, int64_t exam_id);

struct marking_say {
	int64_t exam_id;
	struct str answer;  /* marking_answer_name of what was shown: nothing else is marked than what was seen */
	struct strs points; /* "0=2.5": of the first criterion; one for each */
	struct str note;
};
struct str marking_answer_name(struct ctx *cx, const struct marking_held_row *h);
/* The mark of the actor for what he has. ERR_CONFLICT: his time is over, or it is another answer; ERR_INVALID "points". */
_must_check_ enum err marking_say(struct ctx *cx, const struct marking_say *in);

/* Whether two marks are so far apart that a third must decide. apart: per cent of the points. */
bool marking_is_apart(double first, double second, double points, int64_t apart);
int64_t marking_apart(const struct ctx *cx);
/* Of an examination; known false: fewer than MARKING_LEAST answers were marked twice, or all marks are equal. n: answers. Reads. */
struct marking_agreement {
	size_t n, n_third;
	bool known;
	struct agreement is;
};
_must_check_ enum err marking_agreement(struct ctx *cx, int64_t exam_id, struct marking_agreement *ret);
/* Marks of the account closed_id are kept_id's from now on: both are one person (feature/merge). In a writing transaction. */
_must_check_ enum err marking_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);
#endif
