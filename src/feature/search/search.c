/* Writing the index and its vocabulary; see search.h. */
#include "feature/search/search.h"
#include "base/utf8.h"
#include "feature/search/word.h"

#include <stdlib.h>

enum { TEXT_WORDS_MAX = 20000 };

static bool ends(struct str w, const char *tail, size_t least)
{
	struct str t = str_of(tail);
	return w.n >= least + t.n && str_ends(w, t);
}

/* Only endings whose cutting is nearly always right; no stemmer for languages that we cannot judge. */
struct str search_stem(struct arena *a, struct str word)
{
	struct str w = utf8_fold(a, word);
	for (size_t i = 0; i < w.n; i++)
		if ((unsigned char)w.p[i] >= 0x80)
			return w;
	if (ends(w, "ies", 2))
		return str_fmt(a, "%.*sy", (int)(w.n - 3), w.p);
	if (ends(w, "sses", 2) || ends(w, "shes", 2) || ends(w, "ches", 2) || ends(w, "xes", 2))
		return str_sub(w, 0, w.n - 2);
	if (ends(w, "s", 3) && !ends(w, "ss", 1) && !ends(w, "us", 1) && !ends(w, "is", 1))
		return str_sub(w, 0, w.n - 1);
	return w;
}

enum err search_clear(struct ctx *cx, int64_t course_id)
{
	TRY(search_sql_touch(cx, NULL));
	return search_sql_clear(cx, course_id, NULL);
}

/* A word that is new to the vocabulary, with the forms that lead to it. */
static enum err learn(struct ctx *cx, struct str word)
{
	struct str forms[TYPO_FORMS];
	int64_t changed = 0;
	TRY(search_sql_add_term(cx, word, search_sound(cx->arena, word), &changed));
	size_t n = changed ? search_typo_forms(cx->arena, word, forms) : 0;
	for (size_t i = 0; i < n; i++)
		TRY(search_sql_add_typo(cx, forms[i], word, NULL));
	return OK;
}

enum err search_rebuild(struct ctx *cx)
{
	struct search_unknown_row *rows;
	size_t n;
	do {
		TRY(search_sql_unknown(cx, &rows, &n));
		for (size_t i = 0; i < n; i++)
			TRY(learn(cx, rows[i].word));
	} while (n);
	return OK;
}

static int by_text(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

enum err search_add(struct ctx *cx, int64_t course_id, int64_t resource_id, struct str text, enum search_weight weight)
{
	struct str rest = text, word, *words = NULL;
	size_t n = 0;
	while (n < TEXT_WORDS_MAX && utf8_word(&rest, &word))
		*ARENA_PUSH(cx->arena, words, n) = search_stem(cx->arena, word);
	if (n)
		qsort(words, n, sizeof *words, by_text);
	for (size_t i = 0, k; i < n; i = k) {
		for (k = i; k < n && str_eq(words[k], words[i]);)
			k++;
		double tf = (double)(k - i);
		TRY(search_sql_add(cx, words[i], course_id, resource_id, (int64_t)(1000.0 * weight * tf / (tf + 1)), NULL));
		TRY(learn(cx, words[i]));
	}
	return OK;
}
