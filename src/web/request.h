/* One request: what came in, gathered under ceilings, and how the input struct of an action is filled from it. */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H
#include "web/action.h"
#include "web/session.h"

enum { PATH_VALUES_MAX = 4, PAIRS_MAX = 400, BODY_DEFAULT = 64 * 1024, TARGET_MAX = 4096 };

struct pair {
	struct str name, value;
};
struct incoming {
	enum method method;
	bool head;               /* HEAD: as GET, without the body */
	struct str path;         /* decoded only piecewise, in the match */
	struct str query;        /* raw, without '?' */
	struct str body;
	struct str type;         /* Content-Type, small letters, without parameters */
	struct str boundary;     /* of multipart */
	const char *upload;      /* file with the body instead of it; NULL: none */
	struct str cookie_session, cookie_lang, cookie_notice, cookie_sign_in;
	struct str csrf_header, origin, fetch_site, host, accept_language, range;
	struct str authorization, idempotency_key, if_none_match, if_match, last_event_id;
	bool gzip;
};
struct match {
	const struct action *action;
	size_t index;            /* its number in the table */
	bool api;
	struct pair value[PATH_VALUES_MAX];
	size_t n_values;
	bool taken[METHOD_COUNT_]; /* without an action: methods that the address takes */
	bool method_wrong;       /* one of them */
	const struct manners *manners; /* of the protocol to which the address belongs; NULL: ours */
};

/* Percent-decoding (with '+' as space in forms). False: not decodable or not valid UTF-8. In the arena. */
bool url_decode(struct arena *a, struct str s, bool form, struct str *ret);
/* Percent-encoding of everything but unreserved characters (RFC 3986) and the slash. */
struct str url_encoded(struct ctx *cx, struct str s);
/* The public address of this installation as people type it: host and port, without the scheme. */
struct str public_host(const struct ctx *cx);
/* Finds the action of an address; action is NULL when there is none. */
struct match table_match(struct ctx *cx, const struct action_table *t, enum method m, struct str path);

/* The input as named texts, before typing: path values, then query (GET) or body (POST). */
struct pairs {
	struct pair *v;
	size_t n;
	struct str csrf;         /* hidden field of a page's form */
};
/* ERR_MALFORMED / ERR_MEDIA_TYPE with a sentence; JSON bodies become pairs too (nested values are refused). */
_must_check_ enum err input_pairs(struct ctx *cx, const struct match *m, const struct incoming *in, struct pairs **ret);
/* Fills the action's input struct from the pairs. Every fault is noted with its field; ERR_INVALID at the end. */
_must_check_ enum err input_fill(struct ctx *cx, const struct action *act, const struct pairs *p, void *ret_in);
/* The last value of a name, or absent. */
struct str pairs_get(const struct pairs *p, struct str name);
#endif
