/* SCIM 2.0 (RFC 7642 to 7644): HR systems and identity providers push people here.
 *
 * A client is the person whose token (scope "scim") it brings. It sees the people whose last posting lies where that person may keep people
 * through SCIM (MAY_SCIM) or below it, and can do what a staff list there could (people_import/staff_judge.h), no more:
 *
 *   POST             new, or back in service; in another organisation or known already: 409
 *   PUT, PATCH       name, e-mail, mobile number, place and supervisor; a new place begins a posting today
 *   active: false    leaves; today is no day of service any more. Nothing else of somebody who has left changes until he is back
 *   DELETE           leaves, and is not there for this client any more; POST brings him back
 *
 * What is absent in a PUT stays as it is; what cannot be taken away says so in a PATCH. Nobody's employee number changes; who has none cannot be
 * changed. externalId is kept for each client apart; where it was never sent it is the employee number.
 *
 * Groups: scim_group.h.
 *
 * Refusals are failures (base/ctx.h) whose field is the scimType of RFC 7644, table 9, or TYPE:ATTRIBUTE. A refusal changes nothing: everything
 * is judged before the first row is written (.began says when). */
#ifndef FEATURE_SCIM_SCIM_H
#define FEATURE_SCIM_SCIM_H
#include "db/db.h"
#include "feature/scim/list.h"
#include "feature/scim/user.h"

#define SCIM_PATCH_OP "urn:ietf:params:scim:api:messages:2.0:PatchOp"
enum { SCIM_SCAN_MAX = 20000 }; /* people that a filter without a key goes through; more: tooMany */

struct scim_client {
	int64_t person_id;
	const int64_t *tops;
	size_t n_tops;
	struct str base;           /* address of the protocol: "https://…/scim/v2" */
};

/* ── looking ── */

/* ERR_NOT_FOUND: nobody, not in reach, or deleted by this client. */
_must_check_ enum err scim_find(struct ctx *cx, const struct scim_client *c, struct str id, struct scim_found_row *ret);
/* That error. */
_must_check_ enum err scim_nobody(struct ctx *cx);
/* Whether an organisation is one of the client's or below it. */
_must_check_ enum err scim_within(struct ctx *cx, const struct scim_client *c, int64_t org_id, bool *ret);
/* The message for a list (RFC 7644, section 3.4.2), a new value. ERR_INVALID: invalidFilter, tooMany. */
_must_check_ enum err scim_list_users(struct ctx *cx, const struct scim_client *c, const struct scim_list *in, json_t **ret);

/* ── changing; in a writing transaction ── */

enum scim_verb { SCIM_ADD, SCIM_PUT, SCIM_PATCH, SCIM_REMOVE };
struct scim_change {
	enum scim_verb verb;
	struct str id;             /* not of SCIM_ADD */
	const json_t *sent;        /* not of SCIM_REMOVE */
	struct str version;        /* only if it is this; absent: any */
};
struct scim_changed {
	bool began;                /* something is written: a failure from here on is not a refusal */
	int64_t id;                /* of the person or group */
	int64_t org_id;            /* of a group; 0: it is a person */
	const char *what;          /* new changed moved returned left ended; NULL: only what the client keeps, or nothing */
	json_t *before, *now;      /* NULL: was not there, is no more. Of a group without its members. Belong to the caller, also after a failure */
	struct str members;        /* of a group: who is named now and was not, and the other way about, as JSON; absent: nobody */
};
/* Whether a version is among those that If-Match wants (RFC 9110, section 13.1.1); absent: any. Tags are compared as they stand, for ours are weak. */
bool scim_is_version(struct str wanted, struct str version);
/* ERR_INVALID, ERR_CONFLICT (uniqueness), ERR_NOT_FOUND, ERR_PRECONDITION: another version. */
_must_check_ enum err scim_change(struct ctx *cx, const struct scim_client *c, const struct scim_change *in, struct scim_changed *ret);
#endif
