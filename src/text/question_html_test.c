/* Tests of HTML in questions: what becomes plain, what is refused, and that broken HTML takes no longer than whole one. */
#include "text/question_html.h"
#include "text/text_check.h"

#include <time.h>

static void becomes(const char *html, const char *plain)
{
	struct arena *a = arena_new();
	struct html_picture picture = { 0 };
	struct str text;
	assert_null(question_html(a, str_of(html), &picture, &text));
	expect_str(text, plain);
	arena_free(a);
}

static void plain_text_keeps_what_html_meant(void **state)
{
	(void)state;
	becomes("<p>One &amp; <b>two</b></p><p>three</p>", "One & two\n\nthree");
	becomes("10<sup>2</sup> m<sup>-1</sup>, CO<sub>2</sub>, the 21<sup>st</sup>", "10² m⁻¹, CO₂, the 21st");
	becomes("<table><tr><th>Post</th><th>Pay</th></tr><tr><td>Clerk</td><td>2</td></tr></table>", "Post | Pay\nClerk | 2");
	becomes("a < b <!-- <img src='x'> --> c", "a < b c");
	becomes("1 <a title=\"a > b\">2</a>", "1 2");
	becomes("<a \"b> 3 < 4", "3 < 4");
}

static void refused(const char *html, const char *wanted)
{
	struct arena *a = arena_new();
	struct html_picture picture = { 0 };
	struct str text;
	const char *wrong = question_html(a, str_of(html), &picture, &text);
	assert_non_null(wrong);
	assert_string_equal(wrong, wanted);
	arena_free(a);
}

static void nothing_is_lost_without_a_word(void **state)
{
	(void)state;
	refused("<math><mi>x</mi></math>", "The text holds a formula, sound, film or form, which is not read");
	refused("<INPUT type=text>", "The text holds a formula, sound, film or form, which is not read");
	refused("e<sup>x</sup>", "The text has raised or lowered words, which plain text cannot show; write them out");
	refused("e<sup><b>2</b></sup>", "The text has raised or lowered words, which plain text cannot show; write them out");
	refused("<img src='a.png'><img src='b.png'>", "A question may have one picture");
	refused("<img alt='a'>", "A picture in the text has no address");
}

static void a_picture_is_taken_out(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct html_picture picture = { 0 };
	struct str text;
	assert_null(question_html(a, S("<p>See <IMG alt=\"A &quot;plan&quot;\" class=x src='a&amp;b.png'/></p>"), &picture, &text));
	expect_str(text, "See");
	expect_str(picture.source, "a&b.png");
	expect_str(picture.alt, "A \"plan\"");
	arena_free(a);
}

/* Looking for an end that is not there again and again would take hours here. */
static void broken_html_takes_no_longer(void **state)
{
	static const char *const pieces[] = { "<!-- ", "<a ", "<a \"", "<img src='", "<sup>2", "<td" };
	(void)state;
	clock_t start = clock();
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct arena *a = arena_new();
		struct html_picture picture = { 0 };
		struct buf b;
		struct str text;
		buf_init(&b, a, 1 << 20);
		while (!b.full)
			buf_str(&b, str_of(pieces[i]));
		question_html(a, buf_get(&b), &picture, &text);
		arena_free(a);
	}
	assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_text_keeps_what_html_meant),
		cmocka_unit_test(nothing_is_lost_without_a_word),
		cmocka_unit_test(a_picture_is_taken_out),
		cmocka_unit_test(broken_html_takes_no_longer),
	};
	return cmocka_run_group_tests_name("text/question_html", tests, NULL, NULL);
}
