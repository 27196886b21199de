/* Bringing questions in, and what authors see of them; see quiz.h. */
#include "feature/quiz/quiz.h"
#include "feature/competency/competency.h"

static bool unchanged(const struct quiz_live_row *old, struct str kind, struct str asked, struct str key)
{
	return str_eq(old->kind, kind) && str_eq(old->asked, asked) && str_eq(old->answer_key, key);
}

static struct quiz_live_row *of_code(struct quiz_live_row *live, size_t n, struct str code)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(live[i].code, code))
			return &live[i];
	return NULL;
}

/* old: the question as it is, NULL: it is new. */
static enum err put_test(struct ctx *cx, int64_t question_id, const struct quiz_live_row *old, struct str category)
{
	struct teaches t;
	bool has = false, had = old && old->tests_framework.n;
	has = tests_read(cx->arena, category, &t, &has) && has;
	if (had && has && str_eq(old->tests_framework, t.framework) && str_eq(old->tests_code, t.code) && old->tests_level == t.level)
		return OK;
	if (had)
		TRY(quiz_sql_forget_test(cx, question_id, NULL));
	return has ? quiz_sql_tests(cx, question_id, t.framework, t.code, t.level, NULL) : OK;
}

/* An old row that is still there is marked by id 0, so that it is not ended. */
static enum err put(struct ctx *cx, int64_t resource_id, int64_t n, const struct question *q, struct quiz_live_row *old)
{
	struct str asked, key, kind = str_of(question_kind_name(q->kind));
	quiz_store(cx, q, &asked, &key);
	if (!old || !unchanged(old, kind, asked, key)) {
		int64_t id = new_id(cx);
		TRY(quiz_sql_add_question(cx, id, resource_id, q->name, n, kind, asked, key, NULL));
		return put_test(cx, id, NULL, q->category);
	}
	int64_t id = old->id;
	old->id = 0;
	TRY(put_test(cx, id, old, q->category));
	return old->n == n ? OK : quiz_sql_move_question(cx, n, id, NULL);
}

static enum err check_kinds(struct ctx *cx, const struct question *q, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!question_is_for_quiz(q[i].kind))
			return fail_msg(cx, ERR_INVALID, S("questions"), N_("A quiz of a course cannot ask the question “{name}”: nobody marks its kind there."), 1,
					(struct msg_arg[]){ { "name", q[i].name } });
	return OK;
}

static enum err check_names(struct ctx *cx, const struct question *q, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = 0; k < i; k++)
			if (str_eq(q[i].name, q[k].name))
				return fail_msg(cx, ERR_INVALID, S("questions"), N_("Two questions have the name “{name}”."), 1,
						(struct msg_arg[]){ { "name", q[i].name } });
	return OK;
}

enum err quiz_import(struct ctx *cx, int64_t resource_id, const struct quiz_rules *rules, const struct question *q, size_t n)
{
	struct quiz_live_row *live;
	size_t n_live;
	TRY(check_names(cx, q, n));
	TRY(check_kinds(cx, q, n));
	TRY(quiz_sql_put(cx, resource_id, rules->pass, rules->attempts, rules->draw, rules->feedback, NULL));
	TRY(quiz_sql_live(cx, resource_id, &live, &n_live));
	for (size_t i = 0; i < n; i++)
		TRY(put(cx, resource_id, (int64_t)i + 1, &q[i], of_code(live, n_live, q[i].name)));
	for (size_t i = 0; i < n_live; i++)
		if (live[i].id)
			TRY(quiz_sql_end_question(cx, cx->now, live[i].id, NULL));
	return OK;
}

enum err quiz_right_answer(struct ctx *cx, int64_t question_id, struct str *ret_given)
{
	struct quiz_question_row q;
	struct quiz_key key;
	bool found = false;
	TRY(quiz_sql_question(cx, question_id, &q, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "question_id", N_("There is no such question."));
	TRY(quiz_load_key(cx, q.kind, q.answer_key, &key));
	struct strs right = quiz_right(cx->arena, &key);
	*ret_given = quiz_write_given(cx->arena, &right);
	return OK;
}
