/* The order in which an attempt shows its form: by its seed, the same each time, another for the neighbour.
 *
 * A shuffle (Fisher and Yates) driven by splitmix64 (Steele, Lea, Flood, Fast splittable pseudorandom number generators, 2014). It need not be secret: ids of
 * options tell nothing, and whoever sees an order sees the items. */
#ifndef FEATURE_ATTEMPT_ORDER_H
#define FEATURE_ATTEMPT_ORDER_H
#include "base/arena.h"

#include <stdint.h>

/* Items of a form, by place. case_id[i]: the case that item i belongs to (0: none; the case itself names its own id). What belongs to one case stays together,
 * in the order of the form; such blocks and single items are shuffled. ret: places (from 0), n of them, in the arena. */
uint32_t *order_items(struct arena *a, const int64_t *case_id, size_t n, int64_t seed);
/* Options of one item: a permutation of 0 … n - 1. In the arena. */
uint32_t *order_options(struct arena *a, size_t n, int64_t seed, int64_t item_id);
#endif
