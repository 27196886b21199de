/* Roles: who may give which, what a composed one opens, how it ends. */
#include "http_test.h"
#include "web/action.h"

#include <stdio.h>
#include <string.h>

static struct fixture *f;
static struct world w;

static const char *email_of(int64_t person_id)
{
	char email[80];
	query_text(f, email, sizeof email, "SELECT email FROM person WHERE id = %lld", (long long)person_id);
	return str_fmt(f->cx.arena, "%s", email).p;
}

static long give(int64_t as, int64_t org, int64_t to, const char *role)
{
	struct client *c = client_as(f, as);
	long status = post_json(c, base_of("/api/v1/orgs/%lld/roles", (long long)org),
				str_fmt(f->cx.arena, "{\"person\":\"%s\",\"role\":\"%s\"}", email_of(to), role).p);
	client_free(c);
	return status;
}

static long compose(int64_t as, int64_t org, const char *name, const char *permissions, int64_t *ret_id)
{
	struct client *c = client_as(f, as);
	long status = post_json(c, base_of("/api/v1/orgs/%lld/composed-roles", (long long)org),
				str_fmt(f->cx.arena, "{\"name\":\"%s\",\"permissions\":[%s]}", name, permissions).p);
	*ret_id = status == 200 ? json_number(c, "id") : 0;
	client_free(c);
	return status;
}

static long end_grant(int64_t as, int64_t org, int64_t grant)
{
	struct client *c = client_as(f, as);
	long status = post_json(c, base_of("/api/v1/orgs/%lld/roles/%lld/end", (long long)org, (long long)grant), "{}");
	client_free(c);
	return status;
}

static long sees(int64_t as, const char *path)
{
	struct client *c = client_as(f, as);
	long status = get(c, "%s", path);
	client_free(c);
	return status;
}

static int64_t letters_to(int64_t person)
{
	return query_int(f, "SELECT count(*) FROM mail WHERE fact LIKE 'role:%%' AND person_id = %lld", (long long)person);
}

static void an_administrator_gives_roles_below_and_the_person_is_told(void **state)
{
	const char *audit = base_of("/orgs/%lld/audit", (long long)w.office);
	audit = str_fmt(f->cx.arena, "%s", audit).p;
	(void)state;
	assert_int_equal(sees(w.colleague, audit), 403);
	assert_int_equal(give(w.admin, w.office, w.colleague, "mdo_admin"), 200);
	assert_int_equal(letters_to(w.colleague), 1);
	assert_int_equal(sees(w.colleague, audit), 200);
	/* There and below, not above. */
	assert_int_equal(sees(w.colleague, base_of("/orgs/%lld/audit", (long long)w.ministry)), 403);
	int64_t id = query_int(f, "SELECT id FROM role_grant WHERE person_id = %lld AND ended_at IS NULL", (long long)w.colleague);
	assert_int_equal(end_grant(w.other_admin, w.other_ministry, id), 404);
	assert_int_equal(end_grant(w.admin, w.ministry, id), 200);
	assert_int_equal(sees(w.colleague, audit), 403);
	assert_int_equal(letters_to(w.colleague), 2);
	assert_int_equal(end_grant(w.admin, w.ministry, id), 404);
	/* The trail says what was held. */
	assert_int_equal(query_int(f, "SELECT count(*) FROM audit WHERE action = 'role.take' AND before LIKE '%%\"role\":\"mdo_admin\"%%' AND person_id = %lld", (long long)w.admin), 1);
}

static void nobody_gives_more_than_he_has_nor_to_himself_nor_elsewhere(void **state)
{
	int64_t id;
	(void)state;
	assert_int_equal(give(w.admin, w.ministry, w.colleague, "operator"), 403);
	assert_int_equal(give(w.admin, w.other_ministry, w.other_learner, "mdo_admin"), 403);
	assert_int_equal(give(w.admin, w.ministry, w.other_learner, "mdo_admin"), 422);
	assert_int_equal(give(w.admin, w.ministry, w.admin, "author"), 422);
	assert_int_equal(give(w.learner, w.ministry, w.colleague, "mdo_admin"), 403);
	assert_int_equal(give(w.admin, w.ministry, w.colleague, "king"), 422);
	assert_int_equal(give(w.admin, w.ministry, w.colleague, "99"), 422);
	assert_int_equal(compose(w.admin, w.ministry, "Too much", "\"OPERATE\"", &id), 403);
	assert_int_equal(compose(w.admin, w.ministry, "Everybody's", "\"LEARN\"", &id), 422);
	assert_int_equal(compose(w.admin, w.ministry, "Unknown", "\"RULE\"", &id), 422);
	assert_int_equal(compose(w.admin, w.ministry, "Nothing", "", &id), 422);
	assert_int_equal(compose(w.admin, w.ministry, " ", "\"ORG_SEE\"", &id), 422);
	/* People of courses are appointed by who is none of them. */
	assert_int_equal(give(w.admin, w.ministry, w.colleague, "reviewer"), 200);
	assert_int_equal(end_grant(w.admin, w.ministry, query_int(f, "SELECT id FROM role_grant WHERE person_id = %lld AND ended_at IS NULL", (long long)w.colleague)), 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM role_grant WHERE person_id = %lld AND ended_at IS NULL", (long long)w.colleague), 0);
}

static void an_operator_is_never_the_last_to_go(void **state)
{
	int64_t one = query_int(f, "SELECT id FROM role_grant WHERE person_id = %lld AND role = 'operator'", (long long)w.operator);
	int64_t other = query_int(f, "SELECT id FROM role_grant WHERE person_id = %lld AND role = 'operator'", (long long)w.other_operator);
	int64_t org = query_int(f, "SELECT org_id FROM role_grant WHERE id = %lld", (long long)one);
	(void)state;
	assert_int_equal(end_grant(w.admin, w.ministry, one), org == w.ministry ? 403 : 404);
	tamper(f, "UPDATE role_grant SET ended_at = 1 WHERE id = %lld", (long long)other);
	assert_int_equal(end_grant(w.operator, org, one), 409);
	tamper(f, "UPDATE role_grant SET ended_at = NULL WHERE id = %lld", (long long)other);
	assert_int_equal(end_grant(w.operator, org, one), 200);
	a_role(f, w.operator, "operator", org);
}

static void a_composed_role_opens_what_it_says_where_it_is_given(void **state)
{
	char id[30];
	int64_t role, twice;
	(void)state;
	assert_int_equal(compose(w.admin, w.ministry, "Training coordinator", "\"ORG_SEE\",\"GROUP_MANAGE\"", &role), 200);
	assert_int_equal(compose(w.admin, w.ministry, "Training coordinator", "\"ORG_SEE\"", &twice), 409);
	snprintf(id, sizeof id, "%lld", (long long)role);
	assert_int_equal(sees(w.colleague, base_of("/orgs/%lld", (long long)w.office)), 403);
	assert_int_equal(give(w.admin, w.office, w.colleague, id), 200);
	assert_int_equal(give(w.admin, w.office, w.colleague, id), 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM custom_grant WHERE person_id = %lld", (long long)w.colleague), 1);
	assert_int_equal(sees(w.colleague, base_of("/orgs/%lld", (long long)w.office)), 200);
	assert_int_equal(sees(w.colleague, base_of("/orgs/%lld/groups", (long long)w.office)), 200);
	assert_int_equal(sees(w.colleague, base_of("/orgs/%lld", (long long)w.ministry)), 403);
	assert_int_equal(sees(w.colleague, base_of("/orgs/%lld/audit", (long long)w.office)), 403);
	assert_int_equal(sees(w.colleague, base_of("/people/%lld", (long long)w.learner)), 403);
	struct client *c = client_as(f, w.colleague);
	get(c, "/courses");
	assert_true(body_has(c, "href=\"/orgs\""));
	get(c, "/orgs");
	assert_true(c->status == 200 || c->status == 303);
	client_free(c);
	/* Of another organisation it cannot be given. */
	assert_int_equal(give(w.other_admin, w.other_ministry, w.other_learner, id), 422);
	c = client_as(f, w.other_admin);
	assert_int_equal(post_json(c, base_of("/api/v1/orgs/%lld/composed-roles/%lld/end", (long long)w.other_ministry, (long long)role), "{}"), 404);
	client_free(c);
	c = client_as(f, w.admin);
	assert_int_equal(get(c, "/orgs/%lld/roles", (long long)w.ministry), 200);
	assert_true(body_has(c, "Training coordinator"));
	assert_int_equal(post_json(c, base_of("/api/v1/orgs/%lld/composed-roles/%lld/end", (long long)w.ministry, (long long)role), "{}"), 200);
	client_free(c);
	assert_int_equal(sees(w.colleague, base_of("/orgs/%lld", (long long)w.office)), 403);
}

/* For each permission that roles carry: a role of it alone opens exactly the pages that ask for it. */
static void each_permission_alone_opens_its_own_pages_and_no_others(void **state)
{
	static const struct { const char *path; enum permission may; } pages[] = {
		{ "/orgs/%lld", MAY_ORG_SEE }, { "/orgs/%lld/imports", MAY_PEOPLE_MANAGE }, { "/orgs/%lld/groups", MAY_GROUP_MANAGE }, { "/orgs/%lld/audit", MAY_AUDIT_SEE },
		{ "/orgs/%lld/roles", MAY_ROLE_MANAGE }, { "/orgs/%lld/providers", MAY_SSO_MANAGE },
	};
	(void)state;
	for (int i = MAY_NOTHING_ + 1; i < MAY_COUNT_; i++) {
		char id[30];
		int64_t role;
		if (!permission_granted((enum permission)i))
			continue;
		const char *code = permission_code((enum permission)i);
		assert_int_equal(compose(w.operator, w.ministry, code, str_fmt(f->cx.arena, "\"%s\"", code).p, &role), 200);
		snprintf(id, sizeof id, "%lld", (long long)role);
		assert_int_equal(give(w.operator, w.office, w.colleague, id), 200);
		for (size_t k = 0; k < sizeof pages / sizeof *pages; k++) {
			char path[100];
			snprintf(path, sizeof path, pages[k].path, (long long)w.office);
			assert_int_equal(sees(w.colleague, path), pages[k].may == (enum permission)i ? 200 : 403);
		}
		struct client *c = client_as(f, w.operator);
		assert_int_equal(post_json(c, base_of("/api/v1/orgs/%lld/composed-roles/%lld/end", (long long)w.ministry, (long long)role), "{}"), 200);
		client_free(c);
	}
}

static void who_holds_a_composed_role_needs_the_second_factor_too(void **state)
{
	char id[30];
	int64_t role;
	(void)state;
	assert_int_equal(compose(w.admin, w.ministry, "Seer", "\"ORG_SEE\"", &role), 200);
	snprintf(id, sizeof id, "%lld", (long long)role);
	assert_int_equal(give(w.admin, w.office, w.colleague, id), 200);
	f->app.second_factor_required = true;
	assert_int_equal(sees(w.colleague, base_of("/orgs/%lld", (long long)w.office)), 303);
	f->app.second_factor_required = false;
	assert_int_equal(sees(w.colleague, base_of("/orgs/%lld", (long long)w.office)), 200);
}

static void a_refused_form_keeps_what_was_chosen(void **state)
{
	struct client *c = client_as(f, w.admin);
	(void)state;
	assert_int_equal(get(c, "/orgs/%lld/roles", (long long)w.ministry), 200);
	assert_int_equal(post(c, base_of("/orgs/%lld/composed-roles", (long long)w.ministry), "name=&permissions.ORG_SEE=x"), 422);
	assert_true(body_has(c, "name=\"permissions.ORG_SEE\" value=\"x\" checked"));
	assert_false(body_has(c, "name=\"permissions.AUDIT_SEE\" value=\"x\" checked"));
	assert_int_equal(post(c, base_of("/orgs/%lld/roles", (long long)w.ministry), "person=nobody@example.org&role=author"), 422);
	assert_true(body_has(c, "value=\"author\" selected"));
	assert_true(body_has(c, "nobody@example.org"));
	client_free(c);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	return 0;
}

static int end(void **state)
{
	(void)state;
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_administrator_gives_roles_below_and_the_person_is_told),
		cmocka_unit_test(nobody_gives_more_than_he_has_nor_to_himself_nor_elsewhere),
		cmocka_unit_test(an_operator_is_never_the_last_to_go),
		cmocka_unit_test(a_composed_role_opens_what_it_says_where_it_is_given),
		cmocka_unit_test(each_permission_alone_opens_its_own_pages_and_no_others),
		cmocka_unit_test(a_refused_form_keeps_what_was_chosen),
		cmocka_unit_test(who_holds_a_composed_role_needs_the_second_factor_too),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
