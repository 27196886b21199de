/* Officers and posts with the pairs between them, looked at from one side: for each node its neighbours, one behind the other.
 *
 * The floor's own; assignment.h and shortage.h are what others use. */
#ifndef SOLVE_GRAPH_H
#define SOLVE_GRAPH_H
#include "solve/assignment.h"

/* One side. Edges of node i are those from start[i] up to start[i + 1]. */
struct side {
	uint32_t n;
	uint32_t *start, *to;
	int64_t *weight; /* of an edge; NULL where nobody asks */
	uint32_t *mate;	 /* of a node, on the other side; NOBODY: free */
	int64_t *price;
};
/* n times NOBODY. */
static inline uint32_t *nobodies(struct arena *a, size_t n)
{
	uint32_t *v = ARENA_ARRAY(a, uint32_t, n);
	return memset(v, 0xff, n * sizeof *v);
}
/* Counts edges, then makes room for them: side_count for each edge, side_room, side_put for each edge again in the same order, side_end. */
void side_begin(struct arena *a, struct side *s, size_t n);
static inline void side_count(struct side *s, uint32_t node)
{
	s->start[node]++;
}
void side_room(struct arena *a, struct side *s, bool weighted);
static inline void side_put(struct side *s, uint32_t node, uint32_t to, int64_t weight)
{
	uint32_t at = s->start[node]++;
	s->to[at] = to;
	if (s->weight)
		s->weight[at] = weight;
}
void side_end(struct side *s);
/* The same edges from the other side, whose .n is known; nothing when it has them already. */
void side_turn(struct arena *a, const struct side *s, struct side *other);
#endif
