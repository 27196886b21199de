/* When the lights flicker: the n-th statement of every changing action fails, the disk is full, the schema is newer,
 * a second server comes along. Nothing is half done, and the answer says so. */
#include "http_test.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <libpq-fe.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static struct fixture *f;
static struct world w;
static struct client *learner, *boss, *reviewer, *admin;
static char session[100];

static bool is_done(long status)
{
	return status == 200 || status == 303;
}

/* Lets the n-th statement fail, n = 1, 2, …, until the action gets through. */
static void fails_whole_or_not_at_all(const char *what, long (*act)(void))
{
	enum { MOST = 100 };
	unsigned n;
	long status = 0;
	for (n = 1; n < MOST; n++) {
		uint64_t before = database_hash(f, true);
		int64_t sessions = query_int(f, "SELECT count(*) FROM session");
		f->app.fail_at = n;
		status = act();
		f->app.fail_at = 0;
		if (is_done(status))
			break;
		if (status != 503)
			print_error("%s: with statement %u failing the answer is %ld\n", what, n, status);
		if (database_hash(f, true) != before)
			print_error("%s: with statement %u failing something stayed\n", what, n);
		assert_int_equal(status, 503);
		assert_true(database_hash(f, true) == before);
		assert_int_equal(query_int(f, "SELECT count(*) FROM session"), sessions);
		assert_int_equal(check_findings(f), 0);
	}
	print_message("%s: %u statements\n", what, n - 1);
	assert_true(is_done(status));
	assert_true(n > 1);
	assert_int_equal(check_findings(f), 0);
}

/* ── the changing actions ── */

static long sign_in(void)
{
	struct client *c = client_new(f);
	long status = post(c, "/sign-in", "login=learner@example.gov.in&password=" PASSWORD);
	client_free(c);
	return status;
}

static long enrol(void)
{
	return post_json(learner, base_of("/api/v1/courses/%lld/enrolment", (long long)w.course), "{}");
}

static long report(void)
{
	return post_json(learner, base_of("/api/v1/resources/%lld/progress", (long long)w.lesson),
			 base_of("{\"session\":\"%s\",\"seq\":0,\"position\":5,\"intervals\":[[0,5000]]}", session));
}

static long report_all(void)
{
	return post_json(learner, base_of("/api/v1/resources/%lld/progress", (long long)w.lesson),
			 base_of("{\"session\":\"%s\",\"seq\":1,\"position\":5,\"intervals\":[[0,10000000]]}", session));
}

static long ask_review(void)
{
	return post_json(learner, base_of("/api/v1/resources/%lld/review-requests", (long long)w.film), "{\"words\":\"I watched it in the hall\"}");
}

static long answer_review(void)
{
	int64_t id = query_int(f, "SELECT id FROM review_request");
	return post_json(reviewer, base_of("/api/v1/courses/%lld/review-requests/%lld", (long long)w.course, (long long)id),
			 "{\"decision\":\"credited\",\"answer\":\"Quite so\"}");
}

static long start(void)
{
	return post_json(learner, base_of("/api/v1/resources/%lld/attempts", (long long)w.quiz), "{}");
}

static long save(void)
{
	int64_t q = query_int(f, "SELECT question_id FROM answer a JOIN question q ON q.id = a.question_id WHERE q.code = 'second'");
	return post_json(learner, base_of("/api/v1/attempts/%lld/answers", (long long)query_int(f, "SELECT id FROM attempt")),
			 base_of("{\"question\":\"%lld\",\"answer\":[\"true\"]}", (long long)q));
}

/* The last part: credit, completion, certificate, counters. */
static long submit(void)
{
	int64_t q = query_int(f, "SELECT question_id FROM answer a JOIN question q ON q.id = a.question_id WHERE q.code = 'third'");
	return post_json(learner, base_of("/api/v1/attempts/%lld/submit", (long long)query_int(f, "SELECT id FROM attempt")),
			 base_of("{\"answer\":[\"%lld=4\"]}", (long long)q));
}

static long rate(void)
{
	return post_json(learner, base_of("/api/v1/courses/%lld/rating", (long long)w.course), "{\"stars\":4,\"words\":\"Good\"}");
}

static long enrol_hindi(void)
{
	return post_json(learner, base_of("/api/v1/courses/%lld/enrolment", (long long)w.hindi), "{}");
}

static long end_hindi(void)
{
	return post_json(learner, base_of("/api/v1/courses/%lld/end-enrolment", (long long)w.hindi), "{}");
}

static long assign(void)
{
	return post_json(boss, base_of("/api/v1/people/%lld/assignments", (long long)w.colleague),
			 base_of("{\"course_id\":\"%lld\",\"due_day\":\"2027-06-30\",\"reason\":\"For the audit\"}", (long long)w.course));
}

static long nudge(void)
{
	return post_json(boss, base_of("/api/v1/people/%lld/nudges", (long long)w.colleague), base_of("{\"course_id\":\"%lld\"}", (long long)w.course));
}

static long withdraw(void)
{
	return post(boss, base_of("/people/%lld/assignments/%lld/withdraw", (long long)w.colleague, (long long)w.course), "");
}

static long change_password(void)
{
	return post(learner, "/me/password", "old_password=" PASSWORD "&new_password=another+good+one");
}

static long ask_reset(void)
{
	struct client *c = client_new(f);
	long status = post(c, "/reset", "login=learner@example.gov.in");
	client_free(c);
	return status;
}

static long invite(void)
{
	return post_json(admin, base_of("/api/v1/people/%lld/invite", (long long)w.colleague), "{}");
}

static long begin_factor(void)
{
	return post_json(learner, "/api/v1/me/second-factor/begin", "{}");
}

/* The point is that of the example of RFC 8291. */
static long allow_device(void)
{
	return post_json(learner, "/api/v1/me/push",
			 "{\"endpoint\":\"https://push.example/x\",\"auth\":\"BTBZMqHH6r4Tts7J_aSIgg\","
			 "\"p256dh\":\"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4\"}");
}

static long sign_out(void)
{
	return post(learner, "/sign-out", "");
}

static void a_failing_statement_leaves_nothing_half_done(void **state)
{
	(void)state;
	fails_whole_or_not_at_all("sign in", sign_in);
	fails_whole_or_not_at_all("enrol", enrol);
	NEED(get(learner, "/resources/%lld", (long long)w.lesson) == 200, "no page");
	const char *p = strstr(buf_get(&learner->body).p, "data-session=\"");
	NEED(p, "no session");
	snprintf(session, sizeof session, "%.*s", (int)strcspn(p + 14, "\""), p + 14);
	f->app.fixed_now += HOUR;
	fails_whole_or_not_at_all("report", report);
	fails_whole_or_not_at_all("report that credits", report_all);
	fails_whole_or_not_at_all("ask for a review", ask_review);
	fails_whole_or_not_at_all("answer it", answer_review);
	fails_whole_or_not_at_all("start the quiz", start);
	fails_whole_or_not_at_all("save an answer", save);
	fails_whole_or_not_at_all("submit and complete the course", submit);
	assert_int_equal(query_int(f, "SELECT count(*) FROM credential"), 1);
	fails_whole_or_not_at_all("rate", rate);
	fails_whole_or_not_at_all("enrol again", enrol_hindi);
	fails_whole_or_not_at_all("end the enrolment", end_hindi);
	fails_whole_or_not_at_all("assign", assign);
	fails_whole_or_not_at_all("remind", nudge);
	fails_whole_or_not_at_all("withdraw", withdraw);
	fails_whole_or_not_at_all("change the password", change_password);
	fails_whole_or_not_at_all("ask for a new password", ask_reset);
	tamper(f, "UPDATE person SET password = NULL WHERE id = %lld", (long long)w.colleague);
	fails_whole_or_not_at_all("invite", invite);
	fails_whole_or_not_at_all("begin a second factor", begin_factor);
	fails_whole_or_not_at_all("allow notices on a device", allow_device);
	fails_whole_or_not_at_all("sign out", sign_out);
	assert_int_equal(query_int(f, "SELECT count(*) FROM push_device"), 0);
}

/* ── the disk ── */

/* The log may have begun anew, far before its end: then it has room. The server's own copying may be in the way. */
static void empty_the_log(void)
{
	sqlite3 *db;
	NEED(sqlite3_open_v2(f->url + 7, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
	sqlite3_busy_timeout(db, 5000);
	/* Only who has read knows that there is a log. */
	NEED(sqlite3_exec(db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
	while (sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) == SQLITE_BUSY)
		usleep(10000);
	sqlite3_close(db);
}

static void a_full_disk_loses_nothing_and_ends_with_the_trouble(void **state)
{
	struct rlimit old, small;
	struct stat st;
	char wal[200], path[100];
	struct client *c = client_as(f, w.colleague);
	int refused = 0, done = 0;
	(void)state;
	if (!fixture_sqlite(f)) {
		client_free(c);
		skip();
	}
	snprintf(wal, sizeof wal, "%s-wal", f->url + 7);
	empty_the_log();
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &old);
	small = old;
	NEED(stat(wal, &st) == 0, "no %s", wal);
	small.rlim_cur = (rlim_t)st.st_size + 100000; /* a few pages more */
	NEED(setrlimit(RLIMIT_FSIZE, &small) == 0, "setrlimit");
	snprintf(path, sizeof path, "/api/v1/courses/%lld", (long long)w.hindi);
	for (int i = 0; i < 60 && refused < 3; i++) {
		uint64_t before = database_hash(f, true);
		long status = post_json(c, base_of("%s/%s", path, i % 2 ? "end-enrolment" : "enrolment"), "{}");
		done += status == 200;
		if (status == 503 && database_hash(f, true) == before)
			refused++;
		else if (status != 200 && status != 409)
			break;
	}
	long page = get(c, "/courses");
	setrlimit(RLIMIT_FSIZE, &old);
	print_message("%d done before the disk was full\n", done);
	assert_int_equal(refused, 3);
	assert_int_equal(page, 200); /* reading goes on */
	assert_int_equal(post_json(c, base_of("%s/enrolment", path), "{}"), 200);
	assert_int_equal(check_findings(f), 0);
	client_free(c);
}

/* ── the program itself ── */

static void the_second_server_on_one_file_refuses_to_start(void **state)
{
	struct program first = { 0 }, second = { 0 };
	char said[2000];
	(void)state;
	if (!getenv("KARMAYOGI") || !fixture_sqlite(f))
		skip();
	char base[sizeof f->base];
	snprintf(base, sizeof base, "%s", f->base);
	assert_true(program_serve(f, &first, said, sizeof said));
	bool both = program_serve(f, &second, said, sizeof said);
	program_kill(&first, SIGTERM);
	snprintf(f->base, sizeof f->base, "%s", base);
	assert_false(both);
	assert_non_null(strstr(said, "Another server is running"));
}

static void a_data_folder_that_cannot_be_written_is_named(void **state)
{
	char said[2000], dir[sizeof f->dir];
	const char *const args[] = { "check", NULL };
	(void)state;
	if (!getenv("KARMAYOGI"))
		skip();
	snprintf(dir, sizeof dir, "%s", f->dir);
	snprintf(f->dir, sizeof f->dir, "/proc/nothing-here");
	int code = program_run(f, said, sizeof said, args);
	snprintf(f->dir, sizeof f->dir, "%s", dir);
	assert_int_equal(code, 1);
	assert_non_null(strstr(said, "/proc/nothing-here"));
}

static void exec_beside(const char *sql)
{
	if (fixture_sqlite(f)) {
		sqlite3 *db = NULL;
		NEED(sqlite3_open(f->url + 7, &db) == SQLITE_OK, "open");
		NEED(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s: %s", sql, sqlite3_errmsg(db));
		sqlite3_close(db);
	} else {
		PGconn *c = PQconnectdb(f->url);
		PGresult *r = PQexec(c, sql);
		NEED(PQresultStatus(r) == PGRES_COMMAND_OK, "%s: %s", sql, PQerrorMessage(c));
		PQclear(r);
		PQfinish(c);
	}
}

static void a_database_newer_than_the_program_is_left_alone(void **state)
{
	char said[2000];
	struct program p = { 0 };
	const char *const args[] = { "check", NULL };
	(void)state;
	if (!getenv("KARMAYOGI"))
		skip();
	exec_beside("INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES (999, '0999_future.sql', 'x', 0)");
	uint64_t before = database_hash(f, true);
	char base[sizeof f->base];
	snprintf(base, sizeof base, "%s", f->base);
	assert_false(program_serve(f, &p, said, sizeof said));
	snprintf(f->base, sizeof f->base, "%s", base);
	assert_non_null(strstr(said, "newer than this program"));
	assert_int_equal(program_run(f, said, sizeof said, args), 1);
	assert_non_null(strstr(said, "newer than this program"));
	assert_true(database_hash(f, true) == before);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	learner = client_as(f, w.learner);
	boss = client_as(f, w.boss);
	reviewer = client_as(f, w.reviewer);
	admin = client_as(f, w.admin);
	return 0;
}

static int end(void **state)
{
	(void)state;
	client_free(learner);
	client_free(boss);
	client_free(reviewer);
	client_free(admin);
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_full_disk_loses_nothing_and_ends_with_the_trouble), /* first: the log of SQLite has not yet gone round */
		cmocka_unit_test(a_failing_statement_leaves_nothing_half_done),
		cmocka_unit_test(the_second_server_on_one_file_refuses_to_start),
		cmocka_unit_test(a_data_folder_that_cannot_be_written_is_named),
		cmocka_unit_test(a_database_newer_than_the_program_is_left_alone),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
