/* A person's record of learning as something to take away: spreadsheet, data, printed transcript.
 *
 * All rows, never a selection: whoever leaves takes everything along. Rows are those of record_sql_since. */
#ifndef FEATURE_RECORD_H
#define FEATURE_RECORD_H
#include "db/db.h"
#include "record_sql.h"

enum { RECORD_ROWS_MAX = 10000 };

struct record {
	struct str name, designation, org; /* designation and org may be absent */
	struct record_sums_row sums;
	struct record_since_row *rows;
	size_t n_rows;
	struct record_programmes_row *programmes; /* completed */
	size_t n_programmes;
};
/* Everything of a person; ERR_NOT_FOUND. */
_must_check_ enum err record_of(struct ctx *cx, int64_t person_id, struct record *ret);
/* 0 to 100; completed is 100 although the course may have grown since. */
int64_t record_percent(struct str state, int64_t resources_done, int64_t needed);

/* A completed programme in the columns of a course, of the kind "programme"; verified_ms NONE: its length is a published one, not one that was measured. */
struct record_since_row record_programme(const struct record_programmes_row *p);

/* RFC 4180 with a byte order mark, so that spreadsheets read every script; cells are never formulas. */
struct str record_csv(struct ctx *cx, const struct record *r);
struct str record_json(struct ctx *cx, const struct record *r);
/* A4; letters of any script by the system's fonts. ERR_INTERNAL when it cannot be drawn. */
_must_check_ enum err record_pdf(struct ctx *cx, const struct record *r, struct str *ret);
#endif
