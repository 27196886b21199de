/* SAML 2.0 of a provider: its metadata, our question to it, its answer. Pure: no database, no clock, no network.
 *
 * Web Browser SSO Profile (SAML Profiles, 4.1), begun here: the question goes by redirect (SAML Bindings, 3.4), unsigned; the answer comes by POST (3.5). An
 * answer that nobody asked for is not taken. Metadata (SAML Metadata) is one EntityDescriptor; it is trusted for where it was read (https) or who entered it,
 * a signature in it is not looked at. */
#ifndef FEATURE_SSO_SAML_H
#define FEATURE_SSO_SAML_H
#include "base/ctx.h"
#include "feature/sso/claims.h"

enum { SAML_KEYS_MAX = 10, SAML_ENTITY_MAX = 1024 };

struct saml_metadata {
	struct str entity_id;
	struct str sign_in;			/* its address for questions by redirect */
	struct str certificates[SAML_KEYS_MAX]; /* DER; with more of them the first count */
	size_t n_certificates;
	int64_t valid_until; /* UTC ms; INT64_MAX: for ever */
};
/* NULL: good; else what is wrong, in English. Texts lie in the arena. */
const char *saml_metadata_read(struct arena *a, struct str xml, struct saml_metadata *ret);

struct saml_asked {
	struct str ours;      /* our entity ID */
	struct str answer_to; /* our address for answers */
	struct str id;	      /* of the question: a name of XML */
	int64_t now;	      /* UTC ms */
};
/* The address that puts the question. state: comes back with the answer. */
struct str saml_question(struct ctx *cx, const struct saml_metadata *m, const struct saml_asked *q, struct str state);
/* Our own metadata, to be read by the provider. */
struct str saml_own_metadata(struct arena *a, const struct saml_asked *q);

/* Judges the answer (decoded XML) to a question. NULL: it holds, and the claims are what it says. Else what does not, in English, for the log.
 *
 *   subject   NameID, of any format but transient and encrypted
 *   email     the attribute "mail", "email", urn:oid:0.9.2342.19200300.100.1.3 or .../identity/claims/emailaddress, else a NameID of the format
 *             emailAddress. SAML has no word for "verified": a provider vouches for what it asserts of its own domains, so it counts as verified
 *   strong    AuthnContextClassRef is among mfa_acr (spaces between), or one of the names for it that REFEDS and Microsoft use
 *
 * Checked are (SAML Profiles 4.1.4.3; Core 2.5): the signature (saml_signature.h), status, issuer, Destination, InResponseTo, audience, recipient,
 * all dates with CLAIMS_SKEW_S, conditions that are not known. Of what is not signed nothing is used. */
const char *saml_answer(struct arena *a, struct str xml, const struct saml_metadata *m, const struct saml_asked *q, struct str mfa_acr, struct claims *ret);
/* Its second half: judges bytes whose signature holds already. Nobody else gives it anything. */
const char *saml_judge_signed(struct arena *a, struct str bytes, const struct saml_metadata *m, const struct saml_asked *q, struct str mfa_acr,
			      struct claims *ret);
#endif
