/* Rooms and seats, laid down beforehand; see room.h. */
#include "feature/room/room.h"
#include "feature/person/person.h"
#include "feature/seat/seat.h"

/* ── what there is ── */

enum err room_exam(struct ctx *cx, int64_t org_id, int64_t exam_id, struct room_exam_row *ret)
{
	bool found = false;
	TRY(room_sql_exam(cx, exam_id, ret, &found));
	return found && ret->org_id == org_id ? OK : fail(cx, ERR_NOT_FOUND, "exam_id", N_("There is no such examination."));
}

enum err room_find(struct ctx *cx, int64_t org_id, int64_t exam_id, int64_t room_id, struct room_one_row *ret)
{
	bool found = false;
	TRY(room_sql_one(cx, room_id, ret, &found));
	return found && ret->org_id == org_id && ret->exam_id == exam_id ? OK : fail(cx, ERR_NOT_FOUND, "room_id", N_("There is no such room."));
}

/* ── rooms ── */

static struct str place_of(const struct room_put *in)
{
	return in->place.n ? str_trim(in->place) : S("");
}

static bool two_digits(struct str s, int64_t below, int64_t *ret)
{
	return s.n >= 1 && s.n <= 2 && str_int(s, ret) && *ret >= 0 && *ret < below;
}

/* "10:30" of a day in the zone of who writes. */
static enum err begin_of(struct ctx *cx, int64_t day, struct str time, int64_t *ret)
{
	struct str zone = cx->actor.zone.n ? cx->actor.zone : S("Asia/Kolkata"), rest = str_trim(time), hour = STR_NONE;
	int64_t h, m;
	if (!str_cut(&rest, ':', &hour) || !two_digits(hour, 24, &h) || rest.n != 2 || !two_digits(rest, 60, &m))
		return fail(cx, ERR_INVALID, "time", N_("must be a time of the day, such as 10:30"));
	*ret = clock_day_start(zone, day) + h * HOUR + m * MINUTE;
	if (*ret < cx->now - DAY || *ret > cx->now + 400 * DAY)
		return fail(cx, ERR_INVALID, "day", N_("must be today or a day of the next 400 days"));
	return OK;
}

static enum err invigilator_of(struct ctx *cx, struct str typed, int64_t *ret)
{
	struct person_called_row p;
	bool found = false;
	TRY(person_called(cx, str_trim(typed), &p, &found));
	*ret = found ? p.id : NONE;
	return found ? OK : fail(cx, ERR_INVALID, "invigilator", N_("is nobody here: employee number, e-mail or mobile number"));
}

static enum err read_put(struct ctx *cx, const struct room_put *in, int64_t *ret_begins_at, int64_t *ret_invigilator)
{
	if (!str_trim(in->name).n)
		return fail(cx, ERR_INVALID, "name", N_("is needed"));
	TRY(begin_of(cx, in->day, in->time, ret_begins_at));
	return invigilator_of(cx, in->invigilator, ret_invigilator);
}

enum err room_add(struct ctx *cx, const struct room_put *in, int64_t *ret_id)
{
	struct room_exam_row e;
	struct room_of_exam_row *rooms;
	int64_t begins_at, invigilator, id = new_id(cx);
	size_t n;
	TRY(room_exam(cx, in->org_id, in->exam_id, &e));
	if (str_is(e.state, "closed"))
		return fail(cx, ERR_CONFLICT, "", N_("This examination is closed."));
	TRY(room_sql_of_exam(cx, in->exam_id, &rooms, &n));
	if (n >= ROOM_ROOMS_MAX)
		return fail(cx, ERR_CONFLICT, "", N_("An examination has at most 100 rooms."));
	for (size_t i = 0; i < n; i++)
		if (str_eq(rooms[i].name, str_trim(in->name)))
			return fail(cx, ERR_INVALID, "name", N_("is the name of another room of this examination"));
	TRY(read_put(cx, in, &begins_at, &invigilator));
	*ret_id = id;
	return room_sql_add(cx, id, in->exam_id, str_trim(in->name), place_of(in), begins_at, invigilator, actor_hand(&cx->actor), cx->now, NULL);
}

enum err room_change(struct ctx *cx, const struct room_put *in)
{
	struct room_one_row r;
	struct room_of_exam_row *rooms;
	int64_t begins_at, invigilator;
	size_t n;
	TRY(room_find(cx, in->org_id, in->exam_id, in->room_id, &r));
	if (r.closed_at != NONE)
		return fail(cx, ERR_CONFLICT, "", N_("This room is closed; it does not change any more."));
	if (r.opened_at != NONE) {
		TRY(invigilator_of(cx, in->invigilator, &invigilator));
		return room_sql_set_invigilator(cx, invigilator, r.id, NULL);
	}
	TRY(room_sql_of_exam(cx, in->exam_id, &rooms, &n));
	for (size_t i = 0; i < n; i++)
		if (rooms[i].id != r.id && str_eq(rooms[i].name, str_trim(in->name)))
			return fail(cx, ERR_INVALID, "name", N_("is the name of another room of this examination"));
	TRY(read_put(cx, in, &begins_at, &invigilator));
	return room_sql_change(cx, str_trim(in->name), place_of(in), begins_at, invigilator, r.id, NULL);
}

enum err room_remove(struct ctx *cx, int64_t org_id, int64_t exam_id, int64_t room_id)
{
	struct room_one_row r;
	struct room_list_row *seats;
	size_t n;
	TRY(room_find(cx, org_id, exam_id, room_id, &r));
	TRY(room_sql_list(cx, person_today(cx), room_id, &seats, &n));
	if (n)
		return fail(cx, ERR_CONFLICT, "", N_("People have seats in this room. Seat them elsewhere first."));
	if (r.opened_at != NONE)
		return fail(cx, ERR_CONFLICT, "", N_("This room was opened; its log stays."));
	return room_sql_remove(cx, room_id, NULL);
}

/* ── seats ── */

struct str room_seat_text(struct arena *a, struct str typed)
{
	struct str s = str_dup(a, str_trim(typed));
	char *p = arena_alloc(a, s.n + 1);
	if (!s.n || s.n > SEAT_TEXT_MAX)
		return STR_NONE;
	for (size_t i = 0; i < s.n; i++) {
		bool small = s.p[i] >= 'a' && s.p[i] <= 'z', big = s.p[i] >= 'A' && s.p[i] <= 'Z', digit = s.p[i] >= '0' && s.p[i] <= '9';
		if (!small && !big && !digit && s.p[i] != '-')
			return STR_NONE;
		p[i] = (char)(small ? s.p[i] - 'a' + 'A' : s.p[i]);
	}
	return (struct str){ p, s.n };
}

static enum err begun(struct ctx *cx)
{
	return fail(cx, ERR_CONFLICT, "", N_("This person has begun the paper. In the room, the invigilator can change the seat."));
}

static enum err not_begun(struct ctx *cx, int64_t exam_id, int64_t person_id)
{
	struct room_begun_row b;
	bool found = false;
	TRY(room_sql_begun(cx, person_id, exam_id, &b, &found));
	return found ? begun(cx) : OK;
}

static enum err who_may_sit(struct ctx *cx, const struct room_seat_in *in, int64_t *ret)
{
	struct room_sitter_row p;
	struct str called = str_trim(in->person), login = person_login(cx, called);
	bool found = false;
	TRY(room_sql_sitter(cx, in->org_id, person_today(cx), in->exam_id, called, login, &p, &found));
	if (!found)
		return fail(cx, ERR_INVALID, "person", N_("is nobody here: employee number, e-mail or mobile number"));
	if (!p.posted)
		return fail(cx, ERR_INVALID, "person", N_("is not posted in this organisation or below it today"));
	*ret = p.id;
	return p.begun ? begun(cx) : OK;
}

static enum err room_for_one(struct ctx *cx, const struct room_one_row *r, int64_t person_id, struct str seat)
{
	struct room_taken_row t;
	struct room_list_row *seats;
	bool found = false;
	size_t n;
	TRY(room_sql_taken(cx, r->id, seat, &t, &found));
	if (found && t.person_id != person_id)
		return fail(cx, ERR_INVALID, "seat", N_("is taken by somebody else"));
	TRY(room_sql_list(cx, person_today(cx), r->id, &seats, &n));
	return n < ROOM_SEATS_MAX ? OK : fail(cx, ERR_CONFLICT, "", N_("A room has at most 500 seats."));
}

enum err room_seat(struct ctx *cx, const struct room_seat_in *in)
{
	struct room_one_row r;
	struct str seat = room_seat_text(cx->arena, in->seat), order = str_trim(in->extra_order);
	int64_t person_id, minutes = in->extra_minutes == NONE ? 0 : in->extra_minutes;
	TRY(room_find(cx, in->org_id, in->exam_id, in->room_id, &r));
	if (r.closed_at != NONE)
		return fail(cx, ERR_CONFLICT, "", N_("This room is closed; it does not change any more."));
	TRY(who_may_sit(cx, in, &person_id));
	if (!seat.n)
		return fail(cx, ERR_INVALID, "seat", N_("must be a row in letters and a number, such as B7, or a number"));
	if (minutes > 0 && !order.n)
		return fail(cx, ERR_INVALID, "extra_order", N_("is needed with extra minutes: the order that allows them"));
	TRY(room_for_one(cx, &r, person_id, seat));
	return room_sql_put_seat(cx, in->exam_id, person_id, r.id, seat, minutes, minutes ? order : S(""), NULL);
}

enum err room_unseat(struct ctx *cx, int64_t org_id, int64_t exam_id, int64_t room_id, int64_t person_id)
{
	struct room_one_row r;
	struct room_seat_row s;
	bool found = false;
	TRY(room_find(cx, org_id, exam_id, room_id, &r));
	TRY(room_sql_seat(cx, room_id, person_id, &s, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "person_id", N_("This person has no seat in this room."));
	TRY(not_begun(cx, exam_id, person_id));
	return room_sql_remove_seat(cx, exam_id, person_id, NULL);
}

enum err room_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	return room_sql_move_person(cx, kept_id, closed_id, NULL);
}
