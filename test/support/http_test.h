/* What the tests over HTTP stand on: the real server in this process on a free port with its own data folder and database,
 * a client with its own cookies, and builders of a small world.
 *
 * The database is a new SQLite file, or, when TEST_DATABASE names a PostgreSQL (postgresql://…), a new database in it.
 * Failed calls of this file end the test program: a fixture that cannot be made proves nothing. */
#ifndef TEST_HTTP_TEST_H
#define TEST_HTTP_TEST_H
#include "app/features.h"
#include "base/clock.h"
#include "feature/org/org.h"
#include "feature/person/person.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#undef fail /* ours is in base/ctx.h */
#undef fail_msg

#include <curl/curl.h>

/* Ends the program with a sentence when it is false. */
#define NEED(cond, ...) ((cond) ? (void)0 : broken(__FILE__, __LINE__, __VA_ARGS__))
_Noreturn void broken(const char *file, int line, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

struct fixture {
	struct app app;          /* fixed_now, fail_at: set by tests */
	struct ctx cx;           /* for builders and checks; its own connection */
	struct db_pool *pool;
	struct action_table *table;
	struct server *server;   /* NULL: not running */
	char dir[64];            /* data folder */
	char url[400];           /* of the database */
	unsigned api_rate;       /* of the API, in a minute; 0: so many that no test reaches it. Set before fixture_serve */
	int listeners;           /* lines of who listens, at most; 0: 1000, -1: none, so that their answers end. Set before fixture_serve */
	char base[64];           /* http://127.0.0.1:PORT */
};
/* Database with the newest schema, keys and clock; the server runs. */
struct fixture *fixture_start(void);
/* The same without a server: for tests of the program itself. */
struct fixture *fixture_data(void);
/* A place where nothing is yet: a data folder that is not there and an empty database, for what the program itself makes.
 * sqlite: a SQLite file whatever TEST_DATABASE says. */
struct fixture *fixture_place(bool sqlite);
void fixture_serve(struct fixture *f);
void fixture_end(struct fixture *f);
bool fixture_sqlite(const struct fixture *f);
/* A folder of the test's own with everything in it. */
void remove_tree(const char *path);
/* Runs fn in a writing transaction. */
void in_tx(struct fixture *f, db_fn *fn, void *arg);
/* A number over all rows of all tables but sessions, tries and (unless with_audit) the audit trail. */
uint64_t database_hash(struct fixture *f, bool with_audit);
/* First column of the first row, as a number; 0 when there is none. The test's own SQL, outside the program. */
int64_t query_int(struct fixture *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void query_text(struct fixture *f, char *ret, size_t n, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* Changes the data behind the program's back, as somebody with the file would: exactly one row. */
void tamper(struct fixture *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The same with any number of statements and rows, in one transaction: for the many rows that a test stands on. */
void tamper_all(struct fixture *f, const char *sql);
/* Forgets the connection of those above. */
void query_end(void);
/* Queues what comes again and again, as a server that starts does. */
void schedule_work(struct fixture *f);
/* Does the background work that is due, in this thread; how many jobs. */
unsigned work_now(struct fixture *f);
/* Findings of `karmayogi check`; printed. */
size_t check_findings(struct fixture *f);

/* ── the world ── */
int64_t an_org(struct fixture *f, const char *code, const char *name, int64_t parent_id);
int64_t a_designation(struct fixture *f, const char *code);
/* A person with the e-mail LOGIN@example.gov.in and the password "a good password", posted since the first of January. supervisor_id 0: none. */
int64_t a_person(struct fixture *f, const char *login, const char *name, int64_t org_id, int64_t supervisor_id);
void a_role(struct fixture *f, int64_t person_id, const char *role, int64_t org_id);
/* Imports test/fixture/course/CODE. */
int64_t a_course(struct fixture *f, const char *code);
/* Brings in and carries out a framework of competencies out of a file of the repository; its id. */
int64_t a_framework(struct fixture *f, const char *file, int64_t org_id);
/* A role of an organisation with one activity of the same code and name, which needs a competency at a level. */
int64_t a_work_role(struct fixture *f, int64_t org_id, const char *code, const char *name, int64_t competency_id, int64_t level);
/* A post of the designation "so" in an office since the first of January, with a role. */
int64_t a_post(struct fixture *f, int64_t org_id, const char *code, int64_t sanctioned, int64_t role_id);
/* Somebody holds a post substantively from a day on. */
int64_t a_holding(struct fixture *f, int64_t post_id, int64_t person_id, int64_t from_day);
/* Somebody was tested under supervision, with a level in thousandths; the first within a transaction of the test's own. */
enum err test_result(struct ctx *cx, int64_t person_id, int64_t competency_id, int64_t value);
void a_test_result(struct fixture *f, int64_t person_id, int64_t competency_id, int64_t value);
int64_t competency_named(struct fixture *f, const char *code);
int64_t resource_named(struct fixture *f, int64_t course_id, const char *code);
#define PASSWORD "a good password"

/* Two ministries with an office each below one root; the institute that provides the courses is below the first.
 * boss supervises learner and colleague; elsewhere stands for the same role in the other ministry. */
struct world {
	int64_t root, ministry, office, institute, other_ministry, other_office, other_institute;
	int64_t learner, colleague, boss, other_boss, other_learner;
	int64_t admin, other_admin, author, other_author, reviewer, other_reviewer, publisher, other_publisher, operator, other_operator;
	int64_t course, hindi, lesson, film, quiz;
};
void a_world(struct fixture *f, struct world *w);

/* ── the client ── */
struct client {
	struct fixture *f;
	CURL *curl;
	struct buf body, head;   /* of the last answer */
	struct arena *arena;
	long status;
	char csrf[80];           /* of the last page that had a form */
	const char *header[8];   /* more headers of the next request, ended by NULL; cleared afterwards */
	unsigned statements;     /* that the last answer cost, by the server's log */
};
struct client *client_new(struct fixture *f);
/* Signed in without the sign-in page (no password hashing), csrf known. person_id 0: nobody. */
struct client *client_as(struct fixture *f, int64_t person_id);
/* Somebody signed in who acts for another; kind: "delegation" or "support" (feature/acting). */
struct client *client_acting(struct fixture *f, const char *kind, int64_t for_id, int64_t by_id);
void client_free(struct client *c);
/* All give the status; 0 when the server did not answer. Redirects are not followed. */
long get(struct client *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
long head_of(struct client *c, const char *path);
/* form: "a=1&b=2" already encoded; the csrf token is added. */
long post(struct client *c, const char *path, const char *form);
/* With the token as header. */
long post_json(struct client *c, const char *path, const char *json);
/* As it stands, nothing added. type NULL: none. */
long send_raw(struct client *c, const char *method, const char *path, const char *type, const char *body, size_t n);
/* Value of a header of the last answer, or NULL. */
const char *answer_header(struct client *c, const char *name);
bool body_has(struct client *c, const char *text);
/* Text of `"key":` or NULL; whole numbers and quoted ids by json_number. */
int64_t json_number(struct client *c, const char *key);
bool answer_true(struct client *c, const char *key);
const char *base_of(const char *path, ...) __attribute__((format(printf, 1, 2))); /* a path in a ring of static buffers, one ring a thread */

/* ── running the program (env KARMAYOGI: path of the binary) ── */
struct program {
	pid_t pid;
	unsigned port;
	int err;                 /* its standard error, read up to the line that names the port */
};
const char *program_path(void);
/* Starts `karmayogi serve` on the fixture's data; false when it ended or said nothing in time. message: what it said. */
bool program_serve(struct fixture *f, struct program *p, char *message, size_t n);
void program_kill(struct program *p, int signal);
/* Runs a command to its end; output (both streams) into ret; the exit code. */
int program_run(struct fixture *f, char *ret, size_t n, const char *const *args);
#endif
