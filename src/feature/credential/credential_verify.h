/* Checking a certificate or a passbook (feature/passbook) without network: the PDF or the JSON file against the issuer's public key. */
#ifndef FEATURE_CREDENTIAL_VERIFY_H
#define FEATURE_CREDENTIAL_VERIFY_H
#include "base/ctx.h"

enum { VERIFY_FILE_MAX = 20 << 20 };

/* Sentences about the file in *ret_report (several lines); ret_good: the signature fits. ERR_NOT_FOUND: no such file; ERR_TOO_LARGE. */
_must_check_ enum err credential_verify_file(struct ctx *cx, const char *path, const unsigned char public_key[32], struct str *ret_report, bool *ret_good);
/* The same for bytes in memory. */
void credential_verify_bytes(struct ctx *cx, struct str file, const unsigned char public_key[32], struct str *ret_report, bool *ret_good);
#endif
