/* Tests of the arena: zeroed, aligned, kept apart, gone together. The same promises with and without AddressSanitizer. */
#include "base/base_check.h"

#include <stdalign.h>

static bool all_zero(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i])
			return false;
	return true;
}

static void pieces(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	static const size_t sizes[] = {0, 1, 7, 16, 17, 4096, 16384, 16385, 100000, 3000000};
	char *p[COUNT(sizes)];
	/* Twice, so that the second round meets memory that was written to. */
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < COUNT(sizes); i++) {
			p[i] = arena_alloc(a, sizes[i]);
			assert_non_null(p[i]);
			assert_int_equal((uintptr_t)p[i] % alignof(max_align_t), 0);
			assert_true(all_zero(p[i], sizes[i]));
			memset(p[i], (int)i + 1, sizes[i]);
		}
		for (size_t i = 0; i < COUNT(sizes); i++)
			for (size_t k = 0; k < sizes[i]; k++)
				if (p[i][k] != (char)(i + 1))
					assert_true(false); /* written over by a neighbour */
		arena_reset(a);
	}
	int64_t *list = ARENA_ARRAY(a, int64_t, 5);
	assert_true(all_zero((char *)list, 5 * sizeof *list));
	assert_ptr_not_equal(arena_alloc(a, 0), arena_alloc(a, 0));
	arena_free(a);
	arena_free(NULL);
}

static void marks(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct arena_mark empty = arena_mark(a);
	memset(arena_alloc(a, 100), 1, 100);
	arena_back(a, empty);
	assert_true(all_zero(arena_alloc(a, 100), 100));

	char *kept = arena_alloc(a, 50);
	memset(kept, 'k', 50);
	struct arena_mark outer = arena_mark(a);
	for (int i = 0; i < 1000; i++) {
		memset(arena_alloc(a, 500), 'x', 500);
		struct arena_mark inner = arena_mark(a);
		memset(arena_alloc(a, 40000), 'y', 40000); /* beyond the block */
		arena_back(a, inner);
		arena_back(a, inner); /* twice is as good as once */
		arena_back(a, outer);
	}
	assert_true(all_zero(arena_alloc(a, 500), 500));
	for (size_t i = 0; i < 50; i++)
		assert_int_equal(kept[i], 'k');
	arena_free(a);
}

static void growing(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	char *p = arena_grow(a, NULL, 0, 10);
	assert_true(all_zero(p, 10));
	memset(p, 'a', 10);
	char *q = arena_grow(a, p, 10, 1000);
	if (!WITH_ASAN)
		assert_ptr_equal(p, q); /* the newest, and there is room */
	assert_memory_equal(q, "aaaaaaaaaa", 10);
	assert_true(all_zero(q + 10, 990));
	char *other = arena_alloc(a, 10);
	memset(other, 'o', 10);
	p = arena_grow(a, q, 1000, 2000);
	assert_ptr_not_equal(p, q); /* no longer the newest */
	assert_memory_equal(p, "aaaaaaaaaa", 10);
	assert_true(all_zero(p + 10, 1990));
	memset(p + 10, 'b', 1990);
	assert_memory_equal(other, "oooooooooo", 10);
	p = arena_grow(a, p, 2000, 200000); /* into another block */
	assert_memory_equal(p, "aaaaaaaaaabbbb", 14);
	assert_true(all_zero(p + 2000, 198000));
	p = arena_grow(a, p, 200000, 12);
	assert_memory_equal(p, "aaaaaaaaaabb", 12);
	/* Grown between a mark and the way back: what was there before the mark is untouched. */
	char *before = arena_alloc(a, 16);
	memset(before, 'c', 16);
	struct arena_mark m = arena_mark(a);
	char *grown = arena_grow(a, before, 16, 64);
	memset(grown + 16, 'd', 48);
	arena_back(a, m);
	assert_memory_equal(before, "cccccccccccccccc", 16);
	assert_true(all_zero(arena_alloc(a, 48), 48));
	arena_free(a);
}

static void lists(void **state)
{
	(void)state;
	struct row {
		int64_t id;
		char c, padding[7];
	};
	struct arena *a = arena_new();
	struct row *v = NULL, *w = NULL;
	size_t n = 0, m = 0;
	for (int i = 0; i < 5000; i++) {
		struct row *r = ARENA_PUSH(a, v, n);
		assert_true(all_zero((char *)r, sizeof *r));
		*r = (struct row){.id = i, .c = 'v'};
		if (i % 3 == 0)
			ARENA_PUSH(a, w, m)->id = -i;
	}
	assert_int_equal(n, 5000);
	assert_int_equal(m, 1667);
	for (int i = 0; i < 5000; i++)
		assert_int_equal(v[i].id, i);
	for (int i = 0; i < 1667; i++)
		assert_int_equal(w[i].id, -3 * i);
	arena_free(a);
}

/* volatile: the compiler would see through the absurd sizes and refuse them. */
static volatile const size_t huge = SIZE_MAX;
static void alloc_huge(void)
{
	arena_alloc(arena_new(), huge);
}
static void alloc_half(void)
{
	arena_alloc(arena_new(), huge / 2 + 1);
}
static void array_overflow(void)
{
	arena_array(arena_new(), huge / 4, 8);
}
static void grow_huge(void)
{
	struct arena *a = arena_new();
	arena_grow(a, arena_alloc(a, 8), 8, huge - 8);
}
static void foreign_mark(void)
{
	struct arena *a = arena_new(), *b = arena_new();
	arena_alloc(a, 1);
	arena_alloc(b, 1);
	arena_back(b, arena_mark(a));
}

static void absurd(void **state)
{
	(void)state;
	expect_abort(alloc_huge);
	expect_abort(alloc_half);
	expect_abort(array_overflow);
	expect_abort(grow_huge);
	expect_abort(foreign_mark);
}

/* volatile for the same reason. */
static volatile const int behind = 10, in_front = -1;
static void write_behind(void)
{
	volatile char *p = arena_alloc(arena_new(), 10);
	p[behind] = 1;
}
static void write_before(void)
{
	struct arena *a = arena_new();
	arena_alloc(a, 10);
	volatile char *p = arena_alloc(a, 10);
	p[in_front] = 1;
}
static void write_after_reset(void)
{
	struct arena *a = arena_new();
	volatile char *p = arena_alloc(a, 10);
	arena_reset(a);
	p[0] = 1;
}

/* The pool hides no overflow from AddressSanitizer. */
static void red_zones(void **state)
{
	(void)state;
	if (!WITH_ASAN)
		skip();
	assert_int_not_equal(fate_of(write_behind), 0);
	assert_int_not_equal(fate_of(write_before), 0);
	assert_int_not_equal(fate_of(write_after_reset), 0);
}

static void count_call(void *arg)
{
	unsigned *calls = arg;
	++*calls;
}

/* Who lends something to an arena is told, once, when it goes. */
static void told_at_the_end(void **state)
{
	struct arena *a = arena_new();
	unsigned first = 0, second = 0;
	(void)state;
	arena_later(a, count_call, &first);
	struct arena_mark m = arena_mark(a);
	arena_later(a, count_call, &second);
	arena_back(a, m);
	assert_int_equal(second, 1);
	assert_int_equal(first, 0);
	arena_reset(a);
	assert_int_equal(first, 1);
	arena_later(a, count_call, &second);
	arena_free(a);
	assert_int_equal(first, 1);
	assert_int_equal(second, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(pieces), cmocka_unit_test(marks),	cmocka_unit_test(growing),
	    cmocka_unit_test(lists),  cmocka_unit_test(absurd), cmocka_unit_test(red_zones),
	    cmocka_unit_test(told_at_the_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
