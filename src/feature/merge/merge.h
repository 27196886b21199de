/* Two accounts of one person become one, and two again if that was wrong.
 *
 * merge_join in one transaction gives the account that is kept all that the other one has: postings before its own first one, enrolments, assignments,
 * progress, credits, attempts, certificates, ratings, days of learning, reviews asked for, what the profile says, notices, links to the passbook, ways in by a
 * provider. Where both have something the better counts, once: completed by either, the earlier credit, intervals joined, days summed, the certificate of the
 * first completion in force (the other stays readable), the newer rating. A course that is complete only with both is completed. An employee number, e-mail
 * address or mobile number goes over where the kept account has none. People supervised by the closed account are supervised by the kept one.
 * Counters follow: nothing is counted twice, and what counts for an organisation is where the kept account was posted on that day.
 * The closed account signs in no more, bears merged_into_id and cannot come back; its own history of movements, letters and the audit trail stay.
 * Roles never go over: an account that holds one is not closed (ERR_CONFLICT).
 *
 * merge_undo within MERGE_UNDO gives back exactly that: each row that the merge changed was kept as it was and as it became (merge_row). What somebody
 * has changed since stays with the kept account, column by column; the closed account gets back all that it had. Certificates that only the merge had
 * earned go. A later merge of either account is taken back first.
 *
 * Finding: the job merge.look compares the people of an organisation (likeness.h) and keeps pairs that are more likely one person than two. */
#ifndef FEATURE_MERGE_H
#define FEATURE_MERGE_H
#include "base/clock.h"
#include "db/db.h"
#include "job/job.h"
#include "merge_sql.h"

#define MERGE_UNDO (30 * DAY)

struct merge_join {
	int64_t org_id;      /* at or below which both are posted, or were last */
	int64_t kept_id, closed_id;
};
/* Whether these two may be joined: ERR_NOT_FOUND: not (both) of this organisation; ERR_FORBIDDEN: the actor is one of them; ERR_CONFLICT with a sentence:
 * the same twice, joined before, the closed one holds a role. The rows are filled but for ERR_NOT_FOUND. */
_must_check_ enum err merge_may(struct ctx *cx, const struct merge_join *in, struct merge_place_row *ret_kept, struct merge_place_row *ret_closed);
/* In a writing transaction, as all that change. Errors as merge_may. */
_must_check_ enum err merge_join(struct ctx *cx, const struct merge_join *in, int64_t *ret_id);
/* ERR_NOT_FOUND: no such merge of this organisation; ERR_CONFLICT: undone already, too long ago, or one of the two was joined with another since. */
_must_check_ enum err merge_undo(struct ctx *cx, int64_t org_id, int64_t merge_id);

/* These are two people: the pair is not shown again. ERR_NOT_FOUND. */
_must_check_ enum err merge_dismiss(struct ctx *cx, const struct merge_join *pair);
/* Looks for pairs in an organisation and below it, by a job; one at a time. */
_must_check_ enum err merge_look(struct ctx *cx, int64_t org_id);

extern const struct job_kind merge_jobs[]; /* ended by name NULL */
#endif
