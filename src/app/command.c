/* How a command says what went wrong; see command.h. */
#include "app/command.h"
#include "web/lang.h"

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
