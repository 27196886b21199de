/* Asking a provider over HTTP (libcurl). Within feature/sso; never inside a transaction.
 *
 * https only; http only to this machine itself and only where this installation is served without TLS too (base_url begins with http://),
 * for development and tests. FETCH_SECONDS for one request, FETCH_MAX bytes of an answer, no redirects, only status 200. */
#ifndef FEATURE_SSO_FETCH_H
#define FEATURE_SSO_FETCH_H
#include "base/ctx.h"

enum { FETCH_SECONDS = 10, FETCH_MAX = 1 << 20, FETCH_ADDRESS_MAX = 2000 };

struct fetch {
	struct str url;
	struct str form;	   /* present: a POST with this body (application/x-www-form-urlencoded) */
	struct str user, password; /* user present: HTTP Basic (RFC 7617), each form-encoded before (RFC 6749, 2.3.1) */
	struct str bearer;	   /* present: an access token */
	bool xml;		   /* XML is asked for, not JSON */
};
/* Whether an address may be asked at all. */
bool fetch_allowed(const struct ctx *cx, struct str url);
/* NULL: the body of a 200 lies in the arena. Else what was the matter, in English for the log and the operator; *ret_body is then absent,
 * or holds what was said with another status. */
const char *fetch(struct ctx *cx, const struct fetch *f, struct str *ret_body);
#endif
