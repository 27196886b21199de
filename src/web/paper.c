/* Pages to print; see paper.h. */
#include "web/paper.h"
#include "base/clock.h"
#include "web/html.h"
#include "web/lang.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qrencode.h>

cairo_status_t paper_keep(void *arg, const unsigned char *p, unsigned n)
{
	struct buf *b = arg;
	buf_add(b, p, n);
	return b->full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

void paper_begin(struct paper *p, struct ctx *cx, struct str title, struct str subject, const char *keywords)
{
	*p = (struct paper){ .cx = cx, .y = PAPER_MARGIN, .page = 1 };
	buf_init(&p->out, cx->arena, PAPER_MAX);
	p->surface = cairo_pdf_surface_create_for_stream(paper_keep, &p->out, PAPER_W, PAPER_H);
	p->cr = cairo_create(p->surface);
	p->layout = pango_cairo_create_layout(p->cr);
	pango_layout_set_wrap(p->layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_auto_dir(p->layout, TRUE);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_TITLE, str_c(cx->arena, title));
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_SUBJECT, str_c(cx->arena, subject));
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATOR, "Karmayogi");
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATE_DATE, clock_rfc3339(cx->arena, cx->now / SECOND * SECOND).p);
	if (keywords)
		cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_KEYWORDS, keywords);
}

enum err paper_end(struct paper *p, struct str *ret)
{
	cairo_show_page(p->cr);
	g_object_unref(p->layout);
	cairo_destroy(p->cr);
	cairo_surface_finish(p->surface);
	bool good = cairo_surface_status(p->surface) == CAIRO_STATUS_SUCCESS && !p->out.full;
	cairo_surface_destroy(p->surface);
	*ret = good ? buf_get(&p->out) : *ret;
	return good ? OK : ERR_INTERNAL;
}

void paper_turn(struct paper *p)
{
	cairo_show_page(p->cr);
	p->page++;
	p->y = PAPER_MARGIN;
}

void paper_font(struct paper *p, const char *name)
{
	PangoFontDescription *d = pango_font_description_from_string(name);
	pango_layout_set_font_description(p->layout, d);
	pango_font_description_free(d);
}

void paper_grey(struct paper *p, double v)
{
	cairo_set_source_rgb(p->cr, v, v, v);
}

double paper_height(struct paper *p, struct str s, double width)
{
	int height;
	pango_layout_set_width(p->layout, (int)(width * PANGO_SCALE));
	pango_layout_set_text(p->layout, s.p ? s.p : "", (int)s.n);
	pango_layout_get_size(p->layout, NULL, &height);
	return (double)height / PANGO_SCALE;
}

double paper_put(struct paper *p, struct str s, double x, double y, double width)
{
	double height = paper_height(p, s, width);
	cairo_move_to(p->cr, x, y);
	pango_cairo_show_layout(p->cr, p->layout);
	return height;
}

void paper_rule(struct paper *p, double width, double darkness)
{
	paper_grey(p, 1 - darkness);
	cairo_set_line_width(p->cr, width);
	cairo_move_to(p->cr, PAPER_MARGIN, p->y);
	cairo_line_to(p->cr, PAPER_W - PAPER_MARGIN, p->y);
	cairo_stroke(p->cr);
	paper_grey(p, 0);
}

void paper_foot(struct paper *p, struct str s)
{
	const struct msg_arg n = { "n", fmt_number(p->cx, p->page) };
	double at = PAPER_H - PAPER_FOOT + 16;
	paper_font(p, "Mukta, Noto Sans 8");
	paper_grey(p, 0.35);
	paper_put(p, s, PAPER_MARGIN, at, 400);
	pango_layout_set_alignment(p->layout, PANGO_ALIGN_RIGHT);
	paper_put(p, msg_text(p->cx, N_("Page {n}"), 1, &n), PAPER_W - PAPER_MARGIN - 90, at, 90);
	pango_layout_set_alignment(p->layout, PANGO_ALIGN_LEFT);
	paper_grey(p, 0);
}

void paper_qr(cairo_t *c, double x, double y, double size, struct str text)
{
	QRcode *q = QRcode_encodeString8bit(text.p, 0, QR_ECLEVEL_M);
	if (!q)
		return;
	double unit = size / q->width;
	for (int row = 0; row < q->width; row++)
		for (int col = 0; col < q->width; col++)
			if (q->data[row * q->width + col] & 1)
				cairo_rectangle(c, x + col * unit, y + row * unit, unit, unit);
	cairo_fill(c);
	QRcode_free(q);
}
