/* XML that somebody brought in, as a tree in the arena, and XML written. libxml2 stays behind this.
 *
 * Taken is a small part of XML: UTF-8, no document type (so no entities but the five of XML and those by number). Nothing is ever fetched. Comments and
 * instructions are passed over, CDATA is text, and names lose their prefix (the attribute xml:lang keeps it). Ceilings: XML_SOURCE_MAX bytes,
 * XML_NODES_MAX elements and texts; libxml2 holds the depth to 256. */
#ifndef TEXT_XML_H
#define TEXT_XML_H
#include "text/finding.h"

enum { XML_SOURCE_MAX = 16 << 20, XML_NODES_MAX = 1000000 };

struct xml_attribute {
	struct str name, value;
};
struct xml {
	struct str name; /* empty: a text */
	struct str text; /* of a text */
	struct xml_attribute *attributes;
	size_t n_attributes;
	struct xml *first, *next, *parent;
	int line;
};

/* The root element, or NULL with a finding. *nodes: how many elements and texts there may be (XML_NODES_MAX to begin with); becomes what is left for
 * further files that belong together. */
struct xml *xml_read(struct findings *f, struct str file, struct str source, size_t *nodes);
/* Absent: there is no such attribute. */
struct str xml_attribute(const struct xml *e, const char *name);
/* All text of an element and what is in it, as it stands. */
struct str xml_text(struct arena *a, const struct xml *e);
/* Text for an element or an attribute in double quotes; what XML cannot hold becomes U+FFFD. */
void xml_put(struct buf *b, struct str text);
#endif
