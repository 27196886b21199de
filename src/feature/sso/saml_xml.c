/* Reading XML; see saml_xml.h. */
#include "feature/sso/saml_xml.h"
#include "base/ctx.h"
#include "base/utf8.h"

#include <libxml/parser.h>
#include <pthread.h>
#include <sodium.h>
#include <xmlsec/crypto.h>
#include <xmlsec/errors.h>
#include <xmlsec/xmlsec.h>

/* What is wrong with a provider's document is said by who reads it, in a sentence; the libraries' own words would only fill the log. */
static void say_nothing(const char *file, int line, const char *function, const char *object, const char *subject, int reason, const char *message)
{
	(void)file, (void)line, (void)function, (void)object, (void)subject, (void)reason, (void)message;
}

static void keep_still(void *arg, xmlErrorPtr error)
{
	(void)arg, (void)error;
}

static void start(void)
{
	xmlInitParser();
	BUG_IF(xmlSecInit() < 0 || xmlSecCryptoAppInit(NULL) < 0 || xmlSecCryptoInit() < 0);
	xmlSecErrorsSetCallback(say_nothing);
}

void saml_start(void)
{
	static pthread_once_t started = PTHREAD_ONCE_INIT;
	pthread_once(&started, start);
}

/* "<!" begins document types, comments and CDATA, and "<?" instructions; neither can stand in a well-formed text otherwise. The declaration
 * at the very beginning is allowed; the encoding that it names is not believed. */
static bool is_plain(struct str xml)
{
	struct str body = str_starts(xml, S("<?xml ")) ? str_sub(xml, 2, xml.n) : xml;
	return str_find(body, S("<!")) < 0 && str_find(body, S("<?")) < 0;
}

xmlDoc *saml_xml_read(struct str xml, bool plain)
{
	if (!xml.n || xml.n > SAML_XML_MAX || !utf8_valid(xml) || (plain && !is_plain(xml)))
		return NULL;
	xmlSetStructuredErrorFunc(NULL, keep_still); /* of this thread */
	xmlDoc *doc = xmlReadMemory(xml.p, (int)xml.n, NULL, "UTF-8", XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	if (doc && (doc->intSubset || doc->extSubset || !xmlDocGetRootElement(doc))) {
		xmlFreeDoc(doc);
		return NULL;
	}
	return doc;
}

bool saml_xml_is(const xmlNode *n, const char *space, const char *name)
{
	return n && n->type == XML_ELEMENT_NODE && n->ns && strcmp((const char *)n->ns->href, space) == 0 && strcmp((const char *)n->name, name) == 0;
}

xmlNode *saml_xml_child(const xmlNode *n, const char *space, const char *name, size_t *ret_n)
{
	xmlNode *first = NULL;
	size_t count = 0;
	for (xmlNode *c = n ? n->children : NULL; c; c = c->next)
		if (saml_xml_is(c, space, name) && !count++)
			first = c;
	if (ret_n)
		*ret_n = count;
	return first;
}

xmlNode *saml_xml_next(const xmlNode *n)
{
	for (xmlNode *c = n->next; c; c = c->next)
		if (saml_xml_is(c, (const char *)n->ns->href, (const char *)n->name))
			return c;
	return NULL;
}

static struct str taken(struct arena *a, xmlChar *text)
{
	struct str s = text ? str_dup(a, str_of((const char *)text)) : STR_NONE;
	xmlFree(text);
	return s;
}

struct str saml_xml_attribute(struct arena *a, const xmlNode *n, const char *name)
{
	return n ? taken(a, xmlGetNoNsProp(n, (const xmlChar *)name)) : STR_NONE;
}

struct str saml_xml_text(struct arena *a, const xmlNode *n)
{
	for (const xmlNode *c = n ? n->children : NULL; c; c = c->next)
		if (c->type != XML_TEXT_NODE)
			return STR_NONE;
	return n ? str_trim(taken(a, xmlNodeGetContent(n))) : STR_NONE;
}

bool saml_base64(struct arena *a, struct str text, struct str *ret)
{
	unsigned char *p = arena_alloc(a, text.n + 1);
	size_t n = 0;
	const char *end = NULL;
	if (!text.n || sodium_base642bin(p, text.n, text.p, text.n, " \t\r\n", &n, &end, sodium_base64_VARIANT_ORIGINAL) || end != text.p + text.n)
		return false;
	*ret = (struct str){ (const char *)p, n };
	return true;
}
