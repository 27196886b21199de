/* How far each of those is who are admitted to a batch; see batch_far.h. */
#include "feature/programme/batch_far.h"
#include "feature/org/org.h"
#include "feature/person/person.h"

struct far {
	struct programme_batch_rule_row rule;
	struct batch_far_parts_row *parts;
	struct batch_far_sessions_row *there;
	struct batch_far_session_parts_row *session_parts;
	size_t n_parts, n_there, n_session_parts;
	int64_t n_sessions;
};

static enum err read_far(struct ctx *cx, int64_t batch_id, int64_t after_id, struct far *f)
{
	struct batch_n_sessions_row sessions;
	bool found = false;
	*f = (struct far){ 0 };
	TRY(programme_sql_batch_rule(cx, batch_id, &f->rule, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "batch_id", N_("There is no such batch."));
	TRY(batch_sql_far_parts(cx, batch_id, after_id, BATCH_FAR_PAGE, &f->parts, &f->n_parts));
	TRY(batch_sql_far_sessions(cx, batch_id, after_id, BATCH_FAR_PAGE, &f->there, &f->n_there));
	TRY(batch_sql_far_session_parts(cx, batch_id, &f->session_parts, &f->n_session_parts));
	TRY(batch_sql_n_sessions(cx, batch_id, &sessions));
	f->n_sessions = sessions.n;
	return OK;
}

static bool was_at(const struct far *f, int64_t person_id, int64_t part_id)
{
	for (size_t i = 0; i < f->n_there; i++)
		if (f->there[i].person_id == person_id && f->there[i].part_id == part_id)
			return true;
	return false;
}

static void put_verdict(const struct far *f, struct rule_part *parts, struct batch_far *p)
{
	size_t n = 0;
	for (size_t i = 0; i < f->n_parts; i++)
		if (f->parts[i].person_id == p->person_id)
			parts[n++] = (struct rule_part){ .must = f->parts[i].must, .done = f->parts[i].done, .left_out = f->parts[i].over };
	for (size_t i = 0; i < f->n_session_parts; i++) {
		const struct batch_far_session_parts_row *t = &f->session_parts[i];
		parts[n++] = (struct rule_part){ .must = t->must, .session = true, .done = was_at(f, p->person_id, t->id), .left_out = t->over || !t->n };
	}
	for (size_t i = 0; i < f->n_there; i++)
		p->n_attended += f->there[i].person_id == p->person_id;
	p->n_sessions = f->n_sessions;
	p->rule = programme_rule(&(struct rule_in){ parts, n, f->n_sessions, p->n_attended, f->rule.least_sessions, f->rule.least_others });
}

enum err batch_far(struct ctx *cx, const struct batch_one_row *b, int64_t after_id, struct batch_far **ret, size_t *ret_n, bool *ret_more)
{
	struct batch_far_people_row *p;
	struct far f;
	size_t n;
	TRY(batch_sql_far_people(cx, person_today(cx), b->id, after_id, BATCH_FAR_PAGE + 1, &p, &n));
	TRY(read_far(cx, b->id, after_id, &f));
	*ret_more = n > BATCH_FAR_PAGE;
	*ret_n = *ret_more ? BATCH_FAR_PAGE : n;
	*ret = ARENA_ARRAY(cx->arena, struct batch_far, *ret_n + 1);
	struct rule_part *parts = ARENA_ARRAY(cx->arena, struct rule_part, f.n_parts + f.n_session_parts + 1);
	for (size_t i = 0; i < *ret_n; i++) {
		(*ret)[i] = (struct batch_far){ .person_id = p[i].id,
						.completed_at = p[i].completed_at,
						.name = p[i].name,
						.org = p[i].org_en.n ? org_name(cx, p[i].org_en, p[i].org_hi) : S("") };
		put_verdict(&f, parts, &(*ret)[i]);
	}
	return OK;
}
