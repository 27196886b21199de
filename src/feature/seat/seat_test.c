/* Which form lies on which seat, and how seats are called. */
#include "base/arena.h"
#include "feature/seat/seat.h"

#include "check.h"

static size_t form_at(struct arena *a, unsigned row, unsigned column, size_t n)
{
	return seat_form(seat_name(a, row, column), n);
}

static void neighbours_have_different_forms(void **state)
{
	struct arena *a = arena_new();
	(void)state;
	for (size_t n = 2; n <= 20; n++)
		for (unsigned row = 0; row < 30; row++)
			for (unsigned k = 0; k < 12; k++) {
				assert_true(form_at(a, row, k, n) < n);
				assert_int_not_equal(form_at(a, row, k, n), form_at(a, row, k + 1, n));
				assert_int_not_equal(form_at(a, row, k, n), form_at(a, row + 1, k, n));
			}
	arena_free(a);
}

static void from_four_forms_on_those_across_the_corner_differ_too(void **state)
{
	struct arena *a = arena_new();
	(void)state;
	for (size_t n = 4; n <= 20; n++)
		for (unsigned row = 0; row < 30; row++)
			for (unsigned k = 1; k < 12; k++) {
				assert_int_not_equal(form_at(a, row, k, n), form_at(a, row + 1, k + 1, n));
				assert_int_not_equal(form_at(a, row, k, n), form_at(a, row + 1, k - 1, n));
			}
	arena_free(a);
}

static void whatever_a_seat_is_called_it_has_a_form(void **state)
{
	static const char *const odd[] = { "", "7", "-", "Z", "खिड़की 3", "AB12", "b 07", "999999999999999999999999" };
	(void)state;
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
		for (size_t n = 0; n < 6; n++)
			assert_true(seat_form(str_of(odd[i]), n) < (n ? n : 1));
	assert_int_equal(seat_form(S("7"), 2), 1);
	assert_int_equal(seat_form(S("b-07"), 5), seat_form(S("B7"), 5));
}

static void seats_stand_as_in_the_room(void **state)
{
	static const char *const order[] = { "2", "10", "A1", "A9", "A10", "B-1", "Z9", "AA1" };
	struct arena *a = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
			int c = seat_cmp(str_of(order[i]), str_of(order[k]));
			assert_int_equal((c > 0) - (c < 0), (i > k) - (i < k));
		}
	assert_true(str_is(seat_name(a, 0, 0), "A1") && str_is(seat_name(a, 25, 9), "Z10") && str_is(seat_name(a, 26, 0), "AA1"));
	for (unsigned row = 0; row < 800; row++) {
		unsigned r = 0, c = 0;
		assert_true(seat_place(seat_name(a, row, row % 40), &r, &c));
		assert_true(r == row && c == row % 40);
	}
	unsigned r = 0, c = 0;
	assert_false(seat_place(S("7"), &r, &c) || seat_place(S(""), &r, &c) || seat_place(S("A"), &r, &c) || seat_place(S("A0"), &r, &c));
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(neighbours_have_different_forms),
		cmocka_unit_test(from_four_forms_on_those_across_the_corner_differ_too),
		cmocka_unit_test(whatever_a_seat_is_called_it_has_a_form),
		cmocka_unit_test(seats_stand_as_in_the_room),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
