/* The register for who manages an institute: what it is, its rooms and its hostels. */
#include "feature/institute/institute_views.h"
#include "feature/institute/pillars.h"
#include "feature/org/org.h"
#include "institute_hostel_html.h"
#include "institute_hostels_html.h"
#include "institute_manage_html.h"
#include "institute_room_html.h"
#include "institute_rooms_html.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

#include <math.h>

enum { ROOM_DAYS = 100, ROOM_MOST = 100 };

struct made {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made, id, F_ID), FIELD_END };

static void made(struct ctx *cx, int64_t id, struct answer *a)
{
	struct made *row = ARENA_NEW(cx->arena, struct made);
	row->id = id;
	ANSWER_ROW(a, row);
}

/* ── what it is ── */

struct org_in {
	int64_t org_id;
};
static const struct field org_in[] = { FIELD(org_in, org_id, F_ID, .must = true), FIELD_END };
static const struct field manage_out[] = {
	FIELD(institute_manage_page, id, F_ID),		 FIELD(institute_manage_page, org_id, F_ID),	   FIELD(institute_manage_page, kind, F_TEXT),
	FIELD(institute_manage_page, about, F_LONG),	 FIELD(institute_manage_page, place, F_TEXT),	   FIELD(institute_manage_page, latitude, F_TEXT),
	FIELD(institute_manage_page, longitude, F_TEXT), FIELD(institute_manage_page, registered, F_BOOL), FIELD_END,
};

static struct str degrees(struct ctx *cx, double v)
{
	return isnan(v) ? S("") : str_fmt(cx->arena, "%.6g", v);
}

static enum err put_manage(struct ctx *cx, struct institute_manage_page *v)
{
	struct institute_of_org_row r;
	struct pillar_state pillars[PILLARS];
	struct institute_faculty_count_row faculty;
	struct institute_room_item *rooms;
	size_t covered, n_rooms;
	TRY(institute_sql_of_org(cx, v->org_id, &r, &v->registered));
	if (!v->registered)
		return OK;
	v->id = r.id;
	v->kind = r.kind;
	v->about = r.about;
	v->place = r.place;
	v->latitude = degrees(cx, r.latitude);
	v->longitude = degrees(cx, r.longitude);
	TRY(view_rooms(cx, r.id, v->org_id, false, &rooms, &n_rooms));
	TRY(institute_sql_faculty_count(cx, r.id, &faculty));
	TRY(pillar_states(cx, r.id, pillars, &covered));
	v->n_rooms = (int64_t)n_rooms;
	v->n_faculty = faculty.n;
	v->n_covered = (int64_t)covered;
	return OK;
}

static enum err manage_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct institute_manage_page *v = ARENA_NEW(cx->arena, struct institute_manage_page);
	(void)state;
	*v = (struct institute_manage_page){ .id = NONE, .org_id = in->org_id };
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(put_manage(cx, v));
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Training institute"));
	return OK;
}

static const struct field put_in[] = {
	FIELD(institute_put, org_id, F_ID, .must = true),
	FIELD(institute_put, kind, F_CHOICE, .label = N_("Kind"), .choices = institute_kinds, .must = true),
	FIELD(institute_put, place, F_TEXT, .label = N_("Place"), .hint = N_("Town and state, as people would look for it"), .must = true,
	      .max = INSTITUTE_PLACE_MAX),
	FIELD(institute_put, latitude, F_REAL, .label = N_("Latitude"), .hint = N_("Degrees, such as 28.6139")),
	FIELD(institute_put, longitude, F_REAL, .label = N_("Longitude"), .hint = N_("Degrees, such as 77.2090")),
	FIELD(institute_put, about, F_LONG, .label = N_("About the institute"), .max = INSTITUTE_ABOUT_MAX),
	FIELD_END,
};

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	int64_t id;
	(void)state;
	TRY(institute_add(cx, input, &id));
	made(cx, id, a);
	return OK;
}

static enum err change_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	(void)a;
	return institute_change(cx, input);
}

/* ── rooms ── */

static const struct field room_out[] = {
	FIELD(institute_room_item, id, F_ID),
	FIELD(institute_room_item, name, F_TEXT),
	FIELD(institute_room_item, kind, F_TEXT),
	FIELD(institute_room_item, seats, F_INT),
	FIELD(institute_room_item, access, F_TEXT),
	FIELD(institute_room_item, closed, F_BOOL),
	FIELD_END,
};

static enum err put_rooms_page(struct ctx *cx, int64_t org_id, struct institute_rooms_page *v)
{
	struct institute_of_org_row r;
	TRY(institute_of(cx, org_id, &r));
	*v = (struct institute_rooms_page){ .org_id = org_id, .institute_id = r.id, .org = org_name(cx, r.name_en, r.name_hi) };
	TRY(view_rooms(cx, r.id, org_id, true, &v->rooms, &v->n_rooms));
	return view_hostels(cx, r.id, org_id, true, &v->hostels, &v->n_hostels);
}

static enum err rooms_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct institute_rooms_page *v = ARENA_NEW(cx->arena, struct institute_rooms_page);
	(void)state;
	TRY(put_rooms_page(cx, in->org_id, v));
	ANSWER_ROWS(a, v->rooms, v->n_rooms);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Rooms"));
	return OK;
}

#define ROOM_FIELDS                                                                                                                                            \
	FIELD(institute_room_put, name, F_TEXT, .label = N_("Name"), .must = true, .max = INSTITUTE_NAME_MAX),                                                 \
		FIELD(institute_room_put, kind, F_CHOICE, .label = N_("Kind"), .choices = institute_room_kinds, .must = true),                                 \
		FIELD(institute_room_put, seats, F_INT, .label = N_("Seats"), .must = true, .min = 1, .max = 100000),                                          \
		FIELD(institute_room_put, access, F_TEXT, .label = N_("Access"),                                                                               \
		      .hint = N_("How one gets in with a wheelchair; what helps those who hear or see less"), .max = 500),                                     \
		FIELD_END
static const struct field room_add_in[] = { FIELD(institute_room_put, org_id, F_ID, .must = true), ROOM_FIELDS };
static const struct field room_change_in[] = { FIELD(institute_room_put, org_id, F_ID, .must = true), FIELD(institute_room_put, room_id, F_ID, .must = true),
					       ROOM_FIELDS };
static const struct field room_in[] = { FIELD(institute_room_put, org_id, F_ID, .must = true), FIELD(institute_room_put, room_id, F_ID, .must = true),
					FIELD_END };

static enum err room_add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	int64_t id;
	(void)state;
	TRY(institute_room_add(cx, input, &id));
	made(cx, id, a);
	return OK;
}

static enum err put_room_days(struct ctx *cx, int64_t institute_id, struct institute_room_page *v)
{
	struct calendar_item *items;
	struct str next;
	size_t n, kept = 0;
	TRY(view_calendar(cx, &(struct view_calendar_ask){ institute_id, v->room.org_id, cx->now, cx->now + ROOM_DAYS * DAY, ROOM_MOST, STR_NONE }, &items, &n,
			  &next));
	for (size_t i = 0; i < n; i++)
		if (items[i].room_id == v->room.id)
			items[kept++] = items[i];
	view_days(cx, clock_day(cx->actor.zone, cx->now), items, kept, &v->days, &v->n_days);
	return OK;
}

static enum err room_show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct institute_room_put *in = input;
	struct institute_room_page *v = ARENA_NEW(cx->arena, struct institute_room_page);
	struct institute_room_row r;
	bool found = false;
	(void)state;
	TRY(institute_sql_room(cx, in->room_id, &r, &found));
	if (!found || r.org_id != in->org_id)
		return fail(cx, ERR_NOT_FOUND, "room_id", N_("There is no such room."));
	TRY(org_called(cx, in->org_id, &v->org));
	v->room = (struct institute_room_item){ .id = r.id,
						.org_id = r.org_id,
						.institute_id = r.institute_id,
						.seats = r.seats,
						.name = r.name,
						.kind = r.kind,
						.kind_name = institute_choice(cx, institute_room_kinds, r.kind),
						.access = r.access,
						.closed = r.closed_at != NONE };
	v->seats = fmt_plain(cx, r.seats);
	TRY(put_room_days(cx, r.institute_id, v));
	ANSWER_ROW(a, &v->room);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = r.name;
	return OK;
}

static enum err room_change_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	(void)a;
	return institute_room_change(cx, input);
}

static enum err room_close_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct institute_room_put *in = input;
	(void)state;
	(void)a;
	return institute_room_close(cx, in->org_id, in->room_id, true);
}

static enum err room_open_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct institute_room_put *in = input;
	(void)state;
	(void)a;
	return institute_room_close(cx, in->org_id, in->room_id, false);
}

/* ── hostels ── */

static const struct field hostel_out[] = {
	FIELD(institute_hostel_item, id, F_ID),	   FIELD(institute_hostel_item, name, F_TEXT),	 FIELD(institute_hostel_item, for_whom, F_TEXT),
	FIELD(institute_hostel_item, beds, F_INT), FIELD(institute_hostel_item, closed, F_BOOL), FIELD_END,
};

static enum err hostels_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct institute_rooms_page *v = ARENA_NEW(cx->arena, struct institute_rooms_page);
	(void)state;
	TRY(put_rooms_page(cx, in->org_id, v));
	ANSWER_ROWS(a, v->hostels, v->n_hostels);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Hostels"));
	return OK;
}

#define HOSTEL_FIELDS                                                                                                                                          \
	FIELD(institute_hostel_put, name, F_TEXT, .label = N_("Name"), .must = true, .max = INSTITUTE_NAME_MAX),                                               \
		FIELD(institute_hostel_put, for_whom, F_CHOICE, .label = N_("For whom"), .choices = institute_hostel_kinds, .must = true),                     \
		FIELD(institute_hostel_put, beds, F_INT, .label = N_("Beds"), .must = true, .min = 1, .max = 100000), FIELD_END
static const struct field hostel_add_in[] = { FIELD(institute_hostel_put, org_id, F_ID, .must = true), HOSTEL_FIELDS };
static const struct field hostel_change_in[] = { FIELD(institute_hostel_put, org_id, F_ID, .must = true),
						 FIELD(institute_hostel_put, hostel_id, F_ID, .must = true), HOSTEL_FIELDS };
static const struct field hostel_in[] = { FIELD(institute_hostel_put, org_id, F_ID, .must = true), FIELD(institute_hostel_put, hostel_id, F_ID, .must = true),
					  FIELD_END };

static enum err hostel_add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	int64_t id;
	(void)state;
	TRY(institute_hostel_add(cx, input, &id));
	made(cx, id, a);
	return OK;
}

static enum err hostel_show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct institute_hostel_put *in = input;
	struct institute_hostel_page *v = ARENA_NEW(cx->arena, struct institute_hostel_page);
	struct institute_hostel_row h;
	bool found = false;
	(void)state;
	TRY(institute_sql_hostel(cx, in->hostel_id, &h, &found));
	if (!found || h.org_id != in->org_id)
		return fail(cx, ERR_NOT_FOUND, "hostel_id", N_("There is no such hostel."));
	TRY(org_called(cx, in->org_id, &v->org));
	v->hostel = (struct institute_hostel_item){ .id = h.id,
						    .org_id = h.org_id,
						    .beds = h.beds,
						    .name = h.name,
						    .for_whom = h.for_whom,
						    .for_whom_name = institute_choice(cx, institute_hostel_kinds, h.for_whom),
						    .closed = h.closed_at != NONE };
	v->beds = fmt_plain(cx, h.beds);
	ANSWER_ROW(a, &v->hostel);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = h.name;
	return OK;
}

static enum err hostel_change_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	(void)a;
	return institute_hostel_change(cx, input);
}

static enum err hostel_close_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct institute_hostel_put *in = input;
	(void)state;
	(void)a;
	return institute_hostel_close(cx, in->org_id, in->hostel_id, true);
}

static enum err hostel_open_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct institute_hostel_put *in = input;
	(void)state;
	(void)a;
	return institute_hostel_close(cx, in->org_id, in->hostel_id, false);
}

#define HOME "/orgs/{org_id}/institute"
#define ROOMS HOME "/rooms"
#define ROOM ROOMS "/{room_id}"
#define HOSTELS HOME "/hostels"
#define HOSTEL HOSTELS "/{hostel_id}"
#define MANAGE .may = MAY_INSTITUTE_MANAGE, .scope = SCOPE_ORG
const struct action institute_manage_actions[] = {
	{ .name = "institute.manage",
	  .method = GET,
	  .page = HOME,
	  .api = "/api/v1" HOME,
	  MANAGE,
	  .in = org_in,
	  .in_size = sizeof(struct org_in),
	  .out = manage_out,
	  .run = manage_run,
	  .html = institute_manage_view,
	  .summary = "What the register says of the institute that an organisation is, or that it is none." },
	{ .name = "institute.add",
	  .method = POST,
	  .page = HOME,
	  .api = "/api/v1" HOME,
	  MANAGE,
	  .in = put_in,
	  .in_size = sizeof(struct institute_put),
	  .out = made_out,
	  .run = add_run,
	  .form = "institute.manage",
	  .then = HOME,
	  .notice = N_("It is in the register."),
	  .summary = "Puts an organisation into the register of institutes." },
	{ .name = "institute.change",
	  .method = POST,
	  .page = HOME "/change",
	  .api = "/api/v1" HOME "/change",
	  MANAGE,
	  .in = put_in,
	  .in_size = sizeof(struct institute_put),
	  .run = change_run,
	  .form = "institute.manage",
	  .then = HOME,
	  .notice = N_("Kept."),
	  .summary = "Changes what the register says of an institute." },
	{ .name = "institute.rooms",
	  .method = GET,
	  .page = ROOMS,
	  .api = "/api/v1" ROOMS,
	  MANAGE,
	  .in = org_in,
	  .in_size = sizeof(struct org_in),
	  .out = room_out,
	  .out_list = true,
	  .run = rooms_run,
	  .html = institute_rooms_view,
	  .summary = "Rooms of an institute, those that are closed, too." },
	{ .name = "institute.room_add",
	  .method = POST,
	  .page = ROOMS,
	  .api = "/api/v1" ROOMS,
	  MANAGE,
	  .in = room_add_in,
	  .in_size = sizeof(struct institute_room_put),
	  .out = made_out,
	  .run = room_add_run,
	  .form = "institute.rooms",
	  .then = ROOMS,
	  .notice = N_("The room is added."),
	  .summary = "Adds a room to an institute." },
	{ .name = "institute.room",
	  .method = GET,
	  .page = ROOM,
	  .api = "/api/v1" ROOM,
	  MANAGE,
	  .in = room_in,
	  .in_size = sizeof(struct institute_room_put),
	  .out = room_out,
	  .run = room_show_run,
	  .html = institute_room_view,
	  .summary = "A room of an institute and what is in it." },
	{ .name = "institute.room_change",
	  .method = POST,
	  .page = ROOM,
	  .api = "/api/v1" ROOM,
	  MANAGE,
	  .in = room_change_in,
	  .in_size = sizeof(struct institute_room_put),
	  .run = room_change_run,
	  .form = "institute.room",
	  .then = ROOM,
	  .notice = N_("Kept."),
	  .summary = "Changes what is said of a room." },
	{ .name = "institute.room_close",
	  .method = POST,
	  .page = ROOM "/close",
	  .api = "/api/v1" ROOM "/close",
	  MANAGE,
	  .in = room_in,
	  .in_size = sizeof(struct institute_room_put),
	  .run = room_close_run,
	  .form = "institute.room",
	  .then = ROOMS,
	  .notice = N_("The room is closed."),
	  .summary = "A room is not given out any more; refused while something is booked in it." },
	{ .name = "institute.room_open",
	  .method = POST,
	  .page = ROOM "/open",
	  .api = "/api/v1" ROOM "/open",
	  MANAGE,
	  .in = room_in,
	  .in_size = sizeof(struct institute_room_put),
	  .run = room_open_run,
	  .form = "institute.room",
	  .then = ROOM,
	  .notice = N_("The room is given out again."),
	  .summary = "A closed room is given out again." },
	{ .name = "institute.hostels",
	  .method = GET,
	  .page = HOSTELS,
	  .api = "/api/v1" HOSTELS,
	  MANAGE,
	  .in = org_in,
	  .in_size = sizeof(struct org_in),
	  .out = hostel_out,
	  .out_list = true,
	  .run = hostels_run,
	  .html = institute_hostels_view,
	  .summary = "Hostels of an institute, those that are closed, too." },
	{ .name = "institute.hostel_add",
	  .method = POST,
	  .page = HOSTELS,
	  .api = "/api/v1" HOSTELS,
	  MANAGE,
	  .in = hostel_add_in,
	  .in_size = sizeof(struct institute_hostel_put),
	  .out = made_out,
	  .run = hostel_add_run,
	  .form = "institute.hostels",
	  .then = HOSTELS,
	  .notice = N_("The hostel is added."),
	  .summary = "Adds a hostel to an institute." },
	{ .name = "institute.hostel",
	  .method = GET,
	  .page = HOSTEL,
	  .api = "/api/v1" HOSTEL,
	  MANAGE,
	  .in = hostel_in,
	  .in_size = sizeof(struct institute_hostel_put),
	  .out = hostel_out,
	  .run = hostel_show_run,
	  .html = institute_hostel_view,
	  .summary = "A hostel of an institute." },
	{ .name = "institute.hostel_change",
	  .method = POST,
	  .page = HOSTEL,
	  .api = "/api/v1" HOSTEL,
	  MANAGE,
	  .in = hostel_change_in,
	  .in_size = sizeof(struct institute_hostel_put),
	  .run = hostel_change_run,
	  .form = "institute.hostel",
	  .then = HOSTELS,
	  .notice = N_("Kept."),
	  .summary = "Changes what is said of a hostel." },
	{ .name = "institute.hostel_close",
	  .method = POST,
	  .page = HOSTEL "/close",
	  .api = "/api/v1" HOSTEL "/close",
	  MANAGE,
	  .in = hostel_in,
	  .in_size = sizeof(struct institute_hostel_put),
	  .run = hostel_close_run,
	  .form = "institute.hostel",
	  .then = HOSTELS,
	  .notice = N_("The hostel is closed."),
	  .summary = "A hostel is not given out any more." },
	{ .name = "institute.hostel_open",
	  .method = POST,
	  .page = HOSTEL "/open",
	  .api = "/api/v1" HOSTEL "/open",
	  MANAGE,
	  .in = hostel_in,
	  .in_size = sizeof(struct institute_hostel_put),
	  .run = hostel_open_run,
	  .form = "institute.hostel",
	  .then = HOSTELS,
	  .notice = N_("The hostel is given out again."),
	  .summary = "A closed hostel is given out again." },
	ACTION_END,
};
