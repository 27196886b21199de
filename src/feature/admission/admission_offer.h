/* Seats that are kept for some, and seats that are offered to another organisation.
 *
 * A quota keeps seats for a service or for an organisation with all below it, until a time; then what is not taken goes to everybody. All quotas and open
 * offers together are never more than the seats that nobody else has. An offer keeps its seats, for nobody, until it is answered; accepted, they are a quota of
 * the organisation to which it was made, until requests end; declined, taken back or not answered in time (it is open no more from answer_until on), they are
 * everybody's again. A batch keeps seats for at most ADMISSION_QUOTAS_MAX, over or not: beyond them nothing is offered nor accepted. */
#ifndef FEATURE_ADMISSION_OFFER_H
#define FEATURE_ADMISSION_OFFER_H
#include "feature/admission/admission.h"

enum { ADMISSION_QUOTAS_MAX = 50 };

/* Seats of a batch that nothing keeps and nobody has. */
_must_check_ enum err admission_free(struct ctx *cx, const struct admission_batch_row *b, int64_t *ret);

struct admission_quota_add {
	int64_t batch_id, seats, until_day; /* until_day: the last day on which they are kept */
	struct str kind, service, org;	    /* kind: service, org; org: code or id of an organisation */
};
/* By a coordinator. ERR_INVALID with the field; ERR_CONFLICT: so many are not free. In a writing transaction, as all that change. */
_must_check_ enum err admission_quota_add(struct ctx *cx, const struct admission_quota_add *in);
/* By a coordinator: over from now on. ERR_CONFLICT: is over, or was offered. */
_must_check_ enum err admission_quota_end(struct ctx *cx, int64_t batch_id, int64_t quota_id);

struct admission_offer_add {
	int64_t batch_id, seats, answer_day; /* answer_day: the last day for an answer */
	struct str to, words;		     /* to: code or id of an organisation */
};
/* By a coordinator; the organisation's administrators are told. */
_must_check_ enum err admission_offer_add(struct ctx *cx, const struct admission_offer_add *in);
_must_check_ enum err admission_offer_take_back(struct ctx *cx, int64_t batch_id, int64_t offer_id);
/* By who nominates in the organisation (looked at before). ERR_NOT_FOUND: is not offered to it; ERR_CONFLICT: is answered, too late, or ADMISSION_QUOTAS_MAX.
 */
_must_check_ enum err admission_offer_answer(struct ctx *cx, int64_t org_id, int64_t offer_id, bool yes);
/* A state for people; open until a time. */
struct str admission_offer_state(const struct ctx *cx, struct str state, int64_t answer_until);
#endif
