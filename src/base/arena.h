/* Memory with a named lifetime: everything a request (or job, or command) makes lives in one arena
 * and goes when the arena is reset. Nobody frees a single piece.
 *
 * Out of memory ends the program with a line on standard error: strangers cannot reach that,
 * since everything they can enlarge has a ceiling.
 * Under AddressSanitizer each piece is its own malloc, so that the pool hides no overflow. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H
#include <stddef.h>

struct arena;
struct arena_mark {
	void *block;
	size_t used;
	void *later;
};

struct arena *arena_new(void);
/* NULL is allowed. */
void arena_free(struct arena *a);
/* Forgets everything, keeps the first block for the next use. */
void arena_reset(struct arena *a);
struct arena_mark arena_mark(const struct arena *a);
/* Forgets what was made after the mark. */
void arena_back(struct arena *a, struct arena_mark m);
/* fn(arg) is called when what is made now goes, by reset, back or free, the newest first: for what an arena only holds and others made. */
void arena_later(struct arena *a, void (*fn)(void *arg), void *arg);
/* Zeroed, aligned for any type. */
void *arena_alloc(struct arena *a, size_t n) __attribute__((malloc, alloc_size(2)));
/* Zeroed; aborts when count * size overflows. */
void *arena_array(struct arena *a, size_t count, size_t size) __attribute__((malloc, alloc_size(2, 3)));
/* Grows the newest piece in place where it can, else copies. */
void *arena_grow(struct arena *a, void *old, size_t old_n, size_t new_n);
#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, count) ((type *)arena_array((a), (count), sizeof(type)))

/* Appends to a growing list (`type *list; size_t n`) kept in the arena; evaluates to the new, zeroed place.
 * Capacity is the next power of two of n, so no third variable is needed. */
void *arena_push(struct arena *a, void *list_ptr, size_t *n, size_t size);
#define ARENA_PUSH(a, list, n) ((__typeof__(list))arena_push((a), &(list), &(n), sizeof *(list)))
#endif
