/* What an ID token must say before anybody is signed in by it (OpenID Connect Core 1.0, 3.1.3.7; RFC 9700). Pure, as jwt.h. */
#ifndef FEATURE_SSO_CLAIMS_H
#define FEATURE_SSO_CLAIMS_H
#include "feature/sso/jwt.h"

#include <stdint.h>

enum {
	CLAIMS_SKEW_S = 60, /* how far clocks may be apart */
	CLAIMS_AGE_S = 600, /* an answer to a sign-in that is older was not made for it */
	CLAIMS_SUBJECT_MAX = 255,
};

struct claims_wanted {
	struct str issuer, client_id, nonce;
	int64_t now;		 /* UTC ms */
	struct str access_token; /* absent: none came */
	struct str mfa_acr;	 /* values of acr that stand for two factors, with spaces between */
};
struct claims {
	struct str subject;
	struct str email;    /* absent: not said */
	bool email_verified; /* said, and true */
	bool email_said;     /* both e-mail claims stand there, so that nobody need be asked */
	bool strong;	     /* amr has "mfa" (RFC 8176), or acr is among mfa_acr */
};
/* NULL: all holds. Else what does not, for the log and the operator, in English. token: verified, its payload the claims. */
const char *claims_check(struct arena *a, const struct jwt *token, const struct claims_wanted *w, struct claims *ret);
/* E-mail claims out of an answer of the userinfo endpoint; NULL, or what is wrong: of another subject, or no JSON. */
const char *claims_userinfo(struct arena *a, struct str json, struct claims *c);
#endif
