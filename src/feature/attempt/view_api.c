/* What programs send and are told of an attempt; see view.h. */
#include "feature/attempt/view.h"
#include "base/field.h"
#include "base/json.h"
#include "feature/exam/form.h"
#include "web/lang.h"

#include <jansson.h>
#include <math.h>

enum { PAPER_JSON_MAX = 8 << 20 };

/* ── out ── */

const struct field attempt_out[] = {
	FIELD(attempt_out, attempt_id, F_ID),
	FIELD(attempt_out, exam_id, F_ID),
	FIELD(attempt_out, n, F_INT),
	FIELD(attempt_out, state, F_TEXT),
	FIELD(attempt_out, title, F_TEXT),
	FIELD(attempt_out, here, F_BOOL),
	FIELD(attempt_out, over, F_BOOL),
	FIELD(attempt_out, opened_at, F_TIME),
	FIELD(attempt_out, ends_at, F_TIME),
	FIELD(attempt_out, grace_s, F_INT),
	FIELD(attempt_out, left_ms, F_INT),
	FIELD(attempt_out, elapsed_ms, F_INT),
	FIELD(attempt_out, first_seq, F_INT),
	FIELD(attempt_out, secret, F_TEXT),
	FIELD(attempt_out, lang, F_TEXT),
	FIELD(attempt_out, adaptive, F_BOOL),
	FIELD(attempt_out, instead, F_BOOL),
	FIELD(attempt_out, questions, F_JSON),
	FIELD(attempt_out, submitted_at, F_TIME),
	FIELD(attempt_out, marks, F_REAL),
	FIELD(attempt_out, max_marks, F_REAL),
	FIELD(attempt_out, percent, F_INT),
	FIELD(attempt_out, passed, F_BOOL),
	FIELD(attempt_out, competencies, F_JSON),
	FIELD_END,
};

static void json_options(struct json_out *j, const char *key, const struct paper_option *v, size_t n)
{
	if (!n)
		return;
	jw_key(j, key);
	jw_open(j, '[');
	for (size_t i = 0; i < n; i++) {
		jw_open(j, '{');
		jw_key(j, "id");
		jw_str(j, v[i].id);
		jw_key(j, "text");
		jw_str(j, v[i].text);
		jw_close(j, '}');
	}
	jw_close(j, ']');
}

static void json_lefts(struct json_out *j, const struct paper_question *q)
{
	if (!q->n_lefts)
		return;
	json_options(j, "options", q->lefts[0].options, q->lefts[0].n_options);
	jw_key(j, "lefts");
	jw_open(j, '[');
	for (size_t i = 0; i < q->n_lefts; i++) {
		jw_open(j, '{');
		jw_key(j, "id");
		jw_str(j, q->lefts[i].id);
		jw_key(j, "text");
		jw_str(j, q->lefts[i].text);
		jw_close(j, '}');
	}
	jw_close(j, ']');
}

static void json_question(struct ctx *cx, struct json_out *j, const struct paper_question *q)
{
	jw_open(j, '{');
	jw_key(j, "n");
	jw_int(j, q->n);
	jw_key(j, "kind");
	jw_str(j, str_of(question_kind_name(q->kind)));
	jw_key(j, "lang");
	jw_str(j, q->lang);
	if (q->case_n) {
		jw_key(j, "case");
		jw_int(j, q->case_n);
		jw_key(j, "case_text");
		jw_str(j, q->case_begins ? q->case_text : STR_NONE);
	}
	jw_key(j, "text");
	jw_str(j, q->text);
	json_options(j, "options", q->options, q->n_options);
	json_lefts(j, q);
	if (q->pictured) {
		jw_key(j, "picture");
		jw_str(j, str_fmt(cx->arena, "%.*s/pictures/%lld", STR_ARG(q->base), (long long)q->n));
	}
	jw_close(j, '}');
}

static struct str json_questions(struct ctx *cx, const struct paper_page *v)
{
	struct buf b;
	buf_init(&b, cx->arena, PAPER_JSON_MAX);
	struct json_out j = { .b = &b };
	jw_open(&j, '[');
	for (size_t i = 0; i < v->n_questions; i++)
		json_question(cx, &j, &v->questions[i]);
	jw_close(&j, ']');
	return b.full ? STR_NONE : buf_get(&b);
}

static struct str json_competencies(struct ctx *cx, const struct paper_page *v)
{
	struct buf b;
	buf_init(&b, cx->arena, PAPER_JSON_MAX);
	struct json_out j = { .b = &b };
	jw_open(&j, '[');
	for (size_t i = 0; i < v->n_competencies; i++) {
		jw_open(&j, '{');
		jw_key(&j, "name");
		jw_str(&j, v->competencies[i].name);
		jw_key(&j, "marks");
		jw_raw(&j, v->competencies[i].marks);
		jw_key(&j, "max_marks");
		jw_raw(&j, v->competencies[i].max);
		jw_close(&j, '}');
	}
	jw_close(&j, ']');
	return buf_get(&b);
}

enum err view_row(struct ctx *cx, struct exam_taker t, int64_t attempt_id, const struct paper_page *v, struct attempt_out *ret)
{
	struct attempt_one_row a;
	TRY(attempt_find(cx, t.id, attempt_id, &a));
	bool told = v->closed && !v->silent && !v->waits;
	*ret = (struct attempt_out){
		.attempt_id = a.id,
		.exam_id = a.exam_id,
		.n = a.n,
		.state = a.state,
		.title = a.title,
		.lang = a.lang,
		.here = v->open,
		.over = v->over,
		.opened_at = a.opened_at,
		.ends_at = a.ends_at,
		.grace_s = a.grace_s,
		.left_ms = attempt_left(cx, &a),
		.elapsed_ms = attempt_elapsed(cx, &a),
		.first_seq = v->open ? v->first_seq : NONE,
		.secret = v->open ? a.secret : STR_NONE,
		.questions = v->open ? json_questions(cx, v) : STR_NONE,
		.submitted_at = a.submitted_at,
		.marks = told ? a.marks : nan(""),
		.max_marks = a.max_marks,
		.adaptive = a.pool,
		.instead = v->instead,
		.percent = told ? v->percent : NONE,
		.passed = told && a.passed,
		.competencies = told ? json_competencies(cx, v) : STR_NONE,
	};
	return OK;
}

enum err view_kept(struct ctx *cx, const struct attempt_one_row *a, const struct attempt_kept *v, size_t n, struct str *ret)
{
	const struct exam_form *form;
	struct buf b;
	buf_init(&b, cx->arena, PAPER_JSON_MAX);
	struct json_out j = { .b = &b };
	jw_open(&j, '[');
	for (size_t i = 0; i < n; i++) {
		jw_open(&j, '{');
		jw_key(&j, "n");
		jw_int(&j, v[i].n);
		jw_key(&j, "seq");
		jw_int(&j, v[i].seq);
		jw_key(&j, "state");
		jw_str(&j, str_of(attempt_fate_name(v[i].fate)));
		if (v[i].fate == FATE_MISFIT) {
			TRY(exam_form_load(cx, a->form_id, a->lang, &form));
			struct msg_arg place = { "n", str_fmt(cx->arena, "%lld", (long long)view_place(cx, form, a->seed, v[i].n)) };
			jw_key(&j, "why");
			jw_str(&j, msg_text(cx, v[i].why, 1, &place));
		}
		jw_close(&j, '}');
	}
	jw_close(&j, ']');
	*ret = buf_get(&b);
	return OK;
}

/* ── in ── */

static struct str text_in(struct ctx *cx, const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);
	return json_is_string(v) ? str_dup(cx->arena, (struct str){ json_string_value(v), json_string_length(v) }) : S("");
}

static int64_t whole_in(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);
	return json_is_integer(v)							    ? json_integer_value(v)
	       : json_is_real(v) && json_real_value(v) > -1e15 && json_real_value(v) < 1e15 ? (int64_t)json_real_value(v)
											    : NONE;
}

static bool read_one(struct ctx *cx, const json_t *o, struct attempt_give *ret)
{
	const json_t *given = json_object_get(o, "given"), *text;
	struct attempt_give g = { whole_in(o, "n"), whole_in(o, "seq"), whole_in(o, "elapsed_ms"), whole_in(o, "spent_ms"), { 0 }, text_in(cx, o, "seal") };
	size_t i;
	if (!json_is_array(given) || json_array_size(given) > GIVEN_MAX || g.n < 1 || g.seq < 1 || g.seq > ATTEMPT_SEQ_MAX)
		return false;
	json_array_foreach(given, i, text)
	{
		if (!json_is_string(text))
			return false;
		*ARENA_PUSH(cx->arena, g.given.v, g.given.n) = str_dup(cx->arena, (struct str){ json_string_value(text), json_string_length(text) });
	}
	*ret = g;
	return true;
}

enum err view_read_answers(struct ctx *cx, struct str json, struct attempt_give **ret, size_t *ret_n)
{
	json_t *list = json_loadb(json.p, json.n, 0, NULL);
	const json_t *o;
	struct attempt_give *v = NULL;
	size_t n = json_is_array(list) ? json_array_size(list) : 0, i;
	bool good = n >= 1 && n <= ANSWERS_MAX;
	v = ARENA_ARRAY(cx->arena, struct attempt_give, good ? n : 1);
	if (good)
		json_array_foreach(list, i, o) good = good && read_one(cx, o, &v[i]);
	json_decref(list);
	if (!good)
		return fail(cx, ERR_INVALID, "answers", N_("must be a list of answers, each with n, seq and given"));
	*ret = v;
	*ret_n = n;
	return OK;
}

enum err view_read_events(struct ctx *cx, struct str json, struct attempt_event **ret, size_t *ret_n)
{
	json_t *list = json_loadb(json.p, json.n, 0, NULL);
	const json_t *o;
	size_t n = json_is_array(list) ? json_array_size(list) : 0, i;
	bool good = json_is_array(list) && n <= EVENTS_MAX;
	struct attempt_event *v = ARENA_ARRAY(cx->arena, struct attempt_event, good ? n : 1);
	if (good)
		json_array_foreach(list, i, o) v[i] =
			(struct attempt_event){ whole_in(o, "seq"), text_in(cx, o, "kind"), whole_in(o, "elapsed_ms"), whole_in(o, "ms") };
	json_decref(list);
	if (!good)
		return fail(cx, ERR_INVALID, "events", N_("must be a list of events, each with seq and kind"));
	*ret = v;
	*ret_n = n;
	return OK;
}
