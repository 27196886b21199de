/* Tests of front matter. */
#include "text/front.h"
#include "text/text_check.h"

static const struct front_key keys[] = { { "title", true }, { "topics", false }, { "type", false }, { NULL, false } };

static void good_files(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct findings f = { .arena = a };
	struct front front;
	assert_true(front_parse(&f, S("x"), S("\xef\xbb\xbf---\r\ntitle: The Act: why\r\n\r\n topics :a, , ख\r\n---\r\nBody\r\n---\r\n"), keys, &front));
	expect_str(front_get(&front, "title"), "The Act: why");
	assert_null(front_get(&front, "type").p);
	assert_int_equal(front_line_of(&front, "topics"), 4);
	assert_int_equal(front_line_of(&front, "type"), 1);
	expect_str(front.body, "Body\r\n---\r\n");
	assert_int_equal(front.body_line, 6);
	struct strs topics = front_list(a, front_get(&front, "topics"));
	assert_int_equal(topics.n, 2);
	expect_str(topics.v[1], "ख");
	assert_true(front_parse(&f, S("x"), S("---\ntitle: a\n---"), keys, &front));
	assert_int_equal(front.body.n, 0);
	arena_free(a);
}

static void faults(void **state)
{
	(void)state;
	static const struct {
		const char *source, *finding;
	} v[] = {
		{ "", "1: The file must start with a line “---” and its keys" },
		{ "title: a\n", "1: The file must start with a line “---” and its keys" },
		{ "---\ntitle: a\n", "1: The keys are not closed by a second line “---”" },
		{ "---\ntype: quiz\n---\n", "1: The key “title” is missing" },
		{ "---\ntitle: a\ncolour: red\n---\n", "3: There is no key “colour” here" },
		{ "---\ntitle: a\ntitle: b\n---\n", "3: The key “title” stands here twice" },
		{ "---\ntitle:\n---\n", "2: The key “title” has no value" },
		{ "---\ntitle: a\nword\n---\n", "3: Expected “key: value” and found “word”" },
		{ "---\ntitle: a\x01 b\n---\n", "2: The value of “title” holds a control character" },
		{ "---\ntitle: \xff\n---\n", "2: The text is not UTF-8" },
	};
	for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
		struct arena *a = arena_new();
		struct findings f = { .arena = a };
		struct front front;
		assert_false(front_parse(&f, S("x"), str_of(v[i].source), keys, &front));
		expect_finding(&f, v[i].finding);
		arena_free(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(good_files), cmocka_unit_test(faults) };
	return cmocka_run_group_tests_name("text/front", tests, NULL, NULL);
}
