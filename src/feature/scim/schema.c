/* Tables of SCIM's attributes and the documents made of them; see schema.h. */
#include "feature/scim/schema.h"

#include <strings.h>

static const struct scim_attribute name_sub[] = {
	{ "formatted", "The whole name as the person writes it, in any script.", .must = true },
	{ "givenName", "Taken in only together with familyName, where neither name.formatted nor displayName is sent." },
	{ "familyName", "See givenName." },
	{ NULL },
};
static const struct scim_attribute email_sub[] = {
	{ "value", "The e-mail address; the same as userName." },
	{ "type", "Always work." },
	{ "primary", "Always true.", .type = SCIM_BOOLEAN },
	{ NULL },
};
static const struct scim_attribute phone_sub[] = {
	{ "value", "Indian mobile number of ten digits." },
	{ "type", "Always mobile; numbers of other types are not kept." },
	{ "primary", "Always true.", .type = SCIM_BOOLEAN },
	{ NULL },
};
static const struct scim_attribute manager_sub[] = {
	{ "value", "The id of the supervisor.", .exact = true },
	{ "$ref", "The address of the supervisor.", .type = SCIM_REFERENCE, .mutability = SCIM_READ_ONLY, .exact = true },
	{ "displayName", "The name of the supervisor.", .mutability = SCIM_READ_ONLY },
	{ NULL },
};
static const struct scim_attribute meta_sub[] = {
	{ "resourceType", "User or Group.", .mutability = SCIM_READ_ONLY, .exact = true },
	{ "created", "When it became known here.", .type = SCIM_TIME, .mutability = SCIM_READ_ONLY },
	{ "location", "Its address.", .type = SCIM_REFERENCE, .mutability = SCIM_READ_ONLY, .exact = true },
	{ "version", "Its entity tag.", .mutability = SCIM_READ_ONLY, .exact = true },
	{ NULL },
};
/* What every resource has (RFC 7643, section 3.1); not part of a schema. */
static const struct scim_attribute common[] = {
	{ "id", "", .mutability = SCIM_READ_ONLY, .exact = true },
	{ "externalId", "", .exact = true },
	{ "meta", "", .type = SCIM_COMPLEX, .mutability = SCIM_READ_ONLY, .sub = meta_sub },
	{ NULL },
};
static const struct scim_attribute user_attributes[] = {
	{ "userName", "The e-mail address; of a person without one the employee number.", .must = true, .unique = true },
	{ "name", "The name: one text.", .type = SCIM_COMPLEX, .sub = name_sub },
	{ "displayName", "The same as name.formatted." },
	{ "title", "The designation: its name, or its code.", .must = true },
	{ "preferredLanguage", "The person's own choice: en or hi.", .mutability = SCIM_READ_ONLY },
	{ "active", "False: has left. Nobody is ever deleted; true again: has come back.", .type = SCIM_BOOLEAN },
	{ "emails", "One address at most.", .type = SCIM_COMPLEX, .many = true, .sub = email_sub },
	{ "phoneNumbers", "One mobile number at most.", .type = SCIM_COMPLEX, .many = true, .sub = phone_sub },
	{ NULL },
};
static const struct scim_attribute enterprise_attributes[] = {
	{ "employeeNumber", "By which the person is known here; externalId where only that is sent.", .mutability = SCIM_IMMUTABLE, .exact = true,
	  .unique = true },
	{ "organization", "The organisation in which the person is posted: its code, or its name. The same as department." },
	{ "department", "The same as organization; where both are sent, this one counts." },
	{ "manager", "The supervisor.", .type = SCIM_COMPLEX, .sub = manager_sub },
	{ NULL },
};
static const struct scim_attribute member_sub[] = {
	{ "value", "The id of a user.", .mutability = SCIM_IMMUTABLE, .exact = true },
	{ "$ref", "The address of the user.", .type = SCIM_REFERENCE, .mutability = SCIM_READ_ONLY, .exact = true },
	{ "type", "Always User; there are no groups within groups.", .mutability = SCIM_IMMUTABLE },
	{ "display", "The name of the user.", .mutability = SCIM_READ_ONLY },
	{ NULL },
};
static const struct scim_attribute group_attributes[] = {
	{ "displayName", "The name of the group.", .must = true },
	{ "members", "Who is in the group now; of a group of more than 5,000 left out. Only where the rule of the group just names people can it be changed.",
	  .type = SCIM_COMPLEX, .many = true, .sub = member_sub },
	{ NULL },
};
static const struct scim_schema user_schema = { SCIM_USER, "User", "A person in service.", user_attributes };
static const struct scim_schema enterprise_schema = { SCIM_ENTERPRISE, "EnterpriseUser", "Number, organisation and supervisor of a person.",
						      enterprise_attributes };
static const struct scim_schema group_schema = { SCIM_GROUP, "Group", "A group of people, named one by one or taken in by a rule; one with a rule is read only.",
						     group_attributes };
const struct scim_kind scim_user = { "User", "/Users", &user_schema, &enterprise_schema };
const struct scim_kind scim_group = { "Group", "/Groups", &group_schema, NULL };
static const struct scim_schema *const all_schemas[] = { &user_schema, &enterprise_schema, &group_schema };
static const struct scim_kind *const all_kinds[] = { &scim_user, &scim_group };
enum { N_SCHEMAS = sizeof all_schemas / sizeof *all_schemas, N_KINDS = sizeof all_kinds / sizeof *all_kinds };

/* ── paths ── */

bool scim_same(struct str a, const char *b)
{
	return a.n == strlen(b) && (a.n == 0 || strncasecmp(a.p, b, a.n) == 0);
}

const struct scim_attribute *scim_attribute_of(const struct scim_attribute *table, struct str name)
{
	for (; table && table->name; table++)
		if (scim_same(name, table->name))
			return table;
	return NULL;
}

/* Cuts "URN:" off; the whole text when it is the URN itself. */
static bool cut_urn(const struct scim_schema *s, struct str *text)
{
	size_t n = s ? strlen(s->urn) : 0;
	if (!s || text->n < n || !scim_same(str_sub(*text, 0, n), s->urn) || (text->n > n && text->p[n] != ':'))
		return false;
	*text = str_sub(*text, text->n > n ? n + 1 : n, text->n);
	return true;
}

bool scim_path_of(const struct scim_kind *kind, struct str text, struct scim_path *ret)
{
	bool extension = cut_urn(kind->extension, &text);
	struct scim_path p = { .schema = extension ? kind->extension : kind->schema };
	if (!extension)
		cut_urn(kind->schema, &text);
	ptrdiff_t dot = str_index(text, '.');
	struct str name = dot < 0 ? text : str_sub(text, 0, (size_t)dot);
	p.attribute = scim_attribute_of(p.schema->attributes, name);
	if (!p.attribute && !extension)
		p.attribute = scim_attribute_of(common, name);
	if (p.attribute && dot >= 0)
		p.sub = scim_attribute_of(p.attribute->sub, str_sub(text, (size_t)dot + 1, text.n));
	*ret = p;
	return p.attribute ? dot < 0 || p.sub : extension && text.n == 0;
}

/* ── documents ── */

static void text(struct json_out *j, const char *key, const char *value)
{
	jw_key(j, key);
	jw_str(j, str_of(value));
}

static void yes(struct json_out *j, const char *key, bool value)
{
	jw_key(j, key);
	jw_bool(j, value);
}

static void schemas(struct json_out *j, const char *urn)
{
	jw_key(j, "schemas");
	jw_open(j, '[');
	jw_str(j, str_of(urn));
	jw_close(j, ']');
}

static void meta(struct json_out *j, struct str base, const char *kind, const char *place, const char *id)
{
	jw_key(j, "meta");
	jw_open(j, '{');
	text(j, "resourceType", kind);
	jw_key(j, "location");
	jw_str(j, str_fmt(j->b->arena, "%.*s%s%s", STR_ARG(base), place, id));
	jw_close(j, '}');
}

static void attribute(struct json_out *j, const struct scim_attribute *a)
{
	static const char *const types[] = { "string", "boolean", "dateTime", "reference", "complex" };
	static const char *const mutabilities[] = { "readWrite", "readOnly", "immutable" };
	jw_open(j, '{');
	text(j, "name", a->name);
	text(j, "type", types[a->type]);
	yes(j, "multiValued", a->many);
	text(j, "description", a->text);
	yes(j, "required", a->must);
	if (a->type == SCIM_STRING || a->type == SCIM_REFERENCE) {
		yes(j, "caseExact", a->exact);
		text(j, "uniqueness", a->unique ? "server" : "none");
	}
	text(j, "mutability", mutabilities[a->mutability]);
	text(j, "returned", "default");
	if (a->type == SCIM_REFERENCE) {
		jw_key(j, "referenceTypes");
		jw_open(j, '[');
		jw_str(j, S("User"));
		jw_close(j, ']');
	}
	if (a->sub) {
		jw_key(j, "subAttributes");
		jw_open(j, '[');
		for (const struct scim_attribute *s = a->sub; s->name; s++)
			attribute(j, s);
		jw_close(j, ']');
	}
	jw_close(j, '}');
}

static void one_schema(struct json_out *j, struct str base, const struct scim_schema *s)
{
	jw_open(j, '{');
	schemas(j, "urn:ietf:params:scim:schemas:core:2.0:Schema");
	text(j, "id", s->urn);
	text(j, "name", s->name);
	text(j, "description", s->text);
	jw_key(j, "attributes");
	jw_open(j, '[');
	for (const struct scim_attribute *a = s->attributes; a->name; a++)
		attribute(j, a);
	jw_close(j, ']');
	meta(j, base, "Schema", "/Schemas/", s->urn);
	jw_close(j, '}');
}

static void one_kind(struct json_out *j, struct str base, const struct scim_kind *k)
{
	jw_open(j, '{');
	schemas(j, "urn:ietf:params:scim:schemas:core:2.0:ResourceType");
	text(j, "id", k->name);
	text(j, "name", k->name);
	text(j, "endpoint", k->endpoint);
	text(j, "description", k->schema->text);
	text(j, "schema", k->schema->urn);
	jw_key(j, "schemaExtensions");
	jw_open(j, '[');
	if (k->extension) {
		jw_open(j, '{');
		text(j, "schema", k->extension->urn);
		yes(j, "required", true);
		jw_close(j, '}');
	}
	jw_close(j, ']');
	meta(j, base, "ResourceType", "/ResourceTypes/", k->name);
	jw_close(j, '}');
}

static void open_list(struct json_out *j, int64_t n)
{
	jw_open(j, '{');
	schemas(j, SCIM_LIST);
	jw_key(j, "totalResults");
	jw_int(j, n);
	jw_key(j, "startIndex");
	jw_int(j, 1);
	jw_key(j, "itemsPerPage");
	jw_int(j, n);
	jw_key(j, "Resources");
	jw_open(j, '[');
}

static void close_list(struct json_out *j)
{
	jw_close(j, ']');
	jw_close(j, '}');
}

bool scim_schemas_write(struct json_out *j, struct str base, struct str id)
{
	bool found = !id.p;
	if (!id.p)
		open_list(j, N_SCHEMAS);
	for (size_t i = 0; i < N_SCHEMAS; i++) {
		if (id.p && !scim_same(id, all_schemas[i]->urn))
			continue;
		one_schema(j, base, all_schemas[i]);
		found = true;
	}
	if (!id.p)
		close_list(j);
	return found;
}

bool scim_resource_types_write(struct json_out *j, struct str base, struct str id)
{
	bool found = !id.p;
	if (!id.p)
		open_list(j, N_KINDS);
	for (size_t i = 0; i < N_KINDS; i++) {
		if (id.p && !scim_same(id, all_kinds[i]->name))
			continue;
		one_kind(j, base, all_kinds[i]);
		found = true;
	}
	if (!id.p)
		close_list(j);
	return found;
}

static void supported(struct json_out *j, const char *key, bool is)
{
	jw_key(j, key);
	jw_open(j, '{');
	yes(j, "supported", is);
}

void scim_config_write(struct json_out *j, struct str base)
{
	jw_open(j, '{');
	schemas(j, "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig");
	supported(j, "patch", true);
	jw_close(j, '}');
	supported(j, "bulk", true);
	jw_key(j, "maxOperations");
	jw_int(j, SCIM_BULK_MAX);
	jw_key(j, "maxPayloadSize");
	jw_int(j, SCIM_BODY_MAX);
	jw_close(j, '}');
	supported(j, "filter", true);
	jw_key(j, "maxResults");
	jw_int(j, SCIM_PAGE_MAX);
	jw_close(j, '}');
	supported(j, "changePassword", false);
	jw_close(j, '}');
	supported(j, "sort", false);
	jw_close(j, '}');
	supported(j, "etag", true);
	jw_close(j, '}');
	jw_key(j, "authenticationSchemes");
	jw_open(j, '[');
	jw_open(j, '{');
	text(j, "type", "oauthbearertoken");
	text(j, "name", "Token");
	text(j, "description", "A token with the scope scim, made under My account or by karmayogi token; sent as Authorization: Bearer (RFC 6750).");
	yes(j, "primary", true);
	jw_close(j, '}');
	jw_close(j, ']');
	meta(j, base, "ServiceProviderConfig", "/ServiceProviderConfig", "");
	jw_close(j, '}');
}
