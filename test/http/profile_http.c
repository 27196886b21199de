/* Profiles: what the person says is the person's word until the office stands for it; what was said is never lost; groups follow at once. */
#include "http_test.h"
#include "feature/group/group.h"

#include <stdio.h>
#include <string.h>

static struct fixture *f;
static struct world w;

/* ── acting ── */

static int64_t a_field(int64_t org, int64_t admin, const char *name, const char *kind, const char *choices, const char *said_by)
{
	char path[100], json[600];
	struct client *c = client_as(f, admin);
	snprintf(path, sizeof path, "/api/v1/orgs/%lld/fields", (long long)org);
	snprintf(json, sizeof json, "{\"name_en\":\"%s\",\"kind\":\"%s\",\"choices\":\"%s\",\"said_by\":\"%s\"}", name, kind, choices, said_by);
	assert_int_equal(post_json(c, path, json), 200);
	int64_t id = json_number(c, "id");
	client_free(c);
	return id;
}

static long say(int64_t person, int64_t field, const char *value)
{
	char json[400];
	struct client *c = client_as(f, person);
	snprintf(json, sizeof json, "{\"values\":[\"%lld=%s\"]}", (long long)field, value);
	long status = post_json(c, "/api/v1/me/profile", json);
	client_free(c);
	return status;
}

static long set(int64_t admin, int64_t person, int64_t field, const char *value)
{
	char path[100], json[400];
	struct client *c = client_as(f, admin);
	snprintf(path, sizeof path, "/api/v1/people/%lld/profile", (long long)person);
	snprintf(json, sizeof json, "{\"values\":[\"%lld=%s\"]}", (long long)field, value);
	long status = post_json(c, path, json);
	client_free(c);
	return status;
}

static long verify(int64_t admin, int64_t person, int64_t field)
{
	char path[140];
	struct client *c = client_as(f, admin);
	snprintf(path, sizeof path, "/api/v1/people/%lld/profile/%lld/verify", (long long)person, (long long)field);
	long status = post_json(c, path, "{}");
	client_free(c);
	return status;
}

static bool is_verified(int64_t person, int64_t field, const char *value)
{
	return query_int(f, "SELECT count(*) FROM profile_value WHERE person_id = %lld AND field_id = %lld AND value = '%s' AND ended_at IS NULL AND verified_at IS NOT NULL",
			 (long long)person, (long long)field, value) == 1;
}

static int64_t values(int64_t person, int64_t field)
{
	return query_int(f, "SELECT count(*) FROM profile_value WHERE person_id = %lld AND field_id = %lld", (long long)person, (long long)field);
}

static bool says(int64_t person, int64_t field, const char *value)
{
	return query_int(f, "SELECT count(*) FROM profile_value WHERE person_id = %lld AND field_id = %lld AND value = '%s' AND ended_at IS NULL", (long long)person,
			 (long long)field, value) == 1;
}

/* ── rules ── */

static void the_word_of_the_person_counts_as_such_until_the_office_verifies_it(void **state)
{
	int64_t field = a_field(w.ministry, w.admin, "Mother tongue", "text", "", "self");
	struct client *c = client_as(f, w.learner);
	(void)state;
	assert_int_equal(say(w.learner, field, "मराठी"), 200);
	assert_true(says(w.learner, field, "मराठी") && !is_verified(w.learner, field, "मराठी"));
	assert_int_equal(get(c, "/me/profile"), 200);
	assert_true(body_has(c, "मराठी") && body_has(c, "Self-declared"));
	assert_int_equal(verify(w.admin, w.learner, field), 200);
	assert_int_equal(verify(w.admin, w.learner, field), 409);
	assert_true(is_verified(w.learner, field, "मराठी"));
	assert_int_equal(get(c, "/me/profile"), 200);
	assert_true(body_has(c, "verified by"));
	/* Saying the same again changes nothing; saying something else takes the office's word away from it. */
	assert_int_equal(say(w.learner, field, "मराठी"), 200);
	assert_true(is_verified(w.learner, field, "मराठी"));
	assert_int_equal(say(w.learner, field, "Konkani"), 200);
	assert_false(is_verified(w.learner, field, "Konkani"));
	assert_int_equal(values(w.learner, field), 2);
	assert_int_equal(say(w.learner, field, ""), 200);
	assert_false(says(w.learner, field, "Konkani"));
	assert_int_equal(values(w.learner, field), 2);
	client_free(c);
}

static void what_only_the_office_says_nobody_says_of_himself(void **state)
{
	int64_t field = a_field(w.ministry, w.admin, "Security clearance", "choice", "none\\nsecret", "office");
	(void)state;
	assert_int_equal(say(w.learner, field, "secret"), 422);
	assert_int_equal(set(w.admin, w.learner, field, "secret"), 200);
	assert_true(is_verified(w.learner, field, "secret"));
	assert_int_equal(set(w.admin, w.learner, field, "top secret"), 422);
	assert_true(is_verified(w.learner, field, "secret"));
	assert_int_equal(set(w.admin, w.admin, field, "secret"), 409);
	assert_int_equal(verify(w.admin, w.admin, field), 409);
}

static void a_wrong_value_is_refused_with_all_that_came_with_it_and_stays_in_the_form(void **state)
{
	char form[300];
	int64_t batch = a_field(w.ministry, w.admin, "Batch", "number", "", "self"), since = a_field(w.ministry, w.admin, "In Delhi since", "date", "", "self");
	struct client *c = client_as(f, w.colleague);
	(void)state;
	assert_int_equal(get(c, "/me/profile"), 200);
	snprintf(form, sizeof form, "values.%lld=2019&values.%lld=2026-02-30", (long long)batch, (long long)since);
	assert_int_equal(post(c, "/me/profile", form), 422);
	assert_true(body_has(c, "must be a date that exists") && body_has(c, "2026-02-30") && body_has(c, "2019"));
	assert_int_equal(values(w.colleague, batch), 0);
	snprintf(form, sizeof form, "values.%lld=02019&values.%lld=2024-02-29", (long long)batch, (long long)since);
	assert_int_equal(post(c, "/me/profile", form), 303);
	assert_true(says(w.colleague, batch, "2019") && says(w.colleague, since, "2024-02-29"));
	client_free(c);
}

static void a_field_holds_below_its_organisation_and_nowhere_else(void **state)
{
	int64_t field = a_field(w.ministry, w.admin, "Floor", "text", "", "self");
	char path[140];
	struct client *c = client_as(f, w.other_learner), *admin = client_as(f, w.other_admin);
	(void)state;
	assert_int_equal(say(w.other_learner, field, "3"), 422);
	assert_int_equal(get(c, "/me/profile"), 200);
	assert_false(body_has(c, "Floor"));
	snprintf(path, sizeof path, "/api/v1/orgs/%lld/fields/%lld/end", (long long)w.other_ministry, (long long)field);
	assert_int_equal(post_json(admin, path, "{}"), 404);
	assert_int_equal(set(w.other_admin, w.learner, field, "3"), 403);
	snprintf(path, sizeof path, "/api/v1/orgs/%lld/fields", (long long)w.ministry);
	client_free(admin);
	admin = client_as(f, w.admin);
	assert_int_equal(post_json(admin, path, "{\"name_en\":\"Floor\",\"kind\":\"text\",\"said_by\":\"self\"}"), 409);
	assert_int_equal(post_json(admin, path, "{\"name_en\":\"Wing\",\"kind\":\"choice\",\"choices\":\"only one\",\"said_by\":\"self\"}"), 422);
	client_free(c);
	client_free(admin);
}

static void what_was_said_outlives_the_field(void **state)
{
	int64_t field = a_field(w.ministry, w.admin, "Hobby", "text", "", "self");
	char path[140];
	struct client *c = client_as(f, w.admin);
	(void)state;
	assert_int_equal(say(w.learner, field, "chess"), 200);
	snprintf(path, sizeof path, "/api/v1/orgs/%lld/fields/%lld/end", (long long)w.ministry, (long long)field);
	assert_int_equal(post_json(c, path, "{}"), 200);
	assert_int_equal(say(w.learner, field, "cricket"), 422);
	assert_true(says(w.learner, field, "chess"));
	client_free(c);
}

struct making {
	const char *rule;
	int64_t id;
};

static enum err make_in(struct ctx *cx, void *arg)
{
	struct making *m = arg;
	return group_add(cx, &(struct group_add){ w.ministry, S("Of Pune"), str_of(m->rule) }, &m->id);
}

static bool is_in(int64_t group, int64_t person)
{
	return query_int(f, "SELECT count(*) FROM group_member WHERE group_id = %lld AND person_id = %lld AND until_at IS NULL", (long long)group, (long long)person) == 1;
}

static void a_group_follows_what_is_said_at_once(void **state)
{
	int64_t field = a_field(w.ministry, w.admin, "Place", "text", "", "self");
	char rule[200];
	struct making m = { .rule = rule };
	(void)state;
	assert_int_equal(say(w.learner, field, "Pune"), 200);
	snprintf(rule, sizeof rule, "{\"any\":[{\"all\":[{\"is\":\"field\",\"field\":\"%lld\",\"values\":[\"Pune\",\"Nagpur\"]}]}]}", (long long)field);
	in_tx(f, make_in, &m);
	assert_true(is_in(m.id, w.learner) && !is_in(m.id, w.colleague));
	f->cx.now = ++f->app.fixed_now;
	assert_int_equal(say(w.colleague, field, "Nagpur"), 200);
	assert_int_equal(say(w.learner, field, "Delhi"), 200);
	assert_true(!is_in(m.id, w.learner) && is_in(m.id, w.colleague));
	struct client *c = client_as(f, w.admin);
	assert_int_equal(get(c, "/orgs/%lld/groups", (long long)w.ministry), 200);
	assert_true(body_has(c, "“Place” is Pune or Nagpur"));
	client_free(c);
}

static void a_rule_about_a_field_is_written_in_the_form(void **state)
{
	char path[200], form[300];
	struct client *c = client_as(f, w.admin);
	int64_t field = a_field(w.office, w.admin, "Section", "text", "", "office");
	(void)state;
	assert_int_equal(set(w.admin, w.learner, field, "E-II"), 200);
	assert_int_equal(get(c, "/orgs/%lld/groups", (long long)w.ministry), 200);
	snprintf(path, sizeof path, "/orgs/%lld/group-drafts", (long long)w.ministry);
	assert_int_equal(post(c, path, ""), 303);
	snprintf(path, sizeof path, "%s", answer_header(c, "Location"));
	assert_int_equal(post(c, path, "name=By+section&part.0.0.block=1&part.0.0.is=field&part.0.0.from=Section&part.0.0.value=E-II&act=preview"), 303);
	assert_int_equal(get(c, "%s?preview=1", path), 200);
	assert_true(body_has(c, "“Section” is E-II") && body_has(c, "1 person today"));
	snprintf(form, sizeof form, "%s/save", path);
	assert_int_equal(post(c, form, "name=By+section&part.0.0.block=1&part.0.0.is=field&part.0.0.from=Sektion&part.0.0.value=E-II"), 422);
	assert_true(body_has(c, "is no field of the profile here"));
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
	assert_int_equal(check_findings(f), 0);
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_word_of_the_person_counts_as_such_until_the_office_verifies_it),
		cmocka_unit_test(what_only_the_office_says_nobody_says_of_himself),
		cmocka_unit_test(a_wrong_value_is_refused_with_all_that_came_with_it_and_stays_in_the_form),
		cmocka_unit_test(a_field_holds_below_its_organisation_and_nowhere_else),
		cmocka_unit_test(what_was_said_outlives_the_field),
		cmocka_unit_test(a_group_follows_what_is_said_at_once),
		cmocka_unit_test(a_rule_about_a_field_is_written_in_the_form),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
