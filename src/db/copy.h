/* Whole tables as lines of text, the same from either back end: what one holds can be loaded into the other.
 *
 *   first line   names of the columns, separated by tabs
 *   other lines  a row each: values separated by tabs; absent: \N; whole numbers and reals in decimal; true and false as 1 and 0;
 *                texts with \\ \t \n \r for backslash, tab, line feed and carriage return;
 *                bytes as small hexadecimal digits
 *
 * Rows come in the order of the primary key. */
#ifndef DB_COPY_H
#define DB_COPY_H
#include "db/db.h"

struct db_tables;
/* The tables that the migrations make and that are there, parents before children. Lives until db_tables_free; runs SQL. */
_must_check_ enum err db_tables_new(struct ctx *cx, const struct migration *m, struct db_tables **ret);
void db_tables_free(struct db_tables *t);
size_t db_tables_count(const struct db_tables *t);
const char *db_table_name(const struct db_tables *t, size_t i);
/* Number of the table of a name; -1: not there. */
ptrdiff_t db_table_named(const struct db_tables *t, struct str name);

/* Each line without its line feed; in the arena, which goes back after each. Inside db_read: one picture of all tables. */
typedef enum err db_line_fn(struct ctx *cx, void *arg, struct str line);
_must_check_ enum err db_table_out(struct ctx *cx, const struct db_tables *t, size_t i, db_line_fn *line, void *arg, int64_t *ret_rows);

/* Gives the next line, without its line feed; p NULL at the end. */
typedef enum err db_next_line_fn(struct ctx *cx, void *arg, struct str *ret);
/* Inserts the lines into an empty table. ERR_INVALID: a column that is not there, or a line that is none. In a writing transaction, between
 * db_load_begin and db_load_end: until then rows may name others that come later. */
_must_check_ enum err db_table_in(struct ctx *cx, const struct db_tables *t, size_t i, db_next_line_fn *next, void *arg, int64_t *ret_rows);
_must_check_ enum err db_load_begin(struct ctx *cx);
_must_check_ enum err db_load_end(struct ctx *cx);

/* Takes away all these tables and the list of migrations: for a database that was empty before a load that failed. In a writing transaction. */
_must_check_ enum err db_tables_drop(struct ctx *cx, const struct db_tables *t);

/* Numbers of the migrations that the database has; in the arena. None when it holds nothing of ours. */
_must_check_ enum err db_schema(struct ctx *cx, int64_t **ret, size_t *ret_n);
/* Number of a migration, from its name. */
int64_t db_migration_number(const struct migration *m);
#endif
