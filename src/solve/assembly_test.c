/* Tests of the assembly of forms: against every way there is, and on banks as large as they come. */
#include "base/base_check.h"
#include "draw.h"
#include "solve/assembly.h"

#include <math.h>
#include <time.h>

enum { SMALL_ITEMS = 9, SMALL_CELLS = 2, SMALL_FORMS = 3 };

static struct assembly solved(struct ctx *cx, const struct assembly_problem *p)
{
	struct assembly a;
	assert_int_equal(assembly_solve(cx, p, &a), OK);
	return a;
}

/* ── what every answer keeps ── */

static bool are_enemies(const struct assembly_problem *p, uint32_t i, uint32_t j)
{
	for (uint32_t k = 0; k < p->n_enemies; k++)
		if ((p->enemies[k].a == i && p->enemies[k].b == j) || (p->enemies[k].a == j && p->enemies[k].b == i))
			return true;
	return false;
}

static bool form_has(const struct assembly *a, uint32_t form, uint32_t item)
{
	for (size_t k = 0; k < a->per_form; k++)
		if (a->items[form * a->per_form + k] == item)
			return true;
	return false;
}

static void expect_kept(const struct assembly_problem *p, const struct assembly *a)
{
	for (uint32_t f = 0; f < p->n_forms; f++) {
		uint32_t n[ASSEMBLY_CELLS_MAX] = { 0 };
		const uint32_t *items = a->items + f * a->per_form;
		for (size_t k = 0; k < a->per_form; k++) {
			n[p->items[items[k]].cell]++;
			for (size_t other = 0; other < k; other++) {
				assert_true(items[other] != items[k]);
				assert_false(are_enemies(p, items[other], items[k]));
			}
			for (uint32_t g = 0; g < p->n_forms; g++)
				if (k < p->common)
					assert_true(form_has(a, g, items[k]));
				else if (g != f)
					assert_false(form_has(a, g, items[k]));
			for (uint32_t i = 0; p->items[items[k]].set != ASSEMBLY_ALONE && i < p->n_items; i++)
				if (p->items[i].set == p->items[items[k]].set)
					assert_true(form_has(a, f, i));
		}
		for (uint32_t c = 0; c < p->n_cells; c++)
			assert_int_equal(n[c], p->need[c]);
	}
}

/* ── against every way ── */

struct every {
	const struct assembly_problem *p;
	uint32_t owner[SMALL_ITEMS]; /* n_forms: in all; n_forms + 1: in none */
	uint32_t share[SMALL_CELLS]; /* of the common items */
	double best;
	int ways;
};

static bool is_in(const struct every *e, uint32_t i, uint32_t form)
{
	return e->owner[i] == form || e->owner[i] == e->p->n_forms;
}

static bool is_a_way(const struct every *e)
{
	const struct assembly_problem *p = e->p;
	for (uint32_t f = 0; f <= p->n_forms; f++)
		for (uint32_t c = 0; c < p->n_cells; c++) {
			uint32_t n = 0;
			for (uint32_t i = 0; i < p->n_items; i++)
				n += p->items[i].cell == c && e->owner[i] == f;
			if (n != (f == p->n_forms ? e->share[c] : p->need[c] - e->share[c]))
				return false;
		}
	for (uint32_t i = 0; i < p->n_items; i++)
		for (uint32_t j = 0; j < i; j++) {
			if (p->items[i].set != ASSEMBLY_ALONE && p->items[i].set == p->items[j].set && e->owner[i] != e->owner[j])
				return false;
			for (uint32_t f = 0; f < p->n_forms; f++)
				if (is_in(e, i, f) && is_in(e, j, f) && are_enemies(p, i, j))
					return false;
		}
	return true;
}

static void try_item(struct every *e, uint32_t i)
{
	const struct assembly_problem *p = e->p;
	if (i < p->n_items) {
		for (uint32_t o = 0; o <= p->n_forms + 1; o++) {
			if (o == p->n_forms && !p->common)
				continue;
			e->owner[i] = o;
			try_item(e, i + 1);
		}
		return;
	}
	if (!is_a_way(e))
		return;
	double worst = 0;
	for (uint32_t f = 0; f < p->n_forms; f++)
		for (uint32_t t = 0; t <= p->n_thetas; t++) {
			double sum = 0, target = t < p->n_thetas ? p->target[t] : *p->target_score;
			for (uint32_t k = 0; k < p->n_items; k++)
				sum += !is_in(e, k, f) ? 0 : t < p->n_thetas ? p->items[k].information[t] : p->items[k].score;
			worst = fmax(worst, fabs(sum - target) / target);
		}
	e->best = e->ways++ ? fmin(e->best, worst) : worst;
}

/* Drawn problems with enemies, sets and common items: forms are found exactly when there are any, and never nearer than the best nor than the bound. */
static void forms_are_found_exactly_when_there_are_any(void **state)
{
	struct arena *arena = arena_new();
	struct draw d = { 12 };
	int found = 0, impossible = 0, is_short = 0, best = 0;
	double worst_ratio = 0, bound_used = 0;
	(void)state;
	for (int round = 0; round < 700; round++) {
		struct ctx cx = { .arena = arena };
		struct assembly_item items[SMALL_ITEMS];
		struct assembly_pair enemies[14];
		double information[SMALL_ITEMS][2], target[2], score;
		uint32_t need[SMALL_CELLS] = { 1 + draw_below(&d, 2), draw_below(&d, 2) };
		struct assembly_problem p = { items, need, enemies, target, &score, 5 + draw_below(&d, 3), SMALL_CELLS, 0, 2, 2, 0, draw(&d) };
		p.common = draw_below(&d, 4) == 0;
		p.n_forms = p.n_items < 7 ? 2 + draw_below(&d, 2) : 2;
		for (uint32_t i = 0; i < p.n_items; i++) {
			information[i][0] = 0.1 + draw_unit(&d);
			information[i][1] = 0.1 + draw_unit(&d);
			items[i] = (struct assembly_item){ draw_below(&d, SMALL_CELLS),
							   draw_below(&d, 3) ? ASSEMBLY_ALONE : draw_below(&d, 3),
							   information[i],
							   0.2 + 0.6 * draw_unit(&d),
							   true,
							   false,
							   0 };
		}
		for (uint32_t k = draw_below(&d, 14); k > 0; k--) {
			uint32_t a = draw_below(&d, p.n_items), b = draw_below(&d, p.n_items);
			if (a != b)
				enemies[p.n_enemies++] = (struct assembly_pair){ a, b };
		}
		target[0] = target[1] = 0.8 * (need[0] + need[1]);
		score = 0.5 * (need[0] + need[1]);
		struct every e = { .p = &p };
		/* The common item is one of the cell with the larger need, the first of equal ones. */
		e.share[need[1] > need[0]] = p.common;
		try_item(&e, 0);
		struct assembly a = solved(&cx, &p);
		assert_int_equal(a.state == ASSEMBLY_FOUND, e.ways > 0);
		assert_int_not_equal(a.state, ASSEMBLY_NOT_FOUND);
		is_short += a.state == ASSEMBLY_SHORT;
		impossible += a.state == ASSEMBLY_IMPOSSIBLE;
		if (e.ways) {
			expect_kept(&p, &a);
			assert_true(a.deviation >= e.best - 1e-9 && a.bound <= e.best + 1e-9);
			found++;
			best += a.deviation <= e.best + 1e-9;
			worst_ratio = fmax(worst_ratio, a.deviation / e.best);
			bound_used += a.bound > 0;
		}
		arena_reset(arena);
	}
	print_message("%d found (%d with the least deviation there is, at worst %.2f times that; a bound above 0 in %.0f), %d short, %d otherwise impossible\n",
		      found, best, worst_ratio, bound_used, is_short, impossible);
	assert_true(found > 100 && is_short > 50 && impossible > 20);
	assert_true(best > found * 6 / 10 && bound_used > 20);
	arena_free(arena);
}

static void a_cell_that_lacks_items_is_named_with_its_numbers(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct assembly_item items[20] = { 0 };
	static const uint32_t need[] = { 2, 4 };
	(void)state;
	for (uint32_t i = 0; i < 20; i++)
		items[i] = (struct assembly_item){ .cell = i >= 13, .set = ASSEMBLY_ALONE };
	struct assembly_problem p = { .items = items, .need = need, .n_items = 20, .n_cells = 2, .n_forms = 3 };
	struct assembly a = solved(&cx, &p);
	assert_int_equal(a.state, ASSEMBLY_SHORT);
	assert_int_equal(a.n_shortages, 1);
	assert_int_equal(a.shortages[0].cell, 1);
	assert_int_equal(a.shortages[0].items, 7);
	assert_int_equal(a.shortages[0].needed, 12);
	/* With three common items two are of this cell: 2 + 3 × 2. */
	p.common = 3;
	a = solved(&cx, &p);
	assert_int_equal(a.shortages[0].needed, 8);
	/* Seven items would do for a form, but five are all enemies of each other, said twice or not. */
	struct assembly_pair enemies[11] = { { 19, 18 } };
	for (uint32_t i = 15; i < 20; i++)
		for (uint32_t j = i + 1; j < 20; j++)
			enemies[++p.n_enemies] = (struct assembly_pair){ i, j };
	p.n_enemies++;
	p.enemies = enemies;
	p.common = 0;
	p.n_forms = 1;
	a = solved(&cx, &p);
	assert_int_equal(a.state, ASSEMBLY_SHORT);
	assert_int_equal(a.shortages[0].items, 7);
	assert_int_equal(a.shortages[0].usable, 3);
	assert_int_equal(a.shortages[0].needed, 4);
	arena_free(cx.arena);
}

/* ── a bank as large as it comes ── */

struct bank {
	struct assembly_item *items;
	double *b;
	uint32_t n;
};

/* 2PL items: information a² p (1 - p) at -1, 0 and 1; expected score over five points of N(0, 1). */
static struct bank draw_bank(struct arena *a, struct draw *d, uint32_t n, uint32_t cells)
{
	static const double theta[] = { -1, 0, 1 }, spread[] = { -1.5, -0.7, 0, 0.7, 1.5 };
	struct bank bank = { ARENA_ARRAY(a, struct assembly_item, n), ARENA_ARRAY(a, double, n), n };
	double *information = ARENA_ARRAY(a, double, 3 * (size_t)n);
	for (uint32_t i = 0; i < n; i++) {
		double slope = 0.6 + 1.2 * draw_unit(d), score = 0;
		bank.b[i] = 4 * draw_unit(d) - 2;
		for (int t = 0; t < 3; t++) {
			double z = 1 / (1 + exp(-slope * (theta[t] - bank.b[i])));
			information[3 * i + (uint32_t)t] = slope * slope * z * (1 - z);
		}
		for (size_t t = 0; t < COUNT(spread); t++)
			score += 0.2 / (1 + exp(-slope * (spread[t] - bank.b[i])));
		bank.items[i] = (struct assembly_item){ i % cells, ASSEMBLY_ALONE, information + 3 * i, score, true, false, draw_below(d, 500) };
	}
	return bank;
}

static void twenty_forms_of_a_hundred_out_of_five_thousand_are_alike(void **state)
{
	enum { ITEMS = 5000, CELLS = 25, ENEMIES = 2000 };
	struct ctx cx = { .arena = arena_new() };
	struct draw d = { 99 };
	struct bank bank = draw_bank(cx.arena, &d, ITEMS, CELLS);
	uint32_t need[CELLS];
	struct assembly_pair enemies[ENEMIES];
	struct timespec from, to;
	(void)state;
	for (uint32_t c = 0; c < CELLS; c++)
		need[c] = 4;
	for (uint32_t k = 0; k < ENEMIES; k++)
		enemies[k] = (struct assembly_pair){ draw_below(&d, ITEMS / 2), ITEMS / 2 + draw_below(&d, ITEMS / 2) };
	for (uint32_t i = 0; i < 300; i++)
		bank.items[10 * i].set = i / 3 + 1000; /* a hundred cases of three */
	struct assembly_problem p = { bank.items, need, enemies, NULL, NULL, ITEMS, CELLS, ENEMIES, 3, 20, 10, 7 };
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
	struct assembly a = solved(&cx, &p);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
	assert_int_equal(a.state, ASSEMBLY_FOUND);
	expect_kept(&p, &a);
	print_message("greatest deviation %.5f %% in %.2f s\n", 100 * a.deviation,
		      (double)(to.tv_sec - from.tv_sec) + 1e-9 * (double)(to.tv_nsec - from.tv_nsec));
	assert_true(a.deviation < 0.005);
	assert_int_equal(a.calibrated, 10 + 20 * 90);
	for (uint32_t f = 0; f < 20; f++)
		assert_true(fabs(a.score[f] - a.target_score) < 0.005 * a.target_score);
	struct assembly again = solved(&cx, &p);
	assert_memory_equal(a.items, again.items, 20 * 100 * sizeof *a.items);
	arena_free(cx.arena);
}

/* Two forms of 40 out of 80: nothing can be left out, so only the exchange between forms makes them alike. */
static void a_bank_that_is_used_up_is_divided_evenly(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct draw d = { 4 };
	struct bank bank = draw_bank(cx.arena, &d, 80, 4);
	static const uint32_t need[] = { 10, 10, 10, 10 };
	struct assembly_problem p = { bank.items, need, NULL, NULL, NULL, 80, 4, 0, 3, 2, 0, 1 };
	(void)state;
	struct assembly a = solved(&cx, &p);
	assert_int_equal(a.state, ASSEMBLY_FOUND);
	expect_kept(&p, &a);
	print_message("deviation %.4f %%\n", 100 * a.deviation);
	assert_true(a.deviation < 0.01);
	arena_free(cx.arena);
}

/* ── what is not known, what is worn ── */

static void items_that_are_not_calibrated_are_balanced_by_what_is_known(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct draw d = { 6 };
	struct bank bank = draw_bank(cx.arena, &d, 60, 2);
	static const uint32_t need[] = { 6, 4 };
	struct assembly_problem p = { bank.items, need, NULL, NULL, NULL, 60, 2, 0, 3, 3, 0, 1 };
	(void)state;
	for (uint32_t i = 0; i < 60; i++) {
		bank.items[i].information = NULL;
		bank.items[i].has_score = i % 6 != 0;
	}
	struct assembly a = solved(&cx, &p);
	assert_int_equal(a.calibrated, 0);
	assert_int_equal(a.by_score + a.by_chance, 30);
	assert_true(a.by_chance > 0 && a.deviation < 0.01);
	for (uint32_t i = 0; i < 60; i++)
		bank.items[i].has_score = false;
	a = solved(&cx, &p);
	expect_kept(&p, &a);
	assert_int_equal(a.by_chance, 30);
	assert_true(a.deviation == 0 && a.bound == 0 && a.score[0] == 0);
	arena_free(cx.arena);
}

/* Of cell 1 three unused ones are missing: just so many used ones are taken. And of equal items the less exposed. */
static void used_items_are_taken_only_where_a_cell_cannot_do_without(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct draw d = { 6 };
	struct bank bank = draw_bank(cx.arena, &d, 60, 2);
	static const uint32_t need[] = { 5, 5 };
	struct assembly_problem p = { bank.items, need, NULL, NULL, NULL, 60, 2, 0, 3, 3, 0, 1 };
	uint64_t seen = 0, all = 0;
	(void)state;
	for (uint32_t i = 0; i < 60; i++)
		bank.items[i].used = i % 2 && i > 24;
	struct assembly a = solved(&cx, &p);
	assert_int_equal(a.state, ASSEMBLY_FOUND);
	assert_int_equal(a.n_used, 3);
	for (uint32_t i = 0; i < 60; i++) {
		bank.items[i] = (struct assembly_item){ .cell = i % 2, .set = ASSEMBLY_ALONE, .exposure = draw_below(&d, 100) };
		all += bank.items[i].exposure;
	}
	a = solved(&cx, &p);
	for (uint32_t k = 0; k < 30; k++)
		seen += bank.items[a.items[k]].exposure;
	assert_true(seen * 3 < all);
	arena_free(cx.arena);
}

static void numbers_out_of_range_are_refused_with_a_sentence(void **state)
{
	struct ctx cx = { .arena = arena_new() };
	struct assembly_item items[2] = { { .set = ASSEMBLY_ALONE }, { .set = ASSEMBLY_ALONE } };
	uint32_t need[1] = { 1 };
	double information[1] = { NAN };
	struct assembly_problem p = { .items = items, .need = need, .n_items = 2, .n_cells = 1, .n_forms = 2, .n_thetas = 1 }, q = p;
	struct assembly a;
	(void)state;
	assert_int_equal(assembly_solve(&cx, &p, &a), OK);
	assert_int_equal(a.state, ASSEMBLY_FOUND);
	p.n_forms = 0;
	assert_int_equal(assembly_solve(&cx, &p, &a), ERR_INVALID);
	p = q;
	p.n_forms = 21;
	assert_int_equal(assembly_solve(&cx, &p, &a), ERR_TOO_LARGE);
	p = q;
	p.common = 2;
	assert_int_equal(assembly_solve(&cx, &p, &a), ERR_INVALID);
	need[0] = 0;
	assert_int_equal(assembly_solve(&cx, &q, &a), ERR_INVALID);
	need[0] = UINT32_MAX;
	assert_int_equal(assembly_solve(&cx, &q, &a), ERR_TOO_LARGE);
	need[0] = 1;
	items[1].information = information;
	assert_int_equal(assembly_solve(&cx, &q, &a), ERR_INVALID);
	items[1].information = NULL;
	items[1].cell = 1;
	assert_int_equal(assembly_solve(&cx, &q, &a), ERR_INVALID);
	arena_free(cx.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forms_are_found_exactly_when_there_are_any),
		cmocka_unit_test(a_cell_that_lacks_items_is_named_with_its_numbers),
		cmocka_unit_test(twenty_forms_of_a_hundred_out_of_five_thousand_are_alike),
		cmocka_unit_test(a_bank_that_is_used_up_is_divided_evenly),
		cmocka_unit_test(items_that_are_not_calibrated_are_balanced_by_what_is_known),
		cmocka_unit_test(used_items_are_taken_only_where_a_cell_cannot_do_without),
		cmocka_unit_test(numbers_out_of_range_are_refused_with_a_sentence),
	};
	return cmocka_run_group_tests_name("solve/assembly", tests, NULL, NULL);
}
