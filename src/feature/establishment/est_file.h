/* The rows of an establishment file, read and written; columns stand in establishment.h. Pure. Within feature/establishment. */
#ifndef FEATURE_EST_FILE_H
#define FEATURE_EST_FILE_H
#include "base/arena.h"
#include "base/field.h"

enum est_kind { EST_ROLE, EST_ACTIVITY, EST_NEED, EST_POST, EST_HOLDER, EST_KINDS };
extern const char *const est_kinds[EST_KINDS]; /* "role" … */

/* Cells as they stand, without white space around and without the guard of spreadsheets; empty: not said. Numbers and days not said are NONE. */
struct est_row {
	enum est_kind kind;
	int line;
	struct str office, code, name_en, name_hi; /* a post's titles are its names */
	struct str role, activity, competency;
	int64_t level;
	struct str designation, place, roles, service;
	int64_t sanctioned, least_pay_level, least_years, tenure_months;
	struct str post, person, holding, order_no;
	int64_t from_day, until_day;
};

/* What is wrong in a row: an English sentence (N_()) with the places {what}, {other} and {day}. line 0: in the whole file. */
struct est_fault {
	int line;
	const char *text;
	struct str what, other;
	int64_t day;
};
struct est_faults {
	struct arena *arena;
	struct est_fault *v;
	size_t n;
};
/* The values are cut to 80 code points. day NONE: none. */
void est_wrong(struct est_faults *f, int line, const char *text, struct str what, struct str other, int64_t day);

/* Reads all rows; those that cannot be read go to the faults and are not among them. ret_n_lines: rows that are not blank, good or not. In the arena of the
 * faults; texts may point into `text`. */
void est_read(struct est_faults *f, struct str text, struct est_row **ret, size_t *ret_n, size_t *ret_n_rows);
/* The names of the columns, and a row. What was read comes back the same. */
void est_write_head(struct buf *b);
void est_write(struct buf *b, const struct est_row *row);
#endif
