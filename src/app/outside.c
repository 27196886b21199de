/* Routes, API description, permissions and table use as text; see outside.h. */
#include "app/outside.h"
#include "app/features.h"
#include "web/openapi.h"

void outside_routes(struct buf *b)
{
	static const char *const scopes[] = { [SCOPE_NONE] = "", [SCOPE_ORG] = " in {org_id}", [SCOPE_PERSON] = " of {person_id}", [SCOPE_COURSE] = " of {course_id}" };
	for (const struct action *const *f = feature_actions; *f; f++)
		for (const struct action *a = *f; a->name; a++) {
			if (a->page)
				buf_fmt(b, "%-4s %-52s %-32s %s%s\n", method_name(a->method), a->page, a->name, permission_code(a->may), scopes[a->scope]);
			if (a->api)
				buf_fmt(b, "%-4s %-52s %-32s %s%s\n", method_name(a->method), a->api, a->name, permission_code(a->may), scopes[a->scope]);
		}
}

/* ── who may do what ── */

static const enum role shown[] = { R_ANYONE, R_LEARNER, R_SELF, R_SUPERVISOR, R_MDO_ADMIN, R_AUTHOR, R_REVIEWER, R_PUBLISHER, R_OPERATOR };
enum { N_SHOWN = sizeof shown / sizeof *shown };

/* A permission for anyone is one for learners too; a supervisor of anybody is a supervisor. */
static bool holds(enum permission p, enum role r)
{
	unsigned roles = permission_roles(p);
	if (roles & R_ANYONE)
		return true;
	if (roles & R_LEARNER)
		return r != R_ANYONE;
	if (r == R_SUPERVISOR && (roles & R_SUPERVISOR_ANY))
		return true;
	return roles & r;
}

static void permission_table(struct buf *b)
{
	buf_lit(b, "| permission | lets a person |");
	for (size_t i = 0; i < N_SHOWN; i++)
		buf_fmt(b, " %s |", role_name(shown[i]));
	buf_lit(b, "\n|---|---|");
	for (size_t i = 0; i < N_SHOWN; i++)
		buf_lit(b, "---|");
	buf_char(b, '\n');
	for (enum permission p = (enum permission)1; p < MAY_COUNT_; p++) {
		buf_fmt(b, "| %s | %s |", permission_code(p), permission_text(p));
		for (size_t i = 0; i < N_SHOWN; i++)
			buf_str(b, holds(p, shown[i]) ? S(" yes |") : S(" |"));
		buf_char(b, '\n');
	}
}

void outside_permissions(struct buf *b)
{
	buf_lit(b, "# Who may do what\n\nMade by `karmayogi permissions`. A granted role (mdo_admin, author, reviewer, publisher, operator) holds on an organisation "
		   "and everything below it;\n*self* is the person of the address, *supervisor* the one whom that person's posting of today names.\n"
		   "What no row grants is refused.\n\n");
	permission_table(b);
	buf_lit(b, "\n| action | permission | scope |\n|---|---|---|\n");
	static const char *const scopes[] = { [SCOPE_NONE] = "", [SCOPE_ORG] = "organisation", [SCOPE_PERSON] = "person", [SCOPE_COURSE] = "course" };
	for (const struct action *const *f = feature_actions; *f; f++)
		for (const struct action *a = *f; a->name; a++)
			buf_fmt(b, "| %s | %s | %s |\n", a->name, permission_code(a->may), scopes[a->scope]);
}

/* ── the API ── */

void outside_openapi(struct buf *b)
{
	struct str fault;
	struct action_table *t = action_table_new(feature_actions, &fault);
	BUG_IF(!t);
	openapi_write(b, t, S(""));
	action_table_free(t);
}

/* ── statements and tables ── */

void outside_schema(struct buf *b)
{
	for (const struct db_stmt *const *const *f = feature_statements; *f; f++)
		for (const struct db_stmt *const *s = *f; *s; s++)
			buf_fmt(b, "%-34s reads %-50s%s%s\n", (*s)->name, (*s)->reads, (*s)->writes[0] ? " writes " : "", (*s)->writes);
}
