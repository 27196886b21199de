/* What a person has learnt, in verified milliseconds, by thing, day and hour: the one door through which learning time is counted.
 *
 * Whoever has verified that time was really spent says so here, in the transaction that credits it: progress for the resources of courses, events for
 * presence, attendance for sessions, a charcha for its meeting. The tables: learned (a row a person, thing, day and hour) and learning_day (a row a person and
 * day), which is the sum of the former from the day on which that table began.
 *
 * A day here is that of the person's zone. The same time is not to be said twice: what a person does in two places at once is the business of who verifies. */
#ifndef FEATURE_LEARNED_H
#define FEATURE_LEARNED_H
#include "db/db.h"
#include "learned_sql.h"

/* kind: "resource" (thing_id: resource; course_id: its course), "event", "session" or "charcha" (course_id: NONE, or the course that it is a part of).
 * ms > 0 verified milliseconds, at: when they were spent (UTC; up to now); of more than an hour: when they ended. In a writing transaction. */
_must_check_ enum err learned_add(struct ctx *cx, int64_t person_id, const char *kind, int64_t thing_id, int64_t course_id, int64_t ms, int64_t at);
/* Takes back what was said with the same person, thing and `at` and was wrong (a list of who was there that is undone): up to ms, never below nothing. In a writing
 * transaction. */
_must_check_ enum err learned_take_back(struct ctx *cx, int64_t person_id, const char *kind, int64_t thing_id, int64_t ms, int64_t at);
/* What the account closed_id has learnt is kept_id's from now on: both are one person (feature/merge). In a writing transaction. */
_must_check_ enum err learned_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);
/* Calls wrong() for each person and day of which more is kept by thing than for the whole day. Reads. */
typedef void learned_wrong_fn(void *arg, int64_t person_id, int64_t day);
_must_check_ enum err learned_check(struct ctx *cx, learned_wrong_fn *wrong, void *arg);
#endif
