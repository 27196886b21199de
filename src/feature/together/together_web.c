/* Group sessions for their host: opening, the screen of the room, who is there, ticking, ending. */
#include "feature/account/qr_path.h"
#include "feature/attendance/attendance_code.h"
#include "feature/course/player_web.h"
#include "feature/together/together_view.h"
#include "together_html.h"
#include "together_screen_html.h"
#include "web/action.h"
#include "web/lang.h"
#include "web/request.h"

enum { AFTER_MAX = 300 };

struct one_in {
	int64_t together_id;
	struct str after;
};
static const struct field one_in[] = { FIELD(one_in, together_id, F_ID, .must = true), FIELD_END };
static const struct field list_in[] = { FIELD(one_in, together_id, F_ID, .must = true), FIELD(one_in, after, F_TEXT, .max = AFTER_MAX), FIELD_END };

/* ── opening and ending ── */

struct open_in {
	int64_t resource_id;
};
static const struct field open_in[] = { FIELD(open_in, resource_id, F_ID, .must = true), FIELD_END };
struct open_out {
	int64_t together_id;
};
static const struct field open_out[] = { FIELD(open_out, together_id, F_ID), FIELD_END };

static enum err open_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct open_in *in = input;
	struct open_out *row = ARENA_NEW(cx->arena, struct open_out);
	(void)state;
	TRY(together_open(cx, in->resource_id, &row->together_id));
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/together/%lld", (long long)row->together_id);
	return OK;
}

static enum err end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct together_session_row s;
	(void)state;
	(void)a;
	TRY(together_hosted(cx, in->together_id, &s));
	return together_end(cx, &s);
}

/* ── the page of the host ── */

static const struct field person_out[] = {
	FIELD(together_person, person_id, F_ID),    FIELD(together_person, name, F_TEXT, .personal = true),
	FIELD(together_person, joined_at, F_TIME),  FIELD(together_person, left_at, F_TIME),
	FIELD(together_person, there, F_BOOL),	    FIELD(together_person, way, F_TEXT),
	FIELD(together_person, enrolled, F_BOOL),   FIELD(together_person, ms, F_INT),
	FIELD(together_person, percent, F_INT),	    FIELD(together_person, credited, F_BOOL),
	FIELD(together_person, check_open, F_BOOL), FIELD_END,
};

static enum err put_acts(struct ctx *cx, struct together_page *v)
{
	struct together_acts_row *r;
	TRY(together_sql_acts(cx, v->of.id, &r, &v->n_acts));
	v->acts = ARENA_ARRAY(cx->arena, struct together_act_item, v->n_acts + 1);
	for (size_t i = 0; i < v->n_acts; i++)
		v->acts[i] = (struct together_act_item){ r[i].id, v->of.id, r[i].n, r[i].at, r[i].stayed, r[i].undone_at != NONE };
	return OK;
}

static enum err put_counts(struct ctx *cx, struct together_item *v)
{
	struct together_counts_row n;
	TRY(together_sql_counts(cx, cx->now, v->id, &n));
	v->n_there = n.n_there;
	v->n_people = n.n_people;
	return OK;
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct together_page *v = ARENA_NEW(cx->arena, struct together_page);
	struct together_session_row s;
	struct together_standing host;
	struct door door;
	(void)state;
	TRY(together_hosted(cx, in->together_id, &s));
	v->of = together_item(cx, &s);
	TRY(put_counts(cx, &v->of));
	if (v->of.open) {
		TRY(together_door(cx, &s, &door));
		v->number = code_number(cx->arena, door.key, s.id);
	}
	TRY(together_people(cx, &s, in->after, &v->people, &v->n_people, &a->next));
	v->next = a->next.n ? str_fmt(cx->arena, "/together/%lld?after=%.*s", (long long)s.id, STR_ARG(a->next)) : STR_NONE;
	TRY(put_acts(cx, v));
	TRY(together_standing(cx, s.host_id, s.resource_id, &host));
	v->no_check = !host.proved;
	ANSWER_ROWS(a, v->people, v->n_people);
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("Group session"));
	return OK;
}

/* ── the screen of the room ── */

struct screen_out {
	bool open;
	struct str number, token;
	int64_t token_until, n_there;
	struct str session; /* of the view, to report with */
};
static const struct field screen_out[] = {
	FIELD(screen_out, open, F_BOOL),
	FIELD(screen_out, number, F_TEXT),
	FIELD(screen_out, token, F_TEXT),
	FIELD(screen_out, token_until, F_TIME),
	FIELD(screen_out, n_there, F_INT),
	FIELD(screen_out, session, F_TEXT),
	FIELD_END,
};

static enum err put_door(struct ctx *cx, const struct together_session_row *s, struct together_screen_page *v, struct screen_out *row)
{
	struct door door;
	TRY(together_door(cx, s, &door));
	row->number = v->number = code_number(cx->arena, door.key, s->id);
	row->token = code_token(cx->arena, door.key, s->id, cx->now);
	row->token_until = (cx->now / CODE_STEP_MS + 2) * CODE_STEP_MS;
	v->address = str_fmt(cx->arena, "%.*s/join", STR_ARG(public_host(cx)));
	struct str scanned = str_fmt(cx->arena, "%.*s/together/%lld/join?token=%s", STR_ARG(cx->app->base_url), (long long)s->id, row->token.p);
	v->path = qr_path(cx, scanned, &v->size);
	return OK;
}

static enum err put_player(struct ctx *cx, const struct together_session_row *s, struct resource_page *v)
{
	struct course_resource_row r;
	bool found = false;
	TRY(course_sql_resource(cx, s->resource_id, &r, &found));
	if (!found || !together_suits(r.kind, r.ended_at))
		return fail(cx, ERR_GONE, "", N_("This lesson was taken out of the course. What you had done in it is kept."));
	TRY(player_put(cx, &r, NONE, v));
	v->in_room = true;
	v->from_s = v->complete ? 0 : v->from_s;
	v->seen = S("");
	v->n_bars = 0;
	v->covered_ms = 0;
	v->report = str_fmt(cx->arena, "/api/v1/together/%lld/progress", (long long)s->id);
	return OK;
}

static enum err screen_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct together_screen_page *v = ARENA_NEW(cx->arena, struct together_screen_page);
	struct screen_out *row = ARENA_NEW(cx->arena, struct screen_out);
	struct together_session_row s;
	struct str next;
	(void)state;
	TRY(together_hosted(cx, in->together_id, &s));
	v->of = together_item(cx, &s);
	TRY(put_counts(cx, &v->of));
	*row = (struct screen_out){ .open = v->of.open, .token_until = NONE, .n_there = v->of.n_there };
	if (v->of.open) {
		TRY(put_door(cx, &s, v, row));
		TRY(put_player(cx, &s, &v->player));
		row->session = v->player.session;
	}
	TRY(together_people(cx, &s, STR_NONE, &v->people, &v->n_people, &next));
	ANSWER_ROW(a, row);
	a->view = v;
	a->nav = NAV_LEARN;
	a->title = s.title;
	a->player = v->of.open;
	return OK;
}

/* ── reports ── */

struct report_in {
	int64_t together_id, seq, position;
	struct str session, intervals;
};
static const struct field report_in[] = {
	FIELD(report_in, together_id, F_ID, .must = true),
	FIELD(report_in, session, F_TEXT, .must = true, .max = 80),
	FIELD(report_in, seq, F_INT, .must = true, .max = (1 << 20) - 1),
	FIELD(report_in, position, F_INT, .max = 1000000),
	FIELD(report_in, intervals, F_JSON, .must = true, .max = 8000),
	FIELD_END,
};
/* Not how the host stands: on this device counts what is played now, whatever he has seen before. */
struct report_out {
	int64_t n_paid;
};
static const struct field report_out[] = { FIELD(report_out, n_paid, F_INT), FIELD_END };

static enum err report_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct report_in *in = input;
	struct report_out *row = ARENA_NEW(cx->arena, struct report_out);
	struct together_session_row s;
	(void)state;
	TRY(together_hosted(cx, in->together_id, &s));
	struct report r = { s.resource_id, in->session, in->seq, in->position == NONE ? 0 : in->position, in->intervals };
	TRY(together_report(cx, &s, &r, &row->n_paid));
	ANSWER_ROW(a, row);
	return OK;
}

/* ── somebody leaves ── */

struct left_in {
	int64_t together_id, person_id;
};
static const struct field left_in[] = { FIELD(left_in, together_id, F_ID, .must = true), FIELD(left_in, person_id, F_ID, .must = true), FIELD_END };

static enum err left_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct left_in *in = input;
	struct together_session_row s;
	(void)state;
	(void)a;
	TRY(together_hosted(cx, in->together_id, &s));
	return together_leave(cx, &s, in->person_id);
}

#define ONE "/together/{together_id}"
#define OF_ONE .may = MAY_LEARN, .own = true, .in = one_in, .in_size = sizeof(struct one_in)
const struct action together_actions[] = {
	{ .name = "together.open",
	  .method = POST,
	  .page = "/resources/{resource_id}/together",
	  .api = "/api/v1/resources/{resource_id}/together",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = open_in,
	  .in_size = sizeof(struct open_in),
	  .out = open_out,
	  .run = open_run,
	  .form = "course.resource",
	  .summary = "Opens a group session: people of one's office watch this resource together on one device." },
	{ .name = "together.show",
	  .method = GET,
	  .page = ONE,
	  .api = "/api/v1" ONE "/people",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = list_in,
	  .in_size = sizeof(struct one_in),
	  .out = person_out,
	  .out_list = true,
	  .run = show_run,
	  .html = together_view,
	  .summary = "A group session for its host: who is there, what each was credited." },
	{ .name = "together.screen",
	  .method = GET,
	  .page = ONE "/screen",
	  .api = "/api/v1" ONE "/door",
	  OF_ONE,
	  .out = screen_out,
	  .run = screen_run,
	  .html = together_screen_view,
	  .summary = "What the shared device shows: the player, the code that changes every 20 seconds, the number, who is in." },
	{ .name = "together.report",
	  .method = POST,
	  .api = "/api/v1" ONE "/progress",
	  .may = MAY_LEARN,
	  .own = true,
	  .quiet = true,
	  .in = report_in,
	  .in_size = sizeof(struct report_in),
	  .out = report_out,
	  .run = report_run,
	  .max_body = 16 * 1024,
	  .summary = "Reports what the shared device played: credits the host as always, and each one for the time that he was there." },
	{ .name = "together.left",
	  .method = POST,
	  .page = ONE "/people/{person_id}/left",
	  .api = "/api/v1" ONE "/people/{person_id}/left",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = left_in,
	  .in_size = sizeof(struct left_in),
	  .run = left_run,
	  .form = "together.show",
	  .then = ONE,
	  .notice = N_("It is noted."),
	  .summary = "Somebody has left a group session." },
	{ .name = "together.end",
	  .method = POST,
	  .page = ONE "/end",
	  .api = "/api/v1" ONE "/end",
	  OF_ONE,
	  .run = end_run,
	  .form = "together.show",
	  .then = ONE,
	  .notice = N_("The group session is over."),
	  .summary = "Ends a group session." },
	ACTION_END,
};
