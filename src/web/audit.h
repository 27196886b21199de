/* The audit trail: who did what to whom, sealed so that nobody can alter it unnoticed; and who looked at whose record.
 *
 * A row is written in the transaction of the change. Every few seconds a job seals the rows that have no seal yet: the hash of a seal runs
 * over the hash of the one before and over its rows, and is signed. Whoever alters, adds or takes away a sealed row must make all later seals
 * anew and needs the key for it; a copy of one later seal, kept elsewhere, shows even that. Rows of the last seconds are not covered yet.
 *
 *   hash       BLAKE2b-256 (RFC 7693) of: previous hash (hex), then for each row in the order of ids its fields as text, each ended by U+001F,
 *              absent ones as U+0000; who acted for somebody adds "for" and whom; in hexadecimal
 *   signature  Ed25519 (RFC 8032) of "karmayogi-audit-seal\n" n "\n" at "\n" n_rows "\n" hash, in hexadecimal */
#ifndef WEB_AUDIT_H
#define WEB_AUDIT_H
#include "audit_sql.h"
#include "web/access.h"

enum { AUDIT_TEXT_MAX = 8192, AUDIT_SEAL_ROWS = 2000 };

struct audit_note {
	const char *action;
	struct str path;
	enum scope scope;       /* what the subject is */
	int64_t subject_id;     /* 0: none */
	struct str input;       /* JSON, at most AUDIT_TEXT_MAX */
	struct str before;      /* JSON, or absent */
};
/* In the transaction of the change. */
_must_check_ enum err audit_note(struct ctx *cx, const struct audit_note *in);
/* The actor looks at somebody's record (his own is not noted). In a writing transaction. */
_must_check_ enum err audit_view(struct ctx *cx, int64_t person_id, const char *action);
/* Seals what has no seal yet, at most AUDIT_SEAL_ROWS rows. ret_n: how many. In a writing transaction. */
_must_check_ enum err audit_seal(struct ctx *cx, int64_t *ret_n);
/* Proves all seals. For each that does not hold: found(arg, n, sentence). A row that names a seal that is not there is told as n 0. */
typedef void audit_found_fn(void *arg, int64_t n, const char *sentence);
_must_check_ enum err audit_prove(struct ctx *cx, audit_found_fn *found, void *arg);
#endif
