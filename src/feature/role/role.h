/* Giving roles, and composing new ones out of permissions.
 *
 * A role is given to a person on an organisation and holds there and below (web/access.h). Besides the five of every installation an
 * organisation composes its own, which may be given there and below.
 *
 * Nobody gives more than he has: each permission of the role must be held by the giver on that organisation. The exception is what belongs to
 * courses (author, reviewer, publisher): who gives roles in an organisation appoints these people without being one. Nobody gives a role to
 * himself, in his own or another's name, or to who is not posted where he gives roles. The last operator of the installation stays. The
 * person is told by letter. */
#ifndef FEATURE_ROLE_H
#define FEATURE_ROLE_H
#include "base/field.h"
#include "role_sql.h"
#include "web/access.h"

enum { ROLE_NAME_MAX = 80, CUSTOM_ROLES_MAX = 100 };

/* Whether each permission may be given by the actor on an organisation; held: as access_held fills it. */
bool role_may_give(const bool *held, enum permission p);
/* Whether all permissions of a role of the table ("mdo_admin") may be. */
bool role_may_give_named(const bool *held, struct str name);
/* The label of a role of the table, N_(); NULL: there is no such role. */
const char *role_label(struct str name);

struct role_give {
	int64_t org_id;
	struct str person; /* employee number, e-mail or mobile number */
	struct str role;   /* "mdo_admin", or the id of a composed one */
};
/* ERR_INVALID with the field; ERR_FORBIDDEN: more than the actor has. Held already: OK, and nobody is told. In a writing transaction. */
_must_check_ enum err role_give(struct ctx *cx, const struct role_give *in);
struct role_held {
	int64_t person_id, org_id;
	struct str role; /* as it was, for the audit trail */
};
/* Ends a role that somebody holds on the organisation or below it. ERR_NOT_FOUND; ERR_FORBIDDEN: one that the actor could not give;
 * ERR_CONFLICT: the last operator. In a writing transaction. */
_must_check_ enum err role_take(struct ctx *cx, int64_t org_id, int64_t grant_id, struct role_held *ret_was);

struct role_compose {
	int64_t org_id;
	struct str name;
	struct strs permissions; /* codes; what a form adds after "=" is not looked at */
};
/* ERR_INVALID with the field; ERR_CONFLICT: the name is taken, or CUSTOM_ROLES_MAX are there; ERR_FORBIDDEN: more than the actor has.
 * In a writing transaction. */
_must_check_ enum err role_compose(struct ctx *cx, const struct role_compose *in, int64_t *ret_id);
/* Ends a role of an organisation; nobody holds it any more. ERR_NOT_FOUND. In a writing transaction. */
_must_check_ enum err role_dissolve(struct ctx *cx, int64_t org_id, int64_t role_id);
#endif
