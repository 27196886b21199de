/* Requests for batches: nobody is lost, nobody jumps the order, no seat is given twice; who says yes, in which order; lists are looked at, done and taken back;
 * seats go between institutions; and everybody reads why. */
#include "batch.h"
#include "feature/admission/admission.h"
#include "feature/merge/merge.h"
#include "text/csv.h"
#include "web/request.h"

#include <pthread.h>
#include <unistd.h>

#define BOUNDARY "the-boundary-of-this-test"
enum { CROWD = 1000, SEATS = 40, PLACES = 100 };

static struct fixture *f;
static struct world w;
static int64_t coordinator;
static struct client *runs; /* the coordinator */

/* Sessions end after days; the coordinator signs in again. */
static void pass(int64_t ms)
{
	f->app.fixed_now += ms;
	f->cx.now = f->app.fixed_now;
	if (ms < HOUR)
		return;
	client_free(runs);
	runs = client_as(f, coordinator);
	query_end();
}

/* ── programmes and batches ── */

static int64_t a_programme(const char *code, const char *approval, int may_ask)
{
	return given_programme(f, &(struct given_programme){ .org_id = w.institute,
							     .coordinator = coordinator,
							     .code = code,
							     .title = base_of("Programme %s", code),
							     .title_hi = "कार्यक्रम",
							     .approval = approval,
							     .least_sessions = 75,
							     .invited = !may_ask });
}

/* Requests for two days more, begins in ten days, on two days. */
static int64_t a_batch(int64_t programme, int64_t seats, int64_t waiting)
{
	static int n;
	int64_t now = f->cx.now;
	return given_batch(f, &(struct given_batch){ .programme_id = programme,
						     .org_id = w.institute,
						     .seats = seats,
						     .waiting = waiting,
						     .ask_until = now + 2 * DAY,
						     .starts_at = now + 10 * DAY,
						     .ends_at = now + 12 * DAY,
						     .name = base_of("Batch %d", ++n),
						     .place = "Room 7" });
}

static int64_t batch_of(const char *code, const char *approval, int64_t seats, int64_t waiting)
{
	return a_batch(a_programme(code, approval, 1), seats, waiting);
}

static int64_t a_session(int64_t batch, const char *title, int64_t from)
{
	return given_session(f, batch, title, from, from + 2 * HOUR);
}

static const char *of(int64_t batch, const char *what)
{
	return base_of("/batches/%lld%s", (long long)batch, what);
}

static long as(int64_t person, const char *path, const char *form)
{
	char p[300];
	snprintf(p, sizeof p, "%s", path);
	struct client *c = client_as(f, person);
	long status = post(c, p, form);
	client_free(c);
	query_end();
	return status;
}

static long ask(int64_t person, int64_t batch)
{
	pass(1);
	return as(person, of(batch, "/request"), "");
}

static long withdraw(int64_t person, int64_t batch)
{
	return as(person, of(batch, "/request/withdraw"), "");
}

static int64_t count(int64_t batch, const char *state)
{
	query_end();
	return query_int(f, "SELECT count(*) FROM admission WHERE batch_id = %lld AND state = '%s'", (long long)batch, state);
}

static int64_t admission_of(int64_t batch, int64_t person)
{
	query_end();
	return query_int(f, "SELECT id FROM admission WHERE batch_id = %lld AND person_id = %lld", (long long)batch, (long long)person);
}

static bool is(int64_t batch, int64_t person, const char *state)
{
	query_end();
	return query_int(f, "SELECT count(*) FROM admission WHERE batch_id = %lld AND person_id = %lld AND state = '%s'", (long long)batch, (long long)person,
			 state) == 1;
}

/* By the coordinator. */
static long decide(int64_t batch, int64_t person, const char *outcome, const char *words)
{
	return post(runs, of(batch, "/decide"), base_of("ids.%lld=x&outcome=%s&words=%s", (long long)admission_of(batch, person), outcome, words));
}

static long office_decides(int64_t admin, int64_t org, int64_t batch, int64_t person, const char *outcome, const char *words)
{
	return as(admin, base_of("/orgs/%lld/requests/decide", (long long)org),
		  base_of("ids.%lld=x&outcome=%s&words=%s", (long long)admission_of(batch, person), outcome, words));
}

static long of_one(int64_t batch, int64_t person, const char *verb, const char *form)
{
	return post(runs, base_of("/batches/%lld/requests/%lld/%s", (long long)batch, (long long)admission_of(batch, person), verb), form);
}

/* ── asking ── */

static void the_first_sit_the_next_wait_and_read_their_place_and_why(void **state)
{
	int64_t b = batch_of("order", "none", 1, 2), third = a_person(f, "third", "Third", w.office, 0), fourth = a_person(f, "fourth", "Fourth", w.office, 0);
	struct client *c = client_as(f, third);
	(void)state;
	assert_int_equal(get(c, "%s", of(b, "/request")), 200);
	assert_true(body_has(c, "Ask for a seat"));
	assert_int_equal(ask(w.learner, b), 303);
	assert_int_equal(ask(w.colleague, b), 303);
	assert_int_equal(ask(third, b), 303);
	assert_true(is(b, w.learner, "admitted") && is(b, w.colleague, "waiting") && is(b, third, "waiting"));
	assert_int_equal(ask(fourth, b), 409); /* one seat and two places to wait */
	assert_int_equal(ask(third, b), 409);
	assert_int_equal(get(c, "%s", of(b, "/request")), 200);
	assert_true(body_has(c, "Place 2 of 2 on the waiting list"));
	assert_int_equal(get(c, "/api/v1%s", of(b, "/request")), 200);
	assert_int_equal(json_number(c, "place_n"), 2);
	/* A seat that is given back goes to the first who waits, who is told. */
	assert_int_equal(withdraw(w.learner, b), 303);
	assert_true(is(b, w.colleague, "admitted") && is(b, third, "waiting"));
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE person_id = %lld AND text LIKE 'You have a seat in%%'", (long long)w.colleague), 1);
	assert_int_equal(withdraw(w.learner, b), 409);
	assert_int_equal(ask(w.learner, b), 303); /* and stands at the end of the order */
	assert_int_equal(get(c, "/api/v1%s", of(b, "/request")), 200);
	assert_int_equal(json_number(c, "place_n"), 1);
	assert_int_equal(get(c, "/me/requests"), 200);
	assert_true(body_has(c, "Programme order"));
	client_free(c);
}

static void what_is_closed_late_or_by_nomination_only_is_said(void **state)
{
	int64_t b = batch_of("closed", "none", 5, 0), n = a_batch(a_programme("named", "none", 0), 5, 0);
	struct client *c = client_as(f, w.learner);
	(void)state;
	assert_int_equal(post(c, of(n, "/request"), ""), 409);
	assert_true(body_has(c, "by nomination only"));
	assert_int_equal(post(c, of(b + 1, "/request"), ""), 404);
	pass(3 * DAY);
	assert_int_equal(post(c, of(b, "/request"), ""), 409);
	assert_true(body_has(c, "It is too late"));
	tamper(f, "UPDATE batch SET state = 'draft' WHERE id = %lld", (long long)b);
	assert_int_equal(post(c, of(b, "/request"), ""), 404);
	assert_int_equal(get(c, "%s", of(b, "/request")), 404);
	client_free(c);
	/* Nobody else reads or decides. */
	c = client_as(f, w.other_admin);
	assert_int_equal(get(c, "%s", of(b, "/requests")), 404);
	assert_int_equal(get(c, "%s", of(b, "/seats")), 404);
	assert_int_equal(get(c, "%s", of(b, "/letters")), 404);
	assert_int_equal(get(c, "%s", of(b, "/requests-csv")), 404);
	assert_int_equal(get(c, "%s", of(b, "/clashes")), 404);
	assert_int_equal(get(c, "/orgs/%lld/requests", (long long)w.ministry), 403);
	client_free(c);
}

static void who_has_sessions_elsewhere_at_the_same_time_is_refused_by_name(void **state)
{
	int64_t a = batch_of("here", "none", 5, 0), b = batch_of("there", "none", 5, 0), at = f->cx.now + 10 * DAY;
	struct client *c = client_as(f, w.learner);
	int64_t moved;
	(void)state;
	a_session(a, "First here", at);
	a_session(b, "First there", at + HOUR);
	moved = a_session(b, "Second there", at + 5 * HOUR);
	assert_int_equal(ask(w.learner, a), 303);
	assert_int_equal(post(c, of(b, "/request"), ""), 409);
	assert_true(body_has(c, "at the same time in") && body_has(c, "Programme here"));
	tamper(f, "UPDATE batch_session SET cancelled_at = 1 WHERE batch_id = %lld AND title = 'First there'", (long long)b);
	assert_int_equal(post(c, of(b, "/request"), ""), 303);
	/* Sessions are moved later: the coordinator sees who clashes. */
	assert_int_equal(get(runs, "%s", of(b, "/clashes")), 200);
	assert_false(body_has(runs, "Asha Verma"));
	tamper(f, "UPDATE batch_session SET starts_at = %lld, ends_at = %lld WHERE id = %lld", (long long)at, (long long)(at + HOUR), (long long)moved);
	assert_int_equal(get(runs, "%s", of(b, "/clashes")), 200);
	assert_true(body_has(runs, "Asha Verma") && body_has(runs, "First here"));
	assert_int_equal(get(runs, "%s", of(b, "/requests?state=admitted")), 200);
	assert_true(body_has(runs, "clashes with another batch"));
	client_free(c);
	withdraw(w.learner, a);
	withdraw(w.learner, b);
}

/* ── a thousand at once ── */

struct one_of_many {
	struct client *c;
	char path[80];
	long status;
	unsigned again; /* told to come again, as a browser's page says */
	pthread_barrier_t *start;
};

static void *rush(void *arg)
{
	struct one_of_many *m = arg;
	pthread_barrier_wait(m->start);
	for (m->status = 503; m->status == 503 && m->again < 500; m->again++) {
		if (m->again)
			usleep(20000 + (useconds_t)(m->again * 7919 % 80000));
		m->status = post(m->c, m->path, "");
	}
	return NULL;
}

static void make_crowd(void)
{
	struct buf b;
	int64_t designation = a_designation(f, "so");
	buf_init(&b, f->cx.arena, 4 << 20);
	for (int i = 0; i < CROWD; i++) {
		long long id = (long long)new_id(&f->cx);
		buf_fmt(&b,
			"INSERT INTO person (id, name, sort_key, email, lang, zone, state, created_at) VALUES (%lld, 'One of many %d', 'one', "
			"'crowd%d@example.gov.in', 'en', "
			"'Asia/Kolkata', 'active', 1);\n",
			id, i, i);
		buf_fmt(&b,
			"INSERT INTO posting (id, person_id, org_id, designation_id, service, cadre_group, pay_level, from_day, created_at) VALUES (%lld, "
			"%lld, %lld, %lld, 'CSS', 'B', "
			"7, 20454, 1);\n",
			(long long)new_id(&f->cx), id, (long long)(i % 2 ? w.office : w.other_office), (long long)designation);
	}
	tamper_all(f, buf_get(&b).p);
	query_end();
}

static void a_thousand_ask_at_once_for_forty_seats(void **state)
{
	int64_t b = batch_of("rush", "none", SEATS, PLACES), refused = 0, seconds;
	struct one_of_many *m = calloc(CROWD, sizeof *m);
	pthread_t *t = calloc(CROWD, sizeof *t);
	pthread_attr_t small;
	pthread_barrier_t start;
	unsigned again = 0;
	(void)state;
	make_crowd();
	pthread_barrier_init(&start, NULL, CROWD);
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, 512 << 10);
	for (int i = 0; i < CROWD; i++) {
		m[i].c = client_as(f, query_int(f, "SELECT id FROM person WHERE email = 'crowd%d@example.gov.in'", i));
		curl_easy_setopt(m[i].c->curl, CURLOPT_TIMEOUT, 120L);
		snprintf(m[i].path, sizeof m[i].path, "/batches/%lld/request", (long long)b);
		m[i].start = &start;
	}
	query_end();
	seconds = clock_monotonic();
	for (int i = 0; i < CROWD; i++)
		NEED(pthread_create(&t[i], &small, rush, &m[i]) == 0, "thread");
	for (int i = 0; i < CROWD; i++) {
		pthread_join(t[i], NULL);
		assert_true(m[i].status == 303 || (m[i].status == 409 && body_has(m[i].c, "have been asked for")));
		refused += m[i].status == 409;
		again += m[i].again - 1;
		client_free(m[i].c);
	}
	seconds = (clock_monotonic() - seconds) / 1000000;
	assert_int_equal(count(b, "admitted"), SEATS);
	assert_int_equal(count(b, "waiting"), PLACES);
	assert_int_equal(refused, CROWD - SEATS - PLACES);
	/* Who sits asked before who waits. */
	assert_int_equal(
		query_int(
			f,
			"SELECT count(*) FROM admission s JOIN admission w ON w.batch_id = s.batch_id AND w.state = 'waiting' AND (w.asked_at < s.asked_at OR "
			"(w.asked_at = s.asked_at AND w.id < s.id)) WHERE s.batch_id = %lld AND s.state = 'admitted'",
			(long long)b),
		0);
	print_message("%d at once for %d seats: %d admitted, %d waiting, %lld refused by a sentence, in %lld ms; %u told to come again\n", CROWD, SEATS, SEATS,
		      PLACES, (long long)refused, (long long)seconds, again);
	pthread_barrier_destroy(&start);
	free(m);
	free(t);
}

/* ── approval ── */

static void yes_comes_from_whom_the_programme_says_in_its_order(void **state)
{
	static const struct {
		const char *code, *approval;
		int office_first, coordinator_first;
	} routes[] = { { "by-mdo", "mdo", 1, 0 },
		       { "by-coordinator", "coordinator", 0, 1 },
		       { "by-both", "mdo_coordinator", 1, 0 },
		       { "by-both-too", "coordinator_mdo", 0, 1 } };
	(void)state;
	for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
		int64_t b = batch_of(routes[i].code, routes[i].approval, 5, 0);
		int two = strstr(routes[i].approval, "_") != NULL;
		assert_int_equal(ask(w.learner, b), 303);
		assert_true(is(b, w.learner, "asked"));
		/* Whoever is not asked first is told so, and of another ministry there is no such request. */
		assert_int_equal(routes[i].office_first ? decide(b, w.learner, "yes", "") : office_decides(w.admin, w.ministry, b, w.learner, "yes", ""), 409);
		assert_int_equal(office_decides(w.other_admin, w.other_ministry, b, w.learner, "yes", ""), 404);
		assert_int_equal(routes[i].office_first ? office_decides(w.admin, w.ministry, b, w.learner, "yes", "") : decide(b, w.learner, "yes", ""), 303);
		assert_true(is(b, w.learner, two ? "asked" : "admitted"));
		if (two)
			assert_int_equal(
				routes[i].office_first ? decide(b, w.learner, "yes", "") : office_decides(w.admin, w.ministry, b, w.learner, "yes", ""), 303);
		assert_true(is(b, w.learner, "admitted"));
	}
}

/* To ten o'clock in India so many days later, when whoever is asked for a yes has been told. */
static void ten_o_clock(int days)
{
	int64_t day = clock_day_in_india(f->cx.now) + days;
	query_end();
	schedule_work(f);
	pass(day * DAY + 10 * HOUR - 330 * MINUTE - f->cx.now);
	query_end();
	schedule_work(f);
	while (work_now(f))
		;
	query_end();
}

static bool told(int64_t person, int64_t batch, int64_t n, const char *last)
{
	query_end();
	int64_t is =
		query_int(f, "SELECT count(*) FROM notice WHERE person_id = %lld AND fact LIKE 'admission.due:%lld:%%'", (long long)person, (long long)batch);
	query_end();
	bool said =
		!last ||
		query_int(
			f,
			"SELECT count(*) FROM notice WHERE id = (SELECT max(id) FROM notice WHERE person_id = %lld AND fact LIKE 'admission.due:%lld:%%') AND "
			"text || args LIKE '%%%s%%'",
			(long long)person, (long long)batch, last) == 1;
	if (is != n || !said)
		print_message("told %lld times in place of %lld\n", (long long)is, (long long)n);
	return is == n && said;
}

static bool told_path(int64_t person, int64_t batch, const char *path)
{
	query_end();
	return query_int(f, "SELECT count(*) FROM notice WHERE person_id = %lld AND fact LIKE 'admission.due:%lld:%%' AND path = '%s'", (long long)person,
			 (long long)batch, path) == 1;
}

static void who_is_asked_for_a_yes_is_told_once_a_day_of_all_together(void **state)
{
	int64_t b = batch_of("due", "mdo_coordinator", 5, 5), quick = batch_of("due-quick", "mdo", 5, 5);
	(void)state;
	assert_int_equal(ask(w.learner, b), 303);
	assert_int_equal(ask(w.colleague, b), 303);
	assert_int_equal(ask(w.learner, quick), 303);
	assert_int_equal(office_decides(w.admin, w.ministry, quick, w.learner, "yes", ""), 303);
	tamper(f, "UPDATE batch SET ask_until = ask_until + %lld, starts_at = starts_at + %lld, ends_at = ends_at + %lld WHERE id = %lld",
	       (long long)(10 * DAY), (long long)(10 * DAY), (long long)(10 * DAY), (long long)b);
	ten_o_clock(1);
	assert_true(told(w.admin, b, 1, "\"n\":\"2\"") && told_path(w.admin, b, base_of("/orgs/%lld/requests", (long long)w.ministry)));
	assert_true(told(coordinator, b, 0, NULL) && told(w.admin, quick, 0, NULL) && told(w.other_admin, b, 0, NULL));
	assert_int_equal(ask(w.boss, b), 303);
	assert_int_equal(office_decides(w.admin, w.ministry, b, w.learner, "yes", ""), 303);
	pass(2 * HOUR);
	ten_o_clock(0); /* the same day again */
	assert_true(told(w.admin, b, 1, NULL));
	ten_o_clock(1);
	assert_true(told(w.admin, b, 2, "\"n\":\"2\""));
	assert_true(told(coordinator, b, 1, "\"n\":\"1\"") && told_path(coordinator, b, of(b, "/requests")));
	ten_o_clock(1); /* nobody has come since */
	assert_true(told(w.admin, b, 2, NULL) && told(coordinator, b, 1, NULL));
	withdraw(w.learner, quick);
	withdraw(w.learner, b);
	withdraw(w.colleague, b);
	withdraw(w.boss, b);
}

static void who_has_not_said_yes_is_reminded_before_requests_close_and_before_the_batch_begins(void **state)
{
	int64_t b = batch_of("due-soon", "mdo", 5, 5);
	(void)state;
	assert_int_equal(ask(w.learner, b), 303);
	tamper(f, "UPDATE batch SET ask_until = ask_until + %lld WHERE id = %lld", (long long)(2 * DAY), (long long)b);
	ten_o_clock(1);
	assert_true(told(w.admin, b, 1, "that wait for your yes"));
	ten_o_clock(2);
	assert_true(told(w.admin, b, 2, "are taken until"));
	ten_o_clock(1);
	assert_true(told(w.admin, b, 2, NULL));
	ten_o_clock(5);
	assert_true(told(w.admin, b, 3, "nobody is approved"));
	ten_o_clock(1);
	assert_true(told(w.admin, b, 3, NULL));
	withdraw(w.learner, b);
}

static void a_no_needs_a_reason_and_the_person_reads_it(void **state)
{
	int64_t b = batch_of("no", "mdo", 5, 0);
	struct client *c = client_as(f, w.learner), *admin = client_as(f, w.admin);
	(void)state;
	assert_int_equal(ask(w.learner, b), 303);
	assert_int_equal(get(admin, "/orgs/%lld/requests", (long long)w.ministry), 200);
	assert_true(body_has(admin, "Asha Verma") && body_has(admin, "Programme no"));
	assert_int_equal(office_decides(w.admin, w.ministry, b, w.learner, "no", ""), 422);
	assert_int_equal(office_decides(w.admin, w.ministry, b, w.learner, "no", "needed+in+the+office"), 303);
	assert_int_equal(get(c, "%s", of(b, "/request")), 200);
	assert_true(body_has(c, "needed in the office") && body_has(c, "refused"));
	assert_int_equal(office_decides(w.admin, w.ministry, b, w.learner, "yes", ""), 409);
	assert_int_equal(ask(w.learner, b), 303); /* may ask again */
	assert_int_equal(get(c, "/notices"), 200);
	assert_true(body_has(c, "needed in the office"));
	client_free(c);
	client_free(admin);
	withdraw(w.learner, b);
}

static enum err move_fn(struct ctx *cx, void *arg)
{
	return person_post(cx, arg);
}

static void the_office_of_the_day_of_asking_decides_also_after_a_transfer(void **state)
{
	int64_t b = batch_of("moved", "mdo", 5, 0), mover = a_person(f, "mover", "Mover", w.office, 0);
	(void)state;
	assert_int_equal(ask(mover, b), 303);
	in_tx(f, move_fn, &(struct person_post){ mover, w.other_office, a_designation(f, "so"), NONE, clock_day_in_india(f->cx.now) });
	query_end();
	assert_int_equal(office_decides(w.other_admin, w.other_ministry, b, mover, "yes", ""), 404);
	assert_int_equal(office_decides(w.admin, w.ministry, b, mover, "yes", ""), 303);
	assert_true(is(b, mover, "admitted"));
}

static enum err leave_fn(struct ctx *cx, void *arg)
{
	int64_t posting;
	return person_leave(cx, *(int64_t *)arg, clock_day_in_india(cx->now), &posting);
}

static enum err leave_and_tell_fn(struct ctx *cx, void *arg)
{
	TRY(leave_fn(cx, arg));
	return person_tell(cx, *(int64_t *)arg, NONE);
}

static void who_leaves_the_service_gives_the_seat_to_who_waits(void **state)
{
	int64_t b = batch_of("leaver", "none", 1, 5), leaver = a_person(f, "leaver", "Leaver", w.office, 0);
	(void)state;
	assert_int_equal(ask(leaver, b), 303);
	assert_int_equal(ask(w.colleague, b), 303);
	in_tx(f, leave_and_tell_fn, &leaver);
	query_end();
	assert_true(is(b, leaver, "removed") && is(b, w.colleague, "admitted"));
}

static void from_the_start_on_nobody_comes_in_and_everybody_may_go(void **state)
{
	int64_t b = batch_of("begun", "coordinator", 1, 5), late = a_person(f, "late", "Late", w.office, 0), more = a_person(f, "more", "More", w.office, 0);
	(void)state;
	assert_int_equal(ask(w.learner, b), 303);
	assert_int_equal(decide(b, w.learner, "yes", ""), 303);
	assert_int_equal(ask(w.colleague, b), 303);
	assert_int_equal(decide(b, w.colleague, "yes", ""), 303);
	assert_int_equal(ask(late, b), 303);
	assert_int_equal(ask(more, b), 303);
	assert_true(is(b, w.colleague, "waiting"));
	pass(10 * DAY + HOUR);
	assert_int_equal(decide(b, late, "yes", ""), 409);
	assert_int_equal(withdraw(w.learner, b), 303);
	assert_true(is(b, w.colleague, "waiting")); /* nobody moves up any more */
	assert_int_equal(of_one(b, w.colleague, "first", "words=because"), 409);
	assert_int_equal(decide(b, late, "no", "too+late"), 303);
	assert_int_equal(of_one(b, w.colleague, "remove", "words=too+late"), 303);
	pass(2 * DAY);
	assert_int_equal(withdraw(more, b), 409);
}

static void removing_and_putting_first_need_a_reason_that_stays(void **state)
{
	int64_t b = batch_of("first", "none", 1, 5), third = a_person(f, "pushed", "Pushed", w.office, 0);
	(void)state;
	assert_int_equal(ask(w.learner, b), 303);
	assert_int_equal(ask(w.colleague, b), 303);
	assert_int_equal(ask(third, b), 303);
	assert_int_equal(of_one(b, third, "first", "words="), 422);
	assert_int_equal(of_one(b, third, "first", "words=retires+soon"), 303);
	assert_int_equal(of_one(b, third, "first", "words=again"), 409);
	assert_int_equal(of_one(b, w.learner, "remove", "words="), 422);
	assert_int_equal(of_one(b, w.learner, "remove", "words=did+not+answer"), 303);
	assert_true(is(b, third, "admitted") && is(b, w.colleague, "waiting") && is(b, w.learner, "removed"));
	assert_int_equal(get(runs, "/batches/%lld/requests/%lld", (long long)b, (long long)admission_of(b, third)), 200);
	assert_true(body_has(runs, "retires soon") && body_has(runs, "A seat is free."));
	assert_int_equal(get(runs, "/batches/%lld/requests/%lld", (long long)(b + 1), (long long)admission_of(b, third)), 404);
	withdraw(w.colleague, b);
}

/* ── nomination ── */

static const char *office_of(int64_t org, int64_t batch)
{
	return base_of("/orgs/%lld/batches/%lld/nominate", (long long)org, (long long)batch);
}

static void a_nomination_is_the_yes_of_who_nominates(void **state)
{
	int64_t both = batch_of("nom-both", "mdo_coordinator", 5, 0), turned = batch_of("nom-turned", "coordinator_mdo", 5, 0),
		one = batch_of("nom-one", "mdo", 5, 0);
	struct client *admin = client_as(f, w.admin);
	(void)state;
	assert_int_equal(get(admin, "/orgs/%lld/open-batches", (long long)w.ministry), 200);
	assert_true(body_has(admin, "Programme nom-both"));
	assert_int_equal(get(admin, "%s?q=Asha", office_of(w.ministry, both)), 200);
	assert_true(body_has(admin, "Asha Verma"));
	assert_int_equal(post(admin, office_of(w.ministry, both), base_of("ids.%lld=x", (long long)w.learner)), 303);
	assert_true(is(both, w.learner, "asked"));
	assert_int_equal(decide(both, w.learner, "yes", ""), 303);
	assert_true(is(both, w.learner, "admitted"));
	assert_int_equal(post(admin, office_of(w.ministry, turned), base_of("ids.%lld=x", (long long)w.learner)), 303);
	assert_int_equal(decide(turned, w.learner, "yes", ""), 303);
	assert_true(is(turned, w.learner, "admitted")); /* the office need not say it again */
	assert_int_equal(post(admin, office_of(w.ministry, one), base_of("ids.%lld=x", (long long)w.learner)), 303);
	assert_true(is(one, w.learner, "admitted"));
	/* The coordinator's nomination leaves the office its say. */
	assert_int_equal(post(runs, of(one, "/nominate"), "people=colleague%40example.gov.in"), 303);
	assert_true(is(one, w.colleague, "asked"));
	assert_int_equal(office_decides(w.admin, w.ministry, one, w.colleague, "yes", ""), 303);
	assert_true(is(one, w.colleague, "admitted"));
	client_free(admin);
}

static void a_nomination_is_whole_or_not_at_all_and_says_who_cannot(void **state)
{
	int64_t b = batch_of("whole", "none", 2, 0);
	struct client *admin = client_as(f, w.admin);
	(void)state;
	assert_int_equal(post(admin, office_of(w.ministry, b), "people=learner%40example.gov.in%0Aother-learner%40example.gov.in"), 422);
	assert_true(body_has(admin, "Chitra Das is not posted in this organisation"));
	assert_int_equal(count(b, "admitted"), 0);
	assert_int_equal(post(admin, office_of(w.ministry, b), "people=nobody%40example.gov.in"), 422);
	assert_int_equal(post(admin, office_of(w.ministry, b), "people=learner%40example.gov.in%0Alearner%40example.gov.in"), 422);
	assert_true(body_has(admin, "is named twice"));
	assert_int_equal(post(admin, office_of(w.ministry, b), ""), 422);
	assert_int_equal(post(admin, office_of(w.ministry, b), "people=learner%40example.gov.in%0Acolleague%40example.gov.in"), 303);
	assert_int_equal(post(admin, office_of(w.ministry, b), "people=learner%40example.gov.in"), 422);
	assert_true(body_has(admin, "was nominated already"));
	assert_int_equal(post(admin, office_of(w.ministry, b), "people=boss%40example.gov.in"), 409);
	assert_true(body_has(admin, "have been asked for"));
	assert_int_equal(post(admin, office_of(w.other_ministry, b), "people=other-learner%40example.gov.in"), 403);
	client_free(admin);
}

/* ── quotas and offers ── */

static const char *day_in(int64_t days)
{
	struct civil c = clock_date(clock_day_in_india(f->cx.now) + days);
	return base_of("%04d-%02d-%02d", c.year, c.month, c.day);
}

static void kept_seats_wait_for_whom_they_are_kept_and_then_go_to_everybody(void **state)
{
	int64_t b = batch_of("quota", "none", 2, 5);
	struct client *c;
	(void)state;
	assert_int_equal(post(runs, of(b, "/seats/quotas"), base_of("kind=org&org=%lld&seats=3&until_day=%s", (long long)w.other_ministry, day_in(1))), 409);
	assert_true(body_has(runs, "Only 2 seats"));
	assert_int_equal(post(runs, of(b, "/seats/quotas"), base_of("kind=service&service=Nobody&seats=1&until_day=%s", day_in(1))), 422);
	assert_int_equal(post(runs, of(b, "/seats/quotas"), base_of("kind=org&org=%lld&seats=1&until_day=%s", (long long)w.other_ministry, day_in(1))), 303);
	assert_int_equal(ask(w.learner, b), 303);
	assert_int_equal(ask(w.colleague, b), 303);
	assert_true(is(b, w.learner, "admitted") && is(b, w.colleague, "waiting"));
	assert_int_equal(ask(w.other_learner, b), 303);
	assert_true(is(b, w.other_learner, "admitted")); /* of the seat that is kept for such people */
	assert_int_equal(get(runs, "%s", of(b, "/seats")), 200);
	assert_true(body_has(runs, "1 of 1 taken"));
	assert_int_equal(withdraw(w.other_learner, b), 303);
	assert_true(is(b, w.colleague, "waiting"));
	/* On the second day the seat is everybody's. */
	schedule_work(f);
	pass(2 * DAY);
	query_end();
	while (work_now(f))
		;
	query_end();
	assert_true(is(b, w.colleague, "admitted"));
	c = client_as(f, w.colleague);
	assert_int_equal(get(c, "%s", of(b, "/request")), 200);
	assert_true(body_has(c, "A seat is free."));
	client_free(c);
}

static void who_waits_reads_how_many_seats_of_his_kind_are_taken(void **state)
{
	int64_t b = batch_of("kinds", "none", 2, 5), third = a_person(f, "kind3", "Kind", w.office, 0);
	char service[60];
	struct client *c = client_as(f, third);
	(void)state;
	query_text(f, service, sizeof service, "SELECT service FROM designation WHERE code = 'so'");
	query_end();
	assert_int_equal(post(runs, of(b, "/seats/quotas"), base_of("kind=service&service=%s&seats=1&until_day=%s", service, day_in(5))), 303);
	assert_int_equal(ask(w.learner, b), 303);
	assert_int_equal(ask(w.colleague, b), 303);
	assert_int_equal(ask(third, b), 303);
	assert_int_equal(get(c, "%s", of(b, "/request")), 200);
	assert_true(body_has(c, "Place 1 of 1 on the waiting list") && body_has(c, "1 of 1 taken"));
	int64_t quota = query_int(f, "SELECT id FROM admission_quota WHERE batch_id = %lld", (long long)b);
	query_end();
	assert_int_equal(post(runs, of(b, base_of("/seats/quotas/%lld/end", (long long)quota)), ""), 303);
	assert_int_equal(post(runs, of(b, base_of("/seats/quotas/%lld/end", (long long)quota)), ""), 409);
	client_free(c);
}

static int64_t an_offer(int64_t b, int64_t to, int64_t seats)
{
	NEED(post(runs, of(b, "/seats/offers"), base_of("to=%lld&seats=%lld&answer_day=%s&words=Do+come", (long long)to, (long long)seats, day_in(1))) == 303,
	     "offer %ld", runs->status);
	query_end();
	return query_int(f, "SELECT max(id) FROM admission_offer WHERE batch_id = %lld", (long long)b);
}

static void seats_are_offered_to_another_institution_and_kept_until_it_answers(void **state)
{
	int64_t b = batch_of("offer", "none", 2, 5), offer = an_offer(b, w.other_ministry, 1);
	struct client *other = client_as(f, w.other_admin);
	const char *path = base_of("/orgs/%lld/seat-offers/%lld", (long long)w.other_ministry, (long long)offer);
	char accept[200], decline[200];
	(void)state;
	snprintf(accept, sizeof accept, "%s/accept", path);
	snprintf(decline, sizeof decline, "%s/decline", path);
	assert_int_equal(post(runs, of(b, "/seats/offers"), base_of("to=%lld&seats=2&answer_day=%s", (long long)w.other_ministry, day_in(1))), 409);
	assert_int_equal(ask(w.learner, b), 303);
	assert_int_equal(ask(w.colleague, b), 303);
	assert_true(is(b, w.colleague, "waiting"));
	assert_int_equal(get(other, "/orgs/%lld/seat-offers", (long long)w.other_ministry), 200);
	assert_true(body_has(other, "Do come") && body_has(other, "Programme offer"));
	assert_int_equal(as(w.admin, base_of("/orgs/%lld/seat-offers/%lld/accept", (long long)w.ministry, (long long)offer), ""), 404);
	assert_int_equal(post(other, accept, ""), 303);
	assert_int_equal(post(other, decline, ""), 409);
	assert_true(is(b, w.colleague, "waiting"));
	assert_int_equal(post(other, office_of(w.other_ministry, b), "people=other-learner%40example.gov.in"), 303);
	assert_true(is(b, w.other_learner, "admitted"));
	client_free(other);
}

static void an_offer_that_is_declined_taken_back_or_not_answered_frees_its_seats(void **state)
{
	int64_t b = batch_of("offers", "none", 1, 5), offer = an_offer(b, w.other_ministry, 1);
	(void)state;
	assert_int_equal(ask(w.learner, b), 303);
	assert_true(is(b, w.learner, "waiting"));
	assert_int_equal(as(w.other_admin, base_of("/orgs/%lld/seat-offers/%lld/decline", (long long)w.other_ministry, (long long)offer), ""), 303);
	assert_true(is(b, w.learner, "admitted"));
	withdraw(w.learner, b);
	offer = an_offer(b, w.other_ministry, 1);
	assert_int_equal(ask(w.learner, b), 303);
	assert_int_equal(post(runs, of(b, base_of("/seats/offers/%lld/take-back", (long long)offer)), ""), 303);
	assert_int_equal(post(runs, of(b, base_of("/seats/offers/%lld/take-back", (long long)offer)), ""), 409);
	assert_true(is(b, w.learner, "admitted"));
	withdraw(w.learner, b);
	offer = an_offer(b, w.other_ministry, 1);
	assert_int_equal(ask(w.learner, b), 303);
	schedule_work(f);
	pass(2 * DAY);
	query_end();
	while (work_now(f))
		;
	query_end();
	assert_true(is(b, w.learner, "admitted"));
	assert_int_equal(as(w.other_admin, base_of("/orgs/%lld/seat-offers/%lld/accept", (long long)w.other_ministry, (long long)offer), ""), 409);
}

static void keep_seats(int64_t batch, int64_t org, int n)
{
	for (int i = 0; i < n; i++)
		tamper(f, "INSERT INTO admission_quota (id, batch_id, kind, service, org_id, seats, until_at) VALUES (%lld, %lld, 'org', '', %lld, 1, %lld)",
		       (long long)new_id(&f->cx), (long long)batch, (long long)org, (long long)(f->cx.now + 2 * DAY));
	query_end();
}

static void seats_are_kept_in_fifty_lots_and_no_offer_makes_more(void **state)
{
	int64_t b = batch_of("lots", "none", 100, 5), offer = an_offer(b, w.other_ministry, 1);
	struct client *other = client_as(f, w.other_admin);
	(void)state;
	keep_seats(b, w.other_ministry, 50);
	assert_int_equal(post(other, base_of("/orgs/%lld/seat-offers/%lld/accept", (long long)w.other_ministry, (long long)offer), ""), 409);
	assert_true(body_has(other, "at most 50"));
	assert_int_equal(post(runs, of(b, "/seats/offers"), base_of("to=%lld&seats=1&answer_day=%s", (long long)w.other_ministry, day_in(1))), 409);
	assert_true(body_has(runs, "at most 50"));
	assert_int_equal(query_int(f, "SELECT count(*) FROM admission_offer WHERE batch_id = %lld AND state = 'offered'", (long long)b), 1);
	client_free(other);
}

/* As an older program could leave it. */
static void more_lots_than_there_may_be_cost_nobody_a_seat(void **state)
{
	int64_t b = batch_of("old-lots", "none", 100, 5);
	(void)state;
	an_offer(b, w.other_ministry, 1);
	keep_seats(b, w.other_ministry, 60);
	keep_seats(b, w.ministry, 1);
	assert_int_equal(ask(w.learner, b), 303);
	assert_true(is(b, w.learner, "admitted"));
	assert_int_equal(ask(w.other_learner, b), 303);
	assert_true(is(b, w.other_learner, "admitted"));
}

/* ── beds ── */

static int64_t a_hostel(int64_t batch, const char *for_whom, int beds)
{
	int64_t id = new_id(&f->cx), institute;
	if (!query_int(f, "SELECT count(*) FROM institute"))
		tamper(f, "INSERT INTO institute (id, org_id, kind, about, place, made_at, changed_at) VALUES (%lld, %lld, 'central', '', 'Delhi', 1, 1)",
		       (long long)new_id(&f->cx), (long long)w.institute);
	query_end();
	institute = query_int(f, "SELECT id FROM institute");
	tamper(f, "INSERT INTO institute_hostel (id, institute_id, name, for_whom, beds) VALUES (%lld, %lld, 'House', '%s', %d)", (long long)id,
	       (long long)institute, for_whom, beds);
	tamper(f, "UPDATE batch SET hostel_id = %lld WHERE id = %lld", (long long)id, (long long)batch);
	query_end();
	return id;
}

static bool has_bed(int64_t batch, int64_t person)
{
	query_end();
	return query_int(f, "SELECT count(*) FROM admission WHERE batch_id = %lld AND person_id = %lld AND bed_given", (long long)batch, (long long)person) ==
	       1;
}

static void beds_go_in_order_and_back_with_the_seat_and_are_never_more_than_there_are(void **state)
{
	int64_t b = batch_of("beds", "none", 5, 0), other = batch_of("beds-too", "none", 5, 0), house = a_hostel(b, "anybody", 1);
	(void)state;
	tamper(f, "UPDATE batch SET hostel_id = %lld WHERE id = %lld", (long long)house, (long long)other); /* on the same days */
	assert_int_equal(as(w.learner, of(b, "/request"), "bed=1"), 303);
	pass(1);
	assert_int_equal(as(w.colleague, of(b, "/request"), "bed=1"), 303);
	assert_int_equal(as(w.boss, of(other, "/request"), "bed=1"), 303);
	assert_true(has_bed(b, w.learner) && !has_bed(b, w.colleague) && !has_bed(other, w.boss));
	assert_int_equal(of_one(b, w.colleague, "bed", "give=1"), 409);
	assert_int_equal(withdraw(w.learner, b), 303);
	assert_true(has_bed(b, w.colleague) && !has_bed(b, w.learner));
	assert_int_equal(of_one(b, w.colleague, "bed", ""), 303);
	assert_false(has_bed(b, w.colleague));
	/* Who had to give it back does not get it again when the next one asks. */
	assert_int_equal(as(w.other_learner, of(b, "/request"), "bed=1"), 303);
	assert_true(has_bed(b, w.other_learner) && !has_bed(b, w.colleague));
	withdraw(w.other_learner, b);
	assert_false(has_bed(b, w.colleague));
	assert_int_equal(of_one(b, w.colleague, "bed", "give=1"), 303);
}

static void beds_for_women_or_men_are_given_by_the_coordinator(void **state)
{
	int64_t b = batch_of("beds-women", "none", 5, 0);
	(void)state;
	a_hostel(b, "women", 2);
	assert_int_equal(as(w.learner, of(b, "/request"), "bed=1"), 303);
	assert_false(has_bed(b, w.learner));
	assert_int_equal(get(runs, "/batches/%lld/requests/%lld", (long long)b, (long long)admission_of(b, w.learner)), 200);
	assert_true(body_has(runs, "Give a bed"));
	assert_int_equal(of_one(b, w.learner, "bed", "give=1"), 303);
	assert_true(has_bed(b, w.learner));
}

static void a_hostel_is_not_made_smaller_closed_or_changed_under_who_has_a_bed(void **state)
{
	int64_t b = batch_of("house", "none", 5, 0), other = batch_of("house-too", "none", 5, 0), house = a_hostel(b, "anybody", 4);
	char hostel[120], batch[160], change[200];
	(void)state;
	tamper(f, "UPDATE batch SET hostel_id = %lld WHERE id = %lld", (long long)house, (long long)other);
	query_end();
	snprintf(hostel, sizeof hostel, "/orgs/%lld/institute/hostels/%lld", (long long)w.institute, (long long)house);
	snprintf(batch, sizeof batch, "/orgs/%lld/programmes/%lld/batches/%lld/change", (long long)w.institute,
		 (long long)query_int(f, "SELECT programme_id FROM batch WHERE id = %lld", (long long)b), (long long)b);
	query_end();
	snprintf(change, sizeof change, "from_day=%s&seats=5", day_in(10));
	assert_int_equal(as(w.learner, of(b, "/request"), "bed=1"), 303);
	assert_int_equal(as(w.colleague, of(other, "/request"), "bed=1"), 303);
	assert_true(has_bed(b, w.learner) && has_bed(other, w.colleague));
	assert_int_equal(as(w.admin, hostel, "name=Ganga&for_whom=anybody&beds=1"), 409);
	assert_int_equal(as(w.admin, hostel, "name=Ganga&for_whom=anybody&beds=2"), 303);
	assert_int_equal(as(w.admin, base_of("%s/close", hostel), ""), 409);
	assert_int_equal(as(w.admin, batch, change), 409); /* no hostel any more */
	assert_true(has_bed(b, w.learner));
	withdraw(w.learner, b);
	assert_int_equal(as(w.admin, batch, change), 303);
	assert_int_equal(as(w.admin, hostel, "name=Ganga&for_whom=anybody&beds=1"), 303);
	withdraw(w.colleague, other);
	assert_int_equal(as(w.admin, base_of("%s/close", hostel), ""), 303);
}

static void who_asked_last_gives_a_bed_back_when_a_session_is_put_on_days_on_which_others_need_it(void **state)
{
	int64_t programme = a_programme("days", "none", 1), later = a_batch(programme, 5, 0), b = batch_of("days-first", "none", 5, 0),
		house = a_hostel(b, "anybody", 2);
	int64_t at = f->cx.now + 20 * DAY;
	char form[200];
	(void)state;
	tamper(f, "UPDATE batch SET hostel_id = %lld, starts_at = %lld, ends_at = %lld, last_day = last_day + 20 WHERE id = %lld", (long long)house,
	       (long long)at, (long long)(at + 2 * HOUR), (long long)later);
	a_session(later, "Opening", at);
	query_end();
	assert_int_equal(as(w.learner, of(b, "/request"), "bed=1"), 303);
	pass(1);
	assert_int_equal(as(w.colleague, of(later, "/request"), "bed=1"), 303);
	pass(1);
	assert_int_equal(as(w.boss, of(later, "/request"), "bed=1"), 303);
	assert_true(has_bed(b, w.learner) && has_bed(later, w.colleague) && has_bed(later, w.boss));
	snprintf(form, sizeof form, "title=Before&day=%s&from=10:00&until=11:00", day_in(11));
	assert_int_equal(post(runs, of(later, "/sessions"), form), 303);
	assert_true(has_bed(b, w.learner) && has_bed(later, w.colleague) && !has_bed(later, w.boss));
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE person_id = %lld AND text LIKE 'Your bed in the hostel%%'", (long long)w.boss), 1);
	query_end();
	/* It is wanted still: the next that is free is given. */
	withdraw(w.learner, b);
	assert_int_equal(as(w.other_learner, of(later, "/request"), ""), 303);
	assert_true(has_bed(later, w.boss));
	withdraw(w.colleague, later);
	withdraw(w.boss, later);
	withdraw(w.other_learner, later);
}

/* ── lists ── */

static long bring(struct client *c, const char *path, const char *kind, const char *csv)
{
	struct buf b;
	char token[120], to[200];
	snprintf(to, sizeof to, "%s", path);
	buf_init(&b, f->cx.arena, 1 << 20);
	buf_lit(&b, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n");
	buf_str(&b, str_of(c->csrf));
	buf_lit(&b, "\r\n--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\n");
	buf_str(&b, str_of(kind));
	buf_lit(&b, "\r\n--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"people.csv\"\r\nContent-Type: text/csv\r\n\r\n");
	buf_str(&b, str_of(csv));
	buf_lit(&b, "\r\n--" BOUNDARY "--\r\n");
	struct str body = buf_get(&b);
	snprintf(token, sizeof token, "X-CSRF-Token: %s", c->csrf);
	c->header[0] = token;
	long status = send_raw(c, "POST", to, "multipart/form-data; boundary=" BOUNDARY, body.p, body.n);
	query_end();
	return status;
}

static const char *the_list(int64_t batch, const char *what)
{
	query_end();
	return of(batch, base_of("/lists/%lld%s", (long long)query_int(f, "SELECT max(id) FROM admission_list WHERE batch_id = %lld", (long long)batch), what));
}

static void nobody_says_yes_to_himself_nor_puts_himself_first(void **state)
{
	int64_t b = batch_of("self", "coordinator", 1, 5), office = batch_of("self-office", "mdo", 5, 5),
		second = a_person(f, "second-coordinator", "Second", w.institute, 0);
	struct client *deputy;
	(void)state;
	tamper(f, "INSERT INTO programme_coordinator (programme_id, person_id) SELECT programme_id, %lld FROM batch WHERE id = %lld", (long long)second,
	       (long long)b);
	assert_int_equal(ask(coordinator, b), 303);
	assert_int_equal(decide(b, coordinator, "yes", ""), 409);
	assert_true(body_has(runs, "Nobody decides about the own request"));
	assert_true(is(b, coordinator, "asked"));
	/* Nor in the name of another. */
	assert_int_equal(ask(w.boss, office), 303);
	deputy = client_acting(f, "delegation", w.admin, w.boss);
	assert_int_equal(post(deputy, base_of("/orgs/%lld/requests/decide", (long long)w.ministry),
			      base_of("ids.%lld=x&outcome=yes&words=", (long long)admission_of(office, w.boss))),
			 409);
	assert_true(is(office, w.boss, "asked"));
	client_free(deputy);
	withdraw(w.boss, office);
	assert_int_equal(ask(w.learner, b), 303);
	assert_int_equal(decide(b, w.learner, "yes", ""), 303);
	assert_int_equal(ask(w.colleague, b), 303);
	assert_int_equal(decide(b, w.colleague, "yes", ""), 303);
	assert_int_equal(as(second, of(b, "/decide"), base_of("ids.%lld=x&outcome=yes&words=", (long long)admission_of(b, coordinator))), 303);
	assert_true(is(b, coordinator, "waiting"));
	assert_int_equal(of_one(b, coordinator, "first", "words=I+run+it"), 409);
	/* A nomination is a yes. */
	withdraw(coordinator, b);
	assert_int_equal(post(runs, of(b, "/nominate"), "people=coordinator%40example.gov.in"), 422);
	assert_true(body_has(runs, "cannot be nominated by the own hand"));
	assert_int_equal(bring(runs, of(b, "/lists"), "nominate", "person\r\ncoordinator@example.gov.in\r\n"), 303);
	assert_int_equal(get(runs, "%s", the_list(b, "")), 200);
	assert_true(body_has(runs, "cannot be nominated by the own hand"));
	assert_int_equal(ask(coordinator, b), 303);
	assert_int_equal(bring(runs, of(b, "/lists"), "decide", "person,decision\r\ncoordinator@example.gov.in,yes\r\n"), 303);
	assert_int_equal(get(runs, "%s", the_list(b, "")), 200);
	assert_true(body_has(runs, "nobody decides about the own request"));
	assert_int_equal(post(runs, the_list(b, "/apply"), ""), 409);
	withdraw(coordinator, b);
	withdraw(w.learner, b);
	withdraw(w.colleague, b);
}

static void a_list_with_broken_rows_changes_nothing_and_says_where(void **state)
{
	int64_t b = batch_of("broken", "coordinator", 5, 0);
	(void)state;
	assert_int_equal(ask(w.learner, b), 303);
	assert_int_equal(bring(runs, of(b, "/lists"), "decide",
			       "person,decision,reason\r\nlearner@example.gov.in,yes,\r\nnobody@example.gov.in,yes,\r\ncolleague@example.gov.in,yes,\r\n"
			       "learner@example.gov.in,no,\r\nlearner@example.gov.in,perhaps,\r\nlearner@example.gov.in,no,twice\r\n"),
			 303);
	assert_int_equal(get(runs, "%s", the_list(b, "")), 200);
	static const char *const said[] = { "is nobody here", "has not asked for this batch", "is needed with a no", "must be yes or no",
					    "stands in the list before" };
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		assert_true(body_has(runs, said[i]));
	assert_false(body_has(runs, "Carry it out"));
	assert_int_equal(post(runs, the_list(b, "/apply"), ""), 409);
	assert_true(is(b, w.learner, "asked"));
	assert_int_equal(bring(runs, of(b, "/lists"), "decide", "name,decision\r\na,yes\r\n"), 422);
	assert_int_equal(bring(runs, of(b, "/lists"), "decide", "person,decision\r\n"), 422);
	assert_int_equal(bring(runs, of(b, "/lists"), "decide", "person,decision\r\n\"never closed"), 422);
	assert_int_equal(bring(runs, of(b, "/lists"), "decide", "person,decision\r\n\xff\xfe"), 422);
	struct client *stranger = client_as(f, w.other_admin);
	assert_int_equal(get(stranger, "%s", the_list(b, "")), 404);
	assert_int_equal(bring(stranger, of(b, "/lists"), "decide", "person,decision\r\nlearner@example.gov.in,yes\r\n"), 404);
	client_free(stranger);
	withdraw(w.learner, b);
}

static void what_was_looked_at_is_what_is_done(void **state)
{
	int64_t b = batch_of("digest", "coordinator", 5, 0);
	(void)state;
	assert_int_equal(ask(w.learner, b), 303);
	assert_int_equal(ask(w.colleague, b), 303);
	assert_int_equal(
		bring(runs, of(b, "/lists"), "decide", "person,decision,reason\r\nlearner@example.gov.in,yes,\r\ncolleague@example.gov.in,no,too many\r\n"),
		303);
	assert_int_equal(count(b, "asked"), 2);
	assert_int_equal(withdraw(w.colleague, b), 303);
	assert_int_equal(post(runs, the_list(b, "/apply"), ""), 409);
	assert_true(body_has(runs, "Something has changed since"));
	assert_true(is(b, w.learner, "asked"));
	assert_int_equal(ask(w.colleague, b), 303);
	assert_int_equal(post(runs, the_list(b, "/apply"), ""), 303); /* means the same again */
	assert_true(is(b, w.learner, "admitted") && is(b, w.colleague, "refused"));
	assert_int_equal(post(runs, the_list(b, "/apply"), ""), 409);
	assert_int_equal(post(runs, the_list(b, "/undo"), ""), 303);
	assert_true(is(b, w.learner, "asked") && is(b, w.colleague, "asked"));
	assert_int_equal(post(runs, the_list(b, "/undo"), ""), 409);
	withdraw(w.learner, b);
	withdraw(w.colleague, b);
}

static void taken_back_after_somebody_has_withdrawn_the_others_go_back(void **state)
{
	int64_t b = batch_of("undo", "none", 1, 5);
	struct client *admin = client_as(f, w.admin);
	const char *lists = base_of("/orgs/%lld/batches/%lld/lists", (long long)w.ministry, (long long)b);
	char path[200];
	(void)state;
	snprintf(path, sizeof path, "%s", lists);
	assert_int_equal(ask(w.boss, b), 303);
	assert_int_equal(bring(admin, path, "nominate", "person\r\nlearner@example.gov.in\r\ncolleague@example.gov.in\r\nother-learner@example.gov.in\r\n"),
			 303);
	assert_int_equal(get(admin, "%s", the_list(b, "")), 200);
	assert_true(body_has(admin, "not posted in this organisation"));
	assert_int_equal(bring(admin, path, "nominate", "person\r\nlearner@example.gov.in\r\ncolleague@example.gov.in\r\n"), 303);
	assert_int_equal(count(b, "waiting"), 0);
	assert_int_equal(get(runs, "%s", the_list(b, "")), 404); /* it is the office's */
	assert_int_equal(post(admin, the_list(b, "/apply"), ""), 303);
	assert_int_equal(count(b, "waiting"), 2);
	assert_int_equal(withdraw(w.learner, b), 303);
	assert_int_equal(withdraw(w.boss, b), 303);
	assert_true(is(b, w.colleague, "admitted")); /* moved up by itself meanwhile */
	assert_int_equal(post(admin, the_list(b, "/undo"), ""), 303);
	assert_true(is(b, w.colleague, "removed") && is(b, w.learner, "withdrawn"));
	assert_int_equal(get(admin, "%s", the_list(b, "")), 200);
	assert_true(body_has(admin, "1 row had changed since"));
	client_free(admin);
}

static void a_list_for_more_than_there_is_room_says_which_rows_are_too_many(void **state)
{
	int64_t b = batch_of("room", "none", 1, 0);
	(void)state;
	assert_int_equal(bring(runs, of(b, "/lists"), "nominate", "person\r\nlearner@example.gov.in\r\ncolleague@example.gov.in\r\n"), 303);
	assert_int_equal(get(runs, "%s", the_list(b, "")), 200);
	assert_true(body_has(runs, "are asked for before this row"));
}

static void ticks_are_kept_when_a_form_comes_back(void **state)
{
	int64_t b = batch_of("ticked", "coordinator", 5, 5), office = batch_of("ticked-office", "mdo", 5, 5);
	struct client *admin = client_as(f, w.admin);
	char checked[120], name[80];
	(void)state;
	assert_int_equal(ask(w.learner, b), 303);
	snprintf(checked, sizeof checked, "name=\"ids.%lld\" value=\"x\" checked", (long long)admission_of(b, w.learner));
	assert_int_equal(get(runs, "%s", of(b, "/requests")), 200);
	assert_false(body_has(runs, checked));
	assert_int_equal(decide(b, w.learner, "no", ""), 422);
	assert_true(body_has(runs, checked));
	assert_int_equal(ask(w.learner, office), 303);
	snprintf(checked, sizeof checked, "name=\"ids.%lld\" value=\"x\" checked", (long long)admission_of(office, w.learner));
	assert_int_equal(post(admin, base_of("/orgs/%lld/requests/decide", (long long)w.ministry),
			      base_of("ids.%lld=x&outcome=no&words=", (long long)admission_of(office, w.learner))),
			 422);
	assert_true(body_has(admin, checked));
	/* Who was found by name is there again, with the tick. */
	snprintf(checked, sizeof checked, "name=\"ids.%lld\" value=\"x\"", (long long)w.colleague);
	query_text(f, name, sizeof name, "SELECT name FROM person WHERE id = %lld", (long long)w.colleague);
	query_end();
	const char *first = url_encoded(&f->cx, str_before(str_of(name), ' ')).p;
	assert_int_equal(get(admin, "%s?q=%s", office_of(w.ministry, office), first), 200);
	assert_true(body_has(admin, checked) && body_has(admin, "type=\"hidden\" name=\"q\" value=\""));
	assert_int_equal(post(admin, office_of(w.ministry, office), base_of("ids.%lld=x&q=%s&people=nobody%%40example.gov.in", (long long)w.colleague, first)),
			 422);
	assert_true(body_has(admin, base_of("%s checked", checked)));
	client_free(admin);
	withdraw(w.learner, b);
	withdraw(w.learner, office);
}

/* ── on paper, as a list, in time ── */

static bool is_pdf(struct client *c)
{
	struct str s = buf_get(&c->body);
	return s.n > 1000 && !memcmp(s.p, "%PDF", 4);
}

static void letters_are_printed_for_one_and_for_all(void **state)
{
	int64_t b = batch_of("letters", "coordinator", 5, 0);
	struct client *c = client_as(f, w.learner);
	(void)state;
	a_session(b, "Opening", f->cx.now + 10 * DAY);
	assert_int_equal(get(runs, "%s", of(b, "/letters")), 409);
	assert_int_equal(ask(w.learner, b), 303);
	assert_int_equal(get(c, "%s", of(b, "/letter")), 409); /* asked by himself, and nothing is confirmed */
	assert_int_equal(decide(b, w.learner, "yes", ""), 303);
	assert_int_equal(post(runs, of(b, "/nominate"), "people=colleague%40example.gov.in"), 303);
	assert_int_equal(get(c, "%s", of(b, "/letter")), 200);
	assert_true(is_pdf(c));
	assert_int_equal(get(runs, "%s", of(b, "/letters")), 200);
	assert_true(is_pdf(runs));
	assert_int_equal(get(runs, "/batches/%lld/requests/%lld/letter", (long long)b, (long long)admission_of(b, w.colleague)), 200);
	assert_true(is_pdf(runs));
	assert_int_equal(get(c, "/batches/%lld/requests/%lld/letter", (long long)b, (long long)admission_of(b, w.colleague)), 404);
	client_free(c);
	assert_int_equal(get(runs, "%s", of(b, "/requests-csv")), 200);
	assert_true(body_has(runs, "user_id,employee_id,full_name") && body_has(runs, "Asha Verma") && body_has(runs, "\"admitted\""));
	withdraw(w.learner, b);
	withdraw(w.colleague, b);
}

static void a_cancelled_batch_has_no_letters_and_a_request_for_it_says_so(void **state)
{
	int64_t b = batch_of("called-off", "none", 1, 5);
	struct client *c = client_as(f, w.learner), *waits = client_as(f, w.colleague);
	(void)state;
	assert_int_equal(ask(w.learner, b), 303);
	assert_int_equal(ask(w.colleague, b), 303);
	assert_int_equal(get(c, "%s", of(b, "/letter")), 200);
	tamper(f, "UPDATE batch SET state = 'cancelled', cancelled_why = 'The hall is flooded' WHERE id = %lld", (long long)b);
	query_end();
	assert_int_equal(get(c, "%s", of(b, "/letter")), 409);
	assert_int_equal(get(runs, "%s", of(b, "/letters")), 409);
	assert_int_equal(get(runs, "/batches/%lld/requests/%lld/letter", (long long)b, (long long)admission_of(b, w.learner)), 409);
	assert_int_equal(get(c, "%s", of(b, "/request")), 200);
	assert_true(body_has(c, "will not be held") && body_has(c, "The hall is flooded"));
	assert_false(body_has(c, "Letter (PDF)") || body_has(c, ">Withdraw<"));
	assert_int_equal(get(waits, "%s", of(b, "/request")), 200);
	assert_true(body_has(waits, "will not be held"));
	assert_false(body_has(waits, "moves up by itself"));
	client_free(waits);
	client_free(c);
}

static void what_somebody_asked_is_read_by_nobody_who_acts_for_him(void **state)
{
	int64_t b = batch_of("alone", "none", 1, 5);
	(void)state;
	assert_int_equal(ask(w.learner, b), 303);
	const char *const kinds[] = { "delegation", "support" };
	for (size_t i = 0; i < 2; i++) {
		struct client *c = client_acting(f, kinds[i], w.learner, i ? w.operator : w.colleague);
		assert_int_equal(get(c, "%s", of(b, "/request")), 403);
		assert_int_equal(get(c, "%s", of(b, "/letter")), 403);
		assert_int_equal(get(c, "/me/requests"), 403);
		client_free(c);
	}
	withdraw(w.learner, b);
}

/* The row of somebody in a report; false: there is none. */
static bool row_of(struct client *c, const char *email, struct csv *ret, struct strs *ret_row)
{
	bool found = false;
	assert_true(csv_begin(c->arena, buf_get(&c->body), ret));
	while (!found && csv_next(c->arena, ret, ret_row))
		found = str_is(csv_get(ret, ret_row, "email"), email);
	return found;
}

static void says(const struct csv *r, const struct strs *row, const char *key, const char *value)
{
	if (!str_is(csv_get(r, row, key), value))
		print_message("%s: “%.*s” in place of “%s”\n", key, STR_ARG(csv_get(r, row, key)), value);
	assert_true(str_is(csv_get(r, row, key), value));
}

static void the_report_says_who_was_decided_by_whom_what_was_attended_and_done(void **state)
{
	int64_t b = batch_of("report", "mdo_coordinator", 5, 5), first = a_session(b, "Opening", f->cx.now + 10 * DAY), part = new_id(&f->cx), programme;
	struct client *admin = client_as(f, w.admin), *other = client_as(f, w.other_admin);
	struct strs row;
	struct csv r;
	(void)state;
	a_session(b, "Closing", f->cx.now + 11 * DAY);
	query_end();
	programme = query_int(f, "SELECT programme_id FROM batch WHERE id = %lld", (long long)b);
	tamper(f,
	       "INSERT INTO programme_part (id, programme_id, n, kind, phase, must, title, title_hi, words) VALUES (%lld, %lld, 1, 'assignment', 'during', "
	       "TRUE, "
	       "'A note', '', 'Write.')",
	       (long long)part, (long long)programme);
	a_hostel(b, "anybody", 3);
	assert_int_equal(as(w.learner, of(b, "/request"), "bed=1"), 303);
	assert_int_equal(ask(w.colleague, b), 303);
	assert_int_equal(office_decides(w.admin, w.ministry, b, w.learner, "yes", "can+be+spared"), 303);
	assert_int_equal(office_decides(w.admin, w.ministry, b, w.colleague, "no", "needed+here"), 303);
	assert_int_equal(decide(b, w.learner, "yes", ""), 303);
	tamper(f,
	       "INSERT INTO attendance (session_id, person_id, there, way, minutes, at, kept_at, said_at, device, credited) VALUES (%lld, %lld, TRUE, 'qr', "
	       "110, 1, 1, "
	       "1, '', 0)",
	       (long long)first, (long long)w.learner);
	tamper(f,
	       "INSERT INTO batch_work (id, batch_id, part_id, person_id, newest, words, file_name, at, state, said) VALUES (%lld, %lld, %lld, %lld, TRUE, "
	       "'x', '', "
	       "1, 'given', '')",
	       (long long)new_id(&f->cx), (long long)b, (long long)part, (long long)w.learner);
	query_end();
	assert_int_equal(get(runs, "%s", of(b, "/requests-csv")), 200);
	assert_true(row_of(runs, "learner@example.gov.in", &r, &row));
	assert_true(r.head.n >= 44 + 2 + 1);
	print_message("%zu columns\n", r.head.n);
	static const char *const is[][2] = {
		{ "full_name", "Asha Verma" },
		{ "status", "admitted" },
		{ "how", "asked" },
		{ "enrolled_by", "Asha Verma" },
		{ "first_decision", "yes" },
		{ "second_decision", "yes" },
		{ "seat_number", "1" },
		{ "second_decision_by", "Kavita Rao" },
		{ "waiting_number", "" },
		{ "hostel", "given" },
		{ "hostel_name", "House" },
		{ "first_decision_words", "can be spared" },
		{ "sessions", "2" },
		{ "sessions_attended", "1" },
		{ "attendance_percent", "50" },
		{ "minutes_attended", "110" },
		{ "parts_asked", "1" },
		{ "parts_done", "0" },
		{ "completed", "no" },
		{ "assignments_handed_in", "1" },
		{ "session_1", "yes" },
		{ "session_2", "" },
		{ "part_1", "handed_in" },
		{ "certificate", "" },
	};
	for (size_t i = 0; i < sizeof is / sizeof *is; i++)
		says(&r, &row, is[i][0], is[i][1]);
	assert_true(str_find(csv_get(&r, &row, "organisation_path"), S(" > ")) > 0);
	assert_true(row_of(runs, "colleague@example.gov.in", &r, &row));
	says(&r, &row, "status", "refused");
	says(&r, &row, "first_decision", "no");
	says(&r, &row, "first_decision_words", "needed here");
	says(&r, &row, "second_decision", "");
	/* Names are in the language of the reader; keys stay. */
	tamper(f, "UPDATE person SET lang = 'hi' WHERE id = %lld", (long long)coordinator);
	query_end();
	assert_int_equal(get(runs, "%s", of(b, "/requests-csv")), 200);
	assert_true(row_of(runs, "learner@example.gov.in", &r, &row));
	says(&r, &row, "programme_name", "कार्यक्रम");
	tamper(f, "UPDATE person SET lang = 'en' WHERE id = %lld", (long long)coordinator);
	query_end();
	assert_int_equal(get(runs, "%s", of(b, "/requests-xlsx")), 200);
	assert_memory_equal(buf_get(&runs->body).p, "PK", 2);
	/* An office has its own people; nobody else has anything. */
	assert_int_equal(get(admin, "/orgs/%lld/batches/%lld/requests-csv", (long long)w.ministry, (long long)b), 200);
	assert_true(row_of(admin, "learner@example.gov.in", &r, &row));
	assert_int_equal(get(other, "/orgs/%lld/batches/%lld/requests-csv", (long long)w.other_ministry, (long long)b), 200);
	assert_false(row_of(other, "learner@example.gov.in", &r, &row));
	assert_int_equal(get(other, "/orgs/%lld/batches/%lld/requests-xlsx", (long long)w.other_ministry, (long long)b), 200);
	assert_int_equal(get(other, "%s", of(b, "/requests-csv")), 404);
	assert_int_equal(get(other, "%s", of(b, "/requests-xlsx")), 404);
	client_free(other);
	client_free(admin);
	withdraw(w.learner, b);
}

static int64_t reminders(int64_t person)
{
	query_end();
	return query_int(f, "SELECT count(*) FROM notice WHERE person_id = %lld AND fact LIKE 'admission.remind%%'", (long long)person);
}

static void the_program_reminds_a_week_before_and_a_day_before_once_each(void **state)
{
	int64_t b = batch_of("soon", "none", 5, 0), person = a_person(f, "reminded", "Reminded", w.office, 0);
	(void)state;
	assert_int_equal(ask(person, b), 303);
	static const struct {
		int64_t then, n;
	} at[] = { { HOUR, 0 }, { 3 * DAY, 1 }, { HOUR, 1 }, { 6 * DAY, 2 }, { 2 * HOUR, 2 } };
	for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
		pass(at[i].then);
		query_end();
		schedule_work(f);
		while (work_now(f))
			;
		assert_int_equal(reminders(person), at[i].n);
	}
}

/* Sixty people in two batches, two sessions of each at the same time: a hundred and twenty clashes, each once, and their number on every page. */
static void clashes_come_in_pages_and_are_counted(void **state)
{
	int64_t b = batch_of("clashing", "none", 100, 0), other = batch_of("clashed", "none", 100, 0), begins = f->cx.now + 10 * DAY, seen = 0, pages = 0;
	char next[300] = "";
	(void)state;
	for (int i = 0; i < 2; i++) {
		a_session(b, "Ours", begins + i * 5 * HOUR);
		a_session(other, "Theirs", begins + i * 5 * HOUR + HOUR);
	}
	for (int i = 0; i < 120; i++) {
		query_end();
		tamper(f,
		       "INSERT INTO admission (id, batch_id, person_id, state, how, step, org_id, bed, bed_given, asked_at, changed_at) SELECT %lld, %lld, id, "
		       "'admitted', 'asked', 0, %lld, FALSE, FALSE, %lld, 1 FROM person WHERE email = 'crowd%d@example.gov.in'",
		       (long long)new_id(&f->cx), (long long)(i % 2 ? other : b), (long long)w.office, (long long)f->cx.now, i / 2);
	}
	query_end();
	do {
		char path[400];
		snprintf(path, sizeof path, "/api/v1/batches/%lld/clashes%s%s", (long long)b, next[0] ? "?after=" : "",
			 next[0] ? url_encoded(&f->cx, str_of(next)).p : "");
		assert_int_equal(get(runs, "%s", path), 200);
		const char *body = buf_get(&runs->body).p, *at = body;
		for (; (at = strstr(at, "\"our_start\"")); at++)
			seen++;
		const char *n = strstr(body, "\"next\":\"");
		snprintf(next, sizeof next, "%.*s", n ? (int)strcspn(n + 8, "\"") : 0, n ? n + 8 : "");
		pages++;
	} while (next[0]);
	assert_int_equal(seen, 120);
	assert_int_equal(pages, 3);
	assert_int_equal(get(runs, "%s", of(b, "/clashes")), 200);
	assert_true(body_has(runs, "120 sessions at the same time") && body_has(runs, "rel=\"next\""));
	assert_int_equal(get(runs, "%s", of(b, "/requests?state=admitted")), 200);
	assert_true(body_has(runs, "120 sessions clash"));
	tamper_all(f, "DELETE FROM admission WHERE how = 'asked' AND id NOT IN (SELECT admission_id FROM admission_step);");
}

static void lists_of_people_come_in_pages(void **state)
{
	int64_t b = batch_of("pages", "mdo", 200, 0), seen = 0;
	struct client *admin = client_as(f, w.admin);
	char next[80] = "";
	(void)state;
	for (int i = 0; i < 120; i++) {
		query_end();
		tamper(f,
		       "INSERT INTO admission (id, batch_id, person_id, state, how, step, org_id, bed, bed_given, asked_at, changed_at) SELECT %lld, %lld, id, "
		       "'asked', 'asked', 0, %lld, FALSE, FALSE, "
		       "%lld, 1 FROM person WHERE email = 'crowd%d@example.gov.in'",
		       (long long)new_id(&f->cx), (long long)b, (long long)w.office, (long long)f->cx.now, i);
	}
	query_end();
	do {
		assert_int_equal(get(admin, "/api/v1/orgs/%lld/requests%s%s", (long long)w.ministry, next[0] ? "?after=" : "", next), 200);
		const char *body = buf_get(&admin->body).p, *at = body;
		for (; (at = strstr(at, "\"batch_id\"")); at++)
			seen++;
		const char *n = strstr(body, "\"next\":\"");
		snprintf(next, sizeof next, "%.*s", n ? (int)strcspn(n + 8, "\"") : 0, n ? n + 8 : "");
	} while (next[0]);
	assert_int_equal(seen, 120);
	assert_int_equal(get(runs, "%s", of(b, "/requests")), 200);
	assert_true(body_has(runs, "after_at="));
	tamper_all(f, "DELETE FROM admission WHERE how = 'asked' AND id NOT IN (SELECT admission_id FROM admission_step);");
	client_free(admin);
}

/* ── one person, two accounts ── */

static enum err join_fn(struct ctx *cx, void *arg)
{
	const int64_t *two = arg;
	return admission_merge(cx, two[0], two[1]);
}

static void what_an_account_asked_for_its_person_asked_for(void **state)
{
	int64_t b = batch_of("joined", "none", 5, 0), second = a_person(f, "second", "Second", w.office, 0);
	bool there = false;
	(void)state;
	assert_int_equal(ask(second, b), 303);
	in_tx(f, join_fn, (int64_t[]){ w.learner, second });
	query_end();
	assert_true(is(b, w.learner, "admitted"));
	assert_int_equal(admission_admitted(&f->cx, b, w.learner, &there), OK);
	assert_true(there);
	query_end();
}

static enum err tell_fn(struct ctx *cx, void *arg)
{
	return person_tell(cx, *(int64_t *)arg, NONE);
}

static void separated_again_an_account_has_no_seat_that_is_somebody_elses_by_now(void **state)
{
	int64_t b = batch_of("apart", "none", 1, 5), second = a_person(f, "apart", "Apart", w.office, 0);
	(void)state;
	assert_int_equal(ask(second, b), 303);
	assert_int_equal(ask(w.colleague, b), 303);
	assert_int_equal(withdraw(second, b), 303);
	assert_true(is(b, w.colleague, "admitted"));
	/* As when a merge is taken back: the row stands as it was. */
	tamper(f, "UPDATE admission SET state = 'admitted' WHERE id = %lld", (long long)admission_of(b, second));
	query_end();
	in_tx(f, tell_fn, &second);
	query_end();
	assert_true(is(b, w.colleague, "admitted") && is(b, second, "waiting"));
	assert_int_equal(count(b, "admitted"), 1);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	coordinator = a_person(f, "coordinator", "Kavita Rao", w.institute, 0);
	runs = client_as(f, coordinator);
	return 0;
}

static int end(void **state)
{
	(void)state;
	client_free(runs);
	query_end();
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_sit_the_next_wait_and_read_their_place_and_why),
		cmocka_unit_test(what_is_closed_late_or_by_nomination_only_is_said),
		cmocka_unit_test(who_has_sessions_elsewhere_at_the_same_time_is_refused_by_name),
		cmocka_unit_test(a_thousand_ask_at_once_for_forty_seats),
		cmocka_unit_test(yes_comes_from_whom_the_programme_says_in_its_order),
		cmocka_unit_test(a_no_needs_a_reason_and_the_person_reads_it),
		cmocka_unit_test(who_is_asked_for_a_yes_is_told_once_a_day_of_all_together),
		cmocka_unit_test(who_has_not_said_yes_is_reminded_before_requests_close_and_before_the_batch_begins),
		cmocka_unit_test(the_office_of_the_day_of_asking_decides_also_after_a_transfer),
		cmocka_unit_test(who_leaves_the_service_gives_the_seat_to_who_waits),
		cmocka_unit_test(from_the_start_on_nobody_comes_in_and_everybody_may_go),
		cmocka_unit_test(removing_and_putting_first_need_a_reason_that_stays),
		cmocka_unit_test(nobody_says_yes_to_himself_nor_puts_himself_first),
		cmocka_unit_test(a_nomination_is_the_yes_of_who_nominates),
		cmocka_unit_test(a_nomination_is_whole_or_not_at_all_and_says_who_cannot),
		cmocka_unit_test(kept_seats_wait_for_whom_they_are_kept_and_then_go_to_everybody),
		cmocka_unit_test(who_waits_reads_how_many_seats_of_his_kind_are_taken),
		cmocka_unit_test(seats_are_offered_to_another_institution_and_kept_until_it_answers),
		cmocka_unit_test(an_offer_that_is_declined_taken_back_or_not_answered_frees_its_seats),
		cmocka_unit_test(seats_are_kept_in_fifty_lots_and_no_offer_makes_more),
		cmocka_unit_test(more_lots_than_there_may_be_cost_nobody_a_seat),
		cmocka_unit_test(beds_go_in_order_and_back_with_the_seat_and_are_never_more_than_there_are),
		cmocka_unit_test(beds_for_women_or_men_are_given_by_the_coordinator),
		cmocka_unit_test(a_hostel_is_not_made_smaller_closed_or_changed_under_who_has_a_bed),
		cmocka_unit_test(who_asked_last_gives_a_bed_back_when_a_session_is_put_on_days_on_which_others_need_it),
		cmocka_unit_test(a_list_with_broken_rows_changes_nothing_and_says_where),
		cmocka_unit_test(what_was_looked_at_is_what_is_done),
		cmocka_unit_test(taken_back_after_somebody_has_withdrawn_the_others_go_back),
		cmocka_unit_test(a_list_for_more_than_there_is_room_says_which_rows_are_too_many),
		cmocka_unit_test(ticks_are_kept_when_a_form_comes_back),
		cmocka_unit_test(letters_are_printed_for_one_and_for_all),
		cmocka_unit_test(a_cancelled_batch_has_no_letters_and_a_request_for_it_says_so),
		cmocka_unit_test(what_somebody_asked_is_read_by_nobody_who_acts_for_him),
		cmocka_unit_test(the_report_says_who_was_decided_by_whom_what_was_attended_and_done),
		cmocka_unit_test(the_program_reminds_a_week_before_and_a_day_before_once_each),
		cmocka_unit_test(clashes_come_in_pages_and_are_counted),
		cmocka_unit_test(lists_of_people_come_in_pages),
		cmocka_unit_test(what_an_account_asked_for_its_person_asked_for),
		cmocka_unit_test(separated_again_an_account_has_no_seat_that_is_somebody_elses_by_now),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
