/* Requirements of people, how they stand, and the figures of them; see gap.h. */
#include "feature/gap/gap.h"
#include "feature/competency/competency.h"
#include "feature/gap/figures.h"
#include "feature/person/person.h"

/* A row of requirement as it is kept, or as it should be. */
struct standing {
	int64_t competency_id, level, activity_id, org_id, designation_id, state, turns_day;
};

/* ── how it stands ── */

enum gap_state gap_state_of(int64_t level, int64_t n_levels, int64_t n, int64_t n_self, int64_t weight, int64_t weighted, int64_t day)
{
	if (n <= n_self)
		return GAP_UNKNOWN;
	return estimate_reaches(estimate_of(weight, weighted, day, n_levels), (double)level) >= MET ? GAP_MET : GAP_OPEN;
}

static int64_t turns_of(enum gap_state state, int64_t level, int64_t n_levels, int64_t weight, int64_t weighted, int64_t day)
{
	return state == GAP_UNKNOWN ? NONE : estimate_turns(weight, weighted, day, n_levels, level);
}

/* ── counters ── */

/* f: gathered there; NULL: written at once. */
static enum err count(struct ctx *cx, struct figures *f, int64_t person_id, const struct standing *s, int64_t sign)
{
	if (f) {
		figures_add(f, s->org_id, s->designation_id, s->competency_id, sign, s->state == GAP_MET ? sign : 0, s->state == GAP_UNKNOWN ? sign : 0);
		return OK;
	}
	return gap_sql_count(cx, s->competency_id, person_id % GAP_SHARDS, sign, s->state == GAP_MET ? sign : 0, s->state == GAP_UNKNOWN ? sign : 0, s->designation_id,
			     s->org_id, NULL);
}

static bool counts_alike(const struct standing *a, const struct standing *b)
{
	return a->org_id == b->org_id && a->designation_id == b->designation_id && a->state == b->state;
}

static bool same(const struct standing *a, const struct standing *b)
{
	return counts_alike(a, b) && a->level == b->level && a->activity_id == b->activity_id && a->turns_day == b->turns_day;
}

/* was, is: NULL: there was none, there is none. */
static enum err change(struct ctx *cx, struct figures *f, int64_t person_id, const struct standing *was, const struct standing *is)
{
	if (was && is && same(was, is))
		return OK;
	if (!(was && is && counts_alike(was, is))) {
		if (was)
			TRY(count(cx, f, person_id, was, -1));
		if (is)
			TRY(count(cx, f, person_id, is, 1));
	}
	if (!is)
		return gap_sql_drop(cx, person_id, was->competency_id, NULL);
	return gap_sql_keep(cx, person_id, is->competency_id, is->level, is->activity_id, is->org_id, is->designation_id, is->state, is->turns_day, NULL);
}

/* ── settling ── */

/* What should be kept of a person, in the order of competencies. */
static enum err facts_of(struct ctx *cx, int64_t person_id, struct standing **ret, size_t *ret_n)
{
	struct gap_posted_row at;
	struct gap_asked_row *r;
	int64_t day = person_today(cx);
	bool posted = false;
	size_t n;
	*ret = NULL;
	*ret_n = 0;
	TRY(gap_sql_asked(cx, person_id, day, &r, &n));
	if (n)
		TRY(gap_sql_posted(cx, person_id, day, &at, &posted));
	if (!posted)
		return OK;
	*ret = ARENA_ARRAY(cx->arena, struct standing, n);
	for (size_t i = 0; i < n; i++) {
		/* The first of a competency asks the most. */
		if (*ret_n && (*ret)[*ret_n - 1].competency_id == r[i].competency_id)
			continue;
		int64_t level = r[i].level < r[i].n_levels ? r[i].level : r[i].n_levels;
		enum gap_state state = gap_state_of(level, r[i].n_levels, r[i].n, r[i].n_self, r[i].weight, r[i].weighted, day);
		(*ret)[(*ret_n)++] = (struct standing){ r[i].competency_id, level, r[i].activity_id, at.org_id, at.designation_id, state,
							turns_of(state, level, r[i].n_levels, r[i].weight, r[i].weighted, day) };
	}
	return OK;
}

static enum err kept_of(struct ctx *cx, int64_t person_id, struct standing **ret, size_t *ret_n)
{
	struct gap_kept_row *r;
	TRY(gap_sql_kept(cx, person_id, &r, ret_n));
	*ret = ARENA_ARRAY(cx->arena, struct standing, *ret_n);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = (struct standing){ r[i].competency_id, r[i].level, r[i].activity_id, r[i].org_id, r[i].designation_id, r[i].state, r[i].turns_day };
	return OK;
}

/* Both lists beside each other. */
typedef enum err pair_fn(struct ctx *cx, void *arg, int64_t person_id, const struct standing *was, const struct standing *is);
static enum err compare(struct ctx *cx, int64_t person_id, pair_fn *each, void *arg)
{
	struct standing *is, *was;
	size_t n_is, n_was, i = 0, k = 0;
	TRY(facts_of(cx, person_id, &is, &n_is));
	TRY(kept_of(cx, person_id, &was, &n_was));
	while (i < n_is || k < n_was) {
		bool take_is = k == n_was || (i < n_is && is[i].competency_id <= was[k].competency_id);
		bool take_was = i == n_is || (k < n_was && was[k].competency_id <= is[i].competency_id);
		TRY(each(cx, arg, person_id, take_was ? &was[k] : NULL, take_is ? &is[i] : NULL));
		i += take_is;
		k += take_was;
	}
	return OK;
}

static enum err settle_pair(struct ctx *cx, void *arg, int64_t person_id, const struct standing *was, const struct standing *is)
{
	return change(cx, arg, person_id, was, is);
}

enum err gap_settle(struct ctx *cx, int64_t person_id)
{
	return compare(cx, person_id, settle_pair, NULL);
}

enum err gap_settle_many(struct ctx *cx, const int64_t *people, size_t n)
{
	struct figures *f = figures_new();
	enum err e = OK;
	for (size_t i = 0; i < n && e == OK; i++) {
		struct arena_mark mark = arena_mark(cx->arena);
		e = compare(cx, people[i], settle_pair, f);
		arena_back(cx->arena, mark);
	}
	if (e == OK)
		e = figures_write(cx, f);
	figures_free(f);
	return e;
}

enum err gap_settle_one(struct ctx *cx, int64_t person_id, int64_t competency_id)
{
	struct gap_kept_one_row r;
	int64_t day = person_today(cx);
	bool found = false;
	TRY(gap_sql_kept_one(cx, person_id, competency_id, &r, &found));
	if (!found)
		return OK;
	enum gap_state state = gap_state_of(r.level, r.n_levels, r.n, r.n_self, r.weight, r.weighted, day);
	struct standing was = { competency_id, r.level, r.activity_id, r.org_id, r.designation_id, r.state, r.turns_day }, is = was;
	is.state = state;
	is.turns_day = turns_of(state, r.level, r.n_levels, r.weight, r.weighted, day);
	return change(cx, NULL, person_id, &was, &is);
}

/* ── the gaps of a person ── */

struct str level_said(struct ctx *cx, struct estimate e)
{
	return str_fmt(cx->arena, "%.1f ± %.1f", e.mean, FOUR_IN_FIVE * e.sd);
}

static int by_need(const void *a, const void *b)
{
	const struct gap *x = a, *y = b;
	if ((x->missing > 0) != (y->missing > 0))
		return x->missing > 0 ? -1 : 1;
	if (x->probability < y->probability || x->probability > y->probability)
		return x->probability < y->probability ? -1 : 1;
	return (x->competency_id > y->competency_id) - (x->competency_id < y->competency_id);
}

void gaps_measure(struct gap *v, size_t n, int64_t day)
{
	for (size_t i = 0; i < n; i++) {
		struct gap *g = &v[i];
		g->known = g->n > g->n_self;
		g->held = estimate_of(g->known ? g->weight : 0, g->known ? g->weighted : 0, day, g->n_levels);
		g->probability = estimate_reaches(g->held, (double)g->level);
		g->state = g->known ? (g->probability >= MET ? GAP_MET : GAP_OPEN) : GAP_UNKNOWN;
		g->missing = g->state == GAP_MET ? 0 : (double)g->level - g->held.mean;
		g->missing = g->state != GAP_MET && g->missing <= 0 ? 0.001 : g->missing;
	}
	if (n)
		qsort(v, n, sizeof *v, by_need);
}

enum err gaps_of(struct ctx *cx, int64_t person_id, struct gap **ret, size_t *ret_n)
{
	struct gap_of_person_row *r;
	int64_t day = person_today(cx);
	TRY(gap_sql_of_person(cx, day, person_id, &r, ret_n));
	*ret = ARENA_ARRAY(cx->arena, struct gap, *ret_n);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = (struct gap){ .competency_id = r[i].competency_id,
					  .level = r[i].level,
					  .n_levels = r[i].n_levels,
					  .n = r[i].n,
					  .n_self = r[i].n_self,
					  .weight = r[i].weight,
					  .weighted = r[i].weighted,
					  .code = r[i].code,
					  .area = r[i].area,
					  .name = said_in(cx, r[i].name_en, r[i].name_hi),
					  .activity = said_in(cx, r[i].activity_en, r[i].activity_hi) };
	gaps_measure(*ret, *ret_n, day);
	return OK;
}

/* ── anew, and checking ── */

static enum err settle_each(struct ctx *cx, void *arg, const void *row)
{
	const struct gap_people_each_row *r = row;
	return compare(cx, r->person_id, settle_pair, arg);
}

enum err gap_org_moves(struct ctx *cx, int64_t org_id, int sign)
{
	return gap_sql_move(cx, sign, org_id, NULL);
}

enum err gap_rebuild(struct ctx *cx)
{
	TRY(gap_sql_forget(cx, NULL));
	TRY(gap_sql_forget_counts(cx, NULL));
	struct figures *f = figures_new();
	enum err e = gap_sql_people_each(cx, settle_each, f);
	if (e == OK)
		e = figures_write(cx, f);
	figures_free(f);
	return e;
}

struct checking {
	gap_wrong_fn *wrong;
	void *arg;
	int64_t day; /* the last that was settled: what time has changed since is no mistake */
	/* counters as the facts say, of which those that are kept are taken away */
	struct arena *arena;
	struct gap_facts_row *v;
	size_t n, cap, at;
};

static enum err check_pair(struct ctx *cx, void *arg, int64_t person_id, const struct standing *was, const struct standing *is)
{
	struct checking *c = arg;
	(void)cx;
	bool aged = was && is && was->turns_day != NONE && was->turns_day > c->day && was->turns_day <= person_today(cx);
	if (!aged && !(was && is && counts_alike(was, is) && was->level == is->level))
		c->wrong(c->arg, person_id, was ? was->competency_id : is->competency_id);
	return OK;
}

static enum err check_each(struct ctx *cx, void *arg, const void *row)
{
	const struct gap_people_each_row *r = row;
	return compare(cx, r->person_id, check_pair, arg);
}

static enum err note_fact(struct ctx *cx, void *arg, const void *row)
{
	struct checking *c = arg;
	(void)cx;
	if (c->n == c->cap) {
		struct gap_facts_row *old = c->v;
		c->cap = c->cap ? 2 * c->cap : 1024;
		c->v = ARENA_ARRAY(c->arena, struct gap_facts_row, c->cap);
		if (c->n)
			memcpy(c->v, old, c->n * sizeof *old);
	}
	c->v[c->n++] = *(const struct gap_facts_row *)row;
	return OK;
}

static int by_place(const struct gap_facts_row *a, const struct gap_counts_row *b)
{
	if (a->org_id != b->org_id)
		return a->org_id < b->org_id ? -1 : 1;
	if (a->designation_id != b->designation_id)
		return a->designation_id < b->designation_id ? -1 : 1;
	return (a->competency_id > b->competency_id) - (a->competency_id < b->competency_id);
}

static enum err check_count(struct ctx *cx, void *arg, const void *row)
{
	const struct gap_counts_row *k = row;
	struct checking *c = arg;
	(void)cx;
	for (; c->at < c->n && by_place(&c->v[c->at], k) < 0; c->at++)
		c->wrong(c->arg, 0, c->v[c->at].competency_id);
	if (c->at == c->n || by_place(&c->v[c->at], k) > 0) {
		c->wrong(c->arg, 0, k->competency_id);
		return OK;
	}
	const struct gap_facts_row *f = &c->v[c->at++];
	if (f->n != k->n || f->n_met != k->n_met || f->n_unknown != k->n_unknown)
		c->wrong(c->arg, 0, k->competency_id);
	return OK;
}

enum err gap_check(struct ctx *cx, gap_wrong_fn *wrong, void *arg)
{
	struct gap_day_row last;
	bool found = false;
	TRY(gap_sql_day(cx, &last, &found));
	struct checking c = { .wrong = wrong, .arg = arg, .day = found ? last.day : person_today(cx), .arena = arena_new() };
	enum err e = gap_sql_people_each(cx, check_each, &c);
	if (e == OK)
		e = gap_sql_facts(cx, note_fact, &c);
	if (e == OK)
		e = gap_sql_counts(cx, check_count, &c);
	for (; e == OK && c.at < c.n; c.at++)
		wrong(arg, 0, c.v[c.at].competency_id);
	arena_free(c.arena);
	return e;
}
