/* The table of errors, and the end of the program when it is wrong about itself. */
#include "base/err.h"

#include <stdio.h>
#include <stdlib.h>

static const struct {
	int status;
	const char *slug, *title;
} errors[ERR_COUNT_] = {
	[OK] = { 200, "ok", "" },
#define ERR(code, status, slug, title) [ERR_##code] = { status, slug, title },
#include "base/err.def"
#undef ERR
};

int err_status(enum err e)
{
	return errors[e].status;
}

const char *err_slug(enum err e)
{
	return errors[e].slug;
}

const char *err_title(enum err e)
{
	return errors[e].title;
}

_Noreturn void bug_at(const char *file, int line, const char *what)
{
	fprintf(stderr, "bug at %s:%d: %s\n", file, line, what);
	abort();
}
