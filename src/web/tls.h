/* TLS by certificate files, for the installation on one machine that has no proxy in front (GnuTLS, by libmicrohttpd; TLS 1.2 and 1.3).
 *
 * The certificate is a PEM file with the whole chain, the server's own first; the key another, which only the user of the server should
 * read. Whoever renews them sends SIGHUP: new connections get the new certificate, those that are open keep the old one. A pair that does
 * not fit is refused with a sentence and the old one stays. */
#ifndef WEB_TLS_H
#define WEB_TLS_H
#include "base/ctx.h"

struct tls;
/* NULL on failure, with a sentence for the operator in *ret_message. */
struct tls *tls_new(struct ctx *cx, struct str certificate, struct str key, struct str *ret_message);
/* Reads the files anew. ERR_INVALID with a sentence: they cannot be used, and what was read before stays in force. */
_must_check_ enum err tls_reload(struct ctx *cx, struct tls *t, struct str *ret_message);
void tls_free(struct tls *t);
/* For MHD_OPTION_HTTPS_CERT_CALLBACK, which has no place for an argument: the certificates of the process's one server. */
void *tls_callback(struct tls *t);
/* When the first certificate of a PEM file runs out, UTC ms. False: it cannot be read. */
bool tls_expires(struct ctx *cx, struct str certificate, int64_t *ret);
#endif
