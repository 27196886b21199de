/* Counters kept in the transaction of the fact they count, so that no page waits for a nightly job.
 *
 * A counter has a subject (course or organisation), a name and a period: all time, and the month in Indian time.
 * On PostgreSQL it is spread over TALLY_SHARDS rows by person, so that many can finish at once; where one writer writes for all it is one row, since each
 * of them would be another page to be written. Readers add the rows up.
 * `karmayogi rebuild` recomputes all of them from the facts; `karmayogi check` compares. */
#ifndef FEATURE_TALLY_H
#define FEATURE_TALLY_H
#include "db/db.h"
#include "tally_sql.h"

enum { TALLY_SHARDS = 16 };
/* Names in use: course: "enrolled" "completed" "stars" "ratings"; organisation: "completed" "learning_ms". */
/* Adds to the all-time counter and to that of the month of `at`. */
_must_check_ enum err tally_add(struct ctx *cx, int64_t subject_id, const char *what, int64_t person_id, int64_t at, int64_t n);
/* The same for the organisation of a person's posting on the day of `at` and all above it. Between postings: nothing. */
_must_check_ enum err tally_add_above(struct ctx *cx, const char *what, int64_t person_id, int64_t at, int64_t n);
/* Month of a moment in Indian time: 202611. */
int64_t tally_month(int64_t at);
/* Sum of the shards; period 0: all time. */
_must_check_ enum err tally_get(struct ctx *cx, int64_t subject_id, const char *what, int64_t period, int64_t *ret);
/* Recomputes every counter from the facts: credits, completions, enrolments, ratings. In a writing transaction. */
_must_check_ enum err tally_rebuild(struct ctx *cx);
/* What is counted of an organisation counts above it once more (sign 1) or no more (-1): around its move, see struct app. In a writing transaction. */
_must_check_ enum err tally_org_moves(struct ctx *cx, int64_t org_id, int sign);
/* Counts all facts of a person once more (sign 1) or no more (-1): around a change of whose they are. In a writing transaction. */
_must_check_ enum err tally_person(struct ctx *cx, int64_t person_id, int sign);
#endif
