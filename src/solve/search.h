/* From any prices to the right ones: an auction that comes near, and shortest paths that end exactly.
 *
 * The floor's own; see assignment.h for the conditions and the sources. Both sides are treated alike: near looks for partners among far. */
#ifndef SOLVE_SEARCH_H
#define SOLVE_SEARCH_H
#include "solve/graph.h"

/* Nobody has a mate and all prices are 0 before. Afterwards prices are near to right and most have a mate. */
void auction(struct arena *a, struct side *near, struct side *far);
/* Before: prices of far >= 0 and mates as guessed; prices of near are not looked at. Afterwards all conditions hold. */
void shortest_paths(struct arena *a, struct side *near, struct side *far);
/* Whether a free node has a price from earlier. */
bool has_idle_price(const struct side *s);
#endif
