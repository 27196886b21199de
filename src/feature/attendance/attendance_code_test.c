/* The codes of a door: which are good, for how long, and that they are those of the standards. */
#include "feature/attendance/attendance_code.h"
#include "base/arena.h"

#include "check.h"

#define SESSION INT64_C(4711)
#define OTHER INT64_C(4712)
#define AT INT64_C(1764460800000) /* the beginning of a step */
static const unsigned char key[CODE_KEY + 1] = "12345678901234567890123456789012", other_key[CODE_KEY + 1] = "22345678901234567890123456789012";

/* RFC 6238, appendix B, the rows of SHA-256, whose counter is the time in steps of 30 s. */
static void numbers_are_those_of_the_standard(void **state)
{
	static const struct {
		uint64_t counter;
		const char *code;
	} rows[] = { { 0x1, "46119246" },	{ 0x23523ec, "68084774" }, { 0x23523ed, "67062674" },
		     { 0x273ef07, "91819424" }, { 0x3f940aa, "90698825" }, { 0x27bc86aa, "77737706" } };
	struct arena *a = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(code_hotp(a, key, rows[i].counter, 8).p, rows[i].code);
	assert_string_equal(code_hotp(a, key, 1, CODE_DIGITS).p, "119246");
	arena_free(a);
}

static void a_token_is_good_in_its_step_and_the_next_and_then_old(void **state)
{
	struct arena *a = arena_new();
	struct str t = code_token(a, key, SESSION, AT);
	(void)state;
	assert_int_equal(code_token_read(a, key, SESSION, AT, t), CODE_GOOD);
	assert_int_equal(code_token_read(a, key, SESSION, AT + 2 * CODE_STEP_MS - 1, t), CODE_GOOD);
	assert_int_equal(code_token_read(a, key, SESSION, AT + 2 * CODE_STEP_MS, t), CODE_OLD);
	assert_int_equal(code_token_read(a, key, SESSION, AT - 1, t), CODE_FORGED); /* of a step to come */
	arena_free(a);
}

static void a_token_of_another_session_or_key_or_one_made_up_is_forged(void **state)
{
	struct arena *a = arena_new();
	struct str t = code_token(a, key, SESSION, AT);
	const struct str made_up[] = { S(""),
				       S("."),
				       S("88223040"),
				       S("88223040."),
				       S("88223040.00000000000000000000"),
				       S("x.y"),
				       S("-1.00000000000000000000"),
				       S("9223372036854775807.00"),
				       str_fmt(a, "%s0", t.p),
				       str_sub(t, 0, t.n - 1) };
	(void)state;
	assert_int_equal(code_token_read(a, key, OTHER, AT, t), CODE_FORGED);
	assert_int_equal(code_token_read(a, other_key, SESSION, AT, t), CODE_FORGED);
	for (size_t i = 0; i < sizeof made_up / sizeof *made_up; i++)
		assert_int_equal(code_token_read(a, key, SESSION, AT, made_up[i]), CODE_FORGED);
	assert_false(str_eq(code_number(a, key, SESSION), code_number(a, key, OTHER)));
	assert_false(str_eq(code_number(a, key, SESSION), code_number(a, other_key, SESSION)));
	arena_free(a);
}

/* A degree of a great circle of this radius is 111,195 m. */
static void places_are_as_far_apart_as_they_are(void **state)
{
	(void)state;
	assert_true(code_metres(28.6, 77.2, 28.6, 77.2) < 1);
	assert_true(code_metres(28, 77, 29, 77) > 111194 && code_metres(28, 77, 29, 77) < 111196);
	assert_true(code_metres(0, 179.5, 0, -179.5) > 111194 && code_metres(0, 179.5, 0, -179.5) < 111196);
	assert_true(code_metres(90, 0, -90, 0) > 20015114 && code_metres(90, 0, -90, 0) < 20015116);
	assert_int_equal(code_hundreds(0), 100);
	assert_int_equal(code_hundreds(100), 100);
	assert_int_equal(code_hundreds(100.5), 200);
	assert_int_equal(code_hundreds(2340), 2400);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_those_of_the_standard),
		cmocka_unit_test(a_token_is_good_in_its_step_and_the_next_and_then_old),
		cmocka_unit_test(a_token_of_another_session_or_key_or_one_made_up_is_forged),
		cmocka_unit_test(places_are_as_far_apart_as_they_are),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
