/* Reading tables of answers; see responses_csv.h. */
#include "app/responses_csv.h"
#include "base/utf8.h"
#include "text/csv.h"

enum { FREQUENCY_MAX = 1000000000, NO_COLUMN = CSV_FIELDS_MAX };

struct reading {
	struct ctx *cx;
	struct csv csv;
	size_t frequency; /* column n, or NO_COLUMN */
	size_t items;
	int line;
	int8_t *x;
	double *weight;
	size_t rows;
	struct responses_table *table;
};

static enum err at_line(struct reading *g, const char *text, size_t n, const struct msg_arg *args)
{
	return fail_msg(g->cx, ERR_INVALID, str_fmt(g->cx->arena, "line %d", g->line), text, n, args);
}

static enum err read_head(struct reading *g)
{
	const struct strs *head = &g->csv.head;
	g->table->names = ARENA_ARRAY(g->cx->arena, struct str, head->n);
	for (size_t k = 0; k < head->n; k++) {
		struct str name = str_trim(head->v[k]);
		struct msg_arg args[] = { { "column", str_fmt(g->cx->arena, "%zu", k + 1) }, { "name", name } };
		if (!name.n)
			return at_line(g, N_("column {column} has no name; the first row names the items"), 1, args);
		if (str_is(name, "n") && g->frequency == NO_COLUMN) {
			g->frequency = k;
			continue;
		}
		for (size_t i = 0; i < g->items; i++)
			if (str_eq(g->table->names[i], name))
				return at_line(g, N_("two columns have the name “{name}”"), 1, &args[1]);
		g->table->names[g->items++] = name;
	}
	return g->items ? OK : at_line(g, N_("there is no item; the first row names the items"), 0, NULL);
}

static enum err read_cell(struct reading *g, struct str cell, struct str name, int8_t *ret)
{
	struct msg_arg args[] = { { "value", utf8_prefix(cell, 40) }, { "item", name } };
	*ret = NOT_ANSWERED;
	if (!cell.n || str_is(cell, "NA"))
		return OK;
	if (cell.n != 1 || cell.p[0] < '0' || cell.p[0] > '9')
		return at_line(g, N_("“{value}” at {item} is no category: whole numbers from 0 to 9, or nothing or NA where there is no answer"), 2, args);
	*ret = (int8_t)(cell.p[0] - '0');
	return OK;
}

static enum err read_row(struct reading *g, const struct strs *row)
{
	int64_t n = 1;
	bool answered = false;
	int8_t *x = g->x + g->rows * g->items;
	if (row->n != g->csv.head.n || !row->v[row->n - 1].p)
		return at_line(g, N_("this row has another number of cells than the first row"), 0, NULL);
	for (size_t k = 0, i = 0; k < row->n; k++) {
		if (k == g->frequency)
			continue;
		TRY(read_cell(g, str_trim(row->v[k]), g->table->names[i], &x[i]));
		answered = answered || x[i] != NOT_ANSWERED;
		i++;
	}
	if (g->frequency != NO_COLUMN && (!str_int(str_trim(row->v[g->frequency]), &n) || n < 0 || n > FREQUENCY_MAX))
		return at_line(g, N_("n must say how many people gave these answers: a whole number from 0 to 1,000,000,000"), 0, NULL);
	if (!answered)
		g->table->without += (double)n;
	if (n > 0)
		g->weight[g->rows++] = (double)n;
	return OK;
}

enum err responses_read(struct ctx *cx, struct str text, struct responses_table *ret)
{
	struct responses_table table = { 0 };
	struct reading g = { .cx = cx, .frequency = NO_COLUMN, .line = 1, .table = &table };
	struct strs row;
	if (text.n > RESPONSES_BYTES_MAX)
		return fail(cx, ERR_TOO_LARGE, "", N_("the file is larger than 64 MiB; put equal rows together with a column n"));
	if (!utf8_valid(text))
		return fail(cx, ERR_INVALID, "", N_("the file is not UTF-8 text"));
	if (!csv_begin(cx->arena, text, &g.csv))
		return at_line(&g, N_("the row cannot be read: an open quote, or more than 200 columns"), 0, NULL);
	TRY(read_head(&g));
	/* Every cell but the last of a row is followed by a separator. */
	size_t most = text.n / g.csv.head.n + 1;
	g.x = ARENA_ARRAY(cx->arena, int8_t, most * g.items);
	g.weight = ARENA_ARRAY(cx->arena, double, most);
	for (;;) {
		struct arena_mark mark = arena_mark(cx->arena);
		g.line = g.csv.line;
		if (!csv_next(cx->arena, &g.csv, &row))
			break;
		bool blank = row.v[0].n == 0 && (row.n == 1 || !row.v[1].p);
		if (!blank)
			TRY(read_row(&g, &row));
		arena_back(cx->arena, mark);
	}
	if (g.csv.rest.n)
		return at_line(&g, N_("the row cannot be read: an open quote, or more than 200 columns"), 0, NULL);
	table.r = (struct responses){ g.rows, g.items, g.x, g.weight };
	*ret = table;
	return OK;
}
