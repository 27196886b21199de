/* Tests of estimates of ability. */
#include "psychometrics/psychometrics_check.h"

#include "psychometrics/ability.h"
#include "psychometrics/simulate.h"

/* fscores() of R's mirt 1.45 for the graded model of the science items; categories 1 … 4 there. Its standard error of WLE is another (from the curvature
 * of the weighted likelihood), so it is not compared. */
static void science_as_in_the_literature(void **state)
{
	static const struct {
		enum ability_method method;
		int8_t x[4];
		double theta, se;
	} v[] = {
		{ ABILITY_EAP, { 1, 1, 1, 1 }, -2.7493, 0.6294 }, { ABILITY_EAP, { 1, 3, 2, 1 }, -1.4198, 0.5772 },
		{ ABILITY_EAP, { 1, 4, 3, 1 }, -0.4469, 0.6510 }, { ABILITY_EAP, { 4, 4, 4, 4 }, 1.8535, 0.6544 },
		{ ABILITY_MAP, { 1, 2, 3, 4 }, -0.370, 0.605 },	  { ABILITY_MAP, { 2, 2, 1, 3 }, -1.694, 0.577 },
		{ ABILITY_ML, { 1, 3, 2, 1 }, -2.105, 0.689 },	  { ABILITY_ML, { 2, 1, 1, 1 }, -4.400, 1.182 },
		{ ABILITY_ML, { 3, 3, 3, 3 }, 0.086, 0.687 },	  { ABILITY_ML, { 4, 4, 4, 3 }, 2.392, 1.016 },
		{ ABILITY_WLE, { 1, 3, 2, 1 }, -2.1191, 0 },
	};
	struct ctx cx = { .arena = arena_new() };
	struct responses r = science_responses(cx.arena);
	struct calibration_options o = { .model = IRT_GRM, .threads = 1 };
	struct calibration k;
	(void)state;
	assert_int_equal(calibrate(&cx, &r, &o, &k), OK);
	for (size_t t = 0; t < COUNT(v); t++) {
		int8_t x[4];
		for (size_t i = 0; i < 4; i++)
			x[i] = (int8_t)(v[t].x[i] - 1);
		struct ability a = ability_of(k.items, 4, x, v[t].method);
		assert_true(a.known);
		expect_near(a.theta, v[t].theta, 0.012);
		assert_true(a.se > 0);
		if (v[t].se > 0)
			expect_near(a.se, v[t].se, 0.005);
	}
	arena_free(cx.arena);
}

/* factor.scores() of R's ltm 1.0 for the 2PL of LSAT6 (empirical Bayes: the mode of the posterior). */
static void lsat_6_as_in_the_literature(void **state)
{
	static const struct {
		int8_t x[5];
		double theta, se;
	} v[] = { { { 0, 0, 0, 0, 0 }, -1.895, 0.795 },
		  { { 0, 1, 1, 1, 1 }, 0.023, 0.828 },
		  { { 1, 0, 0, 1, 1 }, -0.506, 0.811 },
		  { { 1, 1, 1, 1, 1 }, 0.606, 0.855 } };
	struct ctx cx = { .arena = arena_new() };
	struct responses r = lsat(cx.arena, lsat_6);
	struct calibration_options o = { .model = IRT_2PL, .threads = 1 };
	struct calibration k;
	(void)state;
	assert_int_equal(calibrate(&cx, &r, &o, &k), OK);
	for (size_t t = 0; t < COUNT(v); t++) {
		struct ability a = ability_of(k.items, 5, v[t].x, ABILITY_MAP);
		expect_near(a.theta, v[t].theta, 0.002);
		expect_near(a.se, v[t].se, 0.002);
	}
	arena_free(cx.arena);
}

static void items_of(struct irt_item *items, size_t n, enum irt_model model, int categories)
{
	struct simulation s = { 6 };
	for (size_t i = 0; i < n; i++)
		items[i] = simulate_item(&s, model, categories);
}

/* Who got everything right is better than these items can tell: maximum likelihood says so, the others give a number. */
static void all_right_and_all_wrong_have_no_maximum(void **state)
{
	static const enum irt_model models[] = { IRT_RASCH, IRT_2PL, IRT_3PL, IRT_GRM, IRT_GPCM };
	(void)state;
	for (size_t m = 0; m < COUNT(models); m++) {
		struct irt_item items[20];
		int8_t best[20], worst[20] = { 0 };
		items_of(items, 20, models[m], irt_is_polytomous(models[m]) ? 4 : 2);
		for (size_t i = 0; i < 20; i++)
			best[i] = (int8_t)(items[i].categories - 1);
		struct ability up = ability_of(items, 20, best, ABILITY_ML), down = ability_of(items, 20, worst, ABILITY_ML);
		assert_true(!up.known && up.toward == 1 && up.theta == ABILITY_MOST && up.se == 0);
		assert_true(!down.known && down.toward == -1 && down.theta == -ABILITY_MOST);
		for (enum ability_method method = ABILITY_EAP; method <= ABILITY_WLE; method++) {
			up = ability_of(items, 20, best, method);
			down = ability_of(items, 20, worst, method);
			assert_true(method == ABILITY_ML || models[m] == IRT_3PL || (up.known && down.known));
			assert_true(up.theta > 1 && down.theta < -1);
			assert_true(isfinite(up.theta) && isfinite(up.se) && isfinite(down.theta) && isfinite(down.se));
		}
	}
}

static void whoever_answered_nothing_is_at_the_prior(void **state)
{
	struct irt_item items[3];
	static const int8_t nothing[] = { NOT_ANSWERED, NOT_ANSWERED, NOT_ANSWERED };
	(void)state;
	items_of(items, 3, IRT_2PL, 2);
	struct ability a = ability_of(items, 3, nothing, ABILITY_EAP);
	assert_true(a.known);
	expect_near(a.theta, 0, 1e-12);
	expect_near(a.se, 1, 1e-6);
	a = ability_of(items, 3, nothing, ABILITY_MAP);
	assert_true(a.known && a.theta == 0 && a.se == 1);
	a = ability_of(items, 3, nothing, ABILITY_ML);
	assert_true(!a.known && a.toward == 0 && a.answered == 0);
	a = ability_of(items, 3, nothing, ABILITY_WLE);
	assert_true(!a.known && a.toward == 0);
}

/* For the 2PL and the GPCM Warm's estimate maximises L sqrt(I) (the prior of Jeffreys): its derivative is 0 there. */
static void warm_is_jeffreys_where_he_should_be(void **state)
{
	static const int8_t x[] = { 1, 0, 2, 1, 0, 2 };
	struct irt_item items[6];
	(void)state;
	items_of(items, 6, IRT_GPCM, 3);
	struct ability a = ability_of(items, 6, x, ABILITY_WLE);
	double value[2];
	for (int side = 0; side < 2; side++) {
		double theta = a.theta + (side ? 1e-4 : -1e-4), information = 0, p[CATEGORIES_MAX];
		value[side] = 0;
		for (size_t i = 0; i < 6; i++) {
			irt_probabilities(&items[i], theta, p, NULL, NULL);
			value[side] += log(p[x[i]]);
			information += irt_information(&items[i], theta);
		}
		value[side] += 0.5 * log(information);
	}
	expect_near((value[1] - value[0]) / 2e-4, 0, 1e-6);
}

/* Warm 1989: at 1.5 and 20 items the bias of ML is outward, and that of WLE much smaller. */
static void warm_takes_the_bias_away(void **state)
{
	enum { ITEMS = 20, PEOPLE = 3000 };
	struct irt_item items[ITEMS];
	struct simulation s = { 44 };
	double ml = 0, wle = 0, squares = 0, n = 0;
	(void)state;
	items_of(items, ITEMS, IRT_2PL, 2);
	for (int person = 0; person < PEOPLE; person++) {
		int8_t x[ITEMS];
		for (size_t i = 0; i < ITEMS; i++)
			x[i] = (int8_t)simulate_answer(&s, &items[i], 1.5);
		struct ability a = ability_of(items, ITEMS, x, ABILITY_ML), b = ability_of(items, ITEMS, x, ABILITY_WLE);
		if (!a.known)
			continue;
		ml += a.theta - 1.5;
		wle += b.theta - 1.5;
		squares += (b.theta - 1.5) * (b.theta - 1.5) / (b.se * b.se);
		n++;
	}
	print_message("bias of ML %+.3f, of WLE %+.3f; mean z² of WLE %.2f\n", ml / n, wle / n, squares / n);
	assert_true(ml / n > 0.03);
	assert_true(fabs(wle / n) < 0.03);
	assert_true(squares / n > 0.8 && squares / n < 1.2);
}

static void more_right_answers_never_lower_a_rasch_estimate(void **state)
{
	struct irt_item items[10];
	int8_t x[10] = { 0 };
	(void)state;
	items_of(items, 10, IRT_RASCH, 2);
	for (enum ability_method method = ABILITY_EAP; method <= ABILITY_WLE; method++) {
		double last = -INFINITY;
		memset(x, 0, sizeof x);
		for (size_t right = 0; right <= 10; right++) {
			struct ability a = ability_of(items, 10, x, method);
			assert_true(a.theta > last);
			last = a.theta;
			if (right < 10)
				x[right] = 1;
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(science_as_in_the_literature),
		cmocka_unit_test(lsat_6_as_in_the_literature),
		cmocka_unit_test(all_right_and_all_wrong_have_no_maximum),
		cmocka_unit_test(whoever_answered_nothing_is_at_the_prior),
		cmocka_unit_test(warm_is_jeffreys_where_he_should_be),
		cmocka_unit_test(warm_takes_the_bias_away),
		cmocka_unit_test(more_right_answers_never_lower_a_rasch_estimate),
	};
	return cmocka_run_group_tests_name("psychometrics/ability", tests, NULL, NULL);
}
