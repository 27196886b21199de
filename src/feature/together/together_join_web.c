/* Coming into a group session by oneself: the page to which the code leads, the page where its number is typed, going. */
#include "feature/attendance/attendance_code.h"
#include "feature/together/together_view.h"
#include "together_join_html.h"
#include "together_number_html.h"
#include "web/action.h"
#include "web/lang.h"
#include "web/request.h"

enum { TICKET_MAX = 400 };

/* ── the page of the code ── */

struct show_in {
	int64_t together_id;
	struct str token, ticket;
};
static const struct field show_in[] = { FIELD(show_in, together_id, F_ID, .must = true), FIELD(show_in, token, F_TEXT),
					FIELD(show_in, ticket, F_TEXT, .max = TICKET_MAX), FIELD_END };
struct join_out {
	int64_t together_id;
	struct str title, course, host, ticket, why;
	bool open, there, enrols;
};
static const struct field join_out[] = {
	FIELD(join_out, together_id, F_ID), FIELD(join_out, title, F_TEXT),
	FIELD(join_out, course, F_TEXT),    FIELD(join_out, host, F_TEXT, .personal = true),
	FIELD(join_out, open, F_BOOL),	    FIELD(join_out, there, F_BOOL),
	FIELD(join_out, enrols, F_BOOL),    FIELD(join_out, ticket, F_TEXT),
	FIELD(join_out, why, F_TEXT),	    FIELD_END,
};

/* Where one comes back to after signing in, with the ticket for this browser. */
static struct str sign_in_of(struct ctx *cx, int64_t id, struct str ticket)
{
	struct str back = str_fmt(cx->arena, "/together/%lld/join%s%.*s", (long long)id, ticket.n ? "?ticket=" : "", STR_ARG(ticket));
	return str_fmt(cx->arena, "/sign-in?to=%s", url_encoded(cx, back).p);
}

static enum err put_own(struct ctx *cx, const struct together_session_row *s, struct together_join_page *v)
{
	struct together_there_row row;
	struct together_guest g;
	v->signed_in = cx->actor.person_id != 0;
	if (!v->signed_in)
		return OK;
	TRY(together_sql_there(cx, s->id, cx->actor.person_id, cx->now, &row, &v->there));
	if (v->there) {
		v->joined_at = row.joined_at;
		v->enrolled = row.enrolled;
		return OK;
	}
	TRY(together_judge(cx, s, cx->actor.person_id, 0, &g));
	v->enrols = g.enrols;
	v->leaves = g.leaves;
	v->cannot = g.fate == TOGETHER_COMES ? S("") : str_of(tr(cx->lang, together_why(g.fate, true)));
	return OK;
}

static enum err put_ticket(struct ctx *cx, const struct together_session_row *s, const struct show_in *in, struct together_join_page *v)
{
	const char *why = NULL;
	struct door door;
	if (!v->of.open || (!in->token.n && !in->ticket.n))
		return OK;
	TRY(together_door(cx, s, &door));
	int64_t at = door_seen_at(cx, &door, in->token, in->ticket, &why);
	if (at != NONE)
		v->ticket = door_ticket(cx, &door, at);
	v->why = why ? str_of(tr(cx->lang, why)) : S("");
	return OK;
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct show_in *in = input;
	struct together_join_page *v = ARENA_NEW(cx->arena, struct together_join_page);
	struct join_out *row = ARENA_NEW(cx->arena, struct join_out);
	struct together_session_row s;
	(void)state;
	TRY(together_find(cx, in->together_id, &s));
	v->of = together_item(cx, &s);
	TRY(put_own(cx, &s, v));
	TRY(put_ticket(cx, &s, in, v));
	v->sign_in = sign_in_of(cx, s.id, v->ticket);
	*row = (struct join_out){ s.id, s.title, s.course, s.host, v->ticket, v->cannot.n ? v->cannot : v->why, v->of.open, v->there, v->enrols };
	ANSWER_ROW(a, row);
	a->view = v;
	a->nav = NAV_LEARN;
	a->title = s.title;
	return OK;
}

/* ── the button ── */

struct come_in {
	int64_t together_id;
	struct str token, ticket;
};
static const struct field come_in[] = { FIELD(come_in, together_id, F_ID, .must = true), FIELD(come_in, token, F_TEXT),
					FIELD(come_in, ticket, F_TEXT, .personal = true, .max = TICKET_MAX), FIELD_END };

static enum err come_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct come_in *in = input;
	const char *why = NULL;
	struct together_session_row s;
	struct together_guest g;
	struct door door;
	(void)state;
	(void)a;
	TRY(together_find(cx, in->together_id, &s));
	TRY(together_need_open(cx, &s));
	TRY(together_door(cx, &s, &door));
	if ((!in->token.n && !in->ticket.n) || door_seen_at(cx, &door, in->token, in->ticket, &why) == NONE)
		return fail(cx, ERR_INVALID, "", why ? why : N_("Scan the code on the screen of the room, or type its number."));
	return together_come(cx, &s, cx->actor.person_id, "qr", NONE, &g);
}

/* ── the number ── */

struct number_in {
	struct str number;
};
static const struct field number_in[] = {
	FIELD(number_in, number, F_TEXT, .label = N_("The six digits on the screen of the room"), .must = true, .personal = true, .max = 20),
	FIELD_END,
};
struct number_out {
	int64_t together_id;
};
static const struct field number_out[] = { FIELD(number_out, together_id, F_ID), FIELD_END };

static enum err number_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)input;
	(void)state;
	a->view = ARENA_NEW(cx->arena, struct together_number_page);
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("Join a group session"));
	return OK;
}

static enum err by_number_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct number_in *in = input;
	struct number_out *row = ARENA_NEW(cx->arena, struct number_out);
	struct together_session_row s;
	struct together_guest g;
	(void)state;
	TRY(together_numbered(cx, in->number, &row->together_id, &a->refused));
	if (a->refused != OK)
		return OK;
	TRY(together_find(cx, row->together_id, &s));
	TRY(together_come(cx, &s, cx->actor.person_id, "pin", NONE, &g));
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/together/%lld/join", (long long)s.id);
	return OK;
}

/* ── going ── */

struct go_in {
	int64_t together_id;
};
static const struct field go_in[] = { FIELD(go_in, together_id, F_ID, .must = true), FIELD_END };

static enum err go_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct go_in *in = input;
	struct together_session_row s;
	(void)state;
	(void)a;
	TRY(together_find(cx, in->together_id, &s));
	return together_leave(cx, &s, cx->actor.person_id);
}

#define JOIN "/together/{together_id}/join"
const struct action together_join_actions[] = {
	{ .name = "together_join.show",
	  .method = GET,
	  .page = JOIN,
	  .api = "/api/v1" JOIN,
	  .may = MAY_ANYONE,
	  .in = show_in,
	  .in_size = sizeof(struct show_in),
	  .out = join_out,
	  .run = show_run,
	  .html = together_join_view,
	  .summary = "Where the code on the screen of a group session leads: with its token, a ticket to press the button with." },
	{ .name = "together_join.come",
	  .method = POST,
	  .page = JOIN,
	  .api = "/api/v1" JOIN,
	  .may = MAY_LEARN,
	  .own = true,
	  .in = come_in,
	  .in_size = sizeof(struct come_in),
	  .run = come_run,
	  .form = "together_join.show",
	  .then = JOIN,
	  .summary = "Comes into a group session by token or ticket; enrols on its course who is not yet." },
	{ .name = "together_join.number",
	  .method = GET,
	  .page = "/join",
	  .may = MAY_LEARN,
	  .own = true,
	  .run = number_run,
	  .html = together_number_view,
	  .summary = "The page where the number of a group session is typed." },
	{ .name = "together_join.by_number",
	  .method = POST,
	  .page = "/join",
	  .api = "/api/v1/me/join",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = number_in,
	  .in_size = sizeof(struct number_in),
	  .out = number_out,
	  .run = by_number_run,
	  .form = "together_join.number",
	  .summary = "Comes into the open group session of this number." },
	{ .name = "together_join.go",
	  .method = POST,
	  .page = "/together/{together_id}/go",
	  .api = "/api/v1/together/{together_id}/go",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = go_in,
	  .in_size = sizeof(struct go_in),
	  .run = go_run,
	  .form = "together_join.show",
	  .then = JOIN,
	  .notice = N_("You have left. What you saw until now is kept."),
	  .summary = "Leaves a group session." },
	ACTION_END,
};
