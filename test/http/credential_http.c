/* Certificates: what is signed cannot be altered, names in every script, a corrected name is a re-issue with history, `verify` offline. */
#include "http_test.h"
#include "feature/completion/completion.h"
#include "feature/credential/credential.h"
#include "feature/credential/credential_pdf.h"
#include "feature/credential/credential_verify.h"
#include "feature/enrolment/enrolment.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct fixture *f;
static struct world w;

static enum err complete(struct ctx *cx, void *arg)
{
	struct completion done;
	TRY(enrolment_add(cx, w.learner, w.hindi));
	return completion_credit(cx, w.learner, *(int64_t *)arg, "review", &done);
}

static struct str pdf_of(struct client *c, const char *serial)
{
	NEED(get(c, "/credentials/%s.pdf", serial) == 200, "no PDF: %ld", c->status);
	return str_dup(f->cx.arena, buf_get(&c->body));
}

static const char *newest_serial(void)
{
	static char serial[40];
	query_text(f, serial, sizeof serial, "SELECT serial FROM credential ORDER BY id DESC LIMIT 1");
	return serial;
}

static bool verifies(struct str file)
{
	struct str report;
	bool good = false;
	struct arena_mark m = arena_mark(f->cx.arena);
	credential_verify_bytes(&f->cx, file, f->app.sign_pk, &report, &good);
	NEED(report.n, "nothing is said");
	arena_back(f->cx.arena, m);
	return good;
}

/* ── signatures ── */

static void no_byte_of_what_is_signed_can_be_altered(void **state)
{
	char document[2000], signature[200];
	(void)state;
	query_text(f, document, sizeof document, "SELECT document FROM credential ORDER BY id DESC LIMIT 1");
	query_text(f, signature, sizeof signature, "SELECT signature FROM credential ORDER BY id DESC LIMIT 1");
	assert_true(credential_signature_good(str_of(document), str_of(signature), f->app.sign_pk));
	for (size_t i = 0; document[i]; i++)
		for (int bit = 1; bit < 128; bit <<= 3) {
			document[i] = (char)(document[i] ^ bit);
			assert_false(credential_signature_good((struct str){ document, strlen(document) + (document[i] == 0) }, str_of(signature), f->app.sign_pk));
			document[i] = (char)(document[i] ^ bit);
		}
	for (size_t i = 0; signature[i]; i++) {
		char was = signature[i];
		signature[i] = was == '0' ? '1' : '0';
		assert_false(credential_signature_good(str_of(document), str_of(signature), f->app.sign_pk));
		signature[i] = was;
	}
	assert_false(credential_signature_good(str_of(document), S(""), f->app.sign_pk));
	unsigned char other_pk[32], other_sk[64];
	crypto_sign_keypair(other_pk, other_sk);
	assert_false(credential_signature_good(str_of(document), str_of(signature), other_pk));
}

static void the_pdf_carries_its_proof_and_an_altered_one_shows(void **state)
{
	struct client *c = client_as(f, w.learner);
	struct str pdf = pdf_of(c, newest_serial());
	char *copy = arena_alloc(f->cx.arena, pdf.n);
	ptrdiff_t at = str_find(pdf, S(CREDENTIAL_MARK));
	(void)state;
	assert_true(verifies(pdf));
	assert_true(at > 0);
	memcpy(copy, pdf.p, pdf.n);
	int altered = 0;
	for (size_t i = (size_t)at + 5; i < pdf.n && copy[i] != '.' && altered < 200; i += 3)
		if ((copy[i] >= 'a' && copy[i] < 'z') || (copy[i] >= 'A' && copy[i] < 'Z')) {
			copy[i]++;
			assert_false(verifies((struct str){ copy, pdf.n }));
			copy[i]--;
			altered++;
		}
	assert_true(altered > 50);
	for (size_t n = 0; n < pdf.n; n += 1 + pdf.n / 60)
		assert_true(n > (size_t)at || !verifies((struct str){ pdf.p, n }));
	client_free(c);
}

static void verify_works_without_network_and_data(void **state)
{
	struct client *c = client_as(f, w.learner);
	struct str pdf = pdf_of(c, newest_serial());
	const char *path = str_fmt(f->cx.arena, "%s/certificate.pdf", f->dir).p, *bad = str_fmt(f->cx.arena, "%s/altered.pdf", f->dir).p;
	char key[65], said[4000];
	FILE *o = fopen(path, "wb");
	(void)state;
	NEED(o && fwrite(pdf.p, 1, pdf.n, o) == pdf.n && fclose(o) == 0, "no file");
	sodium_bin2hex(key, sizeof key, f->app.sign_pk, 32);
	const char *good_args[] = { "verify", path, "--key", key, NULL };
	assert_int_equal(program_run(f, said, sizeof said, good_args), 0);
	char *copy = arena_alloc(f->cx.arena, pdf.n);
	memcpy(copy, pdf.p, pdf.n);
	char *mark = (char *)memmem(copy, pdf.n, CREDENTIAL_MARK, 5);
	mark[60] = mark[60] == 'A' ? 'B' : 'A';
	o = fopen(bad, "wb");
	NEED(o && fwrite(copy, 1, pdf.n, o) == pdf.n && fclose(o) == 0, "no file");
	const char *bad_args[] = { "verify", bad, "--key", key, NULL };
	assert_int_equal(program_run(f, said, sizeof said, bad_args), 1);
	key[0] = key[0] == '0' ? '1' : '0';
	assert_int_equal(program_run(f, said, sizeof said, good_args), 1);
	const char *gone[] = { "verify", "/nowhere/at/all.pdf", NULL };
	assert_int_equal(program_run(f, said, sizeof said, gone), 1);
	client_free(c);
}

static void what_is_no_certificate_is_told_apart(void **state)
{
	static const char *const files[] = { "", "x", "%PDF-1.7\n", "{}", "{\"document\":1}", "{\"document\":\"x\",\"signature\":\"y\"}", "KYC1.", "KYC1..", "KYC1.AAAA.AAAA", "KYC1.!!!!.????", "[1,2" };
	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		assert_false(verifies(str_of(files[i])));
}

/* ── names ── */

static void a_name_in_any_script_and_of_any_length_is_set(void **state)
{
	static const char *const names[] = {
		"सुनीता देवी", "সুমিত্রা বন্দ্যোপাধ্যায়", "குமரன் சுப்பிரமணியன்", "వేంకటేశ్వర రావు", "ಶ್ರೀನಿವಾಸ ಮೂರ್ತಿ", "മീനാക്ഷി നായർ", "ગીતાબેન પટેલ", "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ", "ଶ୍ରୀମତୀ ମହାନ୍ତି",
		"محمد عثمان", "ᱥᱟᱱᱛᱟᱲᱤ", "བསྟན་འཛིན", "A", "",
		"Venkatanarasimharajuvaripeta Sri Lakshmi Narasimha Satyanarayana Subrahmanya Venkata Ramanamurthy Chandrasekhara Azad",
	};
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct credential_pdf_in in = { .serial = S("0000-0000-0000"), .name = str_of(names[i]), .title = str_of(names[i]), .provider = S("Institute"),
						.verify_url = S("https://learn.example/verify/0000-0000-0000"), .document = S("{}"), .signature = S("00"), .heading = S("Certificate"),
						.says = S("This is to certify that"), .course_line = S("completed"), .facts = S("12 min"), .number_line = S("No. 0000"),
						.verify_line = S("Verify"), .brand = S("Karmayogi") };
		struct str pdf;
		assert_int_equal(credential_pdf(&f->cx, &in, &pdf), OK);
		assert_true(str_starts(pdf, S("%PDF-")) && str_find(pdf, S("%%EOF")) > 0);
	}
}

/* ── history ── */

static enum err rename_in(struct ctx *cx, void *arg)
{
	return person_change(cx, w.learner, &(struct person_add){ .name = str_of(arg) });
}

static void a_corrected_name_is_a_new_certificate_and_the_old_one_says_so(void **state)
{
	struct client *admin = client_as(f, w.admin), *nobody = client_new(f);
	char old[40];
	int64_t id = query_int(f, "SELECT id FROM credential");
	(void)state;
	snprintf(old, sizeof old, "%s", newest_serial());
	const char *path = base_of("/api/v1/people/%lld/credentials/%lld/reissue", (long long)w.learner, (long long)id);
	assert_int_equal(post_json(admin, path, "{\"reason\":\"nothing to correct\"}"), 409);
	in_tx(f, rename_in, (void *)(uintptr_t)"Asha Kumari Devi");
	assert_int_equal(post_json(admin, path, "{\"reason\":\"The name was misspelt\"}"), 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM credential"), 2);
	assert_string_not_equal(newest_serial(), old);
	assert_int_equal(get(nobody, "/verify/%s", old), 200);
	assert_true(body_has(nobody, newest_serial()));
	assert_int_equal(get(nobody, "/verify/%s", newest_serial()), 200);
	assert_true(body_has(nobody, "Asha Kumari Devi"));
	assert_int_equal(post_json(admin, path, "{\"reason\":\"again\"}"), 409);
	assert_int_equal(check_findings(f), 0);
	client_free(admin);
	client_free(nobody);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	int64_t lesson = query_int(f, "SELECT id FROM resource WHERE course_id = %lld", (long long)w.hindi);
	in_tx(f, complete, &lesson);
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
		cmocka_unit_test(no_byte_of_what_is_signed_can_be_altered),
		cmocka_unit_test(the_pdf_carries_its_proof_and_an_altered_one_shows),
		cmocka_unit_test(verify_works_without_network_and_data),
		cmocka_unit_test(what_is_no_certificate_is_told_apart),
		cmocka_unit_test(a_name_in_any_script_and_of_any_length_is_set),
		cmocka_unit_test(a_corrected_name_is_a_new_certificate_and_the_old_one_says_so),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
