/* Facets; see facets.h. */
#include "feature/search/facets.h"
#include "base/clock.h"

#include <stdlib.h>
#include <string.h>

const char *const course_kinds[KINDS] = { "common", "role", "ministry", "self" };

enum { LENGTHS = 4 };
static const char *const lengths[LENGTHS] = { "30", "60", "120", "more" };

/* What is chosen from. */
struct choosing {
	const struct catalogue *c;
	const enum course_kind *kinds;
	struct values {
		const struct str *name;
		size_t n;
		bool *chosen;
		bool any; /* something was chosen, be it what nothing has */
		int64_t *count;
	} values[FACETS];
};

static uint32_t length_of(int64_t ms)
{
	return ms < 30 * MINUTE ? 0 : ms < 60 * MINUTE ? 1 : ms < 120 * MINUTE ? 2 : 3;
}

/* The values that a course has of a facet. */
static const uint32_t *values_of(const struct choosing *g, uint32_t at, int facet, uint32_t *one, size_t *n)
{
	const struct catalogue_course *k = &g->c->v[at];
	*n = 1;
	switch (facet) {
	case BY_TOPIC:
		*n = k->n_topics;
		return k->topics;
	case BY_KIND:
		*one = g->kinds[at];
		return one;
	case BY_LENGTH:
		*one = length_of(k->ms);
		return one;
	case BY_LANG:
		return &k->lang;
	default:
		return &k->provider;
	}
}

static bool passes(const struct choosing *g, uint32_t at, int facet)
{
	uint32_t one;
	size_t n;
	if (!g->values[facet].any)
		return true;
	const uint32_t *has = values_of(g, at, facet, &one, &n);
	for (size_t i = 0; i < n; i++)
		if (g->values[facet].chosen[has[i]])
			return true;
	return false;
}

static void count(struct choosing *g, uint32_t at, int facet)
{
	uint32_t one;
	size_t n;
	const uint32_t *has = values_of(g, at, facet, &one, &n);
	for (size_t i = 0; i < n; i++)
		g->values[facet].count[has[i]]++;
}

static struct str *names_of(struct ctx *cx, const char *const *v, size_t n)
{
	struct str *s = ARENA_ARRAY(cx->arena, struct str, n);
	for (size_t i = 0; i < n; i++)
		s[i] = str_of(v[i]);
	return s;
}

static void prepare(struct ctx *cx, struct choosing *g, const struct strs *const chosen[FACETS])
{
	const struct catalogue *c = g->c;
	struct values *v = g->values;
	v[BY_KIND] = (struct values){ .name = names_of(cx, course_kinds, KINDS), .n = KINDS };
	v[BY_TOPIC] = (struct values){ .name = c->topics.v, .n = c->topics.n };
	v[BY_LENGTH] = (struct values){ .name = names_of(cx, lengths, LENGTHS), .n = LENGTHS };
	v[BY_LANG] = (struct values){ .name = c->langs.v, .n = c->langs.n };
	v[BY_PROVIDER] = (struct values){ .name = c->providers.v, .n = c->providers.n };
	for (int k = 0; k < FACETS; k++) {
		v[k].chosen = ARENA_ARRAY(cx->arena, bool, v[k].n + 1);
		v[k].count = ARENA_ARRAY(cx->arena, int64_t, v[k].n + 1);
		v[k].any = chosen[k]->n > 0;
		for (size_t i = 0; i < v[k].n; i++)
			for (size_t m = 0; m < chosen[k]->n; m++)
				v[k].chosen[i] = v[k].chosen[i] || str_eq(v[k].name[i], chosen[k]->v[m]);
	}
}

static int by_count(const void *a, const void *b)
{
	const struct facet *x = a, *y = b;
	if (x->chosen != y->chosen)
		return x->chosen ? -1 : 1;
	return x->n != y->n ? (x->n < y->n ? 1 : -1) : str_cmp(x->value, y->value);
}

/* Kinds and lengths stand in their own order and are all shown; of the others the commonest. */
static void show(struct ctx *cx, const struct values *v, int facet, struct facet_group *ret)
{
	bool all = facet == BY_KIND || facet == BY_LENGTH;
	*ret = (struct facet_group){ 0 };
	for (size_t i = 0; i < v->n; i++)
		if (all || v->count[i] || v->chosen[i])
			*ARENA_PUSH(cx->arena, ret->values, ret->n_values) = (struct facet){
				.value = str_dup(cx->arena, v->name[i]), .n = v->count[i], .chosen = v->chosen[i]
			};
	if (!all && ret->n_values) {
		qsort(ret->values, ret->n_values, sizeof *ret->values, by_count);
		for (size_t i = FACET_VALUES; i < ret->n_values; i++)
			if (!ret->values[i].chosen) {
				ret->more = (int64_t)(ret->n_values - i);
				ret->n_values = i;
			}
	}
	for (size_t i = 0; i < ret->n_values; i++)
		ret->n_chosen += ret->values[i].chosen;
}

size_t facets_choose(struct ctx *cx, const struct catalogue *c, const enum course_kind *kinds, const struct strs *const chosen[FACETS], struct hit *v, size_t n,
		     struct facet_group ret[FACETS])
{
	struct choosing g = { .c = c, .kinds = kinds };
	size_t kept = 0;
	prepare(cx, &g, chosen);
	for (size_t i = 0; i < n; i++) {
		int failed = 0, where = 0;
		for (int k = 0; k < FACETS; k++)
			if (!passes(&g, v[i].at, k)) {
				failed++;
				where = k;
			}
		for (int k = 0; k < FACETS; k++)
			if (!failed || (failed == 1 && where == k))
				count(&g, v[i].at, k);
		if (!failed)
			v[kept++] = v[i];
	}
	for (int k = 0; k < FACETS; k++)
		show(cx, &g.values[k], k, &ret[k]);
	return kept;
}
