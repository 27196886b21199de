/* Levels as estimates: Bayes' rule by hand, ageing exact in whole numbers, the same in any order. */
#include "psychometrics/estimate.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void near(double is, double should, double by)
{
	if (!(fabs(is - should) <= by))
		print_error("%.9f is not %.9f\n", is, should);
	assert_true(fabs(is - should) <= by);
}

/* error = 0.8 sqrt((1 - r) / r): of a supervisor 0.769, of a proctored test 0.267, of one's own judgement 2.642. */
static double error_of(enum evidence_kind kind)
{
	double r = evidence_kinds[kind].reliability;
	return SPREAD * sqrt((1 - r) / r);
}

static void before_any_evidence_little_is_known(void **state)
{
	struct estimate e = estimate_of(0, 0, ESTIMATE_EPOCH + 700, 3);
	(void)state;
	near(e.mean, 1, 1e-6);
	near(e.sd, 0.8, 1e-6);
	e = estimate_of(0, 0, ESTIMATE_EPOCH, 5); /* five levels are the same scale, stretched */
	near(e.mean, 5.0 / 3, 1e-6);
	near(e.sd, 0.8 * 5 / 3, 1e-6);
}

static void evidence_moves_the_level_as_bayes_rule_says(void **state)
{
	int64_t day = ESTIMATE_EPOCH + 500;
	struct evidence_sums a = evidence_sums(EVIDENCE_supervisor, day, 2000, 3), b = evidence_sums(EVIDENCE_proctored_test, day, 3000, 3);
	double p0 = 1 / (SPREAD * SPREAD), pa = 1 / pow(error_of(EVIDENCE_supervisor), 2), pb = 1 / pow(error_of(EVIDENCE_proctored_test), 2);
	struct estimate e = estimate_of(a.weight + b.weight, a.weighted + b.weighted, day, 3);
	(void)state;
	near(e.mean, (p0 * 1 + pa * 2 + pb * 3) / (p0 + pa + pb), 2e-6);
	near(e.sd, 1 / sqrt(p0 + pa + pb), 2e-6);
	struct estimate with = estimate_with(a.weight, a.weighted, day, 3, EVIDENCE_proctored_test, 3000);
	assert_true(with.mean == e.mean && with.sd == e.sd);
}

/* test > assessor > supervisor > colleague > team > self */
static void better_evidence_says_more(void **state)
{
	static const enum evidence_kind order[] = { EVIDENCE_proctored_test, EVIDENCE_assessor,	   EVIDENCE_course_test, EVIDENCE_supervisor,
						    EVIDENCE_peer,	     EVIDENCE_subordinate, EVIDENCE_self };
	(void)state;
	for (size_t i = 1; i < sizeof order / sizeof *order; i++)
		assert_true(evidence_sums(order[i - 1], ESTIMATE_EPOCH, 2000, 3).weight > evidence_sums(order[i], ESTIMATE_EPOCH, 2000, 3).weight);
}

static void after_a_half_life_evidence_says_half(void **state)
{
	int64_t day = ESTIMATE_EPOCH + 123;
	struct evidence_sums s = evidence_sums(EVIDENCE_assessor, day, 2000, 3), later = evidence_sums(EVIDENCE_assessor, day + HALF_LIFE_DAYS, 2000, 3);
	double p0 = 1 / (SPREAD * SPREAD), p = 1 / pow(error_of(EVIDENCE_assessor), 2) / 2;
	struct estimate e = estimate_of(s.weight, s.weighted, day + HALF_LIFE_DAYS, 3);
	(void)state;
	near((double)later.weight / (double)s.weight, 2, 1e-6);
	near(e.mean, (p0 + 2 * p) / (p0 + p), 2e-6);
	near(e.sd, 1 / sqrt(p0 + p), 2e-6);
	/* And an estimate that nobody renews ends where nothing is known. */
	e = estimate_of(s.weight, s.weighted, day + ESTIMATE_DAYS_MAX - 200, 3);
	near(e.mean, 1, 0.01);
	near(e.sd, 0.8, 0.001);
}

/* Ageing by integer arithmetic against the library's power of two, over sixty years. */
static void ageing_is_exact_for_every_day(void **state)
{
	(void)state;
	double base = (double)evidence_sums(EVIDENCE_proctored_test, ESTIMATE_EPOCH, 1000, 3).weight;
	for (int64_t d = -5000; d <= ESTIMATE_DAYS_MAX; d++) {
		double is = (double)evidence_sums(EVIDENCE_proctored_test, ESTIMATE_EPOCH + d, 1000, 3).weight,
		       should = base * exp2((double)d / HALF_LIFE_DAYS);
		if (fabs(is - should) > 1 + 1e-9 * should)
			near(is, should, 1);
	}
}

static void the_order_of_evidence_does_not_matter(void **state)
{
	int64_t weight = 0, weighted = 0, back_weight = 0, back_weighted = 0;
	(void)state;
	for (int i = 0; i < 200; i++) {
		struct evidence_sums a = evidence_sums((enum evidence_kind)(i % EVIDENCE_KINDS), ESTIMATE_EPOCH + 17 * i, i % 3001, 3);
		int k = 199 - i;
		struct evidence_sums b = evidence_sums((enum evidence_kind)(k % EVIDENCE_KINDS), ESTIMATE_EPOCH + 17 * k, k % 3001, 3);
		weight += a.weight, weighted += a.weighted, back_weight += b.weight, back_weighted += b.weighted;
	}
	assert_true(weight == back_weight && weighted == back_weighted);
}

static void a_requirement_is_met_with_a_probability(void **state)
{
	(void)state;
	near(estimate_reaches((struct estimate){ 2, 0.3 }, 2), 0.5, 1e-12);
	near(estimate_reaches((struct estimate){ 2.3, 0.3 }, 2), 0.841344746, 1e-8); /* one standard deviation: tables of the normal distribution */
	near(estimate_reaches((struct estimate){ 1.4, 0.3 }, 2), 0.022750132, 1e-8);
}

static void age_alone_turns_a_requirement_on_the_day_told_and_never_back(void **state)
{
	int turned = 0;
	(void)state;
	for (int64_t value = 0; value <= 3000; value += 250)
		for (int64_t level = 1; level <= 3; level++) {
			struct evidence_sums s = evidence_sums(EVIDENCE_supervisor, ESTIMATE_EPOCH + 100, value, 3);
			int64_t day = ESTIMATE_EPOCH + 100, turns = estimate_turns(s.weight, s.weighted, day, 3, level);
			bool first = estimate_reaches(estimate_of(s.weight, s.weighted, day, 3), (double)level) >= MET;
			for (int64_t d = day; d < ESTIMATE_EPOCH + ESTIMATE_DAYS_MAX; d += 97) {
				bool met = estimate_reaches(estimate_of(s.weight, s.weighted, d, 3), (double)level) >= MET;
				assert_int_equal(met, turns != INT64_MIN && d >= turns ? !first : first);
			}
			if (turns == INT64_MIN)
				continue;
			turned++;
			assert_int_equal(estimate_reaches(estimate_of(s.weight, s.weighted, turns - 1, 3), (double)level) >= MET, first);
			assert_int_equal(estimate_reaches(estimate_of(s.weight, s.weighted, turns, 3), (double)level) >= MET, !first);
		}
	assert_true(turned > 0);
}

static void the_band_holds_the_level_four_times_in_five_and_stays_on_the_scale(void **state)
{
	struct estimate e = { 1.5, 0.3 };
	struct estimate_band band = estimate_band(e, 3);
	(void)state;
	near(estimate_reaches(e, band.from) - estimate_reaches(e, band.to), 0.8, 1e-4);
	near(estimate_band((struct estimate){ 0.2, 0.5 }, 3).from, 0, 1e-12);
	near(estimate_band((struct estimate){ 2.9, 0.5 }, 3).to, 3, 1e-12);
}

static void nothing_overflows_and_nothing_leaves_the_scale(void **state)
{
	int64_t weight = 0, weighted = 0;
	(void)state;
	for (int i = 0; i < 100000; i++) {
		struct evidence_sums s = evidence_sums(EVIDENCE_proctored_test, ESTIMATE_EPOCH + 1000000, 10000, 10);
		weight += s.weight, weighted += s.weighted;
	}
	struct estimate e = estimate_of(weight, weighted, ESTIMATE_EPOCH + 1000000, 10);
	assert_true(e.mean > 9.99 && e.mean <= 10 && e.sd > 0 && isfinite(e.sd));
	assert_int_equal(evidence_kind_of(S("nothing")), EVIDENCE_KINDS);
	assert_int_equal(evidence_kind_of(S("self")), EVIDENCE_self);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(before_any_evidence_little_is_known),
		cmocka_unit_test(evidence_moves_the_level_as_bayes_rule_says),
		cmocka_unit_test(better_evidence_says_more),
		cmocka_unit_test(after_a_half_life_evidence_says_half),
		cmocka_unit_test(ageing_is_exact_for_every_day),
		cmocka_unit_test(the_order_of_evidence_does_not_matter),
		cmocka_unit_test(a_requirement_is_met_with_a_probability),
		cmocka_unit_test(age_alone_turns_a_requirement_on_the_day_told_and_never_back),
		cmocka_unit_test(the_band_holds_the_level_four_times_in_five_and_stays_on_the_scale),
		cmocka_unit_test(nothing_overflows_and_nothing_leaves_the_scale),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
