/* Career paths in the browser and over the API: as an organisation lays them down, and as an officer looks ahead. */
#include "career_html.h"
#include "career_steps_html.h"
#include "feature/competency/competency.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "feature/placement/career.h"
#include "feature/placement/career_page.h"
#include "feature/placement/placement_head.h"
#include "feature/placement/shortlist.h"
#include "web/action.h"
#include "web/lang.h"

/* ── what is laid down ── */

struct org_in {
	int64_t org_id;
};
static const struct field org_in[] = { FIELD(org_in, org_id, F_ID, .must = true), FIELD_END };
static const struct field step_out[] = {
	FIELD(step_item, org_id, F_ID),	      FIELD(step_item, from_id, F_ID), FIELD(step_item, to_id, F_ID),
	FIELD(step_item, from, F_TEXT),	      FIELD(step_item, to, F_TEXT),    FIELD(step_item, kind, F_TEXT),
	FIELD(step_item, least_years, F_INT), FIELD(step_item, org, F_TEXT),   FIELD_END,
};

static enum err steps_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct career_steps_page *v = ARENA_NEW(cx->arena, struct career_steps_page);
	struct career_steps_row *r;
	(void)state;
	v->org_id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(career_sql_steps(cx, in->org_id, &r, &v->n_steps));
	v->steps = ARENA_ARRAY(cx->arena, struct step_item, v->n_steps);
	for (size_t i = 0; i < v->n_steps; i++)
		v->steps[i] = (struct step_item){ .org_id = r[i].org_id,
						  .from_id = r[i].from_id,
						  .to_id = r[i].to_id,
						  .least_years = r[i].least_years,
						  .from = org_name(cx, r[i].from_en, r[i].from_hi),
						  .to = org_name(cx, r[i].to_en, r[i].to_hi),
						  .kind = r[i].kind,
						  .org = org_name(cx, r[i].org_en, r[i].org_hi),
						  .ladder = str_is(r[i].kind, "ladder"),
						  .own = r[i].org_id == in->org_id };
	ANSWER_ROWS(a, v->steps, v->n_steps);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Career paths"));
	return OK;
}

struct set_in {
	int64_t org_id, least_years;
	struct str from, to, kind;
};
static const struct choice kinds[] = { { "ladder", N_("A step up") }, { "lattice", N_("Sideways") }, { NULL, NULL } };
static const struct field set_in[] = {
	FIELD(set_in, org_id, F_ID, .must = true),
	FIELD(set_in, from, F_TEXT, .label = N_("From the designation"), .hint = N_("Its code or its full name."), .must = true),
	FIELD(set_in, to, F_TEXT, .label = N_("To the designation"), .hint = N_("Its code or its full name."), .must = true),
	FIELD(set_in, kind, F_CHOICE, .label = N_("Kind"), .must = true, .choices = kinds),
	FIELD(set_in, least_years, F_INT, .label = N_("Years in service, at least"), .max = CAREER_YEARS_MAX),
	FIELD_END,
};

static enum err set_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct set_in *in = input;
	(void)state;
	(void)a;
	return career_set(cx, &(struct career_set){ in->org_id, in->from, in->to, str_is(in->kind, "ladder"), in->least_years == NONE ? 0 : in->least_years });
}

struct end_in {
	int64_t org_id, from_id, to_id;
};
static const struct field end_in[] = {
	FIELD(end_in, org_id, F_ID, .must = true),
	FIELD(end_in, from_id, F_ID, .must = true),
	FIELD(end_in, to_id, F_ID, .must = true),
	FIELD_END,
};

static enum err end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct end_in *in = input;
	(void)state;
	(void)a;
	return career_end(cx, in->org_id, in->from_id, in->to_id);
}

/* ── looking ahead ── */

static const struct field mine_out[] = {
	FIELD(career_post, post_id, F_ID),
	FIELD(career_post, title, F_TEXT),
	FIELD(career_post, office, F_TEXT),
	FIELD(career_post, designation, F_TEXT),
	FIELD(career_post, kind, F_TEXT),
	FIELD(career_post, eligible, F_BOOL),
	FIELD(career_post, vacant, F_INT),
	FIELD(career_post, fit, F_TEXT),
	FIELD(career_post, n_missing, F_INT),
	FIELD(career_post, ms, F_INT),
	FIELD(career_post, n_closed_by_none, F_INT),
	FIELD_END,
};

/* One's own way: the pool is oneself. */
struct ahead {
	struct ctx *cx;
	const struct pool_person *me;
	int64_t day;
	struct career_next_posts_row *rows;
	struct pool_post *asks; /* parallel */
	struct career_post *posts;
	size_t n;
};

static void put_unmet(struct ahead *h, const struct fit_post *asks, struct career_post *p)
{
	struct fit_rules rules = fit_rules(asks, &h->me->facts, h->day);
	struct rule_item *all = rule_items(h->cx, asks, &h->me->facts, &rules);
	p->eligible = rules.eligible;
	p->rules = ARENA_ARRAY(h->cx->arena, struct rule_item, FIT_RULES);
	for (size_t i = 0; i < FIT_RULES; i++)
		if (!all[i].met)
			p->rules[p->n_rules++] = all[i];
}

static struct career_post post_of(struct ahead *h, size_t i)
{
	const struct career_next_posts_row *r = &h->rows[i];
	const struct pool_post *asks = &h->asks[i];
	struct fit_part *parts = ARENA_ARRAY(h->cx->arena, struct fit_part, asks->asks.n_needs + 1);
	struct fit fit = post_fit_of(&asks->asks, &h->me->facts, h->day, parts);
	struct career_post p = { .post_id = r->id,
				 .designation_id = r->designation_id,
				 .vacant = r->vacant > 0 ? r->vacant : 0,
				 .n_missing = (int64_t)fit.n_missing,
				 .ms = fit.ms,
				 .n_closed_by_none = (int64_t)fit.n_closed_by_none,
				 .thousandths = fit.thousandths,
				 .title = said_in(h->cx, r->title_en, r->title_hi),
				 .office = org_name(h->cx, r->org_en, r->org_hi),
				 .place = r->place,
				 .fit = fit_points(h->cx, fit.thousandths),
				 .n_parts = asks->asks.n_needs,
				 .parts = part_items(h->cx, asks, parts) };
	put_unmet(h, &asks->asks, &p);
	return p;
}

static enum err put_posts(struct ahead *h, int64_t own_id, int64_t designation_id)
{
	struct ctx *cx = h->cx;
	TRY(career_sql_next_posts(cx, own_id, h->day, designation_id, &h->rows, &h->n));
	h->asks = ARENA_ARRAY(cx->arena, struct pool_post, h->n + 1);
	h->posts = ARENA_ARRAY(cx->arena, struct career_post, h->n + 1);
	for (size_t i = 0; i < h->n; i++)
		h->asks[i] = (struct pool_post){
			.id = h->rows[i].id,
			.asks = { .service = h->rows[i].service, .least_pay_level = h->rows[i].least_pay_level, .least_years = h->rows[i].least_years }
		};
	TRY(pool_needs(cx, h->asks, h->n));
	for (size_t i = 0; i < h->n; i++)
		h->posts[i] = post_of(h, i);
	return OK;
}

static enum err put_nexts(struct ahead *h, int64_t own_id, int64_t designation_id, struct career_page *v)
{
	struct ctx *cx = h->cx;
	struct career_next_steps_row *r;
	int64_t years = fit_months(h->me->facts.first_day, h->day) / 12;
	size_t n;
	TRY(put_posts(h, own_id, designation_id));
	TRY(career_sql_next_steps(cx, own_id, designation_id, &r, &n));
	v->nexts = ARENA_ARRAY(cx->arena, struct career_next, n + 1);
	for (size_t i = 0; i < n; i++) {
		if (i && r[i].to_id == r[i - 1].to_id)
			continue; /* an organisation nearer by says it, too */
		struct career_next *next = &v->nexts[v->n_nexts++];
		*next = (struct career_next){ .designation_id = r[i].to_id,
					      .least_years = r[i].least_years,
					      .years = years,
					      .designation = org_name(cx, r[i].name_en, r[i].name_hi),
					      .org = org_name(cx, r[i].org_en, r[i].org_hi),
					      .ladder = str_is(r[i].kind, "ladder"),
					      .years_met = years >= r[i].least_years };
		for (size_t k = 0; k < h->n; k++) {
			if (h->posts[k].designation_id != r[i].to_id)
				continue;
			h->posts[k].designation = next->designation;
			h->posts[k].kind = r[i].kind;
			next->posts = next->posts ? next->posts : &h->posts[k];
			next->n_posts++;
		}
	}
	return OK;
}

static enum err mine_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct career_page *v = ARENA_NEW(cx->arena, struct career_page);
	struct pool pool;
	struct ahead h = { .cx = cx, .day = person_today(cx) };
	int64_t own_id = NONE, designation_id = NONE;
	enum err e = OK;
	(void)input;
	(void)state;
	TRY(pool_of_person(cx, cx->actor.person_id, h.day, &pool, &own_id, &designation_id));
	v->posted = pool.n > 0;
	if (v->posted) {
		h.me = &pool.people[0];
		v->designation = str_dup(cx->arena, org_name(cx, h.me->designation_en, h.me->designation_hi));
		e = put_nexts(&h, own_id, designation_id, v);
	}
	pool_end(&pool);
	ANSWER_ROWS(a, h.posts, h.n);
	a->view = v;
	a->nav = NAV_RECORD;
	ANSWER_TITLE(cx, a, N_("Career paths"));
	return e;
}

#define STEPS "/orgs/{org_id}/career"
const struct action career_actions[] = {
	{ .name = "career.list",
	  .method = GET,
	  .page = STEPS,
	  .api = "/api/v1" STEPS,
	  .may = MAY_WORK_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = org_in,
	  .in_size = sizeof(struct org_in),
	  .out = step_out,
	  .out_list = true,
	  .run = steps_run,
	  .html = career_steps_view,
	  .summary = "The steps of careers that hold in an organisation: its own and those of all above it." },
	{ .name = "career.set",
	  .method = POST,
	  .page = STEPS,
	  .api = "/api/v1" STEPS,
	  .may = MAY_WORK_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = set_in,
	  .in_size = sizeof(struct set_in),
	  .run = set_run,
	  .form = "career.list",
	  .then = STEPS,
	  .notice = N_("The step is laid down."),
	  .summary = "Lays down a step from one designation to another; steps upwards never close a circle." },
	{ .name = "career.end",
	  .method = POST,
	  .page = STEPS "/{from_id}/{to_id}/end",
	  .api = "/api/v1" STEPS "/{from_id}/{to_id}/end",
	  .may = MAY_WORK_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = end_in,
	  .in_size = sizeof(struct end_in),
	  .run = end_run,
	  .then = STEPS,
	  .notice = N_("The step is removed."),
	  .summary = "Removes a step of careers." },
	{ .name = "career.mine",
	  .method = GET,
	  .page = "/me/career",
	  .api = "/api/v1/me/career",
	  .may = MAY_LEARN,
	  .out = mine_out,
	  .out_list = true,
	  .run = mine_run,
	  .html = career_view,
	  .summary = "Where one's career may lead: the next posts, what each asks and how far away it is." },
	ACTION_END,
};
