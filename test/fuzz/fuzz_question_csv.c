/* Questions in CSV: any bytes; what was read is made of good questions, which QTI can carry. */
#include "text/qti.h"
#include "text/question_csv.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	struct findings f = { .arena = a };
	struct questions q = { 0 }, again = { 0 };
	bool good = question_csv_parse(&f, S("x.csv"), (struct str){ (const char *)data, n }, &q);
	if (good != (f.n == 0))
		abort();
	for (size_t i = 0; i < f.n; i++)
		finding_text(a, &f.v[i]);
	f.n = 0;
	for (size_t i = 0; i < q.n; i++)
		if (!question_check(&f, S("x"), &q.v[i]) || !qti_parse(&f, S("y"), qti_write(a, &q.v[i]), &again))
			abort();
	arena_free(a);
	return 0;
}
