/* Sessions: who a request comes from, forged requests, guessing.
 *
 * The cookie holds 32 random bytes; the table holds their BLAKE2b hash. The token against cross-site requests is
 * a keyed hash of the cookie and is stored nowhere. A session ends after SESSION_LIFE without exception. */
#ifndef WEB_SESSION_H
#define WEB_SESSION_H
#include "base/clock.h"
#include "session_sql.h"

#define SESSION_LIFE (14 * DAY)
#define SESSION_SEEN_EVERY (10 * MINUTE)
enum { TRIES_ACCOUNT = 8, TRIES_ADDRESS = 60 };
#define TRIES_WINDOW (15 * MINUTE)

struct session {
	bool open;
	unsigned roles;    /* enum role bits, for menus only */
	struct str cookie; /* as sent; hexadecimal */
	int64_t seen_at;
};
/* Fills cx->actor and cx->lang from the cookie. No such session: ret->open is false and OK. Runs one statement. */
_must_check_ enum err session_find(struct ctx *cx, struct str cookie, struct session *ret);
/* Opens a session for a person; ret_cookie is what the browser keeps. In a writing transaction. */
_must_check_ enum err session_open(struct ctx *cx, int64_t person_id, struct str agent, struct str *ret_cookie);
/* Notes that the actor's session is in use; for sessions not seen for SESSION_SEEN_EVERY. In a writing transaction. */
_must_check_ enum err session_touch(struct ctx *cx);
/* Token for forms of this session (32 hexadecimal digits). */
struct str session_csrf(struct ctx *cx, struct str cookie);
/* ERR_TOO_MANY when this account or the address of the request has tried too often. */
_must_check_ enum err session_may_try(struct ctx *cx, struct str account);
/* Counts a failed try. In a writing transaction. */
_must_check_ enum err session_count_try(struct ctx *cx, struct str account);
#endif
