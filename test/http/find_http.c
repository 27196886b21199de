/* The one box: what everybody finds in lessons, and that people and organisations are found by those who may see them, and by nobody else. */
#include "feature/names/names.h"
#include "http_test.h"

#include <stdio.h>
#include <string.h>

enum { NAMESAKES = 5001 };

static struct fixture *f;
static struct world w;

static bool finds(int64_t who, const char *query, const char *kind, const char *text)
{
	struct client *c = client_as(f, who);
	assert_int_equal(get(c, "/api/v1/search?kind=%s&q=%s", kind, query), 200);
	bool has = body_has(c, text);
	client_free(c);
	return has;
}

static void a_lesson_is_found_with_its_passage_and_a_film_with_its_second(void **state)
{
	char address[100];
	struct client *c = client_as(f, w.learner);
	(void)state;
	snprintf(address, sizeof address, "/resources/%lld?at=5", (long long)w.film);
	assert_int_equal(get(c, "/search?q=somebody+waits"), 200);
	assert_true(body_has(c, "In each of them somebody waits."));
	assert_true(body_has(c, address));
	snprintf(address, sizeof address, "/resources/%lld#", (long long)w.lesson);
	assert_int_equal(get(c, "/api/v1/search?kind=lesson&q=flagged"), 200);
	assert_true(body_has(c, address) && body_has(c, ":~:text="));
	assert_int_equal(get(c, "/search?q=file"), 200);
	assert_true(body_has(c, "found-course") && body_has(c, "found-lesson"));
	client_free(c);
}

static void questions_of_a_test_are_not_shown(void **state)
{
	char address[100];
	(void)state;
	snprintf(address, sizeof address, "/resources/%lld", (long long)w.quiz);
	assert_false(finds(w.learner, "file", "lesson", address));
	assert_false(finds(w.learner, "note", "lesson", address));
}

static void people_are_found_by_those_who_may_see_them_and_by_nobody_else(void **state)
{
	int64_t person = a_person(f, "sanjay", "Sanjay Deshpande", w.office, w.boss);
	(void)state;
	assert_true(finds(w.admin, "deshpande", "person", "Sanjay Deshpande"));
	assert_true(finds(w.admin, "desh+sanj", "person", "Sanjay Deshpande"));
	assert_true(finds(w.operator, "deshpande", "person", "Sanjay Deshpande"));
	assert_true(finds(w.boss, "deshpande", "person", "Sanjay Deshpande"));
	assert_false(finds(w.other_admin, "deshpande", "person", "Sanjay Deshpande"));
	assert_false(finds(w.other_boss, "deshpande", "person", "Sanjay Deshpande"));
	assert_false(finds(w.learner, "deshpande", "person", "Sanjay Deshpande"));
	assert_false(finds(person, "deshpande", "person", "Sanjay Deshpande"));
	assert_false(finds(w.admin, "deshpande+ramesh", "person", "Sanjay Deshpande"));
	/* A login as it stands, within the same scope. */
	assert_true(finds(w.admin, "Sanjay@Example.gov.in", "person", "Sanjay Deshpande"));
	assert_false(finds(w.other_admin, "sanjay@example.gov.in", "person", "Sanjay Deshpande"));
}

static void names_are_found_by_their_sound_in_any_script(void **state)
{
	(void)state;
	a_person(f, "sunita", "सुनीता शर्मा", w.office, 0);
	a_person(f, "sanjai", "Sanjai Gupte", w.office, 0);
	assert_true(finds(w.admin, "sunita+sharma", "person", "सुनीता शर्मा"));
	assert_true(finds(w.admin, "%E0%A4%B8%E0%A4%82%E0%A4%9C%E0%A4%AF", "person", "Sanjay Deshpande")); /* संजय */
	assert_true(finds(w.admin, "sanjay+gupte", "person", "Sanjai Gupte"));
}

struct renaming {
	int64_t id;
	const char *name;
};

static enum err rename_in_tx(struct ctx *cx, void *arg)
{
	const struct renaming *r = arg;
	struct person_add in = { .name = str_of(r->name) };
	return person_change(cx, r->id, &in);
}

static enum err leave_in_tx(struct ctx *cx, void *arg)
{
	int64_t posting;
	return person_leave(cx, *(int64_t *)arg, person_today(cx) - 1, &posting);
}

static void a_new_name_is_found_the_old_one_is_not_and_who_left_is_not(void **state)
{
	int64_t person = a_person(f, "kavita", "Kavita Rao", w.office, 0);
	struct renaming r = { person, "Kavita Menon" };
	(void)state;
	in_tx(f, rename_in_tx, &r);
	assert_true(finds(w.admin, "kavita+menon", "person", "Kavita Menon"));
	assert_false(finds(w.admin, "kavita+rao", "person", "Kavita"));
	in_tx(f, leave_in_tx, &person);
	assert_false(finds(w.admin, "kavita+menon", "person", "Kavita"));
}

static void organisations_are_found_within_scope(void **state)
{
	(void)state;
	assert_true(finds(w.admin, "office+firsts", "org", "Office of Firsts"));
	assert_true(finds(w.operator, "seconds", "org", "Ministry of Seconds"));
	assert_false(finds(w.admin, "seconds", "org", "Seconds"));
	assert_false(finds(w.learner, "firsts", "org", "Firsts"));
}

static enum err add_namesakes(struct ctx *cx, void *arg)
{
	int64_t designation = *(int64_t *)arg;
	for (int i = 0; i < NAMESAKES; i++) {
		struct arena_mark m = arena_mark(cx->arena);
		struct person_add in = { .name = S("Ramesh Kumar"), .lang = S("en") };
		struct person_post post = { .org_id = w.other_office, .designation_id = designation, .supervisor_id = NONE, .from_day = person_today(cx) - 10 };
		TRY(person_add(cx, &in, &post.person_id));
		TRY(person_post(cx, &post));
		arena_back(cx->arena, m);
	}
	return OK;
}

/* Where so many bear a name that the index of names is the longer way, the people of the scope are gone through. */
static void one_of_thousands_of_the_same_name_is_found_in_a_small_office(void **state)
{
	int64_t designation = a_designation(f, "so");
	struct client *c;
	(void)state;
	a_person(f, "ramesh", "Ramesh Kumar Yadav", w.office, 0);
	in_tx(f, add_namesakes, &designation);
	assert_true(finds(w.admin, "ramesh+kumar", "person", "Ramesh Kumar Yadav"));
	c = client_as(f, w.other_admin);
	assert_int_equal(get(c, "/search?kind=person&q=ramesh+kumar&page=2"), 200);
	assert_true(body_has(c, "Ramesh Kumar") && body_has(c, "page=3") && body_has(c, "page=1"));
	assert_false(body_has(c, "Yadav"));
	client_free(c);
}

static void help_answers(void **state)
{
	struct client *c = client_as(f, w.learner);
	(void)state;
	assert_int_equal(get(c, "/search?q=forgotten+password"), 200);
	assert_true(body_has(c, "I have forgotten my password"));
	client_free(c);
	c = client_new(f);
	assert_int_equal(get(c, "/help"), 200);
	assert_true(body_has(c, "I have forgotten my password"));
	assert_int_equal(get(c, "/search?q=password"), 303);
	client_free(c);
}

static void whatever_is_typed_is_answered_with_few_statements(void **state)
{
	static const char *const odd[] = { "%25%25", "%E2%80%8D", "a", "%F0%9F%98%80", "+++", "a+b+c+d+e+f+g+h+i+j+k+l+m+n", "file+note+office+registry+waits+rooms+section+desk", "'" };
	struct client *c = client_as(f, w.admin);
	(void)state;
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		assert_int_equal(get(c, "/search?q=%s", odd[i]), 200);
		assert_true(c->statements <= 16);
	}
	assert_int_equal(get(c, "/search?kind=nothing&q=file"), 422);
	client_free(c);
}

static enum err rebuild_in_tx(struct ctx *cx, void *arg)
{
	(void)arg;
	return names_rebuild(cx);
}

static void names_that_lead_nowhere_are_reported_and_mended(void **state)
{
	(void)state;
	int64_t person = a_person(f, "lost", "Lostandfound", w.office, 0);
	assert_int_equal(check_findings(f), 0);
	tamper(f, "DELETE FROM name_key WHERE thing_id = %lld", (long long)person);
	assert_int_equal(check_findings(f), 1);
	in_tx(f, rebuild_in_tx, NULL);
	assert_int_equal(check_findings(f), 0);
	assert_true(finds(w.admin, "lostandfound", "person", "Lostandfound"));
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
		cmocka_unit_test(a_lesson_is_found_with_its_passage_and_a_film_with_its_second),
		cmocka_unit_test(questions_of_a_test_are_not_shown),
		cmocka_unit_test(people_are_found_by_those_who_may_see_them_and_by_nobody_else),
		cmocka_unit_test(names_are_found_by_their_sound_in_any_script),
		cmocka_unit_test(a_new_name_is_found_the_old_one_is_not_and_who_left_is_not),
		cmocka_unit_test(organisations_are_found_within_scope),
		cmocka_unit_test(one_of_thousands_of_the_same_name_is_found_in_a_small_office),
		cmocka_unit_test(help_answers),
		cmocka_unit_test(whatever_is_typed_is_answered_with_few_statements),
		cmocka_unit_test(names_that_lead_nowhere_are_reported_and_mended),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
