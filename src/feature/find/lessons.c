/* Lessons in which a query is met, with the passage; see find.h. */
#include "feature/find/find.h"
#include "feature/find/passage.h"

#include <stdlib.h>

enum { RANGES = 8, WHOLE = 32 };

/* The words of all ways: each has a bit. */
struct words {
	struct str low[RANGES], high[RANGES], whole[WHOLE];
	size_t n_ranges, n_whole;
};
struct lesson {
	int64_t id;
	uint64_t has; /* bits of words that stand in it */
	int64_t weight;
};

/* The place of a word in a list of at most `max`, where it may be new; max: there is no room for it. */
static size_t place_of(struct str *v, size_t *n, size_t max, struct str word)
{
	size_t i = 0;
	while (i < *n && !str_eq(v[i], word))
		i++;
	if (i == *n && i < max)
		v[(*n)++] = word;
	return i;
}

static uint64_t bit_of(struct ctx *cx, struct words *w, struct str word, bool beginnings)
{
	size_t max = beginnings ? RANGES : WHOLE;
	size_t i = beginnings ? place_of(w->low, &w->n_ranges, RANGES, word) : place_of(w->whole, &w->n_whole, WHOLE, word);
	if (i == max)
		return 0;
	if (beginnings)
		w->high[i] = search_end(cx->arena, word);
	return UINT64_C(1) << (beginnings ? i : RANGES + i);
}

/* The bits that a way needs; 0: there was no room for one of its words. */
static uint64_t bits_of(struct ctx *cx, struct words *w, const struct search_way *way)
{
	uint64_t all = 0;
	for (size_t i = 0; i < way->n; i++) {
		uint64_t bit = bit_of(cx, w, way->v[i], way->beginnings);
		if (!bit)
			return 0;
		all |= bit;
	}
	return all;
}

static bool meets_all(const struct search_found *f, const uint64_t *needs, uint64_t has)
{
	for (unsigned place = 0; place < f->n_places; place++) {
		bool met = false;
		for (size_t i = 0; i < f->n_ways; i++)
			met = met || (f->ways[i].place == place && needs[i] && (needs[i] & has) == needs[i]);
		if (!met)
			return false;
	}
	return true;
}

static uint64_t bit_of_row(const struct words *w, const struct find_lessons_row *r)
{
	if (r->range)
		return UINT64_C(1) << (r->range - 1);
	for (size_t i = 0; i < w->n_whole; i++)
		if (str_eq(w->whole[i], r->word))
			return UINT64_C(1) << (RANGES + i);
	return 0;
}

static int by_weight(const void *a, const void *b)
{
	const struct lesson *x = a, *y = b;
	if (x->weight != y->weight)
		return x->weight < y->weight ? 1 : -1;
	return (x->id > y->id) - (x->id < y->id);
}

static enum err read_lessons(struct ctx *cx, const struct words *w, const int64_t c[FIND_COURSES], struct lesson **ret, size_t *ret_n)
{
	const struct str *l = w->low, *h = w->high, *s = w->whole;
	struct find_lessons_row *rows;
	size_t n;
	TRY(find_sql_lessons(cx, c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], c[10], c[11], l[0], h[0], l[1], h[1], l[2], h[2], l[3], h[3], l[4], h[4], l[5], h[5], l[6],
			     h[6], l[7], h[7], s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8], s[9], s[10], s[11], s[12], s[13], s[14], s[15], s[16], s[17], s[18], s[19],
			     s[20], s[21], s[22], s[23], s[24], s[25], s[26], s[27], s[28], s[29], s[30], s[31], &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (!*ret_n || (*ret)[*ret_n - 1].id != rows[i].resource_id)
			*ARENA_PUSH(cx->arena, *ret, *ret_n) = (struct lesson){ .id = rows[i].resource_id };
		(*ret)[*ret_n - 1].has |= bit_of_row(w, &rows[i]);
		(*ret)[*ret_n - 1].weight += rows[i].weight;
	}
	return OK;
}

static struct find_row row_of(struct ctx *cx, const struct find_texts_row *r, const struct search_found *f)
{
	struct passage p = str_is(r->kind, "lesson") ? passage_in_html(cx->arena, r->body, f) : passage_in_cues(cx->arena, r->cues, f);
	return (struct find_row){ .kind = S("lesson"), .id = r->id, .title = r->title, .where = r->course, .text = p.text, .lang = r->lang, .second = p.second, .anchor = p.anchor,
				  .first = p.first };
}

enum err find_lessons(struct ctx *cx, const struct search_found *found, const int64_t *courses, size_t n_courses, struct find_rows *ret)
{
	struct words *w = ARENA_NEW(cx->arena, struct words);
	uint64_t *needs = ARENA_ARRAY(cx->arena, uint64_t, found->n_ways + 1);
	int64_t c[FIND_COURSES], r[FIND_LESSONS];
	struct lesson *v = NULL;
	struct find_texts_row *rows;
	size_t n = 0, kept = 0, n_rows;
	*ret = (struct find_rows){ 0 };
	for (size_t i = 0; i < found->n_ways; i++)
		needs[i] = bits_of(cx, w, &found->ways[i]);
	for (size_t i = 0; i < FIND_COURSES; i++)
		c[i] = i < n_courses ? courses[i] : NONE;
	if (!n_courses)
		return OK;
	TRY(read_lessons(cx, w, c, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (meets_all(found, needs, v[i].has))
			v[kept++] = v[i];
	if (!kept)
		return OK;
	qsort(v, kept, sizeof *v, by_weight);
	for (size_t i = 0; i < FIND_LESSONS; i++)
		r[i] = i < kept ? v[i].id : NONE;
	TRY(find_sql_texts(cx, r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], r[10], r[11], &rows, &n_rows));
	for (size_t i = 0; i < FIND_LESSONS && i < kept; i++)
		for (size_t k = 0; k < n_rows; k++)
			if (rows[k].id == v[i].id)
				*ARENA_PUSH(cx->arena, ret->v, ret->n) = row_of(cx, &rows[k], found);
	return OK;
}
