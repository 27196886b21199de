/* Who has which room when; see institute.h. */
#include "feature/institute/institute.h"
#include "web/lang.h"

/* ── times ── */

static struct str zone_of(const struct ctx *cx)
{
	return cx->actor.zone.n ? cx->actor.zone : S("Asia/Kolkata");
}

static bool two_digits(struct str s, int64_t most, int64_t *ret)
{
	return s.n >= 1 && s.n <= 2 && str_int(s, ret) && *ret >= 0 && *ret <= most;
}

enum err institute_moment(struct ctx *cx, int64_t day, struct str time, const char *field, int64_t *ret)
{
	struct str rest = time.n ? str_trim(time) : S(""), hour = STR_NONE;
	int64_t h, m;
	if (!str_cut(&rest, ':', &hour) || !two_digits(hour, 24, &h) || rest.n != 2 || !two_digits(rest, 59, &m) || (h == 24 && m))
		return fail(cx, ERR_INVALID, field, N_("must be a time of the day, such as 10:30"));
	*ret = clock_day_start(zone_of(cx), day) + h * HOUR + m * MINUTE;
	return OK;
}

struct str institute_time(struct ctx *cx, int64_t at)
{
	struct civil c = clock_civil(zone_of(cx), at);
	return str_fmt(cx->arena, "%02d:%02d", c.hour, c.minute);
}

static struct str moment_said(struct ctx *cx, int64_t at)
{
	static const char *const months[] = { N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
					      N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec") };
	struct civil c = clock_civil(zone_of(cx), at);
	return str_fmt(cx->arena, "%d %s %d, %02d:%02d", c.day, tr(cx->lang, months[c.month - 1]), c.year, c.hour, c.minute);
}

static struct str what_said(struct ctx *cx, const struct institute_clash_row *b)
{
	if (b->words.n)
		return b->words;
	return str_of(tr(cx->lang, str_is(b->kind, "event") ? N_("an event") : str_is(b->kind, "session") ? N_("a session of a batch") : N_("something else")));
}

/* ── what can be ── */

static enum err times_can_be(struct ctx *cx, const char *field, int64_t from, int64_t until)
{
	if (from == NONE || until == NONE || until <= from)
		return fail(cx, ERR_INVALID, field, N_("must end after it begins"));
	if (from < cx->now - INSTITUTE_BEHIND || from > cx->now + INSTITUTE_AHEAD)
		return fail(cx, ERR_INVALID, field, N_("must begin within the last year or the next five"));
	if (until - from > INSTITUTE_BOOKING_MAX)
		return fail(cx, ERR_INVALID, field, N_("must last at most 100 days"));
	return OK;
}

/* Whether a room can be had; but_id: the booking in whose place it is, NONE: none. */
static enum err room_is_free(struct ctx *cx, int64_t room_id, int64_t from, int64_t until, int64_t but_id)
{
	struct institute_room_row r;
	struct institute_clash_row b;
	bool found = false;
	TRY(times_can_be(cx, "", from, until));
	TRY(institute_sql_room(cx, room_id, &r, &found));
	if (!found)
		return fail(cx, ERR_INVALID, "room_id", N_("is no room of an institute"));
	if (r.closed_at != NONE)
		return fail(cx, ERR_INVALID, "room_id", N_("is closed and not given out any more"));
	TRY(institute_sql_clash(cx, room_id, from, until, but_id, &b, &found));
	if (!found)
		return OK;
	const struct msg_arg args[] = {
		{ "room", r.name }, { "what", what_said(cx, &b) }, { "from", moment_said(cx, b.from_at) }, { "until", moment_said(cx, b.until_at) }
	};
	return fail_msg(cx, ERR_CONFLICT, S("room_id"), N_("{room} is taken: {what}, from {from} to {until}."), 4, args);
}

/* Who books; NONE: the installation itself. */
static int64_t hand(const struct ctx *cx)
{
	return actor_hand(&cx->actor) ? actor_hand(&cx->actor) : NONE;
}

static struct str words_of(struct str s)
{
	return s.n ? str_trim(s) : S("");
}

/* ── sessions and events ── */

enum err institute_book(struct ctx *cx, int64_t room_id, const char *kind, int64_t thing_id, struct str words, int64_t from, int64_t until)
{
	struct institute_of_thing_row had = { .id = NONE };
	bool found = false;
	TRY(institute_sql_of_thing(cx, str_of(kind), thing_id, &had, &found));
	TRY(room_is_free(cx, room_id, from, until, found ? had.id : NONE));
	if (found)
		return institute_sql_rebook(cx, room_id, words_of(words), from, until, hand(cx), had.id, NULL);
	return institute_sql_book(cx, new_id(cx), room_id, str_of(kind), thing_id, words_of(words), from, until, hand(cx), NULL);
}

enum err institute_unbook(struct ctx *cx, const char *kind, int64_t thing_id)
{
	return institute_sql_unbook_thing(cx, str_of(kind), thing_id, NULL);
}

/* ── by hand ── */

static enum err own_room(struct ctx *cx, int64_t org_id, int64_t room_id)
{
	struct institute_room_row r;
	bool found = false;
	TRY(institute_sql_room(cx, room_id, &r, &found));
	return found && r.org_id == org_id ? OK : fail(cx, ERR_INVALID, "room_id", N_("is no room of this institute"));
}

static enum err own_booking(struct ctx *cx, int64_t org_id, int64_t booking_id)
{
	struct institute_booking_row b;
	bool found = false;
	TRY(institute_sql_booking(cx, booking_id, &b, &found));
	if (!found || b.org_id != org_id)
		return fail(cx, ERR_NOT_FOUND, "booking_id", N_("There is no such booking."));
	return str_is(b.kind, "other") ? OK : fail(cx, ERR_CONFLICT, "", N_("A session or an event has this room. It is changed there."));
}

static enum err can_be_put(struct ctx *cx, const struct institute_booking_put *in, int64_t but_id)
{
	if (!words_of(in->words).n)
		return fail(cx, ERR_INVALID, "words", N_("is needed"));
	TRY(own_room(cx, in->org_id, in->room_id));
	return room_is_free(cx, in->room_id, in->from, in->until, but_id);
}

enum err institute_booking_add(struct ctx *cx, const struct institute_booking_put *in, int64_t *ret_id)
{
	TRY(can_be_put(cx, in, NONE));
	*ret_id = new_id(cx);
	return institute_sql_book(cx, *ret_id, in->room_id, S("other"), NONE, words_of(in->words), in->from, in->until, hand(cx), NULL);
}

enum err institute_booking_change(struct ctx *cx, const struct institute_booking_put *in)
{
	TRY(own_booking(cx, in->org_id, in->booking_id));
	TRY(can_be_put(cx, in, in->booking_id));
	return institute_sql_rebook(cx, in->room_id, words_of(in->words), in->from, in->until, hand(cx), in->booking_id, NULL);
}

enum err institute_booking_remove(struct ctx *cx, int64_t org_id, int64_t booking_id)
{
	TRY(own_booking(cx, org_id, booking_id));
	return institute_sql_unbook(cx, booking_id, NULL);
}

/* ── what is free ── */

enum err institute_free(struct ctx *cx, int64_t seats, int64_t from, int64_t until, int64_t after_seats, int64_t after_id,
			struct institute_free_rooms_row **ret, size_t *ret_n)
{
	TRY(times_can_be(cx, "until_day", from, until));
	return institute_sql_free_rooms(cx, seats, after_seats, after_id, from, until, INSTITUTE_FREE_MAX, ret, ret_n);
}
