/* Frameworks of competencies: looked at before they change anything, versions that hold from their day, taken back whole; what courses teach; CASE for
 * whoever asks. */
#include "http_test.h"
#include "feature/competency/competency.h"

static struct fixture *f;
static struct world w;
static struct client *operator;
static int64_t import_id;

#define BOUNDARY "----karmayogi-test"
#define HEAD "kind,code,parent,area,level,name_en,name_hi,about_en,owner,replaced_by,relates_to\n"
#define TOP HEAD "framework,t,,,2,Test framework,परीक्षण,For the tests.,,,\nlevel,,,,1,One,,,,,\nlevel,,,,2,Two,,,,,\narea,b,,behavioural,,Behavioural,,,,,\n"
#define EARLIER                                                                                                                                                 \
	TOP "theme,speak,b,,,Speaking,बोलना,To speak.,,,listen\nsub-theme,speak.clear,speak,,,Speaking clearly,,,,,\nindicator,,speak.clear,,1,,,Is " \
	    "understood.,,,\ntheme,listen,b,,,Listening,,,,,\n"
#define NEWER                                                                                                                                                                  \
	TOP "theme,speak,b,,,Speaking well,अच्छा बोलना,To speak.,,,\nsub-theme,speak.clear,speak,,,Speaking clearly,,,,,\nindicator,,speak.clear,,1,,,Is " \
	    "understood at once.,,,\ntheme,write,b,,,Writing,,,,,\n"

static long bring(struct client *c, int64_t org, const char *text, const char *from)
{
	char path[100];
	struct buf b;
	snprintf(path, sizeof path, "/orgs/%lld/frameworks", (long long)org);
	NEED(get(c, "%s", path) == 200, "no page of frameworks: %ld", c->status);
	buf_init(&b, c->arena, 1 << 20);
	buf_fmt(&b, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n", c->csrf);
	if (from)
		buf_fmt(&b, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"from_day\"\r\n\r\n%s\r\n", from);
	buf_fmt(&b,
		"--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"t.csv\"\r\nContent-Type: text/csv\r\n\r\n%s\r\n--" BOUNDARY
		"--\r\n",
		text);
	struct str body = buf_get(&b);
	long status = send_raw(c, "POST", path, "multipart/form-data; boundary=" BOUNDARY, body.p, body.n);
	const char *to = answer_header(c, "Location");
	import_id = status == 303 && to ? strtoll(strrchr(to, '/') + 1, NULL, 10) : 0;
	return status;
}

static const char *one(const char *tail)
{
	return base_of("/orgs/%lld/frameworks/%lld%s", (long long)w.ministry, (long long)import_id, tail);
}

static int64_t id_of(const char *code)
{
	return query_int(f, "SELECT c.id FROM competency c JOIN framework f ON f.id = c.framework_id WHERE f.code = 't' AND c.code = '%s'", code);
}

static enum err teach_fn(struct ctx *cx, void *arg)
{
	const struct teaches *t = arg;
	return teaches_set(cx, w.course, t, 2);
}

static void later(int64_t ms)
{
	f->app.fixed_now += ms;
	f->cx.now = f->app.fixed_now;
}

/* ── bringing one in ── */

static void a_file_changes_nothing_until_it_is_carried_out(void **state)
{
	(void)state;
	assert_int_equal(bring(operator, w.ministry, TOP "theme,a,nowhere,,,A,,,,,\n", NULL), 422);
	assert_true(body_has(operator, "line 6") && body_has(operator, "nowhere"));
	assert_int_equal(bring(operator, w.ministry, EARLIER, NULL), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM competency"), 0);
	assert_int_equal(get(operator, "%s", one("")), 200);
	assert_true(body_has(operator, "This framework is new here.") && body_has(operator, "Speaking clearly"));
	assert_int_equal(post(operator, one("/apply"), ""), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM competency"), 4);
	assert_int_equal(post(operator, one("/apply"), ""), 409);
	/* The same again changes nothing, and the page says so. */
	assert_int_equal(bring(operator, w.ministry, EARLIER, NULL), 303);
	assert_int_equal(get(operator, "%s", one("")), 200);
	assert_true(body_has(operator, "changes nothing"));
	assert_false(body_has(operator, "/apply"));
}

static void only_who_may_brings_in_and_only_its_own(void **state)
{
	struct client *c = client_as(f, w.learner), *other = client_as(f, w.other_admin);
	(void)state;
	assert_int_equal(get(c, "/orgs/%lld/frameworks", (long long)w.ministry), 403);
	assert_int_equal(get(other, "/orgs/%lld/frameworks", (long long)w.ministry), 403);
	/* The framework of another organisation is not changed by a file, whoever brings it. */
	assert_int_equal(bring(other, w.other_ministry, EARLIER, NULL), 422);
	assert_true(body_has(other, "belongs to another organisation"));
	client_free(c);
	client_free(other);
}

static void everybody_reads_the_dictionary_in_his_language(void **state)
{
	struct client *c = client_as(f, w.learner), *nobody = client_new(f);
	(void)state;
	assert_int_equal(get(c, "/competencies"), 200);
	assert_true(body_has(c, "Test framework") && body_has(c, "Speaking"));
	assert_int_equal(get(c, "/competencies/%lld", (long long)id_of("speak.clear")), 200);
	assert_true(body_has(c, "Is understood.") && body_has(c, "No course here teaches it yet."));
	assert_int_equal(get(c, "/competencies/%lld", (long long)id_of("listen")), 200);
	assert_true(body_has(c, "Related") && body_has(c, "Speaking")); /* it is the other one that says so */
	assert_int_equal(get(c, "/language/hi?to=/competencies"), 303);
	assert_int_equal(get(c, "/competencies"), 200);
	assert_true(body_has(c, "बोलना") && body_has(c, "Listening")); /* what has no Hindi yet stays English */
	assert_int_equal(get(c, "/api/v1/competencies?framework=nothing"), 404);
	assert_int_equal(get(nobody, "/competencies"), 303);
	client_free(c);
	client_free(nobody);
}

/* ── what courses teach ── */

static void a_course_is_linked_and_what_leads_nowhere_is_found(void **state)
{
	struct teaches t[] = { { S("t"), S("speak.clear"), 2 }, { S("t"), S("write"), 1 } };
	struct client *c = client_as(f, w.learner);
	(void)state;
	in_tx(f, teach_fn, t);
	assert_int_equal(get(c, "/courses/%lld", (long long)w.course), 200);
	assert_true(body_has(c, "Competencies it teaches") && body_has(c, "Speaking clearly") && body_has(c, "up to level 2, Two"));
	assert_int_equal(get(c, "/competencies/%lld", (long long)id_of("speak.clear")), 200);
	assert_true(body_has(c, base_of("/courses/%lld", (long long)w.course)));
	assert_int_equal(check_findings(f), 1); /* "write" is not there yet */
	client_free(c);
}

/* ── a newer file ── */

static void a_newer_file_shows_what_it_changes_and_whom_it_concerns(void **state)
{
	(void)state;
	assert_int_equal(bring(operator, w.ministry, NEWER, NULL), 303);
	assert_int_equal(get(operator, "/api/v1%s", one("")), 200);
	assert_true(body_has(operator, "{\"kind\":\"changed\",\"code\":\"speak\",\"name\":\"Speaking well\",\"what\":\"name, links\",\"n_courses\":0}"));
	assert_true(
		body_has(operator, "{\"kind\":\"changed\",\"code\":\"speak.clear\",\"name\":\"Speaking clearly\",\"what\":\"indicators\",\"n_courses\":1}"));
	assert_true(body_has(operator, "{\"kind\":\"added\",\"code\":\"write\""));
	assert_true(body_has(operator, "{\"kind\":\"ended\",\"code\":\"listen\""));
}

static void what_has_changed_meanwhile_is_looked_at_again(void **state)
{
	int64_t waiting = import_id;
	(void)state;
	assert_int_equal(bring(operator, w.ministry, EARLIER "theme,think,b,,,Thinking,,,,,\n", NULL), 303);
	assert_int_equal(post(operator, one("/apply"), ""), 303);
	int64_t latest = import_id;
	import_id = waiting;
	assert_int_equal(post(operator, one("/apply"), ""), 409);
	assert_true(body_has(operator, "has changed since this file was looked at"));
	import_id = latest;
	assert_int_equal(post(operator, one("/undo"), ""), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM competency WHERE until_day IS NULL"), 4);
	assert_int_equal(post(operator, one("/undo"), ""), 409);
}

/* Wording has its day: until then the old one is read, and the versions stay readable afterwards. */
static void a_change_holds_from_its_day(void **state)
{
	struct client *c = client_as(f, w.learner);
	char day[20];
	(void)state;
	struct civil d = clock_date(clock_day_in_india(f->app.fixed_now) + 10);
	snprintf(day, sizeof day, "%04d-%02d-%02d", d.year, d.month, d.day);
	assert_int_equal(bring(operator, w.ministry, NEWER, "2020-01-01"), 422);
	assert_int_equal(bring(operator, w.ministry, NEWER, day), 303);
	assert_int_equal(post(operator, one("/apply"), ""), 303);
	assert_int_equal(get(c, "/competencies/%lld", (long long)id_of("speak")), 200);
	assert_true(body_has(c, "<h1>Speaking</h1>"));
	assert_int_equal(get(c, "/competencies"), 200);
	assert_true(body_has(c, "Listening") && !body_has(c, "Writing"));
	later(10 * DAY);
	assert_int_equal(get(c, "/competencies/%lld", (long long)id_of("speak")), 200);
	assert_true(body_has(c, "<h1>Speaking well</h1>") && body_has(c, "Versions of the wording"));
	assert_int_equal(get(c, "/competencies"), 200);
	assert_true(!body_has(c, "Listening") && body_has(c, "Writing"));
	assert_int_equal(get(c, "/competencies/%lld", (long long)id_of("listen")), 200);
	assert_true(body_has(c, "Not in force since"));
	client_free(c);
}

static void what_courses_named_before_is_linked_when_it_comes(void **state)
{
	(void)state;
	assert_int_equal(query_int(f, "SELECT count(*) FROM course_competency WHERE competency_id IS NULL"), 0);
	assert_int_equal(check_findings(f), 0);
}

static void taking_back_gives_the_framework_as_it_was(void **state)
{
	struct client *c = client_as(f, w.learner);
	(void)state;
	assert_int_equal(post(operator, one("/undo"), ""), 303);
	assert_int_equal(get(c, "/frameworks/t/csv"), 200);
	assert_true(body_has(c, "\"Speaking\"") && body_has(c, "\"listen\"") && body_has(c, "Is understood.") && !body_has(c, "Writing"));
	assert_int_equal(check_findings(f), 1); /* the course names one that has ended */
	tamper(f, "DELETE FROM course_competency WHERE code = 'write'");
	client_free(c);
}

static void the_scale_of_a_framework_never_changes(void **state)
{
	(void)state;
	assert_int_equal(bring(operator, w.ministry, HEAD "framework,t,,,1,T,,,,,\nlevel,,,,1,One,,,,,\ntheme,speak,,,,Speaking,,,,,\n", NULL), 422);
	assert_true(body_has(operator, "number of levels of a framework never changes"));
	assert_int_equal(bring(operator, w.ministry, TOP "theme,speak,b,,,Speaking,,,nobody,,\n", NULL), 422);
	assert_true(body_has(operator, "no organisation with the code"));
}

/* ── CASE ── */

static void frameworks_are_found_under_the_addresses_of_case(void **state)
{
	char document[60], item[60];
	struct client *c = client_new(f);
	(void)state;
	query_text(f, document, sizeof document, "SELECT identifier FROM framework WHERE code = 't'");
	query_text(f, item, sizeof item, "SELECT identifier FROM competency WHERE code = 'speak'");
	assert_int_equal(get(c, "/ims/case/v1p1/CFDocuments"), 200);
	assert_true(body_has(c, document));
	assert_int_equal(get(c, "/ims/case/v1p1/CFPackages/%s", document), 200);
	struct findings found = { .arena = f->cx.arena };
	struct framework *fw = framework_read(&found, S("package"), str_dup(f->cx.arena, buf_get(&c->body)), S("t"));
	assert_int_equal(found.n, 0);
	assert_int_equal(fw->n, 4);
	assert_int_equal(get(c, "/ims/case/v1p1/CFItems/%s", item), 200);
	assert_true(body_has(c, "\"humanCodingScheme\":\"speak\""));
	assert_int_equal(get(c, "/ims/case/v1p1/CFItemAssociations/%s", item), 200);
	assert_true(body_has(c, "isChildOf") && body_has(c, "isRelatedTo"));
	assert_int_equal(get(c, "/ims/case/v1p1/CFDocuments/%s", item), 404);
	assert_true(body_has(c, "\"imsx_codeMajor\":\"failure\""));
	client_free(c);
}

/* With any statement failing the framework is as before. */
static void a_failing_statement_changes_nothing(void **state)
{
	unsigned n;
	(void)state;
	assert_int_equal(bring(operator, w.ministry, NEWER, NULL), 303);
	for (n = 1; n < 80; n++) {
		uint64_t before = database_hash(f, true);
		f->app.fail_at = n;
		long status = post(operator, one("/apply"), "");
		f->app.fail_at = 0;
		if (status == 303)
			break;
		assert_int_equal(status, 503);
		assert_true(database_hash(f, true) == before);
	}
	assert_in_range(n, 20, 79);
}

static void the_commands_bring_in_and_give_out(void **state)
{
	char said[20000], path[200], org[40];
	(void)state;
	if (!getenv("KARMAYOGI"))
		skip();
	query_text(f, org, sizeof org, "SELECT code FROM org WHERE id = %lld", (long long)w.root);
	const char *const dry[] = { "import", "competencies", "kcm", "--org", org, "--dry-run", NULL }, *const real[] = { "import", "competencies",
															  "kcm",    "--org",
															  org,	    NULL };
	assert_int_equal(program_run(f, said, sizeof said, dry), 0);
	assert_non_null(strstr(said, "157 new"));
	assert_int_equal(query_int(f, "SELECT count(*) FROM framework"), 1);
	assert_int_equal(program_run(f, said, sizeof said, real), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM framework"), 2);
	assert_int_equal(program_run(f, said, sizeof said, dry), 0);
	assert_non_null(strstr(said, "157 unchanged"));
	snprintf(path, sizeof path, "%s/cut.csv", f->dir);
	FILE *out = fopen(path, "w");
	NEED(out && fputs("kind,code\ntheme", out) >= 0 && fclose(out) == 0, "no file");
	const char *const cut[] = { "import", "competencies", path, "--org", org, NULL }, *const give[] = { "export", "competencies", "t", "--case", NULL };
	assert_int_equal(program_run(f, said, sizeof said, cut), 1);
	assert_non_null(strstr(said, "line 2"));
	assert_int_equal(program_run(f, said, sizeof said, give), 0);
	assert_non_null(strstr(said, "\"CFDocument\""));
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	operator= client_as(f, w.operator);
	return 0;
}

static int end(void **state)
{
	(void)state;
	client_free(operator);
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_changes_nothing_until_it_is_carried_out), /* each stands on what those before it left */
		cmocka_unit_test(only_who_may_brings_in_and_only_its_own),
		cmocka_unit_test(everybody_reads_the_dictionary_in_his_language),
		cmocka_unit_test(a_course_is_linked_and_what_leads_nowhere_is_found),
		cmocka_unit_test(a_newer_file_shows_what_it_changes_and_whom_it_concerns),
		cmocka_unit_test(what_has_changed_meanwhile_is_looked_at_again),
		cmocka_unit_test(a_change_holds_from_its_day),
		cmocka_unit_test(what_courses_named_before_is_linked_when_it_comes),
		cmocka_unit_test(taking_back_gives_the_framework_as_it_was),
		cmocka_unit_test(the_scale_of_a_framework_never_changes),
		cmocka_unit_test(frameworks_are_found_under_the_addresses_of_case),
		cmocka_unit_test(a_failing_statement_changes_nothing),
		cmocka_unit_test(the_commands_bring_in_and_give_out),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
