/* Groups over SCIM: those of feature/group, seen and, where their rule only names people, changed.
 *
 * A client sees the groups of the organisations (and below) in which it may both keep people through SCIM (MAY_SCIM) and keep groups
 * (MAY_GROUP_MANAGE); these organisations are its tops here, by their ids. A group that it makes belongs to the first of them and is an ordinary
 * group: everybody who may keep groups there sees it, assigns courses to it and can change it.
 *
 *   POST          a group whose rule is the list of its members, which may be empty
 *   PUT, PATCH    another name, externalId or list (members.h); what is absent in a PUT stays as it is
 *   DELETE        ends the group; its past stays
 *
 * Named can be whose last posting lies in the organisation of the group or below it and whom the client has not deleted. He is a member while he
 * is posted there; whoever has left, or gone elsewhere, stays named without being in, and in nobody's way. A list has at most RULE_BYTES_MAX
 * bytes as a rule, about 2,800 people (tooMany).
 *
 * members are who is in the group now and within the client's reach. They are left out of a group that has more than SCIM_MEMBERS_MAX, and where a
 * client does not ask for them they cost nothing. A page ends behind the group with which it has SCIM_MEMBERS_PAGE members. A filter can ask for
 * members only by `members.value eq`, for SCIM_ASKED_MAX people at most.
 *
 * The entity tag changes with the name, externalId, the rule and the number of members; where members are shown with these as well. If-Match takes
 * either. */
#ifndef FEATURE_SCIM_GROUP_H
#define FEATURE_SCIM_GROUP_H
#include "feature/scim/scim.h"

enum { SCIM_MEMBERS_MAX = 5000, SCIM_MEMBERS_PAGE = 20000, SCIM_ASKED_MAX = 20 };

/* ERR_NOT_FOUND: no group, ended, or not in reach. */
_must_check_ enum err scim_find_group(struct ctx *cx, const struct scim_client *c, struct str id, struct scim_group_row *ret);
/* A new value, without members. */
json_t *scim_group_of(struct ctx *cx, const struct scim_client *c, const struct scim_group_row *g);
/* Whether a client wants to see members. */
bool scim_shows_members(struct str attributes, struct str excluded);
/* Puts the members of a group of org_id into it, and the tag that goes with them. */
_must_check_ enum err scim_put_members(struct ctx *cx, const struct scim_client *c, int64_t org_id, json_t *group);
/* As scim_list_users. */
_must_check_ enum err scim_list_groups(struct ctx *cx, const struct scim_client *c, const struct scim_list *in, json_t **ret);
/* ERR_INVALID, ERR_CONFLICT (uniqueness of externalId), ERR_NOT_FOUND, ERR_PRECONDITION: another version. In a writing transaction. */
_must_check_ enum err scim_change_group(struct ctx *cx, const struct scim_client *c, const struct scim_change *in, struct scim_changed *ret);
#endif
