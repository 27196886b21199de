/* Escaping and the forms of figures and times; see html.h. */
#include "web/html.h"
#include "base/clock.h"
#include "web/lang.h"

#include <strings.h>

void html_begin(struct html_out *o, struct ctx *cx, size_t max)
{
	*o = (struct html_out){ .cx = cx };
	buf_init(&o->b, cx->arena, max);
}

/* What stands for a byte in text and in attributes; the same for both, since more escaping does no harm. */
static const char escapes[][8] = { "", "&amp;", "&lt;", "&gt;", "&quot;", "&#39;" };
static const unsigned char escape_of[256] = { ['&'] = 1, ['<'] = 2, ['>'] = 3, ['"'] = 4, ['\''] = 5 };

void html_text(struct html_out *o, struct str s)
{
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char e = escape_of[(unsigned char)s.p[i]];
		if (!e)
			continue;
		buf_add(&o->b, s.p + from, i - from);
		buf_add(&o->b, escapes[e], strlen(escapes[e]));
		from = i + 1;
	}
	if (from < s.n)
		buf_add(&o->b, s.p + from, s.n - from);
}

void html_attr(struct html_out *o, struct str s)
{
	html_text(o, s);
}

/* No scheme, or one of the four; browsers take schemes in capitals too. */
static bool scheme_good(struct str s)
{
	static const char *const good[] = { "http", "https", "mailto", "tel" };
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '/' || c == '?' || c == '#')
			return true;
		if (c != ':')
			continue;
		for (size_t k = 0; k < sizeof good / sizeof *good; k++)
			if (i == strlen(good[k]) && strncasecmp(s.p, good[k], i) == 0)
				return true;
		return false;
	}
	return true;
}

/* White space and control characters are dropped by browsers, so they could hide a scheme. */
static bool url_good(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7f)
			return false;
	return scheme_good(s);
}

void html_url(struct html_out *o, struct str s)
{
	html_text(o, url_good(s) ? s : S("#"));
}

void html_url_check(struct html_out *o, size_t from)
{
	if (o->b.full || o->b.n <= from || url_good((struct str){ o->b.p + from, o->b.n - from }))
		return;
	o->b.n = from;
	buf_char(&o->b, '#');
}

/* RFC 3986, unreserved. */
static bool url_plain(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

void html_url_part(struct html_out *o, struct str s)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (url_plain(c))
			continue;
		if (i > from)
			buf_add(&o->b, s.p + from, i - from);
		buf_add(&o->b, (char[]){ '%', digits[c >> 4], digits[c & 15] }, 3);
		from = i + 1;
	}
	if (from < s.n)
		buf_add(&o->b, s.p + from, s.n - from);
}

/* ── figures ── */

struct str(fmt_plain)(struct ctx *cx, int64_t v)
{
	return v == NONE ? S("") : str_fmt(cx->arena, "%lld", (long long)v);
}

/* The last three digits, then pairs. */
struct str(fmt_number)(struct ctx *cx, int64_t v)
{
	if (v == NONE)
		return S("");
	char t[40];
	size_t at = sizeof t, n = 0;
	uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;
	do {
		if (n == 3 || (n > 3 && n % 2 == 1))
			t[--at] = ',';
		t[--at] = (char)('0' + u % 10);
		n++;
	} while (u /= 10);
	return str_fmt(cx->arena, "%s%.*s", v < 0 ? "−" : "", (int)(sizeof t - at), t + at);
}

static const char *const months[] = { N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"), N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec") };

static struct str date_of(struct ctx *cx, const struct civil *c)
{
	return str_fmt(cx->arena, "%d %s %d", c->day, tr(cx->lang, months[c->month - 1]), c->year);
}

struct str fmt_day(struct ctx *cx, int64_t day)
{
	if (day == NONE)
		return S("");
	struct civil c = clock_date(day);
	return date_of(cx, &c);
}

struct str fmt_date(struct ctx *cx, int64_t ms)
{
	return ms == NONE ? S("") : fmt_day(cx, clock_day(cx->actor.zone, ms));
}

struct str fmt_datetime(struct ctx *cx, int64_t ms)
{
	if (ms == NONE)
		return S("");
	struct civil c = clock_civil(cx->actor.zone, ms);
	return str_fmt(cx->arena, "%s, %02d:%02d", date_of(cx, &c).p, c.hour, c.minute);
}

struct str fmt_isoday(struct ctx *cx, int64_t day)
{
	if (day == NONE)
		return S("");
	struct civil c = clock_date(day);
	return str_fmt(cx->arena, "%04d-%02d-%02d", c.year, c.month, c.day);
}

struct str fmt_isodate(struct ctx *cx, int64_t ms)
{
	return ms == NONE ? S("") : fmt_isoday(cx, clock_day(cx->actor.zone, ms));
}

struct str fmt_clock(struct ctx *cx, int64_t ms)
{
	if (ms == NONE)
		return S("");
	int64_t s = ms / SECOND;
	if (s >= 3600)
		return str_fmt(cx->arena, "%lld:%02lld:%02lld", (long long)s / 3600, (long long)s / 60 % 60, (long long)s % 60);
	return str_fmt(cx->arena, "%lld:%02lld", (long long)s / 60, (long long)s % 60);
}

struct str fmt_minutes(struct ctx *cx, int64_t ms)
{
	if (ms == NONE)
		return S("");
	int64_t m = (ms + MINUTE - 1) / MINUTE;
	const struct msg_arg args[] = { { "h", fmt_number(cx, m / 60) }, { "m", fmt_plain(cx, m % 60) } };
	if (m < 60)
		return msg_text(cx, N_("{m} min"), 2, args);
	return msg_text(cx, m % 60 ? N_("{h} h {m} min") : N_("{h} h"), 2, args);
}

struct str fmt_megabytes(struct ctx *cx, int64_t bytes)
{
	if (bytes == NONE)
		return S("");
	int64_t tenths = bytes / 100000;
	if (tenths < 1)
		return str_of(tr(cx->lang, N_("under 0.1 MB")));
	const struct msg_arg arg = { "n", tenths < 100 ? str_fmt(cx->arena, "%lld.%lld", (long long)tenths / 10, (long long)tenths % 10) : fmt_number(cx, tenths / 10) };
	return msg_text(cx, N_("{n} MB"), 1, &arg);
}

struct str(fmt_percent)(struct ctx *cx, int64_t v)
{
	return v == NONE ? S("") : str_fmt(cx->arena, "%lld%%", (long long)v);
}

struct str fmt_stars(struct ctx *cx, int64_t tenths)
{
	return tenths == NONE ? S("") : str_fmt(cx->arena, "%lld.%lld", (long long)tenths / 10, (long long)tenths % 10);
}

struct str fmt_language(struct ctx *cx, struct str tag)
{
	static const struct {
		const char *tag, *name;
	} languages[] = { { "en", "English" }, { "hi", "हिन्दी" }, { "ta", "தமிழ்" }, { "bn", "বাংলা" }, { "te", "తెలుగు" }, { "mr", "मराठी" } };
	(void)cx;
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
		if (str_is(tag, languages[i].tag))
			return str_of(languages[i].name);
	return tag;
}

#define HTML_OF(name, type)                          \
	void(html_##name)(struct html_out * o, type v) \
	{                                            \
		html_text(o, fmt_##name(o->cx, v));  \
	}
HTML_OF(number, int64_t)
HTML_OF(plain, int64_t)
HTML_OF(date, int64_t)
HTML_OF(day, int64_t)
HTML_OF(datetime, int64_t)
HTML_OF(isodate, int64_t)
HTML_OF(isoday, int64_t)
HTML_OF(clock, int64_t)
HTML_OF(minutes, int64_t)
HTML_OF(megabytes, int64_t)
HTML_OF(percent, int64_t)
HTML_OF(stars, int64_t)
HTML_OF(language, struct str)

void html_picture(struct html_out *o, int64_t id)
{
	/* The high bits: those at the end are the same for ids made one by one. */
	buf_int(&o->b, 1 + (int64_t)((uint64_t)id * UINT64_C(0x9e3779b97f4a7c15) >> 32) % 6);
}
