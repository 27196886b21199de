/* Answers about the house itself; see find.h. */
#include "base/utf8.h"
#include "feature/find/find.h"
#include "feature/search/word.h"
#include "web/lang.h"

static const struct help {
	const char *question, *answer, *address;
} helps[] = {
#define HELP(question, answer, address) { question, answer, address },
#include "feature/find/help.def"
#undef HELP
};

/* In words that begin as typed: 2 all in the question, 1 in question or answer, 0 not all. */
static int fits(struct ctx *cx, struct str typed, struct str question, struct str answer)
{
	struct str rest = typed, word;
	int least = 2, n = 0;
	while (utf8_word(&rest, &word)) {
		struct str plain = search_plain(cx->arena, word), stem = search_stem(cx->arena, plain), w, at;
		if (search_is_common(plain))
			continue;
		int fit = 0;
		for (at = answer; utf8_word(&at, &w);)
			fit = str_starts(search_plain(cx->arena, w), stem) ? 1 : fit;
		for (at = question; utf8_word(&at, &w);)
			fit = str_starts(search_plain(cx->arena, w), stem) ? 2 : fit;
		least = fit < least ? fit : least;
		n++;
	}
	return n ? least : 0;
}

void find_help(struct ctx *cx, struct str typed, size_t most, struct find_rows *ret)
{
	*ret = (struct find_rows){ 0 };
	for (int wanted = typed.n ? 2 : 0; wanted >= (typed.n ? 1 : 0); wanted--)
		for (size_t i = 0; i < sizeof helps / sizeof *helps && ret->n < most; i++) {
			struct str question = str_of(tr(cx->lang, helps[i].question)), answer = str_of(tr(cx->lang, helps[i].answer));
			if (!typed.n || fits(cx, typed, question, answer) == wanted)
				*ARENA_PUSH(cx->arena, ret->v, ret->n) =
					(struct find_row){ .kind = S("help"), .id = NONE, .title = question, .text = answer, .second = NONE, .address = str_of(helps[i].address) };
		}
}
