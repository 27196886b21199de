/* Files of live streams; see handout.h. */
#include "web/handout.h"
#include "base/arena.h"
#include "base/clock.h"
#include "text/hls.h"
#include "web/range.h"

#include <fcntl.h>
#include <libdeflate.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PLAYLIST_MAX = 64 << 10, TOKEN_LEAST = 16, TOKEN_MOST = 64, NAME_MAX_ = 32, KEY_MAX = TOKEN_MOST + NAME_MAX_ + 2, DIRS_AT_ONCE = 16 };
enum { WAIT_MS = 3 * HLS_TARGET_S * 1000 };

/* An answer that several may be sending at a time; of a playlist also which version of the file it was made of. */
struct handout_kept {
	char key[KEY_MAX];
	bool gzip;
	struct timespec changed;
	ino_t inode;
	struct MHD_Response *response;
	unsigned refs;
};
struct handout {
	int dir;                     /* DATA/hls; -1: not there yet */
	char *path;
	pthread_mutex_t lock;        /* of what waits */
	pthread_cond_t wake;
	struct handout_ask *waiting;
	unsigned n_waiting;
	bool stop;
	pthread_t thread;
	pthread_mutex_t kept_lock;
	struct handout_kept *kept[HANDOUT_KEPT]; /* the newest answers, in turn */
	unsigned next_kept;
	struct MHD_Response *none, *busy, *bad;
};

/* ── addresses ── */

bool handout_ours(struct str path)
{
	return str_starts(path, S("/hls/"));
}

static bool all_of(struct str s, const char *letters)
{
	for (size_t i = 0; i < s.n; i++)
		if (!strchr(letters, s.p[i]) || !s.p[i])
			return false;
	return s.n > 0;
}

struct place {
	char token[TOKEN_MOST + 1], name[NAME_MAX_ + 1];
	char key[KEY_MAX]; /* token/name, a path below the folder */
	bool playlist;
};

static bool place_of(struct str path, struct place *ret)
{
	struct str rest = str_sub(path, 5, path.n), token = str_before(rest, '/'), name = str_sub(rest, token.n + 1, rest.n), end;
	if (token.n < TOKEN_LEAST || token.n > TOKEN_MOST || rest.n <= token.n || name.n > NAME_MAX_ || !all_of(token, "0123456789abcdef"))
		return false;
	struct str stem = str_before(name, '.');
	if (!all_of(stem, "0123456789abcdefghijklmnopqrstuvwxyz") || stem.n == name.n)
		return false;
	end = str_sub(name, stem.n, name.n);
	ret->playlist = str_is(end, ".m3u8");
	snprintf(ret->token, sizeof ret->token, "%.*s", STR_ARG(token));
	snprintf(ret->name, sizeof ret->name, "%.*s", STR_ARG(name));
	snprintf(ret->key, sizeof ret->key, "%s/%s", ret->token, ret->name);
	return ret->playlist || str_is(end, ".m4s") || str_is(end, ".mp4");
}

/* Where the files are; the folder comes with the first stream. */
static int folder(struct handout *h)
{
	int dir = __atomic_load_n(&h->dir, __ATOMIC_ACQUIRE);
	if (dir >= 0)
		return dir;
	pthread_mutex_lock(&h->kept_lock);
	if (h->dir < 0)
		__atomic_store_n(&h->dir, open(h->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), __ATOMIC_RELEASE);
	dir = h->dir;
	pthread_mutex_unlock(&h->kept_lock);
	return dir;
}

static int open_below(struct handout *h, const char *key, struct stat *st)
{
	int dir = folder(h), fd = dir < 0 ? -1 : openat(dir, key, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return -1;
	if (fstat(fd, st) == 0 && S_ISREG(st->st_mode))
		return fd;
	close(fd);
	return -1;
}

static bool read_now(struct handout *h, const char *token, struct hls_now *ret)
{
	char key[KEY_MAX], line[100];
	struct stat st;
	snprintf(key, sizeof key, "%s/now", token);
	int fd = open_below(h, key, &st);
	if (fd < 0)
		return false;
	ssize_t n = read(fd, line, sizeof line);
	close(fd);
	return n > 0 && hls_now_read((struct str){ line, (size_t)n }, ret);
}

/* ── answers ── */

static void add_headers(struct MHD_Response *r, const char *type, const char *keep)
{
	MHD_add_response_header(r, "Content-Type", type);
	MHD_add_response_header(r, "Cache-Control", keep);
	MHD_add_response_header(r, "X-Content-Type-Options", "nosniff");
	/* Whoever knows the address may have it, and cookies play no part: players of other origins may read it, too. */
	MHD_add_response_header(r, "Access-Control-Allow-Origin", "*");
}

static struct MHD_Response *fixed(const char *text)
{
	struct MHD_Response *r = MHD_create_response_from_buffer(strlen(text), (void *)(uintptr_t)text, MHD_RESPMEM_PERSISTENT);
	BUG_IF(!r);
	add_headers(r, "text/plain; charset=utf-8", "max-age=1");
	return r;
}

static struct MHD_Response *packed(const char *plain, size_t n)
{
	char out[PLAYLIST_MAX];
	struct libdeflate_compressor *c = libdeflate_alloc_compressor(6);
	size_t size = c ? libdeflate_gzip_compress(c, plain, n, out, sizeof out) : 0;
	libdeflate_free_compressor(c);
	struct MHD_Response *r = size ? MHD_create_response_from_buffer(size, out, MHD_RESPMEM_MUST_COPY) : NULL;
	if (r)
		MHD_add_response_header(r, "Content-Encoding", "gzip");
	return r;
}

static struct MHD_Response *playlist_response(int fd, const struct stat *st, bool gzip)
{
	char text[PLAYLIST_MAX];
	ssize_t n = st->st_size <= PLAYLIST_MAX ? read(fd, text, sizeof text) : -1;
	close(fd);
	if (n < 0)
		return NULL;
	struct MHD_Response *r = gzip ? packed(text, (size_t)n) : NULL;
	if (!r)
		r = MHD_create_response_from_buffer((size_t)n, text, MHD_RESPMEM_MUST_COPY);
	if (!r)
		return NULL;
	add_headers(r, "application/vnd.apple.mpegurl", "max-age=1");
	MHD_add_response_header(r, "Vary", "Accept-Encoding");
	return r;
}

static struct MHD_Response *media_response(int fd, int64_t from, int64_t n)
{
	struct MHD_Response *r = MHD_create_response_from_fd_at_offset64((uint64_t)n, fd, (uint64_t)from);
	if (!r) {
		close(fd);
		return NULL;
	}
	add_headers(r, "video/mp4", "public, max-age=31536000, immutable");
	MHD_add_response_header(r, "Accept-Ranges", "bytes");
	return r;
}

static bool same_version(const struct handout_kept *k, const struct stat *st)
{
	return k->inode == st->st_ino && k->changed.tv_sec == st->st_mtim.tv_sec && k->changed.tv_nsec == st->st_mtim.tv_nsec;
}

static void leave(struct handout *h, struct handout_kept *k)
{
	pthread_mutex_lock(&h->kept_lock);
	bool last = --k->refs == 0;
	pthread_mutex_unlock(&h->kept_lock);
	if (!last)
		return;
	MHD_destroy_response(k->response);
	free(k);
}

static struct handout_kept *find_kept(struct handout *h, const struct place *p, bool gzip, const struct stat *st)
{
	struct handout_kept *found = NULL;
	pthread_mutex_lock(&h->kept_lock);
	for (int i = 0; i < HANDOUT_KEPT && !found; i++) {
		struct handout_kept *k = h->kept[i];
		if (k && k->gzip == gzip && strcmp(k->key, p->key) == 0 && (!st || same_version(k, st)))
			found = k;
	}
	if (found)
		found->refs++;
	pthread_mutex_unlock(&h->kept_lock);
	return found;
}

/* Kept in the place of the oldest. */
static struct handout_kept *keep(struct handout *h, const struct place *p, bool gzip, const struct stat *st, struct MHD_Response *r)
{
	struct handout_kept *k = calloc(1, sizeof *k), *old;
	BUG_IF(!k);
	snprintf(k->key, sizeof k->key, "%s", p->key);
	k->gzip = gzip;
	k->changed = st->st_mtim;
	k->inode = st->st_ino;
	k->response = r;
	k->refs = 2;
	pthread_mutex_lock(&h->kept_lock);
	old = h->kept[h->next_kept];
	h->kept[h->next_kept] = k;
	h->next_kept = (h->next_kept + 1) % HANDOUT_KEPT;
	pthread_mutex_unlock(&h->kept_lock);
	if (old)
		leave(h, old);
	return k;
}

static bool give(struct handout_ask *ask, unsigned status, struct MHD_Response *r)
{
	ask->status = status;
	ask->response = r;
	return true;
}

static bool give_kept(struct handout_ask *ask, struct handout_kept *k)
{
	ask->kept = k;
	return give(ask, 200, k->response);
}

/* A range is made for who asks for it. */
static bool give_range(struct handout_ask *ask, int fd, int64_t size, int64_t from, int64_t to)
{
	char text[100];
	struct MHD_Response *r = media_response(fd, from, to - from + 1);
	if (!r)
		return false;
	snprintf(text, sizeof text, "bytes %lld-%lld/%lld", (long long)from, (long long)to, (long long)size);
	MHD_add_response_header(r, "Content-Range", text);
	ask->own = true;
	return give(ask, 206, r);
}

/* The file as it is now. False: there is none. */
static bool give_file(struct handout *h, struct handout_ask *ask, const struct place *p)
{
	struct stat st;
	int64_t from, to;
	bool gzip = p->playlist && ask->gzip;
	struct handout_kept *k = p->playlist || ask->range.n ? NULL : find_kept(h, p, false, NULL);
	if (k)
		return give_kept(ask, k);
	int fd = open_below(h, p->key, &st);
	if (fd < 0)
		return false;
	if (!p->playlist && ask->range.n && range_of(ask->range, st.st_size, &from, &to))
		return give_range(ask, fd, st.st_size, from, to);
	k = find_kept(h, p, gzip, &st);
	if (k) {
		close(fd);
		return give_kept(ask, k);
	}
	struct MHD_Response *r = p->playlist ? playlist_response(fd, &st, gzip) : media_response(fd, 0, st.st_size);
	return r && give_kept(ask, keep(h, p, gzip, &st, r));
}

void handout_done(struct handout *h, struct handout_ask *ask)
{
	if (ask->own)
		MHD_destroy_response(ask->response);
	if (ask->kept)
		leave(h, ask->kept);
	ask->kept = NULL;
	ask->own = false;
}

/* ── what is asked for ── */

/* The numbers of a playlist that is waited for; false: it is not. */
static bool awaited(struct str query, int64_t *number, int64_t *part)
{
	struct str one;
	*number = *part = -1;
	while (str_cut(&query, '&', &one)) {
		if (str_starts(one, S("_HLS_msn=")) && (!str_int(str_sub(one, 9, one.n), number) || *number < 0))
			return false;
		if (str_starts(one, S("_HLS_part=")) && (!str_int(str_sub(one, 10, one.n), part) || *part < 0))
			return false;
	}
	return *number >= 0;
}

/* "p137.m4s", "ap137.m4s": the number of a part. */
static bool part_number(const char *name, int64_t *ret)
{
	struct str s = str_before(str_of(name), '.');
	if (str_starts(s, S("a")))
		s = str_sub(s, 1, s.n);
	return str_starts(s, S("p")) && str_int(str_sub(s, 1, s.n), ret);
}

enum there { THERE, NOT_YET, TOO_FAR };
static enum there is_there(const struct handout_ask *ask, const struct hls_now *now)
{
	bool too_far = false;
	if (ask->number < 0)
		return now->ended || ask->part < now->next_part ? THERE : NOT_YET;
	bool has = hls_now_has(now, ask->number, ask->part, &too_far);
	return has ? THERE : too_far ? TOO_FAR : NOT_YET;
}

bool handout_look(struct handout *h, struct handout_ask *ask)
{
	struct place p;
	struct hls_now now;
	if (!place_of(ask->path, &p))
		return give(ask, 404, h->none);
	ask->number = ask->part = -1;
	bool waits = p.playlist ? awaited(ask->query, &ask->number, &ask->part) : part_number(p.name, &ask->part);
	if (!p.playlist && give_file(h, ask, &p))
		return true;
	if (!waits || !read_now(h, p.token, &now))
		return (p.playlist && give_file(h, ask, &p)) || give(ask, 404, h->none);
	/* Only the part that was hinted at is on its way; the hint may be a moment newer than what we just read. */
	if (!p.playlist && ask->part > now.next_part + 1)
		return give(ask, 404, h->none);
	enum there there = is_there(ask, &now);
	if (there == TOO_FAR)
		return give(ask, 400, h->bad);
	return there == THERE && (give_file(h, ask, &p) || give(ask, 404, h->none));
}

/* ── waiting ── */

static int64_t monotonic_ms(void)
{
	return clock_monotonic() / 1000000;
}

void handout_wait(struct handout *h, struct handout_ask *ask)
{
	ask->until = monotonic_ms() + WAIT_MS;
	pthread_mutex_lock(&h->lock);
	bool room = !h->stop && h->n_waiting < HANDOUT_WAITING;
	if (room) {
		ask->next = h->waiting;
		h->waiting = ask;
		h->n_waiting++;
		pthread_cond_signal(&h->wake);
	}
	pthread_mutex_unlock(&h->lock);
	if (room)
		return;
	give(ask, 503, h->busy);
	ask->ready(ask);
}

unsigned handout_waiting(struct handout *h)
{
	pthread_mutex_lock(&h->lock);
	unsigned n = h->n_waiting;
	pthread_mutex_unlock(&h->lock);
	return n;
}

/* What the folders of a look say, each read once: most who wait, wait for the same. */
struct seen {
	char token[TOKEN_MOST + 1];
	struct hls_now now;
	bool found;
};
struct looking {
	struct seen dir[DIRS_AT_ONCE];
	size_t n;
};

static const struct seen *see(struct handout *h, struct looking *l, const char *token)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->dir[i].token, token) == 0)
			return &l->dir[i];
	struct seen *s = &l->dir[l->n < DIRS_AT_ONCE ? l->n++ : DIRS_AT_ONCE - 1];
	snprintf(s->token, sizeof s->token, "%s", token);
	s->found = read_now(h, token, &s->now);
	return s;
}

/* Whether the waiting of one is over; then the answer is there. */
static bool over(struct handout *h, struct looking *l, struct handout_ask *ask, int64_t now)
{
	struct place p;
	if (!place_of(ask->path, &p))
		return give(ask, 404, h->none);
	const struct seen *s = see(h, l, p.token);
	if (!s->found)
		return give(ask, 404, h->none);
	if (is_there(ask, &s->now) == THERE)
		return give_file(h, ask, &p) || give(ask, 404, h->none);
	return now >= ask->until && give(ask, 503, h->busy);
}

/* Takes out of the list whose waiting is over; all, when it stops. */
static struct handout_ask *take_over(struct handout *h, int64_t now)
{
	struct handout_ask *out = NULL, **at = &h->waiting;
	struct looking l = { .n = 0 };
	while (*at) {
		struct handout_ask *ask = *at;
		if (!(h->stop && give(ask, 503, h->busy)) && !over(h, &l, ask, now)) {
			at = &ask->next;
			continue;
		}
		*at = ask->next;
		h->n_waiting--;
		ask->next = out;
		out = ask;
	}
	return out;
}

static void *watch(void *arg)
{
	struct handout *h = arg;
	bool stop = false;
	while (!stop) {
		pthread_mutex_lock(&h->lock);
		while (!h->stop && !h->waiting)
			pthread_cond_wait(&h->wake, &h->lock);
		stop = h->stop;
		struct handout_ask *out = take_over(h, monotonic_ms());
		pthread_mutex_unlock(&h->lock);
		while (out) {
			struct handout_ask *ask = out;
			out = ask->next;
			ask->ready(ask);
		}
		if (!stop)
			nanosleep(&(struct timespec){ .tv_nsec = HANDOUT_EVERY_MS * 1000000L }, NULL);
	}
	return NULL;
}

/* ── beginning and end ── */

struct handout *handout_new(struct str data_dir)
{
	struct handout *h = calloc(1, sizeof *h);
	size_t n = data_dir.n + sizeof "/hls";
	BUG_IF(!h);
	h->dir = -1;
	h->path = malloc(n);
	BUG_IF(!h->path);
	snprintf(h->path, n, "%.*s/hls", STR_ARG(data_dir));
	pthread_mutex_init(&h->lock, NULL);
	pthread_mutex_init(&h->kept_lock, NULL);
	pthread_cond_init(&h->wake, NULL);
	h->none = fixed("There is nothing at this address, or not yet, or not any more.\n");
	h->busy = fixed("Nothing new came for a while. Please ask again.\n");
	h->bad = fixed("That is too far ahead of what there is.\n");
	BUG_IF(pthread_create(&h->thread, NULL, watch, h) != 0);
	return h;
}

void handout_stop(struct handout *h)
{
	pthread_mutex_lock(&h->lock);
	bool first = !h->stop;
	h->stop = true;
	pthread_cond_signal(&h->wake);
	pthread_mutex_unlock(&h->lock);
	if (first)
		pthread_join(h->thread, NULL);
}

void handout_free(struct handout *h)
{
	handout_stop(h);
	for (int i = 0; i < HANDOUT_KEPT; i++)
		if (h->kept[i])
			leave(h, h->kept[i]);
	MHD_destroy_response(h->none);
	MHD_destroy_response(h->busy);
	MHD_destroy_response(h->bad);
	if (h->dir >= 0)
		close(h->dir);
	free(h->path);
	free(h);
}
