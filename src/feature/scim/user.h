/* A person as a SCIM user, in JSON with the names of schema.h. */
#ifndef FEATURE_SCIM_USER_H
#define FEATURE_SCIM_USER_H
#include "feature/scim/filter.h"
#include "scim_sql.h"

/* A new value. base: address before /Users. Its meta.version is the entity tag: it changes with whatever is shown. */
json_t *scim_user_of(struct ctx *cx, struct str base, const struct scim_found_row *p);
/* Puts meta into a resource that has all else; salt: what more the entity tag depends on. */
void scim_put_meta(struct ctx *cx, json_t *resource, struct str base, const struct scim_kind *kind, int64_t id, int64_t created_at, struct str salt);
/* An entity tag over some text. */
struct str scim_tag(struct ctx *cx, struct str text);
/* Puts a text into an object, unless it is empty; an id as a text. */
void scim_put(json_t *object, const char *key, struct str s);
void scim_put_id(struct ctx *cx, json_t *object, const char *key, int64_t id);
struct str scim_version(const json_t *resource);
/* Leaves what a client asked for by `attributes` or not by `excludedAttributes` (RFC 7644, section 3.9): names with commas between, either absent.
 * id and schemas stay always. */
void scim_leave(const struct scim_kind *kind, json_t *resource, struct str attributes, struct str excluded);
/* As text, in the arena. */
struct str scim_json(struct ctx *cx, const json_t *v);
#endif
