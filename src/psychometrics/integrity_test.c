/* Tests of what asks for a closer look: planted copying and rushing are found, honest people as seldom as is said. */
#include "psychometrics/psychometrics_check.h"

#include "psychometrics/integrity.h"
#include "psychometrics/simulate.h"

enum { OPTIONS = 4 };

struct room {
	struct irt_item *items;
	double (*pull)[OPTIONS]; /* of wrong options 1 … 3: how they draw those who do not know; option 0 is right */
	int8_t *chosen, *key;
	struct choices c;
	uint32_t *people;
};

static int wrong_option(struct simulation *s, const double pull[OPTIONS])
{
	double u = simulate_uniform(s) * (pull[1] + pull[2] + pull[3]);
	return u < pull[1] ? 1 : u < pull[1] + pull[2] ? 2 : 3;
}

static struct room room_of(struct arena *a, struct simulation *s, size_t people, size_t items)
{
	struct room r = { ARENA_ARRAY(a, struct irt_item, items),
			  arena_array(a, items, sizeof *r.pull),
			  ARENA_ARRAY(a, int8_t, people * items),
			  ARENA_ARRAY(a, int8_t, items),
			  { 0 },
			  ARENA_ARRAY(a, uint32_t, people) };
	r.c = (struct choices){ people, items, r.chosen, r.key };
	for (size_t i = 0; i < items; i++) {
		r.items[i] = simulate_item(s, IRT_2PL, 2);
		for (int k = 1; k < OPTIONS; k++)
			r.pull[i][k] = 0.2 + simulate_uniform(s);
	}
	for (size_t j = 0; j < people; j++) {
		double theta = simulate_normal(s);
		r.people[j] = (uint32_t)j;
		for (size_t i = 0; i < items; i++)
			r.chosen[j * items + i] = (int8_t)(simulate_answer(s, &r.items[i], theta) ? 0 : wrong_option(s, r.pull[i]));
	}
	return r;
}

/* All pairs among the first of them, who sat in one room. */
static struct similarities look(struct arena *a, const struct room *r, bool by_model, size_t seated)
{
	struct chances ch = by_model ? chances_by_model(a, &r->c, r->items) : chances_by_shares(a, &r->c);
	struct similarities s = similarities_of(a, &r->c, &ch, r->people, seated);
	for (size_t k = 0; k < s.n; k++) {
		assert_true(isfinite(s.v[k].value) && isfinite(s.v[k].expected));
		assert_true(s.v[k].p >= 0 && s.v[k].p <= 1 && s.v[k].corrected >= s.v[k].p && s.v[k].corrected <= 1);
		assert_true(k == 0 || s.v[k - 1].p <= s.v[k].p);
	}
	return s;
}

/* Of the first but person 0, whose score is nearest to half. */
static size_t most_average(const struct room *r, size_t seated)
{
	size_t best = 0, least = 1000;
	for (size_t j = 1; j < seated; j++) {
		size_t right = 0;
		for (size_t i = 0; i < r->c.items; i++)
			right += r->chosen[j * r->c.items + i] == 0;
		size_t off = right > r->c.items / 2 ? right - r->c.items / 2 : r->c.items / 2 - right;
		best = off < least ? j : best;
		least = off < least ? off : least;
	}
	return best;
}

/* Person 0 takes the answers of somebody average to 28 of 40 questions. */
static void who_copied_from_somebody_average_is_found_among_all_pairs(void **state)
{
	(void)state;
	for (int by_model = 0; by_model < 2; by_model++) {
		struct arena *a = arena_new();
		struct simulation s = { 41 };
		struct room r = room_of(a, &s, 300, 40);
		size_t source = most_average(&r, 40);
		memcpy(r.chosen, r.chosen + source * 40, 28);
		struct similarities found = look(a, &r, by_model, 40);
		print_message("%s: %u of %u the same, %u wrong; %.1f expected, value %.2f, corrected p %.2g; next %.2g\n", by_model ? "model" : "shares",
			      found.v[0].same, found.v[0].both, found.v[0].same_wrong, found.v[0].expected, found.v[0].value, found.v[0].corrected,
			      found.v[1].corrected);
		assert_int_equal(found.n, 40 * 39 / 2);
		assert_int_equal(found.v[0].a + found.v[0].b, source);
		assert_true(found.v[0].a == 0 || found.v[0].b == 0);
		assert_true(found.v[0].corrected < 0.01 && found.v[1].corrected > 0.05);
		expect_near(found.v[0].by_chance, found.v[0].p * 780, 1e-12);
		arena_free(a);
	}
}

/* Of honest pairs at most the level is below it (answers are whole, so mostly less); values have mean 0 and deviation 1; and of 30 rooms about 5 % or fewer
 * have even one pair below it after the correction (at most 4 of them: P of more is below 2 % if it is 5 %). */
static void honest_pairs_are_accused_as_seldom_as_is_said(void **state)
{
	(void)state;
	for (int by_model = 0; by_model < 2; by_model++) {
		struct simulation s = { 1234 };
		double below[2] = { 0 }, pairs = 0, sum = 0, square = 0;
		int rooms = 0;
		for (int room = 0; room < 30; room++) {
			struct arena *a = arena_new();
			struct room r = room_of(a, &s, 240, 40);
			struct similarities found = look(a, &r, by_model, 60);
			for (size_t k = 0; k < found.n; k++) {
				below[0] += found.v[k].p < 0.05;
				below[1] += found.v[k].p < 0.01;
				sum += found.v[k].value;
				square += found.v[k].value * found.v[k].value;
			}
			pairs += (double)found.n;
			rooms += found.v[0].corrected < 0.05;
			arena_free(a);
		}
		print_message("%s: %.4f below 0.05, %.4f below 0.01; %d of 30 rooms; values %.2f ± %.2f\n", by_model ? "model" : "shares", below[0] / pairs,
			      below[1] / pairs, rooms, sum / pairs, sqrt(square / pairs));
		assert_true(below[0] / pairs < 0.055 && below[0] / pairs > 0.02);
		assert_true(below[1] / pairs < 0.012 && below[1] / pairs > 0.002);
		expect_near(sum / pairs, 0, 0.1);
		expect_near(sqrt(square / pairs), 1, 0.1);
		assert_true(rooms <= 4);
	}
}

static void two_who_know_everything_have_not_copied(void **state)
{
	(void)state;
	for (int by_model = 0; by_model < 2; by_model++) {
		struct arena *a = arena_new();
		struct simulation s = { 7 };
		struct room r = room_of(a, &s, 100, 40);
		for (size_t j = 0; j < 4; j++)
			memset(r.chosen + j * 40, 0, 40);
		struct similarities found = look(a, &r, by_model, 100);
		size_t twins = 0;
		for (size_t k = 0; k < found.n; k++) {
			if (found.v[k].a >= 4 || found.v[k].b >= 4)
				continue;
			twins++;
			assert_int_equal(found.v[k].same, 40);
			assert_true(found.v[k].corrected > 0.5 && found.v[k].p > 0.01);
		}
		assert_int_equal(twins, 6);
		arena_free(a);
	}
}

static void empty_sheets_have_nothing_in_common(void **state)
{
	struct arena *a = arena_new();
	struct simulation s = { 3 };
	struct room r = room_of(a, &s, 2, 10), nobody = r;
	(void)state;
	memset(r.chosen, NOT_ANSWERED, 20);
	for (int by_model = 0; by_model < 2; by_model++) {
		assert_int_equal(look(a, &r, by_model, 2).n, 0);
		r.chosen[0] = r.chosen[10] = 1;
		struct similarities one = look(a, &r, by_model, 2);
		assert_int_equal(one.n, 1);
		assert_int_equal(one.v[0].same_wrong, 1);
		assert_true(one.v[0].p > 0.05);
		r.chosen[0] = r.chosen[10] = NOT_ANSWERED;
		nobody.c.people = 0;
		assert_int_equal(look(a, &nobody, by_model, 0).n, 0);
	}
	arena_free(a);
}

static void holm_goes_down_step_by_step(void **state)
{
	/* The example of R's p.adjust: 0.01, 0.02, 0.03, 0.04 become 0.04, 0.06, 0.06, 0.06. */
	static const double p[] = { 0.01, 0.02, 0.03, 0.04 }, wanted[] = { 0.04, 0.06, 0.06, 0.06 };
	double got[4];
	(void)state;
	holm_correct(p, 4, got);
	for (size_t k = 0; k < 4; k++)
		expect_near(got[k], wanted[k], 1e-12);
}

static void at_least_counts_events(void **state)
{
	struct arena *a = arena_new();
	static const double p[] = { 0.5, 0.5, 0.5, 0.5 }, q[] = { 0.2, 0.9, 0.4 };
	(void)state;
	expect_near(at_least(a, p, 4, 3), 5.0 / 16, 1e-15);
	expect_near(at_least(a, p, 4, 0), 1, 1e-15);
	expect_near(at_least(a, q, 3, 3), 0.072, 1e-15);
	expect_near(at_least(a, q, 3, 1), 1 - 0.8 * 0.1 * 0.6, 1e-15);
	expect_near(at_least(a, q, 0, 1), 0, 0);
	arena_free(a);
}

/* ── times ── */

static double *draw_times(struct arena *a, struct simulation *s, size_t people, size_t items)
{
	double *seconds = ARENA_ARRAY(a, double, people *items), *beta = ARENA_ARRAY(a, double, items), *sigma = ARENA_ARRAY(a, double, items);
	for (size_t i = 0; i < items; i++) {
		beta[i] = 3.5 + 0.4 * simulate_normal(s);
		sigma[i] = 0.3 + 0.3 * simulate_uniform(s);
	}
	for (size_t j = 0; j < people; j++) {
		double tau = 0.25 * simulate_normal(s);
		for (size_t i = 0; i < items; i++)
			seconds[j * items + i] = exp(beta[i] - tau + sigma[i] * simulate_normal(s));
	}
	return seconds;
}

static void everything_is_finite(const struct paces *p, size_t people, size_t items)
{
	for (size_t j = 0; j < people; j++) {
		const struct person_pace *of = &p->people[j];
		const double all[] = { of->speed, of->z, of->speed_p, of->uneven, of->uneven_p, of->effort, of->effort_p };
		for (size_t k = 0; k < COUNT(all); k++)
			assert_true(isfinite(all[k]));
	}
	for (size_t i = 0; i < items; i++)
		assert_true(isfinite(p->items[i].median) && isfinite(p->items[i].spread) && isfinite(p->items[i].rapid));
}

/* Person 3 clicks through the last half in two seconds each, person 4 is four times as fast throughout (answers known beforehand). */
static void who_rushes_is_found(void **state)
{
	enum { PEOPLE = 120, ITEMS = 30 };
	struct arena *a = arena_new();
	struct simulation s = { 15 };
	double *seconds = draw_times(a, &s, PEOPLE, ITEMS);
	(void)state;
	for (size_t i = 0; i < ITEMS; i++) {
		seconds[3 * ITEMS + i] = i < 15 ? seconds[3 * ITEMS + i] : 1.5;
		seconds[4 * ITEMS + i] /= 4;
	}
	struct paces p = paces_of(a, &(struct times){ PEOPLE, ITEMS, seconds });
	everything_is_finite(&p, PEOPLE, ITEMS);
	print_message("rushing: effort %.2f, p %.2g, uneven p %.2g; fast: speed %.2f (1.39 more), z %.1f, p %.2g\n", p.people[3].effort, p.people[3].effort_p,
		      p.people[3].uneven_p, p.people[4].speed, p.people[4].z, p.people[4].speed_p);
	assert_true(p.people[3].effort < 0.6 && p.people[3].effort_p < 1e-9 && p.people[3].uneven_p < 1e-9);
	assert_true(p.people[4].z > 3.5 && p.people[4].speed_p < 0.001 && p.people[4].uneven_p > 0.001);
	assert_int_equal(p.known, PEOPLE);
	arena_free(a);
}

/* 30 sittings of 100: 3,000 people, of whom 150 are expected below 5 % of each figure by pure chance. */
static void honest_people_are_as_seldom_conspicuous_as_is_said(void **state)
{
	enum { PEOPLE = 100, ITEMS = 40, SITTINGS = 30 };
	struct simulation s = { 77 };
	int fast = 0, uneven = 0, rapid = 0;
	(void)state;
	for (int n = 0; n < SITTINGS; n++) {
		struct arena *a = arena_new();
		struct paces p = paces_of(a, &(struct times){ PEOPLE, ITEMS, draw_times(a, &s, PEOPLE, ITEMS) });
		everything_is_finite(&p, PEOPLE, ITEMS);
		for (size_t j = 0; j < PEOPLE; j++) {
			fast += p.people[j].speed_p < 0.05;
			uneven += p.people[j].uneven_p < 0.05;
			rapid += p.people[j].effort_p < 0.05;
		}
		arena_free(a);
	}
	print_message("of 3000 honest people %d fast, %d uneven, %d with rapid answers at 5 %%\n", fast, uneven, rapid);
	assert_true(fast > 90 && fast < 230);
	assert_true(uneven > 60 && uneven < 250);
	assert_true(rapid < 180);
}

static void equal_times_and_few_people_say_nothing(void **state)
{
	enum { PEOPLE = 30, ITEMS = 8 };
	struct arena *a = arena_new();
	struct simulation s = { 2 };
	double *seconds = ARENA_ARRAY(a, double, PEOPLE *ITEMS);
	(void)state;
	for (size_t k = 0; k < PEOPLE * ITEMS; k++)
		seconds[k] = 20;
	struct paces p = paces_of(a, &(struct times){ PEOPLE, ITEMS, seconds });
	everything_is_finite(&p, PEOPLE, ITEMS);
	assert_int_equal(p.known, 0);
	p = paces_of(a, &(struct times){ 2, ITEMS, draw_times(a, &s, 2, ITEMS) });
	everything_is_finite(&p, 2, ITEMS);
	assert_int_equal(p.known, 0);
	assert_true(p.people[0].speed_p == 1 && p.people[0].effort_p == 1);
	/* Times that are none. */
	for (size_t k = 0; k < PEOPLE * ITEMS; k++)
		seconds[k] = k % 3 == 0 ? 0 : k % 3 == 1 ? NAN : -4;
	p = paces_of(a, &(struct times){ PEOPLE, ITEMS, seconds });
	everything_is_finite(&p, PEOPLE, ITEMS);
	assert_int_equal(p.known, 0);
	p = paces_of(a, &(struct times){ 0, ITEMS, seconds });
	assert_int_equal(p.known, 0);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_copied_from_somebody_average_is_found_among_all_pairs),
		cmocka_unit_test(honest_pairs_are_accused_as_seldom_as_is_said),
		cmocka_unit_test(two_who_know_everything_have_not_copied),
		cmocka_unit_test(empty_sheets_have_nothing_in_common),
		cmocka_unit_test(holm_goes_down_step_by_step),
		cmocka_unit_test(at_least_counts_events),
		cmocka_unit_test(who_rushes_is_found),
		cmocka_unit_test(honest_people_are_as_seldom_conspicuous_as_is_said),
		cmocka_unit_test(equal_times_and_few_people_say_nothing),
	};
	return cmocka_run_group_tests_name("psychometrics/integrity", tests, NULL, NULL);
}
