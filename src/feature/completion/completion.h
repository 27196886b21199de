/* From credited resources to a completed course: credit, enrolment, certificate and every counter in one transaction.
 *
 * A course is complete when every required resource is credited. A quiz that only proves another resource
 * (front matter `credits`) is not required. What was completed stays completed when the course later grows. */
#ifndef FEATURE_COMPLETION_H
#define FEATURE_COMPLETION_H
#include "completion_sql.h"
#include "db/db.h"

struct completion {
	bool newly_credited;
	bool course_complete;
};
/* way: "progress" (played or read), "quiz" (its own pass), "check" (a quiz that proves it), "review" (granted on request).
 * Credited already: OK, newly_credited false. The person must be enrolled (checked by the caller). In a writing transaction. */
_must_check_ enum err completion_credit(struct ctx *cx, int64_t person_id, int64_t resource_id, const char *way, struct completion *ret);
/* The credits of the account closed_id are kept_id's from now on: both are one person (feature/merge). In a writing transaction. */
_must_check_ enum err completion_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);
/* Completes what is complete by now: courses under way whose required resources are all credited. In a writing transaction. */
_must_check_ enum err completion_settle(struct ctx *cx, int64_t person_id);
#endif
