/* What a planned adaptive examination would do, as a page with pictures and over the API. */
#include "feature/adaptive/adaptive.h"
#include "feature/adaptive/adaptive_page.h"
#include "feature/org/org.h"
#include "psychometrics/adaptive_simulation.h"
#include "text/chart.h"
#include "trial_html.h"
#include "web/action.h"
#include "web/lang.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* People: with 200 a share of one half is known to within 0.035, and a pool of 2,000 takes about a second. */
enum { TRIAL_PEOPLE = 200, TRIAL_SEED = 1, CHART_BYTES = 1 << 20 };

struct trial_in {
	int64_t org_id, exam_id;
};
static const struct field trial_in[] = { FIELD(trial_in, org_id, F_ID, .must = true), FIELD(trial_in, exam_id, F_ID, .must = true), FIELD_END };
static const struct field trial_out[] = {
	FIELD(trial_page, pool, F_BOOL),
	FIELD(trial_page, ready, F_BOOL),
	FIELD(trial_page, people, F_INT),
	FIELD(trial_page, items, F_INT),
	FIELD(trial_page, bias, F_REAL),
	FIELD(trial_page, rmse, F_REAL),
	FIELD(trial_page, length, F_REAL),
	FIELD(trial_page, exposure_max, F_REAL),
	FIELD(trial_page, unused, F_REAL),
	FIELD(trial_page, overlap, F_REAL),
	FIELD(trial_page, false_pass, F_REAL),
	FIELD(trial_page, false_fail, F_REAL),
	FIELD_END,
};

static struct str word(const struct ctx *cx, const char *english)
{
	return str_of(tr(cx->lang, english));
}

static struct str per_cent(struct ctx *cx, double share)
{
	return str_fmt(cx->arena, "%.0f%%", 100 * share);
}

/* ── pictures ── */

struct trial {
	struct ctx *cx;
	const struct adaptive_pool *pool;
	struct adaptive_simulation r;
	double *theta; /* of the places */
};

static struct html drawn(struct ctx *cx, const struct chart *c)
{
	struct buf b;
	buf_init(&b, cx->arena, CHART_BYTES);
	chart_svg(&b, c);
	struct str svg = buf_get(&b);
	return (struct html){ svg.p, svg.n };
}

/* A figure of each place, by where it stands in the struct. */
static double *of_places(const struct trial *t, size_t offset)
{
	double *v = ARENA_ARRAY(t->cx->arena, double, t->r.n_places + 1);
	for (size_t k = 0; k < t->r.n_places; k++)
		v[k] = *(const double *)((const char *)&t->r.places[k] + offset);
	return v;
}

static struct html draw_error(const struct trial *t)
{
	struct ctx *cx = t->cx;
	size_t n = t->r.n_places;
	struct chart_series series[] = {
		{ .name = word(cx, N_("bias")), .x = t->theta, .y = of_places(t, offsetof(struct adaptive_place, bias)), .n = n },
		{ .name = word(cx, N_("error")), .x = t->theta, .y = of_places(t, offsetof(struct adaptive_place, rmse)), .n = n },
		{ .name = word(cx, N_("as the test itself says")), .x = t->theta, .y = of_places(t, offsetof(struct adaptive_place, se)), .n = n },
	};
	return drawn(cx,
		     &(struct chart){ .id = "error",
				      .title = word(cx, N_("How exact, for whom")),
				      .description = word(cx, N_("Error and bias of the result over ability, beside the error that the test itself gives.")),
				      .x_label = word(cx, N_("Ability")),
				      .y_label = word(cx, N_("error")),
				      .series = series,
				      .n_series = 3,
				      .levels = &(struct chart_level){ word(cx, N_("asked")), t->pool->plan.se },
				      .n_levels = t->pool->plan.se > 0 });
}

static struct html draw_line(const struct trial *t, const char *id, const char *title, const char *y_label, size_t offset)
{
	struct ctx *cx = t->cx;
	struct chart_series series = { .x = t->theta, .y = of_places(t, offset), .n = t->r.n_places };
	return drawn(cx, &(struct chart){ .id = id,
					  .title = word(cx, title),
					  .description = word(cx, title),
					  .x_label = word(cx, N_("Ability")),
					  .y_label = word(cx, y_label),
					  .series = &series,
					  .n_series = 1,
					  .from_zero = true });
}

static int descending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x < y) - (x > y);
}

static struct html draw_exposure(const struct trial *t)
{
	struct ctx *cx = t->cx;
	size_t n = t->pool->bank.n;
	double *v = ARENA_ARRAY(cx->arena, double, n + 1);
	memcpy(v, t->r.exposure, n * sizeof *v);
	qsort(v, n, sizeof *v, descending);
	struct chart_series series = { .y = v, .n = n };
	return drawn(cx, &(struct chart){ .id = "exposure",
					  .title = word(cx, N_("Which questions are used how much")),
					  .description = word(cx, N_("Share of people who get each question, the most used first.")),
					  .x_label = word(cx, N_("questions, the most used first")),
					  .y_label = word(cx, N_("share of people")),
					  .series = &series,
					  .n_series = 1,
					  .from_zero = true });
}

/* ── the page ── */

static const char *const stops[ADAPTIVE_STOPS] = {
	[ADAPTIVE_PASSED] = N_("it is clear that they pass"),
	[ADAPTIVE_FAILED] = N_("it is clear that they do not pass"),
	[ADAPTIVE_PRECISE] = N_("the result is exact enough"),
	[ADAPTIVE_LONGEST] = N_("the greatest length is reached"),
	[ADAPTIVE_TIME] = N_("the time is over"),
	[ADAPTIVE_EXHAUSTED] = N_("no question is left"),
};

static void put_stops(const struct trial *t, struct trial_page *v)
{
	for (size_t k = 0; k < ADAPTIVE_STOPS; k++)
		if (stops[k] && t->r.stopped[k] > 0)
			*ARENA_PUSH(t->cx->arena, v->stops, v->n_stops) = (struct trial_stop){ word(t->cx, stops[k]), per_cent(t->cx, t->r.stopped[k]) };
}

static void put_figures(const struct trial *t, struct trial_page *v)
{
	const struct adaptive_simulation *r = &t->r;
	struct arena *a = t->cx->arena;
	v->people = (int64_t)r->people;
	v->bias = r->bias;
	v->rmse = r->rmse;
	v->length = r->length_mean;
	v->exposure_max = r->exposure_max;
	v->unused = r->unused;
	v->overlap = r->overlap;
	v->false_pass = r->false_pass;
	v->false_fail = r->false_fail;
	v->bias_said = str_fmt(a, "%.2f", fabs(r->bias) < 0.005 ? 0 : r->bias);
	v->rmse_said = str_fmt(a, "%.2f", r->rmse);
	v->length_said = str_fmt(a, "%.1f", r->length_mean);
	v->exposure_said = per_cent(t->cx, r->exposure_max);
	v->unused_said = per_cent(t->cx, r->unused);
	v->overlap_said = per_cent(t->cx, r->overlap);
	v->false_pass_said = per_cent(t->cx, r->false_pass);
	v->false_fail_said = per_cent(t->cx, r->false_fail);
}

static void try_out(struct ctx *cx, const struct adaptive_pool *pool, struct trial_page *v)
{
	struct trial t = { .cx = cx, .pool = pool };
	t.r = adaptive_simulate(cx->arena, &pool->bank, &pool->plan,
				&(struct adaptive_simulation_options){ .people = TRIAL_PEOPLE, .seed = TRIAL_SEED, .threads = 1 });
	t.theta = of_places(&t, offsetof(struct adaptive_place, theta));
	put_figures(&t, v);
	put_stops(&t, v);
	v->error = draw_error(&t);
	v->lengths = draw_line(&t, "length", N_("How long, for whom"), N_("questions, mean"), offsetof(struct adaptive_place, length));
	v->exposures = draw_exposure(&t);
	if (v->decides)
		v->passes = draw_line(&t, "passed", N_("Who passes"), N_("share that passes"), offsetof(struct adaptive_place, passed));
}

static enum err the_pool(struct ctx *cx, const struct exam_one_row *e, const struct adaptive_pool **ret)
{
	struct exam_forms_row *forms;
	size_t n;
	*ret = NULL;
	TRY(exam_sql_forms(cx, e->id, &forms, &n));
	for (size_t i = n; i-- > 0;)
		if (forms[i].pool && forms[i].ended_at == NONE)
			return adaptive_pool(cx, e, forms[i].id, ret);
	return OK;
}

/* Slow, so before the transaction of .run. */
static enum err trial_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct trial_in *in = input;
	struct trial_page *v = ARENA_NEW(cx->arena, struct trial_page);
	const struct adaptive_pool *pool;
	struct exam_one_row e;
	TRY(exam_find(cx, in->org_id, in->exam_id, &e));
	*v = (struct trial_page){ .org_id = e.org_id, .exam_id = e.id, .exam = e.title, .decides = e.decide };
	TRY(the_pool(cx, &e, &pool));
	v->pool = pool && pool->bank.n > 0;
	if (v->pool) {
		v->ready = pool->ready;
		v->lacking = pool->lacking;
		v->items = (int64_t)pool->bank.n;
		try_out(cx, pool, v);
	}
	*ret_state = v;
	return OK;
}

static enum err trial_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct trial_page *v = state;
	const struct trial_in *in = input;
	TRY(org_called(cx, in->org_id, &v->org));
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Trial on made-up people"));
	return OK;
}

#define TRIAL "/orgs/{org_id}/exams/{exam_id}/trial"
const struct action adaptive_actions[] = {
	{ .name = "adaptive.trial",
	  .method = GET,
	  .page = TRIAL,
	  .api = "/api/v1" TRIAL,
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = trial_in,
	  .in_size = sizeof(struct trial_in),
	  .out = trial_out,
	  .prepare = trial_prepare,
	  .run = trial_run,
	  .html = trial_view,
	  .costly = true,
	  .summary = "What an adaptive examination would do: its error, length and exposure, with made-up people." },
	ACTION_END,
};
