/* Which posts cannot all be filled, whatever one does, and why: groups of posts that have fewer officers between them than there are posts.
 *
 * By Hall's theorem ("On representatives of subsets", J. London Math. Soc. 10 (1935) 26-30) there is such a group whenever not every post can be
 * filled. Those given here are the parts of the overdetermined block of Dulmage & Mendelsohn ("Coverings of bipartite graphs", Canadian J. of
 * Mathematics 10 (1958) 517-534): all posts that alternating paths of a greatest matching reach from the empty ones, which does not depend on
 * the matching. A post outside all groups can be filled in every way that fills as many posts as possible.
 * The matching: Hopcroft & Karp, SIAM J. on Computing 2 (1973) 225-231; O(pairs x sqrt(places)). */
#ifndef SOLVE_SHORTAGE_H
#define SOLVE_SHORTAGE_H
#include "solve/assignment.h"

/* Of n_posts posts at least n_posts - n_officers stay empty: nobody else comes into question for any of them. One post and no officer: it has no candidate.
 * A group cannot be split into two that have no officer in common. */
struct shortage_group {
	uint32_t *posts, *officers; /* ascending */
	size_t n_posts, n_officers;
};
struct shortage {
	size_t n_fillable;	       /* so many posts can be filled at once, and no more */
	uint32_t *group_of;	       /* by post: the group it is in, or NOBODY */
	struct shortage_group *groups; /* by their first post */
	size_t n_groups;
};
/* Scores do not matter. Forbidden pairs are none; of who is in a fixed pair only that counts. The problem is one that assignment_solve has accepted. */
void shortage_find(struct arena *a, const struct assignment_problem *p, struct shortage *ret);
#endif
