/* Covering with optional rows: branch and bound for cover.c, which makes rows of gaps and needs.
 *
 *	minimise   sum of cost_c x_c + sum over optional rows of value_r (1 - y_r)
 *	where      a row is covered (y_r = 1) when one of its courses is taken; rows with an owner must be covered when the owner is taken,
 *	           rows without a value (NEED_ALWAYS) always; minutes stay within the limit; the worth of covered rows reaches the floor;
 *	           and what is taken has an order in which every owner comes behind a course of each of its rows. */
#ifndef SOLVE_COVER_SEARCH_H
#define SOLVE_COVER_SEARCH_H
#include "solve/cover.h"

#define NO_OWNER UINT32_MAX
#define NEED_ALWAYS (-1)

struct cover_row {
	uint32_t *courses, n;
	uint32_t owner;
	int64_t worth; /* of an optional row; NEED_ALWAYS; rows with an owner: 0 */
};
struct cover_rows {
	uint32_t n_courses, n_rows;
	int64_t *cost, *minutes; /* by course */
	struct cover_row *rows;
	uint32_t **rows_of, *n_rows_of; /* by course: which rows it covers */
	uint32_t **own, *n_own;		/* by course: which rows it owns */
	int64_t limit;			/* minutes; INT64_MAX: none */
	int64_t floor;			/* worth to reach; 0: none, then an open row costs its worth */
	uint32_t nodes_max;
};
struct cover_found {
	uint8_t *taken; /* by course; before: a plan that holds, or all 0 with .value INT64_MAX */
	int64_t value;	/* the sum that is minimised */
	int64_t bound;	/* no plan has less */
	bool proved;
	uint32_t nodes;
};
void cover_search(struct arena *a, const struct cover_rows *p, struct cover_found *io);
/* Puts what is taken in an order in which owners come behind. False: there is none; then order holds those that could be placed. */
bool cover_order(struct arena *a, const struct cover_rows *p, const uint8_t *taken, uint32_t *order, uint32_t *ret_n);
#endif
