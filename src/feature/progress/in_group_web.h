/* What pages say of a resource that somebody saw in a group session (feature/together): whose, and how he was checked. */
#ifndef FEATURE_PROGRESS_IN_GROUP_WEB_H
#define FEATURE_PROGRESS_IN_GROUP_WEB_H
#include "feature/progress/progress.h"

struct in_group {
	struct str host, checked; /* host empty: he saw it in no group; checked: "on the own phone"; empty: by no check of a group */
};
/* Of the latest group. Reads. */
_must_check_ enum err in_group(struct ctx *cx, int64_t person_id, int64_t resource_id, struct in_group *ret);
/* How somebody was checked: way as together_check keeps it, empty: not at all; by: who ticked or keyed in. */
struct str in_group_checked(struct ctx *cx, struct str way, struct str by);
#endif
