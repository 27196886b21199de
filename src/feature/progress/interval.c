/* Sets of intervals; see interval.h. */
#include "feature/progress/interval.h"

#include <stdlib.h>

static void put(struct arena *a, struct intervals *s, int64_t from, int64_t to)
{
	if (from < to)
		*ARENA_PUSH(a, s->v, s->n) = (struct interval){ from, to };
}

static void skip_space(struct str *s)
{
	while (s->n && (*s->p == ' ' || *s->p == '\n' || *s->p == '\t' || *s->p == '\r'))
		*s = str_sub(*s, 1, s->n);
}

static bool take(struct str *s, char c)
{
	skip_space(s);
	if (!s->n || *s->p != c)
		return false;
	*s = str_sub(*s, 1, s->n);
	return true;
}

static bool take_number(struct str *s, int64_t *ret)
{
	skip_space(s);
	size_t n = 0;
	while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9')
		n++;
	bool good = n && n <= 15 && str_int(str_sub(*s, 0, n), ret);
	*s = str_sub(*s, n, s->n);
	return good;
}

bool intervals_parse(struct arena *a, struct str json, size_t most, struct intervals *ret)
{
	struct intervals s = { 0 };
	int64_t from, to;
	if (!take(&json, '['))
		return false;
	if (!take(&json, ']')) {
		do {
			if (s.n == most || !take(&json, '[') || !take_number(&json, &from) || !take(&json, ',') || !take_number(&json, &to) ||
			    !take(&json, ']') || from > to)
				return false;
			*ARENA_PUSH(a, s.v, s.n) = (struct interval){ from, to };
		} while (take(&json, ','));
		if (!take(&json, ']'))
			return false;
	}
	skip_space(&json);
	*ret = s;
	return json.n == 0;
}

struct str intervals_write(struct arena *a, const struct intervals *s)
{
	struct buf b;
	buf_init(&b, a, 64 + s->n * 48);
	buf_char(&b, '[');
	for (size_t i = 0; i < s->n; i++) {
		buf_str(&b, i ? S(",[") : S("["));
		buf_int(&b, s->v[i].from);
		buf_char(&b, ',');
		buf_int(&b, s->v[i].to);
		buf_char(&b, ']');
	}
	buf_char(&b, ']');
	return buf_get(&b);
}

static int by_from(const void *a, const void *b)
{
	const struct interval *x = a, *y = b;
	return (x->from > y->from) - (x->from < y->from);
}

struct intervals intervals_normal(struct arena *a, const struct intervals *s, int64_t length)
{
	struct intervals sorted = { 0 }, r = { 0 };
	for (size_t i = 0; i < s->n; i++)
		put(a, &sorted, s->v[i].from < 0 ? 0 : s->v[i].from, s->v[i].to > length ? length : s->v[i].to);
	if (sorted.n)
		qsort(sorted.v, sorted.n, sizeof *sorted.v, by_from);
	for (size_t i = 0; i < sorted.n; i++) {
		struct interval v = sorted.v[i];
		if (r.n && v.from <= r.v[r.n - 1].to) {
			if (v.to > r.v[r.n - 1].to)
				r.v[r.n - 1].to = v.to;
		} else {
			put(a, &r, v.from, v.to);
		}
	}
	return r;
}

int64_t intervals_length(const struct intervals *s)
{
	int64_t sum = 0;
	for (size_t i = 0; i < s->n; i++)
		sum += s->v[i].to - s->v[i].from;
	return sum;
}

struct intervals intervals_union(struct arena *a, const struct intervals *x, const struct intervals *y)
{
	struct intervals all = { 0 };
	for (size_t i = 0; i < x->n; i++)
		put(a, &all, x->v[i].from, x->v[i].to);
	for (size_t i = 0; i < y->n; i++)
		put(a, &all, y->v[i].from, y->v[i].to);
	return intervals_normal(a, &all, INT64_MAX);
}

struct intervals intervals_minus(struct arena *a, const struct intervals *x, const struct intervals *y)
{
	struct intervals r = { 0 };
	size_t k = 0;
	for (size_t i = 0; i < x->n; i++) {
		int64_t at = x->v[i].from;
		while (k < y->n && y->v[k].to <= at)
			k++;
		for (size_t m = k; m < y->n && y->v[m].from < x->v[i].to; m++) {
			put(a, &r, at, y->v[m].from);
			if (y->v[m].to > at)
				at = y->v[m].to;
		}
		put(a, &r, at, x->v[i].to);
	}
	return r;
}

struct intervals intervals_first(struct arena *a, const struct intervals *s, int64_t most)
{
	struct intervals r = { 0 };
	for (size_t i = 0; i < s->n && most > 0; i++) {
		int64_t n = s->v[i].to - s->v[i].from;
		if (n > most)
			n = most;
		put(a, &r, s->v[i].from, s->v[i].from + n);
		most -= n;
	}
	return r;
}

struct intervals intervals_missing(struct arena *a, const struct intervals *s, int64_t length)
{
	struct interval whole = { 0, length };
	struct intervals all = { &whole, length > 0 };
	return intervals_minus(a, &all, s);
}

struct intervals intervals_close(struct arena *a, const struct intervals *s, int64_t gap)
{
	struct intervals r = { 0 };
	for (size_t i = 0; i < s->n; i++) {
		if (r.n && s->v[i].from - r.v[r.n - 1].to <= gap)
			r.v[r.n - 1].to = s->v[i].to;
		else
			put(a, &r, s->v[i].from, s->v[i].to);
	}
	return r;
}
