/* A learning week for tests: making it, learning in it, letting it be counted. */
#ifndef TEST_WEEK_H
#define TEST_WEEK_H
#include "http_test.h"

/* Moves the clock on. */
void pass(struct fixture *f, int64_t ms);
/* Midday of a day in India. */
int64_t noon(int64_t day);
/* "2026-05-01", in a ring of buffers. */
const char *iso(int64_t day);
/* What is due by now is counted. */
void follow(struct fixture *f);
/* A campaign by the API, with a target of half an hour; more: further fields of the JSON. Its id, or 0 where another status than 200 was expected. */
int64_t a_campaign(struct fixture *f, int64_t person_id, int64_t org_id, const char *name, int64_t from_day, int64_t last_day, const char *more, long expected);
/* Verified time in a "resource" (of a course), an "event", a "session" or a "charcha" (course_id NONE). */
void learn(struct fixture *f, int64_t person_id, const char *kind, int64_t thing_id, int64_t course_id, int64_t ms, int64_t at);
/* The same of a resource, in a transaction that began so many ms ago and ends only now. */
void learn_late(struct fixture *f, int64_t person_id, int64_t resource_id, int64_t course_id, int64_t ms, int64_t late);
/* A column of the whole of an organisation. */
int64_t figure(struct fixture *f, int64_t campaign_id, int64_t org_id, const char *column);
/* A number of the person's own page. */
int64_t mine(struct fixture *f, int64_t campaign_id, int64_t person_id, const char *key);
/* New dates for an organisation; the status. */
long set_dates(struct fixture *f, int64_t campaign_id, int64_t person_id, int64_t org_id, int64_t from_day, int64_t last_day);
#endif
