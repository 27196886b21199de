/* Which passage of a lesson is shown, and where its link leads. */
#include "feature/find/passage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena *arena;

/* A query of one or two words, each a place of its own. */
static struct search_found asked(const char *first, const char *second)
{
	struct search_found f = { 0 };
	const char *const words[] = { first, second };
	for (unsigned i = 0; i < 2 && words[i]; i++) {
		struct search_way *w = ARENA_PUSH(arena, f.ways, f.n_ways);
		*w = (struct search_way){ .place = i, .n = 1, .beginnings = true };
		w->v[0] = str_of(words[i]);
		f.n_places++;
	}
	return f;
}

static const char html[] = "<p>A file opens with a note.</p><h2 id=\"rooms\">The rooms</h2><ul><li>Registry</li><li>The section &amp; its <em>dealing</em> hand</li></ul>"
			   "<h2 id=\"end\">The end</h2><table><tr><td>A note ends a file, and the section closes it.</td></tr></table>";

static void the_paragraph_that_meets_most_is_taken_with_its_heading(void **state)
{
	(void)state;
	struct search_found one = asked("deal", NULL), two = asked("section", "file"), opening = asked("note", NULL), none = asked("nothing", NULL);
	struct passage p = passage_in_html(arena, str_of(html), &one);
	assert_true(str_is(p.text, "The section & its dealing hand"));
	assert_true(str_is(p.anchor, "rooms"));
	assert_true(str_is(p.first, "The section & its"));
	p = passage_in_html(arena, str_of(html), &two);
	assert_true(str_is(p.anchor, "end"));
	p = passage_in_html(arena, str_of(html), &opening);
	assert_true(str_is(p.text, "A file opens with a note.") && !p.anchor.p);
	assert_false(passage_in_html(arena, str_of(html), &none).text.p);
	assert_true(p.second == NONE);
}

static void a_long_paragraph_is_cut_at_words_around_the_one_that_was_meant(void **state)
{
	(void)state;
	struct buf b;
	struct search_found f = asked("सूचना", NULL);
	buf_init(&b, arena, 20000);
	buf_lit(&b, "<p>");
	for (int i = 0; i < 100; i++)
		buf_lit(&b, "कार्यालय ");
	buf_lit(&b, "सूचना का अधिकार ");
	for (int i = 0; i < 100; i++)
		buf_lit(&b, "कार्यालय ");
	buf_lit(&b, "</p>");
	struct passage p = passage_in_html(arena, buf_get(&b), &f);
	assert_true(str_starts(p.text, S("… कार्यालय")) && str_ends(p.text, S("कार्यालय …")));
	assert_true(str_find(p.text, S("सूचना का अधिकार")) > 0);
	assert_true(p.text.n < 3 * (PASSAGE_LETTERS + 10));
}

static void broken_html_ends_nothing(void **state)
{
	static const char *const odd[] = { "", "<", "<p", "<h2 id=\"", "<h2 id=\"x", "</", "<>file", "<p>file</p", "&#x;file", "<p>file<p>" };
	(void)state;
	struct search_found f = asked("file", NULL);
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
		passage_in_html(arena, str_of(odd[i]), &f);
	assert_true(passage_in_html(arena, S("<p>file<p>"), &f).text.p);
}

static void a_film_leads_to_the_second_in_which_it_is_said(void **state)
{
	(void)state;
	struct search_found f = asked("wait", NULL);
	struct passage p = passage_in_cues(arena, S("[[0,5000,\"A file moves through four rooms.\"],[5400,9000,\"In each of them somebody waits.\"]]"), &f);
	assert_int_equal(p.second, 5);
	assert_true(str_is(p.text, "In each of them somebody waits."));
	assert_false(passage_in_cues(arena, S("[]"), &f).text.p);
	assert_false(passage_in_cues(arena, S("[[1],2,{\"a\":[null]}"), &f).text.p);
}

static int begin(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_paragraph_that_meets_most_is_taken_with_its_heading),
		cmocka_unit_test(a_long_paragraph_is_cut_at_words_around_the_one_that_was_meant),
		cmocka_unit_test(broken_html_ends_nothing),
		cmocka_unit_test(a_film_leads_to_the_second_in_which_it_is_said),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
