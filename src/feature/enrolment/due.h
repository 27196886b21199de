/* How an assignment's day stands to today, for the tags "Due in 6 days", "Late by 3 days" (due_tag.html). */
#ifndef FEATURE_ENROLMENT_DUE_H
#define FEATURE_ENROLMENT_DUE_H
#include "base/field.h"

struct due {
	int64_t day;        /* NONE: no day is set */
	int64_t late, left; /* days; at most one of them is not 0 */
	bool today;
};
static inline struct due due_of(int64_t day, int64_t today)
{
	if (day == NONE)
		return (struct due){ .day = NONE };
	return (struct due){ .day = day, .late = today > day ? today - day : 0, .left = day > today ? day - today : 0, .today = day == today };
}
#endif
