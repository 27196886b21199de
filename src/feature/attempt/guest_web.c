/* Public assessments, taken without an account: the page where one begins, and the paper under an address that is secret. */
#include "feature/attempt/attempt.h"
#include "feature/attempt/paper_web.h"
#include "web/action.h"
#include "web/lang.h"
#include "web/session.h"
#include "attempt_html.h"
#include "exam_public_html.h"

/* ── the page where one begins ── */

struct begin_in {
	int64_t exam_id;
	struct str name;
};
static const struct field door_in[] = { FIELD(begin_in, exam_id, F_ID, .must = true), FIELD_END };
static const struct field begin_in[] = {
	FIELD(begin_in, exam_id, F_ID, .must = true),
	FIELD(begin_in, name, F_TEXT, .label = N_("Your name"), .hint = N_("As it should stand on your result."), .must = true, .personal = true,
	      .max = GUEST_NAME_MAX, .autocomplete = "name"),
	FIELD_END,
};
struct door_out {
	int64_t exam_id, minutes, pass, opens_at, closes_at;
	struct str title, about;
	bool is_open;
};
static const struct field door_out[] = {
	FIELD(door_out, exam_id, F_ID),	    FIELD(door_out, title, F_TEXT),   FIELD(door_out, about, F_TEXT),
	FIELD(door_out, minutes, F_INT),    FIELD(door_out, pass, F_INT),     FIELD(door_out, opens_at, F_TIME),
	FIELD(door_out, closes_at, F_TIME), FIELD(door_out, is_open, F_BOOL), FIELD_END,
};

static enum err door_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct begin_in *in = input;
	struct public_page *v = ARENA_NEW(cx->arena, struct public_page);
	struct door_out *r = ARENA_NEW(cx->arena, struct door_out);
	struct attempt_public_row e;
	bool found = false;
	(void)state;
	TRY(attempt_sql_public(cx, in->exam_id, &e, &found));
	if (!found || str_is(e.state, "draft"))
		return fail(cx, ERR_NOT_FOUND, "exam_id", N_("There is no such examination."));
	bool now = str_is(e.state, "open") && cx->now >= e.opens_at && cx->now < e.closes_at;
	*v = (struct public_page){ e.title, e.about, e.id, e.minutes, e.pass, e.opens_at, e.closes_at, now, cx->now < e.opens_at };
	*r = (struct door_out){ e.id, e.minutes, e.pass, e.opens_at, e.closes_at, e.title, e.about, now };
	ANSWER_ROW(a, r);
	a->view = v;
	a->title = e.title;
	return OK;
}

struct begun_out {
	struct str code, address;
};
static const struct field begun_out[] = { FIELD(begun_out, code, F_TEXT), FIELD(begun_out, address, F_TEXT), FIELD_END };

static enum err begin_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct begin_in *in = input;
	struct begun_out *r = ARENA_NEW(cx->arena, struct begun_out);
	(void)state;
	TRY(attempt_guest_begin(cx, in->exam_id, in->name, &r->code));
	r->address = str_fmt(cx->arena, "/public/attempts/%.*s", STR_ARG(r->code));
	ANSWER_ROW(a, r);
	a->then = r->address;
	return OK;
}

/* ── the paper ── */

/* code: the secret part of the address. */
struct guest_in {
	struct str code, json, later;
	struct strs answer;
	int64_t n;
};
#define CODE                                                                                                                                                   \
	{                                                                                                                                                      \
		.name = "code", .kind = F_TEXT, .offset = offsetof(struct guest_in, code), .must = true, .max = 64                                             \
	}
#define JSON(called)                                                                                                                                           \
	{                                                                                                                                                      \
		.name = called, .kind = F_JSON, .offset = offsetof(struct guest_in, json), .must = true, .max = PAPER_MESSAGE_MAX                              \
	}
static const struct field show_in[] = { CODE, FIELD(guest_in, answer, F_TEXTS, .max = PAPER_KEYED_MAX), FIELD_END };
static const struct field save_in[] = { CODE, JSON("answers"), FIELD_END };
static const struct field events_in[] = { CODE, JSON("events"), FIELD_END };
static const struct field picture_in[] = { CODE, FIELD(guest_in, n, F_INT, .must = true), FIELD_END };
static const struct field submit_in[] = {
	CODE,
	FIELD(guest_in, answer, F_TEXTS, .max = PAPER_KEYED_MAX),
	FIELD(guest_in, later, F_CHOICE, .choices = paper_laters),
	FIELD_END,
};

static enum err find(struct ctx *cx, struct str code, struct paper_place *ret)
{
	struct attempt_guest_row g;
	TRY(attempt_guest(cx, code, &g));
	*ret = (struct paper_place){ { .id = g.id, .guest = true },
				     g.attempt_id,
				     str_fmt(cx->arena, "/public/attempts/%.*s", STR_ARG(code)),
				     str_fmt(cx->arena, "/api/v1/public/attempts/%.*s", STR_ARG(code)) };
	return OK;
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct guest_in *in = input;
	struct paper_place p;
	(void)state;
	TRY(find(cx, in->code, &p));
	return paper_show(cx, &p, in->answer.n ? &in->answer : NULL, a);
}

static enum err save_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct guest_in *in = input;
	struct paper_place p;
	(void)state;
	TRY(find(cx, in->code, &p));
	return paper_save(cx, &p, in->json, a);
}

static enum err submit_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct guest_in *in = input;
	struct paper_place p;
	(void)state;
	TRY(find(cx, in->code, &p));
	return paper_submit(cx, &p, &in->answer, in->later, a);
}

static enum err events_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct guest_in *in = input;
	struct paper_place p;
	(void)state;
	TRY(find(cx, in->code, &p));
	return paper_note(cx, &p, in->json, a);
}

static enum err picture_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct guest_in *in = input;
	struct paper_place p;
	(void)state;
	TRY(find(cx, in->code, &p));
	return paper_picture(cx, &p, in->n, a);
}

#define EXAM "/public/exams/{exam_id}"
#define PAPER "/public/attempts/{code}"
#define IN(fields) .in = fields, .in_size = sizeof(struct guest_in)
const struct action guest_actions[] = {
	{ .name = "guest.door",
	  .method = GET,
	  .page = EXAM,
	  .api = "/api/v1" EXAM,
	  .may = MAY_ANYONE,
	  .in = door_in,
	  .in_size = sizeof(struct begin_in),
	  .out = door_out,
	  .run = door_run,
	  .html = exam_public_view,
	  .summary = "A public assessment, which needs no account." },
	{ .name = "guest.begin",
	  .method = POST,
	  .page = EXAM,
	  .api = "/api/v1" EXAM,
	  .may = MAY_ANYONE,
	  .quiet = true,
	  .in = begin_in,
	  .in_size = sizeof(struct begin_in),
	  .out = begun_out,
	  .run = begin_run,
	  .form = "guest.door",
	  .summary = "Begins a public assessment; answers with the secret address of the paper." },
	{ .name = "guest.show",
	  .method = GET,
	  .page = PAPER,
	  .api = "/api/v1" PAPER,
	  .may = MAY_ANYONE,
	  .unlisted = true,
	  IN(show_in),
	  .out = attempt_out,
	  .run = show_run,
	  .html = attempt_view,
	  .summary = "The paper of a public assessment by its secret address: while it is open the questions, afterwards the result." },
	{ .name = "guest.save",
	  .method = PUT,
	  .api = "/api/v1" PAPER "/answers",
	  .may = MAY_ANYONE,
	  .unlisted = true,
	  .quiet = true,
	  IN(save_in),
	  .out = paper_saved_out,
	  .run = save_run,
	  .max_body = PAPER_BODY_MAX,
	  .summary = "Saves one or several answers of it, as attempt.save." },
	{ .name = "guest.submit",
	  .method = POST,
	  .page = PAPER,
	  .api = "/api/v1" PAPER "/submit",
	  .may = MAY_ANYONE,
	  .unlisted = true,
	  .quiet = true,
	  IN(submit_in),
	  .out = attempt_out,
	  .run = submit_run,
	  .form = "guest.show",
	  .max_body = PAPER_BODY_MAX,
	  .summary = "Hands it in, as attempt.submit." },
	{ .name = "guest.note",
	  .method = POST,
	  .api = "/api/v1" PAPER "/events",
	  .may = MAY_ANYONE,
	  .unlisted = true,
	  .quiet = true,
	  IN(events_in),
	  .out = paper_noted_out,
	  .run = events_run,
	  .max_body = PAPER_BODY_MAX,
	  .summary = "Keeps what the device noticed, as attempt.note." },
	{ .name = "guest.picture",
	  .method = GET,
	  .page = PAPER "/pictures/{n}",
	  .may = MAY_ANYONE,
	  .unlisted = true,
	  IN(picture_in),
	  .run = picture_run,
	  .summary = "The picture of a question of it." },
	ACTION_END,
};
