/* Tests of the list of findings. */
#include "text/text_check.h"

static void values_are_filled_in(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct findings f = { .arena = a };
	finding_add_what(&f, S("x"), 7, N_("a {what} b {other} {"), S("{what}"));
	expect_finding(&f, "7: a {what} b {other} {");
	finding_add_what(&f, S("x"), 7, N_("{what}"), (struct str){ memset(arena_alloc(a, 500), 'y', 500), 500 });
	assert_int_equal(finding_text(a, &f.v[1]).n, 80);
	arena_free(a);
}

static void list_ends_with_more(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct findings f = { .arena = a };
	for (int i = 0; i < 2 * FINDINGS_MAX; i++)
		finding_add(&f, S("x"), i, N_("wrong"), 0, NULL);
	assert_int_equal(f.n, FINDINGS_MAX);
	expect_str(finding_text(a, &f.v[FINDINGS_MAX - 2]), "wrong");
	expect_str(finding_text(a, &f.v[FINDINGS_MAX - 1]), "There is more to correct; only the first 499 findings are listed");
	arena_free(a);
}

static void source_is_checked(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct findings f = { .arena = a };
	assert_true(finding_check_source(&f, S("x"), S("")));
	assert_true(finding_check_source(&f, S("x"), S("a\nकर्म\n")));
	expect_finding(&f, NULL);
	assert_false(finding_check_source(&f, S("x"), S("a\nb\xff\n")));
	expect_finding(&f, "2: The text is not UTF-8");
	f.n = 0;
	assert_false(finding_check_source(&f, S("x"), (struct str){ arena_alloc(a, TEXT_MAX + 1), TEXT_MAX + 1 }));
	expect_finding(&f, "0: The file is larger than 1 MiB");
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_filled_in),
		cmocka_unit_test(list_ends_with_more),
		cmocka_unit_test(source_is_checked),
	};
	return cmocka_run_group_tests_name("text/finding", tests, NULL, NULL);
}
