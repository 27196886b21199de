/* Tests of the assignment: against trying everything, by its proof, and begun from an earlier answer. */
#include "base/base_check.h"
#include "draw.h"
#include "solve/desk.h"

#include <math.h>

enum { SMALL = 6, PAIRS_SMALL = SMALL * SMALL };

/* ── trying everything ── */

struct tried {
	int64_t units; /* hundredths */
	int n;
};
struct trying {
	const struct assignment_problem *p;
	bool officer_fixed[SMALL], post_taken[SMALL];
	struct tried best, now;
};

static void try_officer(struct trying *t, uint32_t i)
{
	if (i == t->p->n_officers) {
		bool better = t->p->fill && t->now.n != t->best.n ? t->now.n > t->best.n : t->now.units > t->best.units;
		if (better)
			t->best = t->now;
		return;
	}
	try_officer(t, i + 1);
	for (size_t k = 0; k < t->p->n_pairs && !t->officer_fixed[i]; k++) {
		const struct assignment_pair *pair = &t->p->pairs[k];
		if (pair->officer != i || pair->rule != PAIR_OPEN || t->post_taken[pair->post])
			continue;
		struct tried kept = t->now;
		t->post_taken[pair->post] = true;
		t->now.n++;
		t->now.units += llrint(pair->score * 100);
		try_officer(t, i + 1);
		t->now = kept;
		t->post_taken[pair->post] = false;
	}
}

static struct tried try_all(const struct assignment_problem *p)
{
	struct trying t = { .p = p };
	for (size_t k = 0; k < p->n_pairs; k++) {
		if (p->pairs[k].rule != PAIR_FIXED)
			continue;
		t.officer_fixed[p->pairs[k].officer] = t.post_taken[p->pairs[k].post] = true;
		t.now.n++;
		t.now.units += llrint(p->pairs[k].score * 100);
	}
	t.best = t.now;
	try_officer(&t, 0);
	return t.best;
}

/* ── problems by lot ── */

static enum pair_rule draw_rule(struct draw *d, bool *officer_fixed, bool *post_fixed)
{
	uint32_t x = draw_below(d, 20);
	if (x == 0)
		return PAIR_FORBIDDEN;
	if (x == 1 && !*officer_fixed && !*post_fixed) {
		*officer_fixed = *post_fixed = true;
		return PAIR_FIXED;
	}
	return PAIR_OPEN;
}

/* One of several kinds of scores, in hundredths. */
static double draw_score(struct draw *d, uint32_t kind)
{
	switch (kind) {
	case 0: return 1;
	case 1: return draw_below(d, 4);
	case 2: return ((double)draw_below(d, 20001) - 10000) / 100;
	default: return (double)draw_below(d, 10000) / 100;
	}
}

static struct assignment_problem draw_small(struct draw *d, struct assignment_pair *pairs)
{
	struct assignment_problem p = { .n_officers = draw_below(d, SMALL + 1), .n_posts = draw_below(d, SMALL + 1), .pairs = pairs, .fill = draw_below(d, 2) };
	bool officer_fixed[SMALL] = { 0 }, post_fixed[SMALL] = { 0 };
	uint32_t kind = draw_below(d, 4), dense = 1 + draw_below(d, 4);
	for (uint32_t i = 0; i < p.n_officers; i++)
		for (uint32_t j = 0; j < p.n_posts; j++)
			if (draw_below(d, 4) < dense)
				pairs[p.n_pairs++] = (struct assignment_pair){ i, j, draw_score(d, kind), draw_rule(d, &officer_fixed[i], &post_fixed[j]) };
	return p;
}

static void solve_proved(struct ctx *cx, const struct assignment_problem *p, const struct assignment *before, struct assignment *r)
{
	const char *why = NULL;
	assert_int_equal(assignment_solve(cx, p, before, r), OK);
	if (!assignment_check(cx->arena, p, r, &why))
		print_error("not proved: %s\n", why);
	assert_null(why);
}

static void nothing_is_better(void **state)
{
	(void)state;
	struct ctx cx = { .arena = arena_new() };
	struct draw d = { 7 };
	for (int round = 0; round < 6000; round++) {
		struct assignment_pair pairs[PAIRS_SMALL];
		struct assignment_problem p = draw_small(&d, pairs);
		struct tried best = try_all(&p);
		struct assignment r;
		solve_proved(&cx, &p, NULL, &r);
		assert_true(r.slack == 0);
		assert_true(r.total == (double)best.units / 100);
		assert_true(r.bound == r.total);
		if (p.fill)
			assert_int_equal(r.n_placed, best.n);
		arena_reset(cx.arena);
	}
	arena_free(cx.arena);
}

/* ── after a change ── */

struct desk {
	struct draw d;
	struct assignment_problem p;
	struct assignment_pair *pairs;
	size_t room;
};

static void add_pairs(struct desk *k, uint32_t officer, size_t n)
{
	for (; n > 0 && k->p.n_pairs < k->room; n--) {
		struct assignment_pair pair = { officer, draw_below(&k->d, (uint32_t)k->p.n_posts), (double)draw_below(&k->d, 1000) / 10 - 5, PAIR_OPEN };
		k->pairs[k->p.n_pairs++] = pair;
	}
}

static void forbid_all_of(struct desk *k, uint32_t officer, bool of_post)
{
	for (size_t i = 0; i < k->p.n_pairs; i++)
		if ((of_post ? k->pairs[i].post : k->pairs[i].officer) == officer)
			k->pairs[i].rule = PAIR_FORBIDDEN;
}

static void fix(struct desk *k, struct assignment_pair *pair)
{
	for (size_t i = 0; i < k->p.n_pairs; i++)
		if (k->pairs[i].rule == PAIR_FIXED && (k->pairs[i].officer == pair->officer || k->pairs[i].post == pair->post))
			return;
	pair->rule = PAIR_FIXED;
}

static void change(struct desk *k)
{
	struct assignment_pair *pair = &k->pairs[draw_below(&k->d, (uint32_t)k->p.n_pairs)];
	switch (draw_below(&k->d, 9)) {
	case 0: pair->rule = PAIR_FORBIDDEN; break;
	case 1: fix(k, pair); break;
	case 2: pair->rule = PAIR_OPEN; break;
	case 3: add_pairs(k, (uint32_t)k->p.n_officers++, 6); break;
	case 4:
		k->p.n_posts++;
		add_pairs(k, 3, 2);
		break;
	case 5: forbid_all_of(k, pair->officer, false); break;
	case 6: forbid_all_of(k, pair->post, true); break;
	case 7: pair->score = (double)draw_below(&k->d, 1000) / (draw_below(&k->d, 8) ? 10 : 1000); break;
	default: pair->score = -pair->score; break;
	}
}

static void the_last_answer_is_a_good_beginning(void **state)
{
	(void)state;
	enum { ROOM = 4000 };
	for (uint64_t seed = 1; seed <= 12; seed++) {
		struct ctx cx = { .arena = arena_new() };
		struct desk k = { .d = { seed }, .room = ROOM, .pairs = ARENA_ARRAY(cx.arena, struct assignment_pair, ROOM) };
		struct assignment last, again, fresh;
		k.p = (struct assignment_problem){ .n_officers = 60, .n_posts = seed % 3 ? 60 : 40, .pairs = k.pairs, .fill = seed % 2 };
		for (uint32_t i = 0; i < 60; i++)
			add_pairs(&k, i, 7);
		solve_proved(&cx, &k.p, NULL, &last);
		for (int step = 0; step < 60; step++) {
			change(&k);
			if (step == 30)
				k.p.fill = !k.p.fill;
			solve_proved(&cx, &k.p, &last, &again);
			solve_proved(&cx, &k.p, NULL, &fresh);
			assert_true(again.total == fresh.total);
			if (k.p.fill)
				assert_int_equal(again.n_placed, fresh.n_placed);
			last = again;
		}
		arena_free(cx.arena);
	}
}

static enum err draw_change(struct ctx *cx, struct draw *d, struct desk *desk, bool far_scores)
{
	const struct assignment_problem *p = desk_problem(desk);
	uint32_t k = draw_below(d, (uint32_t)p->n_pairs);
	double score = (double)draw_below(d, 1000) / 10 - 20;
	if (far_scores && draw_below(d, 10) == 0)
		score = draw_below(d, 2) ? 1000 + draw_below(d, 9) : draw_unit(d);
	switch (draw_below(d, 4)) {
	case 0: return desk_change(cx, desk, k, p->pairs[k].score, PAIR_FORBIDDEN);
	case 1: return desk_change(cx, desk, k, p->pairs[k].score, PAIR_FIXED);
	case 2: return desk_change(cx, desk, k, p->pairs[k].score, PAIR_OPEN);
	default: return desk_change(cx, desk, k, score, p->pairs[k].rule);
	}
}

static void a_desk_answers_as_from_nothing(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 12; seed++) {
		struct ctx cx = { .arena = arena_new() };
		struct draw d = { seed };
		struct assignment_pair pairs[400];
		struct assignment_problem p = { 50, seed % 3 ? 50 : 35, COUNT(pairs), pairs, seed % 2 };
		struct desk *desk;
		const struct assignment *r;
		struct assignment fresh;
		for (uint32_t k = 0; k < COUNT(pairs); k++)
			pairs[k] = (struct assignment_pair){ k / 8, draw_below(&d, (uint32_t)p.n_posts), (double)draw_below(&d, 1000) / 10, PAIR_OPEN };
		assert_int_equal(desk_open(&cx, &p, NULL, &desk), OK);
		for (int step = 0; step < 120; step++) {
			const char *why = NULL;
			for (uint32_t n = 1 + draw_below(&d, 3); n > 0; n--) {
				enum err e = draw_change(&cx, &d, desk, seed % 4 == 0);
				assert_true(e == OK || e == ERR_CONFLICT);
			}
			assert_int_equal(desk_solve(&cx, desk, &r), OK);
			if (!assignment_check(cx.arena, desk_problem(desk), r, &why))
				print_error("not proved: %s\n", why);
			assert_null(why);
			solve_proved(&cx, desk_problem(desk), NULL, &fresh);
			assert_true(fabs(r->total - fresh.total) <= fresh.slack + r->slack);
			if (p.fill)
				assert_int_equal(r->n_placed, fresh.n_placed);
		}
		assert_int_equal(desk_change(&cx, desk, 0, NAN, PAIR_OPEN), ERR_INVALID);
		arena_free(cx.arena);
	}
}

/* On a desk of the tiniest scores a common one is beyond the scale. */
static void a_desk_finds_another_scale(void **state)
{
	(void)state;
	struct ctx cx = { .arena = arena_new() };
	struct assignment_pair pairs[] = { { 0, 0, 1e-320, PAIR_OPEN }, { 0, 1, 3e-300, PAIR_OPEN } };
	struct assignment_problem p = { 1, 2, COUNT(pairs), pairs, false };
	struct desk *desk;
	const struct assignment *r;
	assert_int_equal(desk_open(&cx, &p, NULL, &desk), OK);
	assert_int_equal(desk_solve(&cx, desk, &r), OK);
	assert_int_equal(r->post_of[0], 1);
	assert_int_equal(desk_change(&cx, desk, 0, 1e15, PAIR_OPEN), OK);
	assert_int_equal(desk_solve(&cx, desk, &r), OK);
	assert_int_equal(r->post_of[0], 0);
	assert_true(r->total == 1e15);
	assert_true(assignment_check(cx.arena, desk_problem(desk), r, NULL));
	arena_free(cx.arena);
}

/* ── how exact ── */

static void decimals_are_what_people_wrote(void **state)
{
	(void)state;
	struct ctx cx = { .arena = arena_new() };
	struct assignment r;
	/* In binary 0.1 + 0.2 is more than 0.3; in the scores of people it is not. */
	struct assignment_pair pairs[] = { { 0, 0, 0.1, PAIR_OPEN }, { 1, 1, 0.2, PAIR_OPEN }, { 0, 1, 0.3, PAIR_OPEN } };
	struct assignment_problem p = { 2, 2, COUNT(pairs), pairs, false };
	solve_proved(&cx, &p, NULL, &r);
	assert_true(r.total == 0.3);
	assert_true(r.per_unit == 10);
	pairs[2].score = 0.300000001;
	solve_proved(&cx, &p, NULL, &r);
	assert_true(r.total == 0.300000001);
	assert_int_equal(r.n_placed, 1);
	assert_int_equal(r.post_of[0], 1);
	arena_free(cx.arena);
}

static void endless_scores_are_bounded(void **state)
{
	(void)state;
	struct ctx cx = { .arena = arena_new() };
	struct draw d = { 3 };
	struct assignment_pair pairs[400];
	struct assignment_problem p = { 20, 20, COUNT(pairs), pairs, false };
	for (int round = 0; round < 40; round++) {
		double scale = round % 2 ? 1 : pow(10, round - 28);
		struct assignment r;
		p.fill = round % 4 < 2;
		for (uint32_t k = 0; k < COUNT(pairs); k++)
			pairs[k] = (struct assignment_pair){ k % 20, k / 20, scale * (draw_unit(&d) - 0.3) / 3, PAIR_OPEN };
		solve_proved(&cx, &p, NULL, &r);
		assert_true(r.slack > 0);
		assert_true(r.slack < 1e-12 * scale);
		assert_true(r.bound >= r.total);
	}
	arena_free(cx.arena);
}

/* ── what is refused, and what the proof finds ── */

static void bad_problems(void **state)
{
	(void)state;
	struct ctx cx = { .arena = arena_new() };
	struct assignment r = { .total = 5 };
	struct assignment_pair pairs[] = { { 0, 0, 1, PAIR_FIXED }, { 0, 1, 1, PAIR_OPEN }, { 1, 1, 1, PAIR_OPEN } };
	struct assignment_problem p = { 2, 2, COUNT(pairs), pairs, false };
	static const double bad[] = { NAN, INFINITY, -INFINITY, 1.1e15 };
	for (size_t i = 0; i < COUNT(bad); i++) {
		cx.n_failures = 0;
		pairs[2].score = bad[i];
		assert_int_equal(assignment_solve(&cx, &p, NULL, &r), ERR_INVALID);
		expect_str(cx.failures[0].field, "2");
	}
	pairs[2] = (struct assignment_pair){ 2, 1, 1, PAIR_OPEN };
	assert_int_equal(assignment_solve(&cx, &p, NULL, &r), ERR_INVALID);
	pairs[2] = (struct assignment_pair){ 1, 2, 1, PAIR_OPEN };
	assert_int_equal(assignment_solve(&cx, &p, NULL, &r), ERR_INVALID);
	pairs[2] = (struct assignment_pair){ 1, 0, 1, PAIR_FIXED };
	assert_int_equal(assignment_solve(&cx, &p, NULL, &r), ERR_CONFLICT);
	p.n_officers = ASSIGNMENT_NODES_MAX + 1;
	assert_int_equal(assignment_solve(&cx, &p, NULL, &r), ERR_TOO_LARGE);
	assert_true(r.total == 5);
	arena_free(cx.arena);
}

static void a_false_proof_is_seen(void **state)
{
	(void)state;
	struct ctx cx = { .arena = arena_new() };
	struct assignment_pair pairs[] = { { 0, 0, 5, PAIR_OPEN }, { 0, 1, 4, PAIR_OPEN }, { 1, 0, 4, PAIR_OPEN }, { 2, 1, -1, PAIR_OPEN } };
	struct assignment_problem p = { 3, 2, COUNT(pairs), pairs, false };
	struct assignment r;
	solve_proved(&cx, &p, NULL, &r);
	assert_true(r.total == 8);
	struct assignment worse = r;
	worse.total = worse.bound = 9;
	assert_false(assignment_check(cx.arena, &p, &worse, NULL));
	/* The officer who is best for the first post takes it: 5, and nobody is left for more. */
	uint32_t post_of[] = { 0, NOBODY, NOBODY }, officer_of[] = { 0, NOBODY }, pair_of[] = { 0, NOBODY, NOBODY };
	int64_t officer_price[] = { 5, 0, 0 }, post_price[] = { 0, 0 };
	worse = (struct assignment){ 3, 2, 1, post_of, officer_of, pair_of, 5, 5, 0, 1, 0, officer_price, post_price };
	assert_false(assignment_check(cx.arena, &p, &worse, NULL));
	post_price[0] = 4;
	officer_price[0] = 1;
	assert_false(assignment_check(cx.arena, &p, &worse, NULL));
	for (size_t i = 0; i < 3; i++) {
		r.officer_price[i]++;
		assert_false(assignment_check(cx.arena, &p, &r, NULL));
		r.officer_price[i]--;
	}
	for (size_t j = 0; j < 2; j++) {
		r.post_price[j]--;
		assert_false(assignment_check(cx.arena, &p, &r, NULL));
		r.post_price[j]++;
	}
	p.fill = true;
	assert_false(assignment_check(cx.arena, &p, &r, NULL));
	arena_free(cx.arena);
}

/* With fill a post more counts above everything, however much it costs, and nobody is placed for nothing without it. */
static void fill_or_not(void **state)
{
	(void)state;
	struct ctx cx = { .arena = arena_new() };
	struct assignment_pair pairs[] = { { 0, 0, 100, PAIR_OPEN }, { 0, 1, -1000, PAIR_OPEN }, { 1, 0, -1000, PAIR_OPEN }, { 1, 2, 0, PAIR_FORBIDDEN } };
	struct assignment_problem p = { 2, 3, COUNT(pairs), pairs, false };
	struct assignment r;
	solve_proved(&cx, &p, NULL, &r);
	assert_true(r.total == 100);
	assert_int_equal(r.n_placed, 1);
	p.fill = true;
	solve_proved(&cx, &p, NULL, &r);
	assert_true(r.total == -2000);
	assert_int_equal(r.n_placed, 2);
	assert_int_equal(r.officer_of[2], NOBODY);
	pairs[0].rule = PAIR_FIXED;
	solve_proved(&cx, &p, &r, &r);
	assert_true(r.total == 100);
	assert_int_equal(r.n_placed, 1);
	arena_free(cx.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_better),
		cmocka_unit_test(the_last_answer_is_a_good_beginning),
		cmocka_unit_test(a_desk_answers_as_from_nothing),
		cmocka_unit_test(a_desk_finds_another_scale),
		cmocka_unit_test(decimals_are_what_people_wrote),
		cmocka_unit_test(endless_scores_are_bounded),
		cmocka_unit_test(bad_problems),
		cmocka_unit_test(a_false_proof_is_seen),
		cmocka_unit_test(fill_or_not),
	};
	return cmocka_run_group_tests_name("solve/assignment", tests, NULL, NULL);
}
