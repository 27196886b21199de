/* JSON out: a writer into a struct buf. Reading is jansson's, behind web/request.c.
 *
 * Commas are set by the writer. Ids go out as strings (jw_id), times as RFC 3339 (jw_time), absent text as null. */
#ifndef BASE_JSON_H
#define BASE_JSON_H
#include "base/str.h"

struct json_out {
	struct buf *b;
	bool comma;
};
void jw_open(struct json_out *j, char bracket);  /* '{' or '[' */
void jw_close(struct json_out *j, char bracket); /* '}' or ']' */
void jw_key(struct json_out *j, const char *key);
void jw_str(struct json_out *j, struct str s);   /* p == NULL writes null */
void jw_int(struct json_out *j, int64_t v);
void jw_id(struct json_out *j, int64_t v);       /* as a string; NONE writes null */
void jw_real(struct json_out *j, double v);      /* shortest text that reads back the same; inf and nan write null */
void jw_bool(struct json_out *j, bool v);
void jw_null(struct json_out *j);
void jw_time(struct json_out *j, int64_t ms);    /* NONE writes null */
void jw_raw(struct json_out *j, struct str s);   /* text that is JSON already */
#endif
