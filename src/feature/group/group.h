/* Groups of people by rule.
 *
 * A group belongs to an organisation; its rule (feature/group/rule.h) picks people who are posted there today or below it, never others.
 * Who is in it is kept (group_member), with since and until, so that it can be answered for every moment of the past. It follows
 *
 *   a change of one person       in the same transaction (group_person_changed, which struct app hands to those who change people)
 *   a change of the rule         at once where at most GROUP_SMALL people come into question, else by a job in steps; of a rule that only names
 *                                people, and did before, these are those in whom the two differ
 *   many changes, passing days   by a job in steps over everybody (group_sweep_soon; every six hours by itself)
 *
 * A step tries its people again by the data of its own transaction, so no change made meanwhile is lost, and several such jobs may run
 * at once. `karmayogi check` tries every rule on everybody (what only the days
 * have changed since the last pass is left to the next one); `karmayogi rebuild` writes what it finds. */
#ifndef FEATURE_GROUP_H
#define FEATURE_GROUP_H
#include "feature/group/group_pass.h"
#include "job/job.h"

enum { GROUP_SMALL = 2000, GROUP_NAME_MAX = 120 };

struct group_add {
	int64_t org_id;
	struct str name;
	struct str rule; /* JSON */
};
/* Makes a group. ERR_INVALID ("name", "rule") with sentences. In a writing transaction, as all that change. */
_must_check_ enum err group_add(struct ctx *cx, const struct group_add *in, int64_t *ret_id);
/* Another name and rule. Whom the rule named before it may name on, wherever he is now. ERR_NOT_FOUND, ERR_INVALID. */
_must_check_ enum err group_change(struct ctx *cx, int64_t group_id, struct str name, struct str rule);
/* Ends a group: its members leave, its past stays. ERR_CONFLICT: ended already. */
_must_check_ enum err group_end(struct ctx *cx, int64_t group_id);

struct group_preview {
	int64_t n_fit, n_enter, n_leave;
	int64_t fit[8], enter[8], leave[8]; /* the first of each by id; 0: no more */
};
/* What a rule would do; group_id: compared with the members of this group, or NONE. Reads only; about 4 µs a person who comes into question, or
 * 1 to 2 µs where these are most of all. */
_must_check_ enum err group_preview(struct ctx *cx, int64_t org_id, int64_t group_id, const struct rule *r, struct group_preview *ret);

/* The person was posted, left, came back, got or lost a role, or (course_id not NONE) completed a course: the groups concerned follow.
 * Stands in struct app as .person_changed; work with .bulk set in its ctx does not call it and ends with group_sweep_soon. */
_must_check_ enum err group_person_changed(struct ctx *cx, int64_t person_id, int64_t course_id);
/* Many people changed: everything is gone through once more. Several calls before it begins are one. */
_must_check_ enum err group_sweep_soon(struct ctx *cx);

/* Everything in this transaction: for `karmayogi rebuild`. */
_must_check_ enum err group_rebuild(struct ctx *cx);
/* Calls wrong() for every membership that is not as its rule says, and for every wrong counter (person_id 0). Reads only. */
typedef void group_wrong_fn(void *arg, int64_t group_id, int64_t person_id, const char *sentence);
_must_check_ enum err group_check(struct ctx *cx, group_wrong_fn *wrong, void *arg);

/* Jobs; in app/features.c. */
extern const struct job_kind group_jobs[];
enum err group_sweep_act(struct ctx *cx, struct job *j);
enum err group_sweep_step(struct ctx *cx, struct job *j);
enum err group_count_act(struct ctx *cx, struct job *j);
enum err group_count_step(struct ctx *cx, struct job *j);
enum err group_assign_step(struct ctx *cx, struct job *j);
enum err group_unassign_step(struct ctx *cx, struct job *j);
#endif
