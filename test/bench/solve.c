/* solve: measures the optimisation floor. A line for each kind: how long from nothing, and again after one score changed.
 *
 *   solve            all kinds
 *   solve WORD       those whose names hold the word */
#include "base/clock.h"
#include "draw.h"
#include "solve/assignment.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* How a pair scores: officer i of n, post j of m. */
struct place {
	double x, y;
};
typedef double score_fn(struct draw *d, const struct place *at, size_t i, size_t j);

static double of_decimals(struct draw *d, const struct place *at, size_t i, size_t j)
{
	(void)at, (void)i, (void)j;
	return (double)(draw(d) % 100000) / 1000;
}

static double of_reals(struct draw *d, const struct place *at, size_t i, size_t j)
{
	(void)at, (void)i, (void)j;
	return draw_unit(d);
}

static double of_equals(struct draw *d, const struct place *at, size_t i, size_t j)
{
	(void)d, (void)at, (void)i, (void)j;
	return 1;
}

static double of_few(struct draw *d, const struct place *at, size_t i, size_t j)
{
	(void)at, (void)i, (void)j;
	return (double)(1 + draw(d) % 10);
}

static double of_product(struct draw *d, const struct place *at, size_t i, size_t j)
{
	(void)d, (void)at;
	return (double)((i + 1) * (j + 1));
}

static double of_product_against(struct draw *d, const struct place *at, size_t i, size_t j)
{
	(void)d, (void)at;
	return 1e8 - (double)((i + 1) * (j + 1));
}

static double of_distance(struct draw *d, const struct place *at, size_t i, size_t j)
{
	(void)d;
	return rint(1000 * (1500 - hypot(at[i].x - at[j].x, at[i].y - at[j].y))) / 1000;
}

static double of_costs(struct draw *d, const struct place *at, size_t i, size_t j)
{
	return -of_decimals(d, at, i, j);
}

struct kind {
	const char *name;
	size_t officers, posts, each; /* each: candidates of a post; 0: all */
	score_fn *score;
	bool fill;
};
static const struct kind kinds[] = {
	{ "sparse 10,000 x 10,000 x 50, decimals", 10000, 10000, 50, of_decimals, false },
	{ "sparse, decimals, fill", 10000, 10000, 50, of_decimals, true },
	{ "sparse, reals", 10000, 10000, 50, of_reals, false },
	{ "sparse, reals, fill", 10000, 10000, 50, of_reals, true },
	{ "sparse, all equal", 10000, 10000, 50, of_equals, false },
	{ "sparse, 1 to 10", 10000, 10000, 50, of_few, false },
	{ "sparse, distances", 10000, 10000, 50, of_distance, false },
	{ "sparse, i*j", 10000, 10000, 50, of_product, false },
	{ "sparse, against i*j", 10000, 10000, 50, of_product_against, false },
	{ "sparse, costs, fill", 10000, 10000, 50, of_costs, true },
	{ "sparse 10,000 x 10,000 x 4, decimals", 10000, 10000, 4, of_decimals, false },
	{ "sparse x 4, fill", 10000, 10000, 4, of_decimals, true },
	{ "many 10,000 x 500 x 1000, decimals", 10000, 500, 1000, of_decimals, false },
	{ "many 10,000 x 500 x 1000, equal", 10000, 500, 1000, of_equals, false },
	{ "many 500 x 10,000 x 50, fill", 500, 10000, 50, of_decimals, true },
	{ "dense 2,000 x 2,000, decimals", 2000, 2000, 0, of_decimals, false },
	{ "dense, decimals, fill", 2000, 2000, 0, of_decimals, true },
	{ "dense, reals", 2000, 2000, 0, of_reals, false },
	{ "dense, all equal", 2000, 2000, 0, of_equals, false },
	{ "dense, 1 to 10", 2000, 2000, 0, of_few, false },
	{ "dense, distances", 2000, 2000, 0, of_distance, false },
	{ "dense, i*j", 2000, 2000, 0, of_product, false },
	{ "dense, against i*j", 2000, 2000, 0, of_product_against, false },
	{ "dense, costs, fill", 2000, 2000, 0, of_costs, true },
};

static struct assignment_problem make(struct arena *a, const struct kind *k)
{
	size_t each = k->each ? k->each : k->officers, n = 0, most = k->officers > k->posts ? k->officers : k->posts;
	struct draw d = { 1 };
	struct assignment_pair *pairs = ARENA_ARRAY(a, struct assignment_pair, k->posts * each);
	struct place *at = ARENA_ARRAY(a, struct place, most);
	uint32_t *seen = ARENA_ARRAY(a, uint32_t, k->officers);
	for (size_t i = 0; i < most; i++)
		at[i] = (struct place){ 1000 * draw_unit(&d), 1000 * draw_unit(&d) };
	for (size_t j = 0; j < k->posts; j++) {
		for (size_t left = each; left > 0; left--) {
			size_t i = k->each ? draw(&d) % k->officers : left - 1;
			while (seen[i] == j + 1)
				i = (i + 1) % k->officers;
			seen[i] = (uint32_t)(j + 1);
			pairs[n++] = (struct assignment_pair){ (uint32_t)i, (uint32_t)j, k->score(&d, at, i, j), PAIR_OPEN };
		}
	}
	return (struct assignment_problem){ k->officers, k->posts, n, pairs, k->fill };
}

static double since(int64_t begun)
{
	return (double)(clock_monotonic() - begun) / 1e6;
}

static void must(struct ctx *cx, enum err e)
{
	if (e == OK)
		return;
	fprintf(stderr, "%s: %s\n", err_slug(e), cx->n_failures ? cx->failures[0].text : "");
	exit(1);
}

static void must_hold(struct arena *a, const struct assignment_problem *p, const struct assignment *r)
{
	const char *why = "";
	if (assignment_check(a, p, r, &why))
		return;
	fprintf(stderr, "not proved: %s\n", why);
	exit(1);
}

static void measure(const struct kind *k)
{
	struct ctx cx = { .arena = arena_new() };
	struct assignment_problem p = make(cx.arena, k);
	struct assignment first, again;
	int64_t begun = clock_monotonic();
	must(&cx, assignment_solve(&cx, &p, NULL, &first));
	double from_nothing = since(begun);
	must_hold(cx.arena, &p, &first);
	struct assignment_pair *taken = (struct assignment_pair *)&p.pairs[first.pair_of[p.pairs[p.n_pairs / 2].officer] % p.n_pairs];
	taken->score = -taken->score / 2;
	begun = clock_monotonic();
	must(&cx, assignment_solve(&cx, &p, &first, &again));
	double warm = since(begun);
	must_hold(cx.arena, &p, &again);
	printf("%-40s %9.1f ms  again %7.1f ms  placed %6zu  total %.17g\n", k->name, from_nothing, warm, first.n_placed, first.total);
	fflush(stdout);
	arena_free(cx.arena);
}

int main(int argc, char **argv)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (argc < 2 || strstr(kinds[i].name, argv[1]))
			measure(&kinds[i]);
	return 0;
}
