/* SCIM: what an HR system may do with its token, what it is told, and how the providers of today write their requests. */
#include "http_test.h"
#include "web/token.h"

#include <jansson.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define TYPE "application/scim+json"
#define USER "urn:ietf:params:scim:schemas:core:2.0:User"
#define ENTERPRISE "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
#define PATCH_OP "urn:ietf:params:scim:api:messages:2.0:PatchOp"

static struct fixture *f;
static struct world w;
static struct client *hr, *other;
static const char *hr_token, *other_token;

/* ── a client with a token ── */

struct making {
	struct token_add add;
	struct str secret;
	int64_t id;
};
static enum err make(struct ctx *cx, void *arg)
{
	struct making *m = arg;
	return token_add(cx, &m->add, &m->secret, &m->id);
}

static const char *token_of(int64_t person_id, const char *scopes)
{
	struct making m = { .add = { person_id, S("HR"), str_of(scopes), 30 } };
	in_tx(f, make, &m);
	return str_fmt(f->cx.arena, "Authorization: Bearer %.*s", STR_ARG(m.secret)).p;
}

static long send_as(struct client *c, const char *token, const char *method, const char *path, const char *body)
{
	size_t i = 0;
	while (c->header[i])
		i++;
	c->header[i] = token;
	return send_raw(c, method, path, body ? TYPE : NULL, body, body ? strlen(body) : 0);
}

static long ask(const char *method, const char *path, const char *body)
{
	return send_as(hr, hr_token, method, path, body);
}

static json_t *answer(struct client *c)
{
	json_t *v = json_loads(buf_get(&c->body).p, 0, NULL);
	NEED(v, "no JSON: (%ld) %s", c->status, buf_get(&c->body).p);
	return v;
}

/* Member of a member of … ; the text of it, or its JSON. */
static const char *said(const char *a, const char *b)
{
	json_t *v = answer(hr), *m = json_object_get(v, a);
	if (b)
		m = json_is_array(m) ? json_object_get(json_array_get(m, 0), b) : json_object_get(m, b);
	char *text = m ? json_is_string(m) ? strdup(json_string_value(m)) : json_dumps(m, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
	const char *kept = text ? str_dup(f->cx.arena, str_of(text)).p : "";
	free(text);
	json_decref(v);
	return kept;
}

static bool refused_as(struct client *c, const char *type)
{
	char mark[80];
	snprintf(mark, sizeof mark, "\"scimType\":\"%s\"", type);
	return body_has(c, "\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"]") && body_has(c, mark);
}

/* A user as an HR system has it. */
static const char *user(const char *number, const char *name, const char *office)
{
	return str_fmt(f->cx.arena,
		       "{\"schemas\":[\"" USER "\",\"" ENTERPRISE
		       "\"],\"externalId\":\"%s\",\"userName\":\"%s@example.gov.in\",\"name\":{\"formatted\":\"%s\"},"
		       "\"title\":\"so\",\"active\":true,\"phoneNumbers\":[{\"type\":\"work\",\"value\":\"011-2345\"}],\"" ENTERPRISE
		       "\":{\"department\":\"%s\"}}",
		       number, number, name, office)
		.p;
}

/* Somebody new; the address. */
static const char *somebody(const char *number)
{
	NEED(ask("POST", "/scim/v2/Users", user(number, "Farida Khan", "first-office")) == 201, "not taken in: %ld %s", hr->status, buf_get(&hr->body).p);
	return str_fmt(f->cx.arena, "/scim/v2/Users/%s", said("id", NULL)).p;
}

static int64_t id_in(const char *path)
{
	return strtoll(strrchr(path, '/') + 1, NULL, 10);
}

static long patch(const char *path, const char *operations)
{
	return ask("PATCH", path, str_fmt(f->cx.arena, "{\"schemas\":[\"" PATCH_OP "\"],\"Operations\":[%s]}", operations).p);
}

static void pass_a_day(void)
{
	f->app.fixed_now += DAY;
	f->cx.now = f->app.fixed_now;
}

/* ── what is promised ── */

static void somebody_is_taken_in_changed_and_let_go(void **state)
{
	const char *path = somebody("e100");
	int64_t id = id_in(path);
	(void)state;
	assert_string_equal(answer_header(hr, "Content-Type"), TYPE);
	assert_non_null(strstr(answer_header(hr, "Location"), path));
	assert_string_equal(said("userName", NULL), "e100@example.gov.in");
	assert_string_equal(said("externalId", NULL), "e100");
	assert_string_equal(said(ENTERPRISE, "employeeNumber"), "e100");
	assert_string_equal(said(ENTERPRISE, "department"), "first-office");
	assert_string_equal(said("meta", "resourceType"), "User");
	assert_string_equal(said("phoneNumbers", NULL), "");
	assert_int_equal(query_int(f, "SELECT org_id FROM posting WHERE person_id = %lld AND until_day IS NULL", (long long)id), w.office);
	assert_int_equal(query_int(f, "SELECT count(*) FROM audit WHERE action = 'scim.add' AND subject_id = %lld", (long long)id), 1);
	/* A name and a number; nothing else moves. */
	assert_int_equal(patch(path, "{\"op\":\"replace\",\"path\":\"name.formatted\",\"value\":\"Farida Ali\"},{\"op\":\"add\",\"path\":\"phoneNumbers[type "
				     "eq \\\"mobile\\\"].value\",\"value\":\"98765 43210\"}"),
			 200);
	assert_string_equal(said("displayName", NULL), "Farida Ali");
	assert_string_equal(said("phoneNumbers", "value"), "+919876543210");
	assert_int_equal(query_int(f, "SELECT count(*) FROM posting WHERE person_id = %lld", (long long)id), 1);
	/* To another office: a second posting, tomorrow at the earliest. */
	const char *move = "{\"op\":\"replace\",\"path\":\"" ENTERPRISE ":department\",\"value\":\"filing\"}";
	assert_int_equal(patch(path, move), 400);
	assert_true(refused_as(hr, "invalidValue"));
	pass_a_day();
	assert_int_equal(patch(path, move), 200);
	assert_string_equal(said(ENTERPRISE, "organization"), "filing");
	assert_int_equal(query_int(f, "SELECT count(*) FROM posting WHERE person_id = %lld", (long long)id), 2);
	assert_int_equal(query_int(f, "SELECT org_id FROM posting WHERE person_id = %lld AND until_day IS NULL", (long long)id), w.institute);
	/* Leaves, comes back, is deleted: never gone from the house. */
	pass_a_day();
	assert_int_equal(patch(path, "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}"), 200);
	assert_string_equal(said("active", NULL), "false");
	assert_int_equal(patch(path, "{\"op\":\"replace\",\"path\":\"name.formatted\",\"value\":\"F\"}"), 400);
	assert_true(refused_as(hr, "mutability"));
	assert_int_equal(patch(path, "{\"op\":\"replace\",\"path\":\"active\",\"value\":true}"), 200);
	assert_string_equal(said("active", NULL), "true");
	assert_int_equal(ask("DELETE", path, NULL), 204);
	assert_int_equal(hr->body.n, 0);
	assert_int_equal(ask("GET", path, NULL), 404);
	assert_int_equal(ask("DELETE", path, NULL), 404);
	assert_int_equal(ask("GET", "/scim/v2/Users?filter=userName%20eq%20%22e100@example.gov.in%22", NULL), 200);
	assert_string_equal(said("totalResults", NULL), "0");
	assert_int_equal(query_int(f, "SELECT count(*) FROM person WHERE id = %lld AND state = 'left'", (long long)id), 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM audit WHERE action LIKE 'scim.%%' AND subject_id = %lld", (long long)id), 6);
	pass_a_day();
	assert_int_equal(ask("POST", "/scim/v2/Users", user("e100", "Farida Ali", "first-office")), 201);
	assert_int_equal(id_in(str_fmt(f->cx.arena, "/%s", said("id", NULL)).p), id);
	assert_int_equal(ask("GET", path, NULL), 200);
	assert_int_equal(check_findings(f), 0);
}

static void all_is_replaced_and_what_is_left_out_stays(void **state)
{
	const char *path = somebody("e110");
	(void)state;
	pass_a_day();
	assert_int_equal(ask("PUT", path, "{\"schemas\":[\"" USER "\"],\"userName\":\"E110@example.gov.in\",\"displayName\":\"Farida Begum\"}"), 200);
	assert_string_equal(said("userName", NULL), "e110@example.gov.in");
	assert_string_equal(said("name", "formatted"), "Farida Begum");
	assert_string_equal(said(ENTERPRISE, "department"), "first-office");
	assert_int_equal(ask("PUT", path, "{\"schemas\":[\"" USER "\"],\"userName\":\"new@example.gov.in\",\"emails\":[{\"value\":\"other@example.gov.in\"}]}"),
			 400);
	assert_int_equal(ask("PUT", path, "{\"schemas\":[\"" USER "\"],\"userName\":\"learner@example.gov.in\"}"), 409);
	assert_true(refused_as(hr, "uniqueness"));
	assert_int_equal(ask("PUT", path, "{\"schemas\":[\"" USER "\"],\"" ENTERPRISE "\":{\"employeeNumber\":\"e999\"}}"), 400);
	assert_true(refused_as(hr, "mutability"));
	/* Where two attributes tell one thing, the same one counts whatever is there, and what is there already is no change. */
	const char *both = "{\"schemas\":[\"" USER
			   "\"],\"userName\":\"e110@example.gov.in\",\"name\":{\"formatted\":\"Farida Banu\"},\"displayName\":\"F. Banu\",\"" ENTERPRISE
			   "\":{\"organization\":\"first\",\"department\":\"first-office\"}}";
	for (int i = 0; i < 3; i++) {
		assert_int_equal(ask("PUT", base_of("%s?attributes=displayName", path), both), 200);
		assert_string_equal(said("displayName", NULL), "Farida Banu");
		assert_string_equal(said("userName", NULL), "");
	}
	assert_int_equal(query_int(f, "SELECT org_id FROM posting WHERE person_id = %lld AND until_day IS NULL", (long long)id_in(path)), w.office);
	assert_int_equal(query_int(f, "SELECT count(*) FROM audit WHERE action = 'scim.put' AND subject_id = %lld", (long long)id_in(path)), 2);
	assert_int_equal(patch(path, "{\"op\":\"remove\",\"path\":\"emails\"}"), 400);
	assert_int_equal(patch(path, "{\"op\":\"remove\",\"path\":\"externalId\"}"), 400);
	assert_int_equal(patch(path, "{\"op\":\"replace\",\"path\":\"name.familyName\",\"value\":\"Begum\"}"), 400);
	/* A supervisor within reach, by id. */
	const char *boss = somebody("e111");
	assert_int_equal(
		patch(path,
		      str_fmt(f->cx.arena, "{\"op\":\"add\",\"path\":\"" ENTERPRISE ":manager\",\"value\":{\"value\":\"%lld\"}}", (long long)id_in(boss)).p),
		200);
	assert_int_equal(query_int(f, "SELECT supervisor_id FROM posting WHERE person_id = %lld AND until_day IS NULL", (long long)id_in(path)), id_in(boss));
	assert_int_equal(patch(path, "{\"op\":\"remove\",\"path\":\"" ENTERPRISE ":manager\"}"), 400);
	assert_true(refused_as(hr, "mutability"));
	assert_int_equal(
		patch(path, str_fmt(f->cx.arena, "{\"op\":\"add\",\"path\":\"" ENTERPRISE ":manager\",\"value\":\"%lld\"}", (long long)w.other_boss).p), 400);
}

static void what_a_staff_list_cannot_a_client_cannot(void **state)
{
	static const struct {
		const char *number, *name, *office;
		long status;
		const char *type;
	} cases[] = {
		{ "e120", "X", "second-office", 400, "invalidValue" }, /* not below */
		{ "e120", "X", "nowhere", 400, "invalidValue" },       { "e120", "", "first-office", 400, "invalidValue" },
		{ "learner", "X", "first-office", 409, "uniqueness" }, /* whose the address is */
		{ "e121", "X", "first-office", 409, "uniqueness" },    /* belongs to the other ministry */
	};
	(void)state;
	assert_int_equal(send_as(other, other_token, "POST", "/scim/v2/Users", user("e121", "Gopal", "second-office")), 201);
	json_t *v = answer(other);
	const char *theirs = str_fmt(f->cx.arena, "/scim/v2/Users/%s", json_string_value(json_object_get(v, "id"))).p;
	json_decref(v);
	uint64_t before = database_hash(f, true);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(ask("POST", "/scim/v2/Users", user(cases[i].number, cases[i].name, cases[i].office)), cases[i].status);
		assert_true(refused_as(hr, cases[i].type));
	}
	assert_int_equal(ask("GET", theirs, NULL), 404);
	assert_int_equal(patch(theirs, "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}"), 404);
	assert_int_equal(ask("DELETE", theirs, NULL), 404);
	assert_int_equal(ask("GET", "/scim/v2/Users?filter=externalId%20eq%20%22e121%22", NULL), 200);
	assert_string_equal(said("totalResults", NULL), "0");
	assert_int_equal(database_hash(f, true), before);
	const char *mine = somebody("e122");
	assert_int_equal(ask("POST", "/scim/v2/Users", user("e122", "Twice", "first-office")), 409);
	assert_int_equal(patch(mine, "{\"op\":\"replace\",\"path\":\"" ENTERPRISE ":department\",\"value\":\"second-office\"}"), 400);
	/* Who has no employee number is shown and stays as he is. */
	assert_int_equal(ask("GET", base_of("/scim/v2/Users/%lld", (long long)w.learner), NULL), 200);
	assert_int_equal(patch(base_of("/scim/v2/Users/%lld", (long long)w.learner), "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"Z\"}"), 400);
	assert_true(refused_as(hr, "mutability"));
}

static void a_token_needs_the_scope(void **state)
{
	const char *read = token_of(w.admin, "scim:read"), *lists = token_of(w.admin, "people_manage"), *learner = token_of(w.learner, "scim");
	struct client *c = client_new(f);
	(void)state;
	assert_int_equal(send_as(c, read, "GET", "/scim/v2/Users", NULL), 200);
	assert_int_equal(send_as(c, read, "POST", "/scim/v2/Users", user("e130", "X", "first-office")), 403);
	assert_true(body_has(c, "\"status\":\"403\""));
	assert_int_equal(send_as(c, lists, "GET", "/scim/v2/Users", NULL), 403);
	assert_int_equal(send_as(c, learner, "GET", "/scim/v2/Users", NULL), 403);
	assert_int_equal(send_as(c, NULL, "GET", "/scim/v2/Users", NULL), 401);
	assert_non_null(strstr(answer_header(c, "WWW-Authenticate"), "Bearer"));
	client_free(c);
}

static void versions_are_kept_apart(void **state)
{
	const char *path = somebody("e140");
	char etag[100], header[140];
	(void)state;
	snprintf(etag, sizeof etag, "%s", answer_header(hr, "ETag"));
	assert_string_equal(said("meta", "version"), etag);
	snprintf(header, sizeof header, "If-None-Match: %s", etag);
	hr->header[0] = header;
	assert_int_equal(ask("GET", path, NULL), 304);
	hr->header[0] = "If-Match: W/\"0\"";
	assert_int_equal(patch(path, "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"Second\"}"), 412);
	snprintf(header, sizeof header, "If-Match: W/\"0\", %s", etag);
	hr->header[0] = header;
	assert_int_equal(patch(path, "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"Second\"}"), 200);
	assert_string_not_equal(answer_header(hr, "ETag"), etag);
	hr->header[0] = header;
	assert_int_equal(ask("DELETE", path, NULL), 412);
	hr->header[0] = "If-Match: *";
	assert_int_equal(ask("DELETE", path, NULL), 204);
}

/* Several at once with one tag: one is heard, the others are told. */
struct writer {
	struct client *c;
	const char *path, *header, *body;
	long status;
};

static void *write_once(void *arg)
{
	struct writer *k = arg;
	k->c->header[0] = k->header;
	k->status = send_as(k->c, hr_token, "PATCH", k->path, k->body);
	return NULL;
}

static void of_several_at_once_one_is_heard(void **state)
{
	enum { WRITERS = 6 };
	struct writer k[WRITERS];
	pthread_t thread[WRITERS];
	const char *path = somebody("e145");
	const char *header = str_fmt(f->cx.arena, "If-Match: %s", answer_header(hr, "ETag")).p;
	int heard = 0, told = 0;
	(void)state;
	for (int i = 0; i < WRITERS; i++) {
		const char *body =
			str_fmt(f->cx.arena,
				"{\"schemas\":[\"" PATCH_OP "\"],\"Operations\":[{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"Name %c\"}]}",
				'A' + i)
				.p;
		k[i] = (struct writer){ client_new(f), path, header, body, 0 };
	}
	for (int i = 0; i < WRITERS; i++)
		NEED(pthread_create(&thread[i], NULL, write_once, &k[i]) == 0, "no thread");
	for (int i = 0; i < WRITERS; i++) {
		pthread_join(thread[i], NULL);
		heard += k[i].status == 200;
		told += k[i].status == 412;
		client_free(k[i].c);
	}
	assert_int_equal(heard, 1);
	assert_int_equal(told, WRITERS - 1);
}

static int64_t total(const char *query)
{
	assert_int_equal(ask("GET", base_of("/scim/v2/Users?%s", query), NULL), 200);
	return strtoll(said("totalResults", NULL), NULL, 10);
}

static void lists_filter_and_page(void **state)
{
	const char *path = somebody("e150");
	(void)state;
	int64_t all = total("count=0");
	assert_string_equal(said("Resources", NULL), "[]");
	assert_true(all >= 10);
	assert_int_equal(total("filter=id%20pr"), all);
	/* Every page once, nobody twice. */
	int64_t last = 0;
	for (int64_t start = 1; start <= all; start += 3) {
		assert_int_equal(total(base_of("startIndex=%lld&count=3", (long long)start)), all);
		json_t *v = answer(hr), *list = json_object_get(v, "Resources");
		assert_int_equal(json_array_size(list), all - start + 1 < 3 ? all - start + 1 : 3);
		for (size_t i = 0; i < json_array_size(list); i++) {
			int64_t id = strtoll(json_string_value(json_object_get(json_array_get(list, i), "id")), NULL, 10);
			assert_true(id > last);
			last = id;
		}
		json_decref(v);
	}
	assert_int_equal(total(base_of("startIndex=%lld", (long long)all + 1)), all);
	assert_string_equal(said("itemsPerPage", NULL), "0");
	assert_int_equal(total("startIndex=-5&count=1"), all);
	assert_string_equal(said("startIndex", NULL), "1");
	assert_int_equal(total("filter=userName%20eq%20%22E150@Example.gov.in%22"), 1);
	assert_int_equal(hr->statements <= 8, 1);
	assert_int_equal(total("filter=externalId%20eq%20%22e150%22"), 1);
	assert_int_equal(total("filter=externalId%20eq%20%22E150%22"), 0);
	assert_int_equal(total("filter=emails[type%20eq%20%22work%22%20and%20value%20eq%20%22e150@example.gov.in%22]"), 1);
	assert_int_equal(total(base_of("filter=id%%20eq%%20%%22%lld%%22%%20and%%20active%%20eq%%20false", (long long)id_in(path))), 0);
	assert_int_equal(total("filter=userName%20sw%20%22e15%22%20and%20not%20(active%20eq%20false)"), 1);
	assert_int_equal(total("filter=name.formatted%20co%20%22verma%22"), 1);
	assert_int_equal(total("filter=userName%20eq%20%22other-learner@example.gov.in%22"), 0);
	assert_int_equal(ask("GET", "/scim/v2/Users?filter=userName%20is%20%22x%22", NULL), 400);
	assert_true(refused_as(hr, "invalidFilter"));
	/* What is shown. */
	assert_int_equal(total("filter=externalId%20eq%20%22e150%22&attributes=userName,name.formatted," ENTERPRISE ":department"), 1);
	json_t *v = answer(hr), *one = json_array_get(json_object_get(v, "Resources"), 0);
	assert_int_equal(json_object_size(one), 5);
	assert_string_equal(json_string_value(json_object_get(json_object_get(one, ENTERPRISE), "department")), "first-office");
	assert_int_equal(json_object_size(json_object_get(one, ENTERPRISE)), 1);
	json_decref(v);
	assert_int_equal(ask("GET", base_of("%s?excludedAttributes=emails,meta,id", path), NULL), 200);
	assert_string_equal(said("emails", NULL), "");
	assert_string_not_equal(said("id", NULL), "");
	assert_non_null(answer_header(hr, "ETag"));
}

/* Who keeps two ministries sees both, and moves nobody from one to the other: a list of either could not. */
static void a_client_may_reach_several_organisations(void **state)
{
	struct client *c = client_new(f);
	int64_t keeper = a_person(f, "keeper", "Keeper Of Both", w.root, 0);
	(void)state;
	a_role(f, keeper, "mdo_admin", w.ministry);
	a_role(f, keeper, "mdo_admin", w.other_ministry);
	const char *token = token_of(keeper, "scim");
	assert_int_equal(send_as(c, token, "POST", "/scim/v2/Users", user("e200", "One", "first-office")), 201);
	int64_t id = query_int(f, "SELECT id FROM person WHERE employee_no = 'e200'");
	assert_int_equal(send_as(c, token, "POST", "/scim/v2/Users", user("e201", "Two", "second-office")), 201);
	assert_int_equal(send_as(c, token, "POST", "/scim/v2/Users", user("e202", "Three", "union")), 400);
	assert_int_equal(send_as(c, token, "GET", "/scim/v2/Users?count=200", NULL), 200);
	json_t *v = answer(c);
	int64_t all = json_integer_value(json_object_get(v, "totalResults"));
	assert_int_equal(json_array_size(json_object_get(v, "Resources")), all);
	json_decref(v);
	assert_true(body_has(c, "\"e200\"") && body_has(c, "\"e201\"") && !body_has(c, "Keeper Of Both"));
	int64_t seen = 0;
	for (int64_t start = 1; start <= all; start += 4) {
		assert_int_equal(send_as(c, token, "GET", base_of("/scim/v2/Users?startIndex=%lld&count=4", (long long)start), NULL), 200);
		v = answer(c);
		seen += json_integer_value(json_object_get(v, "itemsPerPage"));
		json_decref(v);
	}
	assert_int_equal(seen, all);
	pass_a_day();
	const char *move =
		"{\"schemas\":[\"" PATCH_OP "\"],\"Operations\":[{\"op\":\"replace\",\"path\":\"" ENTERPRISE ":department\",\"value\":\"second-office\"}]}";
	assert_int_equal(send_as(c, token, "PATCH", base_of("/scim/v2/Users/%lld", (long long)id), move), 409);
	assert_true(body_has(c, "a transfer has to be asked for"));
	client_free(c);
}

/* ── as the providers write it ── */

/* The forms of Microsoft Entra ID: + in filters, operations with a capital, "Add" where a value is replaced, truth values as texts, a manager as an
 * id alone, an object id as externalId. */
static void entra_provisions(void **state)
{
	static const char body[] =
		"{\"schemas\":[\"" USER "\",\"" ENTERPRISE
		"\"],\"externalId\":\"0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef\",\"userName\":\"e160@example.gov.in\",\"active\":true,"
		"\"emails\":[{\"primary\":true,\"type\":\"work\",\"value\":\"e160@example.gov.in\"}],\"meta\":{\"resourceType\":\"User\"},"
		"\"name\":{\"formatted\":\"Givan Name\",\"familyName\":\"Name\",\"givenName\":\"Givan\"},\"roles\":[],\"title\":\"so\",\"" ENTERPRISE
		"\":{\"employeeNumber\":\"e160\",\"department\":\"first-office\"}}";
	(void)state;
	assert_int_equal(total("filter=userName+eq+%22e160%40example.gov.in%22"), 0);
	assert_int_equal(ask("POST", "/scim/v2/Users", body), 201);
	const char *path = str_fmt(f->cx.arena, "/scim/v2/Users/%s", said("id", NULL)).p;
	assert_string_equal(said("externalId", NULL), "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef");
	assert_int_equal(total("filter=externalId%20eq%20%220a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef%22"), 1);
	assert_int_equal(patch(path, "{\"op\":\"Replace\",\"path\":\"emails[type eq \\\"work\\\"].value\",\"value\":\"updated160@example.gov.in\"},"
				     "{\"op\":\"Replace\",\"path\":\"name.familyName\",\"value\":\"Updated\"},{\"op\":\"Replace\",\"path\":\"name.formatted\","
				     "\"value\":\"Givan Updated\"}"),
			 200);
	assert_string_equal(said("userName", NULL), "updated160@example.gov.in");
	assert_string_equal(said("displayName", NULL), "Givan Updated");
	const char *boss = somebody("e161");
	assert_int_equal(patch(path, str_fmt(f->cx.arena, "{\"op\":\"Add\",\"path\":\"" ENTERPRISE ":manager\",\"value\":\"%lld\"}", (long long)id_in(boss)).p),
			 200);
	assert_string_equal(said(ENTERPRISE, "employeeNumber"), "e160");
	assert_int_equal(patch(path, "{\"op\":\"Add\",\"path\":\"emails[type eq \\\"work\\\"].value\",\"value\":\"added160@example.gov.in\"}"), 200);
	assert_string_equal(said("userName", NULL), "added160@example.gov.in");
	assert_int_equal(patch(path, "{\"op\":\"Replace\",\"path\":\"userName\",\"value\":\"5b50642d@example.gov.in\"}"), 200);
	assert_int_equal(patch(path, "{\"op\":\"Add\",\"value\":{\"displayName\":\"Givan Third\",\"" ENTERPRISE ":department\":\"first-office\"}}"), 200);
	assert_string_equal(said("displayName", NULL), "Givan Third");
	assert_int_equal(patch(path, "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}"), 200);
	assert_string_equal(said("active", NULL), "false");
	assert_int_equal(patch(path, "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"True\"}"), 200);
	assert_int_equal(ask("DELETE", path, NULL), 204);
	assert_int_equal(ask("GET", path, NULL), 404);
}

/* The forms of Okta: a question before all else, a password, no formatted name, PUT of everything, PATCH without a path. */
static void okta_provisions(void **state)
{
	static const char body[] =
		"{\"schemas\":[\"" USER "\"],\"userName\":\"e170@example.gov.in\",\"name\":{\"givenName\":\"Test\",\"familyName\":\"User\"},"
		"\"emails\":[{\"primary\":true,\"value\":\"e170@example.gov.in\",\"type\":\"work\"}],\"displayName\":\"Test User\",\"locale\":\"en-US\","
		"\"externalId\":\"00ujl29u0le5T6Aj10h7\",\"groups\":[],\"password\":\"1mz050nq\",\"title\":\"so\",\"active\":true,\"" ENTERPRISE
		"\":{\"employeeNumber\":\"e170\",\"organization\":\"first-office\"}}";
	(void)state;
	assert_int_equal(total("filter=userName%20eq%20%22e170%40example.gov.in%22&startIndex=1&count=100"), 0);
	assert_int_equal(ask("POST", "/scim/v2/Users", body), 201);
	const char *path = str_fmt(f->cx.arena, "/scim/v2/Users/%s", said("id", NULL)).p;
	assert_int_equal(query_int(f, "SELECT count(*) FROM audit WHERE input LIKE '%%1mz050nq%%'"), 0);
	assert_int_equal(ask("GET", path, NULL), 200);
	assert_int_equal(ask("PUT", path, body), 200);
	assert_string_equal(said("displayName", NULL), "Test User");
	assert_int_equal(patch(path, "{\"op\":\"replace\",\"value\":{\"active\":false}}"), 200);
	assert_string_equal(said("active", NULL), "false");
	assert_int_equal(patch(path, "{\"op\":\"replace\",\"value\":{\"active\":true}}"), 200);
	assert_string_equal(said("active", NULL), "true");
	assert_int_equal(total("startIndex=1&count=2") > 2, 1);
}

/* ── bulk ── */

static const char *operation(const char *method, const char *id, const char *path, const char *data)
{
	return str_fmt(f->cx.arena, "{\"method\":\"%s\",\"bulkId\":\"%s\",\"path\":\"%s\",\"data\":%s}", method, id, path, data).p;
}

/* The statuses of the answer, one after another. */
static const char *bulk(const char *more, const char *operations)
{
	struct buf b;
	const char *body =
		str_fmt(f->cx.arena, "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"]%s,\"Operations\":[%s]}", more, operations).p;
	buf_init(&b, f->cx.arena, 4000);
	assert_int_equal(ask("POST", "/scim/v2/Bulk", body), 200);
	json_t *v = answer(hr), *one;
	size_t i;
	json_array_foreach (json_object_get(v, "Operations"), i, one)
		buf_fmt(&b, "%s ", json_string_value(json_object_get(one, "status")));
	json_decref(v);
	return buf_get(&b).p;
}

static void several_changes_are_answered_one_by_one(void **state)
{
	const char *boss = operation("POST", "b", "/Users", user("e190", "Boss", "first-office"));
	const char *lead =
		"{\"schemas\":[\"" PATCH_OP "\"],\"Operations\":[{\"op\":\"add\",\"path\":\"" ENTERPRISE ":manager\",\"value\":{\"value\":\"bulkId:b\"}}]}";
	const char *wrong = operation("POST", "w", "/Users", user("e192", "Elsewhere", "second-office"));
	(void)state;
	assert_string_equal(bulk("", str_fmt(f->cx.arena, "%s,%s,%s,%s,%s,%s", boss, operation("POST", "a", "/Users", user("e191", "Asked", "first-office")),
					     wrong, operation("PATCH", "", "/Users/bulkId:a", lead), operation("PATCH", "", "/Users/bulkId:later", lead),
					     operation("DELETE", "", "/Devices/1", "null"))
					     .p),
			    "201 201 400 200 409 400 ");
	assert_true(body_has(hr, "\"bulkId\":\"b\"") && body_has(hr, "\"scimType\":\"invalidPath\""));
	assert_int_equal(
		query_int(f, "SELECT o.supervisor_id FROM posting o JOIN person p ON p.id = o.person_id WHERE p.employee_no = 'e191' AND o.until_day IS NULL"),
		query_int(f, "SELECT id FROM person WHERE employee_no = 'e190'"));
	int64_t id = query_int(f, "SELECT id FROM person WHERE employee_no = 'e191'");
	assert_int_equal(query_int(f, "SELECT count(*) FROM audit WHERE path = '/scim/v2/Bulk' AND subject_id = %lld", (long long)id), 2);
	/* After so many errors the rest is left alone. */
	const char *fresh = operation("POST", "f", "/Users", user("e193", "Fresh", "first-office"));
	assert_string_equal(bulk(",\"failOnErrors\":1", str_fmt(f->cx.arena, "%s,%s", wrong, fresh).p), "400 ");
	assert_int_equal(query_int(f, "SELECT count(*) FROM person WHERE employee_no = 'e193'"), 0);
	assert_string_equal(bulk(",\"failOnErrors\":2", str_fmt(f->cx.arena, "%s,%s", wrong, fresh).p), "400 201 ");
	const char *gone = base_of("/Users/%lld", (long long)query_int(f, "SELECT id FROM person WHERE employee_no = 'e193'"));
	assert_string_equal(bulk("", str_fmt(f->cx.arena, "%s,{\"method\":\"DELETE\",\"path\":\"%s\",\"version\":\"W/\\\"0\\\"\"}",
					     operation("DELETE", "", gone, "null"), gone)
					     .p),
			    "204 404 ");
	assert_int_equal(check_findings(f), 0);
}

static void bulk_has_ceilings_and_refuses_what_it_does_not_read(void **state)
{
	static const char *const bad[] = { "{}", "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"],\"Operations\":[]}",
					   "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"],\"failOnErrors\":0,\"Operations\":[{}]}" };
	struct buf b;
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(ask("POST", "/scim/v2/Bulk", bad[i]), 400);
	assert_string_equal(bulk("", "7,{},{\"method\":\"GET\",\"path\":\"/Users\"},{\"method\":\"POST\",\"path\":\"/"
				     "Users\",\"data\":{}},{\"method\":\"PUT\",\"path\":\"/Users/1\"}"),
			    "400 400 400 400 400 ");
	/* As deep as JSON is read at all, and deeper. */
	for (int depth = 1900; depth <= 3000; depth += 1100) {
		buf_init(&b, f->cx.arena, 1 << 20);
		for (int i = 0; i < depth; i++)
			buf_lit(&b, "{\"name\":");
		buf_lit(&b, "1");
		for (int i = 0; i < depth; i++)
			buf_char(&b, '}');
		const char *deep = buf_get(&b).p;
		assert_int_equal(ask("POST", "/scim/v2/Users", deep), 400);
		const char *one = str_fmt(f->cx.arena, "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"],\"Operations\":[%s]}",
					  operation("POST", "d", "/Users", deep))
					  .p;
		assert_int_equal(ask("POST", "/scim/v2/Bulk", one), depth < 2000 ? 200 : 400);
		assert_true(refused_as(hr, "invalidSyntax"));
	}
	buf_init(&b, f->cx.arena, 1 << 20);
	buf_lit(&b, "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"],\"Operations\":[{}");
	for (int i = 0; i < 100; i++)
		buf_lit(&b, ",{}");
	buf_lit(&b, "]}");
	assert_int_equal(ask("POST", "/scim/v2/Bulk", buf_get(&b).p), 413);
}

/* Whatever statement fails: all of it, or nothing. */
static void a_fault_of_ours_keeps_nothing(void **state)
{
	const char *twice = str_fmt(f->cx.arena, "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"],\"Operations\":[%s,%s]}",
				    operation("POST", "a", "/Users", user("e210", "First", "first-office")),
				    operation("POST", "b", "/Users", user("e211", "Second", "first-office")))
				    .p;
	unsigned n = 1;
	long status = 0;
	(void)state;
	for (; n < 200 && status != 200; n++) {
		uint64_t before = database_hash(f, true);
		f->app.fail_at = n;
		status = ask("POST", "/scim/v2/Bulk", twice);
		f->app.fail_at = 0;
		assert_true(status == 200 || (status == 503 && database_hash(f, true) == before));
	}
	assert_true(n > 20 && status == 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM person WHERE employee_no IN ('e210', 'e211')"), 2);
}

/* ── more people than a filter goes through ── */

enum { CROWD = 20001 };

static enum err crowd(struct ctx *cx, void *arg)
{
	int64_t so = *(int64_t *)arg, day = clock_day_of(2026, 1, 1);
	for (int i = 0; i < CROWD; i++) {
		struct arena_mark mark = arena_mark(cx->arena);
		int64_t id = new_id(cx);
		struct str number = str_fmt(cx->arena, "crowd%d", i);
		TRY(person_sql_add(cx, id, number, S("Crowd"), S("crowd"), STR_NONE, STR_NONE, S("en"), S("Asia/Kolkata"), STR_NONE, cx->now, NULL));
		TRY(person_sql_add_posting(cx, new_id(cx), id, w.other_office, so, S("CSS"), S("B"), 8, NONE, day, cx->now, NULL));
		arena_back(cx->arena, mark);
	}
	return OK;
}

static void a_filter_goes_through_so_many_and_a_key_finds_one_of_all(void **state)
{
	int64_t so = a_designation(f, "so");
	(void)state;
	in_tx(f, crowd, &so);
	assert_int_equal(send_as(other, other_token, "GET", "/scim/v2/Users?filter=displayName%20co%20%22x%22", NULL), 400);
	assert_true(refused_as(other, "tooMany"));
	assert_int_equal(send_as(other, other_token, "GET", "/scim/v2/Users?filter=userName%20eq%20%22crowd20000%22", NULL), 200);
	assert_true(body_has(other, "\"totalResults\":1,"));
	assert_int_equal(send_as(other, other_token, "GET", "/scim/v2/Users?startIndex=20001&count=3", NULL), 200);
	assert_true(body_has(other, "\"itemsPerPage\":3,"));
	assert_int_equal(send_as(other, other_token, "GET", "/scim/v2/Users?count=200", NULL), 200);
	assert_true(body_has(other, "second-office") && body_has(other, "\"itemsPerPage\":200,") && !body_has(other, "first-office"));
	assert_true(other->statements <= 8);
}

/* ── the documents ── */

static void the_server_describes_itself(void **state)
{
	static const char *const paths[] = { "/scim/v2/ServiceProviderConfig", "/scim/v2/ResourceTypes",      "/scim/v2/ResourceTypes/User", "/scim/v2/Schemas",
					     "/scim/v2/Schemas/" USER,	       "/scim/v2/Schemas/" ENTERPRISE };
	struct client *c = client_new(f);
	(void)state;
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		assert_int_equal(send_as(c, NULL, "GET", paths[i], NULL), 200);
		assert_string_equal(answer_header(c, "Content-Type"), TYPE);
		json_decref(answer(c));
	}
	assert_int_equal(send_as(c, NULL, "GET", "/scim/v2/Schemas/nothing", NULL), 404);
	assert_int_equal(send_as(c, NULL, "GET", "/scim/v2/nothing", NULL), 404);
	assert_true(body_has(c, "messages:2.0:Error"));
	client_free(c);
}

static void bodies_have_a_ceiling_and_a_type(void **state)
{
	size_t n = (1 << 20) + 10;
	char *body = malloc(n + 1);
	(void)state;
	assert_non_null(body);
	memset(body, ' ', n);
	body[n] = 0;
	body[0] = '{';
	body[n - 1] = '}';
	assert_int_equal(ask("POST", "/scim/v2/Users", body), 413);
	free(body);
	hr->header[0] = hr_token;
	assert_int_equal(send_raw(hr, "POST", "/scim/v2/Users", "text/plain", "{}", 2), 415);
	assert_int_equal(ask("POST", "/scim/v2/Users", "{"), 400);
	assert_true(refused_as(hr, "invalidSyntax"));
	hr->header[0] = "Idempotency-Key: once";
	assert_int_equal(ask("POST", "/scim/v2/Users", user("e180", "X", "first-office")), 400);
	assert_int_equal(query_int(f, "SELECT count(*) FROM person WHERE employee_no = 'e180'"), 0);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	hr = client_new(f);
	other = client_new(f);
	hr_token = token_of(w.admin, "scim");
	other_token = token_of(w.other_admin, "scim");
	return 0;
}

static int end(void **state)
{
	(void)state;
	client_free(hr);
	client_free(other);
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(somebody_is_taken_in_changed_and_let_go),
		cmocka_unit_test(all_is_replaced_and_what_is_left_out_stays),
		cmocka_unit_test(what_a_staff_list_cannot_a_client_cannot),
		cmocka_unit_test(a_token_needs_the_scope),
		cmocka_unit_test(versions_are_kept_apart),
		cmocka_unit_test(of_several_at_once_one_is_heard),
		cmocka_unit_test(lists_filter_and_page),
		cmocka_unit_test(a_client_may_reach_several_organisations),
		cmocka_unit_test(entra_provisions),
		cmocka_unit_test(okta_provisions),
		cmocka_unit_test(several_changes_are_answered_one_by_one),
		cmocka_unit_test(bulk_has_ceilings_and_refuses_what_it_does_not_read),
		cmocka_unit_test(the_server_describes_itself),
		cmocka_unit_test(bodies_have_a_ceiling_and_a_type),
		cmocka_unit_test(a_fault_of_ours_keeps_nothing),
		cmocka_unit_test(a_filter_goes_through_so_many_and_a_key_finds_one_of_all),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
