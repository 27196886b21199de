/* The bank as files; see item_import.h. */
#include "base/json.h"
#include "feature/item/item_form.h"
#include "feature/item/item_import.h"
#include "text/csv.h"
#include "text/data_uri.h"
#include "text/qti.h"

enum { CSV_MAX = 64 << 20 };

/* ── reading ── */

static enum err read_one(struct ctx *cx, const struct item_export_row *r, struct question *ret)
{
	struct item_one_row item = { .id = r->id, .org_id = r->org_id, .code = r->code, .kind = r->kind, .version = r->version, .bloom = r->bloom, .source = r->source };
	TRY(item_question(cx, &item, r->version, ret, NULL));
	TRY(item_picture(cx, r->id, r->version, ret));
	ret->category = r->competency.n ? str_fmt(cx->arena, "%.*s:%.*s%s", STR_ARG(r->framework), STR_ARG(r->competency),
						  r->level ? str_fmt(cx->arena, "@%lld", (long long)r->level).p : "") :
					  S("");
	for (size_t i = 0; i < ret->n_translations; i++) {
		ret->translations[i].category = ret->category;
		ret->translations[i].bloom = ret->bloom;
		ret->translations[i].source = ret->source;
	}
	return OK;
}

/* In each language a case has its questions in that language, or as they were written. */
static void put_parts(struct ctx *cx, struct question *whole, struct str lang, const struct question *parts, size_t n)
{
	whole->parts = ARENA_ARRAY(cx->arena, struct question, n);
	whole->n_parts = n;
	for (size_t i = 0; i < n; i++) {
		whole->parts[i] = parts[i];
		for (size_t t = 0; lang.n && t < parts[i].n_translations; t++)
			if (str_eq(parts[i].translations[t].lang, lang))
				whole->parts[i] = parts[i].translations[t];
		whole->parts[i].translations = NULL;
		whole->parts[i].n_translations = 0;
	}
}

static bool all_translated(const struct question *parts, size_t n, struct str lang)
{
	for (size_t i = 0; i < n; i++) {
		bool has = false;
		for (size_t t = 0; t < parts[i].n_translations; t++)
			has |= str_eq(parts[i].translations[t].lang, lang);
		if (!has)
			return false;
	}
	return true;
}

static enum err read_case(struct ctx *cx, const struct item_export_row *rows, size_t n, size_t at, struct question *ret)
{
	struct question *parts = NULL;
	size_t n_parts = 0, kept = 0;
	for (size_t i = 0; i < n; i++)
		if (rows[i].case_id == rows[at].id)
			TRY(read_one(cx, &rows[i], ARENA_PUSH(cx->arena, parts, n_parts)));
	put_parts(cx, ret, STR_NONE, parts, n_parts);
	for (size_t i = 0; i < ret->n_translations; i++) {
		struct question t = ret->translations[i];
		if (!all_translated(parts, n_parts, t.lang))
			continue;
		put_parts(cx, &t, t.lang, parts, n_parts);
		ret->translations[kept++] = t;
	}
	ret->n_translations = kept;
	ret->marks = 0;
	return OK;
}

static enum err read_all(struct ctx *cx, const struct item_filter_in *in, struct questions *ret)
{
	struct item_export_row *rows;
	size_t n;
	TRY(item_sql_export(cx, in->org_id, in->competency_id, in->level, in->status.n ? in->status : STR_NONE, in->kind.n ? in->kind : STR_NONE,
			    ITEM_EXPORT_MAX + 1, &rows, &n));
	if (n > ITEM_EXPORT_MAX)
		return fail(cx, ERR_TOO_LARGE, "", N_("These are more than 2,000 items; choose fewer by competency, level or kind."));
	for (size_t i = 0; i < n; i++) {
		struct question q;
		if (rows[i].case_id != NONE)
			continue;
		TRY(read_one(cx, &rows[i], &q));
		if (q.kind == Q_CASE)
			TRY(read_case(cx, rows, n, i, &q));
		if (q.kind != Q_CASE || q.n_parts)
			*ARENA_PUSH(cx->arena, ret->v, ret->n) = q;
	}
	return OK;
}

/* ── CSV (text/question_csv.h) ── */

/* How many columns of each kind the questions need. */
struct widths {
	size_t options, matches, weights, feedbacks, areas, rubric;
};

static void widen(size_t *w, size_t n)
{
	*w = n > *w ? n : *w;
}

static bool weighed(const struct question *q)
{
	return q->kind != Q_MATCHING && q->kind != Q_ORDERING && q->kind != Q_TRUEFALSE;
}

static void measure(const struct question *q, struct widths *w)
{
	for (size_t i = 0; i < q->n_options; i++) {
		widen(&w->options, q->kind == Q_TRUEFALSE ? 0 : i + 1);
		widen(&w->matches, q->options[i].match.n ? i + 1 : 0);
		widen(&w->weights, weighed(q) ? i + 1 : 0);
		widen(&w->feedbacks, q->options[i].feedback.n ? i + 1 : 0);
		widen(&w->areas, q->options[i].area.n ? i + 1 : 0);
	}
	for (size_t i = 0; i < q->n_numbers; i++) {
		widen(&w->options, i + 1);
		widen(&w->weights, i + 1);
		widen(&w->feedbacks, q->numbers[i].feedback.n ? i + 1 : 0);
	}
	widen(&w->rubric, q->n_rubric);
	for (size_t i = 0; i < q->n_translations; i++)
		measure(&q->translations[i], w);
	for (size_t i = 0; i < q->n_parts; i++)
		measure(&q->parts[i], w);
}

static const char *const first_columns[] = { "code", "lang", "kind", "text", "right", "feedback", "marks", "partial", "competency", "bloom", "source", "case", "words", "sample",
					     "picture", "alt" };

static void heads(struct ctx *cx, struct buf *b, const char *name, size_t n)
{
	for (size_t i = 1; i <= n; i++)
		csv_put(b, str_fmt(cx->arena, "%s%zu", name, i));
}

static void put_head(struct ctx *cx, struct buf *b, const struct widths *w)
{
	for (size_t i = 0; i < sizeof first_columns / sizeof *first_columns; i++)
		csv_put(b, str_of(first_columns[i]));
	heads(cx, b, "option", w->options);
	heads(cx, b, "match", w->matches);
	heads(cx, b, "weight", w->weights);
	heads(cx, b, "feedback", w->feedbacks);
	heads(cx, b, "area", w->areas);
	heads(cx, b, "rubric", w->rubric);
	csv_end_row(b);
}

/* A number is no formula: it goes out as it is. */
static void put_number(struct ctx *cx, struct buf *b, double x)
{
	buf_fmt(b, "\"%s\",", item_number(cx, x).p);
}

static void put_words(struct buf *b, struct str s)
{
	csv_put(b, s.p ? s : S(""));
}

static void put_column(struct ctx *cx, struct buf *b, const struct question *q, size_t i, int column)
{
	const struct question_option *o = i < q->n_options ? &q->options[i] : NULL;
	const struct question_number *x = i < q->n_numbers ? &q->numbers[i] : NULL;
	if (column == 0 && x)
		buf_fmt(b, "\"%s%s%s\",", item_number(cx, x->value).p, x->tolerance > 0 ? ":" : "", x->tolerance > 0 ? item_number(cx, x->tolerance).p : "");
	else if (column == 0)
		put_words(b, o && q->kind != Q_TRUEFALSE ? o->text : S(""));
	else if (column == 1)
		put_words(b, o ? o->match : S(""));
	else if (column == 2 && ((o && weighed(q)) || x))
		put_number(cx, b, o ? o->weight : x->weight);
	else if (column == 3)
		put_words(b, o ? o->feedback : x ? x->feedback : S(""));
	else if (column == 4)
		put_words(b, o ? o->area : S(""));
	else
		put_words(b, S(""));
}

static void put_picture(struct ctx *cx, struct buf *b, const struct question *q, bool translation)
{
	struct buf uri;
	buf_init(&uri, cx->arena, 2 * QUESTION_PICTURE_MAX);
	if (q->picture.type && !translation)
		data_uri_put(&uri, q->picture.type, q->picture.bytes);
	csv_put(b, buf_get(&uri));
	put_words(b, q->picture.type ? q->picture.alt : S(""));
}

static void put_row(struct ctx *cx, struct buf *b, const struct question *q, const struct widths *w, struct str whole, bool translation)
{
	bool parted = q->kind == Q_MULTIPLE || q->kind == Q_MATCHING || q->kind == Q_ORDERING;
	const size_t n[] = { w->options, w->matches, w->weights, w->feedbacks, w->areas };
	put_words(b, q->name);
	put_words(b, q->lang);
	put_words(b, str_of(question_kind_name(q->kind)));
	put_words(b, q->text);
	put_words(b, q->kind == Q_TRUEFALSE ? (q->options[0].weight >= 100 ? S("true") : S("false")) : S(""));
	put_words(b, q->general_feedback);
	if (q->kind == Q_CASE || q->marks == 0)
		put_words(b, S(""));
	else
		put_number(cx, b, q->marks);
	put_words(b, !parted ? S("") : q->partial ? S("yes") : S("no"));
	put_words(b, q->category);
	put_words(b, q->bloom);
	put_words(b, q->source);
	put_words(b, whole);
	put_words(b, q->words ? str_fmt(cx->arena, "%lld", (long long)q->words) : S(""));
	put_words(b, q->sample);
	put_picture(cx, b, q, translation);
	for (int column = 0; column < 5; column++)
		for (size_t i = 0; i < n[column]; i++)
			put_column(cx, b, q, i, column);
	for (size_t i = 0; i < w->rubric; i++)
		put_words(b, i < q->n_rubric ? str_fmt(cx->arena, "%.*s | %s | %.*s", STR_ARG(q->rubric[i].name), item_number(cx, q->rubric[i].points).p,
						      STR_ARG(q->rubric[i].about)) :
					       S(""));
	csv_end_row(b);
}

static void put_question(struct ctx *cx, struct buf *b, const struct question *q, const struct widths *w)
{
	put_row(cx, b, q, w, S(""), false);
	for (size_t i = 0; i < q->n_parts; i++)
		put_row(cx, b, &q->parts[i], w, q->name, false);
	for (size_t t = 0; t < q->n_translations; t++) {
		put_row(cx, b, &q->translations[t], w, S(""), true);
		for (size_t i = 0; i < q->translations[t].n_parts; i++) {
			struct question part = q->translations[t].parts[i];
			part.lang = q->translations[t].lang;
			put_row(cx, b, &part, w, q->name, true);
		}
	}
}

static enum err write_csv(struct ctx *cx, const struct questions *q, struct str *ret)
{
	struct widths w = { 0 };
	struct buf b;
	for (size_t i = 0; i < q->n; i++)
		measure(&q->v[i], &w);
	if (sizeof first_columns / sizeof *first_columns + w.options + w.matches + w.weights + w.feedbacks + w.areas + w.rubric > CSV_FIELDS_MAX)
		return fail(cx, ERR_TOO_LARGE, "", N_("These items have more options than a table can hold; take them out as QTI."));
	buf_init(&b, cx->arena, CSV_MAX);
	put_head(cx, &b, &w);
	for (size_t i = 0; i < q->n; i++)
		put_question(cx, &b, &q->v[i], &w);
	*ret = buf_get(&b);
	return b.full ? fail(cx, ERR_TOO_LARGE, "", N_("These items are more than 64 MB; choose fewer.")) : OK;
}

enum err item_export(struct ctx *cx, const struct item_filter_in *in, bool csv, struct str *ret, int64_t *ret_n)
{
	struct questions q = { 0 };
	TRY(read_all(cx, in, &q));
	*ret_n = (int64_t)q.n;
	if (csv)
		return write_csv(cx, &q, ret);
	*ret = qti_package_write(cx->arena, q.v, q.n);
	return ret->p ? OK : fail(cx, ERR_TOO_LARGE, "", N_("These items are more than 64 MB; choose fewer."));
}
