/* Individual plans: made, changed, sent, agreed; see plan.h. */
#include "base/clock.h"
#include "feature/enrolment/enrolment.h"
#include "feature/notice/notice.h"
#include "feature/person/person.h"
#include "feature/plan/plan.h"

enum { DUE_AHEAD_DAYS = 3 * 366 };

/* ── making one ── */

/* The same day so many months later; the last of the month where it is shorter. */
static int64_t months_later(int64_t day, int64_t months)
{
	struct civil c = clock_date(day);
	int64_t month = c.year * 12 + c.month - 1 + months;
	int64_t first = clock_day_of((int)(month / 12), (int)(month % 12) + 1, 1), next = clock_day_of((int)((month + 1) / 12), (int)((month + 1) % 12) + 1, 1);
	return first + c.day - 1 < next ? first + c.day - 1 : next - 1;
}

/* Each course by the day on which the hours so far are used up, at an even pace; a course that was asked by its day. */
static void put_days(const struct plan_proposal *p, struct plan_draft *d)
{
	int64_t days = months_later(p->day, d->months) - p->day, all = p->choice.minutes > p->limit ? p->choice.minutes : p->limit, so_far = 0;
	for (size_t i = 0; i < d->n_items; i++) {
		const struct plan_course *c = &p->courses[p->choice.picks[i].course];
		so_far += c->minutes;
		int64_t even = p->day + (so_far * days + all - 1) / all;
		d->items[i].due_day = c->asked ? c->due_day : even < p->day + days ? even : p->day + days - 1;
	}
}

static enum err propose_in(struct ctx *cx, enum lang lang, const struct plan_ask *ask, struct plan_proposal *ret)
{
	enum lang was = cx->lang;
	cx->lang = lang;
	enum err e = plan_propose(cx, ask, ret);
	cx->lang = was;
	return e;
}

static struct str why_in(struct ctx *cx, enum lang lang, const struct plan_proposal *p, const struct choice_pick *k)
{
	enum lang was = cx->lang;
	cx->lang = lang;
	struct str s = plan_why(cx, p, k);
	cx->lang = was;
	return s;
}

enum err plan_draft_of(struct ctx *cx, const struct plan_ask *ask, struct plan_draft *ret)
{
	struct plan_proposal en, hi;
	TRY(propose_in(cx, LANG_EN, ask, &en));
	TRY(propose_in(cx, LANG_HI, ask, &hi));
	size_t n = en.choice.n_picks < PLAN_COURSES_MAX ? en.choice.n_picks : PLAN_COURSES_MAX;
	*ret = (struct plan_draft){ .minutes = en.limit, .months = en.months, .items = ARENA_ARRAY(cx->arena, struct plan_item, n), .n_items = n };
	for (size_t i = 0; i < n; i++) {
		const struct plan_course *c = &en.courses[en.choice.picks[i].course];
		ret->items[i] = (struct plan_item){ .course_id = c->course_id,
						    .minutes = c->minutes,
						    .reason_en = why_in(cx, LANG_EN, &en, &en.choice.picks[i]),
						    .reason_hi = why_in(cx, LANG_HI, &hi, &hi.choice.picks[i]) };
	}
	put_days(&en, ret);
	return OK;
}

static enum err none_open(struct ctx *cx, int64_t person_id)
{
	struct plan_open_row open;
	bool found = false;
	TRY(plan_sql_open(cx, person_id, &open, &found));
	return found ? fail(cx, ERR_CONFLICT, "", N_("A plan is being made already. Change that one, or drop it first.")) : OK;
}

enum err plan_accept(struct ctx *cx, int64_t person_id, const struct plan_draft *d, int64_t *ret_id)
{
	int64_t today = person_today(cx), id = new_id(cx);
	TRY(none_open(cx, person_id));
	if (!d->n_items)
		return fail(cx, ERR_CONFLICT, "", N_("There is nothing in this proposal that could be accepted."));
	TRY(plan_sql_add(cx, id, person_id, d->minutes, today, months_later(today, d->months), cx->now, NULL));
	for (size_t i = 0; i < d->n_items; i++)
		TRY(plan_sql_put(cx, id, d->items[i].course_id, person_id, d->items[i].due_day, d->items[i].minutes, d->items[i].reason_en,
				 d->items[i].reason_hi, NULL));
	*ret_id = id;
	return OK;
}

enum err plan_revise(struct ctx *cx, int64_t person_id, int64_t *ret_id)
{
	struct plan_agreed_row a;
	bool found = false;
	int64_t today = person_today(cx), id = new_id(cx);
	TRY(none_open(cx, person_id));
	TRY(plan_sql_agreed(cx, person_id, &a, &found));
	if (!found)
		return fail(cx, ERR_CONFLICT, "", N_("No plan is agreed of which there could be a new version."));
	int64_t until = a.until_day > today ? a.until_day : months_later(today, PLAN_MONTHS);
	TRY(plan_sql_add(cx, id, person_id, a.minutes, today, until, cx->now, NULL));
	TRY(plan_sql_copy(cx, id, a.id, NULL));
	*ret_id = id;
	return OK;
}

/* ── changing one ── */

/* The plan that is being made and may be changed. */
static enum err changing(struct ctx *cx, int64_t person_id, struct plan_open_row *ret)
{
	bool found = false;
	TRY(plan_sql_open(cx, person_id, ret, &found));
	if (!found)
		return fail(cx, ERR_CONFLICT, "", N_("No plan is being made. An agreed plan changes only by a new version."));
	if (str_is(ret->state, "sent"))
		return fail(cx, ERR_CONFLICT, "", N_("The plan is before the supervisor. Take it back before you change it."));
	return OK;
}

static enum err course_of(struct ctx *cx, const struct plan_course_set *in, struct plan_course_row *ret)
{
	bool found = false;
	TRY(plan_sql_course(cx, in->person_id, in->course_id, in->called.p ? str_trim(in->called) : S(""), ret, &found));
	if (!found || (!str_is(ret->state, "live") && !str_is(ret->enrolment, "active")))
		return fail(cx, ERR_NOT_FOUND, in->called.n ? "course" : "course_id", N_("This course does not exist or is no longer offered."));
	if (ret->done)
		return fail(cx, ERR_CONFLICT, in->called.n ? "course" : "course_id", N_("This course is completed already."));
	return OK;
}

enum err plan_course_set(struct ctx *cx, const struct plan_course_set *in)
{
	struct plan_open_row open;
	struct plan_course_row c;
	struct plan_count_row count;
	int64_t today = person_today(cx);
	TRY(changing(cx, in->person_id, &open));
	TRY(course_of(cx, in, &c));
	int64_t due = in->due_day != NONE ? in->due_day : c.asked_day != NONE ? c.asked_day : open.until_day > today ? open.until_day - 1 : today;
	if (in->due_day != NONE && (due < today || due > today + DUE_AHEAD_DAYS))
		return fail(cx, ERR_INVALID, "due_day", N_("must lie between today and three years from now"));
	int64_t minutes = choice_minutes(c.ms - c.done_ms);
	TRY(in->due_day == NONE ? plan_sql_add_course(cx, open.id, c.id, in->person_id, due, minutes, NULL)
				: plan_sql_put(cx, open.id, c.id, in->person_id, due, minutes, S(""), S(""), NULL));
	TRY(plan_sql_count(cx, open.id, &count));
	return count.n <= PLAN_COURSES_MAX ? OK : fail(cx, ERR_CONFLICT, "", N_("A plan holds a hundred courses at most."));
}

enum err plan_course_remove(struct ctx *cx, int64_t person_id, int64_t course_id)
{
	struct plan_open_row open;
	int64_t changed = 0;
	TRY(changing(cx, person_id, &open));
	TRY(plan_sql_remove(cx, open.id, course_id, &changed));
	return changed ? OK : fail(cx, ERR_NOT_FOUND, "course_id", N_("This course is not in the plan."));
}

enum err plan_take_back(struct ctx *cx, int64_t person_id)
{
	struct plan_open_row open;
	bool found = false;
	TRY(plan_sql_open(cx, person_id, &open, &found));
	if (!found || !str_is(open.state, "sent"))
		return fail(cx, ERR_CONFLICT, "", N_("No plan is before the supervisor."));
	return plan_sql_take_back(cx, open.id, NULL);
}

enum err plan_drop(struct ctx *cx, int64_t person_id)
{
	struct plan_open_row open;
	bool found = false;
	TRY(plan_sql_open(cx, person_id, &open, &found));
	return found ? plan_sql_drop(cx, cx->now, open.id, NULL) : fail(cx, ERR_CONFLICT, "", N_("No plan is being made."));
}

/* ── the supervisor ── */

enum err plan_send(struct ctx *cx, int64_t person_id)
{
	struct plan_open_row open;
	struct plan_person_row p;
	struct plan_count_row count;
	bool found = false;
	TRY(changing(cx, person_id, &open));
	TRY(plan_sql_person(cx, person_today(cx), person_id, &p, &found));
	if (!found || p.supervisor_id == NONE)
		return fail(cx, ERR_CONFLICT, "", N_("No supervisor is entered in your posting. Your administrator can enter one."));
	TRY(plan_sql_count(cx, open.id, &count));
	if (!count.n)
		return fail(cx, ERR_CONFLICT, "", N_("There is no course in the plan yet."));
	TRY(plan_sql_send(cx, cx->now, p.supervisor_id, open.id, NULL));
	const struct msg_arg arg = { "name", p.name };
	return notice_tell(cx, &(struct notice){ .kind = NOTICE_plan,
						 .person_id = p.supervisor_id,
						 .fact = str_fmt(cx->arena, "plan.sent:%lld:%lld", (long long)open.id, (long long)open.n_sent + 1),
						 .subject = N_("A plan of learning waits for your word"),
						 .text = N_("{name} has sent you a plan of learning."),
						 .path = str_fmt(cx->arena, "/people/%lld/plan", (long long)person_id),
						 .args = &arg,
						 .n_args = 1 });
}

static enum err tell_decision(struct ctx *cx, const struct plan_decide *in)
{
	return notice_tell(cx, &(struct notice){ .kind = NOTICE_plan,
						 .person_id = in->person_id,
						 .fact = str_fmt(cx->arena, "plan.decided:%lld:%lld", (long long)in->plan_id, (long long)in->n_sent),
						 .subject = N_("Your plan of learning"),
						 .text = in->agree ? N_("Your plan of learning is agreed.")
								   : N_("Your plan of learning came back; what should change stands there."),
						 .path = S("/me/plan/individual") });
}

enum err plan_decide(struct ctx *cx, const struct plan_decide *in)
{
	struct plan_open_row open;
	bool found = false;
	struct str words = in->words.p ? str_trim(in->words) : S("");
	if (actor_is(&cx->actor, in->person_id))
		return fail(cx, ERR_FORBIDDEN, "", N_("Nobody agrees to the own plan."));
	TRY(plan_sql_open(cx, in->person_id, &open, &found));
	if (!found || open.id != in->plan_id || !str_is(open.state, "sent") || open.n_sent != in->n_sent)
		return fail(cx, ERR_CONFLICT, "", N_("The plan has changed since you looked at it. Look again."));
	if (!in->agree && !words.n)
		return fail(cx, ERR_INVALID, "words", N_("say what should change"));
	if (in->agree)
		TRY(plan_sql_put_past(cx, cx->now, in->person_id, NULL));
	TRY(plan_sql_decide(cx, in->agree ? S("agreed") : S("returned"), cx->actor.person_id, cx->now, words, open.id, NULL));
	return tell_decision(cx, in);
}

/* ── taking it up ── */

enum err plan_enrol(struct ctx *cx, int64_t person_id, int64_t *ret_n)
{
	struct plan_one_row p;
	struct plan_to_take_up_row *r;
	size_t n;
	bool found = false;
	TRY(plan_sql_one(cx, person_id, NONE, false, &p, &found));
	if (!found)
		return fail(cx, ERR_CONFLICT, "", N_("There is no plan yet."));
	TRY(plan_sql_to_take_up(cx, p.id, &r, &n));
	for (size_t i = 0; i < n; i++)
		TRY(enrolment_add(cx, person_id, r[i].course_id));
	*ret_n = (int64_t)n;
	return OK;
}

enum err plan_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	TRY(plan_sql_settle_open(cx, cx->now, closed_id, kept_id, NULL));
	TRY(plan_sql_settle_agreed(cx, cx->now, closed_id, kept_id, NULL));
	TRY(plan_sql_move(cx, kept_id, closed_id, NULL));
	return plan_sql_move_courses(cx, kept_id, closed_id, NULL);
}
