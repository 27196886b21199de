/* Ways in: links, codes, the second factor; what a stranger learns, what a thief can do with half of it, and what an administrator must. */
#include "http_test.h"
#include "feature/account/account.h"
#include "web/session.h"

#include <ctype.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>

static struct fixture *f;
static struct world w;
static char token[80], secret[80], recovery[40];
static unsigned char raw[40];
static size_t n_raw;

/* ── letters, as files ── */

static void newest_letter(char *ret, size_t n)
{
	char path[300], name[100] = "";
	ret[0] = 0;
	work_now(f);
	query_text(f, name, sizeof name,
		   "SELECT CASE channel WHEN 'sms' THEN CAST(id AS text) || '.txt' ELSE CAST(id AS text) || '.eml' END FROM mail ORDER BY id DESC LIMIT 1");
	snprintf(path, sizeof path, "%s/mail/%s", f->dir, name);
	FILE *in = fopen(path, "r");
	if (!in)
		return;
	ret[fread(ret, 1, n - 1, in)] = 0;
	fclose(in);
}

static int64_t letters(void)
{
	work_now(f);
	return query_int(f, "SELECT count(*) FROM mail");
}

/* The token of the newest letter. */
static void take_token(void)
{
	static char text[20000];
	newest_letter(text, sizeof text);
	const char *p = strstr(text, "/set-password?token=");
	NEED(p, "no link in %s", text);
	snprintf(token, sizeof token, "%.64s", p + 20);
}

static void take_code(char *ret)
{
	static char text[20000];
	newest_letter(text, sizeof text);
	const char *p = strstr(text, "your code is ");
	if (!p)
		p = strstr(text, "with the code ");
	NEED(p, "no code in %s", text);
	while (!isdigit((unsigned char)*p))
		p++;
	snprintf(ret, 7, "%.6s", p);
}

static long sign_in(struct client *c, const char *login, const char *password)
{
	return post(c, "/sign-in", base_of("login=%s@example.gov.in&password=%s", login, password));
}

static long choose(struct client *c, const char *with, const char *password)
{
	return post(c, "/set-password", base_of("token=%s&new_password=%s", with, password));
}

/* ── a new password ── */

static void whether_an_address_is_known_is_not_told(void **state)
{
	struct client *c = client_new(f);
	char known[8000];
	(void)state;
	int64_t before = letters();
	assert_int_equal(get(c, "/reset"), 200);
	assert_int_equal(post(c, "/reset", "login=colleague@example.gov.in"), 303);
	unsigned statements = c->statements;
	assert_string_equal(answer_header(c, "Location"), "/reset/sent");
	assert_int_equal(post(c, "/reset", "login=nobody@example.gov.in"), 303);
	assert_int_equal(c->statements, statements);
	assert_string_equal(answer_header(c, "Location"), "/reset/sent");
	assert_int_equal(get(c, "/reset/sent"), 200);
	assert_int_equal(post_json(c, "/api/v1/password-reset", "{\"login\":\"colleague@example.gov.in\"}"), 200);
	snprintf(known, sizeof known, "%s", buf_get(&c->body).p);
	assert_int_equal(post_json(c, "/api/v1/password-reset", "{\"login\":\"not even an address\"}"), 200);
	assert_string_equal(buf_get(&c->body).p, known);
	assert_int_equal(letters(), before + 2);
	client_free(c);
}

static void the_link_sets_the_password_once_and_ends_all_sessions(void **state)
{
	struct client *c = client_new(f), *old = client_as(f, w.colleague);
	char text[400];
	(void)state;
	take_token();
	assert_int_equal(query_int(f, "SELECT count(*) FROM login_link WHERE token_hash = '%s'", token), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM mail WHERE state = 'sent' AND body <> ''"), 0);
	assert_int_equal(get(old, "/courses"), 200);
	assert_int_equal(get(c, "/set-password?token=%s", token), 200);
	assert_true(body_has(c, "Bala Iyer"));
	assert_int_equal(choose(c, token, "short"), 422);
	assert_true(body_has(c, token));
	assert_int_equal(choose(c, token, "a+brand+new+one"), 303);
	assert_string_equal(answer_header(c, "Location"), "/sign-in");
	assert_int_equal(get(old, "/courses"), 303);
	assert_int_equal(choose(c, token, "a+second+new+one"), 410);
	assert_int_equal(get(c, "/set-password?token=%s", token), 200);
	assert_true(body_has(c, "of no use any more"));
	assert_int_equal(sign_in(c, "colleague", PASSWORD), 422);
	assert_int_equal(sign_in(c, "colleague", "a+brand+new+one"), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM contact_proof WHERE person_id = %lld", (long long)w.colleague), 1);
	query_text(f, text, sizeof text, "SELECT input FROM audit WHERE action = 'login_link.choose' AND person_id = %lld", (long long)w.colleague);
	assert_string_equal(text, "{}");
	client_free(c);
	client_free(old);
}

static void a_link_is_good_for_an_hour_and_for_its_address(void **state)
{
	struct client *c = client_new(f);
	(void)state;
	f->app.fixed_now += 2 * HOUR;
	assert_int_equal(post(c, "/reset", "login=other-learner@example.gov.in"), 303);
	take_token();
	f->app.fixed_now += HOUR + SECOND;
	assert_int_equal(choose(c, token, "a+brand+new+one"), 410);
	assert_int_equal(post(c, "/reset", "login=other-learner@example.gov.in"), 303);
	take_token();
	tamper(f, "UPDATE person SET email = 'moved@example.gov.in' WHERE id = %lld", (long long)w.other_learner);
	assert_int_equal(choose(c, token, "a+brand+new+one"), 410);
	tamper(f, "UPDATE person SET email = 'other-learner@example.gov.in', state = 'left' WHERE id = %lld", (long long)w.other_learner);
	assert_int_equal(choose(c, token, "a+brand+new+one"), 410);
	tamper(f, "UPDATE person SET state = 'active' WHERE id = %lld", (long long)w.other_learner);
	token[10] = token[10] == 'a' ? 'b' : 'a';
	assert_int_equal(choose(c, token, "a+brand+new+one"), 410);
	assert_int_equal(sign_in(c, "other-learner", PASSWORD), 303);
	client_free(c);
}

static void nobody_is_flooded(void **state)
{
	struct client *c = client_new(f);
	char form[200];
	(void)state;
	f->app.fixed_now += 2 * HOUR;
	int64_t before = letters();
	for (int i = 0; i < ASKED_LOGIN; i++)
		assert_int_equal(post(c, "/reset", "login=boss@example.gov.in"), 303);
	assert_int_equal(post(c, "/reset", "login=BOSS@example.gov.in"), 429);
	assert_true(body_has(c, "asked for too often"));
	assert_int_equal(letters(), before + ASKED_LOGIN);
	/* Unknown ones are refused in the same way. */
	for (int i = 0; i < ASKED_LOGIN; i++)
		assert_int_equal(post(c, "/reset", "login=nobody@example.gov.in"), 303);
	assert_int_equal(post(c, "/reset", "login=nobody@example.gov.in"), 429);
	for (int i = 0; i < ASKED_NETWORK - 2 * ASKED_LOGIN; i++) {
		snprintf(form, sizeof form, "login=x%d@example.gov.in", i);
		assert_int_equal(post(c, "/reset", form), 303);
	}
	assert_int_equal(post(c, "/reset", "login=learner@example.gov.in"), 429);
	c->header[0] = "X-Forwarded-For: 203.0.113.9";
	assert_int_equal(post(c, "/reset", "login=learner@example.gov.in"), 303);
	f->app.fixed_now += 2 * HOUR;
	assert_int_equal(post(c, "/reset", "login=boss@example.gov.in"), 303);
	assert_int_equal(letters(), before + ASKED_LOGIN + 2);
	client_free(c);
}

/* ── invitations ── */

static int64_t newcomer(const char *login)
{
	int64_t id = a_person(f, login, login, w.office, w.boss);
	tamper(f, "UPDATE person SET password = NULL WHERE id = %lld", (long long)id);
	return id;
}

static void an_administrator_invites_one_person(void **state)
{
	struct client *admin = client_as(f, w.admin), *boss = client_as(f, w.boss), *c = client_new(f);
	int64_t id = newcomer("new-one");
	const char *path = base_of("/people/%lld/invite", (long long)id);
	(void)state;
	assert_int_equal(post(boss, path, ""), 403);
	assert_int_equal(get(admin, "/people/%lld/account", (long long)id), 200);
	assert_true(body_has(admin, "not set yet"));
	assert_int_equal(post(admin, path, ""), 303);
	take_token();
	assert_int_equal(post(admin, path, ""), 409);
	assert_true(body_has(admin, "less than ten minutes ago"));
	assert_int_equal(post(admin, base_of("/people/%lld/invite", (long long)w.learner), ""), 409);
	assert_true(body_has(admin, "has a password already"));
	f->app.fixed_now += 71 * HOUR;
	assert_int_equal(get(c, "/set-password?token=%s", token), 200);
	assert_true(body_has(c, "Welcome, new-one"));
	assert_int_equal(choose(c, token, "a+brand+new+one"), 303);
	assert_int_equal(sign_in(c, "new-one", "a+brand+new+one"), 303);
	client_free(admin);
	client_free(boss);
	client_free(c);
}

static void an_office_is_invited_each_once(void **state)
{
	struct client *admin = client_as(f, w.admin), *other = client_as(f, w.other_admin);
	const char *path = base_of("/orgs/%lld/invitations", (long long)w.ministry);
	char text[4000];
	(void)state;
	for (int i = 0; i < 60; i++) {
		snprintf(text, sizeof text, "many-%d", i);
		newcomer(text);
	}
	int64_t only_mobile = newcomer("only-mobile"), before = letters();
	tamper(f, "UPDATE person SET email = NULL, mobile = '+919876543210' WHERE id = %lld", (long long)only_mobile);
	assert_int_equal(post(other, path, ""), 403);
	assert_int_equal(get(admin, "%s", path), 200);
	assert_true(body_has(admin, "61 people"));
	assert_int_equal(post(admin, path, ""), 303);
	assert_int_equal(letters(), before + 61);
	assert_int_equal(query_int(f, "SELECT count(*) FROM mail WHERE channel = 'sms' AND person_id = %lld AND state = 'sent'", (long long)only_mobile), 1);
	assert_int_equal(get(admin, "%s", path), 200);
	assert_true(body_has(admin, "Nobody is left to invite"));
	assert_int_equal(post(admin, path, ""), 303);
	assert_int_equal(letters(), before + 61);
	f->app.fixed_now += 73 * HOUR;
	assert_int_equal(get(admin, "%s", path), 200);
	assert_true(body_has(admin, "61 people"));
	client_free(admin);
	client_free(other);
}

/* ── codes ── */

static void a_contact_is_proved_by_a_code(void **state)
{
	struct client *c = client_as(f, w.learner);
	char code[8];
	(void)state;
	assert_int_equal(post(c, "/me/sign-in-by-code", "on=true"), 409);
	assert_int_equal(get(c, "/me/contacts/email"), 200);
	assert_int_equal(post(c, "/me/contacts/mobile/code", ""), 409);
	assert_int_equal(post(c, "/me/contacts/email/code", ""), 303);
	take_code(code);
	assert_int_equal(query_int(f, "SELECT count(*) FROM login_code WHERE code_hash LIKE '%%%s%%' AND length(code_hash) < 64", code), 0);
	assert_int_equal(post(c, "/me/contacts/email", "code=not+it"), 422);
	assert_int_equal(post(c, "/me/contacts/email", base_of("code=%s", code)), 303);
	assert_int_equal(post(c, "/me/contacts/email", base_of("code=%s", code)), 422);
	assert_int_equal(get(c, "/me"), 200);
	assert_true(body_has(c, "proved on"));
	client_free(c);
}

static void a_code_signs_in_only_who_chose_so(void **state)
{
	struct client *c = client_new(f), *mine = client_as(f, w.learner);
	char code[8], form[200];
	(void)state;
	int64_t before = letters();
	assert_int_equal(post(c, "/sign-in/code", "login=learner@example.gov.in&to=/courses"), 200);
	assert_true(body_has(c, "Enter the code"));
	unsigned statements = c->statements;
	assert_int_equal(post(c, "/sign-in/code", "login=nobody@example.gov.in"), 200);
	assert_int_equal(c->statements, statements);
	assert_int_equal(letters(), before);
	assert_int_equal(post(mine, "/me/sign-in-by-code", "on=true"), 303);
	assert_int_equal(post(c, "/sign-in/code", "login=learner@example.gov.in&to=/courses"), 200);
	take_code(code);
	snprintf(form, sizeof form, "login=Learner@example.gov.in&code=%s&to=/courses", code);
	assert_int_equal(post(c, "/sign-in/code/enter", form), 303);
	assert_string_equal(answer_header(c, "Location"), "/courses");
	assert_int_equal(get(c, "/courses"), 200);
	struct client *again = client_new(f);
	assert_int_equal(post(again, "/sign-in/code/enter", form), 422);
	client_free(again);
	client_free(c);
	client_free(mine);
}

static void a_code_has_five_tries_and_ten_minutes(void **state)
{
	struct client *c = client_new(f);
	char code[8], form[200];
	(void)state;
	f->app.fixed_now += HOUR;
	for (int late = 0; late < 2; late++) {
		assert_int_equal(post(c, "/sign-in/code", "login=learner@example.gov.in"), 200);
		take_code(code);
		for (int i = 0; i < CODE_TRIES && !late; i++)
			assert_int_equal(post(c, "/sign-in/code/enter", "login=learner@example.gov.in&code=000000"), 422);
		f->app.fixed_now += late ? CODE_LIFE : SECOND;
		snprintf(form, sizeof form, "login=learner@example.gov.in&code=%s", code);
		assert_int_equal(post(c, "/sign-in/code/enter", form), 422);
	}
	for (int i = 0; i < 8; i++)
		post(c, "/sign-in/code/enter", "login=learner@example.gov.in&code=000000");
	assert_int_equal(post(c, "/sign-in/code/enter", form), 429);
	f->app.fixed_now += HOUR;
	client_free(c);
}

/* ── second factor ── */

static void decode_secret(void)
{
	uint32_t bits = 0;
	unsigned have = 0;
	n_raw = 0;
	for (const char *p = secret; *p; p++) {
		bits = bits << 5 | (uint32_t)(*p >= 'A' ? *p - 'A' : *p - '2' + 26);
		have += 5;
		if (have >= 8) {
			have -= 8;
			raw[n_raw++] = (unsigned char)(bits >> have & 255);
		}
	}
}

/* The code of a step so far from now. */
static const char *code_at(int64_t steps)
{
	return base_of("%06u", totp_code(raw, n_raw, f->app.fixed_now / SECOND / FACTOR_STEP_S + steps));
}

/* Sets up the second factor of whoever is signed in; keeps its secret and a recovery code. */
static void set_up(struct client *c)
{
	assert_int_equal(post_json(c, "/api/v1/me/second-factor/begin", "{}"), 200);
	assert_int_equal(get(c, "/api/v1/me/second-factor"), 200);
	const char *p = strstr(buf_get(&c->body).p, "\"secret\":\"");
	NEED(p, "no secret");
	snprintf(secret, sizeof secret, "%.32s", p + 10);
	decode_secret();
	assert_int_equal(n_raw, 20);
	assert_int_equal(post_json(c, "/api/v1/me/second-factor", base_of("{\"code\":\"%s\"}", code_at(0))), 200);
	p = strstr(buf_get(&c->body).p, "\"codes\":[\"");
	NEED(p, "no recovery codes");
	snprintf(recovery, sizeof recovery, "%.11s", p + 10);
}

static void it_is_set_up_with_a_code_that_fits(void **state)
{
	struct client *c = client_as(f, w.reviewer);
	char kept[400];
	(void)state;
	assert_int_equal(get(c, "/me/second-factor"), 200);
	assert_true(body_has(c, "Set it up"));
	assert_int_equal(post(c, "/me/second-factor", "code=123456"), 409);
	assert_int_equal(post(c, "/me/second-factor/begin", ""), 303);
	assert_int_equal(get(c, "/me/second-factor"), 200);
	assert_true(body_has(c, "<path d=\"M"));
	assert_int_equal(post(c, "/me/second-factor", "code=12345x"), 422);
	assert_int_equal(query_int(f, "SELECT count(*) FROM second_factor WHERE on_at IS NOT NULL"), 0);
	set_up(c);
	assert_int_equal(query_int(f, "SELECT count(*) FROM recovery_code WHERE person_id = %lld", (long long)w.reviewer), RECOVERY_CODES);
	query_text(f, kept, sizeof kept, "SELECT secret FROM second_factor WHERE person_id = %lld", (long long)w.reviewer);
	assert_null(strstr(kept, secret));
	assert_int_equal(get(c, "/api/v1/me/second-factor"), 200);
	assert_false(body_has(c, secret));
	assert_int_equal(post(c, "/me/second-factor/begin", ""), 409);
	client_free(c);
}

static void the_password_alone_opens_nothing(void **state)
{
	struct client *c = client_new(f);
	(void)state;
	f->app.fixed_now += 5 * MINUTE;
	assert_int_equal(sign_in(c, "reviewer", PASSWORD "&to=/provider"), 303);
	assert_string_equal(answer_header(c, "Location"), "/sign-in/second?to=/provider");
	assert_int_equal(get(c, "/"), 303);
	assert_int_equal(get(c, "/me"), 303);
	assert_int_equal(get(c, "/api/v1/courses"), 401);
	assert_int_equal(get(c, "/sign-in/second?to=/provider"), 200);
	assert_int_equal(post(c, "/sign-in/second", "code=000000&to=/provider"), 422);
	assert_int_equal(post(c, "/sign-in/second", base_of("code=%s&to=/provider", code_at(3))), 422);
	assert_int_equal(post(c, "/sign-in/second", base_of("code=%s&to=/provider", code_at(0))), 303);
	assert_string_equal(answer_header(c, "Location"), "/provider");
	assert_int_equal(get(c, "/me"), 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM session WHERE stage = 'half'"), 0);
	client_free(c);
}

static void no_code_is_good_twice(void **state)
{
	struct client *c = client_new(f);
	(void)state;
	assert_int_equal(sign_in(c, "reviewer", PASSWORD), 303);
	assert_int_equal(get(c, "/sign-in/second"), 200);
	assert_int_equal(post(c, "/sign-in/second", base_of("code=%s", code_at(0))), 422);
	assert_int_equal(post(c, "/sign-in/second", base_of("code=%s", code_at(-1))), 422);
	/* The clock of a telephone may be half a minute fast. */
	assert_int_equal(post(c, "/sign-in/second", base_of("code=%s", code_at(1))), 303);
	client_free(c);
}

static void a_recovery_code_is_good_once(void **state)
{
	(void)state;
	for (int again = 0; again < 2; again++) {
		struct client *c = client_new(f);
		assert_int_equal(sign_in(c, "reviewer", PASSWORD), 303);
		assert_int_equal(get(c, "/sign-in/second"), 200);
		assert_int_equal(post(c, "/sign-in/second", base_of("code=%s", recovery)), again ? 422 : 303);
		client_free(c);
	}
	assert_int_equal(query_int(f, "SELECT count(*) FROM recovery_code WHERE person_id = %lld AND used_at IS NULL", (long long)w.reviewer),
			 RECOVERY_CODES - 1);
}

static void half_a_sign_in_ends_after_ten_minutes(void **state)
{
	struct client *c = client_new(f);
	(void)state;
	assert_int_equal(sign_in(c, "reviewer", PASSWORD), 303);
	assert_int_equal(get(c, "/sign-in/second"), 200);
	f->app.fixed_now += SESSION_HALF_LIFE;
	assert_int_equal(post(c, "/sign-in/second", base_of("code=%s", code_at(0))), 410);
	assert_int_equal(get(c, "/me"), 303);
	client_free(c);
}

static void guessing_has_an_end(void **state)
{
	struct client *c = client_new(f);
	long status = 0;
	int tries = 0;
	(void)state;
	f->app.fixed_now += DAY;
	for (int quarter = 0; quarter < 8 && status != 303; quarter++, f->app.fixed_now += 16 * MINUTE) {
		assert_int_equal(sign_in(c, "reviewer", PASSWORD), 303);
		get(c, "/sign-in/second");
		for (int i = 0; i < 10; i++) {
			status = post(c, "/sign-in/second", "code=000000");
			tries += status == 422;
		}
		assert_int_equal(status, 429);
	}
	assert_int_equal(tries, 40);
	/* Even the right one, until the day is over. */
	assert_int_equal(sign_in(c, "reviewer", PASSWORD), 303);
	get(c, "/sign-in/second");
	assert_int_equal(post(c, "/sign-in/second", base_of("code=%s", code_at(0))), 429);
	f->app.fixed_now += DAY + HOUR;
	assert_int_equal(sign_in(c, "reviewer", PASSWORD), 303);
	get(c, "/sign-in/second");
	assert_int_equal(post(c, "/sign-in/second", base_of("code=%s", code_at(0))), 303);
	client_free(c);
}

static void a_new_password_by_link_does_not_go_around_it(void **state)
{
	struct client *c = client_new(f);
	(void)state;
	assert_int_equal(post(c, "/reset", "login=reviewer@example.gov.in"), 303);
	take_token();
	assert_int_equal(choose(c, token, "a+brand+new+one"), 303);
	assert_int_equal(sign_in(c, "reviewer", "a+brand+new+one"), 303);
	assert_string_equal(answer_header(c, "Location"), "/sign-in/second?to=/");
	client_free(c);
}

static void it_is_turned_off_with_a_code_only(void **state)
{
	struct client *c = client_as(f, w.reviewer);
	(void)state;
	f->app.fixed_now += 5 * MINUTE;
	get(c, "/me/second-factor");
	assert_int_equal(post(c, "/me/second-factor/end", "code=000000"), 422);
	assert_int_equal(post(c, "/me/second-factor/recovery", base_of("code=%s", code_at(0))), 200);
	assert_true(body_has(c, "These codes replace the old ones."));
	f->app.fixed_now += MINUTE;
	assert_int_equal(post(c, "/me/second-factor/end", base_of("code=%s", code_at(0))), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM recovery_code WHERE person_id = %lld", (long long)w.reviewer), 0);
	client_free(c);
}

/* ── where it is required ── */

static void administrators_set_it_up_before_anything_else(void **state)
{
	struct client *admin = client_as(f, w.admin), *operator= client_as(f, w.operator), *learner = client_as(f, w.learner), *author = client_as(f, w.author);
	(void)state;
	assert_int_equal(get(admin, "/orgs"), 200);
	f->app.second_factor_required = true;
	assert_int_equal(get(admin, "/orgs"), 303);
	assert_string_equal(answer_header(admin, "Location"), "/me/second-factor");
	assert_int_equal(get(admin, "/"), 303);
	assert_int_equal(get(admin, "/api/v1/orgs/%lld", (long long)w.ministry), 403);
	assert_true(body_has(admin, "need a second factor"));
	assert_int_equal(get(admin, "/me/second-factor"), 200);
	int64_t lists = query_int(f, "SELECT count(*) FROM people_import");
	assert_int_equal(send_raw(admin, "POST", base_of("/api/v1/orgs/%lld/imports", (long long)w.ministry), "text/csv", "a,b\n", 4), 403);
	assert_int_equal(query_int(f, "SELECT count(*) FROM people_import"), lists);
	assert_int_equal(post(admin, base_of("/orgs/%lld/invitations", (long long)w.ministry), ""), 303);
	assert_string_equal(answer_header(admin, "Location"), "/me/second-factor");
	assert_int_equal(get(operator, "/"), 303);
	assert_int_equal(get(learner, "/courses"), 200);
	assert_int_equal(get(author, "/provider"), 200);
	assert_int_equal(get(admin, "/verify"), 200);
	get(admin, "/me/second-factor");
	set_up(admin);
	assert_int_equal(get(admin, "/orgs"), 200);
	f->app.second_factor_required = false;
	assert_int_equal(get(operator, "/"), 200);
	client_free(admin);
	client_free(operator);
	client_free(learner);
	client_free(author);
}

/* The setting as the program itself reads it: required unless it says otherwise. */
static void the_program_requires_it_unless_told(void **state)
{
	static const char *const lines[] = { "", "second_factor = offered\n" };
	char said[2000], path[100], base[sizeof f->base];
	struct program p = { 0 };
	(void)state;
	if (!getenv("KARMAYOGI"))
		skip();
	struct client *c = client_as(f, w.other_admin);
	snprintf(base, sizeof base, "%s", f->base);
	snprintf(path, sizeof path, "%s/karmayogi.conf", f->dir);
	for (size_t i = 0; i < 2; i++) {
		FILE *conf = fopen(path, "w");
		assert_true(conf && fputs(lines[i], conf) >= 0 && fclose(conf) == 0);
		assert_true(program_serve(f, &p, said, sizeof said));
		long status = get(c, "/orgs");
		program_kill(&p, SIGTERM);
		snprintf(f->base, sizeof f->base, "%s", base);
		assert_int_equal(status, i ? 200 : 303);
	}
	client_free(c);
}

static void an_administrator_takes_away_a_lost_one(void **state)
{
	struct client *admin = client_as(f, w.admin), *operator= client_as(f, w.operator), *other = client_as(f, w.other_admin);
	const char *path = base_of("/people/%lld/second-factor/end", (long long)w.admin);
	(void)state;
	assert_int_equal(post(other, path, ""), 403);
	assert_int_equal(post(admin, path, ""), 409);
	assert_int_equal(get(operator, "/people/%lld/account", (long long)w.admin), 200);
	assert_int_equal(post(operator, path, ""), 303);
	assert_int_equal(get(admin, "/me"), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM second_factor WHERE person_id = %lld", (long long)w.admin), 0);
	client_free(admin);
	client_free(operator);
	client_free(other);
}

/* ── sessions ── */

static void whoever_changes_the_way_in_is_told_of(void **state)
{
	struct client *c = client_as(f, w.other_learner);
	char text[20000];
	(void)state;
	assert_int_equal(get(c, "/me"), 200);
	assert_int_equal(post(c, "/me/password", "old_password=" PASSWORD "&new_password=another+good+one"), 303);
	newest_letter(text, sizeof text);
	assert_non_null(strstr(text, "Subject: A change to your account at Karmayogi"));
	assert_non_null(strstr(text, "your password for Karmayogi was changed."));
	assert_non_null(strstr(text, "<other-learner@example.gov.in>"));
	client_free(c);
}

/* Here, and nowhere else: whoever else knew the old one is out. */
static void a_new_password_ends_all_other_sessions(void **state)
{
	struct client *here = client_as(f, w.other_author), *elsewhere = client_as(f, w.other_author), *other = client_as(f, w.author);
	(void)state;
	assert_int_equal(post(here, "/me/password", "old_password=not+mine&new_password=another+good+one"), 422);
	assert_int_equal(get(elsewhere, "/me"), 200);
	assert_int_equal(post(here, "/me/password", "old_password=" PASSWORD "&new_password=another+good+one"), 303);
	assert_int_equal(get(here, "/me"), 200);
	assert_int_equal(get(elsewhere, "/me"), 303);
	assert_int_equal(get(other, "/me"), 200);
	client_free(here);
	client_free(elsewhere);
	client_free(other);
}

static void devices_are_named_and_ended_one_by_one(void **state)
{
	struct client *c = client_as(f, w.other_boss), *phone = client_new(f), *thief = client_as(f, w.boss);
	(void)state;
	curl_easy_setopt(phone->curl, CURLOPT_USERAGENT,
			 "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36");
	assert_int_equal(sign_in(phone, "other-boss", PASSWORD), 303);
	assert_int_equal(get(c, "/me"), 200);
	assert_true(body_has(c, "Chrome on Android"));
	assert_true(body_has(c, "This device"));
	int64_t id = query_int(f, "SELECT max(id) FROM session WHERE person_id = %lld", (long long)w.other_boss);
	assert_int_equal(post(thief, base_of("/me/sessions/%lld/end", (long long)id), ""), 404);
	assert_int_equal(get(phone, "/me"), 200);
	assert_int_equal(post(c, base_of("/me/sessions/%lld/end", (long long)id), ""), 303);
	assert_int_equal(get(phone, "/me"), 303);
	assert_int_equal(get(c, "/me"), 200);
	client_free(c);
	client_free(phone);
	client_free(thief);
}

/* ── many at once ── */

struct arriving {
	struct client *c;
	char form[100];
	atomic_int *done;
	long status;
};

/* A proxy may leave the name of the browser out, for privacy; a device without a name is a device. */
static void a_browser_need_not_name_itself(void **state)
{
	struct client *c = client_new(f);
	(void)state;
	curl_easy_setopt(c->curl, CURLOPT_USERAGENT, NULL);
	assert_int_equal(sign_in(c, "other-boss", PASSWORD), 303);
	assert_int_equal(get(c, "/me"), 200);
	assert_true(body_has(c, "A program that does not name itself"));
	client_free(c);
}

static void *sign_in_slowly(void *arg)
{
	struct arriving *a = arg;
	a->status = post(a->c, "/sign-in", a->form);
	atomic_fetch_add(a->done, 1);
	return NULL;
}

/* Forty sign in at once on a server with eight workers; who reads a page meanwhile does not wait for their passwords. */
static void a_morning_of_sign_ins_holds_up_no_page(void **state)
{
	enum { MANY = 40 };
	struct arriving a[MANY];
	pthread_t t[MANY];
	atomic_int done = 0;
	struct client *reader = client_as(f, w.learner);
	(void)state;
	for (int i = 0; i < MANY; i++) {
		a[i] = (struct arriving){ .c = client_new(f), .done = &done };
		snprintf(a[i].form, sizeof a[i].form, "login=many-%d%%40example.gov.in&password=wrong", i);
		assert_int_equal(get(a[i].c, "/sign-in"), 200);
	}
	for (int i = 0; i < MANY; i++)
		assert_int_equal(pthread_create(&t[i], NULL, sign_in_slowly, &a[i]), 0);
	while (!done)
		sched_yield();
	for (int i = 0; i < 3; i++)
		assert_int_equal(get(reader, "/"), 200);
	int in_by_then = done;
	for (int i = 0; i < MANY; i++) {
		pthread_join(t[i], NULL);
		assert_int_equal(a[i].status, 422); /* nobody was turned away */
		client_free(a[i].c);
	}
	client_free(reader);
	assert_in_range(in_by_then, 1, MANY / 2);
}

static void what_ran_out_is_forgotten(void **state)
{
	struct job_options o = { .kinds = feature_jobs, .pool = f->pool, .app = &f->app, .threads = 0 };
	struct job_runner *r = NULL;
	(void)state;
	assert_int_equal(job_start(&f->cx, &o, &r), OK);
	f->app.fixed_now += 100 * DAY;
	work_now(f);
	job_stop(r);
	assert_int_equal(query_int(f, "SELECT count(*) FROM login_link"), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM login_code"), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM throttle"), 0);
	assert_int_equal(check_findings(f), 0);
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
		cmocka_unit_test(whether_an_address_is_known_is_not_told),
		cmocka_unit_test(the_link_sets_the_password_once_and_ends_all_sessions),
		cmocka_unit_test(a_link_is_good_for_an_hour_and_for_its_address),
		cmocka_unit_test(nobody_is_flooded),
		cmocka_unit_test(an_administrator_invites_one_person),
		cmocka_unit_test(an_office_is_invited_each_once),
		cmocka_unit_test(a_contact_is_proved_by_a_code),
		cmocka_unit_test(a_code_signs_in_only_who_chose_so),
		cmocka_unit_test(a_code_has_five_tries_and_ten_minutes),
		cmocka_unit_test(it_is_set_up_with_a_code_that_fits),
		cmocka_unit_test(the_password_alone_opens_nothing),
		cmocka_unit_test(no_code_is_good_twice),
		cmocka_unit_test(a_recovery_code_is_good_once),
		cmocka_unit_test(half_a_sign_in_ends_after_ten_minutes),
		cmocka_unit_test(guessing_has_an_end),
		cmocka_unit_test(a_new_password_by_link_does_not_go_around_it),
		cmocka_unit_test(it_is_turned_off_with_a_code_only),
		cmocka_unit_test(administrators_set_it_up_before_anything_else),
		cmocka_unit_test(the_program_requires_it_unless_told),
		cmocka_unit_test(an_administrator_takes_away_a_lost_one),
		cmocka_unit_test(whoever_changes_the_way_in_is_told_of),
		cmocka_unit_test(a_new_password_ends_all_other_sessions),
		cmocka_unit_test(devices_are_named_and_ended_one_by_one),
		cmocka_unit_test(a_browser_need_not_name_itself),
		cmocka_unit_test(a_morning_of_sign_ins_holds_up_no_page),
		cmocka_unit_test(what_ran_out_is_forgotten),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
