/* Idempotency keys: a program that does not know whether its request arrived sends it again with the same key and gets the same answer,
 * and the change happens once (draft-ietf-httpapi-idempotency-key-header-06).
 *
 * The answer is kept for a day, in the transaction of the change. Only what succeeded is kept: what was refused changed nothing and may be
 * sent again, corrected or not. Two requests with one key at the same time: the second waits and gets the answer of the first. */
#ifndef WEB_IDEMPOTENCY_H
#define WEB_IDEMPOTENCY_H
#include "db/db.h"
#include "idempotency_sql.h"

#define IDEMPOTENCY_LIFE (24 * HOUR)
enum { IDEMPOTENCY_KEY_MAX = 255 };

struct idempotency {
	struct str key_hash; /* absent: the request carries no key */
	struct str request_hash;
	struct str body; /* of the answer; absent: not answered yet */
};
/* key: of the header, with or without quotes. request: parts of what was asked, each of them matters. path NULL or a file whose bytes matter
 * too. ERR_MALFORMED with a sentence when the key is empty, longer than IDEMPOTENCY_KEY_MAX or not printable ASCII. */
_must_check_ enum err idempotency_begin(struct ctx *cx, struct str key, const struct str *request, size_t n, const char *path, struct idempotency *ret);
/* Fills i->body when the actor had this answered. ERR_INVALID with a sentence when the key was used for another request. */
_must_check_ enum err idempotency_find(struct ctx *cx, struct idempotency *i);
/* Keeps i->body. In the transaction of the change. */
_must_check_ enum err idempotency_keep(struct ctx *cx, const struct idempotency *i);
/* Forgets some of what is older than IDEMPOTENCY_LIFE. ret_n: how many; 0: nothing is left to forget. In a writing transaction. */
_must_check_ enum err idempotency_sweep(struct ctx *cx, int64_t *ret_n);
#endif
