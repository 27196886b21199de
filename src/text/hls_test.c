/* Tests of live playlists: as the rules of HLS have them (draft-pantos-hls-rfc8216bis). */
#include "text/hls.h"
#include "base/arena.h"
#include "base/clock.h"
#include "text/text_check.h"

static const struct fmp4_init both = { .track = { { .id = 1, .scale = 1000, .video = true, .width = 640, .height = 360, .codec = "avc1.64001e" },
						  { .id = 2, .scale = 1000, .sound = true, .codec = "mp4a.40.2" } },
				       .n = 2 };
#define AT INT64_C(1767225600000) /* 2026-01-01T00:00:00Z */

/* n parts of half a second, every so often one with a key. */
static void add(struct hls *h, int n, int every, int64_t *at, struct hls_added *ret)
{
	for (int i = 0; i < n; i++) {
		*at += 500;
		hls_add(h, &(struct fmp4_fragment){ .duration_us = 500000, .key = i % every == 0 }, 50000, 4000, *at, ret);
	}
}

static struct str said(struct arena *a, const struct hls *h, bool sound)
{
	struct buf b;
	buf_init(&b, a, 1 << 16);
	hls_playlist(h, sound, &b);
	return buf_get(&b);
}

static void the_playlist_of_a_stream_that_began_now(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct hls h;
	struct hls_added added;
	int64_t at = AT;
	hls_begin(&h, 0, 0, 0);
	hls_take(&h, &both, true);
	add(&h, 9, 4, &at, &added);
	assert_int_equal(added.closed, 0);
	assert_int_equal(added.closed_first, 0);
	assert_int_equal(added.closed_parts, 8);
	expect_str(said(a, &h, false), "#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:6\n"
				       "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.8\n#EXT-X-PART-INF:PART-TARGET=0.6\n"
				       "#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-MAP:URI=\"i1.mp4\"\n#EXT-X-PROGRAM-DATE-TIME:2026-01-01T00:00:00.000Z\n"
				       "#EXT-X-PART:DURATION=0.50000,URI=\"p0.m4s\",INDEPENDENT=YES\n#EXT-X-PART:DURATION=0.50000,URI=\"p1.m4s\"\n"
				       "#EXT-X-PART:DURATION=0.50000,URI=\"p2.m4s\"\n#EXT-X-PART:DURATION=0.50000,URI=\"p3.m4s\"\n"
				       "#EXT-X-PART:DURATION=0.50000,URI=\"p4.m4s\",INDEPENDENT=YES\n#EXT-X-PART:DURATION=0.50000,URI=\"p5.m4s\"\n"
				       "#EXT-X-PART:DURATION=0.50000,URI=\"p6.m4s\"\n#EXT-X-PART:DURATION=0.50000,URI=\"p7.m4s\"\n"
				       "#EXTINF:4.00000,\ns0.m4s\n#EXT-X-PROGRAM-DATE-TIME:2026-01-01T00:00:04.000Z\n"
				       "#EXT-X-PART:DURATION=0.50000,URI=\"p8.m4s\",INDEPENDENT=YES\n#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"p9.m4s\"\n");
	assert_true(str_find(said(a, &h, true), S("URI=\"ap8.m4s\",INDEPENDENT=YES\n#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"ap9.m4s\"\n")) > 0);
	struct buf b;
	buf_init(&b, a, 1000);
	hls_index(&h, NULL, S(""), &b);
	expect_str(buf_get(&b), "#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-STREAM-INF:BANDWIDTH=800000,CODECS=\"avc1.64001e,mp4a.40.2\",RESOLUTION=640x360\nmain.m3u8\n"
				"#EXT-X-STREAM-INF:BANDWIDTH=64000,CODECS=\"mp4a.40.2\"\nsound.m3u8\n");
	/* Beside a thin rendition its sound is told of, which is thinner, too; of one that has nothing yet, nothing. */
	struct hls thin = h;
	thin.width = 426;
	thin.height = 240;
	thin.peak_bits = 300000;
	thin.peak_sound_bits = 48000;
	buf_init(&b, a, 1000);
	hls_index(&h, &thin, S("../t/"), &b);
	expect_str(buf_get(&b), "#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-STREAM-INF:BANDWIDTH=800000,CODECS=\"avc1.64001e,mp4a.40.2\",RESOLUTION=640x360\nmain.m3u8\n"
				"#EXT-X-STREAM-INF:BANDWIDTH=300000,CODECS=\"avc1.64001e,mp4a.40.2\",RESOLUTION=426x240\n../t/main.m3u8\n"
				"#EXT-X-STREAM-INF:BANDWIDTH=48000,CODECS=\"mp4a.40.2\"\n../t/sound.m3u8\n");
	thin.n = 0;
	buf_init(&b, a, 1000);
	hls_index(&h, &thin, S("../t/"), &b);
	assert_true(str_find(buf_get(&b), S("../t/")) < 0);
	arena_free(a);
}

/* 4.4.3.1: no segment is longer than the target; they begin with keys where keys come in time. Keys every 0.5 to 20 s. */
static void no_segment_is_longer_than_the_target_however_rare_keys_are(void **state)
{
	(void)state;
	for (int every = 1; every <= 40; every++) {
		struct hls h;
		struct hls_added added;
		int64_t at = AT, next = 0;
		int without_key = 0;
		hls_begin(&h, 0, 0, 0);
		hls_take(&h, &both, false);
		for (int i = 0; i < 200; i++) {
			at += 500;
			hls_add(&h, &(struct fmp4_fragment){ .duration_us = 500000, .key = i % every == 0 }, 1, 1, at, &added);
			const struct hls_segment *s = &h.segment[h.n - 1];
			assert_int_equal(added.part, i);
			assert_true(s->duration_us <= HLS_TARGET_S * 1000000);
			without_key += s->n_parts == 1 && !s->part[0].key;
			if (added.closed >= 0)
				assert_int_equal(added.closed, next++);
		}
		/* Six seconds hold twelve parts: keys further apart than that are not waited for. */
		assert_true(every > 12 || without_key == 0);
		assert_true(next >= 16);
	}
}

/* 6.2.2: the window moves, numbers go on, and what is no longer listed is named once, so that its files can go. */
static void the_window_moves_and_says_what_is_gone(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct hls h;
	struct hls_added added;
	int64_t at = AT, gone = 0, parts = 0;
	hls_begin(&h, 0, 0, 0);
	hls_take(&h, &both, false);
	for (int i = 0; i < 8 * 40; i++) {
		at += 500;
		hls_add(&h, &(struct fmp4_fragment){ .duration_us = 500000, .key = i % 8 == 0 }, 1, 1, at, &added);
		if (added.gone < 0)
			continue;
		assert_int_equal(added.gone, gone++);
		assert_int_equal(added.gone_first, parts);
		parts += added.gone_parts;
	}
	struct str text = said(a, &h, false);
	assert_true(str_find(text, S("#EXT-X-MEDIA-SEQUENCE:28\n#EXT-X-MAP:URI=\"i1.mp4\"\n")) > 0);
	/* Parts are told of for three targets before the end. */
	assert_true(str_find(text, S("URI=\"p280.m4s\"")) > 0);
	assert_true(str_find(text, S("URI=\"p279.m4s\"")) < 0);
	assert_int_equal(h.segment[0].at, AT + 28 * 4000);
	arena_free(a);
}

/* 4.4.4.3, 4.4.3.3: who sends anew is another take, and once it is no longer listed it is counted. */
static void another_take_is_a_discontinuity_that_is_counted_when_it_leaves(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct hls h;
	struct hls_added added;
	int64_t at = AT;
	hls_begin(&h, 0, 0, 0);
	hls_take(&h, &both, false);
	add(&h, 4, 8, &at, &added);
	hls_take(&h, &both, false);
	at += 60000;
	add(&h, 4, 8, &at, &added);
	assert_int_equal(added.closed, -1);
	struct str text = said(a, &h, false);
	assert_true(
		str_find(text,
			 S("#EXTINF:2.00000,\ns0.m4s\n#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI=\"i2.mp4\"\n#EXT-X-PROGRAM-DATE-TIME:2026-01-01T00:01:02.000Z\n")) >
		0);
	assert_true(str_find(text, S("DISCONTINUITY-SEQUENCE")) < 0);
	add(&h, 8 * HLS_SEGMENTS, 8, &at, &added);
	/* The first of the second take is the first listed: its tag still stands. */
	text = said(a, &h, false);
	assert_true(str_find(text, S("#EXT-X-DISCONTINUITY\n")) > 0 && str_find(text, S("DISCONTINUITY-SEQUENCE")) < 0);
	add(&h, 8, 8, &at, &added);
	text = said(a, &h, false);
	assert_true(str_find(text, S("#EXT-X-DISCONTINUITY\n")) < 0 && str_find(text, S("#EXT-X-DISCONTINUITY-SEQUENCE:1\n")) > 0);
	arena_free(a);
}

/* A process that was killed: numbers and names go on where they were, and players go on. */
static void a_stream_goes_on_after_its_process_was_gone(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct hls h;
	struct hls_added added;
	struct hls_now now;
	struct buf b;
	int64_t at = AT;
	hls_begin(&h, 0, 0, 0);
	hls_take(&h, &both, false);
	add(&h, 11, 8, &at, &added);
	buf_init(&b, a, 100);
	hls_now(&h, &b);
	expect_str(buf_get(&b), "1 3 11 0\n");
	assert_true(hls_now_read(buf_get(&b), &now));
	hls_begin(&h, now.number + 1, now.next_part, 1);
	hls_take(&h, &both, false);
	add(&h, 1, 8, &at, &added);
	assert_int_equal(added.part, 11);
	assert_true(str_find(said(a, &h, false), S("#EXT-X-MEDIA-SEQUENCE:2\n#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI=\"i2.mp4\"\n")) > 0);
	arena_free(a);
}

static void at_its_end_nothing_is_hinted_at(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct hls h;
	struct hls_added added;
	int64_t at = AT;
	hls_begin(&h, 0, 0, 0);
	hls_take(&h, &both, false);
	add(&h, 3, 8, &at, &added);
	hls_end(&h, &added);
	assert_int_equal(added.closed, 0);
	struct str text = said(a, &h, false);
	assert_true(str_ends(text, S("#EXTINF:1.50000,\ns0.m4s\n#EXT-X-ENDLIST\n")));
	assert_true(str_find(text, S("EXT-X-PART:")) < 0);
	hls_end(&h, &added);
	assert_int_equal(added.closed, -1);
	arena_free(a);
}

/* 6.2.5.2 */
static void what_is_waited_for_is_there_or_not_or_too_far_ahead(void **state)
{
	(void)state;
	const struct hls_now now = { .number = 5, .parts = 3, .next_part = 43 };
	static const struct {
		int64_t number, part;
		bool has, far;
	} v[] = {
		{ 4, -1, true, false },	 { 4, 99, true, false }, { 5, 2, true, false },	  { 5, 3, false, false },
		{ 5, -1, false, false }, { 6, 0, false, false }, { 7, -1, false, false }, { 8, 0, false, true },
	};
	for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
		bool far = false;
		assert_int_equal(hls_now_has(&now, v[i].number, v[i].part, &far), v[i].has);
		assert_int_equal(far, v[i].far);
	}
	struct hls_now read;
	assert_false(hls_now_read(S("1 2 3"), &read));
	assert_false(hls_now_read(S("1 2 -3 0\n"), &read));
	assert_false(hls_now_read(S("1 2 3 0 4\n"), &read));
	assert_false(hls_now_read(S(""), &read));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_playlist_of_a_stream_that_began_now),
		cmocka_unit_test(no_segment_is_longer_than_the_target_however_rare_keys_are),
		cmocka_unit_test(the_window_moves_and_says_what_is_gone),
		cmocka_unit_test(another_take_is_a_discontinuity_that_is_counted_when_it_leaves),
		cmocka_unit_test(a_stream_goes_on_after_its_process_was_gone),
		cmocka_unit_test(at_its_end_nothing_is_hinted_at),
		cmocka_unit_test(what_is_waited_for_is_there_or_not_or_too_far_ahead),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
