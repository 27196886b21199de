/* Streams as organisers see them; see stream.h. */
#include "feature/stream/stream.h"
#include "feature/live/live.h"
#include "feature/secret/secret.h"
#include "feature/stream/stream_kept.h"
#include "web/lang.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ── whether there are any ── */

static bool program_there(const char *ffmpeg)
{
	const char *path = getenv("PATH");
	struct str rest = str_of(path ? path : "/usr/bin:/bin"), part;
	char full[1024];
	if (strchr(ffmpeg, '/'))
		return access(ffmpeg, X_OK) == 0;
	while (str_cut(&rest, ':', &part)) {
		snprintf(full, sizeof full, "%.*s/%s", STR_ARG(part), ffmpeg);
		if (access(full, X_OK) == 0)
			return true;
	}
	return false;
}

const char *stream_off(const struct ctx *cx)
{
	const struct app *a = cx->app;
	if (!a->stream_listen.n)
		return N_("Live streams are switched off here. Whoever runs this installation can allow them with the setting stream_listen.");
	if (!program_there(str_c(cx->arena, a->ffmpeg)))
		return N_("Live streams need the program ffmpeg, which is not on this server. Whoever runs it can install it, or name it with the setting "
			  "ffmpeg.");
	return NULL;
}

/* ── files ── */

struct str stream_hls_dir(struct ctx *cx, struct str token)
{
	return str_fmt(cx->arena, "%.*s/hls/%.*s", STR_ARG(cx->app->data_dir), STR_ARG(token));
}

struct str stream_thin_token(struct ctx *cx, struct str token)
{
	return str_fmt(cx->arena, "%.*s240", STR_ARG(token));
}

struct str stream_take_dir(struct ctx *cx, int64_t id)
{
	return str_fmt(cx->arena, "%.*s/stream/%lld", STR_ARG(cx->app->data_dir), (long long)id);
}

bool stream_make_dir(struct ctx *cx, struct str dir)
{
	ptrdiff_t slash = (ptrdiff_t)dir.n - 1;
	while (slash > 0 && dir.p[slash] != '/')
		slash--;
	/* A proxy that hands playlists out itself is of the group. */
	bool above = mkdir(str_c(cx->arena, str_sub(dir, 0, (size_t)slash)), 0750) == 0 || errno == EEXIST;
	return above && (mkdir(str_c(cx->arena, dir), 0750) == 0 || errno == EEXIST);
}

void stream_remove_dir(struct ctx *cx, struct str dir)
{
	DIR *d = opendir(str_c(cx->arena, dir));
	if (!d)
		return;
	for (struct dirent *e; (e = readdir(d));)
		if (e->d_name[0] != '.' || strlen(e->d_name) > 2)
			unlinkat(dirfd(d), e->d_name, 0);
	closedir(d);
	rmdir(str_c(cx->arena, dir));
}

/* ── beginning and ending ── */

static struct str purpose(struct ctx *cx, int64_t id)
{
	return str_fmt(cx->arena, "stream:%lld", (long long)id);
}

struct str stream_key(struct ctx *cx, int64_t id, struct str sealed)
{
	struct str key = STR_NONE;
	return secret_open(cx, purpose(cx, id), sealed, &key) ? key : STR_NONE;
}

/* The first port of the range that no stream waits on. */
static enum err free_port(struct ctx *cx, int64_t *ret)
{
	struct stream_ports_row *r;
	size_t n, i = 0;
	TRY(stream_sql_ports(cx, &r, &n));
	for (*ret = cx->app->srt_first; *ret <= cx->app->srt_last; ++*ret) {
		while (i < n && r[i].port < *ret)
			i++;
		if (i == n || r[i].port != *ret)
			return OK;
	}
	return fail(cx, ERR_CONFLICT, "way", N_("All ports for SRT are taken by other streams. Send by RTMP, or end a stream that is over."));
}

static enum err check_room(struct ctx *cx, struct str way, int64_t *ret_port)
{
	struct stream_n_open_row open;
	const char *off = stream_off(cx);
	*ret_port = 0;
	if (off)
		return fail(cx, ERR_UNAVAILABLE, "", off);
	TRY(stream_sql_n_open(cx, &open));
	if (open.n >= cx->app->stream_most)
		return fail(cx, ERR_CONFLICT, "", N_("As many streams are open as this server carries at a time. End one that is over, then begin this one."));
	if (str_is(way, "srt"))
		return free_port(cx, ret_port);
	if (!str_is(way, "rtmp"))
		return fail(cx, ERR_INVALID, "way", N_("is neither RTMP nor SRT"));
	return cx->app->rtmp_port ? OK : fail(cx, ERR_CONFLICT, "way", N_("This server takes no RTMP. Send by SRT."));
}

enum err stream_begin(struct ctx *cx, int64_t event_id, struct str way, int64_t *ret_id)
{
	int64_t port, added = 0;
	struct stream_event_row e;
	bool found = false;
	TRY(check_room(cx, way, &port));
	TRY(stream_sql_event(cx, event_id, &e, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "event_id", N_("There is no such event."));
	if (str_is(e.state, "ended") || str_is(e.state, "cancelled"))
		return fail(cx, ERR_CONFLICT, "", N_("This event has ended or is cancelled; nothing of it is shown live any more."));
	struct str key = random_hex(cx, STREAM_KEY / 2);
	*ret_id = new_id(cx);
	TRY(stream_sql_add(cx, *ret_id, event_id, way, port, secret_hash(cx, "stream", key), secret_seal(cx, purpose(cx, *ret_id), key),
			   random_hex(cx, STREAM_TOKEN / 2), cx->now, &added));
	/* Who waits on the event's page gets its player. */
	return added ? live_tell(cx, S("event"), event_id, "event", S("{\"state\":\"stream\"}"))
		     : fail(cx, ERR_CONFLICT, "", N_("This event has a stream already. End it before another begins."));
}

enum err stream_new_key(struct ctx *cx, int64_t id)
{
	int64_t changed = 0;
	struct str key = random_hex(cx, STREAM_KEY / 2);
	TRY(stream_sql_set_key(cx, secret_hash(cx, "stream", key), secret_seal(cx, purpose(cx, id), key), id, &changed));
	return changed ? OK : fail(cx, ERR_CONFLICT, "", N_("This stream has ended; a new key would open nothing."));
}

enum err stream_end(struct ctx *cx, int64_t id)
{
	return stream_sql_end(cx, cx->now, id, NULL);
}

/* ── how it stands ── */

static enum stream_state state_of(struct str s)
{
	return str_is(s, "live") ? STREAM_LIVE : str_is(s, "ended") ? STREAM_ENDED : STREAM_WAITING;
}

static enum stream_recording recording_of(struct str s)
{
	if (str_is(s, "making"))
		return RECORDING_MAKING;
	return str_is(s, "ready") ? RECORDING_READY : str_is(s, "failed") ? RECORDING_FAILED : RECORDING_NONE;
}

static struct str address_of(struct ctx *cx, struct str token, const char *name)
{
	return str_fmt(cx->arena, "%.*s/hls/%.*s/%s", STR_ARG(cx->app->stream_url), STR_ARG(token), name);
}

/* id NONE: the newest of the event. */
static enum err read_stream(struct ctx *cx, int64_t id, int64_t event_id, struct stream *ret, bool *ret_found)
{
	struct stream_one_row r;
	TRY(stream_sql_one(cx, id, event_id, &r, ret_found));
	if (!*ret_found)
		return OK;
	*ret = (struct stream){
		.id = r.id,
		.event_id = r.event_id,
		.way = r.way,
		.state = state_of(r.state),
		.in_hand = r.node != NONE && r.seen_at != NONE && r.seen_at > cx->now - STREAM_LEASE,
		.ended = r.ended_at != NONE,
		.first_at = r.first_at,
		.last_at = r.last_at,
		.bytes = r.bytes,
		.bits = r.bits,
		.width = r.width,
		.height = r.height,
		.takes = r.takes,
		.trouble = r.trouble.n ? str_of(tr(cx->lang, str_c(cx->arena, r.trouble))) : S(""),
		.ended_at = r.ended_at,
		.closed_at = r.closed_at,
		.playlist = address_of(cx, r.token, "index.m3u8"),
		.sound = address_of(cx, r.token, "sound.m3u8"),
		.recording = recording_of(r.recording),
		.recording_ms = r.recording_ms,
		.recording_bytes = r.recording_bytes,
	};
	return OK;
}

enum err stream_of(struct ctx *cx, int64_t event_id, struct stream *ret, bool *ret_found)
{
	return read_stream(cx, NONE, event_id, ret, ret_found);
}

enum err stream_one(struct ctx *cx, int64_t id, struct stream *ret, bool *ret_found)
{
	return read_stream(cx, id, NONE, ret, ret_found);
}

enum err stream_recorded(struct ctx *cx, int64_t event_id, struct stream *ret, bool *ret_found)
{
	struct stream_recorded_row r;
	TRY(stream_sql_recorded(cx, event_id, &r, ret_found));
	return *ret_found ? read_stream(cx, r.id, NONE, ret, ret_found) : OK;
}

/* Under which name encoders reach this machine: that of the setting, else of the public address. */
static struct str host_of(struct ctx *cx)
{
	struct str url = cx->app->base_url;
	ptrdiff_t at = str_find(url, S("://"));
	if (cx->app->stream_host.n)
		return cx->app->stream_host;
	url = at < 0 ? url : str_sub(url, (size_t)at + 3, url.n);
	return str_before(str_before(url, '/'), ':');
}

enum err stream_encoder(struct ctx *cx, int64_t id, struct stream_encoder *ret)
{
	struct stream_one_row r;
	bool found = false;
	struct str host = host_of(cx);
	TRY(stream_sql_one(cx, id, NONE, &r, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "", N_("There is no such stream."));
	ret->key = stream_key(cx, id, r.key_sealed);
	if (!ret->key.p)
		return fail(cx, ERR_CONFLICT, "", N_("This key was kept with another secret of the installation and cannot be read. Make a new one."));
	if (str_is(r.way, "srt"))
		ret->server = str_fmt(cx->arena, "srt://%.*s:%lld?mode=caller&passphrase=%.*s&pbkeylen=16&latency=500000", STR_ARG(host), (long long)r.port,
				      STR_ARG(ret->key));
	else
		ret->server = str_fmt(cx->arena, "rtmp://%.*s:%lld/live", STR_ARG(host), (long long)cx->app->rtmp_port);
	return OK;
}

/* ── the recording ── */

struct str stream_recording(struct ctx *cx, const struct stream *s)
{
	if (s->recording != RECORDING_READY)
		return STR_NONE;
	return str_fmt(cx->arena, "%.*s/recording.mp4", STR_ARG(stream_take_dir(cx, s->id)));
}

enum err stream_forget_recording(struct ctx *cx, int64_t id)
{
	struct stream_one_row r;
	bool found = false;
	TRY(stream_sql_one(cx, id, NONE, &r, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "", N_("There is no such stream."));
	if (str_is(r.recording, "making"))
		return fail(cx, ERR_CONFLICT, "", N_("The recording is being made just now. Please try again when it is ready."));
	TRY(stream_sql_set_recording(cx, S("none"), 0, id, NULL));
	/* The files go once this is kept. */
	struct str input = str_fmt(cx->arena, "%lld", (long long)id);
	return job_add(cx, &(struct job_add){ .kind = "stream.forget", .once = input, .input = input, .asked_by = NONE }, NULL);
}
