/* Whole rows of tables (struct db_rows) as text and back: for who keeps them as they were and puts them back. */
#ifndef DB_ROWS_H
#define DB_ROWS_H
#include "db/db.h"

#include <jansson.h>

/* The first n columns of a row as a JSON object, in the order of the columns; equal rows are equal texts. In the arena. */
struct str db_row_json(struct arena *a, const struct db_stmt *of, unsigned n, const void *row);
/* Runs `put` or `drop` of a table with the columns of such an object. */
_must_check_ enum err db_row_run(struct ctx *cx, const struct db_rows *t, const struct db_stmt *st, const json_t *row);
/* Runs `put` or `drop` of a table with a row as `of` gives it. */
_must_check_ enum err db_row_put(struct ctx *cx, const struct db_rows *t, const struct db_stmt *st, const void *row);
#endif
