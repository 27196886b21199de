/* What an item's body says: its texts, pictures and interactions in order; see qti_item.h.
 *
 * The body is cut into pieces: texts without an interaction in them, and interactions (a blank in a paragraph with that paragraph). */
#include "text/qti_item.h"
#include "text/data_uri.h"
#include "text/question_html.h"

enum { PIECES_MAX = 2000 };
#define GROUP "karmayogi-question"

struct piece {
	enum { PIECE_TEXT, PIECE_ASK, PIECE_RUBRIC } what;
	const struct xml *e;	       /* of a blank: its paragraph */
	const struct xml *interaction; /* of PIECE_ASK */
	const struct xml *group;       /* the nearest own element of a question around it, or NULL */
	size_t owner;		       /* to which question its text belongs: 0 the whole, otherwise the n-th part */
};
struct body {
	struct qti_item *q;
	struct piece *v;
	size_t n;
	size_t n_asks;
};

bool qti_is_interaction(const struct xml *e)
{
	return str_ends(e->name, S("Interaction")) || str_ends(e->name, S("-interaction"));
}

static bool is_inline(const struct xml *e)
{
	return qti_is(e, "text-entry-interaction") || qti_is(e, "inline-choice-interaction");
}

static size_t count_interactions(const struct xml *e)
{
	if (qti_is_interaction(e))
		return 1;
	size_t n = 0;
	for (const struct xml *c = e->first; c; c = c->next)
		n += count_interactions(c);
	return n;
}

/* ── texts ── */

struct html {
	struct qti_item *q;
	struct buf b;
	const struct xml *picture;
};

static bool own_format(const struct xml *e, enum question_format *ret)
{
	static const char *const classes[] = { "karmayogi-moodle", "karmayogi-plain", "karmayogi-markdown" };
	for (int k = 0; k < 3; k++)
		if (e->name.n && qti_has_class(e, classes[k])) {
			*ret = (enum question_format)k;
			return true;
		}
	return false;
}

/* An own text as it was written: line ends and blanks. False: something else stands in it. */
static bool put_own(struct buf *b, const struct xml *e)
{
	for (const struct xml *c = e->first; c; c = c->next) {
		if (!c->name.n)
			buf_str(b, c->text);
		else if (str_is(c->name, "br") && !c->first)
			buf_char(b, '\n');
		else if (is_inline(c))
			buf_lit(b, "_____");
		else
			return false;
	}
	return true;
}

static bool is_picture(const struct xml *e)
{
	struct str type = xml_attribute(e, "type");
	return str_is(e->name, "img") || (str_is(e->name, "object") && (!type.n || str_starts(type, S("image/"))));
}

/* Elements of HTML have small letters only. */
static bool is_foreign_name(struct str name)
{
	if (str_starts(name, S("qti-")) || str_is(name, "include"))
		return true;
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] >= 'A' && name.p[i] <= 'Z')
			return true;
	return false;
}

static bool put_html(struct html *h, const struct xml *e);

static bool put_children(struct html *h, const struct xml *e)
{
	for (const struct xml *c = e->first; c; c = c->next)
		if (!put_html(h, c))
			return false;
	return true;
}

static bool put_html(struct html *h, const struct xml *e)
{
	if (!e->name.n) {
		xml_put(&h->b, e->text);
		return true;
	}
	if (is_inline(e)) {
		buf_lit(&h->b, "_____");
		return true;
	}
	if (qti_is(e, "feedback-inline") && qti_is(e->parent, "simple-choice"))
		return true; /* read with the choice */
	if (is_picture(e)) {
		if (h->picture)
			return qti_bad(h->q, e, N_("A question may have one picture"));
		h->picture = e;
		return true;
	}
	if (is_foreign_name(e->name) && !qti_is(e, "prompt") && !qti_is(e, "content-body"))
		return qti_bad_what(h->q, e, N_("Items that use {what} are not read"), e->name);
	buf_fmt(&h->b, "<%.*s>", STR_ARG(e->name));
	if (!put_children(h, e))
		return false;
	if (!str_is(e->name, "br"))
		buf_fmt(&h->b, "</%.*s>", STR_ARG(e->name));
	return true;
}

static bool fetch(struct qti_item *q, const struct xml *e, struct str address, struct str *ret)
{
	if (data_uri_read(q->f->arena, address, ret) || (q->fetch && q->fetch(q->data, address, ret)))
		return true;
	return qti_bad_what(q, e, N_("The picture “{what}” is not in the package"), address);
}

static struct str base_name(struct str path)
{
	for (ptrdiff_t slash; (slash = str_index(path, '/')) >= 0;)
		path = str_sub(path, (size_t)slash + 1, path.n);
	return path;
}

/* In one line: how a long attribute or element was broken says nothing. */
static struct str in_one_line(struct arena *a, struct str s)
{
	struct buf b;
	bool broken = false;
	buf_init(&b, a, s.n + 1);
	for (size_t i = 0; i < s.n; i++) {
		bool control = strchr("\n\r\t", s.p[i]) != NULL;
		if (control && b.n && !broken)
			buf_char(&b, ' ');
		broken = control || (broken && s.p[i] == ' ');
		if (!broken)
			buf_char(&b, s.p[i]);
	}
	return str_trim(buf_get(&b));
}

/* The alternative text of an <object> is what stands in it. */
static bool read_picture(struct qti_item *q, const struct xml *e, struct question_picture *ret)
{
	bool image = str_is(e->name, "img");
	struct str address = str_trim(xml_attribute(e, image ? "src" : "data")), name = xml_attribute(e, "data-name"), bytes;
	struct question_picture p = { .alt = in_one_line(q->f->arena, image ? xml_attribute(e, "alt") : xml_text(q->f->arena, e)) };
	if (ret->type)
		return qti_bad(q, e, N_("A question may have one picture"));
	if (!fetch(q, e, address, &bytes))
		return false;
	const char *wrong = question_picture_read(bytes, &p);
	if (wrong)
		return qti_bad(q, e, wrong);
	p.name = name.n ? name : str_starts(address, S("data:")) ? S("picture") : base_name(address);
	*ret = p;
	return true;
}

/* The own text that stands alone in an element, or the element itself. */
static const struct xml *own_text(const struct xml *e, enum question_format *ret)
{
	const struct xml *found = NULL;
	if (own_format(e, ret))
		return e;
	for (const struct xml *c = e->first; c; c = c->next) {
		if (!c->name.n ? !str_trim(c->text).n : qti_is(c, "feedback-inline"))
			continue;
		if (found)
			return NULL;
		found = c;
	}
	if (found && qti_is(found, "content-body"))
		return own_text(found, ret);
	return found && own_format(found, ret) ? found : NULL;
}

bool qti_read_text(struct qti_item *q, const struct xml *e, struct qti_text *ret)
{
	struct html h = { .q = q };
	struct html_picture none = { 0 };
	ret->format = FORMAT_PLAIN;
	const struct xml *own = own_text(e, &ret->format);
	buf_init(&h.b, q->f->arena, XML_SOURCE_MAX);
	if (own && put_own(&h.b, own)) {
		ret->text = buf_get(&h.b);
		return true;
	}
	h.b.n = 0;
	ret->format = FORMAT_PLAIN;
	bool whole = e->name.n && !is_foreign_name(e->name);
	if (!(whole || !e->name.n ? put_html(&h, e) : put_children(&h, e)))
		return false;
	const char *wrong = question_html(q->f->arena, buf_get(&h.b), &none, &ret->text);
	if (wrong)
		return qti_bad(q, e, wrong);
	return !h.picture || read_picture(q, h.picture, &ret->picture);
}

/* ── cutting ── */

static bool is_block(const struct xml *e)
{
	static const char *const names[] = { "p",  "div", "li",		"ul",	   "ol", "table", "tbody", "thead", "tr",
					     "td", "th",  "blockquote", "section", "dl", "dd",	  "dt",	   NULL };
	for (const char *const *n = names; *n; n++)
		if (str_is(e->name, *n))
			return true;
	return false;
}

/* Whether blanks stand in e itself (or in words of it), not in a block or interaction further down. */
static bool is_paragraph(const struct xml *e)
{
	for (const struct xml *c = e->first; c; c = c->next) {
		if (!c->name.n || is_inline(c) || !count_interactions(c))
			continue;
		if (qti_is_interaction(c) || is_block(c) || !is_paragraph(c))
			return false;
	}
	return true;
}

static struct piece *add(struct body *b, int what, const struct xml *e, const struct xml *group)
{
	struct piece *p = ARENA_PUSH(b->q->f->arena, b->v, b->n);
	*p = (struct piece){ .what = what, .e = e, .group = group };
	return p;
}

static const struct xml *interaction_in(const struct xml *e)
{
	if (qti_is_interaction(e))
		return e;
	for (const struct xml *c = e->first; c; c = c->next)
		if (count_interactions(c))
			return interaction_in(c);
	return NULL;
}

static bool add_ask(struct body *b, const struct xml *e, const struct xml *group)
{
	if (count_interactions(e) > 1)
		return qti_bad(b->q, e, N_("Several blanks in one paragraph are not read; let each have a paragraph of its own"));
	if (b->n_asks == QUESTION_PARTS_MAX)
		return qti_bad(b->q, e, N_("A case needs from 1 to 20 questions"));
	struct piece *p = add(b, PIECE_ASK, e, group);
	p->interaction = interaction_in(e);
	b->n_asks++;
	return true;
}

static bool add_rubric(struct body *b, const struct xml *e, const struct xml *group)
{
	struct str view = qti_attribute(e, "view");
	if (!view.n || str_find(view, S("candidate")) >= 0)
		add(b, PIECE_TEXT, e, group);
	else if (str_find(view, S("scorer")) >= 0)
		add(b, PIECE_RUBRIC, e, group);
	else
		return qti_bad_what(b->q, e, N_("A rubric for others than candidates and scorers is not read ({what})"), view);
	return true;
}

static bool cut(struct body *b, const struct xml *container, const struct xml *group)
{
	for (const struct xml *e = container->first; e; e = e->next) {
		size_t n = count_interactions(e);
		bool good = true;
		if (b->n == PIECES_MAX)
			return qti_bad(b->q, e, N_("The body of the item is too large"));
		if (e->name.n && qti_has_class(e, GROUP))
			good = cut(b, e, e);
		else if (qti_is(e, "rubric-block"))
			good = add_rubric(b, e, group);
		else if (!n && (e->name.n || str_trim(e->text).n))
			add(b, PIECE_TEXT, e, group);
		else if (n && (qti_is_interaction(e) || is_paragraph(e)))
			good = add_ask(b, e, group);
		else if (n)
			good = cut(b, e, group);
		if (!good)
			return false;
	}
	return true;
}

/* ── which text belongs to which question ── */

static bool is_own_part(const struct xml *group)
{
	for (const struct xml *e = group ? group->parent : NULL; e; e = e->parent)
		if (qti_has_class(e, GROUP))
			return true;
	return false;
}

static bool has_words(struct body *b, const struct piece *ask)
{
	struct qti_text t = { .text = S("") };
	if (ask->e == ask->interaction)
		return qti_child(ask->interaction, "prompt") != NULL;
	return qti_read_text(b->q, ask->e, &t) && !str_is(str_trim(t.text), "_____");
}

/* Between two questions a text belongs to the second. Before the first it is the case, but for the last piece when the question has no words else. */
static bool share_out(struct body *b)
{
	size_t part = 0;
	struct piece *last = NULL;
	for (size_t i = 0; i < b->n; i++) {
		struct piece *p = &b->v[i];
		if (p->what == PIECE_ASK) {
			if (!part && last && !has_words(b, p))
				last->owner = 1;
			p->owner = ++part;
		} else if (p->what == PIECE_RUBRIC) {
			return qti_bad(b->q, p->e, N_("It is not clear to which of several questions a rubric belongs"));
		} else {
			p->owner = part ? part + 1 : 0;
			last = p;
		}
	}
	return !last || last->owner <= part || qti_bad(b->q, last->e, N_("It is not clear to which question the text behind the last one belongs"));
}

static bool share_out_own(struct body *b)
{
	for (size_t i = 0, part = 0; i < b->n; i++) {
		if (b->v[i].what != PIECE_ASK)
			continue;
		const struct xml *group = b->v[i].group;
		part++;
		if (is_own_part(group->parent))
			return qti_bad(b->q, group, N_("A case cannot stand within a case"));
		for (size_t k = 0; k < b->n; k++)
			if (b->v[k].group == group && b->v[k].owner)
				return qti_bad(b->q, group, N_("A part of a case is one question"));
		for (size_t k = 0; k < b->n; k++)
			if (b->v[k].group == group)
				b->v[k].owner = part;
	}
	return true;
}

/* ── putting together ── */

static bool add_text(struct body *b, const struct xml *e, struct question *ret, size_t *n)
{
	struct qti_text t = { .text = S(""), .picture = ret->picture };
	if (!qti_read_text(b->q, e, &t))
		return false;
	ret->picture = t.picture;
	if (!str_trim(t.text).n || (count_interactions(e) && str_is(str_trim(t.text), "_____")))
		return true;
	ret->format = ++*n == 1 ? t.format : FORMAT_PLAIN;
	ret->text = *n == 1 ? t.text : str_fmt(b->q->f->arena, "%.*s\n\n%.*s", STR_ARG(ret->text), STR_ARG(t.text));
	return true;
}

static bool gather_text(struct body *b, size_t owner, bool all, struct question *ret)
{
	size_t n = 0;
	ret->text = S("");
	ret->format = FORMAT_PLAIN;
	for (size_t i = 0; i < b->n; i++) {
		const struct piece *p = &b->v[i];
		if (p->what == PIECE_RUBRIC || (!all && p->owner != owner))
			continue;
		const struct xml *e = p->what == PIECE_ASK && p->e == p->interaction ? qti_child(p->interaction, "prompt") : p->e;
		if (e && !add_text(b, e, ret, &n))
			return false;
	}
	return true;
}

static struct str data_of(const struct xml *group, const char *name)
{
	struct str s = group ? xml_attribute(group, name) : STR_NONE;
	return s.p ? s : S("");
}

static bool take_data(struct qti_item *q, const struct xml *group, struct question *ret)
{
	struct str words = data_of(group, "data-words");
	ret->name = data_of(group, "data-name");
	ret->category = data_of(group, "data-category");
	ret->bloom = data_of(group, "data-bloom");
	ret->source = data_of(group, "data-source");
	return !words.n || str_int(words, &ret->words) || qti_bad_what(q, group, N_("“{what}” is no number"), words);
}

static struct str cell(struct qti_item *q, const struct xml *row, size_t n)
{
	struct qti_text t = { .text = S("") };
	for (const struct xml *c = row->first; c; c = c->next)
		if (c->name.n && !n--)
			return qti_read_text(q, c, &t) ? t.text : S("");
	return S("");
}

static bool add_row(struct qti_item *q, const struct xml *row, struct question *ret)
{
	struct question_criterion *r = ARENA_PUSH(q->f->arena, ret->rubric, ret->n_rubric);
	struct str points = cell(q, row, 1);
	*r = (struct question_criterion){ .name = cell(q, row, 0), .about = cell(q, row, 2) };
	if (!q->bad && !qti_number(points, &r->points))
		return qti_bad_what(q, row, N_("“{what}” is no number"), points);
	return !q->bad;
}

static bool read_rows(struct qti_item *q, const struct xml *table, struct question *ret)
{
	for (const struct xml *row = table->first; row; row = row->next) {
		if (str_is(row->name, "tbody"))
			return read_rows(q, row, ret);
		if (ret->n_rubric > QUESTION_RUBRIC_MAX)
			return qti_bad(q, row, N_("A rubric may have at most 12 rows"));
		if (str_is(row->name, "tr") && !add_row(q, row, ret))
			return false;
	}
	return true;
}

static bool read_rubric(struct qti_item *q, const struct xml *e, struct question *ret)
{
	struct qti_text t = { .text = S("") };
	const struct xml *content = qti_child(e, "content-body"), *table = content ? content->first : e->first;
	if (ret->kind != Q_LONG)
		return qti_bad(q, e, N_("Only a long answer has a rubric"));
	while (table && !(str_is(table->name, "table") && qti_has_class(table, "karmayogi-rubric")))
		table = table->next;
	if (table)
		return read_rows(q, table, ret);
	if (!qti_read_text(q, e, &t))
		return false;
	if (str_is(qti_attribute(e, "use"), "ext:sample-answer")) {
		ret->sample = t.text;
		return true;
	}
	double points = ret->marks > 0 ? ret->marks : 1;
	*ARENA_PUSH(q->f->arena, ret->rubric, ret->n_rubric) = (struct question_criterion){ .name = q->name, .points = points, .about = t.text };
	ret->marks = points;
	return true;
}

static bool read_one(struct body *b, const struct piece *ask, bool all, struct question *ret)
{
	*ret = (struct question){ .line = ask->interaction->line };
	if (!take_data(b->q, ask->group, ret) || !gather_text(b, ask->owner, all, ret) || !qti_read_interaction(b->q, ask->interaction, ret))
		return false;
	for (size_t i = 0; i < b->n; i++)
		if (b->v[i].what == PIECE_RUBRIC && (all || b->v[i].owner == ask->owner) && !read_rubric(b->q, b->v[i].e, ret))
			return false;
	return true;
}

static const struct xml *outer_group(const struct xml *group)
{
	for (const struct xml *e = group ? group->parent : NULL; e; e = e->parent)
		if (qti_has_class(e, GROUP))
			return e;
	return NULL;
}

static bool read_case(struct body *b, const struct xml *body, struct question *ret)
{
	bool own = true, said = true;
	const struct xml *outer = NULL;
	*ret = (struct question){ .kind = Q_CASE, .line = body->line };
	for (size_t i = 0; i < b->n; i++)
		own &= b->v[i].what != PIECE_ASK || is_own_part(b->v[i].group);
	if (!(own ? share_out_own(b) : share_out(b)))
		return false;
	for (size_t i = 0; own && i < b->n && !outer; i++)
		outer = b->v[i].what == PIECE_ASK ? outer_group(b->v[i].group) : NULL;
	if (!take_data(b->q, outer, ret) || !gather_text(b, 0, false, ret))
		return false;
	for (size_t i = 0; i < b->n; i++) {
		if (b->v[i].what != PIECE_ASK)
			continue;
		struct question *part = ARENA_PUSH(b->q->f->arena, ret->parts, ret->n_parts);
		if (!read_one(b, &b->v[i], false, part))
			return false;
		if (!own)
			part->name = qti_attribute(b->v[i].interaction, "response-identifier");
		ret->marks += part->marks;
		said &= part->marks > 0;
	}
	ret->marks = said ? ret->marks : 0;
	return true;
}

bool qti_read_body(struct qti_item *q, struct question *ret)
{
	const struct xml *body = qti_child(q->root, "item-body");
	struct body b = { .q = q };
	const struct piece *ask = NULL;
	if (!body)
		return qti_bad(q, q->root, N_("The item has no body"));
	if (!cut(&b, body, NULL))
		return false;
	for (size_t i = 0; i < b.n && !ask; i++)
		ask = b.v[i].what == PIECE_ASK ? &b.v[i] : NULL;
	if (!ask)
		return qti_bad(q, body, N_("The item asks nothing"));
	return b.n_asks > 1 || is_own_part(ask->group) ? read_case(&b, body, ret) : read_one(&b, ask, true, ret);
}
