/* Rooms and seats in the browser and over the API, for who lays down examinations. */
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "feature/room/room.h"
#include "feature/room/room_page.h"
#include "feature/room/room_pdf.h"
#include "feature/room/seating.h"
#include "feature/seat/seat.h"
#include "room_html.h"
#include "rooms_html.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

#include <stdlib.h>

static const char *state_of(int64_t opened_at, int64_t closed_at)
{
	return closed_at != NONE ? "closed" : opened_at != NONE ? "open" : "laid";
}

static struct str state_name(struct ctx *cx, int64_t opened_at, int64_t closed_at)
{
	return str_of(tr(cx->lang, closed_at != NONE ? N_("closed") : opened_at != NONE ? N_("open") : N_("not open yet")));
}

/* ── the rooms of an examination ── */

struct list_in {
	int64_t org_id, exam_id;
};
static const struct field list_in[] = { FIELD(list_in, org_id, F_ID, .must = true), FIELD(list_in, exam_id, F_ID, .must = true), FIELD_END };
static const struct field item_out[] = {
	FIELD(room_item, id, F_ID),
	FIELD(room_item, name, F_TEXT),
	FIELD(room_item, place, F_TEXT),
	FIELD(room_item, begins_at, F_TIME),
	FIELD(room_item, invigilator_id, F_ID),
	FIELD(room_item, invigilator, F_TEXT, .personal = true),
	FIELD(room_item, state, F_TEXT),
	FIELD(room_item, opened_at, F_TIME),
	FIELD(room_item, closed_at, F_TIME),
	FIELD(room_item, n_seats, F_INT),
	FIELD_END,
};

static enum err put_rooms(struct ctx *cx, struct rooms_page *v)
{
	struct room_of_exam_row *r;
	TRY(room_sql_of_exam(cx, v->exam_id, &r, &v->n_rooms));
	v->rooms = ARENA_ARRAY(cx->arena, struct room_item, v->n_rooms + 1);
	for (size_t i = 0; i < v->n_rooms; i++) {
		v->rooms[i] = (struct room_item){ .id = r[i].id,
						  .org_id = v->org_id,
						  .exam_id = v->exam_id,
						  .begins_at = r[i].begins_at,
						  .opened_at = r[i].opened_at,
						  .closed_at = r[i].closed_at,
						  .invigilator_id = r[i].invigilator_id,
						  .n_seats = r[i].n_seats,
						  .name = r[i].name,
						  .place = r[i].place,
						  .invigilator = r[i].invigilator,
						  .state = str_of(state_of(r[i].opened_at, r[i].closed_at)),
						  .state_name = state_name(cx, r[i].opened_at, r[i].closed_at) };
		v->n_seats += r[i].n_seats;
	}
	return OK;
}

static struct str list_state(struct ctx *cx, struct str state)
{
	return str_of(tr(cx->lang, str_is(state, "looked") ? N_("looked at") : str_is(state, "done") ? N_("carried out") : N_("taken back")));
}

static enum err put_lists(struct ctx *cx, struct rooms_page *v)
{
	struct room_seatings_row *r;
	TRY(room_sql_seatings(cx, v->exam_id, &r, &v->n_lists));
	v->lists = ARENA_ARRAY(cx->arena, struct seating_item, v->n_lists + 1);
	for (size_t i = 0; i < v->n_lists; i++)
		v->lists[i] = (struct seating_item){ .id = r[i].id,
						     .org_id = v->org_id,
						     .exam_id = v->exam_id,
						     .n_rows = r[i].n_rows,
						     .n_new = r[i].n_new,
						     .n_moved = r[i].n_moved,
						     .n_faults = r[i].n_faults,
						     .at = r[i].at,
						     .name = seating_called(cx, r[i].name),
						     .state = r[i].state,
						     .state_name = list_state(cx, r[i].state),
						     .by_name = r[i].by_name };
	return OK;
}

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct rooms_page *v = ARENA_NEW(cx->arena, struct rooms_page);
	struct room_exam_row e;
	struct room_n_forms_row forms;
	(void)state;
	TRY(room_exam(cx, in->org_id, in->exam_id, &e));
	v->org_id = in->org_id;
	v->exam_id = in->exam_id;
	v->exam = e.title;
	v->closed = str_is(e.state, "closed");
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(put_rooms(cx, v));
	TRY(put_lists(cx, v));
	TRY(room_sql_n_forms(cx, in->exam_id, &forms));
	v->n_forms = forms.n;
	v->many_forms = forms.n > 1;
	ANSWER_ROWS(a, v->rooms, v->n_rooms);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Rooms"));
	return OK;
}

#define ROOM_FIELDS                                                                                                                                            \
	FIELD(room_put, org_id, F_ID, .must = true), FIELD(room_put, exam_id, F_ID, .must = true),                                                             \
		FIELD(room_put, name, F_TEXT, .label = N_("Name of the room"), .hint = N_("For example: Room 2."), .must = true, .max = ROOM_NAME_MAX),        \
		FIELD(room_put, place, F_TEXT, .label = N_("Where it is"), .max = ROOM_PLACE_MAX),                                                             \
		FIELD(room_put, day, F_DATE, .label = N_("Day"), .must = true),                                                                                \
		FIELD(room_put, time, F_TEXT, .label = N_("Begins at"), .hint = N_("For example: 10:30."), .must = true, .max = 5),                            \
		FIELD(room_put, invigilator, F_TEXT, .label = N_("Invigilator"), .hint = N_("Employee number, e-mail address or mobile number."),              \
		      .must = true, .personal = true)
static const struct field add_in[] = { ROOM_FIELDS, FIELD_END };
static const struct field change_in[] = { ROOM_FIELDS, FIELD(room_put, room_id, F_ID, .must = true), FIELD_END };
struct added {
	int64_t id;
};
static const struct field added_out[] = { FIELD(added, id, F_ID), FIELD_END };

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct added *row = ARENA_NEW(cx->arena, struct added);
	(void)state;
	TRY(room_add(cx, input, &row->id));
	ANSWER_ROW(a, row);
	return OK;
}

static enum err change_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	(void)a;
	return room_change(cx, input);
}

static enum err tell_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	(void)state;
	(void)a;
	return room_tell(cx, in->org_id, in->exam_id);
}

/* ── one room ── */

struct one_in {
	int64_t org_id, exam_id, room_id;
};
static const struct field one_in[] = {
	FIELD(one_in, org_id, F_ID, .must = true),
	FIELD(one_in, exam_id, F_ID, .must = true),
	FIELD(one_in, room_id, F_ID, .must = true),
	FIELD_END,
};
static const struct field seat_out[] = {
	FIELD(seat_item, person_id, F_ID),
	FIELD(seat_item, name, F_TEXT, .personal = true),
	FIELD(seat_item, employee_no, F_TEXT, .personal = true),
	FIELD(seat_item, seat, F_TEXT),
	FIELD(seat_item, section, F_TEXT),
	FIELD(seat_item, extra_minutes, F_INT),
	FIELD(seat_item, extra_order, F_TEXT),
	FIELD_END,
};

static int by_seat(const void *a, const void *b)
{
	return seat_cmp(((const struct seat_item *)a)->seat, ((const struct seat_item *)b)->seat);
}

static enum err put_seats(struct ctx *cx, struct room_page *v)
{
	struct room_list_row *r;
	TRY(room_sql_list(cx, person_today(cx), v->room.id, &r, &v->n_seats));
	v->seats = ARENA_ARRAY(cx->arena, struct seat_item, v->n_seats + 1);
	for (size_t i = 0; i < v->n_seats; i++)
		v->seats[i] = (struct seat_item){ .person_id = r[i].person_id,
						  .org_id = v->room.org_id,
						  .exam_id = v->room.exam_id,
						  .room_id = v->room.id,
						  .extra_minutes = r[i].extra_minutes,
						  .name = r[i].name,
						  .employee_no = r[i].employee_no,
						  .designation = r[i].designation_en.n ? org_name(cx, r[i].designation_en, r[i].designation_hi) : STR_NONE,
						  .section = r[i].org_en.n ? org_name(cx, r[i].org_en, r[i].org_hi) : STR_NONE,
						  .seat = r[i].seat,
						  .extra_order = r[i].extra_order };
	qsort(v->seats, v->n_seats, sizeof *v->seats, by_seat);
	v->room.n_seats = (int64_t)v->n_seats;
	return OK;
}

static enum err view_of(struct ctx *cx, const struct one_in *in, struct room_page *v)
{
	struct room_one_row r;
	TRY(room_find(cx, in->org_id, in->exam_id, in->room_id, &r));
	struct str zone = cx->actor.zone.n ? cx->actor.zone : S("Asia/Kolkata");
	struct civil c = clock_civil(zone, r.begins_at);
	*v = (struct room_page){ .room = { .id = r.id,
					   .org_id = r.org_id,
					   .exam_id = r.exam_id,
					   .begins_at = r.begins_at,
					   .opened_at = r.opened_at,
					   .closed_at = r.closed_at,
					   .invigilator_id = r.invigilator_id,
					   .name = r.name,
					   .place = r.place,
					   .invigilator = r.invigilator,
					   .state = str_of(state_of(r.opened_at, r.closed_at)),
					   .state_name = state_name(cx, r.opened_at, r.closed_at) },
				 .exam = r.title,
				 .day = str_fmt(cx->arena, "%04d-%02d-%02d", c.year, c.month, c.day),
				 .time = str_fmt(cx->arena, "%02d:%02d", c.hour, c.minute),
				 .called = r.called,
				 .open = r.opened_at != NONE,
				 .closed = r.closed_at != NONE };
	TRY(org_called(cx, in->org_id, &v->org));
	return put_seats(cx, v);
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct room_page *v = ARENA_NEW(cx->arena, struct room_page);
	(void)state;
	TRY(view_of(cx, input, v));
	ANSWER_ROWS(a, v->seats, v->n_seats);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->room.name;
	return OK;
}

static enum err pdf_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	struct room_page v;
	struct str *pdf = ARENA_NEW(cx->arena, struct str);
	TRY(view_of(cx, input, &v));
	*ret_state = pdf;
	return room_pdf(cx, &v, pdf);
}

static enum err pdf_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct str *pdf = state;
	(void)cx;
	(void)input;
	a->type = "application/pdf";
	a->bytes = *pdf;
	a->filename = S("hall-list.pdf");
	return OK;
}

static enum err remove_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return room_remove(cx, in->org_id, in->exam_id, in->room_id);
}

/* ── seats ── */

static const struct field seat_in[] = {
	FIELD(room_seat_in, org_id, F_ID, .must = true),
	FIELD(room_seat_in, exam_id, F_ID, .must = true),
	FIELD(room_seat_in, room_id, F_ID, .must = true),
	FIELD(room_seat_in, person, F_TEXT, .label = N_("Who"), .hint = N_("Employee number, e-mail address or mobile number."), .must = true,
	      .personal = true),
	FIELD(room_seat_in, seat, F_TEXT, .label = N_("Seat"), .hint = N_("A row in letters and a number, such as B7."), .must = true, .max = SEAT_TEXT_MAX),
	FIELD(room_seat_in, extra_minutes, F_INT, .label = N_("Extra minutes"), .hint = N_("For a disability, as an order allows."), .max = ROOM_MINUTES_MAX),
	FIELD(room_seat_in, extra_order, F_TEXT, .label = N_("Order that allows them"), .hint = N_("Number and date; never a diagnosis."),
	      .max = ROOM_PLACE_MAX),
	FIELD_END,
};

static enum err seat_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	(void)a;
	return room_seat(cx, input);
}

struct unseat_in {
	int64_t org_id, exam_id, room_id, person_id;
};
static const struct field unseat_in[] = {
	FIELD(unseat_in, org_id, F_ID, .must = true),
	FIELD(unseat_in, exam_id, F_ID, .must = true),
	FIELD(unseat_in, room_id, F_ID, .must = true),
	FIELD(unseat_in, person_id, F_ID, .must = true),
	FIELD_END,
};

static enum err unseat_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct unseat_in *in = input;
	(void)state;
	(void)a;
	return room_unseat(cx, in->org_id, in->exam_id, in->room_id, in->person_id);
}

#define ALL "/orgs/{org_id}/exams/{exam_id}/rooms"
#define ONE ALL "/{room_id}"
#define MANAGE .may = MAY_EXAM_MANAGE, .scope = SCOPE_ORG
const struct action room_actions[] = {
	{ .name = "room.list",
	  .method = GET,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  MANAGE,
	  .in = list_in,
	  .in_size = sizeof(struct list_in),
	  .out = item_out,
	  .out_list = true,
	  .run = list_run,
	  .html = rooms_view,
	  .summary = "The rooms of an examination." },
	{ .name = "room.add",
	  .method = POST,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  MANAGE,
	  .in = add_in,
	  .in_size = sizeof(struct room_put),
	  .out = added_out,
	  .run = add_run,
	  .form = "room.list",
	  .then = ALL,
	  .notice = N_("The room is added."),
	  .summary = "Adds a room with place, begin and invigilator." },
	{ .name = "room.tell",
	  .method = POST,
	  .page = "/orgs/{org_id}/exams/{exam_id}/seat-notices",
	  .api = "/api/v1/orgs/{org_id}/exams/{exam_id}/seat-notices",
	  MANAGE,
	  .in = list_in,
	  .in_size = sizeof(struct list_in),
	  .run = tell_run,
	  .form = "room.list",
	  .then = ALL,
	  .notice = N_("They are being told."),
	  .summary = "Tells everybody with a seat, and the invigilators, where and when." },
	{ .name = "room.show",
	  .method = GET,
	  .page = ONE,
	  .api = "/api/v1" ONE "/seats",
	  MANAGE,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .out = seat_out,
	  .out_list = true,
	  .run = show_run,
	  .html = room_view,
	  .summary = "Who sits in a room." },
	{ .name = "room.change",
	  .method = POST,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  MANAGE,
	  .in = change_in,
	  .in_size = sizeof(struct room_put),
	  .run = change_run,
	  .form = "room.show",
	  .then = ONE,
	  .notice = N_("The room is changed."),
	  .summary = "Changes a room that is not open; of an open one the invigilator." },
	{ .name = "room.remove",
	  .method = POST,
	  .page = ONE "/remove",
	  .api = "/api/v1" ONE "/remove",
	  MANAGE,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .run = remove_run,
	  .form = "room.show",
	  .then = ALL,
	  .notice = N_("The room is removed."),
	  .summary = "Removes a room in which nobody has a seat and that was never opened." },
	{ .name = "room.pdf",
	  .method = GET,
	  .page = ONE "/list",
	  MANAGE,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .prepare = pdf_prepare,
	  .run = pdf_run,
	  .summary = "The hall list of a room as PDF, with places to sign." },
	{ .name = "room.seat",
	  .method = POST,
	  .page = ONE "/seats",
	  .api = "/api/v1" ONE "/seats",
	  MANAGE,
	  .in = seat_in,
	  .in_size = sizeof(struct room_seat_in),
	  .run = seat_run,
	  .form = "room.show",
	  .then = ONE,
	  .notice = N_("The seat is given."),
	  .summary = "Gives somebody a seat, in place of an earlier one of this examination." },
	{ .name = "room.unseat",
	  .method = POST,
	  .page = ONE "/seats/{person_id}/remove",
	  .api = "/api/v1" ONE "/seats/{person_id}/remove",
	  MANAGE,
	  .in = unseat_in,
	  .in_size = sizeof(struct unseat_in),
	  .run = unseat_run,
	  .form = "room.show",
	  .then = ONE,
	  .notice = N_("The seat is taken back."),
	  .summary = "Takes a seat back from somebody who has not begun." },
	ACTION_END,
};
