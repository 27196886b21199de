/* Signing in through an organisation's own provider: by OpenID Connect, or by SAML 2.0 (saml.h; at the end here).
 *
 * OpenID Connect Core 1.0, authorization code with PKCE (RFC 6749, 7636), discovery
 * (RFC 8414), issuer in the answer (RFC 9207), RP-Initiated Logout 1.0, under the advice of RFC 9700.
 *
 *   /sso/go/CODE      flow_begin: state, nonce and PKCE verifier are made and sealed into a cookie of this browser, for FLOW_LIFE; nothing is
 *                     written. Off to the provider.
 *   /sso/back/CODE    the provider's answer. This page only sends itself on, by a form of our own: so the cookie comes along, and a
 *                     GET changes nothing.
 *   /sso/enter/CODE   flow_check (state of this browser, issuer) → exchange: code for tokens, signature, claims, outside any transaction
 *                     → flow_use (no state twice) and sso_person: who is it → a session.
 *
 * Who somebody is: the provider's subject. A subject that comes for the first time is linked by its *verified* e-mail address, whose domain
 * is one of the provider's, to the one active person with that address. Always: who has no posting today in the provider's organisation or below
 * or holds a role outside of it does not come in by it. So a provider can open the accounts of its own organisation's people, and no others; who names
 * providers (permission SSO_MANAGE) decides about these. A person has one subject at a provider; an address that goes to somebody else opens nothing.
 *
 * Second factor: "mfa" in amr, or an acr of the provider's mfa_acr, stands for it; else ours is asked for as after a password.
 * SAML:
 *   /sso/go/CODE            the same cookie; the question's ID is made of its nonce. Off to the provider.
 *   /sso/saml/CODE          the provider's answer, sent by its page. This one changes nothing and sends itself on, as above.
 *   /sso/saml/CODE/enter    flow_of (state of this browser), saml_answer → flow_use and sso_person → a session.
 *   /sso/saml/CODE/metadata what the provider must know of us; can be had before it is named here
 *
 * The documents of a provider are read when it is added, every REFRESH_EVERY by a job, and the keys when a token names an unknown one, at most
 * every KEYS_AGAIN. While it cannot be reached, those last read count. */
#ifndef FEATURE_SSO_H
#define FEATURE_SSO_H
#include "base/clock.h"
#include "feature/sso/claims.h"
#include "feature/sso/provider.h"
#include "feature/sso/saml.h"
#include "job/job.h"
#include "sso_sql.h"

#define FLOW_LIFE (10 * MINUTE)
#define REFRESH_EVERY HOUR
#define KEYS_AGAIN MINUTE
enum { SSO_SECRET_MAX = 500, SSO_DOMAINS_MAX = 20, SSO_TO_MAX = 400 };

/* ── providers ── */

struct sso_add {
	int64_t org_id;
	struct str code; /* as sso_code_good; stands in the addresses */
	struct str name; /* as people know it */
	struct str issuer, client_id;
	struct str client_secret; /* empty: a public client */
	struct str scopes;	  /* empty: "openid email" */
	struct str domains;	  /* e-mail domains, with spaces or commas between; at least one */
	struct str mfa_acr;	  /* may be empty */
	bool saml;		  /* issuer, client_id, client_secret and scopes are then not looked at: they follow from the metadata */
};
/* 2 to 32 of a-z, 0-9, hyphen. */
bool sso_code_good(struct str code);
/* Cleans and judges what was typed, in place: ERR_INVALID with the field. No database. */
_must_check_ enum err sso_clean(struct ctx *cx, struct sso_add *in);
/* Keeps a provider with the documents read before. ERR_CONFLICT: the code or a domain is taken. In a writing transaction. */
_must_check_ enum err sso_add(struct ctx *cx, const struct sso_add *in, const struct documents *d, int64_t *ret_id);
/* Nobody signs in through it any more; what it was linked to is kept for the record. ERR_NOT_FOUND: not of this organisation, or ended.
 * In a writing transaction. */
_must_check_ enum err sso_end(struct ctx *cx, int64_t org_id, int64_t provider_id);
/* The address that the provider must be told to answer to. */
struct str sso_return_address(struct ctx *cx, struct str code);
struct str sso_saml_address(struct ctx *cx, struct str code); /* with SAML */
struct str sso_saml_entity(struct ctx *cx, struct str code);  /* our entity ID for it: where our metadata is */

/* ── a sign-in on its way ── */

struct flow {
	int64_t provider_id, expires_at;
	struct str state, nonce, verifier; /* 256 bits each, in hexadecimal */
	struct str to;			   /* own address to go to afterwards */
};
/* ret_url: the provider's page; ret_cookie: the sealed flow. */
void flow_begin(struct ctx *cx, const struct sso_provider_row *p, const struct metadata *m, struct str to, struct str *ret_url, struct str *ret_cookie);
void flow_begin_saml(struct ctx *cx, const struct sso_provider_row *p, const struct saml_metadata *m, struct str to, struct str *ret_url,
		     struct str *ret_cookie);
/* What was asked of a SAML provider in this flow. */
struct saml_asked flow_saml_asked(struct ctx *cx, struct str code, const struct flow *flow);

struct sso_answer {
	struct str state, code, iss, error; /* of the provider's answer; absent ones are empty */
};
/* Whether the answer belongs to the flow of this browser's cookie: ERR_INVALID with a sentence; ERR_GONE: it was
 * answered before. */
_must_check_ enum err flow_of(struct ctx *cx, const struct sso_provider_row *p, struct str state, struct flow *ret);
/* The same, and what OpenID Connect says beside the code. */
_must_check_ enum err flow_check(struct ctx *cx, const struct sso_provider_row *p, const struct metadata *m, const struct sso_answer *in, struct flow *ret);

struct exchange_result {
	const char *fault; /* NULL: the claims hold. English, for the log */
	bool away;	   /* the provider could not be asked; it is not the answer that is wrong */
	struct claims claims;
	struct str id_token; /* empty with SAML */
	struct str keys;     /* read anew; absent: not, or in vain */
	bool keys_tried;
};
/* Outside any transaction: code → tokens → claims. */
void sso_exchange(struct ctx *cx, const struct sso_provider_row *p, const struct metadata *m, const struct flow *flow, struct str code,
		  struct exchange_result *ret);

/* In a writing transaction. ERR_GONE: this state was answered before. */
_must_check_ enum err flow_use(struct ctx *cx, const struct flow *flow);
/* Who comes; links the first time. What does not allow it is ERR_INVALID with a sentence. In a writing transaction. */
_must_check_ enum err sso_person(struct ctx *cx, const struct sso_provider_row *p, const struct claims *c, int64_t *ret_person_id);
/* Opens the session, or half of it, and keeps with it what the sign-out needs. In a writing transaction. */
_must_check_ enum err sso_enter(struct ctx *cx, const struct sso_provider_row *p, const struct exchange_result *x, int64_t person_id, bool *ret_half,
				struct str *ret_cookie);

/* ── sessions; hooks of struct app ── */

/* What was kept with the first half of a session goes on with the whole. */
_must_check_ enum err sso_session_follows(struct ctx *cx, int64_t half_id, struct str cookie);
/* Of a session that a provider opened: our page that offers to sign out there, too; with SAML it only says so. */
_must_check_ enum err sso_session_leaves(struct ctx *cx, int64_t session_id, struct str *ret_then);
/* Where a provider ends its own session; absent: it has no such address, or the text is not ours or too old. */
_must_check_ enum err sso_leave_address(struct ctx *cx, struct str from, struct str *ret_name, struct str *ret_url);

/* ── one's own links ── */

/* Takes a link away. ERR_NOT_FOUND: not one's own; ERR_CONFLICT: it is the only way in. In a writing transaction. */
_must_check_ enum err sso_unlink(struct ctx *cx, int64_t person_id, int64_t identity_id);

extern const struct job_kind sso_jobs[]; /* ended by name NULL */
#endif
