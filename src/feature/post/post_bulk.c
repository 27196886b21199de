/* Rows by the many, and back; see post_bulk.h. A piece is lines of table, row as it was, row as it became (JSON; empty: none), with tabs between. */
#include "feature/post/post_bulk.h"
#include "db/rows.h"
#include "feature/gap/gap.h"
#include "web/lang.h"

static const struct db_rows *table_named(struct str name)
{
	const struct db_rows *t = post_rows_rows;
	while (t->table && !str_is(name, t->table))
		t++;
	BUG_IF(!t->table);
	return t;
}

void post_bulk_begin(struct post_bulk *b, struct arena *a, enum err (*keep)(struct ctx *cx, void *arg, struct str piece), void *arg)
{
	*b = (struct post_bulk){ .keep = keep, .arg = arg };
	buf_init(&b->b, a, 2 * POST_BULK_PIECE);
}

static enum err hand_over(struct ctx *cx, struct post_bulk *b)
{
	if (b->b.full)
		return ERR_INTERNAL;
	if (b->b.n)
		TRY(b->keep(cx, b->arg, buf_get(&b->b)));
	b->b.n = 0;
	return OK;
}

enum err post_bulk_put(struct ctx *cx, struct post_bulk *b, const char *table, const void *was, const void *row)
{
	const struct db_rows *t = table_named(str_of(table));
	struct arena_mark here = arena_mark(cx->arena);
	TRY(db_row_put(cx, t, row ? t->put : t->drop, row ? row : was));
	buf_str(&b->b, str_of(table));
	buf_char(&b->b, '\t');
	if (was)
		buf_str(&b->b, db_row_json(cx->arena, t->of, t->of->n_cols, was));
	buf_char(&b->b, '\t');
	if (row)
		buf_str(&b->b, db_row_json(cx->arena, t->of, t->of->n_cols, row));
	buf_char(&b->b, '\n');
	arena_back(cx->arena, here);
	return b->b.n >= POST_BULK_PIECE ? hand_over(cx, b) : OK;
}

enum err post_bulk_end(struct ctx *cx, struct post_bulk *b)
{
	TRY(hand_over(cx, b));
	return gap_sweep_soon(cx);
}

/* ── one row ── */

/* All rows of one, at once: a question for each costs more than what it reads. */
static enum err rows_of(struct ctx *cx, const struct db_rows *t, int64_t id, const char **ret, size_t *ret_n)
{
	const struct db_value v = { .type = DB_INT, .i = id };
	void *rows = NULL;
	TRY(db_many(cx, t->of, &v, &rows, ret_n));
	*ret = rows;
	return OK;
}

enum err post_bulk_read(struct ctx *cx, const char *table, int64_t id, void *ret)
{
	const struct db_rows *t = table_named(str_of(table));
	const char *rows;
	size_t n;
	TRY(rows_of(cx, t, id, &rows, &n));
	if (n != 1)
		return ERR_NOT_FOUND;
	memcpy(ret, rows, t->of->row_size);
	return OK;
}

/* ── back ── */

static enum err too_late(struct ctx *cx, const struct db_rows *t, const char *sentence)
{
	static const struct {
		const char *table, *noun;
	} nouns[] = { { "work_role", N_("a role") }, { "activity", N_("an activity") },		 { "activity_competency", N_("what an activity needs") },
		      { "post", N_("a post") },	     { "post_role", N_("the roles of a post") }, { "holding", N_("who holds a post") } };
	const char *noun = "";
	for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
		if (strcmp(nouns[i].table, t->table) == 0)
			noun = nouns[i].noun;
	return fail_msg(cx, ERR_CONFLICT, S(""), sentence, 1, (struct msg_arg[]){ { "what", str_of(tr(cx->lang, noun)) } });
}

/* All keys here are whole numbers. */
static struct str key_of(struct ctx *cx, const struct db_rows *t, const json_t *row)
{
	struct buf b;
	buf_init(&b, cx->arena, 400);
	for (unsigned i = 0; i < t->n_key; i++)
		buf_fmt(&b, "%c\"%s\":%lld", i ? ',' : '{', t->of->cols[i].name, (long long)json_integer_value(json_object_get(row, t->of->cols[i].name)));
	buf_char(&b, '}');
	return buf_get(&b);
}

static enum err take_back(struct ctx *cx, const struct db_rows *t, const json_t *row, struct str was, struct str became)
{
	struct str key = key_of(cx, t, row), now = STR_NONE;
	const char *rows;
	size_t n;
	TRY(rows_of(cx, t, json_integer_value(json_object_get(row, t->by)), &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(db_row_json(cx->arena, t->of, t->n_key, rows + i * t->of->row_size), key))
			now = db_row_json(cx->arena, t->of, t->of->n_cols, rows + i * t->of->row_size);
	if (!str_eq(now, became))
		return too_late(cx, t, N_("This cannot be taken back any more: {what} has been changed since."));
	enum err e = db_row_run(cx, t, was.n ? t->put : t->drop, row);
	return e == ERR_CONFLICT ? too_late(cx, t, N_("This cannot be taken back any more: {what} of this file is in use by now.")) : e;
}

static enum err line_back(struct ctx *cx, struct str line)
{
	struct str table = str_before(line, '\t'), rest = str_sub(line, table.n + 1, line.n), was = str_before(rest, '\t'),
		   became = str_sub(rest, was.n + 1, rest.n);
	json_t *row = json_loadb(was.n ? was.p : became.p, was.n ? was.n : became.n, 0, NULL);
	if (!row)
		return ERR_INTERNAL;
	enum err e = take_back(cx, table_named(table), row, was, became);
	json_decref(row);
	return e;
}

enum err post_bulk_back(struct ctx *cx, struct str piece)
{
	while (piece.n) {
		struct arena_mark here = arena_mark(cx->arena);
		size_t begin = piece.n - 1;
		while (begin && piece.p[begin - 1] != '\n')
			begin--;
		TRY(line_back(cx, str_sub(piece, begin, piece.n - 1)));
		piece.n = begin;
		arena_back(cx->arena, here);
	}
	return OK;
}

enum err post_bulk_back_end(struct ctx *cx)
{
	return gap_sweep_soon(cx);
}
