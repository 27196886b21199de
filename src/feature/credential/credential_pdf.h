/* The certificate as a page of A4: made when somebody asks, from the signed text and nothing else.
 *
 * Names and titles may be in any Indian script (pango); long ones shrink. The signed text and its signature are carried
 * inside the file, so that `karmayogi verify` needs no network: in the PDF's keywords,
 * "KYC1." base64url(document) "." base64url(signature), unpadded (RFC 4648, section 5). */
#ifndef FEATURE_CREDENTIAL_PDF_H
#define FEATURE_CREDENTIAL_PDF_H
#include "base/ctx.h"

#define CREDENTIAL_MARK "KYC1."

/* What stands in the keywords. */
struct str credential_carried(struct ctx *cx, struct str document, struct str signature);

struct credential_pdf_in {
	struct str serial, name, title, provider;
	struct str verify_url;               /* for the QR code */
	struct str document, signature;      /* as kept */
	int64_t issued_at;
	/* translated by the caller */
	struct str heading, says, course_line, facts, number_line, verify_line, brand;
};
/* PDF bytes in the arena. */
_must_check_ enum err credential_pdf(struct ctx *cx, const struct credential_pdf_in *in, struct str *ret_pdf);
#endif
