/* Work behind admissions: seats that nobody used of a quota go to who waits, and people are reminded. See admission.h. */
#include "base/clock.h"
#include "feature/admission/admission_in.h"
#include "feature/notice/notice.h"

static bool after_of(const struct job *j, int64_t *ret)
{
	*ret = 0;
	return !j->at.n || str_int(j->at, ret);
}

/* One batch a step. */
static enum err settle_step(struct ctx *cx, struct job *j)
{
	struct admission_unsettled_row *r;
	int64_t after;
	size_t n;
	if (!after_of(j, &after))
		return ERR_INTERNAL;
	TRY(admission_sql_unsettled(cx, cx->now, after, &r, &n));
	if (!n) {
		j->ended = true;
		return OK;
	}
	j->at = str_fmt(cx->arena, "%lld", (long long)r[0].id);
	return admission_settle(cx, r[0].id);
}

/* A start that was moved is another fact. */
static enum err remind(struct ctx *cx, const struct admission_to_remind_row *r)
{
	bool soon = r->starts_at - cx->now <= DAY;
	const struct msg_arg args[] = { { "programme", admission_called(cx, r->title, STR_NONE, r->batch) },
					{ "when", admission_when(cx, r->starts_at) },
					{ "where", r->place } };
	return notice_tell(
		cx, &(struct notice){ .kind = NOTICE_admission,
				      .person_id = r->person_id,
				      .fact = str_fmt(cx->arena, "admission.remind:%lld:%lld:%d", (long long)r->id, (long long)r->starts_at, soon ? 1 : 7),
				      .text = r->place.n ? N_("“{programme}” begins on {when}, {where}.") : N_("“{programme}” begins on {when}."),
				      .args = args,
				      .n_args = 3,
				      .path = str_fmt(cx->arena, "/batches/%lld/request", (long long)r->batch_id),
				      .thing_id = NONE,
				      .or_short = true });
}

static enum err remind_step(struct ctx *cx, struct job *j)
{
	struct admission_to_remind_row *r;
	int64_t after;
	size_t n;
	if (!after_of(j, &after))
		return ERR_INTERNAL;
	TRY(admission_sql_to_remind(cx, cx->now, cx->now + 7 * DAY, after, &r, &n));
	if (!n) {
		j->ended = true;
		return OK;
	}
	for (size_t i = 0; i < n; i++)
		TRY(remind(cx, &r[i]));
	j->done += (int64_t)n;
	j->at = str_fmt(cx->arena, "%lld", (long long)r[n - 1].id);
	return OK;
}

/* ── who left by a staff list ── */

enum err admission_sweep_soon(struct ctx *cx)
{
	return job_add(cx, &(struct job_add){ .kind = "admission.sweep", .asked_by = NONE }, NULL);
}

static enum err sweep_step(struct ctx *cx, struct job *j)
{
	struct admission_left_holding_row *r;
	int64_t after;
	size_t n;
	if (!after_of(j, &after))
		return ERR_INTERNAL;
	TRY(admission_sql_left_holding(cx, cx->now, after, &r, &n));
	for (size_t i = 0; i < n; i++)
		TRY(admission_person_changed(cx, r[i].person_id));
	j->done += (int64_t)n;
	j->ended = !n;
	if (n)
		j->at = str_fmt(cx->arena, "%lld", (long long)r[n - 1].person_id);
	return OK;
}

const struct job_kind admission_jobs[] = {
	{ .name = "admission.settle", .title = N_("Giving free seats to people who wait"), .step = settle_step, .every = 5 * MINUTE },
	{ .name = "admission.remind", .title = N_("Reminding people of batches that begin"), .step = remind_step, .every = HOUR },
	{ .name = "admission.due", .title = N_("Telling people of requests that wait for their yes"), .step = admission_due_step, .every = HOUR },
	{ .name = "admission.sweep", .title = N_("Giving back seats of people who have left"), .step = sweep_step },
	{ .name = NULL },
};
