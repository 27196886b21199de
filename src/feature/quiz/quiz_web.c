/* The quiz page and its API. */
#include "feature/quiz/quiz.h"
#include "feature/quiz/quiz_answers.h"
#include "feature/quiz/quiz_page.h"
#include "base/json.h"
#include "web/action.h"
#include "web/lang.h"
#include "quiz_html.h"

enum { ANSWERS_JSON_MAX = 4 << 20, KEYED_MAX = GIVEN_TEXT_MAX + 40 };

/* ── for the page ── */

static struct quiz_question_item *question_items(struct ctx *cx, const struct quiz_state *s, const struct quiz_attempt *a, struct quiz_answers *typed)
{
	struct quiz_question_item *v = ARENA_ARRAY(cx->arena, struct quiz_question_item, a->n_questions);
	bool open = a->row.submitted_at == NONE;
	for (size_t i = 0; i < a->n_questions; i++) {
		const struct quiz_shown *q = &a->questions[i];
		const struct strs *given = &q->given;
		for (size_t k = 0; !q->revealed && k < typed->n; k++)
			if (typed->v[k].question_id == q->question_id)
				given = &typed->v[k].given;
		v[i] = quiz_question_item(cx, q, given);
		v[i].total = (int64_t)a->n_questions;
		v[i].lang = s->quiz.lang;
		v[i].can_check = open && str_is(a->feedback, "each");
	}
	return v;
}

/* 6, 6.5, 6.67 */
static struct str marks_text(struct ctx *cx, double marks)
{
	struct str s = str_fmt(cx->arena, "%.2f", marks);
	while (s.p[s.n - 1] == '0')
		s.n--;
	return str_sub(s, 0, s.n - (s.p[s.n - 1] == '.'));
}

static struct quiz_form_page *form_page(struct ctx *cx, const struct quiz_state *s, const struct quiz_attempt *a, struct quiz_answers *typed)
{
	struct quiz_form_page *v = ARENA_NEW(cx->arena, struct quiz_form_page);
	v->attempt_id = a->row.id;
	v->resource_id = s->quiz.resource_id;
	v->questions = question_items(cx, s, a, typed);
	v->n_questions = a->n_questions;
	v->total = (int64_t)a->n_questions;
	for (size_t i = 0; i < v->n_questions; i++)
		v->done += v->questions[i].answered;
	return v;
}

static struct quiz_result_page *result_page(struct ctx *cx, const struct quiz_state *s, const struct quiz_attempt *a)
{
	struct quiz_result_page *v = ARENA_NEW(cx->arena, struct quiz_result_page);
	struct quiz_answers none = { 0 };
	*v = (struct quiz_result_page){
		.attempt = a->row.n, .attempts = s->quiz.attempts, .left = s->left, .submitted_at = a->row.submitted_at, .marks = marks_text(cx, a->row.marks),
		.max = marks_text(cx, a->row.max_marks), .percent = quiz_percent(a->row.marks, a->row.max_marks), .pass = s->quiz.pass,
		.course_id = s->quiz.course_id, .passed = a->row.passed, .course_complete = s->course_complete, .silent = str_is(a->feedback, "never"),
		.questions = question_items(cx, s, a, &none), .n_questions = a->n_questions,
	};
	return v;
}

static struct quiz_start_page *start_page(struct ctx *cx, const struct quiz_state *s)
{
	struct quiz_start_page *v = ARENA_NEW(cx->arena, struct quiz_start_page);
	*v = (struct quiz_start_page){
		.resource_id = s->quiz.resource_id, .course_id = s->quiz.course_id, .drawn = s->drawn, .pass = s->quiz.pass, .attempts = s->quiz.attempts,
		.left = s->left, .best_percent = s->best_percent, .feedback = s->quiz.feedback, .best = marks_text(cx, s->best_marks),
		.best_max = marks_text(cx, s->best_max), .credits = s->quiz.credits, .lang = s->quiz.lang, .tried = s->tried, .passed = s->passed,
		.enrolled = s->enrolled, .ended = s->quiz.ended_at != NONE,
	};
	return v;
}

/* ── for the API ── */

static void json_choices(struct json_out *j, const char *key, const struct quiz_shown *q, const struct quiz_choice *v, size_t n, bool lefts)
{
	jw_key(j, key);
	jw_open(j, '[');
	for (size_t i = 0; i < n; i++) {
		jw_open(j, '{');
		jw_key(j, "id");
		jw_str(j, v[i].id);
		jw_key(j, "text");
		jw_str(j, v[i].text);
		if (q->revealed && (lefts || q->kind != Q_MATCHING)) {
			jw_key(j, "right");
			jw_bool(j, v[i].right);
			jw_key(j, lefts ? "best" : "feedback");
			jw_str(j, lefts ? v[i].best : v[i].feedback);
		}
		jw_close(j, '}');
	}
	jw_close(j, ']');
}

static void json_revealed(struct json_out *j, const struct quiz_shown *q)
{
	jw_key(j, "mark");
	jw_real(j, q->part);
	jw_key(j, "best");
	jw_str(j, q->best);
	jw_key(j, "feedback");
	jw_str(j, q->feedback);
	jw_key(j, "general_feedback");
	jw_str(j, q->general);
}

static void json_question(struct ctx *cx, struct json_out *j, const struct quiz_shown *q)
{
	struct str given = quiz_write_given(cx->arena, &q->given);
	jw_open(j, '{');
	jw_key(j, "id");
	jw_id(j, q->question_id);
	jw_key(j, "n");
	jw_int(j, q->n);
	jw_key(j, "kind");
	jw_str(j, str_of(question_kind_name(q->kind)));
	jw_key(j, "text");
	jw_str(j, q->text);
	json_choices(j, "options", q, q->options, q->n_options, false);
	json_choices(j, "lefts", q, q->lefts, q->n_lefts, true);
	jw_key(j, "answer");
	jw_raw(j, given.n ? given : S("[]"));
	jw_key(j, "final");
	jw_bool(j, q->revealed);
	if (q->revealed)
		json_revealed(j, q);
	jw_close(j, '}');
}

/* All questions, or the one of an id. */
static struct str json_questions(struct ctx *cx, const struct quiz_attempt *a, int64_t only)
{
	struct buf b;
	buf_init(&b, cx->arena, ANSWERS_JSON_MAX);
	struct json_out j = { .b = &b };
	if (only == NONE)
		jw_open(&j, '[');
	for (size_t i = 0; i < a->n_questions; i++)
		if (only == NONE || a->questions[i].question_id == only)
			json_question(cx, &j, &a->questions[i]);
	if (only == NONE)
		jw_close(&j, ']');
	return b.full ? STR_NONE : buf_get(&b);
}

/* ── showing ── */

struct show_in {
	int64_t resource_id;
	struct strs answer; /* of a form that was refused: what was typed stays */
};
static const struct field show_in[] = {
	FIELD(show_in, resource_id, F_ID, .must = true),
	FIELD(show_in, answer, F_TEXTS, .max = KEYED_MAX),
	FIELD_END,
};
struct show_out {
	int64_t resource_id, course_id;
	struct str title, feedback;
	int64_t pass, questions, attempts, attempts_left, best_percent, open_attempt_id, last_attempt_id;
	bool passed, enrolled;
	struct str attempt;
};
static const struct field show_out[] = {
	FIELD(show_out, resource_id, F_ID), FIELD(show_out, course_id, F_ID), FIELD(show_out, title, F_TEXT), FIELD(show_out, feedback, F_TEXT),
	FIELD(show_out, pass, F_INT), FIELD(show_out, questions, F_INT), FIELD(show_out, attempts, F_INT), FIELD(show_out, attempts_left, F_INT),
	FIELD(show_out, best_percent, F_INT), FIELD(show_out, open_attempt_id, F_ID), FIELD(show_out, last_attempt_id, F_ID),
	FIELD(show_out, passed, F_BOOL), FIELD(show_out, enrolled, F_BOOL), FIELD(show_out, attempt, F_JSON), FIELD_END,
};

static void show_row(struct ctx *cx, const struct quiz_state *s, const struct quiz_attempt *a, struct answer *ret)
{
	struct show_out *r = ARENA_NEW(cx->arena, struct show_out);
	*r = (struct show_out){
		.resource_id = s->quiz.resource_id, .course_id = s->quiz.course_id, .title = s->quiz.title, .feedback = s->quiz.feedback, .pass = s->quiz.pass,
		.questions = s->drawn, .attempts = s->quiz.attempts, .attempts_left = s->left, .best_percent = s->tried ? s->best_percent : NONE,
		.open_attempt_id = s->open_id ? s->open_id : NONE, .last_attempt_id = s->last_id ? s->last_id : NONE, .passed = s->passed,
		.enrolled = s->enrolled, .attempt = a->row.id ? json_questions(cx, a, NONE) : STR_NONE,
	};
	ANSWER_ROW(ret, r);
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct show_in *in = input;
	struct quiz_page *v = ARENA_NEW(cx->arena, struct quiz_page);
	struct quiz_attempt attempt = { 0 };
	struct quiz_answers typed;
	struct quiz_state s;
	(void)state;
	TRY(quiz_answers(cx, &in->answer, &typed));
	TRY(quiz_state(cx, in->resource_id, &s));
	int64_t shown = s.open_id ? s.open_id : s.last_id;
	if (shown)
		TRY(quiz_attempt(cx, shown, &attempt));
	*v = (struct quiz_page){ .title = s.quiz.title, .course = s.quiz.course, .lang = s.quiz.lang, .course_id = s.quiz.course_id, .n = s.quiz.n,
				 .n_resources = s.quiz.n_resources, .attempt = attempt.row.n, .attempts = s.quiz.attempts,
				 .total = (int64_t)attempt.n_questions, .pass = s.quiz.pass };
	if (s.open_id)
		v->form = form_page(cx, &s, &attempt, &typed);
	else if (s.last_id)
		v->result = result_page(cx, &s, &attempt);
	v->start = start_page(cx, &s);
	show_row(cx, &s, &attempt, a);
	a->view = v;
	a->title = s.quiz.title;
	a->nav = NAV_LEARN;
	a->quiz = s.open_id != 0;
	return OK;
}

/* ── beginning ── */

struct start_in {
	int64_t resource_id;
};
static const struct field start_in[] = { FIELD(start_in, resource_id, F_ID, .must = true), FIELD_END };
struct start_out {
	int64_t attempt_id, n, started_at;
	double max_marks;
	struct str questions;
};
static const struct field start_out[] = {
	FIELD(start_out, attempt_id, F_ID), FIELD(start_out, n, F_INT), FIELD(start_out, started_at, F_TIME), FIELD(start_out, max_marks, F_REAL),
	FIELD(start_out, questions, F_JSON), FIELD_END,
};

static enum err start_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct start_in *in = input;
	struct start_out *r = ARENA_NEW(cx->arena, struct start_out);
	struct quiz_attempt attempt;
	int64_t id;
	(void)state;
	TRY(quiz_start(cx, in->resource_id, &id));
	TRY(quiz_attempt(cx, id, &attempt));
	*r = (struct start_out){ id, attempt.row.n, attempt.row.started_at, attempt.row.max_marks, json_questions(cx, &attempt, NONE) };
	ANSWER_ROW(a, r);
	return OK;
}

/* ── saving ── */

struct save_in {
	int64_t attempt_id, question;
	struct strs answer;
	bool check;
};
static const struct field save_in[] = {
	FIELD(save_in, attempt_id, F_ID, .must = true),
	FIELD(save_in, question, F_ID, .must = true),
	FIELD(save_in, answer, F_TEXTS, .max = GIVEN_TEXT_MAX),
	FIELD(save_in, check, F_BOOL),
	FIELD_END,
};
struct save_out {
	struct str question;
};
static const struct field save_out[] = { FIELD(save_out, question, F_JSON), FIELD_END };

static enum err save_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct save_in *in = input;
	struct save_out *r = ARENA_NEW(cx->arena, struct save_out);
	struct quiz_attempt attempt;
	struct quiz_give give = { in->attempt_id, in->question, quiz_write_given(cx->arena, &in->answer), in->check };
	(void)state;
	TRY(quiz_save(cx, &give));
	TRY(quiz_attempt(cx, in->attempt_id, &attempt));
	r->question = json_questions(cx, &attempt, in->question);
	ANSWER_ROW(a, r);
	return OK;
}

/* ── handing in ── */

struct submit_in {
	int64_t attempt_id, check;
	struct strs answer;
	struct str later;
};
static const struct choice laters[] = { { "stay", N_("Save and stay") }, { "course", N_("Save and go on later") }, { NULL, NULL } };
static const struct field submit_in[] = {
	FIELD(submit_in, attempt_id, F_ID, .must = true),
	FIELD(submit_in, answer, F_TEXTS, .max = KEYED_MAX),
	FIELD(submit_in, check, F_ID),
	FIELD(submit_in, later, F_CHOICE, .choices = laters),
	FIELD_END,
};
struct submit_out {
	int64_t attempt_id, resource_id, course_id, percent;
	double marks, max_marks;
	bool submitted, passed, course_complete;
	struct str questions;
};
static const struct field submit_out[] = {
	FIELD(submit_out, attempt_id, F_ID), FIELD(submit_out, resource_id, F_ID), FIELD(submit_out, course_id, F_ID), FIELD(submit_out, submitted, F_BOOL),
	FIELD(submit_out, marks, F_REAL), FIELD(submit_out, max_marks, F_REAL), FIELD(submit_out, percent, F_INT), FIELD(submit_out, passed, F_BOOL),
	FIELD(submit_out, course_complete, F_BOOL), FIELD(submit_out, questions, F_JSON), FIELD_END,
};

/* What the form carries. Of an attempt that was handed in by the other tab nothing is taken and nobody is scolded. */
static enum err save_all(struct ctx *cx, const struct submit_in *in, const struct quiz_attempt *attempt)
{
	struct quiz_answers all;
	TRY(quiz_answers(cx, &in->answer, &all));
	if (attempt->row.submitted_at != NONE)
		return OK;
	size_t before = cx->n_failures;
	enum err first = OK;
	for (size_t i = 0; i < all.n; i++) {
		struct quiz_give give = { in->attempt_id, all.v[i].question_id, quiz_write_given(cx->arena, &all.v[i].given),
					  in->check == all.v[i].question_id };
		enum err e = quiz_save(cx, &give);
		/* All that does not fit is told at once; anything else ends it. */
		if (e != OK && e != ERR_INVALID)
			return e;
		first = first ? first : e;
	}
	return cx->n_failures == before ? OK : first;
}

static struct str back_to(struct ctx *cx, const struct submit_in *in, const struct quiz_attempt *attempt, int64_t course_id)
{
	long long quiz = (long long)attempt->row.resource_id;
	if (str_is(in->later, "course"))
		return str_fmt(cx->arena, "/courses/%lld", (long long)course_id);
	return in->check != NONE ? str_fmt(cx->arena, "/resources/%lld/quiz#q%lld", quiz, (long long)in->check) : str_fmt(cx->arena, "/resources/%lld/quiz", quiz);
}

static enum err submit_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct submit_in *in = input;
	struct submit_out *r = ARENA_NEW(cx->arena, struct submit_out);
	struct quiz_attempt attempt;
	struct quiz_result result = { 0 };
	struct quiz_state s;
	(void)state;
	TRY(quiz_attempt(cx, in->attempt_id, &attempt));
	TRY(save_all(cx, in, &attempt));
	bool hand_in = !in->later.n && in->check == NONE;
	if (hand_in)
		TRY(quiz_submit(cx, in->attempt_id, &result));
	TRY(quiz_state(cx, attempt.row.resource_id, &s));
	TRY(quiz_attempt(cx, in->attempt_id, &attempt));
	*r = (struct submit_out){
		.attempt_id = in->attempt_id, .resource_id = attempt.row.resource_id, .course_id = s.quiz.course_id, .percent = hand_in ? result.percent : NONE,
		.marks = attempt.row.marks, .max_marks = attempt.row.max_marks, .submitted = attempt.row.submitted_at != NONE, .passed = attempt.row.passed,
		.course_complete = s.course_complete, .questions = json_questions(cx, &attempt, NONE),
	};
	ANSWER_ROW(a, r);
	a->then = back_to(cx, in, &attempt, s.quiz.course_id);
	return OK;
}

const struct action quiz_actions[] = {
	{ .name = "quiz.show", .method = GET, .page = "/resources/{resource_id}/quiz", .api = "/api/v1/resources/{resource_id}/quiz", .may = MAY_LEARN,
	  .in = show_in, .in_size = sizeof(struct show_in), .out = show_out, .run = show_run, .html = quiz_view,
	  .summary = "How one stands with a quiz; the open attempt, or else the last one, with its questions." },
	{ .name = "quiz.start", .method = POST, .page = "/resources/{resource_id}/attempts", .api = "/api/v1/resources/{resource_id}/attempts", .may = MAY_LEARN,
	  .in = start_in, .in_size = sizeof(struct start_in), .out = start_out, .run = start_run, .form = "quiz.show", .then = "/resources/{resource_id}/quiz",
	  .summary = "Begins an attempt, or takes up the open one; answers with its questions." },
	{ .name = "quiz.save", .method = POST, .api = "/api/v1/attempts/{attempt_id}/answers", .may = MAY_LEARN, .in = save_in,
	  .in_size = sizeof(struct save_in), .out = save_out, .run = save_run, .quiet = true,
	  .summary = "Saves the answer to one question: option ids, the text typed, or LEFT=RIGHT for each pair; with check, where the quiz gives feedback with "
		     "each answer, the answer becomes final and is marked." },
	{ .name = "quiz.submit", .method = POST, .page = "/attempts/{attempt_id}/submit", .api = "/api/v1/attempts/{attempt_id}/submit", .may = MAY_LEARN,
	  .in = submit_in, .in_size = sizeof(struct submit_in), .out = submit_out, .run = submit_run, .form = "quiz.show",
	  .max_body = 256 * 1024,
	  .summary = "Hands an attempt in, with the answers that come along (QUESTION=ANSWER, or QUESTION.LEFT=RIGHT to match). With later or check they are only saved." },
	ACTION_END,
};
