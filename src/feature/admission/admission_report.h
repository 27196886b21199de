/* The report of a batch: a row for everybody who ever asked or was nominated, in the order of asking, with all that a coordinator or an office answers for: who
 * it is and where, the batch, request and decisions, seat and bed, sessions, parts, completion.
 *
 * The columns of the table (admission_report.c), then one for each session that is not cancelled ("yes", "no", or nothing noted), then for each part that is no
 * session the day on which it was done or how it stands, and of an examination also the best mark in per cent. What is done of parts stands there of who has a
 * seat. CSV: keys that stay the same and codes; XLSX: names and words for people. Names of things are in the language of cx in both. Read some rows at a time,
 * with a fixed number of statements for each piece. */
#ifndef FEATURE_ADMISSION_REPORT_H
#define FEATURE_ADMISSION_REPORT_H
#include "feature/admission/admission.h"

/* org_id: only rows of people of whom it was asked in this organisation or below; NONE: all. ERR_TOO_LARGE. Reads. */
_must_check_ enum err admission_report_csv(struct ctx *cx, const struct admission_batch_row *b, int64_t org_id, struct str *ret);
_must_check_ enum err admission_report_xlsx(struct ctx *cx, const struct admission_batch_row *b, int64_t org_id, struct str *ret);
#endif
