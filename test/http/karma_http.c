/* Karma Points: a ledger that explains itself, nothing for skipping, boards among a few who want to be seen. */
#include "http_test.h"
#include "feature/completion/completion.h"
#include "feature/enrolment/enrolment.h"
#include "feature/karma/karma.h"
#include "feature/learned/learned.h"

static struct fixture *f;
static struct world w;
static int64_t today;

/* ── builders ── */

static enum err complete_fn(struct ctx *cx, void *arg)
{
	const int64_t *two = arg;
	struct completion done;
	TRY(enrolment_add(cx, two[0], w.course));
	return completion_credit(cx, two[0], two[1], "progress", &done);
}

/* Everything of the course, of which so many per cent were learnt. */
static void complete(int64_t person, int64_t percent)
{
	char sql[400];
	for (int64_t id = 0; (id = query_int(f, "SELECT COALESCE(min(id), 0) FROM resource WHERE course_id = %lld AND ended_at IS NULL AND id > %lld",
					     (long long)w.course, (long long)id));) {
		snprintf(sql, sizeof sql,
			 "INSERT INTO progress (person_id, resource_id, intervals, covered_ms, position_ms, position_key, updated_at) "
			 "SELECT %lld, id, '[]', ms * %lld / 100, 0, 0, 1 FROM resource WHERE id = %lld;",
			 (long long)person, (long long)percent, (long long)id);
		tamper_all(f, sql);
		query_end();
		in_tx(f, complete_fn, (int64_t[]){ person, id });
	}
	query_end();
}

static enum err assign_fn(struct ctx *cx, void *arg)
{
	const int64_t *two = arg;
	cx->actor.person_id = w.boss;
	return enrolment_assign(cx, &(struct assign){ .person_id = two[0], .course_id = w.course, .due_day = two[1], .reason = S("for the work") });
}

static enum err rate_fn(struct ctx *cx, void *arg)
{
	const int64_t *person = arg;
	return enrolment_rate(cx, *person, w.course, 4, S("useful"));
}

static enum err learn_fn(struct ctx *cx, void *arg)
{
	const int64_t *three = arg;
	return learned_add(cx, &(struct learnt){ three[0], "event", 1, NONE, three[1], three[2], NONE });
}

static void learn(int64_t person, int64_t minutes, int64_t days_ago)
{
	query_end();
	in_tx(f, learn_fn, (int64_t[]){ person, minutes * MINUTE, f->app.fixed_now - days_ago * DAY });
	query_end();
}

static enum err group_fn(struct ctx *cx, void *arg)
{
	const int64_t *three = arg;
	return learned_add(cx, &(struct learnt){ three[0], "resource", three[1], w.course, three[2], f->app.fixed_now, NONE });
}

/* Every part of the course, so many per cent of it, in a group. */
static void learn_together(int64_t person, int64_t percent)
{
	for (int64_t id = 0; (id = query_int(f, "SELECT COALESCE(min(id), 0) FROM resource WHERE course_id = %lld AND ms > 0 AND id > %lld",
					     (long long)w.course, (long long)id));) {
		int64_t ms = query_int(f, "SELECT ms FROM resource WHERE id = %lld", (long long)id);
		query_end();
		in_tx(f, group_fn, (int64_t[]){ person, id, ms * percent / 100 });
	}
	query_end();
}

static int64_t points(int64_t person, const char *code)
{
	return query_int(f, "SELECT COALESCE(sum(points), -1) FROM karma_entry WHERE person_id = %lld AND code = '%s'", (long long)person, code);
}

/* ── rules ── */

static void points_come_with_the_fact_and_say_why(void **state)
{
	int64_t person = a_person(f, "k1", "k1", w.office, w.boss);
	(void)state;
	complete(person, 100);
	assert_int_equal(points(person, "first_enrolment"), 5);
	assert_int_equal(points(person, "course"), 5);
	assert_int_equal(points(person, "course_plan"), -1);
	f->app.fixed_now += MINUTE;
	f->cx.now = f->app.fixed_now;
	in_tx(f, rate_fn, &person);
	query_end();
	assert_int_equal(points(person, "rating"), 2);
	in_tx(f, rate_fn, &person);
	query_end();
	assert_int_equal(points(person, "rating"), 2); /* once a course */
	struct client *c = client_as(f, person);
	assert_int_equal(get(c, "/me/karma"), 200);
	assert_true(body_has(c, "Why 2?"));
	assert_true(body_has(c, "Completing a course"));
	assert_int_equal(get(c, "/api/v1/me/karma"), 200);
	assert_true(body_has(c, "\"points\":2"));
	client_free(c);
}

static void an_assigned_course_pays_more_and_less_when_it_is_late(void **state)
{
	int64_t person = a_person(f, "k2", "k2", w.office, w.boss), late = a_person(f, "k3", "k3", w.office, w.boss);
	(void)state;
	in_tx(f, assign_fn, (int64_t[]){ person, today + 5 });
	complete(person, 60);
	assert_int_equal(points(person, "course"), 5);
	assert_int_equal(points(person, "course_plan"), 10);
	in_tx(f, assign_fn, (int64_t[]){ late, today + 1 });
	f->app.fixed_now += 3 * DAY;
	f->cx.now = f->app.fixed_now;
	complete(late, 60);
	assert_int_equal(points(late, "course_plan"), 9);
	struct client *c = client_as(f, late);
	assert_int_equal(get(c, "/me/karma"), 200);
	assert_true(body_has(c, "less for 1 month begun after the due day"));
	client_free(c);
}

static void what_is_assigned_after_it_was_completed_pays_by_itself(void **state)
{
	int64_t person = a_person(f, "k4", "k4", w.office, w.boss);
	(void)state;
	complete(person, 100);
	assert_int_equal(points(person, "course_plan"), -1);
	tamper(f, "INSERT INTO assignment (id, person_id, course_id, due_day, reason, assigned_by, assigned_at) VALUES (77, %lld, %lld, %lld, 'r', %lld, 1)",
	       (long long)person, (long long)w.course, (long long)today + 30, (long long)w.boss);
	query_end();
	struct client *c = client_as(f, person);
	assert_int_equal(get(c, "/me/karma"), 200);
	assert_int_equal(post(c, "/me/karma/settle", ""), 303);
	assert_int_equal(post(c, "/me/karma/settle", ""), 303); /* again: nothing more */
	query_end();
	assert_int_equal(points(person, "course_plan"), 10);
	assert_int_equal(points(person, "course"), 5);
	client_free(c);
}

static void what_was_skipped_pays_nothing(void **state)
{
	int64_t person = a_person(f, "k5", "k5", w.office, w.boss);
	(void)state;
	complete(person, 10);
	in_tx(f, rate_fn, &person);
	query_end();
	assert_int_equal(points(person, "course"), -1);
	assert_int_equal(points(person, "rating"), -1);
}

static void what_was_learnt_in_a_group_pays_like_what_was_learnt_alone(void **state)
{
	int64_t person = a_person(f, "k8", "k8", w.office, w.boss), again = a_person(f, "k9", "k9", w.office, w.boss);
	(void)state;
	query_end();
	learn_together(person, 60);
	complete(person, 0);
	in_tx(f, rate_fn, &person);
	query_end();
	assert_int_equal(points(person, "course"), 5);
	assert_int_equal(points(person, "rating"), 2);
	/* One part over and over, which only an account that was joined can have. */
	int64_t part = query_int(f, "SELECT id FROM resource WHERE course_id = %lld AND ms > 0 ORDER BY ms LIMIT 1", (long long)w.course),
		length = query_int(f, "SELECT ms FROM resource WHERE id = %lld", (long long)part),
		whole = query_int(f, "SELECT ms FROM course WHERE id = %lld", (long long)w.course);
	query_end();
	assert_true(2 * length < whole);
	in_tx(f, group_fn, (int64_t[]){ again, part, whole });
	complete(again, 0);
	assert_int_equal(points(again, "course"), -1);
}

static void rules_are_data_and_begin_today_or_later(void **state)
{
	struct client *c = client_as(f, w.operator), *learner = client_as(f, w.learner);
	struct karma_rate now[KARMA_CODES], later[KARMA_CODES];
	int64_t day = clock_day_in_india(f->app.fixed_now);
	char json[300];
	struct civil on = clock_date(day + 2), past = clock_date(day - 1);
	const char *form = "{\"code\":\"rating\",\"from_day\":\"%04d-%02d-%02d\",\"points\":3,\"monthly_most\":0,\"less_a_month\":0,\"least_share\":50,"
			   "\"reason\":\"order\"}";
	(void)state;
	snprintf(json, sizeof json, form, past.year, past.month, past.day);
	assert_int_equal(post_json(c, "/api/v1/karma/rules", json), 422);
	snprintf(json, sizeof json, form, on.year, on.month, on.day);
	assert_int_equal(post_json(learner, "/api/v1/karma/rules", json), 403);
	assert_true(post_json(c, "/api/v1/karma/rules", json) / 100 == 2);
	assert_int_equal(karma_rates(&f->cx, day, now), OK);
	assert_int_equal(karma_rates(&f->cx, day + 2, later), OK);
	assert_int_equal(now[KARMA_rating].points, 2);
	assert_int_equal(later[KARMA_rating].points, 3);
	assert_int_equal(get(learner, "/karma/rules"), 200);
	assert_true(body_has(learner, "order"));
	/* What is refused comes back as it was filled in. */
	assert_int_equal(get(c, "/karma/rules"), 200);
	snprintf(json, sizeof json, "code=programme&from_day=%04d-%02d-%02d&points=30&monthly_most=0&less_a_month=0&least_share=0&reason=order", past.year,
		 past.month, past.day);
	assert_int_equal(post(c, "/karma/rules", json), 422);
	assert_true(body_has(c, "<option value=\"programme\" selected>"));
	assert_int_equal(post(c, "/karma/rules", "code=nothing&from_day=2030-01-01&points=30&monthly_most=0&less_a_month=0&least_share=0&reason=order"), 422);
	client_free(c);
	client_free(learner);
}

static void a_clap_is_a_week_of_an_hour_and_a_missed_one_begins_again(void **state)
{
	int64_t person = a_person(f, "k6", "k6", w.office, w.boss),
		since = clock_day(S("Asia/Kolkata"), f->app.fixed_now) - karma_monday(clock_day(S("Asia/Kolkata"), f->app.fixed_now));
	struct claps claps;
	(void)state;
	f->cx.actor = (struct actor){ .person_id = person, .zone = S("Asia/Kolkata") };
	learn(person, 61, since + 7);  /* last week */
	learn(person, 60, since + 14); /* and the one before */
	learn(person, 59, since + 21); /* a minute too little */
	learn(person, 90, since + 28);
	assert_int_equal(karma_claps(&f->cx, person, &claps), OK);
	assert_int_equal(claps.streak, 2); /* this week may still become one */
	assert_int_equal(claps.longest, 2);
	learn(person, 60, 0);
	assert_int_equal(karma_claps(&f->cx, person, &claps), OK);
	assert_int_equal(claps.streak, 3);
	assert_int_equal(claps.week[0], 60 * MINUTE);
}

static void boards_are_small_and_show_who_wants_to_be_seen(void **state)
{
	enum { PEOPLE = 120 };
	int64_t person[PEOPLE];
	char login[20];
	(void)state;
	for (int i = 0; i < PEOPLE; i++) {
		snprintf(login, sizeof login, "board%d", i);
		person[i] = a_person(f, login, login, w.office, w.boss);
		learn(person[i], 10 + i, 7);
	}
	struct client *c = client_as(f, person[3]);
	assert_int_equal(get(c, "/me/karma/board"), 200);
	assert_true(body_has(c, "There is no board for you"));
	schedule_work(f);
	f->app.fixed_now += HOUR; /* boards are looked after every hour */
	f->cx.now = f->app.fixed_now;
	work_now(f);
	query_end();
	int64_t most = query_int(f, "SELECT max(n) FROM (SELECT count(*) AS n FROM karma_league GROUP BY org_id, n) q"),
		least = query_int(f, "SELECT min(n) FROM (SELECT count(*) AS n FROM karma_league GROUP BY org_id, n) q");
	assert_true(most <= LEAGUE_MOST && least >= LEAGUE_LEAST && most - least <= 1);
	learn(person[3], 100, 0);
	assert_int_equal(get(c, "/api/v1/me/karma/board"), 200);
	assert_true(body_has(c, "\"me\":true"));
	assert_true(body_has(c, "\"rank\":1,\"name\":\"board3\""));
	/* Hidden: gone for the others at once, and blind to them. */
	assert_int_equal(get(c, "/me/karma/board"), 200);
	assert_int_equal(post(c, "/me/karma/hidden", "hidden=true"), 303);
	assert_int_equal(get(c, "/api/v1/me/karma/board"), 200);
	assert_false(body_has(c, "board"));
	client_free(c);
	int64_t other = query_int(f,
				  "SELECT a.person_id FROM karma_league a JOIN karma_league b ON b.week = a.week AND b.org_id = a.org_id AND b.n = a.n AND "
				  "b.person_id = %lld WHERE a.person_id <> b.person_id LIMIT 1",
				  (long long)person[3]);
	c = client_as(f, other);
	assert_int_equal(get(c, "/api/v1/me/karma/board"), 200);
	assert_false(body_has(c, "\"board3\""));
	client_free(c);
	query_end();
}

static void count_wrong(void *arg, int64_t person_id, int64_t thing_id)
{
	int64_t *n = arg;
	(void)person_id;
	(void)thing_id;
	++*n;
}

/* Other courses of this month, for which the ledger knows that it has paid. */
static void others_are_paid_for(int64_t person, int n)
{
	char sql[500];
	for (int i = 1; i <= n; i++) {
		snprintf(sql, sizeof sql,
			 "INSERT INTO karma_entry (person_id, code, thing_id, points, why, months, at, noted_at) VALUES (%lld, 'course', %d, 5, '', 0, %lld, "
			 "1);",
			 (long long)person, i, (long long)f->app.fixed_now);
		tamper_all(f, sql);
	}
}

static void the_fifth_course_of_a_month_stands_in_the_ledger_with_nothing(void **state)
{
	int64_t person = a_person(f, "k7", "k7", w.office, w.boss);
	char sql[500];
	(void)state;
	others_are_paid_for(person, 4);
	complete(person, 100);
	assert_int_equal(query_int(f, "SELECT points FROM karma_entry WHERE person_id = %lld AND code = 'course' AND thing_id = %lld", (long long)person,
				   (long long)w.course),
			 0);
	struct client *c = client_as(f, person);
	assert_int_equal(get(c, "/me/karma"), 200);
	assert_true(body_has(c, "this month has paid for as many as a month pays"));
	client_free(c);
	snprintf(sql, sizeof sql, "DELETE FROM karma_entry WHERE person_id = %lld AND thing_id < 5 AND code = 'course';", (long long)person);
	tamper_all(f, sql);
	query_end();
	int64_t n = 0;
	assert_int_equal(karma_check(&f->cx, count_wrong, &n), OK);
	assert_int_equal(n, 0);
	tamper(f, "UPDATE enrolment SET completed_at = NULL, state = 'active' WHERE person_id = %lld AND course_id = %lld", (long long)person,
	       (long long)w.course);
	query_end();
	assert_int_equal(karma_check(&f->cx, count_wrong, &n), OK);
	assert_int_equal(n, 1);
}

static void the_fourth_course_of_a_month_is_paid_for_its_test_that_is_passed_later(void **state)
{
	int64_t person = a_person(f, "k10", "k10", w.office, w.boss);
	(void)state;
	others_are_paid_for(person, 3);
	complete(person, 100);
	assert_int_equal(points(person, "course"), 20);
	assert_int_equal(points(person, "course_test"), -1);
	tamper(f, "UPDATE credit SET way = 'quiz' WHERE person_id = %lld AND resource_id = (SELECT min(id) FROM resource WHERE course_id = %lld)",
	       (long long)person, (long long)w.course);
	query_end();
	struct client *c = client_as(f, person);
	assert_int_equal(get(c, "/me/karma"), 200);
	assert_int_equal(post(c, "/me/karma/settle", ""), 303);
	client_free(c);
	query_end();
	assert_int_equal(points(person, "course_test"), 5);
	assert_int_equal(points(person, "course"), 20);
}

static int set_up(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	/* The twentieth of the next month, at noon: days before and behind are of the same month. */
	struct civil day = clock_date(clock_day_in_india(f->app.fixed_now));
	f->app.fixed_now = clock_day_start(S("Asia/Kolkata"), clock_day_of(day.year + day.month / 12, day.month % 12 + 1, 20)) + 12 * HOUR;
	f->cx.now = f->app.fixed_now;
	today = clock_day_in_india(f->app.fixed_now);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(points_come_with_the_fact_and_say_why),
		cmocka_unit_test(an_assigned_course_pays_more_and_less_when_it_is_late),
		cmocka_unit_test(what_is_assigned_after_it_was_completed_pays_by_itself),
		cmocka_unit_test(what_was_skipped_pays_nothing),
		cmocka_unit_test(what_was_learnt_in_a_group_pays_like_what_was_learnt_alone),
		cmocka_unit_test(rules_are_data_and_begin_today_or_later),
		cmocka_unit_test(a_clap_is_a_week_of_an_hour_and_a_missed_one_begins_again),
		cmocka_unit_test(boards_are_small_and_show_who_wants_to_be_seen),
		cmocka_unit_test(the_fifth_course_of_a_month_stands_in_the_ledger_with_nothing),
		cmocka_unit_test(the_fourth_course_of_a_month_is_paid_for_its_test_that_is_passed_later),
	};
	return cmocka_run_group_tests_name("karma", tests, set_up, tear_down);
}
