/* What a client wants of a group becomes a rule that names people; see scim_group.h. */
#include "base/json.h"
#include "base/utf8.h"
#include "feature/group/group.h"
#include "feature/scim/members.h"
#include "feature/scim/patch.h"
#include "feature/scim/scim_group.h"

enum { EXTERNAL_MAX = 200, TOLD_MAX = 100 };

/* A change on its way. */
struct work {
	const struct scim_client *c;
	enum scim_verb verb;
	struct scim_group_row g; /* not of SCIM_ADD */
	struct scim_members named, wanted;
	struct str name, external_id; /* wanted */
};

static enum err refuse(struct ctx *cx, enum err e, const char *field, const char *sentence)
{
	return fail(cx, e, field, sentence);
}

/* ── what is wanted ── */

static struct str text_of(struct ctx *cx, const json_t *v)
{
	struct str s = str_trim(scim_text(v));
	return s.n ? str_dup(cx->arena, s) : STR_NONE;
}

static enum err want_rest(struct ctx *cx, struct work *w, const json_t *group)
{
	w->name = text_of(cx, json_object_get(group, "displayName"));
	w->external_id = text_of(cx, json_object_get(group, "externalId"));
	if (!w->name.n)
		return refuse(cx, ERR_INVALID, "invalidValue:displayName", N_("A group needs a name."));
	if (utf8_length(w->name) > GROUP_NAME_MAX)
		return refuse(cx, ERR_INVALID, "invalidValue:displayName", N_("A name has at most 120 letters."));
	return w->external_id.n > EXTERNAL_MAX ? refuse(cx, ERR_INVALID, "invalidValue:externalId", N_("is too long")) : OK;
}

/* A whole group. What is left out stays as it is. */
static enum err want_whole(struct ctx *cx, struct work *w, const json_t *sent)
{
	json_auto_t *rest = NULL;
	json_auto_t *group = NULL;
	if (!scim_is(sent, SCIM_GROUP))
		return refuse(cx, ERR_INVALID, "invalidSyntax:schemas", N_("The list schemas does not name the schema of a group."));
	TRY(scim_members_read(cx, sent, &w->wanted, &rest));
	TRY(scim_read(cx, &scim_group, rest, &group));
	if (w->verb == SCIM_PUT && !json_object_get(group, "displayName"))
		scim_put(group, "displayName", w->g.name);
	if (w->verb == SCIM_PUT && !json_object_get(group, "externalId"))
		scim_put(group, "externalId", w->g.external_id);
	return want_rest(cx, w, group);
}

static enum err want_patch(struct ctx *cx, struct work *w, const json_t *sent)
{
	json_auto_t *rest = NULL;
	json_auto_t *group = json_object();
	if (!scim_is(sent, SCIM_PATCH_OP))
		return refuse(cx, ERR_INVALID, "invalidSyntax:schemas", N_("The list schemas does not name the operations of a PATCH."));
	scim_put(group, "displayName", w->g.name);
	scim_put(group, "externalId", w->g.external_id);
	TRY(scim_members_patch(cx, sent, &w->wanted, &rest));
	const json_t *operations = scim_member(rest, "Operations");
	if (!json_is_array(operations) || json_array_size(operations))
		TRY(scim_patch(cx, &scim_group, &group, rest));
	return want_rest(cx, w, group);
}

/* ── may it be? ── */

/* Fresh names only: who is named already, and has left or gone elsewhere since, is in nobody's way. */
static enum err check_members(struct ctx *cx, const struct work *w, int64_t org_id)
{
	for (size_t i = 0; i < w->wanted.n; i++) {
		struct scim_member_here_row row;
		bool here = ids_hold(w->named.v, w->named.n, w->wanted.v[i]);
		if (!here)
			TRY(scim_sql_member_here(cx, org_id, w->c->person_id, w->wanted.v[i], &row, &here));
		if (!here)
			return fail_msg(cx, ERR_INVALID, S("invalidValue:members"),
					N_("“{member}” is nobody within your reach whose posting lies in the organisation of the group or below it."), 1,
					(struct msg_arg[]){ { "member", str_fmt(cx->arena, "%lld", (long long)w->wanted.v[i]) } });
	}
	return OK;
}

static enum err check_external(struct ctx *cx, const struct work *w)
{
	struct scim_group_called_row row;
	bool found = false;
	if (!w->external_id.n)
		return OK;
	TRY(scim_sql_group_called(cx, w->c->person_id, w->external_id, &row, &found));
	if (found && (w->verb == SCIM_ADD || row.group_id != w->g.id))
		return refuse(cx, ERR_CONFLICT, "uniqueness:externalId", N_("belongs to another group"));
	return OK;
}

static enum err rule_of(struct ctx *cx, const struct work *w, int64_t org_id, struct str *ret)
{
	const struct rule r = rule_naming(cx->arena, w->wanted.v, w->wanted.n);
	*ret = rule_json(cx, &r);
	if (ret->n > RULE_BYTES_MAX)
		return scim_members_too_many(cx);
	return check_members(cx, w, org_id);
}

/* The list of a group; a rule that asks for more is not a client's to change. */
static enum err read_named(struct ctx *cx, struct work *w)
{
	struct scim_group_rule_row row;
	struct rule r;
	int64_t *ids;
	size_t n;
	TRY(scim_sql_group_rule(cx, w->g.id, &row));
	TRY(rule_parse(cx, row.rule, &r));
	if (!rule_named(cx->arena, &r, &ids, &n) || n > SCIM_NAMED_MAX)
		return fail_msg(cx, ERR_INVALID, S("mutability"), N_("Who is in this group follows from its rule; the group is changed at {address}"), 1,
				(struct msg_arg[]){ { "address", str_fmt(cx->arena, "%.*s/orgs/%lld/groups/%lld", STR_ARG(cx->app->base_url),
									 (long long)w->g.org_id, (long long)w->g.id) } });
	w->named = scim_members_of(cx->arena, ids, n);
	w->wanted = scim_members_of(cx->arena, ids, n);
	return OK;
}

/* With members or without: a client has the tag of what it was shown. */
static enum err check_version(struct ctx *cx, const struct work *w, struct str wanted, const json_t *before)
{
	if (scim_is_version(wanted, scim_version(before)))
		return OK;
	json_auto_t *whole = json_deep_copy(before);
	TRY(scim_put_members(cx, w->c, w->g.org_id, whole));
	return scim_is_version(wanted, scim_version(whole)) ? OK : ERR_PRECONDITION;
}

/* ── carrying out ── */

/* Ids of one list that are not in another. */
static void tell_more(struct json_out *j, const char *key, const char *count, const struct scim_members *these, const struct scim_members *those)
{
	int64_t n = 0;
	jw_key(j, key);
	jw_open(j, '[');
	for (size_t i = 0; i < these->n; i++)
		if (!ids_hold(those->v, those->n, these->v[i]) && n++ < TOLD_MAX)
			jw_id(j, these->v[i]);
	jw_close(j, ']');
	jw_key(j, count);
	jw_int(j, n);
}

/* For the audit trail: the first of them, and how many they are. */
static struct str members_told(struct ctx *cx, const struct work *w)
{
	struct buf b;
	struct json_out j = { .b = &b };
	buf_init(&b, cx->arena, 1 << 14);
	jw_open(&j, '{');
	tell_more(&j, "added", "n_added", &w->wanted, &w->named);
	tell_more(&j, "removed", "n_removed", &w->named, &w->wanted);
	jw_close(&j, '}');
	return buf_get(&b);
}

static enum err keep(struct ctx *cx, const struct work *w, int64_t id)
{
	if (str_eq(w->external_id, w->g.external_id))
		return OK;
	if (!w->external_id.n)
		return scim_sql_forget_group(cx, id, w->c->person_id, NULL);
	/* Held by a group that has ended on its page. */
	TRY(scim_sql_free_group(cx, w->c->person_id, w->external_id, NULL));
	return scim_sql_keep_group(cx, w->c->person_id, id, w->external_id, NULL);
}

static enum err show(struct ctx *cx, const struct work *w, struct scim_changed *ret)
{
	struct scim_group_row g;
	bool found = false;
	TRY(scim_sql_group(cx, w->c->person_id, ret->id, &g, &found));
	BUG_IF(!found);
	ret->now = scim_group_of(cx, w->c, &g);
	return OK;
}

static enum err add(struct ctx *cx, struct work *w, const json_t *sent, struct scim_changed *ret)
{
	struct group_add in = { .org_id = w->c->tops[0] };
	w->named = scim_members_of(cx->arena, NULL, 0);
	w->wanted = scim_members_of(cx->arena, NULL, 0);
	TRY(want_whole(cx, w, sent));
	TRY(check_external(cx, w));
	TRY(rule_of(cx, w, in.org_id, &in.rule));
	in.name = w->name;
	ret->began = true;
	ret->org_id = in.org_id;
	ret->what = "new";
	ret->members = members_told(cx, w);
	TRY(group_add(cx, &in, &ret->id));
	TRY(keep(cx, w, ret->id));
	return show(cx, w, ret);
}

static bool same(const struct scim_members *a, const struct scim_members *b)
{
	return a->n == b->n && (!a->n || memcmp(a->v, b->v, a->n * sizeof *a->v) == 0);
}

static enum err change(struct ctx *cx, struct work *w, const struct scim_change *in, struct scim_changed *ret)
{
	struct str rule;
	TRY(in->verb == SCIM_PUT ? want_whole(cx, w, in->sent) : want_patch(cx, w, in->sent));
	TRY(check_external(cx, w));
	TRY(rule_of(cx, w, w->g.org_id, &rule));
	bool members = !same(&w->wanted, &w->named), differs = members || !str_eq(w->name, w->g.name);
	ret->began = differs || !str_eq(w->external_id, w->g.external_id);
	ret->what = differs ? "changed" : NULL;
	if (members)
		ret->members = members_told(cx, w);
	if (differs)
		TRY(group_change(cx, w->g.id, w->name, rule));
	TRY(keep(cx, w, w->g.id));
	return show(cx, w, ret);
}

static enum err end(struct ctx *cx, const struct work *w, struct scim_changed *ret)
{
	ret->began = true;
	ret->what = "ended";
	TRY(group_end(cx, w->g.id));
	return scim_sql_forget_group(cx, w->g.id, NONE, NULL);
}

enum err scim_change_group(struct ctx *cx, const struct scim_client *c, const struct scim_change *in, struct scim_changed *ret)
{
	struct work w = { .c = c, .verb = in->verb };
	*ret = (struct scim_changed){ 0 };
	if (in->verb == SCIM_ADD)
		return add(cx, &w, in->sent, ret);
	TRY(scim_find_group(cx, c, in->id, &w.g));
	ret->id = w.g.id;
	ret->org_id = w.g.org_id;
	ret->before = scim_group_of(cx, c, &w.g);
	TRY(check_version(cx, &w, in->version, ret->before));
	TRY(read_named(cx, &w));
	return in->verb == SCIM_REMOVE ? end(cx, &w, ret) : change(cx, &w, in, ret);
}
