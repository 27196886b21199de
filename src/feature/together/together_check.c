/* The individual check; see together_check.h. */
#include "feature/together/together_check.h"
#include "feature/completion/completion.h"
#include "feature/notice/notice.h"
#include "feature/quiz/quiz.h"
#include "feature/secret/secret.h"
#include "web/session.h"

static bool on_paper(struct str kind)
{
	return !str_is(kind, "matching");
}

/* ── how it stands ── */

static enum err put_quiz(struct ctx *cx, struct together_standing *s)
{
	struct together_quiz_row q;
	struct together_pool_row *pool;
	bool found = false;
	if (s->of.quiz_id == NONE)
		return OK;
	TRY(together_sql_quiz(cx, s->of.quiz_id, &q, &found));
	if (!found)
		return OK;
	TRY(together_sql_pool(cx, s->of.quiz_id, &pool, &s->pool));
	for (size_t i = 0; i < s->pool; i++)
		s->paper_pool += on_paper(pool[i].kind);
	s->quiz = q.title;
	s->pass = q.pass;
	s->proved = s->pool > 0;
	return OK;
}

enum err together_standing(struct ctx *cx, int64_t person_id, int64_t resource_id, struct together_standing *ret)
{
	struct together_standing s = { 0 };
	struct intervals own, grouped;
	bool found = false;
	TRY(together_sql_check_state(cx, person_id, resource_id, &s.of, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "resource_id", N_("There is no such lesson."));
	TRY(together_intervals(cx, s.of.own, &own));
	TRY(together_intervals(cx, s.of.grouped, &grouped));
	struct coverage c = progress_coverage(cx->arena, &own, &grouped, s.of.ms);
	s.percent = s.of.ms ? c.covered_ms * 100 / s.of.ms : 0;
	s.covered = c.check || c.complete;
	s.credited = s.of.credit_way.n > 0;
	s.enrolled = s.of.enrolment.n && !str_is(s.of.enrolment, "ended");
	s.left = s.of.used < TOGETHER_CHECKS ? TOGETHER_CHECKS - s.of.used : 0;
	TRY(put_quiz(cx, &s));
	*ret = s;
	return OK;
}

const char *together_no_check(const struct together_standing *s)
{
	if (s->credited)
		return N_("This part is credited already.");
	if (!s->enrolled)
		return N_("This person is not enrolled on the course.");
	if (!s->proved)
		return N_("No quiz of the course proves this part, so there is nothing to check by: only the time is credited. To complete it, watch or read "
			  "it alone once.");
	if (!s->covered)
		return N_("Not enough of it was seen yet: 95% are needed before the check.");
	if (!s->left)
		return N_("All three checks are used. Take the quiz that proves this part, or watch or read it alone.");
	return NULL;
}

enum err together_check_opens(struct ctx *cx, const struct together_session_row *s, int64_t person_id)
{
	const struct msg_arg args[] = { { "title", s->title } };
	return notice_tell(cx, &(struct notice){ .kind = NOTICE_together,
						 .person_id = person_id,
						 .fact = str_fmt(cx->arena, "together.check:%lld:%lld", (long long)s->resource_id, (long long)person_id),
						 .text = N_("You saw “{title}” in a group. It is complete after a short check of your own."),
						 .args = args,
						 .n_args = 1,
						 .path = str_fmt(cx->arena, "/resources/%lld/check", (long long)s->resource_id),
						 .thing_id = NONE });
}

/* ── beginning ── */

enum err together_check_draw(struct ctx *cx, int64_t together_id, const struct together_standing *s, int64_t person_id, const char *way, int64_t n,
			     int64_t *ret_id)
{
	struct together_pool_row *pool;
	size_t n_pool, kept = 0;
	TRY(together_sql_pool(cx, s->of.quiz_id, &pool, &n_pool));
	for (size_t i = 0; i < n_pool; i++)
		if (!n || on_paper(pool[i].kind))
			pool[kept++] = pool[i];
	*ret_id = new_id(cx);
	TRY(together_sql_add_check(cx, *ret_id, together_id, s->of.id, s->of.quiz_id, person_id, n, str_of(way),
				   n || str_is(str_of(way), "tick") ? actor_hand(&cx->actor) : NONE, cx->now, NULL));
	for (size_t i = 0; i < TOGETHER_QUESTIONS && i < kept; i++) {
		size_t k = i + quiz_chance(kept - i);
		struct together_pool_row drawn = pool[k];
		pool[k] = pool[i];
		TRY(together_sql_add_answer(cx, *ret_id, (int64_t)i + 1, drawn.id, NULL));
	}
	return OK;
}

enum err together_check_begin(struct ctx *cx, int64_t together_id, int64_t resource_id, int64_t person_id, const char *way, int64_t *ret_id)
{
	struct together_standing s;
	struct together_open_check_row open;
	bool found = false;
	TRY(together_standing(cx, person_id, resource_id, &s));
	const char *why = together_no_check(&s);
	if (why)
		return fail(cx, ERR_CONFLICT, "", why);
	TRY(together_sql_open_check(cx, person_id, resource_id, &open, &found));
	if (!found)
		return together_check_draw(cx, together_id, &s, person_id, way, 0, ret_id);
	*ret_id = open.id;
	return together_sql_set_way(cx, str_of(way), str_is(str_of(way), "tick") ? actor_hand(&cx->actor) : NONE, together_id, open.id, NULL);
}

enum err together_check_find(struct ctx *cx, int64_t id, struct together_check_row *ret)
{
	bool found = false;
	TRY(together_sql_check(cx, id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "check_id", N_("There is no such check."));
}

enum err together_check_questions(struct ctx *cx, int64_t id, struct quiz_shown **ret, size_t *ret_n)
{
	struct together_answers_row *r;
	const struct strs none = { 0 };
	TRY(together_sql_answers(cx, id, &r, ret_n));
	*ret = ARENA_ARRAY(cx->arena, struct quiz_shown, *ret_n + 1);
	for (size_t i = 0; i < *ret_n; i++) {
		struct quiz_asked q;
		TRY(quiz_load_asked(cx, r[i].kind, r[i].asked, &q));
		quiz_show(cx->arena, &q, &none, (uint64_t)id ^ ((uint64_t)r[i].question_id << 17), &(*ret)[i]);
		(*ret)[i].question_id = r[i].question_id;
		(*ret)[i].n = r[i].n;
	}
	return OK;
}

/* ── handing in ── */

static const struct strs *given_to(const struct quiz_answers *given, int64_t question_id)
{
	static const struct strs none;
	for (size_t i = 0; i < given->n; i++)
		if (given->v[i].question_id == question_id)
			return &given->v[i].given;
	return &none;
}

static enum err mark_one(struct ctx *cx, int64_t check_id, const struct together_keys_row *r, const struct strs *given, double *sum)
{
	struct quiz_asked asked;
	struct quiz_key key;
	struct strs fitting;
	TRY(quiz_load_asked(cx, r->kind, r->asked, &asked));
	const char *wrong = quiz_fit(cx->arena, &asked, given, &fitting);
	if (wrong)
		return fail_msg(cx, ERR_INVALID, S("answer"), wrong, 1, (struct msg_arg[]){ { "n", str_fmt(cx->arena, "%lld", (long long)r->n) } });
	TRY(quiz_load_key(cx, r->kind, r->answer_key, &key));
	double marks = quiz_mark(cx->arena, &key, &fitting).part;
	*sum += marks;
	return together_sql_give(cx, quiz_write_given(cx->arena, &fitting), marks, check_id, r->n, NULL);
}

enum err together_check_hand_in(struct ctx *cx, const struct together_check_row *k, const struct quiz_answers *given, bool *ret_passed)
{
	struct together_standing s;
	struct together_keys_row *r;
	struct completion done;
	double sum = 0;
	size_t n;
	TRY(together_standing(cx, k->person_id, k->resource_id, &s));
	const char *why = k->done_at != NONE ? N_("This check was handed in already.") : together_no_check(&s);
	if (why)
		return fail(cx, ERR_CONFLICT, "", why);
	TRY(together_sql_keys(cx, k->id, &r, &n));
	for (size_t i = 0; i < n; i++)
		TRY(mark_one(cx, k->id, &r[i], given_to(given, r[i].question_id), &sum));
	int64_t percent = quiz_percent(sum, (double)n);
	bool by_host = str_is(k->way, "tick") || str_is(k->way, "sheet");
	*ret_passed = n > 0 && percent >= k->pass;
	TRY(together_sql_done(cx, cx->now, by_host ? actor_hand(&cx->actor) : NONE, percent, *ret_passed, k->id, NULL));
	return *ret_passed ? completion_credit(cx, k->person_id, k->resource_id, "check", &done) : OK;
}

/* ── the personal number ── */

static struct str hash_of(struct ctx *cx, int64_t person_id, struct str number)
{
	return secret_hash(cx, "together.number", str_fmt(cx->arena, "%lld:%.*s", (long long)person_id, STR_ARG(number)));
}

/* All alike, or one up or down each time. */
static bool easy(struct str number)
{
	int step = number.p[1] - number.p[0];
	for (size_t i = 2; i < number.n; i++)
		if (number.p[i] - number.p[i - 1] != step)
			return false;
	return step >= -1 && step <= 1;
}

enum err together_number_set(struct ctx *cx, struct str number)
{
	struct str typed = str_trim(number);
	bool digits = typed.n == TOGETHER_NUMBER_DIGITS;
	for (size_t i = 0; digits && i < typed.n; i++)
		digits = typed.p[i] >= '0' && typed.p[i] <= '9';
	if (!digits)
		return fail(cx, ERR_INVALID, "number", N_("must be six digits"));
	if (easy(typed))
		return fail(cx, ERR_INVALID, "number", N_("is too easy to guess"));
	return together_sql_set_number(cx, cx->actor.person_id, hash_of(cx, cx->actor.person_id, typed), cx->now, NULL);
}

enum err together_number_fits(struct ctx *cx, int64_t person_id, struct str number, enum err *ret_refused)
{
	struct together_number_row row;
	bool found = false;
	*ret_refused = OK;
	TRY(session_limit(cx, "together.number", str_fmt(cx->arena, "%lld", (long long)person_id), TOGETHER_TRIES, HOUR));
	TRY(together_sql_number(cx, person_id, &row, &found));
	if (!found)
		*ret_refused = fail(cx, ERR_INVALID, "number", N_("is not set: this person sets it in the own account, or you say that it is him or her"));
	else if (!secret_same(row.hash, hash_of(cx, person_id, str_trim(number))))
		*ret_refused = fail(cx, ERR_INVALID, "number", N_("is not the personal number of this person"));
	return OK;
}

/* ── two accounts of one person ── */

static enum err merge_resource(struct ctx *cx, int64_t kept_id, const struct together_progress_of_row *r)
{
	struct together_progress_one_row own;
	struct intervals theirs, mine = { 0 };
	bool found = false;
	TRY(together_sql_progress_one(cx, kept_id, r->resource_id, &own, &found));
	TRY(together_intervals(cx, r->intervals, &theirs));
	if (found)
		TRY(together_intervals(cx, own.intervals, &mine));
	struct intervals both = intervals_union(cx->arena, &mine, &theirs);
	if (both.n > INTERVALS_MAX)
		both = intervals_close(cx->arena, &both, GRAIN_MS);
	return together_sql_put_progress(cx, kept_id, r->resource_id, intervals_write(cx->arena, &both), intervals_length(&both), cx->now, NULL);
}

enum err together_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	struct together_progress_of_row *r;
	size_t n;
	TRY(together_sql_leave(cx, cx->now, closed_id, NULL));
	TRY(together_sql_progress_of(cx, closed_id, &r, &n));
	for (size_t i = 0; i < n; i++)
		TRY(merge_resource(cx, kept_id, &r[i]));
	TRY(together_sql_drop_progress(cx, closed_id, NULL));
	TRY(together_sql_host_moves(cx, kept_id, closed_id, NULL));
	TRY(together_sql_presence_moves(cx, kept_id, closed_id, NULL));
	TRY(together_sql_checks_move(cx, kept_id, closed_id, NULL));
	return together_sql_forget_number(cx, closed_id, NULL);
}
