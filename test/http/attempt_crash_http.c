/* What was acknowledged of a paper is there, whenever the power goes: the real program, killed with -9 while people save answers and hand in. */
#include "bank.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>

enum { WRITERS = 3, ITEMS = 20, ROUNDS = 12, BURST_MS = 400, FINISHERS = 150 };

static struct fixture *f;
static struct world w;
static struct program program;
static int64_t exam;
static atomic_bool ending;
static atomic_int next_finisher, n_acked, n_handed_in;

/* One who answers: the greatest number that was acknowledged of each question. */
struct writer {
	struct client *c;
	int64_t person, attempt, seq, acked[ITEMS + 1];
};
static struct writer writers[WRITERS];
static struct {
	struct client *c;
	int64_t attempt;
	bool opened, handed_in; /* acknowledged */
} finishing[FINISHERS];

static void wait_ms(int ms)
{
	const struct timespec t = { ms / 1000, ms % 1000 * 1000000L };
	nanosleep(&t, NULL);
}

/* ── the load ── */

static long put_json(struct client *c, const char *path, const char *json)
{
	char token[120];
	snprintf(token, sizeof token, "X-CSRF-Token: %s", c->csrf);
	c->header[0] = token;
	return send_raw(c, "PUT", path, "application/json", json, strlen(json));
}

static bool open_paper(struct client *c, int64_t *ret)
{
	if (post_json(c, base_of("/api/v1/exams/%lld/attempts", (long long)exam), "{}") != 200)
		return false;
	*ret = json_number(c, "attempt_id");
	return true;
}

static void write_one(struct writer *x)
{
	if (!x->attempt && !open_paper(x->c, &x->attempt))
		return;
	int64_t n = ++x->seq % ITEMS + 1;
	long status =
		put_json(x->c, base_of("/api/v1/exam-attempts/%lld/answers", (long long)x->attempt),
			 base_of("{\"answers\":[{\"n\":%lld,\"seq\":%lld,\"given\":[\"%c\"]}]}", (long long)n, (long long)x->seq, (char)('a' + x->seq % 3)));
	if (status == 200 && body_has(x->c, "kept")) {
		x->acked[n] = x->seq;
		atomic_fetch_add(&n_acked, 1);
	}
}

static void *write_on(void *arg)
{
	while (!atomic_load(&ending))
		write_one(arg);
	return NULL;
}

static void *finish_on(void *arg)
{
	(void)arg;
	while (!atomic_load(&ending)) {
		int i = atomic_fetch_add(&next_finisher, 1);
		if (i >= FINISHERS)
			return NULL;
		finishing[i].opened = open_paper(finishing[i].c, &finishing[i].attempt);
		if (!finishing[i].opened)
			continue;
		finishing[i].handed_in = post_json(finishing[i].c, base_of("/api/v1/exam-attempts/%lld/submit", (long long)finishing[i].attempt),
						   "{\"answer\":[\"1=a\",\"2=a\"]}") == 200;
		atomic_fetch_add(&n_handed_in, finishing[i].handed_in);
	}
	return NULL;
}

static void burst(int ms)
{
	pthread_t threads[WRITERS + 1];
	char said[4000];
	NEED(program_serve(f, &program, said, sizeof said), "the program does not start: %s", said);
	atomic_store(&ending, false);
	for (int i = 0; i < WRITERS; i++)
		NEED(pthread_create(&threads[i], NULL, write_on, &writers[i]) == 0, "thread");
	NEED(pthread_create(&threads[WRITERS], NULL, finish_on, NULL) == 0, "thread");
	wait_ms(ms);
	program_kill(&program, SIGKILL);
	atomic_store(&ending, true);
	for (int i = 0; i <= WRITERS; i++)
		pthread_join(threads[i], NULL);
}

/* ── what must be true afterwards ── */

static void everything_acknowledged_is_there(void)
{
	for (int i = 0; i < WRITERS; i++)
		for (int n = 1; n <= ITEMS; n++)
			assert_true(query_int(f, "SELECT COALESCE(max(seq), 0) FROM exam_answer WHERE attempt_id = %lld AND n = %d",
					      (long long)writers[i].attempt, n) >= writers[i].acked[n]);
	for (int i = 0; i < FINISHERS && i < atomic_load(&next_finisher); i++) {
		if (finishing[i].opened)
			assert_int_equal(query_int(f, "SELECT count(*) FROM exam_attempt WHERE id = %lld", (long long)finishing[i].attempt), 1);
		if (finishing[i].handed_in)
			assert_int_equal(query_int(f, "SELECT count(*) FROM exam_attempt WHERE id = %lld AND state = 'marked' AND marks = 2",
						   (long long)finishing[i].attempt),
					 1);
	}
}

static void every_acknowledged_answer_survives_kill_9(void **state)
{
	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		burst(BURST_MS / 2 + round * 37 % BURST_MS);
		everything_acknowledged_is_there();
		query_end();
	}
	print_message("%d kills, %d answers and %d papers acknowledged\n", ROUNDS, atomic_load(&n_acked), atomic_load(&n_handed_in));
	assert_true(atomic_load(&n_acked) > ROUNDS);
	assert_true(atomic_load(&n_handed_in) > 0);
}

/* ── beginning and end ── */

static void lay_down(void)
{
	int64_t v[ITEMS], drafting = competency_named(f, "functional.noting-and-drafting");
	exam = an_exam(f, w.ministry, "crash", "standalone");
	for (int i = 0; i < ITEMS; i++)
		v[i] = an_item(f, w.ministry, base_of("crash-%d", i), drafting, 2);
	a_part(f, w.ministry, exam, drafting, 2, ITEMS);
	a_form(f, exam, v, ITEMS);
	open_exam(f, w.ministry, exam);
	tamper(f, "UPDATE exam SET minutes = 480 WHERE id = %lld", (long long)exam);
}

static int begin(void **state)
{
	char name[40];
	(void)state;
	(void)program_path();
	f = fixture_data();
	f->app.fixed_now = 0; /* the program has the real clock */
	f->cx.now = clock_now() - MINUTE;
	a_world(f, &w);
	a_framework(f, "framework/kcm.csv", w.root);
	lay_down();
	for (int i = 0; i < WRITERS + FINISHERS; i++) {
		snprintf(name, sizeof name, "taker%d", i);
		int64_t person = a_person(f, name, name, w.office, w.boss);
		struct client *c = client_as(f, person);
		if (i < WRITERS)
			writers[i] = (struct writer){ .c = c, .person = person };
		else
			finishing[i - WRITERS].c = c;
	}
	/* The program is the only one that has the database open: a second one would recover the log for it. */
	query_end();
	db_close(f->cx.db);
	db_pool_close(f->pool);
	f->cx.db = NULL;
	f->pool = NULL;
	return 0;
}

static int end(void **state)
{
	(void)state;
	program_kill(&program, SIGKILL);
	for (int i = 0; i < WRITERS; i++)
		client_free(writers[i].c);
	for (int i = 0; i < FINISHERS; i++)
		client_free(finishing[i].c);
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(every_acknowledged_answer_survives_kill_9) };
	return cmocka_run_group_tests(tests, begin, end);
}
