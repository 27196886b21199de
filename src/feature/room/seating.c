/* Seat lists; see seating.h. */
#include "feature/room/seating.h"
#include "base/json.h"
#include "base/utf8.h"
#include "feature/person/person.h"
#include "feature/room/spread.h"
#include "feature/seat/seat.h"
#include "text/csv.h"
#include "web/lang.h"

#include <jansson.h>
#include <stdlib.h>

enum { PLAN_BYTES_MAX = 4 << 20 };

/* ── what is there ── */

struct hall {
	struct room_exam_row exam;
	struct room_of_exam_row *rooms;
	struct room_seats_row *seats; /* by person */
	size_t n_rooms, n_seats;
};

static enum err read_hall(struct ctx *cx, int64_t org_id, int64_t exam_id, struct hall *ret)
{
	TRY(room_exam(cx, org_id, exam_id, &ret->exam));
	TRY(room_sql_of_exam(cx, exam_id, &ret->rooms, &ret->n_rooms));
	return room_sql_seats(cx, exam_id, &ret->seats, &ret->n_seats);
}

static int by_person(const void *key, const void *p)
{
	int64_t a = *(const int64_t *)key, b = ((const struct room_seats_row *)p)->person_id;
	return a < b ? -1 : a > b;
}

static const struct room_seats_row *seat_now(const struct hall *h, int64_t person_id)
{
	return h->n_seats ? bsearch(&person_id, h->seats, h->n_seats, sizeof *h->seats, by_person) : NULL;
}

static const struct room_of_exam_row *room_called(const struct hall *h, struct str name)
{
	for (size_t i = 0; i < h->n_rooms; i++)
		if (str_eq(h->rooms[i].name, name))
			return &h->rooms[i];
	return NULL;
}

static const struct room_of_exam_row *room_of(const struct hall *h, int64_t id)
{
	for (size_t i = 0; i < h->n_rooms; i++)
		if (h->rooms[i].id == id)
			return &h->rooms[i];
	return NULL;
}

/* ── what is wrong with a row ── */

enum fault { GOOD, NO_PERSON, NOT_POSTED, BEGUN, TWICE, NO_ROOM, ROOM_OPEN, SITS_OPEN, NO_SEAT, TAKEN, SAME_PLACE, MINUTES, NO_ORDER, ROOM_FULL, FAULTS };
static const char *const fault_texts[FAULTS] = {
	[GOOD] = "",
	[NO_PERSON] = N_("person: is nobody here (employee number, e-mail or mobile number)"),
	[NOT_POSTED] = N_("person: is not posted in this organisation or below it today"),
	[BEGUN] = N_("person: has begun the paper"),
	[TWICE] = N_("person: stands in the list before"),
	[NO_ROOM] = N_("room: is no room of this examination"),
	[ROOM_OPEN] = N_("room: is open or closed; it does not change by a list any more"),
	[SITS_OPEN] = N_("person: sits in a room that is open or closed"),
	[NO_SEAT] = N_("seat: must be a row in letters and a number, such as B7, or a number"),
	[TAKEN] = N_("seat: is taken by somebody who is not in the list"),
	[SAME_PLACE] = N_("seat: is given to somebody else in the list before"),
	[MINUTES] = N_("extra_minutes: must be a whole number from 0 to 240"),
	[NO_ORDER] = N_("extra_order: is needed with extra minutes"),
	[ROOM_FULL] = N_("room: would have more than 500 seats"),
};

/* A row as it will be. */
struct row {
	int64_t line, person_id, room_id, minutes;
	struct str name, room, seat, order;
	enum fault fault;
};

static enum fault read_minutes(const struct csv *c, const struct strs *fields, struct row *r)
{
	struct str minutes = str_trim(csv_get(c, fields, "extra_minutes"));
	r->order = str_trim(csv_get(c, fields, "extra_order"));
	r->minutes = 0;
	if (minutes.n && (!str_int(minutes, &r->minutes) || r->minutes < 0 || r->minutes > ROOM_MINUTES_MAX))
		return MINUTES;
	if (!r->minutes)
		r->order = S("");
	return r->minutes && (!r->order.n || r->order.n > ROOM_PLACE_MAX) ? NO_ORDER : GOOD;
}

static enum fault read_place(struct ctx *cx, const struct hall *h, const struct csv *c, const struct strs *fields, struct row *r)
{
	const struct room_of_exam_row *room = room_called(h, str_trim(csv_get(c, fields, "room")));
	r->seat = room_seat_text(cx->arena, csv_get(c, fields, "seat"));
	if (!room)
		return NO_ROOM;
	r->room_id = room->id;
	r->room = room->name;
	if (room->opened_at != NONE)
		return ROOM_OPEN;
	return r->seat.n ? GOOD : NO_SEAT;
}

static enum err read_person(struct ctx *cx, const struct hall *h, struct str called, struct row *r)
{
	struct room_sitter_row p;
	const struct room_seats_row *now;
	bool found = false;
	TRY(room_sql_sitter(cx, h->exam.org_id, person_today(cx), h->exam.id, called, person_login(cx, called), &p, &found));
	r->fault = !called.n || !found ? NO_PERSON : !p.posted ? NOT_POSTED : p.begun ? BEGUN : GOOD;
	if (r->fault)
		return OK;
	r->person_id = p.id;
	r->name = p.name;
	now = seat_now(h, p.id);
	r->fault = now && now->opened_at != NONE ? SITS_OPEN : GOOD;
	return OK;
}

static enum err read_row(struct ctx *cx, const struct hall *h, const struct csv *c, const struct strs *fields, struct row *r)
{
	TRY(read_person(cx, h, str_trim(csv_get(c, fields, "person")), r));
	if (!r->fault)
		r->fault = read_place(cx, h, c, fields, r);
	if (!r->fault)
		r->fault = read_minutes(c, fields, r);
	return OK;
}

/* ── rows beside each other and beside the seats that stay ── */

struct claim {
	int64_t room_id, line; /* line 0: a seat that stays */
	struct str seat;
	struct row *row;
};

static int by_place(const void *a, const void *b)
{
	const struct claim *x = a, *y = b;
	if (x->room_id != y->room_id)
		return x->room_id < y->room_id ? -1 : 1;
	int c = str_cmp(x->seat, y->seat);
	return c ? c : x->line < y->line ? -1 : x->line > y->line;
}

static int by_person_and_line(const void *a, const void *b)
{
	const struct row *x = *(struct row *const *)a, *y = *(struct row *const *)b;
	if (x->person_id != y->person_id)
		return x->person_id < y->person_id ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

/* The rows without a fault so far, by person; one who comes again gets a fault. */
static size_t people_of(struct arena *a, struct row *rows, size_t n, struct row ***ret)
{
	struct row **v = *ret = ARENA_ARRAY(a, struct row *, n + 1);
	size_t m = 0, kept = 0;
	for (size_t i = 0; i < n; i++)
		if (!rows[i].fault)
			v[m++] = &rows[i];
	qsort(v, m, sizeof *v, by_person_and_line);
	for (size_t i = 0; i < m; i++)
		if (kept && v[kept - 1]->person_id == v[i]->person_id)
			v[i]->fault = TWICE;
		else
			v[kept++] = v[i];
	return kept;
}

static int by_row_person(const void *key, const void *p)
{
	int64_t a = *(const int64_t *)key, b = (*(struct row *const *)p)->person_id;
	return a < b ? -1 : a > b;
}

static void beside_each_other(struct ctx *cx, const struct hall *h, struct row *rows, size_t n)
{
	struct row **people;
	size_t n_people = people_of(cx->arena, rows, n, &people), m = 0, in_room = 0;
	struct claim *v = ARENA_ARRAY(cx->arena, struct claim, n_people + h->n_seats + 1);
	for (size_t i = 0; i < h->n_seats; i++)
		if (!n_people || !bsearch(&h->seats[i].person_id, people, n_people, sizeof(struct row *), by_row_person))
			v[m++] = (struct claim){ h->seats[i].room_id, 0, h->seats[i].seat, NULL };
	for (size_t i = 0; i < n_people; i++)
		v[m++] = (struct claim){ people[i]->room_id, people[i]->line, people[i]->seat, people[i] };
	qsort(v, m, sizeof *v, by_place);
	for (size_t i = 0; i < m; i++) {
		bool same_room = i && v[i - 1].room_id == v[i].room_id;
		in_room = same_room ? in_room + 1 : 1;
		if (v[i].row && same_room && str_eq(v[i - 1].seat, v[i].seat))
			v[i].row->fault = v[i - 1].line ? SAME_PLACE : TAKEN;
		else if (v[i].row && in_room > ROOM_SEATS_MAX)
			v[i].row->fault = ROOM_FULL;
	}
}

/* ── keeping what was found ── */

static void put_seat(struct json_out *j, int64_t person_id, int64_t room_id, struct str seat, int64_t minutes, struct str order)
{
	jw_key(j, "p");
	jw_int(j, person_id);
	if (room_id == NONE)
		return;
	jw_key(j, "r");
	jw_int(j, room_id);
	jw_key(j, "s");
	jw_str(j, seat);
	jw_key(j, "x");
	jw_int(j, minutes);
	jw_key(j, "o");
	jw_str(j, order);
}

struct found {
	struct buf plan, faults;
	struct json_out p, f;
	int64_t n_new, n_moved, n_same, n_faults;
};

static bool same_seat(const struct room_seats_row *s, int64_t room_id, struct str seat, int64_t minutes, struct str order)
{
	return s->room_id == room_id && str_eq(s->seat, seat) && s->extra_minutes == minutes && str_eq(s->extra_order, order);
}

static void put_good(struct ctx *cx, struct found *f, const struct hall *h, const struct row *r)
{
	const struct room_seats_row *now = seat_now(h, r->person_id);
	if (now && same_seat(now, r->room_id, r->seat, r->minutes, r->order)) {
		f->n_same++;
		return;
	}
	f->n_new += !now;
	f->n_moved += now != NULL;
	jw_open(&f->p, '{');
	put_seat(&f->p, r->person_id, r->room_id, r->seat, r->minutes, r->order);
	jw_key(&f->p, "name");
	jw_str(&f->p, r->name);
	jw_key(&f->p, "room");
	jw_str(&f->p, r->room);
	if (now) {
		jw_key(&f->p, "was");
		jw_str(&f->p, str_fmt(cx->arena, "%.*s, %.*s", STR_ARG(now->room), STR_ARG(now->seat)));
	}
	jw_close(&f->p, '}');
}

static void put_fault(struct found *f, const struct row *r)
{
	if (f->n_faults++ >= SEATING_FAULTS_MAX)
		return;
	jw_open(&f->f, '[');
	jw_int(&f->f, r->line);
	jw_int(&f->f, r->fault);
	jw_close(&f->f, ']');
}

static enum err keep(struct ctx *cx, const struct hall *h, struct str name, const struct row *rows, size_t n, int64_t *ret_id)
{
	struct found f = { 0 };
	buf_init(&f.plan, cx->arena, PLAN_BYTES_MAX);
	buf_init(&f.faults, cx->arena, PLAN_BYTES_MAX);
	f.p = (struct json_out){ &f.plan, false };
	f.f = (struct json_out){ &f.faults, false };
	jw_open(&f.p, '[');
	jw_open(&f.f, '[');
	for (size_t i = 0; i < n; i++)
		if (rows[i].fault)
			put_fault(&f, &rows[i]);
		else
			put_good(cx, &f, h, &rows[i]);
	jw_close(&f.p, ']');
	jw_close(&f.f, ']');
	if (f.plan.full)
		return fail(cx, ERR_INVALID, "file", N_("is too large"));
	*ret_id = new_id(cx);
	return room_sql_add_seating(cx, *ret_id, h->exam.id, name, (int64_t)n, f.n_new, f.n_moved, f.n_same, f.n_faults, buf_get(&f.plan), buf_get(&f.faults),
				    actor_hand(&cx->actor), cx->now, NULL);
}

/* ── looking ── */

static enum err begin_list(struct ctx *cx, struct str text, struct csv *ret)
{
	static const char *const needed[] = { "person", "room", "seat" };
	if (text.n > SEATING_BYTES_MAX || !utf8_valid(text))
		return fail(cx, ERR_INVALID, "file", N_("must be CSV in UTF-8, at most 512 KB"));
	if (!csv_begin(cx->arena, text, ret))
		return fail(cx, ERR_INVALID, "file", N_("must begin with a row of names: person, room, seat, extra_minutes, extra_order"));
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
		size_t k = 0;
		while (k < ret->head.n && !str_is(ret->head.v[k], needed[i]))
			k++;
		if (k == ret->head.n)
			return fail(cx, ERR_INVALID, "file", N_("must begin with a row of names: person, room, seat, extra_minutes, extra_order"));
	}
	return OK;
}

static bool is_empty(const struct strs *fields)
{
	for (size_t i = 0; i < fields->n; i++)
		if (str_trim(fields->v[i]).n)
			return false;
	return true;
}

enum err seating_look(struct ctx *cx, const struct seating_list *in, int64_t *ret_id)
{
	struct hall h;
	struct csv c;
	struct strs fields;
	struct row *rows = ARENA_ARRAY(cx->arena, struct row, SEATING_ROWS_MAX);
	size_t n = 0;
	TRY(read_hall(cx, in->org_id, in->exam_id, &h));
	TRY(begin_list(cx, in->text, &c));
	for (int line = c.line; csv_next(cx->arena, &c, &fields); line = c.line) {
		if (is_empty(&fields))
			continue;
		if (n == SEATING_ROWS_MAX)
			return fail(cx, ERR_INVALID, "file", N_("has more than 2,000 rows; split it"));
		rows[n] = (struct row){ .line = line };
		TRY(read_row(cx, &h, &c, &fields, &rows[n]));
		n++;
	}
	if (c.rest.n)
		return fail_msg(cx, ERR_INVALID, S("file"), N_("cannot be read from line {line} on: a quote is not closed, or a row is too long"), 1,
				(struct msg_arg[]){ { "line", str_fmt(cx->arena, "%d", c.line) } });
	if (!n)
		return fail(cx, ERR_INVALID, "file", N_("has no rows"));
	beside_each_other(cx, &h, rows, n);
	return keep(cx, &h, in->name, rows, n, ret_id);
}

/* ── everybody at once ── */

/* The places of a room that nobody has. */
static bool *places_of(struct ctx *cx, const struct hall *h, int64_t room_id, unsigned rows, unsigned columns)
{
	bool *free = ARENA_ARRAY(cx->arena, bool, (size_t)rows *columns);
	unsigned row, column;
	memset(free, true, (size_t)rows * columns);
	for (size_t s = 0; s < h->n_seats; s++)
		if (h->seats[s].room_id == room_id && seat_place(h->seats[s].seat, &row, &column) && row < rows && column < columns)
			free[row * columns + column] = false;
	return free;
}

/* The rooms that are not open, with their free places. */
static size_t free_places(struct ctx *cx, const struct hall *h, unsigned rows, unsigned columns, const struct room_of_exam_row **rooms, const bool **free)
{
	size_t n = 0;
	for (size_t i = 0; i < h->n_rooms; i++)
		if (h->rooms[i].opened_at == NONE) {
			rooms[n] = &h->rooms[i];
			free[n++] = places_of(cx, h, h->rooms[i].id, rows, columns);
		}
	return n;
}

enum err seating_all(struct ctx *cx, int64_t org_id, int64_t exam_id, int64_t n_rows, int64_t n_columns, int64_t *ret_id)
{
	struct hall h;
	struct room_unseated_row *p;
	size_t n;
	TRY(read_hall(cx, org_id, exam_id, &h));
	if (n_rows * n_columns > ROOM_SEATS_MAX)
		return fail(cx, ERR_INVALID, "columns", N_("A room has at most 500 seats."));
	const struct room_of_exam_row **rooms = ARENA_ARRAY(cx->arena, const struct room_of_exam_row *, h.n_rooms + 1);
	const bool **free = ARENA_ARRAY(cx->arena, const bool *, h.n_rooms + 1);
	size_t n_rooms = free_places(cx, &h, (unsigned)n_rows, (unsigned)n_columns, rooms, free);
	if (!n_rooms)
		return fail(cx, ERR_CONFLICT, "", N_("There is no room that is not open yet. Add one first."));
	TRY(room_sql_unseated(cx, org_id, person_today(cx), exam_id, SEATING_ROWS_MAX + 1, &p, &n));
	if (!n)
		return fail(cx, ERR_CONFLICT, "", N_("Everybody has a seat."));
	if (n > SEATING_ROWS_MAX)
		return fail(cx, ERR_CONFLICT, "", N_("More than 2,000 people have no seat. Bring lists, or hold the examination in organisations below."));
	int64_t *section = ARENA_ARRAY(cx->arena, int64_t, n);
	struct spread_seat *seats = ARENA_ARRAY(cx->arena, struct spread_seat, n);
	struct row *list = ARENA_ARRAY(cx->arena, struct row, n);
	for (size_t i = 0; i < n; i++)
		section[i] = p[i].org_id;
	if (!spread_people(cx->arena, section, n, free, n_rooms, (unsigned)n_rows, (unsigned)n_columns, seats))
		return fail_msg(cx, ERR_CONFLICT, S(""), N_("There are too few places for {n} people without a seat. Add rooms, rows or places in a row."), 1,
				(struct msg_arg[]){ { "n", str_fmt(cx->arena, "%zu", n) } });
	for (size_t i = 0; i < n; i++)
		list[i] = (struct row){ .line = (int64_t)i + 2,
					.person_id = p[i].id,
					.room_id = rooms[seats[i].room]->id,
					.name = p[i].name,
					.room = rooms[seats[i].room]->name,
					.seat = seat_name(cx->arena, seats[i].row, seats[i].column),
					.order = S("") };
	return keep(cx, &h, S(""), list, n, ret_id);
}

struct str seating_called(const struct ctx *cx, struct str name)
{
	return name.n ? name : str_of(tr(cx->lang, N_("Everybody without a seat")));
}

/* ── carrying out, taking back ── */

enum err seating_find(struct ctx *cx, int64_t exam_id, int64_t id, struct room_seating_row *ret)
{
	bool found = false;
	TRY(room_sql_seating(cx, id, ret, &found));
	return found && ret->exam_id == exam_id ? OK : fail(cx, ERR_NOT_FOUND, "seating_id", N_("There is no such list."));
}

static struct str text_of(struct ctx *cx, const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));
	return s ? str_dup(cx->arena, str_of(s)) : S("");
}

static int64_t number_of(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);
	return json_is_integer(v) ? json_integer_value(v) : NONE;
}

static struct row row_of(struct ctx *cx, const json_t *o, size_t at)
{
	return (struct row){ .line = (int64_t)at + 1,
			     .person_id = number_of(o, "p"),
			     .room_id = number_of(o, "r"),
			     .minutes = number_of(o, "x"),
			     .name = text_of(cx, o, "name"),
			     .room = text_of(cx, o, "room"),
			     .seat = text_of(cx, o, "s"),
			     .order = text_of(cx, o, "o") };
}

/* Rows of what was kept. */
static size_t rows_of(struct ctx *cx, struct str text, const char *part, struct row **ret)
{
	json_t *root = json_loadb(text.p, text.n, 0, NULL), *o;
	size_t n = json_array_size(root), i;
	*ret = ARENA_ARRAY(cx->arena, struct row, n + 1);
	json_array_foreach(root, i, o)(*ret)[i] = row_of(cx, part ? json_object_get(o, part) : o, i);
	json_decref(root);
	return n;
}

static enum err changed_since(struct ctx *cx)
{
	return fail(cx, ERR_CONFLICT, "", N_("Rooms or seats have changed since this list was looked at. Nothing was changed; bring the list again."));
}

/* Every row could still be carried out as it was looked at. */
static enum err still_good(struct ctx *cx, const struct hall *h, struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct room_of_exam_row *room = room_of(h, rows[i].room_id);
		const struct room_seats_row *now = seat_now(h, rows[i].person_id);
		if (!room || room->opened_at != NONE || (now && now->opened_at != NONE))
			return changed_since(cx);
	}
	beside_each_other(cx, h, rows, n);
	for (size_t i = 0; i < n; i++)
		if (rows[i].fault)
			return changed_since(cx);
	return OK;
}

static void put_undo(struct json_out *j, const struct room_seats_row *was, const struct row *is)
{
	jw_open(j, '{');
	jw_key(j, "was");
	jw_open(j, '{');
	put_seat(j, is->person_id, was ? was->room_id : NONE, was ? was->seat : S(""), was ? was->extra_minutes : 0, was ? was->extra_order : S(""));
	jw_close(j, '}');
	jw_key(j, "is");
	jw_open(j, '{');
	put_seat(j, is->person_id, is->room_id, is->seat, is->minutes, is->order);
	jw_close(j, '}');
	jw_close(j, '}');
}

enum err seating_apply(struct ctx *cx, int64_t org_id, int64_t exam_id, int64_t id)
{
	struct room_seating_row l;
	struct hall h;
	struct row *rows;
	struct buf undo;
	struct json_out j = { &undo, false };
	TRY(read_hall(cx, org_id, exam_id, &h));
	TRY(seating_find(cx, exam_id, id, &l));
	if (!str_is(l.state, "looked"))
		return fail(cx, ERR_CONFLICT, "", N_("This list was carried out already."));
	if (l.n_faults)
		return fail(cx, ERR_CONFLICT, "", N_("Rows of this list are wrong. Correct them and bring the list again."));
	size_t n = rows_of(cx, l.plan, NULL, &rows);
	TRY(still_good(cx, &h, rows, n));
	buf_init(&undo, cx->arena, PLAN_BYTES_MAX);
	jw_open(&j, '[');
	for (size_t i = 0; i < n; i++) {
		put_undo(&j, seat_now(&h, rows[i].person_id), &rows[i]);
		TRY(room_sql_put_seat(cx, exam_id, rows[i].person_id, rows[i].room_id, rows[i].seat, rows[i].minutes, rows[i].order, NULL));
	}
	jw_close(&j, ']');
	return room_sql_seating_done(cx, buf_get(&undo), cx->now, id, NULL);
}

static enum err not_back(struct ctx *cx)
{
	return fail(cx, ERR_CONFLICT, "", N_("Seats of this list were changed since, or a room is open. Nothing was changed."));
}

/* Nothing that the list set was changed since; seats that it gave to people who had none are no more in the way. */
static enum err as_left(struct ctx *cx, struct hall *h, const struct row *was, const struct row *is, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct room_seats_row *now = seat_now(h, is[i].person_id);
		if (!now || !same_seat(now, is[i].room_id, is[i].seat, is[i].minutes, is[i].order) || now->checked_at != NONE || now->opened_at != NONE)
			return not_back(cx);
	}
	for (size_t i = 0; i < n; i++)
		if (was[i].room_id == NONE)
			h->seats[seat_now(h, is[i].person_id) - h->seats].room_id = NONE;
	return OK;
}

/* The places from which people came are there and free. */
static enum err places_back(struct ctx *cx, const struct hall *h, const struct row *was, size_t n)
{
	struct row *rows = ARENA_ARRAY(cx->arena, struct row, n + 1);
	size_t m = 0;
	for (size_t i = 0; i < n; i++)
		if (was[i].room_id != NONE)
			rows[m++] = was[i];
	for (size_t i = 0; i < m; i++) {
		const struct room_of_exam_row *room = room_of(h, rows[i].room_id);
		if (!room || room->opened_at != NONE)
			return not_back(cx);
	}
	beside_each_other(cx, h, rows, m);
	for (size_t i = 0; i < m; i++)
		if (rows[i].fault)
			return not_back(cx);
	return OK;
}

enum err seating_undo(struct ctx *cx, int64_t org_id, int64_t exam_id, int64_t id)
{
	struct room_seating_row l;
	struct hall h;
	struct row *was, *is;
	TRY(read_hall(cx, org_id, exam_id, &h));
	TRY(seating_find(cx, exam_id, id, &l));
	if (!str_is(l.state, "done"))
		return fail(cx, ERR_CONFLICT, "", N_("This list is not carried out."));
	size_t n = rows_of(cx, l.undo, "was", &was);
	rows_of(cx, l.undo, "is", &is);
	TRY(as_left(cx, &h, was, is, n));
	TRY(places_back(cx, &h, was, n));
	for (size_t i = 0; i < n; i++)
		if (was[i].room_id == NONE)
			TRY(room_sql_remove_seat(cx, exam_id, is[i].person_id, NULL));
		else
			TRY(room_sql_put_seat(cx, exam_id, is[i].person_id, was[i].room_id, was[i].seat, was[i].minutes, was[i].order, NULL));
	return room_sql_seating_undone(cx, cx->now, id, NULL);
}

/* ── showing ── */

size_t seating_faults(struct ctx *cx, struct str faults, struct seating_fault **ret)
{
	json_t *root = json_loadb(faults.p, faults.n, 0, NULL), *o;
	size_t n = json_array_size(root), i;
	*ret = ARENA_ARRAY(cx->arena, struct seating_fault, n + 1);
	json_array_foreach(root, i, o)
	{
		int64_t code = json_integer_value(json_array_get(o, 1));
		const char *text = code > GOOD && code < FAULTS ? fault_texts[code] : fault_texts[NO_PERSON];
		(*ret)[i] = (struct seating_fault){ json_integer_value(json_array_get(o, 0)), str_of(tr(cx->lang, text)) };
	}
	json_decref(root);
	return n;
}

size_t seating_seats(struct ctx *cx, struct str plan, struct seating_seat **ret)
{
	json_t *root = json_loadb(plan.p, plan.n, 0, NULL), *o;
	size_t n = json_array_size(root), i;
	*ret = ARENA_ARRAY(cx->arena, struct seating_seat, n + 1);
	json_array_foreach(root, i, o)
	{
		struct row r = row_of(cx, o, i);
		(*ret)[i] = (struct seating_seat){ r.person_id, r.room_id, r.minutes, r.name, r.room, r.seat, r.order, text_of(cx, o, "was") };
	}
	json_decref(root);
	return n;
}
