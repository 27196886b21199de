/* Attendance: who is in the room is noted once, by a code that lives for seconds, a number, a tick or a list; nothing that is forged, stale or somebody else's
 * counts; minutes are credited when they were spent, and what is corrected is said, with its reason. */
#include "batch.h"
#include "feature/attendance/attendance_code.h"

#include <pthread.h>

enum { TEAM = 6, LENGTH = 90 };
#define BOUNDARY "the-boundary-of-this-test"
#define DEVICE "0123456789abcdef0123456789abcdef"
#define DEVICE_2 "fedcba9876543210fedcba9876543210"

static struct fixture *f;
static struct world w;
static int64_t team[TEAM], stranger, head, programme;
static struct client *keeper; /* the coordinator */

static void pass_time(int64_t ms)
{
	f->app.fixed_now += ms;
	f->cx.now = f->app.fixed_now;
}

/* ── batches ── */

/* A session that begins in so many minutes and lasts LENGTH, of a batch of its own that ends with it; the whole team is admitted. */
static int64_t a_session(int64_t in_minutes)
{
	int64_t starts = f->cx.now + in_minutes * MINUTE, ends = starts + LENGTH * MINUTE;
	int64_t batch = given_batch(f, &(struct given_batch){ .programme_id = programme,
							      .org_id = w.ministry,
							      .starts_at = starts,
							      .ends_at = ends,
							      .name = "Winter batch",
							      .place = "Hall 2",
							      .latitude = 28.6,
							      .longitude = 77.2 });
	int64_t id = given_session(f, batch, "Noting", starts, ends);
	for (int i = 0; i < TEAM; i++)
		given_seat(f, batch, team[i], w.office);
	query_end();
	return id;
}

static const char *of(int64_t session, const char *what)
{
	return base_of("/batch-sessions/%lld%s", (long long)session, what);
}

static int64_t an_open_session(const char *near)
{
	int64_t id = a_session(30);
	NEED(post(keeper, of(id, "/door"), near) == 303, "the door does not open: %ld", keeper->status);
	return id;
}

static void text_of(struct client *c, const char *key, char *ret, size_t n)
{
	char look[40];
	struct str body = buf_get(&c->body), look_for;
	snprintf(look, sizeof look, "\"%s\":\"", key);
	look_for = str_of(look);
	ptrdiff_t at = str_find(body, look_for);
	NEED(at >= 0, "no %s in %.*s", key, STR_ARG(body));
	struct str rest = str_sub(body, (size_t)at + look_for.n, body.n);
	snprintf(ret, n, "%.*s", STR_ARG(str_before(rest, '"')));
}

/* What the screen of the room shows now. */
static void screen(int64_t session, char *token, size_t n, char *number, size_t m)
{
	NEED(get(keeper, "/api/v1%s", of(session, "/door")) == 200, "no screen: %ld", keeper->status);
	text_of(keeper, "token", token, n);
	text_of(keeper, "number", number, m);
}

static int64_t there(int64_t session, int64_t person)
{
	return query_int(f, "SELECT count(*) FROM attendance WHERE session_id = %lld AND person_id = %lld AND there", (long long)session, (long long)person);
}

static int64_t noted(int64_t session)
{
	return query_int(f, "SELECT count(*) FROM attendance WHERE session_id = %lld", (long long)session);
}

static int64_t learnt(int64_t session, int64_t person)
{
	return query_int(f, "SELECT COALESCE(sum(ms), 0) FROM learned WHERE kind = 'session' AND thing_id = %lld AND person_id = %lld", (long long)session,
			 (long long)person) /
	       MINUTE;
}

/* Comes by what the form would hold. */
static long come(int64_t person, int64_t session, const char *form, char *body, size_t n)
{
	struct client *c = client_as(f, person);
	long status = post(c, base_of("/attend/%lld", (long long)session), form);
	if (body)
		snprintf(body, n, "%.*s", STR_ARG(buf_get(&c->body)));
	client_free(c);
	return status;
}

static bool says(const char *body, const char *text)
{
	return str_find(str_of(body), str_of(text)) >= 0;
}

/* ── the door ── */

static void nobody_but_its_coordinators_and_programme_managers_sees_a_door(void **state)
{
	int64_t id = a_session(30);
	const char *const pages[] = { "/attendance", "/screen", "/roster", "/attendance-sheet", "/attendance-csv" };
	const int64_t others[] = { w.learner, w.other_admin, team[0] };
	(void)state;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		struct client *c = client_as(f, others[i]);
		for (size_t k = 0; k < sizeof pages / sizeof *pages; k++)
			assert_int_equal(get(c, "%s", of(id, pages[k])), 404);
		assert_int_equal(post(c, of(id, "/door"), ""), 404);
		assert_int_equal(post(c, of(id, base_of("/attendance/%lld", (long long)team[1])), "there=yes&reason=x"), 404);
		client_free(c);
	}
	struct client *admin = client_as(f, w.admin);
	assert_int_equal(get(admin, "%s", of(id, "/attendance")), 200);
	assert_int_equal(post(admin, of(id, "/door"), ""), 303);
	client_free(admin);
	assert_int_equal(get(keeper, "/attendance"), 200);
	assert_true(body_has(keeper, of(id, "/attendance")));
}

static void a_door_opens_from_an_hour_before_to_an_hour_after(void **state)
{
	int64_t id = a_session(61);
	(void)state;
	assert_int_equal(post(keeper, of(id, "/door"), ""), 409);
	assert_true(body_has(keeper, "an hour before"));
	pass_time(1 * MINUTE);
	assert_int_equal(post(keeper, of(id, "/door"), ""), 303);
	assert_int_equal(post(keeper, of(id, "/door/close"), ""), 303);
	assert_int_equal(post(keeper, of(id, "/door/close"), ""), 409);
	pass_time((60 + LENGTH + 60) * MINUTE - 1);
	assert_int_equal(post(keeper, of(id, "/door"), ""), 303);
	assert_int_equal(get(keeper, "/api/v1%s", of(id, "/door")), 200);
	assert_true(answer_true(keeper, "open"));
	pass_time(1);
	assert_int_equal(post(keeper, of(id, "/door"), ""), 409);
	assert_int_equal(get(keeper, "/api/v1%s", of(id, "/door")), 200);
	assert_false(answer_true(keeper, "open"));
}

/* ── scanning ── */

static void a_scan_leads_to_a_page_with_one_button_that_notes_who_presses_it(void **state)
{
	int64_t id = an_open_session("");
	char token[80], number[20], ticket[500], form[600];
	struct client *c = client_as(f, team[0]);
	(void)state;
	screen(id, token, sizeof token, number, sizeof number);
	assert_int_equal(get(keeper, "%s", of(id, "/screen")), 200);
	assert_true(body_has(keeper, number) && body_has(keeper, "<path d="));
	assert_int_equal(get(c, "/me/attendance/%lld", (long long)id), 200);
	assert_true(body_has(c, base_of("/attend/%lld", (long long)id)));
	assert_int_equal(get(c, "/attend/%lld?token=%s", (long long)id, token), 200);
	assert_true(body_has(c, "I am here"));
	assert_int_equal(get(c, "/api/v1/attend/%lld?token=%s", (long long)id, token), 200);
	text_of(c, "ticket", ticket, sizeof ticket);
	snprintf(form, sizeof form, "ticket=%s&device=%s", ticket, DEVICE);
	assert_int_equal(get(c, "/attend/%lld", (long long)id), 200);
	pass_time(9 * MINUTE); /* a slow line */
	assert_int_equal(post(c, base_of("/attend/%lld", (long long)id), form), 303);
	assert_int_equal(query_int(f,
				   "SELECT count(*) FROM attendance WHERE session_id = %lld AND person_id = %lld AND there AND way = 'qr' AND minutes = %d AND "
				   "by_id IS NULL",
				   (long long)id, (long long)team[0], LENGTH),
			 1);
	assert_int_equal(get(c, "/attend/%lld", (long long)id), 200);
	assert_true(body_has(c, "You are noted as there"));
	assert_int_equal(get(c, "/me/attendance"), 200);
	assert_true(body_has(c, "code scanned"));
	assert_int_equal(get(c, "/me/attendance/%lld", (long long)id), 200);
	assert_int_equal(get(keeper, "%s", of(id, "/attendance")), 200);
	assert_true(body_has(keeper, "code scanned"));
	client_free(c);
}

/* The address that a page of somebody who is not signed in leads to. */
static void sign_in_link(struct client *c, char *ret, size_t n)
{
	struct str body = buf_get(&c->body);
	ptrdiff_t at = str_find(body, S("/sign-in?to="));
	while (at >= 0 && str_find(str_before(str_sub(body, (size_t)at, body.n), '"'), S("ticket")) < 0) {
		body = str_sub(body, (size_t)at + 5, body.n);
		at = str_find(body, S("/sign-in?to="));
	}
	NEED(at >= 0, "no link to sign in");
	snprintf(ret, n, "%.*s", STR_ARG(str_before(str_sub(body, (size_t)at, body.n), '"')));
}

static void who_has_yet_to_sign_in_comes_back_and_needs_not_scan_again(void **state)
{
	int64_t id = an_open_session("");
	char token[80], number[20], link[900], back[900];
	struct client *nobody = client_new(f), *c = client_as(f, team[1]);
	(void)state;
	screen(id, token, sizeof token, number, sizeof number);
	assert_int_equal(get(nobody, "/attend/%lld?token=%s", (long long)id, token), 200);
	assert_true(body_has(nobody, "Sign in to be noted"));
	assert_false(body_has(nobody, number));
	sign_in_link(nobody, link, sizeof link);
	/* As a browser does: the address is decoded once by who asks for it. */
	int m = 0;
	char *decoded = curl_easy_unescape(c->curl, link + strlen("/sign-in?to="), 0, &m);
	snprintf(back, sizeof back, "%s", decoded);
	curl_free(decoded);
	pass_time(5 * MINUTE);
	assert_int_equal(get(c, "%s", back), 200);
	assert_true(body_has(c, "You have scanned the code"));
	/* It is of no use in another browser, nor later. */
	c->header[0] = "User-Agent: another";
	assert_int_equal(get(c, "%s", back), 200);
	assert_true(body_has(c, "no code of this session"));
	assert_false(body_has(c, "You have scanned the code"));
	pass_time(6 * MINUTE);
	assert_int_equal(get(c, "%s", back), 200);
	assert_true(body_has(c, "too long ago"));
	client_free(nobody);
	client_free(c);
}

static void what_is_forged_stale_or_of_another_session_is_refused_by_a_sentence(void **state)
{
	int64_t id = an_open_session(""), other = an_open_session("");
	char token[80], number[20], other_token[80], other_number[20], ticket[500], body[60000];
	struct client *c = client_as(f, team[2]);
	(void)state;
	screen(id, token, sizeof token, number, sizeof number);
	screen(other, other_token, sizeof other_token, other_number, sizeof other_number);
	assert_int_equal(get(c, "/api/v1/attend/%lld?token=%s", (long long)id, token), 200);
	text_of(c, "ticket", ticket, sizeof ticket);
	char ahead[80], turned[80];
	snprintf(ahead, sizeof ahead, "%lld%s", (long long)(f->cx.now / CODE_STEP_MS + 1), strchr(token, '.'));
	snprintf(turned, sizeof turned, "%s", token);
	turned[strlen(turned) - 1] = turned[strlen(turned) - 1] == '0' ? '1' : '0';
	const struct {
		const char *what, *form, *sentence;
	} rows[] = {
		{ "nothing", "", "Scan the code on the screen" },
		{ "rubbish", "token=hello", "no code of this session" },
		{ "one digit turned", str_fmt(f->cx.arena, "token=%s", turned).p, "no code of this session" },
		{ "of a step to come", str_fmt(f->cx.arena, "token=%s", ahead).p, "no code of this session" },
		{ "of another session", str_fmt(f->cx.arena, "token=%s", other_token).p, "no code of this session" },
		{ "a made-up ticket", "ticket=00112233", "no code of this session" },
		{ "somebody else's ticket", str_fmt(f->cx.arena, "ticket=%s", ticket).p, "no code of this session" },
		{ "another session's number", str_fmt(f->cx.arena, "number=%s", other_number).p, "not the number" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		long status = come(team[3], id, rows[i].form, body, sizeof body);
		if (status != 422 || !says(body, rows[i].sentence))
			print_message("%s: %ld\n", rows[i].what, status);
		assert_int_equal(status, 422);
		assert_true(says(body, rows[i].sentence));
	}
	/* Replayed: good for its step and the next, then old. */
	pass_time(2 * CODE_STEP_MS);
	assert_int_equal(come(team[3], id, base_of("token=%s", token), body, sizeof body), 422);
	assert_true(says(body, "This code has run out"));
	assert_int_equal(get(c, "/attend/%lld?token=%s", (long long)id, token), 200);
	assert_true(body_has(c, "This code has run out"));
	assert_false(body_has(c, "You have scanned the code"));
	assert_int_equal(noted(id), 0);
	/* A door that was closed and opened again has other codes. */
	screen(id, token, sizeof token, number, sizeof number);
	assert_int_equal(post(keeper, of(id, "/door/close"), ""), 303);
	assert_int_equal(come(team[3], id, base_of("token=%s", token), body, sizeof body), 409);
	assert_true(says(body, "not open"));
	assert_int_equal(post(keeper, of(id, "/door"), ""), 303);
	assert_int_equal(come(team[3], id, base_of("token=%s", token), body, sizeof body), 422);
	assert_int_equal(come(team[3], id, base_of("number=%s", number), body, sizeof body), 422);
	/* Who is not admitted is not noted, nor anybody before the time or after it. */
	screen(id, token, sizeof token, number, sizeof number);
	assert_int_equal(come(stranger, id, base_of("token=%s", token), body, sizeof body), 409);
	assert_true(says(body, "not admitted"));
	pass_time((30 + LENGTH + 60) * MINUTE);
	assert_int_equal(come(team[3], id, base_of("number=%s", number), body, sizeof body), 409);
	assert_true(says(body, "This session is over"));
	int64_t later = a_session(120);
	assert_int_equal(come(team[3], later, "number=123456", body, sizeof body), 409);
	assert_true(says(body, "has not begun"));
	assert_int_equal(noted(id) + noted(other) + noted(later), 0);
	client_free(c);
}

static void a_number_has_five_tries_of_each_person(void **state)
{
	int64_t id = an_open_session("");
	char token[80], number[20], wrong[20], body[60000];
	(void)state;
	screen(id, token, sizeof token, number, sizeof number);
	snprintf(wrong, sizeof wrong, "%06d", (int)((strtol(number, NULL, 10) + 1) % 1000000));
	for (int i = 0; i < 5; i++)
		assert_int_equal(come(team[0], id, base_of("number=%s", wrong), body, sizeof body), 422);
	assert_int_equal(come(team[0], id, base_of("number=%s", wrong), body, sizeof body), 429);
	assert_int_equal(come(team[0], id, base_of("number=%s", number), body, sizeof body), 429);
	assert_int_equal(there(id, team[0]), 0);
	assert_int_equal(come(team[1], id, base_of("number=%s", number), body, sizeof body), 303);
	assert_int_equal(come(team[0], id, base_of("token=%s", token), body, sizeof body), 303); /* the code still does */
	assert_int_equal(query_int(f, "SELECT count(*) FROM attendance WHERE session_id = %lld AND way = 'pin'", (long long)id), 1);
}

struct presser {
	struct client *c;
	const char *path, *form;
	long status;
};

static void *press(void *arg)
{
	struct presser *p = arg;
	p->status = post(p->c, p->path, p->form);
	return NULL;
}

static void the_same_person_scanning_at_once_on_eight_devices_is_there_once(void **state)
{
	enum { AT_ONCE = 8 };
	int64_t id = an_open_session("");
	char token[80], number[20], path[80], form[120];
	struct presser p[AT_ONCE];
	pthread_t t[AT_ONCE];
	(void)state;
	screen(id, token, sizeof token, number, sizeof number);
	snprintf(path, sizeof path, "/attend/%lld", (long long)id);
	snprintf(form, sizeof form, "token=%s", token);
	for (int i = 0; i < AT_ONCE; i++)
		p[i] = (struct presser){ client_as(f, team[4]), path, form, 0 };
	for (int i = 0; i < AT_ONCE; i++)
		NEED(pthread_create(&t[i], NULL, press, &p[i]) == 0, "thread");
	for (int i = 0; i < AT_ONCE; i++) {
		pthread_join(t[i], NULL);
		assert_int_equal(p[i].status, 303);
		client_free(p[i].c);
	}
	assert_int_equal(noted(id), 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM attendance_change WHERE session_id = %lld", (long long)id), 1);
}

static void a_door_may_ask_how_near_one_is_and_keeps_only_hundreds_of_metres(void **state)
{
	int64_t id = an_open_session("near_m=300");
	char token[80], number[20], body[60000];
	(void)state;
	screen(id, token, sizeof token, number, sizeof number);
	assert_int_equal(come(team[0], id, base_of("token=%s", token), body, sizeof body), 422);
	assert_true(says(body, "has not said where it is"));
	assert_int_equal(come(team[0], id, base_of("token=%s&latitude=28.62&longitude=77.2", token), body, sizeof body), 422);
	assert_true(says(body, "2300 m"));
	assert_int_equal(come(team[0], id, base_of("token=%s&latitude=91&longitude=77.2", token), body, sizeof body), 422);
	assert_int_equal(noted(id), 0);
	assert_int_equal(come(team[0], id, base_of("token=%s&latitude=28.601357&longitude=77.2", token), body, sizeof body), 303);
	assert_int_equal(query_int(f, "SELECT metres FROM attendance WHERE session_id = %lld AND person_id = %lld", (long long)id, (long long)team[0]), 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM audit WHERE input LIKE '%%28.601357%%' OR input LIKE '%%28.62%%'"), 0);
	/* A phone that does not say it has the number. */
	assert_int_equal(come(team[1], id, base_of("number=%s", number), body, sizeof body), 303);
	assert_int_equal(get(keeper, "%s", of(id, "/attendance")), 200);
	assert_true(body_has(keeper, "up to 200 m away") && body_has(keeper, "number typed"));
}

static void one_phone_for_several_people_is_shown_to_the_coordinator(void **state)
{
	int64_t id = an_open_session("");
	char token[80], number[20];
	(void)state;
	screen(id, token, sizeof token, number, sizeof number);
	assert_int_equal(come(team[0], id, base_of("token=%s&device=%s", token, DEVICE), NULL, 0), 303);
	assert_int_equal(come(team[1], id, base_of("token=%s&device=%s", token, DEVICE_2), NULL, 0), 303);
	assert_int_equal(get(keeper, "%s", of(id, "/attendance")), 200);
	assert_false(body_has(keeper, "Several people by one device"));
	assert_int_equal(come(team[2], id, base_of("token=%s&device=%s", token, DEVICE), NULL, 0), 303);
	assert_int_equal(get(keeper, "%s", of(id, "/attendance")), 200);
	assert_true(body_has(keeper, "Several people by one device") && body_has(keeper, "Member 0, Member 2"));
	assert_int_equal(query_int(f, "SELECT count(*) FROM attendance WHERE device LIKE '%%" DEVICE "%%'"), 0);
}

/* ── lists, brought ── */

static long bring(int64_t session, const char *csv)
{
	struct buf b;
	char token[120], path[120];
	buf_init(&b, keeper->arena, 1 << 16);
	buf_lit(&b, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"hall.csv\"\r\nContent-Type: text/csv\r\n\r\n");
	buf_str(&b, str_of(csv));
	buf_lit(&b, "\r\n--" BOUNDARY "--\r\n");
	struct str body = buf_get(&b);
	snprintf(token, sizeof token, "X-CSRF-Token: %s", keeper->csrf);
	snprintf(path, sizeof path, "%s", of(session, "/attendance-lists"));
	keeper->header[0] = token;
	return send_raw(keeper, "POST", path, "multipart/form-data; boundary=" BOUNDARY, body.p, body.n);
}

static const char *the_list(int64_t session, const char *what)
{
	return of(session, base_of("/attendance-lists/%lld%s",
				   (long long)query_int(f, "SELECT max(id) FROM attendance_list WHERE session_id = %lld", (long long)session), what));
}

/* ── the roster ── */

struct tick {
	const char *device;
	int64_t seq, person, at;
	bool there;
};

static long send_ticks(int64_t session, const struct tick *v, size_t n)
{
	struct buf b;
	char token[120], path[120];
	buf_init(&b, keeper->arena, 1 << 16);
	buf_fmt(&b, "{\"device\":\"%s\",\"entries\":[", v->device);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s{\"seq\":%lld,\"person_id\":\"%lld\",\"there\":%s,\"at\":\"%s\"}", i ? "," : "", (long long)v[i].seq, (long long)v[i].person,
			v[i].there ? "true" : "false", clock_rfc3339(keeper->arena, v[i].at).p);
	buf_lit(&b, "]}");
	struct str body = buf_get(&b);
	snprintf(token, sizeof token, "X-CSRF-Token: %s", keeper->csrf);
	snprintf(path, sizeof path, "/api/v1%s", of(session, "/roster"));
	keeper->header[0] = token;
	return send_raw(keeper, "PUT", path, "application/json", body.p, body.n);
}

static void a_tick_that_comes_twice_counts_once_and_the_latest_by_the_device_is_right(void **state)
{
	int64_t id = a_session(0), at = f->cx.now;
	(void)state;
	pass_time(10 * MINUTE);
	const struct tick a[] = { { DEVICE, 1, team[0], at + 2 * MINUTE, true }, { DEVICE, 2, team[1], at + 5 * MINUTE, false } };
	const struct tick b[] = { { DEVICE_2, 1, team[0], at + 1 * MINUTE, false }, { DEVICE_2, 2, team[1], at + 4 * MINUTE, true } };
	const struct tick tie[] = { { DEVICE_2, 3, team[1], at + 5 * MINUTE, true } };
	assert_int_equal(send_ticks(id, a, 2), 200);
	assert_true(body_has(keeper, "\"kept\""));
	assert_int_equal(send_ticks(id, b, 2), 200); /* said before, come later */
	assert_true(body_has(keeper, "\"older\"") && body_has(keeper, "noted something later"));
	assert_int_equal(there(id, team[0]), 1);
	assert_int_equal(there(id, team[1]), 0);
	int64_t changes = query_int(f, "SELECT count(*) FROM attendance_change WHERE session_id = %lld", (long long)id);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(send_ticks(id, a, 2), 200);
		assert_true(body_has(keeper, "\"kept\"") && !body_has(keeper, "\"older\""));
		assert_int_equal(send_ticks(id, b, 2), 200);
		assert_true(body_has(keeper, "\"older\""));
	}
	assert_int_equal(query_int(f, "SELECT count(*) FROM attendance_change WHERE session_id = %lld", (long long)id), changes);
	assert_int_equal(query_int(f, "SELECT count(*) FROM attendance_entry WHERE session_id = %lld", (long long)id), 4);
	assert_int_equal(send_ticks(id, tie, 1), 200);
	assert_int_equal(there(id, team[1]), 1); /* of two at the same time, there */
	const struct tick misused = { DEVICE, 1, team[3], at + 3 * MINUTE, true };
	assert_int_equal(send_ticks(id, &misused, 1), 200);
	assert_true(body_has(keeper, "misused"));
	assert_int_equal(there(id, team[3]), 0);
}

static void ticks_from_the_future_outside_the_session_or_of_strangers_are_not_taken(void **state)
{
	int64_t id = a_session(30), starts = f->cx.now + 30 * MINUTE, ends = starts + LENGTH * MINUTE;
	(void)state;
	const struct tick early = { DEVICE, 11, team[0], starts - HOUR - 1, true }, late = { DEVICE, 12, team[0], ends + HOUR, true };
	const struct tick ahead = { DEVICE, 13, team[0], f->cx.now + 2 * MINUTE + 1, true }, skewed = { DEVICE, 14, team[1], f->cx.now + 2 * MINUTE, true };
	const struct tick of_stranger = { DEVICE, 15, stranger, f->cx.now, true };
	assert_int_equal(send_ticks(id, &early, 1), 200);
	assert_true(body_has(keeper, "outside"));
	assert_int_equal(send_ticks(id, &late, 1), 200);
	assert_true(body_has(keeper, "outside"));
	assert_int_equal(send_ticks(id, &of_stranger, 1), 200);
	assert_true(body_has(keeper, "stranger"));
	assert_int_equal(send_ticks(id, &ahead, 1), 200);
	assert_true(body_has(keeper, "\"future\"") && body_has(keeper, "clock of this device is fast"));
	assert_int_equal(noted(id), 0);
	assert_int_equal(send_ticks(id, &skewed, 1), 200);
	assert_int_equal(there(id, team[1]), 1);
	pass_time(MINUTE); /* the device keeps it and sends it again */
	assert_int_equal(send_ticks(id, &ahead, 1), 200);
	assert_true(body_has(keeper, "\"kept\""));
	assert_int_equal(there(id, team[0]), 1);
	assert_int_equal(post_json(keeper, base_of("/api/v1%s", of(id, "/roster")), "{}"), 405);
}

static void the_roster_is_saved_by_its_form_without_scripts(void **state)
{
	int64_t id = a_session(0);
	(void)state;
	assert_int_equal(get(keeper, "%s", of(id, "/roster")), 200);
	assert_true(body_has(keeper, "Member 5"));
	assert_int_equal(post(keeper, of(id, "/roster"), base_of("there.%lld=1&there.%lld=1", (long long)team[0], (long long)stranger)), 303);
	assert_int_equal(there(id, team[0]), 1);
	assert_int_equal(noted(id), 1);
	assert_int_equal(post(keeper, of(id, "/roster"), base_of("was.%lld=1", (long long)team[0])), 303);
	assert_int_equal(there(id, team[0]), 0);
	pass_time((LENGTH + 60) * MINUTE);
	assert_int_equal(post(keeper, of(id, "/roster"), base_of("there.%lld=1", (long long)team[0])), 409);
}

static void a_roster_that_was_opened_before_somebody_scanned_does_not_send_him_away(void **state)
{
	int64_t id = an_open_session("");
	char token[80], number[20];
	(void)state;
	const struct tick here = { DEVICE, 71, team[1], f->cx.now, true };
	assert_int_equal(send_ticks(id, &here, 1), 200);
	screen(id, token, sizeof token, number, sizeof number);
	assert_int_equal(get(keeper, "%s", of(id, "/roster")), 200);
	assert_true(body_has(keeper, base_of("name=\"was.%lld\"", (long long)team[1])) && !body_has(keeper, base_of("name=\"was.%lld\"", (long long)team[0])));
	pass_time(1000);
	assert_int_equal(come(team[0], id, base_of("token=%s", token), NULL, 0), 303); /* while the page lies open */
	const struct tick gone = { DEVICE, 72, team[1], f->cx.now, false };
	assert_int_equal(send_ticks(id, &gone, 1), 200);
	pass_time(1000);
	assert_int_equal(
		post(keeper, of(id, "/roster"), base_of("was.%lld=1&there.%lld=1&there.%lld=1", (long long)team[1], (long long)team[1], (long long)team[2])),
		303);
	assert_int_equal(there(id, team[0]), 1);
	assert_int_equal(there(id, team[1]), 0); /* the page only repeats what it was shown */
	assert_int_equal(there(id, team[2]), 1);
}

static void nobody_notes_himself_by_roster_or_list(void **state)
{
	int64_t id = a_session(0), batch = query_int(f, "SELECT batch_id FROM batch_session WHERE id = %lld", (long long)id);
	(void)state;
	query_end();
	given_seat(f, batch, head, w.office);
	query_end();
	const struct tick own = { DEVICE, 81, head, f->cx.now, true };
	assert_int_equal(send_ticks(id, &own, 1), 200);
	assert_true(body_has(keeper, "\"own\"") && body_has(keeper, "Nobody notes the own attendance"));
	assert_int_equal(post(keeper, of(id, "/roster"), base_of("there.%lld=1&there.%lld=1", (long long)head, (long long)team[0])), 409);
	assert_true(body_has(keeper, "Nobody notes the own attendance"));
	assert_int_equal(noted(id), 0);
	assert_int_equal(bring(id, "person,there\nhead@example.gov.in,yes\n"), 303);
	assert_int_equal(get(keeper, "%s", the_list(id, "")), 200);
	assert_true(body_has(keeper, "nobody notes the own attendance"));
	assert_int_equal(post(keeper, the_list(id, "/apply"), ""), 409);
	/* Nor by a list that somebody else has brought; the page has no tick for it. */
	tamper(f, "UPDATE attendance_list SET n_faults = 0, plan = '[[%lld,\"Head of Training\"]]' WHERE session_id = %lld", (long long)head, (long long)id);
	query_end();
	assert_int_equal(post(keeper, the_list(id, "/apply"), ""), 409);
	assert_int_equal(noted(id), 0);
	assert_int_equal(get(keeper, "%s", of(id, "/roster")), 200);
	assert_true(body_has(keeper, "Head of Training") && !body_has(keeper, base_of("there.%lld", (long long)head)));
}

static void who_helps_a_coordinator_does_not_keep_his_sessions(void **state)
{
	int64_t id = a_session(0);
	const char *const pages[] = { "/attendance", "/screen", "/roster", "/attendance-csv" };
	struct client *c = client_acting(f, "support", head, w.operator), *deputy = client_acting(f, "delegation", head, w.colleague);
	(void)state;
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
		assert_int_equal(get(c, "%s", of(id, pages[i])), 404);
	assert_int_equal(get(deputy, "%s", of(id, "/roster")), 200);
	client_free(deputy);
	client_free(c);
}

/* ── minutes, corrections ── */

static int64_t completions(int64_t person)
{
	return query_int(f, "SELECT count(*) FROM batch_completion WHERE person_id = %lld", (long long)person);
}

static long correct(int64_t session, int64_t person, const char *form)
{
	return post(keeper, of(session, base_of("/attendance/%lld", (long long)person)), form);
}

static void minutes_are_credited_when_the_session_is_over_and_follow_a_correction(void **state)
{
	int64_t id = an_open_session("");
	char token[80], number[20];
	(void)state;
	screen(id, token, sizeof token, number, sizeof number);
	assert_int_equal(come(team[0], id, base_of("token=%s", token), NULL, 0), 303);
	assert_int_equal(come(team[5], id, base_of("token=%s", token), NULL, 0), 303);
	work_now(f);
	assert_int_equal(learnt(id, team[0]), 0); /* not spent yet */
	assert_int_equal(completions(team[5]), 0);
	pass_time((30 + LENGTH + 2) * MINUTE);
	query_end();
	work_now(f);
	assert_int_equal(learnt(id, team[0]), LENGTH);
	assert_int_equal(completions(team[5]), 1); /* the only session of the programme's rule */
	pass_time(2 * MINUTE);
	query_end();
	work_now(f);
	assert_int_equal(learnt(id, team[0]), LENGTH);
	assert_int_equal(correct(id, team[0], base_of("there=yes&minutes=%d&reason=Left+early", LENGTH + 1)), 422);
	assert_int_equal(correct(id, team[0], "there=yes&minutes=30&reason="), 422);
	assert_int_equal(correct(id, team[0], "there=yes&minutes=30&reason=Left+early"), 303);
	assert_int_equal(learnt(id, team[0]), 30);
	assert_int_equal(correct(id, team[0], "there=no&reason=Never+came"), 303);
	assert_int_equal(learnt(id, team[0]), 0);
	assert_int_equal(correct(id, team[0], "there=no&reason=Never+came"), 409);
	assert_int_equal(correct(id, team[1], "there=yes&reason=The+phone+had+no+power"), 303);
	assert_int_equal(learnt(id, team[1]), LENGTH);
	assert_int_equal(get(keeper, "%s", of(id, base_of("/attendance/%lld", (long long)team[0]))), 200);
	assert_true(body_has(keeper, "Never came") && body_has(keeper, "Left early") && body_has(keeper, "code scanned"));
}

static void who_was_corrected_is_told_and_reads_the_reason_and_who_noted_it(void **state)
{
	int64_t id = a_session(-10), before = query_int(f, "SELECT count(*) FROM notice WHERE kind = 'attendance'");
	struct client *c = client_as(f, team[3]);
	(void)state;
	assert_int_equal(correct(id, team[3], "there=no&reason=The+chair+was+empty"), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE kind = 'attendance'"), before + 1);
	assert_int_equal(get(c, "/notices"), 200);
	assert_true(body_has(c, "The chair was empty"));
	assert_int_equal(get(c, "/me/attendance/%lld", (long long)id), 200);
	assert_true(body_has(c, "The chair was empty") && body_has(c, "Head of Training") && body_has(c, "corrected"));
	client_free(c);
	/* What was corrected is not undone by a scan or a late tick. */
	assert_int_equal(post(keeper, of(id, "/door"), ""), 303);
	char token[80], number[20];
	screen(id, token, sizeof token, number, sizeof number);
	assert_int_equal(come(team[3], id, base_of("token=%s", token), NULL, 0), 409);
	const struct tick late = { DEVICE, 31, team[3], f->cx.now - MINUTE, true };
	assert_int_equal(send_ticks(id, &late, 1), 200);
	assert_true(body_has(keeper, "\"older\""));
	assert_int_equal(there(id, team[3]), 0);
	assert_int_equal(correct(id, stranger, "there=yes&reason=x"), 404);
}

static void a_correction_is_possible_on_the_seventh_day_after_the_batch_and_not_on_the_eighth(void **state)
{
	int64_t id = a_session(0), ends = f->cx.now + LENGTH * MINUTE, day = clock_day_in_india(ends);
	int64_t eighth = clock_day_start(S("Asia/Kolkata"), day + 8);
	(void)state;
	pass_time(eighth - 1 - f->cx.now);
	const struct tick late = { DEVICE, 41, team[0], ends - MINUTE, true };
	assert_int_equal(correct(id, team[1], "there=yes&reason=Day+seven"), 303);
	assert_int_equal(learnt(id, team[1]), LENGTH);
	assert_int_equal(send_ticks(id, &late, 1), 200); /* a device that found its line late */
	assert_int_equal(there(id, team[0]), 1);
	pass_time(1);
	assert_int_equal(correct(id, team[2], "there=yes&reason=Day+eight"), 409);
	assert_true(body_has(keeper, "seventh day"));
	const struct tick later = { DEVICE, 42, team[4], ends - MINUTE, true };
	assert_int_equal(send_ticks(id, &later, 1), 200);
	assert_true(body_has(keeper, "outside"));
	assert_int_equal(noted(id), 2);
	int64_t next = a_session(10);
	assert_int_equal(correct(next, team[1], "there=yes&reason=x"), 409); /* nor before it begins */
}

/* ── lists ── */

static void a_list_is_looked_at_carried_out_and_taken_back(void **state)
{
	int64_t id = a_session(0);
	(void)state;
	assert_int_equal(bring(id, "who,there\nx,yes\n"), 422);
	assert_int_equal(bring(id, "person,there\nmember0@example.gov.in,yes\nnobody@example.gov.in,yes\nmember0@example.gov.in,no\nmember1@example.gov.in,"
				   "perhaps\nstranger@example.gov.in,yes\n"),
			 303);
	assert_int_equal(get(keeper, "%s", the_list(id, "")), 200);
	assert_true(body_has(keeper, "is nobody here") && body_has(keeper, "stands in the list before") && body_has(keeper, "must be yes or no") &&
		    body_has(keeper, "not admitted"));
	assert_int_equal(post(keeper, the_list(id, "/apply"), ""), 409);
	assert_int_equal(bring(id, "\xEF\xBB\xBFperson;there\r\nmember0@example.gov.in;yes\r\nmember1@example.gov.in;YES\r\nmember2@example.gov.in;no\r\n"),
			 303);
	assert_int_equal(noted(id), 0);
	pass_time((LENGTH + 5) * MINUTE);
	assert_int_equal(post(keeper, the_list(id, "/apply"), ""), 303);
	assert_int_equal(there(id, team[0]) + there(id, team[1]), 2);
	assert_int_equal(noted(id), 2);
	assert_int_equal(learnt(id, team[0]), LENGTH);
	assert_int_equal(post(keeper, the_list(id, "/apply"), ""), 409);
	assert_int_equal(post(keeper, the_list(id, "/undo"), ""), 303);
	assert_int_equal(noted(id), 0);
	assert_int_equal(learnt(id, team[0]), 0);
	/* Over what came later it is not taken back. */
	assert_int_equal(bring(id, "person,there\nmember0@example.gov.in,yes\n"), 303);
	assert_int_equal(post(keeper, the_list(id, "/apply"), ""), 303);
	assert_int_equal(correct(id, team[0], "there=yes&minutes=20&reason=Came+late"), 303);
	assert_int_equal(post(keeper, the_list(id, "/undo"), ""), 409);
	assert_int_equal(bring(id, "person,there\nmember0@example.gov.in,no\n"), 303);
	assert_int_equal(get(keeper, "%s", the_list(id, "")), 200);
	assert_true(body_has(keeper, "with a reason"));
	/* What is downloaded and brought in again changes nothing. */
	assert_int_equal(get(keeper, "%s", of(id, "/attendance-csv")), 200);
	assert_true(body_has(keeper, "member0@example.gov.in") && body_has(keeper, "\"corrected\""));
}

static void the_sheet_has_everybody_on_paper(void **state)
{
	int64_t id = a_session(0);
	(void)state;
	assert_int_equal(get(keeper, "%s", of(id, "/attendance-sheet")), 200);
	assert_string_equal(answer_header(keeper, "Content-Type"), "application/pdf");
	assert_true(str_starts(buf_get(&keeper->body), S("%PDF-1.")));
}

/* ── two accounts ── */

static void two_accounts_of_one_person_were_there_once(void **state)
{
	int64_t id = a_session(0), batch = query_int(f, "SELECT batch_id FROM batch_session WHERE id = %lld", (long long)id);
	int64_t kept = a_person(f, "twin", "twin", w.office, w.boss), closed = a_person(f, "twin2", "twin", w.office, w.boss);
	struct client *admin = client_as(f, w.admin);
	const int64_t both[] = { kept, closed };
	(void)state;
	for (int i = 0; i < 2; i++)
		tamper(f,
		       "INSERT INTO admission (id, batch_id, person_id, state, how, step, org_id, bed, bed_given, asked_at, changed_at) VALUES (%lld, %lld, "
		       "%lld, 'admitted', 'asked', 0, %lld, FALSE, FALSE, 1, 1)",
		       (long long)new_id(&f->cx), (long long)batch, (long long)both[i], (long long)w.office);
	query_end();
	pass_time((LENGTH + 5) * MINUTE);
	for (int i = 0; i < 2; i++)
		assert_int_equal(correct(id, both[i], "there=yes&reason=Seen"), 303);
	assert_int_equal(
		post_json(admin, base_of("/api/v1/orgs/%lld/duplicates/%lld/%lld/join", (long long)w.ministry, (long long)kept, (long long)closed), "{}"), 200);
	int64_t merge = json_number(admin, "id");
	assert_int_equal(learnt(id, kept), LENGTH);
	assert_int_equal(noted(id), 1);
	assert_int_equal(post_json(admin, base_of("/api/v1/orgs/%lld/merges/%lld/undo", (long long)w.ministry, (long long)merge), "{}"), 200);
	assert_int_equal(noted(id), 2);
	assert_int_equal(learnt(id, kept), LENGTH);
	assert_int_equal(learnt(id, closed), LENGTH);
	client_free(admin);
}

/* ── the world ── */

static int begin(void **state)
{
	char login[20], name[30];
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	for (int i = 0; i < TEAM; i++) {
		snprintf(login, sizeof login, "member%d", i);
		snprintf(name, sizeof name, "Member %d", i);
		team[i] = a_person(f, login, name, w.office, 0);
	}
	stranger = a_person(f, "stranger", "Stranger", w.office, 0);
	head = a_person(f, "head", "Head of Training", w.office, 0);
	programme = given_programme(
		f, &(struct given_programme){ .org_id = w.ministry, .coordinator = head, .code = "induction", .title = "Induction", .least_sessions = 80 });
	query_end();
	schedule_work(f);
	keeper = client_as(f, head);
	return 0;
}

static int end(void **state)
{
	(void)state;
	client_free(keeper);
	assert_int_equal(check_findings(f), 0);
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_but_its_coordinators_and_programme_managers_sees_a_door),
		cmocka_unit_test(a_door_opens_from_an_hour_before_to_an_hour_after),
		cmocka_unit_test(a_scan_leads_to_a_page_with_one_button_that_notes_who_presses_it),
		cmocka_unit_test(who_has_yet_to_sign_in_comes_back_and_needs_not_scan_again),
		cmocka_unit_test(what_is_forged_stale_or_of_another_session_is_refused_by_a_sentence),
		cmocka_unit_test(a_number_has_five_tries_of_each_person),
		cmocka_unit_test(the_same_person_scanning_at_once_on_eight_devices_is_there_once),
		cmocka_unit_test(a_door_may_ask_how_near_one_is_and_keeps_only_hundreds_of_metres),
		cmocka_unit_test(one_phone_for_several_people_is_shown_to_the_coordinator),
		cmocka_unit_test(a_tick_that_comes_twice_counts_once_and_the_latest_by_the_device_is_right),
		cmocka_unit_test(ticks_from_the_future_outside_the_session_or_of_strangers_are_not_taken),
		cmocka_unit_test(the_roster_is_saved_by_its_form_without_scripts),
		cmocka_unit_test(a_roster_that_was_opened_before_somebody_scanned_does_not_send_him_away),
		cmocka_unit_test(nobody_notes_himself_by_roster_or_list),
		cmocka_unit_test(who_helps_a_coordinator_does_not_keep_his_sessions),
		cmocka_unit_test(minutes_are_credited_when_the_session_is_over_and_follow_a_correction),
		cmocka_unit_test(who_was_corrected_is_told_and_reads_the_reason_and_who_noted_it),
		cmocka_unit_test(a_correction_is_possible_on_the_seventh_day_after_the_batch_and_not_on_the_eighth),
		cmocka_unit_test(a_list_is_looked_at_carried_out_and_taken_back),
		cmocka_unit_test(the_sheet_has_everybody_on_paper),
		cmocka_unit_test(two_accounts_of_one_person_were_there_once),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
