/* Tests of adaptive tests: one person's, and simulated people's. */
#include "psychometrics/psychometrics_check.h"

#include "psychometrics/adaptive_simulation.h"
#include "psychometrics/simulate.h"

static struct adaptive_bank bank_of(struct ctx *cx, const struct adaptive_item *items, size_t n, const struct adaptive_enemies *enemies, size_t n_enemies)
{
	struct adaptive_bank b;
	assert_int_equal(adaptive_bank_make(cx, items, n, enemies, n_enemies, true, &b), OK);
	return b;
}

/* n made-up items whose parts take turns. */
static struct adaptive_bank made_up(struct ctx *cx, size_t n, enum irt_model model, int categories, int parts)
{
	struct simulation s = { 20261129 };
	struct adaptive_item *items = ARENA_ARRAY(cx->arena, struct adaptive_item, n);
	for (size_t i = 0; i < n; i++)
		items[i] = (struct adaptive_item){ simulate_item(&s, model, categories), (int)(i % (size_t)parts) };
	return bank_of(cx, items, n, NULL, 0);
}

/* Rasch items, evenly from -4 to 4. */
static struct adaptive_bank even(struct ctx *cx, size_t n, double a)
{
	struct adaptive_item *items = ARENA_ARRAY(cx->arena, struct adaptive_item, n);
	for (size_t i = 0; i < n; i++)
		items[i].irt = (struct irt_item){ .model = IRT_RASCH, .categories = 2, .a = a, .b = { n > 1 ? 8.0 * (double)i / (double)(n - 1) - 4 : 0 } };
	return bank_of(cx, items, n, NULL, 0);
}

static struct adaptive_session session_of(struct ctx *cx, const struct adaptive_bank *b, const struct adaptive_plan *p, uint64_t seed)
{
	struct adaptive_session s;
	assert_int_equal(adaptive_plan_check(cx, p), OK);
	adaptive_session_make(cx->arena, b, p, &s);
	adaptive_begin(&s, seed);
	return s;
}

/* To the end; theta answers. */
static enum adaptive_stop sit(struct adaptive_session *s, double theta, uint64_t seed)
{
	struct simulation chance = { seed };
	enum adaptive_stop stop;
	size_t item;
	while ((stop = adaptive_next(s, INT64_MAX, &item)) == ADAPTIVE_GOES_ON)
		assert_true(adaptive_answer(s, item, simulate_answer(&chance, &s->bank->items[item], theta)));
	return stop;
}

static void what_is_known_is_what_the_answers_say(void **state)
{
	static const enum irt_model models[] = { IRT_RASCH, IRT_2PL, IRT_3PL, IRT_GRM, IRT_GPCM };
	struct ctx cx = { .arena = arena_new() };
	(void)state;
	for (size_t m = 0; m < COUNT(models); m++)
		for (int warm = 0; warm < 2; warm++) {
			struct adaptive_bank b = made_up(&cx, 60, models[m], irt_is_polytomous(models[m]) ? 4 : 2, 1);
			struct adaptive_plan p = { .longest = 15, .method = warm ? ABILITY_WLE : ABILITY_EAP };
			struct adaptive_session s = session_of(&cx, &b, &p, 1);
			struct irt_item items[15];
			assert_int_equal(sit(&s, 0.7, 5), ADAPTIVE_LONGEST);
			for (size_t j = 0; j < 15; j++)
				items[j] = b.items[s.item[j]];
			struct ability want = ability_of(items, 15, s.answer, p.method), got = adaptive_result(&s).ability;
			assert_true(want.known);
			expect_near(got.theta, want.theta, 1e-9);
			expect_near(got.se, want.se, 1e-9);
			assert_int_equal(got.answered, 15);
		}
	arena_free(cx.arena);
}

/* One right answer to an item of slope 1 and difficulty 0: the posterior is phi(t) 2 s(t); its mean is 2 E[t s(t)], by Stein's lemma 2 E[s'(t)], with
 * E[s'] = 0.2066211, the mean of the logistic density over N(0, 1); its mean square is 1. */
static void one_item_says_what_it_should(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct adaptive_bank b = even(&cx, 1, 1);
	struct adaptive_plan p = { .longest = 10 };
	struct adaptive_session s = session_of(&cx, &b, &p, 1);
	double slope = 0;
	size_t item = 9;
	(void)state;
	for (int i = -8000; i <= 8000; i++) {
		double t = i / 1000.0, e = exp(-t);
		slope += e / (1 + e) / (1 + e) * exp(-t * t / 2) / sqrt(2 * M_PI) / 1000;
	}
	expect_near(slope, 0.20662, 1e-5);
	assert_int_equal(adaptive_next(&s, INT64_MAX, &item), ADAPTIVE_GOES_ON);
	assert_int_equal(item, 0);
	assert_true(adaptive_answer(&s, 0, 1));
	expect_near(s.theta, 2 * slope, 1e-6);
	expect_near(s.se, sqrt(1 - 4 * slope * slope), 1e-6);
	assert_int_equal(adaptive_next(&s, INT64_MAX, &item), ADAPTIVE_EXHAUSTED);
	arena_free(cx.arena);
}

/* With items for every theta each answer brings the information a² / 4 at most, and nearly that; the population brings 1. */
static void plenty_of_rasch_items_bring_a_quarter_each(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct adaptive_bank b = even(&cx, 4001, 1.2);
	struct adaptive_plan p = { .longest = 50 };
	struct adaptive_session s = session_of(&cx, &b, &p, 1);
	double least = 1 / sqrt(1 + 50 * 1.2 * 1.2 / 4), mean = 0;
	(void)state;
	for (uint64_t seed = 1; seed <= 20; seed++) {
		adaptive_begin(&s, seed);
		assert_int_equal(sit(&s, 0.1 * (double)seed - 1, seed), ADAPTIVE_LONGEST);
		assert_true(s.se > 0.99 * least);
		mean += s.se / 20;
	}
	expect_near(mean, least, 0.04 * least);
	arena_free(cx.arena);
}

static void the_next_item_is_the_most_telling_at_the_estimate(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct adaptive_bank b = made_up(&cx, 300, IRT_3PL, 2, 1);
	struct adaptive_plan p = { .longest = 40, .start = -1.5 };
	struct adaptive_session s = session_of(&cx, &b, &p, 1);
	struct simulation chance = { 3 };
	bool given[300] = { false };
	size_t item;
	(void)state;
	while (adaptive_next(&s, INT64_MAX, &item) == ADAPTIVE_GOES_ON) {
		double at = s.n ? s.theta : -1.5, most = 0;
		for (size_t i = 0; i < 300; i++)
			most = given[i] ? most : fmax(most, irt_information(&b.items[i], at));
		assert_false(given[item]);
		assert_true(irt_information(&b.items[item], at) > 0.99 * most);
		given[item] = true;
		assert_true(adaptive_answer(&s, item, simulate_answer(&chance, &b.items[item], 0.5)));
	}
	assert_int_equal(s.n, 40);
	arena_free(cx.arena);
}

/* Near the estimate the Kullback-Leibler information is half of Fisher's times the square of the distance (Kullback 1959). */
static void over_a_small_interval_kl_is_fisher(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct adaptive_bank b = made_up(&cx, 300, IRT_GPCM, 3, 1);
	struct adaptive_plan fisher = { .longest = 30 }, kl = { .longest = 30, .choice = ADAPTIVE_KL, .kl_width = 0.01 };
	struct adaptive_session s = session_of(&cx, &b, &fisher, 1), other = session_of(&cx, &b, &kl, 1);
	struct simulation chance = { 3 };
	size_t item, item_kl, same = 0;
	(void)state;
	while (adaptive_next(&s, INT64_MAX, &item) == ADAPTIVE_GOES_ON) {
		assert_int_equal(adaptive_next(&other, INT64_MAX, &item_kl), ADAPTIVE_GOES_ON);
		double at = s.n ? rint(s.theta * 10) / 10 : 0;
		assert_true(irt_information(&b.items[item_kl], at) > 0.98 * irt_information(&b.items[item], at));
		same += item == item_kl;
		int answer = simulate_answer(&chance, &b.items[item], 0.5);
		assert_true(adaptive_answer(&s, item, answer) && adaptive_answer(&other, item, answer));
	}
	assert_true(same >= 27);
	arena_free(cx.arena);
}

/* The sum of the definition, for each item, over the interval of the first item: 3 to each side in steps of 0.2 (30 steps of 0.1 are more than 16). */
static void over_its_interval_kl_is_what_chang_and_ying_say(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct adaptive_bank b = made_up(&cx, 200, IRT_GRM, 4, 1);
	struct adaptive_plan p = { .longest = 30, .choice = ADAPTIVE_KL };
	struct adaptive_session s = session_of(&cx, &b, &p, 1);
	double most = -1;
	size_t item, want = 0;
	(void)state;
	for (size_t i = 0; i < 200; i++) {
		double here[CATEGORIES_MAX], there[CATEGORIES_MAX], index = 0;
		irt_probabilities(&b.items[i], 0, here, NULL, NULL);
		for (int d = -15; d <= 15; d++) {
			irt_probabilities(&b.items[i], 0.2 * d, there, NULL, NULL);
			for (int k = 0; k < 4; k++)
				index += here[k] * log(here[k] / there[k]);
		}
		if (index > most) {
			most = index;
			want = i;
		}
	}
	assert_int_equal(adaptive_next(&s, INT64_MAX, &item), ADAPTIVE_GOES_ON);
	assert_int_equal(item, want);
	arena_free(cx.arena);
}

static void the_same_answers_bring_the_same_next_item(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct adaptive_bank b = made_up(&cx, 200, IRT_2PL, 2, 3);
	double k[200];
	struct adaptive_plan p = { .longest = 25, .best_of = 6, .k = k, .parts = 3, .share = { 1, 1, 2 }, .choice = ADAPTIVE_KL };
	for (size_t i = 0; i < 200; i++)
		k[i] = i % 2 ? 0.4 : 1;
	struct adaptive_session s = session_of(&cx, &b, &p, 77), again = session_of(&cx, &b, &p, 5);
	struct simulation chance = { 3 };
	size_t item, same, differ = 0;
	(void)state;
	while (adaptive_next(&s, INT64_MAX, &item) == ADAPTIVE_GOES_ON) {
		assert_int_equal(adaptive_next(&s, INT64_MAX, &same), ADAPTIVE_GOES_ON);
		assert_int_equal(same, item);
		adaptive_begin(&again, 77);
		for (size_t j = 0; j < s.n; j++)
			assert_true(adaptive_answer(&again, s.item[j], s.answer[j]));
		assert_int_equal(adaptive_next(&again, INT64_MAX, &same), ADAPTIVE_GOES_ON);
		assert_int_equal(same, item);
		assert_true(again.theta == s.theta && again.se == s.se);
		adaptive_begin(&again, 78);
		for (size_t j = 0; j < s.n; j++)
			assert_true(adaptive_answer(&again, s.item[j], s.answer[j]));
		differ += adaptive_next(&again, INT64_MAX, &same) == ADAPTIVE_GOES_ON && same != item;
		assert_true(adaptive_answer(&s, item, simulate_answer(&chance, &b.items[item], 0)));
	}
	assert_true(differ > 10);
	arena_free(cx.arena);
}

static void a_blueprint_is_met_exactly_and_nearly_all_the_way(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct adaptive_bank b = made_up(&cx, 400, IRT_2PL, 2, 4);
	struct adaptive_plan p = { .longest = 20, .parts = 3, .share = { 3, 2, 5 }, .best_of = 5 };
	struct adaptive_session s = session_of(&cx, &b, &p, 1);
	(void)state;
	for (uint64_t seed = 1; seed <= 30; seed++) {
		struct simulation chance = { seed };
		size_t item;
		adaptive_begin(&s, seed);
		while (adaptive_next(&s, INT64_MAX, &item) == ADAPTIVE_GOES_ON) {
			assert_true(adaptive_answer(&s, item, simulate_answer(&chance, &b.items[item], 1)));
			for (int k = 0; k < 3; k++)
				assert_true((double)s.of_part[k] < p.share[k] / 10 * (double)s.n + 1);
		}
		assert_true(s.of_part[0] == 6 && s.of_part[1] == 4 && s.of_part[2] == 10 && s.of_part[3] == 0);
	}
	arena_free(cx.arena);
}

static void a_part_that_has_run_out_is_passed_over_and_told(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct adaptive_item items[40];
	struct simulation chance = { 4 };
	struct adaptive_plan p = { .longest = 20, .parts = 3, .share = { 1, 1, 0 } };
	(void)state;
	for (size_t i = 0; i < 40; i++)
		items[i] = (struct adaptive_item){ simulate_item(&chance, IRT_2PL, 2), i < 4 ? 0 : i < 18 ? 1 : 2 };
	struct adaptive_bank b = bank_of(&cx, items, 40, NULL, 0);
	struct adaptive_session s = session_of(&cx, &b, &p, 1);
	assert_int_equal(adaptive_lacking(&b, &p, 0), 6);
	assert_int_equal(adaptive_lacking(&b, &p, 1), 0);
	assert_int_equal(sit(&s, 0, 9), ADAPTIVE_EXHAUSTED);
	assert_true(s.of_part[0] == 4 && s.of_part[1] == 14 && s.of_part[2] == 0);
	struct adaptive_simulation r = adaptive_simulate(cx.arena, &b, &p, &(struct adaptive_simulation_options){ .people = 50, .seed = 1, .threads = 1 });
	assert_true(r.content_met == 0);
	arena_free(cx.arena);
}

static void enemies_never_meet(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct adaptive_item items[60];
	struct adaptive_enemies enemies[40];
	struct simulation chance = { 4 };
	struct adaptive_plan p = { .longest = 60 };
	(void)state;
	for (size_t i = 0; i < 60; i++)
		items[i].irt = simulate_item(&chance, IRT_2PL, 2), items[i].part = 0;
	/* Twenty triples in which the first is an enemy of both others. */
	for (uint32_t t = 0; t < 20; t++)
		for (uint32_t k = 0; k < 2; k++)
			enemies[2 * t + k] = (struct adaptive_enemies){ 3 * t, 3 * t + 1 + k };
	struct adaptive_bank b = bank_of(&cx, items, 60, enemies, 40);
	struct adaptive_session s = session_of(&cx, &b, &p, 1);
	assert_int_equal(sit(&s, 0, 9), ADAPTIVE_EXHAUSTED);
	bool given[60] = { false };
	for (size_t j = 0; j < s.n; j++)
		given[s.item[j]] = true;
	for (size_t t = 0; t < 20; t++)
		assert_true(given[3 * t] ? !given[3 * t + 1] && !given[3 * t + 2] : given[3 * t + 1] && given[3 * t + 2]);
	arena_free(cx.arena);
}

/* Who gets everything right or wrong, an empty bank, one item: always a figure. */
static void there_is_always_a_figure(void **state)
{
	static const enum irt_model models[] = { IRT_RASCH, IRT_3PL, IRT_GRM };
	struct ctx cx = { .arena = arena_new() };
	(void)state;
	for (size_t m = 0; m < COUNT(models); m++)
		for (int way = 0; way < 8; way++) {
			int categories = irt_is_polytomous(models[m]) ? 5 : 2;
			struct adaptive_bank b = made_up(&cx, 120, models[m], categories, 1);
			struct adaptive_plan p = { .longest = 120,
						   .classify = true,
						   .pass = 0,
						   .delta = 0.3,
						   .alpha = 1e-9,
						   .beta = 1e-9,
						   .shortest = 120,
						   .choice = way & 4 ? ADAPTIVE_KL : ADAPTIVE_FISHER,
						   .method = way & 2 ? ABILITY_WLE : ABILITY_EAP };
			struct adaptive_session s = session_of(&cx, &b, &p, 1);
			size_t item;
			while (adaptive_next(&s, INT64_MAX, &item) == ADAPTIVE_GOES_ON)
				assert_true(adaptive_answer(&s, item, way & 1 ? categories - 1 : 0));
			struct adaptive_result r = adaptive_result(&s);
			assert_int_equal(s.n, 120);
			assert_true(r.ability.known && isfinite(r.ability.theta) && isfinite(r.ability.se) && r.ability.se > 0);
			assert_true(way & 1 ? r.ability.theta > 2 && r.passed : r.ability.theta < -2 && !r.passed);
		}
	struct adaptive_bank none = bank_of(&cx, NULL, 0, NULL, 0);
	struct adaptive_plan p = { .longest = 10, .method = ABILITY_WLE, .choice = ADAPTIVE_KL, .classify = true, .delta = 0.3, .alpha = 0.05, .beta = 0.05 };
	struct adaptive_session s = session_of(&cx, &none, &p, 1);
	size_t item;
	assert_int_equal(adaptive_next(&s, INT64_MAX, &item), ADAPTIVE_EXHAUSTED);
	struct adaptive_result r = adaptive_result(&s);
	expect_near(r.ability.theta, 0, 1e-12);
	expect_near(r.ability.se, 1, 1e-6);
	assert_false(r.passed);
	struct adaptive_simulation_options o = { .people = 20, .seed = 1, .threads = 1 };
	struct adaptive_simulation sim = adaptive_simulate(cx.arena, &none, &p, &o);
	assert_true(sim.stopped[ADAPTIVE_EXHAUSTED] > 0.999 && sim.length_max == 0 && sim.overlap == 0 && sim.unused == 0 && isfinite(sim.rmse));
	assert_true(isfinite(adaptive_exposure(cx.arena, &none, &p, 0.2, &o).greatest));
	arena_free(cx.arena);
}

static void an_answer_that_cannot_be_changes_nothing(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct adaptive_bank b = made_up(&cx, 5, IRT_GRM, 3, 1);
	struct adaptive_plan p = { .longest = 5 };
	struct adaptive_session s = session_of(&cx, &b, &p, 1);
	(void)state;
	assert_true(adaptive_answer(&s, 2, 1));
	double theta = s.theta;
	assert_false(adaptive_answer(&s, 2, 1));
	assert_false(adaptive_answer(&s, 2, 2));
	assert_false(adaptive_answer(&s, 5, 0));
	assert_false(adaptive_answer(&s, 1, 3));
	assert_false(adaptive_answer(&s, 1, NOT_ANSWERED));
	assert_true(s.n == 1 && s.theta == theta);
	arena_free(cx.arena);
}

static void each_rule_ends_a_test_when_it_should(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct adaptive_bank b = even(&cx, 500, 1.5);
	struct adaptive_plan p = { .shortest = 3, .longest = 60, .se = 0.3 };
	struct adaptive_session s = session_of(&cx, &b, &p, 1);
	size_t item;
	(void)state;
	assert_int_equal(sit(&s, 0, 1), ADAPTIVE_PRECISE);
	assert_true(s.se <= 0.3 && s.n < 25);
	size_t enough = s.n;
	p.shortest = enough + 5;
	adaptive_begin(&s, 1);
	assert_int_equal(sit(&s, 0, 1), ADAPTIVE_PRECISE);
	assert_int_equal(s.n, enough + 5);
	p = (struct adaptive_plan){ .longest = 5, .se = 0.01 };
	adaptive_begin(&s, 1);
	assert_int_equal(adaptive_next(&s, 1, &item), ADAPTIVE_GOES_ON);
	assert_int_equal(adaptive_next(&s, 0, &item), ADAPTIVE_TIME);
	assert_int_equal(adaptive_next(&s, -100, &item), ADAPTIVE_TIME);
	assert_int_equal(sit(&s, 0, 1), ADAPTIVE_LONGEST);
	assert_int_equal(s.n, 5);
	/* Right answers to Rasch items: each adds log of s(a (pass + delta - b)) / s(a (pass - delta - b)), with log 19 or more at last. */
	p = (struct adaptive_plan){ .longest = 60, .classify = true, .pass = 0, .delta = 0.3, .alpha = 0.05, .beta = 0.05 };
	adaptive_begin(&s, 1);
	double sum = 0;
	while (adaptive_next(&s, INT64_MAX, &item) == ADAPTIVE_GOES_ON) {
		assert_true(sum < log(19));
		sum += log((1 + exp(1.5 * (0.3 + b.items[item].b[0]))) / (1 + exp(1.5 * (-0.3 + b.items[item].b[0]))));
		assert_true(adaptive_answer(&s, item, 1));
		expect_near(s.log_ratio, sum, 1e-9);
	}
	assert_true(sum >= log(19));
	assert_int_equal(adaptive_next(&s, INT64_MAX, &item), ADAPTIVE_PASSED);
	assert_true(adaptive_result(&s).passed);
	arena_free(cx.arena);
}

static void one_of_the_best_is_drawn_as_often_as_another(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct adaptive_bank b = made_up(&cx, 100, IRT_2PL, 2, 1);
	struct adaptive_plan p = { .longest = 10, .best_of = 5 };
	struct adaptive_session s = session_of(&cx, &b, &p, 1);
	double at[100], drawn[100] = { 0 };
	(void)state;
	for (size_t i = 0; i < 100; i++)
		at[i] = irt_information(&b.items[i], 0);
	for (uint64_t seed = 0; seed < 5000; seed++) {
		size_t item;
		adaptive_begin(&s, seed);
		assert_int_equal(adaptive_next(&s, INT64_MAX, &item), ADAPTIVE_GOES_ON);
		drawn[item]++;
	}
	for (size_t i = 0; i < 100; i++) {
		int better = 0;
		for (size_t j = 0; j < 100; j++)
			better += at[j] > at[i];
		if (better < 5)
			expect_near(drawn[i], 1000, 4 * sqrt(5000 * 0.2 * 0.8));
		else
			assert_true(drawn[i] == 0);
	}
	arena_free(cx.arena);
}

static void sympson_and_hetter_keep_items_below_the_rate(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct adaptive_bank b = made_up(&cx, 250, IRT_2PL, 2, 2);
	struct adaptive_plan p = { .longest = 20, .parts = 2, .share = { 1, 1 } };
	struct adaptive_simulation_options o = { .people = 1000, .seed = 3, .threads = 2 };
	struct adaptive_simulation free_choice = adaptive_simulate(cx.arena, &b, &p, &o);
	struct adaptive_exposure e = adaptive_exposure(cx.arena, &b, &p, 0.25, &o);
	(void)state;
	assert_true(e.held);
	p.k = e.k;
	o.seed = 99; /* other people than those who found it */
	struct adaptive_simulation r = adaptive_simulate(cx.arena, &b, &p, &o);
	print_message("greatest exposure %.3f, with Sympson and Hetter %.3f (rate 0.25); unused %.2f and %.2f; overlap %.2f and %.2f; RMSE %.3f and "
		      "%.3f\n",
		      free_choice.exposure_max, r.exposure_max, free_choice.unused, r.unused, free_choice.overlap, r.overlap, free_choice.rmse, r.rmse);
	assert_true(free_choice.exposure_max > 0.9);
	assert_true(r.exposure_max <= 0.25 + 4 * sqrt(0.25 * 0.75 / 1000));
	assert_true(r.unused < free_choice.unused && r.overlap < free_choice.overlap);
	assert_true(r.length_min == 20 && r.content_met == 1);
	o.people = 100;
	/* 20 of 250 must be 0.08 on the whole; less cannot be. */
	assert_false(adaptive_exposure(cx.arena, &b, &p, 0.05, &o).held);
	arena_free(cx.arena);
}

static void the_error_is_what_the_test_says_it_is(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct adaptive_bank b = made_up(&cx, 400, IRT_2PL, 2, 1);
	struct adaptive_plan p = { .longest = 60, .se = 0.3 };
	struct adaptive_simulation_options o = { .people = 1500, .n_thetas = 1, .thetas = &(double){ 0 }, .seed = 3, .threads = 2 };
	struct adaptive_simulation r = adaptive_simulate(cx.arena, &b, &p, &o);
	(void)state;
	print_message("bias %+.4f, RMSE %.4f, standard errors %.4f, length %.1f\n", r.bias, r.rmse, r.se, r.length_mean);
	expect_near(r.bias, 0, 4 * r.rmse / sqrt(1500));
	expect_near(r.rmse, r.se, 4 * r.rmse / sqrt(2 * 1500));
	assert_true(r.stopped[ADAPTIVE_PRECISE] > 0.98 && r.se <= 0.31);
	arena_free(cx.arena);
}

/* Bayes is right on the whole of the population, not at each theta: he leans to its mean. */
static void warm_does_not_lean_to_the_mean(void **state)
{
	static const double places[] = { -2.5, -1, 0, 1, 2.5 };
	struct ctx cx = { .arena = arena_new() };
	struct adaptive_bank b = made_up(&cx, 400, IRT_2PL, 2, 1);
	struct adaptive_plan p = { .longest = 25 };
	struct adaptive_simulation_options o = { .people = 400, .thetas = places, .n_thetas = 5, .seed = 3, .threads = 2 };
	struct adaptive_simulation bayes = adaptive_simulate(cx.arena, &b, &p, &o);
	p.method = ABILITY_WLE;
	struct adaptive_simulation warm = adaptive_simulate(cx.arena, &b, &p, &o);
	(void)state;
	for (size_t k = 0; k < 5; k++)
		print_message("theta %+.1f: bias of EAP %+.3f, of WLE %+.3f\n", places[k], bayes.places[k].bias, warm.places[k].bias);
	assert_true(bayes.places[0].bias > 0.1 && bayes.places[4].bias < -0.1);
	for (size_t k = 0; k < 5; k++)
		expect_near(warm.places[k].bias, 0, 4 * warm.places[k].rmse / sqrt(400));
	arena_free(cx.arena);
}

static void errors_of_the_decision_stay_below_what_was_asked(void **state)
{
	static const double places[] = { -0.3, 0.3 };
	struct ctx cx = { .arena = arena_new() };
	struct adaptive_bank b = even(&cx, 1500, 1.5);
	struct adaptive_plan p = { .longest = 200, .classify = true, .pass = 0, .delta = 0.3, .alpha = 0.05, .beta = 0.1 };
	struct adaptive_simulation_options o = { .people = 1000, .thetas = places, .n_thetas = 2, .seed = 8, .threads = 2 };
	struct adaptive_simulation r = adaptive_simulate(cx.arena, &b, &p, &o);
	(void)state;
	print_message("passed below %.3f (alpha 0.05), failed above %.3f (beta 0.1), mean length there %.1f and %.1f, of all %.1f; accuracy %.3f\n",
		      r.places[0].passed, 1 - r.places[1].passed, r.places[0].length, r.places[1].length, r.length_mean, r.accuracy);
	assert_true(r.places[0].passed <= 0.05 + 3 * sqrt(0.05 * 0.95 / 1000));
	assert_true(1 - r.places[1].passed <= 0.1 + 3 * sqrt(0.1 * 0.9 / 1000));
	assert_true(r.places[0].passed > 0.01 && 1 - r.places[1].passed > 0.02);
	assert_true(r.length_mean < r.places[0].length);
	expect_near(r.accuracy + r.false_pass + r.false_fail, 1, 1e-9);
	arena_free(cx.arena);
}

static void overlap_is_one_for_one_paper_and_length_by_bank_for_chance(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct adaptive_bank b = even(&cx, 50, 1);
	struct adaptive_plan p = { .longest = 50 };
	struct adaptive_simulation_options o = { .people = 300, .seed = 8, .threads = 1 };
	struct adaptive_simulation r = adaptive_simulate(cx.arena, &b, &p, &o);
	(void)state;
	expect_near(r.overlap, 1, 1e-9);
	assert_true(r.exposure_max == 1 && r.unused == 0);
	p = (struct adaptive_plan){ .longest = 10, .best_of = ADAPTIVE_BEST_MAX };
	r = adaptive_simulate(cx.arena, &b, &p, &o);
	expect_near(r.overlap, 0.2, 0.005);
	expect_near(r.exposure_mean, 0.2, 1e-9);
	arena_free(cx.arena);
}

static void threads_do_not_change_a_bit(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct adaptive_bank b = made_up(&cx, 150, IRT_GPCM, 3, 2);
	struct adaptive_plan p = { .longest = 12, .se = 0.35, .best_of = 4, .choice = ADAPTIVE_KL, .parts = 2, .share = { 1, 2 } };
	struct adaptive_simulation_options o = { .people = 60, .seed = 8, .threads = 1 };
	struct adaptive_exposure one = adaptive_exposure(cx.arena, &b, &p, 0.3, &o);
	p.k = one.k;
	struct adaptive_simulation r = adaptive_simulate(cx.arena, &b, &p, &o);
	(void)state;
	for (o.threads = 2; o.threads < 6; o.threads += 3) {
		struct adaptive_exposure many = adaptive_exposure(cx.arena, &b, &p, 0.3, &o);
		struct adaptive_simulation other = adaptive_simulate(cx.arena, &b, &p, &o);
		assert_memory_equal(many.k, one.k, 150 * sizeof *one.k);
		assert_memory_equal(other.exposure, r.exposure, 150 * sizeof *r.exposure);
		assert_memory_equal(other.places, r.places, r.n_places * sizeof *r.places);
		assert_memory_equal(other.stopped, r.stopped, sizeof r.stopped);
		assert_true(other.rmse == r.rmse && other.bias == r.bias && other.overlap == r.overlap);
	}
	arena_free(cx.arena);
}

static void what_is_no_item_and_no_plan_is_refused_with_a_sentence(void **state)
{
	static const struct {
		struct adaptive_item item;
		const char *sentence;
	} items[] = {
		{ { { IRT_2PL, 2, NAN, { 0 } }, 0 }, "must be finite" },
		{ { { IRT_2PL, 2, 1, { INFINITY } }, 0 }, "must be finite" },
		{ { { IRT_GRM, 3, 1, { 1, 1 } }, 0 }, "thresholds in their order" },
		{ { { IRT_2PL, 3, 1, { 0 } }, 0 }, "categories" },
		{ { { IRT_GRM, 11, 1, { 0 } }, 0 }, "categories" },
		{ { { IRT_GRM, 1, 1, { 0 } }, 0 }, "categories" },
		{ { { IRT_3PL, 2, 1, { 0 }, 1 }, 0 }, "guessing" },
		{ { { IRT_3PL, 2, 1, { 0 }, NAN }, 0 }, "guessing" },
		{ { { IRT_2PL, 2, 1, { 0 } }, -1 }, "part" },
		{ { { IRT_2PL, 2, 1, { 0 } }, ADAPTIVE_PARTS_MAX }, "part" },
	};
	static const struct {
		struct adaptive_plan plan;
		const char *field;
	} plans[] = {
		{ { .longest = 0 }, "longest" },
		{ { .longest = ADAPTIVE_LENGTH_MAX + 1 }, "longest" },
		{ { .longest = 5, .shortest = 6 }, "shortest" },
		{ { .longest = 5, .start = NAN }, "start" },
		{ { .longest = 5, .se = -1 }, "se" },
		{ { .longest = 5, .se = NAN }, "se" },
		{ { .longest = 5, .kl_width = -1 }, "kl_width" },
		{ { .longest = 5, .method = ABILITY_ML }, "method" },
		{ { .longest = 5, .best_of = 51 }, "best_of" },
		{ { .longest = 5, .parts = 2 }, "share" },
		{ { .longest = 5, .parts = 2, .share = { 2, -1 } }, "share" },
		{ { .longest = 5, .parts = ADAPTIVE_PARTS_MAX + 1 }, "share" },
		{ { .longest = 5, .classify = true, .pass = NAN, .delta = 1, .alpha = 0.1, .beta = 0.1 }, "pass" },
		{ { .longest = 5, .classify = true, .delta = 0, .alpha = 0.1, .beta = 0.1 }, "delta" },
		{ { .longest = 5, .classify = true, .delta = 1, .alpha = 0.6, .beta = 0.1 }, "alpha" },
		{ { .longest = 5, .classify = true, .delta = 1, .alpha = 0.1, .beta = 0 }, "alpha" },
	};
	struct ctx cx = { .arena = arena_new() };
	struct adaptive_bank b;
	(void)state;
	for (size_t i = 0; i < COUNT(items); i++) {
		cx.n_failures = 0;
		assert_int_equal(adaptive_bank_make(&cx, &items[i].item, 1, NULL, 0, false, &b), ERR_INVALID);
		assert_non_null(strstr(said(&cx), items[i].sentence));
		assert_true(str_is(cx.failures[0].field, "1"));
	}
	for (size_t i = 0; i < COUNT(plans); i++) {
		cx.n_failures = 0;
		assert_int_equal(adaptive_plan_check(&cx, &plans[i].plan), ERR_INVALID);
		assert_true(str_is(cx.failures[0].field, plans[i].field));
	}
	cx.n_failures = 0;
	struct adaptive_item pair[2] = { { { IRT_2PL, 2, 1, { 0 } }, 0 }, { { IRT_3PL, 2, 1, { 0 } }, 0 } };
	assert_int_equal(adaptive_bank_make(&cx, pair, 2, &(struct adaptive_enemies){ 0, 2 }, 1, false, &b), ERR_INVALID);
	assert_int_equal(adaptive_bank_make(&cx, pair, 2, &(struct adaptive_enemies){ 1, 1 }, 1, false, &b), ERR_INVALID);
	assert_non_null(strstr(said(&cx), "enemy"));
	/* Without guessing a 3PL is a 2PL. */
	assert_int_equal(adaptive_bank_make(&cx, pair, 2, NULL, 0, false, &b), OK);
	assert_true(b.items[1].model == IRT_2PL);
	arena_free(cx.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_known_is_what_the_answers_say),
		cmocka_unit_test(one_item_says_what_it_should),
		cmocka_unit_test(plenty_of_rasch_items_bring_a_quarter_each),
		cmocka_unit_test(the_next_item_is_the_most_telling_at_the_estimate),
		cmocka_unit_test(over_a_small_interval_kl_is_fisher),
		cmocka_unit_test(over_its_interval_kl_is_what_chang_and_ying_say),
		cmocka_unit_test(the_same_answers_bring_the_same_next_item),
		cmocka_unit_test(a_blueprint_is_met_exactly_and_nearly_all_the_way),
		cmocka_unit_test(a_part_that_has_run_out_is_passed_over_and_told),
		cmocka_unit_test(enemies_never_meet),
		cmocka_unit_test(there_is_always_a_figure),
		cmocka_unit_test(an_answer_that_cannot_be_changes_nothing),
		cmocka_unit_test(each_rule_ends_a_test_when_it_should),
		cmocka_unit_test(one_of_the_best_is_drawn_as_often_as_another),
		cmocka_unit_test(sympson_and_hetter_keep_items_below_the_rate),
		cmocka_unit_test(the_error_is_what_the_test_says_it_is),
		cmocka_unit_test(warm_does_not_lean_to_the_mean),
		cmocka_unit_test(errors_of_the_decision_stay_below_what_was_asked),
		cmocka_unit_test(overlap_is_one_for_one_paper_and_length_by_bank_for_chance),
		cmocka_unit_test(threads_do_not_change_a_bit),
		cmocka_unit_test(what_is_no_item_and_no_plan_is_refused_with_a_sentence),
	};
	return cmocka_run_group_tests_name("psychometrics/adaptive", tests, NULL, NULL);
}
