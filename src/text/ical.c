/* iCalendar, written; see ical.h. */
#include "text/ical.h"
#include "base/clock.h"

/* 2025-01-01T00:00:00Z in milliseconds. */
#define SEQUENCE_BEGIN INT64_C(1735689600000)

/* A line while it is written: how many octets its present piece has. */
struct ical_line {
	struct buf *b;
	size_t n;
};

/* n octets that stay together. */
static void put(struct ical_line *l, const char *p, size_t n)
{
	if (l->n + n > ICAL_LINE) {
		buf_lit(l->b, "\r\n ");
		l->n = 1;
	}
	buf_add(l->b, p, n);
	l->n += n;
}

static void end_line(struct ical_line *l)
{
	buf_lit(l->b, "\r\n");
	l->n = 0;
}

static void put_all(struct ical_line *l, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		put(l, s.p + i, 1);
}

/* Octets of the character that begins here. */
static size_t length_at(struct str s, size_t i)
{
	unsigned char c = (unsigned char)s.p[i];
	size_t n = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1;
	return i + n <= s.n ? n : s.n - i;
}

/* RFC 5545, 3.3.11. */
static void put_text(struct ical_line *l, struct str s)
{
	for (size_t i = 0, n; i < s.n; i += n) {
		char c = s.p[i];
		n = length_at(s, i);
		if (c == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
			continue;
		if (c == '\\' || c == ';' || c == ',')
			put(l, (const char[]){ '\\', c }, 2);
		else if (c == '\n' || c == '\r')
			put(l, "\\n", 2);
		else if ((unsigned char)c < ' ' || c == 0x7f)
			put(l, " ", 1);
		else
			put(l, s.p + i, n);
	}
}

static void text_line(struct buf *b, const char *name, struct str value)
{
	struct ical_line l = { .b = b };
	if (!value.n)
		return;
	put_all(&l, str_of(name));
	put(&l, ":", 1);
	put_text(&l, value);
	end_line(&l);
}

static void plain_line(struct buf *b, const char *name, struct str value)
{
	struct ical_line l = { .b = b };
	put_all(&l, str_of(name));
	put(&l, ":", 1);
	put_all(&l, value);
	end_line(&l);
}

/* Left out when it holds what no address holds (RFC 3986). */
static void address_line(struct buf *b, const char *name, struct str address)
{
	for (size_t i = 0; i < address.n; i++) {
		unsigned char c = (unsigned char)address.p[i];
		if (c <= ' ' || c >= 0x7f || c == '"' || c == '<' || c == '>')
			return;
	}
	if (address.n)
		plain_line(b, name, address);
}

/* ── times ── */

static void put_date(char *ret, size_t n, int64_t day)
{
	struct civil c = clock_date(day);
	snprintf(ret, n, "%04d%02d%02d", c.year, c.month, c.day);
}

static void date_line(struct buf *b, const char *name, int64_t day)
{
	char t[40];
	put_date(t, sizeof t, day);
	plain_line(b, name, str_of(t));
}

static void time_line(struct buf *b, const char *name, int64_t ms)
{
	char t[60], date[40];
	int64_t day = (ms >= 0 ? ms : ms - (DAY - 1)) / DAY;
	int s = (int)((ms - day * DAY) / SECOND);
	put_date(date, sizeof date, day);
	snprintf(t, sizeof t, "%sT%02d%02d%02dZ", date, s / 3600, s / 60 % 60, s % 60);
	plain_line(b, name, str_of(t));
}

/* ── a calendar ── */

void ical_begin(struct buf *b, const struct ical *c)
{
	char refresh[40];
	snprintf(refresh, sizeof refresh, "PT%lldM", (long long)c->refresh_minutes);
	buf_lit(b, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Karmayogi//Calendar//EN\r\nCALSCALE:GREGORIAN\r\n");
	text_line(b, c->lang.n && str_is(c->lang, "hi") ? "NAME;LANGUAGE=hi" : "NAME;LANGUAGE=en", c->name);
	text_line(b, "X-WR-CALNAME", c->name); /* what programs read that are older than RFC 7986 */
	address_line(b, "URL", c->page);
	plain_line(b, "REFRESH-INTERVAL;VALUE=DURATION", str_of(refresh));
	plain_line(b, "X-PUBLISHED-TTL", str_of(refresh));
}

static void put_when(struct buf *b, const struct ical_entry *e)
{
	if (e->day != NONE) {
		date_line(b, "DTSTART;VALUE=DATE", e->day);
		date_line(b, "DTEND;VALUE=DATE", e->day + 1);
		return;
	}
	time_line(b, "DTSTART", e->starts_at);
	if (e->ends_at > e->starts_at)
		time_line(b, "DTEND", e->ends_at);
}

void ical_put(struct buf *b, const struct ical_entry *e)
{
	char sequence[30];
	int64_t s = (e->changed_at - SEQUENCE_BEGIN) / SECOND;
	snprintf(sequence, sizeof sequence, "%lld", (long long)(s < 0 ? 0 : s > INT32_MAX ? INT32_MAX : s));
	buf_lit(b, "BEGIN:VEVENT\r\n");
	text_line(b, "UID", e->uid);
	time_line(b, "DTSTAMP", e->changed_at);
	time_line(b, "LAST-MODIFIED", e->changed_at);
	plain_line(b, "SEQUENCE", str_of(sequence));
	put_when(b, e);
	text_line(b, "SUMMARY", e->title);
	text_line(b, "LOCATION", e->place);
	text_line(b, "DESCRIPTION", e->words);
	address_line(b, "URL", e->page);
	address_line(b, "CONFERENCE;VALUE=URI;FEATURE=VIDEO", e->meeting);
	plain_line(b, "STATUS", e->cancelled ? S("CANCELLED") : S("CONFIRMED"));
	plain_line(b, "TRANSP", e->free || e->cancelled ? S("TRANSPARENT") : S("OPAQUE"));
	buf_lit(b, "END:VEVENT\r\n");
}

void ical_end(struct buf *b)
{
	buf_lit(b, "END:VCALENDAR\r\n");
}
