/* The report to who took an examination; see exam_report.h. */
#include "feature/attempt/attempt.h"
#include "feature/competency/competency.h"
#include "feature/exam_report/exam_report.h"
#include "feature/person/person.h"
#include "web/lang.h"

#include <math.h>
#include <stdlib.h>

/* ── levels ── */

static int64_t sure_of(struct estimate e, int64_t n_levels)
{
	int64_t level = n_levels;
	while (level > 0 && estimate_reaches(e, (double)level) < REPORT_SURE)
		level--;
	return level;
}

/* Level 0 has no name in a framework. */
static struct str level_name(struct ctx *cx, const struct str *names, int64_t n_levels, int64_t level)
{
	if (level <= 0)
		return str_of(tr(cx->lang, N_("below the first level")));
	return names[(level > n_levels ? n_levels : level) - 1];
}

struct str report_level_said(struct ctx *cx, const struct report_competency *c, const struct str *names)
{
	int64_t low = (int64_t)floor(c->level.mean), high = low + 1;
	const struct msg_arg args[] = { { "low", level_name(cx, names, c->n_levels, low) },
					{ "high", level_name(cx, names, c->n_levels, high) },
					{ "level", str_fmt(cx->arena, "%lld", (long long)c->sure) } };
	if (high > c->n_levels)
		return c->sure ? msg_text(cx, N_("{low}: we are sure of at least level {level} in 9 of 10 cases."), 3, args)
			       : msg_text(cx, N_("{low}, by this paper alone."), 3, args);
	return c->sure ? msg_text(cx, N_("Between “{low}” and “{high}”: we are sure of at least level {level} in 9 of 10 cases."), 3, args)
		       : msg_text(cx, N_("Between “{low}” and “{high}”; of no level can we be sure in 9 of 10 cases by this paper alone."), 3, args);
}

static enum err put_level(struct ctx *cx, const struct exam_report_paper_row *p, const struct exam_report_results_row *r, struct report_competency *c)
{
	struct competency_levels_row *levels;
	size_t n;
	c->known = r->value >= 0 && r->n_levels > 0;
	if (!c->known)
		return OK;
	c->level = estimate_with(0, 0, person_today(cx), r->n_levels, p->seated ? EVIDENCE_proctored_test : EVIDENCE_course_test, r->value);
	c->sure = sure_of(c->level, r->n_levels);
	TRY(competency_sql_levels(cx, r->framework_id, &levels, &n));
	struct str *names = ARENA_ARRAY(cx->arena, struct str, (size_t)r->n_levels);
	for (size_t i = 0; i < n && i < (size_t)r->n_levels; i++)
		names[i] = said_in(cx, levels[i].name_en, levels[i].name_hi);
	c->said = report_level_said(cx, c, names);
	return OK;
}

/* ── strong and weak ── */

static int by_share(const void *a, const void *b)
{
	const struct report_competency *x = a, *y = b;
	return x->share < y->share ? -1 : x->share > y->share;
}

static enum err put_courses(struct ctx *cx, int64_t person_id, int64_t value, struct report_competency *c)
{
	struct exam_report_teaching_row *r;
	TRY(exam_report_sql_teaching(cx, c->competency_id, value < 0 ? 0 : value / 1000, person_id, &r, &c->n_courses));
	c->courses = ARENA_ARRAY(cx->arena, struct report_course, c->n_courses);
	for (size_t i = 0; i < c->n_courses; i++)
		c->courses[i] = (struct report_course){ r[i].id, r[i].level, r[i].ms, r[i].title, r[i].lang };
	return OK;
}

static enum err put_competencies(struct ctx *cx, int64_t taker_id, struct person_report *v)
{
	struct exam_report_results_row *r;
	TRY(exam_report_sql_results(cx, taker_id, v->paper.id, &r, &v->n_competencies));
	v->competencies = ARENA_ARRAY(cx->arena, struct report_competency, v->n_competencies);
	for (size_t i = 0; i < v->n_competencies; i++) {
		struct report_competency *c = &v->competencies[i];
		*c = (struct report_competency){ .competency_id = r[i].competency_id,
						 .items = r[i].items,
						 .n_levels = r[i].n_levels,
						 .percent = attempt_percent(r[i].marks, r[i].max_marks),
						 .share = r[i].max_marks > 0 ? r[i].marks / r[i].max_marks : 0,
						 .name = said_in(cx, r[i].name_en, r[i].name_hi),
						 .few = r[i].items < REPORT_FEW };
		TRY(put_level(cx, &v->paper, &r[i], c));
		TRY(put_courses(cx, taker_id, r[i].value, c));
	}
	qsort(v->competencies, v->n_competencies, sizeof *v->competencies, by_share);
	return OK;
}

/* Named only where it is more than chance beside the whole paper, and of enough questions. */
static void name_strong_and_weak(struct person_report *v)
{
	double whole = v->paper.max_marks > 0 ? v->paper.marks / v->paper.max_marks : 0;
	for (size_t i = 0; i < v->n_competencies; i++) {
		struct report_competency *c = &v->competencies[i];
		double error = report_error(whole, c->items) / 100;
		c->strong = !c->few && c->share > whole + error;
		c->weak = !c->few && c->share < whole - error;
		if (i > 0)
			c->n_courses = c->weak ? c->n_courses : 0;
	}
}

/* ── gain ── */

double report_error(double share, int64_t k)
{
	return k > 1 ? 100 * sqrt(share * (1 - share) / (double)(k - 1)) : 100;
}

struct str report_gain_said(struct ctx *cx, const struct report_gain *g)
{
	const struct msg_arg args[] = { { "gain", str_fmt(cx->arena, "%+.0f", g->gain) }, { "error", str_fmt(cx->arena, "%.0f", 2 * g->error) } };
	if (!g->more)
		return msg_text(cx, N_("{gain} percentage points, give or take {error}: chance alone could explain it."), 2, args);
	return g->gain > 0 ? msg_text(cx, N_("{gain} percentage points, give or take {error}: more than chance explains."), 2, args)
			   : msg_text(cx, N_("{gain} percentage points, give or take {error}: less than before, by more than chance explains."), 2, args);
}

static enum err put_gain(struct ctx *cx, int64_t taker_id, struct person_report *v)
{
	struct exam_report_partner_row o;
	bool post = str_is(v->paper.kind, "post"), found = false;
	if (!post && !str_is(v->paper.kind, "pre"))
		return OK;
	TRY(exam_report_sql_partner(cx, taker_id, v->paper.course_id, post ? S("pre") : S("post"), v->paper.org_id, &o, &found));
	if (!found || !(o.max_marks > 0) || !(v->paper.max_marks > 0))
		return OK;
	double mine = v->paper.marks / v->paper.max_marks, other = o.marks / o.max_marks;
	struct report_gain g = { .known = true,
				 .before = 100 * (post ? other : mine),
				 .after = 100 * (post ? mine : other),
				 .before_title = post ? o.title : v->paper.title,
				 .before_at = post ? o.submitted_at : v->paper.submitted_at,
				 .after_at = post ? v->paper.submitted_at : o.submitted_at };
	g.gain = g.after - g.before;
	g.error = hypot(report_error(mine, v->paper.items), report_error(other, o.items));
	g.more = fabs(g.gain) > 2 * g.error;
	v->gain = g;
	return OK;
}

enum err report_of_paper(struct ctx *cx, int64_t taker_id, int64_t attempt_id, struct person_report *ret)
{
	bool found = false;
	*ret = (struct person_report){ 0 };
	TRY(exam_report_sql_paper(cx, taker_id, attempt_id, &ret->paper, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "attempt_id", N_("You have no such paper."));
	if (str_is(ret->paper.state, "open"))
		return fail(cx, ERR_CONFLICT, "", N_("This paper is not handed in yet."));
	ret->silent = str_is(ret->paper.feedback, "none");
	ret->waits = str_is(ret->paper.state, "submitted");
	if (ret->silent || ret->waits)
		return OK;
	ret->percent = attempt_percent(ret->paper.marks, ret->paper.max_marks);
	TRY(put_competencies(cx, taker_id, ret));
	name_strong_and_weak(ret);
	return put_gain(cx, taker_id, ret);
}
