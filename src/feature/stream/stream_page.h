/* Views of live streams: what organisers see, and the player as part of a page. */
#ifndef FEATURE_STREAM_STREAM_PAGE_H
#define FEATURE_STREAM_STREAM_PAGE_H
#include "feature/stream/stream.h"
#include "web/html.h"

/* {{> stream_player player}} in a page of another feature: the film, its script and a link to the sound alone. title: what is seen. */
struct stream_player {
	struct str playlist, sound, title;
};
struct stream_page {
	int64_t org_id, event_id, id;
	struct str event, state_name, state, way, off, server, key, trouble, recording_name;
	bool begun, waiting, live, ended, in_hand, may_begin, srt, recorded, making;
	int64_t first_at, last_at, ended_at, bytes, kilobits, width, height, takes, recording_ms, recording_bytes;
	struct stream_player player;
};
#endif
