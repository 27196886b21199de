/* Tests of differences: what is said leads from one allocation to the other, and nothing is said of what stays. */
#include "base/arena.h"
#include "base/field.h"
#include "draw.h"
#include "feature/allocation/difference.h"

#include <string.h>

enum { PEOPLE = 5, ACTIVITIES = 6 };

static void what_moves_is_named_with_both(void **state)
{
	struct arena *a = arena_new();
	struct allotted was[] = { { 20, 1, 300 }, { 10, 1, 120 }, { 30, 2, 60 } }, is[] = { { 10, 1, 120 }, { 20, 3, 240 }, { 40, 2, 60 }, { 30, 2, 90 } };
	struct difference *d;
	(void)state;
	assert_int_equal(differences(a, was, 3, is, 4, &d), 3);
	assert_true(d[0].kind == DIFFERENCE_MOVED && d[0].activity_id == 20 && d[0].was_id == 1 && d[0].is_id == 3 && d[0].minutes_was == 300 &&
		    d[0].minutes_is == 240);
	assert_true(d[1].kind == DIFFERENCE_HOURS && d[1].activity_id == 30 && d[1].was_id == 2 && d[1].minutes_was == 60 && d[1].minutes_is == 90);
	assert_true(d[2].kind == DIFFERENCE_GIVEN && d[2].activity_id == 40 && d[2].was_id == NONE && d[2].is_id == 2);
	assert_int_equal(differences(a, was, 3, was, 3, &d), 0);
	assert_int_equal(differences(a, was, 3, NULL, 0, &d), 3);
	assert_true(d[0].kind == DIFFERENCE_TAKEN && d[0].is_id == NONE);
	assert_int_equal(differences(a, NULL, 0, NULL, 0, &d), 0);
	arena_free(a);
}

/* Minutes by activity and person; 0: not allotted. */
typedef int64_t table[ACTIVITIES][PEOPLE];

static size_t listed(table t, struct allotted *ret)
{
	size_t n = 0;
	for (int p = PEOPLE; p-- > 0;)
		for (int k = 0; k < ACTIVITIES; k++)
			if (t[k][p])
				ret[n++] = (struct allotted){ k, p, t[k][p] };
	return n;
}

static void carry_out(table t, const struct difference *d)
{
	if (d->was_id != NONE) {
		assert_int_equal(t[d->activity_id][d->was_id], d->minutes_was);
		t[d->activity_id][d->was_id] = 0;
	}
	if (d->is_id != NONE) {
		assert_int_equal(t[d->activity_id][d->is_id], 0);
		t[d->activity_id][d->is_id] = d->minutes_is;
	}
}

static void carried_out_they_make_the_one_of_the_other(void **state)
{
	struct draw lot = { 7 };
	(void)state;
	for (int round = 0; round < 2000; round++) {
		struct arena *a = arena_new();
		struct allotted was[ACTIVITIES * PEOPLE], is[ACTIVITIES * PEOPLE];
		struct difference *d;
		table from, to;
		for (int k = 0; k < ACTIVITIES; k++)
			for (int p = 0; p < PEOPLE; p++) {
				from[k][p] = draw_below(&lot, 3) ? 0 : 30 * (1 + draw_below(&lot, 3));
				to[k][p] = draw_below(&lot, 2) ? from[k][p] : draw_below(&lot, 2) ? 0 : 30 * (1 + draw_below(&lot, 3));
			}
		size_t n_was = listed(from, was), n_is = listed(to, is), n = differences(a, was, n_was, is, n_is, &d);
		for (size_t i = 0; i < n; i++)
			carry_out(from, &d[i]);
		assert_memory_equal(from, to, sizeof to);
		arena_free(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_moves_is_named_with_both),
		cmocka_unit_test(carried_out_they_make_the_one_of_the_other),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
