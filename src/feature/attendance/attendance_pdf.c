/* The sheet of a session; see attendance_pdf.h. */
#include "feature/attendance/attendance_pdf.h"
#include "web/lang.h"
#include "web/sheet.h"

enum { NUMBER, NAME, BOX, SIGNED };
enum { ROW_LEAST = 26, UNDER_NAME = 14, SQUARE = 13 };
static const struct sheet_column columns[] = {
	[NUMBER] = { SHEET_LEFT, NULL },
	[NAME] = { SHEET_LEFT + 34, N_("Name") },
	[BOX] = { SHEET_LEFT + 284, N_("There") },
	[SIGNED] = { SHEET_LEFT + 330, N_("Signature") },
};

static void put_box(struct paper *p, bool ticked)
{
	double x = columns[BOX].x + 4, y = p->y + 2;
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
	double name = sheet_height(s, "Bold 10", k->name, NAME), h = name + UNDER_NAME < ROW_LEAST ? ROW_LEAST : name + UNDER_NAME;
	sheet_room(s, h);
	sheet_cell(s, "Bold 10", 0, k->name, NAME, 0);
	put_box(&s->p, k->there);
	sheet_cell(s, "7.5", 0.3, str_fmt(s->p.cx->arena, "%zu", n), NUMBER, 2);
	sheet_cell(s, "7.5", 0.3, k->employee_no.n ? k->employee_no : S(""), NAME, name);
	sheet_end_row(s, h);
}

static void put_head(struct ctx *cx, struct sheet *s, const struct roster_page *v)
{
	const struct msg_arg when[] = { { "when", fmt_datetime(cx, v->of.starts_at) }, { "until", fmt_datetime(cx, v->of.ends_at) } };
	const struct msg_arg n = { "n", fmt_number(cx, v->n_rows) };
	sheet_line(s, "Bold 11", v->of.programme, 2);
	sheet_line(s, "Bold 16", v->of.title, 2);
	sheet_line(s, "Bold 12", v->of.batch, 1);
	sheet_line(s, "10", v->of.room, 1);
	sheet_line(s, "10", v->of.place, 1);
	sheet_line(s, "10", msg_text(cx, N_("{when} to {until}"), 2, when), 1);
	sheet_line(s, "10", msg_text(cx, N_("Admitted: {n}. A tick is already known."), 1, &n), 8);
}

enum err attendance_pdf(struct ctx *cx, const struct roster_page *v, struct str *ret)
{
	struct sheet s;
	sheet_begin(&s, cx, str_fmt(cx->arena, "%.*s · %.*s", STR_ARG(v->of.title), STR_ARG(v->of.batch)), v->of.programme, columns,
		    sizeof columns / sizeof *columns);
	put_head(cx, &s, v);
	sheet_table(&s);
	for (size_t i = 0; i < v->n_rows; i++)
		put_person(&s, &v->rows[i], i + 1);
	return sheet_end(&s, N_("Signature of the coordinator, date and time"), ret);
}
