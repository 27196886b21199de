/* A provider's own documents: what OpenID Connect Discovery 1.0 (RFC 8414) says of it, and its keys; or its SAML metadata. Within feature/sso. */
#ifndef FEATURE_SSO_PROVIDER_H
#define FEATURE_SSO_PROVIDER_H
#include "base/ctx.h"

struct metadata {
	struct str authorization, token, jwks; /* addresses; always there */
	struct str userinfo, end_session;      /* absent: none */
	bool names_itself;		       /* the answer of a sign-in carries iss (RFC 9207) */
	bool secret_in_form;		       /* wants client_secret_post and not client_secret_basic */
};
/* Reads a discovery document of this issuer. NULL: good; else what is wrong, in English. */
const char *metadata_read(struct ctx *cx, struct str issuer, struct str json, struct metadata *ret);
/* Whether a text is a set of keys. */
bool keys_good(struct str json);

struct documents {
	struct str metadata, keys; /* as they came; keys of SAML stand in the metadata, keys is then empty */
	struct str issuer;	   /* of SAML: the entity ID */
	struct str read_from;	   /* of SAML: an address; absent: the metadata were entered by hand */
};
/* Asks the provider for both. Outside any transaction. NULL: both are good; else what was the matter. */
const char *documents_fetch(struct ctx *cx, struct str issuer, struct documents *ret);
/* The metadata of a SAML provider, typed: their address, or they themselves. Outside any transaction. NULL: they are good; else what was the matter. */
const char *saml_documents(struct ctx *cx, struct str typed, struct documents *ret);
struct saml_metadata;
/* Metadata of SAML as kept, judged also for where they lead: NULL, or what is wrong. */
const char *saml_metadata_kept(struct ctx *cx, struct str xml, struct saml_metadata *ret);
/* Asks for the keys alone. */
const char *keys_fetch(struct ctx *cx, struct str jwks, struct str *ret_keys);
/* "https://host/path": a good issuer: no query, no fragment, reachable under the rules of fetch.h. */
bool issuer_good(const struct ctx *cx, struct str issuer);
#endif
