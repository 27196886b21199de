/* Sets of intervals on the time line of a resource: what was really played or read. Pure; no database.
 *
 * An interval is [from, to) in milliseconds. A set is in order, and its intervals neither touch nor overlap. */
#ifndef FEATURE_PROGRESS_INTERVAL_H
#define FEATURE_PROGRESS_INTERVAL_H
#include "base/arena.h"
#include "base/str.h"

enum { INTERVALS_MAX = 400, REPORT_INTERVALS_MAX = 200 };
struct interval {
	int64_t from, to;
};
struct intervals {
	struct interval *v;
	size_t n;
};
/* Reads [[from,to],…]. Refuses (false) what is not such a list, negative or reversed pairs, and more than `most`. Any order. */
bool intervals_parse(struct arena *a, struct str json, size_t most, struct intervals *ret);
struct str intervals_write(struct arena *a, const struct intervals *s);
/* Puts in order and joins; cuts to [0, length). */
struct intervals intervals_normal(struct arena *a, const struct intervals *s, int64_t length);
int64_t intervals_length(const struct intervals *s);
/* Both arguments normal; so is the result. */
struct intervals intervals_union(struct arena *a, const struct intervals *x, const struct intervals *y);
struct intervals intervals_minus(struct arena *a, const struct intervals *x, const struct intervals *y);
/* The beginning of the set up to `most` milliseconds in all. */
struct intervals intervals_first(struct arena *a, const struct intervals *s, int64_t most);
/* What of [0, length) is not in the set. */
struct intervals intervals_missing(struct arena *a, const struct intervals *s, int64_t length);
/* Fills gaps of at most `gap` ms between intervals: players report with a grain. */
struct intervals intervals_close(struct arena *a, const struct intervals *s, int64_t gap);
#endif
