/* The shortlist for a post in the browser and over the API, and why somebody stands where on it. */
#include "candidate_html.h"
#include "candidates_html.h"
#include "feature/competency/competency.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "feature/placement/candidates_page.h"
#include "feature/placement/placement_head.h"
#include "feature/placement/shortlist.h"
#include "web/action.h"
#include "web/lang.h"

#include <math.h>

struct post_in {
	int64_t org_id, post_id, person_id;
};
static const struct field list_in[] = { FIELD(post_in, org_id, F_ID, .must = true), FIELD(post_in, post_id, F_ID, .must = true), FIELD_END };
static const struct field one_in[] = {
	FIELD(post_in, org_id, F_ID, .must = true),
	FIELD(post_in, post_id, F_ID, .must = true),
	FIELD(post_in, person_id, F_ID, .must = true),
	FIELD_END,
};
static const struct field item_out[] = {
	FIELD(candidate_item, person_id, F_ID),
	FIELD(candidate_item, name, F_TEXT, .personal = true),
	FIELD(candidate_item, designation, F_TEXT),
	FIELD(candidate_item, org, F_TEXT),
	FIELD(candidate_item, fit, F_TEXT),
	FIELD(candidate_item, n_missing, F_INT),
	FIELD(candidate_item, missing, F_TEXT),
	FIELD(candidate_item, ms, F_INT),
	FIELD(candidate_item, n_closed_by_none, F_INT),
	FIELD_END,
};
static const struct field part_out[] = {
	FIELD(part_item, competency_id, F_ID), FIELD(part_item, name, F_TEXT),
	FIELD(part_item, level, F_INT),	       FIELD(part_item, held, F_TEXT),
	FIELD(part_item, known, F_BOOL),       FIELD(part_item, percent, F_INT),
	FIELD(part_item, missing, F_BOOL),     FIELD(part_item, course_id, F_ID),
	FIELD(part_item, ms, F_INT),	       FIELD_END,
};

enum err post_head_of(struct ctx *cx, int64_t org_id, const struct placement_post_row *r, struct post_head *ret)
{
	*ret = (struct post_head){ .org_id = org_id,
				   .office_id = r->org_id,
				   .post_id = r->id,
				   .sanctioned = r->sanctioned,
				   .vacant = r->sanctioned > r->held ? r->sanctioned - r->held : 0,
				   .least_pay_level = r->least_pay_level,
				   .least_years = r->least_years,
				   .title = said_in(cx, r->title_en, r->title_hi),
				   .office = org_name(cx, r->org_en, r->org_hi),
				   .designation = org_name(cx, r->designation_en, r->designation_hi),
				   .place = r->place,
				   .service = r->service,
				   .reason = r->reason,
				   .critical = r->critical };
	return org_called(cx, org_id, &ret->org);
}

/* ── the list ── */

struct str missing_words(struct ctx *cx, const struct pool_post *post, const struct fit_part *parts)
{
	struct buf b;
	buf_init(&b, cx->arena, 4000);
	for (size_t i = 0; i < post->asks.n_needs; i++) {
		if (!parts[i].missing)
			continue;
		if (b.n)
			buf_lit(&b, ", ");
		buf_str(&b, said_in(cx, post->needs[i].name_en, post->needs[i].name_hi));
	}
	return buf_get(&b);
}

/* Texts of the pool go with it, so those shown are copied. */
struct candidate_item candidate_item_of(struct ctx *cx, const struct post_head *head, const struct pool_person *p, const struct fit *fit, struct str missing)
{
	return (struct candidate_item){ .org_id = head->org_id,
					.post_id = head->post_id,
					.person_id = p->id,
					.n_missing = (int64_t)fit->n_missing,
					.n_closed_by_none = (int64_t)fit->n_closed_by_none,
					.ms = fit->ms,
					.thousandths = fit->thousandths,
					.name = str_dup(cx->arena, p->name),
					.designation = str_dup(cx->arena, org_name(cx, p->designation_en, p->designation_hi)),
					.org = str_dup(cx->arena, org_name(cx, p->org_en, p->org_hi)),
					.fit = fit_points(cx, fit->thousandths),
					.missing = missing };
}

static void put_candidates(struct ctx *cx, const struct shortlist *s, struct candidates_page *v)
{
	struct fit_part *parts = ARENA_ARRAY(cx->arena, struct fit_part, s->asks.asks.n_needs + 1);
	v->n_candidates = s->ranking.n;
	v->candidates = ARENA_ARRAY(cx->arena, struct candidate_item, v->n_candidates);
	for (size_t i = 0; i < v->n_candidates; i++) {
		const struct candidate *c = &s->ranking.best[i];
		const struct pool_person *p = &s->pool.people[c->person];
		post_fit_of(&s->asks.asks, &p->facts, s->pool.day, parts);
		v->candidates[i] = candidate_item_of(cx, &v->post, p, &c->fit, missing_words(cx, &s->asks, parts));
	}
	v->n_looked = s->pool.n;
	v->n_eligible = s->ranking.n_eligible;
	v->n_not_years = s->ranking.n_not[FIT_YEARS];
	v->n_not_tenure = s->ranking.n_not[FIT_TENURE];
	v->cut = s->pool.cut;
}

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct post_in *in = input;
	struct candidates_page *v = ARENA_NEW(cx->arena, struct candidates_page);
	struct shortlist s;
	(void)state;
	TRY(shortlist_of(cx, in->org_id, in->post_id, &s));
	enum err e = post_head_of(cx, in->org_id, &s.post, &v->post);
	if (e == OK)
		put_candidates(cx, &s, v);
	pool_end(&s.pool);
	TRY(e);
	v->n_needs = s.asks.asks.n_needs;
	v->needs = ARENA_ARRAY(cx->arena, struct need_item, v->n_needs);
	for (size_t i = 0; i < v->n_needs; i++)
		v->needs[i] = (struct need_item){ s.asks.needs[i].competency_id, s.asks.needs[i].level,
						  said_in(cx, s.asks.needs[i].name_en, s.asks.needs[i].name_hi) };
	TRY(access_may(cx, MAY_ORG_SEE, SCOPE_ORG, in->org_id, &v->may_fairness));
	ANSWER_ROWS(a, v->candidates, v->n_candidates);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Shortlist"));
	return OK;
}

/* ── one person beside the post ── */

struct part_item *part_items(struct ctx *cx, const struct pool_post *post, const struct fit_part *parts)
{
	struct part_item *v = ARENA_ARRAY(cx->arena, struct part_item, post->asks.n_needs);
	for (size_t i = 0; i < post->asks.n_needs; i++)
		v[i] = (struct part_item){ .competency_id = post->needs[i].competency_id,
					   .level = post->needs[i].level,
					   .percent = llround(100 * parts[i].probability),
					   .course_id = post->needs[i].course_id,
					   .ms = post->asks.needs[i].ms,
					   .name = said_in(cx, post->needs[i].name_en, post->needs[i].name_hi),
					   .held = str_fmt(cx->arena, "%.1f ± %.1f", parts[i].held.mean, parts[i].held.sd),
					   .course = post->needs[i].course,
					   .missing = parts[i].missing,
					   .known = parts[i].known };
	return v;
}

struct rule_item *rule_items(struct ctx *cx, const struct fit_post *post, const struct fit_person *person, const struct fit_rules *rules)
{
	struct rule_item *v = ARENA_ARRAY(cx->arena, struct rule_item, FIT_RULES);
	for (int i = 0; i < FIT_RULES; i++)
		v[i] = (struct rule_item){ str_dup(cx->arena, fit_rule_words(cx, (enum fit_rule)i, post, person, rules)), rules->met[i] };
	return v;
}

static void put_person(struct ctx *cx, const struct pool_post *post, const struct pool *pool, struct candidate_page *v)
{
	const struct pool_person *p = &pool->people[0];
	struct fit_part *parts = ARENA_ARRAY(cx->arena, struct fit_part, post->asks.n_needs + 1);
	struct fit fit = post_fit_of(&post->asks, &p->facts, pool->day, parts);
	struct fit_rules rules = fit_rules(&post->asks, &p->facts, pool->day);
	v->item = candidate_item_of(cx, &v->post, p, &fit, missing_words(cx, post, parts));
	v->holds_it = p->post_id == post->id;
	v->eligible = rules.eligible && !v->holds_it;
	v->n_rules = FIT_RULES;
	v->rules = rule_items(cx, &post->asks, &p->facts, &rules);
	v->n_parts = post->asks.n_needs;
	v->parts = part_items(cx, post, parts);
}

static enum err one_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct post_in *in = input;
	struct candidate_page *v = ARENA_NEW(cx->arena, struct candidate_page);
	struct placement_post_row post;
	struct placement_is_below_row below;
	struct pool_post asks;
	struct pool pool;
	int64_t org_id = NONE, designation_id;
	bool found = false;
	(void)state;
	TRY(shortlist_post(cx, in->org_id, in->post_id, &post, &asks));
	TRY(post_head_of(cx, in->org_id, &post, &v->post));
	TRY(pool_of_person(cx, in->person_id, person_today(cx), &pool, &org_id, &designation_id));
	if (pool.n)
		put_person(cx, &asks, &pool, v);
	pool_end(&pool);
	TRY(placement_sql_is_below(cx, org_id, in->org_id, &below, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "person_id", N_("Nobody of this number is posted here today."));
	ANSWER_ROWS(a, v->parts, v->n_parts);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->item.name;
	return OK;
}

#define LIST "/orgs/{org_id}/posts/{post_id}/candidates"
const struct action candidates_actions[] = {
	{ .name = "candidates.list",
	  .method = GET,
	  .page = LIST,
	  .api = "/api/v1" LIST,
	  .may = MAY_PLACEMENT_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = list_in,
	  .in_size = sizeof(struct post_in),
	  .out = item_out,
	  .out_list = true,
	  .run = list_run,
	  .html = candidates_view,
	  .summary = "The shortlist for a post: the fifty people of an organisation and below it who fit best, with what they miss." },
	{ .name = "candidates.one",
	  .method = GET,
	  .page = LIST "/{person_id}",
	  .api = "/api/v1" LIST "/{person_id}",
	  .may = MAY_PLACEMENT_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = one_in,
	  .in_size = sizeof(struct post_in),
	  .out = part_out,
	  .out_list = true,
	  .run = one_run,
	  .html = candidate_view,
	  .summary = "One person beside a post: each rule and each competency that it asks." },
	ACTION_END,
};
