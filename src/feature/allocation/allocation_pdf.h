/* A work allocation order as a printed document. */
#ifndef FEATURE_ALLOCATION_PDF_H
#define FEATURE_ALLOCATION_PDF_H
#include "base/ctx.h"

/* A4 upright, as many pages as it needs, in the language of cx as far as the document has both; made of the document (order.h) alone. On each page stand
 * number, page and the beginning of the hash, on the first the whole of it and the code that leads to the public page. published_at: the same order is the same file. The bytes in the arena;
 * ERR_INTERNAL when it cannot be drawn. */
_must_check_ enum err allocation_pdf(struct ctx *cx, struct str document, struct str hash, struct str verify_url, int64_t published_at, struct str *ret);
#endif
