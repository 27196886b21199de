/* People, their postings, and how they sign in.
 *
 * A person has at most one open posting. What is counted for an organisation uses the posting of that day;
 * so a transfer is a new row and nothing of the past moves. Days are day numbers in Indian time. */
#ifndef FEATURE_PERSON_H
#define FEATURE_PERSON_H
#include "db/db.h"
#include "person_sql.h"

struct person_add {
	struct str employee_no;  /* absent: none */
	struct str name;         /* one field, any script, as the person writes it */
	struct str sort_key;     /* small Latin letters; absent: made from the name */
	struct str email;        /* absent, or an address; kept in small letters */
	struct str mobile;       /* absent, or 10 digits with or without +91; kept as +91… */
	struct str lang;         /* "en", "hi" */
	struct str password;     /* argon2id text from person_hash, or absent */
};
/* ERR_INVALID with the field (name, email, mobile); ERR_CONFLICT when e-mail, mobile or employee number is taken.
 * In a writing transaction. */
_must_check_ enum err person_add(struct ctx *cx, const struct person_add *in, int64_t *ret_id);

struct person_post {
	int64_t person_id, org_id, designation_id;
	int64_t supervisor_id;   /* NONE: none */
	int64_t from_day;
};
/* Begins a posting and ends the open one on the same day. Service, group and pay level are those of the designation.
 * ERR_INVALID when from_day is not after the start of the open posting, or when somebody would supervise himself. */
_must_check_ enum err person_post(struct ctx *cx, const struct person_post *in);

/* ── later in a person's life; all in a writing transaction ── */

/* New name, e-mail, mobile number, language; absent ones stay as they are. As person_add. */
_must_check_ enum err person_change(struct ctx *cx, int64_t person_id, const struct person_add *in);
/* Another supervisor from a day on: a new posting otherwise like the open one, or the open one itself when it begins on that day or
 * later. ret_posting: the new posting; NONE when the open one was changed in place. ERR_CONFLICT: nothing is open. */
_must_check_ enum err person_supervise(struct ctx *cx, int64_t person_id, int64_t supervisor_id, int64_t from_day, int64_t *ret_posting);
/* Leaves the service with last_day as the last day: the open posting and all sessions end, nobody signs in any more, everything is kept.
 * ret_posting: the posting that ended, or NONE. ERR_CONFLICT: has left already. */
_must_check_ enum err person_leave(struct ctx *cx, int64_t person_id, int64_t last_day, int64_t *ret_posting);
/* Comes back; a posting follows by person_post. ERR_CONFLICT: has not left, or was joined with another account (feature/merge). */
_must_check_ enum err person_return(struct ctx *cx, int64_t person_id);
/* Takes back a posting that should never have been: it goes, and the one it ended is open again. ERR_CONFLICT: it has an end by now. */
_must_check_ enum err person_unpost(struct ctx *cx, int64_t posting_id);
/* Takes back an end: the posting is open again. ERR_CONFLICT: another one is open. */
_must_check_ enum err person_reopen(struct ctx *cx, int64_t posting_id);

/* The account closed_id is kept_id's (feature/merge): its postings before the first of that one and, when none is open, behind the last; then it leaves, and
 * what it signs in with goes over where the other has none. People whom it supervised are not looked at. */
_must_check_ enum err person_merge_postings(struct ctx *cx, int64_t kept_id, int64_t closed_id);
_must_check_ enum err person_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);

/* Slow on purpose (argon2id, libsodium's interactive limits): never inside a writing transaction. In the arena. */
struct str person_hash(struct ctx *cx, struct str password);
bool person_password_fits(struct str hash, struct str password);
/* "Asha@Gov.in" -> "asha@gov.in"; "98765 43210", "+91-9876543210" -> "+919876543210"; neither: absent. */
struct str person_login(struct ctx *cx, struct str typed);
/* Each for itself: the cleaned form, or absent. */
struct str person_email(struct ctx *cx, struct str typed);
struct str person_mobile(struct ctx *cx, struct str typed);
/* The person of an e-mail or mobile number (as person_login gives it). */
_must_check_ enum err person_of_login(struct ctx *cx, struct str login, struct person_of_login_row *ret, bool *ret_found);
/* An active person by employee number, e-mail or mobile number, as somebody types it in a form. ret_found false: nobody. */
_must_check_ enum err person_called(struct ctx *cx, struct str typed, struct person_called_row *ret, bool *ret_found);
/* The posting of a day. */
_must_check_ enum err person_posting(struct ctx *cx, int64_t person_id, int64_t day, struct person_posting_on_row *ret, bool *ret_found);
/* Today in Indian time. */
int64_t person_today(const struct ctx *cx);
#endif
