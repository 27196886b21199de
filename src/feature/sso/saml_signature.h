/* What of a SAML response is signed (XML Signature, xmlsec). Within feature/sso.
 *
 * Signatures of SAML are attacked by moving what is signed to where nobody reads it and putting something else where it is read (Somorovsky et
 * al., "On Breaking SAML", USENIX Security 2012). So nothing of the document is believed: given back are the very bytes that the
 * signature's digest was made of, and these alone are read on. Besides, the shape must be that of the standard (SAML Core, 5.4): one response at the
 * root, one assertion directly in it, signatures directly in these two and nowhere else, each with one reference to its own parent by an ID that stands once in
 * the document, and no transforms but the enveloped signature and exclusive canonical XML. Every signature there must hold.
 * Algorithms: RSA and ECDSA with SHA-256, SHA-384 or SHA-512. Keys come from the caller alone; what the document says of keys is not looked at. */
#ifndef FEATURE_SSO_SAML_SIGNATURE_H
#define FEATURE_SSO_SAML_SIGNATURE_H
#include "feature/sso/saml_xml.h"

/* NULL: *ret_signed is the canonical XML of an assertion, or of a response with one, signed with one of the keys; in the arena. Else what does not hold, in
 * English. certificates: DER, as saml_certificate_good takes them. doc: read plainly; IDs are registered in it. */
const char *saml_signed(struct arena *a, xmlDoc *doc, const struct str *certificates, size_t n, struct str *ret_signed);
/* A certificate whose key is RSA of 2048 to 8192 bits or on one of the curves P-256, P-384 and P-521. Its dates and who signed it do not matter:
 * metadata says which keys are the provider's (SAML Metadata Interoperability Profile 1.0, 2.6.1). */
bool saml_certificate_good(struct str der);
#endif
