/* Institutes: never two in one room, what a refusal names, who sees and changes what, and evidence that is handed out as it came. */
#include "http_test.h"
#include "feature/institute/institute.h"

#include <pthread.h>

static struct fixture *f;
static struct world w;
static int64_t institute, hall, lab;

/* ── builders ── */

static enum err register_fn(struct ctx *cx, void *arg)
{
	int64_t *id = arg;
	TRY(institute_add(cx, &(struct institute_put){ w.institute, S("central"), S("Teaches clerks."), S("New Delhi"), 28.6, 77.2 }, &id[0]));
	TRY(institute_room_add(cx, &(struct institute_room_put){ w.institute, NONE, 60, S("Hall A"), S("hall"), S("Ramp at the east door") }, &id[1]));
	return institute_room_add(cx, &(struct institute_room_put){ w.institute, NONE, 25, S("Lab 1"), S("computers"), S("") }, &id[2]);
}

struct wish {
	int64_t room, thing, from, until;
	const char *kind, *words;
	enum err e;
	struct str said; /* of the first failure, with its values */
};

static enum err book_fn(struct ctx *cx, void *arg)
{
	struct wish *b = arg;
	b->e = institute_book(cx, b->room, b->kind, b->thing, str_of(b->words), b->from, b->until);
	if (b->e && cx->n_failures)
		b->said = cx->failures[0].n_args == 4 ? cx->failures[0].args[1].value : str_of(cx->failures[0].text);
	cx->n_failures = 0;
	return OK;
}

static enum err book(int64_t room, int64_t thing, const char *words, int64_t from, int64_t until)
{
	struct wish b = { .room = room, .thing = thing, .from = from, .until = until, .kind = "session", .words = words };
	in_tx(f, book_fn, &b);
	return b.e;
}

static enum err unbook_fn(struct ctx *cx, void *arg)
{
	return institute_unbook(cx, "session", *(int64_t *)arg);
}

static void unbook(int64_t thing)
{
	in_tx(f, unbook_fn, &thing);
}

/* The hour so many days from now. */
static int64_t at(int64_t day, int64_t hour)
{
	return clock_day_start(S("Asia/Kolkata"), clock_day_in_india(f->app.fixed_now) + day) + hour * HOUR;
}

/* ── rules ── */

static void two_things_never_have_one_room_at_one_time(void **state)
{
	struct wish b = { .room = hall, .thing = 2, .kind = "session", .words = "Budget" };
	(void)state;
	assert_int_equal(book(hall, 1, "Noting and drafting", at(1, 10), at(1, 12)), OK);
	const int64_t times[][2] = {
		{ at(1, 9), at(1, 11) }, { at(1, 11), at(1, 13) }, { at(1, 10), at(1, 12) }, { at(1, 9), at(1, 13) }, { at(1, 11), at(1, 11) + 1 }
	};
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		b.from = times[i][0];
		b.until = times[i][1];
		in_tx(f, book_fn, &b);
		assert_int_equal(b.e, ERR_CONFLICT);
		assert_true(str_is(b.said, "Noting and drafting"));
	}
	assert_int_equal(query_int(f, "SELECT count(*) FROM institute_booking WHERE room_id = %lld", (long long)hall), 1);
	assert_int_equal(book(lab, 2, "Budget", at(1, 10), at(1, 12)), OK);
	unbook(1);
	unbook(2);
}

static void one_thing_may_begin_as_another_ends(void **state)
{
	(void)state;
	assert_int_equal(book(hall, 1, "First", at(2, 10), at(2, 12)), OK);
	assert_int_equal(book(hall, 2, "Second", at(2, 12), at(2, 14)), OK);
	assert_int_equal(book(hall, 3, "Before", at(2, 8), at(2, 10)), OK);
	for (int64_t i = 1; i <= 3; i++)
		unbook(i);
	unbook(3); /* has none: nothing happens */
}

static void a_session_that_is_moved_keeps_its_room_or_what_it_had(void **state)
{
	(void)state;
	assert_int_equal(book(hall, 1, "First", at(3, 10), at(3, 12)), OK);
	assert_int_equal(book(hall, 2, "Second", at(3, 14), at(3, 16)), OK);
	assert_int_equal(book(hall, 1, "First", at(3, 11), at(3, 13)), OK); /* its own old hours are not in its way */
	assert_int_equal(book(hall, 1, "First", at(3, 13), at(3, 15)), ERR_CONFLICT);
	query_end();
	assert_int_equal(query_int(f, "SELECT from_at FROM institute_booking WHERE thing_id = 1"), at(3, 11));
	query_end();
	assert_int_equal(book(lab, 1, "First", at(3, 13), at(3, 15)), OK);
	assert_int_equal(query_int(f, "SELECT count(*) FROM institute_booking WHERE thing_id = 1"), 1);
	query_end();
	unbook(1);
	unbook(2);
}

static void times_that_cannot_be_are_refused(void **state)
{
	(void)state;
	assert_int_equal(book(hall, 1, "x", at(4, 10), at(4, 10)), ERR_INVALID);
	assert_int_equal(book(hall, 1, "x", at(4, 10), at(4, 9)), ERR_INVALID);
	assert_int_equal(book(hall, 1, "x", at(4, 10), at(105, 10)), ERR_INVALID);
	assert_int_equal(book(hall, 1, "x", at(2000, 10), at(2000, 11)), ERR_INVALID);
	assert_int_equal(book(hall, 1, "x", INT64_MAX - 5, INT64_MAX), ERR_INVALID);
	assert_int_equal(book(hall, 1, "x", INT64_MIN, INT64_MAX), ERR_INVALID);
	assert_int_equal(book(hall, 1, "x", INT64_MIN + 1, INT64_MAX), ERR_INVALID);
	assert_int_equal(book(4711, 1, "x", at(4, 10), at(4, 12)), ERR_INVALID);
}

static enum err unbook_events_fn(struct ctx *cx, void *arg)
{
	const int64_t *between = arg;
	for (int64_t i = between[0]; i < between[1]; i++)
		TRY(institute_unbook(cx, "event", i));
	return OK;
}

static void *book_at_once(void *arg)
{
	struct wish *b = arg;
	struct ctx cx = { .arena = arena_new(), .app = &f->app, .now = f->app.fixed_now };
	if (!db_connect(f->pool, &cx.db)) {
		if (db_write(&cx, f->pool, book_fn, b) && !b->e)
			b->e = ERR_BUSY;
		db_close(cx.db);
	}
	arena_free(cx.arena);
	return NULL;
}

static void of_many_who_want_a_room_at_once_one_gets_it(void **state)
{
	enum { MANY = 8 };
	pthread_t t[MANY];
	struct wish b[MANY];
	int got = 0;
	(void)state;
	query_end();
	for (int i = 0; i < MANY; i++) {
		b[i] = (struct wish){ .room = hall,
				      .thing = 100 + i,
				      .from = at(6, 9) + i * MINUTE,
				      .until = at(6, 17),
				      .kind = "event",
				      .words = "All at once",
				      .e = ERR_BUSY };
		assert_int_equal(pthread_create(&t[i], NULL, book_at_once, &b[i]), 0);
	}
	for (int i = 0; i < MANY; i++) {
		pthread_join(t[i], NULL);
		got += b[i].e == OK;
	}
	assert_int_equal(got, 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM institute_booking WHERE words = 'All at once'"), 1);
	query_end();
	in_tx(f, unbook_events_fn, &(int64_t[]){ 100, 100 + MANY });
}

/* ── over HTTP ── */

#define HOME(tail) base_of("/orgs/%lld/institute" tail, (long long)w.institute)
#define API(tail) base_of("/api/v1/orgs/%lld/institute" tail, (long long)w.institute)

static const char *iso(int64_t day)
{
	struct civil c = clock_date(clock_day_in_india(f->app.fixed_now) + day);
	return base_of("%04d-%02d-%02d", c.year, c.month, c.day);
}

static long book_by_hand(struct client *c, int64_t room, const char *words, int64_t day, const char *from, const char *until)
{
	char json[400];
	snprintf(json, sizeof json,
		 "{\"room_id\":\"%lld\",\"words\":\"%s\",\"from_day\":\"%s\",\"from_time\":\"%s\",\"until_day\":\"%s\",\"until_time\":\"%s\"}", (long long)room,
		 words, iso(day), from, iso(day), until);
	return post_json(c, API("/bookings"), json);
}

static void an_organisation_becomes_an_institute_by_who_manages_it(void **state)
{
	struct client *c = client_as(f, w.other_admin), *stranger = client_as(f, w.admin);
	const char *address = base_of("/orgs/%lld/institute", (long long)w.other_ministry),
		   *form = "kind=state&place=Bhopal&latitude=23.2&longitude=77.4&about=Teaches+clerks";
	(void)state;
	assert_int_equal(get(c, "%s", address), 200);
	assert_true(body_has(c, "Put into the register"));
	assert_int_equal(get(c, "%s/rooms", address), 404);
	assert_int_equal(post(stranger, address, form), 403);
	assert_int_equal(post(c, address, "kind=state&place=Bhopal&latitude=23.2&longitude="), 422);
	assert_int_equal(post(c, address, "kind=state&place=Bhopal&latitude=91&longitude=77"), 422);
	assert_int_equal(post(c, address, "kind=palace&place=Bhopal"), 422);
	assert_int_equal(post(c, address, "kind=state&place=+"), 422);
	assert_int_equal(post(c, address, form), 303);
	assert_int_equal(post(c, address, form), 409);
	assert_int_equal(post(c, base_of("%s/change", address), "kind=zonal&place=Indore&about="), 303);
	assert_int_equal(get(stranger, "/institutes?place=indore"), 200);
	assert_true(body_has(stranger, "Indore"));
	assert_int_equal(get(stranger, "/institutes?place=indore&kind=state"), 200);
	assert_false(body_has(stranger, "Indore"));
	client_free(c);
	client_free(stranger);
	query_end();
}

static void who_is_not_signed_in_sees_no_register(void **state)
{
	struct client *nobody = client_new(f);
	(void)state;
	assert_int_equal(get(nobody, "/institutes"), 303);
	assert_int_equal(get(nobody, "/api/v1/institutes/%lld", (long long)institute), 401);
	client_free(nobody);
}

static void a_refused_booking_names_what_is_there(void **state)
{
	struct client *c = client_as(f, w.operator);
	(void)state;
	assert_int_equal(get(c, "%s", HOME("/bookings")), 200);
	assert_int_equal(book_by_hand(c, hall, "Exhibition of <files>", 10, "10:00", "17:30"), 200);
	int64_t id = json_number(c, "id");
	char form[300];
	snprintf(form, sizeof form, "room_id=%lld&words=Seminar&from_day=%s&from_time=17:00&until_day=%s&until_time=18:00", (long long)hall, iso(10), iso(10));
	assert_int_equal(post(c, HOME("/bookings"), form), 409);
	assert_true(body_has(c, "Hall A is taken: Exhibition of &lt;files&gt;, from"));
	assert_true(body_has(c, "10:00") && body_has(c, "17:30"));
	assert_int_equal(book_by_hand(c, hall, "Seminar", 10, "17:30", "24:00"), 200);
	int64_t second = json_number(c, "id");
	snprintf(form, sizeof form, "room_id=%lld&words=Exhibition&from_day=%s&from_time=12:00&until_day=%s&until_time=17:30", (long long)hall, iso(10),
		 iso(10));
	assert_int_equal(post(c, base_of("/orgs/%lld/institute/bookings/%lld", (long long)w.institute, (long long)id), form), 303);
	assert_int_equal(book_by_hand(c, hall, "Before it", 10, "10:00", "12:00"), 200);
	int64_t third = json_number(c, "id");
	assert_int_equal(get(c, "%s", HOME("/bookings")), 200);
	assert_true(body_has(c, "Before it"));
	assert_int_equal(get(c, "/orgs/%lld/institute/bookings/%lld", (long long)w.institute, (long long)id), 200);
	assert_int_equal(get(c, "/orgs/%lld/institute/rooms/%lld", (long long)w.institute, (long long)hall), 200);
	assert_true(body_has(c, "Before it"));
	assert_int_equal(get(c, "/orgs/%lld/institute/rooms/%lld", (long long)w.institute, (long long)lab), 200);
	assert_false(body_has(c, "Before it"));
	/* A room that is still needed is not closed. */
	assert_int_equal(post(c, base_of("/orgs/%lld/institute/rooms/%lld/close", (long long)w.institute, (long long)hall), ""), 409);
	assert_true(body_has(c, "still needed: Before it"));
	const int64_t all[] = { id, second, third };
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(post(c, base_of("/orgs/%lld/institute/bookings/%lld/remove", (long long)w.institute, (long long)all[i]), ""), 303);
	assert_int_equal(post(c, base_of("/orgs/%lld/institute/bookings/%lld/remove", (long long)w.institute, (long long)id), ""), 404);
	client_free(c);
	query_end();
}

static void what_cannot_be_a_booking_is_refused(void **state)
{
	struct client *c = client_as(f, w.operator), *stranger = client_as(f, w.other_admin);
	(void)state;
	assert_int_equal(get(c, "%s", HOME("/bookings")), 200);
	assert_int_equal(book_by_hand(c, hall, " ", 11, "10:00", "12:00"), 422);
	assert_int_equal(book_by_hand(c, hall, "x", 11, "12:00", "10:00"), 422);
	assert_int_equal(book_by_hand(c, hall, "x", 11, "25:00", "26:00"), 422);
	assert_int_equal(book_by_hand(c, hall, "x", 11, "10h", "12h"), 422);
	assert_int_equal(book_by_hand(c, hall, "x", 90000, "10:00", "12:00"), 422);
	assert_int_equal(book_by_hand(c, hall, "x", -400, "10:00", "12:00"), 422);
	assert_int_equal(book_by_hand(c, 4711, "x", 11, "10:00", "12:00"), 422);
	assert_int_equal(book_by_hand(stranger, hall, "x", 11, "10:00", "12:00"), 403);
	/* Nor does who manages another institute book a room of this one. */
	assert_int_equal(post_json(stranger, base_of("/api/v1/orgs/%lld/institute/bookings", (long long)w.other_ministry),
				   base_of("{\"room_id\":\"%lld\",\"words\":\"x\",\"from_day\":\"%s\",\"from_time\":\"10:00\",\"until_day\":\"%s\",\"until_"
					   "time\":\"11:00\"}",
					   (long long)hall, iso(11), iso(11))),
			 422);
	/* What a session has is changed where the session is. */
	assert_int_equal(book(hall, 1, "Session", at(11, 10), at(11, 12)), OK);
	int64_t id = query_int(f, "SELECT id FROM institute_booking WHERE thing_id = 1");
	query_end();
	assert_int_equal(post(c, base_of("/orgs/%lld/institute/bookings/%lld/remove", (long long)w.institute, (long long)id), ""), 409);
	unbook(1);
	client_free(c);
	client_free(stranger);
}

static void who_looks_for_a_room_is_shown_those_that_are_free_and_large_enough(void **state)
{
	struct client *c = client_as(f, w.learner);
	(void)state;
	assert_int_equal(get(c, "/institutes/free"), 200);
	assert_int_equal(get(c, "/institutes/free?seats=40&from_day=%s&until_day=%s", iso(20), iso(22)), 200);
	assert_true(body_has(c, "Hall A"));
	assert_false(body_has(c, "Lab 1"));
	assert_int_equal(book(hall, 1, "Noting", at(21, 10), at(21, 12)), OK);
	assert_int_equal(get(c, "/institutes/free?seats=40&from_day=%s&until_day=%s", iso(20), iso(22)), 200);
	assert_false(body_has(c, "Hall A"));
	assert_int_equal(get(c, "/institutes/free?seats=40&from_day=%s&from_time=12:00", iso(21)), 200);
	assert_true(body_has(c, "Hall A"));
	assert_int_equal(get(c, "/api/v1/institutes/free?seats=20&from_day=%s", iso(21)), 200);
	assert_true(body_has(c, "Lab 1"));
	assert_false(body_has(c, "Hall A"));
	assert_int_equal(get(c, "/institutes/free?from_day=%s&until_day=%s", iso(21), iso(20)), 422);
	assert_int_equal(get(c, "/institutes/free?from_day=%s&until_day=%s", iso(21), iso(900)), 422);
	assert_int_equal(get(c, "/institutes/free?from_day=%s&from_time=%%22%%3E", iso(21)), 422);
	assert_int_equal(get(c, "/institutes/free?from_day=%s&after=x", iso(21)), 422);
	unbook(1);
	client_free(c);
}

static void the_calendar_shows_what_happens_and_not_what_is_called_off(void **state)
{
	struct client *c = client_as(f, w.learner);
	char sql[4000];
	int64_t from = at(30, 10);
	(void)state;
	query_end();
	snprintf(
		sql, sizeof sql,
		"INSERT INTO programme (id, org_id, code, title, title_hi, about, audience, state, minutes, approval, may_ask, least_sessions, least_others, "
		"made_at, changed_at)"
		" VALUES (1, %lld, 'p', 'Induction', '', '', '', 'live', 60, 'none', TRUE, 0, 0, 1, 1);"
		"INSERT INTO batch (id, programme_id, org_id, n, name, state, seats, waiting, invite_only, ask_until, from_day, last_day, starts_at, ends_at, "
		"institute_id, "
		"place, fee_paise, made_at,"
		" changed_at, cancelled_why) VALUES (1, 1, %lld, 1, 'One', 'open', 10, 0, FALSE, 1, 1, 1, %lld, %lld, %lld, '', 0, 1, 1, '');"
		"INSERT INTO batch_session (id, batch_id, n, title, title_hi, starts_at, ends_at, place, cancelled_at) VALUES"
		" (11, 1, 1, 'Without a room', '', %lld, %lld, '', NULL), (12, 1, 2, 'Called off', '', %lld, %lld, '', 5), (13, 1, 3, 'With a room', '', %lld, "
		"%lld, '', NULL);"
		"INSERT INTO event (id, org_id, title, title_hi, about, about_hi, lang, state, held, link, for_all, starts_at, ends_at, n_registered, made_at, "
		"changed_at, cancelled_why) VALUES"
		" (21, %lld, 'Webinar for all', '', '', '', 'en', 'open', 'link', '', TRUE, %lld, %lld, 0, 1, 1, ''),"
		" (22, %lld, 'Webinar of the house', '', '', '', 'en', 'open', 'link', '', FALSE, %lld, %lld, 0, 1, 1, ''),"
		" (23, %lld, 'Still a draft', '', '', '', 'en', 'draft', 'link', '', TRUE, %lld, %lld, 0, 1, 1, '')",
		(long long)w.institute, (long long)w.institute, (long long)from, (long long)(from + DAY), (long long)institute, (long long)from,
		(long long)(from + HOUR), (long long)from, (long long)(from + HOUR), (long long)(from + 2 * HOUR), (long long)(from + 3 * HOUR),
		(long long)w.institute, (long long)from, (long long)(from + HOUR), (long long)w.institute, (long long)from, (long long)(from + HOUR),
		(long long)w.institute, (long long)from, (long long)(from + HOUR));
	tamper_all(f, sql);
	query_end();
	assert_int_equal(book(lab, 13, "With a room", from + 2 * HOUR, from + 3 * HOUR), OK);
	const char *const views[] = { "week", "month" };
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(get(c, "/institutes/calendar?view=%s&day=%s", views[i], iso(30)), 200);
		assert_true(body_has(c, "Without a room") && body_has(c, "With a room") && body_has(c, "Lab 1") && body_has(c, "Webinar for all"));
		assert_false(body_has(c, "Called off") || body_has(c, "Webinar of the house") || body_has(c, "Still a draft"));
	}
	assert_int_equal(get(c, "/api/v1/institutes/calendar?day=%s&institute_id=4711", iso(30)), 200);
	assert_false(body_has(c, "With a room"));
	assert_int_equal(get(c, "/institutes/%lld", (long long)institute), 200);
	assert_true(body_has(c, "With a room") && body_has(c, "Hall A") && body_has(c, "Ramp at the east door"));
	assert_int_equal(get(c, "/institutes/calendar?day=9999-12-31"), 422);
	assert_int_equal(get(c, "/institutes/calendar?after=1-2-3"), 422);
	unbook(13);
	client_free(c);
}

static void faculty_is_found_by_what_it_teaches(void **state)
{
	struct client *c = client_as(f, w.operator), *reader = client_as(f, w.learner);
	(void)state;
	a_framework(f, "framework/kcm.csv", w.root);
	query_end();
	int64_t competency = query_int(f, "SELECT min(id) FROM competency WHERE kind <> 'area'"),
		other = query_int(f, "SELECT max(id) FROM competency WHERE kind <> 'area'");
	query_end();
	assert_int_equal(get(c, "%s", HOME("/faculty")), 200);
	char form[400];
	snprintf(form, sizeof form, "person=boss%%40example.gov.in&name=&kind=own&subjects=Noting&langs=en%%2C+hi&about=&competencies.%lld=x",
		 (long long)competency);
	assert_int_equal(post(c, HOME("/faculty"), form), 303);
	assert_int_equal(post(c, HOME("/faculty"), form), 409);
	assert_int_equal(post(c, HOME("/faculty"), "person=&name=Prof.+Meera+Sen&kind=guest&subjects=Ethics&langs=bn&about="), 303);
	assert_int_equal(post(c, HOME("/faculty"), "person=&name=&kind=guest&subjects=Ethics&langs=bn&about="), 422);
	assert_int_equal(post(c, HOME("/faculty"), "person=nobody&name=&kind=guest&langs=bn"), 422);
	assert_int_equal(post(c, HOME("/faculty"), "person=&name=X&kind=guest&langs=%3Cscript"), 422);
	assert_int_equal(post(c, HOME("/faculty"), "person=&name=X&kind=guest&langs=en&competencies.4711=x"), 422);
	assert_int_equal(get(reader, "/institutes/%lld", (long long)institute), 200);
	assert_true(body_has(reader, "Prof. Meera Sen") && body_has(reader, "বাংলা"));
	assert_int_equal(get(reader, "/api/v1/institutes?competency_id=%lld", (long long)competency), 200);
	assert_true(body_has(reader, "New Delhi"));
	assert_int_equal(get(reader, "/api/v1/institutes?competency_id=%lld", (long long)other), 200);
	assert_false(body_has(reader, "New Delhi"));
	int64_t id = query_int(f, "SELECT id FROM faculty WHERE person_id = %lld", (long long)w.boss);
	query_end();
	assert_int_equal(get(c, "/orgs/%lld/institute/faculty/%lld", (long long)w.institute, (long long)id), 200);
	assert_true(body_has(c, "checked"));
	assert_int_equal(get(c, "/orgs/%lld/institute/faculty/%lld", (long long)w.other_ministry, (long long)id), 404);
	assert_int_equal(post(c, base_of("/orgs/%lld/institute/faculty/%lld/leave", (long long)w.institute, (long long)id), ""), 303);
	assert_int_equal(get(reader, "/api/v1/institutes?competency_id=%lld", (long long)competency), 200);
	assert_false(body_has(reader, "New Delhi"));
	assert_int_equal(post(c, base_of("/orgs/%lld/institute/faculty/%lld/return", (long long)w.institute, (long long)id), ""), 303);
	client_free(c);
	client_free(reader);
	query_end();
}

static long bring(struct client *c, int64_t pillar, const char *name, const char *bytes, size_t n)
{
	char token[120];
	snprintf(token, sizeof token, "X-CSRF-Token: %s", c->csrf);
	c->header[0] = token;
	return send_raw(
		c, "POST",
		base_of("/api/v1/orgs/%lld/institute/evidence?pillar=%lld&words=The+year&file_name=%s", (long long)w.institute, (long long)pillar, name),
		"application/octet-stream", bytes, n);
}

static void evidence_is_what_it_is_and_not_what_it_is_called(void **state)
{
	static const char pdf[] = "%PDF-1.4\n<script>alert(1)</script>", page[] = "<!doctype html><script>alert(1)</script>", gif[] = "GIF89a<script>";
	struct client *c = client_as(f, w.operator), *stranger = client_as(f, w.other_admin);
	(void)state;
	assert_int_equal(get(c, "%s", HOME("/evidence")), 200);
	assert_int_equal(bring(c, 2, "year.pdf", page, sizeof page - 1), 422);
	assert_int_equal(bring(c, 2, "year.gif", gif, sizeof gif - 1), 422);
	assert_int_equal(bring(c, 9, "year.pdf", pdf, sizeof pdf - 1), 422);
	assert_int_equal(bring(c, 2, "page.html", pdf, sizeof pdf - 1), 200);
	int64_t id = json_number(c, "id");
	assert_int_equal(get(c, "/orgs/%lld/institute/evidence/%lld/file", (long long)w.institute, (long long)id), 200);
	assert_string_equal(answer_header(c, "Content-Type"), "application/pdf");
	assert_string_equal(answer_header(c, "X-Content-Type-Options"), "nosniff");
	assert_non_null(strstr(answer_header(c, "Content-Disposition"), "attachment"));
	assert_non_null(strstr(answer_header(c, "Content-Disposition"), "page.pdf"));
	assert_int_equal(c->body.n, sizeof pdf - 1);
	assert_memory_equal(buf_get(&c->body).p, pdf, sizeof pdf - 1);
	assert_int_equal(get(stranger, "/orgs/%lld/institute/evidence/%lld/file", (long long)w.institute, (long long)id), 403);
	assert_int_equal(get(stranger, "/orgs/%lld/institute/evidence/%lld/file", (long long)w.other_ministry, (long long)id), 404);
	char *large = calloc(1, (5 << 20) + 1);
	NEED(large, "no memory");
	memcpy(large, pdf, 8);
	assert_int_equal(bring(c, 2, "large.pdf", large, (5 << 20) + 1), 422);
	assert_int_equal(bring(c, 3, "large.pdf", large, 5 << 20), 200);
	free(large);
	client_free(c);
	client_free(stranger);
	query_end();
}

static void a_pillar_is_covered_by_what_is_in_force(void **state)
{
	struct client *c = client_as(f, w.operator), *reader = client_as(f, w.learner);
	(void)state;
	assert_int_equal(get(c, "%s", HOME("/evidence")), 200);
	assert_int_equal(post_json(c, API("/evidence"), "{\"pillar\":\"6\"}"), 422);
	assert_int_equal(post_json(c, API("/evidence"), "{\"pillar\":\"6\",\"link\":\"javascript:alert(1)\"}"), 422);
	assert_int_equal(post_json(c, API("/evidence"), "{\"pillar\":\"6\",\"file\":\"/etc/passwd\",\"words\":\"x\"}"), 422);
	assert_int_equal(post_json(c, API("/evidence"), "{\"pillar\":\"6\",\"words\":\"An agreement with a university\",\"link\":\"https://example.org/moa\"}"),
			 200);
	int64_t id = json_number(c, "id");
	assert_int_equal(get(c, "%s", HOME("/evidence")), 200);
	assert_true(body_has(c, "An agreement with a university") && body_has(c, "href=\"https://example.org/moa\"") &&
		    body_has(c, "evidence for 3 of 8 pillars"));
	assert_int_equal(get(reader, "/institutes/%lld", (long long)institute), 200);
	assert_true(body_has(reader, "evidence for 3 of 8 pillars"));
	assert_int_equal(get(c, "%s", HOME("/evidence/report")), 200);
	assert_memory_equal(buf_get(&c->body).p, "%PDF", 4);
	assert_int_equal(post(c, base_of("/orgs/%lld/institute/evidence/%lld/end", (long long)w.institute, (long long)id), ""), 303);
	assert_int_equal(get(c, "%s", HOME("/evidence")), 200);
	assert_true(body_has(c, "An agreement with a university") && body_has(c, "out of date since") && body_has(c, "evidence for 2 of 8 pillars"));
	/* Two years later it asks for a look. */
	f->app.fixed_now += 3 * 366 * DAY;
	struct client *later = client_as(f, w.operator);
	assert_int_equal(get(later, "%s", HOME("/evidence")), 200);
	assert_true(body_has(later, "more than two years old"));
	f->app.fixed_now -= 3 * 366 * DAY;
	client_free(later);
	client_free(c);
	client_free(reader);
	query_end();
}

static void rooms_and_hostels_are_closed_and_not_lost(void **state)
{
	struct client *c = client_as(f, w.operator), *reader = client_as(f, w.learner);
	(void)state;
	assert_int_equal(get(c, "%s", HOME("/rooms")), 200);
	assert_int_equal(post(c, HOME("/rooms"), "name=Hall+A&kind=hall&seats=10&access="), 422);
	assert_int_equal(post(c, HOME("/rooms"), "name=Hall+B&kind=hall&seats=0&access="), 422);
	assert_int_equal(post(c, HOME("/rooms"), "name=Hall+B&kind=hall&seats=300&access="), 303);
	int64_t room = query_int(f, "SELECT id FROM institute_room WHERE name = 'Hall B'");
	query_end();
	assert_int_equal(get(c, "/orgs/%lld/institute/rooms/%lld", (long long)w.institute, (long long)room), 200);
	assert_int_equal(get(c, "/orgs/%lld/institute/rooms/%lld", (long long)w.other_ministry, (long long)room), 404);
	assert_int_equal(post(c, base_of("/orgs/%lld/institute/rooms/%lld/close", (long long)w.institute, (long long)room), ""), 303);
	assert_int_equal(book(room, 1, "x", at(40, 10), at(40, 11)), ERR_INVALID);
	assert_int_equal(get(reader, "/institutes/free?seats=200&from_day=%s", iso(40)), 200);
	assert_false(body_has(reader, "Hall B"));
	assert_int_equal(post(c, base_of("/orgs/%lld/institute/rooms/%lld/open", (long long)w.institute, (long long)room), ""), 303);
	assert_int_equal(
		post(c, base_of("/orgs/%lld/institute/rooms/%lld", (long long)w.institute, (long long)room), "name=Hall+C&kind=hall&seats=310&access=Lift"),
		303);
	assert_int_equal(get(reader, "/institutes/free?seats=200&from_day=%s", iso(40)), 200);
	assert_true(body_has(reader, "Hall C") && body_has(reader, "Lift"));
	assert_int_equal(post(c, HOME("/hostels"), "name=Ganga&for_whom=women&beds=80"), 303);
	assert_int_equal(post(c, HOME("/hostels"), "name=Ganga&for_whom=men&beds=80"), 422);
	int64_t hostel = query_int(f, "SELECT id FROM institute_hostel WHERE name = 'Ganga'");
	query_end();
	assert_int_equal(get(c, "/orgs/%lld/institute/hostels/%lld", (long long)w.institute, (long long)hostel), 200);
	assert_int_equal(post(c, base_of("/orgs/%lld/institute/hostels/%lld", (long long)w.institute, (long long)hostel), "name=Ganga&for_whom=women&beds=90"),
			 303);
	assert_int_equal(get(reader, "/institutes/%lld", (long long)institute), 200);
	assert_true(body_has(reader, "90 beds"));
	assert_int_equal(post(c, base_of("/orgs/%lld/institute/hostels/%lld/close", (long long)w.institute, (long long)hostel), ""), 303);
	assert_int_equal(get(reader, "/institutes/%lld", (long long)institute), 200);
	assert_false(body_has(reader, "Ganga"));
	client_free(c);
	client_free(reader);
	query_end();
}

static int begin(void **state)
{
	int64_t ids[3];
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	in_tx(f, register_fn, ids);
	institute = ids[0];
	hall = ids[1];
	lab = ids[2];
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
		cmocka_unit_test(two_things_never_have_one_room_at_one_time),
		cmocka_unit_test(one_thing_may_begin_as_another_ends),
		cmocka_unit_test(a_session_that_is_moved_keeps_its_room_or_what_it_had),
		cmocka_unit_test(times_that_cannot_be_are_refused),
		cmocka_unit_test(of_many_who_want_a_room_at_once_one_gets_it),
		cmocka_unit_test(an_organisation_becomes_an_institute_by_who_manages_it),
		cmocka_unit_test(who_is_not_signed_in_sees_no_register),
		cmocka_unit_test(a_refused_booking_names_what_is_there),
		cmocka_unit_test(what_cannot_be_a_booking_is_refused),
		cmocka_unit_test(who_looks_for_a_room_is_shown_those_that_are_free_and_large_enough),
		cmocka_unit_test(the_calendar_shows_what_happens_and_not_what_is_called_off),
		cmocka_unit_test(faculty_is_found_by_what_it_teaches),
		cmocka_unit_test(evidence_is_what_it_is_and_not_what_it_is_called),
		cmocka_unit_test(a_pillar_is_covered_by_what_is_in_force),
		cmocka_unit_test(rooms_and_hostels_are_closed_and_not_lost),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
