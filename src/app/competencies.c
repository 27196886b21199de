/* The commands of frameworks; see competencies.h. */
#include "app/competencies.h"
#include "app/features.h"
#include "base/clock.h"
#include "feature/competency/competency.h"
#include "feature/org/org.h"
#include "feature/person/person.h"

#include <errno.h>
#include <stdio.h>

struct bringing {
	struct framework_add add;
	const char *org;
	bool dry;
	int64_t id;
	struct competency_import_of_row file;
	struct framework_diff diff;
	bool problem;
};

struct str framework_built_in(struct str code)
{
	for (const struct migration *m = frameworks; m->name; m++)
		if (str_eq(str_of(m->name), code) || (str_starts(str_of(m->name), code) && strcmp(m->name + code.n, ".csv") == 0))
			return str_of(m->text);
	return STR_NONE;
}

/* A dry run looks at the file inside a transaction that is then undone. */
static enum err bring(struct ctx *cx, void *arg)
{
	struct bringing *b = arg;
	TRY(org_of_code(cx, str_of(b->org), &b->add.org_id));
	TRY(framework_check(cx, &b->add, &b->id));
	TRY(framework_look(cx, b->add.org_id, b->id, &b->file, &b->diff, &b->problem));
	if (b->dry)
		return ERR_GONE;
	return framework_apply(cx, b->add.org_id, b->id, &b->diff);
}

static bool read_file(struct command_line *c, const char *path, struct str *ret)
{
	struct buf b;
	FILE *f = fopen(path, "rb");
	if (!f) {
		command_fail(c, "%s cannot be read: %s.", path, strerror(errno));
		return false;
	}
	buf_init(&b, c->cx->arena, FRAMEWORK_BYTES_MAX);
	bool whole = buf_read(&b, f) && !b.full;
	fclose(f);
	if (!whole)
		command_fail(c, "%s cannot be read, or is larger than 8 MB.", path);
	*ret = buf_get(&b);
	return whole;
}

static void print_diff(const struct bringing *b)
{
	static const char *const words[CHANGE_KINDS] = { "new", "changed", "ends", "back" };
	for (size_t i = 0; i < b->diff.n_changes; i++) {
		const struct framework_change *c = &b->diff.v[i];
		printf("%-8s %.*s  %.*s", words[c->kind], STR_ARG(c->code), STR_ARG(c->name));
		if (c->what.n)
			printf("  (%.*s)", STR_ARG(c->what));
		if (c->n_courses)
			printf("  concerns %lld courses", (long long)c->n_courses);
		putchar('\n');
	}
	printf("%.*s: %zu new, %zu changed, %zu end, %zu back, %zu unchanged. %s\n", STR_ARG(b->file.code), b->diff.n[CHANGE_ADDED], b->diff.n[CHANGE_CHANGED],
	       b->diff.n[CHANGE_ENDED], b->diff.n[CHANGE_RETURNED], b->diff.n_unchanged, b->dry ? "Nothing was changed (--dry-run)." : "Carried out.");
}

int import_competencies_run(struct command_line *c)
{
	struct bringing b = { .org = command_take(c, "--org"), .dry = command_flag(c, "--dry-run") };
	const char *code = command_take(c, "--code"), *from = command_take(c, "--from");
	b.add = (struct framework_add){ .code = str_of(code ? code : ""), .from_day = NONE };
	if (!b.org || c->argc != 1)
		return command_fail(c, "Needed: a FILE or kcm, and --org. See --help.");
	if (from && !clock_parse_date(str_of(from), &b.add.from_day))
		return command_fail(c, "%s is no date like 2026-11-29.", from);
	b.add.file_name = str_of(c->argv[0]);
	b.add.text = framework_built_in(b.add.file_name);
	if (!b.add.text.p && !read_file(c, c->argv[0], &b.add.text))
		return 1;
	enum err e = db_write(c->cx, c->pool, bring, &b);
	if (e != OK && !(b.dry && e == ERR_GONE))
		return command_err(c, e);
	print_diff(&b);
	return 0;
}

struct giving {
	struct str code;
	struct framework_kept k;
	bool found;
};

static enum err give(struct ctx *cx, void *arg)
{
	struct giving *g = arg;
	return framework_load(cx, g->code, person_today(cx), false, &g->k, &g->found);
}

int export_competencies_run(struct command_line *c)
{
	bool as_case = command_flag(c, "--case");
	struct giving g = { 0 };
	struct buf b;
	if (c->argc != 1)
		return command_fail(c, "Which framework? karmayogi export competencies CODE [--case]");
	g.code = str_of(c->argv[0]);
	enum err e = db_read(c->cx, give, &g);
	if (e != OK)
		return command_err(c, e);
	if (!g.found)
		return command_fail(c, "There is no framework with the code %s.", c->argv[0]);
	buf_init(&b, c->cx->arena, 4 * FRAMEWORK_BYTES_MAX);
	if (as_case)
		framework_write_case(&b, &g.k.fw, c->cx->app->base_url, g.k.changed_at);
	else
		framework_write_csv(&b, &g.k.fw);
	struct str text = buf_get(&b);
	return fwrite(text.p, 1, text.n, stdout) == text.n ? 0 : 1;
}
