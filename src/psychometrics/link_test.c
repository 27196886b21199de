/* Tests of linking. */
#include "psychometrics/psychometrics_check.h"

#include "psychometrics/link.h"
#include "psychometrics/simulate.h"

/* Twelve common items of Kolen and Brennan ("Test equating, scaling, and linking", chapter 6; 3PL with D = 1.7) with the ability distributions of both
 * groups; STUIRT (Kim and Kolen 2004), example 1 with the symmetric criterion: A = 1.083417, B = -0.487619, as kept among the tests of jMetrik. */
static void kolen_and_brennan_as_in_stuirt(void **state)
{
	static const double new_par[12][3] = {
		{ 0.4551, -0.7101, 0.2087 }, { 0.5839, -0.8567, 0.2038 }, { 0.7544, 0.0212, 0.1600 }, { 0.6633, 0.0506, 0.1240 },
		{ 1.0690, 0.9610, 0.2986 },  { 0.9672, 0.1950, 0.0535 },  { 0.3479, 2.2768, 0.1489 }, { 1.4579, 1.0241, 0.2453 },
		{ 1.8811, 1.4062, 0.1992 },  { 0.7020, 2.2401, 0.0853 },  { 1.4080, 1.5556, 0.0789 }, { 1.2993, 2.1589, 0.1075 }
	};
	static const double old_par[12][3] = { { 0.4416, -1.3349, 0.1559 }, { 0.5730, -1.3210, 0.1913 }, { 0.5987, -0.7098, 0.1177 },
					       { 0.6041, -0.3539, 0.0818 }, { 0.9902, 0.5320, 0.3024 },	 { 0.8081, -0.1156, 0.0648 },
					       { 0.4140, 2.5538, 0.2410 },  { 1.3554, 0.5811, 0.2243 },	 { 1.0417, 0.9392, 0.1651 },
					       { 0.6336, 1.8960, 0.0794 },  { 1.1347, 1.0790, 0.0630 },	 { 0.9255, 2.1337, 0.1259 } };
	static const double theta[] = { -4.0000, -3.1110, -2.2220, -1.3330, -0.4444, 0.4444, 1.3330, 2.2220, 3.1110, 4.0000 };
	static const double new_weight[] = { 0.0001008, 0.002760, 0.03021, 0.1420, 0.3149, 0.3158, 0.1542, 0.03596, 0.003925, 0.0001862 };
	static const double old_weight[] = { 0.0001173, 0.003242, 0.03449, 0.1471, 0.3148, 0.3110, 0.1526, 0.03406, 0.002510, 0.0001116 };
	struct irt_item new_items[12], old_items[12];
	(void)state;
	for (size_t i = 0; i < 12; i++) {
		new_items[i] = (struct irt_item){ IRT_3PL, 2, 1.7 * new_par[i][0], { new_par[i][1] }, new_par[i][2] };
		old_items[i] = (struct irt_item){ IRT_3PL, 2, 1.7 * old_par[i][0], { old_par[i][1] }, old_par[i][2] };
	}
	struct link l =
		link_stocking_lord(new_items, old_items, 12, &(struct link_points){ theta, old_weight, 10 }, &(struct link_points){ theta, new_weight, 10 });
	assert_true(l.known);
	expect_near(l.scale, 1.083417, 2e-5);
	expect_near(l.shift, -0.487619, 2e-5);
}

/* The same items seen from two populations: the link is exactly how these stand to each other, for every model. */
static void one_test_in_two_populations_is_linked_exactly(void **state)
{
	static const enum irt_model models[] = { IRT_2PL, IRT_3PL, IRT_GRM, IRT_GPCM };
	(void)state;
	for (size_t m = 0; m < COUNT(models); m++) {
		struct simulation s = { 2 };
		struct irt_item old_items[8], new_items[8];
		for (size_t i = 0; i < 8; i++) {
			old_items[i] = simulate_item(&s, models[m], irt_is_polytomous(models[m]) ? 4 : 2);
			new_items[i] = link_item(&old_items[i], 1 / 0.8, -0.6 / 0.8);
		}
		struct link l = link_stocking_lord(new_items, old_items, 8, NULL, NULL);
		assert_true(l.known);
		expect_near(l.scale, 0.8, 1e-7);
		expect_near(l.shift, 0.6, 1e-7);
		expect_near(l.distance, 0, 1e-7);
		struct irt_item back = link_item(&new_items[3], l.scale, l.shift);
		expect_near(back.a, old_items[3].a, 1e-6);
		expect_near(back.b[0], old_items[3].b[0], 1e-6);
	}
}

/* Two samples, of N(0, 1) and of N(0.7, 1.3²), calibrated each for itself: A and B tell the second population. */
static void two_calibrations_tell_how_populations_differ(void **state)
{
	enum { ITEMS = 15, PEOPLE = 2000 };
	struct ctx cx = { .arena = arena_new() };
	struct simulation s = { 31 };
	struct irt_item items[ITEMS], shifted[ITEMS];
	struct calibration k[2];
	struct calibration_options o = { .model = IRT_2PL, .threads = 2 };
	(void)state;
	for (size_t i = 0; i < ITEMS; i++) {
		items[i] = simulate_item(&s, IRT_2PL, 2);
		shifted[i] = link_item(&items[i], 1 / 1.3, -0.7 / 1.3);
	}
	for (int g = 0; g < 2; g++) {
		struct responses r = simulate_responses(cx.arena, &s, g ? shifted : items, ITEMS, PEOPLE);
		assert_int_equal(calibrate(&cx, &r, &o, &k[g]), OK);
	}
	struct link l = link_stocking_lord(k[1].items, k[0].items, ITEMS, NULL, NULL);
	print_message("A %.3f (1.3), B %.3f (0.7), distance %.3f of %d points\n", l.scale, l.shift, l.distance, ITEMS);
	assert_true(l.known);
	expect_near(l.scale, 1.3, 0.1);
	expect_near(l.shift, 0.7, 0.1);
	arena_free(cx.arena);
}

static void items_without_a_slope_cannot_be_linked(void **state)
{
	struct irt_item flat = { IRT_2PL, 2, 0, { 0 }, 0 };
	(void)state;
	assert_false(link_stocking_lord(&flat, &flat, 1, NULL, NULL).known);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kolen_and_brennan_as_in_stuirt),
		cmocka_unit_test(one_test_in_two_populations_is_linked_exactly),
		cmocka_unit_test(two_calibrations_tell_how_populations_differ),
		cmocka_unit_test(items_without_a_slope_cannot_be_linked),
	};
	return cmocka_run_group_tests_name("psychometrics/link", tests, NULL, NULL);
}
