/* Whole rows as text and back; see rows.h. */
#include "db/rows.h"
#include "base/json.h"

static void put_column(struct json_out *j, const struct db_col *c, const void *row)
{
	const char *at = (const char *)row + c->offset;
	jw_key(j, c->name);
	switch (c->type) {
	case DB_INT: *(const int64_t *)at == NONE ? jw_null(j) : jw_int(j, *(const int64_t *)at); break;
	case DB_BOOL: jw_bool(j, *(const bool *)at); break;
	case DB_REAL: jw_real(j, *(const double *)at); break;
	case DB_TEXT:
	case DB_BLOB: jw_str(j, *(const struct str *)at); break;
	}
}

struct str db_row_json(struct arena *a, const struct db_stmt *of, unsigned n, const void *row)
{
	struct buf b;
	buf_init(&b, a, DB_VALUE_MAX);
	struct json_out j = { .b = &b };
	jw_open(&j, '{');
	for (unsigned i = 0; i < n; i++)
		put_column(&j, &of->cols[i], row);
	jw_close(&j, '}');
	return buf_get(&b);
}

static struct db_value value(struct ctx *cx, enum db_type type, const json_t *v)
{
	struct db_value r = { .type = type };
	switch (type) {
	case DB_INT: r.i = json_is_integer(v) ? json_integer_value(v) : NONE; break;
	case DB_BOOL: r.i = json_is_true(v); break;
	case DB_REAL: r.r = json_is_number(v) ? json_number_value(v) : (double)__builtin_nan(""); break;
	case DB_TEXT:
	case DB_BLOB: r.s = json_is_string(v) ? str_dup(cx->arena, (struct str){ json_string_value(v), json_string_length(v) }) : STR_NONE; break;
	}
	return r;
}

enum err db_row_run(struct ctx *cx, const struct db_rows *t, const struct db_stmt *st, const json_t *row)
{
	struct db_value v[DB_PARAMS_MAX];
	for (unsigned i = 0; i < st->n_params; i++)
		v[i] = value(cx, st->params[i], json_object_get(row, t->of->cols[i].name));
	return db_exec(cx, st, v, NULL);
}

enum err db_row_put(struct ctx *cx, const struct db_rows *t, const struct db_stmt *st, const void *row)
{
	struct db_value v[DB_PARAMS_MAX];
	for (unsigned i = 0; i < st->n_params; i++) {
		const struct db_col *c = &t->of->cols[i];
		const char *at = (const char *)row + c->offset;
		v[i] = (struct db_value){ .type = st->params[i] };
		switch (c->type) {
		case DB_INT: v[i].i = *(const int64_t *)(const void *)at; break;
		case DB_BOOL: v[i].i = *(const bool *)(const void *)at; break;
		case DB_REAL: v[i].r = *(const double *)(const void *)at; break;
		case DB_TEXT:
		case DB_BLOB: v[i].s = *(const struct str *)(const void *)at; break;
		}
	}
	return db_exec(cx, st, v, NULL);
}
