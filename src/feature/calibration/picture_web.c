/* Pictures of an item; see picture.h. */
#include "base/clock.h"
#include "feature/calibration/picture.h"
#include "psychometrics/item.h"
#include "text/chart.h"
#include "web/lang.h"

#include <jansson.h>
#include <math.h>

enum { POINTS = 81, PICTURE_MAX = 200000, MONTHS_MAX = 36, NAME_MAX_BYTES = 40 };

static struct html drawn(struct ctx *cx, const struct chart *c)
{
	struct buf b;
	buf_init(&b, cx->arena, PICTURE_MAX);
	chart_svg(&b, c);
	struct str s = buf_get(&b);
	return (struct html){ s.p, s.n };
}

static struct str words(struct ctx *cx, const char *english)
{
	return str_of(tr(cx->lang, english));
}

static double *thetas(struct ctx *cx)
{
	double *x = ARENA_ARRAY(cx->arena, double, POINTS);
	for (size_t k = 0; k < POINTS; k++)
		x[k] = -4 + 8.0 * (double)k / (POINTS - 1);
	return x;
}

struct html picture_curve(struct ctx *cx, const struct irt_item *item)
{
	struct chart_series series[CATEGORIES_MAX];
	size_t n = 0;
	double *x = thetas(cx), p[CATEGORIES_MAX];
	for (int k = 1; k < item->categories && n < CHART_SERIES_MAX; k++, n++) {
		double *y = ARENA_ARRAY(cx->arena, double, POINTS);
		for (size_t q = 0; q < POINTS; q++) {
			irt_probabilities(item, x[q], p, NULL, NULL);
			for (int above = k; above < item->categories; above++)
				y[q] += 100 * p[above];
		}
		const struct msg_arg args[] = { { "k", str_fmt(cx->arena, "%d", k) }, { "n", str_fmt(cx->arena, "%d", item->categories - 1) } };
		series[n] = (struct chart_series){
			.name = item->categories > 2 ? msg_text(cx, N_("at least {k} of {n} steps"), 2, args) : S(""), .x = x, .y = y, .n = POINTS
		};
	}
	const struct msg_arg at[] = { { "b", str_fmt(cx->arena, "%.2f", item->b[0]) }, { "a", str_fmt(cx->arena, "%.2f", item->a) } };
	return drawn(cx, &(struct chart){ .id = "curve",
					  .title = words(cx, N_("Chance of the marks by ability")),
					  .description = msg_text(cx, N_("The curve rises through 50 per cent at an ability of {b}; its slope is {a}."), 2, at),
					  .x_label = words(cx, N_("ability")),
					  .y_label = words(cx, N_("per cent")),
					  .series = series,
					  .n_series = n,
					  .from_zero = true });
}

struct html picture_information(struct ctx *cx, const struct irt_item *item)
{
	double *x = thetas(cx), *y = ARENA_ARRAY(cx->arena, double, POINTS);
	size_t best = 0;
	for (size_t q = 0; q < POINTS; q++) {
		y[q] = irt_information(item, x[q]);
		best = y[q] > y[best] ? q : best;
	}
	const struct chart_series series = { .x = x, .y = y, .n = POINTS };
	const struct msg_arg at[] = { { "theta", str_fmt(cx->arena, "%.1f", x[best]) }, { "information", str_fmt(cx->arena, "%.2f", y[best]) } };
	return drawn(cx, &(struct chart){ .id = "information",
					  .title = words(cx, N_("Information by ability")),
					  .description = msg_text(cx, N_("It says most at an ability of {theta}: information {information}."), 2, at),
					  .x_label = words(cx, N_("ability")),
					  .y_label = words(cx, N_("information")),
					  .series = &series,
					  .n_series = 1,
					  .from_zero = true });
}

/* Ids are a, b, c … in the order of the options. */
static struct str option_name(struct ctx *cx, const char *id, const struct card_choice *choices, size_t n)
{
	size_t k = id && id[0] >= 'a' && !id[1] ? (size_t)(id[0] - 'a') : n;
	if (k >= n)
		return str_dup(cx->arena, str_of(id));
	struct str text = choices[k].text;
	size_t end = text.n < NAME_MAX_BYTES ? text.n : NAME_MAX_BYTES;
	while (end < text.n && end > 0 && ((unsigned char)text.p[end] & 0xc0) == 0x80)
		end--;
	return end < text.n ? str_fmt(cx->arena, "%.*s…", (int)end, text.p) : text;
}

struct html picture_options(struct ctx *cx, struct str options, const struct card_choice *choices, size_t n_choices)
{
	const struct str names[] = { words(cx, N_("lowest")), words(cx, N_("second")), words(cx, N_("third")), words(cx, N_("highest")) };
	json_t *list = options.n ? json_loadb(options.p, options.n, 0, NULL) : NULL;
	struct chart_series series[CHART_SERIES_MAX];
	size_t n = 0;
	for (; n < json_array_size(list) && n < CHART_SERIES_MAX; n++) {
		const json_t *one = json_array_get(list, n), *share = json_object_get(one, "share");
		double *y = ARENA_ARRAY(cx->arena, double, OPTION_GROUPS);
		for (size_t g = 0; g < OPTION_GROUPS; g++)
			y[g] = 100 * json_number_value(json_array_get(share, g));
		struct str id = option_name(cx, json_string_value(json_object_get(one, "id")), choices, n_choices);
		const struct msg_arg args[] = { { "option", id } };
		series[n] =
			(struct chart_series){ .name = json_is_true(json_object_get(one, "right")) ? msg_text(cx, N_("{option}, the right one"), 1, args) : id,
					       .y = y,
					       .n = OPTION_GROUPS };
	}
	json_decref(list);
	return n ? drawn(cx, &(struct chart){ .id = "options",
					      .title = words(cx, N_("Options by score of the rest of the paper")),
					      .description = words(cx, N_("The right option should rise, wrong ones fall.")),
					      .x_label = words(cx, N_("quarters of people by score")),
					      .y_label = words(cx, N_("per cent")),
					      .series = series,
					      .n_series = n,
					      .names = names,
					      .n_names = OPTION_GROUPS,
					      .from_zero = true })
		 : (struct html){ NULL, 0 };
}

struct html picture_exposure(struct ctx *cx, const struct calibration_seen_days_row *days, size_t n)
{
	double *y = ARENA_ARRAY(cx->arena, double, MONTHS_MAX);
	struct str *names = ARENA_ARRAY(cx->arena, struct str, MONTHS_MAX);
	if (!n)
		return (struct html){ NULL, 0 };
	struct civil last = clock_date(days[n - 1].day), first = clock_date(days[0].day);
	int end = last.year * 12 + last.month - 1, from = first.year * 12 + first.month - 1;
	from = end - from >= MONTHS_MAX ? end - MONTHS_MAX + 1 : from;
	for (size_t i = 0; i < n; i++) {
		struct civil d = clock_date(days[i].day);
		int at = d.year * 12 + d.month - 1 - from;
		if (at >= 0)
			y[at] += (double)days[i].papers;
	}
	for (int m = from; m <= end; m++)
		names[m - from] = str_fmt(cx->arena, "%04d-%02d", m / 12, m % 12 + 1);
	const struct chart_series series = { .kind = CHART_BARS, .y = y, .n = (size_t)(end - from + 1) };
	return drawn(cx, &(struct chart){ .id = "exposure",
					  .title = words(cx, N_("Papers by month")),
					  .description = words(cx, N_("On how many papers the item was in each month.")),
					  .y_label = words(cx, N_("papers")),
					  .series = &series,
					  .n_series = 1,
					  .names = names,
					  .n_names = series.n });
}
