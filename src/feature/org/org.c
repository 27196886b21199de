/* The tree of organisations; see org.h. */
#include "feature/org/org.h"
#include "feature/names/names.h"

enum err org_add(struct ctx *cx, const struct org_add *in, int64_t *ret_id)
{
	int64_t id = new_id(cx);
	TRY(org_sql_add(cx, id, in->code, in->parent_id, in->kind, in->name_en, in->name_hi, in->short_name, cx->now, NULL));
	TRY(org_sql_add_self_above(cx, id, NULL));
	if (in->parent_id != NONE)
		TRY(org_sql_add_above(cx, id, in->parent_id, NULL));
	*ret_id = id;
	const struct str names[] = { in->code, in->name_en, in->name_hi, in->short_name };
	return names_add(cx, "org", id, names, sizeof names / sizeof *names);
}

static enum err told(struct ctx *cx, int64_t org_id, int sign)
{
	return cx->app && cx->app->org_moves ? cx->app->org_moves(cx, org_id, sign) : OK;
}

enum err org_move(struct ctx *cx, int64_t org_id, int64_t parent_id)
{
	struct org_one_row o;
	struct org_above_row *above;
	bool found = false;
	size_t n;
	TRY(org_sql_one(cx, org_id, &o, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "org_id", N_("There is no such organisation."));
	TRY(org_above(cx, parent_id, &above, &n));
	if (o.parent_id == NONE)
		return fail(cx, ERR_CONFLICT, "called", N_("The top of a tree stands below nothing."));
	if (o.parent_id == parent_id)
		return fail(cx, ERR_CONFLICT, "called", N_("It stands there already."));
	for (size_t i = 0; i < n; i++)
		if (above[i].id == org_id)
			return fail(cx, ERR_CONFLICT, "called", N_("This organisation is itself below it."));
	TRY(told(cx, org_id, -1));
	TRY(org_sql_leave(cx, org_id, NULL));
	TRY(org_sql_join_below(cx, parent_id, org_id, NULL));
	TRY(org_sql_set_parent(cx, parent_id, org_id, NULL));
	return told(cx, org_id, 1);
}

enum err org_of_code(struct ctx *cx, struct str code, int64_t *ret_id)
{
	struct org_of_code_row row;
	bool found = false;
	TRY(org_sql_of_code(cx, code, &row, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "org", N_("There is no organisation with this code."));
	*ret_id = row.id;
	return OK;
}

enum err org_above(struct ctx *cx, int64_t org_id, struct org_above_row **ret, size_t *ret_n)
{
	return org_sql_above(cx, org_id, ret, ret_n);
}

struct str org_name(const struct ctx *cx, struct str name_en, struct str name_hi)
{
	return cx->lang == LANG_HI && name_hi.n ? name_hi : name_en;
}

enum err org_called(struct ctx *cx, int64_t org_id, struct str *ret)
{
	struct org_one_row o;
	bool found = false;
	TRY(org_sql_one(cx, org_id, &o, &found));
	if (!found)
		return ERR_NOT_FOUND;
	*ret = org_name(cx, o.name_en, o.name_hi);
	return OK;
}
