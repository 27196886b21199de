/* Fragmented MP4 as it comes out of an encoder: which boxes, what is in the beginning, what in a fragment, and the sound of both alone.
 *
 * Boxes are those of ISO/IEC 14496-12 (ISO base media file format): ftyp 4.3, moov 8.2.1, trak 8.3.1, mdhd 8.4.2, hdlr 8.4.3, stsd 8.5.2, trex 8.8.3,
 * moof 8.8.4, tfhd 8.8.7, trun 8.8.8, tfdt 8.8.12. Names of codecs are those of RFC 6381, 3.3; the elementary stream descriptor is that of
 * ISO/IEC 14496-1, 7.2.6.5. Nothing is copied but where it says so: texts point into the bytes given.
 *
 * Bytes may be anybody's: what is cut short, lies outside its box or is more than the ceilings is refused. */
#ifndef TEXT_FMP4_H
#define TEXT_FMP4_H
#include "base/str.h"

enum { FMP4_TRACKS_MAX = 4, FMP4_INIT_MAX = 1 << 20, FMP4_MOOF_MAX = 1 << 20, FMP4_MDAT_MAX = 8 << 20, FMP4_SAMPLES_MAX = 100000 };

/* Four letters as in the file: FMP4_TYPE("moof"). */
#define FMP4_TYPE(s) ((uint32_t)(s)[0] << 24 | (uint32_t)(s)[1] << 16 | (uint32_t)(s)[2] << 8 | (uint32_t)(s)[3])
struct fmp4_box {
	uint32_t type;
	struct str whole, body; /* with and without its header */
};
/* The box at the beginning of bytes. MORE: it is not whole yet. BAD: none, or of more bytes than `max`. */
enum fmp4_found { FMP4_BOX, FMP4_MORE, FMP4_BAD };
enum fmp4_found fmp4_box(struct str bytes, size_t max, struct fmp4_box *ret);

struct fmp4_track {
	uint32_t id, scale; /* units in a second, at least 1 */
	bool video, sound;  /* neither: something else, which is left alone */
	uint32_t width, height;
	char codec[24];			/* "avc1.64001f", "mp4a.40.2"; otherwise the four letters of its kind */
	bool plain;			/* every browser plays it: H.264 or AAC */
	uint32_t duration, size, flags; /* of a sample, when a fragment does not say */
	struct str trak, trex;
};
struct fmp4_init {
	struct str ftyp, moov; /* whole boxes */
	struct fmp4_track track[FMP4_TRACKS_MAX];
	size_t n;
};
bool fmp4_init_read(struct str ftyp, struct str moov, struct fmp4_init *ret);
/* The first with a picture, or NULL; the first with sound, or NULL. */
const struct fmp4_track *fmp4_picture(const struct fmp4_init *i);
const struct fmp4_track *fmp4_sound(const struct fmp4_init *i);

struct fmp4_fragment {
	int64_t start_us, duration_us; /* of the picture, else of the sound: in microseconds since the beginning of the stream */
	bool key;		       /* decoding can begin here */
};
/* False: the moof is not whole in itself, or has nothing of the track that leads. */
bool fmp4_fragment_read(const struct fmp4_init *i, struct str moof, struct fmp4_fragment *ret);

/* The beginning and a fragment with the sound alone, for a thin line. mdat: the whole box that follows the moof. False: there is no sound in it, or it is
 * laid out as ffmpeg does not (then b holds part of it and is of no use). */
bool fmp4_sound_init(const struct fmp4_init *i, struct buf *b);
bool fmp4_sound_fragment(const struct fmp4_init *i, struct str moof, struct str mdat, struct buf *b);
#endif
