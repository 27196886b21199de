/* Charts; see chart.h. */
#include "text/chart.h"
#include "base/utf8.h"

#include <math.h>

enum { WIDTH = 640, PLOT_LEFT = 64, PLOT_RIGHT = 620, PLOT_HEIGHT = 260, LINE = 20, LETTER = 7, NAME_MOST = 14, MARKED_MOST = 40 };

static const char *const colours[CHART_SERIES_MAX] = { "#3f7fd6", "#c8641c", "#2a8f68", "#8a63c7", "#d0453c", "#75808f" };
static const char *const dashes[CHART_SERIES_MAX] = { "", "8 4", "2 4", "10 4 2 4", "5 3", "1 3" };

struct axis {
	double low, high, first, step;
	int places;
};
struct drawing {
	struct buf *b;
	const struct chart *c;
	struct axis x, y;
	int top, bottom, height; /* of the plot; of the picture */
};

/* ── pieces ── */

static void put_text(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '&')
			buf_lit(b, "&amp;");
		else if (c == '<')
			buf_lit(b, "&lt;");
		else if (c == '>')
			buf_lit(b, "&gt;");
		else if (c == '"')
			buf_lit(b, "&quot;");
		else
			buf_char(b, c < ' ' ? ' ' : (char)c);
	}
}

static void put_figure(struct buf *b, double v, int places)
{
	if (fabs(v) < 0.5 * pow(10, -places))
		v = 0;
	if (v < 0)
		buf_lit(b, "−");
	if (fabs(v) >= 1e7)
		buf_fmt(b, "%.2g", fabs(v));
	else
		buf_fmt(b, "%.*f", places, fabs(v));
}

static void open_label(struct drawing *d, double x, double y, const char *anchor)
{
	buf_fmt(d->b, "<text class=\"chart-text\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor);
}

static void put_label(struct drawing *d, double x, double y, const char *anchor, struct str text)
{
	open_label(d, x, y, anchor);
	put_text(d->b, text);
	buf_lit(d->b, "</text>\n");
}

static double x_of(const struct drawing *d, double v)
{
	return PLOT_LEFT + (v - d->x.low) / (d->x.high - d->x.low) * (PLOT_RIGHT - PLOT_LEFT);
}

static double y_of(const struct drawing *d, double v)
{
	return d->bottom - (v - d->y.low) / (d->y.high - d->y.low) * (d->bottom - d->top);
}

/* ── how far the axes go ── */

int chart_ticks(double low, double high, int wanted, double *ret_first, double *ret_step)
{
	double rough = (high - low) / wanted, power = pow(10, floor(log10(rough))), share = rough / power;
	*ret_step = (share < 1.5 ? 1 : share < 3.5 ? 2 : share < 7.5 ? 5 : 10) * power;
	*ret_first = floor(low / *ret_step + 1e-9) * *ret_step;
	double places = ceil(-log10(*ret_step) - 1e-9);
	return places < 0 ? 0 : places > 9 ? 9 : (int)places;
}

static void widen(struct axis *a, double v)
{
	if (isfinite(v) && fabs(v) < 1e12) {
		a->low = fmin(a->low, v);
		a->high = fmax(a->high, v);
	}
}

static void finish_axis(struct axis *a, int wanted)
{
	if (!(a->low <= a->high))
		*a = (struct axis){ .low = 0, .high = 1 };
	if (a->high - a->low < 1e-9 * fmax(1, fabs(a->high))) {
		double room = a->high == 0 ? 0.5 : fabs(a->high) / 10;
		a->low -= room;
		a->high += room;
	}
	a->places = chart_ticks(a->low, a->high, wanted, &a->first, &a->step);
}

static double series_x(const struct chart_series *s, size_t i)
{
	return s->x && s->kind == CHART_LINE ? s->x[i] : (double)i;
}

static bool drawn(const struct chart_series *s, size_t i)
{
	double x = series_x(s, i);
	return isfinite(x) && isfinite(s->y[i]) && fabs(x) < 1e12 && fabs(s->y[i]) < 1e12;
}

static void measure(struct drawing *d)
{
	const struct chart *c = d->c;
	d->x = d->y = (struct axis){ .low = INFINITY, .high = -INFINITY };
	for (size_t k = 0; k < c->n_series; k++) {
		const struct chart_series *s = &c->series[k];
		double beside = s->kind == CHART_BARS ? 0.5 : 0;
		for (size_t i = 0; i < s->n && i < CHART_POINTS_MAX; i++) {
			if (!drawn(s, i))
				continue;
			widen(&d->x, series_x(s, i) - beside);
			widen(&d->x, series_x(s, i) + beside);
			widen(&d->y, s->y[i]);
		}
		if (s->kind == CHART_BARS || c->from_zero)
			widen(&d->y, 0);
	}
	for (size_t k = 0; k < c->n_levels; k++)
		widen(&d->y, c->levels[k].y);
	finish_axis(&d->x, 8);
	finish_axis(&d->y, 5);
	/* Up and down to a tick, so that the highest figure can be read. */
	d->y.low = d->y.first;
	d->y.high = d->y.first + d->y.step * ceil((d->y.high - d->y.first) / d->y.step - 1e-9);
}

/* ── axes ── */

static void put_y_axis(struct drawing *d)
{
	for (int k = 0; d->y.first + k * d->y.step <= d->y.high + d->y.step / 1e6; k++) {
		double v = d->y.first + k * d->y.step, y = y_of(d, v);
		buf_fmt(d->b, "<path class=\"chart-grid\" d=\"M%d %.1fH%d\" stroke=\"currentColor\" stroke-opacity=\"%s\"/>\n", PLOT_LEFT, y, PLOT_RIGHT,
			fabs(v) < d->y.step / 1e6 ? ".6" : ".15");
		open_label(d, PLOT_LEFT - 8, y + 4, "end");
		put_figure(d->b, v, d->y.places);
		buf_lit(d->b, "</text>\n");
	}
	if (d->c->y_label.n)
		put_label(d, 8, d->top - 14, "start", d->c->y_label);
}

/* Every so many-th name, so that none stands on its neighbour. */
static void put_names(struct drawing *d)
{
	const struct chart *c = d->c;
	size_t longest = 1;
	for (size_t i = 0; i < c->n_names; i++) {
		size_t n = utf8_length(c->names[i]);
		longest = n > longest ? n : longest;
	}
	longest = longest > NAME_MOST ? NAME_MOST + 1 : longest;
	size_t fit = (PLOT_RIGHT - PLOT_LEFT) / (LETTER * longest + LETTER), each = (c->n_names + fit - 1) / fit;
	for (size_t i = 0; i < c->n_names; i += each) {
		open_label(d, x_of(d, (double)i), d->bottom + 18, "middle");
		put_text(d->b, utf8_length(c->names[i]) > NAME_MOST ? utf8_prefix(c->names[i], NAME_MOST) : c->names[i]);
		if (utf8_length(c->names[i]) > NAME_MOST)
			buf_lit(d->b, "…");
		buf_lit(d->b, "</text>\n");
	}
}

static void put_x_axis(struct drawing *d)
{
	buf_fmt(d->b, "<path class=\"chart-axis\" d=\"M%d %dH%d\" stroke=\"currentColor\" stroke-opacity=\".6\"/>\n", PLOT_LEFT, d->bottom, PLOT_RIGHT);
	if (d->c->names)
		put_names(d);
	for (int k = 0; !d->c->names && d->x.first + k * d->x.step <= d->x.high + d->x.step / 1e6; k++) {
		double v = d->x.first + k * d->x.step, x = x_of(d, v);
		if (v < d->x.low - d->x.step / 1e6)
			continue;
		buf_fmt(d->b, "<path class=\"chart-axis\" d=\"M%.1f %dv5\" stroke=\"currentColor\" stroke-opacity=\".6\"/>\n", x, d->bottom);
		open_label(d, x, d->bottom + 18, "middle");
		put_figure(d->b, v, d->x.places);
		buf_lit(d->b, "</text>\n");
	}
	if (d->c->x_label.n)
		put_label(d, (PLOT_LEFT + PLOT_RIGHT) / 2.0, d->bottom + 38, "middle", d->c->x_label);
}

/* ── series ── */

static void put_stroke(struct drawing *d, size_t k)
{
	buf_fmt(d->b, " fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-linejoin=\"round\"", colours[k]);
	if (*dashes[k])
		buf_fmt(d->b, " stroke-dasharray=\"%s\"", dashes[k]);
	buf_lit(d->b, "/>\n");
}

static void put_line(struct drawing *d, size_t k)
{
	const struct chart_series *s = &d->c->series[k];
	bool pen_down = false;
	size_t n = s->n < CHART_POINTS_MAX ? s->n : CHART_POINTS_MAX;
	buf_fmt(d->b, "<path class=\"chart-line chart-%zu\" d=\"", k + 1);
	for (size_t i = 0; i < n; i++) {
		bool there = drawn(s, i);
		if (there)
			buf_fmt(d->b, "%c%.1f %.1f", pen_down ? 'L' : 'M', x_of(d, series_x(s, i)), y_of(d, s->y[i]));
		pen_down = there;
	}
	buf_char(d->b, '"');
	put_stroke(d, k);
	for (size_t i = 0; n <= MARKED_MOST && i < n; i++)
		if (drawn(s, i))
			buf_fmt(d->b, "<circle class=\"chart-point chart-%zu\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>\n", k + 1, x_of(d, series_x(s, i)),
				y_of(d, s->y[i]), colours[k]);
}

/* One path: of many bars too. */
static void put_bars(struct drawing *d, size_t k, size_t place, size_t of)
{
	const struct chart_series *s = &d->c->series[k];
	double slot = (PLOT_RIGHT - PLOT_LEFT) / (d->x.high - d->x.low), wide = slot * (slot > 4 ? 0.8 : 1) / (double)of;
	buf_fmt(d->b, "<path class=\"chart-bar chart-%zu\" fill=\"%s\" d=\"", k + 1, colours[k]);
	for (size_t i = 0; i < s->n && i < CHART_POINTS_MAX; i++)
		if (drawn(s, i) && s->y[i] != 0)
			buf_fmt(d->b, "M%.2f %.1fV%.1fh%.2fV%.1fz", x_of(d, (double)i) + wide * ((double)place - (double)of / 2), y_of(d, 0), y_of(d, s->y[i]),
				wide, y_of(d, 0));
	buf_lit(d->b, "\"/>\n");
}

static void put_series(struct drawing *d)
{
	size_t bars = 0, place = 0;
	for (size_t k = 0; k < d->c->n_series; k++)
		bars += d->c->series[k].kind == CHART_BARS;
	for (size_t k = 0; k < d->c->n_series; k++)
		if (d->c->series[k].kind == CHART_BARS)
			put_bars(d, k, place++, bars);
	for (size_t k = 0; k < d->c->n_series; k++)
		if (d->c->series[k].kind == CHART_LINE)
			put_line(d, k);
	for (size_t k = 0; k < d->c->n_levels; k++) {
		double y = y_of(d, d->c->levels[k].y);
		if (!isfinite(y))
			continue;
		buf_fmt(d->b, "<path class=\"chart-level\" d=\"M%d %.1fH%d\" stroke=\"currentColor\" stroke-width=\"1.5\" stroke-dasharray=\"6 3\"/>\n",
			PLOT_LEFT, y, PLOT_RIGHT);
		if (d->c->levels[k].name.n)
			put_label(d, PLOT_RIGHT, y - 5, "end", d->c->levels[k].name);
	}
}

/* Swatch and name, line by line. Returns the lower end; put: or only measures. */
static int legend(struct drawing *d, int y, bool put)
{
	int x = PLOT_LEFT;
	bool any = false;
	for (size_t k = 0; k < d->c->n_series; k++) {
		const struct chart_series *s = &d->c->series[k];
		int wide = 44 + LETTER * (int)utf8_length(s->name);
		if (!s->name.n)
			continue;
		if (any && x + wide > PLOT_RIGHT) {
			x = PLOT_LEFT;
			y += LINE;
		}
		any = true;
		if (put && s->kind == CHART_LINE) {
			buf_fmt(d->b, "<path class=\"chart-line chart-%zu\" d=\"M%d %dh26\"", k + 1, x, y - 4);
			put_stroke(d, k);
		} else if (put) {
			buf_fmt(d->b, "<path class=\"chart-bar chart-%zu\" fill=\"%s\" d=\"M%d %dh26v-8h-26z\"/>\n", k + 1, colours[k], x, y);
		}
		if (put)
			put_label(d, x + 32, y, "start", s->name);
		x += wide;
	}
	return any ? y + LINE / 2 : y - LINE;
}

static void put_head(struct drawing *d)
{
	const struct chart *c = d->c;
	buf_fmt(d->b, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" id=\"%s\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%s-t\"", c->id,
		WIDTH, d->height, c->id);
	if (c->description.n)
		buf_fmt(d->b, " aria-describedby=\"%s-d\"", c->id);
	buf_fmt(d->b, " font-size=\"13\">\n<title id=\"%s-t\">", c->id);
	put_text(d->b, c->title);
	buf_lit(d->b, "</title>\n");
	if (c->description.n) {
		buf_fmt(d->b, "<desc id=\"%s-d\">", c->id);
		put_text(d->b, c->description);
		buf_lit(d->b, "</desc>\n");
	}
	if (!c->alone)
		return;
	buf_lit(d->b, "<style>svg{color:#15233b;background:#fff;font-family:\"Noto Sans\",\"Noto Sans Devanagari\",sans-serif}"
		      "@media(prefers-color-scheme:dark){svg{color:#e8ebf2;background:#10151f}}</style>\n");
}

void chart_svg(struct buf *b, const struct chart *c)
{
	struct drawing d = { .b = b, .c = c };
	measure(&d);
	d.top = 16 + (c->y_label.n ? LINE + 4 : 0) + (c->alone ? LINE + 8 : 0);
	d.bottom = d.top + PLOT_HEIGHT;
	int below = d.bottom + 2 * LINE + (c->x_label.n ? LINE : 0) + 4;
	d.height = legend(&d, below, false) + 6;
	put_head(&d);
	buf_lit(b, "<g fill=\"currentColor\">\n");
	if (c->alone) {
		buf_lit(b, "<text class=\"chart-title\" x=\"8\" y=\"24\" font-size=\"16\" font-weight=\"600\">");
		put_text(b, c->title);
		buf_lit(b, "</text>\n");
	}
	put_y_axis(&d);
	put_x_axis(&d);
	put_series(&d);
	legend(&d, below, true);
	buf_lit(b, "</g>\n</svg>\n");
}
