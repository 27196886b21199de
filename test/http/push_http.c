/* Notices on devices: once for a fact, for its person's browsers alone, as chosen, not at night, not after they were read; and whoever does not
 * answer at the other end holds up nobody. */
#include "feature/enrolment/enrolment.h"
#include "feature/notice/notice.h"
#include "feature/push/push.h"
#include "http_test.h"
#include "push_service.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static struct fixture *f;
static struct world w;
static struct push_service *service;

/* ── building ── */

static void pass(int64_t ms)
{
	f->app.fixed_now += ms;
	f->cx.now = f->app.fixed_now;
}

/* The next moment at which it is so late in India. */
static void go_to(int hour)
{
	int64_t day = clock_day(S("Asia/Kolkata"), f->app.fixed_now), at = clock_day_start(S("Asia/Kolkata"), day) + hour * HOUR;
	pass((at > f->app.fixed_now ? at : at + DAY) - f->app.fixed_now);
}

static enum err tell_in_tx(struct ctx *cx, void *arg)
{
	return notice_tell(cx, arg);
}

static void tell(enum notice_kind kind, int64_t person, const char *fact)
{
	const struct msg_arg arg = { "course", S("Opening a “register”") };
	struct notice n = { .kind = kind, .person_id = person, .fact = str_of(fact), .text = N_("You have completed “{course}”. Your certificate is ready."), .args = &arg, .n_args = 1,
			    .path = S("/me/learning") };
	in_tx(f, tell_in_tx, &n);
}

static long ask(struct client *c, const char *endpoint, const char *p256dh, const char *auth)
{
	char json[6000];
	snprintf(json, sizeof json, "{\"endpoint\":\"%s\",\"p256dh\":\"%s\",\"auth\":\"%s\"}", endpoint, p256dh, auth);
	return post_json(c, "/api/v1/me/push", json);
}

/* Allows notices in a browser that subscribed at the service under this path; the session in which that was. */
static struct client *allow_at(int64_t person, struct browser *b, const struct push_service *s, const char *path)
{
	struct client *c = client_as(f, person);
	browser_new(b, s, path);
	assert_int_equal(ask(c, b->endpoint, b->p256dh, b->secret), 200);
	return c;
}

static struct client *allow(int64_t person, struct browser *b, const char *path)
{
	return allow_at(person, b, service, path);
}

static enum err end_all(struct ctx *cx, void *arg)
{
	struct push_devices_row *rows;
	size_t n;
	TRY(push_sql_devices(cx, *(const int64_t *)arg, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(push_end(cx, *(const int64_t *)arg, rows[i].id));
	return OK;
}

/* No device is left, and the service is in a good mood. */
static void clear(int64_t person, struct client *c, struct browser *b)
{
	in_tx(f, end_all, &person);
	push_service_mood(service, SERVICE_GOOD);
	client_free(c);
	browser_free(b);
}

static int64_t devices(int64_t person)
{
	return query_int(f, "SELECT count(*) FROM push_device WHERE person_id = %lld", (long long)person);
}

static int64_t waiting(void)
{
	return query_int(f, "SELECT count(*) FROM push");
}

static void choose(int64_t person, const char *form, long status)
{
	struct client *c = client_as(f, person);
	char text[300];
	snprintf(text, sizeof text, "%s&quiet_from=21%%3A00&quiet_until=08%%3A00", form);
	assert_int_equal(post(c, "/me/notices", text), status);
	client_free(c);
}

/* What the browser got last; the empty text: nothing that it can read. */
static const char *shown(const struct browser *b)
{
	static char text[4000];
	struct push_call call;
	text[0] = 0;
	if (push_service_last(service, b->path, &call))
		NEED(browser_opens(b, &call, text, sizeof text), "what was sent to %s does not open", b->path);
	return text;
}

/* ── what comes, and to whom ── */

static void a_notice_comes_once_for_one_browser_alone_and_says_from_whom(void **state)
{
	struct browser b, other;
	struct push_call call;
	struct client *c = allow(w.learner, &b, "/wpush/once");
	char text[4000], key[200], value[200];
	(void)state;
	browser_new(&other, service, "/wpush/once");
	size_t before = push_service_calls(service);
	tell(NOTICE_reminder, w.learner, "test:once");
	tell(NOTICE_reminder, w.learner, "test:once");
	tell(NOTICE_reminder, w.colleague, "test:of-another");
	work_now(f);
	assert_int_equal(push_service_calls(service), before + 1);
	assert_true(push_service_last(service, b.path, &call));
	assert_true(browser_opens(&b, &call, text, sizeof text));
	assert_non_null(strstr(text, "\"title\":\"A reminder of a course\",\"text\":\"You have completed “Opening a “register””. Your certificate is ready.\",\"path\":\"/me/learning\",\"lang\":\"en\""));
	snprintf(value, sizeof value, "\"id\":\"%lld\"", (long long)query_int(f, "SELECT id FROM notice WHERE fact = 'test:once'"));
	assert_non_null(strstr(text, value));
	assert_false(browser_opens(&other, &call, text, sizeof text));
	snprintf(key, sizeof key, "%s", push_public_key(&f->cx).p);
	assert_true(push_call_is_from(&call, key, text, sizeof text));
	snprintf(value, sizeof value, "\"aud\":\"http://127.0.0.1:%u\"", push_service_port(service));
	assert_non_null(strstr(text, value));
	assert_non_null(strstr(text, f->base));
	assert_string_equal(push_call_header(&call, "TTL", value, sizeof value), "172800");
	assert_string_equal(push_call_header(&call, "Urgency", value, sizeof value), "normal");
	push_call_header(&call, "Topic", value, sizeof value);
	assert_true(value[0] && strlen(value) <= 32 && strspn(value, "0123456789abcdef") == strlen(value));
	assert_int_equal(waiting(), 0);
	pass(DAY);
	work_now(f);
	assert_int_equal(push_service_calls(service), before + 1);
	browser_free(&other);
	clear(w.learner, c, &b);
}

static void the_text_is_in_the_language_of_the_person(void **state)
{
	struct browser b;
	struct client *c = allow(w.learner, &b, "/wpush/hindi");
	(void)state;
	go_to(12);
	tamper(f, "UPDATE person SET lang = 'hi' WHERE id = %lld", (long long)w.learner);
	tell(NOTICE_reminder, w.learner, "test:hindi");
	tamper(f, "UPDATE person SET lang = 'en' WHERE id = %lld", (long long)w.learner);
	work_now(f);
	assert_non_null(strstr(shown(&b), "\"lang\":\"hi\""));
	assert_null(strstr(shown(&b), "completed"));
	clear(w.learner, c, &b);
}

static void all_devices_of_a_person_are_told(void **state)
{
	struct browser a, b;
	struct client *c = allow(w.learner, &a, "/wpush/a"), *d = allow(w.learner, &b, "/wpush/b");
	(void)state;
	go_to(12);
	tell(NOTICE_reminder, w.learner, "test:both");
	work_now(f);
	assert_string_not_equal(shown(&a), "");
	assert_string_not_equal(shown(&b), "");
	client_free(d);
	browser_free(&b);
	clear(w.learner, c, &a);
}

/* ── as chosen ── */

static void each_kind_comes_as_it_was_chosen(void **state)
{
	struct browser b;
	struct client *c = allow(w.learner, &b, "/wpush/chosen");
	struct push_call call;
	char value[20];
	(void)state;
	go_to(12);
	size_t before = push_service_calls(service);
	choose(w.learner, "push.reminder=no&mail.reminder=now", 303);
	tell(NOTICE_reminder, w.learner, "test:letter-alone");
	tell(NOTICE_certificate, w.learner, "test:not-usually");
	work_now(f);
	assert_int_equal(push_service_calls(service), before);
	assert_int_equal(query_int(f, "SELECT count(*) FROM mail WHERE fact = 'test:letter-alone'"), 1);
	/* As the form sends it: a ticked box comes behind its "no". */
	choose(w.learner, "push.reminder=no&push.reminder=now&mail.reminder=no&push.certificate=now", 303);
	tell(NOTICE_reminder, w.learner, "test:device-alone");
	work_now(f);
	assert_int_equal(push_service_calls(service), before + 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM mail WHERE fact = 'test:device-alone'"), 0);
	tell(NOTICE_certificate, w.learner, "test:wanted");
	work_now(f);
	assert_int_equal(push_service_calls(service), before + 2);
	/* What concerns safety is told, whatever was chosen, and shown at once. */
	choose(w.learner, "push.role=no", 422);
	choose(w.learner, "push.nothing=now", 422);
	choose(w.learner, "push.reminder=digest", 422);
	tell(NOTICE_role, w.learner, "test:role");
	work_now(f);
	assert_true(push_service_last(service, b.path, &call));
	assert_string_equal(push_call_header(&call, "Urgency", value, sizeof value), "high");
	clear(w.learner, c, &b);
}

static void at_night_devices_are_quiet_but_for_what_concerns_safety(void **state)
{
	struct browser b;
	struct client *c = allow(w.learner, &b, "/wpush/night");
	(void)state;
	go_to(23);
	size_t before = push_service_calls(service);
	tell(NOTICE_reminder, w.learner, "test:night");
	pass(2 * MINUTE);
	work_now(f);
	assert_int_equal(push_service_calls(service), before);
	tell(NOTICE_acting, w.learner, "test:night-safety");
	work_now(f);
	assert_int_equal(push_service_calls(service), before + 1);
	go_to(8);
	pass(2 * MINUTE);
	work_now(f);
	assert_int_equal(push_service_calls(service), before + 2);
	assert_int_equal(waiting(), 0);
	clear(w.learner, c, &b);
}

static void what_was_read_or_withdrawn_meanwhile_is_not_sent(void **state)
{
	struct browser b;
	struct client *c = allow(w.learner, &b, "/wpush/read"), *boss = client_as(f, w.boss);
	struct civil due = clock_date(person_today(&f->cx) + 10);
	char path[100], form[200];
	(void)state;
	go_to(22);
	size_t before = push_service_calls(service);
	tell(NOTICE_reminder, w.learner, "test:read");
	snprintf(path, sizeof path, "/notices/%lld/open", (long long)query_int(f, "SELECT id FROM notice WHERE fact = 'test:read'"));
	assert_int_equal(post(c, path, ""), 303);
	snprintf(path, sizeof path, "/people/%lld/assignments", (long long)w.learner);
	snprintf(form, sizeof form, "course_id=%lld&due_day=%04d-%02d-%02d&reason=needed", (long long)w.course, due.year, due.month, due.day);
	assert_int_equal(post(boss, path, form), 303);
	assert_int_equal(waiting(), 2);
	snprintf(path, sizeof path, "/people/%lld/assignments/%lld/withdraw", (long long)w.learner, (long long)w.course);
	assert_int_equal(post(boss, path, ""), 303);
	go_to(8);
	pass(2 * MINUTE);
	work_now(f);
	assert_int_equal(push_service_calls(service), before);
	assert_int_equal(waiting(), 0);
	client_free(boss);
	clear(w.learner, c, &b);
}

/* ── what push services answer ── */

static void a_browser_that_is_gone_is_forgotten(void **state)
{
	static const enum service_mood moods[] = { SERVICE_UNKNOWN, SERVICE_GONE };
	struct browser b;
	char fact[30];
	(void)state;
	go_to(12);
	for (size_t i = 0; i < 2; i++) {
		struct client *c = allow(w.learner, &b, "/wpush/gone");
		snprintf(fact, sizeof fact, "test:gone:%zu", i);
		push_service_mood(service, moods[i]);
		tell(NOTICE_reminder, w.learner, fact);
		tell(NOTICE_role, w.learner, fact + 1);
		work_now(f);
		assert_int_equal(devices(w.learner), 0);
		assert_int_equal(waiting(), 0);
		clear(w.learner, c, &b);
	}
}

static void a_service_that_asks_for_patience_is_left_alone_so_long(void **state)
{
	struct browser b;
	struct client *c = allow(w.learner, &b, "/wpush/slower");
	(void)state;
	go_to(9);
	size_t before = push_service_calls(service);
	push_service_mood(service, SERVICE_SLOWER); /* two hours */
	tell(NOTICE_reminder, w.learner, "test:slower:1");
	work_now(f);
	assert_int_equal(push_service_calls(service), before + 1);
	push_service_mood(service, SERVICE_GOOD);
	pass(HOUR);
	tell(NOTICE_reminder, w.learner, "test:slower:2");
	work_now(f);
	pass(HOUR - MINUTE);
	work_now(f);
	assert_int_equal(push_service_calls(service), before + 1);
	pass(2 * MINUTE);
	work_now(f);
	assert_int_equal(push_service_calls(service), before + 3);
	assert_int_equal(waiting(), 0);
	assert_int_equal(query_int(f, "SELECT fails FROM push_device"), 0);
	clear(w.learner, c, &b);
}

static void a_service_in_trouble_is_tried_again_until_it_is_of_no_use(void **state)
{
	static const enum service_mood moods[] = { SERVICE_BUSY, SERVICE_UNTRUSTED, SERVICE_ELSEWHERE };
	struct browser b;
	struct client *c = allow(w.learner, &b, "/wpush/busy");
	char fact[30];
	(void)state;
	go_to(9);
	for (size_t i = 0; i < 3; i++) {
		size_t before = push_service_calls(service);
		push_service_mood(service, moods[i]);
		snprintf(fact, sizeof fact, "test:busy:%zu", i);
		tell(NOTICE_reminder, w.learner, fact);
		work_now(f);
		assert_int_equal(push_service_calls(service), before + 1); /* and no way elsewhere is followed */
		push_service_mood(service, SERVICE_GOOD);
		pass(30 * SECOND);
		work_now(f);
		assert_int_equal(push_service_calls(service), before + 1);
		pass(MINUTE);
		work_now(f);
		assert_int_equal(push_service_calls(service), before + 2);
	}
	push_service_mood(service, SERVICE_BUSY);
	tell(NOTICE_reminder, w.learner, "test:busy:for-long");
	work_now(f);
	pass(PUSH_LIFE + MINUTE);
	push_service_mood(service, SERVICE_GOOD);
	size_t before = push_service_calls(service);
	work_now(f);
	assert_int_equal(push_service_calls(service), before);
	assert_int_equal(waiting(), 0);
	clear(w.learner, c, &b);
}

static void what_is_wrong_in_itself_is_not_sent_again(void **state)
{
	struct browser b;
	struct client *c = allow(w.learner, &b, "/wpush/wrong");
	(void)state;
	go_to(12);
	push_service_mood(service, SERVICE_REFUSES);
	tell(NOTICE_reminder, w.learner, "test:wrong");
	work_now(f);
	assert_int_equal(waiting(), 0);
	assert_int_equal(devices(w.learner), 1);
	clear(w.learner, c, &b);
}

static void a_device_that_does_not_answer_for_a_month_is_forgotten(void **state)
{
	struct browser b;
	struct client *c = allow(w.learner, &b, "/wpush/month");
	char fact[30];
	(void)state;
	push_service_mood(service, SERVICE_BUSY);
	for (int day = 0; day < 33; day++) {
		go_to(12);
		snprintf(fact, sizeof fact, "test:month:%d", day);
		tell(NOTICE_reminder, w.learner, fact);
		work_now(f);
		if (day == 20)
			assert_int_equal(devices(w.learner), 1);
	}
	assert_int_equal(devices(w.learner), 0);
	clear(w.learner, c, &b);
}

static void one_that_hangs_holds_up_no_other(void **state)
{
	struct push_service *hanging = push_service_start();
	struct browser bad, good;
	struct client *c = allow_at(w.learner, &bad, hanging, "/wpush/hangs"), *d = allow(w.colleague, &good, "/wpush/good");
	(void)state;
	go_to(12);
	push_service_mood(hanging, SERVICE_SILENT);
	tell(NOTICE_reminder, w.learner, "test:hangs");
	tell(NOTICE_reminder, w.colleague, "test:good");
	work_now(f);
	assert_string_not_equal(shown(&good), "");
	assert_int_equal(waiting(), 1);
	/* It is not even asked while it is left alone. */
	size_t asked = push_service_connections(hanging), before = push_service_calls(service);
	int64_t begun = clock_monotonic();
	tell(NOTICE_reminder, w.learner, "test:hangs:2");
	tell(NOTICE_reminder, w.colleague, "test:good:2");
	work_now(f);
	assert_int_equal(push_service_calls(service), before + 1);
	assert_int_equal(push_service_connections(hanging), asked);
	assert_true(clock_monotonic() - begun < PUSH_SECONDS * SECOND * 1000000 / 2);
	push_service_mood(hanging, SERVICE_GOOD);
	pass(10 * MINUTE);
	work_now(f);
	assert_int_equal(waiting(), 0);
	assert_int_equal(push_service_calls(hanging), 2);
	clear(w.learner, c, &bad);
	clear(w.colleague, d, &good);
	push_service_end(hanging);
}

static void the_network_of_the_installation_is_not_entered(void **state)
{
	struct browser b;
	struct client *c = allow(w.learner, &b, "/wpush/inside");
	struct str networks = f->app.private_networks;
	(void)state;
	go_to(12);
	size_t asked = push_service_connections(service);
	f->app.private_networks = S("");
	tell(NOTICE_reminder, w.learner, "test:inside");
	work_now(f);
	assert_int_equal(ask(c, b.endpoint, b.p256dh, b.secret), 422);
	f->app.private_networks = networks;
	assert_int_equal(push_service_connections(service), asked);
	assert_int_equal(waiting(), 1);
	clear(w.learner, c, &b);
}

/* ── devices ── */

static void what_no_browser_gives_is_refused_by_name(void **state)
{
	static const char *const endpoints[] = { "http://push.example/x", "ftp://push.example/x", "https://a:b@push.example/x", "push.example", "https://push.example/#x" };
	struct browser b;
	struct client *c = client_as(f, w.learner);
	(void)state;
	browser_new(&b, service, "/wpush/refused");
	for (size_t i = 0; i < sizeof endpoints / sizeof *endpoints; i++) {
		assert_int_equal(ask(c, endpoints[i], b.p256dh, b.secret), 422);
		assert_true(body_has(c, "\"field\":\"endpoint\""));
	}
	assert_int_equal(ask(c, b.endpoint, b.secret, b.secret), 422);
	assert_true(body_has(c, "\"field\":\"p256dh\""));
	assert_int_equal(ask(c, b.endpoint, b.p256dh, b.p256dh), 422);
	assert_int_equal(devices(w.learner), 0);
	clear(w.learner, c, &b);
}

static void devices_of_others_are_neither_seen_nor_ended(void **state)
{
	struct browser b;
	struct client *c = allow(w.learner, &b, "/wpush/mine"), *other = client_as(f, w.colleague), *again = client_as(f, w.learner);
	char path[100];
	(void)state;
	assert_int_equal(get(c, "/api/v1/me/push"), 200);
	int64_t id = json_number(c, "id");
	assert_true(id == query_int(f, "SELECT id FROM push_device") && answer_true(c, "here"));
	assert_false(body_has(c, "wpush") || body_has(c, b.p256dh) || body_has(c, b.secret));
	assert_int_equal(get(again, "/api/v1/me/push"), 200);
	assert_true(json_number(again, "id") == id && !answer_true(again, "here"));
	assert_int_equal(get(other, "/api/v1/me/push"), 200);
	assert_true(body_has(other, "\"items\":[]"));
	snprintf(path, sizeof path, "/api/v1/me/push/%lld/end", (long long)id);
	assert_int_equal(post_json(other, path, "{}"), 404);
	assert_int_equal(devices(w.learner), 1);
	assert_int_equal(post_json(again, path, "{}"), 200);
	assert_int_equal(post_json(again, path, "{}"), 404);
	assert_int_equal(devices(w.learner), 0);
	client_free(other);
	client_free(again);
	clear(w.learner, c, &b);
}

static void what_a_device_gave_stands_nowhere_in_the_clear(void **state)
{
	struct browser b;
	struct client *c = allow(w.learner, &b, "/wpush/sealed");
	char text[3000];
	(void)state;
	query_text(f, text, sizeof text, "SELECT sealed FROM push_device");
	assert_true(strlen(text) > 200 && strspn(text, "0123456789abcdef") == strlen(text));
	assert_int_equal(query_int(f, "SELECT count(*) FROM audit WHERE action = 'push.allow' AND (input LIKE '%%wpush%%' OR input LIKE '%%%s%%')", b.secret), 0);
	assert_true(query_int(f, "SELECT count(*) FROM audit WHERE action = 'push.allow'") > 0);
	clear(w.learner, c, &b);
}

static void nobody_has_more_than_ten_devices(void **state)
{
	struct browser b[PUSH_DEVICES_MAX + 1];
	struct client *c = client_as(f, w.learner);
	char path[40];
	(void)state;
	for (int i = 0; i <= PUSH_DEVICES_MAX; i++) {
		snprintf(path, sizeof path, "/wpush/many/%d", i);
		browser_new(&b[i], service, path);
		assert_int_equal(ask(c, b[i].endpoint, b[i].p256dh, b[i].secret), i < PUSH_DEVICES_MAX ? 200 : 409);
	}
	assert_int_equal(devices(w.learner), PUSH_DEVICES_MAX);
	/* One of the ten may come again, with other keys, and stays the same device. */
	int64_t sum = query_int(f, "SELECT sum(id) FROM push_device");
	assert_int_equal(ask(c, b[0].endpoint, b[1].p256dh, b[1].secret), 200);
	assert_true(query_int(f, "SELECT sum(id) FROM push_device") == sum);
	for (int i = 1; i <= PUSH_DEVICES_MAX; i++)
		browser_free(&b[i]);
	clear(w.learner, c, &b[0]);
}

static void who_allows_a_browser_takes_it_over_and_sees_nothing_of_who_had_it(void **state)
{
	struct browser b;
	struct client *c = allow(w.learner, &b, "/wpush/shared"), *next = client_as(f, w.colleague);
	(void)state;
	go_to(22);
	size_t before = push_service_calls(service);
	tell(NOTICE_reminder, w.learner, "test:for-the-first");
	assert_int_equal(ask(next, b.endpoint, b.p256dh, b.secret), 200);
	assert_int_equal(devices(w.learner), 0);
	go_to(12);
	tell(NOTICE_reminder, w.learner, "test:for-the-first:2");
	work_now(f);
	assert_int_equal(push_service_calls(service), before);
	tell(NOTICE_reminder, w.colleague, "test:for-the-second");
	work_now(f);
	assert_int_equal(push_service_calls(service), before + 1);
	client_free(next);
	clear(w.colleague, c, &b);
}

/* ── with the session ── */

static enum err leave_in_tx(struct ctx *cx, void *arg)
{
	int64_t posting;
	return person_leave(cx, *(const int64_t *)arg, person_today(cx), &posting);
}

static void who_signs_out_of_a_browser_is_told_nothing_there(void **state)
{
	struct browser b, elsewhere;
	struct client *c = allow(w.learner, &b, "/wpush/left"), *d = allow(w.learner, &elsewhere, "/wpush/stays");
	char path[100];
	(void)state;
	go_to(12);
	tell(NOTICE_reminder, w.learner, "test:left");
	assert_int_equal(waiting(), 2);
	assert_int_equal(post(c, "/sign-out", ""), 303);
	assert_int_equal(devices(w.learner), 1);
	size_t before = push_service_calls(service);
	work_now(f);
	assert_int_equal(push_service_calls(service), before + 1);
	assert_string_not_equal(shown(&elsewhere), "");
	/* From another device, of that one alone. */
	struct client *third = client_as(f, w.learner);
	snprintf(path, sizeof path, "/me/sessions/%lld/end", (long long)query_int(f, "SELECT session_id FROM push_device"));
	assert_int_equal(post(third, path, ""), 303);
	assert_int_equal(devices(w.learner), 0);
	client_free(third);
	client_free(d);
	browser_free(&elsewhere);
	clear(w.learner, c, &b);
}

static void a_session_that_runs_out_by_itself_ends_no_device_but_signing_out_everywhere_does(void **state)
{
	struct browser old, new;
	struct client *c = allow(w.learner, &old, "/wpush/old");
	(void)state;
	pass(20 * DAY);
	go_to(12);
	struct client *d = allow(w.learner, &new, "/wpush/new");
	work_now(f);
	assert_int_equal(get(c, "/me/notices"), 303); /* to the page to sign in */
	tell(NOTICE_reminder, w.learner, "test:run-out");
	work_now(f);
	assert_string_not_equal(shown(&old), "");
	/* Another password: all but the browser in which it was changed. */
	assert_int_equal(post(d, "/me/password", "old_password=" PASSWORD "&new_password=" PASSWORD "+2"), 303);
	assert_int_equal(devices(w.learner), 1);
	assert_int_equal(post(d, "/me/sessions/end", ""), 303);
	assert_int_equal(devices(w.learner), 0);
	client_free(d);
	browser_free(&new);
	clear(w.learner, c, &old);
}

static void who_leaves_the_service_is_told_nothing(void **state)
{
	struct browser b;
	int64_t person = a_person(f, "leaver", "Leaving Soon", w.office, 0);
	struct client *c = allow(person, &b, "/wpush/leaver");
	(void)state;
	go_to(12);
	tell(NOTICE_reminder, person, "test:leaves");
	in_tx(f, leave_in_tx, &person);
	size_t before = push_service_calls(service);
	work_now(f);
	assert_int_equal(push_service_calls(service), before);
	assert_int_equal(devices(person), 0);
	clear(person, c, &b);
}

/* ── pages and files ── */

static void the_page_offers_it_names_the_devices_and_ends_them(void **state)
{
	struct browser b;
	struct client *c = client_as(f, w.learner);
	char path[100];
	(void)state;
	assert_int_equal(get(c, "/me/notices"), 200);
	/* The key that browsers are given is the one by which they know us. */
	assert_true(body_has(c, push_public_key(&f->cx).p) && body_has(c, "must run scripts") && body_has(c, "/assets/push."));
	assert_false(body_has(c, "This device"));
	browser_new(&b, service, "/wpush/page");
	assert_int_equal(ask(c, b.endpoint, b.p256dh, b.secret), 200);
	assert_int_equal(get(c, "/me/notices"), 200);
	assert_true(body_has(c, "This device"));
	assert_false(body_has(c, "must run scripts") || body_has(c, "data-push"));
	snprintf(path, sizeof path, "/me/push/%lld/end", (long long)query_int(f, "SELECT id FROM push_device"));
	assert_int_equal(post(c, path, ""), 303);
	assert_int_equal(devices(w.learner), 0);
	clear(w.learner, c, &b);
}

static void the_worker_lies_at_the_root_and_is_not_kept(void **state)
{
	struct client *c = client_new(f);
	(void)state;
	assert_int_equal(get(c, "/worker.js"), 200);
	assert_true(body_has(c, "showNotification"));
	assert_string_equal(answer_header(c, "Content-Type"), "text/javascript; charset=utf-8");
	assert_string_equal(answer_header(c, "Cache-Control"), "no-cache");
	assert_string_equal(answer_header(c, "X-Content-Type-Options"), "nosniff");
	client_free(c);
}

static void the_key_is_made_once_and_for_this_program_alone(void **state)
{
	struct app again = { .data_dir = str_of(f->dir) };
	struct str message = STR_NONE;
	struct stat st;
	char path[200];
	(void)state;
	assert_int_equal(push_keys(&f->cx, &again, &message), OK);
	assert_memory_equal(again.push_sk, f->app.push_sk, sizeof again.push_sk);
	assert_memory_equal(again.push_pk, f->app.push_pk, sizeof again.push_pk);
	snprintf(path, sizeof path, "%s/keys/push.key", f->dir);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(st.st_size, 32);
	/* What is no key is not used and not overwritten. */
	struct app other = { .data_dir = S("/tmp/karmayogi-nothing-here") };
	assert_int_equal(mkdir("/tmp/karmayogi-nothing-here", 0700), 0);
	assert_int_equal(push_keys(&f->cx, &other, &message), OK);
	FILE *file = fopen("/tmp/karmayogi-nothing-here/keys/push.key", "wb");
	assert_non_null(file);
	for (int i = 0; i < 32; i++)
		fputc(0, file);
	fclose(file);
	assert_int_not_equal(push_keys(&f->cx, &other, &message), OK);
	assert_true(str_find(message, S("push.key")) >= 0);
	remove_tree("/tmp/karmayogi-nothing-here");
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	schedule_work(f);
	service = push_service_start();
	go_to(12);
	return 0;
}

static int end(void **state)
{
	(void)state;
	assert_int_equal(check_findings(f), 0);
	push_service_end(service);
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_notice_comes_once_for_one_browser_alone_and_says_from_whom),
		cmocka_unit_test(the_text_is_in_the_language_of_the_person),
		cmocka_unit_test(all_devices_of_a_person_are_told),
		cmocka_unit_test(each_kind_comes_as_it_was_chosen),
		cmocka_unit_test(at_night_devices_are_quiet_but_for_what_concerns_safety),
		cmocka_unit_test(what_was_read_or_withdrawn_meanwhile_is_not_sent),
		cmocka_unit_test(a_browser_that_is_gone_is_forgotten),
		cmocka_unit_test(a_service_that_asks_for_patience_is_left_alone_so_long),
		cmocka_unit_test(a_service_in_trouble_is_tried_again_until_it_is_of_no_use),
		cmocka_unit_test(what_is_wrong_in_itself_is_not_sent_again),
		cmocka_unit_test(a_device_that_does_not_answer_for_a_month_is_forgotten),
		cmocka_unit_test(one_that_hangs_holds_up_no_other),
		cmocka_unit_test(the_network_of_the_installation_is_not_entered),
		cmocka_unit_test(what_no_browser_gives_is_refused_by_name),
		cmocka_unit_test(devices_of_others_are_neither_seen_nor_ended),
		cmocka_unit_test(what_a_device_gave_stands_nowhere_in_the_clear),
		cmocka_unit_test(nobody_has_more_than_ten_devices),
		cmocka_unit_test(who_allows_a_browser_takes_it_over_and_sees_nothing_of_who_had_it),
		cmocka_unit_test(who_signs_out_of_a_browser_is_told_nothing_there),
		cmocka_unit_test(a_session_that_runs_out_by_itself_ends_no_device_but_signing_out_everywhere_does),
		cmocka_unit_test(who_leaves_the_service_is_told_nothing),
		cmocka_unit_test(the_page_offers_it_names_the_devices_and_ends_them),
		cmocka_unit_test(the_worker_lies_at_the_root_and_is_not_kept),
		cmocka_unit_test(the_key_is_made_once_and_for_this_program_alone),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
