/* Putting forms together out of the bank: looked at first, then kept.
 *
 * Each cell of the blueprint gets its number of items in every form, out of live items of the organisation and those above it; cases go as a whole, enemies are
 * never in one form, what was used in this examination before is taken last and what was given out least is taken first; forms are made as
 * parallel as can be (solve/assembly.h). The same examination, numbers and seed give the same forms as long as the bank is the same: `digest` says whether. */
#ifndef FEATURE_EXAM_BUILD_H
#define FEATURE_EXAM_BUILD_H
#include "feature/exam/exam.h"
#include "solve/assembly.h"

enum { EXAM_BUILD_POINTS = 7 }; /* where forms are made alike: theta -3, -2 … 3 */

struct exam_build {
	int64_t org_id, exam_id;
	int64_t forms;	/* 1 to EXAM_FORMS_MAX */
	int64_t common; /* items that stand in all of them; NONE: 0 */
	int64_t seed;
};
/* A cell of the blueprint with what the bank has for it. */
struct exam_cell {
	int64_t part, items;	/* of the blueprint */
	int64_t has;		/* items of the bank that fit */
	int64_t usable, needed; /* of a shortage: what can be used at once (enemies, cases), what all forms together need */
	bool is_short;
};
struct exam_built_form {
	struct exam_pick *v; /* in the order of the blueprint, questions of a case together */
	size_t n;
	double points, score;		 /* score: expected of somebody in the middle; NaN: nothing is known of any item */
	double curve[EXAM_CURVE_POINTS]; /* information; all 0 when not calibrated */
	int64_t n_used;			 /* items that stood in forms of this examination before */
	int64_t *cells;			 /* items of each cell */
};
struct exam_built {
	enum assembly_state state;
	struct exam_cell *cells;
	size_t n_cells;
	struct exam_built_form *forms; /* only when found */
	size_t n_forms;
	size_t calibrated, by_score, by_chance;
	double deviation, bound; /* shares of the target; see assembly.h */
	struct str digest;	 /* 32 hexadecimal digits over all that the forms hold */
};
/* ERR_INVALID "forms", "common"; ERR_CONFLICT: no blueprint, closed. Reads; up to a second of work. */
_must_check_ enum err exam_build(struct ctx *cx, const struct exam_build *in, struct exam_built *ret);
/* Keeps what was built. ERR_CONFLICT: not found, or too many forms with those that are there. In a writing transaction. */
_must_check_ enum err exam_build_keep(struct ctx *cx, const struct exam_build *in, const struct exam_built *b);
#endif
