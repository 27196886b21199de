/* Tests of item mapping. */
#include "psychometrics/psychometrics_check.h"

#include "psychometrics/mapping.h"
#include "psychometrics/simulate.h"

/* A response probability of 2/3 lies log 2 / a above the difficulty of a 2PL (Mitzel and others 2001); with guessing c it is met where the curve without it is
 * at (2/3 - c) / (1 - c) (Huynh 1998). */
static void one_item_is_mapped_where_the_literature_has_it(void **state)
{
	struct mapped_item two = { { .model = IRT_2PL, .categories = 2, .a = 1.4, .b = { 0.3 } }, 1 };
	struct mapped_item three = { { .model = IRT_3PL, .categories = 2, .a = 1.4, .b = { 0.3 }, .c = 0.2 }, 1 };
	double without = (2.0 / 3 - 0.2) / 0.8;
	(void)state;
	expect_near(mapping_cut(&two, 1, 2.0 / 3), 0.3 + log(2) / 1.4, 1e-6);
	expect_near(mapping_cut(&three, 1, 2.0 / 3), 0.3 + log(without / (1 - without)) / 1.4, 1e-6);
}

static void the_share_at_the_cut_is_the_share_asked(void **state)
{
	static const enum irt_model models[] = { IRT_RASCH, IRT_2PL, IRT_3PL, IRT_GRM, IRT_GPCM };
	struct simulation s = { 3 };
	struct mapped_item v[20];
	(void)state;
	for (size_t i = 0; i < 20; i++)
		v[i] = (struct mapped_item){ simulate_item(&s, models[i % 5], irt_is_polytomous(models[i % 5]) ? 4 : 2), 1 + (double)(i % 3) };
	double last = -MAPPING_MOST;
	for (double share = 0.3; share < 0.95; share += 0.1) {
		double cut = mapping_cut(v, 20, share);
		expect_near(mapping_share(v, 20, cut), share, 1e-6);
		assert_true(cut > last);
		last = cut;
	}
}

/* An item of three points pulls the cut as three items of one do. */
static void points_count_as_in_the_marks(void **state)
{
	struct irt_item easy = { .model = IRT_2PL, .categories = 2, .a = 1, .b = { -1 } }, hard = { .model = IRT_2PL, .categories = 2, .a = 1, .b = { 1 } };
	struct mapped_item weighted[2] = { { easy, 1 }, { hard, 3 } }, single[4] = { { easy, 1 }, { hard, 1 }, { hard, 1 }, { hard, 1 } };
	(void)state;
	expect_near(mapping_cut(weighted, 2, 0.6), mapping_cut(single, 4, 0.6), 1e-6);
	assert_true(mapping_cut(weighted, 2, 0.6) > mapping_cut((struct mapped_item[2]){ { easy, 1 }, { hard, 1 } }, 2, 0.6));
}

static void what_is_always_or_never_reached_is_at_the_ends(void **state)
{
	struct mapped_item guess = { { .model = IRT_3PL, .categories = 2, .a = 1, .b = { 0 }, .c = 0.5 }, 1 };
	struct mapped_item far = { { .model = IRT_2PL, .categories = 2, .a = 1, .b = { 9 } }, 1 };
	(void)state;
	assert_true(mapping_cut(&guess, 1, 0.4) == -MAPPING_MOST);
	assert_true(mapping_cut(&far, 1, 0.6) == MAPPING_MOST);
	assert_true(mapping_cut(&far, 1, 1) == MAPPING_MOST);
}

static void who_stands_at_the_cut_is_as_sure_as_not(void **state)
{
	(void)state;
	expect_near(mapping_sure(0.5, 0.3, 0.5), 0.5, 1e-12);
	expect_near(mapping_sure(0.5 + 1.2815515655 * 0.3, 0.3, 0.5), 0.9, 1e-6);
	assert_true(mapping_sure(1, 0, 1) == 1 && mapping_sure(0.9, 0, 1) == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_item_is_mapped_where_the_literature_has_it),
		cmocka_unit_test(the_share_at_the_cut_is_the_share_asked),
		cmocka_unit_test(points_count_as_in_the_marks),
		cmocka_unit_test(what_is_always_or_never_reached_is_at_the_ends),
		cmocka_unit_test(who_stands_at_the_cut_is_as_sure_as_not),
	};
	return cmocka_run_group_tests_name("psychometrics/mapping", tests, NULL, NULL);
}
