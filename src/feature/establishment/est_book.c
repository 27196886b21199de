/* An open hash; see est_book.h. */
#include "feature/establishment/est_book.h"
#include "base/ctx.h"

#include <sodium.h>

struct est_book_slot {
	struct str key;
	void *what; /* NULL: free */
};

void est_book_begin(struct est_book *b, struct arena *a)
{
	*b = (struct est_book){ .arena = a, .cap = 64, .slot = ARENA_ARRAY(a, struct est_book_slot, 64) };
	random_bytes(b->key, sizeof b->key);
}

static struct est_book_slot *place(const struct est_book *b, struct str key)
{
	uint64_t hash;
	crypto_shorthash((unsigned char *)&hash, (const unsigned char *)key.p, key.n, b->key);
	size_t i = (size_t)hash & (b->cap - 1);
	while (b->slot[i].what && !str_eq(b->slot[i].key, key))
		i = (i + 1) & (b->cap - 1);
	return &b->slot[i];
}

void *est_book_find(const struct est_book *b, struct str key)
{
	return place(b, key)->what;
}

static void grow(struct est_book *b)
{
	struct est_book_slot *old = b->slot;
	size_t n = b->cap;
	b->cap *= 2;
	b->slot = ARENA_ARRAY(b->arena, struct est_book_slot, b->cap);
	for (size_t i = 0; i < n; i++)
		if (old[i].what)
			*place(b, old[i].key) = old[i];
}

void *est_book_put(struct est_book *b, struct str key, void *what)
{
	struct est_book_slot *s = place(b, key);
	if (s->what)
		return s->what;
	*s = (struct est_book_slot){ key, what };
	if (++b->n * 2 > b->cap)
		grow(b);
	return NULL;
}
