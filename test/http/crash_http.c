/* What was acknowledged is there, whenever the power goes: the real program, killed with -9 under a load of heartbeats and
 * completions; on PostgreSQL likewise, and then the database server is killed (pg_ctl stop -m immediate) and started again.
 * The PostgreSQL is one of its own, so that other tests do not lose theirs. */
#include "http_test.h"

#include <libpq-fe.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BEATERS = 3, FINISHERS = 3, FINISHING = 240, ROUNDS_SQLITE = 20, ROUNDS_PG = 8, BURST_MS = 500 };

static struct fixture *f;
static struct world w;
static int64_t quick, question_resource;
static char pg_dir[64];
static struct program program;
static atomic_bool ending;
static atomic_int next_finisher, finishers_now, n_acked_beats, n_acked_completions;

/* One who watches: the most that was ever acknowledged. */
struct beater {
	struct client *c;
	int64_t id;
	int64_t acked;
	int seq;
	char session[100];
};
static struct beater beaters[BEATERS];
/* Those who complete, each once. */
static struct {
	struct client *c;
	int64_t id;
	bool enrolled, completed; /* acknowledged */
} finishing[FINISHING];

/* ── the load ── */

static void wait_ms(int ms)
{
	const struct timespec t = { ms / 1000, ms % 1000 * 1000000L };
	nanosleep(&t, NULL);
}

static void beat(struct beater *b)
{
	if (!b->session[0]) {
		if (get(b->c, "/resources/%lld", (long long)w.film) != 200)
			return;
		const char *p = strstr(buf_get(&b->c->body).p, "data-session=\"");
		if (p)
			snprintf(b->session, sizeof b->session, "%.*s", (int)strcspn(p + 14, "\""), p + 14);
		return;
	}
	long status = post_json(b->c, base_of("/api/v1/resources/%lld/progress", (long long)w.film),
				base_of("{\"session\":\"%s\",\"seq\":%d,\"position\":%d,\"intervals\":[[0,1200000]]}", b->session, b->seq, b->seq));
	b->seq++;
	if (status == 200) {
		b->acked = json_number(b->c, "covered_ms");
		atomic_fetch_add(&n_acked_beats, 1);
	}
}

static void *beat_on(void *arg)
{
	while (!atomic_load(&ending))
		beat(arg);
	return NULL;
}

static void finish(int i)
{
	struct client *c = finishing[i].c;
	if (post_json(c, base_of("/api/v1/courses/%lld/enrolment", (long long)quick), "{}") != 200)
		return;
	finishing[i].enrolled = true;
	if (post_json(c, base_of("/api/v1/resources/%lld/attempts", (long long)question_resource), "{}") != 200)
		return;
	int64_t attempt = json_number(c, "attempt_id"), question = json_number(c, "id");
	if (post_json(c, base_of("/api/v1/attempts/%lld/submit", (long long)attempt), base_of("{\"answer\":[\"%lld=true\"]}", (long long)question)) != 200)
		return;
	finishing[i].completed = answer_true(c, "course_complete");
	atomic_fetch_add(&n_acked_completions, finishing[i].completed);
}

static void *finish_on(void *arg)
{
	(void)arg;
	while (!atomic_load(&ending)) {
		int i = atomic_load(&next_finisher);
		if (i >= atomic_load(&finishers_now)) {
			wait_ms(20);
			continue;
		}
		if (!atomic_compare_exchange_strong(&next_finisher, &i, i + 1))
			continue;
		for (int tries = 0; tries < 50 && !finishing[i].completed && !atomic_load(&ending); tries++) {
			finish(i);
			if (!finishing[i].completed)
				wait_ms(20);
		}
	}
	return NULL;
}

static pthread_t threads[BEATERS + FINISHERS];

static void load_begins(void)
{
	atomic_store(&ending, false);
	for (int i = 0; i < BEATERS + FINISHERS; i++)
		NEED(pthread_create(&threads[i], NULL, i < BEATERS ? beat_on : finish_on, i < BEATERS ? &beaters[i] : NULL) == 0, "thread");
}

static void load_ends(void)
{
	atomic_store(&ending, true);
	for (int i = 0; i < BEATERS + FINISHERS; i++)
		pthread_join(threads[i], NULL);
}

/* ── what must be true afterwards ── */

static void everything_acknowledged_is_there(void)
{
	char said[4000];
	const char *const args[] = { "check", NULL };
	int code = program_run(f, said, sizeof said, args);
	if (code)
		print_error("%s", said);
	assert_int_equal(code, 0);
	assert_string_equal(said, "0 findings.\n");
	for (int i = 0; i < BEATERS; i++)
		assert_true(query_int(f, "SELECT covered_ms FROM progress WHERE person_id = %lld", (long long)beaters[i].id) >= beaters[i].acked);
	int n = atomic_load(&next_finisher);
	for (int i = 0; i < n && i < FINISHING; i++) {
		if (finishing[i].enrolled)
			assert_int_equal(query_int(f, "SELECT count(*) FROM enrolment WHERE person_id = %lld", (long long)finishing[i].id), 1);
		if (finishing[i].completed)
			assert_int_equal(query_int(f, "SELECT count(*) FROM enrolment e JOIN credential c ON c.person_id = e.person_id WHERE e.state = 'completed' AND e.person_id = %lld",
						   (long long)finishing[i].id), 1);
	}
}

static void serve(void)
{
	char said[4000];
	NEED(program_serve(f, &program, said, sizeof said), "the program does not start: %s", said);
}

/* On a slow machine longer: until something is kept that can be lost. */
static void burst(int ms)
{
	int before = atomic_load(&n_acked_completions);
	wait_ms(ms);
	for (int i = 0; i < 1000 && atomic_load(&n_acked_completions) == before; i++)
		wait_ms(10);
}

static void every_acknowledged_write_survives_kill_9(void **state)
{
	int rounds = fixture_sqlite(f) ? ROUNDS_SQLITE : ROUNDS_PG;
	(void)state;
	for (int round = 0; round < rounds; round++) {
		/* Every round has its share of the people, so that nobody is used up while the program is dead. */
		atomic_store(&finishers_now, (FINISHING - FINISHERS * 4) * (round + 1) / rounds);
		serve();
		load_begins();
		burst(BURST_MS / 2 + round * 37 % BURST_MS);
		program_kill(&program, SIGKILL);
		load_ends();
		everything_acknowledged_is_there();
	}
	print_message("%d kills, %d heartbeats and %d completions acknowledged\n", rounds, atomic_load(&n_acked_beats), atomic_load(&n_acked_completions));
	assert_true(atomic_load(&n_acked_beats) > rounds);
	assert_true(atomic_load(&n_acked_completions) > rounds / 2);
}

/* ── the database server ── */

static void shell(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static void shell(const char *fmt, ...)
{
	char command[1000];
	int status;
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(command, sizeof command, fmt, ap);
	va_end(ap);
	pid_t pid = fork();
	NEED(pid >= 0, "fork");
	if (!pid) {
		execl("/bin/bash", "bash", "-c", command, (char *)NULL);
		_exit(127);
	}
	waitpid(pid, &status, 0);
	NEED(WIFEXITED(status) && WEXITSTATUS(status) == 0, "%s", command);
}

static void pg_ctl(const char *what)
{
	shell("bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1); as=; [ $(id -u) = 0 ] && as='runuser -u postgres --'; cd / && "
	      "$as $bin/pg_ctl -D %s/pg/data -l %s/pg/server.log -w -t 60 -o \"-k '%s/pg' -c listen_addresses='' -c max_connections=60\" %s >/dev/null 2>&1 </dev/null",
	      pg_dir, pg_dir, pg_dir, what);
}

static void every_acknowledged_write_survives_the_death_of_postgresql(void **state)
{
	(void)state;
	if (fixture_sqlite(f))
		skip();
	serve();
	int before = atomic_load(&n_acked_beats);
	for (int round = 0; round < 4; round++) {
		atomic_store(&finishers_now, FINISHING - FINISHERS * (3 - round));
		load_begins();
		wait_ms(BURST_MS + round * 90);
		query_end();
		pg_ctl("-m immediate stop");
		wait_ms(200);
		pg_ctl("start");
		wait_ms(700); /* the program finds its database again by itself */
		load_ends();
		everything_acknowledged_is_there();
	}
	print_message("%d heartbeats acknowledged\n", atomic_load(&n_acked_beats) - before);
	int beats = atomic_load(&n_acked_beats);
	beat(&beaters[0]);
	beat(&beaters[0]);
	program_kill(&program, SIGTERM);
	assert_true(atomic_load(&n_acked_beats) > beats); /* alive after four deaths */
	assert_true(beats > before);
}

/* ── beginning and end ── */

static void own_postgres(void)
{
	const char *url = getenv("TEST_DATABASE");
	char own[200];
	if (!url || strncmp(url, "postgresql:", 11) != 0)
		return;
	snprintf(pg_dir, sizeof pg_dir, "/tmp/crash-pg-XXXXXX");
	NEED(mkdtemp(pg_dir), "no folder");
	shell("chmod 755 %s && '%s/script/postgres-for-tests' start %s/pg >/dev/null", pg_dir, SOURCE_DIR, pg_dir);
	snprintf(own, sizeof own, "postgresql:///postgres?host=%s/pg&user=postgres", pg_dir);
	setenv("TEST_DATABASE", own, 1);
}

/* The program is the only one that has the database open: a second one would recover the log for it. */
static void close_database(void)
{
	query_end();
	db_close(f->cx.db);
	db_pool_close(f->pool);
	f->cx.db = NULL;
	f->pool = NULL;
}

static int begin(void **state)
{
	char name[40];
	(void)state;
	(void)program_path();
	own_postgres();
	f = fixture_data();
	f->app.fixed_now = 0; /* the program has the real clock */
	a_world(f, &w);
	quick = a_course(f, "quick");
	question_resource = resource_named(f, quick, "01-only/01-final");
	for (int i = 0; i < BEATERS; i++) {
		snprintf(name, sizeof name, "beater%d", i);
		beaters[i].id = a_person(f, name, name, w.office, w.boss);
		beaters[i].c = client_as(f, beaters[i].id);
	}
	for (int i = 0; i < FINISHING; i++) {
		snprintf(name, sizeof name, "finisher%d", i);
		finishing[i].id = a_person(f, name, name, w.office, w.boss);
		finishing[i].c = client_as(f, finishing[i].id);
	}
	close_database();
	serve();
	for (int i = 0; i < BEATERS; i++)
		NEED(post_json(beaters[i].c, base_of("/api/v1/courses/%lld/enrolment", (long long)w.course), "{}") == 200, "not enrolled");
	program_kill(&program, SIGTERM);
	return 0;
}

static int end(void **state)
{
	(void)state;
	program_kill(&program, SIGKILL);
	for (int i = 0; i < BEATERS; i++)
		client_free(beaters[i].c);
	for (int i = 0; i < FINISHING; i++)
		client_free(finishing[i].c);
	fixture_end(f);
	if (pg_dir[0])
		shell("'%s/script/postgres-for-tests' stop %s/pg; rm -rf %s", SOURCE_DIR, pg_dir, pg_dir);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_acknowledged_write_survives_kill_9),
		cmocka_unit_test(every_acknowledged_write_survives_the_death_of_postgresql),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
