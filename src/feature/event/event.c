/* Series, events, registration, moderators; see event.h. */
#include "feature/event/event.h"
#include "feature/competency/competency.h"
#include "feature/event/event_job.h"
#include "feature/event/event_parts.h"
#include "feature/live/live.h"
#include "feature/person/person.h"
#include "feature/stream/stream.h"
#include "web/access.h"

enum { LINK_MAX = 1000 };

/* ── series ── */

static struct str or_else(struct str s, struct str otherwise)
{
	return s.n ? s : otherwise.p ? otherwise : S("");
}

enum err event_series_put(struct ctx *cx, const struct event_series_put *in, int64_t *ret_id)
{
	struct str title_hi = or_else(in->title_hi, in->title), about = or_else(in->about, S("")), about_hi = or_else(in->about_hi, about);
	int64_t changed = 0;
	*ret_id = in->series_id;
	if (in->series_id == NONE) {
		*ret_id = new_id(cx);
		return event_sql_series_add(cx, *ret_id, in->org_id, in->title, title_hi, about, about_hi, cx->now, NULL);
	}
	TRY(event_sql_series_change(cx, in->title, title_hi, about, about_hi, in->series_id, in->org_id, &changed));
	return changed ? OK : fail(cx, ERR_NOT_FOUND, "series_id", N_("There is no such series."));
}

/* ── what it is ── */

enum err event_of(struct ctx *cx, int64_t org_id, int64_t event_id, struct event_one_row *ret)
{
	bool found = false;
	TRY(event_sql_one(cx, event_id, ret, &found));
	return found && ret->org_id == org_id ? OK : fail(cx, ERR_NOT_FOUND, "event_id", N_("There is no such event."));
}

enum err event_leads(struct ctx *cx, const struct event_one_row *e, int64_t person_id, bool *ret)
{
	struct event_moderator_row m;
	TRY(event_sql_moderator(cx, e->id, person_id, &m, ret));
	return *ret || person_id != cx->actor.person_id ? OK : access_may(cx, MAY_EVENT_MANAGE, SCOPE_ORG, e->org_id, ret);
}

static enum err is_for(struct ctx *cx, const struct event_one_row *e, bool *ret)
{
	struct person_posting_on_row at;
	struct event_for_org_row r;
	*ret = e->for_all;
	if (*ret)
		return OK;
	TRY(person_posting(cx, cx->actor.person_id, person_today(cx), &at, ret));
	return *ret ? event_sql_for_org(cx, at.org_id, e->org_id, &r, ret) : OK;
}

static enum err if_seen(struct ctx *cx, const struct event_one_row *e, bool leads, bool seen)
{
	return leads || (seen && !str_is(e->state, "draft")) ? OK : fail(cx, ERR_NOT_FOUND, "event_id", N_("There is no such event for you."));
}

enum err event_for(struct ctx *cx, int64_t event_id, struct event_one_row *ret, bool *ret_leads)
{
	bool found = false, seen = false;
	*ret_leads = false;
	TRY(event_sql_one(cx, event_id, ret, &found));
	if (found) {
		TRY(event_leads(cx, ret, cx->actor.person_id, ret_leads));
		if (!*ret_leads)
			TRY(is_for(cx, ret, &seen));
	}
	return if_seen(cx, ret, *ret_leads, seen);
}

enum err event_for_seat(struct ctx *cx, int64_t event_id, struct event_one_row *ret, struct event_seat *ret_seat)
{
	struct event_standing_row s;
	bool found = false, seen = false, manages = false;
	*ret_seat = (struct event_seat){ 0 };
	TRY(event_sql_one(cx, event_id, ret, &found));
	if (!found)
		return if_seen(cx, ret, false, false);
	TRY(event_sql_standing(cx, cx->actor.person_id, event_id, &s));
	if (!s.moderates)
		TRY(access_may(cx, MAY_EVENT_MANAGE, SCOPE_ORG, ret->org_id, &manages));
	*ret_seat = (struct event_seat){ .registered = s.registered_at != NONE && s.withdrawn_at == NONE,
					 .leads = s.moderates || manages,
					 .done = s.done_at != NONE,
					 .noted_ms = s.noted_ms };
	seen = ret_seat->registered;
	if (!ret_seat->leads && !seen)
		TRY(is_for(cx, ret, &seen));
	return if_seen(cx, ret, ret_seat->leads, seen);
}

struct str event_title(const struct ctx *cx, const struct event_one_row *e)
{
	return said_in(cx, e->title, e->title_hi);
}

int64_t event_from(const struct event_one_row *e)
{
	return e->began_at != NONE ? e->began_at : e->starts_at;
}

int64_t event_length(const struct event_one_row *e)
{
	int64_t held = e->closed_at != NONE ? e->closed_at - event_from(e) : e->ends_at - e->starts_at;
	return held > 0 ? held : 0;
}

int64_t event_needed(const struct event_one_row *e)
{
	int64_t planned = e->ends_at - e->starts_at, held = event_length(e);
	return (held < planned ? held : planned) * EVENT_NEEDED_PERCENT / 100;
}

bool event_link_shown(const struct ctx *cx, const struct event_one_row *e)
{
	return str_is(e->held, "link") && str_is(e->state, "open") && cx->now >= e->starts_at - EVENT_LINK && cx->now < e->ends_at;
}

enum err event_live_tell(struct ctx *cx, int64_t event_id, const char *state)
{
	return live_tell(cx, S("event"), event_id, "event", str_fmt(cx->arena, "{\"state\":\"%s\"}", state));
}

/* ── laying down ── */

static bool is_https(struct str link)
{
	return str_starts(link, S("https://")) && link.n > sizeof "https://" && link.n <= LINK_MAX && str_index(link, ' ') < 0;
}

static enum err check_times(struct ctx *cx, const struct event_put *in, bool opened)
{
	if (in->starts_at == NONE || in->ends_at == NONE)
		return fail(cx, ERR_INVALID, in->starts_at == NONE ? "starts_at" : "ends_at", N_("is needed"));
	if (in->ends_at <= in->starts_at || in->ends_at - in->starts_at > EVENT_HOURS_MAX * HOUR)
		return fail(cx, ERR_INVALID, "ends_at", N_("must be behind the beginning, and within twelve hours of it"));
	if (opened && in->starts_at <= cx->now)
		return fail(cx, ERR_INVALID, "starts_at", N_("must not be past"));
	return OK;
}

static enum err check_put(struct ctx *cx, const struct event_put *in, const struct event_one_row *old)
{
	struct event_series_one_row s;
	bool found = true, opened = old && str_is(old->state, "open");
	TRY(check_times(cx, in, opened && in->starts_at != old->starts_at));
	if (str_is(in->held, "link") && !is_https(in->link))
		return fail(cx, ERR_INVALID, "link", N_("must be an address that begins with https://"));
	if (in->series_id != NONE)
		TRY(event_sql_series_one(cx, in->series_id, &s, &found));
	return found && (in->series_id == NONE || s.org_id == in->org_id) ? OK : fail(cx, ERR_INVALID, "series_id", N_("is no series of this organisation"));
}

static enum err may_change(struct ctx *cx, const struct event_one_row *e)
{
	if (!str_is(e->state, "draft") && !str_is(e->state, "open"))
		return fail(cx, ERR_CONFLICT, "", N_("This event has ended or is cancelled; it is not changed any more."));
	if (str_is(e->state, "open") && (e->began_at != NONE || (str_is(e->held, "link") && cx->now >= e->starts_at)))
		return fail(cx, ERR_CONFLICT, "", N_("This event has begun; it is not changed any more."));
	return OK;
}

static enum err write_change(struct ctx *cx, const struct event_put *in, const struct event_one_row *old)
{
	struct event_one_row now;
	TRY(event_sql_change(cx, in->series_id, in->title, or_else(in->title_hi, in->title), or_else(in->about, S("")), or_else(in->about_hi, in->about),
			     in->lang, in->held, or_else(in->link, S("")), in->for_all, in->starts_at, in->ends_at, cx->now, old->id, NULL));
	if (!str_is(old->state, "open"))
		return OK;
	TRY(event_live_tell(cx, old->id, "changed"));
	if (old->starts_at == in->starts_at && old->ends_at == in->ends_at)
		return OK;
	TRY(event_of(cx, in->org_id, old->id, &now));
	TRY(event_plan(cx, &now));
	return old->starts_at == in->starts_at ? OK : event_tell(cx, &now, "moved");
}

enum err event_put(struct ctx *cx, const struct event_put *in, int64_t *ret_id)
{
	struct event_one_row old;
	bool is_new = in->event_id == NONE;
	if (!is_new) {
		TRY(event_of(cx, in->org_id, in->event_id, &old));
		TRY(may_change(cx, &old));
	}
	TRY(check_put(cx, in, is_new ? NULL : &old));
	*ret_id = is_new ? new_id(cx) : in->event_id;
	if (is_new)
		TRY(event_sql_add(cx, *ret_id, in->org_id, in->series_id, in->title, or_else(in->title_hi, in->title), or_else(in->about, S("")),
				  or_else(in->about_hi, in->about), in->lang, in->held, or_else(in->link, S("")), in->for_all, in->starts_at, in->ends_at,
				  actor_hand(&cx->actor), cx->now, NULL));
	else
		TRY(write_change(cx, in, &old));
	return event_parts_put(cx, *ret_id, in);
}

/* ── its life ── */

enum err event_open(struct ctx *cx, int64_t org_id, int64_t event_id)
{
	struct event_one_row e;
	TRY(event_of(cx, org_id, event_id, &e));
	if (!str_is(e.state, "draft"))
		return fail(cx, ERR_CONFLICT, "", N_("This event is no draft any more."));
	if (e.ends_at <= cx->now)
		return fail(cx, ERR_CONFLICT, "", N_("Its end is past. Change the time first."));
	TRY(event_sql_set_state(cx, S("open"), S(""), cx->now, event_id, NULL));
	return event_plan(cx, &e);
}

enum err event_stream_end(struct ctx *cx, int64_t event_id)
{
	struct stream s;
	bool found = false;
	TRY(stream_of(cx, event_id, &s, &found));
	return found && !s.ended ? stream_end(cx, s.id) : OK;
}

enum err event_cancel(struct ctx *cx, int64_t org_id, int64_t event_id, struct str why)
{
	struct event_one_row e;
	TRY(event_of(cx, org_id, event_id, &e));
	if (str_is(e.state, "ended") || str_is(e.state, "cancelled"))
		return fail(cx, ERR_CONFLICT, "", N_("This event has ended or is cancelled already."));
	if (e.began_at != NONE)
		return fail(cx, ERR_CONFLICT, "", N_("This event has begun. End it; who was there keeps the time."));
	TRY(event_sql_set_state(cx, S("cancelled"), why, cx->now, event_id, NULL));
	TRY(event_stream_end(cx, event_id));
	TRY(event_live_tell(cx, event_id, "cancelled"));
	return str_is(e.state, "open") ? event_tell(cx, &e, "cancelled") : OK;
}

enum err event_begin(struct ctx *cx, int64_t org_id, int64_t event_id)
{
	struct event_one_row e;
	TRY(event_of(cx, org_id, event_id, &e));
	if (!str_is(e.held, "stream"))
		return fail(cx, ERR_CONFLICT, "", N_("An event in another room begins there."));
	if (!str_is(e.state, "open") || e.began_at != NONE)
		return fail(cx, ERR_CONFLICT, "", N_("Only an open event begins, and only once."));
	if (cx->now < e.starts_at - HOUR || cx->now >= e.ends_at)
		return fail(cx, ERR_CONFLICT, "", N_("It can begin from an hour before its time on, and before its planned end."));
	TRY(event_sql_set_began(cx, cx->now, event_id, NULL));
	return event_live_tell(cx, event_id, "on");
}

enum err event_end(struct ctx *cx, int64_t org_id, int64_t event_id)
{
	struct event_one_row e;
	TRY(event_of(cx, org_id, event_id, &e));
	bool begun = str_is(e.held, "stream") ? e.began_at != NONE : cx->now > e.starts_at;
	if (!str_is(e.state, "open") || !begun)
		return fail(cx, ERR_CONFLICT, "", N_("Only an event that has begun is ended."));
	TRY(event_sql_set_ended(cx, cx->now, cx->now, event_id, NULL));
	TRY(event_stream_end(cx, event_id));
	TRY(event_live_tell(cx, event_id, "over"));
	return event_settle_soon(cx, event_id);
}

/* ── people ── */

enum err event_register(struct ctx *cx, int64_t event_id)
{
	struct event_one_row e;
	int64_t changed = 0;
	bool leads;
	TRY(event_for(cx, event_id, &e, &leads));
	int64_t last = str_is(e.held, "stream") ? e.ends_at + EVENT_OVER : e.ends_at;
	if (!str_is(e.state, "open") || cx->now >= last)
		return fail(cx, ERR_CONFLICT, "", N_("One registers for events that are open and not over."));
	TRY(event_sql_register(cx, event_id, cx->actor.person_id, cx->now, &changed));
	return changed ? event_sql_count_more(cx, 1, event_id, NULL) : OK;
}

enum err event_withdraw(struct ctx *cx, int64_t event_id)
{
	struct event_one_row e;
	int64_t changed = 0;
	bool found = false;
	TRY(event_sql_one(cx, event_id, &e, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "event_id", N_("There is no such event."));
	if (str_is(e.state, "ended") || e.began_at != NONE || cx->now >= e.ends_at)
		return fail(cx, ERR_CONFLICT, "", N_("It has begun. Who does not come has nothing to do."));
	TRY(event_sql_withdraw(cx, cx->now, event_id, cx->actor.person_id, &changed));
	if (!changed)
		return fail(cx, ERR_CONFLICT, "", N_("You are not registered for this event."));
	TRY(event_sql_count_more(cx, -1, event_id, NULL));
	return live_judge_again(cx, cx->actor.person_id);
}

enum err event_moderator_add(struct ctx *cx, int64_t org_id, int64_t event_id, struct str called)
{
	struct event_one_row e;
	struct person_called_row p;
	struct event_moderators_row *all;
	bool found = false;
	size_t n;
	TRY(event_of(cx, org_id, event_id, &e));
	TRY(person_called(cx, called, &p, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "called", N_("Nobody has this employee number, e-mail address or mobile number."));
	TRY(event_sql_moderators(cx, event_id, &all, &n));
	if (n == EVENT_MODERATORS_MAX)
		return fail(cx, ERR_CONFLICT, "called", N_("Fifty people lead it already."));
	return event_sql_moderator_add(cx, event_id, p.id, NULL);
}

enum err event_moderator_remove(struct ctx *cx, int64_t org_id, int64_t event_id, int64_t person_id)
{
	struct event_one_row e;
	int64_t changed = 0;
	TRY(event_of(cx, org_id, event_id, &e));
	TRY(event_sql_moderator_remove(cx, event_id, person_id, &changed));
	return changed ? live_judge_again(cx, person_id) : fail(cx, ERR_NOT_FOUND, "person_id", N_("This person does not lead it."));
}

/* ── two accounts are one ── */

enum err event_recount(struct ctx *cx, int64_t person_id)
{
	return event_sql_recount(cx, person_id, NULL);
}

enum err event_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	TRY(event_sql_move_registrations(cx, kept_id, closed_id, NULL));
	TRY(event_sql_drop_registrations(cx, closed_id, NULL));
	TRY(event_sql_move_presence(cx, kept_id, closed_id, NULL));
	TRY(event_sql_drop_presences(cx, closed_id, NULL));
	TRY(event_sql_move_moderators(cx, kept_id, closed_id, NULL));
	TRY(event_sql_drop_moderators(cx, closed_id, NULL));
	TRY(event_sql_move_report_rows(cx, kept_id, closed_id, NULL));
	TRY(event_sql_drop_report_rows(cx, closed_id, NULL));
	return event_recount(cx, kept_id);
}
