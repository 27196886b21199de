/* calibration: how long item parameters of many people take, and how well they are found again; how long the next item of an adaptive test takes.
 *
 *   calibration [--recovery]    prints seconds for a 2PL of 50,000 × 60 (at most 5 are wanted) and a GRM of 20,000 × 40 with 5 categories (at most 10)
 *                               on two threads, how time grows with people, and microseconds from an answer to the next item out of a bank of 2,000 (at
 *                               most 200); --recovery: bias, RMSE and coverage of 95 % intervals of each model
 *                               over many simulated tests. */
#include "psychometrics/adaptive.h"
#include "psychometrics/calibration.h"
#include "psychometrics/simulate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static double now(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double timed(enum irt_model model, size_t people, size_t items, int categories, int threads)
{
	struct ctx cx = { .arena = arena_new() };
	struct simulation s = { .seed = 20261129 };
	struct calibration_options o = { .model = model, .threads = threads };
	struct calibration c;
	struct irt_item *truth = ARENA_ARRAY(cx.arena, struct irt_item, items);
	for (size_t i = 0; i < items; i++)
		truth[i] = simulate_item(&s, model, categories);
	struct responses r = simulate_responses(cx.arena, &s, truth, items, people);
	double from = now(CLOCK_MONOTONIC), worked = now(CLOCK_PROCESS_CPUTIME_ID);
	enum err e = calibrate(&cx, &r, &o, &c);
	double took = now(CLOCK_MONOTONIC) - from;
	worked = now(CLOCK_PROCESS_CPUTIME_ID) - worked;
	if (e == OK)
		printf("%-6s %7zu × %zu × %d, %d thread%s %6.2f s, %.2f s of processor  (%d E steps, %d Newton steps, last change %.1e)\n",
		       model == IRT_GRM ? "grm" : "2pl", people, items, categories, threads, threads == 1 ? ": " : "s:", took, worked, c.em_steps,
		       c.newton_steps, c.change);
	else
		printf("no result: %s\n", cx.failures[0].text);
	arena_free(cx.arena);
	return took;
}

static double squared(double x)
{
	return x * x;
}

/* One kind of parameter over all items and tests. */
struct tally {
	double n, error, square, covered;
};
static void tally_add(struct tally *t, double estimate, double truth, double se)
{
	t->n++;
	t->error += estimate - truth;
	t->square += squared(estimate - truth);
	t->covered += fabs(estimate - truth) < 1.959964 * se;
}

static void tally_print(const char *model, const char *what, const struct tally *t)
{
	printf("%-6s %s  bias %+.3f  RMSE %.3f  coverage %.1f %%\n", model, what, t->error / t->n, sqrt(t->square / t->n), 100 * t->covered / t->n);
}

static void recovery(const char *name, enum irt_model model, int categories, size_t people, int tests)
{
	enum { ITEMS = 20 };
	struct tally a = { 0 }, b = { 0 }, c = { 0 };
	int refused = 0;
	for (int t = 0; t < tests; t++) {
		struct ctx cx = { .arena = arena_new() };
		struct simulation s = { .seed = 1000 + (uint64_t)t };
		struct irt_item truth[ITEMS];
		struct calibration_options o = { .model = model, .prior = model == IRT_3PL ? &irt_prior_usual : NULL, .threads = 2 };
		struct calibration k;
		for (size_t i = 0; i < ITEMS; i++)
			truth[i] = simulate_item(&s, model, categories);
		struct responses r = simulate_responses(cx.arena, &s, truth, ITEMS, people);
		if (calibrate(&cx, &r, &o, &k) != OK)
			refused++;
		for (size_t i = 0; k.items && cx.n_failures == 0 && i < ITEMS; i++) {
			tally_add(&a, k.items[i].a, truth[i].a, k.se[i].a);
			for (int m = 0; m < categories - 1; m++)
				tally_add(&b, k.items[i].b[m], truth[i].b[m], k.se[i].b[m]);
			if (model == IRT_3PL)
				tally_add(&c, k.items[i].c, truth[i].c, k.se[i].c);
		}
		arena_free(cx.arena);
	}
	printf("%s: %d tests of %d items, %zu people, %d refused\n", name, tests, ITEMS, people, refused);
	tally_print(name, "a", &a);
	tally_print(name, "b", &b);
	if (c.n > 0)
		tally_print(name, "c", &c);
}

/* Microseconds from an answer to the next item: 100 people, 40 items each, five parts, one of the five best is drawn. The greatest of the means of one
 * kind of item and choice each. */
static double next_item(void)
{
	enum { BANK = 2000, PEOPLE = 100, LENGTH = 40 };
	static const enum irt_model models[] = { IRT_2PL, IRT_3PL, IRT_GRM };
	double most = 0;
	for (int way = 0; way < 6; way++) {
		struct ctx cx = { .arena = arena_new() };
		struct simulation chance = { .seed = 20261129 };
		struct adaptive_item *items = ARENA_ARRAY(cx.arena, struct adaptive_item, BANK);
		struct adaptive_plan plan = { .choice = way % 2 ? ADAPTIVE_KL : ADAPTIVE_FISHER, .longest = LENGTH, .best_of = 5, .parts = 5, .share = { 1, 1, 1, 1, 1 } };
		struct adaptive_bank bank;
		struct adaptive_session s;
		size_t item;
		for (size_t i = 0; i < BANK; i++)
			items[i] = (struct adaptive_item){ simulate_item(&chance, models[way / 2], way / 2 == 2 ? 4 : 2), (int)(i % 5) };
		double from = now(CLOCK_MONOTONIC), prepared, answering = 0;
		if (adaptive_bank_make(&cx, items, BANK, NULL, 0, true, &bank) != OK)
			return INFINITY;
		prepared = now(CLOCK_MONOTONIC) - from;
		adaptive_session_make(cx.arena, &bank, &plan, &s);
		from = now(CLOCK_MONOTONIC);
		for (uint64_t person = 0; person < PEOPLE; person++) {
			double theta = simulate_normal(&chance);
			for (adaptive_begin(&s, person); adaptive_next(&s, INT64_MAX, &item) == ADAPTIVE_GOES_ON;) {
				double begun = now(CLOCK_MONOTONIC);
				int answer = simulate_answer(&chance, &bank.items[item], theta);
				answering += now(CLOCK_MONOTONIC) - begun;
				adaptive_answer(&s, item, answer);
			}
		}
		double each = (now(CLOCK_MONOTONIC) - from - answering) / (PEOPLE * LENGTH) * 1e6;
		printf("%-6s bank of %d items made in %.0f ms; next item by %s: %.1f us\n", way / 2 == 0 ? "2pl" : way / 2 == 1 ? "3pl" : "grm", BANK, prepared * 1e3,
		       way % 2 ? "kl" : "fisher", each);
		most = fmax(most, each);
		arena_free(cx.arena);
	}
	return most;
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "--recovery") == 0) {
		recovery("rasch", IRT_RASCH, 2, 2000, 100);
		recovery("2pl", IRT_2PL, 2, 2000, 100);
		recovery("3pl", IRT_3PL, 2, 5000, 100);
		recovery("grm", IRT_GRM, 4, 2000, 100);
		recovery("gpcm", IRT_GPCM, 4, 2000, 100);
		return 0;
	}
	double small = timed(IRT_2PL, 12500, 60, 2, 2), twice = timed(IRT_2PL, 25000, 60, 2, 2), whole = timed(IRT_2PL, 50000, 60, 2, 2);
	printf("growth with people: × 2 takes × %.2f, × 4 takes × %.2f\n", twice / small, whole / small);
	timed(IRT_2PL, 50000, 60, 2, 1);
	double graded = timed(IRT_GRM, 20000, 40, 5, 2);
	printf("2pl 50,000 × 60: %.2f s of 5; grm 20,000 × 40 × 5: %.2f s of 10\n", whole, graded);
	double next = next_item();
	printf("next adaptive item from a bank of 2,000: %.1f us of 200\n", next);
	return whole > 5 || graded > 10 || next > 200;
}
