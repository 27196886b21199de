/* What stands under a text or an id, in memory: an open hash that grows. Within feature/establishment.
 *
 * Keys are hashed with a key of the process' own choice (SipHash-2-4, libsodium), so that no file can be made that is slow to look at. */
#ifndef FEATURE_EST_BOOK_H
#define FEATURE_EST_BOOK_H
#include "base/arena.h"
#include "base/str.h"

struct est_book {
	struct arena *arena;
	struct est_book_slot *slot;
	size_t n, cap;
	unsigned char key[16];
};
void est_book_begin(struct est_book *b, struct arena *a);
/* What stands there; NULL: nothing. */
void *est_book_find(const struct est_book *b, struct str key);
/* Puts it there unless something does already: then that, else NULL. The key is not copied. */
void *est_book_put(struct est_book *b, struct str key, void *what);
/* An id as a key: the bytes of a number that stays where it is. */
static inline struct str est_id_key(const int64_t *id)
{
	return (struct str){ (const char *)id, sizeof *id };
}
#endif
