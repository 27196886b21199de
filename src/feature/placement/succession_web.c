/* Successions and fairness in the browser and over the API. */
#include "fairness_html.h"
#include "feature/competency/competency.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "feature/placement/fairness.h"
#include "feature/placement/placement_head.h"
#include "feature/placement/succession_page.h"
#include "succession_html.h"
#include "web/action.h"
#include "web/lang.h"

#include <math.h>

enum { SUCCESSION_PAGE = POOL_POSTS - 1, SUCCESSION_DAYS = 366, SUCCESSION_BEST = 3, SOON_HOURS = 40 };

/* ── successions ── */

struct org_in {
	int64_t org_id, hours, page;
};
static const struct field org_in[] = {
	FIELD(org_in, org_id, F_ID, .must = true),
	FIELD(org_in, hours, F_INT, .max = 1000),
	FIELD(org_in, page, F_INT, .min = 1, .max = 100000),
	FIELD_END,
};
static const struct field item_out[] = {
	FIELD(succession_item, post_id, F_ID),
	FIELD(succession_item, title, F_TEXT),
	FIELD(succession_item, office, F_TEXT),
	FIELD(succession_item, leaves_day, F_DATE),
	FIELD(succession_item, n_leaving, F_INT),
	FIELD(succession_item, vacant, F_INT),
	FIELD(succession_item, critical, F_BOOL),
	FIELD(succession_item, reason, F_TEXT),
	FIELD(succession_item, n_ready, F_INT),
	FIELD(succession_item, n_soon, F_INT),
	FIELD_END,
};

static void put_best(struct ctx *cx, struct pool *pool, const struct pool_post *asks, int64_t soon_ms, struct succession_item *item)
{
	struct fit_part *parts = ARENA_ARRAY(cx->arena, struct fit_part, asks->asks.n_needs + 1);
	struct post_head head = { .org_id = item->org_id, .post_id = item->post_id };
	struct ranking r;
	pool_rank(cx, pool, asks, SUCCESSION_BEST, soon_ms, &r);
	item->n_ready = (int64_t)r.n_ready;
	item->n_soon = (int64_t)r.n_soon;
	item->n_best = r.n;
	item->best = ARENA_ARRAY(cx->arena, struct candidate_item, r.n + 1);
	for (size_t i = 0; i < r.n; i++) {
		const struct pool_person *p = &pool->people[r.best[i].person];
		post_fit_of(&asks->asks, &p->facts, pool->day, parts);
		item->best[i] = candidate_item_of(cx, &head, p, &r.best[i].fit, missing_words(cx, asks, parts));
	}
}

static enum err put_items(struct ctx *cx, const struct placement_succession_row *r, struct succession_page *v)
{
	struct pool_post *asks = ARENA_ARRAY(cx->arena, struct pool_post, v->n_items + 1);
	struct pool pool;
	v->items = ARENA_ARRAY(cx->arena, struct succession_item, v->n_items + 1);
	for (size_t i = 0; i < v->n_items; i++) {
		asks[i] = (struct pool_post){ .id = r[i].id,
					      .asks = { .service = r[i].service, .least_pay_level = r[i].least_pay_level, .least_years = r[i].least_years } };
		v->items[i] = (struct succession_item){ .org_id = v->org_id,
							.post_id = r[i].id,
							.leaves_day = r[i].leaves_day,
							.n_leaving = r[i].n_leaving,
							.vacant = r[i].sanctioned > r[i].held ? r[i].sanctioned - r[i].held : 0,
							.title = said_in(cx, r[i].title_en, r[i].title_hi),
							.office = org_name(cx, r[i].org_en, r[i].org_hi),
							.reason = r[i].reason,
							.critical = r[i].critical };
	}
	if (!v->n_items)
		return OK;
	TRY(pool_needs(cx, asks, v->n_items));
	TRY(pool_of_org(cx, v->org_id, person_today(cx), S(""), 0, asks, v->n_items, &pool));
	v->cut = pool.cut;
	for (size_t i = 0; i < v->n_items; i++)
		put_best(cx, &pool, &asks[i], v->hours * HOUR, &v->items[i]);
	pool_end(&pool);
	return OK;
}

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct succession_page *v = ARENA_NEW(cx->arena, struct succession_page);
	struct placement_succession_row *r;
	int64_t today = person_today(cx), page = in->page == NONE ? 1 : in->page;
	size_t n;
	(void)state;
	v->org_id = in->org_id;
	v->hours = in->hours == NONE ? SOON_HOURS : in->hours;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(placement_sql_succession(cx, today, in->org_id, today + SUCCESSION_DAYS, SUCCESSION_PAGE + 1, (page - 1) * SUCCESSION_PAGE, &r, &n));
	v->n_items = n > SUCCESSION_PAGE ? SUCCESSION_PAGE : n;
	TRY(put_items(cx, r, v));
	if (n > SUCCESSION_PAGE) {
		a->next = str_fmt(cx->arena, "%lld", (long long)page + 1);
		v->next = str_fmt(cx->arena, "/orgs/%lld/succession?hours=%lld&page=%s", (long long)in->org_id, (long long)v->hours, a->next.p);
	}
	ANSWER_ROWS(a, v->items, v->n_items);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Successions"));
	return OK;
}

struct mark_in {
	int64_t org_id, post_id;
	struct str reason;
};
static const struct field mark_in[] = {
	FIELD(mark_in, org_id, F_ID, .must = true),
	FIELD(mark_in, post_id, F_ID, .must = true),
	FIELD(mark_in, reason, F_TEXT, .label = N_("Why"), .must = true),
	FIELD_END,
};
static const struct field post_in[] = { FIELD(mark_in, org_id, F_ID, .must = true), FIELD(mark_in, post_id, F_ID, .must = true), FIELD_END };

static enum err mark_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct mark_in *in = input;
	struct placement_post_row post;
	struct pool_post asks;
	(void)state;
	(void)a;
	TRY(shortlist_post(cx, in->org_id, in->post_id, &post, &asks));
	return placement_sql_mark(cx, in->post_id, str_trim(in->reason), cx->actor.person_id, cx->now, NULL);
}

static enum err unmark_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct mark_in *in = input;
	struct placement_post_row post;
	struct pool_post asks;
	(void)state;
	(void)a;
	TRY(shortlist_post(cx, in->org_id, in->post_id, &post, &asks));
	return placement_sql_unmark(cx, in->post_id, NULL);
}

/* ── fairness ── */

static const struct field fairness_out[] = {
	FIELD(fairness_item, field, F_TEXT), FIELD(fairness_item, value, F_TEXT),   FIELD(fairness_item, hidden, F_BOOL),
	FIELD(fairness_item, n_pool, F_INT), FIELD(fairness_item, n_listed, F_INT), FIELD(fairness_item, share, F_TEXT),
	FIELD(fairness_item, ratio, F_TEXT), FIELD(fairness_item, below, F_BOOL),   FIELD_END,
};

static struct str percent_of(struct ctx *cx, double share)
{
	return fmt_percent(cx, (int64_t)llround(100 * share));
}

static struct fairness_item group_of(struct ctx *cx, struct str field, const struct fairness_group *g)
{
	return (struct fairness_item){ .field = field,
				       .value = g->value,
				       .share = g->hidden ? S("") : percent_of(cx, g->share),
				       .ratio = g->hidden ? S("") : percent_of(cx, g->ratio),
				       .n_pool = g->hidden ? NONE : g->n_pool,
				       .n_listed = g->hidden ? NONE : g->n_listed,
				       .hidden = g->hidden,
				       .below = g->below,
				       .silent = g->value.n == 0 };
}

static enum err fairness_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct mark_in *in = input;
	struct fairness_page *v = ARENA_NEW(cx->arena, struct fairness_page);
	struct fairness_table *tables = NULL;
	struct fairness_item *all = NULL;
	struct shortlist s;
	size_t n_all = 0;
	(void)state;
	TRY(shortlist_of(cx, in->org_id, in->post_id, &s));
	enum err e = post_head_of(cx, in->org_id, &s.post, &v->post);
	if (e == OK)
		e = fairness_of(cx, in->org_id, &s, &tables, &v->n_fields);
	pool_end(&s.pool);
	TRY(e);
	v->fields = ARENA_ARRAY(cx->arena, struct fairness_field, v->n_fields + 1);
	for (size_t i = 0; i < v->n_fields; i++) {
		struct fairness_field *field = &v->fields[i];
		*field = (struct fairness_field){ .name = org_name(cx, tables[i].name_en, tables[i].name_hi), .n_groups = tables[i].n_groups };
		field->groups = ARENA_ARRAY(cx->arena, struct fairness_item, field->n_groups + 1);
		for (size_t k = 0; k < field->n_groups; k++)
			field->groups[k] = group_of(cx, field->name, &tables[i].groups[k]);
	}
	for (size_t i = 0; i < v->n_fields; i++)
		for (size_t k = 0; k < v->fields[i].n_groups; k++)
			*ARENA_PUSH(cx->arena, all, n_all) = v->fields[i].groups[k];
	ANSWER_ROWS(a, all, n_all);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Fairness"));
	return OK;
}

#define ONE "/orgs/{org_id}/posts/{post_id}"
const struct action succession_actions[] = {
	{ .name = "succession.list",
	  .method = GET,
	  .page = "/orgs/{org_id}/succession",
	  .api = "/api/v1/orgs/{org_id}/succession",
	  .may = MAY_PLACEMENT_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = org_in,
	  .in_size = sizeof(struct org_in),
	  .out = item_out,
	  .out_list = true,
	  .run = list_run,
	  .html = succession_view,
	  .summary = "Posts that somebody leaves within a year or that are critical, with who is ready now or soon." },
	{ .name = "succession.mark",
	  .method = POST,
	  .page = ONE "/critical",
	  .api = "/api/v1" ONE "/critical",
	  .may = MAY_PLACEMENT_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = mark_in,
	  .in_size = sizeof(struct mark_in),
	  .run = mark_run,
	  .form = "candidates.list",
	  .then = ONE "/candidates",
	  .notice = N_("The post is marked as critical."),
	  .summary = "Marks a post as one that must not stand empty." },
	{ .name = "succession.unmark",
	  .method = POST,
	  .page = ONE "/critical/end",
	  .api = "/api/v1" ONE "/critical/end",
	  .may = MAY_PLACEMENT_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = post_in,
	  .in_size = sizeof(struct mark_in),
	  .run = unmark_run,
	  .then = ONE "/candidates",
	  .notice = N_("The mark is taken away."),
	  .summary = "Takes the mark of a critical post away." },
	{ .name = "succession.fairness",
	  .method = GET,
	  .page = ONE "/fairness",
	  .api = "/api/v1" ONE "/fairness",
	  .may = MAY_ORG_SEE,
	  .scope = SCOPE_ORG,
	  .in = post_in,
	  .in_size = sizeof(struct mark_in),
	  .out = fairness_out,
	  .out_list = true,
	  .run = fairness_run,
	  .html = fairness_view,
	  .summary = "Who is on a shortlist, by groups that must not count, with the four-fifths rule; small groups are not shown." },
	ACTION_END,
};
