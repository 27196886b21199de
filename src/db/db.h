/* The database floor: one interface, SQLite (embedded, default) or PostgreSQL behind it.
 *
 * Hand-written code never sends SQL text: statements are a closed set, written in .sql files and turned
 * into typed functions by tools/sqlgen.c; those call db_one … db_exec below. Only migrate.c runs text.
 *
 * Connections. struct db_pool is the database (one per process, thread-safe). struct db is one connection,
 * used by one thread at a time; statements are prepared on first use and kept.
 *   SQLite: db_connect gives a read-only connection; all writing is done by one writer thread that gathers
 *   what waits into one transaction (at most DB_BATCH pieces, each in its own savepoint so that one failure
 *   undoes only itself) and has it reported after the commit is on disk. Readers may see a commit some milliseconds
 *   before that; see doc/adr/0014.
 *   PostgreSQL: db_connect gives an ordinary connection; reads run REPEATABLE READ READ ONLY, writes SERIALIZABLE,
 *   repeated when they collide (40001, 40P01; at most 8 times).
 *
 * Failures. ERR_BUSY: collided too often or waited too long. ERR_UNAVAILABLE: disk full, read-only, connection
 * gone (a lost PostgreSQL connection is opened again at the next use; when it was found lost by the first statement
 * of a transaction, the floor does so at once and nobody notices). ERR_CONFLICT: a unique or foreign key
 * refused the row. ERR_INTERNAL: anything else. The driver's own message is kept for the log (cx->trouble; db_message). */
#ifndef DB_DB_H
#define DB_DB_H
#include "base/ctx.h"
#include "base/field.h"

enum { DB_BATCH = 128, DB_ROWS_MAX = 20000, DB_PARAMS_MAX = 64, DB_VALUE_MAX = 16 << 20 };

enum db_type { DB_INT, DB_REAL, DB_BOOL, DB_TEXT, DB_BLOB };

/* One value bound to a statement. Whole numbers equal to NONE, NaN and texts with p == NULL are bound as NULL. */
struct db_value {
	enum db_type type;
	union {
		int64_t i; /* DB_INT, DB_BOOL */
		double r;
		struct str s;
	};
};
/* One result column and its place in the row struct: int64_t, double, bool or struct str.
 * NULL becomes NONE, NaN, false or STR_NONE. */
struct db_col {
	const char *name;
	enum db_type type;
	size_t offset;
};
/* A statement as sqlgen writes it. Its address is its identity. */
struct db_stmt {
	const char *name;   /* "enrolment.of_course" */
	const char *sqlite; /* parameters ?1 … */
	const char *pg;     /* parameters $1 … ; equal in meaning */
	const char *purpose;
	const char *reads, *writes; /* tables, "course module"; empty when none */
	size_t row_size;
	unsigned n_params, n_cols;
	const enum db_type *params;
	const struct db_col *cols;
};

/* Whole rows of a table, by what they belong to, as sqlgen makes them of `-- rows: TABLE by COLUMN`: for who keeps a row as it was and puts it back
 * (feature/merge). Columns of `of` and parameters of `put` are all columns in one order, those of the key first; parameters of `drop` are the key. */
struct db_rows {
	const char *table, *by;
	const struct db_stmt *of, *put, *drop; /* :each by the column; insert or overwrite; delete */
	unsigned n_key;
};

struct db_pool;
struct db;

/* url: "sqlite:PATH" or "postgresql://…". Nothing is created for PostgreSQL; for SQLite the file is.
 * The message is a sentence for the operator, in the arena of cx. */
_must_check_ enum err db_pool_open(struct ctx *cx, const char *url, struct db_pool **ret, struct str *ret_message);
/* Waits for the writer to end its queue. NULL is allowed. */
void db_pool_close(struct db_pool *p);
bool db_pool_is_sqlite(const struct db_pool *p);
/* Whether one writer writes for all (SQLite): nobody waits for a row that another has changed. */
bool db_one_writer(const struct db *d);
_must_check_ enum err db_connect(struct db_pool *p, struct db **ret);
void db_close(struct db *d);
/* The driver's last message on this connection, for the log; never for people. */
const char *db_message(const struct db *d);
/* True when a simple question is answered within a second. */
bool db_alive(struct db *d);
/* Milliseconds (monotonic, see clock_monotonic / 10^6) after which a running statement of this connection is
 * broken off with ERR_BUSY; 0: never. It also bounds the pieces that are started with this connection in their cx. */
void db_deadline(struct db *d, int64_t monotonic_ms);

/* ── running statements; called by generated code, and with the statements of struct db_rows ──
 * A statement that failed spoils its transaction, on both back ends: later ones are refused with the same error and
 * nothing of it is kept, even if the caller goes on. To try an insert and go on, write ON CONFLICT. ERR_NOT_FOUND
 * and errors of `each` itself spoil nothing. Outside a transaction statements may read, not write.
 * Texts must be UTF-8 without NUL (ERR_INTERNAL); texts and blobs above DB_VALUE_MAX bytes are ERR_TOO_LARGE. */
/* Exactly one row into *ret_row (cleared of nothing when it fails); none: ERR_NOT_FOUND. */
_must_check_ enum err db_one(struct ctx *cx, const struct db_stmt *st, const struct db_value *v, void *ret_row);
/* One row or none. */
_must_check_ enum err db_maybe(struct ctx *cx, const struct db_stmt *st, const struct db_value *v, void *ret_row, bool *ret_found);
/* All rows, an array in the arena. More than DB_ROWS_MAX is ERR_INTERNAL: the statement lacks a LIMIT. */
_must_check_ enum err db_many(struct ctx *cx, const struct db_stmt *st, const struct db_value *v, void **ret_rows, size_t *ret_n);
/* Row by row in bounded memory; the arena goes back after each. Stops at the first error of `each`. */
typedef enum err db_each_fn(struct ctx *cx, void *arg, const void *row);
_must_check_ enum err db_each(struct ctx *cx, const struct db_stmt *st, const struct db_value *v, db_each_fn *each, void *arg);
/* ret_changed (may be NULL): rows inserted, changed or deleted. */
_must_check_ enum err db_exec(struct ctx *cx, const struct db_stmt *st, const struct db_value *v, int64_t *ret_changed);

/* ── transactions ── */
typedef enum err db_fn(struct ctx *cx, void *arg);
/* fn sees one unchanging picture of the data and cannot write. Uses cx->db. Inside another transaction it just runs there. */
_must_check_ enum err db_read(struct ctx *cx, db_fn *fn, void *arg);
/* fn's changes are all on disk when this returns OK, and none when it does not. fn may run more than once: it has
 * no outside effects, and what it puts into *arg it sets anew. During fn cx->db is the writing connection;
 * the arena goes back before each repetition. Blocks. Not to be called inside another transaction. */
_must_check_ enum err db_write(struct ctx *cx, struct db_pool *p, db_fn *fn, void *arg);

/* The same without blocking the caller, for the server. `done` is called after the commit is on disk (or after the
 * failure) with the outcome, on another thread (SQLite) or before db_write_start returns (PostgreSQL).
 * The piece must live until then, and cx belongs to the writer meanwhile. */
struct db_piece {
	struct ctx *cx;
	db_fn *run;
	void *arg;
	void (*done)(struct db_piece *piece, enum err e);
	/* used by the floor */
	struct db_piece *next;
	enum err result;
	struct arena_mark mark; /* these and the next two: as it was at the start, for repetitions */
	size_t n_failures;
	unsigned statements;
	int64_t deadline; /* that of cx->db at the start */
};
void db_write_start(struct db_pool *p, struct db_piece *piece);
/* Pieces waiting for the SQLite writer; the server turns people away when it grows too long. */
size_t db_write_waiting(struct db_pool *p);

/* ── schema ── */
struct migration {
	const char *name; /* "0001_org.sql" */
	const char *text;
};
/* Brings the schema to the newest of the migrations (ended by name NULL), in order, each in a transaction, under a lock.
 * Refuses, with a sentence in *ret_message, when a migration applied before has another checksum now or when the
 * database is newer than the program. ret_applied: how many were run. */
_must_check_ enum err db_migrate(struct ctx *cx, struct db_pool *p, const struct migration *m, unsigned *ret_applied, struct str *ret_message);
/* The same in one transaction, in which afterwards `proof` looks at the result (only when something was applied): what it refuses, and
 * whatever fails before, leaves the database as it was. For installations that can stand still meanwhile. */
_must_check_ enum err db_upgrade(struct ctx *cx, struct db_pool *p, const struct migration *m, db_fn *proof, void *arg, unsigned *ret_applied,
				 struct str *ret_message);
/* Only checks that nothing is missing and nothing is newer. */
_must_check_ enum err db_migrated(struct ctx *cx, struct db_pool *p, const struct migration *m, struct str *ret_message);
/* The statements of a migration in the dialect of a back end. See doc/adr/0003. In the arena of cx. */
struct str db_dialect(struct ctx *cx, struct str text, bool sqlite);
/* Type of the n-th parameter or column as PostgreSQL sees it, compared with the generated table; a sentence per
 * difference is added to `findings`. For the test that proves the statements. */
_must_check_ enum err db_prove(struct ctx *cx, const struct db_stmt *st, struct buf *findings);
#endif
