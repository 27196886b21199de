/* Tokens: the published examples of RFC 7515, 7520 and 8037 hold, and nothing of them holds any more once a letter is changed. */
#include "feature/sso/claims.h"
#include "web/base64.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>

struct example {
	const char *what, *key, *header, *payload, *signature;
};

#define JOE "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
#define DOOR                                                                                                                                                   \
	"SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9hZCwgYW5kIGlmIHlvdSBkb24ndCBrZWVwIHlvdXIgZmVl" \
	"dCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3ZXB0IG9mZiB0by4"
#define BILBO                                                                                                                                                  \
	"\"kty\":\"RSA\",\"kid\":\"bilbo.baggins@hobbiton.example\",\"use\":\"sig\",\"n\":\"n4EPtAOCc9AlkeQHPzHStgAbgs7bTZLwUBZdR8_KuKPEHLd4rHVTeT-O-"         \
	"XV2jRojdNhxJWTDvNd7nqQ0VEiZQHz_AJmSCpMaJMRBSFKrKb2wqVwGU_NsYOYL-QtiWN2lbzcEe6XC0dApr5ydQLrHqkHHig3RBordaZ6Aj-oBHqFEHYpPe7Tpe-"                        \
	"OfVfHd1E6cS6M1FZcD1NNLYD5lFHpPI9bTwJlsde3uhGqC0ZCuEHg8lhzwOHrtIQbS0FVbb9k3-tVTU4fg_3L_vniUFAKwuCLqKnS2BYwdq_mzSnbLY7h_qixoR7jig3__"                   \
	"kRhuaxwUkRz5iaiQkqgc5gHdrNP5zw\",\"e\":\"AQAB\""

static const struct example examples[] = {
	{ "RFC 7515 A.3, ES256",
	  "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"",
	  "eyJhbGciOiJFUzI1NiJ9", JOE, "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q" },
	{ "RFC 7520 4.1, RS256", BILBO, "eyJhbGciOiJSUzI1NiIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9", DOOR,
	  "MRjdkly7_-oTPTS3AXP41iQIGKa80A0ZmTuV5MEaHoxnW2e5CZ5NlKtainoFmKZopdHM1O2U4mwzJdQx996ivp83xuglII7PNDi84wnB-BDkoBwA78185hX-Es4JIwmDLJK3lfWRa-"
	  "XtL0RnltuYv746iYTh_qHRD68BNt1uSNCrUCTJDt5aAE6x8wW1Kt9eRo4QPocSadnHXFxnt8Is9UzpERV0ePPQdLuW3IS_de3xyIrDaLGdjluPxUAhb6L2aXic1U12podGU0KLUQSE_oI-"
	  "ZnmKJ3F4uOZDnd6QZWJushZ41Axf_fcIe8u9ipH84ogoree7vjbU5y18kDquDg" },
	{ "RFC 8037 A.4, EdDSA", "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"", "eyJhbGciOiJFZERTQSJ9",
	  "RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc", "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg" },
};
enum { N_EXAMPLES = sizeof examples / sizeof *examples };

static struct arena *a;

static json_t *keys_of(const char *key)
{
	json_t *set = json_loads(str_fmt(a, "{\"keys\":[{%s}]}", key).p, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(set);
	return set;
}

static enum jwt_fault verify(const char *key, const char *header, const char *payload, const char *signature, struct jwt *ret)
{
	json_t *set = keys_of(key);
	enum jwt_fault fault = jwt_verify(a, str_fmt(a, "%s.%s.%s", header, payload, signature), set, ret);
	json_decref(set);
	return fault;
}

static const char *spoilt(const char *text, size_t i)
{
	char *s = (char *)(uintptr_t)str_dup(a, str_of(text)).p;
	s[i] = s[i] == 'A' ? 'B' : 'A';
	return s;
}

static void the_published_examples_hold(void **state)
{
	struct jwt t;
	(void)state;
	for (size_t i = 0; i < N_EXAMPLES; i++) {
		const struct example *x = &examples[i];
		enum jwt_fault fault = verify(x->key, x->header, x->payload, x->signature, &t);
		if (fault != JWT_GOOD)
			print_error("%s does not hold\n", x->what);
		assert_int_equal(fault, JWT_GOOD);
	}
	assert_int_equal(verify(examples[2].key, examples[2].header, examples[2].payload, examples[2].signature, &t), JWT_GOOD);
	assert_true(str_is(t.payload, "Example of Ed25519 signing"));
	assert_true(str_is(t.alg, "EdDSA"));
	assert_false(t.kid.p);
}

static void a_changed_letter_spoils_them(void **state)
{
	struct jwt t;
	(void)state;
	for (size_t i = 0; i < N_EXAMPLES; i++) {
		const struct example *x = &examples[i];
		for (size_t k = 0; k < strlen(x->payload); k += 7)
			assert_int_not_equal(verify(x->key, x->header, spoilt(x->payload, k), x->signature, &t), JWT_GOOD);
		for (size_t k = 0; k < strlen(x->signature); k += 7)
			assert_int_not_equal(verify(x->key, x->header, x->payload, spoilt(x->signature, k), &t), JWT_GOOD);
		for (size_t k = 0; x->header[k]; k++)
			assert_int_not_equal(verify(x->key, spoilt(x->header, k), x->payload, x->signature, &t), JWT_GOOD);
	}
}

static enum jwt_fault with_header(const char *header)
{
	struct jwt t;
	return verify(examples[1].key, base64url(a, header, strlen(header)).p, DOOR, examples[1].signature, &t);
}

static void other_algorithms_and_headers_are_refused(void **state)
{
	struct jwt t;
	(void)state;
	assert_int_equal(with_header("{\"alg\":\"none\"}"), JWT_ALGORITHM);
	assert_int_equal(with_header("{\"alg\":\"HS256\"}"), JWT_ALGORITHM);
	assert_int_equal(with_header("{\"alg\":\"RS384\"}"), JWT_ALGORITHM);
	assert_int_equal(with_header("{\"alg\":\"rs256\"}"), JWT_ALGORITHM);
	assert_int_equal(with_header("{\"alg\":\"RS256\",\"crit\":[\"exp\"]}"), JWT_FORM);
	assert_int_equal(with_header("{\"alg\":\"none\",\"alg\":\"RS256\"}"), JWT_FORM);
	assert_int_equal(with_header("{\"kid\":\"x\"}"), JWT_FORM);
	assert_int_equal(with_header("[]"), JWT_FORM);
	assert_int_equal(with_header("{\"alg\":\"RS256\",\"kid\":\"somebody else\"}"), JWT_NO_KEY);
	assert_int_equal(with_header("{\"alg\":\"RS256\",\"kid\":\"bilbo.baggins@hobbiton.example\"} "), JWT_SIGNATURE);
	/* RFC 7520, 4.2: PS384. */
	assert_int_equal(verify(BILBO, "eyJhbGciOiJQUzM4NCIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9", DOOR, examples[1].signature, &t),
			 JWT_ALGORITHM);
}

static void what_is_no_token_is_told_so(void **state)
{
	static const char *const bad[] = { "",
					   ".",
					   "..",
					   "a.b",
					   "a.b.c.d",
					   "a b.c.d",
					   "eyJhbGciOiJFUzI1NiJ9.e30",
					   "eyJhbGciOiJFUzI1NiJ9=.e30.AA",
					   "eyJhbGciOiJFUzI1NiJ9.e30.A",
					   "eyJhbGciOiJFUzI1NiJ9.e3+.AA" };
	struct jwt t;
	json_t *set = keys_of(examples[0].key);
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(jwt_verify(a, str_of(bad[i]), set, &t), JWT_FORM);
	char *longer = arena_alloc(a, JWT_MAX + 10);
	memset(longer, 'A', JWT_MAX + 1);
	assert_int_equal(jwt_verify(a, str_of(longer), set, &t), JWT_FORM);
	json_decref(set);
}

static void weak_and_odd_keys_are_no_keys(void **state)
{
	static const char *const odd[] = {
		"\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"", /* 17 bits */
		"\"kty\":\"RSA\",\"e\":\"AQAB\"",
		"\"kty\":\"oct\",\"k\":\"AAAA\"",
		BILBO ",\"alg\":\"PS256\"",
		"\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"y\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"",
	};
	struct jwt t;
	(void)state;
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
		assert_int_equal(verify(odd[i], examples[1].header, DOOR, examples[1].signature, &t), JWT_NO_KEY);
	assert_int_equal(verify(odd[4], examples[0].header, JOE, examples[0].signature, &t), JWT_NO_KEY); /* not on the curve */
	json_t *none = json_loads("{\"keys\":7}", 0, NULL);
	assert_int_equal(jwt_verify(a, str_fmt(a, "%s.%s.%s", examples[0].header, JOE, examples[0].signature), none, &t), JWT_NO_KEY);
	assert_int_equal(jwt_verify(a, str_fmt(a, "%s.%s.%s", examples[0].header, JOE, examples[0].signature), NULL, &t), JWT_NO_KEY);
	json_decref(none);
}

/* OpenID Connect Core, A.3: at_hash of an access token. */
static void the_half_hash_is_that_of_the_standard(void **state)
{
	(void)state;
	assert_true(str_is(jwt_half_hash(a, S("RS256"), S("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y")), "77QmUPtjPfzWtF2AnpK9RQ"));
}

static int begin(void **state)
{
	(void)state;
	a = arena_new();
	return 0;
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
		cmocka_unit_test(the_published_examples_hold),
		cmocka_unit_test(a_changed_letter_spoils_them),
		cmocka_unit_test(other_algorithms_and_headers_are_refused),
		cmocka_unit_test(what_is_no_token_is_told_so),
		cmocka_unit_test(weak_and_odd_keys_are_no_keys),
		cmocka_unit_test(the_half_hash_is_that_of_the_standard),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
