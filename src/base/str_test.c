/* Tests of views of text and growing buffers. */
#include "base/base_check.h"

static void comparing(void **state)
{
	(void)state;
	assert_true(str_eq(STR_NONE, S("")));
	assert_true(str_is(S("a"), "a"));
	assert_false(str_is(S("a"), "ab"));
	assert_true(str_starts(S("abc"), S("ab")) && str_starts(S("abc"), S("")) && str_starts(STR_NONE, STR_NONE));
	assert_false(str_starts(S("ab"), S("abc")));
	assert_true(str_ends(S("abc"), S("bc")) && str_ends(S(""), S("")));
	assert_false(str_ends(S("bc"), S("abc")));
	assert_true(str_cmp(S("a"), S("b")) < 0 && str_cmp(S("b"), S("a")) > 0 && str_cmp(S("a"), S("a")) == 0);
	assert_true(str_cmp(S("a"), S("ab")) < 0 && str_cmp(STR_NONE, S("")) == 0 && str_cmp(STR_NONE, S("a")) < 0);
	assert_true(str_cmp(S("z"), S("\xe0\xa4\x95")) < 0); /* bytes count as unsigned */
	assert_true(str_cmp(S("a\0b"), S("a\0c")) < 0);
	assert_int_equal(str_of(NULL).n, 0);
	assert_null(str_of(NULL).p);
}

static void parts(void **state)
{
	(void)state;
	expect_str(str_trim(S(" \t\r\n\v\f a b \n")), "a b");
	expect_str(str_trim(S("  ")), "");
	assert_null(str_trim(STR_NONE).p);
	assert_int_equal(str_index(S("abcb"), 'b'), 1);
	assert_int_equal(str_index(S("abc"), 'x'), -1);
	assert_int_equal(str_index(STR_NONE, 'x'), -1);
	assert_int_equal(str_find(S("aabaac"), S("aac")), 3);
	assert_int_equal(str_find(S("aa"), S("aaa")), -1);
	assert_int_equal(str_find(STR_NONE, S("a")), -1);
	assert_int_equal(str_find(S("a"), S("")), 0);
	expect_str(str_sub(S("hello"), 1, 3), "el");
	expect_str(str_sub(S("hello"), 3, 99), "lo");
	expect_str(str_sub(S("hello"), 4, 2), "");
	expect_str(str_sub(S("hello"), 99, 100), "");
	assert_null(str_sub(STR_NONE, 1, 2).p);
	expect_str(str_before(S("a=b=c"), '='), "a");
	expect_str(str_before(S("=b"), '='), "");
	expect_str(str_before(S("abc"), '='), "abc");
	assert_null(str_before(STR_NONE, '=').p);

	struct str rest = S("a,,b,"), part;
	assert_true(str_cut(&rest, ',', &part));
	expect_str(part, "a");
	assert_true(str_cut(&rest, ',', &part));
	expect_str(part, "");
	assert_true(str_cut(&rest, ',', &part));
	expect_str(part, "b");
	assert_false(str_cut(&rest, ',', &part));
	rest = STR_NONE;
	assert_false(str_cut(&rest, ',', &part));
}

static void copies(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct str s = str_dup(a, str_sub(S("hello"), 1, 3));
	assert_string_equal(s.p, "el"); /* NUL-ended */
	assert_null(str_dup(a, STR_NONE).p);
	assert_non_null(str_dup(a, S("")).p);
	assert_string_equal(str_c(a, STR_NONE), "");
	assert_string_equal(str_c(a, str_sub(S("hello"), 0, 1)), "h");
	expect_str(str_lower(a, S("AZaz@[`{9 \xc3\x89")), "azaz@[`{9 \xc3\x89");
	expect_str(str_lower(a, STR_NONE), "");
	expect_str(str_fmt(a, "%d %.*s|%s", -5, STR_ARG(S("ab")), ""), "-5 ab|");
	expect_str(str_fmt(a, "%.*s", STR_ARG(STR_NONE)), "");
	for (int n = 250; n < 260; n++) { /* about the length at which it is formatted twice */
		s = str_fmt(a, "%*d", n, 7);
		assert_int_equal(s.n, n);
		assert_int_equal(strlen(s.p), n);
		assert_int_equal(s.p[n - 1], '7');
	}
	arena_free(a);
}

static void whole_numbers(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t value;
	} good[] = {{"0", 0}, {"-0", 0}, {"007", 7}, {"-12", -12}, {"9223372036854775807", INT64_MAX}, {"-9223372036854775808", INT64_MIN}};
	static const char *const bad[] = {"",
					  "-",
					  "+1",
					  " 1",
					  "1 ",
					  "1.0",
					  "1e3",
					  "0x10",
					  "--1",
					  "1-",
					  "9223372036854775808",
					  "-9223372036854775809",
					  "18446744073709551616",
					  "99999999999999999999999",
					  "\xe0\xa5\xa7"};
	for (size_t i = 0; i < COUNT(good); i++) {
		int64_t v = 99;
		assert_true(str_int(str_of(good[i].text), &v));
		assert_true(v == good[i].value);
	}
	for (size_t i = 0; i < COUNT(bad); i++) {
		int64_t v = 99;
		assert_false(str_int(str_of(bad[i]), &v));
		assert_int_equal(v, 99); /* untouched */
	}
	int64_t v = 99;
	assert_false(str_int(STR_NONE, &v));
	assert_false(str_int(S("1\0"), &v));
}

static void fractions(void **state)
{
	(void)state;
	double d = 99;
	assert_true(str_real(S("-12.5"), &d) && d == -12.5);
	assert_true(str_real(S("0"), &d) && d == 0);
	assert_true(str_real(S("0.1"), &d) && d == 0.1);
	assert_true(str_real(S("1234567890123456789012345678901234567890"), &d) && d == 1234567890123456789012345678901234567890.0);
	/* A view does not end with a NUL: what follows is not read. */
	assert_true(str_real(str_sub(S("1.25678"), 0, 4), &d) && d == 1.25);
	d = 99;
	static const char *const bad[] = {
	    "", "-", ".", "-.", "1e3", "inf", "nan", "0x1p3", " 1", "1 ", "1.2.3", "1,5", "+1", "--1", "12345678901234567890123456789012345678901"};
	for (size_t i = 0; i < COUNT(bad); i++) {
		assert_false(str_real(str_of(bad[i]), &d));
		assert_true(d == 99);
	}
	assert_false(str_real(STR_NONE, &d));
}

static void building(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct buf b;
	buf_init(&b, a, 1000000);
	expect_str(buf_get(&b), "");
	buf_str(&b, STR_NONE);
	buf_add(&b, NULL, 0);
	buf_lit(&b, "x=");
	buf_int(&b, INT64_MIN);
	buf_char(&b, ' ');
	buf_int(&b, 0);
	buf_char(&b, ' ');
	buf_int(&b, INT64_MAX);
	buf_fmt(&b, " %s", "end");
	expect_str(buf_get(&b), "x=-9223372036854775808 0 9223372036854775807 end");
	assert_int_equal(strlen(buf_get(&b).p), b.n);
	for (int i = 0; i < 30000; i++) {
		buf_fmt(&b, "%05d", i);
		if (i % 1000 == 0)
			arena_alloc(a, 100); /* so that it cannot always grow where it lies */
	}
	assert_false(b.full);
	assert_int_equal(b.n, 48 + 150000);
	expect_str(str_sub(buf_get(&b), 48 + 5 * 29999, b.n), "29999");
	buf_init(&b, a, 1000);
	buf_fmt(&b, "%*d", 600, 1); /* longer than the fast path */
	assert_int_equal(buf_get(&b).n, 600);
	assert_int_equal(strlen(b.p), 600);
	arena_free(a);
}

static void ceilings(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct buf b;
	buf_init(&b, a, 5);
	buf_lit(&b, "12345");
	assert_false(b.full); /* exactly full is not too full */
	expect_str(buf_get(&b), "12345");
	assert_true(b.cap <= 6);
	buf_char(&b, '6');
	assert_true(b.full);
	expect_str(buf_get(&b), "12345");

	buf_init(&b, a, 5);
	buf_lit(&b, "123");
	buf_lit(&b, "456"); /* all or nothing */
	assert_true(b.full);
	buf_char(&b, 'x'); /* would fit, but what is dropped stays dropped */
	buf_fmt(&b, "%d", 1);
	buf_int(&b, 1);
	expect_str(buf_get(&b), "123");
	assert_true(b.full);

	buf_init(&b, a, 300);
	buf_fmt(&b, "%*d", 301, 1);
	assert_true(b.full && b.n == 0);

	buf_init(&b, a, 0);
	buf_lit(&b, "");
	assert_false(b.full);
	expect_str(buf_get(&b), "");
	buf_char(&b, 'x');
	assert_true(b.full);

	/* No ceiling to speak of, and sizes that would overflow. */
	buf_init(&b, a, SIZE_MAX);
	buf_lit(&b, "ok");
	buf_add(&b, "x", SIZE_MAX - 1);
	assert_true(b.full);
	expect_str(buf_get(&b), "ok");

	for (size_t max = 250; max < 1030; max++) { /* around every doubling */
		struct arena_mark m = arena_mark(a);
		buf_init(&b, a, max);
		for (size_t i = 0; i < max; i++)
			buf_char(&b, 'x');
		assert_false(b.full);
		assert_int_equal(strlen(buf_get(&b).p), max);
		assert_true(b.cap <= max + 1);
		buf_char(&b, 'x');
		assert_true(b.full && b.n == max);
		arena_back(a, m);
	}
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(comparing), cmocka_unit_test(parts),    cmocka_unit_test(copies),	 cmocka_unit_test(whole_numbers),
	    cmocka_unit_test(fractions), cmocka_unit_test(building), cmocka_unit_test(ceilings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
