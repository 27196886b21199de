/* Sheets of a group session for its host: making, printing, keying in. */
#include "feature/together/together_sheet.h"
#include "feature/together/together_sheet_pdf.h"
#include "feature/together/together_view.h"
#include "together_key_html.h"
#include "together_sheets_html.h"
#include "web/action.h"
#include "web/lang.h"

enum { SHEETS_SHOWN = 50, SHEETS_PRINTED = 200, KEYED_LINE_MAX = TOGETHER_TYPED_MAX + 10 };

struct sheets_in {
	int64_t together_id, after_n;
};
static const struct field one_in[] = { FIELD(sheets_in, together_id, F_ID, .must = true), FIELD_END };
static const struct field sheets_in[] = { FIELD(sheets_in, together_id, F_ID, .must = true), FIELD(sheets_in, after_n, F_INT, .max = 1000000), FIELD_END };
static const struct field sheet_out[] = {
	FIELD(together_sheet_item, id, F_ID),
	FIELD(together_sheet_item, n, F_INT),
	FIELD(together_sheet_item, name, F_TEXT, .personal = true),
	FIELD(together_sheet_item, done, F_BOOL),
	FIELD(together_sheet_item, passed, F_BOOL),
	FIELD(together_sheet_item, percent, F_INT),
	FIELD_END,
};

static struct together_sheet_item item_of(int64_t together_id, const struct together_sheets_row *r)
{
	return (struct together_sheet_item){ r->id, together_id, r->n, r->percent, r->name, r->employee_no, r->done_at != NONE, r->passed };
}

static enum err put_questions_of(struct ctx *cx, const struct together_session_row *s, bool *ret)
{
	struct together_standing host;
	TRY(together_standing(cx, s->host_id, s->resource_id, &host));
	*ret = host.paper_pool > 0;
	return OK;
}

static enum err sheets_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct sheets_in *in = input;
	struct together_sheets_page *v = ARENA_NEW(cx->arena, struct together_sheets_page);
	struct together_session_row s;
	struct together_sheets_row *r;
	size_t n;
	(void)state;
	TRY(together_hosted(cx, in->together_id, &s));
	TRY(together_sql_sheets(cx, s.id, in->after_n == NONE ? 0 : in->after_n, SHEETS_SHOWN + 1, &r, &n));
	TRY(put_questions_of(cx, &s, &v->proved));
	v->of = together_item(cx, &s);
	v->in_time = together_sheets_in_time(cx, &s);
	v->n_rows = n > SHEETS_SHOWN ? SHEETS_SHOWN : n;
	v->rows = ARENA_ARRAY(cx->arena, struct together_sheet_item, v->n_rows + 1);
	for (size_t i = 0; i < v->n_rows; i++) {
		v->rows[i] = item_of(s.id, &r[i]);
		v->some_open |= !v->rows[i].done;
	}
	if (n > SHEETS_SHOWN) {
		a->next = str_fmt(cx->arena, "%lld", (long long)r[SHEETS_SHOWN - 1].n);
		v->next = str_fmt(cx->arena, "/together/%lld/sheets?after_n=%.*s", (long long)s.id, STR_ARG(a->next));
	}
	ANSWER_ROWS(a, v->rows, v->n_rows);
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("Printed sheets"));
	return OK;
}

struct made_out {
	int64_t n;
};
static const struct field made_out[] = { FIELD(made_out, n, F_INT), FIELD_END };

static enum err make_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct sheets_in *in = input;
	struct made_out *row = ARENA_NEW(cx->arena, struct made_out);
	struct together_session_row s;
	(void)state;
	TRY(together_hosted(cx, in->together_id, &s));
	TRY(together_sheets_make(cx, &s, &row->n));
	ANSWER_ROW(a, row);
	return OK;
}

/* ── on paper ── */

static enum err print_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct sheets_in *in = input;
	struct str *pdf = ARENA_NEW(cx->arena, struct str);
	struct together_paper *v;
	struct together_session_row s;
	struct together_sheets_row *r;
	size_t n, kept = 0;
	TRY(together_hosted(cx, in->together_id, &s));
	TRY(together_sql_sheets(cx, s.id, 0, SHEETS_PRINTED, &r, &n));
	v = ARENA_ARRAY(cx->arena, struct together_paper, n + 1);
	for (size_t i = 0; i < n; i++) {
		if (r[i].done_at != NONE)
			continue;
		v[kept] = (struct together_paper){ .n = r[i].n, .name = r[i].name, .employee_no = r[i].employee_no };
		TRY(together_check_questions(cx, r[i].id, &v[kept].questions, &v[kept].n_questions));
		kept++;
	}
	*ret_state = pdf;
	return together_sheet_pdf(cx, &s, v, kept, pdf);
}

static enum err print_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct str *pdf = state;
	(void)cx;
	(void)input;
	a->type = "application/pdf";
	a->bytes = *pdf;
	a->filename = S("sheets.pdf");
	return OK;
}

/* ── keying in ── */

struct key_in {
	int64_t together_id, check_id;
	struct strs answer; /* "2=A C" */
};
static const struct field key_in[] = {
	FIELD(key_in, together_id, F_ID, .must = true),
	FIELD(key_in, check_id, F_ID, .must = true),
	FIELD(key_in, answer, F_TEXTS, .max = KEYED_LINE_MAX),
	FIELD_END,
};

static struct str typed_for(const struct strs *lines, int64_t n)
{
	for (size_t i = 0; i < lines->n; i++) {
		struct str typed = lines->v[i], number;
		int64_t at;
		if (str_cut(&typed, '=', &number) && str_int(number, &at) && at == n)
			return typed;
	}
	return S("");
}

/* What an answer says, in words: the texts of the options. */
static struct str in_words(struct ctx *cx, const struct quiz_shown *q, const struct strs *given)
{
	struct buf b;
	buf_init(&b, cx->arena, 1 << 14);
	for (size_t i = 0; i < given->n; i++) {
		struct str text = given->v[i];
		for (size_t k = 0; k < q->n_options; k++)
			if (str_eq(q->options[k].id, text))
				text = quiz_option_text(cx, q->kind, &q->options[k]);
		if (i)
			buf_lit(&b, "; ");
		buf_str(&b, text);
	}
	return buf_get(&b);
}

static struct together_key_line line_of(struct ctx *cx, const struct quiz_shown *q, const struct strs *lines, struct str lang)
{
	struct together_key_line l = {
		.n = q->n, .text = q->text, .lang = lang, .letters = q->n_options > 0, .several = q->kind == Q_MULTIPLE, .typed = typed_for(lines, q->n)
	};
	struct strs given;
	if (!together_sheet_read(cx->arena, q, l.typed, &given))
		l.read = in_words(cx, q, &given);
	return l;
}

static enum err key_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct key_in *in = input;
	struct together_key_page *v = ARENA_NEW(cx->arena, struct together_key_page);
	struct together_session_row s;
	struct together_check_row k;
	struct quiz_answers given;
	struct quiz_shown *q;
	(void)state;
	TRY(together_hosted(cx, in->together_id, &s));
	TRY(together_sheet_find(cx, &s, in->check_id, &k));
	TRY(together_check_questions(cx, k.id, &q, &v->n_lines));
	TRY(together_sheet_answers(cx, q, v->n_lines, &in->answer, &given));
	v->of = together_item(cx, &s);
	v->sheet = (struct together_sheet_item){ k.id, s.id, k.n, k.percent, k.name, S(""), k.done_at != NONE, k.passed };
	v->looked = given.n > 0;
	v->lines = ARENA_ARRAY(cx->arena, struct together_key_line, v->n_lines + 1);
	for (size_t i = 0; i < v->n_lines; i++)
		v->lines[i] = line_of(cx, &q[i], &in->answer, s.lang);
	ANSWER_ROW(a, &v->sheet);
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("Key in a sheet"));
	return OK;
}

static enum err keyed_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct key_in *in = input;
	struct together_session_row s;
	struct together_check_row k;
	struct quiz_answers given;
	struct quiz_shown *q;
	bool passed;
	size_t n;
	(void)state;
	(void)a;
	TRY(together_hosted(cx, in->together_id, &s));
	TRY(together_sheet_find(cx, &s, in->check_id, &k));
	if (!together_sheets_in_time(cx, &s))
		return fail(cx, ERR_CONFLICT, "", N_("Sheets are made and keyed in up to the seventh day after the session."));
	TRY(together_check_questions(cx, k.id, &q, &n));
	TRY(together_sheet_answers(cx, q, n, &in->answer, &given));
	return together_check_hand_in(cx, &k, &given, &passed);
}

#define SHEETS "/together/{together_id}/sheets"
#define MINE .may = MAY_LEARN, .own = true
const struct action together_sheet_actions[] = {
	{ .name = "together_sheet.list",
	  .method = GET,
	  .page = SHEETS,
	  .api = "/api/v1" SHEETS,
	  MINE,
	  .in = sheets_in,
	  .in_size = sizeof(struct sheets_in),
	  .out = sheet_out,
	  .out_list = true,
	  .run = sheets_run,
	  .html = together_sheets_view,
	  .summary = "The printed sheets of a group session, by number; for its host." },
	{ .name = "together_sheet.make",
	  .method = POST,
	  .page = SHEETS,
	  .api = "/api/v1" SHEETS,
	  MINE,
	  .in = one_in,
	  .in_size = sizeof(struct sheets_in),
	  .out = made_out,
	  .run = make_run,
	  .form = "together_sheet.list",
	  .then = SHEETS,
	  .notice = N_("The sheets are made. Print them."),
	  .summary = "Makes a numbered sheet with questions by lot for everybody of a group session who needs a check." },
	{ .name = "together_sheet.print",
	  .method = GET,
	  .page = "/together/{together_id}/sheets.pdf",
	  MINE,
	  .in = one_in,
	  .in_size = sizeof(struct sheets_in),
	  .prepare = print_prepare,
	  .run = print_run,
	  .summary = "The sheets that are still to be keyed in, as PDF." },
	{ .name = "together_sheet.key",
	  .method = GET,
	  .page = SHEETS "/{check_id}",
	  .api = "/api/v1" SHEETS "/{check_id}",
	  MINE,
	  .in = key_in,
	  .in_size = sizeof(struct key_in),
	  .out = sheet_out,
	  .run = key_run,
	  .html = together_key_view,
	  .summary = "A sheet to be keyed in; with answers (NUMBER=LETTERS), how they are read, without marking them." },
	{ .name = "together_sheet.keyed",
	  .method = POST,
	  .page = SHEETS "/{check_id}",
	  .api = "/api/v1" SHEETS "/{check_id}",
	  MINE,
	  .in = key_in,
	  .in_size = sizeof(struct key_in),
	  .run = keyed_run,
	  .form = "together_sheet.key",
	  .then = SHEETS,
	  .notice = N_("The sheet is keyed in."),
	  .summary = "Keys a sheet in (NUMBER=LETTERS) and marks it, once; the way and the host's name stand in the record." },
	ACTION_END,
};
