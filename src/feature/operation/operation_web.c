/* The operator's page: is it well, what works in the background, where the time goes. */
#include "feature/operation/health.h"
#include "feature/operation/operation_page.h"
#include "feature/org/org.h"
#include "job/job.h"
#include "operation_html.h"
#include "web/action.h"
#include "web/lang.h"
#include "web/metrics.h"

enum { ACTIONS_SHOWN = 15 };

static const struct field health_out[] = {
	FIELD(health_item, what, F_TEXT),   FIELD(health_item, level, F_TEXT), FIELD(health_item, title, F_TEXT), FIELD(health_item, sentence, F_TEXT),
	FIELD(health_item, advice, F_TEXT), FIELD_END,
};

static enum err add_health(struct ctx *cx, struct operation_page *v)
{
	static const char *const levels[] = { [HEALTH_OK] = "ok", [HEALTH_WARNING] = "warning", [HEALTH_FAULT] = "fault" };
	struct health *h;
	TRY(health_look(cx, &h, &v->n_health));
	v->health = ARENA_ARRAY(cx->arena, struct health_item, v->n_health);
	for (size_t i = 0; i < v->n_health; i++)
		v->health[i] = (struct health_item){ str_of(h[i].what), h[i].title, h[i].sentence, h[i].advice, str_of(levels[h[i].level]) };
	return OK;
}

static enum err add_jobs(struct ctx *cx, struct operation_page *v)
{
	struct operation_open_jobs_row *r;
	TRY(operation_sql_open_jobs(cx, cx->now, &r, &v->n_jobs));
	v->jobs = ARENA_ARRAY(cx->arena, struct job_item, v->n_jobs);
	for (size_t i = 0; i < v->n_jobs; i++) {
		bool failed = str_is(r[i].state, "failed"), waits = str_is(r[i].state, "queued");
		v->jobs[i] = (struct job_item){ .id = r[i].id, .done = r[i].done, .total = r[i].total, .tries = r[i].tries,
						.at = failed ? r[i].ended_at : waits ? r[i].run_at : r[i].started_at,
						.kind = r[i].kind, .state = r[i].state, .result = r[i].result, .failed = failed, .waits = waits };
	}
	return OK;
}

static void add_actions(struct ctx *cx, struct operation_page *v)
{
	struct metrics_action *m;
	if (!cx->app->metrics)
		return;
	size_t n = metrics_actions(cx->app->metrics, cx->arena, &m);
	v->n_actions = n < ACTIONS_SHOWN ? n : ACTIONS_SHOWN;
	v->actions = ARENA_ARRAY(cx->arena, struct action_item, v->n_actions);
	for (size_t i = 0; i < v->n_actions; i++)
		v->actions[i] = (struct action_item){ str_of(action_at(cx->app->actions, m[i].action)->name), m[i].n, m[i].failed, (m[i].mean_us + 500) / 1000,
						      m[i].p95_us / 1000 };
}

static enum err add_lists(struct ctx *cx, struct operation_page *v)
{
	struct operation_imports_row *r;
	TRY(operation_sql_imports(cx, &r, &v->n_lists));
	v->lists = ARENA_ARRAY(cx->arena, struct list_item, v->n_lists);
	for (size_t i = 0; i < v->n_lists; i++)
		v->lists[i] = (struct list_item){ r[i].id, r[i].org_id, r[i].n_rows, r[i].n_refused, r[i].created_at, org_name(cx, r[i].name_en, r[i].name_hi),
						  r[i].file_name, r[i].state };
	return OK;
}

static enum err page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct operation_page *v = ARENA_NEW(cx->arena, struct operation_page);
	(void)input;
	(void)state;
	TRY(add_health(cx, v));
	TRY(add_jobs(cx, v));
	add_actions(cx, v);
	TRY(add_lists(cx, v));
	ANSWER_ROWS(a, v->health, v->n_health);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("How the system runs"));
	return OK;
}

struct job_in {
	int64_t job_id;
};
static const struct field job_in[] = { FIELD(job_in, job_id, F_ID, .must = true), FIELD_END };

static enum err retry_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct job_in *in = input;
	(void)state;
	(void)a;
	return job_retry(cx, in->job_id);
}

static enum err cancel_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct job_in *in = input;
	(void)state;
	(void)a;
	return job_cancel(cx, in->job_id);
}

const struct action operation_actions[] = {
	{ .name = "operation.page", .method = GET, .page = "/operation", .api = "/api/v1/operation/health", .may = MAY_OPERATE, .out = health_out, .out_list = true,
	  .run = page_run, .html = operation_view, .summary = "Whether the installation is well, and what to do where it is not." },
	{ .name = "operation.retry", .method = POST, .page = "/operation/jobs/{job_id}/retry", .api = "/api/v1/operation/jobs/{job_id}/retry", .may = MAY_OPERATE,
	  .in = job_in, .in_size = sizeof(struct job_in), .run = retry_run, .then = "/operation", .notice = N_("It is tried again now."),
	  .summary = "Tries failed background work again, from where it stopped." },
	{ .name = "operation.cancel", .method = POST, .page = "/operation/jobs/{job_id}/cancel", .api = "/api/v1/operation/jobs/{job_id}/cancel", .may = MAY_OPERATE,
	  .in = job_in, .in_size = sizeof(struct job_in), .run = cancel_run, .then = "/operation", .notice = N_("The work is asked to stop."),
	  .summary = "Asks waiting or running background work to stop at its next step." },
	ACTION_END,
};
