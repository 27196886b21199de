/* Within the feature: the head of all pages about one post. */
#ifndef FEATURE_PLACEMENT_PLACEMENT_HEAD_H
#define FEATURE_PLACEMENT_PLACEMENT_HEAD_H
#include "feature/placement/candidates_page.h"
#include "placement_sql.h"

_must_check_ enum err post_head_of(struct ctx *cx, int64_t org_id, const struct placement_post_row *r, struct post_head *ret);
#endif
