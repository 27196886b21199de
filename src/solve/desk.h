/* What would be if: an assignment that lies on the desk and comes anew at once when single pairs change.
 *
 * assignment_solve with an earlier answer looks at every pair again; this looks only at what hangs on the change. The answer is as exact and as proved
 * as that of assignment_solve, and has the same total. New officers and posts need a new desk (with the last answer to begin from). */
#ifndef SOLVE_DESK_H
#define SOLVE_DESK_H
#include "solve/assignment.h"

struct desk;
/* Copies the pairs. Everything is in the arena of cx, which must live as long. before may be NULL. Errors as of assignment_solve. */
_must_check_ enum err desk_open(struct ctx *cx, const struct assignment_problem *p, const struct assignment *before, struct desk **ret);
/* A pair has another score or rule from now on. ERR_INVALID: a score that is not finite or too large; ERR_CONFLICT: its officer or post is fixed in another
 * pair. Then nothing has changed. */
_must_check_ enum err desk_change(struct ctx *cx, struct desk *d, uint32_t pair, double score, enum pair_rule rule);
/* The answer as things are now; good until the desk is changed and solved again. */
_must_check_ enum err desk_solve(struct ctx *cx, struct desk *d, const struct assignment **ret);
/* The problem as it is now. */
const struct assignment_problem *desk_problem(const struct desk *d);
#endif
