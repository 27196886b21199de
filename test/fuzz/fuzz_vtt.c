/* WebVTT: any bytes; cues come in order and end after they start. */
#include "base/utf8.h"
#include "text/vtt.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	struct findings f = { .arena = a };
	struct vtt vtt;
	bool good = vtt_parse(&f, S("x.vtt"), (struct str){ (const char *)data, n }, &vtt);
	if (good != (f.n == 0) || (good && !vtt.n))
		abort();
	for (size_t i = 0; i < vtt.n; i++) {
		const struct vtt_cue *c = &vtt.v[i];
		if (c->from_ms < 0 || c->to_ms <= c->from_ms || (i && c->from_ms < c[-1].from_ms) || !c->text.n || !utf8_valid(c->text))
			abort();
	}
	for (size_t i = 0; i < f.n; i++)
		finding_text(a, &f.v[i]);
	arena_free(a);
	return 0;
}
