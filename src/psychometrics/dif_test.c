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

/* ── likelihood ratio ── */

enum { LR_ITEMS = 8 };

/* Two groups of people answer; the focal group is weaker and more alike, and its item 2 may be another. */
static struct responses two_groups(struct arena *a, struct simulation *s, const struct irt_item *items, const struct irt_item *other, size_t people,
				   bool *focal)
{
	int8_t *x = ARENA_ARRAY(a, int8_t, people * LR_ITEMS);
	for (size_t row = 0; row < people; row++) {
		focal[row] = row % 2;
		double theta = focal[row] ? -0.5 + 0.8 * simulate_normal(s) : simulate_normal(s);
		for (size_t i = 0; i < LR_ITEMS; i++)
			x[row * LR_ITEMS + i] = (int8_t)simulate_answer(s, i == 2 && focal[row] ? other : &items[i], theta);
	}
	return (struct responses){ people, LR_ITEMS, x, NULL };
}

static struct dif_lr *look_at_all(struct ctx *cx, const struct responses *r, const bool *focal, enum irt_model model)
{
	size_t all[LR_ITEMS];
	struct dif_lr *found;
	struct dif_options o = { model, NULL, 2 };
	for (size_t i = 0; i < LR_ITEMS; i++)
		all[i] = i;
	assert_int_equal(dif_likelihood_ratio(cx, r, focal, &o, all, LR_ITEMS, &found), OK);
	return found;
}

static void everything_is_finite(const struct dif_lr *d)
{
	const double all[] = { d->g2,	d->p,		d->uniform,	d->uniform_p,	   d->non_uniform, d->non_uniform_p,
			       d->mean, d->sd,		d->signed_area, d->unsigned_area,  d->sids,	   d->uids,
			       d->essd, d->reference.a, d->focal.a,	d->reference.b[0], d->focal.b[0] };
	for (size_t k = 0; k < COUNT(all); k++)
		assert_true(isfinite(all[k]));
}

static void items_for(struct simulation *s, struct irt_item *items, enum irt_model model, int categories)
{
	for (size_t i = 0; i < LR_ITEMS; i++)
		items[i] = simulate_item(s, model, categories);
	items[2].a = 1.2;
	for (int k = 0; k < categories - 1; k++)
		items[2].b[k] = 0.9 * k - 0.3;
}

/* Harder for the focal group by 0.8: uniform, negative, large. */
static void an_item_that_is_harder_for_one_group_is_found_with_its_sign(void **state)
{
	enum { PEOPLE = 3000 };
	static const enum irt_model models[] = { IRT_2PL, IRT_GRM, IRT_GPCM };
	(void)state;
	for (size_t m = 0; m < COUNT(models); m++) {
		struct ctx cx = { .arena = arena_new() };
		struct simulation s = { 31 };
		struct irt_item items[LR_ITEMS], other;
		bool *focal = ARENA_ARRAY(cx.arena, bool, PEOPLE);
		int categories = m ? 3 : 2, wrong = 0;
		items_for(&s, items, models[m], categories);
		other = items[2];
		for (int k = 0; k < categories - 1; k++)
			other.b[k] += 0.8;
		struct responses r = two_groups(cx.arena, &s, items, &other, PEOPLE, focal);
		struct dif_lr *d = look_at_all(&cx, &r, focal, models[m]);
		for (size_t i = 0; i < LR_ITEMS; i++) {
			assert_null(d[i].why);
			everything_is_finite(&d[i]);
			wrong += i != 2 && d[i].size == DIF_LARGE;
		}
		print_message("model %d: G2 %.1f, uniform %.1f, other %.1f; area %.2f, sids %.3f, essd %.2f; focal mean %.2f (-0.5), sd %.2f (0.8)\n",
			      (int)models[m], d[2].g2, d[2].uniform, d[2].non_uniform, d[2].signed_area, d[2].sids, d[2].essd, d[2].mean, d[2].sd);
		assert_int_equal(wrong, 0);
		assert_int_equal(d[2].size, DIF_LARGE);
		assert_int_equal(d[2].df, categories);
		assert_true(d[2].uniform_p < 1e-6 && d[2].non_uniform_p > 0.001);
		assert_true(d[2].sids < 0 && d[2].essd < -0.2);
		expect_near(d[2].signed_area, -0.8 * (categories - 1), 0.3 * (categories - 1));
		expect_near(d[2].mean, -0.5, 0.15);
		expect_near(d[2].sd, 0.8, 0.1);
		arena_free(cx.arena);
	}
}

/* A slope of 0.5 instead of 1.8, around the middle of the focal group: nothing on average, much at both ends. */
static void an_item_that_tells_people_apart_in_one_group_only_is_not_uniform(void **state)
{
	enum { PEOPLE = 3000 };
	struct ctx cx = { .arena = arena_new() };
	struct simulation s = { 5 };
	struct irt_item items[LR_ITEMS], other;
	bool *focal = ARENA_ARRAY(cx.arena, bool, PEOPLE);
	(void)state;
	items_for(&s, items, IRT_2PL, 2);
	items[2].a = 1.8;
	items[2].b[0] = -0.5;
	other = items[2];
	other.a = 0.5;
	struct responses r = two_groups(cx.arena, &s, items, &other, PEOPLE, focal);
	struct dif_lr *d = look_at_all(&cx, &r, focal, IRT_2PL);
	print_message("uniform %.1f, other %.1f; sids %.3f, uids %.3f\n", d[2].uniform, d[2].non_uniform, d[2].sids, d[2].uids);
	assert_true(d[2].non_uniform_p < 1e-6);
	assert_true(d[2].uids > 3 * fabs(d[2].sids));
	assert_true(d[2].size != DIF_NEGLIGIBLE);
	arena_free(cx.arena);
}

/* For a 2PL the areas have closed forms (Raju 1988, formulas 8 and 9 with D = 1, c = 0). */
static void areas_are_those_of_raju(void **state)
{
	enum { PEOPLE = 1500 };
	struct ctx cx = { .arena = arena_new() };
	struct simulation s = { 77 };
	struct irt_item items[LR_ITEMS], other;
	bool *focal = ARENA_ARRAY(cx.arena, bool, PEOPLE);
	(void)state;
	items_for(&s, items, IRT_2PL, 2);
	other = items[2];
	other.a = 0.7;
	other.b[0] += 0.3;
	struct responses r = two_groups(cx.arena, &s, items, &other, PEOPLE, focal);
	struct dif_lr *all = look_at_all(&cx, &r, focal, IRT_2PL);
	for (size_t i = 0; i < LR_ITEMS; i++) {
		double a = all[i].reference.a, f = all[i].focal.a, off = all[i].focal.b[0] - all[i].reference.b[0];
		assert_true(all[i].areas_known);
		expect_near(all[i].signed_area, -off, 1e-4);
		expect_near(all[i].unsigned_area, fabs(2 * (f - a) / (a * f) * log1p(exp(a * f * off / (f - a))) - off), 1e-3);
	}
	arena_free(cx.arena);
}

/* 320 tests at 5 %: 16 expected, with a standard deviation of 3.9 (items of one sample hang together a little: bounds of about three and a half). */
static void equal_items_are_accused_as_often_as_the_level_says(void **state)
{
	enum { PEOPLE = 800, SAMPLES = 40 };
	struct simulation s = { 2024 };
	int accused = 0, crooked = 0;
	(void)state;
	for (int sample = 0; sample < SAMPLES; sample++) {
		struct ctx cx = { .arena = arena_new() };
		struct irt_item items[LR_ITEMS];
		bool *focal = ARENA_ARRAY(cx.arena, bool, PEOPLE);
		items_for(&s, items, IRT_2PL, 2);
		for (size_t i = 0; i < LR_ITEMS; i++)
			items[i].b[0] = fmax(-1.5, fmin(1.5, items[i].b[0]));
		struct responses r = two_groups(cx.arena, &s, items, &items[2], PEOPLE, focal);
		struct dif_lr *d = look_at_all(&cx, &r, focal, IRT_2PL);
		for (size_t i = 0; i < LR_ITEMS; i++) {
			everything_is_finite(&d[i]);
			accused += !d[i].why && d[i].p < 0.05;
			crooked += !d[i].why && d[i].non_uniform_p < 0.05;
		}
		arena_free(cx.arena);
	}
	print_message("of %d equal items %d have p < 0.05, %d by their slope\n", SAMPLES * LR_ITEMS, accused, crooked);
	expect_near(accused, 16, 14);
	expect_near(crooked, 16, 14);
}

static void given_anchors_decide_who_knows_as_much(void **state)
{
	enum { PEOPLE = 3000 };
	struct ctx cx = { .arena = arena_new() };
	struct simulation s = { 8 };
	struct irt_item items[LR_ITEMS], other;
	bool *focal = ARENA_ARRAY(cx.arena, bool, PEOPLE);
	static const bool anchors[LR_ITEMS] = { true, true, false, true, true, true };
	static const size_t studied[] = { 2, 7, 0 };
	struct dif_lr *d;
	(void)state;
	items_for(&s, items, IRT_2PL, 2);
	other = items[2];
	other.b[0] -= 0.8;
	struct responses r = two_groups(cx.arena, &s, items, &other, PEOPLE, focal);
	struct dif_options o = { IRT_2PL, anchors, 1 };
	assert_int_equal(dif_likelihood_ratio(&cx, &r, focal, &o, studied, COUNT(studied), &d), OK);
	assert_true(d[0].p < 1e-6 && d[0].sids > 0);
	assert_true(d[1].p > 0.001 && d[2].p > 0.001);
	arena_free(cx.arena);
}

static void what_cannot_be_compared_is_said(void **state)
{
	enum { PEOPLE = 600 };
	struct ctx cx = { .arena = arena_new() };
	struct simulation s = { 3 };
	struct irt_item items[LR_ITEMS];
	bool *focal = ARENA_ARRAY(cx.arena, bool, PEOPLE);
	(void)state;
	items_for(&s, items, IRT_2PL, 2);
	struct responses r = two_groups(cx.arena, &s, items, &items[2], PEOPLE, focal);
	struct responses few = { 300, LR_ITEMS, r.x, NULL }, none = { 0, LR_ITEMS, r.x, NULL };
	struct dif_lr *d = look_at_all(&cx, &few, focal, IRT_2PL);
	for (size_t i = 0; i < LR_ITEMS; i++) {
		assert_string_equal(d[i].why, "fewer than 200 people of one of the groups, or than 500 of both, answered this item; wait for more answers");
		everything_is_finite(&d[i]);
	}
	assert_non_null(look_at_all(&cx, &none, focal, IRT_2PL)[0].why);
	/* One item alone has nothing to compare people by. */
	int8_t *one = ARENA_ARRAY(cx.arena, int8_t, PEOPLE);
	for (size_t row = 0; row < PEOPLE; row++)
		one[row] = (int8_t)response_at(&r, row, 0);
	struct dif_options o = { IRT_2PL, NULL, 1 };
	assert_int_equal(dif_likelihood_ratio(&cx, &(struct responses){ PEOPLE, 1, one, NULL }, focal, &o, (size_t[]){ 0 }, 1, &d), OK);
	assert_string_equal(d[0].why, "there are not two other items by which to tell who knows as much as whom");
	/* Nobody of the focal group has it right. */
	int8_t *x = ARENA_ARRAY(cx.arena, int8_t, PEOPLE * LR_ITEMS);
	memcpy(x, r.x, PEOPLE * LR_ITEMS);
	for (size_t row = 0; row < PEOPLE; row++)
		x[row * LR_ITEMS + 5] = (int8_t)(focal[row] ? 0 : x[row * LR_ITEMS + 5]);
	d = look_at_all(&cx, &(struct responses){ PEOPLE, LR_ITEMS, x, NULL }, focal, IRT_2PL);
	assert_string_equal(d[5].why, "in one of the groups nobody gave one of the answers, so the groups cannot be compared by this item");
	/* An anchor that everybody has right. */
	for (size_t row = 0; row < PEOPLE; row++)
		x[row * LR_ITEMS + 5] = 1;
	assert_int_equal(dif_likelihood_ratio(&cx, &(struct responses){ PEOPLE, LR_ITEMS, x, NULL }, focal, &o, (size_t[]){ 0 }, 1, &d), ERR_INVALID);
	assert_string_equal(said(&cx), "everybody who answered this item gave the same answer, so it measures nothing; leave it out");
	arena_free(cx.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(berkeley_as_in_the_literature),
		cmocka_unit_test(the_items_that_differ_are_found),
		cmocka_unit_test(groups_that_never_meet_cannot_be_compared),
		cmocka_unit_test(an_item_that_is_harder_for_one_group_is_found_with_its_sign),
		cmocka_unit_test(an_item_that_tells_people_apart_in_one_group_only_is_not_uniform),
		cmocka_unit_test(areas_are_those_of_raju),
		cmocka_unit_test(equal_items_are_accused_as_often_as_the_level_says),
		cmocka_unit_test(given_anchors_decide_who_knows_as_much),
		cmocka_unit_test(what_cannot_be_compared_is_said),
	};
	return cmocka_run_group_tests_name("psychometrics/dif", tests, NULL, NULL);
}
