/* Signals: asking for them, deciding about them; see integrity.h. */
#include "feature/integrity/integrity.h"
#include "base/clock.h"
#include "feature/attempt/attempt.h"
#include "feature/notice/notice.h"

/* An examination whose time is over longer than this is looked at only on request. */
#define SWEPT_FOR (30 * DAY)

enum err integrity_look(struct ctx *cx, int64_t exam_id, int64_t by_id)
{
	struct str id = str_fmt(cx->arena, "%lld", (long long)exam_id);
	return job_add(cx, &(struct job_add){ .kind = "integrity.look", .once = id, .input = id, .asked_by = by_id }, NULL);
}

/* ── deciding ── */

static enum err tell(struct ctx *cx, const struct integrity_one_row *s, struct str found)
{
	const struct msg_arg args[] = { { "exam", s->title } };
	if (str_is(found, "look"))
		return OK;
	return notice_tell(cx, &(struct notice){ .kind = NOTICE_exam,
						 .person_id = s->taker_id,
						 .fact = str_fmt(cx->arena, "signal:%lld:%lld", (long long)s->id, (long long)cx->now),
						 .text = N_("Somebody has looked at what was recorded of you in “{exam}” and decided about it."),
						 .args = args,
						 .n_args = 1,
						 .path = S("/me/exam-signals"),
						 .thing_id = NONE });
}

enum err integrity_decide(struct ctx *cx, const struct integrity_decision *in)
{
	struct integrity_one_row s;
	struct str note = in->note.n ? str_trim(in->note) : S("");
	bool found = false;
	TRY(integrity_sql_one(cx, in->signal_id, &s, &found));
	if (!found || s.exam_id != in->exam_id || s.org_id != in->org_id)
		return fail(cx, ERR_NOT_FOUND, "signal_id", N_("There is no such signal."));
	if (actor_is(&cx->actor, s.taker_id))
		return fail(cx, ERR_FORBIDDEN, "", N_("Nobody decides about himself."));
	if (!note.n && !str_is(in->found, "look"))
		return fail(cx, ERR_INVALID, "note", N_("is needed: the person reads it"));
	TRY(integrity_sql_decide(cx, in->found, note, actor_hand(&cx->actor), cx->now, s.id, NULL));
	return s.name.p ? tell(cx, &s, in->found) : OK; /* a guest has no name among people, and reads no notices */
}

enum err integrity_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	TRY(integrity_sql_merge(cx, kept_id, closed_id, NULL));
	return integrity_sql_merge_other(cx, kept_id, closed_id, NULL);
}

/* ── by itself ── */

/* All time is over, with that of late answers. */
static enum err sweep_step(struct ctx *cx, struct job *j)
{
	struct integrity_over_row *r;
	int64_t late = LATE_HOURS * HOUR;
	size_t n;
	TRY(integrity_sql_over(cx, cx->now - late - SWEPT_FOR, cx->now - late, late, &r, &n));
	for (size_t i = 0; i < n; i++)
		TRY(integrity_look(cx, r[i].id, NONE));
	j->ended = true;
	return OK;
}

const struct job_kind integrity_jobs[] = {
	{ .name = "integrity.look", .title = N_("Looking for signals of an examination"), .act = integrity_look_act, .step = integrity_look_step },
	{ .name = "integrity.sweep", .title = N_("Finding examinations whose time is over"), .step = sweep_step, .every = HOUR },
	{ .name = NULL },
};
