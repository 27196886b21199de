/* The listening side of RTMP, as an encoder needs it to publish: bytes in, bytes out, and what is sent as FLV. No sockets here.
 *
 * After Adobe's Real Time Messaging Protocol 1.0 (2012; sections are of it): handshake 5.2 (the plain one), chunks 5.3, control messages 5.4, commands 7.2
 * in AMF 0, user control is passed over. An encoder connects, makes a stream and publishes under a name: that is its key, which `publish` lets in or not,
 * before any picture or sound is taken. FLV tags are those of Adobe's Video File Format 10.1, E.4.
 *
 * Ceilings: RTMP_CHANNELS chunk streams, RTMP_MESSAGE_MAX bytes of a message, RTMP_COMMAND_MAX of one that comes before the key. */
#ifndef TEXT_RTMP_H
#define TEXT_RTMP_H
#include "base/str.h"

enum { RTMP_CHANNELS = 16, RTMP_MESSAGE_MAX = 4 << 20, RTMP_COMMAND_MAX = 16384, RTMP_HANDSHAKE = 1536, RTMP_KEY_MAX = 200 };

enum rtmp_codec { RTMP_NOT_SEEN, RTMP_PLAIN, RTMP_OTHER }; /* plain: H.264, AAC */
struct rtmp {
	void *arg;
	/* What goes back to the encoder. */
	void (*reply)(void *arg, const void *p, size_t n);
	/* The key (without what follows a "?"); false: it is told so, and broken off. */
	bool (*publish)(void *arg, struct str key);
	/* Pieces of FLV, from its head on. */
	void (*flv)(void *arg, const void *p, size_t n);
	/* read by the caller */
	bool published, ended;		/* ended: the encoder says that it stops */
	const char *why;		/* why it was broken off, for the log; NULL: it was not */
	enum rtmp_codec picture, sound; /* of the last frames */
	/* the parser's own */
	struct arena *arena;
	size_t handshake; /* bytes of it so far */
	unsigned char c1[RTMP_HANDSHAKE];
	unsigned char head[18];
	size_t head_n, chunk_left, chunk_max;
	int channel; /* whose chunk is coming; -1: a head is */
	struct rtmp_channel {
		bool used;
		uint32_t id, time, delta, size, got, cap;
		uint8_t type;
		bool long_time;
		unsigned char *p;
	} channels[RTMP_CHANNELS];
	uint64_t bytes, told; /* that came; that we said so of */
};
/* The callbacks and arg are set by the caller; the arena is for messages and lives as long as this. */
void rtmp_begin(struct rtmp *r, struct arena *a);
/* False: broken off, see .why; nothing more is fed. */
bool rtmp_feed(struct rtmp *r, const void *p, size_t n);
#endif
