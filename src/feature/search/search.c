/* The index and its questions; see search.h. */
#include "feature/search/search.h"
#include "base/utf8.h"

#include <math.h>
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
	return search_sql_clear(cx, course_id, NULL);
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
	}
	return OK;
}

/* ── questions ── */

/* The first text that is greater than every text beginning with `word`. */
static struct str after_prefix(struct ctx *cx, struct str word)
{
	return str_fmt(cx->arena, "%.*s\xf4\x8f\xbf\xbf", STR_ARG(word));
}

static struct hit *hit_of(struct hit *hits, size_t n, int64_t course_id)
{
	size_t low = 0, high = n;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (hits[mid].course_id < course_id)
			low = mid + 1;
		else
			high = mid;
	}
	return low < n && hits[low].course_id == course_id ? &hits[low] : NULL;
}

static int by_score(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;
	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	return (x->course_id > y->course_id) - (x->course_id < y->course_id);
}

/* Keeps of `hits` what the word is found in, with its weight added; the first word begins the list. */
static enum err narrow(struct ctx *cx, struct str word, bool first, double live, struct hit **hits, size_t *n)
{
	struct search_hits_row *rows;
	size_t n_rows;
	TRY(search_sql_hits(cx, word, after_prefix(cx, word), &rows, &n_rows));
	double rarity = log(1 + live / (double)(n_rows ? n_rows : 1));
	struct hit *kept = NULL;
	size_t n_kept = 0;
	for (size_t i = 0; i < n_rows; i++) {
		const struct hit *before = first ? NULL : hit_of(*hits, *n, rows[i].course_id);
		if (!first && !before)
			continue;
		*ARENA_PUSH(cx->arena, kept, n_kept) = (struct hit){ rows[i].course_id, (before ? before->score : 0) + rarity * (double)rows[i].weight };
	}
	*hits = kept;
	*n = n_kept;
	return OK;
}

enum err search_courses(struct ctx *cx, struct str query, struct hit **ret, size_t *ret_n, struct strs *ret_words)
{
	struct hit *hits = NULL;
	size_t n = 0;
	struct strs words = { 0 };
	struct str rest = query, word;
	struct search_live_row live;
	while (words.n < QUERY_WORDS_MAX && utf8_word(&rest, &word))
		*ARENA_PUSH(cx->arena, words.v, words.n) = search_stem(cx->arena, word);
	if (words.n)
		TRY(search_sql_live(cx, &live));
	for (size_t i = 0; i < words.n && (i == 0 || n); i++)
		TRY(narrow(cx, words.v[i], i == 0, (double)live.n, &hits, &n));
	if (n)
		qsort(hits, n, sizeof *hits, by_score);
	*ret = hits;
	*ret_n = n;
	*ret_words = words;
	return OK;
}
