/* Group sessions on one device: a section watches together, each is credited the time that he was there and not a second more, once, whatever is forged, sent
 * again or late; having been in a room completes nothing; a check of one's own does, and how it was done is shown. */
#include "http_test.h"
#include "feature/attendance/attendance_code.h"
#include "feature/quiz/quiz.h"
#include "feature/together/together_sheet.h"
#include "web/request.h"

#include <pthread.h>

enum { SECONDS = 20 * 60 };

static struct fixture *f;
static struct world w;
static int n_made;

static void pass_time(int64_t ms)
{
	f->app.fixed_now += ms;
	f->cx.now = f->app.fixed_now;
}

/* ── rooms ── */

static int64_t somebody_at(int64_t org, int64_t supervisor)
{
	char login[40];
	snprintf(login, sizeof login, "viewer%d", ++n_made);
	return a_person(f, login, login, org, supervisor);
}

static int64_t somebody(void)
{
	return somebody_at(w.office, 0);
}

static void enrol(int64_t person)
{
	struct client *c = client_as(f, person);
	NEED(post_json(c, base_of("/api/v1/courses/%lld/enrolment", (long long)w.course), "{}") == 200, "not enrolled: %ld", c->status);
	client_free(c);
}

/* A session of the film with the page of its screen open. */
struct room {
	int64_t id, host, at; /* at: ms of the film, up to where it was played */
	struct client *c;
	char session[100], token[80], number[20];
	int seq;
};

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

static void look_at_screen(struct room *r)
{
	NEED(get(r->c, "/api/v1/together/%lld/door", (long long)r->id) == 200, "no screen: %ld", r->c->status);
	text_of(r->c, "token", r->token, sizeof r->token);
	text_of(r->c, "number", r->number, sizeof r->number);
	text_of(r->c, "session", r->session, sizeof r->session);
}

static struct room a_room(void)
{
	struct room r = { .host = somebody() };
	enrol(r.host);
	r.c = client_as(f, r.host);
	NEED(post_json(r.c, base_of("/api/v1/resources/%lld/together", (long long)w.film), "{}") == 200, "no session: %ld %.*s", r.c->status,
	     STR_ARG(buf_get(&r.c->body)));
	r.id = json_number(r.c, "together_id");
	look_at_screen(&r);
	return r;
}

static const char *in_room(const struct room *r, const char *what)
{
	return base_of("/together/%lld%s", (long long)r->id, what);
}

static void leave_room(struct room *r)
{
	if (query_int(f, "SELECT count(*) FROM together_session WHERE id = %lld AND ends_at > %lld", (long long)r->id, (long long)f->cx.now))
		NEED(post(r->c, in_room(r, "/end"), "") == 303, "not ended: %ld", r->c->status);
	client_free(r->c);
}

static long says_played(struct room *r, int64_t from, int64_t to)
{
	return post_json(r->c, base_of("/api/v1/together/%lld/progress", (long long)r->id),
			 base_of("{\"session\":\"%s\",\"seq\":%d,\"position\":%lld,\"intervals\":[[%lld,%lld]]}", r->session, r->seq++,
				 (long long)(to / SECOND), (long long)from, (long long)to));
}

/* The film goes on for so many seconds and is reported every ten, as the player does. */
static void play(struct room *r, int seconds)
{
	for (int s = 0; s < seconds; s += 10) {
		pass_time(10 * SECOND);
		NEED(says_played(r, r->at, r->at + 10 * SECOND) == 200, "not taken: %ld %.*s", r->c->status, STR_ARG(buf_get(&r->c->body)));
		r->at += 10 * SECOND;
	}
}

static long scan(const struct room *r, int64_t person)
{
	struct client *c = client_as(f, person);
	long status = post(c, in_room(r, "/join"), base_of("token=%s", r->token));
	client_free(c);
	return status;
}

static long type_number(int64_t person, const char *number)
{
	struct client *c = client_as(f, person);
	long status = post(c, "/join", base_of("number=%s", number));
	client_free(c);
	return status;
}

static long tick(const struct room *r, int64_t person)
{
	return post(r->c, in_room(r, "/ticks"), base_of("person=%lld", (long long)person));
}

static int64_t grouped(int64_t person)
{
	return query_int(f, "SELECT COALESCE(sum(covered_ms), 0) FROM together_progress WHERE person_id = %lld AND resource_id = %lld", (long long)person,
			 (long long)w.film) /
	       SECOND;
}

static int64_t learnt(int64_t person)
{
	return query_int(f, "SELECT COALESCE(sum(ms), 0) FROM learned WHERE kind = 'resource' AND thing_id = %lld AND person_id = %lld", (long long)w.film,
			 (long long)person) /
	       SECOND;
}

static int64_t is_in(const struct room *r, int64_t person)
{
	return query_int(f, "SELECT count(*) FROM together_presence WHERE together_id = %lld AND person_id = %lld AND left_at > %lld", (long long)r->id,
			 (long long)person, (long long)f->cx.now);
}

/* ── opening ── */

static void who_is_enrolled_opens_a_session_from_the_page_of_a_resource_and_nobody_else_sees_it(void **state)
{
	int64_t stranger = somebody(), host = somebody();
	struct client *c = client_as(f, stranger), *h = client_as(f, host);
	static const char *const pages[] = { "", "/screen", "/roster" };
	(void)state;
	assert_int_equal(post_json(c, base_of("/api/v1/resources/%lld/together", (long long)w.film), "{}"), 409); /* not enrolled */
	enrol(host);
	assert_int_equal(get(h, "/resources/%lld", (long long)w.film), 200);
	assert_true(body_has(h, "Watch together"));
	assert_int_equal(post(h, base_of("/resources/%lld/together", (long long)w.film), ""), 303);
	const char *where = answer_header(h, "Location");
	int64_t id = 0;
	assert_true(where && str_int(str_sub(str_of(where), strlen("/together/"), strlen(where)), &id));
	struct room r = { .id = id, .host = host, .c = h };
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		assert_int_equal(get(h, "%s", in_room(&r, pages[i])), 200);
		assert_int_equal(get(c, "%s", in_room(&r, pages[i])), 404);
	}
	assert_int_equal(get(h, "%s", in_room(&r, "/screen")), 200);
	assert_true(body_has(h, "data-room") && body_has(h, "<path d=") && !body_has(h, "data-do=\"speed\""));
	assert_int_equal(post(c, in_room(&r, "/end"), ""), 404);
	assert_int_equal(post(h, base_of("/resources/%lld/together", (long long)w.film), ""), 303); /* again: the same */
	assert_string_equal(answer_header(h, "Location"), in_room(&r, ""));
	assert_int_equal(post(h, base_of("/resources/%lld/together", (long long)w.lesson), ""), 409); /* one at a time */
	assert_int_equal(post_json(h, base_of("/api/v1/resources/%lld/together", (long long)w.quiz), "{}"), 422);
	client_free(c);
	leave_room(&r);
}

static void a_session_ends_by_itself_after_four_hours(void **state)
{
	struct room r = a_room();
	int64_t viewer = somebody();
	(void)state;
	assert_int_equal(scan(&r, viewer), 303);
	pass_time(4 * HOUR);
	assert_int_equal(is_in(&r, viewer), 0);
	assert_int_equal(says_played(&r, 0, 10 * SECOND), 409);
	assert_int_equal(post(r.c, in_room(&r, "/end"), ""), 409);
	assert_int_equal(grouped(viewer), 0);
	leave_room(&r);
}

/* ── joining ── */

static void a_scan_or_the_number_lets_in_and_enrols_with_a_word_about_it(void **state)
{
	struct room r = a_room();
	int64_t one = somebody(), two = somebody();
	struct client *c = client_as(f, one);
	(void)state;
	assert_int_equal(get(c, "/together/%lld/join?token=%s", (long long)r.id, r.token), 200);
	assert_true(body_has(c, "Joining enrols you"));
	assert_int_equal(post(c, in_room(&r, "/join"), base_of("token=%s", r.token)), 303);
	assert_int_equal(get(c, "%s", in_room(&r, "/join")), 200);
	assert_true(body_has(c, "Coming enrolled you"));
	assert_int_equal(query_int(f, "SELECT count(*) FROM enrolment WHERE person_id = %lld AND course_id = %lld AND state = 'active'", (long long)one,
				   (long long)w.course),
			 1);
	assert_int_equal(post(c, in_room(&r, "/join"), base_of("token=%s", r.token)), 303); /* twice is once */
	assert_int_equal(query_int(f, "SELECT count(*) FROM together_presence WHERE person_id = %lld", (long long)one), 1);
	assert_int_equal(get(c, "/join"), 200);
	assert_int_equal(type_number(two, r.number), 303);
	assert_int_equal(is_in(&r, two), 1);
	assert_int_equal(get(r.c, "%s", in_room(&r, "")), 200);
	assert_true(body_has(r.c, "code scanned") && body_has(r.c, "number typed") && body_has(r.c, "was enrolled by coming"));
	client_free(c);
	leave_room(&r);
}

static void a_number_has_five_tries_and_is_good_in_its_office_alone(void **state)
{
	struct room r = a_room();
	int64_t guesser = somebody(), elsewhere = somebody_at(w.other_office, 0), supervised = somebody_at(w.other_office, r.host);
	char wrong[20];
	(void)state;
	snprintf(wrong, sizeof wrong, "%s", r.number);
	wrong[5] = wrong[5] == '0' ? '1' : '0';
	assert_int_equal(type_number(elsewhere, r.number), 422);
	assert_int_equal(type_number(supervised, r.number), 303);
	for (int i = 0; i < 5; i++)
		assert_int_equal(type_number(guesser, wrong), 422);
	assert_int_equal(type_number(guesser, r.number), 429);
	pass_time(HOUR + SECOND);
	assert_int_equal(type_number(guesser, r.number), 303);
	leave_room(&r);
}

static void what_is_forged_stale_or_of_another_door_lets_nobody_in(void **state)
{
	struct room r = a_room(), other = a_room();
	unsigned char key[CODE_KEY] = { 7 };
	int64_t one = somebody(), elsewhere = somebody_at(w.other_office, 0);
	struct client *c = client_as(f, one);
	(void)state;
	assert_int_equal(post(c, in_room(&r, "/join"), base_of("token=%s", other.token)), 422);
	/* A door of attendance has a key of its own, whatever its id. */
	assert_int_equal(post(c, in_room(&r, "/join"), base_of("token=%s", code_token(f->cx.arena, key, r.id, f->cx.now).p)), 422);
	assert_int_equal(post(c, in_room(&r, "/join"), "ticket=00ff"), 422);
	assert_int_equal(post(c, in_room(&r, "/join"), ""), 422);
	assert_int_equal(scan(&r, elsewhere), 409);
	pass_time(41 * SECOND);
	assert_int_equal(post(c, in_room(&r, "/join"), base_of("token=%s", r.token)), 422);
	assert_true(body_has(c, "has run out"));
	assert_int_equal(query_int(f, "SELECT count(*) FROM together_presence WHERE together_id = %lld", (long long)r.id), 0);
	client_free(c);
	leave_room(&other);
	leave_room(&r);
}

static void who_has_yet_to_sign_in_keeps_the_scan_for_ten_minutes(void **state)
{
	struct room r = a_room();
	int64_t one = somebody();
	char ticket[500];
	struct client *nobody = client_as(f, 0), *c = client_as(f, one);
	(void)state;
	assert_int_equal(get(nobody, "/together/%lld/join?token=%s", (long long)r.id, r.token), 200);
	assert_true(body_has(nobody, "/sign-in?to="));
	assert_int_equal(get(nobody, "/api/v1/together/%lld/join?token=%s", (long long)r.id, r.token), 200);
	text_of(nobody, "ticket", ticket, sizeof ticket);
	pass_time(9 * MINUTE);
	assert_int_equal(get(c, "/together/%lld/join?ticket=%s", (long long)r.id, ticket), 200);
	assert_int_equal(post(c, in_room(&r, "/join"), base_of("ticket=%s", ticket)), 303);
	assert_int_equal(is_in(&r, one), 1);
	client_free(nobody);
	client_free(c);
	leave_room(&r);
}

static void nobody_is_in_two_sessions_at_once_the_later_one_ends_the_earlier(void **state)
{
	struct room r = a_room(), other = a_room();
	int64_t one = somebody();
	(void)state;
	assert_int_equal(scan(&r, one), 303);
	play(&r, 60);
	look_at_screen(&other);
	assert_int_equal(scan(&other, one), 303);
	assert_int_equal(is_in(&r, one), 0);
	assert_int_equal(is_in(&other, one), 1);
	play(&r, 60);
	assert_int_equal(grouped(one), 60);
	look_at_screen(&other);
	assert_int_equal(scan(&other, r.host), 409); /* hosts one himself */
	leave_room(&r);
	leave_room(&other);
}

enum { AT_ONCE = 8 };
struct presser {
	struct client *c;
	char path[60], form[100];
	long status;
};

static void *press(void *arg)
{
	struct presser *p = arg;
	p->status = post(p->c, p->path, p->form);
	return NULL;
}

static void who_presses_in_two_rooms_at_once_on_eight_devices_is_in_one(void **state)
{
	struct room r[2] = { a_room(), a_room() };
	struct presser p[AT_ONCE];
	pthread_t t[AT_ONCE];
	int64_t one = somebody();
	(void)state;
	for (int i = 0; i < AT_ONCE; i++) {
		p[i] = (struct presser){ .c = client_as(f, one) };
		snprintf(p[i].path, sizeof p[i].path, "%s", in_room(&r[i % 2], "/join"));
		snprintf(p[i].form, sizeof p[i].form, "token=%s", r[i % 2].token);
	}
	for (int i = 0; i < AT_ONCE; i++)
		NEED(pthread_create(&t[i], NULL, press, &p[i]) == 0, "thread");
	for (int i = 0; i < AT_ONCE; i++) {
		pthread_join(t[i], NULL);
		assert_int_equal(p[i].status, 303);
		client_free(p[i].c);
	}
	assert_int_equal(is_in(&r[0], one) + is_in(&r[1], one), 1);
	leave_room(&r[0]);
	leave_room(&r[1]);
}

/* ── what is credited ── */

static void each_one_is_credited_what_was_played_while_he_was_there(void **state)
{
	struct room r = a_room();
	int64_t early = somebody(), late = somebody(), leaver = somebody(), absent = somebody();
	(void)state;
	enrol(absent);
	assert_int_equal(scan(&r, early), 303);
	assert_int_equal(scan(&r, leaver), 303);
	play(&r, 120);
	look_at_screen(&r);
	assert_int_equal(scan(&r, late), 303);
	assert_int_equal(post(r.c, in_room(&r, base_of("/people/%lld/left", (long long)leaver)), ""), 303);
	assert_int_equal(post(r.c, in_room(&r, base_of("/people/%lld/left", (long long)leaver)), ""), 409);
	play(&r, 180);
	assert_int_equal(grouped(early), 300);
	assert_int_equal(grouped(late), 180);
	assert_int_equal(grouped(leaver), 120);
	assert_int_equal(grouped(absent), 0);
	assert_int_equal(learnt(early), 300);
	assert_int_equal(learnt(late), 180);
	assert_int_equal(query_int(f, "SELECT covered_ms FROM progress WHERE person_id = %lld AND resource_id = %lld", (long long)r.host, (long long)w.film),
			 300 * SECOND);
	assert_int_equal(query_int(f, "SELECT count(*) FROM progress WHERE person_id = %lld", (long long)early), 0); /* apart from the own record */
	assert_int_equal(query_int(f, "SELECT count(*) FROM together_progress WHERE person_id = %lld AND intervals = '[[120000,300000]]'", (long long)late), 1);
	leave_room(&r);
}

static void a_whole_roster_is_looked_at_ticked_and_taken_back(void **state)
{
	struct room r = a_room();
	int64_t org = an_org(f, "tick-office", "Ticking Office", w.ministry), mine[3], foreign = somebody_at(w.other_office, 0), checked;
	char form[300];
	(void)state;
	tamper(f, "UPDATE together_session SET org_id = %lld WHERE id = %lld", (long long)org, (long long)r.id);
	for (int i = 0; i < 3; i++)
		mine[i] = somebody_at(org, 0);
	checked = mine[2];
	enrol(mine[1]);
	query_end();
	assert_int_equal(get(r.c, "%s", in_room(&r, "/roster")), 200);
	assert_true(body_has(r.c, base_of("value=\"%lld\"", (long long)mine[0])) && !body_has(r.c, base_of("value=\"%lld\"", (long long)foreign)));
	assert_int_equal(get(r.c, "%s?q=zzz", in_room(&r, "/roster")), 200);
	assert_false(body_has(r.c, base_of("value=\"%lld\"", (long long)mine[0])));
	/* A name is found by its beginning in every script and case. */
	static const struct {
		const char *name, *starts[3];
	} names[] = { { "सुनीता शर्मा", { "सु", "सुनीता", " सुनीता श " } },
		      { "Élodie D'Souza", { "é", "ÉLO", "élodie d" } },
		      { "Zubin Mehta", { "zu", "ZUB", "Zubin M" } } };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		int64_t named = a_person(f, base_of("named%zu", i), names[i].name, org, 0);
		query_end();
		for (size_t k = 0; k < 3; k++) {
			assert_int_equal(get(r.c, "%s?q=%s", in_room(&r, "/roster"), url_encoded(&f->cx, str_of(names[i].starts[k])).p), 200);
			assert_true(body_has(r.c, base_of("value=\"%lld\"", (long long)named)) &&
				    !body_has(r.c, base_of("value=\"%lld\"", (long long)mine[0])));
		}
		tamper(f, "UPDATE posting SET org_id = %lld WHERE person_id = %lld", (long long)w.other_office, (long long)named);
		query_end();
	}
	assert_int_equal(get(r.c, "%s?all=1", in_room(&r, "/ticks")), 200); /* the look changes nothing */
	assert_true(body_has(r.c, "3 people will be let in") && body_has(r.c, "will be enrolled"));
	assert_int_equal(get(r.c, "%s?person=%lld", in_room(&r, "/ticks"), (long long)foreign), 200);
	assert_true(body_has(r.c, "is neither posted in your office today nor supervised by you"));
	assert_int_equal(query_int(f, "SELECT count(*) FROM together_presence WHERE together_id = %lld", (long long)r.id), 0);
	snprintf(form, sizeof form, "person=%lld&person=%lld&person=%lld&person=%lld", (long long)mine[0], (long long)mine[1], (long long)mine[2],
		 (long long)foreign);
	assert_int_equal(post(r.c, in_room(&r, "/ticks"), form), 303);
	assert_int_equal(is_in(&r, mine[0]) + is_in(&r, mine[1]) + is_in(&r, mine[2]), 3);
	assert_int_equal(is_in(&r, foreign), 0);
	assert_int_equal(tick(&r, foreign), 409);
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE person_id = %lld AND kind = 'together'", (long long)mine[0]), 1);
	play(&r, 60);
	assert_int_equal(grouped(mine[0]), 60);
	tamper(f,
	       "INSERT INTO together_check (id, together_id, resource_id, quiz_id, person_id, n, way, made_at, passed) VALUES (%lld, %lld, %lld, %lld, %lld, "
	       "0, 'phone', 1, FALSE)",
	       (long long)new_id(&f->cx), (long long)r.id, (long long)w.film, (long long)w.quiz, (long long)checked);
	int64_t act = query_int(f, "SELECT id FROM together_act WHERE together_id = %lld", (long long)r.id);
	query_end();
	assert_int_equal(post(r.c, in_room(&r, base_of("/ticks/%lld/undo", (long long)act)), ""), 303);
	assert_int_equal(grouped(mine[0]) + learnt(mine[0]) + grouped(mine[1]) + learnt(mine[1]), 0);
	assert_int_equal(is_in(&r, mine[0]), 0);
	assert_int_equal(grouped(checked), 60); /* checked since: stays */
	assert_int_equal(query_int(f, "SELECT count(*) FROM enrolment WHERE person_id = %lld AND state = 'ended'", (long long)mine[0]), 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM enrolment WHERE person_id = %lld AND state = 'active'", (long long)mine[1]), 1);
	assert_int_equal(post(r.c, in_room(&r, base_of("/ticks/%lld/undo", (long long)act)), ""), 409);
	leave_room(&r);
}

static void a_course_that_is_no_longer_offered_lets_in_only_who_is_enrolled_and_says_why(void **state)
{
	struct room r = a_room();
	int64_t one = somebody(), two = somebody();
	struct client *c = client_as(f, two);
	(void)state;
	enrol(one);
	tamper(f, "UPDATE course SET state = 'retired' WHERE id = %lld", (long long)w.course);
	query_end();
	assert_int_equal(scan(&r, one), 303);
	assert_int_equal(scan(&r, two), 409);
	assert_int_equal(get(c, "%s", in_room(&r, "/join")), 200);
	assert_true(body_has(c, "it is no longer offered"));
	assert_int_equal(get(r.c, "%s?person=%lld", in_room(&r, "/ticks"), (long long)two), 200);
	assert_true(body_has(r.c, "is not enrolled, and the course is no longer offered"));
	tamper(f, "UPDATE course SET state = 'live' WHERE id = %lld", (long long)w.course);
	query_end();
	client_free(c);
	leave_room(&r);
}

static void two_hosts_who_tick_the_same_person_have_him_one_after_the_other(void **state)
{
	struct room r = a_room(), other = a_room();
	int64_t one = somebody();
	(void)state;
	assert_int_equal(tick(&r, one), 303);
	play(&r, 30);
	assert_int_equal(get(other.c, "%s?person=%lld", in_room(&other, "/ticks"), (long long)one), 200);
	assert_true(body_has(other.c, "leaves another group session"));
	assert_int_equal(tick(&other, one), 303);
	play(&r, 30);
	assert_int_equal(is_in(&r, one), 0);
	assert_int_equal(grouped(one), 30);
	leave_room(&r);
	leave_room(&other);
}

static void the_hundred_and_first_person_is_told_that_the_session_is_full(void **state)
{
	struct room r = a_room();
	int64_t last = somebody();
	char sql[400];
	(void)state;
	snprintf(sql, sizeof sql,
		 "INSERT INTO together_presence (id, together_id, person_id, joined_at, left_at, way, enrolled, intervals, ms) "
		 "SELECT %lld + p.id %% 1000000007, %lld, p.id, 1, 2, 'qr', FALSE, '[]', 0 FROM person p WHERE p.id <> %lld AND p.id <> %lld ORDER BY p.id "
		 "LIMIT 100",
		 (long long)new_id(&f->cx), (long long)r.id, (long long)last, (long long)r.host);
	while (query_int(f, "SELECT count(*) FROM person") < 102)
		somebody();
	query_end();
	tamper_all(f, sql);
	assert_int_equal(query_int(f, "SELECT count(DISTINCT person_id) FROM together_presence WHERE together_id = %lld", (long long)r.id), 100);
	query_end();
	assert_int_equal(scan(&r, last), 409);
	assert_int_equal(tick(&r, last), 409);
	assert_true(body_has(r.c, "100 people"));
	leave_room(&r);
}

static void a_full_room_is_paid_by_one_report(void **state)
{
	struct room r = a_room();
	char form[4000];
	size_t at = 0;
	(void)state;
	for (int i = 0; i < 100; i++)
		at += (size_t)snprintf(form + at, sizeof form - at, "%sperson=%lld", i ? "&" : "", (long long)somebody());
	assert_int_equal(post(r.c, in_room(&r, "/ticks"), form), 303);
	assert_int_equal(
		query_int(f, "SELECT count(*) FROM together_presence WHERE together_id = %lld AND left_at > %lld", (long long)r.id, (long long)f->cx.now), 100);
	pass_time(10 * SECOND);
	int64_t begun = clock_now();
	assert_int_equal(says_played(&r, 0, 10 * SECOND), 200);
	print_message("a report for 100 people: %u statements, %lld ms\n", r.c->statements, (long long)(clock_now() - begun));
	assert_int_equal(json_number(r.c, "n_paid"), 100);
	assert_true(r.c->statements < 900);
	assert_int_equal(query_int(f, "SELECT min(ms) FROM together_presence WHERE together_id = %lld", (long long)r.id), 10 * SECOND);
	leave_room(&r);
}

static void what_comes_late_when_the_network_is_back_credits_nobody_beyond_the_time_that_he_was_there(void **state)
{
	struct room r = a_room();
	int64_t early = somebody(), late = somebody();
	(void)state;
	assert_int_equal(scan(&r, early), 303);
	pass_time(9 * MINUTE);
	look_at_screen(&(struct room){ .id = r.id, .c = r.c });
	assert_int_equal(type_number(late, r.number), 303);
	pass_time(MINUTE);
	assert_int_equal(says_played(&r, 0, 10 * MINUTE), 200);
	assert_int_equal(grouped(early), 600);
	assert_int_equal(query_int(f, "SELECT count(*) FROM together_progress WHERE person_id = %lld AND intervals = '[[540000,600000]]'", (long long)late), 1);
	leave_room(&r);
}

static void forged_and_replayed_reports_gain_nobody_anything(void **state)
{
	struct room r = a_room();
	int64_t one = somebody();
	struct client *c = client_as(f, one);
	(void)state;
	assert_int_equal(scan(&r, one), 303);
	for (int s = 0; s < 20; s++) { /* twenty minutes in twenty seconds */
		pass_time(SECOND);
		assert_int_equal(says_played(&r, 0, 20 * MINUTE), 200);
	}
	assert_true(grouped(one) >= 1 && grouped(one) <= 20);
	for (int64_t was = grouped(one), i = 0; i < 10; i++) { /* the same again, at once */
		assert_int_equal(says_played(&r, 0, 20 * SECOND), 200);
		assert_int_equal(grouped(one), was);
	}
	assert_int_equal(learnt(one), grouped(one));
	/* Whoever is in cannot report for the room, and the token of the view is the host's. */
	assert_int_equal(post_json(c, base_of("/api/v1/together/%lld/progress", (long long)r.id),
				   base_of("{\"session\":\"%s\",\"seq\":1,\"position\":1,\"intervals\":[[0,9000]]}", r.session)),
			 404);
	snprintf(r.session, sizeof r.session, "%lld-00", (long long)f->cx.now - MINUTE);
	assert_int_equal(says_played(&r, 0, 60 * SECOND), 422);
	client_free(c);
	leave_room(&r);
}

static void a_minute_alone_and_in_a_group_is_learnt_once_and_wall_time_is_spent_once(void **state)
{
	struct room r = a_room();
	int64_t one = somebody();
	char session[100];
	(void)state;
	assert_int_equal(scan(&r, one), 303);
	struct client *c = client_as(f, one);
	NEED(get(c, "/resources/%lld", (long long)w.film) == 200, "no page: %ld", c->status);
	const char *p = strstr(buf_get(&c->body).p, "data-session=\"");
	snprintf(session, sizeof session, "%.*s", (int)strcspn(p + 14, "\""), p + 14);
	play(&r, 60);
	assert_int_equal(learnt(one), 60);
	/* The same minute on the phone at the same time: its wall time is spent. */
	assert_int_equal(post_json(c, base_of("/api/v1/resources/%lld/progress", (long long)w.film),
				   base_of("{\"session\":\"%s\",\"seq\":0,\"position\":60,\"intervals\":[[0,60000]]}", session)),
			 200);
	assert_int_equal(query_int(f, "SELECT COALESCE(sum(covered_ms), 0) FROM progress WHERE person_id = %lld", (long long)one), 0);
	/* Later alone: it becomes the own, and is not learnt a second time. */
	assert_int_equal(post(c, in_room(&r, "/go"), ""), 303);
	pass_time(MINUTE);
	assert_int_equal(post_json(c, base_of("/api/v1/resources/%lld/progress", (long long)w.film),
				   base_of("{\"session\":\"%s\",\"seq\":1,\"position\":90,\"intervals\":[[0,90000]]}", session)),
			 200);
	assert_int_equal(query_int(f, "SELECT sum(covered_ms) FROM progress WHERE person_id = %lld", (long long)one), 90 * SECOND);
	assert_int_equal(learnt(one), 90);
	client_free(c);
	leave_room(&r);
}

static void having_been_in_a_room_completes_nothing(void **state)
{
	struct room r = a_room();
	int64_t one = somebody();
	(void)state;
	assert_int_equal(scan(&r, one), 303);
	play(&r, SECONDS);
	assert_int_equal(grouped(one), SECONDS);
	assert_int_equal(query_int(f, "SELECT count(*) FROM credit WHERE person_id = %lld", (long long)one), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM credit WHERE person_id = %lld AND way = 'progress'", (long long)r.host), 1);
	leave_room(&r);
}

/* ── the check ── */

/* A course of its own kind of world: the final test proves the film. */
static void prove_film(bool on)
{
	tamper(f, "UPDATE resource SET credits_id = %s WHERE id = %lld", on ? base_of("%lld", (long long)w.film) : "NULL", (long long)w.quiz);
	query_end();
}

static struct room a_room_that_played(int64_t viewer)
{
	struct room r = a_room();
	NEED(scan(&r, viewer) == 303, "not in");
	play(&r, SECONDS);
	return r;
}

struct right {
	int64_t question;
	struct str *ret;
};

static enum err right_answer(struct ctx *cx, void *arg)
{
	struct right *r = arg;
	return quiz_right_answer(cx, r->question, r->ret);
}

/* What to answer: all right or all wrong, as the form would say it. */
static void answers_of(int64_t check, bool right, char *ret, size_t n)
{
	size_t at = 0;
	for (int i = 1; i <= 3; i++) {
		int64_t q = query_int(f, "SELECT question_id FROM together_answer WHERE check_id = %lld AND n = %d", (long long)check, i);
		struct str given;
		char text[40];
		in_tx(f, right_answer, &(struct right){ q, &given });
		/* ["b"] */
		snprintf(text, sizeof text, "%.*s", (int)given.n - 4, given.p + 2);
		at += (size_t)snprintf(ret + at, n - at, "%sanswer.%lld=%s", i > 1 ? "&" : "", (long long)q,
				       right			   ? text
				       : strcmp(text, "4") == 0	   ? "5"
				       : strcmp(text, "true") == 0 ? "false"
				       : strcmp(text, "a") == 0	   ? "b"
								   : "a");
	}
	query_end();
}

/* The same as letters of the sheet: "answer.1=B&…". */
static void letters_of(int64_t check, char *ret, size_t n)
{
	struct quiz_shown *q;
	size_t n_q, at = 0;
	NEED(together_check_questions(&f->cx, check, &q, &n_q) == OK, "no questions");
	for (size_t i = 0; i < n_q; i++) {
		struct str given;
		in_tx(f, right_answer, &(struct right){ q[i].question_id, &given });
		struct str id = str_sub(given, 2, given.n - 2);
		for (size_t k = 0; k < q[i].n_options; k++)
			if (str_eq(q[i].options[k].id, id))
				id = together_letter(f->cx.arena, k);
		at += (size_t)snprintf(ret + at, n - at, "%sanswer.%zu=%.*s", i ? "&" : "", i + 1, STR_ARG(id));
	}
}

static int64_t open_check(int64_t person)
{
	return query_int(f, "SELECT id FROM together_check WHERE person_id = %lld AND done_at IS NULL ORDER BY id DESC LIMIT 1", (long long)person);
}

static int64_t credited(int64_t person)
{
	return query_int(f, "SELECT count(*) FROM credit WHERE person_id = %lld AND resource_id = %lld AND way = 'check'", (long long)person,
			 (long long)w.film);
}

static void a_check_on_the_own_phone_completes_what_was_seen_in_a_group_and_says_so(void **state)
{
	int64_t one = somebody(), half = somebody();
	char form[300];
	(void)state;
	prove_film(true);
	struct room r = a_room();
	NEED(scan(&r, one) == 303, "not in");
	struct client *c = client_as(f, one), *h = client_as(f, half);
	assert_int_equal(post(c, base_of("/resources/%lld/check", (long long)w.film), ""), 409); /* not enough seen */
	play(&r, SECONDS / 2);
	look_at_screen(&r);
	NEED(scan(&r, half) == 303, "not in");
	play(&r, SECONDS / 2);
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE person_id = %lld AND kind = 'together'", (long long)one), 1);
	assert_int_equal(post(h, base_of("/resources/%lld/check", (long long)w.film), ""), 409);
	assert_true(body_has(h, "95% are needed"));
	assert_int_equal(get(c, "/resources/%lld", (long long)w.film), 200);
	assert_true(body_has(c, "a short check of your own completes this part"));
	assert_int_equal(post(c, base_of("/resources/%lld/check", (long long)w.film), ""), 303);
	assert_int_equal(post(c, base_of("/resources/%lld/check", (long long)w.film), ""), 303); /* the same questions again */
	assert_int_equal(query_int(f, "SELECT count(*) FROM together_check WHERE person_id = %lld", (long long)one), 1);
	assert_int_equal(get(c, "/resources/%lld/check", (long long)w.film), 200);
	assert_true(body_has(c, "Question 1 of 3"));
	answers_of(open_check(one), false, form, sizeof form);
	assert_int_equal(post(c, base_of("/resources/%lld/check/answers", (long long)w.film), form), 303);
	assert_int_equal(credited(one), 0);
	assert_int_equal(get(c, "/resources/%lld/check", (long long)w.film), 200);
	assert_true(body_has(c, "Not passed this time"));
	assert_int_equal(post(c, base_of("/resources/%lld/check", (long long)w.film), ""), 303);
	answers_of(open_check(one), true, form, sizeof form);
	assert_int_equal(post(c, base_of("/resources/%lld/check/answers", (long long)w.film), form), 303);
	assert_int_equal(credited(one), 1);
	assert_int_equal(get(c, "/resources/%lld", (long long)w.film), 200);
	assert_true(body_has(c, "in a group, hosted by") && body_has(c, "on the own phone"));
	assert_int_equal(get(c, "/together"), 200);
	assert_true(body_has(c, "on the own phone"));
	assert_int_equal(get(c, "/me/learning.json"), 200);
	assert_true(body_has(c, "\"group_ms\":1200000"));
	client_free(c);
	client_free(h);
	leave_room(&r);
	prove_film(false);
}

static void three_checks_are_all_and_then_watching_alone_is_left(void **state)
{
	int64_t one = somebody();
	char form[300];
	(void)state;
	prove_film(true);
	struct room r = a_room_that_played(one);
	struct client *c = client_as(f, one);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(post(c, base_of("/resources/%lld/check", (long long)w.film), ""), 303);
		answers_of(open_check(one), false, form, sizeof form);
		assert_int_equal(post(c, base_of("/resources/%lld/check/answers", (long long)w.film), form), 303);
		assert_int_equal(post(c, base_of("/resources/%lld/check/answers", (long long)w.film), form), 409); /* twice is once */
	}
	assert_int_equal(post(c, base_of("/resources/%lld/check", (long long)w.film), ""), 409);
	assert_true(body_has(c, "All three checks are used"));
	client_free(c);
	leave_room(&r);
	prove_film(false);
}

static void on_the_shared_device_one_answers_by_the_own_number_or_the_word_of_the_host_and_it_shows_which(void **state)
{
	int64_t one = somebody(), two = somebody(), absent = somebody();
	char form[300];
	(void)state;
	prove_film(true);
	struct room r = a_room();
	NEED(scan(&r, one) == 303 && scan(&r, two) == 303, "not in");
	play(&r, SECONDS);
	struct client *c = client_as(f, one);
	assert_int_equal(post(c, "/me/personal-number", "number=123456"), 422);
	assert_int_equal(post(c, "/me/personal-number", "number=12345a"), 422);
	assert_int_equal(post(r.c, in_room(&r, base_of("/turns/%lld", (long long)one)), "number=802517"), 422); /* none is set */
	assert_int_equal(post(c, "/me/personal-number", "number=802517"), 303);
	assert_int_equal(get(r.c, "%s", in_room(&r, "/turns")), 200);
	for (int i = 0; i < 3; i++)
		assert_int_equal(post(r.c, in_room(&r, base_of("/turns/%lld", (long long)one)), "number=802518"), 422);
	assert_int_equal(post(r.c, in_room(&r, base_of("/turns/%lld", (long long)one)), "number=802517"), 303);
	assert_int_equal(post(r.c, in_room(&r, base_of("/turns/%lld", (long long)one)), "number=802517"), 429); /* five tries */
	int64_t check = open_check(one);
	assert_int_equal(get(r.c, "%s", in_room(&r, base_of("/checks/%lld", (long long)check))), 200);
	assert_true(body_has(r.c, "Question 1 of 3"));
	assert_int_equal(get(c, "%s", in_room(&r, base_of("/checks/%lld", (long long)check))), 404);
	answers_of(check, true, form, sizeof form);
	assert_int_equal(post(r.c, in_room(&r, base_of("/checks/%lld/answers", (long long)check)), form), 303);
	assert_int_equal(credited(one), 1);
	assert_int_equal(post(r.c, in_room(&r, base_of("/turns/%lld", (long long)absent)), "tick=1"), 404);
	assert_int_equal(post(r.c, in_room(&r, base_of("/turns/%lld", (long long)two)), "tick=1"), 303);
	answers_of(open_check(two), true, form, sizeof form);
	assert_int_equal(post(r.c, in_room(&r, base_of("/checks/%lld/answers", (long long)open_check(two))), form), 303);
	assert_int_equal(credited(two), 1);
	assert_int_equal(get(r.c, "%s", in_room(&r, "")), 200);
	assert_true(body_has(r.c, "by the personal number") && body_has(r.c, "ticked by viewer"));
	client_free(c);
	/* What a host ticked himself is seen by his supervisor, and by nobody else. */
	tamper(f, "UPDATE posting SET supervisor_id = %lld WHERE person_id = %lld AND until_day IS NULL", (long long)w.boss, (long long)r.host);
	query_end();
	struct client *boss = client_as(f, w.boss), *other = client_as(f, w.other_boss);
	assert_int_equal(get(boss, "/api/v1/team/together"), 200);
	assert_true(body_has(boss, "\"n_tick\":1") && body_has(boss, "\"n_number\":1"));
	assert_int_equal(get(boss, "/team/together"), 200);
	assert_int_equal(get(other, "/api/v1/team/together"), 200);
	assert_false(body_has(other, "n_tick"));
	assert_int_equal(get(boss, "/people/%lld/together", (long long)r.host), 200);
	assert_int_equal(get(other, "/people/%lld/together", (long long)r.host), 403);
	client_free(boss);
	client_free(other);
	leave_room(&r);
	prove_film(false);
}

static void a_printed_sheet_is_keyed_in_once_after_a_look_and_stands_with_the_name_of_the_host(void **state)
{
	int64_t one = somebody(), two = somebody();
	char keyed[300];
	(void)state;
	prove_film(true);
	struct room r = a_room();
	NEED(scan(&r, one) == 303 && scan(&r, two) == 303, "not in");
	assert_int_equal(post(r.c, in_room(&r, "/sheets"), ""), 303); /* printed before the film */
	assert_int_equal(post(r.c, in_room(&r, "/sheets"), ""), 409); /* everybody has one */
	assert_int_equal(query_int(f, "SELECT count(*) FROM together_check WHERE together_id = %lld AND way = 'sheet' AND n IN (1, 2)", (long long)r.id), 2);
	assert_int_equal(get(r.c, "%s", in_room(&r, "/sheets")), 200);
	assert_int_equal(get(r.c, "%s", in_room(&r, "/sheets.pdf")), 200);
	assert_true(str_starts(buf_get(&r.c->body), S("%PDF")));
	int64_t sheet = open_check(one);
	letters_of(sheet, keyed, sizeof keyed);
	assert_int_equal(post(r.c, in_room(&r, base_of("/sheets/%lld", (long long)sheet)), keyed), 409); /* the film was not seen */
	play(&r, SECONDS);
	assert_int_equal(get(r.c, "%s?%s", in_room(&r, base_of("/sheets/%lld", (long long)sheet)), keyed), 200);
	assert_true(body_has(r.c, "This is how it was read"));
	assert_int_equal(credited(one), 0);
	assert_int_equal(post(r.c, in_room(&r, base_of("/sheets/%lld", (long long)sheet)), "answer.1=Z&answer.2=Z&answer.3=Z"), 422);
	assert_int_equal(post(r.c, in_room(&r, base_of("/sheets/%lld", (long long)sheet)), keyed), 303);
	assert_int_equal(post(r.c, in_room(&r, base_of("/sheets/%lld", (long long)sheet)), keyed), 409);
	assert_int_equal(credited(one), 1);
	struct client *c = client_as(f, one);
	assert_int_equal(get(c, "/resources/%lld", (long long)w.film), 200);
	assert_true(body_has(c, "on a printed sheet, keyed in by viewer"));
	assert_int_equal(get(c, "%s", in_room(&r, "/sheets.pdf")), 404);
	client_free(c);
	assert_int_equal(post(r.c, in_room(&r, "/end"), ""), 303);
	pass_time(8 * DAY);
	letters_of(open_check(two), keyed, sizeof keyed);
	assert_int_equal(post(r.c, in_room(&r, base_of("/sheets/%lld", (long long)open_check(two))), keyed), 409);
	assert_true(body_has(r.c, "seventh day"));
	leave_room(&r);
	prove_film(false);
}

static void where_no_quiz_proves_the_part_only_time_is_credited_and_that_is_said(void **state)
{
	int64_t one = somebody();
	struct room r = a_room_that_played(one);
	struct client *c = client_as(f, one);
	(void)state;
	assert_int_equal(get(r.c, "%s", in_room(&r, "")), 200);
	assert_true(body_has(r.c, "only the time of the others is credited"));
	assert_int_equal(get(c, "/resources/%lld/check", (long long)w.film), 200);
	assert_true(body_has(c, "there is nothing to check by"));
	assert_int_equal(post(c, base_of("/resources/%lld/check", (long long)w.film), ""), 409);
	assert_int_equal(post(r.c, in_room(&r, "/sheets"), ""), 409);
	assert_int_equal(learnt(one), SECONDS);
	client_free(c);
	leave_room(&r);
}

static void two_accounts_of_one_person_have_seen_once_what_both_saw(void **state)
{
	int64_t kept = somebody(), closed = somebody();
	struct room r = a_room();
	struct client *admin = client_as(f, w.admin);
	(void)state;
	NEED(scan(&r, kept) == 303 && scan(&r, closed) == 303, "not in");
	play(&r, 60);
	NEED(post(r.c, in_room(&r, base_of("/people/%lld/left", (long long)kept)), "") == 303, "not left");
	play(&r, 60);
	assert_int_equal(
		post_json(admin, base_of("/api/v1/orgs/%lld/duplicates/%lld/%lld/join", (long long)w.ministry, (long long)kept, (long long)closed), "{}"), 200);
	int64_t merge = json_number(admin, "id");
	assert_int_equal(grouped(kept), 120);
	assert_int_equal(grouped(closed), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM together_presence WHERE person_id = %lld", (long long)kept), 2);
	assert_int_equal(post_json(admin, base_of("/api/v1/orgs/%lld/merges/%lld/undo", (long long)w.ministry, (long long)merge), "{}"), 200);
	assert_int_equal(grouped(kept), 60);
	assert_int_equal(grouped(closed), 120);
	client_free(admin);
	leave_room(&r);
}

/* ── begin and end ── */

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	schedule_work(f);
	return 0;
}

static int end(void **state)
{
	(void)state;
	query_end();
	assert_int_equal(check_findings(f), 0);
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_is_enrolled_opens_a_session_from_the_page_of_a_resource_and_nobody_else_sees_it),
		cmocka_unit_test(a_session_ends_by_itself_after_four_hours),
		cmocka_unit_test(a_scan_or_the_number_lets_in_and_enrols_with_a_word_about_it),
		cmocka_unit_test(a_number_has_five_tries_and_is_good_in_its_office_alone),
		cmocka_unit_test(what_is_forged_stale_or_of_another_door_lets_nobody_in),
		cmocka_unit_test(who_has_yet_to_sign_in_keeps_the_scan_for_ten_minutes),
		cmocka_unit_test(nobody_is_in_two_sessions_at_once_the_later_one_ends_the_earlier),
		cmocka_unit_test(who_presses_in_two_rooms_at_once_on_eight_devices_is_in_one),
		cmocka_unit_test(each_one_is_credited_what_was_played_while_he_was_there),
		cmocka_unit_test(a_whole_roster_is_looked_at_ticked_and_taken_back),
		cmocka_unit_test(a_course_that_is_no_longer_offered_lets_in_only_who_is_enrolled_and_says_why),
		cmocka_unit_test(two_hosts_who_tick_the_same_person_have_him_one_after_the_other),
		cmocka_unit_test(the_hundred_and_first_person_is_told_that_the_session_is_full),
		cmocka_unit_test(a_full_room_is_paid_by_one_report),
		cmocka_unit_test(what_comes_late_when_the_network_is_back_credits_nobody_beyond_the_time_that_he_was_there),
		cmocka_unit_test(forged_and_replayed_reports_gain_nobody_anything),
		cmocka_unit_test(a_minute_alone_and_in_a_group_is_learnt_once_and_wall_time_is_spent_once),
		cmocka_unit_test(having_been_in_a_room_completes_nothing),
		cmocka_unit_test(a_check_on_the_own_phone_completes_what_was_seen_in_a_group_and_says_so),
		cmocka_unit_test(three_checks_are_all_and_then_watching_alone_is_left),
		cmocka_unit_test(on_the_shared_device_one_answers_by_the_own_number_or_the_word_of_the_host_and_it_shows_which),
		cmocka_unit_test(a_printed_sheet_is_keyed_in_once_after_a_look_and_stands_with_the_name_of_the_host),
		cmocka_unit_test(where_no_quiz_proves_the_part_only_time_is_credited_and_that_is_said),
		cmocka_unit_test(two_accounts_of_one_person_have_seen_once_what_both_saw),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
