/* HTML of questions; see question_html.h. Tags are looked at one by one and rewritten where html_to_plain would lose what they mean. */
#include "text/question_html.h"
#include "base/ctx.h"
#include "base/utf8.h"
#include "text/html_text.h"

#include <strings.h>

struct rewriting {
	struct arena *arena;
	struct buf out;
	struct html_picture *picture;
	bool in_row; /* a cell of this row was there before */
	const char *wrong;
};
struct tag {
	struct str name, inside; /* inside: behind the name, up to ">" */
	bool closing;
	size_t n; /* bytes of it all */
};

static bool is_name(struct str s, const char *what)
{
	return s.n == strlen(what) && strncasecmp(s.p, what, s.n) == 0;
}

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* The text stands at "<". An attribute's value in quotes may hold ">". */
static bool take_tag(struct str s, struct tag *ret)
{
	size_t at = 1;
	char quote = 0;
	*ret = (struct tag){ .closing = s.n > 1 && s.p[1] == '/' };
	at += ret->closing;
	if (at >= s.n || !is_letter(s.p[at]))
		return false;
	size_t start = at;
	while (at < s.n && (is_letter(s.p[at]) || (s.p[at] >= '0' && s.p[at] <= '9')))
		at++;
	ret->name = str_sub(s, start, at);
	start = at;
	for (; at < s.n && (quote || s.p[at] != '>'); at++) {
		if (quote)
			quote = s.p[at] == quote ? 0 : quote;
		else if (s.p[at] == '"' || s.p[at] == '\'')
			quote = s.p[at];
	}
	if (at == s.n)
		return false;
	ret->inside = str_sub(s, start, at);
	ret->n = at + 1;
	return true;
}

/* The value of an attribute, its references decoded; absent: it is not there. */
static struct str attribute(struct arena *a, struct str inside, const char *name)
{
	size_t n = strlen(name);
	for (size_t i = 1; i + n + 1 < inside.n; i++) {
		bool starts = strchr(" \t\r\n", inside.p[i - 1]) != NULL;
		if (!starts || strncasecmp(inside.p + i, name, n) != 0 || inside.p[i + n] != '=')
			continue;
		struct str rest = str_sub(inside, i + n + 1, inside.n);
		bool quoted = rest.n && (rest.p[0] == '"' || rest.p[0] == '\'');
		ptrdiff_t end = str_index(str_sub(rest, quoted, rest.n), quoted ? rest.p[0] : ' ');
		return html_to_plain(a, str_sub(rest, quoted, end < 0 ? rest.n : (size_t)end + quoted));
	}
	return STR_NONE;
}

static void take_picture(struct rewriting *r, const struct tag *t, const char *source, const char *alt)
{
	struct html_picture p = { attribute(r->arena, t->inside, source), attribute(r->arena, t->inside, alt) };
	if (!p.source.n)
		r->wrong = N_("A picture in the text has no address");
	else if (r->picture->source.p)
		r->wrong = N_("A question may have one picture");
	else
		*r->picture = p;
}

/* Unicode has raised and lowered forms of these only. */
static bool put_raised(struct buf *b, struct str s, bool up)
{
	static const struct {
		char c;
		uint32_t up, down;
	} forms[] = { { '0', 0x2070, 0x2080 }, { '1', 0xb9, 0x2081 },	{ '2', 0xb2, 0x2082 },	 { '3', 0xb3, 0x2083 },	  { '4', 0x2074, 0x2084 },
		      { '5', 0x2075, 0x2085 }, { '6', 0x2076, 0x2086 }, { '7', 0x2077, 0x2087 }, { '8', 0x2078, 0x2088 }, { '9', 0x2079, 0x2089 },
		      { '+', 0x207a, 0x208a }, { '-', 0x207b, 0x208b }, { '(', 0x207d, 0x208d }, { ')', 0x207e, 0x208e }, { 'n', 0x207f, 0x2099 } };
	for (size_t i = 0; i < s.n; i++) {
		size_t k = 0;
		while (k < sizeof forms / sizeof *forms && forms[k].c != s.p[i])
			k++;
		if (k == sizeof forms / sizeof *forms)
			return false;
		utf8_put(b, up ? forms[k].up : forms[k].down);
	}
	return true;
}

static bool is_ordinal(struct str s)
{
	return is_name(s, "st") || is_name(s, "nd") || is_name(s, "rd") || is_name(s, "th");
}

/* Behind <sup> or <sub>: takes the content with its end tag. */
static size_t take_raised(struct rewriting *r, struct str rest, const struct tag *t)
{
	ptrdiff_t end = str_index(rest, '<');
	struct str content = str_sub(rest, 0, end < 0 ? rest.n : (size_t)end);
	struct tag close;
	bool good = end >= 0 && take_tag(str_sub(rest, (size_t)end, rest.n), &close) && close.closing && str_eq(close.name, t->name);
	if (good && is_name(t->name, "sup") && is_ordinal(content))
		buf_str(&r->out, content);
	else if (!good || !put_raised(&r->out, content, is_name(t->name, "sup")))
		r->wrong = N_("The text has raised or lowered words, which plain text cannot show; write them out");
	return good ? content.n + close.n : 0;
}

static bool among(struct str name, const char *const *list)
{
	for (; *list; list++)
		if (is_name(name, *list))
			return true;
	return false;
}

/* Returns how many bytes behind the tag belong to it. */
static size_t rewrite(struct rewriting *r, struct str rest, const struct tag *t)
{
	static const char *const refused[] = { "math",	 "svg",	 "audio", "video",  "iframe",	"embed",  "applet", "canvas",
					       "script", "form", "input", "select", "textarea", "button", NULL };
	if (among(t->name, refused))
		r->wrong = N_("The text holds a formula, sound, film or form, which is not read");
	else if (is_name(t->name, "img") && !t->closing)
		take_picture(r, t, "src", "alt");
	else if (is_name(t->name, "object") && !t->closing)
		take_picture(r, t, "data", "title");
	else if ((is_name(t->name, "sup") || is_name(t->name, "sub")) && !t->closing)
		return take_raised(r, rest, t);
	else if (is_name(t->name, "tr"))
		r->in_row = false;
	else if ((is_name(t->name, "td") || is_name(t->name, "th")) && !t->closing) {
		buf_str(&r->out, r->in_row ? S(" | ") : S(""));
		r->in_row = true;
	}
	return 0;
}

const char *question_html(struct arena *a, struct str html, struct html_picture *picture, struct str *ret)
{
	struct rewriting r = { .arena = a, .picture = picture };
	buf_init(&r.out, a, 4 * html.n + 16);
	struct tag t;
	while (html.n && !r.wrong) {
		ptrdiff_t at = str_index(html, '<');
		buf_add(&r.out, html.p, at < 0 ? html.n : (size_t)at);
		html = str_sub(html, at < 0 ? html.n : (size_t)at, html.n);
		if (!html.n)
			break;
		ptrdiff_t comment = str_starts(html, S("<!--")) ? str_find(html, S("-->")) : -1;
		if (comment >= 0) {
			html = str_sub(html, (size_t)comment + 3, html.n);
		} else if (take_tag(html, &t)) {
			buf_add(&r.out, html.p, t.n);
			html = str_sub(html, t.n, html.n);
			size_t more = rewrite(&r, html, &t);
			html = str_sub(html, more, html.n);
		} else {
			buf_char(&r.out, '<');
			html = str_sub(html, 1, html.n);
		}
	}
	*ret = html_to_plain(a, buf_get(&r.out));
	return r.wrong;
}
