/* The members that a client names in a group: lists of them as they are sent, and the operations of a PATCH on them. Pure: no database.
 *
 *   a list       an array of members or one of them; a member is {"value": "ID", …} or "ID" alone. Other types than User are refused.
 *   PATCH        add members: those joins, replace members: those alone, remove members with a list: without those (so Entra ID writes it),
 *                remove members without one: nobody, remove members[value eq "ID"]: without those who fit (so Okta writes it); add and replace
 *                without a path: by the member `members` of the value
 *
 * Who is in already is added without a word, who is not is removed without a word, so that what is sent twice does no harm. A member is added
 * and removed whole: no part of one is changed.
 *
 * ERR_INVALID with the fields of patch.h; tooMany: more than SCIM_NAMED_MAX. */
#ifndef FEATURE_SCIM_MEMBERS_H
#define FEATURE_SCIM_MEMBERS_H
#include "feature/scim/filter.h"

enum { SCIM_NAMED_MAX = 10000 };
struct scim_members {
	int64_t *v; /* ascending, each once; room for SCIM_NAMED_MAX */
	size_t n;
};
/* Ids in ascending order, at most SCIM_NAMED_MAX, copied into the arena. */
struct scim_members scim_members_of(struct arena *a, const int64_t *ids, size_t n);
/* The member `members` of a group that was sent, into *m; without one *m stays as it is. *ret_rest: the group without it, a new value. */
_must_check_ enum err scim_members_read(struct ctx *cx, const json_t *sent, struct scim_members *m, json_t **ret_rest);
/* Carries out what a PATCH asks of members. *ret_rest: what else it asks, a new value whose Operations may be none. */
_must_check_ enum err scim_members_patch(struct ctx *cx, const json_t *request, struct scim_members *m, json_t **ret_rest);
/* The refusal of more people than a list can name. */
_must_check_ enum err scim_members_too_many(struct ctx *cx);
#endif
