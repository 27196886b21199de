/* The file of an SQLite database, read through a map of it (view.h).
 *
 * SQLite can do that itself (PRAGMA mmap_size), but takes the whole map back after each change of the database by anybody, which under steady writing costs
 * more than it saves, has one for each connection, and none above 2 GiB. Here all have the same, and it stays. With mmap_size set SQLite looks at the pages
 * where they are; without, as the writer, it copies them from there. What may be taken from the file and what from the log SQLite decides before it asks, as
 * ever: a page in the file is not written over while a picture that needs it is open. See "Memory-Mapped I/O" of SQLite and sqlite3_io_methods, xFetch
 * and xUnfetch.
 *
 * The pages count as memory of the process in what the system reports (RssFile), though it takes them back whenever it needs them. A disk that cannot
 * read a page ends the process (SIGBUS) where a read would have failed. */
#ifndef DB_MAPPED_H
#define DB_MAPPED_H
#include <stddef.h>

struct sqlite3_file;

/* What it needs behind a file of the system's, in bytes; aligned as anything is. */
size_t mapped_room(void);
/* f: just opened by the system, of a version that maps; room lives as long as f. */
void mapped_begin(struct sqlite3_file *f, const char *path, void *room);
#endif
