/* Officers and posts by what both want: an assignment that no officer and no post would leave together.
 *
 * Deferred acceptance: Gale & Shapley, "College admissions and the stability of marriage", American Mathematical Monthly 69 (1962) 9-15, with lists that
 * need not hold everybody. Of all stable assignments it is the best for each of the side that proposes and the worst for each of the other;
 * the same officers and posts stay free in all of them (Roth, "On the allocation of residents to rural hospitals", Econometrica 54 (1986) 425-427).
 * O(pairs x log pairs). */
#ifndef SOLVE_STABLE_H
#define SOLVE_STABLE_H
#include "solve/assignment.h"

/* A pair that both would accept; each at most once. A smaller rank is liked more. Of two with one rank whoever has the smaller number (officer, post) comes
 * first. */
struct stable_pair {
	uint32_t officer, post;
	double officer_rank, post_rank; /* of the post in the officer's list; of the officer in the post's; not NaN */
};
struct stable_problem {
	size_t n_officers, n_posts, n_pairs;
	const struct stable_pair *pairs;
};
enum stable_proposer { OFFICERS_PROPOSE, POSTS_PROPOSE };
struct stable {
	uint32_t *post_of, *officer_of; /* NOBODY: free */
	size_t n_placed;
};
void stable_solve(struct arena *a, const struct stable_problem *p, enum stable_proposer by, struct stable *ret);
/* In how many pairs both like each other more than what they have (free: nothing is worse; the same rank is not more): 0 is stable.
 * ret_first (may be NULL): the first of them in p->pairs. */
size_t stable_blocking(struct arena *a, const struct stable_problem *p, const uint32_t *post_of, size_t *ret_first);

/* The problem in which both sides like a pair the more the higher it scores. What an assignment may not take is not in it: forbidden pairs, those not
 * above 0 unless it fills, and what stands beside a fixed pair. The assignment problem is one that assignment_solve has accepted. */
void stable_of_scores(struct arena *a, const struct assignment_problem *p, struct stable_problem *ret);
/* What stability costs and what it gives: the same figures of both. */
struct stable_figures {
	double stable_total, total; /* of the scores */
	size_t stable_placed, placed;
	size_t stable_blocking, blocking; /* the first is 0 */
};
void stable_compare(struct arena *a, const struct assignment_problem *p, const struct assignment *optimum, const struct stable *s, struct stable_figures *ret);
#endif
