/* Fit of a person to a post: rules to the day, the mean of probabilities by hand, and what must never lower it. */
#include "base/clock.h"
#include "feature/placement/post_fit.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { DRAFTING = 1, SPEAKING = 2, LAW = 3, TODAY = ESTIMATE_EPOCH + 700 };

static const struct fit_need needs[] = {
	{ DRAFTING, 2, 3, 71, 3600000 },
	{ SPEAKING, 2, 3, 71, 3600000 }, /* the same course */
	{ LAW, 3, 3, NONE, 0 },
};
static const struct fit_post post = { .service = { "CSS", 3 }, .least_pay_level = 8, .least_years = 5, .needs = needs, .n_needs = 3 };

static struct fit_person an_officer(void)
{
	return (struct fit_person){ .service = S("CSS"), .pay_level = 8, .first_day = TODAY - 2500, .held_since = NONE };
}

static struct fit_sums tested(int64_t competency_id, int64_t value)
{
	struct evidence_sums s = evidence_sums(EVIDENCE_proctored_test, TODAY, value, 3);
	return (struct fit_sums){ competency_id, s.weight, s.weighted };
}

/* ── rules ── */

static void months_are_whole_ones_by_the_calendar(void **state)
{
	(void)state;
	assert_int_equal(fit_months(clock_day_of(2024, 1, 31), clock_day_of(2024, 2, 29)), 0);
	assert_int_equal(fit_months(clock_day_of(2024, 1, 31), clock_day_of(2024, 3, 31)), 2);
	assert_int_equal(fit_months(clock_day_of(2023, 12, 1), clock_day_of(2026, 12, 1)), 36);
	assert_int_equal(fit_months(clock_day_of(2026, 12, 1), clock_day_of(2023, 12, 1)), 0);
	assert_int_equal(fit_months(NONE, clock_day_of(2023, 12, 1)), 0);
}

static void each_rule_alone_makes_somebody_ineligible(void **state)
{
	struct fit_person p = an_officer();
	(void)state;
	assert_true(fit_rules(&post, &p, TODAY).eligible);
	p.service = S("IRS");
	assert_false(fit_rules(&post, &p, TODAY).eligible || fit_rules(&post, &p, TODAY).met[FIT_SERVICE]);
	p = an_officer();
	p.pay_level = 7;
	assert_false(fit_rules(&post, &p, TODAY).eligible || fit_rules(&post, &p, TODAY).met[FIT_PAY_LEVEL]);
	p = an_officer();
	p.first_day = clock_day_of(2021, 1, 2);
	assert_false(fit_rules(&post, &p, clock_day_of(2026, 1, 1)).met[FIT_YEARS]);
	assert_true(fit_rules(&post, &p, clock_day_of(2026, 1, 2)).met[FIT_YEARS]);
	p = an_officer();
	p.held_since = clock_day_of(2024, 5, 10);
	p.held_tenure_months = 24;
	assert_false(fit_rules(&post, &p, clock_day_of(2026, 5, 9)).met[FIT_TENURE]);
	assert_true(fit_rules(&post, &p, clock_day_of(2026, 5, 10)).met[FIT_TENURE]);
}

static void a_post_that_asks_nothing_takes_everybody_alike(void **state)
{
	const struct fit_post open = { .service = S("") };
	struct fit_person p = { .service = S("IRS"), .first_day = TODAY, .held_since = NONE };
	(void)state;
	assert_true(fit_rules(&open, &p, TODAY).eligible);
	assert_int_equal(post_fit_of(&open, &p, TODAY, NULL).thousandths, 1000);
}

/* ── fit ── */

static void fit_is_the_mean_of_the_probabilities(void **state)
{
	struct fit_sums sums[] = { tested(DRAFTING, 2500), tested(SPEAKING, 1500) };
	struct fit_person p = an_officer();
	struct fit_part parts[3];
	(void)state;
	p.sums = sums;
	p.n_sums = 2;
	struct fit f = post_fit_of(&post, &p, TODAY, parts);
	double mean = 0;
	for (size_t i = 0; i < 3; i++) {
		int64_t weight = i < 2 ? sums[i].weight : 0, weighted = i < 2 ? sums[i].weighted : 0;
		mean += estimate_reaches(estimate_of(weight, weighted, TODAY, 3), (double)needs[i].level) / 3;
	}
	assert_int_equal(f.thousandths, llround(1000 * mean));
	assert_true(parts[0].known && !parts[0].missing && parts[1].missing && !parts[2].known && parts[2].missing);
	/* Drafting is held; speaking is missing and its course counts; to law no course leads. */
	assert_int_equal(f.n_missing, 2);
	assert_int_equal(f.ms, 3600000);
	assert_int_equal(f.n_closed_by_none, 1);
	assert_true(parts[1].gap > 0 && parts[0].gap == 0);
}

static void a_course_that_closes_two_gaps_is_counted_once(void **state)
{
	struct fit_person p = an_officer();
	(void)state;
	struct fit f = post_fit_of(&post, &p, TODAY, NULL);
	assert_int_equal(f.n_missing, 3);
	assert_int_equal(f.ms, 3600000);
}

static void better_evidence_never_lowers_fit_and_a_higher_demand_never_raises_it(void **state)
{
	int64_t before = -1;
	(void)state;
	for (int64_t value = 0; value <= 3000; value += 250) {
		struct fit_sums s = tested(DRAFTING, value);
		struct fit_person p = an_officer();
		p.sums = &s;
		p.n_sums = 1;
		struct fit f = post_fit_of(&post, &p, TODAY, NULL);
		assert_true(f.thousandths >= before && f.thousandths <= 1000);
		before = f.thousandths;
		for (int64_t level = 1; level < 3; level++) {
			struct fit_need lower = { DRAFTING, level, 3, NONE, 0 }, higher = { DRAFTING, level + 1, 3, NONE, 0 };
			struct fit_post a = { .service = S(""), .needs = &lower, .n_needs = 1 }, b = { .service = S(""), .needs = &higher, .n_needs = 1 };
			assert_true(post_fit_of(&a, &p, TODAY, NULL).thousandths >= post_fit_of(&b, &p, TODAY, NULL).thousandths);
		}
	}
	assert_true(before > 333);
}

static void the_order_in_which_competencies_are_asked_does_not_matter(void **state)
{
	struct fit_sums sums[] = { tested(DRAFTING, 2500), tested(LAW, 1500) };
	const struct fit_need turned[] = { needs[2], needs[1], needs[0] };
	struct fit_post other = post;
	struct fit_person p = an_officer();
	(void)state;
	other.needs = turned;
	p.sums = sums;
	p.n_sums = 2;
	struct fit a = post_fit_of(&post, &p, TODAY, NULL), b = post_fit_of(&other, &p, TODAY, NULL);
	assert_true(a.thousandths == b.thousandths && a.ms == b.ms && a.n_missing == b.n_missing);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(months_are_whole_ones_by_the_calendar),
		cmocka_unit_test(each_rule_alone_makes_somebody_ineligible),
		cmocka_unit_test(a_post_that_asks_nothing_takes_everybody_alike),
		cmocka_unit_test(fit_is_the_mean_of_the_probabilities),
		cmocka_unit_test(a_course_that_closes_two_gaps_is_counted_once),
		cmocka_unit_test(better_evidence_never_lowers_fit_and_a_higher_demand_never_raises_it),
		cmocka_unit_test(the_order_in_which_competencies_are_asked_does_not_matter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
