/* Bringing the schema up to date, and the dialect in which it is written (doc/adr/0003).
 * The only place where text, not a statement of the closed set, goes to the database. */
#include "db/copy.h"
#include "db/db_backend.h"

#include "base/clock.h"

#include <ctype.h>
#include <sodium.h>

/* ── text: what is a quotation, a comment, a word ── */

/* Length of the quotation, comment, word or single byte that begins at i. */
static size_t token(struct str t, size_t i)
{
	size_t from = i;
	char c = t.p[i];
	if (c == '\'' || c == '"') {
		for (i++; i < t.n && t.p[i] != c; i++)
			;
		return (i < t.n ? i + 1 : i) - from; /* a doubled quote is two quotations side by side */
	}
	if (c == '-' && i + 1 < t.n && t.p[i + 1] == '-') {
		while (i < t.n && t.p[i] != '\n')
			i++;
		return i - from;
	}
	while (i < t.n && (isalnum((unsigned char)t.p[i]) || t.p[i] == '_'))
		i++;
	return i > from ? i - from : 1;
}

static bool is_comment(struct str word)
{
	return word.n >= 2 && word.p[0] == '-' && word.p[1] == '-';
}

static bool ends_line(struct str t, size_t i)
{
	while (i < t.n && (t.p[i] == ' ' || t.p[i] == '\t' || t.p[i] == '\r'))
		i++;
	return i == t.n || t.p[i] == '\n' || (t.p[i] == '-' && i + 1 < t.n && t.p[i + 1] == '-');
}

/* Takes the next statement, without its semicolon. False at the end. */
static bool cut_statement(struct str *rest, struct str *ret)
{
	size_t i = 0;
	bool something = false;
	while (i < rest->n) {
		size_t n = token(*rest, i);
		struct str word = str_sub(*rest, i, i + n);
		if (word.p[0] == ';' && ends_line(*rest, i + 1)) {
			*ret = str_sub(*rest, 0, i);
			*rest = str_sub(*rest, i + 1, rest->n);
			if (something)
				return true;
			i = 0;
			continue;
		}
		something = something || (!is_comment(word) && !isspace((unsigned char)word.p[0]));
		i += n;
	}
	*ret = *rest;
	*rest = str_sub(*rest, rest->n, rest->n);
	return something;
}

/* ── the dialect ── */

static const struct {
	const char *word, *sqlite, *pg;
} types[] = {
	{ "ID", "INTEGER", "bigint" },	{ "INT", "INTEGER", "bigint" }, { "TIME", "INTEGER", "bigint" },	   { "BOOL", "INTEGER", "boolean" },
	{ "TEXT", "TEXT", "text" },	{ "JSON", "TEXT", "text" },	{ "REAL", "REAL", "double precision" }, { "BLOB", "BLOB", "bytea" },
};

static struct str in_dialect(struct str word, bool sqlite)
{
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_is(word, types[i].word))
			return str_of(sqlite ? types[i].sqlite : types[i].pg);
	return word;
}

/* Where the walk through the text stands. */
struct walk {
	struct buf out;
	bool sqlite;
	struct str first, second; /* words of the present statement */
	int depth;                /* of brackets */
	bool by;                  /* BY was read behind the columns */
	bool by_key;
};

static bool is_table(const struct walk *w)
{
	return str_is(w->first, "CREATE") && str_is(w->second, "TABLE");
}

static void end_statement(struct walk *w)
{
	if (is_table(w) && w->sqlite)
		buf_str(&w->out, w->by_key ? S(" STRICT, WITHOUT ROWID") : S(" STRICT"));
	w->first = w->second = STR_NONE;
	w->by = w->by_key = false;
}

/* True when the word was one of BY KEY and is not to be written. */
static bool part_of_by_key(struct walk *w, struct str word)
{
	if (!is_table(w) || w->depth != 0)
		return false;
	if (str_is(word, "BY"))
		return w->by = true;
	if (w->by && str_is(word, "KEY"))
		return w->by_key = true;
	return false;
}

static void put_word(struct walk *w, struct str word)
{
	if (!w->first.p)
		w->first = word;
	else if (!w->second.p)
		w->second = word;
	if (!part_of_by_key(w, word))
		buf_str(&w->out, in_dialect(word, w->sqlite));
}

struct str db_dialect(struct ctx *cx, struct str text, bool sqlite)
{
	struct walk w = { .sqlite = sqlite };
	buf_init(&w.out, cx->arena, 4 * text.n + 64);
	for (size_t i = 0, n; i < text.n; i += n) {
		n = token(text, i);
		struct str word = str_sub(text, i, i + n);
		char c = word.p[0];
		if (isalpha((unsigned char)c) || c == '_') {
			put_word(&w, word);
			continue;
		}
		w.depth += (c == '(') - (c == ')');
		if (c == ';')
			end_statement(&w);
		if (isspace((unsigned char)c) && w.depth == 0 && is_table(&w) && str_starts(str_trim(str_sub(text, i, text.n)), S("BY KEY")))
			continue; /* nothing is left in front of the semicolon */
		if (isspace((unsigned char)c) && w.by && !w.by_key)
			continue; /* between the two words */
		buf_str(&w.out, word);
	}
	return buf_get(&w.out);
}

/* ── what was applied ── */

struct applied {
	int64_t number;
	struct str name, checksum;
};
static const struct db_col applied_cols[] = {
	{ "number", DB_INT, offsetof(struct applied, number) },
	{ "name", DB_TEXT, offsetof(struct applied, name) },
	{ "checksum", DB_TEXT, offsetof(struct applied, checksum) },
};
static const struct db_stmt applied_stmt = {
	.name = "schema_migration.all",
	.sqlite = "SELECT number, name, checksum FROM schema_migration ORDER BY number",
	.pg = "SELECT number, name, checksum FROM schema_migration ORDER BY number",
	.reads = "schema_migration",
	.row_size = sizeof(struct applied),
	.n_cols = 3,
	.cols = applied_cols,
};
static const enum db_type note_params[] = { DB_INT, DB_TEXT, DB_TEXT, DB_INT };
static const struct db_stmt note_stmt = {
	.name = "schema_migration.add",
	.sqlite = "INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES (?1, ?2, ?3, ?4)",
	.pg = "INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)",
	.writes = "schema_migration",
	.n_params = 4,
	.params = note_params,
};
struct count_row {
	int64_t n;
};
static const struct db_col count_cols[] = { { "n", DB_INT, offsetof(struct count_row, n) } };
static const struct db_stmt exists_stmt = {
	.name = "schema_migration.exists",
	.sqlite = "SELECT count(*) AS n FROM sqlite_schema WHERE name = 'schema_migration'",
	.pg = "SELECT count(*) AS n FROM pg_tables WHERE tablename = 'schema_migration' AND schemaname = ANY (current_schemas(false))",
	.row_size = sizeof(struct count_row),
	.n_cols = 1,
	.cols = count_cols,
};
static const char applied_table[] =
	"CREATE TABLE schema_migration (number INT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at TIME NOT NULL);";

static struct str checksum(struct ctx *cx, const struct migration *m)
{
	unsigned char h[32];
	crypto_generichash(h, sizeof h, (const unsigned char *)m->text, strlen(m->text), NULL, 0);
	return str_hex(cx->arena, h, sizeof h);
}

int64_t db_migration_number(const struct migration *m)
{
	int64_t n = 0;
	for (const char *c = m->name; *c >= '0' && *c <= '9'; c++)
		n = 10 * n + (*c - '0');
	return n;
}

/* One look at the table, or one step: the first migration that is missing is applied. */
struct job {
	const struct migration *all;
	bool apply;
	bool applied;
	db_fn *proof; /* NULL: a transaction for each migration */
	void *arg;
	unsigned n;
	struct str message;
};

static enum err refuse(struct job *j, struct str message)
{
	j->message = message;
	return ERR_CONFLICT;
}

static const struct applied *find(const struct applied *rows, size_t n, int64_t wanted)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].number == wanted)
			return &rows[i];
	return NULL;
}

static const struct migration *of_number(const struct migration *m, int64_t wanted)
{
	while (m->name && db_migration_number(m) != wanted)
		m++;
	return m->name ? m : NULL;
}

static enum err compare(struct ctx *cx, struct job *j, const struct applied *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct migration *m = of_number(j->all, rows[i].number);
		if (!m)
			return refuse(j, str_fmt(cx->arena, "The database is newer than this program: it has the migration %.*s. Please install the newer program.",
						 STR_ARG(rows[i].name)));
		if (!str_eq(checksum(cx, m), rows[i].checksum))
			return refuse(j, str_fmt(cx->arena, "The migration %s was applied with another text than it has now. A migration is never changed; add a new one.",
						 m->name));
	}
	return OK;
}

/* For the message: what stands in front of the statement is not what failed. */
static struct str without_comments(struct str s)
{
	struct str line;
	s = str_trim(s);
	while (is_comment(s) && str_cut(&s, '\n', &line))
		s = str_trim(s);
	return s;
}

static enum err run_text(struct ctx *cx, struct job *j, const char *name, struct str text)
{
	struct db *d = cx->db;
	struct str rest = db_dialect(cx, text, d->pool->sqlite), one;
	while (cut_statement(&rest, &one)) {
		enum err e = d->pool->ops->text(d, str_c(cx->arena, one));
		if (e == OK)
			continue;
		d->spoiled = e;
		db_tell(cx, d->message);
		one = without_comments(one);
		j->message = str_fmt(cx->arena, "The migration %s failed (%s) at: %.*s", name, d->message, one.n > 160 ? 160 : (int)one.n, one.p);
		return e;
	}
	return OK;
}

static enum err apply(struct ctx *cx, struct job *j, const struct migration *m)
{
	TRY(run_text(cx, j, m->name, str_of(m->text)));
	const struct db_value v[] = {
		{ .type = DB_INT, .i = db_migration_number(m) },
		{ .type = DB_TEXT, .s = str_of(m->name) },
		{ .type = DB_TEXT, .s = checksum(cx, m) },
		{ .type = DB_INT, .i = cx->now ? cx->now : clock_now() },
	};
	j->applied = true;
	return db_exec(cx, &note_stmt, v, NULL);
}

static enum err step(struct ctx *cx, void *arg)
{
	struct job *j = arg;
	j->applied = false;
	j->message = STR_NONE;
	struct count_row there;
	TRY(db_one(cx, &exists_stmt, NULL, &there));
	if (!there.n && j->apply)
		TRY(run_text(cx, j, "(the table of migrations)", str_of(applied_table)));
	void *rows = NULL;
	size_t n = 0;
	if (there.n || j->apply)
		TRY(db_many(cx, &applied_stmt, NULL, &rows, &n));
	TRY(compare(cx, j, rows, n));
	for (const struct migration *m = j->all; m->name; m++) {
		if (find(rows, n, db_migration_number(m)))
			continue;
		if (j->apply)
			return apply(cx, j, m);
		return refuse(j, str_fmt(cx->arena, "The database is older than this program: the migration %s is missing. Please run the migrations.", m->name));
	}
	return OK;
}

static enum err finish(struct ctx *cx, const struct job *j, enum err e, struct str *ret_message)
{
	if (e != OK)
		*ret_message = j->message.p ? j->message : str_fmt(cx->arena, "The migrations could not be run: %s.", cx->trouble);
	return e;
}

static enum err apply_each(struct ctx *cx, struct db_pool *p, struct job *j, unsigned *ret_applied)
{
	unsigned n = 0;
	do {
		TRY(db_write(cx, p, step, j));
		n += j->applied;
	} while (j->applied);
	*ret_applied = n;
	return OK;
}

static enum err all_steps(struct ctx *cx, void *arg)
{
	struct job *j = arg;
	j->n = 0;
	do {
		TRY(step(cx, j));
		j->n += j->applied;
	} while (j->applied);
	return j->n ? j->proof(cx, j->arg) : OK;
}

static enum err apply_at_once(struct ctx *cx, struct db_pool *p, struct job *j, unsigned *ret_applied)
{
	TRY(db_write(cx, p, all_steps, j));
	*ret_applied = j->n;
	return OK;
}

static enum err migrate(struct ctx *cx, struct db_pool *p, struct job *j, unsigned *ret_applied, struct str *ret_message)
{
	for (const struct migration *i = j->all; i->name; i++)
		BUG_IF(db_migration_number(i) <= 0 || (i > j->all && db_migration_number(i) <= db_migration_number(i - 1)));
	struct db *before = cx->db, *own = NULL;
	enum err e = db_connect(p, &own);
	if (e == OK) {
		cx->db = own; /* on PostgreSQL the lock and the changes are of one connection */
		e = p->ops->lock(own, true);
		if (e == OK)
			e = j->proof ? apply_at_once(cx, p, j, ret_applied) : apply_each(cx, p, j, ret_applied);
		if (e != OK && !cx->trouble[0])
			db_tell(cx, own->message);
		(void)!p->ops->lock(own, false);
		cx->db = before;
		db_close(own);
	}
	return finish(cx, j, e, ret_message);
}

enum err db_migrate(struct ctx *cx, struct db_pool *p, const struct migration *m, unsigned *ret_applied, struct str *ret_message)
{
	struct job j = { .all = m, .apply = true };
	return migrate(cx, p, &j, ret_applied, ret_message);
}

enum err db_upgrade(struct ctx *cx, struct db_pool *p, const struct migration *m, db_fn *proof, void *arg, unsigned *ret_applied,
		    struct str *ret_message)
{
	struct job j = { .all = m, .apply = true, .proof = proof, .arg = arg };
	return migrate(cx, p, &j, ret_applied, ret_message);
}

enum err db_migrated(struct ctx *cx, struct db_pool *p, const struct migration *m, struct str *ret_message)
{
	struct job j = { .all = m };
	struct db *before = cx->db, *own = NULL;
	enum err e = db_connect(p, &own);
	if (e == OK) {
		cx->db = own;
		e = db_read(cx, step, &j);
		cx->db = before;
		db_close(own);
	}
	return finish(cx, &j, e, ret_message);
}

/* ── what a database has ── */

struct schema {
	int64_t *v;
	size_t n;
};

static enum err read_schema(struct ctx *cx, void *arg)
{
	struct schema *s = arg;
	struct count_row there;
	void *rows = NULL;
	TRY(db_one(cx, &exists_stmt, NULL, &there));
	if (there.n)
		TRY(db_many(cx, &applied_stmt, NULL, &rows, &s->n));
	s->v = ARENA_ARRAY(cx->arena, int64_t, s->n + 1);
	for (size_t i = 0; i < s->n; i++)
		s->v[i] = ((const struct applied *)rows)[i].number;
	return OK;
}

enum err db_schema(struct ctx *cx, int64_t **ret, size_t *ret_n)
{
	struct schema s = { 0 };
	TRY(db_read(cx, read_schema, &s));
	*ret = s.v;
	*ret_n = s.n;
	return OK;
}
