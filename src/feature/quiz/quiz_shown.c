/* What the person of an attempt sees of it; see quiz.h. The key is asked for only where quiz.sql's `keys` gives it. */
#include "feature/quiz/quiz.h"

static enum err show(struct ctx *cx, int64_t attempt_id, const struct quiz_answers_row *row, struct quiz_shown *s)
{
	struct quiz_asked q;
	struct strs given;
	TRY(quiz_load_asked(cx, row->kind, row->asked, &q));
	if (!quiz_read_given(cx->arena, row->given, &given))
		return ERR_INTERNAL;
	quiz_show(cx->arena, &q, &given, (uint64_t)attempt_id ^ ((uint64_t)row->question_id << 17), s);
	s->question_id = row->question_id;
	s->n = row->n;
	return OK;
}

static enum err reveal(struct ctx *cx, const struct quiz_keys_row *row, struct quiz_shown *s)
{
	struct quiz_key k;
	TRY(quiz_load_key(cx, row->kind, row->answer_key, &k));
	quiz_reveal(cx->arena, &k, s);
	return OK;
}

static enum err reveal_final(struct ctx *cx, int64_t attempt_id, struct quiz_attempt *a)
{
	struct quiz_keys_row *keys;
	size_t n, at = 0;
	TRY(quiz_sql_keys(cx, cx->actor.person_id, attempt_id, &keys, &n));
	for (size_t i = 0; i < a->n_questions && at < n; i++)
		if (keys[at].n == a->questions[i].n)
			TRY(reveal(cx, &keys[at++], &a->questions[i]));
	return OK;
}

enum err quiz_attempt(struct ctx *cx, int64_t attempt_id, struct quiz_attempt *ret)
{
	struct quiz_attempt a = { 0 };
	struct quiz_answers_row *rows;
	struct quiz_one_row quiz;
	bool found = false;
	TRY(quiz_sql_attempt(cx, cx->actor.person_id, attempt_id, &a.row, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "attempt_id", N_("There is no such attempt of yours."));
	TRY(quiz_sql_one(cx, a.row.resource_id, &quiz, &found));
	a.feedback = quiz.feedback;
	TRY(quiz_sql_answers(cx, cx->actor.person_id, attempt_id, &rows, &a.n_questions));
	a.questions = ARENA_ARRAY(cx->arena, struct quiz_shown, a.n_questions);
	for (size_t i = 0; i < a.n_questions; i++)
		TRY(show(cx, attempt_id, &rows[i], &a.questions[i]));
	/* Checked answers are final, but an author may have turned to "end" in the meantime: then they wait like the others. */
	if (str_is(a.feedback, "each") || (str_is(a.feedback, "end") && a.row.submitted_at != NONE))
		TRY(reveal_final(cx, attempt_id, &a));
	*ret = a;
	return OK;
}
