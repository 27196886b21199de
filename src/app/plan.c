/* The command of plans; see plan.h. */
#include "app/plan.h"
#include "feature/person/person.h"
#include "feature/plan/plan.h"

#include <errno.h>
#include <stdio.h>

struct planning {
	const char *login;
	struct plan_ask ask;
	struct str json;
};

static enum err propose(struct ctx *cx, void *arg)
{
	struct planning *w = arg;
	struct person_of_login_row person;
	struct plan_proposal p;
	bool found = false;
	TRY(person_of_login(cx, person_login(cx, str_of(w->login)), &person, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "person", N_("Nobody signs in with this e-mail or mobile number."));
	w->ask.person_id = person.id;
	TRY(plan_propose(cx, &w->ask, &p));
	w->json = plan_json(cx, &p);
	return OK;
}

int plan_run(struct command_line *c)
{
	const char *hours = command_take(c, "--hours"), *months = command_take(c, "--months");
	struct planning w = { .login = command_take(c, "--person"), .ask = { .hours = NONE, .months = NONE, .minutes = NONE, .post_id = NONE } };
	if (command_flag(c, "--hindi"))
		c->cx->lang = LANG_HI;
	if (!w.login || c->argc)
		return command_fail(c, "Whose? karmayogi plan --person LOGIN [--hours N [--months N]] [--hindi]");
	if ((hours && !str_int(str_of(hours), &w.ask.hours)) || (months && !str_int(str_of(months), &w.ask.months)))
		return command_fail(c, "--hours and --months take whole numbers.");
	if (hours && !months) {
		w.ask.minutes = w.ask.hours > 0 && w.ask.hours <= PLAN_HOURS_MAX * PLAN_MONTHS_MAX ? w.ask.hours * 60 : 0;
		w.ask.hours = NONE;
	}
	enum err e = db_read(c->cx, propose, &w);
	if (e != OK)
		return command_err(c, e);
	if (fwrite(w.json.p, 1, w.json.n, stdout) != w.json.n || putchar('\n') == EOF || fflush(stdout) != 0)
		return command_fail(c, "The answer cannot be written: %s.", strerror(errno));
	return 0;
}
