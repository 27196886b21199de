/* The ledger of Karma Points: rules of a day, giving, looking through, joined accounts; see karma.h. */
#include "feature/karma/karma.h"
#include "base/clock.h"

static const struct {
	const char *slug, *name;
} codes[KARMA_CODES] = {
#define RULE(code, points, monthly_most, less_a_month, least_share, text) [KARMA_##code] = { #code, text },
#include "feature/karma/karma_rule.def"
#undef RULE
};

const char *karma_name(enum karma_code code)
{
	return codes[code].name;
}

struct str karma_slug(enum karma_code code)
{
	return str_of(codes[code].slug);
}

enum karma_code karma_code_of(struct str slug)
{
	for (enum karma_code c = 0; c < KARMA_CODES; c++)
		if (str_is(slug, codes[c].slug))
			return c;
	return KARMA_CODES;
}

enum err karma_rates(struct ctx *cx, int64_t day, struct karma_rate rates[static KARMA_CODES])
{
	static const struct karma_rate published[KARMA_CODES] = {
#define RULE(code, points, monthly_most, less_a_month, least_share, text) [KARMA_##code] = { points, monthly_most, less_a_month, least_share },
#include "feature/karma/karma_rule.def"
#undef RULE
	};
	struct karma_rules_row *r;
	size_t n;
	memcpy(rates, published, sizeof published);
	TRY(karma_sql_rules(cx, &r, &n));
	for (size_t i = 0; i < n; i++) { /* in the order of from_day: the last that fits stands */
		enum karma_code code = karma_code_of(r[i].code);
		if (code != KARMA_CODES && r[i].from_day <= day)
			rates[code] = (struct karma_rate){ r[i].points, r[i].monthly_most, r[i].less_a_month, r[i].least_share };
	}
	return OK;
}

enum err karma_rule_set(struct ctx *cx, const struct karma_rule_set *in)
{
	if (in->from_day < clock_day_in_india(cx->now))
		return fail(cx, ERR_INVALID, "from_day", N_("A rule begins today or later: what was given stays what it was worth."));
	return karma_sql_rule_add(cx, new_id(cx), karma_slug(in->code), in->from_day, in->rate.points, in->rate.monthly_most, in->rate.less_a_month,
				  in->rate.least_share, in->reason, cx->actor.person_id, cx->now, NULL);
}

/* ── giving ── */

static enum err give(struct ctx *cx, int64_t person_id, int64_t thing_id, int64_t at, const struct karma_award *a)
{
	return karma_sql_give(cx, person_id, karma_slug(a->code), thing_id, a->points, str_of(a->why), a->months, at, cx->now, NULL);
}

/* What has no more to it than having happened. */
static enum err give_plain(struct ctx *cx, int64_t person_id, enum karma_code code, int64_t thing_id, int64_t at)
{
	struct karma_rate rates[KARMA_CODES];
	TRY(karma_rates(cx, clock_day_in_india(at), rates));
	return give(cx, person_id, thing_id, at, &(struct karma_award){ code, rates[code].points, 0, "" });
}

/* Other courses: looked at again for its test, a course has been paid for itself. */
static enum err paid_in_month(struct ctx *cx, int64_t person_id, int64_t course_id, int64_t at, int64_t *ret)
{
	static const struct str zone = { "Asia/Kolkata", 12 };
	struct civil day = clock_civil(zone, at);
	int64_t from = clock_day_start(zone, clock_day_of(day.year, day.month, 1));
	int64_t until = clock_day_start(zone, day.month == 12 ? clock_day_of(day.year + 1, 1, 1) : clock_day_of(day.year, day.month + 1, 1));
	struct karma_paid_between_row r;
	TRY(karma_sql_paid_between(cx, person_id, course_id, from, until, &r));
	*ret = r.n;
	return OK;
}

/* Verified time in a course; exact only below the share (per cent) that is asked for: time in groups stands among all that somebody ever learnt. */
static enum err learnt_in(struct ctx *cx, int64_t person_id, int64_t course_id, int64_t course_ms, int64_t share, int64_t *ret)
{
	struct karma_covered_row alone;
	struct karma_learnt_row all;
	TRY(karma_sql_covered(cx, person_id, course_id, &alone));
	*ret = alone.ms;
	if (alone.ms * 100 >= course_ms * share)
		return OK;
	TRY(karma_sql_learnt(cx, person_id, course_id, &all));
	*ret = all.ms;
	return OK;
}

static int64_t greatest_share(const struct karma_rate *rates)
{
	int64_t most = rates[KARMA_course].least_share;
	most = rates[KARMA_course_test].least_share > most ? rates[KARMA_course_test].least_share : most;
	return rates[KARMA_course_plan].least_share > most ? rates[KARMA_course_plan].least_share : most;
}

static enum err give_course(struct ctx *cx, int64_t person_id, int64_t course_id)
{
	struct karma_completion_row r;
	struct karma_rate rates[KARMA_CODES];
	struct karma_award awards[3];
	bool found = false;
	TRY(karma_sql_completion(cx, person_id, course_id, &r, &found));
	if (!found)
		return OK;
	struct karma_completion c = {
		.day = clock_day_in_india(r.completed_at), .due_day = r.due_day, .tested = r.tested_at != NONE, .course_ms = r.course_ms
	};
	TRY(karma_rates(cx, c.day, rates));
	TRY(learnt_in(cx, person_id, course_id, r.course_ms, greatest_share(rates), &c.learnt_ms));
	TRY(paid_in_month(cx, person_id, course_id, r.completed_at, &c.paid_in_month));
	size_t n = karma_of_course(rates, &c, awards);
	for (size_t i = 0; i < n; i++)
		TRY(give(cx, person_id, course_id, r.completed_at, &awards[i]));
	return OK;
}

static enum err give_rating(struct ctx *cx, int64_t person_id, int64_t course_id)
{
	struct karma_rating_row r;
	struct karma_rate rates[KARMA_CODES];
	int64_t learnt, share;
	bool found = false;
	TRY(karma_sql_rating(cx, person_id, course_id, &r, &found));
	if (!found)
		return OK;
	TRY(karma_rates(cx, clock_day_in_india(r.rated_at), rates));
	share = rates[KARMA_rating].least_share;
	TRY(learnt_in(cx, person_id, course_id, r.course_ms, share, &learnt));
	if (learnt * 100 < r.course_ms * share)
		return OK;
	return give(cx, person_id, course_id, r.rated_at, &(struct karma_award){ KARMA_rating, rates[KARMA_rating].points, 0, "" });
}

static enum err give_event(struct ctx *cx, int64_t person_id, int64_t event_id)
{
	struct karma_event_row r;
	bool found = false;
	TRY(karma_sql_event(cx, event_id, person_id, &r, &found));
	return found ? give_plain(cx, person_id, KARMA_event, event_id, r.done_at) : OK;
}

static enum err give_programme(struct ctx *cx, int64_t person_id, int64_t batch_id)
{
	struct karma_programme_row r;
	bool found = false;
	TRY(karma_sql_programme(cx, batch_id, person_id, &r, &found));
	return found ? give_plain(cx, person_id, KARMA_programme, batch_id, r.at) : OK;
}

static enum err give_beginning(struct ctx *cx, int64_t person_id)
{
	struct karma_first_enrolment_row first;
	struct karma_registered_row made;
	bool found = false;
	TRY(karma_sql_first_enrolment(cx, person_id, &first, &found));
	if (found)
		TRY(give_plain(cx, person_id, KARMA_first_enrolment, 0, first.enrolled_at));
	TRY(karma_sql_registered(cx, person_id, &made, &found));
	return found ? give_plain(cx, person_id, KARMA_registered, 0, made.created_at) : OK;
}

static int64_t thing_of(const struct fact *f, const char *name)
{
	int64_t id = NONE;
	for (size_t i = 0; i < f->n_more; i++)
		if (strcmp(f->more[i].name, name) == 0 && f->more[i].value.p && !str_int(f->more[i].value, &id))
			return NONE;
	return id;
}

enum err karma_heard(struct ctx *cx, const struct fact *f)
{
	int64_t course_id = thing_of(f, "course_id");
	switch (f->kind) {
	case FACT_enrolment_made: return give_beginning(cx, f->person_id);
	case FACT_enrolment_completed:
	case FACT_course_assigned: /* of what is completed already */ return course_id == NONE ? OK : give_course(cx, f->person_id, course_id);
	case FACT_course_rated: return give_rating(cx, f->person_id, course_id);
	case FACT_event_attended: return give_event(cx, f->person_id, thing_of(f, "event_id"));
	case FACT_programme_completed: return give_programme(cx, f->person_id, thing_of(f, "batch_id"));
	default: return OK;
	}
}

enum err karma_settle(struct ctx *cx, int64_t person_id)
{
	struct karma_courses_of_row *course;
	struct karma_ratings_of_row *rating;
	struct karma_events_of_row *event;
	struct karma_programmes_of_row *programme;
	size_t n;
	TRY(give_beginning(cx, person_id));
	TRY(karma_sql_courses_of(cx, person_id, &course, &n));
	for (size_t i = 0; i < n; i++)
		TRY(give_course(cx, person_id, course[i].course_id));
	TRY(karma_sql_ratings_of(cx, person_id, &rating, &n));
	for (size_t i = 0; i < n; i++)
		TRY(give_rating(cx, person_id, rating[i].course_id));
	TRY(karma_sql_events_of(cx, person_id, &event, &n));
	for (size_t i = 0; i < n; i++)
		TRY(give_event(cx, person_id, event[i].event_id));
	TRY(karma_sql_programmes_of(cx, person_id, &programme, &n));
	for (size_t i = 0; i < n; i++)
		TRY(give_programme(cx, person_id, programme[i].batch_id));
	return OK;
}

enum err karma_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	TRY(karma_sql_merge_entries(cx, kept_id, closed_id, NULL));
	TRY(karma_sql_drop_entries(cx, closed_id, NULL));
	TRY(karma_sql_drop_leagues(cx, closed_id, NULL));
	return karma_sql_show(cx, closed_id, NULL);
}

struct checking {
	karma_wrong_fn *wrong;
	void *arg;
};

static enum err wrong_entry(struct ctx *cx, void *arg, const void *row)
{
	const struct checking *c = arg;
	const struct karma_wrong_row *r = row;
	(void)cx;
	c->wrong(c->arg, r->person_id, r->thing_id);
	return OK;
}

enum err karma_check(struct ctx *cx, karma_wrong_fn *wrong, void *arg)
{
	struct checking c = { wrong, arg };
	return karma_sql_wrong(cx, wrong_entry, &c);
}
