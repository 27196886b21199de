/* Tests of stable assignments: against all there are, for both sides. */
#include "base/base_check.h"
#include "draw.h"
#include "solve/stable.h"

enum { SMALL = 5 };

struct all {
	const struct stable_problem *p;
	struct arena *a;
	uint32_t post_of[SMALL];
	bool taken[SMALL];
	double best[SMALL], worst[SMALL]; /* rank of what each officer gets in stable ones; 1000: free */
	uint64_t placed;		  /* bits of officers, those of the first stable one */
	int n;
};

static double rank_of(const struct stable_problem *p, uint32_t officer, uint32_t post)
{
	for (size_t k = 0; k < p->n_pairs; k++)
		if (p->pairs[k].officer == officer && p->pairs[k].post == post)
			return p->pairs[k].officer_rank;
	return 1000;
}

static void note_stable(struct all *t)
{
	uint64_t placed = 0;
	for (uint32_t i = 0; i < t->p->n_officers; i++) {
		double r = rank_of(t->p, i, t->post_of[i]);
		t->best[i] = t->n == 0 || r < t->best[i] ? r : t->best[i];
		t->worst[i] = t->n == 0 || r > t->worst[i] ? r : t->worst[i];
		placed |= t->post_of[i] == NOBODY ? 0 : UINT64_C(1) << i;
	}
	if (t->n++ == 0)
		t->placed = placed;
	assert_int_equal(placed, t->placed);
}

static void try_officer(struct all *t, uint32_t i)
{
	if (i == t->p->n_officers) {
		if (stable_blocking(t->a, t->p, t->post_of, NULL) == 0)
			note_stable(t);
		return;
	}
	BUG_IF(i >= SMALL);
	t->post_of[i] = NOBODY;
	try_officer(t, i + 1);
	for (size_t k = 0; k < t->p->n_pairs; k++) {
		uint32_t j = t->p->pairs[k].post;
		if (t->p->pairs[k].officer != i || t->taken[j])
			continue;
		t->taken[j] = true;
		t->post_of[i] = j;
		try_officer(t, i + 1);
		t->taken[j] = false;
	}
	t->post_of[i] = NOBODY;
}

/* Without two of the same rank, so that there is a best and a worst for each. */
static struct stable_problem draw_strict(struct draw *d, struct stable_pair *pairs)
{
	struct stable_problem p = { .n_officers = 2 + draw_below(d, SMALL - 1), .n_posts = 2 + draw_below(d, SMALL - 1), .pairs = pairs };
	uint32_t dense = 5 + draw_below(d, 6);
	for (uint32_t i = 0; i < p.n_officers; i++)
		for (uint32_t j = 0; j < p.n_posts; j++)
			if (draw_below(d, 10) < dense)
				pairs[p.n_pairs++] = (struct stable_pair){ i, j, draw_unit(d), draw_unit(d) };
	return p;
}

static void best_for_who_proposes(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct draw d = { 21 };
	int several = 0;
	for (int round = 0; round < 1500; round++) {
		struct stable_pair pairs[SMALL * SMALL];
		struct stable_problem p = draw_strict(&d, pairs);
		struct all t = { .p = &p, .a = a };
		struct stable officers, posts;
		try_officer(&t, 0);
		stable_solve(a, &p, OFFICERS_PROPOSE, &officers);
		stable_solve(a, &p, POSTS_PROPOSE, &posts);
		for (uint32_t i = 0; i < p.n_officers; i++) {
			assert_true(rank_of(&p, i, officers.post_of[i]) == t.best[i]);
			assert_true(rank_of(&p, i, posts.post_of[i]) == t.worst[i]);
			assert_int_equal(officers.post_of[i] != NOBODY, t.placed >> i & 1);
		}
		assert_int_equal(officers.n_placed, posts.n_placed);
		several += t.n > 1;
		arena_reset(a);
	}
	assert_true(several > 100);
	arena_free(a);
}

static void nobody_leaves_when_many_are_liked_alike(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct draw d = { 4 };
	enum { N = 300, EACH = 12 };
	for (int round = 0; round < 20; round++) {
		struct stable_pair *pairs = ARENA_ARRAY(a, struct stable_pair, N * EACH);
		struct stable_problem p = { N, N - 40, 0, pairs };
		for (uint32_t i = 0; i < N; i++)
			for (uint32_t e = 0; e < EACH; e++)
				pairs[p.n_pairs++] = (struct stable_pair){ i, (i * 7 + e * 11) % (N - 40), draw_below(&d, 4), draw_below(&d, 4) };
		struct stable s, t;
		for (int by = 0; by < 2; by++) {
			stable_solve(a, &p, by ? POSTS_PROPOSE : OFFICERS_PROPOSE, &s);
			stable_solve(a, &p, by ? POSTS_PROPOSE : OFFICERS_PROPOSE, &t);
			assert_int_equal(stable_blocking(a, &p, s.post_of, NULL), 0);
			assert_memory_equal(s.post_of, t.post_of, N * sizeof *s.post_of);
			for (uint32_t i = 0; i < N; i++)
				assert_true(s.post_of[i] == NOBODY || s.officer_of[s.post_of[i]] == i);
		}
		arena_reset(a);
	}
	arena_free(a);
}

static void the_smaller_number_comes_first(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct stable_pair pairs[] = { { 1, 1, 1, 1 }, { 1, 0, 1, 1 }, { 0, 1, 1, 1 }, { 0, 0, 1, 1 } };
	struct stable_problem p = { 2, 2, COUNT(pairs), pairs };
	struct stable s;
	stable_solve(a, &p, OFFICERS_PROPOSE, &s);
	assert_int_equal(s.post_of[0], 0);
	assert_int_equal(s.post_of[1], 1);
	uint32_t crossed[] = { 1, 0 }, apart[] = { NOBODY, 1 };
	size_t first = 99;
	assert_int_equal(stable_blocking(a, &p, crossed, NULL), 0); /* what is liked alike is not left */
	assert_int_equal(stable_blocking(a, &p, apart, &first), 1);
	assert_int_equal(first, 3);
	arena_free(a);
}

/* The sum is greatest where the one who is best for a post gives it up: both of that pair would leave. */
static void what_stability_costs(void **state)
{
	(void)state;
	struct ctx cx = { .arena = arena_new() };
	struct assignment_pair pairs[] = {
		{ 0, 0, 0.5, PAIR_OPEN }, { 0, 1, 0.4, PAIR_OPEN }, { 1, 0, 0.4, PAIR_OPEN }, { 1, 1, -3, PAIR_OPEN }, { 2, 1, 0.3, PAIR_FORBIDDEN }
	};
	struct assignment_problem p = { 3, 2, COUNT(pairs), pairs, false };
	struct assignment best;
	struct stable_problem sp;
	struct stable s;
	struct stable_figures f;
	assert_int_equal(assignment_solve(&cx, &p, NULL, &best), OK);
	stable_of_scores(cx.arena, &p, &sp);
	stable_solve(cx.arena, &sp, OFFICERS_PROPOSE, &s);
	stable_compare(cx.arena, &p, &best, &s, &f);
	assert_true(f.total == 0.8 && f.stable_total == 0.5);
	assert_true(f.placed == 2 && f.stable_placed == 1);
	assert_true(f.blocking == 1 && f.stable_blocking == 0);
	pairs[2].rule = PAIR_FIXED;
	assert_int_equal(assignment_solve(&cx, &p, NULL, &best), OK);
	stable_of_scores(cx.arena, &p, &sp);
	stable_solve(cx.arena, &sp, POSTS_PROPOSE, &s);
	stable_compare(cx.arena, &p, &best, &s, &f);
	assert_true(f.stable_total == 0.8 && f.blocking == 0);
	arena_free(cx.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(best_for_who_proposes), cmocka_unit_test(nobody_leaves_when_many_are_liked_alike),
					    cmocka_unit_test(the_smaller_number_comes_first), cmocka_unit_test(what_stability_costs) };
	return cmocka_run_group_tests_name("solve/stable", tests, NULL, NULL);
}
