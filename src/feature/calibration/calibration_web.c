/* Calibrations of an organisation's bank in the browser and over the API. */
#include "base/clock.h"
#include "calibration_html.h"
#include "calibrations_html.h"
#include "feature/calibration/calibration.h"
#include "feature/calibration/calibration_page.h"
#include "feature/calibration/card.h"
#include "feature/org/org.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

#include <math.h>

enum { RUNS_PAGE = 30, ROWS_PAGE = 50 };

/* ── the runs of an organisation ── */

struct list_in {
	int64_t org_id, before;
};
static const struct field list_in[] = { FIELD(list_in, org_id, F_ID, .must = true), FIELD(list_in, before, F_ID), FIELD_END };
static const struct field line_out[] = { FIELD(run_line, id, F_ID),	    FIELD(run_line, state, F_TEXT), FIELD(run_line, people, F_INT),
					 FIELD(run_line, asked_at, F_TIME), FIELD(run_line, why, F_TEXT),   FIELD_END };

static struct str told(struct ctx *cx, struct str why)
{
	return why.n ? str_of(tr(cx->lang, str_c(cx->arena, why))) : S("");
}

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct runs_page *v = ARENA_NEW(cx->arena, struct runs_page);
	struct calibration_of_org_row *r;
	size_t n;
	(void)state;
	v->org_id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(calibration_sql_of_org(cx, in->org_id, in->before, RUNS_PAGE + 1, &r, &n));
	v->n_runs = n > RUNS_PAGE ? RUNS_PAGE : n;
	v->runs = ARENA_ARRAY(cx->arena, struct run_line, v->n_runs + 1);
	for (size_t i = 0; i < v->n_runs; i++)
		v->runs[i] = (struct run_line){ r[i].id, in->org_id, r[i].people, r[i].asked_at, r[i].state, told(cx, r[i].why) };
	if (n > RUNS_PAGE) {
		a->next = str_fmt(cx->arena, "%lld", (long long)r[RUNS_PAGE - 1].id);
		v->next = str_fmt(cx->arena, "/orgs/%lld/calibrations?before=%s", (long long)in->org_id, a->next.p);
	}
	ANSWER_ROWS(a, v->runs, v->n_runs);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Calibrations"));
	return OK;
}

struct begin_in {
	int64_t org_id;
};
static const struct field begin_in[] = { FIELD(begin_in, org_id, F_ID, .must = true), FIELD_END };
struct begun {
	int64_t id;
};
static const struct field begun_out[] = { FIELD(begun, id, F_ID), FIELD_END };

static enum err begin_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct begin_in *in = input;
	struct begun *row = ARENA_NEW(cx->arena, struct begun);
	(void)state;
	TRY(calibration_begin(cx, in->org_id, &row->id));
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/orgs/%lld/calibrations/%lld", (long long)in->org_id, (long long)row->id);
	return OK;
}

/* ── one run ── */

static const struct choice shown[] = { { "all", N_("All") }, { "flagged", N_("To be looked at") }, { "left", N_("Left out") }, { NULL, NULL } };
struct show_in {
	int64_t org_id, run_id, after_version;
	struct str shown, after;
};
static const struct field show_in[] = {
	FIELD(show_in, org_id, F_ID, .must = true),
	FIELD(show_in, run_id, F_ID, .must = true),
	FIELD(show_in, shown, F_CHOICE, .label = N_("Items shown"), .choices = shown),
	FIELD(show_in, after, F_TEXT, .max = 200),
	FIELD(show_in, after_version, F_INT),
	FIELD_END,
};
static const struct field run_out[] = {
	FIELD(run_page, id, F_ID),
	FIELD(run_page, state, F_TEXT),
	FIELD(run_page, why, F_TEXT),
	FIELD(run_page, people, F_INT),
	FIELD(run_page, n_new, F_INT),
	FIELD(run_page, n_known, F_INT),
	FIELD(run_page, n_flagged, F_INT),
	FIELD(run_page, n_left, F_INT),
	FIELD(run_page, n_common, F_INT),
	FIELD(run_page, reliability, F_TEXT),
	FIELD(run_page, distance, F_TEXT),
	FIELD(run_page, asked_at, F_TIME),
	FIELD(run_page, accepted_at, F_TIME),
	FIELD(run_page, undone_at, F_TIME),
	FIELD_END,
};
static const struct field row_out[] = {
	FIELD(run_row, item_id, F_ID),
	FIELD(run_row, code, F_TEXT),
	FIELD(run_row, version, F_INT),
	FIELD(run_row, answered, F_INT),
	FIELD(run_row, mean, F_INT),
	FIELD(run_row, a, F_TEXT),
	FIELD(run_row, b, F_TEXT),
	FIELD(run_row, was, F_TEXT),
	FIELD(run_row, flags, F_TEXT),
	FIELD(run_row, why, F_TEXT),
	FIELD_END,
};

static struct str was_said(struct ctx *cx, const struct calibration_rows_row *r)
{
	return r->was_b.n ? str_fmt(cx->arena, "%.2f; %.*s", r->was_a, STR_ARG(card_list(cx->arena, r->was_b, STR_NONE))) : S("");
}

static enum err put_rows(struct ctx *cx, const struct show_in *in, struct run_page *v)
{
	struct calibration_rows_row *r;
	size_t n;
	TRY(calibration_sql_rows(cx, in->run_id, in->after, in->after_version == NONE ? 0 : in->after_version, v->shown, ROWS_PAGE + 1, &r, &n));
	v->n_rows = n > ROWS_PAGE ? ROWS_PAGE : n;
	v->rows = ARENA_ARRAY(cx->arena, struct run_row, v->n_rows + 1);
	for (size_t i = 0; i < v->n_rows; i++)
		v->rows[i] = (struct run_row){ .org_id = in->org_id,
					       .item_id = r[i].item_id,
					       .version = r[i].version,
					       .answered = r[i].answered,
					       .mean = isnan(r[i].mean) ? NONE : llrint(100 * r[i].mean),
					       .code = r[i].code,
					       .a = isnan(r[i].a) ? S("") : str_fmt(cx->arena, "%.2f ± %.2f", r[i].a, r[i].a_se),
					       .b = card_list(cx->arena, r[i].b, r[i].b_se),
					       .was = was_said(cx, &r[i]),
					       .flags = card_flag_names(cx, r[i].flags),
					       .why = told(cx, r[i].why),
					       .calibrated = r[i].model.n > 0,
					       .later = r[i].version > 1 };
	if (n > ROWS_PAGE)
		v->next = str_fmt(cx->arena, "/orgs/%lld/calibrations/%lld?shown=%.*s&after=%.*s&after_version=%lld", (long long)in->org_id,
				  (long long)in->run_id, STR_ARG(v->shown), STR_ARG(r[ROWS_PAGE - 1].code), (long long)r[ROWS_PAGE - 1].version);
	return OK;
}

static enum err put_groups(struct ctx *cx, struct run_page *v)
{
	struct calibration_groups_row *r;
	TRY(calibration_sql_groups(cx, v->id, &r, &v->n_groups));
	v->groups = ARENA_ARRAY(cx->arena, struct group_line, v->n_groups + 1);
	for (size_t i = 0; i < v->n_groups; i++) {
		const char *role = str_is(r[i].role, "few")	? N_("too few to be compared")
				   : str_is(r[i].role, "focal") ? N_("compared, where a form has enough")
								: N_("the others are compared with it");
		v->groups[i] = (struct group_line){ card_grouped(cx, r[i].grouped), card_group(cx, r[i].grouped, r[i].value), str_of(tr(cx->lang, role)),
						    r[i].people };
	}
	return OK;
}

static enum err put_percent(struct ctx *cx, int64_t job_id, struct run_page *v)
{
	struct job_standing job;
	bool found = false;
	TRY(job_standing(cx, job_id, &job, &found));
	v->percent = found && job.total > 0 ? (job.done < job.total ? job.done : job.total) * 100 / job.total : 0;
	return OK;
}

static void put_state(const struct calibration_one_row *r, struct run_page *v)
{
	v->works = str_is(r->state, "working");
	v->ready = str_is(r->state, "ready");
	v->accepted = str_is(r->state, "accepted");
	v->failed = str_is(r->state, "failed");
	v->linked = r->n_common > 0;
	v->all = str_is(v->shown, "all");
	v->flagged = str_is(v->shown, "flagged");
	v->left = str_is(v->shown, "left");
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct show_in *in = input;
	struct run_page *v = ARENA_NEW(cx->arena, struct run_page);
	struct calibration_one_row r;
	struct calibration_counts_row counts;
	(void)state;
	TRY(calibration_find(cx, in->org_id, in->run_id, &r));
	TRY(calibration_sql_counts(cx, r.id, &counts));
	*v = (struct run_page){ .org_id = in->org_id,
				.id = r.id,
				.people = r.people,
				.n_common = r.n_common,
				.asked_at = r.asked_at,
				.accepted_at = r.accepted_at,
				.undone_at = r.undone_at,
				.n_new = counts.n_new,
				.n_known = counts.n_known,
				.n_flagged = counts.n_flagged,
				.n_left = counts.n_left,
				.state = r.state,
				.why = told(cx, r.why),
				.asker = r.asker,
				.accepter = r.accepter,
				.undoer = r.undoer,
				.reliability = isnan(r.reliability) ? S("") : str_fmt(cx->arena, "%.2f", r.reliability),
				.distance = isnan(r.distance) ? S("") : str_fmt(cx->arena, "%.2f", r.distance),
				.shown = in->shown.n ? in->shown : S("all") };
	TRY(org_called(cx, in->org_id, &v->org));
	put_state(&r, v);
	if (v->works)
		TRY(put_percent(cx, r.job_id, v));
	TRY(put_groups(cx, v));
	TRY(put_rows(cx, in, v));
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = msg_text(cx, N_("Calibration of {day}"), 1, (struct msg_arg[]){ { "day", fmt_date(cx, r.asked_at) } });
	return OK;
}

static enum err rows_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct show_in *in = input;
	struct run_page *v = ARENA_NEW(cx->arena, struct run_page);
	struct calibration_one_row r;
	(void)state;
	TRY(calibration_find(cx, in->org_id, in->run_id, &r));
	v->shown = in->shown.n ? in->shown : S("all");
	TRY(put_rows(cx, in, v));
	ANSWER_ROWS(a, v->rows, v->n_rows);
	return OK;
}

/* ── deciding ── */

struct decide_in {
	int64_t org_id, run_id;
};
static const struct field decide_in[] = { FIELD(decide_in, org_id, F_ID, .must = true), FIELD(decide_in, run_id, F_ID, .must = true), FIELD_END };

static enum err accept_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct decide_in *in = input;
	(void)state;
	(void)a;
	return calibration_accept(cx, in->org_id, in->run_id);
}

static enum err withdraw_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct decide_in *in = input;
	(void)state;
	(void)a;
	return calibration_withdraw(cx, in->org_id, in->run_id);
}

static enum err undo_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct decide_in *in = input;
	(void)state;
	(void)a;
	return calibration_undo(cx, in->org_id, in->run_id);
}

#define OF_ORG(field_list, type) .may = MAY_ITEM_KEEP, .scope = SCOPE_ORG, .in = field_list, .in_size = sizeof(struct type)
#define ONE "/orgs/{org_id}/calibrations/{run_id}"
const struct action calibration_actions[] = {
	{ .name = "calibration.list",
	  .method = GET,
	  .page = "/orgs/{org_id}/calibrations",
	  .api = "/api/v1/orgs/{org_id}/calibrations",
	  OF_ORG(list_in, list_in),
	  .out = line_out,
	  .out_list = true,
	  .run = list_run,
	  .html = calibrations_view,
	  .summary = "Calibrations of an organisation's item bank, the newest first." },
	{ .name = "calibration.begin",
	  .method = POST,
	  .page = "/orgs/{org_id}/calibrations",
	  .api = "/api/v1/orgs/{org_id}/calibrations",
	  OF_ORG(begin_in, begin_in),
	  .out = begun_out,
	  .run = begin_run,
	  .form = "calibration.list",
	  .summary = "Gathers first answers and calibrates the bank, as a proposal; nothing changes before it is accepted." },
	{ .name = "calibration.show",
	  .method = GET,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  OF_ORG(show_in, show_in),
	  .out = run_out,
	  .run = show_run,
	  .html = calibration_view,
	  .summary = "A calibration: how far it is, what it would change, on which scale." },
	{ .name = "calibration.rows",
	  .method = GET,
	  .api = "/api/v1" ONE "/items",
	  OF_ORG(show_in, show_in),
	  .out = row_out,
	  .out_list = true,
	  .run = rows_run,
	  .summary = "Items of a calibration with what was found and what is in force, by code, 50 at a time (after, after_version)." },
	{ .name = "calibration.accept",
	  .method = POST,
	  .page = ONE "/accept",
	  .api = "/api/v1" ONE "/accept",
	  OF_ORG(decide_in, decide_in),
	  .run = accept_run,
	  .form = "calibration.show",
	  .then = ONE,
	  .notice = N_("Accepted. These are the parameters of the bank now."),
	  .summary = "Puts the parameters of a calibration in force." },
	{ .name = "calibration.withdraw",
	  .method = POST,
	  .page = ONE "/withdraw",
	  .api = "/api/v1" ONE "/withdraw",
	  OF_ORG(decide_in, decide_in),
	  .run = withdraw_run,
	  .form = "calibration.show",
	  .then = ONE,
	  .notice = N_("Withdrawn. Nothing has changed."),
	  .summary = "Drops a calibration that works or waits." },
	{ .name = "calibration.undo",
	  .method = POST,
	  .page = ONE "/undo",
	  .api = "/api/v1" ONE "/undo",
	  OF_ORG(decide_in, decide_in),
	  .run = undo_run,
	  .form = "calibration.show",
	  .then = ONE,
	  .notice = N_("Undone. The parameters before it are in force again."),
	  .summary = "Takes an accepted calibration back; the parameters of the newest other one return." },
	ACTION_END,
};
