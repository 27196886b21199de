/* Group sessions: a section watches one resource of a course in one room, on the device of a host; each is credited the time that he was there, and a short
 * check of his own says whether he has understood.
 *
 *   host      any learner who is enrolled, for people posted in his office today and for those whom he supervises; one open session at a time
 *   ceiling   TOGETHER_PEOPLE people a session, TOGETHER_LONGEST, ended by the host or by time
 *   presence  nobody is in two at a time: the later one ends the earlier
 *   coming    ticked by the host (roster), by the code on the screen (qr), by its number (pin): door, token and ticket are those of attendance with another
 *             purpose of the key (attendance_code.h, door_ticket.h), so no code of the one is good for the other; TOGETHER_TRIES tries of the number a person
 *             and hour. Times are the server's. Whoever comes and is not enrolled is enrolled, and is told so; where the course is no longer offered he does not
 *             come in, and is told why
 *   paid      the device reports by the page of the session; the host is credited as always (progress_report). What is reported is laid into wall time
 *             (together_part.h), and each one gets what was played while he was there and neither he nor a group of his has seen, as far as his own wall time
 *             pays for it at single speed (progress_pay): in a room nobody chooses the speed. It is kept apart (together_progress) and is learning of the kind
 *             "resource"
 *   check     who covers enough, but too much of it in groups, is not credited: together_check.h
 *
 * That somebody was in the room is the host's word or a phone's; that he watched is nobody's. */
#ifndef FEATURE_TOGETHER_H
#define FEATURE_TOGETHER_H
#include "base/clock.h"
#include "feature/attendance/door_ticket.h"
#include "feature/progress/progress.h"
#include "together_sql.h"

enum {
	TOGETHER_PEOPLE = 100, /* in all, who left as well */
	TOGETHER_ROWS = 400,   /* of coming and going */
	TOGETHER_TRIES = 5,    /* of a number, a person and hour */
};
#define TOGETHER_LONGEST (4 * HOUR)

/* ── sessions ── */

/* Intervals as a table keeps them; absent: none. ERR_INTERNAL: they do not read. */
_must_check_ enum err together_intervals(struct ctx *cx, struct str json, struct intervals *ret);
/* Whether a resource can be watched together: not a quiz, not taken out. Reads. */
bool together_suits(struct str kind, int64_t ended_at);
/* The actor begins one; the one that is open for the same resource: that. ERR_NOT_FOUND, ERR_GONE; ERR_INVALID: a quiz; ERR_CONFLICT: not enrolled, not posted
 * anywhere, hosts another that is open. He leaves where he was. In a writing transaction, as all that change. */
_must_check_ enum err together_open(struct ctx *cx, int64_t resource_id, int64_t *ret_id);
/* ERR_NOT_FOUND: there is none. Reads. */
_must_check_ enum err together_find(struct ctx *cx, int64_t id, struct together_session_row *ret);
/* The same for its host; to anybody else there is none. */
_must_check_ enum err together_hosted(struct ctx *cx, int64_t id, struct together_session_row *ret);
static inline bool together_is_open(const struct ctx *cx, const struct together_session_row *s)
{
	return cx->now < s->ends_at;
}
/* ERR_CONFLICT: it is over. */
_must_check_ enum err together_need_open(struct ctx *cx, const struct together_session_row *s);
_must_check_ enum err together_end(struct ctx *cx, const struct together_session_row *s);
/* The key of its door, 32 bytes in the arena. ERR_UNAVAILABLE: it cannot be read any more. */
_must_check_ enum err together_door(struct ctx *cx, const struct together_session_row *s, struct door *ret);

/* ── coming and going ── */

enum together_fate { TOGETHER_COMES, TOGETHER_IS_HERE, TOGETHER_NOBODY, TOGETHER_ELSEWHERE, TOGETHER_IS_HOST, TOGETHER_HOSTS, TOGETHER_CLOSED, TOGETHER_FULL };
struct together_guest {
	enum together_fate fate;
	struct together_candidate_row of;
	bool enrols, leaves; /* coming enrols him; he leaves another session */
};
/* What would become of somebody who came now; more: so many others come with him before. Reads. */
_must_check_ enum err together_judge(struct ctx *cx, const struct together_session_row *s, int64_t person_id, int64_t more, struct together_guest *ret);
/* "is not posted in the office of the host …": N_(), of a fate that is not TOGETHER_COMES. `own`: as said to himself. */
const char *together_why(enum together_fate f, bool own);
/* Lets somebody in, who is told when it is a tick; way: "roster", "qr", "pin". act_id NONE: by himself. ERR_CONFLICT with a sentence when the fate is another;
 * who is here: OK, nothing changes. */
_must_check_ enum err together_come(struct ctx *cx, const struct together_session_row *s, int64_t person_id, const char *way, int64_t act_id,
				    struct together_guest *ret);
/* ERR_CONFLICT: is not there. */
_must_check_ enum err together_leave(struct ctx *cx, const struct together_session_row *s, int64_t person_id);
/* Ticks people, each at most once; those who cannot come are left out. ret_act NONE: all are here already. ERR_INVALID: nobody is named, more than
 * TOGETHER_PEOPLE; ERR_CONFLICT: nobody of them can come. */
_must_check_ enum err together_tick(struct ctx *cx, const struct together_session_row *s, const int64_t *people, size_t n, int64_t *ret_act);
/* Takes an act back: whom it let in was not there, what he was paid for it is taken back, and an enrolment that it began ends where nothing was learnt. Who was
 * checked since, or has the resource credited by what he saw, stays as he is; the act says how many. ERR_NOT_FOUND; ERR_CONFLICT: taken back already. */
_must_check_ enum err together_untick(struct ctx *cx, const struct together_session_row *s, int64_t act_id);
/* The open session of this number among those to which the actor may come. A wrong number is a failure that keeps its count (*ret_refused). ERR_TOO_MANY. */
_must_check_ enum err together_numbered(struct ctx *cx, struct str number, int64_t *ret_id, enum err *ret_refused);

/* ── what is paid ── */

/* A report of the shared device: credits the host as always, and each one who was there; ret_paid: how many of these got something. ERR_CONFLICT: the session
 * is over; else as progress_report. */
_must_check_ enum err together_report(struct ctx *cx, const struct together_session_row *s, const struct report *in, int64_t *ret_paid);
#endif
