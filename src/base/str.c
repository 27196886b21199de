/* Views of text and growing buffers; see str.h. */
#include "base/str.h"
#include "base/arena.h"
#include "base/err.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

bool str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

bool str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;
	return c ? c : (a.n > b.n) - (a.n < b.n);
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
	while (s.n && is_space(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

bool str_cut(struct str *rest, char sep, struct str *ret_part)
{
	if (!rest->n)
		return false;
	const char *at = memchr(rest->p, sep, rest->n);
	size_t n = at ? (size_t)(at - rest->p) : rest->n;
	*ret_part = (struct str){ rest->p, n };
	size_t used = at ? n + 1 : n;
	rest->p += used;
	rest->n -= used;
	return true;
}

ptrdiff_t str_index(struct str s, char c)
{
	const char *at = s.n ? memchr(s.p, c, s.n) : NULL;
	return at ? at - s.p : -1;
}

ptrdiff_t str_find(struct str s, struct str what)
{
	if (!what.n)
		return 0;
	const char *at = s.n >= what.n ? memmem(s.p, s.n, what.p, what.n) : NULL;
	return at ? at - s.p : -1;
}

struct str str_sub(struct str s, size_t from, size_t to)
{
	if (to > s.n)
		to = s.n;
	if (from > to)
		from = to;
	return (struct str){ s.p ? s.p + from : NULL, to - from };
}

struct str str_before(struct str s, char c)
{
	ptrdiff_t at = str_index(s, c);
	return at < 0 ? s : str_sub(s, 0, (size_t)at);
}

struct str str_dup(struct arena *a, struct str s)
{
	if (!s.p)
		return STR_NONE;
	char *p = arena_alloc(a, s.n + 1);
	memcpy(p, s.p, s.n);
	return (struct str){ p, s.n };
}

const char *str_c(struct arena *a, struct str s)
{
	return s.p ? str_dup(a, s).p : "";
}

struct str str_fmt(struct arena *a, const char *fmt, ...)
{
	char t[256]; /* most texts are short and then formatted once only */
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(t, sizeof t, fmt, ap);
	va_end(ap);
	BUG_IF(n < 0);
	char *p = arena_alloc(a, (size_t)n + 1);
	if ((size_t)n < sizeof t)
		memcpy(p, t, (size_t)n);
	else
		vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return (struct str){ p, (size_t)n };
}

struct str str_hex(struct arena *a, const void *p, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	const unsigned char *raw = p;
	char *out = arena_alloc(a, 2 * n + 1);
	for (size_t i = 0; i < n; i++) {
		out[2 * i] = digits[raw[i] >> 4];
		out[2 * i + 1] = digits[raw[i] & 15];
	}
	return (struct str){ out, 2 * n };
}

struct str str_lower(struct arena *a, struct str s)
{
	struct str r = str_dup(a, s.p ? s : S(""));
	char *p = (char *)(uintptr_t)r.p;
	for (size_t i = 0; i < r.n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] + 'a' - 'A');
	return r;
}

bool str_int(struct str s, int64_t *ret)
{
	bool minus = s.n && s.p[0] == '-';
	size_t i = minus;
	int64_t v = 0;
	if (i == s.n)
		return false;
	for (; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		int digit = s.p[i] - '0';
		/* Counted downwards: the smallest number has no positive twin. */
		if (__builtin_mul_overflow(v, 10, &v) || __builtin_sub_overflow(v, digit, &v))
			return false;
	}
	if (!minus && v == INT64_MIN)
		return false;
	*ret = minus ? v : -v;
	return true;
}

bool str_real(struct str s, double *ret)
{
	char text[41];
	bool digit = false, point = false;
	if (!s.n || s.n >= sizeof text)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c >= '0' && c <= '9')
			digit = true;
		else if (c == '.' && !point)
			point = true;
		else if (!(c == '-' && i == 0))
			return false;
	}
	if (!digit)
		return false;
	memcpy(text, s.p, s.n);
	text[s.n] = 0;
	*ret = strtod(text, NULL);
	return true;
}

/* ── buffers ── */

void buf_init(struct buf *b, struct arena *a, size_t max)
{
	/* No ceiling so high that doubling could overflow. */
	*b = (struct buf){ .arena = a, .max = max < SIZE_MAX / 4 ? max : SIZE_MAX / 4 };
}

static bool room(struct buf *b, size_t n)
{
	if (b->full || n > b->max - b->n) {
		b->full = true;
		return false;
	}
	if (n < b->cap - b->n) /* less, not equal: one byte stays for the NUL of buf_get */
		return true;
	size_t cap = b->cap ? b->cap * 2 : 256;
	while (cap < b->n + n + 1)
		cap *= 2;
	if (cap > b->max + 1)
		cap = b->max + 1;
	b->p = arena_grow(b->arena, b->p, b->cap, cap);
	b->cap = cap;
	return true;
}

void buf_add(struct buf *b, const void *p, size_t n)
{
	if (!n || !room(b, n))
		return;
	memcpy(b->p + b->n, p, n);
	b->n += n;
}

bool buf_read(struct buf *b, FILE *f)
{
	char piece[BUF_PIECE];
	for (size_t n; !b->full && (n = fread(piece, 1, sizeof piece, f)) > 0;)
		buf_add(b, piece, n);
	return !ferror(f);
}

void buf_char(struct buf *b, char c)
{
	if (!room(b, 1))
		return;
	b->p[b->n++] = c;
}

void buf_int(struct buf *b, int64_t v)
{
	char t[21];
	size_t i = sizeof t;
	uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;
	do
		t[--i] = (char)('0' + u % 10);
	while (u /= 10);
	if (v < 0)
		t[--i] = '-';
	buf_add(b, t + i, sizeof t - i);
}

void buf_fmt(struct buf *b, const char *fmt, ...)
{
	char t[256];
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(t, sizeof t, fmt, ap);
	va_end(ap);
	if ((size_t)n < sizeof t) {
		buf_add(b, t, (size_t)n);
	} else if (room(b, (size_t)n)) {
		vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
		b->n += (size_t)n;
	}
	va_end(again);
}

struct str buf_get(struct buf *b)
{
	if (!b->p)
		return S("");
	b->p[b->n] = 0;
	return (struct str){ b->p, b->n };
}
