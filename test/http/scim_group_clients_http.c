/* Groups over SCIM with several clients, in one request, through faults, and with thousands of members. */
#include "scim_groups.h"

#include <pthread.h>
#include <string.h>

/* ── several clients ── */

static void clients_keep_their_own_ids_apart(void **state)
{
	int64_t second = a_person(f, "second", "Second Keeper", w.ministry, 0);
	(void)state;
	a_role(f, second, "mdo_admin", w.ministry);
	const char *token = token_of(second, "scim"), *mine = "{\"schemas\":[\"" GROUP "\"],\"displayName\":\"Shared\",\"externalId\":\"same\"}";
	assert_int_equal(ask("POST", "/scim/v2/Groups", mine), 201);
	const char *path = text("/scim/v2/Groups/%s", said("id", NULL));
	assert_int_equal(ask("POST", "/scim/v2/Groups", mine), 409);
	assert_true(refused_as("uniqueness"));
	/* The other client of the ministry sees the group, and neither has the other's id of it. */
	assert_int_equal(ask_as(token, "GET", path, NULL), 200);
	assert_string_equal(said("externalId", NULL), "");
	assert_int_equal(
		ask_as(token, "PATCH", path, "{\"schemas\":[\"" PATCH_OP "\"],\"Operations\":[{\"op\":\"add\",\"path\":\"externalId\",\"value\":\"theirs\"}]}"),
		204);
	assert_int_equal(ask_as(token, "GET", path, NULL), 200);
	assert_string_equal(said("externalId", NULL), "theirs");
	assert_int_equal(ask("GET", path, NULL), 200);
	assert_string_equal(said("externalId", NULL), "same");
	assert_int_equal(ask_as(token, "GET", "/scim/v2/Groups?filter=externalId%20eq%20%22same%22", NULL), 200);
	assert_string_equal(said("totalResults", NULL), "0");
	assert_int_equal(patch(path, "{\"op\":\"remove\",\"path\":\"externalId\"}"), 204);
	assert_int_equal(ask("POST", "/scim/v2/Groups", mine), 201);
	/* Another ministry's client: not there, and no id of it is in the way. */
	assert_int_equal(ask_as(other_token, "GET", path, NULL), 404);
	assert_int_equal(ask_as(other_token, "PUT", path, group_of("Theirs", "")), 404);
	assert_int_equal(ask_as(other_token, "POST", "/scim/v2/Groups", mine), 201);
	assert_int_equal(org_said(), w.other_ministry);
	/* One that was ended on its page leaves its id free. */
	const char *paged =
		text("/scim/v2/Groups/%lld",
		     (long long)query_int(f, "SELECT group_id FROM scim_group WHERE client_id = %lld AND external_id = 'same'", (long long)w.admin));
	struct client *admin = client_as(f, w.admin);
	assert_int_equal(get(admin, "/orgs/%lld/groups/%lld", (long long)w.ministry, (long long)id_in(paged)), 200);
	assert_int_equal(post(admin, base_of("/orgs/%lld/groups/%lld/end", (long long)w.ministry, (long long)id_in(paged)), ""), 303);
	client_free(admin);
	assert_int_equal(ask("GET", paged, NULL), 404);
	assert_int_equal(ask("POST", "/scim/v2/Groups", mine), 201);
}

/* Who keeps two ministries has the groups of both; a new one belongs to the first of them, and so do its members. */
static void a_client_of_several_organisations_makes_groups_in_the_first(void **state)
{
	int64_t keeper = a_person(f, "two", "Keeper Of Two", w.root, 0), first = w.ministry < w.other_ministry ? w.ministry : w.other_ministry;
	int64_t here = first == w.ministry ? w.learner : w.other_learner, there = first == w.ministry ? w.other_learner : w.learner;
	const char *one = by_rule(w.office), *two = by_rule(w.other_office);
	(void)state;
	a_role(f, keeper, "mdo_admin", w.ministry);
	a_role(f, keeper, "mdo_admin", w.other_ministry);
	const char *token = token_of(keeper, "scim");
	assert_int_equal(ask_as(token, "GET", one, NULL), 200);
	assert_int_equal(ask_as(token, "GET", two, NULL), 200);
	assert_int_equal(ask_as(token, "POST", "/scim/v2/Groups", group_of("First", member(here))), 201);
	assert_int_equal(org_said(), first);
	assert_int_equal(ask_as(token, "POST", "/scim/v2/Groups", group_of("First", member(there))), 400);
	assert_true(refused_as("invalidValue"));
}

/* Several add somebody at once: nobody is lost. */
struct adder {
	struct client *c;
	const char *path, *body;
	long status;
};

static void *add_once(void *arg)
{
	struct adder *k = arg;
	k->c->header[0] = hr_token;
	k->status = send_raw(k->c, "PATCH", k->path, TYPE, k->body, strlen(k->body));
	return NULL;
}

static void of_several_who_add_at_once_nobody_is_lost(void **state)
{
	const int64_t who[] = { w.learner, w.colleague, w.boss, w.author, w.reviewer, w.publisher };
	enum { ADDERS = sizeof who / sizeof *who };
	struct adder k[ADDERS];
	pthread_t thread[ADDERS];
	const char *path = a_group("At once", "");
	(void)state;
	for (int i = 0; i < ADDERS; i++) {
		const char *body =
			text("{\"schemas\":[\"" PATCH_OP "\"],\"Operations\":[{\"op\":\"add\",\"path\":\"members\",\"value\":[%s]}]}", member(who[i]));
		k[i] = (struct adder){ client_new(f), path, body, 0 };
	}
	for (int i = 0; i < ADDERS; i++)
		NEED(pthread_create(&thread[i], NULL, add_once, &k[i]) == 0, "no thread");
	for (int i = 0; i < ADDERS; i++) {
		pthread_join(thread[i], NULL);
		assert_int_equal(k[i].status, 204);
		client_free(k[i].c);
	}
	assert_int_equal(members(path), ADDERS);
	assert_int_equal(query_int(f, "SELECT sum(n) FROM group_count WHERE group_id = %lld", (long long)id_in(path)), ADDERS);
}

/* Keeping people is not keeping groups. */
static void a_client_needs_both_rights(void **state)
{
	int64_t keeper = a_person(f, "keeper", "Keeper Of People", w.office, 0), both = a_person(f, "both", "Keeper Of Office", w.office, 0);
	struct client *admin = client_as(f, w.admin);
	(void)state;
	assert_int_equal(
		post_json(admin, base_of("/api/v1/orgs/%lld/composed-roles", (long long)w.ministry), "{\"name\":\"People\",\"permissions\":[\"SCIM\"]}"), 200);
	const char *role = text("{\"person\":\"keeper@example.gov.in\",\"role\":\"%lld\"}", (long long)json_number(admin, "id"));
	assert_int_equal(post_json(admin, base_of("/api/v1/orgs/%lld/roles", (long long)w.ministry), role), 200);
	const char *token = token_of(keeper, "scim"), *looks = token_of(w.admin, "scim:read"), *groups = token_of(w.admin, "group_manage"),
		   *learner = token_of(w.learner, "scim"), *path = a_group("Rights", "");
	assert_int_equal(ask_as(token, "GET", "/scim/v2/Users?count=1", NULL), 200);
	assert_int_equal(ask_as(token, "GET", "/scim/v2/Groups", NULL), 403);
	assert_int_equal(ask_as(token, "GET", path, NULL), 403);
	assert_int_equal(ask_as(token, "POST", "/scim/v2/Groups", group_of("No", "")), 403);
	assert_int_equal(ask_as(token, "PUT", path, group_of("No", "")), 403);
	assert_int_equal(ask_as(token, "DELETE", path, NULL), 403);
	const char *two = text("{\"method\":\"POST\",\"bulkId\":\"a\",\"path\":\"/Groups\",\"data\":%s},{\"method\":\"DELETE\",\"path\":\"%s\"}",
			       group_of("No", ""), path + 8);
	assert_int_equal(ask_as(token, "POST", "/scim/v2/Bulk", bulk(two)), 200);
	assert_true(body_has(hr, "\"status\":\"403\"") && !body_has(hr, "\"status\":\"20"));
	assert_int_equal(ask_as(looks, "GET", path, NULL), 200);
	assert_int_equal(ask_as(looks, "DELETE", path, NULL), 403);
	assert_int_equal(ask_as(groups, "GET", path, NULL), 403);
	assert_int_equal(ask_as(learner, "GET", path, NULL), 403);
	assert_int_equal(query_int(f, "SELECT count(*) FROM people_group WHERE name = 'No' OR (id = %lld AND ended_at IS NOT NULL)", (long long)id_in(path)),
			 0);
	/* Groups of the office alone: there its groups belong, and those of the ministry are not seen. */
	a_role(f, both, "mdo_admin", w.office);
	const char *office = token_of(both, "scim");
	assert_int_equal(ask_as(office, "GET", path, NULL), 404);
	assert_int_equal(ask_as(office, "POST", "/scim/v2/Groups", group_of("Office", member(w.learner))), 201);
	assert_int_equal(org_said(), w.office);
	assert_int_equal(ask_as(office, "POST", "/scim/v2/Groups", group_of("Office", member(w.author))), 400);
	client_free(admin);
}

/* ── bulk ── */

static void people_and_their_group_come_in_one_request(void **state)
{
	const char *more = "{\"schemas\":[\"" PATCH_OP "\"],\"Operations\":[{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"bulkId:b\"}]}]}";
	const char *rename = "{\"schemas\":[\"" PATCH_OP "\"],\"Operations\":[{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"Of one request\"}]}";
	(void)state;
	assert_string_equal(
		statuses(text("%s,%s,%s,%s,%s,%s,%s", operation("POST", "a", "/Users", new_user("g300")), operation("POST", "b", "/Users", new_user("g301")),
			      operation("POST", "g", "/Groups", group_of("Of a request", "{\"value\":\"bulkId:a\"}")),
			      operation("PATCH", "", "/Groups/bulkId:g", more), operation("PATCH", "", "/Groups/bulkId:g", rename),
			      operation("POST", "h", "/Groups", group_of("X", "{\"value\":\"bulkId:later\"}")),
			      operation("POST", "i", "/Groups", group_of("X", member(w.other_learner))))),
		"201 201 201 200 200 409 400 ");
	json_t *v = answer();
	const char *where = json_string_value(json_object_get(json_array_get(json_object_get(v, "Operations"), 2), "location"));
	assert_non_null(strstr(where, "/scim/v2/Groups/"));
	const char *path = text("/scim/v2/Groups/%lld", (long long)id_in(where));
	json_decref(v);
	assert_int_equal(members(path), 2);
	assert_true(is_in(path, query_int(f, "SELECT id FROM person WHERE employee_no = 'g301'")));
	assert_int_equal(ask("GET", path, NULL), 200);
	assert_string_equal(said("displayName", NULL), "Of one request");
	assert_int_equal(query_int(f, "SELECT count(*) FROM audit WHERE path = '/scim/v2/Bulk' AND action LIKE 'scim.group%%'"), 3);
	assert_string_equal(statuses(text("%s,%s,%s", operation("DELETE", "", path + 8, "null"), operation("DELETE", "", path + 8, "null"),
					  operation("POST", "x", "/Devices", "{}"))),
			    "204 404 400 ");
	assert_int_equal(check_findings(f), 0);
}

/* ── faults ── */

/* Whatever statement fails: all of it, or nothing. */
static void whole_or_not_at_all(const char *method, const char *path, const char *body, long good, unsigned least)
{
	unsigned n = 1;
	long status = 0;
	for (; n < 200 && status != good; n++) {
		uint64_t before = database_hash(f, true);
		f->app.fail_at = n;
		status = ask(method, path, body);
		f->app.fail_at = 0;
		if (status != good && status != 503)
			print_error("%s %s: %ld at statement %u\n", method, path, status, n);
		assert_true(status == good || (status == 503 && database_hash(f, true) == before));
	}
	assert_true(n > least && status == good);
}

static void a_fault_of_ours_keeps_nothing(void **state)
{
	const char *made = text("{\"schemas\":[\"" GROUP "\"],\"displayName\":\"Faults\",\"externalId\":\"faults\",\"members\":[%s,%s]}", member(w.learner),
				member(w.boss));
	const char *path = a_group("Changed through faults", member(w.learner));
	(void)state;
	whole_or_not_at_all("POST", "/scim/v2/Groups", made, 201, 15);
	whole_or_not_at_all("PATCH", path,
			    text("{\"schemas\":[\"" PATCH_OP
				 "\"],\"Operations\":[{\"op\":\"replace\",\"value\":{\"displayName\":\"Changed\",\"externalId\":\"c\",\"members\":[%s,%s]}}]}",
				 member(w.boss), member(w.colleague)),
			    204, 15);
	assert_true(members(path) == 2 && !is_in(path, w.learner));
	whole_or_not_at_all("POST", "/scim/v2/Bulk",
			    bulk(text("%s,%s", operation("POST", "a", "/Users", new_user("g310")),
				      operation("POST", "g", "/Groups", group_of("Faulty", "{\"value\":\"bulkId:a\"}")))),
			    200, 25);
	whole_or_not_at_all("DELETE", path, NULL, 204, 8);
	assert_int_equal(query_int(f, "SELECT count(*) FROM people_group WHERE name IN ('Faults', 'Faulty')"), 2);
	assert_int_equal(check_findings(f), 0);
}

/* ── thousands ── */

enum { CROWD = 4995, LIST = 2500, TOO_LONG = 3500 };
static int64_t crowd_office, crowd[CROWD];

static enum err crowd_in(struct ctx *cx, void *arg)
{
	const int64_t *so = arg;
	cx->bulk = true;
	for (int i = 0; i < CROWD; i++) {
		struct arena_mark mark = arena_mark(cx->arena);
		struct person_add in = { .name = S("Crowd"), .employee_no = str_fmt(cx->arena, "crowd%d", i), .lang = S("en") };
		struct person_post post = { .org_id = crowd_office, .designation_id = *so, .supervisor_id = NONE, .from_day = clock_day_of(2026, 1, 1) };
		TRY(person_add(cx, &in, &post.person_id));
		TRY(person_post(cx, &post));
		crowd[i] = post.person_id;
		arena_back(cx->arena, mark);
	}
	cx->bulk = false;
	return OK;
}

/* A PUT of the first of the crowd. */
static const char *named(int from, int to)
{
	struct buf b;
	buf_init(&b, f->cx.arena, 1 << 20);
	buf_lit(&b, "{\"schemas\":[\"" GROUP "\"],\"displayName\":\"Crowd\",\"members\":[");
	for (int i = from; i < to; i++)
		buf_fmt(&b, "%s{\"value\":\"%lld\"}", i > from ? "," : "", (long long)crowd[i]);
	buf_lit(&b, "]}");
	return buf_get(&b).p;
}

static void thousands_are_named_and_one_more_costs_little(void **state)
{
	int64_t so = a_designation(f, "so");
	(void)state;
	crowd_office = an_org(f, "crowd", "Crowded office", w.ministry);
	in_tx(f, crowd_in, &so);
	const char *path = a_group("Crowd", "");
	/* So many at once are found by background work, as with any rule. */
	assert_int_equal(ask("PUT", text("%s?excludedAttributes=members", path), named(0, LIST)), 200);
	work_now(f);
	assert_int_equal(members(path), LIST);
	assert_int_equal(ask("GET", path, NULL), 200);
	assert_int_equal(shown(), LIST);
	assert_true(hr->statements <= 12);
	print_message("# %d members: %u statements, %zu bytes\n", LIST, hr->statements, hr->body.n);
	/* One more, one less: at once, and without going through the others. */
	assert_int_equal(patch(path, text("{\"op\":\"add\",\"path\":\"members\",\"value\":\"%lld\"}", (long long)crowd[LIST])), 204);
	assert_int_equal(members(path), LIST + 1);
	print_message("# one more: %u statements\n", hr->statements);
	assert_true(hr->statements <= 80);
	assert_int_equal(drop(path, crowd[LIST]), 204);
	assert_int_equal(members(path), LIST);
	assert_true(hr->statements <= 80);
	assert_int_equal(get(page, "/orgs/%lld/groups", (long long)w.ministry), 200);
	assert_true(body_has(page, "Named: Crowd, Crowd, Crowd, Crowd, Crowd or 2495 more"));
	/* More than a list can hold: a sentence, and the list stays. */
	uint64_t before = database_hash(f, true);
	assert_int_equal(ask("PUT", path, named(0, TOO_LONG)), 400);
	assert_true(refused_as("tooMany") && body_has(hr, "2,800"));
	assert_int_equal(database_hash(f, true), before);
	assert_int_equal(ask("PUT", text("%s?excludedAttributes=members", path), named(LIST, LIST + 10)), 200);
	work_now(f);
	assert_int_equal(members(path), 10);
	/* A group of too many to be listed says nothing of its members, but answers who is in. */
	const char *everybody = by_rule(w.ministry);
	work_now(f);
	assert_true(members(everybody) > 5000);
	assert_int_equal(ask("GET", everybody, NULL), 200);
	assert_int_equal(shown(), -1);
	assert_int_equal(
		total(text("filter=members.value%%20eq%%20%%22%lld%%22%%20and%%20id%%20eq%%20%%22%lld%%22", (long long)crowd[7], (long long)id_in(everybody))),
		1);
	assert_int_equal(check_findings(f), 0);
}

/* An answer has an end: behind so many members the page is over, and the next one goes on. */
static void a_page_ends_where_its_members_are_too_many(void **state)
{
	enum { GROUPS = 6 };
	int64_t seen = 0, pages = 0;
	(void)state;
	for (int i = 0; i < GROUPS; i++)
		by_rule(crowd_office);
	work_now(f);
	int64_t all = total("attributes=id&filter=displayName%20eq%20%22Officers%22");
	assert_true(all >= GROUPS);
	while (seen < all && pages < all) {
		assert_int_equal(total(text("filter=displayName%%20eq%%20%%22Officers%%22&startIndex=%lld&count=200", (long long)seen + 1)), all);
		seen += strtoll(said("itemsPerPage", NULL), NULL, 10);
		pages++;
	}
	assert_int_equal(seen, all);
	assert_int_equal(pages, 2);
	print_message("# %lld groups with many members on %lld pages\n", (long long)all, (long long)pages);
}

/* An administrator takes up on the page what a system has named, and the system goes on from there. */
static void a_list_of_hundreds_is_changed_on_its_page_too(void **state)
{
	enum { HUNDREDS = 450 };
	const char *path = a_group("Hundreds", "");
	struct buf b;
	(void)state;
	assert_int_equal(ask("PUT", path, named(0, HUNDREDS)), 200);
	assert_int_equal(members(path), HUNDREDS);
	assert_int_equal(post(page, base_of("/orgs/%lld/group-drafts", (long long)w.ministry), text("group_id=%lld", (long long)id_in(path))), 303);
	const char *draft = text("%s", answer_header(page, "Location"));
	assert_int_equal(get(page, "%s", draft), 200);
	assert_true(body_has(page, "crowd0; crowd1; ") && body_has(page, text("crowd%d", HUNDREDS - 1)));
	buf_init(&b, f->cx.arena, 1 << 16);
	buf_lit(&b, "name=By+hand&part.0.0.is=people&part.0.0.value=");
	for (int i = 1; i < HUNDREDS; i++)
		buf_fmt(&b, "crowd%d%%3B+", i);
	assert_int_equal(post(page, text("%s/save", draft), buf_get(&b).p), 303);
	assert_int_equal(members(path), HUNDREDS - 1);
	assert_int_equal(add(path, member(w.learner)), 204);
	assert_int_equal(ask("GET", path, NULL), 200);
	assert_string_equal(said("displayName", NULL), "By hand");
	assert_int_equal(shown(), HUNDREDS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clients_keep_their_own_ids_apart),
		cmocka_unit_test(a_client_of_several_organisations_makes_groups_in_the_first),
		cmocka_unit_test(of_several_who_add_at_once_nobody_is_lost),
		cmocka_unit_test(a_client_needs_both_rights),
		cmocka_unit_test(people_and_their_group_come_in_one_request),
		cmocka_unit_test(a_fault_of_ours_keeps_nothing),
		cmocka_unit_test(thousands_are_named_and_one_more_costs_little),
		cmocka_unit_test(a_page_ends_where_its_members_are_too_many),
		cmocka_unit_test(a_list_of_hundreds_is_changed_on_its_page_too),
	};
	return cmocka_run_group_tests(tests, scim_groups_begin, scim_groups_end);
}
