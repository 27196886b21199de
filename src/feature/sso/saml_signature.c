/* Verifying the signatures of a response; see saml_signature.h. */
#include "feature/sso/saml_signature.h"

#include <openssl/x509.h>
#include <xmlsec/crypto.h>
#include <xmlsec/transforms.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmlsec.h>

bool saml_certificate_good(struct str der)
{
	const unsigned char *p = (const unsigned char *)der.p;
	X509 *x = d2i_X509(NULL, &p, (long)der.n);
	EVP_PKEY *key = x ? X509_get0_pubkey(x) : NULL;
	int bits = key ? EVP_PKEY_bits(key) : 0;
	bool rsa = key && EVP_PKEY_is_a(key, "RSA") && bits >= 2048 && bits <= 8192;
	bool ec = key && EVP_PKEY_is_a(key, "EC") && (bits == 256 || bits == 384 || bits == 521);
	bool whole = p == (const unsigned char *)der.p + der.n;
	X509_free(x);
	return (rsa || ec) && whole;
}

/* ── the shape ── */

/* In document order; NULL after the last. */
static const xmlNode *following(const xmlNode *n, const xmlNode *root)
{
	if (n->type == XML_ELEMENT_NODE && n->children)
		return n->children;
	while (n != root && !n->next)
		n = n->parent;
	return n == root ? NULL : n->next;
}

static size_t times_told(const xmlNode *root, const xmlChar *id)
{
	static const char *const names[] = { "ID", "Id", "id" };
	size_t times = 0;
	for (const xmlNode *n = root; n; n = following(n, root)) {
		for (const xmlAttr *a = n->type == XML_ELEMENT_NODE ? n->properties : NULL; a; a = a->next)
			for (size_t i = 0; i < sizeof names / sizeof *names; i++)
				if (strcmp((const char *)a->name, names[i]) == 0) {
					xmlChar *value = xmlNodeListGetString(n->doc, a->children, 1);
					times += value && xmlStrEqual(value, id);
					xmlFree(value);
				}
	}
	return times;
}

static size_t signatures_in(const xmlNode *root)
{
	size_t count = 0;
	for (const xmlNode *n = root; n; n = following(n, root))
		count += saml_xml_is(n, NS_SIGNATURE, "Signature");
	return count;
}

/* A name of XML in ASCII, so that it stands in "#ID" as it is. */
static bool is_id(const xmlChar *id)
{
	size_t i = 0;
	for (; id && id[i]; i++) {
		unsigned char c = id[i], small = c | 32;
		if (!((small >= 'a' && small <= 'z') || c == '_' || (i && ((c >= '0' && c <= '9') || c == '-' || c == '.'))))
			return false;
	}
	return i > 0 && i <= 256;
}

static const char *register_id(xmlDoc *doc, xmlNode *n)
{
	xmlAttr *attribute = xmlHasProp(n, (const xmlChar *)"ID");
	xmlChar *id = xmlGetNoNsProp(n, (const xmlChar *)"ID");
	const char *fault = NULL;
	if (!attribute || !is_id(id))
		fault = "an element that is signed has no ID";
	else if (times_told(xmlDocGetRootElement(doc), id) != 1 || !xmlAddID(NULL, doc, id, attribute))
		fault = "an ID stands twice";
	xmlFree(id);
	return fault;
}

/* SignedInfo, SignatureValue and KeyInfo, and one reference, to the element itself. */
static const char *check_shape(const xmlNode *signature, const xmlNode *parent)
{
	size_t n_infos, n_references;
	const xmlNode *info = saml_xml_child(signature, NS_SIGNATURE, "SignedInfo", &n_infos);
	const xmlNode *reference = saml_xml_child(info, NS_SIGNATURE, "Reference", &n_references);
	for (const xmlNode *c = signature->children; c; c = c->next)
		if (c->type == XML_ELEMENT_NODE && !saml_xml_is(c, NS_SIGNATURE, "SignedInfo") && !saml_xml_is(c, NS_SIGNATURE, "SignatureValue") &&
		    !saml_xml_is(c, NS_SIGNATURE, "KeyInfo"))
			return "a signature holds more than a signature";
	if (n_infos != 1 || n_references != 1)
		return "a signature does not have one reference";
	xmlChar *uri = xmlGetNoNsProp(reference, (const xmlChar *)"URI"), *id = xmlGetNoNsProp(parent, (const xmlChar *)"ID");
	bool own = uri && id && uri[0] == '#' && xmlStrEqual(uri + 1, id);
	xmlFree(uri);
	xmlFree(id);
	return own ? NULL : "a signature does not sign the element that it stands in";
}

/* ── one signature ── */

static void destroy_context(xmlSecDSigCtxPtr *c)
{
	if (*c)
		xmlSecDSigCtxDestroy(*c);
}

static bool allow(xmlSecDSigCtxPtr c)
{
	const xmlSecTransformId canonical = xmlSecTransformExclC14NId,
				digests[] = { xmlSecTransformSha256Id, xmlSecTransformSha384Id, xmlSecTransformSha512Id };
	const xmlSecTransformId methods[] = { xmlSecTransformRsaSha256Id,   xmlSecTransformRsaSha384Id,	  xmlSecTransformRsaSha512Id,
					      xmlSecTransformEcdsaSha256Id, xmlSecTransformEcdsaSha384Id, xmlSecTransformEcdsaSha512Id };
	bool good = xmlSecDSigCtxEnableReferenceTransform(c, xmlSecTransformEnvelopedId) >= 0 && xmlSecDSigCtxEnableReferenceTransform(c, canonical) >= 0 &&
		    xmlSecDSigCtxEnableSignatureTransform(c, canonical) >= 0;
	for (size_t i = 0; good && i < sizeof digests / sizeof *digests; i++)
		good = xmlSecDSigCtxEnableReferenceTransform(c, digests[i]) >= 0;
	for (size_t i = 0; good && i < sizeof methods / sizeof *methods; i++)
		good = xmlSecDSigCtxEnableSignatureTransform(c, methods[i]) >= 0;
	return good;
}

/* The bytes that were digested: after them there is nothing left to be mistaken about. */
static bool holds_with(struct arena *a, xmlNode *signature, struct str der, struct str *ret)
{
	__attribute__((cleanup(destroy_context))) xmlSecDSigCtxPtr c = xmlSecDSigCtxCreate(NULL);
	if (!c || !allow(c))
		return false;
	c->flags |= XMLSEC_DSIG_FLAGS_IGNORE_MANIFESTS | XMLSEC_DSIG_FLAGS_STORE_SIGNEDINFO_REFERENCES;
	c->enabledReferenceUris = xmlSecTransformUriTypeSameDocument;
	c->signKey = xmlSecCryptoAppKeyLoadMemory((const xmlSecByte *)der.p, (xmlSecSize)der.n, xmlSecKeyDataFormatCertDer, NULL, NULL, NULL);
	if (!c->signKey || xmlSecDSigCtxVerify(c, signature) < 0 || c->status != xmlSecDSigStatusSucceeded ||
	    xmlSecPtrListGetSize(&c->signedInfoReferences) != 1)
		return false;
	xmlSecBufferPtr b = xmlSecDSigReferenceCtxGetPreDigestBuffer(xmlSecPtrListGetItem(&c->signedInfoReferences, 0));
	if (!b || !xmlSecBufferGetData(b))
		return false;
	*ret = str_dup(a, (struct str){ (const char *)xmlSecBufferGetData(b), xmlSecBufferGetSize(b) });
	return true;
}

static const char *verify(struct arena *a, xmlNode *signature, const xmlNode *parent, const struct str *certificates, size_t n, struct str *ret)
{
	const char *fault = check_shape(signature, parent);
	if (fault)
		return fault;
	for (size_t i = 0; i < n; i++)
		if (holds_with(a, signature, certificates[i], ret))
			return NULL;
	return "a signature does not hold, or was made with another key or in a way that is not taken";
}

/* ── all of them ── */

const char *saml_signed(struct arena *a, xmlDoc *doc, const struct str *certificates, size_t n, struct str *ret_signed)
{
	xmlNode *root = xmlDocGetRootElement(doc);
	size_t n_assertions, n_outer, n_inner;
	const char *fault = NULL;
	*ret_signed = STR_NONE;
	if (!saml_xml_is(root, NS_PROTOCOL, "Response"))
		return "the answer is no SAML response";
	if (saml_xml_child(root, NS_ASSERTION, "EncryptedAssertion", NULL))
		return "the assertion is encrypted; let the provider send it signed and unencrypted (TLS protects it)";
	xmlNode *assertion = saml_xml_child(root, NS_ASSERTION, "Assertion", &n_assertions);
	if (n_assertions != 1)
		return "the response does not hold one assertion";
	xmlNode *outer = saml_xml_child(root, NS_SIGNATURE, "Signature", &n_outer), *inner = saml_xml_child(assertion, NS_SIGNATURE, "Signature", &n_inner);
	if (n_outer > 1 || n_inner > 1 || signatures_in(root) != n_outer + n_inner)
		return "there are signatures where none belong";
	if (!outer && !inner)
		return "neither the response nor the assertion is signed";
	if ((fault = register_id(doc, root)) || (fault = register_id(doc, assertion)))
		return fault;
	if (outer)
		fault = verify(a, outer, root, certificates, n, ret_signed);
	if (!fault && inner)
		fault = verify(a, inner, assertion, certificates, n, ret_signed);
	return fault;
}
