/* A client of groups over SCIM; see scim_groups.h. */
#include "scim_groups.h"
#include "feature/group/group.h"
#include "web/token.h"

#include <stdio.h>
#include <string.h>

struct fixture *f;
struct world w;
struct client *hr, *page;
const char *hr_token, *other_token;

/* ── a client with a token ── */

struct token_made {
	struct token_add add;
	struct str secret;
	int64_t id;
};
static enum err make_token(struct ctx *cx, void *arg)
{
	struct token_made *m = arg;
	return token_add(cx, &m->add, &m->secret, &m->id);
}

const char *token_of(int64_t person_id, const char *scopes)
{
	struct token_made m = { .add = { person_id, S("HR"), str_of(scopes), 30 } };
	in_tx(f, make_token, &m);
	return str_fmt(f->cx.arena, "Authorization: Bearer %.*s", STR_ARG(m.secret)).p;
}

long ask_as(const char *token, const char *method, const char *path, const char *body)
{
	size_t i = 0;
	while (hr->header[i])
		i++;
	hr->header[i] = token;
	return send_raw(hr, method, path, body ? TYPE : NULL, body, body ? strlen(body) : 0);
}

long ask(const char *method, const char *path, const char *body)
{
	return ask_as(hr_token, method, path, body);
}

json_t *answer(void)
{
	json_t *v = json_loads(buf_get(&hr->body).p, 0, NULL);
	NEED(v, "no JSON: (%ld) %s", hr->status, buf_get(&hr->body).p);
	return v;
}

/* A member of the answer, or of one of its members: the text, or its JSON. */
const char *said(const char *a, const char *b)
{
	json_t *v = answer(), *m = json_object_get(v, a);
	m = b ? json_object_get(m, b) : m;
	char *text = m ? json_is_string(m) ? strdup(json_string_value(m)) : json_dumps(m, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
	const char *kept = text ? str_dup(f->cx.arena, str_of(text)).p : "";
	free(text);
	json_decref(v);
	return kept;
}

bool refused_as(const char *type)
{
	return body_has(hr, "messages:2.0:Error\"") && body_has(hr, str_fmt(f->cx.arena, "\"scimType\":\"%s\"", type).p);
}

const char *text(const char *fmt, ...)
{
	char one[4000];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(one, sizeof one, fmt, ap);
	va_end(ap);
	return str_dup(f->cx.arena, str_of(one)).p;
}

/* {"value":"ID"} of one person. */
const char *member(int64_t id)
{
	return text("{\"value\":\"%lld\"}", (long long)id);
}

const char *group_of(const char *name, const char *members)
{
	return text("{\"schemas\":[\"" GROUP "\"],\"displayName\":\"%s\",\"members\":[%s]}", name, members);
}

/* A new group; the address. */
const char *a_group(const char *name, const char *members)
{
	NEED(ask("POST", "/scim/v2/Groups", group_of(name, members)) == 201, "not made: %ld %s", hr->status, buf_get(&hr->body).p);
	return text("/scim/v2/Groups/%s", said("id", NULL));
}

int64_t id_in(const char *path)
{
	return strtoll(strrchr(path, '/') + 1, NULL, 10);
}

long patch(const char *path, const char *operations)
{
	return ask("PATCH", path, text("{\"schemas\":[\"" PATCH_OP "\"],\"Operations\":[%s]}", operations));
}

long add(const char *path, const char *members)
{
	return patch(path, text("{\"op\":\"add\",\"path\":\"members\",\"value\":[%s]}", members));
}

long drop(const char *path, int64_t id)
{
	return patch(path, text("{\"op\":\"remove\",\"path\":\"members[value eq \\\"%lld\\\"]\"}", (long long)id));
}

bool is_in(const char *path, int64_t person)
{
	return query_int(f, "SELECT count(*) FROM group_member WHERE group_id = %lld AND person_id = %lld AND until_at IS NULL", (long long)id_in(path),
			 (long long)person) == 1;
}

int64_t members(const char *path)
{
	return query_int(f, "SELECT count(*) FROM group_member WHERE group_id = %lld AND until_at IS NULL", (long long)id_in(path));
}

/* How many members the answer shows; -1: none are told. */
int64_t shown(void)
{
	json_t *v = answer(), *list = json_object_get(v, "members");
	int64_t n = list ? (int64_t)json_array_size(list) : -1;
	json_decref(v);
	return n;
}

int64_t total(const char *query)
{
	NEED(ask("GET", text("/scim/v2/Groups?%s", query), NULL) == 200, "no list: %ld %s", hr->status, buf_get(&hr->body).p);
	return strtoll(said("totalResults", NULL), NULL, 10);
}

/* The organisation of the group of the answer. */
int64_t org_said(void)
{
	return query_int(f, "SELECT org_id FROM people_group WHERE id = %s", said("id", NULL));
}

void later(int64_t ms)
{
	f->app.fixed_now += ms;
	f->cx.now = f->app.fixed_now;
}

static enum err make_by_rule(struct ctx *cx, void *arg)
{
	int64_t *id = arg;
	struct group_add in = { *id, S("Officers"), S("{\"any\":[{\"all\":[{\"is\":\"level\",\"from\":1}]}]}") };
	return group_add(cx, &in, id);
}

/* A group of an organisation by rule; the address. */
const char *by_rule(int64_t org_id)
{
	int64_t id = org_id;
	in_tx(f, make_by_rule, &id);
	return text("/scim/v2/Groups/%lld", (long long)id);
}

const char *bulk(const char *operations)
{
	return str_fmt(f->cx.arena, "{\"schemas\":[\"" BULK "\"],\"Operations\":[%s]}", operations).p;
}

const char *new_user(const char *number)
{
	return text("{\"schemas\":[\"" USER "\"],\"externalId\":\"%s\",\"userName\":\"%s@example.gov.in\",\"displayName\":\"New Person\",\"title\":\"so\","
		    "\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":{\"department\":\"first-office\"}}",
		    number, number);
}

const char *operation(const char *method, const char *id, const char *path, const char *data)
{
	return text("{\"method\":\"%s\",\"bulkId\":\"%s\",\"path\":\"%s\",\"data\":%s}", method, id, path, data);
}

const char *statuses(const char *operations)
{
	struct buf b;
	buf_init(&b, f->cx.arena, 4000);
	NEED(ask("POST", "/scim/v2/Bulk", bulk(operations)) == 200, "no answer: %ld %s", hr->status, buf_get(&hr->body).p);
	json_t *v = answer(), *one;
	size_t i;
	json_array_foreach (json_object_get(v, "Operations"), i, one)
		buf_fmt(&b, "%s ", json_string_value(json_object_get(one, "status")));
	json_decref(v);
	return buf_get(&b).p;
}

int scim_groups_begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	hr = client_new(f);
	page = client_as(f, w.admin);
	hr_token = token_of(w.admin, "scim");
	other_token = token_of(w.other_admin, "scim");
	return 0;
}

int scim_groups_end(void **state)
{
	(void)state;
	client_free(hr);
	client_free(page);
	fixture_end(f);
	return 0;
}
