/* The built program as a process of its own; see http_test.h. */
#include "http_test.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

const char *program_path(void)
{
	const char *p = getenv("KARMAYOGI");
	NEED(p && p[0], "KARMAYOGI does not name the binary");
	return p;
}

static pid_t spawn(struct fixture *f, const char *const *args, int out, int err)
{
	const char *argv[40] = { program_path() };
	size_t n = 1;
	while (*args && n < 30)
		argv[n++] = *args++;
	argv[n++] = "--data";
	argv[n++] = f->dir;
	argv[n++] = "--database";
	argv[n++] = f->url;
	pid_t pid = fork();
	NEED(pid >= 0, "fork");
	if (pid)
		return pid;
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	execv(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

bool program_serve(struct fixture *f, struct program *p, char *message, size_t n)
{
	static const char mark[] = "karmayogi serves on http://127.0.0.1:";
	const char *const args[] = { "serve", "--port", "0", "--workers", "8", "--log", "false", NULL };
	int ends[2];
	size_t have = 0;
	NEED(pipe2(ends, O_CLOEXEC) == 0, "pipe");
	p->pid = spawn(f, args, ends[1], ends[1]);
	close(ends[1]);
	p->err = ends[0];
	p->port = 0;
	message[0] = 0;
	for (int64_t until = clock_monotonic() + INT64_C(15000000000); !p->port && clock_monotonic() < until && have + 1 < n;) {
		struct pollfd w = { .fd = p->err, .events = POLLIN };
		ssize_t got = poll(&w, 1, 200) > 0 ? read(p->err, message + have, n - have - 1) : -2;
		if (got == 0)
			break;
		if (got > 0)
			message[have += (size_t)got] = 0;
		const char *at = strstr(message, mark);
		if (at && strchr(at, '\n'))
			p->port = (unsigned)strtoul(at + sizeof mark - 1, NULL, 10);
	}
	if (!p->port) {
		program_kill(p, SIGKILL);
		return false;
	}
	snprintf(f->base, sizeof f->base, "http://127.0.0.1:%u", p->port);
	return true;
}

void program_kill(struct program *p, int sig)
{
	int status;
	if (!p->pid)
		return;
	kill(p->pid, sig);
	waitpid(p->pid, &status, 0);
	close(p->err);
	p->pid = 0;
}

int program_run(struct fixture *f, char *ret, size_t n, const char *const *args)
{
	int ends[2], status;
	size_t have = 0;
	ssize_t got;
	NEED(pipe2(ends, O_CLOEXEC) == 0, "pipe");
	pid_t pid = spawn(f, args, ends[1], ends[1]);
	close(ends[1]);
	while ((got = read(ends[0], ret + have, n - have - 1)) > 0)
		have += (size_t)got;
	ret[have] = 0;
	close(ends[0]);
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
