/* What the tests of this floor share: cmocka, comparing texts, and seeing a bug end the program. */
#ifndef BASE_BASE_CHECK_H
#define BASE_BASE_CHECK_H
#include "base/arena.h"
#include "base/str.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#undef fail /* ours is in base/ctx.h */
#undef fail_msg

#define COUNT(array) (sizeof(array) / sizeof *(array))

#if defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN 1
#endif
#endif
#ifndef WITH_ASAN
#define WITH_ASAN 0
#endif

#define expect_str(got, wanted) expect_str_at((got), (wanted), __FILE__, __LINE__)
static inline void expect_str_at(struct str got, const char *wanted, const char *file, int line)
{
	if (!str_is(got, wanted))
		print_error("expected: %s\n     got: %.*s\n", wanted, STR_ARG(got));
	_assert_true(str_is(got, wanted), "the same text", file, line);
}

/* Runs it in a child and gives the child's wait status; 0 when it came back. */
static inline int fate_of(void (*run)(void))
{
	int status = 0;
	fflush(NULL);
	pid_t child = fork();
	assert_true(child >= 0);
	if (!child) {
		/* cmocka's own handlers would report the end that is wanted here. */
		signal(SIGABRT, SIG_DFL);
		signal(SIGSEGV, SIG_DFL);
		if (!freopen("/dev/null", "w", stderr))
			_exit(99);
		run();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}
static inline void expect_abort(void (*run)(void))
{
	int status = fate_of(run);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}
#endif
