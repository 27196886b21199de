/* Live talk: who is there hears what happens, also what was committed by another process, also what was missed while the line was lost; who may not is not
 * heard nor hears; one person has one vote; what is hidden vanishes for all. */
#include "batch.h"
#include "feature/live/live.h"
#include "web/session.h"

#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
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
	return given_session(f, batch, "Budget basics", f->cx.now, f->cx.now + HOUR);
}

static void admit(int64_t person)
{
	given_seat(f, batch, person, w.office);
}

static void a_batch(void)
{
	int64_t programme = given_programme(
		f, &(struct given_programme){ .org_id = w.ministry, .code = "BUD", .title = "Budgeting", .least_sessions = 75, .invited = true });
	batch = given_batch(f,
			    &(struct given_batch){ .programme_id = programme, .org_id = w.ministry, .seats = 50, .starts_at = 2, .ends_at = 3, .name = "A" });
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
	tell(session, "note", "{\"told\":1}");
	assert_true(hears(here, "event: note\ndata: {\"told\":1}\n\n"));
	assert_true(hears(too, "event: note\ndata: {\"told\":1}\n\n"));
	tell(other_session, "note", "{\"told\":2}");
	assert_true(hears(elsewhere, "{\"told\":2}"));
	assert_null(strstr(elsewhere->heard, "{\"told\":1}"));
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
	assert_true(is_closed(more));
	assert_non_null(strstr(more->heard, "retry: "));
	assert_non_null(strstr(more->heard, "{\"n\":8}"));
	ear_free(more);
	for (int i = 0; i < LISTEN_PERSON; i++)
		ear_free(e[i]);
	client_free(c);
}

/* The setting `listeners`, over all people and places. */
static void a_server_holds_no_more_lines_than_its_setting(void **state)
{
	int64_t place = a_session();
	struct client *c[3] = { client_as(f, w.learner), client_as(f, w.colleague), client_as(f, w.admin) };
	struct ear *e[2];
	(void)state;
	server_stop(f->server, 5);
	f->listeners = 2;
	fixture_serve(f);
	for (int i = 0; i < 2; i++) {
		e[i] = ear_of(c[i], place, "");
		assert_true(hears(e[i], "event: here\ndata:"));
	}
	tell(place, "note", "{\"n\":3}");
	struct ear *more = ear_of(c[2], place, base_of("Connection: close\r\nLast-Event-ID: %lld\r\n", (long long)an_id()));
	assert_true(is_closed(more) && strstr(more->heard, "retry: ") && strstr(more->heard, "{\"n\":3}"));
	assert_true(hears(e[0], "{\"n\":3}") && hears(e[1], "{\"n\":3}"));
	ear_free(more);
	for (int i = 0; i < 3; i++)
		client_free(c[i]);
	ear_free(e[0]);
	ear_free(e[1]);
	server_stop(f->server, 5);
	f->listeners = 0;
	fixture_serve(f);
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

/* ── asking and voting ── */

static const char *api(int64_t place, const char *what)
{
	return base_of("/api/v1/live/session/%lld%s", (long long)place, what);
}

static int64_t a_question(struct client *c, int64_t place, const char *words)
{
	NEED(post_json(c, api(place, "/questions"), base_of("{\"words\":\"%s\"}", words)) == 200, "no question: %ld", c->status);
	return json_number(c, "id");
}

static long vote(struct client *c, int64_t place, int64_t question, bool yes)
{
	return post_json(c, api(place, base_of("/questions/%lld/vote", (long long)question)), yes ? "{\"yes\":true}" : "{\"yes\":false}");
}

static long act(struct client *c, int64_t place, const char *what, int64_t id, const char *word)
{
	return post_json(c, api(place, base_of("/%s/%lld/act", what, (long long)id)), base_of("{\"act\":\"%s\"}", word));
}

static void settings(struct client *c, int64_t place, const char *json)
{
	NEED(post_json(c, api(place, "/settings"), json) == 200, "no settings: %ld", c->status);
}

static const char *page(int64_t place)
{
	return base_of("/live/session/%lld", (long long)place);
}

static int64_t votes_of(int64_t question)
{
	return query_int(f, "SELECT COUNT(*) FROM live_vote WHERE question_id = %lld AND cast_now", (long long)question);
}

static void one_person_has_one_vote_and_takes_it_back(void **state)
{
	int64_t place = a_session();
	struct client *c = client_as(f, w.learner), *d = client_as(f, w.colleague);
	(void)state;
	int64_t q = a_question(c, place, "Why so late?");
	struct ear *e = ear_of(c, place, "");
	assert_true(hears(e, "retry: "));
	assert_int_equal(vote(d, place, q, true), 200);
	assert_int_equal(vote(d, place, q, true), 200);
	assert_int_equal(votes_of(q), 1);
	assert_true(hears(e, base_of("{\"id\":\"%lld\",\"votes\":1}", (long long)q)));
	assert_int_equal(vote(c, place, q, true), 200);
	assert_true(hears(e, "\"votes\":2}"));
	assert_int_equal(vote(d, place, q, false), 200);
	forget(e);
	assert_true(hears(e, "\"votes\":1}"));
	/* Of another place nobody votes here. */
	assert_int_equal(vote(d, other_session, q, true), 404);
	ear_free(e);
	client_free(c);
	client_free(d);
}

static void who_asks_is_seen_by_moderators_alone_unless_the_place_names(void **state)
{
	int64_t place = a_session();
	struct client *c = client_as(f, w.learner), *d = client_as(f, w.colleague), *lead = client_as(f, w.admin);
	char name[200];
	(void)state;
	query_text(f, name, sizeof name, "SELECT name FROM person WHERE id = %lld", (long long)w.learner);
	struct ear *guest = ear_of(d, place, ""), *leader = ear_of(lead, place, "");
	assert_true(hears(guest, "retry: ") && hears(leader, "retry: "));
	a_question(c, place, "May I ask?");
	assert_true(hears(leader, name));
	assert_true(hears(guest, "May I ask?"));
	assert_null(strstr(guest->heard, name));
	assert_int_equal(get(d, "%s", page(place)), 200);
	assert_true(body_has(d, "May I ask?"));
	assert_null(strstr(strstr(d->body.p, "data-questions"), name));
	assert_int_equal(get(lead, "%s", page(place)), 200);
	assert_true(body_has(lead, name));
	settings(lead, place, "{\"questions\":true,\"named\":true,\"chat\":\"off\"}");
	a_question(c, place, "And now?");
	assert_true(hears(guest, "And now?"));
	assert_true(hears(guest, name));
	settings(lead, place, "{\"questions\":false,\"chat\":\"off\"}");
	assert_int_equal(post_json(c, api(place, "/questions"), "{\"words\":\"Too late\"}"), 409);
	ear_free(guest);
	ear_free(leader);
	client_free(c);
	client_free(d);
	client_free(lead);
}

static void moderators_lead_questions_and_guests_do_not(void **state)
{
	int64_t place = a_session();
	struct client *c = client_as(f, w.learner), *d = client_as(f, w.colleague), *lead = client_as(f, w.admin);
	(void)state;
	int64_t first = a_question(c, place, "First question"), second = a_question(d, place, "Second question"), rude = a_question(d, place, "Rude question");
	assert_int_equal(act(c, place, "questions", first, "pin"), 403);
	assert_int_equal(post_json(c, api(place, "/settings"), "{\"chat\":\"open\"}"), 403);
	assert_int_equal(vote(c, place, first, true), 200);
	assert_int_equal(vote(c, place, second, true), 200);
	assert_int_equal(vote(d, place, second, true), 200);
	/* The one with more votes comes first; pinned comes before all. */
	assert_int_equal(get(c, "%s", page(place)), 200);
	assert_true(strstr(c->body.p, "Second question") < strstr(c->body.p, "First question"));
	assert_int_equal(act(lead, place, "questions", first, "pin"), 200);
	assert_int_equal(get(c, "%s", page(place)), 200);
	assert_true(strstr(c->body.p, "First question") < strstr(c->body.p, "Second question"));
	struct ear *e = ear_of(c, place, "");
	assert_true(hears(e, "retry: "));
	assert_int_equal(act(lead, place, "questions", rude, "hide"), 200);
	assert_true(hears(e, base_of("{\"id\":\"%lld\",\"state\":\"hidden\"", (long long)rude)));
	assert_int_equal(get(c, "%s", page(place)), 200);
	assert_false(body_has(c, "Rude question"));
	assert_int_equal(vote(c, place, rude, true), 404);
	/* Whoever wanted either wants the one that is left, once. */
	assert_int_equal(post_json(lead, api(place, "/merge"), base_of("{\"question_id\":\"%lld\",\"into_id\":\"%lld\"}", (long long)first, (long long)second)),
			 200);
	assert_int_equal(votes_of(second), 2);
	assert_int_equal(
		post_json(lead, api(place, "/merge"), base_of("{\"question_id\":\"%lld\",\"into_id\":\"%lld\"}", (long long)second, (long long)second)), 409);
	assert_int_equal(act(lead, place, "questions", second, "answer"), 200);
	assert_int_equal(vote(c, place, second, true), 409);
	ear_free(e);
	client_free(c);
	client_free(d);
	client_free(lead);
}

/* ── polls ── */

static long choose(struct client *c, int64_t place, int64_t poll, const char *choices)
{
	return post_json(c, api(place, base_of("/polls/%lld/vote", (long long)poll)), base_of("{\"choice\":[%s]}", choices));
}

static int64_t a_poll(struct client *c, int64_t place, const char *more)
{
	NEED(post_json(c, api(place, "/polls"), base_of("{\"asked\":\"Which day?\",\"options\":\"Monday\\nTuesday\\nFriday\"%s}", more)) == 200, "no poll: %ld",
	     c->status);
	return json_number(c, "id");
}

static void a_poll_counts_one_ballot_of_each_until_it_is_closed(void **state)
{
	int64_t place = a_session();
	struct client *c = client_as(f, w.learner), *d = client_as(f, w.colleague), *lead = client_as(f, w.admin);
	(void)state;
	assert_int_equal(post_json(lead, api(place, "/polls"), "{\"asked\":\"One?\",\"options\":\"Only this\"}"), 422);
	assert_int_equal(post_json(c, api(place, "/polls"), "{\"asked\":\"Mine?\",\"options\":\"A\\nB\"}"), 403);
	int64_t poll = a_poll(lead, place, "");
	struct ear *guest = ear_of(d, place, ""), *leader = ear_of(lead, place, "");
	assert_true(hears(guest, "retry: ") && hears(leader, "retry: "));
	/* A draft is nobody's but the moderators'. */
	assert_int_equal(choose(c, place, poll, "\"1\""), 404);
	assert_int_equal(act(lead, place, "polls", poll, "open"), 200);
	assert_true(hears(guest, "Tuesday"));
	assert_int_equal(choose(c, place, poll, "\"1\""), 200);
	assert_int_equal(choose(d, place, poll, "\"1\""), 200);
	assert_int_equal(choose(d, place, poll, "\"2\""), 200);
	assert_int_equal(choose(d, place, poll, "\"1\",\"2\""), 422);
	assert_int_equal(choose(d, place, poll, "\"7\""), 422);
	assert_int_equal(choose(d, place, poll, ""), 422);
	/* How it stands is heard by moderators, and by all once it is shown. */
	assert_true(hears(leader, "\"voters\":2,\"votes\":[0,1,1,"));
	assert_null(strstr(guest->heard, "\"voters\""));
	assert_int_equal(act(lead, place, "polls", poll, "show"), 200);
	assert_true(hears(guest, "\"voters\":2,\"votes\":[0,1,1,"));
	assert_int_equal(choose(d, place, poll, "\"1\""), 200);
	assert_true(hears(guest, "\"voters\":2,\"votes\":[0,2,0,"));
	assert_int_equal(act(lead, place, "polls", poll, "close"), 200);
	assert_int_equal(choose(c, place, poll, "\"0\""), 409);
	assert_int_equal(query_int(f, "SELECT votes FROM live_option WHERE poll_id = %lld AND n = 1", (long long)poll), 2);
	assert_int_equal(act(lead, place, "polls", poll, "drop"), 409);
	assert_int_equal(get(c, "%s/screen", page(place)), 200);
	assert_true(body_has(c, "Which day?") && body_has(c, "100%"));
	int64_t several = a_poll(lead, place, ",\"many\":true");
	assert_int_equal(act(lead, place, "polls", several, "open"), 200);
	assert_int_equal(choose(d, place, several, "\"0\",\"2\""), 200);
	assert_int_equal(query_int(f, "SELECT chosen FROM live_ballot WHERE poll_id = %lld", (long long)several), 5);
	ear_free(guest);
	ear_free(leader);
	client_free(c);
	client_free(d);
	client_free(lead);
}

/* ── chat ── */

static long say(struct client *c, int64_t place, const char *words)
{
	return post_json(c, api(place, "/chat"), base_of("{\"message\":\"%s\"}", words));
}

static void the_chat_is_off_after_approval_or_open(void **state)
{
	int64_t place = a_session();
	struct client *c = client_as(f, w.learner), *d = client_as(f, w.colleague), *lead = client_as(f, w.admin);
	(void)state;
	assert_int_equal(say(c, place, "Is this on"), 409);
	settings(lead, place, "{\"questions\":true,\"chat\":\"approved\",\"slow\":0}");
	struct ear *guest = ear_of(d, place, ""), *leader = ear_of(lead, place, "");
	assert_true(hears(guest, "retry: ") && hears(leader, "retry: "));
	assert_int_equal(say(c, place, "Please approve"), 200);
	int64_t id = json_number(c, "id");
	assert_true(hears(leader, "Please approve"));
	assert_int_equal(get(d, "%s", page(place)), 200);
	assert_false(body_has(d, "Please approve"));
	assert_int_equal(act(d, place, "chat", id, "show"), 403);
	assert_int_equal(act(lead, place, "chat", id, "show"), 200);
	assert_true(hears(guest, "Please approve"));
	assert_true(strstr(guest->heard, "\"state\":\"waiting\"") == NULL);
	settings(lead, place, "{\"questions\":true,\"chat\":\"open\",\"slow\":30}");
	assert_int_equal(say(d, place, "Good morning"), 200);
	assert_true(hears(guest, "Good morning"));
	/* Slow: one message in thirty seconds, but for moderators. */
	assert_int_equal(say(d, place, "And again"), 429);
	f->app.fixed_now += 31 * SECOND;
	assert_int_equal(say(d, place, "And later"), 200);
	assert_int_equal(say(lead, place, "Welcome"), 200);
	assert_int_equal(say(lead, place, "All of you"), 200);
	ear_free(guest);
	ear_free(leader);
	client_free(c);
	client_free(d);
	client_free(lead);
}

static void a_hidden_message_vanishes_for_everybody_and_who_is_muted_is_silent(void **state)
{
	int64_t place = a_session();
	struct client *c = client_as(f, w.learner), *d = client_as(f, w.colleague), *lead = client_as(f, w.admin);
	(void)state;
	settings(lead, place, "{\"questions\":true,\"chat\":\"open\",\"slow\":0}");
	struct ear *guest = ear_of(d, place, ""), *leader = ear_of(lead, place, "");
	assert_true(hears(guest, "retry: ") && hears(leader, "retry: "));
	assert_int_equal(say(c, place, "Something bad"), 200);
	int64_t id = json_number(c, "id");
	assert_true(hears(guest, "Something bad"));
	assert_int_equal(act(d, place, "chat", id, "report"), 200);
	assert_int_equal(act(d, place, "chat", id, "report"), 200);
	assert_true(hears(leader, "\"reports\":1"));
	assert_null(strstr(guest->heard, "\"reports\":1"));
	assert_int_equal(act(lead, place, "chat", id, "mute"), 200);
	assert_true(hears(guest, base_of("{\"id\":\"%lld\",\"state\":\"hidden\"}", (long long)id)));
	assert_int_equal(get(d, "%s", page(place)), 200);
	assert_false(body_has(d, "Something bad"));
	assert_int_equal(say(c, place, "May I"), 409);
	assert_true(body_has(c, "muted"));
	assert_int_equal(post_json(c, api(place, "/questions"), "{\"words\":\"May I\"}"), 409);
	f->app.fixed_now += 11 * MINUTE;
	assert_int_equal(say(c, place, "Sorry"), 200);
	ear_free(guest);
	ear_free(leader);
	client_free(c);
	client_free(d);
	client_free(lead);
}

/* ── without scripts, and what a stranger sends ── */

static void forms_lead_back_to_the_page_they_came_from_and_nowhere_else(void **state)
{
	int64_t place = a_session();
	struct client *c = client_as(f, w.learner);
	(void)state;
	char path[200];
	snprintf(path, sizeof path, "%s/questions", page(place));
	assert_int_equal(post(c, path, "words=Without+scripts&back=/courses"), 303);
	assert_string_equal(answer_header(c, "Location"), "/courses");
	assert_int_equal(post(c, path, "words=Once+more&back=//evil.example/x"), 303);
	assert_string_equal(answer_header(c, "Location"), page(place));
	assert_int_equal(post(c, path, "words="), 422);
	char form[LIVE_WORDS_MAX + 20] = "words=";
	memset(form + 6, 'a', LIVE_WORDS_MAX + 1);
	assert_int_equal(post(c, path, form), 422);
	assert_int_equal(get(c, "%s", page(place)), 200);
	assert_true(body_has(c, "Without scripts"));
	assert_int_equal(get(c, "%s/screen", page(place)), 200); /* before there is any poll */
	assert_true(body_has(c, "Without scripts"));
	assert_int_equal(post_json(c, api(place, "/chat/1/act"), "{\"act\":\"dance\"}"), 422);
	assert_int_equal(post_json(c, api(place, "/chat/1/act"), "{\"act\":\"report\"}"), 404);
	client_free(c);
}

static void organisers_take_all_of_it_along(void **state)
{
	int64_t place = a_session();
	struct client *c = client_as(f, w.learner), *lead = client_as(f, w.admin);
	(void)state;
	int64_t q = a_question(c, place, "With a comma, please");
	assert_int_equal(vote(c, place, q, true), 200);
	int64_t poll = a_poll(lead, place, "");
	assert_int_equal(act(lead, place, "polls", poll, "open"), 200);
	assert_int_equal(choose(c, place, poll, "\"2\""), 200);
	settings(lead, place, "{\"questions\":true,\"chat\":\"open\",\"slow\":0}");
	assert_int_equal(say(c, place, "Kept in the file"), 200);
	assert_int_equal(get(c, "%s/export/questions", page(place)), 403);
	assert_int_equal(get(lead, "%s/export/questions", page(place)), 200);
	assert_true(body_has(lead, "\"With a comma, please\",\"open\",\"1\",\"no\""));
	assert_int_equal(get(lead, "%s/export/polls", page(place)), 200);
	assert_true(body_has(lead, "\"Which day?\",\"open\",\"1\",\"Friday\",\"1\""));
	assert_int_equal(get(lead, "%s/export/chat", page(place)), 200);
	assert_true(body_has(lead, "Kept in the file"));
	client_free(c);
	client_free(lead);
}

static void how_many_listen_is_heard(void **state)
{
	int64_t place = a_session();
	struct client *c = client_as(f, w.learner), *d = client_as(f, w.colleague);
	(void)state;
	struct ear *e = ear_of(c, place, ""), *too = ear_of(d, place, "");
	assert_true(hears(e, "event: here\ndata: {\"n\":2}"));
	ear_free(too);
	forget(e);
	assert_true(hears(e, "event: here\ndata: {\"n\":1}"));
	ear_free(e);
	client_free(c);
	client_free(d);
}

/* ── several servers on one database ── */

static void what_one_server_commits_is_heard_at_another(void **state)
{
	struct program other = { 0 };
	char message[500] = "";
	struct client *c = client_as(f, w.learner), *lead = client_as(f, w.admin);
	(void)state;
	if (fixture_sqlite(f)) {
		client_free(c);
		client_free(lead);
		skip(); /* one SQLite file has one server */
	}
	NEED(program_serve(f, &other, message, sizeof message), "no second server: %s", message);
	/* The clients stay with the first. */
	snprintf(f->base, sizeof f->base, "http://127.0.0.1:%u", server_port(f->server));
	int64_t place = a_session();
	struct ear *e = listen_at(other.port, cookie_of(c), place, "", 0);
	assert_true(hears(e, "retry: "));
	int64_t poll = a_poll(lead, place, "");
	assert_int_equal(act(lead, place, "polls", poll, "show"), 200);
	assert_int_equal(act(lead, place, "polls", poll, "open"), 200);
	assert_true(hears(e, "Which day?"));
	assert_int_equal(choose(c, place, poll, "\"1\""), 200);
	assert_true(hears(e, "\"voters\":1,\"votes\":[0,1,0,"));
	struct ear *here = ear_of(lead, place, "");
	assert_true(hears(here, "{\"n\":2}"));
	/* A session that ends here hears nothing there. */
	in_tx(f, end_sessions, &w.learner);
	assert_true(is_closed(e));
	ear_free(e);
	ear_free(here);
	program_kill(&other, SIGTERM);
	client_free(c);
	client_free(lead);
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
		cmocka_unit_test(a_server_holds_no_more_lines_than_its_setting),
		cmocka_unit_test(who_does_not_read_is_closed),
		cmocka_unit_test(a_server_that_ends_says_come_again),
		cmocka_unit_test(one_person_has_one_vote_and_takes_it_back),
		cmocka_unit_test(who_asks_is_seen_by_moderators_alone_unless_the_place_names),
		cmocka_unit_test(moderators_lead_questions_and_guests_do_not),
		cmocka_unit_test(a_poll_counts_one_ballot_of_each_until_it_is_closed),
		cmocka_unit_test(the_chat_is_off_after_approval_or_open),
		cmocka_unit_test(a_hidden_message_vanishes_for_everybody_and_who_is_muted_is_silent),
		cmocka_unit_test(forms_lead_back_to_the_page_they_came_from_and_nowhere_else),
		cmocka_unit_test(organisers_take_all_of_it_along),
		cmocka_unit_test(how_many_listen_is_heard),
		cmocka_unit_test(what_one_server_commits_is_heard_at_another),
	};
	f = fixture_start();
	a_world(f, &w);
	a_batch();
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	fixture_end(f);
	return failed;
}
