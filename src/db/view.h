/* A file seen through the memory in which the system keeps it anyway, by one map for the whole process.
 *
 * The map is larger than the file, and so never has to move when that grows: only addresses are taken, no memory. What lies behind the end of the file
 * must not be touched, so each who looks keeps the size as he knows it, and forgets it when the file may have become shorter.
 *
 * Closing any descriptor of a file takes all locks of the process on it back (fcntl(2)), so the one here is closed only after the last of those who look. */
#ifndef DB_VIEW_H
#define DB_VIEW_H
#include <stdint.h>

struct view_map;
struct view {
	struct view_map *map; /* NULL: there is none, and all is read */
	int64_t size;	      /* of the file, as known; 0: not asked yet */
};

/* Any thread; each view is one thread's at a time. */
void view_open(struct view *v, const char *path);
/* After the file itself is closed. */
void view_close(struct view *v);
/* Where n bytes from `at` on are; NULL: they have to be read, if they are there. Until view_close. */
const void *view_at(struct view *v, int64_t at, int n);
/* The file may be shorter now. */
void view_forget(struct view *v);
#endif
