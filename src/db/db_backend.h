/* Inside the database floor: what db.c, migrate.c and the two back ends share. Nobody else includes this
 * (db_test.c does).
 *
 * db.c checks values, counts, spoils transactions and gives rows their place; a back end binds, steps and fills.
 * A back end begins its own connection and pool structs with struct db and struct db_pool. */
#ifndef DB_DB_BACKEND_H
#define DB_DB_BACKEND_H
#include "db/db.h"

#include <math.h>

enum { DB_MESSAGE_MAX = 400 };
enum db_mode { DB_IDLE, DB_READING, DB_WRITING };
enum db_sink_kind { DB_SINK_NONE, DB_SINK_ONE, DB_SINK_MANY, DB_SINK_EACH };

/* Where the rows of one run go. */
struct db_sink {
	enum db_sink_kind kind;
	struct ctx *cx;
	const struct db_stmt *st;
	size_t n;
	char *rows;   /* ONE, MANY */
	size_t cap;
	size_t hint;  /* number of rows, when the back end knows it beforehand */
	db_each_fn *each;
	void *arg;
	void *row;    /* EACH: the present one */
	struct arena_mark mark;
	bool stopped; /* the error is that of `each`: the statement itself is well */
};
/* Memory for the next row, then, when it is filled, what to do with it. */
void *db_sink_place(struct db_sink *s);
_must_check_ enum err db_sink_filled(struct db_sink *s);

struct db_ops {
	enum err (*connect)(struct db_pool *p, struct db **ret);
	void (*close)(struct db *d);
	void (*pool_close)(struct db_pool *p);
	enum err (*run)(struct ctx *cx, const struct db_stmt *st, const struct db_value *v, struct db_sink *sink, int64_t *ret_changed);
	enum err (*read_begin)(struct db *d);
	void (*read_end)(struct db *d);
	void (*write_start)(struct db_pool *p, struct db_piece *piece);
	size_t (*waiting)(struct db_pool *p);
	bool (*alive)(struct db *d);
	enum err (*text)(struct db *d, const char *sql); /* one statement without values or rows, for migrations */
	enum err (*lock)(struct db *d, bool on);         /* held by one migrating process */
	enum err (*prove)(struct ctx *cx, const struct db_stmt *st, struct buf *findings);
};

struct db_pool {
	const struct db_ops *ops;
	bool sqlite;
};

/* What a connection knows of its statements: a small open hash by address. */
struct db_cached {
	const struct db_stmt *st;
	void *prepared; /* SQLite: the statement; PostgreSQL: something not NULL */
	unsigned number;
};
struct db_cache {
	struct db_cached *slot;
	size_t n, cap;
};
/* The place of a statement; ->prepared is NULL when it is new. Valid until the next call. */
struct db_cached *db_cache_at(struct db_cache *c, const struct db_stmt *st);
void db_cache_drop(struct db_cache *c, void (*drop)(void *prepared));

struct db {
	struct db_pool *pool;
	enum db_mode mode;
	enum err spoiled;    /* what the first failing statement of this transaction gave */
	unsigned in_tx;      /* statements run in this writing transaction */
	int64_t deadline;    /* monotonic ms; 0: none */
	struct db_cache cache;
	char message[DB_MESSAGE_MAX];
};

/* Notes a message for the log and returns e. */
enum err db_say(struct db *d, enum err e, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* Puts a message into cx->trouble. */
void db_tell(struct ctx *cx, const char *message);
bool db_late(const struct db *d);
/* Takes down how cx stands, so that a piece can be repeated. */
void db_piece_note(struct db_piece *piece);
/* Runs a piece on the writing connection w, from the state noted; beginning and ending the transaction is the back end's. */
enum err db_piece_run(struct db *w, struct db_piece *piece);

enum err db_sqlite_open(struct ctx *cx, const char *path, struct db_pool **ret, struct str *ret_message);
enum err db_pg_open(struct ctx *cx, const char *url, struct db_pool **ret, struct str *ret_message);

/* The number of different parameters that a statement's text names: the highest n of ?n or $n. */
unsigned db_params_in(const char *sql, char sign);

static inline void *db_at(void *row, const struct db_col *c)
{
	return (char *)row + c->offset;
}
static inline void db_put_null(void *row, const struct db_col *c)
{
	switch (c->type) {
	case DB_INT: *(int64_t *)db_at(row, c) = NONE; break;
	case DB_REAL: *(double *)db_at(row, c) = NAN; break;
	case DB_BOOL: *(bool *)db_at(row, c) = false; break;
	case DB_TEXT:
	case DB_BLOB: *(struct str *)db_at(row, c) = STR_NONE; break;
	}
}
static inline bool db_is_null(const struct db_value *v)
{
	switch (v->type) {
	case DB_INT:
	case DB_BOOL: return v->i == NONE;
	case DB_REAL: return isnan(v->r);
	case DB_TEXT:
	case DB_BLOB: return !v->s.p;
	}
	return true;
}
#endif
