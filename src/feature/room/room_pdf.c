/* The hall list on paper; see room_pdf.h. */
#include "feature/room/room_pdf.h"
#include "web/lang.h"
#include "web/paper.h"

#define FONT "Mukta, Noto Sans, Noto Sans Devanagari"
/* Columns: seat, name, document shown, signature. */
enum { LEFT = PAPER_MARGIN, NAME = LEFT + 52, DOCUMENT = NAME + 222, SIGNED = DOCUMENT + 88, RIGHT = PAPER_W - PAPER_MARGIN, GAP = 8, ROW_LEAST = 34 };

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
	paper_put(p, said(s, N_("Seat")), LEFT, p->y, NAME - LEFT - GAP);
	paper_put(p, said(s, N_("Name")), NAME, p->y, DOCUMENT - NAME - GAP);
	paper_put(p, said(s, N_("Document shown")), DOCUMENT, p->y, SIGNED - DOCUMENT - GAP);
	p->y += paper_put(p, said(s, N_("Signature")), SIGNED, p->y, RIGHT - SIGNED) + 3;
	paper_rule(p, 0.8, 0.6);
	p->y += 4;
}

static struct str under_name(struct sheet *s, const struct seat_item *k)
{
	struct buf b;
	buf_init(&b, s->cx->arena, 4000);
	const struct str parts[] = { k->employee_no, k->designation, k->section };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (parts[i].n && b.n)
			buf_lit(&b, " · ");
		buf_str(&b, parts[i]);
	}
	if (k->extra_minutes) {
		const struct msg_arg minutes = { "n", fmt_number(s->cx, k->extra_minutes) };
		buf_lit(&b, "\n");
		buf_str(&b, msg_text(s->cx, N_("{n} minutes more, by order"), 1, &minutes));
	}
	return buf_get(&b);
}

static double height_of(struct sheet *s, const struct seat_item *k)
{
	paper_font(&s->p, FONT " Bold 10");
	double h = paper_height(&s->p, k->name, DOCUMENT - NAME - GAP);
	paper_font(&s->p, FONT " 7.5");
	h += paper_height(&s->p, under_name(s, k), DOCUMENT - NAME - GAP) + 4;
	return h < ROW_LEAST ? ROW_LEAST : h;
}

static void put_seat(struct sheet *s, const struct seat_item *k)
{
	struct paper *p = &s->p;
	double h = height_of(s, k);
	if (p->y + h + 4 > PAPER_H - PAPER_FOOT) {
		paper_foot(p, s->foot);
		paper_turn(p);
		columns(s);
	}
	paper_font(p, FONT " Bold 10");
	paper_grey(p, 0);
	paper_put(p, k->seat, LEFT, p->y, NAME - LEFT - GAP);
	double name = paper_put(p, k->name, NAME, p->y, DOCUMENT - NAME - GAP);
	paper_font(p, FONT " 7.5");
	paper_grey(p, 0.3);
	paper_put(p, under_name(s, k), NAME, p->y + name, DOCUMENT - NAME - GAP);
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

static void put_head(struct sheet *s, const struct room_page *v)
{
	const struct msg_arg args[] = { { "when", fmt_datetime(s->cx, v->room.begins_at) }, { "name", v->room.invigilator } };
	const struct msg_arg seats = { "n", fmt_number(s->cx, v->n_seats) };
	put_line(s, FONT " Bold 11", v->org, 2);
	put_line(s, FONT " Bold 16", v->exam, 2);
	put_line(s, FONT " Bold 12", v->room.name, 1);
	put_line(s, FONT " 10", v->room.place, 1);
	put_line(s, FONT " 10", msg_text(s->cx, N_("Begins {when}. Invigilator: {name}"), 2, args), 1);
	put_line(s, FONT " 10", msg_text(s->cx, N_("Seats: {n}"), 1, &seats), 8);
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
	paper_put(p, said(s, N_("Signature of the invigilator, date and time")), RIGHT - 200, p->y + 3, 200);
}

enum err room_pdf(struct ctx *cx, const struct room_page *v, struct str *ret)
{
	struct sheet s = { .cx = cx };
	s.foot = str_fmt(cx->arena, "%.*s · %.*s", STR_ARG(v->exam), STR_ARG(v->room.name));
	paper_begin(&s.p, cx, s.foot, v->org, NULL);
	put_head(&s, v);
	columns(&s);
	for (size_t i = 0; i < v->n_seats; i++)
		put_seat(&s, &v->seats[i]);
	put_end(&s);
	paper_foot(&s.p, s.foot);
	return paper_end(&s.p, ret);
}
