/* CSV; see csv.h. */
#include "text/csv.h"

/* One field; moves *s behind it. False: a quote is not closed. */
static bool take_field(struct arena *a, char separator, struct str *s, int *line, struct str *ret)
{
	struct buf b;
	if (!s->n || s->p[0] != '"') {
		size_t n = 0;
		while (n < s->n && n <= CSV_FIELD_MAX && s->p[n] != separator && s->p[n] != '\n' && s->p[n] != '\r')
			n++;
		*ret = str_sub(*s, 0, n);
		*s = str_sub(*s, n, s->n);
		return n <= CSV_FIELD_MAX;
	}
	buf_init(&b, a, CSV_FIELD_MAX);
	for (size_t i = 1; i < s->n && !b.full; i++) {
		if (s->p[i] == '"' && i + 1 < s->n && s->p[i + 1] == '"') {
			i++;
		} else if (s->p[i] == '"') {
			*ret = buf_get(&b);
			*s = str_sub(*s, i + 1, s->n);
			return true;
		}
		*line += s->p[i] == '\n';
		buf_char(&b, s->p[i]);
	}
	return false;
}

static bool take_row(struct arena *a, struct csv *c, struct strs *ret)
{
	struct str s = c->rest, field;
	struct strs row = { 0 };
	int line = c->line;
	if (!s.n)
		return false;
	for (;;) {
		if (row.n == CSV_FIELDS_MAX || !take_field(a, c->separator, &s, &line, &field))
			return false;
		*ARENA_PUSH(a, row.v, row.n) = field;
		if (!s.n || s.p[0] != c->separator)
			break;
		s = str_sub(s, 1, s.n);
	}
	if (s.n && s.p[0] == '\r')
		s = str_sub(s, 1, s.n);
	if (s.n && s.p[0] != '\n')
		return false;
	c->rest = str_sub(s, 1, s.n);
	c->line = line + 1;
	*ret = row;
	return true;
}

static char separator_of(struct str text)
{
	static const char all[] = { ',', ';', '\t' };
	size_t n[3] = { 0 }, best = 0;
	bool quoted = false;
	for (size_t i = 0; i < text.n && i < CSV_FIELD_MAX && (quoted || text.p[i] != '\n'); i++) {
		quoted ^= text.p[i] == '"';
		for (size_t k = 0; k < 3 && !quoted; k++)
			n[k] += text.p[i] == all[k];
	}
	for (size_t k = 1; k < 3; k++)
		if (n[k] > n[best])
			best = k;
	return all[best];
}

bool csv_begin(struct arena *a, struct str text, struct csv *ret)
{
	*ret = (struct csv){ .rest = str_starts(text, S("\xef\xbb\xbf")) ? str_sub(text, 3, text.n) : text, .line = 1 };
	ret->separator = separator_of(ret->rest);
	return take_row(a, ret, &ret->head);
}

bool csv_next(struct arena *a, struct csv *c, struct strs *ret)
{
	struct strs row;
	if (!take_row(a, c, &row))
		return false;
	while (row.n < c->head.n)
		*ARENA_PUSH(a, row.v, row.n) = STR_NONE;
	*ret = row;
	return true;
}

struct str csv_get(const struct csv *c, const struct strs *row, const char *name)
{
	for (size_t i = 0; i < c->head.n && i < row->n; i++)
		if (str_is(c->head.v[i], name))
			return row->v[i];
	return STR_NONE;
}

void csv_put(struct buf *b, struct str field)
{
	buf_char(b, '"');
	if (field.n && memchr("=+-@\t\r", field.p[0], 6))
		buf_char(b, '\'');
	for (size_t i = 0; i < field.n; i++) {
		if (field.p[i] == '"')
			buf_char(b, '"');
		buf_char(b, field.p[i]);
	}
	buf_lit(b, "\",");
}

void csv_end_row(struct buf *b)
{
	b->n -= b->n > 0;
	buf_lit(b, "\r\n");
}
