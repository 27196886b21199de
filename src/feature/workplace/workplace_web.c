/* Rounds of workplace assessment for administrators: planned, looked at, begun, taken back; how fair they were. */
#include "base/clock.h"
#include "feature/competency/competency.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "feature/workplace/workplace.h"
#include "feature/workplace/workplace_page.h"
#include "text/csv.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"
#include "workplace_fairness_html.h"
#include "workplace_round_html.h"
#include "workplace_rounds_html.h"

#include <math.h>

/* ── the rounds of an organisation ── */

static struct str state_name(struct ctx *cx, struct str state)
{
	static const struct choice names[] = {
		{ "looking", N_("people are being listed") },
		{ "planned", N_("planned") },
		{ "making", N_("forms are being made") },
		{ "open", N_("begun") },
		{ "closing", N_("being counted") },
		{ "closed", N_("closed") },
		{ "undoing", N_("being taken back") },
		{ "undone", N_("taken back") },
		{ NULL, NULL },
	};
	const struct choice *c = names;
	while (c->value && !str_is(state, c->value))
		c++;
	return c->value ? str_of(tr(cx->lang, c->label)) : state;
}

struct list_in {
	int64_t org_id;
};
static const struct field list_in[] = { FIELD(list_in, org_id, F_ID, .must = true), FIELD_END };
static const struct field item_out[] = {
	FIELD(round_item, id, F_ID),	       FIELD(round_item, name, F_TEXT),	   FIELD(round_item, state, F_TEXT),  FIELD(round_item, opens_day, F_DATE),
	FIELD(round_item, closes_day, F_DATE), FIELD(round_item, n_people, F_INT), FIELD(round_item, n_forms, F_INT), FIELD_END,
};

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct rounds_page *v = ARENA_NEW(cx->arena, struct rounds_page);
	struct workplace_of_org_row *r;
	(void)state;
	v->org_id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(workplace_sql_of_org(cx, in->org_id, &r, &v->n_rounds));
	v->rounds = ARENA_ARRAY(cx->arena, struct round_item, v->n_rounds);
	for (size_t i = 0; i < v->n_rounds; i++)
		v->rounds[i] = (struct round_item){ r[i].id,	  in->org_id, r[i].opens_day, r[i].closes_day,		 r[i].n_people,
						    r[i].n_forms, r[i].name,  r[i].state,     state_name(cx, r[i].state) };
	ANSWER_ROWS(a, v->rounds, v->n_rounds);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Workplace assessment"));
	return OK;
}

/* ── planning ── */

static const struct field plan_in[] = {
	FIELD(workplace_plan, org_id, F_ID, .must = true),
	FIELD(workplace_plan, name, F_TEXT, .label = N_("Name of the round"), .hint = N_("For example: October to December 2026."), .must = true,
	      .max = WORKPLACE_NAME_MAX),
	FIELD(workplace_plan, opens_day, F_DATE, .label = N_("First day"), .must = true),
	FIELD(workplace_plan, closes_day, F_DATE, .label = N_("Last day"), .must = true),
	FIELD(workplace_plan, designation, F_TEXT, .label = N_("Only this designation"),
	      .hint = N_("Code or name. Leave it empty for everybody in the organisation and below.")),
	FIELD(workplace_plan, most, F_INT, .label = N_("Competencies of a person"), .hint = N_("At most, 1 to 5; 5 when it is left empty."), .min = 1,
	      .max = WORKPLACE_ASKED),
	FIELD(workplace_plan, competencies, F_LONG, .label = N_("Asked of everybody"),
	      .hint = N_("Codes of competencies with commas between, as behavioural.communication. After them, or without any, comes what each person has "
			 "levels in."),
	      .max = 600),
	FIELD_END,
};
struct planned {
	int64_t id;
};
static const struct field planned_out[] = { FIELD(planned, id, F_ID), FIELD_END };

static enum err plan_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct workplace_plan *in = input;
	struct planned *row = ARENA_NEW(cx->arena, struct planned);
	(void)state;
	TRY(workplace_plan(cx, in, &row->id));
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/orgs/%lld/workplace-rounds/%lld", (long long)in->org_id, (long long)row->id);
	return OK;
}

/* ── one round ── */

struct one_in {
	int64_t org_id, round_id;
};
static const struct field one_in[] = { FIELD(one_in, org_id, F_ID, .must = true), FIELD(one_in, round_id, F_ID, .must = true), FIELD_END };
static const struct field one_out[] = {
	FIELD(round_page, id, F_ID),	      FIELD(round_page, name, F_TEXT),	     FIELD(round_page, state, F_TEXT),
	FIELD(round_page, opens_day, F_DATE), FIELD(round_page, closes_day, F_DATE), FIELD(round_page, most, F_INT),
	FIELD(round_page, seed, F_ID),	      FIELD(round_page, percent, F_INT),     FIELD(round_page, n_people, F_INT),
	FIELD(round_page, n_nothing, F_INT),  FIELD(round_page, n_forms, F_INT),     FIELD(round_page, n_alone, F_INT),
	FIELD(round_page, n_headless, F_INT), FIELD(round_page, n_made, F_INT),	     FIELD(round_page, n_complete, F_INT),
	FIELD(round_page, n_raters, F_INT),   FIELD(round_page, n_corrected, F_INT), FIELD_END,
};

static enum err put_asked(struct ctx *cx, struct round_page *v)
{
	struct workplace_chosen_names_row *r;
	TRY(workplace_sql_chosen_names(cx, person_today(cx), v->id, &r, &v->n_asked));
	v->asked = ARENA_ARRAY(cx->arena, struct str, v->n_asked);
	for (size_t i = 0; i < v->n_asked; i++)
		v->asked[i] = said_in(cx, r[i].name_en, r[i].name_hi);
	v->also_held = (int64_t)v->n_asked < v->most;
	return OK;
}

static enum err put_alone(struct ctx *cx, struct round_page *v)
{
	struct workplace_alone_row *r;
	if (!v->n_alone)
		return OK;
	TRY(workplace_sql_alone(cx, v->id, WORKPLACE_GROUP, &r, &v->n_shown));
	v->alone = ARENA_ARRAY(cx->arena, struct round_person, v->n_shown);
	for (size_t i = 0; i < v->n_shown; i++)
		v->alone[i] = (struct round_person){ r[i].person_id, r[i].n_peers, r[i].n_subordinates, r[i].name };
	return OK;
}

/* How far the work is, and how many have answered; never what. */
static enum err put_progress(struct ctx *cx, const struct workplace_one_row *r, struct round_page *v)
{
	struct job_standing job;
	struct workplace_left_row left;
	struct workplace_answered_row first;
	bool found = false, answered = false;
	if (v->works && r->job_id != NONE) {
		TRY(job_standing(cx, r->job_id, &job, &found));
		v->percent = found && job.total > 0 ? job.done * 100 / job.total : 0;
	}
	if (v->is_open || v->is_closed) {
		TRY(workplace_sql_left(cx, v->id, &left));
		v->n_made = v->n_forms;
		v->n_complete = v->n_forms - left.n;
	}
	if (v->is_open)
		TRY(workplace_sql_answered(cx, v->id, &first, &answered));
	v->may_undo = v->is_planned || (v->is_open && !answered);
	return OK;
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct round_page *v = ARENA_NEW(cx->arena, struct round_page);
	struct workplace_one_row r;
	(void)state;
	TRY(workplace_find(cx, in->org_id, in->round_id, &r));
	*v = (struct round_page){ .id = r.id,
				  .org_id = r.org_id,
				  .opens_day = r.opens_day,
				  .closes_day = r.closes_day,
				  .most = r.most,
				  .seed = r.seed,
				  .n_people = r.n_people,
				  .n_nothing = r.n_nothing,
				  .n_forms = r.n_forms,
				  .n_alone = r.n_alone,
				  .n_headless = r.n_headless,
				  .n_raters = r.n_raters,
				  .n_corrected = r.n_corrected,
				  .name = r.name,
				  .state = r.state,
				  .state_name = state_name(cx, r.state),
				  .designation = r.designation_id == NONE ? STR_NONE : org_name(cx, r.designation_en, r.designation_hi),
				  .is_planned = str_is(r.state, "planned"),
				  .is_open = str_is(r.state, "open"),
				  .is_closed = str_is(r.state, "closed"),
				  .is_undone = str_is(r.state, "undone") };
	v->works = !v->is_planned && !v->is_open && !v->is_closed && !v->is_undone;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(put_asked(cx, v));
	if (!v->is_undone)
		TRY(put_alone(cx, v));
	TRY(put_progress(cx, &r, v));
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = r.name;
	return OK;
}

static enum err begin_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return workplace_begin(cx, in->org_id, in->round_id);
}

static enum err undo_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return workplace_undo(cx, in->org_id, in->round_id);
}

/* ── how fair it was ── */

/* Figures about fewer are not told. */
enum { SMALL = 10 };

static const struct choice part_names[] = {
	{ "supervisor", N_("Supervisors") },
	{ "peer", N_("Colleagues") },
	{ "subordinate", N_("Members of the team") },
	{ "A", N_("Group A") },
	{ "B", N_("Group B") },
	{ "C", N_("Group C") },
	{ NULL, NULL },
};

static const struct field figure_out[] = {
	FIELD(figure_line, part, F_TEXT),      FIELD(figure_line, code, F_TEXT),
	FIELD(figure_line, small, F_BOOL),     FIELD(figure_line, n_forms, F_INT),
	FIELD(figure_line, n_complete, F_INT), FIELD(figure_line, n_people, F_INT),
	FIELD(figure_line, n_raters, F_INT),   FIELD(figure_line, n_corrected, F_INT),
	FIELD(figure_line, said, F_REAL),      FIELD(figure_line, counted, F_REAL),
	FIELD(figure_line, stricter_2, F_INT), FIELD(figure_line, stricter_1, F_INT),
	FIELD(figure_line, middle, F_INT),     FIELD(figure_line, milder_1, F_INT),
	FIELD(figure_line, milder_2, F_INT),   FIELD_END,
};

static double hundredths(int64_t sum, int64_t n)
{
	return round((double)sum / (double)n / 10) / 100;
}

static struct figure_line line_of(struct ctx *cx, const struct workplace_figures_row *r)
{
	struct figure_line l = { .n_forms = r->n_forms,
				 .n_complete = r->n_complete,
				 .n_raters = r->n_raters,
				 .n_corrected = r->n_corrected,
				 .n_people = r->n_people,
				 .stricter_2 = r->stricter_2,
				 .stricter_1 = r->stricter_1,
				 .middle = r->middle,
				 .milder_1 = r->milder_1,
				 .milder_2 = r->milder_2,
				 .part = r->part,
				 .code = r->code,
				 .name = r->code,
				 .small = r->n_raters < SMALL || r->n_people < SMALL };
	for (const struct choice *c = part_names; c->value; c++)
		if (str_is(r->code, c->value))
			l.name = str_of(tr(cx->lang, c->label));
	if (l.small)
		return l;
	l.percent = r->n_forms ? r->n_complete * 100 / r->n_forms : 0;
	l.percent_corrected = r->n_corrected * 100 / r->n_raters;
	l.said = hundredths(r->said, r->n_ratings);
	l.counted = hundredths(r->counted, r->n_ratings);
	l.said_mean = str_fmt(cx->arena, "%.2f", l.said);
	l.counted_mean = str_fmt(cx->arena, "%.2f", l.counted);
	return l;
}

static void clear_small(struct figure_line *l)
{
	*l = (struct figure_line){ .part = l->part,
				   .code = l->code,
				   .name = l->name,
				   .small = true,
				   .n_forms = NONE,
				   .n_complete = NONE,
				   .n_raters = NONE,
				   .n_corrected = NONE,
				   .n_people = NONE,
				   .stricter_2 = NONE,
				   .stricter_1 = NONE,
				   .middle = NONE,
				   .milder_1 = NONE,
				   .milder_2 = NONE,
				   .said = (double)NAN,
				   .counted = (double)NAN };
}

/* One alone that is left out could be told from the others and the whole, so the smallest of them is left out with it. */
static void leave_out(struct figure_line *l, size_t n)
{
	struct figure_line *least = NULL;
	size_t small = 0;
	for (size_t i = 0; i < n; i++) {
		small += l[i].small && l[i].n_forms > 0;
		if (!l[i].small && (!least || l[i].n_forms < least->n_forms))
			least = &l[i];
	}
	if (small == 1 && least)
		least->small = true;
	for (size_t i = 0; i < n; i++)
		if (l[i].small)
			clear_small(&l[i]);
}

/* Lines of both parts, the kinds of raters first. */
static enum err find_lines(struct ctx *cx, int64_t round_id, struct figure_line **ret, size_t *ret_n, size_t *ret_kinds)
{
	struct workplace_figures_row *r;
	TRY(workplace_sql_figures(cx, round_id, &r, ret_n));
	struct figure_line *l = *ret = ARENA_ARRAY(cx->arena, struct figure_line, *ret_n);
	*ret_kinds = 0;
	for (size_t i = 0; i < *ret_n; i++) {
		l[i] = line_of(cx, &r[i]);
		*ret_kinds += str_is(r[i].part, "kind");
	}
	leave_out(l, *ret_kinds);
	leave_out(l + *ret_kinds, *ret_n - *ret_kinds);
	return OK;
}

static enum err fairness_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct fairness_page *v = ARENA_NEW(cx->arena, struct fairness_page);
	struct workplace_one_row r;
	struct figure_line *l;
	size_t n;
	(void)state;
	TRY(workplace_find(cx, in->org_id, in->round_id, &r));
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(find_lines(cx, r.id, &l, &n, &v->n_kinds));
	v->id = r.id;
	v->org_id = r.org_id;
	v->name = r.name;
	v->is_closed = str_is(r.state, "closed");
	v->n_raters = r.n_raters;
	v->n_corrected = r.n_corrected;
	v->percent = r.n_raters ? r.n_corrected * 100 / r.n_raters : 0;
	v->sd_rater = str_fmt(cx->arena, "%.2f", (double)r.sd_rater / 1000);
	v->sd_cell = str_fmt(cx->arena, "%.2f", (double)r.sd_cell / 1000);
	v->kinds = l;
	v->groups = l + v->n_kinds;
	v->n_groups = n - v->n_kinds;
	ANSWER_ROWS(a, l, v->is_closed ? n : 0);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("How fair it was"));
	return OK;
}

static void put_count(struct ctx *cx, struct buf *b, int64_t v)
{
	csv_put(b, v == NONE ? S("") : str_fmt(cx->arena, "%lld", (long long)v));
}

static enum err csv_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct workplace_one_row r;
	struct figure_line *l;
	struct buf b;
	size_t n, kinds;
	(void)state;
	TRY(workplace_find(cx, in->org_id, in->round_id, &r));
	TRY(find_lines(cx, r.id, &l, &n, &kinds));
	buf_init(&b, cx->arena, 1 << 16);
	buf_lit(&b, "\xEF\xBB\xBF"
		    "part,code,too_few,forms,complete,people,raters,corrected,mean_said,mean_counted,much_stricter,stricter,as_others,milder,much_milder\r\n");
	for (size_t i = 0; i < (str_is(r.state, "closed") ? n : 0); i++) {
		csv_put(&b, l[i].part);
		csv_put(&b, l[i].code);
		csv_put(&b, l[i].small ? S("yes") : S("no"));
		const int64_t counts[] = { l[i].n_forms, l[i].n_complete, l[i].n_people, l[i].n_raters, l[i].n_corrected };
		const int64_t bands[] = { l[i].stricter_2, l[i].stricter_1, l[i].middle, l[i].milder_1, l[i].milder_2 };
		for (size_t k = 0; k < sizeof counts / sizeof *counts; k++)
			put_count(cx, &b, counts[k]);
		csv_put(&b, l[i].said_mean.p ? l[i].said_mean : S(""));
		csv_put(&b, l[i].counted_mean.p ? l[i].counted_mean : S(""));
		for (size_t k = 0; k < sizeof bands / sizeof *bands; k++)
			put_count(cx, &b, bands[k]);
		csv_end_row(&b);
	}
	a->type = "text/csv; charset=utf-8";
	a->filename = S("fairness.csv");
	a->bytes = buf_get(&b);
	return OK;
}

#define ALL "/orgs/{org_id}/workplace-rounds"
#define ONE ALL "/{round_id}"
const struct action workplace_actions[] = {
	{ .name = "workplace.rounds",
	  .method = GET,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  .may = MAY_WORKPLACE_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = list_in,
	  .in_size = sizeof(struct list_in),
	  .out = item_out,
	  .out_list = true,
	  .run = list_run,
	  .html = workplace_rounds_view,
	  .summary = "The rounds of workplace assessment of an organisation." },
	{ .name = "workplace.plan",
	  .method = POST,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  .may = MAY_WORKPLACE_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = plan_in,
	  .in_size = sizeof(struct workplace_plan),
	  .out = planned_out,
	  .run = plan_run,
	  .form = "workplace.rounds",
	  .then = ALL,
	  .summary = "Plans a round of workplace assessment; nobody is asked yet." },
	{ .name = "workplace.round",
	  .method = GET,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  .may = MAY_WORKPLACE_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .out = one_out,
	  .run = show_run,
	  .html = workplace_round_view,
	  .summary = "A round: how many forms it means, for whom too few can be asked, how far it is." },
	{ .name = "workplace.begin",
	  .method = POST,
	  .page = ONE "/begin",
	  .api = "/api/v1" ONE "/begin",
	  .may = MAY_WORKPLACE_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .run = begin_run,
	  .form = "workplace.round",
	  .then = ONE,
	  .summary = "Begins a planned round: its forms are made." },
	{ .name = "workplace.undo",
	  .method = POST,
	  .page = ONE "/undo",
	  .api = "/api/v1" ONE "/undo",
	  .may = MAY_WORKPLACE_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .run = undo_run,
	  .form = "workplace.round",
	  .then = ONE,
	  .summary = "Takes a round back while nobody has answered." },
	{ .name = "workplace.fairness",
	  .method = GET,
	  .page = ONE "/fairness",
	  .api = "/api/v1" ONE "/fairness",
	  .may = MAY_WORKPLACE_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .out = figure_out,
	  .out_list = true,
	  .run = fairness_run,
	  .html = workplace_fairness_view,
	  .summary = "How fair a closed round was: participation, means and strictness of raters, by kind of rater and by group of those assessed." },
	{ .name = "workplace.fairness_csv",
	  .method = GET,
	  .page = ONE "/fairness/csv",
	  .may = MAY_WORKPLACE_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .run = csv_run,
	  .summary = "The same as a CSV file." },
	ACTION_END,
};
