/* Tests of the response functions. */
#include "psychometrics/psychometrics_check.h"

#include "psychometrics/distribution.h"
#include "psychometrics/nodes.h"
#include "psychometrics/simulate.h"

static const enum irt_model all[] = { IRT_RASCH, IRT_2PL, IRT_3PL, IRT_GRM, IRT_GPCM };

static struct irt_item some(enum irt_model model, uint64_t seed)
{
	struct simulation s = { seed };
	return simulate_item(&s, model, irt_is_polytomous(model) ? 5 : 2);
}

static void probabilities_add_up_everywhere(void **state)
{
	(void)state;
	for (size_t m = 0; m < COUNT(all); m++)
		for (double theta = -40; theta <= 40; theta += 0.5) {
			struct irt_item i = some(all[m], 3);
			double p[CATEGORIES_MAX], first[CATEGORIES_MAX], second[CATEGORIES_MAX], sum = 0, by = 0, twice = 0;
			irt_probabilities(&i, theta, p, first, second);
			for (int k = 0; k < i.categories; k++) {
				assert_true(p[k] >= 0 && p[k] <= 1);
				sum += p[k];
				by += first[k];
				twice += second[k];
			}
			expect_near(sum, 1, 1e-12);
			expect_near(by, 0, 1e-12);
			expect_near(twice, 0, 1e-12);
		}
}

/* At the difficulty of a 2PL half are right; of a 3PL (1 + c) / 2; of a GRM half are at or above the threshold; at b_k of a GPCM categories k - 1 and k
 * are equally likely. */
static void difficulties_are_where_they_should_be(void **state)
{
	double p[CATEGORIES_MAX];
	(void)state;
	struct irt_item i = { IRT_2PL, 2, 1.3, { 0.4 }, 0 };
	irt_probabilities(&i, 0.4, p, NULL, NULL);
	expect_near(p[1], 0.5, 1e-15);
	i = (struct irt_item){ IRT_3PL, 2, 1.3, { 0.4 }, 0.2 };
	irt_probabilities(&i, 0.4, p, NULL, NULL);
	expect_near(p[1], 0.6, 1e-15);
	i = (struct irt_item){ IRT_GRM, 4, 1.3, { -1, 0.2, 1.5 }, 0 };
	irt_probabilities(&i, 0.2, p, NULL, NULL);
	expect_near(p[2] + p[3], 0.5, 1e-15);
	i.model = IRT_GPCM;
	irt_probabilities(&i, 1.5, p, NULL, NULL);
	expect_near(p[2], p[3], 1e-15);
	irt_probabilities(&i, -1, p, NULL, NULL);
	expect_near(p[0], p[1], 1e-15);
}

static void derivatives_by_theta_are_exact(void **state)
{
	(void)state;
	for (size_t m = 0; m < COUNT(all); m++)
		for (double theta = -3; theta <= 3; theta += 0.7) {
			struct irt_item i = some(all[m], 9);
			double p[CATEGORIES_MAX], first[CATEGORIES_MAX], second[CATEGORIES_MAX], up[2][CATEGORIES_MAX], down[2][CATEGORIES_MAX], h = 1e-5;
			irt_probabilities(&i, theta, p, first, second);
			irt_probabilities(&i, theta + h, up[0], up[1], NULL);
			irt_probabilities(&i, theta - h, down[0], down[1], NULL);
			for (int k = 0; k < i.categories; k++) {
				expect_near((up[0][k] - down[0][k]) / (2 * h), first[k], 1e-8);
				expect_near((up[1][k] - down[1][k]) / (2 * h), second[k], 1e-8);
			}
		}
}

static void derivatives_by_parameters_are_exact(void **state)
{
	(void)state;
	for (size_t m = 0; m < COUNT(all); m++) {
		struct irt_item i = some(all[m], 21);
		struct item_form f = item_form_of(i.model, i.categories);
		double par[PARS_MAX], score[CATEGORIES_MAX * PARS_MAX], second[CATEGORIES_MAX * PARS_MAX * PARS_MAX], h = 1e-5;
		double up[CATEGORIES_MAX], down[CATEGORIES_MAX], up_score[CATEGORIES_MAX * PARS_MAX], down_score[CATEGORIES_MAX * PARS_MAX];
		item_par_of(&i, par);
		item_scores(&f, par, 0.6, score, second);
		for (int a = 0; a < f.pars; a++) {
			double was = par[a];
			par[a] = was + h;
			item_log_p(&f, par, 0.6, up);
			item_scores(&f, par, 0.6, up_score, NULL);
			par[a] = was - h;
			item_log_p(&f, par, 0.6, down);
			item_scores(&f, par, 0.6, down_score, NULL);
			par[a] = was;
			for (int kb = 0; kb < f.categories * f.pars; kb++) {
				int k = kb / f.pars, b = kb % f.pars;
				expect_near((up[k] - down[k]) / (2 * h), score[k * PARS_MAX + a], 1e-7);
				expect_near((up_score[k * PARS_MAX + b] - down_score[k * PARS_MAX + b]) / (2 * h), second[(k * PARS_MAX + a) * PARS_MAX + b],
					    1e-7);
			}
		}
	}
}

static void parameters_go_there_and_back(void **state)
{
	(void)state;
	for (size_t m = 0; m < COUNT(all); m++) {
		struct irt_item i = some(all[m], 33), back;
		struct item_form f = item_form_of(i.model, i.categories);
		double par[PARS_MAX];
		item_par_of(&i, par);
		assert_true(item_form_good(&f, par));
		back = item_of_par(&f, par);
		expect_near(back.a, i.a, 1e-12);
		expect_near(back.c, i.c, 1e-12);
		for (int k = 0; k < i.categories - 1; k++)
			expect_near(back.b[k], i.b[k], 1e-12);
	}
}

/* Our own exponential function is as good as libm's, and the weights are those of N(0, 1). */
static void quadrature_is_that_of_the_normal(void **state)
{
	struct nodes n;
	double w[NODES], sum = 0, square = 0, fourth = 0;
	(void)state;
	nodes_make(&n);
	for (int from = -690; from < 0; from += 7) {
		for (size_t q = 0; q < NODES; q++)
			w[q] = from + (double)q * 0.109;
		nodes_exp(w, 0.5);
		for (size_t q = 0; q < NODES; q++) {
			double x = from + (double)q * 0.109 - 0.5, wanted = exp(x < -690 ? -690 : x);
			expect_near(w[q] / wanted, 1, 5e-16);
		}
	}
	for (size_t q = 0; q < NODES; q++) {
		double weight = exp(n.log_weight[q]), t = n.theta[q];
		sum += weight;
		square += weight * t * t;
		fourth += weight * t * t * t * t;
	}
	expect_near(sum, 1, 1e-14);
	expect_near(square, 1, 1e-6);
	expect_near(fourth, 3, 3e-5);
}

/* Abramowitz and Stegun, tables 26.7 to 26.9, and closed forms. */
static void distributions_are_those_of_the_tables(void **state)
{
	(void)state;
	expect_near(chi_square_above(3.841459, 1), 0.05, 1e-7);
	expect_near(chi_square_above(18.30704, 10), 0.05, 1e-6);
	expect_near(chi_square_above(124.3421, 100), 0.05, 1e-6);
	expect_near(chi_square_above(7, 2), exp(-3.5), 1e-15);
	expect_near(chi_square_above(0, 3), 1, 0);
	expect_near(normal_above(1.959964), 0.025, 1e-8);
	expect_near(beta_below(0.3, 1, 4), 1 - pow(0.7, 4), 1e-14);
	expect_near(beta_below(0.5, 700, 700), 0.5, 1e-12);
	expect_near(f_quantile(0.95, 4, 10), 3.478050, 1e-6);
	expect_near(f_quantile(0.95, 10, 4), 5.964371, 1e-6);
	expect_near(1 / f_quantile(0.05, 10, 4), 3.478050, 1e-6);
	expect_near(f_quantile(0.975, 1, 10), 6.936728, 1e-6);
	/* Hundreds of thousands of degrees: near normal, 1 + 1.96 sqrt(2 / d1 + 2 / d2). */
	expect_near(f_quantile(0.975, 1e5, 4e5), 1.0099, 1e-3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(probabilities_add_up_everywhere),	 cmocka_unit_test(difficulties_are_where_they_should_be),
		cmocka_unit_test(derivatives_by_theta_are_exact),	 cmocka_unit_test(derivatives_by_parameters_are_exact),
		cmocka_unit_test(parameters_go_there_and_back),		 cmocka_unit_test(quadrature_is_that_of_the_normal),
		cmocka_unit_test(distributions_are_those_of_the_tables),
	};
	return cmocka_run_group_tests_name("psychometrics/item", tests, NULL, NULL);
}
