/* Time and zones; see clock.h. Civil dates after Howard Hinnant's days_from_civil (public domain algorithm). */
#include "base/clock.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { ZONE_FILE_MAX = 65536, ZONE_NAME_MAX = 60, INDIA = 5 * 3600 + 1800 };
static const int64_t day_seconds = 86400;
/* Days beyond these have no 64-bit milliseconds. */
static const int64_t day_max = INT64_MAX / DAY - 2;

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int64_t within(int64_t v, int64_t limit)
{
	return v > limit ? limit : v < -limit ? -limit : v;
}

int64_t clock_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t clock_monotonic(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* ── zones: read once, never changed afterwards ── */

/* One day of change in the rule that ends a zone file: Mm.w.d, Jn or n, and the second of that day. */
struct change {
	char kind; /* 'M', 'J', or '0' for n counted from 0 with leap days */
	int month, week, day;
	int32_t second;
};
struct zone {
	struct zone *before;
	char name[ZONE_NAME_MAX];
	size_t n;           /* transitions */
	int64_t *at;        /* seconds */
	int32_t *offset;    /* after each transition */
	int32_t first;      /* before the first one */
	bool has_rule;      /* after the last one summer time goes on as in `rule` */
	int32_t standard, summer;
	struct change to_summer, to_standard;
};
/* The one writable word of the floor: a list that only grows at its head; what it holds is immutable. So readers need no lock.
 * Only zones that exist come in, hence it is no longer than the system's zone data. */
static _Atomic(struct zone *) zones;

static uint64_t big(const unsigned char *p, size_t n)
{
	uint64_t v = 0;
	for (size_t i = 0; i < n; i++)
		v = v << 8 | p[i];
	return v;
}

/* ── the rule at the end of the file: POSIX TZ, "EST5EDT,M3.2.0,M11.1.0" ── */

static bool eat(struct str *s, char c)
{
	if (!s->n || s->p[0] != c)
		return false;
	*s = str_sub(*s, 1, s->n);
	return true;
}

/* A number of one to three digits up to max. */
static bool eat_number(struct str *s, int max, int *ret)
{
	int v = 0;
	size_t i = 0;
	for (; i < 3 && i < s->n && s->p[i] >= '0' && s->p[i] <= '9'; i++)
		v = v * 10 + s->p[i] - '0';
	if (!i || v > max)
		return false;
	*s = str_sub(*s, i, s->n);
	*ret = v;
	return true;
}

/* [+-]h[:m[:s]] in seconds. */
static bool eat_hours(struct str *s, int32_t *ret)
{
	bool minus = eat(s, '-');
	int h, m = 0, sec = 0;
	if (!minus)
		eat(s, '+');
	if (!eat_number(s, 167, &h) || (eat(s, ':') && (!eat_number(s, 59, &m) || (eat(s, ':') && !eat_number(s, 59, &sec)))))
		return false;
	int32_t v = h * 3600 + m * 60 + sec;
	*ret = minus ? -v : v;
	return true;
}

static bool eat_name(struct str *s)
{
	bool quoted = eat(s, '<');
	size_t i = 0;
	while (i < s->n && (quoted ? s->p[i] != '>' : (s->p[i] >= 'A' && s->p[i] <= 'Z') || (s->p[i] >= 'a' && s->p[i] <= 'z')))
		i++;
	*s = str_sub(*s, i, s->n);
	return i >= 3 && (!quoted || eat(s, '>'));
}

static bool eat_change(struct str *s, struct change *ret)
{
	struct change c = { .kind = '0', .second = 2 * 3600 };
	if (eat(s, 'M')) {
		c.kind = 'M';
		if (!eat_number(s, 12, &c.month) || !eat(s, '.') || !eat_number(s, 5, &c.week) || !eat(s, '.') || !eat_number(s, 6, &c.day) || !c.month || !c.week)
			return false;
	} else {
		if (eat(s, 'J'))
			c.kind = 'J';
		if (!eat_number(s, 365, &c.day) || (c.kind == 'J' && !c.day))
			return false;
	}
	if (eat(s, '/') && !eat_hours(s, &c.second))
		return false;
	*ret = c;
	return true;
}

/* A rule that is not understood is none: the last offset stays. POSIX counts hours to the west. */
static void rule_parse(struct zone *z, struct str s)
{
	int32_t west;
	if (!eat_name(&s) || !eat_hours(&s, &west))
		return;
	z->standard = -west;
	z->summer = z->standard + 3600;
	if (!eat_name(&s))
		return;
	if (s.n && s.p[0] != ',') {
		if (!eat_hours(&s, &west))
			return;
		z->summer = -west;
	}
	z->has_rule = eat(&s, ',') && eat_change(&s, &z->to_summer) && eat(&s, ',') && eat_change(&s, &z->to_standard) && !s.n;
}

/* The second of that year at which the change happens, as the wall shows it before the change. */
static int64_t change_at(const struct change *c, int year)
{
	int64_t day;
	if (c->kind == 'M') {
		day = clock_day_of(year, c->month, 1);
		int weekday = (clock_date(day).weekday + 1) % 7; /* 0 = Sunday */
		day += (c->day - weekday + 7) % 7 + 7 * (c->week - 1);
		if (c->week == 5 && clock_date(day).month != c->month)
			day -= 7;
	} else if (c->kind == 'J') {
		bool leap = clock_day_of(year, 3, 1) - clock_day_of(year, 2, 1) == 29;
		day = clock_day_of(year, 1, 1) + c->day - 1 + (leap && c->day >= 60);
	} else {
		day = clock_day_of(year, 1, 1) + c->day;
	}
	return day * day_seconds + c->second;
}

static int32_t rule_at(const struct zone *z, int64_t s, int64_t *ret_until)
{
	int year = clock_date(floor_div(s, day_seconds)).year;
	int64_t last = INT64_MIN;
	int32_t offset = z->standard;
	*ret_until = INT64_MAX;
	/* Six changes around the moment: the latest before it holds, the earliest behind it ends that. */
	for (int y = year - 1; y <= year + 1; y++) {
		const int64_t at[2] = { change_at(&z->to_summer, y) - z->standard, change_at(&z->to_standard, y) - z->summer };
		for (int i = 0; i < 2; i++) {
			if (at[i] <= s && at[i] >= last) {
				last = at[i];
				offset = i ? z->standard : z->summer;
			} else if (at[i] > s && at[i] < *ret_until) {
				*ret_until = at[i];
			}
		}
	}
	return offset;
}

/* Seconds to add to UTC at second s, and until when (behind s) that holds. */
static int32_t zone_at(const struct zone *z, int64_t s, int64_t *ret_until)
{
	size_t low = 0, high = z->n; /* number of transitions at or before s */
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (z->at[mid] <= s)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == z->n && z->has_rule)
		return rule_at(z, s, ret_until);
	*ret_until = low < z->n ? z->at[low] : INT64_MAX;
	return low ? z->offset[low - 1] : z->first;
}

/* ── the file: RFC 8536, of which the second block holds 64-bit times ── */

enum { HEADER = 44, TRANSITIONS_MAX = 5000 };

static bool zone_parse(struct zone *z, const unsigned char *p, size_t n)
{
	size_t times, types, size;
	for (int pass = 0;; pass++) {
		if (n < HEADER || memcmp(p, "TZif", 4) != 0 || p[4] < '2')
			return false;
		size_t c[6];
		for (size_t i = 0; i < 6; i++)
			c[i] = (size_t)big(p + 20 + 4 * i, 4);
		size_t ut = c[0], std = c[1], leaps = c[2], letters = c[5], width = pass ? 8 : 4;
		times = c[3];
		types = c[4];
		/* A file with leap seconds ("right/…") counts another time than ours. */
		if (times > TRANSITIONS_MAX || !types || types > 256 || leaps || ut > 256 || std > 256 || letters > 4096)
			return false;
		size = HEADER + times * width + times + types * 6 + letters + std + ut;
		if (size > n)
			return false;
		if (pass)
			break;
		p += size;
		n -= size;
	}
	const unsigned char *at = p + HEADER, *kinds = at + 8 * times, *offsets = kinds + times;
	z->at = calloc(times + 1, sizeof *z->at);
	z->offset = calloc(times + 1, sizeof *z->offset);
	BUG_IF(!z->at || !z->offset);
	z->n = times;
	z->first = (int32_t)big(offsets, 4);
	for (size_t i = 0; i < times; i++) {
		z->at[i] = (int64_t)big(at + 8 * i, 8);
		if (kinds[i] >= types || (i && z->at[i] <= z->at[i - 1]))
			return false;
		z->offset[i] = (int32_t)big(offsets + 6 * (size_t)kinds[i], 4);
	}
	struct str footer = { (const char *)p + size, n - size }, rule;
	if (eat(&footer, '\n') && str_cut(&footer, '\n', &rule))
		rule_parse(z, rule);
	return true;
}

/* Letters, digits, _ + - and single slashes between them: no way out of the folder, and one spelling for each file. */
static bool name_good(struct str name)
{
	char last = '/';
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '+' || c == '-' || (c == '/' && last != '/');
		if (!good)
			return false;
		last = c;
	}
	return name.n < ZONE_NAME_MAX && last != '/';
}

static void zone_free(struct zone *z)
{
	free(z->at);
	free(z->offset);
	free(z);
}

/* NULL when there is no such zone. */
static struct zone *zone_load(struct str name)
{
	char path[128];
	unsigned char bytes[ZONE_FILE_MAX];
	size_t n = 0;
	snprintf(path, sizeof path, "/usr/share/zoneinfo/%.*s", STR_ARG(name));
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	for (ssize_t k; n < sizeof bytes && (k = read(fd, bytes + n, sizeof bytes - n)) > 0;)
		n += (size_t)k;
	close(fd);
	struct zone *z = calloc(1, sizeof *z);
	BUG_IF(!z);
	memcpy(z->name, name.p, name.n);
	if (zone_parse(z, bytes, n))
		return z;
	zone_free(z);
	return NULL;
}

static const struct zone *zone_among(const struct zone *z, struct str name)
{
	while (z && !str_is(name, z->name))
		z = z->before;
	return z;
}

static const struct zone *zone_of(struct str name)
{
	if (!name_good(name))
		return NULL;
	struct zone *head = atomic_load(&zones);
	const struct zone *found = zone_among(head, name);
	if (found)
		return found;
	struct zone *z = zone_load(name);
	if (!z)
		return NULL;
	do {
		found = zone_among(head, name); /* another thread was faster */
		if (found) {
			zone_free(z);
			return found;
		}
		z->before = head;
	} while (!atomic_compare_exchange_weak(&zones, &head, z));
	return z;
}

/* Zones that need no looking up, and unknown ones: true and the offset. Else false and the zone. */
static bool zone_fixed(struct str name, int32_t *ret_offset, const struct zone **ret_zone)
{
	*ret_offset = INDIA;
	if (name.n == 0 || str_eq(name, S("Asia/Kolkata")))
		return true;
	if (str_eq(name, S("UTC"))) {
		*ret_offset = 0;
		return true;
	}
	*ret_zone = zone_of(name);
	return !*ret_zone;
}

int64_t clock_offset(struct str zone, int64_t ms)
{
	const struct zone *z;
	int32_t fixed;
	int64_t until;
	if (zone_fixed(zone, &fixed, &z))
		return fixed * SECOND;
	return zone_at(z, floor_div(ms, SECOND), &until) * SECOND;
}

/* ── days and dates ── */

int64_t clock_day_of(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - INT64_C(1) : year;
	int64_t era = floor_div(y, 400), yoe = y - era * 400;
	int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

struct civil clock_date(int64_t day)
{
	day = within(day, day_max);
	int64_t z = day + 719468, era = floor_div(z, 146097), doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	struct civil c = { .day = (int)(doy - (153 * mp + 2) / 5 + 1), .month = (int)(mp < 10 ? mp + 3 : mp - 9) };
	c.year = (int)(yoe + era * 400 + (c.month <= 2));
	c.weekday = (int)((day + 3) - floor_div(day + 3, 7) * 7);
	return c;
}

/* Milliseconds of the clock on the wall there. */
static int64_t local_ms(struct str zone, int64_t ms)
{
	ms = within(ms, day_max * DAY);
	return ms + clock_offset(zone, ms);
}

int64_t clock_day(struct str zone, int64_t ms)
{
	return floor_div(local_ms(zone, ms), DAY);
}

int64_t clock_day_in_india(int64_t ms)
{
	return clock_day(S("Asia/Kolkata"), ms);
}

int64_t clock_day_start(struct str zone, int64_t day)
{
	const struct zone *z;
	int32_t fixed;
	day = within(day, day_max);
	if (zone_fixed(zone, &fixed, &z))
		return day * DAY - fixed * SECOND;
	/* Midnight may come twice or not at all: walk over the stretches of equal offset, from a moment when the day has begun nowhere,
	 * to the first moment at which the wall shows midnight or later. */
	int64_t midnight = day * day_seconds, from = midnight - 26 * 3600;
	for (;;) {
		int64_t until, at = midnight - zone_at(z, from, &until);
		if (at < from)
			at = from;
		if (at < until)
			return at * SECOND;
		from = until;
	}
}

struct civil clock_civil(struct str zone, int64_t ms)
{
	int64_t local = local_ms(zone, ms), day = floor_div(local, DAY), rest = (local - day * DAY) / SECOND;
	struct civil c = clock_date(day);
	c.hour = (int)(rest / 3600);
	c.minute = (int)(rest / 60 % 60);
	c.second = (int)(rest % 60);
	return c;
}

/* ── RFC 3339 ── */

/* Writes v as n digits with zeros in front. */
static char *put_digits(char *p, int v, int n, char behind)
{
	for (int i = n - 1; i >= 0; i--, v /= 10)
		p[i] = (char)('0' + v % 10);
	p[n] = behind;
	return p + n + 1;
}

/* The longest: "-292277022-01-27T08:29:52.192Z". By hand, since lists of JSON are full of times. */
enum { RFC3339_MAX = 48 };
static size_t rfc3339(char t[RFC3339_MAX], int64_t ms)
{
	ms = within(ms, day_max * DAY);
	struct civil c = clock_civil(S("UTC"), ms);
	char *p = t;
	if (c.year >= 0 && c.year <= 9999)
		p = put_digits(p, c.year, 4, '-');
	else
		p += snprintf(t, RFC3339_MAX, "%04d-", c.year); /* outside RFC 3339, but readable in a log */
	p = put_digits(p, c.month, 2, '-');
	p = put_digits(p, c.day, 2, 'T');
	p = put_digits(p, c.hour, 2, ':');
	p = put_digits(p, c.minute, 2, ':');
	p = put_digits(p, c.second, 2, '.');
	p = put_digits(p, (int)(ms - floor_div(ms, SECOND) * SECOND), 3, 'Z');
	return (size_t)(p - t);
}

struct str clock_rfc3339(struct arena *a, int64_t ms)
{
	char t[RFC3339_MAX];
	size_t n = rfc3339(t, ms);
	return str_dup(a, (struct str){ t, n });
}

void clock_put_rfc3339(struct buf *b, int64_t ms)
{
	char t[RFC3339_MAX];
	size_t n = rfc3339(t, ms);
	buf_add(b, t, n);
}

/* `n` digits at s[from]; -1 when they are not all digits. */
static int digits(struct str s, size_t from, size_t n)
{
	int v = 0;
	if (from + n > s.n)
		return -1;
	for (size_t i = from; i < from + n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return -1;
		v = v * 10 + s.p[i] - '0';
	}
	return v;
}

bool clock_parse_date(struct str s, int64_t *ret_day)
{
	int y = digits(s, 0, 4), m = digits(s, 5, 2), d = digits(s, 8, 2);
	if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-' || y < 1 || m < 1 || d < 1)
		return false;
	int64_t day = clock_day_of(y, m, d);
	struct civil back = clock_date(day);
	if (back.year != y || back.month != m || back.day != d)
		return false;
	*ret_day = day;
	return true;
}

static bool parse_offset(struct str s, int64_t *ret_ms)
{
	if (s.n == 1 && (s.p[0] == 'Z' || s.p[0] == 'z')) {
		*ret_ms = 0;
		return true;
	}
	int h = digits(s, 1, 2), m = digits(s, 4, 2);
	if (s.n != 6 || (s.p[0] != '+' && s.p[0] != '-') || s.p[3] != ':' || h < 0 || h > 23 || m < 0 || m > 59)
		return false;
	*ret_ms = (s.p[0] == '-' ? -1 : 1) * (h * HOUR + m * MINUTE);
	return true;
}

bool clock_parse_rfc3339(struct str s, int64_t *ret_ms)
{
	int64_t day, offset;
	int h = digits(s, 11, 2), m = digits(s, 14, 2), sec = digits(s, 17, 2), thousandth = 0, scale = 100;
	if (s.n < 20 || !clock_parse_date(str_sub(s, 0, 10), &day) || (s.p[10] != 'T' && s.p[10] != 't') || s.p[13] != ':' || s.p[16] != ':' || h < 0 ||
	    h > 23 || m < 0 || m > 59 || sec < 0 || sec > 59)
		return false;
	size_t i = 19;
	if (s.p[i] == '.') {
		for (i++; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++, scale /= 10)
			thousandth += (s.p[i] - '0') * scale;
		if (i == 20)
			return false;
	}
	if (!parse_offset(str_sub(s, i, s.n), &offset))
		return false;
	*ret_ms = day * DAY + h * HOUR + m * MINUTE + sec * SECOND + thousandth - offset;
	return true;
}
