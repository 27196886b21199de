/* An item of QTI: any bytes; what was read is a good question, and written again it reads as the same. */
#include "base/utf8.h"
#include "text/qti.h"
#include "text/question_equal.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	struct findings f = { .arena = a };
	struct questions q = { 0 }, again = { 0 }, third = { 0 };
	bool good = qti_parse(&f, S("x.xml"), (struct str){ (const char *)data, n }, &q);
	if (good != (f.n == 0) || (good && q.n != 1))
		abort();
	for (size_t i = 0; i < f.n; i++)
		finding_text(a, &f.v[i]);
	if (good) {
		struct str text = qti_write(a, &q.v[0]), once_more;
		if (!utf8_valid(text) || !qti_parse(&f, S("y.xml"), text, &again))
			abort();
		/* What comes from elsewhere may name its parts alike or weigh finer than we write; once written it stays. */
		once_more = qti_write(a, &again.v[0]);
		if (!qti_parse(&f, S("z.xml"), once_more, &third) || !question_equal(&again.v[0], &third.v[0]))
			abort();
	}
	arena_free(a);
	return 0;
}
