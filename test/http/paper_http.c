/* What leaves of a paper, and to whom: every kind of question is asked, answered, marked and reviewed; what is right is in no answer of the server before
 * everybody's time is over; pictures come with the paper and not without; and public assessments without an account. */
#include "bank.h"
#include "feature/attempt/attempt.h"

#include <string.h>

static struct fixture *f;
static struct world w;
static int64_t drafting;

static void pass_time(int64_t ms)
{
	f->app.fixed_now += ms;
	f->cx.now = f->app.fixed_now;
}

/* ── questions of every kind ── */

/* Words that stand in keys and feedback alone, and words that stand in questions alone. */
static const char *const keys[] = { "KEYWORD",	  "481516",	"Bhagalpur",  "SAMPLEWORD", "RUBRICWORD", "\"weight",
				    "weight\\\"", "answer_key", "\"pairs\":", "\"order\":", "general" };
enum { KINDS = 9 };
static const struct {
	const char *kind, *asked, *key, *right;
	double points;
} all[KINDS] = {
	{ "single", "{\"text\":\"ASKED single\",\"options\":[{\"id\":\"a\",\"text\":\"one\"},{\"id\":\"b\",\"text\":\"two\"}]}",
	  "{\"options\":[{\"id\":\"a\",\"weight\":0},{\"id\":\"b\",\"weight\":100}]}", "[\"b\"]", 1 },
	{ "multiple",
	  "{\"text\":\"ASKED multiple\",\"options\":[{\"id\":\"a\",\"text\":\"one\"},{\"id\":\"b\",\"text\":\"two\"},{\"id\":\"c\",\"text\":\"three\"}]}",
	  "{\"options\":[{\"id\":\"a\",\"weight\":50},{\"id\":\"b\",\"weight\":-50},{\"id\":\"c\",\"weight\":50}]}", "[\"a\",\"c\"]", 2 },
	{ "truefalse", "{\"text\":\"ASKED truefalse\",\"options\":[{\"id\":\"true\",\"text\":\"true\"},{\"id\":\"false\",\"text\":\"false\"}]}",
	  "{\"options\":[{\"id\":\"true\",\"weight\":100},{\"id\":\"false\",\"weight\":0}]}", "[\"true\"]", 1 },
	{ "numeric", "{\"text\":\"ASKED numeric\"}", "{\"numbers\":[{\"value\":481516,\"tolerance\":0,\"weight\":100}]}", "[\"4,81,516\"]", 1 },
	{ "short", "{\"text\":\"ASKED short\"}", "{\"options\":[{\"id\":\"Bhagalpur\",\"weight\":100}]}", "[\"bhagalpur\"]", 1 },
	{ "matching",
	  "{\"text\":\"ASKED "
	  "matching\",\"options\":[{\"id\":\"a\",\"text\":\"one\"},{\"id\":\"b\",\"text\":\"two\"}],\"lefts\":[{\"id\":\"1\",\"text\":\"left\"},{\"id\":\"2\","
	  "\"text\":\"more\"}]}",
	  "{\"pairs\":[{\"left\":\"1\",\"right\":\"b\"},{\"left\":\"2\",\"right\":\"a\"}]}", "[\"1=b\",\"2=a\"]", 2 },
	{ "ordering",
	  "{\"text\":\"ASKED ordering\",\"options\":[{\"id\":\"a\",\"text\":\"one\"},{\"id\":\"b\",\"text\":\"two\"},{\"id\":\"c\",\"text\":\"three\"}]}",
	  "{\"order\":[\"c\",\"a\",\"b\"]}", "[\"c\",\"a\",\"b\"]", 1 },
	{ "hotspot",
	  "{\"text\":\"ASKED hotspot\",\"options\":[{\"id\":\"a\",\"text\":\"north\",\"area\":\"rect 0 0 500 "
	  "500\"},{\"id\":\"b\",\"text\":\"south\",\"area\":\"rect 0 500 500 1000\"}],"
	  "\"picture\":{\"alt\":\"a map\",\"width\":640,\"height\":480}}",
	  "{\"options\":[{\"id\":\"a\",\"weight\":100},{\"id\":\"b\",\"weight\":0}]}", "[\"a\"]", 1 },
	{ "judgement", "{\"text\":\"ASKED judgement\",\"options\":[{\"id\":\"a\",\"text\":\"wait\"},{\"id\":\"b\",\"text\":\"ask\"}]}",
	  "{\"options\":[{\"id\":\"a\",\"weight\":40},{\"id\":\"b\",\"weight\":100}]}", "[\"b\"]", 1 },
};

static int64_t put_item(const char *code, const char *kind, const char *asked, const char *key, double points)
{
	int64_t id = new_id(&f->cx);
	tamper(f,
	       "INSERT INTO item (id, org_id, code, kind, status, version, live_version, competency_id, level, bloom, source, n, created_at, changed_at) "
	       "VALUES (%lld, %lld, '%s', '%s', 'live', 1, 1, %lld, 2, '', '', 0, 1, 1)",
	       (long long)id, (long long)w.ministry, code, kind, (long long)drafting);
	bool pictured = strcmp(kind, "hotspot") == 0;
	tamper(f,
	       "INSERT INTO item_version (item_id, version, answer_key, points, steps, picture, picture_type, made_at, why) VALUES (%lld, 1, '%s', %g, 1, %s, "
	       "%s, 1, '')",
	       (long long)id, key, points,
	       !pictured	   ? "NULL"
	       : fixture_sqlite(f) ? "x'89504e47'"
				   : "'\\x89504e47'",
	       pictured ? "'image/png'" : "NULL");
	tamper(f, "INSERT INTO item_text (item_id, version, lang, base, asked, feedback) VALUES (%lld, 1, 'en', TRUE, '%s', '{\"general\":\"KEYWORD %s\"}')",
	       (long long)id, asked, kind);
	return id;
}

static int64_t exam_of_all_kinds(const char *code, const char *kind, bool with_long)
{
	int64_t v[KINDS + 1], id = an_exam(f, w.ministry, code, kind);
	size_t n = 0;
	for (; n < KINDS; n++)
		v[n] = put_item(str_fmt(f->cx.arena, "%s-%zu", code, n).p, all[n].kind, all[n].asked, all[n].key, all[n].points);
	if (with_long)
		v[n++] = put_item(str_fmt(f->cx.arena, "%s-long", code).p, "long", "{\"text\":\"ASKED long\",\"words\":300}",
				  "{\"rubric\":[{\"name\":\"RUBRICWORD\",\"points\":4}],\"sample\":\"SAMPLEWORD\"}", 4);
	a_part(f, w.ministry, id, drafting, 2, (int64_t)n);
	a_form(f, id, v, n);
	open_exam(f, w.ministry, id);
	tamper(f, "UPDATE exam SET feedback = 'review' WHERE id = %lld", (long long)id);
	return id;
}

/* ── the walk ── */

static int looked_at;

/* Nothing that is right stands in the last answer. */
static void tells_nothing(struct client *c)
{
	looked_at++;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (body_has(c, keys[i])) {
			print_error("“%s” stands in %s\n", keys[i], buf_get(&c->body).p);
			assert_true(false);
		}
}

static void get_and_look(struct client *c, const char *path, long status)
{
	assert_int_equal(get(c, "%s", path), status);
	tells_nothing(c);
}

static void post_and_look(struct client *c, const char *path, const char *json, long status)
{
	if (post_json(c, path, json) != status)
		print_error("%s: %ld %s\n", path, c->status, buf_get(&c->body).p);
	assert_int_equal(c->status, status);
	tells_nothing(c);
}

static void put_and_look(struct client *c, const char *path, const char *json, long status)
{
	static char token[120];
	snprintf(token, sizeof token, "X-CSRF-Token: %s", c->csrf);
	c->header[0] = token;
	assert_int_equal(send_raw(c, "PUT", path, "application/json", json, strlen(json)), status);
	tells_nothing(c);
}

static const char *path_of(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static const char *path_of(const char *fmt, ...)
{
	char text[200];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	return str_dup(f->cx.arena, str_of(text)).p;
}

/* Each right answer; the places in the form are 1, 2, … */
static void answer_all(struct client *c, const char *address, size_t n_right)
{
	for (size_t i = 0; i < KINDS; i++) {
		const char *given = i < n_right ? all[i].right : "[]";
		put_and_look(c, address, str_fmt(f->cx.arena, "{\"answers\":[{\"n\":%zu,\"seq\":%zu,\"given\":%s}]}", i + 1, i + 1, given).p, 200);
		assert_true(body_has(c, "kept"));
	}
}

static void what_is_right_leaves_nowhere_before_everybodys_time_is_over(void **state)
{
	int64_t exam = exam_of_all_kinds("walk", "standalone", false);
	struct client *c = client_as(f, w.learner), *other = client_as(f, w.colleague);
	(void)state;
	looked_at = 0;
	post_and_look(c, path_of("/api/v1/exams/%lld/attempts", (long long)exam), "{}", 200);
	assert_false(body_has(c, "ASKED"));
	int64_t id = json_number(c, "attempt_id");
	const char *page = path_of("/exam-attempts/%lld", (long long)id), *api = path_of("/api/v1/exam-attempts/%lld", (long long)id);
	get_and_look(c, page, 200);
	for (size_t i = 0; i < KINDS; i++)
		assert_true(body_has(c, str_fmt(f->cx.arena, "ASKED %s", all[i].kind).p));
	get_and_look(c, api, 200);
	assert_true(body_has(c, "ASKED ordering"));
	get_and_look(other, page, 404);
	answer_all(c, path_of("%s/answers", api), KINDS);
	put_and_look(c, path_of("%s/answers", api),
		     "{\"answers\":[{\"n\":4,\"seq\":90,\"given\":[\"no "
		     "number\"]},{\"n\":77,\"seq\":91,\"given\":[\"a\"]},{\"n\":7,\"seq\":92,\"given\":[\"a\",\"b\",\"c\"]}]}",
		     200);
	post_and_look(c, path_of("%s/events", api), "{\"events\":[{\"seq\":1,\"kind\":\"left\"}]}", 200);
	get_and_look(c, path_of("%s/pictures/8", page), 200);
	get_and_look(other, path_of("%s/pictures/8", page), 404);
	get_and_look(c, path_of("%s/pictures/1", page), 404);
	assert_int_equal(post(c, path_of("%s/submit", page), "answer.4=no+number&answer.1=b&later=stay"), 422);
	tells_nothing(c);
	post_and_look(c, path_of("%s/submit", api), "{}", 200);
	assert_int_equal(json_number(c, "percent"), 90);
	get_and_look(c, page, 200);
	get_and_look(c, api, 200);
	get_and_look(c, path_of("%s/pictures/8", page), 404);
	/* Somebody else begins on the last day and hands in; somebody's time runs out: late answers may yet come for two days. */
	pass_time(DAY - MINUTE);
	post_and_look(other, path_of("/api/v1/exams/%lld/attempts", (long long)exam), "{}", 200);
	pass_time(2 * MINUTE);
	get_and_look(c, page, 200);
	pass_time(HOUR);
	work_now(f);
	get_and_look(c, page, 200);
	pass_time(LATE_HOURS * HOUR);
	assert_int_equal(get(c, "%s", page), 200);
	assert_true(body_has(c, "KEYWORD single") && body_has(c, "KEYWORD ordering") && body_has(c, "1. three 2. one 3. two"));
	assert_int_equal(get(c, "%s/pictures/8", page), 200);
	print_message("%d answers of the server hold nothing of what is right\n", looked_at);
	client_free(other);
	client_free(c);
}

static void without_the_rule_nothing_is_reviewed(void **state)
{
	static const char *const rules[] = { "none", "marks" };
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		int64_t exam = exam_of_all_kinds(rules[i], "standalone", false);
		tamper(f, "UPDATE exam SET feedback = '%s' WHERE id = %lld", rules[i], (long long)exam);
		struct client *c = client_as(f, w.learner);
		post_and_look(c, path_of("/api/v1/exams/%lld/attempts", (long long)exam), "{}", 200);
		int64_t id = json_number(c, "attempt_id");
		answer_all(c, path_of("/api/v1/exam-attempts/%lld/answers", (long long)id), KINDS);
		post_and_look(c, path_of("/api/v1/exam-attempts/%lld/submit", (long long)id), "{}", 200);
		assert_int_equal(body_has(c, "\"marks\":11"), i == 1);
		pass_time(5 * DAY);
		get_and_look(c, path_of("/exam-attempts/%lld", (long long)id), 200);
		assert_int_equal(body_has(c, "11 of 11"), i == 1);
		client_free(c);
	}
}

/* The form without scripts says the same as the messages of the script. */
static void the_form_asks_and_takes_every_kind(void **state)
{
	int64_t exam = exam_of_all_kinds("form", "standalone", false);
	struct client *c = client_as(f, w.learner);
	(void)state;
	post_and_look(c, path_of("/api/v1/exams/%lld/attempts", (long long)exam), "{}", 200);
	int64_t id = json_number(c, "attempt_id");
	assert_int_equal(post(c, path_of("/exam-attempts/%lld/submit", (long long)id),
			      "answer.1=b&answer.2=&answer.2=a&answer.2=c&answer.3=true&answer.4=481516&answer.5=Bhagalpur&answer.6.1=b&answer.6.2=a&answer.7."
			      "a=2&answer.7.b=3&answer.7.c=1&"
			      "answer.8=a&answer.9=b"),
			 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_attempt WHERE id = %lld AND marks = 11 AND max_marks = 11", (long long)id), 1);
	client_free(c);
}

static enum err settle_in_tx(struct ctx *cx, void *arg)
{
	const int64_t *a = arg;
	return attempt_settle(cx, a[0], a[1]);
}

static void long_answers_wait_for_people(void **state)
{
	int64_t exam = exam_of_all_kinds("long", "standalone", true);
	struct client *c = client_as(f, w.learner);
	(void)state;
	post_and_look(c, path_of("/api/v1/exams/%lld/attempts", (long long)exam), "{}", 200);
	int64_t id = json_number(c, "attempt_id");
	answer_all(c, path_of("/api/v1/exam-attempts/%lld/answers", (long long)id), KINDS);
	put_and_look(c, path_of("/api/v1/exam-attempts/%lld/answers", (long long)id),
		     "{\"answers\":[{\"n\":10,\"seq\":50,\"given\":[\"First the rule,\\nthen the case.\"]}]}", 200);
	post_and_look(c, path_of("/api/v1/exam-attempts/%lld/submit", (long long)id), "{}", 200);
	assert_true(body_has(c, "\"state\":\"submitted\"") && body_has(c, "\"marks\":null"));
	get_and_look(c, path_of("/exam-attempts/%lld", (long long)id), 200);
	assert_true(body_has(c, "Long answers are marked by people"));
	assert_int_equal(query_int(f, "SELECT count(*) FROM evidence WHERE source_id = %lld", (long long)exam), 0);
	tamper(f,
	       "INSERT INTO exam_mark (taker_id, attempt_id, n, turn, exam_id, item_id, marker_id, marks, note, marked_at, final) "
	       "SELECT %lld, %lld, 10, 1, %lld, item_id, %lld, 3, '', 1, TRUE FROM exam_answer WHERE attempt_id = %lld AND n = 10",
	       (long long)w.learner, (long long)id, (long long)exam, (long long)w.boss, (long long)id);
	in_tx(f, settle_in_tx, (int64_t[]){ w.learner, id });
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_attempt WHERE id = %lld AND state = 'marked' AND marks = 14 AND max_marks = 15 AND passed",
				   (long long)id),
			 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM evidence WHERE source_id = %lld AND value = 2000 AND withdrawn_at IS NULL", (long long)exam), 1);
	client_free(c);
}

/* ── guests ── */

static struct client *a_guest(int64_t exam, char *ret_address, size_t n)
{
	struct client *c = client_new(f);
	assert_int_equal(get(c, "/public/exams/%lld", (long long)exam), 200);
	assert_int_equal(post(c, path_of("/public/exams/%lld", (long long)exam), "name=A+Guest"), 303);
	const char *to = answer_header(c, "Location");
	NEED(to && strncmp(to, "/public/attempts/", 17) == 0, "a guest is sent to %s", to ? to : "nowhere");
	snprintf(ret_address, n, "%s", to);
	return c;
}

static void a_guest_takes_a_public_assessment_by_a_secret_address(void **state)
{
	int64_t exam = exam_of_all_kinds("public", "public", false);
	char address[100];
	struct client *c = a_guest(exam, address, sizeof address), *stranger = client_new(f);
	(void)state;
	get_and_look(c, address, 200);
	assert_true(body_has(c, "ASKED short"));
	assert_non_null(strstr(answer_header(c, "X-Robots-Tag"), "noindex"));
	const char *api = path_of("/api/v1%s", address);
	answer_all(c, path_of("%s/answers", api), KINDS);
	get_and_look(c, path_of("%s/pictures/8", address), 200);
	assert_int_equal(post(c, address, "answer.1=a"), 303);
	get_and_look(c, address, 200);
	assert_true(body_has(c, "10 of 11") && body_has(c, "Keep the address of this page"));
	/* The secret is nowhere in the database; whoever has it has the result, nobody else has. */
	char text[100];
	query_text(f, text, sizeof text, "SELECT secret_hash FROM exam_guest WHERE exam_id = %lld", (long long)exam);
	assert_int_equal(strlen(text), 64);
	assert_null(strstr(text, address + 17));
	get_and_look(stranger, "/public/attempts/0123456789abcdef0123456789abcdef", 404);
	get_and_look(stranger, "/public/attempts/short", 404);
	get_and_look(stranger, address, 200);
	assert_int_equal(query_int(f, "SELECT count(*) FROM evidence WHERE source_id = %lld", (long long)exam), 0);
	client_free(stranger);
	client_free(c);
}

static void guests_begin_only_what_is_public_and_open(void **state)
{
	int64_t not_public = exam_of_all_kinds("not-public", "standalone", false), exam = exam_of_all_kinds("to-close", "public", false);
	struct client *c = client_new(f);
	(void)state;
	get_and_look(c, path_of("/public/exams/%lld", (long long)not_public), 404);
	post_and_look(c, path_of("/api/v1/public/exams/%lld", (long long)not_public), "{\"name\":\"A\"}", 404);
	post_and_look(c, path_of("/api/v1/public/exams/%lld", (long long)exam), "{\"name\":\"  \"}", 422);
	pass_time(2 * DAY);
	get_and_look(c, path_of("/public/exams/%lld", (long long)exam), 200);
	assert_true(body_has(c, "This assessment is over"));
	post_and_look(c, path_of("/api/v1/public/exams/%lld", (long long)exam), "{\"name\":\"A\"}", 409);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_guest WHERE exam_id = %lld", (long long)exam), 0);
	client_free(c);
}

static void so_many_guests_of_one_network_in_an_hour(void **state)
{
	int64_t exam = exam_of_all_kinds("many", "public", false);
	struct client *c = client_new(f);
	long status = 200;
	int n = 0;
	(void)state;
	pass_time(HOUR + MINUTE);
	for (; n <= GUESTS_NETWORK && status == 200; n++)
		status = post_json(c, path_of("/api/v1/public/exams/%lld", (long long)exam), "{\"name\":\"A\"}");
	assert_int_equal(status, 429);
	assert_int_equal(n, GUESTS_NETWORK + 1);
	client_free(c);
}

/* ── joining accounts ── */

static enum err merge_in_tx(struct ctx *cx, void *arg)
{
	const int64_t *a = arg;
	return attempt_merge(cx, a[0], a[1]);
}

static void papers_of_two_accounts_become_one_persons(void **state)
{
	int64_t exam = exam_of_all_kinds("joined", "standalone", false), kept = a_person(f, "kept", "Kept", w.office, w.boss),
		closed = a_person(f, "gone", "Gone", w.office, w.boss);
	struct client *a = client_as(f, kept), *b = client_as(f, closed);
	const char *open = path_of("/api/v1/exams/%lld/attempts", (long long)exam);
	(void)state;
	post_and_look(a, open, "{}", 200);
	int64_t mine = json_number(a, "attempt_id");
	post_and_look(b, open, "{}", 200);
	int64_t done = json_number(b, "attempt_id");
	answer_all(b, path_of("/api/v1/exam-attempts/%lld/answers", (long long)done), KINDS);
	post_and_look(b, path_of("/api/v1/exam-attempts/%lld/submit", (long long)done), "{}", 200);
	post_and_look(b, open, "{}", 200); /* open in both: the own one goes on */
	in_tx(f, merge_in_tx, (int64_t[]){ kept, closed });
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_attempt WHERE exam_id = %lld AND taker_id = %lld", (long long)exam, (long long)kept), 2);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_attempt WHERE exam_id = %lld AND taker_id = %lld", (long long)exam, (long long)closed), 0);
	assert_int_equal(query_int(f, "SELECT n FROM exam_attempt WHERE id = %lld", (long long)mine), 1);
	assert_int_equal(query_int(f, "SELECT n FROM exam_attempt WHERE id = %lld", (long long)done), 2);
	assert_int_equal(query_int(f, "SELECT count(*) FROM exam_answer WHERE taker_id = %lld AND attempt_id = %lld", (long long)kept, (long long)done), KINDS);
	get_and_look(a, path_of("/exam-attempts/%lld", (long long)done), 200);
	assert_true(body_has(a, "11 of 11"));
	client_free(b);
	client_free(a);
}

/* ── beginning and end ── */

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	schedule_work(f);
	a_world(f, &w);
	a_framework(f, "framework/kcm.csv", w.root);
	drafting = competency_named(f, "functional.noting-and-drafting");
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
		cmocka_unit_test(what_is_right_leaves_nowhere_before_everybodys_time_is_over),
		cmocka_unit_test(without_the_rule_nothing_is_reviewed),
		cmocka_unit_test(the_form_asks_and_takes_every_kind),
		cmocka_unit_test(long_answers_wait_for_people),
		cmocka_unit_test(a_guest_takes_a_public_assessment_by_a_secret_address),
		cmocka_unit_test(guests_begin_only_what_is_public_and_open),
		cmocka_unit_test(so_many_guests_of_one_network_in_an_hour),
		cmocka_unit_test(papers_of_two_accounts_become_one_persons),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
