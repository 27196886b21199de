/* Work behind rooms: what is open is handed in when a room closes; people are told where they sit. See room.h. */
#include "feature/attempt/attempt.h"
#include "feature/integrity/integrity.h"
#include "feature/notice/notice.h"
#include "feature/room/room.h"

/* ── closing: one paper a step ── */

static enum err close_step(struct ctx *cx, struct job *j)
{
	struct room_next_open_row p;
	struct room_one_row r;
	int64_t room_id;
	bool found = false;
	if (!str_int(j->input, &room_id))
		return ERR_INTERNAL;
	TRY(room_sql_next_open(cx, room_id, &p, &found));
	if (found) {
		j->done++;
		return attempt_close(cx, p.taker_id, p.id, "room");
	}
	j->ended = true;
	TRY(room_sql_one(cx, room_id, &r, &found));
	return found ? integrity_look(cx, r.exam_id, NONE) : OK;
}

/* ── telling ── */

enum err room_tell(struct ctx *cx, int64_t org_id, int64_t exam_id)
{
	struct room_exam_row e;
	struct str id = str_fmt(cx->arena, "%lld", (long long)exam_id);
	TRY(room_exam(cx, org_id, exam_id, &e));
	if (str_is(e.state, "closed"))
		return fail(cx, ERR_CONFLICT, "", N_("This examination is closed."));
	return job_add(cx, &(struct job_add){ .kind = "room.tell", .once = id, .input = id, .asked_by = actor_hand(&cx->actor) }, NULL);
}

/* "23 Nov 2026, 10:30" in India, as it stands on the letter of everybody. */
static struct str when(struct ctx *cx, int64_t at)
{
	struct civil c = clock_civil(S("Asia/Kolkata"), at);
	return str_fmt(cx->arena, "%02d-%02d-%04d, %02d:%02d", c.day, c.month, c.year, c.hour, c.minute);
}

static struct str where(struct ctx *cx, struct str name, struct str place)
{
	return place.n ? str_fmt(cx->arena, "%.*s, %.*s", STR_ARG(name), STR_ARG(place)) : name;
}

/* Another seat or another time is another fact, so that it is told, too. */
static enum err tell_seat(struct ctx *cx, int64_t exam_id, const struct room_to_tell_row *s)
{
	const struct msg_arg args[] = {
		{ "exam", s->title }, { "when", when(cx, s->begins_at) }, { "where", where(cx, s->name, s->place) }, { "seat", s->seat }
	};
	return notice_tell(cx, &(struct notice){ .kind = NOTICE_exam,
						 .person_id = s->person_id,
						 .fact = str_fmt(cx->arena, "seat:%lld:%lld:%.*s:%lld", (long long)exam_id, (long long)s->room_id,
								 STR_ARG(s->seat), (long long)s->begins_at),
						 .text = N_("Your seat for “{exam}”: {when}, {where}, seat {seat}. Bring a document that shows who you are."),
						 .args = args,
						 .n_args = sizeof args / sizeof *args,
						 .path = str_fmt(cx->arena, "/exams/%lld", (long long)exam_id),
						 .thing_id = NONE,
						 .or_short = true });
}

static enum err tell_invigilator(struct ctx *cx, const struct room_rooms_to_tell_row *r)
{
	const struct msg_arg args[] = { { "exam", r->title }, { "when", when(cx, r->begins_at) }, { "where", where(cx, r->name, r->place) } };
	return notice_tell(cx, &(struct notice){ .kind = NOTICE_exam,
						 .person_id = r->invigilator_id,
						 .fact = str_fmt(cx->arena, "room:%lld:%lld:%lld", (long long)r->id, (long long)r->invigilator_id,
								 (long long)r->begins_at),
						 .text = N_("You are the invigilator of “{exam}”: {when}, {where}."),
						 .args = args,
						 .n_args = sizeof args / sizeof *args,
						 .path = str_fmt(cx->arena, "/rooms/%lld", (long long)r->id),
						 .thing_id = NONE,
						 .or_short = true });
}

static enum err tell_step(struct ctx *cx, struct job *j)
{
	struct room_to_tell_row *seats;
	struct room_rooms_to_tell_row *rooms;
	int64_t exam_id, after = 0;
	size_t n;
	if (!str_int(j->input, &exam_id) || (j->at.n && !str_int(j->at, &after)))
		return ERR_INTERNAL;
	TRY(room_sql_to_tell(cx, exam_id, after, &seats, &n));
	for (size_t i = 0; i < n; i++)
		TRY(tell_seat(cx, exam_id, &seats[i]));
	if (n) {
		j->done += (int64_t)n;
		j->at = str_fmt(cx->arena, "%lld", (long long)seats[n - 1].person_id);
		return OK;
	}
	j->ended = true;
	TRY(room_sql_rooms_to_tell(cx, exam_id, &rooms, &n));
	for (size_t i = 0; i < n; i++)
		TRY(tell_invigilator(cx, &rooms[i]));
	return OK;
}

const struct job_kind room_jobs[] = {
	{ .name = "room.close", .title = N_("Handing in the papers of a room"), .step = close_step },
	{ .name = "room.tell", .title = N_("Telling people where they sit"), .step = tell_step },
	{ .name = NULL },
};
