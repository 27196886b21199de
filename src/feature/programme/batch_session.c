/* Sessions of a batch; see batch.h. */
#include "base/utf8.h"
#include "feature/institute/institute.h"
#include "feature/person/person.h"
#include "feature/programme/batch.h"
#include "feature/programme/batch_tell.h"

static struct str words_of(struct str s)
{
	return s.p ? str_trim(s) : S("");
}

/* ── may it be? ── */

static enum err is_changing(struct ctx *cx, int64_t batch_id, struct batch_one_row *ret)
{
	TRY(batch_find(cx, batch_id, ret));
	if (!str_is(ret->state, "draft") && !str_is(ret->state, "open"))
		return fail(cx, ERR_CONFLICT, "", N_("This batch is over or cancelled; it does not change any more."));
	return OK;
}

static enum err find_session(struct ctx *cx, int64_t batch_id, int64_t session_id, struct batch_session_row *ret)
{
	struct batch_noted_row somebody;
	bool found = false, noted = false;
	TRY(batch_sql_session(cx, session_id, batch_id, ret, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "session_id", N_("There is no such session."));
	if (ret->cancelled_at != NONE)
		return fail(cx, ERR_CONFLICT, "", N_("This session is cancelled."));
	TRY(batch_sql_noted(cx, session_id, &somebody, &noted));
	return noted ? fail(cx, ERR_CONFLICT, "", N_("People were noted as being there: this session was held and does not change any more.")) : OK;
}

/* ── what is typed ── */

struct times {
	struct str title, title_hi, place;
	int64_t starts_at, ends_at;
};

static enum err read_times(struct ctx *cx, const struct session_put *in, const struct batch_one_row *b, struct times *t)
{
	int64_t from, until;
	if (!programme_minute(in->from, &from))
		return fail(cx, ERR_INVALID, "from", N_("must be a time of the day, such as 10:30"));
	if (!programme_minute(in->until, &until))
		return fail(cx, ERR_INVALID, "until", N_("must be a time of the day, such as 10:30"));
	if (until <= from)
		return fail(cx, ERR_INVALID, "until", N_("must be after the begin"));
	if (in->day < b->from_day || in->day > b->last_day)
		return fail(cx, ERR_INVALID, "day", N_("is no day of this batch"));
	if (in->day < person_today(cx))
		return fail(cx, ERR_INVALID, "day", N_("must not be past"));
	int64_t midnight = clock_day_start(PROGRAMME_ZONE, in->day);
	t->starts_at = midnight + from * MINUTE;
	t->ends_at = midnight + until * MINUTE;
	return OK;
}

static enum err read_session(struct ctx *cx, const struct session_put *in, const struct batch_one_row *b, struct times *t)
{
	t->place = words_of(in->place);
	if (!t->title.n || utf8_length(t->title) > PROGRAMME_TITLE_MAX || utf8_length(t->title_hi) > PROGRAMME_TITLE_MAX)
		return fail(cx, ERR_INVALID, "title", N_("is needed"));
	if (utf8_length(t->place) > BATCH_PLACE_MAX)
		return fail(cx, ERR_INVALID, "place", N_("is too long"));
	t->title_hi = t->title_hi.n ? t->title_hi : t->title;
	return read_times(cx, in, b, t);
}

static enum err set_room(struct ctx *cx, int64_t session_id, int64_t room_id, const struct times *t)
{
	return room_id == NONE ? institute_unbook(cx, "session", session_id)
			       : institute_book(cx, room_id, "session", session_id, t->title, t->starts_at, t->ends_at);
}

/* On other days there may be fewer beds than were given. */
static enum err settle(struct ctx *cx, const struct batch_one_row *b)
{
	TRY(batch_settle_times(cx, b->id, NONE));
	return str_is(b->state, "open") ? batch_seats_told(cx, b->id) : OK;
}

/* ── verbs ── */

enum err session_add(struct ctx *cx, const struct session_put *in, int64_t *ret_id)
{
	struct batch_part_row part = { .title = S(""), .title_hi = S("") };
	struct batch_sessions_row *s;
	struct batch_one_row b;
	bool found = true;
	int64_t id = new_id(cx);
	size_t n;
	TRY(is_changing(cx, in->batch_id, &b));
	TRY(batch_sql_sessions(cx, b.id, &s, &n));
	if (n >= BATCH_SESSIONS_MAX)
		return fail(cx, ERR_CONFLICT, "", N_("A batch has at most 300 sessions."));
	if (in->part_id != NONE)
		TRY(batch_sql_part(cx, in->part_id, b.programme_id, &part, &found));
	if (!found)
		return fail(cx, ERR_INVALID, "part_id", N_("is no session of this programme"));
	struct times t = { .title = words_of(in->title).n ? words_of(in->title) : part.title,
			   .title_hi = words_of(in->title_hi).n ? words_of(in->title_hi) : part.title_hi };
	TRY(read_session(cx, in, &b, &t));
	TRY(set_room(cx, id, in->room_id, &t));
	TRY(batch_sql_add_session(cx, id, b.id, (int64_t)n + 1, in->part_id, t.title, t.title_hi, t.starts_at, t.ends_at, in->room_id, t.place, NULL));
	*ret_id = id;
	return settle(cx, &b);
}

enum err session_change(struct ctx *cx, const struct session_put *in)
{
	struct batch_session_row was;
	struct batch_one_row b;
	struct times t = { .title = words_of(in->title), .title_hi = words_of(in->title_hi) };
	TRY(is_changing(cx, in->batch_id, &b));
	TRY(find_session(cx, b.id, in->session_id, &was));
	if (was.ends_at <= cx->now)
		return fail(cx, ERR_CONFLICT, "", N_("This session is over; it does not change any more."));
	TRY(read_session(cx, in, &b, &t));
	TRY(set_room(cx, was.id, in->room_id, &t));
	TRY(batch_sql_change_session(cx, t.title, t.title_hi, t.starts_at, t.ends_at, in->room_id, t.place, was.id, NULL));
	TRY(settle(cx, &b));
	bool moved = t.starts_at != was.starts_at || t.ends_at != was.ends_at;
	return moved && str_is(b.state, "open") ? batch_tell_soon(cx, b.id, "moved", was.id) : OK;
}

enum err session_cancel(struct ctx *cx, int64_t batch_id, int64_t session_id)
{
	struct batch_session_row s;
	struct batch_one_row b;
	TRY(is_changing(cx, batch_id, &b));
	TRY(find_session(cx, batch_id, session_id, &s));
	TRY(institute_unbook(cx, "session", session_id));
	TRY(batch_sql_cancel_session(cx, cx->now, session_id, NULL));
	TRY(settle(cx, &b));
	if (!str_is(b.state, "open"))
		return OK;
	TRY(batch_tell_soon(cx, batch_id, "dropped", session_id));
	return programme_recheck(cx, batch_id);
}
