/* Passkeys: Web Authentication (W3C, Level 2), ES256, attestation none; signatures are verified by libfido2.
 *
 * A passkey asks for finger, face or PIN (user verification), so it stands for both factors: who signs in with one is signed in.
 * It belongs to the host name of base_url; a browser offers it nowhere else, and not under a bare IP address.
 * A challenge is 256 bits, good for PASSKEY_LIFE and one answer. */
#ifndef FEATURE_ACCOUNT_PASSKEY_H
#define FEATURE_ACCOUNT_PASSKEY_H
#include "base/clock.h"
#include "base/ctx.h"

#define PASSKEY_LIFE (5 * MINUTE)
enum { PASSKEYS_MAX = 20, PASSKEY_ID_MAX = 1400 };

/* A new challenge (base64url). person_id: who adds a passkey; NONE: somebody signs in. In a writing transaction. */
_must_check_ enum err passkey_challenge(struct ctx *cx, int64_t person_id, struct str *ret);
/* The host name that passkeys belong to. */
struct str passkey_host(struct ctx *cx);

/* What a browser sends, each part in base64url. */
struct passkey_answer {
	struct str credential_id, client_data, authenticator_data, signature; /* signature: of a sign-in only */
};
/* Keeps a new passkey of the actor. ERR_INVALID: the answer does not hold; ERR_CONFLICT: known already, or PASSKEYS_MAX. In a writing transaction. */
_must_check_ enum err passkey_add(struct ctx *cx, const struct passkey_answer *in);
/* Whose passkey signed; 0: nobody's, or the answer does not hold. Uses the challenge up. In a writing transaction. */
_must_check_ enum err passkey_try(struct ctx *cx, const struct passkey_answer *in, int64_t *ret_person_id);
#endif
