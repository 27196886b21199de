/* Roles, activities and needs of an establishment file; see est_look.h. */
#include "feature/establishment/est_look.h"

static void wrong(struct est *e, const struct est_row *row, const char *text, struct str what, struct str other)
{
	est_wrong(&e->faults, row->line, text, what, other, NONE);
}

static struct str line_of(struct est *e, const struct est_row *row)
{
	return str_fmt(e->arena, "%d", row->line);
}

/* ── roles ── */

static void judge_role(struct est *e, const struct est_row *row)
{
	struct est_office *o = est_office_of(e, row);
	if (!o)
		return;
	struct str key = est_key(e, o->id, row->code);
	struct est_role *r = est_book_find(&e->roles, key);
	if (!r) {
		r = ARENA_NEW(e->arena, struct est_role);
		*r = (struct est_role){ .id = NONE,
					.org_id = o->id,
					.until_day = NONE,
					.code = row->code,
					.office = o->code,
					.name_en = S(""),
					.name_hi = S(""),
					.change = EST_NEW };
		est_book_put(&e->roles, key, r);
		est_add(e, EST_ROLE, r);
		if (!row->name_en.n)
			wrong(e, row, N_("the role “{what}” is new and has no name (name_en)"), row->code, S(""));
	}
	if (r->row) {
		wrong(e, row, N_("the role “{what}” stands in this file already, in row {other}"), row->code, line_of(e, r->row));
		return;
	}
	r->row = row;
	if (est_take(row->name_en, &r->name_en) | est_take(row->name_hi, &r->name_hi))
		r->change |= EST_NAMES;
	if (r->until_day != NONE) {
		r->until_day = NONE;
		r->change |= EST_BACK;
	}
}

/* The role of an activity or a need: of its own office, and changed by this file or there. */
static struct est_role *role_of(struct est *e, const struct est_row *row)
{
	struct est_office *o = est_office_of(e, row);
	if (!o)
		return NULL;
	struct est_role *r = est_book_find(&e->roles, est_key(e, o->id, row->role));
	if (r && r->until_day == NONE)
		return r;
	if (!r)
		wrong(e, row, N_("there is no role “{what}” of {other}, neither here nor in this file"), row->role, o->code);
	else
		wrong(e, row, N_("the role “{what}” of {other} has ended; a row of its own takes it into use again"), row->role, o->code);
	return NULL;
}

/* ── activities ── */

static struct str activity_key(struct est *e, const struct est_role *r, struct str code)
{
	return str_fmt(e->arena, "%lld/%.*s/%.*s", (long long)r->org_id, STR_ARG(r->code), STR_ARG(code));
}

static struct est_activity *new_activity(struct est *e, const struct est_row *row, struct est_role *r, struct str key)
{
	struct est_activity *a = ARENA_NEW(e->arena, struct est_activity);
	*a = (struct est_activity){
		.id = NONE, .n = ++r->last_n, .until_day = NONE, .role = r, .code = row->code, .name_en = S(""), .name_hi = S(""), .change = EST_NEW
	};
	est_book_put(&e->activities, key, a);
	est_add(e, EST_ACTIVITY, a);
	if (!row->name_en.n)
		wrong(e, row, N_("the activity “{what}” is new and has no name (name_en)"), row->code, S(""));
	return a;
}

static void judge_activity(struct est *e, const struct est_row *row)
{
	struct est_role *r = role_of(e, row);
	if (!r)
		return;
	struct str key = activity_key(e, r, row->code);
	struct est_activity *a = est_book_find(&e->activities, key);
	bool comes = !a || a->until_day != NONE;
	if (!a)
		a = new_activity(e, row, r, key);
	if (a->row) {
		wrong(e, row, N_("the activity “{what}” stands in this file already, in row {other}"), row->code, line_of(e, a->row));
		return;
	}
	if (comes && ++r->n_activities > ROLE_ACTIVITIES_MAX)
		wrong(e, row, N_("the role “{what}” has too many activities: at most {other}"), r->code, str_fmt(e->arena, "%d", ROLE_ACTIVITIES_MAX));
	a->row = row;
	if (est_take(row->name_en, &a->name_en) | est_take(row->name_hi, &a->name_hi))
		a->change |= EST_NAMES;
	if (a->until_day != NONE) {
		a->until_day = NONE;
		a->change |= EST_BACK;
	}
}

/* ── needs ── */

static struct est_competency *competency_of(struct est *e, const struct est_row *row, const struct est_activity *a)
{
	struct str name = str_index(row->competency, ':') < 0 ? str_fmt(e->arena, "kcm:%.*s", STR_ARG(row->competency)) : row->competency;
	struct est_competency *c = est_book_find(&e->competencies, name);
	if (!c) {
		wrong(e, row, N_("there is no competency “{what}”"), name, S(""));
		return NULL;
	}
	for (size_t i = 0; i < a->n_was; i++)
		if (a->was[i].competency == c && a->was[i].level == row->level)
			return c; /* what is asked already may stay, even of a competency that has ended */
	if (!c->measured)
		wrong(e, row, N_("“{what}” is not measured: only themes and sub-themes have levels"), name, S(""));
	else if (c->ended && c->replaced_by.n)
		wrong(e, row, N_("the competency “{what}” is not in force any more; in its place there is “{other}”"), name,
		      str_fmt(e->arena, "%.*s:%.*s", STR_ARG(c->framework), STR_ARG(c->replaced_by)));
	else if (c->ended)
		wrong(e, row, N_("the competency “{what}” is not in force any more, and nothing is named in its place"), name, S(""));
	else if (row->level < 1 || row->level > c->n_levels)
		wrong(e, row, N_("the level {what} lies outside the scale, which has {other} levels"), str_fmt(e->arena, "%lld", (long long)row->level),
		      str_fmt(e->arena, "%lld", (long long)c->n_levels));
	else
		return c;
	return NULL;
}

static void judge_need(struct est *e, const struct est_row *row)
{
	struct est_role *r = role_of(e, row);
	struct est_activity *a = r ? est_book_find(&e->activities, activity_key(e, r, row->activity)) : NULL;
	if (!r)
		return;
	if (!a || a->until_day != NONE) {
		wrong(e, row, N_("there is no activity “{what}” of the role “{other}”, neither here nor in this file"), row->activity, r->code);
		return;
	}
	const struct est_competency *c = competency_of(e, row, a);
	if (!c)
		return;
	for (size_t i = 0; i < a->n_needs; i++)
		if (a->needs[i].competency == c) {
			wrong(e, row, N_("the activity needs “{what}” already by row {other}"), row->competency, line_of(e, a->needs[i].row));
			return;
		}
	if (a->n_needs == ACTIVITY_NEEDS_MAX) {
		wrong(e, row, N_("the activity “{what}” needs too many competencies: at most {other}"), a->code, str_fmt(e->arena, "%d", ACTIVITY_NEEDS_MAX));
		return;
	}
	*ARENA_PUSH(e->arena, a->needs, a->n_needs) = (struct est_need){ c, row->level, row };
}

static const struct est_need *need_in(const struct est_need *v, size_t n, const struct est_competency *c)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].competency == c)
			return &v[i];
	return NULL;
}

/* New, changed, gone, the same. */
static void count_needs(struct est *e, struct est_activity *a)
{
	int64_t *n = e->n[EST_NEED];
	for (size_t i = 0; i < a->n_needs; i++) {
		const struct est_need *was = need_in(a->was, a->n_was, a->needs[i].competency);
		n[!was ? 0 : was->level != a->needs[i].level ? 1 : 3]++;
		if (!was || was->level != a->needs[i].level)
			a->change |= EST_NEEDS;
	}
	for (size_t i = 0; i < a->n_was && a->n_needs; i++)
		if (!need_in(a->needs, a->n_needs, a->was[i].competency)) {
			n[2]++;
			a->change |= EST_NEEDS;
		}
}

static void each(struct est *e, enum est_kind kind, void (*judge)(struct est *, const struct est_row *))
{
	for (size_t i = 0; i < e->n_rows; i++)
		if (e->rows[i].kind == kind)
			judge(e, &e->rows[i]);
}

static void count(struct est *e, enum est_kind kind, unsigned change)
{
	e->n[kind][change & EST_NEW ? 0 : change ? 1 : 3]++;
}

void est_judge_work(struct est *e)
{
	each(e, EST_ROLE, judge_role);
	each(e, EST_ACTIVITY, judge_activity);
	each(e, EST_NEED, judge_need);
	for (size_t i = 0; i < e->all[EST_ROLE].n; i++) {
		const struct est_role *r = e->all[EST_ROLE].v[i];
		if (r->row)
			count(e, EST_ROLE, r->change);
	}
	for (size_t i = 0; i < e->all[EST_ACTIVITY].n; i++) {
		struct est_activity *a = e->all[EST_ACTIVITY].v[i];
		if (a->row)
			count(e, EST_ACTIVITY, a->change);
		count_needs(e, a);
	}
}
