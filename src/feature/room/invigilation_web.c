/* What the invigilator of a room sees and does, on a phone or a tablet in the hall. */
#include "feature/org/org.h"
#include "feature/room/room.h"
#include "feature/room/room_page.h"
#include "feature/seat/seat.h"
#include "hall_html.h"
#include "hall_seat_html.h"
#include "my_rooms_html.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

#include <stdlib.h>

/* ── who may ── */

/* The room of the path, for its invigilator and for who lays down the examination; to anybody else there is none. */
static enum err room_for(struct ctx *cx, int64_t room_id, struct room_one_row *ret, bool *ret_manages)
{
	bool found = false, manages = false;
	TRY(room_sql_one(cx, room_id, ret, &found));
	if (found)
		TRY(access_may(cx, MAY_EXAM_MANAGE, SCOPE_ORG, ret->org_id, &manages));
	if (ret_manages)
		*ret_manages = manages;
	if (found && (manages || ret->invigilator_id == cx->actor.person_id))
		return OK;
	return fail(cx, ERR_NOT_FOUND, "room_id", N_("There is no such room."));
}

static struct str state_name(struct ctx *cx, int64_t opened_at, int64_t closed_at)
{
	return str_of(tr(cx->lang, closed_at != NONE ? N_("closed") : opened_at != NONE ? N_("open") : N_("not open yet")));
}

static const char *state_of(int64_t opened_at, int64_t closed_at)
{
	return closed_at != NONE ? "closed" : opened_at != NONE ? "open" : "laid";
}

static struct str name_of(struct ctx *cx, const struct choice *c, struct str code)
{
	for (; c->value; c++)
		if (str_is(code, c->value))
			return str_of(tr(cx->lang, c->label));
	return code;
}

/* ── the rooms of an invigilator ── */

static const struct field item_out[] = {
	FIELD(room_item, id, F_ID),	     FIELD(room_item, exam, F_TEXT),  FIELD(room_item, name, F_TEXT),	FIELD(room_item, place, F_TEXT),
	FIELD(room_item, begins_at, F_TIME), FIELD(room_item, state, F_TEXT), FIELD(room_item, n_seats, F_INT), FIELD_END,
};

static enum err rooms_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct my_rooms_page *v = ARENA_NEW(cx->arena, struct my_rooms_page);
	struct room_of_invigilator_row *r;
	(void)input;
	(void)state;
	TRY(room_sql_of_invigilator(cx, cx->actor.person_id, cx->now - ROOM_SHOWN, &r, &v->n_rooms));
	v->rooms = ARENA_ARRAY(cx->arena, struct room_item, v->n_rooms + 1);
	for (size_t i = 0; i < v->n_rooms; i++)
		v->rooms[i] = (struct room_item){ .id = r[i].id,
						  .begins_at = r[i].begins_at,
						  .n_seats = r[i].n_seats,
						  .name = r[i].name,
						  .place = r[i].place,
						  .exam = r[i].title,
						  .state = str_of(state_of(r[i].opened_at, r[i].closed_at)),
						  .state_name = state_name(cx, r[i].opened_at, r[i].closed_at) };
	ANSWER_ROWS(a, v->rooms, v->n_rooms);
	a->view = v;
	ANSWER_TITLE(cx, a, N_("Rooms you watch over"));
	return OK;
}

/* ── seats as the invigilator sees them ── */

static struct str time_of(struct ctx *cx, int64_t at)
{
	struct civil c = clock_civil(cx->actor.zone.n ? cx->actor.zone : S("Asia/Kolkata"), at);
	return str_fmt(cx->arena, "%02d:%02d", c.hour, c.minute);
}

/* When the device was last heard of: it took the paper, saved an answer, or said that it is there, as it does every minute. NONE is less than any time. */
static int64_t last_of(const struct room_hall_row *r)
{
	int64_t last = r->device_at > r->saved_at ? r->device_at : r->saved_at;
	return last > r->sign_at ? last : r->sign_at;
}

static void put_paper(struct ctx *cx, const struct room_hall_row *r, struct hall_seat *s)
{
	static const struct choice names[] = {
		{ "none", N_("not begun") },
		{ "open", N_("is being written") },
		{ "taker", N_("handed in") },
		{ "clock", N_("time is up") },
		{ "room", N_("handed in by the room") },
		{ "rules", N_("complete") },
		{ NULL, NULL },
	};
	s->begun = r->attempt_id != NONE;
	s->open = s->begun && str_is(r->attempt_state, "open");
	s->paper = !s->begun ? S("none") : s->open ? S("open") : S("done");
	s->paper_name = name_of(cx, names, s->begun && !s->open && r->closed_by.n ? r->closed_by : s->paper);
	const struct msg_arg args[] = { { "n", fmt_number(cx, r->n_answered) }, { "of", fmt_number(cx, r->items) } };
	s->answered = s->begun ? msg_text(cx, N_("{n} of {of}"), 2, args) : S("–");
	s->last_at = last_of(r);
	s->silent = s->open && cx->now - s->last_at > ROOM_SILENT_S * SECOND;
	const struct msg_arg since = { "time", s->begun ? time_of(cx, s->last_at) : S("") };
	s->sign = !s->begun ? S("–") : s->silent ? msg_text(cx, N_("none since {time}"), 1, &since) : since.value;
}

static struct hall_seat seat_view(struct ctx *cx, int64_t room_id, const struct room_hall_row *r)
{
	struct hall_seat s = { .room_id = room_id,
			       .person_id = r->person_id,
			       .extra_minutes = r->extra_minutes,
			       .checked_at = r->checked_at,
			       .ends_at = r->ends_at,
			       .n_items = r->items,
			       .n_answered = r->n_answered,
			       .name = r->name,
			       .employee_no = r->employee_no,
			       .seat = r->seat,
			       .refused_why = r->refused_why,
			       .document_name = name_of(cx, room_documents, r->document),
			       .checked = r->checked_at != NONE,
			       .refused = r->refused_why.n > 0 };
	put_paper(cx, r, &s);
	return s;
}

static int by_seat(const void *a, const void *b)
{
	return seat_cmp(((const struct hall_seat *)a)->seat, ((const struct hall_seat *)b)->seat);
}

/* ── the log ── */

static struct str incident_name(struct ctx *cx, struct str kind)
{
	static const struct choice own[] = {
		{ "opened", N_("The room was opened") }, { "closed", N_("The room was closed") }, { "identity", N_("It was not shown who it is") },
		{ "time", N_("Time given back") },	 { "moved", N_("Another seat") },	  { NULL, NULL },
	};
	struct str name = name_of(cx, own, kind);
	return str_eq(name, kind) ? name_of(cx, room_incidents, kind) : name;
}

/* person_id NONE: all lines. */
static enum err put_log(struct ctx *cx, int64_t room_id, int64_t person_id, struct hall_line **ret, size_t *ret_n)
{
	struct room_incidents_row *r;
	size_t n;
	TRY(room_sql_incidents(cx, room_id, &r, &n));
	*ret = ARENA_ARRAY(cx->arena, struct hall_line, n + 1);
	*ret_n = 0;
	for (size_t i = 0; i < n; i++)
		if (person_id == NONE || r[i].person_id == person_id)
			(*ret)[(*ret_n)++] = (struct hall_line){ r[i].id,    r[i].at,	 r[i].minutes, r[i].kind, incident_name(cx, r[i].kind),
								 r[i].words, r[i].about, r[i].by_name };
	return OK;
}

/* ── the page of the room ── */

struct room_in {
	int64_t room_id;
};
static const struct field room_in[] = { FIELD(room_in, room_id, F_ID, .must = true), FIELD_END };
static const struct field hall_out[] = {
	FIELD(hall_seat, person_id, F_ID),	FIELD(hall_seat, name, F_TEXT, .personal = true),
	FIELD(hall_seat, seat, F_TEXT),		FIELD(hall_seat, checked, F_BOOL),
	FIELD(hall_seat, checked_at, F_TIME),	FIELD(hall_seat, refused_why, F_TEXT, .personal = true),
	FIELD(hall_seat, extra_minutes, F_INT), FIELD(hall_seat, paper, F_TEXT),
	FIELD(hall_seat, n_answered, F_INT),	FIELD(hall_seat, n_items, F_INT),
	FIELD(hall_seat, last_at, F_TIME),	FIELD(hall_seat, silent, F_BOOL),
	FIELD(hall_seat, ends_at, F_TIME),	FIELD_END,
};

static struct room_item room_view_of(struct ctx *cx, const struct room_one_row *r)
{
	return (struct room_item){ .id = r->id,
				   .org_id = r->org_id,
				   .exam_id = r->exam_id,
				   .begins_at = r->begins_at,
				   .opened_at = r->opened_at,
				   .closed_at = r->closed_at,
				   .invigilator_id = r->invigilator_id,
				   .name = r->name,
				   .place = r->place,
				   .invigilator = r->invigilator,
				   .exam = r->title,
				   .state = str_of(state_of(r->opened_at, r->closed_at)),
				   .state_name = state_name(cx, r->opened_at, r->closed_at) };
}

static enum err put_hall(struct ctx *cx, struct hall_page *v)
{
	struct room_hall_row *r;
	TRY(room_sql_hall(cx, v->room.id, &r, &v->n_seats));
	v->seats = ARENA_ARRAY(cx->arena, struct hall_seat, v->n_seats + 1);
	for (size_t i = 0; i < v->n_seats; i++) {
		struct hall_seat *s = &v->seats[i];
		*s = seat_view(cx, v->room.id, &r[i]);
		v->n_checked += s->checked;
		v->n_begun += s->begun;
		v->n_done += s->begun && !s->open;
		v->n_silent += s->silent;
	}
	qsort(v->seats, v->n_seats, sizeof *v->seats, by_seat);
	return OK;
}

static enum err hall_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct room_in *in = input;
	struct hall_page *v = ARENA_NEW(cx->arena, struct hall_page);
	struct room_one_row r;
	(void)state;
	TRY(room_for(cx, in->room_id, &r, &v->manages));
	v->room = room_view_of(cx, &r);
	v->laid = r.opened_at == NONE;
	v->closed = r.closed_at != NONE;
	v->open = !v->laid && !v->closed;
	v->opens_from = r.begins_at - ROOM_EARLY;
	v->early = cx->now < v->opens_from;
	v->may_note = !v->closed || cx->now < r.closed_at + DAY;
	TRY(put_hall(cx, v));
	TRY(put_log(cx, r.id, NONE, &v->lines, &v->n_lines));
	ANSWER_ROWS(a, v->seats, v->n_seats);
	a->view = v;
	a->title = r.name;
	return OK;
}

static enum err open_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct room_in *in = input;
	struct room_one_row r;
	(void)state;
	(void)a;
	TRY(room_for(cx, in->room_id, &r, NULL));
	return room_open(cx, &r);
}

struct close_in {
	int64_t room_id;
	bool sure;
};
static const struct field close_in[] = {
	FIELD(close_in, room_id, F_ID, .must = true),
	FIELD(close_in, sure, F_BOOL, .label = N_("Hand in what is still open")),
	FIELD_END,
};

static enum err close_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct close_in *in = input;
	struct room_one_row r;
	(void)state;
	(void)a;
	TRY(room_for(cx, in->room_id, &r, NULL));
	return room_close(cx, &r, in->sure);
}

/* ── what is done for all, or for one ── */

#define MINUTES(type)                                                                                                                                          \
	FIELD(type, minutes, F_INT, .label = N_("Minutes"), .must = true, .min = 1, .max = ROOM_MINUTES_MAX),                                                  \
		FIELD(type, reason, F_TEXT, .label = N_("Why"), .hint = N_("It stands in the log."), .must = true, .max = ROOM_WORDS_MAX)
#define WORDS(type)                                                                                                                                            \
	FIELD(type, kind, F_CHOICE, .label = N_("What happened"), .must = true, .choices = room_incidents),                                                    \
		FIELD(type, words, F_LONG, .label = N_("In words"), .must = true, .max = ROOM_WORDS_MAX)

struct give_in {
	int64_t room_id, person_id, minutes;
	struct str reason;
};
static const struct field give_all_in[] = { FIELD(give_in, room_id, F_ID, .must = true), MINUTES(give_in), FIELD_END };
static const struct field give_in[] = { FIELD(give_in, room_id, F_ID, .must = true), FIELD(give_in, person_id, F_ID, .must = true), MINUTES(give_in),
					FIELD_END };
struct given {
	int64_t n;
};
static const struct field given_out[] = { FIELD(given, n, F_INT), FIELD_END };

static enum err give(struct ctx *cx, const struct give_in *in, int64_t person_id, struct answer *a)
{
	struct given *row = ARENA_NEW(cx->arena, struct given);
	struct room_one_row r;
	TRY(room_for(cx, in->room_id, &r, NULL));
	TRY(room_give(cx, &r, person_id, in->minutes, in->reason, &row->n));
	ANSWER_ROW(a, row);
	return OK;
}

static enum err give_all_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	return give(cx, input, NONE, a);
}

static enum err give_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct give_in *in = input;
	(void)state;
	return give(cx, in, in->person_id, a);
}

struct note_in {
	int64_t room_id, person_id;
	struct str kind, words;
};
static const struct field note_in[] = { FIELD(note_in, room_id, F_ID, .must = true), WORDS(note_in), FIELD_END };
static const struct field note_person_in[] = { FIELD(note_in, room_id, F_ID, .must = true), FIELD(note_in, person_id, F_ID, .must = true), WORDS(note_in),
					       FIELD_END };

static enum err note_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct note_in *in = input;
	struct room_one_row r;
	(void)state;
	(void)a;
	TRY(room_for(cx, in->room_id, &r, NULL));
	return room_note(cx, &r, NONE, in->kind, in->words);
}

static enum err note_person_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct note_in *in = input;
	struct room_one_row r;
	(void)state;
	(void)a;
	TRY(room_for(cx, in->room_id, &r, NULL));
	return room_note(cx, &r, in->person_id, in->kind, in->words);
}

/* ── one seat ── */

struct seat_in {
	int64_t room_id, person_id;
};
#define SEAT(type) FIELD(type, room_id, F_ID, .must = true), FIELD(type, person_id, F_ID, .must = true)
static const struct field seat_in[] = { SEAT(seat_in), FIELD_END };

static enum err seat_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct seat_in *in = input;
	struct hall_seat_page *v = ARENA_NEW(cx->arena, struct hall_seat_page);
	struct room_one_row r;
	struct room_hall_row *rows;
	size_t n, at = 0;
	(void)state;
	TRY(room_for(cx, in->room_id, &r, NULL));
	TRY(room_sql_hall(cx, r.id, &rows, &n));
	while (at < n && rows[at].person_id != in->person_id)
		at++;
	if (at == n)
		return fail(cx, ERR_NOT_FOUND, "person_id", N_("This person has no seat in this room."));
	v->room = room_view_of(cx, &r);
	v->seat = seat_view(cx, r.id, &rows[at]);
	v->closed = r.closed_at != NONE;
	v->open = r.opened_at != NONE && !v->closed;
	v->may_refuse = !v->closed && !v->seat.begun;
	v->may_give = v->open && v->seat.begun && !str_is(rows[at].closed_by, "taker");
	TRY(put_log(cx, r.id, in->person_id, &v->lines, &v->n_lines));
	ANSWER_ROW(a, &v->seat);
	a->view = v;
	a->title = v->seat.name;
	return OK;
}

struct check_in {
	int64_t room_id, person_id;
	struct str document;
};
static const struct field check_in[] = {
	SEAT(check_in),
	FIELD(check_in, document, F_CHOICE, .label = N_("Document"), .must = true, .choices = room_documents),
	FIELD_END,
};

static enum err check_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct check_in *in = input;
	struct room_one_row r;
	(void)state;
	(void)a;
	TRY(room_for(cx, in->room_id, &r, NULL));
	return room_check(cx, &r, in->person_id, in->document);
}

struct refuse_in {
	int64_t room_id, person_id;
	struct str why;
};
static const struct field refuse_in[] = {
	SEAT(refuse_in),
	FIELD(refuse_in, why, F_TEXT, .label = N_("Why it is refused"), .hint = N_("The person is shown this."), .must = true, .max = ROOM_WORDS_MAX),
	FIELD_END,
};

static enum err refuse_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct refuse_in *in = input;
	struct room_one_row r;
	(void)state;
	(void)a;
	TRY(room_for(cx, in->room_id, &r, NULL));
	return room_refuse(cx, &r, in->person_id, in->why);
}

struct move_in {
	int64_t room_id, person_id;
	struct str seat, moved_why;
};
static const struct field move_in[] = {
	SEAT(move_in),
	FIELD(move_in, seat, F_TEXT, .label = N_("The other seat"), .must = true, .max = SEAT_TEXT_MAX),
	FIELD(move_in, moved_why, F_TEXT, .label = N_("Why there"), .must = true, .max = ROOM_WORDS_MAX),
	FIELD_END,
};

static enum err move_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct move_in *in = input;
	struct room_one_row r;
	(void)state;
	(void)a;
	TRY(room_for(cx, in->room_id, &r, NULL));
	return room_move(cx, &r, in->person_id, in->seat, in->moved_why);
}

#define ROOM "/rooms/{room_id}"
#define THE_SEAT ROOM "/seats/{person_id}"
/* Who may is found by the room (room_for). */
#define NAMED .may = MAY_LEARN, .scope = SCOPE_NONE
const struct action invigilation_actions[] = {
	{ .name = "invigilation.rooms",
	  .method = GET,
	  .page = "/rooms",
	  .api = "/api/v1/rooms",
	  NAMED,
	  .out = item_out,
	  .out_list = true,
	  .run = rooms_run,
	  .html = my_rooms_view,
	  .summary = "The rooms that one watches over as the invigilator." },
	{ .name = "invigilation.hall",
	  .method = GET,
	  .page = ROOM,
	  .api = "/api/v1" ROOM,
	  NAMED,
	  .in = room_in,
	  .in_size = sizeof(struct room_in),
	  .out = hall_out,
	  .out_list = true,
	  .run = hall_run,
	  .html = hall_view,
	  .summary = "Who sits in a room, and how far each paper is; for its invigilator." },
	{ .name = "invigilation.open",
	  .method = POST,
	  .page = ROOM "/open",
	  .api = "/api/v1" ROOM "/open",
	  NAMED,
	  .in = room_in,
	  .in_size = sizeof(struct room_in),
	  .run = open_run,
	  .form = "invigilation.hall",
	  .then = ROOM,
	  .notice = N_("The room is open."),
	  .summary = "Opens a room; from now on papers can be opened there." },
	{ .name = "invigilation.close",
	  .method = POST,
	  .page = ROOM "/close",
	  .api = "/api/v1" ROOM "/close",
	  NAMED,
	  .in = close_in,
	  .in_size = sizeof(struct close_in),
	  .run = close_run,
	  .form = "invigilation.hall",
	  .then = ROOM,
	  .notice = N_("The room is closed. What was open is being handed in."),
	  .summary = "Closes a room and hands in what is open there." },
	{ .name = "invigilation.give_all",
	  .method = POST,
	  .page = ROOM "/time",
	  .api = "/api/v1" ROOM "/time",
	  NAMED,
	  .in = give_all_in,
	  .in_size = sizeof(struct give_in),
	  .out = given_out,
	  .run = give_all_run,
	  .form = "invigilation.hall",
	  .then = ROOM,
	  .notice = N_("The time is given back."),
	  .summary = "Gives minutes back to everybody in a room whose paper is open or was closed by the clock." },
	{ .name = "invigilation.note",
	  .method = POST,
	  .page = ROOM "/log",
	  .api = "/api/v1" ROOM "/log",
	  NAMED,
	  .in = note_in,
	  .in_size = sizeof(struct note_in),
	  .run = note_run,
	  .form = "invigilation.hall",
	  .then = ROOM,
	  .notice = N_("It is written down."),
	  .summary = "Writes into the log of a room." },
	{ .name = "invigilation.seat",
	  .method = GET,
	  .page = THE_SEAT,
	  .api = "/api/v1" THE_SEAT,
	  NAMED,
	  .in = seat_in,
	  .in_size = sizeof(struct seat_in),
	  .out = hall_out,
	  .run = seat_run,
	  .html = hall_seat_view,
	  .summary = "One seat of a room; for its invigilator." },
	{ .name = "invigilation.check",
	  .method = POST,
	  .page = THE_SEAT "/check",
	  .api = "/api/v1" THE_SEAT "/check",
	  NAMED,
	  .in = check_in,
	  .in_size = sizeof(struct check_in),
	  .run = check_run,
	  .form = "invigilation.seat",
	  .then = ROOM,
	  .notice = N_("It is noted who sits there."),
	  .summary = "Notes that the invigilator has seen who sits there, and by which kind of document." },
	{ .name = "invigilation.refuse",
	  .method = POST,
	  .page = THE_SEAT "/refuse",
	  .api = "/api/v1" THE_SEAT "/refuse",
	  NAMED,
	  .in = refuse_in,
	  .in_size = sizeof(struct refuse_in),
	  .run = refuse_run,
	  .form = "invigilation.seat",
	  .then = THE_SEAT,
	  .notice = N_("It is refused, and stands in the log."),
	  .summary = "Notes that it was not shown who sits there; no paper is opened." },
	{ .name = "invigilation.give",
	  .method = POST,
	  .page = THE_SEAT "/time",
	  .api = "/api/v1" THE_SEAT "/time",
	  NAMED,
	  .in = give_in,
	  .in_size = sizeof(struct give_in),
	  .out = given_out,
	  .run = give_run,
	  .form = "invigilation.seat",
	  .then = THE_SEAT,
	  .notice = N_("The time is given back."),
	  .summary = "Gives minutes back to one person." },
	{ .name = "invigilation.move",
	  .method = POST,
	  .page = THE_SEAT "/move",
	  .api = "/api/v1" THE_SEAT "/move",
	  NAMED,
	  .in = move_in,
	  .in_size = sizeof(struct move_in),
	  .run = move_run,
	  .form = "invigilation.seat",
	  .then = THE_SEAT,
	  .notice = N_("The seat is changed."),
	  .summary = "Somebody goes on at another seat of the room." },
	{ .name = "invigilation.note_person",
	  .method = POST,
	  .page = THE_SEAT "/log",
	  .api = "/api/v1" THE_SEAT "/log",
	  NAMED,
	  .in = note_person_in,
	  .in_size = sizeof(struct note_in),
	  .run = note_person_run,
	  .form = "invigilation.seat",
	  .then = THE_SEAT,
	  .notice = N_("It is written down."),
	  .summary = "Writes into the log of a room about one person." },
	ACTION_END,
};
