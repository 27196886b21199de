/* Webhooks: other systems are told of what happens to the people of an organisation and below it.
 *
 *   heard      in the transaction of the fact (base/fact.h) a row for the event and one for each address that wants it: nothing is lost, and
 *              nothing is told that was taken back
 *   told       by a job, many addresses at a time (webhook_send.h); 2xx within WEBHOOK_SECONDS is taken, anything else is tried again after
 *              1 min, 5 min, 30 min, 2 h, 6 h, 12 h, 24 h, 24 h (a tenth more or less by chance), then it has failed
 *   waits      an address that took nothing in a round is left alone as long, then tried with one event: one that hangs holds up no other
 *   paused     on wish; after WEBHOOK_PATIENCE without success; at once when it answers 410 Gone. Who manages it is told. Meanwhile events are
 *              kept, and go out when it goes on
 *   again      one event, or all since a time, as long as they are kept (WEBHOOK_KEPT)
 *
 * At least once and in no promised order: the receiver knows an event by its id. Signed as Standard Webhooks 1.0.0 says
 * (https://www.standardwebhooks.com):
 *
 *   webhook-id         id of the event, the same at every try
 *   webhook-timestamp  seconds since 1970 at this try
 *   webhook-signature  "v1," and Base64 of HMAC-SHA256 over id "." timestamp "." body, keyed by the secret; two, with a blank between, for
 *                      WEBHOOK_OVERLAP after the secret was changed
 *   body               {"type":"enrolment.completed","timestamp":"…","data":{"person_id":"…","employee_no":"…","org_id":"…",…}}
 *
 * The secret is "whsec_" and Base64 of 24 to 64 bytes. Bodies hold ids and no more of a person than the employee number. */
#ifndef FEATURE_WEBHOOK_H
#define FEATURE_WEBHOOK_H
#include "base/clock.h"
#include "base/fact.h"
#include "job/job.h"
#include "webhook_sql.h"

enum { WEBHOOKS_MAX = 20, WEBHOOK_ADDRESS_MAX = 500, WEBHOOK_SECRET_MAX = 100, WEBHOOK_SECONDS = 15, WEBHOOK_BODY_MAX = 8192 };
#define WEBHOOK_PATIENCE (5 * DAY)
#define WEBHOOK_OVERLAP DAY
#define WEBHOOK_KEPT (30 * DAY)

/* The name and the words (N_()) of a fact: "enrolment.completed". */
struct webhook_kind_words {
	const char *name, *text;
};
extern const struct webhook_kind_words webhook_kinds[FACT_KINDS];
/* What a trial carries. */
#define WEBHOOK_TRIAL "webhook.trial"

/* Listens to facts: struct app, .fact_told. */
_must_check_ enum err webhook_heard(struct ctx *cx, const struct fact *f);

/* ── managing; all in a writing transaction. A webhook of another organisation, or one that has ended: ERR_NOT_FOUND ── */

struct webhook_add {
	int64_t org_id, webhook_id; /* webhook_id: of webhook_change only */
	struct str address;         /* https; http only to a literal address of the setting private_networks */
	struct strs kinds;          /* names, each perhaps with "=x" behind it as forms give it */
	struct str secret;          /* of webhook_add only; absent: one is made */
};
/* ERR_INVALID with the field; ERR_CONFLICT: WEBHOOKS_MAX. ret_secret: to be shown once. */
_must_check_ enum err webhook_add(struct ctx *cx, const struct webhook_add *in, int64_t *ret_id, struct str *ret_secret);
_must_check_ enum err webhook_change(struct ctx *cx, const struct webhook_add *in);
/* pause false: goes on at once with all that waits. ERR_CONFLICT: is so already. */
_must_check_ enum err webhook_pause(struct ctx *cx, int64_t org_id, int64_t id, bool pause);
_must_check_ enum err webhook_turn(struct ctx *cx, int64_t org_id, int64_t id, struct str *ret_secret);
_must_check_ enum err webhook_end(struct ctx *cx, int64_t org_id, int64_t id);
/* An event of the kind WEBHOOK_TRIAL, to this address only. */
_must_check_ enum err webhook_try(struct ctx *cx, int64_t org_id, int64_t id, int64_t *ret_event);
/* Tells one event again. ERR_CONFLICT: it waits. */
_must_check_ enum err webhook_again(struct ctx *cx, int64_t org_id, int64_t id, int64_t event_id);
/* All that was taken or has failed since a day (of Indian time). dry: only counted. */
_must_check_ enum err webhook_replay(struct ctx *cx, int64_t org_id, int64_t id, int64_t since_day, bool dry, int64_t *ret_n);
/* One that has not ended. */
_must_check_ enum err webhook_one(struct ctx *cx, int64_t org_id, int64_t id, struct webhook_one_row *ret);

extern const struct job_kind webhook_jobs[]; /* ended by name NULL */
#endif
