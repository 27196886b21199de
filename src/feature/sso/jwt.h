/* Signed JSON web tokens (RFC 7519, compact JWS of RFC 7515): parsing, and verifying against a set of public keys (RFC 7517).
 *
 * Pure: no database, no clock, no network. What the claims say is judged elsewhere (claims.h). Taken are RS256, PS256, ES256 and EdDSA
 * (Ed25519) and nothing else: not `none`, no HMAC (a public key is no shared secret), no encryption, no `crit`. The key comes from the set
 * alone; what the token says of keys (jwk, jku, x5c, x5u) is not looked at. RSA keys have 2048 to 8192 bits. Base64url is strict. */
#ifndef FEATURE_SSO_JWT_H
#define FEATURE_SSO_JWT_H
#include "base/arena.h"
#include "base/str.h"

struct json_t; /* jansson */

enum { JWT_MAX = 64 * 1024, JWT_KEYS_MAX = 100 }; /* bytes of a token; keys of a set that are looked at */

enum jwt_fault {
	JWT_GOOD,
	JWT_FORM,      /* not three parts of base64url with a JSON header, or larger than JWT_MAX */
	JWT_ALGORITHM, /* another algorithm than those above */
	JWT_NO_KEY,    /* no key of the set fits: perhaps it was changed at the provider; read the set anew and try again */
	JWT_SIGNATURE, /* a key fits and the signature does not */
};

struct jwt {
	struct str alg, kid, typ; /* of the header; kid and typ may be absent */
	struct str payload;	  /* decoded bytes */
};
/* Parses and verifies. ret is filled when the parts could be read, but is to be believed only with JWT_GOOD. Its texts lie in the arena.
 * keys: an object with the array "keys". */
enum jwt_fault jwt_verify(struct arena *a, struct str token, const struct json_t *keys, struct jwt *ret);

/* What at_hash must say of an access token under an algorithm (OpenID Connect Core 3.1.3.6): the left half of its hash. */
struct str jwt_half_hash(struct arena *a, struct str alg, struct str text);
#endif
