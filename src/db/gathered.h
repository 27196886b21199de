/* The log of an SQLite database, written in pieces of many frames, and read through a map (view.h).
 *
 * SQLite writes the frames of a commit one directly behind the other, each as 24 bytes of head and then the page: twenty thousand system calls for ten thousand
 * pages. Between gathered_begin and gathered_end these wait in memory and go out together: when there is no room for another, when SQLite does anything
 * else with the log, and at the latest with the page that completes the commit, whose write then also tells what went wrong. What SQLite shows to others it
 * shows after that page, so nobody looks for what still waits. See "WAL-mode File Format" of SQLite (the fifth to eighth byte of a frame that commits are not
 * zero). */
#ifndef DB_GATHERED_H
#define DB_GATHERED_H
#include <stdbool.h>
#include <stddef.h>

struct sqlite3_file;

/* What it needs behind a file of the system's, in bytes; aligned as anything is. */
size_t gathered_room(void);
/* f: a log just opened by the system; room lives as long as f. */
void gathered_make(struct sqlite3_file *f, const char *path, void *room);

/* Around a COMMIT, by the one thread that writes; f: the log, opened by scratch_vfs(). Nobody else uses f meanwhile. */
void gathered_begin(struct sqlite3_file *f);
/* kept: SQLite has committed. Otherwise what still waits belongs to what is undone, and is dropped. */
void gathered_end(struct sqlite3_file *f, bool kept);
#endif
