/* Within the feature: a stream that this process has in hand. From the child's pipe to the files that viewers get. */
#ifndef FEATURE_STREAM_STREAM_HAND_H
#define FEATURE_STREAM_STREAM_HAND_H
#include "feature/stream/stream_kept.h"
#include "text/hls.h"

enum { HAND_KEEPS = 6 }; /* so many segments stay after they are no longer listed */

/* Bytes on their way, in an arena, up to a ceiling. */
struct hand_bytes {
	char *p;
	size_t n, cap;
};
/* One rendition: what comes out of a pipe of the child becomes the files of a folder. */
struct hand_line {
	struct hand_bytes from;
	int hls_dir, segment_file, sound_file; /* -1: none */
	struct hls hls;
	struct fmp4_init init;
	bool has_init;
	struct str ftyp;
	struct {
		int64_t number, first, parts;
	} gone[HAND_KEEPS];
	size_t n_gone;
};
struct stream_hand {
	struct arena *arena; /* as long as it is in hand */
	int64_t id, port;
	bool srt;
	char key_hash[80];
	struct str key, token;
	/* how it stands, for the database */
	bool live;
	int64_t takes, first_at, last_at, bytes, bits, recording_us;
	const char *trouble; /* N_() sentence; "": none */
	/* the child and what comes out of it */
	struct stream_child child;
	int64_t begun_at; /* monotonic ms at which the child was begun */
	int64_t heard_at; /* and at which it last gave something */
	struct hand_bytes to;
	char words[300]; /* the last that it said */
	size_t n_words;
	/* what is made of it: as it is sent, which is also recorded, and thin, for thin lines */
	int take_dir, take_file;
	bool with_thin;
	struct hand_line main, thin;
	int64_t measured_at, measured_bytes;
	unsigned too_much; /* looks in a row at which it sent more than it may */
};

/* Takes a stream in hand. False: its folders cannot be made (trouble is set). */
bool hand_open(struct ctx *cx, const struct stream_open_row *row, struct str key, struct stream_hand *h);
/* Begins the child, in place of one that was there: with a pipe to it for what RTMP brings, or listening for SRT. */
bool hand_begin(struct ctx *cx, struct stream_hand *h);
/* Something for the child; false: it does not keep up, far beyond what a pause is. */
bool hand_give(struct stream_hand *h, const void *p, size_t n);
/* Passes on what waits for the child. False: it takes no more. */
bool hand_flush(struct stream_hand *h);
/* Reads what is there, of the main or of the thin rendition. False: the take is over (trouble says why, if it is not just that). */
bool hand_read(struct ctx *cx, struct stream_hand *h, struct hand_line *l);
void hand_read_words(struct stream_hand *h);
/* The child goes; the stream waits for the next. */
void hand_break(struct stream_hand *h);
/* Nothing more comes: the playlists are closed. */
void hand_end(struct ctx *cx, struct stream_hand *h);
/* No longer in hand. */
void hand_close(struct stream_hand *h);
/* Arguments of ffmpeg, by the settings; ended by NULL. What RTMP brought is FLV, SRT is told of in a list; both come through its standard input. */
void stream_args(const struct ctx *cx, bool srt, const char *ret[STREAM_ARGS_MAX + 1]);
#endif
