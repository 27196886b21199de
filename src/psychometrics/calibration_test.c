/* Tests of calibration: against published estimates, against numerical derivatives, against the truth of simulated people, and what is refused. */
#include "psychometrics/psychometrics_check.h"

#include "psychometrics/marginal.h"
#include "psychometrics/simulate.h"

static struct calibration run(struct ctx *cx, enum irt_model model, const struct responses *r, const struct irt_prior *prior)
{
	struct calibration_options o = { .model = model, .prior = prior, .threads = 2 };
	struct calibration k;
	enum err e = calibrate(cx, r, &o, &k);
	if (e != OK)
		print_error("%s\n", said(cx));
	assert_int_equal(e, OK);
	assert_true(k.change < 1e-7 && k.gradient < 1e-5);
	return k;
}

/* ── published ── */

/* summary(ltm(LSAT ~ z1)) of R's ltm 1.0 (Gauss-Hermite, 21 points): log-likelihood -2466.653, AIC 4953.307, BIC 5002.384. It stops at gradients of
 * 0.024, so estimates differ in the third digit; Bock and Aitkin 1981 give the same to two digits after changing their normal metric. */
static void lsat_6_as_in_the_literature(void **state)
{
	static const double a[] = { 0.8254, 0.7229, 0.8905, 0.6886, 0.6575 }, a_se[] = { 0.2581, 0.1867, 0.2326, 0.1852, 0.2100 };
	static const double b[] = { -3.3597, -1.3696, -0.2799, -1.8659, -3.1236 }, b_se[] = { 0.8669, 0.3073, 0.0997, 0.4341, 0.8700 };
	struct ctx cx = { .arena = arena_new() };
	struct responses r = lsat(cx.arena, lsat_6);
	(void)state;
	struct calibration k = run(&cx, IRT_2PL, &r, NULL);
	expect_near(k.loglik, -2466.653, 0.001);
	expect_near(k.aic, 4953.307, 0.001);
	expect_near(k.bic, 5002.384, 0.001);
	assert_int_equal(k.parameters, 10);
	expect_near(k.people, 1000, 0);
	for (size_t i = 0; i < 5; i++) {
		expect_near(k.items[i].a, a[i], 0.001);
		expect_near(k.se[i].a, a_se[i], 0.0003);
		expect_near(k.items[i].b[0], b[i], 0.003);
		expect_near(k.se[i].b[0], b_se[i], 0.0015);
	}
	arena_free(cx.arena);
}

/* Thissen 1982, Psychometrika 47; figures of R's mirt 1.47 (LSAT6, equal slopes): log-likelihood -2466.938, AIC 4945.875, BIC 4975.322, slope 0.755,
 * intercepts 2.730, 0.999, 0.240, 1.307, 2.100. */
static void one_slope_for_all_is_raschs_model(void **state)
{
	static const double d[] = { 2.730, 0.999, 0.240, 1.307, 2.100 };
	struct ctx cx = { .arena = arena_new() };
	struct responses r = lsat(cx.arena, lsat_6);
	(void)state;
	struct calibration k = run(&cx, IRT_RASCH, &r, NULL);
	expect_near(k.loglik, -2466.938, 0.001);
	expect_near(k.aic, 4945.875, 0.001);
	expect_near(k.bic, 4975.322, 0.001);
	assert_int_equal(k.parameters, 6);
	for (size_t i = 0; i < 5; i++) {
		expect_near(k.items[i].a, 0.755, 0.0005);
		expect_near(-k.items[i].a * k.items[i].b[0], d[i], 0.001);
		expect_near(k.se[i].a, k.se[0].a, 0);
	}
	arena_free(cx.arena);
}

/* R's mirt 1.45 (LSAT7): log-likelihood -2658.805, AIC 5337.61, BIC 5386.688; 95 % intervals of the slopes 0.639 … 1.336, 0.755 … 1.407, 1.086 … 2.329,
 * 0.500 … 1.030, 0.437 … 1.034. */
static void lsat_7_as_in_the_literature(void **state)
{
	static const double a[] = { 0.988, 1.081, 1.707, 0.765, 0.736 }, d[] = { 1.856, 0.808, 1.805, 0.486, 1.854 };
	static const double low[] = { 0.639, 0.755, 1.086, 0.500, 0.437 }, high[] = { 1.336, 1.407, 2.329, 1.030, 1.034 };
	struct ctx cx = { .arena = arena_new() };
	struct responses r = lsat(cx.arena, lsat_7);
	(void)state;
	struct calibration k = run(&cx, IRT_2PL, &r, NULL);
	expect_near(k.loglik, -2658.805, 0.001);
	expect_near(k.aic, 5337.610, 0.001);
	expect_near(k.bic, 5386.688, 0.001);
	for (size_t i = 0; i < 5; i++) {
		expect_near(k.items[i].a, a[i], 0.001);
		expect_near(-k.items[i].a * k.items[i].b[0], d[i], 0.001);
		expect_near(2 * 1.959964 * k.se[i].a, high[i] - low[i], 0.017);
	}
	arena_free(cx.arena);
}

/* mirt's estimates for the 3PL of LSAT7 without priors, as kept among the tests of jMetrik (Meyer): item 2 has 1.947, -0.042 and 0.298; the other c
 * are 0.003 … 0.019, on their way to 0. Here they arrive. */
static void guessing_without_priors_goes_to_its_bound(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct responses r = lsat(cx.arena, lsat_7);
	(void)state;
	struct calibration k = run(&cx, IRT_3PL, &r, NULL);
	assert_true(k.loglik > -2658.805);
	assert_int_equal(k.parameters, 15);
	expect_near(k.items[1].a, 1.947, 0.01);
	expect_near(k.items[1].b[0], -0.042, 0.003);
	expect_near(k.items[1].c, 0.298, 0.002);
	assert_false(k.c_at_bound[1]);
	for (size_t i = 0; i < 5; i++)
		assert_true(i == 1 || (k.c_at_bound[i] && fabs(k.items[i].c - C_LEAST) < 1e-9));
	arena_free(cx.arena);
}

/* R's mirt 1.45 (Science): graded log-likelihood -1608.870, BIC 3313.279, slopes 1.0418, 1.2260, 2.2934, 1.0949; gpcm -1612.683, slopes 0.865, 0.841,
 * 2.204, 0.724, item Work d1 … d3 1.711, 2.578, 0.848; equal categories and totals are checked in classical_test.c. mirt stops at changes of 1e-4, so
 * its log-likelihoods lie a little lower, and where the likelihood is flat (the steep slope of Future, standard error 0.4) its estimates off the top. */
static void science_as_in_the_literature(void **state)
{
	static const double graded[] = { 1.0418, 1.2260, 2.2934, 1.0949 }, partial[] = { 0.865, 0.841, 2.204, 0.724 }, d[] = { 1.711, 2.578, 0.848 };
	struct ctx cx = { .arena = arena_new() };
	struct responses r = science_responses(cx.arena);
	(void)state;
	struct calibration k = run(&cx, IRT_GRM, &r, NULL);
	expect_near(k.loglik, -1608.870, 0.001);
	assert_true(k.loglik > -1608.8705);
	expect_near(k.bic, 3313.279, 0.002);
	assert_int_equal(k.parameters, 16);
	for (size_t i = 0; i < 4; i++)
		expect_near(k.items[i].a, graded[i], 0.008);
	/* mirt's slope 1.226 and intercepts of Work: b = -d / a. */
	expect_near(k.items[1].b[0], -2.385, 0.01);
	k = run(&cx, IRT_GPCM, &r, NULL);
	expect_near(k.loglik, -1612.683, 0.002);
	for (size_t i = 0; i < 4; i++)
		expect_near(k.items[i].a, partial[i], i == 2 ? 0.04 : 0.006);
	double sum = 0;
	for (int m = 0; m < 3; m++) {
		sum -= k.items[1].a * k.items[1].b[m];
		expect_near(sum, d[m], 0.005);
	}
	arena_free(cx.arena);
}

/* With two categories the polytomous models are the 2PL. */
static void models_meet_where_they_are_the_same(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct responses r = lsat(cx.arena, lsat_7);
	(void)state;
	struct calibration two = run(&cx, IRT_2PL, &r, NULL), graded = run(&cx, IRT_GRM, &r, NULL), partial = run(&cx, IRT_GPCM, &r, NULL);
	expect_near(graded.loglik, two.loglik, 1e-8);
	expect_near(partial.loglik, two.loglik, 1e-8);
	for (size_t i = 0; i < 5; i++) {
		expect_near(graded.items[i].a, two.items[i].a, 1e-6);
		expect_near(partial.items[i].b[0], two.items[i].b[0], 1e-6);
		expect_near(partial.se[i].b[0], two.se[i].b[0], 1e-6);
	}
	arena_free(cx.arena);
}

/* ── derivatives ── */

static struct marginal *marginal_of(struct arena *a, const struct irt_item *items, const struct irt_item *const *fixed, size_t n, size_t people, double missing)
{
	struct simulation s = { 5 };
	struct marginal *m = ARENA_NEW(a, struct marginal);
	struct responses r = simulate_responses(a, &s, items, n, people);
	int8_t *x = (int8_t *)(uintptr_t)r.x;
	for (size_t k = 0; k < people * n; k++)
		if (simulate_uniform(&s) < missing)
			x[k] = NOT_ANSWERED;
	m->arena = a;
	m->threads = 2;
	m->fixed = fixed;
	m->r = responses_collapse(a, &r);
	for (size_t i = 0; i < n; i++)
		m->form[i] = item_form_of(items[i].model, items[i].categories);
	marginal_begin(m);
	return m;
}

/* The gradient against differences of the log-likelihood, the information (Louis) against differences of the gradient. */
static void derivatives_are_those_of(enum irt_model model, int categories, double missing, size_t anchors)
{
	enum { ITEMS = 7 };
	const struct irt_item *fixed[ITEMS] = { NULL };
	struct arena *a = arena_new();
	struct simulation s = { 11 };
	struct irt_item items[ITEMS];
	for (size_t i = 0; i < ITEMS; i++)
		items[i] = simulate_item(&s, model, i == 2 ? 2 : categories);
	for (size_t i = 0; i < anchors; i++)
		fixed[i] = &items[i];
	struct marginal *m = marginal_of(a, items, anchors ? fixed : NULL, ITEMS, 700, missing);
	size_t n = m->pars;
	double *par = ARENA_ARRAY(a, double, n), *g = ARENA_ARRAY(a, double, n), *up = ARENA_ARRAY(a, double, n), *down = ARENA_ARRAY(a, double, n);
	double *information = ARENA_ARRAY(a, double, n *n), own[PARS_MAX], step = 1e-4;
	for (size_t i = 0; i < ITEMS; i++) {
		item_par_of(&items[i], own);
		for (int k = 0; i >= anchors && k < m->form[i].pars; k++)
			par[m->at[m->first[i] + (size_t)k]] = own[k] + 0.02;
	}
	if (anchors) {
		par[m->mean] = 0.2;
		par[m->sd] = 1.1;
	}
	marginal_expect(m, par);
	marginal_gradient(m, par, g);
	marginal_information(m, par, information);
	for (size_t k = 0; k < n; k++) {
		double was = par[k];
		par[k] = was + step;
		double high = marginal_expect(m, par).loglik;
		marginal_gradient(m, par, up);
		par[k] = was - step;
		double low = marginal_expect(m, par).loglik;
		marginal_gradient(m, par, down);
		par[k] = was;
		expect_near((high - low) / (2 * step), g[k], 2e-4);
		for (size_t j = 0; j < n; j++)
			expect_near(-(up[j] - down[j]) / (2 * step), information[j * n + k], 1e-3);
	}
	arena_free(a);
}

static void derivatives_are_exact(void **state)
{
	(void)state;
	derivatives_are_those_of(IRT_RASCH, 2, 0, 0);
	derivatives_are_those_of(IRT_2PL, 2, 0.1, 0);
	derivatives_are_those_of(IRT_3PL, 2, 0, 0);
	derivatives_are_those_of(IRT_GRM, 5, 0.1, 0);
	derivatives_are_those_of(IRT_GPCM, 4, 0, 0);
	derivatives_are_those_of(IRT_3PL, 2, 0, 3);
	derivatives_are_those_of(IRT_GRM, 4, 0.1, 3);
	derivatives_are_those_of(IRT_GPCM, 3, 0, 7);
}

/* ── promises ── */

/* More people than one block of the information holds, and answers missing here and there. */
static void threads_do_not_change_a_bit(void **state)
{
	enum { ITEMS = 12, PEOPLE = 9000 };
	struct ctx cx = { .arena = arena_new() };
	struct simulation s = { 3 };
	struct irt_item items[ITEMS];
	(void)state;
	for (size_t i = 0; i < ITEMS; i++)
		items[i] = simulate_item(&s, IRT_GRM, 3);
	struct responses r = simulate_responses(cx.arena, &s, items, ITEMS, PEOPLE);
	struct calibration k[3];
	for (int t = 0; t < 3; t++) {
		struct calibration_options o = { .model = IRT_GRM, .threads = (int[]){ 1, 2, 5 }[t] };
		assert_int_equal(calibrate(&cx, &r, &o, &k[t]), OK);
		assert_memory_equal(k[t].items, k[0].items, ITEMS * sizeof *k[0].items);
		assert_memory_equal(k[t].se, k[0].se, ITEMS * sizeof *k[0].se);
		assert_memory_equal(&k[t].loglik, &k[0].loglik, sizeof k[0].loglik);
		assert_memory_equal(&k[t].reliability, &k[0].reliability, sizeof k[0].reliability);
	}
	arena_free(cx.arena);
}

/* A frequency is that many people one by one. */
static void frequencies_are_people(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct responses r = lsat(cx.arena, lsat_7);
	int8_t *x = ARENA_ARRAY(cx.arena, int8_t, 5000);
	size_t n = 0;
	(void)state;
	for (size_t row = 0; row < r.rows; row++)
		for (int k = 0; k < (int)r.weight[row]; k++)
			memcpy(x + 5 * n++, r.x + row * 5, 5);
	assert_int_equal(n, 1000);
	struct responses single = { n, 5, x, NULL };
	struct calibration a = run(&cx, IRT_2PL, &r, NULL), b = run(&cx, IRT_2PL, &single, NULL);
	assert_memory_equal(a.items, b.items, 5 * sizeof *a.items);
	assert_int_equal(b.patterns, r.rows);
	arena_free(cx.arena);
}

/* Half of the people see each of the later items: what is estimated is the same, less precisely. */
static void missing_answers_do_not_bend_the_estimates(void **state)
{
	enum { ITEMS = 15, PEOPLE = 4000 };
	struct ctx cx = { .arena = arena_new() };
	struct simulation s = { 8 };
	struct irt_item items[ITEMS];
	(void)state;
	for (size_t i = 0; i < ITEMS; i++)
		items[i] = simulate_item(&s, IRT_2PL, 2);
	struct responses r = simulate_responses(cx.arena, &s, items, ITEMS, PEOPLE);
	struct calibration whole = run(&cx, IRT_2PL, &r, NULL);
	int8_t *x = (int8_t *)(uintptr_t)r.x;
	for (size_t k = 0; k < (size_t)PEOPLE * ITEMS; k++)
		if (k % ITEMS >= 5 && simulate_uniform(&s) < 0.5)
			x[k] = NOT_ANSWERED;
	struct calibration part = run(&cx, IRT_2PL, &r, NULL);
	for (size_t i = 0; i < ITEMS; i++) {
		expect_near(part.items[i].b[0], whole.items[i].b[0], 3 * part.se[i].b[0]);
		expect_near(part.items[i].a, whole.items[i].a, 3 * part.se[i].a);
		assert_true(i < 5 || part.se[i].a > whole.se[i].a);
	}
	arena_free(cx.arena);
}

/* For a prior alone (as good as no data) the estimates would be its mode; here it draws slopes towards 1 and c towards 0.2. */
static void priors_draw_to_what_is_usual(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct responses r = lsat(cx.arena, lsat_7);
	(void)state;
	struct calibration free = run(&cx, IRT_2PL, &r, NULL), held = run(&cx, IRT_2PL, &r, &irt_prior_usual);
	assert_true(held.loglik < free.loglik);
	assert_true(held.items[2].a < free.items[2].a && held.items[2].a > 1);
	for (size_t i = 0; i < 5; i++)
		assert_true(held.se[i].a < free.se[i].a);
	struct calibration guessed = run(&cx, IRT_3PL, &r, &irt_prior_usual);
	for (size_t i = 0; i < 5; i++) {
		assert_false(guessed.c_at_bound[i]);
		expect_near(guessed.items[i].c, 0.19, 0.03);
	}
	arena_free(cx.arena);
}

/* Simulated people: the errors are as large as the standard errors say. Bias, RMSE and coverage of more and larger tests: test/bench/calibration. */
static void truth_is_found_again(void **state)
{
	static const struct {
		enum irt_model model;
		int categories;
	} v[] = { { IRT_RASCH, 2 }, { IRT_2PL, 2 }, { IRT_3PL, 2 }, { IRT_GRM, 4 }, { IRT_GPCM, 4 } };
	enum { ITEMS = 20, PEOPLE = 2000 };
	(void)state;
	for (size_t t = 0; t < COUNT(v); t++) {
		struct ctx cx = { .arena = arena_new() };
		struct simulation s = { 100 + t };
		struct irt_item items[ITEMS];
		double z = 0, bias = 0, n = 0, covered = 0;
		for (size_t i = 0; i < ITEMS; i++)
			items[i] = simulate_item(&s, v[t].model, v[t].categories);
		struct responses r = simulate_responses(cx.arena, &s, items, ITEMS, PEOPLE);
		struct calibration k = run(&cx, v[t].model, &r, v[t].model == IRT_3PL ? &irt_prior_usual : NULL);
		for (size_t i = 0; i < ITEMS * (size_t)(v[t].categories - 1); i++) {
			size_t item = i % ITEMS, m = i / ITEMS;
			double off = (k.items[item].b[m] - items[item].b[m]) / k.se[item].b[m];
			z += off * off;
			bias += k.items[item].b[m] - items[item].b[m];
			covered += fabs(off) < 1.959964;
			n++;
		}
		print_message("model %d: mean z² %.2f, bias %+.3f, %.0f of %.0f intervals hold the truth\n", v[t].model, z / n, bias / n, covered, n);
		assert_true(z / n > 0.3 && z / n < 2);
		assert_true(covered / n > 0.84);
		expect_near(bias / n, 0, 0.08);
		assert_true(k.reliability > 0.7 && k.reliability < 0.95);
		arena_free(cx.arena);
	}
}

/* New items answered by a stronger, more varied population beside old ones: they come out on the old scale, and the population is seen. */
static void anchors_hold_the_scale(void **state)
{
	static const enum irt_model models[] = { IRT_2PL, IRT_GRM, IRT_GPCM };
	enum { ITEMS = 20, PEOPLE = 3000 };
	(void)state;
	for (size_t m = 0; m < COUNT(models); m++) {
		struct ctx cx = { .arena = arena_new() };
		struct simulation s = { 60 + m };
		struct irt_item items[ITEMS];
		const struct irt_item *fixed[ITEMS] = { NULL };
		int8_t *x = ARENA_ARRAY(cx.arena, int8_t, PEOPLE * ITEMS);
		double z = 0, n = 0;
		for (size_t i = 0; i < ITEMS; i++) {
			items[i] = simulate_item(&s, models[m], models[m] == IRT_2PL ? 2 : 3);
			fixed[i] = i % 2 ? &items[i] : NULL;
		}
		for (size_t row = 0; row < PEOPLE; row++) {
			double theta = 0.7 + 1.3 * simulate_normal(&s);
			for (size_t i = 0; i < ITEMS; i++)
				x[row * ITEMS + i] = (int8_t)simulate_answer(&s, &items[i], theta);
		}
		struct responses r = { PEOPLE, ITEMS, x, NULL };
		struct calibration_options o = { .model = models[m], .fixed = fixed, .threads = 2 };
		struct calibration k;
		assert_int_equal(calibrate(&cx, &r, &o, &k), OK);
		expect_near(k.mean, 0.7, 3 * k.mean_se);
		expect_near(k.sd, 1.3, 3 * k.sd_se);
		assert_true(k.mean_se > 0.01 && k.mean_se < 0.05 && k.sd_se > 0.01 && k.sd_se < 0.05);
		assert_int_equal(k.parameters, 2 + ITEMS / 2 * (models[m] == IRT_2PL ? 2 : 3));
		for (size_t i = 0; i < ITEMS; i++) {
			if (i % 2) {
				assert_memory_equal(&k.items[i], &items[i], sizeof items[i]);
				continue;
			}
			double off = (k.items[i].b[0] - items[i].b[0]) / k.se[i].b[0];
			z += off * off;
			n++;
			expect_near(k.items[i].a, items[i].a, 4 * k.se[i].a);
		}
		print_message("model %d: mean %.3f (0.7), sd %.3f (1.3), mean z² of new b %.2f\n", models[m], k.mean, k.sd, z / n);
		assert_true(z / n < 2.2);
		arena_free(cx.arena);
	}
}

/* ── what is refused ── */

static void expect_refused(enum irt_model model, size_t rows, size_t items, const int8_t *x, const char *sentence)
{
	struct ctx cx = { .arena = arena_new() };
	struct responses r = { rows, items, x, NULL };
	struct calibration_options o = { .model = model, .threads = 1 };
	struct calibration k;
	assert_int_equal(calibrate(&cx, &r, &o, &k), ERR_INVALID);
	assert_non_null(strstr(said(&cx), sentence));
	arena_free(cx.arena);
}

static void what_says_nothing_is_refused_with_a_sentence(void **state)
{
	int8_t x[60 * 4];
	(void)state;
	memset(x, NOT_ANSWERED, sizeof x);
	expect_refused(IRT_2PL, 60, 4, x, "nobody answered anything");
	expect_refused(IRT_2PL, 0, 4, x, "nobody answered anything");
	expect_refused(IRT_RASCH, 60, 1, x, "at least {least} items");
	expect_refused(IRT_2PL, 60, 2, x, "at least {least} items");
	for (size_t k = 0; k < sizeof x; k++)
		x[k] = (int8_t)(k * 7 / 4 % 2);
	for (size_t row = 0; row < 60; row++)
		x[row * 4 + 1] = NOT_ANSWERED;
	expect_refused(IRT_2PL, 60, 4, x, "nobody answered this item");
	for (size_t row = 0; row < 60; row++)
		x[row * 4 + 1] = 1;
	expect_refused(IRT_2PL, 60, 4, x, "gave the same answer");
	for (size_t row = 0; row < 60; row++)
		x[row * 4 + 1] = (int8_t)(row % 2 * 2);
	expect_refused(IRT_GRM, 60, 4, x, "a category below the highest was given by nobody");
	x[1] = 1;
	expect_refused(IRT_2PL, 60, 4, x, "more than two categories");
	expect_refused(IRT_GRM, 5, 4, x, "too few");
}

/* All right or all wrong: any slope is too small. And answers by the throw of a coin leave nothing to find. */
static void what_runs_away_is_refused_with_a_sentence(void **state)
{
	int8_t x[100 * 4];
	(void)state;
	for (size_t k = 0; k < sizeof x; k++)
		x[k] = (int8_t)(k / 4 % 2);
	expect_refused(IRT_2PL, 100, 4, x, "run away");
	expect_refused(IRT_RASCH, 100, 4, x, "run away");
	expect_refused(IRT_GPCM, 100, 4, x, "run away");
}

/* People who got everything right or wrong say much about items and stay in. */
static void extreme_people_count(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct responses r = lsat(cx.arena, lsat_6);
	(void)state;
	assert_int_equal(r.weight[r.rows - 1], 298);
	struct calibration k = run(&cx, IRT_RASCH, &r, NULL);
	expect_near(k.people, 1000, 0);
	arena_free(cx.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lsat_6_as_in_the_literature),
		cmocka_unit_test(one_slope_for_all_is_raschs_model),
		cmocka_unit_test(lsat_7_as_in_the_literature),
		cmocka_unit_test(guessing_without_priors_goes_to_its_bound),
		cmocka_unit_test(science_as_in_the_literature),
		cmocka_unit_test(models_meet_where_they_are_the_same),
		cmocka_unit_test(derivatives_are_exact),
		cmocka_unit_test(threads_do_not_change_a_bit),
		cmocka_unit_test(frequencies_are_people),
		cmocka_unit_test(missing_answers_do_not_bend_the_estimates),
		cmocka_unit_test(priors_draw_to_what_is_usual),
		cmocka_unit_test(truth_is_found_again),
		cmocka_unit_test(anchors_hold_the_scale),
		cmocka_unit_test(what_says_nothing_is_refused_with_a_sentence),
		cmocka_unit_test(what_runs_away_is_refused_with_a_sentence),
		cmocka_unit_test(extreme_people_count),
	};
	return cmocka_run_group_tests_name("psychometrics/calibration", tests, NULL, NULL);
}
