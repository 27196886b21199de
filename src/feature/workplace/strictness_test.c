/* Strictness of raters: what was planted is found, nobody is corrected without enough, the order does not matter, and levels come out nearer to the truth. */
#include "feature/workplace/raters.h"
#include "feature/workplace/strictness.h"
#include "draw.h"

#include <math.h>
#include <stdlib.h>

#include "check.h"

enum { PEOPLE = 300, TEAM = 10, ASKED = 4, MOST = PEOPLE * 14 * ASKED };

/* An office in which everything is known: levels, strictness, what was said. */
struct office {
	struct arena *arena;
	struct draw by;
	struct roll people[PEOPLE];
	double level[PEOPLE][ASKED], mild[PEOPLE];
	struct rating v[MOST];
	size_t n;
};

static double normal(struct draw *d)
{
	double u = draw_unit(d), v = draw_unit(d);
	return sqrt(-2 * log(1 - u)) * cos(6.283185307179586 * v);
}

/* Person i has id i + 1; each team of TEAM has its first as supervisor, and those have the very first. */
static void fill(struct office *o, uint64_t seed, double spread)
{
	*o = (struct office){ .arena = arena_new(), .by = { seed } };
	for (int i = 0; i < PEOPLE; i++) {
		int head = i % TEAM ? i - i % TEAM : 0;
		o->people[i] = (struct roll){ i + 1, 7, i ? head + 1 : NONE, 'B', true };
		o->mild[i] = spread * normal(&o->by);
		for (int c = 0; c < ASKED; c++)
			o->level[i][c] = 1.5 + 0.6 * normal(&o->by);
	}
}

/* whole: said in whole levels of 0 to 3, as on the form. kinds: the mean of each kind. */
static void say(struct office *o, double error, bool whole)
{
	static const double mean[RATER_KINDS] = { 0.5, 0, 0.2, 0.3 };
	static const enum rating_kind kind[RATER_KINDS] = { RATING_KINDS, RATING_supervisor, RATING_subordinate, RATING_peer };
	struct draw_of *drawn = raters_draw(o->arena, 4711, o->people, PEOPLE);
	o->n = 0;
	for (int i = 0; i < PEOPLE; i++)
		for (size_t k = 0; k < drawn[i].n; k++)
			for (int c = 0; c < ASKED && drawn[i].v[k].kind != RATER_self; c++) {
				int64_t rater = drawn[i].v[k].rater_id;
				double y = o->level[i][c] + o->mild[rater - 1] + mean[drawn[i].v[k].kind] + error * normal(&o->by);
				y = whole ? fmin(fmax(round(y), 0), 3) : y;
				o->v[o->n++] = (struct rating){ rater, i + 1, c + 1, kind[drawn[i].v[k].kind], llround(1000 * y) };
			}
}

struct quality {
	double bias, rmse, slope, spread;
};

/* What was found beside what was planted, in levels; strictness is how much lower, so the sign turns. Planted values lose their mean: the mean is no rater's.
 */
static struct quality compare(const struct office *o, const struct strictness *s)
{
	struct quality q = { 0 };
	double mean = 0, n = (double)s->n_corrected, xy = 0, xx = 0;
	for (size_t i = 0; i < s->n; i++)
		mean += s->v[i].enough ? o->mild[s->v[i].rater_id - 1] / n : 0;
	for (size_t i = 0; i < s->n; i++) {
		if (!s->v[i].enough)
			continue;
		double found = -(double)s->v[i].strictness / 1000, planted = o->mild[s->v[i].rater_id - 1] - mean;
		q.bias += (found - planted) / n;
		q.rmse += (found - planted) * (found - planted) / n;
		q.spread += planted * planted / n;
		xy += found * planted;
		xx += found * found;
	}
	q.slope = xx > 0 ? xy / xx : 0;
	q.rmse = sqrt(q.rmse);
	q.spread = sqrt(q.spread);
	return q;
}

static void what_was_planted_is_found(void **state)
{
	static struct office o;
	(void)state;
	fill(&o, 11, 0.4);
	say(&o, 0.5, false);
	struct strictness s = strictness_estimate(o.arena, o.v, o.n);
	struct quality q = compare(&o, &s);
	print_message("# %zu ratings, %zu of %zu raters corrected; planted spread %.3f, found with bias %.4f, RMSE %.3f, slope %.3f; sd of raters %.3f, cells "
		      "%.3f, error %.3f\n",
		      o.n, s.n_corrected, s.n, q.spread, q.bias, q.rmse, q.slope, s.sd_rater / 1000, s.sd_cell / 1000, s.sd_error / 1000);
	assert_true(s.n_corrected > PEOPLE * 9 / 10);
	assert_true(fabs(q.bias) < 0.02 && q.rmse < 0.5 * q.spread && fabs(q.slope - 1) < 0.15);
	assert_true(fabs(s.sd_rater / 1000 - 0.4) < 0.06 && fabs(s.sd_cell / 1000 - 0.6) < 0.06 && fabs(s.sd_error / 1000 - 0.5) < 0.03);
	arena_free(o.arena);
}

/* The mean that a person's colleagues give, less what all kinds together add to everybody, beside the level. */
static double error_of_means(const struct office *o, const struct strictness *s)
{
	static double sum[PEOPLE][ASKED], n[PEOPLE][ASKED];
	double all = 0, cells = 0, squares = 0;
	memset(sum, 0, sizeof sum);
	memset(n, 0, sizeof n);
	for (size_t i = 0; i < o->n; i++) {
		const struct rating *r = &o->v[i];
		sum[r->ratee_id - 1][r->competency_id - 1] +=
			(double)strictness_removed(r->value, s ? strictness_find(s, r->rater_id)->strictness : 0, 3) / 1000;
		n[r->ratee_id - 1][r->competency_id - 1]++;
	}
	for (int i = 0; i < PEOPLE; i++)
		for (int c = 0; c < ASKED; c++)
			if (n[i][c] > 0) {
				double d = sum[i][c] / n[i][c] - o->level[i][c];
				all += d;
				squares += d * d;
				cells++;
			}
	return sqrt(squares / cells - all / cells * all / cells);
}

static void levels_are_nearer_to_the_truth_after_correction(void **state)
{
	static struct office o;
	(void)state;
	for (int whole = 0; whole < 2; whole++) {
		fill(&o, 12, 0.5);
		say(&o, 0.4, whole);
		struct strictness s = strictness_estimate(o.arena, o.v, o.n);
		double before = error_of_means(&o, NULL), after = error_of_means(&o, &s);
		print_message("# RMSE of means of %s: %.4f before, %.4f after (%.0f%%)\n", whole ? "whole levels" : "fine values", before, after,
			      100 * after / before);
		assert_true(after < 0.92 * before);
		arena_free(o.arena);
	}
}

static void raters_who_do_not_differ_are_left_alone(void **state)
{
	static struct office o;
	(void)state;
	fill(&o, 13, 0);
	say(&o, 0.5, false);
	struct strictness s = strictness_estimate(o.arena, o.v, o.n);
	int64_t most = 0;
	for (size_t i = 0; i < s.n; i++)
		most = llabs(s.v[i].strictness) > most ? llabs(s.v[i].strictness) : most;
	print_message("# nothing planted: sd of raters %.3f, the largest correction %lld thousandths\n", s.sd_rater / 1000, (long long)most);
	assert_true(most < 100);
	arena_free(o.arena);
}

/* Henderson's equations: the predictions of raters who are connected add up to nothing. */
static void nobody_is_judged_milder_on_the_whole(void **state)
{
	static struct office o;
	(void)state;
	fill(&o, 14, 0.4);
	say(&o, 0.5, true);
	struct strictness s = strictness_estimate(o.arena, o.v, o.n);
	int64_t sum = 0;
	for (size_t i = 0; i < s.n; i++)
		sum += s.v[i].strictness;
	assert_true(s.n_corrected == s.n);
	assert_true(llabs(sum) <= (int64_t)s.n / 2); /* rounding alone */
	arena_free(o.arena);
}

static void the_order_of_ratings_does_not_matter(void **state)
{
	static struct office o;
	static struct rating mixed[MOST];
	(void)state;
	fill(&o, 15, 0.4);
	say(&o, 0.5, true);
	memcpy(mixed, o.v, o.n * sizeof *mixed);
	for (size_t i = o.n; i-- > 1;) {
		size_t k = draw_below(&o.by, (uint32_t)(i + 1));
		struct rating t = mixed[i];
		mixed[i] = mixed[k];
		mixed[k] = t;
	}
	struct strictness a = strictness_estimate(o.arena, o.v, o.n), b = strictness_estimate(o.arena, mixed, o.n);
	assert_true(a.n == b.n && a.sd_rater == b.sd_rater && a.sd_error == b.sd_error);
	for (size_t i = 0; i < a.n; i++)
		assert_true(a.v[i].rater_id == b.v[i].rater_id && a.v[i].strictness == b.v[i].strictness);
	arena_free(o.arena);
}

/* ── Henderson's equations solved at once, by elimination ── */

enum { RATERS = 12, RATEES = 12, EQUATIONS = 1 + RATEES + RATERS };

/* Gauss with pivots; b becomes the solution. */
static void eliminate(double m[EQUATIONS][EQUATIONS], double b[EQUATIONS])
{
	for (int k = 0; k < EQUATIONS; k++) {
		int best = k;
		for (int i = k + 1; i < EQUATIONS; i++)
			best = fabs(m[i][k]) > fabs(m[best][k]) ? i : best;
		for (int j = 0; j < EQUATIONS; j++) {
			double t = m[k][j];
			m[k][j] = m[best][j];
			m[best][j] = t;
		}
		double t = b[k];
		b[k] = b[best];
		b[best] = t;
		for (int i = 0; i < EQUATIONS; i++) {
			double by = i == k ? 0 : m[i][k] / m[k][k];
			for (int j = k; j < EQUATIONS; j++)
				m[i][j] -= by * m[k][j];
			b[i] -= by * b[k];
		}
	}
	for (int k = 0; k < EQUATIONS; k++)
		b[k] /= m[k][k];
}

/* Each rates nine of twelve people: one mean, a cell and a rater effect each; the equations as Henderson writes them, [X'X X'Z; Z'X Z'Z + λ]. */
static void predictions_are_those_of_the_whole_system_of_equations(void **state)
{
	struct arena *a = arena_new();
	static struct rating v[RATERS * RATEES];
	static double m[EQUATIONS][EQUATIONS], b[EQUATIONS];
	struct draw by = { 31 };
	size_t n = 0;
	(void)state;
	for (int r = 0; r < RATERS; r++)
		for (int i = 0; i < RATEES; i++)
			if ((r + i) % 4)
				v[n++] = (struct rating){ r + 1, i + 1, 1, RATING_peer, llround(1500 + 200 * r - 60 * i + 400 * normal(&by)) };
	struct strictness s = strictness_estimate(a, v, n);
	assert_true(s.sd_rater > 100 && s.sd_cell > 100);
	for (size_t k = 0; k < n; k++) {
		const int64_t at[] = { 0, v[k].ratee_id, RATEES + v[k].rater_id };
		for (int x = 0; x < 3; x++) {
			b[at[x]] += (double)v[k].value;
			for (int y = 0; y < 3; y++)
				m[at[x]][at[y]]++;
		}
	}
	for (int i = 1; i < EQUATIONS; i++)
		m[i][i] += i <= RATEES ? s.sd_error * s.sd_error / (s.sd_cell * s.sd_cell) : s.sd_error * s.sd_error / (s.sd_rater * s.sd_rater);
	eliminate(m, b);
	for (size_t i = 0; i < s.n; i++) {
		double should = -b[RATEES + s.v[i].rater_id];
		assert_true(s.v[i].enough && fabs((double)s.v[i].strictness - should) <= 0.5 + 1e-3);
	}
	arena_free(a);
}

/* n raters in a circle, each rating `people` people in `asked` competencies, from person rater * step on. */
static struct strictness small(struct arena *a, int n, int people, int asked, int step)
{
	static struct rating v[4000];
	struct draw by = { 21 };
	size_t k = 0;
	for (int r = 0; r < n; r++)
		for (int i = 0; i < people; i++)
			for (int c = 0; c < asked; c++)
				v[k++] = (struct rating){ r + 1, 1000 + (r * step + i) % (n * step), c, RATING_peer,
							  1500 + 600 * (r % 2) + (int64_t)draw_below(&by, 500) };
	return strictness_estimate(a, v, k);
}

static void without_enough_nobody_is_corrected(void **state)
{
	struct arena *a = arena_new();
	(void)state;
	assert_int_equal(small(a, 30, 4, 2, 1).n_corrected, 30);
	/* too few people each: two */
	assert_int_equal(small(a, 30, 2, 5, 1).n_corrected, 0);
	/* too few ratings each: three people, two competencies */
	assert_int_equal(small(a, 30, 3, 2, 1).n_corrected, 0);
	/* too few raters, however much they say */
	assert_int_equal(small(a, 9, 5, 5, 1).n_corrected, 0);
	/* nobody in common with anybody */
	assert_int_equal(small(a, 30, 4, 4, 100).n_corrected, 0);
	assert_int_equal(small(a, 0, 0, 0, 0).n_corrected, 0);
	arena_free(a);
}

/* Two houses that share nobody: that one of them is milder as a whole is not known, so it changes nobody. */
static void who_shares_nobody_is_not_compared(void **state)
{
	static struct office o;
	(void)state;
	fill(&o, 16, 0.4);
	for (int i = PEOPLE / 2; i < PEOPLE; i++) {
		o.people[i].org_id = 8;
		if (i % TEAM == 0)
			o.people[i].supervisor_id = i == PEOPLE / 2 ? NONE : PEOPLE / 2 + 1;
	}
	say(&o, 0.5, false);
	struct strictness s = strictness_estimate(o.arena, o.v, o.n);
	int64_t one = 0, other = 0;
	for (size_t i = 0; i < s.n; i++)
		*(s.v[i].rater_id <= PEOPLE / 2 ? &one : &other) += s.v[i].strictness;
	for (size_t i = 0; i < o.n; i++)
		o.v[i].value += o.v[i].ratee_id > PEOPLE / 2 ? 700 : 0;
	struct strictness t = strictness_estimate(o.arena, o.v, o.n);
	assert_true(llabs(one) <= PEOPLE / 4 && llabs(other) <= PEOPLE / 4);
	for (size_t i = 0; i < s.n; i++)
		assert_true(llabs(s.v[i].strictness - t.v[i].strictness) <= 1);
	arena_free(o.arena);
}

static void a_corrected_value_stays_on_the_scale(void **state)
{
	(void)state;
	assert_int_equal(strictness_removed(2000, 250, 3), 2250);
	assert_int_equal(strictness_removed(2000, -250, 3), 1750);
	assert_int_equal(strictness_removed(3000, 250, 3), 3000);
	assert_int_equal(strictness_removed(0, -250, 3), 0);
	assert_int_equal(strictness_removed(4000, 300, 5), 4500);
	assert_int_equal(strictness_scaled(5000, 5), 3000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_planted_is_found),
		cmocka_unit_test(levels_are_nearer_to_the_truth_after_correction),
		cmocka_unit_test(raters_who_do_not_differ_are_left_alone),
		cmocka_unit_test(nobody_is_judged_milder_on_the_whole),
		cmocka_unit_test(the_order_of_ratings_does_not_matter),
		cmocka_unit_test(predictions_are_those_of_the_whole_system_of_equations),
		cmocka_unit_test(without_enough_nobody_is_corrected),
		cmocka_unit_test(who_shares_nobody_is_not_compared),
		cmocka_unit_test(a_corrected_value_stays_on_the_scale),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
