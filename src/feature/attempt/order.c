/* Shuffles; see order.h. */
#include "feature/attempt/order.h"

static uint64_t next(uint64_t *state)
{
	uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

static void shuffle(uint32_t *v, size_t n, uint64_t state)
{
	for (size_t i = n; i > 1; i--) {
		size_t k = (size_t)(next(&state) % i);
		uint32_t x = v[i - 1];
		v[i - 1] = v[k];
		v[k] = x;
	}
}

uint32_t *order_options(struct arena *a, size_t n, int64_t seed, int64_t item_id)
{
	uint32_t *v = ARENA_ARRAY(a, uint32_t, n);
	for (size_t i = 0; i < n; i++)
		v[i] = (uint32_t)i;
	shuffle(v, n, (uint64_t)seed ^ ((uint64_t)item_id * UINT64_C(0xD6E8FEB86659FD93)));
	return v;
}

/* The first place of the block of item i. */
static size_t head_of(const int64_t *case_id, size_t i)
{
	for (size_t k = 0; case_id[i] && k < i; k++)
		if (case_id[k] == case_id[i])
			return k;
	return i;
}

uint32_t *order_items(struct arena *a, const int64_t *case_id, size_t n, int64_t seed)
{
	uint32_t *heads = ARENA_ARRAY(a, uint32_t, n), *ret = ARENA_ARRAY(a, uint32_t, n);
	size_t n_heads = 0, at = 0;
	for (size_t i = 0; i < n; i++)
		if (head_of(case_id, i) == i)
			heads[n_heads++] = (uint32_t)i;
	shuffle(heads, n_heads, (uint64_t)seed);
	for (size_t h = 0; h < n_heads; h++)
		for (size_t i = heads[h]; i < n; i++)
			if (i == heads[h] || (case_id[i] && case_id[i] == case_id[heads[h]]))
				ret[at++] = (uint32_t)i;
	return ret;
}
