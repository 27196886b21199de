/* Papers of people with an account: pages and API. */
#include "feature/attempt/attempt.h"
#include "feature/attempt/paper_web.h"
#include "web/action.h"
#include "web/lang.h"
#include "attempt_html.h"

static struct exam_taker me(const struct ctx *cx)
{
	return (struct exam_taker){ .id = cx->actor.person_id };
}

static struct paper_place place_of(struct ctx *cx, int64_t attempt_id)
{
	return (struct paper_place){ me(cx), attempt_id, str_fmt(cx->arena, "/exam-attempts/%lld", (long long)attempt_id),
				     str_fmt(cx->arena, "/api/v1/exam-attempts/%lld", (long long)attempt_id) };
}

/* ── opening ── */

struct open_in {
	int64_t exam_id;
	struct str lang;
};
static const struct field open_in[] = { FIELD(open_in, exam_id, F_ID, .must = true), FIELD(open_in, lang, F_TEXT, .max = 20), FIELD_END };

static enum err open_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct open_in *in = input;
	int64_t id;
	(void)state;
	struct exam_taker t = me(cx);
	t.lang = in->lang;
	TRY(attempt_open(cx, t, in->exam_id, &id));
	struct paper_place p = place_of(cx, id);
	return paper_opened(cx, &p, a);
}

/* ── the paper, and what became of it ── */

struct show_in {
	int64_t attempt_id;
	struct strs answer; /* of a form that was refused: what was typed stays */
};
static const struct field show_in[] = {
	FIELD(show_in, attempt_id, F_ID, .must = true),
	FIELD(show_in, answer, F_TEXTS, .max = PAPER_KEYED_MAX),
	FIELD_END,
};

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct show_in *in = input;
	struct paper_place p = place_of(cx, in->attempt_id);
	(void)state;
	return paper_show(cx, &p, in->answer.n ? &in->answer : NULL, a);
}

/* ── saving and handing in ── */

struct save_in {
	int64_t attempt_id;
	struct str answers;
};
static const struct field save_in[] = {
	FIELD(save_in, attempt_id, F_ID, .must = true),
	FIELD(save_in, answers, F_JSON, .must = true, .max = PAPER_MESSAGE_MAX),
	FIELD_END,
};

static enum err save_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct save_in *in = input;
	struct paper_place p = place_of(cx, in->attempt_id);
	(void)state;
	return paper_save(cx, &p, in->answers, a);
}

struct submit_in {
	int64_t attempt_id;
	struct strs answer;
	struct str later;
};
static const struct field submit_in[] = {
	FIELD(submit_in, attempt_id, F_ID, .must = true),
	FIELD(submit_in, answer, F_TEXTS, .max = PAPER_KEYED_MAX),
	FIELD(submit_in, later, F_CHOICE, .choices = paper_laters),
	FIELD_END,
};

static enum err submit_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct submit_in *in = input;
	struct paper_place p = place_of(cx, in->attempt_id);
	(void)state;
	return paper_submit(cx, &p, &in->answer, in->later, a);
}

struct events_in {
	int64_t attempt_id;
	struct str events;
};
static const struct field events_in[] = {
	FIELD(events_in, attempt_id, F_ID, .must = true),
	FIELD(events_in, events, F_JSON, .must = true, .max = PAPER_MESSAGE_MAX),
	FIELD_END,
};

static enum err events_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct events_in *in = input;
	struct paper_place p = place_of(cx, in->attempt_id);
	(void)state;
	return paper_note(cx, &p, in->events, a);
}

struct picture_in {
	int64_t attempt_id, n;
};
static const struct field picture_in[] = { FIELD(picture_in, attempt_id, F_ID, .must = true), FIELD(picture_in, n, F_INT, .must = true), FIELD_END };

static enum err picture_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct picture_in *in = input;
	struct paper_place p = place_of(cx, in->attempt_id);
	(void)state;
	return paper_picture(cx, &p, in->n, a);
}

#define PAPER "/exam-attempts/{attempt_id}"
const struct action attempt_actions[] = {
	{ .name = "attempt.open",
	  .method = POST,
	  .page = "/exams/{exam_id}/attempts",
	  .api = "/api/v1/exams/{exam_id}/attempts",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = open_in,
	  .in_size = sizeof(struct open_in),
	  .out = paper_opened_out,
	  .run = open_run,
	  .summary = "Opens a paper of an examination, or takes the open one to this device." },
	{ .name = "attempt.show",
	  .method = GET,
	  .page = PAPER,
	  .api = "/api/v1" PAPER,
	  .may = MAY_LEARN,
	  .own = true,
	  .in = show_in,
	  .in_size = sizeof(struct show_in),
	  .out = attempt_out,
	  .run = show_run,
	  .html = attempt_view,
	  .summary = "One's own paper: while it is open the questions, afterwards the result." },
	{ .name = "attempt.save",
	  .method = PUT,
	  .api = "/api/v1" PAPER "/answers",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = save_in,
	  .in_size = sizeof(struct save_in),
	  .out = paper_saved_out,
	  .run = save_run,
	  .quiet = true,
	  .max_body = PAPER_BODY_MAX,
	  .summary = "Saves one or several answers (n, seq, given; elapsed_ms and seal of those that waited on the device); says of each what became of it." },
	{ .name = "attempt.submit",
	  .method = POST,
	  .page = PAPER "/submit",
	  .api = "/api/v1" PAPER "/submit",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = submit_in,
	  .in_size = sizeof(struct submit_in),
	  .out = attempt_out,
	  .run = submit_run,
	  .form = "attempt.show",
	  .then = PAPER,
	  .max_body = PAPER_BODY_MAX,
	  .summary = "Hands the paper in, with the answers that come along (N=ANSWER, or N.LEFT=RIGHT to match). With later they are only saved." },
	{ .name = "attempt.note",
	  .method = POST,
	  .api = "/api/v1" PAPER "/events",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = events_in,
	  .in_size = sizeof(struct events_in),
	  .out = paper_noted_out,
	  .run = events_run,
	  .quiet = true,
	  .max_body = PAPER_BODY_MAX,
	  .summary = "Keeps what the device noticed: left, back, copied, pasted, line-down, line-up." },
	{ .name = "attempt.picture",
	  .method = GET,
	  .page = PAPER "/pictures/{n}",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = picture_in,
	  .in_size = sizeof(struct picture_in),
	  .run = picture_run,
	  .summary = "The picture of a question of one's own paper." },
	ACTION_END,
};
