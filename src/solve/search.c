/* Shortest paths with prices, from either side; see search.h. */
#include "solve/search.h"

/* A search from one free node. Of far nodes: how far, from which near node, the place in the heap. */
struct search {
	struct arena *arena;
	struct side *near, *far;
	int64_t *dist;
	uint32_t *from, *heap, *place;
	uint32_t n_heap;
	uint32_t *met, n_met;	    /* far nodes with a distance */
	uint32_t *done, n_done;	    /* far nodes whose distance is final */
	int64_t best;		    /* the nearest end so far */
	uint32_t end_far, end_near; /* a free far node, or a near node that goes free; NOBODY */
};

struct search *search_new(struct arena *a, struct side *near, struct side *far)
{
	struct search *s = ARENA_NEW(a, struct search);
	uint32_t n = far->n > near->n ? far->n : near->n;
	*s = (struct search){ .arena = a, .near = near, .far = far };
	s->dist = ARENA_ARRAY(a, int64_t, n);
	s->from = ARENA_ARRAY(a, uint32_t, n);
	s->heap = ARENA_ARRAY(a, uint32_t, n);
	s->place = ARENA_ARRAY(a, uint32_t, n);
	s->met = ARENA_ARRAY(a, uint32_t, n);
	s->done = ARENA_ARRAY(a, uint32_t, n);
	for (uint32_t j = 0; j < n; j++)
		s->dist[j] = INT64_MAX;
	return s;
}

/* ── a heap of four children ── */

static void heap_up(struct search *s, uint32_t at, uint32_t j)
{
	int64_t d = s->dist[j];
	while (at > 0) {
		uint32_t above = (at - 1) / 4;
		if (s->dist[s->heap[above]] <= d)
			break;
		s->heap[at] = s->heap[above];
		s->place[s->heap[at]] = at;
		at = above;
	}
	s->heap[at] = j;
	s->place[j] = at;
}

static uint32_t least_child(const struct search *s, uint32_t at)
{
	uint32_t first = 4 * at + 1, best = first;
	for (uint32_t c = first + 1; c < first + 4 && c < s->n_heap; c++)
		if (s->dist[s->heap[c]] < s->dist[s->heap[best]])
			best = c;
	return best;
}

static uint32_t heap_pop(struct search *s)
{
	uint32_t top = s->heap[0], last = s->heap[--s->n_heap], at = 0;
	while (4 * at + 1 < s->n_heap) {
		uint32_t c = least_child(s, at);
		if (s->dist[s->heap[c]] >= s->dist[last])
			break;
		s->heap[at] = s->heap[c];
		s->place[s->heap[at]] = at;
		at = c;
	}
	s->heap[at] = last;
	s->place[last] = at;
	return top;
}

/* ── one search ── */

static void reach(struct search *s, const struct side *far, uint32_t i, uint32_t j, int64_t d)
{
	bool is_new = s->dist[j] == INT64_MAX;
	if (is_new)
		s->met[s->n_met++] = j;
	s->dist[j] = d;
	s->from[j] = i;
	if (far->mate[j] == NOBODY) {
		s->best = d;
		s->end_far = j;
		s->end_near = NOBODY;
		return;
	}
	heap_up(s, is_new ? s->n_heap++ : s->place[j], j);
}

/* Looks at the neighbours of a near node that is d away. Nodes whose distance is final are no farther than d, so they are passed over. */
static void look_around(struct search *s, const struct side *near, const struct side *far, uint32_t i, int64_t d)
{
	const int64_t base = d + near->price[i];
	for (uint32_t e = near->start[i]; e < near->start[i + 1]; e++) {
		uint32_t j = near->to[e];
		int64_t to = base + far->price[j] - near->weight[e];
		if (to < s->best && to < s->dist[j])
			reach(s, far, i, j, to);
	}
}

static void find_end(struct search *s, const struct side *near, const struct side *far, uint32_t root)
{
	s->n_heap = s->n_met = s->n_done = 0;
	s->best = near->price[root];
	s->end_near = root;
	s->end_far = NOBODY;
	look_around(s, near, far, root, 0);
	while (s->n_heap > 0 && s->dist[s->heap[0]] < s->best) {
		uint32_t j = heap_pop(s), i = far->mate[j];
		s->done[s->n_done++] = j;
		if (s->dist[j] + near->price[i] < s->best) {
			s->best = s->dist[j] + near->price[i];
			s->end_near = i;
			s->end_far = NOBODY;
		}
		look_around(s, near, far, i, s->dist[j]);
	}
}

static void new_prices(struct search *s, struct side *near, struct side *far, uint32_t root)
{
	near->price[root] -= s->best;
	for (uint32_t k = 0; k < s->n_done; k++) {
		uint32_t j = s->done[k];
		int64_t by = s->best - s->dist[j];
		far->price[j] += by;
		near->price[far->mate[j]] -= by;
	}
	for (uint32_t k = 0; k < s->n_met; k++)
		s->dist[s->met[k]] = INT64_MAX;
}

/* Moves everybody along the path one place on, so that root has a mate. */
static void change_mates(struct search *s, struct side *near, struct side *far, uint32_t root)
{
	uint32_t j = s->end_far;
	if (s->end_near == root)
		return;
	if (s->end_near != NOBODY) {
		j = near->mate[s->end_near];
		near->mate[s->end_near] = NOBODY;
	}
	for (uint32_t i = NOBODY; i != root;) {
		i = s->from[j];
		uint32_t next = near->mate[i];
		near->mate[i] = j;
		far->mate[j] = i;
		j = next;
	}
}

/* The least price of a near node that its neighbours allow. */
static int64_t least_price(const struct side *near, const struct side *far, uint32_t i)
{
	int64_t best = 0;
	for (uint32_t e = near->start[i]; e < near->start[i + 1]; e++) {
		int64_t gain = near->weight[e] - far->price[near->to[e]];
		best = gain > best ? gain : best;
	}
	return best;
}

/* Gives each free near node that has a price a mate or the price 0. */
static void settle(struct search *s, struct side *near, struct side *far)
{
	for (uint32_t i = 0; i < near->n; i++) {
		if (near->mate[i] != NOBODY || near->price[i] == 0)
			continue;
		near->price[i] = least_price(near, far, i);
		if (near->price[i] == 0)
			continue;
		find_end(s, near, far, i);
		new_prices(s, near, far, i);
		change_mates(s, near, far, i);
	}
}

bool has_idle_price(const struct side *s)
{
	for (uint32_t j = 0; j < s->n; j++)
		if (s->mate[j] == NOBODY && s->price[j] > 0)
			return true;
	return false;
}

/* Whether a pair is there whose two prices are its worth. */
static bool is_tight(const struct side *near, const struct side *far, uint32_t i, uint32_t j)
{
	for (uint32_t e = near->start[i]; e < near->start[i + 1]; e++)
		if (near->to[e] == j && near->weight[e] == near->price[i] + far->price[j])
			return true;
	return false;
}

/* The price its neighbours ask for; who has a mate that is worth less goes free. */
static void price_anew(struct side *near, struct side *far, uint32_t i)
{
	uint32_t j = near->mate[i];
	near->price[i] = least_price(near, far, i);
	if (j == NOBODY || is_tight(near, far, i, j))
		return;
	near->mate[i] = NOBODY;
	far->mate[j] = NOBODY;
}

void shortest_paths(struct search *s, const uint32_t *touched, uint32_t n_touched)
{
	for (uint32_t k = 0; k < (touched ? n_touched : s->near->n); k++)
		price_anew(s->near, s->far, touched ? touched[k] : k);
	settle(s, s->near, s->far);
	if (has_idle_price(s->far)) {
		side_turn(s->arena, s->near, s->far);
		settle(s, s->far, s->near);
	}
}
