/* Tests of Markdown: what is written, what is refused, the time line, and that hostile texts stay cheap. */
#include "text/markdown.h"
#include "text/text_check.h"

#include <time.h>

struct world {
	struct arena *arena;
	struct findings f;
	struct markdown m;
};

static bool resolve(void *data, struct str name, struct str *ret_url)
{
	assert_null(data);
	*ret_url = S("/media/1?a&b");
	return str_is(name, "map.png");
}

static struct world render_text(struct str source)
{
	struct world w = { .arena = arena_new() };
	struct markdown_options o = { .file = S("x.md"), .first_line = 5, .resolve = resolve };
	w.f.arena = w.arena;
	markdown_render(&w.f, source, &o, &w.m);
	return w;
}

static void elements(void **state)
{
	(void)state;
	static const struct {
		const char *source, *html;
	} v[] = {
		{ "", "" },
		{ "a *b* **c** `d<` ~~e *f*~~", "<p data-at=\"0\" data-len=\"900\">a <em>b</em> <strong>c</strong> <code>d&lt;</code> <del>e <em>f</em></del></p>\n" },
		{ "~~a *b~~* c~~ \\~~d~~ ~~~e~~~", "<p data-at=\"0\" data-len=\"750\"><del>a <em>b~~</em> c</del> ~~d~~ ~~~e~~~</p>\n" },
		{ "`a\\~`", "<p data-at=\"0\" data-len=\"150\"><code>a\\~</code></p>\n" },
		{ "[a](https://b/c?d&e \"t\") [f](../g) [h](#i) [j](mailto:k@l)", "<p data-at=\"0\" data-len=\"600\"><a href=\"https://b/c?d&amp;e\" rel=\"noopener\" title=\"t\">a</a> <a href=\"../g\">f</a> <a href=\"#s-i\">h</a> <a href=\"mailto:k@l\">j</a></p>\n" },
		{ "(see https://a.in/b_(c)). www.d.in, xhttp://e", "<p data-at=\"0\" data-len=\"1650\">(see <a href=\"https://a.in/b_(c)\" rel=\"noopener\">https://a.in/b_(c)</a>). <a href=\"http://www.d.in\" rel=\"noopener\">www.d.in</a>, xhttp://e</p>\n" },
		{ "[https://a.in](b)", "<p data-at=\"0\" data-len=\"450\"><a href=\"b\">https://a.in</a></p>\n" },
		{ "![The map](map.png)", "<p data-at=\"0\" data-len=\"300\"><img src=\"/media/1?a&amp;b\" alt=\"The map\" loading=\"lazy\"></p>\n" },
		{ "a\n\n---", "<p data-at=\"0\" data-len=\"150\">a</p>\n<hr data-at=\"150\" data-len=\"150\">\n" },
		{ "3. a\n4. b", "<ol data-at=\"0\" data-len=\"300\" start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n" },
		{ "> a\n> b  \n> c", "<blockquote data-at=\"0\" data-len=\"450\">\n<p>a\nb<br>\nc</p>\n</blockquote>\n" },
		{ "```sql x\na < b\n```", "<pre data-at=\"0\" data-len=\"300\" tabindex=\"0\"><code class=\"language-sql\">a &lt; b\n</code></pre>\n" },
		{ "a|b|c\n:-|:-:|-:\n1|2|3", "<div data-at=\"0\" data-len=\"900\" class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table>\n"
					     "<thead><tr><th scope=\"col\">a</th><th scope=\"col\" class=\"centre\">b</th><th scope=\"col\" class=\"right\">c</th></tr></thead>\n"
					     "<tbody>\n<tr><td>1</td><td class=\"centre\">2</td><td class=\"right\">3</td></tr>\n</tbody></table></div>\n" },
	};
	for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
		struct world w = render_text(str_of(v[i].source));
		expect_finding(&w.f, NULL);
		expect_str(w.m.html, v[i].html);
		arena_free(w.arena);
	}
}

static void headings(void **state)
{
	(void)state;
	struct world w = render_text(S("## The *Act*\n\n# The Act!\n\n###### Deep\n\n# सूचना का अधिकार\n\n# ?\n\n# The act 2\n\nA\n=\n"));
	expect_finding(&w.f, NULL);
	static const struct {
		int level;
		const char *id, *text;
		int line;
	} v[] = {
		{ 3, "s-the-act", "The Act", 5 }, { 2, "s-the-act-2", "The Act!", 7 }, { 6, "s-deep", "Deep", 9 },
		{ 2, "s-सूचना-का-अधिकार", "सूचना का अधिकार", 11 }, { 2, "s-section", "?", 13 }, { 2, "s-the-act-2-2", "The act 2", 15 }, { 2, "s-a", "A", 17 },
	};
	assert_int_equal(w.m.n_headings, sizeof v / sizeof *v);
	for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
		assert_int_equal(w.m.headings[i].level, v[i].level);
		expect_str(w.m.headings[i].id, v[i].id);
		expect_str(w.m.headings[i].text, v[i].text);
		assert_int_equal(w.m.headings[i].line, v[i].line);
	}
	arena_free(w.arena);
}

static void time_line(void **state)
{
	(void)state;
	struct world w = render_text(S("# One\n\nलोक सूचना अधिकारी, *who* must\nanswer.\n\n- a\n- b\n\n  c\n\n---\n\n|x|y|\n|-|-|\n|1|2|\n"));
	static const struct {
		enum markdown_kind kind;
		int line;
		const char *text;
		size_t words;
	} v[] = {
		{ MD_HEADING, 5, "One", 1 }, { MD_PARAGRAPH, 7, "लोक सूचना अधिकारी, who must answer.", 6 },
		{ MD_LIST, 10, "a\nb\nc", 3 }, { MD_RULE, 15, "", 0 }, { MD_TABLE, 17, "x\ty\t\n1\t2", 4 },
	};
	int64_t at = 0;
	assert_int_equal(w.m.n_blocks, sizeof v / sizeof *v);
	for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
		const struct markdown_block *b = &w.m.blocks[i];
		assert_int_equal(b->kind, v[i].kind);
		assert_int_equal(b->line, v[i].line);
		expect_str(b->text, v[i].text);
		assert_int_equal(b->words, v[i].words);
		assert_int_equal(b->at_ms, at);
		assert_int_equal(b->len_ms, (v[i].words ? v[i].words : 1) * 150);
		at += b->len_ms;
	}
	assert_int_equal(w.m.total_ms, at);
	assert_int_equal(w.m.words, 14);
	assert_int_equal(w.m.blocks[1].seconds, 1);
	expect_str(w.m.text, "One\nलोक सूचना अधिकारी, who must answer.\na\nb\nc\nx\ty\t\n1\t2");
	arena_free(w.arena);
}

static void refusals(void **state)
{
	(void)state;
	static const struct {
		const char *source, *html, *finding;
	} v[] = {
		{ "a\n\n<div>b</div>\n", "<p data-at=\"0\" data-len=\"150\">a</p>\n", "7: HTML is not taken in a text: “<div>b</div>”" },
		{ "a\nb <!-- c -->", "<p data-at=\"0\" data-len=\"300\">a\nb </p>\n", "6: HTML is not taken in a text: “<!-- c -->”" },
		{ "x <b>\n|y|z|\n|-|-|\n", NULL, "5: HTML is not taken in a text: “<b>”" },
		{ "w\n\nx\n|y|<b>|\n|-|-|\n|1|2|\n", NULL, "8: HTML is not taken in a text: “<b>”" },
		{ "[a](javascript:b)", "<p data-at=\"0\" data-len=\"150\">a</p>\n", "5: A link may go to http, https, mailto or a relative address, not to “javascript:b”" },
		{ "[a](JavaScript&#58;b)", "<p data-at=\"0\" data-len=\"150\">a</p>\n", "5: A link may go to http, https, mailto or a relative address, not to “JavaScript:b”" },
		{ "[a](<java\tscript:b>)", "<p data-at=\"0\" data-len=\"150\">a</p>\n", "5: A link may go to http, https, mailto or a relative address, not to “java\tscript:b”" },
		{ "[a](//b)", "<p data-at=\"0\" data-len=\"150\">a</p>\n", "5: A link may go to http, https, mailto or a relative address, not to “//b”" },
		{ "[a](/\\\\b)", "<p data-at=\"0\" data-len=\"150\">a</p>\n", "5: A link may go to http, https, mailto or a relative address, not to “/\\b”" },
		{ "[a](data:b)", "<p data-at=\"0\" data-len=\"150\">a</p>\n", "5: A link may go to http, https, mailto or a relative address, not to “data:b”" },
		{ "![](map.png)", NULL, "5: The image “map.png” needs a text for who cannot see it: ![text](file)" },
		{ "![a](../map.png)", "<p data-at=\"0\" data-len=\"150\">a</p>\n", "5: An image must be a file in the folder of this text, not “../map.png”" },
		{ "![a](http://b/c.png)", NULL, "5: An image must be a file in the folder of this text, not “http://b/c.png”" },
		{ "![a](no.png)", NULL, "5: There is no file “no.png” in the folder of this text" },
		{ "#", NULL, "5: The heading is empty" },
		{ "a\n\n> > > > > > > > > > > > > > > > > > > > > > b", "", "7: Lists and quotations are nested too deeply here" },
	};
	for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
		struct world w = render_text(str_of(v[i].source));
		expect_finding(&w.f, v[i].finding);
		if (v[i].html)
			expect_str(w.m.html, v[i].html);
		arena_free(w.arena);
	}
}

static void images_need_a_folder(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct findings f = { .arena = a };
	struct markdown m;
	struct markdown_options o = { .file = S("x.md") };
	assert_false(markdown_render(&f, S("![a](map.png)"), &o, &m));
	expect_finding(&f, "1: Images are not possible here");
	arena_free(a);
}

/* Each of these took libcmark-gfm seconds or gigabytes before the guard, or would make a renderer recurse. */
static void hostile_texts_stay_cheap(void **state)
{
	(void)state;
	static const struct {
		const char *head, *unit;
	} v[] = {
		{ "", "|" }, { "", "|-" }, { "a|b\n-|-\n", "|" }, { "", "x<?" }, { "x", "<!A" }, { "x", "<![CDATA[" }, { "", "- " }, { "- - - - - - - - - -x", "\n" },
		{ "", ">" }, { "[a]: uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu\n\n", "[a]" }, { "", "[" }, { "", "![" }, { "", "*a **b " },
		{ "", "~~a " }, { "", "~~" }, { "", "\\~" }, { "", "# a\n" }, { "", "www.a(" }, { "", "http://a)" }, { "", "a|b\n-|-\n" }, { "a|b\n-|-\n", "a\n" }, { "", "<a " }, { "", "`a``" },
	};
	enum { SIZE = 1 << 17 };
	for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
		char *p = malloc(SIZE);
		assert_non_null(p);
		size_t n = strlen(v[i].head), unit = strlen(v[i].unit);
		memcpy(p, v[i].head, n);
		for (; n + unit <= SIZE; n += unit)
			memcpy(p + n, v[i].unit, unit);
		clock_t start = clock();
		struct world w = render_text((struct str){ p, n });
		double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
		if (seconds > 3)
			print_error("%s repeated took %.1f s\n", v[i].unit, seconds);
		assert_true(seconds <= 3);
		arena_free(w.arena);
		free(p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(elements),
		cmocka_unit_test(headings),
		cmocka_unit_test(time_line),
		cmocka_unit_test(refusals),
		cmocka_unit_test(images_need_a_folder),
		cmocka_unit_test(hostile_texts_stay_cheap),
	};
	markdown_start();
	return cmocka_run_group_tests_name("text/markdown", tests, NULL, NULL);
}
