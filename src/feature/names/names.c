/* Keys of names; see names.h. */
#include "feature/names/names.h"
#include "base/utf8.h"
#include "feature/search/word.h"

#include <stdlib.h>

/* Names end in y and i alike: Ajay and Ajai, Rai and Ray. */
static struct str key_of(struct arena *a, struct str word)
{
	struct str sound = search_sound(a, word);
	if (sound.n > 1 && sound.p[sound.n - 1] == 'y')
		return str_fmt(a, "%.*si", (int)(sound.n - 1), sound.p);
	return sound.p ? sound : search_plain(a, word);
}

enum err names_add(struct ctx *cx, const char *kind, int64_t id, const struct str *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct str rest = names[i], word;
		for (int words = 0; words < NAME_WORDS_MAX && utf8_word(&rest, &word); words++) {
			struct str key = key_of(cx->arena, word);
			if (key.n)
				TRY(names_sql_add(cx, str_of(kind), key, id, NULL));
		}
	}
	return OK;
}

enum err names_change(struct ctx *cx, const char *kind, int64_t id, const struct str *names, size_t n)
{
	TRY(names_sql_clear(cx, str_of(kind), id, NULL));
	return names_add(cx, kind, id, names, n);
}

static int longest_first(const void *a, const void *b)
{
	const struct str *x = a, *y = b;
	return x->n != y->n ? (x->n < y->n ? 1 : -1) : str_cmp(*x, *y);
}

struct names_asked names_asked(struct arena *a, struct str typed)
{
	struct names_asked r = { 0 };
	struct str rest = typed, word, keys[NAME_WORDS_MAX];
	size_t n = 0;
	while (n < NAME_WORDS_MAX && utf8_word(&rest, &word)) {
		struct str key = key_of(a, word);
		if (key.n)
			keys[n++] = key;
	}
	if (n)
		qsort(keys, n, sizeof *keys, longest_first);
	for (; r.n < n && r.n < NAMES_ASKED_MAX; r.n++) {
		r.low[r.n] = keys[r.n];
		r.high[r.n] = str_fmt(a, "%.*s\xf4\x8f\xbf\xbf", STR_ARG(keys[r.n]));
	}
	for (size_t i = r.n; i < NAMES_ASKED_MAX; i++)
		r.low[i] = r.high[i] = STR_NONE;
	return r;
}

struct str names_sound(struct arena *a, struct str name)
{
	struct names_asked n = names_asked(a, name);
	struct buf b;
	buf_init(&b, a, 4096);
	for (size_t i = 0; i < n.n; i++)
		buf_fmt(&b, "%s%.*s", i ? " " : "", STR_ARG(n.low[i]));
	return buf_get(&b);
}

static int word_fits(struct arena *a, struct str asked, struct str name)
{
	struct str plain = search_plain(a, asked), key = key_of(a, asked), rest = name, word;
	int best = 0;
	while (utf8_word(&rest, &word)) {
		struct str w = search_plain(a, word);
		int fit = str_eq(w, plain) ? 3 : str_starts(w, plain) ? 2 : str_starts(key_of(a, word), key) ? 1 : 0;
		if (fit > best)
			best = fit;
	}
	return best;
}

int names_fit(struct arena *a, struct str typed, struct str name)
{
	struct str rest = typed, word;
	int least = 3;
	bool any = false;
	while (utf8_word(&rest, &word)) {
		int fit = word_fits(a, word, name);
		if (fit < least)
			least = fit;
		any = true;
	}
	return any ? least : 0;
}

enum err names_count(struct ctx *cx, const char *kind, struct str low, struct str high, int64_t most, int64_t *ret)
{
	struct names_count_row row;
	TRY(names_sql_count(cx, str_of(kind), low, high, most, &row));
	*ret = row.n;
	return OK;
}

/* Whether a name has a key at all: "—" has none. */
static bool has_key(struct arena *a, const struct str *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (names_asked(a, names[i]).n)
			return true;
	return false;
}

/* Goes through what no key leads to, two thousand at a time; adds keys, or only counts. */
static enum err people_without(struct ctx *cx, bool mend, int64_t *ret_n)
{
	struct names_people_without_row *rows;
	size_t n;
	int64_t after = 0;
	do {
		struct arena_mark mark = arena_mark(cx->arena);
		TRY(names_sql_people_without(cx, after, &rows, &n));
		for (size_t i = 0; i < n; i++) {
			after = rows[i].id;
			*ret_n += has_key(cx->arena, &rows[i].name, 1);
			if (mend)
				TRY(names_add(cx, "person", rows[i].id, &rows[i].name, 1));
		}
		arena_back(cx->arena, mark);
	} while (n);
	return OK;
}

static enum err orgs_without(struct ctx *cx, bool mend, int64_t *ret_n)
{
	struct names_orgs_without_row *rows;
	size_t n;
	int64_t after = 0;
	do {
		struct arena_mark mark = arena_mark(cx->arena);
		TRY(names_sql_orgs_without(cx, after, &rows, &n));
		for (size_t i = 0; i < n; i++) {
			const struct str names[] = { rows[i].code, rows[i].name_en, rows[i].name_hi, rows[i].short_name };
			after = rows[i].id;
			*ret_n += has_key(cx->arena, names, 4);
			if (mend)
				TRY(names_add(cx, "org", rows[i].id, names, 4));
		}
		arena_back(cx->arena, mark);
	} while (n);
	return OK;
}

enum err names_missing(struct ctx *cx, int64_t *ret)
{
	*ret = 0;
	TRY(people_without(cx, false, ret));
	return orgs_without(cx, false, ret);
}

enum err names_rebuild(struct ctx *cx)
{
	int64_t n = 0;
	TRY(people_without(cx, true, &n));
	return orgs_without(cx, true, &n);
}
