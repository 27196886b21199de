/* Competencies: frameworks of areas, themes and sub-themes with levels, as the Karmayogi Competency Model is one.
 *
 * An entry is known by its code for ever; what it is called changes by versions, each in force from a day on (competency_text). An entry that is not in a
 * newer file has ended: from that day on nothing new is linked to it, and what was learned and required by it stays readable. Where it is replaced
 * by another, that is said. The number of levels of a framework never changes, since it is the scale of every level estimated by it.
 *
 * Wording and ends count from the day that the file names (today when it names none); where an entry stands, its owner and its links change at once.
 * A framework changes by files only (framework.h), whole: a file is looked at first (framework_check), carried out (framework_apply) and can be taken
 * back until the framework changes again (framework_undo: the framework as it was; what was new has ended).
 *
 * Courses name what they teach as FRAMEWORK:CODE@LEVEL (kcm when no framework is named); names that no framework here has are kept, linked when it comes, and
 * reported by `karmayogi check` until then. */
#ifndef FEATURE_COMPETENCY_H
#define FEATURE_COMPETENCY_H
#include "competency_sql.h"
#include "db/db.h"
#include "feature/competency/framework.h"

/* A framework that is kept, with the ids of its entries (parallel to fw.v), as it is in force on a day. */
struct framework_kept {
	struct framework fw;
	int64_t id, org_id, revision, changed_at;
	int64_t *ids;
	bool *ended;
};
/* Found false: there is none of this code. with_ended: entries that are not in force, too. */
_must_check_ enum err framework_load(struct ctx *cx, struct str code, int64_t day, bool with_ended, struct framework_kept *ret, bool *ret_found);

/* What a file changes. */
enum change_kind { CHANGE_ADDED, CHANGE_CHANGED, CHANGE_ENDED, CHANGE_RETURNED, CHANGE_KINDS };
struct framework_change {
	enum change_kind kind;
	struct str code, name; /* as it will be, or was */
	struct str what;       /* of CHANGED: "name parent indicators", for the page to translate; else empty */
	int64_t competency_id; /* NONE: new */
	int64_t n_courses;     /* that teach it */
};
struct framework_diff {
	bool added; /* the framework itself is new */
	size_t n[CHANGE_KINDS], n_unchanged;
	struct framework_change *v; /* all but the unchanged, as they stand in the file, the ended ones last */
	size_t n_changes;
};
/* Compares; now NULL: new. What a file of CASE does not say is taken from what is kept. Mistakes that only show beside what is kept (another number of
 * levels, the code of another organisation's framework, owners that are not there) go to findings. Reads. */
_must_check_ enum err framework_compare(struct ctx *cx, struct findings *f, int64_t org_id, struct framework *file, const struct framework_kept *now,
					struct framework_diff *ret);

struct framework_add {
	int64_t org_id; /* for whom */
	struct str file_name, text;
	struct str code;  /* of the framework, where the file cannot say it; may be absent */
	int64_t from_day; /* NONE: today */
};
/* Looks at a file and keeps it. ERR_INVALID "file" with the first mistakes. In a writing transaction, as all that follow. */
_must_check_ enum err framework_check(struct ctx *cx, const struct framework_add *in, int64_t *ret_import_id);
/* A file, and what it changes now, or changed when it was carried out; a file that cannot be carried out any more has its failures in cx and found true.
 * ret_problem: so. ERR_NOT_FOUND. Reads. */
_must_check_ enum err framework_look(struct ctx *cx, int64_t org_id, int64_t import_id, struct competency_import_of_row *ret, struct framework_diff *ret_diff, bool *ret_problem);
/* ERR_NOT_FOUND; ERR_CONFLICT: carried out already, or the framework has changed since it was looked at. */
_must_check_ enum err framework_apply(struct ctx *cx, int64_t org_id, int64_t import_id, struct framework_diff *ret);
/* ERR_NOT_FOUND; ERR_CONFLICT: not carried out, or the framework has changed since. */
_must_check_ enum err framework_undo(struct ctx *cx, int64_t org_id, int64_t import_id);

/* The indicators of a kept version. In the arena. */
void indicators_read(struct ctx *cx, struct str json, struct indicator **ret, size_t *ret_n);

/* ── what courses teach ── */

enum { TEACHES_MAX = 20 };
struct teaches {
	struct str framework, code;
	int64_t level;
};
/* Reads "kcm:functional.noting-and-drafting@2, behavioural.communication@1". False: ret_wrong is the part that cannot be read. */
bool teaches_read(struct arena *a, struct str text, struct teaches **ret, size_t *ret_n, struct str *ret_wrong);
/* In place of what the course taught before. In a writing transaction. */
_must_check_ enum err teaches_set(struct ctx *cx, int64_t course_id, const struct teaches *v, size_t n);

/* What a question tests, as its category says it ("kcm:functional.rti-responsiveness@2", also behind a path, as Moodle writes categories). has false: the category
 * says nothing of it. False: it says something that cannot be read. */
bool tests_read(struct arena *a, struct str category, struct teaches *ret, bool *ret_has);

/* In the language of cx. */
struct str said_in(const struct ctx *cx, struct str en, struct str hi);
#endif
