/* Batches: making, opening, changing, ending, cancelling; see batch.h. */
#include "feature/programme/batch.h"
#include "base/utf8.h"
#include "feature/institute/institute.h"
#include "feature/person/person.h"
#include "feature/programme/batch_tell.h"

#include <math.h>

static struct str words_of(struct str s)
{
	return s.p ? str_trim(s) : S("");
}

/* ── finding ── */

enum err batch_find(struct ctx *cx, int64_t batch_id, struct batch_one_row *ret)
{
	bool found = false;
	TRY(batch_sql_one(cx, batch_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "batch_id", N_("There is no such batch."));
}

enum err batch_of(struct ctx *cx, int64_t org_id, int64_t programme_id, int64_t batch_id, struct batch_one_row *ret)
{
	bool found = false;
	TRY(batch_sql_one(cx, batch_id, ret, &found));
	return found && ret->org_id == org_id && ret->programme_id == programme_id ? OK : fail(cx, ERR_NOT_FOUND, "batch_id", N_("There is no such batch."));
}

/* ── what is typed ── */

/* As it is kept. */
struct plan {
	struct str name, place;
	int64_t seats, waiting, from_day, last_day, ask_until, starts_at, ends_at, institute_id, hostel_id, fee_paise;
	double latitude, longitude;
	bool invite_only;
};

static enum err between(struct ctx *cx, const char *field, int64_t value, int64_t least, int64_t most)
{
	const struct msg_arg args[] = { { "least", str_fmt(cx->arena, "%lld", (long long)least) }, { "most", str_fmt(cx->arena, "%lld", (long long)most) } };
	return value >= least && value <= most ? OK : fail_msg(cx, ERR_INVALID, str_of(field), N_("must be from {least} to {most}"), 2, args);
}

static int64_t day_start(int64_t day)
{
	return clock_day_start(PROGRAMME_ZONE, day);
}

static enum err read_place(struct ctx *cx, const struct batch_put *in, int64_t of_programme, struct plan *p)
{
	struct programme_institute_there_row institute;
	struct batch_hostel_there_row hostel;
	bool found = true;
	p->institute_id = in->institute_id == NONE ? of_programme : in->institute_id;
	p->hostel_id = in->hostel_id;
	p->place = words_of(in->place);
	p->latitude = in->latitude;
	p->longitude = in->longitude;
	if (isnan(p->latitude) != isnan(p->longitude))
		return fail(cx, ERR_INVALID, "longitude", N_("and latitude belong together: both or neither"));
	if (!isnan(p->latitude) && (fabs(p->latitude) > 90 || fabs(p->longitude) > 180))
		return fail(cx, ERR_INVALID, "latitude", N_("must be from -90 to 90, and the longitude from -180 to 180"));
	if (p->institute_id != NONE)
		TRY(programme_sql_institute_there(cx, p->institute_id, &institute, &found));
	if (!found)
		return fail(cx, ERR_INVALID, "institute_id", N_("is no institute of the register"));
	if (p->hostel_id != NONE)
		TRY(batch_sql_hostel_there(cx, p->hostel_id, p->institute_id, &hostel, &found));
	return found ? OK : fail(cx, ERR_INVALID, "hostel_id", N_("is no hostel of this institute"));
}

static enum err read_days(struct ctx *cx, const struct batch_put *in, int64_t last_part_day, bool open, struct plan *p)
{
	int64_t today = person_today(cx);
	p->from_day = in->from_day;
	p->last_day = in->last_day == NONE ? in->from_day + (last_part_day > 0 ? last_part_day - 1 : 0) : in->last_day;
	if (!open && p->from_day < today)
		return fail(cx, ERR_INVALID, "from_day", N_("must not be past"));
	if (p->from_day > today + BATCH_AHEAD_DAYS)
		return fail(cx, ERR_INVALID, "from_day", N_("must be within two years"));
	if (p->last_day < p->from_day)
		return fail(cx, ERR_INVALID, "last_day", N_("must not be before the first day"));
	if (p->last_day - p->from_day >= PROGRAMME_DAYS_MAX)
		return fail(cx, ERR_INVALID, "last_day", N_("must be within a year of the first day"));
	p->starts_at = day_start(p->from_day);
	p->ends_at = day_start(p->last_day + 1);
	int64_t ask_day = in->ask_day == NONE ? p->from_day - 1 : in->ask_day;
	if (ask_day > p->from_day)
		return fail(cx, ERR_INVALID, "ask_day", N_("must not be after the first day"));
	if (!open && ask_day < today - 1)
		return fail(cx, ERR_INVALID, "ask_day", N_("must not be past"));
	p->ask_until = day_start(ask_day + 1);
	return OK;
}

static enum err read_put(struct ctx *cx, const struct batch_put *in, int64_t of_programme, int64_t last_part_day, bool open, struct plan *p)
{
	int64_t fee = in->fee_rupees == NONE ? 0 : in->fee_rupees;
	*p = (struct plan){ .name = words_of(in->name), .seats = in->seats, .waiting = in->waiting == NONE ? 0 : in->waiting, .invite_only = in->invite_only };
	TRY(between(cx, "seats", p->seats, 1, BATCH_SEATS_MAX));
	TRY(between(cx, "waiting", p->waiting, 0, BATCH_SEATS_MAX));
	TRY(between(cx, "fee_rupees", fee, 0, 10000000));
	p->fee_paise = fee * 100;
	if (utf8_length(p->name) > BATCH_NAME_MAX)
		return fail(cx, ERR_INVALID, "name", N_("is too long"));
	TRY(read_place(cx, in, of_programme, p));
	return read_days(cx, in, last_part_day, open, p);
}

static int64_t last_day_of(const struct programme_parts_row *t, size_t n)
{
	int64_t last = 0;
	for (size_t i = 0; i < n; i++)
		if (t[i].ended_at == NONE && str_is(t[i].kind, "session") && t[i].day > last)
			last = t[i].day;
	return last;
}

/* ── making ── */

enum err batch_settle_times(struct ctx *cx, int64_t batch_id, int64_t ask_until)
{
	struct batch_sessions_row *s;
	struct batch_one_row b;
	int64_t starts_at = INT64_MAX, ends_at = INT64_MIN;
	size_t n;
	TRY(batch_find(cx, batch_id, &b));
	TRY(batch_sql_sessions(cx, batch_id, &s, &n));
	for (size_t i = 0; i < n; i++) {
		if (s[i].cancelled_at != NONE)
			continue;
		starts_at = s[i].starts_at < starts_at ? s[i].starts_at : starts_at;
		ends_at = s[i].ends_at > ends_at ? s[i].ends_at : ends_at;
	}
	if (ends_at == INT64_MIN) {
		starts_at = day_start(b.from_day);
		ends_at = day_start(b.last_day + 1);
	}
	if (ask_until == NONE)
		ask_until = b.ask_until;
	return batch_sql_set_times(cx, starts_at, ends_at, ask_until < starts_at ? ask_until : starts_at, cx->now, batch_id, NULL);
}

static enum err make_sessions(struct ctx *cx, int64_t batch_id, const struct plan *p, const struct programme_parts_row *t, size_t n_parts)
{
	int64_t n = 0;
	for (size_t i = 0; i < n_parts; i++) {
		if (t[i].ended_at != NONE || !str_is(t[i].kind, "session"))
			continue;
		int64_t at = day_start(p->from_day + t[i].day - 1) + t[i].start_minute * MINUTE;
		TRY(batch_sql_add_session(cx, new_id(cx), batch_id, ++n, t[i].id, t[i].title, t[i].title_hi, at, at + t[i].minutes * MINUTE, NONE, S(""),
					  NULL));
	}
	return batch_settle_times(cx, batch_id, p->ask_until);
}

static enum err is_live(struct ctx *cx, struct str state)
{
	return str_is(state, "live") ? OK : fail(cx, ERR_CONFLICT, "", N_("Batches are held of live programmes only."));
}

enum err batch_add(struct ctx *cx, const struct batch_put *in, int64_t *ret_id)
{
	struct programme_one_row of;
	struct programme_parts_row *t;
	struct batch_next_number_row number;
	struct plan p;
	size_t n;
	int64_t id = new_id(cx);
	TRY(programme_find(cx, in->org_id, in->programme_id, &of));
	TRY(is_live(cx, of.state));
	TRY(programme_sql_parts(cx, of.id, &t, &n));
	TRY(read_put(cx, in, of.institute_id, last_day_of(t, n), false, &p));
	if (last_day_of(t, n) > p.last_day - p.from_day + 1)
		return fail(cx, ERR_INVALID, "last_day", N_("is before the last session of the programme"));
	TRY(batch_sql_next_number(cx, of.id, &number));
	struct str name = p.name.n ? p.name : str_fmt(cx->arena, "Batch %lld", (long long)number.n);
	int64_t ask_until = p.ask_until < p.starts_at ? p.ask_until : p.starts_at;
	TRY(batch_sql_add(cx, id, of.id, of.org_id, number.n, name, p.seats, p.waiting, p.invite_only, ask_until, p.from_day, p.last_day, p.starts_at,
			  p.ends_at, p.institute_id, p.place, p.latitude, p.longitude, p.hostel_id, p.fee_paise, actor_hand(&cx->actor), cx->now, NULL));
	*ret_id = id;
	return make_sessions(cx, id, &p, t, n);
}

/* ── changing ── */

/* All sessions by as many days as the first day moves. What was booked is free again: it was for other days. */
static enum err shift(struct ctx *cx, const struct batch_sessions_row *s, size_t n, int64_t days)
{
	for (size_t i = 0; days && i < n; i++) {
		TRY(institute_unbook(cx, "session", s[i].id));
		TRY(batch_sql_shift_session(cx, days * DAY, s[i].id, NULL));
	}
	return OK;
}

static enum err sessions_fit(struct ctx *cx, const struct batch_sessions_row *s, size_t n, int64_t days, const struct plan *p)
{
	for (size_t i = 0; i < n; i++) {
		int64_t day = clock_day(PROGRAMME_ZONE, s[i].starts_at) + days;
		if (s[i].cancelled_at == NONE && (day < p->from_day || day > p->last_day))
			return fail_msg(cx, ERR_INVALID, S("last_day"), N_("leaves out the session “{title}”"), 1,
					(struct msg_arg[]){ { "title", s[i].title } });
	}
	return OK;
}

static enum err may_change(struct ctx *cx, const struct batch_one_row *b, const struct batch_put *in)
{
	if (!str_is(b->state, "draft") && !str_is(b->state, "open"))
		return fail(cx, ERR_CONFLICT, "", N_("This batch is over or cancelled; it does not change any more."));
	if (str_is(b->state, "open") && in->from_day != b->from_day)
		return fail(cx, ERR_CONFLICT, "from_day", N_("of an open batch stays: people have made their plans. Move its sessions"));
	if (in->seats < b->admitted)
		return fail_msg(cx, ERR_CONFLICT, S("seats"), N_("{n} are taken already"), 1,
				(struct msg_arg[]){ { "n", str_fmt(cx->arena, "%lld", (long long)b->admitted) } });
	return OK;
}

/* Who has a bed was told of that house. */
static enum err hostel_stays(struct ctx *cx, const struct batch_one_row *b, int64_t hostel_id)
{
	struct batch_beds_given_row beds;
	if (b->hostel_id == NONE || hostel_id == b->hostel_id)
		return OK;
	TRY(batch_sql_beds_given(cx, b->id, &beds));
	return beds.n ? fail_msg(cx, ERR_CONFLICT, S("hostel_id"), N_("stays while beds of it are given ({n}): take these back first"), 1,
				 (struct msg_arg[]){ { "n", str_fmt(cx->arena, "%lld", (long long)beds.n) } })
		      : OK;
}

enum err batch_change(struct ctx *cx, const struct batch_put *in)
{
	struct batch_sessions_row *s;
	struct batch_one_row b;
	struct plan p;
	size_t n;
	TRY(batch_of(cx, in->org_id, in->programme_id, in->batch_id, &b));
	TRY(may_change(cx, &b, in));
	TRY(read_put(cx, in, b.institute_id, 0, str_is(b.state, "open"), &p));
	TRY(hostel_stays(cx, &b, p.hostel_id));
	int64_t days = p.from_day - b.from_day;
	if (in->last_day == NONE)
		p.last_day = b.last_day + days;
	TRY(batch_sql_sessions(cx, b.id, &s, &n));
	TRY(sessions_fit(cx, s, n, days, &p));
	TRY(shift(cx, s, n, days));
	struct str name = p.name.n ? p.name : b.name;
	int64_t starts_at = day_start(p.from_day), ask_until = p.ask_until < starts_at ? p.ask_until : starts_at;
	TRY(batch_sql_change(cx, name, p.seats, p.waiting, p.invite_only, ask_until, p.from_day, p.last_day, starts_at, day_start(p.last_day + 1),
			     p.institute_id, p.place, p.latitude, p.longitude, p.hostel_id, p.fee_paise, cx->now, b.id, NULL));
	TRY(batch_settle_times(cx, b.id, p.ask_until));
	return batch_seats_told(cx, b.id);
}

/* ── opening, ending, cancelling ── */

enum err batch_open(struct ctx *cx, const struct batch_one_row *b)
{
	if (!str_is(b->state, "draft"))
		return fail(cx, ERR_CONFLICT, "", N_("This batch is no draft."));
	TRY(is_live(cx, b->programme_state));
	if (b->starts_at <= cx->now)
		return fail(cx, ERR_CONFLICT, "", N_("This batch would have begun already: give it other days."));
	return batch_sql_set_state(cx, S("open"), cx->now, b->id, NULL);
}

enum err batch_end(struct ctx *cx, const struct batch_one_row *b)
{
	if (!str_is(b->state, "open"))
		return fail(cx, ERR_CONFLICT, "", N_("This batch is not open."));
	if (b->ends_at > cx->now)
		return fail(cx, ERR_CONFLICT, "", N_("A session of this batch is still to come. Hold it or cancel it first."));
	TRY(batch_sql_set_state(cx, S("ended"), cx->now, b->id, NULL));
	return programme_recheck(cx, b->id);
}

enum err batch_cancel(struct ctx *cx, const struct batch_one_row *b, struct str why)
{
	struct batch_sessions_row *s;
	size_t n;
	struct str reason = words_of(why);
	if (str_is(b->state, "ended") || str_is(b->state, "cancelled"))
		return fail(cx, ERR_CONFLICT, "", N_("This batch is over or cancelled; it does not change any more."));
	if (!reason.n || utf8_length(reason) > BATCH_WORDS_MAX)
		return fail(cx, ERR_INVALID, "why", N_("must be said: who was to come reads it"));
	TRY(batch_sql_sessions(cx, b->id, &s, &n));
	for (size_t i = 0; i < n; i++)
		TRY(institute_unbook(cx, "session", s[i].id));
	TRY(batch_sql_cancel(cx, reason, cx->now, b->id, NULL));
	return str_is(b->state, "open") ? batch_tell_soon(cx, b->id, "cancelled", NONE) : OK;
}
