/* What authors fill in; see item_form.h. */
#include "feature/item/item_form.h"
#include "feature/quiz/quiz_store.h"

#include <math.h>

static enum err mistakes(struct ctx *cx, const struct findings *f)
{
	for (size_t i = 0; i < f->n; i++)
		(void)!fail_msg(cx, ERR_INVALID, S("text"), f->v[i].text, f->v[i].n_args, f->v[i].args);
	return f->n ? ERR_INVALID : OK;
}

static enum err check(struct ctx *cx, const struct question *q)
{
	struct findings f = { .arena = cx->arena };
	struct question whole = *q;
	/* The questions of a case are items of their own, written later. */
	if (q->kind == Q_CASE)
		whole.kind = Q_LONG;
	for (size_t i = 0; q->kind == Q_CASE && i < whole.n_translations; i++)
		whole.translations[i].kind = Q_LONG;
	question_check(&f, S(""), &whole);
	for (size_t i = 0; q->kind == Q_CASE && i < whole.n_translations; i++)
		whole.translations[i].kind = Q_CASE;
	TRY(mistakes(cx, &f));
	const char *wrong = quiz_store_fault(q);
	return wrong ? fail(cx, ERR_INVALID, "text", wrong) : OK;
}

/* ── rows ── */

/* What stands in a row of a column; absent: nothing. */
static struct str cell(const struct strs *column, int64_t n)
{
	int64_t row;
	for (size_t i = 0; i < column->n; i++) {
		struct str value = column->v[i], key;
		if (str_cut(&value, '=', &key) && str_int(key, &row) && row == n)
			return value.p ? value : S("");
	}
	return S("");
}

static bool number(struct ctx *cx, struct str text, double otherwise, double *ret)
{
	*ret = otherwise;
	return !text.n || quiz_number(cx->arena, text, ret);
}

static enum err bad_row(struct ctx *cx, const char *field, const char *text, int64_t n)
{
	return fail_msg(cx, ERR_INVALID, str_of(field), text, 1, (struct msg_arg[]){ { "n", str_fmt(cx->arena, "%lld", (long long)n) } });
}

static enum err read_weight(struct ctx *cx, const struct item_form *form, int64_t n, double otherwise, double *ret)
{
	double x;
	if (!number(cx, cell(&form->weight, n), otherwise, &x) || fabs(x) > QUESTION_MARKS_MAX)
		return bad_row(cx, "weight", N_("Row {n}: what it earns is a number, such as 100 or 33.3."), n);
	*ret = question_weight(x);
	return OK;
}

static enum err add_number(struct ctx *cx, const struct item_form *form, int64_t n, struct question *q)
{
	struct question_number x = { .feedback = cell(&form->feedback, n) };
	if (!quiz_number(cx->arena, cell(&form->option, n), &x.value))
		return bad_row(cx, "option", N_("Row {n}: the answer is a number alone, such as 48 or 2.5."), n);
	if (!number(cx, cell(&form->match, n), 0, &x.tolerance) || x.tolerance < 0)
		return bad_row(cx, "match", N_("Row {n}: how far an answer may be off is a number from 0 on."), n);
	TRY(read_weight(cx, form, n, 100, &x.weight));
	*ARENA_PUSH(cx->arena, q->numbers, q->n_numbers) = x;
	return OK;
}

static enum err add_criterion(struct ctx *cx, const struct item_form *form, int64_t n, struct question *q)
{
	struct question_criterion c = { .name = cell(&form->option, n), .about = cell(&form->feedback, n) };
	TRY(read_weight(cx, form, n, 0, &c.points));
	*ARENA_PUSH(cx->arena, q->rubric, q->n_rubric) = c;
	return OK;
}

static enum err add_option(struct ctx *cx, const struct item_form *form, int64_t n, struct question *q)
{
	bool paired = q->kind == Q_MATCHING || q->kind == Q_ORDERING;
	struct question_option o = { .text = cell(&form->option, n), .match = S(""), .area = S(""), .feedback = S(""), .weight = 100 };
	if (!paired)
		TRY(read_weight(cx, form, n, q->kind == Q_SHORT ? 100 : 0, &o.weight));
	if (!paired)
		o.feedback = cell(&form->feedback, n);
	if (q->kind == Q_MATCHING)
		o.match = cell(&form->match, n);
	if (q->kind == Q_HOTSPOT)
		o.area = cell(&form->area, n);
	*ARENA_PUSH(cx->arena, q->options, q->n_options) = o;
	return OK;
}

static bool is_empty(const struct item_form *form, int64_t n)
{
	return !cell(&form->option, n).n && (form->kind != Q_MATCHING || !cell(&form->match, n).n);
}

static enum err add_rows(struct ctx *cx, const struct item_form *form, struct question *q, int64_t *rows, size_t *n_rows)
{
	*n_rows = 0;
	for (int64_t n = 1; n <= ITEM_ROWS_MAX; n++) {
		if (is_empty(form, n))
			continue;
		rows[(*n_rows)++] = n;
		if (q->kind == Q_NUMERIC)
			TRY(add_number(cx, form, n, q));
		else if (q->kind == Q_LONG)
			TRY(add_criterion(cx, form, n, q));
		else
			TRY(add_option(cx, form, n, q));
	}
	return OK;
}

static void add_true_false(struct ctx *cx, const struct item_form *form, struct question *q)
{
	for (int64_t n = 1; n <= 2; n++) {
		struct str text = n == 1 ? S("true") : S("false");
		*ARENA_PUSH(cx->arena, q->options, q->n_options) = (struct question_option){
			.text = text, .weight = str_eq(form->right, text) ? 100 : 0, .feedback = cell(&form->feedback, n), .match = S(""), .area = S("") };
	}
}

/* Right options share 100: where only the whole counts, and where each was said to be worth all. */
static void share(struct question *q)
{
	size_t right = 0;
	bool each = true;
	for (size_t i = 0; i < q->n_options; i++) {
		right += q->options[i].weight > 0;
		each &= q->options[i].weight <= 0 || q->options[i].weight == 100;
	}
	for (size_t i = 0; i < q->n_options; i++) {
		struct question_option *o = &q->options[i];
		if (o->weight > 0 && (each || !q->partial))
			o->weight = question_weight(100 / (double)right);
		else if (!q->partial)
			o->weight = 0;
	}
}

/* ── the whole ── */

static enum err put_picture(struct ctx *cx, const struct item_form *form, const struct question *was, struct question *q)
{
	if (form->picture.n) {
		const char *wrong = question_picture_read(form->picture, &q->picture);
		if (wrong)
			return fail(cx, ERR_INVALID, "file", wrong);
		q->picture.name = S("picture");
	} else if (was) {
		q->picture = was->picture;
	}
	q->picture.alt = q->picture.type ? str_trim(form->alt) : S("");
	return OK;
}

/* A translation with the rows that are left, in their new order. */
static bool keep_rows(struct ctx *cx, const struct question *was, const int64_t *rows, size_t n_rows, const struct question *q, struct question *t)
{
	struct question r = *t;
	size_t n_was = was->kind == Q_NUMERIC ? was->n_numbers : was->kind == Q_LONG ? was->n_rubric : was->n_options;
	if (was->kind == Q_TRUEFALSE)
		return true;
	r.n_options = r.n_numbers = r.n_rubric = 0;
	r.options = ARENA_ARRAY(cx->arena, struct question_option, n_rows);
	r.numbers = ARENA_ARRAY(cx->arena, struct question_number, n_rows);
	r.rubric = ARENA_ARRAY(cx->arena, struct question_criterion, n_rows);
	for (size_t i = 0; i < n_rows; i++) {
		size_t from = (size_t)rows[i] - 1;
		if (from >= n_was)
			return false;
		if (was->kind == Q_NUMERIC) {
			r.numbers[r.n_numbers] = q->numbers[i];
			r.numbers[r.n_numbers++].feedback = t->numbers[from].feedback;
		} else if (was->kind == Q_LONG) {
			r.rubric[r.n_rubric] = t->rubric[from];
			r.rubric[r.n_rubric++].points = q->rubric[i].points;
		} else {
			struct question_option *o = &r.options[r.n_options++];
			*o = t->options[from];
			o->weight = q->options[i].weight;
			o->area = q->options[i].area;
		}
	}
	*t = r;
	return true;
}

/* What must be the same in all languages. */
static void agree(const struct question *q, struct question *t)
{
	struct str alt = t->picture.alt;
	t->marks = q->marks;
	t->words = q->words;
	t->partial = q->partial;
	t->name = q->name;
	t->picture = q->picture;
	if (q->picture.type && alt.n)
		t->picture.alt = alt;
	for (size_t i = 0; q->kind == Q_TRUEFALSE && i < 2; i++)
		t->options[i].weight = q->options[i].weight;
}

static enum err keep_translations(struct ctx *cx, const struct question *was, const int64_t *rows, size_t n_rows, struct question *q)
{
	for (size_t i = 0; i < was->n_translations; i++) {
		struct question t = was->translations[i];
		if (!keep_rows(cx, was, rows, n_rows, q, &t))
			return fail(cx, ERR_INVALID, "keep", N_("There are rows that the translations do not have; leave the translations out, and translate anew."));
		agree(q, &t);
		*ARENA_PUSH(cx->arena, q->translations, q->n_translations) = t;
	}
	return OK;
}

static bool earns_parts(enum question_kind kind)
{
	return kind == Q_MULTIPLE || kind == Q_MATCHING || kind == Q_ORDERING;
}

enum err item_form_question(struct ctx *cx, const struct item_form *form, const struct question *was, bool keep, struct question *ret)
{
	int64_t rows[ITEM_ROWS_MAX];
	size_t n_rows = 0;
	struct question q = {
		.kind = form->kind, .name = str_trim(form->code), .category = S(""), .lang = form->lang.n ? form->lang : S("en"), .text = str_trim(form->text),
		.general_feedback = str_trim(form->general), .bloom = S(""), .source = S(""), .sample = form->kind == Q_LONG ? str_trim(form->sample) : S(""),
		.marks = isnan(form->marks) ? 0 : form->marks, .partial = form->partial && earns_parts(form->kind),
		.words = form->kind == Q_LONG && form->words != NONE ? form->words : 0,
	};
	if (q.kind == Q_TRUEFALSE)
		add_true_false(cx, form, &q);
	else if (q.kind != Q_CASE)
		TRY(add_rows(cx, form, &q, rows, &n_rows));
	if (q.kind == Q_MULTIPLE)
		share(&q);
	for (size_t i = 0; i < q.n_rubric; i++)
		q.marks = (i ? q.marks : 0) + q.rubric[i].points;
	TRY(put_picture(cx, form, was, &q));
	if (was && keep)
		TRY(keep_translations(cx, was, rows, n_rows, &q));
	*ret = q;
	return check(cx, ret);
}

enum err item_form_translate(struct ctx *cx, const struct question *q, const struct item_form *form, struct question *ret)
{
	struct question r = *q, t = *q;
	r.translations = NULL;
	r.n_translations = 0;
	for (size_t i = 0; i < q->n_translations; i++)
		if (!str_eq(q->translations[i].lang, form->lang))
			*ARENA_PUSH(cx->arena, r.translations, r.n_translations) = q->translations[i];
	if (!form->lang.n || str_eq(form->lang, q->lang))
		return fail(cx, ERR_INVALID, "lang", N_("It was written in this language."));
	t.translations = NULL;
	t.n_translations = 0;
	t.lang = form->lang;
	t.text = str_trim(form->text);
	t.general_feedback = str_trim(form->general);
	t.sample = str_trim(form->sample);
	t.picture.alt = str_trim(form->alt);
	t.options = ARENA_ARRAY(cx->arena, struct question_option, q->n_options);
	t.numbers = ARENA_ARRAY(cx->arena, struct question_number, q->n_numbers);
	t.rubric = ARENA_ARRAY(cx->arena, struct question_criterion, q->n_rubric);
	for (size_t i = 0; i < q->n_options; i++) {
		t.options[i] = q->options[i];
		t.options[i].feedback = cell(&form->feedback, (int64_t)i + 1);
		if (q->kind != Q_TRUEFALSE)
			t.options[i].text = cell(&form->option, (int64_t)i + 1);
		t.options[i].match = q->kind == Q_MATCHING ? cell(&form->match, (int64_t)i + 1) : S("");
	}
	for (size_t i = 0; i < q->n_numbers; i++) {
		t.numbers[i] = q->numbers[i];
		t.numbers[i].feedback = cell(&form->feedback, (int64_t)i + 1);
	}
	for (size_t i = 0; i < q->n_rubric; i++)
		t.rubric[i] = (struct question_criterion){ cell(&form->option, (int64_t)i + 1), q->rubric[i].points, cell(&form->feedback, (int64_t)i + 1) };
	*ARENA_PUSH(cx->arena, r.translations, r.n_translations) = t;
	*ret = r;
	return check(cx, ret);
}

struct str item_number(struct ctx *cx, double x)
{
	struct str s = str_fmt(cx->arena, "%.9f", x);
	while (s.p[s.n - 1] == '0')
		s.n--;
	return str_dup(cx->arena, str_sub(s, 0, s.n - (s.p[s.n - 1] == '.')));
}

void item_form_rows(struct ctx *cx, const struct question *q, struct item_form_row **ret, size_t *ret_n)
{
	size_t n = q->n_options + q->n_numbers + q->n_rubric;
	struct item_form_row *v = ARENA_ARRAY(cx->arena, struct item_form_row, n);
	bool weighed = q->kind != Q_MATCHING && q->kind != Q_ORDERING;
	for (size_t i = 0; i < q->n_options; i++) {
		const struct question_option *o = &q->options[i];
		v[i] = (struct item_form_row){ (int64_t)i + 1, o->text, o->match, weighed ? item_number(cx, o->weight) : S(""), o->area, o->feedback };
	}
	for (size_t i = 0; i < q->n_numbers; i++) {
		const struct question_number *x = &q->numbers[i];
		v[i] = (struct item_form_row){ (int64_t)i + 1, item_number(cx, x->value), item_number(cx, x->tolerance), item_number(cx, x->weight), S(""), x->feedback };
	}
	for (size_t i = 0; i < q->n_rubric; i++)
		v[i] = (struct item_form_row){ (int64_t)i + 1, q->rubric[i].name, S(""), item_number(cx, q->rubric[i].points), S(""), q->rubric[i].about };
	*ret = v;
	*ret_n = n;
}
