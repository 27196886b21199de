/* The draw of groups: sizes, balance, no group of one department that could be avoided, never worse than chance, the same everywhere. */
#include "feature/charcha/charcha_draw.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "check.h"
#include "draw.h"

enum { MANY = 10000 };

/* n people of up to so many departments, the first of them with `first` people at least. */
static struct draw_person *some_people(struct arena *a, struct draw *d, uint32_t n, uint32_t departments, uint32_t first)
{
	struct draw_person *v = ARENA_ARRAY(a, struct draw_person, n);
	for (uint32_t i = 0; i < n; i++)
		v[i] = (struct draw_person){ 1000 + (int64_t)i * 7,
					     { i < first ? 900 : 900 - (int64_t)draw_below(d, departments), draw_below(d, 4), 50 + draw_below(d, 6) } };
	return v;
}

static void sizes_of(const struct draw_result *r, uint32_t n, uint32_t *ret_least, uint32_t *ret_most)
{
	uint32_t *size = calloc(r->n_groups, sizeof *size);
	for (uint32_t i = 0; i < n; i++) {
		assert_true(r->group[i] < r->n_groups);
		size[r->group[i]]++;
	}
	*ret_least = *ret_most = size[0];
	for (uint32_t g = 1; g < r->n_groups; g++) {
		*ret_least = size[g] < *ret_least ? size[g] : *ret_least;
		*ret_most = size[g] > *ret_most ? size[g] : *ret_most;
	}
	free(size);
}

/* How many groups must be of one department: those that nobody of another department is left for. */
static uint32_t unavoidable(const struct draw_person *v, uint32_t n, uint32_t n_groups)
{
	uint32_t most = 0;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t same = 0;
		for (uint32_t k = 0; k < n; k++)
			same += v[k].of[0] == v[i].of[0];
		most = same > most ? same : most;
	}
	return n - most < n_groups ? n_groups - (n - most) : 0;
}

static void sizes_differ_by_one_at_most_and_are_never_above_what_was_asked(void **state)
{
	struct draw d = { 1 };
	(void)state;
	for (uint32_t n = 5; n < 200; n++)
		for (uint32_t size = DRAW_SIZE_LEAST; size <= DRAW_SIZE_MOST; size += 1 + n % 3) {
			struct arena *a = arena_new();
			struct draw_result r = draw_people(a, n * 31 + size, some_people(a, &d, n, 5, 0), n, size);
			uint32_t least, most;
			sizes_of(&r, n, &least, &most);
			assert_true(most - least <= 1);
			assert_true(most <= size);
			assert_true(2 * least >= size || r.n_groups == 1);
			assert_true(least >= 3);
			arena_free(a);
		}
}

static void a_draw_is_never_worse_than_chance_and_what_it_says_is_so(void **state)
{
	struct draw d = { 2 };
	(void)state;
	for (int round = 0; round < 300; round++) {
		struct arena *a = arena_new();
		uint32_t n = 5 + draw_below(&d, 120), single;
		struct draw_person *v = some_people(a, &d, n, 1 + draw_below(&d, 9), draw_below(&d, n));
		struct draw_result r = draw_people(a, (uint64_t)round, v, n, 5 + draw_below(&d, 8));
		assert_true(r.reached <= r.chance || r.n_single == unavoidable(v, n, r.n_groups));
		assert_true(draw_objective(a, v, n, r.group, r.n_groups, &single) == r.reached);
		assert_int_equal(single, r.n_single);
		arena_free(a);
	}
}

static void a_group_of_one_department_is_made_only_where_it_cannot_be_avoided(void **state)
{
	struct draw d = { 3 };
	(void)state;
	unsigned forced = 0;
	for (int round = 0; round < 400; round++) {
		struct arena *a = arena_new();
		uint32_t n = 5 + draw_below(&d, 90);
		struct draw_person *v = some_people(a, &d, n, 1 + draw_below(&d, 6), n - draw_below(&d, n / 3 + 1));
		struct draw_result r = draw_people(a, (uint64_t)round, v, n, 5 + draw_below(&d, 8));
		assert_int_equal(r.n_single, unavoidable(v, n, r.n_groups));
		forced += r.n_single > 0;
		arena_free(a);
	}
	assert_true(forced > 20);
}

/* No exchange of two people would be better: what was found is a local optimum, by an objective worked out anew. */
static void no_two_people_could_change_places_for_the_better(void **state)
{
	struct draw d = { 4 };
	(void)state;
	for (int round = 0; round < 12; round++) {
		struct arena *a = arena_new();
		uint32_t n = 10 + draw_below(&d, 25), single;
		struct draw_person *v = some_people(a, &d, n, 5, 0);
		struct draw_result r = draw_people(a, (uint64_t)round, v, n, 6);
		for (uint32_t x = 0; x < n; x++)
			for (uint32_t y = x + 1; y < n; y++) {
				uint32_t g = r.group[x];
				r.group[x] = r.group[y];
				r.group[y] = g;
				int64_t other = draw_objective(a, v, n, r.group, r.n_groups, &single);
				assert_true(other >= r.reached || single > r.n_single);
				r.group[y] = r.group[x];
				r.group[x] = g;
			}
		arena_free(a);
	}
}

static void people_and_seed_alone_decide_in_whatever_order_they_come(void **state)
{
	struct arena *a = arena_new();
	struct draw d = { 5 };
	enum { N = 83 };
	struct draw_person *v = some_people(a, &d, N, 6, 0), w[N];
	struct draw_result r = draw_people(a, 2026, v, N, 7), s;
	uint64_t sum = 0;
	bool differs = false;
	(void)state;
	for (uint32_t i = 0; i < N; i++)
		w[i] = v[N - 1 - i];
	s = draw_people(a, 2026, w, N, 7);
	for (uint32_t i = 0; i < N; i++) {
		assert_int_equal(r.group[i], s.group[N - 1 - i]);
		sum = sum * 31 + r.group[i];
	}
	s = draw_people(a, 2027, v, N, 7);
	for (uint32_t i = 0; i < N; i++)
		differs = differs || r.group[i] != s.group[i];
	assert_true(differs);
	print_message("83 people, seed 2026: %llu, reached %lld of %lld by chance\n", (unsigned long long)sum, (long long)r.reached, (long long)r.chance);
	/* The figures of one machine, which every other has to reach. */
	assert_true(sum == UINT64_C(9745158500634576831));
	assert_true(r.reached == INT64_C(385026));
	arena_free(a);
}

static void who_comes_late_goes_where_the_whole_stays_most_even(void **state)
{
	struct arena *a = arena_new();
	struct draw d = { 6 };
	(void)state;
	for (int round = 0; round < 60; round++) {
		enum { N = 40 };
		struct draw_person *v = some_people(a, &d, N, 4, 0), late = { 5, { 900 - (int64_t)draw_below(&d, 5), draw_below(&d, 4), 50 } };
		struct draw_result r = draw_people(a, (uint64_t)round, v, N, 8);
		bool open[16] = { true, true, true, true, true };
		open[draw_below(&d, r.n_groups)] = false;
		uint32_t g = draw_late(a, v, N, r.group, r.n_groups, open, 12, &late);
		assert_true(g < r.n_groups && open[g]);
		assert_int_equal(draw_late(a, v, N, r.group, r.n_groups, open, 8, &late), r.n_groups); /* all have eight */
	}
	/* Two groups: one has nobody of his department. */
	struct draw_person v[] = { { 1, { 1, 0, 0 } }, { 2, { 1, 0, 0 } }, { 3, { 2, 0, 0 } }, { 4, { 1, 0, 0 } }, { 5, { 2, 0, 0 } }, { 6, { 2, 0, 0 } } };
	const uint32_t group[] = { 0, 0, 0, 1, 1, 1 };
	const bool open[] = { true, true };
	assert_int_equal(draw_late(a, v, 6, group, 2, open, 12, &(struct draw_person){ 7, { 2, 0, 0 } }), 0);
	assert_int_equal(draw_late(a, v, 6, group, 2, open, 12, &(struct draw_person){ 7, { 1, 0, 0 } }), 1);
	arena_free(a);
}

static void ten_thousand_people_are_drawn_in_seconds(void **state)
{
	struct arena *a = arena_new();
	struct draw d = { 7 };
	struct draw_person *v = some_people(a, &d, MANY, 60, 0);
	struct timespec from, to;
	(void)state;
	clock_gettime(CLOCK_MONOTONIC, &from);
	struct draw_result r = draw_people(a, 1, v, MANY, 8);
	clock_gettime(CLOCK_MONOTONIC, &to);
	print_message("10,000 people in %u groups: %.2f s; %lld of %lld by chance\n", r.n_groups,
		      (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9, (long long)r.reached, (long long)r.chance);
	assert_int_equal(r.n_groups, 1250);
	assert_true(r.reached < r.chance * 6 / 10);
	assert_int_equal(r.n_single, 0);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes_differ_by_one_at_most_and_are_never_above_what_was_asked),
		cmocka_unit_test(a_draw_is_never_worse_than_chance_and_what_it_says_is_so),
		cmocka_unit_test(a_group_of_one_department_is_made_only_where_it_cannot_be_avoided),
		cmocka_unit_test(no_two_people_could_change_places_for_the_better),
		cmocka_unit_test(people_and_seed_alone_decide_in_whatever_order_they_come),
		cmocka_unit_test(who_comes_late_goes_where_the_whole_stays_most_even),
		cmocka_unit_test(ten_thousand_people_are_drawn_in_seconds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
