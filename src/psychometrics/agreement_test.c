/* Tests of the agreement of judges. */
#include "psychometrics/psychometrics_check.h"

#include "psychometrics/agreement.h"

/* Shrout and Fleiss 1979, table 2: six targets, four judges. Table 4 gives ICC(1,1) = .17 and ICC(1,4) = .44; the mean squares of table 3 are 11.24 and 6.26.
 * The interval is that of icc() of R's package irr 0.84.1 for the same data, one-way: -0.133 to 0.723. */
static void shrout_and_fleiss_as_published(void **state)
{
	static const double x[] = { 9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7 };
	struct agreement a;
	(void)state;
	assert_true(agreement_of(x, 6, 4, 0.95, &a));
	expect_near(a.single, (11.24 - 6.26) / (11.24 + 3 * 6.26), 0.001);
	expect_near(a.single, 0.17, 0.005);
	expect_near(a.mean, 0.44, 0.005);
	expect_near(a.low, -0.133, 0.0005);
	expect_near(a.high, 0.723, 0.0005);
}

static void those_who_always_agree_have_one(void **state)
{
	static const double x[] = { 1, 1, 5, 5, 3, 3 };
	struct agreement a;
	(void)state;
	assert_true(agreement_of(x, 3, 2, 0.95, &a));
	expect_near(a.single, 1, 0);
	expect_near(a.mean, 1, 0);
	expect_near(a.apart, 0, 0);
}

/* Who is always as far apart on every thing agrees in nothing. */
static void those_who_differ_as_much_as_things_have_none(void **state)
{
	static const double x[] = { 0, 4, 4, 0, 0, 4 };
	struct agreement a;
	(void)state;
	assert_true(agreement_of(x, 3, 2, 0.95, &a));
	assert_true(a.single <= 0);
	expect_near(a.apart, 4, 0);
}

static void of_too_little_nothing_is_said(void **state)
{
	static const double x[] = { 2, 2, 2, 2 };
	struct agreement a;
	(void)state;
	assert_false(agreement_of(x, 1, 2, 0.95, &a));
	assert_false(agreement_of(x, 4, 1, 0.95, &a));
	assert_false(agreement_of(x, 2, 2, 0.95, &a));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shrout_and_fleiss_as_published),
		cmocka_unit_test(those_who_always_agree_have_one),
		cmocka_unit_test(those_who_differ_as_much_as_things_have_none),
		cmocka_unit_test(of_too_little_nothing_is_said),
	};
	return cmocka_run_group_tests_name("psychometrics/agreement", tests, NULL, NULL);
}
