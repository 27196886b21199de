/* Circles of career steps are found, and the shortest is named. */
#include "base/arena.h"
#include "feature/placement/career.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { CLERK = 1, ASSISTANT, OFFICER, UNDER, DEPUTY };

static const struct career_edge ladder[] = { { CLERK, ASSISTANT }, { ASSISTANT, OFFICER }, { OFFICER, UNDER }, { CLERK, OFFICER }, { UNDER, DEPUTY } };
enum { STEPS = sizeof ladder / sizeof *ladder };

static void a_step_back_closes_the_shortest_circle_and_it_is_named(void **state)
{
	struct arena *a = arena_new();
	int64_t *path;
	size_t n;
	(void)state;
	assert_true(career_circle(a, ladder, STEPS, (struct career_edge){ UNDER, CLERK }, &path, &n));
	const int64_t right[] = { UNDER, CLERK, OFFICER, UNDER };
	assert_int_equal(n, 4);
	assert_memory_equal(path, right, sizeof right);
	assert_true(career_circle(a, ladder, STEPS, (struct career_edge){ ASSISTANT, CLERK }, &path, &n));
	assert_int_equal(n, 3);
	arena_free(a);
}

static void two_ways_to_the_same_place_are_no_circle(void **state)
{
	struct arena *a = arena_new();
	int64_t *path;
	size_t n;
	(void)state;
	assert_false(career_circle(a, ladder, STEPS, (struct career_edge){ CLERK, DEPUTY }, &path, &n));
	assert_false(career_circle(a, ladder, STEPS, (struct career_edge){ OFFICER, DEPUTY }, &path, &n));
	assert_false(career_circle(a, NULL, 0, (struct career_edge){ OFFICER, DEPUTY }, &path, &n));
	arena_free(a);
}

static void adding_what_is_found_free_of_circles_never_makes_one(void **state)
{
	struct arena *a = arena_new();
	struct career_edge kept[64];
	size_t n_kept = 0, refused = 0, n;
	int64_t *path;
	(void)state;
	/* All pairs of eight designations in a scattered order: what is kept has an order, so at most one of each two directions. */
	for (int64_t i = 0; i < 64; i++) {
		int64_t k = i * 29 % 64;
		struct career_edge more = { k / 8, k % 8 };
		if (more.from == more.to)
			continue;
		if (career_circle(a, kept, n_kept, more, &path, &n)) {
			assert_true(path[0] == more.from && path[1] == more.to && path[n - 1] == more.from);
			refused++;
		} else {
			kept[n_kept++] = more;
		}
	}
	assert_int_equal(n_kept, 28);
	assert_int_equal(refused, 28);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_step_back_closes_the_shortest_circle_and_it_is_named),
		cmocka_unit_test(two_ways_to_the_same_place_are_no_circle),
		cmocka_unit_test(adding_what_is_found_free_of_circles_never_makes_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
