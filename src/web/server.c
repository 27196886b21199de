/* Sockets, queue and workers; see server.h. The only file that knows libmicrohttpd. */
#include "web/server.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "web/exchange.h"
#include "web/handout.h"
#include "web/metrics.h"
#include "web/range.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <libdeflate.h>
#include <microhttpd.h>
#include <pthread.h>
#include <sched.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SPARE_MAX = 256, SMALLEST_GZIP = 900 };

/* One request on its way through the program. Its arena lives until the last byte is sent. */
struct travel {
	struct exchange x;
	struct server *server;
	struct MHD_Connection *connection;
	struct travel *next;
	struct MHD_Response *response;
	bool handed_out;        /* a file; see handout.h */
	struct handout_ask ask;
	bool costly;
	enum { SEEN, ASKED, ANSWERED, COMING, WORKING, READY, HANDED } stage;
	int64_t began;
};

/* A worker that waits for work. */
struct idle {
	pthread_cond_t wake;
	bool called;
	struct idle *next;
};

struct server {
	struct server_options o;
	struct rate *rates;
	struct metrics *metrics;
	struct listen *listen; /* NULL: nobody may listen */
	int nothing;           /* a socket that is connected to nobody */
	struct MHD_Daemon *daemon;
	struct handout *handout;
	pthread_mutex_t lock;
	struct idle *idle; /* the last who came to wait is called first: his connection, statements and stack are still in the cache of the processor */
	unsigned called;   /* and so many are on their way */
	struct lane {
		struct travel *first, *last; /* waiting for a worker */
		unsigned waiting, most, running, at_once;
	} pages, costly;
	unsigned outside; /* that wait for other servers; they are not running */
	bool ending;
	pthread_t *threads;
	unsigned n_threads;
	pthread_mutex_t spare_lock;
	struct travel *spare;
	unsigned n_spare;
	atomic_bool draining;
	atomic_uint under_way;
	atomic_ulong request_ids;
	struct MHD_Response *busy, *ready, *not_ready;
	struct MHD_Response **asset_plain, **asset_gz;
	size_t n_assets;
	unsigned long busy_n;
};

/* ── travels: made once, used again ── */

static struct travel *travel_take(struct server *s)
{
	pthread_mutex_lock(&s->spare_lock);
	struct travel *t = s->spare;
	if (t) {
		s->spare = t->next;
		s->n_spare--;
	}
	pthread_mutex_unlock(&s->spare_lock);
	if (!t) {
		t = calloc(1, sizeof *t);
		BUG_IF(!t);
		t->x.cx.arena = arena_new();
	}
	struct arena *a = t->x.cx.arena;
	/* The list of failures is by far the largest part, and its count says what of it holds. */
	size_t before = offsetof(struct travel, x.cx.failures), behind = offsetof(struct travel, x.cx.n_failures);
	memset(t, 0, before);
	memset((char *)t + behind, 0, sizeof *t - behind);
	t->server = s;
	t->x.cx.arena = a;
	return t;
}

static void travel_leave(struct travel *t)
{
	struct server *s = t->server;
	if (t->ask.response)
		handout_done(s->handout, &t->ask);
	else if (t->response)
		MHD_destroy_response(t->response);
	upload_end(&t->x.upload);
	arena_reset(t->x.cx.arena);
	atomic_fetch_sub(&s->under_way, 1);
	pthread_mutex_lock(&s->spare_lock);
	bool keep = s->n_spare < SPARE_MAX;
	if (keep) {
		t->next = s->spare;
		s->spare = t;
		s->n_spare++;
	}
	pthread_mutex_unlock(&s->spare_lock);
	if (!keep) {
		arena_free(t->x.cx.arena);
		free(t);
	}
}

/* ── the queue ── */

static bool may_run(const struct lane *l)
{
	return l->first && l->running < l->at_once;
}

/* Under the lock, as the next four. */
static void wake_one(struct server *s)
{
	struct idle *w = s->idle;
	if (!w)
		return;
	s->idle = w->next;
	s->called++;
	w->called = true;
	pthread_cond_signal(&w->wake);
}

static void wake_for(struct server *s, const struct lane *l)
{
	if (l->first && l->running + s->called < l->at_once)
		wake_one(s);
}

static void wake_all(struct server *s)
{
	while (s->idle)
		wake_one(s);
}

static void wait_for_work(struct server *s)
{
	struct idle self = { .wake = PTHREAD_COND_INITIALIZER, .next = s->idle };
	s->idle = &self;
	while (!self.called)
		pthread_cond_wait(&self.wake, &s->lock);
	s->called--;
	pthread_cond_destroy(&self.wake);
}

static bool queue_push(struct server *s, struct travel *t, bool again)
{
	/* What comes again only shows its form. */
	t->costly = !again && t->stage == WORKING && t->x.match.action && t->x.match.action->costly;
	struct lane *l = t->costly ? &s->costly : &s->pages;
	pthread_mutex_lock(&s->lock);
	bool room = again || l->waiting < l->most;
	if (room) {
		t->next = NULL;
		*(l->first ? &l->last->next : &l->first) = t;
		l->last = t;
		l->waiting++;
		wake_for(s, l);
	} else {
		s->busy_n++;
	}
	pthread_mutex_unlock(&s->lock);
	return room;
}

/* Under the lock. */
static struct travel *lane_pop(struct lane *l)
{
	struct travel *t = l->first;
	l->first = t->next;
	l->waiting--;
	l->running++;
	return t;
}

/* NULL: the server ends, and nobody waits any more. */
static struct travel *queue_pop(struct server *s)
{
	struct travel *t = NULL;
	pthread_mutex_lock(&s->lock);
	while (!t) {
		if (may_run(&s->costly))
			t = lane_pop(&s->costly);
		else if (may_run(&s->pages))
			t = lane_pop(&s->pages);
		else if (s->ending && !s->costly.first && !s->pages.first)
			break;
		else
			wait_for_work(s);
	}
	wake_for(s, &s->pages); /* who was busy with a page may have turned to something costly */
	pthread_mutex_unlock(&s->lock);
	return t;
}

/* Whose turn it is next the worker sees for himself when he comes back for more. */
static void lane_done(struct server *s, struct lane *l)
{
	pthread_mutex_lock(&s->lock);
	l->running--;
	if (s->ending)
		wake_all(s);
	pthread_mutex_unlock(&s->lock);
}

static bool go_outside(struct exchange *x)
{
	struct travel *t = (struct travel *)x;
	struct server *s = t->server;
	struct lane *l = t->costly ? &s->costly : &s->pages;
	pthread_mutex_lock(&s->lock);
	bool may = s->outside < (s->o.workers + 3) / 4;
	if (may) {
		s->outside++;
		l->running--;
		wake_for(s, l);
	}
	pthread_mutex_unlock(&s->lock);
	return may;
}

static void come_back(struct exchange *x)
{
	struct travel *t = (struct travel *)x;
	struct server *s = t->server;
	pthread_mutex_lock(&s->lock);
	s->outside--;
	(t->costly ? &s->costly : &s->pages)->running++;
	pthread_mutex_unlock(&s->lock);
}

/* ── the answer ── */

static void header(struct MHD_Response *r, const char *name, const char *value)
{
	MHD_add_response_header(r, name, value);
}

static void add_security(struct MHD_Response *r, struct exchange *x, bool html)
{
	bool unlisted = x->match.action && x->match.action->unlisted;
	header(r, "X-Content-Type-Options", "nosniff");
	if (unlisted)
		header(r, "X-Robots-Tag", "noindex, nofollow, noarchive");
	if (!html)
		return;
	/* Live streams may come from a CDN; a player gives them to the browser as a blob. */
	const char *cdn = str_c(x->cx.arena, x->cx.app->stream_url);
	header(r, "Content-Security-Policy",
	       str_fmt(x->cx.arena,
		       "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; media-src 'self' blob: %s; "
		       "connect-src 'self' %s; frame-src 'self'; object-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
		       cdn, cdn)
		       .p);
	header(r, "Referrer-Policy", unlisted && x->in.method != GET ? "no-referrer" : "same-origin");
}

/* Packed text saves the learner's money; level 1 costs us least. */
static struct str gzip(struct ctx *cx, struct str plain)
{
	struct libdeflate_compressor *c = libdeflate_alloc_compressor(1);
	if (!c)
		return STR_NONE;
	size_t bound = libdeflate_gzip_compress_bound(c, plain.n);
	char *out = arena_alloc(cx->arena, bound);
	size_t n = libdeflate_gzip_compress(c, plain.p, plain.n, out, bound);
	libdeflate_free_compressor(c);
	return n && n < plain.n ? (struct str){ out, n } : STR_NONE;
}

static struct MHD_Response *file_response(struct exchange *x)
{
	int fd = open(x->out.file.p, O_RDONLY | O_CLOEXEC);
	struct stat st;
	if (fd < 0 || fstat(fd, &st) != 0) {
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	int64_t from = 0, to = st.st_size - 1;
	struct MHD_Response *r;
	if (x->in.range.n && range_of(x->in.range, st.st_size, &from, &to)) {
		x->out.status = 206;
		r = MHD_create_response_from_fd_at_offset64((uint64_t)(to - from + 1), fd, (uint64_t)from);
		char text[100];
		snprintf(text, sizeof text, "bytes %lld-%lld/%lld", (long long)from, (long long)to, (long long)st.st_size);
		if (r)
			header(r, "Content-Range", text);
	} else {
		r = MHD_create_response_from_fd64((uint64_t)st.st_size, fd);
	}
	if (r)
		header(r, "Accept-Ranges", "bytes");
	return r;
}

static struct MHD_Response *bytes_response(struct exchange *x)
{
	struct reply *o = &x->out;
	struct str body = o->body;
	struct str type = str_of(o->type);
	bool text = str_starts(type, S("text/")) || str_starts(type, S("application/json")) || str_ends(type, S("+json"));
	struct str packed = text && x->in.gzip && body.n >= SMALLEST_GZIP ? gzip(&x->cx, body) : STR_NONE;
	if (packed.p)
		body = packed;
	struct MHD_Response *r = MHD_create_response_from_buffer(body.n, (void *)(uintptr_t)body.p, MHD_RESPMEM_PERSISTENT);
	if (r && packed.p)
		header(r, "Content-Encoding", "gzip");
	if (r && text)
		header(r, "Vary", "Accept-Encoding");
	return r;
}

/* draft-ietf-httpapi-ratelimit-headers-10 */
static void add_rate(struct MHD_Response *r, const struct rate_standing *s)
{
	char text[80];
	if (!s->limit)
		return;
	snprintf(text, sizeof text, "\"api\";q=%u;w=60", s->limit);
	header(r, "RateLimit-Policy", text);
	snprintf(text, sizeof text, "\"api\";r=%u;t=%u", s->left, s->reset);
	header(r, "RateLimit", text);
	if (!s->over)
		return;
	snprintf(text, sizeof text, "%u", s->retry_after);
	header(r, "Retry-After", text);
}

static struct MHD_Response *make_response(struct exchange *x)
{
	struct reply *o = &x->out;
	struct MHD_Response *r = o->file.p ? file_response(x) : bytes_response(x);
	if (!r)
		return NULL;
	if (o->type)
		header(r, "Content-Type", o->type);
	add_security(r, x, o->type && str_starts(str_of(o->type), S("text/html")));
	header(r, "Cache-Control", o->cache_for_ever ? "private, max-age=31536000, immutable" : o->etag.p ? "private, no-cache" : "no-store");
	if (o->etag.p)
		header(r, "ETag", o->etag.p);
	if (o->authenticate.p)
		header(r, "WWW-Authenticate", o->authenticate.p);
	if (o->allow.p)
		header(r, "Allow", o->allow.p);
	if (o->replayed)
		header(r, "Idempotency-Replayed", "true");
	add_rate(r, &x->rate);
	if (o->location.p)
		header(r, "Location", o->location.p);
	for (size_t i = 0; i < o->n_cookies; i++)
		header(r, "Set-Cookie", o->cookies[i].p);
	if (o->disposition.p)
		header(r, "Content-Disposition", o->disposition.p);
	if (o->status == 503)
		header(r, "Retry-After", "2");
	else if (o->status == 429 && !x->rate.over)
		header(r, "Retry-After", "900");
	return r;
}

static void log_line(struct travel *t)
{
	const struct exchange *x = &t->x;
	char line[400];
	int64_t us = (clock_monotonic() - t->began) / 1000;
	int n = snprintf(line, sizeof line, "request=%016lx actor=%lld action=%s method=%s status=%u ms=%lld.%03lld statements=%u bytes=%zu%s%s\n",
			 (unsigned long)x->cx.request_id, (long long)x->cx.actor.person_id, x->match.action ? x->match.action->name : "-",
			 method_name(x->in.method), x->out.status, (long long)us / 1000, (long long)us % 1000, x->cx.statements, x->out.body.n,
			 x->out.trouble ? " trouble=" : "", x->out.trouble ? x->out.trouble : "");
	if (n > 0 && write(STDERR_FILENO, line, (size_t)n < sizeof line ? (size_t)n : sizeof line - 1) < 0)
		return; /* nobody reads the log: not the learner's trouble */
}

/* The socket of who goes on listening leaves libmicrohttpd, whose connections cost 24 KB each: the line gets a number of its own, and under the old one
 * there is a socket that leads nowhere, which libmicrohttpd may close as it likes. It does not look at the socket of a suspended connection, nor has it that in
 * its epoll set. With TLS the line is more than a socket: then the answer is short, and the browser asks again. */
static bool hand_over(struct travel *t)
{
	struct server *s = t->server;
	struct exchange *x = &t->x;
	if (!x->out.listen || x->out.status != 200 || x->in.head || !s->listen || s->o.tls || atomic_load(&s->draining))
		return false;
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(t->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	int fd = info ? fcntl(info->connect_fd, F_DUPFD_CLOEXEC, 0) : -1;
	if (fd < 0 || !listen_admit(s->listen, x->out.listen->person_id, x->cx.address)) {
		if (fd >= 0)
			close(fd);
		return false;
	}
	BUG_IF(dup3(s->nothing, info->connect_fd, O_CLOEXEC) < 0);
	listen_join(s->listen, fd, x->out.listen, x->cx.address, x->out.body);
	t->stage = HANDED;
	return true;
}

/* Of who does not get a line: what was missed, and when to ask again. */
static void short_stream(struct exchange *x)
{
	struct buf b;
	buf_init(&b, x->cx.arena, 2 << 20);
	buf_str(&b, listen_retry(&x->cx, LISTEN_AGAIN));
	buf_str(&b, x->out.body);
	x->out.body = buf_get(&b);
}

/* Called by whoever ended the work: a worker, or the writer of the database. */
static void arrived(struct exchange *x)
{
	struct travel *t = (struct travel *)x; /* x is the first member */
	if (x->again) {
		x->again = false;
		queue_push(t->server, t, true);
		return;
	}
	/* Whoever reads the answer finds nothing of the file any more. */
	upload_end(&x->upload);
	bool handed = hand_over(t);
	if (x->out.listen && !handed)
		short_stream(x);
	t->response = handed ? NULL : make_response(x);
	/* A server that ends tells who holds a connection for more, so that nothing is sent into one that closes. */
	if (t->response && atomic_load(&t->server->draining))
		header(t->response, "Connection", "close");
	metrics_note(t->server->metrics, x->match.action ? x->match.index : SIZE_MAX, x->out.status, (clock_monotonic() - t->began) / 1000);
	if (t->server->o.log)
		log_line(t);
	if (!handed)
		t->stage = READY;
	MHD_resume_connection(t->connection);
}

/* Whether a file may come: said before its first byte is kept. */
static void answer_asked(struct travel *t)
{
	exchange_may_upload(&t->x);
	t->stage = ANSWERED;
	MHD_resume_connection(t->connection);
}

static void *work(void *arg)
{
	struct server *s = arg;
	struct db *db = NULL;
	struct travel *t;
	pthread_setname_np(pthread_self(), "page");
	while ((t = queue_pop(s))) {
		if (!db && db_connect(s->o.pool, &db) != OK)
			db = NULL;
		t->x.cx.db = db;
		t->x.time_limit_ms = s->o.time_limit_ms;
		t->x.go_outside = go_outside;
		t->x.come_back = come_back;
		if (db)
			db_deadline(db, clock_monotonic() / 1000000 + s->o.time_limit_ms);
		struct lane *lane = t->costly ? &s->costly : &s->pages; /* it may be answered and gone before we come back */
		if (t->stage == ASKED)
			answer_asked(t);
		else
			exchange_run(&t->x);
		lane_done(s, lane);
	}
	db_close(db);
	return NULL;
}

/* ── what came in ── */

static struct str header_of(struct MHD_Connection *c, const char *name)
{
	return str_of(MHD_lookup_connection_value(c, MHD_HEADER_KIND, name));
}

static enum MHD_Result each_cookie(void *cls, enum MHD_ValueKind kind, const char *key, const char *value)
{
	struct incoming *in = cls;
	(void)kind;
	if (strcmp(key, "session") == 0)
		in->cookie_session = str_of(value);
	else if (strcmp(key, "lang") == 0)
		in->cookie_lang = str_of(value);
	else if (strcmp(key, "notice") == 0)
		in->cookie_notice = str_of(value);
	else if (strcmp(key, "sign_in") == 0)
		in->cookie_sign_in = str_of(value);
	return MHD_YES;
}

static void client_address(struct travel *t)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(t->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	char text[INET6_ADDRSTRLEN] = "";
	if (info && info->client_addr && info->client_addr->sa_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)info->client_addr)->sin_addr, text, sizeof text);
	else if (info && info->client_addr && info->client_addr->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)info->client_addr)->sin6_addr, text, sizeof text);
	t->x.cx.address = str_dup(t->x.cx.arena, str_of(text));
	/* A proxy on this machine names the client it speaks for. */
	struct str forwarded = header_of(t->connection, "X-Forwarded-For");
	if (forwarded.n && forwarded.n < 400 && (strncmp(text, "127.", 4) == 0 || strcmp(text, "::1") == 0)) {
		struct str last = forwarded, part;
		while (str_cut(&forwarded, ',', &part))
			last = part;
		last = str_trim(last);
		if (last.n <= 45 && utf8_valid(last))
			t->x.cx.address = str_dup(t->x.cx.arena, last);
	}
}

static struct str safe_header(struct arena *a, struct str v, size_t max)
{
	if (v.n > max)
		v.n = max;
	return v.p && utf8_valid(v) ? str_dup(a, v) : S("");
}

/* boundary=… of what follows the type of a multipart body. */
static struct str boundary_of(struct str parameters)
{
	struct str part;
	while (str_cut(&parameters, ';', &part)) {
		part = str_trim(part);
		if (part.n > 9 && strncasecmp(part.p, "boundary=", 9) == 0) {
			struct str v = str_sub(part, 9, part.n);
			return v.n > 1 && v.p[0] == '"' && v.p[v.n - 1] == '"' ? str_sub(v, 1, v.n - 1) : v;
		}
	}
	return STR_NONE;
}

static void read_headers(struct travel *t)
{
	struct incoming *in = &t->x.in;
	struct MHD_Connection *c = t->connection;
	struct arena *a = t->x.cx.arena;
	MHD_get_connection_values(c, MHD_COOKIE_KIND, each_cookie, in);
	struct str type = header_of(c, "Content-Type"), part = STR_NONE;
	if (type.p)
		str_cut(&type, ';', &part);
	in->type = str_lower(a, str_trim(part));
	in->boundary = boundary_of(type);
	in->csrf_header = header_of(c, "X-CSRF-Token");
	in->authorization = header_of(c, "Authorization");
	in->idempotency_key = header_of(c, "Idempotency-Key");
	in->if_none_match = header_of(c, "If-None-Match");
	in->if_match = header_of(c, "If-Match");
	in->last_event_id = header_of(c, "Last-Event-ID");
	in->origin = header_of(c, "Origin");
	in->fetch_site = header_of(c, "Sec-Fetch-Site");
	in->host = header_of(c, "Host");
	in->accept_language = header_of(c, "Accept-Language");
	t->x.cx.agent = safe_header(a, header_of(c, "User-Agent"), 200);
	in->range = header_of(c, "Range");
	struct str accept = header_of(c, "Accept-Encoding");
	in->gzip = accept.n && str_find(accept, S("gzip")) >= 0;
}

/* ── answered by the event thread ── */

static enum MHD_Result answer_asset(struct server *s, struct MHD_Connection *c, struct str name)
{
	for (size_t i = 0; i < s->n_assets; i++) {
		if (!str_is(name, s->o.assets[i].name))
			continue;
		struct str accept = header_of(c, "Accept-Encoding");
		bool packed = s->asset_gz[i] && accept.n && str_find(accept, S("gzip")) >= 0;
		return MHD_queue_response(c, 200, packed ? s->asset_gz[i] : s->asset_plain[i]);
	}
	return MHD_NO;
}

/* Whoever asks on this machine itself and not through a proxy, or brings the token of the settings. */
static bool may_see_metrics(struct server *s, struct MHD_Connection *c)
{
	struct str token = s->o.metrics_token, sent = header_of(c, "Authorization");
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	if (token.n)
		return sent.n == token.n + 7 && str_starts(sent, S("Bearer ")) && sodium_memcmp(sent.p + 7, token.p, token.n) == 0;
	if (header_of(c, "X-Forwarded-For").p || !info || !info->client_addr || info->client_addr->sa_family != AF_INET)
		return false;
	const struct sockaddr_in *in = (const struct sockaddr_in *)(const void *)info->client_addr;
	return ntohl(in->sin_addr.s_addr) >> 24 == 127;
}

static enum MHD_Result answer_metrics(struct server *s, struct MHD_Connection *c)
{
	struct arena *a = arena_new();
	struct buf b;
	unsigned status = may_see_metrics(s, c) ? 200 : 403;
	buf_init(&b, a, 4 << 20);
	pthread_mutex_lock(&s->lock);
	struct metrics_now now = { atomic_load(&s->under_way), s->pages.waiting + s->costly.waiting, 0, s->busy_n };
	pthread_mutex_unlock(&s->lock);
	now.writes_waiting = db_write_waiting(s->o.pool);
	if (status == 200)
		metrics_write(s->metrics, &b, s->o.actions, &now);
	struct str text = buf_get(&b);
	struct MHD_Response *r = MHD_create_response_from_buffer(text.n, (void *)(uintptr_t)text.p, MHD_RESPMEM_MUST_COPY);
	arena_free(a);
	header(r, "Content-Type", "text/plain; version=0.0.4; charset=utf-8");
	enum MHD_Result done = MHD_queue_response(c, status, r);
	MHD_destroy_response(r);
	return done;
}

static bool answer_at_once(struct server *s, struct MHD_Connection *c, struct str path, enum MHD_Result *ret)
{
	struct str asset = str_is(path, "/worker.js") ? S("worker.js") : str_starts(path, S("/assets/")) ? str_sub(path, 8, path.n) : STR_NONE;
	if (asset.n && (*ret = answer_asset(s, c, asset)) == MHD_YES)
		return true;
	if (str_is(path, "/metrics")) {
		*ret = answer_metrics(s, c);
		return true;
	}
	bool live = str_is(path, "/healthz/live"), ready = str_is(path, "/healthz") || str_is(path, "/healthz/ready");
	if (!live && !ready)
		return false;
	bool good = live || !atomic_load(&s->draining);
	*ret = MHD_queue_response(c, good ? 200 : 503, good ? s->ready : s->not_ready);
	return true;
}

/* The answer of a file that is handed out is there, at once or after a while. */
static void handed_out(struct handout_ask *ask)
{
	struct travel *t = (struct travel *)(void *)((char *)ask - offsetof(struct travel, ask));
	t->response = ask->response;
	t->x.out.status = ask->status;
	t->stage = READY;
	MHD_resume_connection(t->connection);
}

/* Parts and playlists of live streams: no worker has to do with them, who waits for the next holds none, and little of their head is looked at. */
static enum MHD_Result answer_handout(struct server *s, struct travel *t)
{
	const struct incoming *in = &t->x.in;
	struct str accept = header_of(t->connection, "Accept-Encoding");
	t->ask = (struct handout_ask){ .path = in->path,
				       .query = in->query,
				       .range = header_of(t->connection, "Range"),
				       .gzip = accept.n && str_find(accept, S("gzip")) >= 0,
				       .ready = handed_out };
	if (handout_look(s->handout, &t->ask)) {
		t->response = t->ask.response;
		return MHD_queue_response(t->connection, t->ask.status, t->ask.response);
	}
	t->stage = WORKING;
	MHD_suspend_connection(t->connection);
	handout_wait(s->handout, &t->ask);
	return MHD_YES;
}

/* First sight of a request: keeps the address as it was sent, since splitting comes before decoding. */
static void *first_sight(void *cls, const char *uri, struct MHD_Connection *c)
{
	struct server *s = cls;
	struct travel *t = travel_take(s);
	atomic_fetch_add(&s->under_way, 1);
	t->connection = c;
	t->began = clock_monotonic();
	struct exchange *x = &t->x;
	struct str target = { uri, strlen(uri) };
	x->target_too_long = target.n > TARGET_MAX;
	if (x->target_too_long)
		target.n = 0;
	target = str_dup(x->cx.arena, target);
	ptrdiff_t q = str_index(target, '?');
	x->in.path = q < 0 ? target : str_sub(target, 0, (size_t)q);
	x->in.query = q < 0 ? STR_NONE : str_sub(target, (size_t)q + 1, target.n);
	x->arrived = arrived;
	x->actions = s->o.actions;
	x->assets = s->o.assets;
	x->pool = s->o.pool;
	x->rates = s->rates;
	x->cx.app = s->o.app;
	x->cx.request_id = (uint64_t)clock_now() << 20 | (atomic_fetch_add(&s->request_ids, 1) & 0xfffff);
	return t;
}

/* METHOD_COUNT_: none of those we know. */
static enum method method_of(const char *name)
{
	enum method m = GET;
	while (m < METHOD_COUNT_ && strcmp(name, method_name(m)) != 0)
		m = (enum method)(m + 1);
	return m;
}

static void read_head(struct travel *t, const char *method)
{
	struct exchange *x = &t->x;
	x->cx.now = x->cx.app->fixed_now ? x->cx.app->fixed_now : clock_now();
	x->in.head = strcmp(method, "HEAD") == 0;
	x->in.method = x->in.head ? GET : method_of(method);
	x->known_method = x->in.method != METHOD_COUNT_;
	read_headers(t);
	client_address(t);
	exchange_match(x);
	bool file = x->in.method == POST && upload_fits(x->match.action, x->in.type);
	size_t max = x->match.action && x->match.action->max_body && (file || !x->match.action->upload) ? x->match.action->max_body : BODY_DEFAULT;
	int64_t announced;
	bool over = str_int(header_of(t->connection, "Content-Length"), &announced) && announced > (int64_t)max;
	buf_init(&x->body, x->cx.arena, max);
	x->body.full = over && !file;
	if (!file)
		return;
	x->upload.max = max;
	x->upload.full = over;
	t->stage = ASKED;
}

static void take_body(struct travel *t, const char *data, size_t n)
{
	if (t->x.upload.max)
		upload_add(&t->x.upload, data, n);
	else
		buf_add(&t->x.body, data, n);
}

static void body_is_whole(struct travel *t)
{
	struct exchange *x = &t->x;
	x->in.body = buf_get(&x->body);
	x->in.upload = x->upload.path;
}

static enum MHD_Result handle(void *cls, struct MHD_Connection *c, const char *url, const char *method, const char *version, const char *data, size_t *n,
			      void **state)
{
	struct server *s = cls;
	struct travel *t = *state;
	enum MHD_Result done;
	(void)url;
	(void)version;
	switch (t->stage) {
	case SEEN:
		t->stage = COMING;
		if (handout_ours(t->x.in.path) && (strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0)) {
			t->handed_out = true;
			return MHD_YES;
		}
		read_head(t, method);
		if (t->stage == ASKED) {
			MHD_suspend_connection(c);
			if (!queue_push(s, t, false)) {
				/* Too many wait: the file is not kept, and the answer says so. */
				t->x.upload.may = t->x.upload.broken = true;
				t->stage = ANSWERED;
				MHD_resume_connection(c);
			}
		}
		return MHD_YES;
	case ASKED: return MHD_YES;
	case ANSWERED:
		/* After the pause libmicrohttpd says "here is a request" once more, still without its body. */
		t->stage = COMING;
		if (*n == 0)
			return MHD_YES;
		__attribute__((fallthrough));
	case COMING:
		if (t->handed_out) {
			*n = 0;
			return answer_handout(s, t);
		}
		if (*n) {
			take_body(t, data, *n);
			*n = 0;
			return MHD_YES;
		}
		if (answer_at_once(s, c, t->x.in.path, &done))
			return done;
		body_is_whole(t);
		t->stage = WORKING;
		if (db_write_waiting(s->o.pool) > s->o.queue)
			return MHD_queue_response(c, 503, s->busy);
		MHD_suspend_connection(c);
		if (!queue_push(s, t, false)) {
			/* Turned away before anybody worked on it. */
			MHD_resume_connection(c);
			t->stage = READY;
		}
		return MHD_YES;
	case WORKING: return MHD_YES;
	case HANDED: return MHD_NO;
	case READY: return MHD_queue_response(c, t->response ? t->x.out.status : 503, t->response ? t->response : s->busy);
	}
	return MHD_NO;
}

static void completed(void *cls, struct MHD_Connection *c, void **state, enum MHD_RequestTerminationCode why)
{
	(void)cls;
	(void)c;
	(void)why;
	if (*state)
		travel_leave(*state);
	*state = NULL;
}

/* ── beginning and end ── */

static struct MHD_Response *fixed(const char *type, const char *text)
{
	struct MHD_Response *r = MHD_create_response_from_buffer(strlen(text), (void *)(uintptr_t)text, MHD_RESPMEM_PERSISTENT);
	BUG_IF(!r);
	header(r, "Content-Type", type);
	header(r, "Cache-Control", "no-store");
	return r;
}

static struct MHD_Response *asset_response(const struct asset *a, bool packed)
{
	struct MHD_Response *r = MHD_create_response_from_buffer(packed ? a->gz_n : a->n, (void *)(uintptr_t)(packed ? a->gz : a->p), MHD_RESPMEM_PERSISTENT);
	BUG_IF(!r);
	header(r, "Content-Type", a->type);
	header(r, "Cache-Control", strcmp(a->name, a->key) == 0 ? "no-cache" : "public, max-age=31536000, immutable");
	header(r, "X-Content-Type-Options", "nosniff");
	if (a->gz)
		header(r, "Vary", "Accept-Encoding");
	if (packed)
		header(r, "Content-Encoding", "gzip");
	return r;
}

static void make_fixed(struct server *s)
{
	s->busy = fixed("text/plain; charset=utf-8", "Very many people are here just now. Nothing was changed; please try again in a few seconds.\n"
						     "इस समय बहुत लोग यहाँ हैं। कुछ भी बदला नहीं गया; कुछ क्षण बाद फिर प्रयास करें।\n");
	header(s->busy, "Retry-After", "2");
	s->ready = fixed("text/plain", "ready\n");
	s->not_ready = fixed("text/plain", "not ready\n");
	while (s->o.assets && s->o.assets[s->n_assets].key)
		s->n_assets++;
	s->asset_plain = calloc(s->n_assets + 1, sizeof *s->asset_plain);
	s->asset_gz = calloc(s->n_assets + 1, sizeof *s->asset_gz);
	BUG_IF(!s->asset_plain || !s->asset_gz);
	for (size_t i = 0; i < s->n_assets; i++) {
		s->asset_plain[i] = asset_response(&s->o.assets[i], false);
		if (s->o.assets[i].gz)
			s->asset_gz[i] = asset_response(&s->o.assets[i], true);
	}
}

/* Those that this process may use. */
static unsigned cores(void)
{
	cpu_set_t set;
	return sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0 ? (unsigned)CPU_COUNT(&set) : 1;
}

static void start_workers(struct server *s)
{
	s->threads = calloc(s->o.workers, sizeof *s->threads);
	BUG_IF(!s->threads);
	pthread_attr_t attr;
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 512 * 1024);
	for (unsigned i = 0; i < s->o.workers; i++)
		if (pthread_create(&s->threads[s->n_threads], &attr, work, s) == 0)
			s->n_threads++;
	pthread_attr_destroy(&attr);
	BUG_IF(!s->n_threads);
}

/* A line of who listens is an open file: as many as the system lets us have. */
static void many_files(void)
{
	struct rlimit r;
	if (getrlimit(RLIMIT_NOFILE, &r) != 0 || r.rlim_cur == r.rlim_max)
		return;
	r.rlim_cur = r.rlim_max;
	(void)!setrlimit(RLIMIT_NOFILE, &r); /* then there are fewer lines */
}

enum err server_start(struct ctx *cx, const struct server_options *o, struct server **ret, struct str *ret_message)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)o->port) };
	if (inet_pton(AF_INET, o->listen, &at.sin_addr) != 1) {
		*ret_message = str_fmt(cx->arena, "'%s' is not an IPv4 address to listen on.", o->listen);
		return ERR_UNAVAILABLE;
	}
	struct server *s = calloc(1, sizeof *s);
	BUG_IF(!s);
	s->o = *o;
	o->app->actions = o->actions;
	s->metrics = metrics_new(action_count(o->actions));
	o->app->metrics = s->metrics;
	s->rates = o->api_rate ? rate_new(o->api_rate) : NULL;
	pthread_mutex_init(&s->lock, NULL);
	pthread_mutex_init(&s->spare_lock, NULL);
	s->pages.most = o->queue;
	s->costly.most = (o->queue + 3) / 4;
	s->handout = handout_new(o->app->data_dir);
	s->costly.at_once = o->workers / 2 < cores() ? (o->workers + 1) / 2 : cores();
	s->pages.at_once = db_pool_is_sqlite(o->pool) && o->workers > 2 * cores() ? 2 * cores() : o->workers;
	make_fixed(s);
	many_files();
	s->nothing = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	BUG_IF(s->nothing < 0);
	s->listen = o->source ? listen_new(o->source, o->pool, o->app, o->listeners) : NULL;
	start_workers(s);
	/* Two event threads: with one outside a pool, libmicrohttpd 0.9.75 stalls after a suspended connection's first request. */
	struct MHD_OptionItem secure[] = { { MHD_OPTION_HTTPS_CERT_CALLBACK, 0, o->tls ? tls_callback(o->tls) : NULL }, { MHD_OPTION_END, 0, NULL } };
	if (!o->tls)
		secure[0].option = MHD_OPTION_END;
	s->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | (o->tls ? MHD_USE_TLS : 0), 0, NULL, NULL, handle, s,
				     MHD_OPTION_SOCK_ADDR, (const struct sockaddr *)(const void *)&at, MHD_OPTION_THREAD_POOL_SIZE, 2U,
				     MHD_OPTION_CONNECTION_LIMIT, 20000U, MHD_OPTION_CONNECTION_TIMEOUT, 60U, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)24576,
				     MHD_OPTION_URI_LOG_CALLBACK, first_sight, s, MHD_OPTION_NOTIFY_COMPLETED, completed, s, MHD_OPTION_LISTENING_ADDRESS_REUSE,
				     1U, MHD_OPTION_ARRAY, secure, MHD_OPTION_END);
	*ret = s;
	if (s->daemon)
		return OK;
	*ret_message = str_fmt(cx->arena, "Port %u of %s cannot be used: another program listens there, or it is reserved. Choose one with --port.", o->port,
			       o->listen);
	server_stop(s, 0);
	*ret = NULL;
	return ERR_UNAVAILABLE;
}

unsigned server_port(const struct server *s)
{
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);
	return info ? info->port : 0;
}

static void end_workers(struct server *s)
{
	pthread_mutex_lock(&s->lock);
	s->ending = true;
	wake_all(s);
	pthread_mutex_unlock(&s->lock);
	for (unsigned i = 0; i < s->n_threads; i++)
		pthread_join(s->threads[i], NULL);
	free(s->threads);
}

static void free_fixed(struct server *s)
{
	MHD_destroy_response(s->busy);
	MHD_destroy_response(s->ready);
	MHD_destroy_response(s->not_ready);
	for (size_t i = 0; i < s->n_assets; i++) {
		MHD_destroy_response(s->asset_plain[i]);
		if (s->asset_gz[i])
			MHD_destroy_response(s->asset_gz[i]);
	}
	free(s->asset_plain);
	free(s->asset_gz);
}

void server_stop(struct server *s, unsigned seconds)
{
	if (!s)
		return;
	atomic_store(&s->draining, true);
	if (s->daemon) {
		MHD_socket listening = MHD_quiesce_daemon(s->daemon);
		handout_stop(s->handout);
		listen_close(s->listen);
		for (unsigned i = 0; i < seconds * 100 && atomic_load(&s->under_way); i++)
			nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
		end_workers(s);
		MHD_stop_daemon(s->daemon);
		if (listening != MHD_INVALID_SOCKET)
			close(listening);
	} else {
		end_workers(s);
	}
	handout_free(s->handout);
	listen_free(s->listen);
	close(s->nothing);
	free_fixed(s);
	rate_free(s->rates);
	s->o.app->metrics = NULL;
	metrics_free(s->metrics);
	for (struct travel *t = s->spare, *next; t; t = next) {
		next = t->next;
		arena_free(t->x.cx.arena);
		free(t);
	}
	free(s);
}
