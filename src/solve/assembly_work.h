/* A problem of assembly on its way to the answer: what assembly.c, assembly_search.c and assembly_balance.c share. The floor's own.
 *
 * What is put into forms is a unit: an item alone, or all items of a case set. Whoever has it is its owner: a form, or (number n_forms) all of them. */
#ifndef SOLVE_ASSEMBLY_WORK_H
#define SOLVE_ASSEMBLY_WORK_H
#include "solve/assembly.h"

enum { DIMENSIONS_MAX = ASSEMBLY_THETAS_MAX + 1 };
#define NO_OWNER UINT32_MAX
struct unit_part {
	uint32_t cell, n;
};
struct unit {
	uint32_t *items;
	struct unit_part *parts; /* items by cell */
	uint32_t n_items, n_parts;
	uint32_t shape; /* units of one shape have equal parts and can take each other's place */
	uint32_t owner;
	uint32_t used; /* items used before */
	uint64_t exposure;
	bool barred; /* no form can hold it */
	double value[DIMENSIONS_MAX];
};
struct assembly_work {
	struct ctx *cx;
	const struct assembly_problem *p;
	struct unit *units;
	uint32_t n_units, n_shapes, owners; /* owners: the forms, and all of them together when there are common items */
	uint32_t *unit_of;		    /* by item */
	uint32_t *enemy_at, *enemy;	    /* of item i: enemy[enemy_at[i]] … enemy[enemy_at[i + 1] - 1] */
	uint32_t *left;			    /* owners × cells: items still to be put there; before the search all of them */
	uint32_t *needed, *usable;	    /* by cell: different items for all forms; no more can be put anywhere */
	double target[DIMENSIONS_MAX];	    /* information at the thetas, score */
	double scale[DIMENSIONS_MAX];	    /* distance times this: per cent of the target; 0: does not count */
	uint64_t chance;
};
static inline uint32_t *assembly_left(const struct assembly_work *w, uint32_t owner, uint32_t cell)
{
	return &w->left[owner * w->p->n_cells + cell];
}
static inline bool is_common(const struct assembly_work *w, uint32_t owner)
{
	return owner == w->p->n_forms;
}
/* A whole number below n by lot: SplitMix64 (Steele, Lea & Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014). */
uint32_t assembly_draw(struct assembly_work *w, uint32_t n);
/* Whether an enemy of the unit, other than in the unit `but`, is where the owner's forms are. */
bool assembly_meets_enemy(const struct assembly_work *w, const struct unit *u, uint32_t owner, const struct unit *but);
/* Gives every unit its owner. FOUND, IMPOSSIBLE or NOT_FOUND. */
enum assembly_state assembly_search(struct assembly_work *w);
/* Exchanges units of one shape until forms come no nearer to the target. */
void assembly_balance(struct assembly_work *w);
/* Sums of a form: of its own units and of the common ones. */
void assembly_sums(const struct assembly_work *w, uint32_t form, double ret[DIMENSIONS_MAX]);
#endif
