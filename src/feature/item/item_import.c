/* Files of items, looked at, carried out, taken back; see item_import.h. */
#include "feature/item/item_import.h"
#include "base/json.h"
#include "feature/item/item_beside.h"

#include <jansson.h>

enum { UNDO_MAX = 4 << 20 };

/* ── the look ── */

static struct item_report report_of(struct ctx *cx, const struct item_file *file, const struct item_beside *v, size_t n)
{
	struct item_report r = { .lang = file->lang };
	for (size_t i = 0; i < n; i++) {
		const struct item_beside *b = &v[i];
		*ARENA_PUSH(cx->arena, r.lines, r.n_lines) =
			(struct item_change_line){ b->item.id ? b->item.id : NONE, b->settled.name, str_of(question_kind_name(b->q->kind)), b->fate, b->why };
		r.n[b->fate]++;
	}
	for (size_t i = 0; i < file->findings.n; i++) {
		const struct finding *f = &file->findings.v[i];
		struct item_fault *x = ARENA_PUSH(cx->arena, r.faults, r.n_faults);
		*x = (struct item_fault){ .file = f->file, .line = f->line, .text = f->text, .n_args = f->n_args };
		for (size_t k = 0; k < f->n_args; k++)
			x->args[k] = f->args[k];
	}
	return r;
}

static int64_t faults(const struct item_report *r)
{
	return (int64_t)(r->n_faults + r->n[FATE_LEFT]);
}

enum err item_import_look(struct ctx *cx, int64_t org_id, const struct item_file *file, int64_t *ret_id)
{
	struct item_beside *v;
	size_t n;
	TRY(item_beside(cx, org_id, &file->questions, &v, &n));
	struct item_report r = report_of(cx, file, v, n);
	*ret_id = new_id(cx);
	return item_sql_add_import(cx, *ret_id, org_id, cx->actor.person_id, cx->now, file->name, str_of(file->format), file->bytes, (int64_t)r.n[FATE_NEW],
				   (int64_t)r.n[FATE_CHANGED], (int64_t)r.n[FATE_SAME], faults(&r), item_report_write(cx, &r), NULL);
}

enum err item_import_one(struct ctx *cx, int64_t org_id, int64_t id, struct item_import_of_row *ret, struct item_report *ret_report)
{
	bool found = false;
	TRY(item_sql_import_of(cx, id, org_id, ret, &found));
	return found ? item_report_read(cx, ret->report, ret_report) : fail(cx, ERR_NOT_FOUND, "import_id", N_("There is no such file here."));
}

enum err item_import_again(struct ctx *cx, int64_t org_id, int64_t id, struct item_file *ret)
{
	struct item_import_of_row row;
	struct item_import_file_row file;
	struct item_report report;
	bool found = false;
	TRY(item_import_one(cx, org_id, id, &row, &report));
	TRY(item_sql_import_file(cx, id, org_id, &file, &found));
	item_file_read(cx, row.name, file.file, report.lang, ret);
	return OK;
}

/* ── carrying out ── */

/* What is needed to take one change back. */
struct undo {
	int64_t id, was, now; /* was 0: the item is new */
	struct str status;    /* as it was */
	struct item_tests tests;
};

static void write_undo(struct json_out *j, const struct undo *u)
{
	jw_open(j, '{');
	jw_key(j, "id");
	jw_id(j, u->id);
	jw_key(j, "was");
	jw_int(j, u->was);
	jw_key(j, "now");
	jw_int(j, u->now);
	jw_key(j, "status");
	jw_str(j, u->status);
	jw_key(j, "competency_id");
	jw_id(j, u->tests.competency_id);
	jw_key(j, "level");
	jw_int(j, u->tests.level);
	jw_key(j, "bloom");
	jw_str(j, u->tests.bloom);
	jw_key(j, "source");
	jw_str(j, u->tests.source);
	jw_close(j, '}');
}

static enum err bring_new(struct ctx *cx, int64_t org_id, struct item_beside *v, size_t at, struct undo *u)
{
	struct item_beside *b = &v[at];
	struct question q = b->settled;
	/* Its questions stand behind it in the list. */
	q.n_parts = 0;
	struct item_add add = { .org_id = org_id, .q = &q, .tests = b->tests, .case_id = b->whole == at ? NONE : v[b->whole].item.id, .why = S("") };
	TRY(item_add(cx, &add, &b->item.id));
	*u = (struct undo){ .id = b->item.id, .now = 1, .status = S(""), .tests = { NONE, 0, S(""), S("") } };
	return OK;
}

static enum err bring_change(struct ctx *cx, int64_t org_id, struct item_beside *b, struct str why, struct undo *u)
{
	const struct item_one_row *i = &b->item;
	*u = (struct undo){ i->id, i->version, i->version, i->status, { i->competency_id, i->level, i->bloom, i->source } };
	if (b->differs)
		TRY(item_change(cx, &(struct item_change){ org_id, i->id, i->version, &b->settled, why }, &u->now));
	return b->tests_differ ? item_classify(cx, org_id, i->id, &b->tests, true) : OK;
}

static enum err send_drafts(struct ctx *cx, int64_t org_id, const struct item_beside *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct item_one_row item;
		struct item_standing s;
		if (v[i].whole != i || v[i].fate == FATE_LEFT || !v[i].item.id)
			continue;
		TRY(item_one(cx, org_id, v[i].item.id, &item));
		TRY(item_standing(cx, &item, &s));
		if (s.drafts && !s.refused && (item.n_parts || !str_is(item.kind, "case")))
			TRY(item_send(cx, org_id, item.id));
	}
	return OK;
}

static enum err need_looked(struct ctx *cx, const struct item_import_of_row *row)
{
	return str_is(row->state, "looked") ? OK : fail(cx, ERR_CONFLICT, "", N_("This file has been carried out."));
}

enum err item_import_apply(struct ctx *cx, int64_t org_id, int64_t id, const struct item_file *file, bool send)
{
	struct item_import_of_row row;
	struct item_report report;
	struct item_beside *v;
	struct undo u;
	struct buf b;
	struct json_out j = { .b = &b };
	size_t n;
	TRY(item_import_one(cx, org_id, id, &row, &report));
	TRY(need_looked(cx, &row));
	TRY(item_beside(cx, org_id, &file->questions, &v, &n));
	buf_init(&b, cx->arena, UNDO_MAX);
	jw_open(&j, '[');
	for (size_t i = 0; i < n; i++) {
		if (v[i].fate == FATE_NEW)
			TRY(bring_new(cx, org_id, v, i, &u));
		else if (v[i].fate == FATE_CHANGED)
			TRY(bring_change(cx, org_id, &v[i], row.name, &u));
		else
			continue;
		write_undo(&j, &u);
	}
	jw_close(&j, ']');
	if (b.full)
		return fail(cx, ERR_TOO_LARGE, "", N_("The file changes too much at once; divide it."));
	if (send)
		TRY(send_drafts(cx, org_id, v, n));
	report = report_of(cx, file, v, n);
	return item_sql_import_done(cx, (int64_t)report.n[FATE_NEW], (int64_t)report.n[FATE_CHANGED], (int64_t)report.n[FATE_SAME], faults(&report),
				    item_report_write(cx, &report), buf_get(&b), id, NULL);
}

/* ── taking back ── */

static struct str text_in(struct ctx *cx, const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);
	return json_is_string(v) ? str_dup(cx->arena, (struct str){ json_string_value(v), json_string_length(v) }) : S("");
}

static enum err read_undo(struct ctx *cx, struct str json, struct undo **ret, size_t *ret_n)
{
	json_t *root = json_loadb(json.p ? json.p : "", json.n, 0, NULL), *o;
	struct undo *v = NULL;
	size_t n = 0, i;
	bool good = json_is_array(root);
	json_array_foreach (root, i, o) {
		struct undo *u = ARENA_PUSH(cx->arena, v, n);
		*u = (struct undo){ .was = json_integer_value(json_object_get(o, "was")), .now = json_integer_value(json_object_get(o, "now")),
				    .status = text_in(cx, o, "status"),
				    .tests = { NONE, json_integer_value(json_object_get(o, "level")), text_in(cx, o, "bloom"), text_in(cx, o, "source") } };
		good = good && str_int(text_in(cx, o, "id"), &u->id);
		(void)str_int(text_in(cx, o, "competency_id"), &u->tests.competency_id);
	}
	json_decref(root);
	*ret = v;
	*ret_n = n;
	return good ? OK : ERR_INTERNAL;
}

static enum err is_reviewed(struct ctx *cx, int64_t item_id, int64_t version, bool *ret)
{
	struct item_reviews_of_row *r;
	size_t n;
	*ret = false;
	TRY(item_sql_reviews_of(cx, item_id, &r, &n));
	for (size_t i = 0; i < n; i++)
		*ret |= r[i].version == version;
	return OK;
}

static enum err take_away(struct ctx *cx, const struct item_one_row *item, const char **ret_why)
{
	struct item_in_forms_row forms;
	struct item_parts_row *parts;
	size_t n;
	TRY(item_sql_in_forms(cx, item->id, &forms));
	TRY(item_sql_parts(cx, item->id, &parts, &n));
	*ret_why = forms.n ? N_("A form holds it; it stays.") : item->version > 1 ? N_("Somebody has written a newer version since; it stays.") :
		   n ? N_("It has questions that did not come with this file; it stays.") : NULL;
	if (*ret_why)
		return OK;
	TRY(item_sql_drop_reviews_of(cx, item->id, NULL));
	TRY(item_sql_drop_enemies_of(cx, item->id, NULL));
	TRY(item_sql_drop_texts(cx, item->id, 1, NULL));
	TRY(item_sql_drop_versions(cx, item->id, 1, NULL));
	return item_sql_drop(cx, item->id, NULL);
}

/* As if the version had never come; where reviewers have spoken of it, the former one once more. */
static enum err give_back(struct ctx *cx, int64_t org_id, const struct item_one_row *item, const struct undo *u, const char **ret_why)
{
	struct question was;
	bool reviewed = false;
	int64_t version;
	*ret_why = NULL;
	if (item->version != u->now) {
		*ret_why = N_("Somebody has written a newer version since; it stays.");
		return OK;
	}
	TRY(item_classify(cx, org_id, item->id, &u->tests, true));
	if (u->now == u->was)
		return OK;
	TRY(is_reviewed(cx, item->id, u->now, &reviewed));
	if (!reviewed && item->live_version < u->now) {
		TRY(item_sql_drop_texts(cx, item->id, u->now, NULL));
		TRY(item_sql_drop_versions(cx, item->id, u->now, NULL));
		return item_sql_set_version(cx, u->was, str_is(item->status, "retired") ? item->status : u->status, cx->now, item->id, NULL);
	}
	*ret_why = N_("Reviewers have spoken of the version of this file; the former one is written once more behind it and waits for them.");
	TRY(item_question(cx, item, u->was, &was, NULL));
	TRY(item_picture(cx, item->id, u->was, &was));
	return item_change(cx, &(struct item_change){ org_id, item->id, item->version, &was, S("") }, &version);
}

static enum err undo_one(struct ctx *cx, int64_t org_id, const struct undo *u, struct item_report *left)
{
	struct item_one_row item;
	const char *why = NULL;
	bool found = false;
	TRY(item_sql_one(cx, u->id, org_id, &item, &found));
	if (!found)
		return OK;
	TRY(u->was ? give_back(cx, org_id, &item, u, &why) : take_away(cx, &item, &why));
	if (why)
		*ARENA_PUSH(cx->arena, left->lines, left->n_lines) = (struct item_change_line){ item.id, item.code, item.kind, FATE_LEFT, why };
	return OK;
}

enum err item_import_undo(struct ctx *cx, int64_t org_id, int64_t id)
{
	struct item_import_of_row row;
	struct item_report report, left = { 0 };
	struct undo *v;
	size_t n;
	TRY(item_import_one(cx, org_id, id, &row, &report));
	if (!str_is(row.state, "done"))
		return fail(cx, ERR_CONFLICT, "", N_("Only a file that was carried out can be taken back."));
	TRY(read_undo(cx, row.undo, &v, &n));
	left.lang = report.lang;
	/* Backwards: questions go before their case. */
	for (size_t i = n; i-- > 0;)
		TRY(undo_one(cx, org_id, &v[i], &left));
	return item_sql_import_undone(cx, item_report_write(cx, &left), id, NULL);
}
