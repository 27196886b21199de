/* How many requests one client may send to the API: a ceiling per minute for each token, each person and each unknown address.
 *
 * The generic cell rate algorithm (ITU-T I.371, annex A): a burst of the whole minute's share is allowed, then requests at an even pace.
 * One number per client, without a lock; clients share a number when their keyed hashes fall together, which among RATE_SLOTS is rare and
 * costs them only that they share the ceiling. It is kept in memory: each process counts for itself. */
#ifndef WEB_RATE_H
#define WEB_RATE_H
#include "base/str.h"

enum { RATE_SLOTS = 1 << 16 };

struct rate;
/* per_minute: at least 1. */
struct rate *rate_new(unsigned per_minute);
void rate_free(struct rate *r);

struct rate_standing {
	bool over;
	unsigned limit;	      /* per minute */
	unsigned left;	      /* that may come at once */
	unsigned reset;	      /* seconds until the whole share is there again */
	unsigned retry_after; /* seconds; 0 when not over */
};
/* Counts one request of a client at a time (UTC ms). */
struct rate_standing rate_take(struct rate *r, struct str client, int64_t now);
#endif
