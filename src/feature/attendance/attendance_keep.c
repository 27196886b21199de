/* What is known of somebody at a session: kept, corrected, credited, handed over; see attendance.h. */
#include "feature/attendance/attendance.h"
#include "feature/learned/learned.h"
#include "feature/notice/notice.h"
#include "feature/programme/programme.h"

/* ── crediting ── */

static enum err credit(struct ctx *cx, const struct attendance_session_row *s, int64_t person_id, const struct attendance_one_row *a)
{
	int64_t most = attendance_length(s), minutes = a->minutes < most ? a->minutes : most;
	int64_t want = a->there && s->cancelled_at == NONE ? minutes : 0, more = want - a->credited;
	if (cx->now < s->ends_at) /* not before it was spent */
		return attendance_sql_set_credited(cx, a->credited, more ? s->ends_at : NONE, s->id, person_id, NULL);
	if (more > 0)
		TRY(learned_add(cx, &(struct learnt){ .person_id = person_id,
						      .kind = "session",
						      .thing_id = s->id,
						      .course_id = NONE,
						      .ms = more * MINUTE,
						      .at = s->ends_at,
						      .spent_until = NONE }));
	if (more < 0)
		TRY(learned_take(cx, person_id, "session", s->id, -more * MINUTE));
	return attendance_sql_set_credited(cx, want, NONE, s->id, person_id, NULL);
}

enum err attendance_settle(struct ctx *cx, const struct attendance_session_row *s, int64_t person_id)
{
	struct attendance_one_row a;
	bool found = false;
	TRY(attendance_sql_one(cx, s->id, person_id, &a, &found));
	if (found)
		TRY(credit(cx, s, person_id, &a));
	/* Who has come into the last session has not been through it yet; and a completion is never taken back. */
	return cx->now < s->ends_at ? OK : programme_consider(cx, s->batch_id, person_id);
}

static enum err credit_step(struct ctx *cx, struct job *j)
{
	struct attendance_due_row *due;
	size_t n;
	TRY(attendance_sql_due(cx, cx->now, &due, &n));
	for (size_t i = 0; i < n; i++) {
		struct attendance_session_row s;
		bool found = false;
		TRY(attendance_sql_session(cx, due[i].session_id, &s, &found));
		if (found)
			TRY(attendance_settle(cx, &s, due[i].person_id));
	}
	j->done += (int64_t)n;
	j->ended = n == 0;
	return OK;
}

const struct job_kind attendance_jobs[] = {
	{ .name = "attendance.credit", .title = N_("Crediting minutes of sessions that are over"), .step = credit_step, .every = MINUTE },
	{ .name = NULL },
};

/* ── keeping ── */

static bool is_newer(const struct attendance_mark *m, const struct attendance_one_row *is)
{
	return m->said_at > is->said_at || (m->said_at == is->said_at && m->there && !is->there);
}

enum err attendance_put(struct ctx *cx, const struct attendance_session_row *s, int64_t person_id, const struct attendance_mark *m,
			enum attendance_outcome *ret)
{
	struct attendance_one_row is;
	int64_t length = attendance_length(s), minutes = m->minutes == NONE || m->minutes > length ? length : m->minutes;
	bool found = false, corrects = str_is(str_of(m->way), "corrected");
	TRY(attendance_sql_one(cx, s->id, person_id, &is, &found));
	if (found && !corrects && !is_newer(m, &is)) {
		*ret = is.there == m->there ? ATTENDANCE_SAME : ATTENDANCE_OLDER;
		return OK;
	}
	if (found && !corrects && is.there == m->there) {
		*ret = ATTENDANCE_SAME;
		return attendance_sql_set_said(cx, m->said_at, s->id, person_id, NULL);
	}
	*ret = ATTENDANCE_KEPT;
	minutes = m->there ? minutes : 0;
	TRY(attendance_sql_put(cx, s->id, person_id, m->there, str_of(m->way), minutes, m->at, cx->now, m->by_id, m->metres, m->said_at,
			       m->device.p ? m->device : S(""), NULL));
	TRY(attendance_sql_add_change(cx, new_id(cx), s->id, person_id, m->there, str_of(m->way), minutes, m->words.p ? m->words : S(""), m->at, cx->now,
				      m->by_id, NULL));
	return attendance_settle(cx, s, person_id);
}

/* ── correcting ── */

static enum err may_correct(struct ctx *cx, const struct attendance_session_row *s, const struct attendance_correction *in)
{
	struct attendance_one_row is;
	int64_t length = attendance_length(s), minutes = in->minutes == NONE ? length : in->minutes;
	bool admitted = false, found = false;
	TRY(attendance_admitted(cx, s, in->person_id, &admitted));
	if (!admitted)
		return fail(cx, ERR_NOT_FOUND, "person_id", N_("This person is not admitted to the batch."));
	if (cx->now < s->starts_at)
		return fail(cx, ERR_CONFLICT, "", N_("This session has not begun; there is nothing to correct yet."));
	if (cx->now >= attendance_last(s))
		return fail(cx, ERR_CONFLICT, "", N_("Attendance can be corrected up to the seventh day after the batch ends. That day has passed."));
	if (!str_trim(in->words).n)
		return fail(cx, ERR_INVALID, "reason", N_("is needed"));
	if (in->there && (minutes < 1 || minutes > length))
		return fail_msg(cx, ERR_INVALID, S("minutes"), N_("must be from 1 to {n}, the length of the session"), 1,
				(struct msg_arg[]){ { "n", str_fmt(cx->arena, "%lld", (long long)length) } });
	TRY(attendance_sql_one(cx, s->id, in->person_id, &is, &found));
	if (in->there ? found && is.there && is.minutes == minutes : found && !is.there && str_is(is.way, "corrected"))
		return fail(cx, ERR_CONFLICT, "", N_("That is what stands there already."));
	return OK;
}

/* "23-11-2026" in India, as it stands on the letter of everybody. */
static struct str day_of(struct ctx *cx, int64_t at)
{
	struct civil c = clock_civil(S("Asia/Kolkata"), at);
	return str_fmt(cx->arena, "%02d-%02d-%04d", c.day, c.month, c.year);
}

static enum err tell(struct ctx *cx, const struct attendance_session_row *s, int64_t person_id, bool there, struct str words)
{
	const struct msg_arg args[] = { { "programme", s->programme }, { "day", day_of(cx, s->starts_at) }, { "reason", words } };
	return notice_tell(
		cx, &(struct notice){ .kind = NOTICE_attendance,
				      .person_id = person_id,
				      .fact = str_fmt(cx->arena, "attendance:%lld:%lld:%lld", (long long)s->id, (long long)person_id, (long long)new_id(cx)),
				      .text = there ? N_("Your attendance of “{programme}” on {day} was corrected: you were there. Reason: {reason}")
						    : N_("Your attendance of “{programme}” on {day} was corrected: you were not there. Reason: {reason}"),
				      .args = args,
				      .n_args = sizeof args / sizeof *args,
				      .path = str_fmt(cx->arena, "/me/attendance/%lld", (long long)s->id),
				      .thing_id = NONE });
}

enum err attendance_correct(struct ctx *cx, const struct attendance_session_row *s, const struct attendance_correction *in)
{
	struct str words = str_trim(in->words);
	enum attendance_outcome outcome;
	TRY(may_correct(cx, s, in));
	if (actor_is(&cx->actor, in->person_id))
		return fail(cx, ERR_CONFLICT, "", N_("Nobody corrects the own attendance. Ask another coordinator."));
	TRY(attendance_put(cx, s, in->person_id,
			   &(struct attendance_mark){ in->there, "corrected", in->minutes, cx->now, cx->now, actor_hand(&cx->actor), NONE, S(""), words },
			   &outcome));
	return tell(cx, s, in->person_id, in->there, words);
}

/* ── two accounts of one person ── */

static enum err take_back(struct ctx *cx, int64_t session_id, int64_t person_id, int64_t credited)
{
	if (credited > 0)
		TRY(learned_take(cx, person_id, "session", session_id, credited * MINUTE));
	return attendance_sql_remove(cx, session_id, person_id, NULL);
}

enum err attendance_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	struct attendance_of_person_row *r;
	size_t n;
	TRY(attendance_sql_of_person(cx, closed_id, &r, &n));
	for (size_t i = 0; i < n; i++) {
		struct attendance_one_row kept;
		bool found = false;
		TRY(attendance_sql_one(cx, r[i].session_id, kept_id, &kept, &found));
		if (found && (kept.there || !r[i].there)) {
			TRY(take_back(cx, r[i].session_id, closed_id, r[i].credited));
			continue;
		}
		if (found)
			TRY(take_back(cx, r[i].session_id, kept_id, kept.credited));
		TRY(attendance_sql_move(cx, kept_id, r[i].session_id, closed_id, NULL));
	}
	TRY(attendance_sql_move_changes(cx, kept_id, closed_id, NULL));
	return attendance_sql_move_entries(cx, kept_id, closed_id, NULL);
}
