/* Tests of the database floor, on the back end that TEST_DATABASE names (an own SQLite file when it is absent).
 * On PostgreSQL the schema "public" of that database is thrown away again and again.
 * The statements are written by hand here, as sqlgen writes them. */
#include "db/db_backend.h"

#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#undef fail /* ours is in base/ctx.h */
#undef fail_msg

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#define SANITIZED (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#else
#define SANITIZED 0
#endif

/* ── statements ── */

static const struct migration schema[] = {
	{ "0001_thing.sql", "-- owner: thing\n"
			    "CREATE TABLE thing (\n\tid ID PRIMARY KEY,\n\tn INT,\n\tat TIME,\n\tgood BOOL,\n\tname TEXT UNIQUE,\n\textra JSON,\n"
			    "\tscore REAL,\n\tdata BLOB,\n\tparent_id ID REFERENCES thing (id),\n\tCHECK (n <> 13)\n);\n" },
	{ "0002_counter.sql", "CREATE TABLE counter (\n\ta ID NOT NULL,\n\tb INT NOT NULL,\n\tn INT NOT NULL,\n\tPRIMARY KEY (a, b)\n) BY KEY;\n"
			      "INSERT INTO counter (a, b, n) VALUES (1, 1, 0);\n" },
	{ NULL, NULL },
};

struct thing {
	int64_t id, n, at;
	bool good;
	struct str name, extra;
	double score;
	struct str data;
	int64_t parent_id;
};
#define THING_COLUMNS "id, n, at, good, name, extra, score, data, parent_id"
static const struct db_col thing_cols[] = {
	{ "id", DB_INT, offsetof(struct thing, id) },	    { "n", DB_INT, offsetof(struct thing, n) },
	{ "at", DB_INT, offsetof(struct thing, at) },	    { "good", DB_BOOL, offsetof(struct thing, good) },
	{ "name", DB_TEXT, offsetof(struct thing, name) },  { "extra", DB_TEXT, offsetof(struct thing, extra) },
	{ "score", DB_REAL, offsetof(struct thing, score) }, { "data", DB_BLOB, offsetof(struct thing, data) },
	{ "parent_id", DB_INT, offsetof(struct thing, parent_id) },
};
static const enum db_type thing_types[] = { DB_INT, DB_INT, DB_INT, DB_BOOL, DB_TEXT, DB_TEXT, DB_REAL, DB_BLOB, DB_INT };
static const enum db_type ints[] = { DB_INT, DB_INT, DB_INT };
static const struct db_col n_cols[] = { { "n", DB_INT, 0 } };
static const struct db_col bytes_cols[] = { { "data", DB_BLOB, 0 } };

#define THING_OUT .row_size = sizeof(struct thing), .n_cols = 9, .cols = thing_cols
#define N_OUT .row_size = sizeof(int64_t), .n_cols = 1, .cols = n_cols
static const struct db_stmt add_thing = {
	.name = "thing.add",
	.sqlite = "INSERT INTO thing (" THING_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
	.pg = "INSERT INTO thing (" THING_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
	.writes = "thing", .n_params = 9, .params = thing_types,
};
static const struct db_stmt get_thing = {
	.name = "thing.get", .reads = "thing", .n_params = 1, .params = ints, THING_OUT,
	.sqlite = "SELECT " THING_COLUMNS " FROM thing WHERE id = ?1",
	.pg = "SELECT " THING_COLUMNS " FROM thing WHERE id = $1",
};
static const struct db_stmt all_things = {
	.name = "thing.all", .reads = "thing", THING_OUT,
	.sqlite = "SELECT " THING_COLUMNS " FROM thing ORDER BY id",
	.pg = "SELECT " THING_COLUMNS " FROM thing ORDER BY id",
};
static const struct db_stmt count_things = {
	.name = "thing.count", .reads = "thing", N_OUT,
	.sqlite = "SELECT count(*) AS n FROM thing", .pg = "SELECT count(*) AS n FROM thing",
};
static const struct db_stmt rename_all = {
	.name = "thing.rename", .writes = "thing", .n_params = 1, .params = ints,
	.sqlite = "UPDATE thing SET n = ?1", .pg = "UPDATE thing SET n = $1",
};
/* Its table forgets to say that it writes: the back end must notice. */
static const struct db_stmt liar = {
	.name = "thing.liar", .sqlite = "DELETE FROM thing", .pg = "DELETE FROM thing",
};
static const struct db_stmt bump = {
	.name = "counter.bump", .writes = "counter", .n_params = 2, .params = ints,
	.sqlite = "INSERT INTO counter (a, b, n) VALUES (?1, ?2, 1) ON CONFLICT (a, b) DO UPDATE SET n = counter.n + 1",
	.pg = "INSERT INTO counter (a, b, n) VALUES ($1, $2, 1) ON CONFLICT (a, b) DO UPDATE SET n = counter.n + 1",
};
static const struct db_stmt counter_n = {
	.name = "counter.n", .reads = "counter", .n_params = 2, .params = ints, N_OUT,
	.sqlite = "SELECT n FROM counter WHERE a = ?1 AND b = ?2", .pg = "SELECT n FROM counter WHERE a = $1 AND b = $2",
};
static const struct db_stmt set_counter = {
	.name = "counter.set", .writes = "counter", .n_params = 3, .params = ints,
	.sqlite = "UPDATE counter SET n = ?3 WHERE a = ?1 AND b = ?2", .pg = "UPDATE counter SET n = $3 WHERE a = $1 AND b = $2",
};
static const struct db_stmt numbers = {
	.name = "numbers", .n_params = 1, .params = ints, N_OUT,
	.sqlite = "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ?1) SELECT n FROM c ORDER BY n",
	.pg = "SELECT n FROM generate_series(1, $1) AS c (n) ORDER BY n",
};
static const struct db_stmt kilobytes = {
	.name = "kilobytes", .n_params = 1, .params = ints, .row_size = sizeof(struct str), .n_cols = 1, .cols = bytes_cols,
	.sqlite = "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ?1) SELECT zeroblob(1000) AS data FROM c",
	.pg = "SELECT decode(repeat('00', 1000), 'hex') AS data FROM generate_series(1, $1)",
};
static const struct db_stmt endless = {
	.name = "endless", N_OUT,
	.sqlite = "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 1000000000) SELECT max(n) AS n FROM c",
	.pg = "WITH RECURSIVE c (n) AS (SELECT 1::bigint UNION ALL SELECT n + 1 FROM c WHERE n < 1000000000) SELECT max(n) AS n FROM c",
};
/* A change that takes for ever once it has begun. */
static const struct db_stmt endless_change = {
	.name = "endless.change", .writes = "counter",
	.sqlite = "INSERT INTO counter (a, b, n) WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT 77, n, n FROM c",
	.pg = "INSERT INTO counter (a, b, n) WITH RECURSIVE c (n) AS (SELECT 1::bigint UNION ALL SELECT n + 1 FROM c) SELECT 77, n, n FROM c",
};

static const struct db_stmt fill_counters = {
	.name = "counter.fill", .writes = "counter", .n_params = 1, .params = ints,
	.sqlite = "INSERT INTO counter (a, b, n) WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ?1) SELECT n + 1, n + 1, 0 FROM c",
	.pg = "INSERT INTO counter (a, b, n) SELECT n + 1, n + 1, 0 FROM generate_series(1, $1) AS c (n)",
};
static const struct db_stmt bump_counters = {
	.name = "counter.bump_all", .writes = "counter", .n_params = 1, .params = ints,
	.sqlite = "UPDATE counter SET n = n + 1 WHERE a <= ?1", .pg = "UPDATE counter SET n = n + 1 WHERE a <= $1",
};
static const struct db_stmt sum_counters = {
	.name = "counter.sum", .reads = "counter", N_OUT, .sqlite = "SELECT sum(n) AS n FROM counter", .pg = "SELECT CAST(sum(n) AS bigint) AS n FROM counter",
};
static const struct db_stmt count_counters = {
	.name = "counter.count", .reads = "counter", N_OUT, .sqlite = "SELECT count(*) AS n FROM counter", .pg = "SELECT count(*) AS n FROM counter",
};

#define INT_V(x) { .type = DB_INT, .i = (x) }
#define TEXT_V(x) { .type = DB_TEXT, .s = (x) }

/* ── a world for each test ── */

struct world {
	struct ctx cx;
	struct app app;
	struct db_pool *pool;
	char folder[64], url[256];
};

static bool on_sqlite(void)
{
	const char *url = getenv("TEST_DATABASE");
	return !url || strncmp(url, "sqlite:", 7) == 0;
}

/* Ends the test and shows the text, unless there is none. */
static void expect_silence(struct str s)
{
	print_error("%.*s%s", STR_ARG(s), s.n ? "\n" : "");
	assert_int_equal(s.n, 0);
}

static void open_pool(struct world *w)
{
	struct str message = STR_NONE;
	enum err e = db_pool_open(&w->cx, w->url, &w->pool, &message);
	expect_silence(message);
	assert_int_equal(e, OK);
}

static enum err wipe(struct ctx *cx, void *arg)
{
	(void)arg;
	TRY(cx->db->pool->ops->text(cx->db, "DROP SCHEMA public CASCADE"));
	return cx->db->pool->ops->text(cx->db, "CREATE SCHEMA public");
}

static void migrated(struct world *w, const struct migration *m)
{
	unsigned n;
	struct str message = STR_NONE;
	enum err e = db_migrate(&w->cx, w->pool, m, &n, &message);
	expect_silence(message);
	assert_int_equal(e, OK);
}

static int empty_world(void **state)
{
	struct world *w = calloc(1, sizeof *w);
	assert_non_null(w);
	w->cx.arena = arena_new();
	w->cx.now = 1700000000000;
	w->cx.app = &w->app;
	snprintf(w->folder, sizeof w->folder, "/tmp/db_test_XXXXXX");
	assert_non_null(mkdtemp(w->folder));
	if (on_sqlite())
		snprintf(w->url, sizeof w->url, "sqlite:%s/test.db", w->folder);
	else
		snprintf(w->url, sizeof w->url, "%s", getenv("TEST_DATABASE"));
	open_pool(w);
	if (!on_sqlite())
		assert_int_equal(db_write(&w->cx, w->pool, wipe, NULL), OK);
	assert_int_equal(db_connect(w->pool, &w->cx.db), OK);
	*state = w;
	return 0;
}

static int world(void **state)
{
	if (empty_world(state) != 0)
		return 1;
	migrated(*state, schema);
	return 0;
}

static void close_all(struct world *w)
{
	db_close(w->cx.db);
	w->cx.db = NULL;
	db_pool_close(w->pool);
	w->pool = NULL;
}

static int end_of_world(void **state)
{
	struct world *w = *state;
	static const char *const files[] = { "test.db", "test.db-wal", "test.db-shm" };
	close_all(w);
	for (size_t i = 0; i < 3; i++) {
		char path[128];
		snprintf(path, sizeof path, "%s/%s", w->folder, files[i]);
		unlink(path);
	}
	assert_int_equal(rmdir(w->folder), 0);
	arena_free(w->cx.arena);
	free(w);
	return 0;
}

/* A second piece of work in the same world. */
static struct ctx other_ctx(struct world *w)
{
	struct ctx cx = { .arena = arena_new(), .now = w->cx.now, .app = &w->app };
	assert_int_equal(db_connect(w->pool, &cx.db), OK);
	return cx;
}

static void end_ctx(struct ctx *cx)
{
	db_close(cx->db);
	arena_free(cx->arena);
}

static enum err add(struct ctx *cx, void *arg)
{
	const struct thing *t = arg;
	const struct db_value v[] = {
		INT_V(t->id), INT_V(t->n), INT_V(t->at), { .type = DB_BOOL, .i = t->good }, TEXT_V(t->name),
		TEXT_V(t->extra), { .type = DB_REAL, .r = t->score }, { .type = DB_BLOB, .s = t->data }, INT_V(t->parent_id),
	};
	int64_t changed = -1;
	TRY(db_exec(cx, &add_thing, v, &changed));
	assert_int_equal(changed, 1);
	return OK;
}

static struct thing plain(int64_t id)
{
	return (struct thing){ .id = id, .n = NONE, .at = NONE, .score = NAN, .parent_id = NONE };
}

static enum err write_thing(struct world *w, struct thing t)
{
	return db_write(&w->cx, w->pool, add, &t);
}

static int64_t count(struct ctx *cx)
{
	int64_t n = -1;
	assert_int_equal(db_one(cx, &count_things, NULL, &n), OK);
	return n;
}

static int64_t counter(struct ctx *cx, int64_t a, int64_t b)
{
	const struct db_value v[] = { INT_V(a), INT_V(b) };
	int64_t n = 0;
	bool found;
	assert_int_equal(db_maybe(cx, &counter_n, v, &n, &found), OK);
	return found ? n : 0;
}

static enum err bump_one(struct ctx *cx, void *arg)
{
	(void)arg;
	const struct db_value v[] = { INT_V(1), INT_V(1) };
	return db_exec(cx, &bump, v, NULL);
}

/* ── values ── */

static void check_round_trip(struct world *w, struct thing in)
{
	assert_int_equal(write_thing(w, in), OK);
	struct thing out;
	const struct db_value v[] = { INT_V(in.id) };
	assert_int_equal(db_one(&w->cx, &get_thing, v, &out), OK);
	assert_int_equal(out.id, in.id);
	assert_int_equal(out.n, in.n);
	assert_int_equal(out.at, in.at);
	assert_int_equal(out.good, in.good);
	assert_int_equal(out.parent_id, in.parent_id);
	assert_true(isnan(in.score) ? isnan(out.score) : out.score == in.score);
	const struct str pairs[][2] = { { in.name, out.name }, { in.extra, out.extra }, { in.data, out.data } };
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(!pairs[i][0].p, !pairs[i][1].p);
		assert_true(str_eq(pairs[i][0], pairs[i][1]));
		assert_true(!pairs[i][1].p || pairs[i][1].p[pairs[i][1].n] == '\0');
	}
}

static void values_come_back(void **state)
{
	struct world *w = *state;
	check_round_trip(w, plain(1));
	check_round_trip(w, (struct thing){ 2, 0, 1700000000123, true, S("कर्मयोगी 🙂 É"), S("{\"a\": [1, \"ज्ञ\"]}"), -0.1, S("a\0b\xff\0"), 1 });
	check_round_trip(w, (struct thing){ 3, INT64_MAX, INT64_MIN + 1, false, S(""), S(""), 1e300, S(""), 2 });
	check_round_trip(w, (struct thing){ 4, -1, -5, false, S("it's; -- \"x\" $1 ?1"), STR_NONE, INFINITY, S("\0"), NONE });
	check_round_trip(w, (struct thing){ 5, -129, 1 << 30, true, STR_NONE, STR_NONE, 3.0, STR_NONE, 5 });
}

static void strange_texts_are_refused(void **state)
{
	struct world *w = *state;
	struct thing t = plain(1);
	t.name = S("a\xc0\x80");
	assert_int_equal(write_thing(w, t), ERR_INTERNAL);
	t.name = S("a\0b");
	assert_int_equal(write_thing(w, t), ERR_INTERNAL);
	t.name = STR_NONE;
	t.data = (struct str){ calloc(1, DB_VALUE_MAX + 1), DB_VALUE_MAX + 1 };
	assert_int_equal(write_thing(w, t), ERR_TOO_LARGE);
	t.data.n--;
	assert_int_equal(write_thing(w, t), OK);
	struct thing out;
	assert_int_equal(db_one(&w->cx, &get_thing, (struct db_value[]){ INT_V(1) }, &out), OK);
	assert_int_equal(out.data.n, DB_VALUE_MAX);
	free((char *)(uintptr_t)t.data.p);
}

static void one_and_maybe(void **state)
{
	struct world *w = *state;
	struct thing t = { .id = 42 };
	bool found = true;
	const struct db_value v[] = { INT_V(9) };
	assert_int_equal(db_one(&w->cx, &get_thing, v, &t), ERR_NOT_FOUND);
	assert_int_equal(db_maybe(&w->cx, &get_thing, v, &t, &found), OK);
	assert_false(found);
	assert_int_equal(t.id, 42);
	assert_int_equal(write_thing(w, plain(1)), OK);
	assert_int_equal(write_thing(w, plain(2)), OK);
	assert_int_equal(db_one(&w->cx, &all_things, NULL, &t), ERR_INTERNAL);
	assert_int_equal(t.id, 42);
	assert_non_null(strstr(w->cx.trouble, "thing.all"));
	void *rows;
	size_t n;
	assert_int_equal(db_many(&w->cx, &all_things, NULL, &rows, &n), OK);
	assert_int_equal(n, 2);
	assert_int_equal(((struct thing *)rows)[1].id, 2);
}

static void too_many_rows(void **state)
{
	struct world *w = *state;
	void *rows;
	size_t n;
	assert_int_equal(db_many(&w->cx, &numbers, (struct db_value[]){ INT_V(DB_ROWS_MAX) }, &rows, &n), OK);
	assert_int_equal(n, DB_ROWS_MAX);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(((int64_t *)rows)[i], (int64_t)i + 1);
	assert_int_equal(db_many(&w->cx, &numbers, (struct db_value[]){ INT_V(DB_ROWS_MAX + 1) }, &rows, &n), ERR_INTERNAL);
}

/* ── row by row ── */

struct walk {
	int64_t n, stop_at;
	size_t bytes;
	bool nested;
};

static enum err take_kilobyte(struct ctx *cx, void *arg, const void *row)
{
	struct walk *k = arg;
	k->n++;
	k->bytes += ((const struct str *)row)->n;
	arena_alloc(cx->arena, 10000);
	return OK;
}

static enum err take_number(struct ctx *cx, void *arg, const void *row)
{
	struct walk *k = arg;
	k->n++;
	assert_int_equal(*(const int64_t *)row, k->n);
	if (k->n == k->stop_at)
		return fail(cx, ERR_INVALID, "x", "enough");
	if (k->nested && k->n % 100 == 1) {
		struct walk inner = { .stop_at = 3 };
		assert_int_equal(counter(cx, 1, 1), 0);
		assert_int_equal(db_each(cx, &numbers, (struct db_value[]){ INT_V(5) }, take_number, &inner), ERR_INVALID);
		assert_int_equal(inner.n, 3);
		cx->n_failures = 0;
	}
	return OK;
}

static enum err walk_nested(struct ctx *cx, void *arg)
{
	return db_each(cx, &numbers, (struct db_value[]){ INT_V(1000) }, take_number, arg);
}

static void each_is_bounded(void **state)
{
	struct world *w = *state;
	struct rusage before, after;
	struct walk k = { 0 };
	getrusage(RUSAGE_SELF, &before);
	assert_int_equal(db_each(&w->cx, &kilobytes, (struct db_value[]){ INT_V(50000) }, take_kilobyte, &k), OK);
	getrusage(RUSAGE_SELF, &after);
	assert_int_equal(k.bytes, 50000000);
	if (!SANITIZED) /* it holds freed memory back */
		assert_true(after.ru_maxrss - before.ru_maxrss < 8192); /* KiB */
}

static void each_nests_and_stops(void **state)
{
	struct world *w = *state;
	struct walk k = { .nested = true };
	assert_int_equal(db_read(&w->cx, walk_nested, &k), OK);
	assert_int_equal(k.n, 1000);
	k = (struct walk){ .stop_at = 300 };
	assert_int_equal(db_read(&w->cx, walk_nested, &k), ERR_INVALID);
	assert_int_equal(k.n, 300);
	assert_string_equal(w->cx.failures[0].text, "enough");
	assert_int_equal(count(&w->cx), 0); /* the connection is well */
}

/* ── errors ── */

static void constraints_are_told_apart(void **state)
{
	struct world *w = *state;
	struct thing t = plain(1);
	t.name = S("x");
	assert_int_equal(write_thing(w, t), OK);
	assert_int_equal(write_thing(w, t), ERR_CONFLICT); /* primary key */
	t.id = 2;
	assert_int_equal(write_thing(w, t), ERR_CONFLICT); /* unique */
	assert_non_null(strstr(w->cx.trouble, "thing.add"));
	t.name = STR_NONE;
	t.parent_id = 77;
	assert_int_equal(write_thing(w, t), ERR_CONFLICT); /* foreign key */
	t.parent_id = NONE;
	t.n = 13;
	assert_int_equal(write_thing(w, t), ERR_INTERNAL); /* check */
	t.n = 1;
	t.id = NONE;
	if (!on_sqlite()) /* there an absent id is the next one */
		assert_int_equal(write_thing(w, t), ERR_INTERNAL); /* not null */
	t.id = 3;
	assert_int_equal(write_thing(w, t), OK);
	assert_string_equal(w->cx.trouble, "");
	assert_int_equal(count(&w->cx), 2);
}

static enum err goes_on_after_failure(struct ctx *cx, void *arg)
{
	(void)arg;
	struct thing good = plain(10), bad = plain(1);
	TRY(add(cx, &good));
	assert_int_equal(add(cx, &bad), ERR_CONFLICT);
	good.id = 11;
	assert_int_equal(add(cx, &good), ERR_CONFLICT);
	return OK;
}

static void a_failed_statement_spoils_its_transaction(void **state)
{
	struct world *w = *state;
	assert_int_equal(write_thing(w, plain(1)), OK);
	assert_int_equal(db_write(&w->cx, w->pool, goes_on_after_failure, NULL), ERR_CONFLICT);
	assert_int_equal(count(&w->cx), 1);
	assert_int_equal(write_thing(w, plain(2)), OK);
}

static enum err add_two(struct ctx *cx, void *arg)
{
	int *runs = arg;
	++*runs;
	struct thing t = plain(1);
	TRY(add(cx, &t));
	t.id = 2;
	return add(cx, &t);
}

static void faults_can_be_injected(void **state)
{
	struct world *w = *state;
	int runs = 0;
	for (w->app.fail_at = 1; w->app.fail_at <= 2; w->app.fail_at++) {
		w->cx.statements = 0;
		assert_int_equal(db_write(&w->cx, w->pool, add_two, &runs), ERR_UNAVAILABLE);
		assert_int_equal(w->cx.statements, w->app.fail_at);
		assert_int_equal(count(&w->cx), 0); /* reading is not counted */
	}
	w->cx.statements = 0;
	assert_int_equal(db_write(&w->cx, w->pool, add_two, &runs), OK);
	assert_int_equal(w->cx.statements, 2);
	assert_int_equal(count(&w->cx), 2);
	assert_int_equal(runs, 3);
}

static enum err reads_endlessly(struct ctx *cx, void *arg)
{
	return db_one(cx, &endless, NULL, arg);
}

static int64_t in_ms(int64_t ms)
{
	return clock_monotonic() / 1000000 + ms;
}

static void deadline_breaks_off(void **state)
{
	struct world *w = *state;
	int64_t n = 0, begun = in_ms(0);
	db_deadline(w->cx.db, begun + 200);
	assert_int_equal(db_read(&w->cx, reads_endlessly, &n), ERR_BUSY);
	assert_true(in_ms(0) - begun >= 200 && in_ms(0) - begun < 1500);
	assert_int_equal(db_one(&w->cx, &count_things, NULL, &n), ERR_BUSY); /* too late for everything */
	db_deadline(w->cx.db, 0);
	assert_int_equal(count(&w->cx), 0);
	assert_true(db_alive(w->cx.db));
}

/* ── transactions ── */

struct picture {
	struct world *w;
	int64_t before, after;
};

static enum err look_twice(struct ctx *cx, void *arg)
{
	struct picture *p = arg;
	p->before = count(cx);
	struct ctx other = other_ctx(p->w);
	struct thing t = plain(1);
	assert_int_equal(db_write(&other, p->w->pool, add, &t), OK);
	assert_int_equal(count(&other), 1);
	end_ctx(&other);
	p->after = count(cx);
	return OK;
}

static void a_reader_sees_one_picture(void **state)
{
	struct picture p = { .w = *state };
	assert_int_equal(db_read(&p.w->cx, look_twice, &p), OK);
	assert_int_equal(p.before, 0);
	assert_int_equal(p.after, 0);
	assert_int_equal(count(&p.w->cx), 1);
}

static enum err write_in_disguise(struct ctx *cx, void *arg)
{
	(void)arg;
	return db_exec(cx, &liar, NULL, NULL);
}

static void a_reader_cannot_write(void **state)
{
	struct world *w = *state;
	struct thing t = plain(2);
	assert_int_equal(write_thing(w, plain(1)), OK);
	assert_int_equal(db_read(&w->cx, add, &t), ERR_INTERNAL);
	assert_int_equal(db_read(&w->cx, write_in_disguise, NULL), ERR_INTERNAL);
	assert_int_equal(write_in_disguise(&w->cx, NULL), ERR_INTERNAL);
	assert_int_equal(db_exec(&w->cx, &rename_all, (struct db_value[]){ INT_V(1) }, NULL), ERR_INTERNAL);
	assert_int_equal(count(&w->cx), 1);
}

static enum err change_all(struct ctx *cx, void *arg)
{
	return db_exec(cx, &rename_all, (struct db_value[]){ INT_V(5) }, arg);
}

static void changed_rows_are_counted(void **state)
{
	struct world *w = *state;
	int64_t changed = -1;
	assert_int_equal(db_write(&w->cx, w->pool, change_all, &changed), OK);
	assert_int_equal(changed, 0);
	for (int i = 1; i <= 3; i++)
		assert_int_equal(write_thing(w, plain(i)), OK);
	assert_int_equal(db_write(&w->cx, w->pool, change_all, &changed), OK);
	assert_int_equal(changed, 3);
}

/* A batch of pieces that all wait while the first one holds the writer. */
struct member {
	struct db_piece piece; /* first */
	struct ctx cx;
	int64_t id;
	enum err result;
	atomic_bool done;
	atomic_bool *gate; /* the first one waits for it */
	atomic_int runs;
};

static enum err member_runs(struct ctx *cx, void *arg)
{
	struct member *m = arg;
	m->runs++;
	while (m->gate && !*m->gate)
		usleep(1000);
	struct thing t = plain(m->id);
	TRY(add(cx, &t));
	if (m->id == 13)
		return fail(cx, ERR_INVALID, "", "unlucky");
	return OK;
}

static void member_done(struct db_piece *piece, enum err e)
{
	struct member *m = (struct member *)piece;
	m->result = e;
	m->done = true;
}

static void start_member(struct world *w, struct member *m, int64_t id, db_fn *fn)
{
	m->cx = other_ctx(w);
	m->id = id;
	m->piece = (struct db_piece){ .cx = &m->cx, .run = fn, .arg = m, .done = member_done };
	db_write_start(w->pool, &m->piece);
}

static void wait_for(struct member *m)
{
	while (!m->done)
		usleep(1000);
	end_ctx(&m->cx);
}

static void neighbours_are_kept_apart(void **state)
{
	struct world *w = *state;
	enum { MOST = 300 };
	static struct member m[MOST];
	const int N = on_sqlite() ? MOST : 30; /* there each has a connection of its own */
	atomic_bool gate = !on_sqlite();
	memset(m, 0, sizeof m);
	m[0].gate = &gate;
	for (int i = 0; i < N; i++)
		start_member(w, &m[i], i == 20 ? 7 : i, member_runs); /* the id 7 twice */
	gate = true;
	for (int i = 0; i < N; i++)
		wait_for(&m[i]);
	for (int i = 0; i < N; i++) {
		enum err expected = i == 13 ? ERR_INVALID : i == 20 ? ERR_CONFLICT : OK;
		assert_int_equal(m[i].result, expected);
		assert_int_equal(m[i].cx.n_failures, i == 13);
		assert_int_equal(m[i].runs, 1);
	}
	assert_int_equal(count(&w->cx), N - 2);
	assert_int_equal(db_write_waiting(w->pool), 0);
}

static enum err fills(struct ctx *cx, void *arg)
{
	return db_exec(cx, &fill_counters, (struct db_value[]){ INT_V(*(int64_t *)arg) }, NULL);
}

static enum err bumps_in_vain(struct ctx *cx, void *arg)
{
	struct member *m = arg;
	TRY(db_exec(cx, &bump_counters, (struct db_value[]){ INT_V(m->id) }, NULL));
	TRY(db_exec(cx, &bump_counters, (struct db_value[]){ INT_V(m->id / 2) }, NULL));
	return fail(cx, ERR_INVALID, "", "after all not");
}

/* From 20 KB to more than scratch.h keeps in memory. */
static void a_refused_piece_of_any_size_leaves_nothing(void **state)
{
	struct world *w = *state;
	static const int64_t sizes[] = { 1000, 50000, 1600000 };
	if (!on_sqlite())
		skip();
	assert_int_equal(db_write(&w->cx, w->pool, fills, &(int64_t){ sizes[2] }), OK);
	for (int i = 0; i < 3; i++) {
		static struct member m[4];
		atomic_bool gate = false;
		memset(m, 0, sizeof m);
		m[0].gate = &gate;
		start_member(w, &m[0], 100 * i + 100, member_runs);
		while (!m[0].runs)
			usleep(1000);
		start_member(w, &m[1], 100 * i + 101, member_runs);
		start_member(w, &m[2], sizes[i], bumps_in_vain);
		start_member(w, &m[3], 100 * i + 102, member_runs);
		gate = true;
		for (int k = 0; k < 4; k++)
			wait_for(&m[k]);
		for (int k = 0; k < 4; k++)
			assert_int_equal(m[k].result, k == 2 ? ERR_INVALID : OK);
		int64_t sum = -1;
		assert_int_equal(db_one(&w->cx, &sum_counters, NULL, &sum), OK);
		assert_int_equal(sum, 0);
		assert_int_equal(count(&w->cx), 3 * i + 3);
	}
}

static enum err runs_away(struct ctx *cx, void *arg)
{
	struct member *m = arg;
	m->runs++;
	return db_exec(cx, &endless_change, NULL, NULL);
}

/* SQLite undoes the whole group with a change that is broken off; the others are run again. */
static void a_runaway_takes_nobody_along(void **state)
{
	struct world *w = *state;
	static struct member m[5];
	atomic_bool gate = !on_sqlite();
	memset(m, 0, sizeof m);
	m[0].gate = &gate;
	db_deadline(w->cx.db, in_ms(300));
	for (int i = 0; i < 5; i++) {
		if (i != 2) {
			start_member(w, &m[i], i, member_runs);
			continue;
		}
		m[i].cx = other_ctx(w);
		db_deadline(m[i].cx.db, in_ms(300));
		m[i].piece = (struct db_piece){ .cx = &m[i].cx, .run = runs_away, .arg = &m[i], .done = member_done };
		db_write_start(w->pool, &m[i].piece);
	}
	gate = true;
	for (int i = 0; i < 5; i++)
		wait_for(&m[i]);
	for (int i = 0; i < 5; i++)
		assert_int_equal(m[i].result, i == 2 ? ERR_BUSY : OK);
	db_deadline(w->cx.db, 0);
	assert_int_equal(count(&w->cx), 4);
	assert_int_equal(counter(&w->cx, 77, 1), 0);
}

static enum err read_and_set(struct ctx *cx, void *arg)
{
	(void)arg;
	int64_t n;
	TRY(db_one(cx, &counter_n, (struct db_value[]){ INT_V(1), INT_V(1) }, &n));
	int64_t changed;
	TRY(db_exec(cx, &set_counter, (struct db_value[]){ INT_V(1), INT_V(1), INT_V(n + 1) }, &changed));
	assert_int_equal(changed, 1);
	return OK;
}

static atomic_int busy_answers;

static void *increments(void *arg)
{
	struct world *w = arg;
	struct ctx cx = other_ctx(w);
	for (int i = 0; i < 500; i++) {
		enum err e = db_write(&cx, w->pool, i % 2 ? bump_one : read_and_set, NULL);
		while (e == ERR_BUSY) { /* nothing of it was kept: a client would come again */
			busy_answers++;
			e = db_write(&cx, w->pool, i % 2 ? bump_one : read_and_set, NULL);
		}
		if (e != OK)
			fprintf(stderr, "increment: %s\n", cx.trouble);
		assert_int_equal(e, OK);
		arena_reset(cx.arena);
	}
	end_ctx(&cx);
	return NULL;
}

static void increments_are_not_lost(void **state)
{
	struct world *w = *state;
	pthread_t t[8];
	busy_answers = 0;
	for (int i = 0; i < 8; i++)
		assert_int_equal(pthread_create(&t[i], NULL, increments, w), 0);
	for (int i = 0; i < 8; i++)
		pthread_join(t[i], NULL);
	assert_int_equal(counter(&w->cx, 1, 1), 4000);
	if (busy_answers)
		print_message("busy answers: %d\n", busy_answers);
}

/* ── bad days ── */

/* Opens the world's database anew in a forked child: threads and connections do not survive a fork. */
static void child_world(const struct world *w, struct world *child)
{
	*child = (struct world){ 0 };
	memcpy(child->url, w->url, sizeof w->url);
	child->cx.arena = arena_new();
	child->cx.app = &child->app;
	struct str message = STR_NONE;
	if (db_pool_open(&child->cx, child->url, &child->pool, &message) != OK || db_connect(child->pool, &child->cx.db) != OK)
		_exit(3);
}

static _Noreturn void count_for_ever(const struct world *w, int out)
{
	struct world c;
	child_world(w, &c);
	for (int64_t n = 1;; n++) {
		if (db_write(&c.cx, c.pool, bump_one, NULL) != OK || write(out, &n, sizeof n) != sizeof n)
			_exit(4);
		arena_reset(c.cx.arena);
	}
}

static void acknowledged_is_kept(void **state)
{
	struct world *w = *state;
	for (int round = 0; round < 3; round++) {
		int64_t before = counter(&w->cx, 1, 1), acknowledged = 0, n;
		close_all(w);
		int ends[2];
		assert_int_equal(pipe(ends), 0);
		pid_t pid = fork();
		assert_true(pid >= 0);
		if (pid == 0)
			count_for_ever(w, ends[1]);
		close(ends[1]);
		while (acknowledged < 40 + round * 17 && read(ends[0], &n, sizeof n) == sizeof n)
			acknowledged = n;
		kill(pid, SIGKILL);
		while (read(ends[0], &n, sizeof n) == sizeof n)
			acknowledged = n;
		waitpid(pid, NULL, 0);
		close(ends[0]);
		open_pool(w);
		assert_int_equal(db_connect(w->pool, &w->cx.db), OK);
		int64_t found = counter(&w->cx, 1, 1) - before;
		assert_true(acknowledged >= 40);
		if (!on_sqlite()) /* the server may still be at the last one */
			assert_true(found >= acknowledged);
		else
			assert_true(found == acknowledged || found == acknowledged + 1);
	}
}

static enum err add_much(struct ctx *cx, void *arg)
{
	struct thing t = plain(*(int64_t *)arg);
	t.data = (struct str){ arena_alloc(cx->arena, 100000), 100000 };
	return add(cx, &t);
}

/* More than the writer's cache holds: it fails in the middle, not at the commit. */
static enum err add_too_much(struct ctx *cx, void *arg)
{
	const struct member *m = arg;
	for (int64_t i = 0; i < 10; i++) {
		struct thing t = plain(m->id + i);
		t.data = (struct str){ arena_alloc(cx->arena, 12000000), 12000000 };
		TRY(add(cx, &t));
	}
	return OK;
}

static bool group_fails_together(struct world *c)
{
	static struct member m[4];
	atomic_bool gate = false;
	m[0].gate = &gate;
	for (int i = 0; i < 4; i++) {
		start_member(c, &m[i], 1000 + 100 * i, i == 2 ? add_too_much : member_runs);
		/* The first one holds the writer until the others stand behind it. */
		while (i == 0 && !m[0].runs)
			usleep(1000);
	}
	gate = true;
	for (int i = 0; i < 4; i++)
		wait_for(&m[i]);
	return m[1].result == ERR_UNAVAILABLE && m[2].result == ERR_UNAVAILABLE && m[3].result == ERR_UNAVAILABLE && m[1].cx.trouble[0] && !m[3].runs;
}

static _Noreturn void fill_the_disk(const struct world *w)
{
	struct world c;
	signal(SIGXFSZ, SIG_IGN);
	child_world(w, &c);
	setrlimit(RLIMIT_FSIZE, &(struct rlimit){ 2000000, RLIM_INFINITY });
	int64_t id = 100;
	enum err e;
	while ((e = db_write(&c.cx, c.pool, add_much, &id)) == OK && id < 200)
		id++;
	if (e != ERR_UNAVAILABLE || !c.cx.trouble[0])
		_exit(5);
	if (count(&c.cx) != id - 100 + 1) /* reading goes on, and shows what was acknowledged */
		_exit(6);
	id = 300;
	if (db_write(&c.cx, c.pool, add_much, &id) != ERR_UNAVAILABLE)
		_exit(7);
	if (!group_fails_together(&c))
		_exit(9);
	setrlimit(RLIMIT_FSIZE, &(struct rlimit){ RLIM_INFINITY, RLIM_INFINITY });
	if (db_write(&c.cx, c.pool, add_much, &id) != OK) /* somebody made room */
		_exit(8);
	db_close(c.cx.db);
	db_pool_close(c.pool);
	arena_free(c.cx.arena);
	_exit(0);
}

/* What a large piece would change is undone though there is no room to keep it on disk; whatever becomes of its neighbours, nothing is half done. */
static _Noreturn void bump_on_a_full_disk(const struct world *w)
{
	struct world c;
	static struct member m[3];
	atomic_bool gate = false;
	signal(SIGXFSZ, SIG_IGN);
	child_world(w, &c);
	setrlimit(RLIMIT_FSIZE, &(struct rlimit){ 8000000, RLIM_INFINITY });
	m[0].gate = &gate;
	start_member(&c, &m[0], 1, member_runs);
	while (!m[0].runs)
		usleep(1000);
	start_member(&c, &m[1], 1600000, bumps_in_vain);
	start_member(&c, &m[2], 2, member_runs);
	gate = true;
	for (int i = 0; i < 3; i++)
		wait_for(&m[i]);
	_exit(m[1].result == ERR_UNAVAILABLE ? 0 : 1);
}

static void a_full_disk_undoes_a_large_piece(void **state)
{
	struct world *w = *state;
	int64_t sum = -1, n = 1600000;
	int status;
	if (!on_sqlite())
		skip();
	assert_int_equal(db_write(&w->cx, w->pool, fills, &n), OK);
	close_all(w);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		bump_on_a_full_disk(w);
	waitpid(pid, &status, 0);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	open_pool(w);
	assert_int_equal(db_connect(w->pool, &w->cx.db), OK);
	assert_int_equal(db_one(&w->cx, &sum_counters, NULL, &sum), OK);
	assert_int_equal(sum, 0);
}

static void a_full_disk_harms_nothing(void **state)
{
	struct world *w = *state;
	if (!on_sqlite())
		skip();
	assert_int_equal(write_thing(w, plain(1)), OK);
	close_all(w);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		fill_the_disk(w);
	int status;
	waitpid(pid, &status, 0);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	open_pool(w);
	assert_int_equal(db_connect(w->pool, &w->cx.db), OK);
	int64_t n = count(&w->cx);
	assert_true(n > 3 && n < 60);
	assert_int_equal(write_thing(w, plain(2)), OK);
}

/* SQLite writes some pages of it twice before it commits, and then what is ahead of each page once more. */
static void a_change_larger_than_the_cache_is_kept(void **state)
{
	struct world *w = *state;
	int status;
	if (!on_sqlite())
		skip();
	close_all(w);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct world c;
		struct member m = { .id = 100 };
		child_world(w, &c);
		if (db_write(&c.cx, c.pool, add_too_much, &m) != OK || write_thing(&c, plain(1)) != OK)
			_exit(5);
		_exit(0); /* without an orderly end: what is kept is in the log */
	}
	waitpid(pid, &status, 0);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	open_pool(w);
	assert_int_equal(db_connect(w->pool, &w->cx.db), OK);
	assert_int_equal(count(&w->cx), 11);
}

/* Many are at it without a pause, and the log is copied meanwhile: it does not grow with what is written, and all of it is there. */
static void the_log_begins_anew(void **state)
{
	struct world *w = *state;
	struct stat st;
	char path[160];
	if (!on_sqlite())
		skip();
	for (int64_t id = 1; id <= 3000; id++)
		assert_int_equal(db_write(&w->cx, w->pool, add_much, &id), OK);
	snprintf(path, sizeof path, "%s/test.db-wal", w->folder);
	assert_int_equal(stat(path, &st), 0);
	assert_true(st.st_size < 150000000); /* half of what was written */
	assert_int_equal(count(&w->cx), 3000);
}

/* What SQLite asks the system for when something shall be on the disk: it finds this one first. */
static atomic_bool disk_held, disk_broken;

int fdatasync(int fd)
{
	while (disk_held)
		usleep(1000);
	errno = EIO;
	return disk_broken ? -1 : (int)syscall(SYS_fdatasync, fd);
}

static void nobody_is_told_before_it_is_on_the_disk(void **state)
{
	struct world *w = *state;
	enum { N = 40 };
	static struct member m[N];
	if (!on_sqlite())
		skip();
	memset(m, 0, sizeof m);
	assert_int_equal(write_thing(w, plain(1000)), OK);
	disk_held = true;
	start_member(w, &m[0], 100, member_runs);
	while (count(&w->cx) < 2) /* committed: whoever reads sees it */
		usleep(1000);
	for (int i = 1; i < N; i++)
		start_member(w, &m[i], 100 + i, member_runs);
	while (!m[1].runs) /* the writer does not wait for the disk */
		usleep(1000);
	usleep(50000);
	for (int i = 0; i < N; i++)
		assert_false(m[i].done);
	assert_int_equal(count(&w->cx), 2);
	assert_true(db_write_waiting(w->pool) >= N);
	disk_held = false;
	for (int i = 0; i < N; i++) {
		wait_for(&m[i]);
		assert_int_equal(m[i].result, OK);
	}
	assert_int_equal(count(&w->cx), 1 + N);
}

static void a_disk_that_keeps_nothing_ends_the_program(void **state)
{
	struct world *w = *state;
	int said[2], status;
	char words[400] = "";
	if (!on_sqlite())
		skip();
	assert_int_equal(write_thing(w, plain(1)), OK);
	close_all(w);
	assert_int_equal(pipe(said), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct world c;
		dup2(said[1], STDERR_FILENO);
		child_world(w, &c);
		if (write_thing(&c, plain(2)) != OK)
			_exit(5);
		disk_broken = true;
		(void)!write_thing(&c, plain(3));
		_exit(0);
	}
	close(said[1]);
	assert_true(read(said[0], words, sizeof words - 1) > 0);
	close(said[0]);
	waitpid(pid, &status, 0);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), EXIT_FAILURE);
	assert_non_null(strstr(words, "The disk did not keep the log of the database"));
	open_pool(w);
	assert_int_equal(db_connect(w->pool, &w->cx.db), OK);
	assert_true(count(&w->cx) >= 2);
	assert_int_equal(write_thing(w, plain(4)), OK);
}

static int is_it_busy(void *arg, int n, char **value, char **name)
{
	(void)n;
	(void)name;
	*(bool *)arg = value[0][0] != '0';
	return 0;
}

/* Whether somebody was in the way of a checkpoint. */
static bool by_another_program(const struct world *w, const char *sql)
{
	bool busy = false;
	sqlite3 *h;
	char path[160];
	snprintf(path, sizeof path, "%s/test.db", w->folder);
	assert_int_equal(sqlite3_open(path, &h), SQLITE_OK);
	sqlite3_busy_timeout(h, 10000);
	assert_int_equal(sqlite3_exec(h, sql, is_it_busy, &busy, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(h), SQLITE_OK);
	return busy;
}

static void all_is_in_the_file(const struct world *w)
{
	while (by_another_program(w, "PRAGMA wal_checkpoint(TRUNCATE)")) /* our own copying is at it */
		usleep(10000);
}

/* Readers look at the file through a map of it (mapped.h). */
static void a_file_that_shrinks_and_grows_is_read(void **state)
{
	struct world *w = *state;
	struct stat before, after;
	char path[160];
	int64_t n = 300000, found = -1;
	if (!on_sqlite())
		skip();
	snprintf(path, sizeof path, "%s/test.db", w->folder);
	for (int round = 0; round < 2; round++) {
		assert_int_equal(db_write(&w->cx, w->pool, fills, &n), OK);
		all_is_in_the_file(w);
		assert_int_equal(db_one(&w->cx, &count_counters, NULL, &found), OK);
		assert_int_equal(found, n + 1);
		assert_int_equal(stat(path, &before), 0);
		by_another_program(w, "DELETE FROM counter WHERE a > 1; VACUUM");
		all_is_in_the_file(w);
		assert_int_equal(stat(path, &after), 0);
		assert_true(after.st_size < before.st_size / 10);
		assert_int_equal(db_one(&w->cx, &count_counters, NULL, &found), OK);
		assert_int_equal(found, 1);
	}
}

static void check_sentence(struct ctx *cx, const char *url, const char *part)
{
	struct db_pool *pool = NULL;
	struct str message = STR_NONE;
	assert_int_equal(db_pool_open(cx, url, &pool, &message), ERR_UNAVAILABLE);
	assert_null(pool);
	if (!message.p || !strstr(message.p, part))
		expect_silence(message.p ? message : S("no message"));
}

/* Root may write everywhere, so somebody else tries. */
static _Noreturn void try_as_nobody(const struct world *w)
{
	struct ctx cx = { .arena = arena_new() };
	struct db_pool *pool = NULL;
	struct str message = STR_NONE;
	char url[128];
	snprintf(url, sizeof url, "sqlite:%s/new.db", w->folder);
	if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
		_exit(0);
	if (db_pool_open(&cx, url, &pool, &message) != ERR_UNAVAILABLE || !message.p)
		_exit(1);
	_exit(strstr(message.p, "cannot be written to by this user") ? 0 : 2);
}

static void unusable_places_get_a_sentence(void **state)
{
	struct world *w = *state;
	check_sentence(&w->cx, "mysql://x", "sqlite:PATH or postgresql://");
	check_sentence(&w->cx, "sqlite:/nowhere/at/all/x.db", "The folder /nowhere/at/all of the database file does not exist.");
	check_sentence(&w->cx, "sqlite:/etc/passwd", "not an SQLite database");
	check_sentence(&w->cx, "sqlite:/tmp", "cannot be used");
	check_sentence(&w->cx, "postgresql:///x?host=/nowhere", "PostgreSQL cannot be used");
	assert_int_equal(chmod(w->folder, 0555), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		try_as_nobody(w);
	int status;
	waitpid(pid, &status, 0);
	assert_int_equal(chmod(w->folder, 0700), 0);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

/* A short command beside the running server. */
static void a_second_process_may_write(void **state)
{
	struct world *w = *state;
	close_all(w);
	pid_t pid[2];
	for (int i = 0; i < 2; i++) {
		pid[i] = fork();
		assert_true(pid[i] >= 0);
		if (pid[i] != 0)
			continue;
		struct world c;
		child_world(w, &c);
		for (int k = 0; k < 100; k++) {
			enum err e = db_write(&c.cx, c.pool, bump_one, NULL);
			while (e == ERR_BUSY)
				e = db_write(&c.cx, c.pool, bump_one, NULL);
			if (e != OK)
				_exit(1);
		}
		close_all(&c);
		arena_free(c.cx.arena);
		_exit(0);
	}
	for (int i = 0; i < 2; i++) {
		int status;
		waitpid(pid[i], &status, 0);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	open_pool(w);
	assert_int_equal(db_connect(w->pool, &w->cx.db), OK);
	assert_int_equal(counter(&w->cx, 1, 1), 200);
}

static enum err kill_others(struct ctx *cx, void *arg)
{
	(void)arg;
	return cx->db->pool->ops->text(cx->db, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
					       "AND pid <> pg_backend_pid() AND backend_type = 'client backend'");
}

struct rude {
	struct world *w;
	int64_t n;
};

static enum err killed_in_the_middle(struct ctx *cx, void *arg)
{
	struct rude *r = arg;
	struct thing t = plain(50);
	TRY(add(cx, &t));
	struct ctx other = other_ctx(r->w);
	assert_int_equal(db_read(&other, kill_others, NULL), OK);
	end_ctx(&other);
	t.id = 51;
	return add(cx, &t);
}

static void a_lost_connection_is_opened_again(void **state)
{
	struct world *w = *state;
	if (on_sqlite())
		skip();
	struct rude r = { .w = w };
	struct ctx other = other_ctx(w);
	assert_int_equal(count(&w->cx), 0);
	assert_int_equal(db_read(&other, kill_others, NULL), OK);
	assert_int_equal(count(&w->cx), 0); /* nobody notices */
	assert_int_equal(db_read(&other, kill_others, NULL), OK);
	assert_int_equal(write_thing(w, plain(1)), OK);
	assert_int_equal(db_write(&w->cx, w->pool, killed_in_the_middle, &r), ERR_UNAVAILABLE);
	assert_int_equal(count(&w->cx), 1);
	assert_true(db_alive(w->cx.db));
	end_ctx(&other);
}

/* ── schema ── */

static void dialect(void **state)
{
	struct world *w = *state;
	struct str text = S("-- ID stays\nCREATE TABLE a (\n\tid ID PRIMARY KEY, -- TIME\n\tt TIME, b BOOL DEFAULT FALSE, x TEXT DEFAULT 'ID; BLOB''s INT',\n"
			    "\t\"REAL\" REAL, j JSON, d BLOB, real_id INT\n);\nCREATE TABLE b (a ID PRIMARY KEY)\n\tBY KEY;\nCREATE INDEX i ON b (a);\n");
	assert_string_equal(db_dialect(&w->cx, text, true).p,
			    "-- ID stays\nCREATE TABLE a (\n\tid INTEGER PRIMARY KEY, -- TIME\n\tt INTEGER, b INTEGER DEFAULT FALSE, x TEXT DEFAULT 'ID; BLOB''s INT',\n"
			    "\t\"REAL\" REAL, j TEXT, d BLOB, real_id INTEGER\n) STRICT;\nCREATE TABLE b (a INTEGER PRIMARY KEY) STRICT, WITHOUT ROWID;\n"
			    "CREATE INDEX i ON b (a);\n");
	assert_string_equal(db_dialect(&w->cx, text, false).p,
			    "-- ID stays\nCREATE TABLE a (\n\tid bigint PRIMARY KEY, -- TIME\n\tt bigint, b boolean DEFAULT FALSE, x text DEFAULT 'ID; BLOB''s INT',\n"
			    "\t\"REAL\" double precision, j text, d bytea, real_id bigint\n);\nCREATE TABLE b (a bigint PRIMARY KEY);\nCREATE INDEX i ON b (a);\n");
}

static void migrations_run_once(void **state)
{
	struct world *w = *state;
	unsigned n = 99;
	struct str message = STR_NONE;
	assert_int_equal(db_migrated(&w->cx, w->pool, schema, &message), ERR_CONFLICT);
	assert_non_null(strstr(message.p, "0001_thing.sql is missing"));
	assert_int_equal(db_migrate(&w->cx, w->pool, (struct migration[]){ schema[0], { NULL, NULL } }, &n, &message), OK);
	assert_int_equal(n, 1);
	assert_int_equal(db_migrated(&w->cx, w->pool, schema, &message), ERR_CONFLICT);
	assert_non_null(strstr(message.p, "0002_counter.sql is missing"));
	assert_int_equal(db_migrate(&w->cx, w->pool, schema, &n, &message), OK);
	assert_int_equal(n, 1);
	assert_int_equal(db_migrate(&w->cx, w->pool, schema, &n, &message), OK);
	assert_int_equal(n, 0);
	assert_int_equal(db_migrated(&w->cx, w->pool, schema, &message), OK);
	assert_int_equal(write_thing(w, plain(1)), OK);
}

static void changed_or_newer_is_refused(void **state)
{
	struct world *w = *state;
	struct migration m[3] = { schema[0], schema[1], { NULL, NULL } };
	unsigned n;
	struct str message = STR_NONE;
	m[1].text = "CREATE TABLE counter (a ID);\n";
	assert_int_equal(db_migrate(&w->cx, w->pool, m, &n, &message), ERR_CONFLICT);
	assert_non_null(strstr(message.p, "0002_counter.sql was applied with another text"));
	assert_int_equal(db_migrated(&w->cx, w->pool, m, &message), ERR_CONFLICT);
	m[1].name = NULL;
	assert_int_equal(db_migrate(&w->cx, w->pool, m, &n, &message), ERR_CONFLICT);
	assert_non_null(strstr(message.p, "newer than this program"));
	assert_int_equal(db_migrated(&w->cx, w->pool, m, &message), ERR_CONFLICT);
}

static void a_failing_migration_leaves_nothing(void **state)
{
	struct world *w = *state;
	struct migration m[] = { schema[0], schema[1], { "0003_bad.sql", "CREATE TABLE late (id ID);\n-- so\nINSERT INTO nowhere\n\tVALUES (1);\n" }, { NULL, NULL } };
	unsigned n;
	struct str message = STR_NONE;
	assert_int_not_equal(db_migrate(&w->cx, w->pool, m, &n, &message), OK);
	assert_non_null(strstr(message.p, "0003_bad.sql failed"));
	assert_non_null(strstr(message.p, "at: INSERT INTO nowhere"));
	m[2].text = "CREATE TABLE late (id ID);\nINSERT INTO late VALUES (1);";
	migrated(w, m);
	migrated(w, m);
}

static void *migrate_too(void *arg)
{
	struct world *w = arg, c = { .cx.arena = arena_new() };
	memcpy(c.url, w->url, sizeof c.url);
	open_pool(&c);
	migrated(&c, schema);
	db_pool_close(c.pool);
	arena_free(c.cx.arena);
	return NULL;
}

static void migrators_wait_for_each_other(void **state)
{
	struct world *w = *state;
	pthread_t t[4];
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&t[i], NULL, migrate_too, w), 0);
	for (int i = 0; i < 4; i++)
		pthread_join(t[i], NULL);
	struct str message;
	assert_int_equal(db_migrated(&w->cx, w->pool, schema, &message), OK);
}

static void statements_are_proved(void **state)
{
	struct world *w = *state;
	static const struct db_stmt *const good[] = { &add_thing, &get_thing, &all_things, &count_things, &rename_all, &bump, &counter_n, &set_counter, &endless };
	static const struct db_stmt bad_name = { .name = "bad.name", N_OUT, .sqlite = "SELECT 1 AS m", .pg = "SELECT 1 AS m" };
	static const struct db_stmt bad_text = { .name = "bad.text", .sqlite = "SELECT x FROM nowhere", .pg = "SELECT x FROM nowhere" };
	static const struct db_stmt bad_count = { .name = "bad.count", .n_params = 1, .params = ints, .sqlite = "SELECT 1", .pg = "SELECT 1" };
	static const struct db_stmt bad_type = { .name = "bad.type", N_OUT, .sqlite = "SELECT n AS wrong FROM thing", .pg = "SELECT name AS n FROM thing" };
	static const struct db_stmt *const bad[] = { &bad_name, &bad_text, &bad_count, &bad_type };
	struct buf b;
	buf_init(&b, w->cx.arena, 10000);
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_int_equal(db_prove(&w->cx, good[i], &b), OK);
	expect_silence(buf_get(&b));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		size_t before = b.n;
		assert_int_equal(db_prove(&w->cx, bad[i], &b), OK);
		assert_true(b.n > before);
	}
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, world, end_of_world)
#define TEST_EMPTY(f) cmocka_unit_test_setup_teardown(f, empty_world, end_of_world)
	const struct CMUnitTest tests[] = {
		TEST(values_come_back),
		TEST(strange_texts_are_refused),
		TEST(one_and_maybe),
		TEST(too_many_rows),
		TEST(each_is_bounded),
		TEST(each_nests_and_stops),
		TEST(constraints_are_told_apart),
		TEST(a_failed_statement_spoils_its_transaction),
		TEST(faults_can_be_injected),
		TEST(deadline_breaks_off),
		TEST(a_reader_sees_one_picture),
		TEST(a_reader_cannot_write),
		TEST(changed_rows_are_counted),
		TEST(neighbours_are_kept_apart),
		TEST(a_refused_piece_of_any_size_leaves_nothing),
		TEST(a_runaway_takes_nobody_along),
		TEST(increments_are_not_lost),
		TEST(acknowledged_is_kept),
		TEST(a_full_disk_harms_nothing),
		TEST(a_change_larger_than_the_cache_is_kept),
		TEST(a_full_disk_undoes_a_large_piece),
		TEST(the_log_begins_anew),
		TEST(nobody_is_told_before_it_is_on_the_disk),
		TEST(a_disk_that_keeps_nothing_ends_the_program),
		TEST(a_file_that_shrinks_and_grows_is_read),
		TEST(unusable_places_get_a_sentence),
		TEST(a_second_process_may_write),
		TEST(a_lost_connection_is_opened_again),
		TEST(dialect),
		TEST_EMPTY(migrations_run_once),
		TEST(changed_or_newer_is_refused),
		TEST(a_failing_migration_leaves_nothing),
		TEST_EMPTY(migrators_wait_for_each_other),
		TEST(statements_are_proved),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
