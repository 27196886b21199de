/* Files that people send: written to DATA/upload while they arrive, never held in memory.
 *
 * Only an action with .upload takes them, and only from somebody who may run it: that is asked before the first byte is kept.
 * A form sends multipart/form-data (RFC 7578) with one file; the API sends the file itself as text/csv or application/octet-stream,
 * the other fields in the query. The action's F_TEXT fields `file` (path) and `file_name` (as the person's machine calls it, without
 * folders) say where it is. What the action does not move away is deleted with the request. */
#ifndef WEB_UPLOAD_H
#define WEB_UPLOAD_H
#include "web/request.h"

enum { UPLOAD_PART_MAX = 64 * 1024, UPLOAD_HEAD_MAX = 4096 };

struct upload {
	size_t max;        /* bytes it may have; 0: no file comes with this request */
	const char *path;  /* NULL until its sender may run the action */
	int fd;
	size_t n;
	bool may;          /* the sender may run the action */
	bool full, broken; /* over its ceiling; could not be written */
};
/* Whether a request with this Content-Type brings a file. */
bool upload_fits(const struct action *a, struct str type);
/* Makes the file; ERR_UNAVAILABLE when it cannot be made. */
_must_check_ enum err upload_open(struct ctx *cx, struct upload *u);
void upload_add(struct upload *u, const void *p, size_t n);
/* Closes and deletes what is left. */
void upload_end(struct upload *u);

/* The texts of a multipart form into pairs, its file as "file" and "file_name". ERR_MALFORMED with a sentence. */
_must_check_ enum err upload_parts(struct ctx *cx, const char *path, struct str boundary, struct pairs *p);
/* The last part of a file's name, without folders and control characters; at most 200 bytes. */
struct str upload_name(struct ctx *cx, struct str name);
#endif
