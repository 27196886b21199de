/* Giving and composing roles; see role.h. */
#include "feature/role/role.h"
#include "base/fact.h"
#include "feature/group/rule.h"
#include "feature/notice/notice.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "web/lang.h"

/* ── who may give what ── */

bool role_may_give(const bool *held, enum permission p)
{
	return p != MAY_NOTHING_ && permission_granted(p) && (held[p] || (permission_roles(p) & (R_AUTHOR | R_REVIEWER | R_PUBLISHER)));
}

bool role_may_give_named(const bool *held, struct str name)
{
	unsigned role = role_of(name);
	for (int i = MAY_NOTHING_ + 1; role && i < MAY_COUNT_; i++)
		if ((permission_roles((enum permission)i) & role) && !role_may_give(held, (enum permission)i))
			return false;
	return role != 0;
}

const char *role_label(struct str name)
{
	for (size_t i = 0; rule_roles[i].value; i++)
		if (str_is(name, rule_roles[i].value))
			return rule_roles[i].label;
	return NULL;
}

static enum err more_than_held(struct ctx *cx, const char *field)
{
	return fail(cx, ERR_FORBIDDEN, field, N_("Nobody gives more than he has: this role allows something that yours does not allow here."));
}

/* Of a composed role. */
static enum err check_composed(struct ctx *cx, const bool *held, int64_t role_id)
{
	struct role_permissions_row *rows;
	size_t n;
	TRY(role_sql_permissions(cx, role_id, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (!role_may_give(held, permission_of(rows[i].permission)))
			return more_than_held(cx, "role");
	return OK;
}

static enum err person_of(struct ctx *cx, struct str typed, int64_t *ret)
{
	struct person_called_row r;
	bool found = false, may = false;
	TRY(person_called(cx, typed, &r, &found));
	if (found)
		TRY(access_may(cx, MAY_ROLE_MANAGE, SCOPE_PERSON, r.id, &may));
	if (!may)
		return fail(cx, ERR_INVALID, "person", N_("is nobody posted where you give roles; give the employee number, e-mail or mobile number"));
	if (actor_is(&cx->actor, r.id))
		return fail(cx, ERR_INVALID, "person", N_("cannot be yourself; another administrator must give you a role"));
	*ret = r.id;
	return OK;
}

/* ── telling ── */

/* code: the name of a role of the table, or of a composed one. */
static enum err tell(struct ctx *cx, int64_t person_id, bool given, struct str code, struct str role, int64_t org_id)
{
	const struct msg_arg more = { "role", code };
	struct str org;
	TRY(fact_tell(cx, &(struct fact){ given ? FACT_role_given : FACT_role_ended, person_id, org_id, NONE, &more, 1 }));
	TRY(org_called(cx, org_id, &org));
	const struct msg_arg args[] = { { "role", role }, { "org", org }, { "name", cx->actor.name.p ? cx->actor.name : S("") } };
	struct notice n = { .kind = NOTICE_role,
			    .fact = str_fmt(cx->arena, "role:%lld", (long long)new_id(cx)),
			    .person_id = person_id,
			    .subject = given ? N_("You were given a role") : N_("A role of yours has ended"),
			    .text = given ? N_("{name} has given you the role “{role}” in {org}. It holds there and in everything below.")
					  : N_("{name} has ended your role “{role}” in {org}."),
			    .path = S("/me"),
			    .args = args,
			    .n_args = sizeof args / sizeof *args,
			    .or_short = true };
	return notice_tell(cx, &n);
}

/* ── giving ── */

static enum err give_named(struct ctx *cx, const struct role_give *in, const bool *held, int64_t person_id)
{
	if (!role_may_give_named(held, in->role))
		return more_than_held(cx, "role");
	TRY(access_grant(cx, person_id, in->role, in->org_id, cx->actor.person_id));
	return tell(cx, person_id, true, in->role, str_of(tr(cx->lang, role_label(in->role))), in->org_id);
}

static enum err give_composed(struct ctx *cx, const struct role_give *in, const bool *held, int64_t person_id)
{
	struct role_one_for_org_row role;
	int64_t id, changed = 0;
	bool found = false;
	if (str_int(in->role, &id))
		TRY(role_sql_one_for_org(cx, in->org_id, id, &role, &found));
	if (!found)
		return fail(cx, ERR_INVALID, "role", N_("is not one of those that can be given here"));
	TRY(check_composed(cx, held, role.id));
	TRY(role_sql_give(cx, new_id(cx), person_id, role.id, in->org_id, cx->actor.person_id, cx->now, &changed));
	return changed ? tell(cx, person_id, true, role.name, role.name, in->org_id) : OK;
}

enum err role_give(struct ctx *cx, const struct role_give *in)
{
	bool held[MAY_COUNT_];
	int64_t person_id;
	TRY(person_of(cx, in->person, &person_id));
	TRY(access_held(cx, in->org_id, held));
	return role_label(in->role) ? give_named(cx, in, held, person_id) : give_composed(cx, in, held, person_id);
}

/* ── ending ── */

static enum err take_named(struct ctx *cx, const struct role_grant_below_row *g, struct role_held *ret_was)
{
	struct role_others_row others;
	bool held[MAY_COUNT_];
	TRY(access_held(cx, g->org_id, held));
	if (!role_may_give_named(held, g->role))
		return more_than_held(cx, "");
	TRY(role_sql_others(cx, g->role, g->id, &others));
	if (str_is(g->role, "operator") && !others.n)
		return fail(cx, ERR_CONFLICT, "", N_("This is the last operator of the installation. Give the role to somebody else first."));
	*ret_was = (struct role_held){ g->person_id, g->org_id, g->role };
	TRY(access_end(cx, g->person_id, g->role, g->org_id));
	return tell(cx, g->person_id, false, g->role, str_of(tr(cx->lang, role_label(g->role))), g->org_id);
}

static enum err take_composed(struct ctx *cx, const struct role_custom_below_row *g, struct role_held *ret_was)
{
	bool held[MAY_COUNT_];
	TRY(access_held(cx, g->org_id, held));
	TRY(check_composed(cx, held, g->role_id));
	*ret_was = (struct role_held){ g->person_id, g->org_id, g->name };
	TRY(role_sql_take(cx, cx->now, g->id, NULL));
	return tell(cx, g->person_id, false, g->name, g->name, g->org_id);
}

enum err role_take(struct ctx *cx, int64_t org_id, int64_t grant_id, struct role_held *ret_was)
{
	struct role_grant_below_row g;
	struct role_custom_below_row c;
	bool found = false;
	TRY(role_sql_grant_below(cx, grant_id, org_id, &g, &found));
	if (found)
		return take_named(cx, &g, ret_was);
	TRY(role_sql_custom_below(cx, grant_id, org_id, &c, &found));
	return found ? take_composed(cx, &c, ret_was)
		     : fail(cx, ERR_NOT_FOUND, "grant_id", N_("Nobody holds this here; it may have been ended already."));
}

/* ── composing ── */

static enum err check_ticked(struct ctx *cx, const struct role_compose *in)
{
	bool held[MAY_COUNT_];
	TRY(access_held(cx, in->org_id, held));
	if (!in->permissions.n)
		return fail(cx, ERR_INVALID, "permissions", N_("must be one at least"));
	for (size_t i = 0; i < in->permissions.n; i++) {
		enum permission p = permission_of(str_before(in->permissions.v[i], '='));
		if (p == MAY_NOTHING_ || !permission_granted(p))
			return fail(cx, ERR_INVALID, "permissions", N_("holds something that no role can carry"));
		if (!role_may_give(held, p))
			return more_than_held(cx, "permissions");
	}
	return OK;
}

enum err role_compose(struct ctx *cx, const struct role_compose *in, int64_t *ret_id)
{
	struct role_count_row count;
	struct str name = str_trim(in->name);
	int64_t changed = 0;
	if (!name.n)
		return fail(cx, ERR_INVALID, "name", N_("must be filled in"));
	TRY(check_ticked(cx, in));
	TRY(role_sql_count(cx, in->org_id, &count));
	if (count.n >= CUSTOM_ROLES_MAX)
		return fail(cx, ERR_CONFLICT, "name", N_("would be one role too many; end one that nobody needs first"));
	*ret_id = new_id(cx);
	TRY(role_sql_add(cx, *ret_id, in->org_id, name, cx->actor.person_id, cx->now, &changed));
	if (!changed)
		return fail(cx, ERR_CONFLICT, "name", N_("is the name of another role here"));
	for (size_t i = 0; i < in->permissions.n; i++)
		TRY(role_sql_add_permission(cx, *ret_id, str_before(in->permissions.v[i], '='), NULL));
	return OK;
}

enum err role_dissolve(struct ctx *cx, int64_t org_id, int64_t role_id)
{
	int64_t changed = 0;
	TRY(role_sql_end_role(cx, cx->now, role_id, org_id, &changed));
	return changed ? role_sql_end_grants(cx, cx->now, role_id, NULL) : fail(cx, ERR_NOT_FOUND, "role_id", N_("There is no such role of this organisation."));
}
