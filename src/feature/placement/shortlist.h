/* The shortlist for a post: the best of an organisation and all below it, each with the reasons.
 *
 * Who is looked at has the service and the pay level that the post asks; then the rules of post_fit.h count, and of those who meet them the fifty that fit
 * best are listed. The same facts always give the same order. Protected attributes (gender, category, region, religion, age) are not read here. */
#ifndef FEATURE_PLACEMENT_SHORTLIST_H
#define FEATURE_PLACEMENT_SHORTLIST_H
#include "feature/placement/pool.h"

struct shortlist {
	struct placement_post_row post;
	struct pool_post asks;
	struct pool pool;
	struct ranking ranking;
};
/* As of today. ERR_NOT_FOUND: no such post in the organisation or below it. Reads; pool_end(&ret->pool) when it went well. */
_must_check_ enum err shortlist_of(struct ctx *cx, int64_t org_id, int64_t post_id, struct shortlist *ret);
/* The post alone, with what it asks. */
_must_check_ enum err shortlist_post(struct ctx *cx, int64_t org_id, int64_t post_id, struct placement_post_row *ret, struct pool_post *ret_asks);
/* A sentence that says what a rule asks and what the person brings, in the language of cx. */
struct str fit_rule_words(struct ctx *cx, enum fit_rule rule, const struct fit_post *post, const struct fit_person *person, const struct fit_rules *r);
/* "73.4" of 734 thousandths: fit as people read it, 0 to 100. */
struct str fit_points(struct ctx *cx, int64_t thousandths);
/* The same, also below 0; NONE: nothing. */
struct str fit_points_signed(struct ctx *cx, int64_t thousandths);
#endif
