/* Staff lists: a CSV as an HR system exports it becomes people and postings, checked first, carried out in steps, taken back if need be.
 *
 *   new → checking → checked → applying → applied → undoing → undone
 *
 * The check reads the whole list and changes nothing: it says of every row what would happen (new, changed, moved, returned, left,
 * unchanged, refused with the reason) and writes two files, what would change and which rows are refused. Carrying out does exactly
 * that, judging each row again by the data of its moment; a row that no longer fits is counted as late and left alone. Employees are known
 * by their employee number, so that the same list twice changes nothing the second time.
 * Who is not in a list that is said to be complete has left. Nothing outside the organisation of the import is touched.
 * For UNDO_FOR days everything can be taken back that nobody has changed since; people who were new stay as left.
 *
 * The files of a list are removed UNDO_FOR after it was brought; one that was not carried out by then is stopped.
 *
 * All long work is jobs (job/job.h): it survives a stop at any moment. Memory: about 32 bytes a row (at most 3 texts are remembered). */
#ifndef FEATURE_PEOPLE_IMPORT_H
#define FEATURE_PEOPLE_IMPORT_H
#include "feature/people_import/staff_row.h"
#include "job/job.h"
#include "people_import_sql.h"

enum { IMPORT_BYTES_MAX = 1 << 30, IMPORT_ROWS_MAX = 5000000 };
#define UNDO_FOR (30 * DAY)

/* Looks at the beginning of a list: its names of columns. False with a sentence (N_()) when it cannot be one. */
bool people_import_head(struct ctx *cx, const char *path, struct strs *ret_head, const char **ret_sentence);

struct people_import_add {
	int64_t org_id;
	const char *path;        /* moved to DATA/import */
	struct str file_name;    /* for people */
};
/* Takes a list in. ERR_INVALID with field "file" when it cannot be a list. In a writing transaction; the file is moved before it is
 * kept in the data, and an import that was not kept leaves a file that the daily sweep removes. */
_must_check_ enum err people_import_add(struct ctx *cx, const struct people_import_add *in, int64_t *ret_id);
/* Begins the check with these columns. ERR_INVALID ("columns" or the field that is missing), ERR_CONFLICT: it is past that. */
_must_check_ enum err people_import_check(struct ctx *cx, int64_t id, const struct staff_map *m, bool complete);
/* Begins to carry out. all_or_nothing: refused when a row is refused, and taken back when one is late. ERR_CONFLICT. */
_must_check_ enum err people_import_apply(struct ctx *cx, int64_t id, bool all_or_nothing);
/* Begins to take back. ERR_CONFLICT: not applied, or too long ago. */
_must_check_ enum err people_import_undo(struct ctx *cx, int64_t id);
/* Stops a check, or what is being carried out (what has been carried out until then is taken back). */
_must_check_ enum err people_import_stop(struct ctx *cx, int64_t id);

/* Files of an import: "list", "plan", "gone", "refused.csv", "changes.csv". In the arena. */
const char *people_import_file(struct ctx *cx, int64_t id, const char *what);
/* Columns suggested for a list: those of the last time for the same first row, else by their names. */
_must_check_ enum err people_import_columns(struct ctx *cx, int64_t org_id, const struct strs *head, struct staff_map *ret);
/* The first row of an import, from what is kept. */
bool people_import_kept_head(struct ctx *cx, struct str kept, struct strs *ret);

/* Tells whoever listens that a list is carried out, or taken back (outcome "applied", "undone"). */
_must_check_ enum err people_import_tell(struct ctx *cx, int64_t id, struct str outcome);

/* The kinds of jobs; in app/features.c. */
extern const struct job_kind people_import_jobs[];
/* Steps of the jobs, each in its own file. */
enum err people_check_act(struct ctx *cx, struct job *j);
enum err people_check_step(struct ctx *cx, struct job *j);
enum err people_apply_act(struct ctx *cx, struct job *j);
enum err people_apply_step(struct ctx *cx, struct job *j);
enum err people_undo_step(struct ctx *cx, struct job *j);
enum err people_sweep_act(struct ctx *cx, struct job *j);
enum err people_sweep_step(struct ctx *cx, struct job *j);
#endif
