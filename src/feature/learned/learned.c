/* Verified learning by thing, day and hour; see learned.h. */
#include "feature/learned/learned.h"
#include "base/clock.h"

enum { DAY_MOST_MS = 2 * DAY }; /* a day of wall time, credited twice at most: progress.h */

enum err learned_tell(struct ctx *cx, int64_t person_id)
{
	return learned_sql_tell(cx, new_id(cx), person_id, cx->now, NULL);
}

enum err learned_add(struct ctx *cx, const struct learnt *in)
{
	struct learned_zone_row of = { .zone = cx->actor.zone };
	if (in->person_id != cx->actor.person_id || cx->actor.acting != ACTING_SELF)
		TRY(learned_sql_zone(cx, in->person_id, &of));
	int64_t hour = (in->at + clock_offset(of.zone, in->at)) % DAY / HOUR;
	TRY(learned_sql_add(cx, in->person_id, clock_day(of.zone, in->at), hour, str_of(in->kind), in->thing_id, in->course_id, in->ms, cx->now, in->spent_until, NULL));
	return in->ms ? learned_tell(cx, in->person_id) : OK;
}

/* A mark stands on the day of its person on which it was set, and no zone is a whole day behind UTC: one that is later than `since` stands not before the day before. */
enum err learned_clock(struct ctx *cx, int64_t person_id, int64_t since, int64_t *ret)
{
	struct learned_clock_row r;
	TRY(learned_sql_clock(cx, person_id, since / DAY - 1, &r));
	*ret = r.spent_until != NONE && r.spent_until > since ? r.spent_until : NONE;
	return OK;
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
	}
	return n ? learned_tell(cx, person_id) : OK;
}

/* What two accounts of one person have on a day beyond what one person can have goes, the latest first. */
static enum err cut_day(struct ctx *cx, int64_t person_id, const struct learned_long_days_row *d)
{
	struct learned_of_day_row *r;
	size_t n;
	int64_t more = d->ms - DAY_MOST_MS;
	TRY(learned_sql_of_day(cx, person_id, d->day, &r, &n));
	for (size_t i = 0; i < n && more > 0; i++) {
		int64_t part = r[i].ms < more ? r[i].ms : more;
		more -= part;
		TRY(learned_sql_take(cx, part, cx->now, person_id, d->day, r[i].hour, r[i].kind, r[i].thing_id, NULL));
	}
	return OK;
}

enum err learned_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	struct learned_long_days_row *r;
	size_t n;
	TRY(learned_sql_merge(cx, kept_id, cx->now, closed_id, NULL));
	TRY(learned_sql_drop(cx, closed_id, NULL));
	TRY(learned_sql_long_days(cx, kept_id, DAY_MOST_MS, &r, &n));
	for (size_t i = 0; i < n; i++)
		TRY(cut_day(cx, kept_id, &r[i]));
	return learned_tell(cx, kept_id);
}
