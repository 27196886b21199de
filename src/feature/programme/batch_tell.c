/* Telling people of a batch, some at a time; see batch_tell.h. */
#include "feature/programme/batch_tell.h"
#include "feature/notice/notice.h"
#include "feature/programme/batch.h"

enum { TELL_STEP = 50 };

enum err batch_seats_told(struct ctx *cx, int64_t batch_id)
{
	return cx->app && cx->app->seats_changed ? cx->app->seats_changed(cx, batch_id) : OK;
}

enum err batch_tell_soon(struct ctx *cx, int64_t batch_id, const char *what, int64_t session_id)
{
	struct str input =
		str_fmt(cx->arena, "%s %lld %lld %lld", what, (long long)batch_id, (long long)(session_id == NONE ? 0 : session_id), (long long)cx->now);
	return job_add(cx, &(struct job_add){ .kind = "batch.tell", .input = input, .asked_by = actor_hand(&cx->actor) }, NULL);
}

/* "23-11-2026, 10:30" in India. */
static struct str when(struct ctx *cx, int64_t at)
{
	struct civil c = clock_civil(PROGRAMME_ZONE, at);
	return str_fmt(cx->arena, "%02d-%02d-%04d, %02d:%02d", c.day, c.month, c.year, c.hour, c.minute);
}

struct telling {
	struct str what;
	struct batch_one_row batch;
	struct batch_session_row session;
	const char *text;
	struct str fact, at; /* at: the moment of the change; a session may move back and forth */
	struct msg_arg args[4];
	size_t n_args;
};

static void put_cancelled(struct ctx *cx, struct telling *t)
{
	t->text = N_("“{programme}” on {when} will not be held: {why}");
	t->fact = str_fmt(cx->arena, "batch.cancelled:%lld", (long long)t->batch.id);
	t->args[t->n_args++] = (struct msg_arg){ "programme", t->batch.title };
	t->args[t->n_args++] = (struct msg_arg){ "when", when(cx, t->batch.starts_at) };
	t->args[t->n_args++] = (struct msg_arg){ "why", t->batch.cancelled_why };
}

static void put_session(struct ctx *cx, struct telling *t)
{
	bool moved = str_is(t->what, "moved");
	t->text = moved ? N_("“{session}” of “{programme}” is now on {when}.") : N_("“{session}” of “{programme}” will not be held.");
	t->fact = moved ? str_fmt(cx->arena, "session.moved:%lld:%.*s", (long long)t->session.id, STR_ARG(t->at))
			: str_fmt(cx->arena, "session.dropped:%lld", (long long)t->session.id);
	t->args[t->n_args++] = (struct msg_arg){ "session", t->session.title };
	t->args[t->n_args++] = (struct msg_arg){ "programme", t->batch.title };
	t->args[t->n_args++] = (struct msg_arg){ "when", when(cx, t->session.starts_at) };
}

/* False: there is nothing to tell any more. */
static enum err read_telling(struct ctx *cx, struct str input, struct telling *t, bool *ret_any)
{
	struct str batch, session;
	int64_t batch_id, session_id;
	if (!str_cut(&input, ' ', &t->what) || !str_cut(&input, ' ', &batch) || !str_int(batch, &batch_id) || !str_cut(&input, ' ', &session) ||
	    !str_int(session, &session_id))
		return ERR_INTERNAL;
	t->at = input.n ? input : S("0"); /* an older program did not say it */
	TRY(batch_find(cx, batch_id, &t->batch));
	if (session_id)
		TRY(batch_sql_session(cx, session_id, batch_id, &t->session, ret_any));
	else
		*ret_any = str_is(t->batch.state, "cancelled");
	if (!session_id)
		put_cancelled(cx, t);
	else if (*ret_any)
		put_session(cx, t);
	return OK;
}

static enum err tell_step(struct ctx *cx, struct job *j)
{
	struct programme_next_in_hand_row *m;
	struct telling t = { 0 };
	int64_t after = 0;
	bool any = false;
	size_t n;
	if (j->at.n && !str_int(j->at, &after))
		return ERR_INTERNAL;
	TRY(read_telling(cx, j->input, &t, &any));
	TRY(programme_sql_next_in_hand(cx, t.batch.id, str_is(t.what, "cancelled"), after, TELL_STEP, &m, &n));
	for (size_t i = 0; any && i < n; i++)
		TRY(notice_tell(cx, &(struct notice){ .kind = NOTICE_programme,
						      .person_id = m[i].person_id,
						      .fact = t.fact,
						      .text = t.text,
						      .args = t.args,
						      .n_args = t.n_args,
						      .path = str_fmt(cx->arena, "/batches/%lld%s", (long long)t.batch.id,
								      str_is(m[i].state, "admitted") ? "" : "/request"),
						      .thing_id = NONE,
						      .or_short = true }));
	j->done += (int64_t)n;
	j->ended = !any || n < TELL_STEP;
	if (n)
		j->at = str_fmt(cx->arena, "%lld", (long long)m[n - 1].person_id);
	return OK;
}

const struct job_kind batch_jobs[] = {
	{ .name = "batch.tell", .title = N_("Telling those who are admitted to a batch"), .step = tell_step },
	{ .name = NULL },
};
