/* One question at a time; see adaptive_paper.h. */
#include "feature/attempt/adaptive_paper.h"
#include "feature/exam/form.h"

enum err adaptive_paper_pool(struct ctx *cx, const struct exam_one_row *e, int64_t *ret_form, bool *ret_found)
{
	const struct adaptive_pool *pool;
	struct attempt_last_pool_row last;
	bool found = false;
	*ret_found = false;
	if (!str_is(e->mode, "adaptive"))
		return OK;
	TRY(attempt_sql_last_pool(cx, e->id, &last, &found));
	if (!found)
		return OK;
	TRY(adaptive_pool(cx, e, last.id, &pool));
	*ret_form = last.id;
	*ret_found = pool->ready;
	return OK;
}

enum err adaptive_paper_stand(struct ctx *cx, const struct attempt_one_row *a, const struct adaptive_given *v, size_t n, const struct adaptive_pool **ret_pool,
			      struct adaptive_stand *ret)
{
	struct exam_one_row e;
	bool found = false;
	TRY(exam_sql_one(cx, a->exam_id, &e, &found));
	TRY(adaptive_pool(cx, &e, a->form_id, ret_pool));
	*ret = adaptive_stand(cx->arena, *ret_pool, a->seed, v, n, INT64_MAX); /* the clock has its own job */
	return OK;
}

static enum err part_of(struct ctx *cx, const struct exam_form *form, const struct attempt_answers_row *r, struct adaptive_given *ret)
{
	const struct form_item *item = exam_form_item(form, r->n);
	struct strs given;
	*ret = (struct adaptive_given){ r->n, 0 };
	if (!item || !r->given.n || !quiz_machine_marks(item->key.kind))
		return OK;
	if (!quiz_read_given(cx->arena, r->given, &given))
		return ERR_INTERNAL;
	ret->part = quiz_mark(cx->arena, &item->key, &given).part;
	return OK;
}

/* ret_open: a question waits for its answer. */
static enum err read_answers(struct ctx *cx, const struct attempt_one_row *a, const struct exam_form *form, struct adaptive_given **ret, size_t *ret_n,
			     bool *ret_open)
{
	struct attempt_answers_row *rows;
	size_t n;
	TRY(attempt_sql_answers(cx, a->taker_id, a->id, &rows, &n));
	*ret = ARENA_ARRAY(cx->arena, struct adaptive_given, n);
	*ret_n = 0;
	*ret_open = false;
	for (size_t i = 0; i < n; i++) {
		if (rows[i].seq)
			TRY(part_of(cx, form, &rows[i], &(*ret)[(*ret_n)++]));
		else
			*ret_open = true;
	}
	return OK;
}

enum err adaptive_paper_go_on(struct ctx *cx, const struct attempt_one_row *a)
{
	const struct adaptive_pool *pool;
	const struct exam_form *form;
	struct adaptive_given *given;
	struct adaptive_stand stand;
	bool open = false;
	size_t n;
	TRY(exam_form_load(cx, a->form_id, a->lang, &form));
	TRY(read_answers(cx, a, form, &given, &n, &open));
	if (open)
		return OK;
	TRY(adaptive_paper_stand(cx, a, given, n, &pool, &stand));
	if (stand.stop != ADAPTIVE_GOES_ON)
		return attempt_close(cx, a->taker_id, a->id, "rules");
	const struct form_item *item = exam_form_item(form, stand.next);
	return attempt_sql_give(cx, a->taker_id, a->id, stand.next, item->item_id, item->version, cx->now, NULL);
}

enum err adaptive_paper_judge(struct ctx *cx, const struct attempt_one_row *a, const struct attempt_give *g, struct attempt_kept *k, bool *ret_open)
{
	struct attempt_answer_row held;
	bool found = false;
	TRY(attempt_sql_answer(cx, a->taker_id, a->id, g->n, &held, &found));
	*ret_open = found && !held.seq;
	if (!found) {
		k->fate = FATE_MISFIT;
		k->why = N_("There is no such question on this paper.");
	} else if (held.seq) {
		k->fate = held.seq == g->seq ? FATE_KEPT : FATE_OLDER;
	}
	return OK;
}
