/* Who may do what, where; see access.h. */
#include "web/access.h"
#include "access_sql.h"
#include "base/clock.h"

struct permission_row {
	const char *code, *text;
	unsigned roles;
};
static const struct permission_row permissions[MAY_COUNT_] = {
#define PERMISSION(code, roles, text) [MAY_##code] = { #code, text, roles },
#include "web/permission.def"
#undef PERMISSION
};
static const struct {
	enum role role;
	const char *name;
	char letter;
} roles[] = {
	{ R_ANYONE, "anyone", 0 },	     { R_LEARNER, "learner", 0 },	{ R_SELF, "self", 0 },
	{ R_SUPERVISOR, "supervisor", 0 },   { R_SUPERVISOR_ANY, "supervisor", 0 }, { R_MDO_ADMIN, "mdo_admin", 'm' },
	{ R_AUTHOR, "author", 'a' },	     { R_REVIEWER, "reviewer", 'r' },	{ R_PUBLISHER, "publisher", 'p' },
	{ R_OPERATOR, "operator", 'o' },
};
enum { N_ROLES = sizeof roles / sizeof *roles };

const char *permission_code(enum permission p)
{
	return permissions[p].code;
}

const char *permission_text(enum permission p)
{
	return permissions[p].text;
}

unsigned permission_roles(enum permission p)
{
	return permissions[p].roles;
}

enum permission permission_of(struct str code)
{
	for (int i = MAY_NOTHING_ + 1; i < MAY_COUNT_; i++)
		if (str_is(code, permissions[i].code))
			return (enum permission)i;
	return MAY_NOTHING_;
}

bool permission_granted(enum permission p)
{
	return permissions[p].roles & (R_MDO_ADMIN | R_AUTHOR | R_REVIEWER | R_PUBLISHER | R_OPERATOR);
}

const char *role_name(enum role r)
{
	for (size_t i = 0; i < N_ROLES; i++)
		if (roles[i].role == r)
			return roles[i].name;
	BUG("no such role");
}

unsigned role_of(struct str name)
{
	for (size_t i = 0; i < N_ROLES; i++)
		if (roles[i].letter && str_is(name, roles[i].name))
			return roles[i].role;
	return 0;
}

static unsigned bits_of(struct str letters)
{
	unsigned bits = 0;
	for (size_t i = 0; i < N_ROLES; i++)
		if (roles[i].letter && str_index(letters, roles[i].letter) >= 0)
			bits |= roles[i].role;
	return bits;
}

/* Who looks at what somebody sees has none of that one's roles. */
static bool uses_roles(const struct ctx *cx)
{
	return cx->actor.acting != ACTING_SUPPORT;
}

static enum err roles_at_org(struct ctx *cx, int64_t org_id, unsigned *bits)
{
	struct access_roles_on_org_row row;
	if (org_id == NONE || !uses_roles(cx))
		return OK;
	TRY(access_sql_roles_on_org(cx, cx->actor.person_id, org_id, &row));
	*bits |= bits_of(row.roles);
	return OK;
}

static enum err roles_at_person(struct ctx *cx, int64_t id, unsigned *bits, bool *exists)
{
	struct access_person_place_row row;
	TRY(access_sql_person_place(cx, clock_day_in_india(cx->now), id, &row, exists));
	if (!*exists)
		return OK;
	if (id == cx->actor.person_id && cx->actor.acting != ACTING_DELEGATE)
		*bits |= R_SELF;
	if (row.supervisor_id == cx->actor.person_id && uses_roles(cx))
		*bits |= R_SUPERVISOR;
	return roles_at_org(cx, row.org_id, bits);
}

static enum err roles_at(struct ctx *cx, enum scope scope, int64_t id, unsigned *bits, bool *exists)
{
	struct access_org_exists_row org;
	struct access_course_place_row course;
	*exists = true;
	switch (scope) {
	case SCOPE_NONE:
		return access_roles(cx, bits);
	case SCOPE_ORG:
		TRY(access_sql_org_exists(cx, id, &org, exists));
		return *exists ? roles_at_org(cx, id, bits) : OK;
	case SCOPE_PERSON:
		return roles_at_person(cx, id, bits, exists);
	case SCOPE_COURSE:
		TRY(access_sql_course_place(cx, id, &course, exists));
		return *exists ? roles_at_org(cx, course.provider_id, bits) : OK;
	}
	BUG("scope");
}

enum err access_place(struct ctx *cx, enum scope scope, int64_t id, int64_t *ret_org)
{
	struct access_person_place_row person;
	struct access_course_place_row course;
	bool found = false;
	*ret_org = NONE;
	switch (scope) {
	case SCOPE_NONE:
		return OK;
	case SCOPE_ORG:
		*ret_org = id;
		return OK;
	case SCOPE_PERSON:
		TRY(access_sql_person_place(cx, clock_day_in_india(cx->now), id, &person, &found));
		*ret_org = found ? person.org_id : NONE;
		return OK;
	case SCOPE_COURSE:
		TRY(access_sql_course_place(cx, id, &course, &found));
		*ret_org = found ? course.provider_id : NONE;
		return OK;
	}
	BUG("scope");
}

/* Whether a role that an organisation composed gives a permission where the thing of a scope is judged. */
static enum err custom_allows(struct ctx *cx, enum permission may, enum scope scope, int64_t id, bool *ret)
{
	struct str code = str_of(permissions[may].code);
	struct access_custom_anywhere_row anywhere;
	struct access_custom_on_org_row there;
	int64_t org_id;
	*ret = false;
	if (!cx->actor.custom || !uses_roles(cx))
		return OK;
	if (scope == SCOPE_NONE)
		return access_sql_custom_anywhere(cx, cx->actor.person_id, code, &anywhere, ret);
	TRY(access_place(cx, scope, id, &org_id));
	return org_id == NONE ? OK : access_sql_custom_on_org(cx, cx->actor.person_id, org_id, code, &there, ret);
}

enum err access_check(struct ctx *cx, enum permission may, enum scope scope, int64_t id)
{
	unsigned wanted = permissions[may].roles, bits = R_LEARNER;
	bool exists = true, allowed;
	if (wanted & R_ANYONE)
		return OK;
	if (cx->actor.person_id == 0)
		return fail(cx, ERR_NOT_SIGNED_IN, "", N_("Sign in to go on; you come back here afterwards."));
	if (wanted & R_LEARNER)
		return OK;
	TRY(roles_at(cx, scope, id, &bits, &exists));
	if (!exists)
		return fail(cx, ERR_NOT_FOUND, "", N_("There is nothing at this address. It may have been moved, or the link is incomplete."));
	if (bits & wanted)
		return OK;
	TRY(custom_allows(cx, may, scope, id, &allowed));
	return allowed ? OK
		       : fail(cx, ERR_FORBIDDEN, "",
			      N_("This needs a role that you do not hold here. If you should have it, ask the administrator of your organisation."));
}

enum err access_may(struct ctx *cx, enum permission may, enum scope scope, int64_t id, bool *ret)
{
	unsigned wanted = permissions[may].roles, bits = R_ANYONE;
	bool exists = true;
	if (cx->actor.person_id)
		bits |= R_LEARNER;
	if (!(bits & wanted) && cx->actor.person_id)
		TRY(roles_at(cx, scope, id, &bits, &exists));
	*ret = exists && (bits & wanted);
	return *ret || !exists ? OK : custom_allows(cx, may, scope, id, ret);
}

enum err access_roles(struct ctx *cx, unsigned *ret_roles)
{
	struct access_roles_anywhere_row row;
	*ret_roles |= R_LEARNER;
	if (!uses_roles(cx))
		return OK;
	TRY(access_sql_roles_anywhere(cx, cx->actor.person_id, clock_day_in_india(cx->now), &row));
	*ret_roles |= bits_of(row.roles) | (row.is_supervisor ? R_SUPERVISOR_ANY | R_SUPERVISOR : 0);
	return OK;
}

enum err access_tops(struct ctx *cx, enum permission may, int64_t **ret_orgs, size_t *ret_n)
{
	struct str names[5] = { 0 };
	size_t n = 0;
	for (size_t i = 0; i < N_ROLES; i++)
		if (roles[i].letter && (permissions[may].roles & roles[i].role))
			names[n++] = str_of(roles[i].name);
	struct access_tops_row *rows;
	size_t n_rows;
	*ret_orgs = NULL;
	*ret_n = 0;
	if (!uses_roles(cx))
		return OK;
	TRY(access_sql_tops(cx, cx->actor.person_id, names[0], names[1], names[2], names[3], names[4], str_of(permissions[may].code), &rows, &n_rows));
	int64_t *orgs = ARENA_ARRAY(cx->arena, int64_t, n_rows);
	for (size_t i = 0; i < n_rows; i++)
		orgs[i] = rows[i].org_id;
	*ret_orgs = orgs;
	*ret_n = n_rows;
	return OK;
}

enum err access_held(struct ctx *cx, int64_t org_id, bool *ret)
{
	struct access_custom_held_row *rows = NULL;
	unsigned bits = 0;
	size_t n = 0;
	TRY(roles_at_org(cx, org_id, &bits));
	if (cx->actor.custom && uses_roles(cx))
		TRY(access_sql_custom_held(cx, cx->actor.person_id, org_id, &rows, &n));
	for (int i = 0; i < MAY_COUNT_; i++)
		ret[i] = permissions[i].roles & bits;
	for (size_t i = 0; i < n; i++)
		ret[permission_of(rows[i].permission)] = true;
	ret[MAY_NOTHING_] = false;
	return OK;
}

enum err access_grant(struct ctx *cx, int64_t person_id, struct str role, int64_t org_id, int64_t granted_by)
{
	TRY(access_sql_grant(cx, new_id(cx), person_id, role, org_id, granted_by ? granted_by : NONE, cx->now, NULL));
	return person_tell(cx, person_id, NONE);
}

enum err access_end(struct ctx *cx, int64_t person_id, struct str role, int64_t org_id)
{
	TRY(access_sql_end(cx, cx->now, person_id, role, org_id, NULL));
	return person_tell(cx, person_id, NONE);
}
