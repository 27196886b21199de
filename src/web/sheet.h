/* A list to be signed by hand: lines at the head, a table whose headings stand on every page, and a line for whoever is in charge. On top of paper.h.
 *
 *   sheet_begin(), sheet_line() …, sheet_table(); for each row sheet_room() and sheet_cell() …, sheet_end_row(); sheet_end() */
#ifndef WEB_SHEET_H
#define WEB_SHEET_H
#include "web/paper.h"

#define SHEET_FONT "Mukta, Noto Sans, Noto Sans Devanagari"
enum { SHEET_LEFT = PAPER_MARGIN, SHEET_RIGHT = PAPER_W - PAPER_MARGIN };

/* A column goes to where the next begins, the last one to SHEET_RIGHT. */
struct sheet_column {
	double x;
	const char *name; /* N_(); NULL: none */
};
struct sheet {
	struct paper p;
	struct str foot;
	const struct sheet_column *columns;
	size_t n_columns;
};
/* foot: at the foot of each page, and the title of the file; subject: whom it is about. To be ended by sheet_end. */
void sheet_begin(struct sheet *s, struct ctx *cx, struct str foot, struct str subject, const struct sheet_column *columns, size_t n_columns);
/* A line over the whole width, and so much room after it; nothing for an empty text. size: "Bold 11". */
void sheet_line(struct sheet *s, const char *size, struct str text, double after);
/* The headings. */
void sheet_table(struct sheet *s);
/* Begins the next page, with headings, when a row of this height has no room. */
void sheet_room(struct sheet *s, double height);
/* How high a text is in a column. Draws nothing. */
double sheet_height(struct sheet *s, const char *size, struct str text, size_t column);
/* Writes into a column of the row, so far below its top; grey: 0 is black. Returns the height. */
double sheet_cell(struct sheet *s, const char *size, double grey, struct str text, size_t column, double below);
void sheet_end_row(struct sheet *s, double height);
/* sign: N_(), what stands below the line at the end. The bytes in the arena; ERR_INTERNAL when it could not be drawn. */
_must_check_ enum err sheet_end(struct sheet *s, const char *sign, struct str *ret);
#endif
