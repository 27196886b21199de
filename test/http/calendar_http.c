/* Calendars: what one has to be at and nobody else's, secret addresses that can be ended, and feeds that other programs read. */
#include "http_test.h"
#include "feature/institute/institute.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

static struct fixture *f;
static struct world w;
static int64_t institute, hall;

/* ── builders ── */

static int64_t at(int64_t day, int64_t hour)
{
	return clock_day_start(S("Asia/Kolkata"), clock_day_in_india(f->app.fixed_now) + day) + hour * HOUR;
}

static void pass(int64_t ms)
{
	f->app.fixed_now += ms;
	f->cx.now = f->app.fixed_now;
}

static void sql(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static void sql(const char *fmt, ...)
{
	char text[4000];
	va_list ap;
	va_start(ap, fmt);
	NEED(vsnprintf(text, sizeof text, fmt, ap) < (int)sizeof text, "too long");
	va_end(ap);
	tamper_all(f, text);
	query_end();
}

static enum err register_fn(struct ctx *cx, void *arg)
{
	(void)arg;
	TRY(institute_add(cx, &(struct institute_put){ w.institute, S("central"), S(""), S("New Delhi"), 28.6, 77.2 }, &institute));
	TRY(institute_room_add(cx, &(struct institute_room_put){ w.institute, NONE, 60, S("Hall A"), S("hall"), S("") }, &hall));
	return institute_book(cx, hall, "session", 11, S("Noting and drafting"), at(3, 10), at(3, 12));
}

enum { SESSION = 11, EVENT = 21, EXAM = 31, ROOM = 41 };

/* A batch with a session to which the learner is admitted, a webinar, a seat in an examination, a course that is due. */
static void a_full_calendar(void)
{
	sql("INSERT INTO programme (id, org_id, code, title, title_hi, about, audience, state, minutes, approval, may_ask, least_sessions, least_others, "
	    "made_at, changed_at)"
	    " VALUES (1, %lld, 'p', 'Induction', 'प्रवेश', '', '', 'live', 60, 'none', TRUE, 0, 0, 1, 1)",
	    (long long)w.institute);
	sql("INSERT INTO batch (id, programme_id, org_id, n, name, state, seats, waiting, invite_only, ask_until, from_day, last_day, starts_at, ends_at, "
	    "institute_id, place, "
	    "fee_paise, made_at, changed_at,"
	    " cancelled_why) VALUES (1, 1, %lld, 1, 'One', 'open', 10, 0, FALSE, 1, 1, 1, %lld, %lld, %lld, '', 0, 1, %lld, '')",
	    (long long)w.institute, (long long)at(3, 10), (long long)at(3, 12), (long long)institute, (long long)f->app.fixed_now);
	sql("INSERT INTO batch_session (id, batch_id, n, title, title_hi, starts_at, ends_at, place, room_id, cancelled_at) VALUES (11, 1, 1, 'Noting and "
	    "drafting', "
	    "'टिप्पण', %lld, %lld, '', %lld, NULL)",
	    (long long)at(3, 10), (long long)at(3, 12), (long long)hall);
	sql("INSERT INTO admission (id, batch_id, person_id, state, how, step, org_id, bed, bed_given, asked_at, changed_at) VALUES (1, 1, %lld, 'admitted', "
	    "'asked', 0, %lld, FALSE, FALSE, 1, 1),"
	    " (2, 1, %lld, 'waiting', 'asked', 0, %lld, FALSE, FALSE, 1, 1)",
	    (long long)w.learner, (long long)w.office, (long long)w.colleague, (long long)w.office);
	sql("INSERT INTO event (id, org_id, title, title_hi, about, about_hi, lang, state, held, link, for_all, starts_at, ends_at, n_registered, made_at, changed_at, "
	    "cancelled_why)"
	    " VALUES (21, %lld, 'Webinar on files', '', 'With Dr. Somebody Famous', '', 'en', 'open', 'link', 'https://meet.example/room', TRUE, %lld, %lld, 1, 1, "
	    "%lld, '')",
	    (long long)w.institute, (long long)at(4, 15), (long long)at(4, 16), (long long)f->app.fixed_now);
	sql("INSERT INTO event_speaker (event_id, n, name, lang, about) VALUES (21, 1, 'Dr. Somebody Famous', 'en', '')");
	sql("INSERT INTO event_registration (event_id, person_id, at) VALUES (21, %lld, 1)", (long long)w.learner);
	sql("INSERT INTO exam (id, org_id, code, title, about, kind, mode, state, langs, minutes, grace_s, attempts, pass, feedback, opens_at, closes_at, "
	    "need_share, least, most, target_se,"
	    " decide, made_at) VALUES (31, %lld, 'x', 'Departmental paper', '', 'proctored', 'forms', 'open', 'en', 90, 0, 1, 50, 'none', 1, %lld, 0, 0, 0, 0, "
	    "FALSE, 1)",
	    (long long)w.institute, (long long)at(30, 0));
	sql("INSERT INTO exam_room (id, exam_id, name, place, begins_at, invigilator_id, made_at) VALUES (41, 31, 'North room', 'Block 3', %lld, %lld, %lld)",
	    (long long)at(5, 9), (long long)w.boss, (long long)f->app.fixed_now);
	sql("INSERT INTO exam_seat (exam_id, person_id, room_id, seat, extra_minutes, extra_order, document) VALUES (31, %lld, 41, 'A-7', 30, 'order', '')",
	    (long long)w.learner);
	sql("INSERT INTO assignment (id, person_id, course_id, due_day, reason, assigned_by, assigned_at) VALUES (1, %lld, %lld, %lld, '', %lld, %lld)",
	    (long long)w.learner, (long long)w.course, (long long)(clock_day_in_india(f->app.fixed_now) + 6), (long long)w.boss, (long long)f->app.fixed_now);
}

/* The path of the feed that a page shows. */
static void address_on(struct client *c, const char *page, char *ret, size_t n)
{
	static const char mark[] = "/api/v1/calendars/";
	assert_int_equal(get(c, "%s", page), 200);
	const char *p = strstr(buf_get(&c->body).p, mark);
	NEED(p, "no address on the page");
	snprintf(ret, n, "%.*s", (int)strcspn(p, "\"<"), p);
}

static void an_address(struct client *c, char *ret, size_t n)
{
	assert_int_equal(get(c, "/me/calendar"), 200);
	assert_int_equal(post(c, "/me/calendar/address", ""), 303);
	address_on(c, "/me/calendar", ret, n);
}

static int64_t sequence_of(struct client *c, const char *title)
{
	const char *p = strstr(buf_get(&c->body).p, title);
	NEED(p, "no %s", title);
	const char *last = NULL;
	for (const char *s = buf_get(&c->body).p; (s = strstr(s, "\r\nSEQUENCE:")) && s < p; s++)
		last = s;
	NEED(last, "no sequence before %s", title);
	return strtoll(last + 11, NULL, 10);
}

/* ── rules ── */

static void one_sees_what_one_has_to_be_at_and_nobody_elses(void **state)
{
	struct client *c = client_as(f, w.learner), *other = client_as(f, w.colleague), *boss = client_as(f, w.boss);
	(void)state;
	assert_int_equal(get(c, "/me/calendar"), 200);
	assert_true(body_has(c, "Noting and drafting") && body_has(c, "Induction") && body_has(c, "Hall A"));
	assert_true(body_has(c, "Webinar on files") && body_has(c, "https://meet.example/room"));
	assert_true(body_has(c, "Departmental paper") && body_has(c, "North room, your seat: A-7, Block 3") &&
		    body_has(c, "11:00")); /* an hour and a half, and half an hour more */
	assert_true(body_has(c, "To be completed:"));
	/* Who waits for a seat has none yet. */
	assert_int_equal(get(other, "/me/calendar"), 200);
	assert_false(body_has(other, "Noting and drafting") || body_has(other, "Webinar on files") || body_has(other, "Departmental paper"));
	assert_int_equal(get(boss, "/me/calendar"), 200);
	assert_true(body_has(boss, "You watch over this room"));
	assert_int_equal(get(c, "/me/calendar?from=1999-01-01"), 422);
	assert_int_equal(get(c, "/me/calendar?from=9999-12-31"), 422);
	client_free(c);
	client_free(other);
	client_free(boss);
	query_end();
}

static void a_phone_reads_the_calendar_without_signing_in(void **state)
{
	struct client *c = client_as(f, w.learner), *phone = client_new(f);
	char path[200];
	(void)state;
	an_address(c, path, sizeof path);
	assert_int_equal(get(phone, "%s", path), 200);
	assert_string_equal(answer_header(phone, "Content-Type"), "text/calendar; charset=utf-8");
	assert_non_null(answer_header(phone, "X-Robots-Tag"));
	assert_true(body_has(phone, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
	assert_true(body_has(phone, "SUMMARY:Noting and drafting\r\n") && body_has(phone, "LOCATION:Hall A\\, "));
	assert_true(body_has(phone, "CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://meet.example/room\r\n"));
	assert_true(body_has(phone, "DTSTART;VALUE=DATE:") && body_has(phone, "TRANSP:TRANSPARENT"));
	assert_false(body_has(phone, "VALARM"));
	/* Of others it says nothing. */
	assert_false(body_has(phone, "Famous") || body_has(phone, "boss") || body_has(phone, "ATTENDEE") || body_has(phone, "ORGANIZER"));
	/* The code itself is nowhere in the database, nor in the trail. */
	char code[60];
	snprintf(code, sizeof code, "%.40s", path + strlen("/api/v1/calendars/"));
	assert_int_equal(query_int(f, "SELECT count(*) FROM calendar_feed WHERE code_hash LIKE '%%%s%%' OR code_sealed LIKE '%%%s%%'", code, code), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM audit WHERE input LIKE '%%%s%%' OR path LIKE '%%%s%%'", code, code), 0);
	client_free(c);
	client_free(phone);
	query_end();
}

static void an_address_that_was_made_anew_or_ended_is_dead(void **state)
{
	struct client *c = client_as(f, w.learner), *phone = client_new(f);
	char old[200], new[200], forged[200];
	(void)state;
	an_address(c, old, sizeof old);
	an_address(c, new, sizeof new);
	assert_string_not_equal(old, new);
	assert_int_equal(get(phone, "%s", old), 404);
	assert_int_equal(get(phone, "%s", new), 200);
	snprintf(forged, sizeof forged, "%s", new);
	char *digit = forged + strlen("/api/v1/calendars/") + 39;
	*digit = *digit == '0' ? '1' : '0';
	assert_int_equal(get(phone, "%s", forged), 404);
	assert_int_equal(get(phone, "/api/v1/calendars/x/calendar.ics"), 404);
	assert_int_equal(get(phone, "/api/v1/calendars/%%27%%20OR%%201=1/calendar.ics"), 404);
	assert_int_equal(post(c, "/me/calendar/address/end", ""), 303);
	assert_int_equal(get(phone, "%s", new), 404);
	assert_int_equal(post(c, "/me/calendar/address/end", ""), 409);
	client_free(c);
	client_free(phone);
	query_end();
}

static void who_has_left_has_no_feed(void **state)
{
	int64_t person = a_person(f, "leaver", "leaver", w.office, w.boss);
	struct client *c = client_as(f, person), *phone = client_new(f);
	char path[200];
	(void)state;
	an_address(c, path, sizeof path);
	assert_int_equal(get(phone, "%s", path), 200);
	sql("UPDATE person SET state = 'left' WHERE id = %lld", (long long)person);
	assert_int_equal(get(phone, "%s", path), 404);
	sql("UPDATE person SET state = 'active' WHERE id = %lld", (long long)person);
	client_free(c);
	client_free(phone);
}

static void what_has_not_changed_is_not_sent_again(void **state)
{
	struct client *c = client_as(f, w.learner), *phone = client_new(f);
	char path[200], header[120];
	(void)state;
	an_address(c, path, sizeof path);
	assert_int_equal(get(phone, "%s", path), 200);
	snprintf(header, sizeof header, "If-None-Match: %s", answer_header(phone, "ETag"));
	pass(MINUTE);
	phone->header[0] = header;
	assert_int_equal(get(phone, "%s", path), 304);
	sql("UPDATE event SET starts_at = starts_at + 60000, changed_at = %lld WHERE id = 21", (long long)f->app.fixed_now);
	phone->header[0] = header;
	assert_int_equal(get(phone, "%s", path), 200);
	client_free(c);
	client_free(phone);
}

static void what_is_called_off_stays_as_called_off(void **state)
{
	struct client *c = client_as(f, w.learner), *phone = client_new(f);
	char path[200];
	(void)state;
	an_address(c, path, sizeof path);
	assert_int_equal(get(phone, "%s", path), 200);
	assert_false(body_has(phone, "STATUS:CANCELLED"));
	int64_t before = sequence_of(phone, "SUMMARY:Noting and drafting");
	pass(HOUR);
	sql("UPDATE batch_session SET cancelled_at = %lld WHERE id = 11", (long long)f->app.fixed_now);
	assert_int_equal(get(phone, "%s", path), 200);
	assert_true(body_has(phone, "STATUS:CANCELLED"));
	assert_true(sequence_of(phone, "SUMMARY:Noting and drafting") > before);
	assert_int_equal(get(c, "/me/calendar"), 200);
	assert_true(body_has(c, "called off"));
	sql("UPDATE batch_session SET cancelled_at = NULL WHERE id = 11");
	client_free(c);
	client_free(phone);
}

static void a_title_writes_no_lines_of_its_own(void **state)
{
	struct client *c = client_as(f, w.learner), *phone = client_new(f);
	char path[200];
	(void)state;
	an_address(c, path, sizeof path);
	sql("UPDATE event SET title = 'Files' || %s || 'ATTENDEE:mailto:x@example.org' || %s || 'END:VCALENDAR; and, so \\on' WHERE id = 21",
	    fixture_sqlite(f) ? "char(13, 10)" : "chr(13) || chr(10)", fixture_sqlite(f) ? "char(10)" : "chr(10)");
	assert_int_equal(get(phone, "%s", path), 200);
	assert_false(body_has(phone, "\nATTENDEE"));
	assert_true(body_has(phone, "SUMMARY:Files\\nATTENDEE:mailto:x@example.org\\nEND:VCALENDAR\\; and\\, so"));
	sql("UPDATE event SET title = 'Webinar on files' WHERE id = 21");
	client_free(c);
	client_free(phone);
}

/* What another program makes of the bytes: the number of entries, those that were called off, and the first title. */
static void read_by_another_program(struct client *c, char *ret, size_t n)
{
	static const char script[] = "import sys,icalendar;c=icalendar.Calendar.from_ical(open(sys.argv[1],'rb').read());e=c.walk('VEVENT');"
				     "assert not c.errors and all(not x.errors for x in e);"
				     "assert len({str(x['UID']) for x in e})==len(e) and all(x['DTSTAMP'].dt.tzinfo for x in e);"
				     "print(len(e),sum(x['STATUS']=='CANCELLED' for x in e),'|'.join(sorted(str(x['SUMMARY']) for x in e)))";
	char path[200], result[200], program[] = "/usr/bin/python3", option[] = "-c";
	snprintf(path, sizeof path, "%s/feed.ics", f->dir);
	snprintf(result, sizeof result, "%s/feed.txt", f->dir);
	FILE *out = fopen(path, "wb");
	NEED(out && fwrite(buf_get(&c->body).p, 1, c->body.n, out) == c->body.n && fclose(out) == 0, "not written");
	char *const argv[] = { program, option, (char *)(uintptr_t)script, path, NULL };
	posix_spawn_file_actions_t files;
	pid_t pid;
	int status = 0;
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, 1, result, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	NEED(posix_spawnp(&pid, program, &files, NULL, argv, environ) == 0 && waitpid(pid, &status, 0) == pid && status == 0,
	     "python3-icalendar could not read it");
	posix_spawn_file_actions_destroy(&files);
	FILE *in = fopen(result, "rb");
	NEED(in, "it said nothing");
	size_t got = fread(ret, 1, n - 1, in);
	fclose(in);
	ret[got] = 0;
}

static void other_programs_read_it(void **state)
{
	struct client *c = client_as(f, w.learner), *phone = client_new(f);
	char path[200], said[1000];
	(void)state;
	sql("UPDATE event SET title = 'दस्तावेज़ों पर वेबिनार: फ़ाइल, टिप्पण और मसौदा; सबके लिए खुला, बहुत लंबा शीर्षक जो मोड़ा जाता है' WHERE id = 21");
	an_address(c, path, sizeof path);
	assert_int_equal(get(phone, "%s", path), 200);
	read_by_another_program(phone, said, sizeof said);
	assert_memory_equal(said, "4 0 ", 4);
	assert_non_null(strstr(said, "दस्तावेज़ों पर वेबिनार: फ़ाइल, टिप्पण और मसौदा; सबके लिए खुला, बहुत लंबा शीर्षक जो मोड़ा जाता है"));
	assert_non_null(strstr(said, "Noting and drafting"));
	sql("UPDATE event SET title = 'Webinar on files' WHERE id = 21");
	client_free(c);
	client_free(phone);
}

static void who_teaches_has_the_sessions_too(void **state)
{
	struct client *c = client_as(f, w.other_boss);
	(void)state;
	assert_int_equal(get(c, "/me/calendar"), 200);
	assert_false(body_has(c, "Noting and drafting"));
	sql("INSERT INTO faculty (id, institute_id, person_id, name, sort_key, kind, subjects, langs, about) VALUES (1, %lld, %lld, 'x', 'x', 'guest', '', "
	    "'en', '')",
	    (long long)institute, (long long)w.other_boss);
	sql("INSERT INTO batch_faculty (batch_id, faculty_id) VALUES (1, 1)");
	assert_int_equal(get(c, "/me/calendar"), 200);
	assert_true(body_has(c, "Noting and drafting") && body_has(c, "You teach"));
	sql("UPDATE faculty SET left_at = 1 WHERE id = 1");
	assert_int_equal(get(c, "/me/calendar"), 200);
	assert_false(body_has(c, "Noting and drafting"));
	client_free(c);
}

static void a_feed_speaks_the_language_of_its_person(void **state)
{
	struct client *c = client_as(f, w.learner), *phone = client_new(f);
	char path[200];
	(void)state;
	an_address(c, path, sizeof path);
	sql("UPDATE person SET lang = 'hi' WHERE id = %lld", (long long)w.learner);
	assert_int_equal(get(phone, "%s", path), 200);
	assert_true(body_has(phone, "NAME;LANGUAGE=hi:") && body_has(phone, "SUMMARY:टिप्पण") && body_has(phone, "DESCRIPTION:प्रवेश"));
	sql("UPDATE person SET lang = 'en' WHERE id = %lld", (long long)w.learner);
	client_free(c);
	client_free(phone);
}

static void one_thing_is_a_file_of_its_own_for_who_has_it(void **state)
{
	struct client *c = client_as(f, w.learner), *other = client_as(f, w.colleague);
	(void)state;
	assert_int_equal(get(c, "/me/calendar/session/11/calendar.ics"), 200);
	assert_non_null(strstr(answer_header(c, "Content-Disposition"), "attachment"));
	assert_true(body_has(c, "SUMMARY:Noting and drafting"));
	assert_false(body_has(c, "Webinar on files"));
	assert_int_equal(get(other, "/me/calendar/session/11/calendar.ics"), 404);
	assert_int_equal(get(c, "/me/calendar/palace/11/calendar.ics"), 404);
	assert_int_equal(get(c, "/me/calendar/session/12/calendar.ics"), 404);
	client_free(c);
	client_free(other);
}

static void an_entry_is_the_same_one_in_every_feed(void **state)
{
	struct client *c = client_as(f, w.learner);
	char uid[60];
	(void)state;
	assert_int_equal(get(c, "/me/calendar/session/11/calendar.ics"), 200);
	const char *p = strstr(buf_get(&c->body).p, "UID:");
	assert_non_null(p);
	snprintf(uid, sizeof uid, "%.40s", p);
	sql("UPDATE batch_session SET starts_at = starts_at + 60000, title = 'Renamed' WHERE id = 11");
	pass(MINUTE);
	assert_int_equal(get(c, "/me/calendar/session/11/calendar.ics"), 200);
	assert_true(body_has(c, uid) && body_has(c, "Renamed"));
	sql("UPDATE batch_session SET starts_at = starts_at - 60000, title = 'Noting and drafting' WHERE id = 11");
	client_free(c);
}

static void an_institute_has_a_feed_that_names_nobody(void **state)
{
	struct client *c = client_as(f, w.operator), *stranger = client_as(f, w.other_admin), *screen = client_new(f);
	const char *page = base_of("/orgs/%lld/institute/calendar", (long long)w.institute);
	char path[200], said[1000];
	(void)state;
	assert_int_equal(get(stranger, "%s", page), 403);
	assert_int_equal(post(stranger, base_of("%s/address", page), ""), 403);
	assert_int_equal(get(c, "%s", page), 200);
	assert_int_equal(post(c, base_of("/orgs/%lld/institute/calendar/address", (long long)w.institute), ""), 303);
	address_on(c, base_of("/orgs/%lld/institute/calendar", (long long)w.institute), path, sizeof path);
	assert_int_equal(get(screen, "%s", path), 200);
	assert_true(body_has(screen, "Noting and drafting") && body_has(screen, "Webinar on files"));
	assert_false(body_has(screen, "meet.example") || body_has(screen, "Famous") || body_has(screen, "Departmental paper"));
	read_by_another_program(screen, said, sizeof said);
	assert_memory_equal(said, "2 0 ", 4);
	assert_int_equal(post(c, base_of("/orgs/%lld/institute/calendar/address/end", (long long)w.institute), ""), 303);
	assert_int_equal(get(screen, "%s", path), 404);
	client_free(c);
	client_free(stranger);
	client_free(screen);
	query_end();
}

static void the_address_of_a_joined_account_is_dead(void **state)
{
	int64_t a = a_person(f, "twin", "twin", w.office, w.boss), b = a_person(f, "twin2", "twin", w.office, w.boss);
	struct client *admin = client_as(f, w.admin), *c = client_as(f, b), *phone = client_new(f);
	char path[200];
	(void)state;
	an_address(c, path, sizeof path);
	query_end();
	assert_int_equal(post_json(admin, base_of("/api/v1/orgs/%lld/duplicates/%lld/%lld/join", (long long)w.ministry, (long long)a, (long long)b), "{}"),
			 200);
	assert_int_equal(get(phone, "%s", path), 404);
	client_free(admin);
	client_free(c);
	client_free(phone);
	query_end();
}

static void who_guesses_addresses_is_slowed_down(void **state)
{
	struct fixture *slow = fixture_data();
	(void)state;
	slow->api_rate = 5;
	fixture_serve(slow);
	struct client *c = client_new(slow);
	for (int i = 0; i < 5; i++)
		assert_int_equal(get(c, "/api/v1/calendars/0123456789012345678901234567890123456789/calendar.ics"), 404);
	assert_int_equal(get(c, "/api/v1/calendars/0123456789012345678901234567890123456789/calendar.ics"), 429);
	client_free(c);
	fixture_end(slow);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	in_tx(f, register_fn, NULL);
	a_full_calendar();
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
		cmocka_unit_test(one_sees_what_one_has_to_be_at_and_nobody_elses),
		cmocka_unit_test(a_phone_reads_the_calendar_without_signing_in),
		cmocka_unit_test(an_address_that_was_made_anew_or_ended_is_dead),
		cmocka_unit_test(who_has_left_has_no_feed),
		cmocka_unit_test(what_has_not_changed_is_not_sent_again),
		cmocka_unit_test(what_is_called_off_stays_as_called_off),
		cmocka_unit_test(a_title_writes_no_lines_of_its_own),
		cmocka_unit_test(other_programs_read_it),
		cmocka_unit_test(who_teaches_has_the_sessions_too),
		cmocka_unit_test(a_feed_speaks_the_language_of_its_person),
		cmocka_unit_test(one_thing_is_a_file_of_its_own_for_who_has_it),
		cmocka_unit_test(an_entry_is_the_same_one_in_every_feed),
		cmocka_unit_test(an_institute_has_a_feed_that_names_nobody),
		cmocka_unit_test(the_address_of_a_joined_account_is_dead),
		cmocka_unit_test(who_guesses_addresses_is_slowed_down),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
