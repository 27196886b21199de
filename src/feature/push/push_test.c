/* Pushes: the published examples of RFC 8188, 8291 and 8292 hold to the byte, keys that are none are refused, and libcrypto believes our signature. */
#include "feature/push/push_crypt.h"
#include "web/base64.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <sodium.h>

static struct app app;
static struct ctx cx;

static struct str bytes(const char *text)
{
	unsigned char *out = arena_alloc(cx.arena, strlen(text) + 1);
	size_t n = 0;
	assert_int_equal(sodium_base642bin(out, strlen(text), text, strlen(text), NULL, &n, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING), 0);
	return (struct str){ (const char *)out, n };
}

static void assert_base64(struct str s, const char *wanted)
{
	assert_non_null(s.p);
	assert_string_equal(base64url(cx.arena, s.p, s.n).p, wanted);
}

/* ── encryption ── */

static void the_published_record_of_rfc_8188_holds(void **state)
{
	struct str content =
		push_record(&cx, bytes("yqdlZ-tYemfogSmv7Ws5PQ"), (const unsigned char *)bytes("I1BsxtFttlv3u_Oo94xnmw").p, S(""), S("I am the walrus"));
	(void)state;
	assert_base64(content, "I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg");
}

static const char *const ua_public = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
static const char *const ua_auth = "BTBZMqHH6r4Tts7J_aSIgg";

static void the_published_message_of_rfc_8291_holds(void **state)
{
	struct push_to to;
	struct push_once once;
	unsigned char point[PUSH_POINT];
	(void)state;
	memcpy(once.sk, bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw").p, sizeof once.sk);
	memcpy(once.salt, bytes("DGv6ra1nlYgDCS1FRnbzlw").p, sizeof once.salt);
	assert_true(push_point_of(once.sk, point));
	assert_base64((struct str){ (const char *)point, sizeof point },
		      "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
	assert_true(push_to_read(str_of(ua_public), str_of(ua_auth), &to));
	assert_base64(push_seal(&cx, &to, &once, S("When I grow up, I want to be a watermelon")),
		      "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
		      "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
}

static void the_longest_text_fits_what_push_services_take(void **state)
{
	struct push_to to;
	struct push_once once = { .salt = { 1 } };
	char *text = arena_alloc(cx.arena, PUSH_PLAIN_MAX + 1);
	(void)state;
	memset(text, 'x', PUSH_PLAIN_MAX + 1);
	assert_true(push_scalar_new(once.sk) && push_to_read(str_of(ua_public), str_of(ua_auth), &to));
	assert_int_equal(push_seal(&cx, &to, &once, (struct str){ text, PUSH_PLAIN_MAX }).n, 4096); /* RFC 8030, 7.2 */
	assert_null(push_seal(&cx, &to, &once, (struct str){ text, PUSH_PLAIN_MAX + 1 }).p);
	assert_int_equal(push_seal(&cx, &to, &once, S("")).n, 86 + 17);
}

/* ── keys ── */

static void what_is_no_key_of_a_browser_is_refused(void **state)
{
	static const char *const points[] = {
		"",
		"BCVxsr7N",
		"not base64!",
		/* one byte longer; another y; compressed; the mark of a hybrid form; all zero behind the mark */
		"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4A",
		"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw8",
		"AiVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcx",
		"BiVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
		"BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	};
	struct push_to to;
	(void)state;
	assert_true(push_to_read(str_of(ua_public), S("BTBZMqHH6r4Tts7J_aSIgg=="), &to)); /* some pad */
	for (size_t i = 0; i < sizeof points / sizeof *points; i++)
		assert_false(push_to_read(str_of(points[i]), str_of(ua_auth), &to));
	assert_false(push_to_read(str_of(ua_public), S(""), &to));
	assert_false(push_to_read(str_of(ua_public), S("BTBZMqHH6r4Tts7J_aSI"), &to));
	assert_false(push_to_read(str_of(ua_public), S("BTBZMqHH6r4Tts7J_aSIggAA"), &to));
}

static void a_number_outside_the_curve_is_no_key_of_the_installation(void **state)
{
	unsigned char sk[PUSH_SCALAR] = { 0 }, point[PUSH_POINT];
	(void)state;
	assert_false(push_point_of(sk, point));
	memset(sk, 0xff, sizeof sk);
	assert_false(push_point_of(sk, point));
	/* The order of P-256 (FIPS 186-4, D.1.2.3), and the number before it. */
	memcpy(sk, bytes("_____wAAAAD__________7zm-q2nF56E87nKwvxjJVE").p, sizeof sk);
	assert_false(push_point_of(sk, point));
	sk[PUSH_SCALAR - 1]--;
	assert_true(push_point_of(sk, point));
}

/* ── the signature ── */

static EVP_PKEY *key_of(struct str point)
{
	EVP_PKEY *key = NULL;
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
	OSSL_PARAM_BLD_push_utf8_string(b, OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
	OSSL_PARAM_BLD_push_octet_string(b, OSSL_PKEY_PARAM_PUB_KEY, point.p, point.n);
	OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(b);
	assert_int_equal(EVP_PKEY_fromdata_init(c), 1);
	assert_int_equal(EVP_PKEY_fromdata(c, &key, EVP_PKEY_PUBLIC_KEY, params), 1);
	OSSL_PARAM_free(params);
	OSSL_PARAM_BLD_free(b);
	EVP_PKEY_CTX_free(c);
	return key;
}

static bool believed(struct str text, struct str signature, struct str point)
{
	const unsigned char *s = (const unsigned char *)signature.p;
	unsigned char *der = NULL;
	EVP_PKEY *key = key_of(point);
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	ECDSA_SIG *sig = ECDSA_SIG_new();
	assert_int_equal(signature.n, 64);
	ECDSA_SIG_set0(sig, BN_bin2bn(s, 32, NULL), BN_bin2bn(s + 32, 32, NULL));
	int n = i2d_ECDSA_SIG(sig, &der);
	bool good =
		EVP_DigestVerifyInit(c, NULL, EVP_sha256(), NULL, key) == 1 && EVP_DigestVerify(c, der, (size_t)n, (const unsigned char *)text.p, text.n) == 1;
	OPENSSL_free(der);
	ECDSA_SIG_free(sig);
	EVP_MD_CTX_free(c);
	EVP_PKEY_free(key);
	return good;
}

/* Takes "vapid t=…, k=…" apart; whether libcrypto believes it. ret_claims may be NULL. */
static bool holds(struct str header, json_t **ret_claims)
{
	struct str rest = header, token, head, claims;
	assert_true(str_starts(rest, S("vapid t=")));
	rest = str_sub(rest, 8, rest.n);
	assert_true(str_cut(&rest, ',', &token) && str_starts(rest, S(" k=")));
	struct str point = bytes(str_c(cx.arena, str_sub(rest, 3, rest.n))), signature = token;
	assert_true(str_cut(&signature, '.', &head) && str_cut(&signature, '.', &claims));
	struct str json = bytes(str_c(cx.arena, claims)), alg = bytes(str_c(cx.arena, head));
	assert_true(str_find(alg, S("\"alg\":\"ES256\"")) > 0 && str_find(alg, S("\"typ\":\"JWT\"")) > 0);
	if (ret_claims)
		*ret_claims = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, NULL);
	return believed(str_sub(token, 0, head.n + 1 + claims.n), bytes(str_c(cx.arena, signature)), point);
}

static void the_published_token_of_rfc_8292_is_believed(void **state)
{
	(void)state;
	assert_true(holds(S("vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9."
			    "eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0."
			    "i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA, "
			    "k=BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs"),
			  NULL));
}

static void our_token_is_believed_and_says_for_whom_until_when_and_from_whom(void **state)
{
	json_t *claims = NULL;
	(void)state;
	/* Many, since numbers that begin with a zero are the ones that go wrong. */
	for (int i = 0; i < 300; i++) {
		struct str header = push_vapid(&cx, S("https://push.example:8443/wpush/v2/abc?d=e"));
		json_decref(claims);
		assert_true(holds(header, &claims));
	}
	assert_string_equal(json_string_value(json_object_get(claims, "aud")), "https://push.example:8443");
	assert_string_equal(json_string_value(json_object_get(claims, "sub")), "https://karmayogi.example");
	json_int_t left = json_integer_value(json_object_get(claims, "exp")) - cx.now / SECOND;
	assert_true(left > 0 && left <= 24 * 3600); /* RFC 8292, 2 */
	assert_int_equal(json_object_size(claims), 3);
	json_decref(claims);
	/* With another key it is not. */
	char *header = (char *)(uintptr_t)str_dup(cx.arena, push_vapid(&cx, S("https://push.example/x"))).p;
	unsigned char other[PUSH_SCALAR], point[PUSH_POINT];
	assert_true(push_scalar_new(other) && push_point_of(other, point));
	memcpy(strstr(header, "k=") + 2, base64url(cx.arena, point, sizeof point).p, 87);
	assert_false(holds(str_of(header), NULL));
}

static int begin(void **state)
{
	(void)state;
	if (sodium_init() < 0)
		return 1;
	app.base_url = S("https://karmayogi.example");
	cx = (struct ctx){ .arena = arena_new(), .app = &app, .now = INT64_C(1795451670000) };
	return !push_scalar_new(app.push_sk) || !push_point_of(app.push_sk, app.push_pk);
}

static int end(void **state)
{
	(void)state;
	arena_free(cx.arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_published_record_of_rfc_8188_holds),
		cmocka_unit_test(the_published_message_of_rfc_8291_holds),
		cmocka_unit_test(the_longest_text_fits_what_push_services_take),
		cmocka_unit_test(what_is_no_key_of_a_browser_is_refused),
		cmocka_unit_test(a_number_outside_the_curve_is_no_key_of_the_installation),
		cmocka_unit_test(the_published_token_of_rfc_8292_is_believed),
		cmocka_unit_test(our_token_is_believed_and_says_for_whom_until_when_and_from_whom),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
