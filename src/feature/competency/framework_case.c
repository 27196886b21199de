/* Packages of CASE 1.1, in and out; see framework.h. The names of members are those of the standard. */
#include "feature/competency/framework_case.h"
#include "base/json.h"

#include <jansson.h>
#include <stdlib.h>

/* ── in ── */

struct case_item {
	struct entry e;
	struct str id, parent_id; /* identifiers; parent absent: at the top */
	int64_t sequence;
	size_t n_below;
	bool typed;
};
struct case_reading {
	struct findings *f;
	struct str name, document;
	struct framework *fw;
	struct case_item *v;
	size_t n;
};

static void note(struct case_reading *r, const char *text, struct str what)
{
	finding_add_what(r->f, r->name, 0, text, what);
}

static struct str text_of(struct case_reading *r, const json_t *o, const char *member)
{
	const json_t *v = json_object_get(o, member);
	return json_is_string(v) ? str_trim(str_dup(r->f->arena, (struct str){ json_string_value(v), json_string_length(v) })) : S("");
}

static int by_id(const void *a, const void *b)
{
	return str_cmp(((const struct case_item *)a)->id, ((const struct case_item *)b)->id);
}

static struct case_item *item_of(const struct case_reading *r, struct str id)
{
	struct case_item wanted = { .id = id };
	return r->n && id.n ? bsearch(&wanted, r->v, r->n, sizeof *r->v, by_id) : NULL;
}

static struct str area_of(struct case_reading *r, const json_t *item)
{
	const json_t *v = json_array_get(json_object_get(item, "subject"), 0);
	struct str s = json_is_string(v) ? str_dup(r->f->arena, (struct str){ json_string_value(v), json_string_length(v) }) : S("");
	return str_is(s, "behavioural") || str_is(s, "functional") ? s : S("");
}

static void read_items(struct case_reading *r, const json_t *items)
{
	size_t n = json_array_size(items);
	if (n > FRAMEWORK_ENTRIES_MAX) {
		note(r, N_("the framework is too large: at most {what} entries"), S("5000"));
		return;
	}
	r->v = ARENA_ARRAY(r->f->arena, struct case_item, n + 1);
	for (size_t i = 0; i < n; i++) {
		const json_t *o = json_array_get(items, i);
		struct case_item *c = &r->v[r->n++];
		struct str type = text_of(r, o, "CFItemType"), statement = text_of(r, o, "fullStatement"), brief = text_of(r, o, "abbreviatedStatement");
		*c = (struct case_item){ .id = text_of(r, o, "identifier"), .sequence = (int64_t)i };
		c->e.identifier = c->id;
		c->e.code = text_of(r, o, "humanCodingScheme");
		c->e.name.en = brief.n ? brief : statement;
		c->e.about.en = brief.n && !str_eq(brief, statement) ? statement : text_of(r, o, "notes");
		c->e.area = area_of(r, o);
		c->e.parent = c->e.owner = c->e.replaced_by = c->e.name.hi = c->e.about.hi = S("");
		for (int k = 0; k < ENTRY_KINDS; k++)
			if (str_is(str_lower(r->f->arena, type), entry_kinds[k])) {
				c->e.kind = (enum entry_kind)k;
				c->typed = true;
			}
		if (!framework_uuid_good(c->id))
			note(r, N_("an item has no identifier: “{what}”"), c->e.name.en);
	}
	qsort(r->v, r->n, sizeof *r->v, by_id);
	for (size_t i = 1; i < r->n; i++)
		if (str_eq(r->v[i].id, r->v[i - 1].id))
			note(r, N_("the identifier {what} stands twice"), r->v[i].id);
}

static struct str end_of(struct case_reading *r, const json_t *association, const char *member)
{
	return text_of(r, json_object_get(association, member), "identifier");
}

static void read_child(struct case_reading *r, const json_t *association, struct str from, struct str to)
{
	struct case_item *child = item_of(r, from), *parent = item_of(r, to);
	const json_t *number = json_object_get(association, "sequenceNumber");
	if (!child)
		return;
	if (json_is_integer(number))
		child->sequence = json_integer_value(number);
	if (parent && !child->parent_id.n) {
		child->parent_id = to;
		parent->n_below++;
	} else if (parent) {
		note(r, N_("{what} is a part of two items; here each has one place"), from);
	} else if (!str_eq(to, r->document)) {
		note(r, N_("{what} is a part of something that is not in the package"), from);
	}
}

static void read_associations(struct case_reading *r, const json_t *list, bool links)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *o = json_array_get(list, i);
		struct str type = text_of(r, o, "associationType"), from = end_of(r, o, "originNodeURI"), to = end_of(r, o, "destinationNodeURI");
		struct case_item *a = item_of(r, from), *b = item_of(r, to);
		if (!links && str_is(type, "isChildOf"))
			read_child(r, o, from, to);
		if (links && a && b && str_is(type, "replacedBy"))
			a->e.replaced_by = b->e.code;
		if (links && a && b && a != b && str_is(type, "isRelatedTo"))
			*ARENA_PUSH(r->f->arena, a->e.relates_to.v, a->e.relates_to.n) = b->e.code;
	}
}

static size_t depth_of(const struct case_reading *r, const struct case_item *c)
{
	size_t depth = 0;
	while (c && c->parent_id.n && depth <= FRAMEWORK_DEPTH_MAX) {
		c = item_of(r, c->parent_id);
		depth++;
	}
	return depth;
}

/* What the types do not say follows from the depth; where one item says a type that is ours, all do. */
static void set_kinds(struct case_reading *r)
{
	bool typed = false;
	for (size_t i = 0; i < r->n; i++)
		typed = typed || r->v[i].typed;
	for (size_t i = 0; i < r->n; i++) {
		struct case_item *c = &r->v[i];
		size_t depth = depth_of(r, c);
		const struct case_item *parent = item_of(r, c->parent_id);
		if (typed && !c->typed)
			note(r, N_("{what} has another type than area, theme, sub-theme, sankalp and guna"), c->id);
		if (!typed)
			c->e.kind = !depth ? c->n_below ? ENTRY_AREA : ENTRY_THEME : depth == 1 ? ENTRY_THEME : ENTRY_SUB_THEME;
		if (c->e.kind == ENTRY_AREA && !c->e.area.n)
			c->e.area = S("domain");
		if (parent)
			c->e.parent = parent->e.code;
	}
}

static void set_codes(struct case_reading *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (!framework_code_good(r->v[i].e.code))
			r->v[i].e.code = r->v[i].id;
}

/* A criterion of a rubric is about one item; its levels are that item's indicators, and their quality the name of the level. */
static void read_criterion(struct case_reading *r, const json_t *criterion)
{
	struct case_item *c = item_of(r, text_of(r, json_object_get(criterion, "CFItemURI"), "identifier"));
	const json_t *levels = json_object_get(criterion, "CFRubricCriterionLevels");
	for (size_t i = 0; c && i < json_array_size(levels); i++) {
		const json_t *o = json_array_get(levels, i), *position = json_object_get(o, "position");
		int64_t level = json_is_integer(position) ? json_integer_value(position) : 0;
		struct str text = text_of(r, o, "description"), quality = text_of(r, o, "quality");
		if (level < 1 || level > FRAMEWORK_LEVELS_MAX) {
			note(r, N_("a level of a rubric has no position from 1 to 10 ({what})"), c->id);
			return;
		}
		if ((size_t)level > r->fw->n_levels)
			r->fw->n_levels = (size_t)level;
		if (quality.n)
			r->fw->levels[level - 1].en = quality;
		if (text.n)
			*ARENA_PUSH(r->f->arena, c->e.indicators, c->e.n_indicators) = (struct indicator){ level, { text, S("") } };
	}
}

static void read_rubrics(struct case_reading *r, const json_t *rubrics)
{
	for (size_t i = 0; i < json_array_size(rubrics); i++) {
		const json_t *criteria = json_object_get(json_array_get(rubrics, i), "CFRubricCriteria");
		for (size_t k = 0; k < json_array_size(criteria); k++)
			read_criterion(r, json_array_get(criteria, k));
	}
	/* A package without rubrics says nothing of levels: three, as the platform's own data have. */
	static const char *const usual[] = { "Beginner", "Intermediate", "Advanced" };
	if (!r->fw->n_levels)
		r->fw->n_levels = 3;
	for (size_t i = 0; i < r->fw->n_levels; i++) {
		r->fw->levels[i].hi = r->fw->level_about[i].en = r->fw->level_about[i].hi = S("");
		if (!r->fw->levels[i].en.n)
			r->fw->levels[i].en = r->fw->n_levels == 3 ? str_of(usual[i]) : str_fmt(r->f->arena, "Level %zu", i + 1);
	}
}

/* "ACT Holistic Framework, Math" → "act-holistic-framework-math" */
static struct str code_of_title(struct arena *a, struct str title)
{
	struct buf b;
	buf_init(&b, a, FRAMEWORK_CODE_MAX);
	struct str small = str_lower(a, title);
	for (size_t i = 0; i < small.n && b.n < FRAMEWORK_CODE_MAX - 1; i++) {
		bool letter = (small.p[i] >= 'a' && small.p[i] <= 'z') || (small.p[i] >= '0' && small.p[i] <= '9');
		if (letter)
			buf_char(&b, small.p[i]);
		else if (b.n && b.p[b.n - 1] != '-')
			buf_char(&b, '-');
	}
	struct str code = buf_get(&b);
	while (code.n && code.p[code.n - 1] == '-')
		code.n--;
	return code;
}

static int by_sequence(const void *a, const void *b)
{
	const struct case_item *x = a, *y = b;
	int order = (x->sequence > y->sequence) - (x->sequence < y->sequence);
	return order ? order : str_cmp(x->id, y->id);
}

static void read_package(struct case_reading *r, const json_t *package, struct str code)
{
	const json_t *document = json_object_get(package, "CFDocument");
	struct framework *fw = r->fw;
	r->document = text_of(r, document, "identifier");
	fw->identifier = r->document;
	fw->name.en = text_of(r, document, "title");
	fw->about.en = text_of(r, document, "description");
	fw->name.hi = fw->about.hi = S("");
	fw->source = text_of(r, document, "officialSourceURL");
	fw->code = code.n ? code : code_of_title(r->f->arena, fw->name.en);
	read_items(r, json_object_get(package, "CFItems"));
	if (r->f->n)
		return;
	set_codes(r);
	read_associations(r, json_object_get(package, "CFAssociations"), false);
	set_kinds(r);
	read_associations(r, json_object_get(package, "CFAssociations"), true);
	read_rubrics(r, json_object_get(package, "CFRubrics"));
	qsort(r->v, r->n, sizeof *r->v, by_sequence);
	fw->v = ARENA_ARRAY(r->f->arena, struct entry, r->n + 1);
	for (size_t i = 0; i < r->n; i++) {
		r->v[i].e.line = (int)i + 1;
		fw->v[fw->n++] = r->v[i].e;
	}
}

void framework_read_case(struct findings *f, struct str name, struct str text, struct str code, struct framework *fw)
{
	struct case_reading r = { .f = f, .name = name, .fw = fw };
	json_error_t error;
	json_t *package = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &error);
	fw->of_case = true;
	if (!json_is_object(package))
		finding_add(f, name, package ? 1 : error.line, N_("this is no JSON object that can be read"), 0, NULL);
	else if (!json_is_object(json_object_get(package, "CFDocument")) || !json_is_array(json_object_get(package, "CFItems")))
		finding_add(f, name, 0, N_("this is no package of CASE: CFDocument and CFItems are missing"), 0, NULL);
	else
		read_package(&r, package, code);
	json_decref(package);
}

/* ── out ── */

struct case_writing {
	struct json_out j;
	const struct framework *fw;
	struct str base;
	int64_t at;
	struct arena *a;
	const struct entry **by_code; /* sorted */
};

static void member(struct case_writing *w, const char *key, struct str value)
{
	if (!value.n)
		return;
	jw_key(&w->j, key);
	jw_str(&w->j, value);
}

static struct str uri_of(struct case_writing *w, const char *kind, struct str id)
{
	return str_fmt(w->a, "%.*s/ims/case/v1p1/%s/%.*s", STR_ARG(w->base), kind, STR_ARG(id));
}

static void link_to(struct case_writing *w, const char *key, const char *kind, struct str title, struct str id)
{
	jw_key(&w->j, key);
	jw_open(&w->j, '{');
	member(w, "title", title);
	member(w, "identifier", id);
	member(w, "uri", uri_of(w, kind, id));
	jw_close(&w->j, '}');
}

static void begin_object(struct case_writing *w, const char *kind, struct str id)
{
	jw_open(&w->j, '{');
	member(w, "identifier", id);
	member(w, "uri", uri_of(w, kind, id));
	jw_key(&w->j, "lastChangeDateTime");
	jw_time(&w->j, w->at);
}

static void document(struct case_writing *w)
{
	const struct framework *fw = w->fw;
	begin_object(w, "CFDocuments", fw->identifier);
	member(w, "creator", fw->source.n ? fw->source : S("Karmayogi"));
	member(w, "title", fw->name.en);
	member(w, "description", fw->about.en);
	member(w, "caseVersion", S("1.1"));
	member(w, "frameworkType", S("Competency"));
	member(w, "language", S("en"));
	member(w, "adoptionStatus", S("Adopted"));
	link_to(w, "CFPackageURI", "CFPackages", fw->name.en, fw->identifier);
	jw_close(&w->j, '}');
}

static void item(struct case_writing *w, const struct entry *e)
{
	begin_object(w, "CFItems", e->identifier);
	member(w, "fullStatement", e->about.en.n ? e->about.en : e->name.en);
	member(w, "abbreviatedStatement", e->name.en);
	member(w, "humanCodingScheme", e->code);
	member(w, "CFItemType", str_of(entry_kinds[e->kind]));
	if (e->kind == ENTRY_AREA) {
		jw_key(&w->j, "subject");
		jw_open(&w->j, '[');
		jw_str(&w->j, e->area);
		jw_close(&w->j, ']');
	}
	member(w, "language", S("en"));
	link_to(w, "CFDocumentURI", "CFDocuments", w->fw->name.en, w->fw->identifier);
	jw_close(&w->j, '}');
}

static int by_code(const void *a, const void *b)
{
	return str_cmp((*(const struct entry *const *)a)->code, (*(const struct entry *const *)b)->code);
}

static const struct entry *entry_named(const struct case_writing *w, struct str code)
{
	const struct entry wanted = { .code = code }, *p = &wanted;
	const struct entry **found = w->fw->n ? bsearch(&p, w->by_code, w->fw->n, sizeof *w->by_code, by_code) : NULL;
	return found ? *found : NULL;
}

static void association(struct case_writing *w, const char *type, const struct entry *from, const struct entry *to, int64_t sequence)
{
	struct str id = framework_uuid(w->a, from->identifier, str_fmt(w->a, "%s %.*s", type, STR_ARG(to ? to->identifier : w->fw->identifier)));
	begin_object(w, "CFAssociations", id);
	member(w, "associationType", str_of(type));
	if (sequence) {
		jw_key(&w->j, "sequenceNumber");
		jw_int(&w->j, sequence);
	}
	link_to(w, "originNodeURI", "CFItems", from->name.en, from->identifier);
	if (to)
		link_to(w, "destinationNodeURI", "CFItems", to->name.en, to->identifier);
	else
		link_to(w, "destinationNodeURI", "CFDocuments", w->fw->name.en, w->fw->identifier);
	link_to(w, "CFDocumentURI", "CFDocuments", w->fw->name.en, w->fw->identifier);
	jw_close(&w->j, '}');
}

static void associations(struct case_writing *w, const struct entry *of)
{
	jw_open(&w->j, '[');
	for (size_t i = 0; i < w->fw->n; i++) {
		const struct entry *e = &w->fw->v[i], *parent = e->parent.n ? entry_named(w, e->parent) : NULL,
				   *next = e->replaced_by.n ? entry_named(w, e->replaced_by) : NULL;
		if (!of || of == e || of == parent)
			association(w, "isChildOf", e, parent, (int64_t)i + 1);
		if (next && (!of || of == e || of == next))
			association(w, "replacedBy", e, next, 0);
		for (size_t k = 0; k < e->relates_to.n; k++) {
			const struct entry *other = entry_named(w, e->relates_to.v[k]);
			if (other && (!of || of == e || of == other))
				association(w, "isRelatedTo", e, other, 0);
		}
	}
	jw_close(&w->j, ']');
}

static void criterion(struct case_writing *w, struct str rubric, const struct entry *e, size_t position)
{
	struct str id = framework_uuid(w->a, e->identifier, S("criterion"));
	begin_object(w, "CFRubricCriteria", id);
	link_to(w, "CFItemURI", "CFItems", e->name.en, e->identifier);
	jw_key(&w->j, "position");
	jw_int(&w->j, (int64_t)position);
	member(w, "rubricId", rubric);
	jw_key(&w->j, "CFRubricCriterionLevels");
	jw_open(&w->j, '[');
	for (size_t i = 0; i < e->n_indicators; i++) {
		const struct indicator *d = &e->indicators[i];
		begin_object(w, "CFRubricCriterionLevels", framework_uuid(w->a, e->identifier, str_fmt(w->a, "level %lld", (long long)d->level)));
		member(w, "description", d->text.en);
		member(w, "quality", w->fw->levels[d->level - 1].en);
		jw_key(&w->j, "position");
		jw_int(&w->j, d->level);
		member(w, "rubricCriterionId", id);
		jw_close(&w->j, '}');
	}
	jw_close(&w->j, ']');
	jw_close(&w->j, '}');
}

static void rubrics(struct case_writing *w)
{
	struct str id = framework_uuid(w->a, w->fw->identifier, S("rubric"));
	size_t position = 0;
	jw_key(&w->j, "CFRubrics");
	jw_open(&w->j, '[');
	begin_object(w, "CFRubrics", id);
	member(w, "title", S("Levels"));
	jw_key(&w->j, "CFRubricCriteria");
	jw_open(&w->j, '[');
	for (size_t i = 0; i < w->fw->n; i++)
		if (w->fw->v[i].n_indicators)
			criterion(w, id, &w->fw->v[i], ++position);
	jw_close(&w->j, ']');
	jw_close(&w->j, '}');
	jw_close(&w->j, ']');
}

static struct case_writing writing(struct buf *b, const struct framework *fw, struct str base, int64_t changed_at)
{
	struct case_writing w = { .j = { .b = b }, .fw = fw, .base = base, .at = changed_at, .a = b->arena };
	w.by_code = ARENA_ARRAY(w.a, const struct entry *, fw->n + 1);
	for (size_t i = 0; i < fw->n; i++)
		w.by_code[i] = &fw->v[i];
	qsort(w.by_code, fw->n, sizeof *w.by_code, by_code);
	return w;
}

void framework_write_document(struct buf *b, const struct framework *fw, struct str base, int64_t changed_at)
{
	struct case_writing w = writing(b, fw, base, changed_at);
	document(&w);
}

void framework_write_item(struct buf *b, const struct framework *fw, const struct entry *e, struct str base, int64_t changed_at)
{
	struct case_writing w = writing(b, fw, base, changed_at);
	item(&w, e);
}

void framework_write_associations(struct buf *b, const struct framework *fw, const struct entry *of, struct str base, int64_t changed_at)
{
	struct case_writing w = writing(b, fw, base, changed_at);
	associations(&w, of);
}

void framework_write_case(struct buf *b, const struct framework *fw, struct str base, int64_t changed_at)
{
	struct case_writing w = writing(b, fw, base, changed_at);
	jw_open(&w.j, '{');
	jw_key(&w.j, "CFDocument");
	document(&w);
	jw_key(&w.j, "CFItems");
	jw_open(&w.j, '[');
	for (size_t i = 0; i < fw->n; i++)
		item(&w, &fw->v[i]);
	jw_close(&w.j, ']');
	jw_key(&w.j, "CFAssociations");
	associations(&w, NULL);
	rubrics(&w);
	jw_close(&w.j, '}');
}
