/* GIFT: any bytes; what was read without a finding and is written again reads as the same. */
#include "base/utf8.h"
#include "text/gift.h"
#include "text/question_equal.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	struct findings f = { .arena = a };
	struct questions q, again;
	bool good = gift_parse(&f, S("x.gift"), (struct str){ (const char *)data, n }, n % 2, &q);
	if (good != (f.n == 0))
		abort();
	struct str text = gift_write(a, q.v, q.n);
	if (good && text.n <= TEXT_MAX) {
		if (!utf8_valid(text) || !gift_parse(&f, S("y.gift"), text, false, &again))
			abort();
		if (!questions_equal(&q, &again))
			abort();
	}
	for (size_t i = 0; i < f.n; i++)
		finding_text(a, &f.v[i]);
	arena_free(a);
	return 0;
}
