/* The transcript on paper: A4, black on white, text by Pango so that every script is shaped right. */
#include "base/clock.h"
#include "feature/record/record.h"
#include "web/html.h"
#include "web/lang.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdlib.h>

/* Points (1/72 inch). */
enum { PAGE_W = 595, PAGE_H = 842, MARGIN = 48, FOOT = 58, GAP = 10, PDF_MAX = 32 << 20, N_COLUMNS = 4 };
static const double column_x[N_COLUMNS + 1] = { MARGIN, 256, 350, 416, PAGE_W - MARGIN };

struct paper {
	struct ctx *cx;
	cairo_surface_t *surface;
	cairo_t *cr;
	PangoLayout *layout;
	struct buf out;
	double y;
	int page;
};

static cairo_status_t keep(void *arg, const unsigned char *p, unsigned n)
{
	struct buf *b = arg;
	buf_add(b, p, n);
	return b->full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static void font(struct paper *p, const char *name)
{
	PangoFontDescription *d = pango_font_description_from_string(name);
	pango_layout_set_font_description(p->layout, d);
	pango_font_description_free(d);
}

/* Sets the text to be drawn in a width; returns its height. */
static double set(struct paper *p, struct str s, double width)
{
	int height;
	pango_layout_set_width(p->layout, (int)(width * PANGO_SCALE));
	pango_layout_set_text(p->layout, s.p ? s.p : "", (int)s.n);
	pango_layout_get_size(p->layout, NULL, &height);
	return (double)height / PANGO_SCALE;
}

static double put(struct paper *p, struct str s, double x, double y, double width)
{
	double height = set(p, s, width);
	cairo_move_to(p->cr, x, y);
	pango_cairo_show_layout(p->cr, p->layout);
	return height;
}

static void grey(struct paper *p, double v)
{
	cairo_set_source_rgb(p->cr, v, v, v);
}

static void rule(struct paper *p, double width, double darkness)
{
	grey(p, 1 - darkness);
	cairo_set_line_width(p->cr, width);
	cairo_move_to(p->cr, MARGIN, p->y);
	cairo_line_to(p->cr, PAGE_W - MARGIN, p->y);
	cairo_stroke(p->cr);
	grey(p, 0);
}

static struct str word(struct paper *p, const char *english)
{
	return str_of(tr(p->cx->lang, english));
}

/* ── a page ── */

static void foot(struct paper *p)
{
	struct ctx *cx = p->cx;
	const struct msg_arg args[] = { { "address", str_fmt(cx->arena, "%.*s/verify", STR_ARG(cx->app->base_url)) }, { "n", fmt_number(cx, p->page) } };
	double at = PAGE_H - FOOT + 16;
	font(p, "Mukta, Noto Sans 8");
	grey(p, 0.35);
	put(p, msg_text(cx, N_("Anybody can check the certificates by their numbers at {address}"), 2, args), MARGIN, at, 400);
	pango_layout_set_alignment(p->layout, PANGO_ALIGN_RIGHT);
	put(p, msg_text(cx, N_("Page {n}"), 2, args), PAGE_W - MARGIN - 90, at, 90);
	pango_layout_set_alignment(p->layout, PANGO_ALIGN_LEFT);
	grey(p, 0);
}

static void headings(struct paper *p)
{
	static const char *const names[N_COLUMNS] = { N_("Course"), N_("State"), N_("Verified"), N_("Certificate") };
	double height = 0;
	font(p, "Mukta, Noto Sans Bold 9");
	for (int i = 0; i < N_COLUMNS; i++) {
		double h = put(p, word(p, names[i]), column_x[i], p->y, column_x[i + 1] - column_x[i] - GAP);
		height = h > height ? h : height;
	}
	p->y += height + 3;
	rule(p, 1, 0.8);
	p->y += 5;
}

static void next_page(struct paper *p)
{
	foot(p);
	cairo_show_page(p->cr);
	p->page++;
	p->y = MARGIN;
	headings(p);
}

/* ── what stands on it ── */

static void head(struct paper *p, const struct record *r)
{
	struct ctx *cx = p->cx;
	double width = PAGE_W - 2 * MARGIN;
	const struct msg_arg day = { "date", fmt_date(cx, cx->now) };
	font(p, "Mukta, Noto Sans Bold 9");
	grey(p, 0.35);
	p->y += put(p, word(p, N_("Karmayogi")), MARGIN, p->y, width) + 2;
	grey(p, 0);
	font(p, "Mukta, Noto Sans Bold 19");
	p->y += put(p, word(p, N_("Record of learning")), MARGIN, p->y, width) + 8;
	font(p, "Mukta, Noto Sans Bold 13");
	p->y += put(p, r->name, MARGIN, p->y, width) + 1;
	font(p, "Mukta, Noto Sans 10");
	if (r->designation.n) {
		struct str post = r->org.n ? str_fmt(cx->arena, "%.*s · %.*s", STR_ARG(r->designation), STR_ARG(r->org)) : r->designation;
		p->y += put(p, post, MARGIN, p->y, width);
	}
	p->y += put(p, msg_text(cx, N_("As at {date}"), 1, &day), MARGIN, p->y, width) + 14;
}

static void sums(struct paper *p, const struct record *r)
{
	struct ctx *cx = p->cx;
	const struct {
		struct str figure;
		const char *name;
	} all[] = {
		{ fmt_number(cx, r->sums.completed), N_("Courses completed") },
		{ fmt_minutes(cx, r->sums.learned_ms), N_("Verified learning") },
		{ fmt_number(cx, r->sums.certificates), N_("Certificates") },
	};
	double step = (PAGE_W - 2 * MARGIN) / 3.0, height = 0;
	for (int i = 0; i < 3; i++) {
		double x = MARGIN + i * step;
		font(p, "Mukta, Noto Sans Bold 14");
		double h = put(p, all[i].figure, x, p->y, step - GAP);
		font(p, "Mukta, Noto Sans 9");
		grey(p, 0.35);
		h += put(p, word(p, all[i].name), x, p->y + h, step - GAP);
		grey(p, 0);
		height = h > height ? h : height;
	}
	p->y += height + 16;
}

static struct str state_of(struct ctx *cx, const struct record_since_row *r)
{
	if (str_is(r->state, "completed"))
		return fmt_date(cx, r->completed_at);
	if (str_is(r->state, "ended"))
		return str_of(tr(cx->lang, N_("Ended")));
	const struct msg_arg arg = { "percent", fmt_percent(cx, record_percent(r->state, r->resources_done, r->needed)) };
	return msg_text(cx, N_("In progress, {percent}"), 1, &arg);
}

/* Cells are measured before they are drawn: a course never lies on two pages. */
static void row(struct paper *p, const struct record_since_row *r)
{
	struct ctx *cx = p->cx;
	const struct str cells[N_COLUMNS] = { r->title, state_of(cx, r), fmt_minutes(cx, r->verified_ms), r->serial.n ? r->serial : S("–") };
	double height = 0, by;
	font(p, "Mukta, Noto Sans 9.5");
	for (int i = 0; i < N_COLUMNS; i++) {
		double h = set(p, cells[i], column_x[i + 1] - column_x[i] - GAP);
		height = h > height ? h : height;
	}
	font(p, "Mukta, Noto Sans 8");
	by = set(p, r->provider, column_x[1] - column_x[0] - GAP);
	if (p->y + height + by + 8 > PAGE_H - FOOT)
		next_page(p);
	font(p, "Mukta, Noto Sans 9.5");
	double title = 0;
	for (int i = 0; i < N_COLUMNS; i++) {
		double h = put(p, cells[i], column_x[i], p->y, column_x[i + 1] - column_x[i] - GAP);
		title = i == 0 ? h : title;
	}
	font(p, "Mukta, Noto Sans 8");
	grey(p, 0.35);
	put(p, r->provider, column_x[0], p->y + title, column_x[1] - column_x[0] - GAP);
	p->y += (title + by > height ? title + by : height) + 4;
	rule(p, 0.5, 0.2);
	p->y += 4;
}

/* ── order: what is completed, by its day; then what is under way; then what was ended ── */

static int rank(struct str state)
{
	return str_is(state, "completed") ? 0 : str_is(state, "active") ? 1 : 2;
}

static int in_order(const void *a, const void *b)
{
	const struct record_since_row *x = a, *y = b;
	int64_t s = rank(x->state) - rank(y->state);
	int64_t t = x->completed_at != NONE && y->completed_at != NONE ? x->completed_at - y->completed_at : x->enrolled_at - y->enrolled_at;
	int64_t d = s ? s : t ? t : x->course_id - y->course_id;
	return (d > 0) - (d < 0);
}

static void body(struct paper *p, const struct record *r)
{
	struct record_since_row *rows = ARENA_ARRAY(p->cx->arena, struct record_since_row, r->n_rows);
	for (size_t i = 0; i < r->n_rows; i++)
		rows[i] = r->rows[i];
	if (r->n_rows)
		qsort(rows, r->n_rows, sizeof *rows, in_order);
	headings(p);
	for (size_t i = 0; i < r->n_rows; i++)
		row(p, &rows[i]);
	if (!r->n_rows) {
		font(p, "Mukta, Noto Sans 10");
		put(p, word(p, N_("No course yet")), MARGIN, p->y, PAGE_W - 2 * MARGIN);
	}
	foot(p);
}

static void metadata(struct paper *p, const struct record *r)
{
	struct ctx *cx = p->cx;
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_TITLE, word(p, N_("Record of learning")).p);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_SUBJECT, str_c(cx->arena, r->name));
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATOR, "Karmayogi");
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATE_DATE, clock_rfc3339(cx->arena, cx->now / SECOND * SECOND).p);
}

enum err record_pdf(struct ctx *cx, const struct record *r, struct str *ret)
{
	struct paper p = { .cx = cx, .y = MARGIN, .page = 1 };
	buf_init(&p.out, cx->arena, PDF_MAX);
	p.surface = cairo_pdf_surface_create_for_stream(keep, &p.out, PAGE_W, PAGE_H);
	p.cr = cairo_create(p.surface);
	p.layout = pango_cairo_create_layout(p.cr);
	pango_layout_set_wrap(p.layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_auto_dir(p.layout, TRUE);
	metadata(&p, r);
	head(&p, r);
	sums(&p, r);
	body(&p, r);
	cairo_show_page(p.cr);
	g_object_unref(p.layout);
	cairo_destroy(p.cr);
	cairo_surface_finish(p.surface);
	bool good = cairo_surface_status(p.surface) == CAIRO_STATUS_SUCCESS && !p.out.full;
	cairo_surface_destroy(p.surface);
	*ret = good ? buf_get(&p.out) : *ret;
	return good ? OK : ERR_INTERNAL;
}
