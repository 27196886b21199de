/* Events as organisers hold them: the list, series, the form, the desk of one event. */
#include "base/clock.h"
#include "event_change_html.h"
#include "event_manage_html.h"
#include "event_new_html.h"
#include "feature/competency/competency.h"
#include "feature/event/event_parts.h"
#include "feature/event/event_recording.h"
#include "feature/event/event_view.h"
#include "feature/org/org.h"
#include "feature/stream/stream.h"
#include "org_events_html.h"
#include "web/action.h"
#include "web/lang.h"

enum { LIST_PAGE = 30 };

struct org_in {
	int64_t org_id, event_id, person_id;
	struct str after, why, called;
};
static const struct field one_in[] = { FIELD(org_in, org_id, F_ID, .must = true), FIELD(org_in, event_id, F_ID, .must = true), FIELD_END };

/* ── all of an organisation ── */

static const struct field list_in[] = { FIELD(org_in, org_id, F_ID, .must = true), FIELD(org_in, after, F_TEXT, .max = 60), FIELD_END };
static const struct field item_out[] = {
	FIELD(event_item, id, F_ID),	      FIELD(event_item, title, F_TEXT),	  FIELD(event_item, lang, F_TEXT),	  FIELD(event_item, state, F_TEXT),
	FIELD(event_item, starts_at, F_TIME), FIELD(event_item, ends_at, F_TIME), FIELD(event_item, n_registered, F_INT), FIELD_END,
};

static enum err put_series(struct ctx *cx, int64_t org_id, struct str chosen, struct event_choice **ret, size_t *ret_n)
{
	struct event_series_of_org_row *s;
	TRY(event_sql_series_of_org(cx, org_id, &s, ret_n));
	*ret = ARENA_ARRAY(cx->arena, struct event_choice, *ret_n + 1);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = (struct event_choice){ s[i].id, fmt_plain(cx, s[i].id), said_in(cx, s[i].title, s[i].title_hi), chosen };
	return OK;
}

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct org_events_page *v = ARENA_NEW(cx->arena, struct org_events_page);
	struct event_of_org_row *r;
	int64_t at = INT64_MAX, id = INT64_MAX;
	size_t n;
	(void)state;
	if (in->after.n && !event_cursor_read(in->after, &at, &id))
		return fail(cx, ERR_INVALID, "after", N_("is no place in this list"));
	v->org_id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(event_sql_of_org(cx, in->org_id, at, id, LIST_PAGE + 1, &r, &n));
	v->n_items = n > LIST_PAGE ? LIST_PAGE : n;
	v->items = ARENA_ARRAY(cx->arena, struct event_item, v->n_items + 1);
	for (size_t i = 0; i < v->n_items; i++)
		v->items[i] = (struct event_item){ .id = r[i].id,
						   .org_id = in->org_id,
						   .starts_at = r[i].starts_at,
						   .ends_at = r[i].ends_at,
						   .n_registered = r[i].n_registered,
						   .title = said_in(cx, r[i].title, r[i].title_hi),
						   .lang = r[i].lang,
						   .state = r[i].state,
						   .streamed = str_is(r[i].held, "stream"),
						   .on = str_is(r[i].state, "open") && r[i].began_at != NONE,
						   .draft = str_is(r[i].state, "draft"),
						   .over = str_is(r[i].state, "ended"),
						   .cancelled = str_is(r[i].state, "cancelled") };
	if (n > LIST_PAGE) {
		a->next = event_cursor(cx, r[LIST_PAGE - 1].starts_at, r[LIST_PAGE - 1].id);
		v->next = str_fmt(cx->arena, "/orgs/%lld/events?after=%s", (long long)in->org_id, a->next.p);
	}
	TRY(put_series(cx, in->org_id, S(""), &v->series, &v->n_series));
	ANSWER_ROWS(a, v->items, v->n_items);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Events"));
	return OK;
}

static const struct field series_in[] = {
	FIELD(event_series_put, org_id, F_ID, .must = true),
	FIELD(event_series_put, title, F_TEXT, .label = N_("Title"), .must = true, .max = EVENT_TITLE_MAX),
	FIELD(event_series_put, title_hi, F_TEXT, .label = N_("Title in Hindi"), .max = EVENT_TITLE_MAX),
	FIELD(event_series_put, about, F_LONG, .label = N_("What it is about"), .max = EVENT_ABOUT_MAX),
	FIELD(event_series_put, about_hi, F_LONG, .label = N_("What it is about, in Hindi"), .max = EVENT_ABOUT_MAX),
	FIELD_END,
};
static const struct field series_change_in[] = {
	FIELD(event_series_put, org_id, F_ID, .must = true),
	FIELD(event_series_put, series_id, F_ID, .must = true),
	FIELD(event_series_put, title, F_TEXT, .label = N_("Title"), .must = true, .max = EVENT_TITLE_MAX),
	FIELD(event_series_put, title_hi, F_TEXT, .label = N_("Title in Hindi"), .max = EVENT_TITLE_MAX),
	FIELD(event_series_put, about, F_LONG, .label = N_("What it is about"), .max = EVENT_ABOUT_MAX),
	FIELD(event_series_put, about_hi, F_LONG, .label = N_("What it is about, in Hindi"), .max = EVENT_ABOUT_MAX),
	FIELD_END,
};
struct made {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made, id, F_ID), FIELD_END };

static enum err series_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct event_series_put in = *(const struct event_series_put *)input;
	struct made *row = ARENA_NEW(cx->arena, struct made);
	(void)state;
	in.series_id = NONE;
	TRY(event_series_put(cx, &in, &row->id));
	ANSWER_ROW(a, row);
	return OK;
}

static enum err series_change_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	int64_t id;
	(void)state;
	(void)a;
	return event_series_put(cx, input, &id);
}

/* ── the form ── */

/* As struct event_put, with the time also as a day and a time of day in the zone of who types, and how many minutes. */
struct put_in {
	int64_t org_id, event_id, series_id, starts_at, ends_at, day, minutes;
	struct str title, title_hi, about, about_hi, lang, held, link, time, speakers, speakers_hi, agenda, agenda_hi, competencies;
	bool for_all;
};
static const struct choice helds[] = { { "stream", N_("It is shown here") }, { "link", N_("In an online room of somebody else's") }, { NULL, NULL } };
static const struct choice langs[] = { { "en", N_("English") }, { "hi", N_("Hindi") }, { NULL, NULL } };
#define PUT_FIELDS                                                                                                                                             \
	FIELD(put_in, org_id, F_ID, .must = true), FIELD(put_in, title, F_TEXT, .label = N_("Title"), .must = true, .max = EVENT_TITLE_MAX),                   \
		FIELD(put_in, title_hi, F_TEXT, .label = N_("Title in Hindi"), .max = EVENT_TITLE_MAX), FIELD(put_in, series_id, F_ID, .label = N_("Series")), \
		FIELD(put_in, day, F_DATE, .label = N_("Day")),                                                                                                \
		FIELD(put_in, time, F_TEXT, .label = N_("Begins at"), .hint = N_("Such as 10:00, in your own time zone."), .max = 5),                          \
		FIELD(put_in, minutes, F_INT, .label = N_("Minutes"), .min = 1, .max = EVENT_HOURS_MAX * 60), FIELD(put_in, starts_at, F_TIME),                \
		FIELD(put_in, ends_at, F_TIME), FIELD(put_in, lang, F_CHOICE, .label = N_("Language"), .must = true, .choices = langs),                        \
		FIELD(put_in, held, F_CHOICE, .label = N_("Where"), .must = true, .choices = helds),                                                           \
		FIELD(put_in, link, F_TEXT, .label = N_("Address of the online room"),                                                                         \
		      .hint = N_("Only registered people see it, a quarter of an hour before."), .max = 1000),                                                 \
		FIELD(put_in, for_all, F_BOOL, .label = N_("Everybody may come")),                                                                             \
		FIELD(put_in, about, F_LONG, .label = N_("What it is about"), .max = EVENT_ABOUT_MAX),                                                         \
		FIELD(put_in, about_hi, F_LONG, .label = N_("What it is about, in Hindi"), .max = EVENT_ABOUT_MAX),                                            \
		FIELD(put_in, speakers, F_LONG, .label = N_("Who speaks"), .hint = N_("A line each: Asha Rao; Director, ISTM"), .max = 8000),                  \
		FIELD(put_in, speakers_hi, F_LONG, .label = N_("Who speaks, in Hindi"), .max = 8000),                                                          \
		FIELD(put_in, agenda, F_LONG, .label = N_("Agenda"), .hint = N_("A line each, with the minute at which it comes: 10 What the Act asks"),       \
		      .max = 8000),                                                                                                                            \
		FIELD(put_in, agenda_hi, F_LONG, .label = N_("Agenda, in Hindi"), .max = 8000),                                                                \
		FIELD(put_in, competencies, F_TEXT, .label = N_("Competencies"),                                                                               \
		      .hint = N_("As courses write them: functional.noting-and-drafting@2, behavioural.communication@1"), .max = 1000)
static const struct field add_in[] = { PUT_FIELDS, FIELD_END };
static const struct field change_in[] = { FIELD(put_in, event_id, F_ID, .must = true), PUT_FIELDS, FIELD_END };

/* "9:05" → ms of a day. */
static bool read_clock(struct str s, int64_t *ret_ms)
{
	struct str rest = str_trim(s), hours = STR_NONE;
	int64_t h, m;
	bool good = str_cut(&rest, ':', &hours) && str_int(hours, &h) && rest.n == 2 && str_int(rest, &m) && h >= 0 && h < 24 && m >= 0 && m < 60;
	if (good)
		*ret_ms = h * HOUR + m * MINUTE;
	return good;
}

static enum err read_times(struct ctx *cx, const struct put_in *in, struct event_put *ret)
{
	int64_t ms = 0;
	ret->starts_at = in->starts_at;
	ret->ends_at = in->ends_at;
	if (in->starts_at == NONE && in->day == NONE)
		return fail(cx, ERR_INVALID, "day", N_("is needed"));
	if (in->starts_at == NONE && !read_clock(in->time, &ms))
		return fail(cx, ERR_INVALID, "time", N_("must be a time of day such as 10:00"));
	if (in->starts_at == NONE)
		ret->starts_at = clock_day_start(cx->actor.zone, in->day) + ms;
	if (in->ends_at == NONE && in->minutes == NONE)
		return fail(cx, ERR_INVALID, "minutes", N_("is needed"));
	if (in->ends_at == NONE)
		ret->ends_at = ret->starts_at + in->minutes * MINUTE;
	return OK;
}

static struct str given(struct str s)
{
	return s.p ? s : S("");
}

static enum err put(struct ctx *cx, const struct put_in *in, int64_t event_id, int64_t *ret_id)
{
	struct event_put e = { .org_id = in->org_id,
			       .event_id = event_id,
			       .series_id = in->series_id,
			       .title = in->title,
			       .title_hi = in->title_hi,
			       .about = given(in->about),
			       .about_hi = in->about_hi,
			       .lang = in->lang,
			       .held = in->held,
			       .link = given(in->link),
			       .for_all = in->for_all,
			       .speakers = given(in->speakers),
			       .speakers_hi = given(in->speakers_hi),
			       .agenda = given(in->agenda),
			       .agenda_hi = given(in->agenda_hi),
			       .competencies = given(in->competencies) };
	TRY(read_times(cx, in, &e));
	enum err got = event_put(cx, &e, ret_id);
	/* A sentence about the times stands where the page shows them. */
	for (size_t i = 0; i < cx->n_failures; i++)
		if (in->starts_at == NONE && str_is(cx->failures[i].field, "starts_at"))
			cx->failures[i].field = S("day");
		else if (in->ends_at == NONE && str_is(cx->failures[i].field, "ends_at"))
			cx->failures[i].field = S("minutes");
	return got;
}

static struct str desk(struct ctx *cx, int64_t org_id, int64_t event_id)
{
	return str_fmt(cx->arena, "/orgs/%lld/events/%lld", (long long)org_id, (long long)event_id);
}

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct put_in *in = input;
	struct made *row = ARENA_NEW(cx->arena, struct made);
	(void)state;
	TRY(put(cx, in, NONE, &row->id));
	ANSWER_ROW(a, row);
	a->then = desk(cx, in->org_id, row->id);
	return OK;
}

static enum err change_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct put_in *in = input;
	int64_t id;
	(void)state;
	(void)a;
	return put(cx, in, in->event_id, &id);
}

static enum err new_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct event_form *v = ARENA_NEW(cx->arena, struct event_form);
	(void)state;
	*v = (struct event_form){ .org_id = in->org_id, .time = S("10:00"), .minutes = S("60"), .lang = S("en"), .held = S("stream"), .for_all = true };
	v->title = v->title_hi = v->about = v->about_hi = v->link = v->series_id = v->speakers = v->speakers_hi = v->agenda = v->agenda_hi = v->competencies =
		S("");
	v->day = fmt_isodate(cx, cx->now + DAY);
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(put_series(cx, in->org_id, v->series_id, &v->series, &v->n_series));
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("A new event"));
	return OK;
}

static enum err edit_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct event_form *v = ARENA_NEW(cx->arena, struct event_form);
	struct event_put p = { 0 };
	struct event_one_row e;
	(void)state;
	TRY(event_of(cx, in->org_id, in->event_id, &e));
	TRY(event_parts_text(cx, e.id, &p));
	*v = (struct event_form){ .org_id = in->org_id,
				  .id = e.id,
				  .title = e.title,
				  .title_hi = e.title_hi,
				  .about = e.about,
				  .about_hi = e.about_hi,
				  .lang = e.lang,
				  .held = e.held,
				  .link = e.link,
				  .for_all = e.for_all,
				  .day = fmt_isodate(cx, e.starts_at),
				  .time = fmt_event_time(cx, e.starts_at),
				  .minutes = fmt_plain(cx, (e.ends_at - e.starts_at) / MINUTE),
				  .series_id = e.series_id == NONE ? S("") : fmt_plain(cx, e.series_id),
				  .speakers = p.speakers,
				  .speakers_hi = p.speakers_hi,
				  .agenda = p.agenda,
				  .agenda_hi = p.agenda_hi,
				  .competencies = p.competencies };
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(put_series(cx, in->org_id, v->series_id, &v->series, &v->n_series));
	a->view = v;
	a->nav = NAV_ORG;
	a->title = e.title;
	return OK;
}

/* ── the desk of one event ── */

static const struct field desk_out[] = {
	FIELD(event_manage_page, id, F_ID),
	FIELD(event_manage_page, title, F_TEXT),
	FIELD(event_manage_page, state, F_TEXT),
	FIELD(event_manage_page, starts_at, F_TIME),
	FIELD(event_manage_page, ends_at, F_TIME),
	FIELD(event_manage_page, began_at, F_TIME),
	FIELD(event_manage_page, closed_at, F_TIME),
	FIELD(event_manage_page, n_registered, F_INT),
	FIELD(event_manage_page, n_there, F_INT),
	FIELD(event_manage_page, n_done, F_INT),
	FIELD_END,
};

static enum err put_moderators(struct ctx *cx, struct event_manage_page *v)
{
	struct event_moderators_row *m;
	TRY(event_sql_moderators(cx, v->id, &m, &v->n_moderators));
	v->moderators = ARENA_ARRAY(cx->arena, struct event_moderator_line, v->n_moderators + 1);
	for (size_t i = 0; i < v->n_moderators; i++)
		v->moderators[i] = (struct event_moderator_line){ v->org_id, v->id, m[i].person_id, m[i].name };
	return OK;
}

static enum err desk_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	struct event_manage_page *v = ARENA_NEW(cx->arena, struct event_manage_page);
	struct event_counts_row n;
	struct event_one_row e;
	struct stream s;
	(void)state;
	TRY(event_of(cx, in->org_id, in->event_id, &e));
	TRY(event_sql_counts(cx, e.id, &n));
	*v = (struct event_manage_page){ .id = e.id,
					 .org_id = e.org_id,
					 .starts_at = e.starts_at,
					 .ends_at = e.ends_at,
					 .began_at = e.began_at,
					 .closed_at = e.closed_at,
					 .n_registered = e.n_registered,
					 .n_there = n.n_there,
					 .n_done = n.n_done,
					 .recording_id = e.recording_id,
					 .org = org_name(cx, e.org_en, e.org_hi),
					 .title = event_title(cx, &e),
					 .lang = e.lang,
					 .state = e.state,
					 .link = e.link,
					 .why = e.cancelled_why,
					 .draft = str_is(e.state, "draft"),
					 .open = str_is(e.state, "open"),
					 .ended = str_is(e.state, "ended"),
					 .cancelled = str_is(e.state, "cancelled"),
					 .streamed = str_is(e.held, "stream") };
	bool begun = v->streamed ? e.began_at != NONE : cx->now > e.starts_at;
	v->may_begin = v->open && v->streamed && !begun && cx->now >= e.starts_at - HOUR && cx->now < e.ends_at;
	v->may_end = v->open && begun;
	v->may_cancel = (v->draft || v->open) && e.began_at == NONE;
	v->may_change = v->draft || (v->open && !begun);
	v->captions = v->ended && event_captions_there(cx, &e);
	TRY(stream_recorded(cx, e.id, &s, &v->recorded));
	TRY(put_moderators(cx, v));
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->title;
	return OK;
}

static enum err open_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	(void)state;
	(void)a;
	return event_open(cx, in->org_id, in->event_id);
}

static const struct field cancel_in[] = {
	FIELD(org_in, org_id, F_ID, .must = true),
	FIELD(org_in, event_id, F_ID, .must = true),
	FIELD(org_in, why, F_TEXT, .label = N_("Why"), .hint = N_("Registered people read this."), .must = true, .max = 300),
	FIELD_END,
};

static enum err cancel_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	(void)state;
	(void)a;
	return event_cancel(cx, in->org_id, in->event_id, in->why);
}

static enum err begin_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	(void)state;
	(void)a;
	return event_begin(cx, in->org_id, in->event_id);
}

static enum err end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	(void)state;
	(void)a;
	return event_end(cx, in->org_id, in->event_id);
}

/* ── who leads ── */

static const struct field moderator_in[] = {
	FIELD(org_in, org_id, F_ID, .must = true),
	FIELD(org_in, event_id, F_ID, .must = true),
	FIELD(org_in, called, F_TEXT, .label = N_("Employee number, e-mail address or mobile number"), .must = true, .personal = true, .max = 200),
	FIELD_END,
};
static const struct field remove_in[] = {
	FIELD(org_in, org_id, F_ID, .must = true),
	FIELD(org_in, event_id, F_ID, .must = true),
	FIELD(org_in, person_id, F_ID, .must = true),
	FIELD_END,
};

static enum err moderator_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	(void)state;
	(void)a;
	return event_moderator_add(cx, in->org_id, in->event_id, in->called);
}

static enum err remove_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct org_in *in = input;
	(void)state;
	(void)a;
	return event_moderator_remove(cx, in->org_id, in->event_id, in->person_id);
}

#define ALL "/orgs/{org_id}/events"
#define ONE ALL "/{event_id}"
#define MANAGE .may = MAY_EVENT_MANAGE, .scope = SCOPE_ORG
#define IN .in_size = sizeof(struct org_in)
#define ACT(name_, tail, fields, fn, told, about)                                                                                                              \
	{                                                                                                                                                      \
		.name = name_, .method = POST, .page = ONE tail, .api = "/api/v1" ONE tail, MANAGE, .in = fields, IN, .run = fn, .form = "event.desk",         \
		.then = ONE, .notice = told, .summary = about                                                                                                  \
	}
const struct action event_manage_actions[] = {
	{ .name = "event.org_list",
	  .method = GET,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  MANAGE,
	  .in = list_in,
	  IN,
	  .out = item_out,
	  .out_list = true,
	  .run = list_run,
	  .html = org_events_view,
	  .summary = "All events of an organisation, the latest first." },
	{ .name = "event.series_add",
	  .method = POST,
	  .page = "/orgs/{org_id}/event-series",
	  .api = "/api/v1/orgs/{org_id}/event-series",
	  MANAGE,
	  .in = series_in,
	  .in_size = sizeof(struct event_series_put),
	  .out = made_out,
	  .run = series_run,
	  .form = "event.org_list",
	  .then = ALL,
	  .notice = N_("The series is there; choose it in its events."),
	  .summary = "Makes a series of events." },
	{ .name = "event.series_change",
	  .method = POST,
	  .api = "/api/v1/orgs/{org_id}/event-series/{series_id}",
	  MANAGE,
	  .in = series_change_in,
	  .in_size = sizeof(struct event_series_put),
	  .run = series_change_run,
	  .summary = "Gives a series another name or other words." },
	{ .name = "event.new",
	  .method = GET,
	  .page = ALL "/new",
	  MANAGE,
	  .in = list_in,
	  IN,
	  .run = new_run,
	  .html = event_new_view,
	  .summary = "The form for a new event." },
	{ .name = "event.add",
	  .method = POST,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  MANAGE,
	  .in = add_in,
	  .in_size = sizeof(struct put_in),
	  .out = made_out,
	  .run = add_run,
	  .form = "event.new",
	  .then = ALL,
	  .summary = "Makes the draft of an event." },
	{ .name = "event.desk",
	  .method = GET,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  MANAGE,
	  .in = one_in,
	  IN,
	  .out = desk_out,
	  .run = desk_run,
	  .html = event_manage_view,
	  .summary = "An event as its organisers hold it." },
	{ .name = "event.edit",
	  .method = GET,
	  .page = ONE "/change",
	  MANAGE,
	  .in = one_in,
	  IN,
	  .run = edit_run,
	  .html = event_change_view,
	  .summary = "The form that changes an event." },
	{ .name = "event.change",
	  .method = POST,
	  .page = ONE "/change",
	  .api = "/api/v1" ONE "/change",
	  MANAGE,
	  .in = change_in,
	  .in_size = sizeof(struct put_in),
	  .run = change_run,
	  .form = "event.edit",
	  .then = ONE,
	  .notice = N_("The event is changed."),
	  .summary = "Changes an event that has not begun; who is registered is told when it is moved." },
	ACT("event.open", "/open", one_in, open_run, N_("The event is open: people can register."), "Opens the draft of an event."),
	ACT("event.cancel", "/cancel", cancel_in, cancel_run, N_("The event is cancelled; who is registered is told."), "Cancels an event that has not begun."),
	ACT("event.begin", "/begin", one_in, begin_run, N_("The event has begun; time counts from now on."), "A streamed event really begins."),
	ACT("event.end", "/end", one_in, end_run, N_("The event has ended."), "An event really ends."),
	ACT("event.moderator_add", "/moderators", moderator_in, moderator_run, N_("They lead it now."), "Somebody leads the questions of an event."),
	ACT("event.moderator_remove", "/moderators/{person_id}/remove", remove_in, remove_run, N_("They do not lead it any more."),
	    "Somebody leads an event no more."),
	ACTION_END,
};
