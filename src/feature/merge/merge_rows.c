/* Rows of two people as they were, are, and were again; see merge_rows.h. */
#include "feature/merge/merge_rows.h"
#include "base/json.h"
#include "db/rows.h"
#include "admission_sql.h"
#include "attempt_sql.h"
#include "calendar_sql.h"
#include "attendance_sql.h"
#include "campaign_sql.h"
#include "charcha_sql.h"
#include "completion_sql.h"
#include "credential_sql.h"
#include "enrolment_sql.h"
#include "event_sql.h"
#include "exemption_sql.h"
#include "institute_sql.h"
#include "integrity_sql.h"
#include "karma_sql.h"
#include "learned_sql.h"
#include "live_sql.h"
#include "marking_sql.h"
#include "merge_sql.h"
#include "movement_sql.h"
#include "notice_sql.h"
#include "passbook_sql.h"
#include "person_sql.h"
#include "plan_sql.h"
#include "post_sql.h"
#include "proficiency_sql.h"
#include "profile_sql.h"
#include "programme_sql.h"
#include "progress_sql.h"
#include "quiz_sql.h"
#include "room_sql.h"
#include "ruling_sql.h"
#include "scim_sql.h"
#include "sso_sql.h"
#include "together_sql.h"

#include <jansson.h>
#include <stdlib.h>

/* Whatever a merge touches; what refers to a row of another table comes behind it. */
static const struct db_rows *const tables[] = {
	person_rows, profile_rows, notice_rows, sso_rows, enrolment_rows, credential_rows, completion_rows, progress_rows, learned_rows, quiz_rows, attempt_rows,
	exemption_rows, integrity_rows, marking_rows, ruling_rows, room_rows, proficiency_rows, post_rows, passbook_rows, plan_rows, movement_rows,
	scim_rows, campaign_rows, karma_rows, programme_rows, institute_rows, calendar_rows, admission_rows, attendance_rows, together_rows, live_rows, charcha_rows, event_rows, NULL,
};

static const struct db_rows *table_named(struct str name)
{
	for (size_t i = 0; tables[i]; i++)
		for (const struct db_rows *t = tables[i]; t->table; t++)
			if (str_is(name, t->table))
				return t;
	return NULL;
}

/* ── reading all ── */

struct reading {
	struct merge_rows *all;
	const struct db_rows *table;
};

static enum err read_row(struct ctx *cx, void *arg, const void *row)
{
	struct reading *r = arg;
	struct merge_rows *all = r->all;
	(void)cx;
	if (all->n == all->cap) {
		struct merge_row *old = all->v;
		all->cap = all->cap ? all->cap * 2 : 256;
		all->v = ARENA_ARRAY(all->arena, struct merge_row, all->cap);
		if (all->n)
			memcpy(all->v, old, all->n * sizeof *old);
	}
	const struct db_stmt *of = r->table->of;
	all->v[all->n++] = (struct merge_row){ r->table, db_row_json(all->arena, of, r->table->n_key, row), db_row_json(all->arena, of, of->n_cols, row) };
	return OK;
}

static int by_key(const void *a, const void *b)
{
	const struct merge_row *x = a, *y = b;
	int order = strcmp(x->table->table, y->table->table);
	return order ? order : str_cmp(x->key, y->key);
}

enum err merge_rows_read(struct ctx *cx, int64_t kept_id, int64_t closed_id, struct merge_rows *ret)
{
	const int64_t people[] = { kept_id, closed_id };
	*ret = (struct merge_rows){ .arena = arena_new() };
	for (size_t i = 0; tables[i]; i++)
		for (const struct db_rows *t = tables[i]; t->table; t++)
			for (size_t k = 0; k < 2; k++) {
				const struct db_value v = { .type = DB_INT, .i = people[k] };
				TRY(db_each(cx, t->of, &v, read_row, &(struct reading){ ret, t }));
			}
	if (ret->n)
		qsort(ret->v, ret->n, sizeof *ret->v, by_key);
	return OK;
}

void merge_rows_free(struct merge_rows *r)
{
	if (r->arena)
		arena_free(r->arena);
}

/* ── what differs ── */

enum err merge_rows_keep(struct ctx *cx, int64_t merge_id, const struct merge_rows *was, const struct merge_rows *is, int64_t *n)
{
	size_t i = 0, k = 0;
	while (i < was->n || k < is->n) {
		int order = i == was->n ? 1 : k == is->n ? -1 : by_key(&was->v[i], &is->v[k]);
		const struct merge_row *before = order <= 0 ? &was->v[i++] : NULL, *after = order >= 0 ? &is->v[k++] : NULL;
		if (before && after && str_eq(before->all, after->all))
			continue;
		TRY(merge_sql_add_row(cx, merge_id, ++*n, str_of((before ? before : after)->table->table), before ? before->all : STR_NONE, after ? after->all : STR_NONE, NULL));
	}
	return OK;
}

/* ── back ── */

/* A row of the merge as it was, became and is; NULL: there is none. */
struct change {
	const struct db_rows *table;
	json_t *was, *became, *is;
	bool done;
};

static json_t *parsed(struct str s)
{
	return s.p ? json_loadb(s.p, s.n, 0, NULL) : NULL;
}

static json_t *now(const struct merge_rows *is, const struct db_rows *table, struct arena *a, const json_t *row)
{
	struct buf b;
	buf_init(&b, a, DB_VALUE_MAX);
	struct json_out j = { .b = &b };
	jw_open(&j, '{');
	for (unsigned i = 0; i < table->n_key; i++) {
		const json_t *v = json_object_get(row, table->of->cols[i].name);
		jw_key(&j, table->of->cols[i].name);
		json_is_integer(v) ? jw_int(&j, json_integer_value(v)) : jw_str(&j, (struct str){ json_string_value(v), json_string_length(v) });
	}
	jw_close(&j, '}');
	const struct merge_row wanted = { .table = table, .key = buf_get(&b) };
	const struct merge_row *found = is->n ? bsearch(&wanted, is->v, is->n, sizeof *is->v, by_key) : NULL;
	return found ? parsed(found->all) : NULL;
}

/* Each column as it was where it still is as the merge left it. */
static json_t *mixed(const struct change *c)
{
	json_t *row = json_deep_copy(c->was), *v;
	const char *name;
	json_object_foreach (c->is, name, v)
		if (!json_equal(v, json_object_get(c->became, name)))
			json_object_set(row, name, v);
	return row;
}

static enum err restore(struct ctx *cx, struct change *c)
{
	/* A row of the closed account that went, or one that the merge changed and nobody took away since. */
	if (!c->was || c->done || (c->became && !c->is))
		return OK;
	c->done = true;
	json_t *row = c->became ? mixed(c) : json_incref(c->was);
	enum err e = db_row_run(cx, c->table, c->table->put, row);
	json_decref(row);
	return e;
}

/* Whether a row still is as the merge left it. A column that came with a later version was not there to be changed. */
static bool untouched(const struct change *c)
{
	const json_t *v;
	const char *name;
	if (!c->is)
		return false;
	json_object_foreach ((json_t *)c->is, name, v) {
		const json_t *left = json_object_get(c->became, name);
		if (left ? !json_equal(v, left) : !json_is_null(v))
			return false;
	}
	return true;
}

static bool belongs(const struct change *c, int64_t person_id)
{
	return c->was && json_integer_value(json_object_get(c->was, c->table->by)) == person_id;
}

/* What came goes first, then the kept account gives back what the closed one gets: so no two hold what one must have. */
static enum err restore_all(struct ctx *cx, struct change *v, size_t n, int64_t kept_id)
{
	for (size_t i = n; i-- > 0;)
		if (!v[i].was && untouched(&v[i]))
			TRY(db_row_run(cx, v[i].table, v[i].table->drop, v[i].became));
	for (size_t i = 0; i < n; i++)
		if (belongs(&v[i], kept_id))
			TRY(restore(cx, &v[i]));
	for (size_t i = 0; i < n; i++)
		TRY(restore(cx, &v[i]));
	return OK;
}

/* The rows that a merge kept, all of them; *ret grows in the arena. */
static enum err kept_rows(struct ctx *cx, int64_t merge_id, const struct merge_rows *is, struct change **ret, size_t *ret_n)
{
	struct merge_rows_row *r;
	size_t n;
	for (int64_t after = 0;; after = r[n - 1].n) {
		TRY(merge_sql_rows(cx, merge_id, after, &r, &n));
		if (!n)
			return OK;
		struct change *v = ARENA_ARRAY(cx->arena, struct change, *ret_n + n);
		if (*ret_n)
			memcpy(v, *ret, *ret_n * sizeof *v);
		*ret = v;
		for (size_t i = 0; i < n; i++) {
			const struct db_rows *t = table_named(r[i].name);
			if (!t)
				continue;
			struct change *c = &v[(*ret_n)++];
			*c = (struct change){ .table = t, .was = parsed(r[i].was), .became = parsed(r[i].became) };
			c->is = now(is, t, cx->arena, c->became ? c->became : c->was);
		}
	}
}

enum err merge_rows_back(struct ctx *cx, int64_t merge_id, int64_t kept_id, const struct merge_rows *is)
{
	struct change *v = NULL;
	size_t n = 0;
	enum err e = kept_rows(cx, merge_id, is, &v, &n);
	if (e == OK)
		e = restore_all(cx, v, n, kept_id);
	for (size_t i = 0; i < n; i++) {
		json_decref(v[i].was);
		json_decref(v[i].became);
		json_decref(v[i].is);
	}
	return e;
}
