/* Proves an answer by the lines of assignment.h; shares no arithmetic with who made it. */
#include "solve/assignment.h"

#include <math.h>

struct checking {
	const struct assignment_problem *p;
	const struct assignment *r;
	uint8_t *officer_fixed, *post_fixed;
	__int128 units, prices; /* of what was taken; of all */
	int64_t greatest;
	size_t placed, open; /* open: taken, and not fixed */
	const char *why;
};

static bool wrong(struct checking *c, const char *why)
{
	c->why = why;
	return false;
}

static int64_t units_of(const struct checking *c, double score)
{
	return llrint(score * c->r->per_unit);
}

static bool sizes_fit(struct checking *c)
{
	const struct assignment *r = c->r;
	if (r->n_officers != c->p->n_officers || r->n_posts != c->p->n_posts)
		return wrong(c, "the answer is to another problem");
	for (size_t i = 0; i < r->n_officers; i++)
		if (r->post_of[i] != NOBODY && (r->post_of[i] >= r->n_posts || r->officer_of[r->post_of[i]] != i))
			return wrong(c, "a post does not know its officer");
	for (size_t j = 0; j < r->n_posts; j++)
		if (r->officer_of[j] != NOBODY && (r->officer_of[j] >= r->n_officers || r->post_of[r->officer_of[j]] != j))
			return wrong(c, "an officer does not know his post");
	return true;
}

/* What is laid down; how much each score is in units, and whether something is lost by that. */
static bool rules_hold(struct checking *c)
{
	bool lost = false;
	for (size_t k = 0; k < c->p->n_pairs; k++) {
		const struct assignment_pair *pair = &c->p->pairs[k];
		int64_t units = units_of(c, pair->score);
		c->greatest = llabs(units) > c->greatest ? llabs(units) : c->greatest;
		lost = lost || (double)units / c->r->per_unit != pair->score;
		if (pair->rule != PAIR_FIXED)
			continue;
		c->officer_fixed[pair->officer] = c->post_fixed[pair->post] = 1;
		if (c->r->pair_of[pair->officer] != k)
			return wrong(c, "a fixed pair is not taken");
	}
	if (lost && c->r->slack == 0)
		return wrong(c, "scores are rounded and the slack is 0");
	return true;
}

static bool taken_exist(struct checking *c)
{
	for (size_t i = 0; i < c->r->n_officers; i++) {
		uint32_t k = c->r->pair_of[i];
		if ((k == NOBODY) != (c->r->post_of[i] == NOBODY))
			return wrong(c, "a post is given without a pair");
		if (k == NOBODY)
			continue;
		if (k >= c->p->n_pairs || c->p->pairs[k].officer != i || c->p->pairs[k].post != c->r->post_of[i] || c->p->pairs[k].rule == PAIR_FORBIDDEN)
			return wrong(c, "a pair is taken that is not allowed");
		c->placed++;
		c->open += !c->officer_fixed[i];
		c->units += units_of(c, c->p->pairs[k].score);
	}
	return c->placed == c->r->n_placed || wrong(c, "the number of those placed is wrong");
}

static bool prices_hold(struct checking *c)
{
	const struct assignment *r = c->r;
	for (size_t i = 0; i < r->n_officers; i++) {
		c->prices += r->officer_price[i];
		if (c->officer_fixed[i] ? r->officer_price[i] != units_of(c, c->p->pairs[r->pair_of[i]].score) : r->officer_price[i] < 0)
			return wrong(c, "an officer's price is wrong");
		if (r->post_of[i] == NOBODY && r->officer_price[i] != 0)
			return wrong(c, "a free officer has a price");
	}
	for (size_t j = 0; j < r->n_posts; j++) {
		c->prices += r->post_price[j];
		if (c->post_fixed[j] ? r->post_price[j] != 0 : r->post_price[j] < 0)
			return wrong(c, "a post's price is wrong");
		if (r->officer_of[j] == NOBODY && r->post_price[j] != 0)
			return wrong(c, "a free post has a price");
	}
	return true;
}

static bool pairs_hold(struct checking *c)
{
	const struct assignment *r = c->r;
	for (size_t k = 0; k < c->p->n_pairs; k++) {
		const struct assignment_pair *pair = &c->p->pairs[k];
		if (pair->rule != PAIR_OPEN || c->officer_fixed[pair->officer] || c->post_fixed[pair->post])
			continue;
		__int128 over = (__int128)r->officer_price[pair->officer] + r->post_price[pair->post] - units_of(c, pair->score) - r->premium;
		if (over < 0)
			return wrong(c, "a pair is worth more than its prices");
		if (r->pair_of[pair->officer] == k && over != 0)
			return wrong(c, "a pair that is taken is worth less than its prices");
	}
	return true;
}

static bool sums_hold(struct checking *c)
{
	const struct assignment *r = c->r;
	size_t places = r->n_officers < r->n_posts ? r->n_officers : r->n_posts;
	if (c->p->fill ? r->premium <= 2 * (__int128)places * c->greatest : r->premium != 0)
		return wrong(c, "the premium does not make one post more win");
	if (c->prices - (__int128)r->premium * (__int128)c->open != c->units)
		return wrong(c, "the sum of the prices is not the total");
	if (r->slack != 0 && r->slack < (double)places / r->per_unit)
		return wrong(c, "the slack is less than what rounding may cost");
	return (r->total == (double)c->units / r->per_unit && r->bound == r->total + r->slack) || wrong(c, "the total is not that of the pairs");
}

bool assignment_check(struct arena *a, const struct assignment_problem *p, const struct assignment *answer, const char **ret_why)
{
	struct checking c = { .p = p, .r = answer };
	struct arena_mark mark = arena_mark(a);
	c.officer_fixed = ARENA_ARRAY(a, uint8_t, p->n_officers);
	c.post_fixed = ARENA_ARRAY(a, uint8_t, p->n_posts);
	bool good = sizes_fit(&c) && rules_hold(&c) && taken_exist(&c) && prices_hold(&c) && pairs_hold(&c) && sums_hold(&c);
	arena_back(a, mark);
	if (ret_why)
		*ret_why = c.why;
	return good;
}
