/* Fills the templates of this folder and prints the pages; tools/test/run compares with render.out. */
#include "base/ctx.h"
#include "address_html.h"
#include "blocks_html.h"
#include "parts_html.h"
#include "texts_html.h"
#include "values_html.h"

int main(void)
{
	struct arena *a = arena_new();
	struct ctx cx = { .arena = a, .actor.zone = S("Asia/Kolkata") };
	struct owner owner = { S("Ravi <r@x>"), 7 };
	int64_t marks[] = { 1234567, 5 };
	struct row rows[] = { { .title = S("<one>"), .owner = &owner, .marks = marks, .n_marks = 2, .open = true }, { .title = S("two"), .owner = &owner } };
	struct str words[] = { S("a<b"), S("c") };
	struct view full = { .title = S("A & B"), .next = S("javascript:alert(1)"), .body = { "<i>raw</i>", 10 }, .count = 222000, .none = NONE, .kind = KIND_COURSE,
			     .who = { S("O'Hara"), 42 }, .rows = rows, .n_rows = 2, .words = words, .n_words = 2 };
	struct view bare = { .title = S("\"bare\""), .next = S("/a?b=1&c=2"), .count = 1, .none = NONE, .who = { S("x"), 1 } };
	html_view_fn *const all[] = { values_view, address_view, blocks_view, texts_view, parts_view };
	static const char *const names[] = { "values", "address", "blocks", "texts", "parts" };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		for (int k = 0; k < 3; k++) {
			struct html_out o;
			cx.lang = k == 2 ? LANG_HI : LANG_EN;
			html_begin(&o, &cx, 1 << 16);
			all[i](&o, k ? &bare : &full);
			struct str page = buf_get(&o.b);
			printf("== %s %s\n%.*s\n", names[i], (const char *[]){ "full", "bare", "bare, Hindi" }[k], STR_ARG(page));
		}
	arena_free(a);
	return 0;
}
