/* Tables of responses; see responses.h. */
#include "psychometrics/responses.h"

#include <string.h>

static uint64_t row_hash(const int8_t *x, size_t n)
{
	uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a */
	for (size_t i = 0; i < n; i++)
		h = (h ^ (uint8_t)x[i]) * UINT64_C(1099511628211);
	return h ^ h >> 32;
}

static bool row_is_empty(const int8_t *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (x[i] != NOT_ANSWERED)
			return false;
	return true;
}

struct responses responses_collapse(struct arena *a, const struct responses *r)
{
	size_t cap = 16, n = 0;
	while (cap < r->rows * 2)
		cap *= 2;
	int8_t *x = ARENA_ARRAY(a, int8_t, r->rows * r->items + 1);
	double *weight = ARENA_ARRAY(a, double, r->rows + 1);
	uint32_t *place = ARENA_ARRAY(a, uint32_t, cap); /* number of the row, from 1 */
	for (size_t row = 0; row < r->rows; row++) {
		const int8_t *from = r->x + row * r->items;
		size_t at = row_hash(from, r->items) & (cap - 1);
		if (row_is_empty(from, r->items))
			continue;
		while (place[at] && memcmp(x + (place[at] - 1) * r->items, from, r->items) != 0)
			at = (at + 1) & (cap - 1);
		if (!place[at]) {
			memcpy(x + n * r->items, from, r->items);
			place[at] = (uint32_t)++n;
		}
		weight[place[at] - 1] += response_weight(r, row);
	}
	return (struct responses){ n, r->items, x, weight };
}
