/* Unpacking a ZIP that a stranger brought: under ceilings, with plain names, never outside its own folder. */
#include "feature/course/parcel.h"
#include "base/utf8.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ENTRIES_MAX = 600, DEPTH_MAX = 4 };
static const int64_t BYTES_MAX = INT64_C(300) << 20;

static bool plain_name(struct str name)
{
	struct str rest = name, part;
	int depth = 0;
	if (!name.n || name.p[0] == '/' || !utf8_valid(name) || name.n > 300)
		return false;
	while (str_cut(&rest, '/', &part)) {
		if (!part.n || part.p[0] == '.' || part.n > 100)
			return false;
		for (size_t i = 0; i < part.n; i++)
			if ((unsigned char)part.p[i] < 0x20 || part.p[i] == '\\' || part.p[i] == ':')
				return false;
		depth++;
	}
	return depth <= DEPTH_MAX;
}

static void make_folders(struct ctx *cx, struct str root, struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == '/')
			mkdir(str_fmt(cx->arena, "%.*s/%.*s", STR_ARG(root), (int)i, name.p).p, 0750);
}

/* False when the ceiling is passed or the disk is full. */
static bool write_entry(struct ctx *cx, struct archive *a, struct str root, struct str name, int64_t *bytes)
{
	char piece[65536];
	make_folders(cx, root, name);
	int fd = open(str_fmt(cx->arena, "%.*s/%.*s", STR_ARG(root), STR_ARG(name)).p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0640);
	if (fd < 0)
		return false;
	la_ssize_t n;
	bool good = true;
	while (good && (n = archive_read_data(a, piece, sizeof piece)) > 0) {
		*bytes += n;
		good = *bytes <= BYTES_MAX && write(fd, piece, (size_t)n) == n;
	}
	close(fd);
	return good && n == 0;
}

static void unpack_all(struct ctx *cx, struct archive *a, struct str zip, struct str root, struct findings *f, struct str *ret_first)
{
	struct archive_entry *e;
	int64_t bytes = 0;
	int r, n = 0;
	while ((r = archive_read_next_header(a, &e)) == ARCHIVE_OK) {
		struct str name = str_of(archive_entry_pathname(e));
		if (archive_entry_filetype(e) == AE_IFDIR)
			continue;
		if (++n > ENTRIES_MAX || archive_entry_filetype(e) != AE_IFREG || !plain_name(name)) {
			finding_add_what(f, zip, 0, N_("{what} may not be in the archive: only plain files, at most 600, four levels deep"),
					 utf8_valid(name) ? name : S("?"));
			return;
		}
		if (!write_entry(cx, a, root, name, &bytes)) {
			finding_add(f, zip, 0, N_("the archive is larger than 300 MB unpacked, is damaged, or holds a file twice"), 0, NULL);
			return;
		}
		if (!ret_first->p || str_ends(name, S("course.md")))
			*ret_first = str_dup(cx->arena, name);
	}
	if (r != ARCHIVE_EOF)
		finding_add(f, zip, 0, N_("the archive is damaged or is not a ZIP file"), 0, NULL);
}

enum err parcel_unpack(struct ctx *cx, const char *zip, struct findings *findings, struct str *ret_root, struct str *ret_code)
{
	struct str base = str_fmt(cx->arena, "%.*s/import", STR_ARG(cx->app->data_dir)), first = STR_NONE;
	struct str root = str_fmt(cx->arena, "%s/%s", base.p, random_hex(cx, 8).p);
	size_t before = findings->n;
	if ((mkdir(base.p, 0750) != 0 && errno != EEXIST) || mkdir(root.p, 0750) != 0)
		return fail(cx, ERR_UNAVAILABLE, "", N_("The archive cannot be unpacked: the data folder is full or cannot be written."));
	struct archive *a = archive_read_new();
	archive_read_support_format_zip(a);
	if (archive_read_open_filename(a, zip, 65536) == ARCHIVE_OK)
		unpack_all(cx, a, str_of(zip), root, findings, &first);
	else
		finding_add(findings, str_of(zip), 0, N_("the archive is damaged or is not a ZIP file"), 0, NULL);
	archive_read_free(a);
	ptrdiff_t slash = first.p ? str_index(first, '/') : -1;
	if (findings->n == before && (slash < 0 || !str_ends(first, S("/course.md")))) {
		finding_add(findings, str_of(zip), 0, N_("the archive must hold one folder with a course.md in it"), 0, NULL);
		return OK;
	}
	if (slash >= 0) {
		*ret_code = str_sub(first, 0, (size_t)slash);
		*ret_root = str_fmt(cx->arena, "%s/%.*s", root.p, STR_ARG(*ret_code));
	}
	return OK;
}
