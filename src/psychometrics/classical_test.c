/* Tests of classical test theory. */
#include "psychometrics/psychometrics_check.h"

#include "psychometrics/classical.h"
#include "psychometrics/simulate.h"

/* itemstats() of R's mirt 1.45 for LSAT7: mean 3.707, sd 1.199, alpha 0.453, SEM 0.886, and the columns below. */
static void lsat_7_as_in_the_literature(void **state)
{
	static const double mean[] = { 0.828, 0.658, 0.772, 0.606, 0.843 }, sd[] = { 0.378, 0.475, 0.420, 0.489, 0.364 };
	static const double total[] = { 0.530, 0.600, 0.611, 0.592, 0.461 }, rest[] = { 0.246, 0.247, 0.313, 0.223, 0.175 };
	static const double without[] = { 0.396, 0.394, 0.345, 0.415, 0.438 };
	struct ctx cx = { .arena = arena_new() };
	struct responses r = lsat(cx.arena, lsat_7);
	struct classical c;
	(void)state;
	assert_int_equal(classical_analyse(&cx, &r, 0.95, &c), OK);
	expect_near(c.people, 1000, 0);
	expect_near(c.mean, 3.707, 0.0005);
	expect_near(c.sd, 1.199, 0.0005);
	expect_near(c.alpha, 0.453, 0.0005);
	expect_near(c.sem, 0.886, 0.0006);
	assert_true(c.dichotomous);
	double kr20 = 0;
	for (size_t i = 0; i < 5; i++) {
		expect_near(c.items[i].difficulty, mean[i], 0.0005);
		expect_near(c.items[i].sd, sd[i], 0.0006);
		expect_near(c.items[i].item_total, total[i], 0.0006);
		expect_near(c.items[i].item_rest, rest[i], 0.0006);
		expect_near(c.items[i].alpha_without, without[i], 0.0006);
		kr20 += c.items[i].mean * (1 - c.items[i].mean);
	}
	/* Kuder and Richardson's formula 20, with variances of n. */
	expect_near(5.0 / 4 * (1 - kr20 / (c.sd * c.sd * 0.999)), c.alpha, 1e-12);
	arena_free(cx.arena);
}

/* The same for the science items, and that our copy of them has the categories and total scores which mirt prints: 2, 1, 2, 1, 11, 32, … 12. */
static void science_as_in_the_literature(void **state)
{
	static const int totals[] = { 2, 1, 2, 1, 11, 32, 58, 70, 91, 56, 36, 20, 12 };
	static const double share[4][4] = {
		{ 0.013, 0.082, 0.679, 0.227 }, { 0.084, 0.250, 0.526, 0.140 }, { 0.036, 0.184, 0.536, 0.245 }, { 0.054, 0.255, 0.492, 0.199 }
	};
	static const double sd[] = { 0.588, 0.807, 0.757, 0.802 }, rest[] = { 0.352, 0.332, 0.488, 0.363 }, without[] = { 0.552, 0.567, 0.437, 0.541 };
	struct ctx cx = { .arena = arena_new() };
	struct responses r = science_responses(cx.arena);
	struct classical c;
	double found[13] = { 0 }, categories[4][4] = { { 0 } };
	(void)state;
	for (size_t row = 0; row < r.rows; row++) {
		int sum = 0;
		for (size_t i = 0; i < 4; i++) {
			sum += response_at(&r, row, i);
			categories[i][response_at(&r, row, i)] += r.weight[row];
		}
		found[sum] += r.weight[row];
	}
	for (size_t k = 0; k < 13; k++)
		expect_near(found[k], totals[k], 0);
	for (size_t k = 0; k < 16; k++)
		expect_near(categories[k / 4][k % 4] / 392, share[k / 4][k % 4], 0.0006);
	assert_int_equal(classical_analyse(&cx, &r, 0.95, &c), OK);
	assert_false(c.dichotomous);
	expect_near(c.mean, 11.668 - 4, 0.0005);
	expect_near(c.sd, 2.003, 0.0005);
	expect_near(c.alpha, 0.598, 0.0005);
	expect_near(c.sem, 1.27, 0.0005);
	for (size_t i = 0; i < 4; i++) {
		expect_near(c.items[i].sd, sd[i], 0.0006);
		expect_near(c.items[i].item_rest, rest[i], 0.0006);
		expect_near(c.items[i].alpha_without, without[i], 0.0006);
	}
	arena_free(cx.arena);
}

/* Feldt: in 19 of 20 tests the interval holds the alpha of the population. Parallel items of true and error variance 1 with k = 6: alpha = 6 / 7. */
static void interval_holds_alpha_as_often_as_it_says(void **state)
{
	enum { TESTS = 300, PEOPLE = 60, ITEMS = 6 };
	struct ctx cx = { .arena = arena_new() };
	struct simulation s = { 77 };
	int covered = 0;
	(void)state;
	struct arena_mark mark = arena_mark(cx.arena);
	for (int t = 0; t < TESTS; t++) {
		int8_t *x = ARENA_ARRAY(cx.arena, int8_t, PEOPLE * ITEMS);
		for (size_t k = 0, row = 0; row < PEOPLE; row++) {
			double truth = simulate_normal(&s);
			for (size_t i = 0; i < ITEMS; i++, k++)
				x[k] = (int8_t)fmin(127, fmax(0, 60 + 12 * (truth + simulate_normal(&s))));
		}
		struct responses r = { PEOPLE, ITEMS, x, NULL };
		struct classical c;
		assert_int_equal(classical_analyse(&cx, &r, 0.95, &c), OK);
		covered += c.alpha_low < 6.0 / 7 && 6.0 / 7 < c.alpha_high;
		arena_back(cx.arena, mark);
	}
	print_message("%d of %d intervals\n", covered, TESTS);
	assert_true(covered >= 273 && covered <= 297);
	arena_free(cx.arena);
}

static void unanswered_items_take_no_part_in_scores(void **state)
{
	static const int8_t x[] = { 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, NOT_ANSWERED, 1 };
	struct ctx cx = { .arena = arena_new() };
	struct responses r = { 5, 3, x, NULL };
	struct classical c;
	(void)state;
	assert_int_equal(classical_analyse(&cx, &r, 0.95, &c), OK);
	expect_near(c.people, 4, 0);
	expect_near(c.items[0].answered, 5, 0);
	expect_near(c.items[0].difficulty, 0.6, 1e-12);
	expect_near(c.items[1].answered, 4, 0);
	expect_near(c.items[1].difficulty, 0.25, 1e-12);
	arena_free(cx.arena);
}

static void what_cannot_be_said_is_refused(void **state)
{
	static const int8_t same[] = { 1, 1, 1, 1, 1, 1 }, gone[] = { 1, NOT_ANSWERED, NOT_ANSWERED, 1, 1, 1 };
	struct ctx cx = { .arena = arena_new() };
	struct classical c;
	(void)state;
	assert_int_equal(classical_analyse(&cx, &(struct responses){ 6, 1, same, NULL }, 0.95, &c), ERR_INVALID);
	assert_int_equal(classical_analyse(&cx, &(struct responses){ 3, 2, same, NULL }, 0.95, &c), ERR_INVALID);
	assert_int_equal(classical_analyse(&cx, &(struct responses){ 3, 2, gone, NULL }, 0.95, &c), ERR_INVALID);
	assert_int_equal(cx.n_failures, 3);
	/* An item that everybody gets right is no reason to refuse the others. */
	static const int8_t easy[] = { 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 0, 0 };
	assert_int_equal(classical_analyse(&cx, &(struct responses){ 4, 3, easy, NULL }, 0.95, &c), OK);
	assert_false(c.items[1].varies && c.items[1].sd == 0);
	assert_true(isfinite(c.items[1].item_rest) && isfinite(c.alpha_low) && isfinite(c.alpha_high));
	arena_free(cx.arena);
}

/* Nine people in three groups of score; the right answer is 0, option 2 draws the weak, option 1 nobody. */
static void a_good_wrong_answer_attracts_the_weak(void **state)
{
	static const int8_t choice[] = { 2, 2, NOT_ANSWERED, 2, 0, 0, 0, 0, 0 };
	static const double score[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
	struct arena *a = arena_new();
	(void)state;
	struct distractors d = distractor_curves(a, choice, score, NULL, 9, 3, 3);
	for (size_t g = 0; g < 3; g++)
		expect_near(d.people[g], 3, 0);
	expect_near(d.share[0], 0, 0);
	expect_near(d.share[2], 1, 0);
	expect_near(d.share[2 * 3], 2.0 / 3, 1e-12);
	expect_near(d.share[2 * 3 + 1], 1.0 / 3, 1e-12);
	assert_true(d.point_biserial[0] > 0.7 && d.point_biserial[2] < -0.6);
	expect_near(d.point_biserial[1], 0, 0);
	expect_near(d.mean_score[2], 7.0 / 3, 1e-12);
	/* Equal scores stay together, however the groups come out. */
	static const double ties[] = { 5, 5, 5, 5, 5, 5, 5, 5, 9 };
	d = distractor_curves(a, choice, ties, NULL, 9, 3, 3);
	expect_near(d.people[0] + d.people[1], 8, 0);
	expect_near(d.people[2], 1, 0);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lsat_7_as_in_the_literature),
		cmocka_unit_test(science_as_in_the_literature),
		cmocka_unit_test(interval_holds_alpha_as_often_as_it_says),
		cmocka_unit_test(unanswered_items_take_no_part_in_scores),
		cmocka_unit_test(what_cannot_be_said_is_refused),
		cmocka_unit_test(a_good_wrong_answer_attracts_the_weak),
	};
	return cmocka_run_group_tests_name("psychometrics/classical", tests, NULL, NULL);
}
