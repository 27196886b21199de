/* The log in pieces of many frames; see gathered.h. */
#include "db/gathered.h"

#include "base/err.h"
#include "db/view.h"

#include <sqlite3.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	HEAD = 24,		   /* bytes of a frame before its page */
	ROOM = 31 * (HEAD + 4096), /* the system's file takes less than 128 KiB in one write */
};

struct gathered {
	sqlite3_io_methods methods; /* first */
	const sqlite3_io_methods *system;
	struct view view;
	bool on;
	bool last;	     /* the head written last is that of the frame that commits */
	sqlite3_int64 end;   /* of what was written last, waiting or not */
	int n;		     /* bytes that wait, up to `end` */
	unsigned char *wait; /* ROOM bytes */
};

static struct gathered *of(sqlite3_file *f)
{
	return (struct gathered *)(uintptr_t)f->pMethods;
}

/* What could not be written is gone: SQLite breaks the commit off. */
static int send(sqlite3_file *f)
{
	struct gathered *g = of(f);
	int n = g->n;
	g->n = 0;
	return n ? g->system->xWrite(f, g->wait, n, g->end - n) : SQLITE_OK;
}

static int write_it(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	struct gathered *g = of(f);
	bool follows = g->on && at == g->end;
	int e = follows && n <= ROOM - g->n ? SQLITE_OK : send(f);
	if (e != SQLITE_OK)
		return e;
	g->end = at + n;
	if (n == HEAD)
		g->last = memcmp((const char *)p + 4, "\0\0\0", 4) != 0;
	/* Heads that SQLite writes anew, after a large change, do not follow, nor does anything follow them. */
	if (!follows || n > ROOM)
		return g->system->xWrite(f, p, n, at);
	memcpy(g->wait + g->n, p, (size_t)n);
	g->n += n;
	return n != HEAD && g->last ? send(f) : SQLITE_OK;
}

static int read_it(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
	int e = send(f);
	/* The log becomes shorter only where nobody looks any more; a frame that SQLite asks for is there. */
	const void *there = e == SQLITE_OK ? view_at(&of(f)->view, at, n) : NULL;
	if (!there)
		return e == SQLITE_OK ? of(f)->system->xRead(f, p, n, at) : e;
	memcpy(p, there, (size_t)n);
	return SQLITE_OK;
}

static int truncate_it(sqlite3_file *f, sqlite3_int64 size)
{
	int e = send(f);
	view_forget(&of(f)->view);
	return e == SQLITE_OK ? of(f)->system->xTruncate(f, size) : e;
}

static int sync_it(sqlite3_file *f, int flags)
{
	int e = send(f);
	return e == SQLITE_OK ? of(f)->system->xSync(f, flags) : e;
}

static int size_of_it(sqlite3_file *f, sqlite3_int64 *ret)
{
	int e = send(f);
	return e == SQLITE_OK ? of(f)->system->xFileSize(f, ret) : e;
}

static int close_it(sqlite3_file *f)
{
	struct gathered *g = of(f);
	int e = g->system->xClose(f);
	view_close(&g->view);
	free(g->wait);
	return e;
}

size_t gathered_room(void)
{
	return sizeof(struct gathered);
}

void gathered_make(struct sqlite3_file *f, const char *path, void *room)
{
	struct gathered *g = room;
	*g = (struct gathered){ .methods = *f->pMethods, .system = f->pMethods };
	g->methods.xClose = close_it;
	g->methods.xRead = read_it;
	g->methods.xWrite = write_it;
	g->methods.xTruncate = truncate_it;
	g->methods.xSync = sync_it;
	g->methods.xFileSize = size_of_it;
	view_open(&g->view, path);
	f->pMethods = &g->methods;
}

void gathered_begin(struct sqlite3_file *f)
{
	struct gathered *g = of(f);
	if (f->pMethods->xWrite != write_it) /* the system's own, as scratch_vfs() has it */
		return;
	if (!g->wait)
		g->wait = malloc(ROOM);
	g->on = g->wait != NULL;
}

void gathered_end(struct sqlite3_file *f, bool kept)
{
	struct gathered *g = of(f);
	if (f->pMethods->xWrite != write_it)
		return;
	BUG_IF(kept && g->n);
	g->on = false;
	g->n = 0;
}
