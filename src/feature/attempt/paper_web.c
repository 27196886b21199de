/* One paper, whoever takes it; see paper_web.h. */
#include "feature/attempt/paper_web.h"
#include "feature/exam/exam.h"
#include "feature/exam/form.h"
#include "web/lang.h"

const struct choice paper_laters[] = { { "stay", N_("Save and stay") }, { "skip", N_("Without an answer to the next question") }, { NULL, NULL } };

/* ── showing ── */

enum err paper_row(struct ctx *cx, const struct paper_place *p, struct answer *a)
{
	struct attempt_out *r = ARENA_NEW(cx->arena, struct attempt_out);
	struct paper_page v;
	TRY(view_paper(cx, p->taker, p->attempt_id, NULL, p->base, p->api, &v));
	TRY(view_row(cx, p->taker, p->attempt_id, &v, r));
	ANSWER_ROW(a, r);
	return OK;
}

enum err paper_show(struct ctx *cx, const struct paper_place *p, const struct strs *typed, struct answer *a)
{
	struct paper_page *v = ARENA_NEW(cx->arena, struct paper_page);
	struct attempt_out *r = ARENA_NEW(cx->arena, struct attempt_out);
	TRY(view_paper(cx, p->taker, p->attempt_id, typed, p->base, p->api, v));
	TRY(view_row(cx, p->taker, p->attempt_id, v, r));
	ANSWER_ROW(a, r);
	a->view = v;
	a->title = v->title;
	a->nav = NAV_LEARN;
	a->exam = (v->open && !v->adaptive) || v->over;
	return OK;
}

/* ── opening ── */

struct opened_out {
	int64_t attempt_id, opened_at, ends_at, left_ms;
	struct str address;
};
const struct field paper_opened_out[] = {
	FIELD(opened_out, attempt_id, F_ID), FIELD(opened_out, address, F_TEXT), FIELD(opened_out, opened_at, F_TIME),
	FIELD(opened_out, ends_at, F_TIME),  FIELD(opened_out, left_ms, F_INT),	 FIELD_END,
};

enum err paper_opened(struct ctx *cx, const struct paper_place *p, struct answer *a)
{
	struct opened_out *r = ARENA_NEW(cx->arena, struct opened_out);
	struct attempt_one_row row;
	TRY(attempt_find(cx, p->taker.id, p->attempt_id, &row));
	*r = (struct opened_out){ row.id, row.opened_at, row.ends_at, attempt_left(cx, &row), p->api };
	ANSWER_ROW(a, r);
	a->then = p->base;
	return OK;
}

/* ── saving ── */

struct saved_out {
	int64_t now, elapsed_ms, left_ms;
	struct str state, answers;
};
const struct field paper_saved_out[] = {
	FIELD(saved_out, now, F_TIME),	 FIELD(saved_out, elapsed_ms, F_INT), FIELD(saved_out, left_ms, F_INT),
	FIELD(saved_out, state, F_TEXT), FIELD(saved_out, answers, F_JSON),   FIELD_END,
};

enum err paper_save(struct ctx *cx, const struct paper_place *p, struct str json, struct answer *a)
{
	struct saved_out *r = ARENA_NEW(cx->arena, struct saved_out);
	struct attempt_one_row row;
	struct attempt_give *v;
	size_t n;
	TRY(view_read_answers(cx, json, &v, &n));
	struct attempt_kept *kept = ARENA_ARRAY(cx->arena, struct attempt_kept, n);
	TRY(attempt_save(cx, p->taker, p->attempt_id, v, n, kept, &row));
	*r = (struct saved_out){ .now = cx->now, .elapsed_ms = attempt_elapsed(cx, &row), .left_ms = attempt_left(cx, &row), .state = row.state };
	TRY(view_kept(cx, &row, kept, n, &r->answers));
	ANSWER_ROW(a, r);
	return OK;
}

struct noted_out {
	int64_t now, elapsed_ms, left_ms;
};
const struct field paper_noted_out[] = { FIELD(noted_out, now, F_TIME), FIELD(noted_out, elapsed_ms, F_INT), FIELD(noted_out, left_ms, F_INT), FIELD_END };

enum err paper_note(struct ctx *cx, const struct paper_place *p, struct str json, struct answer *a)
{
	struct noted_out *r = ARENA_NEW(cx->arena, struct noted_out);
	struct attempt_one_row row;
	struct attempt_event *v;
	size_t n;
	TRY(view_read_events(cx, json, &v, &n));
	TRY(attempt_note(cx, p->taker, p->attempt_id, v, n, &row));
	*r = (struct noted_out){ cx->now, attempt_elapsed(cx, &row), attempt_left(cx, &row) };
	ANSWER_ROW(a, r);
	return OK;
}

/* ── a form ── */

static int64_t held_seq(const struct attempt_answers_row *held, size_t n, int64_t place, struct str *ret_given)
{
	*ret_given = STR_NONE;
	for (size_t i = 0; i < n; i++)
		if (held[i].n == place) {
			*ret_given = held[i].given;
			return held[i].seq;
		}
	return 0;
}

/* A form says all answers each time; those that are other than what is held are new ones. */
static enum err changed_answers(struct ctx *cx, const struct paper_place *p, const struct form_answers *all, struct attempt_give **ret, size_t *ret_n)
{
	struct attempt_answers_row *held;
	struct attempt_give *v = ARENA_ARRAY(cx->arena, struct attempt_give, all->n);
	size_t n_held, n = 0;
	struct str given;
	TRY(attempt_sql_answers(cx, p->taker.id, p->attempt_id, &held, &n_held));
	for (size_t i = 0; i < all->n; i++) {
		int64_t seq = held_seq(held, n_held, all->v[i].n, &given);
		if (!str_eq(quiz_write_given(cx->arena, &all->v[i].given), given))
			v[n++] = (struct attempt_give){ .n = all->v[i].n, .seq = seq + 1, .elapsed_ms = NONE, .spent_ms = NONE, .given = all->v[i].given };
	}
	*ret = v;
	*ret_n = n;
	return OK;
}

static enum err tell(struct ctx *cx, const struct attempt_one_row *row, const struct attempt_kept *k, size_t n)
{
	const struct exam_form *form;
	enum err e = OK;
	for (size_t i = 0; i < n; i++) {
		if (k[i].fate == FATE_ELSEWHERE)
			return fail(cx, ERR_CONFLICT, "", N_("This paper is open on another device, so your answers were not saved here. Take it here first."));
		if (k[i].fate != FATE_MISFIT)
			continue;
		TRY(exam_form_load(cx, row->form_id, row->lang, &form));
		struct msg_arg place = { "n", str_fmt(cx->arena, "%lld", (long long)view_place(cx, form, row->seed, k[i].n)) };
		e = fail_msg(cx, ERR_INVALID, S("answer"), k[i].why, 1, &place);
	}
	return e;
}

/* Of an adaptive paper: the question that is open, when the form is about it. A form that is sent twice is about one that is answered: nothing is new. */
static enum err next_answer(struct ctx *cx, const struct paper_place *p, const struct form_answers *all, bool skip, struct attempt_give **ret, size_t *ret_n)
{
	struct attempt_answers_row *held;
	size_t n;
	*ret_n = 0;
	TRY(attempt_sql_answers(cx, p->taker.id, p->attempt_id, &held, &n));
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < all->n && !held[i].seq; k++) {
			if (all->v[k].n != held[i].n)
				continue;
			if (!skip && !all->v[k].given.n)
				return fail(cx, ERR_INVALID, "answer", N_("Give an answer, or say that you do not know."));
			*ret = ARENA_NEW(cx->arena, struct attempt_give);
			**ret = (struct attempt_give){ .n = held[i].n, .seq = 1, .elapsed_ms = NONE, .spent_ms = NONE };
			if (!skip)
				(*ret)->given = all->v[k].given;
			*ret_n = 1;
		}
	return OK;
}

static enum err save_form(struct ctx *cx, const struct paper_place *p, const struct strs *texts, struct str later, struct answer *a)
{
	const struct exam_form *form;
	struct attempt_one_row row;
	struct form_answers all;
	struct attempt_give *v;
	size_t n = 0;
	TRY(attempt_find(cx, p->taker.id, p->attempt_id, &row));
	TRY(exam_form_load(cx, row.form_id, row.lang, &form));
	TRY(view_form_answers(cx, form, texts, &all));
	if (!row.pool)
		TRY(changed_answers(cx, p, &all, &v, &n));
	else if (later.n)
		TRY(next_answer(cx, p, &all, str_is(later, "skip"), &v, &n));
	struct attempt_kept *kept = ARENA_ARRAY(cx->arena, struct attempt_kept, n);
	if (!n)
		return OK;
	TRY(attempt_save(cx, p->taker, p->attempt_id, v, n, kept, &row));
	a->refused = tell(cx, &row, kept, n);
	return OK;
}

enum err paper_submit(struct ctx *cx, const struct paper_place *p, const struct strs *texts, struct str later, struct answer *a)
{
	TRY(save_form(cx, p, texts, later, a));
	if (a->refused)
		return OK;
	if (!later.n)
		TRY(attempt_submit(cx, p->taker, p->attempt_id));
	a->then = p->base;
	return paper_row(cx, p, a);
}

/* ── pictures ── */

/* Of an open paper to the device that has it, of a closed one by the rules of review. */
static enum err may_see(struct ctx *cx, const struct paper_place *p, const struct attempt_one_row *row, int64_t n)
{
	struct attempt_answer_row held;
	bool good = str_is(row->state, "open") && !attempt_is_over(cx, row) && attempt_is_here(cx, p->taker, row);
	if (!good)
		TRY(attempt_may_review(cx, row, &good));
	if (good && row->pool) /* nobody sees a pool, only what was asked */
		TRY(attempt_sql_answer(cx, p->taker.id, p->attempt_id, n, &held, &good));
	return good ? OK : fail(cx, ERR_NOT_FOUND, "n", N_("There is no such picture."));
}

enum err paper_picture(struct ctx *cx, const struct paper_place *p, int64_t n, struct answer *a)
{
	struct attempt_one_row row;
	struct exam_picture_row picture;
	bool found = false;
	TRY(attempt_find(cx, p->taker.id, p->attempt_id, &row));
	TRY(may_see(cx, p, &row, n));
	TRY(exam_sql_picture(cx, row.form_id, n, &picture, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "n", N_("There is no such picture."));
	a->type = str_c(cx->arena, picture.picture_type);
	a->bytes = picture.picture;
	return OK;
}
