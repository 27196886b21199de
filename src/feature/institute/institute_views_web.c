/* What several pages of institutes show; see institute_views.h. */
#include "feature/institute/institute_views.h"
#include "feature/institute/faculty.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "feature/competency/competency.h"
#include "web/lang.h"

const struct choice faculty_kinds[] = {
	{ "own", N_("Own faculty") },
	{ "guest", N_("Guest faculty") },
	{ NULL, NULL },
};
const struct choice booking_kinds[] = {
	{ "session", N_("Session of a batch") },
	{ "event", N_("Event") },
	{ "other", N_("Booking") },
	{ NULL, NULL },
};

/* ── rooms and hostels ── */

enum err view_rooms(struct ctx *cx, int64_t institute_id, int64_t org_id, bool with_closed, struct institute_room_item **ret, size_t *ret_n)
{
	struct institute_rooms_row *r;
	size_t n;
	TRY(institute_sql_rooms(cx, institute_id, &r, &n));
	*ret = ARENA_ARRAY(cx->arena, struct institute_room_item, n + 1);
	*ret_n = 0;
	for (size_t i = 0; i < n; i++)
		if (with_closed || r[i].closed_at == NONE)
			(*ret)[(*ret_n)++] = (struct institute_room_item){ .id = r[i].id,
									   .org_id = org_id,
									   .institute_id = institute_id,
									   .seats = r[i].seats,
									   .name = r[i].name,
									   .kind = r[i].kind,
									   .kind_name = institute_choice(cx, institute_room_kinds, r[i].kind),
									   .access = r[i].access,
									   .closed = r[i].closed_at != NONE };
	return OK;
}

enum err view_hostels(struct ctx *cx, int64_t institute_id, int64_t org_id, bool with_closed, struct institute_hostel_item **ret, size_t *ret_n)
{
	struct institute_hostels_row *r;
	size_t n;
	TRY(institute_sql_hostels(cx, institute_id, &r, &n));
	*ret = ARENA_ARRAY(cx->arena, struct institute_hostel_item, n + 1);
	*ret_n = 0;
	for (size_t i = 0; i < n; i++)
		if (with_closed || r[i].closed_at == NONE)
			(*ret)[(*ret_n)++] = (struct institute_hostel_item){ .id = r[i].id,
									     .org_id = org_id,
									     .beds = r[i].beds,
									     .name = r[i].name,
									     .for_whom = r[i].for_whom,
									     .for_whom_name = institute_choice(cx, institute_hostel_kinds, r[i].for_whom),
									     .closed = r[i].closed_at != NONE };
	return OK;
}

/* ── faculty ── */

/* "en hi" one by one. */
static void put_langs(struct ctx *cx, struct faculty_item *f)
{
	struct str rest = f->langs, tag;
	while (str_cut(&rest, ' ', &tag))
		*ARENA_PUSH(cx->arena, f->tags, f->n_tags) = (struct faculty_lang){ tag };
}

static enum err put_teaches(struct ctx *cx, int64_t institute_id, const struct institute_faculty_list_row *r, struct faculty_item *v, size_t n)
{
	struct institute_faculty_teach_row *t;
	size_t n_taught;
	if (!n)
		return OK;
	TRY(institute_sql_faculty_teach(cx, person_today(cx), institute_id, r[0].sort_key, r[n - 1].sort_key, &t, &n_taught));
	for (size_t i = 0; i < n; i++) {
		struct buf b;
		buf_init(&b, cx->arena, 1 << 16);
		for (size_t k = 0; k < n_taught; k++) {
			if (t[k].faculty_id != v[i].id)
				continue;
			if (b.n)
				buf_lit(&b, " · ");
			buf_str(&b, said_in(cx, t[k].name_en, t[k].name_hi));
		}
		v[i].teaches = buf_get(&b);
	}
	return OK;
}

static enum err after_whom(struct ctx *cx, const struct view_faculty_ask *ask, struct str *ret_key, int64_t *ret_id)
{
	struct institute_faculty_one_row f;
	*ret_key = STR_NONE;
	*ret_id = NONE;
	if (!ask->after.n)
		return OK;
	if (!str_int(ask->after, ret_id))
		return fail(cx, ERR_INVALID, "after", N_("is no cursor of this list"));
	TRY(faculty_find(cx, ask->org_id, *ret_id, &f));
	*ret_key = f.sort_key;
	return OK;
}

enum err view_faculty(struct ctx *cx, const struct view_faculty_ask *ask, struct faculty_item **ret, size_t *ret_n, struct str *ret_next)
{
	struct institute_faculty_list_row *r;
	struct str key;
	int64_t id;
	size_t n;
	TRY(after_whom(cx, ask, &key, &id));
	TRY(institute_sql_faculty_list(cx, ask->institute_id, ask->with_left ? 0 : INT64_MAX, ask->competency_id, key, id, FACULTY_PAGE + 1, &r, &n));
	*ret_next = n > FACULTY_PAGE ? fmt_plain(cx, r[FACULTY_PAGE - 1].id) : STR_NONE;
	*ret_n = n > FACULTY_PAGE ? FACULTY_PAGE : n;
	*ret = ARENA_ARRAY(cx->arena, struct faculty_item, *ret_n + 1);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = (struct faculty_item){ .id = r[i].id,
						   .org_id = ask->org_id,
						   .name = r[i].name,
						   .kind = r[i].kind,
						   .kind_name = institute_choice(cx, faculty_kinds, r[i].kind),
						   .subjects = r[i].subjects,
						   .langs = r[i].langs,
						   .about = r[i].about,
						   .guest = str_is(r[i].kind, "guest"),
						   .left = r[i].left_at != NONE };
	for (size_t i = 0; i < *ret_n; i++)
		put_langs(cx, &(*ret)[i]);
	return put_teaches(cx, ask->institute_id, r, *ret, *ret_n);
}

/* ── what happens ── */

static enum err read_cursor(struct ctx *cx, struct str after, int64_t *ret_at, int64_t *ret_id)
{
	struct str rest = after, at = STR_NONE;
	*ret_at = NONE;
	*ret_id = NONE;
	if (!after.n || (str_cut(&rest, '-', &at) && str_int(at, ret_at) && str_int(rest, ret_id)))
		return OK;
	return fail(cx, ERR_INVALID, "after", N_("is no cursor of this list"));
}

/* "10:00 to 12:00", with the day where it ends on another one. */
static struct str time_said(struct ctx *cx, int64_t from, int64_t until)
{
	bool same = clock_day(cx->actor.zone, from) == clock_day(cx->actor.zone, until - 1);
	struct str end = institute_time(cx, until);
	if (!same)
		return str_fmt(cx->arena, "%s – %s", institute_time(cx, from).p, fmt_datetime(cx, until).p);
	return str_fmt(cx->arena, "%s – %s", institute_time(cx, from).p, str_is(end, "00:00") ? "24:00" : end.p);
}

/* Where anybody may look: of a session its programme, while that is live. */
static struct str path_of(struct ctx *cx, const struct institute_calendar_row *r)
{
	if (r->programme_id != NONE)
		return str_fmt(cx->arena, "/programmes/%lld", (long long)r->programme_id);
	return str_is(r->kind, "event") ? str_fmt(cx->arena, "/events/%lld", (long long)r->thing_id) : S("");
}

enum err view_calendar(struct ctx *cx, const struct view_calendar_ask *ask, struct calendar_item **ret, size_t *ret_n, struct str *ret_next)
{
	struct institute_calendar_row *r;
	int64_t at, id;
	size_t n, most = (size_t)ask->most;
	TRY(read_cursor(cx, ask->after, &at, &id));
	TRY(institute_sql_calendar(cx, ask->from - INSTITUTE_BOOKING_MAX, ask->until, ask->from, ask->institute_id, ask->room_id ? ask->room_id : NONE, at, id,
				   ask->most + 1, &r, &n));
	*ret_next = n > most ? str_fmt(cx->arena, "%lld-%lld", (long long)r[most - 1].from_at, (long long)r[most - 1].id) : STR_NONE;
	*ret_n = n > most ? most : n;
	*ret = ARENA_ARRAY(cx->arena, struct calendar_item, *ret_n + 1);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = (struct calendar_item){ .id = r[i].id,
						    .thing_id = r[i].thing_id,
						    .from_at = r[i].from_at,
						    .until_at = r[i].until_at,
						    .room_id = r[i].room_id,
						    .institute_id = r[i].institute_id,
						    .org_id = ask->org_id,
						    .kind = r[i].kind,
						    .kind_name = institute_choice(cx, booking_kinds, r[i].kind),
						    .words = org_name(cx, r[i].words, r[i].words_hi),
						    .time = time_said(cx, r[i].from_at, r[i].until_at),
						    .room = r[i].room,
						    .path = path_of(cx, &r[i]),
						    .institute = org_name(cx, r[i].name_en, r[i].name_hi),
						    .other = str_is(r[i].kind, "other") };
	return OK;
}

void view_days(struct ctx *cx, int64_t first_day, struct calendar_item *v, size_t n, struct calendar_day **ret, size_t *ret_n)
{
	static const char *const weekdays[] = { N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday") };
	*ret = ARENA_ARRAY(cx->arena, struct calendar_day, n + 1);
	*ret_n = 0;
	for (size_t i = 0; i < n; i++) {
		int64_t day = clock_day(cx->actor.zone, v[i].from_at);
		day = day < first_day ? first_day : day;
		if (!*ret_n || (*ret)[*ret_n - 1].day != day)
			(*ret)[(*ret_n)++] =
				(struct calendar_day){ .day = day, .weekday = str_of(tr(cx->lang, weekdays[clock_date(day).weekday])), .items = &v[i] };
		(*ret)[*ret_n - 1].n_items++;
	}
}
