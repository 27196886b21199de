/* The server, its database and the small world; see http_test.h. */
#include "http_test.h"
#include "feature/post/post.h"
#include "feature/proficiency/proficiency.h"
#include "feature/check/check.h"
#include "feature/competency/competency.h"
#include "feature/course/course.h"
#include "feature/credential/credential.h"
#include "feature/exam/form.h"
#include "feature/adaptive/adaptive.h"
#include "feature/search/catalogue.h"
#include "feature/push/push.h"
#include "feature/secret/secret.h"
#include "feature/sso/saml_xml.h"
#include "text/markdown.h"
#include "web/access.h"

#include <ftw.h>
#include <libpq-fe.h>
#include <signal.h>
#include <sodium.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

void broken(const char *file, int line, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	fprintf(stderr, "%s:%d: the test cannot go on: ", file, line);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	abort();
}

/* ── the database ── */

static const char *server_url(void)
{
	const char *url = getenv("TEST_DATABASE");
	return url && strncmp(url, "postgresql:", 11) == 0 ? url : NULL;
}

/* One statement on the PostgreSQL that TEST_DATABASE names. */
static void server_exec(const char *sql)
{
	PGconn *c = PQconnectdb(server_url());
	NEED(PQstatus(c) == CONNECTION_OK, "PostgreSQL: %s", PQerrorMessage(c));
	PGresult *r = PQexec(c, sql);
	NEED(PQresultStatus(r) == PGRES_COMMAND_OK, "%s: %s", sql, PQerrorMessage(c));
	PQclear(r);
	PQfinish(c);
}

static void database_name(const struct fixture *f, char *ret, size_t n)
{
	snprintf(ret, n, "test_%s", f->dir + strlen("/tmp/karmayogi-"));
	for (char *p = ret; *p; p++)
		*p = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
}

/* postgresql://WHERE/old?rest with the name of our own database. */
static void make_url(struct fixture *f)
{
	char name[80], sql[200];
	const char *url = server_url();
	if (!url) {
		snprintf(f->url, sizeof f->url, "sqlite:%s/karmayogi.db", f->dir);
		return;
	}
	const char *slash = strchr(url + strlen("postgresql://"), '/');
	NEED(slash, "TEST_DATABASE names no database: %s", url);
	const char *rest = strchr(slash, '?');
	database_name(f, name, sizeof name);
	snprintf(sql, sizeof sql, "CREATE DATABASE %s ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0", name);
	server_exec(sql);
	snprintf(f->url, sizeof f->url, "%.*s%s%s", (int)(slash + 1 - url), url, name, rest ? rest : "");
}

static void drop_database(struct fixture *f)
{
	char name[80], sql[200];
	if (fixture_sqlite(f))
		return;
	database_name(f, name, sizeof name);
	snprintf(sql, sizeof sql, "DROP DATABASE IF EXISTS %s WITH (FORCE)", name);
	server_exec(sql);
}

bool fixture_sqlite(const struct fixture *f)
{
	return strncmp(f->url, "sqlite:", 7) == 0;
}

/* ── beginning and end ── */

static void open_database(struct fixture *f)
{
	struct str message = STR_NONE;
	unsigned applied;
	NEED(db_pool_open(&f->cx, f->url, &f->pool, &message) == OK, "%.*s", STR_ARG(message));
	NEED(db_migrate(&f->cx, f->pool, migrations, &applied, &message) == OK, "%.*s", STR_ARG(message));
	NEED(db_connect(f->pool, &f->cx.db) == OK, "no connection to %s", f->url);
}

static struct fixture *fixture_new(void)
{
	struct fixture *f = calloc(1, sizeof *f);
	NEED(f, "memory");
	signal(SIGPIPE, SIG_IGN);
	NEED(sodium_init() >= 0, "sodium");
	curl_global_init(CURL_GLOBAL_ALL);
	saml_start();
	markdown_start();
	snprintf(f->dir, sizeof f->dir, "/tmp/karmayogi-XXXXXX");
	NEED(mkdtemp(f->dir), "no folder for data");
	f->app = (struct app){ .ids = id_source_new(0), .fixed_now = clock_now(), .private_networks = S("127.0.0.0/8"), .catalogue = catalogue_place_new(), .forms = form_place_new(), .pools = pool_place_new(),
		.data_dir = str_of(f->dir), .base_url = str_of(f->base), .mail_from = S("Karmayogi <no-reply@example.gov.in>") };
	features_join(&f->app);
	f->cx = (struct ctx){ .arena = arena_new(), .app = &f->app, .now = f->app.fixed_now, .address = S("127.0.0.1"), .agent = S("test") };
	return f;
}

struct fixture *fixture_place(bool sqlite)
{
	struct fixture *f = fixture_new();
	rmdir(f->dir);
	if (sqlite)
		snprintf(f->url, sizeof f->url, "sqlite:%s/karmayogi.db", f->dir);
	else
		make_url(f);
	return f;
}

struct fixture *fixture_data(void)
{
	struct fixture *f = fixture_new();
	struct str message = STR_NONE;
	snprintf(f->base, sizeof f->base, "http://127.0.0.1");
	f->app.base_url = str_of(f->base);
	NEED(credential_keys(&f->cx, &f->app, &message) == OK, "%.*s", STR_ARG(message));
	NEED(secret_keys(&f->cx, &f->app, &message) == OK, "%.*s", STR_ARG(message));
	NEED(push_keys(&f->cx, &f->app, &message) == OK, "%.*s", STR_ARG(message));
	make_url(f);
	open_database(f);
	return f;
}

void fixture_serve(struct fixture *f)
{
	struct str message = STR_NONE;
	if (!f->table)
		f->table = action_table_new(feature_actions, &message);
	NEED(f->table && !message.n, "%.*s", STR_ARG(message));
	struct server_options o = { .listen = "127.0.0.1", .workers = 8, .queue = 500, .time_limit_ms = 20000, .api_rate = f->api_rate ? f->api_rate : 1000000, .actions = f->table, .assets = assets,
				    .pool = f->pool, .app = &f->app, .source = &live_source, .listeners = f->listeners < 0 ? 0U : f->listeners ? (unsigned)f->listeners : 1000U, .log = true };
	NEED(server_start(&f->cx, &o, &f->server, &message) == OK, "%.*s", STR_ARG(message));
	snprintf(f->base, sizeof f->base, "http://127.0.0.1:%u", server_port(f->server));
	f->app.base_url = str_of(f->base);
}

struct fixture *fixture_start(void)
{
	struct fixture *f = fixture_data();
	fixture_serve(f);
	return f;
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *w)
{
	(void)st;
	(void)flag;
	(void)w;
	return remove(path);
}

void remove_tree(const char *path)
{
	NEED(strncmp(path, "/tmp/", 5) == 0, "%s is not of this test", path);
	nftw(path, remove_one, 20, FTW_DEPTH | FTW_PHYS);
}

static void forget_last(void);
void fixture_end(struct fixture *f)
{
	if (f->server)
		server_stop(f->server, 5);
	action_table_free(f->table);
	db_close(f->cx.db);
	db_pool_close(f->pool);
	query_end();
	forget_last();
	drop_database(f);
	remove_tree(f->dir);
	catalogue_place_free(f->app.catalogue);
	pool_place_free(f->app.pools);
	form_place_free(f->app.forms);
	id_source_free(f->app.ids);
	arena_free(f->cx.arena);
	free(f);
}

void in_tx(struct fixture *f, db_fn *fn, void *arg)
{
	f->cx.now = f->app.fixed_now ? f->app.fixed_now : clock_now();
	f->cx.n_failures = 0;
	enum err e = db_write(&f->cx, f->pool, fn, arg);
	NEED(e == OK, "%s: %s (%s)", err_slug(e), f->cx.n_failures ? f->cx.failures[0].text : "", f->cx.trouble);
}

/* ── reading the database beside the program ── */

/* Calls each() with every row as text, columns by tab. */
typedef void row_fn(void *arg, const char *text, size_t n);

/* The test's own connection to the database of the present fixture: opening one for each question or change takes most of the time (on SQLite it reads the
 * whole schema). It is opened anew when another file has come into the place of its own. */
static struct {
	PGconn *pg;
	sqlite3 *lite;
	dev_t device;
	ino_t file;
} kept;

void query_end(void)
{
	PQfinish(kept.pg);
	sqlite3_close(kept.lite);
	memset(&kept, 0, sizeof kept);
}

static sqlite3 *sqlite_opened(struct fixture *f)
{
	sqlite3 *db = NULL;
	NEED(sqlite3_open_v2(f->url + 7, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
	sqlite3_busy_timeout(db, 5000);
	return db;
}

static sqlite3 *own_sqlite(struct fixture *f)
{
	struct stat st;
	NEED(stat(f->url + 7, &st) == 0, "no file %s", f->url + 7);
	if (kept.lite && (kept.device != st.st_dev || kept.file != st.st_ino))
		query_end();
	if (!kept.lite)
		kept.lite = sqlite_opened(f);
	kept.device = st.st_dev;
	kept.file = st.st_ino;
	return kept.lite;
}

static PGconn *own_pg(struct fixture *f)
{
	if (!kept.pg)
		kept.pg = PQconnectdb(f->url);
	NEED(PQstatus(kept.pg) == CONNECTION_OK, "PostgreSQL: %s", PQerrorMessage(kept.pg));
	return kept.pg;
}

static void sqlite_rows(sqlite3 *db, const char *sql, row_fn *each, void *arg)
{
	sqlite3_stmt *s = NULL;
	NEED(sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK, "%s: %s", sql, sqlite3_errmsg(db));
	while (sqlite3_step(s) == SQLITE_ROW) {
		struct buf b;
		struct arena *a = arena_new();
		buf_init(&b, a, 64 << 20);
		for (int i = 0; i < sqlite3_column_count(s); i++) {
			if (i)
				buf_char(&b, '\t');
			if (sqlite3_column_type(s, i) == SQLITE_NULL)
				buf_lit(&b, "\\N");
			else
				buf_add(&b, sqlite3_column_text(s, i), (size_t)sqlite3_column_bytes(s, i));
		}
		struct str row = buf_get(&b);
		each(arg, row.p, row.n);
		arena_free(a);
	}
	sqlite3_finalize(s);
}

static void pg_rows(PGconn *c, const char *sql, row_fn *each, void *arg)
{
	PGresult *r = PQexec(c, sql);
	NEED(PQresultStatus(r) == PGRES_TUPLES_OK, "%s: %s", sql, PQerrorMessage(c));
	for (int i = 0; i < PQntuples(r); i++) {
		struct buf b;
		struct arena *a = arena_new();
		buf_init(&b, a, 64 << 20);
		for (int k = 0; k < PQnfields(r); k++) {
			if (k)
				buf_char(&b, '\t');
			buf_str(&b, PQgetisnull(r, i, k) ? S("\\N") : (struct str){ PQgetvalue(r, i, k), (size_t)PQgetlength(r, i, k) });
		}
		struct str row = buf_get(&b);
		each(arg, row.p, row.n);
		arena_free(a);
	}
	PQclear(r);
}

static void rows(struct fixture *f, const char *sql, row_fn *each, void *arg)
{
	if (fixture_sqlite(f))
		sqlite_rows(own_sqlite(f), sql, each, arg);
	else
		pg_rows(own_pg(f), sql, each, arg);
}

struct hashing {
	struct fixture *f;
	const char *table;
	bool with_audit;
	uint64_t sum;
};

/* The sum over the rows does not depend on their order. */
static void add_row(void *arg, const char *text, size_t n)
{
	struct hashing *h = arg;
	crypto_generichash_state s;
	uint64_t one;
	unsigned char out[16];
	crypto_generichash_init(&s, NULL, 0, sizeof out);
	crypto_generichash_update(&s, (const unsigned char *)h->table, strlen(h->table) + 1);
	crypto_generichash_update(&s, (const unsigned char *)text, n);
	crypto_generichash_final(&s, out, sizeof out);
	memcpy(&one, out, sizeof one);
	h->sum += one;
}

static void add_table(void *arg, const char *name, size_t n)
{
	struct hashing *h = arg;
	char table[64], sql[200];
	snprintf(table, sizeof table, "%.*s", (int)n, name);
	if (strcmp(table, "session") == 0 || strcmp(table, "throttle") == 0 || strcmp(table, "record_view") == 0 || (!h->with_audit && strcmp(table, "audit") == 0))
		return;
	h->table = table;
	snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"", table);
	rows(h->f, sql, add_row, h);
}

/* What the last sum was of: as long as nobody has committed anything since, it is still the sum. */
static struct {
	char url[400];
	sqlite3 *db; /* held open: PRAGMA data_version compares with what this connection saw before */
	uint64_t version, sum;
	bool with_audit;
} last;

static void note_version(void *arg, const char *text, size_t n)
{
	(void)arg;
	last.version = 0;
	for (size_t i = 0; i < n; i++)
		last.version = last.version * 131 + (unsigned char)text[i];
}

/* A number that is another one once somebody has committed; of PostgreSQL the end of its log. */
static uint64_t written(struct fixture *f)
{
	if (!fixture_sqlite(f)) {
		rows(f, "SELECT pg_current_wal_insert_lsn()", note_version, NULL);
		return last.version;
	}
	if (!last.db)
		last.db = sqlite_opened(f);
	sqlite_rows(last.db, "PRAGMA data_version", note_version, NULL);
	return last.version;
}

static void forget_last(void)
{
	sqlite3_close(last.db);
	memset(&last, 0, sizeof last);
}

uint64_t database_hash(struct fixture *f, bool with_audit)
{
	struct hashing h = { .f = f, .with_audit = with_audit };
	if (strcmp(last.url, f->url) != 0)
		forget_last();
	uint64_t before = last.version, now = written(f);
	if (last.url[0] && now == before && last.with_audit == with_audit)
		return last.sum;
	rows(f, fixture_sqlite(f) ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'" :
				    "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
	     add_table, &h);
	snprintf(last.url, sizeof last.url, "%s", f->url);
	last.with_audit = with_audit;
	last.sum = h.sum;
	return h.sum;
}

struct first_row {
	bool found;
	size_t n;
	char *text;
};

static void keep_first(void *arg, const char *text, size_t n)
{
	struct first_row *r = arg;
	if (!r->found)
		snprintf(r->text, r->n, "%.*s", (int)n, text);
	r->found = true;
}

int64_t query_int(struct fixture *f, const char *fmt, ...)
{
	char sql[1000], text[64] = "";
	struct first_row r = { .n = sizeof text, .text = text };
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(sql, sizeof sql, fmt, ap);
	va_end(ap);
	rows(f, sql, keep_first, &r);
	return strtoll(text, NULL, 10);
}

void query_text(struct fixture *f, char *ret, size_t n, const char *fmt, ...)
{
	char sql[1000];
	struct first_row r = { .n = n, .text = ret };
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(sql, sizeof sql, fmt, ap);
	va_end(ap);
	ret[0] = 0;
	rows(f, sql, keep_first, &r);
}

void tamper(struct fixture *f, const char *fmt, ...)
{
	char sql[1000];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(sql, sizeof sql, fmt, ap);
	va_end(ap);
	if (fixture_sqlite(f)) {
		sqlite3 *db = own_sqlite(f);
		NEED(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK && sqlite3_changes(db) == 1, "%s: %s, %d rows", sql, sqlite3_errmsg(db), sqlite3_changes(db));
	} else {
		PGconn *c = own_pg(f);
		PGresult *r = PQexec(c, sql);
		NEED(PQresultStatus(r) == PGRES_COMMAND_OK && strcmp(PQcmdTuples(r), "1") == 0, "%s: %s", sql, PQerrorMessage(c));
		PQclear(r);
	}
}

void tamper_all(struct fixture *f, const char *sql)
{
	if (fixture_sqlite(f)) {
		sqlite3 *db = own_sqlite(f);
		NEED(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK && sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK &&
			     sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK,
		     "%.200s: %s", sql, sqlite3_errmsg(db));
	} else {
		PGconn *c = own_pg(f);
		PGresult *r = PQexec(c, sql);
		NEED(PQresultStatus(r) == PGRES_COMMAND_OK, "%.200s: %s", sql, PQerrorMessage(c));
		PQclear(r);
	}
}

struct checking {
	struct buf b;
	size_t n;
};

static enum err check_in(struct ctx *cx, void *arg)
{
	struct checking *k = arg;
	buf_init(&k->b, cx->arena, 1 << 20);
	return check_all(cx, &k->b, &k->n);
}

void schedule_work(struct fixture *f)
{
	struct job_options o = { .kinds = feature_jobs, .pool = f->pool, .app = &f->app };
	struct job_runner *r = NULL;
	NEED(job_start(&f->cx, &o, &r) == OK, "no schedule");
	job_stop(r);
}

unsigned work_now(struct fixture *f)
{
	struct job_options o = { .kinds = feature_jobs, .pool = f->pool, .app = &f->app };
	struct ctx cx = { .arena = arena_new(), .app = &f->app, .db = f->cx.db };
	unsigned n = 0;
	NEED(job_run_due(&cx, &o, &n) == OK, "the background work fails");
	arena_free(cx.arena);
	return n;
}

size_t check_findings(struct fixture *f)
{
	struct checking k = { 0 };
	struct arena_mark mark = arena_mark(f->cx.arena);
	NEED(db_read(&f->cx, check_in, &k) == OK, "the check itself fails: %s", f->cx.trouble);
	if (k.n)
		fputs(buf_get(&k.b).p, stderr);
	arena_back(f->cx.arena, mark);
	return k.n;
}

/* ── builders ── */

struct org_arg {
	struct org_add in;
	int64_t id;
};

static enum err org_in_tx(struct ctx *cx, void *arg)
{
	struct org_arg *a = arg;
	return org_add(cx, &a->in, &a->id);
}

int64_t an_org(struct fixture *f, const char *code, const char *name, int64_t parent_id)
{
	struct org_arg a = { .in = { str_of(code), parent_id ? S("office") : S("union"), str_of(name), str_of(name), str_of(code), parent_id ? parent_id : NONE } };
	in_tx(f, org_in_tx, &a);
	return a.id;
}

struct designation_arg {
	const char *code;
	int64_t id;
};

static enum err designation_in_tx(struct ctx *cx, void *arg)
{
	struct designation_arg *a = arg;
	a->id = new_id(cx);
	return person_sql_add_designation(cx, a->id, str_of(a->code), S("Section Officer"), S("अनुभाग अधिकारी"), S("CSS"), S("B"), 8, 10, NULL);
}

int64_t a_designation(struct fixture *f, const char *code)
{
	struct designation_arg a = { code, 0 };
	int64_t have = query_int(f, "SELECT id FROM designation WHERE code = '%s'", code);
	if (have)
		return have;
	in_tx(f, designation_in_tx, &a);
	return a.id;
}

struct person_arg {
	struct person_add in;
	struct person_post post;
	int64_t id;
};

static enum err person_in_tx(struct ctx *cx, void *arg)
{
	struct person_arg *a = arg;
	TRY(person_add(cx, &a->in, &a->id));
	a->post.person_id = a->id;
	return person_post(cx, &a->post);
}

int64_t a_person(struct fixture *f, const char *login, const char *name, int64_t org_id, int64_t supervisor_id)
{
	static char hash[200]; /* made once: it is slow on purpose */
	char email[100];
	struct person_arg a = { 0 };
	if (!hash[0])
		snprintf(hash, sizeof hash, "%s", person_hash(&f->cx, S(PASSWORD)).p);
	snprintf(email, sizeof email, "%s@example.gov.in", login);
	a.in = (struct person_add){ .name = str_of(name), .email = str_of(email), .lang = S("en"), .password = str_of(hash) };
	a.post = (struct person_post){ .org_id = org_id, .designation_id = a_designation(f, "so"), .supervisor_id = supervisor_id ? supervisor_id : NONE,
				       .from_day = clock_day_of(2026, 1, 1) };
	in_tx(f, person_in_tx, &a);
	return a.id;
}

struct role_arg {
	int64_t person_id, org_id;
	const char *role;
};

static enum err role_in_tx(struct ctx *cx, void *arg)
{
	struct role_arg *a = arg;
	return access_grant(cx, a->person_id, str_of(a->role), a->org_id, 0);
}

void a_role(struct fixture *f, int64_t person_id, const char *role, int64_t org_id)
{
	struct role_arg a = { person_id, org_id, role };
	in_tx(f, role_in_tx, &a);
}

struct course_arg {
	struct parcel *parcel;
	struct course_change change;
};

static enum err course_in_tx(struct ctx *cx, void *arg)
{
	struct course_arg *a = arg;
	return course_write(cx, a->parcel, &a->change);
}

int64_t a_course(struct fixture *f, const char *code)
{
	char path[500];
	struct findings found = { .arena = f->cx.arena };
	struct course_arg a = { 0 };
	struct str message = STR_NONE;
	snprintf(path, sizeof path, "%s/test/fixture/course/%s", SOURCE_DIR, code);
	NEED(course_read(&f->cx, path, &found, &a.parcel) == OK, "%s cannot be read", path);
	for (size_t i = 0; !a.parcel && i < found.n; i++)
		fprintf(stderr, "%.*s\n", STR_ARG(finding_text(f->cx.arena, &found.v[i])));
	NEED(a.parcel, "%s has mistakes", path);
	NEED(course_store_media(&f->cx, a.parcel, &message) == OK, "%.*s", STR_ARG(message));
	in_tx(f, course_in_tx, &a);
	return a.change.course_id;
}

struct framework_arg {
	struct framework_add add;
	int64_t id;
};

static enum err framework_in_tx(struct ctx *cx, void *arg)
{
	struct framework_arg *a = arg;
	struct framework_diff d;
	TRY(framework_check(cx, &a->add, &a->id));
	return framework_apply(cx, a->add.org_id, a->id, &d);
}

int64_t a_framework(struct fixture *f, const char *file, int64_t org_id)
{
	char path[500];
	struct buf b;
	struct framework_arg a = { .add = { .org_id = org_id, .file_name = str_of(file), .code = S(""), .from_day = NONE } };
	snprintf(path, sizeof path, "%s/%s", SOURCE_DIR, file);
	FILE *in = fopen(path, "rb");
	NEED(in, "%s cannot be read", path);
	buf_init(&b, f->cx.arena, FRAMEWORK_BYTES_MAX);
	for (int c; (c = fgetc(in)) != EOF;)
		buf_char(&b, (char)c);
	fclose(in);
	a.add.text = buf_get(&b);
	in_tx(f, framework_in_tx, &a);
	return query_int(f, "SELECT framework_id FROM framework_import WHERE id = %lld", (long long)a.id);
}

struct work_arg {
	struct work_role_set role;
	struct activity_set activity;
	struct activity_need need;
	struct post_set post;
	struct holding_begin holding;
	int64_t id;
};

static enum err work_role_in_tx(struct ctx *cx, void *arg)
{
	struct work_arg *a = arg;
	int64_t activity;
	TRY(work_role_set(cx, &a->role, &a->id));
	a->activity.role_id = a->id;
	return activity_set(cx, &a->activity, &activity);
}

int64_t a_work_role(struct fixture *f, int64_t org_id, const char *code, const char *name, int64_t competency_id, int64_t level)
{
	struct work_arg a = { .role = { org_id, str_of(code), str_of(name), S("") }, .need = { competency_id, level } };
	a.activity = (struct activity_set){ .code = str_of(code), .name_en = str_of(name), .name_hi = S(""), .needs = &a.need, .n_needs = 1 };
	in_tx(f, work_role_in_tx, &a);
	return a.id;
}

static enum err post_in_tx(struct ctx *cx, void *arg)
{
	struct work_arg *a = arg;
	return post_set(cx, &a->post, &a->id);
}

int64_t a_post(struct fixture *f, int64_t org_id, const char *code, int64_t sanctioned, int64_t role_id)
{
	struct work_arg a = { .post = { .org_id = org_id, .code = str_of(code), .title_en = str_of(code), .title_hi = S(""), .place = S("New Delhi"),
					.designation_id = a_designation(f, "so"), .sanctioned = sanctioned, .service = S(""), .from_day = clock_day_of(2026, 1, 1),
					.roles = &role_id, .n_roles = 1 } };
	in_tx(f, post_in_tx, &a);
	return a.id;
}

static enum err holding_in_tx(struct ctx *cx, void *arg)
{
	struct work_arg *a = arg;
	return holding_begin(cx, &a->holding, &a->id);
}

int64_t a_holding(struct fixture *f, int64_t post_id, int64_t person_id, int64_t from_day)
{
	struct work_arg a = { .holding = { post_id, person_id, HOLDING_SUBSTANTIVE, from_day, NONE, S("") } };
	in_tx(f, holding_in_tx, &a);
	return a.id;
}

enum err test_result(struct ctx *cx, int64_t person_id, int64_t competency_id, int64_t value)
{
	struct evidence_add in = { person_id, competency_id, EVIDENCE_proctored_test, value, NONE, NONE, S("") };
	int64_t id;
	return evidence_add(cx, &in, &id);
}

static enum err test_result_in_tx(struct ctx *cx, void *arg)
{
	const int64_t *a = arg;
	return test_result(cx, a[0], a[1], a[2]);
}

void a_test_result(struct fixture *f, int64_t person_id, int64_t competency_id, int64_t value)
{
	in_tx(f, test_result_in_tx, (int64_t[]){ person_id, competency_id, value });
}

int64_t competency_named(struct fixture *f, const char *code)
{
	int64_t id = query_int(f, "SELECT id FROM competency WHERE code = '%s'", code);
	NEED(id, "there is no competency %s", code);
	return id;
}

int64_t resource_named(struct fixture *f, int64_t course_id, const char *code)
{
	int64_t id = query_int(f, "SELECT id FROM resource WHERE course_id = %lld AND code = '%s'", (long long)course_id, code);
	NEED(id, "there is no resource %s", code);
	return id;
}

static int64_t holder(struct fixture *f, const char *login, const char *role, int64_t works_at, int64_t holds_at)
{
	int64_t id = a_person(f, login, login, works_at, 0);
	a_role(f, id, role, holds_at);
	return id;
}

static void a_tree(struct fixture *f, struct world *w)
{
	w->root = an_org(f, "union", "Union of offices", 0);
	w->ministry = an_org(f, "first", "Ministry of Firsts", w->root);
	w->office = an_org(f, "first-office", "Office of Firsts", w->ministry);
	w->institute = an_org(f, "filing", "Institute of Filing", w->ministry);
	w->other_ministry = an_org(f, "second", "Ministry of Seconds", w->root);
	w->other_office = an_org(f, "second-office", "Office of Seconds", w->other_ministry);
	w->other_institute = an_org(f, "second-institute", "Institute of Seconds", w->other_ministry);
}

void a_world(struct fixture *f, struct world *w)
{
	a_tree(f, w);
	w->boss = a_person(f, "boss", "Meera Nair", w->office, 0);
	w->other_boss = a_person(f, "other-boss", "Ravi Menon", w->other_office, 0);
	w->learner = a_person(f, "learner", "Asha Verma", w->office, w->boss);
	w->colleague = a_person(f, "colleague", "Bala Iyer", w->office, w->boss);
	w->other_learner = a_person(f, "other-learner", "Chitra Das", w->other_office, w->other_boss);
	w->admin = holder(f, "admin", "mdo_admin", w->office, w->ministry);
	w->other_admin = holder(f, "other-admin", "mdo_admin", w->other_office, w->other_ministry);
	w->author = holder(f, "author", "author", w->institute, w->institute);
	w->other_author = holder(f, "other-author", "author", w->other_institute, w->other_institute);
	w->reviewer = holder(f, "reviewer", "reviewer", w->institute, w->institute);
	w->other_reviewer = holder(f, "other-reviewer", "reviewer", w->other_institute, w->other_institute);
	w->publisher = holder(f, "publisher", "publisher", w->institute, w->institute);
	w->other_publisher = holder(f, "other-publisher", "publisher", w->other_institute, w->other_institute);
	w->operator = holder(f, "operator", "operator", w->ministry, w->root);
	w->other_operator = holder(f, "other-operator", "operator", w->other_office, w->other_ministry);
	w->course = a_course(f, "filing");
	w->hindi = a_course(f, "nasti-hindi");
	w->lesson = resource_named(f, w->course, "01-notes/01-lesson");
	w->film = resource_named(f, w->course, "01-notes/02-film");
	w->quiz = resource_named(f, w->course, "01-notes/03-final");
}
