/* What one allocation of work changes against another. Pure. */
#ifndef FEATURE_DIFFERENCE_H
#define FEATURE_DIFFERENCE_H
#include "base/str.h"

struct allotted {
	int64_t activity_id, person_id, minutes;
};
enum difference_kind { DIFFERENCE_GIVEN, DIFFERENCE_TAKEN, DIFFERENCE_MOVED, DIFFERENCE_HOURS };
struct difference {
	enum difference_kind kind;
	int64_t activity_id;
	int64_t was_id, is_id;		 /* persons; NONE: nobody. HOURS: the same twice */
	int64_t minutes_was, minutes_is; /* 0: nobody */
};
/* Activity by activity: who lost it and who got it are put together as moved, in the order of their ids, until one side is used up. The lists are put into
 * order by activity and person here; each pair of them stands in a list once. The result in the arena, in the same order; nothing for what is as it was. */
size_t differences(struct arena *a, struct allotted *was, size_t n_was, struct allotted *is, size_t n_is, struct difference **ret);
#endif
