/* JSON piece by piece; see match_scan.h. */
#include "app/match_scan.h"
#include "base/utf8.h"

enum { DEPTH_MAX = 64 };

enum err scan_fail(const struct scan *s, const char *text)
{
	int64_t line = 1;
	const char *from = s->begin;
	for (const char *p = s->begin; p < s->at; p++)
		if (*p == '\n') {
			line++;
			from = p + 1;
		}
	size_t column = utf8_length((struct str){ from, (size_t)(s->at - from) }) + 1;
	return fail_msg(s->cx, ERR_MALFORMED, str_fmt(s->cx->arena, "line %lld, column %zu", (long long)line, column), text, 0, NULL);
}

char scan_peek(struct scan *s)
{
	while (s->at < s->end && (*s->at == ' ' || *s->at == '\n' || *s->at == '\t' || *s->at == '\r'))
		s->at++;
	return s->at < s->end ? *s->at : 0;
}

enum err scan_take(struct scan *s, char c, const char *otherwise)
{
	if (scan_peek(s) != c)
		return scan_fail(s, s->at == s->end ? N_("the file ends in the middle") : otherwise);
	s->at++;
	return OK;
}

enum err scan_more(struct scan *s, char close, bool first, bool *ret)
{
	char c = scan_peek(s);
	if (c == close) {
		s->at++;
		*ret = false;
		return OK;
	}
	if (!first)
		TRY(scan_take(s, ',', close == ']' ? N_("a comma or ] should stand here") : N_("a comma or } should stand here")));
	*ret = true;
	return OK;
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static unsigned hex_of(const char *p)
{
	unsigned v = 0;
	for (int i = 0; i < 4; i++)
		v = v * 16 + (unsigned)(p[i] <= '9' ? p[i] - '0' : (p[i] | 32) - 'a' + 10);
	return v;
}

/* s->at stands behind the backslash. */
static enum err escape(struct scan *s)
{
	if (s->at < s->end && *s->at != 'u' && *s->at != 0 && strchr("\"\\/bfnrt", *s->at)) {
		s->at++;
		return OK;
	}
	if (s->end - s->at < 5 || *s->at != 'u' || !is_hex(s->at[1]) || !is_hex(s->at[2]) || !is_hex(s->at[3]) || !is_hex(s->at[4]))
		return scan_fail(s, N_("this is no escape of JSON"));
	unsigned v = hex_of(s->at + 1);
	bool pair = s->end - s->at >= 11 && s->at[5] == '\\' && s->at[6] == 'u' && (s->at[7] | 32) == 'd' && strchr("cdefCDEF", s->at[8]) && is_hex(s->at[9]) &&
		    is_hex(s->at[10]);
	if (v == 0 || (v >= 0xdc00 && v < 0xe000) || (v >= 0xd800 && v < 0xdc00 && !pair))
		return scan_fail(s, N_("this escape stands for no character"));
	s->at += v >= 0xd800 && v < 0xdc00 ? 11 : 5;
	return OK;
}

static enum err text(struct scan *s, struct scan_value *ret)
{
	const char *from = s->at++;
	ret->plain = true;
	while (s->at < s->end && *s->at != '"') {
		if ((unsigned char)*s->at < 0x20)
			return scan_fail(s, N_("a text must not hold a line break or another control character"));
		if (*s->at++ != '\\')
			continue;
		ret->plain = false;
		TRY(escape(s));
	}
	TRY(scan_take(s, '"', ""));
	ret->raw = (struct str){ from, (size_t)(s->at - from) };
	return OK;
}

static bool digits(struct scan *s)
{
	const char *from = s->at;
	while (s->at < s->end && *s->at >= '0' && *s->at <= '9')
		s->at++;
	return s->at > from;
}

static enum err number(struct scan *s, struct scan_value *ret)
{
	const char *from = s->at;
	s->at += *s->at == '-';
	const char *first = s->at;
	bool good = digits(s) && (*first != '0' || s->at == first + 1);
	ret->plain = true;
	if (s->at < s->end && *s->at == '.') {
		s->at++;
		ret->plain = false;
		good = digits(s) && good;
	}
	if (s->at < s->end && (*s->at == 'e' || *s->at == 'E')) {
		s->at++;
		s->at += s->at < s->end && (*s->at == '+' || *s->at == '-');
		ret->plain = false;
		good = digits(s) && good;
	}
	if (!good)
		return scan_fail(s, N_("this is no number of JSON"));
	ret->number = true;
	ret->raw = (struct str){ from, (size_t)(s->at - from) };
	return OK;
}

enum err scan_value(struct scan *s, struct scan_value *ret)
{
	char c = scan_peek(s);
	*ret = (struct scan_value){ 0 };
	if (c == '"')
		return text(s, ret);
	if (c == '-' || (c >= '0' && c <= '9'))
		return number(s, ret);
	return s->at == s->end ? scan_fail(s, N_("the file ends in the middle")) : OK;
}

static enum err word_or_value(struct scan *s)
{
	static const struct str words[] = { { "true", 4 }, { "false", 5 }, { "null", 4 } };
	struct scan_value v;
	TRY(scan_value(s, &v));
	for (size_t i = 0; i < 3 && !v.raw.p; i++) {
		if (!str_starts((struct str){ s->at, (size_t)(s->end - s->at) }, words[i]))
			continue;
		s->at += words[i].n;
		return OK;
	}
	return v.raw.p ? OK : scan_fail(s, N_("this is no value of JSON"));
}

static enum err key(struct scan *s)
{
	struct scan_value v;
	if (scan_peek(s) != '"')
		return scan_fail(s, N_("the name of a member should stand here, in quotes"));
	TRY(scan_value(s, &v));
	return scan_take(s, ':', N_("a colon should stand here"));
}

enum err scan_skip(struct scan *s)
{
	char close[DEPTH_MAX];
	size_t depth = 0;
	bool first = false, more = true;
	do {
		if (depth && close[depth - 1] == '}')
			TRY(key(s));
		char c = scan_peek(s);
		first = c == '[' || c == '{';
		if (first && depth == DEPTH_MAX)
			return scan_fail(s, N_("the values are nested too deep"));
		if (first) {
			close[depth++] = c == '[' ? ']' : '}';
			s->at++;
		} else {
			TRY(word_or_value(s));
		}
		for (more = false; depth > 0 && !more; first = false) {
			TRY(scan_more(s, close[depth - 1], first, &more));
			depth -= !more;
		}
	} while (depth > 0);
	return OK;
}

static uint32_t escaped(const char **p)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	char c = *(*p)++;
	if (c != 'u')
		return (unsigned char)to[strchr(from, c) - from];
	unsigned v = hex_of(*p);
	*p += 4;
	if (v < 0xd800 || v >= 0xdc00)
		return v;
	unsigned low = hex_of(*p + 2);
	*p += 6;
	return 0x10000 + ((v - 0xd800) << 10) + (low - 0xdc00);
}

struct str scan_text(struct arena *a, const struct scan_value *v)
{
	struct str inner = str_sub(v->raw, 1, v->raw.n - 1);
	struct buf b;
	if (v->plain)
		return inner;
	buf_init(&b, a, inner.n + 4);
	for (const char *p = inner.p; p < inner.p + inner.n;) {
		if (*p != '\\') {
			buf_char(&b, *p++);
			continue;
		}
		p++;
		utf8_put(&b, escaped(&p));
	}
	return buf_get(&b);
}

/* Up to 19 digits and a small power of ten need no more than one rounding: then the quotient is the nearest double, as strtod's. */
static bool short_number(struct str s, double *ret)
{
	static const double ten[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
	uint64_t v = 0;
	size_t behind = 0;
	bool minus = s.n && s.p[0] == '-', point = false;
	if (s.n > 16)
		return false;
	for (size_t i = minus; i < s.n; i++) {
		if (s.p[i] == '.') {
			point = true;
			continue;
		}
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		v = v * 10 + (uint64_t)(s.p[i] - '0');
		behind += point;
	}
	if (v > UINT64_C(1) << 53)
		return false;
	*ret = (minus ? -1 : 1) * ((double)v / ten[behind]);
	return true;
}

double scan_number(struct arena *a, const struct scan_value *v)
{
	double x;
	if (short_number(v->raw, &x))
		return x;
	struct arena_mark mark = arena_mark(a);
	x = strtod(str_c(a, v->raw), NULL);
	arena_back(a, mark);
	return x;
}
