/* Walks the tree that libcmark-gfm made and writes HTML, plain text, time line and headings; see markdown.h.
 *
 * The renderer is ours, so nothing reaches the page that is not written here.
 * Two extensions are done on the tree: ~~ is paired among the children of one parent (mark_strikes), bare addresses
 * are found in text (put_linked). To tell "\~" from "~" afterwards, it goes through the parser as TILDE. */
#include "text/markdown.h"
#include "text/markdown_guard.h"
#include "base/utf8.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#define TILDE "\xef\xb7\x90" /* U+FDD0, which is no character and never will be one */

enum {
	INLINE_DEPTH_MAX = 32,
	HTML_MAX = 16 * TEXT_MAX,
	SLUG_MAX = 60, /* code points */
};

struct slug {
	struct str id;
	unsigned next; /* number behind the id when it comes again */
};
struct render {
	struct findings *f;
	struct arena *arena;
	const struct markdown_options *o;
	struct markdown *ret;
	struct buf html, text;
	struct buf block;   /* HTML of the top-level block at work */
	size_t attributes;  /* where in it data-at and data-len belong */
	size_t text_start;
	int line;           /* of the innermost block */
	bool lines_from_0, one_line; /* how its inline elements are counted: see enter_block */
	int shift;          /* of heading levels */
	unsigned depth, links; /* of inline elements; of <a> */
	bool too_deep_noted, table_body;
	unsigned column;
	struct slug *slugs;
	size_t n_slugs;
};
struct strike {
	size_t at;
	bool open;
};
struct strikes {
	struct strike *v;
	size_t n;
};

static void free_node(cmark_node **n)
{
	if (*n)
		cmark_node_free(*n);
}
static void free_parser(cmark_parser **p)
{
	if (*p)
		cmark_parser_free(*p);
}
static void free_iter(cmark_iter **i)
{
	if (*i)
		cmark_iter_free(*i);
}

static bool is(cmark_node *n, const char *type)
{
	return n && strcmp(cmark_node_get_type_string(n), type) == 0;
}

static bool is_block(cmark_node *n)
{
	return (cmark_node_get_type(n) & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_BLOCK;
}

static int in_file(const struct render *r, int line)
{
	return (r->o->first_line > 0 ? r->o->first_line : 1) + line - 1;
}

/* Lines above a table without a blank one between become a paragraph that has no line, and the table has theirs. */
static bool is_split_off(cmark_node *block)
{
	return cmark_node_get_start_line(block) == 0 && is(cmark_node_next(block), "table");
}

static int line_of_table(cmark_node *table)
{
	cmark_node *head = cmark_node_first_child(table), *body = head ? cmark_node_next(head) : NULL;
	return body ? cmark_node_get_start_line(body) - 2 : cmark_node_get_start_line(table);
}

static int line_of_block(const struct render *r, cmark_node *n)
{
	int line = cmark_node_get_start_line(n);
	if (is_split_off(n))
		line = cmark_node_get_start_line(cmark_node_next(n));
	else if (is(n, "table"))
		line = line_of_table(n);
	else if (is(n, "table_header") || is(n, "table_cell"))
		return r->line; /* of the table or row around */
	return line > 0 ? in_file(r, line) : r->line;
}

static int line_of(const struct render *r, cmark_node *n)
{
	int line = cmark_node_get_start_line(n);
	if (is_block(n))
		return line_of_block(r, n);
	if (r->lines_from_0)
		return r->line + line;
	return line > 0 && !r->one_line ? in_file(r, line) : r->line;
}

/* The lines of inline elements are counted from their block's where that has none, and wrong in the head of a table. */
static void enter_block(struct render *r, cmark_node *n)
{
	r->line = line_of_block(r, n);
	r->lines_from_0 = is_split_off(n);
	r->one_line = is(n, "table_cell");
}

static void note(struct render *r, int line, const char *text)
{
	finding_add(r->f, r->o->file, line, text, 0, NULL);
}

static void note_what(struct render *r, int line, const char *text, struct str what)
{
	finding_add_what(r->f, r->o->file, line, text, what);
}

/* ── text ── */

static struct str entity(char c)
{
	switch (c) {
	case '&':
		return S("&amp;");
	case '<':
		return S("&lt;");
	case '>':
		return S("&gt;");
	case '"':
		return S("&quot;");
	default:
		return STR_NONE;
	}
}

static void put_escaped(struct buf *b, struct str s)
{
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		struct str e = entity(s.p[i]);
		if (!e.p)
			continue;
		buf_add(b, s.p + from, i - from);
		buf_str(b, e);
		from = i + 1;
	}
	buf_add(b, s.p + from, s.n - from);
}

static struct str replaced(struct arena *a, struct str s, struct str what, struct str by)
{
	ptrdiff_t at = str_find(s, what);
	if (at < 0)
		return s;
	struct buf b;
	buf_init(&b, a, s.n * 2 + 16);
	for (; at >= 0; at = str_find(s, what)) {
		buf_add(&b, s.p, (size_t)at);
		buf_str(&b, by);
		s = str_sub(s, (size_t)at + what.n, s.n);
	}
	buf_str(&b, s);
	return buf_get(&b);
}

static struct str without_tilde(struct render *r, const char *text)
{
	return replaced(r->arena, text ? str_of(text) : S(""), S(TILDE), S("~"));
}

static struct str code_of(struct render *r, cmark_node *n)
{
	const char *text = cmark_node_get_literal(n);
	return replaced(r->arena, text ? str_of(text) : S(""), S(TILDE), S("\\~"));
}

/* Plain text of a node's inline content. */
static struct str text_of(struct render *r, cmark_node *n)
{
	struct buf b;
	buf_init(&b, r->arena, TEXT_MAX * 2);
	_cleanup_(free_iter) cmark_iter *iter = cmark_iter_new(n);
	for (cmark_event_type e; (e = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
		cmark_node *at = cmark_iter_get_node(iter);
		if (e != CMARK_EVENT_ENTER)
			continue;
		cmark_node_type type = cmark_node_get_type(at);
		if (type == CMARK_NODE_TEXT)
			buf_str(&b, without_tilde(r, cmark_node_get_literal(at)));
		else if (type == CMARK_NODE_CODE)
			buf_str(&b, code_of(r, at));
		else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
			buf_char(&b, ' ');
	}
	return str_trim(buf_get(&b));
}

/* ── addresses ── */

enum url { URL_REFUSED, URL_RELATIVE, URL_FRAGMENT, URL_WEB, URL_MAIL };

/* Browsers pass over control characters and take "\" for "/", so neither is let through. */
static bool has_odd_bytes(struct str url)
{
	for (size_t i = 0; i < url.n; i++)
		if ((unsigned char)url.p[i] <= ' ' || url.p[i] == 0x7f || url.p[i] == '\\')
			return true;
	return false;
}

static struct str scheme_of(struct arena *a, struct str url)
{
	for (size_t i = 0; i < url.n; i++) {
		if (url.p[i] == ':')
			return str_lower(a, str_sub(url, 0, i));
		if (strchr("/?#", url.p[i]))
			break;
	}
	return STR_NONE;
}

static enum url kind_of_url(struct arena *a, struct str url)
{
	if (!url.n || has_odd_bytes(url) || str_starts(url, S("//")))
		return URL_REFUSED;
	struct str scheme = scheme_of(a, url);
	if (!scheme.p)
		return url.p[0] == '#' ? URL_FRAGMENT : URL_RELATIVE;
	if (str_is(scheme, "http") || str_is(scheme, "https"))
		return URL_WEB;
	return str_is(scheme, "mailto") ? URL_MAIL : URL_REFUSED;
}

static void put_url(struct buf *b, struct str url)
{
	for (size_t i = 0; i < url.n; i++) {
		unsigned char c = (unsigned char)url.p[i];
		if (c == '&')
			buf_lit(b, "&amp;");
		else if (c <= ' ' || c >= 0x7f || strchr("\"'<>`{}|\\^", (char)c))
			buf_fmt(b, "%%%02X", (unsigned)c);
		else
			buf_char(b, (char)c);
	}
}

static void open_link(struct render *r, enum url kind, struct str url)
{
	buf_lit(&r->block, "<a href=\"");
	if (kind == URL_FRAGMENT && url.n > 1 && !str_starts(url, S("#s-"))) {
		buf_lit(&r->block, "#s-");
		url = str_sub(url, 1, url.n);
	}
	put_url(&r->block, url);
	buf_str(&r->block, kind == URL_WEB ? S("\" rel=\"noopener") : S(""));
	buf_lit(&r->block, "\"");
}

/* ── bare addresses and strikethrough in text ── */

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (unsigned char)c >= 0x80;
}

/* Length of "http://", "https://" or "www." before a host name. */
static size_t address_head(struct str s)
{
	size_t n = str_starts(s, S("http://")) ? 7 : str_starts(s, S("https://")) ? 8 : str_starts(s, S("www.")) ? 4 : 0;
	return n && n < s.n && is_alnum(s.p[n]) ? n : 0;
}

/* Where the address ends: at white space or "<", and before closing punctuation that belongs to the sentence. */
static size_t address_length(struct str s)
{
	size_t n = 0, open = 0, shut = 0;
	for (; n < s.n && (unsigned char)s.p[n] > ' ' && s.p[n] != '<' && s.p[n] != '\\' && s.p[n] != 0x7f; n++) {
		open += s.p[n] == '(';
		shut += s.p[n] == ')';
	}
	for (; n; n--) {
		char c = s.p[n - 1];
		if (c == ')' && shut > open)
			shut--;
		else if (!strchr("?!.,:;*_~'\"", c))
			break;
	}
	return n;
}

static void put_linked(struct render *r, struct str s)
{
	size_t from = 0;
	for (size_t i = 0; i < s.n && !r->links; i++) {
		if ((s.p[i] != 'h' && s.p[i] != 'w') || (i && is_alnum(s.p[i - 1])))
			continue;
		struct str tail = str_sub(s, i, s.n);
		size_t head = address_head(tail), n = head ? address_length(tail) : 0;
		if (n <= head)
			continue;
		struct str url = str_sub(tail, 0, n);
		put_escaped(&r->block, str_sub(s, from, i));
		open_link(r, URL_WEB, head == 4 ? str_fmt(r->arena, "http://%.*s", STR_ARG(url)) : url);
		buf_char(&r->block, '>');
		put_escaped(&r->block, url);
		buf_lit(&r->block, "</a>");
		from = i + n;
		i = from - 1;
	}
	put_escaped(&r->block, str_sub(s, from, s.n));
}

static void put_text(struct render *r, cmark_node *n)
{
	struct str s = str_of(cmark_node_get_literal(n));
	const struct strikes *marks = cmark_node_get_user_data(n);
	size_t from = 0;
	for (size_t i = 0; marks && i < marks->n; i++) {
		struct str part = without_tilde(r, str_c(r->arena, str_sub(s, from, marks->v[i].at)));
		put_linked(r, part);
		buf_str(&r->text, part);
		buf_str(&r->block, marks->v[i].open ? S("<del>") : S("</del>"));
		from = marks->v[i].at + 2;
	}
	struct str rest = without_tilde(r, s.p + from);
	put_linked(r, rest);
	buf_str(&r->text, rest);
}

static bool is_break(cmark_node *n)
{
	return !n || cmark_node_get_type(n) == CMARK_NODE_SOFTBREAK || cmark_node_get_type(n) == CMARK_NODE_LINEBREAK;
}

static void add_strike(struct render *r, cmark_node *n, size_t at, bool open)
{
	struct strikes *list = cmark_node_get_user_data(n);
	if (!list) {
		list = ARENA_NEW(r->arena, struct strikes);
		cmark_node_set_user_data(n, list);
	}
	*ARENA_PUSH(r->arena, list->v, list->n) = (struct strike){ at, open };
}

/* Length of the run of "~" at s[i]. */
static size_t tildes(struct str s, size_t i)
{
	size_t n = 0;
	while (i + n < s.n && s.p[i + n] == '~')
		n++;
	return n;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Pairs "~~" with "~~" among the texts below one parent, so that <del> is always well nested. */
static void mark_strikes(struct render *r, cmark_node *parent)
{
	cmark_node *pending = NULL;
	size_t pending_at = 0;
	for (cmark_node *n = cmark_node_first_child(parent); n; n = cmark_node_next(n)) {
		if (cmark_node_get_type(n) != CMARK_NODE_TEXT)
			continue;
		struct str s = str_of(cmark_node_get_literal(n));
		for (size_t i = 0, run; i < s.n; i += run ? run : 1) {
			run = tildes(s, i);
			if (run != 2)
				continue;
			bool opens = i + 2 < s.n ? !is_blank(s.p[i + 2]) : !is_break(cmark_node_next(n));
			bool closes = i ? !is_blank(s.p[i - 1]) : !is_break(cmark_node_previous(n));
			if (pending && closes) {
				add_strike(r, pending, pending_at, true);
				add_strike(r, n, i, false);
				pending = NULL;
			} else if (opens) {
				pending = n;
				pending_at = i;
			}
		}
	}
}

/* ── headings ── */

static struct slug *slug_named(struct render *r, struct str id)
{
	for (size_t i = 0; i < r->n_slugs; i++)
		if (str_eq(r->slugs[i].id, id))
			return &r->slugs[i];
	return NULL;
}

static struct str words_of_slug(struct render *r, struct str text)
{
	struct buf b;
	buf_init(&b, r->arena, 4096);
	struct str rest = utf8_fold(r->arena, utf8_prefix(text, 4 * SLUG_MAX)), word;
	buf_lit(&b, "s");
	while (b.n < SLUG_MAX && utf8_word(&rest, &word)) {
		buf_char(&b, '-');
		buf_str(&b, word);
	}
	return b.n > 1 ? utf8_prefix(buf_get(&b), SLUG_MAX) : S("s-section");
}

static struct str unique_slug(struct render *r, struct str text)
{
	struct str base = words_of_slug(r, text), id = base;
	struct slug *known = slug_named(r, base);
	if (known) {
		unsigned number = known->next;
		do
			id = str_fmt(r->arena, "%.*s-%u", STR_ARG(base), number++);
		while (slug_named(r, id));
		known->next = number;
	}
	*ARENA_PUSH(r->arena, r->slugs, r->n_slugs) = (struct slug){ id, 2 };
	return id;
}

static int shifted(const struct render *r, cmark_node *n)
{
	int level = cmark_node_get_heading_level(n) + r->shift;
	return level > 6 ? 6 : level;
}

/* How far levels move so that the highest becomes h2. */
static int shift_of(cmark_node *document)
{
	int highest = 7;
	_cleanup_(free_iter) cmark_iter *iter = cmark_iter_new(document);
	for (cmark_event_type e; (e = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
		cmark_node *n = cmark_iter_get_node(iter);
		if (cmark_node_get_type(n) == CMARK_NODE_HEADING && cmark_node_get_heading_level(n) < highest)
			highest = cmark_node_get_heading_level(n);
	}
	return highest == 7 ? 0 : 2 - highest;
}

/* ── blocks ── */

/* "<p": on the top level the place of data-at and data-len is kept. */
static void open_tag(struct render *r, cmark_node *n, const char *tag)
{
	buf_char(&r->block, '<');
	buf_str(&r->block, str_of(tag));
	if (is(cmark_node_parent(n), "document"))
		r->attributes = r->block.n;
}

static void close_tag(struct render *r, const char *tag)
{
	buf_lit(&r->block, "</");
	buf_str(&r->block, str_of(tag));
	buf_lit(&r->block, ">\n");
}

static void end_of_text(struct render *r)
{
	if (r->text.n > r->text_start && r->text.p[r->text.n - 1] != '\n')
		buf_char(&r->text, '\n');
}

static void heading(struct render *r, cmark_node *n, bool enter)
{
	char tag[] = { 'h', (char)('0' + shifted(r, n)), '\0' };
	if (!enter) {
		close_tag(r, tag);
		return;
	}
	open_tag(r, n, tag);
	if (r->ret->n_headings < MARKDOWN_HEADINGS_MAX) {
		struct str text = text_of(r, n), id = unique_slug(r, text);
		*ARENA_PUSH(r->arena, r->ret->headings, r->ret->n_headings) =
			(struct markdown_heading){ .level = shifted(r, n), .id = id, .text = text, .line = r->line };
		buf_lit(&r->block, " id=\"");
		put_escaped(&r->block, id);
		buf_char(&r->block, '"');
		if (!text.n)
			note(r, r->line, N_("The heading is empty"));
		if (r->ret->n_headings == MARKDOWN_HEADINGS_MAX)
			note(r, r->line, N_("A text may have at most 1,000 headings"));
	}
	buf_char(&r->block, '>');
}

static bool in_tight_list(cmark_node *paragraph)
{
	cmark_node *item = cmark_node_parent(paragraph), *list = item ? cmark_node_parent(item) : NULL;
	return list && cmark_node_get_type(list) == CMARK_NODE_LIST && cmark_node_get_list_tight(list);
}

static void paragraph(struct render *r, cmark_node *n, bool enter)
{
	if (in_tight_list(n))
		return;
	if (!enter) {
		close_tag(r, "p");
		return;
	}
	open_tag(r, n, "p");
	buf_char(&r->block, '>');
}

static void list(struct render *r, cmark_node *n, bool enter)
{
	bool ordered = cmark_node_get_list_type(n) == CMARK_ORDERED_LIST;
	if (!enter) {
		close_tag(r, ordered ? "ol" : "ul");
		return;
	}
	open_tag(r, n, ordered ? "ol" : "ul");
	if (ordered && cmark_node_get_list_start(n) != 1)
		buf_fmt(&r->block, " start=\"%d\"", cmark_node_get_list_start(n));
	buf_lit(&r->block, ">\n");
}

static void quote(struct render *r, cmark_node *n, bool enter)
{
	if (!enter) {
		close_tag(r, "blockquote");
		return;
	}
	open_tag(r, n, "blockquote");
	buf_lit(&r->block, ">\n");
}

static struct str language_of(cmark_node *n)
{
	const char *info = cmark_node_get_fence_info(n);
	struct str s = info ? str_of(info) : S("");
	size_t i = 0;
	while (i < s.n && i < 20 && (unsigned char)s.p[i] < 0x80 && (is_alnum(s.p[i]) || strchr("+-_", s.p[i])))
		i++;
	return str_sub(s, 0, i);
}

/* Long lines scroll, and what scrolls must be reachable with the keyboard. */
static void code_block(struct render *r, cmark_node *n)
{
	struct str code = code_of(r, n), language = language_of(n);
	open_tag(r, n, "pre");
	buf_lit(&r->block, " tabindex=\"0\"><code");
	if (language.n)
		buf_fmt(&r->block, " class=\"language-%.*s\"", STR_ARG(language));
	buf_char(&r->block, '>');
	put_escaped(&r->block, code);
	buf_lit(&r->block, "</code></pre>\n");
	buf_str(&r->text, code);
	end_of_text(r);
}

static void table(struct render *r, cmark_node *n, bool enter)
{
	if (!enter) {
		buf_str(&r->block, r->table_body ? S("</tbody></table></div>\n") : S("</table></div>\n"));
		return;
	}
	r->table_body = false;
	open_tag(r, n, "div");
	buf_lit(&r->block, " class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
	size_t above = r->ret->n_headings;
	struct str label = r->o->table_label.n ? r->o->table_label : S("Table");
	put_escaped(&r->block, above && r->ret->headings[above - 1].text.n ? r->ret->headings[above - 1].text : label);
	buf_lit(&r->block, "\"><table>\n");
}

static void table_row(struct render *r, cmark_node *n, bool enter)
{
	bool head = cmark_gfm_extensions_get_table_row_is_header(n);
	r->column = 0;
	if (enter && !head && !r->table_body) {
		buf_lit(&r->block, "<tbody>\n");
		r->table_body = true;
	}
	buf_str(&r->block, enter ? (head ? S("<thead><tr>") : S("<tr>")) : (head ? S("</tr></thead>\n") : S("</tr>\n")));
	if (!enter)
		end_of_text(r);
}

static void table_cell(struct render *r, cmark_node *n, bool enter)
{
	cmark_node *row = cmark_node_parent(n), *whole = cmark_node_parent(row);
	bool head = cmark_gfm_extensions_get_table_row_is_header(row);
	const uint8_t *align = cmark_gfm_extensions_get_table_alignments(whole);
	if (!enter) {
		buf_str(&r->block, head ? S("</th>") : S("</td>"));
		buf_char(&r->text, '\t');
		r->column++;
		return;
	}
	char side = align && r->column < cmark_gfm_extensions_get_table_columns(whole) ? (char)align[r->column] : 0;
	buf_str(&r->block, head ? S("<th scope=\"col\"") : S("<td"));
	buf_str(&r->block, side == 'c' ? S(" class=\"centre\">") : side == 'r' ? S(" class=\"right\">") : S(">"));
}

/* ── inline elements ── */

/* Browsers give up on very deep trees, and so do we, earlier: the tags beyond are left out. */
static bool deep(struct render *r, bool enter)
{
	unsigned depth = enter ? r->depth++ : --r->depth;
	if (depth >= INLINE_DEPTH_MAX && !r->too_deep_noted) {
		r->too_deep_noted = true;
		note(r, r->line, N_("Emphasis is nested too deeply here"));
	}
	return depth >= INLINE_DEPTH_MAX;
}

static void emphasis(struct render *r, bool enter, struct str open, struct str close)
{
	if (!deep(r, enter))
		buf_str(&r->block, enter ? open : close);
}

static void put_title(struct render *r, cmark_node *n)
{
	struct str title = without_tilde(r, cmark_node_get_title(n));
	if (!title.n)
		return;
	buf_lit(&r->block, " title=\"");
	put_escaped(&r->block, title);
	buf_char(&r->block, '"');
}

static void link_(struct render *r, cmark_node *n, bool enter)
{
	if (!enter) {
		if (!cmark_node_get_user_data(n))
			return;
		buf_lit(&r->block, "</a>");
		r->links--;
		return;
	}
	struct str url = without_tilde(r, cmark_node_get_url(n));
	enum url kind = kind_of_url(r->arena, url);
	if (kind == URL_REFUSED) {
		note_what(r, line_of(r, n), N_("A link may go to http, https, mailto or a relative address, not to “{what}”"), url);
		return;
	}
	if (r->links) /* an <a> inside another is not HTML; CommonMark allows it through an image only */
		return;
	cmark_node_set_user_data(n, r);
	r->links++;
	open_link(r, kind, url);
	put_title(r, n);
	buf_char(&r->block, '>');
}

static bool is_plain_name(struct str name)
{
	if (!name.n || name.p[0] == '.' || has_odd_bytes(name))
		return false;
	for (size_t i = 0; i < name.n; i++)
		if (strchr("/:?#%", name.p[i]))
			return false;
	return true;
}

static void image(struct render *r, cmark_node *n)
{
	struct str name = without_tilde(r, cmark_node_get_url(n)), alt = text_of(r, n), url;
	int line = line_of(r, n);
	buf_str(&r->text, alt);
	if (!alt.n)
		note_what(r, line, N_("The image “{what}” needs a text for who cannot see it: ![text](file)"), name);
	if (!r->o->resolve)
		note(r, line, N_("Images are not possible here"));
	else if (!is_plain_name(name))
		note_what(r, line, N_("An image must be a file in the folder of this text, not “{what}”"), name);
	else if (!r->o->resolve(r->o->data, name, &url))
		note_what(r, line, N_("There is no file “{what}” in the folder of this text"), name);
	else {
		buf_lit(&r->block, "<img src=\"");
		put_url(&r->block, url);
		buf_lit(&r->block, "\" alt=\"");
		put_escaped(&r->block, alt);
		buf_lit(&r->block, "\" loading=\"lazy\"");
		put_title(r, n);
		buf_char(&r->block, '>');
		return;
	}
	put_escaped(&r->block, alt);
}

static void code(struct render *r, cmark_node *n)
{
	struct str s = code_of(r, n);
	buf_lit(&r->block, "<code>");
	put_escaped(&r->block, s);
	buf_lit(&r->block, "</code>");
	buf_str(&r->text, s);
}

static void raw_html(struct render *r, cmark_node *n)
{
	struct str html = str_trim(str_of(cmark_node_get_literal(n)));
	ptrdiff_t end = str_index(html, '\n');
	note_what(r, line_of(r, n), N_("HTML is not taken in a text: “{what}”"), end < 0 ? html : str_sub(html, 0, (size_t)end));
}

static bool has_inline_children(cmark_node *n)
{
	cmark_node *child = cmark_node_first_child(n);
	return child && (cmark_node_get_type(child) & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_INLINE;
}

static void extension_node(struct render *r, cmark_node *n, bool enter)
{
	if (is(n, "table"))
		table(r, n, enter);
	else if (is(n, "table_cell"))
		table_cell(r, n, enter);
	else if (is(n, "table_row") || is(n, "table_header"))
		table_row(r, n, enter);
}

static void node(struct render *r, cmark_node *n, bool enter)
{
	switch ((int)cmark_node_get_type(n)) {
	case CMARK_NODE_DOCUMENT:
		break;
	case CMARK_NODE_PARAGRAPH:
		paragraph(r, n, enter);
		break;
	case CMARK_NODE_HEADING:
		heading(r, n, enter);
		break;
	case CMARK_NODE_LIST:
		list(r, n, enter);
		break;
	case CMARK_NODE_ITEM:
		buf_str(&r->block, enter ? S("<li>") : S("</li>\n"));
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		quote(r, n, enter);
		break;
	case CMARK_NODE_CODE_BLOCK:
		code_block(r, n);
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		open_tag(r, n, "hr");
		buf_lit(&r->block, ">\n");
		break;
	case CMARK_NODE_HTML_BLOCK:
	case CMARK_NODE_HTML_INLINE:
		raw_html(r, n);
		break;
	case CMARK_NODE_TEXT:
		put_text(r, n);
		break;
	case CMARK_NODE_SOFTBREAK:
		buf_char(&r->block, '\n');
		buf_char(&r->text, ' ');
		break;
	case CMARK_NODE_LINEBREAK:
		buf_lit(&r->block, "<br>\n");
		buf_char(&r->text, '\n');
		break;
	case CMARK_NODE_CODE:
		code(r, n);
		break;
	case CMARK_NODE_EMPH:
		emphasis(r, enter, S("<em>"), S("</em>"));
		break;
	case CMARK_NODE_STRONG:
		emphasis(r, enter, S("<strong>"), S("</strong>"));
		break;
	case CMARK_NODE_LINK:
		link_(r, n, enter);
		break;
	case CMARK_NODE_IMAGE:
		if (enter)
			image(r, n);
		break;
	default:
		extension_node(r, n, enter);
	}
}

/* ── top level ── */

static enum markdown_kind kind_of(cmark_node *n)
{
	switch ((int)cmark_node_get_type(n)) {
	case CMARK_NODE_HEADING:
		return MD_HEADING;
	case CMARK_NODE_LIST:
		return MD_LIST;
	case CMARK_NODE_BLOCK_QUOTE:
		return MD_QUOTE;
	case CMARK_NODE_CODE_BLOCK:
		return MD_CODE;
	case CMARK_NODE_THEMATIC_BREAK:
		return MD_RULE;
	default:
		return is(n, "table") ? MD_TABLE : MD_PARAGRAPH;
	}
}

static size_t count_words(struct str text)
{
	size_t n = 0;
	struct str word;
	while (utf8_word(&text, &word))
		n++;
	return n;
}

/* Notes the block on the time line and joins its HTML to the whole. `text` is set at the end: the buffer still moves. */
static void end_block(struct render *r, cmark_node *n)
{
	if (!r->block.n)
		return;
	end_of_text(r);
	struct str text = str_trim(str_sub(buf_get(&r->text), r->text_start, r->text.n));
	struct markdown_block *b = ARENA_PUSH(r->arena, r->ret->blocks, r->ret->n_blocks);
	*b = (struct markdown_block){ .kind = kind_of(n), .line = line_of(r, n), .text = str_dup(r->arena, text), .words = count_words(text), .at_ms = r->ret->total_ms };
	b->len_ms = (int64_t)(b->words ? b->words : 1) * MARKDOWN_WORD_MS;
	b->seconds = (b->len_ms + 999) / 1000;
	r->ret->total_ms += b->len_ms;
	r->ret->words += b->words;
	buf_add(&r->html, r->block.p, r->attributes);
	buf_fmt(&r->html, " data-at=\"%lld\" data-len=\"%lld\"", (long long)b->at_ms, (long long)b->len_ms);
	buf_add(&r->html, r->block.p + r->attributes, r->block.n - r->attributes);
}

static void render_block(struct render *r, cmark_node *block)
{
	r->block.n = 0;
	r->text_start = r->text.n;
	_cleanup_(free_iter) cmark_iter *iter = cmark_iter_new(block);
	for (cmark_event_type e; (e = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
		cmark_node *n = cmark_iter_get_node(iter);
		bool enter = e == CMARK_EVENT_ENTER;
		if (enter && is_block(n))
			enter_block(r, n);
		else if (is_block(n) && !is(n, "table_cell"))
			end_of_text(r);
		if (enter && has_inline_children(n))
			mark_strikes(r, n);
		node(r, n, enter);
		if (enter && cmark_node_get_type(n) == CMARK_NODE_IMAGE && cmark_node_first_child(n))
			cmark_iter_reset(iter, n, CMARK_EVENT_EXIT); /* its text is taken already */
	}
	end_block(r, block);
}

/* Line ends become \n, and "\~" becomes TILDE unless its backslash is itself escaped. */
static struct str prepared(struct arena *a, struct str source)
{
	struct buf b;
	buf_init(&b, a, 2 * TEXT_MAX);
	for (size_t i = 0; i < source.n; i++) {
		char c = source.p[i], next = i + 1 < source.n ? source.p[i + 1] : '\0';
		if (c == '\r') {
			if (next != '\n')
				buf_char(&b, '\n');
		} else if (c == '\\' && next == '~') {
			buf_lit(&b, TILDE);
			i++;
		} else {
			buf_char(&b, c);
			if (c == '\\' && next == '\\') {
				buf_char(&b, next);
				i++;
			}
		}
	}
	return buf_get(&b);
}

static void render_document(struct render *r, cmark_node *document)
{
	size_t max = HTML_MAX;
	buf_init(&r->html, r->arena, max);
	buf_init(&r->block, r->arena, max);
	buf_init(&r->text, r->arena, max);
	r->shift = shift_of(document);
	for (cmark_node *n = cmark_node_first_child(document); n && !r->block.full; n = cmark_node_next(n))
		render_block(r, n);
	if (r->html.full || r->block.full || r->text.full) {
		note(r, 0, N_("The text becomes too large as a page"));
		*r->ret = (struct markdown){ .html = S(""), .text = S("") };
		return;
	}
	r->ret->html = buf_get(&r->html);
	r->ret->text = str_trim(buf_get(&r->text));
}

void markdown_start(void)
{
	cmark_gfm_core_extensions_ensure_registered();
}

bool markdown_render(struct findings *f, struct str source, const struct markdown_options *o, struct markdown *ret)
{
	*ret = (struct markdown){ .html = S(""), .text = S("") };
	size_t before = f->n;
	if (!finding_check_source(f, o->file, source))
		return false;
	struct str text = prepared(f->arena, source);
	if (!markdown_guard(f, o->file, o->first_line > 0 ? o->first_line : 1, text))
		return false;
	_cleanup_(free_parser) cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
	cmark_syntax_extension *tables = cmark_find_syntax_extension("table");
	if (!tables)
		BUG("markdown_start() was not called");
	cmark_parser_attach_syntax_extension(parser, tables);
	cmark_parser_feed(parser, text.p, text.n);
	_cleanup_(free_node) cmark_node *document = cmark_parser_finish(parser);
	struct render r = { .f = f, .arena = f->arena, .o = o, .ret = ret };
	r.line = in_file(&r, 1);
	render_document(&r, document);
	return f->n == before;
}
