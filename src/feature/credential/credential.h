/* Certificates: a signed statement that a person completed a course; the PDF is made from it on demand.
 *
 * document   JSON text, kept byte for byte: {"kind":"karmayogi-certificate","serial","name","course","course_code","provider",
 *            "minutes","completed","issued","issuer","key"}; times RFC 3339, key the issuer's public key (hex).
 * signature  Ed25519 (RFC 8032) over the bytes of the document, hex. Anybody with the public key can check it offline.
 * serial     12 letters and digits of Crockford's base 32, in groups of four: unguessable, so that a list of serials cannot be walked.
 * Of a programme (feature/programme) "programme" and "programme_code" stand in place of "course" and "course_code"; it is kept there, and shown and verified here.
 * There, too, what is issued again replaces the old one, which says so.
 * A correction never changes a row: a new credential replaces the old one, and both say so. */
#ifndef FEATURE_CREDENTIAL_H
#define FEATURE_CREDENTIAL_H
#include "credential_sql.h"
#include "db/db.h"

/* Issues the certificate of a completion. There is one already: OK. In the transaction of the completion. */
_must_check_ enum err credential_issue(struct ctx *cx, int64_t person_id, int64_t course_id, int64_t completed_at);
/* Issues again with the person's name of today. ERR_NOT_FOUND; ERR_CONFLICT when it was replaced already or the name is the same. */
_must_check_ enum err credential_reissue(struct ctx *cx, int64_t credential_id, struct str reason, int64_t *ret_id);
/* Keys of the installation: made at the first start in DATA/keys, read afterwards. A sentence in *ret_message on failure. */
_must_check_ enum err credential_keys(struct ctx *cx, struct app *app, struct str *ret_message);
/* A new number of a certificate, as above. */
struct str credential_serial(struct ctx *cx);
/* The signature of a document by the key of the installation, as above; other papers of a person are signed likewise (feature/passbook). */
struct str credential_sign(struct ctx *cx, struct str document);
bool credential_signature_good(struct str document, struct str signature_hex, const unsigned char public_key[32]);
/* The certificates of the account closed_id are kept_id's from now on: both are one person (feature/merge). Of two for a course that of the first
 * completion stays in force; all stay readable. In a writing transaction. */
_must_check_ enum err credential_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);
#endif
