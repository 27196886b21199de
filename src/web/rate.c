/* The ceiling of the API; see rate.h. */
#include "web/rate.h"
#include "base/clock.h"

#include <sodium.h>
#include <stdatomic.h>
#include <stdlib.h>

struct rate {
	unsigned per_minute;
	unsigned char key[crypto_shorthash_KEYBYTES];
	_Atomic int64_t due[RATE_SLOTS]; /* microseconds: when the next request would come at an even pace */
};

struct rate *rate_new(unsigned per_minute)
{
	struct rate *r = calloc(1, sizeof *r);
	BUG_IF(!r || per_minute == 0);
	r->per_minute = per_minute;
	crypto_shorthash_keygen(r->key);
	return r;
}

void rate_free(struct rate *r)
{
	free(r);
}

static unsigned seconds_up(int64_t us)
{
	return us <= 0 ? 0 : (unsigned)((us + 999999) / 1000000);
}

struct rate_standing rate_take(struct rate *r, struct str client, int64_t now)
{
	const int64_t minute = MINUTE * 1000, pace = minute / r->per_minute, at = now * 1000;
	struct rate_standing s = { .limit = r->per_minute };
	uint64_t h;
	crypto_shorthash((unsigned char *)&h, (const unsigned char *)client.p, client.n, r->key);
	_Atomic int64_t *slot = &r->due[h % RATE_SLOTS];
	int64_t was = atomic_load(slot), next;
	do {
		/* A clock that was set back leaves a far future behind: no client waits longer than a minute for it. */
		int64_t due = was > at && was <= at + minute ? was : at;
		next = due + pace;
		s.over = next > at + minute;
		s.reset = seconds_up((s.over ? due : next) - at);
		if (s.over) {
			s.retry_after = seconds_up(next - at - minute);
			return s;
		}
	} while (!atomic_compare_exchange_weak(slot, &was, next));
	s.left = (unsigned)((at + minute - next) / pace);
	return s;
}
