/* Members that a client names; see members.h. */
#include "feature/scim/members.h"
#include "feature/group/rule.h"
#include "feature/scim/patch.h"

enum what { ADD, REPLACE, REMOVE, UNKNOWN };

static enum err refuse(struct ctx *cx, const char *type, const char *sentence)
{
	return fail(cx, ERR_INVALID, type, sentence);
}

enum err scim_members_too_many(struct ctx *cx)
{
	return refuse(cx, "tooMany:members",
		      N_("So many people cannot be named one by one; about 2,800 can. Make several groups, or one with a rule on the page of groups."));
}

struct scim_members scim_members_of(struct arena *a, const int64_t *ids, size_t n)
{
	struct scim_members m = { ARENA_ARRAY(a, int64_t, SCIM_NAMED_MAX), n };
	BUG_IF(n > SCIM_NAMED_MAX);
	if (n)
		memcpy(m.v, ids, n * sizeof *ids);
	return m;
}

/* ── lists ── */

struct ids {
	int64_t *v;
	size_t n;
};

static enum err read_one(struct ctx *cx, const json_t *v, int64_t *ret)
{
	struct str id = scim_text(json_is_object(v) ? scim_member(v, "value") : v), type = scim_text(scim_member(v, "type"));
	if (type.n && !scim_same(type, "User"))
		return refuse(cx, "invalidValue:members", N_("There are no groups within groups here; name the people."));
	if (!str_int(id, ret) || *ret <= 0)
		return refuse(cx, "invalidValue:members", N_("A member is named by its id, as /Users shows it."));
	return OK;
}

static enum err read_list(struct ctx *cx, const json_t *v, struct ids *ret)
{
	const json_t *one;
	size_t i;
	*ret = (struct ids){ ARENA_ARRAY(cx->arena, int64_t, json_is_array(v) ? json_array_size(v) : 1), 0 };
	if (!json_is_array(v))
		TRY(read_one(cx, v, &ret->v[ret->n++]));
	json_array_foreach (v, i, one)
		TRY(read_one(cx, one, &ret->v[ret->n++]));
	ret->n = ids_in_order(ret->v, ret->n);
	return OK;
}

/* From behind, in place. Spends the list. */
static enum err join(struct ctx *cx, struct scim_members *m, struct ids *more)
{
	size_t fresh = 0;
	for (size_t i = 0; i < more->n; i++)
		if (!ids_hold(m->v, m->n, more->v[i]))
			more->v[fresh++] = more->v[i];
	if (fresh > SCIM_NAMED_MAX - m->n)
		return scim_members_too_many(cx);
	size_t old = m->n, at = m->n += fresh;
	while (fresh)
		m->v[--at] = old && m->v[old - 1] > more->v[fresh - 1] ? m->v[--old] : more->v[--fresh];
	return OK;
}

static void drop(struct scim_members *m, const struct ids *gone)
{
	size_t kept = 0;
	for (size_t i = 0; i < m->n; i++)
		if (!ids_hold(gone->v, gone->n, m->v[i]))
			m->v[kept++] = m->v[i];
	m->n = kept;
}

/* ── filters in brackets ── */

/* Whether a filter asks only for what is known of a member here. */
static bool is_known(const struct scim_filter *f)
{
	if (f->op == SCIM_AND || f->op == SCIM_OR)
		return is_known(f->a) && is_known(f->b);
	if (f->op == SCIM_NOT)
		return is_known(f->a);
	return f->op != SCIM_HAS && (strcmp(f->path.attribute->name, "value") == 0 || strcmp(f->path.attribute->name, "type") == 0);
}

static void drop_fitting(struct ctx *cx, struct scim_members *m, const struct scim_filter *f)
{
	int64_t one;
	size_t kept = 0;
	if (f->op == SCIM_EQ && f->value == SCIM_TEXT && strcmp(f->path.attribute->name, "value") == 0) {
		if (str_int(f->said, &one))
			drop(m, &(struct ids){ &one, 1 });
		return;
	}
	for (size_t i = 0; i < m->n; i++) {
		struct arena_mark mark = arena_mark(cx->arena);
		json_auto_t *member = json_pack("{s:o,s:s}", "value", json_sprintf("%lld", (long long)m->v[i]), "type", "User");
		if (!scim_filter_fits(cx->arena, f, member))
			m->v[kept++] = m->v[i];
		arena_back(cx->arena, mark);
	}
	m->n = kept;
}

/* ── operations ── */

static enum err change(struct ctx *cx, struct scim_members *m, enum what what, const struct scim_target *t, const json_t *v)
{
	struct ids list = { 0 };
	bool some = v && !json_is_null(v);
	if (t->path.sub || (t->where && (what != REMOVE || !is_known(t->where))))
		return refuse(cx, "invalidPath",
			      N_("Members are added, replaced and removed whole: by members with a list, or removed by members[value eq \"id\"]."));
	if (t->where) {
		drop_fitting(cx, m, t->where);
		return OK;
	}
	if (some)
		TRY(read_list(cx, v, &list));
	if (what == REPLACE || (what == REMOVE && !some))
		m->n = 0;
	if (what != REMOVE)
		return join(cx, m, &list);
	drop(m, &list);
	return OK;
}

static bool is_members(struct ctx *cx, struct str path, struct scim_target *ret)
{
	size_t before = cx->n_failures;
	bool is = scim_target_parse(cx, &scim_group, path, ret) == OK && ret->path.attribute && strcmp(ret->path.attribute->name, "members") == 0;
	cx->n_failures = before;
	return is;
}

/* Takes the attribute out of an object of attributes. *ret_rest: a new value. */
static enum err change_in(struct ctx *cx, struct scim_members *m, enum what what, const json_t *object, json_t **ret_rest)
{
	const char *key;
	json_t *v;
	json_auto_t *rest = json_object();
	json_object_foreach ((json_t *)(uintptr_t)object, key, v) {
		struct scim_target t;
		if (is_members(cx, str_of(key), &t))
			TRY(change(cx, m, what, &t, v));
		else
			json_object_set(rest, key, v);
	}
	*ret_rest = json_incref(rest);
	return OK;
}

enum err scim_members_read(struct ctx *cx, const json_t *sent, struct scim_members *m, json_t **ret_rest)
{
	return change_in(cx, m, REPLACE, sent, ret_rest);
}

static enum what what_of(const json_t *operation)
{
	struct str op = scim_text(scim_member(operation, "op"));
	return scim_same(op, "add") ? ADD : scim_same(op, "replace") ? REPLACE : scim_same(op, "remove") ? REMOVE : UNKNOWN;
}

/* Carries out one operation, or puts it, or what is left of it, among those for others. */
static enum err operate(struct ctx *cx, struct scim_members *m, const json_t *operation, json_t *others)
{
	const json_t *path = scim_member(operation, "path"), *v = scim_member(operation, "value");
	enum what what = what_of(operation);
	struct scim_target t;
	json_auto_t *rest = NULL;
	if (path && what != UNKNOWN && is_members(cx, scim_text(path), &t)) {
		if (what != REMOVE && !v)
			return refuse(cx, "invalidValue", N_("An operation that adds or replaces needs a value."));
		return change(cx, m, what, &t, v);
	}
	if (path || !json_is_object(v) || (what != ADD && what != REPLACE)) {
		json_array_append(others, (json_t *)(uintptr_t)operation);
		return OK;
	}
	TRY(change_in(cx, m, what, v, &rest));
	json_array_append_new(others, json_pack("{s:s,s:O}", "op", what == ADD ? "add" : "replace", "value", rest));
	return OK;
}

enum err scim_members_patch(struct ctx *cx, const json_t *request, struct scim_members *m, json_t **ret_rest)
{
	const json_t *operations = scim_member(request, "Operations"), *one;
	size_t i;
	json_auto_t *others = json_array();
	/* What is no list of operations, or too long a one, is refused where the rest is carried out. */
	if (!json_is_array(operations) || !json_array_size(operations) || json_array_size(operations) > PATCH_OPERATIONS) {
		*ret_rest = json_incref((json_t *)(uintptr_t)request);
		return OK;
	}
	json_array_foreach (operations, i, one)
		TRY(operate(cx, m, one, others));
	*ret_rest = json_pack("{s:O}", "Operations", others);
	return OK;
}
