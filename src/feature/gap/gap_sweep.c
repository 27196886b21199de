/* Settling many: changes of roles and posts, and passing days; see gap.h. */
#include "feature/gap/gap.h"
#include "feature/person/person.h"

enum { PEOPLE_A_STEP = 200 };

struct people {
	int64_t *v;
	size_t n;
};

/* The next people whom a change concerns. */
static enum err concerned(struct ctx *cx, struct str kind, int64_t subject_id, int64_t after, int64_t most, struct people *ret)
{
	struct gap_of_role_row *role = NULL;
	struct gap_of_post_row *post = NULL;
	struct gap_of_all_row *all = NULL;
	if (str_is(kind, "role"))
		TRY(gap_sql_of_role(cx, subject_id, after, most, &role, &ret->n));
	else if (str_is(kind, "post"))
		TRY(gap_sql_of_post(cx, subject_id, after, most, &post, &ret->n));
	else
		TRY(gap_sql_of_all(cx, after, most, &all, &ret->n));
	ret->v = ARENA_ARRAY(cx->arena, int64_t, ret->n);
	for (size_t i = 0; i < ret->n; i++)
		ret->v[i] = role ? role[i].person_id : post ? post[i].person_id : all[i].person_id;
	return OK;
}

static enum err later(struct ctx *cx, const char *kind, int64_t subject_id)
{
	TRY(gap_sql_change_add(cx, new_id(cx), str_of(kind), subject_id, NULL));
	return job_add(cx, &(struct job_add){ .kind = "gap.sweep", .once = S("all"), .asked_by = NONE }, NULL);
}

static enum err changed(struct ctx *cx, const char *kind, int64_t subject_id)
{
	struct people p = { 0 };
	if (cx->bulk)
		return OK;
	TRY(concerned(cx, str_of(kind), subject_id, 0, GAP_AT_ONCE + 1, &p));
	return p.n > GAP_AT_ONCE ? later(cx, kind, subject_id) : gap_settle_many(cx, p.v, p.n);
}

enum err gap_role_changed(struct ctx *cx, int64_t role_id)
{
	return changed(cx, "role", role_id);
}

enum err gap_post_changed(struct ctx *cx, int64_t post_id)
{
	return changed(cx, "post", post_id);
}

enum err gap_sweep_soon(struct ctx *cx)
{
	return later(cx, "all", 0);
}

enum err gap_competencies_changed(struct ctx *cx)
{
	struct gap_anything_row r;
	bool found = false;
	TRY(gap_sql_anything(cx, &r, &found));
	return found ? gap_sweep_soon(cx) : OK;
}

/* ── jobs ── */

static enum err sweep_step(struct ctx *cx, struct job *j)
{
	struct gap_change_next_row c;
	struct people p = { 0 };
	bool found = false;
	TRY(gap_sql_change_next(cx, &c, &found));
	j->ended = !found;
	if (!found)
		return OK;
	TRY(concerned(cx, c.kind, c.subject_id, c.after_id, PEOPLE_A_STEP, &p));
	TRY(gap_settle_many(cx, p.v, p.n));
	j->done += (int64_t)p.n;
	return p.n < PEOPLE_A_STEP ? gap_sql_change_done(cx, c.id, NULL) : gap_sql_change_at(cx, p.v[p.n - 1], c.id, NULL);
}

/* A competency that came into force or went out of it may be asked of anybody. */
static enum err day_ends(struct ctx *cx, int64_t since, int64_t day)
{
	struct gap_competency_turns_row c;
	bool found = false;
	TRY(gap_sql_competency_turns(cx, since, day, &c, &found));
	if (found && since)
		TRY(gap_competencies_changed(cx));
	return gap_sql_day_done(cx, day, NULL);
}

/* Where to go on: "DAY PERSON". */
static enum err day_step(struct ctx *cx, struct job *j)
{
	struct gap_day_row last;
	struct gap_of_day_row *r;
	struct str rest = j->at, word;
	int64_t day = person_today(cx), after = 0;
	bool found = false;
	TRY(gap_sql_day(cx, &last, &found));
	j->ended = found && last.day >= day && !j->at.n;
	if (j->ended)
		return OK;
	if (j->at.n && !(str_cut(&rest, ' ', &word) && str_int(word, &day) && str_int(rest, &after)))
		return ERR_INTERNAL;
	struct people p = { 0 };
	TRY(gap_sql_of_day(cx, day, after, PEOPLE_A_STEP, found ? last.day : 0, &r, &p.n));
	p.v = ARENA_ARRAY(cx->arena, int64_t, p.n);
	for (size_t i = 0; i < p.n; i++)
		p.v[i] = r[i].person_id;
	TRY(gap_settle_many(cx, p.v, p.n));
	j->done += (int64_t)p.n;
	j->ended = p.n < PEOPLE_A_STEP;
	j->at = j->ended ? STR_NONE : str_fmt(cx->arena, "%lld %lld", (long long)day, (long long)p.v[p.n - 1]);
	return j->ended ? day_ends(cx, found ? last.day : 0, day) : OK;
}

const struct job_kind gap_jobs[] = {
	{ .name = "gap.sweep", .title = N_("Settling gaps after a change of work"), .step = sweep_step },
	{ .name = "gap.day", .title = N_("Settling gaps that time has changed"), .step = day_step, .every = HOUR },
	{ .name = NULL },
};
