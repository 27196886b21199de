/* What counts in a learning week: events, programmes and charchas that are listed, or that name a competency; and that people read and find it. */
#include "batch.h"
#include "feature/campaign/campaign_thing.h"
#include "week.h"

static struct fixture *f;
static struct world w;
static int64_t today, week, competency;
static int64_t on_list, not_on_list, programme, session, other_session, charcha, other_charcha;

static const char *path(int64_t campaign, const char *rest)
{
	return base_of("/api/v1/orgs/%lld/campaigns/%lld/%s", (long long)w.root, (long long)campaign, rest);
}

static long say(int64_t campaign, const char *rest, const char *json)
{
	struct client *c = client_as(f, w.operator);
	long status = post_json(c, path(campaign, rest), json);
	client_free(c);
	follow(f);
	return status;
}

static long list(int64_t campaign, int64_t thing)
{
	return say(campaign, "things", base_of("{\"called\":\"%lld\"}", (long long)thing));
}

static void link_to(const char *kind, int64_t id)
{
	tamper(f, "INSERT INTO %s_competency (%s_id, competency_id, level) VALUES (%lld, %lld, 2)", kind, kind, (long long)id, (long long)competency);
	query_end();
}

/* ── what is on the list ── */

static void a_listed_event_counts_and_another_one_does_not(void **state)
{
	int64_t person = a_person(f, "listener", "listener", w.office, w.boss);
	(void)state;
	learn(f, person, "event", on_list, NONE, 5 * MINUTE, noon(today));
	learn(f, person, "event", not_on_list, NONE, 7 * MINUTE, noon(today) + HOUR);
	follow(f);
	assert_int_equal(mine(f, week, person, "ms"), 5 * MINUTE);
	assert_int_equal(figure(f, week, w.office, "ms"), 5 * MINUTE);
	assert_int_equal(list(week, not_on_list), 200);
	assert_int_equal(mine(f, week, person, "ms"), 12 * MINUTE);
	assert_int_equal(figure(f, week, w.root, "ms"), 12 * MINUTE);
	assert_int_equal(say(week, base_of("things/%lld/remove", (long long)not_on_list), "{}"), 200);
	assert_int_equal(say(week, base_of("things/%lld/remove", (long long)not_on_list), "{}"), 404);
	assert_int_equal(figure(f, week, w.root, "ms"), 5 * MINUTE);
}

static void a_programme_counts_by_its_sessions_and_its_courses_stay_courses(void **state)
{
	int64_t person = a_person(f, "participant", "participant", w.office, w.boss);
	(void)state;
	tamper(f,
	       "INSERT INTO programme_part (id, programme_id, n, kind, phase, must, title, title_hi, words, course_id) VALUES (%lld, %lld, 1, 'course', "
	       "'before', TRUE, "
	       "'Before', '', '', %lld)",
	       (long long)new_id(&f->cx), (long long)programme, (long long)w.course);
	query_end();
	learn(f, person, "session", session, NONE, 6 * MINUTE, noon(today));
	learn(f, person, "session", other_session, NONE, 8 * MINUTE, noon(today) + HOUR);
	learn(f, person, "resource", w.film, w.course, MINUTE, noon(today) + 2 * HOUR);
	assert_int_equal(mine(f, week, person, "ms"), 6 * MINUTE);
	assert_int_equal(say(week, "courses", base_of("{\"called\":\"%lld\"}", (long long)w.course)), 200);
	assert_int_equal(mine(f, week, person, "ms"), 7 * MINUTE);
	assert_int_equal(say(week, base_of("courses/%lld/remove", (long long)w.course), "{}"), 200);
}

static void a_listed_charcha_counts_and_another_one_does_not(void **state)
{
	int64_t person = a_person(f, "talker", "talker", w.office, w.boss);
	(void)state;
	learn(f, person, "charcha", charcha, NONE, 9 * MINUTE, noon(today));
	learn(f, person, "charcha", other_charcha, NONE, 4 * MINUTE, noon(today) + HOUR);
	assert_int_equal(mine(f, week, person, "ms"), 9 * MINUTE);
	assert_int_equal(say(week, "counts", "{\"events\":\"listed\",\"programmes\":\"listed\",\"charchas\":\"all\"}"), 200);
	assert_int_equal(mine(f, week, person, "ms"), 13 * MINUTE);
	assert_int_equal(say(week, "counts", "{\"events\":\"listed\",\"programmes\":\"listed\",\"charchas\":\"none\"}"), 200);
	assert_int_equal(mine(f, week, person, "ms"), 0);
	assert_int_equal(list(week, other_charcha), 409); /* of its kind the list is not asked */
	assert_int_equal(say(week, "counts", "{\"events\":\"listed\",\"programmes\":\"listed\",\"charchas\":\"listed\"}"), 200);
	assert_int_equal(mine(f, week, person, "ms"), 9 * MINUTE);
	assert_int_equal(query_int(f, "SELECT count(*) FROM audit WHERE action = 'campaign.kinds' AND before LIKE '%%\"charchas\":\"none\"%%'"), 1);
	query_end();
}

static void what_is_taken_off_takes_hours_but_no_target_that_was_reached(void **state)
{
	int64_t person = a_person(f, "there", "there", w.other_office, w.other_boss);
	struct client *c = client_as(f, person);
	(void)state;
	learn(f, person, "event", on_list, NONE, 31 * MINUTE, noon(today));
	follow(f);
	assert_int_equal(figure(f, week, w.other_office, "n_reached"), 1);
	assert_int_equal(say(week, base_of("things/%lld/remove", (long long)on_list), "{}"), 200);
	assert_int_equal(mine(f, week, person, "ms"), 0);
	assert_int_equal(figure(f, week, w.other_office, "ms"), 0);
	assert_int_equal(figure(f, week, w.other_office, "n_reached"), 1);
	assert_int_equal(get(c, "/campaigns/%lld/certificate", (long long)week), 200);
	assert_int_equal(check_findings(f), 0);
	assert_int_equal(list(week, on_list), 200);
	assert_int_equal(figure(f, week, w.other_office, "ms"), 31 * MINUTE);
	client_free(c);
}

/* ── linked to competencies ── */

static void a_campaign_by_competency_takes_nothing_that_names_none(void **state)
{
	int64_t person = a_person(f, "linked", "linked", w.office, w.boss),
		linked = given_event(
			f, &(struct given_event){ .org_id = w.root, .title = "With a competency", .starts_at = noon(today), .ends_at = noon(today) + HOUR });
	(void)state;
	link_to("event", linked);
	link_to("programme", programme);
	link_to("charcha", charcha);
	(void)a_campaign(f, w.admin, w.ministry, "All of all", today, today + 6, "\"counts\":\"competency\",\"events\":\"all\"", 422);
	int64_t own = a_campaign(f, w.admin, w.ministry, "Week of competencies", today, today + 6,
				 "\"counts\":\"competency\",\"events\":\"linked\",\"programmes\":\"linked\",\"charchas\":\"linked\"", 200);
	learn(f, person, "event", linked, NONE, MINUTE, noon(today));
	learn(f, person, "event", on_list, NONE, 2 * MINUTE, noon(today) + HOUR);
	learn(f, person, "session", session, NONE, 3 * MINUTE, noon(today) + HOUR);
	learn(f, person, "session", other_session, NONE, 4 * MINUTE, noon(today) + HOUR);
	learn(f, person, "charcha", charcha, NONE, 5 * MINUTE, noon(today) + HOUR);
	learn(f, person, "charcha", other_charcha, NONE, 6 * MINUTE, noon(today) + HOUR);
	assert_int_equal(mine(f, own, person, "ms"), 9 * MINUTE);
	/* Nor on a list. */
	struct client *c = client_as(f, w.admin);
	const char *counts = base_of("/api/v1/orgs/%lld/campaigns/%lld/counts", (long long)w.ministry, (long long)own),
		   *things = base_of("/api/v1/orgs/%lld/campaigns/%lld/things", (long long)w.ministry, (long long)own);
	assert_int_equal(post_json(c, counts, "{\"events\":\"all\",\"programmes\":\"none\",\"charchas\":\"none\"}"), 422);
	assert_int_equal(post_json(c, counts, "{\"events\":\"listed\",\"programmes\":\"none\",\"charchas\":\"none\"}"), 200);
	assert_int_equal(post_json(c, things, base_of("{\"called\":\"%lld\"}", (long long)on_list)), 409);
	assert_true(body_has(c, "names no competency"));
	assert_int_equal(post_json(c, things, base_of("{\"called\":\"%lld\"}", (long long)linked)), 200);
	assert_int_equal(mine(f, own, person, "ms"), MINUTE);
	/* It loses the competency: on the list still, it counts no more, and the page says so. */
	tamper(f, "DELETE FROM event_competency WHERE event_id = %lld", (long long)linked);
	query_end();
	assert_int_equal(mine(f, own, person, "ms"), 0);
	assert_int_equal(get(c, "/orgs/%lld/campaigns/%lld/counts", (long long)w.ministry, (long long)own), 200);
	assert_true(body_has(c, "does not count"));
	client_free(c);
	query_end();
}

static void a_campaign_keeps_what_it_was_announced_with(void **state)
{
	int64_t person = a_person(f, "earlier", "earlier", w.other_office, w.other_boss),
		own = a_campaign(f, w.other_admin, w.other_ministry, "Week of before", today, today + 6, "\"counts\":\"competency\"", 200);
	struct client *c = client_as(f, w.other_admin);
	(void)state;
	tamper(f, "UPDATE campaign SET events = 'all' WHERE id = %lld", (long long)own); /* as the migration makes of one with events */
	query_end();
	learn(f, person, "event", not_on_list, NONE, 3 * MINUTE, noon(today));
	assert_int_equal(mine(f, own, person, "ms"), 3 * MINUTE);
	assert_int_equal(get(c, "/orgs/%lld/campaigns/%lld/counts", (long long)w.other_ministry, (long long)own), 200);
	assert_true(body_has(c, "also without a competency: so this campaign was announced"));
	assert_int_equal(
		post(c, base_of("/orgs/%lld/campaigns/%lld/counts", (long long)w.other_ministry, (long long)own), "events=all&programmes=linked&charchas=none"),
		303);
	assert_int_equal(mine(f, own, person, "ms"), 3 * MINUTE);
	client_free(c);
	query_end();
}

/* ── finding and showing ── */

static void things_are_found_by_words_code_and_number_and_listed_by_their_whole_name(void **state)
{
	struct client *c = client_as(f, w.operator), *admin = client_as(f, w.admin);
	(void)state;
	for (int i = 0; i < 2; i++)
		(void)given_event(f, &(struct given_event){
					     .org_id = w.root, .title = "100% of a Morning", .starts_at = noon(today + 1), .ends_at = noon(today + 1) + HOUR });
	(void)given_event(
		f, &(struct given_event){ .org_id = w.root, .title = "Morning draft", .state = "draft", .starts_at = noon(today), .ends_at = noon(today) + 1 });
	int64_t few = given_event(
		f, &(struct given_event){
			   .org_id = w.other_ministry, .title = "Morning of few", .for_few = true, .starts_at = noon(today), .ends_at = noon(today) + 1 });
	query_end();
	assert_int_equal(get(c, "/orgs/%lld/campaigns/%lld/counts?words=mORNING", (long long)w.root, (long long)week), 200);
	assert_true(body_has(c, "100% of a Morning") && body_has(c, "Morning of few"));
	assert_false(body_has(c, "Morning draft"));
	assert_int_equal(get(c, "%s?words=HALF", path(week, "things/found")), 200);
	assert_true(body_has(c, "\"items\":[]"));
	assert_int_equal(get(c, "%s?words=ethics", path(week, "things/found")), 200); /* a code, in part of which nothing is found */
	assert_int_equal(json_number(c, "thing_id"), programme);
	assert_true(answer_true(c, "listed"));
	assert_int_equal(say(week, "things", "{\"called\":\"100% of a morning\"}"), 409); /* two are called so */
	assert_int_equal(say(week, "things", "{\"called\":\"Morning\"}"), 404);
	assert_int_equal(say(week, "things", "{\"called\":\"morning OF few\"}"), 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM campaign_thing WHERE campaign_id = %lld AND thing_id = %lld", (long long)week, (long long)few), 1);
	query_end();
	/* Those below read it and change nothing. */
	assert_int_equal(get(admin, "/orgs/%lld/campaigns/%lld/counts", (long long)w.ministry, (long long)week), 200);
	assert_true(body_has(admin, "Morning of few"));
	assert_false(body_has(admin, "/remove"));
	assert_int_equal(post_json(admin, base_of("/api/v1/orgs/%lld/campaigns/%lld/things", (long long)w.ministry, (long long)week), "{\"called\":\"x\"}"),
			 403);
	client_free(admin);
	client_free(c);
}

static void a_long_list_pages(void **state)
{
	struct client *c = client_as(f, w.operator);
	int64_t first = 0;
	(void)state;
	for (int i = 0; i < 55; i++) {
		int64_t id = given_event(f, &(struct given_event){ .org_id = w.root,
								   .title = i ? "Daily" : "The earliest of all",
								   .starts_at = noon(today - 90 + i),
								   .ends_at = noon(today - 90 + i) + HOUR });
		first = first ? first : id;
		tamper(f, "INSERT INTO campaign_thing (campaign_id, thing_id, kind) VALUES (%lld, %lld, 'event')", (long long)week, (long long)id);
	}
	query_end();
	assert_int_equal(get(c, "/orgs/%lld/campaigns/%lld/counts", (long long)w.root, (long long)week), 200);
	assert_true(body_has(c, "Daily") && body_has(c, "?before="));
	assert_false(body_has(c, "The earliest of all"));
	assert_int_equal(get(c, "/orgs/%lld/campaigns/%lld/counts?before=%lld", (long long)w.root, (long long)week, (long long)first + 1), 200);
	assert_true(body_has(c, "The earliest of all"));
	client_free(c);
}

static void people_read_what_counts_and_are_shown_that_alone(void **state)
{
	int64_t person = a_person(f, "reader", "reader", w.office, w.boss), soon = f->app.fixed_now + HOUR;
	struct client *c = client_as(f, person);
	int64_t now = given_event(f,
				  &(struct given_event){ .org_id = w.root, .title = "Webinar that counts", .starts_at = soon, .ends_at = soon + 20 * MINUTE }),
		past = given_event(
			f, &(struct given_event){ .org_id = w.root, .title = "Webinar of yesterday", .starts_at = soon - DAY, .ends_at = soon - DAY + HOUR });
	(void)state;
	(void)given_event(f, &(struct given_event){ .org_id = w.root, .title = "Webinar of another kind", .starts_at = soon, .ends_at = soon + HOUR });
	int64_t batch = query_int(f, "SELECT batch_id FROM batch_session WHERE id = %lld", (long long)session);
	query_end();
	given_seat(f, batch, person, w.office);
	(void)given_session(f, batch, "Hour of ethics", soon + 2 * HOUR, soon + 3 * HOUR);
	query_end();
	assert_int_equal(list(week, now), 200);
	assert_int_equal(list(week, past), 200);
	assert_int_equal(say(week, "courses", base_of("{\"called\":\"%lld\"}", (long long)w.course)), 200);
	assert_int_equal(get(c, "/campaigns/%lld", (long long)week), 200);
	assert_true(body_has(c, "Events that are on the list count.") && body_has(c, "Courses that are on the list count."));
	assert_true(body_has(c, base_of("/events/%lld", (long long)now)) && body_has(c, "Webinar that counts"));
	assert_false(body_has(c, "Webinar of another kind"));
	assert_false(body_has(c, "Webinar of yesterday"));
	assert_true(body_has(c, "Hour of ethics") && body_has(c, base_of("/programmes/%lld", (long long)programme)));
	assert_true(body_has(c, base_of("/courses/%lld", (long long)w.course)) && body_has(c, "you have not begun"));
	/* For today: the session, for which there is a seat, and (the hour fills the day) not the webinar as well. */
	const char *plan = strstr(buf_get(&c->body).p, "this one thing:"), *end = plan ? strstr(plan, "</section>") : NULL;
	assert_true(plan && end);
	assert_true(strstr(plan, "Hour of ethics") < end);
	assert_true(strstr(plan, "Webinar that counts") > end);
	client_free(c);
}

static int end(void **state)
{
	(void)state;
	follow(f);
	assert_int_equal(check_findings(f), 0);
	fixture_end(f);
	return 0;
}

static int64_t a_class(const char *code)
{
	int64_t of = given_programme(f, &(struct given_programme){ .org_id = w.institute, .code = code }),
		batch = given_batch(f,
				    &(struct given_batch){ .programme_id = of, .org_id = w.institute, .starts_at = noon(today), .ends_at = noon(today + 3) });
	return given_session(f, batch, "First hour", noon(today), noon(today) + HOUR);
}

static int64_t programme_of(int64_t of_session)
{
	return query_int(f, "SELECT b.programme_id FROM batch_session s JOIN batch b ON b.id = s.batch_id WHERE s.id = %lld", (long long)of_session);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	competency = query_int(f, "SELECT min(id) FROM competency");
	if (!competency) {
		query_end();
		a_framework(f, "framework/kcm.csv", w.root);
		competency = query_int(f, "SELECT min(id) FROM competency");
	}
	query_end();
	today = clock_day_in_india(f->app.fixed_now) + 1;
	f->app.fixed_now = noon(today) + 4 * HOUR;
	f->cx.now = f->app.fixed_now;
	schedule_work(f);
	on_list = given_event(f, &(struct given_event){ .org_id = w.root, .title = "Files", .starts_at = noon(today), .ends_at = noon(today) + HOUR });
	not_on_list = given_event(f, &(struct given_event){ .org_id = w.root, .title = "Letters", .starts_at = noon(today), .ends_at = noon(today) + HOUR });
	session = a_class("ethics");
	other_session = a_class("other");
	charcha = given_charcha(f, w.root, "Trust", noon(today));
	other_charcha = given_charcha(f, w.root, "Time", noon(today));
	programme = programme_of(session);
	query_end();
	week = a_campaign(f, w.operator, w.root, "National Learning Week", today, today + 7,
			  "\"counts\":\"listed\",\"events\":\"listed\",\"programmes\":\"listed\",\"charchas\":\"listed\"", 200);
	NEED(list(week, on_list) == 200 && say(week, "things", "{\"called\":\"ethics\"}") == 200 && list(week, charcha) == 200, "not listed");
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_listed_event_counts_and_another_one_does_not),
		cmocka_unit_test(a_programme_counts_by_its_sessions_and_its_courses_stay_courses),
		cmocka_unit_test(a_listed_charcha_counts_and_another_one_does_not),
		cmocka_unit_test(what_is_taken_off_takes_hours_but_no_target_that_was_reached),
		cmocka_unit_test(a_campaign_by_competency_takes_nothing_that_names_none),
		cmocka_unit_test(a_campaign_keeps_what_it_was_announced_with),
		cmocka_unit_test(things_are_found_by_words_code_and_number_and_listed_by_their_whole_name),
		cmocka_unit_test(a_long_list_pages),
		cmocka_unit_test(people_read_what_counts_and_are_shown_that_alone),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
