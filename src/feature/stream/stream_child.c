/* A child ffmpeg; see stream_kept.h. */
#include "feature/stream/stream_kept.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PIPE_BYTES = 1 << 20, FILES_MOST = 64, NICER = 5, EXIT_NOT_BEGUN = 127 };
#define MEMORY_MOST (UINT64_C(4) << 30) /* of addresses; an encoder for 1080p maps about 1 GiB */

static void limit(int what, rlim_t most)
{
	const struct rlimit r = { most, most };
	setrlimit(what, &r);
}

/* Between fork and exec only calls that are safe after a fork among threads (POSIX 2.4.3), and system calls. */
static _Noreturn void become(const struct stream_child_options *o, const char *const *argv, pid_t parent, const int fds[4])
{
	static char *const nothing[] = { NULL };
	sigset_t none;
	sigemptyset(&none);
	for (int i = 0; i < 3; i++)
		if (dup2(fds[i], i) < 0)
			_exit(EXIT_NOT_BEGUN);
	/* Where it is already there, it is only to stay open. */
	if (o->with_second && (fds[3] == STREAM_SECOND_OUT ? fcntl(fds[3], F_SETFD, 0) : dup2(fds[3], STREAM_SECOND_OUT)) < 0)
		_exit(EXIT_NOT_BEGUN);
	close_range(o->with_second ? STREAM_SECOND_OUT + 1 : STREAM_SECOND_OUT, ~0U, 0);
	signal(SIGPIPE, SIG_DFL);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setsid();
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	/* Whoever was orphaned before that was said has another parent by now. */
	if (getppid() != parent || (o->dir && chdir(o->dir) != 0))
		_exit(EXIT_NOT_BEGUN);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_NOFILE, FILES_MOST);
	limit(RLIMIT_AS, MEMORY_MOST);
	if (!o->files)
		limit(RLIMIT_FSIZE, 0);
	setpriority(PRIO_PROCESS, 0, NICER);
	execve(argv[0], (char *const *)(uintptr_t)argv, nothing);
	_exit(EXIT_NOT_BEGUN);
}

/* The file of the program: as it is, or the first in PATH. */
static const char *program(struct ctx *cx)
{
	const char *name = str_c(cx->arena, cx->app->ffmpeg), *path = getenv("PATH");
	struct str rest = str_of(path ? path : "/usr/bin:/bin"), part;
	while (!strchr(name, '/') && str_cut(&rest, ':', &part)) {
		const char *full = str_fmt(cx->arena, "%.*s/%s", STR_ARG(part), name).p;
		if (access(full, X_OK) == 0)
			return full;
	}
	return name;
}

static void no_block(int fd)
{
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void close_pair(int p[2])
{
	close_end(&p[0]);
	close_end(&p[1]);
}

static bool open_pipes(const struct stream_child_options *o, int in[2], int out[2], int said[2], int second[2])
{
	if (pipe2(out, O_CLOEXEC) != 0 || pipe2(said, O_CLOEXEC) != 0 || (o->with_second && pipe2(second, O_CLOEXEC) != 0))
		return false;
	if (o->with_in)
		return pipe2(in, O_CLOEXEC) == 0;
	in[0] = open("/dev/null", O_RDONLY | O_CLOEXEC);
	return in[0] >= 0;
}

const struct stream_child stream_child_none = { .in = -1, .out = -1, .said = -1, .second = -1 };

bool stream_child_begin(struct ctx *cx, const struct stream_child_options *o, struct stream_child *ret)
{
	int in[2] = { -1, -1 }, out[2] = { -1, -1 }, said[2] = { -1, -1 }, second[2] = { -1, -1 };
	const char *argv[STREAM_ARGS_MAX + 2] = { program(cx) };
	*ret = stream_child_none;
	for (size_t i = 0; o->args[i] && i < STREAM_ARGS_MAX; i++)
		argv[i + 1] = o->args[i];
	pid_t parent = getpid(), pid = open_pipes(o, in, out, said, second) ? fork() : -1;
	if (pid == 0)
		become(o, argv, parent, (int[]){ in[0], out[1], said[1], second[1] });
	if (pid < 0) {
		close_pair(in);
		close_pair(out);
		close_pair(said);
		close_pair(second);
		return false;
	}
	close(in[0]);
	close(out[1]);
	close(said[1]);
	close_end(&second[1]);
	*ret = (struct stream_child){ .pid = pid, .in = in[1], .out = out[0], .said = said[0], .second = second[0] };
	fcntl(ret->out, F_SETPIPE_SZ, PIPE_BYTES);
	const int ours[] = { ret->in, ret->out, ret->said, ret->second };
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		if (ours[i] >= 0)
			no_block(ours[i]);
	return true;
}

void stream_child_end(struct stream_child *c)
{
	if (c->pid) {
		kill(c->pid, SIGKILL);
		waitpid(c->pid, NULL, 0);
		c->pid = 0;
	}
	close_end(&c->in);
	close_end(&c->out);
	close_end(&c->said);
	close_end(&c->second);
}

bool stream_child_ended(struct stream_child *c, bool *ret_well)
{
	int status;
	*ret_well = false;
	if (c->pid && waitpid(c->pid, &status, WNOHANG) == c->pid) {
		*ret_well = WIFEXITED(status) && WEXITSTATUS(status) == 0;
		c->pid = 0;
		return true;
	}
	return !c->pid;
}
