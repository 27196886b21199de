/* Background work: kept in the database, done in steps, safe against a stop at any moment.
 *
 * A job is a row of the table job; its kind (struct job_kind) says what a step does. A step is one writing transaction that
 * does a little (aim: 20 to 50 ms, so that people's writes hardly wait) and sets in the job where to go on; both are kept
 * together or not at all. A process that is killed leaves a job whose lease runs out after JOB_LEASE; then any worker goes on
 * from the last step that was kept. So each step happens exactly once.
 * What touches the outside (mail, another server, a long look at a file) is done before the step, in .act, outside any
 * transaction: at least once, since a stop between .act and its step repeats it.
 *
 *   domain code        job_add() in its own transaction
 *   worker (runner)    claim → { .act → transaction { .step → where to go on } } until .ended → done
 *
 * A step that fails is undone and tried again after 2 s, 4 s, 8 s … at most an hour; after .tries failures in a row the
 * job is failed, with the sentence of the failure as its result. ERR_BUSY and ERR_UNAVAILABLE do not count as tries. */
#ifndef JOB_JOB_H
#define JOB_JOB_H
#include "base/clock.h"
#include "db/db.h"

#define JOB_LEASE (20 * SECOND)
enum { JOB_TEXT_MAX = 1 << 20 }; /* most bytes of input, at and result each */

struct job {
	/* as kept; a step reads these */
	int64_t id;
	int64_t asked_by;   /* person; NONE: the installation itself */
	struct str kind;
	struct str input;   /* as given to job_add; its form is the kind's own */
	bool cancel;        /* somebody asked to stop: leave things whole and set .ended */
	unsigned tries;     /* failures in a row so far */
	/* a step reads and sets these */
	struct str at;      /* where to go on; absent at first */
	int64_t done, total; /* for people: how far; total 0: not known */
	bool ended;         /* nothing is left to do */
	struct str result;  /* for the kind's page; absent: none */
	int64_t wait_until; /* not before this time the next step; 0: at once */
	/* from .act to its .step, in the arena of the step */
	void *state;
	/* the worker's own */
	struct str claim;
	struct db_pool *pool;
};
struct job_kind {
	const char *name;   /* "person.import" */
	const char *title;  /* N_() */
	enum err (*act)(struct ctx *cx, struct job *j);  /* NULL: none. May read (db_read); no changes in the database */
	enum err (*step)(struct ctx *cx, struct job *j); /* in a writing transaction; may run again: what it puts into *j it sets anew */
	unsigned tries;     /* 0: 10 */
	int64_t every;      /* ms; > 0: kept going: one such job always waits, begun again this long after its end */
};

struct job_add {
	const char *kind;
	struct str once;    /* only one waiting or running job of a kind has this text; empty: any number */
	struct str input;
	int64_t asked_by;   /* NONE: the installation */
	int64_t run_at;     /* 0: at once */
};
/* In a writing transaction, together with what causes it. ret_id (may be NULL): the new job, or the one of the same .once. */
_must_check_ enum err job_add(struct ctx *cx, const struct job_add *in, int64_t *ret_id);

struct job_standing {
	int64_t id, asked_by, done, total, created_at, started_at, ended_at;
	struct str kind, state, input, result;
	bool cancel;
};
_must_check_ enum err job_standing(struct ctx *cx, int64_t id, struct job_standing *ret, bool *ret_found);
/* Asks a waiting or running job to stop at its next step. Ended already: ERR_CONFLICT. In a writing transaction. */
_must_check_ enum err job_cancel(struct ctx *cx, int64_t id);
/* Tries failed work again at once, from where it stopped. ERR_CONFLICT: it has not failed, or the same is waiting by now. In a writing transaction. */
_must_check_ enum err job_retry(struct ctx *cx, int64_t id);
/* For work that asks outside servers and counts failures itself: how long to wait after so many (from 1) in a row, a tenth more or less, so that what
 * failed together does not come again together. From the last wait on it stays so. */
int64_t job_wait(const int64_t *waits, int64_t n, int64_t fails);
/* For long .act: keeps the lease and what is known of the way. ERR_GONE: another worker has taken the job, or it was
 * cancelled (then j->cancel is set); stop. Writes, so not inside a transaction. */
_must_check_ enum err job_beat(struct ctx *cx, struct job *j);

/* ── workers ── */
struct job_options {
	const struct job_kind *const *kinds; /* lists ended by name NULL, ended by NULL */
	struct db_pool *pool;
	struct app *app;
	unsigned threads;
	bool log;           /* a line a job on standard error */
};
struct job_runner;
/* Starts threads that work until job_stop; jobs with .every are queued. */
_must_check_ enum err job_start(struct ctx *cx, const struct job_options *o, struct job_runner **ret);
/* Ends after the present step of each thread. NULL is allowed. */
void job_stop(struct job_runner *r);
/* Works on what is due in this thread until nothing is (ret_n: jobs ended or put off). For commands and tests. */
_must_check_ enum err job_run_due(struct ctx *cx, const struct job_options *o, unsigned *ret_n);
#endif
