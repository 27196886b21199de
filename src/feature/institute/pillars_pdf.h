/* The evidence of an institute on paper: for each of the eight pillars what is in force. */
#ifndef FEATURE_PILLARS_PDF_H
#define FEATURE_PILLARS_PDF_H
#include "feature/institute/pillars.h"

/* ERR_NOT_FOUND: no institute. Documents are named, not shown. Reads. */
_must_check_ enum err pillars_report(struct ctx *cx, int64_t org_id, struct str *ret_pdf);
#endif
