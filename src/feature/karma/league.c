/* Weekly claps, and boards of groups of similar size; see karma.h. */
#include "base/clock.h"
#include "feature/karma/karma.h"
#include "feature/person/person.h"

enum { LOOK_BACK_WEEKS = 104, ACTIVE_DAYS = 28, KEEP_WEEKS = 8 };

int64_t karma_monday(int64_t day)
{
	return day - (day + 3) % 7; /* day 0, 1970-01-01, was a Thursday */
}

enum err karma_claps(struct ctx *cx, int64_t person_id, struct claps *ret)
{
	int64_t week[LOOK_BACK_WEEKS] = { 0 }, this_monday = karma_monday(person_today(cx)), run = 0;
	struct karma_days_row *d;
	size_t n;
	*ret = (struct claps){ 0 };
	TRY(karma_sql_days(cx, person_id, this_monday - 7 * (LOOK_BACK_WEEKS - 1), &d, &n));
	for (size_t i = 0; i < n; i++) {
		int64_t back = (this_monday - karma_monday(d[i].day)) / 7;
		if (back >= 0 && back < LOOK_BACK_WEEKS)
			week[back] += d[i].ms;
	}
	for (int i = 0; i < CLAP_WEEKS; i++) {
		ret->week[i] = week[i];
		ret->monday[i] = this_monday - 7 * i;
	}
	for (int i = LOOK_BACK_WEEKS - 1; i >= 0; i--) {
		bool clap = week[i] >= CLAP_MINUTES * MINUTE;
		if (clap)
			run++;
		else if (i > 0) /* this week may still become one */
			run = 0;
		if (run > ret->longest)
			ret->longest = run;
	}
	ret->streak = run;
	return OK;
}

enum err karma_hide(struct ctx *cx, bool hidden)
{
	return hidden ? karma_sql_hide(cx, cx->actor.person_id, cx->now, NULL) : karma_sql_show(cx, cx->actor.person_id, NULL);
}

/* ── boards ── */

static enum err fill(struct ctx *cx, int64_t org_id, int64_t week)
{
	struct karma_active_row active;
	TRY(karma_sql_active(cx, org_id, week - ACTIVE_DAYS, &active));
	if (active.n < LEAGUE_LEAST)
		return OK;
	return karma_sql_league_fill(cx, week, org_id, (active.n + LEAGUE_MOST - 1) / LEAGUE_MOST, active.n, week - ACTIVE_DAYS, NULL);
}

enum err karma_leagues_now(struct ctx *cx, int64_t day)
{
	struct karma_next_department_row next;
	int64_t week = karma_monday(day);
	bool found = true;
	for (int64_t after = 0; found; after = next.id) {
		TRY(karma_sql_next_department(cx, after, &next, &found));
		if (found)
			TRY(fill(cx, next.id, week));
	}
	return OK;
}

/* One department a step; the cursor is the last one done. Boards of a week that has some are whole. */
static enum err leagues_step(struct ctx *cx, struct job *j)
{
	struct karma_next_department_row next;
	struct karma_any_league_row any;
	bool found = false;
	int64_t week = karma_monday(clock_day_in_india(cx->now)), after = 0;
	if (j->at.p)
		BUG_IF(!str_int(j->at, &after));
	else {
		TRY(karma_sql_any_league(cx, week, &any, &found));
		if (found) {
			j->ended = true;
			return OK;
		}
		TRY(karma_sql_league_drop(cx, week - 7 * KEEP_WEEKS, NULL));
	}
	TRY(karma_sql_next_department(cx, after, &next, &found));
	if (!found) {
		j->ended = true;
		return OK;
	}
	j->at = str_fmt(cx->arena, "%lld", (long long)next.id);
	return fill(cx, next.id, week);
}

const struct job_kind karma_jobs[] = {
	{ .name = "karma.leagues", .title = N_("Making the boards of the week"), .step = leagues_step, .every = HOUR },
	{ .name = NULL },
};
