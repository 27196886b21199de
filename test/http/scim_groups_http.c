/* Groups over SCIM: an HR system or identity provider names who is in a group, and the house has an ordinary group. */
#include "scim_groups.h"

#include <stdio.h>
#include <string.h>

/* ── a life ── */

static void a_group_is_made_filled_renamed_and_ended(void **state)
{
	(void)state;
	assert_int_equal(ask("POST", "/scim/v2/Groups", "{\"schemas\":[\"" GROUP "\"],\"displayName\":\"Vigilance cell\",\"externalId\":\"vig-1\"}"), 201);
	const char *path = text("/scim/v2/Groups/%s", said("id", NULL));
	int64_t id = id_in(path);
	assert_string_equal(answer_header(hr, "Content-Type"), TYPE);
	assert_non_null(strstr(answer_header(hr, "Location"), path));
	assert_string_equal(said("externalId", NULL), "vig-1");
	assert_string_equal(said("meta", "resourceType"), "Group");
	assert_string_equal(said("meta", "version"), answer_header(hr, "ETag"));
	/* It belongs to the client's organisation and is nothing but a list of people, nobody yet. */
	assert_int_equal(query_int(f, "SELECT org_id FROM people_group WHERE id = %lld", (long long)id), w.ministry);
	assert_int_equal(query_int(f, "SELECT count(*) FROM people_group WHERE id = %lld AND rule = '{\"any\":[{\"all\":[{\"is\":\"people\",\"ids\":[]}]}]}'",
				   (long long)id),
			 1);
	assert_int_equal(get(page, "/orgs/%lld/groups/%lld", (long long)w.ministry, (long long)id), 200);
	assert_true(body_has(page, "Vigilance cell") && body_has(page, "Named: nobody yet") && body_has(page, "0 members today"));
	/* Filled: who is in, once. */
	assert_int_equal(add(path, text("%s,%s", member(w.learner), member(w.colleague))), 204);
	assert_int_equal(add(path, member(w.learner)), 204);
	assert_int_equal(members(path), 2);
	assert_int_equal(ask("GET", path, NULL), 200);
	assert_int_equal(shown(), 2);
	assert_true(body_has(hr, text("{\"value\":\"%lld\",\"$ref\":\"", (long long)w.learner)));
	assert_true(body_has(hr, text("/scim/v2/Users/%lld\",\"type\":\"User\",\"display\":\"", (long long)w.learner)));
	/* Another name; all that is sent, and what is left out stays. */
	assert_int_equal(patch(path, "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"Vigilance\"}"), 204);
	assert_int_equal(members(path), 2);
	assert_int_equal(ask("PUT", path, group_of("Vigilance unit", member(w.colleague))), 200);
	assert_string_equal(said("externalId", NULL), "vig-1");
	assert_true(shown() == 1 && is_in(path, w.colleague) && !is_in(path, w.learner));
	assert_int_equal(ask("PUT", path, "{\"schemas\":[\"" GROUP "\"],\"externalId\":\"vig-2\"}"), 200);
	assert_string_equal(said("displayName", NULL), "Vigilance unit");
	assert_int_equal(shown(), 1);
	/* Ended: not there any more, and what it was stays on record. */
	later(HOUR);
	assert_int_equal(ask("DELETE", path, NULL), 204);
	assert_int_equal(hr->body.n, 0);
	assert_int_equal(ask("GET", path, NULL), 404);
	assert_int_equal(ask("DELETE", path, NULL), 404);
	assert_int_equal(members(path), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM group_member WHERE group_id = %lld AND until_at IS NOT NULL", (long long)id), 1);
	/* Each change is in the trail of the organisation; what changed nothing is not. */
	assert_int_equal(
		query_int(f, "SELECT count(*) FROM audit WHERE action LIKE 'scim.group_%%' AND subject = 'org' AND subject_id = %lld", (long long)w.ministry),
		6);
	assert_int_equal(
		query_int(f, "SELECT count(*) FROM audit WHERE action = 'scim.group_patch' AND input LIKE '%%\"added\":[\"%lld\"%%'", (long long)w.learner), 1);
	assert_int_equal(check_findings(f), 0);
}

/* ── as the providers write it ── */

/* The forms of Microsoft Entra ID: a question by name, a group without members, operations with a capital, members by $ref and value, several to be
 * removed as the value of a Remove, the group asked for without its members. */
static void entra_provisions_groups(void **state)
{
	(void)state;
	assert_int_equal(total("excludedAttributes=members&filter=displayName+eq+%22Field+officers%22"), 0);
	assert_int_equal(ask("POST", "/scim/v2/Groups",
			     "{\"schemas\":[\"" GROUP
			     "\",\"http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group\"],\"externalId\":\"8aa1a0c0-c4c3-4bc0-"
			     "b4a5-2ef676900159\",\"displayName\":\"Field officers\",\"meta\":{\"resourceType\":\"Group\"}}"),
			 201);
	const char *path = text("/scim/v2/Groups/%s", said("id", NULL));
	assert_int_equal(ask("GET", text("%s?excludedAttributes=members", path), NULL), 200);
	assert_int_equal(
		patch(path, text("{\"op\":\"Add\",\"path\":\"members\",\"value\":[{\"$ref\":null,\"value\":\"%lld\"},{\"$ref\":null,\"value\":\"%lld\"}]}",
				 (long long)w.learner, (long long)w.colleague)),
		204);
	assert_int_equal(hr->body.n, 0);
	assert_int_equal(members(path), 2);
	assert_int_equal(patch(path, text("{\"op\":\"Remove\",\"path\":\"members\",\"value\":[{\"$ref\":null,\"value\":\"%lld\"}]}", (long long)w.learner)),
			 204);
	assert_true(!is_in(path, w.learner) && is_in(path, w.colleague));
	assert_int_equal(patch(path, text("{\"op\":\"Remove\",\"path\":\"members\",\"value\":[{\"$ref\":null,\"value\":\"%lld\"}]}", (long long)w.learner)),
			 204);
	assert_int_equal(patch(path, "{\"op\":\"Replace\",\"path\":\"displayName\",\"value\":\"Officers in the field\"}"), 204);
	assert_int_equal(patch(path, "{\"op\":\"Replace\",\"path\":\"externalId\",\"value\":\"another-id\"}"), 204);
	assert_int_equal(total("excludedAttributes=members&filter=externalId+eq+%22another-id%22"), 1);
	assert_true(body_has(hr, "Officers in the field") && !body_has(hr, "members"));
	assert_int_equal(ask("DELETE", path, NULL), 204);
	assert_int_equal(total("filter=externalId+eq+%22another-id%22"), 0);
	/* What the group was called is free again. */
	assert_int_equal(ask("POST", "/scim/v2/Groups", "{\"schemas\":[\"" GROUP "\"],\"externalId\":\"another-id\",\"displayName\":\"Field officers\"}"), 201);
}

/* The forms of Okta: members with a display, one removed by a filter in the path, a name without a path beside the id, PUT of everything. */
static void okta_pushes_groups(void **state)
{
	(void)state;
	assert_int_equal(total("filter=displayName%20eq%20%22Test%20push%22&startIndex=1&count=100"), 0);
	const char *path = a_group("Test push", text("{\"value\":\"%lld\",\"display\":\"learner@example.gov.in\"}", (long long)w.learner));
	const char *id = strrchr(path, '/') + 1;
	assert_int_equal(shown(), 1);
	assert_int_equal(patch(path, text("{\"op\":\"remove\",\"path\":\"members[value eq "
					  "\\\"%lld\\\"]\"},{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"%lld\","
					  "\"display\":\"boss@example.gov.in\"}]}",
					  (long long)w.learner, (long long)w.boss)),
			 204);
	assert_true(is_in(path, w.boss) && !is_in(path, w.learner));
	assert_int_equal(patch(path, text("{\"op\":\"replace\",\"value\":{\"id\":\"%s\",\"displayName\":\"Pushed\"}}", id)), 204);
	assert_int_equal(patch(path, text("{\"op\":\"replace\",\"path\":\"members\",\"value\":[%s,%s]}", member(w.learner), member(w.colleague))), 204);
	assert_true(members(path) == 2 && !is_in(path, w.boss));
	assert_int_equal(ask("PUT", path,
			     text("{\"schemas\":[\"" GROUP
				  "\"],\"id\":\"%s\",\"displayName\":\"Pushed again\",\"members\":[{\"value\":\"%lld\",\"display\":\"boss@example.gov.in\"}]}",
				  id, (long long)w.boss)),
			 200);
	assert_string_equal(said("displayName", NULL), "Pushed again");
	assert_true(shown() == 1 && is_in(path, w.boss));
	assert_int_equal(ask("PATCH", text("%s?attributes=displayName", path),
			     "{\"schemas\":[\"" PATCH_OP "\"],\"Operations\":[{\"op\":\"replace\",\"value\":{\"displayName\":\"Shown\"}}]}"),
			 200);
	assert_string_equal(said("displayName", NULL), "Shown");
	assert_int_equal(shown(), -1);
}

/* ── who can be named ── */

static enum err leave_in(struct ctx *cx, void *arg)
{
	int64_t posting;
	return person_leave(cx, *(const int64_t *)arg, person_today(cx) - 1, &posting);
}

static enum err return_in(struct ctx *cx, void *arg)
{
	const int64_t *post = arg;
	struct person_post p = { post[0], post[1], post[2], NONE, person_today(cx) };
	TRY(person_return(cx, post[0]));
	return person_post(cx, &p);
}

static enum err move_in(struct ctx *cx, void *arg)
{
	const int64_t *post = arg;
	struct person_post p = { post[0], post[1], post[2], NONE, person_today(cx) };
	return person_post(cx, &p);
}

static void whom_the_client_does_not_see_is_no_member(void **state)
{
	const char *path = a_group("Reach", member(w.learner));
	const int64_t strangers[] = { w.other_learner, 4611686018427387904 };
	(void)state;
	uint64_t before = database_hash(f, true);
	for (size_t i = 0; i < 2; i++) {
		const char *sent = text("%s,%s", member(w.colleague), member(strangers[i])), *named = text("“%lld”", (long long)strangers[i]);
		assert_int_equal(add(path, sent), 400);
		assert_true(refused_as("invalidValue") && body_has(hr, named));
		assert_int_equal(ask("PUT", path, group_of("Reach", sent)), 400);
		assert_int_equal(ask("POST", "/scim/v2/Groups", group_of("Never", sent)), 400);
		assert_true(refused_as("invalidValue") && body_has(hr, named));
	}
	assert_int_equal(ask("PUT", path, group_of("Reach", "{\"value\":\"1\",\"type\":\"Group\"}")), 400);
	assert_int_equal(ask("PUT", path, group_of("", "")), 400);
	assert_int_equal(patch(path, "{\"op\":\"remove\",\"path\":\"displayName\"}"), 400);
	assert_int_equal(ask("POST", "/scim/v2/Groups", "{\"displayName\":\"No schema\"}"), 400);
	assert_int_equal(database_hash(f, true), before);
}

static void who_is_named_and_goes_is_in_nobodys_way_and_is_in_again_when_back(void **state)
{
	int64_t so = a_designation(f, "so"), leaver = a_person(f, "leaver", "Leela Nair", w.office, 0), mover = a_person(f, "mover", "Mohan Das", w.office, 0);
	const char *all = text("%s,%s,%s", member(w.learner), member(leaver), member(mover)), *path = a_group("Named on", all);
	(void)state;
	assert_int_equal(members(path), 3);
	later(DAY);
	in_tx(f, leave_in, &leaver);
	in_tx(f, move_in, (int64_t[]){ mover, w.other_office, so });
	assert_int_equal(members(path), 1);
	assert_int_equal(ask("GET", path, NULL), 200);
	assert_int_equal(shown(), 1);
	/* The system goes on naming them, adds others, gives another name: nothing of that is refused. */
	assert_int_equal(add(path, text("%s,%s", member(w.colleague), member(mover))), 204);
	for (int i = 0; i < 2; i++)
		assert_int_equal(ask("PUT", path, group_of("Named on still", text("%s,%s", all, member(w.colleague)))), 200);
	assert_int_equal(members(path), 2);
	assert_int_equal(get(page, "/orgs/%lld/groups/%lld", (long long)w.ministry, (long long)id_in(path)), 200);
	assert_true(body_has(page, "Named: ") && body_has(page, "Leela Nair") && body_has(page, "Mohan Das"));
	/* Somebody who has left can still be named; somebody of another ministry cannot. */
	const char *fresh = a_group("Fresh", member(leaver));
	assert_int_equal(members(fresh), 0);
	assert_int_equal(ask("POST", "/scim/v2/Groups", group_of("Refused", member(mover))), 400);
	later(DAY);
	in_tx(f, return_in, (int64_t[]){ leaver, w.office, so });
	assert_true(is_in(path, leaver) && is_in(fresh, leaver));
	/* Not named any more: coming back changes nothing. */
	assert_int_equal(drop(path, mover), 204);
	in_tx(f, move_in, (int64_t[]){ mover, w.institute, so });
	assert_false(is_in(path, mover));
	assert_int_equal(check_findings(f), 0);
}

/* ── groups by rule ── */

static void a_group_by_rule_is_seen_and_not_changed(void **state)
{
	const char *path = by_rule(w.office);
	const char *where = text("/orgs/%lld/groups/%lld", (long long)w.office, (long long)id_in(path));
	(void)state;
	assert_int_equal(ask("GET", path, NULL), 200);
	assert_string_equal(said("displayName", NULL), "Officers");
	assert_true(shown() > 4 && shown() == members(path));
	assert_true(body_has(hr, text("\"value\":\"%lld\"", (long long)w.learner)));
	assert_int_equal(ask("GET", text("%s?excludedAttributes=members", path), NULL), 200);
	assert_true(shown() == -1 && hr->statements <= 10);
	uint64_t before = database_hash(f, true);
	assert_int_equal(add(path, member(w.author)), 400);
	assert_true(refused_as("mutability") && body_has(hr, where));
	assert_int_equal(patch(path, "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"X\"}"), 400);
	assert_int_equal(ask("PUT", path, group_of("X", "")), 400);
	assert_int_equal(ask("DELETE", path, NULL), 400);
	assert_true(refused_as("mutability") && body_has(hr, where));
	assert_int_equal(database_hash(f, true), before);
	/* Nor another ministry's, which is not there for this client at all. */
	const char *theirs = by_rule(w.other_office);
	assert_int_equal(ask("GET", theirs, NULL), 404);
	assert_int_equal(ask("DELETE", theirs, NULL), 404);
	assert_int_equal(ask_as(other_token, "GET", theirs, NULL), 200);
	/* One that an administrator has written as a list is a list. */
	struct client *admin = client_as(f, w.admin);
	const char *rule = text("{\"name\":\"By hand\",\"rule\":{\"any\":[{\"all\":[{\"is\":\"people\",\"ids\":[\"%lld\"]}]}]}}", (long long)w.boss);
	assert_int_equal(post_json(admin, base_of("/api/v1/orgs/%lld/groups", (long long)w.office), rule), 200);
	const char *list = text("/scim/v2/Groups/%lld", (long long)json_number(admin, "id"));
	client_free(admin);
	assert_int_equal(add(list, member(w.learner)), 204);
	assert_int_equal(members(list), 2);
	assert_int_equal(add(list, member(w.author)), 400); /* not of this office */
}

/* ── at once ── */

static void a_course_for_the_group_reaches_who_was_just_named(void **state)
{
	const char *path = a_group("To be trained", "");
	const char *where = text("/orgs/%lld/groups/%lld", (long long)w.ministry, (long long)id_in(path));
	struct client *admin = client_as(f, w.admin);
	(void)state;
	assert_int_equal(add(path, text("%s,%s", member(w.learner), member(w.author))), 204);
	assert_int_equal(get(admin, "%s", where), 200);
	assert_true(body_has(admin, "2 members today"));
	const char *body = text("{\"course_id\":\"%lld\",\"due_day\":\"2027-12-31\",\"reason\":\"because\"}", (long long)w.hindi);
	assert_int_equal(post_json(admin, text("/api/v1%s/assignments", where), body), 200);
	int64_t assignment = json_number(admin, "id");
	assert_int_equal(query_int(f, "SELECT n_people FROM group_assign WHERE id = %lld", (long long)assignment), 2);
	assert_int_equal(drop(path, w.author), 204);
	assert_int_equal(post_json(admin, text("/api/v1%s/assignments/%lld/begin", where, (long long)assignment), "{}"), 200);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM assignment WHERE id = %lld", (long long)assignment), 1);
	assert_int_equal(query_int(f, "SELECT person_id FROM assignment WHERE id = %lld", (long long)assignment), w.learner);
	client_free(admin);
}

/* ── versions ── */

static void versions_are_kept_apart(void **state)
{
	const char *path = a_group("Versions", member(w.learner));
	char whole[100], bare[100];
	(void)state;
	assert_int_equal(ask("GET", path, NULL), 200);
	snprintf(whole, sizeof whole, "If-Match: %s", answer_header(hr, "ETag"));
	assert_int_equal(ask("GET", text("%s?excludedAttributes=members", path), NULL), 200);
	snprintf(bare, sizeof bare, "If-Match: %s", answer_header(hr, "ETag"));
	assert_string_not_equal(whole, bare);
	hr->header[0] = text("If-None-Match: %s", whole + 10);
	assert_int_equal(ask("GET", path, NULL), 304);
	/* Either is the version of the group as it is; what was written since makes both old. */
	hr->header[0] = whole;
	assert_int_equal(add(path, member(w.learner)), 204);
	assert_non_null(strstr(bare, answer_header(hr, "ETag")));
	hr->header[0] = bare;
	assert_int_equal(add(path, member(w.colleague)), 204);
	const char *const old[] = { whole, bare };
	for (size_t i = 0; i < 2; i++) {
		hr->header[0] = old[i];
		assert_int_equal(patch(path, "{\"op\":\"remove\",\"path\":\"members\"}"), 412);
		hr->header[0] = old[i];
		assert_int_equal(ask("PUT", path, group_of("Lost", "")), 412);
		hr->header[0] = old[i];
		assert_int_equal(ask("DELETE", path, NULL), 412);
	}
	assert_int_equal(members(path), 2);
	/* The tag of a name, and of a member who is called otherwise, is another one. */
	assert_int_equal(ask("GET", path, NULL), 200);
	snprintf(whole, sizeof whole, "If-None-Match: %s", answer_header(hr, "ETag"));
	assert_int_equal(patch(path, "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"Renamed\"}"), 204);
	hr->header[0] = whole;
	assert_int_equal(ask("GET", path, NULL), 200);
	snprintf(whole, sizeof whole, "If-None-Match: %s", answer_header(hr, "ETag"));
	tamper(f, "UPDATE person SET name = 'Renamed Colleague' WHERE id = %lld", (long long)w.colleague);
	hr->header[0] = whole;
	assert_int_equal(ask("GET", path, NULL), 200);
	hr->header[0] = "If-Match: *";
	assert_int_equal(ask("DELETE", path, NULL), 204);
}

/* ── lists ── */

static void lists_filter_and_page(void **state)
{
	const char *one = a_group("Filter one", text("%s,%s", member(w.learner), member(w.boss))), *two = a_group("Filter two", member(w.learner));
	(void)state;
	int64_t all = total("count=0");
	assert_int_equal(total("filter=displayName%20sw%20%22filter%22"), 2);
	assert_int_equal(total(text("filter=id%%20eq%%20%%22%lld%%22", (long long)id_in(one))), 1);
	assert_true(body_has(hr, "\"members\":["));
	assert_int_equal(total(text("attributes=displayName&filter=members.value%%20eq%%20%%22%lld%%22%%20and%%20displayName%%20sw%%20%%22Filter%%22",
				    (long long)w.learner)),
			 2);
	assert_false(body_has(hr, "members"));
	assert_int_equal(total(text("filter=members[value%%20eq%%20%%22%lld%%22]%%20and%%20displayName%%20sw%%20%%22Filter%%22", (long long)w.boss)), 1);
	assert_true(body_has(hr, "Filter one"));
	assert_int_equal(total(text("filter=displayName%%20sw%%20%%22Filter%%22%%20and%%20not%%20(members.value%%20eq%%20%%22%lld%%22)", (long long)w.boss)),
			 1);
	assert_true(body_has(hr, "Filter two"));
	assert_int_equal(total(text("filter=members.value%%20eq%%20%%22%lld%%22%%20or%%20members%%20eq%%20%%22%lld%%22", (long long)w.other_learner,
				    (long long)w.other_boss)),
			 0);
	assert_int_equal(total(text("filter=members.value%%20ne%%20%%22%lld%%22", (long long)w.other_learner)), all);
	static const char *const bad[] = { "members%20pr", "members.display%20eq%20%22x%22", "members.value%20sw%20%221%22",
					   "members[type%20eq%20%22User%22]" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(ask("GET", text("/scim/v2/Groups?filter=%s", bad[i]), NULL), 400);
		assert_true(refused_as("invalidFilter"));
	}
	int64_t seen = 0;
	for (int64_t start = 1; start <= all; start += 2) {
		assert_int_equal(total(text("startIndex=%lld&count=2", (long long)start)), all);
		seen += strtoll(said("itemsPerPage", NULL), NULL, 10);
	}
	assert_int_equal(seen, all);
	assert_int_equal(ask("GET", text("%s?attributes=members.value", two), NULL), 200);
	assert_true(shown() == 1 && !body_has(hr, "display"));
}

/* ── the documents ── */

static void the_server_says_what_it_does_with_groups(void **state)
{
	(void)state;
	assert_int_equal(ask_as(NULL, "GET", "/scim/v2/Schemas/" GROUP, NULL), 200);
	assert_true(body_has(hr, "\"name\":\"members\",\"type\":\"complex\",\"multiValued\":true"));
	assert_true(body_has(hr, "\"name\":\"displayName\",\"type\":\"string\",\"multiValued\":false") && body_has(hr, "\"name\":\"$ref\""));
	json_t *v = answer(), *one;
	size_t i;
	json_array_foreach (json_object_get(v, "attributes"), i, one)
		assert_string_equal(json_string_value(json_object_get(one, "mutability")), "readWrite");
	json_decref(v);
	assert_int_equal(ask_as(NULL, "GET", "/scim/v2/ResourceTypes/Group", NULL), 200);
	assert_true(body_has(hr, "\"endpoint\":\"/Groups\""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_group_is_made_filled_renamed_and_ended),
		cmocka_unit_test(entra_provisions_groups),
		cmocka_unit_test(okta_pushes_groups),
		cmocka_unit_test(whom_the_client_does_not_see_is_no_member),
		cmocka_unit_test(who_is_named_and_goes_is_in_nobodys_way_and_is_in_again_when_back),
		cmocka_unit_test(a_group_by_rule_is_seen_and_not_changed),
		cmocka_unit_test(a_course_for_the_group_reaches_who_was_just_named),
		cmocka_unit_test(versions_are_kept_apart),
		cmocka_unit_test(lists_filter_and_page),
		cmocka_unit_test(the_server_says_what_it_does_with_groups),
	};
	return cmocka_run_group_tests(tests, scim_groups_begin, scim_groups_end);
}
