/* What a host keys in from a sheet is read as it was ticked, and nothing else. */
#include "feature/together/together_sheet.h"
#include "base/arena.h"

#include "check.h"

static struct arena *a;
static struct quiz_choice options[] = { { .id = S("c") }, { .id = S("a") }, { .id = S("b") } };
static const struct quiz_shown one = { .kind = Q_SINGLE, .options = options, .n_options = 3 },
			       several = { .kind = Q_MULTIPLE, .options = options, .n_options = 3 }, number = { .kind = Q_NUMERIC };

static const char *given(const struct quiz_shown *q, const char *typed)
{
	struct strs v;
	const char *wrong = together_sheet_read(a, q, str_of(typed), &v);
	return wrong ? "wrong" : v.n ? quiz_write_given(a, &v).p : "";
}

static void a_letter_is_the_option_that_stands_there_on_this_sheet(void **state)
{
	(void)state;
	assert_string_equal(given(&one, "A"), "[\"c\"]");
	assert_string_equal(given(&one, " b "), "[\"a\"]");
	assert_string_equal(given(&several, "c a"), "[\"b\",\"c\"]");
	assert_string_equal(given(&several, "A,C"), "[\"c\",\"b\"]");
	assert_string_equal(given(&several, "AA"), "[\"c\"]");
	assert_string_equal(given(&number, " 48 "), "[\"48\"]");
	assert_string_equal(given(&one, " "), "");
	assert_string_equal(together_letter(a, 2).p, "C");
}

static void what_is_not_on_the_sheet_is_not_guessed(void **state)
{
	(void)state;
	assert_string_equal(given(&one, "D"), "wrong");
	assert_string_equal(given(&one, "1"), "wrong");
	assert_string_equal(given(&one, "AB"), "wrong"); /* two ticks */
	assert_string_equal(given(&several, "A\xE0\xA4\x95"), "wrong");
}

static int begin(void **state)
{
	(void)state;
	a = arena_new();
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(a);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(a_letter_is_the_option_that_stands_there_on_this_sheet),
					    cmocka_unit_test(what_is_not_on_the_sheet_is_not_guessed) };
	return cmocka_run_group_tests(tests, begin, end);
}
