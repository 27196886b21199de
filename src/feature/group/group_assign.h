/* A course asked of everybody who is in a group on the day.
 *
 *   counting → counted → assigning → assigned → undoing → undone        (counted → stopped)
 *
 * Counting changes nothing and says how many would be asked, who has completed the course and who is asked for it already; the latter two
 * are left as they are. Giving goes on in steps that survive a stop; each step asks people who are in the group at that moment. It can be
 * taken back for UNASSIGN_FOR: open assignments that nobody has changed since are withdrawn, and enrolments that it began end where nobody
 * has begun to learn. Who enters the group later is not asked; asking again reaches just those.
 * The rows of the table assignment bear the id of the act (feature/enrolment). */
#ifndef FEATURE_GROUP_ASSIGN_H
#define FEATURE_GROUP_ASSIGN_H
#include "feature/group/group.h"

#define UNASSIGN_FOR (30 * DAY)

struct group_assign {
	int64_t group_id, course_id, due_day;
	struct str reason; /* what the learners read */
};
/* Begins with counting: at once for at most GROUP_SMALL people, else by a job. ERR_INVALID ("course_id", "due_day"), ERR_CONFLICT: the group has
 * ended, or its members are just being found. In a writing transaction, as all of these. */
_must_check_ enum err group_assign_add(struct ctx *cx, const struct group_assign *in, int64_t *ret_id);
/* Gives it. ERR_CONFLICT: not counted, or the day has passed. */
_must_check_ enum err group_assign_begin(struct ctx *cx, int64_t id);
/* Stops: what is only counted is dropped, what is being given is taken back. */
_must_check_ enum err group_assign_stop(struct ctx *cx, int64_t id);
/* Takes it back. ERR_CONFLICT: not given, or too long ago. */
_must_check_ enum err group_assign_undo(struct ctx *cx, int64_t id);
#endif
