/* Pools in memory: the POOL_KEEP_MAX that were asked for last; see adaptive.h. */
#include "feature/adaptive/pool_place.h"

#include <pthread.h>
#include <stdatomic.h>

struct kept {
	struct adaptive_pool pool;
	struct arena *arena;
	atomic_uint holders; /* the place is one while it is in the list */
};
struct pool_place {
	pthread_mutex_t lock;
	struct kept *v[POOL_KEEP_MAX]; /* the one asked for last first */
	size_t n;
	struct arena *arena;
};

static void let_go(void *held)
{
	struct kept *k = held;
	if (atomic_fetch_sub(&k->holders, 1) == 1)
		arena_free(k->arena);
}

struct pool_place *pool_place_new(void)
{
	struct arena *a = arena_new();
	struct pool_place *p = ARENA_NEW(a, struct pool_place);
	p->arena = a;
	pthread_mutex_init(&p->lock, NULL);
	return p;
}

void pool_place_free(struct pool_place *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->n; i++)
		let_go(p->v[i]);
	pthread_mutex_destroy(&p->lock);
	arena_free(p->arena);
}

/* Under the lock: puts it first, holding it once more for whoever asked. */
static void put_first(struct pool_place *p, size_t at, struct kept *k)
{
	memmove(&p->v[1], &p->v[0], at * sizeof *p->v);
	p->v[0] = k;
	atomic_fetch_add(&k->holders, 1);
}

static size_t find(const struct pool_place *p, int64_t form_id)
{
	size_t i = 0;
	while (i < p->n && p->v[i]->pool.form_id != form_id)
		i++;
	return i;
}

static struct kept *take_kept(struct pool_place *p, int64_t form_id)
{
	struct kept *k = NULL;
	pthread_mutex_lock(&p->lock);
	size_t at = find(p, form_id);
	if (at < p->n) {
		k = p->v[at];
		put_first(p, at, k);
	}
	pthread_mutex_unlock(&p->lock);
	return k;
}

/* Another thread may have made the same meanwhile: then this one serves its own request alone. */
static void offer(struct pool_place *p, struct kept *k)
{
	pthread_mutex_lock(&p->lock);
	if (find(p, k->pool.form_id) == p->n) {
		if (p->n == POOL_KEEP_MAX)
			let_go(p->v[--p->n]);
		put_first(p, p->n++, k);
	}
	pthread_mutex_unlock(&p->lock);
}

static enum err make(struct ctx *cx, const struct exam_one_row *e, int64_t form_id, struct kept **ret)
{
	struct arena *own = arena_new(), *theirs = cx->arena;
	struct kept *k = ARENA_NEW(own, struct kept);
	k->arena = own;
	atomic_init(&k->holders, 1);
	cx->arena = own;
	enum err made = pool_make(cx, e, form_id, &k->pool);
	cx->arena = theirs;
	if (made == OK)
		*ret = k;
	else
		arena_free(own);
	return made;
}

enum err adaptive_pool(struct ctx *cx, const struct exam_one_row *e, int64_t form_id, const struct adaptive_pool **ret)
{
	struct pool_place *p = cx->app && !str_is(e->state, "draft") ? cx->app->pools : NULL;
	struct kept *k = p ? take_kept(p, form_id) : NULL;
	if (!k) {
		TRY(make(cx, e, form_id, &k));
		if (p)
			offer(p, k);
	}
	arena_later(cx->arena, let_go, k);
	*ret = &k->pool;
	return OK;
}
