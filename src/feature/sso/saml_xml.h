/* Reading XML that a provider sent (libxml2), so that every reader of it sees the same. Within feature/sso.
 *
 * Taken is a small part of XML: UTF-8, no document type (so no entities but the five of XML and those by number), and, where `plain` is asked for,
 * no comments, no CDATA and no processing instructions either: a text is then one text, and cannot be read in two ways. Nothing is ever
 * fetched. At most SAML_XML_MAX bytes; libxml2 holds the depth to 256. */
#ifndef FEATURE_SSO_SAML_XML_H
#define FEATURE_SSO_SAML_XML_H
#include "base/arena.h"
#include "base/str.h"

#include <libxml/tree.h>

enum { SAML_XML_MAX = 256 * 1024 };

#define NS_PROTOCOL "urn:oasis:names:tc:SAML:2.0:protocol"
#define NS_ASSERTION "urn:oasis:names:tc:SAML:2.0:assertion"
#define NS_METADATA "urn:oasis:names:tc:SAML:2.0:metadata"
#define NS_SIGNATURE "http://www.w3.org/2000/09/xmldsig#"

/* The libraries of XML and of its signatures, once in a process: before anything else of these files. */
void saml_start(void);

/* NULL: not that. The caller ends it with xmlFreeDoc. */
xmlDoc *saml_xml_read(struct str xml, bool plain);
static inline void saml_xml_free(xmlDoc **doc)
{
	if (*doc)
		xmlFreeDoc(*doc);
}
#define _cleanup_xml_ __attribute__((cleanup(saml_xml_free)))

bool saml_xml_is(const xmlNode *n, const char *space, const char *name);
/* The first child element of this name, or NULL; ret_n (may be NULL): how many there are. */
xmlNode *saml_xml_child(const xmlNode *n, const char *space, const char *name, size_t *ret_n);
/* The next element beside it with its own name, or NULL. */
xmlNode *saml_xml_next(const xmlNode *n);
/* In the arena; absent: there is no such attribute. */
struct str saml_xml_attribute(struct arena *a, const xmlNode *n, const char *name);
/* The text of an element that holds nothing else, without white space at its ends, in the arena. Absent: no element, or it holds elements. */
struct str saml_xml_text(struct arena *a, const xmlNode *n);
/* Base64 with or without white space; in the arena. False: not that. */
bool saml_base64(struct arena *a, struct str text, struct str *ret);
#endif
