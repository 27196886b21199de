/* bench: what script/bench needs beside the load generator.
 *
 *   bench make DATA N REQUESTS   adds N learners with postings, sessions and enrolments to the demonstration data, and writes
 *                                the requests for the load generator, one file a kind, into the folder REQUESTS
 *   bench loop DATA COUNT        the bare SQLite loop: the upserts of a heartbeat, in groups of 128, on a copy of the database
 *   bench password COUNT         checking a password, and nothing else
 *   bench serve …                `karmayogi serve` with two more addresses: /bench/fixed (2 KB without SQL) and /bench/slow (200 ms)
 */
#include "app/command.h"
#include "app/features.h"
#include "app/serve.h"
#include "base/clock.h"
#include "feature/campaign/campaign.h"
#include "feature/course/course.h"
#include "feature/credential/credential.h"
#include "feature/enrolment/enrolment.h"
#include "feature/group/group.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "feature/progress/progress.h"
#include "text/markdown.h"
#include "web/request.h"
#include "web/session.h"

#include <sodium.h>
#include <sqlite3.h>

#define BENCH_PASSWORD "a password of the bench"
enum { GROUP = 128, PER_TX = 500, WITH_PASSWORD = 2000, OFFICES_MAX = 400 };

struct bench {
	struct ctx *cx;
	struct db_pool *pool;
	int64_t from, to, designation_id, course_id, lesson_id, lesson_ms, short_course_id, short_lesson_id;
	int64_t office[OFFICES_MAX]; /* of the demonstration; learners in turn */
	size_t n_offices;
	const char *out;
	FILE *home, *course, *search, *list, *beat, *complete, *enter;
	struct str hash; /* of BENCH_PASSWORD */
};

static void put(FILE *f, const char *class, const char *text)
{
	fprintf(f, "%s %zu\n%s", class, strlen(text), text);
}

static void get(struct ctx *cx, FILE *f, const char *class, const char *cookie, const char *path)
{
	put(f, class, str_fmt(cx->arena, "GET %s HTTP/1.1\r\nHost: localhost\r\nCookie: session=%s\r\n\r\n", path, cookie).p);
}

static void beat(struct ctx *cx, FILE *f, const char *class, struct str cookie, int64_t lesson, struct str session, int64_t from, int64_t to, int seq)
{
	struct str body = str_fmt(cx->arena, "{\"session\":\"%s\",\"seq\":%d,\"position\":%lld,\"intervals\":[[%lld,%lld]]}", session.p, seq,
				  (long long)to / 1000, (long long)from, (long long)to);
	put(f, class,
	    str_fmt(cx->arena,
		    "POST /api/v1/resources/%lld/progress HTTP/1.1\r\nHost: localhost\r\nCookie: session=%s\r\nX-CSRF-Token: %s\r\n"
		    "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
		    (long long)lesson, cookie.p, session_csrf(cx, cookie).p, body.n, body.p)
		    .p);
}

/* Everybody is in the midst of a lesson, as nearly all who report are: one has reported already, and the request is the next report. */
static enum err watch(struct ctx *cx, const struct bench *b, struct str cookie, struct str session, int64_t n)
{
	int64_t at = n % 40 * SECOND;
	struct standing standing;
	struct report begun = { .resource_id = b->lesson_id,
				.session = session,
				.seq = n % 1000,
				.position = at / SECOND + 1,
				.intervals = str_fmt(cx->arena, "[[%lld,%lld]]", (long long)at, (long long)(at + SECOND)) };
	beat(cx, b->beat, "beat", cookie, b->lesson_id, session, at + SECOND, at + 2 * SECOND, (int)(n % 1000) + 1);
	return progress_report(cx, &begun, &standing);
}

static enum err write_requests(struct ctx *cx, const struct bench *b, struct str cookie, int64_t n)
{
	static const char *const words[] = { "right", "information", "leave", "data", "conduct", "draft", "procurement", "statistics" };
	/* The page was opened ten minutes ago, so that the rule of time is no obstacle. */
	int64_t now = cx->now;
	cx->now -= 10 * MINUTE;
	struct str lesson = progress_open(cx, b->lesson_id), short_lesson = progress_open(cx, b->short_lesson_id);
	cx->now = now;
	TRY(watch(cx, b, cookie, lesson, n));
	beat(cx, b->complete, "!complete", cookie, b->short_lesson_id, short_lesson, 0, 3000, 0);
	get(cx, b->home, "home", cookie.p, "/");
	get(cx, b->course, "course", cookie.p, str_fmt(cx->arena, "/courses/%lld", (long long)b->course_id).p);
	get(cx, b->search, "search", cookie.p, str_fmt(cx->arena, "/courses?q=%s", words[n % 8]).p);
	get(cx, b->list, "list", cookie.p, "/courses");
	return OK;
}

static void write_sign_in(struct ctx *cx, const struct bench *b, struct str email)
{
	struct str body = str_fmt(cx->arena, "login=%.*s&password=%s", STR_ARG(email), url_encoded(cx, S(BENCH_PASSWORD)).p);
	put(b->enter, "enter",
	    str_fmt(cx->arena, "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%s",
		    body.n, body.p)
		    .p);
}

static enum err add_learners(struct ctx *cx, void *arg)
{
	struct bench *b = arg;
	for (int64_t n = b->from; n < b->to; n++) {
		struct person_add in = { .name = str_fmt(cx->arena, "Learner %lld", (long long)n),
					 .email = str_fmt(cx->arena, "b%lld@bench.example", (long long)n),
					 .lang = S("en") };
		struct person_post post = { .org_id = b->office[(size_t)n % b->n_offices],
					    .designation_id = b->designation_id,
					    .supervisor_id = NONE,
					    .from_day = person_today(cx) - 100 };
		struct str cookie;
		in.password = n < WITH_PASSWORD ? b->hash : STR_NONE;
		if (n < WITH_PASSWORD)
			write_sign_in(cx, b, in.email);
		TRY(person_add(cx, &in, &post.person_id));
		TRY(person_post(cx, &post));
		TRY(enrolment_add(cx, post.person_id, b->course_id));
		TRY(enrolment_touch(cx, post.person_id, b->course_id, b->lesson_id));
		TRY(enrolment_add(cx, post.person_id, b->short_course_id));
		cx->actor = (struct actor){ .person_id = post.person_id, .zone = S("Asia/Kolkata") };
		TRY(session_open(cx, post.person_id, S("bench"), &cookie));
		TRY(write_requests(cx, b, cookie, n));
	}
	return OK;
}

struct parcel_write {
	struct parcel *p;
	struct course_change c;
};

static enum err write_parcel(struct ctx *cx, void *arg)
{
	struct parcel_write *w = arg;
	return course_write(cx, w->p, &w->c);
}

/* A course of one lesson of three seconds: one report completes it. */
static enum err add_short_course(struct bench *b)
{
	struct findings f = { .arena = b->cx->arena };
	struct parcel_write w = { 0 };
	struct course_outline_row *rows;
	size_t n;
	TRY(course_read(b->cx, "test/bench/one-minute", &f, &w.p));
	for (size_t i = 0; i < f.n; i++)
		fprintf(stderr, "%s\n", finding_text(b->cx->arena, &f.v[i]).p);
	BUG_IF(f.n);
	TRY(db_write(b->cx, b->pool, write_parcel, &w));
	b->short_course_id = w.c.course_id;
	TRY(course_sql_outline(b->cx, 0, w.c.course_id, &rows, &n));
	b->short_lesson_id = rows[0].id;
	return OK;
}

static enum err find_offices(struct bench *b)
{
	char line[1000];
	FILE *f = fopen("demo/organisations.csv", "rb");
	BUG_IF(!f || !fgets(line, sizeof line, f)); /* the names of the columns */
	while (b->n_offices < OFFICES_MAX && fgets(line, sizeof line, f)) {
		line[strcspn(line, ",")] = 0;
		TRY(org_of_code(b->cx, str_of(line), &b->office[b->n_offices++]));
	}
	fclose(f);
	return OK;
}

static enum err find_things(struct bench *b)
{
	struct course_of_code_row course;
	struct course_outline_row *rows;
	struct person_designation_of_code_row d;
	bool found = false;
	size_t n;
	TRY(course_sql_of_code(b->cx, S("right-to-information"), &course, &found));
	BUG_IF(!found);
	b->course_id = course.id;
	TRY(course_sql_outline(b->cx, 0, course.id, &rows, &n));
	b->lesson_id = rows[0].id;
	TRY(person_sql_designation_of_code(b->cx, S("assistant-section-officer"), &d, &found));
	b->designation_id = d.id;
	TRY(find_offices(b));
	return add_short_course(b);
}

static FILE *file_in(struct bench *b, const char *name)
{
	FILE *f = fopen(str_fmt(b->cx->arena, "%s/%s", b->out, name).p, "wb");
	BUG_IF(!f);
	return f;
}

/* The public board of the demonstration's learning week, of each office that takes part. */
static void write_boards(struct ctx *cx, struct bench *b)
{
	struct campaign_of_org_row *week;
	struct campaign_for_org_row office;
	size_t n;
	BUG_IF(campaign_sql_of_org(cx, b->office[0], &week, &n) != OK || n == 0);
	FILE *f = file_in(b, "board");
	for (size_t i = 0; i < b->n_offices; i++)
		if (campaign_for(cx, week[0].id, b->office[i], &office) == OK)
			put(f, "board",
			    str_fmt(cx->arena, "GET /campaigns/%lld/board?org_id=%lld HTTP/1.1\r\nHost: localhost\r\n\r\n", (long long)week[0].id,
				    (long long)b->office[i])
				    .p);
	cx->n_failures = 0;
	fclose(f);
}

static int make(struct ctx *cx, const char *data, int64_t n, const char *out)
{
	struct bench b = { .cx = cx, .out = out };
	struct str message = STR_NONE;
	cx->app->data_dir = str_of(data);
	if (credential_keys(cx, cx->app, &message) != OK || db_pool_open(cx, str_fmt(cx->arena, "sqlite:%s/karmayogi.db", data).p, &b.pool, &message) != OK ||
	    db_connect(b.pool, &cx->db) != OK || find_things(&b) != OK) {
		fprintf(stderr, "%s %s\n", message.p ? message.p : "", cx->trouble);
		return 1;
	}
	b.home = file_in(&b, "home");
	b.course = file_in(&b, "course");
	b.search = file_in(&b, "search");
	b.list = file_in(&b, "list");
	b.beat = file_in(&b, "beat");
	b.complete = file_in(&b, "complete");
	b.enter = file_in(&b, "enter");
	b.hash = person_hash(cx, S(BENCH_PASSWORD));
	for (b.from = 0; b.from < n; b.from = b.to) {
		struct arena_mark mark = arena_mark(cx->arena);
		b.to = b.from + PER_TX < n ? b.from + PER_TX : n;
		if (db_write(cx, b.pool, add_learners, &b) != OK) {
			fprintf(stderr, "%s\n", cx->trouble);
			return 1;
		}
		arena_back(cx->arena, mark);
		if (b.to % 20000 == 0)
			fprintf(stderr, "  %lld learners\n", (long long)b.to);
	}
	write_boards(cx, &b);
	FILE *all[] = { b.home, b.course, b.search, b.list, b.beat, b.complete, b.enter };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		fclose(all[i]);
	db_close(cx->db);
	db_pool_close(b.pool);
	return 0;
}

/* ── the bare loop ── */

static void run(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		BUG(sqlite3_errmsg(db));
}

static sqlite3_stmt *prepared(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *s = NULL;
	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
		BUG(sqlite3_errmsg(db));
	return s;
}

static void step(sqlite3_stmt *s)
{
	BUG_IF(sqlite3_step(s) != SQLITE_DONE);
	sqlite3_reset(s);
}

static int loop(const char *data, long count)
{
	sqlite3 *db;
	char path[500];
	snprintf(path, sizeof path, "%s/karmayogi.db", data);
	if (sqlite3_open(path, &db) != SQLITE_OK)
		return 1;
	run(db, "PRAGMA journal_mode=WAL");
	run(db, "PRAGMA synchronous=FULL");
	run(db, "PRAGMA cache_size=-98304");
	sqlite3_stmt *ids = prepared(db, "SELECT person_id, min(course_id) FROM enrolment GROUP BY person_id ORDER BY person_id");
	int64_t *person = malloc(sizeof *person * 2000000), lesson;
	long n = 0;
	while (sqlite3_step(ids) == SQLITE_ROW && n < 2000000)
		person[n++] = sqlite3_column_int64(ids, 0);
	sqlite3_stmt *first = prepared(db, "SELECT id FROM resource WHERE kind = 'lesson' ORDER BY id LIMIT 1");
	sqlite3_step(first);
	lesson = sqlite3_column_int64(first, 0);
	sqlite3_reset(ids);
	sqlite3_reset(first);
	sqlite3_stmt *progress = prepared(db, "INSERT INTO progress (person_id, resource_id, intervals, covered_ms, position_ms, position_key, updated_at) "
					      "VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?5) "
					      "ON CONFLICT (person_id, resource_id) DO UPDATE SET intervals = excluded.intervals, covered_ms = "
					      "excluded.covered_ms, updated_at = excluded.updated_at");
	sqlite3_stmt *thing = prepared(
		db, "INSERT INTO learned (person_id, day, hour, kind, thing_id, course_id, ms, changed_at, spent_until) VALUES (?1, ?2, 10, 'resource', ?3, NULL, ?4, ?5, ?5) "
		    "ON CONFLICT (person_id, day, hour, kind, thing_id) DO UPDATE SET ms = learned.ms + excluded.ms, changed_at = excluded.changed_at, "
		    "spent_until = excluded.spent_until");
	sqlite3_stmt *news = prepared(db, "INSERT INTO learned_news (id, person_id, at) VALUES (?1, ?2, ?3)");
	uint64_t seed = 1;
	int64_t start = clock_monotonic();
	for (long i = 0; i < count; i++) {
		if (i % GROUP == 0)
			run(db, "BEGIN IMMEDIATE");
		seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
		int64_t p = person[(seed >> 33) % (uint64_t)n];
		sqlite3_bind_int64(progress, 1, p);
		sqlite3_bind_int64(progress, 2, lesson);
		sqlite3_bind_text(progress, 3, "[[0,1000],[2000,3000]]", -1, SQLITE_STATIC);
		sqlite3_bind_int64(progress, 4, i);
		sqlite3_bind_int64(progress, 5, i);
		step(progress);
		sqlite3_bind_int64(thing, 1, p);
		sqlite3_bind_int64(thing, 2, 20000);
		sqlite3_bind_int64(thing, 3, lesson);
		sqlite3_bind_int64(thing, 4, 1000);
		sqlite3_bind_int64(thing, 5, i);
		step(thing);
		sqlite3_bind_int64(news, 1, i + 1);
		sqlite3_bind_int64(news, 2, p);
		sqlite3_bind_int64(news, 3, i);
		step(news);
		if (i % GROUP == GROUP - 1)
			run(db, "COMMIT");
	}
	if (count % GROUP)
		run(db, "COMMIT");
	printf("{\"rate\":%.1f}\n", (double)count / ((double)(clock_monotonic() - start) / 1e9));
	sqlite3_finalize(ids);
	sqlite3_finalize(first);
	sqlite3_finalize(progress);
	sqlite3_finalize(thing);
	sqlite3_finalize(news);
	sqlite3_close(db);
	free(person);
	return 0;
}

static int passwords(struct ctx *cx, long count)
{
	struct str hash = person_hash(cx, S(BENCH_PASSWORD));
	int64_t start = clock_monotonic();
	for (long i = 0; i < count; i++)
		BUG_IF(!person_password_fits(hash, S(BENCH_PASSWORD)));
	printf("{\"rate\":%.2f}\n", (double)count / ((double)(clock_monotonic() - start) / 1e9));
	return 0;
}

/* ── the server with two more addresses ── */

static enum err fixed_run(struct ctx *cx, const void *in, void *state, struct answer *a)
{
	(void)in;
	(void)state;
	a->type = "text/plain";
	a->bytes = (struct str){ arena_alloc(cx->arena, 2048), 2048 };
	return OK;
}

static enum err slow_run(struct ctx *cx, const void *in, void *state, struct answer *a)
{
	nanosleep(&(struct timespec){ .tv_nsec = 200000000 }, NULL);
	return fixed_run(cx, in, state, a);
}

static const struct action bench_actions[] = {
	{ .name = "bench.fixed", .method = GET, .page = "/bench/fixed", .may = MAY_ANYONE, .run = fixed_run, .summary = "2 KB without SQL." },
	{ .name = "bench.slow", .method = GET, .page = "/bench/slow", .may = MAY_ANYONE, .run = slow_run, .summary = "200 ms." },
	ACTION_END,
};

static int serve(struct ctx *cx, int argc, char **argv)
{
	struct command_line c = { .cx = cx, .argc = argc, .argv = argv };
	struct str message = STR_NONE;
	if (config_read(cx, &c.argc, c.argv, &c.config, &message) != OK) {
		fprintf(stderr, "%s\n", message.p);
		return 1;
	}
	cx->app->data_dir = c.config.data;
	cx->app->base_url = c.config.base_url;
	if (credential_keys(cx, cx->app, &message) != OK || db_pool_open(cx, c.config.database.p, &c.pool, &message) != OK)
		return 1;
	return serve_with(&c, bench_actions);
}

int main(int argc, char **argv)
{
	struct app app = { 0 };
	struct ctx cx = { .arena = arena_new(), .app = &app, .now = clock_now(), .address = S("127.0.0.1") };
	features_join(&app);
	BUG_IF(sodium_init() < 0);
	markdown_start();
	app.ids = id_source_new(1);
	if (argc == 5 && strcmp(argv[1], "make") == 0)
		return make(&cx, argv[2], strtol(argv[3], NULL, 10), argv[4]);
	if (argc == 4 && strcmp(argv[1], "loop") == 0)
		return loop(argv[2], strtol(argv[3], NULL, 10));
	if (argc == 3 && strcmp(argv[1], "password") == 0)
		return passwords(&cx, strtol(argv[2], NULL, 10));
	if (argc >= 2 && strcmp(argv[1], "serve") == 0)
		return serve(&cx, argc - 2, argv + 2);
	return 2;
}
