/* Shares of groups on a shortlist; see fairness.h. */
#include "feature/placement/fairness.h"
#include "feature/person/person.h"

/* ── judging ── */

static size_t smallest_shown(const struct fairness_group *v, size_t n)
{
	size_t best = n;
	for (size_t i = 0; i < n; i++)
		if (!v[i].hidden && (best == n || v[i].n_pool < v[best].n_pool))
			best = i;
	return best;
}

static void hide(struct fairness_group *v, size_t n)
{
	size_t n_hidden = 0;
	for (size_t i = 0; i < n; i++) {
		v[i].hidden = v[i].n_pool < FAIRNESS_LEAST;
		n_hidden += v[i].hidden;
	}
	size_t next = smallest_shown(v, n);
	if (n_hidden == 1 && next < n)
		v[next].hidden = true;
}

void fairness_judge(struct fairness_group *v, size_t n)
{
	const struct fairness_group *most = NULL;
	hide(v, n);
	for (size_t i = 0; i < n; i++)
		if (!v[i].hidden && (!most || v[i].n_listed * most->n_pool > most->n_listed * v[i].n_pool))
			most = &v[i];
	for (size_t i = 0; i < n; i++) {
		if (v[i].hidden)
			continue;
		v[i].share = (double)v[i].n_listed / (double)v[i].n_pool;
		v[i].ratio = most->n_listed ? v[i].share / ((double)most->n_listed / (double)most->n_pool) : 1;
		v[i].below = 5 * v[i].n_listed * most->n_pool < 4 * most->n_listed * v[i].n_pool;
	}
}

/* ── counting ── */

struct counting {
	struct arena *arena; /* rows come with the arena of cx going back */
	const struct shortlist *s;
	bool *eligible, *listed; /* by place in the pool */
	size_t at;
	struct fairness_table *tables;
	int64_t field[FAIRNESS_FIELDS];
	int64_t n_said[FAIRNESS_FIELDS], n_listed_said[FAIRNESS_FIELDS];
	size_t n;
};

static void mark_people(struct counting *c)
{
	const struct shortlist *s = c->s;
	c->eligible = ARENA_ARRAY(c->arena, bool, s->pool.n + 1);
	c->listed = ARENA_ARRAY(c->arena, bool, s->pool.n + 1);
	for (size_t i = 0; i < s->pool.n; i++)
		c->eligible[i] = s->pool.people[i].post_id != s->asks.id && fit_rules(&s->asks.asks, &s->pool.people[i].facts, s->pool.day).eligible;
	for (size_t i = 0; i < s->ranking.n; i++)
		c->listed[s->ranking.best[i].person] = true;
}

static struct fairness_group *group_of(struct counting *c, struct fairness_table *t, struct str value)
{
	for (size_t i = 0; i < t->n_groups; i++)
		if (str_eq(t->groups[i].value, value))
			return &t->groups[i];
	struct fairness_group *g = ARENA_PUSH(c->arena, t->groups, t->n_groups);
	g->value = str_dup(c->arena, value);
	return g;
}

/* Values come by person, as the pool lies. */
static enum err each_value(struct ctx *cx, void *arg, const void *row)
{
	const struct placement_fairness_values_row *r = row;
	struct counting *c = arg;
	const struct pool *p = &c->s->pool;
	(void)cx;
	while (c->at < p->n && p->people[c->at].id < r->person_id)
		c->at++;
	if (c->at == p->n || p->people[c->at].id != r->person_id || !c->eligible[c->at])
		return OK;
	for (size_t i = 0; i < c->n; i++) {
		if (c->field[i] != r->field_id)
			continue;
		struct fairness_group *g = group_of(c, &c->tables[i], r->value);
		g->n_pool++;
		g->n_listed += c->listed[c->at];
		c->n_said[i]++;
		c->n_listed_said[i] += c->listed[c->at];
	}
	return OK;
}

static int by_value(const void *a, const void *b)
{
	return str_cmp(((const struct fairness_group *)a)->value, ((const struct fairness_group *)b)->value);
}

static void finish(struct counting *c, size_t i)
{
	struct fairness_table *t = &c->tables[i];
	int64_t silent = (int64_t)c->s->ranking.n_eligible - c->n_said[i];
	if (t->n_groups)
		qsort(t->groups, t->n_groups, sizeof *t->groups, by_value);
	if (silent > 0) {
		struct fairness_group *g = ARENA_PUSH(c->arena, t->groups, t->n_groups);
		*g = (struct fairness_group){ .value = S(""), .n_pool = silent, .n_listed = (int64_t)c->s->ranking.n - c->n_listed_said[i] };
	}
	fairness_judge(t->groups, t->n_groups);
}

static enum err count(struct ctx *cx, int64_t org_id, struct counting *c)
{
	struct placement_fairness_fields_row *f;
	size_t n;
	TRY(placement_sql_fairness_fields(cx, org_id, &f, &n));
	c->n = n;
	c->tables = ARENA_ARRAY(cx->arena, struct fairness_table, n + 1);
	for (size_t i = 0; i < FAIRNESS_FIELDS; i++)
		c->field[i] = i < n ? f[i].id : NONE;
	for (size_t i = 0; i < n; i++)
		c->tables[i] = (struct fairness_table){ .name_en = f[i].name_en, .name_hi = f[i].name_hi };
	if (!n)
		return OK;
	mark_people(c);
	TRY(placement_sql_fairness_values(cx, person_today(cx), org_id, c->field[0], c->field[1], c->field[2], each_value, c));
	for (size_t i = 0; i < n; i++)
		finish(c, i);
	return OK;
}

static void keep(struct ctx *cx, struct fairness_table *t)
{
	struct fairness_group *v = ARENA_ARRAY(cx->arena, struct fairness_group, t->n_groups + 1);
	for (size_t i = 0; i < t->n_groups; i++) {
		v[i] = t->groups[i];
		v[i].value = str_dup(cx->arena, v[i].value);
	}
	t->groups = v;
}

enum err fairness_of(struct ctx *cx, int64_t org_id, const struct shortlist *s, struct fairness_table **ret, size_t *ret_n)
{
	struct counting c = { .arena = arena_new(), .s = s };
	enum err e = count(cx, org_id, &c);
	for (size_t i = 0; e == OK && i < c.n; i++)
		keep(cx, &c.tables[i]);
	arena_free(c.arena);
	*ret = c.tables;
	*ret_n = c.n;
	return e;
}
