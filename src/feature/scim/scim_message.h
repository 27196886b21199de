/* How SCIM says things over HTTP: the manners of its actions, errors (RFC 7644, section 3.12), and the record of what a client changed. */
#ifndef FEATURE_SCIM_MESSAGE_H
#define FEATURE_SCIM_MESSAGE_H
#include "feature/scim/scim_group.h"
#include "web/action.h"

#define SCIM_TYPE "application/scim+json"
extern const struct manners scim_manners;

/* The client of a request: whose token it is, where that one may keep people. */
_must_check_ enum err scim_client_of(struct ctx *cx, struct scim_client *ret);
/* The same for groups: where that one may keep both people and groups. ERR_FORBIDDEN: nowhere. */
_must_check_ enum err scim_group_client_of(struct ctx *cx, struct scim_client *ret);
/* The error of the first failure of cx, as a JSON object; sentence: translated. ret_status: of HTTP. */
void scim_error_write(struct ctx *cx, enum err e, struct str sentence, unsigned *ret_status, struct buf *b);
/* One row in the audit trail, unless nothing was changed: what was before, and what is now. Passwords that a client sent are in neither. */
_must_check_ enum err scim_note(struct ctx *cx, const char *action, struct str path, const struct scim_changed *done);
/* A document as the answer. */
void scim_answer(struct ctx *cx, struct answer *a, const json_t *document);
#endif
