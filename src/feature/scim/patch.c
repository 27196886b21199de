/* PATCH of SCIM on JSON values; see patch.h. */
#include "feature/scim/patch.h"

enum what { ADD, REPLACE, REMOVE };
struct patch {
	struct ctx *cx;
	const struct scim_kind *kind;
	json_t *resource;
	enum what what;
};

static enum err refuse(struct patch *p, const char *type, const char *sentence)
{
	return fail(p->cx, ERR_INVALID, type, sentence);
}

json_t *scim_member(const json_t *object, const char *name)
{
	const char *key;
	json_t *v;
	json_object_foreach ((json_t *)(uintptr_t)object, key, v)
		if (scim_same(str_of(key), name))
			return v;
	return NULL;
}

bool scim_is(const json_t *sent, const char *urn)
{
	const json_t *list = scim_member(sent, "schemas"), *one;
	size_t i;
	json_array_foreach (list, i, one)
		if (scim_same(scim_text(one), urn))
			return true;
	return false;
}

/* ── values as the schema has them ── */

static enum err shape(struct patch *p, const struct scim_attribute *a, const json_t *v, json_t **ret);

static enum err shape_boolean(struct patch *p, const json_t *v, json_t **ret)
{
	struct str s = scim_text(v);
	bool yes = json_is_true(v) || scim_same(s, "true");
	if (!json_is_boolean(v) && !yes && !scim_same(s, "false"))
		return refuse(p, "invalidValue", N_("A value must be true or false."));
	*ret = json_boolean(yes);
	return OK;
}

static enum err shape_complex(struct patch *p, const struct scim_attribute *a, const json_t *v, json_t **ret)
{
	const struct scim_attribute *value = scim_attribute_of(a->sub, S("value"));
	const char *key;
	json_t *member, *part;
	json_auto_t *object = json_object();
	if (json_is_string(v) && value)
		json_object_set(object, value->name, (json_t *)(uintptr_t)v);
	else if (!json_is_object(v))
		return refuse(p, "invalidValue", N_("An attribute with parts must be a JSON object."));
	json_object_foreach ((json_t *)(uintptr_t)v, key, member) {
		const struct scim_attribute *sub = scim_attribute_of(a->sub, str_of(key));
		if (!sub || json_is_null(member))
			continue;
		TRY(shape(p, sub, member, &part));
		json_object_set_new(object, sub->name, part);
	}
	*ret = json_incref(object);
	return OK;
}

/* One value of an attribute, in a new JSON value. */
static enum err shape(struct patch *p, const struct scim_attribute *a, const json_t *v, json_t **ret)
{
	if (a->type == SCIM_COMPLEX)
		return shape_complex(p, a, v, ret);
	if (a->type == SCIM_BOOLEAN)
		return shape_boolean(p, v, ret);
	if (!json_is_string(v))
		return refuse(p, "invalidValue", N_("A value must be a text."));
	*ret = json_incref((json_t *)(uintptr_t)v);
	return OK;
}

/* ── attributes with several values ── */

static enum err append(struct patch *p, const struct scim_attribute *a, json_t *list, const json_t *v)
{
	json_t *have;
	size_t i;
	json_auto_t *one = NULL;
	TRY(shape(p, a, v, &one));
	json_array_foreach (list, i, have)
		if (json_equal(have, one))
			return OK;
	if (json_array_size(list) == PATCH_VALUES)
		return refuse(p, "tooMany", N_("An attribute takes at most 100 values."));
	/* Only one is the first choice: the latest that says so. */
	if (json_is_true(json_object_get(one, "primary")))
		json_array_foreach (list, i, have)
			json_object_del(have, "primary");
	json_array_append(list, one);
	return OK;
}

static enum err append_all(struct patch *p, const struct scim_attribute *a, json_t *list, const json_t *v)
{
	const json_t *one;
	size_t i;
	if (!json_is_array(v))
		return append(p, a, list, v);
	json_array_foreach (v, i, one)
		TRY(append(p, a, list, one));
	return OK;
}

/* What a filter asks for with eq, joined by and: the parts of a value that is made because none fits. */
static void parts_asked_for(const struct scim_filter *f, json_t *object)
{
	if (f->op == SCIM_AND) {
		parts_asked_for(f->a, object);
		parts_asked_for(f->b, object);
	} else if (f->op == SCIM_EQ && f->value == SCIM_TEXT) {
		json_object_set_new(object, f->path.attribute->name, json_stringn(f->said.p, f->said.n));
	} else if (f->op == SCIM_EQ && f->value == SCIM_BOOL) {
		json_object_set_new(object, f->path.attribute->name, json_boolean(f->flag));
	}
}

static enum err change_part(struct patch *p, const struct scim_attribute *sub, json_t *object, const json_t *v)
{
	json_t *part;
	if (p->what == REMOVE || json_is_null(v)) {
		json_object_del(object, sub->name);
		return OK;
	}
	TRY(shape(p, sub, v, &part));
	json_object_set_new(object, sub->name, part);
	return OK;
}

/* A value that fits, or all of them without a filter. */
static enum err change_element(struct patch *p, const struct scim_target *t, json_t *element, const json_t *v)
{
	json_auto_t *parts = NULL;
	if (t->path.sub)
		return change_part(p, t->path.sub, element, v);
	TRY(shape(p, t->path.attribute, v, &parts));
	if (p->what == REPLACE)
		json_object_clear(element);
	json_object_update(element, parts);
	return OK;
}

static enum err change_fitting(struct patch *p, const struct scim_target *t, json_t *list, const json_t *v)
{
	size_t n = 0;
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *element = json_array_get(list, i);
		if (t->where && !scim_filter_fits(p->cx->arena, t->where, element))
			continue;
		n++;
		if (p->what == REMOVE && !t->path.sub)
			json_array_remove(list, i--);
		else
			TRY(change_element(p, t, element, v));
	}
	if (n)
		return OK;
	if (p->what == REMOVE || (p->what == REPLACE && t->where))
		return t->where ? refuse(p, "noTarget", N_("No value fits the filter of the path; nothing was changed.")) : OK;
	json_t *made = json_object();
	json_array_append_new(list, made);
	if (t->where)
		parts_asked_for(t->where, made);
	return change_element(p, t, made, v);
}

static enum err change_many(struct patch *p, const struct scim_target *t, json_t *holder, const json_t *v)
{
	const char *name = t->path.attribute->name;
	json_t *list = json_object_get(holder, name);
	bool whole = !t->where && !t->path.sub;
	if (whole && (p->what != ADD || json_is_null(v)))
		json_object_del(holder, name);
	if (whole && (p->what == REMOVE || json_is_null(v)))
		return OK;
	if (!list || (whole && p->what == REPLACE)) {
		list = json_array();
		json_object_set_new(holder, name, list);
	}
	TRY(whole ? append_all(p, t->path.attribute, list, v) : change_fitting(p, t, list, v));
	if (!json_array_size(list))
		json_object_del(holder, name);
	return OK;
}

/* ── attributes with one value ── */

static enum err change_complex(struct patch *p, const struct scim_target *t, json_t *holder, const json_t *v)
{
	const struct scim_attribute *a = t->path.attribute;
	json_t *object = json_object_get(holder, a->name);
	json_auto_t *parts = NULL;
	if (p->what == REMOVE && !t->path.sub) {
		json_object_del(holder, a->name);
		return OK;
	}
	if (!object) {
		object = json_object();
		json_object_set_new(holder, a->name, object);
	}
	if (t->path.sub) {
		TRY(change_part(p, t->path.sub, object, v));
	} else {
		TRY(shape(p, a, v, &parts));
		json_object_update(object, parts);
	}
	if (!json_object_size(object))
		json_object_del(holder, a->name);
	return OK;
}

/* The object in which attributes of the path's schema stand; made where it is missing. */
static json_t *holder_of(struct patch *p, const struct scim_path *path)
{
	json_t *holder = scim_holder(p->resource, p->kind, path->schema);
	if (holder)
		return holder;
	holder = json_object();
	json_object_set_new(p->resource, path->schema->urn, holder);
	return holder;
}

static enum err change_at(struct patch *p, const struct scim_target *t, const json_t *v)
{
	json_t *holder = holder_of(p, &t->path);
	if (t->where && !t->path.attribute->many)
		return refuse(p, "invalidPath", N_("A filter in a path stands only behind an attribute with several values."));
	if (t->path.attribute->many)
		return change_many(p, t, holder, v);
	if (p->what != REMOVE && json_is_null(v) && !t->path.sub) {
		json_object_del(holder, t->path.attribute->name);
		return OK;
	}
	return t->path.attribute->type == SCIM_COMPLEX ? change_complex(p, t, holder, v) : change_part(p, t->path.attribute, holder, v);
}

/* ── operations ── */

static bool read_only(const struct scim_target *t)
{
	return t->path.attribute->mutability == SCIM_READ_ONLY || (t->path.sub && t->path.sub->mutability == SCIM_READ_ONLY);
}

/* Each member is a path of its own; within the object of an extension its names stand without the URN. */
static enum err change_members(struct patch *p, const struct scim_schema *within, const json_t *object)
{
	const char *key;
	json_t *v;
	if (!json_is_object(object))
		return refuse(p, "invalidValue", N_("Without the path of an attribute the value must be a JSON object of attributes."));
	json_object_foreach ((json_t *)(uintptr_t)object, key, v) {
		struct scim_target t;
		size_t before = p->cx->n_failures;
		struct str path = within ? str_fmt(p->cx->arena, "%s:%s", within->urn, key) : str_of(key);
		if (scim_target_parse(p->cx, p->kind, path, &t) != OK) {
			p->cx->n_failures = before;
			continue;
		}
		if (!t.path.attribute && !within)
			TRY(change_members(p, t.path.schema, v));
		else if (t.path.attribute && !read_only(&t))
			TRY(change_at(p, &t, v));
	}
	return OK;
}

static enum err operate(struct patch *p, const json_t *operation)
{
	static const char *const names[] = { "add", "replace", "remove" };
	struct str op = scim_text(scim_member(operation, "op"));
	const json_t *path = scim_member(operation, "path"), *v = scim_member(operation, "value");
	struct scim_target t;
	size_t i = 0;
	while (i < sizeof names / sizeof *names && !scim_same(op, names[i]))
		i++;
	if (i == sizeof names / sizeof *names)
		return refuse(p, "invalidSyntax", N_("An operation must be add, replace or remove."));
	p->what = (enum what)i;
	if (p->what != REMOVE && !v)
		return refuse(p, "invalidValue", N_("An operation that adds or replaces needs a value."));
	if (!path && p->what == REMOVE)
		return refuse(p, "noTarget", N_("An operation that removes needs a path."));
	if (!path)
		return change_members(p, NULL, v);
	TRY(scim_target_parse(p->cx, p->kind, scim_text(path), &t));
	if (!t.path.attribute && p->what != REMOVE)
		return change_members(p, t.path.schema, v);
	if (!t.path.attribute) {
		json_object_del(p->resource, t.path.schema->urn);
		return OK;
	}
	if (read_only(&t))
		return refuse(p, "mutability", N_("This attribute cannot be changed through SCIM."));
	return change_at(p, &t, v);
}

enum err scim_patch(struct ctx *cx, const struct scim_kind *kind, json_t **resource, const json_t *request)
{
	const json_t *operations = scim_member(request, "Operations"), *one;
	size_t i;
	json_auto_t *copy = json_deep_copy(*resource);
	struct patch p = { .cx = cx, .kind = kind, .resource = copy };
	if (!json_is_array(operations) || !json_array_size(operations))
		return refuse(&p, "invalidSyntax", N_("A PATCH needs Operations, a list."));
	if (json_array_size(operations) > PATCH_OPERATIONS)
		return refuse(&p, "tooMany", N_("A PATCH takes at most 1000 operations."));
	json_array_foreach (operations, i, one)
		TRY(operate(&p, one));
	json_decref(*resource);
	*resource = json_incref(copy);
	return OK;
}

enum err scim_read(struct ctx *cx, const struct scim_kind *kind, const json_t *sent, json_t **ret)
{
	json_auto_t *empty = json_object();
	struct patch p = { .cx = cx, .kind = kind, .resource = empty, .what = REPLACE };
	TRY(change_members(&p, NULL, sent));
	*ret = json_incref(empty);
	return OK;
}
