/* What a merge changes, row by row: how all rows of two people stand, what has become of them, and back. */
#ifndef FEATURE_MERGE_ROWS_H
#define FEATURE_MERGE_ROWS_H
#include "db/db.h"

/* A row of a table: its key and all of it as JSON objects. */
struct merge_row {
	const struct db_rows *table;
	struct str key, all;
};
struct merge_rows {
	struct arena *arena; /* that of cx goes back after each row */
	struct merge_row *v; /* in the order of table and key */
	size_t n, cap;
};
/* How everything of the two stands. To be freed, also after an error. */
_must_check_ enum err merge_rows_read(struct ctx *cx, int64_t kept_id, int64_t closed_id, struct merge_rows *ret);
void merge_rows_free(struct merge_rows *r);
/* Writes what differs as rows of the merge, from *n on, which counts them. In a writing transaction. */
_must_check_ enum err merge_rows_keep(struct ctx *cx, int64_t merge_id, const struct merge_rows *was, const struct merge_rows *is, int64_t *n);
/* Back as it was, as far as it still is as the merge left it: `is` is read just now. In a writing transaction. */
_must_check_ enum err merge_rows_back(struct ctx *cx, int64_t merge_id, int64_t kept_id, const struct merge_rows *is);
#endif
