/* The live courses in memory; see catalogue.h. */
#include "feature/search/catalogue.h"
#include "feature/search/search.h"

#include <pthread.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

/* So few are sorted at once. */
enum { ORDER_WHOLE = 24 };

struct kept_words {
	struct str key;
	struct list list;
};
struct catalogue_keeping {
	struct catalogue shown;
	struct arena *arena;
	int64_t generation;
	unsigned holders; /* under the place's lock; the place itself is one */
	pthread_mutex_t lock; /* of what follows */
	void *tree;           /* kept_words by key; see tsearch(3) */
	size_t bytes;
};
struct catalogue_place {
	struct arena *arena;
	pthread_mutex_t lock;
	struct catalogue *now; /* NULL: none yet */
};

/* ── reading ── */

static int by_text(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* Sorted, each once. */
static void settle(struct names *s)
{
	size_t n = 0;
	if (s->n)
		qsort(s->v, s->n, sizeof *s->v, by_text);
	for (size_t i = 0; i < s->n; i++)
		if (!n || !str_eq(s->v[n - 1], s->v[i]))
			s->v[n++] = s->v[i];
	s->n = n;
}

static uint32_t place_of(const struct names *s, struct str name)
{
	const struct str *p = bsearch(&name, s->v, s->n, sizeof name, by_text);
	return (uint32_t)(p - s->v);
}

static int by_rank(const void *a, const void *b, void *arg)
{
	const struct catalogue_course *v = arg, *x = &v[*(const uint32_t *)a], *y = &v[*(const uint32_t *)b];
	int c = str_cmp(x->title, y->title);
	return c ? c : (x->id > y->id) - (x->id < y->id);
}

/* What is read, with the memory it goes to: that of the request is taken back after each row. */
struct making {
	struct catalogue *c;
	struct arena *arena;
	struct named {
		size_t at; /* of the course */
		struct str name;
	} *topics;
	size_t n_topics, at;
	struct str *langs, *providers; /* of the courses */
	size_t n_langs, n_providers;
};

static enum err course_row(struct ctx *cx, void *arg, const void *row)
{
	const struct search_every_course_row *r = row;
	struct making *m = arg;
	(void)cx;
	if (m->c->n == CATALOGUE_MAX)
		return OK;
	*ARENA_PUSH(m->arena, m->langs, m->n_langs) = str_dup(m->arena, r->lang);
	*ARENA_PUSH(m->arena, m->providers, m->n_providers) = str_dup(m->arena, r->provider);
	*ARENA_PUSH(m->arena, m->c->v, m->c->n) =
		(struct catalogue_course){ .id = r->id, .ms = r->ms, .bytes = r->bytes, .n_resources = r->n_resources, .title = str_dup(m->arena, r->title) };
	return OK;
}

static struct names names_of(struct arena *a, const struct str *v, size_t n)
{
	struct names s = { ARENA_ARRAY(a, struct str, n + 1), n };
	for (size_t i = 0; i < n; i++)
		s.v[i] = v[i];
	settle(&s);
	return s;
}

static void order_courses(struct making *m)
{
	struct catalogue *c = m->c;
	c->langs = names_of(m->arena, m->langs, m->n_langs);
	c->providers = names_of(m->arena, m->providers, m->n_providers);
	c->by_title = ARENA_ARRAY(m->arena, uint32_t, c->n + 1);
	for (size_t i = 0; i < c->n; i++) {
		c->v[i].lang = place_of(&c->langs, m->langs[i]);
		c->v[i].provider = place_of(&c->providers, m->providers[i]);
		c->by_title[i] = (uint32_t)i;
	}
	if (c->n)
		qsort_r(c->by_title, c->n, sizeof *c->by_title, by_rank, c->v);
	for (size_t i = 0; i < c->n; i++)
		c->v[c->by_title[i]].rank = (uint32_t)i;
}

static enum err topic_row(struct ctx *cx, void *arg, const void *row)
{
	const struct search_every_topic_row *r = row;
	struct making *m = arg;
	(void)cx;
	if (catalogue_find(m->c, &m->at, r->course_id))
		*ARENA_PUSH(m->arena, m->topics, m->n_topics) = (struct named){ m->at, str_dup(m->arena, r->topic) };
	return OK;
}

static void order_topics(struct making *m)
{
	struct catalogue *c = m->c;
	struct str *all = ARENA_ARRAY(m->arena, struct str, m->n_topics + 1);
	uint32_t *places = ARENA_ARRAY(m->arena, uint32_t, m->n_topics + 1);
	for (size_t i = 0; i < m->n_topics; i++)
		all[i] = m->topics[i].name;
	c->topics = names_of(m->arena, all, m->n_topics);
	for (size_t i = 0; i < m->n_topics; i++) {
		struct catalogue_course *k = &c->v[m->topics[i].at];
		places[i] = place_of(&c->topics, m->topics[i].name);
		if (!k->n_topics)
			k->topics = places + i;
		k->n_topics++;
	}
}

/* What the tree points to is the arena's. */
static void nothing(void *kept)
{
	(void)kept;
}

static void unmake(struct catalogue *c)
{
	struct catalogue_keeping *w = c->keeping;
	tdestroy(w->tree, nothing);
	pthread_mutex_destroy(&w->lock);
	arena_free(w->arena);
}

static enum err make(struct ctx *cx, int64_t generation, struct catalogue **ret)
{
	struct arena *a = arena_new();
	struct catalogue_keeping *w = ARENA_NEW(a, struct catalogue_keeping);
	*w = (struct catalogue_keeping){ .arena = a, .generation = generation, .holders = 1 };
	pthread_mutex_init(&w->lock, NULL);
	w->shown.keeping = w;
	struct making m = { .c = &w->shown, .arena = a };
	enum err e = search_sql_every_course(cx, course_row, &m);
	order_courses(&m);
	if (e == OK)
		e = search_sql_every_topic(cx, topic_row, &m);
	order_topics(&m);
	*ret = &w->shown;
	if (e != OK)
		unmake(&w->shown);
	return e;
}

/* ── holding ── */

struct catalogue_place *catalogue_place_new(void)
{
	struct arena *a = arena_new();
	struct catalogue_place *p = ARENA_NEW(a, struct catalogue_place);
	p->arena = a;
	pthread_mutex_init(&p->lock, NULL);
	return p;
}

void catalogue_place_free(struct catalogue_place *p)
{
	if (!p)
		return;
	if (p->now)
		unmake(p->now);
	pthread_mutex_destroy(&p->lock);
	arena_free(p->arena);
}

/* Under the lock of the place. */
static void let_go(struct catalogue *c)
{
	if (c && --c->keeping->holders == 0)
		unmake(c);
}

static struct catalogue *take_kept(struct catalogue_place *p, int64_t generation)
{
	struct catalogue *c = NULL;
	pthread_mutex_lock(&p->lock);
	if (p->now && p->now->keeping->generation == generation) {
		c = p->now;
		c->keeping->holders++;
	}
	pthread_mutex_unlock(&p->lock);
	return c;
}

/* One that is older than what is kept serves its own request alone. */
static void offer(struct catalogue_place *p, struct catalogue *c)
{
	pthread_mutex_lock(&p->lock);
	if (!p->now || p->now->keeping->generation < c->keeping->generation) {
		let_go(p->now);
		p->now = c;
		c->keeping->holders++;
	}
	pthread_mutex_unlock(&p->lock);
}

enum err catalogue_hold(struct ctx *cx, struct catalogue **ret)
{
	struct catalogue_place *p = cx->app ? cx->app->catalogue : NULL;
	struct search_generation_row row = { 0 };
	bool found;
	TRY(search_sql_generation(cx, &row, &found));
	if (p && (*ret = take_kept(p, row.generation)))
		return OK;
	TRY(make(cx, row.generation, ret));
	if (p)
		offer(p, *ret);
	return OK;
}

static bool is_full(struct catalogue *c)
{
	pthread_mutex_lock(&c->keeping->lock);
	bool full = c->keeping->bytes > CATALOGUE_KEEP_MAX;
	pthread_mutex_unlock(&c->keeping->lock);
	return full;
}

void catalogue_release(struct ctx *cx, struct catalogue *c)
{
	struct catalogue_place *p = cx->app ? cx->app->catalogue : NULL;
	if (!p) {
		unmake(c);
		return;
	}
	pthread_mutex_lock(&p->lock);
	if (c == p->now && is_full(c)) {
		p->now = NULL;
		let_go(c);
	}
	let_go(c);
	pthread_mutex_unlock(&p->lock);
}

/* ── order ── */

static int by_score(const void *a, const void *b, void *arg)
{
	const struct catalogue *c = arg;
	const struct hit *x = a, *y = b;
	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	return (c->v[x->at].rank > c->v[y->at].rank) - (c->v[x->at].rank < c->v[y->at].rank);
}

/* Hoare's selection (Find, 1961) until what is left is hardly more than is wanted: of thousands one page is shown. */
void catalogue_order(const struct catalogue *c, struct hit *v, size_t n, size_t first)
{
	void *arg = (void *)(uintptr_t)c;
	size_t left = n, want = first < n ? first : n;
	while (left > 2 * want && left > ORDER_WHOLE) {
		struct hit pivot = v[left / 2];
		size_t i = 0, k = left - 1;
		for (;; i++, k--) {
			while (by_score(&v[i], &pivot, arg) < 0)
				i++;
			while (by_score(&v[k], &pivot, arg) > 0)
				k--;
			if (i >= k)
				break;
			struct hit t = v[i];
			v[i] = v[k];
			v[k] = t;
		}
		if (k + 1 < want)
			break;
		left = k + 1;
	}
	if (left)
		qsort_r(v, left, sizeof *v, by_score, arg);
}

/* ── words ── */

bool catalogue_kept(struct catalogue *c, struct str key, struct list *ret)
{
	struct catalogue_keeping *w = c->keeping;
	const struct kept_words asked = { .key = key };
	pthread_mutex_lock(&w->lock);
	struct kept_words **k = tfind(&asked, &w->tree, by_text);
	if (k)
		*ret = (*k)->list;
	pthread_mutex_unlock(&w->lock);
	return k;
}

void catalogue_keep(struct catalogue *c, struct str key, struct list list)
{
	struct catalogue_keeping *w = c->keeping;
	const struct kept_words asked = { .key = key };
	pthread_mutex_lock(&w->lock);
	if (!tfind(&asked, &w->tree, by_text)) {
		struct kept_words *k = ARENA_NEW(w->arena, struct kept_words);
		struct hit *v = ARENA_ARRAY(w->arena, struct hit, list.n ? list.n : 1);
		if (list.n)
			memcpy(v, list.v, list.n * sizeof *v);
		*k = (struct kept_words){ str_dup(w->arena, key), { v, list.n } };
		tsearch(k, &w->tree, by_text);
		w->bytes += sizeof *k + key.n + list.n * sizeof *v;
	}
	pthread_mutex_unlock(&w->lock);
}
