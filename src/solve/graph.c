/* Neighbours of officers and posts, one behind the other; see graph.h. */
#include "solve/graph.h"

void side_begin(struct arena *a, struct side *s, size_t n)
{
	s->n = (uint32_t)n;
	s->start = ARENA_ARRAY(a, uint32_t, n + 1);
}

void side_room(struct arena *a, struct side *s, bool weighted)
{
	uint32_t sum = 0;
	for (uint32_t i = 0; i < s->n; i++) {
		uint32_t n = s->start[i];
		s->start[i] = sum;
		sum += n;
	}
	s->start[s->n] = sum;
	s->to = ARENA_ARRAY(a, uint32_t, sum);
	s->weight = weighted ? ARENA_ARRAY(a, int64_t, sum) : NULL;
}

/* Each start has moved to its end, which is the start of the next. */
void side_end(struct side *s)
{
	for (uint32_t i = s->n; i > 0; i--)
		s->start[i] = s->start[i - 1];
	s->start[0] = 0;
}

void side_turn(struct arena *a, const struct side *s, struct side *other)
{
	if (other->start)
		return;
	side_begin(a, other, other->n);
	for (uint32_t e = 0; e < s->start[s->n]; e++)
		side_count(other, s->to[e]);
	side_room(a, other, s->weight != NULL);
	for (uint32_t i = 0; i < s->n; i++)
		for (uint32_t e = s->start[i]; e < s->start[i + 1]; e++)
			side_put(other, s->to[e], i, s->weight ? s->weight[e] : 0);
	side_end(other);
}
