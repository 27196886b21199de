/* Tests of fragmented MP4, on what ffmpeg makes of three seconds of picture (a key every two) and sound. */
#include "base/arena.h"
#include "text/fmp4.h"
#include "text/text_check.h"

static struct str read_all(struct arena *a, const char *name)
{
	struct buf b;
	FILE *f = fopen(name, "rb");
	assert_non_null(f);
	buf_init(&b, a, 1 << 20);
	assert_true(buf_read(&b, f));
	fclose(f);
	return buf_get(&b);
}

struct walk {
	struct arena *a;
	struct str rest;
	struct fmp4_box ftyp, moov, moof, mdat;
	struct fmp4_init init;
};

static void begin(struct walk *w)
{
	*w = (struct walk){ .a = arena_new() };
	w->rest = read_all(w->a, SOURCE_DIR "/test/fixture/stream/small.mp4");
	assert_int_equal(fmp4_box(w->rest, FMP4_INIT_MAX, &w->ftyp), FMP4_BOX);
	w->rest = str_sub(w->rest, w->ftyp.whole.n, w->rest.n);
	assert_int_equal(fmp4_box(w->rest, FMP4_INIT_MAX, &w->moov), FMP4_BOX);
	w->rest = str_sub(w->rest, w->moov.whole.n, w->rest.n);
	assert_true(fmp4_init_read(w->ftyp.whole, w->moov.whole, &w->init));
}

static bool next(struct walk *w)
{
	if (fmp4_box(w->rest, FMP4_MOOF_MAX, &w->moof) != FMP4_BOX || w->moof.type != FMP4_TYPE("moof"))
		return false;
	w->rest = str_sub(w->rest, w->moof.whole.n, w->rest.n);
	assert_int_equal(fmp4_box(w->rest, FMP4_MDAT_MAX, &w->mdat), FMP4_BOX);
	w->rest = str_sub(w->rest, w->mdat.whole.n, w->rest.n);
	return true;
}

static void what_is_in_the_beginning(void **state)
{
	(void)state;
	struct walk w;
	begin(&w);
	const struct fmp4_track *p = fmp4_picture(&w.init), *s = fmp4_sound(&w.init);
	assert_non_null(p);
	assert_non_null(s);
	assert_int_equal(w.init.n, 2);
	assert_int_equal(p->width, 64);
	assert_int_equal(p->height, 36);
	assert_true(p->plain && s->plain);
	assert_int_equal(strlen(p->codec), strlen("avc1.64001f"));
	assert_true(str_starts(str_of(p->codec), S("avc1.")));
	assert_string_equal(s->codec, "mp4a.40.2");
	assert_int_equal(s->scale, 22050);
	arena_free(w.a);
}

static void fragments_follow_each_other_and_say_where_decoding_can_begin(void **state)
{
	(void)state;
	struct walk w;
	struct fmp4_fragment f;
	int64_t at = 0;
	int n = 0, keys = 0;
	begin(&w);
	for (; next(&w); n++) {
		assert_true(fmp4_fragment_read(&w.init, w.moof.whole, &f));
		assert_in_range(f.start_us - at + 1000, 0, 2000);
		/* A key comes at the beginning and after two seconds of pictures (which begin 46 ms after the sound), and nowhere else. */
		assert_true(f.key == (f.start_us == 0 || f.start_us == 2046000));
		keys += f.key;
		at = f.start_us + f.duration_us;
	}
	assert_int_equal(at, 3046000);
	assert_int_equal(keys, 2);
	assert_in_range(n, 5, 8);
	assert_int_equal(fmp4_box(w.rest, 1000, &w.moof) == FMP4_BOX && w.moof.type == FMP4_TYPE("mfra"), true);
	arena_free(w.a);
}

static void the_sound_alone_is_a_whole_stream_with_the_same_bytes(void **state)
{
	(void)state;
	struct walk w;
	struct fmp4_box box, mdat;
	struct fmp4_init alone;
	struct fmp4_fragment f;
	int64_t at = 0;
	begin(&w);
	struct buf b;
	buf_init(&b, w.a, 1 << 20);
	assert_true(fmp4_sound_init(&w.init, &b));
	struct str out = buf_get(&b);
	assert_int_equal(fmp4_box(out, out.n, &box), FMP4_BOX);
	assert_true(fmp4_init_read(box.whole, str_sub(out, box.whole.n, out.n), &alone));
	assert_int_equal(alone.n, 1);
	assert_string_equal(alone.track[0].codec, "mp4a.40.2");
	while (next(&w)) {
		buf_init(&b, w.a, 1 << 20);
		assert_true(fmp4_sound_fragment(&w.init, w.moof.whole, w.mdat.whole, &b));
		out = buf_get(&b);
		assert_int_equal(fmp4_box(out, out.n, &box), FMP4_BOX);
		assert_true(fmp4_fragment_read(&alone, box.whole, &f));
		assert_true(f.key);
		assert_in_range(f.start_us - at + 1, 0, 2);
		at = f.start_us + f.duration_us;
		out = str_sub(out, box.whole.n, out.n);
		assert_int_equal(fmp4_box(out, out.n, &mdat), FMP4_BOX);
		assert_int_equal(mdat.whole.n, out.n);
		/* Its bytes stand in the whole as they are, and are less than all. */
		assert_true(str_find(w.mdat.body, mdat.body) >= 0);
		assert_true(mdat.body.n < w.mdat.body.n);
		/* Made of itself it is itself. */
		struct buf again;
		buf_init(&again, w.a, 1 << 20);
		assert_true(fmp4_sound_fragment(&alone, box.whole, mdat.whole, &again));
		assert_true(str_eq(buf_get(&again), buf_get(&b)));
	}
	/* A block of AAC is 1,024 of 22,050 values a second. */
	assert_in_range(at, 2990000, 3130000);
	arena_free(w.a);
}

static void what_is_cut_short_is_waited_for_and_what_is_wrong_is_refused(void **state)
{
	(void)state;
	struct walk w;
	struct fmp4_box box;
	struct fmp4_init i;
	struct fmp4_fragment f;
	begin(&w);
	assert_int_equal(fmp4_box(str_sub(w.ftyp.whole, 0, 7), 100, &box), FMP4_MORE);
	assert_int_equal(fmp4_box(str_sub(w.ftyp.whole, 0, w.ftyp.whole.n - 1), 100, &box), FMP4_MORE);
	assert_int_equal(fmp4_box(w.moov.whole, w.moov.whole.n - 1, &box), FMP4_BAD);
	assert_int_equal(fmp4_box(S("\0\0\0\7moof"), 100, &box), FMP4_BAD);
	assert_false(fmp4_init_read(w.ftyp.whole, w.ftyp.whole, &i));
	assert_true(next(&w));
	/* A moof whose box says more than there is. */
	char *cut = (char *)(uintptr_t)str_c(w.a, w.moof.whole);
	assert_false(fmp4_fragment_read(&w.init, str_sub((struct str){ cut, w.moof.whole.n }, 0, w.moof.whole.n - 1), &f));
	arena_free(w.a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_in_the_beginning),
		cmocka_unit_test(fragments_follow_each_other_and_say_where_decoding_can_begin),
		cmocka_unit_test(the_sound_alone_is_a_whole_stream_with_the_same_bytes),
		cmocka_unit_test(what_is_cut_short_is_waited_for_and_what_is_wrong_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
