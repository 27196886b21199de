/* Front matter: any bytes; the body must be the rest of the source, each value a view of it. */
#include "text/front.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static bool inside(struct str part, struct str whole)
{
	return part.n == 0 || (part.p >= whole.p && part.p + part.n <= whole.p + whole.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct front_key keys[] = { { "title", true }, { "type", false }, { "topics", false }, { NULL, false } };
	struct arena *a = arena_new();
	struct findings f = { .arena = a };
	struct str source = { (const char *)data, n };
	struct front front;
	bool good = front_parse(&f, S("x.md"), source, keys, &front);
	if (good != (f.n == 0) || f.n > FINDINGS_MAX || !inside(front.body, source))
		abort();
	if (front.n > 3 || (good && !front_get(&front, "title").n))
		abort();
	for (size_t i = 0; i < front.n; i++)
		if (!inside(front.v[i].value, source) || front.v[i].line < 1)
			abort();
	front_list(a, front_get(&front, "topics"));
	for (size_t i = 0; i < f.n; i++)
		finding_text(a, &f.v[i]);
	arena_free(a);
	return 0;
}
