/* The seal of an answer that waits on a device: HMAC-SHA-256 (RFC 2104, FIPS 180-4) in small hexadecimal digits.
 *
 *   key   the secret of the attempt, its hexadecimal digits as they stand
 *   text  "ATTEMPT|N|SEQ|ELAPSED|" in decimal, then for each text of the answer the number of its UTF-8 bytes, ":" and the text:
 *         4711|3|17|90250|1:a1:c
 *
 * Numbers before the texts make that no two answers have one text. The page's script (client/js/exam.js) writes the same. */
#ifndef FEATURE_ATTEMPT_SEAL_H
#define FEATURE_ATTEMPT_SEAL_H
#include "base/ctx.h"
#include "base/field.h"

enum { SEAL_DIGITS = 64 };
struct sealed {
	int64_t attempt_id, n, seq, elapsed_ms;
	const struct strs *given;
};
/* In the arena. */
struct str seal_of(struct arena *a, struct str secret, const struct sealed *s);
/* Takes equally long wherever the two differ. */
bool seal_is(struct arena *a, struct str secret, const struct sealed *s, struct str seal);
#endif
