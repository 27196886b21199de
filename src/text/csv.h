/* CSV (RFC 4180): rows of fields, read one at a time from a text in memory (or mapped), and written.
 *
 * A BOM is passed over; lines end in LF or CRLF; quoted fields may hold separators, quotes ("") and line breaks. The separator is the one of
 * comma, semicolon and tab that the first line holds most often, as spreadsheets write them. A field has at most CSV_FIELD_MAX bytes. */
#ifndef TEXT_CSV_H
#define TEXT_CSV_H
#include "base/arena.h"
#include "base/field.h"

enum { CSV_FIELDS_MAX = 200, CSV_FIELD_MAX = 1 << 20 };
struct csv {
	struct str rest;
	int line;          /* of the next row */
	char separator;
	struct strs head;  /* the first row */
};
/* Reads the first row as names. False: there is none, or it is malformed. */
bool csv_begin(struct arena *a, struct str text, struct csv *ret);
/* The next row; short rows are filled up with absent fields. False at the end, or when a quote is not closed, a field is too long or
 * a row has too many (then rest is not empty, and line is that of the row). */
bool csv_next(struct arena *a, struct csv *c, struct strs *ret);
/* The field of a name, or absent. */
struct str csv_get(const struct csv *c, const struct strs *row, const char *name);
/* Writes a field in quotes, and a comma. What a spreadsheet would take for a formula (= + - @ tab) gets a ' before it (OWASP, CSV injection). */
void csv_put(struct buf *b, struct str field);
/* Ends the row: CRLF in place of the last comma. */
void csv_end_row(struct buf *b);
#endif
