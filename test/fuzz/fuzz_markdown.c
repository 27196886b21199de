/* Markdown: any bytes; the HTML is well nested, made of our own tags only, and the time line has no gap. */
#include "base/utf8.h"
#include "text/markdown.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static bool resolve(void *data, struct str name, struct str *ret_url)
{
	(void)data;
	*ret_url = name;
	return name.n % 3 != 0;
}

static bool is_known(struct str tag)
{
	static const char *const tags[] = { "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "div", "table", "thead", "tbody", "tr", "th", "td", "em", "strong", "del", "a", "img", "br", "hr" };
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		if (str_is(tag, tags[i]))
			return true;
	return false;
}

static struct str tag_name(struct str tag)
{
	size_t n = 0;
	while (n < tag.n && tag.p[n] != ' ')
		n++;
	return str_sub(tag, 0, n);
}

/* Every attribute value is quoted, and ">" is escaped in ours, so the first ">" ends the tag. */
static void check_html(struct str html)
{
	struct str open[512];
	size_t depth = 0;
	ptrdiff_t at;
	while ((at = str_index(html, '<')) >= 0) {
		html = str_sub(html, (size_t)at + 1, html.n);
		ptrdiff_t end = str_index(html, '>');
		if (end < 1)
			abort();
		bool closing = html.p[0] == '/';
		struct str tag = str_sub(html, closing, (size_t)end), name = tag_name(tag);
		html = str_sub(html, (size_t)end + 1, html.n);
		if (!is_known(name) || str_find(tag, S("href=\"javascript:")) >= 0)
			abort();
		if (str_is(name, "br") || str_is(name, "hr") || str_is(name, "img"))
			continue;
		if (!closing && depth < 512)
			open[depth++] = name;
		else if (!closing || !depth || !str_eq(open[--depth], name))
			abort();
	}
	if (depth)
		abort();
}

static void check_blocks(const struct markdown *m)
{
	int64_t at = 0;
	for (size_t i = 0; i < m->n_blocks; i++) {
		const struct markdown_block *b = &m->blocks[i];
		if (b->at_ms != at || b->len_ms < MARKDOWN_WORD_MS || b->line < 1)
			abort();
		at += b->len_ms;
	}
	if (at != m->total_ms)
		abort();
	for (size_t i = 0; i < m->n_headings; i++)
		for (size_t j = 0; j < i && j < 50; j++)
			if (str_eq(m->headings[i].id, m->headings[j].id))
				abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	markdown_start();
	struct arena *a = arena_new();
	struct findings f = { .arena = a };
	struct markdown m;
	struct markdown_options o = { .file = S("x.md"), .first_line = 3, .resolve = resolve };
	bool good = markdown_render(&f, (struct str){ (const char *)data, n }, &o, &m);
	if (good != (f.n == 0) || !utf8_valid(m.html) || !utf8_valid(m.text))
		abort();
	check_html(m.html);
	check_blocks(&m);
	for (size_t i = 0; i < f.n; i++)
		finding_text(a, &f.v[i]);
	arena_free(a);
	return 0;
}
