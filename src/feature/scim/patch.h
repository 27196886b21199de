/* PATCH of SCIM (RFC 7644, section 3.5.2) on a resource in memory. Pure: no database.
 *
 *   path                         add                         replace                    remove
 *   none                         each member of the value counts as a path of its own   refused
 *   userName, name.formatted     set                         set                        taken away
 *   name                         parts are added or set      the same                   taken away
 *   emails                       joins those there           stands alone               all taken away
 *   emails.value                 of each value               of each value              of each value
 *   emails[type eq "work"]…      of those that fit; where none does, add makes one of what the filter asks for with eq,
 *                                replace and remove are refused
 *
 * Without a path what is not known here or read only is passed over; a path that names it is refused. Members may be paths themselves
 * ("name.familyName", "urn:…:User:department"), operations in any capitals, truth values texts ("False"), a manager a text: so
 * providers write it. Everything or nothing: what is refused leaves the resource as it was.
 *
 * ERR_INVALID with the field invalidSyntax, invalidPath, invalidFilter, invalidValue, noTarget, mutability or tooMany. */
#ifndef FEATURE_SCIM_PATCH_H
#define FEATURE_SCIM_PATCH_H
#include "feature/scim/filter.h"

enum { PATCH_OPERATIONS = 1000, PATCH_VALUES = 100 };

/* request: the body, with Operations. *resource: replaced by a new value; the old one is released. */
_must_check_ enum err scim_patch(struct ctx *cx, const struct scim_kind *kind, json_t **resource, const json_t *request);
/* A resource as a client sent it, with the names of schema.h and nothing else. A new value. */
_must_check_ enum err scim_read(struct ctx *cx, const struct scim_kind *kind, const json_t *sent, json_t **ret);
/* The member of an object by its name in any capitals; NULL: none. */
json_t *scim_member(const json_t *object, const char *name);
/* Whether the list `schemas` of what was sent has an URN. */
bool scim_is(const json_t *sent, const char *urn);
#endif
