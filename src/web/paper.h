/* Pages to print: A4 upright, black on white, text by Pango so that every script is shaped right; out comes a PDF.
 *
 * Lengths are points (1/72 inch). One writes from the top down: p->y is where the next thing stands, and who writes asks for the next page himself. */
#ifndef WEB_PAPER_H
#define WEB_PAPER_H
#include "base/ctx.h"

#include <cairo.h>
#include <pango/pango-layout.h>

enum { PAPER_W = 595, PAPER_H = 842, PAPER_MARGIN = 48, PAPER_FOOT = 58, PAPER_MAX = 32 << 20 }; /* nothing but the foot below PAPER_H - PAPER_FOOT */

struct paper {
	struct ctx *cx;
	cairo_surface_t *surface;
	cairo_t *cr;
	PangoLayout *layout;
	struct buf out;
	double y;
	int page; /* from 1 */
};
/* subject: whom it is about; keywords: a text that programs look for, or NULL. To be ended by paper_end. */
void paper_begin(struct paper *p, struct ctx *cx, struct str title, struct str subject, const char *keywords);
/* The bytes in the arena; ERR_INTERNAL when it could not be drawn. */
_must_check_ enum err paper_end(struct paper *p, struct str *ret);
/* Begins the next page at the top. */
void paper_turn(struct paper *p);

/* "Mukta, Noto Sans Bold 9" */
void paper_font(struct paper *p, const char *name);
/* 0 black to 1 white, of what is written and ruled from now on. */
void paper_grey(struct paper *p, double v);
/* How high a text will be in a width; draws nothing. */
double paper_height(struct paper *p, struct str s, double width);
/* Writes it; returns its height and leaves p->y alone. */
double paper_put(struct paper *p, struct str s, double x, double y, double width);
/* A line from margin to margin at p->y; black is what follows. */
void paper_rule(struct paper *p, double width, double darkness);
/* A small line at the foot of the page, and its number. */
void paper_foot(struct paper *p, struct str s);
/* A code to be photographed (ISO/IEC 18004, medium correction, so that a photocopy can be read), in the present colour. */
void paper_qr(cairo_t *c, double x, double y, double size, struct str text);
/* Where a surface of cairo writes to: arg is a struct buf. */
cairo_status_t paper_keep(void *arg, const unsigned char *p, unsigned n);
#endif
