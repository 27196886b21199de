/* Staff lists in the browser and over the API: brought, checked, carried out, taken back. */
#include "base/clock.h"
#include "base/utf8.h"
#include "feature/org/org.h"
#include "feature/people_import/people_import.h"
#include "feature/people_import/people_import_page.h"
#include "feature/people_import/staff_file.h"
#include "feature/person/person.h"
#include "import_html.h"
#include "imports_html.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

#include <stdio.h>
#include <unistd.h>

enum { IMPORTS_PAGE = 30, SAMPLE_ROWS = 20, SAMPLE_BYTES = 256 * 1024 };

/* ── the lists of an organisation ── */

struct list_in {
	int64_t org_id, before;
};
static const struct field list_in[] = { FIELD(list_in, org_id, F_ID, .must = true), FIELD(list_in, before, F_ID), FIELD_END };
static const struct field item_out[] = {
	FIELD(import_item, id, F_ID),	      FIELD(import_item, file_name, F_TEXT), FIELD(import_item, state, F_TEXT),	FIELD(import_item, n_rows, F_INT),
	FIELD(import_item, n_new, F_INT),     FIELD(import_item, n_changed, F_INT),  FIELD(import_item, n_moved, F_INT), FIELD(import_item, n_left, F_INT),
	FIELD(import_item, n_refused, F_INT), FIELD(import_item, created_at, F_TIME), FIELD_END,
};

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct imports_page *v = ARENA_NEW(cx->arena, struct imports_page);
	struct people_import_of_org_row *rows;
	size_t n;
	(void)state;
	v->org_id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(people_import_sql_of_org(cx, in->org_id, in->before, IMPORTS_PAGE + 1, &rows, &n));
	v->n_imports = n > IMPORTS_PAGE ? IMPORTS_PAGE : n;
	v->imports = ARENA_ARRAY(cx->arena, struct import_item, v->n_imports);
	for (size_t i = 0; i < v->n_imports; i++)
		v->imports[i] = (struct import_item){ .id = rows[i].id, .org_id = in->org_id, .n_rows = rows[i].n_rows, .n_new = rows[i].n_new, .n_changed = rows[i].n_changed,
						      .n_moved = rows[i].n_moved, .n_left = rows[i].n_left, .n_refused = rows[i].n_refused, .created_at = rows[i].created_at,
						      .file_name = rows[i].file_name, .state = rows[i].state };
	if (n > IMPORTS_PAGE) {
		a->next = str_fmt(cx->arena, "%lld", (long long)rows[IMPORTS_PAGE - 1].id);
		v->next = str_fmt(cx->arena, "/orgs/%lld/imports?before=%s", (long long)in->org_id, a->next.p);
	}
	ANSWER_ROWS(a, v->imports, v->n_imports);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Staff lists"));
	return OK;
}

/* ── bringing one ── */

struct add_in {
	int64_t org_id;
	struct str file, file_name;
};
static const struct field add_in[] = {
	FIELD(add_in, org_id, F_ID, .must = true),
	FIELD(add_in, file, F_TEXT, .label = N_("The list"), .hint = N_("A CSV file with a first row of names, up to 1 GB. Columns in any order."), .must = true, .max = 4000),
	FIELD(add_in, file_name, F_TEXT, .max = 200),
	FIELD_END,
};
struct added {
	int64_t id;
};
static const struct field added_out[] = { FIELD(added, id, F_ID), FIELD_END };

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct add_in *in = input;
	struct people_import_add add = { .org_id = in->org_id, .path = str_c(cx->arena, in->file), .file_name = in->file_name.n ? in->file_name : S("list.csv") };
	struct added *row = ARENA_NEW(cx->arena, struct added);
	(void)state;
	TRY(people_import_add(cx, &add, &row->id));
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/orgs/%lld/imports/%lld", (long long)in->org_id, (long long)row->id);
	return OK;
}

/* ── one list ── */

struct one_in {
	int64_t org_id, import_id;
};
static const struct field one_in[] = { FIELD(one_in, org_id, F_ID, .must = true), FIELD(one_in, import_id, F_ID, .must = true), FIELD_END };
static const struct field one_out[] = {
	FIELD(import_page, id, F_ID),	       FIELD(import_page, file_name, F_TEXT),  FIELD(import_page, state, F_TEXT),     FIELD(import_page, sentence, F_TEXT),
	FIELD(import_page, line, F_INT),       FIELD(import_page, percent, F_INT),     FIELD(import_page, complete, F_BOOL),  FIELD(import_page, n_rows, F_INT),
	FIELD(import_page, n_new, F_INT),      FIELD(import_page, n_changed, F_INT),   FIELD(import_page, n_moved, F_INT),    FIELD(import_page, n_left, F_INT),
	FIELD(import_page, n_unchanged, F_INT), FIELD(import_page, n_refused, F_INT),  FIELD(import_page, n_applied, F_INT),  FIELD(import_page, n_late, F_INT),
	FIELD_END,
};

static enum err find(struct ctx *cx, int64_t org_id, int64_t import_id, struct people_import_one_row *ret)
{
	bool found = false;
	TRY(people_import_sql_one(cx, import_id, ret, &found));
	return found && ret->org_id == org_id ? OK : ERR_NOT_FOUND;
}

static enum err put_columns(struct ctx *cx, const struct people_import_one_row *i, struct import_page *v)
{
	struct strs head;
	struct staff_map m;
	if (!people_import_kept_head(cx, i->head, &head))
		return OK;
	if (!i->columns.n || !staff_map_parse(i->columns, head.n, &m))
		TRY(people_import_columns(cx, i->org_id, &head, &m));
	v->n_columns = STAFF_FIELDS;
	v->columns = ARENA_ARRAY(cx->arena, struct column_choice, STAFF_FIELDS);
	for (int f = 0; f < STAFF_FIELDS; f++) {
		struct column_choice *c = &v->columns[f];
		c->id = c->name = str_of(staff_columns[f].name);
		c->label = str_of(tr(cx->lang, staff_columns[f].label));
		c->must = staff_columns[f].must;
		c->n_options = head.n;
		c->options = ARENA_ARRAY(cx->arena, struct column_option, head.n);
		for (size_t k = 0; k < head.n; k++)
			c->options[k] = (struct column_option){ (int64_t)k, head.v[k].n ? head.v[k] : S("—"), m.at[f] == (int)k };
		for (size_t k = 0; k < cx->n_failures; k++)
			if (str_eq(cx->failures[k].field, c->name))
				c->error = msg_text(cx, cx->failures[k].text, cx->failures[k].n_args, cx->failures[k].args);
	}
	return OK;
}

static struct cells cells_of(struct ctx *cx, const struct strs *row, size_t n)
{
	struct cells c = { ARENA_ARRAY(cx->arena, struct cell, n), n };
	for (size_t i = 0; i < n; i++)
		c.cells[i].text = i < row->n && row->v[i].p && utf8_valid(row->v[i]) ? row->v[i] : S("");
	return c;
}

/* The first rows of a file of the import; nothing when it is not there (any more). */
static void put_sample(struct ctx *cx, int64_t id, const char *what, struct sample *s)
{
	FILE *f = fopen(people_import_file(cx, id, what), "rb");
	char *text = f ? arena_alloc(cx->arena, SAMPLE_BYTES) : NULL;
	size_t n = f ? fread(text, 1, SAMPLE_BYTES, f) : 0;
	struct csv c;
	struct strs row;
	if (f)
		fclose(f);
	if (!n || !csv_begin(cx->arena, (struct str){ text, n }, &c))
		return;
	s->head = cells_of(cx, &c.head, c.head.n);
	while (s->n_rows < SAMPLE_ROWS && csv_next(cx->arena, &c, &row))
		*ARENA_PUSH(cx->arena, s->rows, s->n_rows) = cells_of(cx, &row, c.head.n);
}

static enum err put_progress(struct ctx *cx, const struct people_import_one_row *i, struct import_page *v)
{
	struct job_standing job;
	bool found = false;
	TRY(job_standing(cx, i->job_id, &job, &found));
	if (!found)
		return OK;
	v->cancelled = job.cancel;
	v->percent = job.total > 0 ? job.done * 100 / job.total : 0;
	return OK;
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct people_import_one_row i;
	struct import_page *v = ARENA_NEW(cx->arena, struct import_page);
	(void)state;
	TRY(find(cx, in->org_id, in->import_id, &i));
	*v = (struct import_page){
		.id = i.id, .org_id = i.org_id, .n_rows = i.n_rows, .n_new = i.n_new, .n_changed = i.n_changed, .n_moved = i.n_moved, .n_left = i.n_left,
		.n_unchanged = i.n_unchanged, .n_refused = i.n_refused, .n_late = i.n_late, .n_applied = i.n_applied, .line = i.line, .created_at = i.created_at,
		.file_name = i.file_name, .state = i.state, .complete = i.complete, .is_new = str_is(i.state, "new"),
		.works = str_is(i.state, "checking") || str_is(i.state, "applying") || str_is(i.state, "undoing"), .is_checked = str_is(i.state, "checked"),
		.is_applied = str_is(i.state, "applied"), .is_undone = str_is(i.state, "undone"), .is_stopped = str_is(i.state, "stopped"),
		.is_unreadable = str_is(i.state, "unreadable"),
		.many_left = i.n_left * 5 > i.n_left + i.n_unchanged + i.n_changed + i.n_moved,
	};
	v->sentence = i.sentence.n ? str_of(tr(cx->lang, str_c(cx->arena, i.sentence))) : STR_NONE;
	v->lang = i.lang.n ? i.lang : S("en");
	v->page_lang = cx->lang == LANG_HI ? S("hi") : S("en");
	v->may_undo = v->is_applied && cx->now - i.applied_at <= UNDO_FOR;
	v->until = v->is_applied ? i.applied_at + UNDO_FOR : NONE;
	TRY(org_called(cx, in->org_id, &v->org));
	if (v->works)
		TRY(put_progress(cx, &i, v));
	if (v->is_new || v->is_checked || v->is_stopped || v->is_unreadable)
		TRY(put_columns(cx, &i, v));
	if (i.checked_at != NONE && !v->works) {
		put_sample(cx, i.id, "refused.csv", &v->refused);
		put_sample(cx, i.id, "changes.csv", &v->changes);
	}
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = i.file_name;
	return OK;
}

void html_column_options(struct html_out *o, const struct column_choice *c)
{
	struct ctx *cx = o->cx;
	struct str chosen = S("-1");
	for (size_t i = 0; i < c->n_options; i++)
		if (c->options[i].selected)
			chosen = str_fmt(cx->arena, "%lld", (long long)c->options[i].at);
	chosen = form_old(o, str_c(cx->arena, c->name), chosen);
	for (size_t i = 0; i < c->n_options; i++) {
		struct str at = str_fmt(cx->arena, "%lld", (long long)c->options[i].at);
		buf_fmt(&o->b, "<option lang=\"\" value=\"%s\"%s>", at.p, str_eq(at, chosen) ? " selected" : "");
		html_text(o, c->options[i].name);
		buf_lit(&o->b, "</option>");
	}
}

/* ── what is done with it ── */

struct check_in {
	int64_t org_id, import_id;
	int64_t employee_no, name, email, mobile, organisation, designation, supervisor, from, left, language;
	bool complete;
};
#define COLUMN(member, text) FIELD(check_in, member, F_INT, .label = text, .min = -1, .max = CSV_FIELDS_MAX - 1)
static const struct field check_in[] = {
	FIELD(check_in, org_id, F_ID, .must = true),
	FIELD(check_in, import_id, F_ID, .must = true),
	COLUMN(employee_no, N_("Employee number")),
	COLUMN(name, N_("Name")),
	COLUMN(email, N_("E-mail")),
	COLUMN(mobile, N_("Mobile number")),
	COLUMN(organisation, N_("Organisation (code or name)")),
	COLUMN(designation, N_("Designation (code or name)")),
	COLUMN(supervisor, N_("Supervisor (employee number)")),
	COLUMN(from, N_("In this post since")),
	COLUMN(left, N_("Left on (last day)")),
	COLUMN(language, N_("Language (en or hi)")),
	FIELD(check_in, complete, F_BOOL),
	FIELD_END,
};

static enum err check_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct check_in *in = input;
	const int64_t at[STAFF_FIELDS] = { in->employee_no, in->name, in->email, in->mobile, in->organisation, in->designation, in->supervisor, in->from, in->left, in->language };
	struct people_import_one_row i;
	struct strs head = { 0 };
	struct staff_map m;
	(void)state;
	(void)a;
	TRY(find(cx, in->org_id, in->import_id, &i));
	people_import_kept_head(cx, i.head, &head);
	for (int f = 0; f < STAFF_FIELDS; f++) {
		m.at[f] = at[f] == NONE ? -1 : (int)at[f];
		if (m.at[f] >= (int)head.n)
			return fail(cx, ERR_INVALID, staff_columns[f].name, N_("is a column that this list does not have"));
		for (int k = 0; k < f; k++)
			if (m.at[f] >= 0 && m.at[k] == m.at[f])
				return fail(cx, ERR_INVALID, staff_columns[f].name, N_("is a column that is used already"));
	}
	return people_import_check(cx, in->import_id, &m, in->complete);
}

struct apply_in {
	int64_t org_id, import_id;
	struct str refused;
};
static const struct choice refused_choices[] = {
	{ "skip", N_("Carry out the other rows; I correct the refused ones later") },
	{ "nothing", N_("Carry out nothing unless every row is right") },
	{ NULL, NULL },
};
static const struct field apply_in[] = {
	FIELD(apply_in, org_id, F_ID, .must = true),
	FIELD(apply_in, import_id, F_ID, .must = true),
	FIELD(apply_in, refused, F_CHOICE, .label = N_("Rows are refused. What shall happen?"), .choices = refused_choices),
	FIELD_END,
};

static enum err apply_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct apply_in *in = input;
	struct people_import_one_row i;
	(void)state;
	(void)a;
	TRY(find(cx, in->org_id, in->import_id, &i));
	return people_import_apply(cx, in->import_id, str_is(in->refused, "nothing"));
}

static enum err undo_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct people_import_one_row i;
	(void)state;
	(void)a;
	TRY(find(cx, in->org_id, in->import_id, &i));
	return people_import_undo(cx, in->import_id);
}

static enum err stop_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct people_import_one_row i;
	(void)state;
	(void)a;
	TRY(find(cx, in->org_id, in->import_id, &i));
	return people_import_stop(cx, in->import_id);
}

struct file_in {
	int64_t org_id, import_id;
	struct str file;
};
static const struct field file_in[] = {
	FIELD(file_in, org_id, F_ID, .must = true),
	FIELD(file_in, import_id, F_ID, .must = true),
	FIELD(file_in, file, F_TEXT, .must = true, .max = 40),
	FIELD_END,
};

static enum err file_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct file_in *in = input;
	struct people_import_one_row i;
	bool known = str_is(in->file, "refused.csv") || str_is(in->file, "changes.csv");
	(void)state;
	TRY(find(cx, in->org_id, in->import_id, &i));
	const char *path = known ? people_import_file(cx, i.id, str_c(cx->arena, in->file)) : NULL;
	if (!path || i.checked_at == NONE || access(path, R_OK) != 0)
		return fail(cx, ERR_NOT_FOUND, "", N_("This file is not there. It is kept for 30 days after the check."));
	a->type = "text/csv; charset=utf-8";
	a->file = str_of(path);
	a->filename = in->file;
	return OK;
}

#define ONE "/orgs/{org_id}/imports/{import_id}"
const struct action people_import_actions[] = {
	{ .name = "people_import.list", .method = GET, .page = "/orgs/{org_id}/imports", .api = "/api/v1/orgs/{org_id}/imports", .may = MAY_PEOPLE_MANAGE, .scope = SCOPE_ORG,
	  .in = list_in, .in_size = sizeof(struct list_in), .out = item_out, .out_list = true, .run = list_run, .html = imports_view,
	  .summary = "The staff lists that were brought for an organisation." },
	{ .name = "people_import.add", .method = POST, .page = "/orgs/{org_id}/imports", .api = "/api/v1/orgs/{org_id}/imports", .may = MAY_PEOPLE_MANAGE, .scope = SCOPE_ORG,
	  .in = add_in, .in_size = sizeof(struct add_in), .out = added_out, .run = add_run, .form = "people_import.list", .then = "/orgs/{org_id}/imports", .upload = true,
	  .max_body = IMPORT_BYTES_MAX, .summary = "Brings a staff list (CSV); nothing is changed yet." },
	{ .name = "people_import.show", .method = GET, .page = ONE, .api = "/api/v1" ONE, .may = MAY_PEOPLE_MANAGE, .scope = SCOPE_ORG, .in = one_in,
	  .in_size = sizeof(struct one_in), .out = one_out, .run = show_run, .html = import_view, .summary = "A staff list: how far it is and what it changes." },
	{ .name = "people_import.check", .method = POST, .page = ONE "/check", .api = "/api/v1" ONE "/check", .may = MAY_PEOPLE_MANAGE, .scope = SCOPE_ORG, .in = check_in,
	  .in_size = sizeof(struct check_in), .run = check_run, .form = "people_import.show", .then = ONE, .summary = "Checks a staff list with these columns; changes nothing." },
	{ .name = "people_import.apply", .method = POST, .page = ONE "/apply", .api = "/api/v1" ONE "/apply", .may = MAY_PEOPLE_MANAGE, .scope = SCOPE_ORG, .in = apply_in,
	  .in_size = sizeof(struct apply_in), .run = apply_run, .form = "people_import.show", .then = ONE, .summary = "Carries out a checked staff list." },
	{ .name = "people_import.undo", .method = POST, .page = ONE "/undo", .api = "/api/v1" ONE "/undo", .may = MAY_PEOPLE_MANAGE, .scope = SCOPE_ORG, .in = one_in,
	  .in_size = sizeof(struct one_in), .run = undo_run, .form = "people_import.show", .then = ONE, .summary = "Takes back a staff list that was carried out." },
	{ .name = "people_import.stop", .method = POST, .page = ONE "/stop", .api = "/api/v1" ONE "/stop", .may = MAY_PEOPLE_MANAGE, .scope = SCOPE_ORG, .in = one_in,
	  .in_size = sizeof(struct one_in), .run = stop_run, .form = "people_import.show", .then = ONE, .summary = "Stops what is being done with a staff list." },
	{ .name = "people_import.file", .method = GET, .page = ONE "/files/{file}", .may = MAY_PEOPLE_MANAGE, .scope = SCOPE_ORG, .in = file_in,
	  .in_size = sizeof(struct file_in), .run = file_run, .summary = "The refused rows or the changes of a staff list, as CSV." },
	ACTION_END,
};
