/* Home: what must I do, where did I stop, what next. Seven statements at most, whatever stands on the page. */
#include "base/clock.h"
#include "base/utf8.h"
#include "feature/enrolment/enrolment.h"
#include "feature/home/home_page.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "feature/progress/progress.h"
#include "home_html.h"
#include "home_sql.h"
#include "recommendation_sql.h"
#include "web/action.h"
#include "web/lang.h"

enum { NEXT_MOST = 6, ANSWERS_DAYS = 30, BAR_DAYS = 7, BAR_FOOT = 38, BAR_TALLEST = 36 };

static int64_t percent_of(int64_t done, int64_t needed)
{
	if (done == NONE || needed <= 0)
		return 0;
	return done >= needed ? 100 : done * 100 / needed;
}

/* ── who, and the figures of the year ── */

static struct str greeting(struct ctx *cx, struct str name)
{
	int hour = clock_civil(cx->actor.zone, cx->now).hour;
	const struct msg_arg arg = { "name", name };
	const char *text = hour < 4 ? N_("Good evening, {name}") : hour < 12 ? N_("Good morning, {name}") : hour < 17 ? N_("Good afternoon, {name}") : N_("Good evening, {name}");
	return msg_text(cx, text, 1, &arg);
}

static enum err facts(struct ctx *cx, struct home_page *v)
{
	struct str zone = cx->actor.zone;
	int64_t year_day = clock_day_of(clock_civil(zone, cx->now).year, 1, 1);
	struct home_facts_row r;
	TRY(home_sql_facts(cx, clock_day_start(zone, year_day), year_day, person_today(cx), cx->actor.person_id, &r));
	v->greeting = greeting(cx, r.name);
	v->designation = org_name(cx, r.designation_en, r.designation_hi);
	v->org = org_name(cx, r.org_en, r.org_hi);
	v->completed = r.completed;
	v->learned_ms = r.learned_ms;
	v->certificates = r.certificates;
	return OK;
}

/* ── what must I do ── */

static enum err must(struct ctx *cx, struct home_page *v)
{
	struct home_must_row *r;
	int64_t today = person_today(cx);
	TRY(home_sql_must(cx, cx->actor.person_id, &r, &v->n_must));
	v->must = ARENA_ARRAY(cx->arena, struct must_item, v->n_must);
	for (size_t i = 0; i < v->n_must; i++)
		v->must[i] = (struct must_item){
			.course_id = r[i].course_id,
			.ms = r[i].ms,
			.bytes = r[i].bytes,
			.percent = percent_of(r[i].resources_done, r[i].needed),
			.title = r[i].title,
			.lang = r[i].lang,
			.kind = r[i].kind,
			.reason = r[i].reason,
			.assigned_by = r[i].assigned_by,
			.begun = r[i].last_resource_id != NONE || (r[i].resources_done != NONE && r[i].resources_done > 0),
			.due = due_of(r[i].due_day, today),
		};
	return OK;
}

/* ── where did I stop ── */

static enum err resume(struct ctx *cx, struct home_page *v)
{
	struct home_resume_row r;
	TRY(home_sql_resume(cx, cx->actor.person_id, &r, &v->has_resume));
	if (!v->has_resume)
		return OK;
	bool media = str_is(r.resource_kind, "video") || str_is(r.resource_kind, "audio");
	v->resume = (struct resume_item){
		.course_id = r.course_id,
		.resource_id = r.resource_id,
		.number = r.number,
		.needed = r.needed,
		.position_ms = r.position_ms,
		.resource_ms = r.resource_ms,
		.percent = percent_of(r.resources_done, r.needed),
		.left_ms = r.left_ms,
		.bytes = r.bytes,
		.title = r.title,
		.lang = r.lang,
		.resource = r.resource,
		.timed = media && r.position_ms != NONE && r.position_ms >= SECOND,
		.begun = r.last_resource_id != NONE || r.resources_done > 0,
	};
	return OK;
}

/* ── what next ── */

/* Already on this page, above, or in this list: a course may be recommended more than once; the first kind counts. */
static bool on_page(const struct home_page *v, int64_t course_id)
{
	bool found = v->has_resume && v->resume.course_id == course_id;
	for (size_t i = 0; i < v->n_must; i++)
		found = found || v->must[i].course_id == course_id;
	for (size_t i = 0; i < v->n_next; i++)
		found = found || v->next[i].course_id == course_id;
	return found;
}

static enum err next(struct ctx *cx, struct home_page *v)
{
	struct recommendation_for_person_row *r;
	size_t n;
	TRY(recommendation_sql_for_person(cx, cx->actor.person_id, person_today(cx), &r, &n));
	v->next = ARENA_ARRAY(cx->arena, struct next_item, NEXT_MOST);
	for (size_t i = 0; i < n && v->n_next < NEXT_MOST; i++)
		if (!str_is(r[i].state, "completed") && !on_page(v, r[i].course_id))
			v->next[v->n_next++] = (struct next_item){
				.course_id = r[i].course_id,
				.ms = r[i].ms,
				.bytes = r[i].bytes,
				.title = r[i].title,
				.lang = r[i].lang,
				.kind = r[i].kind,
				.reason = org_name(cx, r[i].reason_en, r[i].reason_hi),
				.active = str_is(r[i].state, "active"),
			};
	return OK;
}

/* ── what others said ── */

static enum err reminders(struct ctx *cx, struct home_page *v)
{
	struct home_reminders_row *r;
	TRY(home_sql_reminders(cx, cx->actor.person_id, &r, &v->n_reminders));
	v->reminders = ARENA_ARRAY(cx->arena, struct reminder_item, v->n_reminders);
	for (size_t i = 0; i < v->n_reminders; i++)
		v->reminders[i] = (struct reminder_item){ r[i].id, r[i].course_id, r[i].sent_at, r[i].title, r[i].lang, r[i].sent_by, r[i].note };
	return OK;
}

static enum err answers(struct ctx *cx, struct home_page *v)
{
	struct home_answers_row *r;
	TRY(home_sql_answers(cx, cx->actor.person_id, cx->now - ANSWERS_DAYS * DAY, &r, &v->n_answers));
	v->answers = ARENA_ARRAY(cx->arena, struct answer_item, v->n_answers);
	for (size_t i = 0; i < v->n_answers; i++)
		v->answers[i] = (struct answer_item){ r[i].resource_id, r[i].answered_at, r[i].title, r[i].course, r[i].lang, r[i].answer,
						      str_is(r[i].state, "credited") };
	return OK;
}

/* ── the last seven days ── */

static const char *const weekdays[BAR_DAYS] = { N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday") };

/* The letters under a bar: as much of the day's name as fits, so that every language brings its own. */
static struct str letters(struct ctx *cx, int weekday)
{
	return utf8_prefix(str_of(tr(cx->lang, weekdays[weekday])), cx->lang == LANG_EN ? 1 : 2);
}

static void draw_bars(struct ctx *cx, struct home_page *v, const int64_t *ms, int64_t first_day)
{
	struct buf words;
	int64_t most = 30 * MINUTE; /* a short day is not drawn as a tall one only because the others are empty */
	buf_init(&words, cx->arena, 4000);
	buf_str(&words, str_of(tr(cx->lang, N_("Verified learning by day:"))));
	for (int i = 0; i < BAR_DAYS; i++)
		most = ms[i] > most ? ms[i] : most;
	for (int i = 0; i < BAR_DAYS; i++) {
		int weekday = (int)((first_day + i + 3) % 7); /* day 0 was a Thursday */
		int64_t height = ms[i] ? 2 + ms[i] * (BAR_TALLEST - 2) / most : 2;
		v->bars[i] = (struct day_bar){ .x = 2 + 20 * i, .y = BAR_FOOT - height, .height = height, .middle = 10 + 20 * i, .letters = letters(cx, weekday),
					       .fill = ms[i] ? S("fill-leaf") : S("fill-line") };
		buf_fmt(&words, "%s %s %s", i ? "," : "", tr(cx->lang, weekdays[weekday]), fmt_minutes(cx, ms[i]).p);
		v->week_ms += ms[i];
	}
	v->n_bars = BAR_DAYS;
	v->bars_text = buf_get(&words);
}

static enum err week(struct ctx *cx, struct home_page *v)
{
	int64_t first = clock_day(cx->actor.zone, cx->now) - (BAR_DAYS - 1), ms[BAR_DAYS] = { 0 };
	struct progress_days_row *r;
	size_t n;
	TRY(progress_sql_days(cx, cx->actor.person_id, first, &r, &n));
	for (size_t i = 0; i < n; i++)
		if (r[i].day >= first && r[i].day < first + BAR_DAYS)
			ms[r[i].day - first] += r[i].ms;
	draw_bars(cx, v, ms, first);
	return OK;
}

/* ── actions ── */

/* Who acts for somebody has work to do for the team or the organisation; the home page is the other's own. */
static enum err home_of_delegate(struct ctx *cx, struct answer *a)
{
	unsigned roles = 0;
	TRY(access_roles(cx, &roles));
	a->then = roles & R_SUPERVISOR_ANY ? S("/team") : (roles & (R_MDO_ADMIN | R_OPERATOR)) || cx->actor.custom ? S("/orgs") : S("/provider");
	return OK;
}

static enum err home_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct home_page *v = ARENA_NEW(cx->arena, struct home_page);
	(void)input;
	(void)state;
	if (cx->actor.acting == ACTING_DELEGATE)
		return home_of_delegate(cx, a);
	TRY(facts(cx, v));
	TRY(must(cx, v));
	TRY(resume(cx, v));
	TRY(next(cx, v)); /* leaves out what stands above */
	TRY(reminders(cx, v));
	TRY(answers(cx, v));
	TRY(week(cx, v));
	a->view = v;
	a->nav = NAV_HOME;
	ANSWER_TITLE(cx, a, N_("Home"));
	return OK;
}

struct put_away {
	int64_t nudge_id;
};
static const struct field put_away_in[] = { FIELD(put_away, nudge_id, F_ID, .must = true), FIELD_END };

static enum err put_away_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct put_away *in = input;
	(void)state;
	(void)a;
	return enrolment_put_away(cx, cx->actor.person_id, in->nudge_id);
}

const struct action home_actions[] = {
	{ .name = "home.show", .method = GET, .page = "/", .may = MAY_LEARN, .run = home_run, .html = home_view,
	  .summary = "Home: what must be done, where to go on, what comes next." },
	{ .name = "home.put_away", .method = POST, .page = "/me/nudges/{nudge_id}/put-away", .may = MAY_LEARN, .in = put_away_in,
	  .in_size = sizeof(struct put_away), .run = put_away_run, .then = "/", .notice = N_("The reminder is put away."), .summary = "Puts a reminder away." },
	ACTION_END,
};
