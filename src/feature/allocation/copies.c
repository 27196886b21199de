/* Copies of orders with signature and stamp; see allocation.h. */
#include "feature/allocation/allocation.h"
#include "feature/allocation/order.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TAIL = 1024 }; /* the end mark stands within this many last bytes (ISO 32000-1, annex H, note 18) */

struct str allocation_copy_path(struct ctx *cx, struct str name)
{
	return str_fmt(cx->arena, "%.*s/allocation/%.*s.pdf", STR_ARG(cx->app->data_dir), STR_ARG(name));
}

/* It begins and ends as a PDF does (ISO 32000-1, 7.5.2, 7.5.5). */
static bool whole_pdf(struct str s)
{
	size_t tail = s.n < TAIL ? s.n : TAIL;
	return (str_starts(s, S("%PDF-1.")) || str_starts(s, S("%PDF-2."))) && str_find(str_sub(s, s.n - tail, s.n), S("%%EOF")) >= 0;
}

static enum err read_all(struct ctx *cx, struct str path, struct str *ret)
{
	int fd = open(str_c(cx->arena, path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "rb");
	struct buf b;
	if (!f) {
		if (fd >= 0)
			close(fd);
		return fail(cx, ERR_INVALID, "file", N_("This file cannot be read."));
	}
	buf_init(&b, cx->arena, COPY_BYTES_MAX);
	bool good = buf_read(&b, f);
	fclose(f);
	if (b.full)
		return fail(cx, ERR_INVALID, "file", N_("is larger than 10 MB"));
	*ret = buf_get(&b);
	return good ? OK : ERR_UNAVAILABLE;
}

/* Written beside its place, flushed and then renamed, so that a half of it is never served. */
static bool put(struct ctx *cx, struct str s, const char *path)
{
	const char *part = str_fmt(cx->arena, "%s.%s.part", path, random_hex(cx, 6).p).p;
	int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
	bool good = fd >= 0;
	for (size_t done = 0; good && done < s.n;) {
		ssize_t n = write(fd, s.p + done, s.n - done);
		if (n < 0 && errno == EINTR)
			continue;
		good = n > 0;
		done += good ? (size_t)n : 0;
	}
	good = good && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	if (good && rename(part, path) == 0)
		return true;
	unlink(part);
	return false;
}

enum err allocation_store_copy(struct ctx *cx, struct str path, struct allocation_copy *ret)
{
	unsigned char h[crypto_hash_sha256_BYTES];
	const char *folder = str_fmt(cx->arena, "%.*s/allocation", STR_ARG(cx->app->data_dir)).p;
	struct stat st;
	struct str s;
	TRY(read_all(cx, path, &s));
	if (!whole_pdf(s))
		return fail(cx, ERR_INVALID, "file", N_("is not a whole PDF. Scan the signed order into a PDF and send that."));
	crypto_hash_sha256(h, (const unsigned char *)s.p, s.n);
	*ret = (struct allocation_copy){ str_hex(cx->arena, h, sizeof h), (int64_t)s.n };
	const char *to = allocation_copy_path(cx, ret->name).p;
	if (stat(to, &st) == 0 && st.st_size == ret->bytes)
		return OK;
	if (mkdir(folder, 0750) != 0 && errno != EEXIST)
		return ERR_UNAVAILABLE;
	return put(cx, s, to) ? OK : ERR_UNAVAILABLE;
}

enum err allocation_keep_copy(struct ctx *cx, int64_t org_id, int64_t id, const struct allocation_copy *in, int64_t *ret_id)
{
	struct allocation_one_row a;
	struct allocation_copy_count_row count;
	TRY(order_head(cx, org_id, id, &a));
	if (str_is(a.state, "draft") || str_is(a.state, "withdrawn"))
		return fail(cx, ERR_CONFLICT, "", N_("A signed copy belongs to a published order."));
	TRY(allocation_sql_copy_count(cx, id, &count));
	if (count.n >= COPIES_MAX)
		return fail(cx, ERR_CONFLICT, "file", N_("This order has 20 signed copies already; all of them stay."));
	*ret_id = new_id(cx);
	return allocation_sql_add_copy(cx, *ret_id, id, in->name, in->bytes, cx->actor.person_id ? cx->actor.person_id : NONE, cx->now, NULL);
}
