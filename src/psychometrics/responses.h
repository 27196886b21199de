/* What people answered: a table of whole numbers, one row a person (or a pattern with its frequency), one column an item. */
#ifndef PSYCHOMETRICS_RESPONSES_H
#define PSYCHOMETRICS_RESPONSES_H
#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* Categories of an item are 0 … CATEGORIES_MAX - 1; for a right-or-wrong item 0 is wrong and 1 is right. */
enum { NOT_ANSWERED = -1, CATEGORIES_MAX = 10, ITEMS_MAX = 200 };

struct responses {
	size_t rows, items;
	const int8_t *x;      /* rows × items, row after row; NOT_ANSWERED: missing */
	const double *weight; /* how many people each row stands for, > 0; NULL: one each */
};
static inline int response_at(const struct responses *r, size_t row, size_t item)
{
	return r->x[row * r->items + item];
}
static inline double response_weight(const struct responses *r, size_t row)
{
	return r->weight ? r->weight[row] : 1;
}
/* The same people with equal rows put together, in the order in which each row is first seen; rows without any answer are left out. In the arena. */
struct responses responses_collapse(struct arena *a, const struct responses *r);
#endif
