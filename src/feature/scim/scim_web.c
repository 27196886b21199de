/* SCIM over HTTP: users, groups, and the documents that describe the server (RFC 7644, sections 3 and 4). */
#include "feature/scim/scim_message.h"

enum { DOCUMENT_MAX = 1 << 16 };

/* ── the documents ── */

static struct str base_of(struct ctx *cx)
{
	return str_fmt(cx->arena, "%.*s/scim/v2", STR_ARG(cx->app->base_url));
}

static void document(struct answer *a, struct buf *b)
{
	a->type = SCIM_TYPE;
	a->bytes = buf_get(b);
}

static enum err config_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct buf b;
	struct json_out j = { .b = &b };
	(void)input;
	(void)state;
	buf_init(&b, cx->arena, DOCUMENT_MAX);
	scim_config_write(&j, base_of(cx));
	document(a, &b);
	return OK;
}

struct described_in {
	struct str resource_type, schema;
};
static const struct field resource_type_in[] = { FIELD(described_in, resource_type, F_TEXT, .must = true), FIELD_END };
static const struct field schema_in[] = { FIELD(described_in, schema, F_TEXT, .must = true), FIELD_END };

static enum err described(struct ctx *cx, struct answer *a, struct str id, bool (*write)(struct json_out *j, struct str base, struct str id))
{
	struct buf b;
	struct json_out j = { .b = &b };
	buf_init(&b, cx->arena, DOCUMENT_MAX);
	if (!write(&j, base_of(cx), id))
		return ERR_NOT_FOUND;
	document(a, &b);
	return OK;
}

static enum err resource_types_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct described_in *in = input;
	(void)state;
	return described(cx, a, in ? in->resource_type : STR_NONE, scim_resource_types_write);
}

static enum err schemas_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct described_in *in = input;
	(void)state;
	return described(cx, a, in ? in->schema : STR_NONE, scim_schemas_write);
}

/* ── looking ── */

struct list_in {
	struct str filter, attributes, excludedAttributes; /* named as in the addresses of the protocol */
	int64_t startIndex, count;
};
static const struct field list_in[] = {
	FIELD(list_in, filter, F_TEXT, .max = FILTER_BYTES),
	FIELD(list_in, startIndex, F_INT, .min = -1000000000, .max = 1000000000),
	FIELD(list_in, count, F_INT, .min = -1000000000, .max = 1000000000),
	FIELD(list_in, attributes, F_TEXT, .max = 2000),
	FIELD(list_in, excludedAttributes, F_TEXT, .max = 2000),
	FIELD_END,
};

typedef enum err client_fn(struct ctx *cx, struct scim_client *ret);
typedef enum err list_fn(struct ctx *cx, const struct scim_client *c, const struct scim_list *in, json_t **ret);

static enum err list(struct ctx *cx, const struct list_in *in, client_fn *client_of, list_fn *fn, struct answer *a)
{
	struct scim_client c;
	struct scim_list l = {
		.filter = in->filter, .start = in->startIndex, .count = in->count, .attributes = in->attributes, .excluded = in->excludedAttributes
	};
	json_auto_t *message = NULL;
	TRY(client_of(cx, &c));
	TRY(fn(cx, &c, &l, &message));
	scim_answer(cx, a, message);
	return OK;
}

static enum err users_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	return list(cx, input, scim_client_of, scim_list_users, a);
}

static enum err groups_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	return list(cx, input, scim_group_client_of, scim_list_groups, a);
}

struct one_in {
	struct str id, attributes, excludedAttributes;
};
static const struct field one_in[] = {
	FIELD(one_in, id, F_TEXT, .must = true, .max = 20),
	FIELD(one_in, attributes, F_TEXT, .max = 2000),
	FIELD(one_in, excludedAttributes, F_TEXT, .max = 2000),
	FIELD_END,
};

static void one(struct ctx *cx, const struct one_in *in, const struct scim_kind *kind, json_t *resource, struct answer *a)
{
	a->etag = str_dup(cx->arena, scim_version(resource));
	scim_leave(kind, resource, in->attributes, in->excludedAttributes);
	scim_answer(cx, a, resource);
	json_decref(resource);
}

static enum err user_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct scim_client c;
	struct scim_found_row p;
	(void)state;
	TRY(scim_client_of(cx, &c));
	TRY(scim_find(cx, &c, in->id, &p));
	one(cx, in, &scim_user, scim_user_of(cx, c.base, &p), a);
	return OK;
}

static enum err group_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct scim_client c;
	struct scim_group_row g;
	(void)state;
	TRY(scim_group_client_of(cx, &c));
	TRY(scim_find_group(cx, &c, in->id, &g));
	json_auto_t *group = scim_group_of(cx, &c, &g);
	if (scim_shows_members(in->attributes, in->excludedAttributes))
		TRY(scim_put_members(cx, &c, g.org_id, group));
	one(cx, in, &scim_group, json_incref(group), a);
	return OK;
}

/* ── changing ── */

struct change_in {
	struct str id, resource, attributes, excludedAttributes;
};
static const struct field add_in[] = {
	FIELD(change_in, resource, F_JSON, .must = true),
	FIELD(change_in, attributes, F_TEXT, .max = 2000),
	FIELD(change_in, excludedAttributes, F_TEXT, .max = 2000),
	FIELD_END,
};
static const struct field change_in[] = {
	FIELD(change_in, id, F_TEXT, .must = true, .max = 20),
	FIELD(change_in, resource, F_JSON, .must = true),
	FIELD(change_in, attributes, F_TEXT, .max = 2000),
	FIELD(change_in, excludedAttributes, F_TEXT, .max = 2000),
	FIELD_END,
};
static const struct field remove_in[] = { FIELD(change_in, id, F_TEXT, .must = true, .max = 20), FIELD_END };

/* Of users and of groups the same, but for these. */
struct changing {
	const struct scim_kind *kind;
	client_fn *client_of;
	enum err (*change)(struct ctx *cx, const struct scim_client *c, const struct scim_change *in, struct scim_changed *ret);
};
static const struct changing users = { &scim_user, scim_client_of, scim_change }, groups = { &scim_group, scim_group_client_of, scim_change_group };

/* A group of thousands is not sent back for each of them that comes: a PATCH is answered without the group unless its attributes are asked for
 * (RFC 7644, section 3.5.2). */
static enum err answer_changed(struct ctx *cx, const struct change_in *in, const struct scim_client *c, enum scim_verb verb, const struct scim_changed *done,
			       struct answer *a)
{
	const struct scim_kind *kind = done->org_id ? &scim_group : &scim_user;
	bool shown = done->now && (kind == &scim_user || verb != SCIM_PATCH || in->attributes.n);
	a->status = !shown ? 204 : done->before ? 200 : 201;
	if (!done->now)
		return OK;
	if (kind == &scim_group && shown && scim_shows_members(in->attributes, in->excludedAttributes))
		TRY(scim_put_members(cx, c, done->org_id, done->now));
	a->etag = str_dup(cx->arena, scim_version(done->now));
	a->location = str_fmt(cx->arena, "%.*s%s/%lld", STR_ARG(c->base), kind->endpoint, (long long)done->id);
	scim_leave(kind, done->now, in->attributes, in->excludedAttributes);
	scim_answer(cx, a, done->now);
	return OK;
}

static enum err change_and_answer(struct ctx *cx, const struct change_in *in, const struct changing *of, enum scim_verb verb, const char *action,
				  struct scim_changed *done, struct answer *a)
{
	struct scim_client c;
	json_auto_t *sent = json_loadb(in->resource.n ? in->resource.p : "", in->resource.n, JSON_REJECT_DUPLICATES, NULL);
	struct scim_change change = { .verb = verb, .id = in->id, .sent = sent, .version = cx->if_match };
	TRY(of->client_of(cx, &c));
	TRY(of->change(cx, &c, &change, done));
	TRY(scim_note(cx, action, str_fmt(cx->arena, "/scim/v2%s%s%.*s", of->kind->endpoint, in->id.n ? "/" : "", STR_ARG(in->id)), done));
	return answer_changed(cx, in, &c, verb, done, a);
}

static enum err change(struct ctx *cx, const void *input, const struct changing *of, enum scim_verb verb, const char *action, struct answer *a)
{
	struct scim_changed done = { 0 };
	enum err e = change_and_answer(cx, input, of, verb, action, &done, a);
	json_decref(done.before);
	json_decref(done.now);
	return e;
}

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	return change(cx, input, &users, SCIM_ADD, "scim.add", a);
}

static enum err put_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	return change(cx, input, &users, SCIM_PUT, "scim.put", a);
}

static enum err patch_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	return change(cx, input, &users, SCIM_PATCH, "scim.patch", a);
}

static enum err remove_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	return change(cx, input, &users, SCIM_REMOVE, "scim.remove", a);
}

static enum err group_add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	return change(cx, input, &groups, SCIM_ADD, "scim.group_add", a);
}

static enum err group_put_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	return change(cx, input, &groups, SCIM_PUT, "scim.group_put", a);
}

static enum err group_patch_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	return change(cx, input, &groups, SCIM_PATCH, "scim.group_patch", a);
}

static enum err group_remove_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	return change(cx, input, &groups, SCIM_REMOVE, "scim.group_remove", a);
}

/* What changes is noted for each person or group by scim_note, so the actions themselves are quiet. */
#define LOOK .manners = &scim_manners, .method = GET
#define CHANGE .manners = &scim_manners, .quiet = true, .max_body = SCIM_BODY_MAX
const struct action scim_actions[] = {
	{ LOOK, .name = "scim.config", .api = "/scim/v2/ServiceProviderConfig", .may = MAY_ANYONE, .run = config_run,
	  .summary = "What this SCIM server can do." },
	{ LOOK, .name = "scim.resource_types", .api = "/scim/v2/ResourceTypes", .may = MAY_ANYONE, .run = resource_types_run,
	  .summary = "The kinds of resources: User and Group." },
	{ LOOK, .name = "scim.resource_type", .api = "/scim/v2/ResourceTypes/{resource_type}", .may = MAY_ANYONE, .in = resource_type_in,
	  .in_size = sizeof(struct described_in), .run = resource_types_run, .summary = "One kind of resources." },
	{ LOOK, .name = "scim.schemas", .api = "/scim/v2/Schemas", .may = MAY_ANYONE, .run = schemas_run,
	  .summary = "The attributes of users and groups." },
	{ LOOK, .name = "scim.schema", .api = "/scim/v2/Schemas/{schema}", .may = MAY_ANYONE, .in = schema_in,
	  .in_size = sizeof(struct described_in), .run = schemas_run, .summary = "One schema by its URN." },
	{ LOOK, .name = "scim.users", .api = "/scim/v2/Users", .may = MAY_SCIM, .in = list_in, .in_size = sizeof(struct list_in), .run = users_run,
	  .summary = "The people within reach, by filter and page." },
	{ CHANGE, .name = "scim.add", .method = POST, .api = "/scim/v2/Users", .may = MAY_SCIM, .in = add_in, .in_size = sizeof(struct change_in), .whole = "resource",
	  .run = add_run, .summary = "Takes somebody into service, or back." },
	{ LOOK, .name = "scim.user", .api = "/scim/v2/Users/{id}", .may = MAY_SCIM, .in = one_in, .in_size = sizeof(struct one_in), .run = user_run,
	  .summary = "One person." },
	{ CHANGE, .name = "scim.put", .method = PUT, .api = "/scim/v2/Users/{id}", .may = MAY_SCIM, .in = change_in, .in_size = sizeof(struct change_in),
	  .whole = "resource", .run = put_run, .summary = "Brings a person to what is sent; what is left out stays." },
	{ CHANGE, .name = "scim.patch", .method = PATCH, .api = "/scim/v2/Users/{id}", .may = MAY_SCIM, .in = change_in, .in_size = sizeof(struct change_in),
	  .whole = "resource", .run = patch_run, .summary = "Changes parts of a person." },
	{ CHANGE, .name = "scim.remove", .method = DELETE, .api = "/scim/v2/Users/{id}", .may = MAY_SCIM, .in = remove_in, .in_size = sizeof(struct change_in),
	  .run = remove_run, .summary = "Lets a person leave; for this client the person is not there any more." },
	{ LOOK, .name = "scim.groups", .api = "/scim/v2/Groups", .may = MAY_SCIM, .in = list_in, .in_size = sizeof(struct list_in), .run = groups_run,
	  .summary = "The groups within reach, by filter and page." },
	{ CHANGE, .name = "scim.group_add", .method = POST, .api = "/scim/v2/Groups", .may = MAY_SCIM, .in = add_in, .in_size = sizeof(struct change_in),
	  .whole = "resource", .run = group_add_run, .summary = "Makes a group of people who are named." },
	{ LOOK, .name = "scim.group", .api = "/scim/v2/Groups/{id}", .may = MAY_SCIM, .in = one_in, .in_size = sizeof(struct one_in), .run = group_run,
	  .summary = "One group." },
	{ CHANGE, .name = "scim.group_put", .method = PUT, .api = "/scim/v2/Groups/{id}", .may = MAY_SCIM, .in = change_in, .in_size = sizeof(struct change_in),
	  .whole = "resource", .run = group_put_run, .summary = "Brings a group to what is sent; what is left out stays." },
	{ CHANGE, .name = "scim.group_patch", .method = PATCH, .api = "/scim/v2/Groups/{id}", .may = MAY_SCIM, .in = change_in,
	  .in_size = sizeof(struct change_in), .whole = "resource", .run = group_patch_run, .summary = "Changes the name or the members of a group." },
	{ CHANGE, .name = "scim.group_remove", .method = DELETE, .api = "/scim/v2/Groups/{id}", .may = MAY_SCIM, .in = remove_in,
	  .in_size = sizeof(struct change_in), .run = group_remove_run, .summary = "Ends a group; its past stays." },
	ACTION_END,
};
