/* The pages of organisations: where one holds a role, and one organisation with its figures and people. */
#include "feature/org/org.h"
#include "feature/org/org_page.h"
#include "feature/person/person.h"
#include "feature/tally/tally.h"
#include "org_html.h"
#include "orgs_html.h"
#include "web/action.h"
#include "web/lang.h"

enum { PAGE_PEOPLE = 50, LIST_MOST = 200, CHILDREN_MOST = 200 };

static struct str kind_name(const struct ctx *cx, struct str kind)
{
	static const struct choice kinds[] = {
		{ "union", N_("Government") }, { "states", N_("States and Union Territories") }, { "state", N_("State or Union Territory") }, { "ministry", N_("Ministry") },
		{ "department", N_("Department") }, { "office", N_("Office") }, { "section", N_("Section") },
	};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_is(kind, kinds[i].value))
			return str_of(tr(cx->lang, kinds[i].label));
	return kind;
}

static enum err figures_of(struct ctx *cx, int64_t org_id, struct org_figures *ret)
{
	struct org_figures_row r;
	TRY(org_sql_figures(cx, org_id, tally_month(cx->now), &r));
	*ret = (struct org_figures){ r.completed, r.completed_month, r.learned_ms, r.learned_ms_month };
	return OK;
}

/* ── where one holds a role ── */

static enum err top_of(struct ctx *cx, int64_t org_id, struct org_item *ret)
{
	struct org_one_row o;
	int64_t here;
	bool found = false;
	TRY(org_sql_one(cx, org_id, &o, &found));
	if (!found)
		return ERR_NOT_FOUND;
	*ret = (struct org_item){ .id = o.id, .name = org_name(cx, o.name_en, o.name_hi), .kind = kind_name(cx, o.kind) };
	TRY(person_n_of_org(cx, org_id, &here, &ret->people));
	return figures_of(cx, org_id, &ret->figures);
}

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct orgs_page *v = ARENA_NEW(cx->arena, struct orgs_page);
	int64_t *tops;
	(void)input;
	(void)state;
	TRY(access_tops(cx, MAY_ORG_SEE, &tops, &v->n_orgs));
	v->orgs = ARENA_ARRAY(cx->arena, struct org_item, v->n_orgs);
	for (size_t i = 0; i < v->n_orgs; i++)
		TRY(top_of(cx, tops[i], &v->orgs[i]));
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Organisations"));
	return OK;
}

/* ── one organisation ── */

struct org_in {
	int64_t org_id, after;
};
static const struct field org_in[] = {
	FIELD(org_in, org_id, F_ID, .must = true),
	FIELD(org_in, after, F_ID, .label = N_("Cursor")),
	FIELD_END,
};

/* For the API. */
struct org_row {
	int64_t id, parent_id, people_here, people_below;
	struct str code, kind, name_en, name_hi, short_name;
	int64_t completed, completed_month, learned_ms, learned_ms_month;
};
static const struct field org_out[] = {
	FIELD(org_row, id, F_ID),	       FIELD(org_row, parent_id, F_ID),	      FIELD(org_row, code, F_TEXT),	     FIELD(org_row, kind, F_TEXT),
	FIELD(org_row, name_en, F_TEXT),       FIELD(org_row, name_hi, F_TEXT),	      FIELD(org_row, short_name, F_TEXT),    FIELD(org_row, people_here, F_INT),
	FIELD(org_row, people_below, F_INT),   FIELD(org_row, completed, F_INT),      FIELD(org_row, completed_month, F_INT), FIELD(org_row, learned_ms, F_INT),
	FIELD(org_row, learned_ms_month, F_INT), FIELD_END,
};

/* The way down from the root. A role holds below the place where it is held, so the way is open from there on. */
static enum err make_above(struct ctx *cx, struct org_page *v)
{
	struct org_above_row *r;
	int64_t *tops;
	size_t n, n_tops;
	bool open = false;
	TRY(org_above(cx, v->id, &r, &n));
	TRY(access_tops(cx, MAY_ORG_SEE, &tops, &n_tops));
	v->above = ARENA_ARRAY(cx->arena, struct org_crumb, n);
	for (size_t i = n; i-- > 0;) {
		for (size_t k = 0; k < n_tops; k++)
			open = open || tops[k] == r[i].id;
		if (r[i].id != v->id)
			v->above[v->n_above++] = (struct org_crumb){ r[i].id, org_name(cx, r[i].name_en, r[i].name_hi), open };
	}
	return OK;
}

static enum err make_children(struct ctx *cx, struct org_page *v)
{
	struct org_children_row *r;
	size_t n;
	TRY(org_sql_children(cx, person_today(cx), v->id, CHILDREN_MOST + 1, 0, &r, &n));
	v->more_children = n > CHILDREN_MOST;
	v->n_children = v->more_children ? CHILDREN_MOST : n;
	v->children = ARENA_ARRAY(cx->arena, struct org_item, v->n_children);
	for (size_t i = 0; i < v->n_children; i++)
		v->children[i] = (struct org_item){ .id = r[i].id, .people = r[i].people, .name = org_name(cx, r[i].name_en, r[i].name_hi), .kind = kind_name(cx, r[i].kind) };
	return OK;
}

/* One person more than is shown tells whether there is a next page. */
static enum err make_people(struct ctx *cx, int64_t after, struct org_page *v)
{
	struct person_of_org_row *r;
	size_t n;
	TRY(person_of_org(cx, v->id, after, PAGE_PEOPLE + 1, &r, &n));
	v->n_people = n > PAGE_PEOPLE ? PAGE_PEOPLE : n;
	v->people = ARENA_ARRAY(cx->arena, struct org_person, v->n_people);
	for (size_t i = 0; i < v->n_people; i++)
		v->people[i] = (struct org_person){ r[i].id, r[i].from_day, r[i].name, org_name(cx, r[i].designation_en, r[i].designation_hi), r[i].supervisor };
	v->first = after != NONE ? str_fmt(cx->arena, "/orgs/%lld", (long long)v->id) : STR_NONE;
	if (n > PAGE_PEOPLE)
		v->next = str_fmt(cx->arena, "/orgs/%lld?after=%lld", (long long)v->id, (long long)v->people[PAGE_PEOPLE - 1].id);
	return OK;
}

static struct org_row *row_of(struct ctx *cx, const struct org_one_row *o, const struct org_page *v)
{
	struct org_row *r = ARENA_NEW(cx->arena, struct org_row);
	*r = (struct org_row){
		.id = o->id,
		.parent_id = o->parent_id,
		.people_here = v->here,
		.people_below = v->below,
		.code = o->code,
		.kind = o->kind,
		.name_en = o->name_en,
		.name_hi = o->name_hi,
		.short_name = o->short_name,
		.completed = v->figures.completed,
		.completed_month = v->figures.completed_month,
		.learned_ms = v->figures.learned_ms,
		.learned_ms_month = v->figures.learned_ms_month,
	};
	return r;
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct org_page *v = ARENA_NEW(cx->arena, struct org_page);
	struct org_one_row o;
	bool found = false;
	(void)state;
	TRY(org_sql_one(cx, in->org_id, &o, &found));
	if (!found)
		return ERR_NOT_FOUND;
	v->id = o.id;
	v->name = org_name(cx, o.name_en, o.name_hi);
	v->kind = kind_name(cx, o.kind);
	TRY(person_n_of_org(cx, v->id, &v->here, &v->below));
	TRY(figures_of(cx, v->id, &v->figures));
	TRY(make_above(cx, v));
	TRY(make_children(cx, v));
	TRY(make_people(cx, in->after, v));
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->name;
	ANSWER_ROW(a, row_of(cx, &o, v));
	return OK;
}

/* ── the people, for the API ── */

struct people_in {
	int64_t org_id, after, limit;
};
static const struct field people_in[] = {
	FIELD(people_in, org_id, F_ID, .must = true),
	FIELD(people_in, after, F_ID, .label = N_("Cursor")),
	FIELD(people_in, limit, F_INT, .label = N_("At most"), .min = 1, .max = LIST_MOST),
	FIELD_END,
};
/* As the generated table, but with the day as a date. */
static const struct field people_out[] = {
	FIELD(person_of_org_row, id, F_ID),		FIELD(person_of_org_row, name, F_TEXT),	      FIELD(person_of_org_row, designation_en, F_TEXT),
	FIELD(person_of_org_row, designation_hi, F_TEXT), FIELD(person_of_org_row, from_day, F_DATE), FIELD(person_of_org_row, supervisor_id, F_ID),
	FIELD_END,
};

static enum err people_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct people_in *in = input;
	struct person_of_org_row *r;
	size_t n, most = in->limit == NONE ? PAGE_PEOPLE : (size_t)in->limit;
	(void)state;
	TRY(person_of_org(cx, in->org_id, in->after, (int64_t)most + 1, &r, &n));
	if (n > most) {
		n = most;
		a->next = str_fmt(cx->arena, "%lld", (long long)r[n - 1].id);
	}
	ANSWER_ROWS(a, r, n);
	return OK;
}

const struct action org_actions[] = {
	{ .name = "org.list", .method = GET, .page = "/orgs", .may = MAY_ORG_SEE, .run = list_run, .html = orgs_view,
	  .summary = "The organisations on which one holds a role." },
	{ .name = "org.show", .method = GET, .page = "/orgs/{org_id}", .api = "/api/v1/orgs/{org_id}", .may = MAY_ORG_SEE, .scope = SCOPE_ORG, .in = org_in,
	  .in_size = sizeof(struct org_in), .out = org_out, .run = show_run, .html = org_view, .summary = "An organisation: what is below it, its figures, its people." },
	{ .name = "org.people", .method = GET, .api = "/api/v1/orgs/{org_id}/people", .may = MAY_ORG_SEE, .scope = SCOPE_ORG, .in = people_in,
	  .in_size = sizeof(struct people_in), .out = people_out, .out_list = true, .run = people_run,
	  .summary = "The people posted today in an organisation itself, by name, with a cursor." },
	ACTION_END,
};
