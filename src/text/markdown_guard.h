/* What is refused before libcmark-gfm sees it, since it would take that parser more than linear time or memory.
 *
 * Belongs to markdown.c. Measured on 0.29.0.gfm.6; no text that a person writes comes near these ceilings. */
#ifndef TEXT_MARKDOWN_GUARD_H
#define TEXT_MARKDOWN_GUARD_H
#include "text/finding.h"

/* Lines of the source must end with \n only. */
bool markdown_guard(struct findings *f, struct str file, int first_line, struct str source);
#endif
