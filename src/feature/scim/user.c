/* People as SCIM shows them; see user.h. */
#include "feature/scim/user.h"
#include "base/clock.h"
#include "base/field.h"

#include <sodium.h>

void scim_put(json_t *object, const char *key, struct str s)
{
	if (s.n)
		json_object_set_new(object, key, json_stringn(s.p, s.n));
}

void scim_put_id(struct ctx *cx, json_t *object, const char *key, int64_t id)
{
	scim_put(object, key, str_fmt(cx->arena, "%lld", (long long)id));
}

struct str scim_json(struct ctx *cx, const json_t *v)
{
	char *text = json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY);
	struct str copy = str_dup(cx->arena, str_of(text));
	free(text);
	return copy;
}

struct str scim_tag(struct ctx *cx, struct str text)
{
	unsigned char h[16];
	crypto_generichash(h, sizeof h, (const unsigned char *)text.p, text.n, NULL, 0);
	return str_fmt(cx->arena, "W/\"%s\"", str_hex(cx->arena, h, sizeof h).p);
}

void scim_put_meta(struct ctx *cx, json_t *resource, struct str base, const struct scim_kind *kind, int64_t id, int64_t created_at, struct str salt)
{
	json_t *meta = json_object();
	scim_put(meta, "resourceType", str_of(kind->name));
	scim_put(meta, "created", clock_rfc3339(cx->arena, created_at));
	scim_put(meta, "location", str_fmt(cx->arena, "%.*s%s/%lld", STR_ARG(base), kind->endpoint, (long long)id));
	json_object_set_new(resource, "meta", meta);
	scim_put(meta, "version", scim_tag(cx, str_fmt(cx->arena, "%.*s%.*s", STR_ARG(scim_json(cx, resource)), STR_ARG(salt))));
}

struct str scim_version(const json_t *resource)
{
	return scim_text(json_object_get(json_object_get(resource, "meta"), "version"));
}

/* A list of one value. */
static void put_list(json_t *resource, const char *key, struct str value, const char *type)
{
	json_t *list, *one;
	if (!value.n)
		return;
	list = json_array();
	one = json_object();
	scim_put(one, "value", value);
	scim_put(one, "type", str_of(type));
	json_object_set_new(one, "primary", json_true());
	json_array_append_new(list, one);
	json_object_set_new(resource, key, list);
}

static json_t *enterprise_of(struct ctx *cx, struct str base, const struct scim_found_row *p)
{
	json_t *e = json_object(), *manager;
	scim_put(e, "employeeNumber", p->employee_no);
	scim_put(e, "organization", p->org_code);
	scim_put(e, "department", p->org_code);
	if (p->supervisor_id == NONE)
		return e;
	manager = json_object();
	scim_put_id(cx, manager, "value", p->supervisor_id);
	scim_put(manager, "$ref", str_fmt(cx->arena, "%.*s/Users/%lld", STR_ARG(base), (long long)p->supervisor_id));
	scim_put(manager, "displayName", p->supervisor);
	json_object_set_new(e, "manager", manager);
	return e;
}

json_t *scim_user_of(struct ctx *cx, struct str base, const struct scim_found_row *p)
{
	json_t *u = json_object(), *name = json_object(), *schemas = json_array();
	json_array_append_new(schemas, json_string(SCIM_USER));
	json_array_append_new(schemas, json_string(SCIM_ENTERPRISE));
	json_object_set_new(u, "schemas", schemas);
	scim_put_id(cx, u, "id", p->id);
	scim_put(u, "externalId", p->external_id.n ? p->external_id : p->employee_no);
	scim_put(u, "userName", p->email.n ? p->email : p->employee_no.n ? p->employee_no : str_fmt(cx->arena, "%lld", (long long)p->id));
	scim_put(name, "formatted", p->name);
	json_object_set_new(u, "name", name);
	scim_put(u, "displayName", p->name);
	scim_put(u, "title", p->designation);
	scim_put(u, "preferredLanguage", p->lang);
	json_object_set_new(u, "active", json_boolean(str_is(p->state, "active")));
	put_list(u, "emails", p->email, "work");
	put_list(u, "phoneNumbers", p->mobile, "mobile");
	json_object_set_new(u, SCIM_ENTERPRISE, enterprise_of(cx, base, p));
	scim_put_meta(cx, u, base, &scim_user, p->id, p->created_at, STR_NONE);
	return u;
}

/* ── what a client wants to see ── */

/* The member of an object, made where it is missing; NULL of NULL. */
static json_t *member(json_t *object, const char *name, json_t *(*make)(void))
{
	json_t *v = json_object_get(object, name);
	if (v || !object)
		return v;
	v = make();
	json_object_set_new(object, name, v);
	return v;
}

static void move(json_t *from, json_t *to, const char *name)
{
	json_t *v = json_object_get(from, name);
	if (v && to)
		json_object_set(to, name, v);
	json_object_del(from, name);
}

/* Moves what a path names from one resource to another; to NULL: it is dropped. */
static void move_attribute(json_t *from, json_t *to, const struct scim_path *p)
{
	json_t *v = json_object_get(from, p->attribute->name), *one, *kept;
	size_t i;
	if (!v || !p->sub) {
		move(from, to, p->attribute->name);
	} else if (json_is_object(v)) {
		move(v, member(to, p->attribute->name, json_object), p->sub->name);
	} else {
		kept = member(to, p->attribute->name, json_array);
		json_array_foreach (v, i, one) {
			if (kept && json_array_size(kept) <= i)
				json_array_append_new(kept, json_object());
			move(one, json_array_get(kept, i), p->sub->name);
		}
	}
}

static void move_path(const struct scim_kind *kind, json_t *from, json_t *to, const struct scim_path *p)
{
	const char *urn = p->schema->urn;
	bool extension = kind->extension && p->schema == kind->extension;
	json_t *inner = extension ? json_object_get(from, urn) : from;
	if (!p->attribute)
		move(from, to, urn);
	else if (inner)
		move_attribute(inner, extension ? member(to, urn, json_object) : to, p);
}

void scim_leave(const struct scim_kind *kind, json_t *resource, struct str attributes, struct str excluded)
{
	struct str one;
	struct scim_path p;
	json_auto_t *kept = json_object();
	bool some = attributes.n;
	while (str_cut(&attributes, ',', &one))
		if (scim_path_of(kind, str_trim(one), &p))
			move_path(kind, resource, kept, &p);
	if (some) {
		json_object_set(kept, "schemas", json_object_get(resource, "schemas"));
		if (json_object_get(resource, "id"))
			json_object_set(kept, "id", json_object_get(resource, "id"));
		json_object_clear(resource);
		json_object_update(resource, kept);
	}
	while (str_cut(&excluded, ',', &one))
		if (scim_path_of(kind, str_trim(one), &p) && !(p.attribute && strcmp(p.attribute->name, "id") == 0))
			move_path(kind, resource, NULL, &p);
}
