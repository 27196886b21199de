/* Bytes inside a text: base64 (RFC 4648, 4) and data: addresses (RFC 2397). */
#ifndef TEXT_DATA_URI_H
#define TEXT_DATA_URI_H
#include "base/arena.h"
#include "base/str.h"

/* White space in it is passed over. False: not that. */
bool base64_read(struct arena *a, struct str text, struct str *ret);
/* Of "data:TYPE;base64,…" only. */
bool data_uri_read(struct arena *a, struct str address, struct str *ret);
void data_uri_put(struct buf *b, const char *type, struct str bytes);
#endif
