/* Rows of establishment files; see est_file.h. */
#include "feature/establishment/est_file.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "feature/establishment/establishment.h"
#include "feature/post/post.h"
#include "text/csv.h"

const char *const est_kinds[EST_KINDS] = { "role", "activity", "need", "post", "holder" };

enum { WHAT_MAX = 80, ROLE = 1 << EST_ROLE, ACTIVITY = 1 << EST_ACTIVITY, NEED = 1 << EST_NEED, POST = 1 << EST_POST, HOLDER = 1 << EST_HOLDER };
enum cell_type { CELL_TEXT, CELL_CODE, CELL_NUMBER, CELL_DAY };

/* Which kinds of rows take a column, and which must have it; of texts the most code points, of numbers the greatest. */
static const struct column {
	const char *name;
	enum cell_type type;
	size_t at;
	int takes, must;
	int64_t min, max;
} columns[] = {
	{ "office", CELL_TEXT, offsetof(struct est_row, office), ROLE | ACTIVITY | NEED | POST | HOLDER, 0, 0, 200 },
	{ "code", CELL_CODE, offsetof(struct est_row, code), ROLE | ACTIVITY | POST, ROLE | ACTIVITY | POST, 0, POST_CODE_MAX },
	{ "name_en", CELL_TEXT, offsetof(struct est_row, name_en), ROLE | ACTIVITY, 0, 0, POST_NAME_MAX },
	{ "name_hi", CELL_TEXT, offsetof(struct est_row, name_hi), ROLE | ACTIVITY, 0, 0, POST_NAME_MAX },
	{ "title_en", CELL_TEXT, offsetof(struct est_row, name_en), POST, 0, 0, POST_NAME_MAX },
	{ "title_hi", CELL_TEXT, offsetof(struct est_row, name_hi), POST, 0, 0, POST_NAME_MAX },
	{ "role", CELL_CODE, offsetof(struct est_row, role), ACTIVITY | NEED, ACTIVITY | NEED, 0, POST_CODE_MAX },
	{ "activity", CELL_CODE, offsetof(struct est_row, activity), NEED, NEED, 0, POST_CODE_MAX },
	{ "competency", CELL_TEXT, offsetof(struct est_row, competency), NEED, NEED, 0, 170 },
	{ "level", CELL_NUMBER, offsetof(struct est_row, level), NEED, NEED, 0, 1000 },
	{ "designation", CELL_TEXT, offsetof(struct est_row, designation), POST, 0, 0, 200 },
	{ "sanctioned", CELL_NUMBER, offsetof(struct est_row, sanctioned), POST, 0, 1, 100000 },
	{ "place", CELL_TEXT, offsetof(struct est_row, place), POST, 0, 0, POST_NAME_MAX },
	{ "roles", CELL_TEXT, offsetof(struct est_row, roles), POST, 0, 0, 4000 },
	{ "service", CELL_TEXT, offsetof(struct est_row, service), POST, 0, 0, POST_NAME_MAX },
	{ "least_pay_level", CELL_NUMBER, offsetof(struct est_row, least_pay_level), POST, 0, 0, 20 },
	{ "least_years", CELL_NUMBER, offsetof(struct est_row, least_years), POST, 0, 0, 60 },
	{ "tenure_months", CELL_NUMBER, offsetof(struct est_row, tenure_months), POST, 0, 0, 120 },
	{ "post", CELL_CODE, offsetof(struct est_row, post), HOLDER, HOLDER, 0, POST_CODE_MAX },
	{ "person", CELL_TEXT, offsetof(struct est_row, person), HOLDER, HOLDER, 0, 254 },
	{ "holding", CELL_TEXT, offsetof(struct est_row, holding), HOLDER, 0, 0, 40 },
	{ "from", CELL_DAY, offsetof(struct est_row, from_day), POST | HOLDER, HOLDER, 0, 0 },
	{ "until", CELL_DAY, offsetof(struct est_row, until_day), POST | HOLDER, 0, 0, 0 },
	{ "order_no", CELL_TEXT, offsetof(struct est_row, order_no), HOLDER, 0, 0, ORDER_NO_MAX },
};
enum { COLUMNS = sizeof columns / sizeof *columns };

void est_wrong(struct est_faults *f, int line, const char *text, struct str what, struct str other, int64_t day)
{
	if (f->n == ESTABLISHMENT_ROWS_MAX)
		return;
	*ARENA_PUSH(f->arena, f->v, f->n) =
		(struct est_fault){ line, text, str_dup(f->arena, utf8_prefix(what, WHAT_MAX)), str_dup(f->arena, utf8_prefix(other, WHAT_MAX)), day };
}

struct reading {
	struct est_faults *f;
	struct csv csv;
	int at[COLUMNS]; /* place in the file; -1: not there */
	int kind_at, line;
	bool good; /* the present row */
};

static void wrong(struct reading *r, const char *text, struct str what, const char *column)
{
	r->good = false;
	est_wrong(r->f, r->line, text, what, str_of(column ? column : ""), NONE);
}

/* csv_put guards texts that a spreadsheet would take for formulas. */
static struct str cell(const struct strs *row, int at)
{
	struct str v = at < 0 || (size_t)at >= row->n ? STR_NONE : str_trim(row->v[at]);
	bool guarded = v.n > 1 && v.p[0] == '\'' && strchr("=+-@", v.p[1]);
	return v.p ? str_sub(v, guarded, v.n) : S("");
}

static void take_number(struct reading *r, const struct column *c, struct str v, int64_t *ret)
{
	if (!str_int(v, ret) || *ret < c->min || *ret > c->max)
		wrong(r, N_("“{what}” is no whole number that the column {other} can hold"), v, c->name);
}

static void take_day(struct reading *r, const struct column *c, struct str v, int64_t *ret)
{
	if (!clock_parse_date(v, ret) || *ret < clock_day_of(1950, 1, 1) || *ret > clock_day_of(2100, 1, 1))
		wrong(r, N_("“{what}” is no day like 2026-11-29 in the column {other}"), v, c->name);
}

static void take_text(struct reading *r, const struct column *c, struct str v, struct str *ret)
{
	*ret = v;
	if (c->type == CELL_CODE && !work_code_good(v))
		wrong(r, N_("“{what}” is no code: letters, figures, full stop, hyphen and underscore, at most 60 ({other})"), v, c->name);
	else if (utf8_length(v) > (size_t)c->max)
		wrong(r, N_("“{what}” is too long for the column {other}"), v, c->name);
}

static void take_cell(struct reading *r, const struct column *c, struct str v, struct est_row *row)
{
	char *at = (char *)row + c->at;
	bool number = c->type == CELL_NUMBER || c->type == CELL_DAY;
	if (!(c->takes & 1 << row->kind)) {
		if (v.n)
			wrong(r, N_("a row of this kind says nothing in the column {other}, but “{what}” stands there"), v, c->name);
		return;
	}
	if (number)
		*(int64_t *)(void *)at = NONE;
	else
		*(struct str *)(void *)at = S("");
	if (!v.n && (c->must & 1 << row->kind))
		wrong(r, N_("the column {other} is empty"), v, c->name);
	else if (v.n && c->type == CELL_NUMBER)
		take_number(r, c, v, (int64_t *)(void *)at);
	else if (v.n && c->type == CELL_DAY)
		take_day(r, c, v, (int64_t *)(void *)at);
	else if (v.n)
		take_text(r, c, v, (struct str *)(void *)at);
}

static bool blank(const struct strs *cells)
{
	for (size_t i = 0; i < cells->n; i++)
		if (str_trim(cells->v[i]).n)
			return false;
	return true;
}

static bool read_row(struct reading *r, const struct strs *cells, struct est_row *ret)
{
	struct str kind = cell(cells, r->kind_at);
	int k = 0;
	r->good = true;
	while (k < EST_KINDS && !str_is(kind, est_kinds[k]))
		k++;
	if (k == EST_KINDS) {
		wrong(r, N_("“{what}” is no kind of row: role, activity, need, post or holder"), kind, NULL);
		return false;
	}
	*ret = (struct est_row){ .kind = (enum est_kind)k, .line = r->line };
	for (size_t i = 0; i < COLUMNS; i++)
		take_cell(r, &columns[i], cell(cells, r->at[i]), ret);
	return r->good;
}

static void read_head(struct reading *r)
{
	r->kind_at = -1;
	for (size_t i = 0; i < COLUMNS; i++)
		r->at[i] = -1;
	for (size_t k = 0; k < r->csv.head.n; k++) {
		struct str name = str_lower(r->f->arena, str_trim(r->csv.head.v[k]));
		int *at = str_is(name, "kind") ? &r->kind_at : NULL;
		for (size_t i = 0; i < COLUMNS && !at; i++)
			at = str_is(name, columns[i].name) ? &r->at[i] : NULL;
		if (!at)
			wrong(r, N_("there is no column “{what}” in an establishment file"), name, NULL);
		else if (*at >= 0)
			wrong(r, N_("the column “{what}” stands twice"), name, NULL);
		else
			*at = (int)k;
	}
	if (r->kind_at < 0)
		wrong(r, N_("there is no column “{what}”"), S("kind"), NULL);
}

void est_read(struct est_faults *f, struct str text, struct est_row **ret, size_t *ret_n, size_t *ret_n_rows)
{
	struct reading r = { .f = f, .line = 1 };
	struct strs cells;
	*ret = NULL;
	*ret_n = *ret_n_rows = 0;
	if (text.n > ESTABLISHMENT_BYTES_MAX || !utf8_valid(text)) {
		est_wrong(f, 0, N_("the file is larger than 32 MB, or is not UTF-8"), S(""), S(""), NONE);
		return;
	}
	if (!csv_begin(f->arena, text, &r.csv)) {
		est_wrong(f, 1, N_("the first row cannot be read"), S(""), S(""), NONE);
		return;
	}
	read_head(&r);
	if (f->n)
		return;
	for (r.line = r.csv.line; csv_next(f->arena, &r.csv, &cells); r.line = r.csv.line) {
		if (blank(&cells))
			continue;
		if (++*ret_n_rows > ESTABLISHMENT_ROWS_MAX) {
			est_wrong(f, r.line, N_("these are too many rows: a file has at most 1,00,000"), S(""), S(""), NONE);
			return;
		}
		struct est_row row;
		if (read_row(&r, &cells, &row))
			*ARENA_PUSH(f->arena, *ret, *ret_n) = row;
	}
	if (r.csv.rest.n)
		est_wrong(f, r.csv.line, N_("this row cannot be read: a quote is not closed, or it is too long"), S(""), S(""), NONE);
	else if (!*ret_n_rows)
		est_wrong(f, 0, N_("there is no row in this file"), S(""), S(""), NONE);
}

/* ── out ── */

void est_write_head(struct buf *b)
{
	csv_put(b, S("kind"));
	for (size_t i = 0; i < COLUMNS; i++)
		csv_put(b, str_of(columns[i].name));
	csv_end_row(b);
}

static void put_day(struct buf *b, int64_t day)
{
	struct civil d = clock_date(day);
	buf_fmt(b, "\"%04d-%02d-%02d\",", d.year, d.month, d.day);
}

static void put_cell(struct buf *b, const struct column *c, const struct est_row *row)
{
	const char *at = (const char *)row + c->at;
	if (!(c->takes & 1 << row->kind))
		csv_put(b, S(""));
	else if (c->type == CELL_TEXT || c->type == CELL_CODE)
		csv_put(b, *(const struct str *)(const void *)at);
	else if (*(const int64_t *)(const void *)at == NONE)
		csv_put(b, S(""));
	else if (c->type == CELL_DAY)
		put_day(b, *(const int64_t *)(const void *)at);
	else
		buf_fmt(b, "\"%lld\",", (long long)*(const int64_t *)(const void *)at);
}

void est_write(struct buf *b, const struct est_row *row)
{
	csv_put(b, str_of(est_kinds[row->kind]));
	for (size_t i = 0; i < COLUMNS; i++)
		put_cell(b, &columns[i], row);
	csv_end_row(b);
}
