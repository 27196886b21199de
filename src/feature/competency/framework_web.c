/* Frameworks of an organisation: files brought in, looked at, carried out, taken back. */
#include "feature/competency/competency.h"
#include "feature/competency/framework_items.h"
#include "feature/org/org.h"
#include "framework_import_html.h"
#include "frameworks_html.h"
#include "web/action.h"
#include "web/lang.h"

#include <stdio.h>

enum { SHOWN_MAX = 500 };

struct org_in {
	int64_t org_id;
};
static const struct field org_in[] = { FIELD(org_in, org_id, F_ID, .must = true), FIELD_END };
static const struct field import_out[] = {
	FIELD(framework_import_item, id, F_ID),	      FIELD(framework_import_item, code, F_TEXT),     FIELD(framework_import_item, file_name, F_TEXT),
	FIELD(framework_import_item, state, F_TEXT),  FIELD(framework_import_item, from_day, F_DATE), FIELD(framework_import_item, made_at, F_TIME),
	FIELD_END,
};

static enum err page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct frameworks_page *v = ARENA_NEW(cx->arena, struct frameworks_page);
	struct competency_imports_row *r;
	(void)state;
	v->org_id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(framework_items(cx, in->org_id, &v->frameworks, &v->n_frameworks));
	TRY(competency_sql_imports(cx, in->org_id, &r, &v->n_imports));
	v->imports = ARENA_ARRAY(cx->arena, struct framework_import_item, v->n_imports);
	for (size_t i = 0; i < v->n_imports; i++)
		v->imports[i] = (struct framework_import_item){ r[i].id, in->org_id, r[i].from_day, r[i].made_at, r[i].code, r[i].file_name, r[i].state, r[i].by_name };
	ANSWER_ROWS(a, v->imports, v->n_imports);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Frameworks of competencies"));
	return OK;
}

/* ── bringing one in ── */

struct add_in {
	int64_t org_id, from_day;
	struct str file, file_name, code;
};
static const struct field add_in[] = {
	FIELD(add_in, org_id, F_ID, .must = true),
	FIELD(add_in, file, F_TEXT, .label = N_("The file"), .hint = N_("CSV, or a package of CASE 1.1 (JSON); up to 8 MB. It holds the whole framework."), .must = true,
	      .max = 4000),
	FIELD(add_in, file_name, F_TEXT, .max = 200),
	FIELD(add_in, code, F_TEXT, .label = N_("Code of the framework"), .hint = N_("Only for a package of CASE, which has none; made of its title when left empty."),
	      .max = FRAMEWORK_CODE_MAX),
	FIELD(add_in, from_day, F_DATE, .label = N_("In force from"), .hint = N_("Today when left empty.")),
	FIELD_END,
};
struct added {
	int64_t id;
};
static const struct field added_out[] = { FIELD(added, id, F_ID), FIELD_END };

static enum err read_file(struct ctx *cx, struct str path, struct str *ret)
{
	FILE *f = fopen(str_c(cx->arena, path), "rb");
	struct buf b;
	if (!f)
		return ERR_UNAVAILABLE;
	buf_init(&b, cx->arena, FRAMEWORK_BYTES_MAX);
	bool whole = buf_read(&b, f);
	fclose(f);
	if (b.full)
		return fail(cx, ERR_INVALID, "file", N_("is larger than 8 MB"));
	*ret = buf_get(&b);
	return whole ? OK : ERR_UNAVAILABLE;
}

static enum err add_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct add_in *in = input;
	struct framework_add *add = ARENA_NEW(cx->arena, struct framework_add);
	*add = (struct framework_add){ in->org_id, in->file_name.n ? in->file_name : S("framework"), S(""), in->code, in->from_day };
	*ret_state = add;
	return read_file(cx, in->file, &add->text);
}

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct add_in *in = input;
	struct added *row = ARENA_NEW(cx->arena, struct added);
	TRY(framework_check(cx, state, &row->id));
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/orgs/%lld/frameworks/%lld", (long long)in->org_id, (long long)row->id);
	return OK;
}

/* ── looking at it ── */

struct one_in {
	int64_t org_id, file_id;
};
static const struct field one_in[] = { FIELD(one_in, org_id, F_ID, .must = true), FIELD(one_in, file_id, F_ID, .must = true), FIELD_END };
static const struct field change_out[] = {
	FIELD(framework_change_view, kind, F_TEXT), FIELD(framework_change_view, code, F_TEXT),	       FIELD(framework_change_view, name, F_TEXT),
	FIELD(framework_change_view, what, F_TEXT), FIELD(framework_change_view, n_courses, F_INT), FIELD_END,
};

static const struct {
	const char *code, *name;
} kinds[CHANGE_KINDS] = { { "added", N_("new") }, { "changed", N_("changed") }, { "ended", N_("ends") }, { "returned", N_("is back") } };

static struct str in_words(struct ctx *cx, struct str what)
{
	static const struct {
		const char *code, *name;
	} parts[] = { { "name", N_("name") }, { "about", N_("description") }, { "indicators", N_("indicators") }, { "place", N_("its place") }, { "owner", N_("owner") },
		      { "links", N_("links") } };
	struct str word;
	struct buf b;
	buf_init(&b, cx->arena, 400);
	while (str_cut(&what, ' ', &word))
		for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
			if (str_is(word, parts[i].code))
				buf_fmt(&b, "%s%s", b.n ? ", " : "", tr(cx->lang, parts[i].name));
	return buf_get(&b);
}

static void put_diff(struct ctx *cx, struct framework_import_page *v, const struct framework_diff *d)
{
	v->is_new = d->added;
	v->n_added = (int64_t)d->n[CHANGE_ADDED];
	v->n_changed = (int64_t)d->n[CHANGE_CHANGED];
	v->n_ended = (int64_t)d->n[CHANGE_ENDED];
	v->n_returned = (int64_t)d->n[CHANGE_RETURNED];
	v->n_unchanged = (int64_t)d->n_unchanged;
	v->n_changes = d->n_changes < SHOWN_MAX ? d->n_changes : SHOWN_MAX;
	v->more = (int64_t)(d->n_changes - v->n_changes);
	v->changes = ARENA_ARRAY(cx->arena, struct framework_change_view, v->n_changes);
	for (size_t i = 0; i < v->n_changes; i++) {
		const struct framework_change *c = &d->v[i];
		v->changes[i] = (struct framework_change_view){ str_of(kinds[c->kind].code), str_of(tr(cx->lang, kinds[c->kind].name)), c->code, c->name, in_words(cx, c->what),
								c->competency_id, c->n_courses };
	}
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct framework_import_page *v = ARENA_NEW(cx->arena, struct framework_import_page);
	struct competency_import_of_row i;
	struct framework_diff d = { 0 };
	size_t shown = cx->n_failures;
	(void)state;
	TRY(framework_look(cx, in->org_id, in->file_id, &i, &d, &v->problem));
	TRY(org_called(cx, in->org_id, &v->org));
	v->org_id = in->org_id;
	v->id = i.id;
	v->from_day = i.from_day;
	v->made_at = i.made_at;
	v->applied_at = i.applied_at;
	v->undone_at = i.undone_at;
	v->code = i.code;
	v->file_name = i.file_name;
	v->state = i.state;
	for (size_t k = shown; k < cx->n_failures; k++)
		*ARENA_PUSH(cx->arena, v->problems, v->n_problems) = msg_text(cx, cx->failures[k].text, cx->failures[k].n_args, cx->failures[k].args);
	cx->n_failures = shown;
	put_diff(cx, v, &d);
	v->may_apply = str_is(i.state, "checked") && !v->problem && (v->n_changes || v->is_new);
	v->may_undo = str_is(i.state, "applied");
	ANSWER_ROWS(a, v->changes, v->n_changes);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->file_name;
	return OK;
}

static enum err apply_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct framework_diff d;
	(void)state;
	(void)a;
	return framework_apply(cx, in->org_id, in->file_id, &d);
}

static enum err undo_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return framework_undo(cx, in->org_id, in->file_id);
}

#define ONE "/orgs/{org_id}/frameworks/{file_id}"
const struct action framework_actions[] = {
	{ .name = "framework.page",
	  .method = GET,
	  .page = "/orgs/{org_id}/frameworks",
	  .api = "/api/v1/orgs/{org_id}/frameworks",
	  .may = MAY_COMPETENCY_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = org_in,
	  .in_size = sizeof(struct org_in),
	  .out = import_out,
	  .out_list = true,
	  .run = page_run,
	  .html = frameworks_view,
	  .summary = "The files of frameworks that an organisation brought in." },
	{ .name = "framework.add",
	  .method = POST,
	  .page = "/orgs/{org_id}/frameworks",
	  .api = "/api/v1/orgs/{org_id}/frameworks",
	  .may = MAY_COMPETENCY_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = add_in,
	  .in_size = sizeof(struct add_in),
	  .out = added_out,
	  .prepare = add_prepare,
	  .run = add_run,
	  .form = "framework.page",
	  .then = "/orgs/{org_id}/frameworks",
	  .upload = true,
	  .max_body = FRAMEWORK_BYTES_MAX + 64 * 1024,
	  .summary = "Brings in the file of a framework (CSV or CASE 1.1) and looks at what it changes; nothing is changed yet." },
	{ .name = "framework.show",
	  .method = GET,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  .may = MAY_COMPETENCY_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .out = change_out,
	  .out_list = true,
	  .run = show_run,
	  .html = framework_import_view,
	  .summary = "What a file changes, and whom it concerns." },
	{ .name = "framework.apply",
	  .method = POST,
	  .page = ONE "/apply",
	  .api = "/api/v1" ONE "/apply",
	  .may = MAY_COMPETENCY_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .run = apply_run,
	  .form = "framework.show",
	  .then = ONE,
	  .notice = N_("The framework is as the file says."),
	  .summary = "Carries out a file that was looked at." },
	{ .name = "framework.undo",
	  .method = POST,
	  .page = ONE "/undo",
	  .api = "/api/v1" ONE "/undo",
	  .may = MAY_COMPETENCY_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .run = undo_run,
	  .form = "framework.show",
	  .then = ONE,
	  .notice = N_("The framework is as it was before this file."),
	  .summary = "Takes back a file that was carried out, until the framework changes again." },
	ACTION_END,
};
