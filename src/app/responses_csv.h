/* A table of answers as a file (CSV): the first row names the items, every other row is a person.
 *
 * A cell is a category, 0 … 9 (right-or-wrong items: 0 wrong, 1 right); empty or NA: not answered. A column named n is no item: how many people gave
 * the answers of the row. Separator and quotes as in text/csv.h, so at most 200 columns. */
#ifndef APP_RESPONSES_CSV_H
#define APP_RESPONSES_CSV_H
#include "base/ctx.h"
#include "psychometrics/responses.h"

enum { RESPONSES_BYTES_MAX = 64 << 20 };
struct responses_table {
	struct responses r;
	struct str *names; /* of the items */
	double without;	   /* people who answered nothing; they stay in r */
};
/* ERR_INVALID with a sentence whose field says the line. In the arena; names may be views of the text. */
enum err responses_read(struct ctx *cx, struct str text, struct responses_table *ret);
#endif
