/* Enrolments, assignments, reminders and ratings: how a person and a course come together.
 *
 * Ending an enrolment keeps all progress; enrolling again goes on where it stopped. */
#ifndef FEATURE_ENROLMENT_H
#define FEATURE_ENROLMENT_H
#include "db/db.h"
#include "enrolment_sql.h"

/* Enrols; active already: OK, nothing changes. The kind (common, role, ministry, self) is what holds for the person today; what a
 * supervisor or administrator asked for is for the role. ERR_NOT_FOUND: no such live course. In a writing transaction, as all of these. */
_must_check_ enum err enrolment_add(struct ctx *cx, int64_t person_id, int64_t course_id);
/* ERR_CONFLICT when completed or not enrolled. */
_must_check_ enum err enrolment_end(struct ctx *cx, int64_t person_id, int64_t course_id);
/* Notes where the learner is, for "go on where you stopped". Not enrolled: ERR_CONFLICT. */
_must_check_ enum err enrolment_touch(struct ctx *cx, int64_t person_id, int64_t course_id, int64_t resource_id);
/* The enrolment must be active or completed; otherwise ERR_CONFLICT with a sentence. */
_must_check_ enum err enrolment_need(struct ctx *cx, int64_t person_id, int64_t course_id, struct enrolment_one_row *ret);
/* The same for who has read the state of the enrolment with something else (absent: there is none): whether it holds, and the refusal where it does not. */
bool enrolment_holds(struct str state);
_must_check_ enum err enrolment_refuse(struct ctx *cx);

/* One more required resource of the course is credited. */
_must_check_ enum err enrolment_count_done(struct ctx *cx, int64_t person_id, int64_t course_id);
/* Marks as completed, with the organisation of the day. ret_newly: false when it was before. */
_must_check_ enum err enrolment_complete(struct ctx *cx, int64_t person_id, int64_t course_id, bool *ret_newly);

/* Recomputes resources_done of all enrolments from the credits. */
_must_check_ enum err enrolment_recount(struct ctx *cx);

struct assign {
	int64_t person_id, course_id;
	int64_t due_day;   /* not in the past */
	struct str reason; /* what the learner reads */
};
/* Assigns and enrols. An open assignment of the same course gets the new day and reason. */
_must_check_ enum err enrolment_assign(struct ctx *cx, const struct assign *in);
/* The same course for the members of a group, in steps of some thousand people (after < id <= upto): one id for the whole act, so that it can be
 * taken back. Who has completed the course or is asked for it already stays as he is. ret_n: how many were asked. */
struct assign_many {
	int64_t id;              /* of the act; each person at most once in it */
	int64_t course_id, due_day;
	struct str reason;
	int64_t assigned_by;
};
_must_check_ enum err enrolment_assign_members(struct ctx *cx, const struct assign_many *in, int64_t group_id, int64_t after, int64_t upto, int64_t *ret_n);
/* Takes back what such an act gave to the next `most` people behind *after, which moves on: withdraws what is still as it was given, and
 * ends the enrolments it began where nobody has begun to learn. ret_n: withdrawn; ret_ended: nobody is left. */
_must_check_ enum err enrolment_unassign_many(struct ctx *cx, const struct assign_many *in, int64_t *after, int64_t most, int64_t *ret_n, bool *ret_ended);
/* ERR_CONFLICT when there is no open assignment. */
_must_check_ enum err enrolment_withdraw(struct ctx *cx, int64_t person_id, int64_t course_id);
/* A reminder; at most one a day for a person and course (ERR_CONFLICT). */
_must_check_ enum err enrolment_nudge(struct ctx *cx, int64_t person_id, int64_t course_id, struct str note);
/* The learner has seen a reminder; ERR_NOT_FOUND when it is not his or was put away before. */
_must_check_ enum err enrolment_put_away(struct ctx *cx, int64_t person_id, int64_t nudge_id);
/* 1 to 5 stars by one who has completed (else ERR_CONFLICT); rating again replaces. */
_must_check_ enum err enrolment_rate(struct ctx *cx, int64_t person_id, int64_t course_id, int64_t stars, struct str words);
/* All enrolments, assignments, reminders and ratings of the account closed_id are kept_id's from now on: both are one person (feature/merge).
 * Counters are the caller's (tally_person). In a writing transaction. */
_must_check_ enum err enrolment_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);
/* After credits, certificates or postings of a person have changed hands: resources_done and the places of completions anew. */
_must_check_ enum err enrolment_settle(struct ctx *cx, int64_t person_id);
#endif
