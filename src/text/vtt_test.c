/* Tests of WebVTT. */
#include "text/vtt.h"
#include "text/text_check.h"

static void good_file(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct findings f = { .arena = a };
	struct vtt v;
	assert_true(vtt_parse(&f, S("x"), S("\xef\xbb\xbfWEBVTT - film\r\n\r\nNOTE\nx --> y\n\nSTYLE\n::cue { color: red }\n\n"
					    "first\n00:01.000 --> 00:02.500 align:left\n<v Asha>Hello <i>you</i> &amp; me\n1 < 2\n\n\n"
					    "01:00:00.000 --> 100:00:01.000\nनमस्ते\n"), &v));
	expect_finding(&f, NULL);
	assert_int_equal(v.n, 2);
	assert_int_equal(v.v[0].from_ms, 1000);
	assert_int_equal(v.v[0].to_ms, 2500);
	assert_int_equal(v.v[0].line, 10);
	expect_str(v.v[0].voice, "Asha");
	expect_str(v.v[0].text, "Hello you & me\n1 < 2");
	assert_int_equal(v.v[1].from_ms, 3600000);
	assert_int_equal(v.v[1].to_ms, 360001000);
	expect_str(v.v[1].text, "नमस्ते");
	arena_free(a);
}

static void faults(void **state)
{
	(void)state;
	static const struct {
		const char *source, *finding;
	} v[] = {
		{ "", "1: The file must start with the word WEBVTT" },
		{ "WEBVTTX\n", "1: The file must start with the word WEBVTT" },
		{ "WEBVTT\n", "0: There is no caption in the file" },
		{ "WEBVTT\n\n00:02.000 --> 00:01.000\na\n", "3: The caption ends before it starts" },
		{ "WEBVTT\n\n00:02.000 --> 00:03.000\na\n\n00:01.000 --> 00:03.000\nb\n", "6: The caption starts before the one above it" },
		{ "WEBVTT\n\n00:01.000 --> 00:02.000\n<b></b>\n", "3: The caption is empty" },
		{ "WEBVTT\n\n00:61.000 --> 00:62.000\na\n", "3: Expected a time like “00:01.000 --> 00:04.000” and found “00:61.000 --> 00:62.000”" },
		{ "WEBVTT\n\n00:01,000 --> 00:02,000\na\n", "3: Expected a time like “00:01.000 --> 00:04.000” and found “00:01,000 --> 00:02,000”" },
		{ "WEBVTT\n\nname\nno time\na\n", "4: Expected a time like “00:01.000 --> 00:04.000” and found “no time”" },
		{ "WEBVTT\n00:01.000 --> 00:02.000\na\n", "2: A blank line must stand behind WEBVTT" },
	};
	for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
		struct arena *a = arena_new();
		struct findings f = { .arena = a };
		struct vtt vtt;
		assert_false(vtt_parse(&f, S("x"), str_of(v[i].source), &vtt));
		expect_finding(&f, v[i].finding);
		arena_free(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(good_file), cmocka_unit_test(faults) };
	return cmocka_run_group_tests_name("text/vtt", tests, NULL, NULL);
}
