/* Workbooks for spreadsheets: Office Open XML (ECMA-376, part 1, SpreadsheetML) in a ZIP archive whose members are stored as they are (APPNOTE.TXT 6.3, method
 * 0).
 *
 * Sheets of rows of texts and whole or decimal numbers; the first row of each is bold and stays in view. Texts stand in their cells (inlineStr) and are never
 * formulas. The same calls give the same bytes: times in the archive are those of the first of January 1980. */
#ifndef TEXT_XLSX_H
#define TEXT_XLSX_H
#include "base/str.h"

enum { XLSX_SHEETS_MAX = 8, XLSX_COLUMNS_MAX = 702 }; /* A to ZZ */

struct xlsx {
	struct arena *arena;
	struct buf sheets[XLSX_SHEETS_MAX];
	struct str names[XLSX_SHEETS_MAX];
	size_t n_sheets, row, column;
	size_t max;
};
/* max: the most bytes of a sheet and of the whole. */
void xlsx_begin(struct xlsx *x, struct arena *a, size_t max);
/* A sheet; of its name the first 31 characters that may stand in one are taken ([ ] : * ? / \ may not), so names should differ in them. At most
 * XLSX_SHEETS_MAX. */
void xlsx_sheet(struct xlsx *x, struct str name);
/* The next cell of the row; beyond XLSX_COLUMNS_MAX nothing is written. Characters that XML 1.0 does not know are left out. */
void xlsx_text(struct xlsx *x, struct str s);
void xlsx_int(struct xlsx *x, int64_t v);
/* With two places behind the point. */
void xlsx_real(struct xlsx *x, double v);
void xlsx_end_row(struct xlsx *x);
/* The bytes of the file, in the arena. False: something did not fit. */
bool xlsx_end(struct xlsx *x, struct str *ret);
#endif
