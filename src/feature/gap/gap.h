/* Gaps: what somebody's work asks less what he holds, competency by competency; for a person, and in figures for every office, designation and service.
 *
 * What is asked of a person today is the highest level that any activity of the posts he holds (in whatever way) or any duty needs, as long as the competency
 * is in force and he is posted somewhere. It is met when the level held, which is an estimate (psychometrics/estimate.h), reaches it with a probability of at least
 * MET; not known when there is no evidence beside own judgement.
 *
 * Live. Each change of evidence, posting, post, role or duty settles the people it concerns in its own transaction; where there are more than GAP_AT_ONCE, by a
 * job in steps that begins at once. Figures are counters, moved with what they count. What only time changes (evidence grows old, a holding
 * begins tomorrow) is known beforehand by its day and settled on that day.
 *
 * This feature reads evidence, posts and duties by joins and stands before those who write them, so that they call gap_settle themselves. */
#ifndef FEATURE_GAP_H
#define FEATURE_GAP_H
#include "gap_sql.h"
#include "job/job.h"
#include "psychometrics/estimate.h"

enum { GAP_AT_ONCE = 50, GAP_SHARDS = 4 };
enum gap_state { GAP_UNKNOWN, GAP_OPEN, GAP_MET };

/* Everything asked of a person, anew. In a writing transaction. */
_must_check_ enum err gap_settle(struct ctx *cx, int64_t person_id);
/* The same of many; figures that are theirs together are written once. */
_must_check_ enum err gap_settle_many(struct ctx *cx, const int64_t *people, size_t n);
/* The same where only evidence in one competency changed; cheap when it is not asked. */
_must_check_ enum err gap_settle_one(struct ctx *cx, int64_t person_id, int64_t competency_id);
/* A role, an activity, a post or (0) anything changed: those concerned are settled, at once or by a job. Several calls before a job begins are one. */
_must_check_ enum err gap_role_changed(struct ctx *cx, int64_t role_id);
_must_check_ enum err gap_post_changed(struct ctx *cx, int64_t post_id);
_must_check_ enum err gap_sweep_soon(struct ctx *cx);
/* A framework changed; stands in struct app as .competencies_changed. */
_must_check_ enum err gap_competencies_changed(struct ctx *cx);

/* A level for people: "1.4 ± 0.3", mean and half of the band. */
struct str level_said(struct ctx *cx, struct estimate e);
/* How a level asked stands on a day, by the sums of what is held (proficiency.h); n, n_self: pieces of evidence, and of them own judgement. */
enum gap_state gap_state_of(int64_t level, int64_t n_levels, int64_t n, int64_t n_self, int64_t weight, int64_t weighted, int64_t day);
/* One competency asked of a person, with what is held today. */
struct gap {
	int64_t competency_id, level; /* required */
	int64_t n_levels, n, n_self, weight, weighted; /* sums of the evidence: estimate.h */
	enum gap_state state;
	bool known;
	struct estimate held; /* not known: what is assumed of anybody */
	double probability;   /* that the level is reached */
	double missing;	      /* levels; 0 when met */
	struct str code, area, name, activity; /* in the language of cx; the activity that asks the most, or empty */
};
/* All that is asked of a person today, gaps first (widest first), then what is met. Reads. */
_must_check_ enum err gaps_of(struct ctx *cx, int64_t person_id, struct gap **ret, size_t *ret_n);
/* The figures of each out of level, n_levels, n, n_self and sums as they are on a day, in that order; also of what a post asks that somebody does not hold (yet). */
void gaps_measure(struct gap *v, size_t n, int64_t day);

/* All requirements and counters anew, in this transaction; for `karmayogi rebuild`. */
_must_check_ enum err gap_rebuild(struct ctx *cx);
/* The figures of an organisation count above it once more (sign 1) or no more (-1): around its move, see struct app. In a writing transaction. */
_must_check_ enum err gap_org_moves(struct ctx *cx, int64_t org_id, int sign);
/* Calls wrong() for each person and competency whose requirement is not as the facts say, and (person_id 0) for each wrong counter. Reads. */
typedef void gap_wrong_fn(void *arg, int64_t person_id, int64_t competency_id);
_must_check_ enum err gap_check(struct ctx *cx, gap_wrong_fn *wrong, void *arg);

extern const struct job_kind gap_jobs[]; /* ended by name NULL */
#endif
