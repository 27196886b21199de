/* The database through a map; see mapped.h. */
#include "db/mapped.h"
#include "db/view.h"

#include <sqlite3.h>
#include <stdint.h>
#include <string.h>

struct mapped {
	sqlite3_io_methods methods; /* first */
	const sqlite3_io_methods *system;
	struct view view;
};

static struct mapped *of(sqlite3_file *f)
{
	return (struct mapped *)(uintptr_t)f->pMethods;
}

static int close_it(sqlite3_file *f)
{
	struct mapped *m = of(f);
	int e = m->system->xClose(f);
	view_close(&m->view);
	return e;
}

static int read_it(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
	struct mapped *m = of(f);
	const void *there = view_at(&m->view, at, n);
	if (!there)
		return m->system->xRead(f, p, n, at);
	memcpy(p, there, (size_t)n);
	return SQLITE_OK;
}

static int truncate_it(sqlite3_file *f, sqlite3_int64 size)
{
	view_forget(&of(f)->view);
	return of(f)->system->xTruncate(f, size);
}

/* Who begins to change or to copy something finds out how long the file is now. */
static int lock_it(sqlite3_file *f, int at, int n, int flags)
{
	if ((flags & SQLITE_SHM_LOCK) && (flags & SQLITE_SHM_EXCLUSIVE))
		view_forget(&of(f)->view);
	return of(f)->system->xShmLock(f, at, n, flags);
}

static int fetch(sqlite3_file *f, sqlite3_int64 at, int n, void **ret)
{
	*ret = (void *)(uintptr_t)view_at(&of(f)->view, at, n);
	return SQLITE_OK;
}

/* Without p: the database has changed, and what was fetched is not used any more. */
static int unfetch(sqlite3_file *f, sqlite3_int64 at, void *p)
{
	(void)at;
	if (!p)
		view_forget(&of(f)->view);
	return SQLITE_OK;
}

size_t mapped_room(void)
{
	return sizeof(struct mapped);
}

void mapped_begin(struct sqlite3_file *f, const char *path, void *room)
{
	struct mapped *m = room;
	m->system = f->pMethods;
	m->methods = *f->pMethods;
	m->methods.xClose = close_it;
	m->methods.xRead = read_it;
	m->methods.xTruncate = truncate_it;
	m->methods.xShmLock = lock_it;
	m->methods.xFetch = fetch;
	m->methods.xUnfetch = unfetch;
	view_open(&m->view, path);
	f->pMethods = &m->methods;
}
