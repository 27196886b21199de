/* The life of an attempt; see attempt.h. Answers stand in answer.c, marks in settle.c. */
#include "feature/attempt/attempt.h"
#include "feature/attempt/adaptive_paper.h"
#include "feature/exam/exam.h"
#include "feature/secret/secret.h"
#include "web/session.h"

/* ── whose it is ── */

/* A session or a token is a device; a guest's address is one wherever it is open. */
static struct str device_of(struct ctx *cx, struct exam_taker t)
{
	if (t.guest)
		return S("guest");
	if (cx->actor.token_id)
		return str_fmt(cx->arena, "token %lld", (long long)cx->actor.token_id);
	return str_fmt(cx->arena, "session %lld", (long long)cx->actor.session_id);
}

enum err attempt_find(struct ctx *cx, int64_t taker_id, int64_t attempt_id, struct attempt_one_row *ret)
{
	bool found = false;
	TRY(attempt_sql_one(cx, taker_id, attempt_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "attempt_id", N_("There is no such attempt of yours."));
}

bool attempt_is_here(struct ctx *cx, struct exam_taker t, const struct attempt_one_row *a)
{
	return str_eq(device_of(cx, t), a->device);
}

bool attempt_is_over(const struct ctx *cx, const struct attempt_one_row *a)
{
	return cx->now >= a->ends_at + a->grace_s * SECOND;
}

int64_t attempt_left(const struct ctx *cx, const struct attempt_one_row *a)
{
	int64_t left = a->ends_at - cx->now, all = a->ends_at - a->opened_at;
	return left < 0 ? 0 : left < all ? left : all;
}

int64_t attempt_elapsed(const struct ctx *cx, const struct attempt_one_row *a)
{
	return cx->now > a->opened_at ? cx->now - a->opened_at : 0;
}

/* ── opening ── */

/* How long ago this taker had a form: 0: never; else the number of the last attempt with it. */
static int64_t had(const struct attempt_own_row *own, size_t n, int64_t form_id)
{
	int64_t last = 0;
	for (size_t i = 0; i < n; i++)
		if (own[i].form_id == form_id && own[i].n > last)
			last = own[i].n;
	return last;
}

static uint64_t lot(void)
{
	uint64_t x;
	random_bytes(&x, sizeof x);
	return x;
}

/* Of the forms had longest ago, or never, one by lot. */
static enum err draw(struct ctx *cx, int64_t exam_id, const struct attempt_own_row *own, size_t n_own, struct attempt_forms_row *ret)
{
	struct attempt_forms_row *forms;
	size_t n, best = 0;
	TRY(attempt_sql_forms(cx, exam_id, &forms, &n));
	if (!n)
		return fail(cx, ERR_CONFLICT, "", N_("This examination has no paper to give out just now."));
	int64_t least = INT64_MAX;
	for (size_t i = 0; i < n; i++) {
		int64_t last = had(own, n_own, forms[i].id);
		if (last > least)
			continue;
		best = last < least ? 0 : best;
		least = last;
		struct attempt_forms_row x = forms[best];
		forms[best++] = forms[i];
		forms[i] = x;
	}
	*ret = forms[lot() % best];
	return OK;
}

static struct str lang_for(struct ctx *cx, struct exam_taker t, struct str langs)
{
	struct str *v, page = cx->lang == LANG_HI ? S("hi") : S("en"), found = STR_NONE;
	size_t n = exam_langs(cx, langs, &v);
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i], t.lang) || (!found.p && str_eq(v[i], page)))
			found = v[i];
	return found.p ? found : n ? v[0] : S("en");
}

static enum err begin(struct ctx *cx, struct exam_taker t, const struct exam_stand *s, int64_t *ret)
{
	const struct exam_one_row *e = &s->exam;
	struct attempt_forms_row form;
	struct attempt_own_row *own;
	size_t n;
	bool pool = false;
	TRY(attempt_sql_own(cx, t.id, e->id, &own, &n));
	TRY(adaptive_paper_pool(cx, e, &form.id, &pool));
	if (pool)
		form.points = ADAPTIVE_MARKS;
	else
		TRY(draw(cx, e->id, own, n, &form));
	int64_t id = new_id(cx), extra = s->seated ? s->seat.extra_minutes * MINUTE : 0;
	TRY(attempt_sql_add(cx, t.id, id, e->id, form.id, n ? own[n - 1].n + 1 : 1, lang_for(cx, t, e->langs), (int64_t)(lot() >> 2), random_hex(cx, 16),
			    device_of(cx, t), cx->now, cx->now, cx->now + e->minutes * MINUTE + extra, extra, form.points, NULL));
	*ret = id;
	return OK;
}

/* Goes on with the attempt that is open. ret_over: its time had run out, so it was closed instead. */
static enum err go_on(struct ctx *cx, struct exam_taker t, int64_t attempt_id, bool *ret_over)
{
	struct attempt_one_row a;
	TRY(attempt_find(cx, t.id, attempt_id, &a));
	*ret_over = attempt_is_over(cx, &a);
	if (*ret_over)
		return attempt_close(cx, t.id, attempt_id, "clock");
	return attempt_is_here(cx, t, &a) ? OK : attempt_sql_take(cx, device_of(cx, t), cx->now, t.id, attempt_id, NULL);
}

static enum err first_question(struct ctx *cx, struct exam_taker t, int64_t attempt_id)
{
	struct attempt_one_row a;
	TRY(attempt_find(cx, t.id, attempt_id, &a));
	return a.pool ? adaptive_paper_go_on(cx, &a) : OK;
}

enum err attempt_open(struct ctx *cx, struct exam_taker t, int64_t exam_id, int64_t *ret_attempt)
{
	struct exam_stand s;
	bool over = false;
	TRY(exam_of(cx, exam_id, t.id, &s));
	if (s.open_id != NONE) {
		*ret_attempt = s.open_id;
		TRY(go_on(cx, t, s.open_id, &over));
		if (!over)
			return OK;
		TRY(exam_of(cx, exam_id, t.id, &s));
	}
	if (!s.known || (t.guest && !str_is(s.exam.kind, "public")))
		return fail(cx, ERR_NOT_FOUND, "exam_id", N_("There is no such examination."));
	if (!s.may)
		return fail(cx, ERR_CONFLICT, "", exam_why_says(s.why));
	TRY(begin(cx, t, &s, ret_attempt));
	return first_question(cx, t, *ret_attempt);
}

/* ── the end ── */

static enum err end(struct ctx *cx, const struct attempt_one_row *a, int64_t at, const char *by)
{
	TRY(attempt_sql_close(cx, at, str_of(by), a->taker_id, a->id, NULL));
	return attempt_settle(cx, a->taker_id, a->id);
}

enum err attempt_close(struct ctx *cx, int64_t taker_id, int64_t attempt_id, const char *by)
{
	struct attempt_one_row a;
	TRY(attempt_find(cx, taker_id, attempt_id, &a));
	if (!str_is(a.state, "open"))
		return OK;
	return end(cx, &a, strcmp(by, "clock") == 0 && a.ends_at < cx->now ? a.ends_at : cx->now, by);
}

enum err attempt_submit(struct ctx *cx, struct exam_taker t, int64_t attempt_id)
{
	struct attempt_one_row a;
	TRY(attempt_find(cx, t.id, attempt_id, &a));
	if (!str_is(a.state, "open"))
		return OK;
	if (attempt_is_over(cx, &a))
		return end(cx, &a, a.ends_at, "clock");
	if (!attempt_is_here(cx, t, &a))
		return fail(cx, ERR_CONFLICT, "", N_("This paper is open on another device. Take it here first, or hand in there."));
	return end(cx, &a, cx->now, "taker");
}

enum err attempt_extend(struct ctx *cx, int64_t taker_id, int64_t attempt_id, int64_t ms)
{
	struct attempt_other_open_row other;
	struct attempt_one_row a;
	bool busy = false;
	TRY(attempt_find(cx, taker_id, attempt_id, &a));
	bool open = str_is(a.state, "open");
	if (!open && str_is(a.closed_by, "taker"))
		return fail(cx, ERR_CONFLICT, "", N_("This paper was handed in by its taker, so no time can be given back."));
	TRY(attempt_sql_extend(cx, ms, taker_id, attempt_id, NULL));
	a.ends_at += ms;
	if (open || attempt_is_over(cx, &a))
		return OK;
	TRY(attempt_sql_other_open(cx, taker_id, a.exam_id, attempt_id, &other, &busy));
	if (busy)
		return fail(cx, ERR_CONFLICT, "", N_("Another attempt at this examination is open by now."));
	TRY(attempt_sql_forget_results(cx, taker_id, attempt_id, NULL));
	return attempt_sql_reopen(cx, taker_id, attempt_id, NULL);
}

/* ── the clock ── */

static enum err close_step(struct ctx *cx, struct job *j)
{
	struct attempt_due_row *due;
	size_t n;
	TRY(attempt_sql_due(cx, cx->now, &due, &n));
	for (size_t i = 0; i < n; i++)
		TRY(attempt_close(cx, due[i].taker_id, due[i].id, "clock"));
	j->done += (int64_t)n;
	j->ended = !n;
	return OK;
}

const struct job_kind attempt_jobs[] = {
	{ .name = "attempt.close", .title = N_("Papers whose time is over are closed"), .step = close_step, .every = 5 * SECOND },
	{ .name = NULL },
};

/* ── reviewing ── */

enum err attempt_may_review(struct ctx *cx, const struct attempt_one_row *a, bool *ret)
{
	struct attempt_unfinished_row row;
	bool found = false;
	*ret = false;
	if (!str_is(a->feedback, "review") || !str_is(a->state, "marked") || (!str_is(a->exam_state, "closed") && cx->now < a->closes_at))
		return OK;
	TRY(attempt_sql_unfinished(cx, a->exam_id, cx->now - LATE_HOURS * HOUR, &row, &found));
	*ret = !found;
	return OK;
}

/* ── guests ── */

static struct str code_hash(struct ctx *cx, struct str code)
{
	return secret_hash(cx, "exam guest", code);
}

enum err attempt_guest_begin(struct ctx *cx, int64_t exam_id, struct str name, struct str *ret_code)
{
	int64_t id = new_id(cx), attempt_id;
	struct str code = random_hex(cx, GUEST_CODE_DIGITS / 2);
	struct attempt_public_row e;
	bool found = false;
	TRY(session_limit(cx, "exam guest", session_network(cx), GUESTS_NETWORK, HOUR));
	TRY(attempt_sql_public(cx, exam_id, &e, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "exam_id", N_("There is no such examination."));
	if (!str_trim(name).n)
		return fail(cx, ERR_INVALID, "name", N_("is needed"));
	TRY(attempt_sql_add_guest(cx, id, exam_id, str_trim(name), code_hash(cx, code), cx->now, NULL));
	TRY(attempt_open(cx, (struct exam_taker){ .id = id, .guest = true }, exam_id, &attempt_id));
	*ret_code = code;
	return OK;
}

enum err attempt_guest(struct ctx *cx, struct str code, struct attempt_guest_row *ret)
{
	bool found = false;
	if (code.n == GUEST_CODE_DIGITS)
		TRY(attempt_sql_guest(cx, code_hash(cx, code), ret, &found));
	return found && ret->attempt_id != NONE ? OK : fail(cx, ERR_NOT_FOUND, "code", N_("This address leads to no paper."));
}

/* ── joining accounts ── */

enum err attempt_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	TRY(attempt_sql_merge_attempts(cx, kept_id, closed_id, NULL));
	TRY(attempt_sql_merge_answers(cx, kept_id, closed_id, NULL));
	TRY(attempt_sql_merge_events(cx, kept_id, closed_id, NULL));
	TRY(attempt_sql_merge_results(cx, kept_id, closed_id, NULL));
	TRY(attempt_sql_drop_results(cx, closed_id, NULL));
	TRY(attempt_sql_drop_events(cx, closed_id, NULL));
	TRY(attempt_sql_drop_answers(cx, closed_id, NULL));
	return attempt_sql_drop_attempts(cx, closed_id, NULL);
}
