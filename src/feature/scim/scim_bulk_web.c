/* Bulk (RFC 7644, section 3.7): several changes of people and groups in one request, each judged and answered for itself.
 *
 * One that is refused has changed nothing and the next goes on, up to failOnErrors; all that were carried out are kept together, or, after a fault
 * of ours, none. "bulkId:…" stands for the person or group that an operation before made; one that comes later cannot be named (409). */
#include "feature/scim/patch.h"
#include "feature/scim/scim_message.h"
#include "web/lang.h"

#define BULK_REQUEST "urn:ietf:params:scim:api:messages:2.0:BulkRequest"
#define BULK_RESPONSE "urn:ietf:params:scim:api:messages:2.0:BulkResponse"
enum { ERROR_MAX = 4096, DEPTH = 20 };

struct made {
	struct str bulk_id;
	int64_t id;
};
struct bulk {
	struct ctx *cx;
	struct scim_client users, groups; /* groups.person_id 0: not asked for yet */
	struct made made[SCIM_BULK_MAX];
	size_t n_made;
	json_t *operations; /* of the answer */
	int64_t errors;
};

static struct str id_text(struct ctx *cx, int64_t id)
{
	return str_fmt(cx->arena, "%lld", (long long)id);
}

/* Puts ids in place of "bulkId:…", absent: of none that was made. */
static struct str resolved(struct bulk *b, struct str s)
{
	if (!str_starts(s, S("bulkId:")))
		return s;
	s = str_sub(s, 7, s.n);
	for (size_t i = 0; i < b->n_made; i++)
		if (str_eq(b->made[i].bulk_id, s))
			return id_text(b->cx, b->made[i].id);
	return STR_NONE;
}

static enum err unresolved(struct bulk *b)
{
	return fail(b->cx, ERR_CONFLICT, "", N_("An operation names a bulkId that no operation before it made."));
}

/* The same in all texts of a value. */
static enum err resolve_all(struct bulk *b, json_t *v, int depth)
{
	const char *key;
	json_t *one;
	size_t i;
	void *next;
	struct str s = scim_text(v);
	if (depth > DEPTH)
		return fail(b->cx, ERR_INVALID, "invalidSyntax", N_("Values of JSON stand at most 20 deep within each other."));
	if (str_starts(s, S("bulkId:"))) {
		s = resolved(b, s);
		if (!s.p)
			return unresolved(b);
		json_string_setn(v, s.p, s.n);
	}
	json_array_foreach (v, i, one)
		TRY(resolve_all(b, one, depth + 1));
	json_object_foreach_safe (v, next, key, one)
		TRY(resolve_all(b, one, depth + 1));
	return OK;
}

static bool verb_of(struct str method, enum scim_verb *ret)
{
	static const char *const names[] = { [SCIM_ADD] = "POST", [SCIM_PUT] = "PUT", [SCIM_PATCH] = "PATCH", [SCIM_REMOVE] = "DELETE" };
	for (int v = SCIM_ADD; v <= SCIM_REMOVE; v++)
		if (scim_same(method, names[v])) {
			*ret = (enum scim_verb)v;
			return true;
		}
	return false;
}

/* "/Users", "/Groups/7": the kind, and what stands behind the slash; absent: nothing. */
static const struct scim_kind *kind_of(struct str path, struct str *ret_id)
{
	static const struct scim_kind *const kinds[] = { &scim_user, &scim_group };
	for (size_t i = 0; i < 2; i++) {
		struct str endpoint = str_of(kinds[i]->endpoint);
		if (!str_starts(path, endpoint) || (path.n > endpoint.n && path.p[endpoint.n] != '/'))
			continue;
		*ret_id = path.n > endpoint.n ? str_sub(path, endpoint.n + 1, path.n) : STR_NONE;
		return kinds[i];
	}
	return NULL;
}

static enum err read_operation(struct bulk *b, json_t *operation, const struct scim_kind **ret_kind, struct scim_change *ret)
{
	struct str path = scim_text(scim_member(operation, "path")), version = scim_text(scim_member(operation, "version"));
	json_t *data = scim_member(operation, "data");
	if (!verb_of(scim_text(scim_member(operation, "method")), &ret->verb))
		return fail(b->cx, ERR_INVALID, "invalidSyntax", N_("An operation must be POST, PUT, PATCH or DELETE."));
	struct str id = STR_NONE;
	bool add = ret->verb == SCIM_ADD;
	*ret_kind = kind_of(path, &id);
	if (!*ret_kind || add == (id.p != NULL))
		return fail(b->cx, ERR_INVALID, "invalidPath", N_("An operation goes to /Users or /Groups, to make one, or there with a slash and an id."));
	if (ret->verb != SCIM_REMOVE && !json_is_object(data))
		return fail(b->cx, ERR_INVALID, "invalidSyntax", N_("An operation that is no DELETE needs data, a JSON object."));
	if (add && !scim_text(scim_member(operation, "bulkId")).n)
		return fail(b->cx, ERR_INVALID, "invalidSyntax", N_("A POST needs a bulkId."));
	if (!add) {
		ret->id = resolved(b, id);
		if (!ret->id.p)
			return unresolved(b);
	}
	ret->sent = data;
	ret->version = version.n ? version : STR_NONE;
	return resolve_all(b, data, 0);
}

/* ── the answer of one ── */

static void answer_error(struct bulk *b, json_t *answer, enum err e)
{
	struct ctx *cx = b->cx;
	const struct failure *f = &cx->failures[0];
	unsigned status;
	struct buf text;
	buf_init(&text, cx->arena, ERROR_MAX);
	scim_error_write(cx, e, cx->n_failures ? msg_text(cx, f->text, f->n_args, f->args) : str_of(tr(cx->lang, err_title(e))), &status, &text);
	scim_put(answer, "status", str_fmt(cx->arena, "%u", status));
	json_object_set_new(answer, "response", json_loadb(text.p, text.n, 0, NULL));
	cx->n_failures = 0;
	b->errors++;
}

static enum err answer_done(struct bulk *b, json_t *operation, json_t *answer, const struct scim_kind *kind, const struct scim_change *change,
			    const struct scim_changed *done)
{
	struct ctx *cx = b->cx;
	static const char *const actions[] = { [SCIM_ADD] = "add", [SCIM_PUT] = "put", [SCIM_PATCH] = "patch", [SCIM_REMOVE] = "remove" };
	if (change->verb == SCIM_ADD) {
		struct str bulk_id = str_dup(cx->arena, scim_text(scim_member(operation, "bulkId")));
		b->made[b->n_made++] = (struct made){ bulk_id, done->id };
	}
	scim_put(answer, "location", str_fmt(cx->arena, "%.*s%s/%lld", STR_ARG(b->users.base), kind->endpoint, (long long)done->id));
	scim_put(answer, "status", change->verb == SCIM_ADD ? S("201") : change->verb == SCIM_REMOVE ? S("204") : S("200"));
	if (done->now)
		scim_put(answer, "version", scim_version(done->now));
	const char *action = str_fmt(cx->arena, "scim.%s%s", kind == &scim_group ? "group_" : "", actions[change->verb]).p;
	return scim_note(cx, action, S("/scim/v2/Bulk"), done);
}

static enum err change_one(struct bulk *b, const struct scim_kind *kind, const struct scim_change *change, struct scim_changed *done)
{
	if (kind == &scim_user)
		return scim_change(b->cx, &b->users, change, done);
	if (!b->groups.person_id)
		TRY(scim_group_client_of(b->cx, &b->groups));
	return scim_change_group(b->cx, &b->groups, change, done);
}

/* A failure after the first row was written is no refusal: nothing of the whole request is kept. */
static enum err carry_out(struct bulk *b, json_t *operation, json_t *answer)
{
	struct scim_change change = { 0 };
	struct scim_changed done = { 0 };
	const struct scim_kind *kind = NULL;
	enum err e = read_operation(b, operation, &kind, &change);
	if (e == OK)
		e = change_one(b, kind, &change, &done);
	bool refusal = e == ERR_INVALID || e == ERR_CONFLICT || e == ERR_NOT_FOUND || e == ERR_PRECONDITION || e == ERR_FORBIDDEN;
	if (e == OK) {
		e = answer_done(b, operation, answer, kind, &change, &done);
	} else if (refusal && !done.began) {
		answer_error(b, answer, e);
		if (change.id.n)
			scim_put(answer, "location", str_fmt(b->cx->arena, "%.*s%s/%.*s", STR_ARG(b->users.base), kind->endpoint, STR_ARG(change.id)));
		e = OK;
	}
	json_decref(done.before);
	json_decref(done.now);
	return e;
}

static enum err one(struct bulk *b, json_t *operation)
{
	json_t *answer = json_object();
	json_array_append_new(b->operations, answer);
	scim_put(answer, "method", scim_text(scim_member(operation, "method")));
	scim_put(answer, "bulkId", scim_text(scim_member(operation, "bulkId")));
	return carry_out(b, operation, answer);
}

static enum err all(struct bulk *b, const json_t *request)
{
	json_t *list = scim_member(request, "Operations"), *operation, *most = scim_member(request, "failOnErrors");
	size_t i;
	if (!scim_is(request, BULK_REQUEST) || !json_is_array(list) || !json_array_size(list))
		return fail(b->cx, ERR_INVALID, "invalidSyntax", N_("A request to Bulk names its schema and has Operations, a list."));
	if (json_array_size(list) > SCIM_BULK_MAX)
		return fail(b->cx, ERR_TOO_LARGE, "", N_("Bulk takes at most 100 operations. Nothing was changed."));
	if (most && (!json_is_integer(most) || json_integer_value(most) < 1))
		return fail(b->cx, ERR_INVALID, "invalidValue:failOnErrors", N_("must be a whole number"));
	json_array_foreach (list, i, operation) {
		TRY(one(b, operation));
		if (most && b->errors >= json_integer_value(most))
			break;
	}
	return OK;
}

struct bulk_in {
	struct str request;
};
static const struct field bulk_in[] = { FIELD(bulk_in, request, F_JSON, .must = true), FIELD_END };

static enum err bulk_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct bulk_in *in = input;
	json_auto_t *request = json_loadb(in->request.n ? in->request.p : "", in->request.n, JSON_REJECT_DUPLICATES, NULL);
	json_auto_t *message = json_object();
	json_t *schemas = json_array(), *operations = json_array();
	struct bulk *b = ARENA_NEW(cx->arena, struct bulk);
	(void)state;
	json_array_append_new(schemas, json_string(BULK_RESPONSE));
	json_object_set_new(message, "schemas", schemas);
	json_object_set_new(message, "Operations", operations);
	*b = (struct bulk){ .cx = cx, .operations = operations };
	TRY(scim_client_of(cx, &b->users));
	TRY(all(b, request));
	scim_answer(cx, a, message);
	return OK;
}

const struct action scim_bulk_actions[] = {
	{ .name = "scim_bulk.run", .method = POST, .api = "/scim/v2/Bulk", .manners = &scim_manners, .may = MAY_SCIM, .in = bulk_in, .in_size = sizeof(struct bulk_in),
	  .whole = "request", .run = bulk_run, .quiet = true, .max_body = SCIM_BODY_MAX,
	  .summary = "Several changes of people and groups, each judged and answered for itself." },
	ACTION_END,
};
