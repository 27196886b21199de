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

struct one_row {
	const struct db_rows *t;
	struct arena *arena;
	void *ret;
	bool found;
};

static enum err take_row(struct ctx *cx, void *arg, const void *row)
{
	struct one_row *r = arg;
	(void)cx;
	memcpy(r->ret, row, r->t->of->row_size);
	for (unsigned i = 0; i < r->t->of->n_cols; i++) {
		const struct db_col *c = &r->t->of->cols[i];
		struct str *s = (struct str *)(void *)((char *)r->ret + c->offset);
		if (c->type == DB_TEXT)
			*s = s->p ? str_dup(r->arena, *s) : STR_NONE;
	}
	r->found = true;
	return OK;
}

enum err post_bulk_read(struct ctx *cx, const char *table, int64_t id, void *ret)
{
	struct one_row r = { .t = table_named(str_of(table)), .arena = arena_new(), .ret = ret };
	const struct db_value v = { .type = DB_INT, .i = id };
	enum err e = db_each(cx, r.t->of, &v, take_row, &r);
	for (unsigned i = 0; e == OK && r.found && i < r.t->of->n_cols; i++) {
		const struct db_col *c = &r.t->of->cols[i];
		struct str *s = (struct str *)(void *)((char *)ret + c->offset);
		if (c->type == DB_TEXT && s->p)
			*s = str_dup(cx->arena, *s);
	}
	arena_free(r.arena);
	return e != OK ? e : r.found ? OK : ERR_NOT_FOUND;
}

/* ── back ── */

static enum err too_late(struct ctx *cx, const struct db_rows *t, const char *sentence)
{
	static const struct {
		const char *table, *noun;
	} nouns[] = { { "work_role", N_("a role") },	  { "activity", N_("an activity") }, { "activity_competency", N_("what an activity needs") },
		      { "post", N_("a post") }, { "post_role", N_("the roles of a post") }, { "holding", N_("who holds a post") } };
	const char *noun = "";
	for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
		if (strcmp(nouns[i].table, t->table) == 0)
			noun = nouns[i].noun;
	return fail_msg(cx, ERR_CONFLICT, S(""), sentence, 1, (struct msg_arg[]){ { "what", str_of(tr(cx->lang, noun)) } });
}

struct comparing {
	const struct db_rows *t;
	struct str key, became; /* became absent: the row went */
	bool found, same;
};

static enum err compare(struct ctx *cx, void *arg, const void *row)
{
	struct comparing *c = arg;
	if (!str_eq(db_row_json(cx->arena, c->t->of, c->t->n_key, row), c->key))
		return OK;
	c->found = true;
	c->same = str_eq(db_row_json(cx->arena, c->t->of, c->t->of->n_cols, row), c->became);
	return OK;
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
	const struct db_value by = { .type = DB_INT, .i = json_integer_value(json_object_get(row, t->by)) };
	struct comparing c = { .t = t, .key = key_of(cx, t, row), .became = became };
	TRY(db_each(cx, t->of, &by, compare, &c));
	if (c.found != (became.n > 0) || (c.found && !c.same))
		return too_late(cx, t, N_("This cannot be taken back any more: {what} has been changed since."));
	enum err e = db_row_run(cx, t, was.n ? t->put : t->drop, row);
	return e == ERR_CONFLICT ? too_late(cx, t, N_("This cannot be taken back any more: {what} of this file is in use by now.")) : e;
}

static enum err line_back(struct ctx *cx, struct str line)
{
	struct str table = str_before(line, '\t'), rest = str_sub(line, table.n + 1, line.n), was = str_before(rest, '\t'), became = str_sub(rest, was.n + 1, rest.n);
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
