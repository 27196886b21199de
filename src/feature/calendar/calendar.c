/* What stands in a calendar, and as text for other programs; see calendar.h. */
#include "feature/calendar/calendar.h"
#include "feature/institute/institute.h"
#include "feature/org/org.h"
#include "feature/secret/secret.h"
#include "text/ical.h"
#include "web/lang.h"

#include <stdlib.h>

enum { TEXT_MAX = 4 << 20 };

struct agenda {
	struct agenda_item *v;
	size_t n;
};

static struct str word(const struct ctx *cx, const char *english)
{
	return str_of(tr(cx->lang, english));
}

static int64_t later(int64_t a, int64_t b)
{
	return b == NONE || a > b ? a : b;
}

/* Those that are there, with commas between. */
static struct str joined(struct ctx *cx, const struct str *v, size_t n)
{
	struct buf b;
	buf_init(&b, cx->arena, 4000);
	for (size_t i = 0; i < n; i++) {
		if (!v[i].n)
			continue;
		if (b.n)
			buf_lit(&b, ", ");
		buf_str(&b, v[i]);
	}
	return buf_get(&b);
}

static struct str path_of(struct ctx *cx, const char *folder, int64_t id)
{
	return str_fmt(cx->arena, "/%s/%lld", folder, (long long)id);
}

/* ── a person ── */

struct span {
	int64_t person_id, from, until;
};

static enum err put_sessions(struct ctx *cx, const struct span *s, struct agenda *a)
{
	struct calendar_sessions_row *r;
	size_t n;
	TRY(calendar_sql_sessions(cx, s->person_id, s->from, s->until, CALENDAR_MOST, &r, &n));
	for (size_t i = 0; i < n; i++) {
		const struct str place[] = { r[i].room, r[i].institute_en.n ? org_name(cx, r[i].institute_en, r[i].institute_hi) : S(""),
					     r[i].place.n ? r[i].place : r[i].institute_place };
		*ARENA_PUSH(cx->arena, a->v, a->n) = (struct agenda_item){ .kind = r[i].teaches ? "teach" : "session",
									   .thing_id = r[i].id,
									   .starts_at = r[i].starts_at,
									   .ends_at = r[i].ends_at,
									   .day = NONE,
									   .changed_at = later(later(r[i].changed_at, r[i].cancelled_at), r[i].booked_at),
									   .title = org_name(cx, r[i].title, r[i].title_hi),
									   .part = org_name(cx, r[i].programme, r[i].programme_hi),
									   .place = joined(cx, place, 3),
									   .path = path_of(cx, "batches", r[i].batch_id),
									   .cancelled = r[i].cancelled_at != NONE || str_is(r[i].state, "cancelled") };
	}
	return OK;
}

static enum err put_events(struct ctx *cx, const struct span *s, struct agenda *a)
{
	struct calendar_events_row *r;
	size_t n;
	TRY(calendar_sql_events(cx, s->person_id, s->from, s->until, CALENDAR_MOST, &r, &n));
	for (size_t i = 0; i < n; i++)
		*ARENA_PUSH(cx->arena, a->v, a->n) = (struct agenda_item){ .kind = "event",
									   .thing_id = r[i].id,
									   .starts_at = r[i].starts_at,
									   .ends_at = r[i].ends_at,
									   .day = NONE,
									   .changed_at = r[i].changed_at,
									   .title = org_name(cx, r[i].title, r[i].title_hi),
									   .path = path_of(cx, "events", r[i].id),
									   .meeting = str_is(r[i].held, "link") ? r[i].link : S(""),
									   .cancelled = str_is(r[i].state, "cancelled") };
	return OK;
}

static enum err put_charchas(struct ctx *cx, const struct span *s, struct agenda *a)
{
	struct calendar_charchas_row *r;
	size_t n;
	TRY(calendar_sql_charchas(cx, s->person_id, s->from, s->until, CALENDAR_MOST, &r, &n));
	for (size_t i = 0; i < n; i++)
		*ARENA_PUSH(cx->arena, a->v, a->n) = (struct agenda_item){ .kind = "charcha",
									   .thing_id = r[i].id,
									   .starts_at = r[i].held_at,
									   .ends_at = r[i].held_at + r[i].minutes * MINUTE,
									   .day = NONE,
									   .changed_at = r[i].changed_at,
									   .title = org_name(cx, r[i].theme, r[i].theme_hi),
									   .part = word(cx, N_("Samuhik Charcha")),
									   .place = r[i].place,
									   .path = path_of(cx, "charchas", r[i].id),
									   .meeting = r[i].link };
	return OK;
}

static enum err put_seats(struct ctx *cx, const struct span *s, struct agenda *a)
{
	struct calendar_seats_row *r;
	size_t n;
	TRY(calendar_sql_seats(cx, s->person_id, s->from, s->until, CALENDAR_MOST, &r, &n));
	for (size_t i = 0; i < n; i++) {
		const struct msg_arg seat = { "seat", r[i].seat };
		const struct str place[] = { r[i].room, msg_text(cx, N_("your seat: {seat}"), 1, &seat), r[i].place };
		*ARENA_PUSH(cx->arena, a->v, a->n) = (struct agenda_item){ .kind = "exam",
									   .thing_id = r[i].id,
									   .starts_at = r[i].begins_at,
									   .ends_at = r[i].begins_at + (r[i].minutes + r[i].extra_minutes) * MINUTE,
									   .day = NONE,
									   .changed_at = later(later(r[i].made_at, r[i].exam_made_at), r[i].exam_opened_at),
									   .title = r[i].title,
									   .part = word(cx, N_("Examination")),
									   .place = joined(cx, place, 3),
									   .path = path_of(cx, "exams", r[i].id) };
	}
	return OK;
}

static enum err put_watches(struct ctx *cx, const struct span *s, struct agenda *a)
{
	struct calendar_watches_row *r;
	size_t n;
	TRY(calendar_sql_watches(cx, s->person_id, s->from, s->until, CALENDAR_MOST, &r, &n));
	for (size_t i = 0; i < n; i++) {
		const struct str place[] = { r[i].room, r[i].place };
		*ARENA_PUSH(cx->arena, a->v, a->n) = (struct agenda_item){ .kind = "watch",
									   .thing_id = r[i].id,
									   .starts_at = r[i].begins_at,
									   .ends_at = r[i].begins_at + r[i].minutes * MINUTE,
									   .day = NONE,
									   .changed_at = r[i].made_at,
									   .title = r[i].title,
									   .part = word(cx, N_("You watch over this room")),
									   .place = joined(cx, place, 2),
									   .path = path_of(cx, "rooms", r[i].id) };
	}
	return OK;
}

static enum err put_dues(struct ctx *cx, const struct span *s, struct agenda *a)
{
	struct calendar_dues_row *r;
	size_t n;
	TRY(calendar_sql_dues(cx, s->person_id, clock_day_in_india(s->from), clock_day_in_india(s->until), CALENDAR_MOST, &r, &n));
	for (size_t i = 0; i < n; i++) {
		const struct msg_arg course = { "course", r[i].title };
		*ARENA_PUSH(cx->arena, a->v, a->n) = (struct agenda_item){ .kind = "due",
									   .thing_id = r[i].course_id,
									   .starts_at = clock_day_start(S("Asia/Kolkata"), r[i].due_day),
									   .ends_at = clock_day_start(S("Asia/Kolkata"), r[i].due_day + 1),
									   .day = r[i].due_day,
									   .changed_at = r[i].assigned_at,
									   .title = msg_text(cx, N_("To be completed: {course}"), 1, &course),
									   .path = path_of(cx, "courses", r[i].course_id) };
	}
	return OK;
}

static int by_time(const void *x, const void *y)
{
	const struct agenda_item *a = x, *b = y;
	if (a->starts_at != b->starts_at)
		return a->starts_at < b->starts_at ? -1 : 1;
	int kind = strcmp(a->kind, b->kind);
	return kind ? kind : (a->thing_id > b->thing_id) - (a->thing_id < b->thing_id);
}

enum err calendar_of(struct ctx *cx, int64_t person_id, int64_t from, int64_t until, struct agenda_item **ret, size_t *ret_n)
{
	const struct span s = { person_id, from, until };
	struct agenda a = { 0 };
	TRY(put_sessions(cx, &s, &a));
	TRY(put_events(cx, &s, &a));
	TRY(put_charchas(cx, &s, &a));
	TRY(put_seats(cx, &s, &a));
	TRY(put_watches(cx, &s, &a));
	TRY(put_dues(cx, &s, &a));
	if (a.n)
		qsort(a.v, a.n, sizeof *a.v, by_time);
	*ret = a.v;
	*ret_n = a.n;
	return OK;
}

enum err calendar_thing(struct ctx *cx, struct str kind, int64_t thing_id, struct agenda_item *ret)
{
	struct agenda_item *v;
	size_t n;
	TRY(calendar_of(cx, cx->actor.person_id, cx->now - CALENDAR_BEHIND, cx->now + CALENDAR_AHEAD, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (v[i].thing_id == thing_id && str_is(kind, v[i].kind)) {
			*ret = v[i];
			return OK;
		}
	return fail(cx, ERR_NOT_FOUND, "thing_id", N_("There is no such thing in your calendar."));
}

/* ── an institute ── */

enum err calendar_of_institute(struct ctx *cx, int64_t institute_id, struct str *ret_name, struct agenda_item **ret, size_t *ret_n)
{
	struct institute_one_row place;
	struct calendar_of_institute_row *r;
	size_t n;
	TRY(institute_one(cx, institute_id, &place));
	*ret_name = org_name(cx, place.name_en, place.name_hi);
	TRY(calendar_sql_of_institute(cx, institute_id, cx->now - CALENDAR_BEHIND, cx->now + CALENDAR_AHEAD, place.org_id, CALENDAR_MOST, &r, &n));
	*ret = ARENA_ARRAY(cx->arena, struct agenda_item, n + 1);
	*ret_n = n;
	for (size_t i = 0; i < n; i++) {
		const struct str where[] = { r[i].room, *ret_name, place.place };
		(*ret)[i] = (struct agenda_item){ .kind = str_is(r[i].kind, "session") ? "session"
							  : str_is(r[i].kind, "event") ? "event"
										       : "other",
						  .thing_id = r[i].id,
						  .starts_at = r[i].starts_at,
						  .ends_at = r[i].ends_at,
						  .day = NONE,
						  .changed_at = later(later(r[i].changed_at, r[i].cancelled_at), r[i].booked_at),
						  .title = org_name(cx, r[i].title, r[i].title_hi),
						  .place = joined(cx, where, 3),
						  .cancelled = r[i].cancelled_at != NONE || str_is(r[i].state, "cancelled") };
	}
	return OK;
}

/* ── as text ── */

/* The same for ever: a UUID of version 8 (RFC 9562, 5.8) out of a keyed hash. One who learns and one who teaches have the same session. */
static struct str uid_of(struct ctx *cx, const struct agenda_item *e)
{
	const char *kind = strcmp(e->kind, "teach") ? e->kind : "session";
	struct str h = secret_hash(cx, "calendar entry", str_fmt(cx->arena, "%s:%lld", kind, (long long)e->thing_id));
	return str_fmt(cx->arena, "%.8s-%.4s-8%.3s-a%.3s-%.12s", h.p, h.p + 8, h.p + 13, h.p + 17, h.p + 20);
}

struct str calendar_text(struct ctx *cx, struct str name, struct str page, const struct agenda_item *v, size_t n)
{
	struct buf b;
	buf_init(&b, cx->arena, TEXT_MAX);
	ical_begin(&b, &(struct ical){ .name = name,
				       .lang = cx->lang == LANG_HI ? S("hi") : S("en"),
				       .page = str_fmt(cx->arena, "%.*s%.*s", STR_ARG(cx->app->base_url), STR_ARG(page)),
				       .refresh_minutes = CALENDAR_REFRESH_MINUTES });
	for (size_t i = 0; i < n; i++) {
		const struct agenda_item *e = &v[i];
		ical_put(&b, &(struct ical_entry){ .uid = uid_of(cx, e),
						   .title = e->title,
						   .place = e->place,
						   .words = e->part,
						   .page = e->path.n ? str_fmt(cx->arena, "%.*s%.*s", STR_ARG(cx->app->base_url), STR_ARG(e->path)) : S(""),
						   .meeting = e->meeting,
						   .starts_at = e->starts_at,
						   .ends_at = e->ends_at,
						   .day = e->day,
						   .changed_at = e->changed_at,
						   .cancelled = e->cancelled,
						   .free = e->day != NONE });
	}
	ical_end(&b);
	return buf_get(&b);
}
