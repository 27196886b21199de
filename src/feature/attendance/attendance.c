/* Sessions, their doors, and coming in; see attendance.h. */
#include "feature/attendance/attendance.h"
#include "feature/attendance/attendance_code.h"
#include "feature/attendance/door_ticket.h"
#include "feature/secret/secret.h"
#include "web/access.h"
#include "web/lang.h"
#include "web/session.h"

#include <math.h>
#include <sodium.h>

const struct choice attendance_ways[] = {
	{ "qr", N_("code scanned") }, { "pin", N_("number typed") },	{ "roster", N_("roster of the coordinator") },
	{ "csv", N_("list") },	      { "corrected", N_("corrected") }, { NULL, NULL },
};

/* ── the session ── */

static enum err no_session(struct ctx *cx)
{
	return fail(cx, ERR_NOT_FOUND, "batch_session_id", N_("There is no such session."));
}

enum err attendance_session(struct ctx *cx, int64_t session_id, struct attendance_session_row *ret)
{
	bool found = false;
	TRY(attendance_sql_session(cx, session_id, ret, &found));
	return found && !str_is(ret->batch_state, "draft") ? OK : no_session(cx);
}

enum err attendance_keeper(struct ctx *cx, int64_t session_id, struct attendance_session_row *ret)
{
	struct attendance_coordinates_row c;
	bool may = false;
	TRY(attendance_session(cx, session_id, ret));
	if (cx->actor.acting != ACTING_SUPPORT)
		TRY(attendance_sql_coordinates(cx, ret->programme_id, cx->actor.person_id, &c, &may));
	if (!may)
		TRY(access_may(cx, MAY_PROGRAMME_MANAGE, SCOPE_ORG, ret->org_id, &may));
	return may ? OK : no_session(cx);
}

enum err attendance_admitted(struct ctx *cx, const struct attendance_session_row *s, int64_t person_id, bool *ret)
{
	struct attendance_admitted_row row;
	return attendance_sql_admitted(cx, s->batch_id, person_id, &row, ret);
}

struct str attendance_title(struct ctx *cx, int64_t n, struct str title, struct str title_hi)
{
	const struct msg_arg arg = { "n", str_fmt(cx->arena, "%lld", (long long)n) };
	if (cx->lang == LANG_HI && title_hi.n)
		return title_hi;
	return title.n ? title : msg_text(cx, N_("Session {n}"), 1, &arg);
}

int64_t attendance_length(const struct attendance_session_row *s)
{
	return (s->ends_at - s->starts_at) / MINUTE;
}

int64_t attendance_last(const struct attendance_session_row *s)
{
	return clock_day_start(S("Asia/Kolkata"), clock_day_in_india(s->batch_ends_at) + ATTENDANCE_DAYS + 1);
}

/* ── the door ── */

static struct str key_purpose(struct ctx *cx, const struct attendance_session_row *s)
{
	return str_fmt(cx->arena, "attendance.door:%lld", (long long)s->id);
}

static bool in_time(struct ctx *cx, const struct attendance_session_row *s)
{
	return s->cancelled_at == NONE && !str_is(s->batch_state, "cancelled") && cx->now >= s->starts_at - ATTENDANCE_BEFORE &&
	       cx->now < s->ends_at + ATTENDANCE_AFTER;
}

enum err attendance_door(struct ctx *cx, const struct attendance_session_row *s, struct attendance_door *ret)
{
	struct attendance_door_row d;
	struct str key;
	bool found = false;
	*ret = (struct attendance_door){ .near_m = NONE, .opened_at = NONE, .closed_at = NONE };
	TRY(attendance_sql_door(cx, s->id, &d, &found));
	if (!found)
		return OK;
	ret->made = true;
	ret->open = d.closed_at == NONE && in_time(cx, s);
	ret->near_m = d.near_m;
	ret->opened_at = d.opened_at;
	ret->closed_at = d.closed_at;
	ret->opened_by = d.opened_by;
	if (!ret->open)
		return OK;
	if (!secret_open(cx, key_purpose(cx, s), d.sealed_key, &key) || key.n != CODE_KEY)
		return fail(cx, ERR_UNAVAILABLE, "", N_("The code of this session cannot be read any more. Close the door and open it again."));
	memcpy(ret->key, key.p, CODE_KEY);
	return OK;
}

static enum err may_open(struct ctx *cx, const struct attendance_session_row *s)
{
	if (s->cancelled_at != NONE || str_is(s->batch_state, "cancelled"))
		return fail(cx, ERR_CONFLICT, "", N_("This session is cancelled."));
	if (cx->now < s->starts_at - ATTENDANCE_BEFORE)
		return fail(cx, ERR_CONFLICT, "", N_("It is too early: the door opens an hour before the session begins."));
	if (cx->now >= s->ends_at + ATTENDANCE_AFTER)
		return fail(cx, ERR_CONFLICT, "",
			    N_("It is too late: the session ended more than an hour ago. Correct by hand who was there, or bring a list."));
	return OK;
}

enum err attendance_open(struct ctx *cx, const struct attendance_session_row *s, int64_t near_m)
{
	struct attendance_door d;
	unsigned char key[CODE_KEY];
	TRY(may_open(cx, s));
	if (near_m != NONE && isnan(s->latitude))
		return fail(cx, ERR_INVALID, "near_m", N_("cannot be asked: the place of this batch has no latitude and longitude"));
	TRY(attendance_door(cx, s, &d));
	if (d.open)
		memcpy(key, d.key, sizeof key);
	else
		random_bytes(key, sizeof key);
	struct str sealed = secret_seal(cx, key_purpose(cx, s), (struct str){ (const char *)key, sizeof key });
	return attendance_sql_open_door(cx, s->id, sealed, near_m, actor_hand(&cx->actor), d.open ? d.opened_at : cx->now, NULL);
}

enum err attendance_close(struct ctx *cx, const struct attendance_session_row *s)
{
	int64_t n = 0;
	TRY(attendance_sql_close_door(cx, cx->now, s->id, &n));
	return n ? OK : fail(cx, ERR_CONFLICT, "", N_("This door is not open."));
}

/* ── tickets ── */

static struct door door_of(const struct attendance_session_row *s, const struct attendance_door *d)
{
	return (struct door){ "attendance", s->id, d->key, d->opened_at };
}

enum err attendance_ticket(struct ctx *cx, const struct attendance_session_row *s, const struct attendance_come *in, struct str *ret, const char **ret_why)
{
	struct attendance_door d;
	*ret = STR_NONE;
	*ret_why = NULL;
	if (!in->token.n && !in->ticket.n)
		return OK;
	TRY(attendance_door(cx, s, &d));
	if (!d.open)
		return OK;
	struct door door = door_of(s, &d);
	int64_t at = door_seen_at(cx, &door, in->token, in->ticket, ret_why);
	if (at != NONE)
		*ret = door_ticket(cx, &door, at);
	return OK;
}

/* ── coming in ── */

static enum err shut(struct ctx *cx, const struct attendance_session_row *s)
{
	if (cx->now < s->starts_at - ATTENDANCE_BEFORE)
		return fail(cx, ERR_CONFLICT, "", N_("This session has not begun. The door opens an hour before it at the earliest."));
	if (cx->now >= s->ends_at + ATTENDANCE_AFTER)
		return fail(cx, ERR_CONFLICT, "", N_("This session is over. If you were there, ask the coordinator to correct it."));
	return fail(cx, ERR_CONFLICT, "", N_("The door of this session is not open. Ask the coordinator in the room."));
}

static struct str device_of(struct ctx *cx, const struct attendance_session_row *s, struct str given)
{
	struct str text = given.n ? str_fmt(cx->arena, "%lld:%.*s", (long long)s->id, STR_ARG(given))
				  : str_fmt(cx->arena, "%lld:%.*s:%.*s", (long long)s->id, STR_ARG(session_network(cx)), STR_ARG(cx->agent));
	enum { KEPT = 24 };
	return str_fmt(cx->arena, "%s:%.*s", given.n ? "d" : "a", KEPT, secret_hash(cx, "attendance.device", text).p);
}

static enum err near_enough(struct ctx *cx, const struct attendance_session_row *s, const struct attendance_door *d, const struct attendance_come *in,
			    int64_t *ret_metres)
{
	*ret_metres = NONE;
	if (d->near_m == NONE || isnan(s->latitude))
		return OK;
	if (isnan(in->latitude) || isnan(in->longitude) || fabs(in->latitude) > 90 || fabs(in->longitude) > 180)
		return fail(cx, ERR_INVALID, "",
			    N_("This door asks how near you are, and your phone has not said where it is. Type the number on the screen instead, or ask the "
			       "coordinator."));
	*ret_metres = code_hundreds(code_metres(s->latitude, s->longitude, in->latitude, in->longitude));
	if (*ret_metres <= (d->near_m + 99) / 100 * 100)
		return OK;
	const struct msg_arg args[] = { { "n", str_fmt(cx->arena, "%lld", (long long)*ret_metres) },
					{ "most", str_fmt(cx->arena, "%lld", (long long)d->near_m) } };
	return fail_msg(cx, ERR_INVALID, S(""),
			N_("Your phone says that it is up to {n} m from the place; this door asks for {most} m. If you are there, type the number on the "
			   "screen, or ask the "
			   "coordinator."),
			2, args);
}

/* A wrong number is a failure that keeps its count. */
static enum err number_fits(struct ctx *cx, const struct attendance_session_row *s, const struct attendance_door *d, struct str number, enum err *ret_refused)
{
	struct str who = str_fmt(cx->arena, "%lld:%lld", (long long)s->id, (long long)cx->actor.person_id), right = code_number(cx->arena, d->key, s->id);
	TRY(session_limit(cx, "attendance", who, ATTENDANCE_TRIES, HOUR));
	struct str typed = str_trim(number);
	if (typed.n != right.n || sodium_memcmp(typed.p, right.p, right.n) != 0)
		*ret_refused = fail(cx, ERR_INVALID, "number", N_("is not the number of this session. It stands on the screen of the room, below the code."));
	return OK;
}

enum err attendance_come(struct ctx *cx, const struct attendance_session_row *s, const struct attendance_come *in, enum err *ret_refused)
{
	struct attendance_door d;
	struct attendance_one_row is;
	enum attendance_outcome outcome;
	const char *why = NULL;
	bool admitted = false, found = false;
	int64_t metres = NONE, at = cx->now;
	*ret_refused = OK;
	TRY(attendance_admitted(cx, s, cx->actor.person_id, &admitted));
	if (!admitted)
		return fail(cx, ERR_CONFLICT, "", N_("You are not admitted to this batch. If that is a mistake, ask the coordinator."));
	TRY(attendance_sql_one(cx, s->id, cx->actor.person_id, &is, &found));
	if (found && is.there)
		return OK;
	if (found && str_is(is.way, "corrected"))
		return fail(cx, ERR_CONFLICT, "", N_("The coordinator has corrected that you were not there. Speak with the coordinator."));
	TRY(attendance_door(cx, s, &d));
	if (!d.open)
		return shut(cx, s);
	if (!in->number.n) {
		struct door door = door_of(s, &d);
		at = in->ticket.n || in->token.n ? door_seen_at(cx, &door, in->token, in->ticket, &why) : NONE;
		if (at == NONE)
			return fail(cx, ERR_INVALID, "", why ? why : N_("Scan the code on the screen of the room, or type its number."));
		TRY(near_enough(cx, s, &d, in, &metres));
	} else {
		TRY(number_fits(cx, s, &d, in->number, ret_refused));
		if (*ret_refused != OK)
			return OK;
	}
	return attendance_put(
		cx, s, cx->actor.person_id,
		&(struct attendance_mark){ true, in->number.n ? "pin" : "qr", NONE, at, cx->now, NONE, metres, device_of(cx, s, in->device), S("") }, &outcome);
}
