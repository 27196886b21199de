/* The register of institutes for everybody who is signed in: where they are, what they have, what happens there, and which room is free. */
#include "base/utf8.h"
#include "feature/competency/competency.h"
#include "feature/institute/institute_views.h"
#include "feature/institute/pillars.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "institute_free_html.h"
#include "institute_calendar_html.h"
#include "institute_html.h"
#include "institutes_html.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

#include <math.h>

enum { LIST_PAGE = 50, COMING_DAYS = 60, COMING_MOST = 40 };

static struct str id_text(struct ctx *cx, int64_t id)
{
	return id == NONE ? S("") : fmt_plain(cx, id);
}

static struct institute_pick *picks_of(struct ctx *cx, const struct choice *c, struct str chosen, size_t *ret_n)
{
	struct institute_pick *v;
	size_t n = 0;
	while (c[n].value)
		n++;
	v = ARENA_ARRAY(cx->arena, struct institute_pick, n + 1);
	for (size_t i = 0; i < n; i++)
		v[i] = (struct institute_pick){ str_of(c[i].value), str_of(tr(cx->lang, c[i].label)), chosen };
	*ret_n = n;
	return v;
}

/* ── the register ── */

struct list_in {
	struct str place, kind, after;
	int64_t competency_id;
};
static const struct choice kinds_or_all[] = {
	{ "", N_("all kinds") },
	{ "central", N_("Central training institute") },
	{ "state", N_("Administrative training institute of a state") },
	{ "zonal", N_("Zonal training institute") },
	{ "regional", N_("Regional training institute") },
	{ "other", N_("Other institute") },
	{ NULL, NULL },
};
static const struct field list_in[] = {
	FIELD(list_in, place, F_TEXT, .max = INSTITUTE_PLACE_MAX),
	FIELD(list_in, kind, F_CHOICE, .choices = kinds_or_all),
	FIELD(list_in, competency_id, F_ID),
	FIELD(list_in, after, F_TEXT, .max = 24),
	FIELD_END,
};
static const struct field list_out[] = {
	FIELD(institute_item, id, F_ID),      FIELD(institute_item, name, F_TEXT),     FIELD(institute_item, kind, F_TEXT),
	FIELD(institute_item, place, F_TEXT), FIELD(institute_item, n_rooms, F_INT),   FIELD(institute_item, seats, F_INT),
	FIELD(institute_item, beds, F_INT),   FIELD(institute_item, n_faculty, F_INT), FIELD_END,
};

/* Whether all words of what was typed stand in name or place. */
static bool stands_in(struct ctx *cx, struct str typed, const struct institute_all_row *r)
{
	struct str rest = utf8_bare(cx->arena, utf8_fold(cx->arena, typed)), word;
	struct str all = str_fmt(cx->arena, "%.*s %.*s %.*s", STR_ARG(r->name_en), STR_ARG(r->name_hi), STR_ARG(r->place));
	all = utf8_bare(cx->arena, utf8_fold(cx->arena, all));
	while (utf8_word(&rest, &word))
		if (str_find(all, word) < 0)
			return false;
	return true;
}

static enum err put_list(struct ctx *cx, const struct list_in *in, struct institutes_page *v, struct str *ret_next)
{
	struct institute_all_row *r;
	size_t n;
	bool behind = !in->after.n;
	TRY(institute_sql_all(cx, in->kind.n ? in->kind : STR_NONE, in->competency_id, &r, &n));
	v->items = ARENA_ARRAY(cx->arena, struct institute_item, LIST_PAGE);
	for (size_t i = 0; i < n; i++) {
		if (!behind) {
			behind = str_eq(id_text(cx, r[i].id), in->after);
			continue;
		}
		if (in->place.n && !stands_in(cx, in->place, &r[i]))
			continue;
		if (v->n_items == LIST_PAGE) {
			*ret_next = id_text(cx, v->items[LIST_PAGE - 1].id);
			return OK;
		}
		v->items[v->n_items++] = (struct institute_item){ .id = r[i].id,
								  .n_rooms = r[i].n_rooms,
								  .seats = r[i].seats,
								  .beds = r[i].beds,
								  .n_faculty = r[i].n_faculty,
								  .name = org_name(cx, r[i].name_en, r[i].name_hi),
								  .kind = r[i].kind,
								  .kind_name = institute_choice(cx, institute_kinds, r[i].kind),
								  .place = r[i].place };
	}
	return OK;
}

static enum err put_taught(struct ctx *cx, struct institutes_page *v)
{
	struct institute_taught_row *r;
	TRY(institute_sql_taught(cx, person_today(cx), &r, &v->n_competencies));
	v->competencies = ARENA_ARRAY(cx->arena, struct institute_pick, v->n_competencies + 1);
	for (size_t i = 0; i < v->n_competencies; i++)
		v->competencies[i] = (struct institute_pick){ id_text(cx, r[i].competency_id), said_in(cx, r[i].name_en, r[i].name_hi), v->competency };
	return OK;
}

static struct str list_further(struct ctx *cx, const struct list_in *in, struct str next)
{
	struct html_out o;
	html_begin(&o, cx, 4000);
	buf_fmt(&o.b, "/institutes?after=%.*s&place=", STR_ARG(next));
	html_url_part(&o, in->place.n ? in->place : S(""));
	buf_fmt(&o.b, "&kind=%.*s", STR_ARG(in->kind));
	if (in->competency_id != NONE)
		buf_fmt(&o.b, "&competency_id=%lld", (long long)in->competency_id);
	return buf_get(&o.b);
}

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct institutes_page *v = ARENA_NEW(cx->arena, struct institutes_page);
	(void)state;
	*v = (struct institutes_page){ .place = in->place, .kind = in->kind, .competency = id_text(cx, in->competency_id) };
	TRY(put_list(cx, in, v, &a->next));
	v->next = a->next.n ? list_further(cx, in, a->next) : STR_NONE;
	v->kinds = picks_of(cx, kinds_or_all, in->kind.n ? in->kind : S(""), &v->n_kinds);
	TRY(put_taught(cx, v));
	ANSWER_ROWS(a, v->items, v->n_items);
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("Training institutes"));
	return OK;
}

/* ── one institute ── */

struct one_in {
	int64_t institute_id;
	struct str after;
};
static const struct field one_in[] = { FIELD(one_in, institute_id, F_ID, .must = true), FIELD(one_in, after, F_TEXT, .max = 24), FIELD_END };
static const struct field one_out[] = {
	FIELD(institute_page, id, F_ID),	 FIELD(institute_page, org_id, F_ID),
	FIELD(institute_page, name, F_TEXT),	 FIELD(institute_page, kind, F_TEXT),
	FIELD(institute_page, about, F_LONG),	 FIELD(institute_page, place, F_TEXT),
	FIELD(institute_page, n_covered, F_INT), FIELD_END,
};

/* A place on a map that everybody can open, without asking whose map that is (RFC 5870). */
static struct str map_of(struct ctx *cx, const struct institute_one_row *r)
{
	return isnan(r->latitude) ? STR_NONE : str_fmt(cx->arena, "%.5f, %.5f", r->latitude, r->longitude);
}

static enum err put_coming(struct ctx *cx, struct institute_page *v)
{
	struct calendar_item *items;
	struct str next;
	size_t n;
	struct view_calendar_ask ask = {
		.institute_id = v->id, .org_id = v->org_id, .from = cx->now, .until = cx->now + COMING_DAYS * DAY, .most = COMING_MOST
	};
	TRY(view_calendar(cx, &ask, &items, &n, &next));
	view_days(cx, clock_day(cx->actor.zone, cx->now), items, n, &v->days, &v->n_days);
	return OK;
}

static enum err put_one(struct ctx *cx, const struct one_in *in, struct institute_page *v)
{
	struct institute_one_row r;
	struct pillar_state pillars[PILLARS];
	struct str next;
	size_t covered;
	TRY(institute_one(cx, in->institute_id, &r));
	*v = (struct institute_page){ .id = r.id,
				      .org_id = r.org_id,
				      .name = org_name(cx, r.name_en, r.name_hi),
				      .kind = r.kind,
				      .kind_name = institute_choice(cx, institute_kinds, r.kind),
				      .about = r.about,
				      .place = r.place,
				      .map = map_of(cx, &r) };
	TRY(access_may(cx, MAY_INSTITUTE_MANAGE, SCOPE_ORG, r.org_id, &v->may_manage));
	TRY(view_rooms(cx, r.id, r.org_id, false, &v->rooms, &v->n_rooms));
	TRY(view_hostels(cx, r.id, r.org_id, false, &v->hostels, &v->n_hostels));
	TRY(view_faculty(cx, &(struct view_faculty_ask){ r.id, r.org_id, NONE, false, in->after }, &v->faculty, &v->n_faculty, &next));
	if (next.n)
		v->more = str_fmt(cx->arena, "/institutes/%lld?after=%s#f", (long long)r.id, next.p);
	TRY(pillar_states(cx, r.id, pillars, &covered));
	v->n_covered = (int64_t)covered;
	return put_coming(cx, v);
}

static enum err one_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct institute_page *v = ARENA_NEW(cx->arena, struct institute_page);
	(void)state;
	TRY(put_one(cx, input, v));
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_LEARN;
	a->title = v->name;
	return OK;
}

/* ── what happens where ── */

struct calendar_in {
	int64_t day, institute_id;
	struct str view, after;
};
static const struct choice spans[] = { { "week", N_("Week") }, { "month", N_("Month") }, { NULL, NULL } };
static const struct field calendar_in[] = {
	FIELD(calendar_in, view, F_CHOICE, .choices = spans),
	FIELD(calendar_in, day, F_DATE),
	FIELD(calendar_in, institute_id, F_ID),
	FIELD(calendar_in, after, F_TEXT, .max = 48),
	FIELD_END,
};
static const struct field calendar_out[] = {
	FIELD(calendar_item, kind, F_TEXT),	  FIELD(calendar_item, thing_id, F_ID),	   FIELD(calendar_item, words, F_TEXT),
	FIELD(calendar_item, from_at, F_TIME),	  FIELD(calendar_item, until_at, F_TIME),  FIELD(calendar_item, room, F_TEXT),
	FIELD(calendar_item, institute_id, F_ID), FIELD(calendar_item, institute, F_TEXT), FIELD_END,
};

static struct str calendar_address(struct ctx *cx, const struct calendar_page *v, int64_t day, bool by_month, struct str after)
{
	struct buf b;
	buf_init(&b, cx->arena, 400);
	buf_fmt(&b, "/institutes/calendar?view=%s&day=%s", by_month ? "month" : "week", fmt_isoday(cx, day).p);
	if (v->institute_id != NONE)
		buf_fmt(&b, "&institute_id=%lld", (long long)v->institute_id);
	if (after.n)
		buf_fmt(&b, "&after=%.*s", STR_ARG(after));
	return buf_get(&b);
}

/* The week from Monday, or the month, in which a day is. */
static void span_of(struct calendar_page *v, int64_t day)
{
	struct civil c = clock_date(day);
	v->first_day = v->by_month ? day - (c.day - 1) : day - c.weekday;
	int64_t next = v->first_day + 7;
	if (v->by_month)
		next = c.month == 12 ? clock_day_of(c.year + 1, 1, 1) : clock_day_of(c.year, c.month + 1, 1);
	v->last_day = next - 1;
}

static enum err put_institutes(struct ctx *cx, struct calendar_page *v)
{
	struct institute_all_row *r;
	struct str chosen = id_text(cx, v->institute_id);
	TRY(institute_sql_all(cx, STR_NONE, NONE, &r, &v->n_institutes));
	v->institutes = ARENA_ARRAY(cx->arena, struct institute_pick, v->n_institutes + 1);
	for (size_t i = 0; i < v->n_institutes; i++)
		v->institutes[i] = (struct institute_pick){ id_text(cx, r[i].id), org_name(cx, r[i].name_en, r[i].name_hi), chosen };
	return OK;
}

static enum err calendar_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct calendar_in *in = input;
	struct calendar_page *v = ARENA_NEW(cx->arena, struct calendar_page);
	struct calendar_item *items;
	int64_t today = clock_day(cx->actor.zone, cx->now), day = in->day != NONE ? in->day : today;
	size_t n;
	(void)state;
	if (day < today - 3660 || day > today + 3660)
		return fail(cx, ERR_INVALID, "day", N_("must be within ten years of today"));
	v->institute_id = in->institute_id;
	v->by_month = str_is(in->view, "month");
	v->day = fmt_isoday(cx, day);
	span_of(v, day);
	TRY(view_calendar(cx,
			  &(struct view_calendar_ask){ .institute_id = in->institute_id,
						       .from = clock_day_start(cx->actor.zone, v->first_day),
						       .until = clock_day_start(cx->actor.zone, v->last_day + 1),
						       .most = CALENDAR_MOST,
						       .after = in->after },
			  &items, &n, &a->next));
	view_days(cx, v->first_day, items, n, &v->days, &v->n_days);
	v->n_items = (int64_t)n;
	v->previous = calendar_address(cx, v, v->first_day - 1, v->by_month, STR_NONE);
	v->next = calendar_address(cx, v, v->last_day + 1, v->by_month, STR_NONE);
	v->week = calendar_address(cx, v, day, false, STR_NONE);
	v->month = calendar_address(cx, v, day, true, STR_NONE);
	v->more = a->next.n ? calendar_address(cx, v, day, v->by_month, a->next) : STR_NONE;
	TRY(put_institutes(cx, v));
	ANSWER_ROWS(a, items, n);
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("Calendar of the institutes"));
	return OK;
}

/* ── what is free ── */

struct free_in {
	int64_t seats, from_day, until_day;
	struct str from_time, until_time, after;
};
static const struct field free_in[] = {
	FIELD(free_in, seats, F_INT, .min = 1, .max = 100000),
	FIELD(free_in, from_day, F_DATE),
	FIELD(free_in, from_time, F_TEXT, .max = 5),
	FIELD(free_in, until_day, F_DATE),
	FIELD(free_in, until_time, F_TEXT, .max = 5),
	FIELD(free_in, after, F_TEXT, .max = 48),
	FIELD_END,
};
static const struct field free_out[] = {
	FIELD(institute_room_item, id, F_ID),	       FIELD(institute_room_item, name, F_TEXT),   FIELD(institute_room_item, kind, F_TEXT),
	FIELD(institute_room_item, seats, F_INT),      FIELD(institute_room_item, access, F_TEXT), FIELD(institute_room_item, institute_id, F_ID),
	FIELD(institute_room_item, institute, F_TEXT), FIELD(institute_room_item, place, F_TEXT),  FIELD_END,
};

static enum err read_times(struct ctx *cx, const struct free_in *in, int64_t *ret_from, int64_t *ret_until)
{
	TRY(institute_moment(cx, in->from_day, in->from_time.n ? in->from_time : S("00:00"), "from_time", ret_from));
	return institute_moment(cx, in->until_day != NONE ? in->until_day : in->from_day, in->until_time.n ? in->until_time : S("24:00"), "until_time",
				ret_until);
}

static enum err put_free(struct ctx *cx, const struct free_in *in, struct free_page *v, struct str *ret_next)
{
	struct institute_free_rooms_row *r;
	struct str rest = in->after, seats = STR_NONE;
	int64_t from, until, after_seats = NONE, after_id = NONE;
	TRY(read_times(cx, in, &from, &until));
	if (in->after.n && !(str_cut(&rest, '-', &seats) && str_int(seats, &after_seats) && str_int(rest, &after_id)))
		return fail(cx, ERR_INVALID, "after", N_("is no cursor of this list"));
	TRY(institute_free(cx, in->seats != NONE ? in->seats : 1, from, until, after_seats, after_id, &r, &v->n_rooms));
	v->rooms = ARENA_ARRAY(cx->arena, struct institute_room_item, v->n_rooms + 1);
	for (size_t i = 0; i < v->n_rooms; i++)
		v->rooms[i] = (struct institute_room_item){ .id = r[i].id,
							    .institute_id = r[i].institute_id,
							    .seats = r[i].seats,
							    .name = r[i].name,
							    .kind = r[i].kind,
							    .kind_name = institute_choice(cx, institute_room_kinds, r[i].kind),
							    .access = r[i].access,
							    .institute = org_name(cx, r[i].name_en, r[i].name_hi),
							    .place = r[i].place };
	if (v->n_rooms == INSTITUTE_FREE_MAX)
		*ret_next = str_fmt(cx->arena, "%lld-%lld", (long long)r[v->n_rooms - 1].seats, (long long)r[v->n_rooms - 1].id);
	return OK;
}

static enum err free_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct free_in *in = input;
	struct free_page *v = ARENA_NEW(cx->arena, struct free_page);
	(void)state;
	*v = (struct free_page){ .seats = id_text(cx, in->seats),
				 .from_day = fmt_isoday(cx, in->from_day),
				 .from_time = in->from_time.n ? in->from_time : S(""),
				 .until_day = fmt_isoday(cx, in->until_day),
				 .until_time = in->until_time.n ? in->until_time : S(""),
				 .asked = in->from_day != NONE };
	if (v->asked)
		TRY(put_free(cx, in, v, &a->next));
	if (a->next.n)
		v->next = str_fmt(cx->arena, "/institutes/free?seats=%s&from_day=%s&from_time=%s&until_day=%s&until_time=%s&after=%s", v->seats.p,
				  v->from_day.p, v->from_time.n ? in->from_time.p : "", v->until_day.p, v->until_time.n ? in->until_time.p : "", a->next.p);
	ANSWER_ROWS(a, v->rooms, v->n_rooms);
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("Who has a room?"));
	return OK;
}

const struct action institute_actions[] = {
	{ .name = "institute.list",
	  .method = GET,
	  .page = "/institutes",
	  .api = "/api/v1/institutes",
	  .may = MAY_LEARN,
	  .in = list_in,
	  .in_size = sizeof(struct list_in),
	  .out = list_out,
	  .out_list = true,
	  .run = list_run,
	  .html = institutes_view,
	  .summary = "Training institutes, by name or place, kind, and what their faculty teaches." },
	{ .name = "institute.calendar",
	  .method = GET,
	  .page = "/institutes/calendar",
	  .api = "/api/v1/institutes/calendar",
	  .may = MAY_LEARN,
	  .in = calendar_in,
	  .in_size = sizeof(struct calendar_in),
	  .out = calendar_out,
	  .out_list = true,
	  .run = calendar_run,
	  .html = institute_calendar_view,
	  .summary = "What happens at institutes in a week or a month: sessions of batches, events, other bookings." },
	{ .name = "institute.free",
	  .method = GET,
	  .page = "/institutes/free",
	  .api = "/api/v1/institutes/free",
	  .may = MAY_LEARN,
	  .in = free_in,
	  .in_size = sizeof(struct free_in),
	  .out = free_out,
	  .out_list = true,
	  .run = free_run,
	  .html = institute_free_view,
	  .summary = "Rooms of all institutes with at least so many seats that are free between two moments, the smallest first." },
	{ .name = "institute.show",
	  .method = GET,
	  .page = "/institutes/{institute_id}",
	  .api = "/api/v1/institutes/{institute_id}",
	  .may = MAY_LEARN,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .out = one_out,
	  .run = one_run,
	  .html = institute_view,
	  .summary = "An institute: rooms, hostels, faculty, what is coming." },
	ACTION_END,
};
