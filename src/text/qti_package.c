/* Content packages of QTI: a ZIP archive with a manifest that names the items; see qti.h. */
#include "text/qti.h"
#include "text/qti_item.h"
#include "text/zip.h"

#define MANIFEST S("imsmanifest.xml")

enum { ITEMS_MAX = 3 * QUESTIONS_MAX }; /* files: languages of one question are several */

/* ── reading ── */

struct package {
	struct findings *f;
	struct zip zip;
	size_t nodes;
	struct questions *ret;
};
struct fetching {
	struct package *p;
	struct str folder; /* of the item */
};

/* "a/b" and "../c/d.png" give "a/c/d.png". False: it leads out of the package, or is no path. */
static bool resolve(struct arena *a, struct str folder, struct str address, struct str *ret)
{
	struct str parts[64], part, rest[2] = { folder, str_before(str_before(address, '?'), '#') };
	size_t n = 0;
	struct buf b;
	if (!address.n || address.p[0] == '/' || str_index(address, ':') >= 0 || str_index(address, '\\') >= 0)
		return false;
	for (int i = 0; i < 2; i++)
		while (str_cut(&rest[i], '/', &part)) {
			bool up = str_is(part, "..");
			if ((up && !n) || n == sizeof parts / sizeof *parts)
				return false;
			if (up)
				n--;
			else if (part.n && !str_is(part, "."))
				parts[n++] = part;
		}
	buf_init(&b, a, folder.n + address.n + 2);
	for (size_t i = 0; i < n; i++) {
		buf_str(&b, i ? S("/") : S(""));
		buf_str(&b, parts[i]);
	}
	*ret = buf_get(&b);
	return n > 0;
}

static bool fetch(void *data, struct str address, struct str *ret)
{
	const struct fetching *g = data;
	struct str path;
	const struct zip_entry *e = resolve(g->p->f->arena, g->folder, address, &path) ? zip_find(&g->p->zip, path) : NULL;
	if (e)
		*ret = e->bytes;
	return e != NULL;
}

static struct str folder_of(struct str path)
{
	size_t n = path.n;
	while (n && path.p[n - 1] != '/')
		n--;
	return str_sub(path, 0, n);
}

/* "bloom:apply": what stands behind the colon, when the keyword begins so. */
static void take_keyword(struct str keyword, struct question *q)
{
	if (!q->bloom.n && str_starts(keyword, S("bloom:")))
		q->bloom = str_trim(str_sub(keyword, 6, keyword.n));
	if (!q->source.n && str_starts(keyword, S("source:")))
		q->source = str_trim(str_sub(keyword, 7, keyword.n));
	if (!q->category.n && str_starts(keyword, S("competency:")))
		q->category = str_trim(str_sub(keyword, 11, keyword.n));
}

static void take_metadata(struct package *p, const struct xml *e, struct question *q)
{
	for (const struct xml *c = e->first; c; c = c->next) {
		if (str_is(c->name, "keyword"))
			take_keyword(str_trim(xml_text(p->f->arena, c)), q);
		else if (str_is(c->name, "language") && str_is(e->name, "general") && !q->lang.n)
			q->lang = str_trim(xml_text(p->f->arena, c));
		else
			take_metadata(p, c, q);
	}
}

static void read_resource(struct package *p, const struct xml *resource)
{
	struct str base = xml_attribute(resource, "xml:base"), href = str_trim(xml_attribute(resource, "href")), path;
	const struct zip_entry *e = resolve(p->f->arena, base.p ? base : S(""), href, &path) ? zip_find(&p->zip, path) : NULL;
	struct question q;
	if (!e) {
		finding_add_what(p->f, MANIFEST, resource->line, N_("The item “{what}” is not in the package"), href);
		return;
	}
	if (p->ret->n >= ITEMS_MAX) {
		finding_add(p->f, MANIFEST, resource->line, N_("There are more than 2,000 questions in the file"), 0, NULL);
		return;
	}
	struct fetching g = { p, folder_of(path) };
	const struct qti_source s = { .file = path, .text = e->bytes, .fetch = fetch, .data = &g };
	if (!qti_read_item(p->f, &s, &p->nodes, &q))
		return;
	take_metadata(p, resource, &q);
	if (question_check(p->f, path, &q))
		*ARENA_PUSH(p->f->arena, p->ret->v, p->ret->n) = q;
}

static bool is_item(const struct xml *resource)
{
	return str_is(resource->name, "resource") && str_starts(xml_attribute(resource, "type"), S("imsqti_item"));
}

static void read_manifest(struct package *p, const struct xml *root)
{
	const struct xml *resources = root->first;
	size_t n = 0;
	while (resources && !str_is(resources->name, "resources"))
		resources = resources->next;
	for (const struct xml *r = resources ? resources->first : NULL; r && n <= ITEMS_MAX; r = r->next)
		if (is_item(r)) {
			read_resource(p, r);
			n++;
		}
	if (!n)
		finding_add(p->f, MANIFEST, root->line, N_("The manifest names no items of QTI 2.1, 2.2 or 3.0"), 0, NULL);
}

bool qti_package_read(struct findings *f, struct str file, struct str bytes, struct questions *ret)
{
	static const char *const endings[] = { ".xml", ".png", ".jpg", ".jpeg", NULL };
	struct package p = { .f = f, .nodes = XML_NODES_MAX, .ret = ret };
	size_t before = f->n;
	if (!zip_read(f, file, bytes, endings, &p.zip))
		return false;
	const struct zip_entry *manifest = zip_find(&p.zip, MANIFEST);
	if (!manifest) {
		finding_add(f, file, 0, N_("There is no imsmanifest.xml in the archive"), 0, NULL);
		return false;
	}
	const struct xml *root = xml_read(f, MANIFEST, manifest->bytes, &p.nodes);
	if (root)
		read_manifest(&p, root);
	questions_join(f, file, ret);
	if (ret->n > QUESTIONS_MAX) {
		finding_add(f, MANIFEST, 0, N_("There are more than 2,000 questions in the file"), 0, NULL);
		ret->n = QUESTIONS_MAX;
	}
	return f->n == before;
}

/* ── writing ── */

struct packing {
	struct arena *arena;
	struct buf manifest;
	struct zip zip;
	struct str *pictures; /* paths of those of the item that is being written */
	size_t n_pictures, all_pictures;
};

static struct str place(void *data, const struct question_picture *p)
{
	struct packing *k = data;
	struct str path = str_fmt(k->arena, "media/%zu.%s", ++k->all_pictures, strcmp(p->type, "image/png") == 0 ? "png" : "jpg");
	*ARENA_PUSH(k->arena, k->zip.v, k->zip.n) = (struct zip_entry){ path, p->bytes };
	*ARENA_PUSH(k->arena, k->pictures, k->n_pictures) = path;
	return str_fmt(k->arena, "../%.*s", STR_ARG(path));
}

static void put_element(struct buf *b, const char *name, struct str text)
{
	buf_fmt(b, "<%s>", name);
	xml_put(b, text);
	buf_fmt(b, "</%s>", name);
}

static void put_keyword(struct buf *b, const char *what, struct str value)
{
	if (!value.n)
		return;
	buf_fmt(b, "<keyword><string>%s:", what);
	xml_put(b, value);
	buf_lit(b, "</string></keyword>");
}

/* IEEE 1484.12.3. A translation says of which resource it is a version. */
static void put_metadata(struct packing *k, const struct question *q, struct str version_of)
{
	struct buf *b = &k->manifest;
	buf_lit(b, "<metadata><lom xmlns=\"http://ltsc.ieee.org/xsd/LOM\"><general><identifier><catalog>code</catalog>");
	put_element(b, "entry", q->name);
	buf_lit(b, "</identifier>");
	if (q->lang.n)
		put_element(b, "language", q->lang);
	put_keyword(b, "bloom", q->bloom);
	put_keyword(b, "source", q->source);
	put_keyword(b, "competency", q->category);
	buf_lit(b, "</general>");
	if (version_of.n) {
		buf_lit(b, "<relation><kind><source>LOMv1.0</source><value>isversionof</value></kind><resource><identifier><catalog>resource</catalog>");
		put_element(b, "entry", version_of);
		buf_lit(b, "</identifier></resource></relation>");
	}
	buf_lit(b, "</lom></metadata>");
}

static void add_item(struct packing *k, const struct question *q, struct str id, struct str version_of)
{
	struct str path = str_fmt(k->arena, "items/%.*s.xml", STR_ARG(id));
	k->n_pictures = 0;
	struct str text = qti_write_item(k->arena, q, place, k);
	*ARENA_PUSH(k->arena, k->zip.v, k->zip.n) = (struct zip_entry){ path, text };
	buf_fmt(&k->manifest, "<resource identifier=\"%s\" type=\"imsqti_item_xmlv3p0\" href=\"%s\">", id.p, path.p);
	put_metadata(k, q, version_of);
	buf_fmt(&k->manifest, "<file href=\"%s\"/>", path.p);
	for (size_t i = 0; i < k->n_pictures; i++)
		buf_fmt(&k->manifest, "<file href=\"%s\"/>", k->pictures[i].p);
	buf_lit(&k->manifest, "</resource>\n");
}

struct str qti_package_write(struct arena *a, const struct question *v, size_t n)
{
	struct packing k = { .arena = a };
	buf_init(&k.manifest, a, ZIP_ENTRY_MAX);
	buf_lit(&k.manifest, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest xmlns=\"http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1\" "
			     "identifier=\"questions\">\n"
			     "<metadata><schema>QTI Package</schema><schemaversion>3.0.0</schemaversion></metadata>\n<organizations/>\n<resources>\n");
	for (size_t i = 0; i < n; i++) {
		struct str id = str_fmt(a, "I%zu", i + 1);
		add_item(&k, &v[i], id, S(""));
		for (size_t t = 0; t < v[i].n_translations; t++)
			add_item(&k, &v[i].translations[t], str_fmt(a, "%.*s-%zu", STR_ARG(id), t + 1), id);
	}
	buf_lit(&k.manifest, "</resources>\n</manifest>\n");
	*ARENA_PUSH(a, k.zip.v, k.zip.n) = (struct zip_entry){ MANIFEST, buf_get(&k.manifest) };
	return k.manifest.full ? STR_NONE : zip_write(a, &k.zip);
}
