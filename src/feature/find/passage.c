/* Passages; see passage.h. */
#include "feature/find/passage.h"
#include "base/utf8.h"
#include "feature/search/word.h"
#include "text/html_text.h"

#include <jansson.h>
#include <string.h>

enum { BLOCK_WORDS_MAX = 2000, FIRST_WORDS = 4, BEFORE = 60 };

/* ── how well a text answers ── */

static bool has_word(const struct str *stems, size_t n, struct str word, bool beginnings)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(stems[i], word) || (beginnings && str_starts(stems[i], word)))
			return true;
	return false;
}

static bool way_met(const struct search_way *w, const struct str *stems, size_t n)
{
	for (size_t i = 0; i < w->n; i++)
		if (!has_word(stems, n, w->v[i], w->beginnings))
			return false;
	return w->n > 0;
}

static bool word_counts(const struct search_found *f, struct str stem)
{
	for (size_t i = 0; i < f->n_ways; i++)
		for (size_t k = 0; k < f->ways[i].n; k++)
			if (str_eq(stem, f->ways[i].v[k]) || (f->ways[i].beginnings && str_starts(stem, f->ways[i].v[k])))
				return true;
	return false;
}

/* How many places of the query a text meets; where the first of the words begins in it. */
static size_t places_met(struct arena *a, const struct search_found *f, struct str text, size_t *ret_first)
{
	struct str rest = text, word, *stems = NULL;
	size_t n = 0, met = 0;
	uint64_t seen = 0;
	*ret_first = text.n;
	while (n < BLOCK_WORDS_MAX && utf8_word(&rest, &word)) {
		struct str stem = search_stem(a, search_plain(a, word));
		*ARENA_PUSH(a, stems, n) = stem;
		if (*ret_first == text.n && word_counts(f, stem))
			*ret_first = (size_t)(word.p - text.p);
	}
	for (size_t i = 0; i < f->n_ways; i++)
		if (!(seen >> f->ways[i].place & 1) && way_met(&f->ways[i], stems, n)) {
			seen |= UINT64_C(1) << f->ways[i].place;
			met++;
		}
	return met;
}

/* ── what is shown of it ── */

/* From a little before the first word, at the beginnings of words. */
static struct str excerpt(struct arena *a, struct str text, size_t first)
{
	size_t from = first > BEFORE ? first - BEFORE : 0, to;
	while (from && from < first && text.p[from - 1] != ' ')
		from++;
	struct str rest = str_sub(text, from, text.n);
	for (to = 0; rest.n && to < PASSAGE_LETTERS; to++)
		utf8_next(&rest);
	size_t end = text.n - rest.n;
	while (rest.n && end > from && text.p[end - 1] != ' ')
		end--;
	struct str cut = str_trim(str_sub(text, from, end));
	return str_fmt(a, "%s%.*s%s", from ? "… " : "", STR_ARG(cut), rest.n ? " …" : "");
}

static struct str beginning(struct str text)
{
	size_t words = 0, i = 0;
	for (; i < text.n; i++)
		if (text.p[i] == '\n' || (text.p[i] == ' ' && ++words == FIRST_WORDS))
			break;
	return str_trim(str_sub(text, 0, i));
}

/* ── lessons ── */

static bool tag_is(struct str tag, const char *names)
{
	struct str rest = str_of(names), name;
	while (str_cut(&rest, ' ', &name))
		if (str_eq(tag, name))
			return true;
	return false;
}

/* The name of the tag that begins at p[0] = '<', without its slash. */
static struct str tag_name(struct str tag)
{
	size_t from = tag.n > 1 && tag.p[1] == '/' ? 2 : 1, to = from;
	while (to < tag.n && ((tag.p[to] >= 'a' && tag.p[to] <= 'z') || (tag.p[to] >= '0' && tag.p[to] <= '9')))
		to++;
	return str_sub(tag, from < tag.n ? from : tag.n, to);
}

static struct str id_in(struct str tag)
{
	ptrdiff_t at = str_find(tag, S(" id=\""));
	if (at < 0)
		return STR_NONE;
	struct str rest = str_sub(tag, (size_t)at + 5, tag.n);
	ptrdiff_t end = str_index(rest, '"');
	return end < 0 ? STR_NONE : str_sub(rest, 0, (size_t)end);
}

struct best {
	struct passage passage;
	size_t met;
};

static void judge(struct arena *a, const struct search_found *f, struct str html, struct str anchor, struct best *b)
{
	size_t first;
	if (!html.n)
		return;
	struct str text = html_to_plain(a, html);
	size_t met = places_met(a, f, text, &first);
	if (met <= b->met)
		return;
	b->met = met;
	b->passage = (struct passage){ .text = excerpt(a, text, first), .first = beginning(text), .anchor = anchor, .second = NONE };
}

struct passage passage_in_html(struct arena *a, struct str html, const struct search_found *found)
{
	static const char blocks[] = "p li h1 h2 h3 h4 h5 h6 td th tr ul ol dl dt dd pre div table thead tbody figure figcaption blockquote details summary section hr";
	struct best b = { .passage = { .second = NONE } };
	struct str anchor = STR_NONE;
	size_t from = 0;
	for (size_t i = 0; i < html.n; i++) {
		if (html.p[i] != '<')
			continue;
		ptrdiff_t end = str_index(str_sub(html, i, html.n), '>');
		struct str tag = str_sub(html, i, end < 0 ? html.n : i + (size_t)end), name = tag_name(tag);
		if (tag_is(name, blocks)) {
			judge(a, found, str_sub(html, from, i), anchor, &b);
			from = i;
			struct str id = name.n == 2 && name.p[0] == 'h' ? id_in(tag) : STR_NONE;
			anchor = id.p ? id : anchor;
		}
		i += tag.n - 1;
	}
	judge(a, found, str_sub(html, from, html.n), anchor, &b);
	return b.passage;
}

/* ── films ── */

struct passage passage_in_cues(struct arena *a, struct str cues, const struct search_found *found)
{
	struct best b = { .passage = { .second = NONE } };
	json_t *list = json_loadb(cues.p, cues.n, 0, NULL), *cue;
	size_t i, first;
	json_array_foreach (list, i, cue) {
		const char *said = json_string_value(json_array_get(cue, 2));
		size_t met = said ? places_met(a, found, str_of(said), &first) : 0;
		if (met <= b.met)
			continue;
		b.met = met;
		b.passage = (struct passage){ .text = excerpt(a, str_dup(a, str_of(said)), first), .second = json_integer_value(json_array_get(cue, 0)) / 1000 };
	}
	json_decref(list);
	return b.passage;
}
