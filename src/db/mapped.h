/* Reading the file of an SQLite database through the memory in which the system keeps it anyway.
 *
 * SQLite can do that itself (PRAGMA mmap_size), but takes the whole map back after each change of the database by anybody, which under steady writing costs
 * more than it saves. Here a map stays until the file is shorter than it or has grown by a tenth; what is behind its end is read as without a map, and so is
 * all above the 2 GiB that SQLite maps at most. What a reader may take from the file and what from the log SQLite decides before it asks, as ever: a page
 * in the file is not written over while a picture that needs it is open. See "Memory-Mapped I/O" of SQLite and sqlite3_io_methods, xFetch and xUnfetch.
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
void mapped_begin(struct sqlite3_file *f, void *room);
#endif
