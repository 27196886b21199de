/* Who goes where: officers to posts, so that the sum of the scores is the greatest there is, and a proof of it.
 *
 * An officer gets at most one post and a post at most one officer; only listed pairs count, and who fits nowhere stays free. A pair whose score
 * is not above 0 adds nothing and is not taken, unless `fill`: then first as many posts are filled as can be, and of all such ways the one with
 * the greatest sum counts.
 *
 * Exactness. The arithmetic is in whole numbers. Scores that are decimals (up to nine places, as people write them) are multiplied by a power
 * of ten, others by a power of two, the greatest at which nothing overflows; what a score loses by that is at most half of 1 / per_unit. Is
 * nothing lost, `slack` is 0 and the answer is the optimum itself. Else total <= optimum <= bound, and bound - total <= places / per_unit
 * (places: the fewer of officers and posts). At 10,000 places and scores up to 100 that means: exact to nine decimals, with `fill` too; or
 * wrong by less than 1e-7 in the sum for numbers without an end.
 *
 * Proof (linear programming duality; complementary slackness). Each officer i has a price u >= 0, each post j a price v >= 0, and
 *	u_i + v_j >= score_ij + premium     for every pair that may be taken, with equality for those that are,
 *	u_i = 0, v_j = 0                    for who stays free.
 * Then no assignment has more than the sum of all prices. premium is 0, or with `fill` more than the scores of all places together can
 * differ, so that one post more always wins. A fixed pair stands outside: its price is its score, with the officer.
 * assignment_check proves an answer by these lines alone, whoever made it.
 *
 * Method. Successive shortest paths with prices: Jonker & Volgenant, "A shortest augmenting path algorithm for dense and sparse linear
 * assignment problems", Computing 38 (1987) 325-340; for more of one side than of the other Crouse, "On implementing 2D rectangular assignment
 * algorithms", IEEE Trans. Aerospace and Electronic Systems 52 (2016) 1679-1696. Searches go from either side, so that any prices can
 * be the beginning. The first prices come from an auction with ever smaller steps, forward and reverse: Bertsekas & Castañón, "A forward/reverse
 * auction algorithm for asymmetric assignment problems", Computational Optimization and Applications 1 (1992) 277-297.
 * Worst case O(places x pairs x log places); the same input gives the same answer. */
#ifndef SOLVE_ASSIGNMENT_H
#define SOLVE_ASSIGNMENT_H
#include "base/ctx.h"

#define NOBODY UINT32_MAX
enum {
	ASSIGNMENT_NODES_MAX = 1 << 20, /* officers, posts */
	ASSIGNMENT_PAIRS_MAX = 1 << 26,
};
/* What somebody has laid down about a pair; for trying what would be if. */
enum pair_rule { PAIR_OPEN, PAIR_FORBIDDEN, PAIR_FIXED };
struct assignment_pair {
	uint32_t officer, post; /* numbers from 0 */
	double score;
	enum pair_rule rule;
};
struct assignment_problem {
	size_t n_officers, n_posts, n_pairs;
	const struct assignment_pair *pairs; /* in any order; of a pair that is there twice the better counts */
	bool fill;
};
struct assignment {
	size_t n_officers, n_posts, n_placed;
	uint32_t *post_of;    /* by officer: his post, or NOBODY */
	uint32_t *officer_of; /* by post */
	uint32_t *pair_of;    /* by officer: the pair that was taken, or NOBODY */
	double total;	      /* of the scores as they came */
	double bound;	      /* no assignment has more; with fill: none that fills as many posts */
	double slack;	      /* 0: the scores are whole numbers of 1 / per_unit, and total is the optimum */
	/* the proof, in whole numbers of 1 / per_unit */
	double per_unit;
	int64_t premium;
	int64_t *officer_price, *post_price;
};

/* before: an answer to a problem that was a little other, or NULL; then only what changed is worked on. Officers and posts have the same
 * numbers in both, new ones come behind, and who is gone keeps his number and has no pairs. The total is the same with and without.
 * In the arena of cx; ret may not be *before.
 * ERR_TOO_LARGE: more than the ceilings. ERR_INVALID: a number that is no officer's or post's, or a score that is not finite; the field says which pair
 * (from 0). ERR_CONFLICT: two fixed pairs of one officer or post. */
_must_check_ enum err assignment_solve(struct ctx *cx, const struct assignment_problem *p, const struct assignment *before, struct assignment *ret);
/* Whether an answer is possible and the greatest there is; looks at nothing but the problem and the answer. ret_why (may be NULL): what is wrong, in English.
 * For tests and for who does not believe. Temporary memory from the arena. */
bool assignment_check(struct arena *a, const struct assignment_problem *p, const struct assignment *answer, const char **ret_why);
#endif
