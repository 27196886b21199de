/* sqlgen: named SQL statements in, typed C functions out. The rules are in doc/adr/0002-typed-sql.md.
 *
 *   sqlgen SCHEMA_DIR IN.sql OUT.c OUT.h
 *
 * The migrations of SCHEMA_DIR are loaded into memory in their dialect form, so that the declared type of a
 * column is the dialect's word (ID, TIME, …). Each statement is prepared: SQLite tells the result columns with
 * their source, the authorizer tells the tables read and written. What cannot be derived must be annotated. */
#include "base/arena.h"
#include "base/str.h"

#include <ctype.h>
#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX_STMTS = 200, MAX_FIELDS = 64, MAX_TABLES = 500 };

static struct arena *mem;
static const char *in_path;
static sqlite3 *db;

static _Noreturn void die(int line, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	fprintf(stderr, "%s:%d: ", in_path, line);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	exit(1);
}

/* ── types ── */

struct type {
	const char *word;  /* in the dialect and in annotations (there in small letters) */
	const char *c;     /* member and parameter type */
	const char *value; /* enum db_type */
	const char *field; /* enum field_kind */
};
static const struct type types[] = {
	{ "ID", "int64_t", "DB_INT", "F_ID" },	    { "INT", "int64_t", "DB_INT", "F_INT" },
	{ "TIME", "int64_t", "DB_INT", "F_TIME" },  { "BOOL", "bool", "DB_BOOL", "F_BOOL" },
	{ "TEXT", "struct str", "DB_TEXT", "F_TEXT" }, { "JSON", "struct str", "DB_TEXT", "F_JSON" },
	{ "REAL", "double", "DB_REAL", "F_REAL" },  { "BLOB", "struct str", "DB_BLOB", "F_TEXT" },
};

static const struct type *type_of(const char *word)
{
	if (!word)
		return NULL;
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (strcasecmp(types[i].word, word) == 0)
			return &types[i];
	return NULL;
}

/* ── one statement ── */

enum kind { ONE, MAYBE, MANY, EACH, EXEC };
static const char *const kind_names[] = { "one", "maybe", "many", "each", "exec" };

struct member {
	struct str name;
	const struct type *type;
};
struct stmt {
	struct str name, purpose, only, text;
	enum kind kind;
	int line, text_line;
	struct member notes_param[MAX_FIELDS], notes_col[MAX_FIELDS];
	size_t n_notes_param, n_notes_col;
	struct member param[MAX_FIELDS], col[MAX_FIELDS];
	size_t n_param, n_col;
	struct str reads[MAX_TABLES], writes[MAX_TABLES];
	size_t n_reads, n_writes;
	struct str sqlite, pg;
};
static struct stmt *stmts;
static size_t n_stmts;

/* "-- rows: TABLE by COLUMN": three statements made of the schema. */
struct rows {
	struct str table, by;
	size_t n_key;
};
static struct rows rows[MAX_TABLES];
static size_t n_rows;

static void set_add(struct str *set, size_t *n, struct str s)
{
	for (size_t i = 0; i < *n; i++)
		if (str_eq(set[i], s))
			return;
	if (*n < MAX_TABLES)
		set[(*n)++] = str_dup(mem, s);
}

/* ── the schema, and who owns each table ── */

struct owned {
	struct str table, owner;
};
static struct owned owned[MAX_TABLES];
static size_t n_owned;

static struct str read_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f) {
		perror(path);
		exit(1);
	}
	struct buf b;
	buf_init(&b, mem, 1 << 24);
	char piece[65536];
	size_t n;
	while ((n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_add(&b, piece, n);
	fclose(f);
	return buf_get(&b);
}

static struct str without(struct str s, const char *prefix)
{
	struct str p = str_of(prefix);
	return str_starts(s, p) ? str_trim(str_sub(s, p.n, s.n)) : STR_NONE;
}

/* "BY KEY;" is our word for a table that lies in the order of its key. */
static const char *for_sqlite(struct str text)
{
	struct buf b;
	buf_init(&b, mem, 1 << 24);
	struct str mark = S(") BY KEY;");
	ptrdiff_t at;
	while ((at = str_find(text, mark)) >= 0) {
		buf_add(&b, text.p, (size_t)at);
		buf_lit(&b, ") WITHOUT ROWID;");
		text = str_sub(text, (size_t)at + mark.n, text.n);
	}
	buf_str(&b, text);
	return buf_get(&b).p;
}

static int is_sql(const struct dirent *e)
{
	return isdigit((unsigned char)e->d_name[0]) && str_ends(str_of(e->d_name), S(".sql"));
}

static int note_table(void *owner, int n, char **v, char **names)
{
	(void)n;
	(void)names;
	for (size_t i = 0; i < n_owned; i++)
		if (str_is(owned[i].table, v[0]))
			return 0;
	if (n_owned == MAX_TABLES)
		die(1, "more than %d tables", MAX_TABLES);
	owned[n_owned].table = str_dup(mem, str_of(v[0]));
	owned[n_owned++].owner = *(struct str *)owner;
	return 0;
}

static void load_schema(const char *dir)
{
	struct dirent **list;
	int n = scandir(dir, &list, is_sql, alphasort);
	if (n < 0) {
		perror(dir);
		exit(1);
	}
	for (int i = 0; i < n; i++) {
		in_path = str_fmt(mem, "%s/%s", dir, list[i]->d_name).p;
		struct str text = read_file(in_path), rest = text, line = STR_NONE;
		str_cut(&rest, '\n', &line);
		struct str owner = without(line, "-- owner:");
		if (!owner.p)
			die(1, "the first line must be '-- owner: FEATURE'");
		char *message = NULL;
		if (sqlite3_exec(db, for_sqlite(text), NULL, NULL, &message) != SQLITE_OK)
			die(1, "%s", message);
		sqlite3_exec(db, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", note_table, &owner, NULL);
		free(list[i]);
	}
	free(list);
}

static struct str owner_of(struct str table)
{
	for (size_t i = 0; i < n_owned; i++)
		if (str_eq(owned[i].table, table))
			return owned[i].owner;
	return STR_NONE;
}

/* Declared type of a column, or NULL. */
static const struct type *column_type(const char *table, const char *column)
{
	const char *decl = NULL;
	if (!table || !column || sqlite3_table_column_metadata(db, NULL, table, column, &decl, NULL, NULL, NULL, NULL) != SQLITE_OK)
		return NULL;
	return type_of(decl);
}

/* ── reading the file ── */

static struct str file_owner;

static struct member note(struct str text, int line)
{
	struct str name = STR_NONE, word = STR_NONE;
	str_cut(&text, ' ', &name);
	str_cut(&text, ' ', &word);
	struct member m = { name, type_of(str_c(mem, word)) };
	if (!m.type)
		die(line, "annotation of '%.*s': the type must be id, int, time, bool, text, json, real or blob", STR_ARG(name));
	return m;
}

static void begin_stmt(struct str head, int line)
{
	if (n_stmts == MAX_STMTS)
		die(line, "more than %d statements in one file", MAX_STMTS);
	struct stmt *s = &stmts[n_stmts++];
	s->line = line;
	struct str kind = STR_NONE;
	str_cut(&head, ' ', &s->name);
	str_cut(&head, ' ', &kind);
	for (size_t i = 0; i < sizeof kind_names / sizeof *kind_names; i++)
		if (kind.n && str_is(str_sub(kind, 1, kind.n), kind_names[i])) {
			s->kind = (enum kind)i;
			return;
		}
	die(line, "'-- name: %.*s' needs a kind: :one :maybe :many :each :exec", STR_ARG(s->name));
}

static void comment_line(struct stmt *s, struct str line, int number)
{
	struct str v;
	if ((v = without(line, "-- param ")).p) {
		if (s->n_notes_param == MAX_FIELDS)
			die(number, "too many parameters");
		s->notes_param[s->n_notes_param++] = note(v, number);
	} else if ((v = without(line, "-- col ")).p) {
		if (s->n_notes_col == MAX_FIELDS)
			die(number, "too many columns");
		s->notes_col[s->n_notes_col++] = note(v, number);
	} else if ((v = without(line, "-- only:")).p) {
		s->only = v;
		if (!str_is(v, "sqlite") && !str_is(v, "pg"))
			die(number, "'-- only:' takes sqlite or pg");
	} else if (!s->text.n) {
		v = str_trim(str_sub(line, 2, line.n));
		s->purpose = s->purpose.n ? str_fmt(mem, "%.*s %.*s", STR_ARG(s->purpose), STR_ARG(v)) : v;
	}
}

static struct stmt *made(int line, const char *name, enum kind kind, const char *purpose, struct str text)
{
	if (n_stmts == MAX_STMTS)
		die(line, "more than %d statements in one file", MAX_STMTS);
	struct stmt *s = &stmts[n_stmts++];
	*s = (struct stmt){ .name = str_of(name), .purpose = str_of(purpose), .text = text, .kind = kind, .line = line, .text_line = line };
	return s;
}

/* A part for each column, the key first, with commas between: "a = :a". Skips the first `from`. */
static const char *listed(const struct str *cols, size_t from, size_t n, const char *before, const char *after, const char *comma)
{
	struct buf b;
	buf_init(&b, mem, 1 << 16);
	for (size_t i = from; i < n; i++)
		buf_fmt(&b, "%s%s%.*s%s%.*s", i > from ? comma : "", before, STR_ARG(cols[i]), after, STR_ARG(*after ? cols[i] : S("")));
	return buf_get(&b).p;
}

static void make_statements(const struct rows *r, const struct str *cols, size_t n, bool first, int line)
{
	const char *t = str_c(mem, r->table), *key = listed(cols, 0, r->n_key, "", "", ", ");
	const char *update = r->n_key == n ? "NOTHING" : str_fmt(mem, "UPDATE SET %s", listed(cols, r->n_key, n, "", " = excluded.", ", ")).p;
	(void)made(line, str_fmt(mem, "%s_by_%.*s", t, STR_ARG(r->by)).p, EACH, "All columns of the rows of one.",
		   str_fmt(mem, "SELECT %s FROM %s WHERE %.*s = :%.*s ORDER BY %s;", listed(cols, 0, n, "", "", ", "), t, STR_ARG(r->by), STR_ARG(r->by), key));
	if (!first)
		return;
	(void)made(line, str_fmt(mem, "%s_put", t).p, EXEC, "A row, as it was.",
		   str_fmt(mem, "INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (%s) DO %s;", t, listed(cols, 0, n, "", "", ", "), listed(cols, 0, n, ":", "", ", "), key, update));
	(void)made(line, str_fmt(mem, "%s_drop", t).p, EXEC, "A row goes.", str_fmt(mem, "DELETE FROM %s WHERE %s;", t, listed(cols, 0, r->n_key, "", " = :", " AND ")));
}

static void make_rows(struct str what, int line)
{
	struct str table = STR_NONE, by = STR_NONE, cols[MAX_FIELDS];
	size_t n = 0, n_key = 0;
	bool first = true, known = false;
	sqlite3_stmt *q = NULL;
	str_cut(&what, ' ', &table);
	str_cut(&what, ' ', &by);
	str_cut(&what, ' ', &by);
	for (size_t i = 0; i < n_rows; i++)
		first = first && !str_eq(rows[i].table, table);
	if (sqlite3_prepare_v2(db, "SELECT name, pk > 0 FROM pragma_table_info(?1) ORDER BY CASE WHEN pk = 0 THEN 1000 ELSE pk END, cid", -1, &q, NULL) != SQLITE_OK)
		die(line, "%s", sqlite3_errmsg(db));
	sqlite3_bind_text(q, 1, table.p, (int)table.n, SQLITE_STATIC);
	for (; sqlite3_step(q) == SQLITE_ROW; n++) {
		if (n == MAX_FIELDS || n_rows == MAX_TABLES)
			die(line, "'-- rows:' %.*s: too much of it", STR_ARG(table));
		cols[n] = str_dup(mem, str_of((const char *)sqlite3_column_text(q, 0)));
		n_key += (size_t)sqlite3_column_int(q, 1);
		known = known || str_eq(cols[n], by);
	}
	sqlite3_finalize(q);
	if (!n_key || !known)
		die(line, "'-- rows: TABLE by COLUMN': %.*s has no key or no column %.*s", STR_ARG(table), STR_ARG(by));
	rows[n_rows] = (struct rows){ table, by, n_key };
	make_statements(&rows[n_rows++], cols, n, first, line);
}

static void read_statements(void)
{
	struct str rest = read_file(in_path), line;
	struct stmt *s = NULL;
	struct buf text = { 0 };
	for (int number = 1; str_cut(&rest, '\n', &line); number++) {
		struct str v, t = str_trim(line);
		if ((v = without(t, "-- owner:")).p) {
			file_owner = v;
		} else if ((v = without(t, "-- rows:")).p) {
			make_rows(v, number);
			s = NULL;
		} else if ((v = without(t, "-- name:")).p) {
			if (s && !s->text.n)
				die(s->line, "'%.*s' has no statement", STR_ARG(s->name));
			begin_stmt(v, number);
			s = &stmts[n_stmts - 1];
			buf_init(&text, mem, 1 << 16);
		} else if (!s || t.n == 0) {
			if (t.n && !str_starts(t, S("--")))
				die(number, "text before the first '-- name:'");
		} else if (str_starts(t, S("--"))) {
			comment_line(s, t, number);
		} else {
			if (s->text.n && str_ends(s->text, S(";")))
				die(number, "a second statement under the name '%.*s'", STR_ARG(s->name));
			if (!s->text.n)
				s->text_line = number;
			else
				buf_char(&text, ' ');
			buf_str(&text, t);
			s->text = buf_get(&text);
		}
	}
	if (!file_owner.p)
		die(1, "the file must say '-- owner: FEATURE'");
	if (!n_stmts)
		die(1, "no statement in this file");
}

/* ── parameters: ":name" becomes ?n and $n, numbered by first appearance ── */

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static size_t param_number(struct stmt *s, struct str name)
{
	for (size_t i = 0; i < s->n_param; i++)
		if (str_eq(s->param[i].name, name))
			return i + 1;
	if (s->n_param == MAX_FIELDS)
		die(s->line, "too many parameters");
	s->param[s->n_param++].name = name;
	return s->n_param;
}

static void number_params(struct stmt *s)
{
	struct buf lite, pg;
	buf_init(&lite, mem, 1 << 16);
	buf_init(&pg, mem, 1 << 16);
	struct str t = s->text;
	if (str_ends(t, S(";")))
		t.n--;
	bool quoted = false;
	for (size_t i = 0; i < t.n; i++) {
		char c = t.p[i];
		if (c == '\'')
			quoted = !quoted;
		if (quoted || c != ':' || i + 1 == t.n || !is_word(t.p[i + 1])) {
			buf_char(&lite, c);
			buf_char(&pg, c);
			continue;
		}
		size_t e = i + 1;
		while (e < t.n && is_word(t.p[e]))
			e++;
		size_t number = param_number(s, str_sub(t, i + 1, e));
		buf_fmt(&lite, "?%zu", number);
		buf_fmt(&pg, "$%zu", number);
		i = e - 1;
	}
	s->sqlite = buf_get(&lite);
	s->pg = buf_get(&pg);
}

/* ── asking SQLite ── */

static bool outside_schema;

static int authorize(void *arg, int action, const char *a, const char *b, const char *c, const char *d)
{
	struct stmt *s = arg;
	(void)c;
	(void)d;
	if (action == SQLITE_READ && a)
		set_add(s->reads, &s->n_reads, str_of(a));
	if ((action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE) && a)
		set_add(s->writes, &s->n_writes, str_of(a));
	static const char *const refused[] = { "random", "randomblob", "date", "time", "datetime", "julianday", "strftime", "last_insert_rowid", "changes", "like", "glob" };
	if (action == SQLITE_FUNCTION && b)
		for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
			if (strcmp(b, refused[i]) == 0) {
				outside_schema = true;
				return SQLITE_DENY;
			}
	return SQLITE_OK;
}

static bool has_word(struct str text, const char *word)
{
	struct str low = str_lower(mem, text), w = str_of(word);
	ptrdiff_t at;
	for (struct str rest = low; (at = str_find(rest, w)) >= 0; rest = str_sub(rest, (size_t)at + 1, rest.n)) {
		size_t i = (size_t)at + (size_t)(rest.p - low.p);
		if ((i == 0 || !is_word(low.p[i - 1])) && (i + w.n >= low.n || !is_word(low.p[i + w.n])))
			return true;
	}
	return false;
}

static const struct type *noted(const struct member *notes, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(notes[i].name, name))
			return notes[i].type;
	return NULL;
}

/* The one type that all columns of this name have among the given tables; sets *differ when they disagree. */
static const struct type *agreed(const struct str *tables, size_t n, struct str column, bool *differ)
{
	const struct type *found = NULL;
	*differ = false;
	for (size_t i = 0; i < n; i++) {
		const struct type *t = column_type(str_c(mem, tables[i]), str_c(mem, column));
		if (t && found && t != found)
			*differ = true;
		if (t)
			found = t;
	}
	return *differ ? NULL : found;
}

static void type_params(struct stmt *s)
{
	struct str touched[2 * MAX_TABLES], all[MAX_TABLES];
	size_t n_touched = 0;
	for (size_t i = 0; i < s->n_reads; i++)
		touched[n_touched++] = s->reads[i];
	for (size_t i = 0; i < s->n_writes; i++)
		touched[n_touched++] = s->writes[i];
	for (size_t i = 0; i < n_owned; i++)
		all[i] = owned[i].table;
	for (size_t i = 0; i < s->n_param; i++) {
		struct member *p = &s->param[i];
		bool differ;
		p->type = noted(s->notes_param, s->n_notes_param, p->name);
		if (!p->type)
			p->type = agreed(touched, n_touched, p->name, &differ);
		if (!p->type && !differ)
			p->type = agreed(all, n_owned, p->name, &differ);
		if (!p->type)
			die(s->text_line, "'%.*s': what type is :%.*s? Add '-- param %.*s TYPE'", STR_ARG(s->name), STR_ARG(p->name), STR_ARG(p->name));
	}
	for (size_t i = 0; i < s->n_notes_param; i++) {
		bool used = false;
		for (size_t k = 0; k < s->n_param; k++)
			used |= str_eq(s->param[k].name, s->notes_param[i].name);
		if (!used)
			die(s->line, "'%.*s' has no parameter :%.*s", STR_ARG(s->name), STR_ARG(s->notes_param[i].name));
	}
}

static void type_columns(struct stmt *s, sqlite3_stmt *q)
{
	int n = sqlite3_column_count(q);
	if (n > MAX_FIELDS)
		die(s->line, "more than %d columns", MAX_FIELDS);
	for (int i = 0; i < n; i++) {
		struct member *m = &s->col[s->n_col++];
		m->name = str_dup(mem, str_of(sqlite3_column_name(q, i)));
		for (size_t k = 0; k < m->name.n; k++)
			if (!is_word(m->name.p[k]))
				die(s->text_line, "'%.*s': column %d is an expression without a name; add AS", STR_ARG(s->name), i + 1);
		for (int k = 0; k < i; k++)
			if (str_eq(s->col[k].name, m->name))
				die(s->text_line, "'%.*s': two columns are called %.*s", STR_ARG(s->name), STR_ARG(m->name));
		m->type = noted(s->notes_col, s->n_notes_col, m->name);
		if (!m->type)
			m->type = column_type(sqlite3_column_table_name(q, i), sqlite3_column_origin_name(q, i));
		if (!m->type)
			die(s->text_line, "'%.*s': what type is the column %.*s? Add '-- col %.*s TYPE'", STR_ARG(s->name), STR_ARG(m->name), STR_ARG(m->name));
	}
}

static void refuse(struct stmt *s)
{
	static const struct {
		const char *word, *why;
	} words[] = {
		{ "like", "LIKE differs between the back ends; search has its own index" },
		{ "current_timestamp", "time comes from the program" },
		{ "current_date", "time comes from the program" },
		{ "current_time", "time comes from the program" },
		{ "now", "time comes from the program" },
	};
	if (str_find(s->text, S("*")) >= 0 && (has_word(str_sub(s->text, 0, 9), "select") && str_find(str_sub(s->text, 0, 9), S("*")) >= 0))
		die(s->text_line, "'%.*s': name the columns instead of *", STR_ARG(s->name));
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (has_word(s->text, words[i].word))
			die(s->text_line, "'%.*s': %s", STR_ARG(s->name), words[i].why);
	if ((s->kind == MANY || s->kind == EACH) && !has_word(s->text, "order by") && !has_word(s->text, "returning"))
		die(s->text_line, "'%.*s': a list needs ORDER BY, or the back ends differ", STR_ARG(s->name));
	if (!s->purpose.n)
		die(s->line, "'%.*s': say in a sentence what it is for", STR_ARG(s->name));
}

static void analyse(struct stmt *s)
{
	refuse(s);
	number_params(s);
	if (str_is(s->only, "pg"))
		return;
	sqlite3_stmt *q = NULL;
	sqlite3_set_authorizer(db, authorize, s);
	outside_schema = false;
	int rc = sqlite3_prepare_v2(db, s->sqlite.p, (int)s->sqlite.n, &q, NULL);
	sqlite3_set_authorizer(db, NULL, NULL);
	if (rc != SQLITE_OK)
		die(s->text_line, "'%.*s': %s", STR_ARG(s->name), outside_schema ? "this function is refused: time, chance and patterns come from the program" : sqlite3_errmsg(db));
	type_params(s);
	type_columns(s, q);
	sqlite3_finalize(q);
	if (s->kind == EXEC && s->n_col)
		die(s->text_line, "'%.*s': :exec gives no rows", STR_ARG(s->name));
	if (s->kind != EXEC && !s->n_col)
		die(s->text_line, "'%.*s': :%s needs a result", STR_ARG(s->name), kind_names[s->kind]);
	for (size_t i = 0; i < s->n_writes; i++)
		if (!str_eq(owner_of(s->writes[i]), file_owner))
			die(s->text_line, "'%.*s' writes table %.*s, which belongs to %.*s; call a function of its header", STR_ARG(s->name),
			    STR_ARG(s->writes[i]), STR_ARG(owner_of(s->writes[i])));
}

/* Two statements of one name, one for each back end, become one with two texts. */
static void pair_only(void)
{
	for (size_t i = 0; i < n_stmts; i++) {
		struct stmt *a = &stmts[i];
		bool paired = !a->only.n;
		for (size_t k = 0; k < n_stmts; k++) {
			if (k == i || !str_eq(stmts[k].name, a->name))
				continue;
			if (!a->only.n || str_eq(stmts[k].only, a->only))
				die(stmts[k].line, "the name '%.*s' is taken", STR_ARG(a->name));
			paired = true;
			if (str_is(a->only, "sqlite")) {
				if (stmts[k].n_param != a->n_param)
					die(stmts[k].line, "'%.*s': the pair must have the same parameters in the same order", STR_ARG(a->name));
				a->pg = stmts[k].pg;
			}
		}
		if (!paired)
			die(a->line, "'%.*s' is for one back end only; give the other one too", STR_ARG(a->name));
	}
}

/* ── writing C ── */

static const char *stem;

static void c_string(FILE *f, struct str s)
{
	fputc('"', f);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			fputc('\\', f);
		fputc(s.p[i], f);
	}
	fputc('"', f);
}

static void c_set(FILE *f, const struct str *set, size_t n)
{
	fputc('"', f);
	for (size_t i = 0; i < n; i++)
		fprintf(f, "%s%.*s", i ? " " : "", STR_ARG(set[i]));
	fputc('"', f);
}

static void signature(FILE *f, const struct stmt *s)
{
	fprintf(f, "_must_check_ enum err %s_sql_%.*s(struct ctx *cx", stem, STR_ARG(s->name));
	for (size_t i = 0; i < s->n_param; i++)
		fprintf(f, ", %s %.*s", s->param[i].type->c, STR_ARG(s->param[i].name));
	struct str n = s->name;
	switch (s->kind) {
	case ONE: fprintf(f, ", struct %s_%.*s_row *ret)", stem, STR_ARG(n)); break;
	case MAYBE: fprintf(f, ", struct %s_%.*s_row *ret, bool *ret_found)", stem, STR_ARG(n)); break;
	case MANY: fprintf(f, ", struct %s_%.*s_row **ret, size_t *ret_n)", stem, STR_ARG(n)); break;
	case EACH: fprintf(f, ", db_each_fn *each, void *arg)"); break;
	case EXEC: fprintf(f, ", int64_t *ret_changed)"); break;
	}
}

static void write_header(FILE *f)
{
	fprintf(f, "/* Made by sqlgen from %s.sql; do not edit. */\n#ifndef %s_SQL_H_\n#define %s_SQL_H_\n#include \"db/db.h\"\n", stem, stem, stem);
	for (size_t i = 0; i < n_stmts; i++) {
		const struct stmt *s = &stmts[i];
		if (str_is(s->only, "pg"))
			continue;
		if (s->n_col) {
			fprintf(f, "\nstruct %s_%.*s_row {\n", stem, STR_ARG(s->name));
			for (size_t k = 0; k < s->n_col; k++)
				fprintf(f, "\t%s %.*s;\n", s->col[k].type->c, STR_ARG(s->col[k].name));
			fprintf(f, "};\nextern const struct field %s_%.*s_fields[];\n", stem, STR_ARG(s->name));
		}
		fprintf(f, "/* %.*s */\n", STR_ARG(s->purpose));
		signature(f, s);
		fprintf(f, ";\n");
	}
	if (n_rows)
		fprintf(f, "\n/* Rows by what they belong to, ended by table NULL. */\nextern const struct db_rows %s_rows[];\n", stem);
	fprintf(f, "\n/* All statements of this file, ended by NULL. */\nextern const struct db_stmt *const %s_statements[];\n#endif\n", stem);
}

static void write_tables(FILE *f, const struct stmt *s)
{
	struct str n = s->name;
	if (s->n_param) {
		fprintf(f, "static const enum db_type %.*s_params[] = {", STR_ARG(n));
		for (size_t k = 0; k < s->n_param; k++)
			fprintf(f, " %s,", s->param[k].type->value);
		fprintf(f, " };\n");
	}
	if (s->n_col) {
		fprintf(f, "static const struct db_col %.*s_cols[] = {\n", STR_ARG(n));
		for (size_t k = 0; k < s->n_col; k++)
			fprintf(f, "\t{ \"%.*s\", %s, offsetof(struct %s_%.*s_row, %.*s) },\n", STR_ARG(s->col[k].name), s->col[k].type->value, stem,
				STR_ARG(n), STR_ARG(s->col[k].name));
		fprintf(f, "};\nconst struct field %s_%.*s_fields[] = {\n", stem, STR_ARG(n));
		for (size_t k = 0; k < s->n_col; k++)
			fprintf(f, "\tFIELD(%s_%.*s_row, %.*s, %s),\n", stem, STR_ARG(n), STR_ARG(s->col[k].name), s->col[k].type->field);
		fprintf(f, "\tFIELD_END,\n};\n");
	}
	fprintf(f, "static const struct db_stmt %.*s_stmt = {\n\t.name = \"%s.%.*s\",\n\t.sqlite = ", STR_ARG(n), stem, STR_ARG(n));
	c_string(f, s->sqlite);
	fprintf(f, ",\n\t.pg = ");
	c_string(f, s->pg);
	fprintf(f, ",\n\t.purpose = ");
	c_string(f, s->purpose);
	fprintf(f, ",\n\t.reads = ");
	c_set(f, s->reads, s->n_reads);
	fprintf(f, ",\n\t.writes = ");
	c_set(f, s->writes, s->n_writes);
	fprintf(f, ",\n");
	if (s->n_col)
		fprintf(f, "\t.row_size = sizeof(struct %s_%.*s_row),\n\t.n_cols = %zu,\n\t.cols = %.*s_cols,\n", stem, STR_ARG(n), s->n_col, STR_ARG(n));
	if (s->n_param)
		fprintf(f, "\t.n_params = %zu,\n\t.params = %.*s_params,\n", s->n_param, STR_ARG(n));
	fprintf(f, "};\n");
}

static void write_function(FILE *f, const struct stmt *s)
{
	signature(f, s);
	fprintf(f, "\n{\n");
	const char *v = "NULL";
	if (s->n_param) {
		fprintf(f, "\tconst struct db_value v[] = {\n");
		for (size_t k = 0; k < s->n_param; k++) {
			const struct type *t = s->param[k].type;
			const char *member = strcmp(t->c, "double") == 0 ? "r" : strcmp(t->c, "struct str") == 0 ? "s" : "i";
			fprintf(f, "\t\t{ .type = %s, .%s = %.*s },\n", t->value, member, STR_ARG(s->param[k].name));
		}
		fprintf(f, "\t};\n");
		v = "v";
	}
	static const char *const tails[] = { "ret", "ret, ret_found", NULL, "each, arg", "ret_changed" };
	if (s->kind == MANY)
		fprintf(f, "\tvoid *rows = NULL;\n\tTRY(db_many(cx, &%.*s_stmt, %s, &rows, ret_n));\n\t*ret = rows;\n\treturn OK;\n}\n\n", STR_ARG(s->name), v);
	else
		fprintf(f, "\treturn db_%s(cx, &%.*s_stmt, %s, %s);\n}\n\n", kind_names[s->kind], STR_ARG(s->name), v, tails[s->kind]);
}

static void write_source(FILE *f)
{
	fprintf(f, "/* Made by sqlgen from %s.sql; do not edit. */\n#include \"%s_sql.h\"\n\n", stem, stem);
	for (size_t i = 0; i < n_stmts; i++) {
		if (str_is(stmts[i].only, "pg"))
			continue;
		write_tables(f, &stmts[i]);
		write_function(f, &stmts[i]);
	}
	if (n_rows) {
		fprintf(f, "const struct db_rows %s_rows[] = {\n", stem);
		for (size_t i = 0; i < n_rows; i++) {
			struct str t = rows[i].table, by = rows[i].by;
			fprintf(f, "\t{ \"%.*s\", \"%.*s\", &%.*s_by_%.*s_stmt, &%.*s_put_stmt, &%.*s_drop_stmt, %zu },\n", STR_ARG(t), STR_ARG(by), STR_ARG(t),
				STR_ARG(by), STR_ARG(t), STR_ARG(t), rows[i].n_key);
		}
		fprintf(f, "\t{ 0 },\n};\n\n");
	}
	fprintf(f, "const struct db_stmt *const %s_statements[] = {\n", stem);
	for (size_t i = 0; i < n_stmts; i++)
		if (!str_is(stmts[i].only, "pg"))
			fprintf(f, "\t&%.*s_stmt,\n", STR_ARG(stmts[i].name));
	fprintf(f, "\tNULL,\n};\n");
}

static void write_file(const char *path, void (*write)(FILE *))
{
	FILE *f = fopen(path, "wb");
	if (f)
		write(f);
	if (!f || ferror(f) || fclose(f) != 0) {
		perror(path);
		exit(1);
	}
}

int main(int argc, char **argv)
{
	if (argc != 5) {
		fprintf(stderr, "usage: sqlgen SCHEMA_DIR IN.sql OUT.c OUT.h\n");
		return 2;
	}
	mem = arena_new();
	if (sqlite3_open(":memory:", &db) != SQLITE_OK)
		return 1;
	load_schema(argv[1]);
	in_path = argv[2];
	const char *slash = strrchr(argv[2], '/');
	struct str name = str_of(slash ? slash + 1 : argv[2]);
	stem = str_c(mem, str_sub(name, 0, name.n - 4));
	stmts = ARENA_ARRAY(mem, struct stmt, MAX_STMTS);
	read_statements();
	for (size_t i = 0; i < n_stmts; i++)
		analyse(&stmts[i]);
	pair_only();
	write_file(argv[3], write_source);
	write_file(argv[4], write_header);
	sqlite3_close(db);
	arena_free(mem);
	return 0;
}
