/* Maps that outlive a change; see mapped.h. */
#include "db/mapped.h"

#include <sqlite3.h>
#include <stdint.h>

struct mapped {
	sqlite3_io_methods methods; /* first */
	const sqlite3_io_methods *system;
	sqlite3_int64 size; /* of the file when it was mapped; 0: it is not */
};

static struct mapped *of(sqlite3_file *f)
{
	return (struct mapped *)(uintptr_t)f->pMethods;
}

static int fetch(sqlite3_file *f, sqlite3_int64 at, int n, void **ret)
{
	struct mapped *m = of(f);
	int e = m->system->xFetch(f, at, n, ret);
	if (e == SQLITE_OK && !m->size)
		e = m->system->xFileSize(f, &m->size);
	return e;
}

/* Without p: the database has changed, and what was fetched is not used any more. */
static int unfetch(sqlite3_file *f, sqlite3_int64 at, void *p)
{
	struct mapped *m = of(f);
	sqlite3_int64 now;
	if (p)
		return m->system->xUnfetch(f, at, p);
	if (m->size && m->system->xFileSize(f, &now) == SQLITE_OK && now >= m->size && now <= m->size + m->size / 10)
		return SQLITE_OK;
	m->size = 0;
	return m->system->xUnfetch(f, at, NULL);
}

size_t mapped_room(void)
{
	return sizeof(struct mapped);
}

void mapped_begin(struct sqlite3_file *f, void *room)
{
	struct mapped *m = room;
	m->system = f->pMethods;
	m->methods = *f->pMethods;
	m->methods.xFetch = fetch;
	m->methods.xUnfetch = unfetch;
	m->size = 0;
	f->pMethods = &m->methods;
}
