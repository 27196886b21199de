/* The sheet of a session on paper: names, a box to tick, a place to sign. */
#ifndef FEATURE_ATTENDANCE_PDF_H
#define FEATURE_ATTENDANCE_PDF_H
#include "feature/attendance/attendance_page.h"

_must_check_ enum err attendance_pdf(struct ctx *cx, const struct roster_page *v, struct str *ret);
#endif
