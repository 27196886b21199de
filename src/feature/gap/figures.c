/* Figures of gaps, gathered; see figures.h. */
#include "feature/gap/figures.h"

#include <stdlib.h>

struct cell {
	int64_t org_id, designation_id, competency_id, n, n_met, n_unknown;
};
struct figures {
	struct arena *arena;
	struct cell *v; /* open hash, at most half full; competency_id 0: empty */
	size_t n, cap;
};

struct figures *figures_new(void)
{
	struct arena *a = arena_new();
	struct figures *f = ARENA_NEW(a, struct figures);
	*f = (struct figures){ .arena = a, .cap = 1024 };
	f->v = ARENA_ARRAY(a, struct cell, f->cap);
	return f;
}

void figures_free(struct figures *f)
{
	if (f)
		arena_free(f->arena);
}

/* SplitMix64's finisher over the three. */
static size_t place(const struct figures *f, const struct cell *c)
{
	uint64_t z = (uint64_t)c->org_id * UINT64_C(0x9e3779b97f4a7c15) ^ (uint64_t)c->designation_id * UINT64_C(0xbf58476d1ce4e5b9) ^ (uint64_t)c->competency_id;
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (size_t)(z ^ z >> 31) & (f->cap - 1);
}

static bool same_place(const struct cell *a, const struct cell *b)
{
	return a->org_id == b->org_id && a->designation_id == b->designation_id && a->competency_id == b->competency_id;
}

static void add(struct figures *f, const struct cell *c)
{
	size_t i = place(f, c);
	while (f->v[i].competency_id && !same_place(&f->v[i], c))
		i = (i + 1) & (f->cap - 1);
	if (f->v[i].competency_id) {
		f->v[i].n += c->n;
		f->v[i].n_met += c->n_met;
		f->v[i].n_unknown += c->n_unknown;
		return;
	}
	f->v[i] = *c;
	if (2 * ++f->n < f->cap)
		return;
	struct cell *old = f->v;
	size_t cap = f->cap;
	f->cap *= 2;
	f->n = 0;
	f->v = ARENA_ARRAY(f->arena, struct cell, f->cap);
	for (size_t k = 0; k < cap; k++)
		if (old[k].competency_id)
			add(f, &old[k]);
}

void figures_add(struct figures *f, int64_t org_id, int64_t designation_id, int64_t competency_id, int64_t n, int64_t n_met, int64_t n_unknown)
{
	add(f, &(struct cell){ org_id, designation_id, competency_id, n, n_met, n_unknown });
}

static int by_org(const void *a, const void *b)
{
	const struct cell *x = a, *y = b;
	if (x->org_id != y->org_id)
		return x->org_id < y->org_id ? -1 : 1;
	if (x->designation_id != y->designation_id)
		return x->designation_id < y->designation_id ? -1 : 1;
	return (x->competency_id > y->competency_id) - (x->competency_id < y->competency_id);
}

/* The cells that are not nothing, in the order in which they are kept. */
static struct cell *sorted(struct arena *a, const struct figures *f, size_t *ret_n)
{
	struct cell *v = ARENA_ARRAY(a, struct cell, f->n);
	*ret_n = 0;
	for (size_t i = 0; i < f->cap; i++)
		if (f->v[i].competency_id && (f->v[i].n || f->v[i].n_met || f->v[i].n_unknown))
			v[(*ret_n)++] = f->v[i];
	if (*ret_n)
		qsort(v, *ret_n, sizeof *v, by_org);
	return v;
}

static enum err raise_up(struct ctx *cx, const struct figures *f, struct figures *up)
{
	struct gap_above_row *above = NULL;
	size_t n, n_above = 0;
	struct cell *v = sorted(up->arena, f, &n);
	for (size_t i = 0; i < n; i++) {
		if (!i || v[i].org_id != v[i - 1].org_id)
			TRY(gap_sql_above(cx, v[i].org_id, &above, &n_above));
		for (size_t k = 0; k < n_above; k++) {
			struct cell c = v[i];
			c.org_id = above[k].above_id;
			add(up, &c);
			c.designation_id = 0;
			add(up, &c);
		}
	}
	return OK;
}

enum err figures_write(struct ctx *cx, const struct figures *f)
{
	struct figures *up = figures_new();
	enum err e = raise_up(cx, f, up);
	size_t n = 0;
	struct cell *v = sorted(up->arena, up, &n);
	for (size_t i = 0; i < n && e == OK; i++)
		e = gap_sql_count_one(cx, v[i].org_id, v[i].designation_id, v[i].competency_id, v[i].n, v[i].n_met, v[i].n_unknown, NULL);
	figures_free(up);
	return e;
}
