/* Attempts; see quiz.h. Marking stands in quiz_mark.c, what an attempt shows in quiz_shown.c. */
#include "feature/quiz/quiz.h"
#include "feature/completion/completion.h"
#include "feature/enrolment/enrolment.h"

#include <math.h>

static enum err find_quiz(struct ctx *cx, int64_t resource_id, struct quiz_one_row *ret)
{
	bool found = false;
	TRY(quiz_sql_one(cx, resource_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "resource_id", N_("There is no such quiz."));
}

static enum err find_attempt(struct ctx *cx, int64_t attempt_id, struct quiz_attempt_row *ret)
{
	bool found = false;
	TRY(quiz_sql_attempt(cx, cx->actor.person_id, attempt_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "attempt_id", N_("There is no such attempt of yours."));
}

/* ── drawing ── */

/* What would favour the small numbers is thrown again. */
size_t quiz_chance(size_t n)
{
	uint32_t x, most = UINT32_MAX - UINT32_MAX % (uint32_t)n;
	do
		random_bytes(&x, sizeof x);
	while (x >= most);
	return x % n;
}

/* The first `draw` places of a shuffle (Fisher and Yates), stopped there. */
static void draw(struct quiz_pool_row *pool, size_t n, size_t wanted)
{
	for (size_t i = 0; i < wanted; i++) {
		size_t k = i + quiz_chance(n - i);
		struct quiz_pool_row x = pool[i];
		pool[i] = pool[k];
		pool[k] = x;
	}
}

/* All questions stand in the author's order; drawn ones in the order of chance. */
static enum err begin(struct ctx *cx, const struct quiz_one_row *quiz, int64_t number, int64_t *ret_attempt)
{
	struct quiz_pool_row *pool;
	size_t n;
	TRY(quiz_sql_pool(cx, quiz->resource_id, &pool, &n));
	if (!n)
		return fail(cx, ERR_CONFLICT, "", N_("This quiz has no questions yet."));
	if (quiz->draw > 0 && (size_t)quiz->draw < n) {
		draw(pool, n, (size_t)quiz->draw);
		n = (size_t)quiz->draw;
	}
	int64_t id = new_id(cx), me = cx->actor.person_id;
	TRY(quiz_sql_add_attempt(cx, me, id, quiz->resource_id, number, cx->now, (double)n, NULL));
	for (size_t i = 0; i < n; i++)
		TRY(quiz_sql_add_answer(cx, me, id, (int64_t)i + 1, pool[i].id, NULL));
	*ret_attempt = id;
	return OK;
}

enum err quiz_start(struct ctx *cx, int64_t resource_id, int64_t *ret_attempt)
{
	struct quiz_one_row quiz;
	struct enrolment_one_row enrolment;
	struct quiz_attempts_row *all;
	size_t n;
	TRY(find_quiz(cx, resource_id, &quiz));
	if (quiz.ended_at != NONE)
		return fail(cx, ERR_GONE, "resource_id", N_("This quiz was taken out of the course. What you had done in it is kept."));
	TRY(enrolment_need(cx, cx->actor.person_id, quiz.course_id, &enrolment));
	TRY(quiz_sql_attempts(cx, cx->actor.person_id, resource_id, &all, &n));
	for (size_t i = 0; i < n; i++)
		if (all[i].submitted_at == NONE) {
			*ret_attempt = all[i].id;
			return OK;
		}
	if ((int64_t)n >= quiz.attempts)
		return fail(cx, ERR_CONFLICT, "", N_("You have used all attempts of this quiz. Your best result counts."));
	TRY(enrolment_touch(cx, cx->actor.person_id, quiz.course_id, resource_id));
	return begin(cx, &quiz, n ? all[n - 1].n + 1 : 1, ret_attempt);
}

/* ── answers ── */

static enum err refuse(struct ctx *cx, int64_t n, const char *why)
{
	return fail_msg(cx, ERR_INVALID, S("answer"), why, 1, (struct msg_arg[]){ { "n", str_fmt(cx->arena, "%lld", (long long)n) } });
}

static enum err mark_one(struct ctx *cx, struct str kind, struct str answer_key, const struct strs *given, double *ret)
{
	struct quiz_key key;
	TRY(quiz_load_key(cx, kind, answer_key, &key));
	*ret = quiz_mark(cx->arena, &key, given).part;
	return OK;
}

static enum err find_answer(struct ctx *cx, const struct quiz_give *in, struct quiz_answer_row *ret)
{
	bool found = false;
	TRY(quiz_sql_answer(cx, cx->actor.person_id, in->attempt_id, in->question_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "question", N_("This question is not in your attempt."));
}

static enum err fit(struct ctx *cx, const struct quiz_answer_row *row, struct str given, struct strs *ret)
{
	struct quiz_asked asked;
	struct strs raw;
	TRY(quiz_load_asked(cx, row->kind, row->asked, &asked));
	if (!quiz_read_given(cx->arena, given, &raw))
		return refuse(cx, row->n, N_("Question {n}: an answer is a list of texts."));
	const char *wrong = quiz_fit(cx->arena, &asked, &raw, ret);
	return wrong ? refuse(cx, row->n, wrong) : OK;
}

enum err quiz_save(struct ctx *cx, const struct quiz_give *in)
{
	struct quiz_attempt_row attempt;
	struct quiz_one_row quiz;
	struct quiz_answer_row row;
	struct strs given;
	TRY(find_attempt(cx, in->attempt_id, &attempt));
	if (attempt.submitted_at != NONE)
		return fail(cx, ERR_CONFLICT, "", N_("This attempt has been handed in; its answers can no longer change."));
	TRY(find_answer(cx, in, &row));
	TRY(find_quiz(cx, attempt.resource_id, &quiz));
	TRY(fit(cx, &row, in->given, &given));
	struct str text = quiz_write_given(cx->arena, &given);
	bool final = !isnan(row.marks), same = str_eq(text, row.given);
	if (final && !same)
		return fail(cx, ERR_CONFLICT, "answer", N_("This answer was checked and can no longer change."));
	bool check = in->check && given.n && str_is(quiz.feedback, "each");
	if (final || (same && !check))
		return OK;
	double marks = nan("");
	if (check)
		TRY(mark_one(cx, row.kind, row.answer_key, &given, &marks));
	return quiz_sql_give(cx, text, cx->now, marks, cx->actor.person_id, in->attempt_id, row.n, NULL);
}

/* ── handing in ── */

int64_t quiz_percent(double marks, double max)
{
	/* A sum of thirds may fall short of the whole by the last binary digit. */
	return max > 0 ? (int64_t)floor(100 * marks / max + 1e-6) : 0;
}

static enum err mark_all(struct ctx *cx, int64_t attempt_id, double *ret_sum)
{
	struct quiz_to_mark_row *rows;
	size_t n;
	double sum = 0, marks;
	TRY(quiz_sql_to_mark(cx, cx->actor.person_id, attempt_id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct strs given;
		if (!quiz_read_given(cx->arena, rows[i].given, &given))
			return ERR_INTERNAL;
		TRY(mark_one(cx, rows[i].kind, rows[i].answer_key, &given, &marks));
		TRY(quiz_sql_mark(cx, marks, cx->actor.person_id, attempt_id, rows[i].n, NULL));
		sum += marks;
	}
	*ret_sum = sum;
	return OK;
}

static enum err credit(struct ctx *cx, const struct quiz_one_row *quiz, bool *ret_complete)
{
	struct completion done;
	TRY(completion_credit(cx, cx->actor.person_id, quiz->resource_id, "quiz", &done));
	if (quiz->credits_id != NONE)
		TRY(completion_credit(cx, cx->actor.person_id, quiz->credits_id, "check", &done));
	*ret_complete = done.course_complete;
	return OK;
}

static enum err hand_in(struct ctx *cx, const struct quiz_attempt_row *attempt, const struct quiz_one_row *quiz, struct quiz_result *r)
{
	struct enrolment_one_row enrolment;
	TRY(enrolment_need(cx, cx->actor.person_id, quiz->course_id, &enrolment));
	TRY(mark_all(cx, attempt->id, &r->marks));
	r->percent = quiz_percent(r->marks, attempt->max_marks);
	r->passed = r->percent >= quiz->pass;
	r->newly = true;
	r->course_complete = str_is(enrolment.state, "completed");
	TRY(quiz_sql_submit(cx, cx->now, r->marks, r->passed, cx->actor.person_id, attempt->id, NULL));
	return r->passed ? credit(cx, quiz, &r->course_complete) : OK;
}

/* Handed in twice (two tabs, an answer lost on the way): the second time the same result is told, nothing is counted. */
static enum err told_again(struct ctx *cx, const struct quiz_attempt_row *attempt, const struct quiz_one_row *quiz, struct quiz_result *r)
{
	struct enrolment_one_row enrolment;
	bool found = false;
	TRY(enrolment_sql_one(cx, cx->actor.person_id, quiz->course_id, &enrolment, &found));
	r->marks = attempt->marks;
	r->percent = quiz_percent(attempt->marks, attempt->max_marks);
	r->passed = attempt->passed;
	r->course_complete = found && str_is(enrolment.state, "completed");
	return OK;
}

enum err quiz_submit(struct ctx *cx, int64_t attempt_id, struct quiz_result *ret)
{
	struct quiz_attempt_row attempt;
	struct quiz_one_row quiz;
	TRY(find_attempt(cx, attempt_id, &attempt));
	TRY(find_quiz(cx, attempt.resource_id, &quiz));
	struct quiz_result r = { .attempt_id = attempt_id, .resource_id = attempt.resource_id, .course_id = quiz.course_id, .max_marks = attempt.max_marks };
	if (attempt.submitted_at == NONE)
		TRY(hand_in(cx, &attempt, &quiz, &r));
	else
		TRY(told_again(cx, &attempt, &quiz, &r));
	*ret = r;
	return OK;
}

/* ── how it stands ── */

static void count_attempt(struct quiz_state *s, const struct quiz_attempts_row *a)
{
	if (a->submitted_at == NONE) {
		s->open_id = a->id;
		return;
	}
	s->last_id = a->id;
	s->passed |= a->passed;
	/* Attempts may have had different numbers of questions, so shares are compared. */
	if (!s->tried || a->marks * s->best_max > s->best_marks * a->max_marks) {
		s->best_marks = a->marks;
		s->best_max = a->max_marks;
	}
	s->tried = true;
}

enum err quiz_state(struct ctx *cx, int64_t resource_id, struct quiz_state *ret)
{
	struct quiz_state s = { 0 };
	struct quiz_attempts_row *all;
	struct quiz_pool_size_row pool;
	struct enrolment_one_row enrolment;
	size_t n;
	TRY(find_quiz(cx, resource_id, &s.quiz));
	TRY(quiz_sql_attempts(cx, cx->actor.person_id, resource_id, &all, &n));
	for (size_t i = 0; i < n; i++)
		count_attempt(&s, &all[i]);
	s.used = (int64_t)n;
	s.left = s.quiz.attempts > s.used ? s.quiz.attempts - s.used : 0;
	s.best_percent = quiz_percent(s.best_marks, s.best_max);
	TRY(quiz_sql_pool_size(cx, resource_id, &pool));
	s.drawn = s.quiz.draw > 0 && s.quiz.draw < pool.n ? s.quiz.draw : pool.n;
	TRY(enrolment_sql_one(cx, cx->actor.person_id, s.quiz.course_id, &enrolment, &s.enrolled));
	s.course_complete = s.enrolled && str_is(enrolment.state, "completed");
	s.enrolled = s.enrolled && !str_is(enrolment.state, "ended");
	*ret = s;
	return OK;
}

enum err quiz_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	TRY(quiz_sql_merge_attempts(cx, kept_id, closed_id, NULL));
	TRY(quiz_sql_merge_answers(cx, kept_id, closed_id, NULL));
	TRY(quiz_sql_drop_answers(cx, closed_id, NULL));
	return quiz_sql_drop_attempts(cx, closed_id, NULL);
}
