/* Coming in: the page to which the code on the screen leads, and what is known of oneself. */
#include "attend_html.h"
#include "attendance_one_html.h"
#include "feature/attendance/attendance_view.h"
#include "my_attendance_html.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"
#include "web/request.h"

enum { ROWS = 30, TICKET_MAX = 400 };

/* ── the page of the code ── */

struct show_in {
	int64_t batch_session_id;
	struct str token, ticket;
};
static const struct field show_in[] = { FIELD(show_in, batch_session_id, F_ID, .must = true), FIELD(show_in, token, F_TEXT),
					FIELD(show_in, ticket, F_TEXT, .max = TICKET_MAX), FIELD_END };
struct attend_out {
	int64_t batch_session_id, starts_at, ends_at, near_m;
	struct str title, state, ticket;
	bool open, admitted;
};
static const struct field attend_out[] = {
	FIELD(attend_out, batch_session_id, F_ID), FIELD(attend_out, title, F_TEXT),
	FIELD(attend_out, starts_at, F_TIME),	   FIELD(attend_out, ends_at, F_TIME),
	FIELD(attend_out, open, F_BOOL),	   FIELD(attend_out, admitted, F_BOOL),
	FIELD(attend_out, state, F_TEXT),	   FIELD(attend_out, ticket, F_TEXT),
	FIELD(attend_out, near_m, F_INT),	   FIELD_END,
};

/* Where one comes back to after signing in, with the ticket for this browser. */
static struct str sign_in_of(struct ctx *cx, int64_t session_id, struct str ticket)
{
	struct str back = str_fmt(cx->arena, "/attend/%lld%s%.*s", (long long)session_id, ticket.n ? "?ticket=" : "", STR_ARG(ticket));
	return str_fmt(cx->arena, "/sign-in?to=%s", url_encoded(cx, back).p);
}

static enum err put_own(struct ctx *cx, const struct attendance_session_row *s, struct attend_page *v, struct attend_out *row)
{
	struct attendance_one_row is;
	bool found = false;
	row->state = S("unknown");
	v->signed_in = cx->actor.person_id != 0;
	if (!v->signed_in)
		return OK;
	TRY(attendance_admitted(cx, s, cx->actor.person_id, &v->admitted));
	TRY(attendance_sql_one(cx, s->id, cx->actor.person_id, &is, &found));
	if (!found)
		return OK;
	v->there = is.there;
	v->at = is.at;
	v->way_name = view_way(cx, is.way);
	row->state = view_state(is.way, is.there);
	return OK;
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct show_in *in = input;
	struct attend_page *v = ARENA_NEW(cx->arena, struct attend_page);
	struct attend_out *row = ARENA_NEW(cx->arena, struct attend_out);
	struct attendance_session_row s;
	struct attendance_door d;
	const char *why = NULL;
	(void)state;
	TRY(attendance_session(cx, in->batch_session_id, &s));
	TRY(attendance_door(cx, &s, &d));
	TRY(put_own(cx, &s, v, row));
	TRY(attendance_ticket(cx, &s, &(struct attendance_come){ .token = in->token, .ticket = in->ticket }, &v->ticket, &why));
	v->of = view_class(cx, &s);
	v->open = d.open;
	v->near_m = d.near_m;
	v->asks_near = d.open && d.near_m != NONE;
	v->why = why ? str_of(tr(cx->lang, why)) : S("");
	v->sign_in = sign_in_of(cx, s.id, v->ticket);
	row->batch_session_id = s.id;
	row->title = v->of.title;
	row->starts_at = s.starts_at;
	row->ends_at = s.ends_at;
	row->open = d.open;
	row->admitted = v->admitted;
	row->ticket = v->ticket;
	row->near_m = d.open ? d.near_m : NONE;
	ANSWER_ROW(a, row);
	a->view = v;
	a->title = v->of.title;
	a->attendance = true;
	a->nav = NAV_LEARN;
	return OK;
}

/* ── the button ── */

struct come_in {
	int64_t batch_session_id;
	struct str token, ticket, number, device;
	double latitude, longitude;
};
static const struct field come_in[] = {
	FIELD(come_in, batch_session_id, F_ID, .must = true),
	FIELD(come_in, token, F_TEXT),
	FIELD(come_in, ticket, F_TEXT, .personal = true, .max = TICKET_MAX),
	FIELD(come_in, number, F_TEXT, .label = N_("The six digits on the screen of the room"), .personal = true, .max = 20),
	FIELD(come_in, device, F_TEXT, .personal = true, .max = ATTENDANCE_DEVICE_MAX),
	FIELD(come_in, latitude, F_REAL, .label = N_("Latitude"), .personal = true),
	FIELD(come_in, longitude, F_REAL, .label = N_("Longitude"), .personal = true),
	FIELD_END,
};

static enum err come_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct come_in *in = input;
	struct attendance_session_row s;
	(void)state;
	TRY(attendance_session(cx, in->batch_session_id, &s));
	return attendance_come(cx, &s, &(struct attendance_come){ in->token, in->ticket, in->number, in->device, in->latitude, in->longitude }, &a->refused);
}

/* ── what is known of oneself ── */

struct mine_in {
	int64_t before_at, before_id;
};
static const struct field mine_in[] = { FIELD(mine_in, before_at, F_INT), FIELD(mine_in, before_id, F_ID), FIELD_END };
struct mine_out {
	int64_t batch_session_id, starts_at, ends_at, minutes, at, metres;
	struct str title, programme, batch, state, way, by_name;
};
static const struct field mine_out[] = {
	FIELD(mine_out, batch_session_id, F_ID),
	FIELD(mine_out, title, F_TEXT),
	FIELD(mine_out, programme, F_TEXT),
	FIELD(mine_out, batch, F_TEXT),
	FIELD(mine_out, starts_at, F_TIME),
	FIELD(mine_out, ends_at, F_TIME),
	FIELD(mine_out, state, F_TEXT),
	FIELD(mine_out, way, F_TEXT),
	FIELD(mine_out, minutes, F_INT),
	FIELD(mine_out, at, F_TIME),
	FIELD(mine_out, metres, F_INT),
	FIELD(mine_out, by_name, F_TEXT, .personal = true),
	FIELD_END,
};

static struct my_class my_class_of(struct ctx *cx, const struct attendance_mine_row *r)
{
	bool now = r->opened_at != NONE && r->closed_at == NONE && cx->now >= r->starts_at - ATTENDANCE_BEFORE && cx->now < r->ends_at + ATTENDANCE_AFTER;
	return (struct my_class){ .of = { .id = r->id,
					  .starts_at = r->starts_at,
					  .ends_at = r->ends_at,
					  .title = attendance_title(cx, r->n, r->title, r->title_hi),
					  .programme = cx->lang == LANG_HI && r->programme_hi.n ? r->programme_hi : r->programme,
					  .batch = r->batch,
					  .room = r->room },
				  .minutes = r->minutes,
				  .at = r->at,
				  .metres = r->metres,
				  .way = r->way,
				  .way_name = view_way(cx, r->way),
				  .by_name = r->by_name,
				  .state = view_state(r->way, r->there),
				  .there = r->there,
				  .known = r->way.n > 0,
				  .now = now };
}

static struct mine_out mine_row(const struct my_class *c)
{
	return (struct mine_out){ c->of.id,    c->of.starts_at, c->of.ends_at, c->there ? c->minutes : NONE,
				  c->at,       c->metres,	c->of.title,   c->of.programme,
				  c->of.batch, c->state,	c->way,	       c->by_name };
}

static enum err mine_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct mine_in *in = input;
	struct my_classes_page *v = ARENA_NEW(cx->arena, struct my_classes_page);
	struct attendance_mine_row *r;
	size_t n;
	(void)state;
	TRY(attendance_sql_mine(cx, cx->actor.person_id, in->before_at == NONE ? INT64_MAX : in->before_at, in->before_id == NONE ? INT64_MAX : in->before_id,
				ROWS + 1, &r, &n));
	v->n_rows = n > ROWS ? ROWS : n;
	v->rows = ARENA_ARRAY(cx->arena, struct my_class, v->n_rows + 1);
	struct mine_out *rows = ARENA_ARRAY(cx->arena, struct mine_out, v->n_rows + 1);
	for (size_t i = 0; i < v->n_rows; i++) {
		v->rows[i] = my_class_of(cx, &r[i]);
		rows[i] = mine_row(&v->rows[i]);
	}
	if (n > ROWS) {
		a->next = str_fmt(cx->arena, "before_at=%lld&before_id=%lld", (long long)r[ROWS - 1].starts_at, (long long)r[ROWS - 1].id);
		v->next = str_fmt(cx->arena, "/me/attendance?%s", a->next.p);
	}
	ANSWER_ROWS(a, rows, v->n_rows);
	a->view = v;
	a->nav = NAV_RECORD;
	ANSWER_TITLE(cx, a, N_("My attendance"));
	return OK;
}

struct one_in {
	int64_t batch_session_id;
};
static const struct field one_in[] = { FIELD(one_in, batch_session_id, F_ID, .must = true), FIELD_END };
static const struct field one_out[] = {
	FIELD(attendance_item, state, F_TEXT),
	FIELD(attendance_item, way, F_TEXT),
	FIELD(attendance_item, minutes, F_INT),
	FIELD(attendance_item, at, F_TIME),
	FIELD(attendance_item, by_name, F_TEXT, .personal = true),
	FIELD(attendance_item, metres, F_INT),
	FIELD_END,
};

static enum err mine_one_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct attendance_one_page *v = ARENA_NEW(cx->arena, struct attendance_one_page);
	struct attendance_session_row s;
	bool admitted = false;
	(void)state;
	TRY(attendance_session(cx, in->batch_session_id, &s));
	TRY(attendance_admitted(cx, &s, cx->actor.person_id, &admitted));
	TRY(view_one(cx, &s, cx->actor.person_id, v));
	if (!admitted && !v->is.known)
		return fail(cx, ERR_NOT_FOUND, "batch_session_id", N_("There is no such session."));
	v->mine = true;
	ANSWER_ROW(a, &v->is);
	a->view = v;
	a->nav = NAV_RECORD;
	a->title = v->of.title;
	return OK;
}

#define ATTEND "/attend/{batch_session_id}"
const struct action attend_actions[] = {
	{ .name = "attend.show",
	  .method = GET,
	  .page = ATTEND,
	  .api = "/api/v1" ATTEND,
	  .may = MAY_ANYONE,
	  .in = show_in,
	  .in_size = sizeof(struct show_in),
	  .out = attend_out,
	  .run = show_run,
	  .html = attend_view,
	  .summary = "Where the code on the screen of a session leads: with its token, a ticket to press the button with." },
	{ .name = "attend.come",
	  .method = POST,
	  .page = ATTEND,
	  .api = "/api/v1" ATTEND,
	  .may = MAY_LEARN,
	  .own = true,
	  .quiet = true, /* its record is attendance_change, without the position */
	  .in = come_in,
	  .in_size = sizeof(struct come_in),
	  .run = come_run,
	  .form = "attend.show",
	  .then = ATTEND,
	  .summary = "Notes oneself as there, by token, ticket or number; where the door asks for it, with the position, which is not kept." },
	{ .name = "attend.mine",
	  .method = GET,
	  .page = "/me/attendance",
	  .api = "/api/v1/me/attendance",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = mine_in,
	  .in_size = sizeof(struct mine_in),
	  .out = mine_out,
	  .out_list = true,
	  .run = mine_run,
	  .html = my_attendance_view,
	  .summary = "One's own attendance, the latest sessions first." },
	{ .name = "attend.mine_one",
	  .method = GET,
	  .page = "/me/attendance/{batch_session_id}",
	  .api = "/api/v1/me/attendance/{batch_session_id}",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .out = one_out,
	  .run = mine_one_run,
	  .html = attendance_one_view,
	  .summary = "What is known of oneself at a session, with every change and its reason." },
	ACTION_END,
};
