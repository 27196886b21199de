/* `karmayogi mail`, `person invite`, `person second-factor`: letters, and the ways in that hang on them. */
#include "app/work.h"
#include "app/features.h"
#include "base/clock.h"
#include "feature/account/account.h"
#include "feature/mail/mail.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "web/session.h"

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

/* ── people ── */

struct named {
	const char *login, *org;
	int64_t id;
};

static enum err person_named(struct ctx *cx, const char *login, int64_t *ret)
{
	struct person_of_login_row p;
	bool found = false;
	TRY(person_of_login(cx, person_login(cx, str_of(login)), &p, &found));
	*ret = found ? p.id : 0;
	return found ? OK : fail(cx, ERR_NOT_FOUND, "login", N_("There is nobody with this e-mail address or mobile number."));
}

static enum err invite(struct ctx *cx, void *arg)
{
	struct named *n = arg;
	if (n->login) {
		TRY(person_named(cx, n->login, &n->id));
		return link_invite(cx, n->id);
	}
	TRY(org_of_code(cx, str_of(n->org), &n->id));
	return link_invite_all(cx, n->id);
}

int person_invite_run(struct command_line *c)
{
	struct named n = { .login = command_take(c, "--login"), .org = command_take(c, "--org") };
	struct job_options o = { .kinds = feature_jobs, .pool = c->pool, .app = c->cx->app };
	unsigned jobs;
	if (!n.login == !n.org || c->argc)
		return command_fail(c, "Who? karmayogi person invite --login ADDRESS, or --org CODE for all in it and below who cannot sign in yet.");
	enum err e = db_write(c->cx, c->pool, invite, &n);
	/* Written and sent here and now, unless a server is quicker. */
	if (e == OK)
		e = job_run_due(c->cx, &o, &jobs);
	if (e != OK)
		return command_err(c, e);
	printf("Invited. `karmayogi mail` says how the letters stand.\n");
	return 0;
}

static enum err take_factor(struct ctx *cx, void *arg)
{
	struct named *n = arg;
	TRY(person_named(cx, n->login, &n->id));
	TRY(factor_end(cx, n->id));
	return session_end_all(cx, n->id);
}

int person_factor_run(struct command_line *c)
{
	struct named n = { .login = command_take(c, "--login") };
	if (!command_flag(c, "--off") || !n.login || c->argc)
		return command_fail(c, "Whose? karmayogi person second-factor --login ADDRESS --off");
	enum err e = db_write(c->cx, c->pool, take_factor, &n);
	if (e != OK)
		return command_err(c, e);
	printf("The second factor is taken away, and the person is signed out everywhere.\n");
	return 0;
}
