/* Prove it and skip: a course is needless for somebody whom a test showed to have what it teaches.
 *
 * The test is an examination of the kind skip, short and adaptive as a rule. When an attempt at it is marked, each live course that teaches something of what it asked is
 * looked at: for every competency that the course teaches, some such test of this person must say, with a probability of EXEMPTION_SURE or more, that the level is at least
 * the one the course teaches up to (feature/adaptive, adaptive_sure()). A course that names a competency nobody knows is never needless by a test. A test by a form
 * without parameters shows a level, but no probability, and so makes nothing needless.
 *
 * .90 is the demand on tests that decide about somebody (Nunnally and Bernstein 1994, Psychometric Theory, p. 265), taken as the probability; a level that is held
 * "more likely than not" is enough to meet a requirement (feature/gap), not to leave learning out.
 *
 * The level itself is evidence by the attempt (feature/attempt). The course is not completed: there is no certificate, nothing counts as learned, and its minutes
 * stand on the record in a line of their own, as shown by test. Whoever may assign courses to a person may withdraw an exemption, with a reason; then this attempt makes the
 * course needless no more, another one may. When marking anew takes the proof away the exemption is withdrawn by itself, and comes back with it.
 * Whoever takes the course all the same may. */
#ifndef FEATURE_EXEMPTION_H
#define FEATURE_EXEMPTION_H
#include "db/db.h"
#include "exemption_sql.h"

#define EXEMPTION_SURE 0.9
enum { EXEMPTION_WHY_MAX = 300 };

/* After an attempt was marked, for the first time or anew; one at another kind of examination changes nothing. In a writing transaction, as all that change. */
_must_check_ enum err exemption_consider(struct ctx *cx, int64_t person_id, int64_t attempt_id);
/* ERR_NOT_FOUND: no such exemption in force; ERR_INVALID: "why". */
_must_check_ enum err exemption_withdraw(struct ctx *cx, int64_t person_id, int64_t exemption_id, struct str why);
/* Two accounts are one (feature/merge). */
_must_check_ enum err exemption_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);
#endif
