/* The check after a group session: on the own phone, and on the shared device in turn. */
#include "feature/person/person.h"
#include "feature/progress/in_group_web.h"
#include "feature/together/together_view.h"
#include "together_check_html.h"
#include "together_turns_html.h"
#include "web/action.h"
#include "web/lang.h"

enum { KEYED_MAX = GIVEN_TEXT_MAX + 40, AFTER_MAX = 300 };

static const struct field check_out[] = {
	FIELD(together_check_page, resource_id, F_ID),
	FIELD(together_check_page, course_id, F_ID),
	FIELD(together_check_page, title, F_TEXT),
	FIELD(together_check_page, check_id, F_ID),
	FIELD(together_check_page, percent, F_INT),
	FIELD(together_check_page, pass, F_INT),
	FIELD(together_check_page, left, F_INT),
	FIELD(together_check_page, may, F_BOOL),
	FIELD(together_check_page, why, F_TEXT),
	FIELD(together_check_page, credited, F_BOOL),
	FIELD(together_check_page, host, F_TEXT, .personal = true),
	FIELD(together_check_page, checked, F_TEXT),
	FIELD(together_check_page, last_percent, F_INT),
	FIELD_END,
};

/* ── on the own phone ── */

struct own_in {
	int64_t resource_id;
	struct strs answer;
};
static const struct field own_in[] = { FIELD(own_in, resource_id, F_ID, .must = true), FIELD_END };
static const struct field own_answers_in[] = { FIELD(own_in, resource_id, F_ID, .must = true), FIELD(own_in, answer, F_TEXTS, .max = KEYED_MAX), FIELD_END };

/* In whose group it was seen, and how the last check went. */
static enum err put_past(struct ctx *cx, int64_t person_id, int64_t resource_id, struct together_check_page *v)
{
	struct in_group seen;
	struct together_last_check_row last;
	TRY(in_group(cx, person_id, resource_id, &seen));
	v->host = seen.host;
	v->checked = seen.checked;
	TRY(together_sql_last_check(cx, person_id, resource_id, &last, &v->tried));
	v->passed = v->tried && last.passed;
	v->last_percent = v->tried ? last.percent : NONE;
	return OK;
}

static enum err own_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct own_in *in = input;
	struct together_check_page *v = ARENA_NEW(cx->arena, struct together_check_page);
	struct together_open_check_row open;
	struct together_standing s;
	struct quiz_answers typed;
	bool begun = false;
	(void)state;
	TRY(quiz_answers(cx, &in->answer, &typed));
	TRY(together_standing(cx, cx->actor.person_id, in->resource_id, &s));
	*v = together_check_page(cx, &s);
	TRY(put_past(cx, cx->actor.person_id, in->resource_id, v));
	TRY(together_sql_open_check(cx, cx->actor.person_id, in->resource_id, &open, &begun));
	v->check_id = begun ? open.id : NONE;
	if (begun && v->may && str_is(open.way, "phone"))
		TRY(together_put_questions(cx, open.id, &typed, v));
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("My check"));
	return OK;
}

static enum err begin_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct own_in *in = input;
	struct together_standing s;
	int64_t id;
	(void)state;
	(void)a;
	TRY(together_standing(cx, cx->actor.person_id, in->resource_id, &s));
	if (s.of.together_id == NONE)
		return fail(cx, ERR_CONFLICT, "", N_("You were in no group session for this part, so there is nothing to check."));
	return together_check_begin(cx, s.of.together_id, in->resource_id, cx->actor.person_id, "phone", &id);
}

static enum err hand_in_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct own_in *in = input;
	struct together_open_check_row open;
	struct together_check_row k;
	struct quiz_answers given;
	bool begun = false, passed;
	(void)state;
	(void)a;
	TRY(quiz_answers(cx, &in->answer, &given));
	TRY(together_sql_open_check(cx, cx->actor.person_id, in->resource_id, &open, &begun));
	if (!begun || !str_is(open.way, "phone"))
		return fail(cx, ERR_CONFLICT, "", N_("No check of yours is open here."));
	TRY(together_check_find(cx, open.id, &k));
	return together_check_hand_in(cx, &k, &given, &passed);
}

/* ── on the shared device ── */

struct turns_in {
	int64_t together_id;
	struct str after;
};
static const struct field turns_in[] = { FIELD(turns_in, together_id, F_ID, .must = true), FIELD(turns_in, after, F_TEXT, .personal = true, .max = AFTER_MAX),
					 FIELD_END };
static const struct field turn_out[] = {
	FIELD(together_person, person_id, F_ID),
	FIELD(together_person, name, F_TEXT, .personal = true),
	FIELD(together_person, percent, F_INT),
	FIELD(together_person, check_open, F_BOOL),
	FIELD(together_person, credited, F_BOOL),
	FIELD(together_person, why, F_TEXT),
	FIELD_END,
};

static bool in_time(const struct ctx *cx, const struct together_session_row *s)
{
	return cx->now < s->ends_at + TOGETHER_AFTER;
}

static enum err turns_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct turns_in *in = input;
	struct together_turns_page *v = ARENA_NEW(cx->arena, struct together_turns_page);
	struct together_session_row s;
	(void)state;
	TRY(together_hosted(cx, in->together_id, &s));
	v->of = together_item(cx, &s);
	v->in_time = in_time(cx, &s);
	TRY(together_people(cx, &s, in->after, &v->rows, &v->n_rows, &a->next));
	v->next = a->next.n ? str_fmt(cx->arena, "/together/%lld/turns?after=%.*s", (long long)s.id, STR_ARG(a->next)) : STR_NONE;
	ANSWER_ROWS(a, v->rows, v->n_rows);
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("Checks in turn"));
	return OK;
}

struct turn_in {
	int64_t together_id, person_id;
	struct str number;
	bool tick;
};
static const struct field turn_in[] = {
	FIELD(turn_in, together_id, F_ID, .must = true),
	FIELD(turn_in, person_id, F_ID, .must = true),
	FIELD(turn_in, number, F_TEXT, .label = N_("Personal number"), .personal = true, .max = 20),
	FIELD(turn_in, tick, F_BOOL, .label = N_("The host says that it is this person")),
	FIELD_END,
};
struct turn_begun {
	int64_t check_id;
};
static const struct field begun_out[] = { FIELD(turn_begun, check_id, F_ID), FIELD_END };

static enum err was_here(struct ctx *cx, const struct together_session_row *s, int64_t person_id)
{
	struct together_candidate_row c;
	bool found = false;
	TRY(together_sql_candidate(cx, cx->now, s->id, person_today(cx), s->course_id, person_id, &c, &found));
	return found && c.was_here ? OK : fail(cx, ERR_NOT_FOUND, "person_id", N_("This person was not in this group session."));
}

static enum err turn_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct turn_in *in = input;
	struct turn_begun *row = ARENA_NEW(cx->arena, struct turn_begun);
	struct together_session_row s;
	(void)state;
	TRY(together_hosted(cx, in->together_id, &s));
	TRY(was_here(cx, &s, in->person_id));
	if (!in_time(cx, &s))
		return fail(cx, ERR_CONFLICT, "", N_("The shared device asks until an hour after the session. Each one can still answer on the own phone."));
	if (!in->tick)
		TRY(together_number_fits(cx, in->person_id, in->number.n ? in->number : S(""), &a->refused));
	if (a->refused != OK)
		return OK;
	TRY(together_check_begin(cx, s.id, s.resource_id, in->person_id, in->tick ? "tick" : "number", &row->check_id));
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/together/%lld/checks/%lld", (long long)s.id, (long long)row->check_id);
	return OK;
}

struct shared_in {
	int64_t together_id, check_id;
	struct strs answer;
};
static const struct field shared_in[] = {
	FIELD(shared_in, together_id, F_ID, .must = true),
	FIELD(shared_in, check_id, F_ID, .must = true),
	FIELD(shared_in, answer, F_TEXTS, .max = KEYED_MAX),
	FIELD_END,
};

/* A check that was begun on this device and is not handed in. */
static enum err shared_check(struct ctx *cx, const struct shared_in *in, struct together_check_row *ret)
{
	struct together_session_row s;
	TRY(together_hosted(cx, in->together_id, &s));
	TRY(together_check_find(cx, in->check_id, ret));
	bool here = ret->together_id == s.id && (str_is(ret->way, "number") || str_is(ret->way, "tick"));
	return here ? OK : fail(cx, ERR_NOT_FOUND, "check_id", N_("There is no such check."));
}

static enum err shared_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct shared_in *in = input;
	struct together_check_page *v = ARENA_NEW(cx->arena, struct together_check_page);
	struct together_check_row k;
	struct together_standing s;
	struct quiz_answers typed;
	(void)state;
	TRY(quiz_answers(cx, &in->answer, &typed));
	TRY(shared_check(cx, in, &k));
	TRY(together_standing(cx, k.person_id, k.resource_id, &s));
	*v = together_check_page(cx, &s);
	v->together_id = in->together_id;
	v->name = k.name;
	v->check_id = k.id;
	v->tried = k.done_at != NONE;
	v->passed = k.passed;
	v->last_percent = k.percent;
	if (!v->tried && v->may)
		TRY(together_put_questions(cx, k.id, &typed, v));
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_LEARN;
	a->title = k.name;
	return OK;
}

static enum err shared_hand_in_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct shared_in *in = input;
	struct together_check_row k;
	struct quiz_answers given;
	bool passed;
	(void)state;
	(void)a;
	TRY(quiz_answers(cx, &in->answer, &given));
	TRY(shared_check(cx, in, &k));
	return together_check_hand_in(cx, &k, &given, &passed);
}

#define OWN "/resources/{resource_id}/check"
#define ONE "/together/{together_id}"
#define MINE .may = MAY_LEARN, .own = true
const struct action together_check_actions[] = {
	{ .name = "together_check.own",
	  .method = GET,
	  .page = OWN,
	  .api = "/api/v1" OWN,
	  MINE,
	  .in = own_answers_in,
	  .in_size = sizeof(struct own_in),
	  .out = check_out,
	  .run = own_run,
	  .html = together_check_view,
	  .summary = "One's check after having seen a resource in a group: whether it is open, its questions, how the last one went." },
	{ .name = "together_check.begin",
	  .method = POST,
	  .page = OWN,
	  .api = "/api/v1" OWN,
	  MINE,
	  .in = own_in,
	  .in_size = sizeof(struct own_in),
	  .run = begin_run,
	  .form = "together_check.own",
	  .then = OWN,
	  .summary = "Begins one's check on the own device: questions by lot out of the quiz that proves the resource." },
	{ .name = "together_check.hand_in",
	  .method = POST,
	  .page = OWN "/answers",
	  .api = "/api/v1" OWN "/answers",
	  MINE,
	  .in = own_answers_in,
	  .in_size = sizeof(struct own_in),
	  .run = hand_in_run,
	  .form = "together_check.own",
	  .then = OWN,
	  .summary = "Hands one's check in (QUESTION=ANSWER); passed, the resource is credited." },
	{ .name = "together_check.turns",
	  .method = GET,
	  .page = ONE "/turns",
	  .api = "/api/v1" ONE "/turns",
	  MINE,
	  .in = turns_in,
	  .in_size = sizeof(struct turns_in),
	  .out = turn_out,
	  .out_list = true,
	  .run = turns_run,
	  .html = together_turns_view,
	  .summary = "Whose check can be answered on the shared device, and whose not and why; for the host." },
	{ .name = "together_check.turn",
	  .method = POST,
	  .page = ONE "/turns/{person_id}",
	  .api = "/api/v1" ONE "/turns/{person_id}",
	  MINE,
	  .in = turn_in,
	  .in_size = sizeof(struct turn_in),
	  .out = begun_out,
	  .run = turn_run,
	  .form = "together_check.turns",
	  .summary = "Begins somebody's check on the shared device, by the personal number or a tick of the host, which is kept and shown." },
	{ .name = "together_check.shared",
	  .method = GET,
	  .page = ONE "/checks/{check_id}",
	  .api = "/api/v1" ONE "/checks/{check_id}",
	  MINE,
	  .in = shared_in,
	  .in_size = sizeof(struct shared_in),
	  .out = check_out,
	  .run = shared_run,
	  .html = together_check_view,
	  .summary = "Somebody's check on the shared device." },
	{ .name = "together_check.shared_hand_in",
	  .method = POST,
	  .page = ONE "/checks/{check_id}/answers",
	  .api = "/api/v1" ONE "/checks/{check_id}/answers",
	  MINE,
	  .in = shared_in,
	  .in_size = sizeof(struct shared_in),
	  .run = shared_hand_in_run,
	  .form = "together_check.shared",
	  .then = ONE "/checks/{check_id}",
	  .summary = "Hands in a check that was answered on the shared device." },
	ACTION_END,
};
