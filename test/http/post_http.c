/* Posts, work roles and one's own work on pages: what is laid down, who holds it, and what it asks; nothing of another organisation is shown or changed. */
#include "http_test.h"
#include "feature/post/post.h"

static struct fixture *f;
static struct world w;
static struct client *admin;
static int64_t role_id, post_id, below_id, today;

static const char *posts(const char *tail)
{
	return base_of("/orgs/%lld/posts%s", (long long)w.office, tail);
}

static const char *the_post(const char *tail)
{
	return base_of("/orgs/%lld/posts/%lld%s", (long long)w.office, (long long)post_id, tail);
}

static const char *the_role(const char *tail)
{
	return base_of("/orgs/%lld/work-roles/%lld%s", (long long)w.ministry, (long long)role_id, tail);
}

static const char *day(int64_t d)
{
	static char s[4][20];
	static int at;
	struct civil c = clock_date(d);
	at = (at + 1) % 4;
	snprintf(s[at], sizeof s[at], "%04d-%02d-%02d", c.year, c.month, c.day);
	return s[at];
}

static int64_t id_of_answer(void)
{
	const char *to = answer_header(admin, "Location");
	return to ? strtoll(strrchr(to, '/') + 1, NULL, 10) : 0;
}

/* ── roles ── */

static void a_role_has_activities_and_these_need_levels_of_competencies(void **state)
{
	(void)state;
	assert_int_equal(get(admin, "/orgs/%lld/work-roles", (long long)w.ministry), 200);
	assert_int_equal(post(admin, base_of("/orgs/%lld/work-roles", (long long)w.ministry), "code=hand&name_en=Establishment+hand&name_hi=स्थापना"), 303);
	role_id = id_of_answer();
	assert_int_equal(post(admin, base_of("/orgs/%lld/work-roles", (long long)w.ministry), "code=hand&name_en=Another"), 409);
	assert_true(body_has(admin, "code of another role"));
	assert_int_equal(
		post(admin, the_role("/activities"), "activity=files&does_en=Put+up+files&needs=kcm:behavioural.communication@2, behavioural.collaboration@1"),
		303);
	assert_int_equal(get(admin, "%s", the_role("")), 200);
	assert_true(body_has(admin, "Put up files") && body_has(admin, "Communication") && body_has(admin, "Collaboration"));
	/* What cannot be is said at the field, and changes nothing. */
	assert_int_equal(post(admin, the_role("/activities"), "activity=files&does_en=X&needs=kcm:behavioural.communication@4"), 422);
	assert_true(body_has(admin, "must lie between 1 and 3"));
	assert_int_equal(post(admin, the_role("/activities"), "activity=files&does_en=X&needs=kcm:nothing@1"), 422);
	assert_true(body_has(admin, "which no framework here has"));
	assert_int_equal(post(admin, the_role("/activities"), "activity=files&does_en=X&needs=rubbish"), 422);
	assert_int_equal(post(admin, the_role("/activities"), "activity=a+b&does_en=X"), 422);
	assert_int_equal(query_int(f, "SELECT count(*) FROM activity_competency"), 2);
	/* The form of a change begins with what there is. */
	int64_t files = query_int(f, "SELECT id FROM activity WHERE code = 'files'");
	assert_int_equal(get(admin, "%s?activity_id=%lld", the_role(""), (long long)files), 200);
	assert_true(body_has(admin, "kcm:behavioural.communication@2, kcm:behavioural.collaboration@1"));
	assert_int_equal(post(admin, the_role("/activities"), "activity=files&does_en=Put+up+files&needs=kcm:behavioural.communication@3"), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM activity_competency WHERE level = 3"), 1);
}

static void roles_of_above_are_used_below_and_changed_only_above(void **state)
{
	const char *here = base_of("/orgs/%lld/work-roles/%lld", (long long)w.office, (long long)role_id);
	(void)state;
	assert_int_equal(get(admin, "/orgs/%lld/work-roles", (long long)w.office), 200);
	assert_true(body_has(admin, "Establishment hand") && body_has(admin, "of Ministry of Firsts"));
	assert_int_equal(get(admin, "%s", here), 200);
	assert_true(body_has(admin, "changed there") && !body_has(admin, "name=\"name_en\""));
	assert_int_equal(post(admin, here, "name_en=Taken+over"), 409);
	assert_int_equal(get(admin, "/orgs/%lld/work-roles/%lld", (long long)w.root, (long long)role_id), 403);
	assert_int_equal(query_int(f, "SELECT count(*) FROM work_role WHERE name_en = 'Taken over'"), 0);
}

/* ── posts ── */

static void a_post_is_laid_down_with_its_roles(void **state)
{
	char form[400];
	(void)state;
	assert_int_equal(get(admin, "/orgs/%lld/new-post", (long long)w.office), 200);
	assert_true(body_has(admin, "Establishment hand (Ministry of Firsts)"));
	snprintf(form, sizeof form, "code=so-1&title_en=Section+Officer&designation=so&sanctioned=1&place=New+Delhi&from_day=2026-01-01&roles.%lld=x",
		 (long long)role_id);
	assert_int_equal(post(admin, posts(""), form), 303);
	post_id = id_of_answer();
	assert_int_equal(post(admin, posts(""), form), 409);
	assert_true(body_has(admin, "code of another post"));
	assert_int_equal(post(admin, posts(""), "code=x&title_en=X&designation=nothing&sanctioned=1"), 422);
	assert_true(body_has(admin, "use its code or its full name"));
	assert_int_equal(post(admin, posts(""), "code=x&title_en=X&designation=so&sanctioned=0"), 422);
	assert_int_equal(post_json(admin, base_of("/api/v1/orgs/%lld/posts", (long long)w.office),
				   "{\"code\":\"x\",\"title_en\":\"X\",\"designation\":\"so\",\"sanctioned\":1,\"roles\":[\"ghost\"]}"),
			 422);
	assert_int_equal(query_int(f, "SELECT count(*) FROM post"), 1);
	assert_int_equal(get(admin, "%s", the_post("")), 200);
	assert_true(body_has(admin, "Nobody holds it today.") && body_has(admin, "Put up files") && body_has(admin, "Communication"));
	assert_int_equal(get(admin, "/api/v1%s", the_post("")), 200);
	assert_true(body_has(admin, "\"sanctioned\":1,\"held\":0,\"vacant\":1"));
}

static void who_holds_it_is_entered_and_ends(void **state)
{
	char form[200];
	(void)state;
	snprintf(form, sizeof form, "person=learner@example.gov.in&holding=substantive&from_day=2026-01-01&order_no=A-12/1");
	assert_int_equal(post(admin, the_post("/holdings"), form), 303);
	assert_int_equal(get(admin, "%s", the_post("")), 200);
	assert_true(body_has(admin, "Asha Verma") && body_has(admin, "order A-12/1"));
	snprintf(form, sizeof form, "person=colleague@example.gov.in&holding=substantive&from_day=%s", day(today));
	assert_int_equal(post(admin, the_post("/holdings"), form), 409);
	assert_true(body_has(admin, "Every sanctioned place of this post is taken") && body_has(admin, "Asha Verma"));
	assert_int_equal(post(admin, the_post("/holdings"), "person=nobody@example.gov.in&holding=substantive&from_day=2026-01-01"), 422);
	snprintf(form, sizeof form, "person=colleague@example.gov.in&holding=additional&from_day=%s", day(today + 7));
	assert_int_equal(post(admin, the_post("/holdings"), form), 303);
	assert_int_equal(get(admin, "%s", the_post("")), 200);
	assert_true(body_has(admin, "To come") && body_has(admin, "additional charge"));
	/* Taken away before it began: it has never been. */
	int64_t coming = query_int(f, "SELECT id FROM holding WHERE kind = 'additional'");
	snprintf(form, sizeof form, "/holdings/%lld/end", (long long)coming);
	assert_int_equal(post(admin, the_post(form), ""), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM holding"), 1);
	assert_int_equal(get(admin, "/api/v1%s", the_post("/holdings")), 200);
	assert_true(body_has(admin, "\"kind\":\"substantive\",\"from_day\":\"2026-01-01\",\"until_day\":null"));
}

static void everybody_sees_the_own_work(void **state)
{
	struct client *c = client_as(f, w.learner), *other = client_as(f, w.colleague);
	(void)state;
	assert_int_equal(get(c, "/me/work"), 200);
	assert_true(body_has(c, "Section Officer") && body_has(c, "New Delhi") && body_has(c, "Put up files") && body_has(c, "/me/gaps"));
	assert_int_equal(get(c, "/api/v1/me/work"), 200);
	assert_true(body_has(c, "\"needed\":\"Communication (3)\""));
	assert_int_equal(get(c, "/api/v1/me/posts"), 200);
	assert_true(body_has(c, "\"name\":\"Section Officer\""));
	assert_int_equal(get(other, "/me/work"), 200);
	assert_true(body_has(other, "You hold no post here today.") && !body_has(other, "Put up files"));
	client_free(c);
	client_free(other);
}

static void strength_counts_all_below_and_vacancies_are_found(void **state)
{
	(void)state;
	below_id = a_post(f, w.institute, "teacher", 3, role_id);
	assert_int_equal(get(admin, "/orgs/%lld/posts", (long long)w.ministry), 200);
	assert_true(body_has(admin, "Section Officer") && body_has(admin, "teacher") && body_has(admin, "sanctioned, in 2 posts"));
	assert_int_equal(get(admin, "/orgs/%lld/posts?show=vacant", (long long)w.ministry), 200);
	assert_true(!body_has(admin, ">Section Officer</a>") && body_has(admin, "teacher"));
	assert_int_equal(get(admin, "/api/v1/orgs/%lld/strength", (long long)w.ministry), 200);
	assert_true(body_has(admin, "\"total\":2,\"sanctioned\":4,\"held\":1,\"vacant\":3,\"additional\":0,\"officiating\":0"));
	assert_int_equal(get(admin, "/api/v1/orgs/%lld/posts?show=vacant", (long long)w.ministry), 200);
	assert_true(body_has(admin, "\"code\":\"teacher\"") && !body_has(admin, "\"code\":\"so-1\""));
}

static void a_post_changes_and_is_abolished_when_nobody_holds_it(void **state)
{
	char form[300];
	(void)state;
	assert_int_equal(get(admin, "%s", the_post("/edit")), 200);
	assert_true(body_has(admin, "value=\"Section Officer\"") && body_has(admin, "checked"));
	snprintf(form, sizeof form, "title_en=Section+Officer+(Cash)&designation=so&sanctioned=2&place=New+Delhi&roles.%lld=x", (long long)role_id);
	assert_int_equal(post(admin, the_post(""), form), 303);
	assert_int_equal(query_int(f, "SELECT sanctioned FROM post WHERE id = %lld AND title_en = 'Section Officer (Cash)' AND from_day = %lld",
				   (long long)post_id, (long long)clock_day_of(2026, 1, 1)),
			 2);
	assert_int_equal(post(admin, the_post("/end"), ""), 409);
	assert_true(body_has(admin, "End the holding first"));
	int64_t held = query_int(f, "SELECT id FROM holding WHERE post_id = %lld", (long long)post_id);
	snprintf(form, sizeof form, "/holdings/%lld/end", (long long)held);
	assert_int_equal(post(admin, the_post(form), ""), 303);
	assert_int_equal(post(admin, the_post("/end"), ""), 303);
	assert_int_equal(get(admin, "%s", the_post("")), 200);
	assert_true(body_has(admin, "This post was abolished on") && body_has(admin, "Before") && !body_has(admin, "Somebody holds it"));
	assert_int_equal(get(admin, "/orgs/%lld/posts", (long long)w.office), 200);
	assert_true(!body_has(admin, "Section Officer (Cash)"));
}

static void nothing_of_another_organisation_is_seen_or_changed(void **state)
{
	struct client *other = client_as(f, w.other_admin), *c = client_as(f, w.learner);
	char path[200];
	(void)state;
	assert_int_equal(get(other, "/orgs/%lld/posts", (long long)w.ministry), 403);
	assert_int_equal(get(other, "/orgs/%lld/posts/%lld", (long long)w.other_office, (long long)below_id), 404);
	assert_int_equal(get(other, "/orgs/%lld/work-roles/%lld", (long long)w.other_office, (long long)role_id), 404);
	assert_int_equal(get(other, "/orgs/%lld/posts", (long long)w.other_office), 200);
	snprintf(path, sizeof path, "/orgs/%lld/posts/%lld/end", (long long)w.other_office, (long long)below_id);
	assert_int_equal(post(other, path, ""), 404);
	assert_int_equal(get(c, "/orgs/%lld/posts", (long long)w.ministry), 403);
	client_free(other);
	client_free(c);
}

static void what_a_role_asks_ends_with_it(void **state)
{
	int64_t teacher = a_person(f, "teacher", "Teacher", w.institute, 0);
	(void)state;
	a_holding(f, below_id, teacher, today);
	assert_int_equal(query_int(f, "SELECT count(*) FROM requirement WHERE person_id = %lld", (long long)teacher), 1);
	assert_int_equal(post(admin, the_role("/end"), ""), 303);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM requirement WHERE person_id = %lld", (long long)teacher), 0);
	assert_int_equal(get(admin, "%s", the_role("")), 200);
	assert_true(body_has(admin, "not in use any more"));
	assert_int_equal(post(admin, the_role(""), "name_en=Establishment+hand"), 303);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM requirement WHERE person_id = %lld", (long long)teacher), 1);
	int64_t files = query_int(f, "SELECT id FROM activity WHERE code = 'files'");
	char tail[80];
	snprintf(tail, sizeof tail, "/activities/%lld/end", (long long)files);
	assert_int_equal(post(admin, the_role(tail), ""), 303);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM requirement WHERE person_id = %lld", (long long)teacher), 0);
	assert_int_equal(check_findings(f), 0);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	a_framework(f, "framework/kcm.csv", w.root);
	admin = client_as(f, w.admin);
	today = clock_day_in_india(f->app.fixed_now);
	return 0;
}

static int end(void **state)
{
	(void)state;
	client_free(admin);
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_role_has_activities_and_these_need_levels_of_competencies), /* each stands on what those before it left */
		cmocka_unit_test(roles_of_above_are_used_below_and_changed_only_above),
		cmocka_unit_test(a_post_is_laid_down_with_its_roles),
		cmocka_unit_test(who_holds_it_is_entered_and_ends),
		cmocka_unit_test(everybody_sees_the_own_work),
		cmocka_unit_test(strength_counts_all_below_and_vacancies_are_found),
		cmocka_unit_test(a_post_changes_and_is_abolished_when_nobody_holds_it),
		cmocka_unit_test(nothing_of_another_organisation_is_seen_or_changed),
		cmocka_unit_test(what_a_role_asks_ends_with_it),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
