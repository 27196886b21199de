/* Verifying signed tokens; see jwt.h. */
#include "feature/sso/jwt.h"
#include "web/base64.h"

#include <jansson.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <sodium.h>

enum { RSA_BITS_MIN = 2048, RSA_BITS_MAX = 8192, EC_BYTES = 32, ED_BYTES = 32, DER_MAX = 80 };

struct str jwt_half_hash(struct arena *a, struct str alg, struct str text)
{
	unsigned char h[crypto_hash_sha512_BYTES];
	if (str_is(alg, "EdDSA")) {
		crypto_hash_sha512(h, (const unsigned char *)text.p, text.n);
		return base64url(a, h, crypto_hash_sha512_BYTES / 2);
	}
	crypto_hash_sha256(h, (const unsigned char *)text.p, text.n);
	return base64url(a, h, crypto_hash_sha256_BYTES / 2);
}

/* ── keys ── */

struct algorithm {
	const char *name, *kty, *crv;
};
static const struct algorithm algorithms[] = { { "RS256", "RSA", NULL }, { "PS256", "RSA", NULL }, { "ES256", "EC", "P-256" }, { "EdDSA", "OKP", "Ed25519" } };

static const struct algorithm *algorithm_named(struct str name)
{
	for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++)
		if (str_is(name, algorithms[i].name))
			return &algorithms[i];
	return NULL;
}

static struct str member(const json_t *o, const char *name)
{
	const json_t *v = json_object_get(o, name);
	return json_is_string(v) ? (struct str){ json_string_value(v), json_string_length(v) } : STR_NONE;
}

/* A key says what it is for, or leaves it open. */
static bool fits(const json_t *key, const struct algorithm *alg, struct str kid)
{
	struct str of = member(key, "alg"), use = member(key, "use");
	return str_is(member(key, "kty"), alg->kty) && (!alg->crv || str_is(member(key, "crv"), alg->crv)) && (!of.p || str_is(of, alg->name)) &&
	       (!use.p || str_is(use, "sig")) && (!kid.p || str_eq(member(key, "kid"), kid));
}

static EVP_PKEY *key_from(const char *type, OSSL_PARAM_BLD *b)
{
	EVP_PKEY *key = NULL;
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
	OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(b);
	if (!c || !params || EVP_PKEY_fromdata_init(c) != 1 || EVP_PKEY_fromdata(c, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
		key = NULL;
	OSSL_PARAM_free(params);
	EVP_PKEY_CTX_free(c);
	return key;
}

static EVP_PKEY *rsa_key(struct arena *a, const json_t *jwk)
{
	struct str n, e;
	EVP_PKEY *key = NULL;
	if (!base64url_read(a, member(jwk, "n"), &n) || !base64url_read(a, member(jwk, "e"), &e) || !n.n || n.n > RSA_BITS_MAX / 8 || !e.n || e.n > 4)
		return NULL;
	BIGNUM *bn = BN_bin2bn((const unsigned char *)n.p, (int)n.n, NULL), *be = BN_bin2bn((const unsigned char *)e.p, (int)e.n, NULL);
	OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
	if (bn && be && b && BN_num_bits(bn) >= RSA_BITS_MIN && BN_is_odd(be) && !BN_is_one(be) && OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_N, bn) &&
	    OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_E, be))
		key = key_from("RSA", b);
	OSSL_PARAM_BLD_free(b);
	BN_free(bn);
	BN_free(be);
	return key;
}

/* OpenSSL refuses a point that is not on the curve. */
static EVP_PKEY *ec_key(struct arena *a, const json_t *jwk)
{
	struct str x, y;
	unsigned char point[1 + 2 * EC_BYTES] = { 4 };
	EVP_PKEY *key = NULL;
	if (!base64url_read(a, member(jwk, "x"), &x) || !base64url_read(a, member(jwk, "y"), &y) || x.n != EC_BYTES || y.n != EC_BYTES)
		return NULL;
	memcpy(point + 1, x.p, EC_BYTES);
	memcpy(point + 1 + EC_BYTES, y.p, EC_BYTES);
	OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
	if (b && OSSL_PARAM_BLD_push_utf8_string(b, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) &&
	    OSSL_PARAM_BLD_push_octet_string(b, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point))
		key = key_from("EC", b);
	OSSL_PARAM_BLD_free(b);
	return key;
}

static EVP_PKEY *ed_key(struct arena *a, const json_t *jwk)
{
	struct str x;
	if (!base64url_read(a, member(jwk, "x"), &x) || x.n != ED_BYTES)
		return NULL;
	return EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, (const unsigned char *)x.p, x.n);
}

/* ── signatures ── */

static void put_integer(unsigned char *der, size_t *n, const unsigned char *p, size_t len)
{
	while (len > 1 && !*p) {
		p++;
		len--;
	}
	bool high = *p & 0x80;
	der[(*n)++] = 2;
	der[(*n)++] = (unsigned char)(len + high);
	if (high)
		der[(*n)++] = 0;
	memcpy(der + *n, p, len);
	*n += len;
}

/* Tokens carry r and s side by side (RFC 7518, 3.4), OpenSSL reads DER. */
static size_t der_of(const unsigned char *rs, unsigned char *der)
{
	size_t n = 2;
	put_integer(der, &n, rs, EC_BYTES);
	put_integer(der, &n, rs + EC_BYTES, EC_BYTES);
	der[0] = 0x30;
	der[1] = (unsigned char)(n - 2);
	return n;
}

static bool set_pss(EVP_PKEY_CTX *c)
{
	return EVP_PKEY_CTX_set_rsa_padding(c, RSA_PKCS1_PSS_PADDING) > 0 && EVP_PKEY_CTX_set_rsa_pss_saltlen(c, RSA_PSS_SALTLEN_DIGEST) > 0;
}

static bool signature_holds(EVP_PKEY *key, const char *alg, struct str text, struct str signature)
{
	unsigned char der[DER_MAX];
	const unsigned char *sig = (const unsigned char *)signature.p;
	size_t n = signature.n;
	bool ed = strcmp(alg, "EdDSA") == 0;
	if (strcmp(alg, "ES256") == 0) {
		if (n != 2 * EC_BYTES)
			return false;
		n = der_of(sig, der);
		sig = der;
	}
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	EVP_PKEY_CTX *k = NULL;
	bool good = c && EVP_DigestVerifyInit(c, &k, ed ? NULL : EVP_sha256(), NULL, key) == 1 && (strcmp(alg, "PS256") != 0 || set_pss(k)) &&
		    EVP_DigestVerify(c, sig, n, (const unsigned char *)text.p, text.n) == 1;
	EVP_MD_CTX_free(c);
	return good;
}

static EVP_PKEY *key_of(struct arena *a, const json_t *jwk, const struct algorithm *alg)
{
	if (strcmp(alg->kty, "RSA") == 0)
		return rsa_key(a, jwk);
	return strcmp(alg->kty, "EC") == 0 ? ec_key(a, jwk) : ed_key(a, jwk);
}

static enum jwt_fault try_keys(struct arena *a, const json_t *keys, const struct algorithm *alg, struct str kid, struct str text, struct str signature)
{
	const json_t *list = json_object_get(keys, "keys");
	enum jwt_fault fault = JWT_NO_KEY;
	for (size_t i = 0; i < json_array_size(list) && i < JWT_KEYS_MAX; i++) {
		const json_t *jwk = json_array_get(list, i);
		EVP_PKEY *key = fits(jwk, alg, kid) ? key_of(a, jwk, alg) : NULL;
		if (!key)
			continue;
		bool good = signature_holds(key, alg->name, text, signature);
		EVP_PKEY_free(key);
		if (good)
			return JWT_GOOD;
		fault = JWT_SIGNATURE;
	}
	/* A token without a key's name may be signed with a new key as well. */
	return fault == JWT_SIGNATURE && !kid.p ? JWT_NO_KEY : fault;
}

/* ── the token ── */

static bool split(struct str token, struct str parts[3])
{
	struct str rest = token;
	for (int i = 0; i < 2; i++) {
		ptrdiff_t dot = str_index(rest, '.');
		if (dot < 0)
			return false;
		parts[i] = str_sub(rest, 0, (size_t)dot);
		rest = str_sub(rest, (size_t)dot + 1, rest.n);
	}
	parts[2] = rest;
	return str_index(rest, '.') < 0;
}

static bool read_header(struct arena *a, struct str text, struct jwt *ret)
{
	json_t *h = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, NULL);
	bool good = json_is_object(h) && json_is_string(json_object_get(h, "alg")) && !json_object_get(h, "crit");
	if (good) {
		ret->alg = str_dup(a, member(h, "alg"));
		if (member(h, "kid").p)
			ret->kid = str_dup(a, member(h, "kid"));
		if (member(h, "typ").p)
			ret->typ = str_dup(a, member(h, "typ"));
	}
	json_decref(h);
	return good;
}

enum jwt_fault jwt_verify(struct arena *a, struct str token, const json_t *keys, struct jwt *ret)
{
	struct str parts[3], header, signature;
	*ret = (struct jwt){ 0 };
	if (token.n > JWT_MAX || !split(token, parts) || !base64url_read(a, parts[0], &header) || !base64url_read(a, parts[1], &ret->payload) ||
	    !base64url_read(a, parts[2], &signature) || !read_header(a, header, ret))
		return JWT_FORM;
	const struct algorithm *alg = algorithm_named(ret->alg);
	if (!alg)
		return JWT_ALGORITHM;
	return try_keys(a, keys, alg, ret->kid, str_sub(token, 0, parts[0].n + 1 + parts[1].n), signature);
}
