/* Enrolments, assignments, reminders, ratings; see enrolment.h. */
#include "feature/enrolment/enrolment.h"
#include "base/clock.h"
#include "base/fact.h"
#include "feature/notice/notice.h"
#include "feature/person/person.h"
#include "feature/tally/tally.h"

/* Of somebody and a course, where he is posted. */
static enum err tell(struct ctx *cx, enum fact_kind kind, int64_t person_id, int64_t course_id)
{
	const struct msg_arg more = { "course_id", fact_id(cx, course_id) };
	return fact_tell(cx, &(struct fact){ kind, person_id, NONE, NONE, &more, 1 });
}

static enum err kind_for(struct ctx *cx, int64_t person_id, int64_t course_id, struct str *ret)
{
	struct enrolment_kind_for_row k;
	TRY(enrolment_sql_kind_for(cx, person_id, person_today(cx), course_id, &k));
	*ret = k.ministry ? S("ministry") : k.role || k.assigned ? S("role") : k.common ? S("common") : S("self");
	return OK;
}

enum err enrolment_add(struct ctx *cx, int64_t person_id, int64_t course_id)
{
	struct enrolment_course_live_row course;
	struct enrolment_one_row old;
	bool found = false, enrolled = false;
	TRY(enrolment_sql_course_live(cx, course_id, &course, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "course_id", N_("This course does not exist or is no longer offered."));
	TRY(enrolment_sql_one(cx, person_id, course_id, &old, &enrolled));
	if (enrolled && !str_is(old.state, "ended"))
		return OK;
	struct str kind;
	TRY(kind_for(cx, person_id, course_id, &kind));
	TRY(enrolment_sql_add(cx, person_id, course_id, kind, cx->now, NULL));
	TRY(tell(cx, FACT_enrolment_made, person_id, course_id));
	return enrolled ? OK : tally_add(cx, course_id, "enrolled", person_id, cx->now, 1);
}

enum err enrolment_end(struct ctx *cx, int64_t person_id, int64_t course_id)
{
	int64_t changed = 0;
	TRY(enrolment_sql_end(cx, cx->now, person_id, course_id, &changed));
	if (!changed)
		return fail(cx, ERR_CONFLICT, "", N_("There is no enrolment under way here that could be ended."));
	return tell(cx, FACT_enrolment_ended, person_id, course_id);
}

enum err enrolment_touch(struct ctx *cx, int64_t person_id, int64_t course_id, int64_t resource_id)
{
	int64_t changed = 0;
	TRY(enrolment_sql_touch(cx, resource_id, cx->now, person_id, course_id, &changed));
	if (!changed)
		return fail(cx, ERR_CONFLICT, "", N_("You are not enrolled on this course. Enrol first; what you did before is kept."));
	return OK;
}

bool enrolment_holds(struct str state)
{
	return state.p && !str_is(state, "ended");
}

enum err enrolment_refuse(struct ctx *cx)
{
	return fail(cx, ERR_CONFLICT, "", N_("You are not enrolled on this course. Enrol first; what you did before is kept."));
}

enum err enrolment_need(struct ctx *cx, int64_t person_id, int64_t course_id, struct enrolment_one_row *ret)
{
	bool found = false;
	struct enrolment_one_row row;
	TRY(enrolment_sql_one(cx, person_id, course_id, &row, &found));
	if (!found || !enrolment_holds(row.state))
		return enrolment_refuse(cx);
	*ret = row;
	return OK;
}

enum err enrolment_count_done(struct ctx *cx, int64_t person_id, int64_t course_id)
{
	return enrolment_sql_count_done(cx, person_id, course_id, NULL);
}

enum err enrolment_complete(struct ctx *cx, int64_t person_id, int64_t course_id, bool *ret_newly)
{
	struct person_posting_on_row posting;
	bool posted = false;
	int64_t changed = 0;
	TRY(person_posting(cx, person_id, person_today(cx), &posting, &posted));
	TRY(enrolment_sql_complete(cx, cx->now, posted ? posting.org_id : NONE, person_id, course_id, &changed));
	*ret_newly = changed > 0;
	return changed ? tell(cx, FACT_enrolment_completed, person_id, course_id) : OK;
}

enum err enrolment_assign(struct ctx *cx, const struct assign *in)
{
	if (in->due_day < person_today(cx))
		return fail(cx, ERR_INVALID, "due_day", N_("must not be in the past"));
	/* The assignment first: what was asked for because of the work is not the learner's own choice. */
	struct enrolment_assigned_now_row now;
	bool found = false;
	TRY(enrolment_sql_assign(cx, new_id(cx), in->person_id, in->course_id, in->due_day, in->reason, cx->actor.person_id, cx->now, NULL));
	TRY(enrolment_sql_assigned_now(cx, in->person_id, in->course_id, &now, &found));
	if (found)
		TRY(notice_assigned(cx, in->person_id, now.id, in->course_id, now.title, in->due_day));
	return enrolment_add(cx, in->person_id, in->course_id);
}

enum err enrolment_assign_members(struct ctx *cx, const struct assign_many *in, int64_t group_id, int64_t after, int64_t upto, int64_t *ret_n)
{
	int64_t begun = 0;
	TRY(enrolment_sql_assign_members(cx, in->id, in->course_id, in->due_day, in->reason, in->assigned_by, cx->now, group_id, after, upto, ret_n));
	if (!*ret_n)
		return OK;
	TRY(enrolment_sql_take_up_given(cx, in->course_id, after, upto, in->id, NULL));
	TRY(enrolment_sql_enrol_given(cx, in->course_id, person_today(cx), cx->now, in->id, after, upto, &begun));
	return begun ? tally_add(cx, in->course_id, "enrolled", upto, cx->now, begun) : OK;
}

enum err enrolment_unassign_many(struct ctx *cx, const struct assign_many *in, int64_t *after, int64_t most, int64_t *ret_n, bool *ret_ended)
{
	struct enrolment_given_row *rows;
	size_t n;
	*ret_n = 0;
	TRY(enrolment_sql_given(cx, in->id, *after, most, &rows, &n));
	*ret_ended = n < (size_t)most;
	if (!n)
		return OK;
	int64_t upto = rows[n - 1].person_id;
	TRY(enrolment_sql_end_given(cx, cx->now, in->course_id, *after, upto, in->id, NULL));
	TRY(enrolment_sql_withdraw_given(cx, cx->now, in->id, *after, upto, in->due_day, in->reason, in->assigned_by, ret_n));
	*after = upto;
	return OK;
}

enum err enrolment_withdraw(struct ctx *cx, int64_t person_id, int64_t course_id)
{
	int64_t changed = 0;
	TRY(enrolment_sql_withdraw(cx, cx->now, person_id, course_id, &changed));
	if (!changed)
		return fail(cx, ERR_CONFLICT, "", N_("There is no open assignment of this course."));
	return OK;
}

enum err enrolment_nudge(struct ctx *cx, int64_t person_id, int64_t course_id, struct str note)
{
	struct enrolment_last_nudge_row last;
	struct enrolment_one_row row;
	bool found = false;
	TRY(enrolment_sql_one(cx, person_id, course_id, &row, &found));
	if (!found || !str_is(row.state, "active"))
		return fail(cx, ERR_CONFLICT, "", N_("The person is not working on this course, so there is nothing to remind of."));
	TRY(enrolment_sql_last_nudge(cx, person_id, course_id, &last, &found));
	if (found && last.sent_at != NONE && last.sent_at > cx->now - DAY)
		return fail(cx, ERR_CONFLICT, "", N_("A reminder was sent within the last day; one a day is enough."));
	int64_t id = new_id(cx);
	TRY(enrolment_sql_nudge(cx, person_id, id, course_id, cx->actor.person_id, cx->now, note, NULL));
	struct enrolment_title_row course;
	TRY(enrolment_sql_title(cx, course_id, &course));
	const struct msg_arg args[] = { { "course", course.title }, { "name", cx->actor.name.p ? cx->actor.name : S("") }, { "note", note } };
	struct notice n = { .kind = NOTICE_reminder, .person_id = person_id, .fact = str_fmt(cx->arena, "reminder:%lld", (long long)id), .args = args, .n_args = 3,
			    .text = note.n ? N_("{name} reminds you of “{course}”: {note}") : N_("{name} reminds you of “{course}”."),
			    .path = str_fmt(cx->arena, "/courses/%lld", (long long)course_id) };
	return notice_tell(cx, &n);
}

enum err enrolment_put_away(struct ctx *cx, int64_t person_id, int64_t nudge_id)
{
	int64_t changed = 0;
	TRY(enrolment_sql_put_away_nudge(cx, cx->now, person_id, nudge_id, &changed));
	return changed ? OK : fail(cx, ERR_NOT_FOUND, "nudge_id", N_("This reminder was put away before."));
}

enum err enrolment_rate(struct ctx *cx, int64_t person_id, int64_t course_id, int64_t stars, struct str words)
{
	struct enrolment_one_row row;
	struct enrolment_rating_row old;
	bool found = false, rated = false;
	TRY(enrolment_sql_one(cx, person_id, course_id, &row, &found));
	if (!found || !str_is(row.state, "completed"))
		return fail(cx, ERR_CONFLICT, "stars", N_("Complete the course first; then your rating counts."));
	TRY(enrolment_sql_rating(cx, person_id, course_id, &old, &rated));
	TRY(enrolment_sql_rate(cx, person_id, course_id, stars, words.p ? words : S(""), cx->now, NULL));
	TRY(tell(cx, FACT_course_rated, person_id, course_id));
	/* A rating given again leaves its old month's counter: the new one replaces it there too. */
	if (rated) {
		TRY(tally_add(cx, course_id, "stars", person_id, old.rated_at, -old.stars));
		TRY(tally_add(cx, course_id, "ratings", person_id, old.rated_at, -1));
	}
	TRY(tally_add(cx, course_id, "stars", person_id, cx->now, stars));
	return tally_add(cx, course_id, "ratings", person_id, cx->now, 1);
}

enum err enrolment_recount(struct ctx *cx)
{
	return enrolment_sql_recount(cx, NULL);
}

enum err enrolment_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	TRY(enrolment_sql_merge_enrolments(cx, kept_id, closed_id, NULL));
	TRY(enrolment_sql_drop_enrolments(cx, closed_id, NULL));
	TRY(enrolment_sql_withdraw_double(cx, cx->now, closed_id, kept_id, NULL));
	TRY(enrolment_sql_merge_assignments(cx, kept_id, closed_id, NULL));
	TRY(enrolment_sql_drop_assignments(cx, closed_id, NULL));
	TRY(enrolment_sql_merge_nudges(cx, kept_id, closed_id, NULL));
	TRY(enrolment_sql_drop_nudges(cx, closed_id, NULL));
	TRY(enrolment_sql_merge_ratings(cx, kept_id, closed_id, NULL));
	return enrolment_sql_drop_ratings(cx, closed_id, NULL);
}

enum err enrolment_settle(struct ctx *cx, int64_t person_id)
{
	TRY(enrolment_sql_unprove(cx, person_id, NULL));
	TRY(enrolment_sql_recount_one(cx, person_id, NULL));
	return enrolment_sql_place_completions(cx, person_id, NULL);
}
