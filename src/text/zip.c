/* ZIP archives in memory; see zip.h. */
#include "text/zip.h"
#include "base/utf8.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

static bool is_safe(struct str name)
{
	struct str rest = name, part;
	if (!name.n || name.n > 500 || !utf8_valid(name) || name.p[0] == '/' || str_index(name, '\\') >= 0)
		return false;
	while (str_cut(&rest, '/', &part))
		if (!part.n || str_is(part, ".") || str_is(part, ".."))
			return false;
	return true;
}

static bool is_wanted(struct arena *a, struct str name, const char *const *endings)
{
	struct str low = str_lower(a, name);
	for (; *endings; endings++)
		if (str_ends(low, str_of(*endings)))
			return true;
	return false;
}

static const char *read_entry(struct arena *arena, struct archive *a, struct str name, size_t *total, struct zip *ret)
{
	struct buf b;
	char piece[16384];
	la_ssize_t n;
	buf_init(&b, arena, ZIP_ENTRY_MAX);
	while (!b.full && (n = archive_read_data(a, piece, sizeof piece)) > 0)
		buf_add(&b, piece, (size_t)n);
	*total += b.n;
	if (b.full || *total > ZIP_UNPACKED_MAX)
		return N_("“{what}” in the archive is larger than 4 MiB, or all of it larger than 64 MiB");
	if (n < 0)
		return N_("“{what}” in the archive is damaged");
	*ARENA_PUSH(arena, ret->v, ret->n) = (struct zip_entry){ str_dup(arena, name), buf_get(&b) };
	return NULL;
}

static const char *read_all(struct arena *arena, struct archive *a, const char *const *endings, struct zip *ret, struct str *ret_name)
{
	struct archive_entry *e;
	size_t n = 0, total = 0;
	int r;
	while ((r = archive_read_next_header(a, &e)) == ARCHIVE_OK) {
		const char *path = archive_entry_pathname(e);
		struct str name = str_dup(arena, str_of(path ? path : ""));
		*ret_name = name;
		if (archive_entry_filetype(e) == AE_IFDIR)
			continue;
		if (++n > ZIP_ENTRIES_MAX)
			return N_("The archive holds more than 10,000 files");
		if (!is_safe(name) || archive_entry_filetype(e) != AE_IFREG)
			return N_("“{what}” may not be in the archive: only plain files within it");
		const char *wrong = is_wanted(arena, name, endings) ? read_entry(arena, a, name, &total, ret) : NULL;
		if (wrong)
			return wrong;
	}
	return r == ARCHIVE_EOF ? NULL : N_("The archive is damaged or is not a ZIP file");
}

static int by_name(const void *a, const void *b)
{
	return str_cmp(((const struct zip_entry *)a)->name, ((const struct zip_entry *)b)->name);
}

static const char *check_names(struct zip *z, struct str *ret_name)
{
	if (z->n)
		qsort(z->v, z->n, sizeof *z->v, by_name);
	for (size_t i = 1; i < z->n; i++)
		if (str_eq(z->v[i].name, z->v[i - 1].name)) {
			*ret_name = z->v[i].name;
			return N_("“{what}” is twice in the archive");
		}
	return NULL;
}

bool zip_read(struct findings *f, struct str file, struct str bytes, const char *const *endings, struct zip *ret)
{
	struct str name = S("");
	const char *wrong = N_("The archive is damaged or is not a ZIP file");
	struct archive *a = archive_read_new();
	BUG_IF(!a);
	*ret = (struct zip){ 0 };
	archive_read_support_format_zip_seekable(a);
	if (bytes.n && archive_read_open_memory(a, bytes.p, bytes.n) == ARCHIVE_OK)
		wrong = read_all(f->arena, a, endings, ret, &name);
	archive_read_free(a);
	if (!wrong)
		wrong = check_names(ret, &name);
	if (wrong)
		finding_add_what(f, file, 0, wrong, name);
	return !wrong;
}

const struct zip_entry *zip_find(const struct zip *z, struct str name)
{
	size_t low = 0, high = z->n;
	while (low < high) {
		size_t mid = (low + high) / 2;
		int c = str_cmp(z->v[mid].name, name);
		if (!c)
			return &z->v[mid];
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

static la_ssize_t take_piece(struct archive *a, void *data, const void *p, size_t n)
{
	(void)a;
	buf_add(data, p, n);
	return (la_ssize_t)n;
}

static void write_entry(struct archive *a, const struct zip_entry *from)
{
	struct archive_entry *e = archive_entry_new();
	archive_entry_set_pathname_utf8(e, from->name.p);
	archive_entry_set_filetype(e, AE_IFREG);
	archive_entry_set_perm(e, 0644);
	archive_entry_set_size(e, (la_int64_t)from->bytes.n);
	BUG_IF(archive_write_header(a, e) < ARCHIVE_WARN || archive_write_data(a, from->bytes.p, from->bytes.n) != (la_ssize_t)from->bytes.n);
	archive_entry_free(e);
}

struct str zip_write(struct arena *arena, const struct zip *z)
{
	struct buf b;
	struct archive *a = archive_write_new();
	BUG_IF(!a);
	buf_init(&b, arena, ZIP_UNPACKED_MAX);
	archive_write_set_format_zip(a);
	archive_write_set_bytes_in_last_block(a, 1);
	BUG_IF(archive_write_open(a, &b, NULL, take_piece, NULL) != ARCHIVE_OK);
	for (size_t i = 0; i < z->n; i++)
		write_entry(a, &z->v[i]);
	BUG_IF(archive_write_close(a) != ARCHIVE_OK);
	archive_write_free(a);
	return b.full ? STR_NONE : buf_get(&b);
}
