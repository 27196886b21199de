/* Tests of time and zones. Needs the system's zone data. */
#include "base/clock.h"
#include "base/base_check.h"

#include <pthread.h>

static int64_t at(const char *text)
{
	int64_t ms = INT64_MIN;
	if (!clock_parse_rfc3339(str_of(text), &ms)) {
		print_error("not read: %s\n", text);
		assert_true(false);
	}
	return ms;
}

static void expect_wall(const char *zone, const char *utc, const char *wanted)
{
	struct arena *a = arena_new();
	struct civil c = clock_civil(str_of(zone), at(utc));
	expect_str(str_fmt(a, "%04d-%02d-%02d %02d:%02d:%02d %d", c.year, c.month, c.day, c.hour, c.minute, c.second, c.weekday), wanted);
	arena_free(a);
}

static void days_and_dates(void **state)
{
	(void)state;
	assert_int_equal(clock_day_of(1970, 1, 1), 0);
	assert_int_equal(clock_day_of(1969, 12, 31), -1);
	assert_int_equal(clock_day_of(2000, 2, 29), 11016);
	assert_int_equal(clock_day_of(2026, 11, 23), 20780);
	assert_int_equal(clock_date(0).weekday, 3);	/* Thursday */
	assert_int_equal(clock_date(20780).weekday, 0); /* Monday */
	/* Each day follows the one before: 1600 to 2400, all leap rules included. */
	int64_t day = clock_day_of(1600, 1, 1), end = clock_day_of(2400, 1, 1);
	int weekday = 5; /* a Saturday */
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int y = 1600, m = 1, d = 1;
	for (; day < end; day++) {
		struct civil c = clock_date(day);
		if (c.year != y || c.month != m || c.day != d || c.weekday != weekday || clock_day_of(y, m, d) != day || c.hour || c.minute || c.second)
			assert_int_equal(day, INT64_MIN);
		bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
		weekday = (weekday + 1) % 7;
		if (++d > lengths[m - 1] + (m == 2 && leap)) {
			d = 1;
			if (++m > 12) {
				m = 1;
				y++;
			}
		}
	}
	/* No day number and no moment is too far to be answered. */
	clock_date(INT64_MAX);
	clock_date(INT64_MIN);
	clock_civil(S("Asia/Kathmandu"), INT64_MAX);
	clock_civil(S("America/New_York"), INT64_MIN);
	clock_day_start(S("America/New_York"), INT64_MAX);
	clock_day_start(S("America/New_York"), INT64_MIN);
	clock_day(S("Asia/Kolkata"), INT64_MAX);
	clock_offset(S("America/New_York"), INT64_MAX);
}

static void india(void **state)
{
	(void)state;
	struct str zone = S("Asia/Kolkata");
	expect_wall("Asia/Kolkata", "2026-11-22T18:29:59.999Z", "2026-11-22 23:59:59 6");
	expect_wall("Asia/Kolkata", "2026-11-22T18:30:00Z", "2026-11-23 00:00:00 0");
	assert_int_equal(clock_day(zone, at("2026-11-22T18:29:59.999Z")), 20779);
	assert_int_equal(clock_day(zone, at("2026-11-22T18:30:00Z")), 20780);
	assert_int_equal(clock_day_start(zone, 20780), at("2026-11-22T18:30:00Z"));
	assert_int_equal(clock_day(zone, -1), 0);
	assert_int_equal(clock_day(S("UTC"), -1), -1);
	assert_int_equal(clock_offset(S("UTC"), 0), 0);
	/* The old name comes from the zone data and says the same. */
	assert_int_equal(clock_offset(S("Asia/Calcutta"), at("2026-01-01T00:00:00Z")), 330 * MINUTE);
	expect_wall("Asia/Kathmandu", "2026-11-22T18:15:00Z", "2026-11-23 00:00:00 0");
	expect_wall("Asia/Kathmandu", "2026-11-22T18:14:59Z", "2026-11-22 23:59:59 6");
	assert_int_equal(clock_offset(S("Asia/Kathmandu"), at("1980-01-01T00:00:00Z")), 330 * MINUTE); /* before it moved in 1986 */
}

static void summer_time(void **state)
{
	(void)state;
	expect_wall("America/New_York", "2026-03-08T06:59:59Z", "2026-03-08 01:59:59 6");
	expect_wall("America/New_York", "2026-03-08T07:00:00Z", "2026-03-08 03:00:00 6");
	expect_wall("America/New_York", "2026-11-01T05:59:59Z", "2026-11-01 01:59:59 6");
	expect_wall("America/New_York", "2026-11-01T06:00:00Z", "2026-11-01 01:00:00 6");
	struct str zone = S("America/New_York");
	/* Days of 23 and of 25 hours. */
	int64_t spring = clock_day_of(2026, 3, 8), autumn = clock_day_of(2026, 11, 1);
	assert_int_equal(clock_day_start(zone, spring), at("2026-03-08T05:00:00Z"));
	assert_int_equal(clock_day_start(zone, spring + 1) - clock_day_start(zone, spring), 23 * HOUR);
	assert_int_equal(clock_day_start(zone, autumn + 1) - clock_day_start(zone, autumn), 25 * HOUR);
	assert_int_equal(clock_day_start(zone, autumn), at("2026-11-01T04:00:00Z"));
}

/* Behind the last change in the file, the rule at its end. */
static void far_future(void **state)
{
	(void)state;
	expect_wall("America/New_York", "2060-03-14T06:59:59Z", "2060-03-14 01:59:59 6");
	expect_wall("America/New_York", "2060-03-14T07:00:00Z", "2060-03-14 03:00:00 6");
	expect_wall("America/New_York", "2060-11-07T05:59:59Z", "2060-11-07 01:59:59 6");
	expect_wall("America/New_York", "2060-11-07T06:00:00Z", "2060-11-07 01:00:00 6");
	expect_wall("America/New_York", "2060-12-31T23:00:00Z", "2060-12-31 18:00:00 4");
	expect_wall("Europe/London", "2061-07-01T12:00:00Z", "2061-07-01 13:00:00 4");
	expect_wall("Europe/London", "2061-03-27T00:59:59Z", "2061-03-27 00:59:59 6"); /* the last Sunday */
	expect_wall("Europe/London", "2061-03-27T01:00:00Z", "2061-03-27 02:00:00 6");
	expect_wall("Europe/Dublin", "2061-07-01T12:00:00Z", "2061-07-01 13:00:00 4"); /* where winter is the exception */
	expect_wall("Europe/Dublin", "2061-01-01T12:00:00Z", "2061-01-01 12:00:00 5");
	expect_wall("Australia/Sydney", "2061-01-01T12:00:00Z", "2061-01-01 23:00:00 5"); /* summer over the turn of the year */
	expect_wall("Australia/Sydney", "2061-07-01T12:00:00Z", "2061-07-01 22:00:00 4");
	expect_wall("Asia/Kathmandu", "2061-07-01T12:00:00Z", "2061-07-01 17:45:00 4");
	expect_wall("Asia/Tehran", "2061-07-01T12:00:00Z", "2061-07-01 15:30:00 4");
}

static void midnights(void **state)
{
	(void)state;
	/* Midnight that does not exist: the day begins at one o'clock. */
	assert_int_equal(clock_day_start(S("America/Sao_Paulo"), clock_day_of(2018, 11, 4)), at("2018-11-04T03:00:00Z"));
	/* Midnight that comes twice: the first of them. */
	assert_int_equal(clock_day_start(S("America/Havana"), clock_day_of(2026, 11, 1)), at("2026-11-01T04:00:00Z"));
	/* The clock goes back from midnight into the day before: the day begins an hour later. */
	assert_int_equal(clock_day_start(S("America/Sao_Paulo"), clock_day_of(2018, 2, 18)), at("2018-02-18T03:00:00Z"));
	/* A day that a country left out: where the next one begins. */
	assert_int_equal(clock_day_start(S("Pacific/Apia"), clock_day_of(2011, 12, 30)), at("2011-12-30T10:00:00Z"));
	assert_int_equal(clock_day_start(S("Pacific/Apia"), clock_day_of(2011, 12, 31)), at("2011-12-30T10:00:00Z"));
	/* For every day of many years: its first moment is in it, the moment before is not. */
	static const char *const zones[] = {"UTC",	     "Asia/Kolkata", "Asia/Kathmandu",	    "America/New_York",	 "America/Sao_Paulo", "America/Havana",
					    "Europe/London", "Asia/Beirut",  "Australia/Lord_Howe", "Pacific/Kiritimati"};
	for (size_t i = 0; i < COUNT(zones); i++) {
		struct str zone = str_of(zones[i]);
		for (int64_t day = clock_day_of(2000, 1, 1), end = clock_day_of(2050, 1, 1); day < end; day++) {
			int64_t start = clock_day_start(zone, day);
			if (clock_day(zone, start) != day || clock_day(zone, start - 1) >= day) {
				print_error("%s, day %lld\n", zones[i], (long long)day);
				assert_true(false);
			}
		}
	}
}

static void unknown_zones(void **state)
{
	(void)state;
	static const char *const names[] = {
	    "",
	    "Nowhere/City",
	    "Asia",
	    "Asia/",
	    "/etc/passwd",
	    "../../../etc/passwd",
	    "Asia/../UTC",
	    "Asia//Tokyo",
	    "Asia/Kolkata ",
	    "asia/\xe0\xa4\x95",
	    "zone.tab",
	    "tzdata.zi",
	    "right/America/New_York",
	    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	};
	for (size_t i = 0; i < COUNT(names); i++)
		assert_int_equal(clock_offset(str_of(names[i]), 0), 330 * MINUTE);
	assert_int_equal(clock_offset(STR_NONE, 0), 330 * MINUTE);
	assert_int_equal(clock_offset(S("Asia/Tokyo\0"), 0), 330 * MINUTE);
	/* However many wrong names were asked for, right ones are still found. */
	struct arena *a = arena_new();
	for (int i = 0; i < 500; i++)
		assert_int_equal(clock_offset(str_fmt(a, "Nowhere/%d", i), 0), 330 * MINUTE);
	assert_int_equal(clock_offset(S("Asia/Tokyo"), 0), 9 * HOUR);
	assert_int_equal(clock_offset(str_sub(S("Asia/Tokyo!"), 0, 10), 0), 9 * HOUR);
	assert_int_equal(clock_offset(S("Etc/GMT+5"), 0), -5 * HOUR);
	arena_free(a);
}

/* libc reads the same files by its own means and must agree, in the past and where the rules of the files apply. */
static void as_libc_says(void **state)
{
	(void)state;
	static const char *const zones[] = {"America/New_York", "Europe/Dublin",    "Europe/London",   "Australia/Sydney",  "Australia/Lord_Howe",
					    "America/Havana",	"America/Santiago", "America/Nuuk",    "Africa/Casablanca", "Africa/Cairo",
					    "Asia/Gaza",	"Asia/Jerusalem",   "Asia/Kathmandu",  "Asia/Tehran",	    "Asia/Tokyo",
					    "Asia/Dhaka",	"Pacific/Apia",	    "Pacific/Chatham", "Asia/Calcutta"};
	for (size_t i = 0; i < COUNT(zones); i++) {
		setenv("TZ", zones[i], 1);
		tzset();
		/* From 1900 to 2090, 25 hours and a bit at a time. */
		for (int64_t s = INT64_C(-2208988800); s < INT64_C(3786912000); s += 91237) {
			time_t t = (time_t)s;
			struct tm tm;
			localtime_r(&t, &tm);
			if (clock_offset(str_of(zones[i]), s * 1000) != tm.tm_gmtoff * SECOND) {
				print_error("%s at %lld: %lld, libc %ld\n", zones[i], (long long)s,
					    (long long)(clock_offset(str_of(zones[i]), s * 1000) / 1000), tm.tm_gmtoff);
				assert_true(false);
			}
		}
	}
	unsetenv("TZ");
	tzset();
}

static void *ask(void *p)
{
	static const char *const zones[] = {"Europe/Paris", "Europe/Berlin", "Europe/Rome", "Asia/Dubai", "Asia/Singapore", "Africa/Nairobi"};
	int64_t *sum = p;
	for (size_t i = 0; i < 6000; i++)
		*sum += clock_offset(str_of(zones[i % COUNT(zones)]), 1767225600000);
	return NULL;
}

static void zones_from_threads(void **state)
{
	(void)state;
	pthread_t threads[4];
	int64_t sums[4] = {0};
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, ask, &sums[i]), 0);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	for (int i = 0; i < 4; i++)
		assert_int_equal(sums[i], 1000 * (1 + 1 + 1 + 4 + 8 + 3) * HOUR);
}

static void rfc3339(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	static const char *const same[] = {"1970-01-01T00:00:00.000Z", "2026-11-23T07:15:02.123Z", "1969-12-31T23:59:59.999Z",
					   "2024-02-29T12:00:00.001Z", "0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"};
	for (size_t i = 0; i < COUNT(same); i++)
		expect_str(clock_rfc3339(a, at(same[i])), same[i]);
	for (int64_t ms = -5000000000000; ms < 5000000000000; ms += 9876543211) {
		int64_t back;
		assert_true(clock_parse_rfc3339(clock_rfc3339(a, ms), &back));
		assert_true(back == ms);
	}
	static const char *const forms[] = {"2026-11-23T07:15:02Z",
					    "2026-11-23t07:15:02z",
					    "2026-11-23T12:45:02+05:30",
					    "2026-11-23T02:15:02-05:00",
					    "2026-11-23T07:15:02-00:00",
					    "2026-11-23T07:15:02.0Z",
					    "2026-11-23T07:15:02.000999999999999999999Z",
					    "2026-11-24T07:14:02+23:59"};
	for (size_t i = 0; i < COUNT(forms); i++)
		assert_true(at(forms[i]) == 1795418102000);
	assert_true(at("2026-11-23T07:15:02.5Z") == 1795418102500);
	assert_true(at("2026-11-23T07:15:02.12+05:30") == 1795418102120 - 330 * MINUTE);
	static const char *const bad[] = {
	    "",
	    "2026",
	    "2026-11-23",
	    "2026-11-23T07:15:02",
	    "2026-11-23 07:15:02Z",
	    "2026-11-23T07:15Z",
	    "2026-11-23T24:00:00Z",
	    "2026-11-23T07:60:00Z",
	    "2026-11-23T07:15:61Z",
	    "2026-13-01T00:00:00Z",
	    "2026-00-01T00:00:00Z",
	    "2026-02-29T00:00:00Z",
	    "2026-02-30T00:00:00Z",
	    "2026-01-00T00:00:00Z",
	    "2026-01-32T00:00:00Z",
	    "0000-01-01T00:00:00Z",
	    "2026-11-23T07:15:02.Z",
	    "2026-11-23T07:15:02,5Z",
	    "2026-11-23T07:15:02+0530",
	    "2026-11-23T07:15:02+05",
	    "2026-11-23T07:15:02+24:00",
	    "2026-11-23T07:15:02+05:60",
	    "2026-11-23T07:15:02Zx",
	    "2026-11-23T07:15:02ZZ",
	    "-026-11-23T07:15:02Z",
	    "2026-11-23T07:15:0 Z",
	    "2026/11/23T07:15:02Z",
	    "2026-11-23T07-15-02Z",
	    "+2026-11-23T07:15:02Z",
	    "2026-11-23T07:15:02.5",
	};
	for (size_t i = 0; i < COUNT(bad); i++) {
		int64_t ms = 99;
		if (clock_parse_rfc3339(str_of(bad[i]), &ms) || ms != 99) {
			print_error("read: %s\n", bad[i]);
			assert_true(false);
		}
	}
	int64_t ms;
	assert_false(clock_parse_rfc3339(STR_NONE, &ms));
	/* Beyond the four digits of RFC 3339 it is still a text, and the ends of int64_t do no harm. */
	assert_true(clock_rfc3339(a, INT64_MAX).n > 0 && clock_rfc3339(a, INT64_MIN + 1).n > 0);
	arena_free(a);
}

static void dates(void **state)
{
	(void)state;
	int64_t day = 99;
	assert_true(clock_parse_date(S("2026-11-23"), &day) && day == 20780);
	assert_true(clock_parse_date(S("2024-02-29"), &day) && day == clock_day_of(2024, 2, 29));
	assert_true(clock_parse_date(S("2000-02-29"), &day));
	assert_true(clock_parse_date(S("1970-01-01"), &day) && day == 0);
	day = 99;
	static const char *const bad[] = {"",		"2026-11-2",  "2026-11-233", "2026-02-29", "1900-02-29", "2100-02-29", "2026-04-31", "2026-13-01",
					  "2026-00-10", "2026-01-00", "26-11-23",    "2026/11/23", "2026-1-023", " 2026-11-2", "0000-01-01", "2026-11-2\xe0"};
	for (size_t i = 0; i < COUNT(bad); i++) {
		assert_false(clock_parse_date(str_of(bad[i]), &day));
		assert_int_equal(day, 99);
	}
	assert_false(clock_parse_date(STR_NONE, &day));
}

static void now(void **state)
{
	(void)state;
	int64_t wall = clock_now();
	assert_true(wall > at("2025-01-01T00:00:00Z") && wall < at("2200-01-01T00:00:00Z"));
	int64_t first = clock_monotonic(), second = clock_monotonic();
	assert_true(first > 0 && second >= first);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(days_and_dates), cmocka_unit_test(india),	       cmocka_unit_test(summer_time),  cmocka_unit_test(far_future),
	    cmocka_unit_test(midnights),      cmocka_unit_test(unknown_zones), cmocka_unit_test(as_libc_says), cmocka_unit_test(zones_from_threads),
	    cmocka_unit_test(rfc3339),	      cmocka_unit_test(dates),	       cmocka_unit_test(now),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
