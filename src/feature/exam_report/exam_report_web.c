/* Reports of an examination in the browser and over the API: to who took it, and to the office. */
#include "attempt_report_html.h"
#include "exam_people_html.h"
#include "exam_report_html.h"
#include "feature/exam/exam.h"
#include "feature/exam_report/exam_report.h"
#include "feature/exam_report/exam_report_page.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "text/chart.h"
#include "text/csv.h"
#include "web/access.h"
#include "web/action.h"
#include "web/lang.h"

#include <math.h>

enum { PEOPLE_PAGE = 50, PEOPLE_BATCH = 500, PEOPLE_CSV_MAX = 50000 };

/* ── to the person ── */

struct paper_in {
	int64_t attempt_id;
};
static const struct field paper_in[] = { FIELD(paper_in, attempt_id, F_ID, .must = true), FIELD_END };
static const struct field item_out[] = {
	FIELD(report_item, competency_id, F_ID), FIELD(report_item, name, F_TEXT),
	FIELD(report_item, items, F_INT),	 FIELD(report_item, percent, F_INT),
	FIELD(report_item, level, F_REAL),	 FIELD(report_item, sd, F_REAL),
	FIELD(report_item, sure, F_INT),	 FIELD(report_item, said, F_TEXT),
	FIELD(report_item, few, F_BOOL),	 FIELD_END,
};

void html_report_scale(struct html_out *o, const struct report_line *l)
{
	html_scale(o, &l->scale);
}

static struct report_line line_of(struct ctx *cx, const struct report_competency *c)
{
	struct report_line l = { .competency_id = c->competency_id,
				 .items = c->items,
				 .percent = c->percent,
				 .name = c->name,
				 .said = c->said,
				 .percent_said = fmt_percent(cx, c->percent),
				 .known = c->known,
				 .few = c->few,
				 .strong = c->strong,
				 .weak = c->weak,
				 .scale = { c->n_levels, 0, c->known, c->level, S("") },
				 .n_courses = c->n_courses };
	l.courses = ARENA_ARRAY(cx->arena, struct report_course_line, c->n_courses);
	for (size_t i = 0; i < c->n_courses; i++)
		l.courses[i] =
			(struct report_course_line){ c->courses[i].course_id, c->courses[i].level, c->courses[i].ms, c->courses[i].title, c->courses[i].lang };
	return l;
}

static void put_gain(struct ctx *cx, const struct report_gain *g, struct attempt_report_page *v)
{
	v->has_gain = g->known;
	if (!g->known)
		return;
	v->before = fmt_percent(cx, (int64_t)(g->before + 0.5));
	v->after = fmt_percent(cx, (int64_t)(g->after + 0.5));
	v->before_title = g->before_title;
	v->gain = report_gain_said(cx, g);
}

static enum err paper_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct paper_in *in = input;
	struct attempt_report_page *v = ARENA_NEW(cx->arena, struct attempt_report_page);
	struct person_report r;
	(void)state;
	TRY(report_of_paper(cx, cx->actor.person_id, in->attempt_id, &r));
	*v = (struct attempt_report_page){ .attempt_id = r.paper.id,
					   .exam_id = r.paper.exam_id,
					   .submitted_at = r.paper.submitted_at,
					   .percent = r.percent,
					   .pass = r.paper.pass,
					   .title = r.paper.title,
					   .course = r.paper.course,
					   .silent = r.silent,
					   .waits = r.waits && !r.silent,
					   .passed = r.paper.passed,
					   .n_lines = r.n_competencies };
	if (!r.silent && !r.waits) {
		v->marks = str_fmt(cx->arena, "%.2f", r.paper.marks);
		v->max = str_fmt(cx->arena, "%.2f", r.paper.max_marks);
	}
	put_gain(cx, &r.gain, v);
	v->lines = ARENA_ARRAY(cx->arena, struct report_line, r.n_competencies);
	struct report_item *items = ARENA_ARRAY(cx->arena, struct report_item, r.n_competencies);
	for (size_t i = 0; i < r.n_competencies; i++) {
		const struct report_competency *c = &r.competencies[i];
		v->lines[i] = line_of(cx, c);
		items[i] = (struct report_item){ c->competency_id,
						 c->items,
						 c->percent,
						 c->known ? c->sure : NONE,
						 c->name,
						 c->said,
						 c->known ? c->level.mean : nan(""),
						 c->known ? c->level.sd : nan(""),
						 c->few };
	}
	ANSWER_ROWS(a, items, r.n_competencies);
	a->view = v;
	a->nav = NAV_RECORD;
	ANSWER_TITLE(cx, a, N_("What this paper says"));
	return OK;
}

static enum err pdf_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct paper_in *in = input;
	struct person_report r;
	(void)state;
	TRY(report_of_paper(cx, cx->actor.person_id, in->attempt_id, &r));
	a->type = "application/pdf";
	a->filename = str_fmt(cx->arena, "report-%s.pdf", fmt_isodate(cx, r.paper.submitted_at).p);
	return report_pdf(cx, &r, &a->bytes);
}

/* ── to the office ── */

struct exam_in {
	int64_t org_id, exam_id;
};
static const struct field exam_in[] = { FIELD(exam_in, org_id, F_ID, .must = true), FIELD(exam_in, exam_id, F_ID, .must = true), FIELD_END };
static const struct field row_out[] = {
	FIELD(report_row, by, F_TEXT),
	FIELD(report_row, name, F_TEXT),
	FIELD(report_row, hidden, F_BOOL),
	FIELD(report_row, n, F_INT),
	FIELD(report_row, mean_percent, F_REAL),
	FIELD(report_row, mean_low, F_REAL),
	FIELD(report_row, mean_high, F_REAL),
	FIELD(report_row, pass_share, F_REAL),
	FIELD(report_row, pass_low, F_REAL),
	FIELD(report_row, pass_high, F_REAL),
	FIELD_END,
};

static const struct {
	const char *code, *caption, *head;
} bys[REPORT_BYS] = {
	[BY_OFFICE] = { "office", N_("By office"), N_("Office") },
	[BY_DESIGNATION] = { "designation", N_("By designation"), N_("Designation") },
	[BY_SERVICE] = { "service", N_("By service"), N_("Service") },
	[BY_LANGUAGE] = { "language", N_("By language of the paper"), N_("Language") },
	[BY_FORM] = { "form", N_("By form"), N_("Form") },
};

static struct str span_said(struct ctx *cx, struct span s, double scale)
{
	return str_fmt(cx->arena, "%.0f – %.0f %%", scale * s.low, scale * s.high);
}

static struct report_row row_of(struct ctx *cx, const char *by, struct str name, bool hidden, const struct scores *t)
{
	if (hidden)
		return (struct report_row){ .by = str_of(by),
					    .name = name,
					    .hidden = true,
					    .n = NONE,
					    .mean_percent = nan(""),
					    .mean_low = nan(""),
					    .mean_high = nan(""),
					    .pass_share = nan(""),
					    .pass_low = nan(""),
					    .pass_high = nan("") };
	struct span mean = scores_mean_span(t), pass = scores_pass_span(t);
	double share = t->n ? (double)t->passed / (double)t->n : 0;
	return (struct report_row){ .by = str_of(by),
				    .name = name,
				    .mean = str_fmt(cx->arena, "%.1f %%", scores_mean(t)),
				    .mean_span = span_said(cx, mean, 1),
				    .pass = str_fmt(cx->arena, "%.0f %%", 100 * share),
				    .pass_span = span_said(cx, pass, 100),
				    .n = t->n,
				    .mean_percent = scores_mean(t),
				    .mean_low = mean.low,
				    .mean_high = mean.high,
				    .pass_share = share,
				    .pass_low = pass.low,
				    .pass_high = pass.high };
}

/* All groups after each other, the whole first. */
static struct report_row *rows_of(struct ctx *cx, const struct office_report *r, size_t *ret_n)
{
	struct report_row *rows = ARENA_ARRAY(cx->arena, struct report_row, 1 + (size_t)REPORT_BYS * REPORT_UNITS_MAX);
	*ret_n = 0;
	rows[(*ret_n)++] = row_of(cx, "all", str_of(tr(cx->lang, N_("All"))), r->few, &r->all);
	for (int by = 0; by < REPORT_BYS; by++)
		for (size_t i = 0; i < r->n_by[by]; i++)
			rows[(*ret_n)++] = row_of(cx, bys[by].code, by == BY_LANGUAGE ? fmt_language(cx, r->by[by][i].name) : r->by[by][i].name,
						  r->by[by][i].hidden, &r->by[by][i].scores);
	return rows;
}

static void put_tables(struct ctx *cx, const struct office_report *r, const struct report_row *rows, struct exam_report_page *v)
{
	size_t at = 1;
	v->tables = ARENA_ARRAY(cx->arena, struct report_table, REPORT_BYS);
	for (int by = 0; by < REPORT_BYS; by++) {
		struct report_table t = { .id = str_of(bys[by].code),
					  .caption = str_of(tr(cx->lang, bys[by].caption)),
					  .head = str_of(tr(cx->lang, bys[by].head)),
					  .n_rows = r->n_by[by] };
		t.rows = ARENA_ARRAY(cx->arena, struct report_row, t.n_rows);
		for (size_t i = 0; i < t.n_rows; i++) {
			t.rows[i] = rows[at++];
			t.left_out |= t.rows[i].hidden;
		}
		if (t.n_rows > 1)
			v->tables[v->n_tables++] = t;
	}
}

static struct str picture_of(struct ctx *cx, const struct scores *t)
{
	struct str names[GROUP_BANDS];
	double y[GROUP_BANDS];
	struct buf b, words;
	buf_init(&b, cx->arena, 1 << 16);
	buf_init(&words, cx->arena, 1 << 12);
	for (int i = 0; i < GROUP_BANDS; i++) {
		names[i] = str_fmt(cx->arena, "%d", i * 100 / GROUP_BANDS);
		y[i] = (double)t->band[i];
		buf_fmt(&words, "%s%d–%d %%: %lld", i ? "; " : "", i * 100 / GROUP_BANDS, (i + 1) * 100 / GROUP_BANDS, (long long)t->band[i]);
	}
	const struct chart_series bars = { .kind = CHART_BARS, .y = y, .n = GROUP_BANDS };
	chart_svg(&b, &(struct chart){ .id = "spread",
				       .title = str_of(tr(cx->lang, N_("How the marks are spread"))),
				       .description = buf_get(&words),
				       .x_label = str_of(tr(cx->lang, N_("per cent of the marks, from"))),
				       .y_label = str_of(tr(cx->lang, N_("people"))),
				       .series = &bars,
				       .n_series = 1,
				       .names = names,
				       .n_names = GROUP_BANDS });
	return buf_get(&b);
}

void html_report_picture(struct html_out *o, const struct exam_report_page *v)
{
	buf_str(&o->b, v->picture);
}

static enum err put_reliability(struct ctx *cx, struct exam_report_page *v)
{
	struct ruling_forms_row *f;
	struct sitting s;
	size_t n;
	TRY(ruling_sql_forms(cx, v->exam_id, &f, &n));
	v->forms = ARENA_ARRAY(cx->arena, struct report_form_line, n);
	for (size_t i = 0; i < n && v->n_forms < REPORT_FORMS_MAX; i++) {
		if (f[i].pool || !f[i].papers)
			continue;
		TRY(sitting_load(cx, v->exam_id, f[i].id, S("en"), &s));
		v->forms[v->n_forms++] = (struct report_form_line){ .n = f[i].n,
								    .papers = f[i].papers,
								    .known = s.known,
								    .alpha = str_fmt(cx->arena, "%.2f", s.is.alpha),
								    .span = str_fmt(cx->arena, "%.2f – %.2f", s.is.alpha_low, s.is.alpha_high),
								    .sem = str_fmt(cx->arena, "%.1f", s.is.sem) };
	}
	return OK;
}

static struct str forms_said(struct ctx *cx, const struct office_report *r)
{
	const struct msg_arg p = { "p", r->chance < 0.001 ? S("0.001") : str_fmt(cx->arena, "%.3f", r->chance) };
	if (r->n_by[BY_FORM] < 2)
		return STR_NONE;
	return msg_text(cx,
			r->chance < 0.05 ? N_("Forms were given by lot, and their means differ by more than chance explains (it would do so with probability "
					      "{p}): one is harder than another.")
					 : N_("Forms were given by lot, and their means differ no more than chance explains (with probability {p})."),
			1, &p);
}

static enum err put_counts(struct ctx *cx, struct exam_report_page *v, bool open_to_all)
{
	struct exam_report_counts_row c;
	TRY(exam_report_sql_counts(cx, v->org_id, person_today(cx), v->exam_id, &c));
	v->n = c.n;
	v->n_open = c.n_open;
	v->n_waiting = c.n_waiting;
	v->n_people = c.n_people;
	if (open_to_all)
		return OK;
	v->n_posted = c.n_posted;
	v->share_sat = c.n_posted ? fmt_percent(cx, c.n_people * 100 / c.n_posted) : STR_NONE;
	return OK;
}

static enum err report_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct exam_in *in = input;
	struct exam_report_page *v = ARENA_NEW(cx->arena, struct exam_report_page);
	struct office_report r;
	struct exam_one_row e;
	size_t n;
	(void)state;
	TRY(exam_find(cx, in->org_id, in->exam_id, &e));
	TRY(report_of_exam(cx, in->org_id, e.id, &r));
	struct report_row *rows = rows_of(cx, &r, &n);
	*v = (struct exam_report_page){ .org_id = in->org_id,
					.exam_id = e.id,
					.title = e.title,
					.few = r.few,
					.comprehensive = str_is(e.kind, "comprehensive"),
					.mean = rows[0].mean,
					.mean_span = rows[0].mean_span,
					.pass = rows[0].pass,
					.pass_span = rows[0].pass_span };
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(put_counts(cx, v, str_is(e.kind, "public")));
	TRY(access_may(cx, MAY_ORG_SEE, SCOPE_ORG, in->org_id, &v->may_see_people));
	if (!r.few) {
		put_tables(cx, &r, rows, v);
		v->picture = picture_of(cx, &r.all);
		v->forms_said = forms_said(cx, &r);
		TRY(put_reliability(cx, v));
	}
	ANSWER_ROWS(a, rows, n);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Report"));
	return OK;
}

static void put_real(struct ctx *cx, struct buf *b, double v)
{
	csv_put(b, v == v ? str_fmt(cx->arena, "%.4f", v) : S(""));
}

static enum err csv_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct exam_in *in = input;
	struct office_report r;
	struct exam_one_row e;
	struct buf b;
	size_t n;
	(void)state;
	TRY(exam_find(cx, in->org_id, in->exam_id, &e));
	TRY(report_of_exam(cx, in->org_id, e.id, &r));
	struct report_row *rows = rows_of(cx, &r, &n);
	buf_init(&b, cx->arena, 1 << 20);
	buf_lit(&b, "\xEF\xBB\xBF"
		    "by,name,too_few,people,mean_percent,mean_low,mean_high,passed_share,passed_low,passed_high\r\n");
	for (size_t i = 0; i < n; i++) {
		csv_put(&b, rows[i].by);
		csv_put(&b, rows[i].name);
		csv_put(&b, rows[i].hidden ? S("yes") : S("no"));
		csv_put(&b, rows[i].hidden ? S("") : str_fmt(cx->arena, "%lld", (long long)rows[i].n));
		const double v[] = { rows[i].mean_percent, rows[i].mean_low, rows[i].mean_high, rows[i].pass_share, rows[i].pass_low, rows[i].pass_high };
		for (size_t k = 0; k < sizeof v / sizeof *v; k++)
			put_real(cx, &b, v[k]);
		csv_end_row(&b);
	}
	a->type = "text/csv; charset=utf-8";
	a->filename = S("examination.csv");
	a->bytes = buf_get(&b);
	return OK;
}

/* ── who has sat ── */

struct people_in {
	int64_t org_id, exam_id, after;
	struct str show;
};
static const struct choice shows[] = { { "all", N_("All") }, { "done", N_("Have sat") }, { "open", N_("Have not sat") }, { NULL, NULL } };
static const struct field people_in[] = { FIELD(people_in, org_id, F_ID, .must = true), FIELD(people_in, exam_id, F_ID, .must = true),
					  FIELD(people_in, show, F_CHOICE, .choices = shows), FIELD(people_in, after, F_ID), FIELD_END };
static const struct field person_out[] = {
	FIELD(report_person, person_id, F_ID),
	FIELD(report_person, name, F_TEXT, .personal = true),
	FIELD(report_person, employee_no, F_TEXT, .personal = true),
	FIELD(report_person, office, F_TEXT),
	FIELD(report_person, registered, F_BOOL),
	FIELD(report_person, sat, F_BOOL),
	FIELD(report_person, sat_at, F_TIME),
	FIELD(report_person, passed, F_BOOL),
	FIELD(report_person, passed_at, F_TIME),
	FIELD_END,
};

static enum err see_people(struct ctx *cx, int64_t org_id)
{
	bool may = false;
	TRY(access_may(cx, MAY_ORG_SEE, SCOPE_ORG, org_id, &may));
	return may ? OK : fail(cx, ERR_FORBIDDEN, "", N_("Names are shown only to who may see the people of this organisation."));
}

static struct str state_name(struct ctx *cx, const struct report_person *p)
{
	return str_of(tr(cx->lang, p->passed ? N_("passed") : p->sat ? N_("sat, not passed") : p->registered ? N_("registered") : N_("not registered")));
}

static struct report_person person_of(struct ctx *cx, const struct exam_report_people_row *r)
{
	struct report_person p = { .person_id = r->id,
				   .sat_at = r->sat_at,
				   .passed_at = r->passed_at,
				   .name = r->name,
				   .employee_no = r->employee_no,
				   .office = org_name(cx, r->name_en, r->name_hi),
				   .registered = r->registered,
				   .sat = r->sat_at != NONE,
				   .passed = r->passed_at != NONE };
	p.state_name = state_name(cx, &p);
	return p;
}

static enum err people_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct people_in *in = input;
	struct exam_people_page *v = ARENA_NEW(cx->arena, struct exam_people_page);
	struct str base = str_fmt(cx->arena, "/orgs/%lld/exams/%lld/people", (long long)in->org_id, (long long)in->exam_id),
		   show = in->show.n ? in->show : S("all");
	struct exam_report_people_row *r;
	struct exam_one_row e;
	size_t n;
	(void)state;
	TRY(exam_find(cx, in->org_id, in->exam_id, &e));
	TRY(see_people(cx, in->org_id));
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(exam_report_sql_people(cx, e.id, in->org_id, person_today(cx), in->after == NONE ? 0 : in->after, show, PEOPLE_PAGE + 1, &r, &n));
	v->org_id = in->org_id;
	v->exam_id = e.id;
	v->title = e.title;
	v->csv = str_fmt(cx->arena, "%.*s/csv?show=%.*s", STR_ARG(base), STR_ARG(show));
	for (const struct choice *c = shows; c->value; c++)
		v->tabs[v->n_tabs++] = (struct report_tab){ str_of(tr(cx->lang, c->label)), str_fmt(cx->arena, "%.*s?show=%s", STR_ARG(base), c->value),
							    str_is(show, c->value) };
	v->n_people = n > PEOPLE_PAGE ? PEOPLE_PAGE : n;
	v->people = ARENA_ARRAY(cx->arena, struct report_person, v->n_people);
	for (size_t i = 0; i < v->n_people; i++)
		v->people[i] = person_of(cx, &r[i]);
	if (n > PEOPLE_PAGE) {
		a->next = str_fmt(cx->arena, "%lld", (long long)r[PEOPLE_PAGE - 1].id);
		v->next = str_fmt(cx->arena, "%.*s?show=%.*s&after=%.*s", STR_ARG(base), STR_ARG(show), STR_ARG(a->next));
	}
	ANSWER_ROWS(a, v->people, v->n_people);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Who has sat"));
	return OK;
}

static void put_person(struct ctx *cx, struct buf *b, const struct report_person *p)
{
	csv_put(b, p->employee_no.p ? p->employee_no : S(""));
	csv_put(b, p->name);
	csv_put(b, p->office);
	csv_put(b, p->registered ? S("yes") : S("no"));
	csv_put(b, p->sat ? S("yes") : S("no"));
	csv_put(b, p->sat ? fmt_isodate(cx, p->sat_at) : S(""));
	csv_put(b, p->passed ? S("yes") : S("no"));
	csv_put(b, p->passed ? fmt_isodate(cx, p->passed_at) : S(""));
	csv_end_row(b);
}

static enum err people_csv_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct people_in *in = input;
	struct exam_report_people_row *r;
	struct exam_one_row e;
	struct buf b;
	int64_t after = in->after == NONE ? 0 : in->after;
	size_t n = PEOPLE_BATCH;
	(void)state;
	TRY(exam_find(cx, in->org_id, in->exam_id, &e));
	TRY(see_people(cx, in->org_id));
	buf_init(&b, cx->arena, 32 << 20);
	buf_lit(&b, "\xEF\xBB\xBF"
		    "employee_no,name,office,registered,sat,sat_on,passed,passed_on\r\n");
	for (size_t all = 0; n == PEOPLE_BATCH && all < PEOPLE_CSV_MAX; all += n) {
		TRY(exam_report_sql_people(cx, e.id, in->org_id, person_today(cx), after, in->show.n ? in->show : S("all"), PEOPLE_BATCH, &r, &n));
		for (size_t i = 0; i < n; i++) {
			struct report_person p = person_of(cx, &r[i]);
			put_person(cx, &b, &p);
			after = p.person_id;
		}
	}
	a->type = "text/csv; charset=utf-8";
	a->filename = S("people.csv");
	a->bytes = buf_get(&b);
	return OK;
}

#define MINE "/exam-attempts/{attempt_id}/report"
#define EXAM "/orgs/{org_id}/exams/{exam_id}"
const struct action exam_report_actions[] = {
	{ .name = "exam_report.paper",
	  .method = GET,
	  .page = MINE,
	  .api = "/api/v1" MINE,
	  .may = MAY_LEARN,
	  .in = paper_in,
	  .in_size = sizeof(struct paper_in),
	  .out = item_out,
	  .out_list = true,
	  .run = paper_run,
	  .html = attempt_report_view,
	  .summary = "What an own paper says: levels with their uncertainty, by competency, and what teaches the weakest." },
	{ .name = "exam_report.pdf",
	  .method = GET,
	  .page = MINE "/pdf",
	  .may = MAY_LEARN,
	  .in = paper_in,
	  .in_size = sizeof(struct paper_in),
	  .run = pdf_run,
	  .summary = "The same as a PDF." },
	{ .name = "exam_report.office",
	  .method = GET,
	  .page = EXAM "/report",
	  .api = "/api/v1" EXAM "/report",
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = exam_in,
	  .in_size = sizeof(struct exam_in),
	  .out = row_out,
	  .out_list = true,
	  .run = report_run,
	  .html = exam_report_view,
	  .summary = "An examination in figures of groups of 10 people and more: by office, designation, service, language and form." },
	{ .name = "exam_report.csv",
	  .method = GET,
	  .page = EXAM "/report/csv",
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = exam_in,
	  .in_size = sizeof(struct exam_in),
	  .run = csv_run,
	  .summary = "The same as a CSV file." },
	{ .name = "exam_report.people",
	  .method = GET,
	  .page = EXAM "/people",
	  .api = "/api/v1" EXAM "/people",
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = people_in,
	  .in_size = sizeof(struct people_in),
	  .out = person_out,
	  .out_list = true,
	  .run = people_run,
	  .html = exam_people_view,
	  .summary = "Who is posted in the organisation and below, with a seat or not, has sat, has passed and when; needs also the right to see people." },
	{ .name = "exam_report.people_csv",
	  .method = GET,
	  .page = EXAM "/people/csv",
	  .may = MAY_EXAM_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = people_in,
	  .in_size = sizeof(struct people_in),
	  .run = people_csv_run,
	  .summary = "The same as a CSV file, as appraisal reports need it." },
	ACTION_END,
};
