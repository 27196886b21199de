/* What counts of a person's learning in a campaign; see campaign_rule.h. */
#include "feature/campaign/campaign_rule.h"
#include "base/clock.h"
#include "feature/person/person.h"

#include <stdlib.h>

/* ── rules ── */

static enum campaign_which which(struct str s)
{
	return str_is(s, "all") ? CAMPAIGN_ALL : str_is(s, "linked") ? CAMPAIGN_LINKED : str_is(s, "listed") ? CAMPAIGN_LISTED : CAMPAIGN_NONE;
}

static enum err more_of(struct ctx *cx, struct campaign_rule *r)
{
	TRY(campaign_sql_windows(cx, r->id, &r->windows, &r->n_windows));
	bool any = r->listed || r->events == CAMPAIGN_LISTED || r->programmes == CAMPAIGN_LISTED || r->charchas == CAMPAIGN_LISTED;
	return any ? campaign_sql_listed(cx, r->id, &r->on_list, &r->n_on_list) : OK;
}

static enum err rules_since(struct ctx *cx, int64_t day, struct campaign_rule **ret, size_t *ret_n)
{
	struct campaign_live_row *rows;
	TRY(campaign_sql_live(cx, day, &rows, ret_n));
	*ret = ARENA_ARRAY(cx->arena, struct campaign_rule, *ret_n);
	for (size_t i = 0; i < *ret_n; i++) {
		const struct campaign_live_row *w = &rows[i];
		(*ret)[i] = (struct campaign_rule){ .id = w->id,
						    .org_id = w->org_id,
						    .target_ms = w->target_minutes * MINUTE,
						    .from_day = w->from_day,
						    .last_day = w->last_day,
						    .listed = str_is(w->counts, "listed"),
						    .events = which(w->events),
						    .programmes = which(w->programmes),
						    .charchas = which(w->charchas) };
		TRY(more_of(cx, &(*ret)[i]));
	}
	return OK;
}

enum err campaign_rules_live(struct ctx *cx, struct campaign_rule **ret, size_t *ret_n)
{
	return rules_since(cx, person_today(cx) - CAMPAIGN_LATE_DAYS, ret, ret_n);
}

enum err campaign_rules_all(struct ctx *cx, struct campaign_rule **ret, size_t *ret_n)
{
	return rules_since(cx, 0, ret, ret_n);
}

enum err campaign_rule_of(struct ctx *cx, int64_t campaign_id, struct campaign_rule *ret)
{
	struct campaign_one_row c;
	TRY(campaign_one(cx, campaign_id, &c));
	*ret = (struct campaign_rule){ .campaign = c,
				       .id = c.id,
				       .org_id = c.org_id,
				       .target_ms = c.target_minutes * MINUTE,
				       .from_day = c.from_day,
				       .last_day = c.last_day,
				       .listed = str_is(c.counts, "listed"),
				       .events = which(c.events),
				       .programmes = which(c.programmes),
				       .charchas = which(c.charchas) };
	TRY(more_of(cx, ret));
	for (size_t i = 0; i < ret->n_windows; i++) {
		const struct campaign_windows_row *w = &ret->windows[i];
		ret->from_day = w->from_day < ret->from_day ? w->from_day : ret->from_day;
		ret->last_day = w->last_day > ret->last_day ? w->last_day : ret->last_day;
	}
	return OK;
}

/* ── who stands above whom ── */

struct lineages {
	struct arena *keep;
	struct lineage *v; /* of all times, one behind the other; open hash, at most half full; org_id 0: empty */
	size_t n, cap;
};

struct lineages *lineages_new(struct arena *keep)
{
	struct lineages *l = ARENA_NEW(keep, struct lineages);
	*l = (struct lineages){ .keep = keep, .cap = 256 };
	l->v = ARENA_ARRAY(keep, struct lineage, l->cap);
	return l;
}

static struct lineage *slot(const struct lineages *l, int64_t org_id)
{
	size_t i = (size_t)((uint64_t)org_id * UINT64_C(0x9e3779b97f4a7c15) >> 32) & (l->cap - 1);
	while (l->v[i].org_id && l->v[i].org_id != org_id)
		i = (i + 1) & (l->cap - 1);
	return &l->v[i];
}

static void grow(struct lineages *l)
{
	struct lineage *old = l->v;
	size_t cap = l->cap;
	l->cap *= 2;
	l->v = ARENA_ARRAY(l->keep, struct lineage, l->cap);
	for (size_t i = 0; i < cap; i++)
		if (old[i].org_id)
			*slot(l, old[i].org_id) = old[i];
}

/* Of all times those of the first that ends after the day; what is in force has no end. */
static struct lineage on_day(const struct lineage *all, int64_t day)
{
	size_t first = 0, n = 0;
	while (first < all->n && all->above[first].until_day != NONE && all->above[first].until_day <= day)
		first++;
	while (first + n < all->n && all->above[first + n].until_day == all->above[first].until_day)
		n++;
	return (struct lineage){ all->org_id, all->above + first, n };
}

enum err lineage_of(struct ctx *cx, struct lineages *l, int64_t org_id, int64_t day, struct lineage *ret)
{
	struct lineage *s = slot(l, org_id);
	if (!s->org_id) {
		struct campaign_above_row *rows, *kept;
		size_t n;
		TRY(campaign_sql_above(cx, org_id, &rows, &n));
		kept = ARENA_ARRAY(l->keep, struct campaign_above_row, n);
		for (size_t i = 0; i < n; i++)
			kept[i] = rows[i];
		if (2 * ++l->n >= l->cap) {
			grow(l);
			s = slot(l, org_id);
		}
		*s = (struct lineage){ org_id, kept, n };
	}
	*ret = on_day(s, day);
	return OK;
}

static int window_by_org(const void *a, const void *b)
{
	const struct campaign_windows_row *x = a, *y = b;
	return (x->org_id > y->org_id) - (x->org_id < y->org_id);
}

/* Every campaign has a row for its own organisation, and none above. One of an organisation that has moved away from below it is none of its. */
const struct campaign_windows_row *campaign_window_of(const struct campaign_rule *r, const struct lineage *l)
{
	const struct campaign_windows_row *w = NULL;
	for (size_t i = 0; i < l->n && r->n_windows; i++) {
		const struct campaign_windows_row key = { .org_id = l->above[i].above_id };
		if (!w)
			w = bsearch(&key, r->windows, r->n_windows, sizeof key, window_by_org);
		if (key.org_id == r->org_id)
			return w;
	}
	return NULL;
}

/* ── a person ── */

static int as_it_came(const void *a, const void *b)
{
	const struct campaign_learned_row *x = a, *y = b;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	if (x->hour != y->hour)
		return x->hour < y->hour ? -1 : 1;
	if (x->changed_at != y->changed_at)
		return x->changed_at < y->changed_at ? -1 : 1;
	return (x->thing_id > y->thing_id) - (x->thing_id < y->thing_id);
}

/* Put into order here: the database has them by their key, and would make a table for each person to sort them. */
enum err campaign_facts_of(struct ctx *cx, int64_t person_id, int64_t from_day, int64_t last_day, struct campaign_facts *ret)
{
	TRY(campaign_sql_learned(cx, person_id, from_day, last_day, &ret->learned, &ret->n_learned));
	if (ret->n_learned)
		qsort(ret->learned, ret->n_learned, sizeof *ret->learned, as_it_came);
	TRY(campaign_sql_completed(cx, person_id, clock_day_start(S("Asia/Kolkata"), from_day), &ret->completed, &ret->n_completed));
	return campaign_sql_postings(cx, person_id, last_day, from_day, &ret->postings, &ret->n_postings);
}

int64_t campaign_posted(const struct campaign_facts *f, int64_t day)
{
	for (size_t i = f->n_postings; i-- > 0;)
		if (f->postings[i].from_day <= day && (f->postings[i].until_day == NONE || f->postings[i].until_day > day))
			return f->postings[i].org_id;
	return NONE;
}

static int by_id(const void *a, const void *b)
{
	const struct campaign_listed_row *x = a, *y = b;
	return (x->id > y->id) - (x->id < y->id);
}

/* Courses and things have ids of one source, so one list serves. */
static bool on_list(const struct campaign_rule *r, int64_t id)
{
	const struct campaign_listed_row key = { id };
	return r->n_on_list && bsearch(&key, r->on_list, r->n_on_list, sizeof key, by_id) != NULL;
}

static bool course_counts(const struct campaign_rule *r, int64_t course_id, bool teaches)
{
	return r->listed ? on_list(r, course_id) : teaches;
}

static bool thing_counts(const struct campaign_rule *r, enum campaign_which of_kind, int64_t id, bool linked)
{
	if (of_kind != CAMPAIGN_LISTED)
		return of_kind == CAMPAIGN_ALL || (of_kind == CAMPAIGN_LINKED && linked);
	return (linked || r->listed) && on_list(r, id);
}

static bool counts(const struct campaign_rule *r, const struct campaign_learned_row *l)
{
	if (str_is(l->kind, "resource"))
		return course_counts(r, l->course_id, l->linked != 0);
	enum campaign_which of_kind = str_is(l->kind, "event") ? r->events : str_is(l->kind, "session") ? r->programmes : r->charchas;
	return thing_counts(r, of_kind, l->whole_id, l->linked != 0);
}

/* What is still paid of a resource: never more than its published length, over all days. */
static int64_t within_length(const struct campaign_learned_row *v, size_t i)
{
	int64_t left = v[i].length_ms;
	if (left == NONE)
		return v[i].ms;
	for (size_t k = 0; k < i; k++)
		if (v[k].thing_id == v[i].thing_id && str_is(v[k].kind, "resource"))
			left -= v[k].ms;
	return left <= 0 ? 0 : left < v[i].ms ? left : v[i].ms;
}

static void put(struct ctx *cx, struct campaign_count *c, int64_t org_id, int64_t day, int64_t hour, int64_t ms, int64_t published_ms)
{
	c->ms += ms;
	c->published_ms += published_ms;
	for (size_t i = 0; i < c->n_parts; i++)
		if (c->parts[i].org_id == org_id && c->parts[i].day == day && c->parts[i].hour == hour) {
			c->parts[i].ms += ms;
			c->parts[i].published_ms += published_ms;
			return;
		}
	*ARENA_PUSH(cx->arena, c->parts, c->n_parts) = (struct campaign_part){ org_id, day, hour, ms, published_ms };
}

static enum err open_on(struct ctx *cx, const struct campaign_rule *r, struct lineages *l, const struct campaign_facts *f, int64_t day, int64_t *ret_org)
{
	struct lineage above;
	int64_t org = campaign_posted(f, day);
	*ret_org = NONE;
	if (org == NONE || day < r->from_day || day > r->last_day)
		return OK;
	TRY(lineage_of(cx, l, org, day, &above));
	const struct campaign_windows_row *w = campaign_window_of(r, &above);
	if (w && day >= w->from_day && day <= w->last_day)
		*ret_org = org;
	return OK;
}

static int part_by_time(const void *a, const void *b)
{
	const struct campaign_part *x = a, *y = b;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	if (x->hour != y->hour)
		return x->hour < y->hour ? -1 : 1;
	return (x->org_id > y->org_id) - (x->org_id < y->org_id);
}

enum err campaign_tell(struct ctx *cx, const struct campaign_rule *r, struct lineages *l, const struct campaign_facts *f, campaign_share_fn *share, void *arg,
		       struct campaign_count *ret)
{
	int64_t org;
	*ret = (struct campaign_count){ .crossed_at = NONE, .crossed_org_id = NONE, .org_id = NONE, .from_day = NONE, .last_day = NONE };
	for (size_t i = 0; i < f->n_learned; i++) {
		const struct campaign_learned_row *w = &f->learned[i];
		TRY(open_on(cx, r, l, f, w->day, &org));
		int64_t ms = org == NONE || !counts(r, w) ? 0 : within_length(f->learned, i);
		if (!ms)
			continue;
		put(cx, ret, org, w->day, w->hour, ms, 0);
		if (share)
			share(arg, w->course_id, ms);
		if (ret->crossed_at == NONE && ret->ms >= r->target_ms) {
			ret->crossed_at = w->changed_at;
			ret->crossed_org_id = org;
		}
	}
	for (size_t i = 0; i < f->n_completed; i++) {
		const struct campaign_completed_row *k = &f->completed[i];
		int64_t day = clock_day_in_india(k->completed_at);
		TRY(open_on(cx, r, l, f, day, &org));
		if (org != NONE && course_counts(r, k->course_id, k->teaches != 0))
			put(cx, ret, org, day, clock_civil(S("Asia/Kolkata"), k->completed_at).hour, 0, k->ms);
	}
	if (ret->n_parts)
		qsort(ret->parts, ret->n_parts, sizeof *ret->parts, part_by_time);
	return OK;
}
