/* Who comes into question for posts; see pool.h. */
#include "feature/placement/pool.h"

/* ── what posts ask ── */

static enum err read_needs(struct ctx *cx, const struct pool_post *posts, size_t n, int64_t day, struct placement_needs_row **ret, size_t *ret_n)
{
	int64_t p[POOL_POSTS];
	BUG_IF(n > POOL_POSTS);
	for (size_t i = 0; i < POOL_POSTS; i++)
		p[i] = i < n ? posts[i].id : NONE;
	return placement_sql_needs(cx, day, p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], p[9], p[10], p[11], p[12], p[13], p[14], p[15], p[16], p[17],
				   p[18], p[19], ret, ret_n);
}

enum err pool_needs(struct ctx *cx, struct pool_post *posts, size_t n)
{
	struct placement_needs_row *r;
	size_t n_rows;
	TRY(read_needs(cx, posts, n, clock_day_in_india(cx->now), &r, &n_rows));
	struct fit_need *needs = ARENA_ARRAY(cx->arena, struct fit_need, n_rows);
	for (size_t i = 0; i < n_rows; i++)
		needs[i] = (struct fit_need){ r[i].competency_id, r[i].level, r[i].n_levels, r[i].course_id, r[i].course_id == NONE ? 0 : r[i].ms };
	for (size_t i = 0; i < n; i++) {
		size_t from = 0, to;
		while (from < n_rows && r[from].post_id != posts[i].id)
			from++;
		for (to = from; to < n_rows && r[to].post_id == posts[i].id; to++)
			;
		posts[i].needs = r + from;
		posts[i].asks.needs = needs + from;
		posts[i].asks.n_needs = to - from;
	}
	return OK;
}

/* ── people ── */

/* What is asked of one competency at one level, of everybody: worked out once, however many posts ask it. */
struct pool_column {
	int64_t competency_id, level;
	double *probability;
};

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static void note_wanted(struct pool *p, const struct pool_post *posts, size_t n_posts)
{
	for (size_t i = 0; i < n_posts; i++)
		for (size_t k = 0; k < posts[i].asks.n_needs; k++)
			*ARENA_PUSH(p->arena, p->wanted, p->n_wanted) = posts[i].asks.needs[k].competency_id;
	if (p->n_wanted)
		qsort(p->wanted, p->n_wanted, sizeof *p->wanted, by_number);
}

static void pool_begin(struct pool *p, int64_t day)
{
	*p = (struct pool){ .arena = arena_new(), .day = day };
}

void pool_end(struct pool *p)
{
	arena_free(p->arena);
	*p = (struct pool){ 0 };
}

static enum err add_person(struct ctx *cx, void *arg, const void *row)
{
	const struct placement_pool_row *r = row;
	struct pool *p = arg;
	struct arena *a = p->arena;
	(void)cx;
	if (p->n == p->cap)
		return OK; /* came since they were counted */
	p->people[p->n++] = (struct pool_person){
		.id = r->id,
		.post_id = r->post_id,
		.facts = { str_dup(a, r->service), r->pay_level, r->first_day, r->held_since, r->tenure_months == NONE ? 0 : r->tenure_months, NULL, 0 },
		.name = str_dup(a, r->name),
		.designation_en = str_dup(a, r->designation_en),
		.designation_hi = str_dup(a, r->designation_hi),
		.org_en = str_dup(a, r->org_en),
		.org_hi = str_dup(a, r->org_hi),
	};
	return OK;
}

static bool is_wanted(const struct pool *p, int64_t competency_id)
{
	return bsearch(&competency_id, p->wanted, p->n_wanted, sizeof *p->wanted, by_number) != NULL;
}

/* Both lists come by person, so one walk is enough. Sums of a person lie one behind the other. */
static void add_sums(struct pool *p, int64_t person_id, struct fit_sums s)
{
	while (p->at < p->n && p->people[p->at].id < person_id)
		p->at++;
	if (p->at == p->n || p->people[p->at].id != person_id)
		return;
	*ARENA_PUSH(p->arena, p->sums, p->n_sums) = s;
	p->people[p->at].facts.n_sums++;
}

static enum err each_sums(struct ctx *cx, void *arg, const void *row)
{
	const struct placement_pool_sums_row *r = row;
	struct pool *p = arg;
	(void)cx;
	if (is_wanted(p, r->competency_id))
		add_sums(p, r->person_id, (struct fit_sums){ r->competency_id, r->weight, r->weighted });
	return OK;
}

static enum err add_officer(struct ctx *cx, void *arg, const void *row)
{
	const struct round_pool_row *r = row;
	return add_person(cx, arg,
			  &(struct placement_pool_row){ .id = r->id,
							.name = r->name,
							.service = r->service,
							.pay_level = r->pay_level,
							.first_day = r->first_day,
							.post_id = r->post_id,
							.held_since = r->held_since,
							.tenure_months = r->tenure_months });
}

static enum err each_round_sums(struct ctx *cx, void *arg, const void *row)
{
	const struct round_pool_sums_row *r = row;
	struct pool *p = arg;
	(void)cx;
	if (is_wanted(p, r->competency_id))
		add_sums(p, r->person_id, (struct fit_sums){ r->competency_id, r->weight, r->weighted });
	return OK;
}

static enum err each_own_sums(struct ctx *cx, void *arg, const void *row)
{
	const struct placement_sums_of_row *r = row;
	(void)cx;
	add_sums(arg, r->person_id, (struct fit_sums){ r->competency_id, r->weight, r->weighted });
	return OK;
}

/* The list of sums moves while it grows, so people get theirs at the end. */
static void hand_out_sums(struct pool *p)
{
	const struct fit_sums *at = p->sums;
	for (size_t i = 0; i < p->n; i++) {
		p->people[i].facts.sums = at;
		at += p->people[i].facts.n_sums;
	}
}

static enum err read_org(struct ctx *cx, int64_t org_id, struct str service, int64_t least_pay_level, struct pool *p)
{
	struct placement_pool_size_row size;
	TRY(placement_sql_pool_size(cx, p->day, org_id, service, least_pay_level, &size));
	p->cut = size.n > POOL_MAX;
	if (p->cut)
		return OK;
	p->cap = (size_t)size.n;
	p->people = ARENA_ARRAY(p->arena, struct pool_person, p->cap + 1);
	TRY(placement_sql_pool(cx, p->day, org_id, service, least_pay_level, add_person, p));
	if (p->n_wanted)
		TRY(placement_sql_pool_sums(cx, p->day, org_id, each_sums, p));
	hand_out_sums(p);
	return OK;
}

enum err pool_of_org(struct ctx *cx, int64_t org_id, int64_t day, struct str service, int64_t least_pay_level, const struct pool_post *posts, size_t n_posts,
		     struct pool *ret)
{
	pool_begin(ret, day);
	note_wanted(ret, posts, n_posts);
	enum err e = read_org(cx, org_id, service.p ? service : S(""), least_pay_level, ret);
	if (e != OK)
		pool_end(ret);
	return e;
}

/* Where they are is a fact of today; how long they will have been there, of the day. */
static enum err read_round(struct ctx *cx, int64_t round_id, struct pool *p)
{
	struct round_sizes_row size;
	TRY(round_sql_sizes(cx, round_id, &size));
	p->cap = (size_t)size.officers;
	p->people = ARENA_ARRAY(p->arena, struct pool_person, p->cap + 1);
	TRY(round_sql_pool(cx, clock_day_in_india(cx->now), round_id, add_officer, p));
	if (p->n_wanted)
		TRY(round_sql_pool_sums(cx, round_id, each_round_sums, p));
	hand_out_sums(p);
	return OK;
}

enum err pool_of_round(struct ctx *cx, int64_t round_id, int64_t day, const struct pool_post *posts, size_t n_posts, struct pool *ret)
{
	pool_begin(ret, day);
	note_wanted(ret, posts, n_posts);
	enum err e = read_round(cx, round_id, ret);
	if (e != OK)
		pool_end(ret);
	return e;
}

static enum err read_person(struct ctx *cx, int64_t person_id, struct pool *p, int64_t *ret_org_id, int64_t *ret_designation_id)
{
	struct placement_pool_one_row r;
	bool found = false;
	TRY(placement_sql_pool_one(cx, p->day, person_id, &r, &found));
	if (!found)
		return OK;
	p->cap = 1;
	p->people = ARENA_ARRAY(p->arena, struct pool_person, 1);
	TRY(add_person(cx, p,
		       &(struct placement_pool_row){ .id = r.id,
						     .name = r.name,
						     .service = r.service,
						     .pay_level = r.pay_level,
						     .first_day = r.first_day,
						     .post_id = r.post_id,
						     .held_since = r.held_since,
						     .tenure_months = r.tenure_months,
						     .designation_en = r.designation_en,
						     .designation_hi = r.designation_hi,
						     .org_en = r.org_en,
						     .org_hi = r.org_hi }));
	TRY(placement_sql_sums_of(cx, person_id, each_own_sums, p));
	hand_out_sums(p);
	*ret_org_id = r.org_id;
	*ret_designation_id = r.designation_id;
	return OK;
}

enum err pool_of_person(struct ctx *cx, int64_t person_id, int64_t day, struct pool *ret, int64_t *ret_org_id, int64_t *ret_designation_id)
{
	pool_begin(ret, day);
	enum err e = read_person(cx, person_id, ret, ret_org_id, ret_designation_id);
	if (e != OK)
		pool_end(ret);
	return e;
}

/* ── the best for a post ── */

static const double *column_of(struct pool *p, const struct fit_need *need)
{
	for (size_t i = 0; i < p->n_columns; i++)
		if (p->columns[i].competency_id == need->competency_id && p->columns[i].level == need->level)
			return p->columns[i].probability;
	struct pool_column *c = ARENA_PUSH(p->arena, p->columns, p->n_columns);
	*c = (struct pool_column){ need->competency_id, need->level, ARENA_ARRAY(p->arena, double, p->n + 1) };
	double *v = c->probability;
	for (size_t i = 0; i < p->n; i++)
		v[i] = fit_part(need, &p->people[i].facts, p->day).probability;
	return v;
}

static bool comes_before(const struct pool *p, const struct candidate *a, const struct candidate *b)
{
	if (a->fit.thousandths != b->fit.thousandths)
		return a->fit.thousandths > b->fit.thousandths;
	if (a->fit.ms != b->fit.ms)
		return a->fit.ms < b->fit.ms;
	return p->people[a->person].id < p->people[b->person].id;
}

/* Puts it among the best, if it is one of them. */
static void offer(const struct pool *p, struct ranking *r, size_t most, struct candidate c)
{
	if (r->n == most && !comes_before(p, &c, &r->best[most - 1]))
		return;
	size_t i = r->n < most ? r->n++ : most - 1;
	for (; i > 0 && comes_before(p, &c, &r->best[i - 1]); i--)
		r->best[i] = r->best[i - 1];
	r->best[i] = c;
}

static bool may_be_here(const struct pool *p, const struct pool_post *post, size_t person, struct ranking *r)
{
	struct fit_rules rules = fit_rules(&post->asks, &p->people[person].facts, p->day);
	if (p->people[person].post_id == post->id)
		return false;
	for (int i = 0; i < FIT_RULES; i++)
		r->n_not[i] += !rules.met[i];
	return rules.eligible;
}

void pool_rank(struct ctx *cx, struct pool *p, const struct pool_post *post, size_t most, int64_t soon_ms, struct ranking *ret)
{
	size_t n_needs = post->asks.n_needs;
	const double **column = ARENA_ARRAY(cx->arena, const double *, n_needs + 1);
	double *probability = ARENA_ARRAY(cx->arena, double, n_needs + 1);
	*ret = (struct ranking){ .best = ARENA_ARRAY(cx->arena, struct candidate, most) };
	for (size_t k = 0; k < n_needs; k++)
		column[k] = column_of(p, &post->asks.needs[k]);
	for (size_t i = 0; i < p->n; i++) {
		if (!may_be_here(p, post, i, ret))
			continue;
		for (size_t k = 0; k < n_needs; k++)
			probability[k] = column[k][i];
		struct candidate c = { (uint32_t)i, fit_of_probabilities(&post->asks, probability) };
		ret->n_eligible++;
		ret->n_ready += c.fit.n_missing == 0;
		ret->n_soon += c.fit.n_missing > 0 && c.fit.n_closed_by_none == 0 && c.fit.ms <= soon_ms;
		offer(p, ret, most, c);
	}
}
