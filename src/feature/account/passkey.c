/* Passkeys; see passkey.h. */
#include "feature/account/passkey.h"
#include "account_sql.h"
#include "feature/account/device.h"
#include "feature/secret/secret.h"
#include "web/base64.h"

#include <fido.h>
#include <fido/es256.h>
#include <jansson.h>
#include <sodium.h>

enum { CHALLENGE_BYTES = 32, KEY_BYTES = 64, UP = 0x01, UV = 0x04, AT = 0x40, AUTHDATA_MIN = 37 };

struct str passkey_host(struct ctx *cx)
{
	struct str url = cx->app->base_url;
	ptrdiff_t at = str_find(url, S("://"));
	struct str host = str_sub(url, at < 0 ? 0 : (size_t)at + 3, url.n);
	ptrdiff_t colon = str_index(host, ':');
	return colon < 0 ? host : str_sub(host, 0, (size_t)colon);
}

static bool decoded(struct ctx *cx, struct str text, struct str *ret)
{
	return text.n && base64url_read(cx->arena, text, ret) && ret->n;
}

enum err passkey_challenge(struct ctx *cx, int64_t person_id, struct str *ret)
{
	unsigned char bytes[CHALLENGE_BYTES];
	random_bytes(bytes, sizeof bytes);
	*ret = base64url(cx->arena, bytes, sizeof bytes);
	return account_sql_add_challenge(cx, secret_hash(cx, "passkey", *ret), person_id, cx->now + PASSKEY_LIFE, NULL);
}

/* ── what the browser signed over ── */

static struct str member(struct ctx *cx, const json_t *o, const char *name)
{
	const char *s = json_string_value(json_object_get(o, name));
	return s ? str_dup(cx->arena, str_of(s)) : STR_NONE;
}

/* Section 7.1, steps 5 to 9, and 7.2, steps 9 to 13: of the right kind, for our challenge, from our own pages. */
static enum err client_data_holds(struct ctx *cx, struct str json, const char *type, int64_t person_id, bool *ret)
{
	json_t *o = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, NULL);
	struct str challenge = member(cx, o, "challenge"), origin = member(cx, o, "origin"), kind = member(cx, o, "type");
	bool framed = json_is_true(json_object_get(o, "crossOrigin"));
	int64_t changed = 0;
	json_decref(o);
	*ret = false;
	if (!challenge.n)
		return OK;
	TRY(account_sql_use_challenge(cx, secret_hash(cx, "passkey", challenge), cx->now, person_id, &changed));
	*ret = changed == 1 && !framed && str_is(kind, type) && str_eq(origin, cx->app->base_url);
	return OK;
}

/* For our host, by a person who was there and was recognised. */
static bool authenticator_data_holds(struct ctx *cx, struct str data, unsigned also)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	struct str host = passkey_host(cx);
	unsigned wanted = UP | UV | also;
	crypto_hash_sha256(hash, (const unsigned char *)host.p, host.n);
	return data.n >= AUTHDATA_MIN && memcmp(data.p, hash, sizeof hash) == 0 && ((unsigned char)data.p[sizeof hash] & wanted) == wanted;
}

static enum err refused(struct ctx *cx)
{
	return fail(cx, ERR_INVALID, "", N_("The passkey was not taken. Try once more; if that does not help, use another device."));
}

/* ── adding ── */

struct new_key {
	struct str id; /* raw */
	struct str public_hex;
	int64_t counter;
};

static bool read_new_key(struct ctx *cx, struct str data, struct new_key *ret)
{
	fido_cred_t *c = fido_cred_new();
	bool good = c && fido_cred_set_type(c, COSE_ES256) == FIDO_OK && fido_cred_set_authdata_raw(c, (const unsigned char *)data.p, data.n) == FIDO_OK &&
		    fido_cred_pubkey_len(c) == KEY_BYTES && fido_cred_id_len(c) > 0;
	if (good) {
		ret->id = str_dup(cx->arena, (struct str){ (const char *)fido_cred_id_ptr(c), fido_cred_id_len(c) });
		ret->public_hex = str_hex(cx->arena, fido_cred_pubkey_ptr(c), KEY_BYTES);
		ret->counter = fido_cred_sigcount(c);
	}
	fido_cred_free(&c);
	return good;
}

enum err passkey_add(struct ctx *cx, const struct passkey_answer *in)
{
	struct account_passkeys_row *rows;
	struct str client, data, id;
	struct new_key key;
	size_t n;
	bool holds = false;
	int64_t changed = 0;
	if (!decoded(cx, in->client_data, &client) || !decoded(cx, in->authenticator_data, &data) || !decoded(cx, in->credential_id, &id))
		return refused(cx);
	TRY(client_data_holds(cx, client, "webauthn.create", cx->actor.person_id, &holds));
	if (!holds || !authenticator_data_holds(cx, data, AT) || !read_new_key(cx, data, &key) || !str_eq(key.id, id))
		return refused(cx);
	TRY(account_sql_passkeys(cx, cx->actor.person_id, &rows, &n));
	if (n >= PASSKEYS_MAX)
		return fail(cx, ERR_CONFLICT, "", N_("You have twenty passkeys. Take one away before you add another."));
	TRY(account_sql_add_passkey(cx, new_id(cx), cx->actor.person_id, in->credential_id, key.public_hex, key.counter, account_device(cx, cx->agent), cx->now,
				    &changed));
	return changed ? OK : fail(cx, ERR_CONFLICT, "", N_("This passkey is known already."));
}

/* ── signing in ── */

static bool set_assertion(fido_assert_t *a, const char *host, struct str client, struct str data, struct str signature)
{
	return fido_assert_set_count(a, 1) == FIDO_OK && fido_assert_set_rp(a, host) == FIDO_OK &&
	       fido_assert_set_clientdata(a, (const unsigned char *)client.p, client.n) == FIDO_OK &&
	       fido_assert_set_authdata_raw(a, 0, (const unsigned char *)data.p, data.n) == FIDO_OK &&
	       fido_assert_set_sig(a, 0, (const unsigned char *)signature.p, signature.n) == FIDO_OK && fido_assert_set_up(a, FIDO_OPT_TRUE) == FIDO_OK &&
	       fido_assert_set_uv(a, FIDO_OPT_TRUE) == FIDO_OK;
}

/* ret_counter: the authenticator's, as signed. */
static bool signature_holds(struct ctx *cx, struct str public_hex, struct str client, struct str data, struct str signature, int64_t *ret_counter)
{
	unsigned char raw[KEY_BYTES];
	size_t n = 0;
	fido_assert_t *a = fido_assert_new();
	es256_pk_t *pk = es256_pk_new();
	bool good = a && pk && sodium_hex2bin(raw, sizeof raw, public_hex.p, public_hex.n, NULL, &n, NULL) == 0 && n == sizeof raw &&
		    es256_pk_from_ptr(pk, raw, sizeof raw) == FIDO_OK && set_assertion(a, str_c(cx->arena, passkey_host(cx)), client, data, signature) &&
		    fido_assert_verify(a, 0, COSE_ES256, pk) == FIDO_OK;
	if (good)
		*ret_counter = fido_assert_sigcount(a, 0);
	es256_pk_free(&pk);
	fido_assert_free(&a);
	return good;
}

enum err passkey_try(struct ctx *cx, const struct passkey_answer *in, int64_t *ret_person_id)
{
	struct account_passkey_row k;
	struct str client, data, signature;
	bool holds = false, found = false;
	int64_t counter = 0;
	*ret_person_id = 0;
	if (!decoded(cx, in->client_data, &client) || !decoded(cx, in->authenticator_data, &data) || !decoded(cx, in->signature, &signature))
		return OK;
	TRY(client_data_holds(cx, client, "webauthn.get", NONE, &holds));
	TRY(account_sql_passkey(cx, in->credential_id, &k, &found));
	if (!holds || !found || !authenticator_data_holds(cx, data, 0) || !signature_holds(cx, k.public_key, client, data, signature, &counter))
		return OK;
	/* Authenticators without a counter say 0 for ever (section 7.2, step 21). */
	if ((counter || k.counter) && counter <= k.counter)
		return OK;
	TRY(account_sql_use_passkey(cx, counter, cx->now, k.id, NULL));
	*ret_person_id = k.person_id;
	return OK;
}
