/* Verified progress against those who want it for nothing, and for those who honestly watch and read.
 * The clock is the test's own: within T of wall time never more than 2 T is credited, whatever is sent. */
#include "http_test.h"

#include <pthread.h>
#include <stdatomic.h>

static struct fixture *f;
static struct world w;

struct view {
	int64_t resource;
	char session[100];
	int seq;
};

static void open_view(struct client *c, int64_t resource, struct view *v)
{
	NEED(get(c, "/resources/%lld", (long long)resource) == 200, "the page of %lld: %ld", (long long)resource, c->status);
	const char *p = strstr(buf_get(&c->body).p, "data-session=\"");
	NEED(p, "no session on the page");
	v->resource = resource;
	v->seq = 0;
	snprintf(v->session, sizeof v->session, "%.*s", (int)strcspn(p + 14, "\""), p + 14);
}

static long report_as(struct client *c, const struct view *v, int64_t seq, int64_t position, const char *intervals)
{
	return post_json(c, base_of("/api/v1/resources/%lld/progress", (long long)v->resource),
			 base_of("{\"session\":\"%s\",\"seq\":%lld,\"position\":%lld,\"intervals\":%s}", v->session, (long long)seq, (long long)position, intervals));
}

static long report(struct client *c, struct view *v, int64_t position, const char *intervals)
{
	return report_as(c, v, v->seq++, position, intervals);
}

static int64_t credited_to(int64_t person)
{
	return query_int(f, "SELECT COALESCE(sum(covered_ms), 0) FROM progress WHERE person_id = %lld", (long long)person);
}

/* A new learner, enrolled on both courses. */
static struct client *a_learner(const char *login, int64_t *ret_id)
{
	*ret_id = a_person(f, login, login, w.office, w.boss);
	struct client *c = client_as(f, *ret_id);
	NEED(post_json(c, base_of("/api/v1/courses/%lld/enrolment", (long long)w.course), "{}") == 200, "not enrolled");
	NEED(post_json(c, base_of("/api/v1/courses/%lld/enrolment", (long long)w.hindi), "{}") == 200, "not enrolled");
	return c;
}

static void twenty_minutes_are_never_credited_in_twenty_seconds(void **state)
{
	int64_t id;
	struct client *c = a_learner("hasty", &id);
	struct view v;
	(void)state;
	open_view(c, w.film, &v);
	for (int s = 0; s < 20; s++) {
		f->app.fixed_now += SECOND;
		assert_int_equal(report(c, &v, 1200, "[[0,1200000]]"), 200);
		assert_false(answer_true(c, "complete"));
		assert_true(credited_to(id) <= 2 * (s + 1) * SECOND);
	}
	assert_int_equal(credited_to(id), 40 * SECOND);
	assert_int_equal(query_int(f, "SELECT count(*) FROM credit WHERE person_id = %lld", (long long)id), 0);
	client_free(c);
}

static void replays_and_reordering_gain_nothing(void **state)
{
	int64_t id;
	struct client *c = a_learner("replaying", &id);
	struct view v;
	(void)state;
	open_view(c, w.film, &v);
	f->app.fixed_now += 10 * SECOND;
	for (int i = 0; i < 10; i++)
		assert_int_equal(report_as(c, &v, 9 - i, 10, "[[0,10000]]"), 200);
	assert_int_equal(credited_to(id), 10 * SECOND);
	assert_int_equal(report(c, &v, 60, "[[10000,60000]]"), 200); /* ten seconds of wall time are left to spend twice */
	assert_int_equal(credited_to(id), 20 * SECOND);
	assert_int_equal(report(c, &v, 60, "[[100000,160000]]"), 200);
	assert_int_equal(credited_to(id), 20 * SECOND);
	client_free(c);
}

static void many_tabs_and_resources_share_one_clock(void **state)
{
	enum { TABS = 12 };
	int64_t id, hindi = query_int(f, "SELECT id FROM resource WHERE course_id = %lld", (long long)w.hindi);
	struct client *c = a_learner("tabs", &id);
	const int64_t resources[] = { w.film, w.lesson, hindi };
	struct view v[TABS];
	(void)state;
	for (int i = 0; i < TABS; i++)
		open_view(c, resources[i % 3], &v[i]);
	for (int step = 1; step <= 15; step++) {
		f->app.fixed_now += 500;
		for (int i = 0; i < TABS; i++)
			assert_int_equal(report(c, &v[i], 5, base_of("[[%d,%d]]", i * 1000, 1000000 + i)), 200);
		assert_true(credited_to(id) <= step * SECOND);
	}
	assert_int_equal(query_int(f, "SELECT sum(ms) FROM learned WHERE person_id = %lld", (long long)id), credited_to(id));
	client_free(c);
}

static int64_t learned_of(int64_t person, int64_t resource, int64_t day, int64_t hour)
{
	return query_int(f, "SELECT COALESCE(sum(ms), 0) FROM learned WHERE person_id = %lld AND kind = 'resource' AND thing_id = %lld AND day = %lld AND hour = %lld",
			 (long long)person, (long long)resource, (long long)day, (long long)hour);
}

static void time_learnt_is_kept_by_thing_day_and_hour_of_the_learner(void **state)
{
	int64_t id, before = f->app.fixed_now, midnight = clock_day_start(S("Asia/Kolkata"), clock_day_in_india(before) + 1), day = clock_day_in_india(before);
	struct client *c = a_learner("nightowl", &id);
	struct view film, lesson;
	(void)state;
	open_view(c, w.film, &film);
	open_view(c, w.lesson, &lesson);
	f->app.fixed_now = midnight - MINUTE;
	assert_int_equal(report(c, &film, 60, "[[0,60000]]"), 200);
	assert_int_equal(report(c, &lesson, 30, "[[0,30000]]"), 200);
	f->app.fixed_now = midnight + MINUTE;
	assert_int_equal(report(c, &film, 90, "[[0,90000]]"), 200);
	assert_int_equal(learned_of(id, w.film, day, 23), MINUTE);
	assert_int_equal(learned_of(id, w.lesson, day, 23), 30 * SECOND);
	assert_int_equal(learned_of(id, w.film, day + 1, 0), 30 * SECOND);
	assert_int_equal(query_int(f, "SELECT count(*) FROM learned WHERE person_id = %lld", (long long)id), 3);
	assert_int_equal(query_int(f, "SELECT count(*) FROM learned WHERE person_id = %lld AND course_id <> %lld", (long long)id, (long long)w.course), 0);
	assert_int_equal(query_int(f, "SELECT sum(ms) FROM learned WHERE person_id = %lld AND day = %lld", (long long)id, (long long)day), 90 * SECOND);
	client_free(c);
}

static void pages_opened_long_ago_do_not_add_up(void **state)
{
	int64_t id;
	struct client *c = a_learner("hoarder", &id);
	struct view film, lesson;
	(void)state;
	open_view(c, w.film, &film);
	open_view(c, w.lesson, &lesson);
	f->app.fixed_now += MINUTE;
	assert_int_equal(report(c, &film, 60, "[[0,1200000]]"), 200);
	assert_int_equal(report(c, &lesson, 60, "[[0,1200000]]"), 200);
	assert_int_equal(credited_to(id), 2 * MINUTE);
	client_free(c);
}

static void time_used_up_in_one_zone_is_used_up_in_another(void **state)
{
	int64_t id, midnight = clock_day_start(S("Asia/Kolkata"), clock_day_in_india(f->app.fixed_now) + 1);
	struct client *c = a_learner("traveller", &id);
	struct view film, lesson;
	(void)state;
	f->app.fixed_now = midnight - MINUTE;
	open_view(c, w.film, &film);
	open_view(c, w.lesson, &lesson);
	f->app.fixed_now = midnight + MINUTE; /* a new day in India; in Honolulu the morning of the day before */
	assert_int_equal(report(c, &film, 60, "[[0,1200000]]"), 200);
	assert_int_equal(credited_to(id), 4 * MINUTE);
	tamper(f, "UPDATE person SET zone = 'Pacific/Honolulu' WHERE id = %lld", (long long)id);
	assert_int_equal(report(c, &lesson, 60, "[[0,1200000]]"), 200);
	assert_int_equal(credited_to(id), 4 * MINUTE);
	tamper(f, "UPDATE person SET zone = 'Pacific/Kiritimati' WHERE id = %lld", (long long)id);
	f->app.fixed_now += MINUTE;
	assert_int_equal(report(c, &lesson, 60, "[[0,1200000]]"), 200);
	tamper(f, "UPDATE person SET zone = 'Pacific/Honolulu' WHERE id = %lld", (long long)id);
	assert_int_equal(report(c, &film, 60, "[[0,1200000]]"), 200);
	assert_int_equal(credited_to(id), 6 * MINUTE);
	client_free(c);
}

static void absurd_intervals_are_refused_or_clipped(void **state)
{
	static const struct {
		const char *intervals;
		long status;
	} rows[] = {
		{ "[[0,9223372036854775807]]", 0 }, { "[[0,99999999999999999999]]", 400 }, { "[[-5000,1000]]", 0 }, { "[[5000,1000]]", 0 }, { "[[1,1]]", 0 },
		{ "[[0]]", 422 }, { "[0,1]", 422 }, { "{}", 422 }, { "\"x\"", 422 }, { "[[0.5,2]]", 422 }, { "[[\"0\",\"5\"]]", 422 }, { "null", 422 },
		{ "[[-9223372036854775808,9223372036854775807]]", 0 },
	};
	int64_t id;
	struct client *c = a_learner("absurd", &id);
	struct view v;
	int bad = 0;
	(void)state;
	open_view(c, w.film, &v);
	f->app.fixed_now += SECOND;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		long status = report(c, &v, 0, rows[i].intervals);
		bool fits = rows[i].status ? status == rows[i].status : status == 200 || status == 422;
		if (!fits)
			print_error("%s: %ld\n", rows[i].intervals, status);
		bad += !fits;
	}
	assert_int_equal(bad, 0);
	assert_true(credited_to(id) <= 2 * SECOND);
	assert_int_equal(query_int(f, "SELECT count(*) FROM progress WHERE covered_ms < 0 OR position_ms < 0"), 0);
	client_free(c);
}

static void scattered_crumbs_fill_no_database(void **state)
{
	int64_t id;
	struct client *c = a_learner("crumbs", &id);
	struct view v;
	struct buf b;
	(void)state;
	open_view(c, w.film, &v);
	f->app.fixed_now += 10 * MINUTE;
	for (int round = 0; round < 12; round++) {
		buf_init(&b, f->cx.arena, 1 << 16);
		buf_char(&b, '[');
		for (int i = 0; i < 60; i++)
			buf_fmt(&b, "%s[%d,%d]", i ? "," : "", (round * 60 + i) * 1660, (round * 60 + i) * 1660 + 7);
		buf_char(&b, ']');
		report(c, &v, 0, buf_get(&b).p);
		assert_true(c->status == 200 || c->status == 422);
	}
	assert_true(query_int(f, "SELECT max(length(CAST(intervals AS TEXT))) FROM progress") < 20000);
	assert_true(credited_to(id) <= 20 * MINUTE);
	client_free(c);
}

static void forged_foreign_and_future_views_are_refused(void **state)
{
	int64_t id, other_id;
	struct client *c = a_learner("forger", &id), *other = a_learner("victim", &other_id);
	struct view mine, lesson, foreign, odd;
	(void)state;
	open_view(c, w.film, &mine);
	open_view(c, w.lesson, &lesson);
	open_view(other, w.film, &foreign);
	f->app.fixed_now += MINUTE;
	assert_int_equal(report(c, &foreign, 0, "[[0,60000]]"), 422);
	assert_true(body_has(c, "\"field\":\"session\""));
	odd = mine;
	odd.resource = w.lesson; /* the token of another page */
	assert_int_equal(report(c, &odd, 0, "[[0,60000]]"), 422);
	odd = mine;
	odd.session[0] = (char)(odd.session[0] == '1' ? '2' : '1'); /* opened at another time */
	assert_int_equal(report(c, &odd, 0, "[[0,60000]]"), 422);
	odd = mine;
	odd.session[strlen(odd.session) - 1] ^= 1;
	assert_int_equal(report(c, &odd, 0, "[[0,60000]]"), 422);
	snprintf(odd.session, sizeof odd.session, "1-00000000000000000000000000000000");
	assert_int_equal(report(c, &odd, 0, "[[0,60000]]"), 422);
	f->app.fixed_now -= 2 * MINUTE; /* a view of the future */
	assert_int_equal(report(c, &mine, 0, "[[0,60000]]"), 422);
	f->app.fixed_now += 2 * MINUTE;
	assert_int_equal(credited_to(id), 0);
	assert_int_equal(credited_to(other_id), 0);
	client_free(c);
	client_free(other);
}

static void who_is_not_enrolled_is_not_credited(void **state)
{
	struct client *c = client_as(f, w.admin);
	struct view v = { .resource = w.film, .session = "1-00" };
	(void)state;
	get(c, "/resources/%lld", (long long)w.film);
	const char *p = c->status == 200 ? strstr(buf_get(&c->body).p, "data-session=\"") : NULL;
	if (p)
		snprintf(v.session, sizeof v.session, "%.*s", (int)strcspn(p + 14, "\""), p + 14);
	f->app.fixed_now += MINUTE;
	report(c, &v, 0, "[[0,60000]]");
	assert_true(c->status == 409 || c->status == 422);
	assert_int_equal(credited_to(w.admin), 0);
	client_free(c);
}

/* Two devices that send at the same moment, again and again. */
struct device {
	struct client *c;
	struct view v;
	int from;
	atomic_int bad;
};

static void *hammer(void *arg)
{
	struct device *d = arg;
	for (int i = 0; i < 25; i++) {
		long status = report(d->c, &d->v, 1, base_of("[[%d,%d]]", d->from + i * 1000, 1200000 - i));
		if (status != 200 && status != 503)
			atomic_fetch_add(&d->bad, 1);
	}
	return NULL;
}

static void two_devices_at_once_share_one_clock(void **state)
{
	enum { DEVICES = 4 };
	int64_t id;
	struct device d[DEVICES] = { 0 };
	pthread_t t[DEVICES];
	(void)state;
	client_free(a_learner("devices", &id));
	for (int i = 0; i < DEVICES; i++) {
		d[i].c = client_as(f, id);
		d[i].from = i * 100000;
		open_view(d[i].c, i % 2 ? w.film : w.lesson, &d[i].v);
	}
	f->app.fixed_now += 5 * SECOND;
	for (int i = 0; i < DEVICES; i++)
		NEED(pthread_create(&t[i], NULL, hammer, &d[i]) == 0, "thread");
	for (int i = 0; i < DEVICES; i++) {
		pthread_join(t[i], NULL);
		assert_int_equal(atomic_load(&d[i].bad), 0);
		client_free(d[i].c);
	}
	assert_true(credited_to(id) > 0);
	assert_true(credited_to(id) <= 10 * SECOND);
}

static void honest_playing_is_credited_in_full_with_losses_and_resends(void **state)
{
	int64_t id;
	struct client *c = a_learner("honest", &id);
	struct view v;
	char all[2000] = "";
	bool complete = false;
	(void)state;
	open_view(c, w.film, &v);
	/* Every third report is lost; the next one carries its interval again. */
	for (int i = 0, from = 0; i < 120 && !complete; i++) {
		f->app.fixed_now += 10 * SECOND;
		snprintf(all, sizeof all, "[[%d,%d]]", from, (i + 1) * 10000);
		if (i % 3 == 2 && i != 119)
			continue;
		assert_int_equal(report(c, &v, (i + 1) * 10, all), 200);
		assert_int_equal(credited_to(id), (i + 1) * 10000);
		complete = answer_true(c, "complete");
		from = (i + 1) * 10000;
	}
	assert_true(complete);
	assert_int_equal(query_int(f, "SELECT count(*) FROM credit WHERE person_id = %lld AND resource_id = %lld", (long long)id, (long long)w.film), 1);
	client_free(c);
}

static void the_newest_position_stays_though_old_reports_come_late(void **state)
{
	int64_t id;
	struct client *phone = a_learner("positions", &id), *desk = client_as(f, id);
	struct view old, new;
	(void)state;
	open_view(phone, w.film, &old);
	f->app.fixed_now += 30 * SECOND;
	assert_int_equal(report_as(phone, &old, 5, 30, "[[0,30000]]"), 200);
	assert_int_equal(report_as(phone, &old, 2, 12, "[[0,12000]]"), 200); /* late */
	assert_int_equal(query_int(f, "SELECT position_ms FROM progress WHERE person_id = %lld", (long long)id), 30000);
	open_view(desk, w.film, &new);
	f->app.fixed_now += 20 * SECOND;
	assert_int_equal(report_as(desk, &new, 0, 50, "[[30000,50000]]"), 200);
	assert_int_equal(report_as(phone, &old, 6, 31, "[[30000,31000]]"), 200);
	assert_int_equal(query_int(f, "SELECT position_ms FROM progress WHERE person_id = %lld", (long long)id), 50000);
	assert_int_equal(get(phone, "/resources/%lld", (long long)w.film), 200);
	assert_true(body_has(phone, "data-from=\"50\""));
	client_free(phone);
	client_free(desk);
}

static void afterwards_every_figure_still_agrees(void **state)
{
	(void)state;
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
		cmocka_unit_test(twenty_minutes_are_never_credited_in_twenty_seconds),
		cmocka_unit_test(replays_and_reordering_gain_nothing),
		cmocka_unit_test(many_tabs_and_resources_share_one_clock),
		cmocka_unit_test(time_learnt_is_kept_by_thing_day_and_hour_of_the_learner),
		cmocka_unit_test(pages_opened_long_ago_do_not_add_up),
		cmocka_unit_test(time_used_up_in_one_zone_is_used_up_in_another),
		cmocka_unit_test(absurd_intervals_are_refused_or_clipped),
		cmocka_unit_test(scattered_crumbs_fill_no_database),
		cmocka_unit_test(forged_foreign_and_future_views_are_refused),
		cmocka_unit_test(who_is_not_enrolled_is_not_credited),
		cmocka_unit_test(two_devices_at_once_share_one_clock),
		cmocka_unit_test(honest_playing_is_credited_in_full_with_losses_and_resends),
		cmocka_unit_test(the_newest_position_stays_though_old_reports_come_late),
		cmocka_unit_test(afterwards_every_figure_still_agrees),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
