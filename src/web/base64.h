/* Base64url without padding (RFC 4648, section 5), as tokens, browsers and certificates write bytes. */
#ifndef WEB_BASE64_H
#define WEB_BASE64_H
#include "base/arena.h"
#include "base/str.h"

/* In the arena. */
struct str base64url(struct arena *a, const void *p, size_t n);
/* Strict: no padding, no spaces. False: not that. In the arena. */
bool base64url_read(struct arena *a, struct str text, struct str *ret);
#endif
