/* Groups: drawn, kept, confirmed; who comes late; small ones joined. See charcha.h. */
#include "base/json.h"
#include "feature/charcha/charcha.h"

#include <jansson.h>

enum { PLAN_MAX = 1 << 20 };

/* ── drawing ── */

static struct draw_person drawn_of(const struct charcha_coming_row *r)
{
	return (struct draw_person){ r->person_id, { r->department_id, draw_band(r->pay_level), r->place_id } };
}

static struct str plan_of(struct ctx *cx, const struct charcha_coming_row *people, size_t n, const struct draw_result *d)
{
	struct buf b;
	struct json_out j = { &b, false };
	buf_init(&b, cx->arena, PLAN_MAX);
	uint32_t *size = ARENA_ARRAY(cx->arena, uint32_t, d->n_groups);
	int64_t *ids = ARENA_ARRAY(cx->arena, int64_t, (size_t)d->n_groups * DRAW_SIZE_MOST);
	for (size_t i = 0; i < n; i++)
		ids[(size_t)d->group[i] * DRAW_SIZE_MOST + size[d->group[i]]++] = people[i].person_id;
	jw_open(&j, '[');
	for (uint32_t g = 0; g < d->n_groups; g++) {
		jw_open(&j, '[');
		for (uint32_t i = 0; i < size[g]; i++)
			jw_int(&j, ids[(size_t)g * DRAW_SIZE_MOST + i]);
		jw_close(&j, ']');
	}
	jw_close(&j, ']');
	return buf_get(&b);
}

static enum err drawable(struct ctx *cx, int64_t org_id, int64_t charcha_id, struct charcha_one_row *ret)
{
	TRY(charcha_of(cx, org_id, charcha_id, ret));
	if (str_is(ret->state, "draft"))
		return fail(cx, ERR_CONFLICT, "", N_("It is not announced yet."));
	return str_is(ret->state, "open") ? OK : fail(cx, ERR_CONFLICT, "", N_("Groups are drawn and confirmed already."));
}

enum err charcha_draw_try(struct ctx *cx, int64_t org_id, int64_t charcha_id, int64_t seed, struct charcha_drawn *ret)
{
	struct charcha_one_row c;
	struct charcha_coming_row *r;
	struct charcha_whole_figures_row all;
	size_t n;
	TRY(drawable(cx, org_id, charcha_id, &c));
	TRY(charcha_sql_coming(cx, charcha_id, &r, &n));
	if (n < CHARCHA_PEOPLE_LEAST)
		return fail(cx, ERR_CONFLICT, "", N_("Fewer than five people are registered; that is no charcha."));
	if (n > DRAW_PEOPLE_MAX)
		return fail(cx, ERR_CONFLICT, "", N_("More than 10,000 people are registered. Hold charchas in the organisations below."));
	TRY(charcha_sql_whole_figures(cx, charcha_id, &all));
	struct draw_person *people = ARENA_ARRAY(cx->arena, struct draw_person, n);
	for (size_t i = 0; i < n; i++)
		people[i] = drawn_of(&r[i]);
	*ret = (struct charcha_drawn){ .seed = seed, .n_people = (int64_t)n, .n_departments = all.departments };
	ret->result = draw_people(cx->arena, (uint64_t)seed, people, (uint32_t)n, (uint32_t)c.size);
	ret->plan = plan_of(cx, r, n, &ret->result);
	return OK;
}

enum err charcha_draw_keep(struct ctx *cx, int64_t org_id, int64_t charcha_id, const struct charcha_drawn *d, struct str reason, int64_t *ret_id)
{
	struct charcha_one_row c;
	struct charcha_draws_row *draws;
	size_t n;
	TRY(drawable(cx, org_id, charcha_id, &c));
	TRY(charcha_sql_draws(cx, charcha_id, &draws, &n));
	if (n && !str_trim(reason).n)
		return fail(cx, ERR_INVALID, "reason", N_("must be given: groups have been drawn before"));
	if (n >= 50)
		return fail(cx, ERR_CONFLICT, "", N_("Groups have been drawn fifty times. Confirm the last draw."));
	TRY(charcha_sql_draws_replaced(cx, charcha_id, NULL));
	*ret_id = new_id(cx);
	return charcha_sql_draw_add(cx, *ret_id, charcha_id, n ? draws[0].n + 1 : 1, d->seed, reason, d->n_people, d->result.n_groups, d->result.n_single,
				    d->n_departments, d->result.chance, d->result.reached, d->plan, actor_hand(&cx->actor), cx->now, NULL);
}

void charcha_plan_read(struct ctx *cx, struct str plan, struct charcha_planned **ret, size_t *ret_n)
{
	json_t *root = json_loadb(plan.p, plan.n, 0, NULL), *o, *id;
	size_t n = json_array_size(root), i, k;
	*ret = ARENA_ARRAY(cx->arena, struct charcha_planned, n + 1);
	json_array_foreach(root, i, o)
	{
		(*ret)[i] = (struct charcha_planned){ ARENA_ARRAY(cx->arena, int64_t, json_array_size(o) + 1), json_array_size(o) };
		json_array_foreach(o, k, id)(*ret)[i].people[k] = json_integer_value(id);
	}
	*ret_n = n;
	json_decref(root);
}

static enum err make_groups(struct ctx *cx, int64_t charcha_id, struct str plan)
{
	struct charcha_planned *groups;
	size_t n;
	charcha_plan_read(cx, plan, &groups, &n);
	for (size_t g = 0; g < n; g++) {
		int64_t id = new_id(cx);
		TRY(charcha_sql_group_add(cx, id, charcha_id, (int64_t)g + 1, NULL));
		for (size_t i = 0; i < groups[g].n; i++)
			TRY(charcha_sql_set_group(cx, id, charcha_id, groups[g].people[i], NULL)); /* who has withdrawn since leaves a gap */
	}
	return OK;
}

/* Those who registered after the draw. Each is placed by looking at all who are there, so they may not be many. */
static enum err place_rest(struct ctx *cx, int64_t charcha_id)
{
	struct charcha_coming_row *r;
	size_t n, n_late = 0;
	TRY(charcha_sql_coming(cx, charcha_id, &r, &n));
	for (size_t i = 0; i < n; i++)
		n_late += r[i].group_id == NONE;
	if (n_late > CHARCHA_LATE_MAX)
		return fail(cx, ERR_CONFLICT, "", N_("More than a hundred people have registered since this draw. Draw once more."));
	for (size_t i = 0; i < n; i++) {
		const struct charcha_standing_row s = { .pay_level = r[i].pay_level, .department_id = r[i].department_id, .place_id = r[i].place_id };
		int64_t group_id;
		if (r[i].group_id != NONE)
			continue;
		TRY(charcha_best_group(cx, charcha_id, &s, &group_id));
		if (group_id == NONE)
			return fail(cx, ERR_CONFLICT, "", N_("So many have registered since this draw that groups have no room. Draw once more."));
		TRY(charcha_sql_set_group(cx, group_id, charcha_id, r[i].person_id, NULL));
	}
	return OK;
}

enum err charcha_draw_confirm(struct ctx *cx, int64_t org_id, int64_t charcha_id, int64_t draw_id)
{
	struct charcha_one_row c;
	struct charcha_draw_one_row d;
	struct str id = str_fmt(cx->arena, "%lld", (long long)charcha_id);
	bool found = false;
	TRY(drawable(cx, org_id, charcha_id, &c));
	TRY(charcha_sql_draw_one(cx, draw_id, &d, &found));
	if (!found || d.charcha_id != charcha_id)
		return fail(cx, ERR_NOT_FOUND, "draw_id", N_("There is no such draw."));
	if (!str_is(d.state, "proposed"))
		return fail(cx, ERR_CONFLICT, "", N_("Groups were drawn once more since; only the newest draw can be confirmed."));
	TRY(make_groups(cx, charcha_id, d.plan));
	TRY(place_rest(cx, charcha_id));
	TRY(charcha_sql_draw_confirmed(cx, draw_id, NULL));
	TRY(charcha_sql_confirm(cx, draw_id, cx->now, charcha_id, NULL));
	return job_add(cx, &(struct job_add){ .kind = "charcha.tell", .once = id, .input = id, .asked_by = actor_hand(&cx->actor) }, NULL);
}

/* ── who comes late ── */

static enum err best_group(struct ctx *cx, int64_t charcha_id, const struct charcha_standing_row *s, int64_t *ret_group_id)
{
	struct charcha_groups_row *g;
	struct charcha_coming_row *r;
	size_t n_groups, n, n_in = 0;
	TRY(charcha_sql_groups(cx, charcha_id, &g, &n_groups));
	TRY(charcha_sql_coming(cx, charcha_id, &r, &n));
	struct draw_person *people = ARENA_ARRAY(cx->arena, struct draw_person, n + 1),
			   late = { 0, { s->department_id, draw_band(s->pay_level), s->place_id } };
	uint32_t *group = ARENA_ARRAY(cx->arena, uint32_t, n + 1);
	bool *open = ARENA_ARRAY(cx->arena, bool, n_groups + 1);
	for (size_t k = 0; k < n_groups; k++)
		open[k] = g[k].joined_into_id == NONE && g[k].closed_at == NONE;
	for (size_t i = 0; i < n; i++)
		if (r[i].group_id != NONE) {
			people[n_in] = drawn_of(&r[i]);
			group[n_in++] = (uint32_t)(r[i].group_n - 1); /* groups are numbered without gaps */
		}
	uint32_t best = draw_late(cx->arena, people, (uint32_t)n_in, group, (uint32_t)n_groups, open, DRAW_SIZE_MOST, &late);
	*ret_group_id = best < n_groups ? g[best].id : NONE;
	return OK;
}

enum err charcha_best_group(struct ctx *cx, int64_t charcha_id, const struct charcha_standing_row *s, int64_t *ret_group_id)
{
	/* All who come are read; for a hundred who come late that would be a hundred times as much. */
	struct arena_mark m = arena_mark(cx->arena);
	enum err e = best_group(cx, charcha_id, s, ret_group_id);
	arena_back(cx->arena, m);
	return e;
}

/* ── joining ── */

enum err charcha_join_look(struct ctx *cx, int64_t org_id, int64_t charcha_id, int64_t group_id, struct charcha_groups_row *ret_from,
			   struct charcha_groups_row *ret_into)
{
	struct charcha_one_row c;
	struct charcha_groups_row *g, *from = NULL, *into = NULL;
	size_t n;
	TRY(charcha_of(cx, org_id, charcha_id, &c));
	TRY(charcha_sql_groups(cx, charcha_id, &g, &n));
	for (size_t i = 0; i < n; i++)
		if (g[i].id == group_id)
			from = &g[i];
	if (!from)
		return fail(cx, ERR_NOT_FOUND, "group_id", N_("There is no such group."));
	if (from->joined_into_id != NONE || from->closed_at != NONE)
		return fail(cx, ERR_CONFLICT, "", N_("This group was joined with another, or its minutes are closed."));
	if (from->people >= CHARCHA_LEAST)
		return fail(cx, ERR_CONFLICT, "", N_("This group is large enough."));
	for (size_t i = 0; i < n; i++)
		if (&g[i] != from && g[i].joined_into_id == NONE && g[i].closed_at == NONE && g[i].people + from->people <= DRAW_SIZE_MOST &&
		    (!into || g[i].people < into->people))
			into = &g[i];
	if (!into)
		return fail(cx, ERR_CONFLICT, "", N_("No other group has room."));
	*ret_from = *from;
	*ret_into = *into;
	return OK;
}

enum err charcha_join(struct ctx *cx, int64_t org_id, int64_t charcha_id, int64_t group_id, int64_t into_id)
{
	struct charcha_groups_row from, into;
	struct str id = str_fmt(cx->arena, "%lld", (long long)charcha_id);
	TRY(charcha_join_look(cx, org_id, charcha_id, group_id, &from, &into));
	if (into.id != into_id)
		return fail(cx, ERR_CONFLICT, "", N_("Groups have changed since you looked. Look once more."));
	TRY(charcha_sql_group_joined(cx, into_id, group_id, NULL));
	TRY(charcha_sql_move_group(cx, into_id, group_id, NULL));
	TRY(charcha_sql_points_move(cx, into_id, group_id, NULL));
	TRY(charcha_sql_versions_move(cx, into_id, group_id, NULL));
	TRY(charcha_sql_commitments_move(cx, into_id, group_id, NULL));
	/* A walk that is under way may be past those who were moved: this one is another. */
	struct str once = str_fmt(cx->arena, "%lld:%lld", (long long)charcha_id, (long long)group_id);
	return job_add(cx, &(struct job_add){ .kind = "charcha.tell", .once = once, .input = id, .asked_by = actor_hand(&cx->actor) }, NULL);
}
