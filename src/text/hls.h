/* Live playlists: parts and segments as they come, and what is said of them (HTTP Live Streaming, draft-pantos-hls-rfc8216bis: "bis" below).
 *
 * The caller hands in fragments (text/fmp4.h) of about HLS_PART_US, as an encoder makes them; each becomes a part (bis 4.4.4.9). Parts gather into
 * segments, which begin where decoding can begin, after about 4 s, and never last longer than the target (bis 4.4.3.1). When somebody
 * begins to send anew, that is another take: with another beginning (EXT-X-MAP, bis 4.4.4.5) and a discontinuity (bis 4.4.4.3).
 *
 * Names of files are made here, too, and never come again: parts are numbered through, so that the hint at the next one (EXT-X-PRELOAD-HINT, bis 4.4.5.3)
 * is right also when that begins a segment.
 *
 *   i1.mp4      the beginning of take 1            ai1.mp4     the sound of it alone
 *   p0.m4s      a part                             ap0.m4s
 *   s0.m4s      a segment: its parts in one file   as0.m4s
 *   main.m3u8, sound.m3u8   what is there now; index.m3u8   both, and those of a thinner rendition (bis 4.4.6.2)
 *
 * Both playlists may be waited for (bis 6.2.5.2): the file "now" says what they hold, hls_now and hls_now_read. */
#ifndef TEXT_HLS_H
#define TEXT_HLS_H
#include "text/fmp4.h"

enum {
	HLS_PART_US = 540000,	  /* what encoders are told; parts are then 0.5 to 0.6 s for any number of pictures in a second from 10 on */
	HLS_PART_TARGET_MS = 600, /* said of them; bis 4.4.3.7. A hold-back is three of it (bis 4.4.3.8) */
	HLS_SEGMENT_US = 3900000, /* after so long the next key begins a segment */
	HLS_TARGET_S = 6,	  /* no segment is longer */
	HLS_SEGMENTS = 12,	  /* so many are listed */
	HLS_PARTS = 16,		  /* most of a segment */
	HLS_NAME = 24,		  /* bytes of a name with its end */
};

struct hls_segment {
	int64_t number, first_part, take;
	int64_t at; /* UTC ms of its first picture */
	int64_t duration_us, bytes, sound_bytes;
	bool begins_take;
	int64_t n_parts;
	struct hls_part {
		int64_t duration_us;
		bool key;
	} part[HLS_PARTS];
};
struct hls {
	struct hls_segment segment[HLS_SEGMENTS]; /* the oldest first; the last is in the making */
	size_t n;
	int64_t next_number, next_part, take;
	bool take_is_new, ended, sound; /* sound: there is a playlist of the sound alone */
	int64_t key_us;			/* how far apart keys were lately */
	int64_t since_key_us;
	int64_t peak_bits, peak_sound_bits; /* of a whole segment; 0: none yet */
	char codecs[64], sound_codec[24];
	uint32_t width, height;
};
/* A new stream, or one that goes on after its process was gone: then from what hls_now_read said, and with the takes that were. */
void hls_begin(struct hls *h, int64_t next_number, int64_t next_part, int64_t takes);
/* Another take. sound: the sound can be had alone. */
void hls_take(struct hls *h, const struct fmp4_init *i, bool sound);
struct hls_added {
	int64_t part;			    /* number of the part that this fragment is */
	int64_t closed;			    /* number of the segment that is whole now, or -1 */
	int64_t closed_first, closed_parts; /* its parts: from this number, so many */
	int64_t gone;			    /* number of the segment that is no longer listed, or -1 */
	int64_t gone_first, gone_parts;
};
/* The next fragment of the take; at: UTC ms at which it was there. bytes: of the part; sound_bytes: of its sound alone. */
void hls_add(struct hls *h, const struct fmp4_fragment *f, int64_t bytes, int64_t sound_bytes, int64_t at, struct hls_added *ret);
/* Nothing more comes; the segment in the making, if any, is whole. */
void hls_end(struct hls *h, struct hls_added *ret);

void hls_playlist(const struct hls *h, bool sound, struct buf *b);
/* thin: a rendition for thin lines, in the folder `at` ("../x/"), of which the sound alone is told, too; NULL: there is none. */
void hls_index(const struct hls *h, const struct hls *thin, struct str at, struct buf *b);
/* what: 'i', 'p' or 's'. */
void hls_name(char ret[HLS_NAME], bool sound, char what, int64_t number);

/* One line: number of the segment in the making, how many parts it has, number of the next part, 1 when all has ended. */
struct hls_now {
	int64_t number, parts, next_part;
	bool ended;
};
void hls_now(const struct hls *h, struct buf *b);
bool hls_now_read(struct str line, struct hls_now *ret);
/* Whether the playlists hold what is asked for (_HLS_msn, _HLS_part; part -1: the whole segment). too_far: bis 6.2.5.2 would have it refused. */
bool hls_now_has(const struct hls_now *n, int64_t number, int64_t part, bool *ret_too_far);
#endif
