/* What of a report of presence counts, whatever else is true. */
#include "feature/event/event_presence.h"

static struct interval count(int64_t at, int64_t length, int64_t from, int64_t to)
{
	struct interval r = { -1, -1 };
	assert_true(event_within(at, length, from, to, &r));
	return r;
}

static void what_lies_between_beginning_and_now_counts(void **state)
{
	struct interval r = count(5 * MINUTE, HOUR, 2 * MINUTE, 5 * MINUTE);
	(void)state;
	assert_int_equal(r.from, 2 * MINUTE);
	assert_int_equal(r.to, 5 * MINUTE);
}

static void the_future_is_refused_and_a_clock_that_drifts_is_not(void **state)
{
	struct interval r;
	(void)state;
	assert_false(event_within(MINUTE, HOUR, 0, 2 * MINUTE, &r));
	r = count(MINUTE, HOUR, 0, MINUTE + 1000);
	assert_int_equal(r.to, MINUTE);
}

static void nothing_and_backwards_are_refused(void **state)
{
	struct interval r;
	(void)state;
	assert_false(event_within(MINUTE, HOUR, MINUTE, MINUTE, &r));
	assert_false(event_within(MINUTE, HOUR, 30000, 20000, &r));
	assert_false(event_within(MINUTE, HOUR, -1000, 20000, &r));
}

static void who_was_silent_longer_than_ten_minutes_was_not_seen(void **state)
{
	struct interval r = count(30 * MINUTE, HOUR, 0, 30 * MINUTE);
	(void)state;
	assert_int_equal(r.from, 20 * MINUTE);
	r = count(30 * MINUTE, HOUR, 0, 10 * MINUTE);
	assert_true(r.from >= r.to);
}

static void nothing_counts_behind_the_end(void **state)
{
	struct interval r = count(61 * MINUTE, HOUR, 59 * MINUTE, 61 * MINUTE);
	(void)state;
	assert_int_equal(r.from, 59 * MINUTE);
	assert_int_equal(r.to, HOUR);
	r = count(61 * MINUTE, HOUR, HOUR, 61 * MINUTE);
	assert_true(r.from >= r.to);
}

/* planned and held in minutes; held 0: still on. */
static int64_t needed(int64_t planned, int64_t held)
{
	struct event_one_row e = {
		.starts_at = HOUR, .ends_at = HOUR + planned * MINUTE, .began_at = HOUR + MINUTE, .closed_at = held ? HOUR + MINUTE + held * MINUTE : NONE
	};
	return event_needed(&e) / MINUTE;
}

static void four_fifths_of_what_was_held_and_no_more_than_was_planned(void **state)
{
	(void)state;
	assert_int_equal(needed(60, 0), 48);
	assert_int_equal(needed(60, 60), 48);
	assert_int_equal(needed(60, 30), 24);
	assert_int_equal(needed(60, 90), 48);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_lies_between_beginning_and_now_counts),
		cmocka_unit_test(the_future_is_refused_and_a_clock_that_drifts_is_not),
		cmocka_unit_test(nothing_and_backwards_are_refused),
		cmocka_unit_test(who_was_silent_longer_than_ten_minutes_was_not_seen),
		cmocka_unit_test(nothing_counts_behind_the_end),
		cmocka_unit_test(four_fifths_of_what_was_held_and_no_more_than_was_planned),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
