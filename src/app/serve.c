/* Serving: schema up to date, one server a SQLite file, drain and end at SIGTERM. */
#include "app/serve.h"
#include "app/features.h"
#include "feature/adaptive/adaptive.h"
#include "feature/exam/form.h"
#include "feature/search/catalogue.h"
#include "feature/stream/stream_run.h"
#include "web/server.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <sys/file.h>
#include <unistd.h>

bool serve_lock(struct command_line *c, int *ret_fd)
{
	*ret_fd = -1;
	if (!db_pool_is_sqlite(c->pool))
		return true;
	const char *path = str_fmt(c->cx->arena, "%s.lock", c->config.database.p + 7).p;
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
	if (fd < 0) {
		command_fail(c, "The lock file %s cannot be made: %s. Nothing was changed.", path, strerror(errno));
		return false;
	}
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		command_fail(c, "Another server is running on %s. One SQLite file has one server; several servers share a PostgreSQL database.", c->config.database.p + 7);
		close(fd);
		return false;
	}
	*ret_fd = fd;
	return true;
}

static bool bring_up_to_date(struct command_line *c)
{
	struct str message = STR_NONE;
	unsigned applied = 0;
	if (db_migrate(c->cx, c->pool, migrations, &applied, &message) == OK)
		return true;
	command_fail(c, "%.*s", STR_ARG(message));
	return false;
}

static enum err start_jobs(struct command_line *c, unsigned threads, struct job_runner **ret)
{
	struct job_options o = { .kinds = feature_jobs, .pool = c->pool, .app = c->cx->app, .threads = threads, .log = c->config.log };
	return job_start(c->cx, &o, ret);
}

/* Blocked before any thread is made, so that only sigwait sees them. */
static void block_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
	sigaddset(set, SIGHUP);
	pthread_sigmask(SIG_BLOCK, set, NULL);
}

/* From now on standard error is the file; again after a rotation. What hinders the start is said to whoever starts it, so this comes last. */
static bool open_log(struct command_line *c)
{
	if (!c->config.log_file.n)
		return true;
	int fd = open(str_c(c->cx->arena, c->config.log_file), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
	if (fd < 0) {
		command_fail(c, "The log file %.*s cannot be opened: %s.", STR_ARG(c->config.log_file), strerror(errno));
		return false;
	}
	bool good = dup2(fd, STDERR_FILENO) >= 0;
	close(fd);
	return good;
}

/* Until somebody asks the process to end. tls: NULL, none. */
static void wait_for_end(struct command_line *c, const sigset_t *set, struct tls *tls)
{
	struct str message;
	int sig;
	while (sigwait(set, &sig) == 0 && sig == SIGHUP) {
		open_log(c);
		fprintf(stderr, "karmayogi goes on after SIGHUP\n");
		if (tls && tls_reload(c->cx, tls, &message) != OK)
			fprintf(stderr, "%.*s The certificate that was read before stays in force.\n", STR_ARG(message));
		else if (tls)
			fprintf(stderr, "The certificate was read anew.\n");
	}
}

int work_run(struct command_line *c)
{
	struct job_runner *jobs = NULL;
	sigset_t set;
	block_signals(&set);
	if (start_jobs(c, c->config.job_workers ? (unsigned)c->config.job_workers : 1, &jobs) != OK)
		return command_fail(c, "Background work cannot be begun: the database does not answer.");
	bool good = open_log(c);
	if (good) {
		fprintf(stderr, "karmayogi works\n");
		wait_for_end(c, &set, NULL);
	}
	job_stop(jobs);
	return good ? 0 : 1;
}

int serve_run(struct command_line *c)
{
	return serve_with(c, NULL);
}

enum { FEATURES_MAX = 200 };
/* The table of the process: all features, and what a measuring program adds. */
static struct action_table *table_of(const struct action *more, struct str *ret_fault)
{
	const struct action *all[FEATURES_MAX + 2];
	size_t n = 0;
	for (const struct action *const *f = feature_actions; *f; f++) {
		BUG_IF(n == FEATURES_MAX);
		all[n++] = *f;
	}
	if (more)
		all[n++] = more;
	all[n] = NULL;
	return action_table_new(all, ret_fault);
}

static int serve_tls(struct command_line *c, const struct action *more, struct tls *tls, const sigset_t *set)
{
	struct str message = STR_NONE;
	int lock;
	if (!serve_lock(c, &lock) || !bring_up_to_date(c))
		return 1;
	struct action_table *table = table_of(more, &message);
	struct server *server = NULL;
	struct server_options o = {
		.listen = c->config.listen.p,
		.port = (unsigned)c->config.port,
		.tls = tls,
		.workers = (unsigned)c->config.workers,
		.queue = (unsigned)c->config.queue,
		.time_limit_ms = (unsigned)c->config.time_limit_ms,
		.api_rate = (unsigned)c->config.api_rate,
		.metrics_token = c->config.metrics_token,
		.actions = table,
		.assets = assets,
		.pool = c->pool,
		.app = c->cx->app,
		.source = &live_source,
		.listeners = (unsigned)c->config.listeners,
		.log = c->config.log,
	};
	struct job_runner *jobs = NULL;
	struct stream_runner *streams = NULL;
	int code = 1;
	if (message.p || server_start(c->cx, &o, &server, &message) != OK) {
		command_fail(c, "%.*s", STR_ARG(message));
	} else if (c->config.job_workers && start_jobs(c, (unsigned)c->config.job_workers, &jobs) != OK) {
		command_fail(c, "Background work cannot be begun: the database does not answer.");
		server_stop(server, 10);
	} else if (stream_start(c->cx, c->pool, c->cx->app, &streams) != OK || !open_log(c)) {
		server_stop(server, 10);
		stream_stop(streams);
		job_stop(jobs);
	} else {
		fprintf(stderr, "karmayogi serves on %s://%s:%u\n", tls ? "https" : "http", o.listen, server_port(server));
		wait_for_end(c, set, tls);
		fprintf(stderr, "karmayogi ends: answering what has begun\n");
		stream_stop(streams);
		server_stop(server, 10);
		job_stop(jobs);
		code = 0;
	}
	action_table_free(table);
	return code;
}

static bool open_tls(struct command_line *c, struct tls **ret)
{
	const struct config *g = &c->config;
	struct str message = STR_NONE;
	*ret = NULL;
	if (!g->tls_certificate.n && !g->tls_key.n)
		return true;
	if (!g->tls_certificate.n || !g->tls_key.n)
		message = S("TLS needs both tls_certificate and tls_key.");
	else if ((*ret = tls_new(c->cx, g->tls_certificate, g->tls_key, &message)))
		return true;
	command_fail(c, "%.*s", STR_ARG(message));
	return false;
}

/* What one request needed the next will need. Given back to the system and asked for again, each 4 KB cost a fault of some microseconds, and most of them when there is
 * most to do. Larger pieces still go back at once. */
static void keep_memory(void)
{
	(void)mallopt(M_MMAP_THRESHOLD, 1 << 20);
	(void)mallopt(M_TRIM_THRESHOLD, 8 << 20);
	(void)mallopt(M_TOP_PAD, 256 << 10);
}

int serve_with(struct command_line *c, const struct action *more)
{
	struct tls *tls;
	sigset_t set;
	keep_memory();
	block_signals(&set);
	if (!open_tls(c, &tls))
		return 1;
	c->cx->app->catalogue = catalogue_place_new();
	c->cx->app->forms = form_place_new();
	c->cx->app->pools = pool_place_new();
	int code = serve_tls(c, more, tls, &set);
	catalogue_place_free(c->cx->app->catalogue);
	pool_place_free(c->cx->app->pools);
	form_place_free(c->cx->app->forms);
	c->cx->app->catalogue = NULL;
	c->cx->app->forms = NULL;
	c->cx->app->pools = NULL;
	tls_free(tls);
	return code;
}
