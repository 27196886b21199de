/* calibration: how long item parameters of many people take, and how well they are found again.
 *
 *   calibration [--recovery]    prints seconds for a 2PL of 50,000 × 60 (at most 5 are wanted) and a GRM of 20,000 × 40 with 5 categories (at most 10)
 *                               on two threads, and how time grows with people; --recovery: bias, RMSE and coverage of 95 % intervals of each model
 *                               over many simulated tests. */
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
	return whole > 5 || graded > 10;
}
