/* Reports of the player, requests for review and their answers. */
#include "feature/progress/progress.h"
#include "base/clock.h"
#include "feature/org/org.h"
#include "feature/progress/progress_page.h"
#include "provider_html.h"
#include "web/action.h"
#include "web/lang.h"

/* ── reports ── */

static const struct field report_in[] = {
	FIELD(report, resource_id, F_ID, .must = true),
	FIELD(report, session, F_TEXT, .must = true, .max = 80),
	FIELD(report, seq, F_INT, .must = true, .max = (1 << 20) - 1),
	FIELD(report, position, F_INT, .max = 1000000),
	FIELD(report, intervals, F_JSON, .must = true, .max = 8000),
	FIELD_END,
};
static const struct field standing_out[] = {
	FIELD(standing, covered_ms, F_INT),  FIELD(standing, needed_ms, F_INT),	     FIELD(standing, length_ms, F_INT), FIELD(standing, complete, F_BOOL),
	FIELD(standing, course_complete, F_BOOL), FIELD(standing, course_id, F_ID), FIELD(standing, intervals, F_JSON), FIELD(standing, missing, F_JSON),
	FIELD(standing, next, F_TEXT),	     FIELD(standing, grouped_ms, F_INT), FIELD(standing, check, F_BOOL),
	FIELD_END,
};

static enum err report_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct report in = *(const struct report *)input;
	struct standing *s = ARENA_NEW(cx->arena, struct standing);
	(void)state;
	if (in.position == NONE)
		in.position = 0;
	TRY(progress_report(cx, &in, s));
	ANSWER_ROW(a, s);
	return OK;
}

/* ── asking for a review ── */

struct ask {
	int64_t resource_id;
	struct str words;
};
static const struct field ask_in[] = {
	FIELD(ask, resource_id, F_ID, .must = true),
	FIELD(ask, words, F_LONG, .label = N_("What happened?"), .hint = N_("For example: I read it with a screen reader, or on paper."), .must = true, .min = 3, .max = 1000),
	FIELD_END,
};

static enum err ask_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct ask *in = input;
	(void)state;
	(void)a;
	return progress_ask_review(cx, in->resource_id, in->words);
}

/* ── the provider's side ── */

static enum err add_requests(struct ctx *cx, int64_t org_id, struct provider_page *v)
{
	struct progress_requests_below_row *rows;
	size_t n;
	TRY(progress_sql_requests_below(cx, org_id, &rows, &n));
	for (size_t i = 0; i < n; i++)
		*ARENA_PUSH(cx->arena, v->requests, v->n_requests) = (struct request_item){
			.id = rows[i].id, .course_id = rows[i].course_id, .asked_at = rows[i].asked_at, .covered_ms = rows[i].covered_ms == NONE ? 0 : rows[i].covered_ms,
			.ms = rows[i].ms, .words = rows[i].words, .course = rows[i].course, .resource = rows[i].resource, .person = rows[i].person,
		};
	return OK;
}

static const struct field request_out[] = {
	FIELD(request_item, id, F_ID),	      FIELD(request_item, course_id, F_ID), FIELD(request_item, course, F_TEXT), FIELD(request_item, resource, F_TEXT),
	FIELD(request_item, person, F_TEXT, .personal = true), FIELD(request_item, words, F_TEXT), FIELD(request_item, covered_ms, F_INT), FIELD(request_item, ms, F_INT),
	FIELD(request_item, asked_at, F_TIME), FIELD_END,
};

static enum err provider_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct provider_page *v = ARENA_NEW(cx->arena, struct provider_page);
	int64_t *orgs;
	size_t n;
	(void)input;
	(void)state;
	TRY(access_tops(cx, MAY_COURSE_REVIEW, &orgs, &n));
	for (size_t i = 0; i < n; i++)
		TRY(add_requests(cx, orgs[i], v));
	ANSWER_ROWS(a, v->requests, v->n_requests);
	a->view = v;
	a->nav = NAV_PROVIDER;
	ANSWER_TITLE(cx, a, N_("Our courses"));
	return OK;
}

struct review {
	int64_t course_id, request_id;
	struct str decision, answer;
};
static const struct choice decisions[] = { { "credited", N_("Credit the part") }, { "declined", N_("Decline") }, { NULL, NULL } };
static const struct field review_in[] = {
	FIELD(review, course_id, F_ID, .must = true),
	FIELD(review, request_id, F_ID, .must = true),
	FIELD(review, decision, F_CHOICE, .label = N_("Decision"), .must = true, .choices = decisions),
	FIELD(review, answer, F_LONG, .label = N_("Answer to the learner"), .must = true, .max = 1000),
	FIELD_END,
};

static enum err review_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct review *in = input;
	(void)state;
	(void)a;
	return progress_answer_review(cx, in->course_id, in->request_id, str_is(in->decision, "credited"), in->answer);
}

const struct action progress_actions[] = {
	{ .name = "progress.report", .method = POST, .api = "/api/v1/resources/{resource_id}/progress", .may = MAY_LEARN, .in = report_in, .in_size = sizeof(struct report),
	  .out = standing_out, .run = report_run, .quiet = true, .max_body = 16 * 1024, .summary = "Reports what was played or read; answers how it stands." },
	{ .name = "progress.ask_review", .method = POST, .page = "/resources/{resource_id}/review-requests", .api = "/api/v1/resources/{resource_id}/review-requests",
	  .may = MAY_LEARN, .in = ask_in, .in_size = sizeof(struct ask), .run = ask_run, .form = "course.resource", .then = "/resources/{resource_id}",
	  .notice = N_("Your request is with the provider."), .summary = "Asks the provider to look at a count that seems wrong." },
	{ .name = "progress.provider", .method = GET, .page = "/provider", .api = "/api/v1/review-requests", .may = MAY_COURSE_REVIEW, .out = request_out, .out_list = true, .run = provider_run, .html = provider_view,
	  .summary = "A provider's page: learners' open requests." },
	{ .name = "progress.review", .method = POST, .page = "/courses/{course_id}/review-requests/{request_id}", .api = "/api/v1/courses/{course_id}/review-requests/{request_id}",
	  .may = MAY_COURSE_REVIEW, .scope = SCOPE_COURSE, .in = review_in, .in_size = sizeof(struct review), .run = review_run, .form = "progress.provider", .then = "/provider",
	  .notice = N_("The learner is told."), .summary = "Answers a learner's request: credits the part or declines." },
	ACTION_END,
};
