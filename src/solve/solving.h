/* A problem of assignment on its way to the answer: what assignment.c and desk.c share. The floor's own. */
#ifndef SOLVE_SOLVING_H
#define SOLVE_SOLVING_H
#include "solve/search.h"

#include <math.h>

struct solving {
	struct ctx *cx;
	const struct assignment_problem *p;
	bool whole;    /* pairs that may not be taken have an edge too, of weight -1 */
	size_t places; /* the fewer of officers and posts */
	double per_unit;
	bool exact;
	int64_t greatest; /* of the scaled scores, without sign */
	int64_t premium;
	uint32_t *fixed_of[2]; /* by officer, by post: the fixed pair, or NOBODY */
	struct side side[2];   /* officers, posts */
	struct side *near, *far;
	struct search *search;
};
static inline int64_t scaled(double score, double per_unit)
{
	return llrint(score * per_unit);
}
/* Looks at the problem and makes its graph, with prices and mates of an earlier answer or of an auction. */
_must_check_ enum err solving_begin(struct solving *s, const struct assignment *before);
/* What a pair is worth in the search; not above 0: it is not taken. */
int64_t solving_worth(const struct solving *s, const struct assignment_pair *pair);
/* Whether the score is one of whole units, or may be rounded to them, and no greater than those the scale was chosen for. */
bool solving_fits(const struct solving *s, double score);
_must_check_ enum err solving_check_score(struct ctx *cx, size_t pair, double score);
_must_check_ enum err solving_note_fixed(struct solving *s, uint32_t pair);
/* Whether an officer who has this post has it by this pair. */
bool solving_may_be_by(const struct solving *s, uint32_t pair, uint32_t post);
/* Copies mates and prices into the answer, whose arrays are made when they are not there. */
void solving_answer(struct solving *s, struct assignment *r);
/* Sums up what is taken. */
void solving_sum(const struct solving *s, struct assignment *r);
#endif
