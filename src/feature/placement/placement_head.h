/* Within the feature: what all its pages show of a post, and of a person beside it. */
#ifndef FEATURE_PLACEMENT_PLACEMENT_HEAD_H
#define FEATURE_PLACEMENT_PLACEMENT_HEAD_H
#include "feature/placement/candidates_page.h"
#include "feature/placement/pool.h"

_must_check_ enum err post_head_of(struct ctx *cx, int64_t org_id, const struct placement_post_row *r, struct post_head *ret);
/* Names of the competencies that are missing, by parts of post_fit_of. */
struct str missing_words(struct ctx *cx, const struct pool_post *post, const struct fit_part *parts);
/* A line of a list of candidates; org_id and post_id of the head. */
struct candidate_item candidate_item_of(struct ctx *cx, const struct post_head *head, const struct pool_person *p, const struct fit *fit, struct str missing);
/* What the post asks, beside what the person holds; as many as it asks. */
struct part_item *part_items(struct ctx *cx, const struct pool_post *post, const struct fit_part *parts);
/* FIT_RULES of them, in words. */
struct rule_item *rule_items(struct ctx *cx, const struct fit_post *post, const struct fit_person *person, const struct fit_rules *rules);
#endif
