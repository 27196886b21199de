/* A course asked of a group; see group_assign.h. */
#include "feature/group/group_assign.h"
#include "feature/enrolment/enrolment.h"
#include "feature/notice/notice.h"
#include "feature/person/person.h"

/* A person costs about 10 µs on SQLite: a step holds the writer for some 10 ms. */
enum { PEOPLE_A_STEP = 1000 };

typedef struct group_assign_one_row assign_row;

static enum err past(struct ctx *cx)
{
	return fail(cx, ERR_CONFLICT, "", N_("This assignment has gone on in the meantime. Nothing was changed; please look at its page again."));
}

static enum err find(struct ctx *cx, int64_t id, assign_row *ret)
{
	bool found = false;
	TRY(group_sql_assign_one(cx, id, ret, &found));
	return found ? OK : ERR_NOT_FOUND;
}

static enum err queue(struct ctx *cx, const char *kind, int64_t id, int64_t asked_by, int64_t *ret_job)
{
	return job_add(cx, &(struct job_add){ .kind = kind, .input = str_fmt(cx->arena, "%lld", (long long)id), .asked_by = asked_by }, ret_job);
}

static enum err count(struct ctx *cx, int64_t id, const struct group_assign_count_row *n)
{
	return group_sql_assign_counted(cx, n->people, n->completed, n->asked, cx->now, id, NULL);
}

enum err group_assign_add(struct ctx *cx, const struct group_assign *in, int64_t *ret_id)
{
	struct group_one_row g;
	struct group_course_live_row course;
	struct group_assign_count_row n;
	bool found = false, live = false;
	int64_t job;
	TRY(group_sql_one(cx, in->group_id, &g, &found));
	if (!found || g.ended_at != NONE)
		return fail(cx, ERR_NOT_FOUND, "", N_("There is no such group, or it has ended."));
	if (g.settled != g.revision)
		return fail(cx, ERR_CONFLICT, "", N_("The members of this group are just being found. Assign the course when that is done."));
	TRY(group_sql_course_live(cx, in->course_id, &course, &live));
	if (!live)
		return fail(cx, ERR_INVALID, "course_id", N_("This course does not exist or is no longer offered."));
	if (in->due_day < person_today(cx))
		return fail(cx, ERR_INVALID, "due_day", N_("must not be in the past"));
	*ret_id = new_id(cx);
	TRY(group_sql_assign_add(cx, *ret_id, in->group_id, in->course_id, in->due_day, in->reason, cx->actor.person_id, cx->now, NULL));
	if (g.members <= GROUP_SMALL) {
		TRY(group_sql_assign_count(cx, in->course_id, in->group_id, &n));
		return count(cx, *ret_id, &n);
	}
	TRY(queue(cx, "group.count", *ret_id, cx->actor.person_id, &job));
	return group_sql_assign_job(cx, job, *ret_id, NULL);
}

enum err group_assign_begin(struct ctx *cx, int64_t id)
{
	assign_row a;
	int64_t job, changed = 0;
	TRY(find(cx, id, &a));
	if (a.ended_at != NONE)
		return fail(cx, ERR_CONFLICT, "", N_("This group has ended already."));
	if (a.due_day < person_today(cx))
		return fail(cx, ERR_CONFLICT, "", N_("The day by which the course is asked for has passed. Begin a new assignment."));
	TRY(queue(cx, "group.assign", id, a.asked_by, &job));
	TRY(group_sql_assign_begin(cx, job, id, &changed));
	return changed ? OK : past(cx);
}

enum err group_assign_stop(struct ctx *cx, int64_t id)
{
	assign_row a;
	int64_t changed = 0;
	TRY(find(cx, id, &a));
	if (str_is(a.state, "assigning"))
		return job_cancel(cx, a.job_id);
	TRY(group_sql_assign_drop(cx, id, &changed));
	return changed ? OK : past(cx);
}

static enum err take_back(struct ctx *cx, const assign_row *a, int64_t *ret_changed)
{
	int64_t job;
	TRY(queue(cx, "group.unassign", a->id, a->asked_by, &job));
	return group_sql_assign_undo(cx, job, a->id, ret_changed);
}

enum err group_assign_undo(struct ctx *cx, int64_t id)
{
	assign_row a;
	int64_t changed = 0;
	TRY(find(cx, id, &a));
	if (!str_is(a.state, "assigned"))
		return past(cx);
	if (cx->now - a.assigned_at > UNASSIGN_FOR)
		return fail(cx, ERR_CONFLICT, "", N_("This was assigned more than 30 days ago and can no longer be taken back."));
	TRY(take_back(cx, &a, &changed));
	return changed ? OK : past(cx);
}

/* ── jobs ── */

struct counting {
	struct job *j;
	assign_row a;
	struct group_assign_count_row n;
};

static enum err count_in(struct ctx *cx, void *arg)
{
	struct counting *c = arg;
	int64_t id;
	if (!str_int(c->j->input, &id))
		return ERR_INTERNAL;
	TRY(find(cx, id, &c->a));
	return str_is(c->a.state, "counting") ? group_sql_assign_count(cx, c->a.course_id, c->a.group_id, &c->n) : OK;
}

enum err group_count_act(struct ctx *cx, struct job *j)
{
	struct counting *c = ARENA_NEW(cx->arena, struct counting);
	c->j = j;
	j->state = c;
	return db_read(cx, count_in, c);
}

enum err group_count_step(struct ctx *cx, struct job *j)
{
	const struct counting *c = j->state;
	j->ended = true;
	return count(cx, c->a.id, &c->n);
}

static struct assign_many act_of(const assign_row *a)
{
	return (struct assign_many){ a->id, a->course_id, a->due_day, a->reason, a->asked_by };
}

static enum err where(struct ctx *cx, const struct job *j, assign_row *ret, int64_t *ret_after)
{
	int64_t id;
	*ret_after = 0;
	if (!str_int(j->input, &id) || (j->at.n && !str_int(j->at, ret_after)))
		return ERR_INTERNAL;
	return find(cx, id, ret);
}

enum err group_assign_step(struct ctx *cx, struct job *j)
{
	assign_row a;
	struct group_members_some_row *people;
	int64_t after, asked = 0;
	size_t n;
	TRY(where(cx, j, &a, &after));
	if (j->cancel) {
		j->ended = true;
		return take_back(cx, &a, NULL);
	}
	struct assign_many in = act_of(&a);
	TRY(group_sql_members_some(cx, a.group_id, after, PEOPLE_A_STEP, &people, &n));
	int64_t upto = n ? people[n - 1].person_id : after;
	TRY(enrolment_assign_members(cx, &in, a.group_id, after, upto, &asked));
	if (asked)
		TRY(group_sql_assign_some(cx, asked, a.id, NULL));
	j->total = a.n_people;
	j->done += (int64_t)n;
	j->ended = n < PEOPLE_A_STEP;
	j->at = str_fmt(cx->arena, "%lld", (long long)upto);
	if (!j->ended)
		return OK;
	TRY(notice_assigned_many(cx, in.id));
	return group_sql_assign_done(cx, cx->now, a.id, NULL);
}

enum err group_unassign_step(struct ctx *cx, struct job *j)
{
	assign_row a;
	int64_t after, withdrawn = 0;
	TRY(where(cx, j, &a, &after));
	struct assign_many in = act_of(&a);
	TRY(enrolment_unassign_many(cx, &in, &after, PEOPLE_A_STEP, &withdrawn, &j->ended));
	if (withdrawn)
		TRY(group_sql_assign_undo_some(cx, withdrawn, a.id, NULL));
	j->total = a.n_assigned;
	j->done += withdrawn;
	j->at = str_fmt(cx->arena, "%lld", (long long)after);
	return j->ended ? group_sql_assign_undone(cx, cx->now, a.id, NULL) : OK;
}
