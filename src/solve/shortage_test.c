/* Tests of the shortage: groups are what they say, against trying every set of posts, and the number agrees with the assignment's. */
#include "base/base_check.h"
#include "draw.h"
#include "solve/shortage.h"

enum { SMALL = 7 };

/* Officers who come into question for any of a set of posts. */
static uint32_t neighbours(const struct assignment_problem *p, uint32_t posts)
{
	uint32_t officers = 0;
	for (size_t k = 0; k < p->n_pairs; k++)
		if (posts >> p->pairs[k].post & 1)
			officers |= 1u << p->pairs[k].officer;
	return officers;
}

/* König and Hall: as many posts stay empty as some set of posts has too few officers, at most. The union of the least of all sets that miss so many is
 * what the empty posts reach. */
static int most_missing(const struct assignment_problem *p, uint32_t *ret_least)
{
	int most = 0;
	uint32_t least = 0;
	for (uint32_t set = 0; set < 1u << p->n_posts; set++) {
		int missing = __builtin_popcount(set) - __builtin_popcount(neighbours(p, set));
		if (missing > most || (missing == most && __builtin_popcount(set) < __builtin_popcount(least))) {
			most = missing;
			least = set;
		}
	}
	*ret_least = least;
	return most;
}

static struct assignment_problem draw_problem(struct draw *d, struct assignment_pair *pairs)
{
	struct assignment_problem p = { .n_officers = draw_below(d, SMALL + 1), .n_posts = draw_below(d, SMALL + 1), .pairs = pairs, .fill = true };
	uint32_t dense = 1 + draw_below(d, 6);
	for (uint32_t i = 0; i < p.n_officers; i++)
		for (uint32_t j = 0; j < p.n_posts; j++)
			if (draw_below(d, 10) < dense)
				pairs[p.n_pairs++] = (struct assignment_pair){ i, j, 1, PAIR_OPEN };
	return p;
}

static void groups_hold(const struct assignment_problem *p, const struct shortage *s)
{
	int missing = 0, most;
	uint32_t all = 0, least;
	for (size_t g = 0; g < s->n_groups; g++) {
		uint32_t posts = 0, officers = 0;
		for (size_t k = 0; k < s->groups[g].n_posts; k++) {
			posts |= 1u << s->groups[g].posts[k];
			assert_int_equal(s->group_of[s->groups[g].posts[k]], g);
		}
		for (size_t k = 0; k < s->groups[g].n_officers; k++)
			officers |= 1u << s->groups[g].officers[k];
		assert_int_equal(officers, neighbours(p, posts));
		assert_true(s->groups[g].n_posts > s->groups[g].n_officers);
		missing += (int)(s->groups[g].n_posts - s->groups[g].n_officers);
		all |= posts;
	}
	most = most_missing(p, &least);
	assert_int_equal(missing, most);
	assert_int_equal(all, least);
	assert_int_equal(s->n_fillable, p->n_posts - (size_t)most);
}

static void the_groups_are_those_of_hall(void **state)
{
	(void)state;
	struct ctx cx = { .arena = arena_new() };
	struct draw d = { 11 };
	for (int round = 0; round < 3000; round++) {
		struct assignment_pair pairs[SMALL * SMALL];
		struct assignment_problem p = draw_problem(&d, pairs);
		struct shortage s;
		struct assignment r;
		shortage_find(cx.arena, &p, &s);
		groups_hold(&p, &s);
		assert_int_equal(assignment_solve(&cx, &p, NULL, &r), OK);
		assert_int_equal(r.n_placed, s.n_fillable);
		arena_reset(cx.arena);
	}
	arena_free(cx.arena);
}

static void many_posts_agree_with_the_assignment(void **state)
{
	(void)state;
	struct ctx cx = { .arena = arena_new() };
	struct draw d = { 5 };
	enum { N = 3000 };
	struct assignment_pair *pairs = ARENA_ARRAY(cx.arena, struct assignment_pair, 3 * N);
	struct assignment_problem p = { .n_officers = N, .n_posts = N, .n_pairs = 2 * N, .pairs = pairs, .fill = true };
	struct shortage s;
	struct assignment r;
	for (size_t k = 0; k < p.n_pairs; k++)
		pairs[k] = (struct assignment_pair){ draw_below(&d, N), draw_below(&d, N), 1, PAIR_OPEN };
	shortage_find(cx.arena, &p, &s);
	assert_int_equal(assignment_solve(&cx, &p, NULL, &r), OK);
	assert_int_equal(r.n_placed, s.n_fillable);
	for (uint32_t j = 0; j < N; j++)
		assert_true(r.officer_of[j] != NOBODY || s.group_of[j] != NOBODY);
	arena_free(cx.arena);
}

/* Two posts without a candidate, three that want the same two officers, one that is well off; and a fixed pair takes the only officer of another. */
static void reasons(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct assignment_pair pairs[] = { { 0, 1, 5, PAIR_OPEN }, { 1, 1, 5, PAIR_OPEN },	{ 0, 2, 5, PAIR_OPEN },
					   { 1, 3, 5, PAIR_OPEN }, { 2, 4, 5, PAIR_OPEN },	{ 3, 5, 5, PAIR_FIXED },
					   { 3, 6, 5, PAIR_OPEN }, { 4, 0, 5, PAIR_FORBIDDEN }, { 2, 5, 5, PAIR_OPEN } };
	struct assignment_problem p = { 5, 7, COUNT(pairs), pairs, true };
	struct shortage s;
	shortage_find(a, &p, &s);
	assert_int_equal(s.n_fillable, 4);
	assert_int_equal(s.n_groups, 3);
	assert_int_equal(s.groups[0].n_posts, 1);
	assert_int_equal(s.groups[0].n_officers, 0);
	assert_int_equal(s.groups[0].posts[0], 0);
	assert_int_equal(s.groups[1].n_posts, 3);
	assert_int_equal(s.groups[1].posts[0], 1);
	assert_int_equal(s.groups[1].posts[2], 3);
	assert_int_equal(s.groups[1].n_officers, 2);
	assert_int_equal(s.groups[2].posts[0], 6);
	assert_int_equal(s.group_of[4], NOBODY);
	assert_int_equal(s.group_of[5], NOBODY);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(the_groups_are_those_of_hall), cmocka_unit_test(many_posts_agree_with_the_assignment),
					    cmocka_unit_test(reasons) };
	return cmocka_run_group_tests_name("solve/shortage", tests, NULL, NULL);
}
