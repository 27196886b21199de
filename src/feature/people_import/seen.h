/* What has stood in a list before, in bounded memory: 16 bytes a text, doubled as it grows.
 *
 * Texts are known by a keyed 64-bit hash (SipHash-2-4, libsodium), so that nobody can make collisions; among 10 lakh texts the
 * chance of one by accident is below 1 in 10^7. */
#ifndef FEATURE_SEEN_H
#define FEATURE_SEEN_H
#include "base/str.h"

struct seen_slot {
	uint64_t hash; /* 0: free */
	uint32_t line;
	uint32_t spare;
};
struct seen {
	struct seen_slot *slot;
	size_t n, cap;
	unsigned char key[16];
};
void seen_begin(struct seen *s);
void seen_end(struct seen *s);
/* The line of the earlier one, or 0 and it is kept with this line. */
uint32_t seen_put(struct seen *s, struct str text, uint32_t line);
bool seen_has(const struct seen *s, struct str text);
#endif
