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
