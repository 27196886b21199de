/* Tests of background work, on the back end that TEST_DATABASE names (an own SQLite file when it is absent).
 * What a step did is counted in a table of the program, by the statements of sessions' tries. */
#include "job/job.h"
#include "app/features.h"
#include "session_sql.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#undef fail /* ours is in base/ctx.h */
#undef fail_msg

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static struct {
	struct arena *arena;
	struct app app;
	struct ctx cx;
	struct db_pool *pool;
	char folder[64], url[400];
	unsigned acts;
} w;

/* ── kinds ── */

static enum err count(struct ctx *cx, struct job *j)
{
	return session_sql_count_try(cx, j->input, cx->now, 0, NULL);
}

/* input: what to count under; ten steps. */
static enum err ten(struct ctx *cx, struct job *j)
{
	TRY(count(cx, j));
	j->done++;
	j->total = 10;
	j->at = str_fmt(cx->arena, "%lld", (long long)j->done);
	j->ended = j->done == 10 || j->cancel;
	j->result = S("counted");
	return OK;
}

static enum err ten_slowly(struct ctx *cx, struct job *j)
{
	usleep(20000);
	return ten(cx, j);
}

static enum err never(struct ctx *cx, struct job *j)
{
	TRY(count(cx, j));
	return fail(cx, ERR_INVALID, "", "This cannot be done.");
}

static enum err busy_thrice(struct ctx *cx, struct job *j)
{
	TRY(count(cx, j));
	if (w.acts++ < 3)
		return ERR_BUSY;
	j->ended = true;
	return OK;
}

static enum err look_outside(struct ctx *cx, struct job *j)
{
	w.acts++;
	j->state = str_fmt(cx->arena, "seen %lld", (long long)j->done).p ? ARENA_NEW(cx->arena, int) : NULL;
	return OK;
}

static enum err with_state(struct ctx *cx, struct job *j)
{
	if (!j->state)
		return ERR_INTERNAL;
	return ten(cx, j);
}

static enum err in_an_hour(struct ctx *cx, struct job *j)
{
	TRY(count(cx, j));
	j->done++;
	j->ended = j->done == 2;
	j->wait_until = cx->now + HOUR;
	return OK;
}

static enum err daily(struct ctx *cx, struct job *j)
{
	j->ended = true;
	return session_sql_count_try(cx, S("daily"), cx->now, 0, NULL);
}

static const struct job_kind kinds[] = {
	{ .name = "ten", .step = ten },
	{ .name = "ten.slowly", .step = ten_slowly },
	{ .name = "never", .step = never, .tries = 4 },
	{ .name = "busy", .step = busy_thrice, .tries = 1 },
	{ .name = "outside", .act = look_outside, .step = with_state },
	{ .name = "wait", .step = in_an_hour },
	{ 0 },
};
static const struct job_kind scheduled[] = { { .name = "daily", .step = daily, .every = DAY }, { 0 } };
static const struct job_kind *const all[] = { kinds, NULL }, *const with_schedule[] = { kinds, scheduled, NULL };

/* ── helpers ── */

static struct job_options options(void)
{
	return (struct job_options){ .kinds = all, .pool = w.pool, .app = &w.app, .threads = 4 };
}

static enum err add(struct ctx *cx, void *arg)
{
	struct job_add *in = arg;
	return job_add(cx, in, &in->asked_by);
}

static int64_t queue_once(const char *kind, const char *what, struct str once)
{
	struct job_add in = { .kind = kind, .input = str_of(what), .once = once, .asked_by = NONE };
	w.cx.now = w.app.fixed_now;
	in.asked_by = NONE;
	assert_int_equal(db_write(&w.cx, w.pool, add, &in), OK);
	return in.asked_by;
}

static int64_t queue(const char *kind, const char *what)
{
	return queue_once(kind, what, STR_NONE);
}

static unsigned run_due(void)
{
	struct job_options o = options();
	struct ctx cx = { .arena = arena_new(), .app = &w.app, .db = w.cx.db };
	unsigned n = 0;
	assert_int_equal(job_run_due(&cx, &o, &n), OK);
	arena_free(cx.arena);
	return n;
}

static enum err tries_of(struct ctx *cx, void *arg)
{
	struct session_tries_row row = { 0 };
	bool found = false;
	struct { const char *what; int64_t n; } *q = arg;
	TRY(session_sql_tries(cx, str_of(q->what), &row, &found));
	q->n = found ? row.n : 0;
	return OK;
}

static int64_t counted(const char *what)
{
	struct { const char *what; int64_t n; } q = { what, 0 };
	assert_int_equal(db_read(&w.cx, tries_of, &q), OK);
	return q.n;
}

struct asking {
	int64_t id;
	struct job_standing s;
	bool found;
};
static enum err standing_in(struct ctx *cx, void *arg)
{
	struct asking *a = arg;
	return job_standing(cx, a->id, &a->s, &a->found);
}

static struct job_standing standing(int64_t id)
{
	struct asking a = { .id = id };
	assert_int_equal(db_read(&w.cx, standing_in, &a), OK);
	assert_true(a.found);
	return a.s;
}

static enum err cancel_in(struct ctx *cx, void *arg)
{
	return job_cancel(cx, *(int64_t *)arg);
}

static enum err cancel(int64_t id)
{
	w.cx.n_failures = 0;
	return db_write(&w.cx, w.pool, cancel_in, &id);
}

/* ── rules ── */

static void a_job_goes_step_by_step_to_its_end(void **state)
{
	int64_t id = queue("ten", "steps");
	(void)state;
	assert_string_equal(standing(id).state.p, "queued");
	assert_int_equal(run_due(), 1);
	struct job_standing s = standing(id);
	assert_string_equal(s.state.p, "done");
	assert_string_equal(s.result.p, "counted");
	assert_int_equal(s.done, 10);
	assert_int_equal(counted("steps"), 10);
	assert_int_equal(run_due(), 0);
}

static void a_failed_step_leaves_nothing_and_is_tried_again_later_and_later(void **state)
{
	int64_t id = queue("never", "failing"), begun = w.app.fixed_now;
	unsigned n = 0;
	(void)state;
	while (!str_is(standing(id).state, "failed") && w.app.fixed_now < begun + HOUR) {
		n += run_due();
		w.app.fixed_now += SECOND;
	}
	assert_int_equal(n, 4);
	assert_int_equal(counted("failing"), 0);
	assert_string_equal(standing(id).result.p, "This cannot be done.");
	assert_true(w.app.fixed_now - begun >= 2 * SECOND + 4 * SECOND + 8 * SECOND);
}

static void a_busy_database_is_no_fault_of_the_job(void **state)
{
	int64_t id = queue("busy", "busy");
	(void)state;
	w.acts = 0;
	for (int i = 0; i < 10; i++, w.app.fixed_now += 5 * SECOND)
		run_due();
	assert_string_equal(standing(id).state.p, "done");
	assert_int_equal(counted("busy"), 1);
}

static void only_one_of_a_kind_waits_under_one_name(void **state)
{
	int64_t a = queue_once("ten", "once", S("mine")), b = queue_once("ten", "once", S("mine"));
	(void)state;
	assert_int_equal(a, b);
	assert_true(a != queue_once("ten", "once", S("yours")));
	assert_int_equal(run_due(), 2);
	assert_true(a != queue_once("ten", "once", S("mine")));
	assert_int_equal(run_due(), 1);
	assert_int_equal(counted("once"), 30);
}

static void a_cancelled_job_stops_at_its_next_step_and_says_so(void **state)
{
	int64_t id = queue("ten", "cancelled");
	(void)state;
	assert_int_equal(cancel(id), OK);
	run_due();
	assert_string_equal(standing(id).state.p, "cancelled");
	assert_int_equal(counted("cancelled"), 1);
	assert_int_equal(cancel(id), ERR_CONFLICT);
}

static void what_is_seen_outside_reaches_its_own_step(void **state)
{
	int64_t id = queue("outside", "outside");
	(void)state;
	w.acts = 0;
	run_due();
	assert_string_equal(standing(id).state.p, "done");
	assert_int_equal(w.acts, 10);
	assert_int_equal(counted("outside"), 10);
}

static void a_job_may_wait_between_two_steps(void **state)
{
	int64_t id = queue("wait", "waiting");
	(void)state;
	run_due();
	assert_string_equal(standing(id).state.p, "queued");
	w.app.fixed_now += HOUR - 1;
	assert_int_equal(run_due(), 0);
	w.app.fixed_now += 1;
	assert_int_equal(run_due(), 1);
	assert_string_equal(standing(id).state.p, "done");
	assert_int_equal(counted("waiting"), 2);
}

/* A worker of its own process, killed at any moment; afterwards another goes on. */
static void killed_at_any_moment_each_step_still_happens_once(void **state)
{
	(void)state;
	for (int i = 0; i < 8; i++) {
		char what[40];
		snprintf(what, sizeof what, "killed %d", i);
		int64_t id = queue("ten.slowly", what);
		pid_t pid = fork();
		assert_true(pid >= 0);
		if (pid == 0) {
			/* Nothing of the parent's connections may be touched here. */
			struct ctx cx = { .arena = arena_new(), .app = &w.app, .now = w.app.fixed_now };
			struct db_pool *pool;
			struct str message;
			unsigned n;
			if (db_pool_open(&cx, w.url, &pool, &message) != OK || db_connect(pool, &cx.db) != OK)
				_exit(1);
			struct job_options o = { .kinds = all, .pool = pool, .app = &w.app };
			_exit(job_run_due(&cx, &o, &n) != OK);
		}
		usleep((unsigned)(20000 + 23000 * i));
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		/* Its lease still holds: nobody takes it over too early. */
		if (str_is(standing(id).state, "running"))
			assert_int_equal(run_due(), 0);
		w.app.fixed_now += JOB_LEASE + SECOND;
		run_due();
		assert_string_equal(standing(id).state.p, "done");
		assert_int_equal(counted(what), 10);
	}
}

static void many_workers_share_the_queue_and_none_does_anothers_step(void **state)
{
	struct job_options o = options();
	struct job_runner *r = NULL;
	int64_t id[40], then = w.app.fixed_now;
	(void)state;
	/* All count in one row: who is turned away for it comes again two seconds later, and those must pass. */
	w.app.fixed_now = 0;
	for (int i = 0; i < 40; i++)
		id[i] = queue("ten", "shared");
	assert_int_equal(job_start(&w.cx, &o, &r), OK);
	for (int i = 0; i < 40; i++)
		for (int wait = 0; !str_is(standing(id[i]).state, "done") && wait < 1000; wait++)
			usleep(10000);
	job_stop(r);
	w.app.fixed_now = then;
	assert_int_equal(counted("shared"), 400);
}

static void a_worker_that_is_told_to_stop_gives_its_job_back_at_once(void **state)
{
	struct job_options o = options();
	struct job_runner *r = NULL;
	int64_t id = queue("ten.slowly", "given back");
	(void)state;
	assert_int_equal(job_start(&w.cx, &o, &r), OK);
	while (counted("given back") == 0)
		usleep(1000);
	job_stop(r);
	assert_string_equal(standing(id).state.p, "queued");
	run_due();
	assert_int_equal(counted("given back"), 10);
}

static void what_is_on_the_schedule_comes_again(void **state)
{
	struct job_options o = options();
	struct job_runner *r = NULL;
	struct ctx cx = { .arena = arena_new(), .app = &w.app, .db = w.cx.db };
	unsigned n;
	(void)state;
	o.kinds = with_schedule;
	o.threads = 0;
	for (int i = 0; i < 3; i++) { /* three processes that start */
		assert_int_equal(job_start(&w.cx, &o, &r), OK);
		job_stop(r);
	}
	for (int day = 0; day < 3; day++) {
		w.app.fixed_now += DAY;
		assert_int_equal(job_run_due(&cx, &o, &n), OK);
	}
	assert_int_equal(counted("daily"), 3);
	arena_free(cx.arena);
}

/* ── the run ── */

static int set_up(void **state)
{
	const char *url = getenv("TEST_DATABASE");
	struct str message = STR_NONE;
	unsigned applied;
	(void)state;
	w.arena = arena_new();
	w.app.ids = id_source_new(7);
	w.app.fixed_now = clock_now();
	w.cx = (struct ctx){ .arena = w.arena, .app = &w.app, .now = w.app.fixed_now };
	(void)snprintf(w.folder, sizeof w.folder, "/tmp/job_test.XXXXXX");
	if (!mkdtemp(w.folder))
		return 1;
	(void)snprintf(w.url, sizeof w.url, "%s", url && *url ? url : str_fmt(w.arena, "sqlite:%s/test.db", w.folder).p);
	if (db_pool_open(&w.cx, w.url, &w.pool, &message) || db_migrate(&w.cx, w.pool, migrations, &applied, &message) || db_connect(w.pool, &w.cx.db)) {
		print_error("%.*s\n", STR_ARG(message));
		return 1;
	}
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	db_close(w.cx.db);
	db_pool_close(w.pool);
	static const char *const names[] = { "test.db", "test.db-wal", "test.db-shm" };
	for (size_t i = 0; i < 3; i++)
		unlink(str_fmt(w.arena, "%s/%s", w.folder, names[i]).p);
	rmdir(w.folder);
	id_source_free(w.app.ids);
	arena_free(w.arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_job_goes_step_by_step_to_its_end),
		cmocka_unit_test(a_failed_step_leaves_nothing_and_is_tried_again_later_and_later),
		cmocka_unit_test(a_busy_database_is_no_fault_of_the_job),
		cmocka_unit_test(only_one_of_a_kind_waits_under_one_name),
		cmocka_unit_test(a_cancelled_job_stops_at_its_next_step_and_says_so),
		cmocka_unit_test(what_is_seen_outside_reaches_its_own_step),
		cmocka_unit_test(a_job_may_wait_between_two_steps),
		cmocka_unit_test(killed_at_any_moment_each_step_still_happens_once),
		cmocka_unit_test(many_workers_share_the_queue_and_none_does_anothers_step),
		cmocka_unit_test(a_worker_that_is_told_to_stop_gives_its_job_back_at_once),
		cmocka_unit_test(what_is_on_the_schedule_comes_again),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
