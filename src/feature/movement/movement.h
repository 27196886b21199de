/* Movements: joining, transfer, deputation, additional charge, leaving, return; asked for, decided, carried out on their day, taken back.
 *
 *   asked     by the person or by who manages people there; one of a kind at a time
 *   decided   by an administrator of the organisation to which the person comes (of leave: from which the person goes), or of any above it;
 *             never by the person concerned. Who is asked is the nearest organisation that has such an administrator; when nobody has
 *             decided within MOVEMENT_PATIENCE, those of the next one above are asked, and so on to the top. All are written to.
 *   done      on its first day, or at once when that has come: postings are then as if they had been entered by hand (person.h).
 *             Leave takes effect the day after its last day. An additional charge makes no posting: learning counts where the own posting is.
 *   undone    within MOVEMENT_UNDO of being done, while nothing has been built on it
 *
 * Nothing of the past is ever changed: a transfer ends one posting and begins another. */
#ifndef FEATURE_MOVEMENT_H
#define FEATURE_MOVEMENT_H
#include "base/clock.h"
#include "job/job.h"
#include "movement_sql.h"

#define MOVEMENT_PATIENCE (7 * DAY)
#define MOVEMENT_UNDO (30 * DAY)
enum { MOVEMENT_BACK_DAYS = 366, MOVEMENT_AHEAD_DAYS = 366 }; /* how far from today the first day may lie */

struct movement_ask {
	int64_t person_id;
	struct str kind;        /* join transfer deputation charge leave return */
	struct str office;      /* code or name; of leave: ignored, it is the present one */
	struct str designation; /* code or name; of leave: ignored */
	int64_t from_day;       /* of leave: the last day */
	int64_t until_day;      /* of deputation and charge; else NONE */
	struct str order_no, reason;
};
/* Asks, as the actor of cx. ERR_INVALID with fields and sentences; ERR_CONFLICT: one of the kind waits already, or the person's state does not
 * fit (a transfer without a posting …). In a writing transaction, as all that change. */
_must_check_ enum err movement_ask(struct ctx *cx, const struct movement_ask *in, int64_t *ret_id);

/* Asks for somebody who holds no posting to come (back) to an organisation or below it: kind is join or return; person: employee number,
 * e-mail or mobile number. in->person_id is found. An office outside org_id: ERR_INVALID. */
_must_check_ enum err movement_bring(struct ctx *cx, int64_t org_id, struct str person, struct movement_ask *in, int64_t *ret_id);

struct movement_decide {
	int64_t id;
	bool approve;
	struct str words;       /* needed to refuse */
	struct str supervisor;  /* employee number, e-mail or mobile number; may be empty */
};
/* ERR_FORBIDDEN: one's own; ERR_CONFLICT: decided already; ERR_INVALID: field "words" or "supervisor". */
_must_check_ enum err movement_decide(struct ctx *cx, const struct movement_decide *in);
/* Before its day. ERR_CONFLICT: too late. */
_must_check_ enum err movement_withdraw(struct ctx *cx, int64_t id);
/* ERR_CONFLICT: not done, too long ago, or the posting has changed since. */
_must_check_ enum err movement_undo(struct ctx *cx, int64_t id);
/* Whether a movement done at this time can be taken back now. */
bool movement_undoable(const struct ctx *cx, struct str state, int64_t done_at);

extern const struct job_kind movement_jobs[]; /* ended by name NULL */
/* Within the feature: carries out an approved movement whose day has come; a refusal of the facts makes it failed. */
_must_check_ enum err movement_carry_out(struct ctx *cx, int64_t id);
/* Within the feature: writes to the administrators of the organisation that is asked. */
_must_check_ enum err movement_tell_judges(struct ctx *cx, int64_t id, int64_t person_id, int64_t judge_id, int64_t round);
#endif
