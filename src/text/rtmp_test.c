/* Tests of the listening side of RTMP: what an encoder says, put together here by the rules of its chunks. That real encoders get along with it is shown by
 * test/http/stream_http.c. */
#include "text/rtmp.h"
#include "base/arena.h"
#include "text/text_check.h"

struct other {
	struct arena *a;
	struct rtmp r;
	struct buf back, flv, out;
	size_t chunk;      /* of what we send */
	bool piecemeal;    /* one byte a call */
};

static void on_reply(void *arg, const void *p, size_t n)
{
	buf_add(&((struct other *)arg)->back, p, n);
}

static void on_flv(void *arg, const void *p, size_t n)
{
	buf_add(&((struct other *)arg)->flv, p, n);
}

static bool on_publish(void *arg, struct str key)
{
	(void)arg;
	return str_is(key, "secret");
}

static bool feed(struct other *o, const void *p, size_t n)
{
	if (!o->piecemeal)
		return rtmp_feed(&o->r, p, n);
	for (size_t i = 0; i < n; i++)
		if (!rtmp_feed(&o->r, (const char *)p + i, 1))
			return false;
	return true;
}

static void begin(struct other *o, bool piecemeal)
{
	char hello[1 + 2 * RTMP_HANDSHAKE] = "\3";
	*o = (struct other){ .a = arena_new(), .chunk = 128, .piecemeal = piecemeal };
	o->r = (struct rtmp){ .arg = o, .reply = on_reply, .publish = on_publish, .flv = on_flv };
	buf_init(&o->back, o->a, 1 << 20);
	buf_init(&o->flv, o->a, 1 << 20);
	rtmp_begin(&o->r, o->a);
	for (size_t i = 9; i <= RTMP_HANDSHAKE; i++)
		hello[i] = (char)i;
	assert_true(feed(o, hello, sizeof hello));
	/* Our version, our own bytes, theirs again. */
	struct str back = buf_get(&o->back);
	assert_int_equal(back.n, 1 + 2 * RTMP_HANDSHAKE);
	assert_int_equal(back.p[0], 3);
	assert_memory_equal(back.p + 1 + RTMP_HANDSHAKE, hello + 1, RTMP_HANDSHAKE);
	buf_init(&o->back, o->a, 1 << 20);
}

static void put3(char *p, size_t v)
{
	p[0] = (char)(v >> 16);
	p[1] = (char)(v >> 8);
	p[2] = (char)v;
}

/* A message on chunk stream 3: its head whole, then chunks of form 3. */
static bool say(struct other *o, int type, size_t time, struct str body)
{
	char head[12] = { 3 };
	put3(head + 1, time);
	put3(head + 4, body.n);
	head[7] = (char)type;
	if (!feed(o, head, sizeof head))
		return false;
	for (size_t at = 0; at < body.n; at += o->chunk) {
		size_t n = body.n - at < o->chunk ? body.n - at : o->chunk;
		if ((at && !feed(o, "\303", 1)) || !feed(o, body.p + at, n))
			return false;
	}
	return true;
}

#define CONNECT S("\2\0\7connect\0\x3f\xf0\0\0\0\0\0\0\3\0\3app\2\0\4live\0\0\11")
#define CREATE S("\2\0\14createStream\0\x40\x10\0\0\0\0\0\0\5")
#define PUBLISH(key) S("\2\0\7publish\0\x40\x14\0\0\0\0\0\0\5\2\0" key "\2\0\4live")

static void who_knows_the_key_may_send_and_it_becomes_flv(void **state)
{
	(void)state;
	for (int piecemeal = 0; piecemeal < 2; piecemeal++) {
		struct other o;
		char big[1000] = "\27\1";
		begin(&o, piecemeal);
		assert_true(say(&o, 20, 0, CONNECT));
		assert_true(str_find(buf_get(&o.back), S("NetConnection.Connect.Success")) > 0);
		assert_true(say(&o, 20, 0, CREATE));
		assert_false(o.r.published);
		assert_true(say(&o, 20, 0, PUBLISH("\14secret?x=123")));
		assert_true(o.r.published);
		assert_true(str_find(buf_get(&o.back), S("NetStream.Publish.Start")) > 0);
		/* A larger chunk from now on. */
		assert_true(say(&o, 1, 0, S("\0\0\2\0")));
		o.chunk = 512;
		assert_true(say(&o, 8, 5, S("\257\1sound")));
		assert_int_equal(o.r.sound, RTMP_PLAIN);
		assert_true(say(&o, 9, 0x123456, (struct str){ big, sizeof big }));
		assert_int_equal(o.r.picture, RTMP_PLAIN);
		struct str flv = buf_get(&o.flv);
		assert_int_equal(flv.n, 13 + 11 + 7 + 4 + 11 + 1000 + 4);
		assert_memory_equal(flv.p, "FLV\1\5\0\0\0\11\0\0\0\0\10\0\0\7\0\0\5\0\0\0\0\257\1sound\0\0\0\22\11\0\3\350\x12\x34\x56\0\0\0\0\27\1", 13 + 22 + 13);
		assert_false(o.r.ended);
		assert_true(say(&o, 20, 0, S("\2\0\14deleteStream\0\x40\x18\0\0\0\0\0\0\5\0\x3f\xf0\0\0\0\0\0\0")));
		assert_true(o.r.ended);
		arena_free(o.a);
	}
}

/* 5.3.1.2: the times of messages with short heads. */
static void times_go_on_by_differences(void **state)
{
	(void)state;
	struct other o;
	begin(&o, false);
	assert_true(say(&o, 20, 0, PUBLISH("\6secret")));
	buf_init(&o.flv, o.a, 1 << 16);
	static const char heads[] = "\4\0\0\144\0\0\1\11\0\0\0\0a" /* form 0: at 100 */
				    "\104\0\0\12\0\0\1\11b"	      /* form 1: 10 later */
				    "\204\0\0\24c"		      /* form 2: 20 later */
				    "\304d";			      /* form 3: 20 later again */
	assert_true(feed(&o, heads, sizeof heads - 1));
	struct str flv = buf_get(&o.flv);
	assert_int_equal(flv.n, 4 * 16);
	static const unsigned char times[] = { 100, 110, 130, 150 };
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal((unsigned char)flv.p[16 * i + 6], times[i]);
		assert_int_equal(flv.p[16 * i + 11], 'a' + (int)i);
	}
	/* The 32 bits of a time that does not fit 24. */
	assert_true(feed(&o, "\4\377\377\377\0\0\1\11\0\0\0\0\1\0\0\7e", 17));
	flv = buf_get(&o.flv);
	assert_memory_equal(flv.p + 64 + 4, "\0\0\7\1", 4);
	arena_free(o.a);
}

static void who_does_not_know_the_key_is_told_so_and_sends_nothing(void **state)
{
	(void)state;
	struct other o;
	begin(&o, false);
	assert_false(say(&o, 20, 0, PUBLISH("\5wrong")));
	assert_true(str_find(buf_get(&o.back), S("NetStream.Publish.BadName")) > 0);
	assert_int_equal(buf_get(&o.flv).n, 0);
	assert_non_null(o.r.why);
	arena_free(o.a);
	begin(&o, false);
	assert_true(say(&o, 20, 0, CONNECT));
	assert_false(say(&o, 9, 0, S("\27\1picture")));
	assert_string_equal(o.r.why, "it sends before it named a key");
	arena_free(o.a);
}

static void what_is_too_large_or_no_rtmp_is_broken_off(void **state)
{
	(void)state;
	struct other o;
	begin(&o, false);
	assert_false(feed(&o, "\3\0\0\0\377\377\377\24\0\0\0\0", 12));
	assert_string_equal(o.r.why, "a message over its ceiling");
	arena_free(o.a);
	begin(&o, false);
	assert_false(say(&o, 1, 0, S("\0\0\0\0")));
	arena_free(o.a);
	begin(&o, false);
	assert_false(say(&o, 20, 0, S("\2\0\177x")));
	arena_free(o.a);
	begin(&o, false);
	bool good = true;
	for (int id = 2; id < 40 && good; id++) {
		char head[12] = { (char)id, 0, 0, 0, 0, 0, 0, 4 };
		good = feed(&o, head, sizeof head);
	}
	assert_false(good);
	assert_string_equal(o.r.why, "too many chunk streams");
	arena_free(o.a);
	struct rtmp r = { .arg = &o, .reply = on_reply, .publish = on_publish, .flv = on_flv };
	rtmp_begin(&r, NULL);
	assert_false(rtmp_feed(&r, "GET / HTTP/1.1\r\n", 16));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_knows_the_key_may_send_and_it_becomes_flv),
		cmocka_unit_test(times_go_on_by_differences),
		cmocka_unit_test(who_does_not_know_the_key_is_told_so_and_sends_nothing),
		cmocka_unit_test(what_is_too_large_or_no_rtmp_is_broken_off),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
