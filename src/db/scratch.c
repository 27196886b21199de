/* Statement journals in memory; see scratch.h. */
#include "db/scratch.h"
#include "db/gathered.h"
#include "db/mapped.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 64 << 10, BLOCKS = SCRATCH_MAX / BLOCK };

struct scratch {
	sqlite3_file f; /* first */
	unsigned char *block[BLOCKS];
	sqlite3_int64 size;
	sqlite3_file *real; /* once it is larger than SCRATCH_MAX */
	sqlite3_vfs *system;
	int flags;
};

static void forget(struct scratch *s)
{
	for (size_t i = 0; i < BLOCKS; i++) {
		free(s->block[i]);
		s->block[i] = NULL;
	}
}

static int close_it(sqlite3_file *f)
{
	struct scratch *s = (struct scratch *)f;
	int e = s->real ? s->real->pMethods->xClose(s->real) : SQLITE_OK;
	free(s->real);
	forget(s);
	return e;
}

/* Copies between memory and p; what was never written reads as zeros. */
static int move(struct scratch *s, unsigned char *p, int n, sqlite3_int64 at, bool write)
{
	while (n > 0) {
		size_t i = (size_t)(at / BLOCK), from = (size_t)(at % BLOCK), part = BLOCK - from < (size_t)n ? BLOCK - from : (size_t)n;
		if (!s->block[i] && !(s->block[i] = calloc(1, BLOCK)))
			return SQLITE_IOERR_NOMEM;
		memcpy(write ? s->block[i] + from : p, write ? p : s->block[i] + from, part);
		p += part;
		at += (sqlite3_int64)part;
		n -= (int)part;
	}
	return SQLITE_OK;
}

static int copy_to(const struct scratch *s, sqlite3_file *real)
{
	int e = SQLITE_OK;
	for (size_t i = 0; i < BLOCKS && e == SQLITE_OK && s->size > (sqlite3_int64)i * BLOCK; i++) {
		sqlite3_int64 left = s->size - (sqlite3_int64)i * BLOCK;
		if (s->block[i])
			e = real->pMethods->xWrite(real, s->block[i], left < BLOCK ? (int)left : BLOCK, (sqlite3_int64)i * BLOCK);
	}
	return e;
}

/* When it fails (the disk is full) all stays in memory, since what is undone now is read from there. */
static int turn_to_a_file(struct scratch *s)
{
	sqlite3_file *real = calloc(1, (size_t)s->system->szOsFile);
	if (!real)
		return SQLITE_IOERR_NOMEM;
	int e = s->system->xOpen(s->system, NULL, real, s->flags, NULL);
	if (e == SQLITE_OK && (e = copy_to(s, real)) != SQLITE_OK)
		real->pMethods->xClose(real);
	if (e != SQLITE_OK) {
		free(real);
		return e;
	}
	s->real = real;
	forget(s);
	return SQLITE_OK;
}

static int read_it(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
	struct scratch *s = (struct scratch *)f;
	if (s->real)
		return s->real->pMethods->xRead(s->real, p, n, at);
	sqlite3_int64 there = at >= s->size ? 0 : s->size - at < n ? s->size - at : n;
	int e = move(s, p, (int)there, at, false);
	if (e != SQLITE_OK || there == n)
		return e;
	memset((char *)p + there, 0, (size_t)(n - there));
	return SQLITE_IOERR_SHORT_READ;
}

static int write_it(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	struct scratch *s = (struct scratch *)f;
	int e = !s->real && at + n > SCRATCH_MAX ? turn_to_a_file(s) : SQLITE_OK;
	if (e != SQLITE_OK)
		return e;
	if (s->real)
		return s->real->pMethods->xWrite(s->real, p, n, at);
	e = move(s, (unsigned char *)(uintptr_t)p, n, at, true);
	if (e == SQLITE_OK && at + n > s->size)
		s->size = at + n;
	return e;
}

static int truncate_it(sqlite3_file *f, sqlite3_int64 size)
{
	struct scratch *s = (struct scratch *)f;
	if (s->real)
		return s->real->pMethods->xTruncate(s->real, size);
	if (size < s->size)
		s->size = size;
	return SQLITE_OK;
}

static int size_of_it(sqlite3_file *f, sqlite3_int64 *ret)
{
	struct scratch *s = (struct scratch *)f;
	if (s->real)
		return s->real->pMethods->xFileSize(s->real, ret);
	*ret = s->size;
	return SQLITE_OK;
}

static int sync_it(sqlite3_file *f, int flags)
{
	(void)f;
	(void)flags;
	return SQLITE_OK; /* gone with the process, whatever happens */
}

static int lock_it(sqlite3_file *f, int level)
{
	(void)f;
	(void)level;
	return SQLITE_OK; /* nobody else has it */
}

static int locked(sqlite3_file *f, int *ret)
{
	(void)f;
	*ret = 0;
	return SQLITE_OK;
}

static int control(sqlite3_file *f, int op, void *arg)
{
	(void)f;
	(void)op;
	(void)arg;
	return SQLITE_NOTFOUND;
}

static int nothing_special(sqlite3_file *f)
{
	(void)f;
	return 0;
}

static const sqlite3_io_methods methods = {
	.iVersion = 1,
	.xClose = close_it,
	.xRead = read_it,
	.xWrite = write_it,
	.xTruncate = truncate_it,
	.xSync = sync_it,
	.xFileSize = size_of_it,
	.xLock = lock_it,
	.xUnlock = lock_it,
	.xCheckReservedLock = locked,
	.xFileControl = control,
	.xSectorSize = nothing_special,
	.xDeviceCharacteristics = nothing_special,
};

/* Where there is room behind a file of the system's. */
static size_t behind(const sqlite3_vfs *system)
{
	return ((size_t)system->szOsFile + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
}

static int open_it(sqlite3_vfs *v, sqlite3_filename name, sqlite3_file *f, int flags, int *ret_flags)
{
	sqlite3_vfs *system = v->pAppData;
	if (!(flags & SQLITE_OPEN_SUBJOURNAL)) {
		int e = system->xOpen(system, name, f, flags, ret_flags);
		if (e == SQLITE_OK && (flags & SQLITE_OPEN_MAIN_DB) && f->pMethods->iVersion >= 3)
			mapped_begin(f, name, (char *)f + behind(system));
		if (e == SQLITE_OK && (flags & SQLITE_OPEN_WAL))
			gathered_make(f, name, (char *)f + behind(system));
		return e;
	}
	struct scratch *s = (struct scratch *)f;
	*s = (struct scratch){ .f.pMethods = &methods, .system = system, .flags = flags };
	return SQLITE_OK;
}

const char *scratch_vfs(void)
{
	static const char name[] = "karmayogi";
	sqlite3_vfs *system = sqlite3_vfs_find(NULL), *ours = sqlite3_vfs_find(name);
	if (ours || !system)
		return ours ? name : NULL;
	/* Never freed: SQLite keeps it. Of two threads that come first at the same time the later one's is found from then on. */
	ours = malloc(sizeof *ours);
	if (!ours)
		return NULL;
	*ours = *system;
	ours->zName = name;
	ours->xOpen = open_it;
	ours->pAppData = system;
	size_t room = mapped_room() > gathered_room() ? mapped_room() : gathered_room(), file = behind(system) + room;
	ours->szOsFile = (int)(file < sizeof(struct scratch) ? sizeof(struct scratch) : file);
	return sqlite3_vfs_register(ours, 0) == SQLITE_OK ? name : NULL;
}
