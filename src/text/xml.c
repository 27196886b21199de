/* XML in and out; see xml.h. */
#include "text/xml.h"
#include "base/utf8.h"

#include <libxml/parser.h>

struct copying {
	struct arena *arena;
	size_t *left;
	bool too_many;
};

/* A document type could name entities that grow, or files: reading stops where it begins. */
static void refuse_type(void *context, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id)
{
	xmlParserCtxt *c = context;
	int *line = c->_private;
	(void)name, (void)public_id, (void)system_id;
	*line = c->input ? c->input->line : 1;
	xmlStopParser(c);
}

static void keep_still(void *context, xmlErrorPtr error)
{
	(void)context, (void)error;
}

static struct str copied(struct copying *c, const xmlChar *text)
{
	return str_dup(c->arena, str_of((const char *)text));
}

static void copy_attributes(struct copying *c, xmlNode *from, struct xml *e)
{
	for (xmlAttr *x = from->properties; x; x = x->next) {
		struct xml_attribute *to = ARENA_PUSH(c->arena, e->attributes, e->n_attributes);
		xmlChar *value = xmlNodeListGetString(from->doc, x->children, 1);
		bool of_xml = x->ns && x->ns->prefix && strcmp((const char *)x->ns->prefix, "xml") == 0;
		to->name = of_xml ? str_fmt(c->arena, "xml:%s", (const char *)x->name) : copied(c, x->name);
		to->value = value ? copied(c, value) : S("");
		xmlFree(value);
	}
}

static struct xml *copy(struct copying *c, xmlNode *from, struct xml *parent);

static void copy_children(struct copying *c, xmlNode *from, struct xml *e)
{
	struct xml **end = &e->first;
	for (xmlNode *child = from->children; child && !c->too_many; child = child->next) {
		*end = copy(c, child, e);
		if (*end)
			end = &(*end)->next;
	}
}

/* NULL: nothing to keep. As deep as libxml2 lets a document be. */
static struct xml *copy(struct copying *c, xmlNode *from, struct xml *parent)
{
	bool text = from->type == XML_TEXT_NODE || from->type == XML_CDATA_SECTION_NODE;
	if (!text && from->type != XML_ELEMENT_NODE)
		return NULL;
	c->too_many = !*c->left;
	if (c->too_many)
		return NULL;
	--*c->left;
	struct xml *e = ARENA_NEW(c->arena, struct xml);
	*e = (struct xml){ .name = text ? S("") : copied(c, from->name), .parent = parent, .line = (int)xmlGetLineNo(from), .text = S("") };
	if (text) {
		e->text = copied(c, from->content ? from->content : (const xmlChar *)"");
		return e;
	}
	copy_attributes(c, from, e);
	copy_children(c, from, e);
	return e;
}

static void note_malformed(struct findings *f, struct str file, xmlParserCtxt *context, int type_line)
{
	const xmlError *e = xmlCtxtGetLastError(context);
	if (type_line)
		finding_add(f, file, type_line, N_("The file has a document type (DOCTYPE), which is not read"), 0, NULL);
	else
		finding_add(f, file, e && e->line > 0 ? e->line : 0, N_("The file is no well-formed XML"), 0, NULL);
}

static xmlDoc *parse(xmlParserCtxt *context, struct str source, int *type_line)
{
	context->_private = type_line;
	context->sax->internalSubset = refuse_type;
	context->sax->serror = keep_still;
	xmlDoc *doc = xmlCtxtReadMemory(context, source.p, (int)source.n, NULL, "UTF-8",
					XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES);
	if (doc && (*type_line || !xmlDocGetRootElement(doc))) {
		xmlFreeDoc(doc);
		return NULL;
	}
	return doc;
}

struct xml *xml_read(struct findings *f, struct str file, struct str source, size_t *nodes)
{
	if (source.n > XML_SOURCE_MAX || !utf8_valid(source)) {
		finding_add(f, file, 0, source.n > XML_SOURCE_MAX ? N_("The file is larger than 16 MiB") : N_("The text is not UTF-8"), 0, NULL);
		return NULL;
	}
	xmlParserCtxt *context = xmlNewParserCtxt();
	BUG_IF(!context);
	struct copying c = { .arena = f->arena, .left = nodes };
	struct xml *root = NULL;
	int type_line = 0;
	xmlDoc *doc = source.n ? parse(context, source, &type_line) : NULL;
	if (doc)
		root = copy(&c, xmlDocGetRootElement(doc), NULL);
	if (c.too_many) {
		finding_add(f, file, 0, N_("The file has more than a million elements"), 0, NULL);
		root = NULL;
	} else if (!root) {
		note_malformed(f, file, context, type_line);
	}
	xmlFreeDoc(doc);
	xmlFreeParserCtxt(context);
	return root;
}

struct str xml_attribute(const struct xml *e, const char *name)
{
	for (size_t i = 0; i < e->n_attributes; i++)
		if (str_is(e->attributes[i].name, name))
			return e->attributes[i].value;
	return STR_NONE;
}

static void put_text(struct buf *b, const struct xml *e)
{
	buf_str(b, e->text);
	for (const struct xml *c = e->first; c; c = c->next)
		put_text(b, c);
}

struct str xml_text(struct arena *a, const struct xml *e)
{
	struct buf b;
	buf_init(&b, a, XML_SOURCE_MAX);
	put_text(&b, e);
	return buf_get(&b);
}

void xml_put(struct buf *b, struct str text)
{
	while (text.n) {
		const char *from = text.p;
		uint32_t c = utf8_next(&text);
		if (c == '&')
			buf_lit(b, "&amp;");
		else if (c == '<')
			buf_lit(b, "&lt;");
		else if (c == '>')
			buf_lit(b, "&gt;");
		else if (c == '"')
			buf_lit(b, "&quot;");
		else if (c == '\t' || c == '\n' || c == '\r')
			buf_fmt(b, "&#%u;", (unsigned)c);
		else if (c < 0x20 || c == 0xfffe || c == 0xffff)
			buf_lit(b, "\xef\xbf\xbd");
		else
			buf_add(b, from, (size_t)(text.p - from));
	}
}
