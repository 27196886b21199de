/* Staff lists; see people_import.h. */
#include "feature/people_import/people_import.h"
#include "base/fact.h"
#include "feature/people_import/staff_file.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

const struct job_kind people_import_jobs[] = {
	{ .name = "people_import.check", .title = N_("Checking a staff list"), .act = people_check_act, .step = people_check_step, .tries = 3 },
	{ .name = "people_import.apply", .title = N_("Carrying out a staff list"), .act = people_apply_act, .step = people_apply_step },
	{ .name = "people_import.undo", .title = N_("Taking back a staff list"), .step = people_undo_step },
	{ .name = "people_import.sweep", .title = N_("Removing old files of staff lists"), .act = people_sweep_act, .step = people_sweep_step, .every = DAY },
	{ 0 },
};

const char *people_import_file(struct ctx *cx, int64_t id, const char *what)
{
	return str_fmt(cx->arena, "%.*s/import/%lld.%s", STR_ARG(cx->app->data_dir), (long long)id, what).p;
}

/* The first row as one text, for keeping: fields divided by U+001F, which no name of a column holds. */
static struct str kept_head(struct ctx *cx, const struct strs *head)
{
	struct buf b;
	buf_init(&b, cx->arena, 20000);
	for (size_t i = 0; i < head->n; i++) {
		if (i)
			buf_char(&b, '\x1f');
		for (size_t k = 0; k < head->v[i].n; k++)
			if ((unsigned char)head->v[i].p[k] >= 0x20)
				buf_char(&b, head->v[i].p[k]);
	}
	return buf_get(&b);
}

bool people_import_kept_head(struct ctx *cx, struct str kept, struct strs *ret)
{
	struct str one;
	*ret = (struct strs){ 0 };
	while (str_cut(&kept, '\x1f', &one))
		*ARENA_PUSH(cx->arena, ret->v, ret->n) = one;
	return ret->n > 0;
}

bool people_import_head(struct ctx *cx, const char *path, struct strs *ret_head, const char **ret_sentence)
{
	struct staff_file f;
	if (staff_open(cx, path, &f) != OK) {
		*ret_sentence = cx->n_failures ? cx->failures[cx->n_failures - 1].text : N_("This file cannot be read.");
		return false;
	}
	/* Out of the file before it is closed. */
	struct str kept = kept_head(cx, &f.csv.head);
	staff_close(&f);
	return people_import_kept_head(cx, kept, ret_head);
}

static enum err move(struct ctx *cx, const char *from, const char *to)
{
	const char *folder = str_fmt(cx->arena, "%.*s/import", STR_ARG(cx->app->data_dir)).p;
	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		return ERR_UNAVAILABLE;
	return rename(from, to) == 0 ? OK : ERR_UNAVAILABLE;
}

enum err people_import_add(struct ctx *cx, const struct people_import_add *in, int64_t *ret_id)
{
	struct staff_file f;
	struct stat st;
	enum err e = staff_open(cx, in->path, &f);
	if (e != OK)
		return e == ERR_NOT_FOUND ? fail(cx, ERR_INVALID, "file", N_("This file cannot be read.")) : e;
	struct str head = kept_head(cx, &f.csv.head);
	staff_close(&f);
	int64_t id = new_id(cx);
	if (stat(in->path, &st) != 0 || move(cx, in->path, people_import_file(cx, id, "list")) != OK)
		return ERR_UNAVAILABLE;
	TRY(people_import_sql_add(cx, id, in->org_id, cx->actor.person_id ? cx->actor.person_id : NONE, in->file_name, st.st_size, head, S(""), cx->now, NULL));
	*ret_id = id;
	return OK;
}

enum err people_import_columns(struct ctx *cx, int64_t org_id, const struct strs *head, struct staff_map *ret)
{
	struct people_import_columns_of_row kept;
	bool found = false;
	TRY(people_import_sql_columns_of(cx, org_id, kept_head(cx, head), &kept, &found));
	if (!found || !staff_map_parse(kept.columns, head->n, ret))
		*ret = staff_guess(cx->arena, head);
	return OK;
}

static enum err past(struct ctx *cx)
{
	return fail(cx, ERR_CONFLICT, "", N_("This list has gone on in the meantime. Nothing was changed; please look at its page again."));
}

static enum err queue(struct ctx *cx, const char *kind, int64_t id, const char *how, int64_t *ret_job)
{
	struct job_add in = { .kind = kind, .input = str_fmt(cx->arena, "%lld%s", (long long)id, how), .asked_by = cx->actor.person_id ? cx->actor.person_id : NONE };
	return job_add(cx, &in, ret_job);
}

enum err people_import_check(struct ctx *cx, int64_t id, const struct staff_map *m, bool complete)
{
	struct people_import_one_row i;
	bool found = false;
	int64_t job = 0, changed = 0;
	TRY(people_import_sql_one(cx, id, &i, &found));
	if (!found)
		return ERR_NOT_FOUND;
	enum staff_field missing = staff_missing(m);
	if (missing != STAFF_FIELDS)
		return fail(cx, ERR_INVALID, staff_columns[missing].name, N_("is needed: choose the column that holds it"));
	struct str columns = staff_map_text(cx->arena, m);
	TRY(queue(cx, "people_import.check", id, "", &job));
	TRY(people_import_sql_begin_check(cx, columns, complete, job, id, &changed));
	return changed ? people_import_sql_keep_columns(cx, i.org_id, i.head, columns, NULL) : past(cx);
}

enum err people_import_apply(struct ctx *cx, int64_t id, bool all_or_nothing)
{
	struct people_import_one_row i;
	bool found = false;
	int64_t job = 0, changed = 0;
	TRY(people_import_sql_one(cx, id, &i, &found));
	if (!found)
		return ERR_NOT_FOUND;
	if (all_or_nothing && i.n_refused)
		return fail(cx, ERR_CONFLICT, "", N_("Rows of this list are refused, so nothing of it was carried out. Correct them and bring the list again."));
	TRY(queue(cx, "people_import.apply", id, all_or_nothing ? " all" : "", &job));
	TRY(people_import_sql_begin_apply(cx, job, id, &changed));
	return changed ? OK : past(cx);
}

enum err people_import_undo(struct ctx *cx, int64_t id)
{
	struct people_import_one_row i;
	bool found = false;
	int64_t job = 0, changed = 0;
	TRY(people_import_sql_one(cx, id, &i, &found));
	if (!found)
		return ERR_NOT_FOUND;
	if (i.applied_at != NONE && cx->now - i.applied_at > UNDO_FOR)
		return fail(cx, ERR_CONFLICT, "", N_("This list was carried out more than 30 days ago and can no longer be taken back."));
	TRY(queue(cx, "people_import.undo", id, "", &job));
	TRY(people_import_sql_begin_undo(cx, job, id, &changed));
	return changed ? OK : past(cx);
}

enum err people_import_stop(struct ctx *cx, int64_t id)
{
	struct people_import_one_row i;
	bool found = false;
	TRY(people_import_sql_one(cx, id, &i, &found));
	if (!found)
		return ERR_NOT_FOUND;
	if (!str_is(i.state, "checking") && !str_is(i.state, "applying"))
		return past(cx);
	return job_cancel(cx, i.job_id);
}

enum err people_import_tell(struct ctx *cx, int64_t id, struct str outcome)
{
	struct people_import_one_row import;
	bool found = false;
	const struct msg_arg more[] = { { "import_id", fact_id(cx, id) }, { "outcome", outcome } };
	TRY(people_import_sql_one(cx, id, &import, &found));
	return found ? fact_tell(cx, &(struct fact){ FACT_people_imported, NONE, import.org_id, NONE, more, sizeof more / sizeof *more }) : OK;
}
