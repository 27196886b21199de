/* Registering oneself: only by a way that an organisation has opened, only with contacts that are proved, and without a word about who is known. */
#include "http_test.h"
#include "peer.h"
#include "feature/registration/registration.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

static struct fixture *f;
static struct world w;
static struct peer *gateway;

static void pass(int64_t ms)
{
	f->app.fixed_now += ms;
	f->cx.now = f->app.fixed_now;
}

/* ── letters and messages ── */

/* The newest letter, its text readable: one beyond ASCII is in Base64. */
static void letter(char *ret, size_t n)
{
	static char raw[15000];
	char path[200];
	unsigned char part[16000];
	work_now(f);
	snprintf(path, sizeof path, "%s/mail/%lld.eml", f->dir, (long long)query_int(f, "SELECT max(id) FROM mail WHERE channel <> 'sms'"));
	FILE *in = fopen(path, "r");
	NEED(in, "no letter %s", path);
	raw[fread(raw, 1, sizeof raw - 1, in)] = 0;
	fclose(in);
	snprintf(ret, n, "%s", raw);
	char *body = strstr(raw, "base64\n\n"), clean[16000];
	size_t k = 0;
	if (!body && !(body = strstr(raw, "base64\r\n\r\n")))
		return;
	for (body = strchr(body, '\n') + 1; *body && *body != '-' && k + 1 < sizeof clean; body++)
		if (*body != '\r' && *body != '\n')
			clean[k++] = *body;
	clean[k] = 0;
	int got = EVP_DecodeBlock(part, (const unsigned char *)clean, (int)k);
	NEED(got > 0, "no Base64 in %s", raw);
	snprintf(ret, n, "%.*s", got, (const char *)part);
}

static void email_code(char *ret)
{
	char text[16000];
	letter(text, sizeof text);
	const char *p = strstr(text, "with the code ");
	NEED(p, "no code in %s", text);
	snprintf(ret, 7, "%s", p + 14);
}

static void mobile_code(char *ret)
{
	char line[8000];
	peer_last(gateway, line, sizeof line);
	const char *p = strstr(line, "text=");
	NEED(p, "no message in %s", line);
	snprintf(ret, 7, "%s", p + 5);
}

/* ── acting ── */

static int64_t a_domain(const char *domain, bool below, bool at_once)
{
	char path[100], json[200];
	struct client *c = client_as(f, w.admin);
	snprintf(path, sizeof path, "/api/v1/orgs/%lld/registration/domains", (long long)w.ministry);
	snprintf(json, sizeof json, "{\"domain\":\"%s\",\"below\":%s,\"at_once\":%s}", domain, below ? "true" : "false", at_once ? "true" : "false");
	assert_int_equal(post_json(c, path, json), 200);
	int64_t id = json_number(c, "id");
	client_free(c);
	return id;
}

static long end_way(int64_t admin, int64_t org, int64_t id)
{
	char path[140];
	struct client *c = client_as(f, admin);
	snprintf(path, sizeof path, "/api/v1/orgs/%lld/registration/ways/%lld/end", (long long)org, (long long)id);
	long status = post_json(c, path, "{}");
	client_free(c);
	return status;
}

static long ask(struct client *c, const char *where, const char *name, const char *email, const char *mobile)
{
	char form[600];
	get(c, "%s", where);
	snprintf(form, sizeof form, "name=%s&email=%s&mobile=%s&designation=%lld", name, email, mobile, (long long)query_int(f, "SELECT min(id) FROM designation"));
	return post(c, where, form);
}

static void handle_of(struct client *c, char *ret)
{
	const char *p = strstr(buf_get(&c->body).p, "name=\"handle\" value=\"");
	NEED(p, "no handle");
	snprintf(ret, 33, "%s", p + 21);
}

static long prove(struct client *c, const char *handle, const char *email, const char *mobile)
{
	char form[200];
	snprintf(form, sizeof form, "handle=%s&email_code=%s&mobile_code=%s", handle, email, mobile);
	return post(c, "/register/codes", form);
}

/* The whole way; the client is left where it led. */
static struct client *register_one(const char *where, const char *name, const char *email, const char *mobile)
{
	struct client *c = client_new(f);
	char handle[40], by_mail[8], by_sms[8];
	assert_int_equal(ask(c, where, name, email, mobile), 200);
	handle_of(c, handle);
	email_code(by_mail);
	mobile_code(by_sms);
	assert_int_equal(prove(c, handle, by_mail, by_sms), 303);
	return c;
}

static int64_t waiting(const char *email)
{
	return query_int(f, "SELECT id FROM registration WHERE email = '%s' AND state = 'waiting'", email);
}

static long decide(int64_t admin, int64_t org, const char *json, struct client **ret)
{
	char path[100];
	struct client *c = client_as(f, admin);
	snprintf(path, sizeof path, "/api/v1/orgs/%lld/registration/decide", (long long)org);
	long status = post_json(c, path, json);
	if (ret)
		*ret = c;
	else
		client_free(c);
	return status;
}

/* ── rules ── */

static void who_has_an_address_of_the_domain_comes_in_with_both_contacts_proved(void **state)
{
	int64_t way = a_domain("posts.gov.in", false, true);
	(void)state;
	struct client *c = register_one("/register", "%E0%A4%85%E0%A4%82%E0%A4%AC%E0%A4%BF%E0%A4%95%E0%A4%BE", "Ambika@posts.gov.in", "98765+11111");
	assert_string_equal(answer_header(c, "Location"), "/");
	assert_int_equal(get(c, "/me"), 200);
	assert_true(body_has(c, "अंबिका") && body_has(c, "proved on"));
	int64_t person = query_int(f, "SELECT id FROM person WHERE email = 'ambika@posts.gov.in'");
	assert_int_equal(query_int(f, "SELECT count(*) FROM contact_proof WHERE person_id = %lld", (long long)person), 2);
	assert_int_equal(query_int(f, "SELECT org_id FROM posting WHERE person_id = %lld", (long long)person), w.ministry);
	client_free(c);
	/* Without a password: by a code. */
	c = client_new(f);
	get(c, "/sign-in/code");
	assert_int_equal(post(c, "/sign-in/code", "login=ambika@posts.gov.in"), 200);
	char text[16000];
	letter(text, sizeof text);
	assert_non_null(strstr(text, "your code is "));
	client_free(c);
	assert_int_equal(end_way(w.admin, w.ministry, way), 200);
}

static void other_addresses_are_not_of_it(void **state)
{
	int64_t way = a_domain("rail.gov.in", false, true), wide = a_domain("river.gov.in", true, true);
	struct client *c = client_new(f);
	(void)state;
	assert_int_equal(ask(c, "/register", "A", "a@north.rail.gov.in", "9876522222"), 422);
	assert_int_equal(ask(c, "/register", "A", "a@trail.gov.in", "9876522222"), 422);
	assert_int_equal(ask(c, "/register", "A", "a@elsewhere.gov.in", "9876522222"), 422);
	assert_int_equal(ask(c, "/register", "A", "a@north.river.gov.in", "9876522222"), 200);
	assert_int_equal(ask(c, "/register", "A", "b@river.gov.in", "9876522223"), 200);
	assert_int_equal(ask(c, "/register", "A", "a@rail.gov.in", "12345"), 422);
	assert_int_equal(end_way(w.admin, w.ministry, way), 200);
	assert_int_equal(ask(c, "/register", "A", "a@rail.gov.in", "9876522224"), 422);
	assert_int_equal(end_way(w.other_admin, w.other_ministry, wide), 404);
	assert_int_equal(end_way(w.admin, w.ministry, wide), 200);
	client_free(c);
}

static void a_domain_where_anybody_gets_an_address_is_no_way_in(void **state)
{
	char path[100];
	struct client *c = client_as(f, w.admin), *other = client_as(f, w.other_admin);
	int64_t way = a_domain("taxes.gov.in", false, false);
	(void)state;
	snprintf(path, sizeof path, "/api/v1/orgs/%lld/registration/domains", (long long)w.ministry);
	assert_int_equal(post_json(c, path, "{\"domain\":\"Gmail.com\"}"), 422);
	assert_int_equal(post_json(c, path, "{\"domain\":\"in\"}"), 422);
	assert_int_equal(post_json(c, path, "{\"domain\":\"a b.gov.in\"}"), 422);
	assert_int_equal(post_json(c, path, "{\"domain\":\"taxes.gov.in\"}"), 409);
	assert_int_equal(post_json(other, path, "{\"domain\":\"other.gov.in\"}"), 403);
	assert_int_equal(end_way(w.admin, w.ministry, way), 200);
	client_free(c);
	client_free(other);
}

static void nobody_learns_who_is_known(void **state)
{
	int64_t way = a_domain("example.gov.in", false, true);
	struct client *c = client_new(f), *k = client_new(f);
	char handle[40], text[16000];
	(void)state;
	work_now(f);
	size_t people = (size_t)query_int(f, "SELECT count(*) FROM person"), messages = peer_taken(gateway);
	assert_int_equal(ask(c, "/register", "Somebody", "new.one@example.gov.in", "9876533333"), 200);
	assert_int_equal(ask(k, "/register", "Somebody", "learner@example.gov.in", "9876533334"), 200);
	/* The same page but for what is random in it. */
	assert_int_equal(buf_get(&c->body).n, buf_get(&k->body).n);
	handle_of(k, handle);
	letter(text, sizeof text);
	assert_int_equal(query_int(f, "SELECT count(*) FROM mail WHERE fact LIKE 'registration.known:%%' AND recipient = 'learner@example.gov.in'"), 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM mail WHERE fact LIKE 'account.code:%%' AND recipient = 'learner@example.gov.in'"), 0);
	assert_int_equal(peer_taken(gateway), messages + 1);
	assert_int_equal(prove(k, handle, "000000", "000000"), 422);
	assert_int_equal(query_int(f, "SELECT count(*) FROM person"), (int64_t)people);
	assert_int_equal(end_way(w.admin, w.ministry, way), 200);
	client_free(c);
	client_free(k);
}

static void a_code_that_is_wrong_or_late_proves_nothing(void **state)
{
	int64_t way = a_domain("mines.gov.in", false, true);
	struct client *c = client_new(f);
	char handle[40], by_mail[8], by_sms[8];
	(void)state;
	assert_int_equal(ask(c, "/register", "Miner", "one@mines.gov.in", "9876544441"), 200);
	handle_of(c, handle);
	email_code(by_mail);
	mobile_code(by_sms);
	assert_int_equal(prove(c, handle, by_mail, "no"), 422);
	assert_true(body_has(c, handle)); /* what was typed is kept, and can be tried again */
	assert_int_equal(prove(c, handle, "no", by_sms), 422);
	for (int i = 0; i < 3; i++)
		assert_int_equal(prove(c, handle, "no", "no"), 422);
	assert_int_equal(prove(c, handle, by_mail, by_sms), 422);
	assert_int_equal(ask(c, "/register", "Miner", "two@mines.gov.in", "9876544442"), 200);
	handle_of(c, handle);
	email_code(by_mail);
	mobile_code(by_sms);
	pass(REGISTRATION_CODES + SECOND);
	assert_int_equal(prove(c, handle, by_mail, by_sms), 422);
	assert_int_equal(query_int(f, "SELECT count(*) FROM person WHERE email LIKE '%%@mines.gov.in'"), 0);
	assert_int_equal(end_way(w.admin, w.ministry, way), 200);
	client_free(c);
}

static void asking_again_and_again_is_refused(void **state)
{
	int64_t way = a_domain("ports.gov.in", false, true);
	struct client *c = client_new(f);
	(void)state;
	pass(2 * HOUR);
	for (int i = 0; i < 4; i++)
		assert_int_equal(ask(c, "/register", "Pilot", "pilot@ports.gov.in", "9876555555"), 200);
	assert_int_equal(ask(c, "/register", "Pilot", "pilot@ports.gov.in", "9876555555"), 429);
	work_now(f);
	assert_int_equal(end_way(w.admin, w.ministry, way), 200);
	client_free(c);
}

static void a_link_takes_as_many_as_it_says_until_its_last_day(void **state)
{
	char path[200], json[200], code[40], where[100];
	struct civil day = clock_date(person_today(&f->cx) + 3);
	struct client *c = client_as(f, w.admin);
	(void)state;
	snprintf(path, sizeof path, "/api/v1/orgs/%lld/registration/links", (long long)w.office);
	assert_int_equal(post_json(c, path, "{\"until_day\":\"2020-01-01\"}"), 422);
	snprintf(json, sizeof json, "{\"until_day\":\"%04d-%02d-%02d\",\"most\":1,\"at_once\":true}", day.year, day.month, day.day);
	assert_int_equal(post_json(c, path, json), 200);
	query_text(f, code, sizeof code, "SELECT code FROM registration_way WHERE id = %lld", (long long)json_number(c, "id"));
	assert_int_equal(get(c, "/orgs/%lld/registration", (long long)w.office), 200);
	assert_true(body_has(c, code) && body_has(c, "class=\"qr\""));
	snprintf(where, sizeof where, "/register/by/%s", code);
	client_free(register_one(where, "Linked", "linked@mail.example.org", "9876566661"));
	assert_int_equal(query_int(f, "SELECT o.org_id FROM posting o JOIN person p ON p.id = o.person_id WHERE p.email = 'linked@mail.example.org'"), w.office);
	struct client *late = client_new(f);
	assert_int_equal(get(late, "%s", where), 200);
	assert_true(body_has(late, "This link is over"));
	assert_int_equal(ask(late, where, "Late", "late@mail.example.org", "9876566662"), 410);
	assert_int_equal(post_json(c, path, json), 200);
	query_text(f, code, sizeof code, "SELECT code FROM registration_way WHERE id = %lld", (long long)json_number(c, "id"));
	snprintf(where, sizeof where, "/register/by/%s", code);
	pass(5 * DAY);
	assert_int_equal(ask(late, where, "Late", "late@mail.example.org", "9876566662"), 410);
	client_free(late);
	client_free(c);
}

static void who_waits_is_let_in_by_an_administrator_and_it_can_be_taken_back(void **state)
{
	int64_t way = a_domain("forest.gov.in", false, false);
	char json[300], path[140];
	struct client *c;
	(void)state;
	client_free(register_one("/register", "Ranger+One", "one@forest.gov.in", "9876577771"));
	c = register_one("/register", "Ranger+Two", "two@forest.gov.in", "9876577772");
	assert_string_equal(answer_header(c, "Location"), "/register/waits");
	client_free(c);
	int64_t one = waiting("one@forest.gov.in"), two = waiting("two@forest.gov.in");
	assert_int_equal(query_int(f, "SELECT count(*) FROM person WHERE email LIKE '%%@forest.gov.in'"), 0);

	snprintf(json, sizeof json, "{\"ids\":[\"%lld\",\"%lld\"],\"outcome\":\"yes\",\"dry_run\":true}", (long long)one, (long long)two);
	assert_int_equal(decide(w.other_admin, w.ministry, json, NULL), 403);
	assert_int_equal(decide(w.other_admin, w.other_ministry, json, &c), 200);
	assert_int_equal(json_number(c, "n_gone"), 2); /* to others they do not exist */
	client_free(c);
	assert_int_equal(decide(w.admin, w.ministry, json, &c), 200);
	assert_int_equal(json_number(c, "n"), 2);
	client_free(c);
	assert_int_equal(query_int(f, "SELECT count(*) FROM person WHERE email LIKE '%%@forest.gov.in'"), 0);

	snprintf(json, sizeof json, "{\"ids\":[\"%lld\",\"%lld\"],\"outcome\":\"yes\"}", (long long)one, (long long)two);
	assert_int_equal(decide(w.admin, w.ministry, json, &c), 200);
	int64_t batch = json_number(c, "batch_id");
	client_free(c);
	assert_int_equal(query_int(f, "SELECT count(*) FROM person WHERE email LIKE '%%@forest.gov.in' AND state = 'active'"), 2);
	assert_int_equal(query_int(f, "SELECT count(*) FROM mail WHERE fact LIKE 'registration.in:%%'"), 2);

	snprintf(path, sizeof path, "/api/v1/orgs/%lld/registration/batches/%lld/undo", (long long)w.ministry, (long long)batch);
	c = client_as(f, w.admin);
	assert_int_equal(post_json(c, path, "{}"), 200);
	assert_int_equal(post_json(c, path, "{}"), 409);
	assert_int_equal(query_int(f, "SELECT count(*) FROM person WHERE email LIKE '%%@forest.gov.in' AND state = 'left'"), 2);
	client_free(c);
	assert_int_equal(end_way(w.admin, w.ministry, way), 200);
}

static void a_refusal_says_why_and_can_be_taken_back(void **state)
{
	int64_t way = a_domain("ocean.gov.in", false, false);
	char json[300], path[140], text[16000];
	struct client *c;
	(void)state;
	client_free(register_one("/register", "Diver", "diver@ocean.gov.in", "9876588881"));
	int64_t id = waiting("diver@ocean.gov.in");
	snprintf(json, sizeof json, "{\"ids\":[\"%lld\"],\"outcome\":\"no\"}", (long long)id);
	assert_int_equal(decide(w.admin, w.ministry, json, NULL), 422);
	snprintf(json, sizeof json, "{\"ids\":[\"%lld\"],\"outcome\":\"no\",\"words\":\"Not one of ours.\"}", (long long)id);
	assert_int_equal(decide(w.admin, w.ministry, json, &c), 200);
	int64_t batch = json_number(c, "batch_id");
	client_free(c);
	letter(text, sizeof text);
	assert_non_null(strstr(text, "Not one of ours."));
	assert_int_equal(waiting("diver@ocean.gov.in"), 0);
	snprintf(path, sizeof path, "/orgs/%lld/registration/batches/%lld/undo", (long long)w.ministry, (long long)batch);
	c = client_as(f, w.admin);
	get(c, "/orgs/%lld/registration", (long long)w.ministry);
	assert_true(body_has(c, "Not one of ours."));
	assert_int_equal(post(c, path, ""), 303);
	assert_int_equal(waiting("diver@ocean.gov.in"), id);
	/* By the page: shown first, counted after. */
	snprintf(path, sizeof path, "/orgs/%lld/registration/preview", (long long)w.ministry);
	snprintf(json, sizeof json, "ids.%lld=x&outcome=yes&words=", (long long)id);
	assert_int_equal(post(c, path, json), 200);
	assert_true(body_has(c, "1 person would be let in") && body_has(c, "Diver"));
	assert_int_equal(waiting("diver@ocean.gov.in"), id);
	snprintf(path, sizeof path, "/orgs/%lld/registration/decide", (long long)w.ministry);
	assert_int_equal(post(c, path, json), 303);
	assert_int_equal(waiting("diver@ocean.gov.in"), 0);
	client_free(c);
	assert_int_equal(end_way(w.admin, w.ministry, way), 200);
}

static void who_waits_is_told_of_daily_and_lapses_after_thirty_days(void **state)
{
	int64_t way = a_domain("lakes.gov.in", false, false);
	(void)state;
	client_free(register_one("/register", "Keeper", "keeper@lakes.gov.in", "9876599991"));
	schedule_work(f);
	pass(DAY + HOUR);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE kind = 'registration' AND person_id = %lld", (long long)w.admin), 1);
	for (int i = 0; i < 3; i++) {
		pass(10 * DAY + HOUR);
		work_now(f);
	}
	assert_int_equal(waiting("keeper@lakes.gov.in"), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM mail WHERE fact LIKE 'registration.lapsed:%%'"), 1);
	/* Nothing is kept of who never proved anything, nor for ever of who did. */
	assert_int_equal(query_int(f, "SELECT count(*) FROM registration WHERE state = 'proving'"), 0);
	for (int i = 0; i < 4; i++) {
		pass(10 * DAY + HOUR);
		work_now(f);
	}
	assert_int_equal(query_int(f, "SELECT count(*) FROM registration"), 0);
	assert_int_equal(end_way(w.admin, w.ministry, way), 200);
}

static int begin(void **state)
{
	static char url[100];
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	gateway = peer_http();
	snprintf(url, sizeof url, "http://127.0.0.1:%u/?to={to}&text={text}", peer_port(gateway));
	f->app.sms_url = str_of(url);
	return 0;
}

static int end(void **state)
{
	(void)state;
	assert_int_equal(check_findings(f), 0);
	peer_end(gateway);
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_has_an_address_of_the_domain_comes_in_with_both_contacts_proved),
		cmocka_unit_test(other_addresses_are_not_of_it),
		cmocka_unit_test(a_domain_where_anybody_gets_an_address_is_no_way_in),
		cmocka_unit_test(nobody_learns_who_is_known),
		cmocka_unit_test(a_code_that_is_wrong_or_late_proves_nothing),
		cmocka_unit_test(asking_again_and_again_is_refused),
		cmocka_unit_test(a_link_takes_as_many_as_it_says_until_its_last_day),
		cmocka_unit_test(who_waits_is_let_in_by_an_administrator_and_it_can_be_taken_back),
		cmocka_unit_test(a_refusal_says_why_and_can_be_taken_back),
		cmocka_unit_test(who_waits_is_told_of_daily_and_lapses_after_thirty_days),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
