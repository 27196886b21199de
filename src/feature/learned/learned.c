/* Verified learning by thing, day and hour; see learned.h. */
#include "feature/learned/learned.h"
#include "base/clock.h"

enum { DAY_MOST_MS = 2 * 24 * 60 * 60 * 1000 }; /* a day of wall time, credited twice at most: progress.h */

static enum err place_of(struct ctx *cx, int64_t person_id, int64_t at, int64_t *ret_day, int64_t *ret_hour)
{
	struct learned_zone_row of = { .zone = cx->actor.zone };
	if (person_id != cx->actor.person_id || cx->actor.acting != ACTING_SELF)
		TRY(learned_sql_zone(cx, person_id, &of));
	*ret_day = clock_day(of.zone, at);
	*ret_hour = (at + clock_offset(of.zone, at)) % DAY / HOUR;
	return OK;
}

enum err learned_add(struct ctx *cx, int64_t person_id, const char *kind, int64_t thing_id, int64_t course_id, int64_t ms, int64_t at)
{
	int64_t day, hour;
	TRY(place_of(cx, person_id, at, &day, &hour));
	TRY(learned_sql_add(cx, person_id, day, hour, str_of(kind), thing_id, course_id, ms, cx->now, NULL));
	return learned_sql_add_day(cx, person_id, day, ms, NULL);
}

enum err learned_take_back(struct ctx *cx, int64_t person_id, const char *kind, int64_t thing_id, int64_t ms, int64_t at)
{
	struct learned_there_row there;
	int64_t day, hour;
	bool found = false;
	TRY(place_of(cx, person_id, at, &day, &hour));
	TRY(learned_sql_there(cx, person_id, day, hour, str_of(kind), thing_id, &there, &found));
	if (found && there.ms < ms)
		ms = there.ms;
	if (!found || !ms)
		return OK;
	TRY(learned_sql_take(cx, ms, cx->now, person_id, day, hour, str_of(kind), thing_id, NULL));
	return learned_sql_take_day(cx, ms, person_id, day, NULL);
}

enum err learned_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	TRY(learned_sql_merge_days(cx, kept_id, closed_id, NULL));
	TRY(learned_sql_drop_days(cx, closed_id, NULL));
	TRY(learned_sql_merge_things(cx, kept_id, cx->now, closed_id, NULL));
	return learned_sql_drop_things(cx, closed_id, NULL);
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
