/* ffmpeg as an encoder; see encoder.h. */
#include "encoder.h"
#include "http_test.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

int64_t ms_now(void)
{
	return clock_monotonic() / 1000000;
}

void wait_ms(int ms)
{
	const struct timespec t = { ms / 1000, ms % 1000 * 1000000L };
	nanosleep(&t, NULL);
}

unsigned free_port(int kind)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof at;
	int fd = socket(AF_INET, kind, 0);
	NEED(fd >= 0 && bind(fd, (struct sockaddr *)(void *)&at, n) == 0 && getsockname(fd, (struct sockaddr *)(void *)&at, &n) == 0, "no free port");
	close(fd);
	return ntohs(at.sin_port);
}

void set_number(const char *name, unsigned a, bool range)
{
	char text[40];
	snprintf(text, sizeof text, range ? "%u-%u" : "%u", a, a);
	setenv(name, text, 1);
}

pid_t run_encoder(const char *size, const char *const *args, const char *to)
{
	char picture[60];
	snprintf(picture, sizeof picture, "testsrc=size=%s:rate=25", size);
	const char *argv[48] = { "ffmpeg", "-nostdin", "-loglevel", "error", "-re", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", "sine=frequency=440" };
	size_t n = 13;
	while (*args && n < 46)
		argv[n++] = *args++;
	argv[n] = to;
	pid_t pid = fork();
	NEED(pid >= 0, "fork");
	if (pid)
		return pid;
	int null = open("/dev/null", O_WRONLY);
	dup2(null, STDERR_FILENO);
	execvp(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

pid_t encode(const char *size, const char *format, const char *to, const char *seconds)
{
	const char *const args[] = { "-t", seconds, "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-pix_fmt", "yuv420p",
				     "-g", "50",    "-c:a", "aac",     "-b:a",	  "48k",       "-f",	format,	       NULL };
	return run_encoder(size, args, to);
}

int end_encoder(pid_t pid, bool at_once)
{
	int status;
	if (at_once)
		kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
