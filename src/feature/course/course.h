/* Courses: modules and resources in order, brought in as a folder of text (doc/guide/course-folder.md).
 *
 * Import is whole or not at all: everything is read and checked first (no database), then written in one transaction.
 * A later import finds course, modules and resources again by their codes, so that what learners did stays;
 * what is no longer there is ended, not deleted. */
#ifndef FEATURE_COURSE_H
#define FEATURE_COURSE_H
#include "course_sql.h"
#include "db/db.h"
#include "text/finding.h"

struct parcel; /* a course that was read and checked, in the arena */
struct course_change {
	int64_t course_id;
	bool added;               /* else changed */
	size_t n_resources, n_ended;
};

/* Reads a folder or a ZIP of it. Mistakes go to `findings` (then ret is NULL and OK); an unreadable folder is ERR_NOT_FOUND.
 * Ceilings: 500 files, 300 MB in all, 4 levels, no links out of the folder. Files of a ZIP are unpacked below DATA/import. */
_must_check_ enum err course_read(struct ctx *cx, const char *path, struct findings *findings, struct parcel **ret);
struct str parcel_code(const struct parcel *p);
struct str parcel_title(const struct parcel *p);
size_t parcel_resources(const struct parcel *p);
/* Puts the media files where they are served from (DATA/media, named by their content), before the transaction:
 * a file without a row does no harm. */
_must_check_ enum err course_store_media(struct ctx *cx, const struct parcel *p, struct str *ret_message);
/* Writes the course with its search words and quizzes. In a writing transaction. */
_must_check_ enum err course_write(struct ctx *cx, const struct parcel *p, struct course_change *ret);
/* Path of a stored file. */
struct str course_media_path(struct ctx *cx, struct str name);
#endif
