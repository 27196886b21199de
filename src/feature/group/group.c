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

/* Where a rule names people, and did before, only those can enter or leave in whom the two differ. */
static enum err settle_named(struct ctx *cx, const struct group_one_row *g, const struct people *moved)
{
	struct pass *p = pass_new(person_today(cx));
	struct changes one, all = { 0 };
	enum err e = pass_add(cx, p, g->id, g->org_id, g->rule, false);
	for (size_t i = 0; e == OK && i < moved->n; i++) {
		e = pass_range(cx, p, moved->v[i] - 1, moved->v[i], g->id, &one);
		for (size_t k = 0; e == OK && k < one.n; k++)
			*ARENA_PUSH(cx->arena, all.v, all.n) = one.v[k];
	}
	pass_free(p);
	TRY(e);
	TRY(pass_write(cx, &all));
	return group_sql_settle(cx, g->revision, g->id, NULL);
}

/* Few people: at once. Many: a job. moved: whom alone the change concerns, or NULL. */
static enum err settle(struct ctx *cx, int64_t group_id, const struct people *moved)
{
	struct group_one_row g;
	int64_t people;
	bool found = false;
	TRY(group_sql_one(cx, group_id, &g, &found));
	TRY(head_count(cx, &g, &people));
	if (people <= GROUP_SMALL)
		return settle_here(cx, &g);
	if (moved && moved->n <= GROUP_SMALL)
		return settle_named(cx, &g, moved);
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

/* was: the rule that stands, or NULL. */
static enum err check(struct ctx *cx, int64_t org_id, struct str name, struct str json, const struct rule *was, struct checked *ret)
{
	struct rule_names names;
	ret->name = str_trim(name);
	enum err e = OK;
	if (!ret->name.n)
		e = fail(cx, ERR_INVALID, "name", N_("A group needs a name."));
	if (utf8_length(ret->name) > GROUP_NAME_MAX)
		e = fail(cx, ERR_INVALID, "name", N_("A name has at most 120 letters."));
	TRY(rule_parse(cx, json, &ret->rule));
	TRY(rule_names_of(cx, org_id, &ret->rule, was, &names));
	TRY(e);
	/* It may be longer than what was read: ids are texts here. */
	ret->json = rule_json(cx, &ret->rule);
	if (ret->json.n > RULE_BYTES_MAX)
		return fail(cx, ERR_INVALID, "rule", N_("must be JSON of at most 60,000 bytes"));
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
	struct people named;
	int64_t id = new_id(cx);
	TRY(check(cx, in->org_id, in->name, in->rule, NULL, &c));
	TRY(group_sql_add(cx, id, in->org_id, c.name, c.json, c.words_en, c.words_hi, cx->actor.person_id ? cx->actor.person_id : NONE, cx->now, NULL));
	TRY(note_courses(cx, id, &c.rule));
	*ret_id = id;
	return settle(cx, id, rule_named(cx->arena, &c.rule, &named.v, &named.n) ? &named : NULL);
}

/* Who is named by one of two rules and not by the other; false: one of them asks for more. */
static bool differ(struct arena *a, const struct rule *r, const struct rule *was, struct people *ret)
{
	struct people x, y;
	size_t i = 0, k = 0;
	*ret = (struct people){ 0 };
	if (!rule_named(a, r, &x.v, &x.n) || !rule_named(a, was, &y.v, &y.n))
		return false;
	while (i < x.n || k < y.n) {
		if (i < x.n && k < y.n && x.v[i] == y.v[k]) {
			i++;
			k++;
		} else {
			*ARENA_PUSH(a, ret->v, ret->n) = k == y.n || (i < x.n && x.v[i] < y.v[k]) ? x.v[i++] : y.v[k++];
		}
	}
	return true;
}

enum err group_change(struct ctx *cx, int64_t group_id, struct str name, struct str rule)
{
	struct group_one_row g;
	struct checked c;
	struct rule was;
	struct people moved;
	bool found = false;
	TRY(group_sql_one(cx, group_id, &g, &found));
	if (!found || g.ended_at != NONE)
		return fail(cx, ERR_NOT_FOUND, "", N_("There is no such group, or it has ended."));
	TRY(rule_parse(cx, g.rule, &was));
	TRY(check(cx, g.org_id, name, rule, &was, &c));
	bool known = g.settled == g.revision && differ(cx->arena, &c.rule, &was, &moved);
	TRY(group_sql_change(cx, c.name, c.json, c.words_en, c.words_hi, cx->now, group_id, NULL));
	TRY(note_courses(cx, group_id, &c.rule));
	return settle(cx, group_id, known ? &moved : NULL);
}

enum err group_end(struct ctx *cx, int64_t group_id)
{
	int64_t changed = 0;
	TRY(group_sql_end(cx, cx->now, group_id, &changed));
	if (!changed)
		return fail(cx, ERR_CONFLICT, "", N_("This group has ended already."));
	TRY(group_sql_forget_courses(cx, group_id, NULL));
	return settle(cx, group_id, NULL);
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
