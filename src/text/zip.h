/* ZIP archives in memory (libarchive): what packages of questions come in and go out as.
 *
 * Reading goes by the directory at the archive's end; what is not asked for is not unpacked. Ceilings, whatever the archive says of itself:
 * ZIP_ENTRIES_MAX entries, ZIP_ENTRY_MAX bytes of one and ZIP_UNPACKED_MAX of all that are asked for. */
#ifndef TEXT_ZIP_H
#define TEXT_ZIP_H
#include "text/finding.h"

enum { ZIP_ENTRIES_MAX = 10000, ZIP_ENTRY_MAX = 4 << 20, ZIP_UNPACKED_MAX = 64 << 20 };
struct zip_entry {
	struct str name; /* a path with "/", not absolute, without "." and ".." */
	struct str bytes;
};
struct zip {
	struct zip_entry *v;
	size_t n;
};
/* Takes the files whose names end in one of `endings` (in small letters, NULL ends the list). False, with a finding: no archive, a damaged one, one over the
 * ceilings, or one with a path that leads out of it. */
bool zip_read(struct findings *f, struct str file, struct str bytes, const char *const *endings, struct zip *ret);
/* NULL: there is none. */
const struct zip_entry *zip_find(const struct zip *z, struct str name);
/* The same entries give the same bytes. Absent: more than ZIP_UNPACKED_MAX. */
struct str zip_write(struct arena *a, const struct zip *z);
#endif
