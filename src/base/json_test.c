/* Tests of the JSON writer: commas, escapes, numbers that read back the same. */
#include "base/json.h"
#include "base/base_check.h"
#include "base/field.h"

#include <math.h>

static struct buf b;
static struct arena *arena;

static struct json_out begin(size_t max)
{
	buf_init(&b, arena, max);
	return (struct json_out){.b = &b};
}

static int set_up(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}
static int tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void commas(void **state)
{
	(void)state;
	struct json_out j = begin(10000);
	jw_open(&j, '{');
	jw_key(&j, "empty");
	jw_open(&j, '[');
	jw_close(&j, ']');
	jw_key(&j, "list");
	jw_open(&j, '[');
	jw_int(&j, INT64_MIN);
	jw_bool(&j, true);
	jw_bool(&j, false);
	jw_null(&j);
	jw_open(&j, '{');
	jw_close(&j, '}');
	jw_open(&j, '{');
	jw_key(&j, "a");
	jw_raw(&j, S("[1,2]"));
	jw_close(&j, '}');
	jw_str(&j, S("x"));
	jw_close(&j, ']');
	jw_key(&j, "last");
	jw_int(&j, 1);
	jw_close(&j, '}');
	expect_str(buf_get(&b), "{\"empty\":[],\"list\":[-9223372036854775808,true,false,null,{},{\"a\":[1,2]},\"x\"],\"last\":1}");
}

static void values(void **state)
{
	(void)state;
	struct json_out j = begin(10000);
	jw_open(&j, '[');
	jw_id(&j, 9007199254740993); /* beyond what a double holds, hence a string */
	jw_id(&j, NONE);
	jw_time(&j, 1795418102123);
	jw_time(&j, -1);
	jw_time(&j, NONE);
	jw_str(&j, STR_NONE);
	jw_str(&j, S(""));
	jw_close(&j, ']');
	expect_str(buf_get(&b), "[\"9007199254740993\",null,\"2026-11-23T07:15:02.123Z\",\"1969-12-31T23:59:59.999Z\",null,null,\"\"]");
}

static void escapes(void **state)
{
	(void)state;
	struct json_out j = begin(10000);
	jw_str(&j, S("a\"b\\c/d\n\t\r\b\f\x01\x1f\x7f é सू 😀"));
	expect_str(buf_get(&b), "\"a\\\"b\\\\c/d\\n\\t\\u000d\\u0008\\u000c\\u0001\\u001f\x7f é सू 😀\"");
	j = begin(10000);
	jw_open(&j, '{');
	jw_key(&j, "a\"b");
	jw_null(&j);
	jw_close(&j, '}');
	expect_str(buf_get(&b), "{\"a\\\"b\":null}");
	j = begin(10000);
	jw_str(&j, S("a\0b"));
	expect_str(buf_get(&b), "\"a\\u0000b\"");
	/* Every byte at every place relative to the eight that are looked at together. */
	for (int c = 0; c < 256; c++)
		for (size_t at = 0; at < 20; at++) {
			char text[20], wanted[64];
			memset(text, 'x', sizeof text);
			text[at] = (char)c;
			struct arena_mark m = arena_mark(arena);
			j = begin(100);
			jw_str(&j, (struct str){text, sizeof text});
			char escaped[8] = {(char)c, 0};
			if (c == '"' || c == '\\')
				snprintf(escaped, sizeof escaped, "\\%c", c);
			else if (c == '\n' || c == '\t')
				snprintf(escaped, sizeof escaped, "\\%c", c == '\n' ? 'n' : 't');
			else if (c < 0x20)
				snprintf(escaped, sizeof escaped, "\\u%04x", (unsigned)c);
			snprintf(wanted, sizeof wanted, "\"%.*s%s%.*s\"", (int)at, "xxxxxxxxxxxxxxxxxxxx", escaped, (int)(19 - at), "xxxxxxxxxxxxxxxxxxxx");
			expect_str(buf_get(&b), wanted);
			arena_back(arena, m);
		}
}

static void expect_real(double v, const char *wanted)
{
	struct json_out j = begin(100);
	jw_real(&j, v);
	expect_str(buf_get(&b), wanted);
}

static void reals(void **state)
{
	(void)state;
	expect_real(0, "0");
	expect_real(1, "1");
	expect_real(-12.5, "-12.5");
	expect_real(0.1, "0.1");
	expect_real(0.1 + 0.2, "0.30000000000000004");
	expect_real(1.0 / 3, "0.3333333333333333");
	expect_real(1e21, "1e+21");
	expect_real(INFINITY, "null");
	expect_real(-INFINITY, "null");
	expect_real(NAN, "null");
	/* Doubles from all over read back as the same bits. */
	uint64_t bits = 88172645463325252;
	for (int i = 0; i < 20000; i++) {
		bits ^= bits << 13;
		bits ^= bits >> 7;
		bits ^= bits << 17;
		double v, back;
		memcpy(&v, &bits, sizeof v);
		if (!isfinite(v))
			continue;
		struct arena_mark m = arena_mark(arena);
		struct json_out j = begin(100);
		jw_real(&j, v);
		back = strtod(buf_get(&b).p, NULL);
		assert_memory_equal(&v, &back, sizeof v);
		arena_back(arena, m);
	}
}

/* A full buffer is told at the end; nothing before that fails, and times leave nothing else in the arena. */
static void ceiling(void **state)
{
	(void)state;
	const size_t whole = sizeof "[\"a\\nb\",\"1970-01-01T00:00:00.000Z\",0.5]" - 1;
	for (size_t max = 0; max < 60; max++) {
		struct json_out j = begin(max);
		jw_open(&j, '[');
		jw_str(&j, S("a\nb"));
		jw_time(&j, 0);
		jw_real(&j, 0.5);
		jw_close(&j, ']');
		assert_int_equal(b.full, max < whole);
		assert_true(b.n <= max);
	}
	struct json_out j = begin(100000);
	jw_open(&j, '[');
	char *start = b.p;
	for (int i = 0; i < 100; i++)
		jw_time(&j, i);
	if (!WITH_ASAN)
		assert_ptr_equal(b.p, start); /* still the newest piece, so it grew where it lies */
	assert_false(b.full);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(commas, set_up, tear_down),	 cmocka_unit_test_setup_teardown(values, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(escapes, set_up, tear_down), cmocka_unit_test_setup_teardown(reals, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(ceiling, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
