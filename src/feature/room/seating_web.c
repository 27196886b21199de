/* Seat lists in the browser and over the API. */
#include "feature/org/org.h"
#include "feature/room/room_page.h"
#include "feature/room/seating.h"
#include "feature/room/spread.h"
#include "seating_html.h"
#include "text/csv.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

#include <stdio.h>

struct added {
	int64_t id;
};
static const struct field added_out[] = { FIELD(added, id, F_ID), FIELD_END };

static void shown_next(struct ctx *cx, int64_t org_id, int64_t exam_id, int64_t id, struct answer *a)
{
	struct added *row = ARENA_NEW(cx->arena, struct added);
	row->id = id;
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/orgs/%lld/exams/%lld/seating/%lld", (long long)org_id, (long long)exam_id, (long long)id);
}

/* ── bringing a list, making one ── */

struct add_in {
	int64_t org_id, exam_id;
	struct str file, file_name;
};
static const struct field add_in[] = {
	FIELD(add_in, org_id, F_ID, .must = true),
	FIELD(add_in, exam_id, F_ID, .must = true),
	FIELD(add_in, file, F_TEXT, .label = N_("The list"),
	      .hint = N_("CSV with a first row of names: person, room, seat, extra_minutes, extra_order. A person is an employee number, an e-mail address or "
			 "a mobile "
			 "number."),
	      .must = true, .max = 4000),
	FIELD(add_in, file_name, F_TEXT, .max = 200),
	FIELD_END,
};

static enum err add_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct add_in *in = input;
	struct str *text = ARENA_NEW(cx->arena, struct str);
	FILE *f = fopen(str_c(cx->arena, in->file), "rb");
	struct buf b;
	if (!f)
		return ERR_UNAVAILABLE;
	buf_init(&b, cx->arena, SEATING_BYTES_MAX);
	bool whole = buf_read(&b, f);
	fclose(f);
	if (b.full)
		return fail(cx, ERR_INVALID, "file", N_("is larger than 512 KB"));
	*text = buf_get(&b);
	*ret_state = text;
	return whole ? OK : ERR_UNAVAILABLE;
}

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct add_in *in = input;
	const struct str *text = state;
	int64_t id;
	TRY(seating_look(cx, &(struct seating_list){ in->org_id, in->exam_id, in->file_name.n ? in->file_name : S("seats.csv"), *text }, &id));
	shown_next(cx, in->org_id, in->exam_id, id, a);
	return OK;
}

struct all_in {
	int64_t org_id, exam_id, rows, columns;
};
static const struct field all_in[] = {
	FIELD(all_in, org_id, F_ID, .must = true),
	FIELD(all_in, exam_id, F_ID, .must = true),
	FIELD(all_in, rows, F_INT, .label = N_("Rows of a room"), .must = true, .min = 1, .max = SPREAD_ROWS_MAX),
	FIELD(all_in, columns, F_INT, .label = N_("Places in a row"), .must = true, .min = 1, .max = SPREAD_COLUMNS_MAX),
	FIELD_END,
};

static enum err all_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct all_in *in = input;
	int64_t id;
	(void)state;
	TRY(seating_all(cx, in->org_id, in->exam_id, in->rows, in->columns, &id));
	shown_next(cx, in->org_id, in->exam_id, id, a);
	return OK;
}

/* ── one list ── */

struct one_in {
	int64_t org_id, exam_id, seating_id;
};
static const struct field one_in[] = {
	FIELD(one_in, org_id, F_ID, .must = true),
	FIELD(one_in, exam_id, F_ID, .must = true),
	FIELD(one_in, seating_id, F_ID, .must = true),
	FIELD_END,
};
static const struct field one_out[] = {
	FIELD(seating_item, id, F_ID),	      FIELD(seating_item, name, F_TEXT), FIELD(seating_item, state, F_TEXT),
	FIELD(seating_item, n_rows, F_INT),   FIELD(seating_item, n_new, F_INT), FIELD(seating_item, n_moved, F_INT),
	FIELD(seating_item, n_faults, F_INT), FIELD(seating_item, at, F_TIME),	 FIELD_END,
};

static void put_lines(struct ctx *cx, const struct room_seating_row *l, struct seating_page *v)
{
	struct seating_seat *seats;
	struct seating_fault *faults;
	v->n_seats = seating_seats(cx, l->plan, &seats);
	v->seats = ARENA_ARRAY(cx->arena, struct seating_line, v->n_seats + 1);
	for (size_t i = 0; i < v->n_seats; i++)
		v->seats[i] = (struct seating_line){ seats[i].minutes, seats[i].name, seats[i].room, seats[i].seat, seats[i].order, seats[i].was };
	v->looked.n_wrong = seating_faults(cx, l->faults, &faults);
	v->looked.wrong = ARENA_ARRAY(cx->arena, struct looked_wrong, v->looked.n_wrong + 1);
	for (size_t i = 0; i < v->looked.n_wrong; i++)
		v->looked.wrong[i] = (struct looked_wrong){ faults[i].line, faults[i].sentence };
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct seating_page *v = ARENA_NEW(cx->arena, struct seating_page);
	struct room_exam_row e;
	struct room_seating_row l;
	(void)state;
	TRY(room_exam(cx, in->org_id, in->exam_id, &e));
	TRY(seating_find(cx, in->exam_id, in->seating_id, &l));
	TRY(org_called(cx, in->org_id, &v->org));
	v->exam = e.title;
	bool is_looked = str_is(l.state, "looked"), is_done = str_is(l.state, "done");
	v->looked = (struct looked){
		.may_apply = is_looked && !l.n_faults && l.n_new + l.n_moved > 0,
		.is_done = is_done,
		.path = str_fmt(cx->arena, "/orgs/%lld/exams/%lld/seating/%lld", (long long)in->org_id, (long long)in->exam_id, (long long)l.id),
		.back = str_fmt(cx->arena, "/orgs/%lld/exams/%lld/rooms", (long long)in->org_id, (long long)in->exam_id),
		.carried_out = str_of(tr(cx->lang, N_("Carried out, people get exactly these seats; who is not in the list keeps the seat there is."))),
		.taken_back = str_of(tr(cx->lang, N_("It can be taken back, whole, while none of its seats was changed since and none of the rooms is open."))),
		.apply = "seating.apply",
		.undo = "seating.undo",
	};
	v->n_same = l.n_same;
	v->list = (struct seating_item){ .id = l.id,
					 .org_id = in->org_id,
					 .exam_id = in->exam_id,
					 .n_rows = l.n_rows,
					 .n_new = l.n_new,
					 .n_moved = l.n_moved,
					 .n_faults = l.n_faults,
					 .at = l.at,
					 .name = seating_called(cx, l.name),
					 .state = l.state,
					 .state_name = str_of(tr(cx->lang, is_looked ? N_("looked at")
									   : is_done ? N_("carried out")
										     : N_("taken back"))) };
	put_lines(cx, &l, v);
	ANSWER_ROW(a, &v->list);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->list.name;
	return OK;
}

static enum err apply_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return seating_apply(cx, in->org_id, in->exam_id, in->seating_id);
}

static enum err undo_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return seating_undo(cx, in->org_id, in->exam_id, in->seating_id);
}

/* ── all seats as a list that, brought in again, changes nothing ── */

struct csv_in {
	int64_t org_id, exam_id;
};
static const struct field csv_in[] = { FIELD(csv_in, org_id, F_ID, .must = true), FIELD(csv_in, exam_id, F_ID, .must = true), FIELD_END };

static enum err csv_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct csv_in *in = input;
	struct room_exam_row e;
	struct room_all_seats_row *r;
	struct buf b;
	size_t n;
	(void)state;
	TRY(room_exam(cx, in->org_id, in->exam_id, &e));
	TRY(room_sql_all_seats(cx, in->exam_id, &r, &n));
	buf_init(&b, cx->arena, 4 << 20);
	buf_lit(&b, "\xEF\xBB\xBF"
		    "person,room,seat,extra_minutes,extra_order,name\r\n");
	for (size_t i = 0; i < n; i++) {
		csv_put(&b, r[i].called);
		csv_put(&b, r[i].room);
		csv_put(&b, r[i].seat);
		csv_put(&b, str_fmt(cx->arena, "%lld", (long long)r[i].extra_minutes));
		csv_put(&b, r[i].extra_order);
		csv_put(&b, r[i].name);
		csv_end_row(&b);
	}
	a->type = "text/csv; charset=utf-8";
	a->filename = S("seats.csv");
	a->bytes = buf_get(&b);
	return OK;
}

#define ALL "/orgs/{org_id}/exams/{exam_id}/seating"
#define ONE ALL "/{seating_id}"
#define MANAGE .may = MAY_EXAM_MANAGE, .scope = SCOPE_ORG
const struct action seating_actions[] = {
	{ .name = "seating.csv",
	  .method = GET,
	  .page = "/orgs/{org_id}/exams/{exam_id}/seats-csv",
	  MANAGE,
	  .in = csv_in,
	  .in_size = sizeof(struct csv_in),
	  .run = csv_run,
	  .summary = "All seats of an examination as a list that can be brought in again." },
	{ .name = "seating.all",
	  .method = POST,
	  .page = "/orgs/{org_id}/exams/{exam_id}/seat-everybody",
	  .api = "/api/v1/orgs/{org_id}/exams/{exam_id}/seat-everybody",
	  MANAGE,
	  .in = all_in,
	  .in_size = sizeof(struct all_in),
	  .out = added_out,
	  .run = all_run,
	  .form = "room.list",
	  .then = ALL,
	  .summary = "Makes a seat list for everybody who may sit and has no seat; nothing is changed yet." },
	{ .name = "seating.add",
	  .method = POST,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  MANAGE,
	  .in = add_in,
	  .in_size = sizeof(struct add_in),
	  .out = added_out,
	  .prepare = add_prepare,
	  .run = add_run,
	  .form = "room.list",
	  .then = ALL,
	  .upload = true,
	  .max_body = SEATING_BYTES_MAX + (64 << 10),
	  .summary = "Brings a seat list (CSV); nothing is changed yet." },
	{ .name = "seating.show",
	  .method = GET,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  MANAGE,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .out = one_out,
	  .run = show_run,
	  .html = seating_view,
	  .summary = "A seat list: what it changes and what is wrong with it." },
	{ .name = "seating.apply",
	  .method = POST,
	  .page = ONE "/apply",
	  .api = "/api/v1" ONE "/apply",
	  MANAGE,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .run = apply_run,
	  .form = "seating.show",
	  .then = ONE,
	  .notice = N_("The list is carried out."),
	  .summary = "Carries out a seat list without faults." },
	{ .name = "seating.undo",
	  .method = POST,
	  .page = ONE "/undo",
	  .api = "/api/v1" ONE "/undo",
	  MANAGE,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .run = undo_run,
	  .form = "seating.show",
	  .then = ONE,
	  .notice = N_("The list is taken back."),
	  .summary = "Takes back a seat list that was carried out, whole." },
	ACTION_END,
};
