/* Questions to the index; see search.h.
 *
 * A query is a row of slots: one word each, or the words of a phrase that has others of the same meaning. Each slot gives a list of courses in
 * the order of ids; the answer is what stands in all lists. */
#include "base/utf8.h"
#include "feature/search/search.h"
#include "feature/search/word.h"

#include <math.h>
#include <stdlib.h>

enum { PHRASE_MAX = 4, LIKE_MAX = 8, BATCH = 16, SOUND_LEAST = 3 };

struct list {
	struct hit *v; /* by course_id */
	size_t n;
};
/* What else a word may be. */
struct like {
	struct str word;
	double factor;
};
struct term {
	struct str plain, stem;
	struct like like[LIKE_MAX];
	size_t n_like;
	struct list list;
	struct str instead; /* taken for a slip; absent: none */
};
struct phrase {
	struct str v[PHRASE_MAX]; /* stems */
	size_t n;
};
struct slot {
	size_t from, n; /* terms */
	struct phrase same[SEARCH_SAME_MAX];
	size_t n_same;
};
struct posting {
	struct str word;
	struct list list;
};
struct question {
	struct ctx *cx;
	double live;
	struct term term[QUERY_WORDS_MAX];
	size_t n_terms;
	struct slot slot[QUERY_WORDS_MAX];
	size_t n_slots;
	struct posting *posting; /* in the order of words */
	size_t n_postings;
};

/* ── lists ── */

static void add(struct question *q, struct list *l, int64_t course_id, double score)
{
	*ARENA_PUSH(q->cx->arena, l->v, l->n) = (struct hit){ course_id, score };
}

/* In both, scores added. */
static struct list both(struct question *q, struct list a, struct list b)
{
	struct list r = { 0 };
	for (size_t i = 0, k = 0; i < a.n && k < b.n;) {
		if (a.v[i].course_id == b.v[k].course_id) {
			add(q, &r, a.v[i].course_id, a.v[i].score + b.v[k].score);
			i++;
			k++;
		} else if (a.v[i].course_id < b.v[k].course_id) {
			i++;
		} else {
			k++;
		}
	}
	return r;
}

/* In either, the better score; those of b times a factor. */
static struct list either(struct question *q, struct list a, struct list b, double factor)
{
	struct list r = { 0 };
	for (size_t i = 0, k = 0; i < a.n || k < b.n;) {
		bool has_a = i < a.n && (k >= b.n || a.v[i].course_id <= b.v[k].course_id);
		bool has_b = k < b.n && (i >= a.n || b.v[k].course_id <= a.v[i].course_id);
		int64_t id = has_a ? a.v[i].course_id : b.v[k].course_id;
		double x = has_a ? a.v[i++].score : 0, y = has_b ? factor * b.v[k++].score : 0;
		add(q, &r, id, x > y ? x : y);
	}
	return r;
}

static double rarity(const struct question *q, size_t n)
{
	return log(1 + q->live / (double)(n ? n : 1));
}

static bool is_ascii(struct str w)
{
	for (size_t i = 0; i < w.n; i++)
		if ((unsigned char)w.p[i] >= 0x80)
			return false;
	return true;
}

/* ── the words ── */

static enum err take_words(struct question *q, struct str query)
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
	return OK;
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
	while (p.n < PHRASE_MAX && str_cut(&rest, ' ', &word))
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

/* ── what sounds the same ── */

static void add_like(struct term *t, struct str word, double factor)
{
	for (size_t i = 0; i < t->n_like; i++)
		if (str_eq(t->like[i].word, word))
			return;
	if (t->n_like < LIKE_MAX)
		t->like[t->n_like++] = (struct like){ word, factor };
}

static enum err add_sounds(struct question *q)
{
	struct str key[QUERY_WORDS_MAX];
	struct search_sounds_row *rows;
	size_t n;
	for (size_t i = 0; i < QUERY_WORDS_MAX; i++) {
		key[i] = i < q->n_terms ? search_sound(q->cx->arena, q->term[i].plain) : STR_NONE;
		if (key[i].n < SOUND_LEAST)
			key[i] = STR_NONE;
	}
	TRY(search_sql_sounds(q->cx, key[0], key[1], key[2], key[3], key[4], key[5], key[6], key[7], &rows, &n));
	for (size_t i = 0; i < q->n_terms; i++)
		for (size_t k = 0; k < n; k++)
			if (key[i].p && str_eq(rows[k].sound, key[i]) && is_ascii(rows[k].word) != is_ascii(q->term[i].stem))
				add_like(&q->term[i], rows[k].word, SEARCH_SOUND);
	return OK;
}

/* ── where they stand ── */

static int by_word(const void *a, const void *b)
{
	return str_cmp(((const struct posting *)a)->word, ((const struct posting *)b)->word);
}

static struct list posting_of(const struct question *q, struct str word)
{
	const struct posting key = { .word = word };
	const struct posting *p = q->n_postings ? bsearch(&key, q->posting, q->n_postings, sizeof key, by_word) : NULL;
	return p ? p->list : (struct list){ 0 };
}

static enum err fetch_batch(struct question *q, const struct str *w)
{
	struct search_hits_of_row *rows;
	size_t n;
	TRY(search_sql_hits_of(q->cx, w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8], w[9], w[10], w[11], w[12], w[13], w[14], w[15], &rows, &n));
	for (size_t i = 0, k; i < n; i = k) {
		for (k = i; k < n && str_eq(rows[k].word, rows[i].word);)
			k++;
		struct posting *p = ARENA_PUSH(q->cx->arena, q->posting, q->n_postings);
		*p = (struct posting){ .word = rows[i].word };
		for (size_t m = i; m < k; m++)
			add(q, &p->list, rows[m].course_id, rarity(q, k - i) * (double)rows[m].weight);
	}
	return OK;
}

/* The postings of words, each once. */
static enum err fetch(struct question *q, struct str *words, size_t n)
{
	struct str batch[BATCH];
	size_t filled = 0;
	for (size_t i = 0; i < n; i++) {
		bool before = posting_of(q, words[i]).n > 0;
		for (size_t k = 0; !before && k < i; k++)
			before = str_eq(words[k], words[i]);
		if (!before)
			batch[filled++] = words[i];
		if (filled == BATCH || (i + 1 == n && filled)) {
			while (filled < BATCH)
				batch[filled++] = STR_NONE;
			TRY(fetch_batch(q, batch));
			filled = 0;
		}
	}
	if (q->n_postings)
		qsort(q->posting, q->n_postings, sizeof *q->posting, by_word);
	return OK;
}

static enum err fetch_others(struct question *q)
{
	struct str *words = NULL;
	size_t n = 0;
	for (size_t i = 0; i < q->n_terms; i++)
		for (size_t k = 0; k < q->term[i].n_like; k++)
			*ARENA_PUSH(q->cx->arena, words, n) = q->term[i].like[k].word;
	for (size_t i = 0; i < q->n_slots; i++)
		for (size_t k = 0; k < q->slot[i].n_same; k++)
			for (size_t m = 0; m < q->slot[i].same[k].n; m++)
				*ARENA_PUSH(q->cx->arena, words, n) = q->slot[i].same[k].v[m];
	return n ? fetch(q, words, n) : OK;
}

/* The first text that is greater than every text beginning with `word`. */
static struct str after_prefix(struct ctx *cx, struct str word)
{
	return str_fmt(cx->arena, "%.*s\xf4\x8f\xbf\xbf", STR_ARG(word));
}

/* The word itself, and what begins with it. */
static enum err fetch_own(struct question *q, struct term *t)
{
	struct search_hits_row *rows;
	size_t n;
	TRY(search_sql_hits(q->cx, t->stem, after_prefix(q->cx, t->stem), &rows, &n));
	for (size_t i = 0; i < n; i++)
		add(q, &t->list, rows[i].course_id, rarity(q, n) * (double)rows[i].weight);
	return OK;
}

static void join_likes(struct question *q, struct term *t)
{
	for (size_t i = 0; i < t->n_like; i++)
		t->list = either(q, t->list, posting_of(q, t->like[i].word), t->like[i].factor);
}

/* ── slips ── */

/* One that nobody has typed right: the likeliest of the words one slip away is told. */
static enum err forgive(struct question *q, struct term *t)
{
	struct str form[TYPO_FORMS] = { 0 }, near[LIKE_MAX];
	struct search_typos_row *rows;
	size_t n, n_near = 0, most = 0;
	if (!search_typo_forms(q->cx->arena, t->stem, form))
		return OK;
	TRY(search_sql_typos(q->cx, form[0], form[1], form[2], form[3], form[4], form[5], form[6], form[7], &rows, &n));
	for (size_t i = 0; i < n && n_near < LIKE_MAX; i++)
		if (search_one_typo(rows[i].word, t->stem))
			near[n_near++] = rows[i].word;
	if (!n_near)
		return OK;
	TRY(fetch(q, near, n_near));
	for (size_t i = 0; i < n_near; i++) {
		struct list l = posting_of(q, near[i]);
		t->list = either(q, t->list, l, SEARCH_TYPO);
		if (l.n > most) {
			most = l.n;
			t->instead = near[i];
		}
	}
	return OK;
}

static bool has_same(const struct question *q, size_t term)
{
	for (size_t i = 0; i < q->n_slots; i++)
		if (term >= q->slot[i].from && term < q->slot[i].from + q->slot[i].n)
			return q->slot[i].n_same > 0;
	return false;
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
		r = either(q, r, l, is_ascii(p->v[0]) == is_ascii(q->term[s->from].stem) ? SEARCH_SAME : SEARCH_SAME_ELSEWHERE);
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

static int by_score(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;
	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	return (x->course_id > y->course_id) - (x->course_id < y->course_id);
}

enum err search_courses(struct ctx *cx, struct str query, struct search_found *ret)
{
	struct question *q = ARENA_NEW(cx->arena, struct question);
	struct search_live_row live;
	struct list all = { 0 };
	*ret = (struct search_found){ 0 };
	q->cx = cx;
	TRY(take_words(q, query));
	ret->n_words = q->n_terms;
	if (!q->n_terms)
		return OK;
	TRY(search_sql_live(cx, &live));
	q->live = (double)live.n;
	make_slots(q);
	TRY(add_sounds(q));
	TRY(fetch_others(q));
	for (size_t i = 0; i < q->n_terms; i++) {
		TRY(fetch_own(q, &q->term[i]));
		join_likes(q, &q->term[i]);
		if (!q->term[i].list.n && !has_same(q, i))
			TRY(forgive(q, &q->term[i]));
	}
	for (size_t i = 0; i < q->n_slots; i++)
		all = i ? both(q, all, answer_of(q, &q->slot[i])) : answer_of(q, &q->slot[i]);
	if (all.n)
		qsort(all.v, all.n, sizeof *all.v, by_score);
	ret->hits = all.v;
	ret->n = all.n;
	ret->corrected = corrected(q);
	return OK;
}
