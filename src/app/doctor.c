/* The doctor; see doctor.h. */
#include "app/doctor.h"
#include "app/features.h"
#include "feature/operation/health.h"

#include <stdio.h>

struct visit {
	struct health *v;
	size_t n;
};

static enum err look(struct ctx *cx, void *arg)
{
	struct visit *x = arg;
	return health_look(cx, &x->v, &x->n);
}

static void print_line(const char *level, struct str title, struct str sentence, struct str advice)
{
	printf("%-8s %-16.*s %.*s\n", level, STR_ARG(title), STR_ARG(sentence));
	if (advice.n)
		printf("%-8s %-16s -> %.*s\n", "", "", STR_ARG(advice));
}

int doctor_run(struct command_line *c)
{
	static const char *const levels[] = { [HEALTH_OK] = "ok", [HEALTH_WARNING] = "warning", [HEALTH_FAULT] = "FAULT" };
	struct visit x = { 0 };
	struct str message = STR_NONE;
	/* Without its tables nothing else can be looked at. */
	if (db_migrated(c->cx, c->pool, migrations, &message) != OK) {
		print_line("FAULT", S("Schema"), message, STR_NONE);
		return 2;
	}
	print_line("ok", S("Schema"), S("The database fits this program."), STR_NONE);
	if (db_read(c->cx, look, &x) != OK) {
		print_line("FAULT", S("Database"), S("It does not answer."), str_of(c->cx->trouble));
		return 2;
	}
	enum health_level worst = HEALTH_OK;
	for (size_t i = 0; i < x.n; i++) {
		print_line(levels[x.v[i].level], x.v[i].title, x.v[i].sentence, x.v[i].advice);
		worst = x.v[i].level > worst ? x.v[i].level : worst;
	}
	return (int)worst;
}
