/* Files of live streams, handed out by the event threads: /hls/TOKEN/NAME is the file DATA/hls/TOKEN/NAME, to whoever knows the token.
 *
 * No session, no database, no worker: a proxy or a CDN may do the same. Any process that sees the folder hands out; whoever writes it (feature/stream)
 * puts a file there whole, by its name, and says in the file "now" what the playlists hold (text/hls.h).
 *
 * A playlist may be waited for, by _HLS_msn and _HLS_part (draft-pantos-hls-rfc8216bis, 6.2.5.2), and so may the next part, which was hinted at (6.2.6):
 * then the connection is suspended, and a thread of ours looks every HANDOUT_EVERY_MS at what is there by now; without anybody who waits it sleeps.
 * The wait ends with 503 after three target durations; one for what is too far off is 400.
 *
 * Segments and parts never change under their names and may be kept for ever; playlists for a second. Answers are made once and shared by all who ask
 * at that time. Ceilings: HANDOUT_WAITING who wait, beyond that 503; HANDOUT_KEPT answers, PLAYLIST_MAX bytes of a playlist. */
#ifndef WEB_HANDOUT_H
#define WEB_HANDOUT_H
#include "base/str.h"

struct handout;
struct handout_kept;
struct MHD_Response;

enum { HANDOUT_EVERY_MS = 25, HANDOUT_WAITING = 15000, HANDOUT_KEPT = 128 };

struct handout_ask {
	/* set by the caller; live until the answer is there */
	struct str path, query, range;
	bool gzip;
	void (*ready)(struct handout_ask *ask); /* on a thread of ours */
	/* the answer */
	struct MHD_Response *response; /* may be sent until handout_done */
	unsigned status;
	struct handout_kept *kept; /* shared with others; NULL: it is not */
	bool own;		   /* made for this one */
	/* while it waits */
	int64_t number, part; /* of a playlist; part of a file: number -1 */
	int64_t until;	      /* monotonic ms */
	struct handout_ask *next;
};

struct handout *handout_new(struct str data_dir);
/* Ends the waiting of all, with 503, and of who comes afterwards. */
void handout_stop(struct handout *h);
void handout_free(struct handout *h);
bool handout_ours(struct str path);
/* True: the answer is there. False: it must be waited for; suspend and call handout_wait. */
bool handout_look(struct handout *h, struct handout_ask *ask);
void handout_wait(struct handout *h, struct handout_ask *ask);
/* The answer was sent, or nobody is there to whom it could be. Before handout_free. */
void handout_done(struct handout *h, struct handout_ask *ask);
#endif
