/* What listens to encoders: one thread of `serve`, with a port for RTMP and a child ffmpeg for each stream that is sent. See stream.h.
 *
 * It alone touches sockets, pipes and files of streams; the database it asks every second what is to be done, and tells it how all stands. */
#ifndef FEATURE_STREAM_STREAM_RUN_H
#define FEATURE_STREAM_STREAM_RUN_H
#include "db/db.h"

struct stream_runner;
/* Begins. Without the setting stream_listen there is nothing to do: *ret is NULL. A port that is taken (by another process of this installation) is asked for
 * again until it is free. */
_must_check_ enum err stream_start(struct ctx *cx, struct db_pool *pool, struct app *app, struct stream_runner **ret);
/* Breaks encoders off, without ending their streams, and ends. NULL is allowed. */
void stream_stop(struct stream_runner *r);
#endif
