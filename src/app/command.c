/* How a command says what went wrong; see command.h. */
#include "app/command.h"
#include "web/lang.h"

#include <unistd.h>

int command_fail(struct command_line *c, const char *fmt, ...)
{
	va_list ap;
	(void)c;
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	return 1;
}

int command_err(struct command_line *c, enum err e)
{
	struct ctx *cx = c->cx;
	for (size_t i = 0; i < cx->n_failures; i++) {
		struct str text = msg_text(cx, cx->failures[i].text, cx->failures[i].n_args, cx->failures[i].args);
		fprintf(stderr, "%.*s%s%.*s\n", STR_ARG(cx->failures[i].field), cx->failures[i].field.n ? ": " : "", STR_ARG(text));
	}
	if (!cx->n_failures)
		fprintf(stderr, "%s (%s)\n", err_title(e), cx->db ? db_message(cx->db) : "");
	return 1;
}

static void remove_at(struct command_line *c, int i)
{
	for (int k = i + 1; k < c->argc; k++)
		c->argv[k - 1] = c->argv[k];
	c->argc--;
}

bool command_flag(struct command_line *c, const char *name)
{
	for (int i = 0; i < c->argc; i++)
		if (strcmp(c->argv[i], name) == 0) {
			remove_at(c, i);
			return true;
		}
	return false;
}

const char *command_option(const struct command_line *c, const char *name)
{
	for (int i = 0; i + 1 < c->argc; i++)
		if (strcmp(c->argv[i], name) == 0)
			return c->argv[i + 1];
	return NULL;
}

const char *command_take(struct command_line *c, const char *name)
{
	for (int i = 0; i + 1 < c->argc; i++)
		if (strcmp(c->argv[i], name) == 0) {
			const char *value = c->argv[i + 1];
			remove_at(c, i + 1);
			remove_at(c, i);
			return value;
		}
	return NULL;
}

bool command_read(struct command_line *c, const char *path, size_t max, struct str *ret)
{
	struct buf b;
	FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
	if (!f)
		return false;
	buf_init(&b, c->cx->arena, max + BUF_PIECE);
	bool good = buf_read(&b, f);
	if (f != stdin)
		fclose(f);
	*ret = buf_get(&b);
	return good;
}

int command_write(struct command_line *c, struct buf *b)
{
	struct str s = buf_get(b);
	if (b->full || fwrite(s.p, 1, s.n, stdout) != s.n || fflush(stdout) != 0)
		return command_fail(c, "The result cannot be written.");
	return 0;
}

int command_threads(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	return n < 1 ? 1 : n > 8 ? 8 : (int)n;
}
