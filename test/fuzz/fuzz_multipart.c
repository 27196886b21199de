/* A form with a file (RFC 7578) as anybody may write it: the first byte gives the length of the boundary, which follows; the rest is the body. */
#include "base/utf8.h"
#include "web/upload.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct app app = { 0 };
	struct ctx cx = { .arena = arena_new(), .app = &app };
	struct pairs pairs = { 0 };
	char path[60];
	size_t length = n ? data[0] % 71 : 0;
	snprintf(path, sizeof path, "/tmp/fuzz-multipart-%d", (int)getpid());
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		abort();
	if (n >= length + 1) {
		struct str boundary = str_dup(cx.arena, (struct str){ (const char *)data + 1, length });
		if (write(fd, data + 1 + length, n - 1 - length) != (ssize_t)(n - 1 - length))
			abort();
		if (upload_parts(&cx, path, boundary, &pairs) == OK) {
			for (size_t i = 0; i < pairs.n; i++)
				if (!utf8_valid(pairs.v[i].name) || !utf8_valid(pairs.v[i].value))
					abort();
			struct str file = pairs_get(&pairs, S("file"));
			if (file.n)
				unlink(str_c(cx.arena, file));
		} else if (!cx.n_failures) {
			abort();
		}
	}
	close(fd);
	unlink(path);
	arena_free(cx.arena);
	return 0;
}
