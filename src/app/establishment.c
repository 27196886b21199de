/* The commands of establishment files; see establishment.h. */
#include "app/establishment.h"
#include "feature/establishment/est_file.h"
#include "feature/establishment/establishment.h"
#include "feature/org/org.h"

#include <errno.h>
#include <stdio.h>

struct bringing {
	struct establishment_add add;
	const char *org;
	bool dry;
	int64_t id;
	struct establishment_one_row file;
	struct establishment_figures_row *figures;
	size_t n_figures;
	struct str errors; /* CSV */
};

/* A dry run, and a file with mistakes, is looked at inside a transaction that is then undone. */
static enum err bring(struct ctx *cx, void *arg)
{
	struct bringing *b = arg;
	bool found = false;
	TRY(org_of_code(cx, str_of(b->org), &b->add.org_id));
	TRY(establishment_add_now(cx, &b->add, &b->id));
	TRY(establishment_sql_one(cx, b->id, b->add.org_id, &b->file, &found));
	TRY(establishment_sql_figures(cx, b->id, &b->figures, &b->n_figures));
	if (b->file.n_errors)
		TRY(establishment_errors_csv(cx, b->id, &b->errors));
	if (b->dry || b->file.n_errors)
		return ERR_GONE;
	return establishment_apply_now(cx, b->add.org_id, b->id);
}

static bool read_file(struct command_line *c, const char *path, struct str *ret)
{
	struct buf b;
	FILE *f = fopen(path, "rb");
	if (!f) {
		command_fail(c, "%s cannot be read: %s.", path, strerror(errno));
		return false;
	}
	buf_init(&b, c->cx->arena, ESTABLISHMENT_BYTES_MAX);
	bool whole = buf_read(&b, f) && !b.full;
	fclose(f);
	if (!whole)
		command_fail(c, "%s cannot be read, or is larger than 32 MB.", path);
	*ret = buf_get(&b);
	return whole;
}

static void print_figures(const struct bringing *b)
{
	for (size_t i = 0; i < b->n_figures; i++) {
		const struct establishment_figures_row *f = &b->figures[i];
		if (f->kind >= 0 && f->kind < EST_KINDS)
			printf("%-9s %lld new, %lld changed, %lld gone, %lld unchanged\n", est_kinds[f->kind], (long long)f->n_new, (long long)f->n_changed,
			       (long long)f->n_gone, (long long)f->n_same);
	}
	printf("%lld rows. %s\n", (long long)b->file.n_rows, b->dry ? "Nothing was changed (--dry-run)." : "Carried out.");
}

int import_establishment_run(struct command_line *c)
{
	struct bringing b = { .org = command_take(c, "--org"), .dry = command_flag(c, "--dry-run") };
	if (!b.org || c->argc != 1)
		return command_fail(c, "Which file, and for which organisation? karmayogi import establishment FILE --org CODE [--dry-run]");
	b.add.file_name = str_of(c->argv[0]);
	if (!read_file(c, c->argv[0], &b.add.text))
		return 1;
	enum err e = db_write(c->cx, c->pool, bring, &b);
	if (e != OK && e != ERR_GONE)
		return command_err(c, e);
	if (b.file.n_errors) {
		fwrite(b.errors.p, 1, b.errors.n, stdout);
		return command_fail(c, "%lld mistakes in %lld rows. Nothing was changed.", (long long)b.file.n_errors, (long long)b.file.n_rows);
	}
	print_figures(&b);
	return 0;
}

struct giving {
	struct str org, text;
};

static enum err give(struct ctx *cx, void *arg)
{
	struct giving *g = arg;
	int64_t org_id;
	TRY(org_of_code(cx, g->org, &org_id));
	return establishment_export(cx, org_id, &g->text);
}

int export_establishment_run(struct command_line *c)
{
	struct giving g = { 0 };
	if (c->argc != 1)
		return command_fail(c, "Of which organisation? karmayogi export establishment CODE");
	g.org = str_of(c->argv[0]);
	enum err e = db_read(c->cx, give, &g);
	if (e != OK)
		return command_err(c, e);
	return fwrite(g.text.p, 1, g.text.n, stdout) == g.text.n ? 0 : 1;
}
