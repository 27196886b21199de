/* Events: who may know of them, what is told when, and that presence is what wall time pays for, whatever pages and organisers say. */
#include "http_test.h"
#include "feature/event/event.h"
#include "feature/event/event_presence.h"
#include "feature/merge/merge.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#define BOUNDARY "b0undary"

static struct fixture *f;
static struct world w;
static struct client *desk; /* manages events of the ministry */
static int64_t competency;

static void pass(int64_t ms)
{
	query_end();
	f->app.fixed_now += ms;
	f->cx.now = f->app.fixed_now;
}

static int64_t now(void)
{
	return f->app.fixed_now;
}

static void work(void)
{
	query_end();
	work_now(f);
}

/* ── builders ── */

static const char *moment(int64_t at)
{
	struct arena *a = arena_new();
	const char *s = base_of("%s", clock_rfc3339(a, at).p);
	arena_free(a);
	return s;
}

static const char *of(int64_t event, const char *tail)
{
	return base_of("/api/v1/orgs/%lld/events/%lld%s", (long long)w.ministry, (long long)event, tail);
}

static const char *described(const char *title, const char *held, int64_t starts, int64_t minutes, bool for_all)
{
	return base_of(
		"{\"title\":\"%s\",\"lang\":\"en\",\"held\":\"%s\",\"link\":\"https://meet.example/r/1\",\"starts_at\":\"%s\",\"minutes\":%lld,\"for_all\":%s,"
		"\"competencies\":\"functional.noting-and-drafting@2\",\"speakers\":\"Asha Rao; Director\",\"agenda\":\"0 Opening\\n10 What the Act asks\","
		"\"agenda_hi\":\"0 \u0906\u0930\u0902\u092d\"}",
		title, held, moment(starts), (long long)minutes, for_all ? "true" : "false");
}

static int64_t a_draft(const char *title, const char *held, int64_t starts, int64_t minutes, bool for_all)
{
	long status = post_json(desk, base_of("/api/v1/orgs/%lld/events", (long long)w.ministry), described(title, held, starts, minutes, for_all));
	NEED(status == 200, "event: %ld %s", status, buf_get(&desk->body).p);
	return json_number(desk, "id");
}

static int64_t an_event(const char *title, const char *held, int64_t starts, int64_t minutes)
{
	int64_t id = a_draft(title, held, starts, minutes, true);
	NEED(post_json(desk, of(id, "/open"), "{}") == 200, "not opened: %s", buf_get(&desk->body).p);
	return id;
}

static long registers(struct client *c, int64_t event)
{
	return post_json(c, base_of("/api/v1/events/%lld/registration", (long long)event), "{}");
}

/* An hour's webinar that begins now, and who is registered for it. */
static int64_t a_webinar(const char *title)
{
	int64_t id = an_event(title, "stream", now() + MINUTE, 60);
	pass(MINUTE);
	NEED(post_json(desk, of(id, "/begin"), "{}") == 200, "not begun: %s", buf_get(&desk->body).p);
	return id;
}

static struct client *somebody(const char *login, int64_t event, int64_t *ret_id)
{
	int64_t id = a_person(f, login, login, w.office, w.boss);
	struct client *c = client_as(f, id);
	NEED(registers(c, event) == 200, "not registered: %s", buf_get(&c->body).p);
	if (ret_id)
		*ret_id = id;
	return c;
}

struct view {
	int64_t event;
	char session[100];
};

static struct view go_in(struct client *c, int64_t event)
{
	struct view v = { .event = event };
	NEED(get(c, "/events/%lld/live", (long long)event) == 200, "live page: %ld", c->status);
	const char *p = strstr(buf_get(&c->body).p, "data-session=\"");
	NEED(p, "no session on the page");
	snprintf(v.session, sizeof v.session, "%.*s", (int)strcspn(p + 14, "\""), p + 14);
	return v;
}

static long say(struct client *c, const struct view *v, int64_t from, int64_t to)
{
	return post_json(c, base_of("/api/v1/events/%lld/presence", (long long)v->event),
			 base_of("{\"session\":\"%s\",\"from_ms\":%lld,\"to_ms\":%lld}", v->session, (long long)from, (long long)to));
}

/* Is there for so long, as the page says it: every half minute. */
static void stay(struct client *c, const struct view *v, int64_t from, int64_t ms)
{
	for (int64_t at = from; at < from + ms; at += 30 * SECOND) {
		pass(30 * SECOND);
		NEED(say(c, v, from, at + 30 * SECOND) == 200, "presence: %ld %s", c->status, buf_get(&c->body).p);
	}
}

static int64_t noted(int64_t event, int64_t person)
{
	return query_int(f, "SELECT COALESCE(max(ms), 0) FROM event_presence WHERE event_id = %lld AND person_id = %lld", (long long)event, (long long)person);
}

static int64_t learnt(int64_t event, int64_t person)
{
	return query_int(f, "SELECT COALESCE(sum(ms), 0) FROM learned WHERE kind = 'event' AND thing_id = %lld AND person_id = %lld", (long long)event,
			 (long long)person);
}

static int64_t evidence(int64_t event, int64_t person)
{
	return query_int(f, "SELECT count(*) FROM evidence WHERE source_id = %lld AND person_id = %lld AND withdrawn_at IS NULL", (long long)event,
			 (long long)person);
}

static int64_t notices(int64_t person, const char *fact)
{
	return query_int(f, "SELECT count(*) FROM notice WHERE person_id = %lld AND fact LIKE '%s%%'", (long long)person, fact);
}

/* ── who knows of it ── */

static void a_draft_is_seen_by_nobody_else_and_an_event_of_an_office_by_its_own(void **state)
{
	int64_t id = a_draft("Inside matters", "stream", now() + 2 * DAY, 60, false);
	struct client *here = client_as(f, w.learner), *there = client_as(f, w.other_learner);
	(void)state;
	assert_int_equal(get(here, "/events/%lld", (long long)id), 404);
	assert_int_equal(registers(here, id), 404);
	assert_int_equal(get(desk, "/events/%lld", (long long)id), 200);
	assert_int_equal(post_json(desk, of(id, "/open"), "{}"), 200);
	assert_int_equal(post_json(desk, of(id, "/open"), "{}"), 409);
	assert_int_equal(get(here, "/events/%lld", (long long)id), 200);
	assert_true(body_has(here, "Asha Rao") && body_has(here, "What the Act asks") && body_has(here, "level 2"));
	assert_int_equal(get(here, "/events"), 200);
	assert_true(body_has(here, "Inside matters"));
	assert_int_equal(get(there, "/events/%lld", (long long)id), 404);
	assert_int_equal(get(there, "/events"), 200);
	assert_false(body_has(there, "Inside matters"));
	assert_int_equal(registers(there, id), 404);
	client_free(here);
	client_free(there);
}

static void only_who_manages_events_of_an_organisation_holds_them(void **state)
{
	int64_t id = an_event("Ours", "stream", now() + DAY, 60);
	struct client *learner = client_as(f, w.learner), *other = client_as(f, w.other_admin);
	(void)state;
	assert_int_equal(get(learner, "/orgs/%lld/events", (long long)w.ministry), 403);
	assert_int_equal(get(other, "/orgs/%lld/events/%lld", (long long)w.ministry, (long long)id), 403);
	assert_int_equal(get(other, "/orgs/%lld/events/%lld", (long long)w.other_ministry, (long long)id), 404);
	assert_int_equal(post_json(other, base_of("/api/v1/orgs/%lld/events/%lld/cancel", (long long)w.other_ministry, (long long)id), "{\"why\":\"no\"}"),
			 404);
	assert_int_equal(get(desk, "/orgs/%lld/events/%lld", (long long)w.ministry, (long long)id), 200);
	assert_int_equal(get(desk, "/orgs/%lld/events", (long long)w.ministry), 200);
	assert_true(body_has(desk, "Ours"));
	client_free(learner);
	client_free(other);
}

static void what_is_typed_wrong_is_said_where_it_stands_and_makes_nothing(void **state)
{
	static const char *const wrong[][2] = {
		{ "title=&lang=en&held=stream&day=2027-01-10&time=10:00&minutes=60", "title" },
		{ "title=A&lang=xx&held=stream&day=2027-01-10&time=10:00&minutes=60", "lang" },
		{ "title=A&lang=en&held=stream&time=10:00&minutes=60", "day" },
		{ "title=A&lang=en&held=stream&day=2027-01-10&time=25:00&minutes=60", "time" },
		{ "title=A&lang=en&held=stream&day=2027-01-10&time=10:00&minutes=0", "minutes" },
		{ "title=A&lang=en&held=stream&day=2027-01-10&time=10:00&minutes=721", "minutes" },
		{ "title=A&lang=en&held=link&link=http://x.example&day=2027-01-10&time=10:00&minutes=60", "link" },
		{ "title=A&lang=en&held=link&link=javascript:alert(1)&day=2027-01-10&time=10:00&minutes=60", "link" },
		{ "title=A&lang=en&held=stream&day=2027-01-10&time=10:00&minutes=60&agenda=ten+Opening", "agenda" },
		{ "title=A&lang=en&held=stream&day=2027-01-10&time=10:00&minutes=60&agenda=10+B%0A5+A", "agenda" },
		{ "title=A&lang=en&held=stream&day=2027-01-10&time=10:00&minutes=60&speakers=%3B+somebody", "speakers" },
		{ "title=A&lang=en&held=stream&day=2027-01-10&time=10:00&minutes=60&competencies=no.such%401", "competencies" },
		{ "title=A&lang=en&held=stream&day=2027-01-10&time=10:00&minutes=60&competencies=%40%40", "competencies" },
		{ "title=A&lang=en&held=stream&day=2027-01-10&time=10:00&minutes=60&series_id=77", "series" },
	};
	int64_t before = query_int(f, "SELECT count(*) FROM event");
	(void)state;
	query_end();
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		long status = post(desk, base_of("/orgs/%lld/events", (long long)w.ministry), wrong[i][0]);
		NEED(status == 422 && body_has(desk, wrong[i][1]), "%s: %ld", wrong[i][0], status);
	}
	assert_int_equal(query_int(f, "SELECT count(*) FROM event"), before);
	assert_int_equal(get(desk, "/events?after=nonsense"), 422);
	assert_int_equal(get(desk, "/events?month=2026-13"), 422);
	assert_int_equal(get(desk, "/events?when=never"), 422);
}

static void a_list_goes_on_by_pages_and_is_cut_by_month_series_and_competency(void **state)
{
	struct client *c = client_as(f, w.learner);
	int64_t far = clock_day_start(S("Asia/Kolkata"), clock_day_of(2031, 5, 10)), n = 0;
	(void)state;
	assert_int_equal(
		post_json(desk, base_of("/api/v1/orgs/%lld/event-series", (long long)w.ministry), "{\"title\":\"Week of talks\",\"title_hi\":\"Vaarta\"}"),
		200);
	int64_t series = json_number(desk, "id");
	for (int i = 0; i < 33; i++)
		an_event(i ? "A talk" : "The first talk", "stream", far + i * HOUR, 30);
	assert_int_equal(get(c, "/api/v1/events?month=2031-05"), 200);
	assert_true(body_has(c, "The first talk"));
	for (const char *p = buf_get(&c->body).p; (p = strstr(p, "\"id\":")); p++)
		n++;
	assert_int_equal(n, 30);
	const char *next = strstr(buf_get(&c->body).p, "\"next\":\"");
	assert_non_null(next);
	char place[80];
	snprintf(place, sizeof place, "%.*s", (int)strcspn(next + 8, "\""), next + 8);
	assert_int_equal(get(c, "/api/v1/events?month=2031-05&after=%s", place), 200);
	assert_false(body_has(c, "The first talk"));
	n = 0;
	for (const char *p = buf_get(&c->body).p; (p = strstr(p, "\"id\":")); p++)
		n++;
	assert_int_equal(n, 3);
	assert_int_equal(get(c, "/api/v1/events?month=2031-06"), 200);
	assert_false(body_has(c, "A talk"));
	assert_int_equal(get(c, "/api/v1/events?month=2031-05&series_id=%lld", (long long)series), 200);
	assert_false(body_has(c, "A talk"));
	assert_int_equal(get(c, "/events?month=2031-05&competency_id=%lld", (long long)competency), 200);
	assert_true(body_has(c, "The first talk") && body_has(c, "Noting"));
	client_free(c);
}

static void a_series_is_public_with_titles_and_times_and_no_more(void **state)
{
	struct client *nobody = client_new(f);
	(void)state;
	assert_int_equal(post_json(desk, base_of("/api/v1/orgs/%lld/event-series", (long long)w.ministry), "{\"title\":\"Daily talks\",\"about\":\"At four\"}"),
			 200);
	int64_t series = json_number(desk, "id");
	const char *one = "{\"title\":\"%s\",\"lang\":\"en\",\"held\":\"link\",\"link\":\"https://meet.example/secret\",\"starts_at\":\"%s\",\"minutes\":60,"
			  "\"for_all\":%s,\"series_id\":\"%lld\"}";
	char json[600];
	for (int i = 0; i < 3; i++) {
		snprintf(json, sizeof json, one,
			 i == 0	  ? "Open talk"
			 : i == 1 ? "Inner talk"
				  : "Planned talk",
			 moment(now() + DAY), i == 1 ? "false" : "true", (long long)series);
		assert_int_equal(post_json(desk, base_of("/api/v1/orgs/%lld/events", (long long)w.ministry), json), 200);
		if (i < 2)
			assert_int_equal(post_json(desk, of(json_number(desk, "id"), "/open"), "{}"), 200);
	}
	assert_int_equal(get(nobody, "/event-series/%lld", (long long)series), 200);
	assert_true(body_has(nobody, "Open talk") && body_has(nobody, "At four"));
	assert_false(body_has(nobody, "Inner talk") || body_has(nobody, "Planned talk") || body_has(nobody, "meet.example"));
	assert_int_equal(get(nobody, "/event-series/77"), 404);
	client_free(nobody);
}

/* ── registration, and what is told ── */

static void a_registration_is_counted_once_and_can_be_withdrawn(void **state)
{
	int64_t id = an_event("Counted", "stream", now() + 3 * DAY, 60);
	struct client *c = client_as(f, w.learner);
	(void)state;
	assert_int_equal(post(c, base_of("/events/%lld/registration", (long long)id), ""), 303);
	assert_int_equal(registers(c, id), 200);
	assert_int_equal(query_int(f, "SELECT n_registered FROM event WHERE id = %lld", (long long)id), 1);
	query_end();
	assert_int_equal(post(c, base_of("/events/%lld/withdrawal", (long long)id), ""), 303);
	assert_int_equal(post(c, base_of("/events/%lld/withdrawal", (long long)id), ""), 409);
	assert_int_equal(query_int(f, "SELECT n_registered FROM event WHERE id = %lld", (long long)id), 0);
	query_end();
	assert_int_equal(registers(c, id), 200);
	assert_int_equal(query_int(f, "SELECT n_registered FROM event WHERE id = %lld", (long long)id), 1);
	assert_int_equal(get(c, "/events?when=mine"), 200);
	assert_true(body_has(c, "Counted"));
	assert_int_equal(get(c, "/events/%lld/event.ics", (long long)id), 200);
	assert_true(body_has(c, "SUMMARY:Counted") && body_has(c, "BEGIN:VEVENT") && !body_has(c, "meet.example"));
	pass(3 * DAY + 2 * HOUR);
	work();
	assert_int_equal(registers(c, id), 409);
	client_free(c);
}

static void who_is_registered_is_told_a_day_and_a_quarter_of_an_hour_before_once_each(void **state)
{
	int64_t id = an_event("Reminded", "stream", now() + 3 * DAY, 60), person, late;
	struct client *c = somebody("reminded", id, &person);
	(void)state;
	work();
	assert_int_equal(notices(person, "event."), 0);
	pass(2 * DAY + MINUTE);
	work();
	work();
	assert_int_equal(notices(person, "event.day"), 1);
	struct client *second = somebody("late", id, &late);
	pass(DAY - 10 * MINUTE);
	work();
	work();
	assert_int_equal(notices(person, "event.soon"), 1);
	assert_int_equal(notices(late, "event.soon"), 1);
	assert_int_equal(notices(late, "event.day"), 0);
	client_free(c);
	client_free(second);
}

static void who_is_registered_is_told_that_it_is_moved_or_cancelled(void **state)
{
	int64_t id = an_event("Moving", "stream", now() + 3 * DAY, 60), person, gone;
	struct client *c = somebody("moved", id, &person), *left = somebody("gone", id, &gone);
	(void)state;
	assert_int_equal(post_json(left, base_of("/api/v1/events/%lld/withdrawal", (long long)id), "{}"), 200);
	assert_int_equal(post_json(desk, of(id, "/change"), described("Moving", "stream", now() + 4 * DAY, 60, true)), 200);
	work();
	assert_int_equal(notices(person, "event.moved"), 1);
	pass(2 * DAY + MINUTE); /* the reminder of the old time */
	work();
	assert_int_equal(notices(person, "event.day"), 0);
	pass(DAY);
	work();
	assert_int_equal(notices(person, "event.day"), 1);
	assert_int_equal(post_json(desk, of(id, "/cancel"), "{\"why\":\"The speaker is ill\"}"), 200);
	work();
	assert_int_equal(notices(person, "event.cancelled"), 1);
	assert_int_equal(notices(gone, "event."), 0);
	assert_int_equal(get(c, "/events/%lld", (long long)id), 200);
	assert_true(body_has(c, "The speaker is ill"));
	assert_int_equal(post_json(desk, of(id, "/change"), described("Moving", "stream", now() + 9 * DAY, 60, true)), 409);
	assert_int_equal(registers(c, id), 409);
	client_free(c);
	client_free(left);
}

static void each_move_is_told_also_back_to_a_time_that_was_told_before(void **state)
{
	int64_t first = now() + 20 * DAY, then = now() + 21 * DAY, person, id = an_event("To and fro", "stream", first, 60);
	struct client *c = somebody("toandfro", id, &person);
	(void)state;
	for (int i = 1; i <= 3; i++) {
		assert_int_equal(post_json(desk, of(id, "/change"), described("To and fro", "stream", i % 2 ? then : first, 60, true)), 200);
		work();
		work();
		assert_int_equal(notices(person, "event.moved"), i);
	}
	client_free(c);
}

/* ── its end ── */

static void an_event_that_is_cancelled_leaves_no_stream_that_waits(void **state)
{
	int64_t id = an_event("Never shown", "stream", now() + DAY, 60);
	(void)state;
	f->app.stream_listen = S("127.0.0.1");
	f->app.ffmpeg = S("/bin/sh"); /* never begun here */
	f->app.rtmp_port = 1935;
	f->app.stream_most = 8;
	assert_int_equal(post_json(desk, of(id, "/stream"), "{\"way\":\"rtmp\"}"), 200);
	assert_int_equal(post_json(desk, of(id, "/cancel"), "{\"why\":\"The speaker is ill\"}"), 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM stream WHERE event_id = %lld AND ended_at IS NOT NULL", (long long)id), 1);
	assert_int_equal(post_json(desk, of(id, "/stream"), "{\"way\":\"rtmp\"}"), 409);
	id = a_webinar("Ended before");
	assert_int_equal(post_json(desk, of(id, "/end"), "{}"), 200);
	assert_int_equal(post_json(desk, of(id, "/stream"), "{\"way\":\"rtmp\"}"), 409);
	assert_int_equal(get(desk, "/orgs/%lld/events/%lld/stream", (long long)w.ministry, (long long)id), 200);
	assert_false(body_has(desk, "name=\"way\""));
	f->app.stream_listen = S("");
}

static void an_event_that_was_to_be_in_a_room_and_is_shown_here_is_not_cut_off_at_its_planned_end(void **state)
{
	int64_t start = now() + HOUR, id = an_event("Shown after all", "link", start, 60);
	(void)state;
	assert_int_equal(post_json(desk, of(id, "/change"), described("Shown after all", "stream", start, 60, true)), 200);
	pass(HOUR);
	assert_int_equal(post_json(desk, of(id, "/begin"), "{}"), 200);
	pass(HOUR + MINUTE);
	work();
	assert_int_equal(query_int(f, "SELECT count(*) FROM event WHERE id = %lld AND state = 'open'", (long long)id), 1);
	pass(EVENT_OVER);
	work();
	assert_int_equal(query_int(f, "SELECT closed_at FROM event WHERE id = %lld AND state = 'ended'", (long long)id), start + HOUR + EVENT_OVER);
}

/* ── presence ── */

static void presence_is_no_faster_than_time_and_only_from_the_real_beginning_on(void **state)
{
	int64_t person, id = an_event("Timely", "stream", now() + 10 * MINUTE, 60);
	struct client *c = somebody("timely", id, &person);
	struct view v = { .event = id };
	(void)state;
	assert_int_equal(get(c, "/events/%lld/live", (long long)id), 200);
	assert_true(body_has(c, "It has not begun yet"));
	pass(15 * MINUTE);
	snprintf(v.session, sizeof v.session, "1-abc");
	assert_int_equal(say(c, &v, 0, 30000), 422); /* a token that nobody gave out */
	assert_int_equal(post_json(desk, of(id, "/begin"), "{}"), 200);
	assert_int_equal(post_json(desk, of(id, "/begin"), "{}"), 409);
	pass(2 * MINUTE);
	v = go_in(c, id);
	pass(30 * SECOND);
	assert_int_equal(say(c, &v, 0, 150 * SECOND), 200); /* two and a half minutes, of which half a minute was on this page */
	assert_int_equal(noted(id, person), 30 * SECOND);
	assert_int_equal(learnt(id, person), 30 * SECOND);
	assert_int_equal(say(c, &v, 0, 4 * MINUTE), 422); /* the future */
	assert_int_equal(say(c, &v, 60000, 60000), 422);
	assert_int_equal(say(c, &v, 60000, 30000), 422);
	assert_int_equal(noted(id, person), 30 * SECOND);
	client_free(c);
}

static void a_report_that_comes_twice_or_from_two_devices_counts_once(void **state)
{
	int64_t person, id = a_webinar("Twice");
	struct client *c = somebody("twice", id, &person), *phone = client_as(f, person);
	struct view v = go_in(c, id), u = go_in(phone, id);
	(void)state;
	pass(30 * SECOND);
	assert_int_equal(say(c, &v, 0, 30 * SECOND), 200);
	unsigned with_news = c->statements;
	assert_int_equal(say(c, &v, 0, 30 * SECOND), 200);
	unsigned without = c->statements;
	assert_int_equal(say(phone, &u, 0, 30 * SECOND), 200);
	assert_int_equal(noted(id, person), 30 * SECOND);
	pass(30 * SECOND);
	assert_int_equal(say(phone, &u, 0, MINUTE), 200);
	assert_int_equal(say(c, &v, 30 * SECOND, MINUTE), 200);
	assert_int_equal(noted(id, person), MINUTE);
	assert_int_equal(learnt(id, person), MINUTE);
	printf("statements of a report: %u with news, %u without\n", with_news, without);
	assert_true(without + 4 <= with_news && with_news <= 7);
	client_free(c);
	client_free(phone);
}

static void two_events_or_a_film_at_the_same_time_are_paid_once(void **state)
{
	int64_t person, one = a_webinar("One of two"), two = a_webinar("Two of two");
	struct client *c = somebody("both", one, &person);
	(void)state;
	assert_int_equal(registers(c, two), 200);
	assert_int_equal(post_json(c, base_of("/api/v1/courses/%lld/enrolment", (long long)w.course), "{}"), 200);
	struct view v = go_in(c, one), u = go_in(c, two);
	int64_t at_one = query_int(f, "SELECT began_at FROM event WHERE id = %lld", (long long)one),
		at_two = query_int(f, "SELECT began_at FROM event WHERE id = %lld", (long long)two);
	int64_t from_one = now() - at_one, from_two = now() - at_two;
	pass(MINUTE);
	assert_int_equal(say(c, &v, from_one, from_one + MINUTE), 200);
	assert_int_equal(say(c, &u, from_two, from_two + MINUTE), 200);
	assert_int_equal(noted(one, person) + noted(two, person), MINUTE);
	client_free(c);
}

static void who_was_there_for_four_fifths_has_attended_and_that_is_evidence_once(void **state)
{
	int64_t person, id = a_webinar("Long enough");
	struct client *c = somebody("attends", id, &person);
	struct view v = go_in(c, id);
	(void)state;
	stay(c, &v, 0, 47 * MINUTE);
	assert_false(answer_true(c, "done"));
	assert_int_equal(evidence(id, person), 0);
	stay(c, &v, 47 * MINUTE, MINUTE);
	assert_true(answer_true(c, "done"));
	assert_int_equal(evidence(id, person), 1);
	stay(c, &v, 48 * MINUTE, 2 * MINUTE);
	assert_int_equal(evidence(id, person), 1);
	assert_int_equal(noted(id, person), 50 * MINUTE);
	assert_int_equal(learnt(id, person), 50 * MINUTE);
	assert_int_equal(get(c, "/events/%lld/live", (long long)id), 200);
	assert_true(body_has(c, "50 of 60 minutes noted"));
	assert_int_equal(post_json(desk, of(id, "/end"), "{}"), 200);
	pass(30 * SECOND);
	assert_int_equal(say(c, &v, 49 * MINUTE, 50 * MINUTE), 200); /* on its way when it ended */
	assert_int_equal(noted(id, person), 50 * MINUTE);
	pass(MINUTE);
	assert_int_equal(say(c, &v, 50 * MINUTE, 51 * MINUTE), 409);
	work();
	assert_int_equal(evidence(id, person), 1);
	assert_int_equal(get(c, "/events?when=past"), 200);
	assert_true(body_has(c, "Long enough") && body_has(c, "Attended"));
	client_free(c);
}

static void an_event_that_ends_early_is_attended_by_who_was_there_for_four_fifths_of_that(void **state)
{
	int64_t person, other, id = a_webinar("Short");
	struct client *c = somebody("stayer", id, &person), *brief = somebody("brief", id, &other);
	struct view v = go_in(c, id), u = go_in(brief, id);
	(void)state;
	pass(30 * SECOND);
	assert_int_equal(say(brief, &u, 0, 30 * SECOND), 200);
	assert_int_equal(say(c, &v, 0, 30 * SECOND), 200);
	stay(c, &v, 30 * SECOND, 19 * MINUTE);
	assert_int_equal(evidence(id, person), 0);
	assert_int_equal(post_json(desk, of(id, "/end"), "{}"), 200);
	work();
	assert_int_equal(evidence(id, person), 1);
	assert_int_equal(evidence(id, other), 0);
	assert_int_equal(post_json(desk, of(id, "/end"), "{}"), 409);
	client_free(c);
	client_free(brief);
}

static void an_event_that_nobody_ends_ends_half_an_hour_after_its_time(void **state)
{
	int64_t person, id = a_webinar("Forgotten");
	struct client *c = somebody("forgotten", id, &person);
	(void)state;
	pass(60 * MINUTE);
	work();
	assert_int_equal(query_int(f, "SELECT count(*) FROM event WHERE id = %lld AND state = 'open'", (long long)id), 1);
	struct view v = go_in(c, id);
	pass(32 * MINUTE);
	work();
	assert_int_equal(query_int(f, "SELECT count(*) FROM event WHERE id = %lld AND state = 'ended'", (long long)id), 1);
	assert_int_equal(say(c, &v, 60 * MINUTE, 61 * MINUTE), 409);
	client_free(c);
}

static void without_a_script_a_button_says_so_every_ten_minutes(void **state)
{
	int64_t person, id = a_webinar("By hand");
	struct client *c = somebody("byhand", id, &person);
	struct view v = go_in(c, id);
	(void)state;
	assert_true(body_has(c, "I am here"));
	pass(9 * MINUTE);
	assert_int_equal(post(c, base_of("/events/%lld/here", (long long)id), base_of("session=%s", v.session)), 303);
	assert_int_equal(noted(id, person), 9 * MINUTE);
	v = go_in(c, id);
	pass(25 * MINUTE);
	assert_int_equal(post(c, base_of("/events/%lld/here", (long long)id), base_of("session=%s", v.session)), 303);
	assert_int_equal(noted(id, person), 19 * MINUTE); /* ten of the twenty-five */
	assert_int_equal(post(c, base_of("/events/%lld/here", (long long)id), "session=1-0"), 422);
	client_free(c);
}

static void who_is_not_registered_is_not_noted(void **state)
{
	int64_t id = a_webinar("Uninvited");
	struct client *c = client_as(f, w.colleague), *in = somebody("invited", id, NULL);
	struct view own = go_in(in, id), v = own;
	(void)state;
	assert_int_equal(get(c, "/events/%lld/live", (long long)id), 200);
	assert_true(body_has(c, "You are not registered"));
	assert_false(body_has(c, "data-session"));
	pass(30 * SECOND);
	assert_int_equal(say(c, &v, 0, 30 * SECOND), 422); /* somebody else's page */
	assert_int_equal(noted(id, w.colleague), 0);
	assert_int_equal(post_json(in, base_of("/api/v1/events/%lld/presence", (long long)id), "{\"session\":5,\"from_ms\":\"x\",\"to_ms\":-1}"), 422);
	assert_int_equal(post_json(in, base_of("/api/v1/events/%lld/presence", (long long)id), "[1,2"), 400);
	client_free(c);
	client_free(in);
}

/* ── rooms of somebody else's ── */

static void the_link_is_for_who_is_registered_from_a_quarter_of_an_hour_before(void **state)
{
	int64_t id = an_event("Elsewhere", "link", now() + HOUR, 60);
	struct client *c = somebody("linked", id, NULL), *other = client_as(f, w.colleague);
	(void)state;
	assert_int_equal(get(c, "/events/%lld", (long long)id), 200);
	assert_false(body_has(c, "meet.example"));
	pass(46 * MINUTE);
	assert_int_equal(get(c, "/events/%lld", (long long)id), 200);
	assert_true(body_has(c, "meet.example"));
	assert_int_equal(get(other, "/events/%lld", (long long)id), 200);
	assert_false(body_has(other, "meet.example"));
	assert_int_equal(get(other, "/api/v1/events/%lld", (long long)id), 200);
	assert_false(body_has(other, "meet.example"));
	assert_int_equal(get(c, "/events/%lld/live", (long long)id), 404);
	pass(2 * HOUR);
	assert_int_equal(get(c, "/events/%lld", (long long)id), 200);
	assert_false(body_has(c, "meet.example"));
	client_free(c);
	client_free(other);
}

static long bring(int64_t event, const char *csv)
{
	char body[4000];
	int n = snprintf(body, sizeof body,
			 "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n--" BOUNDARY
			 "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"room.csv\"\r\nContent-Type: text/csv\r\n\r\n%s\r\n--" BOUNDARY "--\r\n",
			 desk->csrf, csv);
	return send_raw(desk, "POST", base_of("/orgs/%lld/events/%lld/attendance", (long long)w.ministry, (long long)event),
			"multipart/form-data; boundary=" BOUNDARY, body, (size_t)n);
}

/* What was brought last, with the digest of what it would do. */
static int64_t looked_at(int64_t event, char *digest)
{
	int64_t list = query_int(f, "SELECT max(id) FROM event_report WHERE event_id = %lld", (long long)event);
	query_end();
	NEED(get(desk, "/api/v1/orgs/%lld/events/%lld/attendance/%lld", (long long)w.ministry, (long long)event, (long long)list) == 200, "list: %ld",
	     desk->status);
	const char *p = strstr(buf_get(&desk->body).p, "\"digest\":\"");
	NEED(p, "no digest");
	snprintf(digest, 80, "%.*s", (int)strcspn(p + 10, "\""), p + 10);
	return list;
}

static long act(int64_t event, int64_t list, const char *what, const char *digest)
{
	return post_json(desk, base_of("/api/v1/orgs/%lld/events/%lld/attendance/%lld/%s", (long long)w.ministry, (long long)event, (long long)list, what),
			 digest ? base_of("{\"digest\":\"%s\"}", digest) : "{}");
}

static void a_list_is_looked_at_carried_out_as_shown_and_taken_back(void **state)
{
	int64_t person, half, id = an_event("Room", "link", now() + HOUR, 60);
	struct client *c = somebody("roomy", id, &person), *b = somebody("halfroomy", id, &half);
	char digest[80], csv[1000];
	(void)state;
	assert_int_equal(bring(id, "person,minutes\r\nroomy@example.gov.in,50\r\n"), 409); /* not ended yet */
	pass(HOUR);
	int64_t start = now();
	pass(HOUR);
	work();
	snprintf(csv, sizeof csv,
		 "email,minutes,joined,left\r\nroomy@example.gov.in,500,,\r\nhalfroomy@example.gov.in,,%s,%s\r\nhalfroomy@example.gov.in,,%s,%s\r\n"
		 "nobody@example.org,10,,\r\nroomy@example.gov.in,soon,,\r\nhalfroomy@example.gov.in,,11:99,12:00\r\n",
		 moment(start - 10 * MINUTE), moment(start + 20 * MINUTE), moment(start + 10 * MINUTE), moment(start + 30 * MINUTE));
	assert_int_equal(bring(id, csv), 303);
	assert_int_equal(noted(id, person), 0);
	int64_t list = looked_at(id, digest);
	assert_int_equal(get(desk, "/orgs/%lld/events/%lld/attendance/%lld", (long long)w.ministry, (long long)id, (long long)list), 200);
	assert_true(body_has(desk, "3 lines are left out") && body_has(desk, "2 people would be noted otherwise"));
	assert_int_equal(act(id, list, "apply", "00"), 409);
	/* In between a program says something else: what was shown is not what would be. */
	assert_int_equal(post_json(desk, of(id, "/attendance-entries"), "{\"person\":\"roomy@example.gov.in\",\"minutes\":12}"), 200);
	assert_int_equal(act(id, list, "apply", digest), 409);
	assert_int_equal(looked_at(id, digest), list);
	assert_int_equal(act(id, list, "apply", digest), 200);
	assert_int_equal(act(id, list, "apply", digest), 409);
	assert_int_equal(noted(id, person), HOUR);	/* never more than it took */
	assert_int_equal(noted(id, half), 30 * MINUTE); /* what overlaps, once; before it began, not */
	assert_int_equal(learnt(id, person), HOUR);
	assert_int_equal(evidence(id, person), 1);
	assert_int_equal(evidence(id, half), 0);
	assert_int_equal(get(c, "/events/%lld", (long long)id), 200);
	assert_true(body_has(c, "As the organiser reported it"));
	assert_int_equal(act(id, list, "undo", NULL), 200);
	assert_int_equal(noted(id, person), 12 * MINUTE);
	assert_int_equal(learnt(id, person), 12 * MINUTE);
	assert_int_equal(learnt(id, half), 0);
	assert_int_equal(evidence(id, person), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM event_presence WHERE event_id = %lld AND person_id = %lld", (long long)id, (long long)half), 0);
	query_end();
	assert_int_equal(act(id, list, "undo", NULL), 409);
	client_free(c);
	client_free(b);
}

static void a_list_that_cannot_be_read_is_refused_whole(void **state)
{
	int64_t id = an_event("Unread", "link", now() + HOUR, 60), stream = a_webinar("Streamed");
	(void)state;
	pass(3 * HOUR);
	work();
	assert_int_equal(bring(id, ""), 422);
	assert_int_equal(bring(id, "person,minutes\r\n"), 422);
	assert_int_equal(bring(id, "person,minutes\r\n\"unclosed,3\r\n"), 422);
	assert_int_equal(bring(stream, "person,minutes\r\nlearner@example.gov.in,5\r\n"), 409);
	assert_int_equal(query_int(f, "SELECT count(*) FROM event_report WHERE event_id IN (%lld, %lld)", (long long)id, (long long)stream), 0);
}

static void a_program_says_it_as_often_as_it_likes(void **state)
{
	int64_t person, id = an_event("By program", "link", now() + HOUR, 60);
	struct client *c = somebody("programmed", id, &person), *other = client_as(f, w.other_admin);
	(void)state;
	pass(3 * HOUR);
	work();
	for (int i = 0; i < 3; i++)
		assert_int_equal(post_json(desk, of(id, "/attendance-entries"), "{\"person\":\"programmed@example.gov.in\",\"minutes\":55}"), 200);
	assert_int_equal(noted(id, person), 55 * MINUTE);
	assert_int_equal(learnt(id, person), 55 * MINUTE);
	assert_int_equal(evidence(id, person), 1);
	query_end();
	assert_int_equal(post_json(desk, of(id, "/attendance-entries"), "{\"person\":\"programmed@example.gov.in\",\"minutes\":5}"), 200);
	assert_int_equal(learnt(id, person), 5 * MINUTE);
	assert_int_equal(evidence(id, person), 0);
	query_end();
	assert_int_equal(post_json(desk, of(id, "/attendance-entries"), "{\"person\":\"programmed@example.gov.in\",\"minutes\":-5}"), 422);
	assert_int_equal(post_json(desk, of(id, "/attendance-entries"), "{\"person\":\"nobody@example.org\",\"minutes\":5}"), 404);
	assert_int_equal(post_json(other, of(id, "/attendance-entries"), "{\"person\":\"programmed@example.gov.in\",\"minutes\":60}"), 403);
	client_free(c);
	client_free(other);
}

static void who_was_there_has_attended_also_when_the_competency_has_ended_since(void **state)
{
	int64_t person, roomy, room = an_event("A room of what ended", "link", now() + MINUTE, 10), id = a_webinar("Of what ended");
	struct client *c = somebody("endedwith", id, &person), *other = somebody("endedin", room, &roomy);
	struct view v = go_in(c, id);
	(void)state;
	tamper(f, "UPDATE competency SET until_day = %lld WHERE id = %lld", (long long)clock_day_in_india(now()), (long long)competency);
	stay(c, &v, 0, 20 * MINUTE);
	assert_int_equal(post_json(desk, of(id, "/end"), "{}"), 200);
	work();
	assert_int_equal(post_json(desk, of(room, "/attendance-entries"), "{\"person\":\"endedin@example.gov.in\",\"minutes\":10}"), 200);
	assert_int_equal(
		query_int(f, "SELECT count(*) FROM event_presence WHERE event_id IN (%lld, %lld) AND done_at IS NOT NULL", (long long)id, (long long)room), 2);
	assert_int_equal(evidence(id, person) + evidence(room, roomy), 0);
	query_end();
	tamper(f, "UPDATE competency SET until_day = NULL WHERE id = %lld", (long long)competency);
	query_end();
	client_free(c);
	client_free(other);
}

/* ── afterwards ── */

static long send_file(int64_t event, const char *tail, const char *name, const char *bytes, const char *length)
{
	char body[4000];
	int n = snprintf(body, sizeof body,
			 "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n--" BOUNDARY
			 "\r\nContent-Disposition: form-data; name=\"length\"\r\n\r\n%s\r\n--" BOUNDARY
			 "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: video/mp4\r\n\r\n%s\r\n--" BOUNDARY "--\r\n",
			 desk->csrf, length, name, bytes);
	return send_raw(desk, "POST", base_of("/orgs/%lld/events/%lld/%s", (long long)w.ministry, (long long)event, tail),
			"multipart/form-data; boundary=" BOUNDARY, body, (size_t)n);
}

static void a_recording_becomes_a_course_of_one_film_that_the_event_shows(void **state)
{
	static const char captions[] = "WEBVTT\n\n00:00.000 --> 00:04.000\nGood afternoon.\n\n00:04.000 --> 00:09.000\nThirty days are enough.\n";
	static const char film[] = "....ftypisom of a film that nobody plays in this test";
	int64_t person, id = a_webinar("Recorded");
	struct client *c = somebody("recorded", id, &person);
	(void)state;
	struct view v = go_in(c, id);
	stay(c, &v, 0, 5 * MINUTE);
	assert_int_equal(send_file(id, "captions", "a.vtt", captions, ""), 409); /* it goes on */
	assert_int_equal(post_json(desk, of(id, "/end"), "{}"), 200);
	assert_int_equal(send_file(id, "recording", "a.mp4", film, "5:00"), 409); /* no captions yet */
	assert_int_equal(send_file(id, "captions", "a.vtt", "nothing of the kind", ""), 422);
	assert_int_equal(send_file(id, "captions", "a.vtt", captions, ""), 303);
	assert_int_equal(send_file(id, "recording", "a.mp4", film, "five minutes"), 422);
	assert_int_equal(send_file(id, "recording", "a.mp4", film, "5:00"), 303);
	int64_t resource = query_int(f, "SELECT recording_id FROM event WHERE id = %lld", (long long)id),
		course = query_int(f, "SELECT course_id FROM event WHERE id = %lld", (long long)id);
	query_end();
	assert_int_equal(get(c, "/events/%lld", (long long)id), 200);
	assert_true(body_has(c, base_of("/resources/%lld", (long long)resource)));
	assert_int_equal(post_json(c, base_of("/api/v1/courses/%lld/enrolment", (long long)course), "{}"), 200);
	assert_int_equal(get(c, "/resources/%lld", (long long)resource), 200);
	assert_true(body_has(c, "<video") && body_has(c, "Thirty days are enough"));
	/* Both times count, each as what it is. */
	const char *p = strstr(buf_get(&c->body).p, "data-session=\"");
	char session[100];
	snprintf(session, sizeof session, "%.*s", (int)strcspn(p + 14, "\""), p + 14);
	pass(MINUTE);
	assert_int_equal(post_json(c, base_of("/api/v1/resources/%lld/progress", (long long)resource),
				   base_of("{\"session\":\"%s\",\"seq\":0,\"position\":60,\"intervals\":[[0,60000]]}", session)),
			 200);
	assert_int_equal(learnt(id, person), 5 * MINUTE);
	assert_int_equal(query_int(f, "SELECT sum(ms) FROM learned WHERE kind = 'resource' AND thing_id = %lld", (long long)resource), MINUTE);
	query_end();
	/* A better one is a revision of the same course. */
	assert_int_equal(send_file(id, "captions", "a.vtt", captions, ""), 303);
	assert_int_equal(send_file(id, "recording", "b.mp4", "....ftypisom another", "4:00"), 303);
	assert_int_equal(query_int(f, "SELECT recording_id FROM event WHERE id = %lld", (long long)id), resource);
	assert_int_equal(query_int(f, "SELECT ms FROM resource WHERE id = %lld", (long long)resource), 4 * MINUTE);
	client_free(c);
}

static void a_film_that_is_brought_at_the_same_time_does_not_come_into_this_one(void **state)
{
	static const char captions[] = "WEBVTT\n\n00:00.000 --> 00:04.000\nGood afternoon.\n";
	int64_t id = a_webinar("Brought twice");
	char path[400];
	(void)state;
	assert_int_equal(post_json(desk, of(id, "/end"), "{}"), 200);
	assert_int_equal(send_file(id, "captions", "a.vtt", captions, ""), 303);
	/* As far as the other one has come. */
	snprintf(path, sizeof path, "%.*s/import", STR_ARG(f->app.data_dir));
	(void)mkdir(path, 0750);
	snprintf(path, sizeof path, "%.*s/import/event-%lld", STR_ARG(f->app.data_dir), (long long)id);
	NEED(mkdir(path, 0750) == 0, "no %s", path);
	snprintf(path + strlen(path), sizeof path - strlen(path), "/01-recording");
	NEED(mkdir(path, 0750) == 0, "no %s", path);
	snprintf(path + strlen(path), sizeof path - strlen(path), "/02-other.md");
	FILE *file = fopen(path, "w");
	NEED(file, "no %s", path);
	fputs("half of", file);
	fclose(file);
	assert_int_equal(send_file(id, "recording", "a.mp4", "....ftypisom of this one", "5:00"), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM resource WHERE course_id = (SELECT course_id FROM event WHERE id = %lld)", (long long)id), 1);
	query_end();
	assert_int_equal(access(path, F_OK), 0);
	/* Nothing of its own stays. */
	snprintf(path, sizeof path, "%.*s/import", STR_ARG(f->app.data_dir));
	DIR *d = opendir(path);
	NEED(d, "no %s", path);
	for (struct dirent *e; (e = readdir(d));)
		assert_true(e->d_name[0] == '.' || str_starts(str_of(e->d_name), S("event-")));
	closedir(d);
}

/* ── people ── */

static void organisers_see_who_is_registered_and_who_was_there(void **state)
{
	int64_t person, id = a_webinar("Seen");
	struct client *c = somebody("zarinaseen", id, &person), *absent = somebody("absent", id, NULL);
	(void)state;
	struct view v = go_in(c, id);
	stay(c, &v, 0, 3 * MINUTE);
	assert_int_equal(get(desk, "/orgs/%lld/events/%lld/people", (long long)w.ministry, (long long)id), 200);
	assert_true(body_has(desk, "zarinaseen") && body_has(desk, "absent"));
	assert_int_equal(get(desk, "/orgs/%lld/events/%lld/people?q=zar", (long long)w.ministry, (long long)id), 200);
	assert_true(body_has(desk, "zarinaseen") && !body_has(desk, ">absent<"));
	tamper(f, "UPDATE person SET name = 'सुनीता शर्मा', sort_key = 'सुनीता शर्मा' WHERE id = %lld", (long long)person);
	assert_int_equal(get(desk, "/orgs/%lld/events/%lld/people?q=%s", (long long)w.ministry, (long long)id, "%E0%A4%B8%E0%A5%81"), 200);
	assert_true(body_has(desk, "सुनीता शर्मा") && !body_has(desk, ">absent<"));
	tamper(f, "UPDATE person SET name = 'zarinaseen', sort_key = 'zarinaseen' WHERE id = %lld", (long long)person);
	assert_int_equal(get(desk, "/orgs/%lld/events/%lld/people.csv", (long long)w.ministry, (long long)id), 200);
	assert_true(body_has(desk, "\"zarinaseen\"") && body_has(desk, "\"3\",\"live\""));
	assert_int_equal(get(c, "/orgs/%lld/events/%lld/people.csv", (long long)w.ministry, (long long)id), 403);
	client_free(c);
	client_free(absent);
}

static void somebody_who_is_named_leads_it(void **state)
{
	int64_t id = a_draft("Led", "stream", now() + DAY, 60, true);
	struct client *c = client_as(f, w.colleague);
	(void)state;
	assert_int_equal(post_json(desk, of(id, "/moderators"), "{\"called\":\"colleague@example.gov.in\"}"), 200);
	assert_int_equal(post_json(desk, of(id, "/moderators"), "{\"called\":\"no.such@example.gov.in\"}"), 404);
	assert_int_equal(get(c, "/events/%lld", (long long)id), 200);
	assert_int_equal(get(c, "/orgs/%lld/events/%lld", (long long)w.ministry, (long long)id), 403);
	assert_int_equal(post_json(desk, of(id, base_of("/moderators/%lld/remove", (long long)w.colleague)), "{}"), 200);
	assert_int_equal(post_json(desk, of(id, base_of("/moderators/%lld/remove", (long long)w.colleague)), "{}"), 404);
	assert_int_equal(get(c, "/events/%lld", (long long)id), 404);
	client_free(c);
}

/* How often the lines of somebody were to be judged again. */
static int64_t judged(int64_t person)
{
	int64_t n = query_int(f, "SELECT count(*) FROM live_message WHERE kind = 'person' AND thing_id = %lld AND what = 'again'", (long long)person);
	query_end();
	return n;
}

static void who_leads_no_more_or_does_not_come_after_all_hears_no_more(void **state)
{
	int64_t person, id = an_event("Heard", "stream", now() + DAY, 60);
	struct client *c = somebody("heard", id, &person);
	(void)state;
	assert_int_equal(post_json(desk, of(id, "/moderators"), "{\"called\":\"heard@example.gov.in\"}"), 200);
	int64_t before = judged(person);
	assert_int_equal(post_json(desk, of(id, base_of("/moderators/%lld/remove", (long long)person)), "{}"), 200);
	assert_int_equal(judged(person), before + 1);
	assert_int_equal(post_json(c, base_of("/api/v1/events/%lld/withdrawal", (long long)id), "{}"), 200);
	assert_int_equal(judged(person), before + 2);
	client_free(c);
}

static void two_accounts_of_one_person_were_there_once(void **state)
{
	int64_t a, b, id = a_webinar("Double"), join;
	struct client *one = somebody("double", id, &a), *two = somebody("double2", id, &b);
	struct view v = go_in(one, id), u = go_in(two, id);
	(void)state;
	pass(30 * SECOND);
	assert_int_equal(say(one, &v, 0, 30 * SECOND), 200);
	stay(two, &u, 0, MINUTE);
	assert_int_equal(query_int(f, "SELECT n_registered FROM event WHERE id = %lld", (long long)id), 2);
	query_end();
	assert_int_equal(post_json(desk, base_of("/api/v1/orgs/%lld/duplicates/%lld/%lld/join", (long long)w.ministry, (long long)a, (long long)b), "{}"), 200);
	join = json_number(desk, "id");
	assert_int_equal(query_int(f, "SELECT n_registered FROM event WHERE id = %lld", (long long)id), 1);
	assert_int_equal(noted(id, a), MINUTE);
	query_end();
	assert_int_equal(post_json(desk, base_of("/api/v1/orgs/%lld/merges/%lld/undo", (long long)w.ministry, (long long)join), "{}"), 200);
	assert_int_equal(query_int(f, "SELECT n_registered FROM event WHERE id = %lld", (long long)id), 2);
	assert_int_equal(noted(id, a), 30 * SECOND);
	assert_int_equal(noted(id, b), MINUTE);
	client_free(one);
	client_free(two);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	a_framework(f, "framework/kcm.csv", w.root);
	competency = competency_named(f, "functional.noting-and-drafting");
	schedule_work(f);
	desk = client_as(f, w.admin);
	return 0;
}

static int end(void **state)
{
	(void)state;
	client_free(desk);
	query_end();
	assert_int_equal(check_findings(f), 0);
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_draft_is_seen_by_nobody_else_and_an_event_of_an_office_by_its_own),
		cmocka_unit_test(only_who_manages_events_of_an_organisation_holds_them),
		cmocka_unit_test(what_is_typed_wrong_is_said_where_it_stands_and_makes_nothing),
		cmocka_unit_test(a_list_goes_on_by_pages_and_is_cut_by_month_series_and_competency),
		cmocka_unit_test(a_series_is_public_with_titles_and_times_and_no_more),
		cmocka_unit_test(a_registration_is_counted_once_and_can_be_withdrawn),
		cmocka_unit_test(who_is_registered_is_told_a_day_and_a_quarter_of_an_hour_before_once_each),
		cmocka_unit_test(who_is_registered_is_told_that_it_is_moved_or_cancelled),
		cmocka_unit_test(each_move_is_told_also_back_to_a_time_that_was_told_before),
		cmocka_unit_test(an_event_that_is_cancelled_leaves_no_stream_that_waits),
		cmocka_unit_test(an_event_that_was_to_be_in_a_room_and_is_shown_here_is_not_cut_off_at_its_planned_end),
		cmocka_unit_test(presence_is_no_faster_than_time_and_only_from_the_real_beginning_on),
		cmocka_unit_test(a_report_that_comes_twice_or_from_two_devices_counts_once),
		cmocka_unit_test(two_events_or_a_film_at_the_same_time_are_paid_once),
		cmocka_unit_test(who_was_there_for_four_fifths_has_attended_and_that_is_evidence_once),
		cmocka_unit_test(an_event_that_ends_early_is_attended_by_who_was_there_for_four_fifths_of_that),
		cmocka_unit_test(an_event_that_nobody_ends_ends_half_an_hour_after_its_time),
		cmocka_unit_test(without_a_script_a_button_says_so_every_ten_minutes),
		cmocka_unit_test(who_is_not_registered_is_not_noted),
		cmocka_unit_test(the_link_is_for_who_is_registered_from_a_quarter_of_an_hour_before),
		cmocka_unit_test(a_list_is_looked_at_carried_out_as_shown_and_taken_back),
		cmocka_unit_test(a_list_that_cannot_be_read_is_refused_whole),
		cmocka_unit_test(a_program_says_it_as_often_as_it_likes),
		cmocka_unit_test(who_was_there_has_attended_also_when_the_competency_has_ended_since),
		cmocka_unit_test(a_recording_becomes_a_course_of_one_film_that_the_event_shows),
		cmocka_unit_test(a_film_that_is_brought_at_the_same_time_does_not_come_into_this_one),
		cmocka_unit_test(organisers_see_who_is_registered_and_who_was_there),
		cmocka_unit_test(somebody_who_is_named_leads_it),
		cmocka_unit_test(who_leads_no_more_or_does_not_come_after_all_hears_no_more),
		cmocka_unit_test(two_accounts_of_one_person_were_there_once),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
