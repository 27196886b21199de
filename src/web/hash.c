/* See hash.h. */
#include "web/hash.h"

#include <sodium.h>

struct str hash_of_secret(struct ctx *cx, struct str secret, const char *use)
{
	unsigned char h[32];
	crypto_generichash(h, sizeof h, (const unsigned char *)secret.p, secret.n, (const unsigned char *)use, strlen(use));
	return str_hex(cx->arena, h, sizeof h);
}
