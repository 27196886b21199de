/* Answers of the API: rows as JSON from their field table, problems (RFC 9457), validators (RFC 9110). */
#ifndef WEB_REPLY_H
#define WEB_REPLY_H
#include "base/json.h"
#include "web/exchange.h"

/* One member of an object: the field of the struct at `at`. Secrets become null. */
void reply_field(struct ctx *cx, struct json_out *j, const struct field *f, const void *at);
/* What the action answered, as JSON in the arena; *ret_full: it went over its ceiling. */
struct str reply_json(struct exchange *x, bool *ret_full);
/* Makes it the answer, with its ETag; 304 when the client has it already. */
void reply_answer(struct exchange *x);
/* Whether a GET asks for what the client has already by its tag (out.etag): then out.status is 304. */
bool reply_unchanged(struct exchange *x);
/* Makes the problem the answer, in the manners of the protocol; out.status is set. */
void reply_problem(struct exchange *x, enum err e);
/* The first sentence that was noted, else one for the kind of failure; translated. */
struct str reply_sentence(struct ctx *cx, enum err e);
#endif
