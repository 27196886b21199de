/* Establishment files in the browser and over the API, and people without a post. */
#include "est_state_html.h"
#include "establishment_file_html.h"
#include "establishments_html.h"
#include "feature/establishment/est_file.h"
#include "feature/establishment/establishment.h"
#include "feature/establishment/establishment_page.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "web/action.h"
#include "web/lang.h"
#include "without_html.h"

#include <stdio.h>

enum { FILES_PAGE = 30, PEOPLE_PAGE = 50 };

static struct str address(struct ctx *cx, const char *fmt, int64_t org_id, int64_t id)
{
	return str_fmt(cx->arena, fmt, (long long)org_id, (long long)id);
}

/* ── the files of an organisation ── */

struct list_in {
	int64_t org_id, before;
};
static const struct field list_in[] = { FIELD(list_in, org_id, F_ID, .must = true), FIELD(list_in, before, F_ID), FIELD_END };
static const struct field item_out[] = {
	FIELD(establishment_item, id, F_ID),
	FIELD(establishment_item, file_name, F_TEXT),
	FIELD(establishment_item, state, F_TEXT),
	FIELD(establishment_item, n_rows, F_INT),
	FIELD(establishment_item, n_errors, F_INT),
	FIELD(establishment_item, n_new, F_INT),
	FIELD(establishment_item, n_changed, F_INT),
	FIELD(establishment_item, n_gone, F_INT),
	FIELD(establishment_item, made_at, F_TIME),
	FIELD(establishment_item, applied_at, F_TIME),
	FIELD_END,
};

static enum err page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct establishments_page *v = ARENA_NEW(cx->arena, struct establishments_page);
	struct establishment_of_org_row *r;
	size_t n;
	(void)state;
	v->org_id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(establishment_sql_of_org(cx, in->org_id, in->before, FILES_PAGE + 1, &r, &n));
	v->n_files = n > FILES_PAGE ? FILES_PAGE : n;
	v->files = ARENA_ARRAY(cx->arena, struct establishment_item, v->n_files);
	for (size_t i = 0; i < v->n_files; i++)
		v->files[i] = (struct establishment_item){ .id = r[i].id,
							   .org_id = in->org_id,
							   .n_rows = r[i].n_rows,
							   .n_errors = r[i].n_errors,
							   .n_new = r[i].n_new,
							   .n_changed = r[i].n_changed,
							   .n_gone = r[i].n_gone,
							   .made_at = r[i].made_at,
							   .applied_at = r[i].applied_at,
							   .file_name = r[i].file_name,
							   .state = r[i].state,
							   .by_name = r[i].by_name };
	if (n > FILES_PAGE) {
		a->next = str_fmt(cx->arena, "%lld", (long long)r[FILES_PAGE - 1].id);
		v->next = address(cx, "/orgs/%lld/establishment?before=%lld", in->org_id, r[FILES_PAGE - 1].id);
	}
	ANSWER_ROWS(a, v->files, v->n_files);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Establishment files"));
	return OK;
}

/* ── bringing one in ── */

struct add_in {
	int64_t org_id;
	struct str file, file_name;
};
static const struct field add_in[] = {
	FIELD(add_in, org_id, F_ID, .must = true),
	FIELD(add_in, file, F_TEXT, .label = N_("The file"), .hint = N_("CSV with a first row of names; up to 1,00,000 rows and 32 MB."), .must = true,
	      .max = 4000),
	FIELD(add_in, file_name, F_TEXT, .max = 200),
	FIELD_END,
};
struct added {
	int64_t id;
};
static const struct field added_out[] = { FIELD(added, id, F_ID), FIELD_END };

static enum err add_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct add_in *in = input;
	struct str *text = ARENA_NEW(cx->arena, struct str);
	FILE *f = fopen(str_c(cx->arena, in->file), "rb");
	struct buf b;
	if (!f)
		return ERR_UNAVAILABLE;
	buf_init(&b, cx->arena, ESTABLISHMENT_BYTES_MAX);
	bool whole = buf_read(&b, f);
	fclose(f);
	if (b.full)
		return fail(cx, ERR_INVALID, "file", N_("is larger than 32 MB"));
	*text = buf_get(&b);
	*ret_state = text;
	return whole ? OK : ERR_UNAVAILABLE;
}

static enum err take_in(struct ctx *cx, int64_t org_id, struct str name, struct str text, struct answer *a)
{
	struct added *row = ARENA_NEW(cx->arena, struct added);
	TRY(establishment_add(cx, &(struct establishment_add){ org_id, name, text }, &row->id));
	ANSWER_ROW(a, row);
	a->then = address(cx, "/orgs/%lld/establishment/%lld", org_id, row->id);
	return OK;
}

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct add_in *in = input;
	const struct str *text = state;
	return take_in(cx, in->org_id, in->file_name.n ? in->file_name : S("establishment.csv"), *text, a);
}

struct org_in {
	int64_t org_id;
};
static const struct field org_in[] = { FIELD(org_in, org_id, F_ID, .must = true), FIELD_END };

/* The file is made outside of the writing transaction; it is judged in it like any other. */
struct made {
	struct str text;
	int64_t n;
};

static enum err people_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct org_in *in = input;
	struct made *m = ARENA_NEW(cx->arena, struct made);
	int64_t n_posts;
	*ret_state = m;
	return establishment_of_people(cx, in->org_id, &m->text, &n_posts, &m->n);
}

static enum err people_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	const struct made *m = state;
	if (!m->n)
		return fail(cx, ERR_CONFLICT, "", N_("Everybody who is posted here today holds a post substantively; there is nothing to make."));
	return take_in(cx, in->org_id, str_of(tr(cx->lang, N_("Posts out of people"))), m->text, a);
}

static enum err place_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct org_in *in = input;
	struct made *m = ARENA_NEW(cx->arena, struct made);
	*ret_state = m;
	return establishment_of_vacancies(cx, in->org_id, &m->text, &m->n);
}

static enum err place_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	const struct made *m = state;
	if (!m->n)
		return fail(cx, ERR_CONFLICT, "",
			    N_("Nobody can be placed without doubt: no office has exactly one post of the designation with room for all who wait for it."));
	return take_in(cx, in->org_id, str_of(tr(cx->lang, N_("People placed on vacant posts"))), m->text, a);
}

/* ── one file ── */

struct one_in {
	int64_t org_id, file_id, page;
};
static const struct field one_in[] = { FIELD(one_in, org_id, F_ID, .must = true), FIELD(one_in, file_id, F_ID, .must = true),
				       FIELD(one_in, page, F_INT, .min = 1, .max = 100000), FIELD_END };
static const struct field one_out[] = {
	FIELD(establishment_page, id, F_ID),	      FIELD(establishment_page, file_name, F_TEXT),
	FIELD(establishment_page, state, F_TEXT),     FIELD(establishment_page, why, F_TEXT),
	FIELD(establishment_page, n_rows, F_INT),     FIELD(establishment_page, n_errors, F_INT),
	FIELD(establishment_page, n_new, F_INT),      FIELD(establishment_page, n_changed, F_INT),
	FIELD(establishment_page, n_gone, F_INT),     FIELD(establishment_page, n_same, F_INT),
	FIELD(establishment_page, made_at, F_TIME),   FIELD(establishment_page, applied_at, F_TIME),
	FIELD(establishment_page, undone_at, F_TIME), FIELD_END,
};

static enum err find(struct ctx *cx, const struct one_in *in, struct establishment_one_row *ret)
{
	bool found = false;
	TRY(establishment_sql_one(cx, in->file_id, in->org_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "file_id", N_("There is no such file here."));
}

static struct str kind_name(struct ctx *cx, struct str kind)
{
	static const char *const names[EST_KINDS] = { N_("role"), N_("activity"), N_("need"), N_("post"), N_("holder") };
	for (int k = 0; k < EST_KINDS; k++)
		if (str_is(kind, est_kinds[k]))
			return str_of(tr(cx->lang, names[k]));
	return kind;
}

static struct str change_name(struct ctx *cx, struct str change)
{
	return str_of(tr(cx->lang, str_is(change, "new") ? N_("new") : str_is(change, "gone") ? N_("gone") : N_("changed")));
}

static enum err put_figures(struct ctx *cx, struct establishment_page *v)
{
	struct establishment_figures_row *r;
	TRY(establishment_sql_figures(cx, v->id, &r, &v->n_figures));
	v->figures = ARENA_ARRAY(cx->arena, struct establishment_figure_view, v->n_figures);
	for (size_t i = 0; i < v->n_figures; i++) {
		struct str kind = r[i].kind >= 0 && r[i].kind < EST_KINDS ? str_of(est_kinds[r[i].kind]) : S("");
		v->figures[i] = (struct establishment_figure_view){ r[i].n_new, r[i].n_changed, r[i].n_gone, r[i].n_same, kind, kind_name(cx, kind) };
	}
	return OK;
}

static enum err put_errors(struct ctx *cx, struct establishment_page *v, int64_t page)
{
	struct establishment_error *e;
	TRY(establishment_errors(cx, v->id, page, &e, &v->n_mistakes));
	v->mistakes = ARENA_ARRAY(cx->arena, struct establishment_error_view, v->n_mistakes);
	for (size_t i = 0; i < v->n_mistakes; i++)
		v->mistakes[i] = (struct establishment_error_view){ e[i].line, e[i].sentence };
	return OK;
}

static enum err put_changes(struct ctx *cx, struct establishment_page *v, int64_t page)
{
	struct establishment_change *c;
	TRY(establishment_changes(cx, v->id, page, &c, &v->n_changes));
	v->changes = ARENA_ARRAY(cx->arena, struct establishment_change_view, v->n_changes);
	for (size_t i = 0; i < v->n_changes; i++)
		v->changes[i] = (struct establishment_change_view){ c[i].line, c[i].kind,   kind_name(cx, c[i].kind), c[i].change, change_name(cx, c[i].change),
								    c[i].what, c[i].columns };
	return OK;
}

static void put_state(struct ctx *cx, const struct establishment_one_row *f, struct establishment_page *v)
{
	*v = (struct establishment_page){ .id = f->id,
					  .org_id = f->org_id,
					  .n_rows = f->n_rows,
					  .n_errors = f->n_errors,
					  .n_new = f->n_new,
					  .n_changed = f->n_changed,
					  .n_gone = f->n_gone,
					  .n_same = f->n_same,
					  .made_at = f->made_at,
					  .applied_at = f->applied_at,
					  .undone_at = f->undone_at,
					  .file_name = f->file_name,
					  .state = f->state };
	v->works = str_is(f->state, "looking") || str_is(f->state, "applying") || str_is(f->state, "undoing");
	v->is_looked = str_is(f->state, "looked");
	v->is_refused = str_is(f->state, "refused");
	v->is_applied = str_is(f->state, "applied");
	v->is_undone = str_is(f->state, "undone");
	v->nothing = !f->n_new && !f->n_changed && !f->n_gone;
	v->may_undo = v->is_applied && cx->now - f->applied_at <= ESTABLISHMENT_UNDO;
	v->until = v->is_applied ? f->applied_at + ESTABLISHMENT_UNDO : NONE;
	v->why = f->why.n ? str_of(tr(cx->lang, str_c(cx->arena, f->why))) : STR_NONE;
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct establishment_page *v = ARENA_NEW(cx->arena, struct establishment_page);
	struct establishment_one_row f;
	int64_t page = in->page == NONE ? 0 : in->page - 1;
	(void)state;
	TRY(find(cx, in, &f));
	put_state(cx, &f, v);
	TRY(org_called(cx, in->org_id, &v->org));
	if (!v->works && v->is_refused)
		TRY(put_errors(cx, v, page));
	else if (!v->works)
		TRY(put_changes(cx, v, page));
	if (!v->works && !v->is_refused)
		TRY(put_figures(cx, v));
	int64_t rows = v->is_refused ? v->n_errors : v->n_new + v->n_changed + v->n_gone;
	if (page)
		v->previous = str_fmt(cx->arena, "/orgs/%lld/establishment/%lld?page=%lld", (long long)v->org_id, (long long)v->id, (long long)page);
	if ((page + 1) * ESTABLISHMENT_PAGE < rows)
		v->next = str_fmt(cx->arena, "/orgs/%lld/establishment/%lld?page=%lld", (long long)v->org_id, (long long)v->id, (long long)page + 2);
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->file_name;
	return OK;
}

static const struct field error_out[] = { FIELD(establishment_error_view, line, F_INT), FIELD(establishment_error_view, sentence, F_TEXT), FIELD_END };
static const struct field change_out[] = {
	FIELD(establishment_change_view, kind, F_TEXT), FIELD(establishment_change_view, change, F_TEXT),  FIELD(establishment_change_view, line, F_INT),
	FIELD(establishment_change_view, what, F_TEXT), FIELD(establishment_change_view, columns, F_TEXT), FIELD_END,
};

static void put_next(struct ctx *cx, const struct one_in *in, size_t n, struct answer *a)
{
	if (n == ESTABLISHMENT_PAGE)
		a->next = str_fmt(cx->arena, "%lld", (long long)(in->page == NONE ? 2 : in->page + 1));
}

static enum err errors_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct establishment_page v = { .id = in->file_id };
	struct establishment_one_row f;
	(void)state;
	TRY(find(cx, in, &f));
	TRY(put_errors(cx, &v, in->page == NONE ? 0 : in->page - 1));
	put_next(cx, in, v.n_mistakes, a);
	ANSWER_ROWS(a, v.mistakes, v.n_mistakes);
	return OK;
}

static enum err changes_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct establishment_page v = { .id = in->file_id };
	struct establishment_one_row f;
	(void)state;
	TRY(find(cx, in, &f));
	TRY(put_changes(cx, &v, in->page == NONE ? 0 : in->page - 1));
	put_next(cx, in, v.n_changes, a);
	ANSWER_ROWS(a, v.changes, v.n_changes);
	return OK;
}

static enum err errors_csv_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct establishment_one_row f;
	(void)state;
	TRY(find(cx, in, &f));
	a->type = "text/csv; charset=utf-8";
	a->filename = S("mistakes.csv");
	return establishment_errors_csv(cx, f.id, &a->bytes);
}

static enum err apply_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return establishment_apply(cx, in->org_id, in->file_id);
}

static enum err look_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return establishment_look_again(cx, in->org_id, in->file_id);
}

static enum err undo_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return establishment_undo(cx, in->org_id, in->file_id);
}

/* ── files to begin with ── */

static enum err csv_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	(void)state;
	a->type = "text/csv; charset=utf-8";
	a->filename = S("establishment.csv");
	return establishment_export(cx, in->org_id, &a->bytes);
}

static enum err sample_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)cx;
	(void)input;
	(void)state;
	a->type = "text/csv; charset=utf-8";
	a->filename = S("establishment-sample.csv");
	a->bytes = establishment_sample();
	return OK;
}

/* ── people without a post ── */

struct without_in {
	int64_t org_id, page;
};
static const struct field without_in[] = { FIELD(without_in, org_id, F_ID, .must = true), FIELD(without_in, page, F_INT, .min = 1, .max = 100000), FIELD_END };
static const struct field without_out[] = {
	FIELD(without_post, id, F_ID),
	FIELD(without_post, name, F_TEXT, .personal = true),
	FIELD(without_post, designation, F_TEXT),
	FIELD(without_post, org_id, F_ID),
	FIELD(without_post, org, F_TEXT),
	FIELD(without_post, from_day, F_DATE),
	FIELD(without_post, suggested, F_TEXT),
	FIELD_END,
};

static void suggest(struct ctx *cx, struct without_post *p, int64_t designation_id, const struct establishment_vacant_posts_row *v, size_t n)
{
	struct buf b;
	buf_init(&b, cx->arena, 1 << 16);
	for (size_t i = 0; i < n; i++) {
		if (v[i].org_id != p->org_id || v[i].designation_id != designation_id)
			continue;
		struct str title = org_name(cx, v[i].title_en, v[i].title_hi);
		*ARENA_PUSH(cx->arena, p->suggestions, p->n_suggestions) = (struct suggestion){ p->org_id, v[i].id, v[i].free, title };
		buf_fmt(&b, "%s%.*s", b.n ? ", " : "", STR_ARG(v[i].code));
	}
	p->suggested = buf_get(&b);
}

static enum err without_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct without_in *in = input;
	struct without_page *v = ARENA_NEW(cx->arena, struct without_page);
	struct establishment_without_row *r;
	struct establishment_vacant_posts_row *posts;
	int64_t page = in->page == NONE ? 1 : in->page, today = person_today(cx);
	size_t n, n_posts;
	(void)state;
	v->org_id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(establishment_sql_without(cx, in->org_id, today, PEOPLE_PAGE + 1, (page - 1) * PEOPLE_PAGE, &r, &n));
	TRY(establishment_sql_vacant_posts(cx, today, in->org_id, &posts, &n_posts));
	v->n_people = n > PEOPLE_PAGE ? PEOPLE_PAGE : n;
	v->people = ARENA_ARRAY(cx->arena, struct without_post, v->n_people);
	for (size_t i = 0; i < v->n_people; i++) {
		v->people[i] = (struct without_post){ .id = r[i].id,
						      .org_id = r[i].org_id,
						      .from_day = r[i].from_day,
						      .name = r[i].name,
						      .org = org_name(cx, r[i].org_en, r[i].org_hi),
						      .designation = org_name(cx, r[i].designation_en, r[i].designation_hi) };
		suggest(cx, &v->people[i], r[i].designation_id, posts, n_posts);
	}
	if (page > 1)
		v->previous = address(cx, "/orgs/%lld/posts/without?page=%lld", in->org_id, page - 1);
	if (n > PEOPLE_PAGE) {
		v->next = address(cx, "/orgs/%lld/posts/without?page=%lld", in->org_id, page + 1);
		a->next = str_fmt(cx->arena, "%lld", (long long)page + 1);
	}
	ANSWER_ROWS(a, v->people, v->n_people);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("People without a post"));
	return OK;
}

#define ALL "/orgs/{org_id}/establishment"
#define ONE ALL "/{file_id}"
#define MANAGED .may = MAY_WORK_MANAGE, .scope = SCOPE_ORG
#define OF_ORG .in = org_in, .in_size = sizeof(struct org_in)
#define OF_FILE .in = one_in, .in_size = sizeof(struct one_in)
const struct action establishment_actions[] = {
	{ .name = "establishment.page",
	  .method = GET,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  MANAGED,
	  .in = list_in,
	  .in_size = sizeof(struct list_in),
	  .out = item_out,
	  .out_list = true,
	  .run = page_run,
	  .html = establishments_view,
	  .summary = "The establishment files of an organisation." },
	{ .name = "establishment.add",
	  .method = POST,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  MANAGED,
	  .in = add_in,
	  .in_size = sizeof(struct add_in),
	  .out = added_out,
	  .prepare = add_prepare,
	  .run = add_run,
	  .form = "establishment.page",
	  .then = ALL,
	  .upload = true,
	  .max_body = ESTABLISHMENT_BYTES_MAX + 64 * 1024,
	  .summary = "Brings in an establishment file (CSV) and looks at it; nothing is changed yet." },
	{ .name = "establishment.people",
	  .method = POST,
	  .page = "/orgs/{org_id}/establishment-of-people",
	  .api = "/api/v1/orgs/{org_id}/establishment-of-people",
	  MANAGED,
	  OF_ORG,
	  .out = added_out,
	  .prepare = people_prepare,
	  .run = people_run,
	  .form = "establishment.page",
	  .then = ALL,
	  .summary = "Makes an establishment file of posts and holders out of today's postings; nothing is changed yet." },
	{ .name = "establishment.show",
	  .method = GET,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  MANAGED,
	  OF_FILE,
	  .out = one_out,
	  .run = show_run,
	  .html = establishment_file_view,
	  .summary = "An establishment file: how it stands and what it changes." },
	{ .name = "establishment.errors",
	  .method = GET,
	  .api = "/api/v1" ONE "/errors",
	  MANAGED,
	  OF_FILE,
	  .out = error_out,
	  .out_list = true,
	  .run = errors_run,
	  .summary = "What is wrong in an establishment file, row by row." },
	{ .name = "establishment.changes",
	  .method = GET,
	  .api = "/api/v1" ONE "/changes",
	  MANAGED,
	  OF_FILE,
	  .out = change_out,
	  .out_list = true,
	  .run = changes_run,
	  .summary = "What an establishment file changes." },
	{ .name = "establishment.errors_csv",
	  .method = GET,
	  .page = ONE "/errors",
	  MANAGED,
	  OF_FILE,
	  .run = errors_csv_run,
	  .summary = "All mistakes of an establishment file as CSV." },
	{ .name = "establishment.apply",
	  .method = POST,
	  .page = ONE "/apply",
	  .api = "/api/v1" ONE "/apply",
	  MANAGED,
	  OF_FILE,
	  .run = apply_run,
	  .form = "establishment.show",
	  .then = ONE,
	  .summary = "Carries out an establishment file that was looked at, whole or not at all." },
	{ .name = "establishment.look",
	  .method = POST,
	  .page = ONE "/look",
	  .api = "/api/v1" ONE "/look",
	  MANAGED,
	  OF_FILE,
	  .run = look_run,
	  .form = "establishment.show",
	  .then = ONE,
	  .summary = "Looks at an establishment file again." },
	{ .name = "establishment.undo",
	  .method = POST,
	  .page = ONE "/undo",
	  .api = "/api/v1" ONE "/undo",
	  MANAGED,
	  OF_FILE,
	  .run = undo_run,
	  .form = "establishment.show",
	  .then = ONE,
	  .summary = "Takes back an establishment file, as long as nothing of it was changed since." },
	{ .name = "establishment.csv",
	  .method = GET,
	  .page = "/orgs/{org_id}/establishment-csv",
	  MANAGED,
	  OF_ORG,
	  .run = csv_run,
	  .summary = "Roles, posts and holders of an organisation and below it as a file that can be brought in again." },
	{ .name = "establishment.sample",
	  .method = GET,
	  .page = "/establishment-sample",
	  .may = MAY_LEARN,
	  .run = sample_run,
	  .summary = "A sample of an establishment file." },
	{ .name = "establishment.without",
	  .method = GET,
	  .page = "/orgs/{org_id}/posts/without",
	  .api = "/api/v1/orgs/{org_id}/posts/without",
	  MANAGED,
	  .in = without_in,
	  .in_size = sizeof(struct without_in),
	  .out = without_out,
	  .out_list = true,
	  .run = without_run,
	  .html = without_view,
	  .summary = "People who are posted and hold no post substantively, with posts that suit them." },
	{ .name = "establishment.place",
	  .method = POST,
	  .page = "/orgs/{org_id}/posts/without",
	  .api = "/api/v1/orgs/{org_id}/posts/without",
	  MANAGED,
	  OF_ORG,
	  .out = added_out,
	  .prepare = place_prepare,
	  .run = place_run,
	  .form = "establishment.without",
	  .then = "/orgs/{org_id}/posts/without",
	  .summary = "Makes an establishment file that places everybody whose place is without doubt; nothing is changed yet." },
	ACTION_END,
};
