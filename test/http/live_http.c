/* Live talk: who is there hears what happens, also what was committed by another process, also what was missed while the line was lost; who may not is not
 * heard nor hears; one person has one vote; what is hidden vanishes for all. */
#include "http_test.h"
#include "feature/live/live.h"
#include "web/session.h"

#include <arpa/inet.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct fixture *f;
static struct world w;
static int64_t session, other_session, batch;

/* ── listening ── */

/* A browser that listens: what it has heard so far. */
struct ear {
	int fd;
	size_t n;
	char heard[1 << 17];
};

static struct str cookie_of(struct client *c)
{
	struct curl_slist *list = NULL;
	struct str value = STR_NONE;
	curl_easy_getinfo(c->curl, CURLINFO_COOKIELIST, &list);
	for (struct curl_slist *l = list; l; l = l->next) {
		const char *p = strstr(l->data, "\tsession\t");
		if (p)
			value = str_dup(f->cx.arena, str_of(p + 9));
	}
	curl_slist_free_all(list);
	return value;
}

static struct ear *listen_at(unsigned port, struct str cookie, int64_t place, const char *more, int buffer)
{
	struct ear *e = calloc(1, sizeof *e);
	NEED(e, "memory");
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	char ask[600];
	e->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (buffer)
		setsockopt(e->fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
	NEED(connect(e->fd, (struct sockaddr *)&at, sizeof at) == 0, "no connection");
	int n = snprintf(ask, sizeof ask, "GET /live/session/%lld/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: session=%.*s\r\n%s\r\n", (long long)place,
			 STR_ARG(cookie), more);
	NEED(send(e->fd, ask, (size_t)n, MSG_NOSIGNAL) == n, "nothing sent");
	return e;
}

static unsigned port_of(const struct fixture *x)
{
	return (unsigned)strtoul(strrchr(x->base, ':') + 1, NULL, 10);
}

static struct ear *ear_of(struct client *c, int64_t place, const char *more)
{
	return listen_at(port_of(c->f), cookie_of(c), place, more, 0);
}

static void ear_free(struct ear *e)
{
	close(e->fd);
	free(e);
}

/* More of it; false: nothing came within so many ms, or the line is closed (*ret_closed). */
static bool hear_more(struct ear *e, int ms, bool *ret_closed)
{
	struct pollfd p = { .fd = e->fd, .events = POLLIN };
	*ret_closed = false;
	if (poll(&p, 1, ms) <= 0)
		return false;
	ssize_t n = recv(e->fd, e->heard + e->n, sizeof e->heard - 1 - e->n, 0);
	*ret_closed = n <= 0;
	e->n += n > 0 ? (size_t)n : 0;
	e->heard[e->n] = 0;
	return n > 0;
}

static bool hears(struct ear *e, const char *what)
{
	bool closed = false;
	for (int64_t until = clock_monotonic() + 20 * INT64_C(1000000000); !strstr(e->heard, what) && clock_monotonic() < until && !closed;)
		hear_more(e, 500, &closed);
	if (!strstr(e->heard, what))
		fprintf(stderr, "HEARD closed=%d <%s>\n", closed, e->heard);
	return strstr(e->heard, what) != NULL;
}

static bool is_closed(struct ear *e)
{
	bool closed = false;
	for (int64_t until = clock_monotonic() + 20 * INT64_C(1000000000); !closed && clock_monotonic() < until;)
		hear_more(e, 500, &closed);
	return closed;
}

static void forget(struct ear *e)
{
	e->n = 0;
	e->heard[0] = 0;
}

/* The last id that was heard, as a browser keeps it. */
static int64_t last_id(const struct ear *e)
{
	int64_t id = 0;
	for (const char *p = e->heard; (p = strstr(p, "\nid: ")); p += 5)
		id = strtoll(p + 5, NULL, 10);
	return id;
}

/* ── telling ── */

struct telling {
	int64_t place;
	const char *what, *json;
};

static enum err tell_in_tx(struct ctx *cx, void *arg)
{
	const struct telling *t = arg;
	return live_tell(cx, S("session"), t->place, t->what, str_of(t->json));
}

static void tell(int64_t place, const char *what, const char *json)
{
	struct telling t = { place, what, json };
	in_tx(f, tell_in_tx, &t);
}

/* ── the world ── */

static int64_t an_id(void)
{
	return new_id(&f->cx);
}

static int64_t a_session(void)
{
	int64_t id = an_id();
	tamper(f,
	       "INSERT INTO batch_session (id, batch_id, n, part_id, title, title_hi, starts_at, ends_at, room_id, cancelled_at) VALUES (%lld, %lld, 1, NULL, "
	       "'Budget basics', '', %lld, %lld, NULL, NULL)",
	       (long long)id, (long long)batch, (long long)f->cx.now, (long long)(f->cx.now + HOUR));
	return id;
}

static void admit(int64_t person)
{
	tamper(f,
	       "INSERT INTO admission (id, batch_id, person_id, state, how, step, org_id, quota_id, bed, bed_given, asked_at, asked_by, changed_at) VALUES "
	       "(%lld, "
	       "%lld, %lld, 'admitted', 'asked', 0, %lld, NULL, %s, %s, 1, NULL, 1)",
	       (long long)an_id(), (long long)batch, (long long)person, (long long)w.office, fixture_sqlite(f) ? "0" : "FALSE",
	       fixture_sqlite(f) ? "0" : "FALSE");
}

static void a_batch(void)
{
	int64_t programme = an_id();
	const char *no = fixture_sqlite(f) ? "0" : "FALSE";
	batch = an_id();
	tamper(f,
	       "INSERT INTO programme (id, org_id, institute_id, code, title, title_hi, about, audience, state, minutes, approval, may_ask, least_sessions, "
	       "least_others, made_by, made_at, changed_at) VALUES (%lld, %lld, NULL, 'BUD', 'Budgeting', '', '', '', 'live', 600, 'none', %s, 75, 0, NULL, 1, "
	       "1)",
	       (long long)programme, (long long)w.ministry, no);
	tamper(f,
	       "INSERT INTO batch (id, programme_id, org_id, n, name, state, seats, waiting, invite_only, ask_until, starts_at, ends_at, institute_id, place, "
	       "latitude, longitude, hostel_id, fee_paise, made_by, made_at, changed_at, cancelled_why) VALUES (%lld, %lld, %lld, 1, 'A', 'open', 50, 0, %s, "
	       "1, 2, 3, "
	       "NULL, '', NULL, NULL, NULL, 0, NULL, 1, 1, '')",
	       (long long)batch, (long long)programme, (long long)w.ministry, no);
	session = a_session();
	other_session = a_session();
	admit(w.learner);
	admit(w.colleague);
}

/* ── what is promised ── */

static void only_who_is_admitted_listens(void **state)
{
	struct client *in = client_as(f, w.learner), *out = client_as(f, w.other_learner), *nobody = client_new(f);
	(void)state;
	struct ear *e = ear_of(in, session, "");
	assert_true(hears(e, "\r\n\r\nretry: "));
	assert_non_null(strstr(e->heard, "HTTP/1.1 200 OK"));
	assert_non_null(strstr(e->heard, "text/event-stream"));
	assert_non_null(strstr(e->heard, "X-Accel-Buffering: no"));
	assert_int_equal(get(out, "%s", base_of("/live/session/%lld/stream", (long long)session)), 404);
	assert_int_equal(get(in, "%s", base_of("/live/session/%lld/stream", (long long)an_id())), 404);
	assert_int_equal(get(in, "%s", base_of("/live/nothing/%lld/stream", (long long)session)), 404);
	assert_int_equal(get(in, "/live/session/abc/stream"), 422);
	assert_int_equal(get(nobody, "%s", base_of("/live/session/%lld/stream", (long long)session)), 303);
	ear_free(e);
	client_free(in);
	client_free(out);
	client_free(nobody);
}

static void what_is_told_is_heard_there_and_nowhere_else(void **state)
{
	struct client *c = client_as(f, w.learner), *d = client_as(f, w.colleague);
	(void)state;
	struct ear *here = ear_of(c, session, ""), *too = ear_of(d, session, ""), *elsewhere = ear_of(c, other_session, "");
	assert_true(hears(here, "retry: ") && hears(too, "retry: ") && hears(elsewhere, "retry: "));
	tell(session, "note", "{\"n\":1}");
	assert_true(hears(here, "event: note\ndata: {\"n\":1}\n\n"));
	assert_true(hears(too, "event: note\ndata: {\"n\":1}\n\n"));
	tell(other_session, "note", "{\"n\":2}");
	assert_true(hears(elsewhere, "{\"n\":2}"));
	assert_null(strstr(elsewhere->heard, "{\"n\":1}"));
	ear_free(here);
	ear_free(too);
	ear_free(elsewhere);
	client_free(c);
	client_free(d);
}

static void who_lost_the_line_hears_what_was_missed(void **state)
{
	struct client *c = client_as(f, w.learner);
	(void)state;
	struct ear *e = ear_of(c, session, "");
	assert_true(hears(e, "retry: "));
	tell(session, "note", "{\"n\":3}");
	assert_true(hears(e, "{\"n\":3}"));
	int64_t id = last_id(e);
	assert_true(id > 0);
	ear_free(e);
	tell(session, "note", "{\"n\":4}");
	tell(session, "note", "{\"n\":5}");
	e = ear_of(c, session, base_of("Last-Event-ID: %lld\r\n", (long long)id));
	assert_true(hears(e, "{\"n\":5}"));
	assert_non_null(strstr(e->heard, "{\"n\":4}"));
	ear_free(e);
	/* Whoever was away for longer than anything is kept is told to begin anew. */
	for (int i = 0; i < LIVE_MISSED_MAX + 5; i++)
		tell(session, "note", "{\"n\":6}");
	e = ear_of(c, session, base_of("Last-Event-ID: %lld\r\n", (long long)id));
	assert_true(hears(e, "event: anew\n"));
	ear_free(e);
	client_free(c);
}

static enum err end_sessions(struct ctx *cx, void *arg)
{
	return session_end_all(cx, *(const int64_t *)arg);
}

static void an_ended_session_hears_no_more(void **state)
{
	struct client *c = client_as(f, w.learner), *d = client_as(f, w.colleague);
	(void)state;
	struct ear *ended = ear_of(c, session, ""), *other = ear_of(d, session, "");
	assert_true(hears(ended, "retry: ") && hears(other, "retry: "));
	in_tx(f, end_sessions, &w.learner);
	assert_true(is_closed(ended));
	forget(other);
	tell(session, "note", "{\"n\":7}");
	assert_true(hears(other, "{\"n\":7}"));
	ear_free(ended);
	ended = ear_of(c, session, "");
	assert_true(hears(ended, "303"));
	ear_free(ended);
	ear_free(other);
	client_free(c);
	client_free(d);
}

static enum err lose_seat(struct ctx *cx, void *arg)
{
	return live_judge_again(cx, *(const int64_t *)arg);
}

static void who_lost_the_seat_is_judged_anew(void **state)
{
	struct client *c = client_as(f, w.colleague);
	(void)state;
	struct ear *e = ear_of(c, session, "");
	assert_true(hears(e, "retry: "));
	tamper(f, "UPDATE admission SET state = 'removed' WHERE batch_id = %lld AND person_id = %lld", (long long)batch, (long long)w.colleague);
	in_tx(f, lose_seat, &w.colleague);
	assert_true(is_closed(e));
	ear_free(e);
	assert_int_equal(get(c, "%s", base_of("/live/session/%lld/stream", (long long)session)), 404);
	tamper(f, "UPDATE admission SET state = 'admitted' WHERE batch_id = %lld AND person_id = %lld", (long long)batch, (long long)w.colleague);
	client_free(c);
}

static void nobody_holds_more_lines_than_the_ceiling(void **state)
{
	struct client *c = client_as(f, w.learner);
	struct ear *e[LISTEN_PERSON];
	(void)state;
	for (int i = 0; i < LISTEN_PERSON; i++) {
		e[i] = ear_of(c, other_session, "");
		assert_true(hears(e[i], "retry: "));
	}
	tell(other_session, "note", "{\"n\":8}");
	/* The one too many gets an answer that ends, and is asked to come again: slower, but with all that was told. */
	struct ear *more = ear_of(c, other_session, base_of("Connection: close\r\nLast-Event-ID: %lld\r\n", (long long)an_id()));
	if (!is_closed(more)) { bool cl; fprintf(stderr, "MORE <%s>\n", more->heard); for (int i = 0; i < LISTEN_PERSON; i++) { hear_more(e[i], 10, &cl); fprintf(stderr, "E%d %d <%s>\n", i, cl, e[i]->heard); } }
	assert_non_null(strstr(more->heard, "retry: "));
	assert_non_null(strstr(more->heard, "{\"n\":8}"));
	ear_free(more);
	for (int i = 0; i < LISTEN_PERSON; i++)
		ear_free(e[i]);
	client_free(c);
}

/* Reads nothing while others hear all: it is closed, and they do not wait. */
static void who_does_not_read_is_closed(void **state)
{
	static char json[8000];
	struct client *c = client_as(f, w.learner), *d = client_as(f, w.colleague);
	(void)state;
	struct ear *slow = listen_at(port_of(f), cookie_of(c), session, "", 4096), *quick = ear_of(d, session, "");
	assert_true(hears(quick, "retry: "));
	assert_true(hears(slow, "retry: "));
	memset(json, 'x', sizeof json - 1);
	json[0] = json[sizeof json - 2] = '"';
	for (int i = 0; i < 4 * LISTEN_RING; i++) {
		tell(session, "long", json);
		if (i % 8)
			continue;
		char mark[20];
		snprintf(mark, sizeof mark, "{\"m\":%d}", i);
		tell(session, "note", mark);
		bool found = hears(quick, mark);
		assert_true(found);
		forget(quick);
	}
	/* What the system had taken for it comes yet, then the end. */
	bool closed = false;
	size_t got = 0;
	for (int i = 0; i < 1000 && !closed; i++) {
		forget(slow);
		hear_more(slow, 1000, &closed);
		got += slow->n;
	}
	assert_true(closed);
	assert_true(got < 4 * LISTEN_RING * sizeof json);
	ear_free(slow);
	ear_free(quick);
	client_free(c);
	client_free(d);
}

static void a_server_that_ends_says_come_again(void **state)
{
	struct client *c = client_as(f, w.learner);
	(void)state;
	struct ear *e = ear_of(c, session, "");
	assert_true(hears(e, "retry: "));
	forget(e);
	server_stop(f->server, 5);
	f->server = NULL;
	assert_true(is_closed(e));
	assert_non_null(strstr(e->heard, "retry: "));
	ear_free(e);
	client_free(c);
	fixture_serve(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_who_is_admitted_listens),
		cmocka_unit_test(what_is_told_is_heard_there_and_nowhere_else),
		cmocka_unit_test(who_lost_the_line_hears_what_was_missed),
		cmocka_unit_test(an_ended_session_hears_no_more),
		cmocka_unit_test(who_lost_the_seat_is_judged_anew),
		cmocka_unit_test(nobody_holds_more_lines_than_the_ceiling),
		cmocka_unit_test(who_does_not_read_is_closed),
		cmocka_unit_test(a_server_that_ends_says_come_again),
	};
	f = fixture_start();
	a_world(f, &w);
	a_batch();
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	fixture_end(f);
	return failed;
}
