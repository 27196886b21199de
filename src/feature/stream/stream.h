/* Live streams: an encoder (OBS, ffmpeg, an app on a phone) sends picture and sound, viewers get low-latency HLS.
 *
 *   encoder → RTMP: a port of this process (text/rtmp.h), which lets in who knows the key, and a child ffmpeg that gets what was sent
 *             SRT: a child ffmpeg on a port of its own, encrypted with the key, which it is told through its standard input
 *   ffmpeg  → fragments of MP4 through a pipe → text/fmp4.h, text/hls.h: parts, segments, playlists → files DATA/hls/TOKEN/
 *           → the same at 240 lines through another pipe (setting stream_thin) → DATA/hls/TOKEN240/, named in the index of the first
 *   viewer  ← the server (web/handout.h), any other process or nginx that sees the folder, or a CDN in front
 *
 * A stream belongs to an event. It begins with a key and waits; it is live while parts come; an encoder that breaks off may come again (the stream
 * waits on, viewers stay); it ends when somebody ends it. Then the playlist is closed and the recording is made of what came (job stream.record).
 * One process has a stream in hand and says so every second; when it is gone, the next that starts with its number (setting node) takes it at once,
 * another after STREAM_LEASE. Its children die with it.
 *
 * Settings: stream_listen (empty: there are no live streams here), stream_host, rtmp_port, srt_ports, stream_most, stream_encode, stream_thin, stream_url,
 * ffmpeg. */
#ifndef FEATURE_STREAM_STREAM_H
#define FEATURE_STREAM_STREAM_H
#include "base/clock.h"
#include "db/db.h"
#include "job/job.h"

enum {
	STREAM_KEY = 32,	    /* hexadecimal digits of a key; libsrt wants 10 to 79 */
	STREAM_TOKEN = 48,	    /* of the token of the addresses */
	STREAM_MOST = 64,	    /* highest value of the setting stream_most */
	STREAM_BITS_MAX = 30000000, /* an encoder that sends more in a second, over 10 s, is broken off */
};
#define STREAM_LEASE (10 * SECOND)
#define STREAM_SILENCE (20 * SECOND) /* an encoder that says nothing for so long is broken off */
#define STREAM_LONGEST (12 * HOUR)   /* after so long a stream ends by itself */

/* Whether live streams can be had here: NULL, or an English sentence (N_) why not. */
const char *stream_off(const struct ctx *cx);

/* Begins the stream of an event; the key waits for its encoder. way: "rtmp" or "srt".
 * ERR_CONFLICT: the event is over or has one that has not ended, all of stream_most are in use, or no port is free. ERR_UNAVAILABLE: see stream_off.
 * In a writing transaction, as all that follow but those that say otherwise. */
_must_check_ enum err stream_begin(struct ctx *cx, int64_t event_id, struct str way, int64_t *ret_id);
/* Another key; the encoder with the old one is broken off within two seconds. ERR_CONFLICT: ended. */
_must_check_ enum err stream_new_key(struct ctx *cx, int64_t id);
/* Ends it: within two seconds the encoder is broken off, the playlist closed, and the recording is on its way. Ended already: OK. */
_must_check_ enum err stream_end(struct ctx *cx, int64_t id);

struct stream {
	int64_t id, event_id;
	struct str way;
	enum stream_state { STREAM_WAITING, STREAM_LIVE, STREAM_ENDED } state;
	bool in_hand;		     /* a process waits for the encoder, or reads it. False for more than seconds: none does */
	bool ended;		     /* told to end; the playlist is closed at .closed_at */
	int64_t first_at, last_at;   /* first and newest part, UTC ms; NONE: none yet */
	int64_t bytes, bits;	     /* all; in a second, lately */
	int64_t width, height;	     /* of the picture; 0: not known, or sound only */
	int64_t takes;		     /* how often an encoder began to send */
	struct str trouble;	     /* translated sentence; empty: none */
	int64_t ended_at, closed_at; /* NONE: not yet */
	/* Addresses for players. Whoever has one may watch: show it only to who may. They answer 404 until the first part is there. */
	struct str playlist, sound; /* of all, and of the sound alone for thin lines */
	enum stream_recording { RECORDING_NONE, RECORDING_MAKING, RECORDING_READY, RECORDING_FAILED } recording;
	int64_t recording_ms, recording_bytes;
};
/* The newest stream of an event. For reading too. */
_must_check_ enum err stream_of(struct ctx *cx, int64_t event_id, struct stream *ret, bool *ret_found);
/* The newest of an event whose recording is ready: another one may have begun since, of which nothing came. For reading too. */
_must_check_ enum err stream_recorded(struct ctx *cx, int64_t event_id, struct stream *ret, bool *ret_found);
_must_check_ enum err stream_one(struct ctx *cx, int64_t id, struct stream *ret, bool *ret_found);

/* What is typed into the encoder. For reading too; only for organisers. */
struct stream_encoder {
	struct str server; /* "rtmp://host:1935/live", or the whole SRT address */
	struct str key;	   /* of RTMP: the stream key; of SRT: the passphrase */
};
_must_check_ enum err stream_encoder(struct ctx *cx, int64_t id, struct stream_encoder *ret);

/* Path of the recording, an MP4 file; absent: not ready. It stays until stream_forget_recording. For reading too. */
struct str stream_recording(struct ctx *cx, const struct stream *s);
/* When the recording has become something else (the resource of a course), or is not wanted: the file goes. ERR_CONFLICT: it is being made. */
_must_check_ enum err stream_forget_recording(struct ctx *cx, int64_t id);

extern const struct job_kind stream_jobs[]; /* stream.record, stream.forget, stream.clean */
#endif
