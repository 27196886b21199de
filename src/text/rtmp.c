/* The listening side of RTMP; see rtmp.h. */
#include "text/rtmp.h"
#include "base/arena.h"

enum { CHUNK_FIRST = 128, OUR_CHUNK = 4096, TELL_EVERY = 1 << 20, WINDOW = 2500000, FLV_TAG = 11 };
enum { M_CHUNK_SIZE = 1, M_ACK = 3, M_WINDOW = 5, M_PEER = 6, M_SOUND = 8, M_PICTURE = 9, M_COMMAND_3 = 17, M_COMMAND = 20 };

void rtmp_begin(struct rtmp *r, struct arena *a)
{
	r->arena = a;
	r->chunk_max = CHUNK_FIRST;
	r->channel = -1;
}

static bool off(struct rtmp *r, const char *why)
{
	r->why = why;
	return false;
}

static uint32_t big(const unsigned char *p, size_t n)
{
	uint32_t v = 0;
	for (size_t i = 0; i < n; i++)
		v = v << 8 | p[i];
	return v;
}

static void put_big(unsigned char *p, uint32_t v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		p[i] = (unsigned char)(v >> (8 * (n - 1 - i)));
}

/* ── what goes back ── */

/* A message of at most one chunk (5.3.1.2.1). */
static void answer(struct rtmp *r, unsigned channel, unsigned type, unsigned stream, const unsigned char *p, size_t n)
{
	unsigned char head[12] = { (unsigned char)channel };
	put_big(head + 4, (uint32_t)n, 3);
	head[7] = (unsigned char)type;
	head[8] = (unsigned char)stream;
	r->reply(r->arg, head, sizeof head);
	r->reply(r->arg, p, n);
}

static void answer_number(struct rtmp *r, unsigned type, uint32_t v)
{
	unsigned char p[5] = { 0 };
	put_big(p, v, 4);
	/* Whoever is given a bandwidth is told that it is dynamic (5.4.5). */
	p[4] = 2;
	answer(r, 2, type, 0, p, type == M_PEER ? 5 : 4);
}

/* AMF 0: a text, a number, nothing; the text is short. */
struct amf {
	unsigned char p[400];
	size_t n;
};

static void amf_raw(struct amf *a, const void *p, size_t n)
{
	if (n > sizeof a->p - a->n)
		return;
	memcpy(a->p + a->n, p, n);
	a->n += n;
}

static void amf_name(struct amf *a, const char *s)
{
	unsigned char size[2];
	put_big(size, (uint32_t)strlen(s), 2);
	amf_raw(a, size, 2);
	amf_raw(a, s, strlen(s));
}

static void amf_text(struct amf *a, const char *s)
{
	amf_raw(a, "\2", 1);
	amf_name(a, s);
}

static void amf_number(struct amf *a, double v)
{
	uint64_t bits;
	unsigned char p[9] = { 0 };
	memcpy(&bits, &v, sizeof bits);
	put_big(p + 1, (uint32_t)(bits >> 32), 4);
	put_big(p + 5, (uint32_t)bits, 4);
	amf_raw(a, p, sizeof p);
}

static void amf_member(struct amf *a, const char *name, const char *text)
{
	amf_name(a, name);
	amf_text(a, text);
}

#define AMF_NULL(a) amf_raw((a), "\5", 1)
#define AMF_OPEN(a) amf_raw((a), "\3", 1)
#define AMF_CLOSE(a) amf_raw((a), "\0\0\11", 3)

static void amf_status(struct amf *a, const char *level, const char *code, const char *words)
{
	AMF_OPEN(a);
	amf_member(a, "level", level);
	amf_member(a, "code", code);
	amf_member(a, "description", words);
	AMF_CLOSE(a);
}

/* ── commands (7.2) ── */

struct values {
	const unsigned char *p;
	size_t n;
};

static bool take_text(struct values *v, struct str *ret)
{
	if (v->n < 3 || v->p[0] != 2)
		return false;
	size_t n = big(v->p + 1, 2);
	if (n > v->n - 3)
		return false;
	*ret = (struct str){ (const char *)v->p + 3, n };
	*v = (struct values){ v->p + 3 + n, v->n - 3 - n };
	return true;
}

static bool take_number(struct values *v, double *ret)
{
	if (v->n < 9 || v->p[0] != 0)
		return false;
	uint64_t bits = (uint64_t)big(v->p + 1, 4) << 32 | big(v->p + 5, 4);
	memcpy(ret, &bits, sizeof bits);
	*v = (struct values){ v->p + 9, v->n - 9 };
	return true;
}

static void answer_connect(struct rtmp *r, double number)
{
	struct amf a = { .n = 0 };
	answer_number(r, M_WINDOW, WINDOW);
	answer_number(r, M_PEER, WINDOW);
	answer_number(r, M_CHUNK_SIZE, OUR_CHUNK);
	amf_text(&a, "_result");
	amf_number(&a, number);
	AMF_OPEN(&a);
	amf_member(&a, "fmsVer", "FMS/3,0,1,123");
	amf_name(&a, "capabilities");
	amf_number(&a, 31);
	AMF_CLOSE(&a);
	AMF_OPEN(&a);
	amf_member(&a, "level", "status");
	amf_member(&a, "code", "NetConnection.Connect.Success");
	amf_member(&a, "description", "Connected.");
	amf_name(&a, "objectEncoding");
	amf_number(&a, 0);
	AMF_CLOSE(&a);
	answer(r, 3, M_COMMAND, 0, a.p, a.n);
}

static void answer_create(struct rtmp *r, double number)
{
	struct amf a = { .n = 0 };
	amf_text(&a, "_result");
	amf_number(&a, number);
	AMF_NULL(&a);
	amf_number(&a, 1);
	answer(r, 3, M_COMMAND, 0, a.p, a.n);
}

static bool publish(struct rtmp *r, struct values v)
{
	struct str key;
	struct amf a = { .n = 0 };
	if (r->published)
		return off(r, "it publishes twice");
	if (v.n < 1 || v.p[0] != 5)
		return off(r, "a command that is none");
	v = (struct values){ v.p + 1, v.n - 1 };
	if (!take_text(&v, &key) || key.n > RTMP_KEY_MAX)
		return off(r, "it names no key");
	bool good = r->publish(r->arg, str_before(key, '?'));
	amf_text(&a, "onStatus");
	amf_number(&a, 0);
	AMF_NULL(&a);
	if (good)
		amf_status(&a, "status", "NetStream.Publish.Start", "Go on.");
	else
		amf_status(&a, "error", "NetStream.Publish.BadName", "This key is not one that is waited for.");
	answer(r, 5, M_COMMAND, 1, a.p, a.n);
	if (!good)
		return off(r, "its key is not one that is waited for");
	r->published = true;
	/* Version 1, with sound and picture, a head of nine bytes and no tag before the first. */
	r->flv(r->arg, "FLV\1\5\0\0\0\11\0\0\0\0", 13);
	return true;
}

static bool command(struct rtmp *r, struct values v)
{
	struct str name;
	double number = 0;
	if (!take_text(&v, &name) || !take_number(&v, &number))
		return off(r, "a command that is none");
	if (str_is(name, "connect"))
		answer_connect(r, number);
	else if (str_is(name, "createStream"))
		answer_create(r, number);
	else if (str_is(name, "publish"))
		return publish(r, v);
	else if (str_is(name, "FCUnpublish") || str_is(name, "deleteStream") || str_is(name, "closeStream"))
		r->ended = true;
	return true;
}

/* ── messages ── */

/* E.4.2.1, E.4.3.1: the codec stands in the first byte; with its highest bit set the picture's is named by four letters, which is another. */
static void note_codec(struct rtmp *r, const struct rtmp_channel *c)
{
	if (c->type == M_PICTURE)
		r->picture = (c->p[0] & 0x8f) == 7 ? RTMP_PLAIN : RTMP_OTHER;
	else
		r->sound = c->p[0] >> 4 == 10 ? RTMP_PLAIN : RTMP_OTHER;
}

static void put_flv(struct rtmp *r, const struct rtmp_channel *c)
{
	unsigned char head[FLV_TAG] = { c->type }, size[4];
	put_big(head + 1, c->got, 3);
	put_big(head + 4, c->time & 0xffffff, 3);
	head[7] = (unsigned char)(c->time >> 24);
	put_big(size, c->got + FLV_TAG, 4);
	note_codec(r, c);
	r->flv(r->arg, head, sizeof head);
	r->flv(r->arg, c->p, c->got);
	r->flv(r->arg, size, sizeof size);
}

static bool message(struct rtmp *r, const struct rtmp_channel *c)
{
	switch (c->type) {
	case M_CHUNK_SIZE:
		if (c->got < 4 || !(big(c->p, 4) & 0x7fffffff))
			return off(r, "chunks of no size");
		r->chunk_max = big(c->p, 4) & 0x7fffffff;
		return true;
	case M_SOUND:
	case M_PICTURE:
		if (!r->published)
			return off(r, "it sends before it named a key");
		if (c->got)
			put_flv(r, c);
		return true;
	case M_COMMAND: return command(r, (struct values){ c->p, c->got });
	case M_COMMAND_3: return c->got < 1 || command(r, (struct values){ c->p + 1, c->got - 1 });
	default: return true;
	}
}

/* ── chunks (5.3.1) ── */

static size_t basic_size(unsigned char first)
{
	return (first & 0x3f) == 0 ? 2 : (first & 0x3f) == 1 ? 3 : 1;
}

static struct rtmp_channel *channel_of(struct rtmp *r, uint32_t id)
{
	struct rtmp_channel *empty = NULL;
	for (int i = 0; i < RTMP_CHANNELS; i++) {
		if (r->channels[i].used && r->channels[i].id == id)
			return &r->channels[i];
		if (!r->channels[i].used && !empty)
			empty = &r->channels[i];
	}
	if (empty)
		*empty = (struct rtmp_channel){ .used = true, .id = id, .p = empty->p, .cap = empty->cap };
	return empty;
}

static struct rtmp_channel *channel_in_head(struct rtmp *r)
{
	uint32_t id = r->head[0] & 0x3f;
	if (id < 2)
		id = 64U + r->head[1] + (id == 1 ? r->head[2] * 256U : 0);
	return channel_of(r, id);
}

/* How many bytes the head has that begins with what is there. */
static size_t head_size(struct rtmp *r, const struct rtmp_channel *c)
{
	static const uint8_t sizes[] = { 11, 7, 3, 0 };
	size_t basic = basic_size(r->head[0]), own = sizes[r->head[0] >> 6];
	bool long_time = c->long_time;
	if (own) {
		if (r->head_n < basic + 3)
			return basic + 3;
		long_time = big(r->head + basic, 3) == 0xffffff;
	}
	return basic + own + (long_time ? 4 : 0);
}

static void take_head(const struct rtmp *r, struct rtmp_channel *c)
{
	unsigned form = r->head[0] >> 6;
	const unsigned char *p = r->head + basic_size(r->head[0]);
	const unsigned char *end = r->head + r->head_n;
	if (form < 3) {
		uint32_t time = big(p, 3);
		c->long_time = time == 0xffffff;
		c->delta = c->long_time ? big(end - 4, 4) : time;
	}
	if (form < 2) {
		c->size = big(p + 3, 3);
		c->type = p[6];
	}
	/* The rest of a message says nothing new. */
	if (c->got)
		return;
	c->time = form == 0 ? c->delta : c->time + c->delta;
}

static bool room(struct rtmp *r, struct rtmp_channel *c)
{
	if (c->size > (r->published ? (uint32_t)RTMP_MESSAGE_MAX : (uint32_t)RTMP_COMMAND_MAX))
		return off(r, "a message over its ceiling");
	if (c->size <= c->cap)
		return true;
	uint32_t cap = c->cap ? c->cap : 4096;
	while (cap < c->size)
		cap *= 2;
	c->p = arena_grow(r->arena, c->p, c->cap, cap);
	c->cap = cap;
	return true;
}

static bool begin_chunk(struct rtmp *r, struct rtmp_channel *c)
{
	take_head(r, c);
	r->head_n = 0;
	if (c->got >= c->size)
		c->got = 0;
	if (!room(r, c))
		return false;
	r->chunk_left = c->size - c->got < r->chunk_max ? c->size - c->got : r->chunk_max;
	if (!r->chunk_left)
		return message(r, c);
	r->channel = (int)(c - r->channels);
	return true;
}

static bool end_chunk(struct rtmp *r)
{
	struct rtmp_channel *c = &r->channels[r->channel];
	r->channel = -1;
	if (c->got < c->size)
		return true;
	bool good = message(r, c);
	c->got = 0;
	return good;
}

static bool feed_head(struct rtmp *r, unsigned char byte)
{
	r->head[r->head_n++] = byte;
	if (r->head_n < basic_size(r->head[0]))
		return true;
	struct rtmp_channel *c = channel_in_head(r);
	if (!c)
		return off(r, "too many chunk streams");
	return r->head_n < head_size(r, c) || begin_chunk(r, c);
}

/* ── the handshake (5.2) ── */

static bool shake(struct rtmp *r, const unsigned char *p, size_t *n)
{
	size_t used = 0;
	for (; used < *n && r->handshake < 1 + 2 * RTMP_HANDSHAKE; used++, r->handshake++) {
		if (r->handshake == 0 && p[used] != 3)
			return off(r, "not RTMP");
		if (r->handshake >= 1 && r->handshake < 1 + RTMP_HANDSHAKE)
			r->c1[r->handshake - 1] = p[used];
		if (r->handshake == RTMP_HANDSHAKE) {
			static const unsigned char zeroes[RTMP_HANDSHAKE];
			r->reply(r->arg, "\3", 1);
			r->reply(r->arg, zeroes, sizeof zeroes);
			r->reply(r->arg, r->c1, sizeof r->c1);
		}
	}
	*n = used;
	return true;
}

bool rtmp_feed(struct rtmp *r, const void *bytes, size_t n)
{
	const unsigned char *p = bytes, *end = p + n;
	size_t used = n;
	r->bytes += n;
	if (r->handshake < 1 + 2 * RTMP_HANDSHAKE) {
		if (!shake(r, p, &used))
			return false;
		p += used;
	}
	while (p < end && !r->ended) {
		if (r->channel < 0) {
			if (!feed_head(r, *p++))
				return false;
			continue;
		}
		struct rtmp_channel *c = &r->channels[r->channel];
		size_t some = r->chunk_left < (size_t)(end - p) ? r->chunk_left : (size_t)(end - p);
		memcpy(c->p + c->got, p, some);
		c->got += (uint32_t)some;
		r->chunk_left -= some;
		p += some;
		if (!r->chunk_left && !end_chunk(r))
			return false;
	}
	/* 5.4.3: it wants to know what arrived. */
	if (r->bytes - r->told >= TELL_EVERY && r->published) {
		r->told = r->bytes;
		answer_number(r, M_ACK, (uint32_t)r->bytes);
	}
	return true;
}
