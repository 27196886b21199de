/* Within the feature: how streams lie in the data folder, and what a process needs to take one in hand. */
#ifndef FEATURE_STREAM_STREAM_KEPT_H
#define FEATURE_STREAM_STREAM_KEPT_H
#include "feature/stream/stream.h"
#include "stream_sql.h"

#include <sys/types.h>

/* The key of a row, or absent: it was sealed with another key of the installation. */
struct str stream_key(struct ctx *cx, int64_t id, struct str sealed);
/* Folder of what viewers may have: DATA/hls/TOKEN, which is in no backup; of what was sent, take by take, until the recording is made of it, and of the
 * recording: DATA/stream/ID, which is (app/backup.h). */
struct str stream_hls_dir(struct ctx *cx, struct str token);
/* The same of the thin rendition, which lies beside it under a token of its own: who knows the one knows the other. */
struct str stream_thin_token(struct ctx *cx, struct str token);
struct str stream_take_dir(struct ctx *cx, int64_t id);
/* Makes a folder and those above it below the data folder; false: it cannot be made. */
bool stream_make_dir(struct ctx *cx, struct str dir);
/* Takes away a folder and the files in it. */
void stream_remove_dir(struct ctx *cx, struct str dir);

/* ── a child ffmpeg ── */

/* What it may: write no file (but with .files), open few, and no core; it is nicer than we are, gets no environment and no shell, and goes when we go. */
enum { STREAM_ARGS_MAX = 128, STREAM_SECOND_OUT = 3 };
struct stream_child {
	pid_t pid;	   /* 0: none */
	int in, out, said; /* our ends of its standard streams, which do not block; -1: none */
	int second;	   /* what it writes to the descriptor STREAM_SECOND_OUT */
};
extern const struct stream_child stream_child_none;
struct stream_child_options {
	const char *const *args; /* after its name; ended by NULL; at most STREAM_ARGS_MAX */
	bool with_in;		 /* else it reads nothing */
	bool with_second;	 /* it has a second output */
	bool files;		 /* it writes files */
	const char *dir;	 /* where it works; NULL: as we do */
};
/* False: it cannot be begun. */
bool stream_child_begin(struct ctx *cx, const struct stream_child_options *o, struct stream_child *ret);
/* Ends it at once, when it has not ended, and closes what is open. */
void stream_child_end(struct stream_child *c);
/* Whether it has ended by itself, well or not; then only its streams are left to be closed. */
bool stream_child_ended(struct stream_child *c, bool *ret_well);
#endif
