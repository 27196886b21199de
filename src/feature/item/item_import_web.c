/* Files of items in the browser and over the API: brought in, looked at, carried out, taken back; and the bank taken out. */
#include "feature/item/item_import.h"
#include "feature/item/item_words.h"
#include "feature/org/org.h"
#include "item_import_html.h"
#include "item_imports_html.h"
#include "web/action.h"
#include "web/lang.h"

#include <stdio.h>

enum { LINES_SHOWN = 500 };

/* ── the files of an organisation ── */

struct org_in {
	int64_t org_id;
};
static const struct field org_in[] = { FIELD(org_in, org_id, F_ID, .must = true), FIELD_END };
static const struct field file_out[] = {
	FIELD(item_import_line, id, F_ID),	    FIELD(item_import_line, name, F_TEXT),    FIELD(item_import_line, format, F_TEXT),
	FIELD(item_import_line, state, F_TEXT),	    FIELD(item_import_line, n_new, F_INT),    FIELD(item_import_line, n_changed, F_INT),
	FIELD(item_import_line, n_same, F_INT),	    FIELD(item_import_line, n_faults, F_INT), FIELD(item_import_line, at, F_TIME),
	FIELD_END,
};

static enum err page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct item_imports_page *v = ARENA_NEW(cx->arena, struct item_imports_page);
	struct item_imports_row *r;
	(void)state;
	v->org_id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(item_sql_imports(cx, in->org_id, &r, &v->n_files));
	v->files = ARENA_ARRAY(cx->arena, struct item_import_line, v->n_files);
	for (size_t i = 0; i < v->n_files; i++)
		v->files[i] = (struct item_import_line){ r[i].id, in->org_id, r[i].at, r[i].n_new, r[i].n_changed, r[i].n_same, r[i].n_faults,
							 r[i].name, r[i].format, r[i].state, r[i].by_name };
	ANSWER_ROWS(a, v->files, v->n_files);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Files of items"));
	return OK;
}

struct add_in {
	int64_t org_id;
	struct str file, file_name, lang;
};
static const struct field add_in[] = {
	FIELD(add_in, org_id, F_ID, .must = true),
	FIELD(add_in, file, F_TEXT, .label = N_("The file"), .hint = N_("QTI (an item, or a package), Moodle XML, GIFT or CSV; up to 12 MB and 2,000 questions."),
	      .must = true, .max = 4000),
	FIELD(add_in, file_name, F_TEXT, .max = 200),
	FIELD(add_in, lang, F_CHOICE, .label = N_("Language, where the file does not say it"), .choices = item_langs),
	FIELD_END,
};
struct added {
	int64_t id;
};
static const struct field added_out[] = { FIELD(added, id, F_ID), FIELD_END };

static enum err add_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct add_in *in = input;
	struct item_file *file = ARENA_NEW(cx->arena, struct item_file);
	FILE *f = fopen(str_c(cx->arena, in->file), "rb");
	struct buf b;
	if (!f)
		return ERR_UNAVAILABLE;
	buf_init(&b, cx->arena, ITEM_FILE_MAX);
	bool whole = buf_read(&b, f);
	fclose(f);
	if (b.full)
		return fail(cx, ERR_INVALID, "file", N_("is larger than 12 MB"));
	item_file_read(cx, in->file_name.n ? in->file_name : S("items"), buf_get(&b), in->lang.n ? in->lang : S("en"), file);
	*ret_state = file;
	return whole ? OK : ERR_UNAVAILABLE;
}

static struct str file_at(struct ctx *cx, int64_t org_id, int64_t id)
{
	return str_fmt(cx->arena, "/orgs/%lld/item-imports/%lld", (long long)org_id, (long long)id);
}

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct add_in *in = input;
	struct added *row = ARENA_NEW(cx->arena, struct added);
	TRY(item_import_look(cx, in->org_id, state, &row->id));
	ANSWER_ROW(a, row);
	a->then = file_at(cx, in->org_id, row->id);
	return OK;
}

/* ── one file ── */

struct one_in {
	int64_t org_id, import_id;
	bool send;
};
static const struct field one_in[] = { FIELD(one_in, org_id, F_ID, .must = true), FIELD(one_in, import_id, F_ID, .must = true), FIELD_END };
static const struct field apply_in[] = { FIELD(one_in, org_id, F_ID, .must = true), FIELD(one_in, import_id, F_ID, .must = true),
					 FIELD(one_in, send, F_BOOL), FIELD_END };
static const struct field change_out[] = {
	FIELD(item_import_change, code, F_TEXT), FIELD(item_import_change, change, F_TEXT), FIELD(item_import_change, item_id, F_ID),
	FIELD(item_import_change, why, F_TEXT),	 FIELD_END,
};

static const struct {
	const char *code, *name;
} fates[] = { [FATE_NEW] = { "new", N_("new") }, [FATE_CHANGED] = { "changed", N_("changed") }, [FATE_SAME] = { "same", N_("unchanged") },
	      [FATE_LEFT] = { "left", N_("left out") } };

static void put_lines(struct ctx *cx, const struct item_report *r, struct item_import_page *v)
{
	for (size_t i = 0; i < r->n_lines; i++) {
		const struct item_change_line *l = &r->lines[i];
		if ((l->fate == FATE_SAME && !l->why) || v->n_changes == LINES_SHOWN)
			continue;
		*ARENA_PUSH(cx->arena, v->changes, v->n_changes) = (struct item_import_change){
			l->item_id, v->org_id, l->code, str_of(fates[l->fate].code), str_of(tr(cx->lang, fates[l->fate].name)),
			item_called(cx, item_kinds, l->kind), l->why ? str_of(tr(cx->lang, l->why)) : S("") };
	}
	for (size_t i = 0; i < r->n_faults; i++)
		*ARENA_PUSH(cx->arena, v->faults, v->n_fault_lines) = (struct item_import_fault){
			r->faults[i].line, r->faults[i].file, msg_text(cx, r->faults[i].text, r->faults[i].n_args, r->faults[i].args) };
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct item_import_page *v = ARENA_NEW(cx->arena, struct item_import_page);
	struct item_import_of_row row;
	struct item_report report;
	(void)state;
	TRY(item_import_one(cx, in->org_id, in->import_id, &row, &report));
	*v = (struct item_import_page){ .id = row.id, .org_id = in->org_id, .at = row.at, .n_new = row.n_new, .n_changed = row.n_changed, .n_same = row.n_same,
					.n_faults = row.n_faults, .name = row.name, .format = row.format, .state = row.state,
					.is_done = str_is(row.state, "done"), .is_undone = str_is(row.state, "undone") };
	TRY(org_called(cx, in->org_id, &v->org));
	put_lines(cx, &report, v);
	v->nothing = !row.n_new && !row.n_changed;
	v->may_apply = str_is(row.state, "looked") && !v->nothing;
	v->may_undo = v->is_done;
	ANSWER_ROWS(a, v->changes, v->n_changes);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->name;
	return OK;
}

static enum err apply_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct one_in *in = input;
	struct item_file *file = ARENA_NEW(cx->arena, struct item_file);
	*ret_state = file;
	return item_import_again(cx, in->org_id, in->import_id, file);
}

static enum err apply_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)a;
	return item_import_apply(cx, in->org_id, in->import_id, state, in->send);
}

static enum err undo_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return item_import_undo(cx, in->org_id, in->import_id);
}

/* ── taken out ── */

struct export_in {
	int64_t org_id, competency_id, level;
	struct str status, kind, format;
};
static const struct choice formats[] = { { "qti", N_("QTI 3.0 package") }, { "csv", N_("CSV") }, { NULL, NULL } };
static const struct field export_in[] = {
	FIELD(export_in, org_id, F_ID, .must = true),
	FIELD(export_in, competency_id, F_ID),
	FIELD(export_in, level, F_INT, .max = 10),
	FIELD(export_in, status, F_CHOICE, .choices = item_statuses),
	FIELD(export_in, kind, F_CHOICE, .choices = item_kinds),
	FIELD(export_in, format, F_CHOICE, .must = true, .choices = formats),
	FIELD_END,
};

/* The file is made outside of the writing transaction, which notes that it was taken. */
static enum err export_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct export_in *in = input;
	struct str *bytes = ARENA_NEW(cx->arena, struct str);
	int64_t n;
	*ret_state = bytes;
	return item_export(cx, &(struct item_filter_in){ in->org_id, in->competency_id, in->level, in->status, in->kind }, str_is(in->format, "csv"), bytes, &n);
}

static enum err export_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct export_in *in = input;
	const struct str *bytes = state;
	bool csv = str_is(in->format, "csv");
	(void)cx;
	a->type = csv ? "text/csv; charset=utf-8" : "application/zip";
	a->filename = csv ? S("items.csv") : S("items-qti.zip");
	a->bytes = *bytes;
	return OK;
}

#define ALL "/orgs/{org_id}/item-imports"
#define ONE ALL "/{import_id}"
#define KEEPS .may = MAY_ITEM_KEEP, .scope = SCOPE_ORG
const struct action item_import_actions[] = {
	{ .name = "item_import.page", .method = GET, .page = ALL, .api = "/api/v1" ALL, KEEPS, .in = org_in, .in_size = sizeof(struct org_in), .out = file_out,
	  .out_list = true, .run = page_run, .html = item_imports_view, .summary = "The files of items that were brought in." },
	{ .name = "item_import.add", .method = POST, .page = ALL, .api = "/api/v1" ALL, KEEPS, .in = add_in, .in_size = sizeof(struct add_in), .out = added_out,
	  .prepare = add_prepare, .run = add_run, .form = "item_import.page", .then = ALL, .upload = true, .max_body = ITEM_FILE_MAX + 64 * 1024,
	  .summary = "Brings in a file of items (QTI, Moodle XML, GIFT, CSV) and looks at what it changes; nothing is changed yet." },
	{ .name = "item_import.show", .method = GET, .page = ONE, .api = "/api/v1" ONE, KEEPS, .in = one_in, .in_size = sizeof(struct one_in),
	  .out = change_out, .out_list = true, .run = show_run, .html = item_import_view, .summary = "What a file of items changes, or changed." },
	{ .name = "item_import.apply", .method = POST, .page = ONE "/apply", .api = "/api/v1" ONE "/apply", KEEPS, .in = apply_in,
	  .in_size = sizeof(struct one_in), .prepare = apply_prepare, .run = apply_run, .form = "item_import.show", .then = ONE,
	  .notice = N_("The items are in the bank."), .summary = "Carries out a file of items: new ones are drafts, changed ones have a new version." },
	{ .name = "item_import.undo", .method = POST, .page = ONE "/undo", .api = "/api/v1" ONE "/undo", KEEPS, .in = one_in,
	  .in_size = sizeof(struct one_in), .run = undo_run, .form = "item_import.show", .then = ONE,
	  .summary = "Takes a file of items back, as far as nobody has gone on with them." },
	{ .name = "item_export.make", .method = POST, .page = "/orgs/{org_id}/item-exports", .api = "/api/v1/orgs/{org_id}/item-exports", KEEPS,
	  .in = export_in, .in_size = sizeof(struct export_in), .prepare = export_prepare, .run = export_run, .form = "item.page",
	  .summary = "The items of a filter with what is right, as a package of QTI 3.0 or as CSV; noted in the audit trail." },
	ACTION_END,
};
