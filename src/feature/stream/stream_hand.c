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

bool hand_open(struct ctx *cx, const struct stream_open_row *row, struct str key, struct stream_hand *h)
{
	struct hls_now now;
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
				   .segment_file = -1,
				   .sound_file = -1 };
	h->child = (struct stream_child){ .in = -1, .out = -1, .said = -1 };
	h->key = str_dup(h->arena, key);
	h->token = str_dup(h->arena, row->token);
	snprintf(h->key_hash, sizeof h->key_hash, "%.*s", STR_ARG(row->key_hash));
	h->hls_dir = open_dir(cx, stream_hls_dir(cx, h->token));
	h->take_dir = open_dir(cx, stream_take_dir(cx, h->id));
	if (h->hls_dir < 0 || h->take_dir < 0) {
		h->trouble = disk_full;
		return false;
	}
	h->takes = takes_there(h->take_dir, h->takes);
	/* After a process that was killed, numbers go on. */
	if (read_now(h->hls_dir, &now))
		hls_begin(&h->hls, now.number + 1, now.next_part, h->takes);
	else
		hls_begin(&h->hls, 0, 0, h->takes);
	return true;
}

static size_t put_args(const char **at, const char *const *more)
{
	size_t n = 0;
	for (; more[n]; n++)
		at[n] = more[n];
	return n;
}

/* Where SRT waits, with its passphrase, as a list of one film that goes through the child's standard input: arguments are read by everybody on this
 * machine (ps), files by whoever comes to the disk. What arrives is held to be a transport stream and nothing else. */
static struct str srt_list(struct ctx *cx, const struct stream_hand *h)
{
	return str_fmt(cx->arena,
		       "ffconcat version 1.0\nfile 'srt://%.*s:%lld?mode=listener&passphrase=%.*s&pbkeylen=16&latency=200000'\noption analyzeduration 1500000\n",
		       STR_ARG(cx->app->stream_listen), (long long)h->port, STR_ARG(h->key));
}

bool hand_begin(struct ctx *cx, struct stream_hand *h)
{
	static const char *const first[] = { "-nostdin", "-hide_banner", "-loglevel", "error", "-analyzeduration", "1500000", NULL };
	static const char *const flv[] = { "-protocol_whitelist", "pipe", "-f", "flv", "-i", "pipe:0", NULL };
	static const char *const maps[] = { "-map", "0:v:0?", "-map", "0:a:0?", NULL };
	static const char *const copy[] = { "-c", "copy", NULL };
	/* AAC in a transport stream carries its head with each block; in MP4 it stands at the beginning, which waits for it. */
	static const char *const copy_ts[] = { "-c", "copy", "-bsf:a", "aac_adtstoasc", NULL };
	static const char *const anew[] = { "-c:v",
					    "libx264",
					    "-preset",
					    "veryfast",
					    "-tune",
					    "zerolatency",
					    "-profile:v",
					    "main",
					    "-pix_fmt",
					    "yuv420p",
					    "-vf",
					    "scale='min(1280,iw)':-2",
					    "-b:v",
					    "2000k",
					    "-maxrate",
					    "2000k",
					    "-bufsize",
					    "4000k",
					    "-force_key_frames",
					    "expr:gte(t,n_forced*2)",
					    "-c:a",
					    "aac",
					    "-b:a",
					    "96k",
					    "-ac",
					    "2",
					    NULL };
	static const char *const flags[] = { "-movflags", "+frag_keyframe+empty_moov+default_base_moof", NULL };
	static const char *const flags_ts[] = { "-movflags", "+frag_keyframe+empty_moov+delay_moov+default_base_moof", "-use_editlist", "0", NULL };
	static const char *const last[] = { "-f", "mp4", "-frag_duration", "540000", "-flush_packets", "1", "pipe:1", NULL };
	static const char *const ts[] = { "-format_whitelist", "concat,mpegts", "-protocol_whitelist", "pipe,srt", "-f", "concat", "-safe", "0",
					  "-i",		       "pipe:0",	NULL };
	const char *args[64];
	size_t n = put_args(args, first);
	n += put_args(args + n, h->srt ? ts : flv);
	n += put_args(args + n, maps);
	n += put_args(args + n, cx->app->stream_encode ? anew : h->srt ? copy_ts : copy);
	n += put_args(args + n, h->srt ? flags_ts : flags);
	n += put_args(args + n, last);
	args[n] = NULL;
	const struct stream_child_options o = { .args = args, .with_in = true };
	h->to.n = h->from.n = 0;
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

static bool put_playlists(struct ctx *cx, struct stream_hand *h, bool index)
{
	struct buf b;
	buf_init(&b, cx->arena, PLAYLIST_MOST);
	hls_playlist(&h->hls, false, &b);
	bool good = put_file(h->hls_dir, "main.m3u8", buf_get(&b));
	if (h->hls.sound) {
		buf_init(&b, cx->arena, PLAYLIST_MOST);
		hls_playlist(&h->hls, true, &b);
		good = good && put_file(h->hls_dir, "sound.m3u8", buf_get(&b));
	}
	if (index) {
		buf_init(&b, cx->arena, PLAYLIST_MOST);
		hls_index(&h->hls, &b);
		good = good && put_file(h->hls_dir, "index.m3u8", buf_get(&b));
	}
	/* Last: who waits reads this first. */
	buf_init(&b, cx->arena, 200);
	hls_now(&h->hls, &b);
	return good && put_file(h->hls_dir, "now", buf_get(&b));
}

static void drop_files(struct stream_hand *h, int64_t number, int64_t first, int64_t parts)
{
	char name[HLS_NAME];
	for (int sound = 0; sound < 2; sound++) {
		hls_name(name, sound, 's', number);
		unlinkat(h->hls_dir, name, 0);
		for (int64_t i = 0; i < parts; i++) {
			hls_name(name, sound, 'p', first + i);
			unlinkat(h->hls_dir, name, 0);
		}
	}
}

/* Whoever read the playlist a moment ago may still ask for what is no longer listed (bis 6.2.2). */
static void note_gone(struct stream_hand *h, const struct hls_added *a)
{
	if (a->gone < 0)
		return;
	if (h->n_gone == HAND_KEEPS) {
		drop_files(h, h->gone[0].number, h->gone[0].first, h->gone[0].parts);
		memmove(h->gone, h->gone + 1, sizeof h->gone[0] * (HAND_KEEPS - 1));
		h->n_gone--;
	}
	h->gone[h->n_gone].number = a->gone;
	h->gone[h->n_gone].first = a->gone_first;
	h->gone[h->n_gone++].parts = a->gone_parts;
}

/* The segment that was in the making gets its name. */
static bool close_segment(struct stream_hand *h, int64_t number)
{
	char name[HLS_NAME];
	bool good = true;
	if (number < 0)
		return true;
	close_file(&h->segment_file);
	hls_name(name, false, 's', number);
	good = renameat(h->hls_dir, ".segment", h->hls_dir, name) == 0;
	if (h->sound_file < 0)
		return good;
	close_file(&h->sound_file);
	hls_name(name, true, 's', number);
	return renameat(h->hls_dir, ".sound", h->hls_dir, name) == 0 && good;
}

static bool add_to_segment(struct stream_hand *h, int *fd, const char *name, struct str bytes)
{
	if (*fd < 0)
		*fd = new_file(h->hls_dir, name);
	return *fd >= 0 && write_all(*fd, bytes);
}

static bool put_part(struct ctx *cx, struct stream_hand *h, const struct hls_added *a, struct str part, struct str sound)
{
	char name[HLS_NAME];
	bool good = close_segment(h, a->closed);
	hls_name(name, false, 'p', a->part);
	good = good && put_file(h->hls_dir, name, part) && add_to_segment(h, &h->segment_file, ".segment", part);
	if (h->hls.sound) {
		hls_name(name, true, 'p', a->part);
		good = good && put_file(h->hls_dir, name, sound) && add_to_segment(h, &h->sound_file, ".sound", sound);
	}
	note_gone(h, a);
	return good && put_playlists(cx, h, a->closed >= 0 || h->hls.n == 1);
}

/* moof and mdat lie together. */
static bool take_fragment(struct ctx *cx, struct stream_hand *h, struct str moof, struct str mdat)
{
	struct fmp4_fragment f;
	struct hls_added added;
	struct buf sound;
	int64_t now = clock_now();
	buf_init(&sound, cx->arena, SOUND_MOST);
	if (!h->has_init || !fmp4_fragment_read(&h->init, moof, &f)) {
		h->trouble = not_cut;
		return false;
	}
	/* A fragment without sound, at the end of a take, gives its part of it no bytes: players pass over it. */
	if (h->hls.sound && !fmp4_sound_fragment(&h->init, moof, mdat, &sound))
		buf_init(&sound, cx->arena, SOUND_MOST);
	struct str part = { moof.p, moof.n + mdat.n }, alone = buf_get(&sound);
	hls_add(&h->hls, &f, (int64_t)part.n, (int64_t)alone.n, now, &added);
	if (!put_part(cx, h, &added, part, alone) || !write_all(h->take_file, part)) {
		h->trouble = disk_full;
		return false;
	}
	h->live = true;
	h->trouble = "";
	h->bytes += (int64_t)part.n;
	h->recording_us += f.duration_us;
	h->last_at = now;
	if (h->first_at == NONE)
		h->first_at = now;
	return true;
}

/* ── the beginning of a take ── */

static bool all_plain(const struct fmp4_init *i)
{
	for (size_t k = 0; k < i->n; k++)
		if ((i->track[k].video || i->track[k].sound) && !i->track[k].plain)
			return false;
	return true;
}

static bool put_inits(struct ctx *cx, struct stream_hand *h, bool *ret_sound)
{
	char name[HLS_NAME], take[40];
	struct buf b, sound;
	int64_t number = h->hls.take + 1;
	buf_init(&b, cx->arena, 2 * FMP4_INIT_MAX);
	buf_init(&sound, cx->arena, 2 * FMP4_INIT_MAX);
	buf_str(&b, h->init.ftyp);
	buf_str(&b, h->init.moov);
	*ret_sound = fmp4_sound_init(&h->init, &sound);
	hls_name(name, false, 'i', number);
	bool good = put_file(h->hls_dir, name, buf_get(&b));
	if (*ret_sound) {
		hls_name(name, true, 'i', number);
		good = good && put_file(h->hls_dir, name, buf_get(&sound));
	}
	snprintf(take, sizeof take, "take-%lld.mp4", (long long)number);
	close_file(&h->take_file);
	h->take_file = new_file(h->take_dir, take);
	return good && h->take_file >= 0 && write_all(h->take_file, buf_get(&b));
}

static bool take_init(struct ctx *cx, struct stream_hand *h, struct str moov)
{
	struct arena *a = h->arena;
	bool sound = false;
	h->has_init = fmp4_init_read(h->ftyp, str_dup(a, moov), &h->init);
	if (!h->has_init || !all_plain(&h->init)) {
		h->trouble = h->has_init ? not_plain : not_cut;
		return false;
	}
	if (!put_inits(cx, h, &sound)) {
		h->trouble = disk_full;
		return false;
	}
	hls_take(&h->hls, &h->init, sound);
	h->takes = h->hls.take;
	return true;
}

/* ── what comes out of the child ── */

/* What is whole at the front of what came, once. used 0: more is needed. */
static bool take_front(struct ctx *cx, struct stream_hand *h, struct str s, size_t *ret_used)
{
	struct fmp4_box box, mdat;
	*ret_used = 0;
	enum fmp4_found found = fmp4_box(s, FMP4_MDAT_MAX, &box);
	if (found == FMP4_BOX && box.type == FMP4_TYPE("moof")) {
		found = fmp4_box(str_sub(s, box.whole.n, s.n), FMP4_MDAT_MAX, &mdat);
		if (found == FMP4_BOX) {
			*ret_used = box.whole.n + mdat.whole.n;
			return take_fragment(cx, h, box.whole, mdat.whole);
		}
	}
	if (found == FMP4_BAD)
		h->trouble = not_cut;
	if (found != FMP4_BOX)
		return found == FMP4_MORE;
	*ret_used = box.whole.n;
	if (box.type == FMP4_TYPE("ftyp"))
		h->ftyp = str_dup(h->arena, box.whole);
	return box.type != FMP4_TYPE("moov") || take_init(cx, h, box.whole);
}

static bool take_all(struct ctx *cx, struct stream_hand *h)
{
	size_t at = 0, used = 0;
	bool good;
	do {
		struct arena_mark m = arena_mark(cx->arena);
		good = take_front(cx, h, (struct str){ h->from.p + at, h->from.n - at }, &used);
		arena_back(cx->arena, m);
		at += used;
	} while (good && used && at < h->from.n);
	drop_bytes(&h->from, at);
	return good;
}

bool hand_read(struct ctx *cx, struct stream_hand *h)
{
	char *piece = arena_alloc(cx->arena, PIECE);
	ssize_t n = read(h->child.out, piece, PIECE);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	if (n == 0)
		return false;
	h->heard_at = clock_monotonic() / 1000000;
	if (!add_bytes(h->arena, &h->from, piece, (size_t)n, FROM_MOST)) {
		h->trouble = not_cut;
		return false;
	}
	return take_all(cx, h);
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
	h->has_init = false;
	h->bits = 0;
	h->to.n = h->from.n = 0;
}

void hand_end(struct ctx *cx, struct stream_hand *h)
{
	struct hls_added added;
	hand_break(h);
	hls_end(&h->hls, &added);
	close_segment(h, added.closed);
	if (h->hls.n)
		put_playlists(cx, h, true);
}

void hand_close(struct stream_hand *h)
{
	hand_break(h);
	close_file(&h->segment_file);
	close_file(&h->sound_file);
	close_file(&h->hls_dir);
	close_file(&h->take_dir);
	arena_free(h->arena);
}
