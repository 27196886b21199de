/* An assignment that is changed pair by pair; see desk.h. */
#include "solve/desk.h"
#include "solve/solving.h"

struct desk {
	struct solving s;
	struct assignment_problem p;
	struct assignment_pair *pairs;
	uint32_t *edge_of[2], *pair_at[2]; /* of officers and of posts: by pair, by edge */
	uint32_t *touched, n_touched;	   /* near nodes whose edges have changed */
	uint8_t *is_touched;
	bool anew; /* a score does not fit the scale any more */
	struct assignment r;
};

/* Edges lie in the order in which they were put: for near that of the pairs, for far that of near's edges. */
static void number_edges(struct arena *a, struct desk *d)
{
	bool posts_near = d->s.near == &d->s.side[1];
	struct arena_mark mark;
	for (int i = 0; i < 2; i++) {
		d->edge_of[i] = ARENA_ARRAY(a, uint32_t, d->p.n_pairs);
		d->pair_at[i] = ARENA_ARRAY(a, uint32_t, d->p.n_pairs);
	}
	mark = arena_mark(a);
	for (int far = 0; far < 2; far++) {
		int i = posts_near != far;
		const struct side *side = &d->s.side[i];
		uint32_t *next = ARENA_ARRAY(a, uint32_t, side->n);
		memcpy(next, side->start, side->n * sizeof *next);
		for (uint32_t at = 0; at < d->p.n_pairs; at++) {
			uint32_t k = far ? d->pair_at[!i][at] : at;
			uint32_t e = next[i ? d->pairs[k].post : d->pairs[k].officer]++;
			d->edge_of[i][k] = e;
			d->pair_at[i][e] = k;
		}
	}
	arena_back(a, mark);
}

static enum err begin(struct ctx *cx, struct desk *d, const struct assignment *before)
{
	d->s = (struct solving){ .cx = cx, .p = &d->p, .whole = true };
	TRY(solving_begin(&d->s, before));
	side_turn(cx->arena, d->s.near, d->s.far);
	number_edges(cx->arena, d);
	d->n_touched = 0;
	d->touched = ARENA_ARRAY(cx->arena, uint32_t, d->s.near->n);
	d->is_touched = ARENA_ARRAY(cx->arena, uint8_t, d->s.near->n);
	d->r = (struct assignment){ 0 };
	d->anew = false;
	shortest_paths(d->s.search, NULL, 0);
	return OK;
}

enum err desk_open(struct ctx *cx, const struct assignment_problem *p, const struct assignment *before, struct desk **ret)
{
	struct desk *d = ARENA_NEW(cx->arena, struct desk);
	d->p = *p;
	if (p->n_pairs <= ASSIGNMENT_PAIRS_MAX) {
		d->pairs = ARENA_ARRAY(cx->arena, struct assignment_pair, p->n_pairs);
		memcpy(d->pairs, p->pairs, p->n_pairs * sizeof *d->pairs);
		d->p.pairs = d->pairs;
	}
	TRY(begin(cx, d, before));
	*ret = d;
	return OK;
}

static void weigh(struct desk *d, uint32_t k)
{
	int64_t worth = solving_worth(&d->s, &d->pairs[k]);
	uint32_t near = d->s.near == &d->s.side[1] ? d->pairs[k].post : d->pairs[k].officer;
	for (int i = 0; i < 2; i++)
		d->s.side[i].weight[d->edge_of[i][k]] = worth > 0 ? worth : -1;
	if (!d->is_touched[near])
		d->touched[d->n_touched++] = near;
	d->is_touched[near] = 1;
	if (d->r.pair_of)
		d->r.pair_of[d->pairs[k].officer] = NOBODY;
}

/* All pairs beside a fixed one come and go with it. */
static void weigh_beside(struct desk *d, uint32_t k)
{
	for (int i = 0; i < 2; i++) {
		uint32_t node = i ? d->pairs[k].post : d->pairs[k].officer;
		for (uint32_t e = d->s.side[i].start[node]; e < d->s.side[i].start[node + 1]; e++)
			weigh(d, d->pair_at[i][e]);
	}
}

enum err desk_change(struct ctx *cx, struct desk *d, uint32_t pair, double score, enum pair_rule rule)
{
	BUG_IF(pair >= d->p.n_pairs);
	struct assignment_pair *k = &d->pairs[pair];
	bool was_fixed = k->rule == PAIR_FIXED, is_fixed = rule == PAIR_FIXED;
	TRY(solving_check_score(cx, pair, score));
	if (is_fixed && !was_fixed)
		TRY(solving_note_fixed(&d->s, pair));
	if (was_fixed && !is_fixed)
		d->s.fixed_of[0][k->officer] = d->s.fixed_of[1][k->post] = NOBODY;
	k->score = score;
	k->rule = rule;
	d->anew = d->anew || !solving_fits(&d->s, score);
	if (d->anew)
		return OK;
	if (was_fixed != is_fixed)
		weigh_beside(d, pair);
	else
		weigh(d, pair);
	return OK;
}

/* Of officers whose post or pairs are others than before. */
static void find_pairs(struct desk *d)
{
	for (uint32_t i = 0; i < d->r.n_officers; i++) {
		uint32_t *best = &d->r.pair_of[i];
		if (d->r.post_of[i] == NOBODY || (*best != NOBODY && d->pairs[*best].post != d->r.post_of[i]))
			*best = NOBODY;
		if (d->r.post_of[i] == NOBODY || *best != NOBODY)
			continue;
		for (uint32_t e = d->s.side[0].start[i]; e < d->s.side[0].start[i + 1]; e++) {
			uint32_t k = d->pair_at[0][e];
			if (solving_may_be_by(&d->s, k, d->r.post_of[i]) && (*best == NOBODY || d->pairs[k].score > d->pairs[*best].score))
				*best = k;
		}
	}
}

enum err desk_solve(struct ctx *cx, struct desk *d, const struct assignment **ret)
{
	if (d->anew) {
		struct assignment last = d->r;
		TRY(begin(cx, d, last.post_of ? &last : NULL));
	} else {
		shortest_paths(d->s.search, d->touched, d->n_touched);
	}
	for (uint32_t k = 0; k < d->n_touched; k++)
		d->is_touched[d->touched[k]] = 0;
	d->n_touched = 0;
	solving_answer(&d->s, &d->r);
	find_pairs(d);
	solving_sum(&d->s, &d->r);
	*ret = &d->r;
	return OK;
}

const struct assignment_problem *desk_problem(const struct desk *d)
{
	return &d->p;
}
