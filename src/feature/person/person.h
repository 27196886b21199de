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

/* Slow on purpose (argon2id, libsodium's interactive limits): never inside a writing transaction. In the arena. */
struct str person_hash(struct ctx *cx, struct str password);
bool person_password_fits(struct str hash, struct str password);
/* "Asha@Gov.in" -> "asha@gov.in"; "98765 43210", "+91-9876543210" -> "+919876543210"; neither: absent. */
struct str person_login(struct ctx *cx, struct str typed);
/* The person of an e-mail or mobile number (as person_login gives it). */
_must_check_ enum err person_of_login(struct ctx *cx, struct str login, struct person_of_login_row *ret, bool *ret_found);
/* The posting of a day. */
_must_check_ enum err person_posting(struct ctx *cx, int64_t person_id, int64_t day, struct person_posting_on_row *ret, bool *ret_found);
/* Today in Indian time. */
int64_t person_today(const struct ctx *cx);
#endif
