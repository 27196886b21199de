/* What people are paid for a report, and its taking back; see together.h. */
#include "feature/together/together.h"
#include "feature/completion/completion.h"
#include "feature/enrolment/enrolment.h"
#include "feature/learned/learned.h"
#include "feature/together/together_check.h"
#include "feature/together/together_part.h"

static struct str written(struct ctx *cx, const struct intervals *s)
{
	struct intervals short_one = s->n > INTERVALS_MAX ? intervals_close(cx->arena, s, GRAIN_MS) : *s;
	return intervals_write(cx->arena, &short_one);
}

/* ── paying ── */

struct seen {
	struct intervals own, grouped, here;
	int64_t ms;
	bool credited;
};

static enum err read_seen(struct ctx *cx, int64_t presence_id, struct seen *ret)
{
	struct together_seen_row r;
	bool found = false;
	TRY(together_sql_seen(cx, presence_id, &r, &found));
	if (!found)
		return ERR_INTERNAL;
	TRY(together_intervals(cx, r.own, &ret->own));
	TRY(together_intervals(cx, r.grouped, &ret->grouped));
	TRY(together_intervals(cx, r.here, &ret->here));
	ret->ms = r.ms;
	ret->credited = r.credit_way.n > 0;
	return OK;
}

/* Enough is covered now: credited, if little of it comes from groups alone; else a check is open. */
static enum err consider(struct ctx *cx, const struct together_session_row *s, int64_t person_id, const struct seen *was, const struct intervals *grouped)
{
	struct completion done;
	struct coverage before = progress_coverage(cx->arena, &was->own, &was->grouped, s->ms), now = progress_coverage(cx->arena, &was->own, grouped, s->ms);
	if (was->credited || before.check || !(now.complete || now.check))
		return OK;
	return now.complete ? completion_credit(cx, person_id, s->resource_id, "progress", &done) : together_check_opens(cx, s, person_id);
}

static enum err pay_one(struct ctx *cx, const struct together_session_row *s, const struct laid *l, const struct together_present_row *p, int64_t *n_paid)
{
	struct seen was;
	int64_t spent_until;
	struct intervals paid, part = together_part(cx->arena, l, p->joined_at - s->opened_at, p->left_at - s->opened_at);
	if (!part.n)
		return OK;
	TRY(read_seen(cx, p->id, &was));
	struct intervals without = intervals_minus(cx->arena, &part, &was.own), fresh = intervals_minus(cx->arena, &without, &was.grouped);
	if (!fresh.n)
		return OK;
	TRY(progress_pay(cx, p->person_id, p->joined_at, 1, &fresh, &paid, &spent_until));
	int64_t ms = intervals_length(&paid);
	if (!ms)
		return OK;
	++*n_paid;
	struct intervals grouped = intervals_union(cx->arena, &was.grouped, &paid), here = intervals_union(cx->arena, &was.here, &paid);
	TRY(together_sql_put_progress(cx, p->person_id, s->resource_id, written(cx, &grouped), intervals_length(&grouped), cx->now, NULL));
	TRY(together_sql_pay(cx, written(cx, &here), was.ms + ms, p->id, NULL));
	TRY(learned_add(cx, &(struct learnt){ .person_id = p->person_id,
					      .kind = "resource",
					      .thing_id = s->resource_id,
					      .course_id = s->course_id,
					      .ms = ms,
					      .at = cx->now,
					      .spent_until = spent_until }));
	return consider(cx, s, p->person_id, &was, &grouped);
}

/* When the page was opened from which the report comes, and what it says. */
static enum err read_report(struct ctx *cx, const struct together_session_row *s, const struct report *in, int64_t *ret_opened, struct intervals *ret)
{
	struct intervals raw;
	TRY(progress_opened(cx, s->resource_id, in->session, ret_opened));
	if (!intervals_parse(cx->arena, in->intervals, REPORT_INTERVALS_MAX, &raw))
		return fail(cx, ERR_INVALID, "intervals", N_("must be a list of [from, to] in whole milliseconds"));
	*ret = intervals_normal(cx->arena, &raw, s->ms);
	return OK;
}

enum err together_report(struct ctx *cx, const struct together_session_row *s, const struct report *in, int64_t *ret_paid)
{
	struct standing host;
	struct together_present_row *p;
	struct intervals said, used;
	int64_t opened;
	size_t n;
	*ret_paid = 0;
	TRY(together_need_open(cx, s));
	TRY(read_report(cx, s, in, &opened, &said));
	TRY(progress_report(cx, in, &host));
	TRY(together_intervals(cx, s->used, &used));
	struct laid l = together_lay(cx->arena, &said, &used, opened - s->opened_at, cx->now - s->opened_at);
	if (!l.content.n)
		return OK;
	used = intervals_union(cx->arena, &used, &l.wall);
	TRY(together_sql_use_time(cx, written(cx, &used), s->id, NULL));
	TRY(together_sql_present(cx, s->id, s->opened_at + l.wall.v[0].from, &p, &n));
	for (size_t i = 0; i < n; i++)
		TRY(pay_one(cx, s, &l, &p[i], ret_paid));
	return OK;
}

/* ── taking back ── */

/* An enrolment that the act began and in which nothing else was done ends with it. */
static enum err end_enrolment(struct ctx *cx, const struct together_session_row *s, const struct together_of_act_row *r)
{
	bool untouched = r->enrolled && str_is(r->enrolment, "active") && (r->last_at == NONE || r->last_at <= r->joined_at);
	return untouched ? enrolment_end(cx, r->person_id, s->course_id) : OK;
}

static enum err take_back(struct ctx *cx, const struct together_session_row *s, const struct together_of_act_row *r)
{
	struct intervals here, grouped;
	TRY(together_intervals(cx, r->intervals, &here));
	TRY(together_intervals(cx, r->grouped, &grouped));
	struct intervals left = intervals_minus(cx->arena, &grouped, &here);
	if (r->ms) {
		TRY(together_sql_put_progress(cx, r->person_id, s->resource_id, written(cx, &left), intervals_length(&left), cx->now, NULL));
		TRY(learned_take(cx, r->person_id, "resource", s->resource_id, r->ms));
	}
	TRY(together_sql_drop_presence(cx, r->id, NULL));
	return end_enrolment(cx, s, r);
}

enum err together_untick(struct ctx *cx, const struct together_session_row *s, int64_t act_id)
{
	struct together_act_row act;
	struct together_of_act_row *r;
	bool found = false;
	int64_t stayed = 0;
	size_t n;
	TRY(together_sql_act(cx, act_id, s->id, &act, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "act_id", N_("There is no such act."));
	if (act.undone_at != NONE)
		return fail(cx, ERR_CONFLICT, "", N_("This was taken back already."));
	TRY(together_sql_of_act(cx, s->id, act_id, &r, &n));
	for (size_t i = 0; i < n; i++) {
		if (r[i].checked != NONE || (r[i].credit_way.n && r[i].ms))
			stayed++;
		else
			TRY(take_back(cx, s, &r[i]));
	}
	return together_sql_undo_act(cx, cx->now, stayed, act_id, NULL);
}
