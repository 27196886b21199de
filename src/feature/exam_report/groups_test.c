/* Tests of what is shown of groups: above all that nothing small can be computed from what is shown. */
#include "draw.h"
#include "feature/exam_report/groups.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void near(double got, double wanted, double within)
{
	if (!(fabs(got - wanted) <= within))
		print_error("expected %g, got %g\n", wanted, got);
	assert_true(fabs(got - wanted) <= within);
}

static void a_small_group_is_not_shown(void **state)
{
	const int64_t people[] = { 40, 9, 3, 12 };
	bool hidden[4];
	(void)state;
	groups_hide(people, 4, hidden);
	assert_true(!hidden[0] && hidden[1] && hidden[2] && !hidden[3]);
}

/* One alone that is left out would be the whole less the others. */
static void a_group_that_could_be_told_by_subtraction_takes_another_with_it(void **state)
{
	const int64_t people[] = { 40, 9, 25 }, two[] = { 40, 4, 3, 25 };
	bool hidden[4];
	(void)state;
	groups_hide(people, 3, hidden);
	assert_true(!hidden[0] && hidden[1] && hidden[2]);
	groups_hide(two, 4, hidden);
	assert_true(!hidden[0] && hidden[1] && hidden[2] && hidden[3]);
}

static void what_is_large_enough_is_all_shown(void **state)
{
	const int64_t people[] = { 10, 0, 11 };
	bool hidden[3];
	(void)state;
	groups_hide(people, 3, hidden);
	assert_true(!hidden[0] && !hidden[1] && !hidden[2]);
}

/* Whoever knows the whole and all that is shown learns of at least GROUP_LEAST people together, in two groups or more; or nothing was left out, or nothing is
 * shown. */
static void no_small_group_can_be_computed_from_any_table(void **state)
{
	struct draw d = { 4711 };
	(void)state;
	for (int table = 0; table < 20000; table++) {
		int64_t people[12], left = 0;
		bool hidden[12];
		size_t n = 1 + draw_below(&d, 12), groups = 0, shown = 0;
		for (size_t i = 0; i < n; i++)
			people[i] = draw_below(&d, 3) ? draw_below(&d, 15) : draw_below(&d, 200);
		groups_hide(people, n, hidden);
		for (size_t i = 0; i < n; i++) {
			assert_true(hidden[i] || people[i] == 0 || people[i] >= GROUP_LEAST);
			left += hidden[i] ? people[i] : 0;
			groups += hidden[i];
			shown += !hidden[i] && people[i] > 0;
		}
		assert_true(!groups || !shown || (groups >= 2 && left >= GROUP_LEAST));
	}
}

/* Newcombe 1998 (Statistics in Medicine 17), table I, method 3 (Wilson's score): 81 of 263 is 0.2553 to 0.3662, 15 of 148 0.0624 to 0.1605, 0 of 20 0 to
 * 0.1611, 1 of 29 0.0061 to 0.1718. */
static void the_pass_share_has_the_published_interval(void **state)
{
	static const struct {
		int64_t passed, n;
		double low, high;
	} cases[] = { { 81, 263, 0.2553, 0.3662 }, { 15, 148, 0.0624, 0.1605 }, { 0, 20, 0, 0.1611 }, { 1, 29, 0.0061, 0.1718 } };
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct span s = scores_pass_span(&(struct scores){ .n = cases[i].n, .passed = cases[i].passed });
		near(s.low, cases[i].low, 0.00005);
		near(s.high, cases[i].high, 0.00005);
	}
}

/* Student's sleep data (Student 1908): 10 people, mean 2.33, standard deviation 2.0022; t of 9 degrees is 2.2622, so 0.898 to 3.762. */
static void the_mean_has_students_interval(void **state)
{
	static const double hours[] = { 1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4 };
	struct scores t = { 0 };
	(void)state;
	for (size_t i = 0; i < 10; i++)
		scores_add(&t, hours[i], false);
	struct span s = scores_mean_span(&t);
	near(scores_mean(&t), 2.33, 1e-9);
	near(s.low, 0.8977, 0.0005);
	near(s.high, 3.7623, 0.0005);
}

/* R's PlantGrowth: one-way F 4.846 on 2 and 27 degrees, p 0.01591. */
static void forms_that_differ_are_told_from_chance(void **state)
{
	static const double weight[3][10] = { { 4.17, 5.58, 5.18, 6.11, 4.50, 4.61, 5.17, 4.53, 5.33, 5.14 },
					      { 4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69 },
					      { 6.31, 5.12, 5.54, 5.50, 5.37, 5.29, 4.92, 6.15, 5.80, 5.26 } };
	struct scores v[3] = { 0 };
	(void)state;
	for (size_t g = 0; g < 3; g++)
		for (size_t i = 0; i < 10; i++)
			scores_add(&v[g], weight[g][i], false);
	near(scores_chance(v, 3), 0.01591, 0.00005);
	near(scores_chance(v, 1), 1, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_small_group_is_not_shown),
		cmocka_unit_test(a_group_that_could_be_told_by_subtraction_takes_another_with_it),
		cmocka_unit_test(what_is_large_enough_is_all_shown),
		cmocka_unit_test(no_small_group_can_be_computed_from_any_table),
		cmocka_unit_test(the_pass_share_has_the_published_interval),
		cmocka_unit_test(the_mean_has_students_interval),
		cmocka_unit_test(forms_that_differ_are_told_from_chance),
	};
	return cmocka_run_group_tests_name("exam_report/groups", tests, NULL, NULL);
}
