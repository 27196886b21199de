/* Tables as text; see copy.h. */
#include "db/copy.h"
#include "db/db_backend.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { COLS_MAX = DB_PARAMS_MAX };

struct table {
	const char *name;
	unsigned n;
	struct db_col cols[COLS_MAX];
	enum db_type types[COLS_MAX];
	struct db_stmt out, in; /* their addresses must last: a connection knows its statements by them */
};
struct db_tables {
	struct arena *arena;
	struct table *v;
	size_t n;
};

/* ── which tables, which columns ── */

struct column {
	struct str name, type;
	bool key;
};
static const struct db_col column_cols[] = {
	{ "name", DB_TEXT, offsetof(struct column, name) },
	{ "type", DB_TEXT, offsetof(struct column, type) },
	{ "key", DB_BOOL, offsetof(struct column, key) },
};
static const enum db_type one_text[] = { DB_TEXT };
static const struct db_stmt columns_stmt = {
	.name = "copy.columns",
	.sqlite = "SELECT name, lower(type) AS type, pk > 0 AS key FROM pragma_table_info(?1) ORDER BY CASE WHEN pk = 0 THEN 1000 ELSE pk END, cid",
	.pg = "SELECT c.column_name::text AS name, c.data_type::text AS type, k.column_name IS NOT NULL AS key FROM information_schema.columns c "
	      "LEFT JOIN information_schema.table_constraints t ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.constraint_type = "
	      "'PRIMARY KEY' "
	      "LEFT JOIN information_schema.key_column_usage k ON k.constraint_schema = t.constraint_schema AND k.constraint_name = t.constraint_name "
	      "AND k.table_name = c.table_name AND k.column_name = c.column_name "
	      "WHERE c.table_schema = current_schema() AND c.table_name = $1 ORDER BY COALESCE(k.ordinal_position, 1000), c.ordinal_position",
	.row_size = sizeof(struct column),
	.n_params = 1,
	.n_cols = 3,
	.params = one_text,
	.cols = column_cols,
};

static bool type_of(struct str type, enum db_type *ret)
{
	static const struct {
		const char *name;
		enum db_type type;
	} all[] = {
		{ "integer", DB_INT },		 { "bigint", DB_INT }, { "boolean", DB_BOOL }, { "text", DB_TEXT }, { "real", DB_REAL },
		{ "double precision", DB_REAL }, { "blob", DB_BLOB },  { "bytea", DB_BLOB },
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (str_is(type, all[i].name)) {
			*ret = all[i].type;
			return true;
		}
	return false;
}

static void write_statements(struct arena *a, struct table *t, unsigned n_key)
{
	struct buf names, lite, pg, order;
	buf_init(&names, a, 8192);
	buf_init(&lite, a, 8192);
	buf_init(&pg, a, 8192);
	buf_init(&order, a, 8192);
	for (unsigned i = 0; i < t->n; i++) {
		const char *comma = i ? ", " : "";
		buf_fmt(&names, "%s\"%s\"", comma, t->cols[i].name);
		buf_fmt(&lite, "%s?%u", comma, i + 1);
		buf_fmt(&pg, "%s$%u", comma, i + 1);
		if (i < (n_key ? n_key : t->n))
			buf_fmt(&order, "%s\"%s\"", comma, t->cols[i].name);
	}
	const char *cols = buf_get(&names).p, *by = buf_get(&order).p;
	const char *select = str_fmt(a, "SELECT %s FROM \"%s\" ORDER BY %s", cols, t->name, by).p;
	t->out = (struct db_stmt){
		.name = "copy.out", .sqlite = select, .pg = select, .row_size = t->n * sizeof(struct db_value), .n_cols = t->n, .cols = t->cols
	};
	t->in = (struct db_stmt){
		.name = "copy.in",
		.sqlite = str_fmt(a, "INSERT INTO \"%s\" (%s) VALUES (%s)", t->name, cols, buf_get(&lite).p).p,
		.pg = str_fmt(a, "INSERT INTO \"%s\" (%s) VALUES (%s)", t->name, cols, buf_get(&pg).p).p,
		.writes = t->name,
		.n_params = t->n,
		.params = t->types,
	};
}

/* A row struct for db_each is simply one struct db_value a column, filled at the place of its union. */
static enum err read_columns(struct ctx *cx, struct db_tables *all, struct table *t)
{
	const struct db_value v = { .type = DB_TEXT, .s = str_of(t->name) };
	void *rows = NULL;
	size_t n = 0;
	unsigned n_key = 0;
	TRY(db_many(cx, &columns_stmt, &v, &rows, &n));
	const struct column *c = rows;
	if (n > COLS_MAX)
		return db_tell(cx, "a table with too many columns"), ERR_INTERNAL;
	for (size_t i = 0; i < n; i++) {
		if (!type_of(c[i].type, &t->types[i]))
			return db_tell(cx, "a column of a type that cannot be copied"), ERR_INTERNAL;
		t->cols[i] = (struct db_col){ str_c(all->arena, c[i].name), t->types[i], i * sizeof(struct db_value) + offsetof(struct db_value, i) };
		n_key += c[i].key;
	}
	t->n = (unsigned)n;
	if (n)
		write_statements(all->arena, t, n_key);
	return OK;
}

/* Name of the table that the text makes next; moves *rest behind it. */
static bool next_table(struct str *rest, struct str *ret)
{
	struct str mark = S("\nCREATE TABLE ");
	ptrdiff_t at = str_find(*rest, mark);
	if (at < 0)
		return false;
	*rest = str_sub(*rest, (size_t)at + mark.n, rest->n);
	size_t n = 0;
	while (n < rest->n && (rest->p[n] == '_' || (rest->p[n] >= 'a' && rest->p[n] <= 'z') || (rest->p[n] >= '0' && rest->p[n] <= '9')))
		n++;
	*ret = str_sub(*rest, 0, n);
	return true;
}

static size_t count_tables(const struct migration *m)
{
	size_t n = 0;
	struct str rest, name;
	for (; m->name; m++)
		for (rest = str_of(m->text); next_table(&rest, &name);)
			n++;
	return n;
}

enum err db_tables_new(struct ctx *cx, const struct migration *m, struct db_tables **ret)
{
	struct arena *a = arena_new();
	struct db_tables *t = ARENA_NEW(a, struct db_tables);
	*t = (struct db_tables){ .arena = a, .v = ARENA_ARRAY(a, struct table, count_tables(m)) };
	struct str rest, name;
	for (; m->name; m++)
		for (rest = str_of(m->text); next_table(&rest, &name);) {
			struct table *one = &t->v[t->n];
			*one = (struct table){ .name = str_c(a, name) };
			enum err e = read_columns(cx, t, one);
			if (e != OK) {
				arena_free(a);
				return e;
			}
			t->n += one->n > 0;
		}
	*ret = t;
	return OK;
}

void db_tables_free(struct db_tables *t)
{
	if (t)
		arena_free(t->arena);
}

size_t db_tables_count(const struct db_tables *t)
{
	return t->n;
}

const char *db_table_name(const struct db_tables *t, size_t i)
{
	return t->v[i].name;
}

ptrdiff_t db_table_named(const struct db_tables *t, struct str name)
{
	for (size_t i = 0; i < t->n; i++)
		if (str_is(name, t->v[i].name))
			return (ptrdiff_t)i;
	return -1;
}

/* ── out ── */

static void put_text(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		switch (s.p[i]) {
		case '\\': buf_lit(b, "\\\\"); break;
		case '\t': buf_lit(b, "\\t"); break;
		case '\n': buf_lit(b, "\\n"); break;
		case '\r': buf_lit(b, "\\r"); break;
		default: buf_char(b, s.p[i]);
		}
}

static void put_bytes(struct buf *b, struct str s)
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < s.n; i++) {
		buf_char(b, digits[(unsigned char)s.p[i] >> 4]);
		buf_char(b, digits[s.p[i] & 15]);
	}
}

static void put_value(struct buf *b, enum db_type type, const struct db_value *v)
{
	bool absent = type == DB_TEXT || type == DB_BLOB ? !v->s.p : type == DB_REAL ? v->r != v->r : type == DB_INT && v->i == NONE;
	if (absent)
		buf_lit(b, "\\N");
	else if (type == DB_TEXT)
		put_text(b, v->s);
	else if (type == DB_BLOB)
		put_bytes(b, v->s);
	else if (type == DB_REAL)
		buf_fmt(b, "%.17g", v->r);
	else if (type == DB_BOOL)
		buf_char(b, *(const bool *)&v->i ? '1' : '0');
	else
		buf_fmt(b, "%" PRId64, v->i);
}

struct putting {
	const struct table *t;
	db_line_fn *line;
	void *arg;
	int64_t rows;
};

static enum err put_row(struct ctx *cx, void *arg, const void *row)
{
	struct putting *p = arg;
	const struct db_value *v = row;
	struct buf b;
	buf_init(&b, cx->arena, (size_t)4 * DB_VALUE_MAX);
	for (unsigned i = 0; i < p->t->n; i++) {
		if (i)
			buf_char(&b, '\t');
		put_value(&b, p->t->types[i], &v[i]);
	}
	p->rows++;
	struct str line = buf_get(&b);
	return b.full ? ERR_TOO_LARGE : p->line(cx, p->arg, line);
}

enum err db_table_out(struct ctx *cx, const struct db_tables *t, size_t i, db_line_fn *line, void *arg, int64_t *ret_rows)
{
	struct putting p = { &t->v[i], line, arg, 0 };
	struct buf b;
	buf_init(&b, cx->arena, 8192);
	for (unsigned k = 0; k < p.t->n; k++)
		buf_fmt(&b, "%s%s", k ? "\t" : "", p.t->cols[k].name);
	TRY(line(cx, arg, buf_get(&b)));
	TRY(db_each(cx, &p.t->out, NULL, put_row, &p));
	*ret_rows = p.rows;
	return OK;
}

/* ── in ── */

static char escaped(char c)
{
	switch (c) {
	case '\\': return '\\';
	case 't': return '\t';
	case 'n': return '\n';
	case 'r': return '\r';
	default: return 0;
	}
}

/* In the arena; absent: a backslash before something else. */
static struct str plain(struct ctx *cx, struct str s)
{
	char *out = arena_alloc(cx->arena, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '\\')
			c = ++i < s.n ? escaped(s.p[i]) : 0;
		if (!c)
			return STR_NONE;
		out[n++] = c;
	}
	out[n] = '\0';
	return (struct str){ out, n };
}

static int digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* In the arena; absent: not pairs of digits. */
static struct str bytes(struct ctx *cx, struct str s)
{
	char *out = arena_alloc(cx->arena, s.n / 2 + 1);
	for (size_t i = 0; i + 1 < s.n; i += 2) {
		if (digit(s.p[i]) < 0 || digit(s.p[i + 1]) < 0)
			return STR_NONE;
		out[i / 2] = (char)(digit(s.p[i]) << 4 | digit(s.p[i + 1]));
	}
	return s.n % 2 ? STR_NONE : (struct str){ out, s.n / 2 };
}

static bool take_value(struct ctx *cx, enum db_type type, struct str s, struct db_value *ret)
{
	bool absent = str_is(s, "\\N");
	char *end;
	*ret = (struct db_value){ .type = type };
	switch (type) {
	case DB_INT: ret->i = NONE; return absent || str_int(s, &ret->i);
	case DB_BOOL: ret->i = absent ? NONE : str_is(s, "1"); return absent || str_is(s, "1") || str_is(s, "0");
	case DB_REAL: ret->r = absent ? (double)__builtin_nan("") : strtod(str_c(cx->arena, s), &end); return absent || (s.n && *end == '\0');
	case DB_TEXT: ret->s = absent ? STR_NONE : plain(cx, s); return absent || ret->s.p;
	case DB_BLOB: ret->s = absent ? STR_NONE : bytes(cx, s); return absent || ret->s.p;
	}
	return false;
}

static enum err wrong(struct ctx *cx, const struct table *t, int64_t row)
{
	char number[24];
	(void)snprintf(number, sizeof number, "%" PRId64, row);
	return fail_msg(cx, ERR_INVALID, S(""), N_("Line {line} of the table {table} cannot be read."), 2,
			(struct msg_arg[]){ { "line", str_dup(cx->arena, str_of(number)) }, { "table", str_of(t->name) } });
}

/* place[k]: which column the k-th value of a line is. */
static enum err read_head(struct ctx *cx, const struct table *t, struct str head, unsigned place[COLS_MAX])
{
	struct str name;
	unsigned n = 0;
	while (str_cut(&head, '\t', &name)) {
		unsigned k = 0;
		while (k < t->n && !str_is(name, t->cols[k].name))
			k++;
		for (unsigned i = 0; i < n; i++)
			if (place[i] == k)
				return wrong(cx, t, 1); /* twice, so another is missing */
		if (k == t->n || n == t->n)
			return wrong(cx, t, 1);
		place[n++] = k;
	}
	return n == t->n ? OK : wrong(cx, t, 1);
}

/* As many values as columns. Not by str_cut, which gives no last part that is empty: here that is an empty text. */
static bool take_values(struct ctx *cx, const struct table *t, struct str line, const unsigned *place, struct db_value *v)
{
	for (unsigned k = 0; k < t->n; k++) {
		ptrdiff_t tab = str_index(line, '\t');
		bool last = k + 1 == t->n;
		if (last != (tab < 0))
			return false;
		if (!take_value(cx, t->types[place[k]], last ? line : str_sub(line, 0, (size_t)tab), &v[place[k]]))
			return false;
		line = last ? line : str_sub(line, (size_t)tab + 1, line.n);
	}
	return true;
}

enum err db_table_in(struct ctx *cx, const struct db_tables *tables, size_t i, db_next_line_fn *next, void *arg, int64_t *ret_rows)
{
	const struct table *t = &tables->v[i];
	unsigned place[COLS_MAX];
	struct db_value v[COLS_MAX];
	struct str line;
	int64_t rows = 0;
	TRY(next(cx, arg, &line));
	if (!line.p)
		return wrong(cx, t, 1);
	TRY(read_head(cx, t, line, place));
	for (;; rows++) {
		struct arena_mark mark = arena_mark(cx->arena);
		TRY(next(cx, arg, &line));
		if (!line.p)
			break;
		if (!take_values(cx, t, line, place, v))
			return wrong(cx, t, rows + 2);
		TRY(db_exec(cx, &t->in, v, NULL));
		arena_back(cx->arena, mark);
	}
	*ret_rows = rows;
	return OK;
}

/* PostgreSQL defers only what was declared so: for the load, and only inside its transaction, all foreign keys are. */
#define EACH_FOREIGN_KEY(how)                                                                                                                                  \
	"DO $$ DECLARE r record; BEGIN FOR r IN SELECT conrelid::regclass AS t, conname AS c FROM pg_constraint WHERE contype = 'f' "                          \
	"AND connamespace = current_schema()::regnamespace LOOP EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I " how "', r.t, r.c); "                      \
	"END LOOP; END $$"

static enum err text(struct ctx *cx, const char *sqlite, const char *pg)
{
	struct db *d = cx->db;
	enum err e = d->pool->ops->text(d, d->pool->sqlite ? sqlite : pg);
	if (e != OK) {
		d->spoiled = e;
		db_tell(cx, d->message);
	}
	return e;
}

enum err db_load_begin(struct ctx *cx)
{
	return text(cx, "PRAGMA defer_foreign_keys=ON", EACH_FOREIGN_KEY("DEFERRABLE INITIALLY DEFERRED"));
}

enum err db_load_end(struct ctx *cx)
{
	if (cx->db->pool->sqlite)
		return OK; /* looked at when the transaction ends */
	TRY(text(cx, NULL, "SET CONSTRAINTS ALL IMMEDIATE"));
	return text(cx, NULL, EACH_FOREIGN_KEY("NOT DEFERRABLE"));
}

enum err db_tables_drop(struct ctx *cx, const struct db_tables *t)
{
	for (size_t i = t->n; i-- > 0;) {
		const char *drop = str_fmt(cx->arena, "DROP TABLE IF EXISTS \"%s\"%s", t->v[i].name, cx->db->pool->sqlite ? "" : " CASCADE").p;
		TRY(text(cx, drop, drop));
	}
	return text(cx, "DROP TABLE IF EXISTS schema_migration", "DROP TABLE IF EXISTS schema_migration");
}
