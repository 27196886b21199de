/* Acting for somebody else, always under both names.
 *
 *   delegation  "act for me until": who holds a role or supervises asks a colleague, for at most ACTING_DAYS_MAX days. While the colleague
 *               acts, the roles of the absent count, and nothing that belongs to a person alone: account, learning, tests, the own word.
 *   support     an operator looks for ACTING_SUPPORT_LIFE at what somebody sees, with a reason. Nothing can be changed, and none of that
 *               one's roles counts. The person is told by letter and finds it in the own lists.
 *
 * A session is in at most one acting (session.acting_id); an end takes effect with the next request. The audit trail names who did it and
 * for whom. What each may do is decided in web/exchange.c and web/access.c; here is who may act for whom, and since when. */
#ifndef FEATURE_ACTING_H
#define FEATURE_ACTING_H
#include "acting_sql.h"
#include "base/clock.h"
#include "db/db.h"

#define ACTING_SUPPORT_LIFE (30 * MINUTE)
enum { ACTING_DAYS_MAX = 90, ACTING_OPEN_MAX = 5 };

struct acting_delegate {
	struct str person;	    /* who is asked: employee number, e-mail or mobile number */
	int64_t from_day, until_day; /* in the actor's zone, both included */
	struct str reason;
};
/* The actor asks a colleague; the colleague is told by letter. ERR_INVALID with the field; ERR_CONFLICT: this colleague is asked already,
 * or ACTING_OPEN_MAX are, or the actor has nothing to hand over. In a writing transaction. */
_must_check_ enum err acting_delegate(struct ctx *cx, const struct acting_delegate *in, int64_t *ret_id);
/* Ends it before its time; both may. The other one is told by letter. ERR_NOT_FOUND: not one of the actor's, or over. In a writing transaction. */
_must_check_ enum err acting_end(struct ctx *cx, int64_t id);
/* The actor's session begins to act under a delegation. ERR_NOT_FOUND: not for the actor; ERR_CONFLICT: not in force now. In a writing
 * transaction. */
_must_check_ enum err acting_begin(struct ctx *cx, int64_t id);
/* The actor's session looks at what somebody sees. ERR_NOT_FOUND, or ERR_CONFLICT: the actor himself, or who has left. In a writing transaction. */
_must_check_ enum err acting_support(struct ctx *cx, int64_t person_id, struct str reason);
/* The session is its own person again; a look for support is over with it. Not acting: OK. In a writing transaction. */
_must_check_ enum err acting_stop(struct ctx *cx);
/* Whether the actor has something to hand over: a role, or people to supervise. */
_must_check_ enum err acting_may_delegate(struct ctx *cx, bool *ret);
#endif
