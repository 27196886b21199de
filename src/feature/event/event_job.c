/* Reminders, news of events, and their end; see event_job.h. Each is one walk over people, in steps. */
#include "feature/event/event_job.h"
#include "feature/event/event_presence.h"
#include "feature/notice/notice.h"

enum { AT_ONCE = 100 };

/* ── putting it down ── */

static struct str tell_input(struct ctx *cx, const struct event_one_row *e, const char *what)
{
	return str_fmt(cx->arena, "%s:%lld:%lld", what, (long long)e->id, (long long)e->starts_at);
}

static enum err tell_at(struct ctx *cx, const struct event_one_row *e, const char *what, int64_t at)
{
	struct str input = tell_input(cx, e, what);
	return job_add(cx, &(struct job_add){ .kind = "event.tell", .once = input, .input = input, .asked_by = NONE, .run_at = at }, NULL);
}

static enum err end_at(struct ctx *cx, int64_t event_id, int64_t ends_at, int64_t run_at)
{
	struct str input = str_fmt(cx->arena, "%lld:%lld", (long long)event_id, (long long)ends_at);
	return job_add(cx, &(struct job_add){ .kind = "event.end", .once = input, .input = input, .asked_by = NONE, .run_at = run_at }, NULL);
}

/* When it ends if nobody ends it. */
static int64_t ends_itself_at(const struct event_one_row *e)
{
	return str_is(e->held, "stream") ? e->ends_at + EVENT_OVER : e->ends_at;
}

enum err event_plan(struct ctx *cx, const struct event_one_row *e)
{
	if (e->starts_at - DAY > cx->now)
		TRY(tell_at(cx, e, "day", e->starts_at - DAY));
	if (e->starts_at - EVENT_LINK > cx->now)
		TRY(tell_at(cx, e, "soon", e->starts_at - EVENT_LINK));
	return end_at(cx, e->id, e->ends_at, ends_itself_at(e));
}

enum err event_tell(struct ctx *cx, const struct event_one_row *e, const char *what)
{
	return tell_at(cx, e, what, 0);
}

enum err event_settle_soon(struct ctx *cx, int64_t event_id)
{
	return end_at(cx, event_id, 0, 0);
}

/* ── telling ── */

/* A time that reads the same in every language of the house, since the text is translated only when somebody reads it. */
static struct str time_told(struct ctx *cx, int64_t at)
{
	struct civil c = clock_civil(S("Asia/Kolkata"), at);
	return str_fmt(cx->arena, "%02d-%02d-%d, %02d:%02d", c.day, c.month, c.year, c.hour, c.minute);
}

static const struct {
	const char *what, *text, *state;
} tidings[] = {
	{ "day", N_("“{title}” begins on {time} (Indian time)."), "open" },
	{ "soon", N_("“{title}” begins in a quarter of an hour."), "open" },
	{ "moved", N_("“{title}” is moved: it begins on {time} (Indian time)."), "open" },
	{ "cancelled", N_("“{title}” is cancelled. {why}"), "cancelled" },
};

/* One fact a walk: a time to which an event is moved may be one that was told before. */
static enum err tell_one(struct ctx *cx, const struct event_one_row *e, size_t which, int64_t job_id, int64_t person_id)
{
	bool again = str_is(str_of(tidings[which].what), "moved");
	const struct msg_arg args[] = { { "title", e->title }, { "time", time_told(cx, e->starts_at) }, { "why", e->cancelled_why } };
	struct notice n = { .kind = NOTICE_event,
			    .person_id = person_id,
			    .fact = str_fmt(cx->arena, "event.%s:%lld:%lld", tidings[which].what, (long long)e->id, (long long)(again ? job_id : e->starts_at)),
			    .text = tidings[which].text,
			    .args = args,
			    .n_args = sizeof args / sizeof *args,
			    .path = str_fmt(cx->arena, "/events/%lld", (long long)e->id),
			    .thing_id = NONE };
	return notice_tell(cx, &n);
}

/* "moved:ID:TIME" */
static bool read_input(struct str input, size_t *ret_which, int64_t *ret_id, int64_t *ret_at)
{
	struct str what = STR_NONE, id = STR_NONE;
	*ret_which = 0;
	if (!str_cut(&input, ':', &what) || !str_cut(&input, ':', &id) || !str_int(id, ret_id) || !str_int(input, ret_at))
		return false;
	while (*ret_which < sizeof tidings / sizeof *tidings && !str_is(what, tidings[*ret_which].what))
		++*ret_which;
	return *ret_which < sizeof tidings / sizeof *tidings;
}

/* Moved since, or begun before anybody came to tell: then it is not so any more. */
static bool still_so(const struct ctx *cx, const struct event_one_row *e, size_t which, int64_t starts_at)
{
	return e->starts_at == starts_at && str_is(e->state, tidings[which].state) && (which > 1 || cx->now < e->starts_at);
}

static enum err tell_step(struct ctx *cx, struct job *j)
{
	struct event_registered_after_row *r;
	struct event_one_row e;
	int64_t id, at, after = 0;
	size_t which, n = 0;
	bool found = false;
	if (!read_input(j->input, &which, &id, &at) || (j->at.n && !str_int(j->at, &after)))
		return ERR_INTERNAL;
	TRY(event_sql_one(cx, id, &e, &found));
	if (found && still_so(cx, &e, which, at))
		TRY(event_sql_registered_after(cx, id, after, AT_ONCE, &r, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(tell_one(cx, &e, which, j->id, r[i].person_id));
		after = r[i].person_id;
	}
	j->done += (int64_t)n;
	j->at = str_fmt(cx->arena, "%lld", (long long)after);
	j->ended = n < AT_ONCE || j->cancel;
	return OK;
}

/* ── the end ── */

/* A streamed event that nobody ended was on at most until now; one that never began has no presence. */
static enum err end_itself(struct ctx *cx, const struct event_one_row *e)
{
	bool streamed = str_is(e->held, "stream") && e->began_at != NONE;
	TRY(event_sql_set_ended(cx, streamed ? e->ends_at + EVENT_OVER : e->ends_at, cx->now, e->id, NULL));
	TRY(event_live_tell(cx, e->id, "over"));
	return event_stream_end(cx, e->id);
}

static enum err end_step(struct ctx *cx, struct job *j)
{
	struct event_present_after_row *r;
	struct event_one_row e;
	struct str rest = j->input, part = STR_NONE;
	int64_t id, ends_at, after = 0;
	size_t n = 0;
	bool found = false;
	if (!str_cut(&rest, ':', &part) || !str_int(part, &id) || !str_int(rest, &ends_at) || (j->at.n && !str_int(j->at, &after)))
		return ERR_INTERNAL;
	TRY(event_sql_one(cx, id, &e, &found));
	bool due = found && str_is(e.state, "open") && e.ends_at == ends_at;
	if (due && cx->now < ends_itself_at(&e)) { /* it was to be in a room when this was put down */
		j->wait_until = ends_itself_at(&e);
		return OK;
	}
	if (due) {
		TRY(end_itself(cx, &e));
		TRY(event_sql_one(cx, id, &e, &found));
	}
	if (found && str_is(e.state, "ended") && event_needed(&e) > 0)
		TRY(event_sql_present_after(cx, id, after, event_needed(&e), AT_ONCE, &r, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(event_consider(cx, &e, r[i].person_id, r[i].ms, NONE));
		after = r[i].person_id;
	}
	j->done += (int64_t)n;
	j->at = str_fmt(cx->arena, "%lld", (long long)after);
	j->ended = n < AT_ONCE;
	return OK;
}

const struct job_kind event_jobs[] = {
	{ .name = "event.tell", .title = N_("Telling people about an event"), .step = tell_step },
	{ .name = "event.end", .title = N_("The end of an event"), .step = end_step },
	{ 0 },
};
