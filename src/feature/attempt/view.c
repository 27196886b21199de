/* What is shown of an attempt; see view.h. */
#include "feature/attempt/view.h"
#include "feature/attempt/order.h"
#include "feature/exam/form.h"
#include "web/lang.h"

/* ── the order ── */

static uint32_t *order_of(struct ctx *cx, const struct exam_form *form, int64_t seed)
{
	int64_t *cases = ARENA_ARRAY(cx->arena, int64_t, form->n);
	for (size_t i = 0; i < form->n; i++)
		cases[i] = form->v[i].of ? form->v[i].of->item_id : 0;
	return order_items(cx->arena, cases, form->n, seed);
}

int64_t view_place(struct ctx *cx, const struct exam_form *form, int64_t seed, int64_t n)
{
	const uint32_t *order = order_of(cx, form, seed);
	for (size_t i = 0; i < form->n; i++)
		if (form->v[order[i]].n == n)
			return (int64_t)i + 1;
	return 0;
}

/* ── one question ── */

static bool is_in(const struct strs *list, struct str s)
{
	for (size_t i = 0; i < list->n; i++)
		if (str_eq(list->v[i], s))
			return true;
	return false;
}

static struct str option_text(struct ctx *cx, const struct quiz_asked *q, const struct quiz_option *o)
{
	if (q->kind != Q_TRUEFALSE)
		return o->text;
	return str_of(str_is(o->id, "true") ? tr(cx->lang, N_("True")) : tr(cx->lang, N_("False")));
}

static struct paper_option *options_of(struct ctx *cx, const struct quiz_asked *q, const struct strs *given, const uint32_t *order)
{
	struct paper_option *v = ARENA_ARRAY(cx->arena, struct paper_option, q->n_options);
	for (size_t i = 0; i < q->n_options; i++) {
		const struct quiz_option *o = &q->options[order[i]];
		v[i] = (struct paper_option){ .id = o->id, .text = option_text(cx, q, o), .mine = is_in(given, o->id) };
	}
	return v;
}

/* Of a step to put in order: at which place it was put, and the places there are. */
static void put_places(struct ctx *cx, struct paper_option *v, size_t n, const struct strs *given)
{
	for (size_t i = 0; i < n; i++) {
		v[i].places = ARENA_ARRAY(cx->arena, struct paper_option, n);
		v[i].n_places = n;
		for (size_t k = 0; k < given->n; k++)
			if (str_eq(given->v[k], v[i].id))
				v[i].place = (int64_t)k + 1;
		for (size_t k = 0; k < n; k++)
			v[i].places[k] = (struct paper_option){ .id = str_fmt(cx->arena, "%zu", k + 1), .mine = v[i].place == (int64_t)k + 1 };
	}
}

static struct paper_left *lefts_of(struct ctx *cx, const struct quiz_asked *q, const struct strs *given, const uint32_t *order)
{
	struct paper_left *v = ARENA_ARRAY(cx->arena, struct paper_left, q->n_lefts);
	for (size_t i = 0; i < q->n_lefts; i++) {
		v[i] = (struct paper_left){ .id = q->lefts[i].id, .text = q->lefts[i].text, .n_options = q->n_options };
		v[i].options = options_of(cx, q, given, order);
		for (size_t k = 0; k < q->n_options; k++) {
			struct paper_option *o = &v[i].options[k];
			o->mine = is_in(given, str_fmt(cx->arena, "%.*s=%.*s", STR_ARG(v[i].id), STR_ARG(o->id)));
			v[i].chosen = o->mine ? o->text : v[i].chosen;
		}
	}
	return v;
}

static bool keeps_order(enum question_kind kind)
{
	return kind == Q_TRUEFALSE;
}

static bool is_typed(enum question_kind kind)
{
	return kind == Q_NUMERIC || kind == Q_SHORT || kind == Q_LONG;
}

/* 6, 6.5, 6.67 */
static struct str marks_text(struct ctx *cx, double marks)
{
	struct str s = str_fmt(cx->arena, "%.2f", marks);
	while (s.p[s.n - 1] == '0')
		s.n--;
	return str_sub(s, 0, s.n - (s.p[s.n - 1] == '.'));
}

static void put_case(const struct form_item *item, struct paper_question *x)
{
	if (!item->of)
		return;
	x->case_n = item->of->n;
	x->case_text = item->of->text;
	x->case_lang = item->of->lang;
	x->case_pictured = item->of->pictured;
}

static struct paper_question question_of(struct ctx *cx, const struct form_item *item, const struct strs *given, int64_t seed)
{
	const struct quiz_asked *q = &item->asked;
	uint32_t *order = order_options(cx->arena, q->n_options, seed, item->item_id);
	struct paper_question x = {
		.n = item->n,
		.kind = q->kind,
		.lang = item->lang,
		.text = q->text,
		.answered = given->n > 0,
		.pictured = item->pictured,
		.alt = q->alt,
		.words = q->words,
		.points = marks_text(cx, item->points),
		.one_point = item->points == 1,
		.typed = is_typed(q->kind) && given->n ? given->v[0] : S(""),
	};
	for (size_t i = 0; keeps_order(q->kind) && i < q->n_options; i++)
		order[i] = (uint32_t)i;
	put_case(item, &x);
	if (q->kind == Q_MATCHING) {
		x.lefts = lefts_of(cx, q, given, order);
		x.n_lefts = q->n_lefts;
		return x;
	}
	x.options = options_of(cx, q, given, order);
	x.n_options = q->n_options;
	if (q->kind == Q_ORDERING)
		put_places(cx, x.options, x.n_options, given);
	return x;
}

/* ── what was given ── */

static enum err read_given(struct ctx *cx, const struct attempt_answers_row *answers, size_t n_answers, const struct exam_form *form, struct strs **ret)
{
	struct strs *v = ARENA_ARRAY(cx->arena, struct strs, form->n);
	for (size_t i = 0; i < form->n; i++)
		for (size_t k = 0; k < n_answers; k++)
			if (answers[k].n == form->v[i].n && !quiz_read_given(cx->arena, answers[k].given, &v[i]))
				return ERR_INTERNAL;
	*ret = v;
	return OK;
}

static void put_typed(const struct exam_form *form, const struct form_answers *typed, struct strs *given)
{
	for (size_t i = 0; i < form->n; i++)
		for (size_t k = 0; k < typed->n; k++)
			if (typed->v[k].n == form->v[i].n)
				given[i] = typed->v[k].given;
}

static int64_t greatest_seq(const struct attempt_answers_row *v, size_t n)
{
	int64_t most = 0;
	for (size_t i = 0; i < n; i++)
		most = v[i].seq > most ? v[i].seq : most;
	return most;
}

/* ── answers of a form ── */

static struct form_answer *answer_to(struct ctx *cx, struct form_answers *all, int64_t n)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].n == n)
			return &all->v[i];
	struct form_answer *one = ARENA_PUSH(cx->arena, all->v, all->n);
	one->n = n;
	return one;
}

static bool add_answer(struct ctx *cx, struct form_answers *all, struct str text)
{
	struct str value = text, key, place;
	int64_t n;
	if (!str_cut(&value, '=', &key) || key.n == text.n || !str_cut(&key, '.', &place) || !str_int(place, &n))
		return false;
	struct form_answer *one = answer_to(cx, all, n);
	if (value.n)
		*ARENA_PUSH(cx->arena, one->given.v, one->given.n) = key.n ? str_fmt(cx->arena, "%.*s=%.*s", STR_ARG(key), STR_ARG(value)) : value;
	return true;
}

/* "STEP=place" for each step becomes the steps in the order of their places; what has none is left out, and of two at one place the order of the form decides.
 */
static void put_in_order(struct ctx *cx, struct strs *given)
{
	struct strs r = { 0 };
	int64_t place;
	for (int64_t want = 1; want <= QUESTION_OPTIONS_MAX; want++)
		for (size_t i = 0; i < given->n; i++) {
			struct str at = given->v[i], step;
			if (str_cut(&at, '=', &step) && str_int(at, &place) && place == want)
				*ARENA_PUSH(cx->arena, r.v, r.n) = step;
		}
	*given = r;
}

enum err view_form_answers(struct ctx *cx, const struct exam_form *form, const struct strs *texts, struct form_answers *ret)
{
	struct form_answers all = { 0 };
	for (size_t i = 0; i < texts->n; i++)
		if (!add_answer(cx, &all, texts->v[i]))
			return fail(cx, ERR_INVALID, "answer", N_("Each answer is QUESTION=ANSWER."));
	for (size_t i = 0; i < all.n; i++) {
		const struct form_item *item = exam_form_item(form, all.v[i].n);
		if (item && item->asked.kind == Q_ORDERING)
			put_in_order(cx, &all.v[i].given);
	}
	*ret = all;
	return OK;
}

/* ── the page ── */

static int64_t seq_of(const struct attempt_answers_row *v, size_t n, int64_t place)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].n == place)
			return v[i].seq;
	return 0;
}

enum err view_questions(struct ctx *cx, const struct attempt_one_row *a, const struct exam_form *form, const struct attempt_answers_row *answers,
			size_t n_answers, const struct form_answers *typed, struct paper_question **ret)
{
	const uint32_t *order = order_of(cx, form, a->seed);
	struct paper_question *v = ARENA_ARRAY(cx->arena, struct paper_question, form->n);
	struct strs *given;
	TRY(read_given(cx, answers, n_answers, form, &given));
	if (typed)
		put_typed(form, typed, given);
	for (size_t i = 0; i < form->n; i++) {
		v[i] = question_of(cx, &form->v[order[i]], &given[order[i]], a->seed);
		v[i].place = (int64_t)i + 1;
		v[i].total = (int64_t)form->n;
		v[i].seq = seq_of(answers, n_answers, v[i].n);
		v[i].case_begins = v[i].case_n && (i == 0 || v[i - 1].case_n != v[i].case_n);
	}
	*ret = v;
	return OK;
}

/* Of an adaptive paper the question that waits for its answer, and no other. */
static void put_question(struct ctx *cx, const struct attempt_one_row *a, const struct exam_form *form, const struct attempt_answers_row *answers, size_t n,
			 const struct form_answers *typed, struct paper_page *v)
{
	v->questions = ARENA_ARRAY(cx->arena, struct paper_question, 1);
	v->adaptive = true;
	v->total = a->most;
	for (size_t i = 0; i < n; i++) {
		const struct form_item *item = exam_form_item(form, answers[i].n);
		struct strs given = { 0 };
		v->done += answers[i].seq > 0;
		if (answers[i].seq || !item)
			continue;
		for (size_t k = 0; k < typed->n; k++)
			if (typed->v[k].n == item->n)
				given = typed->v[k].given;
		v->questions[0] = question_of(cx, item, &given, a->seed);
		v->n_questions = 1;
	}
	v->questions[0].place = v->done + 1;
	v->questions[0].total = v->total;
	v->questions[0].base = v->base;
	v->questions[0].case_begins = v->questions[0].case_n != 0;
	v->questions[0].adaptive = true;
}

static enum err put_open(struct ctx *cx, const struct attempt_one_row *a, const struct strs *typed, struct paper_page *v)
{
	const struct exam_form *form;
	struct attempt_answers_row *answers;
	struct attempt_noted_row noted;
	struct form_answers in_form = { 0 };
	size_t n;
	TRY(exam_form_load(cx, a->form_id, a->lang, &form));
	TRY(attempt_sql_answers(cx, a->taker_id, a->id, &answers, &n));
	TRY(attempt_sql_noted(cx, a->taker_id, a->id, 0, &noted));
	if (typed)
		TRY(view_form_answers(cx, form, typed, &in_form));
	v->open = true;
	v->secret = a->secret;
	v->left_ms = attempt_left(cx, a);
	v->elapsed_ms = attempt_elapsed(cx, a);
	v->first_seq = attempt_first_seq(greatest_seq(answers, n));
	v->first_event = noted.n + 1;
	if (a->pool) {
		put_question(cx, a, form, answers, n, &in_form, v);
		return OK;
	}
	TRY(view_questions(cx, a, form, answers, n, &in_form, &v->questions));
	v->n_questions = form->n;
	v->total = (int64_t)form->n;
	for (size_t i = 0; i < form->n; i++) {
		v->questions[i].base = v->base;
		v->done += v->questions[i].answered;
	}
	return OK;
}

static enum err put_competencies(struct ctx *cx, const struct attempt_one_row *a, struct paper_page *v)
{
	struct attempt_results_row *r;
	TRY(attempt_sql_results(cx, a->taker_id, a->id, &r, &v->n_competencies));
	v->competencies = ARENA_ARRAY(cx->arena, struct paper_competency, v->n_competencies);
	for (size_t i = 0; i < v->n_competencies; i++)
		v->competencies[i] = (struct paper_competency){ cx->lang == LANG_HI && r[i].name_hi.n ? r[i].name_hi : r[i].name_en, marks_text(cx, r[i].marks),
								marks_text(cx, r[i].max_marks), r[i].items, attempt_percent(r[i].marks, r[i].max_marks) };
	return OK;
}

static enum err put_closed(struct ctx *cx, const struct attempt_one_row *a, struct paper_page *v)
{
	v->closed = true;
	v->by_clock = str_is(a->closed_by, "clock");
	v->submitted_at = a->submitted_at;
	v->silent = str_is(a->feedback, "none");
	v->waits = str_is(a->state, "submitted");
	if (v->silent || v->waits)
		return OK;
	v->passed = a->passed;
	v->marks = marks_text(cx, a->marks);
	v->max = marks_text(cx, a->max_marks);
	v->percent = attempt_percent(a->marks, a->max_marks);
	v->later = str_is(a->feedback, "review");
	TRY(put_competencies(cx, a, v));
	bool may = false;
	TRY(attempt_may_review(cx, a, &may));
	return may ? view_review(cx, a, v) : OK;
}

enum err view_paper(struct ctx *cx, struct exam_taker t, int64_t attempt_id, const struct strs *typed, struct str base, struct str api, struct paper_page *ret)
{
	struct attempt_one_row a;
	TRY(attempt_find(cx, t.id, attempt_id, &a));
	struct paper_page v = { .title = a.title,
				.base = base,
				.api = api,
				.exam_id = a.exam_id,
				.attempt_id = a.id,
				.attempt = a.n,
				.attempts = a.attempts,
				.pass = a.pass,
				.minutes = (a.ends_at - a.opened_at) / MINUTE,
				.grace_s = a.grace_s,
				.opened_at = a.opened_at,
				.ends_at = a.ends_at,
				.guest = t.guest,
				.instead = str_is(a.mode, "adaptive") && !a.pool };
	if (!str_is(a.state, "open"))
		TRY(put_closed(cx, &a, &v));
	else if (attempt_is_over(cx, &a))
		v.over = true;
	else if (!attempt_is_here(cx, t, &a))
		v.elsewhere = true;
	else
		TRY(put_open(cx, &a, typed, &v));
	*ret = v;
	return OK;
}
