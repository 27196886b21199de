/* The SQLite back end: read-only connections for whoever asks, and one writer thread for all changes.
 *
 * The writer takes what waits, runs each piece in a savepoint of one transaction and commits once. The commit (synchronous=NORMAL) only writes to the
 * log; a thread of its own brings the log to the disk and reports, while the writer is at the next group already. That one is committed when the
 * disk is free again: what arrives until then is part of it, at most DB_BATCH pieces. A piece alone is committed alone, at once.
 *
 * When the disk refuses to keep the log, the process ends: readers may have seen by then what is not on it, nobody was told that it is, and the
 * start after that goes on from what is there.
 *
 * What the log holds is copied into the file of the database by a thread of its own after each LOG_STEP pages, so that nobody's commit waits for that. Only
 * when the log is LOG_LONG pages long does the writer copy the few pages which have come meanwhile, after which SQLite begins the log anew: meanwhile nobody
 * writes. Readers look for a page only in the part of the log that is not copied, so its length costs them nothing.
 *
 * When SQLite itself has undone the whole transaction (disk full, I/O error, a change broken off by its deadline), the
 * neighbours are lost with it: after a deadline they are run again without the culprit, otherwise all fail. */
#include "db/db_backend.h"

#include "base/clock.h"
#include "db/gathered.h"
#include "db/scratch.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum fixed { BEGIN_READ, BEGIN_WRITE, SAVEPOINT, RELEASE, ROLLBACK_TO, COMMIT, ROLLBACK, ALIVE, FIXED_COUNT_ };
static const char *const fixed_sql[] = {
	[BEGIN_READ] = "BEGIN",
	[BEGIN_WRITE] = "BEGIN IMMEDIATE",
	[SAVEPOINT] = "SAVEPOINT piece",
	[RELEASE] = "RELEASE piece",
	[ROLLBACK_TO] = "ROLLBACK TO piece",
	[COMMIT] = "COMMIT",
	[ROLLBACK] = "ROLLBACK",
	[ALIVE] = "SELECT 1 FROM sqlite_schema LIMIT 1",
};

struct lite {
	struct db d; /* first */
	sqlite3 *h;
	sqlite3_stmt *fixed[FIXED_COUNT_];
};

enum {
	/* Pages of 4 KiB; LOG_LONG of them stay below journal_size_limit. */
	LOG_STEP = 250,
	LOG_LONG = 30000,
	GATHER = 16,	 /* pieces for which the writer is woken while the disk is at work */
	THREADS = 3,
};

struct lite_pool {
	struct db_pool p; /* first */
	char *path;
	struct lite *writer, *copier;
	sqlite3_file *log, *file; /* the writer's, the copier's */
	pthread_t thread[THREADS];
	size_t n_threads;
	pthread_mutex_t mutex; /* over the rest */
	pthread_cond_t arrived, committed, log_grown;
	struct db_piece *first, **last;
	size_t queued, waiting;	 /* not begun, not reported yet */
	struct db_piece *unkept; /* committed; until they are on the disk */
	bool keeping;		 /* some are */
	bool written;		 /* the writer has ended */
	bool wrote, log_rest;	 /* the writer's own: its last commit changed something; there is little in the log that is not in the file */
	enum { COPY_IDLE, COPY_ASKED, COPY_DONE } copy; /* of the log into the file */
	int log_pages, asked_pages;			/* in the log after the last commit, and when a copy was asked for */
	bool closing;
};

static const struct db_ops lite_ops;

/* ── errors ── */

static enum err err_of(int extended)
{
	switch (extended) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID:
	case SQLITE_CONSTRAINT_FOREIGNKEY: return ERR_CONFLICT;
	default: break;
	}
	switch (extended & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_PROTOCOL:
	case SQLITE_INTERRUPT: return ERR_BUSY;
	case SQLITE_FULL:
	case SQLITE_IOERR:
	case SQLITE_READONLY:
	case SQLITE_CANTOPEN:
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_PERM: return ERR_UNAVAILABLE;
	case SQLITE_TOOBIG: return ERR_TOO_LARGE;
	case SQLITE_NOMEM: BUG("out of memory");
	default: return ERR_INTERNAL;
	}
}

static enum err trouble(struct lite *s, const char *what)
{
	return db_say(&s->d, err_of(sqlite3_extended_errcode(s->h)), "%s: %s", what, sqlite3_errmsg(s->h));
}

/* ── statements ── */

static enum err fixed(struct lite *s, enum fixed f)
{
	if (!s->fixed[f] && sqlite3_prepare_v3(s->h, fixed_sql[f], -1, SQLITE_PREPARE_PERSISTENT, &s->fixed[f], NULL) != SQLITE_OK)
		return trouble(s, fixed_sql[f]);
	int rc = sqlite3_step(s->fixed[f]);
	enum err e = rc == SQLITE_DONE || rc == SQLITE_ROW ? OK : trouble(s, fixed_sql[f]);
	sqlite3_reset(s->fixed[f]);
	return e;
}

static enum err prepared(struct lite *s, const struct db_stmt *st, sqlite3_stmt **ret, bool *ret_once)
{
	struct db_cached *c = db_cache_at(&s->d.cache, st);
	*ret_once = c->prepared && sqlite3_stmt_busy(c->prepared); /* the `each` of a statement runs the same one */
	*ret = c->prepared;
	if (*ret && !*ret_once)
		return OK;
	if (sqlite3_prepare_v3(s->h, st->sqlite, -1, *ret_once ? 0 : SQLITE_PREPARE_PERSISTENT, ret, NULL) != SQLITE_OK)
		return trouble(s, st->name);
	if (!*ret_once)
		c->prepared = *ret;
	return OK;
}

static int bind_one(sqlite3_stmt *h, int i, const struct db_value *v)
{
	if (db_is_null(v))
		return sqlite3_bind_null(h, i);
	switch (v->type) {
	case DB_INT: return sqlite3_bind_int64(h, i, v->i);
	case DB_BOOL: return sqlite3_bind_int64(h, i, v->i != 0);
	case DB_REAL: return sqlite3_bind_double(h, i, v->r);
	case DB_TEXT: return sqlite3_bind_text(h, i, v->s.p, (int)v->s.n, SQLITE_STATIC);
	case DB_BLOB: return sqlite3_bind_blob(h, i, v->s.p, (int)v->s.n, SQLITE_STATIC);
	}
	BUG("type of a value");
}

static struct str column_bytes(struct ctx *cx, sqlite3_stmt *h, int i, bool text)
{
	const char *p = text ? (const char *)sqlite3_column_text(h, i) : sqlite3_column_blob(h, i);
	size_t n = (size_t)sqlite3_column_bytes(h, i);
	return str_dup(cx->arena, p ? (struct str){ p, n } : S("")); /* an empty blob has no address there */
}

static enum err fill(struct ctx *cx, struct lite *s, const struct db_stmt *st, sqlite3_stmt *h, void *row)
{
	static const int expected[] = { [DB_INT] = SQLITE_INTEGER, [DB_REAL] = SQLITE_FLOAT, [DB_BOOL] = SQLITE_INTEGER,
					[DB_TEXT] = SQLITE_TEXT, [DB_BLOB] = SQLITE_BLOB };
	for (int i = 0; i < (int)st->n_cols; i++) {
		const struct db_col *c = &st->cols[i];
		int type = sqlite3_column_type(h, i);
		if (type == SQLITE_NULL) {
			db_put_null(row, c);
			continue;
		}
		if (type != expected[c->type] && !(c->type == DB_REAL && type == SQLITE_INTEGER))
			return db_say(&s->d, ERR_INTERNAL, "%s: column %s has another type than declared", st->name, c->name);
		switch (c->type) {
		case DB_INT: *(int64_t *)db_at(row, c) = sqlite3_column_int64(h, i); break;
		case DB_BOOL: *(bool *)db_at(row, c) = sqlite3_column_int64(h, i) != 0; break;
		case DB_REAL: *(double *)db_at(row, c) = sqlite3_column_double(h, i); break;
		case DB_TEXT:
		case DB_BLOB: *(struct str *)db_at(row, c) = column_bytes(cx, h, i, c->type == DB_TEXT); break;
		}
	}
	return OK;
}

static enum err steps(struct ctx *cx, struct lite *s, const struct db_stmt *st, sqlite3_stmt *h, struct db_sink *sink)
{
	if (sink->kind != DB_SINK_NONE && sqlite3_column_count(h) != (int)st->n_cols)
		return db_say(&s->d, ERR_INTERNAL, "%s: has %d columns, not %u", st->name, sqlite3_column_count(h), st->n_cols);
	for (;;) {
		int rc = sqlite3_step(h);
		if (rc == SQLITE_DONE)
			return OK;
		if (rc != SQLITE_ROW)
			return trouble(s, st->name);
		if (sink->kind == DB_SINK_NONE)
			continue;
		void *row = db_sink_place(sink);
		TRY(fill(cx, s, st, h, row));
		TRY(db_sink_filled(sink));
	}
}

static enum err bind_and_step(struct ctx *cx, struct lite *s, const struct db_stmt *st, const struct db_value *v, sqlite3_stmt *h,
			      struct db_sink *sink)
{
	/* `writes` of the statement's table was looked at already; this is what SQLite thinks of it. */
	if (s->d.mode != DB_WRITING && !sqlite3_stmt_readonly(h))
		return db_say(&s->d, ERR_INTERNAL, "%s: writes outside a writing transaction", st->name);
	for (unsigned i = 0; i < st->n_params; i++)
		if (bind_one(h, (int)i + 1, &v[i]) != SQLITE_OK)
			return trouble(s, st->name);
	return steps(cx, s, st, h, sink);
}

static enum err lite_run(struct ctx *cx, const struct db_stmt *st, const struct db_value *v, struct db_sink *sink, int64_t *ret_changed)
{
	struct lite *s = (struct lite *)cx->db;
	sqlite3_stmt *h;
	bool once;
	if (db_late(&s->d))
		return db_say(&s->d, ERR_BUSY, "%s: too late", st->name);
	TRY(prepared(s, st, &h, &once));
	enum err e = bind_and_step(cx, s, st, v, h, sink);
	if (e == OK && ret_changed)
		*ret_changed = sqlite3_stmt_readonly(h) ? 0 : sqlite3_changes64(s->h);
	if (once) {
		sqlite3_finalize(h);
	} else {
		sqlite3_reset(h);
		sqlite3_clear_bindings(h);
	}
	return e;
}

/* ── connections ── */

static int look_at_clock(void *arg)
{
	return db_late(arg);
}

static void drop_statement(void *h)
{
	sqlite3_finalize(h);
}

static void lite_close(struct db *d)
{
	struct lite *s = (struct lite *)d;
	db_cache_drop(&d->cache, drop_statement);
	for (size_t i = 0; i < FIXED_COUNT_; i++)
		sqlite3_finalize(s->fixed[i]);
	sqlite3_close(s->h);
	free(s);
}

static enum err pragmas(struct lite *s, const char *sql)
{
	return sqlite3_exec(s->h, sql, NULL, NULL, NULL) == SQLITE_OK ? OK : trouble(s, "opening");
}

static enum err set_up(struct lite *s, bool writer)
{
	sqlite3_extended_result_codes(s->h, 1);
	sqlite3_busy_timeout(s->h, 5000);
	sqlite3_progress_handler(s->h, 1000, look_at_clock, &s->d);
	/* Double quotes are names, never texts: as on PostgreSQL. */
	sqlite3_db_config(s->h, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(s->h, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(s->h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	TRY(pragmas(s, "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA synchronous=NORMAL"));
	if (!writer)
		return pragmas(s, "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-4096; PRAGMA mmap_size=2147418112; PRAGMA query_only=ON");
	/* What is temporary and large, as a sort, goes to a file; but statement journals stay in memory (scratch.h). */
	return pragmas(s, "PRAGMA temp_store=FILE; PRAGMA journal_mode=WAL; PRAGMA cache_size=-32768; PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=134217728");
}

/* *ret is given even when it fails, for its message. */
static enum err open_lite(struct lite_pool *p, bool writer, struct lite **ret)
{
	struct lite *s = calloc(1, sizeof *s);
	BUG_IF(!s);
	s->d.pool = &p->p;
	*ret = s;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (writer ? SQLITE_OPEN_CREATE : 0);
	if (sqlite3_open_v2(p->path, &s->h, flags, scratch_vfs()) != SQLITE_OK)
		return trouble(s, "opening");
	return set_up(s, writer);
}

static enum err lite_connect(struct db_pool *pool, struct db **ret)
{
	struct lite *s;
	enum err e = open_lite((struct lite_pool *)pool, false, &s);
	if (e == OK)
		*ret = &s->d;
	else
		lite_close(&s->d);
	return e;
}

static enum err lite_read_begin(struct db *d)
{
	return fixed((struct lite *)d, BEGIN_READ);
}

static void lite_read_end(struct db *d)
{
	struct lite *s = (struct lite *)d;
	if (!sqlite3_get_autocommit(s->h) && fixed(s, COMMIT) != OK)
		(void)!fixed(s, ROLLBACK);
}

static bool lite_alive(struct db *d)
{
	return fixed((struct lite *)d, ALIVE) == OK;
}

static enum err lite_text(struct db *d, const char *sql)
{
	struct lite *s = (struct lite *)d;
	return sqlite3_exec(s->h, sql, NULL, NULL, NULL) == SQLITE_OK ? OK : trouble(s, "migration");
}

static enum err lite_lock(struct db *d, bool on)
{
	(void)d;
	(void)on;
	return OK; /* BEGIN IMMEDIATE of the writer is one */
}

static enum err lite_prove(struct ctx *cx, const struct db_stmt *st, struct buf *findings)
{
	struct lite *s = (struct lite *)cx->db;
	sqlite3_stmt *h = NULL;
	if (sqlite3_prepare_v2(s->h, st->sqlite, -1, &h, NULL) != SQLITE_OK) {
		buf_fmt(findings, "%s: %s\n", st->name, sqlite3_errmsg(s->h));
		return OK;
	}
	if ((unsigned)sqlite3_bind_parameter_count(h) != st->n_params)
		buf_fmt(findings, "%s: has %d parameters, the table has %u\n", st->name, sqlite3_bind_parameter_count(h), st->n_params);
	if ((unsigned)sqlite3_column_count(h) != st->n_cols)
		buf_fmt(findings, "%s: has %d columns, the table has %u\n", st->name, sqlite3_column_count(h), st->n_cols);
	for (int i = 0; i < sqlite3_column_count(h) && i < (int)st->n_cols; i++)
		if (strcmp(sqlite3_column_name(h, i), st->cols[i].name) != 0)
			buf_fmt(findings, "%s: column %d is called %s, not %s\n", st->name, i + 1, sqlite3_column_name(h, i), st->cols[i].name);
	sqlite3_finalize(h);
	return OK;
}

/* ── the writer ── */

/* What waits, at most `most` pieces; under the mutex. */
static struct db_piece *take(struct lite_pool *p, size_t most, size_t *ret_n)
{
	struct db_piece *pieces = p->first, **end = &pieces;
	for (*ret_n = 0; *end && *ret_n < most; ++*ret_n)
		end = &(*end)->next;
	p->first = *end;
	*end = NULL;
	if (!p->first)
		p->last = &p->first;
	p->queued -= *ret_n;
	return pieces;
}

/* More for a group of n pieces, while the disk is at the one before; NULL: the disk is free. */
static struct db_piece *take_more(struct lite_pool *p, size_t *n)
{
	pthread_mutex_lock(&p->mutex);
	while (p->keeping && (p->queued < GATHER || *n == DB_BATCH))
		pthread_cond_wait(&p->arrived, &p->mutex);
	size_t more = 0;
	struct db_piece *pieces = p->keeping ? take(p, DB_BATCH - *n, &more) : NULL;
	*n += more;
	pthread_mutex_unlock(&p->mutex);
	return pieces;
}

static void report(struct lite_pool *p, struct db_piece *piece, enum err e, const char *message)
{
	pthread_mutex_lock(&p->mutex);
	p->waiting--;
	pthread_mutex_unlock(&p->mutex);
	if (e != OK && !piece->cx->trouble[0] && message)
		db_tell(piece->cx, message);
	piece->done(piece, e);
}

static void report_all(struct lite_pool *p, struct db_piece *group, enum err instead, const char *message)
{
	for (struct db_piece *next; group; group = next) {
		next = group->next; /* the piece may be gone after done() */
		report(p, group, instead == OK ? group->result : instead, instead == OK ? NULL : message);
	}
}

/* False: SQLite has undone the whole transaction. */
static bool run_piece(struct lite *w, struct db_piece *piece)
{
	w->d.deadline = 0; /* the transaction's own steps are nobody's runaway */
	piece->result = fixed(w, SAVEPOINT);
	if (piece->result != OK)
		return !sqlite3_get_autocommit(w->h);
	piece->result = db_piece_run(&w->d, piece);
	w->d.deadline = 0;
	if (sqlite3_get_autocommit(w->h))
		return false;
	if (piece->result == OK && fixed(w, RELEASE) == OK)
		return true;
	if (fixed(w, ROLLBACK_TO) == OK && fixed(w, RELEASE) == OK)
		return true;
	if (!sqlite3_get_autocommit(w->h))
		(void)!fixed(w, ROLLBACK);
	return false;
}

static enum err commit(struct lite_pool *p)
{
	gathered_begin(p->log);
	enum err e = fixed(p->writer, COMMIT);
	gathered_end(p->log, e == OK);
	return e;
}

/* Runs all in one transaction, to which is added what arrives meanwhile. NULL when it is committed; else the piece that lost it, or with *ret_all
 * set, all. */
static struct db_piece *attempt(struct lite_pool *p, struct db_piece *group, enum err *ret_all)
{
	struct lite *w = p->writer;
	size_t n = 0;
	*ret_all = fixed(w, BEGIN_WRITE);
	for (struct db_piece *piece = group; piece && *ret_all == OK; piece = piece->next) {
		n++;
		if (!run_piece(w, piece))
			return piece;
		if (!piece->next)
			piece->next = take_more(p, &n);
	}
	if (*ret_all == OK)
		*ret_all = commit(p);
	if (*ret_all != OK && !sqlite3_get_autocommit(w->h)) {
		char why[DB_MESSAGE_MAX];
		memcpy(why, w->d.message, sizeof why);
		(void)!fixed(w, ROLLBACK);
		memcpy(w->d.message, why, sizeof why);
	}
	return NULL;
}

static struct db_piece *without(struct db_piece *group, struct db_piece *gone)
{
	struct db_piece **at = &group;
	while (*at != gone)
		at = &(*at)->next;
	*at = gone->next;
	return group;
}

static void copy_log(struct lite *s)
{
	(void)sqlite3_wal_checkpoint_v2(s->h, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL); /* what is not copied now is asked for again */
}

/* Hands a committed group over to keep_on(), which has none now: attempt() waited for that. */
static void keep(struct lite_pool *p, struct db_piece *group)
{
	pthread_mutex_lock(&p->mutex);
	p->unkept = group;
	p->keeping = true;
	pthread_cond_signal(&p->committed);
	pthread_mutex_unlock(&p->mutex);
}

static void write_group(struct lite_pool *p, struct db_piece *group)
{
	const struct lite *w = p->writer;
	while (group) {
		enum err all;
		p->wrote = p->log_rest = false;
		struct db_piece *culprit = attempt(p, group, &all);
		if (!culprit && all == OK && p->wrote) {
			keep(p, group);
			if (p->log_rest)
				copy_log(p->writer);
			return;
		}
		if (!culprit || culprit->result != ERR_BUSY) {
			report_all(p, group, culprit ? ERR_UNAVAILABLE : all, w->d.message);
			return;
		}
		group = without(group, culprit);
		report(p, culprit, culprit->result, w->d.message);
	}
}

static void *write_on(void *arg)
{
	struct lite_pool *p = arg;
	pthread_setname_np(pthread_self(), "writer");
	pthread_mutex_lock(&p->mutex);
	for (;;) {
		size_t n;
		struct db_piece *group = take(p, DB_BATCH, &n);
		if (group) {
			pthread_mutex_unlock(&p->mutex);
			write_group(p, group);
			pthread_mutex_lock(&p->mutex);
		} else if (p->closing) {
			break;
		} else {
			pthread_cond_wait(&p->arrived, &p->mutex);
		}
	}
	p->written = true;
	pthread_cond_signal(&p->committed);
	pthread_mutex_unlock(&p->mutex);
	return NULL;
}

static void bring_to_disk(sqlite3_file *log)
{
	if (log->pMethods->xSync(log, SQLITE_SYNC_NORMAL) == SQLITE_OK)
		return;
	fprintf(stderr,
		"The disk did not keep the log of the database (%s). Nobody was told that the last changes are kept, and the program ends here. "
		"Look at the disk, then start again.\n",
		strerror(errno));
	_exit(EXIT_FAILURE);
}

static void *keep_on(void *arg)
{
	struct lite_pool *p = arg;
	pthread_setname_np(pthread_self(), "keeper");
	pthread_mutex_lock(&p->mutex);
	while (p->unkept || !p->written) {
		struct db_piece *group = p->unkept;
		if (!group) {
			pthread_cond_wait(&p->committed, &p->mutex);
			continue;
		}
		p->unkept = NULL;
		pthread_mutex_unlock(&p->mutex);
		bring_to_disk(p->log);
		pthread_mutex_lock(&p->mutex);
		p->keeping = false;
		pthread_cond_signal(&p->arrived);
		pthread_mutex_unlock(&p->mutex);
		report_all(p, group, OK, NULL);
		pthread_mutex_lock(&p->mutex);
	}
	pthread_mutex_unlock(&p->mutex);
	return NULL;
}

/* ── the log ── */

/* After each commit of the writer, on its thread. */
static int committed(void *arg, sqlite3 *h, const char *name, int pages)
{
	struct lite_pool *p = arg;
	(void)h;
	(void)name;
	p->wrote = true;
	pthread_mutex_lock(&p->mutex);
	if (pages < p->log_pages) /* it began anew */
		p->asked_pages = 0;
	p->log_pages = pages;
	p->log_rest = p->copy == COPY_DONE && pages >= LOG_LONG;
	if (p->copy == COPY_DONE)
		p->copy = COPY_IDLE;
	if (p->copy == COPY_IDLE && !p->log_rest && pages - p->asked_pages >= LOG_STEP) {
		p->copy = COPY_ASKED;
		p->asked_pages = pages;
		pthread_cond_signal(&p->log_grown);
	}
	pthread_mutex_unlock(&p->mutex);
	return SQLITE_OK;
}

static void *copy_on(void *arg)
{
	struct lite_pool *p = arg;
	pthread_setname_np(pthread_self(), "copier");
	pthread_mutex_lock(&p->mutex);
	while (!p->closing) {
		if (p->copy != COPY_ASKED) {
			pthread_cond_wait(&p->log_grown, &p->mutex);
			continue;
		}
		pthread_mutex_unlock(&p->mutex);
		copy_log(p->copier);
		/* So that little is left to be brought to the disk when SQLite does so, which is once all is copied: by the writer. It finds what went wrong here. */
		(void)p->file->pMethods->xSync(p->file, SQLITE_SYNC_NORMAL);
		pthread_mutex_lock(&p->mutex);
		p->copy = COPY_DONE;
	}
	pthread_mutex_unlock(&p->mutex);
	return NULL;
}

static void lite_write_start(struct db_pool *pool, struct db_piece *piece)
{
	struct lite_pool *p = (struct lite_pool *)pool;
	piece->next = NULL;
	pthread_mutex_lock(&p->mutex);
	BUG_IF(p->closing);
	*p->last = piece;
	p->last = &piece->next;
	p->waiting++;
	bool wake = ++p->queued == (p->keeping ? GATHER : 1);
	pthread_mutex_unlock(&p->mutex);
	if (wake)
		pthread_cond_signal(&p->arrived);
}

static size_t lite_waiting(struct db_pool *pool)
{
	struct lite_pool *p = (struct lite_pool *)pool;
	pthread_mutex_lock(&p->mutex);
	size_t n = p->waiting;
	pthread_mutex_unlock(&p->mutex);
	return n;
}

/* ── the pool ── */

static void free_pool(struct lite_pool *p)
{
	if (p->copier)
		lite_close(&p->copier->d);
	if (p->writer)
		lite_close(&p->writer->d);
	pthread_cond_destroy(&p->arrived);
	pthread_cond_destroy(&p->committed);
	pthread_cond_destroy(&p->log_grown);
	pthread_mutex_destroy(&p->mutex);
	free(p->path);
	free(p);
}

static void end_threads(struct lite_pool *p)
{
	pthread_mutex_lock(&p->mutex);
	p->closing = true;
	pthread_cond_signal(&p->arrived);
	pthread_cond_signal(&p->log_grown);
	pthread_mutex_unlock(&p->mutex);
	while (p->n_threads > 0)
		pthread_join(p->thread[--p->n_threads], NULL);
}

static void lite_pool_close(struct db_pool *pool)
{
	struct lite_pool *p = (struct lite_pool *)pool;
	end_threads(p);
	free_pool(p);
}

static struct str why_not(struct ctx *cx, const struct lite_pool *p)
{
	const char *slash = strrchr(p->path, '/');
	const char *folder = !slash ? "." : slash == p->path ? "/" : str_c(cx->arena, (struct str){ p->path, (size_t)(slash - p->path) });
	if (access(folder, F_OK) != 0)
		return str_fmt(cx->arena, "The folder %s of the database file does not exist.", folder);
	if (access(folder, W_OK) != 0)
		return str_fmt(cx->arena, "The folder %s of the database file cannot be written to by this user.", folder);
	if (access(p->path, F_OK) == 0 && access(p->path, R_OK | W_OK) != 0)
		return str_fmt(cx->arena, "The database file %s cannot be written to by this user.", p->path);
	if (p->writer->h && (sqlite3_errcode(p->writer->h) & 0xff) == SQLITE_NOTADB)
		return str_fmt(cx->arena, "The file %s is not an SQLite database.", p->path);
	return str_fmt(cx->arena, "The database file %s cannot be used: %s.", p->path, p->writer->d.message);
}

/* The write-ahead log needs memory shared through the file system; some network file systems have none. */
static bool has_wal(struct lite *w)
{
	sqlite3_stmt *h = NULL;
	bool wal = sqlite3_prepare_v2(w->h, "PRAGMA journal_mode", -1, &h, NULL) == SQLITE_OK && sqlite3_step(h) == SQLITE_ROW &&
		   strcmp((const char *)sqlite3_column_text(h, 0), "wal") == 0;
	sqlite3_finalize(h);
	return wal;
}

static enum err open_writer(struct ctx *cx, struct lite_pool *p, struct str *ret_message)
{
	enum err e = open_lite(p, true, &p->writer);
	if (e == OK && sqlite3_db_readonly(p->writer->h, "main") != 0)
		e = db_say(&p->writer->d, ERR_UNAVAILABLE, "it is read-only");
	if (e == OK && (e = fixed(p->writer, BEGIN_WRITE)) == OK) /* the disk may be full, or another process at work */
		e = fixed(p->writer, ROLLBACK);
	if (e == OK && !has_wal(p->writer))
		e = db_say(&p->writer->d, ERR_UNAVAILABLE, "its file system cannot carry a write-ahead log");
	if (e != OK)
		*ret_message = why_not(cx, p);
	return e;
}

static bool start_threads(struct lite_pool *p)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before); /* signals are the main thread's */
	void *(*const run[THREADS])(void *) = { write_on, keep_on, copy_on };
	while (p->n_threads < THREADS && pthread_create(&p->thread[p->n_threads], NULL, run[p->n_threads], p) == 0)
		p->n_threads++;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return p->n_threads == THREADS;
}

enum err db_sqlite_open(struct ctx *cx, const char *path, struct db_pool **ret, struct str *ret_message)
{
	/* Memory statistics take a lock common to all threads; twenty pages at once are too many for each small table in which something is sorted. Refused, and
	 * harmless, after the first time. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	sqlite3_config(SQLITE_CONFIG_PAGECACHE, NULL, 0, 0);
	struct lite_pool *p = calloc(1, sizeof *p);
	BUG_IF(!p);
	p->p = (struct db_pool){ &lite_ops, true };
	p->path = strdup(path);
	BUG_IF(!p->path);
	pthread_mutex_init(&p->mutex, NULL);
	pthread_cond_init(&p->arrived, NULL);
	pthread_cond_init(&p->committed, NULL);
	pthread_cond_init(&p->log_grown, NULL);
	p->last = &p->first;
	enum err e = open_writer(cx, p, ret_message);
	if (e == OK && (e = open_lite(p, true, &p->copier)) != OK)
		*ret_message = why_not(cx, p);
	if (e == OK) {
		sqlite3_wal_hook(p->writer->h, committed, p);
		sqlite3_file_control(p->writer->h, "main", SQLITE_FCNTL_JOURNAL_POINTER, &p->log);
		sqlite3_file_control(p->copier->h, "main", SQLITE_FCNTL_FILE_POINTER, &p->file);
	}
	if (e == OK && !start_threads(p)) {
		end_threads(p);
		*ret_message = S("The writer of the database could not be started: too many threads.");
		e = ERR_UNAVAILABLE;
	}
	if (e == OK)
		*ret = &p->p;
	else
		free_pool(p);
	return e;
}

static const struct db_ops lite_ops = {
	.connect = lite_connect,
	.close = lite_close,
	.pool_close = lite_pool_close,
	.run = lite_run,
	.read_begin = lite_read_begin,
	.read_end = lite_read_end,
	.write_start = lite_write_start,
	.waiting = lite_waiting,
	.alive = lite_alive,
	.text = lite_text,
	.lock = lite_lock,
	.prove = lite_prove,
};
