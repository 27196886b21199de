/* Sheets of a group session on paper: a page a person, with number, name, questions, lettered options, a place to sign. */
#ifndef FEATURE_TOGETHER_SHEET_PDF_H
#define FEATURE_TOGETHER_SHEET_PDF_H
#include "feature/together/together_sheet.h"

struct together_paper {
	int64_t n;
	struct str name, employee_no;
	struct quiz_shown *questions;
	size_t n_questions;
};
_must_check_ enum err together_sheet_pdf(struct ctx *cx, const struct together_session_row *s, const struct together_paper *sheets, size_t n, struct str *ret);
#endif
