/* Establishment files from being brought to being taken back; see establishment.h. */
#include "feature/establishment/establishment.h"
#include "base/utf8.h"
#include "feature/establishment/est_apply.h"
#include "feature/establishment/est_found.h"
#include "feature/establishment/est_look.h"
#include "feature/person/person.h"
#include "text/csv.h"
#include "web/lang.h"

enum { PIECE = 1 << 20 };

typedef struct establishment_one_row file_row;

/* ── pieces ── */

/* A text that may be larger than a value, cut between letters. */
static enum err keep_text(struct ctx *cx, int64_t id, struct str text)
{
	int64_t n = 0;
	for (size_t at = 0; at < text.n; n++) {
		size_t end = at + PIECE < text.n ? at + PIECE : text.n;
		while (end < text.n && ((unsigned char)text.p[end] & 0xc0) == 0x80)
			end--;
		TRY(establishment_sql_put_piece(cx, id, S("file"), n, str_sub(text, at, end), NULL));
		at = end;
	}
	return OK;
}

static enum err kept_text(struct ctx *cx, int64_t id, struct arena *a, struct str *ret)
{
	struct buf b;
	struct establishment_piece_row r;
	bool found = true;
	buf_init(&b, a, ESTABLISHMENT_BYTES_MAX + PIECE);
	for (int64_t n = 0; found; n++) {
		struct arena_mark here = arena_mark(cx->arena);
		TRY(establishment_sql_piece(cx, id, S("file"), n, &r, &found));
		if (found)
			buf_str(&b, r.text);
		if (a != cx->arena)
			arena_back(cx->arena, here);
	}
	*ret = buf_get(&b);
	return ret->n ? OK : fail(cx, ERR_CONFLICT, "", N_("This file is older than 30 days; its rows are not kept any more. Please bring it in again."));
}

static enum err keep_found(struct ctx *cx, int64_t id, const struct est_found *f, struct str why)
{
	int64_t sum[4] = { 0 };
	TRY(establishment_sql_drop_found(cx, id, NULL));
	for (size_t i = 0; i < f->errors.n; i++)
		TRY(establishment_sql_put_piece(cx, id, S("error"), (int64_t)i, f->errors.v[i], NULL));
	for (size_t i = 0; i < f->changes.n; i++)
		TRY(establishment_sql_put_piece(cx, id, S("change"), (int64_t)i, f->changes.v[i], NULL));
	for (int k = 0; k < EST_KINDS; k++) {
		TRY(establishment_sql_put_figure(cx, id, k, f->n[k][0], f->n[k][1], f->n[k][2], f->n[k][3], NULL));
		for (int i = 0; i < 4; i++)
			sum[i] += f->n[k][i];
	}
	return establishment_sql_set_looked(cx, f->n_errors ? S("refused") : S("looked"), (int64_t)f->n_rows, (int64_t)f->n_errors, sum[0], sum[1], sum[2],
					    sum[3], f->digest.p ? f->digest : S(""), why, id, NULL);
}

/* ── looking ── */

enum err est_look(struct ctx *cx, int64_t org_id, struct str text, struct est *ret)
{
	*ret = (struct est){ .cx = cx, .arena = arena_new(), .org_id = org_id, .today = person_today(cx) };
	ret->faults.arena = ret->arena;
	est_read(&ret->faults, text, &ret->rows, &ret->n_rows, &ret->n_lines);
	for (size_t i = 0; i < ret->n_rows; i++)
		ret->has[ret->rows[i].kind] = true;
	if (!ret->n_rows)
		return OK;
	TRY(est_load(ret));
	est_judge_work(ret);
	est_judge_posts(ret);
	return est_judge_holders(ret);
}

static enum err find(struct ctx *cx, int64_t org_id, int64_t id, file_row *ret)
{
	bool found = false;
	TRY(establishment_sql_one(cx, id, org_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "file_id", N_("There is no such file here."));
}

static enum err look_at(struct ctx *cx, int64_t org_id, int64_t id, struct est_found *ret)
{
	struct est e = { 0 };
	struct arena *own = arena_new();
	struct str text;
	enum err r = kept_text(cx, id, own, &text);
	if (r == OK)
		r = est_look(cx, org_id, text, &e);
	if (r == OK)
		est_found(&e, ret);
	arena_free(e.arena);
	arena_free(own);
	return r;
}

static enum err queue(struct ctx *cx, const char *kind, int64_t id)
{
	struct str input = str_fmt(cx->arena, "%lld", (long long)id);
	return job_add(cx, &(struct job_add){ .kind = kind, .once = input, .input = input, .asked_by = cx->actor.person_id ? cx->actor.person_id : NONE },
		       NULL);
}

static enum err past(struct ctx *cx)
{
	return fail(cx, ERR_CONFLICT, "", N_("This file has gone on in the meantime. Nothing was changed; please look at its page again."));
}

static enum err go(struct ctx *cx, int64_t id, const char *from, const char *to)
{
	int64_t n = 0;
	TRY(establishment_sql_set_state(cx, str_of(to), S(""), id, str_of(from), &n));
	return n ? OK : past(cx);
}

static enum err look_now(struct ctx *cx, int64_t org_id, int64_t id)
{
	struct est_found f;
	TRY(look_at(cx, org_id, id, &f));
	return keep_found(cx, id, &f, S(""));
}

static enum err small(struct ctx *cx, int64_t id, bool *ret)
{
	struct establishment_piece_row r;
	bool second = false, found = false;
	TRY(establishment_sql_piece(cx, id, S("file"), 1, &r, &second));
	if (!second)
		TRY(establishment_sql_piece(cx, id, S("file"), 0, &r, &found));
	*ret = found && r.text.n <= ESTABLISHMENT_SMALL;
	return OK;
}

static enum err take_in(struct ctx *cx, const struct establishment_add *in, int64_t *ret_id)
{
	if (!in->text.n)
		return fail(cx, ERR_INVALID, "file", N_("is empty"));
	if (in->text.n > ESTABLISHMENT_BYTES_MAX)
		return fail(cx, ERR_INVALID, "file", N_("is larger than 32 MB"));
	if (!utf8_valid(in->text))
		return fail(cx, ERR_INVALID, "file", N_("is not a text in UTF-8; save it as “CSV UTF-8”"));
	*ret_id = new_id(cx);
	TRY(establishment_sql_add(cx, *ret_id, in->org_id, in->file_name, cx->actor.person_id ? cx->actor.person_id : NONE, cx->now, NULL));
	return keep_text(cx, *ret_id, in->text);
}

enum err establishment_add(struct ctx *cx, const struct establishment_add *in, int64_t *ret_id)
{
	TRY(take_in(cx, in, ret_id));
	return in->text.n <= ESTABLISHMENT_SMALL ? look_now(cx, in->org_id, *ret_id) : queue(cx, "establishment.look", *ret_id);
}

enum err establishment_add_now(struct ctx *cx, const struct establishment_add *in, int64_t *ret_id)
{
	TRY(take_in(cx, in, ret_id));
	return look_now(cx, in->org_id, *ret_id);
}

enum err establishment_look_again(struct ctx *cx, int64_t org_id, int64_t id)
{
	file_row f;
	bool at_once;
	TRY(find(cx, org_id, id, &f));
	if (!str_is(f.state, "looked") && !str_is(f.state, "refused"))
		return past(cx);
	TRY(go(cx, id, str_c(cx->arena, f.state), "looking"));
	TRY(small(cx, id, &at_once));
	return at_once ? look_now(cx, org_id, id) : queue(cx, "establishment.look", id);
}

/* ── carrying out ── */

struct images {
	int64_t id, n;
};

static enum err keep_image(struct ctx *cx, void *arg, struct str piece)
{
	struct images *i = arg;
	return establishment_sql_put_piece(cx, i->id, S("image"), i->n++, piece, NULL);
}

/* *ret_as_shown false: the data has changed since; nothing is written, and what is found now stands in *ret. */
static enum err carry_out(struct ctx *cx, const file_row *f, struct est_found *ret, bool *ret_as_shown)
{
	struct est e = { 0 };
	struct arena *own = arena_new();
	struct images images = { f->id, 0 };
	struct post_bulk b;
	struct str text;
	enum err r = kept_text(cx, f->id, own, &text);
	if (r == OK)
		r = est_look(cx, f->org_id, text, &e);
	*ret_as_shown = false;
	if (r == OK) {
		est_found(&e, ret);
		*ret_as_shown = !ret->n_errors && str_eq(ret->digest, f->digest);
	}
	if (*ret_as_shown) {
		post_bulk_begin(&b, own, keep_image, &images);
		r = est_apply(&e, &b);
	}
	arena_free(e.arena);
	arena_free(own);
	return r;
}

static enum err begin_apply(struct ctx *cx, int64_t org_id, int64_t id, file_row *ret)
{
	TRY(find(cx, org_id, id, ret));
	if (str_is(ret->state, "refused"))
		return fail(cx, ERR_CONFLICT, "", N_("Rows of this file are wrong; nothing of it is carried out. Correct them and bring it in again."));
	return go(cx, id, "looked", "applying");
}

enum err establishment_apply_now(struct ctx *cx, int64_t org_id, int64_t id)
{
	file_row f;
	struct est_found now;
	bool as_shown;
	TRY(begin_apply(cx, org_id, id, &f));
	TRY(carry_out(cx, &f, &now, &as_shown));
	if (!as_shown)
		return fail(cx, ERR_CONFLICT, "", N_("The data has changed since this file was looked at. Nothing was changed; look at it again."));
	return establishment_sql_set_applied(cx, cx->now, id, NULL);
}

enum err establishment_apply(struct ctx *cx, int64_t org_id, int64_t id)
{
	file_row f;
	bool at_once;
	TRY(small(cx, id, &at_once));
	if (at_once)
		return establishment_apply_now(cx, org_id, id);
	TRY(begin_apply(cx, org_id, id, &f));
	return queue(cx, "establishment.apply", id);
}

/* ── back ── */

static enum err undo_now(struct ctx *cx, int64_t id)
{
	struct establishment_piece_row r;
	int64_t n = 0;
	bool found = true;
	for (; found; n++)
		TRY(establishment_sql_piece(cx, id, S("image"), n, &r, &found));
	for (n -= 2; n >= 0; n--) {
		struct arena_mark here = arena_mark(cx->arena);
		TRY(establishment_sql_piece(cx, id, S("image"), n, &r, &found));
		TRY(post_bulk_back(cx, r.text));
		arena_back(cx->arena, here);
	}
	TRY(establishment_sql_drop_pieces(cx, id, S("image"), NULL));
	TRY(post_bulk_back_end(cx));
	return establishment_sql_set_undone(cx, cx->now, id, NULL);
}

enum err establishment_undo(struct ctx *cx, int64_t org_id, int64_t id)
{
	file_row f;
	bool at_once;
	TRY(find(cx, org_id, id, &f));
	if (str_is(f.state, "applied") && cx->now - f.applied_at > ESTABLISHMENT_UNDO)
		return fail(cx, ERR_CONFLICT, "", N_("This was carried out more than 30 days ago and can no longer be taken back."));
	TRY(go(cx, id, "applied", "undoing"));
	TRY(small(cx, id, &at_once));
	return at_once ? undo_now(cx, id) : queue(cx, "establishment.undo", id);
}

/* ── jobs ── */

struct working {
	int64_t id;
	struct establishment_by_id_row file;
	struct est_found found;
	bool there;
};

static enum err look_in(struct ctx *cx, void *arg)
{
	struct working *w = arg;
	TRY(establishment_sql_by_id(cx, w->id, &w->file, &w->there));
	w->there = w->there && str_is(w->file.state, "looking");
	return w->there ? look_at(cx, w->file.org_id, w->id, &w->found) : OK;
}

static enum err look_act(struct ctx *cx, struct job *j)
{
	struct working *w = ARENA_NEW(cx->arena, struct working);
	if (!str_int(j->input, &w->id))
		return ERR_INTERNAL;
	j->state = w;
	return db_read(cx, look_in, w);
}

static enum err look_step(struct ctx *cx, struct job *j)
{
	const struct working *w = j->state;
	j->ended = true;
	return w->there ? keep_found(cx, w->id, &w->found, S("")) : OK;
}

static enum err apply_step(struct ctx *cx, struct job *j)
{
	struct establishment_by_id_row by;
	struct est_found now;
	file_row f;
	bool found = false, as_shown;
	int64_t id;
	if (!str_int(j->input, &id))
		return ERR_INTERNAL;
	TRY(establishment_sql_by_id(cx, id, &by, &found));
	j->ended = true;
	if (!found || !str_is(by.state, "applying"))
		return OK;
	if (j->cancel)
		return go(cx, id, "applying", "looked");
	TRY(find(cx, by.org_id, id, &f));
	TRY(carry_out(cx, &f, &now, &as_shown));
	return as_shown ? establishment_sql_set_applied(cx, cx->now, id, NULL)
			: keep_found(cx, id, &now,
				     S(N_("The data has changed since this file was looked at. Nothing was changed; this is what it would change now.")));
}

/* What stands against it is known only when the transaction is spoilt and undone; the second try says so. */
static enum err undo_step(struct ctx *cx, struct job *j)
{
	struct establishment_by_id_row by;
	bool found = false;
	int64_t id;
	if (!str_int(j->input, &id))
		return ERR_INTERNAL;
	TRY(establishment_sql_by_id(cx, id, &by, &found));
	j->ended = true;
	if (!found || !str_is(by.state, "undoing"))
		return OK;
	if (j->tries || j->cancel) {
		int64_t n;
		return establishment_sql_set_state(
			cx, S("applied"), S(N_("This could not be taken back: something of it was changed since, or is in use by now.")), id, S("undoing"), &n);
	}
	return undo_now(cx, id);
}

static enum err sweep_step(struct ctx *cx, struct job *j)
{
	j->ended = true;
	return establishment_sql_drop_old(cx, cx->now - ESTABLISHMENT_UNDO, NULL);
}

const struct job_kind establishment_jobs[] = {
	{ .name = "establishment.look", .title = N_("Looking at an establishment file"), .act = look_act, .step = look_step, .tries = 3 },
	{ .name = "establishment.apply", .title = N_("Carrying out an establishment file"), .step = apply_step, .tries = 3 },
	{ .name = "establishment.undo", .title = N_("Taking back an establishment file"), .step = undo_step, .tries = 3 },
	{ .name = "establishment.sweep", .title = N_("Removing the texts of old establishment files"), .step = sweep_step, .every = DAY },
	{ .name = NULL },
};

/* ── what was found ── */

/* Cells as they were before csv_put guarded them. */
static struct str cell(const struct strs *row, size_t i)
{
	struct str v = i < row->n && row->v[i].p ? row->v[i] : S("");
	return v.n > 1 && v.p[0] == '\'' && strchr("=+-@", v.p[1]) ? str_sub(v, 1, v.n) : v;
}

/* A page has no row of names: the first row is read as one. */
static enum err rows_of(struct ctx *cx, int64_t id, struct str what, int64_t page, struct strs *ret, size_t *ret_n)
{
	struct establishment_piece_row r;
	struct csv c;
	bool found = false;
	*ret_n = 0;
	TRY(establishment_sql_piece(cx, id, what, page, &r, &found));
	if (!found || !csv_begin(cx->arena, r.text, &c))
		return OK;
	ret[(*ret_n)++] = c.head;
	while (*ret_n < ESTABLISHMENT_PAGE && csv_next(cx->arena, &c, &ret[*ret_n]))
		++*ret_n;
	return OK;
}

static int64_t number(struct str s)
{
	int64_t v;
	return str_int(s, &v) ? v : NONE;
}

static struct str sentence_of(struct ctx *cx, const struct strs *row)
{
	int64_t day = number(cell(row, 4));
	struct civil d = clock_date(day == NONE ? 0 : day);
	struct str when = day == NONE ? S("") : str_fmt(cx->arena, "%02d.%02d.%04d", d.day, d.month, d.year);
	return msg_text(cx, str_c(cx->arena, cell(row, 1)), 3, (struct msg_arg[]){ { "what", cell(row, 2) }, { "other", cell(row, 3) }, { "day", when } });
}

enum err establishment_errors(struct ctx *cx, int64_t id, int64_t page, struct establishment_error **ret, size_t *ret_n)
{
	struct strs *rows = ARENA_ARRAY(cx->arena, struct strs, ESTABLISHMENT_PAGE);
	TRY(rows_of(cx, id, S("error"), page, rows, ret_n));
	*ret = ARENA_ARRAY(cx->arena, struct establishment_error, *ret_n);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = (struct establishment_error){ number(cell(&rows[i], 0)), sentence_of(cx, &rows[i]) };
	return OK;
}

enum err establishment_errors_csv(struct ctx *cx, int64_t id, struct str *ret)
{
	struct establishment_error *v;
	struct buf b;
	size_t n = 1;
	buf_init(&b, cx->arena, 2 * ESTABLISHMENT_BYTES_MAX);
	csv_put(&b, str_of(tr(cx->lang, N_("Row"))));
	csv_put(&b, str_of(tr(cx->lang, N_("What is wrong"))));
	csv_end_row(&b);
	for (int64_t page = 0; n; page++) {
		TRY(establishment_errors(cx, id, page, &v, &n));
		for (size_t i = 0; i < n; i++) {
			buf_fmt(&b, "\"%lld\",", (long long)v[i].line);
			csv_put(&b, v[i].sentence);
			csv_end_row(&b);
		}
	}
	*ret = buf_get(&b);
	return b.full ? ERR_TOO_LARGE : OK;
}

enum err establishment_changes(struct ctx *cx, int64_t id, int64_t page, struct establishment_change **ret, size_t *ret_n)
{
	struct strs *rows = ARENA_ARRAY(cx->arena, struct strs, ESTABLISHMENT_PAGE);
	TRY(rows_of(cx, id, S("change"), page, rows, ret_n));
	*ret = ARENA_ARRAY(cx->arena, struct establishment_change, *ret_n);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] =
			(struct establishment_change){ cell(&rows[i], 0), cell(&rows[i], 1), number(cell(&rows[i], 2)), cell(&rows[i], 3), cell(&rows[i], 4) };
	return OK;
}
