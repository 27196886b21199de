/* Sheets on paper; see together_sheet_pdf.h. */
#include "feature/together/together_sheet_pdf.h"
#include "feature/quiz/quiz_page.h"
#include "web/html.h"
#include "web/lang.h"
#include "web/paper.h"

#define FONT "Mukta, Noto Sans, Noto Sans Devanagari"
enum { LEFT = PAPER_MARGIN, RIGHT = PAPER_W - PAPER_MARGIN, LETTER = LEFT + 24, OPTION = LETTER + 20, SQUARE = 12, GAP = 6, SIGN = 90 };

struct printing {
	struct paper p;
	struct ctx *cx;
	struct str foot;
};

static struct str said(const struct printing *s, const char *english)
{
	return str_of(tr(s->cx->lang, english));
}

static void line(struct printing *s, const char *font, struct str text, double after)
{
	if (!text.n)
		return;
	paper_font(&s->p, font);
	s->p.y += paper_put(&s->p, text, LEFT, s->p.y, RIGHT - LEFT) + after;
}

static void need_room(struct printing *s, double h)
{
	if (s->p.y + h <= PAPER_H - PAPER_FOOT)
		return;
	paper_foot(&s->p, s->foot);
	paper_turn(&s->p);
}

static void box(struct paper *p, double x, double y)
{
	cairo_set_line_width(p->cr, 0.8);
	cairo_rectangle(p->cr, x, y + 2, SQUARE, SQUARE);
	cairo_stroke(p->cr);
}

static void put_option(struct printing *s, size_t i, struct str text)
{
	struct paper *p = &s->p;
	paper_font(p, FONT " 10.5");
	double h = paper_height(p, text, RIGHT - OPTION);
	need_room(s, h + GAP);
	box(p, LEFT, p->y);
	paper_put(p, together_letter(s->cx->arena, i), LETTER, p->y, OPTION - LETTER);
	paper_put(p, text, OPTION, p->y, RIGHT - OPTION);
	p->y += h + GAP;
}

/* A line to write on. */
static void put_blank(struct printing *s)
{
	struct paper *p = &s->p;
	need_room(s, 34);
	p->y += 26;
	cairo_set_line_width(p->cr, 0.6);
	cairo_move_to(p->cr, LEFT, p->y);
	cairo_line_to(p->cr, LEFT + 260, p->y);
	cairo_stroke(p->cr);
	p->y += 8;
}

static void put_question(struct printing *s, const struct quiz_shown *q)
{
	struct paper *p = &s->p;
	struct str text = str_fmt(s->cx->arena, "%lld. %.*s", (long long)q->n, STR_ARG(q->text));
	paper_font(p, FONT " Bold 11");
	need_room(s, paper_height(p, text, RIGHT - LEFT) + 40);
	paper_font(p, FONT " Bold 11");
	p->y += paper_put(p, text, LEFT, p->y, RIGHT - LEFT) + GAP;
	if (q->kind == Q_MULTIPLE)
		line(s, FONT " 9", said(s, N_("Choose all that are right")), 4);
	for (size_t i = 0; i < q->n_options; i++)
		put_option(s, i, quiz_option_text(s->cx, q->kind, &q->options[i]));
	if (!q->n_options)
		put_blank(s);
	p->y += 10;
}

static void put_end(struct printing *s)
{
	struct paper *p = &s->p;
	need_room(s, SIGN);
	p->y += 46;
	cairo_set_line_width(p->cr, 0.6);
	cairo_move_to(p->cr, RIGHT - 200, p->y);
	cairo_line_to(p->cr, RIGHT, p->y);
	cairo_stroke(p->cr);
	paper_font(p, FONT " 8");
	paper_put(p, said(s, N_("Signature: I answered this myself")), RIGHT - 200, p->y + 3, 200);
}

static void put_sheet(struct printing *s, const struct together_session_row *of, const struct together_paper *k)
{
	const struct msg_arg n = { "n", str_fmt(s->cx->arena, "%lld", (long long)k->n) };
	const struct msg_arg host[] = { { "name", of->host }, { "when", fmt_datetime(s->cx, of->opened_at) } };
	struct str number = msg_text(s->cx, N_("Sheet {n}"), 1, &n);
	s->foot = str_fmt(s->cx->arena, "%.*s · %.*s", STR_ARG(number), STR_ARG(of->title));
	line(s, FONT " Bold 20", number, 2);
	line(s, FONT " Bold 13", k->name, 1);
	line(s, FONT " 9", k->employee_no, 1);
	line(s, FONT " 10", of->title, 1);
	line(s, FONT " 9", msg_text(s->cx, N_("Group session of {name}, {when}"), 2, host), 4);
	line(s, FONT " 9", said(s, N_("Tick the box of the right answer; of two ticks where one is asked none counts.")), 8);
	paper_rule(&s->p, 0.8, 0.6);
	s->p.y += 10;
	for (size_t i = 0; i < k->n_questions; i++)
		put_question(s, &k->questions[i]);
	put_end(s);
	paper_foot(&s->p, s->foot);
}

enum err together_sheet_pdf(struct ctx *cx, const struct together_session_row *s, const struct together_paper *sheets, size_t n, struct str *ret)
{
	struct printing out = { .cx = cx };
	paper_begin(&out.p, cx, s->title, s->course, NULL);
	for (size_t i = 0; i < n; i++) {
		if (i)
			paper_turn(&out.p);
		put_sheet(&out, s, &sheets[i]);
	}
	if (!n)
		line(&out, FONT " 11", said(&out, N_("No sheet of this session is open.")), 0);
	return paper_end(&out.p, ret);
}
