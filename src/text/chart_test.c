/* Tests of charts: what they say, and that nothing breaks them. */
#include "text/text_check.h"

#include "text/chart.h"
#include "base/arena.h"

#include <math.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *svg(struct arena *a, const struct chart *c)
{
	struct buf b;
	buf_init(&b, a, 1 << 20);
	chart_svg(&b, c);
	assert_false(b.full);
	return buf_get(&b).p;
}

static size_t times(const char *text, const char *what)
{
	size_t n = 0;
	for (; (text = strstr(text, what)); text++)
		n++;
	return n;
}

static void ticks_stand_at_1_2_and_5(void **state)
{
	static const struct {
		double low, high;
		int wanted;
		double first, step;
		int places;
	} v[] = { { 0, 1, 5, 0, 0.2, 1 }, { -3, 3, 8, -3, 1, 0 },	  { 0, 100, 5, 0, 20, 0 },	 { 0.12, 0.31, 5, 0.1, 0.05, 2 },
		  { 0, 7, 5, 0, 1, 0 },	  { -0.4, 1.3, 5, -0.4, 0.2, 1 }, { 0, 0.003, 5, 0, 0.0005, 4 }, { 1013, 1998, 5, 1000, 200, 0 } };
	(void)state;
	for (size_t i = 0; i < COUNT(v); i++) {
		double first, step;
		int places = chart_ticks(v[i].low, v[i].high, v[i].wanted, &first, &step);
		if (fabs(step - v[i].step) > 1e-9 || fabs(first - v[i].first) > 1e-9)
			print_error("%g … %g: from %g by %g\n", v[i].low, v[i].high, first, step);
		assert_true(fabs(step - v[i].step) < 1e-9 && fabs(first - v[i].first) < 1e-9);
		assert_int_equal(places, v[i].places);
	}
}

static void whoever_hears_a_chart_gets_its_title_and_what_it_says(void **state)
{
	static const double y[] = { 1, 2, 3 };
	struct arena *a = arena_new();
	struct chart c = {
		.id = "growth", .title = S("Growth"), .description = S("From 1 to 3."), .series = &(struct chart_series){ .y = y, .n = 3 }, .n_series = 1
	};
	const char *s = svg(a, &c);
	(void)state;
	assert_non_null(strstr(s, "role=\"img\" aria-labelledby=\"growth-t\" aria-describedby=\"growth-d\""));
	assert_non_null(strstr(s, "<title id=\"growth-t\">Growth</title>"));
	assert_non_null(strstr(s, "<desc id=\"growth-d\">From 1 to 3.</desc>"));
	/* Pages forbid styles in the text; only a file has some. */
	assert_null(strstr(s, "style"));
	c.alone = true;
	assert_non_null(strstr(svg(a, &c), "prefers-color-scheme:dark"));
	arena_free(a);
}

static void names_are_text_and_nothing_else(void **state)
{
	static const double y[] = { 1, 2 };
	static const struct str names[] = { { "<b>&\"x\"", 7 }, { "प्रशासनिक सेवा के लिए प्रश्न", sizeof "प्रशासनिक सेवा के लिए प्रश्न" - 1 } };
	struct arena *a = arena_new();
	struct chart c = { .id = "c",
			   .title = S("</title><script>\n"),
			   .series = &(struct chart_series){ .name = S("<i>"), .kind = CHART_BARS, .y = y, .n = 2 },
			   .n_series = 1,
			   .names = names,
			   .n_names = 2,
			   .x_label = S("a < b") };
	const char *s = svg(a, &c);
	(void)state;
	assert_null(strstr(s, "<script"));
	assert_null(strstr(s, "<b>"));
	assert_null(strstr(s, "<i>"));
	assert_non_null(strstr(s, "&lt;b&gt;&amp;&quot;x&quot;</text>"));
	assert_non_null(strstr(s, "a &lt; b"));
	assert_non_null(strstr(s, "…</text>"));
	arena_free(a);
}

static void what_is_no_figure_leaves_a_gap(void **state)
{
	static const double y[] = { 1, 2, NAN, INFINITY, 3, 4 };
	struct arena *a = arena_new();
	struct chart c = { .id = "c", .title = S("t"), .series = &(struct chart_series){ .y = y, .n = 6 }, .n_series = 1 };
	const char *s = svg(a, &c), *line = strstr(s, "chart-line chart-1\" d=\"");
	(void)state;
	assert_non_null(line);
	assert_int_equal(times(line, "M"), 2);
	assert_int_equal(times(s, "<circle"), 4);
	assert_null(strstr(s, "nan"));
	assert_null(strstr(s, "inf"));
	/* Nothing to draw at all, one point, equal points, figures beyond reason. */
	static const double odd[][3] = { { NAN, NAN, NAN }, { 5, 5, 5 }, { 0, 0, 0 }, { 1e300, -1e300, 1e-300 }, { -1e11, 0, 1e11 }, { 1e-9, 2e-9, 3e-9 } };
	for (size_t i = 0; i < COUNT(odd); i++)
		for (int kind = 0; kind < 2; kind++) {
			s = svg(a, &(struct chart){ .id = "c",
						    .title = S("t"),
						    .n_series = 1,
						    .n_levels = 1,
						    .levels = &(struct chart_level){ S("l"), NAN },
						    .series = &(struct chart_series){ .y = odd[i], .n = 3, .kind = (enum chart_kind)kind } });
			assert_null(strstr(s, "nan"));
			assert_null(strstr(s, "inf"));
			assert_true(strlen(s) < 20000);
		}
	s = svg(a, &(struct chart){ .id = "c", .title = S("t") });
	assert_non_null(strstr(s, ">1.0</text>"));
	arena_free(a);
}

static void bars_begin_at_zero_and_stand_beside_each_other(void **state)
{
	static const double y[2][3] = { { 5, 6, 7 }, { -2, 6, 0 } };
	struct arena *a = arena_new();
	struct chart_series series[2] = { { .name = S("first"), .kind = CHART_BARS, .y = y[0], .n = 3 },
					  { .name = S("second"), .kind = CHART_BARS, .y = y[1], .n = 3 } };
	struct chart c = { .id = "c", .title = S("t"), .series = series, .n_series = 2 };
	const char *s = svg(a, &c), *bars[2] = { strstr(s, "chart-bar chart-1\" fill"), strstr(s, "chart-bar chart-2\" fill") };
	double x[2], base[2], end[2], wide[2];
	(void)state;
	for (int k = 0; k < 2; k++) {
		assert_non_null(bars[k]);
		assert_int_equal(sscanf(strstr(bars[k], "d=\"M"), "d=\"M%lf %lfV%lfh%lf", &x[k], &base[k], &end[k], &wide[k]), 4);
	}
	assert_true(fabs(x[0] + wide[0] - x[1]) < 0.02);
	assert_true(base[0] == base[1] && end[0] < base[0] && end[1] > base[1]);
	assert_true(fabs((base[0] - end[0]) / (end[1] - base[1]) - 2.5) < 0.01);
	assert_non_null(strstr(s, ">−2</text>"));
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ticks_stand_at_1_2_and_5),
		cmocka_unit_test(whoever_hears_a_chart_gets_its_title_and_what_it_says),
		cmocka_unit_test(names_are_text_and_nothing_else),
		cmocka_unit_test(what_is_no_figure_leaves_a_gap),
		cmocka_unit_test(bars_begin_at_zero_and_stand_beside_each_other),
	};
	return cmocka_run_group_tests_name("text/chart", tests, NULL, NULL);
}
