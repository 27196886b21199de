/* Time-based codes against RFC 6238, appendix B; base 32 against RFC 4648, section 10; devices by their own words. */
#include "feature/account/account.h"
#include "feature/account/device.h"

#include <sodium.h>

static struct ctx cx;
static const unsigned char rfc_secret[] = "12345678901234567890";

static void codes_are_those_of_the_rfc(void **state)
{
	/* The RFC gives eight digits; ours are its last six. */
	static const struct {
		int64_t seconds;
		unsigned code;
	} known[] = { { 59, 287082 }, { 1111111109, 81804 }, { 1111111111, 50471 }, { 1234567890, 5924 }, { 2000000000, 279037 }, { 20000000000, 353130 } };
	(void)state;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		assert_int_equal(totp_code(rfc_secret, 20, known[i].seconds / FACTOR_STEP_S), known[i].code);
}

static void a_step_is_found_one_off_and_never_again(void **state)
{
	int64_t now = 1111111109 * SECOND, step = 1111111109 / FACTOR_STEP_S;
	(void)state;
	assert_int_equal(totp_step(rfc_secret, 20, now, 0, S("081804")), step);
	assert_int_equal(totp_step(rfc_secret, 20, now + 30 * SECOND, 0, S("081804")), step);
	assert_int_equal(totp_step(rfc_secret, 20, now - 30 * SECOND, 0, S("081804")), step);
	assert_int_equal(totp_step(rfc_secret, 20, now + 61 * SECOND, 0, S("081804")), -1);
	assert_int_equal(totp_step(rfc_secret, 20, now - 61 * SECOND, 0, S("081804")), -1);
	assert_int_equal(totp_step(rfc_secret, 20, now, step, S("081804")), -1);
	assert_int_equal(totp_step(rfc_secret, 20, now, step - 1, S("081804")), step);
	assert_int_equal(totp_step(rfc_secret, 20, now, 0, S("81804")), -1);
	assert_int_equal(totp_step(rfc_secret, 20, now, 0, S("")), -1);
	assert_int_equal(totp_step(rfc_secret, 20, now, 0, S("0818040")), -1);
}

static void base32_is_that_of_the_rfc(void **state)
{
	static const char *const known[][2] = {
		{ "", "" }, { "f", "MY" }, { "fo", "MZXQ" }, { "foo", "MZXW6" }, { "foob", "MZXW6YQ" }, { "fooba", "MZXW6YTB" }, { "foobar", "MZXW6YTBOI" }
	};
	(void)state;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		assert_true(str_is(base32(&cx, (const unsigned char *)known[i][0], strlen(known[i][0])), known[i][1]));
}

static void devices_are_called_what_people_call_them(void **state)
{
	static const char *const known[][2] = {
		{ "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on Linux" },
		{ "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0",
		  "Edge on Windows" },
		{ "Mozilla/5.0 (Linux; Android 14; SM-A146B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36",
		  "Samsung Internet on Android" },
		{ "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
		  "Safari on iPhone" },
		{ "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36", "Chrome on macOS" },
		{ "curl/8.5.0", "curl/8.5.0" },
		{ "Firefox/1", "Firefox" },
		{ "", "A program that does not name itself" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		struct str name = account_device(&cx, str_of(known[i][0]));
		assert_string_equal(str_c(cx.arena, name), known[i][1]);
	}
	assert_true(str_is(account_browser(str_of(known[0][0])), "Firefox") && str_is(account_browser(S("curl/8.5.0 x")), "curl/8.5.0"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_are_those_of_the_rfc),
		cmocka_unit_test(a_step_is_found_one_off_and_never_again),
		cmocka_unit_test(base32_is_that_of_the_rfc),
		cmocka_unit_test(devices_are_called_what_people_call_them),
	};
	if (sodium_init() < 0)
		return 1;
	cx = (struct ctx){ .arena = arena_new() };
	int code = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(cx.arena);
	return code;
}
