/* Registration: a civil servant who has no account makes one.
 *
 *   way in    an e-mail domain that an organisation has named ("nic.in", or with all below it), or a link of it, perhaps photographed as a QR code,
 *             with a last day and a ceiling of people
 *   asked     name, contacts, employee number, designation; codes go to the e-mail address and, where short messages can be sent (sms_url), to the
 *             mobile number; without them no number is asked for
 *   proved    both codes are right, within REGISTRATION_CODES: let in at once where the way says so, else it waits
 *   decided   by who manages registrations there or above, some at once; can be taken back for REGISTRATION_UNDO: who was let in has then left, nobody is
 *             ever removed. What nobody decides for REGISTRATION_PATIENCE lapses. The person is told each time.
 *
 * Whether an address, number or employee number is known is told to nobody: the page is the same, and whose it is gets a letter instead of a code,
 * written by a job. Ceilings: by address and by network as for links and codes (feature/account). */
#ifndef FEATURE_REGISTRATION_H
#define FEATURE_REGISTRATION_H
#include "base/clock.h"
#include "base/field.h"
#include "job/job.h"
#include "registration_sql.h"

#define REGISTRATION_CODES (30 * MINUTE)
#define REGISTRATION_PATIENCE (30 * DAY)
#define REGISTRATION_UNDO (30 * DAY)
#define REGISTRATION_KEPT (60 * DAY) /* what has ended is forgotten so long after it was asked; the audit trail stays */
enum { REGISTRATION_WAYS_MAX = 50, REGISTRATION_PEOPLE_MAX = 100000, REGISTRATION_DECIDE_MAX = 100, REGISTRATION_TRIES = 5, WAY_CODE_DIGITS = 32 };

/* ── ways in; in a writing transaction ── */

struct way_add {
	int64_t org_id;
	struct str domain; /* of a domain: "nic.in"; absent: a link */
	bool below;	   /* and x.nic.in */
	bool at_once;
	int64_t most;	   /* of a link; NONE: REGISTRATION_PEOPLE_MAX */
	int64_t until_day; /* of a link */
};
/* ERR_INVALID with the field (a domain where anybody gets an address is none); ERR_CONFLICT: another organisation has named it. */
_must_check_ enum err way_add(struct ctx *cx, const struct way_add *in, int64_t *ret_id);
_must_check_ enum err way_end(struct ctx *cx, int64_t org_id, int64_t way_id);
/* The way of a link's code, if it is open. */
_must_check_ enum err way_of_code(struct ctx *cx, struct str code, struct registration_way_of_code_row *ret, bool *ret_found);

/* ── registering; in a writing transaction ── */

struct registration_ask {
	struct str code; /* of a link; absent: the domain of the address decides */
	struct str name, email, mobile, employee_no, designation;
};
/* ret_handle: by which registration_prove knows it. ERR_INVALID with fields; ERR_GONE: the link is over; ERR_TOO_MANY. */
_must_check_ enum err registration_ask(struct ctx *cx, const struct registration_ask *in, struct str *ret_handle);
/* Both codes at once. ret_good false: a wrong try is counted; after REGISTRATION_TRIES a new registration is needed. ret_person: let in; NONE: waits.
 * ERR_CONFLICT: the way is full or over by now, or the contacts have become somebody else's. */
_must_check_ enum err registration_prove(struct ctx *cx, struct str handle, struct str email_code, struct str mobile_code, bool *ret_good, int64_t *ret_person);

/* ── deciding; in a writing transaction ── */

struct registration_decide {
	int64_t org_id;
	struct strs ids; /* of registrations that wait there or below; each perhaps with "=x" behind it */
	struct str outcome; /* yes no */
	struct str words;   /* told to who is refused; needed then */
	bool dry_run;
};
struct registration_decided {
	int64_t batch_id; /* NONE after a dry run */
	int64_t n;	  /* decided */
	int64_t n_known;  /* left as they are: their contacts are those of somebody who has an account */
	int64_t n_gone;	  /* decided or lapsed meanwhile */
};
_must_check_ enum err registration_decide(struct ctx *cx, const struct registration_decide *in, struct registration_decided *ret);
/* ERR_CONFLICT: taken back already, or too long ago. */
_must_check_ enum err registration_undo(struct ctx *cx, int64_t org_id, int64_t batch_id);

extern const struct job_kind registration_jobs[]; /* ended by name NULL */
#endif
