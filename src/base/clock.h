/* Time: inside UTC milliseconds since 1970 (int64_t), outside the person's zone.
 *
 * Zones are looked up in the system's zone data once and kept (immutable) for the process.
 * An unknown zone name counts as Asia/Kolkata, which itself is +5:30 at all times, and needs no zone data. Day numbers are days since 1970-01-01 in the zone. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H
#include "base/ctx.h"

#define SECOND INT64_C(1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

int64_t clock_now(void);       /* wall clock, UTC ms */
int64_t clock_monotonic(void); /* ns, for durations only */

struct civil {
	int year, month, day;     /* month 1..12 */
	int hour, minute, second;
	int weekday;              /* 0 = Monday */
};
int64_t clock_offset(struct str zone, int64_t ms);       /* ms to add to UTC */
struct civil clock_civil(struct str zone, int64_t ms);
int64_t clock_day(struct str zone, int64_t ms);          /* day number in the zone */
int64_t clock_day_in_india(int64_t ms);                  /* by which postings and dues are counted, wherever the person is */
int64_t clock_day_start(struct str zone, int64_t day);   /* UTC ms of its first moment; of a day that the zone left out: of the next */
int64_t clock_day_of(int year, int month, int day);      /* day number of a date */
struct civil clock_date(int64_t day);                    /* date of a day number */
/* "2026-11-23T07:15:02.123Z"; parse takes any RFC 3339 offset. */
struct str clock_rfc3339(struct arena *a, int64_t ms);
void clock_put_rfc3339(struct buf *b, int64_t ms); /* the same, appended */
bool clock_parse_rfc3339(struct str s, int64_t *ret_ms);
/* "2026-11-23" to a day number; refuses dates that do not exist. */
bool clock_parse_date(struct str s, int64_t *ret_day);
#endif
