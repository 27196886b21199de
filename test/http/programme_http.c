/* Programmes: from the draft to the certificate; who may do what; nothing that was completed is taken back; nobody is made out in a survey. */
#include "bank.h"
#include "batch.h"
#include "sitting.h"
#include "feature/completion/completion.h"
#include "feature/enrolment/enrolment.h"
#include "feature/institute/institute.h"
#include "feature/programme/work.h"

#define BOUNDARY "the-boundary-of-this-test"

static struct fixture *f;
static struct world w;
static int64_t institute, hall, exam, competency;

static void pass(int64_t ms)
{
	f->app.fixed_now += ms;
	f->cx.now = f->app.fixed_now;
}

static int64_t today(void)
{
	return clock_day_in_india(f->app.fixed_now);
}

static const char *iso(int64_t day)
{
	struct civil c = clock_date(day);
	return base_of("%04d-%02d-%02d", c.year, c.month, c.day);
}

static long long ll(int64_t v)
{
	return (long long)v;
}

/* ── builders ── */

/* As somebody, over the API; the id that it gave, if it did. */
static int64_t does(int64_t person, const char *path, const char *json, long expected)
{
	struct client *c = client_as(f, person);
	long status = post_json(c, path, json);
	NEED(status == expected, "%s: %ld %s", path, status, buf_get(&c->body).p);
	int64_t id = status == 200 && body_has(c, "\"id\"") ? json_number(c, "id") : 0;
	client_free(c);
	query_end();
	return id;
}

static const char *of_programme(int64_t programme, const char *rest)
{
	return base_of("/api/v1/orgs/%lld/programmes/%lld%s", ll(w.institute), ll(programme), rest);
}

static const char *of_batch(int64_t batch, const char *rest)
{
	return base_of("/api/v1/batches/%lld%s", ll(batch), rest);
}

static int64_t a_programme(const char *code, int64_t least_sessions, int64_t least_others)
{
	char json[400];
	snprintf(json, sizeof json,
		 "{\"code\":\"%s\",\"title\":\"Office "
		 "%s\",\"minutes\":900,\"approval\":\"none\",\"may_ask\":true,\"least_sessions\":%lld,\"least_others\":%lld}",
		 code, code, ll(least_sessions), ll(least_others));
	int64_t id = does(w.admin, base_of("/api/v1/orgs/%lld/programmes", ll(w.institute)), json, 200);
	does(w.admin, of_programme(id, "/coordinators"), "{\"person\":\"author@example.gov.in\"}", 200);
	return id;
}

static int64_t part(int64_t programme, const char *json)
{
	return does(w.admin, of_programme(programme, "/parts"), json, 200);
}

static int64_t a_session_part(int64_t programme, int day, const char *time)
{
	return part(programme,
		    base_of("{\"kind\":\"session\",\"phase\":\"during\",\"title\":\"Session %d\",\"day\":%d,\"time\":\"%s\",\"minutes\":90}", day, day, time));
}

static int64_t an_assignment(int64_t programme, bool must)
{
	return part(programme, base_of("{\"kind\":\"assignment\",\"phase\":\"during\",\"title\":\"Draft a note\",\"words\":\"Write it.\",\"must\":%s}",
				       must ? "true" : "false"));
}

static int64_t a_survey(int64_t programme, bool must)
{
	return part(programme,
		    base_of("{\"kind\":\"survey\",\"phase\":\"after\",\"title\":\"How was it\",\"words\":\"The teaching\\n+ What was missing?\",\"must\":%s}",
			    must ? "true" : "false"));
}

/* Open, beginning so many days from now. */
static int64_t a_batch(int64_t programme, int64_t in_days, int64_t seats)
{
	int64_t id = does(w.admin, of_programme(programme, "/batches"),
			  base_of("{\"from_day\":\"%s\",\"seats\":%lld,\"place\":\"New Mehrauli Road\"}", iso(today() + in_days), ll(seats)), 200);
	does(w.admin, of_programme(programme, base_of("/batches/%lld/open", ll(id))), "{}", 200);
	return id;
}

/* As feature/admission keeps it. */
static void admit(int64_t batch, int64_t person)
{
	given_seat(f, batch, person, w.office);
	query_end();
}

static enum err consider_fn(struct ctx *cx, void *arg)
{
	const int64_t *two = arg;
	return programme_consider(cx, two[0], two[1]);
}

/* As feature/attendance does. */
static void attend(int64_t batch, int64_t session, int64_t person)
{
	tamper(f,
	       "INSERT INTO attendance (session_id, person_id, there, way, minutes, at, kept_at, said_at, device, credited) VALUES (%lld, %lld, TRUE, "
	       "'roster', 90, %lld, "
	       "%lld, %lld, '', 0)",
	       ll(session), ll(person), ll(f->cx.now), ll(f->cx.now), ll(f->cx.now));
	query_end();
	in_tx(f, consider_fn, (int64_t[]){ batch, person });
}

static int64_t session_of(int64_t batch, int n)
{
	return query_int(f, "SELECT id FROM batch_session WHERE batch_id = %lld AND n = %d", ll(batch), n);
}

static enum err credit_fn(struct ctx *cx, void *arg)
{
	const int64_t *two = arg;
	struct completion done;
	TRY(enrolment_add(cx, two[0], w.course));
	return completion_credit(cx, two[0], two[1], "review", &done);
}

static void complete_course(int64_t person)
{
	for (int64_t at = 0; (at = query_int(f, "SELECT COALESCE(min(id), 0) FROM resource WHERE course_id = %lld AND ended_at IS NULL AND id > %lld",
					     ll(w.course), ll(at)));) {
		query_end();
		in_tx(f, credit_fn, (int64_t[]){ person, at });
	}
	query_end();
}

static int64_t completions(int64_t programme, int64_t person)
{
	int64_t n = query_int(f, "SELECT count(*) FROM batch_completion WHERE programme_id = %lld AND person_id = %lld", ll(programme), ll(person));
	query_end();
	return n;
}

static long send_work(struct client *c, int64_t batch, int64_t part_id, const char *words, bool hand_in, const char *name, const char *bytes, size_t n)
{
	struct buf b;
	buf_init(&b, c->arena, 64 << 20);
	buf_fmt(&b,
		"--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n--" BOUNDARY
		"\r\nContent-Disposition: form-data; name=\"words\"\r\n\r\n%s\r\n--" BOUNDARY
		"\r\nContent-Disposition: form-data; name=\"hand_in\"\r\n\r\n%s\r\n--" BOUNDARY
		"\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: application/pdf\r\n\r\n",
		c->csrf, words, hand_in ? "true" : "false", name);
	buf_add(&b, bytes, n);
	buf_lit(&b, "\r\n--" BOUNDARY "--\r\n");
	struct str body = buf_get(&b);
	return send_raw(c, "POST", base_of("/batches/%lld/parts/%lld/work", ll(batch), ll(part_id)), "multipart/form-data; boundary=" BOUNDARY, body.p, body.n);
}

/* ── the journey ── */

static void a_blended_programme_goes_from_the_draft_to_the_certificate(void **state)
{
	int64_t programme = a_programme("noting", 100, 1), work, session;
	struct client *c = client_as(f, w.learner), *coordinator = client_as(f, w.author);
	char serial[40];
	(void)state;
	does(w.admin, of_programme(programme, "/competencies"), "{\"competencies\":\"kcm:functional.noting-and-drafting@2\"}", 200);
	part(programme, "{\"kind\":\"course\",\"phase\":\"before\",\"called\":\"filing\",\"must\":true}");
	a_session_part(programme, 1, "10:00");
	a_session_part(programme, 2, "14:30");
	int64_t assignment = an_assignment(programme, true), survey = a_survey(programme, false);
	part(programme, base_of("{\"kind\":\"exam\",\"phase\":\"after\",\"called\":\"%lld\",\"must\":true}", ll(exam)));
	assert_int_equal(get(c, "/programmes/%lld", ll(programme)), 404); /* nobody sees a draft */
	does(w.admin, of_programme(programme, "/open"), "{}", 200);
	int64_t batch = a_batch(programme, 3, 5);
	assert_int_equal(query_int(f, "SELECT starts_at FROM batch WHERE id = %lld", ll(batch)), clock_day_start(S("Asia/Kolkata"), today() + 3) + 10 * HOUR);
	assert_int_equal(query_int(f, "SELECT ends_at FROM batch WHERE id = %lld", ll(batch)), clock_day_start(S("Asia/Kolkata"), today() + 4) + 16 * HOUR);
	query_end();
	assert_int_equal(get(c, "/programmes"), 200);
	assert_true(body_has(c, "Office noting") && body_has(c, "5 seats free"));
	assert_int_equal(get(c, "/batches/%lld", ll(batch)), 404); /* not admitted yet */
	does(w.learner, of_batch(batch, "/request"), "{}", 200);

	assert_int_equal(get(c, "/batches/%lld", ll(batch)), 200);
	assert_true(body_has(c, "to do") && body_has(c, "to come") && body_has(c, "New Mehrauli Road"));
	assert_true(body_has(c, base_of("/courses/%lld", ll(w.course))) && body_has(c, base_of("/exams/%lld", ll(exam))));
	assert_int_equal(get(c, "/api/v1/batches/%lld/parts", ll(batch)), 200);
	assert_true(body_has(c, "still to be completed") && body_has(c, "still to be passed"));
	complete_course(w.learner);

	/* A draft is the person's alone; what was handed in is judged, with words. */
	assert_int_equal(get(c, "/batches/%lld/parts/%lld", ll(batch), ll(assignment)), 200);
	assert_int_equal(send_work(c, batch, assignment, "half a note", false, "note.pdf", "%PDF-1.4 x", 10), 303);
	assert_int_equal(get(c, "/batches/%lld/parts/%lld", ll(batch), ll(assignment)), 200);
	assert_true(body_has(c, "half a note") && body_has(c, "note.pdf"));
	assert_int_equal(get(coordinator, "/batches/%lld/work", ll(batch)), 200);
	assert_true(body_has(coordinator, "Nothing was handed in yet."));
	work = query_int(f, "SELECT id FROM batch_work WHERE person_id = %lld", ll(w.learner));
	query_end();
	assert_int_equal(get(coordinator, "/batches/%lld/work/%lld/file", ll(batch), ll(work)), 404);
	assert_int_equal(get(coordinator, "/batches/%lld/work/%lld", ll(batch), ll(work)), 404);
	assert_int_equal(send_work(c, batch, assignment, "a whole note", true, "", "", 0), 303); /* with the file of the draft */
	assert_int_equal(get(coordinator, "/batches/%lld/work", ll(batch)), 200);
	assert_true(body_has(coordinator, "Asha Verma") && body_has(coordinator, "note.pdf"));
	work = query_int(f, "SELECT id FROM batch_work WHERE person_id = %lld AND newest", ll(w.learner));
	query_end();
	assert_int_equal(get(coordinator, "/batches/%lld/work/%lld", ll(batch), ll(work)), 200);
	assert_int_equal(get(coordinator, "/batches/%lld/work/%lld/file", ll(batch), ll(work)), 200);
	assert_memory_equal(buf_get(&coordinator->body).p, "%PDF-1.4 x", 10);
	does(w.author, of_batch(batch, base_of("/work/%lld", ll(work))), "{\"accept\":false}", 422);
	does(w.author, of_batch(batch, base_of("/work/%lld", ll(work))), "{\"accept\":false,\"said\":\"Shorter, please.\"}", 200);
	assert_int_equal(get(c, "/batches/%lld/parts/%lld", ll(batch), ll(assignment)), 200);
	assert_true(body_has(c, "Shorter, please.") && body_has(c, "sent back"));
	does(w.learner, of_batch(batch, base_of("/parts/%lld/work", ll(assignment))), "{\"words\":\"a short note\",\"hand_in\":true}", 200);
	work = query_int(f, "SELECT id FROM batch_work WHERE person_id = %lld AND newest", ll(w.learner));
	query_end();
	does(w.author, of_batch(batch, base_of("/work/%lld", ll(work))), "{\"accept\":true}", 200);

	pass(5 * DAY);
	for (int n = 1; n <= 2; n++) {
		session = session_of(batch, n);
		query_end();
		does(w.author, base_of("/api/v1/batch-sessions/%lld/attendance/%lld", ll(session), ll(w.learner)),
		     "{\"there\":\"yes\",\"reason\":\"On paper.\"}", 200);
	}
	assert_int_equal(completions(programme, w.learner), 0);
	a_paper_of(f, w.learner, exam, "aa");
	query_end();
	assert_int_equal(completions(programme, w.learner), 0); /* one of the others is asked, too */
	assert_int_equal(get(c, "/batches/%lld/parts/%lld", ll(batch), ll(survey)), 200);
	assert_int_equal(post(c, base_of("/batches/%lld/parts/%lld/answers", ll(batch), ll(survey)), "answer.0=4&answer.1=nothing"), 303);
	assert_int_equal(completions(programme, w.learner), 1);

	/* Certified once, verified by anybody, and shown by evidence. */
	query_text(f, serial, sizeof serial, "SELECT serial FROM batch_completion WHERE programme_id = %lld", ll(programme));
	in_tx(f, consider_fn, (int64_t[]){ batch, w.learner });
	assert_int_equal(query_int(f,
				   "SELECT count(*) FROM evidence WHERE person_id = %lld AND competency_id = %lld AND source_id = %lld AND withdrawn_at IS "
				   "NULL AND value = 2000",
				   ll(w.learner), ll(competency), ll(programme)),
			 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE person_id = %lld AND fact = 'programme:%lld'", ll(w.learner), ll(programme)), 1);
	query_end();
	assert_int_equal(get(c, "/batches/%lld", ll(batch)), 200);
	assert_true(body_has(c, "You have completed the programme") && body_has(c, serial));
	assert_int_equal(get(c, "/me/programmes"), 200);
	assert_true(body_has(c, serial));
	struct client *anybody = client_new(f);
	assert_int_equal(get(anybody, "/verify/%s", serial), 200);
	assert_true(body_has(anybody, "Genuine") && body_has(anybody, "Office noting") && body_has(anybody, "Asha Verma"));
	assert_int_equal(get(anybody, "/credentials/%s.pdf", serial), 200);
	assert_memory_equal(buf_get(&anybody->body).p, "%PDF", 4);
	assert_int_equal(get(coordinator, "/batches/%lld/people", ll(batch)), 200);
	assert_true(body_has(coordinator, "1 of 1 admitted have completed the programme.") && body_has(coordinator, "3 of 3"));
	client_free(anybody);
	client_free(coordinator);
	client_free(c);
}

static enum err rename_fn(struct ctx *cx, void *arg)
{
	return person_change(cx, w.learner, &(struct person_add){ .name = str_of(arg) });
}

/* What the first test completed. */
static void a_certificate_stands_in_what_one_takes_along_and_a_corrected_name_is_a_new_one(void **state)
{
	struct client *c = client_as(f, w.learner), *admin = client_as(f, w.admin), *anybody = client_new(f);
	char old[40], now[40];
	(void)state;
	query_text(f, old, sizeof old, "SELECT serial FROM batch_completion WHERE person_id = %lld AND title = 'Office noting'", ll(w.learner));
	int64_t programme = query_int(f, "SELECT programme_id FROM batch_completion WHERE serial = '%s'", old);
	query_end();
	static const char *const papers[] = { "/me/learning", "/me/learning.csv", "/me/learning.json", "/me/passbook.json" };
	for (size_t i = 0; i < sizeof papers / sizeof *papers; i++) {
		assert_int_equal(get(c, "%s", papers[i]), 200);
		assert_true(body_has(c, old));
	}
	assert_int_equal(get(c, "/me/learning.pdf"), 200);
	assert_int_equal(get(c, "/me/passbook.pdf"), 200);
	const char *path = base_of("/api/v1/people/%lld/programmes/%lld/reissue", ll(w.learner), ll(programme));
	char again[200];
	snprintf(again, sizeof again, "%s", path);
	assert_int_equal(post_json(admin, again, "{\"reason\":\"nothing to correct\"}"), 409);
	assert_int_equal(post_json(c, again, "{\"reason\":\"my own\"}"), 403);
	in_tx(f, rename_fn, (void *)(uintptr_t) "Asha Kumari Devi");
	assert_int_equal(post_json(admin, again, "{\"reason\":\"The name was misspelt\"}"), 200);
	query_text(f, now, sizeof now, "SELECT serial FROM batch_completion WHERE programme_id = %lld AND person_id = %lld", ll(programme), ll(w.learner));
	query_end();
	assert_string_not_equal(now, old);
	assert_int_equal(get(anybody, "/verify/%s", old), 200);
	assert_true(body_has(anybody, "Genuine, but replaced") && body_has(anybody, now) && body_has(anybody, "Asha Verma"));
	assert_int_equal(get(anybody, "/credentials/%s.pdf", old), 200);
	assert_int_equal(get(anybody, "/verify/%s", now), 200);
	assert_true(body_has(anybody, "Asha Kumari Devi") && !body_has(anybody, "replaced"));
	assert_int_equal(get(c, "/me/learning"), 200);
	assert_true(body_has(c, now) && !body_has(c, old));
	assert_int_equal(post_json(admin, again, "{\"reason\":\"again\"}"), 409);
	assert_int_equal(check_findings(f), 0);
	in_tx(f, rename_fn, (void *)(uintptr_t) "Asha Verma");
	client_free(anybody);
	client_free(admin);
	client_free(c);
}

static void a_programme_is_completed_once_whatever_the_number_of_batches(void **state)
{
	int64_t programme = a_programme("again", 100, 0);
	(void)state;
	a_session_part(programme, 1, "10:00");
	does(w.admin, of_programme(programme, "/open"), "{}", 200);
	for (int i = 0; i < 2; i++) {
		int64_t batch = a_batch(programme, 1, 5), session = session_of(batch, 1);
		query_end();
		admit(batch, w.colleague);
		pass(2 * DAY);
		attend(batch, session, w.colleague);
	}
	assert_int_equal(completions(programme, w.colleague), 1);
}

static void a_course_completed_before_one_is_admitted_counts(void **state)
{
	int64_t programme = a_programme("before", 0, 0), person = a_person(f, "early", "early", w.office, w.boss);
	(void)state;
	part(programme, "{\"kind\":\"course\",\"phase\":\"before\",\"called\":\"filing\",\"must\":true}");
	does(w.admin, of_programme(programme, "/open"), "{}", 200);
	complete_course(person);
	int64_t batch = a_batch(programme, 2, 5);
	admit(batch, person);
	in_tx(f, consider_fn, (int64_t[]){ batch, person });
	assert_int_equal(completions(programme, person), 1);
	/* And one that is completed while admitted, at once. */
	int64_t later = a_person(f, "later", "later", w.office, w.boss);
	admit(batch, later);
	assert_int_equal(completions(programme, later), 0);
	complete_course(later);
	assert_int_equal(completions(programme, later), 1);
}

static void a_staff_list(struct client *c, const char *text)
{
	char token[120], one[120];
	snprintf(token, sizeof token, "X-CSRF-Token: %s", c->csrf);
	c->header[0] = token;
	assert_int_equal(send_raw(c, "POST", base_of("/api/v1/orgs/%lld/imports?file_name=hr.csv", ll(w.ministry)), "text/csv", text, strlen(text)), 200);
	c->header[0] = NULL;
	snprintf(one, sizeof one, "/api/v1/orgs/%lld/imports/%lld", ll(w.ministry), ll(json_number(c, "id")));
	assert_int_equal(post_json(c, base_of("%s/check", one), "{\"employee_no\":0,\"name\":1,\"organisation\":2,\"designation\":3,\"left\":4}"), 200);
	while (work_now(f))
		;
	assert_int_equal(post_json(c, base_of("%s/apply", one), "{\"refused\":\"skip\"}"), 200);
	while (work_now(f))
		;
	query_end();
}

static void a_staff_list_finds_completed_programmes_and_gives_back_seats_of_who_left(void **state)
{
	int64_t programme = a_programme("listed", 0, 0), done = a_person(f, "listed1", "Listed", w.office, 0),
		gone = a_person(f, "listed2", "Leaving", w.office, 0), open = a_person(f, "listed3", "Not yet", w.office, 0);
	struct client *admin = client_as(f, w.admin);
	char org[80], designation[80];
	(void)state;
	part(programme, "{\"kind\":\"course\",\"phase\":\"before\",\"called\":\"filing\",\"must\":true}");
	does(w.admin, of_programme(programme, "/open"), "{}", 200);
	complete_course(done);
	int64_t batch = a_batch(programme, 2, 5);
	admit(batch, done);
	admit(batch, gone);
	admit(batch, open);
	tamper_all(f, "UPDATE person SET employee_no = 'L' || substr(email, 7, 1) WHERE email LIKE 'listed%@example.gov.in';");
	query_end();
	assert_int_equal(completions(programme, done), 0);
	query_text(f, org, sizeof org, "SELECT code FROM org WHERE id = %lld", ll(w.office));
	query_text(f, designation, sizeof designation, "SELECT code FROM designation LIMIT 1");
	query_end();
	struct civil yesterday = clock_date(today() - 1);
	a_staff_list(admin, str_fmt(f->cx.arena, "no,name,office,post,left\nL1,Listed Anew,%s,%s,\nL2,Leaving,%s,%s,%04d-%02d-%02d\nL3,Not Yet Anew,%s,%s,\n",
				    org, designation, org, designation, yesterday.year, yesterday.month, yesterday.day, org, designation)
				    .p);
	assert_int_equal(completions(programme, done), 1);
	assert_int_equal(completions(programme, open), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM admission WHERE batch_id = %lld AND person_id = %lld AND state = 'removed'", ll(batch), ll(gone)),
			 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM admission WHERE batch_id = %lld AND state = 'admitted'", ll(batch)), 2);
	query_end();
	client_free(admin);
}

/* ── nothing is taken back ── */

static void ending_a_part_completes_who_waited_for_it_alone(void **state)
{
	int64_t programme = a_programme("ending", 100, 0), near = a_person(f, "near", "near", w.office, w.boss),
		far = a_person(f, "far", "far", w.office, w.boss);
	(void)state;
	a_session_part(programme, 1, "10:00");
	int64_t assignment = an_assignment(programme, true);
	does(w.admin, of_programme(programme, "/open"), "{}", 200);
	int64_t batch = a_batch(programme, 1, 5), session = session_of(batch, 1);
	query_end();
	admit(batch, near);
	admit(batch, far);
	pass(2 * DAY);
	attend(batch, session, near);
	assert_int_equal(completions(programme, near), 0);
	does(w.admin, of_programme(programme, base_of("/parts/%lld/end", ll(assignment))), "{}", 200);
	work_now(f);
	assert_int_equal(completions(programme, near), 1);
	assert_int_equal(completions(programme, far), 0);
	/* More is asked from now on: who has completed has completed. */
	part(programme, "{\"kind\":\"course\",\"phase\":\"after\",\"called\":\"nasti-hindi\",\"must\":true}");
	work_now(f);
	assert_int_equal(completions(programme, near), 1);
	attend(batch, session, far);
	assert_int_equal(completions(programme, far), 0);
	does(w.learner, of_batch(batch, base_of("/parts/%lld/work", ll(assignment))), "{\"words\":\"late\",\"hand_in\":true}", 404); /* not admitted */
	admit(batch, w.other_learner);
	does(w.other_learner, of_batch(batch, base_of("/parts/%lld/work", ll(assignment))), "{\"words\":\"late\",\"hand_in\":true}", 409);
	/* The last thing that is asked cannot be ended. */
	int64_t empty = a_programme("nothing", 0, 0), only = an_assignment(empty, true);
	does(w.admin, of_programme(empty, "/open"), "{}", 200);
	does(w.admin, of_programme(empty, base_of("/parts/%lld/end", ll(only))), "{}", 409);
}

static void a_cancelled_session_is_not_asked_and_one_that_was_held_is_not_cancelled(void **state)
{
	int64_t programme = a_programme("fewer", 100, 0), person = a_person(f, "fewer", "fewer", w.office, w.boss);
	(void)state;
	a_session_part(programme, 1, "10:00");
	a_session_part(programme, 2, "10:00");
	does(w.admin, of_programme(programme, "/open"), "{}", 200);
	int64_t batch = a_batch(programme, 1, 5), first = session_of(batch, 1), second = session_of(batch, 2);
	query_end();
	admit(batch, person);
	pass(DAY + 14 * HOUR);
	attend(batch, first, person);
	assert_int_equal(completions(programme, person), 0);
	does(w.author, of_batch(batch, base_of("/sessions/%lld/cancel", ll(first))), "{}", 409);
	does(w.author, of_batch(batch, base_of("/sessions/%lld/cancel", ll(second))), "{}", 200);
	work_now(f);
	assert_int_equal(completions(programme, person), 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE person_id = %lld AND fact = 'session.dropped:%lld'", ll(person), ll(second)), 1);
	query_end();
}

static void a_cancelled_batch_tells_everybody_once_why_and_frees_its_rooms(void **state)
{
	int64_t programme = a_programme("cancelled", 100, 0);
	struct client *c = client_as(f, w.learner);
	(void)state;
	a_session_part(programme, 1, "10:00");
	does(w.admin, of_programme(programme, "/open"), "{}", 200);
	int64_t batch = a_batch(programme, 5, 5), session = session_of(batch, 1);
	query_end();
	does(w.author, of_batch(batch, base_of("/sessions/%lld", ll(session))),
	     base_of("{\"title\":\"S\",\"day\":\"%s\",\"from\":\"10:00\",\"until\":\"11:00\",\"room_id\":\"%lld\"}", iso(today() + 5), ll(hall)), 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM institute_booking WHERE thing_id = %lld", ll(session)), 1);
	query_end();
	admit(batch, w.learner);
	admit(batch, w.colleague);
	admit(batch, w.boss);
	admit(batch, w.other_boss);
	admit(batch, w.other_learner);
	tamper(f, "UPDATE admission SET state = 'waiting' WHERE batch_id = %lld AND person_id = %lld", ll(batch), ll(w.boss));
	tamper(f, "UPDATE admission SET state = 'asked' WHERE batch_id = %lld AND person_id = %lld", ll(batch), ll(w.other_boss));
	tamper(f, "UPDATE admission SET state = 'refused' WHERE batch_id = %lld AND person_id = %lld", ll(batch), ll(w.other_learner));
	query_end();
	does(w.admin, of_programme(programme, base_of("/batches/%lld/cancel", ll(batch))), "{\"why\":\" \"}", 422);
	does(w.admin, of_programme(programme, base_of("/batches/%lld/cancel", ll(batch))), "{\"why\":\"The hall is flooded\"}", 200);
	does(w.admin, of_programme(programme, base_of("/batches/%lld/cancel", ll(batch))), "{\"why\":\"again\"}", 409);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE fact = 'batch.cancelled:%lld'", ll(batch)), 4);
	assert_int_equal(query_int(f, "SELECT count(*) FROM institute_booking WHERE thing_id = %lld", ll(session)), 0);
	query_end();
	assert_int_equal(get(c, "/batches/%lld", ll(batch)), 200);
	assert_true(body_has(c, "The hall is flooded"));
	assert_int_equal(get(c, "/programmes"), 200);
	assert_false(body_has(c, "Office cancelled"));
	pass(6 * DAY);
	attend(batch, session, w.learner);
	assert_int_equal(completions(programme, w.learner), 0);
	client_free(c);
}

/* ── sessions and rooms ── */

static void a_room_is_for_one_session_at_a_time_and_who_is_admitted_is_told_of_a_move(void **state)
{
	int64_t programme = a_programme("rooms", 100, 0);
	char json[200];
	(void)state;
	a_session_part(programme, 1, "10:00");
	a_session_part(programme, 1, "12:00");
	does(w.admin, of_programme(programme, "/open"), "{}", 200);
	int64_t batch = a_batch(programme, 5, 5), first = session_of(batch, 1), second = session_of(batch, 2);
	query_end();
	admit(batch, w.learner);
	snprintf(json, sizeof json, "{\"title\":\"First\",\"day\":\"%s\",\"from\":\"10:00\",\"until\":\"11:30\",\"room_id\":\"%lld\"}", iso(today() + 5),
		 ll(hall));
	does(w.author, of_batch(batch, base_of("/sessions/%lld", ll(first))), json, 200);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE fact LIKE 'session.moved:%lld%%'", ll(first)), 0); /* not moved: it got its room */
	query_end();
	snprintf(json, sizeof json, "{\"title\":\"Second\",\"day\":\"%s\",\"from\":\"11:00\",\"until\":\"12:30\",\"room_id\":\"%lld\"}", iso(today() + 5),
		 ll(hall));
	does(w.author, of_batch(batch, base_of("/sessions/%lld", ll(second))), json, 409);
	snprintf(json, sizeof json, "{\"title\":\"Second\",\"day\":\"%s\",\"from\":\"11:30\",\"until\":\"12:30\",\"room_id\":\"%lld\"}", iso(today() + 5),
		 ll(hall));
	does(w.author, of_batch(batch, base_of("/sessions/%lld", ll(second))), json, 200);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE fact LIKE 'session.moved:%lld%%'", ll(second)), 1);
	assert_int_equal(query_int(f, "SELECT ends_at FROM batch WHERE id = %lld", ll(batch)),
			 clock_day_start(S("Asia/Kolkata"), today() + 5) + 12 * HOUR + 30 * MINUTE);
	query_end();
	/* To a time at which it was before is another move; one that is told already is not told again by the next step of the work. */
	static const char *const until[] = { "13:00", "12:30", "13:00" };
	for (int i = 0; i < 3; i++) {
		pass(MINUTE);
		snprintf(json, sizeof json, "{\"title\":\"Second\",\"day\":\"%s\",\"from\":\"%s\",\"until\":\"14:00\"}", iso(today() + 5), until[i]);
		does(w.author, of_batch(batch, base_of("/sessions/%lld", ll(second))), json, 200);
		work_now(f);
	}
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE fact LIKE 'session.moved:%lld%%'", ll(second)), 4);
	query_end();
}

static void more_seats_go_to_who_waits_at_once(void **state)
{
	int64_t programme = a_programme("seats", 0, 0);
	char one[160];
	(void)state;
	an_assignment(programme, true);
	does(w.admin, of_programme(programme, "/open"), "{}", 200);
	int64_t batch = does(w.admin, of_programme(programme, "/batches"), base_of("{\"from_day\":\"%s\",\"seats\":1,\"waiting\":5}", iso(today() + 50)), 200);
	snprintf(one, sizeof one, "%s/batches/%lld", of_programme(programme, ""), ll(batch));
	does(w.admin, base_of("%s/open", one), "{}", 200);
	does(w.boss, of_batch(batch, "/request"), "{}", 200);
	does(w.other_boss, of_batch(batch, "/request"), "{}", 200);
	const char *waits = "SELECT count(*) FROM admission WHERE batch_id = %lld AND person_id = %lld AND state = '%s'";
	assert_int_equal(query_int(f, waits, ll(batch), ll(w.other_boss), "waiting"), 1);
	query_end();
	does(w.admin, one, base_of("{\"from_day\":\"%s\",\"seats\":2,\"waiting\":5}", iso(today() + 50)), 200);
	assert_int_equal(query_int(f, waits, ll(batch), ll(w.boss), "admitted"), 1);
	assert_int_equal(query_int(f, waits, ll(batch), ll(w.other_boss), "admitted"), 1);
	query_end();
}

/* ── who may ── */

static void only_who_manages_lays_down_and_only_who_coordinates_runs(void **state)
{
	int64_t programme = a_programme("rights", 100, 0);
	struct client *c = client_as(f, w.other_learner), *other = client_as(f, w.other_admin), *coordinator = client_as(f, w.author);
	(void)state;
	a_session_part(programme, 1, "10:00");
	int64_t assignment = an_assignment(programme, true);
	does(w.admin, of_programme(programme, "/open"), "{}", 200);
	int64_t batch = a_batch(programme, 5, 5);
	admit(batch, w.learner);
	does(w.learner, of_batch(batch, base_of("/parts/%lld/work", ll(assignment))), "{\"words\":\"mine\",\"hand_in\":true}", 200);
	int64_t work = query_int(f, "SELECT id FROM batch_work WHERE batch_id = %lld", ll(batch));
	query_end();
	const char *const closed[] = { "/run", "/people", "/work", "/sessions/new", "/materials/new" };
	for (size_t i = 0; i < sizeof closed / sizeof *closed; i++) {
		assert_int_equal(get(c, "/batches/%lld%s", ll(batch), closed[i]), 404);
		assert_int_equal(get(other, "/batches/%lld%s", ll(batch), closed[i]), 404);
		assert_int_equal(get(coordinator, "/batches/%lld%s", ll(batch), closed[i]), 200);
	}
	assert_int_equal(get(c, "/batches/%lld/work/%lld/file", ll(batch), ll(work)), 404);
	assert_int_equal(get(c, "/batches/%lld", ll(batch)), 404);
	assert_int_equal(get(c, "/batches/%lld/parts/%lld", ll(batch), ll(assignment)), 404);
	assert_int_equal(get(other, "/orgs/%lld/programmes/%lld", ll(w.institute), ll(programme)), 403);
	does(w.other_admin, of_programme(programme, "/retire"), "{}", 403);
	does(w.author, of_programme(programme, base_of("/batches/%lld/cancel", ll(batch))), "{\"why\":\"I say so\"}", 403);
	does(w.author, of_programme(programme, "/parts"), "{}", 403);
	does(w.learner, of_batch(batch, base_of("/work/%lld", ll(work))), "{\"accept\":true}", 404);
	/* A programme of another organisation is not reached through one's own. */
	does(w.other_admin, base_of("/api/v1/orgs/%lld/programmes/%lld/retire", ll(w.other_institute), ll(programme)), "{}", 404);
	/* Nobody judges the own work. */
	admit(batch, w.author);
	does(w.author, of_batch(batch, base_of("/parts/%lld/work", ll(assignment))), "{\"words\":\"mine\",\"hand_in\":true}", 200);
	work = query_int(f, "SELECT id FROM batch_work WHERE person_id = %lld", ll(w.author));
	query_end();
	does(w.author, of_batch(batch, base_of("/work/%lld", ll(work))), "{\"accept\":true}", 403);
	client_free(coordinator);
	client_free(other);
	client_free(c);
}

static void of_two_coordinators_at_once_the_second_is_told(void **state)
{
	int64_t programme = a_programme("two", 0, 0);
	(void)state;
	does(w.admin, of_programme(programme, "/coordinators"), "{\"person\":\"reviewer@example.gov.in\"}", 200);
	int64_t assignment = an_assignment(programme, true);
	does(w.admin, of_programme(programme, "/open"), "{}", 200);
	int64_t batch = a_batch(programme, 5, 5);
	admit(batch, w.learner);
	does(w.learner, of_batch(batch, base_of("/parts/%lld/work", ll(assignment))), "{\"words\":\"mine\",\"hand_in\":true}", 200);
	int64_t work = query_int(f, "SELECT id FROM batch_work WHERE batch_id = %lld", ll(batch));
	query_end();
	does(w.author, of_batch(batch, base_of("/work/%lld", ll(work))), "{\"accept\":true}", 200);
	does(w.reviewer, of_batch(batch, base_of("/work/%lld", ll(work))), "{\"accept\":false,\"said\":\"No.\"}", 409);
	assert_int_equal(completions(programme, w.learner), 1);
	does(w.learner, of_batch(batch, base_of("/parts/%lld/work", ll(assignment))), "{\"words\":\"again\",\"hand_in\":true}", 409);
	/* The last coordinator of a live programme stays. */
	does(w.admin, of_programme(programme, base_of("/coordinators/%lld/remove", ll(w.author))), "{}", 200);
	does(w.admin, of_programme(programme, base_of("/coordinators/%lld/remove", ll(w.reviewer))), "{}", 409);
}

static void what_somebody_hands_in_is_read_by_nobody_who_acts_for_him(void **state)
{
	int64_t programme = a_programme("drafts", 0, 0);
	struct client *c = client_as(f, w.learner);
	(void)state;
	int64_t assignment = an_assignment(programme, true);
	does(w.admin, of_programme(programme, "/open"), "{}", 200);
	int64_t batch = a_batch(programme, 5, 5);
	admit(batch, w.learner);
	assert_int_equal(get(c, "/batches/%lld/parts/%lld", ll(batch), ll(assignment)), 200);
	assert_int_equal(send_work(c, batch, assignment, "half a note", false, "note.pdf", "%PDF-1.4 x", 10), 303);
	int64_t work = query_int(f, "SELECT id FROM batch_work WHERE batch_id = %lld", ll(batch));
	query_end();
	assert_int_equal(get(c, "/batches/%lld/work/%lld/file", ll(batch), ll(work)), 200);
	const char *const kinds[] = { "delegation", "support" };
	for (size_t i = 0; i < 2; i++) {
		struct client *other = client_acting(f, kinds[i], w.learner, i ? w.operator : w.colleague);
		assert_int_equal(get(other, "/batches/%lld", ll(batch)), 403);
		assert_int_equal(get(other, "/api/v1/batches/%lld/parts", ll(batch)), 403);
		assert_int_equal(get(other, "/batches/%lld/parts/%lld", ll(batch), ll(assignment)), 403);
		assert_int_equal(get(other, "/batches/%lld/work/%lld/file", ll(batch), ll(work)), 404);
		client_free(other);
	}
	client_free(c);
}

static void who_helps_a_coordinator_does_not_run_his_batches(void **state)
{
	int64_t programme = a_programme("helped", 0, 0);
	struct client *helps = client_acting(f, "support", w.author, w.operator), *deputy = client_acting(f, "delegation", w.author, w.colleague);
	(void)state;
	an_assignment(programme, true);
	does(w.admin, of_programme(programme, "/open"), "{}", 200);
	int64_t batch = a_batch(programme, 5, 5);
	const char *const pages[] = { "/run", "/people", "/work" };
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		assert_int_equal(get(helps, "/batches/%lld%s", ll(batch), pages[i]), 404);
		assert_int_equal(get(deputy, "/batches/%lld%s", ll(batch), pages[i]), 200);
	}
	client_free(deputy);
	client_free(helps);
}

static void who_says_yes_does_not_change_while_somebody_waits_for_it(void **state)
{
	int64_t programme = a_programme("approved", 0, 0);
	const char *const put = "{\"code\":\"approved\",\"title\":\"Office\",\"minutes\":900,\"approval\":\"mdo\",\"may_ask\":true,\"least_sessions\":0}",
			  *const other =
				  "{\"code\":\"approved\",\"title\":\"Office\",\"minutes\":900,\"approval\":\"none\",\"may_ask\":true,\"least_sessions\":0}";
	(void)state;
	an_assignment(programme, true);
	does(w.admin, of_programme(programme, "/change"), put, 200);
	does(w.admin, of_programme(programme, "/open"), "{}", 200);
	int64_t batch = a_batch(programme, 5, 5);
	does(w.learner, of_batch(batch, "/request"), "{}", 200);
	struct client *admin = client_as(f, w.admin);
	assert_int_equal(post_json(admin, of_programme(programme, "/change"), other), 409);
	assert_true(body_has(admin, "approval") && body_has(admin, "wait"));
	client_free(admin);
	does(w.admin, of_programme(programme, "/change"), put, 200); /* the rest may be changed */
	does(w.learner, of_batch(batch, "/request/withdraw"), "{}", 200);
	does(w.admin, of_programme(programme, "/change"), other, 200);
}

/* ── what cannot be ── */

static void a_programme_that_cannot_be_is_refused_with_its_field(void **state)
{
	int64_t programme = a_programme("refused", 75, 0), foreign = an_exam(f, w.other_ministry, "foreign", "standalone");
	char many[20000];
	(void)state;
	const struct {
		const char *json;
		long status;
	} parts[] = {
		{ "{\"kind\":\"lecture\",\"phase\":\"during\",\"title\":\"x\"}", 422 },
		{ "{\"kind\":\"session\",\"phase\":\"during\",\"title\":\"x\",\"day\":1,\"time\":\"25:00\",\"minutes\":60}", 422 },
		{ "{\"kind\":\"session\",\"phase\":\"during\",\"title\":\"x\",\"day\":1,\"time\":\"23:30\",\"minutes\":60}", 422 },
		{ "{\"kind\":\"session\",\"phase\":\"before\",\"title\":\"x\",\"day\":1,\"time\":\"10:00\",\"minutes\":60}", 422 },
		{ "{\"kind\":\"session\",\"phase\":\"during\",\"title\":\"x\",\"day\":0,\"time\":\"10:00\",\"minutes\":60}", 422 },
		{ "{\"kind\":\"course\",\"phase\":\"before\",\"called\":\"nothing-like-it\"}", 422 },
		{ "{\"kind\":\"exam\",\"phase\":\"after\",\"called\":\"foreign\"}", 422 },
		{ "{\"kind\":\"survey\",\"phase\":\"after\",\"title\":\"x\",\"words\":\" \"}", 422 },
		{ "{\"kind\":\"assignment\",\"phase\":\"after\",\"title\":\"x\"}", 422 },
		{ "{\"kind\":\"course\",\"phase\":\"before\",\"called\":\"filing\"}", 200 },
		{ "{\"kind\":\"course\",\"phase\":\"after\",\"called\":\"filing\"}", 422 },
	};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		does(w.admin, of_programme(programme, "/parts"), parts[i].json, parts[i].status);
	does(w.admin, of_programme(programme, "/parts"), base_of("{\"kind\":\"exam\",\"phase\":\"after\",\"called\":\"%lld\"}", ll(foreign)), 422);
	does(w.admin, of_programme(programme, "/competencies"), "{\"competencies\":\"kcm:no.such@2\"}", 422);
	does(w.admin, of_programme(programme, "/competencies"), "{\"competencies\":\"kcm:functional.noting-and-drafting@5\"}", 422);
	does(w.admin, of_programme(programme, "/competencies"), "{\"competencies\":\"rubbish\"}", 422);
	does(w.admin, of_programme(programme, "/coordinators"), "{\"person\":\"nobody@example.gov.in\"}", 422);
	does(w.admin, of_programme(programme, "/open"), "{}", 409); /* nothing that the rule asks for */
	does(w.admin, base_of("/api/v1/orgs/%lld/programmes", ll(w.institute)), "{\"code\":\"refused\",\"title\":\"t\",\"minutes\":60,\"approval\":\"none\"}",
	     409);
	does(w.admin, base_of("/api/v1/orgs/%lld/programmes", ll(w.institute)), "{\"code\":\"Not Good\",\"title\":\"t\",\"minutes\":60,\"approval\":\"none\"}",
	     422);
	does(w.admin, base_of("/api/v1/orgs/%lld/programmes", ll(w.institute)), "{\"code\":\"x\",\"title\":\"t\",\"minutes\":60,\"approval\":\"anybody\"}",
	     422);
	does(w.admin, base_of("/api/v1/orgs/%lld/programmes", ll(w.institute)),
	     "{\"code\":\"x\",\"title\":\"t\",\"minutes\":60,\"approval\":\"none\",\"institute_id\":\"1\"}", 422);
	memset(many, 'a', sizeof many);
	snprintf(many, 60, "{\"code\":\"x\",\"minutes\":60,\"approval\":\"none\",\"title\":\"");
	many[strlen(many)] = 'a';
	snprintf(many + sizeof many - 3, 3, "\"}");
	does(w.admin, base_of("/api/v1/orgs/%lld/programmes", ll(w.institute)), many, 422);
	does(w.admin, of_programme(programme, "/batches"), base_of("{\"from_day\":\"%s\",\"seats\":5}", iso(today() + 2)), 409); /* a draft */
}

static void a_batch_that_cannot_be_is_refused_with_its_field(void **state)
{
	int64_t programme = a_programme("days", 100, 0);
	(void)state;
	a_session_part(programme, 3, "10:00");
	does(w.admin, of_programme(programme, "/open"), "{}", 200);
	const struct {
		int64_t from, last, ask;
		const char *more;
	} v[] = {
		{ -1, 5, -2, "" },
		{ 5, 4, 3, "" },
		{ 5, 6, 3, "" }, /* its session is on the third day */
		{ 5, 5 + 400, 3, "" },
		{ 900, 905, 3, "" },
		{ 5, 8, 6, "" },
		{ 5, 8, -9, "" },
		{ 5, 8, 3, ",\"latitude\":12.5" },
		{ 5, 8, 3, ",\"latitude\":95,\"longitude\":10" },
		{ 5, 8, 3, ",\"hostel_id\":\"77\"" },
		{ 5, 8, 3, ",\"waiting\":9000" },
	};
	for (size_t i = 0; i < sizeof v / sizeof *v; i++)
		does(w.admin, of_programme(programme, "/batches"),
		     base_of("{\"from_day\":\"%s\",\"last_day\":\"%s\",\"ask_day\":\"%s\",\"seats\":5%s}", iso(today() + v[i].from), iso(today() + v[i].last),
			     iso(today() + v[i].ask), v[i].more),
		     422);
	int64_t batch = a_batch(programme, 5, 5);
	const struct {
		int64_t day;
		const char *from, *until;
		long status;
	} s[] = {
		{ 5, "10:00", "11:00", 200 }, { 4, "10:00", "11:00", 422 }, { 8, "10:00", "11:00", 422 },
		{ 6, "11:00", "10:00", 422 }, { 6, "10:00", "10:00", 422 }, { 6, "1000", "11:00", 422 },
	};
	for (size_t i = 0; i < sizeof s / sizeof *s; i++)
		does(w.author, of_batch(batch, "/sessions"),
		     base_of("{\"title\":\"x\",\"day\":\"%s\",\"from\":\"%s\",\"until\":\"%s\"}", iso(today() + s[i].day), s[i].from, s[i].until), s[i].status);
	admit(batch, w.learner);
	admit(batch, w.colleague);
	char one[160];
	snprintf(one, sizeof one, "%s/batches/%lld", of_programme(programme, ""), ll(batch));
	does(w.admin, one, base_of("{\"from_day\":\"%s\",\"seats\":1}", iso(today() + 5)), 409); /* two are taken */
	does(w.admin, one, base_of("{\"from_day\":\"%s\",\"seats\":9}", iso(today() + 6)), 409); /* people have made their plans */
	does(w.admin, one, base_of("{\"from_day\":\"%s\",\"last_day\":\"%s\",\"seats\":9}", iso(today() + 5), iso(today() + 6)),
	     422); /* leaves out a session */
	does(w.admin, one, base_of("{\"from_day\":\"%s\",\"last_day\":\"%s\",\"seats\":9}", iso(today() + 5), iso(today() + 9)), 200);
	does(w.author, of_batch(batch, "/end"), "{}", 409); /* a session is still to come */
	pass(20 * DAY);
	does(w.author, of_batch(batch, "/end"), "{}", 200);
	does(w.author, of_batch(batch, "/sessions"), base_of("{\"title\":\"x\",\"day\":\"%s\",\"from\":\"10:00\",\"until\":\"11:00\"}", iso(today())), 409);
}

static void what_is_handed_in_is_a_pdf_of_five_megabytes_at_most(void **state)
{
	int64_t programme = a_programme("files", 0, 0);
	struct client *c = client_as(f, w.learner);
	size_t large = BATCH_FILE_MAX + 1;
	char *bytes = calloc(1, large);
	(void)state;
	int64_t assignment = an_assignment(programme, true);
	does(w.admin, of_programme(programme, "/open"), "{}", 200);
	int64_t batch = a_batch(programme, 5, 5);
	admit(batch, w.learner);
	memcpy(bytes, "%PDF-1.4", 8);
	assert_int_equal(get(c, "/batches/%lld/parts/%lld", ll(batch), ll(assignment)), 200);
	assert_int_equal(send_work(c, batch, assignment, "", true, "large.pdf", bytes, large), 413);
	assert_int_equal(send_work(c, batch, assignment, "", true, "large.pdf", bytes, large - 1), 303);
	assert_int_equal(get(c, "/batches/%lld/parts/%lld", ll(batch), ll(assignment)), 200);
	assert_int_equal(send_work(c, batch, assignment, "", true, "page.pdf", "<html>", 6), 422);
	assert_int_equal(get(c, "/batches/%lld/parts/%lld", ll(batch), ll(assignment)), 200);
	assert_int_equal(send_work(c, batch, assignment, "", true, "", "", 0), 422);
	assert_int_equal(query_int(f, "SELECT count(*) FROM batch_work WHERE batch_id = %lld", ll(batch)), 1);
	query_end();
	free(bytes);
	client_free(c);
}

/* ── surveys ── */

static void nobody_is_made_out_by_the_answers_to_a_survey(void **state)
{
	int64_t programme = a_programme("survey", 0, 0), few = a_programme("survey-few", 0, 0), people[11];
	struct client *c = client_as(f, w.author);
	(void)state;
	int64_t survey = a_survey(programme, true);
	does(w.admin, of_programme(programme, "/open"), "{}", 200);
	int64_t batch = a_batch(programme, 5, 20), small_survey = a_survey(few, true);
	does(w.admin, of_programme(few, "/open"), "{}", 200);
	int64_t small = a_batch(few, 5, 20);
	for (int i = 0; i < 11; i++) {
		people[i] = a_person(f, base_of("asked%d", i), base_of("asked%d", i), w.office, w.boss);
		admit(batch, people[i]);
		admit(small, people[i]);
	}
	char path[120];
	snprintf(path, sizeof path, "/api/v1/batches/%lld/parts/%lld/answers", ll(batch), ll(survey));
	does(people[0], path, "{\"answer\":[\"1=words\"]}", 422);
	does(people[0], path, "{\"answer\":[\"0=6\"]}", 422);
	for (int i = 0; i < 11; i++) {
		does(people[i], path, base_of("{\"answer\":[\"0=%d\",\"1=word %c\"]}", 1 + i % 5, 'z' - i), 200);
		assert_int_equal(get(c, "/batches/%lld/surveys/%lld", ll(batch), ll(survey)), 200);
		assert_int_equal(body_has(c, "Not enough answers yet"), i < 9);
		assert_int_equal(body_has(c, "word v"), i >= 9);
		/* What the end adds is a group at least: of eleven, the last six. */
		assert_false(body_has(c, "word u") || body_has(c, "word p") || body_has(c, "asked0"));
	}
	does(people[0], path, "{\"answer\":[\"0=5\"]}", 409);
	/* Of six, nobody is shown before the end: the sixth would be the difference. */
	snprintf(path, sizeof path, "/api/v1/batches/%lld/parts/%lld/answers", ll(small), ll(small_survey));
	for (int i = 0; i < 6; i++)
		does(people[i], path, base_of("{\"answer\":[\"0=3\",\"1=few %c\"]}", 'z' - i), 200);
	assert_int_equal(get(c, "/batches/%lld/surveys/%lld", ll(small), ll(small_survey)), 200);
	assert_true(body_has(c, "Not enough answers yet") && !body_has(c, "few z"));
	pass(10 * DAY);
	does(w.author, of_batch(small, "/end"), "{}", 200);
	assert_int_equal(get(c, "/batches/%lld/surveys/%lld", ll(small), ll(small_survey)), 200);
	assert_true(body_has(c, "few z") && body_has(c, "few u") && !body_has(c, "held back"));
	does(w.author, of_batch(batch, "/end"), "{}", 200);
	assert_int_equal(get(c, "/batches/%lld/surveys/%lld", ll(batch), ll(survey)), 200);
	assert_true(body_has(c, "word u") && body_has(c, "word p"));
	assert_true(strstr(buf_get(&c->body).p, "word t") < strstr(buf_get(&c->body).p, "word z")); /* not as they came */
	client_free(c);
}

static void questions_that_somebody_answered_stay_as_they_were_asked(void **state)
{
	int64_t programme = a_programme("asked", 0, 0), survey = a_survey(programme, true);
	struct client *admin = client_as(f, w.admin);
	char path[200];
	(void)state;
	does(w.admin, of_programme(programme, "/open"), "{}", 200);
	int64_t batch = a_batch(programme, 5, 5);
	admit(batch, w.learner);
	snprintf(path, sizeof path, "%s", of_programme(programme, base_of("/parts/%lld", ll(survey))));
	does(w.admin, path, "{\"phase\":\"after\",\"title\":\"How was it\",\"words\":\"The teaching\\n+ What was missing, please?\",\"must\":true}", 200);
	does(w.learner, of_batch(batch, base_of("/parts/%lld/answers", ll(survey))), "{\"answer\":[\"0=4\",\"1=nothing\"]}", 200);
	assert_int_equal(
		post_json(admin, path,
			  "{\"phase\":\"after\",\"title\":\"How was it\",\"words\":\"The rooms\\nThe teaching\\n+ What was missing, please?\",\"must\":true}"),
		409);
	assert_true(body_has(admin, "words") && body_has(admin, "people have answered"));
	/* As a browser sends the same questions; another title, or not asked of everybody. */
	does(w.admin, path,
	     "{\"phase\":\"after\",\"title\":\"How was it, then\",\"words\":\"The teaching \\r\\n+What was missing, please?\\r\\n\",\"must\":true}", 200);
	client_free(admin);
}

static void an_answer_that_is_missing_costs_none_of_the_others(void **state)
{
	int64_t programme = a_programme("typed", 0, 0);
	struct client *c = client_as(f, w.learner);
	(void)state;
	int64_t survey = part(programme, "{\"kind\":\"survey\",\"phase\":\"after\",\"title\":\"How was it\",\"words\":\"The teaching\\nThe rooms\\n+ What was "
					 "missing?\",\"must\":true}");
	does(w.admin, of_programme(programme, "/open"), "{}", 200);
	int64_t batch = a_batch(programme, 5, 5);
	admit(batch, w.learner);
	assert_int_equal(post(c, base_of("/batches/%lld/parts/%lld/answers", ll(batch), ll(survey)), "answer.0=4&answer.2=More+%3Ctime%3E%0Ato+read"), 422);
	assert_true(body_has(c, "name=\"answer.0\" value=\"4\" checked") && !body_has(c, "name=\"answer.0\" value=\"3\" checked"));
	assert_true(body_has(c, ">More &lt;time&gt;\nto read</textarea>") && !body_has(c, "name=\"answer.1\" value=\"1\" checked"));
	client_free(c);
}

/* ── finding ── */

static void batches_to_come_are_found_by_competency_place_and_month(void **state)
{
	int64_t programme = a_programme("found", 0, 0), batch;
	struct client *c = client_as(f, w.learner);
	(void)state;
	an_assignment(programme, true);
	does(w.admin, of_programme(programme, "/competencies"), "{\"competencies\":\"kcm:functional.noting-and-drafting@2\"}", 200);
	does(w.admin, of_programme(programme, "/open"), "{}", 200);
	batch = does(w.admin, of_programme(programme, "/batches"), base_of("{\"from_day\":\"%s\",\"seats\":5,\"place\":\"Leh\"}", iso(today() + 40)), 200);
	assert_int_equal(get(c, "/programmes"), 200);
	assert_false(body_has(c, "Office found")); /* a draft */
	does(w.admin, of_programme(programme, base_of("/batches/%lld/open", ll(batch))), "{}", 200);
	struct civil d = clock_date(today() + 40);
	const char *const yes[] = { "", "?place=Leh", base_of("?month=%04d-%02d", d.year, d.month), base_of("?competency_id=%lld&place=Leh", ll(competency)) },
			  *const no[] = { "?place=Pune", "?month=2031-01", "?competency_id=1" };
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
		assert_int_equal(get(c, "/programmes%s", yes[i]), 200);
		assert_true(body_has(c, "Office found"));
	}
	for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
		assert_int_equal(get(c, "/programmes%s", no[i]), 200);
		assert_false(body_has(c, "Office found"));
	}
	assert_int_equal(get(c, "/programmes?month=soon"), 422);
	assert_int_equal(get(c, "/programmes?after=x"), 422);
	client_free(c);
}

static void all_pages_of_a_programme_open(void **state)
{
	int64_t programme = a_programme("pages", 100, 0);
	struct client *admin = client_as(f, w.admin), *c = client_as(f, w.author);
	(void)state;
	int64_t session_part = a_session_part(programme, 1, "10:00"), assignment = an_assignment(programme, true);
	assert_int_equal(get(admin, "/orgs/%lld/programmes/%lld", ll(w.institute), ll(programme)), 200);
	assert_int_equal(post(admin, base_of("/orgs/%lld/programmes/%lld/parts/%lld/up", ll(w.institute), ll(programme), ll(assignment)), ""), 303);
	assert_true(query_int(f, "SELECT n FROM programme_part WHERE id = %lld", ll(assignment)) <
		    query_int(f, "SELECT n FROM programme_part WHERE id = %lld", ll(session_part)));
	query_end();
	does(w.admin, of_programme(programme, "/open"), "{}", 200);
	int64_t batch = a_batch(programme, 5, 5), session = session_of(batch, 1);
	query_end();
	const char *const org[] = { "",
				    "/new",
				    base_of("/%lld", ll(programme)),
				    base_of("/%lld/change", ll(programme)),
				    base_of("/%lld/parts/new?kind=survey", ll(programme)),
				    base_of("/%lld/parts/%lld", ll(programme), ll(session_part)),
				    base_of("/%lld/batches/new", ll(programme)),
				    base_of("/%lld/batches/%lld", ll(programme), ll(batch)) };
	for (size_t i = 0; i < sizeof org / sizeof *org; i++)
		assert_int_equal(get(admin, "/orgs/%lld/programmes%s", ll(w.institute), org[i]), 200);
	assert_int_equal(get(c, "/me/batches"), 200);
	assert_true(body_has(c, "Office pages"));
	assert_int_equal(get(c, "/batches/%lld/sessions/%lld", ll(batch), ll(session)), 200);
	/* A refused form comes back with what was typed. */
	assert_int_equal(get(admin, "/orgs/%lld/programmes/%lld/parts/new?kind=assignment", ll(w.institute), ll(programme)), 200);
	assert_int_equal(
		post(admin, base_of("/orgs/%lld/programmes/%lld/parts", ll(w.institute), ll(programme)), "kind=assignment&phase=after&title=Typed+already"),
		422);
	assert_true(body_has(admin, "Typed already") && body_has(admin, "needs what is asked"));
	/* What is handed out comes to who is admitted, and to nobody else. */
	does(w.author, of_batch(batch, "/materials"), "{\"title\":\"Slides\",\"link\":\"https://example.org/a\"}", 200);
	does(w.author, of_batch(batch, "/materials"), "{\"title\":\"Slides\",\"link\":\"javascript:alert(1)\"}", 422);
	does(w.author, of_batch(batch, "/materials"), "{\"title\":\"Slides\"}", 422);
	admit(batch, w.learner);
	struct client *learner = client_as(f, w.learner);
	assert_int_equal(get(learner, "/batches/%lld", ll(batch)), 200);
	assert_true(body_has(learner, "https://example.org/a"));
	client_free(learner);
	client_free(c);
	client_free(admin);
}

static void of_two_accounts_that_are_one_the_other_certificate_stays_readable(void **state)
{
	int64_t programme = a_programme("both", 0, 0),
		people[] = { a_person(f, "both1", "Both Accounts", w.office, w.boss), a_person(f, "both2", "Both Accounts", w.office, w.boss) };
	struct client *anybody = client_new(f);
	char kept[40], closed[40];
	(void)state;
	part(programme, "{\"kind\":\"course\",\"phase\":\"before\",\"called\":\"filing\",\"must\":true}");
	does(w.admin, of_programme(programme, "/open"), "{}", 200);
	int64_t batch = a_batch(programme, 2, 5);
	for (int i = 0; i < 2; i++) {
		admit(batch, people[i]);
		complete_course(people[i]);
	}
	query_text(f, kept, sizeof kept, "SELECT serial FROM batch_completion WHERE person_id = %lld", ll(people[0]));
	query_text(f, closed, sizeof closed, "SELECT serial FROM batch_completion WHERE person_id = %lld", ll(people[1]));
	query_end();
	int64_t id = does(w.admin, base_of("/api/v1/orgs/%lld/duplicates/%lld/%lld/join", ll(w.ministry), ll(people[0]), ll(people[1])), "{}", 200);
	assert_int_equal(get(anybody, "/verify/%s", closed), 200);
	assert_true(body_has(anybody, "Genuine, but replaced") && body_has(anybody, kept));
	does(w.admin, base_of("/api/v1/orgs/%lld/merges/%lld/undo", ll(w.ministry), ll(id)), "{}", 200);
	assert_int_equal(get(anybody, "/verify/%s", closed), 200);
	assert_true(body_has(anybody, "Genuine") && !body_has(anybody, "replaced"));
	assert_int_equal(completions(programme, people[1]), 1);
	client_free(anybody);
}

static void two_accounts_that_are_one_have_one_completion(void **state)
{
	int64_t programme = a_programme("joined", 0, 0), kept = a_person(f, "kept", "Two Accounts", w.office, w.boss),
		closed = a_person(f, "closed", "Two Accounts", w.office, w.boss);
	(void)state;
	int64_t assignment = an_assignment(programme, true);
	does(w.admin, of_programme(programme, "/open"), "{}", 200);
	int64_t batch = a_batch(programme, 5, 5);
	admit(batch, closed);
	does(closed, of_batch(batch, base_of("/parts/%lld/work", ll(assignment))), "{\"words\":\"mine\",\"hand_in\":true}", 200);
	int64_t work = query_int(f, "SELECT id FROM batch_work WHERE batch_id = %lld", ll(batch));
	query_end();
	does(w.author, of_batch(batch, base_of("/work/%lld", ll(work))), "{\"accept\":true}", 200);
	int64_t id = does(w.admin, base_of("/api/v1/orgs/%lld/duplicates/%lld/%lld/join", ll(w.ministry), ll(kept), ll(closed)), "{}", 200);
	assert_int_equal(completions(programme, kept), 1);
	assert_int_equal(completions(programme, closed), 0);
	assert_int_equal(query_int(f, "SELECT person_id FROM batch_work WHERE id = %lld", ll(work)), kept);
	query_end();
	does(w.admin, base_of("/api/v1/orgs/%lld/merges/%lld/undo", ll(w.ministry), ll(id)), "{}", 200);
	assert_int_equal(completions(programme, kept), 0);
	assert_int_equal(completions(programme, closed), 1);
}

/* ── the world ── */

static enum err register_fn(struct ctx *cx, void *arg)
{
	(void)arg;
	TRY(institute_add(cx, &(struct institute_put){ w.institute, S("central"), S("Teaches clerks."), S("New Delhi"), 28.6, 77.2 }, &institute));
	return institute_room_add(cx, &(struct institute_room_put){ w.institute, NONE, 60, S("Hall A"), S("hall"), S("Ramp at the east door") }, &hall);
}

static int begin(void **state)
{
	int64_t items[2];
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	a_framework(f, "framework/kcm.csv", w.root);
	competency = competency_named(f, "functional.noting-and-drafting");
	f->app.fixed_now = clock_day_start(S("Asia/Kolkata"), today()) + 9 * HOUR;
	f->cx.now = f->app.fixed_now;
	in_tx(f, register_fn, NULL);
	for (int i = 0; i < 2; i++)
		items[i] = an_item(f, w.ministry, base_of("item-%d", i), competency, 0);
	exam = an_exam(f, w.ministry, "final", "standalone");
	a_part(f, w.ministry, exam, competency, 0, 2);
	a_form(f, exam, items, 2);
	open_exam(f, w.ministry, exam);
	tamper(f, "UPDATE exam SET closes_at = closes_at + 8640000000 WHERE id = %lld", ll(exam));
	query_end();
	return 0;
}

static int end(void **state)
{
	(void)state;
	work_now(f);
	assert_int_equal(check_findings(f), 0);
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_blended_programme_goes_from_the_draft_to_the_certificate),
		cmocka_unit_test(a_certificate_stands_in_what_one_takes_along_and_a_corrected_name_is_a_new_one),
		cmocka_unit_test(a_programme_is_completed_once_whatever_the_number_of_batches),
		cmocka_unit_test(a_course_completed_before_one_is_admitted_counts),
		cmocka_unit_test(a_staff_list_finds_completed_programmes_and_gives_back_seats_of_who_left),
		cmocka_unit_test(ending_a_part_completes_who_waited_for_it_alone),
		cmocka_unit_test(a_cancelled_session_is_not_asked_and_one_that_was_held_is_not_cancelled),
		cmocka_unit_test(a_cancelled_batch_tells_everybody_once_why_and_frees_its_rooms),
		cmocka_unit_test(a_room_is_for_one_session_at_a_time_and_who_is_admitted_is_told_of_a_move),
		cmocka_unit_test(more_seats_go_to_who_waits_at_once),
		cmocka_unit_test(only_who_manages_lays_down_and_only_who_coordinates_runs),
		cmocka_unit_test(of_two_coordinators_at_once_the_second_is_told),
		cmocka_unit_test(what_somebody_hands_in_is_read_by_nobody_who_acts_for_him),
		cmocka_unit_test(who_helps_a_coordinator_does_not_run_his_batches),
		cmocka_unit_test(who_says_yes_does_not_change_while_somebody_waits_for_it),
		cmocka_unit_test(a_programme_that_cannot_be_is_refused_with_its_field),
		cmocka_unit_test(a_batch_that_cannot_be_is_refused_with_its_field),
		cmocka_unit_test(what_is_handed_in_is_a_pdf_of_five_megabytes_at_most),
		cmocka_unit_test(nobody_is_made_out_by_the_answers_to_a_survey),
		cmocka_unit_test(questions_that_somebody_answered_stay_as_they_were_asked),
		cmocka_unit_test(an_answer_that_is_missing_costs_none_of_the_others),
		cmocka_unit_test(batches_to_come_are_found_by_competency_place_and_month),
		cmocka_unit_test(all_pages_of_a_programme_open),
		cmocka_unit_test(of_two_accounts_that_are_one_the_other_certificate_stays_readable),
		cmocka_unit_test(two_accounts_that_are_one_have_one_completion),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
