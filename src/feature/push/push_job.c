/* Rounds of pushes; see push.h. A round asks the push services of all that is due, at the same time and outside any transaction; the step notes how
 * it went. */
#include "feature/push/push_send.h"

enum { ROUND = 64 };

static const int64_t waits[] = { MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR };
enum { N_WAITS = sizeof waits / sizeof *waits };

enum err push_wake(struct ctx *cx)
{
	return job_add(cx, &(struct job_add){ .kind = "push.send", .once = S("all"), .input = S(""), .asked_by = NONE }, NULL);
}

/* ── asking ── */

struct round {
	struct push_due_row *due;
	struct push_sending *v; /* of .due, as many */
	size_t n;
};

static enum err look(struct ctx *cx, void *arg)
{
	struct round *r = arg;
	return push_sql_due(cx, cx->now, ROUND, &r->due, &r->n);
}

static enum err send_act(struct ctx *cx, struct job *j)
{
	struct round *r = ARENA_NEW(cx->arena, struct round);
	j->state = r;
	if (j->cancel)
		return OK;
	TRY(db_read(cx, look, r));
	r->v = ARENA_ARRAY(cx->arena, struct push_sending, r->n);
	for (size_t i = 0; i < r->n; i++)
		r->v[i].row = &r->due[i];
	push_send_all(cx, r->v, r->n);
	return OK;
}

/* ── noting ── */

static enum err note_later(struct ctx *cx, const struct push_due_row *d, int64_t rest)
{
	int64_t wait = job_wait(waits, N_WAITS, d->fails + 1), resume = cx->now + (rest > wait ? rest : wait);
	struct push_standing_row s;
	bool found = false;
	TRY(push_sql_bad(cx, d->fails + 1, cx->now, resume, d->device_id, NULL));
	TRY(push_sql_put_off(cx, resume, d->device_id, NULL));
	TRY(push_sql_standing(cx, d->device_id, &s, &found));
	return found && cx->now - s.failing_since > PUSH_PATIENCE ? push_forget(cx, d->device_id) : OK;
}

static enum err note(struct ctx *cx, const struct push_sending *s)
{
	const struct push_due_row *d = s->row;
	switch (s->outcome) {
	case PUSH_GONE: return push_forget(cx, d->device_id);
	case PUSH_LATER: return note_later(cx, d, s->rest);
	case PUSH_TAKEN:
		if (d->fails)
			TRY(push_sql_good(cx, d->device_id, NULL));
		break;
	case PUSH_USELESS: break;
	}
	return push_sql_over(cx, d->device_id, d->notice_id, NULL);
}

static enum err waits_now(struct ctx *cx, bool *ret)
{
	struct push_waits_row row;
	return push_sql_waits(cx, cx->now, &row, ret);
}

static enum err send_step(struct ctx *cx, struct job *j)
{
	const struct round *r = j->state;
	bool more = false;
	for (size_t i = 0; i < r->n; i++)
		TRY(note(cx, &r->v[i]));
	j->done += (int64_t)r->n;
	/* Asked in the transaction: a notice written meanwhile relies on this job. */
	TRY(waits_now(cx, &more));
	j->ended = j->cancel || !more;
	return OK;
}

/* What waits for a time of its own. */
static enum err again_step(struct ctx *cx, struct job *j)
{
	bool any = false;
	j->ended = true;
	TRY(waits_now(cx, &any));
	return any ? push_wake(cx) : OK;
}

const struct job_kind push_jobs[] = {
	{ .name = "push.send", .title = N_("Telling devices"), .act = send_act, .step = send_step },
	{ .name = "push.again", .title = N_("Telling devices again"), .step = again_step, .every = MINUTE },
	{ 0 },
};
