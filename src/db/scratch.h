/* A file system for SQLite whose statement journals stay in memory, whose database is read through a map (mapped.h) and whose log is written in large
 * pieces (gathered.h).
 *
 * What a savepoint keeps of changed pages SQLite writes into a temporary file above 64 KiB; in a group of many pieces that is a system call a changed page,
 * for something that no other process reads and no power cut needs. Here such a file is memory up to SCRATCH_MAX bytes and a file of the system above
 * that. All other files are the system's. (SQLite's own way of keeping it in memory walks through all of it after each statement that may fail half done,
 * which makes a transaction of 1,00,000 changes take minutes.) See "The OS Interface" of SQLite, sqlite3_vfs and SQLITE_OPEN_SUBJOURNAL. */
#ifndef DB_SCRATCH_H
#define DB_SCRATCH_H

enum { SCRATCH_MAX = 16 << 20 };

/* The name for sqlite3_open_v2; the file system is made at the first call. Any thread. NULL: there is no memory for it (then the system's own serves). */
const char *scratch_vfs(void);
#endif
