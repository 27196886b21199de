/* Seals; see seal.h. */
#include "feature/attempt/seal.h"

#include <sodium.h>

static void add(crypto_auth_hmacsha256_state *h, struct str s)
{
	crypto_auth_hmacsha256_update(h, (const unsigned char *)s.p, s.n);
}

struct str seal_of(struct arena *a, struct str secret, const struct sealed *s)
{
	unsigned char out[crypto_auth_hmacsha256_BYTES];
	crypto_auth_hmacsha256_state h;
	crypto_auth_hmacsha256_init(&h, (const unsigned char *)secret.p, secret.n);
	add(&h, str_fmt(a, "%lld|%lld|%lld|%lld|", (long long)s->attempt_id, (long long)s->n, (long long)s->seq, (long long)s->elapsed_ms));
	for (size_t i = 0; i < s->given->n; i++) {
		add(&h, str_fmt(a, "%zu:", s->given->v[i].n));
		add(&h, s->given->v[i]);
	}
	crypto_auth_hmacsha256_final(&h, out);
	return str_hex(a, out, sizeof out);
}

bool seal_is(struct arena *a, struct str secret, const struct sealed *s, struct str seal)
{
	return seal.n == SEAL_DIGITS && sodium_memcmp(seal_of(a, secret, s).p, seal.p, SEAL_DIGITS) == 0;
}
