/* Recommendations; see recommendation.h. */
#include "feature/recommendation/recommendation.h"

enum err recommendation_add(struct ctx *cx, const struct recommend *in)
{
	return recommendation_sql_add(cx, new_id(cx), in->course_id, in->kind, in->org_id, in->designation_id, in->reason_en, in->reason_hi, cx->now, NULL);
}
