/* What the invigilator does in a room; see room.h. Everything is a line of the log. */
#include "feature/attempt/attempt.h"
#include "feature/integrity/integrity.h"
#include "feature/room/room.h"
#include "feature/seat/seat.h"

const struct choice room_documents[] = {
	{ "service-card", N_("Service identity card") },
	{ "aadhaar", N_("Aadhaar card") },
	{ "pan", N_("PAN card") },
	{ "voter-card", N_("Voter card") },
	{ "driving-licence", N_("Driving licence") },
	{ "passport", N_("Passport") },
	{ NULL, NULL },
};
const struct choice room_incidents[] = {
	{ "machine", N_("A machine failed") },
	{ "line", N_("The line was down") },
	{ "power", N_("The power failed") },
	{ "illness", N_("Somebody was unwell") },
	{ "noise", N_("Noise or disturbance") },
	{ "aid", N_("Something not allowed was used") },
	{ "talk", N_("Somebody talked or looked at another paper") },
	{ "other", N_("Something else") },
	{ NULL, NULL },
};

/* What was seen is written down for so long after the room is closed. */
#define NOTED_FOR DAY

static enum err log_line(struct ctx *cx, int64_t room_id, int64_t person_id, const char *kind, struct str words, int64_t minutes)
{
	return room_sql_add_incident(cx, new_id(cx), room_id, person_id, str_of(kind), words, minutes, actor_hand(&cx->actor), cx->now, NULL);
}

static enum err still_open(struct ctx *cx, const struct room_one_row *r)
{
	if (r->closed_at != NONE)
		return fail(cx, ERR_CONFLICT, "", N_("This room is closed; it does not change any more."));
	return OK;
}

static enum err is_open(struct ctx *cx, const struct room_one_row *r)
{
	TRY(still_open(cx, r));
	return r->opened_at != NONE ? OK : fail(cx, ERR_CONFLICT, "", N_("This room is not open yet."));
}

static enum err seat_of(struct ctx *cx, const struct room_one_row *r, int64_t person_id, struct room_seat_row *ret)
{
	bool found = false;
	TRY(room_sql_seat(cx, r->id, person_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "person_id", N_("This person has no seat in this room."));
}

static enum err reason(struct ctx *cx, struct str *why, const char *field)
{
	*why = str_trim(*why);
	return why->n ? OK : fail(cx, ERR_INVALID, field, N_("is needed: it stands in the log"));
}

/* ── opening, who sits there ── */

enum err room_open(struct ctx *cx, const struct room_one_row *r)
{
	TRY(still_open(cx, r));
	if (r->opened_at != NONE)
		return fail(cx, ERR_CONFLICT, "", N_("This room is open already."));
	if (!str_is(r->exam_state, "open"))
		return fail(cx, ERR_CONFLICT, "", N_("The examination itself is not open."));
	if (cx->now < r->begins_at - ROOM_EARLY)
		return fail(cx, ERR_CONFLICT, "", N_("A room is opened at the earliest an hour before it begins."));
	TRY(room_sql_set_opened(cx, cx->now, r->id, NULL));
	return log_line(cx, r->id, NONE, "opened", S(""), 0);
}

enum err room_check(struct ctx *cx, const struct room_one_row *r, int64_t person_id, struct str document)
{
	struct room_seat_row s;
	TRY(still_open(cx, r));
	TRY(seat_of(cx, r, person_id, &s));
	if (s.checked_at != NONE)
		return OK;
	return room_sql_check(cx, cx->now, actor_hand(&cx->actor), document, s.exam_id, person_id, NULL);
}

enum err room_refuse(struct ctx *cx, const struct room_one_row *r, int64_t person_id, struct str why)
{
	struct room_seat_row s;
	TRY(still_open(cx, r));
	TRY(seat_of(cx, r, person_id, &s));
	TRY(reason(cx, &why, "why"));
	if (s.attempt_id != NONE)
		return fail(cx, ERR_CONFLICT, "", N_("This person has begun the paper. Write what you found into the log."));
	TRY(room_sql_refuse(cx, actor_hand(&cx->actor), why, s.exam_id, person_id, NULL));
	return log_line(cx, r->id, person_id, "identity", why, 0);
}

/* ── the log ── */

enum err room_note(struct ctx *cx, const struct room_one_row *r, int64_t person_id, struct str kind, struct str words)
{
	struct room_seat_row s;
	TRY(reason(cx, &words, "words"));
	if (r->closed_at != NONE && cx->now > r->closed_at + NOTED_FOR)
		return fail(cx, ERR_CONFLICT, "", N_("This room was closed more than a day ago; its log is complete."));
	if (person_id != NONE)
		TRY(seat_of(cx, r, person_id, &s));
	return log_line(cx, r->id, person_id, str_c(cx->arena, kind), words, 0);
}

/* ── time given back ── */

static enum err give_one(struct ctx *cx, const struct room_one_row *r, int64_t person_id, int64_t ms)
{
	struct room_seat_row s;
	TRY(seat_of(cx, r, person_id, &s));
	if (s.attempt_id == NONE)
		return fail(cx, ERR_CONFLICT, "", N_("This person has not begun; the time runs from the beginning."));
	if (str_is(s.closed_by, "taker"))
		return fail(cx, ERR_CONFLICT, "", N_("This person has handed in; that is final."));
	return attempt_extend(cx, person_id, s.attempt_id, ms);
}

static enum err give_all(struct ctx *cx, const struct room_one_row *r, int64_t ms, int64_t *ret_n)
{
	struct room_papers_row *papers;
	size_t n;
	TRY(room_sql_papers(cx, r->id, &papers, &n));
	for (size_t i = 0; i < n; i++)
		TRY(attempt_extend(cx, papers[i].taker_id, papers[i].id, ms));
	*ret_n = (int64_t)n;
	return n ? OK : fail(cx, ERR_CONFLICT, "", N_("Nobody in this room has a paper that could go on."));
}

enum err room_give(struct ctx *cx, const struct room_one_row *r, int64_t person_id, int64_t minutes, struct str why, int64_t *ret_n)
{
	*ret_n = 1;
	TRY(is_open(cx, r));
	TRY(reason(cx, &why, "why"));
	if (person_id != NONE)
		TRY(give_one(cx, r, person_id, minutes * MINUTE));
	else
		TRY(give_all(cx, r, minutes * MINUTE, ret_n));
	return log_line(cx, r->id, person_id, "time", why, minutes);
}

/* ── another seat ── */

enum err room_move(struct ctx *cx, const struct room_one_row *r, int64_t person_id, struct str typed, struct str why)
{
	struct room_seat_row s;
	struct room_taken_row t;
	struct str seat = room_seat_text(cx->arena, typed);
	bool found = false;
	TRY(still_open(cx, r));
	TRY(seat_of(cx, r, person_id, &s));
	if (!seat.n)
		return fail(cx, ERR_INVALID, "seat", N_("must be a row in letters and a number, such as B7, or a number"));
	TRY(reason(cx, &why, "why"));
	TRY(room_sql_taken(cx, r->id, seat, &t, &found));
	if (found)
		return fail(cx, ERR_INVALID, "seat", N_("is taken"));
	const struct msg_arg args[] = { { "from", s.seat }, { "to", seat }, { "why", why } };
	TRY(room_sql_move(cx, seat, s.exam_id, person_id, NULL));
	return log_line(cx, r->id, person_id, "moved", str_fmt(cx->arena, "%.*s → %.*s: %.*s", STR_ARG(args[0].value), STR_ARG(args[1].value), STR_ARG(why)),
			0);
}

/* ── closing ── */

enum err room_close(struct ctx *cx, const struct room_one_row *r, bool sure)
{
	struct room_next_open_row open;
	struct str id = str_fmt(cx->arena, "%lld", (long long)r->id);
	bool found = false;
	TRY(is_open(cx, r));
	TRY(room_sql_next_open(cx, r->id, &open, &found));
	if (found && !sure)
		return fail(cx, ERR_INVALID, "sure", N_("Papers are still open. Say that they are to be handed in as they are, or let people end."));
	TRY(room_sql_set_closed(cx, cx->now, r->id, NULL));
	TRY(log_line(cx, r->id, NONE, "closed", S(""), 0));
	return job_add(cx, &(struct job_add){ .kind = "room.close", .once = id, .input = id, .asked_by = actor_hand(&cx->actor) }, NULL);
}
