/* Tests of escaping and of the forms of figures and times. The Hindi forms stand in po/hi.po. */
#include "base/clock.h"
#include "web/html.h"

#include <setjmp.h>
/* Last: cmocka has macros named fail and fail_msg too. */
#include <cmocka.h>

static struct ctx cx;

static int setup(void **state)
{
	(void)state;
	cx = (struct ctx){ .arena = arena_new(), .actor.zone = S("Asia/Kolkata") };
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(cx.arena);
	return 0;
}

static void same(struct str got, const char *want)
{
	assert_string_equal(str_c(cx.arena, got), want);
}

/* What `put` writes of s. */
static struct str put(void (*f)(struct html_out *, struct str), struct str s)
{
	struct html_out o;
	html_begin(&o, &cx, 1 << 16);
	f(&o, s);
	return buf_get(&o.b);
}

static void escapes(void **state)
{
	(void)state;
	same(put(html_text, S("a < b & \"c\" > 'd' हिन्दी")), "a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39; हिन्दी");
	same(put(html_text, S("&&")), "&amp;&amp;");
	same(put(html_text, S("plain")), "plain");
	same(put(html_text, S("")), "");
	same(put(html_text, STR_NONE), "");
	same(put(html_attr, S("\" onclick=\"")), "&quot; onclick=&quot;");
}

static void addresses(void **state)
{
	(void)state;
	static const char *const good[] = { "/a/b?c=d:e#f:g", "a/b:c", "?q=a:b", "#x:y", "http://a.b/", "https://a.b/", "HTTPS://a.b/", "mailto:a@b", "tel:+91", "//a.b/c", "", "a.html" };
	static const char *const bad[] = { "javascript:alert(1)",  "JaVaScRiPt:x", "data:text/html,x", " javascript:x", "java\nscript:x", "java\tscript:x", "\x01javascript:x",
					   "vbscript:x",	   "httpx:y",	   ":x",	       "a b",		"http\x7f://",	  "file:///etc" };
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		same(put(html_url, str_of(good[i])), good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		same(put(html_url, str_of(bad[i])), "#");
	same(put(html_url, S("/a?b=1&c=\"")), "/a?b=1&amp;c=&quot;");
	same(put(html_url_part, S("aZ09-._~")), "aZ09-._~");
	same(put(html_url_part, S("a/b c&d?e#f%:+é")), "a%2Fb%20c%26d%3Fe%23f%25%3A%2B%C3%A9");
	same(put(html_url_part, STR_NONE), "");
}

/* A helper at the start of an address is held to the same rule. */
static void helper_addresses(void **state)
{
	(void)state;
	struct html_out o;
	html_begin(&o, &cx, 1 << 16);
	html_url_check(&o, 0);
	buf_lit(&o.b, "href=");
	size_t from = o.b.n;
	html_text(&o, S("javascript:x"));
	html_url_check(&o, from);
	buf_lit(&o.b, " ");
	from = o.b.n;
	html_text(&o, S("/a?b:c"));
	html_url_check(&o, from);
	same(buf_get(&o.b), "href=# /a?b:c");
}

static void full_buffer(void **state)
{
	(void)state;
	struct html_out o;
	html_begin(&o, &cx, 10);
	html_text(&o, S("<<<<<<<<<<<<<<<<"));
	html_url_part(&o, S("////////////////"));
	html_url_check(&o, 0);
	assert_true(o.b.full);
	assert_true(o.b.n <= 10);
}

static void numbers(void **state)
{
	(void)state;
	static const struct {
		int64_t v;
		const char *text;
	} cases[] = { { 0, "0" },	   { 7, "7" },		 { 999, "999" },	     { 1000, "1,000" },	       { 99999, "99,999" },
		      { 100000, "1,00,000" }, { 14900000, "1,49,00,000" }, { -1234567, "−12,34,567" }, { 1000000000, "1,00,00,00,000" }, { INT64_MAX, "92,23,37,20,36,85,47,75,807" },
		      { NONE, "" } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		same(fmt_number(&cx, cases[i].v), cases[i].text);
	same(fmt_number(&cx, (size_t)12345), "12,345");
	same(fmt_plain(&cx, INT64_C(14900000)), "14900000");
	same(fmt_plain(&cx, NONE), "");
	same(fmt_percent(&cx, 58), "58%");
	same(fmt_percent(&cx, NONE), "");
	same(fmt_stars(&cx, 46), "4.6");
	same(HTML_VALUE(&cx, (size_t)1000), "1,000");
	same(HTML_VALUE(&cx, 1000), "1,000");
	same(HTML_VALUE(&cx, S("x")), "x");
}

/* 20:30 in UTC is the next day in India. */
static void dates(void **state)
{
	(void)state;
	int64_t day = clock_day_of(2026, 11, 23), late = (day - 1) * DAY + 20 * HOUR + 30 * MINUTE;
	same(fmt_date(&cx, late), "23 Nov 2026");
	same(fmt_datetime(&cx, late), "23 Nov 2026, 02:00");
	same(fmt_day(&cx, day), "23 Nov 2026");
	same(fmt_isodate(&cx, late), "2026-11-23");
	same(fmt_isoday(&cx, day), "2026-11-23");
	cx.actor.zone = S("UTC");
	same(fmt_date(&cx, late), "22 Nov 2026");
	same(fmt_date(&cx, -1), "31 Dec 1969");
	cx.lang = LANG_HI;
	same(fmt_day(&cx, day), "23 नवं॰ 2026");
	same(fmt_day(&cx, clock_day_of(2027, 2, 1)), "1 फ़र॰ 2027");
	for (int lang = 0; lang < LANG_COUNT_; lang++) {
		cx.lang = (enum lang)lang;
		same(fmt_date(&cx, NONE), "");
		same(fmt_datetime(&cx, NONE), "");
		same(fmt_day(&cx, NONE), "");
		same(fmt_isodate(&cx, NONE), "");
	}
}

static void durations(void **state)
{
	(void)state;
	same(fmt_clock(&cx, 0), "0:00");
	same(fmt_clock(&cx, 222999), "3:42");
	same(fmt_clock(&cx, HOUR + 2 * MINUTE + 7 * SECOND), "1:02:07");
	same(fmt_clock(&cx, NONE), "");
	same(fmt_minutes(&cx, 0), "0 min");
	same(fmt_minutes(&cx, 1), "1 min");
	same(fmt_minutes(&cx, 21 * MINUTE), "21 min");
	same(fmt_minutes(&cx, HOUR), "1 h");
	same(fmt_minutes(&cx, HOUR + 20 * MINUTE), "1 h 20 min");
	same(fmt_minutes(&cx, NONE), "");
	cx.lang = LANG_HI;
	same(fmt_minutes(&cx, HOUR + 20 * MINUTE), "1 घंटे 20 मिनट");
}

static void sizes(void **state)
{
	(void)state;
	same(fmt_megabytes(&cx, 0), "under 0.1 MB");
	same(fmt_megabytes(&cx, 99999), "under 0.1 MB");
	same(fmt_megabytes(&cx, 400000), "0.4 MB");
	same(fmt_megabytes(&cx, 9990000), "9.9 MB");
	same(fmt_megabytes(&cx, 14000000), "14 MB");
	same(fmt_megabytes(&cx, NONE), "");
}

static void truth(void **state)
{
	(void)state;
	int64_t none = NONE, zero = 0, one = 1;
	size_t n = 0;
	const char *p = NULL;
	assert_false(HTML_TRUE(none));
	assert_false(HTML_TRUE(zero));
	assert_true(HTML_TRUE(one));
	assert_false(HTML_TRUE(n));
	assert_false(HTML_TRUE(p));
	assert_true(HTML_TRUE(&n));
	assert_false(HTML_TRUE(S("")));
	assert_false(HTML_TRUE(STR_NONE));
	assert_true(HTML_TRUE(S("0")));
	assert_true(HTML_TRUE(((struct html){ "x", 1 })));
	assert_true(HTML_TRUE((bool)true));
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = { T(escapes), T(addresses), T(helper_addresses), T(full_buffer), T(numbers), T(dates), T(durations), T(sizes), T(truth) };
	return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
