/* Groups: making, changing, ending them, and following the change of a person; see group.h. */
#include "feature/group/group.h"
#include "base/utf8.h"
#include "feature/group/rule_words.h"
#include "feature/person/person.h"

#define SWEEP_EVERY (6 * HOUR)

const struct job_kind group_jobs[] = {
	{ .name = "group.daily", .title = N_("Groups as the days pass"), .act = group_sweep_act, .step = group_sweep_step, .every = SWEEP_EVERY },
	{ .name = "group.sweep", .title = N_("Groups after many changes"), .act = group_sweep_act, .step = group_sweep_step },
	{ .name = "group.fill", .title = N_("Members of a group"), .act = group_sweep_act, .step = group_sweep_step },
	{ .name = "group.count", .title = N_("Counting for an assignment"), .act = group_count_act, .step = group_count_step },
	{ .name = "group.assign", .title = N_("Assigning a course to a group"), .step = group_assign_step },
	{ .name = "group.unassign", .title = N_("Taking back an assignment to a group"), .step = group_unassign_step },
	{ 0 },
};

/* ── bringing the members of one group up to date ── */

static enum err settle_here(struct ctx *cx, const struct group_one_row *g)
{
	struct pass *p = pass_new(person_today(cx));
	struct people fit, enter, leave;
	struct changes c = { 0 };
	enum err e = pass_add(cx, p, g->id, g->org_id, g->rule, g->ended_at != NONE);
	if (e == OK)
		e = pass_below(cx, p, g->id, &fit, &enter, &leave);
	if (e == OK) {
		c.v = ARENA_ARRAY(cx->arena, struct change, enter.n + leave.n);
		for (size_t i = 0; i < enter.n; i++)
			c.v[c.n++] = (struct change){ g->id, enter.v[i], true };
		for (size_t i = 0; i < leave.n; i++)
			c.v[c.n++] = (struct change){ g->id, leave.v[i], false };
		e = pass_write(cx, &c);
	}
	pass_free(p);
	return e == OK ? group_sql_settle(cx, g->revision, g->id, NULL) : e;
}

/* How many people would have to be looked at; counted no further than needed. */
static enum err head_count(struct ctx *cx, const struct group_one_row *g, int64_t *ret)
{
	struct group_head_count_row head;
	struct rule r = { 0 };
	int64_t *roots;
	size_t n;
	*ret = g->members;
	if (g->ended_at == NONE)
		TRY(rule_parse(cx, g->rule, &r));
	rule_roots(cx->arena, &r, g->org_id, &roots, &n);
	for (size_t i = 0; i < n && *ret <= GROUP_SMALL; i++) {
		TRY(group_sql_head_count(cx, roots[i], person_today(cx), GROUP_SMALL + 1, &head));
		*ret += head.n;
	}
	return OK;
}

/* Few people: at once. Many: a job. */
static enum err settle(struct ctx *cx, int64_t group_id)
{
	struct group_one_row g;
	int64_t people;
	bool found = false;
	TRY(group_sql_one(cx, group_id, &g, &found));
	TRY(head_count(cx, &g, &people));
	if (people <= GROUP_SMALL)
		return settle_here(cx, &g);
	struct str id = str_fmt(cx->arena, "%lld", (long long)group_id);
	int64_t job;
	TRY(job_add(cx, &(struct job_add){ .kind = "group.fill", .once = id, .input = id, .asked_by = cx->actor.person_id ? cx->actor.person_id : NONE },
		    &job));
	return group_sql_set_job(cx, job, group_id, NULL);
}

/* ── making and changing ── */

struct checked {
	struct rule rule;
	struct str name, json, words_en, words_hi;
};

static enum err check(struct ctx *cx, int64_t org_id, struct str name, struct str json, struct checked *ret)
{
	struct rule_names names;
	ret->name = str_trim(name);
	enum err e = OK;
	if (!ret->name.n)
		e = fail(cx, ERR_INVALID, "name", N_("A group needs a name."));
	if (utf8_length(ret->name) > GROUP_NAME_MAX)
		e = fail(cx, ERR_INVALID, "name", N_("A name has at most 120 letters."));
	TRY(rule_parse(cx, json, &ret->rule));
	TRY(rule_names_of(cx, org_id, &ret->rule, &names));
	TRY(e);
	ret->json = rule_json(cx, &ret->rule);
	ret->words_en = rule_words(cx, LANG_EN, &ret->rule, &names);
	ret->words_hi = rule_words(cx, LANG_HI, &ret->rule, &names);
	return OK;
}

static enum err note_courses(struct ctx *cx, int64_t group_id, const struct rule *r)
{
	TRY(group_sql_forget_courses(cx, group_id, NULL));
	for (size_t i = 0; i < r->n; i++)
		for (size_t k = 0; k < r->any[i].n; k++)
			if (r->any[i].all[k].kind == IS_COMPLETED || r->any[i].all[k].kind == IS_NOT_COMPLETED)
				TRY(group_sql_note_course(cx, r->any[i].all[k].ids[0], group_id, NULL));
	return OK;
}

enum err group_add(struct ctx *cx, const struct group_add *in, int64_t *ret_id)
{
	struct checked c;
	int64_t id = new_id(cx);
	TRY(check(cx, in->org_id, in->name, in->rule, &c));
	TRY(group_sql_add(cx, id, in->org_id, c.name, c.json, c.words_en, c.words_hi, cx->actor.person_id ? cx->actor.person_id : NONE, cx->now, NULL));
	TRY(note_courses(cx, id, &c.rule));
	*ret_id = id;
	return settle(cx, id);
}

enum err group_change(struct ctx *cx, int64_t group_id, struct str name, struct str rule)
{
	struct group_one_row g;
	struct checked c;
	bool found = false;
	TRY(group_sql_one(cx, group_id, &g, &found));
	if (!found || g.ended_at != NONE)
		return fail(cx, ERR_NOT_FOUND, "", N_("There is no such group, or it has ended."));
	TRY(check(cx, g.org_id, name, rule, &c));
	TRY(group_sql_change(cx, c.name, c.json, c.words_en, c.words_hi, cx->now, group_id, NULL));
	TRY(note_courses(cx, group_id, &c.rule));
	return settle(cx, group_id);
}

enum err group_end(struct ctx *cx, int64_t group_id)
{
	int64_t changed = 0;
	TRY(group_sql_end(cx, cx->now, group_id, &changed));
	if (!changed)
		return fail(cx, ERR_CONFLICT, "", N_("This group has ended already."));
	TRY(group_sql_forget_courses(cx, group_id, NULL));
	return settle(cx, group_id);
}

/* ── what a rule would do ── */

static int64_t first_of(const struct people *p, int64_t *ret)
{
	for (size_t i = 0; i < 8; i++)
		ret[i] = i < p->n ? p->v[i] : 0;
	return (int64_t)p->n;
}

enum err group_preview(struct ctx *cx, int64_t org_id, int64_t group_id, const struct rule *r, struct group_preview *ret)
{
	struct pass *p = pass_new(person_today(cx));
	struct people fit, enter, leave;
	pass_add_rule(p, group_id == NONE ? 0 : group_id, org_id, r);
	enum err e = pass_below(cx, p, group_id, &fit, &enter, &leave);
	if (e == OK) {
		ret->n_fit = first_of(&fit, ret->fit);
		ret->n_enter = first_of(&enter, ret->enter);
		ret->n_leave = first_of(&leave, ret->leave);
	}
	pass_free(p);
	return e;
}

/* ── one person ── */

enum err group_person_changed(struct ctx *cx, int64_t person_id, int64_t course_id)
{
	struct group_course_concerns_row any;
	struct group_concerning_row *groups;
	struct changes c;
	size_t n;
	bool found = true;
	if (course_id != NONE)
		TRY(group_sql_course_concerns(cx, course_id, &any, &found));
	if (!found)
		return OK;
	TRY(group_sql_concerning(cx, course_id, person_id, person_today(cx), &groups, &n));
	if (!n)
		return OK;
	struct pass *p = pass_new(person_today(cx));
	enum err e = OK;
	for (size_t i = 0; e == OK && i < n; i++)
		e = pass_add(cx, p, groups[i].id, groups[i].org_id, groups[i].rule, false);
	if (e == OK)
		e = pass_range(cx, p, person_id - 1, person_id, NONE, &c);
	if (e == OK)
		e = pass_write(cx, &c);
	pass_free(p);
	return e;
}
