/* From any prices to the right ones: an auction that comes near, and shortest paths that end exactly.
 *
 * The floor's own; see assignment.h for the conditions and the sources. Both sides are treated alike: near looks for partners among far. */
#ifndef SOLVE_SEARCH_H
#define SOLVE_SEARCH_H
#include "solve/graph.h"

/* Nobody has a mate and all prices are 0 before. Afterwards prices are near to right and most have a mate. */
void auction(struct arena *a, struct side *near, struct side *far);
/* Room for searches between the two sides, which stay where they are. In the arena, also what is made later. */
struct search;
struct search *search_new(struct arena *a, struct side *near, struct side *far);
/* Before: prices of far >= 0 and mates as guessed; prices of near are not looked at. Afterwards all conditions hold.
 * touched: only edges of these near nodes have changed since all conditions held; NULL: of any. */
void shortest_paths(struct search *s, const uint32_t *touched, uint32_t n_touched);
/* Whether a free node has a price from earlier. */
bool has_idle_price(const struct side *s);
#endif
