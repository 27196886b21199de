/* Acting for others: what a colleague may do in one's name and what not, what who helps sees, and that all of it is recorded. */
#include "http_test.h"

#include <stdio.h>
#include <string.h>

static struct fixture *f;
static struct world w;

static const char *day_text(int64_t day)
{
	time_t t = (time_t)day * 86400;
	struct tm tm;
	char b[20];
	gmtime_r(&t, &tm);
	strftime(b, sizeof b, "%Y-%m-%d", &tm);
	return str_fmt(f->cx.arena, "%s", b).p;
}

static int64_t today(void)
{
	return clock_day_in_india(f->app.fixed_now);
}

/* Another course each time: what is assigned is not assigned again. */
static const char *assignment(void)
{
	static int n;
	return str_fmt(f->cx.arena, "{\"course_id\":\"%lld\",\"due_day\":\"%s\",\"reason\":\"needed\"}", (long long)(n++ ? w.hindi : w.course), day_text(today() + 20)).p;
}

/* person asks the one of this e-mail; from and until count in days from today. */
static long ask(struct client *c, const char *email, int64_t from, int64_t until)
{
	return post_json(c, "/api/v1/me/acting",
			 str_fmt(f->cx.arena, "{\"person\":\"%s\",\"from_day\":\"%s\",\"until_day\":\"%s\",\"reason\":\"earned leave\"}", email, day_text(today() + from),
				 day_text(today() + until))
				 .p);
}

/* The session of `by` acts for `whom` from now on. */
static struct client *acting_for(int64_t whom, int64_t by, int64_t *ret_id)
{
	struct client *c = client_as(f, whom), *b = client_as(f, by);
	char email[80];
	query_text(f, email, sizeof email, "SELECT email FROM person WHERE id = %lld", (long long)by);
	assert_int_equal(ask(c, email, 0, 3), 200);
	*ret_id = json_number(c, "id");
	client_free(c);
	assert_int_equal(post(b, base_of("/me/acting/%lld/begin", (long long)*ret_id), ""), 303);
	return b;
}

static void end_it(int64_t whom, int64_t id)
{
	struct client *c = client_as(f, whom);
	assert_int_equal(post(c, base_of("/me/acting/%lld/end", (long long)id), ""), 303);
	client_free(c);
}

static void a_colleague_does_the_work_of_the_absent_under_both_names(void **state)
{
	int64_t id;
	(void)state;
	struct client *own = client_as(f, w.colleague);
	assert_int_equal(get(own, "/orgs/%lld", (long long)w.office), 403);
	struct client *c = acting_for(w.admin, w.colleague, &id);
	assert_int_equal(query_int(f, "SELECT count(*) FROM mail WHERE fact LIKE 'acting:%%' AND person_id = %lld", (long long)w.colleague), 1);
	assert_int_equal(get(c, "/orgs/%lld", (long long)w.office), 200);
	assert_true(body_has(c, "You act for"));
	assert_int_equal(post_json(c, base_of("/api/v1/people/%lld/assignments", (long long)w.learner), assignment()), 200);
	/* Another session of the same person is nobody else's. */
	assert_int_equal(get(own, "/orgs/%lld", (long long)w.office), 403);
	assert_int_equal(query_int(f, "SELECT count(*) FROM audit WHERE action = 'team.assign' AND person_id = %lld AND for_id = %lld", (long long)w.colleague, (long long)w.admin),
			 1);
	/* Who was looked at learns who really looked. */
	assert_int_equal(get(c, "/people/%lld", (long long)w.learner), 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM record_view WHERE person_id = %lld AND viewer_id = %lld", (long long)w.learner, (long long)w.colleague), 1);
	assert_int_equal(post(c, "/acting/stop", ""), 303);
	assert_int_equal(get(c, "/orgs/%lld", (long long)w.office), 403);
	assert_int_equal(get(c, "/me"), 200);
	end_it(w.admin, id);
	client_free(c);
	client_free(own);
}

static void what_belongs_to_the_person_alone_stays_with_the_person(void **state)
{
	int64_t id;
	(void)state;
	struct client *c = acting_for(w.boss, w.colleague, &id);
	assert_int_equal(get(c, "/team"), 200);
	assert_int_equal(get(c, "/"), 303);
	assert_int_equal(get(c, "/me"), 403);
	assert_int_equal(get(c, "/me/tokens"), 403);
	assert_int_equal(get(c, "/me/acting"), 403);
	assert_int_equal(get(c, "/me/second-factor"), 403);
	assert_int_equal(get(c, "/me/contacts/email"), 403);
	/* Nobody learns in another's name. */
	assert_int_equal(post_json(c, base_of("/api/v1/courses/%lld/enrolment", (long long)w.course), "{}"), 403);
	assert_int_equal(query_int(f, "SELECT count(*) FROM enrolment WHERE person_id = %lld", (long long)w.boss), 0);
	/* Nor is a delegation handed on. */
	assert_int_equal(ask(c, "learner@example.gov.in", 0, 1), 403);
	/* Nor asks anybody for another posting in the other's name. */
	assert_int_equal(get(c, "/people/%lld/movements", (long long)w.boss), 403);
	/* Signing out works, and ends this session. */
	assert_int_equal(post(c, "/sign-out", ""), 303);
	assert_int_equal(get(c, "/team"), 303);
	end_it(w.boss, id);
	client_free(c);
}

static void nobody_decides_about_himself_in_the_name_of_another(void **state)
{
	int64_t id, movement;
	(void)state;
	a_designation(f, "officer");
	struct client *me = client_as(f, w.colleague);
	assert_int_equal(post_json(me, base_of("/api/v1/people/%lld/movements", (long long)w.colleague),
				   str_fmt(f->cx.arena, "{\"kind\":\"transfer\",\"office\":\"first-office\",\"designation\":\"officer\",\"from_day\":\"%s\"}", day_text(today() + 1)).p),
			 200);
	movement = json_number(me, "id");
	client_free(me);
	struct client *c = acting_for(w.admin, w.colleague, &id);
	assert_int_equal(post_json(c, base_of("/api/v1/orgs/%lld/movements/%lld", (long long)w.ministry, (long long)movement), "{\"answer\":\"approve\"}"), 403);
	assert_true(body_has(c, "own posting"));
	/* The own second factor is not taken away by it either. */
	assert_int_equal(post(c, base_of("/people/%lld/second-factor/end", (long long)w.colleague), ""), 403);
	client_free(c);
	end_it(w.admin, id);
}

static void it_holds_in_its_time_and_no_longer(void **state)
{
	struct client *boss = client_as(f, w.boss), *c = client_as(f, w.colleague);
	(void)state;
	assert_int_equal(ask(boss, "colleague@example.gov.in", 1, 2), 200);
	int64_t id = json_number(boss, "id");
	assert_int_equal(ask(boss, "colleague@example.gov.in", 5, 6), 409);
	assert_int_equal(post(c, base_of("/me/acting/%lld/begin", (long long)id), ""), 409);
	f->app.fixed_now += DAY;
	assert_int_equal(post(c, base_of("/me/acting/%lld/begin", (long long)id), ""), 303);
	assert_int_equal(get(c, "/team"), 200);
	f->app.fixed_now += 2 * DAY;
	assert_int_equal(get(c, "/team"), 403); /* himself again, without asking for anything */
	assert_int_equal(get(c, "/me"), 200);
	client_free(c);
	client_free(boss);
	/* An end counts from the next request on, by either of the two. */
	struct client *d = acting_for(w.boss, w.colleague, &id);
	assert_int_equal(get(d, "/team"), 200);
	struct client *other = client_as(f, w.learner);
	assert_int_equal(post(other, base_of("/me/acting/%lld/end", (long long)id), ""), 404);
	client_free(other);
	end_it(w.colleague, id);
	assert_int_equal(get(d, "/team"), 403);
	client_free(d);
	/* Who left acts for nobody, and nobody acts for who left. */
	d = acting_for(w.boss, w.colleague, &id);
	tamper(f, "UPDATE person SET state = 'left' WHERE id = %lld", (long long)w.boss);
	assert_int_equal(get(d, "/team"), 403);
	tamper(f, "UPDATE person SET state = 'active' WHERE id = %lld", (long long)w.boss);
	assert_int_equal(get(d, "/team"), 200);
	client_free(d);
	end_it(w.boss, id);
}

static void what_does_not_fit_is_refused_by_field(void **state)
{
	struct client *boss = client_as(f, w.boss), *learner = client_as(f, w.learner);
	(void)state;
	assert_int_equal(ask(learner, "boss@example.gov.in", 0, 1), 409);
	assert_int_equal(ask(boss, "boss@example.gov.in", 0, 1), 422);
	assert_int_equal(ask(boss, "nobody@example.gov.in", 0, 1), 422);
	assert_int_equal(ask(boss, "colleague@example.gov.in", -1, 1), 422);
	assert_int_equal(ask(boss, "colleague@example.gov.in", 2, 1), 422);
	assert_int_equal(ask(boss, "colleague@example.gov.in", 0, 90), 422);
	assert_int_equal(post(learner, base_of("/me/acting/%lld/begin", 4711LL), ""), 404);
	client_free(boss);
	client_free(learner);
}

static void who_helps_sees_and_changes_nothing_and_the_person_is_told(void **state)
{
	struct client *c = client_as(f, w.operator), *stranger = client_as(f, w.other_operator), *admin = client_as(f, w.admin);
	(void)state;
	static const char told[] = "SELECT count(*) FROM mail WHERE fact LIKE 'acting:%%' AND person_id = %lld";
	int64_t letters = query_int(f, told, (long long)w.admin);
	assert_int_equal(post(stranger, base_of("/people/%lld/support", (long long)w.admin), "reason=curious"), 403);
	assert_int_equal(post(admin, base_of("/people/%lld/support", (long long)w.learner), "reason=curious"), 403);
	assert_int_equal(post(c, base_of("/people/%lld/support", (long long)w.admin), ""), 422);
	assert_int_equal(post(c, base_of("/people/%lld/support", (long long)w.operator), "reason=me"), 409);
	assert_int_equal(post(c, base_of("/people/%lld/support", (long long)w.admin), "reason=You+wrote+that+nothing+goes+on"), 303);
	assert_int_equal(query_int(f, told, (long long)w.admin), letters + 1);
	assert_int_equal(get(c, "/"), 200);
	assert_true(body_has(c, "You see what"));
	assert_int_equal(get(c, "/me/learning"), 200);
	/* What a learner sees: neither the account nor anything that the person's roles open. */
	assert_int_equal(get(c, "/me"), 403);
	assert_int_equal(get(c, "/orgs/%lld", (long long)w.ministry), 403);
	assert_int_equal(get(c, "/operation"), 403);
	uint64_t before = database_hash(f, false);
	assert_int_equal(post_json(c, base_of("/api/v1/courses/%lld/enrolment", (long long)w.course), "{}"), 403);
	assert_int_equal(post_json(c, base_of("/api/v1/people/%lld/assignments", (long long)w.learner), assignment()), 403);
	assert_true(database_hash(f, false) == before);
	assert_int_equal(post(c, "/acting/stop", ""), 303);
	assert_int_equal(get(c, "/orgs/%lld", (long long)w.ministry), 200);
	assert_int_equal(get(admin, "/me/acting"), 200);
	assert_true(body_has(admin, "You wrote that nothing goes on"));
	assert_int_equal(get(admin, "/me/views"), 200);
	/* After half an hour it is over by itself. */
	assert_int_equal(post(c, base_of("/people/%lld/support", (long long)w.learner), "reason=again"), 303);
	assert_int_equal(get(c, "/orgs/%lld", (long long)w.ministry), 403);
	f->app.fixed_now += 31 * MINUTE;
	assert_int_equal(get(c, "/orgs/%lld", (long long)w.ministry), 200);
	client_free(c);
	client_free(stranger);
	client_free(admin);
}

static void a_seal_covers_for_whom_somebody_acted(void **state)
{
	int64_t id;
	(void)state;
	struct client *c = acting_for(w.admin, w.colleague, &id);
	assert_int_equal(post_json(c, base_of("/api/v1/people/%lld/assignments", (long long)w.learner), assignment()), 200);
	client_free(c);
	end_it(w.admin, id);
	schedule_work(f);
	f->app.fixed_now += MINUTE;
	work_now(f);
	assert_int_equal(check_findings(f), 0);
	tamper(f, "UPDATE audit SET for_id = NULL WHERE id = (SELECT max(id) FROM audit WHERE for_id IS NOT NULL)");
	assert_true(check_findings(f) > 0);
	tamper(f, "UPDATE audit SET for_id = %lld WHERE id = (SELECT max(id) FROM audit WHERE action = 'team.assign')", (long long)w.admin);
	assert_int_equal(check_findings(f), 0);
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
		cmocka_unit_test(a_colleague_does_the_work_of_the_absent_under_both_names),
		cmocka_unit_test(what_belongs_to_the_person_alone_stays_with_the_person),
		cmocka_unit_test(nobody_decides_about_himself_in_the_name_of_another),
		cmocka_unit_test(it_holds_in_its_time_and_no_longer),
		cmocka_unit_test(what_does_not_fit_is_refused_by_field),
		cmocka_unit_test(who_helps_sees_and_changes_nothing_and_the_person_is_told),
		cmocka_unit_test(a_seal_covers_for_whom_somebody_acted),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
