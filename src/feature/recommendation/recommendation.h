/* Which course is recommended to whom, and why: the four kinds of mission document 1 (R4).
 * common: to all; role: to a designation; ministry: to an organisation and all below; what none of these says is self-selected. */
#ifndef FEATURE_RECOMMENDATION_H
#define FEATURE_RECOMMENDATION_H
#include "db/db.h"
#include "recommendation_sql.h"

struct recommend {
	int64_t course_id;
	struct str kind;             /* common, role, ministry */
	int64_t org_id, designation_id; /* the one that the kind needs; else NONE */
	struct str reason_en, reason_hi;
};
_must_check_ enum err recommendation_add(struct ctx *cx, const struct recommend *in);
#endif
