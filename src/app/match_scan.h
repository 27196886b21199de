/* JSON from its beginning to its end, one piece after the other, without making anything of it: for files of millions of values. */
#ifndef APP_MATCH_SCAN_H
#define APP_MATCH_SCAN_H
#include "base/ctx.h"

struct scan {
	struct ctx *cx;
	const char *begin, *at, *end;
};
/* A text or a number, as it stands. */
struct scan_value {
	struct str raw; /* with its quotes */
	bool number;
	bool plain; /* a text without escapes, a number without fraction and exponent */
};
/* ERR_MALFORMED at the place where the scan stands: "line 3, column 7". */
enum err scan_fail(const struct scan *s, const char *text);
/* The next character that is not white space, which stays; 0 at the end. */
char scan_peek(struct scan *s);
/* Takes this character, or fails with the sentence. */
_must_check_ enum err scan_take(struct scan *s, char c, const char *otherwise);
/* In a list or an object behind its bracket: whether there is one more element; takes the comma before it, or the closing bracket. */
_must_check_ enum err scan_more(struct scan *s, char close, bool first, bool *ret);
/* A text or a number; ret->raw.p is NULL when something else stands there, and then it is not taken. */
_must_check_ enum err scan_value(struct scan *s, struct scan_value *ret);
/* Passes over any value. */
_must_check_ enum err scan_skip(struct scan *s);
/* What a text means, without quotes and escapes; in the arena unless it is plain. */
struct str scan_text(struct arena *a, const struct scan_value *v);
/* What a number means; beyond the range of doubles it is infinite. */
double scan_number(struct arena *a, const struct scan_value *v);
#endif
