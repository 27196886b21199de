/* Counting people: what was counted of each is kept, so that figures move by the difference and nothing is counted twice; see campaign.h.
 *
 * A job looks at the names of those of whom there is something new (feature/learned): soon after they came, and when nobody came every PAUSE. What is known of
 * them it reads beside those who write, and counts them in a transaction that takes their names away. Whoever learns in between has another name there;
 * and when the rules have changed in between, it reads again in that transaction. */
#include "feature/campaign/campaign_count.h"
#include "base/clock.h"
#include "feature/campaign/campaign_rule.h"
#include "feature/learned/learned.h"
#include "feature/notice/notice.h"
#include "feature/person/person.h"

#include <stdlib.h>

#define PAUSE (2 * SECOND)
#define SOON (SECOND / 5)
#define BEHIND (3 * SECOND)
/* Small steps, behind which nobody waits long; larger ones the further the count is behind: a board is never more than five seconds old. */
enum { SMALL_STEP = 50, LARGE_STEP = 400, PEOPLE_A_STEP = 500, PART_FIELDS = 5 };

/* ── parts as text ── */

static struct str parts_text(struct ctx *cx, const struct campaign_part *v, size_t n)
{
	struct buf b;
	buf_init(&b, cx->arena, 1 << 20);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%lld %lld %lld %lld %lld;", (long long)v[i].org_id, (long long)v[i].day, (long long)v[i].hour, (long long)v[i].ms,
			(long long)v[i].published_ms);
	return buf_get(&b);
}

void campaign_parts_read(struct ctx *cx, struct str text, struct campaign_part **ret, size_t *ret_n)
{
	struct str one, word;
	*ret = NULL;
	*ret_n = 0;
	while (str_cut(&text, ';', &one)) {
		int64_t v[PART_FIELDS] = { 0 };
		for (size_t i = 0; i < PART_FIELDS; i++)
			BUG_IF(!str_cut(&one, ' ', &word) || !str_int(word, &v[i]));
		*ARENA_PUSH(cx->arena, *ret, *ret_n) = (struct campaign_part){ v[0], v[1], v[2], v[3], v[4] };
	}
}

/* ── figures, gathered ── */

struct figure {
	int64_t campaign_id, org_id, day, hour, n, n_reached, n_pledged, ms, published_ms;
};
struct gathered {
	struct arena *arena;
	struct figure *v; /* open hash, at most half full; campaign_id 0: empty */
	size_t n, cap;
};
struct campaign_work {
	struct arena *arena;
	struct lineages *lineages;
	struct gathered all, one; /* one: of a single person, in whose figures n is 0 or 1 */
	bool anew;		  /* figures hold nothing of anybody yet */
};

static struct gathered gathered(struct arena *a, size_t cap)
{
	return (struct gathered){ a, ARENA_ARRAY(a, struct figure, cap), 0, cap };
}

/* SplitMix64's finisher over the four. */
static struct figure *place(const struct gathered *g, const struct figure *f)
{
	uint64_t z = (uint64_t)f->org_id * UINT64_C(0x9e3779b97f4a7c15) ^ (uint64_t)f->campaign_id * UINT64_C(0xbf58476d1ce4e5b9) ^
		     (uint64_t)(f->day * 32 + f->hour);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	size_t i = (size_t)(z ^ z >> 31) & (g->cap - 1);
	while (g->v[i].campaign_id &&
	       (g->v[i].campaign_id != f->campaign_id || g->v[i].org_id != f->org_id || g->v[i].day != f->day || g->v[i].hour != f->hour))
		i = (i + 1) & (g->cap - 1);
	return &g->v[i];
}

static struct figure *found(struct gathered *g, const struct figure *key)
{
	struct figure *f = place(g, key);
	if (f->campaign_id)
		return f;
	if (2 * (g->n + 1) >= g->cap) {
		struct gathered more = gathered(g->arena, g->cap * 2);
		for (size_t i = 0; i < g->cap; i++)
			if (g->v[i].campaign_id)
				*place(&more, &g->v[i]) = g->v[i];
		more.n = g->n;
		*g = more;
		f = place(g, key);
	}
	g->n++;
	*f = (struct figure){ .campaign_id = key->campaign_id, .org_id = key->org_id, .day = key->day, .hour = key->hour };
	return f;
}

static void empty(struct gathered *g)
{
	memset(g->v, 0, g->cap * sizeof *g->v);
	g->n = 0;
}

static void pour(struct gathered *into, const struct gathered *from, int64_t sign)
{
	for (size_t i = 0; i < from->cap; i++) {
		const struct figure *f = &from->v[i];
		if (!f->campaign_id)
			continue;
		struct figure *t = found(into, f);
		t->n += sign * f->n;
		t->n_reached += sign * f->n_reached;
		t->n_pledged += sign * f->n_pledged;
		t->ms += sign * f->ms;
		t->published_ms += sign * f->published_ms;
	}
}

static void add(struct gathered *g, struct figure key, const struct campaign_part *p)
{
	struct figure *f = found(g, &key);
	f->n = 1;
	f->ms += p->ms;
	f->published_ms += p->published_ms;
}

/* What one person is in the figures of all organisations up to that of the campaign; adds them with a sign. */
enum err campaign_weigh(struct ctx *cx, struct campaign_work *w, int64_t campaign_id, int64_t top_id, const struct campaign_standing *s, int64_t sign)
{
	struct lineage l;
	empty(&w->one);
	for (size_t i = 0; i < s->n_parts; i++) {
		const struct campaign_part *p = &s->parts[i];
		TRY(lineage_of(cx, w->lineages, p->org_id, p->day, &l));
		for (size_t k = 0; k < l.n; k++) {
			struct figure at = { .campaign_id = campaign_id, .org_id = l.above[k].above_id, .day = p->day, .hour = p->hour };
			add(&w->one, at, p);
			at.hour = 24;
			add(&w->one, at, p);
			at.day = 0;
			add(&w->one, at, p);
			if (at.org_id == top_id)
				break;
		}
	}
	const int64_t orgs[] = { s->reached_org_id, s->pledged_org_id }, times[] = { s->reached_at, s->pledged_at };
	for (size_t i = 0; i < 2; i++) {
		l.n = 0;
		if (orgs[i] != NONE)
			TRY(lineage_of(cx, w->lineages, orgs[i], clock_day_in_india(times[i]), &l));
		for (size_t k = 0; k < l.n; k++) {
			struct figure *f = found(&w->one, &(struct figure){ .campaign_id = campaign_id, .org_id = l.above[k].above_id, .hour = 24 });
			*(i ? &f->n_pledged : &f->n_reached) = 1;
			if (f->org_id == top_id)
				break;
		}
	}
	pour(&w->all, &w->one, sign);
	return OK;
}

void campaign_weigh_figure(struct campaign_work *w, const struct campaign_all_figures_row *f, int64_t sign)
{
	struct figure *t = found(&w->all, &(struct figure){ .campaign_id = f->campaign_id, .org_id = f->org_id, .day = f->day, .hour = f->hour });
	t->n += sign * f->n;
	t->n_reached += sign * f->n_reached;
	t->n_pledged += sign * f->n_pledged;
	t->ms += sign * f->ms;
	t->published_ms += sign * f->published_ms;
}

static bool nothing(const struct figure *f)
{
	return !f->n && !f->n_reached && !f->n_pledged && !f->ms && !f->published_ms;
}

void campaign_left(const struct campaign_work *w, campaign_wrong_fn *wrong, void *arg)
{
	for (size_t i = 0; i < w->all.cap; i++)
		if (w->all.v[i].campaign_id && !nothing(&w->all.v[i]))
			wrong(arg, w->all.v[i].campaign_id, w->all.v[i].org_id);
}

static int in_order(const void *a, const void *b)
{
	const struct figure *x = a, *y = b;
	if (x->campaign_id != y->campaign_id)
		return x->campaign_id < y->campaign_id ? -1 : 1;
	if (x->org_id != y->org_id)
		return x->org_id < y->org_id ? -1 : 1;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return (x->hour > y->hour) - (x->hour < y->hour);
}

static enum err write_figures(struct ctx *cx, struct campaign_work *w)
{
	struct figure *v = ARENA_ARRAY(w->arena, struct figure, w->all.n);
	size_t n = 0;
	for (size_t i = 0; i < w->all.cap; i++) {
		const struct figure *f = &w->all.v[i];
		if (f->campaign_id && !nothing(f))
			v[n++] = *f;
	}
	if (n)
		qsort(v, n, sizeof *v, in_order);
	for (size_t i = 0; i < n; i++)
		TRY(campaign_sql_count_add(cx, v[i].campaign_id, v[i].org_id, v[i].day, v[i].hour, v[i].n, v[i].n_reached, v[i].n_pledged, v[i].ms,
					   v[i].published_ms, NULL));
	return OK;
}

/* ── one person ── */

static enum err joined_away(struct ctx *cx, int64_t person_id, bool *ret)
{
	struct campaign_joined_row r;
	return campaign_sql_joined(cx, person_id, &r, ret);
}

/* Where somebody counts for a fact of the past: where it was counted before, else where he is posted at that time. */
static int64_t counted_at(int64_t at, int64_t before, int64_t now)
{
	return at == NONE ? NONE : before != NONE ? before : now;
}

static enum err tell_reached(struct ctx *cx, int64_t campaign_id, int64_t person_id)
{
	struct campaign_one_row c;
	TRY(campaign_one(cx, campaign_id, &c));
	const struct msg_arg arg = { "campaign", c.name_en };
	return notice_tell(cx, &(struct notice){ .kind = NOTICE_certificate,
						 .person_id = person_id,
						 .fact = str_fmt(cx->arena, "campaign:%lld", (long long)campaign_id),
						 .text = N_("You have reached the target of “{campaign}”. Your badge and certificate are ready."),
						 .args = &arg,
						 .n_args = 1,
						 .path = str_fmt(cx->arena, "/campaigns/%lld", (long long)campaign_id),
						 .thing_id = NONE });
}

static enum err settle(struct ctx *cx, struct campaign_work *w, const struct campaign_rule *r, int64_t person_id, const struct campaign_facts *f)
{
	struct campaign_person_row old = { .pledged_at = NONE, .pledged_org_id = NONE, .reached_at = NONE, .reached_org_id = NONE, .parts = S("") };
	struct campaign_standing was, is;
	struct campaign_count c;
	bool there = false, away = false;
	TRY(campaign_sql_person(cx, r->id, person_id, &old, &there));
	TRY(campaign_tell(cx, r, w->lineages, f, NULL, NULL, &c));
	if (!there && !c.n_parts)
		return OK;
	if (there)
		TRY(joined_away(cx, person_id, &away));
	struct campaign_person_row now = old;
	now.ms = c.ms;
	now.published_ms = c.published_ms;
	now.parts = parts_text(cx, c.parts, c.n_parts);
	if (old.reached_at == NONE && c.crossed_at != NONE)
		now.reached_at = c.crossed_at;
	int64_t posted = campaign_posted(f, person_today(cx));
	now.reached_org_id = away ? NONE : counted_at(now.reached_at, old.reached_org_id, c.crossed_org_id != NONE ? c.crossed_org_id : posted);
	now.pledged_org_id = away ? NONE : counted_at(now.pledged_at, old.pledged_org_id, posted);
	if (!w->anew && there && str_eq(now.parts, old.parts) && now.reached_at == old.reached_at && now.reached_org_id == old.reached_org_id &&
	    now.pledged_org_id == old.pledged_org_id)
		return OK;
	if (!w->anew) {
		was = (struct campaign_standing){ NULL, 0, old.reached_at, old.reached_org_id, old.pledged_at, old.pledged_org_id };
		campaign_parts_read(cx, old.parts, &was.parts, &was.n_parts);
		TRY(campaign_weigh(cx, w, r->id, r->org_id, &was, -1));
	}
	is = (struct campaign_standing){ c.parts, c.n_parts, now.reached_at, now.reached_org_id, now.pledged_at, now.pledged_org_id };
	TRY(campaign_weigh(cx, w, r->id, r->org_id, &is, 1));
	if (!w->anew && old.reached_at == NONE && now.reached_at != NONE)
		TRY(tell_reached(cx, r->id, person_id));
	return campaign_sql_put_person(cx, r->id, person_id, now.pledged_at, now.pledged_org_id, now.ms, now.published_ms, now.reached_at, now.reached_org_id,
				       now.parts, NULL);
}

/* The days of which facts are asked for; that of today is among them for its posting. */
static void days_of(struct ctx *cx, const struct campaign_rule *rules, size_t n_rules, int64_t *ret_from, int64_t *ret_last)
{
	*ret_from = INT64_MAX;
	*ret_last = person_today(cx);
	for (size_t i = 0; i < n_rules; i++) {
		*ret_from = rules[i].from_day < *ret_from ? rules[i].from_day : *ret_from;
		*ret_last = rules[i].last_day > *ret_last ? rules[i].last_day : *ret_last;
	}
}

/* f: what is known of the person; NULL: it is read. */
static enum err settle_one(struct ctx *cx, struct campaign_work *w, const struct campaign_rule *rules, size_t n_rules, int64_t person_id,
			   const struct campaign_facts *f)
{
	struct arena_mark mark = arena_mark(cx->arena);
	struct campaign_facts read;
	int64_t from, last;
	if (!f) {
		days_of(cx, rules, n_rules, &from, &last);
		TRY(campaign_facts_of(cx, person_id, from, last, &read));
		f = &read;
	}
	for (size_t i = 0; i < n_rules; i++)
		TRY(settle(cx, w, &rules[i], person_id, f));
	arena_back(cx->arena, mark);
	return OK;
}

struct campaign_work *campaign_work_new(void)
{
	struct arena *a = arena_new();
	struct campaign_work *w = ARENA_NEW(a, struct campaign_work);
	*w = (struct campaign_work){ a, lineages_new(a), gathered(a, 1024), gathered(a, 64), false };
	return w;
}

void campaign_work_free(struct campaign_work *w)
{
	if (w)
		arena_free(w->arena);
}

static enum err settle_all(struct ctx *cx, const struct campaign_rule *rules, size_t n_rules, const int64_t *people, const struct campaign_facts *facts,
			   size_t n, bool anew)
{
	struct campaign_work *w = campaign_work_new();
	enum err e = OK;
	w->anew = anew;
	for (size_t i = 0; i < n && n_rules && e == OK; i++)
		e = settle_one(cx, w, rules, n_rules, people[i], facts ? &facts[i] : NULL);
	if (e == OK)
		e = write_figures(cx, w);
	campaign_work_free(w);
	return e;
}

enum err campaign_settle(struct ctx *cx, const struct campaign_rule *rules, size_t n_rules, const int64_t *people, size_t n, bool anew)
{
	return settle_all(cx, rules, n_rules, people, NULL, n, anew);
}

/* ── jobs ── */

static int by_id(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

static size_t without_doubles(int64_t *v, size_t n)
{
	size_t k = 0;
	if (n)
		qsort(v, n, sizeof *v, by_id);
	for (size_t i = 0; i < n; i++)
		if (!i || v[i] != v[i - 1])
			v[k++] = v[i];
	return k;
}

struct news {
	struct learned_news_row *v;
	int64_t *people; /* each once */
	struct campaign_facts *facts;
	size_t n, n_people;
	int64_t through_at, revision; /* through_at: once they are counted, all up to then is */
	bool all;		      /* nobody else waits */
};

static int64_t people_a_step(int64_t behind)
{
	return behind <= 0 ? SMALL_STEP : behind >= BEHIND ? LARGE_STEP : SMALL_STEP + (LARGE_STEP - SMALL_STEP) * behind / BEHIND;
}

static enum err find_news(struct ctx *cx, void *arg)
{
	struct news *s = arg;
	struct campaign_mark_row mark = { .through_at = 0, .revision = 0 };
	struct campaign_rule *rules;
	int64_t from, last;
	bool found = false;
	size_t n_rules;
	TRY(campaign_sql_mark(cx, &mark, &found));
	*s = (struct news){ .through_at = mark.through_at, .revision = mark.revision };
	int64_t most = people_a_step(cx->now - mark.through_at);
	TRY(learned_sql_news(cx, most, &s->v, &s->n));
	s->all = (int64_t)s->n < most;
	s->people = ARENA_ARRAY(cx->arena, int64_t, s->n);
	for (size_t i = 0; i < s->n; i++) {
		s->people[i] = s->v[i].person_id;
		s->through_at = s->v[i].at > s->through_at ? s->v[i].at : s->through_at;
	}
	if (s->all)
		s->through_at = cx->now;
	s->n_people = without_doubles(s->people, s->n);
	s->facts = ARENA_ARRAY(cx->arena, struct campaign_facts, s->n_people);
	TRY(campaign_rules_live(cx, &rules, &n_rules));
	days_of(cx, rules, n_rules, &from, &last);
	for (size_t i = 0; i < s->n_people && n_rules; i++)
		TRY(campaign_facts_of(cx, s->people[i], from, last, &s->facts[i]));
	return OK;
}

static enum err follow_act(struct ctx *cx, struct job *j)
{
	j->state = ARENA_NEW(cx->arena, struct news);
	return db_read(cx, find_news, j->state);
}

static enum err follow_step(struct ctx *cx, struct job *j)
{
	const struct news *s = j->state;
	struct campaign_mark_row mark = { .revision = 0 };
	struct campaign_rule *rules;
	bool found = false;
	size_t n_rules;
	TRY(campaign_rules_live(cx, &rules, &n_rules));
	TRY(campaign_sql_mark(cx, &mark, &found));
	for (size_t i = 0; i < s->n; i++)
		TRY(learned_sql_seen(cx, s->v[i].id, NULL));
	TRY(settle_all(cx, rules, n_rules, s->people, mark.revision == s->revision ? s->facts : NULL, s->n_people, false));
	TRY(campaign_sql_put_through(cx, s->through_at, NULL));
	j->done += (int64_t)s->n_people;
	if (s->all)
		j->wait_until = cx->now + (s->n ? SOON : PAUSE);
	return OK;
}

static enum err recount_step(struct ctx *cx, struct job *j)
{
	struct campaign_recount_next_row c;
	struct campaign_people_after_row *r;
	struct campaign_rule rule;
	bool found = false;
	size_t n;
	TRY(campaign_sql_recount_next(cx, &c, &found));
	j->ended = !found;
	if (!found)
		return OK;
	TRY(campaign_rule_of(cx, c.campaign_id, &rule));
	TRY(campaign_sql_people_after(cx, c.after_id, PEOPLE_A_STEP, &r, &n));
	int64_t *people = ARENA_ARRAY(cx->arena, int64_t, n);
	for (size_t i = 0; i < n; i++)
		people[i] = r[i].id;
	TRY(campaign_settle(cx, &rule, 1, people, n, false));
	j->done += (int64_t)n;
	return n < PEOPLE_A_STEP ? campaign_sql_recount_done(cx, c.campaign_id, NULL) : campaign_sql_recount_at(cx, people[n - 1], c.campaign_id, NULL);
}

enum err campaign_people_soon(struct ctx *cx)
{
	return job_add(cx, &(struct job_add){ .kind = "campaign.people_now", .once = S("all"), .asked_by = NONE }, NULL);
}

enum err campaign_recount_soon(struct ctx *cx, int64_t campaign_id)
{
	TRY(campaign_sql_recount_soon(cx, campaign_id, NULL));
	TRY(campaign_sql_revise(cx, cx->now, NULL));
	return job_add(cx, &(struct job_add){ .kind = "campaign.recount", .once = S("all"), .asked_by = NONE }, NULL);
}

struct people_found {
	struct campaign_people_changed_row *v;
	size_t n;
};

static enum err find_people(struct ctx *cx, void *arg)
{
	struct people_found *p = arg;
	return campaign_sql_people_changed(cx, person_today(cx), PEOPLE_A_STEP, &p->v, &p->n);
}

static enum err people_act(struct ctx *cx, struct job *j)
{
	j->state = ARENA_NEW(cx->arena, struct people_found);
	return db_read(cx, find_people, j->state);
}

static enum err people_step(struct ctx *cx, struct job *j)
{
	const struct people_found *p = j->state;
	for (size_t i = 0; i < p->n; i++)
		TRY(campaign_sql_put_people(cx, p->v[i].org_id, p->v[i].n, NULL));
	j->done += (int64_t)p->n;
	j->ended = p->n < PEOPLE_A_STEP;
	return OK;
}

const struct job_kind campaign_jobs[] = {
	{ .name = "campaign.follow", .title = N_("Counting what is learnt in campaigns"), .act = follow_act, .step = follow_step, .every = PAUSE },
	{ .name = "campaign.recount", .title = N_("Counting a campaign anew"), .step = recount_step },
	{ .name = "campaign.people", .title = N_("Counting people of organisations for campaigns"), .act = people_act, .step = people_step, .every = HOUR },
	{ .name = "campaign.people_now", .title = N_("Counting people of organisations for campaigns"), .act = people_act, .step = people_step },
	{ .name = NULL },
};
