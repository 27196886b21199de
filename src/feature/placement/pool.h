/* Who comes into question for posts: people with the facts that count, read once, and the best of them for each post.
 *
 * A pool holds ids, facts and sums of evidence (and names for pages); nothing that must not count is read. It has memory of its own: pool_end. */
#ifndef FEATURE_PLACEMENT_POOL_H
#define FEATURE_PLACEMENT_POOL_H
#include "base/clock.h"
#include "db/db.h"
#include "feature/placement/post_fit.h"
#include "placement_sql.h"
#include "round_sql.h"

enum { POOL_MAX = 50000, POOL_POSTS = 20, SHORTLIST = 50 };

/* Posts with what they ask, as they are read together: at most POOL_POSTS. */
struct pool_post {
	int64_t id, sanctioned, tenure_months;
	struct fit_post asks;
	const struct placement_needs_row *needs; /* parallel to asks.needs; in the arena of cx */
};
/* Of each: id, service, least_pay_level and least_years are there; fills in what it asks. Reads one statement. */
_must_check_ enum err pool_needs(struct ctx *cx, struct pool_post *posts, size_t n);

struct pool_person {
	int64_t id, post_id; /* post held substantively; NONE */
	struct fit_person facts;
	struct str name, designation_en, designation_hi, org_en, org_hi;
};
struct pool {
	struct arena *arena;
	struct pool_person *people; /* ascending by id */
	size_t n, cap;
	int64_t day;
	bool cut; /* more came into question than POOL_MAX: nobody is in it */
	struct pool_column *columns;
	size_t n_columns;
	int64_t *wanted; /* competencies whose sums are read, ascending */
	size_t n_wanted;
	struct fit_sums *sums;
	size_t n_sums, at;
};
/* People posted in an organisation or below it on the day, of a service (empty: any) and at least a pay level, with their sums in what the posts ask. */
_must_check_ enum err pool_of_org(struct ctx *cx, int64_t org_id, int64_t day, struct str service, int64_t least_pay_level, const struct pool_post *posts,
				  size_t n_posts, struct pool *ret);
/* The officers of a round, with their sums in what the posts ask. */
_must_check_ enum err pool_of_round(struct ctx *cx, int64_t round_id, int64_t day, const struct pool_post *posts, size_t n_posts, struct pool *ret);
/* One person, with all sums; an empty pool: posted nowhere. */
_must_check_ enum err pool_of_person(struct ctx *cx, int64_t person_id, int64_t day, struct pool *ret, int64_t *ret_org_id, int64_t *ret_designation_id);
void pool_end(struct pool *p);

struct candidate {
	uint32_t person; /* place in the pool */
	struct fit fit;
};
struct ranking {
	struct candidate *best; /* best fit first; then fewest hours; then the lower id, so that the order is always the same */
	size_t n, n_eligible;
	size_t n_ready, n_soon;	 /* eligible with nothing missing; and of the others, with courses of at most soon_ms for all that is missing */
	size_t n_not[FIT_RULES]; /* who does not meet a rule */
};
/* The best `most` of those who are eligible and do not hold the post already. Judged by the state of the day. In the arena of cx. */
void pool_rank(struct ctx *cx, struct pool *p, const struct pool_post *post, size_t most, int64_t soon_ms, struct ranking *ret);
#endif
