/* Who gets a seat: the order of asking, and seats that are kept for some.
 *
 * A quota keeps so many of the seats for people whom it fits; what no quota keeps is free to everybody. Somebody takes a seat of the first quota of the own
 * list that has room, else a free one. A quota that is over keeps only the seats that are taken of it: its others are free.
 *
 *   free seats = seats - for each quota (over: taken of it; else the greater of kept and taken) - free ones taken
 *
 * Nobody ever loses a seat here. Who sits on a free seat and fits a quota with room moves over to that quota, in the order of asking, if that lets somebody in.
 * Afterwards nobody waits who could have a seat, and whoever got one while somebody before him waits on got it of a quota that does not fit that one. Pure
 * arithmetic. */
#ifndef FEATURE_ADMISSION_PLACES_H
#define FEATURE_ADMISSION_PLACES_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PLACES_QUOTAS_MAX = 61, PLACES_FITS_MAX = 8, PLACES_FREE = -1, PLACES_NONE = -2 };

struct places_quota {
	int64_t seats; /* kept */
	bool over;
};
struct places_person {
	int fits[PLACES_FITS_MAX]; /* quotas by index, the most specific first */
	size_t n_fits;
	int seat; /* index of a quota, PLACES_FREE, or PLACES_NONE: waits */
};
/* p: who has a seat or waits, in the order of asking. Sets .seat. Returns how many got a seat. n_q at most PLACES_QUOTAS_MAX. */
size_t places_settle(int64_t seats, const struct places_quota *q, size_t n_q, struct places_person *p, size_t n);
#endif
