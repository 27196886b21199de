/* Signing in through a provider on loopback: whole sign-ins, new keys, who is linked to whom, and everything that an attacker, a thief of
 * answers or a broken provider sends. Whatever does not hold opens nothing, and the page says so. */
#include "http_test.h"
#include "feature/secret/secret.h"
#include "issuer.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <pthread.h>

static struct fixture *f;
static struct world w;
static struct issuer *idp;
static struct client *operator;
static EVP_PKEY *rsa, *ec, *ed, *stranger;
static char jwks[8192];
static int64_t provider_id;

#define SSO_FAILS 422

/* ── the browser and the provider's side of one sign-in ── */

struct going {
	char state[100], nonce[100], challenge[100];
};

static void parameter(const char *url, const char *name, char *ret, size_t n)
{
	char mark[60];
	snprintf(mark, sizeof mark, "%s=", name);
	const char *p = strstr(url, mark);
	NEED(p, "no %s in %s", name, url);
	p += strlen(mark);
	snprintf(ret, n, "%.*s", (int)strcspn(p, "&"), p);
}

static void go(struct client *c, const char *to, struct going *g)
{
	NEED(get(c, "/sso/go/first%s", to) == 303, "no way to the provider: %ld", c->status);
	const char *url = answer_header(c, "Location");
	NEED(strncmp(url, issuer_url(idp), strlen(issuer_url(idp))) == 0, "to %s", url);
	assert_non_null(strstr(url, "response_type=code&"));
	assert_non_null(strstr(url, "code_challenge_method=S256"));
	parameter(url, "state", g->state, sizeof g->state);
	parameter(url, "nonce", g->nonce, sizeof g->nonce);
	parameter(url, "code_challenge", g->challenge, sizeof g->challenge);
}

/* What an ID token says, with what differs from a good one. NULL, 0: as it should be. */
struct saying {
	const char *iss, *aud, *nonce, *sub, *email, *more, *verified;
	int64_t issued, expires; /* seconds from now */
	bool no_nonce, no_email;
};

static const char *claims(const struct going *g, const struct saying *s)
{
	int64_t now = f->app.fixed_now / 1000;
	struct arena *a = f->cx.arena;
	struct str email = s->no_email ? S("")
				       : str_fmt(a, ",\"email\":\"%s\",\"email_verified\":%s", s->email ? s->email : "learner@example.gov.in",
						 s->verified ? s->verified : "true");
	struct str nonce = s->no_nonce ? S("") : str_fmt(a, ",\"nonce\":\"%s\"", s->nonce ? s->nonce : g->nonce);
	return str_fmt(a, "{\"iss\":\"%s\",\"aud\":%s,\"sub\":\"%s\",\"iat\":%lld,\"exp\":%lld%s%s%s}", s->iss ? s->iss : issuer_url(idp),
		       s->aud ? s->aud : "\"" ISSUER_CLIENT "\"", s->sub ? s->sub : "subject-1", (long long)(now + s->issued),
		       (long long)(now + (s->expires ? s->expires : 300)), nonce.p, email.p, s->more ? s->more : "")
		.p;
}

/* The provider's answer comes back to the browser, which sends it on. */
static long come_back(struct client *c, const char *state, const char *code, const char *iss)
{
	struct str query = str_fmt(f->cx.arena, "state=%s&code=%s%s%s", state, code, iss ? "&iss=" : "", iss ? iss : "");
	NEED(get(c, "/sso/back/first?%s", query.p) == 200, "no way back: %ld", c->status);
	assert_true(body_has(c, "data-send-now"));
	return post(c, "/sso/enter/first", query.p);
}

static void prepare(const struct going *g, EVP_PKEY *key, const char *alg, const char *kid, const struct saying *s, const char *userinfo)
{
	static char token[16384];
	issuer_token(key, alg, kid, "", claims(g, s), token, sizeof token);
	issuer_code(idp, "the-code", g->challenge, token, "the-access-token", userinfo);
}

static long sign_in_with(struct client *c, EVP_PKEY *key, const char *alg, const char *kid, const struct saying *s)
{
	struct going g;
	go(c, "", &g);
	prepare(&g, key, alg, kid, s, NULL);
	return come_back(c, g.state, "the-code", NULL);
}

static long sign_in(struct client *c, const struct saying *s)
{
	return sign_in_with(c, rsa, "RS256", "r1", s);
}

static bool is_in(struct client *c)
{
	return get(c, "/api/v1/me") == 200;
}

/* A whole sign-in by somebody new to this browser, and whether it opened. */
static long tried(const struct saying *s)
{
	struct client *c = client_new(f);
	long status = sign_in(c, s);
	if (is_in(c) != (status == 303))
		status = -1;
	client_free(c);
	return status;
}

static void forget_links(void)
{
	char n[20];
	while (query_int(f, "SELECT count(*) FROM sso_identity")) {
		query_text(f, n, sizeof n, "SELECT id FROM sso_identity");
		tamper(f, "DELETE FROM sso_identity WHERE id = %s", n);
	}
}

static void later(int64_t ms)
{
	f->app.fixed_now += ms;
}

/* ── naming a provider ── */

static long add_provider(const char *code, const char *issuer, const char *domains)
{
	return post_json(operator, base_of("/api/v1/orgs/%lld/providers", (long long)w.ministry),
			 str_fmt(f->cx.arena,
				 "{\"name\":\"The First\",\"code\":\"%s\",\"issuer\":\"%s\",\"client_id\":\"" ISSUER_CLIENT
				 "\",\"client_secret\":\"" ISSUER_SECRET "\",\"domains\":\"%s\",\"mfa_acr\":\"level-4\"}",
				 code, issuer, domains)
				 .p);
}

static void a_provider_is_named_only_when_it_is_what_it_says(void **state)
{
	char path[100];
	(void)state;
	assert_int_equal(add_provider("first", "http://provider.example.gov.in", "example.gov.in"), 422);
	assert_true(body_has(operator, "\"field\":\"issuer\""));
	assert_int_equal(add_provider("first", issuer_url(idp), "no domain"), 422);
	assert_true(body_has(operator, "\"field\":\"domains\""));
	issuer_says(idp, false, "https://other.example");
	assert_int_equal(add_provider("first", issuer_url(idp), "example.gov.in"), 422);
	assert_true(body_has(operator, "another issuer"));
	issuer_says(idp, false, NULL);
	issuer_mood(idp, ISSUER_FAILS);
	assert_int_equal(add_provider("first", issuer_url(idp), "example.gov.in"), 422);
	assert_true(body_has(operator, "status 500"));
	issuer_mood(idp, ISSUER_GOOD);
	assert_int_equal(query_int(f, "SELECT count(*) FROM sso_provider"), 0);
	assert_int_equal(add_provider("first", issuer_url(idp), "@Example.gov.in, nic.example"), 200);
	provider_id = json_number(operator, "id");
	assert_int_equal(add_provider("first", issuer_url(idp), "third.example"), 409);
	assert_int_equal(add_provider("second", issuer_url(idp), "nic.example"), 409);
	assert_int_equal(query_int(f, "SELECT count(*) FROM sso_provider"), 1);
	snprintf(path, sizeof path, "%s", issuer_url(idp));
	assert_int_equal(query_int(f, "SELECT count(*) FROM sso_provider WHERE client_secret LIKE '%%secret%%'"), 0);
	assert_int_equal(get(operator, "/orgs/%lld/providers", (long long)w.ministry), 200);
	assert_true(body_has(operator, "example.gov.in, nic.example"));
	assert_true(body_has(operator, "/sso/back/first"));
	assert_false(body_has(operator, ISSUER_SECRET));
}

static void who_may_not_name_providers_does_not(void **state)
{
	struct client *c = client_as(f, w.admin);
	(void)state;
	assert_int_equal(get(c, "/orgs/%lld/providers", (long long)w.ministry), 403);
	assert_int_equal(get(c, "/orgs/%lld", (long long)w.ministry), 200);
	assert_false(body_has(c, "/providers"));
	client_free(c);
	assert_int_equal(get(operator, "/orgs/%lld", (long long)w.ministry), 200);
	assert_true(body_has(operator, "/providers"));
}

/* ── what goes well ── */

static void a_whole_sign_in_links_by_the_verified_address_and_then_by_the_subject(void **state)
{
	struct client *c = client_new(f);
	struct going g;
	(void)state;
	assert_int_equal(get(c, "/sign-in"), 200);
	assert_true(body_has(c, "/sso/go/first?to=%2F"));
	go(c, "?to=/courses", &g);
	prepare(&g, rsa, "RS256", "r1", &(struct saying){ .email = "Learner@Example.GOV.in" }, NULL);
	assert_int_equal(come_back(c, g.state, "the-code", NULL), 303);
	assert_string_equal(answer_header(c, "Location"), "/courses");
	assert_true(is_in(c));
	assert_int_equal(json_number(c, "id"), w.learner);
	assert_int_equal(query_int(f, "SELECT count(*) FROM mail WHERE person_id = %lld", (long long)w.learner), 1);
	assert_int_equal(get(c, "/me"), 200);
	assert_true(body_has(c, "learner@example.gov.in"));
	assert_true(body_has(c, "/me/identities/"));
	client_free(c);
	/* Another address, or none, is still the same person; the same address of another subject is not. */
	assert_int_equal(tried(&(struct saying){ .email = "new@example.gov.in" }), 303);
	assert_int_equal(tried(&(struct saying){ .no_email = true }), 303);
	assert_int_equal(tried(&(struct saying){ .sub = "subject-2" }), SSO_FAILS);
	assert_int_equal(query_int(f, "SELECT count(*) FROM sso_identity"), 1);
}

static void every_algorithm_of_the_list_is_taken(void **state)
{
	struct client *c = client_new(f);
	(void)state;
	assert_int_equal(sign_in_with(c, rsa, "PS256", "p1", &(struct saying){ 0 }), 303);
	client_free(c);
	c = client_new(f);
	assert_int_equal(sign_in_with(c, ec, "ES256", "e1", &(struct saying){ 0 }), 303);
	client_free(c);
	c = client_new(f);
	assert_int_equal(sign_in_with(c, ed, "EdDSA", "d1", &(struct saying){ 0 }), 303);
	assert_true(is_in(c));
	client_free(c);
}

static void claims_that_are_missing_come_from_userinfo(void **state)
{
	static const char other[] = "{\"sub\":\"somebody\",\"email\":\"colleague@example.gov.in\",\"email_verified\":true}";
	static const char own[] = "{\"sub\":\"subject-3\",\"email\":\"colleague@example.gov.in\",\"email_verified\":true}";
	struct saying s = { .sub = "subject-3", .no_email = true };
	struct client *c = client_new(f);
	struct going g;
	(void)state;
	go(c, "", &g);
	prepare(&g, rsa, "RS256", "r1", &s, other);
	assert_int_equal(come_back(c, g.state, "the-code", NULL), SSO_FAILS);
	go(c, "", &g);
	prepare(&g, rsa, "RS256", "r1", &s, own);
	assert_int_equal(come_back(c, g.state, "the-code", NULL), 303);
	assert_true(is_in(c));
	assert_int_equal(json_number(c, "id"), w.colleague);
	client_free(c);
}

static void new_keys_are_read_once_in_a_minute(void **state)
{
	char key[2000], more[8192];
	EVP_PKEY *fresh = issuer_key("RS256");
	struct client *c = client_new(f);
	(void)state;
	later(5 * MINUTE);
	issuer_jwk(fresh, "RS256", "r2", key, sizeof key);
	unsigned calls = issuer_calls(idp, "/keys");
	assert_int_equal(sign_in_with(c, fresh, "RS256", "r2", &(struct saying){ 0 }), SSO_FAILS);
	assert_int_equal(issuer_calls(idp, "/keys"), calls + 1);
	snprintf(more, sizeof more, "{\"keys\":[%s]}", key);
	issuer_publish(idp, more);
	later(30 * SECOND);
	assert_int_equal(sign_in_with(c, fresh, "RS256", "r2", &(struct saying){ 0 }), SSO_FAILS);
	assert_int_equal(issuer_calls(idp, "/keys"), calls + 1);
	later(31 * SECOND);
	assert_int_equal(sign_in_with(c, fresh, "RS256", "r2", &(struct saying){ 0 }), 303);
	assert_int_equal(issuer_calls(idp, "/keys"), calls + 2);
	client_free(c);
	/* The old key is gone with that. */
	later(61 * SECOND);
	assert_int_equal(tried(&(struct saying){ 0 }), SSO_FAILS);
	EVP_PKEY_free(fresh);
	issuer_publish(idp, jwks);
	later(61 * SECOND);
	assert_int_equal(tried(&(struct saying){ 0 }), 303);
}

static void the_job_reads_the_documents_anew_and_tells_of_trouble(void **state)
{
	(void)state;
	schedule_work(f);
	issuer_mood(idp, ISSUER_GARBAGE);
	later(2 * HOUR);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM sso_provider WHERE trouble IS NOT NULL"), 1);
	assert_int_equal(get(operator, "/orgs/%lld/providers", (long long)w.ministry), 200);
	assert_true(body_has(operator, "Not reached"));
	issuer_mood(idp, ISSUER_GOOD);
	assert_int_equal(tried(&(struct saying){ 0 }), 303); /* what was read last still counts */
	later(2 * HOUR);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM sso_provider WHERE trouble IS NOT NULL"), 0);
}

/* ── attacks ── */

static void a_token_that_does_not_hold_opens_nothing(void **state)
{
	static const struct {
		const char *what;
		struct saying s;
	} bad[] = {
		{ "another issuer", { .iss = "https://evil.example" } },
		{ "issuer with a slash more", { .iss = "http://127.0.0.1/" } },
		{ "another audience", { .aud = "\"other\"" } },
		{ "no audience", { .aud = "[]" } },
		{ "two audiences and no azp", { .aud = "[\"" ISSUER_CLIENT "\",\"other\"]" } },
		{ "azp of another", { .more = ",\"azp\":\"other\"" } },
		{ "another nonce", { .nonce = "0123" } },
		{ "no nonce", { .no_nonce = true } },
		{ "expired", { .issued = -300, .expires = -61 } },
		{ "from the future", { .issued = 61 } },
		{ "long ago", { .issued = -4000 } },
		{ "not in force yet", { .more = ",\"nbf\":99999999999" } },
		{ "at_hash of another token", { .more = ",\"at_hash\":\"AAAAAAAAAAAAAAAAAAAAAA\"" } },
		{ "a subject beyond ASCII", { .sub = "\xc3\xa9" } },
		{ "no subject", { .sub = "" } },
		{ "the same claim twice", { .more = ",\"sub\":\"subject-9\"" } },
	};
	int open = 0;
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		long status = tried(&bad[i].s);
		if (status != SSO_FAILS) {
			print_error("%s: %ld\n", bad[i].what, status);
			open++;
		}
		later(16 * MINUTE);
	}
	assert_int_equal(open, 0);
	/* Within the minute that clocks may be apart it holds. */
	assert_int_equal(tried(&(struct saying){ .issued = -200, .expires = -58 }), 303);
	assert_int_equal(tried(&(struct saying){ .issued = 58 }), 303);
	assert_int_equal(tried(&(struct saying){ .aud = "[\"" ISSUER_CLIENT "\",\"other\"]", .more = ",\"azp\":\"" ISSUER_CLIENT "\"" }), 303);
}

static long with_token(const char *alg, const char *kid, EVP_PKEY *key, const char *shared, const char *cut)
{
	static char token[16384];
	struct client *c = client_new(f);
	struct going g;
	later(16 * MINUTE);
	go(c, "", &g);
	issuer_token(key, alg, kid, shared, claims(&g, &(struct saying){ 0 }), token, sizeof token);
	if (cut)
		*strrchr(token, '.') = 0;
	issuer_code(idp, "the-code", g.challenge, token, NULL, NULL);
	long status = come_back(c, g.state, "the-code", NULL);
	if (is_in(c))
		status = -1;
	client_free(c);
	return status;
}

static void a_signature_that_is_none_opens_nothing(void **state)
{
	char public_key[4000] = "";
	BIO *b = BIO_new(BIO_s_mem());
	(void)state;
	PEM_write_bio_PUBKEY(b, rsa);
	BIO_read(b, public_key, sizeof public_key - 1);
	BIO_free(b);
	assert_int_equal(with_token("none", NULL, NULL, "", NULL), SSO_FAILS);
	assert_int_equal(with_token("none", "r1", NULL, "", NULL), SSO_FAILS);
	assert_int_equal(with_token("HS256", "r1", NULL, public_key, NULL), SSO_FAILS);
	assert_int_equal(with_token("HS256", "r1", NULL, ISSUER_SECRET, NULL), SSO_FAILS);
	assert_int_equal(with_token("RS256", "r1", stranger, "", NULL), SSO_FAILS);
	assert_int_equal(with_token("RS256", NULL, stranger, "", NULL), SSO_FAILS);
	assert_int_equal(with_token("PS256", "r1", rsa, "", NULL), SSO_FAILS); /* the key says RS256 */
	assert_int_equal(with_token("RS256", "e1", rsa, "", NULL), SSO_FAILS);
	assert_int_equal(with_token("RS256", "r1", rsa, "", "cut"), SSO_FAILS);
}

static void an_answer_is_good_once_and_in_its_own_browser(void **state)
{
	struct client *c = client_new(f), *thief = client_new(f);
	struct going g, other;
	(void)state;
	go(c, "", &g);
	prepare(&g, rsa, "RS256", "r1", &(struct saying){ 0 }, NULL);
	unsigned calls = issuer_calls(idp, "/token");
	/* Without the cookie, with that of another sign-in, under a state of one's own. */
	assert_int_equal(come_back(thief, g.state, "the-code", NULL), SSO_FAILS);
	go(thief, "", &other);
	assert_int_equal(come_back(thief, g.state, "the-code", NULL), SSO_FAILS);
	assert_int_equal(come_back(c, other.state, "the-code", NULL), SSO_FAILS);
	assert_int_equal(issuer_calls(idp, "/token"), calls);
	/* A stolen code under the thief's own state: PKCE and nonce are others. */
	assert_int_equal(come_back(thief, other.state, "the-code", NULL), SSO_FAILS);
	assert_false(is_in(thief));
	assert_int_equal(come_back(c, g.state, "the-code", NULL), 303);
	assert_true(is_in(c));
	client_free(thief);
	client_free(c);
}

/* The cookie is forgotten with the first answer; whoever kept it has a state that is used up. */
static void a_state_is_answered_once(void **state)
{
	struct client *c = client_new(f);
	struct going g;
	char cookie[4000], line[4100];
	(void)state;
	go(c, "", &g);
	snprintf(cookie, sizeof cookie, "%.*s", (int)strcspn(answer_header(c, "Set-Cookie"), ";"), answer_header(c, "Set-Cookie"));
	prepare(&g, rsa, "RS256", "r1", &(struct saying){ 0 }, NULL);
	assert_int_equal(come_back(c, g.state, "the-code", NULL), 303);
	client_free(c);
	c = client_new(f);
	prepare(&g, rsa, "RS256", "r1", &(struct saying){ 0 }, NULL);
	snprintf(line, sizeof line, "Cookie: %s", cookie);
	c->header[0] = line;
	assert_int_equal(post(c, "/sso/enter/first", base_of("state=%s&code=the-code", g.state)), 410);
	assert_false(is_in(c));
	/* Also one whose answer was refused, and one that took too long. */
	go(c, "", &g);
	prepare(&g, rsa, "RS256", "r1", &(struct saying){ .nonce = "x" }, NULL);
	assert_int_equal(come_back(c, g.state, "the-code", NULL), SSO_FAILS);
	unsigned calls = issuer_calls(idp, "/token");
	assert_int_equal(come_back(c, g.state, "the-code", NULL), 410);
	assert_int_equal(issuer_calls(idp, "/token"), calls);
	go(c, "", &g);
	prepare(&g, rsa, "RS256", "r1", &(struct saying){ 0 }, NULL);
	later(11 * MINUTE);
	assert_int_equal(come_back(c, g.state, "the-code", NULL), SSO_FAILS);
	client_free(c);
}

static void the_answer_of_another_provider_is_not_taken(void **state)
{
	struct client *c = client_new(f);
	struct going g;
	unsigned calls = issuer_calls(idp, "/token");
	(void)state;
	go(c, "", &g);
	prepare(&g, rsa, "RS256", "r1", &(struct saying){ 0 }, NULL);
	assert_int_equal(come_back(c, g.state, "the-code", "https%3A%2F%2Fevil.example"), SSO_FAILS);
	assert_int_equal(issuer_calls(idp, "/token"), calls); /* the code went nowhere */
	/* One that always names itself must do so. */
	issuer_says(idp, true, NULL);
	later(2 * HOUR);
	work_now(f);
	go(c, "", &g);
	prepare(&g, rsa, "RS256", "r1", &(struct saying){ 0 }, NULL);
	assert_int_equal(come_back(c, g.state, "the-code", NULL), SSO_FAILS);
	assert_int_equal(issuer_calls(idp, "/token"), calls);
	assert_int_equal(come_back(c, g.state, "the-code", issuer_url(idp)), 303);
	issuer_says(idp, false, NULL);
	later(2 * HOUR);
	work_now(f);
	/* The state of one provider at the address of another one. */
	assert_int_equal(get(c, "/sso/back/nothing?state=x&code=y"), 404);
	client_free(c);
	c = client_new(f);
	go(c, "", &g);
	assert_int_equal(get(c, "/sso/back/first?error=access_denied&state=%s", g.state), 200);
	assert_int_equal(post(c, "/sso/enter/first", base_of("error=access_denied&state=%s", g.state)), SSO_FAILS);
	client_free(c);
}

static void a_form_of_another_site_enters_nothing(void **state)
{
	struct client *c = client_new(f);
	struct going g;
	(void)state;
	go(c, "", &g);
	prepare(&g, rsa, "RS256", "r1", &(struct saying){ 0 }, NULL);
	c->header[0] = "Origin: https://evil.example";
	assert_int_equal(post(c, "/sso/enter/first", base_of("state=%s&code=the-code", g.state)), 403);
	assert_false(is_in(c));
	client_free(c);
}

/* ── a provider that does not work ── */

static void a_provider_that_does_not_work_costs_nothing_but_time(void **state)
{
	static const enum issuer_mood moods[] = { ISSUER_DROPS, ISSUER_FAILS, ISSUER_HUGE, ISSUER_REDIRECT, ISSUER_GARBAGE, ISSUER_DENIES, ISSUER_SILENT };
	(void)state;
	for (size_t i = 0; i < sizeof moods / sizeof *moods; i++) {
		struct client *c = client_new(f);
		struct going g;
		int64_t begun = clock_monotonic();
		later(16 * MINUTE);
		go(c, "", &g);
		prepare(&g, rsa, "RS256", "r1", &(struct saying){ 0 }, NULL);
		issuer_mood(idp, moods[i]);
		assert_int_equal(come_back(c, g.state, "the-code", NULL), SSO_FAILS);
		issuer_mood(idp, ISSUER_GOOD);
		assert_true(body_has(c, "Sign in"));
		assert_false(is_in(c));
		assert_true(clock_monotonic() - begun < 20 * INT64_C(1000000000));
		client_free(c);
	}
	later(16 * MINUTE);
	assert_int_equal(tried(&(struct saying){ 0 }), 303);
}

/* ── who is linked to whom ── */

static void only_a_verified_address_of_ones_own_people_links(void **state)
{
	(void)state;
	forget_links();
	later(16 * MINUTE);
	assert_int_equal(tried(&(struct saying){ .verified = "false" }), SSO_FAILS);
	assert_int_equal(tried(&(struct saying){ .verified = "\"true\"" }), SSO_FAILS);
	assert_int_equal(tried(&(struct saying){ .no_email = true }), SSO_FAILS);
	assert_int_equal(tried(&(struct saying){ .email = "nobody@example.gov.in" }), SSO_FAILS);
	later(16 * MINUTE);
	assert_int_equal(tried(&(struct saying){ .email = "learner@other.example" }), SSO_FAILS);
	assert_int_equal(tried(&(struct saying){ .email = "other-learner@example.gov.in" }), SSO_FAILS); /* posted in another ministry */
	tamper(f, "UPDATE person SET state = 'left' WHERE id = %lld", (long long)w.colleague);
	assert_int_equal(tried(&(struct saying){ .email = "colleague@example.gov.in" }), SSO_FAILS);
	tamper(f, "UPDATE person SET state = 'active' WHERE id = %lld", (long long)w.colleague);
	assert_int_equal(query_int(f, "SELECT count(*) FROM sso_identity"), 0);
	later(16 * MINUTE);
	assert_int_equal(tried(&(struct saying){ 0 }), 303);
	tamper(f, "UPDATE person SET state = 'left' WHERE id = %lld", (long long)w.learner);
	assert_int_equal(tried(&(struct saying){ 0 }), SSO_FAILS);
	tamper(f, "UPDATE person SET state = 'active' WHERE id = %lld", (long long)w.learner);
	/* Who was posted elsewhere since does not come in by the old ministry's word. */
	tamper(f, "UPDATE posting SET org_id = %lld WHERE person_id = %lld", (long long)w.other_office, (long long)w.learner);
	assert_int_equal(tried(&(struct saying){ 0 }), SSO_FAILS);
	tamper(f, "UPDATE posting SET org_id = %lld WHERE person_id = %lld", (long long)w.office, (long long)w.learner);
	assert_int_equal(tried(&(struct saying){ 0 }), 303);
	/* Nor does who has a say over others: their provider's word would give power where it has none. */
	tamper(f, "INSERT INTO role_grant (id, person_id, role, org_id, granted_at) VALUES (1, %lld, 'operator', %lld, 0)", (long long)w.learner, (long long)w.other_office);
	later(16 * MINUTE);
	assert_int_equal(tried(&(struct saying){ 0 }), SSO_FAILS);
	tamper(f, "UPDATE role_grant SET ended_at = 1 WHERE id = 1");
	assert_int_equal(tried(&(struct saying){ 0 }), 303);
}

static void a_link_is_taken_away_when_another_way_in_is_left(void **state)
{
	struct client *c = client_new(f), *other = client_as(f, w.colleague);
	char hash[300];
	(void)state;
	later(16 * MINUTE);
	assert_int_equal(sign_in(c, &(struct saying){ 0 }), 303);
	int64_t id = query_int(f, "SELECT id FROM sso_identity WHERE person_id = %lld", (long long)w.learner);
	assert_int_equal(get(c, "/me"), 200);
	assert_int_equal(post(other, base_of("/me/identities/%lld/end", (long long)id), ""), 404);
	query_text(f, hash, sizeof hash, "SELECT password FROM person WHERE id = %lld", (long long)w.learner);
	tamper(f, "UPDATE person SET password = NULL WHERE id = %lld", (long long)w.learner);
	assert_int_equal(post(c, base_of("/me/identities/%lld/end", (long long)id), ""), 409);
	assert_true(body_has(c, "only way to sign in"));
	tamper(f, "UPDATE person SET password = '%s' WHERE id = %lld", hash, (long long)w.learner);
	assert_int_equal(post(c, base_of("/me/identities/%lld/end", (long long)id), ""), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM sso_identity WHERE person_id = %lld", (long long)w.learner), 0);
	client_free(c);
	client_free(other);
}

/* ── the second factor ── */

static void a_second_factor_at_the_provider_counts_and_else_ours_is_asked_for(void **state)
{
	struct client *c;
	(void)state;
	later(16 * MINUTE);
	tamper(f, "INSERT INTO second_factor (person_id, secret, last_step, begun_at, on_at) VALUES (%lld, 'x', 0, 1, 1)", (long long)w.learner);
	c = client_new(f);
	assert_int_equal(sign_in(c, &(struct saying){ .more = ",\"amr\":[\"pwd\"],\"acr\":\"level-3\"" }), 303);
	assert_string_equal(answer_header(c, "Location"), "/sign-in/second?to=/");
	assert_false(is_in(c));
	/* The whole session still knows the provider, for the sign-out. */
	tamper(f, "INSERT INTO recovery_code (person_id, code_hash) VALUES (%lld, '%s')", (long long)w.learner, secret_hash(&f->cx, "recovery", S("ABCDEFGHJK")).p);
	assert_int_equal(get(c, "/sign-in/second"), 200);
	assert_int_equal(post(c, "/sign-in/second", "code=ABCDE-FGHJK"), 303);
	assert_true(is_in(c));
	assert_int_equal(get(c, "/me"), 200);
	assert_int_equal(post(c, "/sign-out", ""), 303);
	assert_int_equal(strncmp(answer_header(c, "Location"), "/sso/left?from=", 15), 0);
	tamper(f, "DELETE FROM recovery_code WHERE person_id = %lld", (long long)w.learner);
	client_free(c);
	assert_int_equal(tried(&(struct saying){ .more = ",\"amr\":[\"pwd\",\"mfa\"]" }), 303);
	assert_int_equal(tried(&(struct saying){ .more = ",\"acr\":\"level-4\"" }), 303);
	tamper(f, "DELETE FROM second_factor WHERE person_id = %lld", (long long)w.learner);
}

static void an_administrator_with_two_factors_at_the_provider_need_not_set_up_ours(void **state)
{
	struct client *c = client_new(f);
	(void)state;
	f->app.second_factor_required = true;
	assert_int_equal(sign_in(c, &(struct saying){ .sub = "admin", .email = "admin@example.gov.in" }), 303);
	assert_int_equal(get(c, "/orgs"), 303);
	assert_string_equal(answer_header(c, "Location"), "/me/second-factor");
	client_free(c);
	c = client_new(f);
	assert_int_equal(sign_in(c, &(struct saying){ .sub = "admin", .more = ",\"amr\":[\"mfa\"]" }), 303);
	assert_int_equal(get(c, "/orgs"), 200);
	f->app.second_factor_required = false;
	client_free(c);
}

/* ── leaving, finding ── */

static void signing_out_offers_to_sign_out_at_the_provider(void **state)
{
	struct client *c = client_new(f);
	char to[700];
	(void)state;
	later(16 * MINUTE);
	assert_int_equal(sign_in(c, &(struct saying){ 0 }), 303);
	assert_int_equal(get(c, "/me"), 200);
	assert_int_equal(post(c, "/sign-out", ""), 303);
	snprintf(to, sizeof to, "%s", answer_header(c, "Location"));
	assert_int_equal(strncmp(to, "/sso/left?from=", 15), 0);
	assert_int_equal(get(c, "%s", to), 200);
	assert_true(body_has(c, "/logout?id_token_hint=ey"));
	assert_true(body_has(c, "client_id=" ISSUER_CLIENT));
	later(11 * MINUTE);
	assert_int_equal(get(c, "%s", to), 200);
	assert_false(body_has(c, "id_token_hint"));
	assert_int_equal(get(c, "/sso/left?from=00"), 200);
	assert_false(body_has(c, "id_token_hint"));
	client_free(c);
	c = client_as(f, w.colleague);
	assert_int_equal(post(c, "/sign-out", ""), 303);
	assert_string_equal(answer_header(c, "Location"), "/sign-in");
	client_free(c);
}

static void an_address_leads_to_its_provider(void **state)
{
	struct client *c = client_new(f);
	(void)state;
	assert_int_equal(get(c, "/sso/find?email=asha%%40example.gov.in&to=/courses"), 200);
	assert_true(body_has(c, "href=\"/sso/go/first?to=%2Fcourses\""));
	assert_int_equal(get(c, "/sso/find?email=asha%%40elsewhere.example"), 200);
	assert_true(body_has(c, "No provider is known"));
	assert_int_equal(get(c, "/sso/go/first?to=//evil.example"), 303);
	assert_int_equal(get(c, "/sso/find?email=asha%%40example.gov.in&to=//evil.example"), 200);
	assert_true(body_has(c, "href=\"/sso/go/first?to=%2F\""));
	client_free(c);
}

/* A quarter of the eight workers may wait for a provider; the others go on serving, and who is one too many is told so at once. */
struct visit {
	struct client *c;
	struct going g;
	long status;
};

static void *enter_in_vain(void *arg)
{
	struct visit *v = arg;
	v->status = post(v->c, "/sso/enter/first", base_of("state=%s&code=x", v->g.state));
	return NULL;
}

static void a_silent_provider_does_not_stop_the_server(void **state)
{
	enum { MANY = 4 };
	struct visit v[MANY];
	pthread_t t[MANY];
	int busy = 0, refused = 0;
	(void)state;
	later(16 * MINUTE);
	for (int i = 0; i < MANY; i++) {
		v[i].c = client_new(f);
		go(v[i].c, "", &v[i].g);
	}
	issuer_mood(idp, ISSUER_SILENT);
	for (int i = 0; i < MANY; i++)
		NEED(pthread_create(&t[i], NULL, enter_in_vain, &v[i]) == 0, "no thread");
	int64_t begun = clock_monotonic();
	assert_int_equal(get(operator, "/"), 200);
	assert_true(clock_monotonic() - begun < 5 * INT64_C(1000000000));
	for (int i = 0; i < MANY; i++) {
		pthread_join(t[i], NULL);
		busy += v[i].status == 503;
		refused += v[i].status == SSO_FAILS;
		client_free(v[i].c);
	}
	issuer_mood(idp, ISSUER_GOOD);
	assert_int_equal(busy, 2);
	assert_int_equal(refused, 2);
}

/* With any statement failing nobody is signed in and nothing is kept. */
static void a_failing_statement_signs_nobody_in(void **state)
{
	struct saying s = { .sub = "subject-7", .email = "boss@example.gov.in" };
	unsigned n;
	(void)state;
	for (n = 1; n < 60; n++) {
		struct client *c = client_new(f);
		struct going g;
		uint64_t before = database_hash(f, true);
		go(c, "", &g);
		prepare(&g, rsa, "RS256", "r1", &s, NULL);
		f->app.fail_at = n;
		long status = come_back(c, g.state, "the-code", NULL);
		f->app.fail_at = 0;
		bool in = is_in(c);
		client_free(c);
		if (status == 303)
			break;
		assert_int_equal(status, 503);
		assert_false(in);
		assert_true(database_hash(f, true) == before);
	}
	assert_in_range(n, 8, 59);
	assert_int_equal(query_int(f, "SELECT person_id FROM sso_identity WHERE subject = 'subject-7'"), w.boss);
}

static void an_ended_provider_opens_nothing(void **state)
{
	struct client *c = client_new(f);
	struct going g;
	(void)state;
	go(c, "", &g);
	prepare(&g, rsa, "RS256", "r1", &(struct saying){ 0 }, NULL);
	assert_int_equal(post(operator, base_of("/orgs/%lld/providers/%lld/end", (long long)w.other_ministry, (long long)provider_id), ""), 404);
	assert_int_equal(post(operator, base_of("/orgs/%lld/providers/%lld/end", (long long)w.ministry, (long long)provider_id), ""), 303);
	assert_int_equal(get(c, "/sso/go/first"), 404);
	assert_int_equal(post(c, "/sso/enter/first", base_of("state=%s&code=the-code", g.state)), 404);
	assert_int_equal(get(c, "/sign-in"), 200);
	assert_false(body_has(c, "/sso/go/"));
	/* Code and domains are free again; the old answer does not fit the new provider. */
	assert_int_equal(add_provider("first", issuer_url(idp), "example.gov.in"), 200);
	assert_int_equal(post(c, "/sso/enter/first", base_of("state=%s&code=the-code", g.state)), SSO_FAILS);
	assert_int_equal(tried(&(struct saying){ 0 }), 303);
	assert_int_equal(check_findings(f), 0);
	client_free(c);
}

static void the_commands_add_list_and_end(void **state)
{
	char said[2000], path[200];
	(void)state;
	if (!getenv("KARMAYOGI"))
		skip();
	snprintf(path, sizeof path, "%s/secret", f->dir);
	FILE *out = fopen(path, "w");
	NEED(out && fputs(ISSUER_SECRET "\n", out) >= 0 && fclose(out) == 0, "no secret");
	const char *const add[] = { "sso",	     "add",	    "--org",	   "first",	    "--code", "typed",	   "--name",	    "Typed", "--issuer",
				    issuer_url(idp), "--client-id", ISSUER_CLIENT, "--secret-file", path,     "--domains", "typed.example", NULL };
	const char *const again[] = { "sso",	     "add", "--org",	 "first",     "--code", "typed", "--name", "Typed", "--issuer", "https://127.0.0.1:1",
				      "--client-id", "x",   "--domains", "t.example", NULL };
	const char *const list[] = { "sso", "list", NULL }, *const end[] = { "sso", "end", "typed", NULL };
	assert_int_equal(program_run(f, said, sizeof said, add), 0);
	assert_non_null(strstr(said, "/sso/back/typed"));
	assert_int_equal(program_run(f, said, sizeof said, again), 1);
	assert_non_null(strstr(said, "could not be read"));
	assert_int_equal(program_run(f, said, sizeof said, list), 0);
	assert_non_null(strstr(said, "typed"));
	assert_int_equal(program_run(f, said, sizeof said, end), 0);
	assert_int_equal(program_run(f, said, sizeof said, end), 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM sso_domain WHERE domain = 'typed.example'"), 0);
}

static int begin(void **state)
{
	char a[2000], b[2000], c[500], d[500];
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	idp = issuer_start();
	rsa = issuer_key("RS256");
	ec = issuer_key("ES256");
	ed = issuer_key("EdDSA");
	stranger = issuer_key("RS256");
	issuer_jwk(rsa, "RS256", "r1", a, sizeof a);
	issuer_jwk(rsa, "PS256", "p1", b, sizeof b);
	issuer_jwk(ec, "ES256", "e1", c, sizeof c);
	issuer_jwk(ed, "EdDSA", "d1", d, sizeof d);
	snprintf(jwks, sizeof jwks, "{\"keys\":[%s,%s,%s,%s]}", a, b, c, d);
	issuer_publish(idp, jwks);
	operator= client_as(f, w.operator);
	return 0;
}

static int end(void **state)
{
	(void)state;
	client_free(operator);
	EVP_PKEY_free(rsa);
	EVP_PKEY_free(ec);
	EVP_PKEY_free(ed);
	EVP_PKEY_free(stranger);
	issuer_end(idp);
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_provider_is_named_only_when_it_is_what_it_says), /* first: the others sign in there */
		cmocka_unit_test(who_may_not_name_providers_does_not),
		cmocka_unit_test(a_whole_sign_in_links_by_the_verified_address_and_then_by_the_subject),
		cmocka_unit_test(every_algorithm_of_the_list_is_taken),
		cmocka_unit_test(claims_that_are_missing_come_from_userinfo),
		cmocka_unit_test(new_keys_are_read_once_in_a_minute),
		cmocka_unit_test(the_job_reads_the_documents_anew_and_tells_of_trouble),
		cmocka_unit_test(a_token_that_does_not_hold_opens_nothing),
		cmocka_unit_test(a_signature_that_is_none_opens_nothing),
		cmocka_unit_test(an_answer_is_good_once_and_in_its_own_browser),
		cmocka_unit_test(a_state_is_answered_once),
		cmocka_unit_test(the_answer_of_another_provider_is_not_taken),
		cmocka_unit_test(a_form_of_another_site_enters_nothing),
		cmocka_unit_test(only_a_verified_address_of_ones_own_people_links),
		cmocka_unit_test(a_link_is_taken_away_when_another_way_in_is_left),
		cmocka_unit_test(a_second_factor_at_the_provider_counts_and_else_ours_is_asked_for),
		cmocka_unit_test(an_administrator_with_two_factors_at_the_provider_need_not_set_up_ours),
		cmocka_unit_test(signing_out_offers_to_sign_out_at_the_provider),
		cmocka_unit_test(an_address_leads_to_its_provider),
		cmocka_unit_test(a_provider_that_does_not_work_costs_nothing_but_time),
		cmocka_unit_test(a_silent_provider_does_not_stop_the_server),
		cmocka_unit_test(a_failing_statement_signs_nobody_in),
		cmocka_unit_test(an_ended_provider_opens_nothing),
		cmocka_unit_test(the_commands_add_list_and_end),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
