/* Posts of an organisation in the browser and over the API: what there is, who holds it, and what changes. */
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "feature/post/post.h"
#include "feature/post/post_views.h"
#include "post_form_html.h"
#include "post_html.h"
#include "posts_html.h"
#include "web/action.h"
#include "web/lang.h"

enum { POSTS_PAGE = 100 };

/* ── all ── */

struct list_in {
	int64_t org_id, page;
	struct str show;
};
static const struct choice shows[] = { { "all", N_("All posts") }, { "vacant", N_("Only vacant ones") }, { NULL, NULL } };
static const struct field list_in[] = {
	FIELD(list_in, org_id, F_ID, .must = true),
	FIELD(list_in, page, F_INT, .min = 1, .max = 100000),
	FIELD(list_in, show, F_CHOICE, .choices = shows),
	FIELD_END,
};
static const struct field item_out[] = {
	FIELD(post_item, id, F_ID),    FIELD(post_item, org_id, F_ID),	      FIELD(post_item, code, F_TEXT),  FIELD(post_item, title, F_TEXT),
	FIELD(post_item, org, F_TEXT), FIELD(post_item, designation, F_TEXT), FIELD(post_item, place, F_TEXT), FIELD(post_item, sanctioned, F_INT),
	FIELD(post_item, held, F_INT), FIELD(post_item, vacant, F_INT),	      FIELD(post_item, others, F_INT), FIELD_END,
};

static int64_t vacant(int64_t sanctioned, int64_t held)
{
	return sanctioned > held ? sanctioned - held : 0;
}

static enum err put_sums(struct ctx *cx, struct posts_page *v)
{
	struct post_page_sums_row s;
	struct post_page_held_sums_row h;
	TRY(post_page_sql_sums(cx, v->org_id, person_today(cx), &s));
	TRY(post_page_sql_held_sums(cx, v->org_id, person_today(cx), &h));
	v->total = s.posts;
	v->sanctioned = s.sanctioned;
	v->held = h.held;
	v->vacant = vacant(s.sanctioned, h.held);
	v->additional = h.additional;
	v->officiating = h.officiating;
	return OK;
}

static struct str page_of(struct ctx *cx, const struct posts_page *v, int64_t page)
{
	return str_fmt(cx->arena, "/orgs/%lld/posts?%spage=%lld", (long long)v->org_id, v->only_vacant ? "show=vacant&" : "", (long long)page);
}

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct posts_page *v = ARENA_NEW(cx->arena, struct posts_page);
	struct post_page_of_org_row *r;
	int64_t page = in->page == NONE ? 1 : in->page;
	size_t n;
	(void)state;
	v->org_id = in->org_id;
	v->only_vacant = str_is(in->show, "vacant");
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(put_sums(cx, v));
	TRY(post_page_sql_of_org(cx, person_today(cx), in->org_id, v->only_vacant, POSTS_PAGE + 1, (page - 1) * POSTS_PAGE, &r, &n));
	v->n_posts = n > POSTS_PAGE ? POSTS_PAGE : n;
	v->posts = ARENA_ARRAY(cx->arena, struct post_item, v->n_posts);
	for (size_t i = 0; i < v->n_posts; i++)
		v->posts[i] = (struct post_item){ r[i].id,
						  r[i].org_id,
						  r[i].sanctioned,
						  r[i].held,
						  vacant(r[i].sanctioned, r[i].held),
						  r[i].others,
						  r[i].code,
						  org_name(cx, r[i].title_en, r[i].title_hi),
						  org_name(cx, r[i].org_en, r[i].org_hi),
						  org_name(cx, r[i].designation_en, r[i].designation_hi),
						  r[i].place };
	if (page > 1)
		v->previous = page_of(cx, v, page - 1);
	if (n > POSTS_PAGE) {
		v->next = page_of(cx, v, page + 1);
		a->next = str_fmt(cx->arena, "%lld", (long long)page + 1);
	}
	ANSWER_ROWS(a, v->posts, v->n_posts);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Posts"));
	return OK;
}

static const struct field sums_out[] = {
	FIELD(posts_page, total, F_INT),
	FIELD(posts_page, sanctioned, F_INT),
	FIELD(posts_page, held, F_INT),
	FIELD(posts_page, vacant, F_INT),
	FIELD(posts_page, additional, F_INT),
	FIELD(posts_page, officiating, F_INT),
	FIELD_END,
};

static enum err sums_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct posts_page *v = ARENA_NEW(cx->arena, struct posts_page);
	(void)state;
	v->org_id = in->org_id;
	TRY(put_sums(cx, v));
	ANSWER_ROW(a, v);
	return OK;
}

/* ── one ── */

struct one_in {
	int64_t org_id, post_id;
};
static const struct field one_in[] = { FIELD(one_in, org_id, F_ID, .must = true), FIELD(one_in, post_id, F_ID, .must = true), FIELD_END };
static const struct field one_out[] = {
	FIELD(post_page, id, F_ID),
	FIELD(post_page, org_id, F_ID),
	FIELD(post_page, code, F_TEXT),
	FIELD(post_page, title, F_TEXT),
	FIELD(post_page, designation, F_TEXT),
	FIELD(post_page, place, F_TEXT),
	FIELD(post_page, sanctioned, F_INT),
	FIELD(post_page, held, F_INT),
	FIELD(post_page, vacant, F_INT),
	FIELD(post_page, service, F_TEXT),
	FIELD(post_page, least_pay_level, F_INT),
	FIELD(post_page, least_years, F_INT),
	FIELD(post_page, tenure_months, F_INT),
	FIELD(post_page, from_day, F_DATE),
	FIELD(post_page, until_day, F_DATE),
	FIELD_END,
};
static const struct field holding_out[] = {
	FIELD(holding_view, id, F_ID),
	FIELD(holding_view, person_id, F_ID),
	FIELD(holding_view, name, F_TEXT, .personal = true),
	FIELD(holding_view, kind, F_TEXT),
	FIELD(holding_view, from_day, F_DATE),
	FIELD(holding_view, until_day, F_DATE),
	FIELD(holding_view, order_no, F_TEXT),
	FIELD_END,
};

static enum err find(struct ctx *cx, int64_t org_id, int64_t post_id, struct post_page_post_row *ret)
{
	bool found = false;
	TRY(post_page_sql_post(cx, post_id, ret, &found));
	return found && ret->org_id == org_id ? OK : fail(cx, ERR_NOT_FOUND, "post_id", N_("There is no such post here."));
}

static enum err holders(struct ctx *cx, int64_t post_id, int64_t org_id, struct holding_view **ret, size_t *ret_n)
{
	struct post_page_holders_row *r;
	TRY(post_page_sql_holders(cx, post_id, &r, ret_n));
	*ret = ARENA_ARRAY(cx->arena, struct holding_view, *ret_n);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = (struct holding_view){ .id = r[i].id,
						   .post_id = post_id,
						   .org_id = org_id,
						   .person_id = r[i].person_id,
						   .from_day = r[i].from_day,
						   .until_day = r[i].until_day,
						   .kind = r[i].kind,
						   .name = r[i].name,
						   .order_no = r[i].order_no };
	return OK;
}

static enum err put_holders(struct ctx *cx, struct post_page *v)
{
	struct holding_lists l = { 0 };
	struct holding_view *h;
	size_t n;
	TRY(holders(cx, v->id, v->org_id, &h, &n));
	for (size_t i = 0; i < n; i++)
		holding_sort(cx, h[i], &l);
	v->now = l.now;
	v->n_now = l.n_now;
	v->to_come = l.to_come;
	v->n_to_come = l.n_to_come;
	v->before = l.before;
	v->n_before = l.n_before;
	for (size_t i = 0; i < v->n_now; i++)
		v->held += str_is(v->now[i].kind, "substantive");
	v->vacant = v->ended ? 0 : vacant(v->sanctioned, v->held);
	return OK;
}

static enum err put_work(struct ctx *cx, struct post_page *v)
{
	struct post_page_roles_of_post_row *r;
	struct post_page_work_of_post_row *w;
	struct work_line *lines;
	size_t n;
	TRY(post_page_sql_roles_of_post(cx, v->id, &r, &v->n_roles));
	TRY(post_page_sql_work_of_post(cx, person_today(cx), v->id, &w, &n));
	WORK_LINES(cx, w, n, lines);
	v->roles = ARENA_ARRAY(cx->arena, struct role_view, v->n_roles);
	for (size_t i = 0; i < v->n_roles; i++) {
		size_t from = 0, to;
		v->roles[i] = (struct role_view){ .id = r[i].id,
						  .org_id = r[i].org_id,
						  .here_id = v->org_id,
						  .code = r[i].code,
						  .name = org_name(cx, r[i].name_en, r[i].name_hi),
						  .org = org_name(cx, r[i].org_en, r[i].org_hi),
						  .ours = r[i].org_id == v->org_id,
						  .ended = r[i].until_day != NONE };
		while (from < n && lines[from].role_id != r[i].id)
			from++;
		for (to = from; to < n && lines[to].role_id == r[i].id; to++)
			;
		activities_of(cx, lines + from, to - from, &v->roles[i].activities, &v->roles[i].n_activities);
	}
	return OK;
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct post_page *v = ARENA_NEW(cx->arena, struct post_page);
	struct post_page_post_row r;
	(void)state;
	TRY(find(cx, in->org_id, in->post_id, &r));
	*v = (struct post_page){ .id = r.id,
				 .org_id = r.org_id,
				 .sanctioned = r.sanctioned,
				 .least_pay_level = r.least_pay_level,
				 .least_years = r.least_years,
				 .tenure_months = r.tenure_months,
				 .from_day = r.from_day,
				 .until_day = r.until_day,
				 .designation_id = r.designation_id,
				 .org = org_name(cx, r.org_en, r.org_hi),
				 .code = r.code,
				 .title = org_name(cx, r.title_en, r.title_hi),
				 .title_en = r.title_en,
				 .title_hi = r.title_hi,
				 .designation = org_name(cx, r.designation_en, r.designation_hi),
				 .place = r.place,
				 .service = r.service,
				 .ended = r.until_day != NONE && r.until_day <= person_today(cx) };
	TRY(put_holders(cx, v));
	TRY(put_work(cx, v));
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->title;
	return OK;
}

static enum err holdings_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct post_page_post_row r;
	struct holding_view *h;
	size_t n;
	(void)state;
	TRY(find(cx, in->org_id, in->post_id, &r));
	TRY(holders(cx, r.id, r.org_id, &h, &n));
	ANSWER_ROWS(a, h, n);
	return OK;
}

/* ── laying down ── */

struct set_in {
	int64_t org_id, post_id, sanctioned, least_pay_level, least_years, tenure_months, from_day;
	struct str code, title_en, title_hi, designation, place, service;
	struct strs roles;
};
#define POST_FIELDS                                                                                                                                            \
	FIELD(set_in, title_en, F_TEXT, .label = N_("Title"), .must = true, .max = POST_NAME_MAX),                                                             \
		FIELD(set_in, title_hi, F_TEXT, .label = N_("Title in Hindi"), .max = POST_NAME_MAX),                                                          \
		FIELD(set_in, designation, F_TEXT, .label = N_("Designation"), .hint = N_("Its code or its full name."), .must = true, .max = 200),            \
		FIELD(set_in, sanctioned, F_INT, .label = N_("Sanctioned strength"), .hint = N_("How many may hold it substantively on a day."), .must = true, \
		      .min = 1, .max = 100000),                                                                                                                \
		FIELD(set_in, place, F_TEXT, .label = N_("Place"), .max = POST_NAME_MAX),                                                                      \
		FIELD(set_in, service, F_TEXT, .label = N_("Service"), .hint = N_("Only for people of this service; empty: of any."), .max = POST_NAME_MAX),   \
		FIELD(set_in, least_pay_level, F_INT, .label = N_("Lowest pay level"), .min = 0, .max = 20),                                                   \
		FIELD(set_in, least_years, F_INT, .label = N_("Least years in service"), .min = 0, .max = 60),                                                 \
		FIELD(set_in, tenure_months, F_INT, .label = N_("Months that a holder stays at least"), .min = 0, .max = 120),                                 \
		FIELD(set_in, roles, F_TEXTS, .label = N_("Roles"), .max = POST_CODE_MAX)
static const struct field add_in[] = {
	FIELD(set_in, org_id, F_ID, .must = true),
	FIELD(set_in, code, F_TEXT, .label = N_("Code"), .hint = N_("Letters, figures, full stop and hyphen; unique in the office."), .must = true,
	      .max = POST_CODE_MAX),
	POST_FIELDS,
	FIELD(set_in, from_day, F_DATE, .label = N_("There from"), .hint = N_("Today when left empty.")),
	FIELD_END,
};
static const struct field change_in[] = { FIELD(set_in, org_id, F_ID, .must = true), FIELD(set_in, post_id, F_ID, .must = true), POST_FIELDS, FIELD_END };
struct added {
	int64_t id;
};
static const struct field added_out[] = { FIELD(added, id, F_ID), FIELD_END };

static struct str figure(struct ctx *cx, int64_t v)
{
	return v ? str_fmt(cx->arena, "%lld", (long long)v) : S("");
}

static enum err put_picks(struct ctx *cx, struct post_form *v, int64_t post_id)
{
	struct post_page_roles_for_row *r;
	struct post_page_roles_of_post_row *has;
	size_t n_has = 0;
	TRY(post_page_sql_roles_for(cx, v->org_id, &r, &v->n_roles));
	if (post_id != NONE)
		TRY(post_page_sql_roles_of_post(cx, post_id, &has, &n_has));
	v->roles = ARENA_ARRAY(cx->arena, struct role_pick, v->n_roles);
	for (size_t i = 0; i < v->n_roles; i++) {
		struct str name = org_name(cx, r[i].name_en, r[i].name_hi);
		v->roles[i].field = str_fmt(cx->arena, "roles.%lld", (long long)r[i].id);
		v->roles[i].label = r[i].distance ? str_fmt(cx->arena, "%.*s (%.*s)", STR_ARG(name), STR_ARG(org_name(cx, r[i].org_en, r[i].org_hi))) : name;
		for (size_t k = 0; k < n_has; k++)
			v->roles[i].on |= has[k].id == r[i].id;
	}
	return OK;
}

static enum err new_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct post_form *v = ARENA_NEW(cx->arena, struct post_form);
	(void)state;
	v->org_id = in->org_id;
	v->sanctioned = S("1");
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(put_picks(cx, v, NONE));
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("A new post"));
	return OK;
}

static enum err edit_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct post_form *v = ARENA_NEW(cx->arena, struct post_form);
	struct post_page_post_row r;
	(void)state;
	TRY(find(cx, in->org_id, in->post_id, &r));
	*v = (struct post_form){ .org_id = r.org_id,
				 .id = r.id,
				 .org = org_name(cx, r.org_en, r.org_hi),
				 .title = org_name(cx, r.title_en, r.title_hi),
				 .code = r.code,
				 .title_en = r.title_en,
				 .title_hi = r.title_hi,
				 .designation = r.designation,
				 .sanctioned = figure(cx, r.sanctioned),
				 .place = r.place,
				 .service = r.service,
				 .least_pay_level = figure(cx, r.least_pay_level),
				 .least_years = figure(cx, r.least_years),
				 .tenure_months = figure(cx, r.tenure_months),
				 .may_end = r.until_day == NONE };
	TRY(put_picks(cx, v, r.id));
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->title;
	return OK;
}

static enum err designation_of(struct ctx *cx, struct str called, int64_t *ret)
{
	struct person_designation_of_code_row by_code;
	struct person_designation_called_row *r;
	bool found = false;
	size_t n;
	TRY(person_sql_designation_of_code(cx, str_trim(called), &by_code, &found));
	*ret = found ? by_code.id : NONE;
	if (found)
		return OK;
	TRY(person_sql_designation_called(cx, str_trim(called), &r, &n));
	if (n != 1)
		return fail(cx, ERR_INVALID, "designation",
			    n ? N_("is the name of several; use the code") : N_("is not known here; use its code or its full name"));
	*ret = r[0].id;
	return OK;
}

/* A role by its code (of the office or the nearest above it that has one), or by its id as the form sends it. */
static enum err role_named(struct ctx *cx, const struct post_page_roles_for_row *r, size_t n, struct str text, int64_t *ret)
{
	struct str said = str_ends(text, S("=x")) ? str_sub(text, 0, text.n - 2) : text;
	for (size_t i = 0; i < n; i++)
		if (str_eq(r[i].code, said) || str_eq(str_fmt(cx->arena, "%lld", (long long)r[i].id), said)) {
			*ret = r[i].id;
			return OK;
		}
	return fail(cx, ERR_INVALID, "roles", N_("names a role that is not in use here or above"));
}

static enum err set(struct ctx *cx, const struct set_in *in, struct str code, int64_t *ret_id)
{
	struct post_page_roles_for_row *r;
	size_t n;
	int64_t *roles = ARENA_ARRAY(cx->arena, int64_t, in->roles.n + 1);
	struct post_set p = { .org_id = in->org_id,
			      .code = code,
			      .title_en = in->title_en,
			      .title_hi = in->title_hi,
			      .place = in->place,
			      .sanctioned = in->sanctioned,
			      .service = in->service,
			      .least_pay_level = in->least_pay_level == NONE ? 0 : in->least_pay_level,
			      .least_years = in->least_years == NONE ? 0 : in->least_years,
			      .tenure_months = in->tenure_months == NONE ? 0 : in->tenure_months,
			      .from_day = in->from_day == NONE ? person_today(cx) : in->from_day,
			      .roles = roles,
			      .n_roles = in->roles.n };
	TRY(designation_of(cx, in->designation, &p.designation_id));
	TRY(post_page_sql_roles_for(cx, in->org_id, &r, &n));
	for (size_t i = 0; i < in->roles.n; i++)
		TRY(role_named(cx, r, n, in->roles.v[i], &roles[i]));
	return post_set(cx, &p, ret_id);
}

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct set_in *in = input;
	struct added *row = ARENA_NEW(cx->arena, struct added);
	struct post_of_code_row there;
	bool found = false;
	(void)state;
	TRY(post_sql_of_code(cx, in->org_id, in->code, &there, &found));
	if (found)
		return fail(cx, ERR_CONFLICT, "code", N_("is the code of another post of this office"));
	TRY(set(cx, in, in->code, &row->id));
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/orgs/%lld/posts/%lld", (long long)in->org_id, (long long)row->id);
	return OK;
}

static enum err change_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct set_in in = *(const struct set_in *)input;
	struct post_page_post_row r;
	int64_t id;
	(void)state;
	(void)a;
	TRY(find(cx, in.org_id, in.post_id, &r));
	in.from_day = r.from_day;
	return set(cx, &in, r.code, &id);
}

struct end_in {
	int64_t org_id, post_id, until_day;
};
static const struct field end_in[] = {
	FIELD(end_in, org_id, F_ID, .must = true),
	FIELD(end_in, post_id, F_ID, .must = true),
	FIELD(end_in, until_day, F_DATE, .label = N_("Abolished from"),
	      .hint = N_("The first day on which there is no such post any more; today when left empty.")),
	FIELD_END,
};

static enum err end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct end_in *in = input;
	(void)state;
	(void)a;
	return post_end(cx, in->org_id, in->post_id, in->until_day == NONE ? person_today(cx) : in->until_day);
}

/* ── who holds it ── */

struct hold_in {
	int64_t org_id, post_id, from_day, until_day;
	struct str person, holding, order_no;
};
static const struct choice kinds[] = {
	{ "substantive", N_("substantive") },
	{ "additional", N_("additional charge") },
	{ "officiating", N_("officiating") },
	{ NULL, NULL },
};
static const struct field hold_in[] = {
	FIELD(hold_in, org_id, F_ID, .must = true),
	FIELD(hold_in, post_id, F_ID, .must = true),
	FIELD(hold_in, person, F_TEXT, .label = N_("Person"), .hint = N_("Employee number, e-mail or mobile number."), .must = true, .personal = true,
	      .max = 254),
	FIELD(hold_in, holding, F_CHOICE, .label = N_("How it is held"), .must = true, .choices = kinds),
	FIELD(hold_in, from_day, F_DATE, .label = N_("First day"), .must = true),
	FIELD(hold_in, until_day, F_DATE, .label = N_("Until"), .hint = N_("The first day on which it is not held any more; empty: without an end.")),
	FIELD(hold_in, order_no, F_TEXT, .label = N_("Number and date of the order"), .max = ORDER_NO_MAX),
	FIELD_END,
};

static enum err hold_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct hold_in *in = input;
	struct added *row = ARENA_NEW(cx->arena, struct added);
	struct post_page_post_row r;
	struct person_called_row who;
	bool found = false;
	(void)state;
	TRY(find(cx, in->org_id, in->post_id, &r));
	TRY(person_called(cx, in->person, &who, &found));
	if (!found)
		return fail(cx, ERR_INVALID, "person", N_("is nobody's employee number, e-mail or mobile number here"));
	ANSWER_ROW(a, row);
	return holding_begin(cx, &(struct holding_begin){ in->post_id, who.id, holding_kind_of(in->holding), in->from_day, in->until_day, in->order_no },
			     &row->id);
}

struct leave_in {
	int64_t org_id, post_id, holding_id, until_day;
};
static const struct field leave_in[] = {
	FIELD(leave_in, org_id, F_ID, .must = true),
	FIELD(leave_in, post_id, F_ID, .must = true),
	FIELD(leave_in, holding_id, F_ID, .must = true),
	FIELD(leave_in, until_day, F_DATE, .label = N_("Until"), .hint = N_("Today when left empty.")),
	FIELD_END,
};

static enum err leave_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct leave_in *in = input;
	struct post_page_post_row r;
	(void)state;
	(void)a;
	TRY(find(cx, in->org_id, in->post_id, &r));
	return holding_end(cx, in->post_id, in->holding_id, in->until_day == NONE ? person_today(cx) : in->until_day);
}

#define ALL "/orgs/{org_id}/posts"
#define ONE ALL "/{post_id}"
#define MANAGED .may = MAY_WORK_MANAGE, .scope = SCOPE_ORG
#define IN(table, type) .in = table, .in_size = sizeof(struct type)
const struct action post_actions[] = {
	{ .name = "post.list",
	  .method = GET,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  MANAGED,
	  IN(list_in, list_in),
	  .out = item_out,
	  .out_list = true,
	  .run = list_run,
	  .html = posts_view,
	  .summary = "The posts of an organisation and below it: sanctioned, held, vacant." },
	{ .name = "post.sums",
	  .method = GET,
	  .api = "/api/v1/orgs/{org_id}/strength",
	  MANAGED,
	  IN(list_in, list_in),
	  .out = sums_out,
	  .run = sums_run,
	  .summary = "Sanctioned and actual strength of an organisation with all below it." },
	{ .name = "post.new",
	  .method = GET,
	  .page = "/orgs/{org_id}/new-post",
	  MANAGED,
	  IN(list_in, list_in),
	  .run = new_run,
	  .html = post_form_view,
	  .summary = "The form for a new post." },
	{ .name = "post.add",
	  .method = POST,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  MANAGED,
	  IN(add_in, set_in),
	  .out = added_out,
	  .run = add_run,
	  .form = "post.new",
	  .then = ALL,
	  .notice = N_("The post is laid down."),
	  .summary = "Lays down a post." },
	{ .name = "post.show",
	  .method = GET,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  MANAGED,
	  IN(one_in, one_in),
	  .out = one_out,
	  .run = show_run,
	  .html = post_view,
	  .summary = "A post: facts, roles with activities and what they need, holders." },
	{ .name = "post.holdings",
	  .method = GET,
	  .api = "/api/v1" ONE "/holdings",
	  MANAGED,
	  IN(one_in, one_in),
	  .out = holding_out,
	  .out_list = true,
	  .run = holdings_run,
	  .summary = "Who holds a post, held it or will hold it." },
	{ .name = "post.edit",
	  .method = GET,
	  .page = ONE "/edit",
	  MANAGED,
	  IN(one_in, one_in),
	  .run = edit_run,
	  .html = post_form_view,
	  .summary = "The form for a change of a post." },
	{ .name = "post.change",
	  .method = POST,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  MANAGED,
	  IN(change_in, set_in),
	  .run = change_run,
	  .form = "post.edit",
	  .then = ONE,
	  .notice = N_("The post is as you said."),
	  .summary = "Changes a post; what is not said is none." },
	{ .name = "post.end",
	  .method = POST,
	  .page = ONE "/end",
	  .api = "/api/v1" ONE "/end",
	  MANAGED,
	  IN(end_in, end_in),
	  .run = end_run,
	  .form = "post.edit",
	  .then = ONE,
	  .notice = N_("The post is abolished from that day on."),
	  .summary = "Abolishes a post from a day on." },
	{ .name = "post.hold",
	  .method = POST,
	  .page = ONE "/holdings",
	  .api = "/api/v1" ONE "/holdings",
	  MANAGED,
	  IN(hold_in, hold_in),
	  .out = added_out,
	  .run = hold_run,
	  .form = "post.show",
	  .then = ONE,
	  .notice = N_("The holding is entered."),
	  .summary = "Somebody holds a post from a day on." },
	{ .name = "post.leave",
	  .method = POST,
	  .page = ONE "/holdings/{holding_id}/end",
	  .api = "/api/v1" ONE "/holdings/{holding_id}/end",
	  MANAGED,
	  IN(leave_in, leave_in),
	  .run = leave_run,
	  .form = "post.show",
	  .then = ONE,
	  .notice = N_("The holding ends on that day."),
	  .summary = "Ends the holding of a post." },
	ACTION_END,
};
