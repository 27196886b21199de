/* Charts as SVG: lines and bars with axes, for pages and for files. No script, no style but attributes.
 *
 * Looks: each thing has a class (chart, chart-grid, chart-axis, chart-text, chart-line, chart-bar, chart-level, and chart-1 … chart-6 by series), so that a
 * page's styles decide. Without any, text and axes take the colour of the text around them, and the six colours of series keep 3:1 against white and
 * against a dark page (WCAG 2.2, 1.4.11). Lines differ by their dashes too, so that nothing is told by colour alone.
 *
 * For those who hear a page: role img, with title and description as its name and what it says (WAI-ARIA 1.2). The description should say in words what
 * is to be seen.
 *
 * A file of its own carries its title as text and colours for light and dark; it is well-formed XML.
 *
 * Ticks stand at 1, 2 or 5 times a power of ten (Heckbert 1990, "Nice numbers for graph labels", Graphics Gems). Figures that are not finite are left
 * out: a line has a gap there. Without any figure the axes go from 0 to 1. */
#ifndef TEXT_CHART_H
#define TEXT_CHART_H
#include "base/str.h"

enum { CHART_SERIES_MAX = 6, CHART_POINTS_MAX = 10000 };

enum chart_kind { CHART_LINE, CHART_BARS };
struct chart_series {
	struct str name; /* in the legend, which is there when anything has a name */
	enum chart_kind kind;
	const double *x; /* growing; NULL: 0, 1, 2 … ; bars have none */
	const double *y;
	size_t n; /* beyond CHART_POINTS_MAX nothing is drawn */
};
/* A level line across: a limit, a mark to reach. */
struct chart_level {
	struct str name;
	double y;
};
struct chart {
	const char *id;					 /* of the element, [a-z0-9-]: different for each chart of a page */
	struct str title, description, x_label, y_label; /* labels may be absent */
	const struct chart_series *series;
	size_t n_series; /* at most CHART_SERIES_MAX; bars of several stand beside each other */
	const struct chart_level *levels;
	size_t n_levels;
	const struct str *names; /* of x = 0, 1, 2 …, instead of figures; as many as there is room for are shown. NULL: figures */
	size_t n_names;
	bool from_zero; /* the vertical axis holds 0, as bars always do */
	bool alone;	/* a file of its own */
};
void chart_svg(struct buf *b, const struct chart *c);

/* The ticks of an axis from low to high (low < high), about `wanted` of them: *ret_step apart, the first the greatest multiple of it that is not above low.
 * Returns how many places behind the point they need. */
int chart_ticks(double low, double high, int wanted, double *ret_first, double *ret_step);
#endif
