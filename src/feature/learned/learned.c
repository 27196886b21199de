/* Verified learning by thing, day and hour; see learned.h. */
#include "feature/learned/learned.h"
#include "base/clock.h"

enum { DAY_MOST_MS = 2 * 24 * 60 * 60 * 1000 }; /* a day of wall time, credited twice at most: progress.h */

enum err learned_tell(struct ctx *cx, int64_t person_id)
{
	return learned_sql_tell(cx, new_id(cx), person_id, cx->now, NULL);
}

enum err learned_add(struct ctx *cx, int64_t person_id, const char *kind, int64_t thing_id, int64_t course_id, int64_t ms, int64_t at)
{
	struct learned_zone_row of = { .zone = cx->actor.zone };
	if (person_id != cx->actor.person_id || cx->actor.acting != ACTING_SELF)
		TRY(learned_sql_zone(cx, person_id, &of));
	int64_t day = clock_day(of.zone, at);
	int64_t hour = (at + clock_offset(of.zone, at)) % DAY / HOUR;
	TRY(learned_sql_add(cx, person_id, day, hour, str_of(kind), thing_id, course_id, ms, cx->now, NULL));
	TRY(learned_sql_add_day(cx, person_id, day, ms, NULL));
	return learned_tell(cx, person_id);
}

enum err learned_clock(struct ctx *cx, int64_t person_id, int64_t *ret)
{
	struct learned_clock_row r;
	bool found = false;
	TRY(learned_sql_clock(cx, person_id, &r, &found));
	*ret = found ? r.spent_until : NONE;
	return OK;
}

/* By India's days, which only go forward: the newest row holds the latest time, wherever its person is. */
enum err learned_put_clock(struct ctx *cx, int64_t person_id, int64_t spent_until)
{
	return learned_sql_put_clock(cx, person_id, clock_day_in_india(cx->now), spent_until, NULL);
}

enum err learned_take(struct ctx *cx, int64_t person_id, const char *kind, int64_t thing_id, int64_t ms)
{
	struct learned_of_thing_row *r;
	size_t n;
	TRY(learned_sql_of_thing(cx, person_id, str_of(kind), thing_id, &r, &n));
	for (size_t i = 0; i < n && ms > 0; i++) {
		int64_t part = r[i].ms < ms ? r[i].ms : ms;
		ms -= part;
		TRY(learned_sql_take(cx, part, cx->now, person_id, r[i].day, r[i].hour, str_of(kind), thing_id, NULL));
		TRY(learned_sql_take_day(cx, part, person_id, r[i].day, NULL));
	}
	return n ? learned_tell(cx, person_id) : OK;
}

enum err learned_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	TRY(learned_sql_merge_days(cx, kept_id, closed_id, NULL));
	TRY(learned_sql_drop_days(cx, closed_id, NULL));
	TRY(learned_sql_merge_things(cx, kept_id, cx->now, closed_id, NULL));
	TRY(learned_sql_drop_things(cx, closed_id, NULL));
	return learned_tell(cx, kept_id);
}

struct checking {
	learned_wrong_fn *wrong;
	void *arg;
};

static enum err wrong_day(struct ctx *cx, void *arg, const void *row)
{
	const struct checking *c = arg;
	const struct learned_wrong_days_row *r = row;
	(void)cx;
	c->wrong(c->arg, r->person_id, r->day);
	return OK;
}

enum err learned_check(struct ctx *cx, learned_wrong_fn *wrong, void *arg)
{
	struct checking c = { wrong, arg };
	return learned_sql_wrong_days(cx, DAY_MOST_MS, wrong_day, &c);
}
