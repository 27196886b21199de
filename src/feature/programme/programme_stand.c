/* How far somebody is in a programme, and its completion; see programme.h. */
#include "feature/programme/programme_certificate.h"
#include "feature/programme/programme.h"

enum { RECHECK_STEP = 50, TOUCHED_STEP = 500 };

/* ── what is done of each part ── */

static const char *const says[PART_STATES] = {
	[PART_DONE] = N_("done"),
	[PART_OPEN] = N_("still to be done"),
	[PART_TO_COME] = N_("to come"),
	[PART_WAITS] = N_("handed in; the coordinator has not looked at it yet"),
	[PART_RETURNED] = N_("sent back: read what the coordinator says, and hand it in again"),
	[PART_MISSED] = N_("you were not there, or it is not noted yet"),
	[PART_LEFT_OUT] = N_("not asked any more"),
};

const char *part_state_says(struct str kind, enum part_state state)
{
	if (state == PART_OPEN && str_is(kind, "course"))
		return N_("still to be completed");
	if (state == PART_OPEN && str_is(kind, "exam"))
		return N_("still to be passed");
	if (state == PART_OPEN && str_is(kind, "assignment"))
		return N_("still to be handed in");
	return state == PART_OPEN && str_is(kind, "survey") ? N_("still to be answered") : says[state];
}

struct standing {
	struct programme_part_stands_row *parts;
	struct programme_session_stands_row *sessions;
	size_t n_parts, n_sessions;
};

/* The sessions of a part are different dates for the same: one of them is enough. */
static void by_session(const struct ctx *cx, const struct standing *s, struct part_stand *p)
{
	p->state = PART_LEFT_OUT;
	for (size_t i = 0; i < s->n_sessions && p->state != PART_DONE; i++) {
		const struct programme_session_stands_row *v = &s->sessions[i];
		bool to_come = v->ends_at > cx->now;
		if (v->part_id != p->id || !(v->attended || p->state == PART_LEFT_OUT || (to_come && p->state == PART_MISSED)))
			continue;
		p->state = v->attended ? PART_DONE : to_come ? PART_TO_COME : PART_MISSED;
		p->session_id = v->id;
		p->starts_at = v->starts_at;
		p->ends_at = v->ends_at;
		p->done_at = v->attended ? v->ends_at : NONE;
	}
}

static void by_work(const struct programme_part_stands_row *r, struct part_stand *p)
{
	struct str state = r->work_state.p ? r->work_state : S("");
	p->work_id = r->work_id;
	p->said = r->said.p ? r->said : S("");
	p->state = str_is(state, "accepted") ? PART_DONE : str_is(state, "given") ? PART_WAITS : str_is(state, "returned") ? PART_RETURNED : PART_OPEN;
	p->done_at = p->state == PART_DONE ? r->work_at : NONE;
}

static struct part_stand stand_of(const struct ctx *cx, const struct standing *s, const struct programme_part_stands_row *r)
{
	struct part_stand p = { .id = r->id,
				.course_id = r->course_id,
				.exam_id = r->exam_id,
				.session_id = NONE,
				.kind = r->kind,
				.phase = r->phase,
				.title = r->title,
				.title_hi = r->title_hi,
				.words = r->words,
				.must = r->must,
				.state = PART_OPEN,
				.done_at = NONE,
				.starts_at = NONE,
				.ends_at = NONE,
				.work_id = NONE,
				.said = S("") };
	if (str_is(r->kind, "session"))
		by_session(cx, s, &p);
	else if (str_is(r->kind, "assignment") || str_is(r->kind, "survey"))
		by_work(r, &p);
	else if (str_is(r->kind, "course"))
		p.done_at = r->completed_at;
	else
		p.done_at = r->passed_at;
	if (p.done_at != NONE)
		p.state = PART_DONE;
	if (r->ended_at != NONE && p.state != PART_DONE)
		p.state = PART_LEFT_OUT;
	return p;
}

static struct rule_verdict verdict(struct ctx *cx, const struct programme_progress *v, int64_t least_others)
{
	struct rule_part *parts = ARENA_ARRAY(cx->arena, struct rule_part, v->n_parts + 1);
	for (size_t i = 0; i < v->n_parts; i++)
		parts[i] = (struct rule_part){ v->parts[i].must, str_is(v->parts[i].kind, "session"), v->parts[i].state == PART_DONE,
					       v->parts[i].state == PART_LEFT_OUT };
	return programme_rule(&(struct rule_in){ parts, v->n_parts, v->n_sessions, v->n_attended, v->least_sessions, least_others });
}

/* By phase, each in its order. */
static void put_parts(struct ctx *cx, const struct standing *s, struct programme_progress *v)
{
	static const char *const phases[] = { "before", "during", "after" };
	v->parts = ARENA_ARRAY(cx->arena, struct part_stand, s->n_parts + 1);
	for (size_t k = 0; k < sizeof phases / sizeof *phases; k++)
		for (size_t i = 0; i < s->n_parts; i++) {
			if (!str_is(s->parts[i].phase, phases[k]))
				continue;
			struct part_stand p = stand_of(cx, s, &s->parts[i]);
			if (p.state != PART_LEFT_OUT)
				v->parts[v->n_parts++] = p;
		}
}

enum err programme_progress(struct ctx *cx, int64_t batch_id, int64_t person_id, struct programme_progress *ret)
{
	struct programme_batch_rule_row b;
	struct programme_completed_row done;
	struct standing s = { 0 };
	bool found = false;
	TRY(programme_sql_batch_rule(cx, batch_id, &b, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "batch_id", N_("There is no such batch."));
	*ret = (struct programme_progress){ .programme_id = b.programme_id,
					    .batch_id = b.id,
					    .batch_state = b.state,
					    .least_sessions = b.least_sessions,
					    .completed_at = NONE,
					    .completed_batch_id = NONE,
					    .serial = S("") };
	TRY(programme_sql_part_stands(cx, person_id, batch_id, b.programme_id, &s.parts, &s.n_parts));
	TRY(programme_sql_session_stands(cx, person_id, batch_id, &s.sessions, &s.n_sessions));
	put_parts(cx, &s, ret);
	ret->n_sessions = (int64_t)s.n_sessions;
	for (size_t i = 0; i < s.n_sessions; i++)
		ret->n_attended += s.sessions[i].attended;
	ret->rule = verdict(cx, ret, b.least_others);
	TRY(programme_sql_completed(cx, b.programme_id, person_id, &done, &ret->completed));
	if (ret->completed) {
		ret->completed_at = done.at;
		ret->completed_batch_id = done.batch_id;
		ret->serial = done.serial;
	}
	return OK;
}

/* ── completion ── */

enum err programme_consider(struct ctx *cx, int64_t batch_id, int64_t person_id)
{
	struct programme_to_consider_row b;
	struct programme_progress v;
	bool found = false;
	TRY(programme_sql_to_consider(cx, person_id, batch_id, &b, &found));
	if (!found)
		return OK;
	TRY(programme_progress(cx, batch_id, person_id, &v));
	return v.rule.met ? programme_certify(cx, b.programme_id, batch_id, person_id) : OK;
}

enum err programme_person_changed(struct ctx *cx, int64_t person_id, int64_t course_id)
{
	struct programme_with_course_row *with;
	struct programme_admitted_to_row *all;
	size_t n;
	if (course_id != NONE) {
		TRY(programme_sql_with_course(cx, course_id, person_id, &with, &n));
		for (size_t i = 0; i < n; i++)
			TRY(programme_consider(cx, with[i].id, person_id));
		return OK;
	}
	TRY(programme_sql_admitted_to(cx, person_id, &all, &n));
	for (size_t i = 0; i < n; i++)
		TRY(programme_consider(cx, all[i].id, person_id));
	return OK;
}

enum err programme_exam_passed(struct ctx *cx, int64_t person_id, int64_t exam_id)
{
	struct programme_with_exam_row *with;
	size_t n;
	TRY(programme_sql_with_exam(cx, exam_id, person_id, &with, &n));
	for (size_t i = 0; i < n; i++)
		TRY(programme_consider(cx, with[i].id, person_id));
	return OK;
}

/* ── all of a batch, by a job ── */

enum err programme_recheck(struct ctx *cx, int64_t batch_id)
{
	struct str id = str_fmt(cx->arena, "%lld", (long long)batch_id);
	return job_add(cx, &(struct job_add){ .kind = "programme.recheck", .input = id, .asked_by = cx->actor.person_id ? actor_hand(&cx->actor) : NONE },
		       NULL);
}

enum err programme_recheck_all(struct ctx *cx, int64_t programme_id)
{
	struct programme_running_row *b;
	size_t n;
	TRY(programme_sql_running(cx, programme_id, &b, &n));
	for (size_t i = 0; i < n; i++)
		TRY(programme_recheck(cx, b[i].id));
	return OK;
}

static enum err recheck_step(struct ctx *cx, struct job *j)
{
	struct programme_next_admitted_row *m;
	int64_t batch_id, after = 0;
	size_t n;
	if (!str_int(j->input, &batch_id) || (j->at.n && !str_int(j->at, &after)))
		return ERR_INTERNAL;
	TRY(programme_sql_next_admitted(cx, batch_id, after, RECHECK_STEP, &m, &n));
	for (size_t i = 0; i < n; i++)
		TRY(programme_consider(cx, batch_id, m[i].person_id));
	j->done += (int64_t)n;
	j->ended = n < RECHECK_STEP;
	if (n)
		j->at = str_fmt(cx->arena, "%lld", (long long)m[n - 1].person_id);
	return OK;
}

/* ── all whom a staff list touched, by a job ── */

enum err programme_imported(struct ctx *cx, int64_t import_id)
{
	return job_add(cx, &(struct job_add){ .kind = "programme.imported", .input = str_fmt(cx->arena, "%lld", (long long)import_id), .asked_by = NONE },
		       NULL);
}

static enum err imported_step(struct ctx *cx, struct job *j)
{
	struct programme_last_touched_row last;
	struct programme_touched_row *r;
	int64_t import_id, after = 0;
	size_t n;
	if (!str_int(j->input, &import_id) || (j->at.n && !str_int(j->at, &after)))
		return ERR_INTERNAL;
	TRY(programme_sql_last_touched(cx, import_id, &last));
	TRY(programme_sql_touched(cx, import_id, after, after + TOUCHED_STEP, &r, &n));
	for (size_t i = 0; i < n; i++)
		TRY(programme_consider(cx, r[i].id, r[i].person_id));
	after += TOUCHED_STEP;
	j->total = last.n;
	j->done = after < last.n ? after : last.n;
	j->ended = after >= last.n;
	j->at = str_fmt(cx->arena, "%lld", (long long)after);
	return OK;
}

/* ── two accounts are one ── */

enum err programme_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	TRY(programme_sql_move_coordinator(cx, kept_id, closed_id, NULL));
	TRY(programme_sql_forget_coordinator(cx, closed_id, NULL));
	TRY(programme_certificates_merge(cx, kept_id, closed_id));
	TRY(programme_sql_older_work(cx, closed_id, kept_id, NULL));
	TRY(programme_sql_forget_drafts(cx, closed_id, kept_id, NULL));
	return programme_sql_move_work(cx, kept_id, closed_id, NULL);
}

const struct job_kind programme_jobs[] = {
	{ .name = "programme.recheck", .title = N_("Looking who has completed a programme"), .step = recheck_step },
	{ .name = "programme.imported", .title = N_("Looking who of a staff list has completed a programme"), .step = imported_step },
	{ .name = NULL },
};
