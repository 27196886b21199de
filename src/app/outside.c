/* Routes, API description, permissions and table use as text; see outside.h. */
#include "app/outside.h"
#include "app/features.h"
#include "base/json.h"

static const char *method_name(enum method m)
{
	return m == GET ? "GET" : "POST";
}

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

/* ── OpenAPI 3.1 ── */

static void member(struct json_out *j, const char *key, const char *value)
{
	jw_key(j, key);
	jw_str(j, str_of(value));
}

static void member_int(struct json_out *j, const char *key, int64_t v)
{
	jw_key(j, key);
	jw_int(j, v);
}

static void type_of(struct json_out *j, const char *type, bool may_be_null)
{
	jw_key(j, "type");
	if (!may_be_null) {
		jw_str(j, str_of(type));
		return;
	}
	jw_open(j, '[');
	jw_str(j, str_of(type));
	jw_str(j, S("null"));
	jw_close(j, ']');
}

static void schema_of_text(struct json_out *j, const struct field *f, bool in)
{
	type_of(j, "string", !in);
	if (in && f->min)
		member_int(j, "minLength", f->min);
	if (in)
		member_int(j, "maxLength", f->max ? f->max : f->kind == F_LONG ? 20000 : 200);
}

static void schema_of(struct json_out *j, const struct field *f, bool in)
{
	jw_open(j, '{');
	switch (f->kind) {
	case F_TEXT:
	case F_LONG:
	case F_SECRET:
		schema_of_text(j, f, in);
		break;
	case F_INT:
		type_of(j, "integer", !in);
		if (in)
			member_int(j, "minimum", f->min);
		if (in && f->max)
			member_int(j, "maximum", f->max);
		break;
	case F_ID:
		type_of(j, "string", !in);
		member(j, "pattern", "^[0-9]+$");
		break;
	case F_TIME:
		type_of(j, "string", !in);
		member(j, "format", "date-time");
		break;
	case F_DATE:
		type_of(j, "string", !in);
		member(j, "format", "date");
		break;
	case F_REAL:
		type_of(j, "number", !in);
		break;
	case F_BOOL:
		member(j, "type", "boolean");
		break;
	case F_CHOICE:
		type_of(j, "string", !in);
		if (f->choices) {
			jw_key(j, "enum");
			jw_open(j, '[');
			for (const struct choice *c = f->choices; c->value; c++)
				jw_str(j, str_of(c->value));
			jw_close(j, ']');
		}
		break;
	case F_JSON:
		break;
	case F_TEXTS:
		member(j, "type", "array");
		jw_key(j, "items");
		jw_open(j, '{');
		member(j, "type", "string");
		jw_close(j, '}');
		break;
	}
	jw_close(j, '}');
}

static void object_of(struct json_out *j, const struct field *fields, bool in, const char *path)
{
	jw_open(j, '{');
	member(j, "type", "object");
	jw_key(j, "properties");
	jw_open(j, '{');
	size_t must = 0;
	for (const struct field *f = fields; f && f->name; f++) {
		struct str place = str_fmt(j->b->arena, "{%s}", f->name);
		if (path && str_find(str_of(path), place) >= 0)
			continue;
		jw_key(j, f->name);
		schema_of(j, f, in);
		must += f->must;
	}
	jw_close(j, '}');
	if (in && must) {
		jw_key(j, "required");
		jw_open(j, '[');
		for (const struct field *f = fields; f->name; f++)
			if (f->must && str_find(str_of(path), str_fmt(j->b->arena, "{%s}", f->name)) < 0)
				jw_str(j, str_of(f->name));
		jw_close(j, ']');
	}
	jw_close(j, '}');
}

static void parameters_of(struct json_out *j, const struct action *a)
{
	jw_key(j, "parameters");
	jw_open(j, '[');
	for (const struct field *f = a->in; f && f->name; f++) {
		bool in_path = str_find(str_of(a->api), str_fmt(j->b->arena, "{%s}", f->name)) >= 0;
		if (!in_path && a->method != GET)
			continue;
		jw_open(j, '{');
		member(j, "name", f->name);
		member(j, "in", in_path ? "path" : "query");
		jw_key(j, "required");
		jw_bool(j, in_path || f->must);
		jw_key(j, "schema");
		schema_of(j, f, true);
		jw_close(j, '}');
	}
	jw_close(j, ']');
}

static void json_content(struct json_out *j, const char *type)
{
	jw_key(j, "content");
	jw_open(j, '{');
	jw_key(j, type);
	jw_open(j, '{');
	jw_key(j, "schema");
}

static void end_content(struct json_out *j)
{
	jw_close(j, '}');
	jw_close(j, '}');
}

static void responses_of(struct json_out *j, const struct action *a)
{
	jw_key(j, "responses");
	jw_open(j, '{');
	jw_key(j, "200");
	jw_open(j, '{');
	member(j, "description", a->method == GET ? "what was asked for" : "done, and on disk");
	json_content(j, "application/json");
	if (a->out_list) {
		jw_open(j, '{');
		member(j, "type", "object");
		jw_key(j, "properties");
		jw_open(j, '{');
		jw_key(j, "items");
		jw_open(j, '{');
		member(j, "type", "array");
		jw_key(j, "items");
		object_of(j, a->out, false, NULL);
		jw_close(j, '}');
		jw_key(j, "next");
		jw_open(j, '{');
		type_of(j, "string", true);
		jw_close(j, '}');
		jw_close(j, '}');
		jw_close(j, '}');
	} else {
		object_of(j, a->out, false, NULL);
	}
	end_content(j);
	jw_close(j, '}');
	jw_key(j, "default");
	jw_open(j, '{');
	member(j, "$ref", "#/components/responses/Problem");
	jw_close(j, '}');
	jw_close(j, '}');
}

static void operation(struct json_out *j, const struct action *a)
{
	jw_key(j, a->method == GET ? "get" : "post");
	jw_open(j, '{');
	member(j, "operationId", a->name);
	member(j, "summary", a->summary);
	member(j, "x-permission", permission_code(a->may));
	parameters_of(j, a);
	if (a->method != GET && a->in) {
		jw_key(j, "requestBody");
		jw_open(j, '{');
		json_content(j, "application/json");
		object_of(j, a->in, true, a->api);
		end_content(j);
		jw_close(j, '}');
	}
	responses_of(j, a);
	jw_close(j, '}');
}

static bool first_of_path(const struct action *const *feature, const struct action *action)
{
	for (const struct action *const *f = feature_actions; *f; f++)
		for (const struct action *a = *f; a->name; a++) {
			if (f == feature && a == action)
				return true;
			if (a->api && strcmp(a->api, action->api) == 0)
				return false;
		}
	return true;
}

static void paths(struct json_out *j)
{
	jw_key(j, "paths");
	jw_open(j, '{');
	for (const struct action *const *f = feature_actions; *f; f++)
		for (const struct action *a = *f; a->name; a++) {
			if (!a->api || !first_of_path(f, a))
				continue;
			jw_key(j, a->api);
			jw_open(j, '{');
			for (const struct action *const *g = feature_actions; *g; g++)
				for (const struct action *k = *g; k->name; k++)
					if (k->api && strcmp(k->api, a->api) == 0)
						operation(j, k);
			jw_close(j, '}');
		}
	jw_close(j, '}');
}

static void problem_type(struct json_out *j)
{
	static const struct {
		enum err e;
	} all[] = {
#define ERR(code, status, slug, title) { ERR_##code },
#include "base/err.def"
#undef ERR
	};
	jw_key(j, "x-problems");
	jw_open(j, '[');
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		jw_open(j, '{');
		member(j, "type", str_fmt(j->b->arena, "/problems/%s", err_slug(all[i].e)).p);
		member_int(j, "status", err_status(all[i].e));
		member(j, "title", err_title(all[i].e));
		jw_close(j, '}');
	}
	jw_close(j, ']');
	jw_key(j, "components");
	buf_lit(j->b, "{\"responses\":{\"Problem\":{\"description\":\"what went wrong (RFC 9457)\",\"content\":{\"application/problem+json\":{\"schema\":{"
		      "\"type\":\"object\",\"properties\":{\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"},"
		      "\"detail\":{\"type\":\"string\"},\"request_id\":{\"type\":\"string\"},\"errors\":{\"type\":\"array\",\"items\":{\"type\":\"object\","
		      "\"properties\":{\"field\":{\"type\":\"string\"},\"message\":{\"type\":\"string\"}}}}}}}}}},\"securitySchemes\":{\"session\":{"
		      "\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"session\"}}}");
	j->comma = true;
}

void outside_openapi(struct buf *b)
{
	struct json_out j = { .b = b };
	jw_open(&j, '{');
	member(&j, "openapi", "3.1.0");
	jw_key(&j, "info");
	jw_open(&j, '{');
	member(&j, "title", "Karmayogi");
	member(&j, "version", "0.1.0");
	member(&j, "description", "Ids are strings, times RFC 3339, lists have a cursor `next`. Changing requests with a session cookie carry X-CSRF-Token.");
	jw_close(&j, '}');
	paths(&j);
	problem_type(&j);
	jw_close(&j, '}');
	buf_char(b, '\n');
}

/* ── statements and tables ── */

void outside_schema(struct buf *b)
{
	for (const struct db_stmt *const *const *f = feature_statements; *f; f++)
		for (const struct db_stmt *const *s = *f; *s; s++)
			buf_fmt(b, "%-34s reads %-50s%s%s\n", (*s)->name, (*s)->reads, (*s)->writes[0] ? " writes " : "", (*s)->writes);
}
