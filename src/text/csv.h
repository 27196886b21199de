/* CSV (RFC 4180): rows of fields, read one at a time from a text in memory.
 *
 * A BOM is passed over; lines end in LF or CRLF; quoted fields may hold commas, quotes ("") and line breaks. */
#ifndef TEXT_CSV_H
#define TEXT_CSV_H
#include "base/arena.h"
#include "base/field.h"

enum { CSV_FIELDS_MAX = 200 };
struct csv {
	struct str rest;
	int line;          /* of the next row */
	struct strs head;  /* the first row */
};
/* Reads the first row as names. False: there is none, or it is malformed. */
bool csv_begin(struct arena *a, struct str text, struct csv *ret);
/* The next row; short rows are filled up with absent fields. False at the end or when a quote is not closed (then rest is not empty). */
bool csv_next(struct arena *a, struct csv *c, struct strs *ret);
/* The field of a name, or absent. */
struct str csv_get(const struct csv *c, const struct strs *row, const char *name);
#endif
