/* Movements as days pass: those whose day has come, those that nobody decides. */
#include "feature/movement/movement.h"
#include "feature/person/person.h"

static enum err due_step(struct ctx *cx, struct job *j)
{
	struct movement_due_row *r;
	size_t n;
	TRY(movement_sql_due(cx, person_today(cx), &r, &n));
	for (size_t i = 0; i < n; i++)
		TRY(movement_carry_out(cx, r[i].id));
	j->done += (int64_t)n;
	j->ended = n == 0;
	return OK;
}

/* The next above is asked; at the top the same stay asked, and the clock stops. */
static enum err escalate(struct ctx *cx, const struct movement_overdue_row *m)
{
	struct movement_distance_row d;
	struct movement_judge_row next;
	bool found = false, above = false;
	TRY(movement_sql_distance(cx, m->org_id, m->judge_id, &d, &found));
	if (found)
		TRY(movement_sql_judge(cx, m->org_id, d.distance + 1, m->person_id, &next, &above));
	if (!above)
		return movement_sql_escalate(cx, m->judge_id, NONE, m->id, NULL);
	TRY(movement_sql_escalate(cx, next.above_id, cx->now + MOVEMENT_PATIENCE, m->id, NULL));
	return movement_tell_judges(cx, m->id, m->person_id, next.above_id, 1);
}

static enum err escalate_step(struct ctx *cx, struct job *j)
{
	struct movement_overdue_row *r;
	size_t n;
	TRY(movement_sql_overdue(cx, cx->now, &r, &n));
	for (size_t i = 0; i < n; i++)
		TRY(escalate(cx, &r[i]));
	j->done += (int64_t)n;
	j->ended = n == 0;
	return OK;
}

const struct job_kind movement_jobs[] = {
	{ .name = "movement.due", .title = N_("Movements whose day has come"), .step = due_step, .every = HOUR },
	{ .name = "movement.escalate", .title = N_("Movements that nobody has decided"), .step = escalate_step, .every = HOUR },
	{ 0 },
};
