/* Writing items: a form of each kind, changes, translations. */
#include "feature/item/item.h"
#include "feature/item/item_words.h"
#include "feature/org/org.h"
#include "item_form_html.h"
#include "item_translation_html.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

#include <math.h>
#include <stdio.h>

enum { ROWS_LEAST = 6, ROWS_MORE = 3, CELL_MAX = 4000 };

/* ── the rows ── */

struct column {
	const char *field;
	const char *label; /* N_(); NULL: the kind has no such column */
	bool narrow;
};
enum { OPTION, MATCH, WEIGHT, AREA, FEEDBACK, COLUMNS };

static void columns_of(enum question_kind kind, bool translates, struct column *v)
{
	bool choice = kind == Q_SINGLE || kind == Q_MULTIPLE || kind == Q_HOTSPOT || kind == Q_JUDGEMENT;
	static const char *const names[COLUMNS] = { "option", "match", "weight", "area", "feedback" };
	for (int i = 0; i < COLUMNS; i++)
		v[i] = (struct column){ names[i], NULL, false };
	v[OPTION].label = choice	       ? N_("Option")
			  : kind == Q_SHORT    ? N_("Accepted answer, * for anything")
			  : kind == Q_NUMERIC  ? N_("Number")
			  : kind == Q_MATCHING ? N_("Left side")
			  : kind == Q_ORDERING ? N_("In the right order")
			  : kind == Q_LONG     ? N_("Criterion")
					       : NULL;
	v[MATCH].label = kind == Q_MATCHING ? N_("Right side that fits") : kind == Q_NUMERIC ? N_("may be off by") : NULL;
	v[MATCH].narrow = kind == Q_NUMERIC;
	v[WEIGHT].label = choice || kind == Q_SHORT || kind == Q_NUMERIC ? N_("Earns, per cent") : kind == Q_LONG ? N_("Points") : NULL;
	v[WEIGHT].narrow = true;
	v[AREA].label = kind == Q_HOTSPOT ? N_("Area, in thousandths") : NULL;
	v[FEEDBACK].label = kind == Q_LONG							    ? N_("What it means")
			    : choice || kind == Q_SHORT || kind == Q_NUMERIC || kind == Q_TRUEFALSE ? N_("Said to who chose it")
												    : NULL;
	if (!translates)
		return;
	v[WEIGHT].label = v[AREA].label = NULL;
	if (kind == Q_NUMERIC)
		v[OPTION].label = v[MATCH].label = NULL;
}

static const char *rows_hint(enum question_kind kind)
{
	switch (kind) {
	case Q_SINGLE: return N_("100 for the one right option; others may earn a part, or be left at 0.");
	case Q_MULTIPLE: return N_("100 for each right option: they share the mark. Wrong ones may take away: -50.");
	case Q_JUDGEMENT: return N_("What each option earns, from 0 to 100; the best has 100.");
	case Q_HOTSPOT:
		return N_("Where each area is, as “circle 500 500 80” (across, down, radius), “rect 100 100 400 300” or “poly 0 0 500 0 0 500”, in thousandths "
			  "of the picture. 100 for the right one.");
	case Q_MATCHING: return N_("A row without a left side is one more wrong right side.");
	case Q_ORDERING: return N_("From first to last; takers see them mixed.");
	case Q_LONG: return N_("By what people mark it: the points of all rows are its marks. Without rows it is marked as a whole.");
	default: return NULL;
	}
}

static struct str cell_of(const struct item_form_row *r, int column)
{
	const struct str all[COLUMNS] = { r->option, r->match, r->weight, r->area, r->feedback };
	return all[column].p ? all[column] : S("");
}

static void put_cell(struct html_out *o, const struct column *c, int64_t n, struct str value, struct str lang)
{
	struct ctx *cx = o->cx;
	const char *name = str_fmt(cx->arena, "%s.%lld", c->field, (long long)n).p;
	buf_fmt(&o->b, "<div class=\"field%s\"><label for=\"f-%s-%lld\">", c->narrow ? " narrow" : "", c->field, (long long)n);
	html_text(o, str_of(tr(cx->lang, c->label)));
	buf_fmt(&o->b, " <span class=\"hide\">%lld</span></label><input id=\"f-%s-%lld\" name=\"%s\" dir=\"auto\" lang=\"", (long long)n, c->field,
		(long long)n, name);
	html_attr(o, lang);
	buf_lit(&o->b, "\" value=\"");
	html_attr(o, form_old(o, name, value));
	buf_str(&o->b, c->narrow ? S("\" class=\"w4\" inputmode=\"decimal\"></div>") : S("\"></div>"));
}

void html_item_rows(struct html_out *o, const struct item_form_page *v)
{
	struct column c[COLUMNS];
	const char *hint = rows_hint(v->is);
	columns_of(v->is, v->translates, c);
	if (!v->n_rows)
		return;
	if (hint && !v->translates) {
		buf_lit(&o->b, "<p class=\"hint\">");
		html_text(o, str_of(tr(o->cx->lang, hint)));
		buf_lit(&o->b, "</p>");
	}
	buf_lit(&o->b, "<ol class=\"item-rows\">\n");
	for (size_t i = 0; i < v->n_rows; i++) {
		buf_lit(&o->b, "<li>");
		if (v->translates) {
			buf_lit(&o->b, "<p lang=\"");
			html_attr(o, v->of_lang);
			buf_lit(&o->b, "\" dir=\"auto\">");
			html_text(o, v->of_rows[i].option);
			if (v->is == Q_MATCHING) {
				buf_lit(&o->b, " – ");
				html_text(o, v->of_rows[i].match);
			}
			buf_lit(&o->b, "</p>");
		}
		for (int k = 0; k < COLUMNS; k++)
			if (c[k].label)
				put_cell(o, &c[k], v->rows[i].n, cell_of(&v->rows[i], k), v->lang);
		buf_lit(&o->b, "</li>\n");
	}
	buf_lit(&o->b, "</ol>\n");
}

static void put_options(struct html_out *o, const struct item_choice *v, size_t n, struct str chosen)
{
	for (size_t i = 0; i < n; i++)
		html_option(o, v[i].value, chosen, v[i].name);
}

void html_item_competencies(struct html_out *o, const struct item_form_page *v)
{
	put_options(o, v->competencies, v->n_competencies, form_old(o, "competency_id", v->competency));
}

void html_item_levels(struct html_out *o, const struct item_form_page *v)
{
	put_options(o, v->levels, v->n_levels, form_old(o, "level", v->level));
}

static void filter_select(struct html_out *o, const char *name, const char *label, const struct item_choice *v, size_t n, struct str chosen)
{
	buf_fmt(&o->b, "<div class=\"field\"><label for=\"by-%s\">", name);
	html_text(o, str_of(tr(o->cx->lang, label)));
	buf_fmt(&o->b, "</label><select id=\"by-%s\" name=\"%s\">", name, name);
	put_options(o, v, n, chosen);
	buf_lit(&o->b, "</select></div>");
}

void html_item_filter(struct html_out *o, const struct item_filter *v)
{
	buf_lit(&o->b, "<div class=\"field\"><label for=\"by-words\">");
	html_text(o, str_of(tr(o->cx->lang, N_("Words or code"))));
	buf_lit(&o->b, "</label><input id=\"by-words\" name=\"words\" type=\"search\" maxlength=\"100\" value=\"");
	html_attr(o, v->words);
	buf_lit(&o->b, "\"></div>");
	filter_select(o, "competency_id", N_("Competency"), v->competencies, v->n_competencies, v->competency);
	filter_select(o, "level", N_("Level"), v->levels, v->n_levels, v->level);
	filter_select(o, "status", N_("State"), v->statuses, v->n_statuses, v->status);
	filter_select(o, "kind", N_("Kind"), v->kinds, v->n_kinds, v->kind);
}

/* ── what a form sends ── */

static const struct choice rights[] = { { "true", N_("True") }, { "false", N_("False") }, { NULL, NULL } };
struct form_in {
	int64_t org_id, item_id, case_id, version, words, competency_id, level;
	struct str kind, code, lang, text, general, right, sample, alt, file, file_name, bloom, source, why;
	struct strs option, match, weight, area, feedback;
	bool partial, keep;
	double marks;
};
#define ROWS                                                                                                                                                   \
	FIELD(form_in, option, F_TEXTS, .max = CELL_MAX), FIELD(form_in, match, F_TEXTS, .max = CELL_MAX), FIELD(form_in, weight, F_TEXTS, .max = 60),         \
		FIELD(form_in, area, F_TEXTS, .max = 800), FIELD(form_in, feedback, F_TEXTS, .max = CELL_MAX)
#define TEXTS                                                                                                                                                  \
	FIELD(form_in, text, F_LONG, .label = N_("Question text"), .must = true),                                                                              \
		FIELD(form_in, general, F_LONG, .label = N_("Said after it, whatever was answered"), .max = 4000),                                             \
		FIELD(form_in, sample, F_LONG, .label = N_("An answer that earns all marks")),                                                                 \
		FIELD(form_in, alt, F_TEXT, .label = N_("What the picture shows"), .hint = N_("For who cannot see it; needed with a picture."),                \
		      .max = QUESTION_ALT_MAX)
#define WORTH                                                                                                                                                  \
	FIELD(form_in, right, F_CHOICE, .label = N_("What is right"), .must = false, .choices = rights), FIELD(form_in, partial, F_BOOL),                      \
		FIELD(form_in, marks, F_REAL, .label = N_("Marks"), .hint = N_("1 when left empty.")),                                                         \
		FIELD(form_in, words, F_INT, .label = N_("Words at most"), .max = QUESTION_WORDS_MAX),                                                         \
		FIELD(form_in, file, F_TEXT, .label = N_("The file"), .hint = N_("PNG or JPEG, up to 200 KB."), .max = 4000),                                  \
		FIELD(form_in, file_name, F_TEXT, .max = 200)
#define TESTS                                                                                                                                                  \
	FIELD(form_in, competency_id, F_ID, .label = N_("Competency that it tests")),                                                                          \
		FIELD(form_in, level, F_INT, .label = N_("Level"), .max = ITEM_LEVEL_MAX),                                                                     \
		FIELD(form_in, bloom, F_CHOICE, .label = N_("What it asks of the mind"), .choices = item_blooms),                                              \
		FIELD(form_in, source, F_TEXT, .label = N_("What it rests on"), .hint = N_("The rule or page, such as GFR 2017, rule 149."),                   \
		      .max = QUESTION_SOURCE_MAX)
#define WHY FIELD(form_in, why, F_TEXT, .label = N_("What has changed, and why"), .max = 500)
#define HERE FIELD(form_in, org_id, F_ID, .must = true)
#define ITEM HERE, FIELD(form_in, item_id, F_ID, .must = true)
#define VERSION FIELD(form_in, version, F_INT, .must = true, .min = 1, .max = 1000000)

static const struct field new_in[] = { HERE, FIELD(form_in, kind, F_CHOICE, .choices = item_kinds), FIELD(form_in, case_id, F_ID), FIELD_END };
static const struct field add_in[] = {
	HERE,
	FIELD(form_in, kind, F_CHOICE, .must = true, .choices = item_kinds),
	FIELD(form_in, case_id, F_ID),
	FIELD(form_in, code, F_TEXT, .label = N_("Code"), .hint = N_("One word by which files know it; made when left empty."), .max = ITEM_CODE_MAX),
	FIELD(form_in, lang, F_CHOICE, .label = N_("Language"), .choices = item_langs),
	TEXTS,
	ROWS,
	WORTH,
	TESTS,
	FIELD_END,
};
static const struct field edit_in[] = { ITEM, FIELD_END };
static const struct field change_in[] = { ITEM, VERSION, TEXTS, ROWS, WORTH, FIELD(form_in, keep, F_BOOL), WHY, FIELD_END };
static const struct field text_in[] = { ITEM, FIELD(form_in, lang, F_CHOICE, .must = true, .choices = item_langs), FIELD_END };
static const struct field translate_in[] = { ITEM, FIELD(form_in, lang, F_CHOICE, .must = true, .choices = item_langs), VERSION, TEXTS, ROWS, WHY, FIELD_END };
static const struct field classify_in[] = { ITEM, TESTS, FIELD_END };

struct added {
	int64_t id, version;
};
static const struct field added_out[] = { FIELD(added, id, F_ID), FIELD(added, version, F_INT), FIELD_END };

static struct item_form form_of(const struct form_in *in, enum question_kind kind, struct str picture)
{
	return (struct item_form){ .kind = kind,
				   .code = in->code,
				   .lang = in->lang,
				   .text = in->text,
				   .general = in->general,
				   .right = in->right,
				   .sample = in->sample,
				   .alt = in->alt,
				   .option = in->option,
				   .match = in->match,
				   .weight = in->weight,
				   .area = in->area,
				   .feedback = in->feedback,
				   .partial = in->partial,
				   .marks = in->marks,
				   .words = in->words,
				   .picture = picture };
}

static struct item_tests tests_of(const struct form_in *in)
{
	return (struct item_tests){ in->competency_id, in->level == NONE ? 0 : in->level, in->bloom, in->source };
}

/* The bytes of the picture, read outside of the transaction. */
static enum err picture_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct form_in *in = input;
	struct str *bytes = ARENA_NEW(cx->arena, struct str);
	struct buf b;
	*ret_state = bytes;
	if (!in->file.n)
		return OK;
	FILE *f = fopen(str_c(cx->arena, in->file), "rb");
	if (!f)
		return ERR_UNAVAILABLE;
	buf_init(&b, cx->arena, QUESTION_PICTURE_MAX + 1);
	bool whole = buf_read(&b, f);
	fclose(f);
	if (b.full)
		return fail(cx, ERR_INVALID, "file", N_("is larger than 200 KB"));
	*bytes = buf_get(&b);
	return whole ? OK : ERR_UNAVAILABLE;
}

static struct str item_at(struct ctx *cx, int64_t org_id, int64_t item_id)
{
	return str_fmt(cx->arena, "/orgs/%lld/items/%lld", (long long)org_id, (long long)item_id);
}

/* ── pages ── */

/* Rows of what is there, and some to fill in. */
static void put_rows(struct ctx *cx, const struct question *q, struct item_form_page *v)
{
	struct item_form_row *there = NULL;
	size_t n_there = 0, n;
	if (q)
		item_form_rows(cx, q, &there, &n_there);
	n = n_there + ROWS_MORE < ROWS_LEAST ? ROWS_LEAST : n_there + ROWS_MORE;
	n = v->is == Q_CASE ? 0 : v->is == Q_TRUEFALSE ? 2 : n > ITEM_ROWS_MAX ? ITEM_ROWS_MAX : n;
	v->rows = ARENA_ARRAY(cx->arena, struct item_form_row, n);
	v->n_rows = n;
	for (size_t i = 0; i < n; i++) {
		v->rows[i] =
			i < n_there ? there[i] : (struct item_form_row){ .option = S(""), .match = S(""), .weight = S(""), .area = S(""), .feedback = S("") };
		v->rows[i].n = (int64_t)i + 1;
	}
}

static struct str number_text(struct ctx *cx, int64_t n)
{
	return n == NONE || !n ? S("") : str_fmt(cx->arena, "%lld", (long long)n);
}

static enum err put_choices(struct ctx *cx, struct item_form_page *v)
{
	TRY(org_called(cx, v->org_id, &v->org));
	item_level_choices(cx, N_("not said"), &v->levels, &v->n_levels);
	return item_competency_choices(cx, N_("not said"), &v->competencies, &v->n_competencies);
}

static void put_kind(struct ctx *cx, struct item_form_page *v, struct str kind)
{
	(void)question_kind_of(kind, &v->is);
	v->kind = kind;
	v->kind_name = item_called(cx, item_kinds, kind);
	v->parted = v->is == Q_MULTIPLE || v->is == Q_MATCHING || v->is == Q_ORDERING;
}

static enum err new_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct form_in *in = input;
	struct item_form_page *v = ARENA_NEW(cx->arena, struct item_form_page);
	(void)state;
	*v = (struct item_form_page){
		.org_id = in->org_id, .case_id = in->case_id, .is_new = true, .partial = true, .lang = cx->lang == LANG_HI ? S("hi") : S("en")
	};
	put_kind(cx, v, in->kind.n ? in->kind : S("single"));
	put_rows(cx, NULL, v);
	TRY(put_choices(cx, v));
	a->view = v;
	a->nav = NAV_PROVIDER;
	ANSWER_TITLE(cx, a, N_("A new item"));
	return OK;
}

static void put_question(struct ctx *cx, const struct question *q, const struct item_one_row *item, struct item_form_page *v)
{
	v->lang = q->lang;
	v->text = q->text;
	v->general = q->general_feedback;
	v->sample = q->sample;
	v->alt = q->picture.alt;
	v->words = number_text(cx, q->words);
	v->marks = q->kind == Q_LONG && q->n_rubric ? S("") : item_marks(cx, q->marks);
	v->partial = q->partial;
	v->has_languages = q->n_translations > 0;
	for (size_t i = 0; q->kind == Q_TRUEFALSE && i < q->n_options; i++)
		if (q->options[i].weight >= 100)
			v->right = q->options[i].text;
	v->competency = number_text(cx, item->competency_id);
	v->level = number_text(cx, item->level);
	v->bloom = item->bloom;
	v->source = item->source;
}

static enum err find_newest(struct ctx *cx, const struct form_in *in, struct item_form_page *v, struct item_one_row *item, struct question *q)
{
	struct item_version_row version;
	TRY(item_one(cx, in->org_id, in->item_id, item));
	TRY(item_question(cx, item, item->version, q, &version));
	*v = (struct item_form_page){ .org_id = in->org_id, .id = in->item_id, .version = item->version, .code = item->code };
	put_kind(cx, v, item->kind);
	if (version.picture_type.n)
		v->picture = str_fmt(cx->arena, "%s/versions/%lld/picture", item_at(cx, in->org_id, in->item_id).p, (long long)item->version);
	return OK;
}

static enum err edit_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct form_in *in = input;
	struct item_form_page *v = ARENA_NEW(cx->arena, struct item_form_page);
	struct item_one_row item;
	struct question q;
	(void)state;
	TRY(find_newest(cx, in, v, &item, &q));
	put_question(cx, &q, &item, v);
	put_rows(cx, &q, v);
	TRY(put_choices(cx, v));
	a->view = v;
	a->nav = NAV_PROVIDER;
	ANSWER_TITLE(cx, a, N_("A new version"));
	return OK;
}

static enum err text_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct form_in *in = input;
	struct item_form_page *v = ARENA_NEW(cx->arena, struct item_form_page);
	struct item_one_row item;
	struct question q;
	size_t n;
	(void)state;
	TRY(find_newest(cx, in, v, &item, &q));
	if (str_eq(in->lang, q.lang))
		return fail(cx, ERR_CONFLICT, "lang", N_("It was written in this language."));
	TRY(org_called(cx, v->org_id, &v->org));
	v->translates = true;
	v->lang = in->lang;
	v->of_lang = q.lang;
	v->of_text = q.text;
	v->of_general = q.general_feedback;
	v->of_sample = q.sample;
	v->of_alt = q.picture.alt;
	item_form_rows(cx, &q, &v->of_rows, &v->n_rows);
	v->rows = ARENA_ARRAY(cx->arena, struct item_form_row, v->n_rows);
	for (size_t i = 0; i < v->n_rows; i++)
		v->rows[i] = (struct item_form_row){ .n = (int64_t)i + 1 };
	for (size_t t = 0; t < q.n_translations; t++) {
		const struct question *x = &q.translations[t];
		if (!str_eq(x->lang, in->lang))
			continue;
		v->text = x->text;
		v->general = x->general_feedback;
		v->sample = x->sample;
		v->alt = x->picture.alt;
		item_form_rows(cx, x, &v->rows, &n);
	}
	a->view = v;
	a->nav = NAV_PROVIDER;
	a->title = v->code;
	return OK;
}

/* ── acts ── */

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct form_in *in = input;
	const struct str *picture = state;
	struct added *row = ARENA_NEW(cx->arena, struct added);
	enum question_kind kind;
	struct question q;
	(void)question_kind_of(in->kind, &kind);
	struct item_form form = form_of(in, kind, *picture);
	TRY(item_form_question(cx, &form, NULL, false, &q));
	TRY(item_add(cx, &(struct item_add){ .org_id = in->org_id, .q = &q, .tests = tests_of(in), .case_id = in->case_id, .why = S("") }, &row->id));
	row->version = 1;
	ANSWER_ROW(a, row);
	a->then = item_at(cx, in->org_id, row->id);
	return OK;
}

/* The newest version, with its picture, for a change of it. */
static enum err to_change(struct ctx *cx, const struct form_in *in, struct item_one_row *item, struct question *q)
{
	TRY(item_one(cx, in->org_id, in->item_id, item));
	TRY(item_question(cx, item, item->version, q, NULL));
	return item_picture(cx, item->id, item->version, q);
}

static enum err write_change(struct ctx *cx, const struct form_in *in, const struct question *q, struct answer *a)
{
	struct added *row = ARENA_NEW(cx->arena, struct added);
	row->id = in->item_id;
	TRY(item_change(cx, &(struct item_change){ in->org_id, in->item_id, in->version, q, in->why }, &row->version));
	ANSWER_ROW(a, row);
	a->then = item_at(cx, in->org_id, in->item_id);
	return OK;
}

static enum err change_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct form_in *in = input;
	const struct str *picture = state;
	struct item_one_row item;
	struct question was, q;
	TRY(to_change(cx, in, &item, &was));
	struct item_form form = form_of(in, was.kind, *picture);
	form.code = item.code;
	form.lang = was.lang;
	TRY(item_form_question(cx, &form, &was, in->keep, &q));
	return write_change(cx, in, &q, a);
}

static enum err translate_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct form_in *in = input;
	struct item_one_row item;
	struct question was, q;
	(void)state;
	TRY(to_change(cx, in, &item, &was));
	struct item_form form = form_of(in, was.kind, STR_NONE);
	TRY(item_form_translate(cx, &was, &form, &q));
	return write_change(cx, in, &q, a);
}

static enum err classify_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct form_in *in = input;
	struct item_tests tests = tests_of(in);
	bool keeper;
	(void)state;
	(void)a;
	TRY(access_may(cx, MAY_ITEM_KEEP, SCOPE_ORG, in->org_id, &keeper));
	return item_classify(cx, in->org_id, in->item_id, &tests, keeper);
}

#define ALL "/orgs/{org_id}/items"
#define ONE ALL "/{item_id}"
#define WRITES .may = MAY_ITEM_WRITE, .scope = SCOPE_ORG, .in_size = sizeof(struct form_in)
const struct action item_form_actions[] = {
	{ .name = "item.new",
	  .method = GET,
	  .page = "/orgs/{org_id}/new-item",
	  WRITES,
	  .in = new_in,
	  .run = new_run,
	  .html = item_form_view,
	  .summary = "The form of a new item of a kind." },
	{ .name = "item.add",
	  .method = POST,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  WRITES,
	  .in = add_in,
	  .out = added_out,
	  .prepare = picture_prepare,
	  .run = add_run,
	  .form = "item.new",
	  .then = ALL,
	  .upload = true,
	  .max_body = 512 * 1024,
	  .summary = "Writes an item as a draft; rows of options are texts ROW=value." },
	{ .name = "item.edit",
	  .method = GET,
	  .page = ONE "/change",
	  WRITES,
	  .in = edit_in,
	  .run = edit_run,
	  .html = item_form_view,
	  .summary = "The form of a new version of an item." },
	{ .name = "item.change",
	  .method = POST,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  WRITES,
	  .in = change_in,
	  .out = added_out,
	  .prepare = picture_prepare,
	  .run = change_run,
	  .form = "item.edit",
	  .then = ONE,
	  .upload = true,
	  .max_body = 512 * 1024,
	  .summary = "Writes a new version of an item in the language it was written in." },
	{ .name = "item.text",
	  .method = GET,
	  .page = ONE "/texts/{lang}",
	  WRITES,
	  .in = text_in,
	  .run = text_run,
	  .html = item_translation_view,
	  .summary = "The form of a translation beside what it translates." },
	{ .name = "item.translate",
	  .method = POST,
	  .page = ONE "/texts/{lang}",
	  .api = "/api/v1" ONE "/texts/{lang}",
	  WRITES,
	  .in = translate_in,
	  .out = added_out,
	  .run = translate_run,
	  .form = "item.text",
	  .then = ONE,
	  .max_body = 256 * 1024,
	  .summary = "Writes a new version of an item with a translation." },
	{ .name = "item.classify",
	  .method = POST,
	  .page = ONE "/tests",
	  .api = "/api/v1" ONE "/tests",
	  WRITES,
	  .in = classify_in,
	  .run = classify_run,
	  .form = "item.edit",
	  .then = ONE,
	  .notice = N_("What it tests is saved."),
	  .summary = "Says what an item tests and on what it rests." },
	ACTION_END,
};
