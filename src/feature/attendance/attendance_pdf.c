/* The sheet of a session; see attendance_pdf.h. */
#include "feature/attendance/attendance_pdf.h"
#include "web/lang.h"
#include "web/paper.h"

#define FONT "Mukta, Noto Sans, Noto Sans Devanagari"
/* Columns: number, name, box, signature. */
enum { LEFT = PAPER_MARGIN, NAME = LEFT + 34, BOX = NAME + 250, SIGNED = BOX + 46, RIGHT = PAPER_W - PAPER_MARGIN, GAP = 8, ROW_LEAST = 26, SQUARE = 13 };

struct sheet {
	struct paper p;
	struct ctx *cx;
	struct str foot;
};

static struct str said(const struct sheet *s, const char *english)
{
	return str_of(tr(s->cx->lang, english));
}

static void columns(struct sheet *s)
{
	struct paper *p = &s->p;
	paper_font(p, FONT " Bold 8.5");
	paper_grey(p, 0.25);
	paper_put(p, said(s, N_("Name")), NAME, p->y, BOX - NAME - GAP);
	paper_put(p, said(s, N_("There")), BOX, p->y, SIGNED - BOX - GAP);
	p->y += paper_put(p, said(s, N_("Signature")), SIGNED, p->y, RIGHT - SIGNED) + 3;
	paper_rule(p, 0.8, 0.6);
	p->y += 4;
}

static void put_box(struct paper *p, bool ticked)
{
	double x = BOX + 4, y = p->y + 2;
	cairo_set_line_width(p->cr, 0.8);
	cairo_rectangle(p->cr, x, y, SQUARE, SQUARE);
	cairo_stroke(p->cr);
	if (!ticked)
		return;
	cairo_move_to(p->cr, x + 3, y + 7);
	cairo_line_to(p->cr, x + 6, y + 10);
	cairo_line_to(p->cr, x + 11, y + 3);
	cairo_stroke(p->cr);
}

static void put_person(struct sheet *s, const struct attendance_item *k, size_t n)
{
	struct paper *p = &s->p;
	paper_font(p, FONT " Bold 10");
	double name = paper_height(p, k->name, BOX - NAME - GAP), h = name + 14 < ROW_LEAST ? ROW_LEAST : name + 14;
	if (p->y + h + 4 > PAPER_H - PAPER_FOOT) {
		paper_foot(p, s->foot);
		paper_turn(p);
		columns(s);
		paper_font(p, FONT " Bold 10");
	}
	paper_grey(p, 0);
	paper_put(p, k->name, NAME, p->y, BOX - NAME - GAP);
	put_box(p, k->there);
	paper_font(p, FONT " 7.5");
	paper_grey(p, 0.3);
	paper_put(p, str_fmt(s->cx->arena, "%zu", n), LEFT, p->y + 2, NAME - LEFT - GAP);
	paper_put(p, k->employee_no.n ? k->employee_no : S(""), NAME, p->y + name, BOX - NAME - GAP);
	paper_grey(p, 0);
	p->y += h;
	paper_rule(p, 0.4, 0.35);
	p->y += 4;
}

static void put_line(struct sheet *s, const char *font, struct str text, double after)
{
	if (!text.n)
		return;
	paper_font(&s->p, font);
	s->p.y += paper_put(&s->p, text, LEFT, s->p.y, RIGHT - LEFT) + after;
}

static void put_head(struct sheet *s, const struct roster_page *v)
{
	const struct msg_arg when[] = { { "when", fmt_datetime(s->cx, v->of.starts_at) }, { "until", fmt_datetime(s->cx, v->of.ends_at) } };
	const struct msg_arg n = { "n", fmt_number(s->cx, v->n_rows) };
	put_line(s, FONT " Bold 11", v->of.programme, 2);
	put_line(s, FONT " Bold 16", v->of.title, 2);
	put_line(s, FONT " Bold 12", v->of.batch, 1);
	put_line(s, FONT " 10", v->of.room, 1);
	put_line(s, FONT " 10", v->of.place, 1);
	put_line(s, FONT " 10", msg_text(s->cx, N_("{when} to {until}"), 2, when), 1);
	put_line(s, FONT " 10", msg_text(s->cx, N_("Admitted: {n}. A tick is already known."), 1, &n), 8);
}

static void put_end(struct sheet *s)
{
	struct paper *p = &s->p;
	if (p->y + 70 > PAPER_H - PAPER_FOOT) {
		paper_foot(p, s->foot);
		paper_turn(p);
	}
	p->y += 50;
	cairo_set_line_width(p->cr, 0.6);
	cairo_move_to(p->cr, RIGHT - 200, p->y);
	cairo_line_to(p->cr, RIGHT, p->y);
	cairo_stroke(p->cr);
	paper_font(p, FONT " 8");
	paper_put(p, said(s, N_("Signature of the coordinator, date and time")), RIGHT - 200, p->y + 3, 200);
}

enum err attendance_pdf(struct ctx *cx, const struct roster_page *v, struct str *ret)
{
	struct sheet s = { .cx = cx };
	s.foot = str_fmt(cx->arena, "%.*s · %.*s", STR_ARG(v->of.title), STR_ARG(v->of.batch));
	paper_begin(&s.p, cx, s.foot, v->of.programme, NULL);
	put_head(&s, v);
	columns(&s);
	for (size_t i = 0; i < v->n_rows; i++)
		put_person(&s, &v->rows[i], i + 1);
	put_end(&s);
	paper_foot(&s.p, s.foot);
	return paper_end(&s.p, ret);
}
