/* JSON out; see json.h. */
#include "base/json.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/field.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void before_value(struct json_out *j)
{
	if (j->comma)
		buf_char(j->b, ',');
	j->comma = true;
}

void jw_open(struct json_out *j, char bracket)
{
	before_value(j);
	buf_char(j->b, bracket);
	j->comma = false;
}

void jw_close(struct json_out *j, char bracket)
{
	buf_char(j->b, bracket);
	j->comma = true;
}

/* None of these eight bytes needs an escape. May be wrong about clean bytes beside dirty ones, never about dirty ones. */
static bool eight_clean(const char *p)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), highs = UINT64_C(0x8080808080808080);
	uint64_t v, quote, slash;
	memcpy(&v, p, sizeof v);
	quote = v ^ ones * '"';
	slash = v ^ ones * '\\';
	return !((((v - ones * 0x20) & ~v) | ((quote - ones) & ~quote) | ((slash - ones) & ~slash)) & highs);
}

static void quoted(struct buf *b, struct str s)
{
	static const char hex[] = "0123456789abcdef";
	size_t from = 0;
	buf_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		while (s.n - i > 8 && eight_clean(s.p + i))
			i += 8;
		unsigned char c = (unsigned char)s.p[i];
		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		buf_add(b, s.p + from, i - from);
		from = i + 1;
		if (c == '"' || c == '\\') {
			buf_char(b, '\\');
			buf_char(b, (char)c);
		} else if (c == '\n') {
			buf_lit(b, "\\n");
		} else if (c == '\t') {
			buf_lit(b, "\\t");
		} else {
			buf_lit(b, "\\u00");
			buf_char(b, hex[c >> 4]);
			buf_char(b, hex[c & 15]);
		}
	}
	if (s.n)
		buf_add(b, s.p + from, s.n - from);
	buf_char(b, '"');
}

void jw_key(struct json_out *j, const char *key)
{
	before_value(j);
	quoted(j->b, str_of(key));
	buf_char(j->b, ':');
	j->comma = false;
}

void jw_str(struct json_out *j, struct str s)
{
	if (!s.p) {
		jw_null(j);
		return;
	}
	before_value(j);
	quoted(j->b, s);
}

void jw_int(struct json_out *j, int64_t v)
{
	before_value(j);
	buf_int(j->b, v);
}

void jw_id(struct json_out *j, int64_t v)
{
	if (v == NONE) {
		jw_null(j);
		return;
	}
	before_value(j);
	buf_char(j->b, '"');
	buf_int(j->b, v);
	buf_char(j->b, '"');
}

void jw_real(struct json_out *j, double v)
{
	char t[40];
	if (!isfinite(v)) {
		jw_null(j);
		return;
	}
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(t, sizeof t, "%.*g", digits, v);
		if (strtod(t, NULL) == v)
			break;
	}
	before_value(j);
	buf_add(j->b, t, strlen(t));
}

void jw_bool(struct json_out *j, bool v)
{
	before_value(j);
	buf_str(j->b, v ? S("true") : S("false"));
}

void jw_null(struct json_out *j)
{
	before_value(j);
	buf_lit(j->b, "null");
}

void jw_time(struct json_out *j, int64_t ms)
{
	if (ms == NONE) {
		jw_null(j);
		return;
	}
	before_value(j);
	buf_char(j->b, '"');
	clock_put_rfc3339(j->b, ms);
	buf_char(j->b, '"');
}

void jw_raw(struct json_out *j, struct str s)
{
	before_value(j);
	buf_str(j->b, s);
}
