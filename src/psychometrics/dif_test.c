/* Tests of differential item functioning. */
#include "psychometrics/psychometrics_check.h"

#include "psychometrics/dif.h"
#include "psychometrics/simulate.h"

/* Admissions to Berkeley by sex and department (Bickel, Hammel and O'Connell 1975, Science 187; UCBAdmissions in R), with departments in the place of
 * scores. mantelhaen.test() of R: common odds ratio 0.9046968, X-squared 1.4269, p 0.2323, interval 0.7719074 … 1.0603298. */
static void berkeley_as_in_the_literature(void **state)
{
	static const double admissions[6][4] = { { 512, 313, 89, 19 },	 { 353, 207, 17, 8 },  { 120, 205, 202, 391 },
						 { 138, 279, 131, 244 }, { 53, 138, 94, 299 }, { 22, 351, 24, 317 } };
	enum { ITEMS = 8 };
	struct arena *a = arena_new();
	int8_t x[24 * ITEMS] = { 0 };
	double weight[24];
	bool focal[24];
	(void)state;
	for (size_t row = 0; row < 24; row++) {
		size_t department = row / 4, cell = row % 4;
		bool admitted = cell % 2 == 0;
		x[row * ITEMS] = admitted;
		/* Other items make up the score: department + 1 with this one. */
		for (size_t i = 1; i <= department + !admitted; i++)
			x[row * ITEMS + i] = 1;
		weight[row] = admissions[department][cell];
		focal[row] = cell >= 2;
	}
	struct responses r = { 24, ITEMS, x, weight };
	struct dif d = dif_mantel_haenszel(a, &r, focal, 0);
	assert_true(d.known);
	expect_near(d.odds_ratio, 0.9046968, 1e-6);
	expect_near(d.chi_square, 1.4269, 1e-4);
	expect_near(d.p, 0.2323, 1e-4);
	expect_near(d.se / 2.35 * 2 * 1.959964, log(1.0603298 / 0.7719074), 1e-5);
	assert_int_equal(d.ets, 'A');
	arena_free(a);
}

/* Three items are the same for both groups, one is harder by 0.9 for the focal group, one a little; the focal group is also weaker, which is no DIF. */
static void the_items_that_differ_are_found(void **state)
{
	enum { ITEMS = 15, PEOPLE = 4000 };
	struct arena *a = arena_new();
	struct simulation s = { 9 };
	struct irt_item items[ITEMS];
	int8_t *x = ARENA_ARRAY(a, int8_t, PEOPLE * ITEMS);
	bool *focal = ARENA_ARRAY(a, bool, PEOPLE);
	int wrong = 0;
	(void)state;
	for (size_t i = 0; i < ITEMS; i++)
		items[i] = simulate_item(&s, IRT_RASCH, 2);
	items[3].b[0] = items[7].b[0] = 0;
	for (size_t row = 0; row < PEOPLE; row++) {
		focal[row] = row % 2;
		double theta = simulate_normal(&s) - (focal[row] ? 0.5 : 0);
		for (size_t i = 0; i < ITEMS; i++) {
			struct irt_item item = items[i];
			item.b[0] += !focal[row] ? 0 : i == 3 ? 0.9 : i == 7 ? -0.45 : 0;
			x[row * ITEMS + i] = (int8_t)simulate_answer(&s, &item, theta);
		}
	}
	struct responses r = { PEOPLE, ITEMS, x, NULL };
	for (size_t i = 0; i < ITEMS; i++) {
		struct dif d = dif_mantel_haenszel(a, &r, focal, i);
		assert_true(d.known);
		wrong += i != 3 && i != 7 && d.ets != 'A';
		/* On the logistic scale log odds differ by a × 0.9; delta by 2.35 of it. */
		if (i == 3) {
			assert_int_equal(d.ets, 'C');
			expect_near(d.delta, -2.35 * 1.2 * 0.9, 0.6);
		}
		if (i == 7) {
			assert_true(d.delta > 0.8);
			assert_true(d.ets != 'A');
		}
	}
	assert_int_equal(wrong, 0);
	arena_free(a);
}

static void groups_that_never_meet_cannot_be_compared(void **state)
{
	static const int8_t x[] = { 1, 1, 1, 0, 0, 0, 1, 1 };
	static const bool focal[] = { false, false, true, false };
	struct arena *a = arena_new();
	(void)state;
	assert_false(dif_mantel_haenszel(a, &(struct responses){ 4, 2, x, NULL }, focal, 0).known);
	assert_false(dif_mantel_haenszel(a, &(struct responses){ 0, 2, x, NULL }, focal, 0).known);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(berkeley_as_in_the_literature),
		cmocka_unit_test(the_items_that_differ_are_found),
		cmocka_unit_test(groups_that_never_meet_cannot_be_compared),
	};
	return cmocka_run_group_tests_name("psychometrics/dif", tests, NULL, NULL);
}
