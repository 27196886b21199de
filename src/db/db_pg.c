/* The PostgreSQL back end: one connection for each struct db, opened when first used and again when it was lost.
 *
 * Statements are prepared under s<N>, with binary values and results. BEGIN travels together with the first statement of a
 * transaction (pipeline mode), and the answer to the end of a reading one is collected at the next use: a request that
 * reads with one statement costs one round trip. Nothing is begun when nothing is run.
 *
 * As long as nothing of a transaction has been answered, a lost connection is replaced silently (the server was
 * restarted between two requests). Afterwards it is ERR_UNAVAILABLE; so is a COMMIT whose answer never came.
 *
 * Deadlines are kept on this side: wait on the socket, then ask the server to cancel, then give the connection up. */
#include "db/db_backend.h"

#include "base/clock.h"

#include <libpq-fe.h>
#include <endian.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { TRIES = 8, FETCH = 200, CANCEL_MS = 2000 };
enum { OID_BOOL = 16, OID_BYTEA = 17, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25, OID_FLOAT8 = 701, OID_VARCHAR = 1043 };
static const Oid param_oid[] = { [DB_INT] = OID_INT8, [DB_REAL] = OID_FLOAT8, [DB_BOOL] = OID_BOOL, [DB_TEXT] = OID_TEXT, [DB_BLOB] = OID_BYTEA };
static const char *const begin_sql[] = {
	[DB_READING] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
	[DB_WRITING] = "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE",
};
#define LOCK_KEY "7236412859217633" /* any number of our own */

struct pg {
	struct db d; /* first */
	PGconn *c;
	bool begun;    /* the server has our BEGIN */
	bool ending;   /* the answer to the end of a reading transaction is still to be read */
	bool collided; /* with another transaction: worth repeating */
	unsigned cursors;
};

struct pg_pool {
	struct db_pool p; /* first */
	char *url;
};

static const struct db_ops pg_ops;

/* ── connection ── */

static void drop(struct pg *g)
{
	PQfinish(g->c);
	g->c = NULL;
	g->begun = g->ending = false;
	g->cursors = 0;
	db_cache_drop(&g->d.cache, NULL);
}

static enum err lost(struct pg *g, const char *what)
{
	enum err e = db_say(&g->d, ERR_UNAVAILABLE, "%s: connection lost: %.200s", what, g->c ? PQerrorMessage(g->c) : "");
	drop(g);
	return e;
}

static void cancel(struct pg *g)
{
	char why[128];
	PGcancel *c = PQgetCancel(g->c);
	if (c)
		(void)!PQcancel(c, why, sizeof why);
	PQfreeCancel(c);
}

/* Waits until PQgetResult will not block. False: broken, or not even answering to a cancel. */
static bool arrived(struct pg *g)
{
	int64_t limit = g->d.deadline;
	bool cancelled = false;
	while (PQisBusy(g->c)) {
		struct pollfd fd = { .fd = PQsocket(g->c), .events = POLLIN };
		int64_t left = limit ? limit - clock_monotonic() / 1000000 : -1;
		if (limit && left < 0)
			left = 0;
		if (poll(&fd, 1, left > 100000 ? 100000 : (int)left) == 0 && limit && clock_monotonic() / 1000000 >= limit) {
			if (cancelled)
				return false;
			cancel(g);
			cancelled = true;
			limit = clock_monotonic() / 1000000 + CANCEL_MS;
		}
		if (!PQconsumeInput(g->c))
			return false;
	}
	return true;
}

static bool is_error(const PGresult *r)
{
	ExecStatusType s = PQresultStatus(r);
	return s != PGRES_COMMAND_OK && s != PGRES_TUPLES_OK;
}

/* Reads all answers to what was sent: the first error, else the last result. NULL: the connection is lost. */
static PGresult *collect(struct pg *g, bool pipeline)
{
	PGresult *keep = NULL;
	for (;;) {
		if (!arrived(g))
			break;
		PGresult *r = PQgetResult(g->c);
		if (PQstatus(g->c) == CONNECTION_BAD) {
			PQclear(r);
			break;
		}
		if (!r && pipeline)
			continue; /* between the answers of a pipeline */
		if (!r)
			return keep;
		if (PQresultStatus(r) == PGRES_PIPELINE_SYNC) {
			PQclear(r);
			if (PQexitPipelineMode(g->c) && keep)
				return keep;
			break;
		}
		if (keep && is_error(keep)) {
			PQclear(r);
		} else {
			PQclear(keep);
			keep = r;
		}
	}
	PQclear(keep);
	return NULL;
}

static enum err err_of(const struct pg *g, const char *state)
{
	static const struct {
		const char *state;
		enum err e;
	} known[] = {
		{ "23505", ERR_CONFLICT }, { "23503", ERR_CONFLICT }, { "23P01", ERR_CONFLICT }, { "40001", ERR_BUSY },
		{ "40P01", ERR_BUSY },	   { "57014", ERR_BUSY },     { "55P03", ERR_BUSY },	 { "54000", ERR_TOO_LARGE },
		{ "08", ERR_UNAVAILABLE }, { "53", ERR_UNAVAILABLE }, { "57P", ERR_UNAVAILABLE }, { "58", ERR_UNAVAILABLE },
	};
	if (strcmp(state, "25006") == 0) /* read-only: the statement's fault, or the server's */
		return g->d.mode == DB_WRITING ? ERR_UNAVAILABLE : ERR_INTERNAL;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strncmp(state, known[i].state, strlen(known[i].state)) == 0)
			return known[i].e;
	return ERR_INTERNAL;
}

/* Takes the result. */
static enum err trouble(struct pg *g, PGresult *r, const char *what)
{
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE), *text = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
	state = state ? state : "";
	enum err e = db_say(&g->d, err_of(g, state), "%s: %s %s", what, state, text ? text : PQresultErrorMessage(r));
	g->collided = g->collided || strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0;
	/* The server ends the connection, or it no longer knows (or can no longer run) what was prepared. */
	bool useless = strncmp(state, "57P", 3) == 0 || strcmp(state, "26000") == 0 || strcmp(state, "0A000") == 0;
	PQclear(r);
	if (useless)
		drop(g);
	return e;
}

/* A command of ours, without values. */
static enum err command(struct pg *g, const char *sql)
{
	if (!PQsendQuery(g->c, sql))
		return lost(g, sql);
	PGresult *r = collect(g, false);
	if (!r)
		return lost(g, sql);
	if (is_error(r))
		return trouble(g, r, sql);
	PQclear(r);
	return OK;
}

static void be_silent(void *arg, const char *notice)
{
	(void)arg;
	(void)notice;
}

static enum err connect_now(struct pg *g)
{
	/* What stands before the address can be changed by it. */
	const char *const names[] = { "connect_timeout", "tcp_user_timeout", "keepalives_idle", "fallback_application_name",
				      "dbname",		 "client_encoding",  NULL };
	const char *const values[] = { "1", "10000", "30", "karmayogi", ((const struct pg_pool *)g->d.pool)->url, "UTF8", NULL };
	g->c = PQconnectdbParams(names, values, 1);
	BUG_IF(!g->c);
	if (PQstatus(g->c) != CONNECTION_OK)
		return lost(g, "connecting");
	PQsetNoticeProcessor(g->c, be_silent, NULL); /* it would go to standard error */
	return command(g, "SET default_transaction_read_only = on");
}

/* Connected, and nothing left to read. */
static enum err ready(struct pg *g)
{
	if (g->ending) {
		PGresult *r = collect(g, false);
		g->ending = false;
		if (!r || is_error(r))
			drop(g);
		PQclear(r);
	}
	return g->c ? OK : connect_now(g);
}

/* ── values ── */

struct bound {
	int n;
	Oid types[DB_PARAMS_MAX];
	const char *values[DB_PARAMS_MAX];
	int lengths[DB_PARAMS_MAX], formats[DB_PARAMS_MAX];
	uint64_t words[DB_PARAMS_MAX];
};

static void bind_word(struct bound *b, unsigned i, uint64_t word)
{
	b->words[i] = htobe64(word);
	b->values[i] = (const char *)&b->words[i];
	b->lengths[i] = 8;
}

static void bind_one(struct bound *b, unsigned i, const struct db_value *v)
{
	static const char boolean[] = { 0, 1 };
	uint64_t bits;
	if (db_is_null(v)) {
		b->values[i] = NULL;
		b->lengths[i] = 0;
		return;
	}
	switch (v->type) {
	case DB_INT: bind_word(b, i, (uint64_t)v->i); break;
	case DB_REAL:
		memcpy(&bits, &v->r, sizeof bits);
		bind_word(b, i, bits);
		break;
	case DB_BOOL:
		b->values[i] = &boolean[v->i != 0];
		b->lengths[i] = 1;
		break;
	case DB_TEXT:
	case DB_BLOB:
		b->values[i] = v->s.p;
		b->lengths[i] = (int)v->s.n;
		break;
	}
}

static void bind(struct bound *b, const struct db_stmt *st, const struct db_value *v)
{
	b->n = (int)st->n_params;
	for (unsigned i = 0; i < st->n_params; i++) {
		b->types[i] = param_oid[st->params[i]];
		b->formats[i] = 1;
		bind_one(b, i, &v[i]);
	}
}

static bool fits(enum db_type type, Oid oid)
{
	switch (type) {
	case DB_INT: return oid == OID_INT8 || oid == OID_INT4 || oid == OID_INT2; /* count, EXTRACT and literals vary */
	case DB_TEXT: return oid == OID_TEXT || oid == OID_VARCHAR;
	default: return oid == param_oid[type];
	}
}

static int64_t big_endian(const char *p, int n)
{
	uint64_t v = n && (p[0] & 0x80) ? UINT64_MAX : 0;
	for (int i = 0; i < n; i++)
		v = v << 8 | (unsigned char)p[i];
	return (int64_t)v;
}

static void fill(struct ctx *cx, const struct db_stmt *st, const PGresult *r, int line, void *row)
{
	for (int i = 0; i < (int)st->n_cols; i++) {
		const struct db_col *c = &st->cols[i];
		const char *p = PQgetvalue(r, line, i);
		int n = PQgetlength(r, line, i);
		int64_t bits;
		if (PQgetisnull(r, line, i)) {
			db_put_null(row, c);
			continue;
		}
		switch (c->type) {
		case DB_INT: *(int64_t *)db_at(row, c) = big_endian(p, n); break;
		case DB_BOOL: *(bool *)db_at(row, c) = p[0] != 0; break;
		case DB_REAL:
			bits = big_endian(p, n);
			memcpy(db_at(row, c), &bits, sizeof bits);
			break;
		case DB_TEXT:
		case DB_BLOB: *(struct str *)db_at(row, c) = str_dup(cx->arena, (struct str){ p, (size_t)n }); break;
		}
	}
}

/* ── statements ── */

static enum err prepared(struct pg *g, const struct db_stmt *st, char name[static 16])
{
	struct db_cached *c = db_cache_at(&g->d.cache, st);
	Oid types[DB_PARAMS_MAX];
	snprintf(name, 16, "s%u", c->number);
	if (c->prepared)
		return OK;
	for (unsigned i = 0; i < st->n_params; i++)
		types[i] = param_oid[st->params[i]];
	if (!PQsendPrepare(g->c, name, st->pg, (int)st->n_params, types))
		return lost(g, st->name);
	PGresult *r = collect(g, false);
	if (!r)
		return lost(g, st->name);
	if (is_error(r))
		return trouble(g, r, st->name);
	PQclear(r);
	c->prepared = g;
	return OK;
}

/* One try: the statement under its name, or `text` with the same values. */
static enum err attempt(struct pg *g, const struct db_stmt *st, const char *text, const struct bound *b, PGresult **ret)
{
	char name[16];
	if (db_late(&g->d))
		return db_say(&g->d, ERR_BUSY, "%s: too late", st->name);
	TRY(ready(g));
	if (!text)
		TRY(prepared(g, st, name));
	bool begin = g->d.mode != DB_IDLE && !g->begun, sent = true;
	if (begin)
		sent = PQenterPipelineMode(g->c) && PQsendQueryParams(g->c, begin_sql[g->d.mode], 0, NULL, NULL, NULL, NULL, 0);
	if (sent && text)
		sent = PQsendQueryParams(g->c, text, b->n, b->types, b->values, b->lengths, b->formats, 1);
	else if (sent)
		sent = PQsendQueryPrepared(g->c, name, b->n, b->values, b->lengths, b->formats, 1);
	if (sent && begin)
		sent = PQpipelineSync(g->c);
	PGresult *r = sent ? collect(g, begin) : NULL;
	if (!r && db_late(&g->d))
		return (void)lost(g, st->name), db_say(&g->d, ERR_BUSY, "%s: too late, and no answer to the cancel", st->name);
	if (!r)
		return lost(g, st->name);
	g->begun = g->begun || begin;
	if (is_error(r))
		return trouble(g, r, st->name);
	*ret = r;
	return OK;
}

static enum err query(struct pg *g, const struct db_stmt *st, const char *text, const struct bound *b, PGresult **ret)
{
	bool fresh = !g->begun && g->c; /* nothing was promised on this connection yet */
	enum err e = attempt(g, st, text, b, ret);
	if (e != OK && fresh && !g->c && !db_late(&g->d))
		e = attempt(g, st, text, b, ret);
	return e;
}

static enum err check_columns(struct pg *g, const struct db_stmt *st, const PGresult *r)
{
	if (PQnfields(r) != (int)st->n_cols)
		return db_say(&g->d, ERR_INTERNAL, "%s: has %d columns, not %u", st->name, PQnfields(r), st->n_cols);
	for (int i = 0; i < (int)st->n_cols; i++)
		if (!fits(st->cols[i].type, PQftype(r, i)))
			return db_say(&g->d, ERR_INTERNAL, "%s: column %s has type %u", st->name, st->cols[i].name, PQftype(r, i));
	return OK;
}

static enum err give_rows(struct ctx *cx, struct pg *g, const struct db_stmt *st, const PGresult *r, struct db_sink *sink)
{
	TRY(check_columns(g, st, r));
	int n = PQntuples(r);
	sink->hint = (size_t)n;
	for (int i = 0; i < n; i++) {
		void *row = db_sink_place(sink);
		fill(cx, st, r, i, row);
		TRY(db_sink_filled(sink));
	}
	return OK;
}

static enum err fetch_all(struct ctx *cx, struct pg *g, const struct db_stmt *st, const char *name, struct db_sink *sink)
{
	char fetch[48];
	snprintf(fetch, sizeof fetch, "FETCH %d FROM %s", FETCH, name);
	const struct bound none = { 0 };
	for (bool more = true; more;) {
		PGresult *r;
		TRY(query(g, st, fetch, &none, &r));
		more = PQntuples(r) == FETCH;
		enum err e = give_rows(cx, g, st, r, sink);
		PQclear(r);
		TRY(e);
	}
	return OK;
}

/* Through a cursor: in bounded memory, and `each` may run statements of its own meanwhile. */
static enum err run_each(struct ctx *cx, struct pg *g, const struct db_stmt *st, const struct bound *b, struct db_sink *sink)
{
	char name[16], close[24];
	PGresult *r;
	snprintf(name, sizeof name, "c%u", ++g->cursors);
	snprintf(close, sizeof close, "CLOSE %s", name);
	TRY(query(g, st, str_fmt(cx->arena, "DECLARE %s NO SCROLL CURSOR FOR %s", name, st->pg).p, b, &r));
	PQclear(r);
	enum err e = fetch_all(cx, g, st, name, sink);
	if (g->c && g->d.spoiled == OK && (e == OK || sink->stopped)) {
		enum err closed = command(g, close);
		e = e == OK ? closed : e;
	}
	return e;
}

static enum err pg_run(struct ctx *cx, const struct db_stmt *st, const struct db_value *v, struct db_sink *sink, int64_t *ret_changed)
{
	struct pg *g = (struct pg *)cx->db;
	struct bound b;
	PGresult *r;
	bind(&b, st, v);
	if (sink->kind == DB_SINK_EACH)
		return run_each(cx, g, st, &b, sink);
	TRY(query(g, st, NULL, &b, &r));
	enum err e = sink->kind == DB_SINK_NONE ? OK : give_rows(cx, g, st, r, sink);
	if (e == OK && ret_changed && (!str_int(str_of(PQcmdTuples(r)), ret_changed) || strncmp(PQcmdStatus(r), "SELECT", 6) == 0))
		*ret_changed = 0;
	PQclear(r);
	return e;
}

/* ── transactions ── */

static enum err pg_read_begin(struct db *d)
{
	struct pg *g = (struct pg *)d;
	g->begun = g->collided = false;
	g->cursors = 0;
	return OK;
}

static void pg_read_end(struct db *d)
{
	struct pg *g = (struct pg *)d;
	if (!g->c || !g->begun)
		return;
	g->begun = false;
	g->ending = PQsendQuery(g->c, d->spoiled == OK ? "COMMIT" : "ROLLBACK");
	if (!g->ending)
		drop(g);
}

/* The transaction is over when this returns, whatever it returns. */
static enum err commit(struct pg *g)
{
	if (!g->c || !g->begun)
		return OK; /* nothing was run */
	g->begun = false;
	g->d.deadline = 0; /* no longer to be broken off: we want to know how it ends */
	return command(g, "COMMIT");
}

static void rollback(struct pg *g)
{
	if (!g->c || !g->begun)
		return;
	char why[DB_MESSAGE_MAX];
	memcpy(why, g->d.message, sizeof why);
	g->begun = false;
	g->d.deadline = 0;
	if (command(g, "ROLLBACK") != OK)
		drop(g);
	memcpy(g->d.message, why, sizeof why);
}

/* Random, so that those who collided do not meet again; growing, so that many find their turn. */
static void pause_for(unsigned tries)
{
	uint32_t r;
	random_bytes(&r, sizeof r);
	int64_t us = (int64_t)(r % (2000u << tries));
	nanosleep(&(struct timespec){ us / 1000000, us % 1000000 * 1000 }, NULL);
}

static enum err transact(struct pg *g, struct db_piece *piece)
{
	for (unsigned tries = 0;; tries++) {
		g->begun = g->collided = false;
		g->cursors = 0;
		enum err e = db_piece_run(&g->d, piece);
		if (e == OK && (e = commit(g)) != OK)
			db_tell(piece->cx, g->d.message);
		else if (e != OK)
			rollback(g);
		g->d.deadline = piece->deadline;
		if (!g->collided)
			return e;
		if (tries + 1 == TRIES || db_late(&g->d))
			return ERR_BUSY;
		pause_for(tries);
	}
}

static enum err pg_connect(struct db_pool *p, struct db **ret)
{
	struct pg *g = calloc(1, sizeof *g);
	BUG_IF(!g);
	g->d.pool = p;
	*ret = &g->d;
	return OK;
}

static void pg_close(struct db *d)
{
	drop((struct pg *)d);
	free(d);
}

static void pg_write_start(struct db_pool *p, struct db_piece *piece)
{
	struct db *d = piece->cx->db, *own = NULL;
	enum err e = d ? OK : pg_connect(p, &own);
	if (e == OK)
		e = transact((struct pg *)(d ? d : own), piece);
	db_close(own);
	piece->done(piece, e);
}

static size_t pg_waiting(struct db_pool *p)
{
	(void)p;
	return 0;
}

static bool pg_alive(struct db *d)
{
	struct pg *g = (struct pg *)d;
	return ready(g) == OK && command(g, "SELECT 1") == OK;
}

/* ── migrations and proof ── */

static enum err pg_text(struct db *d, const char *sql)
{
	struct pg *g = (struct pg *)d;
	TRY(ready(g));
	if (d->mode != DB_IDLE && !g->begun) {
		TRY(command(g, begin_sql[d->mode]));
		g->begun = true;
	}
	return command(g, sql);
}

static enum err pg_lock(struct db *d, bool on)
{
	return pg_text(d, on ? "SELECT pg_advisory_lock(" LOCK_KEY ")" : "SELECT pg_advisory_unlock(" LOCK_KEY ")");
}

static void compare(const struct db_stmt *st, const PGresult *r, struct buf *findings)
{
	if (PQnparams(r) != (int)st->n_params)
		buf_fmt(findings, "%s: has %d parameters, the table has %u\n", st->name, PQnparams(r), st->n_params);
	for (int i = 0; i < PQnparams(r) && i < (int)st->n_params; i++)
		if (PQparamtype(r, i) != param_oid[st->params[i]])
			buf_fmt(findings, "%s: parameter %d has type %u\n", st->name, i + 1, PQparamtype(r, i));
	if (PQnfields(r) != (int)st->n_cols)
		buf_fmt(findings, "%s: has %d columns, the table has %u\n", st->name, PQnfields(r), st->n_cols);
	for (int i = 0; i < PQnfields(r) && i < (int)st->n_cols; i++) {
		const struct db_col *c = &st->cols[i];
		if (!fits(c->type, PQftype(r, i)))
			buf_fmt(findings, "%s: column %s has type %u\n", st->name, c->name, PQftype(r, i));
		if (strcmp(c->name, PQfname(r, i)) != 0)
			buf_fmt(findings, "%s: column %d is called %s, not %s\n", st->name, i + 1, PQfname(r, i), c->name);
	}
}

static enum err pg_prove(struct ctx *cx, const struct db_stmt *st, struct buf *findings)
{
	struct pg *g = (struct pg *)cx->db;
	Oid types[DB_PARAMS_MAX];
	BUG_IF(g->d.mode != DB_IDLE);
	TRY(ready(g));
	for (unsigned i = 0; i < st->n_params; i++)
		types[i] = param_oid[st->params[i]];
	PGresult *r = PQprepare(g->c, "", st->pg, (int)st->n_params, types);
	if (!is_error(r)) {
		PQclear(r);
		r = PQdescribePrepared(g->c, "");
	}
	if (is_error(r))
		buf_fmt(findings, "%s: %s\n", st->name, PQresultErrorMessage(r));
	else
		compare(st, r, findings);
	PQclear(r);
	return PQstatus(g->c) == CONNECTION_OK ? OK : lost(g, st->name);
}

/* ── the pool ── */

static void pg_pool_close(struct db_pool *pool)
{
	struct pg_pool *p = (struct pg_pool *)pool;
	free(p->url);
	free(p);
}

/* Order must be byte order and text UTF-8, as on SQLite. */
static enum err look_at_database(struct ctx *cx, struct pg *g, struct str *ret_message)
{
	PGresult *r = PQexec(g->c, "SELECT pg_encoding_to_char(encoding), datcollate FROM pg_database WHERE datname = current_database()");
	enum err e = ERR_UNAVAILABLE;
	const char *collation = PQntuples(r) == 1 ? PQgetvalue(r, 0, 1) : "";
	if (PQntuples(r) != 1)
		*ret_message = str_fmt(cx->arena, "PostgreSQL does not answer as expected: %s", PQresultErrorMessage(r));
	else if (strcmp(PQgetvalue(r, 0, 0), "UTF8") != 0 || (strcmp(collation, "C") != 0 && strncmp(collation, "C.", 2) != 0 && strcmp(collation, "POSIX") != 0))
		*ret_message = str_fmt(cx->arena, "The database has encoding %s and collation %s. Please make it with: "
			       "CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C';", PQgetvalue(r, 0, 0), collation);
	else
		e = OK;
	PQclear(r);
	return e;
}

enum err db_pg_open(struct ctx *cx, const char *url, struct db_pool **ret, struct str *ret_message)
{
	struct pg_pool *p = calloc(1, sizeof *p);
	BUG_IF(!p);
	p->p = (struct db_pool){ &pg_ops, false };
	p->url = strdup(url);
	BUG_IF(!p->url);
	struct pg probe = { .d.pool = &p->p };
	enum err e = connect_now(&probe);
	if (e == OK)
		e = look_at_database(cx, &probe, ret_message);
	else
		*ret_message = str_fmt(cx->arena, "PostgreSQL cannot be used: %s", probe.d.message);
	drop(&probe);
	if (e == OK)
		*ret = &p->p;
	else
		pg_pool_close(&p->p);
	return e;
}

static const struct db_ops pg_ops = {
	.connect = pg_connect,
	.close = pg_close,
	.pool_close = pg_pool_close,
	.run = pg_run,
	.read_begin = pg_read_begin,
	.read_end = pg_read_end,
	.write_start = pg_write_start,
	.waiting = pg_waiting,
	.alive = pg_alive,
	.text = pg_text,
	.lock = pg_lock,
	.prove = pg_prove,
};
