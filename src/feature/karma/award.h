/* What a fact is worth in Karma Points: pure arithmetic over the rules of its day.
 *
 * A course that was assigned pays as often as it comes; others pay as many times a calendar month as the rule says, in the order in which they were completed.
 * What is taken off for being late: a month has begun with the day after the due day, another with the same day of each following month. */
#ifndef FEATURE_AWARD_H
#define FEATURE_AWARD_H
#include "base/ctx.h"
#include "base/field.h"

enum karma_code {
#define RULE(code, points, monthly_most, less_a_month, least_share, text) KARMA_##code,
#include "feature/karma/karma_rule.def"
#undef RULE
	KARMA_CODES
};
struct karma_rate {
	int64_t points, monthly_most, less_a_month, least_share; /* see schema karma_rule */
};
struct karma_award {
	enum karma_code code;
	int64_t points, months; /* months begun after the due day for which something was taken off */
	const char *why;	/* "", "month", "late" */
};

struct karma_completion {
	int64_t day;		      /* of completion, day number in India */
	int64_t due_day;	      /* of its assignment; NONE: it was not assigned */
	bool tested;		      /* a test of the course was passed */
	int64_t learnt_ms, course_ms; /* verified, and in all */
	int64_t paid_in_month;	      /* other courses not assigned for which this month has paid already */
};

/* Months begun after due_day on `day`: 0 up to the due day itself. */
int64_t karma_months_late(int64_t due_day, int64_t day);
/* What a completed course gives by the rates of its day (indexed by code): 0 to 3 awards, the count is returned. Too little learnt: none. */
size_t karma_of_course(const struct karma_rate *rates, const struct karma_completion *c, struct karma_award awards[static 3]);
#endif
