/* The description of the API, from the table of actions; see openapi.h. */
#include "web/openapi.h"
#include "base/json.h"

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
	case F_SECRET: schema_of_text(j, f, in); break;
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
	case F_REAL: type_of(j, "number", !in); break;
	case F_BOOL: member(j, "type", "boolean"); break;
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
	case F_JSON: break;
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

/* Whether a field is a place of the address and so no part of the body or query; path NULL: of none. */
static bool in_address(struct json_out *j, const char *path, const struct field *f)
{
	return path && str_find(str_of(path), str_fmt(j->b->arena, "{%s}", f->name)) >= 0;
}

static void object_of(struct json_out *j, const struct field *fields, bool in, const char *path)
{
	jw_open(j, '{');
	member(j, "type", "object");
	jw_key(j, "properties");
	jw_open(j, '{');
	size_t must = 0;
	for (const struct field *f = fields; f && f->name; f++) {
		if (in_address(j, path, f))
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
			if (f->must && !in_address(j, path, f))
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
		bool in_path = in_address(j, a->api, f);
		if (!in_path && a->method != GET && !a->upload && (!a->whole || strcmp(f->name, a->whole) == 0))
			continue;
		if (a->upload && (strcmp(f->name, "file") == 0))
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
	if (a->method != GET && !a->manners) {
		jw_open(j, '{');
		member(j, "$ref", "#/components/parameters/IdempotencyKey");
		jw_close(j, '}');
	}
	jw_close(j, ']');
}

static const char *json_type(const struct action *a)
{
	return a->manners ? a->manners->type : "application/json";
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
	jw_key(j, a->manners && a->method != GET ? "2XX" : "200");
	jw_open(j, '{');
	member(j, "description", a->method == GET ? "what was asked for" : "done, and on disk");
	json_content(j, json_type(a));
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
	if (a->manners)
		member(j, "description", "what went wrong, in the manners of the protocol");
	else
		member(j, "$ref", "#/components/responses/Problem");
	jw_close(j, '}');
	jw_close(j, '}');
}

/* Who is not known may ask too: {} beside the schemes. */
static void security_of(struct json_out *j, const struct action *a)
{
	jw_key(j, "security");
	jw_open(j, '[');
	if (!a->in_person) {
		jw_open(j, '{');
		jw_key(j, "token");
		jw_open(j, '[');
		jw_close(j, ']');
		jw_close(j, '}');
	}
	jw_open(j, '{');
	jw_key(j, "session");
	jw_open(j, '[');
	jw_close(j, ']');
	jw_close(j, '}');
	if (permission_roles(a->may) & R_ANYONE) {
		jw_open(j, '{');
		jw_close(j, '}');
	}
	jw_close(j, ']');
}

/* The file itself is the body; the other fields stand in the query. */
static void file_body(struct json_out *j)
{
	jw_key(j, "requestBody");
	jw_open(j, '{');
	jw_key(j, "required");
	jw_bool(j, true);
	json_content(j, "text/csv");
	jw_open(j, '{');
	member(j, "type", "string");
	jw_close(j, '}');
	end_content(j);
	jw_close(j, '}');
}

static void json_body(struct json_out *j, const struct action *a)
{
	bool must = false;
	for (const struct field *f = a->in; f->name; f++)
		must = must || (f->must && !in_address(j, a->api, f));
	jw_key(j, "requestBody");
	jw_open(j, '{');
	jw_key(j, "required");
	jw_bool(j, must);
	json_content(j, json_type(a));
	if (a->whole)
		object_of(j, NULL, true, NULL);
	else
		object_of(j, a->in, true, a->api);
	end_content(j);
	jw_close(j, '}');
}

static void operation(struct json_out *j, const struct action *a)
{
	jw_key(j, str_lower(j->b->arena, str_of(method_name(a->method))).p);
	jw_open(j, '{');
	member(j, "operationId", a->name);
	member(j, "summary", a->summary);
	member(j, "x-permission", permission_code(a->may));
	security_of(j, a);
	parameters_of(j, a);
	if (a->upload)
		file_body(j);
	else if (a->method != GET && a->method != DELETE && a->in)
		json_body(j, a);
	responses_of(j, a);
	jw_close(j, '}');
}

static bool first_of_path(const struct action_table *t, const struct action *action)
{
	for (size_t i = 0; action_at(t, i) != action; i++)
		if (action_at(t, i)->api && strcmp(action_at(t, i)->api, action->api) == 0)
			return false;
	return true;
}

static void paths(struct json_out *j, const struct action_table *t)
{
	jw_key(j, "paths");
	jw_open(j, '{');
	for (size_t i = 0; i < action_count(t); i++) {
		const struct action *a = action_at(t, i);
		if (!a->api || !first_of_path(t, a))
			continue;
		jw_key(j, a->api);
		jw_open(j, '{');
		for (size_t k = i; k < action_count(t); k++)
			if (action_at(t, k)->api && strcmp(action_at(t, k)->api, a->api) == 0)
				operation(j, action_at(t, k));
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
	buf_lit(j->b, "{\"parameters\":{\"IdempotencyKey\":{\"name\":\"Idempotency-Key\",\"in\":\"header\",\"required\":false,"
		      "\"description\":\"The same key and the same request: it happens once, and the answer is the same. Kept for a day.\","
		      "\"schema\":{\"type\":\"string\",\"maxLength\":255}}},\"responses\":{\"Problem\":{\"description\":\"what went wrong (RFC "
		      "9457)\",\"content\":{\"application/problem+json\":{\"schema\":{"
		      "\"type\":\"object\",\"properties\":{\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"},"
		      "\"detail\":{\"type\":\"string\"},\"request_id\":{\"type\":\"string\"},\"errors\":{\"type\":\"array\",\"items\":{\"type\":\"object\","
		      "\"properties\":{\"field\":{\"type\":\"string\"},\"message\":{\"type\":\"string\"}}}}}}}}}},\"securitySchemes\":{"
		      "\"token\":{\"type\":\"http\",\"scheme\":\"bearer\",\"description\":\"A token made under My account or by `karmayogi token create`.\"},"
		      "\"session\":{"
		      "\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"session\"}}}");
	j->comma = true;
}

void openapi_write(struct buf *b, const struct action_table *t, struct str base_url)
{
	struct json_out j = { .b = b };
	jw_open(&j, '{');
	member(&j, "openapi", "3.1.0");
	jw_key(&j, "info");
	jw_open(&j, '{');
	member(&j, "title", "Karmayogi");
	member(&j, "version", "0.1.0");
	member(&j, "description",
	       "Ids are strings, times RFC 3339, lists have a cursor `next`. Programs send `Authorization: Bearer TOKEN`; x-permission is the scope they need. "
	       "Changing requests with a session cookie carry X-CSRF-Token. A POST with an Idempotency-Key happens once, however often it is sent within a "
	       "day. "
	       "Answers to GET carry an ETag. The headers RateLimit-Policy and RateLimit say how many requests a minute are left.");
	jw_key(&j, "license");
	jw_open(&j, '{');
	member(&j, "name", "Apache-2.0");
	member(&j, "identifier", "Apache-2.0");
	jw_close(&j, '}');
	jw_close(&j, '}');
	jw_key(&j, "servers");
	jw_open(&j, '[');
	jw_open(&j, '{');
	jw_key(&j, "url");
	jw_str(&j, base_url.n ? base_url : S("/"));
	jw_close(&j, '}');
	jw_close(&j, ']');
	paths(&j, t);
	problem_type(&j);
	jw_close(&j, '}');
	buf_char(b, '\n');
}
