/* Sockets of those who listen; see listen_wire.h.
 *
 * Places and lines belong to the wire's thread alone, but for the table of places, which others read under the lock. What others bring (lines, messages,
 * people to be judged again) waits in lists until an eventfd wakes the thread. */
#include "web/listen_wire.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS = 512, PLACES = 1024, RECENT = 1024, QUIET_S = 25, SEND_BUFFER = 32768 };

/* One event as it goes over the line. Counted by who holds it; only the wire's thread counts. */
struct shared {
	struct shared *next; /* while it waits for the thread */
	unsigned held;
	int64_t id;   /* NONE: a state */
	uint64_t key; /* of a state */
	bool moderators;
	char topic[LISTEN_TOPIC_MAX + 1];
	size_t n;
	char bytes[];
};
struct line {
	struct line *next, *before; /* of the same place */
	struct place *place;
	struct shared *own;	   /* said to this one alone, before all else: the head and what was missed */
	int64_t person_id, judged; /* judged: the newest row at that time */
	uint64_t address;
	uint32_t turn;	    /* the next message of the place */
	uint32_t offset;    /* bytes of the present one that are sent */
	uint32_t ends_s;    /* second at which it is closed to be judged again */
	uint32_t blocked_s; /* second since which the socket takes nothing; 0: it does */
	int fd;
	bool moderator, dead;
};
struct place {
	struct place *chain;
	struct line *lines;
	size_t n;
	uint32_t turn; /* of the next message */
	uint32_t told_s;
	struct shared *ring[LISTEN_RING];
	struct shared *states[LISTEN_STATES];
	size_t n_states;
	char topic[LISTEN_TOPIC_MAX + 1];
};
struct joining {
	struct joining *next;
	struct line *line;
	int64_t last;
	char topic[LISTEN_TOPIC_MAX + 1];
	struct str missed;
};
struct again {
	struct again *next;
	int64_t person_id, before;
};
struct wire {
	void (*gone)(void *arg, int64_t person_id, uint64_t address);
	void *arg;
	int epoll, wake;
	pthread_t thread;
	pthread_mutex_t lock;
	struct place *places[PLACES];
	struct joining *joining;
	struct shared *told, **told_end;
	struct again *again;
	bool closing, ending;
	/* the thread's own */
	uint32_t now_s;
	struct shared *recent[RECENT]; /* rows of all places: for who joins after they were told and read before they were there */
	size_t n_recent;
	struct line *dead;
	struct shared *quiet; /* the comment of a silent line */
};

static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-store\r\nX-Accel-Buffering: no\r\n"
			   "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n";

/* ── shared messages ── */

static struct shared *shared_new(struct str topic, struct str bytes)
{
	struct shared *m = calloc(1, sizeof *m + bytes.n);
	BUG_IF(!m || topic.n > LISTEN_TOPIC_MAX);
	memcpy(m->topic, topic.p ? topic.p : "", topic.n);
	memcpy(m->bytes, bytes.p, bytes.n);
	m->n = bytes.n;
	m->id = NONE;
	return m;
}

static struct shared *hold(struct shared *m)
{
	m->held++;
	return m;
}

static void let_go(struct shared *m)
{
	if (m && --m->held == 0)
		free(m);
}

/* ── places ── */

/* FNV-1a: the names are ours, not strangers'. */
static uint64_t hash_of(struct str s)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * UINT64_C(0x100000001b3);
	return h;
}

static struct place **place_at(struct wire *w, struct str topic)
{
	struct place **p = &w->places[hash_of(topic) % PLACES];
	while (*p && !str_is(topic, (*p)->topic))
		p = &(*p)->chain;
	return p;
}

static struct place *place_for(struct wire *w, struct str topic)
{
	struct place **at = place_at(w, topic);
	if (*at)
		return *at;
	struct place *p = calloc(1, sizeof *p);
	BUG_IF(!p);
	memcpy(p->topic, topic.p, topic.n);
	p->told_s = w->now_s;
	pthread_mutex_lock(&w->lock);
	*at = p;
	pthread_mutex_unlock(&w->lock);
	return p;
}

static void place_leave(struct wire *w, struct place *p)
{
	pthread_mutex_lock(&w->lock);
	*place_at(w, str_of(p->topic)) = p->chain;
	pthread_mutex_unlock(&w->lock);
	for (size_t i = 0; i < LISTEN_RING; i++)
		let_go(p->ring[i]);
	for (size_t i = 0; i < p->n_states; i++)
		let_go(p->states[i]);
	free(p);
}

/* ── lines ── */

/* Freed after the present events: one of them may still name it. */
static void line_end(struct wire *w, struct line *x)
{
	struct place *p = x->place;
	if (x->dead)
		return;
	x->dead = true;
	*(x->before ? &x->before->next : &p->lines) = x->next;
	if (x->next)
		x->next->before = x->before;
	pthread_mutex_lock(&w->lock);
	p->n--;
	pthread_mutex_unlock(&w->lock);
	let_go(x->own);
	x->own = NULL;
	close(x->fd);
	w->gone(w->arg, x->person_id, x->address);
	x->next = w->dead;
	w->dead = x;
}

static void bury(struct wire *w)
{
	for (struct line *x = w->dead, *next; x; x = next) {
		next = x->next;
		free(x);
	}
	w->dead = NULL;
}

static void watch(struct wire *w, struct line *x, bool blocked)
{
	struct epoll_event e = { .events = EPOLLIN | EPOLLRDHUP | (blocked ? EPOLLOUT : 0U), .data.ptr = x };
	if (blocked != (x->blocked_s != 0))
		epoll_ctl(w->epoll, EPOLL_CTL_MOD, x->fd, &e);
	x->blocked_s = !blocked ? 0 : x->blocked_s ? x->blocked_s : w->now_s;
}

static struct shared *next_of(struct line *x)
{
	if (x->own)
		return x->own;
	for (; x->turn != x->place->turn; x->turn++) {
		struct shared *m = x->place->ring[x->turn % LISTEN_RING];
		if (!m->moderators || x->moderator)
			return m;
	}
	return NULL;
}

static void line_send(struct wire *w, struct line *x)
{
	for (struct shared *m; (m = next_of(x));) {
		ssize_t n = send(x->fd, m->bytes + x->offset, m->n - x->offset, MSG_DONTWAIT | MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
			watch(w, x, true);
			return;
		}
		if (n < 0) {
			line_end(w, x);
			return;
		}
		x->offset += (uint32_t)n;
		if (x->offset < m->n)
			continue;
		x->offset = 0;
		if (x->own == m) {
			let_go(m);
			x->own = NULL;
		} else {
			x->turn++;
		}
	}
	watch(w, x, false);
}

/* "Come again", as far as the socket takes it. */
static void line_bye(struct wire *w, struct line *x, unsigned ms)
{
	char text[40];
	uint16_t chance;
	random_bytes(&chance, sizeof chance);
	int n = snprintf(text, sizeof text, "retry: %u\n\n", ms + chance % (9 * ms));
	if (!x->own && !x->offset)
		(void)!send(x->fd, text, (size_t)n, MSG_DONTWAIT | MSG_NOSIGNAL);
	line_end(w, x);
}

/* ── telling ── */

static void tell_place(struct wire *w, struct place *p, struct shared *m)
{
	struct shared **at = &p->ring[p->turn % LISTEN_RING];
	for (struct line *x = p->lines, *next; *at && x; x = next) {
		next = x->next;
		if (p->turn - x->turn >= LISTEN_RING)
			line_end(w, x);
	}
	let_go(*at);
	*at = hold(m);
	p->turn++;
	p->told_s = w->now_s;
	for (struct line *x = p->lines, *next; x; x = next) {
		next = x->next;
		if (!x->blocked_s)
			line_send(w, x);
	}
}

/* False: it stands so already. */
static bool keep_state(struct place *p, struct shared *m)
{
	size_t i = 0;
	while (i < p->n_states && p->states[i]->key != m->key)
		i++;
	struct shared *old = i < p->n_states ? p->states[i] : NULL;
	if (old && old->n == m->n && memcmp(old->bytes, m->bytes, m->n) == 0)
		return false;
	if (i == LISTEN_STATES)
		return true; /* told, but not to who comes later */
	p->n_states += i == p->n_states;
	p->states[i] = hold(m);
	let_go(old);
	return true;
}

static void tell(struct wire *w, struct shared *m)
{
	struct place *p = *place_at(w, str_of(m->topic));
	hold(m);
	if (m->id != NONE) {
		let_go(w->recent[w->n_recent % RECENT]);
		w->recent[w->n_recent++ % RECENT] = hold(m);
	}
	if (p && p->lines && (m->id != NONE || keep_state(p, m)))
		tell_place(w, p, m);
	let_go(m);
}

/* ── joining ── */

static void add_shared(struct buf *b, const struct line *x, const struct shared *m)
{
	if (!m->moderators || x->moderator)
		buf_add(b, m->bytes, m->n);
}

/* The head, what was missed, what was told since that was read, and how things stand. */
static void compose(struct wire *w, struct joining *j)
{
	struct line *x = j->line;
	struct ctx cx = { .arena = arena_new() };
	struct buf b;
	buf_init(&b, cx.arena, 1 << 20);
	buf_str(&b, str_of(head));
	buf_str(&b, listen_retry(&cx, LISTEN_AGAIN));
	buf_str(&b, j->missed);
	for (size_t i = w->n_recent > RECENT ? w->n_recent - RECENT : 0; i < w->n_recent; i++) {
		const struct shared *m = w->recent[i % RECENT];
		if (m->id > j->last && strcmp(m->topic, j->topic) == 0)
			add_shared(&b, x, m);
	}
	for (size_t i = 0; i < x->place->n_states; i++)
		add_shared(&b, x, x->place->states[i]);
	x->own = hold(shared_new(str_of(j->topic), buf_get(&b)));
	arena_free(cx.arena);
}

static void join(struct wire *w, struct joining *j)
{
	struct line *x = j->line;
	struct place *p = place_for(w, str_of(j->topic));
	int one = 1, zero = 0, room = SEND_BUFFER;
	uint32_t life = (uint32_t)(LISTEN_LIFE / SECOND);
	setsockopt(x->fd, IPPROTO_TCP, TCP_CORK, &zero, sizeof zero);
	setsockopt(x->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	setsockopt(x->fd, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
	x->place = p;
	x->turn = p->turn;
	x->ends_s = w->now_s + life - (uint32_t)x->fd % (life / 4);
	x->next = p->lines;
	if (p->lines)
		p->lines->before = x;
	p->lines = x;
	pthread_mutex_lock(&w->lock);
	p->n++;
	pthread_mutex_unlock(&w->lock);
	compose(w, j);
	struct epoll_event e = { .events = EPOLLIN | EPOLLRDHUP, .data.ptr = x };
	if (epoll_ctl(w->epoll, EPOLL_CTL_ADD, x->fd, &e) != 0)
		line_end(w, x);
	else
		line_send(w, x);
}

/* ── the thread ── */

static void judge_again(struct wire *w, const struct again *a)
{
	for (size_t i = 0; i < PLACES; i++)
		for (struct place *p = w->places[i]; p; p = p->chain)
			for (struct line *x = p->lines, *next; x; x = next) {
				next = x->next;
				if (x->person_id == a->person_id && x->judged < a->before)
					line_end(w, x);
			}
}

static void all_bye(struct wire *w)
{
	for (size_t i = 0; i < PLACES; i++)
		for (struct place *p = w->places[i]; p; p = p->chain)
			while (p->lines)
				line_bye(w, p->lines, 1000);
}

/* True: it is over. */
static bool take(struct wire *w)
{
	uint64_t n;
	(void)!read(w->wake, &n, sizeof n);
	pthread_mutex_lock(&w->lock);
	struct joining *j = w->joining;
	struct shared *m = w->told;
	struct again *a = w->again;
	bool ending = w->ending, closing = w->closing;
	w->joining = NULL;
	w->told = NULL;
	w->told_end = &w->told;
	w->again = NULL;
	pthread_mutex_unlock(&w->lock);
	for (struct shared *next; m; m = next) {
		next = m->next;
		tell(w, m);
	}
	for (struct joining *next; j; j = next) {
		next = j->next;
		join(w, j);
		free((void *)(uintptr_t)j->missed.p);
		free(j);
	}
	for (struct again *next; a; a = next) {
		next = a->next;
		judge_again(w, a);
		free(a);
	}
	if (closing)
		all_bye(w);
	return ending;
}

/* A browser says nothing more on such a line: it is there or it is gone. */
static void hear(struct wire *w, struct line *x, uint32_t events)
{
	char scratch[512];
	if (x->dead)
		return;
	if (events & EPOLLOUT)
		line_send(w, x);
	if (x->dead || !(events & ~(uint32_t)EPOLLOUT))
		return;
	ssize_t n = recv(x->fd, scratch, sizeof scratch, MSG_DONTWAIT);
	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR) || (events & (EPOLLERR | EPOLLHUP)))
		line_end(w, x);
}

static void look_after(struct wire *w, struct place *p)
{
	if (w->now_s - p->told_s >= QUIET_S)
		tell_place(w, p, w->quiet);
	for (struct line *x = p->lines, *next; x; x = next) {
		next = x->next;
		if (x->blocked_s && w->now_s - x->blocked_s >= (uint32_t)(LISTEN_SLOW / SECOND))
			line_end(w, x);
		else if (w->now_s >= x->ends_s)
			line_bye(w, x, 100);
	}
}

static void each_second(struct wire *w)
{
	for (size_t i = 0; i < PLACES; i++)
		for (struct place *p = w->places[i], *next; p; p = next) {
			next = p->chain;
			look_after(w, p);
			if (!p->lines)
				place_leave(w, p);
		}
}

static uint32_t second_now(void)
{
	return (uint32_t)(clock_monotonic() / 1000000000) + 1;
}

static void *run(void *arg)
{
	struct wire *w = arg;
	struct epoll_event *e = calloc(EVENTS, sizeof *e);
	BUG_IF(!e);
	for (bool ending = false; !ending;) {
		int n = epoll_wait(w->epoll, e, EVENTS, 500);
		uint32_t before = w->now_s;
		w->now_s = second_now();
		for (int i = 0; i < n; i++)
			if (e[i].data.ptr)
				hear(w, e[i].data.ptr, e[i].events);
		ending = take(w);
		if (w->now_s != before)
			each_second(w);
		bury(w);
	}
	for (size_t i = 0; i < PLACES; i++)
		while (w->places[i])
			place_leave(w, w->places[i]);
	free(e);
	return NULL;
}

/* ── from other threads ── */

static void wake(struct wire *w)
{
	uint64_t one = 1;
	(void)!write(w->wake, &one, sizeof one);
}

void wire_join(struct wire *w, const struct wire_join *in)
{
	struct joining *j = calloc(1, sizeof *j);
	struct line *x = calloc(1, sizeof *x);
	char *missed = malloc(in->missed.n + 1);
	BUG_IF(!j || !x || !missed || in->topic.n > LISTEN_TOPIC_MAX);
	memcpy(missed, in->missed.p ? in->missed.p : "", in->missed.n);
	memcpy(j->topic, in->topic.p, in->topic.n);
	*x = (struct line){ .person_id = in->person_id, .address = in->address, .fd = in->fd, .judged = in->last, .moderator = in->moderator };
	j->line = x;
	j->last = in->last;
	j->missed = (struct str){ missed, in->missed.n };
	pthread_mutex_lock(&w->lock);
	j->next = w->joining;
	w->joining = j;
	pthread_mutex_unlock(&w->lock);
	wake(w);
}

void wire_tell(struct wire *w, const struct listen_message *in)
{
	struct arena *a = arena_new();
	struct buf b;
	buf_init(&b, a, 1 << 20);
	listen_encode(&b, in);
	struct shared *m = shared_new(in->topic, buf_get(&b));
	arena_free(a);
	m->id = in->id;
	m->key = in->id == NONE ? hash_of(in->key) : 0;
	m->moderators = in->moderators;
	pthread_mutex_lock(&w->lock);
	*w->told_end = m;
	w->told_end = &m->next;
	pthread_mutex_unlock(&w->lock);
	wake(w);
}

void wire_again(struct wire *w, int64_t person_id, int64_t before)
{
	struct again *a = calloc(1, sizeof *a);
	BUG_IF(!a);
	a->person_id = person_id;
	a->before = before;
	pthread_mutex_lock(&w->lock);
	a->next = w->again;
	w->again = a;
	pthread_mutex_unlock(&w->lock);
	wake(w);
}

bool wire_heard(struct wire *w, struct str topic)
{
	pthread_mutex_lock(&w->lock);
	const struct place *p = *place_at(w, topic);
	bool heard = p && p->n;
	pthread_mutex_unlock(&w->lock);
	return heard;
}

void wire_counts(struct wire *w, struct ctx *cx, struct listen_count **ret, size_t *ret_n)
{
	*ret = NULL;
	*ret_n = 0;
	pthread_mutex_lock(&w->lock);
	for (size_t i = 0; i < PLACES; i++)
		for (const struct place *p = w->places[i]; p; p = p->chain)
			*ARENA_PUSH(cx->arena, *ret, *ret_n) = (struct listen_count){ str_dup(cx->arena, str_of(p->topic)), (int64_t)p->n };
	pthread_mutex_unlock(&w->lock);
}

/* ── beginning and end ── */

struct wire *wire_new(void (*gone)(void *arg, int64_t person_id, uint64_t address), void *arg)
{
	struct wire *w = calloc(1, sizeof *w);
	BUG_IF(!w);
	*w = (struct wire){
		.gone = gone, .arg = arg, .epoll = epoll_create1(EPOLL_CLOEXEC), .wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), .now_s = second_now()
	};
	w->told_end = &w->told;
	w->quiet = hold(shared_new(S(""), S(":\n\n")));
	pthread_mutex_init(&w->lock, NULL);
	struct epoll_event e = { .events = EPOLLIN };
	if (w->epoll >= 0 && w->wake >= 0 && epoll_ctl(w->epoll, EPOLL_CTL_ADD, w->wake, &e) == 0 && pthread_create(&w->thread, NULL, run, w) == 0)
		return w;
	free(w);
	return NULL;
}

void wire_close(struct wire *w)
{
	pthread_mutex_lock(&w->lock);
	w->closing = true;
	pthread_mutex_unlock(&w->lock);
	wake(w);
}

void wire_free(struct wire *w)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->closing = w->ending = true;
	pthread_mutex_unlock(&w->lock);
	wake(w);
	pthread_join(w->thread, NULL);
	for (size_t i = 0; i < RECENT; i++)
		let_go(w->recent[i]);
	let_go(w->quiet);
	close(w->epoll);
	close(w->wake);
	pthread_mutex_destroy(&w->lock);
	free(w);
}
