/* Parallel forms of a test out of a bank: each with the same number of items of each cell, as equal as can be in what they measure and how hard they are.
 *
 * The problem is that of van der Linden (2005, "Linear models for optimal test design", chapters 5 and 6): items in forms as 0 or 1, the blueprint and the
 * enemies as constraints, the greatest distance of any form from a common target as small as can be (minimax).
 *
 *	cells      a cell of the blueprint (a competency at a level) has a number of items that every form has exactly
 *	overlap    no item stands in two forms, but for `common` items that stand in all (for equating); they are spread over the cells in proportion
 *	           (largest remainders, the earlier cell first)
 *	enemies    two items of which one gives the other away are never in one form
 *	sets       items of one case go together: all or none of them are in a form
 *	used       items used before are taken only where a cell cannot do without; where everything else is equal, less exposed items are taken
 *	target     information at n_thetas points and the expected score; not given: those of an average form of this bank
 *
 * Method: where a cell has fewer usable items than are needed (enemies counted: of items that are all enemies of each other one form takes one), it is
 * said which, and that is a proof. Else a search in depth over the places, tightest cell first, which for small problems looks at every way there is, and
 * for large ones stops after ASSEMBLY_NODES. Then items are exchanged between forms, or for free ones of the same cell, while that brings all
 * forms nearer to the target: first by squares of the distances, then by their eighth powers, which are ruled by the greatest.
 *
 * How near it is possible to come is NP-hard to tell; what is told is a bound: at no point can the mean of all forms be above that of the best items of each
 * cell nor below that of the worst, so a target beyond is missed by at least so much. `deviation` is what was reached.
 *
 * Work is counted, never time, and chance is drawn from the seed: the same problem gives the same forms everywhere. 20 forms of 100 out of 5,000 items take
 * about a second. */
#ifndef SOLVE_ASSEMBLY_H
#define SOLVE_ASSEMBLY_H
#include "base/ctx.h"

enum {
	ASSEMBLY_ITEMS_MAX = 5000,
	ASSEMBLY_FORMS_MAX = 20,
	ASSEMBLY_FORM_MAX = 200, /* items of a form */
	ASSEMBLY_CELLS_MAX = 1000,
	ASSEMBLY_THETAS_MAX = 9,
	ASSEMBLY_ENEMIES_MAX = 50000, /* pairs */
	ASSEMBLY_NODES = 100000,      /* places tried in a search; there are up to three, in different orders */
};
#define ASSEMBLY_ALONE UINT32_MAX

struct assembly_item {
	uint32_t cell;
	uint32_t set;		   /* any number that its case's items have in common; ASSEMBLY_ALONE: none */
	const double *information; /* at the thetas, >= 0; NULL: it is not calibrated */
	double score;		   /* if has_score: expected, by the model or (not calibrated) by its classical difficulty; >= 0 */
	bool has_score;
	bool used;
	uint32_t exposure;
};
struct assembly_pair {
	uint32_t a, b; /* items */
};
struct assembly_problem {
	const struct assembly_item *items;
	const uint32_t *need; /* of each cell, in each form, common ones with it */
	const struct assembly_pair *enemies;
	const double *target;	    /* n_thetas; NULL: an average form */
	const double *target_score; /* NULL: of an average form */
	uint32_t n_items, n_cells, n_enemies, n_thetas, n_forms, common;
	uint64_t seed;
};

enum assembly_state {
	ASSEMBLY_FOUND,
	ASSEMBLY_SHORT,	     /* proved impossible: the cells in shortages have too few items */
	ASSEMBLY_IMPOSSIBLE, /* proved impossible: each cell has enough items, but enemies and sets allow no way */
	ASSEMBLY_NOT_FOUND,  /* neither found nor proved impossible */
};
/* "this cell has 7 items, of which 6 can be used; 3 forms of 4 need 12" */
struct assembly_shortage {
	uint32_t cell, items, usable, needed; /* needed: different items, for all forms together */
};
struct assembly {
	enum assembly_state state;
	struct assembly_shortage *shortages; /* by cell */
	size_t n_shortages;
	/* The rest only when found: */
	uint32_t *items; /* n_forms × per_form; of each the first `common` are the common ones, both parts ascending */
	size_t per_form;
	double *information;	      /* n_forms × n_thetas. An item that is not calibrated counts as the average of its cell */
	double *score;		      /* n_forms. An item without a score counts as the average of its cell */
	double *target, target_score; /* that were aimed at */
	double deviation;	      /* greatest distance of any form from the target at any point or in score, as a share of the target */
	double bound;		      /* no forms have a smaller one */
	/* By what the different items of the forms were balanced: information and score; score alone; nothing, so by chance. */
	size_t calibrated, by_score, by_chance;
	size_t n_used; /* of them, used before */
};
/* In the arena of cx. ERR_INVALID with a sentence: a number out of range ("items[3]" and so on is its field), a form without items, more common items than a
 * form has. ERR_TOO_LARGE: more than the ceilings. What is impossible is no error but a state. */
_must_check_ enum err assembly_solve(struct ctx *cx, const struct assembly_problem *p, struct assembly *ret);
#endif
