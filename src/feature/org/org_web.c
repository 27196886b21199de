/* The pages of organisations: what an administrator of a subtree sees. */
#include "base/clock.h"
#include "feature/org/org.h"
#include "feature/org/org_page.h"
#include "org_html.h"
#include "orgs_html.h"
#include "web/action.h"
#include "web/lang.h"

enum { PEOPLE_PAGE = 50, CHILDREN_MAX = 500 };

static int64_t this_month(const struct ctx *cx)
{
	struct civil c = clock_civil(S("Asia/Kolkata"), cx->now);
	return c.year * INT64_C(100) + c.month;
}

/* ── where one holds a role ── */

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct orgs_page *v = ARENA_NEW(cx->arena, struct orgs_page);
	int64_t *tops;
	size_t n;
	(void)input;
	(void)state;
	TRY(access_tops(cx, MAY_ORG_SEE, &tops, &n));
	for (size_t i = 0; i < n; i++) {
		struct org_one_row o;
		struct org_head_count_row count;
		bool found = false;
		TRY(org_sql_one(cx, tops[i], &o, &found));
		TRY(org_sql_head_count(cx, tops[i], clock_day_in_india(cx->now), &count));
		*ARENA_PUSH(cx->arena, v->tops, v->n_tops) = (struct org_item){ tops[i], count.n, org_name(cx, o.name_en, o.name_hi), o.kind };
	}
	TRY(access_may(cx, MAY_OPERATE, SCOPE_NONE, 0, &v->may_operate));
	ANSWER_ROWS(a, v->tops, v->n_tops);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Organisation"));
	return OK;
}
static const struct field list_out[] = { FIELD(org_item, id, F_ID), FIELD(org_item, name, F_TEXT), FIELD(org_item, kind, F_TEXT), FIELD(org_item, people, F_INT), FIELD_END };

/* ── one organisation ── */

struct org_in {
	int64_t org_id, page;
};
static const struct field org_in[] = { FIELD(org_in, org_id, F_ID, .must = true), FIELD(org_in, page, F_INT, .min = 1, .max = 100000), FIELD_END };
static const struct field org_out[] = {
	FIELD(org_page, id, F_ID),	       FIELD(org_page, name, F_TEXT),		FIELD(org_page, kind, F_TEXT),
	FIELD(org_page, people, F_INT),	       FIELD(org_page, completed, F_INT),	FIELD(org_page, completed_month, F_INT),
	FIELD(org_page, learning_ms, F_INT),   FIELD(org_page, learning_ms_month, F_INT), FIELD_END,
};
static const struct field person_out[] = {
	FIELD(org_person, id, F_ID),	      FIELD(org_person, name, F_TEXT, .personal = true), FIELD(org_person, designation, F_TEXT),
	FIELD(org_person, org, F_TEXT),	      FIELD(org_person, completed, F_INT),		 FIELD(org_person, active, F_INT),
	FIELD_END,
};

static enum err put_above(struct ctx *cx, const struct org_above_row *rows, size_t n, struct org_page *v)
{
	/* From the root down, without itself, and only what one may open. */
	for (size_t i = n; i-- > 1;) {
		bool may = false;
		TRY(access_may(cx, MAY_ORG_SEE, SCOPE_ORG, rows[i].id, &may));
		if (may)
			*ARENA_PUSH(cx->arena, v->above, v->n_above) = (struct org_item){ rows[i].id, 0, org_name(cx, rows[i].name_en, rows[i].name_hi), rows[i].kind };
	}
	return OK;
}

static enum err put_children(struct ctx *cx, struct org_page *v)
{
	struct org_children_row *rows;
	TRY(org_sql_children(cx, clock_day_in_india(cx->now), v->id, CHILDREN_MAX, 0, &rows, &v->n_children));
	v->children = ARENA_ARRAY(cx->arena, struct org_item, v->n_children);
	for (size_t i = 0; i < v->n_children; i++)
		v->children[i] = (struct org_item){ rows[i].id, rows[i].people, org_name(cx, rows[i].name_en, rows[i].name_hi), rows[i].kind };
	return OK;
}

static enum err put_people(struct ctx *cx, const struct org_in *in, struct org_page *v)
{
	struct org_people_row *rows;
	int64_t page = in->page == NONE ? 1 : in->page, skip = (page - 1) * PEOPLE_PAGE;
	size_t n;
	TRY(org_sql_people(cx, in->org_id, clock_day_in_india(cx->now), PEOPLE_PAGE + 1, skip, &rows, &n));
	v->n_persons = n > PEOPLE_PAGE ? PEOPLE_PAGE : n;
	v->persons = ARENA_ARRAY(cx->arena, struct org_person, v->n_persons);
	for (size_t i = 0; i < v->n_persons; i++)
		v->persons[i] = (struct org_person){ rows[i].id, rows[i].completed, rows[i].active, rows[i].name,
						     org_name(cx, rows[i].designation_en, rows[i].designation_hi), org_name(cx, rows[i].org_en, rows[i].org_hi), rows[i].has_password };
	if (page > 1)
		v->previous = str_fmt(cx->arena, "/orgs/%lld?page=%lld", (long long)in->org_id, (long long)page - 1);
	if (n > PEOPLE_PAGE)
		v->next = str_fmt(cx->arena, "/orgs/%lld?page=%lld", (long long)in->org_id, (long long)page + 1);
	return OK;
}

static enum err put_figures(struct ctx *cx, struct org_page *v)
{
	struct org_figures_row f;
	struct org_head_count_row count;
	TRY(org_sql_figures(cx, this_month(cx), v->id, &f));
	TRY(org_sql_head_count(cx, v->id, clock_day_in_india(cx->now), &count));
	v->people = count.n;
	v->completed = f.completed;
	v->completed_month = f.completed_month;
	v->learning_ms = f.learning_ms;
	v->learning_ms_month = f.learning_ms_month;
	return OK;
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct org_page *v = ARENA_NEW(cx->arena, struct org_page);
	struct org_above_row *rows;
	size_t n;
	(void)state;
	TRY(org_above(cx, in->org_id, &rows, &n));
	if (!n)
		return fail(cx, ERR_NOT_FOUND, "org_id", N_("There is no such organisation."));
	v->id = rows[0].id;
	v->name = org_name(cx, rows[0].name_en, rows[0].name_hi);
	v->kind = rows[0].kind;
	TRY(put_figures(cx, v));
	TRY(put_above(cx, rows, n, v));
	TRY(access_may(cx, MAY_SSO_MANAGE, SCOPE_ORG, v->id, &v->may_sso));
	/* Offered to who may look at the place above; the action asks for more. */
	v->may_move = n > 1 && v->n_above && v->above[v->n_above - 1].id == rows[1].id;
	TRY(put_children(cx, v));
	TRY(put_people(cx, in, v));
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->name;
	ANSWER_ROW(a, v);
	return OK;
}

static enum err people_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct org_page *v = ARENA_NEW(cx->arena, struct org_page);
	(void)state;
	TRY(put_people(cx, in, v));
	ANSWER_ROWS(a, v->persons, v->n_persons);
	a->next = v->next.p ? str_fmt(cx->arena, "%lld", (long long)(in->page == NONE ? 2 : in->page + 1)) : STR_NONE;
	return OK;
}

/* ── moving one ── */

struct move_in {
	int64_t org_id;
	struct str called;
};
static const struct field move_in[] = {
	FIELD(move_in, org_id, F_ID, .must = true),
	FIELD(move_in, called, F_TEXT, .label = N_("Code or number of the organisation above it"), .must = true, .max = 100),
	FIELD_END,
};

/* It is taken from one and given to another: who does so answers for both. */
static enum err may_move(struct ctx *cx, int64_t org_id)
{
	bool may = false;
	TRY(access_may(cx, MAY_PEOPLE_MANAGE, SCOPE_ORG, org_id, &may));
	return may ? OK : fail(cx, ERR_FORBIDDEN, "called", N_("You manage people in one of the two organisations only."));
}

static enum err move_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct move_in *in = input;
	struct org_one_row o;
	struct org_called_row above;
	int64_t id = NONE;
	bool found = false;
	(void)state;
	TRY(org_sql_one(cx, in->org_id, &o, &found));
	(void)str_int(in->called, &id);
	if (found)
		TRY(org_sql_called(cx, in->called, id, &above, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "called", N_("There is no organisation of this code or number."));
	TRY(may_move(cx, above.id));
	if (o.parent_id != NONE)
		TRY(may_move(cx, o.parent_id));
	a->before = str_fmt(cx->arena, "{\"parent_id\":\"%lld\"}", (long long)o.parent_id);
	return org_move(cx, in->org_id, above.id);
}

const struct action org_actions[] = {
	{ .name = "org.list", .method = GET, .page = "/orgs", .api = "/api/v1/orgs", .may = MAY_ORG_SEE, .out = list_out, .out_list = true, .run = list_run, .html = orgs_view,
	  .summary = "The organisations on which the person holds a role." },
	{ .name = "org.show", .method = GET, .page = "/orgs/{org_id}", .api = "/api/v1/orgs/{org_id}", .may = MAY_ORG_SEE, .scope = SCOPE_ORG, .in = org_in,
	  .in_size = sizeof(struct org_in), .out = org_out, .run = show_run, .html = org_view, .summary = "An organisation: its figures, what is below it, its people." },
	{ .name = "org.people", .method = GET, .api = "/api/v1/orgs/{org_id}/people", .may = MAY_ORG_SEE, .scope = SCOPE_ORG, .in = org_in,
	  .in_size = sizeof(struct org_in), .out = person_out, .out_list = true, .run = people_run, .summary = "The people posted in an organisation or below it today." },
	{ .name = "org.move", .method = POST, .page = "/orgs/{org_id}/move", .api = "/api/v1/orgs/{org_id}/move", .may = MAY_PEOPLE_MANAGE, .scope = SCOPE_ORG, .in = move_in,
	  .in_size = sizeof(struct move_in), .run = move_run, .form = "org.show", .then = "/orgs/{org_id}", .notice = N_("It stands there now."),
	  .summary = "Puts an organisation, with all below it, below another one." },
	ACTION_END,
};
