/* Seats all at once: nobody without a place, nobody on another's, sections apart. */
#include "base/arena.h"
#include "draw.h"
#include "feature/room/spread.h"

#include <stdlib.h>
#include <string.h>

#include "check.h"

enum { ROWS = 6, COLUMNS = 7, ROOMS = 3, PLACES = ROWS * COLUMNS, MOST = ROOMS * PLACES };

struct hall {
	struct arena *arena;
	bool free[ROOMS][PLACES];
	const bool *rooms[ROOMS];
	int64_t section[MOST];
	struct spread_seat seats[MOST];
};

static void empty(struct hall *h)
{
	memset(h->free, true, sizeof h->free);
	for (size_t i = 0; i < ROOMS; i++)
		h->rooms[i] = h->free[i];
}

/* Sections of these sizes, side by side; how many people. */
static size_t people(struct hall *h, const size_t *sizes, size_t n_sizes)
{
	size_t n = 0;
	for (size_t s = 0; s < n_sizes; s++)
		for (size_t k = 0; k < sizes[s]; k++)
			h->section[n++] = (int64_t)s + 100;
	return n;
}

static bool spread(struct hall *h, size_t n, size_t rooms)
{
	return spread_people(h->arena, h->section, n, h->rooms, rooms, ROWS, COLUMNS, h->seats);
}

static void each_has_a_place_that_was_free_and_nobody_elses(struct hall *h, size_t n)
{
	bool taken[ROOMS][PLACES] = { { false } };
	for (size_t i = 0; i < n; i++) {
		const struct spread_seat *s = &h->seats[i];
		assert_true(s->room < ROOMS && s->row < ROWS && s->column < COLUMNS);
		size_t at = s->row * COLUMNS + s->column;
		assert_true(h->free[s->room][at] && !taken[s->room][at]);
		taken[s->room][at] = true;
	}
}

static void nobody_sits_beside_the_own_section_in_a_full_hall(void **state)
{
	struct hall *h = *state;
	static const size_t sizes[] = { 30, 26, 22, 18, 12, 8, 6, 4 };
	empty(h);
	size_t n = people(h, sizes, sizeof sizes / sizeof *sizes);
	assert_int_equal(n, MOST);
	assert_true(spread(h, n, ROOMS));
	each_has_a_place_that_was_free_and_nobody_elses(h, n);
	assert_int_equal(spread_touching(h->section, h->seats, n), 0);
}

static void a_hall_that_is_half_full_leaves_a_place_between(void **state)
{
	struct hall *h = *state;
	static const size_t one[] = { MOST / 2 };
	empty(h);
	size_t n = people(h, one, 1);
	assert_true(spread(h, n, ROOMS));
	assert_int_equal(spread_touching(h->section, h->seats, n), 0);
}

static void too_few_places_are_said(void **state)
{
	struct hall *h = *state;
	static const size_t one[] = { PLACES + 1 };
	empty(h);
	size_t n = people(h, one, 1);
	assert_false(spread(h, n, 1));
	assert_true(spread(h, n - 1, 1));
	assert_true(spread(h, n, 2));
	assert_false(spread(h, 1, 0));
	assert_true(spread(h, 0, 0));
}

/* Places that are taken, rooms of any fill, sections of any size: by lot, a thousand times. */
static void whatever_is_taken_everybody_finds_a_place_of_his_own(void **state)
{
	struct hall *h = *state;
	struct draw by = { 20261129 };
	for (int t = 0; t < 1000; t++) {
		size_t left = 0, n = 0;
		empty(h);
		for (size_t r = 0; r < ROOMS; r++)
			for (size_t k = 0; k < PLACES; k++)
				left += h->free[r][k] = draw_below(&by, 4) > 0;
		while (n < left && n < MOST) {
			size_t size = 1 + draw_below(&by, 20);
			for (size_t k = 0; k < size && n < left; k++)
				h->section[n++] = t + (int64_t)size * 1000;
		}
		assert_true(spread(h, n, ROOMS));
		each_has_a_place_that_was_free_and_nobody_elses(h, n);
	}
}

static int begin(void **state)
{
	struct hall *h = calloc(1, sizeof *h);
	h->arena = arena_new();
	*state = h;
	return 0;
}

static int end(void **state)
{
	struct hall *h = *state;
	arena_free(h->arena);
	free(h);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_sits_beside_the_own_section_in_a_full_hall),
		cmocka_unit_test(a_hall_that_is_half_full_leaves_a_place_between),
		cmocka_unit_test(too_few_places_are_said),
		cmocka_unit_test(whatever_is_taken_everybody_finds_a_place_of_his_own),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
