/* Files that people send; see upload.h. */
#include "web/upload.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

bool upload_fits(const struct action *a, struct str type)
{
	return a && a->upload && (str_is(type, "multipart/form-data") || str_is(type, "text/csv") || str_is(type, "application/octet-stream"));
}

enum err upload_open(struct ctx *cx, struct upload *u)
{
	struct str folder = str_fmt(cx->arena, "%.*s/upload", STR_ARG(cx->app->data_dir));
	if (mkdir(folder.p, 0700) != 0 && errno != EEXIST)
		return ERR_UNAVAILABLE;
	const char *path = str_fmt(cx->arena, "%s/%s", folder.p, random_hex(cx, 12).p).p;
	u->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (u->fd < 0)
		return ERR_UNAVAILABLE;
	u->path = path;
	return OK;
}

void upload_add(struct upload *u, const void *p, size_t n)
{
	u->full = u->full || n > u->max - u->n;
	if (u->full || u->broken || !u->may)
		return;
	for (size_t done = 0; done < n;) {
		ssize_t k = write(u->fd, (const char *)p + done, n - done);
		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0) {
			u->broken = true;
			return;
		}
		done += (size_t)k;
	}
	u->n += n;
}

static struct str part_path(char *ret, size_t n, const char *path)
{
	int k = snprintf(ret, n, "%s.part", path);
	return (struct str){ ret, k > 0 && (size_t)k < n ? (size_t)k : 0 };
}

void upload_end(struct upload *u)
{
	char part[4200];
	if (!u->path)
		return;
	if (u->fd >= 0)
		close(u->fd);
	unlink(u->path);
	if (part_path(part, sizeof part, u->path).n)
		unlink(part);
	u->path = NULL;
}

struct str upload_name(struct ctx *cx, struct str name)
{
	for (size_t i = name.n; i-- > 0;)
		if (name.p[i] == '/' || name.p[i] == '\\') {
			name = str_sub(name, i + 1, name.n);
			break;
		}
	struct buf b;
	buf_init(&b, cx->arena, 200);
	for (size_t i = 0; i < name.n && utf8_valid(name); i++)
		if ((unsigned char)name.p[i] >= 0x20 && name.p[i] != 0x7f)
			buf_char(&b, name.p[i]);
	struct str clean = buf_get(&b);
	return b.full || !utf8_valid(clean) ? S("") : clean;
}

/* ── multipart ── */

/* name="…" of a Content-Disposition; RFC 7578 leaves quotes as %22. */
static struct str parameter(struct str head, const char *name)
{
	char want[40];
	int n = snprintf(want, sizeof want, " %s=\"", name);
	ptrdiff_t at = str_find(head, (struct str){ want, (size_t)n });
	if (at < 0)
		return STR_NONE;
	struct str rest = str_sub(head, (size_t)at + (size_t)n, head.n);
	ptrdiff_t end = str_index(rest, '"');
	return end < 0 ? STR_NONE : str_sub(rest, 0, (size_t)end);
}

static enum err malformed(struct ctx *cx)
{
	return fail(cx, ERR_MALFORMED, "", N_("The form with the file did not arrive whole. Nothing was changed; please send it again."));
}

static enum err keep_part(struct ctx *cx, const char *path, struct str bytes, struct str *ret)
{
	char *part = arena_alloc(cx->arena, strlen(path) + 6);
	*ret = part_path(part, strlen(path) + 6, path);
	struct upload u = { .path = part, .max = bytes.n, .may = true };
	u.fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (u.fd < 0)
		return ERR_UNAVAILABLE;
	upload_add(&u, bytes.p, bytes.n);
	return close(u.fd) != 0 || u.broken ? ERR_UNAVAILABLE : OK;
}

static enum err add(struct ctx *cx, struct pairs *p, struct str name, struct str value)
{
	if (str_is(name, "csrf")) {
		p->csrf = value;
		return OK;
	}
	if (p->n == PAIRS_MAX)
		return fail(cx, ERR_TOO_LARGE, "", N_("The form has too many fields."));
	*ARENA_PUSH(cx->arena, p->v, p->n) = (struct pair){ name, value };
	return OK;
}

static enum err take_part(struct ctx *cx, const char *path, struct str head, struct str body, bool *had_file, struct pairs *p)
{
	struct str name = parameter(head, "name"), file = parameter(head, "filename"), at;
	if (!name.p || !utf8_valid(name))
		return malformed(cx);
	if (!file.p) {
		if (body.n > UPLOAD_PART_MAX)
			return fail(cx, ERR_TOO_LARGE, str_c(cx->arena, name), N_("is too long"));
		if (!utf8_valid(body))
			return malformed(cx);
		return add(cx, p, str_dup(cx->arena, name), str_dup(cx->arena, body));
	}
	/* A form without a chosen file sends an empty one without a name. */
	if (!file.n && !body.n)
		return OK;
	if (*had_file)
		return malformed(cx);
	*had_file = true;
	TRY(keep_part(cx, path, body, &at));
	TRY(add(cx, p, S("file"), at));
	return add(cx, p, S("file_name"), upload_name(cx, file));
}

/* text: the whole body. Its parts stand between lines of "--boundary"; behind the last follows "--". */
static enum err parts(struct ctx *cx, const char *path, struct str text, struct str boundary, struct pairs *p)
{
	struct str line = str_fmt(cx->arena, "\r\n--%.*s", STR_ARG(boundary));
	struct str first = str_sub(line, 2, line.n);
	bool had_file = false;
	if (!boundary.n || boundary.n > 70 || !str_starts(text, first))
		return malformed(cx);
	text = str_sub(text, first.n, text.n);
	while (str_starts(text, S("\r\n"))) {
		ptrdiff_t head_end = str_find(str_sub(text, 0, text.n < UPLOAD_HEAD_MAX ? text.n : UPLOAD_HEAD_MAX), S("\r\n\r\n"));
		if (head_end < 0)
			return malformed(cx);
		struct str head = str_sub(text, 0, (size_t)head_end);
		text = str_sub(text, (size_t)head_end + 4, text.n);
		ptrdiff_t end = str_find(text, line);
		if (end < 0)
			return malformed(cx);
		TRY(take_part(cx, path, head, str_sub(text, 0, (size_t)end), &had_file, p));
		text = str_sub(text, (size_t)end + line.n, text.n);
	}
	return str_starts(text, S("--")) ? OK : malformed(cx);
}

enum err upload_parts(struct ctx *cx, const char *path, struct str boundary, struct pairs *p)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	if (fd < 0 || fstat(fd, &st) != 0 || st.st_size == 0) {
		if (fd >= 0)
			close(fd);
		return malformed(cx);
	}
	/* Mapped, not read: its pages are the system's to drop. */
	void *map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (map == MAP_FAILED)
		return ERR_UNAVAILABLE;
	enum err e = parts(cx, path, (struct str){ map, (size_t)st.st_size }, boundary, p);
	munmap(map, (size_t)st.st_size);
	return e;
}
