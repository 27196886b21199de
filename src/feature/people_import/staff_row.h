/* One row of a staff list: which column is which, and what a row says.
 *
 * Column names are recognised as e-HRMS and offices write them, in English and Hindi, in any order and any capitals; an
 * administrator may choose otherwise. Dates: 2026-11-23, 23-11-2026, 23/11/2026, 23.11.2026. */
#ifndef FEATURE_STAFF_ROW_H
#define FEATURE_STAFF_ROW_H
#include "base/ctx.h"
#include "base/field.h"

enum staff_field {
	STAFF_EMPLOYEE_NO, STAFF_NAME, STAFF_EMAIL, STAFF_MOBILE, STAFF_ORG, STAFF_DESIGNATION, STAFF_SUPERVISOR, STAFF_FROM, STAFF_LEFT, STAFF_LANG,
	STAFF_FIELDS
};
struct staff_column {
	const char *name;   /* "employee_no" */
	const char *label;  /* N_() */
	bool must;
	const char *also;   /* other names, small letters without spaces or signs, between bars */
};
extern const struct staff_column staff_columns[STAFF_FIELDS];

struct staff_map {
	int at[STAFF_FIELDS]; /* column of the file, from 0; -1: none */
};
/* What the names of the first row suggest. */
struct staff_map staff_guess(struct arena *a, const struct strs *head);
/* "employee_no=0,name=3" and back. False: malformed, a column beyond the file or one used twice. */
bool staff_map_parse(struct str text, size_t n_columns, struct staff_map *ret);
struct str staff_map_text(struct arena *a, const struct staff_map *m);
/* The first column that is needed and has no place; STAFF_FIELDS: none. */
enum staff_field staff_missing(const struct staff_map *m);

struct staff_row {
	struct str employee_no, name, email, mobile, org, designation, supervisor, lang; /* absent: the list says nothing of it */
	int64_t from_day, left_day; /* NONE: not said */
};
struct staff_fault {
	enum staff_field field;
	const char *text;   /* N_(); NULL: none */
};
/* False with the first fault of the row. Texts point into `cells` or the arena. */
bool staff_read(struct ctx *cx, const struct strs *cells, const struct staff_map *m, struct staff_row *ret, struct staff_fault *ret_fault);
#endif
