/* Time and zones; see clock.h. Civil dates after Howard Hinnant's days_from_civil (public domain algorithm). */
#include "base/clock.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { ZONES_MAX = 64, ZONE_FILE_MAX = 65536, INDIA = 5 * 3600 + 1800 };

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

struct zone {
	char name[64];
	size_t n;           /* transitions */
	int64_t *at;        /* seconds */
	int32_t *offset;    /* after each transition */
	int32_t first;      /* before the first one */
};
/* The one writable table of the floor: grows under the lock, entries are immutable. */
static struct zone *zones[ZONES_MAX];
static size_t n_zones;
static pthread_mutex_t zones_lock = PTHREAD_MUTEX_INITIALIZER;

static int64_t big(const unsigned char *p, size_t n)
{
	uint64_t v = p[0] & 0x80 ? UINT64_MAX : 0;
	for (size_t i = 0; i < n; i++)
		v = v << 8 | p[i];
	return (int64_t)v;
}

/* RFC 8536: the second block of a version 2+ file holds 64-bit times. */
static bool zone_parse(struct zone *z, const unsigned char *p, size_t n)
{
	if (n < 44 || memcmp(p, "TZif", 4) != 0 || p[4] < '2')
		return false;
	size_t c[6];
	for (int pass = 0;; pass++) {
		for (size_t i = 0; i < 6; i++)
			c[i] = (size_t)big(p + 20 + 4 * i, 4);
		size_t time = pass ? 8 : 4, size = 44 + c[3] * time + c[3] + c[4] * 6 + c[5] + c[2] * (time + 4) + c[1] + c[0];
		if (c[3] > 5000 || c[4] == 0 || c[4] > 256 || size > n)
			return false;
		if (pass)
			break;
		p += size;
		n -= size;
		if (n < 44 || memcmp(p, "TZif", 4) != 0)
			return false;
	}
	const unsigned char *times = p + 44, *kinds = times + 8 * c[3], *types = kinds + c[3];
	z->n = c[3];
	z->at = calloc(z->n + 1, sizeof *z->at);
	z->offset = calloc(z->n + 1, sizeof *z->offset);
	BUG_IF(!z->at || !z->offset);
	z->first = (int32_t)big(types, 4);
	for (size_t i = 0; i < z->n; i++) {
		z->at[i] = big(times + 8 * i, 8);
		z->offset[i] = (int32_t)big(types + 6 * (size_t)(kinds[i] < c[4] ? kinds[i] : 0), 4);
	}
	return true;
}

static bool name_good(struct str name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '+' || c == '-' || c == '/';
		if (!good)
			return false;
	}
	return name.n && name.n < 60 && name.p[0] != '/';
}

static struct zone *zone_load(struct str name)
{
	char path[128];
	unsigned char bytes[ZONE_FILE_MAX];
	struct zone *z = calloc(1, sizeof *z);
	BUG_IF(!z);
	memcpy(z->name, name.p, name.n);
	z->first = INDIA;
	snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", z->name);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, bytes, sizeof bytes) : -1;
	if (fd >= 0)
		close(fd);
	if (n > 0)
		zone_parse(z, bytes, (size_t)n);
	return z;
}

static const struct zone *zone_of(struct str name)
{
	if (!name_good(name))
		return NULL;
	const struct zone *found = NULL;
	pthread_mutex_lock(&zones_lock);
	for (size_t i = 0; i < n_zones && !found; i++)
		if (str_is(name, zones[i]->name))
			found = zones[i];
	if (!found && n_zones < ZONES_MAX)
		found = zones[n_zones++] = zone_load(name);
	pthread_mutex_unlock(&zones_lock);
	return found;
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int64_t clock_offset(struct str zone, int64_t ms)
{
	if (zone.n == 0 || str_is(zone, "Asia/Kolkata"))
		return INDIA * SECOND;
	if (str_is(zone, "UTC"))
		return 0;
	const struct zone *z = zone_of(zone);
	if (!z)
		return INDIA * SECOND;
	int64_t s = floor_div(ms, 1000);
	size_t low = 0, high = z->n; /* number of transitions at or before s */
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (z->at[mid] <= s)
			low = mid + 1;
		else
			high = mid;
	}
	return (low ? z->offset[low - 1] : z->first) * SECOND;
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
	int64_t z = day + 719468, era = floor_div(z, 146097), doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	struct civil c = { .day = (int)(doy - (153 * mp + 2) / 5 + 1), .month = (int)(mp < 10 ? mp + 3 : mp - 9) };
	c.year = (int)(yoe + era * 400 + (c.month <= 2));
	c.weekday = (int)((day + 3) - floor_div(day + 3, 7) * 7);
	return c;
}

int64_t clock_day(struct str zone, int64_t ms)
{
	return floor_div(ms + clock_offset(zone, ms), DAY);
}

int64_t clock_day_start(struct str zone, int64_t day)
{
	int64_t guess = day * DAY - clock_offset(zone, day * DAY);
	return day * DAY - clock_offset(zone, guess);
}

struct civil clock_civil(struct str zone, int64_t ms)
{
	int64_t local = ms + clock_offset(zone, ms), day = floor_div(local, DAY), rest = (local - day * DAY) / SECOND;
	struct civil c = clock_date(day);
	c.hour = (int)(rest / 3600);
	c.minute = (int)(rest / 60 % 60);
	c.second = (int)(rest % 60);
	return c;
}

struct str clock_rfc3339(struct arena *a, int64_t ms)
{
	struct civil c = clock_civil(S("UTC"), ms);
	return str_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", c.year, c.month, c.day, c.hour, c.minute, c.second, (int)(ms - floor_div(ms, 1000) * 1000));
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
