/* The certificate as a page; see credential_pdf.h. */
#include "feature/credential/credential_pdf.h"
#include "base/clock.h"
#include "web/base64.h"
#include "web/paper.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

enum { WIDTH = 842, HEIGHT = 595, MARGIN = 56, PDF_MAX = 4 << 20 };

static void ink(cairo_t *c, unsigned rgb)
{
	cairo_set_source_rgb(c, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
}

/* One line or paragraph, centred in a width; shrinks until it fits `lines` lines. Returns its height. */
static double text(cairo_t *c, double x, double y, double width, double size, int lines, bool bold, struct str s)
{
	PangoLayout *l = pango_cairo_create_layout(c);
	PangoFontDescription *font = pango_font_description_from_string(bold ? "Mukta, Noto Sans, Noto Sans Devanagari 600" : "Mukta, Noto Sans, Noto Sans Devanagari");
	pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
	pango_layout_set_text(l, s.p ? s.p : "", (int)s.n);
	pango_layout_set_width(l, (int)(width * PANGO_SCALE));
	pango_layout_set_alignment(l, PANGO_ALIGN_CENTER);
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	do {
		pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
		pango_layout_set_font_description(l, font);
		size -= 1;
	} while (pango_layout_get_line_count(l) > lines && size > 7);
	int w, h;
	pango_layout_get_pixel_size(l, &w, &h);
	cairo_move_to(c, x, y);
	pango_cairo_show_layout(c, l);
	pango_font_description_free(font);
	g_object_unref(l);
	return h;
}

/* Four petals: our mark. */
static void petals(cairo_t *c, double x, double y, double r)
{
	static const unsigned colours[] = { 0xf0b429, 0x1f3a6e, 0x17704f, 0xc85a10 };
	for (int i = 0; i < 4; i++) {
		cairo_save(c);
		cairo_translate(c, x, y);
		cairo_rotate(c, i * G_PI / 2);
		cairo_move_to(c, 0, -r * 0.1);
		cairo_curve_to(c, r * 0.45, -r * 0.45, r * 0.4, -r * 0.75, 0, -r);
		cairo_curve_to(c, -r * 0.4, -r * 0.75, -r * 0.45, -r * 0.45, 0, -r * 0.1);
		ink(c, colours[i]);
		cairo_fill(c);
		cairo_restore(c);
	}
}

static void frame(cairo_t *c)
{
	ink(c, 0xf7f5f0);
	cairo_paint(c);
	ink(c, 0xffffff);
	cairo_rectangle(c, 28, 28, WIDTH - 56, HEIGHT - 56);
	cairo_fill_preserve(c);
	ink(c, 0x1f3a6e);
	cairo_set_line_width(c, 1.6);
	cairo_stroke(c);
	ink(c, 0xc85a10);
	cairo_rectangle(c, 28, 28, WIDTH - 56, 5);
	cairo_fill(c);
}

static void page(cairo_t *c, const struct credential_pdf_in *in)
{
	double w = WIDTH - 2 * MARGIN, y = 66;
	frame(c);
	petals(c, WIDTH / 2.0, y + 22, 24);
	y += 54;
	ink(c, 0x1f3a6e);
	y += text(c, MARGIN, y, w, 15, 1, true, in->brand) + 8;
	y += text(c, MARGIN, y, w, 30, 1, true, in->heading) + 14;
	ink(c, 0x4a5872);
	y += text(c, MARGIN, y, w, 14, 1, false, in->says) + 4;
	ink(c, 0x15233b);
	y += text(c, MARGIN, y, w, 32, 1, true, in->name) + 6;
	ink(c, 0x4a5872);
	y += text(c, MARGIN, y, w, 14, 1, false, in->course_line) + 4;
	ink(c, 0x17704f);
	y += text(c, MARGIN, y, w, 24, 2, true, in->title) + 6;
	ink(c, 0x15233b);
	y += text(c, MARGIN, y, w, 14, 1, false, in->provider) + 6;
	ink(c, 0x4a5872);
	text(c, MARGIN, y, w, 13, 1, false, in->facts);
	ink(c, 0x15233b);
	paper_qr(c, WIDTH - MARGIN - 84, HEIGHT - 52 - 84, 84, in->verify_url);
	ink(c, 0x4a5872);
	text(c, MARGIN, HEIGHT - 92, w - 110, 12, 1, true, in->number_line);
	text(c, MARGIN, HEIGHT - 72, w - 110, 10, 2, false, in->verify_line);
}

struct str credential_carried(struct ctx *cx, struct str document, struct str signature)
{
	return str_fmt(cx->arena, CREDENTIAL_MARK "%s.%s", base64url(cx->arena, document.p, document.n).p, base64url(cx->arena, signature.p, signature.n).p);
}

enum err credential_pdf(struct ctx *cx, const struct credential_pdf_in *in, struct str *ret_pdf)
{
	struct buf b;
	buf_init(&b, cx->arena, PDF_MAX);
	cairo_surface_t *s = cairo_pdf_surface_create_for_stream(paper_keep, &b, WIDTH, HEIGHT);
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_TITLE, str_c(cx->arena, in->title));
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_KEYWORDS, credential_carried(cx, in->document, in->signature).p);
	/* Of the certificate, not of the download: the same certificate is the same file. */
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATE_DATE, str_sub(clock_rfc3339(cx->arena, in->issued_at), 0, 19).p);
	cairo_t *c = cairo_create(s);
	page(c, in);
	cairo_show_page(c);
	cairo_destroy(c);
	cairo_surface_finish(s);
	cairo_status_t status = cairo_surface_status(s);
	cairo_surface_destroy(s);
	if (status != CAIRO_STATUS_SUCCESS || b.full)
		return fail(cx, ERR_INTERNAL, "", N_("The certificate could not be drawn. It is kept; please try again."));
	*ret_pdf = buf_get(&b);
	return OK;
}
