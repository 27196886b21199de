/* After a stream: the recording is put together of its takes, and playlists go when nobody watches any more. See stream.h. */
#include "feature/stream/stream_kept.h"
#include "web/lang.h"

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TAKES_MOST = 1000, BEAT_MS = 5000 };
#define PLAYLISTS_STAY HOUR
#define LOOK_BACK (7 * DAY)

/* ── the recording ── */

/* A list of the takes that hold anything, as ffmpeg's concat reads it; how many. */
static size_t write_list(struct ctx *cx, struct str dir, int64_t takes)
{
	size_t n = 0;
	struct stat st;
	FILE *f = fopen(str_fmt(cx->arena, "%.*s/takes.txt", STR_ARG(dir)).p, "we");
	if (!f)
		return 0;
	for (int64_t i = 1; i <= takes && i <= TAKES_MOST; i++) {
		const char *path = str_fmt(cx->arena, "%.*s/take-%lld.mp4", STR_ARG(dir), (long long)i).p;
		if (stat(path, &st) == 0 && st.st_size > 0) {
			fprintf(f, "file 'take-%lld.mp4'\n", (long long)i);
			n++;
		}
	}
	return fclose(f) == 0 ? n : 0;
}

/* Waits for the child and keeps the job's lease meanwhile. */
static bool wait_for(struct ctx *cx, struct job *j, struct stream_child *c)
{
	bool well = false;
	char words[1000];
	int64_t beaten = clock_now();
	while (!stream_child_ended(c, &well)) {
		struct pollfd p[] = { { .fd = c->said, .events = POLLIN }, { .fd = c->out, .events = POLLIN } };
		poll(p, 2, 200);
		while (read(c->said, words, sizeof words) > 0 || read(c->out, words, sizeof words) > 0)
			continue;
		if (clock_now() - beaten < BEAT_MS)
			continue;
		beaten = clock_now();
		if (job_beat(cx, j) != OK)
			break;
	}
	stream_child_end(c);
	return well;
}

struct recorded {
	bool good, none;
	int64_t bytes;
};

static enum err read_one(struct ctx *cx, void *arg)
{
	struct stream_one_row *row = arg;
	bool found = false;
	TRY(stream_sql_one(cx, row->id, NONE, row, &found));
	return found ? OK : ERR_NOT_FOUND;
}

/* What the recording was made of is in it. */
static void remove_takes(struct ctx *cx, struct str dir, int64_t takes)
{
	for (int64_t i = 1; i <= takes && i <= TAKES_MOST; i++)
		(void)unlink(str_fmt(cx->arena, "%.*s/take-%lld.mp4", STR_ARG(dir), (long long)i).p);
	(void)unlink(str_fmt(cx->arena, "%.*s/takes.txt", STR_ARG(dir)).p);
}

static bool put_together(struct ctx *cx, struct job *j, struct str dir, const char *recording)
{
	static const char *const args[] = { "-nostdin",	 "-hide_banner", "-loglevel",  "error", "-y",	     "-protocol_whitelist",
					    "file,pipe", "-f",		 "concat",     "-i",	"takes.txt", "-c",
					    "copy",	 "-movflags",	 "+faststart", "-f",	"mp4",	     "recording.part",
					    NULL };
	const struct stream_child_options o = { .args = args, .files = true, .dir = str_c(cx->arena, dir) };
	struct stream_child child;
	return stream_child_begin(cx, &o, &child) && wait_for(cx, j, &child) &&
	       rename(str_fmt(cx->arena, "%.*s/recording.part", STR_ARG(dir)).p, recording) == 0;
}

static enum err record_act(struct ctx *cx, struct job *j)
{
	struct stream_one_row row = { 0 };
	struct recorded *r = ARENA_NEW(cx->arena, struct recorded);
	struct stat st;
	j->state = r;
	if (!str_int(j->input, &row.id))
		return ERR_INTERNAL;
	TRY(db_read(cx, read_one, &row));
	struct str dir = stream_take_dir(cx, row.id);
	const char *recording = str_fmt(cx->arena, "%.*s/recording.mp4", STR_ARG(dir)).p;
	/* It may be there already: a process ended before this was told, or a backup has rows that are older than its files. */
	bool there = stat(recording, &st) == 0;
	r->none = !there && !write_list(cx, dir, row.takes);
	r->good = there || (!r->none && put_together(cx, j, dir, recording) && stat(recording, &st) == 0);
	r->bytes = r->good ? st.st_size : 0;
	if (r->good)
		remove_takes(cx, dir, row.takes);
	return OK;
}

static enum err record_step(struct ctx *cx, struct job *j)
{
	const struct recorded *r = j->state;
	int64_t id;
	if (!str_int(j->input, &id))
		return ERR_INTERNAL;
	if (!r->good && !r->none && j->tries < 3)
		return fail(cx, ERR_CONFLICT, "", N_("ffmpeg could not put the recording together."));
	j->ended = true;
	return stream_sql_set_recording(cx, r->good ? S("ready") : r->none ? S("none") : S("failed"), r->bytes, id, NULL);
}

/* ── what goes ── */

static enum err forget_act(struct ctx *cx, struct job *j)
{
	struct stream_one_row row = { 0 };
	if (!str_int(j->input, &row.id))
		return ERR_INTERNAL;
	TRY(db_read(cx, read_one, &row));
	if (row.closed_at != NONE && str_is(row.recording, "none"))
		stream_remove_dir(cx, stream_take_dir(cx, row.id));
	return OK;
}

static enum err read_closed(struct ctx *cx, void *arg)
{
	struct stream_closed_row *rows;
	size_t n;
	(void)arg;
	TRY(stream_sql_closed(cx, cx->now - LOOK_BACK, cx->now - PLAYLISTS_STAY, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		stream_remove_dir(cx, stream_hls_dir(cx, rows[i].token));
		stream_remove_dir(cx, stream_hls_dir(cx, stream_thin_token(cx, rows[i].token)));
	}
	return OK;
}

static enum err clean_act(struct ctx *cx, struct job *j)
{
	(void)j;
	return db_read(cx, read_closed, NULL);
}

static enum err only_end(struct ctx *cx, struct job *j)
{
	(void)cx;
	j->ended = true;
	return OK;
}

const struct job_kind stream_jobs[] = {
	{ .name = "stream.record", .title = N_("Put the recording of a stream together"), .act = record_act, .step = record_step, .tries = 5 },
	{ .name = "stream.forget", .title = N_("Take away the recording of a stream"), .act = forget_act, .step = only_end },
	{ .name = "stream.clean", .title = N_("Take away playlists that nobody watches any more"), .act = clean_act, .step = only_end, .every = HOUR },
	{ .name = NULL },
};
