/* Roles, posts and holdings written by the many, for who has judged all of it beforehand by the rules of post.h (feature/establishment); with what was
 * there before, so that it can be taken back. Gaps follow when it ends, by their job. All in a writing transaction. */
#ifndef FEATURE_POST_BULK_H
#define FEATURE_POST_BULK_H
#include "db/db.h"
#include "post_rows_sql.h"

enum { POST_BULK_PIECE = 256 * 1024 };
struct post_bulk {
	enum err (*keep)(struct ctx *cx, void *arg, struct str piece); /* takes what post_bulk_back needs, in pieces of some POST_BULK_PIECE bytes, in order */
	void *arg;
	struct buf b;
};
/* a: lives until the end; other memory is given back after each row. */
void post_bulk_begin(struct post_bulk *b, struct arena *a, enum err (*keep)(struct ctx *cx, void *arg, struct str piece), void *arg);
/* A row of a table ("work_role", "activity", "activity_competency", "post", "post_role", "holding") as its struct in post_rows_sql.h (…_row of …_by_…). was
 * NULL: it is new; row NULL: it goes. What others refer to comes first. */
_must_check_ enum err post_bulk_put(struct ctx *cx, struct post_bulk *b, const char *table, const void *was, const void *row);
_must_check_ enum err post_bulk_end(struct ctx *cx, struct post_bulk *b);
/* One row by what it belongs to (the column behind "by"); for tables with one row of it. ERR_NOT_FOUND. *ret: the struct of the row, its texts in the arena. */
_must_check_ enum err post_bulk_read(struct ctx *cx, const char *table, int64_t id, void *ret);

/* Takes a piece back, the last one first. ERR_CONFLICT with a sentence: a row is not as it was left, or something refers to it by now. */
_must_check_ enum err post_bulk_back(struct ctx *cx, struct str piece);
/* Behind the last of them. */
_must_check_ enum err post_bulk_back_end(struct ctx *cx);
#endif
