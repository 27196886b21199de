/* HTML made plain: for questions written in other systems, whose texts are HTML.
 *
 * Tags, comments and the content of script and style go, block elements become line breaks, character references
 * are decoded, white space is gathered. The result is plain text: it is escaped like any other when it is shown. */
#ifndef TEXT_HTML_TEXT_H
#define TEXT_HTML_TEXT_H
#include "base/arena.h"
#include "base/str.h"

struct str html_to_plain(struct arena *a, struct str html);
#endif
