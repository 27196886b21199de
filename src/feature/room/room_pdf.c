/* The hall list on paper; see room_pdf.h. */
#include "feature/room/room_pdf.h"
#include "web/lang.h"
#include "web/sheet.h"

enum { SEAT, NAME, DOCUMENT, SIGNED };
enum { ROW_LEAST = 34 };
static const struct sheet_column columns[] = {
	[SEAT] = { SHEET_LEFT, N_("Seat") },
	[NAME] = { SHEET_LEFT + 52, N_("Name") },
	[DOCUMENT] = { SHEET_LEFT + 274, N_("Document shown") },
	[SIGNED] = { SHEET_LEFT + 362, N_("Signature") },
};

static struct str under_name(struct ctx *cx, const struct seat_item *k)
{
	struct buf b;
	buf_init(&b, cx->arena, 4000);
	const struct str parts[] = { k->employee_no, k->designation, k->section };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (parts[i].n && b.n)
			buf_lit(&b, " · ");
		buf_str(&b, parts[i]);
	}
	if (k->extra_minutes) {
		const struct msg_arg minutes = { "n", fmt_number(cx, k->extra_minutes) };
		buf_lit(&b, "\n");
		buf_str(&b, msg_text(cx, N_("{n} minutes more, by order"), 1, &minutes));
	}
	return buf_get(&b);
}

static void put_seat(struct ctx *cx, struct sheet *s, const struct seat_item *k)
{
	struct str under = under_name(cx, k);
	double name = sheet_height(s, "Bold 10", k->name, NAME), h = name + sheet_height(s, "7.5", under, NAME) + 4;
	h = h < ROW_LEAST ? ROW_LEAST : h;
	sheet_room(s, h);
	sheet_cell(s, "Bold 10", 0, k->seat, SEAT, 0);
	sheet_cell(s, "Bold 10", 0, k->name, NAME, 0);
	sheet_cell(s, "7.5", 0.3, under, NAME, name);
	sheet_end_row(s, h);
}

static void put_head(struct ctx *cx, struct sheet *s, const struct room_page *v)
{
	const struct msg_arg args[] = { { "when", fmt_datetime(cx, v->room.begins_at) }, { "name", v->room.invigilator } };
	const struct msg_arg seats = { "n", fmt_number(cx, v->n_seats) };
	sheet_line(s, "Bold 11", v->org, 2);
	sheet_line(s, "Bold 16", v->exam, 2);
	sheet_line(s, "Bold 12", v->room.name, 1);
	sheet_line(s, "10", v->room.place, 1);
	sheet_line(s, "10", msg_text(cx, N_("Begins {when}. Invigilator: {name}"), 2, args), 1);
	sheet_line(s, "10", msg_text(cx, N_("Seats: {n}"), 1, &seats), 8);
}

enum err room_pdf(struct ctx *cx, const struct room_page *v, struct str *ret)
{
	struct sheet s;
	sheet_begin(&s, cx, str_fmt(cx->arena, "%.*s · %.*s", STR_ARG(v->exam), STR_ARG(v->room.name)), v->org, columns, sizeof columns / sizeof *columns);
	put_head(cx, &s, v);
	sheet_table(&s);
	for (size_t i = 0; i < v->n_seats; i++)
		put_seat(cx, &s, &v->seats[i]);
	return sheet_end(&s, N_("Signature of the invigilator, date and time"), ret);
}
