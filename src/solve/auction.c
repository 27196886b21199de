/* An auction in ever smaller steps; see search.h. */
#include "solve/search.h"

enum { STEP_PART = 6, WORK_PER_EDGE = 80 };

struct bidding {
	uint32_t *queue; /* near nodes without a mate that want one; a ring */
	uint32_t cap, first, n;
	int64_t step;
	int64_t work; /* edges that may still be looked at */
};

static void enqueue(struct bidding *b, uint32_t i)
{
	uint32_t at = b->first + b->n++;
	b->queue[at < b->cap ? at : at - b->cap] = i;
}

static uint32_t dequeue(struct bidding *b)
{
	uint32_t i = b->queue[b->first];
	b->first = b->first + 1 < b->cap ? b->first + 1 : 0;
	b->n--;
	return i;
}

/* The node takes what it gains most by and pays so much that the second best would be as good, and a step more. Gives back who lost his mate. */
static uint32_t bid(struct bidding *b, struct side *near, struct side *far, uint32_t i)
{
	int64_t best = 0, second = 0;
	uint32_t j = NOBODY, edge = 0;
	for (uint32_t e = near->start[i]; e < near->start[i + 1]; e++) {
		int64_t gain = near->weight[e] - far->price[near->to[e]];
		if (gain <= second)
			continue;
		if (gain > best) {
			second = best;
			best = gain;
			edge = e;
		} else {
			second = gain;
		}
	}
	b->work -= near->start[i + 1] - near->start[i] + 4;
	near->price[i] = 0;
	if (best == 0)
		return NOBODY;
	j = near->to[edge];
	near->price[i] = second > b->step ? second - b->step : 0;
	far->price[j] = near->weight[edge] - near->price[i];
	uint32_t loser = far->mate[j];
	far->mate[j] = i;
	near->mate[i] = j;
	if (loser != NOBODY)
		near->mate[loser] = NOBODY;
	return loser;
}

/* Free nodes that have a price, or all free ones, bid until each has a mate or wants none. */
static void bid_all(struct bidding *b, struct side *near, struct side *far, bool all)
{
	b->first = b->n = 0;
	for (uint32_t i = 0; i < near->n; i++)
		if (near->mate[i] == NOBODY && (all || near->price[i] > 0))
			enqueue(b, i);
	while (b->n && b->work > 0) {
		uint32_t loser = bid(b, near, far, dequeue(b));
		if (loser != NOBODY)
			enqueue(b, loser);
	}
}

/* Keeps the pairs that are good within the step; the others part. */
static void part(struct bidding *b, struct side *near, struct side *far)
{
	for (uint32_t i = 0; i < near->n; i++) {
		int64_t best = 0, own = 0;
		uint32_t mate = near->mate[i];
		if (mate == NOBODY)
			continue;
		for (uint32_t e = near->start[i]; e < near->start[i + 1]; e++) {
			int64_t gain = near->weight[e] - far->price[near->to[e]];
			best = gain > best ? gain : best;
			if (near->to[e] == mate && gain > own)
				own = gain;
		}
		if (own >= best - b->step) {
			near->price[i] = own;
		} else {
			near->mate[i] = NOBODY;
			far->mate[mate] = NOBODY;
		}
	}
	b->work -= near->start[near->n];
}

void auction(struct arena *a, struct side *near, struct side *far)
{
	struct bidding b = { .cap = near->n > far->n ? near->n : far->n, .work = (int64_t)WORK_PER_EDGE * near->start[near->n] };
	int64_t most = 0, least = INT64_MAX;
	b.queue = ARENA_ARRAY(a, uint32_t, b.cap);
	for (uint32_t e = 0; e < near->start[near->n]; e++) {
		most = near->weight[e] > most ? near->weight[e] : most;
		least = near->weight[e] > 0 && near->weight[e] < least ? near->weight[e] : least;
	}
	for (b.step = (most - least) / STEP_PART; b.step > 0 && b.work > 0; b.step /= STEP_PART) {
		part(&b, near, far);
		bid_all(&b, near, far, true);
		if (has_idle_price(far)) {
			side_turn(a, near, far);
			bid_all(&b, far, near, false);
		}
	}
}
