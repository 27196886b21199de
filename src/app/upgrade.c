/* Upgrading; see upgrade.h. */
#include "app/upgrade.h"
#include "app/features.h"
#include "app/serve.h"
#include "feature/check/check.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define ROOM_LEAST (INT64_C(200) << 20)

struct proving {
	bool dry, accept;
	bool tried;         /* everything was done and holds; undone because of .dry */
	struct buf findings;
	size_t n;
};

static enum err look(struct ctx *cx, struct proving *p)
{
	buf_init(&p->findings, cx->arena, 16 << 20);
	return check_all(cx, &p->findings, &p->n);
}

/* A new release may derive more than the old one did: then it is derived now. */
static enum err prove(struct ctx *cx, void *arg)
{
	struct proving *p = arg;
	p->tried = false;
	TRY(look(cx, p));
	if (p->n) {
		TRY(check_rebuild(cx));
		TRY(look(cx, p));
	}
	if (p->n && !p->accept)
		return ERR_CONFLICT;
	p->tried = true;
	return p->dry ? ERR_CONFLICT : OK;
}

/* All changed pages lie twice on the disk until the end. */
static bool has_room(struct command_line *c)
{
	struct statvfs v;
	struct stat st;
	const char *data = str_c(c->cx->arena, c->config.data);
	int64_t size = db_pool_is_sqlite(c->pool) && stat(c->config.database.p + 7, &st) == 0 ? (int64_t)st.st_size : 0;
	if (statvfs(data, &v) != 0)
		return command_fail(c, "The data folder %s cannot be looked at: %s.", data, strerror(errno)), false;
	int64_t room = (int64_t)v.f_bavail * (int64_t)v.f_frsize, needed = size + ROOM_LEAST;
	if (room >= needed)
		return true;
	command_fail(c, "%lld MB are free where the data lie, and the upgrade may need %lld. Make room first; nothing was changed.", (long long)(room >> 20),
		     (long long)(needed >> 20));
	return false;
}

static int refused(struct command_line *c, struct proving *p, struct str message)
{
	if (p->n && !p->accept) {
		fputs(buf_get(&p->findings).p, stderr);
		return command_fail(c, "After the upgrade %zu promises about the data would not hold; they are listed above. Nothing was changed: the program you had goes on. "
				       "If its own `check` finds the same, --accept-findings goes on despite them.", p->n);
	}
	return command_fail(c, "%.*s\nNothing was changed: the program you had goes on.", STR_ARG(message));
}

int upgrade_with(struct command_line *c, const struct migration *m)
{
	struct proving p = { .dry = command_flag(c, "--dry-run"), .accept = command_flag(c, "--accept-findings") };
	struct str message = STR_NONE;
	unsigned n = 0;
	int lock;
	if (c->argc)
		return command_fail(c, "What is '%s'? karmayogi upgrade [--dry-run] [--accept-findings]", c->argv[0]);
	if (!serve_lock(c, &lock))
		return 1;
	bool room = has_room(c);
	enum err e = room ? db_upgrade(c->cx, c->pool, m, prove, &p, &n, &message) : OK;
	if (lock >= 0)
		close(lock);
	if (!room)
		return 1;
	if (p.dry && p.tried)
		printf("The upgrade would succeed on these data. Nothing was changed.\n");
	else if (e != OK)
		return refused(c, &p, message);
	else if (!n)
		printf("The data fit this program already.\n");
	else
		printf("Upgraded: %u migrations; every promise about the data is checked, %zu findings.\n", n, p.n);
	return 0;
}

int upgrade_run(struct command_line *c)
{
	return upgrade_with(c, migrations);
}
