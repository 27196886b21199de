/* A staff list on disk, mapped: read row by row in bounded memory. */
#ifndef FEATURE_STAFF_FILE_H
#define FEATURE_STAFF_FILE_H
#include "base/ctx.h"
#include "text/csv.h"

struct staff_file {
	struct str text;    /* the whole */
	struct csv csv;
	size_t row_at;      /* where the row that was read last began, and its line */
	int row_line;
};
/* ERR_NOT_FOUND: no such file; ERR_INVALID with a sentence for field "file" (empty, UTF-16, no first row). */
_must_check_ enum err staff_open(struct ctx *cx, const char *path, struct staff_file *ret);
void staff_close(struct staff_file *f);
/* Where the next row begins, and going there. line: of that row. */
size_t staff_at(const struct staff_file *f);
void staff_go(struct staff_file *f, size_t at, int line);
/* The next row that is not blank. False at the end; *ret_broken: a row that cannot be read (its line: f->csv.line). */
bool staff_next(struct ctx *cx, struct staff_file *f, struct strs *ret, bool *ret_broken);
#endif
