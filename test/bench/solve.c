/* solve: measures the optimisation floor. A line for each kind: how long from nothing, and after one score has changed.
 *
 *   solve            all kinds
 *   solve WORD       those whose names hold the word */
#include "base/clock.h"
#include "draw.h"
#include "solve/cover.h"
#include "solve/desk.h"

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
	/* The pair of somebody is worth less: once with the last answer as the beginning, once on a desk. */
	uint32_t k_taken = first.pair_of[p.pairs[p.n_pairs / 2].officer];
	k_taken = k_taken == NOBODY ? 0 : k_taken;
	struct desk *desk;
	const struct assignment *on_desk;
	must(&cx, desk_open(&cx, &p, &first, &desk));
	must(&cx, desk_solve(&cx, desk, &on_desk));
	struct assignment_pair *taken = (struct assignment_pair *)&p.pairs[k_taken];
	taken->score = rint(-taken->score / 2);
	begun = clock_monotonic();
	must(&cx, desk_change(&cx, desk, k_taken, taken->score, PAIR_OPEN));
	must(&cx, desk_solve(&cx, desk, &on_desk));
	double by_desk = since(begun);
	must_hold(cx.arena, &p, on_desk);
	begun = clock_monotonic();
	must(&cx, assignment_solve(&cx, &p, &first, &again));
	double warm = since(begun);
	must_hold(cx.arena, &p, &again);
	printf("%-40s %9.1f ms  begun from it %6.1f ms  on a desk %7.2f ms  placed %6zu  total %.17g\n", k->name, from_nothing, warm, by_desk, first.n_placed,
	       first.total);
	fflush(stdout);
	arena_free(cx.arena);
}

/* ── plans of learning ── */

enum { COURSES = 500, GAPS = 40, RAISES_MOST = 6 };

struct plan_kind {
	const char *name;
	int64_t limit;	 /* minutes; < 0: none */
	uint32_t needs;	 /* of a hundred courses so many need something */
	uint32_t raises; /* a course raises at most so many */
	uint64_t seed;
};
static const struct plan_kind plan_kinds[] = {
	{ "plan, 40 gaps, 500 courses", -1, 0, 4, 1 },
	{ "plan, other lot", -1, 0, 4, 2 },
	{ "plan, broad courses", -1, 0, RAISES_MOST, 3 },
	{ "plan, needs", -1, 30, 4, 4 },
	{ "plan, needs, broad courses", -1, 30, RAISES_MOST, 5 },
	{ "plan within 10 hours", 600, 0, 4, 6 },
	{ "plan within 20 hours, needs", 1200, 30, 4, 7 },
	{ "plan within 50 hours, needs", 3000, 30, 4, 8 },
	{ "plan within 50 hours, broad", 3000, 0, RAISES_MOST, 9 },
};

struct plan_problem {
	struct cover_competency competencies[GAPS];
	struct cover_course courses[COURSES];
	struct cover_raise raises[COURSES][RAISES_MOST];
	struct cover_need needs[COURSES];
	struct cover_problem p;
};

/* Levels 1 to 5; half an hour to ten hours, longer where more is learnt; short courses are many. */
static void make_plan(const struct plan_kind *k, struct plan_problem *m)
{
	struct draw d = { k->seed };
	for (uint32_t i = 0; i < GAPS; i++) {
		double held = draw_below(&d, 3);
		m->competencies[i] = (struct cover_competency){ held, held + 1 + draw_below(&d, 3), 1 + draw_below(&d, 5) };
	}
	for (uint32_t c = 0; c < COURSES; c++) {
		struct cover_course *course = &m->courses[c];
		*course = (struct cover_course){ .raises = m->raises[c], .n_raises = 1 + draw_below(&d, k->raises), .needs = &m->needs[c] };
		for (uint32_t i = 0; i < course->n_raises; i++) {
			m->raises[c][i] = (struct cover_raise){ draw_below(&d, GAPS), 1 + draw_below(&d, 5) };
			course->minutes += 10 + (int64_t)(m->raises[c][i].level * (10 + 30 * draw_unit(&d)));
		}
		course->n_needs = draw_below(&d, 100) < k->needs;
		m->needs[c] = draw_below(&d, 2) ? (struct cover_need){ NEED_COURSE, draw_below(&d, COURSES), 0 }
						: (struct cover_need){ NEED_LEVEL, draw_below(&d, GAPS), 1 + draw_below(&d, 3) };
	}
	m->p = (struct cover_problem){ m->competencies, m->courses, GAPS, COURSES, k->limit, 0 };
}

static void measure_plan(const struct plan_kind *k)
{
	struct ctx cx = { .arena = arena_new() };
	struct plan_problem *m = ARENA_NEW(cx.arena, struct plan_problem);
	struct cover_plan r;
	make_plan(k, m);
	int64_t begun = clock_monotonic();
	must(&cx, cover_solve(&cx, &m->p, &r));
	printf("%-40s %9.1f ms  nodes %6u  courses %3zu  cost %6lld (bound %lld)  worth %.0f (bound %.1f)  %s\n", k->name, since(begun), r.nodes, r.n_courses,
	       (long long)r.cost, (long long)r.cost_bound, r.worth, r.worth_bound, r.proved ? "proved" : "stopped");
	fflush(stdout);
	arena_free(cx.arena);
}

int main(int argc, char **argv)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (argc < 2 || strstr(kinds[i].name, argv[1]))
			measure(&kinds[i]);
	for (size_t i = 0; i < sizeof plan_kinds / sizeof *plan_kinds; i++)
		if (argc < 2 || strstr(plan_kinds[i].name, argv[1]))
			measure_plan(&plan_kinds[i]);
	return 0;
}
