/* Exchanging units until forms are as near to the target as exchanges bring them; see assembly.h. */
#include "solve/assembly_work.h"

#include <math.h>

enum { LOOKS = 12000000 }; /* exchanges looked at with each power */
#define ENOUGH 1e-3	   /* a round that gains less than this share of what is left is the last */
#define WEAR 0.01	   /* what the most exposed item costs, in squares of per cents */

struct balancing {
	struct assembly_work *w;
	uint32_t **of_shape, *n_of_shape; /* units that are not barred */
	double (*sums)[DIMENSIONS_MAX];	  /* by form */
	double *cost;			  /* by form */
	double wear;			  /* of one exposure */
	bool eighth;
	int64_t looks;
	size_t dimensions;
};

void assembly_sums(const struct assembly_work *w, uint32_t form, double ret[DIMENSIONS_MAX])
{
	memset(ret, 0, DIMENSIONS_MAX * sizeof *ret);
	for (uint32_t u = 0; u < w->n_units; u++)
		if (w->units[u].owner == form || is_common(w, w->units[u].owner))
			for (size_t d = 0; d < DIMENSIONS_MAX; d++)
				ret[d] += w->units[u].value[d];
}

static double cost_of(const struct balancing *b, const double *sums, const double *more, double sign)
{
	double cost = 0;
	for (size_t d = 0; d < b->dimensions; d++) {
		double off = (sums[d] + sign * more[d] - b->w->target[d]) * b->w->scale[d], square = off * off;
		cost += b->eighth ? square * square * square * square : square;
	}
	return cost;
}

/* What is gained when u gives its place to v: the distances of the forms of both, and their wear. */
static double gain(const struct balancing *b, const struct unit *u, const struct unit *v, const double *change)
{
	double sum = v->owner == NO_OWNER ? b->wear * ((double)u->exposure - (double)v->exposure) : 0;
	for (uint32_t f = 0; f < b->w->p->n_forms; f++) {
		bool in_u = f == u->owner || is_common(b->w, u->owner), in_v = f == v->owner || is_common(b->w, v->owner);
		if (in_u != in_v)
			sum += b->cost[f] - cost_of(b, b->sums[f], change, in_u ? 1 : -1);
	}
	return sum;
}

static void exchange(struct balancing *b, struct unit *u, struct unit *v, const double *change)
{
	uint32_t was = u->owner;
	for (uint32_t f = 0; f < b->w->p->n_forms; f++) {
		bool in_u = f == u->owner || is_common(b->w, u->owner), in_v = f == v->owner || is_common(b->w, v->owner);
		if (in_u == in_v)
			continue;
		static const double nothing[DIMENSIONS_MAX] = { 0 };
		for (size_t d = 0; d < b->dimensions; d++)
			b->sums[f][d] += in_u ? change[d] : -change[d];
		b->cost[f] = cost_of(b, b->sums[f], nothing, 1);
	}
	u->owner = v->owner;
	v->owner = was;
}

static bool enemies_allow(struct assembly_work *w, struct unit *u, struct unit *v)
{
	return !assembly_meets_enemy(w, v, u->owner, u) && (v->owner == NO_OWNER || !assembly_meets_enemy(w, u, v->owner, v));
}

/* Looks for a better unit in the place of u; returns what was gained. */
static double improve(struct balancing *b, struct unit *u)
{
	double change[DIMENSIONS_MAX], gained = 0;
	for (uint32_t k = 0; k < b->n_of_shape[u->shape]; k++) {
		struct unit *v = &b->w->units[b->of_shape[u->shape][k]];
		if (v->owner == u->owner || (v->owner == NO_OWNER && v->used > u->used))
			continue;
		b->looks--;
		for (size_t d = 0; d < b->dimensions; d++)
			change[d] = v->value[d] - u->value[d];
		double more = gain(b, u, v, change);
		bool fresher = v->owner == NO_OWNER && v->used < u->used;
		if (!(more > 1e-12 || fresher) || !enemies_allow(b->w, u, v))
			continue;
		exchange(b, u, v, change);
		gained += more;
		u = v;
	}
	return gained;
}

static void rounds(struct balancing *b)
{
	static const double nothing[DIMENSIONS_MAX] = { 0 };
	double left = 0, gained = INFINITY;
	for (uint32_t f = 0; f < b->w->p->n_forms; f++)
		left += b->cost[f] = cost_of(b, b->sums[f], nothing, 1);
	for (b->looks = LOOKS; b->looks > 0 && gained > ENOUGH * left && left > 0; left -= gained) {
		gained = 0;
		for (uint32_t u = 0; u < b->w->n_units && b->looks > 0; u++)
			if (b->w->units[u].owner != NO_OWNER)
				gained += improve(b, &b->w->units[u]);
	}
}

void assembly_balance(struct assembly_work *w)
{
	struct arena *a = w->cx->arena;
	struct balancing b = { .w = w, .dimensions = w->p->n_thetas + 1 };
	uint64_t most = 0;
	b.of_shape = ARENA_ARRAY(a, uint32_t *, w->n_shapes);
	b.n_of_shape = ARENA_ARRAY(a, uint32_t, w->n_shapes);
	b.sums = arena_array(a, w->p->n_forms, sizeof *b.sums);
	b.cost = ARENA_ARRAY(a, double, w->p->n_forms);
	for (uint32_t u = 0; u < w->n_units; u++) {
		b.n_of_shape[w->units[u].shape] += !w->units[u].barred;
		most = w->units[u].exposure > most ? w->units[u].exposure : most;
	}
	for (uint32_t s = 0; s < w->n_shapes; s++) {
		b.of_shape[s] = ARENA_ARRAY(a, uint32_t, b.n_of_shape[s]);
		b.n_of_shape[s] = 0;
	}
	for (uint32_t u = 0; u < w->n_units; u++)
		if (!w->units[u].barred)
			b.of_shape[w->units[u].shape][b.n_of_shape[w->units[u].shape]++] = u;
	b.wear = most ? WEAR / (double)most : 0;
	for (uint32_t f = 0; f < w->p->n_forms; f++)
		assembly_sums(w, f, b.sums[f]);
	rounds(&b);
	b.eighth = true;
	rounds(&b);
}
