/* Points of facts; see award.h. */
#include "feature/karma/award.h"
#include "base/clock.h"

int64_t karma_months_late(int64_t due_day, int64_t day)
{
	if (due_day == NONE || day <= due_day)
		return 0;
	struct civil due = clock_date(due_day), done = clock_date(day);
	return (done.year - due.year) * 12 + (done.month - due.month) + (done.day > due.day);
}

static bool learnt_enough(const struct karma_rate *r, const struct karma_completion *c)
{
	return c->learnt_ms * 100 >= c->course_ms * r->least_share;
}

size_t karma_of_course(const struct karma_rate *rates, const struct karma_completion *c, struct karma_award awards[static 3])
{
	const struct karma_rate *course = &rates[KARMA_course], *test = &rates[KARMA_course_test], *plan = &rates[KARMA_course_plan];
	bool assigned = c->due_day != NONE;
	size_t n = 0;
	if (!learnt_enough(course, c))
		return 0;
	bool over = !assigned && course->monthly_most && c->paid_in_month >= course->monthly_most;
	awards[n++] = (struct karma_award){ KARMA_course, over ? 0 : course->points, 0, over ? "month" : "" };
	if (!over && c->tested && learnt_enough(test, c))
		awards[n++] = (struct karma_award){ KARMA_course_test, test->points, 0, "" };
	if (assigned && learnt_enough(plan, c)) {
		int64_t months = plan->less_a_month ? karma_months_late(c->due_day, c->day) : 0;
		int64_t left = plan->points - months * plan->less_a_month;
		awards[n++] = (struct karma_award){ KARMA_course_plan, left > 0 ? left : 0, months, left > 0 || !months ? "" : "late" };
	}
	return n;
}
