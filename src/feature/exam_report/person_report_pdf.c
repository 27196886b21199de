/* The report to who took an examination, on paper; see exam_report.h. */
#include "feature/exam_report/exam_report.h"
#include "web/html.h"
#include "web/lang.h"
#include "web/paper.h"

#define WIDTH (PAPER_W - 2.0 * PAPER_MARGIN)
enum { SCALE_W = 150, SCALE_H = 10, SCALE_X = PAPER_W - PAPER_MARGIN - SCALE_W, TEXT_W = SCALE_X - PAPER_MARGIN - 14 };
#define PLAIN "Mukta, Noto Sans 9.5"
#define SMALL "Mukta, Noto Sans 8"
#define STRONG "Mukta, Noto Sans Bold 11"

static struct str word(struct paper *p, const char *english)
{
	return str_of(tr(p->cx->lang, english));
}

static void line(struct paper *p, const char *font, struct str s, double after)
{
	paper_font(p, font);
	p->y += paper_put(p, s, PAPER_MARGIN, p->y, WIDTH) + after;
}

/* What is so high stands on one page. */
static void room(struct paper *p, double height)
{
	if (p->y + height <= PAPER_H - PAPER_FOOT)
		return;
	paper_foot(p, word(p, N_("A report, not a certificate.")));
	paper_turn(p);
	paper_grey(p, 0);
}

static void box(struct paper *p, double grey, double x, double y, double width, double height)
{
	paper_grey(p, grey);
	cairo_rectangle(p->cr, x, y, width, height);
	cairo_fill(p->cr);
}

static void scale(struct paper *p, const struct report_competency *c, double y)
{
	double unit = SCALE_W / (double)c->n_levels;
	struct estimate_band band = estimate_band(c->level, c->n_levels);
	for (int64_t i = 0; i < c->n_levels; i++)
		box(p, 0.88, SCALE_X + (double)i * unit, y, unit - 1, SCALE_H);
	box(p, 0.55, SCALE_X + band.from * unit, y + 2.5, (band.to - band.from) * unit, SCALE_H - 5);
	box(p, 0, SCALE_X + c->level.mean * unit - 0.75, y - 1, 1.5, SCALE_H + 2);
	paper_grey(p, 0);
}

static void competency(struct paper *p, const struct report_competency *c)
{
	const struct msg_arg args[] = { { "percent", fmt_percent(p->cx, c->percent) }, { "n", fmt_number(p->cx, c->items) } };
	room(p, 60);
	paper_font(p, PLAIN);
	double name = paper_put(p, c->name, PAPER_MARGIN, p->y, TEXT_W);
	if (c->known)
		scale(p, c, p->y + 3);
	p->y += name;
	paper_grey(p, 0.35);
	line(p, SMALL,
	     msg_text(p->cx, c->few ? N_("{percent} of the marks; questions: {n}, so that little can be said") : N_("{percent} of the marks; questions: {n}"),
		      2, args),
	     0);
	if (c->said.n)
		line(p, SMALL, c->said, 0);
	p->y += 4;
	paper_rule(p, 0.5, 0.2);
	p->y += 5;
	paper_grey(p, 0);
}

static void head(struct paper *p, const struct person_report *r)
{
	const struct msg_arg day = { "date", fmt_date(p->cx, r->paper.submitted_at) };
	paper_grey(p, 0.35);
	line(p, "Mukta, Noto Sans Bold 9", word(p, N_("Karmayogi")), 2);
	paper_grey(p, 0);
	line(p, "Mukta, Noto Sans Bold 19", r->paper.title, 6);
	line(p, "Mukta, Noto Sans Bold 13", r->paper.name, 1);
	line(p, "Mukta, Noto Sans 10", msg_text(p->cx, N_("Handed in on {date}"), 1, &day), 8);
}

static void result(struct paper *p, const struct person_report *r)
{
	const struct msg_arg args[] = { { "marks", str_fmt(p->cx->arena, "%.2f", r->paper.marks) },
					{ "max", str_fmt(p->cx->arena, "%.2f", r->paper.max_marks) },
					{ "percent", fmt_percent(p->cx, r->percent) },
					{ "pass", fmt_percent(p->cx, r->paper.pass) } };
	line(p, STRONG, word(p, r->paper.passed ? N_("Passed") : N_("Not passed")), 2);
	line(p, PLAIN, msg_text(p->cx, N_("{marks} of {max} marks ({percent}); {pass} are needed to pass."), 4, args), 10);
	if (r->gain.known)
		line(p, PLAIN, report_gain_said(p->cx, &r->gain), 10);
}

enum err report_pdf(struct ctx *cx, const struct person_report *r, struct str *ret)
{
	struct paper p;
	paper_begin(&p, cx, r->paper.title, r->paper.name, NULL);
	head(&p, r);
	if (r->silent)
		line(&p, PLAIN, word(&p, N_("By the rules of this examination its result is not told here.")), 0);
	else if (r->waits)
		line(&p, PLAIN, word(&p, N_("Long answers are still being marked.")), 0);
	else
		result(&p, r);
	if (r->n_competencies) {
		line(&p, STRONG, word(&p, N_("By competency")), 3);
		paper_rule(&p, 1, 0.8);
		p.y += 6;
	}
	for (size_t i = 0; i < r->n_competencies; i++)
		competency(&p, &r->competencies[i]);
	if (r->n_competencies)
		line(&p, SMALL,
		     word(&p, N_("The band is where the level lies, four times in five, by this paper alone; the competency passbook has all that is known.")),
		     0);
	paper_foot(&p, word(&p, N_("A report, not a certificate.")));
	return paper_end(&p, ret);
}
