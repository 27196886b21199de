/* HTML to plain text in one pass; see html_text.h. */
#include "text/html_text.h"
#include "base/utf8.h"

#include <strings.h>

struct state {
	struct buf out;
	bool space;       /* white space is due before the next character */
	unsigned breaks;  /* line breaks are due */
	bool no_tag;      /* no ">" follows: each further "<" is a character */
	bool no_comment;  /* no "-->" follows */
};

static void put(struct state *s, struct str text)
{
	if (s->out.n) /* nothing is due at the very start */
		for (unsigned i = 0; i < s->breaks; i++)
			buf_char(&s->out, '\n');
	if (s->out.n && s->space && !s->breaks)
		buf_char(&s->out, ' ');
	s->space = false;
	s->breaks = 0;
	buf_str(&s->out, text);
}

static void put_code_point(struct state *s, uint32_t cp)
{
	if (cp == 0xa0 || cp == ' ' || (cp >= '\t' && cp <= '\r')) {
		s->space = true;
		return;
	}
	if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || (cp >= 0xd800 && cp < 0xe000) || cp > 0x10ffff)
		cp = 0xfffd;
	put(s, S(""));
	utf8_put(&s->out, cp);
}

/* Decodes "&#12;" and "&#xc;"; 0 when it is none. */
static size_t number_reference(struct str s, uint32_t *ret)
{
	bool hex = s.n > 2 && (s.p[2] == 'x' || s.p[2] == 'X');
	size_t i = hex ? 3 : 2, start = i;
	uint32_t v = 0;
	for (; i < s.n && i < start + 8; i++) {
		char c = (char)(s.p[i] | 0x20);
		unsigned digit = s.p[i] >= '0' && s.p[i] <= '9' ? (unsigned)(s.p[i] - '0') : hex && c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10) : 99;
		if (digit == 99)
			break;
		v = v > 0x10ffff ? v : v * (hex ? 16 : 10) + digit;
	}
	if (i == start || i >= s.n || s.p[i] != ';')
		return 0;
	*ret = v ? v : 0xfffd;
	return i + 1;
}

static size_t reference(struct str s, uint32_t *ret)
{
	static const struct {
		const char *name;
		uint32_t cp;
	} known[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&apos;", '\'' }, { "&nbsp;", 0xa0 }, { "&ndash;", 0x2013 }, { "&mdash;", 0x2014 }, { "&hellip;", 0x2026 }, { "&rsquo;", 0x2019 }, { "&lsquo;", 0x2018 }, { "&ldquo;", 0x201c }, { "&rdquo;", 0x201d }, { "&times;", 0xd7 }, { "&deg;", 0xb0 } };
	if (s.n > 3 && s.p[1] == '#')
		return number_reference(s, ret);
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_starts(s, str_of(known[i].name))) {
			*ret = known[i].cp;
			return strlen(known[i].name);
		}
	return 0;
}

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool name_is(struct str name, const char *what)
{
	return name.n == strlen(what) && strncasecmp(name.p, what, name.n) == 0;
}

static bool name_among(struct str name, const char *const *list)
{
	for (; *list; list++)
		if (name_is(name, *list))
			return true;
	return false;
}

/* Length of the content that goes with a script or style, up to its end tag (or the end). */
static size_t hidden_content(struct str tail, struct str name)
{
	for (size_t i = 0; i + 2 + name.n <= tail.n; i++)
		if (tail.p[i] == '<' && tail.p[i + 1] == '/' && strncasecmp(tail.p + i + 2, name.p, name.n) == 0)
			return i;
	return tail.n;
}

/* The text stands at "<"; returns how many bytes the tag takes, 0 when it is none. */
static size_t take_tag(struct state *s, struct str text)
{
	static const char *const hidden[] = { "script", "style", NULL };
	static const char *const paragraph[] = { "p", "div", "ul", "ol", "table", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", NULL };
	static const char *const line[] = { "br", "li", "tr", "dt", "dd", NULL };
	if (str_starts(text, S("<!--"))) {
		ptrdiff_t end = s->no_comment ? -1 : str_find(text, S("-->"));
		s->no_comment = end < 0;
		return end < 0 ? 4 : (size_t)end + 3;
	}
	bool closing = text.n > 1 && text.p[1] == '/';
	size_t start = closing ? 2 : 1, end = start;
	if (s->no_tag || start >= text.n || !(is_letter(text.p[start]) || text.p[start] == '!' || text.p[start] == '?'))
		return 0;
	ptrdiff_t close = str_index(text, '>');
	s->no_tag = close < 0;
	if (close < 0)
		return 0;
	while (is_letter(text.p[end]) || (text.p[end] >= '0' && text.p[end] <= '9'))
		end++;
	struct str name = str_sub(text, start, end);
	size_t taken = (size_t)close + 1;
	if (name_among(name, paragraph))
		s->breaks = 2;
	else if (name_among(name, line) && s->breaks < 2)
		s->breaks = name_is(name, "br") ? s->breaks + 1 : 1;
	if (!closing && name_among(name, hidden))
		taken += hidden_content(str_sub(text, taken, text.n), name);
	return taken;
}

struct str html_to_plain(struct arena *a, struct str html)
{
	struct state s = { 0 };
	buf_init(&s.out, a, html.n * 3 + 16);
	struct str rest = html;
	while (rest.n) {
		uint32_t cp = 0;
		size_t taken = rest.p[0] == '<' ? take_tag(&s, rest) : rest.p[0] == '&' ? reference(rest, &cp) : 0;
		if (taken)
			rest = str_sub(rest, taken, rest.n);
		else
			cp = utf8_next(&rest);
		if (cp)
			put_code_point(&s, cp);
	}
	return buf_get(&s.out);
}
