/* Workers that carry out jobs; see job.h. */
#include "job/job.h"
#include "job_sql.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { POLL_MS = 250, TRIES = 10, THREADS_MAX = 16 };
#define WAIT_MAX HOUR
#define KEPT (90 * DAY)

struct job_runner {
	struct job_options o;
	pthread_mutex_t lock;
	pthread_cond_t stopped;
	bool stop;
	unsigned n;
	pthread_t thread[THREADS_MAX];
};

static const struct job_kind *kind_named(const struct job_options *o, struct str name)
{
	for (const struct job_kind *const *list = o->kinds; *list; list++)
		for (const struct job_kind *k = *list; k->name; k++)
			if (str_is(name, k->name))
				return k;
	return NULL;
}

static int64_t now_of(const struct job_options *o)
{
	return o->app->fixed_now ? o->app->fixed_now : clock_now();
}

/* ── one step ── */

struct walk {
	const struct job_options *o;
	const struct job_kind *kind;
	struct job *j;
	bool lost;        /* another worker has it */
	bool put_off;
};

static enum err load(struct ctx *cx, struct job *j, bool *ret_lost)
{
	struct job_mine_row r;
	bool found = false;
	TRY(job_sql_mine(cx, j->id, j->claim, &r, &found));
	*ret_lost = !found;
	if (!found)
		return OK;
	void *state = j->state;
	*j = (struct job){ .id = r.id, .asked_by = r.asked_by, .kind = r.kind, .input = r.input, .cancel = r.cancel, .tries = (unsigned)r.tries, .at = r.at,
			   .done = r.done, .total = r.total, .claim = j->claim, .pool = j->pool, .state = state };
	return OK;
}

static enum err load_only(struct ctx *cx, void *arg)
{
	struct walk *w = arg;
	return load(cx, w->j, &w->lost);
}

static enum err queue_next(struct ctx *cx, const struct job_kind *k)
{
	return job_add(cx, &(struct job_add){ .kind = k->name, .once = S("schedule"), .asked_by = NONE, .run_at = cx->now + k->every }, NULL);
}

static enum err end(struct ctx *cx, struct walk *w, const char *state)
{
	struct job *j = w->j;
	TRY(job_sql_end(cx, str_of(state), j->at, j->done, j->total, j->result, cx->now, j->id, NULL));
	return w->kind->every ? queue_next(cx, w->kind) : OK;
}

/* The step and where to go on, in one transaction. */
static enum err step(struct ctx *cx, void *arg)
{
	struct walk *w = arg;
	struct job *j = w->j;
	cx->n_failures = 0;
	w->put_off = false;
	TRY(load(cx, j, &w->lost));
	if (w->lost)
		return OK;
	TRY(w->kind->step(cx, j));
	if (j->at.n > JOB_TEXT_MAX || j->result.n > JOB_TEXT_MAX)
		return ERR_TOO_LARGE;
	if (j->ended)
		return end(cx, w, j->cancel ? "cancelled" : "done");
	if (j->wait_until > cx->now) {
		w->put_off = true;
		return job_sql_put_off(cx, j->at, j->done, j->total, j->result, 0, j->wait_until, j->id, NULL);
	}
	return job_sql_keep(cx, j->at, j->done, j->total, j->result, cx->now + JOB_LEASE, j->id, NULL);
}

/* ── after a failure ── */

struct failing {
	struct walk *w;
	enum err e;
	struct str sentence;
};

static int64_t wait_after(unsigned tries)
{
	int64_t wait = 2 * SECOND;
	while (tries-- && wait < WAIT_MAX)
		wait *= 2;
	return wait < WAIT_MAX ? wait : WAIT_MAX;
}

static enum err note_failure(struct ctx *cx, void *arg)
{
	struct failing *f = arg;
	struct walk *w = f->w;
	struct job *j = w->j;
	TRY(load(cx, j, &w->lost));
	if (w->lost)
		return OK;
	bool ours = f->e != ERR_BUSY && f->e != ERR_UNAVAILABLE;
	unsigned tries = j->tries + ours, most = w->kind->tries ? w->kind->tries : TRIES;
	if (tries < most)
		return job_sql_put_off(cx, j->at, j->done, j->total, f->sentence, tries, cx->now + wait_after(j->tries), j->id, NULL);
	j->result = f->sentence;
	return end(cx, w, "failed");
}

static enum err give_back(struct ctx *cx, void *arg)
{
	struct job *j = arg;
	return job_sql_release(cx, j->id, j->claim, NULL);
}

/* ── one job, as far as it goes now ── */

static bool stopping(struct job_runner *r)
{
	if (!r)
		return false;
	pthread_mutex_lock(&r->lock);
	bool stop = r->stop;
	pthread_mutex_unlock(&r->lock);
	return stop;
}

static void log_end(const struct walk *w, int64_t begun, const char *how, enum err e)
{
	if (w->o->log)
		fprintf(stderr, "job=%s id=%lld how=%s err=%s done=%lld total=%lld ms=%lld\n", w->kind->name, (long long)w->j->id, how, e ? err_slug(e) : "none",
			(long long)w->j->done, (long long)w->j->total, (long long)((clock_monotonic() - begun) / 1000000));
}

static void failed(struct ctx *cx, struct walk *w, enum err e)
{
	struct failing f = { w, e, STR_NONE };
	if (cx->n_failures)
		f.sentence = str_of(cx->failures[0].text);
	else
		f.sentence = str_of(err_title(e));
	/* When even this cannot be kept, the lease runs out and the job is tried again. */
	(void)!db_write(cx, w->o->pool, note_failure, &f);
}

/* True: go on with the next step at once. */
static bool once(struct ctx *cx, struct walk *w, int64_t begun)
{
	struct job *j = w->j;
	enum err e = OK;
	cx->now = now_of(w->o);
	cx->n_failures = 0;
	j->state = NULL;
	if (w->kind->act) {
		e = db_read(cx, load_only, w);
		if (e == OK && !w->lost)
			e = w->kind->act(cx, j);
		cx->now = now_of(w->o);
	}
	if (e == OK && !w->lost)
		e = db_write(cx, w->o->pool, step, w);
	if (e == ERR_GONE || w->lost) {
		log_end(w, begun, "lost", OK);
		return false;
	}
	if (e != OK) {
		failed(cx, w, e);
		log_end(w, begun, "failed", e);
		return false;
	}
	if (j->ended || w->put_off) {
		log_end(w, begun, j->ended ? "ended" : "put_off", OK);
		return false;
	}
	return true;
}

struct claiming {
	const struct job_options *o;
	struct job *j;
	char claim[33];
	const struct job_kind *kind;
	bool found;
};

static enum err claim(struct ctx *cx, void *arg)
{
	struct claiming *c = arg;
	struct job_due_row due;
	int64_t changed = 0;
	c->found = false;
	TRY(job_sql_due(cx, cx->now, &due, &c->found));
	if (!c->found)
		return OK;
	struct str claim = random_hex(cx, 16);
	memcpy(c->claim, claim.p, sizeof c->claim);
	c->kind = kind_named(c->o, due.kind);
	TRY(job_sql_claim(cx, claim, cx->now + JOB_LEASE, cx->now, due.id, &changed));
	c->found = changed == 1;
	*c->j = (struct job){ .id = due.id, .claim = { c->claim, 32 }, .pool = c->o->pool };
	if (c->found && !c->kind) {
		/* Of a newer program, or of one with more in it: left for that one. */
		c->found = false;
		return job_sql_put_off(cx, STR_NONE, 0, 0, STR_NONE, 0, cx->now + HOUR, due.id, NULL);
	}
	return OK;
}

static enum err look(struct ctx *cx, void *arg)
{
	struct job_due_row due;
	return job_sql_due(cx, cx->now, &due, arg);
}

/* Claims one job and works on it; ret_ran: there was one. */
static enum err run_one(struct ctx *cx, const struct job_options *o, struct job_runner *r, bool *ret_ran)
{
	struct job j = { 0 };
	struct claiming c = { .o = o, .j = &j };
	bool due = false;
	*ret_ran = false;
	arena_reset(cx->arena);
	cx->now = now_of(o);
	cx->n_failures = 0;
	/* Looked at on a reading connection first, so that an idle worker does not wake the writer four times a second. */
	TRY(db_read(cx, look, &due));
	if (!due)
		return OK;
	TRY(db_write(cx, o->pool, claim, &c));
	if (!c.found)
		return OK;
	struct walk w = { .o = o, .kind = c.kind, .j = &j };
	int64_t begun = clock_monotonic();
	*ret_ran = true;
	for (bool more = true; more;) {
		arena_reset(cx->arena);
		more = once(cx, &w, begun);
		if (more && stopping(r)) {
			(void)!db_write(cx, o->pool, give_back, &j);
			log_end(&w, begun, "given_back", OK);
			return OK;
		}
	}
	return OK;
}

/* ── long acts ── */

struct beating {
	struct job *j;
	bool lost;
};

static enum err beat(struct ctx *cx, void *arg)
{
	struct beating *b = arg;
	struct job_mine_row r;
	bool found = false;
	TRY(job_sql_mine(cx, b->j->id, b->j->claim, &r, &found));
	b->lost = !found;
	if (!found)
		return OK;
	b->j->cancel = r.cancel;
	return job_sql_beat(cx, b->j->done, b->j->total, cx->now + JOB_LEASE, b->j->id, b->j->claim, NULL);
}

enum err job_beat(struct ctx *cx, struct job *j)
{
	struct beating b = { .j = j };
	if (!cx->app->fixed_now)
		cx->now = clock_now();
	TRY(db_write(cx, j->pool, beat, &b));
	return b.lost || j->cancel ? ERR_GONE : OK;
}

/* ── threads ── */

static enum err queue_schedules(struct ctx *cx, void *arg)
{
	const struct job_options *o = arg;
	for (const struct job_kind *const *list = o->kinds; *list; list++)
		for (const struct job_kind *k = *list; k->name; k++)
			if (k->every)
				TRY(queue_next(cx, k));
	return job_sql_sweep(cx, cx->now - KEPT, NULL);
}

enum err job_run_due(struct ctx *cx, const struct job_options *o, unsigned *ret_n)
{
	bool ran = true;
	*ret_n = 0;
	while (ran) {
		TRY(run_one(cx, o, NULL, &ran));
		*ret_n += ran;
	}
	return OK;
}

/* Waits for POLL_MS or the end. */
static void rest(struct job_runner *r)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	t.tv_nsec += POLL_MS * 1000000L;
	t.tv_sec += t.tv_nsec / 1000000000L;
	t.tv_nsec %= 1000000000L;
	pthread_mutex_lock(&r->lock);
	if (!r->stop)
		pthread_cond_timedwait(&r->stopped, &r->lock, &t);
	pthread_mutex_unlock(&r->lock);
}

static void *work(void *arg)
{
	struct job_runner *r = arg;
	pthread_setname_np(pthread_self(), "job");
	struct ctx cx = { .arena = arena_new(), .app = r->o.app };
	while (!stopping(r)) {
		bool ran = false;
		if (!cx.db && db_connect(r->o.pool, &cx.db) != OK)
			cx.db = NULL;
		if (!cx.db || run_one(&cx, &r->o, r, &ran) != OK || !ran)
			rest(r);
	}
	db_close(cx.db);
	arena_free(cx.arena);
	return NULL;
}

enum err job_start(struct ctx *cx, const struct job_options *o, struct job_runner **ret)
{
	cx->now = now_of(o);
	TRY(db_write(cx, o->pool, queue_schedules, (void *)(uintptr_t)o));
	struct job_runner *r = calloc(1, sizeof *r);
	if (!r)
		return ERR_INTERNAL;
	r->o = *o;
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->stopped, NULL);
	unsigned threads = o->threads < THREADS_MAX ? o->threads : THREADS_MAX;
	while (r->n < threads && pthread_create(&r->thread[r->n], NULL, work, r) == 0)
		r->n++;
	*ret = r;
	return OK;
}

void job_stop(struct job_runner *r)
{
	if (!r)
		return;
	pthread_mutex_lock(&r->lock);
	r->stop = true;
	pthread_cond_broadcast(&r->stopped);
	pthread_mutex_unlock(&r->lock);
	for (unsigned i = 0; i < r->n; i++)
		pthread_join(r->thread[i], NULL);
	pthread_cond_destroy(&r->stopped);
	pthread_mutex_destroy(&r->lock);
	free(r);
}
