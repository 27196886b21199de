/* Lists to be signed; see sheet.h. */
#include "web/sheet.h"
#include "web/lang.h"

enum { GAP = 8, ROW_GAP = 4, END_ROOM = 70, SIGN_ROOM = 50, SIGN_WIDTH = 200 };

static struct str said(const struct sheet *s, const char *english)
{
	return str_of(tr(s->p.cx->lang, english));
}

static void font(struct sheet *s, const char *size)
{
	paper_font(&s->p, str_fmt(s->p.cx->arena, SHEET_FONT " %s", size).p);
}

static double width_of(const struct sheet *s, size_t column)
{
	bool last = column + 1 == s->n_columns;
	return (last ? SHEET_RIGHT : s->columns[column + 1].x - GAP) - s->columns[column].x;
}

static void turn(struct sheet *s)
{
	paper_foot(&s->p, s->foot);
	paper_turn(&s->p);
}

void sheet_begin(struct sheet *s, struct ctx *cx, struct str foot, struct str subject, const struct sheet_column *columns, size_t n_columns)
{
	*s = (struct sheet){ .foot = foot, .columns = columns, .n_columns = n_columns };
	paper_begin(&s->p, cx, foot, subject, NULL);
}

void sheet_line(struct sheet *s, const char *size, struct str text, double after)
{
	if (!text.n)
		return;
	font(s, size);
	s->p.y += paper_put(&s->p, text, SHEET_LEFT, s->p.y, SHEET_RIGHT - SHEET_LEFT) + after;
}

void sheet_table(struct sheet *s)
{
	double height = 0;
	font(s, "Bold 8.5");
	paper_grey(&s->p, 0.25);
	for (size_t i = 0; i < s->n_columns; i++) {
		double h = s->columns[i].name ? paper_put(&s->p, said(s, s->columns[i].name), s->columns[i].x, s->p.y, width_of(s, i)) : 0;
		height = h > height ? h : height;
	}
	s->p.y += height + 3;
	paper_rule(&s->p, 0.8, 0.6);
	s->p.y += ROW_GAP;
}

void sheet_room(struct sheet *s, double height)
{
	if (s->p.y + height + ROW_GAP <= PAPER_H - PAPER_FOOT)
		return;
	turn(s);
	sheet_table(s);
}

double sheet_height(struct sheet *s, const char *size, struct str text, size_t column)
{
	font(s, size);
	return paper_height(&s->p, text, width_of(s, column));
}

double sheet_cell(struct sheet *s, const char *size, double grey, struct str text, size_t column, double below)
{
	font(s, size);
	paper_grey(&s->p, grey);
	double height = paper_put(&s->p, text, s->columns[column].x, s->p.y + below, width_of(s, column));
	paper_grey(&s->p, 0);
	return height;
}

void sheet_end_row(struct sheet *s, double height)
{
	s->p.y += height;
	paper_rule(&s->p, 0.4, 0.35);
	s->p.y += ROW_GAP;
}

enum err sheet_end(struct sheet *s, const char *sign, struct str *ret)
{
	struct paper *p = &s->p;
	if (p->y + END_ROOM > PAPER_H - PAPER_FOOT)
		turn(s);
	p->y += SIGN_ROOM;
	cairo_set_line_width(p->cr, 0.6);
	cairo_move_to(p->cr, SHEET_RIGHT - SIGN_WIDTH, p->y);
	cairo_line_to(p->cr, SHEET_RIGHT, p->y);
	cairo_stroke(p->cr);
	font(s, "8");
	paper_put(p, said(s, sign), SHEET_RIGHT - SIGN_WIDTH, p->y + 3, SIGN_WIDTH);
	paper_foot(p, s->foot);
	return paper_end(p, ret);
}
