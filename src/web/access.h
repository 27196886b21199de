/* Who may do what, where. Default deny: an action without a permission is refused when the program starts.
 *
 * A role is granted on an organisation and holds for all below it. Beside the roles of the table below an organisation may compose its own out
 * of permissions (feature/role); they count wherever a role of the table would. Who acts for somebody (enum acting) has that one's roles, but is
 * not that person; who helps somebody has none. The scope of an action comes from its path only
 * ({org_id}, {person_id}, {course_id}), so that a stranger is refused before the input is looked at. */
#ifndef WEB_ACCESS_H
#define WEB_ACCESS_H
#include "base/ctx.h"

enum role {
	R_ANYONE = 1 << 0,
	R_LEARNER = 1 << 1,
	R_SELF = 1 << 2,
	R_SUPERVISOR = 1 << 3,
	R_SUPERVISOR_ANY = 1 << 4,
	R_MDO_ADMIN = 1 << 5,
	R_AUTHOR = 1 << 6,
	R_REVIEWER = 1 << 7,
	R_PUBLISHER = 1 << 8,
	R_OPERATOR = 1 << 9,
};
/* Roles that see or change what concerns all people of an organisation: those that must have a second factor where one is asked for. */
#define ROLES_WIDE (R_MDO_ADMIN | R_OPERATOR)
enum permission {
	MAY_NOTHING_ = 0, /* an action that forgot to say; refused at start */
#define PERMISSION(code, roles, text) MAY_##code,
#include "web/permission.def"
#undef PERMISSION
	MAY_COUNT_
};
enum scope {
	SCOPE_NONE,   /* no place: anyone, learner, supervisor of anybody, or a granted role anywhere */
	SCOPE_ORG,    /* {org_id}: a role on it or above it */
	SCOPE_PERSON, /* {person_id}: self, supervisor today, or a role on or above the person's organisation of today */
	SCOPE_COURSE, /* {course_id}: a role on or above the providing organisation */
};
const char *permission_code(enum permission p);  /* "ASSIGN" */
const char *permission_text(enum permission p);  /* N_() */
unsigned permission_roles(enum permission p);
/* A name for one role bit: "mdo_admin". */
const char *role_name(enum role r);

/* The granted role of a name; 0: there is none. */
unsigned role_of(struct str name);

/* OK, ERR_NOT_SIGNED_IN or ERR_FORBIDDEN; ERR_NOT_FOUND when the thing of the path does not exist and the actor is signed in.
 * id: the organisation, person or course of the path; ignored for SCOPE_NONE. Runs SQL in the present transaction. */
_must_check_ enum err access_check(struct ctx *cx, enum permission may, enum scope scope, int64_t id);
/* The same as a question, for pages that show a link only to those who may follow it. */
_must_check_ enum err access_may(struct ctx *cx, enum permission may, enum scope scope, int64_t id, bool *ret);
/* The organisation by which a thing of this scope is judged: itself, that of the person's posting of today, or that which provides the course.
 * NONE: there is none, or no such thing. */
_must_check_ enum err access_place(struct ctx *cx, enum scope scope, int64_t id, int64_t *ret_org);
/* The topmost organisations on which the actor holds a role of this permission. */
_must_check_ enum err access_tops(struct ctx *cx, enum permission may, int64_t **ret_orgs, size_t *ret_n);
/* All permissions that the actor holds on an organisation by roles; ret: MAY_COUNT_ of them. */
_must_check_ enum err access_held(struct ctx *cx, int64_t org_id, bool *ret);
/* The permission of a code ("ORG_SEE"); MAY_NOTHING_: there is none. */
enum permission permission_of(struct str code);
/* Whether granted roles carry a permission, so that a composed role may, too. */
bool permission_granted(enum permission p);
/* Grants a role; already held: OK. ended by access_end. granted_by 0: the installation itself. */
_must_check_ enum err access_grant(struct ctx *cx, int64_t person_id, struct str role, int64_t org_id, int64_t granted_by);
_must_check_ enum err access_end(struct ctx *cx, int64_t person_id, struct str role, int64_t org_id);
/* All roles of the actor, as bits (granted anywhere; R_SUPERVISOR_ANY when somebody is supervised). For menus. */
_must_check_ enum err access_roles(struct ctx *cx, unsigned *ret_roles);
#endif
