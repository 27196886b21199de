/* `karmayogi import people`: a staff list from the command line; the work is the same jobs as in the browser. */
#include "app/features.h"
#include "app/work.h"
#include "feature/org/org.h"
#include "feature/people_import/people_import.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct list {
	const char *file, *columns, *org;
	bool dry, complete, all_or_nothing;
	const char *copy;
	int64_t id;
	struct people_import_one_row now;
};

/* The import keeps its own copy: the file may be on a stick that is pulled. */
static bool copy_file(struct command_line *c, struct list *l)
{
	struct str folder = str_fmt(c->cx->arena, "%.*s/upload", STR_ARG(c->config.data));
	char piece[1 << 16];
	size_t n;
	(void)mkdir(folder.p, 0700);
	l->copy = str_fmt(c->cx->arena, "%s/%s", folder.p, random_hex(c->cx, 12).p).p;
	FILE *from = fopen(l->file, "rb"), *to = from ? fopen(l->copy, "wb") : NULL;
	bool good = from && to;
	while (good && (n = fread(piece, 1, sizeof piece, from)) > 0)
		good = fwrite(piece, 1, n, to) == n;
	good = good && !ferror(from);
	if (from)
		fclose(from);
	if (to && fclose(to) != 0)
		good = false;
	return good;
}

static enum err add(struct ctx *cx, void *arg)
{
	struct list *l = arg;
	struct people_import_add in = { .path = l->copy, .file_name = str_of(l->file) };
	struct staff_map m;
	struct strs head;
	struct people_import_one_row row;
	bool found;
	TRY(org_of_code(cx, str_of(l->org), &in.org_id));
	TRY(people_import_add(cx, &in, &l->id));
	TRY(people_import_sql_one(cx, l->id, &row, &found));
	if (!people_import_kept_head(cx, row.head, &head))
		return ERR_INTERNAL;
	if (!l->columns)
		TRY(people_import_columns(cx, in.org_id, &head, &m));
	else if (!staff_map_parse(str_of(l->columns), head.n, &m))
		return fail(cx, ERR_INVALID, "columns", N_("must be such as employee_no=0,name=3, with columns of this file"));
	return people_import_check(cx, l->id, &m, l->complete);
}

static enum err apply(struct ctx *cx, void *arg)
{
	const struct list *l = arg;
	return people_import_apply(cx, l->id, l->all_or_nothing);
}

static enum err look(struct ctx *cx, void *arg)
{
	struct list *l = arg;
	bool found;
	return people_import_sql_one(cx, l->id, &l->now, &found);
}

/* Works until the list leaves the state; a running server may take a part of it. */
static enum err work_while(struct command_line *c, struct list *l, const char *state)
{
	struct ctx cx = { .arena = arena_new(), .app = c->cx->app, .db = c->cx->db };
	struct job_options o = { .kinds = feature_jobs, .pool = c->pool, .app = c->cx->app };
	enum err e = OK;
	unsigned n;
	do {
		e = job_run_due(&cx, &o, &n);
		c->cx->now = clock_now();
		if (e == OK)
			e = db_read(c->cx, look, l);
		if (e == OK && str_is(l->now.state, state) && !n)
			usleep(200000);
	} while (e == OK && str_is(l->now.state, state));
	arena_free(cx.arena);
	return e;
}

static void print_check(const struct people_import_one_row *i, const char *refused, const char *changes)
{
	printf("%lld rows: %lld new, %lld changed, %lld moved or back, %lld left, %lld unchanged, %lld refused.\n", (long long)i->n_rows, (long long)i->n_new,
	       (long long)i->n_changed, (long long)i->n_moved, (long long)i->n_left, (long long)i->n_unchanged, (long long)i->n_refused);
	if (i->n_refused)
		printf("Refused rows with their reasons: %s\n", refused);
	printf("What changes: %s\n", changes);
}

int import_people_run(struct command_line *c)
{
	struct ctx *cx = c->cx;
	struct list l = { .dry = command_flag(c, "--dry-run"), .complete = command_flag(c, "--complete"), .all_or_nothing = command_flag(c, "--all-or-nothing"),
			  .columns = command_take(c, "--columns"), .org = command_take(c, "--org") };
	if (c->argc != 1 || !l.org)
		return command_fail(c, "Which list, and for which organisation? karmayogi import people FILE --org CODE [--dry-run]");
	l.file = c->argv[0];
	if (!copy_file(c, &l))
		return command_fail(c, "%s cannot be read.", l.file);
	enum err e = db_write(cx, c->pool, add, &l);
	unlink(l.copy);
	if (e == OK)
		e = work_while(c, &l, "checking");
	if (e != OK)
		return command_err(c, e);
	if (str_is(l.now.state, "unreadable"))
		return command_fail(c, "Line %lld: %.*s Nothing was changed.", (long long)l.now.line, STR_ARG(l.now.sentence));
	print_check(&l.now, people_import_file(cx, l.id, "refused.csv"), people_import_file(cx, l.id, "changes.csv"));
	if (l.dry) {
		printf("Nothing was changed (--dry-run).\n");
		return 0;
	}
	e = db_write(cx, c->pool, apply, &l);
	if (e == OK)
		e = work_while(c, &l, "applying");
	if (e == OK)
		e = work_while(c, &l, "undoing");
	if (e != OK)
		return command_err(c, e);
	printf("%lld changes, %lld rows left alone because somebody changed the same person meanwhile. %s\n", (long long)l.now.n_applied, (long long)l.now.n_late,
	       str_is(l.now.state, "applied") ? "Carried out." : "Taken back.");
	return str_is(l.now.state, "applied") ? 0 : 1;
}
