/* One range of bytes out of a file (RFC 9110, 14.1.2). */
#ifndef WEB_RANGE_H
#define WEB_RANGE_H
#include "base/str.h"

/* "bytes=100-", "bytes=100-199" or "bytes=-50" of a file of n bytes: its first and last byte. False: another, several, or none that can be met. */
bool range_of(struct str v, int64_t n, int64_t *from, int64_t *to);
#endif
