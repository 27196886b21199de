/* What a person has learnt, in verified milliseconds, by thing, day and hour: the one door through which learning time is counted.
 *
 * Whoever has verified that time was really spent says so here, in the transaction that credits it: progress for the resources of courses, events for
 * presence, attendance for sessions, a charcha for its meeting. The tables: learned (a row a person, thing, day and hour) and learning_day (a row a person and
 * day), which is the sum of the former from the day on which that table began. On a day with 0 ms nothing was learnt, or it was taken back.
 *
 * A day here is that of the person's zone. The same time is not to be said twice: what a person does in two places at once is the business of who verifies. */
#ifndef FEATURE_LEARNED_H
#define FEATURE_LEARNED_H
#include "db/db.h"
#include "learned_sql.h"

/* kind: "resource" (thing_id: resource; course_id: its course), "event", "session" or "charcha" (course_id: NONE, or the course that it is a part of).
 * ms > 0 verified milliseconds, at: when they were spent (UTC; up to now); of more than an hour: when they ended. In a writing transaction. */
_must_check_ enum err learned_add(struct ctx *cx, int64_t person_id, const char *kind, int64_t thing_id, int64_t course_id, int64_t ms, int64_t at);
/* Up to when a person's wall time is used up, UTC ms; NONE: none was. The rule is that of feature/progress, which alone asks for it and moves it; it is kept with the
 * days, since both change with each report. learned_put_clock() in a writing transaction, never to an earlier time than there was. */
_must_check_ enum err learned_clock(struct ctx *cx, int64_t person_id, int64_t *ret);
_must_check_ enum err learned_put_clock(struct ctx *cx, int64_t person_id, int64_t spent_until);
/* Puts a person's name on the list of those to be counted anew (learned_add() and the others here do so themselves): for what somebody counts besides learning.
 * In a writing transaction. The list has one reader, the job that counts campaigns: learned_sql_news() says who has waited longest,
 * learned_sql_seen() takes a name from it. */
_must_check_ enum err learned_tell(struct ctx *cx, int64_t person_id);
/* Takes back ms > 0 milliseconds of what was credited for a thing, the latest first; no more than was. For who finds out that time was not spent after all.
 * In a writing transaction. */
_must_check_ enum err learned_take(struct ctx *cx, int64_t person_id, const char *kind, int64_t thing_id, int64_t ms);
/* What the account closed_id has learnt is kept_id's from now on: both are one person (feature/merge). In a writing transaction. */
_must_check_ enum err learned_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);
/* Calls wrong() for each person and day of which more is kept by thing than for the whole day. Reads. */
typedef void learned_wrong_fn(void *arg, int64_t person_id, int64_t day);
_must_check_ enum err learned_check(struct ctx *cx, learned_wrong_fn *wrong, void *arg);
#endif
