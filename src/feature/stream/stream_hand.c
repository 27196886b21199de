/* A stream in hand; see stream_hand.h. */
#include "feature/stream/stream_hand.h"
#include "web/lang.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 256 << 10, TO_MOST = 16 << 20, FROM_MOST = FMP4_MOOF_MAX + FMP4_MDAT_MAX + (1 << 20), PLAYLIST_MOST = 60 << 10, SOUND_MOST = 4 << 20 };

static const char disk_full[] = N_("The server cannot keep what is sent: its disk is full, or cannot be written to.");
static const char no_child[] = N_("The program ffmpeg does not run on this server. What it says stands in the log of the server.");
static const char not_plain[] = N_("The encoder sends picture or sound in a form that not every browser plays. Set it to H.264 and AAC.");
static const char not_cut[] = N_("What the encoder sends cannot be cut into parts. Set it to H.264 and AAC, with a key frame every two seconds.");

/* ── bytes ── */

static bool add_bytes(struct arena *a, struct hand_bytes *b, const void *p, size_t n, size_t most)
{
	if (n > most - b->n)
		return false;
	size_t cap = b->cap ? b->cap : PIECE;
	while (cap < b->n + n)
		cap *= 2;
	if (cap > b->cap) {
		b->p = arena_grow(a, b->p, b->cap, cap);
		b->cap = cap;
	}
	memcpy(b->p + b->n, p, n);
	b->n += n;
	return true;
}

static void drop_bytes(struct hand_bytes *b, size_t n)
{
	memmove(b->p, b->p + n, b->n - n);
	b->n -= n;
}

/* ── files ── */

static bool write_all(int fd, struct str s)
{
	while (s.n) {
		ssize_t n = write(fd, s.p, s.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		s = str_sub(s, (size_t)n, s.n);
	}
	return true;
}

static int new_file(int dir, const char *name)
{
	return openat(dir, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
}

/* Whoever looks sees the file whole or not at all. */
static bool put_file(int dir, const char *name, struct str s)
{
	int fd = new_file(dir, ".new");
	bool good = fd >= 0 && write_all(fd, s);
	if (fd >= 0)
		close(fd);
	return good && renameat(dir, ".new", dir, name) == 0;
}

static void close_file(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static bool read_now(int dir, struct hls_now *ret)
{
	char line[100];
	int fd = openat(dir, "now", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, line, sizeof line);
	close_file(&fd);
	return n > 0 && hls_now_read((struct str){ line, (size_t)n }, ret);
}

/* ── beginning ── */

static int open_dir(struct ctx *cx, struct str path)
{
	return stream_make_dir(cx, path) ? open(str_c(cx->arena, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
}

/* Takes that are there and were not told of, after a process that was killed or a restore: none is written over. */
static int64_t takes_there(int dir, int64_t told)
{
	char name[40];
	for (;; told++) {
		snprintf(name, sizeof name, "take-%lld.mp4", (long long)told + 1);
		if (faccessat(dir, name, F_OK, 0) != 0)
			return told;
	}
}

/* After a process that was killed, numbers go on. */
static bool line_open(struct ctx *cx, struct hand_line *l, struct str token, int64_t takes)
{
	struct hls_now now;
	l->hls_dir = open_dir(cx, stream_hls_dir(cx, token));
	if (l->hls_dir >= 0 && read_now(l->hls_dir, &now))
		hls_begin(&l->hls, now.number + 1, now.next_part, takes);
	else
		hls_begin(&l->hls, 0, 0, takes);
	return l->hls_dir >= 0;
}

bool hand_open(struct ctx *cx, const struct stream_open_row *row, struct str key, struct stream_hand *h)
{
	*h = (struct stream_hand){ .arena = arena_new(),
				   .id = row->id,
				   .port = row->port,
				   .srt = str_is(row->way, "srt"),
				   .takes = row->takes,
				   .first_at = row->first_at,
				   .last_at = NONE,
				   .bytes = row->bytes,
				   .recording_us = row->recording_ms * 1000,
				   .trouble = "",
				   .take_file = -1,
				   .with_thin = cx->app->stream_thin,
				   .main = { .hls_dir = -1, .segment_file = -1, .sound_file = -1 },
				   .thin = { .hls_dir = -1, .segment_file = -1, .sound_file = -1 },
				   .child = stream_child_none };
	h->key = str_dup(h->arena, key);
	h->token = str_dup(h->arena, row->token);
	snprintf(h->key_hash, sizeof h->key_hash, "%.*s", STR_ARG(row->key_hash));
	h->take_dir = open_dir(cx, stream_take_dir(cx, h->id));
	if (h->take_dir >= 0)
		h->takes = takes_there(h->take_dir, h->takes);
	bool good = h->take_dir >= 0 && line_open(cx, &h->main, h->token, h->takes);
	good = good && (!h->with_thin || line_open(cx, &h->thin, stream_thin_token(cx, h->token), h->takes));
	if (!good)
		h->trouble = disk_full;
	return good;
}

/* Where SRT waits, with its passphrase, as a list of one film that goes through the child's standard input: arguments are read by everybody on this
 * machine (ps), files by whoever comes to the disk. What arrives is held to be a transport stream and nothing else. */
static struct str srt_list(struct ctx *cx, const struct stream_hand *h)
{
	return str_fmt(
		cx->arena,
		"ffconcat version 1.0\nfile 'srt://%.*s:%lld?mode=listener&passphrase=%.*s&pbkeylen=16&latency=200000'\noption analyzeduration 1500000\n",
		STR_ARG(cx->app->stream_listen), (long long)h->port, STR_ARG(h->key));
}

bool hand_begin(struct ctx *cx, struct stream_hand *h)
{
	const char *args[STREAM_ARGS_MAX + 1];
	stream_args(cx, h->srt, args);
	const struct stream_child_options o = { .args = args, .with_in = true, .with_second = h->with_thin };
	/* One of which not all was read yet. */
	hand_break(h);
	h->n_words = 0;
	h->begun_at = h->heard_at = clock_monotonic() / 1000000;
	bool begun = stream_child_begin(cx, &o, &h->child);
	if (begun && h->srt) {
		/* A new pipe holds it at once. */
		begun = write_all(h->child.in, srt_list(cx, h));
		close_file(&h->child.in);
	}
	if (!begun)
		h->trouble = no_child;
	return begun;
}

bool hand_give(struct stream_hand *h, const void *p, size_t n)
{
	return add_bytes(h->arena, &h->to, p, n, TO_MOST);
}

bool hand_flush(struct stream_hand *h)
{
	ssize_t n = h->to.n ? write(h->child.in, h->to.p, h->to.n) : 0;
	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	drop_bytes(&h->to, (size_t)n);
	return true;
}

/* ── parts ── */

/* What there is to choose from. Before the first segment is whole it waits for the thin rendition, so that nobody begins without it. */
static bool put_index(struct ctx *cx, struct stream_hand *h)
{
	struct buf b;
	if (!h->main.hls.n || (h->with_thin && !h->thin.hls.n && h->main.hls.n == 1))
		return true;
	buf_init(&b, cx->arena, PLAYLIST_MOST);
	hls_index(&h->main.hls, h->with_thin ? &h->thin.hls : NULL, str_fmt(cx->arena, "../%.*s/", STR_ARG(stream_thin_token(cx, h->token))), &b);
	return put_file(h->main.hls_dir, "index.m3u8", buf_get(&b));
}

static bool put_playlists(struct ctx *cx, struct hand_line *l)
{
	struct buf b;
	buf_init(&b, cx->arena, PLAYLIST_MOST);
	hls_playlist(&l->hls, false, &b);
	bool good = put_file(l->hls_dir, "main.m3u8", buf_get(&b));
	if (l->hls.sound) {
		buf_init(&b, cx->arena, PLAYLIST_MOST);
		hls_playlist(&l->hls, true, &b);
		good = good && put_file(l->hls_dir, "sound.m3u8", buf_get(&b));
	}
	/* Last: who waits reads this first. */
	buf_init(&b, cx->arena, 200);
	hls_now(&l->hls, &b);
	return good && put_file(l->hls_dir, "now", buf_get(&b));
}

static void drop_files(struct hand_line *l, int64_t number, int64_t first, int64_t parts)
{
	char name[HLS_NAME];
	for (int sound = 0; sound < 2; sound++) {
		hls_name(name, sound, 's', number);
		unlinkat(l->hls_dir, name, 0);
		for (int64_t i = 0; i < parts; i++) {
			hls_name(name, sound, 'p', first + i);
			unlinkat(l->hls_dir, name, 0);
		}
	}
}

/* Whoever read the playlist a moment ago may still ask for what is no longer listed (bis 6.2.2). */
static void note_gone(struct hand_line *l, const struct hls_added *a)
{
	if (a->gone < 0)
		return;
	if (l->n_gone == HAND_KEEPS) {
		drop_files(l, l->gone[0].number, l->gone[0].first, l->gone[0].parts);
		memmove(l->gone, l->gone + 1, sizeof l->gone[0] * (HAND_KEEPS - 1));
		l->n_gone--;
	}
	l->gone[l->n_gone].number = a->gone;
	l->gone[l->n_gone].first = a->gone_first;
	l->gone[l->n_gone++].parts = a->gone_parts;
}

/* The segment that was in the making gets its name. */
static bool close_segment(struct hand_line *l, int64_t number)
{
	char name[HLS_NAME];
	bool good = true;
	if (number < 0)
		return true;
	close_file(&l->segment_file);
	hls_name(name, false, 's', number);
	good = renameat(l->hls_dir, ".segment", l->hls_dir, name) == 0;
	if (l->sound_file < 0)
		return good;
	close_file(&l->sound_file);
	hls_name(name, true, 's', number);
	return renameat(l->hls_dir, ".sound", l->hls_dir, name) == 0 && good;
}

static bool add_to_segment(struct hand_line *l, int *fd, const char *name, struct str bytes)
{
	if (*fd < 0)
		*fd = new_file(l->hls_dir, name);
	return *fd >= 0 && write_all(*fd, bytes);
}

static bool put_part(struct ctx *cx, struct hand_line *l, const struct hls_added *a, struct str part, struct str sound)
{
	char name[HLS_NAME];
	bool good = close_segment(l, a->closed);
	hls_name(name, false, 'p', a->part);
	good = good && put_file(l->hls_dir, name, part) && add_to_segment(l, &l->segment_file, ".segment", part);
	if (l->hls.sound) {
		hls_name(name, true, 'p', a->part);
		good = good && put_file(l->hls_dir, name, sound) && add_to_segment(l, &l->sound_file, ".sound", sound);
	}
	note_gone(l, a);
	return good && put_playlists(cx, l);
}

/* The take that is recorded, and how it stands. */
static bool note_part(struct stream_hand *h, const struct fmp4_fragment *f, struct str part, int64_t now)
{
	if (!write_all(h->take_file, part))
		return false;
	h->live = true;
	h->trouble = "";
	h->bytes += (int64_t)part.n;
	h->recording_us += f->duration_us;
	h->last_at = now;
	if (h->first_at == NONE)
		h->first_at = now;
	return true;
}

/* moof and mdat lie together. */
static bool take_fragment(struct ctx *cx, struct stream_hand *h, struct hand_line *l, struct str moof, struct str mdat)
{
	struct fmp4_fragment f;
	struct hls_added added;
	struct buf sound;
	int64_t now = clock_now();
	buf_init(&sound, cx->arena, SOUND_MOST);
	if (!l->has_init || !fmp4_fragment_read(&l->init, moof, &f)) {
		h->trouble = not_cut;
		return false;
	}
	/* A fragment without sound, at the end of a take, gives its part of it no bytes: players pass over it. */
	if (l->hls.sound && !fmp4_sound_fragment(&l->init, moof, mdat, &sound))
		buf_init(&sound, cx->arena, SOUND_MOST);
	struct str part = { moof.p, moof.n + mdat.n }, alone = buf_get(&sound);
	hls_add(&l->hls, &f, (int64_t)part.n, (int64_t)alone.n, now, &added);
	bool good = put_part(cx, l, &added, part, alone) && (added.closed < 0 && l->hls.n > 1 ? true : put_index(cx, h));
	good = good && (l != &h->main || note_part(h, &f, part, now));
	if (!good)
		h->trouble = disk_full;
	return good;
}

/* ── the beginning of a take ── */

static bool all_plain(const struct fmp4_init *i)
{
	for (size_t k = 0; k < i->n; k++)
		if ((i->track[k].video || i->track[k].sound) && !i->track[k].plain)
			return false;
	return true;
}

static bool put_inits(struct ctx *cx, struct hand_line *l, bool *ret_sound)
{
	char name[HLS_NAME];
	struct buf b, sound;
	int64_t number = l->hls.take + 1;
	buf_init(&b, cx->arena, 2 * FMP4_INIT_MAX);
	buf_init(&sound, cx->arena, 2 * FMP4_INIT_MAX);
	buf_str(&b, l->init.ftyp);
	buf_str(&b, l->init.moov);
	*ret_sound = fmp4_sound_init(&l->init, &sound);
	hls_name(name, false, 'i', number);
	bool good = put_file(l->hls_dir, name, buf_get(&b));
	hls_name(name, true, 'i', number);
	return good && (!*ret_sound || put_file(l->hls_dir, name, buf_get(&sound)));
}

static bool begin_take(struct stream_hand *h)
{
	char take[40];
	snprintf(take, sizeof take, "take-%lld.mp4", (long long)h->main.hls.take);
	close_file(&h->take_file);
	h->take_file = new_file(h->take_dir, take);
	h->takes = h->main.hls.take;
	return h->take_file >= 0 && write_all(h->take_file, h->main.init.ftyp) && write_all(h->take_file, h->main.init.moov);
}

static bool take_init(struct ctx *cx, struct stream_hand *h, struct hand_line *l, struct str moov)
{
	bool sound = false;
	l->has_init = fmp4_init_read(l->ftyp, str_dup(h->arena, moov), &l->init);
	if (!l->has_init || !all_plain(&l->init)) {
		h->trouble = l->has_init ? not_plain : not_cut;
		return false;
	}
	bool good = put_inits(cx, l, &sound);
	hls_take(&l->hls, &l->init, sound);
	good = good && (l != &h->main || begin_take(h));
	if (!good)
		h->trouble = disk_full;
	return good;
}

/* ── what comes out of the child ── */

/* What is whole at the front of what came, once. used 0: more is needed. */
static bool take_front(struct ctx *cx, struct stream_hand *h, struct hand_line *l, struct str s, size_t *ret_used)
{
	struct fmp4_box box, mdat;
	*ret_used = 0;
	enum fmp4_found found = fmp4_box(s, FMP4_MDAT_MAX, &box);
	if (found == FMP4_BOX && box.type == FMP4_TYPE("moof")) {
		found = fmp4_box(str_sub(s, box.whole.n, s.n), FMP4_MDAT_MAX, &mdat);
		if (found == FMP4_BOX) {
			*ret_used = box.whole.n + mdat.whole.n;
			return take_fragment(cx, h, l, box.whole, mdat.whole);
		}
	}
	if (found == FMP4_BAD)
		h->trouble = not_cut;
	if (found != FMP4_BOX)
		return found == FMP4_MORE;
	*ret_used = box.whole.n;
	if (box.type == FMP4_TYPE("ftyp"))
		l->ftyp = str_dup(h->arena, box.whole);
	return box.type != FMP4_TYPE("moov") || take_init(cx, h, l, box.whole);
}

static bool take_all(struct ctx *cx, struct stream_hand *h, struct hand_line *l)
{
	size_t at = 0, used = 0;
	bool good;
	do {
		struct arena_mark m = arena_mark(cx->arena);
		good = take_front(cx, h, l, (struct str){ l->from.p + at, l->from.n - at }, &used);
		arena_back(cx->arena, m);
		at += used;
	} while (good && used && at < l->from.n);
	drop_bytes(&l->from, at);
	return good;
}

bool hand_read(struct ctx *cx, struct stream_hand *h, struct hand_line *l)
{
	char *piece = arena_alloc(cx->arena, PIECE);
	int *from = l == &h->main ? &h->child.out : &h->child.second;
	ssize_t n = read(*from, piece, PIECE);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	if (n == 0) {
		/* The main one says when all is over. */
		close_file(from);
		return l != &h->main;
	}
	h->heard_at = clock_monotonic() / 1000000;
	if (!add_bytes(h->arena, &l->from, piece, (size_t)n, FROM_MOST)) {
		h->trouble = not_cut;
		return false;
	}
	return take_all(cx, h, l);
}

/* ffmpeg repeats the address, with the passphrase, when it cannot be used; logs are read by more people than may know it. */
static void say_words(struct stream_hand *h)
{
	char *at;
	h->words[h->n_words] = 0;
	while ((at = h->key.n ? strstr(h->words, h->key.p) : NULL))
		memset(at, '*', h->key.n);
	fprintf(stderr, "stream=%lld ffmpeg: %s\n", (long long)h->id, h->words);
	h->n_words = 0;
}

void hand_read_words(struct stream_hand *h)
{
	char piece[1000];
	ssize_t n = read(h->child.said, piece, sizeof piece);
	for (ssize_t i = 0; i < n; i++) {
		if (piece[i] == '\n' || h->n_words == sizeof h->words - 1)
			say_words(h);
		if (piece[i] != '\n')
			h->words[h->n_words++] = piece[i] >= ' ' && piece[i] < 127 ? piece[i] : '?';
	}
	/* Nobody holds its other end any more. */
	if (n == 0) {
		close(h->child.said);
		h->child.said = -1;
	}
}

/* ── ending ── */

void hand_break(struct stream_hand *h)
{
	stream_child_end(&h->child);
	close_file(&h->take_file);
	h->live = false;
	h->main.has_init = h->thin.has_init = false;
	h->bits = 0;
	h->to.n = h->main.from.n = h->thin.from.n = 0;
}

static void line_end(struct ctx *cx, struct hand_line *l)
{
	struct hls_added added;
	hls_end(&l->hls, &added);
	close_segment(l, added.closed);
	if (l->hls.n)
		put_playlists(cx, l);
}

void hand_end(struct ctx *cx, struct stream_hand *h)
{
	hand_break(h);
	line_end(cx, &h->main);
	if (h->with_thin)
		line_end(cx, &h->thin);
	put_index(cx, h);
}

static void line_close(struct hand_line *l)
{
	close_file(&l->segment_file);
	close_file(&l->sound_file);
	close_file(&l->hls_dir);
}

void hand_close(struct stream_hand *h)
{
	hand_break(h);
	line_close(&h->main);
	line_close(&h->thin);
	close_file(&h->take_dir);
	arena_free(h->arena);
}
