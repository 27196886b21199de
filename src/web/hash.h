/* What tables hold instead of a secret. */
#ifndef WEB_HASH_H
#define WEB_HASH_H
#include "base/ctx.h"

/* BLAKE2b-256 (RFC 7693) of a text, keyed with a word for its use, so that hashes of different uses never meet; 64 hexadecimal digits, in
 * the arena. Only for secrets that are long and random: it is fast. */
struct str hash_of_secret(struct ctx *cx, struct str secret, const char *use);
#endif
