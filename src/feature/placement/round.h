/* Placement of many officers on many posts at once: a round.
 *
 *   open       made of the vacant places of an office and below it, and of officers (of an office and below it, or of a group), who are told of it and say what
 *              they prefer; single posts and officers can be left out
 *   scoring    a job finds, post by post, who is eligible and fits best: fifty for a post, or twice as many as it has places (post_fit.h)
 *   solved     the placement with the greatest sum of scores, proved (solve/assignment.h); what-ifs solve again from the last answer
 *   proposed   by one person; approved or returned by another, who is not placed by it either
 *   approved   nothing has happened to anybody so far; on the first day a job carries the orders out: who holds another post substantively leaves it, who
 *              changes office or designation is posted there, and the holding begins. What the facts of the day do not allow fails, with the reason
 *
 * Score of a pair, in thousandths: fit, and for a preference of rank r (1 to 5) the bonus of the round times (6 - r) / 5. All scores are whole, so the
 * answer is the optimum itself. Of each answer are kept: where everybody goes and went before it, the prices that prove it, which posts cannot all be
 * filled and who is missing (solve/shortage.h), and, beside it, the stable placement in which officers like their preferences in their order, then
 * what they fit, and posts like who fits best (solve/stable.h, officers propose).
 *
 * Nobody is moved by anything but an approved order; a single one can be held back. All verbs are in a writing transaction unless they say otherwise. */
#ifndef FEATURE_PLACEMENT_ROUND_H
#define FEATURE_PLACEMENT_ROUND_H
#include "db/db.h"
#include "job/job.h"
#include "round_sql.h"

enum {
	ROUND_OFFICERS_MAX = 10000,
	ROUND_PLACES_MAX = 10000,
	ROUND_PAIRS_MAX = 2000000, /* officers by places */
	ROUND_PREFERENCES = 5,
	ROUND_BONUS_MAX = 1000,
	ROUND_NAME_MAX = 120,
	ROUND_AHEAD_DAYS = 366,
};

struct round_add {
	int64_t org_id;
	struct str name;
	struct str posts_office, officers_office; /* code or name, within the organisation; empty: the organisation itself */
	int64_t group_id;			  /* NONE: by office */
	int64_t from_day;			  /* today or later */
	int64_t bonus;				  /* thousandths for a first preference */
	bool fill;				  /* as many places as can be, before the sum */
};
/* ERR_INVALID with the field: an office that is not there, a day that has passed, nothing vacant ("posts_office"), nobody ("officers_office", "group_id");
 * ERR_TOO_LARGE. */
_must_check_ enum err round_add(struct ctx *cx, const struct round_add *in, int64_t *ret_id);
/* ERR_NOT_FOUND. Reads. */
_must_check_ enum err round_find(struct ctx *cx, int64_t org_id, int64_t round_id, struct round_one_row *ret);

/* Leaves a post or (post_id NONE) an officer out of an open round. ERR_NOT_FOUND; ERR_CONFLICT: not open any more; ERR_INVALID: nothing would be left. */
_must_check_ enum err round_leave_out(struct ctx *cx, int64_t org_id, int64_t round_id, int64_t post_id, int64_t person_id);

/* What the actor prefers in an open round, most of all first, in place of what was said before. ERR_NOT_FOUND: not open, or not for the actor; ERR_INVALID "p1"
 * to "p5": a post that is not in it, or twice. */
_must_check_ enum err round_prefer(struct ctx *cx, int64_t round_id, const int64_t *posts, size_t n);

/* Preferences are closed and scores begin, by a job; again from scored or solved, with the facts of now: then the answer, and what was fixed or forbidden, is
 * forgotten. ERR_CONFLICT: too late. */
_must_check_ enum err round_score(struct ctx *cx, int64_t org_id, int64_t round_id);

/* ── solving ── */

enum round_try { TRY_AGAIN, TRY_FIX, TRY_FORBID, TRY_OPEN, TRY_WEIGH };
struct round_what {
	enum round_try kind;
	int64_t person_id, post_id; /* of FIX, FORBID, OPEN */
	int64_t bonus;		    /* of WEIGH */
};
struct round_answer;
/* Outside any writing transaction: reads the round, with one thing changed, and solves it from the last answer. ERR_NOT_FOUND: no such round, or the person
 * does not come into question for the post; ERR_CONFLICT: not scored yet, or proposed already, or two fixed where there is room for one. */
_must_check_ enum err round_solve(struct ctx *cx, int64_t org_id, int64_t round_id, const struct round_what *what, struct round_answer **ret);
/* Keeps it. ERR_CONFLICT: the round was changed since it was read. */
_must_check_ enum err round_keep(struct ctx *cx, const struct round_answer *a);

/* ── from proposal to orders ── */

/* ERR_CONFLICT: not solved. */
_must_check_ enum err round_propose(struct ctx *cx, int64_t org_id, int64_t round_id);
/* ERR_FORBIDDEN: by who proposed it, or somebody whom it places; ERR_INVALID "words": needed to return it; ERR_CONFLICT: not proposed. order_no is of all
 * orders. */
_must_check_ enum err round_decide(struct ctx *cx, int64_t org_id, int64_t round_id, bool approve, struct str order_no, struct str words);
/* Holds one order back, with a reason, or (empty) releases it. ERR_NOT_FOUND: it places no such officer; ERR_CONFLICT: too late. */
_must_check_ enum err round_hold(struct ctx *cx, int64_t org_id, int64_t round_id, int64_t person_id, struct str reason);
/* Nothing of it happens. ERR_CONFLICT: orders are out already. */
_must_check_ enum err round_withdraw(struct ctx *cx, int64_t org_id, int64_t round_id);

extern const struct job_kind round_jobs[]; /* ended by name NULL */
enum err round_tell_step(struct ctx *cx, struct job *j);
enum err round_score_act(struct ctx *cx, struct job *j);
enum err round_score_step(struct ctx *cx, struct job *j);
enum err round_order_step(struct ctx *cx, struct job *j);
/* Within the feature: notes what happened. NONE where there is no such thing. */
_must_check_ enum err round_note(struct ctx *cx, int64_t round_id, const char *kind, int64_t person_id, int64_t post_id, struct str words);
#endif
