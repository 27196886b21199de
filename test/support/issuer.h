/* A small OpenID provider on loopback, in a thread of the test: discovery, keys, tokens (with PKCE and the client's password checked) and
 * userinfo. It signs what the test tells it to sign, with keys of its own, and misbehaves as told. */
#ifndef TEST_ISSUER_H
#define TEST_ISSUER_H
#include <stdbool.h>
#include <stddef.h>

#include <openssl/evp.h>

enum issuer_mood {
	ISSUER_GOOD,
	ISSUER_DROPS,	 /* closes without a word */
	ISSUER_SILENT,	 /* takes the request and says nothing */
	ISSUER_FAILS,	 /* 500 */
	ISSUER_HUGE,	 /* ten megabytes of JSON */
	ISSUER_REDIRECT, /* 302 to the right place */
	ISSUER_GARBAGE,	 /* 200 with something else */
	ISSUER_DENIES,	 /* 400 invalid_grant */
};
#define ISSUER_CLIENT "karmayogi"
#define ISSUER_SECRET "a secret: with/odd+letters"

struct issuer;
struct issuer *issuer_start(void);
void issuer_end(struct issuer *p);
const char *issuer_url(const struct issuer *p); /* http://127.0.0.1:PORT */
void issuer_mood(struct issuer *p, enum issuer_mood mood);
/* What discovery says: whether answers carry iss; another issuer than it is (NULL: itself). */
void issuer_says(struct issuer *p, bool names_itself, const char *other_issuer);
/* The set of keys it publishes (RFC 7517). */
void issuer_publish(struct issuer *p, const char *jwks);
/* The SAML metadata at /metadata; until then 404. */
void issuer_metadata(struct issuer *p, const char *xml);
/* What the next code is worth. challenge: of PKCE; userinfo NULL: 404. access NULL: none is given. */
void issuer_code(struct issuer *p, const char *code, const char *challenge, const char *id_token, const char *access, const char *userinfo);
unsigned issuer_calls(struct issuer *p, const char *path);

/* ── keys and tokens ── */
EVP_PKEY *issuer_key(const char *alg); /* RS256, PS256: RSA of 2048 bits; ES256; EdDSA */
/* One key as JWK, into ret. */
void issuer_jwk(EVP_PKEY *key, const char *alg, const char *kid, char *ret, size_t n);
/* A compact token; alg "none" and "HS256" (over `shared`) too. kid NULL: none. */
/* A signature over a text (RS256, PS256, ES256 with r and s side by side, EdDSA); how many bytes it has. */
size_t issuer_sign(EVP_PKEY *key, const char *alg, const char *text, unsigned char *ret, size_t size);
void issuer_token(EVP_PKEY *key, const char *alg, const char *kid, const char *shared, const char *claims, char *ret, size_t n);
#endif
