/* Who has which room, for who manages an institute: what is booked, and booking by hand. */
#include "feature/institute/institute_views.h"
#include "feature/org/org.h"
#include "institute_booking_html.h"
#include "institute_bookings_html.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

enum { BOOKED_DAYS = 400, BOOKED_PAGE = 60 };

struct booking_in {
	int64_t org_id, booking_id, room_id, from_day, until_day;
	struct str words, from_time, until_time, after;
};
struct made {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made, id, F_ID), FIELD_END };
static const struct field booking_out[] = {
	FIELD(calendar_item, id, F_ID),	       FIELD(calendar_item, kind, F_TEXT),     FIELD(calendar_item, thing_id, F_ID),
	FIELD(calendar_item, room_id, F_ID),   FIELD(calendar_item, room, F_TEXT),     FIELD(calendar_item, words, F_TEXT),
	FIELD(calendar_item, from_at, F_TIME), FIELD(calendar_item, until_at, F_TIME), FIELD_END,
};

static enum err put_picks(struct ctx *cx, int64_t institute_id, struct str chosen, struct institute_pick **ret, size_t *ret_n)
{
	struct institute_room_item *rooms;
	TRY(view_rooms(cx, institute_id, NONE, false, &rooms, ret_n));
	*ret = ARENA_ARRAY(cx->arena, struct institute_pick, *ret_n + 1);
	for (size_t i = 0; i < *ret_n; i++) {
		const struct msg_arg args[] = { { "room", rooms[i].name }, { "n", fmt_number(cx, rooms[i].seats) } };
		(*ret)[i] = (struct institute_pick){ fmt_plain(cx, rooms[i].id), msg_text(cx, N_("{room}, {n} seats"), 2, args), chosen };
	}
	return OK;
}

/* ── what is booked ── */

static const struct field list_in[] = { FIELD(booking_in, org_id, F_ID, .must = true), FIELD(booking_in, after, F_TEXT, .max = 48), FIELD_END };

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct booking_in *in = input;
	struct institute_bookings_page *v = ARENA_NEW(cx->arena, struct institute_bookings_page);
	struct institute_of_org_row r;
	struct calendar_item *items;
	size_t n, kept = 0;
	(void)state;
	TRY(institute_of(cx, in->org_id, &r));
	*v = (struct institute_bookings_page){ .org_id = in->org_id, .institute_id = r.id, .org = org_name(cx, r.name_en, r.name_hi) };
	TRY(view_calendar(cx, &(struct view_calendar_ask){ r.id, in->org_id, cx->now, cx->now + BOOKED_DAYS * DAY, BOOKED_PAGE, in->after }, &items, &n,
			  &a->next));
	for (size_t i = 0; i < n; i++)
		if (items[i].room_id != NONE)
			items[kept++] = items[i];
	view_days(cx, clock_day(cx->actor.zone, cx->now), items, kept, &v->days, &v->n_days);
	if (a->next.n)
		v->next = str_fmt(cx->arena, "/orgs/%lld/institute/bookings?after=%s", (long long)in->org_id, a->next.p);
	TRY(put_picks(cx, r.id, S(""), &v->rooms, &v->n_rooms));
	ANSWER_ROWS(a, items, kept);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Who has which room"));
	return OK;
}

/* ── by hand ── */

#define BOOKING_FIELDS                                                                                                                                         \
	FIELD(booking_in, room_id, F_ID, .label = N_("Room"), .must = true),                                                                                   \
		FIELD(booking_in, words, F_TEXT, .label = N_("What for"), .hint = N_("Everybody who is signed in can read this"), .must = true,                \
		      .max = INSTITUTE_WORDS_MAX),                                                                                                             \
		FIELD(booking_in, from_day, F_DATE, .label = N_("First day"), .must = true),                                                                   \
		FIELD(booking_in, from_time, F_TEXT, .label = N_("From"), .hint = N_("Such as 10:30"), .must = true, .max = 5),                                \
		FIELD(booking_in, until_day, F_DATE, .label = N_("Last day"), .must = true),                                                                   \
		FIELD(booking_in, until_time, F_TEXT, .label = N_("Until"), .hint = N_("Such as 17:00"), .must = true, .max = 5), FIELD_END
static const struct field add_in[] = { FIELD(booking_in, org_id, F_ID, .must = true), BOOKING_FIELDS };
static const struct field change_in[] = { FIELD(booking_in, org_id, F_ID, .must = true), FIELD(booking_in, booking_id, F_ID, .must = true), BOOKING_FIELDS };
static const struct field one_in[] = { FIELD(booking_in, org_id, F_ID, .must = true), FIELD(booking_in, booking_id, F_ID, .must = true), FIELD_END };

static enum err read_put(struct ctx *cx, const struct booking_in *in, struct institute_booking_put *ret)
{
	*ret = (struct institute_booking_put){ .org_id = in->org_id, .room_id = in->room_id, .booking_id = in->booking_id, .words = in->words };
	TRY(institute_moment(cx, in->from_day, in->from_time, "from_time", &ret->from));
	return institute_moment(cx, in->until_day, in->until_time, "until_time", &ret->until);
}

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct institute_booking_put put;
	struct made *row = ARENA_NEW(cx->arena, struct made);
	(void)state;
	TRY(read_put(cx, input, &put));
	TRY(institute_booking_add(cx, &put, &row->id));
	ANSWER_ROW(a, row);
	return OK;
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct booking_in *in = input;
	struct institute_booking_page *v = ARENA_NEW(cx->arena, struct institute_booking_page);
	struct calendar_item *row = ARENA_NEW(cx->arena, struct calendar_item);
	struct institute_booking_row b;
	bool found = false;
	(void)state;
	TRY(institute_sql_booking(cx, in->booking_id, &b, &found));
	if (!found || b.org_id != in->org_id || !str_is(b.kind, "other"))
		return fail(cx, ERR_NOT_FOUND, "booking_id", N_("There is no such booking."));
	TRY(org_called(cx, in->org_id, &v->org));
	v->org_id = in->org_id;
	v->id = b.id;
	v->words = b.words;
	v->room_id = fmt_plain(cx, b.room_id);
	v->from_day = fmt_isodate(cx, b.from_at);
	v->from_time = institute_time(cx, b.from_at);
	v->until_day = fmt_isodate(cx, b.until_at);
	v->until_time = institute_time(cx, b.until_at);
	TRY(put_picks(cx, b.institute_id, v->room_id, &v->rooms, &v->n_rooms));
	*row = (struct calendar_item){ .id = b.id,
				       .kind = b.kind,
				       .thing_id = b.thing_id,
				       .room_id = b.room_id,
				       .room = b.room,
				       .words = b.words,
				       .from_at = b.from_at,
				       .until_at = b.until_at };
	ANSWER_ROW(a, row);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Booking"));
	return OK;
}

static enum err change_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct institute_booking_put put;
	(void)state;
	(void)a;
	TRY(read_put(cx, input, &put));
	return institute_booking_change(cx, &put);
}

static enum err remove_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct booking_in *in = input;
	(void)state;
	(void)a;
	return institute_booking_remove(cx, in->org_id, in->booking_id);
}

#define ALL "/orgs/{org_id}/institute/bookings"
#define ONE ALL "/{booking_id}"
#define IN .in_size = sizeof(struct booking_in)
#define MANAGE .may = MAY_INSTITUTE_MANAGE, .scope = SCOPE_ORG
const struct action institute_booking_actions[] = {
	{ .name = "institute.bookings",
	  .method = GET,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  MANAGE,
	  .in = list_in,
	  IN,
	  .out = booking_out,
	  .out_list = true,
	  .run = list_run,
	  .html = institute_bookings_view,
	  .summary = "What is in the rooms of an institute, from now on." },
	{ .name = "institute.booking_add",
	  .method = POST,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  MANAGE,
	  .in = add_in,
	  IN,
	  .out = made_out,
	  .run = add_run,
	  .form = "institute.bookings",
	  .then = ALL,
	  .notice = N_("The room is booked."),
	  .summary = "Books a room by hand; refused with what is there when something is." },
	{ .name = "institute.booking",
	  .method = GET,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  MANAGE,
	  .in = one_in,
	  IN,
	  .out = booking_out,
	  .run = show_run,
	  .html = institute_booking_view,
	  .summary = "A booking that was made by hand." },
	{ .name = "institute.booking_change",
	  .method = POST,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  MANAGE,
	  .in = change_in,
	  IN,
	  .run = change_run,
	  .form = "institute.booking",
	  .then = ALL,
	  .notice = N_("Kept."),
	  .summary = "Another room, another time or other words for a booking." },
	{ .name = "institute.booking_remove",
	  .method = POST,
	  .page = ONE "/remove",
	  .api = "/api/v1" ONE "/remove",
	  MANAGE,
	  .in = one_in,
	  IN,
	  .run = remove_run,
	  .form = "institute.bookings",
	  .then = ALL,
	  .notice = N_("The room is given back."),
	  .summary = "Gives a room back." },
	ACTION_END,
};
