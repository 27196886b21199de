/* Running the installation: what the operator sees and does, what Prometheus reads, TLS, logs that are rotated. */
#include "http_test.h"
#include "app/upgrade.h"
#include "job/job.h"
#include "web/metrics.h"
#include "web/tls.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct fixture *f;
static struct world w;

static enum err add_job(struct ctx *cx, void *arg)
{
	return job_add(cx, &(struct job_add){ .kind = "mail.again", .asked_by = NONE, .run_at = cx->now + HOUR }, arg);
}

/* Work that has given up. */
static int64_t a_failed_job(void)
{
	int64_t id = 0;
	in_tx(f, add_job, &id);
	tamper(f, "UPDATE job SET state = 'failed', tries = 10, ended_at = 1, result = 'The mail server is on fire.' WHERE id = %lld", (long long)id);
	return id;
}

static void only_the_operator_sees_how_it_runs(void **state)
{
	struct client *c = client_as(f, w.operator), *other = client_as(f, w.admin);
	(void)state;
	assert_int_equal(get(c, "/operation"), 200);
	assert_true(body_has(c, "Disk") && body_has(c, "Backup") && body_has(c, "There is no backup yet."));
	assert_int_equal(get(other, "/operation"), 403);
	assert_int_equal(get(c, "/api/v1/operation/health"), 200);
	assert_true(body_has(c, "\"what\":\"disk\""));
	assert_true(body_has(c, "\"what\":\"mail\""));
	client_free(c);
	client_free(other);
}

static void failed_work_is_shown_and_tried_again(void **state)
{
	struct client *c = client_as(f, w.operator);
	int64_t id = a_failed_job();
	(void)state;
	get(c, "/operation");
	assert_true(body_has(c, "The mail server is on fire."));
	const char *path = base_of("/operation/jobs/%lld/retry", (long long)id);
	assert_int_equal(post(c, path, ""), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM job WHERE id = %lld AND state = 'queued' AND tries = 0", (long long)id), 1);
	assert_true(work_now(f) >= 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM job WHERE id = %lld AND state = 'done'", (long long)id), 1);
	assert_int_equal(post(c, path, ""), 409);
	client_free(c);
}

static void waiting_work_can_be_stopped_before_it_begins(void **state)
{
	struct client *c = client_as(f, w.operator);
	int64_t id = 0;
	(void)state;
	in_tx(f, add_job, &id);
	assert_int_equal(post(c, base_of("/operation/jobs/%lld/cancel", (long long)id), ""), 303);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM job WHERE id = %lld AND state = 'queued'", (long long)id), 0);
	client_free(c);
}

static void work_that_nobody_does_is_a_fault(void **state)
{
	struct client *c = client_as(f, w.operator);
	int64_t id = 0;
	(void)state;
	in_tx(f, add_job, &id);
	f->app.fixed_now += 2 * HOUR;
	get(c, "/api/v1/operation/health");
	assert_true(body_has(c, "Nobody does the work"));
	work_now(f);
	get(c, "/api/v1/operation/health");
	assert_false(body_has(c, "Nobody does the work"));
	client_free(c);
}

static void a_clock_that_was_set_back_is_a_fault(void **state)
{
	struct client *c = client_as(f, w.operator);
	int64_t now = f->app.fixed_now;
	(void)state;
	f->app.fixed_now += HOUR;
	assert_int_equal(post(c, base_of("/operation/jobs/%lld/retry", (long long)a_failed_job()), ""), 303);
	f->app.fixed_now = now;
	get(c, "/api/v1/operation/health");
	assert_true(body_has(c, "it was set back"));
	f->app.fixed_now = now + HOUR;
	work_now(f);
	client_free(c);
}

static void metrics_count_requests_by_action(void **state)
{
	struct client *c = client_as(f, w.operator), *scraper = client_new(f);
	(void)state;
	get(c, "/operation");
	get(c, "/no-such-page");
	assert_int_equal(get(scraper, "/metrics"), 200);
	assert_non_null(strstr(answer_header(scraper, "Content-Type"), "version=0.0.4"));
	assert_true(body_has(scraper, "karmayogi_requests_total{action=\"operation.page\",status=\"2xx\"}"));
	assert_true(body_has(scraper, "karmayogi_requests_total{action=\"other\",status=\"4xx\"}"));
	assert_true(body_has(scraper, "karmayogi_request_duration_seconds_bucket{action=\"operation.page\",le=\"+Inf\"}"));
	assert_true(body_has(scraper, "process_resident_memory_bytes"));
	client_free(c);
	client_free(scraper);
}

static void metrics_are_not_for_who_comes_through_a_proxy(void **state)
{
	struct client *c = client_new(f);
	(void)state;
	c->header[0] = "X-Forwarded-For: 203.0.113.7";
	assert_int_equal(get(c, "/metrics"), 403);
	assert_false(body_has(c, "karmayogi_"));
	client_free(c);
}

/* Buckets hold what lies at or below their bound; the total is the sum of the classes. */
static void what_is_counted_adds_up(void **state)
{
	struct metrics *m = metrics_new(2);
	struct arena *a = arena_new();
	struct metrics_action *v;
	(void)state;
	for (int i = 0; i < 95; i++)
		metrics_note(m, 1, 200, 900);
	for (int i = 0; i < 5; i++)
		metrics_note(m, 1, 503, 700000);
	metrics_note(m, 7, 404, 100);
	assert_int_equal(metrics_actions(m, a, &v), 1);
	assert_int_equal(v[0].action, 1);
	assert_int_equal(v[0].n, 100);
	assert_int_equal(v[0].failed, 5);
	assert_int_equal(v[0].mean_us, (95 * 900 + 5 * 700000) / 100);
	assert_int_equal(v[0].p95_us, 1000);
	arena_free(a);
	metrics_free(m);
}

/* ── upgrading ── */

static struct migration *and_more(const struct migration *more, size_t n_more)
{
	size_t n = 0;
	while (migrations[n].name)
		n++;
	struct migration *v = ARENA_ARRAY(f->cx.arena, struct migration, n + n_more + 1);
	memcpy(v, migrations, n * sizeof *v);
	memcpy(v + n, more, n_more * sizeof *v);
	return v;
}

static int upgrade(const struct migration *m, const char *option)
{
	char *argv[] = { (char *)(uintptr_t)option, NULL };
	struct command_line c = { .cx = &f->cx, .pool = f->pool, .argc = option ? 1 : 0, .argv = argv };
	c.config.data = str_of(f->dir);
	c.config.database = str_of(f->url);
	return upgrade_with(&c, m);
}

static int64_t tables_named(const char *name)
{
	return fixture_sqlite(f) ? query_int(f, "SELECT count(*) FROM sqlite_master WHERE name = '%s'", name)
				 : query_int(f, "SELECT count(*) FROM pg_tables WHERE tablename = '%s'", name);
}

/* Each with a database of its own; no server runs on it. */
static void with_data(void (*fn)(void))
{
	struct fixture *was = f;
	query_end();
	f = fixture_data();
	fn();
	query_end();
	fixture_end(f);
	f = was;
}

static void all_or_nothing(void)
{
	const struct migration good = { "9001_good.sql", "-- owner: good\nCREATE TABLE upgrade_good (id ID PRIMARY KEY);\n" };
	const struct migration bad[] = { good, { "9002_bad.sql", "-- owner: bad\nCREATE TABLE upgrade_bad (id ID PRIMARY KEY);\nINSERT INTO no_such_table (id) VALUES (1);\n" } };
	struct str message = STR_NONE;
	assert_int_equal(upgrade(and_more(bad, 2), NULL), 1);
	query_end();
	assert_int_equal(tables_named("upgrade_good"), 0);
	assert_int_equal(db_migrated(&f->cx, f->pool, migrations, &message), OK);
	assert_int_equal(upgrade(and_more(&good, 1), "--dry-run"), 0);
	query_end();
	assert_int_equal(tables_named("upgrade_good"), 0);
	assert_int_equal(upgrade(and_more(&good, 1), NULL), 0);
	query_end();
	assert_int_equal(tables_named("upgrade_good"), 1);
	assert_int_equal(upgrade(and_more(&good, 1), NULL), 0);
}

static void an_upgrade_is_whole_or_has_not_been(void **state)
{
	(void)state;
	with_data(all_or_nothing);
}

static void what_breaks_a_promise(void)
{
	/* An organisation without its own row in the table of what lies above: nothing derives that anew. */
	const struct migration harm = { "9001_harm.sql", "-- owner: harm\nDELETE FROM org_above;\n" };
	an_org(f, "top", "Top", 0);
	query_end();
	assert_int_equal(upgrade(and_more(&harm, 1), NULL), 1);
	query_end();
	assert_int_equal(query_int(f, "SELECT count(*) FROM org_above"), 1);
	assert_int_equal(upgrade(and_more(&harm, 1), "--accept-findings"), 0);
}

static void an_upgrade_that_breaks_a_promise_is_undone(void **state)
{
	(void)state;
	with_data(what_breaks_a_promise);
}

/* ── the program as a process ── */

static void sh(const char *const *argv)
{
	pid_t pid = fork();
	int status = 1;
	NEED(pid >= 0, "fork");
	if (!pid) {
		int null = open("/dev/null", O_WRONLY);
		dup2(null, STDERR_FILENO);
		execvp(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	NEED(waitpid(pid, &status, 0) == pid && status == 0, "%s failed", argv[0]);
}

/* A certificate of our own for localhost, good for so many days. */
static void a_certificate(const char *name, const char *subject, const char *days)
{
	char key[120], crt[120];
	snprintf(key, sizeof key, "%s/%s.key", f->dir, name);
	snprintf(crt, sizeof crt, "%s/%s.pem", f->dir, name);
	const char *const argv[] = { "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", subject,
				     "-addext", "subjectAltName=IP:127.0.0.1", "-days", days, "-keyout", key, "-out", crt, NULL };
	sh(argv);
}

static const char *in_dir(const char *name)
{
	return str_fmt(f->cx.arena, "%s/%s", f->dir, name).p;
}

/* The subject of the certificate that the server shows. "" when there is no TLS. */
static void subject_shown(unsigned port, const char *ca, char *ret, size_t n)
{
	CURL *c = curl_easy_init();
	struct curl_certinfo *info = NULL;
	char url[80];
	ret[0] = 0;
	snprintf(url, sizeof url, "https://127.0.0.1:%u/healthz", port);
	curl_easy_setopt(c, CURLOPT_URL, url);
	curl_easy_setopt(c, CURLOPT_CAINFO, ca);
	curl_easy_setopt(c, CURLOPT_CERTINFO, 1L);
	curl_easy_setopt(c, CURLOPT_NOBODY, 1L);
	if (curl_easy_perform(c) == CURLE_OK && curl_easy_getinfo(c, CURLINFO_CERTINFO, &info) == CURLE_OK && info->num_of_certs)
		for (struct curl_slist *s = info->certinfo[0]; s; s = s->next)
			if (strncmp(s->data, "Subject:", 8) == 0)
				snprintf(ret, n, "%s", s->data + 8);
	curl_easy_cleanup(c);
}

static bool file_has(const char *path, const char *text)
{
	char b[20000];
	FILE *in = fopen(path, "r");
	if (!in)
		return false;
	size_t n = fread(b, 1, sizeof b - 1, in);
	b[n] = 0;
	fclose(in);
	return strstr(b, text) != NULL;
}

static bool comes(const char *path, const char *text)
{
	for (int i = 0; i < 100; i++) {
		if (file_has(path, text))
			return true;
		usleep(50000);
	}
	return false;
}

static pid_t serve_with_tls(unsigned *ret_port)
{
	const char *log = in_dir("server.log");
	pid_t pid = fork();
	NEED(pid >= 0, "fork");
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL); /* not left behind by a test that fails */
		execl(program_path(), program_path(), "serve", "--port", "0", "--data", f->dir, "--database", f->url, "--tls-certificate", in_dir("tls.pem"),
		      "--tls-key", in_dir("tls.key"), "--log-file", log, (char *)NULL);
		_exit(127);
	}
	NEED(comes(log, "karmayogi serves on https://127.0.0.1:"), "it does not serve");
	FILE *in = fopen(log, "r");
	char line[400];
	*ret_port = 0;
	while (in && fgets(line, sizeof line, in) && !*ret_port)
		(void)!sscanf(line, "karmayogi serves on https://127.0.0.1:%u", ret_port);
	fclose(in);
	NEED(*ret_port, "no port");
	return pid;
}

static void the_server_speaks_tls_and_takes_a_new_certificate_and_a_new_log_at_a_signal(void **state)
{
	struct fixture *was = f;
	char subject[200];
	unsigned port;
	int status;
	(void)state;
	query_end();
	f = fixture_data();
	a_certificate("tls", "/CN=first", "30");
	pid_t pid = serve_with_tls(&port);
	subject_shown(port, in_dir("tls.pem"), subject, sizeof subject);
	assert_non_null(strstr(subject, "first"));

	/* A certificate of another key: the one in force stays, and the log says why. */
	a_certificate("other", "/CN=other", "30");
	NEED(rename(in_dir("tls.pem"), in_dir("good.pem")) == 0 && rename(in_dir("other.pem"), in_dir("tls.pem")) == 0, "rename");
	NEED(rename(in_dir("server.log"), in_dir("server.log.1")) == 0, "rename");
	kill(pid, SIGHUP);
	assert_true(comes(in_dir("server.log"), "does not belong to the certificate"));
	subject_shown(port, in_dir("good.pem"), subject, sizeof subject);
	assert_non_null(strstr(subject, "first"));

	a_certificate("tls", "/CN=second", "30");
	kill(pid, SIGHUP);
	assert_true(comes(in_dir("server.log"), "The certificate was read anew."));
	subject_shown(port, in_dir("tls.pem"), subject, sizeof subject);
	assert_non_null(strstr(subject, "second"));
	kill(pid, SIGTERM);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_true(file_has(in_dir("server.log"), "karmayogi ends"));
	assert_false(file_has(in_dir("server.log.1"), "karmayogi ends"));
	fixture_end(f);
	f = was;
}

static void half_of_tls_or_a_wrong_file_is_refused_with_a_sentence(void **state)
{
	char said[2000];
	(void)state;
	a_certificate("alone", "/CN=alone", "30");
	const char *const half[] = { "serve", "--port", "0", "--tls-certificate", in_dir("alone.pem"), NULL };
	assert_int_equal(program_run(f, said, sizeof said, half), 1);
	assert_non_null(strstr(said, "TLS needs both"));
	const char *const swapped[] = { "serve", "--port", "0", "--tls-certificate", in_dir("alone.key"), "--tls-key", in_dir("alone.pem"), NULL };
	assert_int_equal(program_run(f, said, sizeof said, swapped), 1);
	assert_non_null(strstr(said, "cannot be used for TLS"));
}

static void the_doctor_says_what_to_do(void **state)
{
	char said[4000];
	(void)state;
	struct fixture *was = f;
	query_end();
	f = fixture_data();
	a_certificate("old", "/CN=old", "5");
	const char *const args[] = { "doctor", "--tls-certificate", in_dir("old.pem"), NULL };
	assert_int_equal(program_run(f, said, sizeof said, args), 1);
	assert_non_null(strstr(said, "The database fits this program."));
	assert_non_null(strstr(said, "There is no backup yet."));
	assert_non_null(strstr(said, "Renew it"));
	assert_non_null(strstr(said, "No mail server is named"));
	const char *const backup[] = { "backup", str_fmt(f->cx.arena, "%s-backup", f->dir).p, NULL };
	assert_int_equal(program_run(f, said, sizeof said, backup), 0);
	unlink(backup[1]);
	NEED(chmod(in_dir("keys"), 0755) == 0, "chmod");
	assert_int_equal(program_run(f, said, sizeof said, args), 2);
	assert_null(strstr(said, "There is no backup yet."));
	assert_non_null(strstr(said, "Others on this machine may read the keys."));
	fixture_end(f);
	f = was;
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
		cmocka_unit_test(only_the_operator_sees_how_it_runs),
		cmocka_unit_test(failed_work_is_shown_and_tried_again),
		cmocka_unit_test(waiting_work_can_be_stopped_before_it_begins),
		cmocka_unit_test(work_that_nobody_does_is_a_fault),
		cmocka_unit_test(a_clock_that_was_set_back_is_a_fault),
		cmocka_unit_test(metrics_count_requests_by_action),
		cmocka_unit_test(metrics_are_not_for_who_comes_through_a_proxy),
		cmocka_unit_test(what_is_counted_adds_up),
		cmocka_unit_test(an_upgrade_is_whole_or_has_not_been),
		cmocka_unit_test(an_upgrade_that_breaks_a_promise_is_undone),
		cmocka_unit_test(the_server_speaks_tls_and_takes_a_new_certificate_and_a_new_log_at_a_signal),
		cmocka_unit_test(half_of_tls_or_a_wrong_file_is_refused_with_a_sentence),
		cmocka_unit_test(the_doctor_says_what_to_do),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
