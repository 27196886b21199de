/* The shared part of the database floor: opening by URL, dispatch, checks that both back ends owe,
 * rows to their place, transactions around a function. See db.h. */
#include "db/db_backend.h"

#include "base/clock.h"
#include "base/utf8.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/* ── pool and connection ── */

enum err db_pool_open(struct ctx *cx, const char *url, struct db_pool **ret, struct str *ret_message)
{
	struct str u = str_of(url);
	if (str_starts(u, S("sqlite:")))
		return db_sqlite_open(cx, url + 7, ret, ret_message);
	if (str_starts(u, S("postgresql://")) || str_starts(u, S("postgres://")))
		return db_pg_open(cx, url, ret, ret_message);
	*ret_message = S("The address of the database must be sqlite:PATH or postgresql://….");
	return ERR_UNAVAILABLE;
}

void db_pool_close(struct db_pool *p)
{
	if (p)
		p->ops->pool_close(p);
}

bool db_pool_is_sqlite(const struct db_pool *p)
{
	return p->sqlite;
}

bool db_one_writer(const struct db *d)
{
	return d->pool->sqlite;
}

enum err db_connect(struct db_pool *p, struct db **ret)
{
	return p->ops->connect(p, ret);
}

void db_close(struct db *d)
{
	if (d)
		d->pool->ops->close(d);
}

const char *db_message(const struct db *d)
{
	return d->message;
}

bool db_alive(struct db *d)
{
	int64_t before = d->deadline;
	d->deadline = clock_monotonic() / 1000000 + 1000;
	bool alive = d->pool->ops->alive(d);
	d->deadline = before;
	return alive;
}

void db_deadline(struct db *d, int64_t monotonic_ms)
{
	d->deadline = monotonic_ms;
}

bool db_late(const struct db *d)
{
	return d->deadline && clock_monotonic() / 1000000 > d->deadline;
}

enum err db_say(struct db *d, enum err e, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	vsnprintf(d->message, sizeof d->message, fmt, args);
	va_end(args);
	return e;
}

void db_tell(struct ctx *cx, const char *message)
{
	size_t n = strnlen(message, sizeof cx->trouble - 1);
	memcpy(cx->trouble, message, n);
	cx->trouble[n] = '\0';
}

/* ── statements known to a connection ── */

static size_t cache_slot(const struct db_cache *c, const struct db_stmt *st)
{
	uint64_t h = (uint64_t)(uintptr_t)st * UINT64_C(0x9E3779B97F4A7C15);
	size_t i = (size_t)(h >> 32) & (c->cap - 1);
	while (c->slot[i].st && c->slot[i].st != st)
		i = (i + 1) & (c->cap - 1);
	return i;
}

static void cache_grow(struct db_cache *c)
{
	struct db_cache old = *c;
	c->cap = old.cap ? 2 * old.cap : 64;
	c->slot = calloc(c->cap, sizeof *c->slot);
	BUG_IF(!c->slot);
	for (size_t i = 0; i < old.cap; i++)
		if (old.slot[i].st)
			c->slot[cache_slot(c, old.slot[i].st)] = old.slot[i];
	free(old.slot);
}

struct db_cached *db_cache_at(struct db_cache *c, const struct db_stmt *st)
{
	if (2 * c->n >= c->cap)
		cache_grow(c);
	struct db_cached *e = &c->slot[cache_slot(c, st)];
	if (!e->st)
		*e = (struct db_cached){ .st = st, .number = (unsigned)++c->n };
	return e;
}

void db_cache_drop(struct db_cache *c, void (*drop)(void *prepared))
{
	for (size_t i = 0; drop && i < c->cap; i++)
		if (c->slot[i].prepared)
			drop(c->slot[i].prepared);
	free(c->slot);
	*c = (struct db_cache){ 0 };
}

/* ── rows to their place ── */

void *db_sink_place(struct db_sink *s)
{
	struct arena *a = s->cx->arena;
	if (s->kind == DB_SINK_EACH) {
		s->mark = arena_mark(a);
		return s->row = arena_alloc(a, s->st->row_size);
	}
	if (s->n == s->cap) {
		size_t size = s->st->row_size, cap = s->cap ? 2 * s->cap : s->hint ? s->hint : s->kind == DB_SINK_ONE ? 1 : 8;
		s->rows = s->cap ? arena_grow(a, s->rows, s->cap * size, cap * size) : arena_array(a, cap, size);
		s->cap = cap;
	}
	return s->rows + s->n * s->st->row_size;
}

enum err db_sink_filled(struct db_sink *s)
{
	s->n++;
	if (s->kind == DB_SINK_ONE && s->n > 1)
		return db_say(s->cx->db, ERR_INTERNAL, "%s: more than one row", s->st->name);
	if (s->kind == DB_SINK_MANY && s->n > DB_ROWS_MAX)
		return db_say(s->cx->db, ERR_INTERNAL, "%s: more than %d rows; it lacks a LIMIT", s->st->name, DB_ROWS_MAX);
	if (s->kind != DB_SINK_EACH)
		return OK;
	enum err e = s->each(s->cx, s->arg, s->row);
	s->stopped = e != OK;
	if (e == OK) /* else what fail() noted lives there */
		arena_back(s->cx->arena, s->mark);
	return e;
}

/* ── running ── */

static enum err check_values(struct db *d, const struct db_stmt *st, const struct db_value *v)
{
	BUG_IF(st->n_params > DB_PARAMS_MAX);
	for (unsigned i = 0; i < st->n_params; i++) {
		BUG_IF(v[i].type != st->params[i]);
		if (v[i].type != DB_TEXT && v[i].type != DB_BLOB)
			continue;
		if (v[i].s.n > DB_VALUE_MAX)
			return db_say(d, ERR_TOO_LARGE, "%s: value %u has %zu bytes", st->name, i + 1, v[i].s.n);
		/* PostgreSQL would refuse it, SQLite would keep it: refused here, for both. */
		if (v[i].type == DB_TEXT && v[i].s.n && !utf8_valid(v[i].s))
			return db_say(d, ERR_INTERNAL, "%s: value %u is not UTF-8", st->name, i + 1);
	}
	return OK;
}

static enum err check(struct ctx *cx, const struct db_stmt *st, const struct db_value *v)
{
	struct db *d = cx->db;
	if (d->mode != DB_IDLE && d->spoiled != OK)
		return d->spoiled;
	if (d->mode != DB_WRITING && st->writes && *st->writes)
		return db_say(d, ERR_INTERNAL, "%s: writes outside a writing transaction", st->name);
	if (d->mode == DB_WRITING && ++d->in_tx == (cx->app ? cx->app->fail_at : 0))
		return db_say(d, ERR_UNAVAILABLE, "%s: made to fail", st->name);
	return check_values(d, st, v);
}

static enum err run(struct ctx *cx, const struct db_stmt *st, const struct db_value *v, struct db_sink *sink, int64_t *ret_changed)
{
	struct db *d = cx->db;
	BUG_IF(!d);
	sink->cx = cx;
	sink->st = st;
	cx->statements++;
	enum err e = check(cx, st, v);
	if (e == OK)
		e = d->pool->ops->run(cx, st, v, sink, ret_changed);
	if (e == OK || sink->stopped)
		return e;
	if (d->spoiled == OK)
		d->spoiled = e;
	db_tell(cx, d->message);
	return e;
}

enum err db_maybe(struct ctx *cx, const struct db_stmt *st, const struct db_value *v, void *ret_row, bool *ret_found)
{
	struct db_sink sink = { .kind = DB_SINK_ONE };
	TRY(run(cx, st, v, &sink, NULL));
	if (sink.n)
		memcpy(ret_row, sink.rows, st->row_size);
	*ret_found = sink.n > 0;
	return OK;
}

enum err db_one(struct ctx *cx, const struct db_stmt *st, const struct db_value *v, void *ret_row)
{
	bool found;
	TRY(db_maybe(cx, st, v, ret_row, &found));
	return found ? OK : ERR_NOT_FOUND;
}

enum err db_many(struct ctx *cx, const struct db_stmt *st, const struct db_value *v, void **ret_rows, size_t *ret_n)
{
	struct db_sink sink = { .kind = DB_SINK_MANY };
	TRY(run(cx, st, v, &sink, NULL));
	*ret_rows = sink.rows;
	*ret_n = sink.n;
	return OK;
}

struct each {
	const struct db_stmt *st;
	const struct db_value *v;
	db_each_fn *each;
	void *arg;
};

static enum err each_in_read(struct ctx *cx, void *arg)
{
	const struct each *x = arg;
	return db_each(cx, x->st, x->v, x->each, x->arg);
}

enum err db_each(struct ctx *cx, const struct db_stmt *st, const struct db_value *v, db_each_fn *each, void *arg)
{
	if (cx->db->mode == DB_IDLE) /* PostgreSQL's cursors live in a transaction only */
		return db_read(cx, each_in_read, &(struct each){ st, v, each, arg });
	struct db_sink sink = { .kind = DB_SINK_EACH, .each = each, .arg = arg };
	return run(cx, st, v, &sink, NULL);
}

enum err db_exec(struct ctx *cx, const struct db_stmt *st, const struct db_value *v, int64_t *ret_changed)
{
	struct db_sink sink = { .kind = DB_SINK_NONE };
	int64_t changed = 0;
	TRY(run(cx, st, v, &sink, &changed));
	if (ret_changed)
		*ret_changed = changed;
	return OK;
}

/* ── transactions ── */

enum err db_read(struct ctx *cx, db_fn *fn, void *arg)
{
	struct db *d = cx->db;
	BUG_IF(!d);
	if (d->mode != DB_IDLE)
		return fn(cx, arg);
	cx->trouble[0] = '\0';
	enum err e = d->pool->ops->read_begin(d);
	if (e != OK) {
		db_tell(cx, d->message);
		return e;
	}
	d->mode = DB_READING;
	d->spoiled = OK;
	e = fn(cx, arg);
	if (e == OK)
		e = d->spoiled;
	d->pool->ops->read_end(d);
	d->mode = DB_IDLE;
	d->spoiled = OK;
	return e;
}

void db_piece_note(struct db_piece *piece)
{
	const struct ctx *cx = piece->cx;
	piece->mark = arena_mark(cx->arena);
	piece->n_failures = cx->n_failures;
	piece->statements = cx->statements;
	piece->deadline = cx->db ? cx->db->deadline : 0;
}

enum err db_piece_run(struct db *w, struct db_piece *piece)
{
	struct ctx *cx = piece->cx;
	struct db *before = cx->db;
	arena_back(cx->arena, piece->mark);
	cx->n_failures = piece->n_failures;
	cx->statements = piece->statements;
	cx->trouble[0] = '\0';
	cx->db = w;
	w->mode = DB_WRITING;
	w->spoiled = OK;
	w->in_tx = 0;
	w->deadline = piece->deadline;
	enum err e = piece->run(cx, piece->arg);
	if (e == OK)
		e = w->spoiled;
	w->mode = DB_IDLE;
	w->spoiled = OK;
	cx->db = before;
	return e;
}

void db_write_start(struct db_pool *p, struct db_piece *piece)
{
	BUG_IF(piece->cx->db && piece->cx->db->mode != DB_IDLE);
	db_piece_note(piece);
	p->ops->write_start(p, piece);
}

size_t db_write_waiting(struct db_pool *p)
{
	return p->ops->waiting(p);
}

struct blocked {
	struct db_piece piece; /* first, so that `done` finds the rest */
	pthread_mutex_t mutex;
	pthread_cond_t cond;
	bool done;
	enum err result;
};

static void unblock(struct db_piece *piece, enum err e)
{
	struct blocked *b = (struct blocked *)piece;
	pthread_mutex_lock(&b->mutex);
	b->result = e;
	b->done = true;
	pthread_cond_signal(&b->cond);
	pthread_mutex_unlock(&b->mutex);
}

enum err db_write(struct ctx *cx, struct db_pool *p, db_fn *fn, void *arg)
{
	struct blocked b = { .piece = { .cx = cx, .run = fn, .arg = arg, .done = unblock },
			     .mutex = PTHREAD_MUTEX_INITIALIZER, .cond = PTHREAD_COND_INITIALIZER };
	db_write_start(p, &b.piece);
	pthread_mutex_lock(&b.mutex);
	while (!b.done)
		pthread_cond_wait(&b.cond, &b.mutex);
	pthread_mutex_unlock(&b.mutex);
	pthread_cond_destroy(&b.cond);
	pthread_mutex_destroy(&b.mutex);
	return b.result;
}

/* ── proof ── */

unsigned db_params_in(const char *sql, char sign)
{
	unsigned most = 0;
	bool quoted = false;
	for (const char *c = sql; *c; c++) {
		if (*c == '\'')
			quoted = !quoted;
		if (quoted || *c != sign || c[1] < '0' || c[1] > '9')
			continue;
		unsigned n = 0;
		while (c[1] >= '0' && c[1] <= '9' && n < 1000)
			n = 10 * n + (unsigned)(*++c - '0');
		most = n > most ? n : most;
	}
	return most;
}

enum err db_prove(struct ctx *cx, const struct db_stmt *st, struct buf *findings)
{
	const struct db *d = cx->db;
	unsigned named = db_params_in(d->pool->sqlite ? st->sqlite : st->pg, d->pool->sqlite ? '?' : '$');
	if (named != st->n_params)
		buf_fmt(findings, "%s: names %u parameters, the table has %u\n", st->name, named, st->n_params);
	return d->pool->ops->prove(cx, st, findings);
}
