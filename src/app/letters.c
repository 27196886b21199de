/* `karmayogi mail`: how the letters stand, and those that found no way. */
#include "app/work.h"
#include "base/clock.h"
#include "feature/mail/mail.h"

#include <stdio.h>

static enum err print_standing(struct ctx *cx, void *arg)
{
	struct mail_standing_row *rows;
	struct mail_troubled_row *bad;
	size_t n, n_bad;
	(void)arg;
	TRY(mail_sql_standing(cx, &rows, &n));
	TRY(mail_sql_troubled(cx, &bad, &n_bad));
	for (size_t i = 0; i < n; i++)
		printf("%-5.*s %-8.*s %8lld, the newest written %s\n", STR_ARG(rows[i].channel), STR_ARG(rows[i].state), (long long)rows[i].n,
		       clock_rfc3339(cx->arena, rows[i].newest).p);
	if (!n)
		printf("No letter has been written.\n");
	for (size_t i = 0; i < n_bad; i++)
		printf("%lld to %.*s, “%.*s”: %.*s after %lld tries: %.*s\n", (long long)bad[i].id, STR_ARG(bad[i].recipient), STR_ARG(bad[i].subject),
		       STR_ARG(bad[i].state), (long long)bad[i].tries, STR_ARG(bad[i].words));
	return OK;
}

static enum err again(struct ctx *cx, void *arg)
{
	return mail_again(cx, arg);
}

int mail_run(struct command_line *c)
{
	int64_t n = 0;
	bool wanted = command_flag(c, "--again");
	enum err e = wanted ? db_write(c->cx, c->pool, again, &n) : OK;
	if (e == OK)
		e = db_read(c->cx, print_standing, NULL);
	if (e != OK)
		return command_err(c, e);
	if (wanted)
		printf("%lld refused letters are tried again.\n", (long long)n);
	return 0;
}
