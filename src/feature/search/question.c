/* Questions to the index; see search.h.
 *
 * A query is a row of slots: one word each, or the words of a phrase that has others of the same meaning. Each slot gives a list of courses in
 * one order; the answer is what stands in all lists. What was asked before is kept with the catalogue; else a question takes four statements
 * at most, whatever is typed. */
#include "base/utf8.h"
#include "feature/search/search.h"
#include "feature/search/word.h"

#include <math.h>
#include <stdlib.h>

/* FORGIVEN: words of a query that may hold a slip. OTHERS: words looked for beside those of the query, in batches of one statement each.
 * Beginnings: a shorter word counts only as it stands, since half of the index begins with it. */
enum { LIKE_MAX = 8, BATCH = 32, OTHERS = 2 * BATCH, SOUND_LEAST = 3, FORGIVEN = 4, BEGINNING_LEAST = 3, BEGINNING_LEAST_INDIC = 2 };

struct term {
	struct str plain, stem, key; /* key: under which where it stands is kept */
	struct str like[LIKE_MAX]; /* what sounds like it in another script */
	size_t n_like;
	struct str slip[LIKE_MAX]; /* what may have been meant */
	size_t n_slip;
	struct list list;
	struct str instead; /* taken for a slip; absent: none */
};
struct phrase {
	struct str v[SEARCH_PHRASE_MAX]; /* stems */
	size_t n;
};
struct slot {
	size_t from, n; /* terms */
	struct phrase same[SEARCH_SAME_MAX];
	size_t n_same;
};
struct question {
	struct ctx *cx;
	struct catalogue *catalogue;
	struct term term[QUERY_WORDS_MAX];
	size_t n_terms;
	struct slot slot[QUERY_WORDS_MAX];
	size_t n_slots;
};

/* ── lists ── */

struct growing {
	struct hit *v;
	size_t n;
};

static void add(struct question *q, struct growing *l, uint32_t at, double score)
{
	*ARENA_PUSH(q->cx->arena, l->v, l->n) = (struct hit){ at, (float)score };
}

static struct list grown(struct growing l)
{
	return (struct list){ l.v, l.n };
}

/* In both, scores added. */
static struct list both(struct question *q, struct list a, struct list b)
{
	struct growing r = { 0 };
	for (size_t i = 0, k = 0; i < a.n && k < b.n;) {
		if (a.v[i].at == b.v[k].at) {
			add(q, &r, a.v[i].at, (double)a.v[i].score + (double)b.v[k].score);
			i++;
			k++;
		} else if (a.v[i].at < b.v[k].at) {
			i++;
		} else {
			k++;
		}
	}
	return grown(r);
}

/* In either, the better score; those of b times a factor. */
static struct list either(struct question *q, struct list a, struct list b, double factor)
{
	struct growing r = { 0 };
	if (!b.n)
		return a;
	for (size_t i = 0, k = 0; i < a.n || k < b.n;) {
		bool has_a = i < a.n && (k >= b.n || a.v[i].at <= b.v[k].at);
		bool has_b = k < b.n && (i >= a.n || b.v[k].at <= a.v[i].at);
		uint32_t at = has_a ? a.v[i].at : b.v[k].at;
		double x = has_a ? (double)a.v[i++].score : 0, y = has_b ? factor * (double)b.v[k++].score : 0;
		add(q, &r, at, x > y ? x : y);
	}
	return grown(r);
}

static double rarity(const struct question *q, size_t n)
{
	return log(1 + (double)q->catalogue->n / (double)(n ? n : 1));
}

/* ── the words ── */

static void take_words(struct question *q, struct str query)
{
	struct arena *a = q->cx->arena;
	struct str rest = query, word, telling[QUERY_WORDS_MAX], all[QUERY_WORDS_MAX];
	size_t n_telling = 0, n_all = 0;
	while (n_telling < QUERY_WORDS_MAX && utf8_word(&rest, &word)) {
		struct str plain = search_plain(a, word);
		if (plain.n && n_all < QUERY_WORDS_MAX)
			all[n_all++] = plain;
		if (plain.n && !search_is_common(plain))
			telling[n_telling++] = plain;
	}
	q->n_terms = n_telling ? n_telling : n_all;
	for (size_t i = 0; i < q->n_terms; i++) {
		struct str plain = n_telling ? telling[i] : all[i];
		q->term[i] = (struct term){ .plain = plain, .stem = search_stem(a, plain) };
	}
}

/* ── what means the same ── */

static const char *const synonyms[][SEARCH_SAME_MAX] = {
#define SYNONYMS(...) { __VA_ARGS__ },
#include "feature/search/synonym.def"
#undef SYNONYMS
};
enum { N_SYNONYMS = sizeof synonyms / sizeof *synonyms };

static struct phrase phrase_of(const char *text)
{
	struct phrase p = { 0 };
	struct str rest = str_of(text), word;
	while (p.n < SEARCH_PHRASE_MAX && str_cut(&rest, ' ', &word))
		p.v[p.n++] = word;
	return p;
}

static bool stands_at(const struct question *q, const struct phrase *p, size_t from)
{
	if (!p->n || from + p->n > q->n_terms)
		return false;
	for (size_t i = 0; i < p->n; i++)
		if (!str_eq(p->v[i], q->term[from + i].stem))
			return false;
	return true;
}

static void add_same(struct slot *s, const char *const *row, const struct phrase *but)
{
	for (size_t i = 0; i < SEARCH_SAME_MAX && row[i] && s->n_same < SEARCH_SAME_MAX; i++) {
		struct phrase p = phrase_of(row[i]);
		bool same = p.n == but->n;
		for (size_t k = 0; same && k < p.n; k++)
			same = str_eq(p.v[k], but->v[k]);
		if (!same && p.n)
			s->same[s->n_same++] = p;
	}
}

/* The longest phrase that has others of its meaning makes a slot; the words between are slots of their own. */
static void make_slots(struct question *q)
{
	for (size_t at = 0; at < q->n_terms;) {
		struct slot *s = &q->slot[q->n_slots++];
		*s = (struct slot){ .from = at, .n = 1 };
		for (size_t r = 0; r < N_SYNONYMS; r++)
			for (size_t i = 0; i < SEARCH_SAME_MAX && synonyms[r][i]; i++) {
				struct phrase p = phrase_of(synonyms[r][i]);
				if (!stands_at(q, &p, at) || p.n < s->n)
					continue;
				if (p.n > s->n)
					s->n_same = 0;
				s->n = p.n;
				add_same(s, synonyms[r], &p);
			}
		at += s->n;
	}
}

static bool has_same(const struct question *q, size_t term)
{
	for (size_t i = 0; i < q->n_slots; i++)
		if (term >= q->slot[i].from && term < q->slot[i].from + q->slot[i].n)
			return q->slot[i].n_same > 0;
	return false;
}

/* ── where they stand ── */

static struct list posting_of(struct question *q, struct str word)
{
	struct list l = { 0 };
	catalogue_kept(q->catalogue, word, &l);
	return l;
}

/* What the index says of one word after the other, course by course; the rows do not stay in memory. */
struct reading {
	struct question *q;
	struct arena *arena;
	struct buf key; /* under which the list is kept; empty: none yet */
	struct growing list;
	size_t at;
};

/* A word is read to its end: its list is kept with the catalogue. */
static void end_word(struct reading *r)
{
	for (size_t i = 0; i < r->list.n; i++)
		r->list.v[i].score *= (float)rarity(r->q, r->list.n);
	if (r->key.n)
		catalogue_keep(r->q->catalogue, buf_get(&r->key), grown(r->list));
	r->list.n = r->at = 0;
	r->list.v = NULL;
	arena_reset(r->arena);
}

/* Courses that are not live are left out. */
static void read_row(struct reading *r, struct str key, int64_t course_id, int64_t weight)
{
	if (!r->key.n || !str_eq(buf_get(&r->key), key)) {
		end_word(r);
		buf_init(&r->key, r->arena, key.n);
		buf_str(&r->key, key);
	}
	if (catalogue_find(r->q->catalogue, &r->at, course_id))
		*ARENA_PUSH(r->arena, r->list.v, r->list.n) = (struct hit){ (uint32_t)r->at, (float)weight };
}

static enum err whole_row(struct ctx *cx, void *arg, const void *row)
{
	const struct search_hits_of_row *r = row;
	(void)cx;
	read_row(arg, r->word, r->course_id, r->weight);
	return OK;
}

static enum err fetch_batch(struct question *q, const struct str *w, size_t n_words)
{
	struct reading r = { .q = q, .arena = arena_new() };
	struct str b[BATCH];
	for (size_t i = 0; i < BATCH; i++)
		b[i] = i < n_words ? w[i] : STR_NONE;
	enum err e = search_sql_hits_of(q->cx, b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15], b[16], b[17], b[18], b[19],
					b[20], b[21], b[22], b[23], b[24], b[25], b[26], b[27], b[28], b[29], b[30], b[31], whole_row, &r);
	if (e == OK)
		end_word(&r);
	arena_free(r.arena);
	return e;
}

/* Those among the words of a query that the index lacks stay unknown, so that typing nonsense fills no memory. */
static enum err fetch(struct question *q, const struct str *words, size_t n)
{
	struct str batch[BATCH];
	struct list l;
	size_t filled = 0;
	for (size_t i = 0; i < n; i++) {
		bool before = catalogue_kept(q->catalogue, words[i], &l);
		for (size_t k = 0; !before && k < i; k++)
			before = str_eq(words[k], words[i]);
		if (!before)
			batch[filled++] = words[i];
		if (filled == BATCH || (i + 1 == n && filled)) {
			TRY(fetch_batch(q, batch, filled));
			filled = 0;
		}
	}
	return OK;
}

struct str search_end(struct arena *a, struct str stem)
{
	bool beginnings = utf8_length(stem) >= (utf8_is_ascii(stem) ? (size_t)BEGINNING_LEAST : (size_t)BEGINNING_LEAST_INDIC);
	return str_fmt(a, beginnings ? "%.*s\xf4\x8f\xbf\xbf" : "%.*s\x01", STR_ARG(stem));
}

/* Where a word or its beginnings stand is kept under a name that no word has. */
static struct str key_of(struct question *q, struct str stem)
{
	return str_fmt(q->cx->arena, "%.*s*", STR_ARG(stem));
}

static enum err own_row(struct ctx *cx, void *arg, const void *row)
{
	const struct search_hits_row *r = row;
	struct reading *reading = arg;
	(void)cx;
	read_row(reading, reading->q->term[r->term].key, r->course_id, r->weight);
	return OK;
}

/* The words themselves, and what begins with them. */
static enum err fetch_own(struct question *q)
{
	struct reading r = { .q = q };
	struct str low[QUERY_WORDS_MAX], high[QUERY_WORDS_MAX];
	size_t missing = 0;
	for (size_t i = 0; i < QUERY_WORDS_MAX; i++) {
		struct term *t = &q->term[i];
		low[i] = high[i] = STR_NONE;
		if (i < q->n_terms)
			t->key = key_of(q, t->stem);
		if (i >= q->n_terms || catalogue_kept(q->catalogue, t->key, &t->list))
			continue;
		low[i] = t->stem;
		high[i] = search_end(q->cx->arena, t->stem);
		missing++;
	}
	if (!missing)
		return OK;
	r.arena = arena_new();
	enum err e = search_sql_hits(q->cx, low[0], high[0], low[1], high[1], low[2], high[2], low[3], high[3], low[4], high[4], low[5], high[5], low[6], high[6], low[7], high[7],
				     own_row, &r);
	if (e == OK)
		end_word(&r);
	arena_free(r.arena);
	for (size_t i = 0; e == OK && i < q->n_terms; i++)
		catalogue_kept(q->catalogue, q->term[i].key, &q->term[i].list);
	return e;
}

/* ── what sounds the same, and slips ── */

static void add_like(struct term *t, struct str word)
{
	for (size_t i = 0; i < t->n_like; i++)
		if (str_eq(t->like[i], word))
			return;
	if (t->n_like < LIKE_MAX)
		t->like[t->n_like++] = word;
}

static void add_slip(struct term *t, struct str word)
{
	for (size_t i = 0; i < t->n_slip; i++)
		if (str_eq(t->slip[i], word))
			return;
	if (t->n_slip < LIKE_MAX && search_one_typo(word, t->stem))
		t->slip[t->n_slip++] = word;
}

static bool among(const struct str *v, size_t n, struct str s)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].p && str_eq(v[i], s))
			return true;
	return false;
}

/* Words near to those of the query: by sound for all, by a slip for those that nobody has typed right. */
static enum err find_near(struct question *q)
{
	struct str sound[QUERY_WORDS_MAX], f[FORGIVEN * TYPO_FORMS] = { 0 };
	struct term *forgiven[FORGIVEN];
	struct search_near_row *rows;
	size_t n, n_forgiven = 0;
	for (size_t i = 0; i < QUERY_WORDS_MAX; i++) {
		sound[i] = i < q->n_terms ? search_sound(q->cx->arena, q->term[i].plain) : STR_NONE;
		if (sound[i].n < SOUND_LEAST)
			sound[i] = STR_NONE;
		if (i < q->n_terms && !q->term[i].list.n && !has_same(q, i) && n_forgiven < FORGIVEN &&
		    search_typo_forms(q->cx->arena, q->term[i].stem, f + n_forgiven * TYPO_FORMS))
			forgiven[n_forgiven++] = &q->term[i];
	}
	TRY(search_sql_near(q->cx, sound[0], sound[1], sound[2], sound[3], sound[4], sound[5], sound[6], sound[7], f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8], f[9],
			    f[10], f[11], f[12], f[13], f[14], f[15], f[16], f[17], f[18], f[19], f[20], f[21], f[22], f[23], f[24], f[25], f[26], f[27], f[28], f[29], f[30],
			    f[31], &rows, &n));
	for (size_t k = 0; k < n; k++) {
		for (size_t i = 0; !rows[k].slip && i < q->n_terms; i++)
			if (sound[i].p && str_eq(rows[k].key, sound[i]) && utf8_is_ascii(rows[k].word) != utf8_is_ascii(q->term[i].stem))
				add_like(&q->term[i], rows[k].word);
		for (size_t i = 0; rows[k].slip && i < n_forgiven; i++)
			if (among(f + i * TYPO_FORMS, TYPO_FORMS, rows[k].key))
				add_slip(forgiven[i], rows[k].word);
	}
	return OK;
}

/* The words beside those of the query: first what means the same, then what may have been meant, then what sounds alike; so many as two
 * statements fetch. */
static enum err fetch_others(struct question *q)
{
	struct str w[OTHERS];
	size_t n = 0;
	for (size_t i = 0; i < q->n_slots; i++)
		for (size_t k = 0; k < q->slot[i].n_same; k++)
			for (size_t m = 0; m < q->slot[i].same[k].n && n < OTHERS; m++)
				w[n++] = q->slot[i].same[k].v[m];
	for (size_t round = 0; round < LIKE_MAX; round++)
		for (size_t i = 0; i < q->n_terms; i++) {
			const struct term *t = &q->term[i];
			if (round < t->n_slip && n < OTHERS)
				w[n++] = t->slip[round];
			if (round < t->n_like && n < OTHERS)
				w[n++] = t->like[round];
		}
	return fetch(q, w, n);
}

static void join_likes(struct question *q, struct term *t)
{
	for (size_t i = 0; i < t->n_like; i++)
		t->list = either(q, t->list, posting_of(q, t->like[i]), SEARCH_SOUND);
}

/* The likeliest of the words one slip away is told. */
static void forgive(struct question *q, struct term *t)
{
	size_t most = 0;
	for (size_t i = 0; i < t->n_slip; i++) {
		struct list l = posting_of(q, t->slip[i]);
		t->list = either(q, t->list, l, SEARCH_TYPO);
		if (l.n > most) {
			most = l.n;
			t->instead = t->slip[i];
		}
	}
}

/* ── the answer ── */

static struct list answer_of(struct question *q, const struct slot *s)
{
	struct list r = q->term[s->from].list;
	for (size_t i = 1; i < s->n; i++)
		r = both(q, r, q->term[s->from + i].list);
	for (size_t i = 0; i < s->n_same; i++) {
		const struct phrase *p = &s->same[i];
		struct list l = posting_of(q, p->v[0]);
		for (size_t k = 1; k < p->n; k++)
			l = both(q, l, posting_of(q, p->v[k]));
		r = either(q, r, l, utf8_is_ascii(p->v[0]) == utf8_is_ascii(q->term[s->from].stem) ? SEARCH_SAME : SEARCH_SAME_ELSEWHERE);
	}
	return r;
}

static struct str corrected(const struct question *q)
{
	struct buf b;
	bool any = false;
	buf_init(&b, q->cx->arena, 4000);
	for (size_t i = 0; i < q->n_terms; i++) {
		if (i)
			buf_char(&b, ' ');
		buf_str(&b, q->term[i].instead.p ? q->term[i].instead : q->term[i].plain);
		any = any || q->term[i].instead.p;
	}
	return any ? buf_get(&b) : STR_NONE;
}

static void add_way(struct question *q, struct search_found *ret, unsigned place, const struct str *v, size_t n, bool beginnings)
{
	struct search_way *w = ARENA_PUSH(q->cx->arena, ret->ways, ret->n_ways);
	*w = (struct search_way){ .place = place, .beginnings = beginnings };
	for (; w->n < n && w->n < SEARCH_PHRASE_MAX; w->n++)
		w->v[w->n] = v[w->n];
}

static void add_ways(struct question *q, unsigned place, struct search_found *ret)
{
	const struct slot *s = &q->slot[place];
	struct term *t = &q->term[s->from];
	struct str own[SEARCH_PHRASE_MAX];
	for (size_t i = 0; i < s->n; i++)
		own[i] = t[i].stem;
	add_way(q, ret, place, own, s->n, true);
	for (size_t i = 0; i < s->n_same; i++)
		add_way(q, ret, place, s->same[i].v, s->same[i].n, false);
	for (size_t i = 0; s->n == 1 && i < t->n_like; i++)
		add_way(q, ret, place, &t->like[i], 1, false);
	for (size_t i = 0; s->n == 1 && t->instead.p && i < t->n_slip; i++)
		add_way(q, ret, place, &t->slip[i], 1, false);
}

enum err search_courses(struct ctx *cx, struct catalogue *catalogue, struct str query, struct search_found *ret)
{
	struct question *q = ARENA_NEW(cx->arena, struct question);
	struct list all = { 0 };
	*ret = (struct search_found){ 0 };
	q->cx = cx;
	q->catalogue = catalogue;
	take_words(q, query);
	ret->n_words = q->n_terms;
	if (!q->n_terms)
		return OK;
	make_slots(q);
	TRY(fetch_own(q));
	TRY(find_near(q));
	TRY(fetch_others(q));
	for (size_t i = 0; i < q->n_terms; i++) {
		join_likes(q, &q->term[i]);
		if (!q->term[i].list.n)
			forgive(q, &q->term[i]);
	}
	for (unsigned i = 0; i < q->n_slots; i++)
		add_ways(q, i, ret);
	for (size_t i = 0; i < q->n_slots; i++)
		all = i ? both(q, all, answer_of(q, &q->slot[i])) : answer_of(q, &q->slot[i]);
	ret->n_places = q->n_slots;
	ret->hits = all;
	ret->corrected = corrected(q);
	return OK;
}
