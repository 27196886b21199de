/* Adaptive examinations: which question of the pool comes next, when enough is known, and what theta says of marks and levels.
 *
 * An examination whose mode is adaptive has a pool (a form with the mark `pool`) instead of papers: every item of it with parameters can be chosen, by the
 * blueprint's shares, never with an enemy (psychometrics/adaptive.h: Fisher's information, one of the ADAPTIVE_BEST best is drawn). A test goes on until one of
 * the examination's rules ends it: the standard error is at most target_se; `most` items were answered; with `decide`, it is clear that somebody is above or
 * below the pass level (delta ADAPTIVE_DELTA, chances of ADAPTIVE_CHANCE for an error there); the time is over; nothing is left. Not before `least` items, but
 * for the last two.
 *
 * Nothing of a test is kept but its answers. The same answers bring the same next question, whoever asks, however often and on whichever server: so a crash
 * costs nothing, and an answer that is sent twice does no harm. A pool never changes, so it is prepared once and kept by the process, by form; enemies are
 * those of that time.
 *
 * What theta says (psychometrics/mapping.h):
 *
 * - marks: the share of the marks that somebody with this theta is expected to earn on the whole pool, each part of the blueprint weighing as many items as
 *   it asks. So an adaptive result stands beside that of a paper by the same blueprint.
 * - pass: theta is at or above the theta at which that share is the examination's pass share, or, with `decide`, was found to be.
 * - a level of a competency: theta is at or above the cut of the level and of all lower ones that are asked. The cut of level L is the theta at which the
 *   expected share of the marks on the pool's items of that competency and level reaches the pass share: item mapping with the pass share as the response
 *   probability (Mitzel, Lewis, Patz and Green 2001; Huynh 1998).
 * - how surely: the posterior is taken as normal with theta and its standard error.
 *
 * A pool is ready when every part of the blueprint has as many items with parameters as its share of the longest test. Until then the examination is taken by
 * fixed forms, and pages and API say so (feature/attempt). */
#ifndef FEATURE_ADAPTIVE_H
#define FEATURE_ADAPTIVE_H
#include "adaptive_sql.h"
#include "feature/exam/exam.h"
#include "psychometrics/adaptive.h"
#include "psychometrics/mapping.h"

enum { ADAPTIVE_BEST = 5, POOL_KEEP_MAX = 16 };
#define ADAPTIVE_DELTA 0.3
#define ADAPTIVE_CHANCE 0.05

/* A level of a competency that the pool asks. */
struct adaptive_cut {
	int64_t competency_id, level, items;
	double theta;
};
struct adaptive_pool {
	int64_t form_id;
	bool ready;
	int64_t lacking; /* so many items with parameters too few, over all parts */
	struct adaptive_bank bank;
	struct adaptive_plan plan;
	const int64_t *place, *steps; /* of each item of the bank: its place in the form, its steps (item_category()) */
	struct mapped_item *whole;    /* all of them, weighing as the blueprint has it */
	struct adaptive_cut *cuts;    /* by competency, then level */
	size_t n_cuts;
	double pass; /* theta */
};
/* The pool of a form of this examination. It lives as long as what is made in the arena of cx at that time. ERR_NOT_FOUND: no such form. Runs in any
 * transaction; kept: without a statement. Of a draft it is made each time, since rules and blueprint may yet change. */
_must_check_ enum err adaptive_pool(struct ctx *cx, const struct exam_one_row *e, int64_t form_id, const struct adaptive_pool **ret);

/* A question that was answered. */
struct adaptive_given {
	int64_t n;   /* place in the form */
	double part; /* of its marks, 0 to 1; nothing given: 0 */
};
struct adaptive_stand {
	enum adaptive_stop stop;
	int64_t next; /* place in the form, while it goes on */
	double theta, se;
	double share; /* of the marks, expected */
	bool passed;
};
/* How a test stands. seed: of the attempt. ms_left: INT64_MAX: does not matter. What the pool does not have, or has twice in the list, counts once or not. */
struct adaptive_stand adaptive_stand(struct arena *a, const struct adaptive_pool *p, int64_t seed, const struct adaptive_given *v, size_t n, int64_t ms_left);

/* Thousandths of the level that theta says, one below the least asked when it is not reached; -1: the pool asks no level of this competency. */
int64_t adaptive_value(const struct adaptive_pool *p, int64_t competency_id, double theta);
/* The probability that somebody has at least this level: judged by the least level asked that is not below it; 0 when none is. */
double adaptive_sure(const struct adaptive_pool *p, int64_t competency_id, int64_t level, double theta, double se);

/* Where a process keeps pools; made once (struct app), thread-safe. */
struct pool_place *pool_place_new(void);
/* NULL is allowed. Pools that somebody still has live on with their arenas. */
void pool_place_free(struct pool_place *p);
#endif
