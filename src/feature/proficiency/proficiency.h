/* How well people master competencies: evidence, and the estimates that follow from it (estimate.h) and from nothing else.
 *
 * Evidence comes with its day, its kind and where it is from; it is never changed, only withdrawn. Each piece moves the sums of one person and competency
 * in its own transaction, so a page is as new as the last piece. Evidence of a sub-theme speaks of that sub-theme alone.
 * Own judgement counts only beside evidence of another kind: nobody has a level by saying so himself.
 *
 *   a course is completed      certificate, at the level that the course teaches; for each competency that it names
 *   a quiz of it was passed    test of a course instead (the better says more, and one course is evidence once)
 *   assessor, proctored test   entered on a page or over the API by who may (EVIDENCE_ENTER), with where it can be looked up; each piece counts
 *   supervisor, self           a level said on a page, with a reason; the last one of a rater counts, the one before is withdrawn by it
 *   a round of workplace       supervisor and self as above; peers and subordinates without their rater (feature/workplace): they leave here only as a group of a
 *   assessment                 round, mean to a tenth and number, from EVIDENCE_GROUP pieces on. The last round of a person counts in place of those before
 *
 * `karmayogi rebuild` makes the sums anew of the evidence: the same figures to the bit; `check` says where they differ. */
#ifndef FEATURE_PROFICIENCY_H
#define FEATURE_PROFICIENCY_H
#include "db/db.h"
#include "feature/gap/gap.h"
#include "psychometrics/estimate.h"
#include "proficiency_sql.h"

enum { EVIDENCE_NOTE_MAX = 500 };

struct evidence_add {
	int64_t person_id, competency_id;
	enum evidence_kind kind;
	int64_t value;	   /* thousandths of a level, 0 to those of the framework */
	int64_t rater_id;  /* NONE: nobody in particular */
	int64_t source_id; /* NONE */
	struct str note;
	int64_t round_id; /* of workplace assessment; 0: none */
	int64_t said;	  /* in a round: what the rater said, before his strictness was removed */
	int64_t at;	  /* when it was shown, if that was before now; 0: now */
};
/* Adds a piece. A rater's earlier one of the same kind, and one from the same source, is withdrawn; by a piece of a round without a rater those of earlier
 * rounds. ERR_NOT_FOUND: no competency in force; ERR_INVALID: "level", or the competency is none that is measured. In a writing transaction, as all that change. */
_must_check_ enum err evidence_add(struct ctx *cx, const struct evidence_add *in, int64_t *ret_id);
/* Withdraws what a source had said of a person, if it did: it was not so. */
_must_check_ enum err evidence_take_back(struct ctx *cx, int64_t person_id, int64_t source_id);
/* A course was completed by this person, just now. */
_must_check_ enum err proficiency_course_completed(struct ctx *cx, int64_t person_id, int64_t course_id);

struct level {
	int64_t competency_id, n_levels, n, n_self, last_at;
	bool known;	     /* evidence beside own judgement */
	struct estimate now; /* of today */
	int64_t weight, weighted;
};
/* Of a kept row, today. */
struct level level_of(struct ctx *cx, int64_t competency_id, int64_t n_levels, int64_t weight, int64_t weighted, int64_t n, int64_t n_self, int64_t last_at);

/* All sums anew, in this transaction; for `karmayogi rebuild`. */
_must_check_ enum err proficiency_rebuild(struct ctx *cx);
/* Calls wrong() for each person and competency whose sums are not those of the evidence. Reads. */
typedef void proficiency_wrong_fn(void *arg, int64_t person_id, int64_t competency_id);
_must_check_ enum err proficiency_check(struct ctx *cx, proficiency_wrong_fn *wrong, void *arg);
/* Two accounts are one (feature/merge): evidence of the closed one is of the kept one. */
_must_check_ enum err proficiency_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);
/* The sums of one person anew. */
_must_check_ enum err proficiency_settle(struct ctx *cx, int64_t person_id);
#endif
