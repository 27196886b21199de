/* Rooms of examinations: seats by hand, by a list and all at once, taken back whole; nobody opens a paper before the room is open and it was seen who sits
 * there; time is given back and stands in the log; whose machine dies goes on elsewhere; closing asks, and hands in what is open. */
#include "bank.h"
#include "feature/seat/seat.h"

#include <string.h>

enum { ITEMS = 6, TEAM = 8 };
#define BOUNDARY "the-boundary-of-this-test"

static struct fixture *f;
static struct world w;
static int64_t drafting, house, sections[3], team[TEAM], invigilator;
static struct client *admin;

static void pass_time(int64_t ms)
{
	f->app.fixed_now += ms;
	f->cx.now = f->app.fixed_now;
}

/* ── examinations, rooms, seats ── */

static void forms_of(int64_t exam, const char *code, int forms)
{
	int64_t v[ITEMS];
	char name[60];
	for (int k = 0; k < forms; k++) {
		for (int i = 0; i < ITEMS; i++) {
			snprintf(name, sizeof name, "%s-%d-%d", code, k, i);
			v[i] = an_item(f, house, name, drafting, 2);
		}
		a_form(f, exam, v, ITEMS);
	}
}

static int64_t exam_with(const char *code, int forms)
{
	int64_t id = an_exam(f, house, code, "proctored");
	a_part(f, house, id, drafting, 2, ITEMS);
	forms_of(id, code, forms);
	open_exam(f, house, id);
	return id;
}

static const char *of_exam(int64_t exam, const char *what)
{
	return base_of("/orgs/%lld/exams/%lld%s", (long long)house, (long long)exam, what);
}

static const char *api(const char *path)
{
	return base_of("/api/v1%s", path);
}

/* A room that begins in so many minutes. */
static int64_t a_room(int64_t exam, const char *name, int64_t in_minutes)
{
	struct civil c = clock_civil(S("Asia/Kolkata"), f->cx.now + in_minutes * MINUTE);
	const char *form = base_of("name=%s&place=Second+floor&day=%04d-%02d-%02d&time=%02d:%02d&invigilator=invigilator@example.gov.in", name, c.year, c.month,
				   c.day, c.hour, c.minute);
	NEED(post(admin, of_exam(exam, "/rooms"), form) == 303, "no room: %ld", admin->status);
	return query_int(f, "SELECT max(id) FROM exam_room WHERE exam_id = %lld", (long long)exam);
}

static const char *login_of(int i)
{
	return base_of("sitter%d@example.gov.in", i);
}

static long seat(int64_t exam, int64_t room, int i, const char *place, const char *more)
{
	return post(admin, of_exam(exam, base_of("/rooms/%lld/seats", (long long)room)), base_of("person=%s&seat=%s%s", login_of(i), place, more));
}

static const char *in_room(int64_t room, const char *what)
{
	return base_of("/rooms/%lld%s", (long long)room, what);
}

static long as(int64_t person, const char *path, const char *form)
{
	struct client *c = client_as(f, person);
	long status = post(c, path, form);
	client_free(c);
	return status;
}

static long check(int64_t room, int i)
{
	return as(invigilator, in_room(room, base_of("/seats/%lld/check", (long long)team[i])), "document=service-card");
}

/* Opens the paper at this device: its status. */
static long begin_paper(struct client *c, int64_t exam)
{
	return post_json(c, base_of("/api/v1/exams/%lld/attempts", (long long)exam), "{}");
}

static int64_t paper_of(int64_t exam, int i)
{
	return query_int(f, "SELECT id FROM exam_attempt WHERE exam_id = %lld AND taker_id = %lld ORDER BY n DESC LIMIT 1", (long long)exam,
			 (long long)team[i]);
}

static long give(struct client *c, int64_t paper, int64_t n, int64_t seq, const char *option)
{
	char token[120];
	snprintf(token, sizeof token, "X-CSRF-Token: %s", c->csrf);
	c->header[0] = token;
	const char *body = base_of("{\"answers\":[{\"n\":%lld,\"seq\":%lld,\"given\":[\"%s\"]}]}", (long long)n, (long long)seq, option);
	return send_raw(c, "PUT", base_of("/api/v1/exam-attempts/%lld/answers", (long long)paper), "application/json", body, strlen(body));
}

/* A room in which everybody of the team sits in one row, seen and open. */
static int64_t a_running_room(int64_t exam)
{
	int64_t room = a_room(exam, "Hall", 10);
	for (int i = 0; i < TEAM; i++) {
		assert_int_equal(seat(exam, room, i, base_of("A%d", i + 1), ""), 303);
		assert_int_equal(check(room, i), 303);
	}
	assert_int_equal(as(invigilator, in_room(room, "/open"), ""), 303);
	return room;
}

static int64_t seats_hash(int64_t exam)
{
	return query_int(
		f, "SELECT COALESCE(sum((person_id %% 100003) * (room_id %% 1009) + 7 * length(seat) + extra_minutes), 0) FROM exam_seat WHERE exam_id = %lld",
		(long long)exam);
}

/* ── rooms ── */

static void a_room_that_cannot_be_is_refused_by_name(void **state)
{
	int64_t exam = exam_with("refused", 1);
	char path[200];
	snprintf(path, sizeof path, "%s", of_exam(exam, "/rooms"));
	(void)state;
	assert_int_equal(post(admin, path, "name=A&day=2026-11-30&time=25:00&invigilator=invigilator@example.gov.in"), 422);
	assert_true(body_has(admin, "such as 10:30"));
	assert_int_equal(post(admin, path, "name=A&day=2020-01-01&time=10:00&invigilator=invigilator@example.gov.in"), 422);
	assert_true(body_has(admin, "next 400 days"));
	a_room(exam, "A", 60);
	struct civil c = clock_civil(S("Asia/Kolkata"), f->cx.now);
	assert_int_equal(post(admin, path, base_of("name=A&day=%04d-%02d-%02d&time=10:00&invigilator=invigilator@example.gov.in", c.year, c.month, c.day)),
			 422);
	assert_true(body_has(admin, "name of another room"));
	assert_int_equal(post(admin, path, base_of("name=B&day=%04d-%02d-%02d&time=10:00&invigilator=nobody@example.gov.in", c.year, c.month, c.day)), 422);
	assert_true(body_has(admin, "is nobody here"));
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_room WHERE exam_id = %lld", (long long)exam), 1);
	/* Where it is may be said later. */
	assert_int_equal(post(admin, path, base_of("name=B&day=%04d-%02d-%02d&time=9:05&invigilator=invigilator@example.gov.in", c.year, c.month, c.day)), 303);
	int64_t room = query_int(f, "SELECT max(id) FROM exam_room WHERE exam_id = %lld", (long long)exam);
	assert_int_equal(get(admin, "%s", of_exam(exam, base_of("/rooms/%lld", (long long)room))), 200);
	assert_true(body_has(admin, "value=\"09:05\""));
	assert_int_equal(post(admin, of_exam(exam, base_of("/rooms/%lld", (long long)room)),
			      base_of("name=B&place=Attic&day=%04d-%02d-%02d&time=9:05&invigilator=boss@example.gov.in", c.year, c.month, c.day)),
			 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_room WHERE id = %lld AND place = 'Attic' AND invigilator_id = %lld", (long long)room,
				   (long long)w.boss),
			 1);
}

static void a_room_with_people_in_it_is_not_removed(void **state)
{
	int64_t exam = exam_with("removed", 1), room = a_room(exam, "A", 60);
	(void)state;
	char path[200];
	snprintf(path, sizeof path, "%s", of_exam(exam, base_of("/rooms/%lld/remove", (long long)room)));
	assert_int_equal(seat(exam, room, 0, "A1", ""), 303);
	assert_int_equal(post(admin, path, ""), 409);
	assert_int_equal(post(admin, of_exam(exam, base_of("/rooms/%lld/seats/%lld/remove", (long long)room, (long long)team[0])), ""), 303);
	assert_int_equal(post(admin, path, ""), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_room WHERE exam_id = %lld", (long long)exam), 0);
}

static void a_seat_belongs_to_one_person_who_may_sit(void **state)
{
	int64_t exam = exam_with("one", 1), room = a_room(exam, "A", 60);
	(void)state;
	assert_int_equal(seat(exam, room, 0, "a-1", ""), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_seat WHERE exam_id = %lld AND seat = 'A-1'", (long long)exam), 1);
	assert_int_equal(seat(exam, room, 1, "A-1", ""), 422);
	assert_true(body_has(admin, "taken by somebody else"));
	assert_int_equal(seat(exam, room, 0, "A-2", ""), 303); /* another seat in place of the first */
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_seat WHERE exam_id = %lld", (long long)exam), 1);
	assert_int_equal(post(admin, of_exam(exam, base_of("/rooms/%lld/seats", (long long)room)), "person=other-learner@example.gov.in&seat=A3"), 422);
	assert_true(body_has(admin, "is not posted in this organisation"));
	assert_int_equal(seat(exam, room, 1, "A%203%2F4", ""), 422);
}

static void extra_minutes_rest_on_an_order_and_are_in_the_time_of_the_paper(void **state)
{
	int64_t exam = exam_with("extra", 1), room = a_room(exam, "A", 10);
	struct client *c = client_as(f, team[0]);
	(void)state;
	assert_int_equal(seat(exam, room, 0, "A1", "&extra_minutes=20"), 422);
	assert_true(body_has(admin, "the order that allows them"));
	assert_int_equal(seat(exam, room, 0, "A1", "&extra_minutes=20&extra_order=Order+7+of+2026"), 303);
	assert_int_equal(check(room, 0), 303);
	assert_int_equal(as(invigilator, in_room(room, "/open"), ""), 303);
	assert_int_equal(begin_paper(c, exam), 200);
	assert_int_equal(query_int(f, "SELECT ends_at - opened_at FROM exam_attempt WHERE id = %lld", (long long)paper_of(exam, 0)), (30 + 20) * MINUTE);
	client_free(c);
}

/* ── lists ── */

static long bring(int64_t exam, const char *csv)
{
	struct buf b;
	char token[120];
	buf_init(&b, f->cx.arena, 1 << 20);
	buf_lit(&b, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n");
	buf_str(&b, str_of(admin->csrf));
	buf_lit(&b, "\r\n--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"seats.csv\"\r\nContent-Type: text/csv\r\n\r\n");
	buf_str(&b, str_of(csv));
	buf_lit(&b, "\r\n--" BOUNDARY "--\r\n");
	struct str body = buf_get(&b);
	snprintf(token, sizeof token, "X-CSRF-Token: %s", admin->csrf);
	admin->header[0] = token;
	return send_raw(admin, "POST", of_exam(exam, "/seating"), "multipart/form-data; boundary=" BOUNDARY, body.p, body.n);
}

static const char *the_list(int64_t exam, const char *what)
{
	return of_exam(exam,
		       base_of("/seating/%lld%s", (long long)query_int(f, "SELECT max(id) FROM exam_seating WHERE exam_id = %lld", (long long)exam), what));
}

static void a_list_with_a_mistake_changes_nothing_and_says_where(void **state)
{
	int64_t exam = exam_with("mistakes", 1);
	(void)state;
	a_room(exam, "A", 60);
	assert_int_equal(bring(exam, "person,room,seat,extra_minutes,extra_order\r\n"
				     "sitter0@example.gov.in,A,A1,,\r\n"
				     "nobody@example.gov.in,A,A2,,\r\n"
				     "sitter1@example.gov.in,B,A3,,\r\n"
				     "sitter2@example.gov.in,A,a1,,\r\n"
				     "sitter3@example.gov.in,A,A5,30,\r\n"
				     "sitter0@example.gov.in,A,A6,,\r\n"
				     "other-learner@example.gov.in,A,A7,,\r\n"
				     "sitter4@example.gov.in,A,A8,half,\r\n"),
			 303);
	assert_int_equal(get(admin, "%s", the_list(exam, "")), 200);
	static const char *const said[] = { "is nobody here",
					    "no room of this examination",
					    "given to somebody else",
					    "needed with extra minutes",
					    "stands in the list before",
					    "not posted in this organisation",
					    "whole number from 0 to 240" };
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		assert_true(body_has(admin, said[i]));
	assert_false(body_has(admin, "Carry it out"));
	assert_int_equal(post(admin, the_list(exam, "/apply"), ""), 409);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_seat WHERE exam_id = %lld", (long long)exam), 0);
	assert_int_equal(bring(exam, "who,where\r\nx,y\r\n"), 422);
	assert_int_equal(bring(exam, "person,room,seat\r\n\"sitter0,A,1\r\n"), 422);
}

static void a_list_is_looked_at_carried_out_and_taken_back_whole(void **state)
{
	int64_t exam = exam_with("lists", 1), room = a_room(exam, "A", 60);
	(void)state;
	assert_int_equal(seat(exam, room, 0, "A1", ""), 303);
	assert_int_equal(seat(exam, room, 1, "A2", "&extra_minutes=5&extra_order=O-1"), 303);
	int64_t before = seats_hash(exam);
	/* Two swap their seats, one is new. */
	assert_int_equal(bring(exam, "room;seat;person;extra_minutes;extra_order\nA;A2;sitter0@example.gov.in;;\nA;A1;sitter1@example.gov.in;5;O-1\nA;B1;"
				     "sitter2@example.gov.in;;\n"),
			 303);
	assert_int_equal(seats_hash(exam), before);
	assert_int_equal(get(admin, "%s", api(the_list(exam, ""))), 200);
	assert_int_equal(json_number(admin, "n_new"), 1);
	assert_int_equal(json_number(admin, "n_moved"), 2);
	assert_int_equal(post(admin, the_list(exam, "/apply"), ""), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_seat WHERE exam_id = %lld", (long long)exam), 3);
	assert_int_equal(
		query_int(f, "SELECT count(*) FROM exam_seat WHERE person_id = %lld AND exam_id = %lld AND seat = 'A2'", (long long)team[0], (long long)exam),
		1);
	assert_int_equal(post(admin, the_list(exam, "/apply"), ""), 409);
	assert_int_equal(post(admin, the_list(exam, "/undo"), ""), 303);
	assert_int_equal(seats_hash(exam), before);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_seat WHERE exam_id = %lld", (long long)exam), 2);
	assert_int_equal(post(admin, the_list(exam, "/undo"), ""), 409);
}

static void a_list_is_not_taken_back_over_what_came_later(void **state)
{
	int64_t exam = exam_with("later", 1), room = a_room(exam, "A", 60);
	(void)state;
	assert_int_equal(bring(exam, "person,room,seat\nsitter0@example.gov.in,A,A1\nsitter1@example.gov.in,A,A2\n"), 303);
	assert_int_equal(seat(exam, room, 2, "A2", ""), 303); /* between looking and carrying out */
	assert_int_equal(post(admin, the_list(exam, "/apply"), ""), 409);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_seat WHERE exam_id = %lld", (long long)exam), 1);
	assert_int_equal(bring(exam, "person,room,seat\nsitter0@example.gov.in,A,A1\nsitter1@example.gov.in,A,A3\n"), 303);
	assert_int_equal(post(admin, the_list(exam, "/apply"), ""), 303);
	assert_int_equal(seat(exam, room, 1, "A9", ""), 303);
	int64_t now = seats_hash(exam);
	assert_int_equal(post(admin, the_list(exam, "/undo"), ""), 409);
	assert_int_equal(seats_hash(exam), now);
}

static void all_seats_brought_in_again_change_nothing(void **state)
{
	int64_t exam = exam_with("again", 1), room = a_room(exam, "A", 60);
	(void)state;
	assert_int_equal(seat(exam, room, 0, "A1", "&extra_minutes=15&extra_order=O-2"), 303);
	assert_int_equal(seat(exam, room, 1, "A2", ""), 303);
	assert_int_equal(get(admin, "%s", of_exam(exam, "/seats-csv")), 200);
	char *csv = strdup(buf_get(&admin->body).p);
	assert_int_equal(bring(exam, csv), 303);
	free(csv);
	assert_int_equal(get(admin, "%s", api(the_list(exam, ""))), 200);
	assert_true(json_number(admin, "n_rows") == 2 && json_number(admin, "n_new") == 0 && json_number(admin, "n_moved") == 0 &&
		    json_number(admin, "n_faults") == 0);
}

/* ── everybody at once ── */

static int64_t touching(int64_t exam)
{
	int64_t n = 0, count = query_int(f, "SELECT count(*) FROM exam_seat WHERE exam_id = %lld", (long long)exam);
	struct one {
		int64_t room, org;
		unsigned row, column;
	} *v = calloc((size_t)count, sizeof *v);
	for (int64_t i = 0; i < count; i++) {
		char text[40];
		query_text(f, text, sizeof text, "SELECT seat FROM exam_seat WHERE exam_id = %lld ORDER BY person_id LIMIT 1 OFFSET %lld", (long long)exam,
			   (long long)i);
		v[i].room = query_int(f, "SELECT room_id FROM exam_seat WHERE exam_id = %lld ORDER BY person_id LIMIT 1 OFFSET %lld", (long long)exam,
				      (long long)i);
		v[i].org = query_int(f,
				     "SELECT o.org_id FROM exam_seat s JOIN posting o ON o.person_id = s.person_id WHERE s.exam_id = %lld ORDER BY s.person_id "
				     "LIMIT 1 OFFSET %lld",
				     (long long)exam, (long long)i);
		NEED(seat_place(str_of(text), &v[i].row, &v[i].column), "%s is no seat", text);
	}
	for (int64_t i = 0; i < count; i++)
		for (int64_t k = i + 1; k < count; k++)
			n += v[i].room == v[k].room && v[i].org == v[k].org &&
			     abs((int)v[i].row - (int)v[k].row) + abs((int)v[i].column - (int)v[k].column) == 1;
	free(v);
	return n;
}

static void everybody_is_seated_at_once_and_sections_sit_apart(void **state)
{
	int64_t exam = exam_with("everybody", 1), who;
	(void)state;
	a_room(exam, "A", 60);
	a_room(exam, "B", 60);
	who = query_int(f, "SELECT count(*) FROM posting o JOIN org_above u ON u.org_id = o.org_id WHERE u.above_id = %lld AND o.until_day IS NULL",
			(long long)house);
	assert_int_equal(post(admin, of_exam(exam, "/seat-everybody"), "rows=1&columns=3"), 409);
	assert_true(body_has(admin, "too few places"));
	assert_int_equal(post(admin, of_exam(exam, "/seat-everybody"), "rows=3&columns=3"), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_seat WHERE exam_id = %lld", (long long)exam), 0);
	assert_int_equal(post(admin, the_list(exam, "/apply"), ""), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_seat WHERE exam_id = %lld", (long long)exam), who);
	assert_int_equal(query_int(f, "SELECT count(*) FROM (SELECT 1 AS x FROM exam_seat WHERE exam_id = %lld GROUP BY room_id, seat) AS d", (long long)exam),
			 who);
	assert_int_equal(touching(exam), 0);
	assert_int_equal(post(admin, of_exam(exam, "/seat-everybody"), "rows=3&columns=3"), 409);
	assert_true(body_has(admin, "Everybody has a seat"));
}

static void neighbours_have_different_forms(void **state)
{
	int64_t exam = exam_with("neighbours", 2);
	(void)state;
	a_running_room(exam);
	for (int i = 0; i < TEAM; i++) {
		struct client *c = client_as(f, team[i]);
		assert_int_equal(begin_paper(c, exam), 200);
		client_free(c);
	}
	for (int i = 1; i < TEAM; i++)
		assert_int_not_equal(query_int(f, "SELECT form_id FROM exam_attempt WHERE id = %lld", (long long)paper_of(exam, i - 1)),
				     query_int(f, "SELECT form_id FROM exam_attempt WHERE id = %lld", (long long)paper_of(exam, i)));
}

static void people_are_told_where_they_sit_once_and_again_when_it_changes(void **state)
{
	int64_t exam = exam_with("told", 1), room = a_room(exam, "A", 600);
	(void)state;
	assert_int_equal(seat(exam, room, 0, "A1", ""), 303);
	assert_int_equal(seat(exam, room, 1, "A2", ""), 303);
	int64_t before = query_int(f, "SELECT count(*) FROM notice WHERE kind = 'exam'");
	for (int i = 0; i < 2; i++) {
		assert_int_equal(post(admin, of_exam(exam, "/seat-notices"), ""), 303);
		work_now(f);
		assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE kind = 'exam'"), before + 3); /* two and the invigilator */
	}
	assert_int_equal(seat(exam, room, 1, "B2", ""), 303);
	assert_int_equal(post(admin, of_exam(exam, "/seat-notices"), ""), 303);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE kind = 'exam'"), before + 4);
	struct client *c = client_as(f, team[1]);
	assert_int_equal(get(c, "/notices"), 200);
	assert_true(body_has(c, "seat B2"));
	client_free(c);
}

static void the_hall_list_has_everybody_on_paper(void **state)
{
	int64_t exam = exam_with("paper", 1), room = a_room(exam, "A", 60);
	(void)state;
	for (int i = 0; i < TEAM; i++)
		assert_int_equal(seat(exam, room, i, base_of("A%d", i + 1), ""), 303);
	assert_int_equal(get(admin, "%s", of_exam(exam, base_of("/rooms/%lld/list", (long long)room))), 200);
	assert_string_equal(answer_header(admin, "Content-Type"), "application/pdf");
	assert_true(str_starts(buf_get(&admin->body), S("%PDF-1.")));
}

/* ── in the room ── */

static void only_the_invigilator_and_who_lays_it_down_see_a_room(void **state)
{
	int64_t exam = exam_with("strangers", 1), room = a_room(exam, "A", 10);
	(void)state;
	assert_int_equal(seat(exam, room, 0, "A1", ""), 303);
	struct client *c = client_as(f, invigilator);
	assert_int_equal(get(c, "/rooms"), 200);
	assert_true(body_has(c, in_room(room, "")));
	assert_int_equal(get(c, "%s", in_room(room, "")), 200);
	client_free(c);
	assert_int_equal(get(admin, "%s", in_room(room, "")), 200);
	uint64_t before = database_hash(f, true);
	const int64_t strangers[] = { team[0], w.boss, w.other_admin, w.learner };
	for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
		c = client_as(f, strangers[i]);
		assert_int_equal(get(c, "%s", in_room(room, "")), 404);
		assert_int_equal(get(c, "%s", in_room(room, base_of("/seats/%lld", (long long)team[0]))), 404);
		assert_int_equal(post(c, in_room(room, "/open"), ""), 404);
		assert_int_equal(post(c, in_room(room, base_of("/seats/%lld/check", (long long)team[0])), "document=pan"), 404);
		assert_int_equal(post(c, in_room(room, "/time"), "minutes=5&reason=x"), 404);
		client_free(c);
	}
	assert_true(database_hash(f, true) == before);
}

static void nobody_opens_a_paper_before_the_room_is_open_and_it_was_seen_who_it_is(void **state)
{
	int64_t exam = exam_with("opening", 1), room = a_room(exam, "A", 180);
	struct client *c = client_as(f, team[0]), *other = client_as(f, team[1]);
	(void)state;
	assert_int_equal(seat(exam, room, 0, "A1", ""), 303);
	assert_int_equal(begin_paper(other, exam), 409);		    /* no seat */
	assert_int_equal(as(invigilator, in_room(room, "/open"), ""), 409); /* three hours before */
	pass_time(150 * MINUTE);
	assert_int_equal(check(room, 0), 303);
	assert_int_equal(begin_paper(c, exam), 409); /* seen, but the room is not open */
	assert_int_equal(as(invigilator, in_room(room, base_of("/seats/%lld/refuse", (long long)team[0])), "why=Another+face+on+the+card"), 303);
	assert_int_equal(as(invigilator, in_room(room, "/open"), ""), 303);
	assert_int_equal(begin_paper(c, exam), 409); /* open, but refused */
	assert_int_equal(check(room, 0), 303);
	assert_int_equal(begin_paper(c, exam), 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_incident WHERE room_id = %lld AND kind IN ('identity', 'opened')", (long long)room), 2);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_seat WHERE room_id = %lld AND document = 'service-card' AND checked_by = %lld",
				   (long long)room, (long long)invigilator),
			 1);
	client_free(c);
	client_free(other);
}

static void the_invigilator_sees_how_far_each_is_and_who_is_silent(void **state)
{
	int64_t exam = exam_with("figures", 1), room = a_running_room(exam);
	struct client *c = client_as(f, team[2]), *inv = client_as(f, invigilator);
	(void)state;
	assert_int_equal(begin_paper(c, exam), 200);
	int64_t paper = paper_of(exam, 2);
	for (int64_t n = 1; n <= 4; n++)
		assert_int_equal(give(c, paper, n, n, "a"), 200);
	assert_int_equal(get(inv, "%s", in_room(room, "")), 200);
	assert_true(body_has(inv, "4 of 6") && body_has(inv, "is being written"));
	assert_false(body_has(inv, "none since"));
	pass_time(2 * MINUTE);
	assert_int_equal(post_json(c, base_of("/api/v1/exam-attempts/%lld/events", (long long)paper), "{\"events\":[]}"), 200); /* it is there, and thinks */
	pass_time(2 * MINUTE);
	assert_int_equal(get(inv, "%s", in_room(room, "")), 200);
	assert_false(body_has(inv, "none since"));
	pass_time(4 * MINUTE);
	assert_int_equal(get(inv, "%s", in_room(room, "")), 200);
	assert_true(body_has(inv, "none since"));
	assert_int_equal(get(inv, "/api/v1%s", in_room(room, base_of("/seats/%lld", (long long)team[2]))), 200);
	assert_true(json_number(inv, "n_answered") == 4 && answer_true(inv, "silent"));
	client_free(c);
	client_free(inv);
}

static void time_is_given_back_to_one_or_to_all_and_stands_in_the_log(void **state)
{
	int64_t exam = exam_with("time", 1), room = a_running_room(exam), ends[3];
	struct client *c[3];
	(void)state;
	for (int i = 0; i < 3; i++) {
		c[i] = client_as(f, team[i]);
		assert_int_equal(begin_paper(c[i], exam), 200);
		ends[i] = query_int(f, "SELECT ends_at FROM exam_attempt WHERE id = %lld", (long long)paper_of(exam, i));
	}
	assert_int_equal(post_json(c[2], base_of("/api/v1/exam-attempts/%lld/submit", (long long)paper_of(exam, 2)), "{}"), 200);
	assert_int_equal(as(invigilator, in_room(room, base_of("/seats/%lld/time", (long long)team[0])), "minutes=7&reason=Machine+restarted"), 303);
	assert_int_equal(as(invigilator, in_room(room, base_of("/seats/%lld/time", (long long)team[2])), "minutes=7&reason=x"), 409); /* handed in is final */
	assert_int_equal(as(invigilator, in_room(room, base_of("/seats/%lld/time", (long long)team[4])), "minutes=7&reason=x"), 409); /* not begun */
	assert_int_equal(as(invigilator, in_room(room, "/time"), "minutes=5&reason="), 422);
	assert_int_equal(as(invigilator, in_room(room, "/time"), "minutes=5&reason=Power+cut"), 303);
	assert_int_equal(query_int(f, "SELECT ends_at FROM exam_attempt WHERE id = %lld", (long long)paper_of(exam, 0)), ends[0] + 12 * MINUTE);
	assert_int_equal(query_int(f, "SELECT ends_at FROM exam_attempt WHERE id = %lld", (long long)paper_of(exam, 1)), ends[1] + 5 * MINUTE);
	assert_int_equal(query_int(f, "SELECT ends_at FROM exam_attempt WHERE id = %lld", (long long)paper_of(exam, 2)), ends[2]);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_incident WHERE room_id = %lld AND kind = 'time' AND by_id = %lld", (long long)room,
				   (long long)invigilator),
			 2);
	assert_int_equal(
		query_int(f, "SELECT sum(minutes) FROM exam_incident WHERE room_id = %lld AND words IN ('Machine restarted', 'Power cut')", (long long)room),
		12);
	for (int i = 0; i < 3; i++)
		client_free(c[i]);
}

static void a_paper_that_the_clock_closed_goes_on_when_the_room_gives_time_back(void **state)
{
	int64_t exam = exam_with("clock", 1), room = a_running_room(exam);
	struct client *c = client_as(f, team[0]);
	(void)state;
	assert_int_equal(begin_paper(c, exam), 200);
	int64_t paper = paper_of(exam, 0);
	assert_int_equal(give(c, paper, 1, 1, "a"), 200);
	schedule_work(f);
	pass_time(35 * MINUTE);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_attempt WHERE id = %lld AND closed_by = 'clock'", (long long)paper), 1);
	assert_int_equal(as(invigilator, in_room(room, "/time"), "minutes=15&reason=The+line+was+down"), 303);
	assert_int_equal(begin_paper(c, exam), 200);
	assert_int_equal(give(c, paper, 2, 2, "a"), 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_answer WHERE attempt_id = %lld", (long long)paper), 2);
	client_free(c);
}

static void whose_machine_dies_goes_on_at_another_seat_with_all_that_was_saved(void **state)
{
	int64_t exam = exam_with("machine", 1), room = a_running_room(exam);
	struct client *first = client_as(f, team[0]), *second;
	(void)state;
	assert_int_equal(begin_paper(first, exam), 200);
	int64_t paper = paper_of(exam, 0);
	assert_int_equal(give(first, paper, 1, 1, "b"), 200);
	const char *path = in_room(room, base_of("/seats/%lld/move", (long long)team[0]));
	assert_int_equal(as(invigilator, path, "seat=A2&moved_why=x"), 422); /* taken */
	assert_int_equal(as(invigilator, path, "seat=B9&moved_why=Screen+went+dark"), 303);
	second = client_as(f, team[0]);
	assert_int_equal(begin_paper(second, exam), 200);
	assert_int_equal(json_number(second, "attempt_id"), paper);
	assert_int_equal(give(second, paper, 2, 2000, "a"), 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_answer WHERE attempt_id = %lld", (long long)paper), 2);
	assert_int_equal(
		query_int(f, "SELECT count(*) FROM exam_seat WHERE exam_id = %lld AND person_id = %lld AND seat = 'B9'", (long long)exam, (long long)team[0]),
		1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_incident WHERE room_id = %lld AND kind = 'moved' AND person_id = %lld", (long long)room,
				   (long long)team[0]),
			 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_event WHERE attempt_id = %lld AND kind = 'device'", (long long)paper), 1);
	client_free(first);
	client_free(second);
}

static void the_log_says_what_of_whom_and_is_not_changed_any_more(void **state)
{
	int64_t exam = exam_with("log", 1), room = a_running_room(exam);
	struct client *inv = client_as(f, invigilator);
	(void)state;
	assert_int_equal(post(inv, in_room(room, "/log"), "kind=power&words=Five+minutes+without+light"), 303);
	assert_int_equal(post(inv, in_room(room, base_of("/seats/%lld/log", (long long)team[1])), "kind=aid&words=A+slip+under+the+keyboard"), 303);
	assert_int_equal(post(inv, in_room(room, "/log"), "kind=opened&words=x"), 422); /* kinds that the program writes itself */
	assert_int_equal(post(inv, in_room(room, base_of("/seats/%lld/log", (long long)w.learner)), "kind=aid&words=x"), 404);
	assert_int_equal(get(inv, "%s", in_room(room, "")), 200);
	assert_true(body_has(inv, "Five minutes without light") && body_has(inv, "A slip under the keyboard") && body_has(inv, "The power failed"));
	client_free(inv);
}

static void closing_asks_hands_in_what_is_open_and_nobody_opens_after(void **state)
{
	int64_t exam = exam_with("closing", 1), room = a_running_room(exam);
	struct client *c[3];
	(void)state;
	for (int i = 0; i < 3; i++) {
		c[i] = client_as(f, team[i]);
		assert_int_equal(begin_paper(c[i], exam), 200);
		assert_int_equal(give(c[i], paper_of(exam, i), 1, 1, "a"), 200);
	}
	assert_int_equal(post_json(c[0], base_of("/api/v1/exam-attempts/%lld/submit", (long long)paper_of(exam, 0)), "{}"), 200);
	assert_int_equal(as(invigilator, in_room(room, "/close"), ""), 422);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_room WHERE id = %lld AND closed_at IS NULL", (long long)room), 1);
	assert_int_equal(as(invigilator, in_room(room, "/close"), "sure=true"), 303);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_attempt WHERE exam_id = %lld AND state = 'marked' AND closed_by = 'room' AND marks = 1",
				   (long long)exam),
			 2);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_attempt WHERE exam_id = %lld AND closed_by = 'taker'", (long long)exam), 1);
	struct client *late = client_as(f, team[5]);
	assert_int_equal(begin_paper(late, exam), 409);
	client_free(late);
	assert_int_equal(as(invigilator, in_room(room, "/time"), "minutes=5&reason=x"), 409);
	assert_int_equal(as(invigilator, in_room(room, "/close"), "sure=true"), 409);
	assert_int_equal(seat(exam, room, 6, "C1", ""), 409);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_look WHERE exam_id = %lld AND done_at IS NOT NULL", (long long)exam), 1);
	for (int i = 0; i < 3; i++)
		client_free(c[i]);
}

/* ── beginning and end ── */

static int begin(void **state)
{
	char login[20], name[30];
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	a_framework(f, "framework/kcm.csv", w.root);
	drafting = competency_named(f, "functional.noting-and-drafting");
	house = an_org(f, "house", "House of Papers", w.ministry);
	for (int i = 0; i < 3; i++)
		sections[i] = an_org(f, (const char *[]){ "sec-a", "sec-b", "sec-c" }[i], (const char *[]){ "Section A", "Section B", "Section C" }[i], house);
	for (int i = 0; i < TEAM; i++) {
		snprintf(login, sizeof login, "sitter%d", i);
		snprintf(name, sizeof name, "Sitter Number %d", i);
		team[i] = a_person(f, login, name, sections[i % 3], 0);
	}
	invigilator = a_person(f, "invigilator", "Indira Rao", w.office, 0);
	admin = client_as(f, w.admin);
	return 0;
}

static int end(void **state)
{
	(void)state;
	client_free(admin);
	assert_int_equal(check_findings(f), 0);
	query_end();
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_room_that_cannot_be_is_refused_by_name),
		cmocka_unit_test(a_room_with_people_in_it_is_not_removed),
		cmocka_unit_test(a_seat_belongs_to_one_person_who_may_sit),
		cmocka_unit_test(extra_minutes_rest_on_an_order_and_are_in_the_time_of_the_paper),
		cmocka_unit_test(a_list_with_a_mistake_changes_nothing_and_says_where),
		cmocka_unit_test(a_list_is_looked_at_carried_out_and_taken_back_whole),
		cmocka_unit_test(a_list_is_not_taken_back_over_what_came_later),
		cmocka_unit_test(all_seats_brought_in_again_change_nothing),
		cmocka_unit_test(everybody_is_seated_at_once_and_sections_sit_apart),
		cmocka_unit_test(neighbours_have_different_forms),
		cmocka_unit_test(people_are_told_where_they_sit_once_and_again_when_it_changes),
		cmocka_unit_test(the_hall_list_has_everybody_on_paper),
		cmocka_unit_test(only_the_invigilator_and_who_lays_it_down_see_a_room),
		cmocka_unit_test(nobody_opens_a_paper_before_the_room_is_open_and_it_was_seen_who_it_is),
		cmocka_unit_test(the_invigilator_sees_how_far_each_is_and_who_is_silent),
		cmocka_unit_test(time_is_given_back_to_one_or_to_all_and_stands_in_the_log),
		cmocka_unit_test(a_paper_that_the_clock_closed_goes_on_when_the_room_gives_time_back),
		cmocka_unit_test(whose_machine_dies_goes_on_at_another_seat_with_all_that_was_saved),
		cmocka_unit_test(the_log_says_what_of_whom_and_is_not_changed_any_more),
		cmocka_unit_test(closing_asks_hands_in_what_is_open_and_nobody_opens_after),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
