/* Fragmented MP4: any bytes; what is taken lies inside them, and the sound alone is a stream of its own. */
#include "base/arena.h"
#include "text/fmp4.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void fragment(struct arena *a, const struct fmp4_init *i, struct str moof, struct str mdat)
{
	struct fmp4_fragment f;
	struct fmp4_box box;
	struct buf b;
	if (fmp4_fragment_read(i, moof, &f) && (f.start_us < 0 || f.duration_us < 0 || f.start_us > INT64_MAX - f.duration_us))
		abort();
	buf_init(&b, a, 16 << 20);
	if (!fmp4_sound_fragment(i, moof, mdat, &b))
		return;
	struct str out = buf_get(&b);
	if (fmp4_box(out, out.n, &box) != FMP4_BOX || box.type != FMP4_TYPE("moof") || out.n > moof.n + mdat.n + 8 + (size_t)FMP4_MDAT_MAX)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	struct str rest = { (const char *)data, n };
	struct fmp4_box box, ftyp = { 0 }, moof = { 0 };
	struct fmp4_init init = { .n = 0 };
	bool begun = false;
	while (fmp4_box(rest, FMP4_MDAT_MAX, &box) == FMP4_BOX) {
		rest = str_sub(rest, box.whole.n, rest.n);
		if (box.type == FMP4_TYPE("ftyp"))
			ftyp = box;
		else if (box.type == FMP4_TYPE("moov"))
			begun = fmp4_init_read(ftyp.whole, box.whole, &init);
		else if (box.type == FMP4_TYPE("moof"))
			moof = box;
		else if (begun && moof.whole.n)
			fragment(a, &init, moof.whole, box.whole);
	}
	struct buf b;
	buf_init(&b, a, 16 << 20);
	if (begun)
		(void)!fmp4_sound_init(&init, &b);
	arena_free(a);
	return 0;
}
