/* Questions to a SAML provider, and judging its answers; see saml.h. */
#include "feature/sso/saml.h"
#include "base/clock.h"
#include "feature/sso/saml_signature.h"
#include "web/request.h"

#include <libdeflate.h>
#include <sodium.h>

#define URN_SAML "urn:oasis:names:tc:SAML:2.0:"
#define SKEW (CLAIMS_SKEW_S * SECOND)
#define AGE (CLAIMS_AGE_S * SECOND)

/* ── metadata ── */

static const char *read_keys(struct arena *a, const xmlNode *role, struct saml_metadata *ret)
{
	for (const xmlNode *k = saml_xml_child(role, NS_METADATA, "KeyDescriptor", NULL); k; k = saml_xml_next(k)) {
		struct str use = saml_xml_attribute(a, k, "use"), der;
		const xmlNode *data = saml_xml_child(saml_xml_child(k, NS_SIGNATURE, "KeyInfo", NULL), NS_SIGNATURE, "X509Data", NULL);
		const xmlNode *c = saml_xml_child(data, NS_SIGNATURE, "X509Certificate", NULL);
		if (!c || (use.p && !str_is(use, "signing")) || ret->n_certificates == SAML_KEYS_MAX)
			continue;
		if (!saml_base64(a, saml_xml_text(a, c), &der) || !saml_certificate_good(der))
			return "its metadata holds a certificate that cannot be used (RSA of 2048 bits or more, or a curve P-256, P-384, P-521)";
		ret->certificates[ret->n_certificates++] = der;
	}
	return ret->n_certificates ? NULL : "its metadata holds no certificate for signing";
}

static const xmlNode *provider_role(struct arena *a, const xmlNode *entity)
{
	const xmlNode *role = saml_xml_child(entity, NS_METADATA, "IDPSSODescriptor", NULL);
	while (role && str_find(saml_xml_attribute(a, role, "protocolSupportEnumeration"), S(NS_PROTOCOL)) < 0)
		role = saml_xml_next(role);
	return role;
}

static const char *read_entity(struct arena *a, const xmlNode *entity, struct saml_metadata *ret)
{
	const xmlNode *role = provider_role(a, entity);
	struct str until = saml_xml_attribute(a, entity, "validUntil");
	if (!saml_xml_is(entity, NS_METADATA, "EntityDescriptor"))
		return "it is no metadata of one SAML provider (EntityDescriptor)";
	ret->entity_id = saml_xml_attribute(a, entity, "entityID");
	if (!ret->entity_id.n || ret->entity_id.n > SAML_ENTITY_MAX)
		return "its metadata names no entityID";
	ret->valid_until = INT64_MAX;
	if (until.p && !clock_parse_rfc3339(until, &ret->valid_until))
		return "its metadata has a validUntil that is no time";
	if (!role)
		return "its metadata describes no provider of sign-ins with SAML 2.0";
	if (str_is(saml_xml_attribute(a, role, "WantAuthnRequestsSigned"), "true") || str_is(saml_xml_attribute(a, role, "WantAuthnRequestsSigned"), "1"))
		return "it wants questions to be signed, which this program does not do; the provider can be told not to want it";
	for (const xmlNode *s = saml_xml_child(role, NS_METADATA, "SingleSignOnService", NULL); s && !ret->sign_in.n; s = saml_xml_next(s))
		if (str_is(saml_xml_attribute(a, s, "Binding"), URN_SAML "bindings:HTTP-Redirect"))
			ret->sign_in = saml_xml_attribute(a, s, "Location");
	return ret->sign_in.n ? read_keys(a, role, ret) : "its metadata has no address for questions by redirect";
}

const char *saml_metadata_read(struct arena *a, struct str xml, struct saml_metadata *ret)
{
	_cleanup_xml_ xmlDoc *doc = saml_xml_read(xml, false);
	*ret = (struct saml_metadata){ 0 };
	return doc ? read_entity(a, xmlDocGetRootElement(doc), ret) : "its metadata is no XML in UTF-8, or has a document type";
}

/* ── the question ── */

static struct str escaped(struct arena *a, struct str s)
{
	struct buf b;
	buf_init(&b, a, 6 * s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		switch (s.p[i]) {
		case '&': buf_lit(&b, "&amp;"); break;
		case '<': buf_lit(&b, "&lt;"); break;
		case '>': buf_lit(&b, "&gt;"); break;
		case '"': buf_lit(&b, "&quot;"); break;
		default: buf_char(&b, s.p[i]);
		}
	return buf_get(&b);
}

/* SAML Bindings, 3.4.4.1: DEFLATE (RFC 1951), then base64. Questions have a kilobyte. */
static struct str packed(struct arena *a, struct str xml)
{
	struct libdeflate_compressor *c = libdeflate_alloc_compressor(6);
	BUG_IF(!c);
	size_t most = libdeflate_deflate_compress_bound(c, xml.n), n;
	unsigned char *p = arena_alloc(a, most);
	n = libdeflate_deflate_compress(c, xml.p, xml.n, p, most);
	libdeflate_free_compressor(c);
	size_t text = sodium_base64_encoded_len(n, sodium_base64_VARIANT_ORIGINAL);
	char *t = arena_alloc(a, text);
	return str_of(sodium_bin2base64(t, text, p, n, sodium_base64_VARIANT_ORIGINAL));
}

struct str saml_question(struct ctx *cx, const struct saml_metadata *m, const struct saml_asked *q, struct str state)
{
	struct arena *a = cx->arena;
	struct str xml = str_fmt(
		a,
		"<samlp:AuthnRequest xmlns:samlp=\"" NS_PROTOCOL "\" xmlns:saml=\"" NS_ASSERTION "\" ID=\"%.*s\" Version=\"2.0\" IssueInstant=\"%s\" "
		"Destination=\"%.*s\" AssertionConsumerServiceURL=\"%.*s\" ProtocolBinding=\"" URN_SAML "bindings:HTTP-POST\">"
		"<saml:Issuer>%.*s</saml:Issuer></samlp:AuthnRequest>",
		STR_ARG(q->id), clock_rfc3339(a, q->now).p, STR_ARG(escaped(a, m->sign_in)), STR_ARG(escaped(a, q->answer_to)), STR_ARG(escaped(a, q->ours)));
	return str_fmt(a, "%.*s%sSAMLRequest=%s&RelayState=%s", STR_ARG(m->sign_in), str_index(m->sign_in, '?') < 0 ? "?" : "&",
		       url_encoded(cx, packed(a, xml)).p, url_encoded(cx, state).p);
}

struct str saml_own_metadata(struct arena *a, const struct saml_asked *q)
{
	return str_fmt(a,
		       "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		       "<md:EntityDescriptor xmlns:md=\"" NS_METADATA "\" entityID=\"%.*s\">\n"
		       "<md:SPSSODescriptor AuthnRequestsSigned=\"false\" WantAssertionsSigned=\"true\" protocolSupportEnumeration=\"" NS_PROTOCOL "\">\n"
		       "<md:NameIDFormat>" URN_SAML "nameid-format:persistent</md:NameIDFormat>\n"
		       "<md:AssertionConsumerService Binding=\"" URN_SAML "bindings:HTTP-POST\" Location=\"%.*s\" index=\"0\" isDefault=\"true\"/>\n"
		       "</md:SPSSODescriptor>\n</md:EntityDescriptor>\n",
		       STR_ARG(escaped(a, q->ours)), STR_ARG(escaped(a, q->answer_to)));
}

/* ── the answer: times ── */

/* UTC only (SAML Core, 1.3.3). Absent: *ret is `absent`. */
static bool time_of(struct arena *a, const xmlNode *n, const char *name, int64_t absent, int64_t *ret)
{
	struct str text = saml_xml_attribute(a, n, name);
	*ret = absent;
	return !text.p || (str_ends(text, S("Z")) && clock_parse_rfc3339(text, ret));
}

/* Whether now is from NotBefore on and before NotOnOrAfter of an element; `after` must be there. */
static bool in_force(struct arena *a, const xmlNode *n, int64_t now, bool must_end)
{
	int64_t before, after;
	if (!time_of(a, n, "NotBefore", INT64_MIN, &before) || !time_of(a, n, "NotOnOrAfter", must_end ? INT64_MIN : INT64_MAX, &after))
		return false;
	return (before == INT64_MIN || now >= before - SKEW) && (after == INT64_MAX || (after != INT64_MIN && now < after + SKEW));
}

/* ── the answer: who, for whom ── */

static const char *check_issuer(struct arena *a, const xmlNode *n, const struct saml_metadata *m, bool must)
{
	size_t count;
	const xmlNode *issuer = saml_xml_child(n, NS_ASSERTION, "Issuer", &count);
	if (!count && !must)
		return NULL;
	return count == 1 && str_eq(saml_xml_text(a, issuer), m->entity_id) ? NULL : "the issuer is another one";
}

static const char *check_conditions(struct arena *a, const xmlNode *assertion, const struct saml_asked *q)
{
	size_t count, audiences = 0;
	const xmlNode *conditions = saml_xml_child(assertion, NS_ASSERTION, "Conditions", &count);
	if (count != 1 || !in_force(a, conditions, q->now, false))
		return "the conditions are missing, expired or not in force yet";
	for (const xmlNode *c = conditions->children; c; c = c->next) {
		if (c->type != XML_ELEMENT_NODE || saml_xml_is(c, NS_ASSERTION, "OneTimeUse") || saml_xml_is(c, NS_ASSERTION, "ProxyRestriction"))
			continue;
		if (!saml_xml_is(c, NS_ASSERTION, "AudienceRestriction"))
			return "there is a condition that is not known";
		bool ours = false;
		for (const xmlNode *u = saml_xml_child(c, NS_ASSERTION, "Audience", NULL); u && !ours; u = saml_xml_next(u))
			ours = str_eq(saml_xml_text(a, u), q->ours);
		if (!ours)
			return "the audience is another one";
		audiences++;
	}
	return audiences ? NULL : "no audience is named";
}

static bool bearer_holds(struct arena *a, const xmlNode *confirmation, const struct saml_asked *q)
{
	size_t count;
	const xmlNode *data = saml_xml_child(confirmation, NS_ASSERTION, "SubjectConfirmationData", &count);
	return str_is(saml_xml_attribute(a, confirmation, "Method"), URN_SAML "cm:bearer") && count == 1 &&
	       str_eq(saml_xml_attribute(a, data, "Recipient"), q->answer_to) && str_eq(saml_xml_attribute(a, data, "InResponseTo"), q->id) &&
	       in_force(a, data, q->now, true);
}

static const char *check_confirmation(struct arena *a, const xmlNode *subject, const struct saml_asked *q)
{
	for (const xmlNode *c = saml_xml_child(subject, NS_ASSERTION, "SubjectConfirmation", NULL); c; c = saml_xml_next(c))
		if (bearer_holds(a, c, q))
			return NULL;
	return "it was not made for this sign-in: recipient, InResponseTo or dates are others";
}

static const char *read_name(struct arena *a, const xmlNode *subject, struct claims *ret)
{
	size_t count;
	const xmlNode *name = saml_xml_child(subject, NS_ASSERTION, "NameID", &count);
	struct str format = saml_xml_attribute(a, name, "Format");
	ret->subject = saml_xml_text(a, name);
	if (count != 1 || !ret->subject.n || ret->subject.n > CLAIMS_SUBJECT_MAX)
		return "there is no NameID, or it is too long";
	if (str_is(format, URN_SAML "nameid-format:transient") || str_is(format, URN_SAML "nameid-format:encrypted"))
		return "the NameID is another one each time (transient); let the provider send a persistent one";
	if (str_is(format, "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"))
		ret->email = ret->subject;
	return NULL;
}

/* ── the answer: what more it says ── */

static bool names_email(struct str name)
{
	static const char *const names[] = { "mail", "email", "urn:oid:0.9.2342.19200300.100.1.3",
					     "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_is(name, names[i]))
			return true;
	return false;
}

static void read_email(struct arena *a, const xmlNode *assertion, struct claims *ret)
{
	for (const xmlNode *s = saml_xml_child(assertion, NS_ASSERTION, "AttributeStatement", NULL); s; s = saml_xml_next(s))
		for (const xmlNode *t = saml_xml_child(s, NS_ASSERTION, "Attribute", NULL); t; t = saml_xml_next(t)) {
			struct str value = saml_xml_text(a, saml_xml_child(t, NS_ASSERTION, "AttributeValue", NULL));
			if (value.n && names_email(saml_xml_attribute(a, t, "Name")))
				ret->email = value;
		}
	ret->email_verified = ret->email_said = ret->email.n > 0;
}

static const char *check_authentication(struct arena *a, const xmlNode *assertion, const struct saml_asked *q, struct str mfa_acr, struct claims *ret)
{
	const xmlNode *s = saml_xml_child(assertion, NS_ASSERTION, "AuthnStatement", NULL);
	int64_t until;
	if (!s)
		return "it does not say that somebody signed in";
	if (!time_of(a, s, "SessionNotOnOrAfter", INT64_MAX, &until) || (until != INT64_MAX && q->now >= until + SKEW))
		return "the session at the provider is over";
	struct str level = saml_xml_text(a, saml_xml_child(saml_xml_child(s, NS_ASSERTION, "AuthnContext", NULL), NS_ASSERTION, "AuthnContextClassRef", NULL));
	struct str rest = mfa_acr, word;
	ret->strong = str_is(level, "https://refeds.org/profile/mfa") || str_is(level, "http://schemas.microsoft.com/claims/multipleauthn");
	while (level.n && str_cut(&rest, ' ', &word))
		ret->strong = ret->strong || str_eq(word, level);
	return NULL;
}

static const char *judge_assertion(struct arena *a, const xmlNode *assertion, const struct saml_metadata *m, const struct saml_asked *q, struct str mfa_acr,
				   struct claims *ret)
{
	size_t count;
	int64_t issued;
	const char *fault;
	const xmlNode *subject = saml_xml_child(assertion, NS_ASSERTION, "Subject", &count);
	if (!saml_xml_is(assertion, NS_ASSERTION, "Assertion") || !str_is(saml_xml_attribute(a, assertion, "Version"), "2.0") || count != 1)
		return "what is signed is no assertion of SAML 2.0 about one subject";
	if (!time_of(a, assertion, "IssueInstant", INT64_MIN, &issued) || issued == INT64_MIN || issued > q->now + SKEW || issued < q->now - AGE - SKEW)
		return "it was issued in the future or too long ago";
	if ((fault = check_issuer(a, assertion, m, true)) || (fault = check_conditions(a, assertion, q)) || (fault = check_confirmation(a, subject, q)) ||
	    (fault = read_name(a, subject, ret)) || (fault = check_authentication(a, assertion, q, mfa_acr, ret)))
		return fault;
	read_email(a, assertion, ret);
	return NULL;
}

/* What the envelope says, signed or not: it can only refuse. */
static const char *check_envelope(struct arena *a, const xmlNode *response, const struct saml_metadata *m, const struct saml_asked *q)
{
	const xmlNode *status = saml_xml_child(saml_xml_child(response, NS_PROTOCOL, "Status", NULL), NS_PROTOCOL, "StatusCode", NULL);
	struct str destination = saml_xml_attribute(a, response, "Destination"), asked = saml_xml_attribute(a, response, "InResponseTo");
	if (!saml_xml_is(response, NS_PROTOCOL, "Response"))
		return "the answer is no SAML response";
	if (!str_is(saml_xml_attribute(a, status, "Value"), URN_SAML "status:Success"))
		return "the provider did not sign anybody in";
	if (destination.n && !str_eq(destination, q->answer_to))
		return "it was sent to another address";
	if (!str_eq(asked, q->id))
		return "it answers another question, or none";
	return check_issuer(a, response, m, false);
}

const char *saml_judge_signed(struct arena *a, struct str bytes, const struct saml_metadata *m, const struct saml_asked *q, struct str mfa_acr,
			      struct claims *ret)
{
	_cleanup_xml_ xmlDoc *doc = saml_xml_read(bytes, true);
	const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
	size_t count;
	if (!saml_xml_is(root, NS_PROTOCOL, "Response"))
		return judge_assertion(a, root, m, q, mfa_acr, ret);
	const xmlNode *assertion = saml_xml_child(root, NS_ASSERTION, "Assertion", &count);
	return count == 1 ? judge_assertion(a, assertion, m, q, mfa_acr, ret) : "the response does not hold one assertion";
}

const char *saml_answer(struct arena *a, struct str xml, const struct saml_metadata *m, const struct saml_asked *q, struct str mfa_acr, struct claims *ret)
{
	_cleanup_xml_ xmlDoc *doc = saml_xml_read(xml, true);
	struct claims c = { 0 };
	struct str bytes;
	const char *fault;
	*ret = c;
	if (!doc)
		return "the answer is no XML in UTF-8, or holds comments, instructions or a document type";
	if (q->now >= m->valid_until)
		return "the metadata of the provider has expired";
	if ((fault = check_envelope(a, xmlDocGetRootElement(doc), m, q)) || (fault = saml_signed(a, doc, m->certificates, m->n_certificates, &bytes)) ||
	    (fault = saml_judge_signed(a, bytes, m, q, mfa_acr, &c)))
		return fault;
	*ret = c;
	return NULL;
}
