/* Encryption and signature of pushes; see push_crypt.h. */
#include "feature/push/push_crypt.h"
#include "base/json.h"
#include "web/base64.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <sodium.h>

enum { HASH = crypto_auth_hmacsha256_BYTES, KEY = 16, NONCE = 12, TAG = 16, HEAD = PUSH_SALT + 4 + 1, HALF = 32 };

/* ── the curve ── */

struct curve {
	EC_GROUP *group;
	EC_POINT *point;
	BIGNUM *number;
	BN_CTX *cx;
};

static bool curve_open(struct curve *c)
{
	c->group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
	c->point = c->group ? EC_POINT_new(c->group) : NULL;
	c->number = BN_secure_new();
	c->cx = BN_CTX_new();
	return c->point && c->number && c->cx;
}

static void curve_close(struct curve *c)
{
	EC_POINT_free(c->point);
	EC_GROUP_free(c->group);
	BN_clear_free(c->number);
	BN_CTX_free(c->cx);
}

/* From 1 to the order of the curve, exclusive. */
static bool scalar_in(const struct curve *c, const unsigned char sk[PUSH_SCALAR])
{
	return BN_bin2bn(sk, PUSH_SCALAR, c->number) && !BN_is_zero(c->number) && BN_cmp(c->number, EC_GROUP_get0_order(c->group)) < 0;
}

/* Only the uncompressed form has this length; the library looks whether it lies on the curve. */
static bool point_in(const struct curve *c, const unsigned char point[PUSH_POINT])
{
	return point[0] == POINT_CONVERSION_UNCOMPRESSED && EC_POINT_oct2point(c->group, c->point, point, PUSH_POINT, c->cx) == 1;
}

bool push_scalar_new(unsigned char ret[PUSH_SCALAR])
{
	struct curve c = { 0 };
	bool good = curve_open(&c);
	/* Nearly every number of 32 bytes is one. */
	do
		random_bytes(ret, PUSH_SCALAR);
	while (good && !scalar_in(&c, ret));
	curve_close(&c);
	return good;
}

bool push_point_of(const unsigned char sk[PUSH_SCALAR], unsigned char ret[PUSH_POINT])
{
	struct curve c = { 0 };
	bool good = curve_open(&c) && scalar_in(&c, sk) && EC_POINT_mul(c.group, c.point, c.number, NULL, NULL, c.cx) == 1 &&
		    EC_POINT_point2oct(c.group, c.point, POINT_CONVERSION_UNCOMPRESSED, ret, PUSH_POINT, c.cx) == PUSH_POINT;
	curve_close(&c);
	return good;
}

/* The x of the common point (RFC 8291, 3.1; the order of the curve is prime, so there are no small ones). */
static bool diffie_hellman(const unsigned char sk[PUSH_SCALAR], const unsigned char point[PUSH_POINT], unsigned char ret[HALF])
{
	struct curve c = { 0 };
	bool good = curve_open(&c) && scalar_in(&c, sk) && point_in(&c, point) && EC_POINT_mul(c.group, c.point, NULL, c.point, c.number, c.cx) == 1 &&
		    EC_POINT_get_affine_coordinates(c.group, c.point, c.number, NULL, c.cx) == 1 && BN_bn2binpad(c.number, ret, HALF) == HALF;
	curve_close(&c);
	return good;
}

static bool is_point(const unsigned char point[PUSH_POINT])
{
	struct curve c = { 0 };
	bool good = curve_open(&c) && point_in(&c, point);
	curve_close(&c);
	return good;
}

/* ── base64url ── */

/* Exactly n bytes; some programs pad them. */
static bool decoded(struct str text, unsigned char *ret, size_t n)
{
	size_t got = 0;
	while (text.n && text.p[text.n - 1] == '=')
		text.n--;
	return sodium_base642bin(ret, n, text.p, text.n, NULL, &got, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 && got == n;
}

bool push_to_read(struct str p256dh, struct str auth, struct push_to *ret)
{
	return decoded(p256dh, ret->point, sizeof ret->point) && decoded(auth, ret->auth, sizeof ret->auth) && is_point(ret->point);
}

/* ── RFC 8188 ── */

static void hmac(unsigned char ret[HASH], struct str key, struct str a, struct str b)
{
	crypto_auth_hmacsha256_state s;
	crypto_auth_hmacsha256_init(&s, (const unsigned char *)key.p, key.n);
	crypto_auth_hmacsha256_update(&s, (const unsigned char *)a.p, a.n);
	crypto_auth_hmacsha256_update(&s, (const unsigned char *)b.p, b.n);
	crypto_auth_hmacsha256_final(&s, ret);
}

/* HKDF (RFC 5869) for no more than one block of output. */
static void hkdf(unsigned char ret[HASH], struct str salt, struct str material, struct str info)
{
	unsigned char prk[HASH];
	hmac(prk, salt, material, S(""));
	hmac(ret, (struct str){ (const char *)prk, HASH }, info, S("\1"));
	sodium_memzero(prk, sizeof prk);
}

static bool gcm(const unsigned char key[KEY], const unsigned char nonce[NONCE], struct str plain, unsigned char *out)
{
	EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	int n = 0, rest = 0;
	bool good = c && EVP_EncryptInit_ex(c, EVP_aes_128_gcm(), NULL, key, nonce) == 1 &&
		    EVP_EncryptUpdate(c, out, &n, (const unsigned char *)plain.p, (int)plain.n) == 1 && EVP_EncryptFinal_ex(c, out + n, &rest) == 1 &&
		    EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_GET_TAG, TAG, out + plain.n) == 1;
	EVP_CIPHER_CTX_free(c);
	return good;
}

struct str push_record(struct ctx *cx, struct str material, const unsigned char salt[PUSH_SALT], struct str key_id, struct str plain)
{
	static const unsigned char size[4] = { 0, 0, PUSH_RECORD >> 8, PUSH_RECORD & 255 };
	struct str salty = { (const char *)salt, PUSH_SALT };
	unsigned char key[HASH], nonce[HASH];
	if (key_id.n > 255 || plain.n > PUSH_PLAIN_MAX)
		return STR_NONE;
	size_t head = HEAD + key_id.n;
	unsigned char *out = arena_alloc(cx->arena, head + plain.n + 1 + TAG);
	char *text = arena_alloc(cx->arena, plain.n + 1);
	memcpy(out, salt, PUSH_SALT);
	memcpy(out + PUSH_SALT, size, sizeof size);
	out[HEAD - 1] = (unsigned char)key_id.n;
	if (key_id.n)
		memcpy(out + HEAD, key_id.p, key_id.n);
	if (plain.n)
		memcpy(text, plain.p, plain.n);
	text[plain.n] = 2; /* the last record */
	hkdf(key, salty, material, S("Content-Encoding: aes128gcm\0"));
	hkdf(nonce, salty, material, S("Content-Encoding: nonce\0"));
	bool good = gcm(key, nonce, (struct str){ text, plain.n + 1 }, out + head);
	sodium_memzero(key, sizeof key);
	return good ? (struct str){ (const char *)out, head + plain.n + 1 + TAG } : STR_NONE;
}

/* ── RFC 8291 ── */

struct str push_seal(struct ctx *cx, const struct push_to *to, const struct push_once *once, struct str plain)
{
	static const char label[] = "WebPush: info"; /* with its zero */
	unsigned char own[PUSH_POINT], secret[HALF], material[HASH];
	char info[sizeof label + 2 * PUSH_POINT];
	if (!push_point_of(once->sk, own) || !diffie_hellman(once->sk, to->point, secret))
		return STR_NONE;
	memcpy(info, label, sizeof label);
	memcpy(info + sizeof label, to->point, PUSH_POINT);
	memcpy(info + sizeof label + PUSH_POINT, own, PUSH_POINT);
	hkdf(material, (struct str){ (const char *)to->auth, PUSH_AUTH }, (struct str){ (const char *)secret, HALF }, (struct str){ info, sizeof info });
	struct str sealed = push_record(cx, (struct str){ (const char *)material, HASH }, once->salt, (struct str){ (const char *)own, PUSH_POINT }, plain);
	sodium_memzero(secret, sizeof secret);
	sodium_memzero(material, sizeof material);
	return sealed;
}

/* ── RFC 8292 ── */

static EVP_PKEY *signing_key(const struct app *app)
{
	EVP_PKEY *key = NULL;
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
	BIGNUM *sk = BN_bin2bn(app->push_sk, sizeof app->push_sk, NULL);
	bool good = c && b && sk && OSSL_PARAM_BLD_push_utf8_string(b, OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) == 1 &&
		    OSSL_PARAM_BLD_push_octet_string(b, OSSL_PKEY_PARAM_PUB_KEY, app->push_pk, sizeof app->push_pk) == 1 &&
		    OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_PRIV_KEY, sk) == 1;
	OSSL_PARAM *params = good ? OSSL_PARAM_BLD_to_param(b) : NULL;
	if (!params || EVP_PKEY_fromdata_init(c) != 1 || EVP_PKEY_fromdata(c, &key, EVP_PKEY_KEYPAIR, params) != 1)
		key = NULL;
	OSSL_PARAM_free(params);
	OSSL_PARAM_BLD_free(b);
	BN_clear_free(sk);
	EVP_PKEY_CTX_free(c);
	return key;
}

/* ES256 puts the two numbers beside each other, 32 bytes each (RFC 7518, 3.4); the library writes them as DER. */
static bool numbers_of(const unsigned char *der, size_t n, unsigned char ret[2 * HALF])
{
	ECDSA_SIG *s = d2i_ECDSA_SIG(NULL, &der, (long)n);
	bool good = s && BN_bn2binpad(ECDSA_SIG_get0_r(s), ret, HALF) == HALF && BN_bn2binpad(ECDSA_SIG_get0_s(s), ret + HALF, HALF) == HALF;
	ECDSA_SIG_free(s);
	return good;
}

static bool sign(const struct app *app, struct str text, unsigned char ret[2 * HALF])
{
	unsigned char der[80];
	size_t n = sizeof der;
	EVP_PKEY *key = signing_key(app);
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	bool good = key && c && EVP_DigestSignInit(c, NULL, EVP_sha256(), NULL, key) == 1 &&
		    EVP_DigestSign(c, der, &n, (const unsigned char *)text.p, text.n) == 1 && numbers_of(der, n, ret);
	EVP_MD_CTX_free(c);
	EVP_PKEY_free(key);
	return good;
}

/* "https://push.example:8443/x" -> "https://push.example:8443" */
static struct str origin_of(struct str url)
{
	ptrdiff_t at = str_find(url, S("://"));
	size_t from = at < 0 ? 0 : (size_t)at + 3, n = from;
	while (n < url.n && url.p[n] != '/' && url.p[n] != '?')
		n++;
	return str_sub(url, 0, n);
}

static struct str claims(struct ctx *cx, struct str endpoint)
{
	struct buf b;
	struct json_out j = { .b = &b };
	buf_init(&b, cx->arena, 4000);
	jw_open(&j, '{');
	jw_key(&j, "aud");
	jw_str(&j, origin_of(endpoint));
	jw_key(&j, "exp");
	jw_int(&j, (cx->now + PUSH_VAPID_LIFE) / SECOND);
	jw_key(&j, "sub");
	jw_str(&j, cx->app->base_url);
	jw_close(&j, '}');
	return buf_get(&b);
}

struct str push_vapid(struct ctx *cx, struct str endpoint)
{
	static const char head[] = "{\"typ\":\"JWT\",\"alg\":\"ES256\"}";
	unsigned char signature[2 * HALF];
	struct str c = claims(cx, endpoint);
	struct str text = str_fmt(cx->arena, "%s.%s", base64url(cx->arena, head, sizeof head - 1).p, base64url(cx->arena, c.p, c.n).p);
	if (!sign(cx->app, text, signature))
		return STR_NONE;
	return str_fmt(cx->arena, "vapid t=%s.%s, k=%s", text.p, base64url(cx->arena, signature, sizeof signature).p,
		       base64url(cx->arena, cx->app->push_pk, sizeof cx->app->push_pk).p);
}
