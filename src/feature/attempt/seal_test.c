/* Seals: what the script of the page writes is what the server finds, and nothing else is. */
#include "feature/attempt/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <sodium.h>

static struct arena *a;
static struct str two[] = { { "a", 1 }, { "c", 1 } };
static const struct strs ac = { two, 2 };
static const struct sealed one = { 4711, 3, 17, 90250, &ac };

/* Made by Python's hmac and by openssl dgst -sha256 -hmac: two others than ours. */
static void the_seal_is_the_hmac_that_others_make(void **state)
{
	(void)state;
	assert_string_equal(seal_of(a, S("secret"), &one).p, "4911540f8d479616cc4afc66ae006e689388f3f235f4e04a640e9c3c164ede88");
	struct str word = S("नमस्ते|1:x\n");
	const struct strs written = { &word, 1 };
	assert_string_equal(seal_of(a, S("00ff"), &(struct sealed){ 1, 2, 3, 4, &written }).p,
			    "7436a2dce16ae9b80da9854bc5b4eaa3d52b408efedf56c16c52e2d068daa296");
}

static void a_seal_of_anything_else_is_none(void **state)
{
	struct str seal = seal_of(a, S("secret"), &one);
	struct sealed other[] = { { 4712, 3, 17, 90250, &ac }, { 4711, 4, 17, 90250, &ac }, { 4711, 3, 18, 90250, &ac }, { 4711, 3, 17, 90249, &ac } };
	(void)state;
	assert_true(seal_is(a, S("secret"), &one, seal));
	assert_false(seal_is(a, S("secres"), &one, seal));
	for (size_t i = 0; i < sizeof other / sizeof *other; i++)
		assert_false(seal_is(a, S("secret"), &other[i], seal));
	assert_false(seal_is(a, S("secret"), &one, S("")));
	assert_false(seal_is(a, S("secret"), &one, str_sub(seal, 0, 63)));
}

/* Two answers of one text would let one stand for the other. */
static void texts_are_told_apart(void **state)
{
	struct str joined = S("a1:c"), empty = S("");
	const struct strs as_one = { &joined, 1 }, nothing = { NULL, 0 }, blank = { &empty, 1 };
	struct sealed x = one;
	struct str seal = seal_of(a, S("secret"), &one);
	(void)state;
	x.given = &as_one;
	assert_false(seal_is(a, S("secret"), &x, seal));
	x.given = &nothing;
	seal = seal_of(a, S("secret"), &x);
	x.given = &blank;
	assert_false(seal_is(a, S("secret"), &x, seal));
}

static int begin(void **state)
{
	(void)state;
	a = arena_new();
	return sodium_init() < 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(a);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_seal_is_the_hmac_that_others_make),
		cmocka_unit_test(a_seal_of_anything_else_is_none),
		cmocka_unit_test(texts_are_told_apart),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
