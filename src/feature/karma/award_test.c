/* Rules of Karma Points. */
#include "base/clock.h"
#include "feature/karma/award.h"

#include "check.h"

static const struct karma_rate published[KARMA_CODES] = {
#define RULE(code, points, monthly_most, less_a_month, least_share, text) [KARMA_##code] = { points, monthly_most, less_a_month, least_share },
#include "feature/karma/karma_rule.def"
#undef RULE
};

static int64_t sum(const struct karma_completion *c)
{
	struct karma_award a[3];
	size_t n = karma_of_course(published, c, a);
	int64_t points = 0;
	for (size_t i = 0; i < n; i++)
		points += a[i].points;
	return points;
}

static struct karma_completion completion(void)
{
	return (struct karma_completion){ .day = clock_day_of(2026, 10, 20), .due_day = NONE, .learnt_ms = 3600000, .course_ms = 3600000 };
}

static void published_sums(void **state)
{
	(void)state;
	struct karma_completion c = completion();
	assert_int_equal(sum(&c), 5);
	c.tested = true;
	assert_int_equal(sum(&c), 10);
	c.due_day = c.day;
	assert_int_equal(sum(&c), 20);
	c.tested = false;
	assert_int_equal(sum(&c), 15);
}

static void the_fifth_of_a_month_pays_nothing_and_an_assigned_one_does(void **state)
{
	(void)state;
	struct karma_completion c = completion();
	struct karma_award a[3];
	c.tested = true;
	c.paid_in_month = 3;
	assert_int_equal(sum(&c), 10);
	c.paid_in_month = 4;
	assert_int_equal(karma_of_course(published, &c, a), 1);
	assert_int_equal(a[0].points, 0);
	assert_string_equal(a[0].why, "month");
	c.due_day = c.day + 10;
	assert_int_equal(sum(&c), 20);
}

static void what_was_skipped_pays_nothing(void **state)
{
	(void)state;
	struct karma_completion c = completion();
	c.tested = true;
	c.due_day = c.day;
	c.learnt_ms = c.course_ms / 2 - 1;
	assert_int_equal(sum(&c), 0);
	c.learnt_ms = c.course_ms / 2;
	assert_int_equal(sum(&c), 20);
}

static void a_month_begins_with_the_day_after_the_due_day(void **state)
{
	(void)state;
	int64_t due = clock_day_of(2026, 11, 30);
	assert_int_equal(karma_months_late(due, due - 1), 0);
	assert_int_equal(karma_months_late(due, due), 0);
	assert_int_equal(karma_months_late(due, clock_day_of(2026, 12, 1)), 1);
	assert_int_equal(karma_months_late(due, clock_day_of(2026, 12, 30)), 1);
	assert_int_equal(karma_months_late(due, clock_day_of(2026, 12, 31)), 2);
	assert_int_equal(karma_months_late(due, clock_day_of(2027, 11, 30)), 12);
	assert_int_equal(karma_months_late(clock_day_of(2026, 11, 15), clock_day_of(2026, 11, 16)), 1);
	for (int64_t day = due, before = 0; day < due + 800; day++) { /* never less than the day before, never two at once */
		int64_t now = karma_months_late(due, day);
		assert_true(now == before || now == before + 1);
		before = now;
	}
}

static void late_takes_off_down_to_nothing(void **state)
{
	(void)state;
	struct karma_completion c = completion();
	struct karma_award a[3];
	c.due_day = clock_day_of(2026, 8, 31);
	assert_int_equal(karma_of_course(published, &c, a), 2);
	assert_int_equal(a[1].points, 8);
	assert_int_equal(a[1].months, 2);
	assert_string_equal(a[1].why, "");
	c.due_day = clock_day_of(2025, 1, 1);
	karma_of_course(published, &c, a);
	assert_int_equal(a[1].points, 0);
	assert_string_equal(a[1].why, "late");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_sums),
		cmocka_unit_test(the_fifth_of_a_month_pays_nothing_and_an_assigned_one_does),
		cmocka_unit_test(what_was_skipped_pays_nothing),
		cmocka_unit_test(a_month_begins_with_the_day_after_the_due_day),
		cmocka_unit_test(late_takes_off_down_to_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
