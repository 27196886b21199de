/* The daily sweep of the files of staff lists: they hold what people are called and how they are reached, so none stays longer than it is of use. */
#include "feature/people_import/people_import.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

struct looking {
	int64_t id;
	struct people_import_one_row row;
	bool found;
};

static enum err look(struct ctx *cx, void *arg)
{
	struct looking *l = arg;
	return people_import_sql_one(cx, l->id, &l->row, &l->found);
}

static bool under_way(struct str state)
{
	return str_is(state, "checking") || str_is(state, "applying") || str_is(state, "undoing");
}

/* Kept for UNDO_FOR after the list was brought, or as long as work goes on. A file that no list knows belongs to one that was never kept, or to one that is
 * being brought at this moment: a day old, it is the first. */
static enum err of_no_use(struct ctx *cx, const char *path, const char *name, bool *ret)
{
	struct str rest = str_of(name), id;
	struct looking l = { 0 };
	struct stat st;
	bool old = stat(path, &st) == 0 && S_ISREG(st.st_mode) && (int64_t)st.st_mtime * SECOND < cx->now - DAY;
	*ret = false;
	if (!old)
		return OK;
	if (str_cut(&rest, '.', &id) && str_int(id, &l.id))
		TRY(db_read(cx, look, &l));
	*ret = !l.found || (!under_way(l.row.state) && l.row.created_at < cx->now - UNDO_FOR);
	return OK;
}

static enum err sweep_folder(struct ctx *cx, struct job *j, const char *folder)
{
	const char *at = str_fmt(cx->arena, "%.*s/%s", STR_ARG(cx->app->data_dir), folder).p;
	DIR *d = opendir(at);
	struct dirent *entry;
	enum err e = OK;
	while (d && e == OK && (entry = readdir(d))) {
		struct arena_mark mark = arena_mark(cx->arena);
		const char *path = str_fmt(cx->arena, "%s/%s", at, entry->d_name).p;
		bool gone = false;
		e = of_no_use(cx, path, entry->d_name, &gone);
		if (e == OK && gone && unlink(path) == 0)
			j->done++;
		arena_back(cx->arena, mark);
	}
	if (d)
		closedir(d);
	return e;
}

enum err people_sweep_act(struct ctx *cx, struct job *j)
{
	TRY(sweep_folder(cx, j, "import"));
	return sweep_folder(cx, j, "upload");
}

/* A list whose files are gone can be carried out no more. */
enum err people_sweep_step(struct ctx *cx, struct job *j)
{
	j->ended = true;
	return people_import_sql_lapse(cx, cx->now - UNDO_FOR, NULL);
}
