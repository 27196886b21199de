/* RTMP: any bytes after a handshake; nothing becomes FLV before the key was named, and each tag of it is whole. */
#include "base/arena.h"
#include "text/rtmp.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

struct seen {
	bool let_in;
	size_t back, flv;
};

static void on_reply(void *arg, const void *p, size_t n)
{
	(void)p;
	((struct seen *)arg)->back += n;
}

static bool on_publish(void *arg, struct str key)
{
	struct seen *s = arg;
	if (key.n > RTMP_KEY_MAX)
		abort();
	s->let_in = true;
	return key.n != 1;
}

static void on_flv(void *arg, const void *p, size_t n)
{
	struct seen *s = arg;
	if (!s->let_in || (n && !p))
		abort();
	s->flv += n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	struct seen s = { 0 };
	struct rtmp r = { .arg = &s, .reply = on_reply, .publish = on_publish, .flv = on_flv };
	static const unsigned char hello[1 + 2 * RTMP_HANDSHAKE] = { 3 };
	rtmp_begin(&r, a);
	if (!rtmp_feed(&r, hello, sizeof hello))
		abort();
	/* In pieces, as a socket gives them. */
	bool good = true;
	for (size_t at = 0, size = 1; at < n && good; at += size, size = size % 97 + 13) {
		if (size > n - at)
			size = n - at;
		good = rtmp_feed(&r, data + at, size);
	}
	if (!good && !r.why)
		abort();
	arena_free(a);
	return 0;
}
