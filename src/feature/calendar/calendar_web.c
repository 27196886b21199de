/* My calendar, the addresses under which phones read it, and the feeds themselves. */
#include "feature/account/qr_path.h"
#include "feature/calendar/calendar.h"
#include "feature/calendar/calendar_page.h"
#include "feature/institute/institute.h"
#include "feature/org/org.h"
#include "feature/secret/secret.h"
#include "my_calendar_html.h"
#include "institute_feed_html.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

enum { WEEKS = 8, REACH_DAYS = 400 };

/* ── my calendar ── */

struct mine_in {
	int64_t from;
};
static const struct field mine_in[] = { FIELD(mine_in, from, F_DATE), FIELD_END };
static const struct field line_out[] = {
	FIELD(agenda_line, kind, F_TEXT),
	FIELD(agenda_line, thing_id, F_ID),
	FIELD(agenda_line, title, F_TEXT),
	FIELD(agenda_line, part, F_TEXT),
	FIELD(agenda_line, place, F_TEXT),
	FIELD(agenda_line, starts_at, F_TIME),
	FIELD(agenda_line, ends_at, F_TIME),
	FIELD(agenda_line, day, F_DATE),
	FIELD(agenda_line, cancelled, F_BOOL),
	FIELD(agenda_line, path, F_TEXT),
	FIELD_END,
};

static struct str kind_name(const struct ctx *cx, const char *kind)
{
	static const struct choice names[] = {
		{ "session", N_("Session") },
		{ "teach", N_("You teach") },
		{ "event", N_("Event") },
		{ "exam", N_("Examination") },
		{ "watch", N_("Invigilation") },
		{ "due", N_("Last day") },
		{ "charcha", N_("Samuhik Charcha") },
		{ NULL, NULL },
	};
	return institute_choice(cx, names, str_of(kind));
}

static struct str time_said(struct ctx *cx, const struct agenda_item *e)
{
	bool same = clock_day(cx->actor.zone, e->starts_at) == clock_day(cx->actor.zone, e->ends_at - 1);
	if (e->day != NONE)
		return S("");
	return str_fmt(cx->arena, "%s – %s", institute_time(cx, e->starts_at).p, same ? institute_time(cx, e->ends_at).p : fmt_datetime(cx, e->ends_at).p);
}

static struct agenda_line line_of(struct ctx *cx, const struct agenda_item *e)
{
	return (struct agenda_line){ .thing_id = e->thing_id,
				     .starts_at = e->starts_at,
				     .ends_at = e->ends_at,
				     .day = e->day,
				     .kind = str_of(e->kind),
				     .kind_name = kind_name(cx, e->kind),
				     .title = e->title,
				     .part = e->part,
				     .place = e->place,
				     .path = e->path,
				     .time = time_said(cx, e),
				     .meeting = e->meeting,
				     .file = str_fmt(cx->arena, "/me/calendar/%s/%lld/calendar.ics", e->kind, (long long)e->thing_id),
				     .cancelled = e->cancelled };
}

static void put_days(struct ctx *cx, struct calendar_page *v, struct agenda_line *lines, size_t n)
{
	static const char *const weekdays[] = { N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday") };
	int64_t today = clock_day(cx->actor.zone, cx->now);
	v->days = ARENA_ARRAY(cx->arena, struct agenda_day, n + 1);
	for (size_t i = 0; i < n; i++) {
		int64_t day = lines[i].day != NONE ? lines[i].day : clock_day(cx->actor.zone, lines[i].starts_at);
		if (!v->n_days || v->days[v->n_days - 1].day != day)
			v->days[v->n_days++] = (struct agenda_day){
				.day = day, .weekday = str_of(tr(cx->lang, weekdays[clock_date(day).weekday])), .today = day == today, .lines = &lines[i]
			};
		v->days[v->n_days - 1].n_lines++;
	}
}

static enum err mine_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct mine_in *in = input;
	struct calendar_page *v = ARENA_NEW(cx->arena, struct calendar_page);
	struct agenda_item *items;
	int64_t today = clock_day(cx->actor.zone, cx->now);
	size_t n;
	(void)state;
	v->from_day = in->from != NONE ? in->from : today;
	if (v->from_day < today - REACH_DAYS || v->from_day > today + REACH_DAYS)
		return fail(cx, ERR_INVALID, "from", N_("must be within 400 days of today"));
	TRY(calendar_of(cx, cx->actor.person_id, clock_day_start(cx->actor.zone, v->from_day), clock_day_start(cx->actor.zone, v->from_day + 7 * WEEKS), &items,
			&n));
	struct agenda_line *lines = ARENA_ARRAY(cx->arena, struct agenda_line, n + 1);
	for (size_t i = 0; i < n; i++)
		lines[i] = line_of(cx, &items[i]);
	put_days(cx, v, lines, n);
	TRY(calendar_address(cx, cx->actor.person_id, NONE, &v->address, &v->since));
	v->has_address = v->since != NONE;
	if (v->address.n)
		v->qr = qr_path(cx, v->address, &v->qr_size);
	if (v->from_day + 7 * WEEKS <= today + REACH_DAYS)
		v->later = str_fmt(cx->arena, "/me/calendar?from=%s", fmt_isoday(cx, v->from_day + 7 * WEEKS).p);
	ANSWER_ROWS(a, lines, n);
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("My calendar"));
	return OK;
}

static enum err mine_new_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)input;
	(void)state;
	(void)a;
	return calendar_address_new(cx, cx->actor.person_id, NONE);
}

static enum err mine_end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)input;
	(void)state;
	(void)a;
	return calendar_address_end(cx, cx->actor.person_id, NONE);
}

/* ── as files ── */

/* The same data make the same bytes, so their hash says whether anything has changed. */
static void put_file(struct ctx *cx, struct answer *a, struct str text)
{
	a->type = "text/calendar; charset=utf-8";
	a->bytes = text;
	a->etag = str_fmt(cx->arena, "\"%.32s\"", secret_hash(cx, "calendar bytes", text).p);
}

struct thing_in {
	int64_t thing_id;
	struct str what;
};
static const struct field thing_in[] = { FIELD(thing_in, what, F_TEXT, .must = true, .max = 10), FIELD(thing_in, thing_id, F_ID, .must = true), FIELD_END };

static enum err thing_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct thing_in *in = input;
	struct agenda_item e;
	(void)state;
	TRY(calendar_thing(cx, in->what, in->thing_id, &e));
	put_file(cx, a, calendar_text(cx, e.title, S("/me/calendar"), &e, 1));
	a->filename = S("calendar.ics");
	return OK;
}

struct code_in {
	struct str code;
};
static const struct field code_in[] = { FIELD(code_in, code, F_TEXT, .must = true, .personal = true, .max = 64), FIELD_END };

static enum err feed_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct code_in *in = input;
	struct str text;
	(void)state;
	TRY(calendar_behind(cx, in->code, &text));
	put_file(cx, a, text);
	return OK;
}

/* ── the address of an institute's ── */

struct place_in {
	int64_t org_id;
};
static const struct field place_in[] = { FIELD(place_in, org_id, F_ID, .must = true), FIELD_END };
static const struct field place_out[] = { FIELD(calendar_place_page, address, F_TEXT, .personal = true), FIELD(calendar_place_page, since, F_TIME), FIELD_END };

static enum err place_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct place_in *in = input;
	struct calendar_place_page *v = ARENA_NEW(cx->arena, struct calendar_place_page);
	struct institute_of_org_row r;
	(void)state;
	TRY(institute_of(cx, in->org_id, &r));
	v->org_id = in->org_id;
	v->org = org_name(cx, r.name_en, r.name_hi);
	TRY(calendar_address(cx, NONE, r.id, &v->address, &v->since));
	v->has_address = v->since != NONE;
	if (v->address.n)
		v->qr = qr_path(cx, v->address, &v->qr_size);
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Calendar for other programs"));
	return OK;
}

static enum err place_new_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct place_in *in = input;
	struct institute_of_org_row r;
	(void)state;
	(void)a;
	TRY(institute_of(cx, in->org_id, &r));
	return calendar_address_new(cx, NONE, r.id);
}

static enum err place_end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct place_in *in = input;
	struct institute_of_org_row r;
	(void)state;
	(void)a;
	TRY(institute_of(cx, in->org_id, &r));
	return calendar_address_end(cx, NONE, r.id);
}

#define MINE "/me/calendar"
#define PLACE "/orgs/{org_id}/institute/calendar"
#define MANAGE .may = MAY_INSTITUTE_MANAGE, .scope = SCOPE_ORG, .in = place_in, .in_size = sizeof(struct place_in)
const struct action calendar_actions[] = {
	{ .name = "calendar.mine",
	  .method = GET,
	  .page = MINE,
	  .api = "/api/v1" MINE,
	  .may = MAY_LEARN,
	  .own = true,
	  .in = mine_in,
	  .in_size = sizeof(struct mine_in),
	  .out = line_out,
	  .out_list = true,
	  .run = mine_run,
	  .html = my_calendar_view,
	  .summary = "What the person has to be at in the coming eight weeks, or from a day on." },
	{ .name = "calendar.address",
	  .method = POST,
	  .page = MINE "/address",
	  .may = MAY_LEARN,
	  .in_person = true,
	  .run = mine_new_run,
	  .form = "calendar.mine",
	  .then = MINE,
	  .notice = N_("There is a new address; the one before, if there was any, is dead."),
	  .summary = "Makes a new secret address of the person's calendar and ends the old one." },
	{ .name = "calendar.address_end",
	  .method = POST,
	  .page = MINE "/address/end",
	  .may = MAY_LEARN,
	  .in_person = true,
	  .run = mine_end_run,
	  .form = "calendar.mine",
	  .then = MINE,
	  .notice = N_("The address is dead."),
	  .summary = "Ends the secret address of the person's calendar." },
	{ .name = "calendar.thing",
	  .method = GET,
	  .page = MINE "/{what}/{thing_id}/calendar.ics",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = thing_in,
	  .in_size = sizeof(struct thing_in),
	  .run = thing_run,
	  .summary = "One thing of the person's calendar as a calendar file." },
	{ .name = "calendar.feed",
	  .method = GET,
	  .api = "/api/v1/calendars/{code}/calendar.ics",
	  .may = MAY_ANYONE,
	  .in = code_in,
	  .in_size = sizeof(struct code_in),
	  .run = feed_run,
	  .unlisted = true,
	  .summary = "The calendar behind a secret address, as iCalendar (RFC 5545)." },
	{ .name = "calendar.institute",
	  .method = GET,
	  .page = PLACE,
	  .api = "/api/v1" PLACE,
	  MANAGE,
	  .out = place_out,
	  .run = place_run,
	  .html = institute_feed_view,
	  .summary = "The secret address of an institute's calendar." },
	{ .name = "calendar.institute_address",
	  .method = POST,
	  .page = PLACE "/address",
	  .api = "/api/v1" PLACE "/address",
	  MANAGE,
	  .run = place_new_run,
	  .form = "calendar.institute",
	  .then = PLACE,
	  .notice = N_("There is a new address; the one before, if there was any, is dead."),
	  .summary = "Makes a new secret address of an institute's calendar and ends the old one." },
	{ .name = "calendar.institute_address_end",
	  .method = POST,
	  .page = PLACE "/address/end",
	  .api = "/api/v1" PLACE "/address/end",
	  MANAGE,
	  .run = place_end_run,
	  .form = "calendar.institute",
	  .then = PLACE,
	  .notice = N_("The address is dead."),
	  .summary = "Ends the secret address of an institute's calendar." },
	ACTION_END,
};
