/* What listens to encoders; see stream_run.h. */
#include "feature/stream/stream_run.h"
#include "feature/secret/secret.h"
#include "feature/stream/stream_hand.h"
#include "text/rtmp.h"
#include "web/lang.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	SENDERS = 64,
	LOOK_MS = 1000,
	SOONEST_MS = 200,
	KEY_WITHIN_MS = 10000,
	CHILD_AGAIN_MS = 3000,
	TOO_MUCH_LOOKS = 10,
	PIECE = 64 << 10,
	BACK_MOST = 32 << 10
};
enum { POLLS = 2 + SENDERS + 4 * STREAM_MOST };

static const char silent[] = N_("The encoder sent nothing for 20 seconds and was broken off. It can begin again.");
static const char too_much[] = N_("The encoder sends more than 30 Mbit in a second and was broken off. Set it to less; 2.5 Mbit is enough for 720p.");
static const char not_plain[] = N_("The encoder sends picture or sound in a form that not every browser plays. Set it to H.264 and AAC.");
static const char too_slow[] = N_("This server does not keep up with what the encoder sends. Set it to a smaller picture, or ask whoever runs the server.");
static const char no_port[] = N_("The port of this stream cannot be used on this server. What ffmpeg says of it stands in the log of the server.");

/* An encoder that speaks RTMP. */
struct sender {
	int fd; /* -1: none */
	struct arena *arena;
	struct rtmp rtmp;
	struct stream_hand *hand; /* whose key it named; NULL: none yet */
	struct stream_runner *runner;
	struct hand_bytes back;
	int64_t came_at, heard_at; /* monotonic ms */
	bool stuck;		   /* the child could not take what it sent */
};
struct stream_runner {
	struct db_pool *pool;
	struct ctx cx;
	pthread_t thread;
	int wake, listening;
	bool stop, stands_by; /* stands_by: said that the port is taken */
	int64_t looked_at;    /* monotonic ms */
	struct sender sender[SENDERS];
	struct stream_hand *hand[STREAM_MOST]; /* NULL: free */
};

static int64_t monotonic_ms(void)
{
	return clock_monotonic() / 1000000;
}

/* ── senders ── */

static void sender_end(struct sender *s)
{
	if (s->fd < 0)
		return;
	if (s->rtmp.why)
		fprintf(stderr, "stream=%lld RTMP broken off: %s\n", (long long)(s->hand ? s->hand->id : 0), s->rtmp.why);
	close(s->fd);
	s->fd = -1;
	if (s->hand)
		hand_break(s->hand);
	s->hand = NULL;
	arena_free(s->arena);
	s->arena = NULL;
}

static void senders_of_end(struct stream_runner *r, const struct stream_hand *h)
{
	for (int i = 0; i < SENDERS; i++)
		if (r->sender[i].fd >= 0 && r->sender[i].hand == h)
			sender_end(&r->sender[i]);
}

static void on_reply(void *arg, const void *p, size_t n)
{
	struct sender *s = arg;
	/* Who does not read what we answer is broken off when it is too much. */
	if (s->back.cap - s->back.n < n) {
		s->stuck = true;
		return;
	}
	memcpy(s->back.p + s->back.n, p, n);
	s->back.n += n;
}

static void on_flv(void *arg, const void *p, size_t n)
{
	struct sender *s = arg;
	if (s->hand && !hand_give(s->hand, p, n))
		s->stuck = true;
}

static void look(struct stream_runner *r);

static struct stream_hand *hand_of_key(struct stream_runner *r, struct str hash)
{
	for (int i = 0; i < STREAM_MOST; i++)
		if (r->hand[i] && !r->hand[i]->srt && secret_same(str_of(r->hand[i]->key_hash), hash))
			return r->hand[i];
	return NULL;
}

static bool on_publish(void *arg, struct str key)
{
	struct sender *s = arg;
	struct stream_runner *r = s->runner;
	struct str hash = secret_hash(&r->cx, "stream", key);
	struct stream_hand *h = hand_of_key(r, hash);
	/* One that was begun a moment ago. */
	if (!h && monotonic_ms() - r->looked_at >= SOONEST_MS) {
		look(r);
		h = hand_of_key(r, hash);
	}
	if (!h)
		return false;
	/* Who comes again while we still hold the line that broke takes its place. */
	senders_of_end(r, h);
	s->hand = h;
	return hand_begin(&r->cx, h);
}

static void sender_begin(struct stream_runner *r, int fd)
{
	struct sender *s = NULL;
	for (int i = 0; i < SENDERS && !s; i++)
		if (r->sender[i].fd < 0)
			s = &r->sender[i];
	if (!s) {
		close(fd);
		return;
	}
	*s = (struct sender){ .fd = fd, .arena = arena_new(), .runner = r, .came_at = monotonic_ms(), .heard_at = monotonic_ms() };
	s->rtmp = (struct rtmp){ .arg = s, .reply = on_reply, .publish = on_publish, .flv = on_flv };
	s->back = (struct hand_bytes){ arena_alloc(s->arena, BACK_MOST), 0, BACK_MOST };
	rtmp_begin(&s->rtmp, s->arena);
}

static void accept_all(struct stream_runner *r)
{
	int fd, on = 1;
	while ((fd = accept4(r->listening, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0) {
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
		setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
		sender_begin(r, fd);
	}
}

static bool back_flush(struct sender *s)
{
	ssize_t n = s->back.n ? send(s->fd, s->back.p, s->back.n, MSG_NOSIGNAL) : 0;
	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	memmove(s->back.p, s->back.p + n, s->back.n - (size_t)n);
	s->back.n -= (size_t)n;
	return true;
}

/* False: it is over. */
static bool sender_read(struct stream_runner *r, struct sender *s)
{
	char *piece = arena_alloc(r->cx.arena, PIECE);
	ssize_t n = recv(s->fd, piece, PIECE, 0);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	if (n == 0)
		return false;
	s->heard_at = monotonic_ms();
	bool good = rtmp_feed(&s->rtmp, piece, (size_t)n);
	/* A refusal still goes out. */
	if (!back_flush(s) || !good)
		return false;
	if (s->hand && !r->cx.app->stream_encode && (s->rtmp.picture == RTMP_OTHER || s->rtmp.sound == RTMP_OTHER)) {
		s->hand->trouble = not_plain;
		return false;
	}
	if (s->stuck && s->hand)
		s->hand->trouble = too_slow;
	return !s->stuck && !(s->hand && !hand_flush(s->hand));
}

/* The child gets to its end what was sent before the encoder stopped: its pipe is closed, and what comes out is read until it ends. */
static void sender_stopped(struct sender *s)
{
	struct stream_hand *h = s->hand;
	if (h && h->child.in >= 0) {
		hand_flush(h);
		close(h->child.in);
		h->child.in = -1;
		h->to.n = 0;
		s->hand = NULL;
	}
	sender_end(s);
}

/* ── what is to be done, from the database ── */

static struct stream_hand *hand_of_id(struct stream_runner *r, int64_t id)
{
	for (int i = 0; i < STREAM_MOST; i++)
		if (r->hand[i] && r->hand[i]->id == id)
			return r->hand[i];
	return NULL;
}

static void let_go(struct stream_runner *r, struct stream_hand *h)
{
	senders_of_end(r, h);
	for (int i = 0; i < STREAM_MOST; i++)
		if (r->hand[i] == h)
			r->hand[i] = NULL;
	hand_close(h);
	free(h);
}

static void take_in_hand(struct stream_runner *r, const struct stream_open_row *row)
{
	int i = 0;
	struct str key = stream_key(&r->cx, row->id, row->key_sealed);
	while (i < STREAM_MOST && r->hand[i])
		i++;
	if (i == STREAM_MOST || !key.p)
		return;
	struct stream_hand *h = calloc(1, sizeof *h);
	BUG_IF(!h);
	if (hand_open(&r->cx, row, key, h)) {
		r->hand[i] = h;
		return;
	}
	fprintf(stderr, "stream=%lld cannot be taken in hand: %s\n", (long long)row->id, h->trouble);
	hand_close(h);
	free(h);
}

/* Whether a row is ours to take: nobody's, of our number, or of one that has said nothing for long. */
static bool free_to_take(struct stream_runner *r, const struct stream_open_row *row)
{
	return row->node == NONE || row->node == r->cx.app->node || row->seen_at == NONE || row->seen_at < clock_now() - STREAM_LEASE;
}

static void new_key(struct stream_runner *r, struct stream_hand *h, const struct stream_open_row *row)
{
	senders_of_end(r, h);
	hand_break(h);
	h->key = str_dup(h->arena, stream_key(&r->cx, row->id, row->key_sealed));
	snprintf(h->key_hash, sizeof h->key_hash, "%.*s", STR_ARG(row->key_hash));
}

struct telling {
	struct stream_runner *r;
	struct stream_open_row *rows;
	size_t n;
	bool held[STREAM_MOST]; /* of r->hand */
	int64_t closed[STREAM_MOST];
	size_t n_closed;
};

static enum err read_open(struct ctx *cx, void *arg)
{
	struct telling *t = arg;
	return stream_sql_open(cx, &t->rows, &t->n);
}

static enum err close_one(struct ctx *cx, const struct stream_hand *h)
{
	struct str input = str_fmt(cx->arena, "%lld", (long long)h->id);
	TRY(stream_sql_close(cx, clock_now(), h->takes ? S("making") : S("none"), h->id, NULL));
	return h->takes ? job_add(cx, &(struct job_add){ .kind = "stream.record", .once = input, .input = input, .asked_by = NONE }, NULL) : OK;
}

static enum err hold_one(struct ctx *cx, const struct stream_hand *h, bool *ret_held)
{
	int64_t changed = 0, now = clock_now();
	TRY(stream_sql_hold(cx, cx->app->node, now, h->live ? S("live") : S("waiting"), h->takes, h->first_at, h->last_at, h->bytes, h->bits,
			    h->main.has_init ? h->main.hls.width : 0, h->main.has_init ? h->main.hls.height : 0, str_of(h->trouble), h->recording_us / 1000,
			    h->id, now - STREAM_LEASE, &changed));
	*ret_held = changed != 0;
	return OK;
}

static enum err tell_all(struct ctx *cx, void *arg)
{
	struct telling *t = arg;
	for (int i = 0; i < STREAM_MOST; i++)
		if (t->r->hand[i])
			TRY(hold_one(cx, t->r->hand[i], &t->held[i]));
	for (size_t i = 0; i < t->n_closed; i++)
		TRY(close_one(cx, hand_of_id(t->r, t->closed[i])));
	return OK;
}

/* How much came lately; too much for long is broken off. */
static void measure(struct stream_runner *r, struct stream_hand *h, int64_t now)
{
	int64_t ms = now - h->measured_at;
	if (ms < LOOK_MS / 2)
		return;
	int64_t bits = h->measured_at ? (h->bytes - h->measured_bytes) * 8 * 1000 / ms : 0;
	h->bits = h->live ? (h->bits ? (3 * h->bits + bits) / 4 : bits) : 0;
	h->measured_at = now;
	h->measured_bytes = h->bytes;
	h->too_much = bits > STREAM_BITS_MAX ? h->too_much + 1 : 0;
	if (h->too_much < TOO_MUCH_LOOKS)
		return;
	h->too_much = 0;
	h->trouble = too_much;
	senders_of_end(r, h);
	hand_break(h);
}

static void take_rows(struct stream_runner *r, struct telling *t)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct stream_open_row *row = &t->rows[i];
		struct stream_hand *h = hand_of_id(r, row->id);
		if (!h && free_to_take(r, row))
			take_in_hand(r, row);
		h = hand_of_id(r, row->id);
		if (!h)
			continue;
		if (!str_is(row->key_hash, h->key_hash))
			new_key(r, h, row);
		bool over = row->ended_at != NONE || (h->first_at != NONE && clock_now() - h->first_at > STREAM_LONGEST);
		if (over && t->n_closed < STREAM_MOST) {
			senders_of_end(r, h);
			hand_end(&r->cx, h);
			t->closed[t->n_closed++] = h->id;
		}
	}
}

/* What was asked for since the last look, and how all stands. */
static void look(struct stream_runner *r)
{
	struct ctx *cx = &r->cx;
	struct telling t = { .r = r };
	int64_t now = monotonic_ms();
	r->looked_at = now;
	cx->now = clock_now();
	cx->n_failures = 0;
	if (!cx->db && db_connect(r->pool, &cx->db) != OK)
		return;
	if (db_read(cx, read_open, &t) != OK)
		return;
	take_rows(r, &t);
	bool any = false;
	for (int i = 0; i < STREAM_MOST; i++)
		if (r->hand[i]) {
			measure(r, r->hand[i], now);
			any = true;
		}
	if (!any || db_write(cx, r->pool, tell_all, &t) != OK)
		return;
	for (size_t i = 0; i < t.n_closed; i++)
		let_go(r, hand_of_id(r, t.closed[i]));
	/* Another process has it. */
	for (int i = 0; i < STREAM_MOST; i++)
		if (r->hand[i] && !t.held[i])
			let_go(r, r->hand[i]);
}

/* ── the port ── */

static void listen_again(struct stream_runner *r)
{
	const struct app *a = r->cx.app;
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)a->rtmp_port) };
	int on = 1;
	if (r->listening >= 0 || !a->rtmp_port || inet_pton(AF_INET, str_c(r->cx.arena, a->stream_listen), &at.sin_addr) != 1)
		return;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(fd, (const struct sockaddr *)(const void *)&at, sizeof at) == 0 && listen(fd, 64) == 0) {
		r->listening = fd;
		return;
	}
	if (!r->stands_by)
		fprintf(stderr, "Port %lld for RTMP is taken: another process has the live streams, and this one stands by.\n", (long long)a->rtmp_port);
	r->stands_by = true;
	close(fd);
}

/* Without the port another process of this installation has the streams. */
static bool on_duty(const struct stream_runner *r)
{
	return r->listening >= 0 || !r->cx.app->rtmp_port;
}

/* ── once round ── */

static void hand_over(struct stream_runner *r, struct stream_hand *h)
{
	senders_of_end(r, h);
	hand_break(h);
}

/* SRT waits in a child; one that ended makes room for the next. */
static void tend_child(struct stream_runner *r, struct stream_hand *h, int64_t now)
{
	bool well;
	if (h->child.pid && !h->srt && now - h->heard_at > STREAM_SILENCE) {
		h->trouble = silent;
		hand_over(r, h);
	} else if (h->child.pid && h->srt && h->live && now - h->heard_at > STREAM_SILENCE) {
		h->trouble = silent;
		hand_over(r, h);
	}
	if (h->child.out >= 0 && stream_child_ended(&h->child, &well) && now - h->heard_at > SECOND) {
		if (h->srt && !well && !h->main.has_init && now - h->begun_at < CHILD_AGAIN_MS)
			h->trouble = no_port;
		hand_over(r, h);
	}
	if (h->srt && h->child.out < 0 && !h->main.hls.ended && now - h->begun_at > CHILD_AGAIN_MS / 3)
		hand_begin(&r->cx, h);
}

static void tend(struct stream_runner *r)
{
	int64_t now = monotonic_ms();
	for (int i = 0; i < SENDERS; i++) {
		struct sender *s = &r->sender[i];
		if (s->fd < 0)
			continue;
		if (!s->hand && now - s->came_at > KEY_WITHIN_MS)
			sender_end(s);
		else if (s->hand && now - s->heard_at > STREAM_SILENCE) {
			s->hand->trouble = silent;
			sender_end(s);
		}
	}
	for (int i = 0; i < STREAM_MOST; i++)
		if (r->hand[i])
			tend_child(r, r->hand[i], now);
	if (now - r->looked_at < LOOK_MS)
		return;
	listen_again(r);
	if (on_duty(r))
		look(r);
	else
		r->looked_at = now;
}

struct watching {
	struct pollfd fd[POLLS];
	struct {
		struct sender *sender;
		struct stream_hand *hand;
	} of[POLLS];
	nfds_t n;
};

static void watch(struct watching *w, int fd, short events, struct sender *s, struct stream_hand *h)
{
	if (fd < 0 || w->n == POLLS)
		return;
	w->fd[w->n] = (struct pollfd){ .fd = fd, .events = events };
	w->of[w->n].sender = s;
	w->of[w->n++].hand = h;
}

static void watch_all(struct stream_runner *r, struct watching *w)
{
	w->n = 0;
	watch(w, r->wake, POLLIN, NULL, NULL);
	watch(w, r->listening, POLLIN, NULL, NULL);
	for (int i = 0; i < SENDERS; i++) {
		struct sender *s = &r->sender[i];
		/* Nothing more is read while the child has not taken what was. */
		bool full = s->fd >= 0 && s->hand && s->hand->to.n > 0;
		watch(w, s->fd, (short)((full ? 0 : POLLIN) | (s->fd >= 0 && s->back.n ? POLLOUT : 0)), s, NULL);
	}
	for (int i = 0; i < STREAM_MOST; i++) {
		struct stream_hand *h = r->hand[i];
		if (!h)
			continue;
		watch(w, h->child.out, POLLIN, NULL, h);
		watch(w, h->child.second, POLLIN, NULL, h);
		watch(w, h->child.said, POLLIN, NULL, h);
		if (h->to.n)
			watch(w, h->child.in, POLLOUT, NULL, h);
	}
}

static bool still(const struct stream_runner *r, const struct stream_hand *h)
{
	for (int i = 0; i < STREAM_MOST; i++)
		if (r->hand[i] == h)
			return true;
	return false;
}

static void serve_sender(struct stream_runner *r, struct sender *s, short got)
{
	if (got & POLLOUT && !back_flush(s))
		sender_end(s);
	else if (got & (POLLIN | POLLHUP | POLLERR) && !sender_read(r, s))
		s->rtmp.why || s->stuck ? sender_end(s) : sender_stopped(s);
	else if (s->rtmp.ended)
		sender_stopped(s);
}

static void serve_hand(struct stream_runner *r, struct stream_hand *h, int fd)
{
	if (fd == h->child.said)
		hand_read_words(h);
	else if (fd == h->child.in && !hand_flush(h))
		hand_over(r, h);
	else if ((fd == h->child.out && !hand_read(&r->cx, h, &h->main)) || (fd == h->child.second && !hand_read(&r->cx, h, &h->thin)))
		hand_over(r, h);
}

static void once(struct stream_runner *r, struct watching *w)
{
	watch_all(r, w);
	if (poll(w->fd, w->n, LOOK_MS / 4) < 0)
		return;
	for (nfds_t i = 0; i < w->n; i++) {
		short got = w->fd[i].revents;
		struct sender *s = w->of[i].sender;
		struct stream_hand *h = w->of[i].hand;
		if (!got)
			continue;
		if (s && s->fd == w->fd[i].fd)
			serve_sender(r, s, got);
		else if (h && still(r, h))
			serve_hand(r, h, w->fd[i].fd);
		else if (w->fd[i].fd == r->listening)
			accept_all(r);
	}
	tend(r);
}

static enum err release(struct ctx *cx, void *arg)
{
	(void)arg;
	return stream_sql_release(cx, cx->app->node, NULL);
}

static void *run(void *arg)
{
	struct stream_runner *r = arg;
	struct watching *w = calloc(1, sizeof *w);
	BUG_IF(!w);
	/* Whoever had this number before is gone. */
	if (db_connect(r->pool, &r->cx.db) == OK)
		(void)!db_write(&r->cx, r->pool, release, NULL);
	while (!__atomic_load_n(&r->stop, __ATOMIC_ACQUIRE)) {
		once(r, w);
		arena_reset(r->cx.arena);
	}
	for (int i = 0; i < STREAM_MOST; i++)
		if (r->hand[i])
			let_go(r, r->hand[i]);
	for (int i = 0; i < SENDERS; i++)
		sender_end(&r->sender[i]);
	if (r->cx.db)
		(void)!db_write(&r->cx, r->pool, release, NULL);
	db_close(r->cx.db);
	free(w);
	return NULL;
}

/* ── beginning and end ── */

enum err stream_start(struct ctx *cx, struct db_pool *pool, struct app *app, struct stream_runner **ret)
{
	*ret = NULL;
	if (!app->stream_listen.n)
		return OK;
	const char *off = stream_off(cx);
	if (off)
		fprintf(stderr, "%s\n", off);
	struct stream_runner *r = calloc(1, sizeof *r);
	BUG_IF(!r);
	r->pool = pool;
	r->listening = -1;
	r->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	r->cx = (struct ctx){ .arena = arena_new(), .app = app, .now = clock_now() };
	for (int i = 0; i < SENDERS; i++)
		r->sender[i].fd = -1;
	if (r->wake >= 0 && pthread_create(&r->thread, NULL, run, r) == 0) {
		*ret = r;
		return OK;
	}
	arena_free(r->cx.arena);
	free(r);
	return ERR_UNAVAILABLE;
}

void stream_stop(struct stream_runner *r)
{
	if (!r)
		return;
	__atomic_store_n(&r->stop, true, __ATOMIC_RELEASE);
	(void)!write(r->wake, &(uint64_t){ 1 }, sizeof(uint64_t));
	pthread_join(r->thread, NULL);
	if (r->listening >= 0)
		close(r->listening);
	close(r->wake);
	arena_free(r->cx.arena);
	free(r);
}
