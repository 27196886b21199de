/* Long answers marked by people; see marking.h. */
#include "feature/marking/marking.h"
#include "base/json.h"
#include "feature/attempt/attempt.h"
#include "feature/quiz/quiz_store.h"

#include <math.h>

typedef struct marking_held_row held_row;

/* ── rubrics ── */

enum err marking_rubric(struct ctx *cx, struct str key, struct str feedback, double points, struct criterion **ret, size_t *ret_n)
{
	struct quiz_key k;
	*ret = NULL;
	*ret_n = 0;
	TRY(quiz_load_key(cx, S("long"), key, &k));
	if (feedback.n)
		TRY(quiz_load_feedback(cx, feedback, &k));
	if (k.n_rubric > MARKING_CRITERIA_MAX)
		return ERR_INTERNAL;
	for (size_t i = 0; i < k.n_rubric; i++)
		*ARENA_PUSH(cx->arena, *ret, *ret_n) = (struct criterion){ k.rubric[i].name, k.rubric[i].about, k.rubric[i].points };
	if (!*ret_n)
		*ARENA_PUSH(cx->arena, *ret, *ret_n) = (struct criterion){ S(""), S(""), points };
	return OK;
}

/* ── the queue ── */

static enum err gather(struct ctx *cx, int64_t exam_id)
{
	struct marking_unlisted_row *r;
	size_t n;
	TRY(marking_sql_unlisted(cx, exam_id, MARKING_GATHER, &r, &n));
	for (size_t i = 0; i < n; i++)
		for (int64_t turn = 1; turn <= 2; turn++)
			TRY(marking_sql_add(cx, r[i].taker_id, r[i].attempt_id, r[i].n, turn, exam_id, r[i].item_id, NULL));
	return OK;
}

enum err marking_held(struct ctx *cx, int64_t exam_id, held_row *ret, bool *ret_found)
{
	return marking_sql_held(cx, exam_id, cx->actor.person_id, cx->now, ret, ret_found);
}

enum err marking_take(struct ctx *cx, int64_t exam_id, held_row *ret)
{
	struct marking_waiting_row next;
	int64_t me = cx->actor.person_id;
	bool found = false;
	TRY(marking_held(cx, exam_id, ret, &found));
	if (found)
		return OK;
	TRY(marking_sql_waiting(cx, exam_id, cx->now, me, &next, &found));
	if (!found) {
		TRY(gather(cx, exam_id));
		TRY(marking_sql_waiting(cx, exam_id, cx->now, me, &next, &found));
	}
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "", N_("No answer waits for you now."));
	/* What he let lapse before is free for all. */
	TRY(marking_sql_free(cx, exam_id, me, NULL));
	TRY(marking_sql_take(cx, me, cx->now + MARKING_HELD, next.taker_id, next.attempt_id, next.n, next.turn, NULL));
	TRY(marking_held(cx, exam_id, ret, &found));
	return found ? OK : ERR_INTERNAL;
}

enum err marking_give_back(struct ctx *cx, int64_t exam_id)
{
	int64_t changed = 0;
	TRY(marking_sql_free(cx, exam_id, cx->actor.person_id, &changed));
	return changed ? OK : fail(cx, ERR_CONFLICT, "", N_("You have no answer to give back."));
}

/* ── marks ── */

struct str marking_answer_name(struct ctx *cx, const held_row *h)
{
	return str_fmt(cx->arena, "%lld-%lld", (long long)h->attempt_id, (long long)h->n);
}

int64_t marking_apart(const struct ctx *cx)
{
	return cx->app && cx->app->marking_apart ? cx->app->marking_apart : MARKING_APART;
}

bool marking_is_apart(double first, double second, double points, int64_t apart)
{
	/* A hair above is the arithmetic's. */
	return fabs(first - second) > points * (double)apart / 100 + 1e-9;
}

/* "2=3.5" */
static bool read_points(struct str text, const struct criterion *c, size_t n, double *given)
{
	struct str left;
	int64_t i;
	double v;
	if (!str_cut(&text, '=', &left) || !str_int(left, &i) || i < 0 || (size_t)i >= n || !str_real(text, &v))
		return false;
	if (!(v >= 0 && v <= c[i].points) || fabs(v * 100 - round(v * 100)) > 1e-6)
		return false;
	given[i] = v;
	return true;
}

static enum err add_up(struct ctx *cx, const struct marking_say *in, const held_row *h, struct str *ret_json, double *ret_marks)
{
	struct criterion *c;
	double given[MARKING_CRITERIA_MAX], sum = 0, most = 0;
	struct buf b;
	size_t n;
	TRY(marking_rubric(cx, h->answer_key, STR_NONE, h->points, &c, &n));
	for (size_t i = 0; i < n; i++)
		given[i] = -1;
	for (size_t i = 0; i < in->points.n; i++)
		if (!read_points(in->points.v[i], c, n, given))
			return fail(cx, ERR_INVALID, "points",
				    N_("Each criterion has a number from 0 to its points, with at most two places behind the point."));
	buf_init(&b, cx->arena, 1 << 12);
	struct json_out j = { .b = &b };
	jw_open(&j, '[');
	for (size_t i = 0; i < n; i++) {
		if (given[i] < 0)
			return fail(cx, ERR_INVALID, "points", N_("Give points for every criterion; 0 where nothing is earned."));
		jw_real(&j, given[i]);
		sum += given[i];
		most += c[i].points;
	}
	jw_close(&j, ']');
	*ret_json = buf_get(&b);
	*ret_marks = h->points * sum / most;
	return OK;
}

/* The next turn, or what counts; then perhaps the result. */
static enum err decide(struct ctx *cx, int64_t exam_id, const held_row *h)
{
	struct marking_turns_row *t;
	struct marking_left_row left;
	size_t n;
	TRY(marking_sql_turns(cx, h->taker_id, h->attempt_id, h->n, &t, &n));
	if (n < 2 || t[0].marked_at == NONE || t[1].marked_at == NONE)
		return OK;
	if (n == 2 && marking_is_apart(t[0].marks, t[1].marks, h->points, marking_apart(cx)))
		return marking_sql_add(cx, h->taker_id, h->attempt_id, h->n, 3, exam_id, h->item_id, NULL);
	if (n == 2)
		TRY(marking_sql_add_mean(cx, h->taker_id, h->attempt_id, h->n, exam_id, h->item_id, (t[0].marks + t[1].marks) / 2, cx->now, NULL));
	else
		TRY(marking_sql_set_final(cx, h->taker_id, h->attempt_id, h->n, NULL));
	TRY(marking_sql_left(cx, h->taker_id, h->attempt_id, &left));
	return left.n ? OK : attempt_settle(cx, h->taker_id, h->attempt_id);
}

enum err marking_say(struct ctx *cx, const struct marking_say *in)
{
	struct str points;
	int64_t changed = 0;
	held_row h;
	double marks;
	bool found = false;
	TRY(marking_held(cx, in->exam_id, &h, &found));
	if (!found || !str_eq(in->answer, marking_answer_name(cx, &h)))
		return fail(cx, ERR_CONFLICT, "", N_("You do not have this answer any more: your time for it is over, or it is marked. Take the next one."));
	TRY(add_up(cx, in, &h, &points, &marks));
	TRY(marking_sql_mark(cx, points, marks, in->note.p ? in->note : S(""), cx->now, h.taker_id, h.attempt_id, h.n, h.turn, cx->actor.person_id, &changed));
	return changed == 1 ? decide(cx, in->exam_id, &h) : ERR_CONFLICT;
}

/* ── agreement ── */

enum err marking_agreement(struct ctx *cx, int64_t exam_id, struct marking_agreement *ret)
{
	struct marking_pairs_row *r;
	*ret = (struct marking_agreement){ 0 };
	TRY(marking_sql_pairs(cx, exam_id, MARKING_PAIRS_MAX, &r, &ret->n));
	double *x = ARENA_ARRAY(cx->arena, double, 2 * ret->n);
	for (size_t i = 0; i < ret->n; i++) {
		x[2 * i] = r[i].first;
		x[2 * i + 1] = r[i].second;
		ret->n_third += r[i].third;
	}
	ret->known = ret->n >= MARKING_LEAST && agreement_of(x, ret->n, 2, 0.95, &ret->is);
	return OK;
}

enum err marking_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	return marking_sql_merge(cx, kept_id, closed_id, NULL);
}
