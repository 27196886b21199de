/* Signing in through a provider that speaks SAML: whole sign-ins, new keys, and everything that an attacker, a thief of answers or a broken
 * provider sends. The answers are written here in canonical XML, byte for byte, and signed with libcrypto: nothing of the library that the program
 * verifies with has a part in making them. */
#include "http_test.h"
#include "issuer.h"

#include <libdeflate.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/x509.h>
#include <sodium.h>

static struct fixture *f;
static struct world w;
static struct issuer *idp;
static struct client *operator;
static EVP_PKEY *rsa, *ec, *weak, *stranger;

#define SSO_FAILS 422
#define PROTOCOL "urn:oasis:names:tc:SAML:2.0:protocol"
#define ASSERTION "urn:oasis:names:tc:SAML:2.0:assertion"
#define SIGNATURE "http://www.w3.org/2000/09/xmldsig#"
#define MORE "http://www.w3.org/2001/04/xmldsig-more#"
#define EXCLUSIVE "http://www.w3.org/2001/10/xml-exc-c14n#"
#define ENVELOPED SIGNATURE "enveloped-signature"
#define SHA256 "http://www.w3.org/2001/04/xmlenc#sha256"
#define BEARER "urn:oasis:names:tc:SAML:2.0:cm:bearer"
#define PERSISTENT "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
#define ENTITY "https://idp.example.gov.in/entity"
#define TEXT(...) str_fmt(f->cx.arena, __VA_ARGS__)

static struct str base64(const void *p, size_t n)
{
	size_t size = sodium_base64_encoded_len(n, sodium_base64_VARIANT_ORIGINAL);
	return str_of(sodium_bin2base64(arena_alloc(f->cx.arena, size), size, p, n, sodium_base64_VARIANT_ORIGINAL));
}

/* ── what a provider says ── */

/* What differs from a good answer; NULL, 0: as it should be; "": left out. */
struct saying {
	const char *issuer, *audience, *recipient, *answers, *name, *format, *mail, *level, *condition, *method, *version, *status, *destination;
	int64_t issued, from, until, confirmed_until, session_until; /* seconds from now; 0: now, -60, 300, 300, 8 hours */
	bool no_audience, no_statement, no_mail;
};

static struct str at(int64_t s)
{
	return clock_rfc3339(f->cx.arena, f->app.fixed_now + s * 1000);
}

static const char * or (const char *value, const char *usual)
{
	return value ? value : usual;
}

static const char *answer_to(void)
{
	return TEXT("%s/sso/saml/first", f->base).p;
}

/* An assertion in exclusive canonical XML, with `inside` after its issuer. */
static struct str assertion(const struct saying *s, const char *id, const char *question, const char *inside)
{
	struct str audience = s->no_audience ? S("")
					     : TEXT("<saml:AudienceRestriction><saml:Audience>%s</saml:Audience></saml:AudienceRestriction>",
						    or (s->audience, TEXT("%s/metadata", answer_to()).p));
	struct str statement = s->no_statement ? S("")
					       : TEXT("<saml:AuthnStatement AuthnInstant=\"%s\" "
						      "SessionNotOnOrAfter=\"%s\"><saml:AuthnContext><saml:AuthnContextClassRef>%s</"
						      "saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>",
						      at(0).p, at(s->session_until ? s->session_until : 8 * 3600).p,
						      or (s->level, "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"));
	struct str mail = s->no_mail ? S("")
				     : TEXT("<saml:AttributeStatement><saml:Attribute "
					    "Name=\"mail\"><saml:AttributeValue>%s</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>",
					    or (s->mail, "learner@example.gov.in"));
	return TEXT("<saml:Assertion xmlns:saml=\"" ASSERTION "\" ID=\"%s\" IssueInstant=\"%s\" Version=\"%s\"><saml:Issuer>%s</saml:Issuer>%s"
		    "<saml:Subject><saml:NameID Format=\"%s\">%s</saml:NameID><saml:SubjectConfirmation Method=\"%s\">"
		    "<saml:SubjectConfirmationData InResponseTo=\"%s\" NotOnOrAfter=\"%s\" "
		    "Recipient=\"%s\"></saml:SubjectConfirmationData></saml:SubjectConfirmation></saml:Subject>"
		    "<saml:Conditions NotBefore=\"%s\" NotOnOrAfter=\"%s\">%s%s</saml:Conditions>%s%s</saml:Assertion>",
		    id, at(s->issued).p, or (s->version, "2.0"), or (s->issuer, ENTITY), inside, or (s->format, PERSISTENT), or (s->name, "subject-1"),
		    or (s->method, BEARER), or (s->answers, question), at(s->confirmed_until ? s->confirmed_until : 300).p, or (s->recipient, answer_to()),
		    at(s->from ? s->from : -60).p, at(s->until ? s->until : 300).p, audience.p, or (s->condition, ""), statement.p, mail.p);
}

static struct str response(const struct saying *s, const char *question, const char *signature, const char *inside)
{
	return TEXT("<samlp:Response xmlns:samlp=\"" PROTOCOL "\" Destination=\"%s\" ID=\"_r1\" InResponseTo=\"%s\" IssueInstant=\"%s\" Version=\"2.0\">%s"
		    "<samlp:Status><samlp:StatusCode Value=\"%s\"></samlp:StatusCode></samlp:Status>%s</samlp:Response>",
		    or (s->destination, answer_to()), or (s->answers, question), at(0).p, signature,
		    or (s->status, "urn:oasis:names:tc:SAML:2.0:status:Success"), inside);
}

static struct str changed(struct str xml, const char *from, const char *to)
{
	ptrdiff_t i = str_find(xml, str_of(from));
	NEED(i >= 0, "no %s in it", from);
	return TEXT("%.*s%s%s", (int)i, xml.p, to, xml.p + i + strlen(from));
}

/* How a signature is made; NULL: as it should be. */
struct signing {
	const char *method, *uri, *transforms, *key_info, *more;
	const char *digested; /* instead of the element */
};

static struct str value_of(EVP_PKEY *key, const struct signing *how, struct str info)
{
	unsigned char v[600];
	bool curve = EVP_PKEY_is_a(key, "EC");
	if (how->method && strstr(how->method, "hmac")) {
		unsigned char der[3000], *p = der;
		unsigned n = 0;
		int size = i2d_PUBKEY(key, &p);
		HMAC(EVP_sha256(), der, size, (const unsigned char *)info.p, info.n, v, &n);
		return base64(v, n);
	}
	if (how->method && strstr(how->method, "sha1")) {
		EVP_MD_CTX *c = EVP_MD_CTX_new();
		size_t n = sizeof v;
		NEED(EVP_DigestSignInit(c, NULL, EVP_sha1(), NULL, key) == 1 && EVP_DigestSign(c, v, &n, (const unsigned char *)info.p, info.n) == 1,
		     "no SHA-1");
		EVP_MD_CTX_free(c);
		return base64(v, n);
	}
	return base64(v, issuer_sign(key, curve ? "ES256" : "RS256", info.p, v, sizeof v));
}

/* The signature of an element with this ID, given in canonical XML without it. */
static struct str signature(EVP_PKEY *key, const struct signing *how, const char *id, struct str element)
{
	unsigned char digest[crypto_hash_sha256_BYTES];
	struct str digested = how->digested ? str_of(how->digested) : element;
	crypto_hash_sha256(digest, (const unsigned char *)digested.p, digested.n);
	struct str info =
		TEXT("<ds:SignedInfo xmlns:ds=\"" SIGNATURE "\"><ds:CanonicalizationMethod Algorithm=\"" EXCLUSIVE "\"></ds:CanonicalizationMethod>"
		     "<ds:SignatureMethod Algorithm=\"%s\"></ds:SignatureMethod><ds:Reference URI=\"%s\"><ds:Transforms>%s</ds:Transforms>"
		     "<ds:DigestMethod Algorithm=\"" SHA256 "\"></ds:DigestMethod><ds:DigestValue>%s</ds:DigestValue></ds:Reference></ds:SignedInfo>",
		     or (how->method, EVP_PKEY_is_a(key, "EC") ? MORE "ecdsa-sha256" : MORE "rsa-sha256"), or (how->uri, TEXT("#%s", id).p),
		     or (how->transforms, "<ds:Transform Algorithm=\"" ENVELOPED "\"></ds:Transform><ds:Transform Algorithm=\"" EXCLUSIVE "\"></ds:Transform>"),
		     base64(digest, sizeof digest).p);
	/* Canonical in its place, too: the name space stands on the signature already. */
	struct str inside = changed(info, " xmlns:ds=\"" SIGNATURE "\"", "");
	return TEXT("<ds:Signature xmlns:ds=\"" SIGNATURE "\">%s<ds:SignatureValue>%s</ds:SignatureValue>%s%s</ds:Signature>", inside.p,
		    value_of(key, how, info).p, or (how->key_info, ""), or (how->more, ""));
}

static struct str signed_assertion(const struct saying *s, const char *id, const char *question, EVP_PKEY *key, const struct signing *how)
{
	return assertion(s, id, question, signature(key, how, id, assertion(s, id, question, "")).p);
}

static struct str good(const char *question)
{
	return signed_assertion(&(struct saying){ 0 }, "_a1", question, rsa, &(struct signing){ 0 });
}

/* The X.509 certificate of a key, in base64, of its own making and long expired: its dates do not matter. */
static struct str certificate(EVP_PKEY *key)
{
	X509 *x = X509_new();
	unsigned char der[4000], *p = der;
	X509_set_version(x, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
	ASN1_TIME_set_string(X509_getm_notBefore(x), "200101000000Z");
	ASN1_TIME_set_string(X509_getm_notAfter(x), "210101000000Z");
	X509_set_pubkey(x, key);
	X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_ASC, (const unsigned char *)"idp", -1, -1, 0);
	X509_set_issuer_name(x, X509_get_subject_name(x));
	NEED(X509_sign(x, key, EVP_sha256()) > 0, "no certificate");
	int n = i2d_X509(x, &p);
	X509_free(x);
	return base64(der, (size_t)n);
}

static struct str metadata(const char *entity, const char *attributes, const char *role, EVP_PKEY *const *keys, size_t n)
{
	struct buf b;
	buf_init(&b, f->cx.arena, 16000);
	buf_fmt(&b,
		"<?xml version=\"1.0\"?>\n<!-- kept by hand -->\n<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"%s\"%s>"
		"<md:IDPSSODescriptor protocolSupportEnumeration=\"" PROTOCOL "\"%s>",
		entity, attributes, role);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b,
			"<md:KeyDescriptor%s><ds:KeyInfo xmlns:ds=\"" SIGNATURE
			"\"><ds:X509Data><ds:X509Certificate>\n%s\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>",
			i ? "" : " use=\"signing\"", certificate(keys[i]).p);
	buf_fmt(&b,
		"<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"%s/post\"/>"
		"<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\" "
		"Location=\"%s/saml?a=1\"/></md:IDPSSODescriptor></md:EntityDescriptor>",
		issuer_url(idp), issuer_url(idp));
	NEED(!b.full, "metadata too long");
	return buf_get(&b);
}

static struct str usual_metadata(void)
{
	return metadata(ENTITY, "", "", (EVP_PKEY *const[]){ rsa, ec }, 2);
}

/* ── the browser ── */

struct going {
	char state[100], question[100];
};

static bool inflated(const void *p, size_t n, char *ret, size_t size)
{
	struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
	size_t got = 0;
	bool good = libdeflate_deflate_decompress(d, p, n, ret, size - 1, &got) == LIBDEFLATE_SUCCESS;
	libdeflate_free_decompressor(d);
	ret[got] = 0;
	return good;
}

/* The question is read as a provider reads it: out of base64 and DEFLATE it is this or that; its ID is what the answer names. */
static void go(struct client *c, struct going *g)
{
	char packed[3000], plain[3000];
	unsigned char raw[3000];
	size_t n = 0;
	NEED(get(c, "/sso/go/first?to=/courses") == 303, "no way to the provider: %ld", c->status);
	const char *url = answer_header(c, "Location"), *q, *s;
	NEED(url && strncmp(url, issuer_url(idp), strlen(issuer_url(idp))) == 0 && (q = strstr(url, "/saml?a=1&SAMLRequest=")) &&
		     (s = strstr(url, "&RelayState=")),
	     "to %s", url);
	q += strlen("/saml?a=1&SAMLRequest=");
	snprintf(g->state, sizeof g->state, "%s", s + strlen("&RelayState="));
	int decoded;
	char *text = curl_easy_unescape(c->curl, q, (int)(s - q), &decoded);
	snprintf(packed, sizeof packed, "%s", text);
	curl_free(text);
	NEED(sodium_base642bin(raw, sizeof raw, packed, strlen(packed), NULL, &n, NULL, sodium_base64_VARIANT_ORIGINAL) == 0, "no base64");
	NEED(inflated(raw, n, plain, sizeof plain), "no DEFLATE");
	assert_non_null(strstr(plain, TEXT("AssertionConsumerServiceURL=\"%s\"", answer_to()).p));
	assert_non_null(strstr(plain, TEXT("<saml:Issuer>%s/metadata</saml:Issuer>", answer_to()).p));
	const char *id = strstr(plain, " ID=\"");
	NEED(id, "no ID in %s", plain);
	snprintf(g->question, sizeof g->question, "%.*s", (int)strcspn(id + 5, "\""), id + 5);
}

/* The provider's page sends its form here, from its own site and so without our cookies; ours sends it on. */
static long come_back(struct client *c, const char *state, struct str xml)
{
	struct client *elsewhere = client_new(f);
	char *escaped = curl_easy_escape(c->curl, base64(xml.p, xml.n).p, 0);
	struct str form = TEXT("RelayState=%s&SAMLResponse=%s", state, escaped);
	curl_free(escaped);
	elsewhere->header[0] = "Origin: https://idp.example.gov.in";
	elsewhere->header[1] = "Sec-Fetch-Site: cross-site";
	NEED(post(elsewhere, "/sso/saml/first", form.p) == 200, "no way back: %ld", elsewhere->status);
	assert_true(body_has(elsewhere, "data-send-now"));
	client_free(elsewhere);
	return post(c, "/sso/saml/first/enter", form.p);
}

static bool is_in(struct client *c)
{
	return get(c, "/api/v1/me") == 200;
}

static void later(int64_t ms)
{
	f->app.fixed_now += ms;
}

/* A whole sign-in by somebody new to this browser, with what `make` answers to the question; -1: said and done are two things. */
typedef struct str answer_fn(const char *question, const void *arg);
static long tried_with(answer_fn *make, const void *arg)
{
	struct client *c = client_new(f);
	struct going g;
	later(16 * MINUTE);
	go(c, &g);
	long status = come_back(c, g.state, make(g.question, arg));
	if (is_in(c) != (status == 303))
		status = -1;
	client_free(c);
	return status;
}

static struct str say(const char *question, const void *arg)
{
	const struct saying *s = arg;
	return response(s, question, "", signed_assertion(s, "_a1", question, rsa, &(struct signing){ 0 }).p);
}

static long tried(const struct saying *s)
{
	return tried_with(say, s);
}

/* ── naming a provider ── */

static long add(const char *code, struct str typed, const char *domains)
{
	char *m = curl_easy_escape(operator->curl, typed.p, (int)typed.n), path[100];
	snprintf(path, sizeof path, "/orgs/%lld/providers/saml", (long long)w.ministry);
	NEED(get(operator, "%s", path) == 200, "no form");
	long status = post(operator, path, TEXT("name=The+First&code=%s&metadata=%s&domains=%s&mfa_acr=level-4", code, m, domains).p);
	curl_free(m);
	return status;
}

static void a_provider_is_named_only_when_its_metadata_can_be_used(void **state)
{
	const struct {
		struct str xml;
		const char *says;
	} bad[] = {
		{ S("<html></html>"), "no metadata of one SAML provider" },
		{ S("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "document type" },
		{ metadata(ENTITY, "", " WantAuthnRequestsSigned=\"true\"", &rsa, 1), "wants questions to be signed" },
		{ metadata(ENTITY, " validUntil=\"2001-01-01T00:00:00Z\"", "", &rsa, 1), "expired" },
		{ metadata(ENTITY, "", "", &weak, 1), "certificate that cannot be used" },
		{ metadata(ENTITY, "", "", &rsa, 0), "no certificate for signing" },
		{ metadata("", "", "", &rsa, 1), "no entityID" },
		{ TEXT("%s/nothing", issuer_url(idp)), "status 404" },
		{ S("http://idp.example.gov.in/metadata"), "not one of https" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(add("first", bad[i].xml, "example.gov.in"), 422);
		if (!body_has(operator, bad[i].says))
			print_error("%zu does not say: %s\n", i, bad[i].says);
		assert_true(body_has(operator, bad[i].says));
	}
	assert_int_equal(add("first", usual_metadata(), "no domain"), 422);
	assert_true(body_has(operator, "kept by hand")); /* what was typed stands there again */
	assert_int_equal(query_int(f, "SELECT count(*) FROM sso_provider"), 0);
	/* What the provider must know of us can be had before. */
	assert_int_equal(get(operator, "/sso/saml/first/metadata"), 200);
	assert_true(body_has(operator, TEXT("Location=\"%s\"", answer_to()).p));
	assert_int_equal(get(operator, "/sso/saml/No/metadata"), 404);
	issuer_metadata(idp, usual_metadata().p);
	assert_int_equal(add("first", TEXT("%s/metadata", issuer_url(idp)), "example.gov.in"), 303);
	assert_int_equal(add("first", usual_metadata(), "third.example"), 409);
	assert_int_equal(get(operator, "/orgs/%lld/providers", (long long)w.ministry), 200);
	assert_true(body_has(operator, ENTITY));
	assert_true(body_has(operator, answer_to()));
	struct client *c = client_as(f, w.admin);
	assert_int_equal(get(c, "/orgs/%lld/providers/saml", (long long)w.ministry), 403);
	client_free(c);
}

/* ── what goes well ── */

static struct str say_in_the_envelope(const char *question, const void *arg)
{
	const struct saying *s = arg;
	struct str inside = assertion(s, "_a1", question, "");
	return response(s, question, signature(rsa, &(struct signing){ 0 }, "_r1", response(s, question, "", inside.p)).p, inside.p);
}

static struct str say_twice(const char *question, const void *arg)
{
	const struct saying *s = arg;
	struct str inside = good(question);
	return response(s, question, signature(rsa, &(struct signing){ 0 }, "_r1", response(s, question, "", inside.p)).p, inside.p);
}

static struct str say_with_curve(const char *question, const void *arg)
{
	const struct saying *s = arg;
	return response(s, question, "", signed_assertion(s, "_a1", question, ec, &(struct signing){ 0 }).p);
}

static void a_whole_sign_in_links_by_the_address_and_then_by_the_name(void **state)
{
	struct client *c = client_new(f);
	struct going g;
	(void)state;
	assert_int_equal(get(c, "/sign-in"), 200);
	assert_true(body_has(c, "/sso/go/first?to=%2F"));
	go(c, &g);
	assert_int_equal(come_back(c, g.state, say(g.question, &(struct saying){ .mail = "Learner@Example.GOV.in" })), 303);
	assert_string_equal(answer_header(c, "Location"), "/courses");
	assert_true(is_in(c));
	assert_int_equal(json_number(c, "id"), w.learner);
	assert_int_equal(query_int(f, "SELECT count(*) FROM mail WHERE person_id = %lld", (long long)w.learner), 1);
	/* At the sign-out we can only say so. */
	assert_int_equal(get(c, "/me"), 200);
	assert_int_equal(post(c, "/sign-out", ""), 303);
	assert_int_equal(get(c, "%s", answer_header(c, "Location")), 200);
	assert_true(body_has(c, "still be signed in at The First"));
	client_free(c);
	assert_int_equal(tried(&(struct saying){ .mail = "new@example.gov.in" }), 303);
	assert_int_equal(tried(&(struct saying){ .no_mail = true }), 303);
	assert_int_equal(tried(&(struct saying){ .name = "subject-2" }), SSO_FAILS);
	assert_int_equal(query_int(f, "SELECT count(*) FROM sso_identity"), 1);
}

static void every_way_of_signing_that_is_taken_opens(void **state)
{
	struct saying s = { 0 };
	(void)state;
	assert_int_equal(tried_with(say_in_the_envelope, &s), 303);
	assert_int_equal(tried_with(say_twice, &s), 303);
	assert_int_equal(tried_with(say_with_curve, &s), 303);
	/* Within the minute that clocks may be apart. */
	assert_int_equal(tried(&(struct saying){ .issued = 58, .from = 58 }), 303);
	assert_int_equal(tried(&(struct saying){ .until = -58, .confirmed_until = -58 }), 303);
	assert_int_equal(tried(&(struct saying){ .condition = "<saml:OneTimeUse></saml:OneTimeUse>" }), 303);
	assert_int_equal(tried(&(struct saying){
				 .name = "colleague@example.gov.in", .no_mail = true, .format = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress" }),
			 303);
}

static void two_factors_at_the_provider_count(void **state)
{
	struct client *c = client_new(f);
	struct going g;
	(void)state;
	later(16 * MINUTE);
	tamper(f, "INSERT INTO second_factor (person_id, secret, last_step, begun_at, on_at) VALUES (%lld, 'x', 0, 1, 1)", (long long)w.learner);
	go(c, &g);
	assert_int_equal(come_back(c, g.state, say(g.question, &(struct saying){ .level = "level-3" })), 303);
	assert_false(is_in(c));
	client_free(c);
	assert_int_equal(tried(&(struct saying){ .level = "level-4" }), 303);
	assert_int_equal(tried(&(struct saying){ .level = "https://refeds.org/profile/mfa" }), 303);
	tamper(f, "DELETE FROM second_factor WHERE person_id = %lld", (long long)w.learner);
}

static void new_keys_come_with_the_metadata(void **state)
{
	(void)state;
	schedule_work(f);
	issuer_metadata(idp, metadata(ENTITY, "", "", &ec, 1).p);
	later(2 * HOUR);
	work_now(f);
	assert_int_equal(tried(&(struct saying){ 0 }), SSO_FAILS);
	assert_int_equal(tried_with(say_with_curve, &(struct saying){ 0 }), 303);
	/* Of another entity, or none: what was read last still counts, and the page says what is the matter. */
	issuer_metadata(idp, metadata("https://evil.example/", "", "", &stranger, 1).p);
	later(2 * HOUR);
	work_now(f);
	assert_int_equal(tried_with(say_with_curve, &(struct saying){ 0 }), 303);
	assert_int_equal(get(operator, "/orgs/%lld/providers", (long long)w.ministry), 200);
	assert_true(body_has(operator, "of another entity"));
	issuer_metadata(idp, usual_metadata().p);
	later(2 * HOUR);
	work_now(f);
	assert_int_equal(tried(&(struct saying){ 0 }), 303);
}

/* ── what does not hold ── */

static void an_answer_that_does_not_hold_opens_nothing(void **state)
{
	static const struct {
		const char *what;
		struct saying s;
	} bad[] = {
		{ "another issuer", { .issuer = "https://evil.example/entity" } },
		{ "another audience", { .audience = "https://other.example/metadata" } },
		{ "no audience", { .no_audience = true } },
		{ "another recipient", { .recipient = "https://other.example/sso/saml/first" } },
		{ "another destination", { .destination = "https://other.example/sso/saml/first" } },
		{ "another question", { .answers = "_0123" } },
		{ "no question", { .answers = "" } },
		{ "status", { .status = "urn:oasis:names:tc:SAML:2.0:status:Responder" } },
		{ "issued in the future", { .issued = 62 } },
		{ "issued long ago", { .issued = -700 } },
		{ "not in force yet", { .from = 62 } },
		{ "expired", { .until = -62 } },
		{ "confirmation expired", { .confirmed_until = -62 } },
		{ "session over", { .session_until = -62 } },
		{ "holder of key", { .method = "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key" } },
		{ "an unknown condition", { .condition = "<saml:Condition></saml:Condition>" } },
		{ "a second audience that is another",
		  { .condition = "<saml:AudienceRestriction><saml:Audience>https://other.example</saml:Audience></saml:AudienceRestriction>" } },
		{ "a name that changes", { .format = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient" } },
		{ "no name", { .name = "" } },
		{ "a name of elements", { .name = "<saml:X xmlns:saml=\"" ASSERTION "\">subject-1</saml:X>" } },
		{ "nobody signed in", { .no_statement = true } },
		{ "another version", { .version = "1.1" } },
		{ "an address of others", { .name = "s-9", .mail = "other-learner@example.gov.in" } },
		{ "an address of another domain", { .name = "s-9", .mail = "learner@other.example" } },
	};
	int open = 0;
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		long status = tried(&bad[i].s);
		if (status != SSO_FAILS) {
			print_error("%s: %ld\n", bad[i].what, status);
			open++;
		}
	}
	assert_int_equal(open, 0);
}

/* ── signatures that are none ── */

struct forgery {
	const char *what;
	struct str (*make)(const char *question);
};

static struct str in(const char *question, struct str inside)
{
	return response(&(struct saying){ 0 }, question, "", inside.p);
}

static struct str with(const char *question, EVP_PKEY *key, struct signing how)
{
	return in(question, signed_assertion(&(struct saying){ 0 }, "_a1", question, key, &how));
}

static struct str not_signed(const char *q)
{
	return in(q, assertion(&(struct saying){ 0 }, "_a1", q, ""));
}
static struct str by_a_stranger(const char *q)
{
	return with(q, stranger, (struct signing){ 0 });
}
static struct str with_its_own_key(const char *q)
{
	return with(q, stranger,
		    (struct signing){ .key_info = TEXT("<ds:KeyInfo><ds:X509Data><ds:X509Certificate>%s</ds:X509Certificate></ds:X509Data></ds:KeyInfo>",
						       certificate(stranger).p)
							  .p });
}
static struct str with_the_public_key(const char *q)
{
	return with(q, rsa, (struct signing){ .method = MORE "hmac-sha256" });
}
static struct str called_sha1(const char *q)
{
	return with(q, rsa, (struct signing){ .method = SIGNATURE "rsa-sha1" });
}
static struct str of_the_whole_document(const char *q)
{
	return with(q, rsa, (struct signing){ .uri = "" });
}
static struct str of_another_element(const char *q)
{
	return with(q, rsa, (struct signing){ .uri = "#_r1" });
}
static struct str through_a_pointer(const char *q)
{
	return with(q, rsa, (struct signing){ .uri = "#xpointer(id('_a1'))" });
}
/* The stylesheet makes "x" of whatever it is given, and "x" is what is signed. */
static struct str through_xslt(const char *q)
{
	return with(q, rsa,
		    (struct signing){
			    .digested = "x",
			    .transforms = "<ds:Transform Algorithm=\"" ENVELOPED
					  "\"></ds:Transform><ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\">"
					  "<x:stylesheet xmlns:x=\"http://www.w3.org/1999/XSL/Transform\" version=\"1.0\"><x:output method=\"text\"></x:output>"
					  "<x:template match=\"/\">x</x:template></x:stylesheet></ds:Transform>" });
}
static struct str with_an_object(const char *q)
{
	return with(q, rsa, (struct signing){ .more = "<ds:Object><a></a></ds:Object>" });
}

static struct str altered(const char *q)
{
	return in(q, changed(good(q), "subject-1", "subject-7"));
}
static struct str with_a_comment(const char *q)
{
	return in(q, changed(good(q), "subject-1", "subject<!---->-1"));
}
static struct str with_cdata(const char *q)
{
	return in(q, changed(good(q), "subject-1", "<![CDATA[subject-1]]>"));
}
static struct str with_an_instruction(const char *q)
{
	return in(q, changed(good(q), "subject-1", "subject<?a?>-1"));
}
static struct str with_a_document_type(const char *q)
{
	return TEXT("<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>%s", in(q, good(q)).p);
}
static struct str cut(const char *q)
{
	struct str s = in(q, good(q));
	return str_dup(f->cx.arena, str_sub(s, 0, s.n - 5));
}
static struct str encrypted(const char *q)
{
	return in(q, S("<saml:EncryptedAssertion xmlns:saml=\"" ASSERTION "\"></saml:EncryptedAssertion>"));
}
static struct str envelope_broken(const char *q)
{
	return changed(say_twice(q, &(struct saying){ 0 }), "ID=\"_r1\" InResponseTo", "ID=\"_r1\" Consent=\"x\" InResponseTo");
}

/* Signature wrapping: what is signed is moved to where it still verifies, and something else stands where it is read. */
static struct str evil(const char *q, const char *id, const char *inside)
{
	return assertion(&(struct saying){ .name = "boss", .mail = "boss@example.gov.in" }, id, q, inside);
}
static struct str before_it(const char *q)
{
	return in(q, TEXT("%s%s", evil(q, "_evil", "").p, good(q).p));
}
static struct str behind_it(const char *q)
{
	return in(q, TEXT("%s%s", good(q).p, evil(q, "_evil", "").p));
}
static struct str around_it(const char *q)
{
	return in(q, evil(q, "_evil", good(q).p));
}
static struct str around_it_with_its_id(const char *q)
{
	return in(q, evil(q, "_a1", good(q).p));
}
static struct str in_extensions(const char *q)
{
	return response(&(struct saying){ 0 }, q, TEXT("<samlp:Extensions>%s</samlp:Extensions>", good(q).p).p, evil(q, "_evil", "").p);
}
static struct str in_extensions_with_its_id(const char *q)
{
	return response(&(struct saying){ 0 }, q, TEXT("<samlp:Extensions>%s</samlp:Extensions>", good(q).p).p, evil(q, "_a1", "").p);
}
/* The signature in the evil assertion, what it signs in an object of the signature. */
static struct str in_an_object(const char *q)
{
	struct str plain = assertion(&(struct saying){ 0 }, "_a1", q, "");
	struct str s = signature(rsa, &(struct signing){ .more = TEXT("<ds:Object>%s</ds:Object>", plain.p).p }, "_a1", plain);
	return in(q, evil(q, "_evil", s.p));
}
static struct str in_an_object_with_its_id(const char *q)
{
	struct str plain = assertion(&(struct saying){ 0 }, "_a1", q, "");
	struct str s = signature(rsa, &(struct signing){ .more = TEXT("<ds:Object>%s</ds:Object>", plain.p).p }, "_a1", plain);
	return in(q, evil(q, "_a1", s.p));
}
/* The signature detached beside the evil assertion, naming the good one elsewhere. */
static struct str detached(const char *q)
{
	struct str plain = assertion(&(struct saying){ 0 }, "_a1", q, "");
	struct str s = signature(rsa, &(struct signing){ 0 }, "_a1", plain);
	return response(&(struct saying){ 0 }, q, TEXT("%s<samlp:Extensions>%s</samlp:Extensions>", s.p, plain.p).p, evil(q, "_evil", "").p);
}
/* A whole signed response within another. */
static struct str a_response_in_a_response(const char *q)
{
	struct str whole = say_in_the_envelope(q, &(struct saying){ 0 });
	return response(&(struct saying){ 0 }, q, TEXT("<samlp:Extensions>%s</samlp:Extensions>", changed(whole, "ID=\"_r1\"", "ID=\"_r2\"").p).p,
			evil(q, "_evil", "").p);
}
static struct str two_signatures(const char *q)
{
	struct str s = signature(rsa, &(struct signing){ 0 }, "_a1", assertion(&(struct saying){ 0 }, "_a1", q, ""));
	return in(q, assertion(&(struct saying){ 0 }, "_a1", q, TEXT("%s%s", s.p, s.p).p));
}

static struct str forge(const char *question, const void *arg)
{
	return ((const struct forgery *)arg)->make(question);
}

static void a_signature_that_is_none_opens_nothing(void **state)
{
	static const struct forgery all[] = {
		{ "not signed", not_signed },
		{ "a stranger's key", by_a_stranger },
		{ "the key that it brings along", with_its_own_key },
		{ "HMAC with the public key", with_the_public_key },
		{ "SHA-1", called_sha1 },
		{ "the whole document", of_the_whole_document },
		{ "another element", of_another_element },
		{ "a pointer", through_a_pointer },
		{ "XSLT", through_xslt },
		{ "an object", with_an_object },
		{ "altered", altered },
		{ "a comment", with_a_comment },
		{ "CDATA", with_cdata },
		{ "an instruction", with_an_instruction },
		{ "a document type", with_a_document_type },
		{ "cut", cut },
		{ "encrypted", encrypted },
		{ "a broken signature around a good one", envelope_broken },
		{ "wrapped: before", before_it },
		{ "wrapped: behind", behind_it },
		{ "wrapped: around", around_it },
		{ "wrapped: around, same ID", around_it_with_its_id },
		{ "wrapped: extensions", in_extensions },
		{ "wrapped: extensions, same ID", in_extensions_with_its_id },
		{ "wrapped: object", in_an_object },
		{ "wrapped: object, same ID", in_an_object_with_its_id },
		{ "wrapped: detached", detached },
		{ "wrapped: response", a_response_in_a_response },
		{ "two signatures", two_signatures },
	};
	int open = 0;
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		long status = tried_with(forge, &all[i]);
		if (status != SSO_FAILS) {
			print_error("%s: %ld\n", all[i].what, status);
			open++;
		}
	}
	assert_int_equal(open, 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM sso_identity WHERE person_id = %lld", (long long)w.boss), 0);
	assert_int_equal(tried(&(struct saying){ 0 }), 303); /* and the good one still does */
}

/* ── whose answer it is ── */

static void an_answer_is_good_once_in_its_own_browser_and_only_when_asked_for(void **state)
{
	struct client *c = client_new(f), *thief = client_new(f);
	struct going g, other;
	(void)state;
	later(16 * MINUTE);
	go(c, &g);
	struct str xml = say(g.question, &(struct saying){ 0 });
	assert_int_equal(come_back(thief, g.state, xml), SSO_FAILS); /* without the cookie */
	go(thief, &other);
	assert_int_equal(come_back(thief, g.state, xml), SSO_FAILS);
	assert_int_equal(come_back(thief, other.state, xml), SSO_FAILS); /* answers another question */
	assert_false(is_in(thief));
	go(c, &g);
	assert_int_equal(come_back(c, g.state, say(g.question, &(struct saying){ 0 })), 303);
	assert_int_equal(get(c, "/me"), 200);
	assert_int_equal(post(c, "/sign-out", ""), 303);
	assert_int_equal(come_back(c, g.state, say(g.question, &(struct saying){ 0 })), SSO_FAILS); /* the cookie is gone with it */
	/* Nobody asked: the page says so and offers to begin. */
	assert_int_equal(post(thief, "/sso/saml/first", "SAMLResponse=AAAA"), 200);
	assert_true(body_has(thief, "nobody here asked for it") && !body_has(thief, "data-send-now"));
	/* At the address of a provider that speaks otherwise, or of none. */
	assert_int_equal(post(thief, "/sso/saml/nothing", "RelayState=x&SAMLResponse=AAAA"), 404);
	assert_int_equal(post(thief, "/sso/enter/first", "state=x&code=y"), 404);
	client_free(c);
	client_free(thief);
}

static void a_form_of_another_site_enters_nothing(void **state)
{
	struct client *c = client_new(f);
	struct going g;
	(void)state;
	later(16 * MINUTE);
	go(c, &g);
	char *escaped = curl_easy_escape(c->curl, base64(say(g.question, &(struct saying){ 0 }).p, say(g.question, &(struct saying){ 0 }).n).p, 0);
	c->header[0] = "Origin: https://evil.example";
	assert_int_equal(post(c, "/sso/saml/first/enter", TEXT("RelayState=%s&SAMLResponse=%s", g.state, escaped).p), 403);
	curl_free(escaped);
	assert_false(is_in(c));
	client_free(c);
}

/* With any statement failing nobody is signed in and nothing is kept. */
static void a_failing_statement_signs_nobody_in(void **state)
{
	struct saying s = { .name = "subject-7", .mail = "boss@example.gov.in" };
	unsigned n;
	(void)state;
	for (n = 1; n < 60; n++) {
		struct client *c = client_new(f);
		struct going g;
		uint64_t before = database_hash(f, true);
		go(c, &g);
		char *escaped = curl_easy_escape(c->curl, base64(say(g.question, &s).p, say(g.question, &s).n).p, 0);
		f->app.fail_at = n;
		long status = post(c, "/sso/saml/first/enter", TEXT("RelayState=%s&SAMLResponse=%s", g.state, escaped).p);
		f->app.fail_at = 0;
		curl_free(escaped);
		bool entered = is_in(c);
		client_free(c);
		if (status == 303)
			break;
		assert_int_equal(status, 503);
		assert_false(entered);
		assert_true(database_hash(f, true) == before);
	}
	assert_in_range(n, 8, 59);
	assert_int_equal(query_int(f, "SELECT person_id FROM sso_identity WHERE subject = 'subject-7'"), w.boss);
	assert_int_equal(check_findings(f), 0);
}

static void the_command_names_a_provider_by_file(void **state)
{
	char said[2000], path[200];
	(void)state;
	if (!getenv("KARMAYOGI"))
		skip();
	snprintf(path, sizeof path, "%s/metadata.xml", f->dir);
	FILE *out = fopen(path, "w");
	NEED(out && fputs(metadata("https://second.example/", "", "", &rsa, 1).p, out) >= 0 && fclose(out) == 0, "no file");
	const char *const add_it[] = { "sso",	"add-saml",   "--org", "first",	    "--code",	     "typed", "--name",
				       "Typed", "--metadata", path,    "--domains", "typed.example", NULL };
	const char *const not_there[] = { "sso",   "add-saml",	 "--org",	 "first",     "--code",	    "t2", "--name",
					  "Typed", "--metadata", "/nowhere.xml", "--domains", "t2.example", NULL };
	const char *const list[] = { "sso", "list", NULL };
	assert_int_equal(program_run(f, said, sizeof said, add_it), 0);
	assert_non_null(strstr(said, "/sso/saml/typed/metadata"));
	assert_int_equal(program_run(f, said, sizeof said, not_there), 1);
	assert_non_null(strstr(said, "cannot be read"));
	assert_int_equal(program_run(f, said, sizeof said, list), 0);
	assert_non_null(strstr(said, "saml"));
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	idp = issuer_start();
	rsa = issuer_key("RS256");
	ec = issuer_key("ES256");
	stranger = issuer_key("RS256");
	weak = EVP_RSA_gen(1024);
	operator= client_as(f, w.operator);
	return 0;
}

static int end(void **state)
{
	(void)state;
	client_free(operator);
	EVP_PKEY_free(rsa);
	EVP_PKEY_free(ec);
	EVP_PKEY_free(weak);
	EVP_PKEY_free(stranger);
	issuer_end(idp);
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_provider_is_named_only_when_its_metadata_can_be_used), /* first: the others sign in there */
		cmocka_unit_test(a_whole_sign_in_links_by_the_address_and_then_by_the_name),
		cmocka_unit_test(every_way_of_signing_that_is_taken_opens),
		cmocka_unit_test(two_factors_at_the_provider_count),
		cmocka_unit_test(new_keys_come_with_the_metadata),
		cmocka_unit_test(an_answer_that_does_not_hold_opens_nothing),
		cmocka_unit_test(a_signature_that_is_none_opens_nothing),
		cmocka_unit_test(an_answer_is_good_once_in_its_own_browser_and_only_when_asked_for),
		cmocka_unit_test(a_form_of_another_site_enters_nothing),
		cmocka_unit_test(a_failing_statement_signs_nobody_in),
		cmocka_unit_test(the_command_names_a_provider_by_file),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
