/* Passkeys against an authenticator in software: what it signs opens the door; what is altered, copied, repeated or meant for another
 * place or person does not. */
#include "http_test.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <sodium.h>

static struct fixture *f;
static struct world w;
static struct client *owner;

/* ── the authenticator ── */

struct authenticator {
	EVP_PKEY *key;
	unsigned char id[32];
	uint32_t counter;
};
static struct authenticator device;

/* How an answer is spoiled. */
enum spoil { NOTHING, ORIGIN, TYPE, CHALLENGE, HOST, NOT_PRESENT, NOT_VERIFIED, SIGNATURE, SIGNED_TEXT, COUNTER, OTHER_KEY, FRAMED, SPOILS };

static void make_key(struct authenticator *a)
{
	a->key = EVP_EC_gen("P-256");
	NEED(a->key, "no key");
	randombytes_buf(a->id, sizeof a->id);
	a->counter = 0;
}

static const char *base64(const void *p, size_t n)
{
	size_t size = sodium_base64_encoded_len(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return sodium_bin2base64(arena_alloc(f->cx.arena, size), size, p, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static const char *client_data(const char *type, const char *challenge, enum spoil s)
{
	char other[60];
	snprintf(other, sizeof other, "%s", challenge);
	other[3] = other[3] == 'A' ? 'B' : 'A';
	return str_fmt(f->cx.arena, "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":%s}", s == TYPE ? "webauthn.other" : type,
		       s == CHALLENGE ? other : challenge, s == ORIGIN ? "https://evil.example" : f->base, s == FRAMED ? "true" : "false")
	    .p;
}

/* Section 6.1: hash of the host, flags, counter; with `attested`, the new key in COSE (RFC 8152). */
static size_t authenticator_data(struct authenticator *a, bool attested, enum spoil s, unsigned char *ret)
{
	static const unsigned char cose[] = { 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20 };
	static const unsigned char cose_y[] = { 0x22, 0x58, 0x20 };
	const char *host = s == HOST ? "evil.example" : "127.0.0.1";
	unsigned char point[80];
	size_t n = 37, n_point = 0;
	crypto_hash_sha256(ret, (const unsigned char *)host, strlen(host));
	ret[32] = (unsigned char)((s == NOT_PRESENT ? 0 : 0x01) | (s == NOT_VERIFIED ? 0 : 0x04) | (attested ? 0x40 : 0));
	if (s != COUNTER)
		a->counter++;
	for (int i = 0; i < 4; i++)
		ret[33 + i] = (unsigned char)(a->counter >> (24 - 8 * i));
	if (!attested)
		return n;
	memset(ret + n, 0, 16);
	ret[n + 16] = 0;
	ret[n + 17] = sizeof a->id;
	memcpy(ret + n + 18, a->id, sizeof a->id);
	n += 18 + sizeof a->id;
	NEED(EVP_PKEY_get_octet_string_param(a->key, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point, &n_point) == 1 && n_point == 65, "no point");
	memcpy(ret + n, cose, sizeof cose);
	memcpy(ret + n + sizeof cose, point + 1, 32);
	n += sizeof cose + 32;
	memcpy(ret + n, cose_y, sizeof cose_y);
	memcpy(ret + n + sizeof cose_y, point + 33, 32);
	return n + sizeof cose_y + 32;
}

static size_t sign(EVP_PKEY *key, const unsigned char *data, size_t n, const char *client, unsigned char *ret)
{
	unsigned char text[400];
	size_t n_ret = 100;
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	memcpy(text, data, n);
	crypto_hash_sha256(text + n, (const unsigned char *)client, strlen(client));
	NEED(EVP_DigestSignInit(c, NULL, EVP_sha256(), NULL, key) == 1 && EVP_DigestSign(c, ret, &n_ret, text, n + 32) == 1, "no signature");
	EVP_MD_CTX_free(c);
	return n_ret;
}

/* ── the browser ── */

static void challenge_of(struct client *c, const char *path, char *ret)
{
	assert_int_equal(post_json(c, path, "{}"), 200);
	const char *p = strstr(buf_get(&c->body).p, "\"challenge\":\"");
	NEED(p, "no challenge");
	snprintf(ret, 44, "%s", p + 13);
}

static long add(struct client *c, struct authenticator *a, const char *challenge, enum spoil s)
{
	unsigned char data[400];
	size_t n = authenticator_data(a, true, s, data);
	const char *client = client_data("webauthn.create", challenge, s);
	return post_json(c, "/api/v1/me/passkeys",
			 str_fmt(f->cx.arena, "{\"credential_id\":\"%s\",\"client_data\":\"%s\",\"authenticator_data\":\"%s\"}", base64(a->id, sizeof a->id),
				 base64(client, strlen(client)), base64(data, n))
			     .p);
}

static const char *shown(struct authenticator *a, const char *challenge, enum spoil s)
{
	unsigned char data[400], signature[100];
	size_t n = authenticator_data(a, false, s, data);
	const char *client = client_data("webauthn.get", challenge, s);
	EVP_PKEY *other = s == OTHER_KEY ? EVP_EC_gen("P-256") : NULL;
	size_t n_signature = sign(other ? other : a->key, data, n, client, signature);
	EVP_PKEY_free(other);
	if (s == SIGNATURE)
		signature[n_signature - 1] ^= 1;
	if (s == SIGNED_TEXT)
		data[36] ^= 1;
	return str_fmt(f->cx.arena, "{\"credential_id\":\"%s\",\"client_data\":\"%s\",\"authenticator_data\":\"%s\",\"signature\":\"%s\",\"to\":\"/courses\"}",
		       base64(a->id, sizeof a->id), base64(client, strlen(client)), base64(data, n), base64(signature, n_signature))
	    .p;
}

/* ── tests ── */

static void only_a_sound_answer_adds_a_passkey(void **state)
{
	static const enum spoil spoils[] = { ORIGIN, TYPE, CHALLENGE, HOST, NOT_PRESENT, NOT_VERIFIED, FRAMED };
	char challenge[50];
	(void)state;
	for (size_t i = 0; i < sizeof spoils / sizeof *spoils; i++) {
		challenge_of(owner, "/api/v1/me/passkeys/options", challenge);
		assert_int_equal(add(owner, &device, challenge, spoils[i]), 422);
	}
	assert_int_equal(query_int(f, "SELECT count(*) FROM passkey"), 0);
	challenge_of(owner, "/api/v1/me/passkeys/options", challenge);
	assert_int_equal(add(owner, &device, challenge, NOTHING), 200);
	assert_int_equal(add(owner, &device, challenge, NOTHING), 422);
	challenge_of(owner, "/api/v1/me/passkeys/options", challenge);
	assert_int_equal(add(owner, &device, challenge, NOTHING), 409);
	assert_int_equal(get(owner, "/me"), 200);
	assert_true(body_has(owner, "added on"));
}

static void a_challenge_is_for_one_person_and_purpose_and_five_minutes(void **state)
{
	struct client *thief = client_as(f, w.colleague), *c = client_new(f);
	struct authenticator other;
	char challenge[50];
	(void)state;
	make_key(&other);
	challenge_of(owner, "/api/v1/me/passkeys/options", challenge);
	assert_int_equal(add(thief, &other, challenge, NOTHING), 422);
	challenge_of(c, "/api/v1/session/passkey/options", challenge);
	assert_int_equal(add(owner, &other, challenge, NOTHING), 422);
	challenge_of(owner, "/api/v1/me/passkeys/options", challenge);
	f->app.fixed_now += 5 * MINUTE;
	assert_int_equal(add(owner, &other, challenge, NOTHING), 422);
	assert_int_equal(query_int(f, "SELECT count(*) FROM passkey"), 1);
	EVP_PKEY_free(other.key);
	client_free(thief);
	client_free(c);
}

static void nothing_spoiled_opens_the_door(void **state)
{
	(void)state;
	for (enum spoil s = ORIGIN; s < SPOILS; s++) {
		if (s == COUNTER)
			continue; /* below: something must have been counted */
		struct client *c = client_new(f);
		char challenge[50];
		challenge_of(c, "/api/v1/session/passkey/options", challenge);
		assert_int_equal(post_json(c, "/api/v1/session/passkey", shown(&device, challenge, s)), 422);
		assert_int_equal(get(c, "/courses"), 303);
		f->app.fixed_now += HOUR;
		client_free(c);
	}
}

static void a_sound_answer_signs_in_once(void **state)
{
	struct client *c = client_new(f), *again = client_new(f);
	char challenge[50];
	(void)state;
	challenge_of(c, "/api/v1/session/passkey/options", challenge);
	const char *answer = shown(&device, challenge, NOTHING);
	assert_int_equal(post_json(c, "/api/v1/session/passkey", answer), 200);
	assert_true(body_has(c, "\"to\":\"/courses\""));
	assert_int_equal(get(c, "/courses"), 200);
	assert_int_equal(post_json(again, "/api/v1/session/passkey", answer), 422);
	/* A copy of the authenticator counts from where it was copied. */
	challenge_of(again, "/api/v1/session/passkey/options", challenge);
	assert_int_equal(post_json(again, "/api/v1/session/passkey", shown(&device, challenge, COUNTER)), 422);
	client_free(c);
	client_free(again);
}

static void it_stands_for_both_factors(void **state)
{
	struct client *c = client_new(f);
	char challenge[50];
	(void)state;
	assert_int_equal(post_json(owner, "/api/v1/me/second-factor/begin", "{}"), 200);
	tamper(f, "UPDATE second_factor SET on_at = 1 WHERE person_id = %lld", (long long)w.learner);
	challenge_of(c, "/api/v1/session/passkey/options", challenge);
	assert_int_equal(post_json(c, "/api/v1/session/passkey", shown(&device, challenge, NOTHING)), 200);
	assert_int_equal(get(c, "/courses"), 200);
	client_free(c);
}

static void who_has_left_does_not_come_in(void **state)
{
	struct client *c = client_new(f);
	char challenge[50];
	(void)state;
	tamper(f, "UPDATE person SET state = 'left' WHERE id = %lld", (long long)w.learner);
	challenge_of(c, "/api/v1/session/passkey/options", challenge);
	assert_int_equal(post_json(c, "/api/v1/session/passkey", shown(&device, challenge, NOTHING)), 422);
	tamper(f, "UPDATE person SET state = 'active' WHERE id = %lld", (long long)w.learner);
	client_free(c);
}

static void one_that_is_taken_away_opens_nothing(void **state)
{
	struct client *c = client_new(f), *thief = client_as(f, w.colleague);
	int64_t id = query_int(f, "SELECT id FROM passkey");
	char challenge[50];
	(void)state;
	assert_int_equal(post(thief, base_of("/me/passkeys/%lld/end", (long long)id), ""), 404);
	assert_int_equal(post(owner, base_of("/me/passkeys/%lld/end", (long long)id), ""), 303);
	challenge_of(c, "/api/v1/session/passkey/options", challenge);
	assert_int_equal(post_json(c, "/api/v1/session/passkey", shown(&device, challenge, NOTHING)), 422);
	client_free(c);
	client_free(thief);
}

static void challenges_are_not_had_without_end(void **state)
{
	struct client *c = client_new(f);
	long status = 200;
	int n = 0;
	(void)state;
	while (n < 400 && (status = post_json(c, "/api/v1/session/passkey/options", "{}")) == 200)
		n++;
	assert_int_equal(status, 429);
	assert_true(n <= 300);
	client_free(c);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	make_key(&device);
	owner = client_as(f, w.learner);
	return 0;
}

static int end(void **state)
{
	(void)state;
	EVP_PKEY_free(device.key);
	client_free(owner);
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_a_sound_answer_adds_a_passkey),	cmocka_unit_test(a_challenge_is_for_one_person_and_purpose_and_five_minutes),
		cmocka_unit_test(nothing_spoiled_opens_the_door),	cmocka_unit_test(a_sound_answer_signs_in_once),
		cmocka_unit_test(it_stands_for_both_factors),		cmocka_unit_test(who_has_left_does_not_come_in),
		cmocka_unit_test(one_that_is_taken_away_opens_nothing), cmocka_unit_test(challenges_are_not_had_without_end),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
