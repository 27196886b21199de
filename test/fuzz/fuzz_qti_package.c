/* A package of QTI: any bytes as an archive; and the same bytes as manifest and item within a good one, so that the fuzzer gets past the compression. */
#include "text/qti.h"
#include "text/zip.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void read_package(struct arena *a, struct str bytes)
{
	struct findings f = { .arena = a };
	struct questions q = { 0 };
	bool good = qti_package_read(&f, S("x.zip"), bytes, &q);
	if (good != (f.n == 0))
		abort();
	for (size_t i = 0; i < q.n; i++)
		if (!question_check(&f, S("x"), &q.v[i]))
			abort();
	if (good && !qti_package_write(a, q.v, q.n).p)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	struct str bytes = { (const char *)data, n }, rest = bytes, manifest, item;
	read_package(a, bytes);
	/* Manifest and item are parted by a form feed, which XML cannot hold. */
	if (str_cut(&rest, '\f', &manifest) && n <= ZIP_ENTRY_MAX) {
		item = rest;
		read_package(a, zip_write(a, &(struct zip){ (struct zip_entry[]){ { S("imsmanifest.xml"), manifest }, { S("items/a.xml"), item } }, 2 }));
	}
	arena_free(a);
	return 0;
}
