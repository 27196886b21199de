/* What a program is promised: its token does what it was given for and nothing else, a request sent twice happens once, it learns whether
 * something changed, and it knows how fast it may go. */
#include "http_test.h"
#include "web/token.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

static struct fixture *f;
static struct world w;

/* ── tokens ── */

struct making {
	struct token_add add;
	struct str secret;
	int64_t id;
	enum err e;
};
static enum err make(struct ctx *cx, void *arg)
{
	struct making *m = arg;
	m->e = token_add(cx, &m->add, &m->secret, &m->id);
	return OK;
}

static struct making a_token(int64_t person_id, const char *scopes, int64_t days)
{
	struct making m = { .add = { person_id, S("nightly export"), str_of(scopes), days } };
	in_tx(f, make, &m);
	return m;
}

/* "Authorization: Bearer …" in a text that lives as long as the test program. */
static const char *bearer(struct str secret)
{
	return str_fmt(f->cx.arena, "Authorization: Bearer %.*s", STR_ARG(secret)).p;
}

static struct client *program_as(int64_t person_id, const char *scopes, const char **ret_header)
{
	struct making m = a_token(person_id, scopes, 30);
	assert_int_equal(m.e, OK);
	*ret_header = bearer(m.secret);
	return client_new(f);
}

static long ask(struct client *c, const char *header, const char *path)
{
	c->header[0] = header;
	return get(c, "%s", path);
}

static long post_as(struct client *c, const char *header, const char *key, const char *path, const char *json)
{
	c->header[0] = header;
	c->header[1] = key;
	return send_raw(c, "POST", path, "application/json", json, strlen(json));
}

static const char *rating_path(void)
{
	return base_of("/api/v1/courses/%lld/enrolment", (long long)w.course);
}

static void a_token_does_what_its_scopes_allow(void **state)
{
	static const struct {
		const char *scopes;
		long look, change, trail;
	} cases[] = {
		{ "learn", 200, 200, 403 },    { "learn:read", 200, 403, 403 }, { "all", 200, 200, 200 },
		{ "all:read", 200, 403, 200 }, { "audit_see", 403, 403, 200 },	{ "team learn:read audit_see:read", 200, 403, 200 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *h;
		struct client *c = program_as(w.admin, cases[i].scopes, &h);
		assert_int_equal(ask(c, h, "/api/v1/me"), cases[i].look);
		assert_int_equal(post_as(c, h, NULL, rating_path(), "{}"), cases[i].change);
		assert_int_equal(ask(c, h, base_of("/api/v1/orgs/%lld/audit", (long long)w.ministry)), cases[i].trail);
		client_free(c);
	}
}

static void a_missing_scope_is_named(void **state)
{
	const char *h;
	struct client *c = program_as(w.learner, "learn:read", &h);
	(void)state;
	assert_int_equal(post_as(c, h, NULL, rating_path(), "{}"), 403);
	assert_true(body_has(c, "“learn”"));
	assert_non_null(strstr(answer_header(c, "WWW-Authenticate"), "insufficient_scope"));
	assert_non_null(strstr(answer_header(c, "WWW-Authenticate"), "scope=\"learn\""));
	client_free(c);
}

static void a_token_is_never_more_than_its_person(void **state)
{
	const char *h;
	struct client *c = program_as(w.learner, "all", &h);
	(void)state;
	assert_int_equal(ask(c, h, base_of("/api/v1/orgs/%lld/people", (long long)w.ministry)), 403);
	assert_int_equal(ask(c, h, base_of("/api/v1/orgs/%lld/audit", (long long)w.ministry)), 403);
	client_free(c);
}

static void a_token_opens_no_page_and_makes_no_token(void **state)
{
	const char *h;
	struct client *c = program_as(w.learner, "all", &h);
	(void)state;
	assert_int_equal(ask(c, h, "/me"), 303);
	c->header[0] = h;
	assert_int_equal(send_raw(c, "POST", "/me/tokens", "application/x-www-form-urlencoded", "name=x&scopes=all", 17), 303);
	assert_int_equal(post_as(c, h, NULL, "/api/v1/session/end", "{}"), 403);
	assert_int_equal(query_int(f, "SELECT count(*) FROM token WHERE name = 'x'"), 0);
	client_free(c);
}

/* A stolen token ends with its days: it must not become a passkey, a factor or an address that outlives it. */
static void no_token_changes_how_somebody_signs_in(void **state)
{
	static const char *const paths[] = {
		"/api/v1/me/passkeys/options",	   "/api/v1/me/passkeys",	   "/api/v1/me/passkeys/1/end",	    "/api/v1/me/second-factor",
		"/api/v1/me/second-factor/begin",  "/api/v1/me/second-factor/end", "/api/v1/me/second-factor/recovery", "/api/v1/me/sign-in-by-code",
		"/api/v1/me/contacts/email/code",  "/api/v1/me/contacts/email",
	};
	const char *h;
	struct client *c = program_as(w.admin, "all", &h);
	(void)state;
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		assert_int_equal(post_as(c, h, NULL, paths[i], "{}"), 403);
		assert_true(body_has(c, "Sign in yourself"));
	}
	assert_int_equal(ask(c, h, "/api/v1/me/second-factor"), 403);
	assert_int_equal(post_as(c, h, NULL, base_of("/api/v1/people/%lld/second-factor/end", (long long)w.learner), "{}"), 403);
	client_free(c);
}

static void what_is_no_token_is_refused_and_no_cookie_stands_in(void **state)
{
	static const char *const wrong[] = {
		"Authorization: Bearer",
		"Authorization: Bearer ",
		"Authorization: Bearer kmy_",
		"Authorization: Basic a21hOng=",
		"Authorization: x",
		"Authorization: Bearer kmy_0000000000000000000000000000000000000000000000000000000000000000",
		"Authorization: Bearer \xff\xfe",
		"Authorization: Bearer kmy_' OR 1=1 --000000000000000000000000000000000000000000000000000000",
	};
	struct client *c = client_as(f, w.learner);
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_int_equal(ask(c, wrong[i], "/api/v1/me"), 401);
		assert_non_null(strstr(answer_header(c, "WWW-Authenticate"), "invalid_token"));
	}
	assert_int_equal(get(c, "/api/v1/me"), 200);
	client_free(c);
}

static void a_withdrawn_token_is_refused_at_once(void **state)
{
	struct making m = a_token(w.learner, "all", 30);
	struct client *c = client_new(f), *person = client_as(f, w.learner);
	(void)state;
	assert_int_equal(ask(c, bearer(m.secret), "/api/v1/me"), 200);
	assert_int_equal(post_json(person, base_of("/api/v1/me/tokens/%lld/end", (long long)m.id), "{}"), 200);
	assert_int_equal(ask(c, bearer(m.secret), "/api/v1/me"), 401);
	assert_int_equal(post_json(person, base_of("/api/v1/me/tokens/%lld/end", (long long)m.id), "{}"), 404);
	client_free(c);
	client_free(person);
}

static void nobody_withdraws_anothers_token(void **state)
{
	struct making m = a_token(w.learner, "all", 30);
	struct client *c = client_as(f, w.colleague);
	(void)state;
	assert_int_equal(post_json(c, base_of("/api/v1/me/tokens/%lld/end", (long long)m.id), "{}"), 404);
	assert_int_equal(query_int(f, "SELECT count(*) FROM token WHERE id = %lld AND ended_at IS NULL", (long long)m.id), 1);
	client_free(c);
}

static void a_token_ends_with_its_days_whatever_the_clock_did_before(void **state)
{
	struct making m = a_token(w.learner, "all", 2);
	struct client *c = client_new(f);
	int64_t then = f->app.fixed_now;
	(void)state;
	f->app.fixed_now = then + 2 * DAY - 1;
	assert_int_equal(ask(c, bearer(m.secret), "/api/v1/me"), 200);
	f->app.fixed_now = then - 30 * DAY; /* set back: still in force, and the ceiling lets it through */
	assert_int_equal(ask(c, bearer(m.secret), "/api/v1/me"), 200);
	f->app.fixed_now = then + 2 * DAY;
	assert_int_equal(ask(c, bearer(m.secret), "/api/v1/me"), 401);
	/* Its person sees that it has run out, and is not asked to withdraw it. */
	struct client *person = client_as(f, w.learner);
	assert_int_equal(get(person, "/me/tokens"), 200);
	assert_true(body_has(person, "Expired"));
	assert_false(body_has(person, str_fmt(f->cx.arena, "/me/tokens/%lld/end", (long long)m.id).p));
	client_free(person);
	f->app.fixed_now = then;
	client_free(c);
}

static void a_token_without_purpose_scope_or_end_is_not_made(void **state)
{
	(void)state;
	assert_int_equal(a_token(w.learner, "", 30).e, ERR_INVALID);
	assert_int_equal(a_token(w.learner, "everything", 30).e, ERR_INVALID);
	assert_int_equal(a_token(w.learner, "learn  team", 30).e, ERR_INVALID);
	assert_int_equal(a_token(w.learner, "learn:write", 30).e, ERR_INVALID);
	assert_int_equal(a_token(w.learner, ":read", 30).e, ERR_INVALID);
	assert_int_equal(a_token(w.learner, "learn", 0).e, ERR_INVALID);
	assert_int_equal(a_token(w.learner, "learn", 367).e, ERR_INVALID);
}

static void the_secret_is_shown_once_and_kept_nowhere(void **state)
{
	struct client *c = client_as(f, w.learner);
	char secret[80];
	(void)state;
	assert_int_equal(post(c, "/me/tokens", "name=Export&scopes=learn:read&days="), 200);
	struct str page = buf_get(&c->body);
	ptrdiff_t at = str_find(page, S("kmy_"));
	assert_true(at >= 0);
	snprintf(secret, sizeof secret, "%.*s", 68, page.p + at);
	assert_int_equal(get(c, "/me/tokens"), 200);
	assert_true(body_has(c, "Export"));
	assert_false(body_has(c, secret));
	assert_int_equal(query_int(f, "SELECT count(*) FROM token WHERE token_hash LIKE '%%%s%%'", secret + 4), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM audit WHERE input LIKE '%%%s%%'", secret + 4), 0);
	assert_int_equal(query_int(f, "SELECT expires_at - created_at FROM token WHERE name = 'Export'"), 90 * DAY);
	client_free(c);
}

static void a_refused_form_keeps_what_was_typed(void **state)
{
	struct client *c = client_as(f, w.learner);
	(void)state;
	assert_int_equal(post(c, "/me/tokens", "name=My+nightly+job&scopes=lern&days=30"), 422);
	assert_true(body_has(c, "My nightly job"));
	assert_true(body_has(c, "“lern” is no scope"));
	client_free(c);
}

static void the_trail_names_the_token(void **state)
{
	const char *h;
	struct client *c = program_as(w.learner, "learn", &h), *admin = client_as(f, w.admin);
	(void)state;
	assert_int_equal(post_as(c, h, NULL, rating_path(), "{}"), 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM audit a JOIN token t ON t.id = a.token_id WHERE a.action = 'enrolment.add' AND a.person_id = %lld",
				   (long long)w.learner) > 0,
			 1);
	assert_int_equal(get(admin, "/orgs/%lld/audit", (long long)w.ministry), 200);
	assert_true(body_has(admin, "through the token “nightly export”"));
	client_free(c);
	client_free(admin);
}

static void the_command_makes_lists_and_withdraws(void **state)
{
	char said[4000], login[100] = "learner@example.gov.in";
	const char *make_args[] = { "token", "create", "--person", login, "--name", "e-HRMS", "--scope", "learn:read", "--scope", "person_see:read", NULL };
	const char *list_args[] = { "token", "list", "--person", login, NULL };
	struct client *c = client_new(f);
	(void)state;
	query_text(f, login, sizeof login, "SELECT email FROM person WHERE id = %lld", (long long)w.learner);
	assert_int_equal(program_run(f, said, sizeof said, make_args), 0);
	char *secret = strstr(said, "kmy_");
	assert_non_null(secret);
	struct str s = str_dup(f->cx.arena, (struct str){ secret, 68 });
	int64_t real = f->app.fixed_now;
	f->app.fixed_now = 0; /* the command knows no clock but the real one */
	assert_int_equal(ask(c, bearer(s), "/api/v1/me"), 200);
	assert_int_equal(post_as(c, bearer(s), NULL, rating_path(), "{}"), 403);
	assert_int_equal(program_run(f, said, sizeof said, list_args), 0);
	assert_non_null(strstr(said, "e-HRMS"));
	assert_non_null(strstr(said, "learn:read person_see:read"));
	char id[40];
	snprintf(id, sizeof id, "%lld", (long long)query_int(f, "SELECT id FROM token WHERE name = 'e-HRMS'"));
	const char *end_args[] = { "token", "end", id, "--person", login, NULL };
	assert_int_equal(program_run(f, said, sizeof said, end_args), 0);
	assert_int_equal(ask(c, bearer(s), "/api/v1/me"), 401);
	assert_int_equal(program_run(f, said, sizeof said, end_args), 1);
	f->app.fixed_now = real;
	client_free(c);
}

/* ── once ── */

static const char *nudges(void)
{
	return base_of("/api/v1/people/%lld/nudges", (long long)w.learner);
}

static const char *a_nudge(const char *note)
{
	return str_fmt(f->cx.arena, "{\"course_id\":\"%lld\",\"note\":\"%s\"}", (long long)w.course, note).p;
}

static int64_t n_nudges(void)
{
	return query_int(f, "SELECT count(*) FROM nudge WHERE sent_by = %lld", (long long)w.boss);
}

static void with_its_key_a_request_happens_once(void **state)
{
	const char *h;
	struct client *c = program_as(w.boss, "all", &h);
	int64_t before = n_nudges();
	(void)state;
	f->app.fixed_now += 8 * DAY; /* a reminder a day, and none was sent */
	assert_int_equal(post_as(c, h, "Idempotency-Key: first", nudges(), a_nudge("soon")), 200);
	assert_null(answer_header(c, "Idempotency-Replayed"));
	char *first = strdup(str_c(f->cx.arena, buf_get(&c->body)));
	assert_int_equal(n_nudges(), before + 1);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(post_as(c, h, i == 1 ? "Idempotency-Key: \"first\"" : "Idempotency-Key: first", nudges(), a_nudge("soon")), 200);
		assert_string_equal(answer_header(c, "Idempotency-Replayed"), "true");
		assert_string_equal(str_c(f->cx.arena, buf_get(&c->body)), first);
	}
	assert_int_equal(n_nudges(), before + 1);
	free(first);
	client_free(c);
}

static void a_key_belongs_to_one_request_and_one_person(void **state)
{
	const char *h, *h2;
	struct client *c = program_as(w.boss, "all", &h), *other = program_as(w.learner, "all", &h2);
	(void)state;
	f->app.fixed_now += 8 * DAY;
	assert_int_equal(post_as(c, h, "Idempotency-Key: k2", nudges(), a_nudge("soon")), 200);
	int64_t before = n_nudges();
	assert_int_equal(post_as(c, h, "Idempotency-Key: k2", nudges(), a_nudge("later")), 422);
	assert_true(body_has(c, "was used for another request"));
	assert_int_equal(n_nudges(), before);
	assert_int_equal(post_as(other, h2, "Idempotency-Key: k2", rating_path(), "{}"), 200);
	assert_null(answer_header(other, "Idempotency-Replayed"));
	client_free(c);
	client_free(other);
}

static void what_was_refused_may_be_sent_again_with_its_key(void **state)
{
	const char *h;
	struct client *c = program_as(w.boss, "all", &h);
	(void)state;
	f->app.fixed_now += 8 * DAY;
	assert_int_equal(post_as(c, h, "Idempotency-Key: k3", nudges(), "{\"course_id\":\"1\",\"note\":\"x\"}") / 100, 4);
	assert_int_equal(post_as(c, h, "Idempotency-Key: k3", nudges(), a_nudge("soon")), 200);
	client_free(c);
}

static void a_key_is_forgotten_after_a_day(void **state)
{
	const char *h;
	struct client *c = program_as(w.boss, "all", &h);
	(void)state;
	f->app.fixed_now += 8 * DAY;
	int64_t before = n_nudges();
	assert_int_equal(post_as(c, h, "Idempotency-Key: k4", nudges(), a_nudge("soon")), 200);
	f->app.fixed_now += 8 * DAY;
	assert_int_equal(post_as(c, h, "Idempotency-Key: k4", nudges(), a_nudge("soon")), 200);
	assert_null(answer_header(c, "Idempotency-Replayed"));
	assert_int_equal(n_nudges(), before + 2);
	f->app.fixed_now += 2 * DAY;
	schedule_work(f);
	f->app.fixed_now += HOUR;
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM idempotency"), 0);
	client_free(c);
}

static void what_is_no_key_is_refused(void **state)
{
	static const char *const wrong[] = { "Idempotency-Key: \"\"", "Idempotency-Key: two words", "Idempotency-Key: \xe0\xa4\x95" };
	const char *h;
	struct client *c = program_as(w.boss, "all", &h);
	char longest[400] = "Idempotency-Key: ";
	(void)state;
	memset(longest + 17, 'k', 256);
	int64_t before = n_nudges();
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(post_as(c, h, wrong[i], nudges(), a_nudge("soon")), 400);
	assert_int_equal(post_as(c, h, longest, nudges(), a_nudge("soon")), 400);
	assert_int_equal(n_nudges(), before);
	client_free(c);
}

static void a_list_brought_twice_with_its_key_is_one_list(void **state)
{
	const char *h, *list = "Employee No,Name,Office,Designation\nQ1,Somebody,here,clerk\n",
		       *path = base_of("/api/v1/orgs/%lld/imports", (long long)w.ministry);
	struct client *c = program_as(w.admin, "people_manage", &h);
	int64_t before = query_int(f, "SELECT count(*) FROM people_import"), id = 0;
	(void)state;
	for (int i = 0; i < 2; i++) {
		c->header[0] = h;
		c->header[1] = "Idempotency-Key: list-1";
		assert_int_equal(send_raw(c, "POST", path, "text/csv", list, strlen(list)), 200);
		assert_true(i == 0 || id == json_number(c, "id"));
		id = json_number(c, "id");
	}
	c->header[0] = h;
	c->header[1] = "Idempotency-Key: list-1";
	assert_int_equal(send_raw(c, "POST", path, "text/csv", list, strlen(list) - 1), 422); /* another file of the same name */
	assert_int_equal(query_int(f, "SELECT count(*) FROM people_import"), before + 1);
	client_free(c);
}

struct racer {
	const char *header, *path, *json;
	long status;
	bool replayed;
};
static void *race(void *arg)
{
	struct racer *r = arg;
	struct client *c = client_new(f);
	r->status = post_as(c, r->header, "Idempotency-Key: race", r->path, r->json);
	r->replayed = answer_header(c, "Idempotency-Replayed") != NULL;
	client_free(c);
	return NULL;
}

static void sent_eight_times_at_once_it_happens_once(void **state)
{
	struct making m = a_token(w.boss, "all", 300);
	struct racer r[8];
	pthread_t t[8];
	unsigned replayed = 0;
	const char *h = bearer(m.secret), *path = strdup(nudges()), *json = a_nudge("now");
	(void)state;
	f->app.fixed_now += 8 * DAY;
	int64_t before = n_nudges();
	for (int i = 0; i < 8; i++) {
		r[i] = (struct racer){ .header = h, .path = path, .json = json };
		assert_int_equal(pthread_create(&t[i], NULL, race, &r[i]), 0);
	}
	for (int i = 0; i < 8; i++) {
		pthread_join(t[i], NULL);
		/* On PostgreSQL one that collided too often may be told to come again; it changed nothing. */
		assert_true(r[i].status == 200 || (r[i].status == 503 && !fixture_sqlite(f)));
		replayed += r[i].replayed;
	}
	assert_int_equal(n_nudges(), before + 1);
	assert_true(replayed >= 1);
	free((char *)(uintptr_t)path);
}

/* ── changed or not ── */

static void what_did_not_change_is_not_sent_again(void **state)
{
	const char *h;
	struct client *c = program_as(w.learner, "all", &h);
	char tag[100], again[140];
	(void)state;
	assert_int_equal(ask(c, h, "/api/v1/me"), 200);
	snprintf(tag, sizeof tag, "%s", answer_header(c, "ETag"));
	snprintf(again, sizeof again, "If-None-Match: \"x\", %s", tag);
	c->header[1] = again;
	assert_int_equal(ask(c, h, "/api/v1/me"), 304);
	assert_int_equal(buf_get(&c->body).n, 0);
	assert_string_equal(answer_header(c, "ETag"), tag);
	tamper(f, "UPDATE person SET name = 'Another Name' WHERE id = %lld", (long long)w.learner);
	c->header[1] = again;
	assert_int_equal(ask(c, h, "/api/v1/me"), 200);
	assert_true(body_has(c, "Another Name"));
	client_free(c);
}

/* ── how fast ── */

static void whoever_asks_too_much_waits_and_nobody_else(void **state)
{
	struct fixture *slow = fixture_data();
	struct fixture *before = f;
	const char *h;
	(void)state;
	slow->api_rate = 6;
	fixture_serve(slow);
	query_end();
	f = slow;
	struct world mine = w;
	a_world(f, &w);
	struct client *c = program_as(w.learner, "all", &h), *other = client_as(f, w.colleague), *stranger = client_new(f);
	for (int i = 0; i < 6; i++) {
		char left[40];
		assert_int_equal(ask(c, h, "/api/v1/me"), 200);
		snprintf(left, sizeof left, "\"api\";r=%d;t=%d", 5 - i, (i + 1) * 10);
		assert_string_equal(answer_header(c, "RateLimit"), left);
		assert_string_equal(answer_header(c, "RateLimit-Policy"), "\"api\";q=6;w=60");
	}
	assert_int_equal(ask(c, h, "/api/v1/me"), 429);
	assert_string_equal(answer_header(c, "Retry-After"), "10");
	assert_true(body_has(c, "/problems/too-many"));
	assert_int_equal(post_as(c, h, NULL, rating_path(), "{}"), 429);
	assert_int_equal(query_int(f, "SELECT count(*) FROM enrolment WHERE person_id = %lld", (long long)w.learner), 0);
	/* Another person, and pages, go on. */
	assert_int_equal(get(other, "/api/v1/me"), 200);
	for (int i = 0; i < 8; i++)
		assert_int_equal(get(other, "/me"), 200);
	assert_null(answer_header(other, "RateLimit"));
	/* Guessing tokens counts for the address. */
	for (int i = 0; i < 6; i++)
		assert_int_equal(ask(stranger, "Authorization: Bearer kmy_0", "/api/v1/me"), 401);
	assert_int_equal(ask(stranger, "Authorization: Bearer kmy_0", "/api/v1/me"), 429);
	f->app.fixed_now += 10 * SECOND;
	assert_int_equal(ask(c, h, "/api/v1/me"), 200);
	assert_int_equal(ask(c, h, "/api/v1/me"), 429);
	client_free(c);
	client_free(other);
	client_free(stranger);
	query_end();
	fixture_end(slow);
	f = before;
	w = mine;
}

/* ── the description ── */

static void the_description_is_there_for_everybody(void **state)
{
	struct client *c = client_new(f);
	(void)state;
	assert_int_equal(get(c, "/api/v1/openapi.json"), 200);
	assert_string_equal(answer_header(c, "Content-Type"), "application/json");
	assert_true(body_has(c, "\"openapi\":\"3.1.0\""));
	assert_true(body_has(c, f->base));
	client_free(c);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
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
		cmocka_unit_test(a_token_does_what_its_scopes_allow),
		cmocka_unit_test(a_missing_scope_is_named),
		cmocka_unit_test(a_token_is_never_more_than_its_person),
		cmocka_unit_test(a_token_opens_no_page_and_makes_no_token),
		cmocka_unit_test(no_token_changes_how_somebody_signs_in),
		cmocka_unit_test(what_is_no_token_is_refused_and_no_cookie_stands_in),
		cmocka_unit_test(a_withdrawn_token_is_refused_at_once),
		cmocka_unit_test(nobody_withdraws_anothers_token),
		cmocka_unit_test(a_token_ends_with_its_days_whatever_the_clock_did_before),
		cmocka_unit_test(a_token_without_purpose_scope_or_end_is_not_made),
		cmocka_unit_test(the_secret_is_shown_once_and_kept_nowhere),
		cmocka_unit_test(a_refused_form_keeps_what_was_typed),
		cmocka_unit_test(the_trail_names_the_token),
		cmocka_unit_test(the_command_makes_lists_and_withdraws),
		cmocka_unit_test(with_its_key_a_request_happens_once),
		cmocka_unit_test(a_key_belongs_to_one_request_and_one_person),
		cmocka_unit_test(what_was_refused_may_be_sent_again_with_its_key),
		cmocka_unit_test(a_key_is_forgotten_after_a_day),
		cmocka_unit_test(what_is_no_key_is_refused),
		cmocka_unit_test(a_list_brought_twice_with_its_key_is_one_list),
		cmocka_unit_test(sent_eight_times_at_once_it_happens_once),
		cmocka_unit_test(what_did_not_change_is_not_sent_again),
		cmocka_unit_test(whoever_asks_too_much_waits_and_nobody_else),
		cmocka_unit_test(the_description_is_there_for_everybody),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
