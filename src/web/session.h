/* Sessions: who a request comes from, forged requests, guessing.
 *
 * The cookie holds 32 random bytes; the table holds their BLAKE2b hash. The token against cross-site requests is
 * a keyed hash of the cookie and is stored nowhere. A session ends after SESSION_LIFE without exception. */
#ifndef WEB_SESSION_H
#define WEB_SESSION_H
#include "base/clock.h"
#include "session_sql.h"

#define SESSION_LIFE (14 * DAY)
#define SESSION_HALF_LIFE (10 * MINUTE)
#define SESSION_SEEN_EVERY HOUR
enum { TRIES_ACCOUNT = 8, TRIES_ADDRESS = 60 };
#define TRIES_WINDOW (15 * MINUTE)

struct session {
	bool open;
	unsigned roles;    /* enum role bits, for menus only */
	bool custom_org, custom_courses; /* what roles composed by organisations open, for menus only */
	struct str cookie; /* as sent; hexadecimal */
	int64_t seen_at;
	int64_t unread;    /* notices that the person has not read, as far as 100; 0 unless found for a page */
	bool must_enrol;   /* an administrator without the second factor that this installation asks for: nothing else before */
};
/* Fills cx->actor and cx->lang from the cookie. No such session: ret->open is false and OK. page: also what only the frame of a page
 * shows, .unread and R_SUPERVISOR_ANY of .roles. Runs one statement; a second one for an administrator where a second factor is
 * required, two more for who acts for somebody. */
_must_check_ enum err session_find(struct ctx *cx, struct str cookie, bool page, struct session *ret);
/* Opens a session for a person; ret_cookie is what the browser keeps. In a writing transaction. */
_must_check_ enum err session_open(struct ctx *cx, int64_t person_id, struct str agent, struct str *ret_cookie);
/* The same for who has shown the first of two factors: such a session is nobody's (cx->actor.half_id says whose it will be) and ends soon. */
_must_check_ enum err session_open_half(struct ctx *cx, int64_t person_id, struct str agent, struct str *ret_cookie);
/* Notes that the actor's session is in use; for sessions not seen for SESSION_SEEN_EVERY. In a writing transaction. */
_must_check_ enum err session_touch(struct ctx *cx);
/* Ends one session of a person (ret_ended: whether there was such a one; may be NULL), all of them, or all of the actor but his own here. Whoever
 * listens is told (struct app, .sessions_ended); sessions that run out by themselves end without it. In a writing transaction. */
_must_check_ enum err session_end(struct ctx *cx, int64_t id, int64_t person_id, bool *ret_ended);
_must_check_ enum err session_end_all(struct ctx *cx, int64_t person_id);
_must_check_ enum err session_end_others(struct ctx *cx);
/* The actor's session acts for somebody from the next request on (feature/acting), or (NONE) no more. In a writing transaction. */
_must_check_ enum err session_act(struct ctx *cx, int64_t acting_id);
/* Token for forms of this session (32 hexadecimal digits). */
struct str session_csrf(struct ctx *cx, struct str cookie);
/* ERR_TOO_MANY when this account or the address of the request has tried too often. */
_must_check_ enum err session_may_try(struct ctx *cx, struct str account);
/* Counts a failed try. In a writing transaction. */
_must_check_ enum err session_count_try(struct ctx *cx, struct str account);
/* After a success the count of this account begins anew. In a writing transaction. */
_must_check_ enum err session_forget_tries(struct ctx *cx, struct str account);
/* Counts one more `what` ("asked") of `who` and refuses (ERR_TOO_MANY) beyond `most` in a window. In a writing transaction; a refused one
 * is not counted. */
_must_check_ enum err session_limit(struct ctx *cx, const char *what, struct str who, int64_t most, int64_t window);
/* The network of the request: IPv4 /24, IPv6 /56. */
struct str session_network(struct ctx *cx);
/* Forgets sessions and counts that have run out. In a writing transaction. */
_must_check_ enum err session_sweep(struct ctx *cx);
#endif
