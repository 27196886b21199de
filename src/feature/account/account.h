/* How people come in: one-time links to set a password, one-time codes, a second factor. Signing in itself is in account_web.c.
 *
 * Whether an address is known is told to nobody: what a stranger asks for (a reset, a code) is only queued, in the same way and the same
 * time for every address; a job then looks who it is. Tokens, codes and recovery codes are kept as keyed hashes (secret.h).
 *
 *   link       256 bits, one use, 72 h (invitation) or 1 h (reset), bound to the address it was sent to; by mail, or as a short message
 *   code       6 digits, one use, 10 minutes, 5 tries, the newest counts; to sign in only for who chose so and proved the address
 *   factor     RFC 6238: HMAC-SHA-1, 30 s, 6 digits, one step of clock error either way; no step is good twice
 *   recovery   10 codes of 50 bits, one use each */
#ifndef FEATURE_ACCOUNT_H
#define FEATURE_ACCOUNT_H
#include "base/clock.h"
#include "account_sql.h"
#include "job/job.h"

#define INVITE_LIFE (72 * HOUR)
#define RESET_LIFE HOUR
#define INVITE_AGAIN (10 * MINUTE)
#define CODE_LIFE (10 * MINUTE)
enum { TOKEN_DIGITS = 64, CODE_DIGITS = 6, CODE_TRIES = 5, RECOVERY_CODES = 10, FACTOR_STEP_S = 30 };
/* Asking for links and codes, by address and by network (IPv4 /24, IPv6 /56), within an hour. */
enum { ASKED_LOGIN = 4, ASKED_NETWORK = 60 };

/* ── links; all in a writing transaction ── */

/* Queues a reset for whoever has this address or number (as typed). ERR_TOO_MANY. */
_must_check_ enum err link_ask_reset(struct ctx *cx, struct str login);
/* Invites a person who has no password. ERR_CONFLICT: has one, was invited less than INVITE_AGAIN ago, has left, or has no address; the sentence says which. */
_must_check_ enum err link_invite(struct ctx *cx, int64_t person_id);
/* Queues invitations for all in an organisation and below who cannot sign in and hold no good invitation. */
_must_check_ enum err link_invite_all(struct ctx *cx, int64_t org_id);
/* What a token is good for. May run in a reading transaction. */
_must_check_ enum err link_find(struct ctx *cx, struct str token, struct account_link_row *ret, bool *ret_found);
/* Sets the password (a text of person_hash), proves the address, ends all sessions and voids all other links of the person.
 * ERR_GONE: the link is used or has run out. */
_must_check_ enum err link_set_password(struct ctx *cx, struct str token, struct str hash, int64_t *ret_person_id);

/* ── codes and contacts ── */

/* Queues a code to sign in for whoever has this address or number, proved it and chose codes. ERR_TOO_MANY. In a writing transaction. */
_must_check_ enum err code_ask_sign_in(struct ctx *cx, struct str login);
/* Sends the actor a code to prove that `contact` (own e-mail or mobile, as kept) is read. ERR_TOO_MANY. In a writing transaction. */
_must_check_ enum err code_ask_contact(struct ctx *cx, struct str contact);
/* Uses up a code, or counts a wrong try. In a writing transaction. */
_must_check_ enum err code_try(struct ctx *cx, int64_t person_id, const char *purpose, struct str contact, struct str code, bool *ret_good);

/* For who has no account yet (feature/registration): sends a code to prove a contact; ret_hash is kept with the id and compared by code_fits.
 * In a writing transaction. */
_must_check_ enum err code_to_stranger(struct ctx *cx, int64_t id, struct str contact, struct str name, enum lang lang, int64_t life, struct str *ret_hash);
bool code_fits(struct ctx *cx, int64_t id, struct str hash, struct str code);

/* ── second factor ── */

struct factor {
	bool begun, on;
	int64_t on_at, left; /* recovery codes */
	struct str secret;   /* as kept; see factor_secret */
	int64_t last_step;
};
_must_check_ enum err factor_of(struct ctx *cx, int64_t person_id, struct factor *ret);
/* The secret in base32 (RFC 4648), for the person to see while it does not count yet. False: the key of the installation is another one. */
bool factor_secret(struct ctx *cx, int64_t person_id, const struct factor *f, struct str *ret);
/* A new secret that does not count yet. ERR_CONFLICT: one counts already. In a writing transaction. */
_must_check_ enum err factor_begin(struct ctx *cx, int64_t person_id);
/* Turns the factor on if the code fits; ret_codes: RECOVERY_CODES new recovery codes, shown once. In a writing transaction. */
_must_check_ enum err factor_confirm(struct ctx *cx, int64_t person_id, struct str code, bool *ret_good, struct str *ret_codes);
/* A code of the generator, or a recovery code; good ones are used up. In a writing transaction. */
_must_check_ enum err factor_try(struct ctx *cx, int64_t person_id, struct str code, bool *ret_good);
/* New recovery codes; the old ones are void. In a writing transaction. */
_must_check_ enum err factor_recovery(struct ctx *cx, int64_t person_id, struct str *ret_codes);
/* Takes it away. In a writing transaction. */
_must_check_ enum err factor_end(struct ctx *cx, int64_t person_id);

/* RFC 6238 for one time step: the number of six digits. */
unsigned totp_code(const unsigned char *secret, size_t n, int64_t step);
/* The step of now ± 1 whose code this is and that is above last_step; -1: none. */
int64_t totp_step(const unsigned char *secret, size_t n, int64_t now_ms, int64_t last_step, struct str code);
/* RFC 4648, without padding. In the arena. */
struct str base32(struct ctx *cx, const unsigned char *p, size_t n);

/* ── coming in ── */

/* The first factor was right: opens a session, or half of one when a second factor is on. In a writing transaction. */
_must_check_ enum err account_enter(struct ctx *cx, int64_t person_id, bool *ret_half, struct str *ret_cookie);

/* Writes to a person that something about signing in has changed, so that no thief changes it unseen. `what`: an N_() sentence in small
 * letters. Who has no address is not written to. In the transaction of the change. */
_must_check_ enum err account_tell(struct ctx *cx, int64_t person_id, const char *what);

extern const struct job_kind account_jobs[]; /* ended by name NULL */
#endif
