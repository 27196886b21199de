/* The picture of a level; see scale.h. */
#include "feature/gap/scale.h"


enum { WIDTH = 300 };

/* Whole units of the picture: it is stretched over the page anyway. */
static int at(double level, int64_t n_levels)
{
	return (int)(level * WIDTH / (double)n_levels + 0.5);
}

static void whole(struct buf *b, const char *text, size_t n, int v)
{
	buf_add(b, text, n);
	buf_int(b, v);
}
#define PUT(text, v) whole(&o->b, text, sizeof(text) - 1, v)

void html_scale(struct html_out *o, const struct scale *v)
{
	buf_lit(&o->b, "<svg class=\"scale\" viewBox=\"0 0 300 20\" preserveAspectRatio=\"none\"");
	if (v->label.n) {
		buf_lit(&o->b, " role=\"img\" aria-label=\"");
		html_attr(o, v->label);
		buf_lit(&o->b, "\">");
	} else {
		buf_lit(&o->b, " aria-hidden=\"true\">");
	}
	for (int64_t i = 0; i < v->n_levels; i++) {
		int from = at((double)i, v->n_levels) + (i > 0), to = at((double)i + 1, v->n_levels) - (i + 1 < v->n_levels);
		PUT("<rect class=\"fill-line\" x=\"", from);
		PUT("\" y=\"3\" width=\"", to - from);
		buf_lit(&o->b, "\" height=\"14\"/>");
	}
	if (v->known) {
		struct estimate_band band = estimate_band(v->held, v->n_levels);
		int from = at(band.from, v->n_levels);
		PUT("<rect class=\"band\" x=\"", from);
		PUT("\" y=\"6\" width=\"", at(band.to, v->n_levels) - from);
		PUT("\" height=\"8\"/><path class=\"held\" d=\"M", at(v->held.mean, v->n_levels));
		buf_lit(&o->b, " 3v14\"/>");
	}
	if (v->required) {
		int asked = at((double)v->required, v->n_levels);
		PUT("<path class=\"asked\" d=\"M", asked < WIDTH - 2 ? asked : WIDTH - 2);
		buf_lit(&o->b, " 0v20\"/>");
	}
	buf_lit(&o->b, "</svg>");
}
