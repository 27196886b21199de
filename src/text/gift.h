/* Questions as text: Moodle's GIFT format, read and written.
 *
 * A question ends at a blank line (as in Moodle), or at a line that starts with "::" when its braces are closed.
 * Beyond Moodle only one escape: "-\>" is "->" (so that any text can be written).
 * HTML is made plain while reading. Descriptions (no braces) and essays ({}) are findings: a quiz cannot mark them.
 * Weights are per cent: a single choice has exactly one option of 100; those of a multiple choice that are
 * above 0 add to 100; a short answer and a number need one answer of 100.
 * Tags in comments say bloom and source: "// [tag:bloom:apply] [tag:source:RTI Act, s. 7]"; other tags say nothing.
 * Only the first six kinds, one language, no pictures, no marks: gift_parse(gift_write(q)) gives such a q again, but for the lines. */
#ifndef TEXT_GIFT_H
#define TEXT_GIFT_H
#include "text/question.h"

/* need_names: a question without ::name:: is a finding. True: no finding was added. A faulty question is left out. */
bool gift_parse(struct findings *f, struct str file, struct str source, bool need_names, struct questions *ret);
struct str gift_write(struct arena *a, const struct question *v, size_t n);
/* A number with its tolerance: "3", "3:0.5" or "1..5". */
bool gift_range_read(struct str s, double *value, double *tolerance);
#endif
