/* Groups on a shortlist: small ones are not shown, nor to be found by subtraction, and four fifths are four fifths to the person. */
#include "feature/placement/fairness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void four_fifths_is_exact(void **state)
{
	struct fairness_group v[] = { { S("a"), 100, 50 }, { S("b"), 100, 40 }, { S("c"), 1000, 399 } };
	(void)state;
	fairness_judge(v, 3);
	assert_false(v[0].below || v[1].below);
	assert_true(v[2].below);
	assert_true(v[0].ratio == 1 && v[1].ratio > 0.7999 && v[1].ratio < 0.8001);
}

static void a_small_group_is_hidden_and_never_the_only_one(void **state)
{
	struct fairness_group v[] = { { S("a"), 100, 50 }, { S("b"), 9, 1 }, { S("c"), 40, 20 } };
	(void)state;
	fairness_judge(v, 3);
	assert_true(v[1].hidden && v[2].hidden && !v[0].hidden);
	assert_true(v[1].ratio == 0 && v[2].share == 0);
	/* Two small ones hide each other. */
	struct fairness_group two[] = { { S("a"), 100, 50 }, { S("b"), 9, 1 }, { S("c"), 8, 2 }, { S("d"), 10, 5 } };
	fairness_judge(two, 4);
	assert_true(two[1].hidden && two[2].hidden && !two[0].hidden && !two[3].hidden);
}

static void where_nobody_is_listed_nobody_is_worse_off(void **state)
{
	struct fairness_group v[] = { { S("a"), 100, 0 }, { S("b"), 50, 0 } };
	(void)state;
	fairness_judge(v, 2);
	assert_true(!v[0].below && !v[1].below && v[0].ratio == 1);
	fairness_judge(v, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(four_fifths_is_exact),
		cmocka_unit_test(a_small_group_is_hidden_and_never_the_only_one),
		cmocka_unit_test(where_nobody_is_listed_nobody_is_worse_off),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
