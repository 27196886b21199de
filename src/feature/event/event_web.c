/* Events as learners meet them: the list, one event, the live page with presence, a series for everybody. */
#include "base/clock.h"
#include "event_html.h"
#include "event_live_html.h"
#include "event_series_html.h"
#include "events_html.h"
#include "feature/competency/competency.h"
#include "feature/event/event_presence.h"
#include "feature/event/event_view.h"
#include "feature/live/live_part_web.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "feature/progress/progress.h"
#include "text/ical.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

enum { LIST_PAGE = 30, MONTHS_BACK = 6, MONTHS = 12, ICAL_MAX = 64 << 10 };

struct event_in {
	int64_t event_id, series_id, from_ms, to_ms;
	struct str session;
};
static const struct field id_in[] = { FIELD(event_in, event_id, F_ID, .must = true), FIELD_END };

/* ── common ── */

bool event_cursor_read(struct str s, int64_t *ret_at, int64_t *ret_id)
{
	struct str at = STR_NONE;
	return str_cut(&s, '-', &at) && str_int(at, ret_at) && str_int(s, ret_id);
}

struct str event_cursor(struct ctx *cx, int64_t at, int64_t id)
{
	return str_fmt(cx->arena, "%lld-%lld", (long long)at, (long long)id);
}

enum err event_view_agenda(struct ctx *cx, const struct event_one_row *e, struct event_agenda_line **ret, size_t *ret_n)
{
	struct event_agenda_row *r;
	size_t n, own = 0;
	*ret = NULL;
	*ret_n = 0;
	TRY(event_sql_agenda(cx, e->id, &r, &n));
	for (size_t i = 0; i < n; i++)
		own += lang_of(r[i].lang) == cx->lang;
	for (size_t i = 0; i < n; i++)
		if (!own || lang_of(r[i].lang) == cx->lang)
			*ARENA_PUSH(cx->arena, *ret, *ret_n) = (struct event_agenda_line){ event_from(e) + r[i].minute * MINUTE, r[i].words };
	return OK;
}

enum err event_view_speakers(struct ctx *cx, int64_t event_id, struct event_speaker_line **ret, size_t *ret_n)
{
	struct event_speakers_row *r;
	size_t n, own = 0;
	*ret = NULL;
	*ret_n = 0;
	TRY(event_sql_speakers(cx, event_id, &r, &n));
	for (size_t i = 0; i < n; i++)
		own += lang_of(r[i].lang) == cx->lang;
	for (size_t i = 0; i < n; i++)
		if (!own || lang_of(r[i].lang) == cx->lang)
			*ARENA_PUSH(cx->arena, *ret, *ret_n) = (struct event_speaker_line){ r[i].name, r[i].about };
	return OK;
}

void html_event_option(struct html_out *o, const struct event_choice *c)
{
	html_option(o, c->value, c->chosen, c->name);
}

struct str fmt_event_time(struct ctx *cx, int64_t at)
{
	struct civil c = clock_civil(cx->actor.zone, at);
	return str_fmt(cx->arena, "%02d:%02d", c.hour, c.minute);
}

void html_event_time(struct html_out *o, int64_t at)
{
	html_text(o, fmt_event_time(o->cx, at));
}

struct str fmt_event_minutes(struct ctx *cx, int64_t ms)
{
	return fmt_number(cx, ms / MINUTE);
}

void html_event_minutes(struct html_out *o, int64_t ms)
{
	html_text(o, fmt_event_minutes(o->cx, ms));
}

/* ── the list ── */

struct list_in {
	struct str when, month, after;
	int64_t series_id, competency_id;
};
static const struct choice whens[] = { { "coming", N_("coming") }, { "mine", N_("mine") }, { "past", N_("past") }, { NULL, NULL } };
static const struct field list_in[] = {
	FIELD(list_in, when, F_CHOICE, .choices = whens),
	FIELD(list_in, month, F_TEXT, .max = 7),
	FIELD(list_in, series_id, F_ID),
	FIELD(list_in, competency_id, F_ID),
	FIELD(list_in, after, F_TEXT, .max = 60),
	FIELD_END,
};
static const struct field item_out[] = {
	FIELD(event_item, id, F_ID),	       FIELD(event_item, title, F_TEXT),     FIELD(event_item, org, F_TEXT),	 FIELD(event_item, lang, F_TEXT),
	FIELD(event_item, state, F_TEXT),      FIELD(event_item, starts_at, F_TIME), FIELD(event_item, ends_at, F_TIME), FIELD(event_item, n_registered, F_INT),
	FIELD(event_item, registered, F_BOOL), FIELD(event_item, ms, F_INT),	     FIELD(event_item, done, F_BOOL),	 FIELD_END,
};

/* The rows of the three lists are alike, but to the compiler they are three. */
#define PUT_ITEMS(cx, v, r, n)                                                                                                                                 \
	do {                                                                                                                                                   \
		(v)->n_items = (n) > LIST_PAGE ? LIST_PAGE : (n);                                                                                              \
		(v)->items = ARENA_ARRAY((cx)->arena, struct event_item, (v)->n_items + 1);                                                                    \
		for (size_t i = 0; i < (v)->n_items; i++)                                                                                                      \
			(v)->items[i] =                                                                                                                        \
				(struct event_item){ .id = (r)[i].id,                                                                                          \
						     .starts_at = (r)[i].starts_at,                                                                            \
						     .ends_at = (r)[i].ends_at,                                                                                \
						     .n_registered = (r)[i].n_registered,                                                                      \
						     .ms = (r)[i].ms == NONE ? 0 : (r)[i].ms,                                                                  \
						     .title = said_in((cx), (r)[i].title, (r)[i].title_hi),                                                    \
						     .org = org_name((cx), (r)[i].org_en, (r)[i].org_hi),                                                      \
						     .lang = (r)[i].lang,                                                                                      \
						     .state = (r)[i].state,                                                                                    \
						     .registered = (r)[i].registered != 0,                                                                     \
						     .done = (r)[i].done_at != NONE,                                                                           \
						     .streamed = str_is((r)[i].held, "stream"),                                                                \
						     .on = str_is((r)[i].state, "open") &&                                                                     \
							   ((r)[i].began_at != NONE || ((cx)->now >= (r)[i].starts_at && str_is((r)[i].held, "link"))),        \
						     .over = str_is((r)[i].state, "ended"),                                                                    \
						     .cancelled = str_is((r)[i].state, "cancelled"),                                                           \
						     .recorded = (r)[i].recording_id != NONE };                                                                \
		if ((n) > LIST_PAGE)                                                                                                                           \
			(v)->next = event_cursor((cx), (r)[LIST_PAGE - 1].starts_at, (r)[LIST_PAGE - 1].id);                                                   \
	} while (0)

struct asked {
	int64_t my_org, from_at, until_at, at, id;
};

/* "2026-11" as the moments between which its events begin. */
static enum err read_month(struct ctx *cx, struct str month, struct asked *q)
{
	int64_t year, number;
	q->from_at = 0;
	q->until_at = INT64_MAX;
	if (!month.n)
		return OK;
	if (month.n != 7 || month.p[4] != '-' || !str_int(str_sub(month, 0, 4), &year) || !str_int(str_sub(month, 5, 7), &number) || year < 2000 ||
	    year > 2200 || number < 1 || number > 12)
		return fail(cx, ERR_INVALID, "month", N_("must be a month such as 2026-11"));
	q->from_at = clock_day_start(cx->actor.zone, clock_day_of((int)year, (int)number, 1));
	q->until_at = clock_day_start(cx->actor.zone, clock_day_of((int)(year + number / 12), (int)(number % 12 + 1), 1));
	return OK;
}

static enum err read_asked(struct ctx *cx, const struct list_in *in, bool forward, struct asked *q)
{
	struct person_posting_on_row at;
	bool posted = false;
	TRY(person_posting(cx, cx->actor.person_id, person_today(cx), &at, &posted));
	q->my_org = posted ? at.org_id : NONE;
	q->at = forward ? 0 : INT64_MAX;
	q->id = forward ? 0 : INT64_MAX;
	if (in->after.n && !event_cursor_read(in->after, &q->at, &q->id))
		return fail(cx, ERR_INVALID, "after", N_("is no place in this list"));
	return read_month(cx, in->month, q);
}

static enum err read_items(struct ctx *cx, const struct list_in *in, struct events_page *v)
{
	struct event_coming_row *coming;
	struct event_past_row *past;
	struct event_mine_row *mine;
	struct asked q;
	int64_t me = cx->actor.person_id;
	size_t n;
	TRY(read_asked(cx, in, v->coming, &q));
	if (v->coming) {
		TRY(event_sql_coming(cx, me, cx->now, q.from_at, q.until_at, q.my_org, in->series_id, in->competency_id, q.at, q.id, LIST_PAGE + 1, &coming,
				     &n));
		PUT_ITEMS(cx, v, coming, n);
	} else if (v->mine) {
		TRY(event_sql_mine(cx, me, q.from_at, q.until_at, in->series_id, in->competency_id, q.at, q.id, LIST_PAGE + 1, &mine, &n));
		PUT_ITEMS(cx, v, mine, n);
	} else {
		TRY(event_sql_past(cx, me, cx->now, q.from_at, q.until_at, q.my_org, in->series_id, in->competency_id, q.at, q.id, LIST_PAGE + 1, &past, &n));
		PUT_ITEMS(cx, v, past, n);
	}
	return OK;
}

static void put_months(struct ctx *cx, struct events_page *v)
{
	struct civil c = clock_civil(cx->actor.zone, cx->now);
	int first = c.year * 12 + c.month - 1 - (v->coming ? 0 : MONTHS_BACK);
	for (int i = first; i < first + MONTHS; i++) {
		struct str value = str_fmt(cx->arena, "%04d-%02d", i / 12, i % 12 + 1);
		*ARENA_PUSH(cx->arena, v->months, v->n_months) = (struct event_choice){ 0, value, value, v->month };
	}
}

static enum err put_choices(struct ctx *cx, struct events_page *v)
{
	struct event_series_coming_row *s;
	struct event_competencies_used_row *k;
	struct person_posting_on_row at;
	bool posted = false;
	TRY(person_posting(cx, cx->actor.person_id, person_today(cx), &at, &posted));
	TRY(event_sql_series_coming(cx, cx->now - 366 * DAY, posted ? at.org_id : NONE, &s, &v->n_series));
	TRY(event_sql_competencies_used(cx, person_today(cx), posted ? at.org_id : NONE, &k, &v->n_competencies));
	v->series = ARENA_ARRAY(cx->arena, struct event_choice, v->n_series + 1);
	for (size_t i = 0; i < v->n_series; i++)
		v->series[i] = (struct event_choice){ s[i].id, fmt_plain(cx, s[i].id), said_in(cx, s[i].title, s[i].title_hi), v->series_id };
	v->competencies = ARENA_ARRAY(cx->arena, struct event_choice, v->n_competencies + 1);
	for (size_t i = 0; i < v->n_competencies; i++)
		v->competencies[i] = (struct event_choice){ k[i].id, fmt_plain(cx, k[i].id), said_in(cx, k[i].name_en, k[i].name_hi), v->competency_id };
	put_months(cx, v);
	return OK;
}

static struct str further(struct ctx *cx, const struct events_page *v, struct str next)
{
	return str_fmt(cx->arena, "/events?when=%.*s&month=%.*s&series_id=%.*s&competency_id=%.*s&after=%.*s", STR_ARG(v->when), STR_ARG(v->month),
		       STR_ARG(v->series_id), STR_ARG(v->competency_id), STR_ARG(next));
}

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct events_page *v = ARENA_NEW(cx->arena, struct events_page);
	(void)state;
	v->when = in->when.n ? in->when : S("coming");
	v->coming = str_is(v->when, "coming");
	v->mine = str_is(v->when, "mine");
	v->past = !v->coming && !v->mine;
	v->month = in->month.n ? in->month : S("");
	v->series_id = in->series_id != NONE ? fmt_plain(cx, in->series_id) : S("");
	v->competency_id = in->competency_id != NONE ? fmt_plain(cx, in->competency_id) : S("");
	v->filtered = in->month.n || in->series_id != NONE || in->competency_id != NONE;
	TRY(read_items(cx, in, v));
	TRY(put_choices(cx, v));
	a->next = v->next;
	if (v->next.n)
		v->next = further(cx, v, v->next);
	ANSWER_ROWS(a, v->items, v->n_items);
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("Events"));
	return OK;
}

/* ── one event ── */

static const struct field event_out[] = {
	FIELD(event_page, id, F_ID),
	FIELD(event_page, title, F_TEXT),
	FIELD(event_page, about, F_TEXT),
	FIELD(event_page, lang, F_TEXT),
	FIELD(event_page, org, F_TEXT),
	FIELD(event_page, state, F_TEXT),
	FIELD(event_page, held, F_TEXT),
	FIELD(event_page, starts_at, F_TIME),
	FIELD(event_page, ends_at, F_TIME),
	FIELD(event_page, n_registered, F_INT),
	FIELD(event_page, registered, F_BOOL),
	FIELD(event_page, link, F_TEXT),
	FIELD(event_page, noted_ms, F_INT),
	FIELD(event_page, needed_ms, F_INT),
	FIELD(event_page, done, F_BOOL),
	FIELD(event_page, recording_id, F_ID),
	FIELD_END,
};

static enum err put_people(struct ctx *cx, const struct event_one_row *e, struct event_page *v)
{
	struct event_standing_row mine;
	TRY(event_sql_standing(cx, cx->actor.person_id, e->id, &mine));
	v->registered = mine.registered_at != NONE && mine.withdrawn_at == NONE;
	v->noted_ms = mine.noted_ms;
	v->done = mine.done_at != NONE;
	v->reported = mine.way.p && !str_is(mine.way, "live");
	return access_may(cx, MAY_EVENT_MANAGE, SCOPE_ORG, e->org_id, &v->manages);
}

static enum err put_about(struct ctx *cx, const struct event_one_row *e, struct event_page *v)
{
	struct event_competencies_row *k;
	struct event_series_one_row s;
	struct event_recording_row rec;
	bool found = false;
	TRY(event_view_speakers(cx, e->id, &v->speakers, &v->n_speakers));
	TRY(event_view_agenda(cx, e, &v->agenda, &v->n_agenda));
	TRY(event_sql_competencies(cx, person_today(cx), e->id, &k, &v->n_competencies));
	v->competencies = ARENA_ARRAY(cx->arena, struct event_competency_line, v->n_competencies + 1);
	for (size_t i = 0; i < v->n_competencies; i++)
		v->competencies[i] = (struct event_competency_line){ k[i].competency_id, k[i].level, said_in(cx, k[i].name_en, k[i].name_hi) };
	if (e->series_id != NONE)
		TRY(event_sql_series_one(cx, e->series_id, &s, &found));
	if (found)
		v->series = said_in(cx, s.title, s.title_hi);
	found = false;
	if (e->recording_id != NONE)
		TRY(event_sql_recording(cx, e->recording_id, &rec, &found));
	if (found) {
		v->recording = rec.title;
		v->recording_ms = rec.ms;
	} else {
		v->recording_id = NONE;
	}
	return OK;
}

static void put_state(const struct ctx *cx, const struct event_one_row *e, struct event_page *v)
{
	v->open = str_is(e->state, "open");
	v->draft = str_is(e->state, "draft");
	v->ended = str_is(e->state, "ended");
	v->cancelled = str_is(e->state, "cancelled");
	v->streamed = str_is(e->held, "stream");
	v->on = v->open && (v->streamed ? e->began_at != NONE : cx->now >= e->starts_at && cx->now < e->ends_at);
	v->soon = v->open && !v->on && cx->now >= e->starts_at - EVENT_LINK;
	v->may_register = v->open && !v->registered && cx->now < e->ends_at + (v->streamed ? EVENT_OVER : 0);
	v->may_withdraw = v->registered && v->open && !v->on && cx->now < e->ends_at;
	v->link = v->registered && event_link_shown(cx, e) ? e->link : STR_NONE;
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct event_in *in = input;
	struct event_page *v = ARENA_NEW(cx->arena, struct event_page);
	struct event_one_row e;
	bool leads;
	(void)state;
	TRY(event_for(cx, in->event_id, &e, &leads));
	*v = (struct event_page){ .id = e.id,
				  .org_id = e.org_id,
				  .series_id = e.series_id,
				  .starts_at = e.starts_at,
				  .ends_at = e.ends_at,
				  .n_registered = e.n_registered,
				  .length_ms = event_length(&e),
				  .needed_ms = event_needed(&e),
				  .needed_percent = EVENT_NEEDED_PERCENT,
				  .recording_id = e.recording_id,
				  .title = event_title(cx, &e),
				  .about = said_in(cx, e.about, e.about_hi),
				  .lang = e.lang,
				  .org = org_name(cx, e.org_en, e.org_hi),
				  .state = e.state,
				  .held = e.held,
				  .why = e.cancelled_why,
				  .for_all = e.for_all,
				  .leads = leads };
	TRY(put_people(cx, &e, v));
	TRY(put_about(cx, &e, v));
	put_state(cx, &e, v);
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_LEARN;
	a->title = v->title;
	return OK;
}

/* One event for the calendar of a device. The way into a room is not in it: it stays on the page, for its time. */
static enum err ical_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct event_in *in = input;
	struct event_one_row e;
	struct buf b;
	bool leads;
	(void)state;
	TRY(event_for(cx, in->event_id, &e, &leads));
	struct str page = str_fmt(cx->arena, "%.*s/events/%lld", STR_ARG(cx->app->base_url), (long long)e.id);
	struct ical_entry entry = { .uid = str_fmt(cx->arena, "event-%lld", (long long)e.id),
				    .title = event_title(cx, &e),
				    .words = said_in(cx, e.about, e.about_hi),
				    .page = page,
				    .starts_at = e.starts_at,
				    .ends_at = e.ends_at,
				    .day = NONE,
				    .changed_at = e.changed_at,
				    .cancelled = str_is(e.state, "cancelled") };
	buf_init(&b, cx->arena, ICAL_MAX);
	ical_begin(&b, &(struct ical){ .name = entry.title, .lang = cx->lang == LANG_HI ? S("hi") : S("en"), .page = S(""), .refresh_minutes = 24 * 60 });
	ical_put(&b, &entry);
	ical_end(&b);
	a->type = "text/calendar; charset=utf-8";
	a->bytes = buf_get(&b);
	a->filename = str_fmt(cx->arena, "event-%lld.ics", (long long)e.id);
	return OK;
}

static enum err register_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct event_in *in = input;
	(void)state;
	(void)a;
	return event_register(cx, in->event_id);
}

static enum err withdraw_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct event_in *in = input;
	(void)state;
	(void)a;
	return event_withdraw(cx, in->event_id);
}

/* ── the live page, and presence ── */

/* Who may be there sees what the encoder sends; before the beginning, too, so that nobody misses the first words. */
static enum err put_player(struct ctx *cx, struct event_live_page *v)
{
	struct stream s;
	bool found = false;
	TRY(stream_of(cx, v->id, &s, &found));
	v->shown = found && !s.ended && !v->over;
	if (v->shown)
		v->player = (struct stream_player){ s.playlist, s.sound, v->title };
	return OK;
}

static enum err live_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct event_in *in = input;
	struct event_live_page *v = ARENA_NEW(cx->arena, struct event_live_page);
	struct event_one_row e;
	struct event_standing s;
	struct event_seat seat;
	(void)state;
	TRY(event_for_seat(cx, in->event_id, &e, &seat));
	if (!str_is(e.held, "stream") || str_is(e.state, "draft"))
		return fail(cx, ERR_NOT_FOUND, "event_id", N_("This event is not shown here."));
	event_standing(cx, &e, seat.noted_ms, seat.done, &s);
	*v = (struct event_live_page){ .id = e.id,
				       .starts_at = e.starts_at,
				       .at_ms = s.at_ms,
				       .noted_ms = s.noted_ms,
				       .needed_ms = s.needed_ms,
				       .length_ms = s.length_ms,
				       .percent = s.needed_ms ? (s.noted_ms < s.needed_ms ? s.noted_ms * 100 / s.needed_ms : 100) : 0,
				       .title = event_title(cx, &e),
				       .lang = e.lang,
				       .session = progress_open(cx, e.id),
				       .begun = s.at_ms != NONE && !s.over,
				       .recording_id = e.recording_id,
				       .why = e.cancelled_why,
				       .over = s.over,
				       .cancelled = str_is(e.state, "cancelled"),
				       .registered = seat.registered,
				       .done = s.done,
				       .leads = seat.leads };
	v->may_register = !v->registered && !v->over;
	if (v->registered || v->leads)
		TRY(put_player(cx, v));
	TRY(event_view_agenda(cx, &e, &v->agenda, &v->n_agenda));
	a->view = v;
	a->nav = NAV_LEARN;
	a->title = v->title;
	v->talks = !v->over && (v->registered || v->leads);
	/* As feature/event/event_place.c judges, of what is known here already. */
	const struct live_at at = { S("event"), e.id, v->leads ? LIVE_MODERATOR : LIVE_GUEST };
	if (v->talks)
		TRY(live_part_at(cx, &at, str_fmt(cx->arena, "/events/%lld/live", (long long)e.id), &v->talk));
	a->live = v->talks;
	/* Also before: it may begin while the page is open. */
	a->presence = v->registered && !v->over;
	return OK;
}

static const struct field report_in[] = {
	FIELD(event_in, event_id, F_ID, .must = true),
	FIELD(event_in, session, F_TEXT, .must = true, .max = 80),
	FIELD(event_in, from_ms, F_INT, .must = true, .min = 0, .max = 2 * DAY),
	FIELD(event_in, to_ms, F_INT, .must = true, .min = 0, .max = 2 * DAY),
	FIELD_END,
};
static const struct field here_in[] = { FIELD(event_in, event_id, F_ID, .must = true), FIELD(event_in, session, F_TEXT, .must = true, .max = 80), FIELD_END };
static const struct field standing_out[] = {
	FIELD(event_standing, noted_ms, F_INT),
	FIELD(event_standing, needed_ms, F_INT),
	FIELD(event_standing, length_ms, F_INT),
	FIELD(event_standing, at_ms, F_INT),
	FIELD(event_standing, over, F_BOOL),
	FIELD(event_standing, done, F_BOOL),
	FIELD_END,
};

static enum err report_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct event_in *in = input;
	struct event_standing *s = ARENA_NEW(cx->arena, struct event_standing);
	(void)state;
	TRY(event_report(cx, &(struct event_report_in){ in->event_id, in->session, in->from_ms, in->to_ms }, s));
	ANSWER_ROW(a, s);
	return OK;
}

static enum err here_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct event_in *in = input;
	struct event_standing s;
	(void)state;
	(void)a;
	return event_report(cx, &(struct event_report_in){ in->event_id, in->session, NONE, NONE }, &s);
}

/* ── a series, for everybody ── */

static const struct field series_in[] = { FIELD(event_in, series_id, F_ID, .must = true), FIELD_END };
static const struct field series_out[] = { FIELD(event_series_line, title, F_TEXT),	FIELD(event_series_line, lang, F_TEXT),
					   FIELD(event_series_line, starts_at, F_TIME), FIELD(event_series_line, ends_at, F_TIME),
					   FIELD(event_series_line, cancelled, F_BOOL), FIELD_END };

static enum err series_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct event_in *in = input;
	struct event_series_page *v = ARENA_NEW(cx->arena, struct event_series_page);
	struct event_series_one_row s;
	struct event_series_events_row *r;
	bool found = false;
	(void)state;
	TRY(event_sql_series_one(cx, in->series_id, &s, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "series_id", N_("There is no such series."));
	*v = (struct event_series_page){
		.id = s.id, .title = said_in(cx, s.title, s.title_hi), .about = said_in(cx, s.about, s.about_hi), .org = org_name(cx, s.org_en, s.org_hi)
	};
	TRY(event_sql_series_events(cx, s.id, &r, &v->n_events));
	v->events = ARENA_ARRAY(cx->arena, struct event_series_line, v->n_events + 1);
	for (size_t i = 0; i < v->n_events; i++)
		v->events[i] = (struct event_series_line){ r[i].starts_at,
							   r[i].ends_at,
							   said_in(cx, r[i].title, r[i].title_hi),
							   r[i].lang,
							   str_is(r[i].state, "cancelled"),
							   str_is(r[i].state, "ended") };
	ANSWER_ROWS(a, v->events, v->n_events);
	a->view = v;
	a->nav = NAV_LEARN;
	a->title = v->title;
	return OK;
}

#define ONE "/events/{event_id}"
#define IN .in_size = sizeof(struct event_in)
const struct action event_actions[] = {
	{ .name = "event.list",
	  .method = GET,
	  .page = "/events",
	  .api = "/api/v1/events",
	  .may = MAY_LEARN,
	  .in = list_in,
	  .in_size = sizeof(struct list_in),
	  .out = item_out,
	  .out_list = true,
	  .run = list_run,
	  .html = events_view,
	  .summary = "Events that are for the person: coming, own, past; by month, series, competency." },
	{ .name = "event.show",
	  .method = GET,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  .may = MAY_LEARN,
	  .in = id_in,
	  IN,
	  .out = event_out,
	  .run = show_run,
	  .html = event_view,
	  .summary = "An event. The link of a room is there for registered people, from a quarter of an hour before on." },
	{ .name = "event.ical",
	  .method = GET,
	  .page = ONE "/event.ics",
	  .api = "/api/v1" ONE "/event.ics",
	  .may = MAY_LEARN,
	  .in = id_in,
	  IN,
	  .run = ical_run,
	  .summary = "An event for the calendar of a device (iCalendar)." },
	{ .name = "event.register",
	  .method = POST,
	  .page = ONE "/registration",
	  .api = "/api/v1" ONE "/registration",
	  .may = MAY_LEARN,
	  .in = id_in,
	  IN,
	  .run = register_run,
	  .form = "event.show",
	  .then = ONE,
	  .notice = N_("You are registered. You are reminded a day and a quarter of an hour before."),
	  .summary = "Registers the person for an event." },
	{ .name = "event.withdraw",
	  .method = POST,
	  .page = ONE "/withdrawal",
	  .api = "/api/v1" ONE "/withdrawal",
	  .may = MAY_LEARN,
	  .in = id_in,
	  IN,
	  .run = withdraw_run,
	  .form = "event.show",
	  .then = ONE,
	  .notice = N_("You are not registered any more."),
	  .summary = "Withdraws the registration." },
	{ .name = "event.live",
	  .method = GET,
	  .page = ONE "/live",
	  .may = MAY_LEARN,
	  .in = id_in,
	  IN,
	  .run = live_run,
	  .html = event_live_view,
	  .summary = "The page on which an event is shown." },
	{ .name = "event.report",
	  .method = POST,
	  .api = "/api/v1" ONE "/presence",
	  .may = MAY_LEARN,
	  .in = report_in,
	  IN,
	  .out = standing_out,
	  .run = report_run,
	  .own = true,
	  .quiet = true,
	  .max_body = 1024,
	  .summary = "Reports from when to when the event was played, in ms from its beginning; answers how much is noted." },
	{ .name = "event.here",
	  .method = POST,
	  .page = ONE "/here",
	  .may = MAY_LEARN,
	  .in = here_in,
	  IN,
	  .run = here_run,
	  .form = "event.live",
	  .then = ONE "/live",
	  .notice = N_("It is noted that you are here."),
	  .own = true,
	  .quiet = true,
	  .summary = "Says, without a script, that the person is at the event: since the page was opened, ten minutes at most." },
	{ .name = "event.series",
	  .method = GET,
	  .page = "/event-series/{series_id}",
	  .api = "/api/v1/event-series/{series_id}",
	  .may = MAY_ANYONE,
	  .in = series_in,
	  IN,
	  .out = series_out,
	  .out_list = true,
	  .run = series_run,
	  .html = event_series_view,
	  .summary = "Titles and times of a series of events, for everybody." },
	ACTION_END,
};
