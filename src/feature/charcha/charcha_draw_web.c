/* Groups of a charcha for the organiser: drawing them, confirming a draw, joining small ones. */
#include "charcha_draw_page_html.h"
#include "charcha_join_html.h"
#include "feature/charcha/charcha.h"
#include "feature/charcha/charcha_words.h"
#include "feature/org/org.h"
#include "web/action.h"
#include "web/lang.h"

#include <stdlib.h>

enum { GROUPS_SHOWN = 100 };

struct draw_in {
	int64_t org_id, charcha_id, draw_id, group_id, into_id, seed;
	struct str reason;
};
#define ONE_FIELDS FIELD(draw_in, org_id, F_ID, .must = true), FIELD(draw_in, charcha_id, F_ID, .must = true)

struct made_draw {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made_draw, id, F_ID), FIELD_END };

/* ── drawing ── */

static const struct field add_in[] = {
	ONE_FIELDS,
	FIELD(draw_in, seed, F_INT, .label = N_("Seed"), .hint = N_("A number that is agreed on beforehand; by chance when it is left empty."), .min = 1,
	      .max = INT32_MAX),
	FIELD(draw_in, reason, F_TEXT, .label = N_("Why once more?"), .max = 500),
	FIELD_END,
};

static enum err draw_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct draw_in *in = input;
	struct charcha_drawn *d = ARENA_NEW(cx->arena, struct charcha_drawn);
	uint32_t lot;
	random_bytes(&lot, sizeof lot);
	*ret_state = d;
	return charcha_draw_try(cx, in->org_id, in->charcha_id, in->seed == NONE ? (int64_t)(lot >> 1) + 1 : in->seed, d);
}

static enum err draw_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct draw_in *in = input;
	struct made_draw *row = ARENA_NEW(cx->arena, struct made_draw);
	TRY(charcha_draw_keep(cx, in->org_id, in->charcha_id, state, in->reason.p ? in->reason : S(""), &row->id));
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/orgs/%lld/charchas/%lld/draws/%lld", (long long)in->org_id, (long long)in->charcha_id, (long long)row->id);
	return OK;
}

static const struct field one_draw_in[] = { ONE_FIELDS, FIELD(draw_in, draw_id, F_ID, .must = true), FIELD_END };
static const struct field draw_out[] = {
	FIELD(charcha_draw_line, id, F_ID),	  FIELD(charcha_draw_line, n, F_INT),
	FIELD(charcha_draw_line, state, F_TEXT),  FIELD(charcha_draw_line, seed, F_INT),
	FIELD(charcha_draw_line, people, F_INT),  FIELD(charcha_draw_line, groups, F_INT),
	FIELD(charcha_draw_line, single, F_INT),  FIELD(charcha_draw_line, departments, F_INT),
	FIELD(charcha_draw_line, percent, F_INT), FIELD_END,
};

static int by_id(const void *a, const void *b)
{
	const struct charcha_names_row *x = a, *y = b;
	return (x->person_id > y->person_id) - (x->person_id < y->person_id);
}

static enum err put_planned(struct ctx *cx, int64_t charcha_id, struct str plan, struct charcha_draw_page *v)
{
	struct charcha_planned *p;
	struct charcha_names_row *names;
	size_t n, n_names;
	TRY(charcha_sql_names(cx, charcha_id, &names, &n_names));
	charcha_plan_read(cx, plan, &p, &n);
	v->more = n > GROUPS_SHOWN;
	v->n_groups = v->more ? GROUPS_SHOWN : n;
	v->groups = ARENA_ARRAY(cx->arena, struct charcha_planned_group, v->n_groups);
	for (size_t g = 0; g < v->n_groups; g++) {
		struct charcha_planned_group *to = &v->groups[g];
		*to = (struct charcha_planned_group){ (int64_t)g + 1, (int64_t)p[g].n, ARENA_ARRAY(cx->arena, struct charcha_planned_person, p[g].n), p[g].n };
		for (size_t i = 0; i < p[g].n; i++) {
			const struct charcha_names_row key = { .person_id = p[g].people[i] };
			const struct charcha_names_row *r = bsearch(&key, names, n_names, sizeof *names, by_id);
			to->who[i] = r ? (struct charcha_planned_person){ r->name, org_name(cx, r->org_en, r->org_hi) }
				       : (struct charcha_planned_person){ S("–"), S("") };
		}
	}
	return OK;
}

static enum err draw_show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct draw_in *in = input;
	struct charcha_draw_page *v = ARENA_NEW(cx->arena, struct charcha_draw_page);
	struct charcha_draw_one_row d;
	struct charcha_one_row c;
	bool found = false;
	(void)state;
	TRY(charcha_of(cx, in->org_id, in->charcha_id, &c));
	TRY(charcha_sql_draw_one(cx, in->draw_id, &d, &found));
	if (!found || d.charcha_id != c.id)
		return fail(cx, ERR_NOT_FOUND, "draw_id", N_("There is no such draw."));
	v->theme = charcha_theme(cx, c.theme, c.theme_hi);
	v->org = org_name(cx, c.org_en, c.org_hi);
	v->draw = (struct charcha_draw_line){ .org_id = in->org_id,
					      .charcha_id = c.id,
					      .id = d.id,
					      .n = d.n,
					      .seed = d.seed,
					      .people = d.n_people,
					      .groups = d.n_groups,
					      .single = d.n_single,
					      .departments = d.n_departments,
					      .percent = charcha_unevenness(d.reached, d.chance),
					      .state = d.state,
					      .state_name = charcha_draw_state(cx, d.state),
					      .proposed = str_is(d.state, "proposed") && str_is(c.state, "open") };
	TRY(put_planned(cx, c.id, d.plan, v));
	ANSWER_ROW(a, &v->draw);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->theme;
	return OK;
}

static enum err confirm_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct draw_in *in = input;
	(void)state;
	(void)a;
	return charcha_draw_confirm(cx, in->org_id, in->charcha_id, in->draw_id);
}

/* ── joining a small group ── */

static const struct field group_in[] = { ONE_FIELDS, FIELD(draw_in, group_id, F_ID, .must = true), FIELD_END };
static const struct field join_in[] = { ONE_FIELDS, FIELD(draw_in, group_id, F_ID, .must = true),
					FIELD(draw_in, into_id, F_ID, .label = N_("With which"), .must = true), FIELD_END };
struct joined {
	int64_t group_id, into_id, people, into_people;
};
static const struct field joined_out[] = { FIELD(joined, group_id, F_ID), FIELD(joined, into_id, F_ID), FIELD(joined, people, F_INT),
					   FIELD(joined, into_people, F_INT), FIELD_END };

static enum err join_show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct draw_in *in = input;
	struct charcha_join_page *v = ARENA_NEW(cx->arena, struct charcha_join_page);
	struct joined *row = ARENA_NEW(cx->arena, struct joined);
	struct charcha_groups_row from, into;
	struct charcha_one_row c;
	(void)state;
	TRY(charcha_of(cx, in->org_id, in->charcha_id, &c));
	TRY(charcha_join_look(cx, in->org_id, in->charcha_id, in->group_id, &from, &into));
	*v = (struct charcha_join_page){ in->org_id,
					 in->charcha_id,
					 org_name(cx, c.org_en, c.org_hi),
					 charcha_theme(cx, c.theme, c.theme_hi),
					 charcha_group_line(c.org_id, c.id, &from),
					 charcha_group_line(c.org_id, c.id, &into) };
	*row = (struct joined){ from.id, into.id, from.people, into.people };
	ANSWER_ROW(a, row);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->theme;
	return OK;
}

static enum err join_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct draw_in *in = input;
	(void)state;
	(void)a;
	return charcha_join(cx, in->org_id, in->charcha_id, in->group_id, in->into_id);
}

#define ONE "/orgs/{org_id}/charchas/{charcha_id}"
#define IN .in_size = sizeof(struct draw_in)
#define MANAGES .may = MAY_CHARCHA_MANAGE, .scope = SCOPE_ORG
const struct action charcha_draw_actions[] = {
	{ .name = "charcha_org.draw",
	  .method = POST,
	  .page = ONE "/draws",
	  .api = "/api/v1" ONE "/draws",
	  MANAGES,
	  .in = add_in,
	  IN,
	  .out = made_out,
	  .prepare = draw_prepare,
	  .run = draw_run,
	  .form = "charcha_org.show",
	  .then = ONE,
	  .summary = "Draws groups, as a proposal." },
	{ .name = "charcha_org.draw_show",
	  .method = GET,
	  .page = ONE "/draws/{draw_id}",
	  .api = "/api/v1" ONE "/draws/{draw_id}",
	  MANAGES,
	  .in = one_draw_in,
	  IN,
	  .out = draw_out,
	  .run = draw_show_run,
	  .html = charcha_draw_page_view,
	  .summary = "A draw with its groups and how even they are." },
	{ .name = "charcha_org.confirm",
	  .method = POST,
	  .page = ONE "/draws/{draw_id}/confirm",
	  .api = "/api/v1" ONE "/draws/{draw_id}/confirm",
	  MANAGES,
	  .in = one_draw_in,
	  IN,
	  .run = confirm_run,
	  .form = "charcha_org.draw_show",
	  .then = ONE,
	  .notice = N_("Groups are made; everybody is told."),
	  .summary = "Confirms the newest draw." },
	{ .name = "charcha_org.join_show",
	  .method = GET,
	  .page = ONE "/groups/{group_id}/join",
	  .api = "/api/v1" ONE "/groups/{group_id}/join",
	  MANAGES,
	  .in = group_in,
	  IN,
	  .out = joined_out,
	  .run = join_show_run,
	  .html = charcha_join_view,
	  .summary = "With which group a small one would be joined." },
	{ .name = "charcha_org.join",
	  .method = POST,
	  .page = ONE "/groups/{group_id}/join",
	  .api = "/api/v1" ONE "/groups/{group_id}/join",
	  MANAGES,
	  .in = join_in,
	  IN,
	  .run = join_run,
	  .form = "charcha_org.join_show",
	  .then = ONE,
	  .notice = N_("The groups are joined; their people are told."),
	  .summary = "Joins a small group with another one." },
	ACTION_END,
};
