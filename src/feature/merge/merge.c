/* Joining two accounts of one person, and taking it back; see merge.h. */
#include "feature/merge/merge.h"
#include "base/fact.h"
#include "feature/admission/admission.h"
#include "feature/attempt/attempt.h"
#include "feature/calendar/calendar.h"
#include "feature/attendance/attendance.h"
#include "feature/campaign/campaign.h"
#include "feature/charcha/charcha.h"
#include "feature/event/event.h"
#include "feature/completion/completion.h"
#include "feature/credential/credential.h"
#include "feature/enrolment/enrolment.h"
#include "feature/exemption/exemption.h"
#include "feature/institute/faculty.h"
#include "feature/integrity/integrity.h"
#include "feature/karma/karma.h"
#include "feature/learned/learned.h"
#include "feature/live/live_talk.h"
#include "feature/marking/marking.h"
#include "feature/merge/merge_rows.h"
#include "feature/passbook/passbook.h"
#include "feature/person/person.h"
#include "feature/plan/plan.h"
#include "feature/post/post.h"
#include "feature/proficiency/proficiency.h"
#include "feature/profile/profile.h"
#include "feature/programme/programme.h"
#include "feature/progress/progress.h"
#include "feature/quiz/quiz.h"
#include "feature/room/room.h"
#include "feature/ruling/ruling.h"
#include "feature/tally/tally.h"
#include "feature/together/together_check.h"
#include "movement_sql.h"
#include "notice_sql.h"
#include "scim_sql.h"
#include "sso_sql.h"

/* ── may it be? ── */

static enum err here(struct ctx *cx, int64_t person_id, int64_t org_id, struct merge_place_row *ret)
{
	bool found = false;
	TRY(merge_sql_place(cx, person_id, org_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "", N_("Both accounts must be posted in this organisation or below it, or have been there last."));
}

static enum err not_own(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	if (actor_is(&cx->actor, kept_id) || actor_is(&cx->actor, closed_id))
		return fail(cx, ERR_FORBIDDEN, "", N_("Nobody joins or separates the own accounts. Ask another administrator."));
	return OK;
}

enum err merge_may(struct ctx *cx, const struct merge_join *in, struct merge_place_row *ret_kept, struct merge_place_row *ret_closed)
{
	struct merge_has_role_row role;
	bool holds = false;
	TRY(here(cx, in->kept_id, in->org_id, ret_kept));
	TRY(here(cx, in->closed_id, in->org_id, ret_closed));
	if (in->kept_id == in->closed_id)
		return fail(cx, ERR_CONFLICT, "", N_("These are not two accounts but one."));
	TRY(not_own(cx, in->kept_id, in->closed_id));
	if (ret_kept->merged_into_id != NONE || ret_closed->merged_into_id != NONE)
		return fail(cx, ERR_CONFLICT, "", N_("One of these accounts was joined with another already."));
	if (str_is(ret_kept->state, "left") && str_is(ret_closed->state, "active"))
		return fail(cx, ERR_CONFLICT, "", N_("Keep the account that is in use: the other one has left."));
	TRY(merge_sql_has_role(cx, in->closed_id, &role, &holds));
	return holds ? fail(cx, ERR_CONFLICT, "", N_("The account that would be closed holds a role. End the role first, or keep that account.")) : OK;
}

/* ── joining ── */

static enum err tell(struct ctx *cx, const struct merge_join *in, int64_t merge_id, const char *outcome)
{
	const struct msg_arg more[] = { { "merge_id", fact_id(cx, merge_id) }, { "closed_id", fact_id(cx, in->closed_id) }, { "outcome", str_of(outcome) } };
	return fact_tell(cx, &(struct fact){ FACT_person_merged, in->kept_id, in->org_id, NONE, more, sizeof more / sizeof *more });
}

static enum err count(struct ctx *cx, int64_t kept_id, int64_t closed_id, int sign)
{
	TRY(tally_person(cx, kept_id, sign));
	return tally_person(cx, closed_id, sign);
}

static enum err join_learning(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	TRY(count(cx, kept_id, closed_id, -1));
	TRY(person_merge_postings(cx, kept_id, closed_id));
	TRY(enrolment_merge(cx, kept_id, closed_id));
	TRY(completion_merge(cx, kept_id, closed_id));
	TRY(progress_merge(cx, kept_id, closed_id));
	TRY(attendance_merge(cx, kept_id, closed_id));
	TRY(together_merge(cx, kept_id, closed_id));
	TRY(learned_merge(cx, kept_id, closed_id));
	TRY(quiz_merge(cx, kept_id, closed_id));
	TRY(attempt_merge(cx, kept_id, closed_id));
	TRY(integrity_merge(cx, kept_id, closed_id));
	TRY(marking_merge(cx, kept_id, closed_id));
	TRY(ruling_merge(cx, kept_id, closed_id));
	TRY(room_merge(cx, kept_id, closed_id));
	TRY(live_merge(cx, kept_id, closed_id));
	TRY(exemption_merge(cx, kept_id, closed_id));
	TRY(proficiency_merge(cx, kept_id, closed_id));
	TRY(post_merge(cx, kept_id, closed_id));
	TRY(plan_merge(cx, kept_id, closed_id));
	TRY(programme_merge(cx, kept_id, closed_id));
	TRY(credential_merge(cx, kept_id, closed_id));
	TRY(enrolment_settle(cx, kept_id));
	TRY(count(cx, kept_id, closed_id, 1));
	return completion_settle(cx, kept_id);
}

static enum err join_account(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	TRY(movement_sql_stop_all(cx, cx->actor.person_id, cx->now, closed_id, NULL));
	TRY(movement_sql_end_charges(cx, person_today(cx), closed_id, NULL));
	TRY(profile_merge(cx, kept_id, closed_id));
	TRY(notice_sql_move(cx, kept_id, closed_id, NULL));
	TRY(sso_sql_move_identities(cx, kept_id, closed_id, NULL));
	TRY(passbook_merge(cx, kept_id, closed_id));
	TRY(campaign_merge(cx, kept_id, closed_id));
	TRY(karma_merge(cx, kept_id, closed_id));
	TRY(faculty_merge(cx, kept_id, closed_id));
	TRY(calendar_merge(cx, closed_id));
	TRY(admission_merge(cx, kept_id, closed_id));
	TRY(charcha_merge(cx, kept_id, closed_id));
	TRY(event_merge(cx, kept_id, closed_id));
	TRY(scim_sql_move_person(cx, kept_id, closed_id, NULL));
	TRY(scim_sql_forget_person(cx, cx->now, closed_id, NULL));
	return person_merge(cx, kept_id, closed_id);
}

/* People supervised by one account are supervised by the other; each is kept as a row of the merge. */
static enum err hand_over(struct ctx *cx, int64_t merge_id, int64_t from_id, int64_t to_id, int64_t *n)
{
	struct person_supervised_row *r;
	size_t n_people;
	int64_t posting;
	TRY(person_sql_supervised(cx, from_id, &r, &n_people));
	for (size_t i = 0; i < n_people; i++) {
		int64_t person_id = r[i].person_id;
		TRY(person_supervise(cx, person_id, person_id == to_id ? NONE : to_id, person_today(cx), &posting));
		TRY(merge_sql_add_row(cx, merge_id, ++*n, S("supervised"), str_fmt(cx->arena, "{\"person_id\":%lld}", (long long)person_id), STR_NONE, NULL));
	}
	return OK;
}

static enum err keep_rows(struct ctx *cx, const struct merge_join *in, int64_t id, const struct merge_rows *was, int64_t *n)
{
	struct merge_rows is;
	enum err e = merge_rows_read(cx, in->kept_id, in->closed_id, &is);
	if (e == OK)
		e = merge_rows_keep(cx, id, was, &is, n);
	merge_rows_free(&is);
	return e;
}

static enum err join(struct ctx *cx, const struct merge_join *in, int64_t id, const struct merge_rows *was)
{
	int64_t n = 0;
	TRY(merge_sql_add(cx, id, in->org_id, in->kept_id, in->closed_id, cx->actor.person_id, cx->now, NULL));
	TRY(hand_over(cx, id, in->closed_id, in->kept_id, &n));
	TRY(join_learning(cx, in->kept_id, in->closed_id));
	TRY(join_account(cx, in->kept_id, in->closed_id));
	TRY(keep_rows(cx, in, id, was, &n));
	return tell(cx, in, id, "joined");
}

enum err merge_join(struct ctx *cx, const struct merge_join *in, int64_t *ret_id)
{
	struct merge_place_row kept, closed;
	struct merge_rows was;
	*ret_id = new_id(cx);
	TRY(merge_may(cx, in, &kept, &closed));
	TRY(campaign_merge_begins(cx, in->kept_id, in->closed_id));
	enum err e = merge_rows_read(cx, in->kept_id, in->closed_id, &was);
	if (e == OK)
		e = join(cx, in, *ret_id, &was);
	merge_rows_free(&was);
	return e;
}

/* ── and back ── */

/* Who is still supervised by the kept account as the merge left it is supervised by the other again. */
static enum err hand_back(struct ctx *cx, int64_t merge_id, int64_t kept_id, int64_t closed_id)
{
	struct merge_supervised_row *r;
	size_t n;
	int64_t posting;
	TRY(merge_sql_supervised(cx, merge_id, &r, &n));
	for (size_t i = 0; i < n; i++) {
		struct person_open_posting_row open;
		int64_t person_id;
		bool found = false;
		struct str id = str_sub(r[i].was, sizeof "{\"person_id\":" - 1, r[i].was.n - 1);
		if (!str_int(id, &person_id))
			return ERR_INTERNAL;
		TRY(person_sql_open_posting(cx, person_id, &open, &found));
		if (found && open.supervisor_id == (person_id == kept_id ? NONE : kept_id))
			TRY(person_supervise(cx, person_id, closed_id, person_today(cx), &posting));
	}
	return OK;
}

static enum err separate(struct ctx *cx, int64_t id, int64_t kept_id, int64_t closed_id)
{
	struct merge_rows is;
	TRY(count(cx, kept_id, closed_id, -1));
	enum err e = merge_rows_read(cx, kept_id, closed_id, &is);
	if (e == OK)
		e = merge_rows_back(cx, id, kept_id, &is);
	merge_rows_free(&is);
	TRY(e);
	TRY(enrolment_settle(cx, kept_id));
	TRY(enrolment_settle(cx, closed_id));
	TRY(proficiency_settle(cx, kept_id));
	TRY(proficiency_settle(cx, closed_id));
	TRY(event_recount(cx, kept_id));
	TRY(event_recount(cx, closed_id));
	return count(cx, kept_id, closed_id, 1);
}

enum err merge_undo(struct ctx *cx, int64_t org_id, int64_t merge_id)
{
	struct merge_one_row m;
	struct merge_later_row later;
	bool found = false, newer = false;
	TRY(merge_sql_one(cx, merge_id, org_id, &m, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "merge_id", N_("There is no such merge here."));
	TRY(not_own(cx, m.kept_id, m.closed_id));
	if (m.undone_at != NONE)
		return fail(cx, ERR_CONFLICT, "", N_("This was taken back already."));
	if (cx->now - m.merged_at >= MERGE_UNDO)
		return fail(cx, ERR_CONFLICT, "", N_("This is more than 30 days ago and cannot be taken back any more."));
	TRY(merge_sql_later(cx, merge_id, m.kept_id, m.closed_id, &later, &newer));
	if (newer)
		return fail(cx, ERR_CONFLICT, "", N_("One of the two was joined with another account since. Take that back first."));
	TRY(separate(cx, merge_id, m.kept_id, m.closed_id));
	TRY(hand_back(cx, merge_id, m.kept_id, m.closed_id));
	TRY(merge_sql_set_undone(cx, cx->now, cx->actor.person_id, merge_id, NULL));
	TRY(person_tell(cx, m.kept_id, NONE));
	TRY(person_tell(cx, m.closed_id, NONE));
	return tell(cx, &(struct merge_join){ m.org_id, m.kept_id, m.closed_id }, merge_id, "separated");
}

/* ── pairs ── */

enum err merge_dismiss(struct ctx *cx, const struct merge_join *pair)
{
	struct merge_place_row one, other;
	int64_t changed = 0;
	bool first = pair->kept_id < pair->closed_id;
	TRY(here(cx, pair->kept_id, pair->org_id, &one));
	TRY(here(cx, pair->closed_id, pair->org_id, &other));
	TRY(merge_sql_dismiss(cx, cx->now, cx->actor.person_id, first ? pair->kept_id : pair->closed_id, first ? pair->closed_id : pair->kept_id, &changed));
	return changed ? OK : fail(cx, ERR_NOT_FOUND, "", N_("This pair was dealt with already."));
}

enum err merge_look(struct ctx *cx, int64_t org_id)
{
	const char *org = str_fmt(cx->arena, "%lld", (long long)org_id).p;
	return job_add(cx, &(struct job_add){ .kind = "merge.look", .once = str_of(org), .input = str_of(org), .asked_by = cx->actor.person_id ? cx->actor.person_id : NONE }, NULL);
}
