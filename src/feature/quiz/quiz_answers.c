/* Answers of a form; see quiz_answers.h. */
#include "feature/quiz/quiz_answers.h"

static struct quiz_answered *answer_to(struct ctx *cx, struct quiz_answers *all, int64_t question_id)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].question_id == question_id)
			return &all->v[i];
	struct quiz_answered *one = ARENA_PUSH(cx->arena, all->v, all->n);
	one->question_id = question_id;
	return one;
}

static bool add_answer(struct ctx *cx, struct quiz_answers *all, struct str text)
{
	struct str value = text, key, question;
	int64_t id;
	if (!str_cut(&value, '=', &key) || key.n == text.n || !str_cut(&key, '.', &question) || !str_int(question, &id))
		return false;
	struct quiz_answered *one = answer_to(cx, all, id);
	if (value.n)
		*ARENA_PUSH(cx->arena, one->given.v, one->given.n) = key.n ? str_fmt(cx->arena, "%.*s=%.*s", STR_ARG(key), STR_ARG(value)) : value;
	return true;
}

enum err quiz_answers(struct ctx *cx, const struct strs *texts, struct quiz_answers *ret)
{
	struct quiz_answers all = { 0 };
	for (size_t i = 0; i < texts->n; i++)
		if (!add_answer(cx, &all, texts->v[i]))
			return fail(cx, ERR_INVALID, "answer", N_("Each answer is QUESTION=ANSWER."));
	*ret = all;
	return OK;
}
