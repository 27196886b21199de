/* Tests of the fit of items and persons. */
#include "psychometrics/psychometrics_check.h"

#include "psychometrics/fit.h"
#include "psychometrics/simulate.h"

static struct calibration calibrated(struct ctx *cx, enum irt_model model, const struct responses *r)
{
	struct calibration_options o = { .model = model, .threads = 2 };
	struct calibration k;
	assert_int_equal(calibrate(cx, r, &o, &k), OK);
	return k;
}

/* itemfit() of R's mirt 1.47 for the Rasch model of LSAT6. Its degrees are one less, since it counts the variance of theta as a parameter of each item. */
static void lsat_6_as_in_the_literature(void **state)
{
	static const double wanted[] = { 0.436, 1.576, 0.872, 0.190, 0.190 };
	static const int df[] = { 3, 3, 2, 3, 3 };
	struct ctx cx = { .arena = arena_new() };
	struct responses r = lsat(cx.arena, lsat_6);
	(void)state;
	struct calibration k = calibrated(&cx, IRT_RASCH, &r);
	struct item_fit *f = item_fits(cx.arena, k.items, 5, &r);
	for (size_t i = 0; i < 5; i++) {
		assert_true(f[i].known);
		expect_near(f[i].chi_square, wanted[i], 0.0006);
		assert_int_equal(f[i].df, df[i]);
	}
	arena_free(cx.arena);
}

/* Of items that do follow the model, S-X² is on average its degrees, and one in twenty is beyond the 5 % point. */
static void good_items_are_mostly_let_alone(void **state)
{
	static const enum irt_model models[] = { IRT_2PL, IRT_GRM };
	enum { ITEMS = 12, TESTS = 8 };
	(void)state;
	for (size_t m = 0; m < COUNT(models); m++) {
		double chi_square = 0, df = 0, beyond = 0, n = 0;
		for (uint64_t t = 1; t <= TESTS; t++) {
			struct ctx cx = { .arena = arena_new() };
			struct simulation s = { t };
			struct irt_item items[ITEMS];
			for (size_t i = 0; i < ITEMS; i++)
				items[i] = simulate_item(&s, models[m], models[m] == IRT_GRM ? 3 : 2);
			struct responses r = simulate_responses(cx.arena, &s, items, ITEMS, 1000);
			struct calibration k = calibrated(&cx, models[m], &r);
			struct item_fit *f = item_fits(cx.arena, k.items, ITEMS, &r);
			for (size_t i = 0; i < ITEMS; i++) {
				chi_square += f[i].chi_square;
				df += f[i].df;
				beyond += f[i].known && f[i].p < 0.05;
				n++;
			}
			arena_free(cx.arena);
		}
		print_message("model %d: mean S-X² / df %.2f, %.1f %% beyond\n", models[m], chi_square / df, 100 * beyond / n);
		expect_near(chi_square / df, 1, 0.12);
		assert_true(beyond / n < 0.12);
	}
}

/* An item that people of middling ability get right and others do not. */
static void an_item_that_bends_the_wrong_way_is_found(void **state)
{
	enum { ITEMS = 12, PEOPLE = 1500 };
	struct ctx cx = { .arena = arena_new() };
	struct simulation s = { 4 };
	struct irt_item items[ITEMS];
	int8_t *x = ARENA_ARRAY(cx.arena, int8_t, PEOPLE * ITEMS);
	(void)state;
	for (size_t i = 0; i < ITEMS; i++)
		items[i] = simulate_item(&s, IRT_2PL, 2);
	for (size_t row = 0; row < PEOPLE; row++) {
		double theta = simulate_normal(&s), p = 1 / (1 + exp(1.5 * theta * theta - 1));
		for (size_t i = 0; i < ITEMS; i++)
			x[row * ITEMS + i] = (int8_t)(i == 5 ? simulate_uniform(&s) < p : simulate_answer(&s, &items[i], theta));
	}
	struct responses r = { PEOPLE, ITEMS, x, NULL };
	struct calibration k = calibrated(&cx, IRT_2PL, &r);
	struct item_fit *f = item_fits(cx.arena, k.items, ITEMS, &r);
	for (size_t i = 0; i < ITEMS; i++)
		assert_true(i == 5 ? f[i].p < 1e-6 : f[i].p > 1e-3);
	arena_free(cx.arena);
}

/* lz* of honest people is N(0, 1) with the estimate in place of the truth; lz varies too little (Snijders 2001). */
static void honest_people_are_mostly_let_alone(void **state)
{
	static const enum irt_model models[] = { IRT_2PL, IRT_GRM };
	enum { ITEMS = 20, PEOPLE = 1500 };
	(void)state;
	for (size_t m = 0; m < COUNT(models); m++) {
		struct simulation s = { 12 };
		struct irt_item items[ITEMS];
		double n = 0, sum = 0, square = 0, raw = 0, beyond = 0;
		for (size_t i = 0; i < ITEMS; i++)
			items[i] = simulate_item(&s, models[m], models[m] == IRT_GRM ? 4 : 2);
		for (int person = 0; person < PEOPLE; person++) {
			int8_t x[ITEMS];
			double theta = simulate_normal(&s);
			for (size_t i = 0; i < ITEMS; i++)
				x[i] = (int8_t)simulate_answer(&s, &items[i], theta);
			struct person_fit f = person_fit_of(items, ITEMS, x, ABILITY_WLE);
			if (!f.known)
				continue;
			n++;
			sum += f.lz_star;
			square += f.lz_star * f.lz_star;
			raw += f.lz * f.lz;
			beyond += f.lz_star < -1.644854;
		}
		print_message("model %d: lz* mean %+.2f, mean square %.2f (lz %.2f), %.1f %% below -1.645\n", models[m], sum / n, square / n, raw / n,
			      100 * beyond / n);
		expect_near(sum / n, 0, 0.2);
		expect_near(square / n, 1, 0.15);
		expect_near(beyond / n, 0.05, 0.025);
		assert_true(raw < square);
	}
}

/* The easy ones wrong, the hard ones right. */
static void answers_the_wrong_way_round_are_found(void **state)
{
	struct irt_item items[20];
	int8_t turned[20], straight[20], all[20];
	(void)state;
	for (size_t i = 0; i < 20; i++) {
		items[i] = (struct irt_item){ IRT_2PL, 2, 1.2, { (double)i / 5 - 2 }, 0 };
		turned[i] = i >= 10;
		straight[i] = i < 10;
		all[i] = 1;
	}
	assert_true(person_fit_of(items, 20, turned, ABILITY_WLE).lz_star < -4);
	assert_true(person_fit_of(items, 20, straight, ABILITY_WLE).lz_star > 0);
	assert_false(person_fit_of(items, 20, all, ABILITY_ML).known);
}

/* Two items that are one: the second is answered as the first, mostly. */
static void items_that_hang_together_are_found(void **state)
{
	enum { ITEMS = 10, PEOPLE = 600 };
	struct ctx cx = { .arena = arena_new() };
	struct simulation s = { 15 };
	struct irt_item items[ITEMS];
	(void)state;
	for (size_t i = 0; i < ITEMS; i++)
		items[i] = simulate_item(&s, IRT_2PL, 2);
	struct responses r = simulate_responses(cx.arena, &s, items, ITEMS, PEOPLE);
	int8_t *x = (int8_t *)(uintptr_t)r.x;
	for (size_t row = 0; row < PEOPLE; row++)
		if (simulate_uniform(&s) < 0.7)
			x[row * ITEMS + 1] = x[row * ITEMS];
	double *q = item_q3(cx.arena, items, ITEMS, &r);
	for (size_t i = 0; i < ITEMS; i++)
		for (size_t j = 0; j < ITEMS; j++) {
			bool together = i < 2 && j < 2;
			expect_near(q[i * ITEMS + j], q[j * ITEMS + i], 0);
			assert_true(i == j ? q[i * ITEMS + j] == 1 : together ? q[i * ITEMS + j] > 0.35 : fabs(q[i * ITEMS + j]) < 0.3);
		}
	arena_free(cx.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lsat_6_as_in_the_literature),
		cmocka_unit_test(good_items_are_mostly_let_alone),
		cmocka_unit_test(an_item_that_bends_the_wrong_way_is_found),
		cmocka_unit_test(honest_people_are_mostly_let_alone),
		cmocka_unit_test(answers_the_wrong_way_round_are_found),
		cmocka_unit_test(items_that_hang_together_are_found),
	};
	return cmocka_run_group_tests_name("psychometrics/fit", tests, NULL, NULL);
}
