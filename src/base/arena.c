/* Memory with a named lifetime; see arena.h. */
#include "base/arena.h"
#include "base/err.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define PIECEWISE 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PIECEWISE 1
#endif
#endif
#ifndef PIECEWISE
#define PIECEWISE 0
#endif

enum { FIRST_BLOCK = 16384, ALIGN = alignof(max_align_t) };

struct block {
	struct block *before;
	size_t cap, used;
	char *bytes; /* behind this header, or under AddressSanitizer a malloc of its own */
	alignas(max_align_t) char here[];
};
struct later {
	struct later *before;
	void (*fn)(void *arg);
	void *arg;
};
/* Under AddressSanitizer a block holds one piece and lies apart from its header, so that red zones stand on both sides of it. */
struct arena {
	struct block *top;
	struct later *later; /* the newest */
};

static struct block *block_new(struct arena *a, size_t cap)
{
	if (cap > SIZE_MAX / 2)
		BUG("absurd size");
	struct block *b = malloc(PIECEWISE ? sizeof *b : sizeof *b + cap);
	if (!b)
		BUG("out of memory");
	b->bytes = PIECEWISE ? malloc(cap) : b->here;
	if (!b->bytes)
		BUG("out of memory");
	b->before = a->top;
	b->cap = cap;
	b->used = 0;
	a->top = b;
	return b;
}

struct arena *arena_new(void)
{
	struct arena *a = calloc(1, sizeof *a);
	if (!a)
		BUG("out of memory");
	return a;
}

static void call_until(struct arena *a, const struct later *keep)
{
	while (a->later != keep) {
		struct later *l = a->later;
		if (!l)
			BUG("a mark that is not of this arena, or was gone back behind");
		a->later = l->before;
		l->fn(l->arg);
	}
}

static void drop_until(struct arena *a, const struct block *keep)
{
	while (a->top != keep) {
		struct block *b = a->top;
		if (!b)
			BUG("a mark that is not of this arena, or was gone back behind");
		a->top = b->before;
		if (PIECEWISE)
			free(b->bytes);
		free(b);
	}
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	call_until(a, NULL);
	drop_until(a, NULL);
	free(a);
}

void arena_reset(struct arena *a)
{
	call_until(a, NULL);
	struct block *first = a->top;
	while (first && first->before)
		first = first->before;
	if (PIECEWISE || !first || first->cap != FIRST_BLOCK)
		first = NULL;
	drop_until(a, first);
	if (first)
		first->used = 0;
}

struct arena_mark arena_mark(const struct arena *a)
{
	return (struct arena_mark){ a->top, a->top ? a->top->used : 0, a->later };
}

void arena_back(struct arena *a, struct arena_mark m)
{
	/* A mark of the empty arena: the first block is kept, or a loop would ask malloc each time around. */
	if (!m.block) {
		arena_reset(a);
		return;
	}
	call_until(a, m.later);
	drop_until(a, m.block);
	a->top->used = m.used;
}

void arena_later(struct arena *a, void (*fn)(void *arg), void *arg)
{
	struct later *l = ARENA_NEW(a, struct later);
	*l = (struct later){ a->later, fn, arg };
	a->later = l;
}

static size_t rounded(size_t n)
{
	if (n > SIZE_MAX / 2)
		BUG("absurd size");
	return (n + ALIGN - 1) / ALIGN * ALIGN;
}

void *arena_alloc(struct arena *a, size_t n)
{
	size_t want = PIECEWISE ? (n ? n : 1) : rounded(n ? n : 1);
	struct block *b = a->top;
	if (PIECEWISE || !b || b->cap - b->used < want) {
		size_t cap = b ? b->cap * 2 : FIRST_BLOCK;
		if (cap > 1 << 20)
			cap = 1 << 20;
		b = block_new(a, PIECEWISE || want > cap ? want : cap);
	}
	void *p = b->bytes + b->used;
	b->used += want;
	return memset(p, 0, n ? n : 1);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
	size_t n;
	if (__builtin_mul_overflow(count, size, &n))
		BUG("absurd size");
	return arena_alloc(a, n);
}

void *arena_grow(struct arena *a, void *old, size_t old_n, size_t new_n)
{
	struct block *b = a->top;
	if (!PIECEWISE && old && b && (char *)old + rounded(old_n) == b->bytes + b->used && new_n >= old_n &&
	    rounded(new_n) - rounded(old_n) <= b->cap - b->used) {
		b->used += rounded(new_n) - rounded(old_n);
		memset((char *)old + old_n, 0, new_n - old_n);
		return old;
	}
	void *p = arena_alloc(a, new_n);
	if (old)
		memcpy(p, old, old_n < new_n ? old_n : new_n);
	return p;
}

void *arena_push(struct arena *a, void *list_ptr, size_t *n, size_t size)
{
	void *list;
	memcpy(&list, list_ptr, sizeof list);
	bool is_full = *n == 0 || (*n & (*n - 1)) == 0;
	if (is_full) {
		list = arena_grow(a, list, *n * size, (*n ? *n * 2 : 1) * size);
		memcpy(list_ptr, &list, sizeof list);
	}
	return (char *)list + (*n)++ * size;
}
