/* Who may listen, and looking for what is new; see listen.h. The sockets are in listen_wire.c. */
#include "web/listen.h"
#include "web/listen_wire.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <time.h>

/* How many lines a person, or an address, has. */
struct crowd {
	struct crowd_place {
		uint64_t key;
		unsigned n;
	} * v;
	size_t size, used; /* size: a power of two */
};
struct listen {
	const struct listen_source *source;
	struct db_pool *pool;
	struct app *app;
	struct wire *wire;
	pthread_t looker;
	pthread_mutex_t lock; /* of all below */
	pthread_cond_t wake;
	bool ending;
	unsigned most, n;
	struct crowd persons, addresses;
	int64_t start; /* where the first look begins; 0: nobody came yet */
	/* the looking thread's own */
	int64_t process_id, highest, *seen, *seeing;
	size_t n_seen, n_seeing;
	bool blind, first; /* first: since nobody listened */
	unsigned char salt[crypto_shorthash_KEYBYTES];
};

/* ── ceilings ── */

static struct crowd_place *place_of(const struct crowd *c, uint64_t key)
{
	size_t i = (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 20) & (c->size - 1);
	while (c->v[i].key && c->v[i].key != key)
		i = (i + 1) & (c->size - 1);
	return &c->v[i];
}

/* Forgets whoever has no line any more; at least half is free afterwards. */
static void crowd_make_room(struct crowd *c)
{
	struct crowd old = *c;
	size_t living = 0;
	for (size_t i = 0; i < old.size; i++)
		living += old.v[i].n > 0;
	*c = (struct crowd){ .size = 64 };
	while (c->size < 4 * (living + 1))
		c->size *= 2;
	c->v = calloc(c->size, sizeof *c->v);
	BUG_IF(!c->v);
	for (size_t i = 0; i < old.size; i++)
		if (old.v[i].n) {
			*place_of(c, old.v[i].key) = old.v[i];
			c->used++;
		}
	free(old.v);
}

static unsigned *crowd_at(struct crowd *c, uint64_t key)
{
	if (2 * (c->used + 1) > c->size)
		crowd_make_room(c);
	struct crowd_place *p = place_of(c, key);
	c->used += !p->key;
	p->key = key;
	return &p->n;
}

static uint64_t hash(const struct listen *l, struct str s)
{
	uint64_t h;
	crypto_shorthash((unsigned char *)&h, (const unsigned char *)s.p, s.n, l->salt);
	return h ? h : 1;
}

bool listen_admit(struct listen *l, int64_t person_id, struct str address)
{
	pthread_mutex_lock(&l->lock);
	unsigned *person = crowd_at(&l->persons, (uint64_t)person_id), *from = crowd_at(&l->addresses, hash(l, address));
	bool may = !l->ending && l->n < l->most && *person < LISTEN_PERSON && *from < LISTEN_ADDRESS;
	if (may) {
		l->n++;
		++*person;
		++*from;
	}
	pthread_mutex_unlock(&l->lock);
	return may;
}

static void gone(void *arg, int64_t person_id, uint64_t address)
{
	struct listen *l = arg;
	pthread_mutex_lock(&l->lock);
	l->n--;
	--*crowd_at(&l->persons, (uint64_t)person_id);
	--*crowd_at(&l->addresses, address);
	pthread_mutex_unlock(&l->lock);
}

void listen_join(struct listen *l, int fd, const struct listen_to *to, struct str address, struct str missed)
{
	struct wire_join j = { .fd = fd,
			       .person_id = to->person_id,
			       .last = to->last,
			       .address = hash(l, address),
			       .moderator = to->moderator,
			       .topic = to->topic,
			       .missed = missed };
	wire_join(l->wire, &j);
	pthread_mutex_lock(&l->lock);
	if (!l->start)
		l->start = to->last ? to->last : 1;
	pthread_cond_signal(&l->wake);
	pthread_mutex_unlock(&l->lock);
}

/* ── messages ── */

void listen_encode(struct buf *b, const struct listen_message *m)
{
	if (m->id != NONE)
		buf_fmt(b, "id: %lld\n", (long long)m->id);
	buf_fmt(b, "event: %.*s\ndata: ", STR_ARG(m->what));
	buf_str(b, m->data);
	buf_lit(b, "\n\n");
}

struct str listen_retry(struct ctx *cx, unsigned ms)
{
	uint16_t chance;
	random_bytes(&chance, sizeof chance);
	return str_fmt(cx->arena, "retry: %u\n\n", ms + chance % ms);
}

static bool seen_before(const struct listen *l, int64_t id)
{
	size_t low = 0, high = l->n_seen;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (l->seen[middle] < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < l->n_seen && l->seen[low] == id;
}

static void note_seen(struct listen *l, int64_t id)
{
	if (!(l->n_seeing & (l->n_seeing - 1))) {
		l->seeing = realloc(l->seeing, (l->n_seeing ? 2 * l->n_seeing : 1) * sizeof *l->seeing);
		BUG_IF(!l->seeing);
	}
	l->seeing[l->n_seeing++] = id;
}

void listen_give(struct listen *l, const struct listen_message *m)
{
	struct listen_message told = *m;
	if (m->id != NONE) {
		note_seen(l, m->id);
		if (seen_before(l, m->id))
			return;
		/* What comes late bears the newest id, or a browser would ask from too early. */
		if (m->id > l->highest)
			l->highest = m->id;
		told.id = l->highest;
	}
	wire_tell(l->wire, &told);
}

void listen_again(struct listen *l, int64_t id, int64_t person_id)
{
	note_seen(l, id);
	if (seen_before(l, id))
		return;
	bool late = id < l->highest && !l->first;
	if (id > l->highest)
		l->highest = id;
	/* What became visible late may have been so after a line was judged that knows newer rows. */
	wire_again(l->wire, person_id, late ? INT64_MAX : id);
}

bool listen_heard(struct listen *l, struct str topic)
{
	return wire_heard(l->wire, topic);
}

/* ── looking ── */

struct looking {
	struct listen *l;
	int64_t after;
	bool states;
	struct listen_count *counts;
	size_t n_counts;
};

static enum err look(struct ctx *cx, void *arg)
{
	struct looking *k = arg;
	k->l->n_seeing = 0;
	return k->l->source->look(cx, k->l, k->after, k->states);
}

static enum err count(struct ctx *cx, void *arg)
{
	struct looking *k = arg;
	return k->l->source->count(cx, k->l->process_id, k->counts, k->n_counts);
}

static void look_once(struct listen *l, struct ctx *cx, bool states)
{
	struct looking k = { .l = l, .after = listen_before(l->highest, LISTEN_WINDOW), .states = states };
	bool blind = db_read(cx, look, &k) != OK; /* what was written meanwhile is found afterwards */
	if (blind && !l->blind)
		fprintf(stderr, "karmayogi cannot look for what listeners are to hear: %s\n", cx->trouble);
	l->blind = blind;
	if (blind) {
		l->highest = l->first ? 0 : l->highest;
		return;
	}
	int64_t *swap = l->seen;
	l->seen = l->seeing;
	l->n_seen = l->n_seeing;
	l->seeing = swap;
	/* The capacity of a list is the next power of two of its number: the other one starts anew. */
	free(l->seeing);
	l->seeing = NULL;
	l->n_seeing = 0;
}

static void count_once(struct listen *l, struct ctx *cx)
{
	struct looking k = { .l = l };
	wire_counts(l->wire, cx, &k.counts, &k.n_counts);
	(void)!db_write(cx, l->pool, count, &k); /* the next time says it again */
}

/* When nobody listens, until somebody comes. False: it is over. */
static bool wait_for_turn(struct listen *l)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += LISTEN_LOOK * 1000000L;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	pthread_mutex_lock(&l->lock);
	while (!l->ending && l->n && pthread_cond_timedwait(&l->wake, &l->lock, &until) == 0)
		; /* somebody came: no reason to look earlier */
	if (!l->n) {
		l->start = l->highest = 0;
		l->n_seen = 0;
	}
	while (!l->ending && !l->start)
		pthread_cond_wait(&l->wake, &l->lock);
	l->first = !l->highest;
	if (l->first)
		l->highest = l->start;
	bool on = !l->ending;
	pthread_mutex_unlock(&l->lock);
	return on;
}

static void *look_out(void *arg)
{
	struct listen *l = arg;
	struct ctx cx = { .arena = arena_new(), .app = l->app };
	int64_t counted = 0;
	for (unsigned turn = 0; wait_for_turn(l); turn++) {
		arena_reset(cx.arena);
		cx.n_failures = 0;
		cx.now = l->app->fixed_now ? l->app->fixed_now : clock_now();
		if (!cx.db && db_connect(l->pool, &cx.db) != OK) {
			cx.db = NULL;
			continue;
		}
		db_deadline(cx.db, clock_monotonic() / 1000000 + 5 * SECOND);
		look_once(l, &cx, turn % 2 == 0);
		if (clock_monotonic() / 1000000 - counted < LISTEN_COUNTED)
			continue;
		counted = clock_monotonic() / 1000000;
		count_once(l, &cx);
	}
	db_close(cx.db);
	arena_free(cx.arena);
	return NULL;
}

/* ── beginning and end ── */

struct listen *listen_new(const struct listen_source *source, struct db_pool *pool, struct app *app, unsigned most)
{
	struct listen *l = calloc(1, sizeof *l);
	BUG_IF(!l);
	*l = (struct listen){ .source = source, .pool = pool, .app = app, .most = most };
	struct ctx cx = { .app = app };
	l->process_id = new_id(&cx);
	random_bytes(l->salt, sizeof l->salt);
	pthread_mutex_init(&l->lock, NULL);
	pthread_cond_init(&l->wake, NULL);
	l->wire = wire_new(gone, l);
	if (l->wire && pthread_create(&l->looker, NULL, look_out, l) == 0)
		return l;
	wire_free(l->wire);
	free(l);
	return NULL;
}

void listen_close(struct listen *l)
{
	if (!l)
		return;
	pthread_mutex_lock(&l->lock);
	l->ending = true;
	pthread_cond_broadcast(&l->wake);
	pthread_mutex_unlock(&l->lock);
	wire_close(l->wire);
}

void listen_free(struct listen *l)
{
	if (!l)
		return;
	listen_close(l);
	pthread_join(l->looker, NULL);
	wire_free(l->wire);
	pthread_mutex_destroy(&l->lock);
	pthread_cond_destroy(&l->wake);
	free(l->persons.v);
	free(l->addresses.v);
	free(l->seen);
	free(l->seeing);
	free(l);
}
