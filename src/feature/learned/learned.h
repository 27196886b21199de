/* What a person has learnt, in verified milliseconds, by thing, day and hour: the one door through which learning time is counted.
 *
 * Whoever has verified that time was really spent says so here, in the transaction that credits it: progress for the resources of courses, events for
 * presence, attendance for sessions, a charcha for its meeting. The table: learned, a row a person, thing, day and hour. A day is the sum of its rows: a sum kept
 * beside them would be one page more to write with each report. Where that is 0 ms nothing was learnt, or it was taken back.
 *
 * A day here is that of the person's zone. The same time is not to be said twice: what a person does in two places at once is the business of who verifies. */
#ifndef FEATURE_LEARNED_H
#define FEATURE_LEARNED_H
#include "db/db.h"
#include "learned_sql.h"

struct learnt {
	int64_t person_id;
	const char *kind;    /* "resource", "event", "session" or "charcha" */
	int64_t thing_id;    /* the resource, event, session of a batch, charcha */
	int64_t course_id;   /* of a resource its course; else NONE, or the course that the thing is a part of */
	int64_t ms;	     /* verified milliseconds; 0: only wall time was used, nothing new was learnt */
	int64_t at;	     /* when they were spent (UTC ms; up to now); of more than an hour: when they ended */
	int64_t spent_until; /* what progress_pay() gave, at most `at`; NONE: this time was verified otherwise, and used none */
};
/* Adds to what was learnt. In a writing transaction. */
_must_check_ enum err learned_add(struct ctx *cx, const struct learnt *in);
/* Up to when a person's wall time is used up, UTC ms, if that is after `since`; NONE: none of the time since then is. The rule is that of feature/progress, which alone
 * asks; the mark is kept with what was learnt, since both change with each report. */
_must_check_ enum err learned_clock(struct ctx *cx, int64_t person_id, int64_t since, int64_t *ret);
/* Puts a person's name on the list of those to be counted anew (learned_add() and the others here do so themselves): for what somebody counts besides learning.
 * In a writing transaction. The list has one reader, the job that counts campaigns: learned_sql_news() says who has waited longest,
 * learned_sql_seen() takes a name from it. */
_must_check_ enum err learned_tell(struct ctx *cx, int64_t person_id);
/* Takes back ms > 0 milliseconds of what was credited for a thing, the latest first; no more than was. For who finds out that time was not spent after all.
 * In a writing transaction. */
_must_check_ enum err learned_take(struct ctx *cx, int64_t person_id, const char *kind, int64_t thing_id, int64_t ms);
/* What the account closed_id has learnt is kept_id's from now on: both are one person (feature/merge). In a writing transaction. */
_must_check_ enum err learned_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);
#endif
