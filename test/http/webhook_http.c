/* Webhooks: what happens is told once, signed, to who may know of it; what cannot be told waits, and holds up nobody else. */
#include "http_test.h"
#include "peer.h"
#include "feature/enrolment/enrolment.h"
#include "feature/webhook/webhook.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <string.h>

static struct fixture *f;
static struct world w;
static struct peer *receiver;

static void pass(int64_t ms)
{
	f->app.fixed_now += ms;
	f->cx.now = f->app.fixed_now;
}

/* ── building ── */

/* A webhook of an organisation for some kinds ("a&b"), with a secret of its own. */
static int64_t a_webhook(int64_t org, int64_t admin, struct peer *to, const char *kinds_json, const char *secret)
{
	char path[100], json[600];
	struct client *c = client_as(f, admin);
	snprintf(path, sizeof path, "/api/v1/orgs/%lld/webhooks", (long long)org);
	snprintf(json, sizeof json, "{\"address\":\"http://127.0.0.1:%u/hook\",\"kinds\":[%s],\"secret\":\"%s\"}", peer_port(to), kinds_json, secret);
	assert_int_equal(post_json(c, path, json), 200);
	assert_false(body_has(c, "whsec_"));
	int64_t id = json_number(c, "id");
	client_free(c);
	return id;
}
#define SECRET "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

static void end_webhook(int64_t org, int64_t admin, int64_t id)
{
	char path[140];
	struct client *c = client_as(f, admin);
	snprintf(path, sizeof path, "/api/v1/orgs/%lld/webhooks/%lld/end", (long long)org, (long long)id);
	assert_int_equal(post_json(c, path, "{}"), 200);
	client_free(c);
}

static enum err enrol_in_tx(struct ctx *cx, void *arg)
{
	const int64_t *person = arg;
	return enrolment_add(cx, *person, w.course);
}

static enum err give_up_in_tx(struct ctx *cx, void *arg)
{
	const int64_t *person = arg;
	return enrolment_end(cx, *person, w.course);
}

static void enrol(int64_t person)
{
	in_tx(f, enrol_in_tx, &person);
}

static void give_up(int64_t person)
{
	in_tx(f, give_up_in_tx, &person);
}

static long act(int64_t admin, int64_t org, int64_t id, const char *what)
{
	char path[200];
	struct client *c = client_as(f, admin);
	snprintf(path, sizeof path, "/api/v1/orgs/%lld/webhooks/%lld/%s", (long long)org, (long long)id, what);
	long status = post_json(c, path, "{}");
	client_free(c);
	return status;
}

static int64_t count(int64_t id, const char *state)
{
	return query_int(f, "SELECT count(*) FROM webhook_delivery WHERE webhook_id = %lld AND state = '%s'", (long long)id, state);
}

/* ── what was received ── */

static void header_of(const char *request, const char *name, char *ret, size_t n)
{
	char mark[60];
	snprintf(mark, sizeof mark, "\n%s: ", name);
	const char *at = strstr(request, mark);
	NEED(at, "no header %s", name);
	at += strlen(mark);
	snprintf(ret, n, "%.*s", (int)strcspn(at, "\n"), at);
}

/* Whether the request bears a signature of this secret; by the receiver's own means (libcrypto), from the specification. */
static bool is_signed(const char *request, const char *secret)
{
	char id[60], at[60], given[300], content[16000], mine[100] = "v1,";
	unsigned char key[100], mac[32];
	unsigned n = 0;
	const char *body = strstr(request, "\n\n");
	header_of(request, "webhook-id", id, sizeof id);
	header_of(request, "webhook-timestamp", at, sizeof at);
	header_of(request, "webhook-signature", given, sizeof given);
	snprintf(content, sizeof content, "%s.%s.%s", id, at, body + 2);
	int bytes = EVP_DecodeBlock(key, (const unsigned char *)secret + 6, (int)strlen(secret) - 6);
	for (const char *end = secret + strlen(secret) - 1; *end == '='; end--)
		bytes--;
	HMAC(EVP_sha256(), key, bytes, (const unsigned char *)content, strlen(content), mac, &n);
	EVP_EncodeBlock((unsigned char *)mine + 3, mac, (int)n);
	return strstr(given, mine) != NULL;
}

/* ── rules ── */

static void a_fact_is_told_once_and_signed(void **state)
{
	char request[16000], text[100];
	int64_t id = a_webhook(w.ministry, w.admin, receiver, "\"enrolment.made\"", SECRET);
	size_t before = peer_taken(receiver);
	(void)state;
	enrol(w.learner);
	enrol(w.learner);
	work_now(f);
	assert_int_equal(peer_taken(receiver), before + 1);
	peer_last(receiver, request, sizeof request);
	assert_true(is_signed(request, SECRET));
	assert_false(is_signed(request, "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
	assert_non_null(strstr(request, "\"type\":\"enrolment.made\""));
	snprintf(text, sizeof text, "\"person_id\":\"%lld\"", (long long)w.learner);
	assert_non_null(strstr(request, text));
	snprintf(text, sizeof text, "\"org_id\":\"%lld\"", (long long)w.office);
	assert_non_null(strstr(request, text));
	assert_null(strstr(request, "@"));
	assert_int_equal(count(id, "taken"), 1);
	give_up(w.learner);
	end_webhook(w.ministry, w.admin, id);
}

static enum err enrol_and_fail(struct ctx *cx, void *arg)
{
	TRY(enrol_in_tx(cx, arg));
	return ERR_CONFLICT;
}

static void what_was_taken_back_is_not_told(void **state)
{
	int64_t id = a_webhook(w.ministry, w.admin, receiver, "\"enrolment.made\"", SECRET);
	size_t before = peer_taken(receiver);
	(void)state;
	assert_int_equal(db_write(&f->cx, f->pool, enrol_and_fail, &w.learner), ERR_CONFLICT);
	work_now(f);
	assert_int_equal(peer_taken(receiver), before);
	assert_int_equal(query_int(f, "SELECT count(*) FROM webhook_delivery WHERE webhook_id = %lld", (long long)id), 0);
	end_webhook(w.ministry, w.admin, id);
}

static void only_who_asked_and_is_above_hears(void **state)
{
	int64_t mine = a_webhook(w.office, w.admin, receiver, "\"enrolment.made\",\"enrolment.ended\"", SECRET);
	int64_t other_kind = a_webhook(w.office, w.admin, receiver, "\"credential.issued\"", SECRET);
	int64_t elsewhere = a_webhook(w.other_ministry, w.other_admin, receiver, "\"enrolment.made\"", SECRET);
	(void)state;
	enrol(w.learner);
	give_up(w.learner);
	assert_int_equal(count(mine, "waiting"), 2);
	assert_int_equal(count(other_kind, "waiting"), 0);
	assert_int_equal(count(elsewhere, "waiting"), 0);
	work_now(f);
	end_webhook(w.office, w.admin, mine);
	end_webhook(w.office, w.admin, other_kind);
	end_webhook(w.other_ministry, w.other_admin, elsewhere);
	enrol(w.learner);
	give_up(w.learner);
	assert_int_equal(query_int(f, "SELECT count(*) FROM webhook_delivery WHERE state = 'waiting'"), 0);
}

struct move {
	int64_t person, to;
};

static enum err move_in_tx(struct ctx *cx, void *arg)
{
	const struct move *m = arg;
	int64_t designation = query_int(f, "SELECT min(id) FROM designation");
	return person_post(cx, &(struct person_post){ m->person, m->to, designation, NONE, person_today(cx) });
}

static void a_transfer_is_told_where_one_comes_and_where_one_leaves(void **state)
{
	int64_t here = a_webhook(w.other_ministry, w.other_admin, receiver, "\"person.posted\"", SECRET);
	int64_t there = a_webhook(w.ministry, w.admin, receiver, "\"person.posted\"", SECRET);
	struct move m = { w.colleague, w.other_office };
	(void)state;
	in_tx(f, move_in_tx, &m);
	assert_int_equal(count(here, "waiting"), 1);
	assert_int_equal(count(there, "waiting"), 1);
	work_now(f);
	assert_int_equal(count(here, "taken"), 1);
	end_webhook(w.other_ministry, w.other_admin, here);
	end_webhook(w.ministry, w.admin, there);
}

static void what_is_not_taken_is_tried_again_with_the_same_id(void **state)
{
	char request[16000], first[60], second[60];
	int64_t id = a_webhook(w.ministry, w.admin, receiver, "\"enrolment.made\"", SECRET);
	(void)state;
	peer_mood(receiver, PEER_BUSY);
	enrol(w.learner);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT tries FROM webhook_delivery WHERE webhook_id = %lld AND state = 'waiting' AND status = 503", (long long)id), 1);
	query_text(f, first, sizeof first, "SELECT event_id FROM webhook_delivery WHERE webhook_id = %lld", (long long)id);
	peer_mood(receiver, PEER_GOOD);
	size_t before = peer_taken(receiver);
	pass(30 * SECOND);
	work_now(f);
	assert_int_equal(peer_taken(receiver), before);
	pass(MINUTE);
	work_now(f);
	assert_int_equal(peer_taken(receiver), before + 1);
	peer_last(receiver, request, sizeof request);
	header_of(request, "webhook-id", second, sizeof second);
	assert_string_equal(first, second);
	assert_int_equal(count(id, "taken"), 1);
	give_up(w.learner);
	end_webhook(w.ministry, w.admin, id);
}

static void a_way_elsewhere_is_not_followed(void **state)
{
	int64_t id = a_webhook(w.ministry, w.admin, receiver, "\"enrolment.made\"", SECRET);
	size_t calls = peer_calls(receiver);
	(void)state;
	peer_mood(receiver, PEER_ELSEWHERE);
	enrol(w.learner);
	work_now(f);
	assert_int_equal(peer_calls(receiver), calls + 1);
	assert_int_equal(query_int(f, "SELECT status FROM webhook_delivery WHERE webhook_id = %lld AND state = 'waiting'", (long long)id), 302);
	peer_mood(receiver, PEER_GOOD);
	give_up(w.learner);
	end_webhook(w.ministry, w.admin, id);
}

static void one_that_hangs_holds_up_no_other(void **state)
{
	struct peer *hanging = peer_http();
	int64_t bad = a_webhook(w.ministry, w.admin, hanging, "\"enrolment.made\",\"enrolment.ended\"", SECRET);
	int64_t good = a_webhook(w.ministry, w.admin, receiver, "\"enrolment.made\",\"enrolment.ended\"", SECRET);
	(void)state;
	peer_mood(hanging, PEER_SILENT);
	enrol(w.learner);
	work_now(f);
	assert_int_equal(count(good, "taken"), 1);
	assert_int_equal(count(bad, "waiting"), 1);
	/* It is not even asked while it is left alone. */
	int64_t begun = clock_monotonic();
	give_up(w.learner);
	work_now(f);
	assert_int_equal(count(good, "taken"), 2);
	assert_true(clock_monotonic() - begun < 10 * SECOND * 1000000);
	/* Unless somebody tries the way. */
	size_t calls = peer_calls(hanging);
	peer_mood(hanging, PEER_BUSY);
	assert_int_equal(act(w.admin, w.ministry, bad, "trial"), 200);
	work_now(f);
	assert_int_equal(peer_calls(hanging), calls + 1);
	/* Then it is asked with one event, and told all when it answers. */
	peer_mood(hanging, PEER_GOOD);
	pass(10 * MINUTE);
	work_now(f);
	assert_int_equal(count(bad, "taken"), 3);
	end_webhook(w.ministry, w.admin, bad);
	end_webhook(w.ministry, w.admin, good);
	peer_end(hanging);
}

static void after_five_days_it_is_paused_and_its_keeper_told_and_nothing_is_lost(void **state)
{
	int64_t id = a_webhook(w.ministry, w.admin, receiver, "\"enrolment.made\",\"enrolment.ended\"", SECRET);
	(void)state;
	peer_mood(receiver, PEER_BUSY);
	enrol(w.learner);
	for (int i = 0; i < 12; i++) {
		work_now(f);
		pass(15 * HOUR);
	}
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM webhook WHERE id = %lld AND paused_why = 'failing'", (long long)id), 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE person_id = %lld AND kind = 'connection'", (long long)w.admin), 1);
	give_up(w.learner);
	size_t calls = peer_calls(receiver);
	work_now(f);
	assert_int_equal(peer_calls(receiver), calls);
	peer_mood(receiver, PEER_GOOD);
	assert_int_equal(act(w.admin, w.ministry, id, "resume"), 200);
	assert_int_equal(act(w.admin, w.ministry, id, "resume"), 409);
	work_now(f);
	pass(2 * DAY);
	work_now(f);
	assert_int_equal(count(id, "waiting"), 0);
	assert_true(count(id, "taken") >= 1);
	end_webhook(w.ministry, w.admin, id);
}

static void one_that_says_it_is_gone_is_paused_at_once(void **state)
{
	int64_t id = a_webhook(w.ministry, w.admin, receiver, "\"enrolment.made\"", SECRET);
	(void)state;
	peer_mood(receiver, PEER_GONE);
	enrol(w.learner);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM webhook WHERE id = %lld AND paused_why = 'gone'", (long long)id), 1);
	peer_mood(receiver, PEER_GOOD);
	give_up(w.learner);
	end_webhook(w.ministry, w.admin, id);
}

static void what_was_told_is_told_again_on_wish(void **state)
{
	char path[200], json[100];
	struct civil day = clock_date(person_today(&f->cx));
	struct client *c = client_as(f, w.admin);
	int64_t id = a_webhook(w.ministry, w.admin, receiver, "\"enrolment.made\",\"enrolment.ended\"", SECRET);
	(void)state;
	enrol(w.learner);
	give_up(w.learner);
	work_now(f);
	assert_int_equal(count(id, "taken"), 2);
	size_t before = peer_taken(receiver);
	snprintf(path, sizeof path, "/api/v1/orgs/%lld/webhooks/%lld/replay", (long long)w.ministry, (long long)id);
	snprintf(json, sizeof json, "{\"since\":\"%04d-%02d-%02d\",\"dry_run\":true}", day.year, day.month, day.day);
	assert_int_equal(post_json(c, path, json), 200);
	assert_int_equal(json_number(c, "n"), 2);
	work_now(f);
	assert_int_equal(peer_taken(receiver), before);
	snprintf(json, sizeof json, "{\"since\":\"%04d-%02d-%02d\"}", day.year, day.month, day.day);
	assert_int_equal(post_json(c, path, json), 200);
	work_now(f);
	assert_int_equal(peer_taken(receiver), before + 2);
	snprintf(path, sizeof path, "/api/v1/orgs/%lld/webhooks/%lld/deliveries/%lld/again", (long long)w.ministry, (long long)id,
		 (long long)query_int(f, "SELECT min(event_id) FROM webhook_delivery WHERE webhook_id = %lld", (long long)id));
	assert_int_equal(post_json(c, path, "{}"), 200);
	assert_int_equal(post_json(c, path, "{}"), 409);
	work_now(f);
	assert_int_equal(peer_taken(receiver), before + 3);
	snprintf(path, sizeof path, "/api/v1/orgs/%lld/webhooks/%lld/deliveries", (long long)w.ministry, (long long)id);
	assert_int_equal(get(c, "%s", path), 200);
	assert_true(body_has(c, "\"status\":200") && body_has(c, "\"state\":\"taken\""));
	end_webhook(w.ministry, w.admin, id);
	client_free(c);
}

static void a_secret_is_shown_once_and_kept_sealed(void **state)
{
	char path[200], form[200], secret[80], newer[80], request[16000];
	struct client *c = client_as(f, w.admin);
	(void)state;
	snprintf(path, sizeof path, "/orgs/%lld/webhooks", (long long)w.ministry);
	assert_int_equal(get(c, "%s", path), 200);
	snprintf(form, sizeof form, "address=http%%3A%%2F%%2F127.0.0.1%%3A%u%%2Fx&kinds.enrolment.made=x", peer_port(receiver));
	assert_int_equal(post(c, path, form), 200);
	const char *at = strstr(buf_get(&c->body).p, "whsec_");
	assert_non_null(at);
	snprintf(secret, sizeof secret, "%.*s", (int)strcspn(at, "<"), at);
	int64_t id = query_int(f, "SELECT max(id) FROM webhook");
	snprintf(path, sizeof path, "/orgs/%lld/webhooks/%lld", (long long)w.ministry, (long long)id);
	assert_int_equal(get(c, "%s", path), 200);
	assert_false(body_has(c, "whsec_"));
	assert_int_equal(query_int(f, "SELECT count(*) FROM webhook WHERE secret LIKE '%%%s%%'", secret + 6), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM audit WHERE input LIKE '%%whsec_%%'"), 0);

	snprintf(path, sizeof path, "/orgs/%lld/webhooks/%lld/secret", (long long)w.ministry, (long long)id);
	assert_int_equal(post(c, path, ""), 200);
	at = strstr(buf_get(&c->body).p, "whsec_");
	assert_non_null(at);
	snprintf(newer, sizeof newer, "%.*s", (int)strcspn(at, "<"), at);
	assert_string_not_equal(secret, newer);
	enrol(w.learner);
	work_now(f);
	peer_last(receiver, request, sizeof request);
	assert_true(is_signed(request, secret) && is_signed(request, newer));
	pass(DAY + HOUR);
	give_up(w.learner);
	enrol(w.learner);
	work_now(f);
	peer_last(receiver, request, sizeof request);
	assert_true(is_signed(request, newer));
	assert_false(is_signed(request, secret));
	give_up(w.learner);
	end_webhook(w.ministry, w.admin, id);
	client_free(c);
}

static void addresses_of_our_own_network_are_refused(void **state)
{
	char path[100], json[300];
	struct client *c = client_as(f, w.admin);
	(void)state;
	snprintf(path, sizeof path, "/api/v1/orgs/%lld/webhooks", (long long)w.ministry);
	assert_int_equal(post_json(c, path, "{\"address\":\"http://10.0.0.1/\",\"kinds\":[\"enrolment.made\"]}"), 422);
	assert_int_equal(post_json(c, path, "{\"address\":\"ftp://hr.example.gov.in/\",\"kinds\":[\"enrolment.made\"]}"), 422);
	assert_int_equal(post_json(c, path, "{\"address\":\"https://hr.example.gov.in/\",\"kinds\":[]}"), 422);
	assert_int_equal(post_json(c, path, "{\"address\":\"https://hr.example.gov.in/\",\"kinds\":[\"all\"]}"), 422);
	assert_int_equal(post_json(c, path, "{\"address\":\"https://hr.example.gov.in/\",\"kinds\":[\"enrolment.made\"],\"secret\":\"short\"}"), 422);
	/* A name is judged when the connection is made: here nothing but 127.0.0.0/8 is allowed, and "localhost" may be ::1, too. */
	snprintf(json, sizeof json, "{\"address\":\"https://[::1]:%u/\",\"kinds\":[\"enrolment.made\"],\"secret\":\"" SECRET "\"}", peer_port(receiver));
	assert_int_equal(post_json(c, path, json), 200);
	int64_t id = json_number(c, "id");
	enrol(w.learner);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM webhook_delivery WHERE webhook_id = %lld AND status IS NULL AND words LIKE '%%connections are not made there%%'",
				   (long long)id), 1);
	give_up(w.learner);
	end_webhook(w.ministry, w.admin, id);
	client_free(c);
}

static void what_was_left_in_a_refused_form_stays(void **state)
{
	char path[100];
	struct client *c = client_as(f, w.admin);
	int64_t id = a_webhook(w.ministry, w.admin, receiver, "\"enrolment.made\",\"enrolment.ended\"", SECRET);
	(void)state;
	snprintf(path, sizeof path, "/orgs/%lld/webhooks/%lld", (long long)w.ministry, (long long)id);
	assert_int_equal(get(c, "%s", path), 200);
	assert_true(body_has(c, "kinds.enrolment.made\" value=\"x\" checked") && body_has(c, "kinds.enrolment.ended\" value=\"x\" checked"));
	assert_int_equal(post(c, path, "address=nowhere&kinds.enrolment.ended=x"), 422);
	assert_false(body_has(c, "kinds.enrolment.made\" value=\"x\" checked"));
	assert_true(body_has(c, "kinds.enrolment.ended\" value=\"x\" checked"));
	end_webhook(w.ministry, w.admin, id);
	client_free(c);
}

static void nobody_manages_those_of_others(void **state)
{
	int64_t id = a_webhook(w.ministry, w.admin, receiver, "\"enrolment.made\"", SECRET);
	(void)state;
	assert_int_equal(act(w.other_admin, w.ministry, id, "pause"), 403);
	assert_int_equal(act(w.other_admin, w.other_ministry, id, "pause"), 404);
	assert_int_equal(act(w.learner, w.ministry, id, "pause"), 403);
	assert_int_equal(act(w.admin, w.ministry, id, "pause"), 200);
	end_webhook(w.ministry, w.admin, id);
}

static void old_events_are_forgotten(void **state)
{
	int64_t id = a_webhook(w.ministry, w.admin, receiver, "\"enrolment.made\"", SECRET);
	(void)state;
	enrol(w.learner);
	work_now(f);
	assert_int_equal(count(id, "taken"), 1);
	pass(WEBHOOK_KEPT + 2 * DAY);
	work_now(f);
	assert_int_equal(count(id, "taken"), 0);
	give_up(w.learner);
	end_webhook(w.ministry, w.admin, id);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	schedule_work(f);
	receiver = peer_http();
	return 0;
}

static int end(void **state)
{
	(void)state;
	assert_int_equal(check_findings(f), 0);
	peer_end(receiver);
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_fact_is_told_once_and_signed),
		cmocka_unit_test(what_was_taken_back_is_not_told),
		cmocka_unit_test(only_who_asked_and_is_above_hears),
		cmocka_unit_test(a_transfer_is_told_where_one_comes_and_where_one_leaves),
		cmocka_unit_test(what_is_not_taken_is_tried_again_with_the_same_id),
		cmocka_unit_test(a_way_elsewhere_is_not_followed),
		cmocka_unit_test(one_that_hangs_holds_up_no_other),
		cmocka_unit_test(after_five_days_it_is_paused_and_its_keeper_told_and_nothing_is_lost),
		cmocka_unit_test(one_that_says_it_is_gone_is_paused_at_once),
		cmocka_unit_test(what_was_told_is_told_again_on_wish),
		cmocka_unit_test(a_secret_is_shown_once_and_kept_sealed),
		cmocka_unit_test(addresses_of_our_own_network_are_refused),
		cmocka_unit_test(what_was_left_in_a_refused_form_stays),
		cmocka_unit_test(nobody_manages_those_of_others),
		cmocka_unit_test(old_events_are_forgotten),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
