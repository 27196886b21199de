/* The picture of a level; see scale.h. */
#include "feature/gap/scale.h"

#include <math.h>

void html_scale(struct html_out *o, const struct scale *v)
{
	double unit = 300 / (double)v->n_levels;
	struct estimate_band band = estimate_band(v->held, v->n_levels);
	buf_lit(&o->b, "<svg class=\"scale\" viewBox=\"0 0 300 20\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"");
	html_attr(o, v->label);
	buf_lit(&o->b, "\">");
	for (int64_t i = 0; i < v->n_levels; i++)
		buf_fmt(&o->b, "<rect class=\"fill-line\" x=\"%.0f\" y=\"3\" width=\"%.0f\" height=\"14\"/>", (double)i * unit + (i ? 1 : 0),
			unit - (i && i + 1 < v->n_levels ? 2 : 1));
	if (v->known)
		buf_fmt(&o->b, "<rect class=\"band\" x=\"%.0f\" y=\"6\" width=\"%.0f\" height=\"8\"/><path class=\"held\" d=\"M%.0f 3v14\"/>", band.from * unit,
			(band.to - band.from) * unit, v->held.mean * unit);
	if (v->required)
		buf_fmt(&o->b, "<path class=\"asked\" d=\"M%.0f 0v20\"/>", fmin((double)v->required * unit, 298));
	buf_lit(&o->b, "</svg>");
}
