/* Views of acting for others. */
#ifndef FEATURE_ACTING_PAGE_H
#define FEATURE_ACTING_PAGE_H
#include "base/field.h"

struct acting_item {
	int64_t id, person_id, by_id, from_at, until_at, ended_at;
	struct str kind, who, whom, reason;
	bool by_me, in_force, to_come, support;
};
struct acting_page {
	struct acting_item *open, *over;
	size_t n_open, n_over;
	struct str next; /* address; absent: no more */
	bool may_delegate;
};
struct support_page {
	int64_t id;
	struct str name;
};
#endif
