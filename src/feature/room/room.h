/* Rooms of examinations: who sits where, and what the invigilator of a room sees and does.
 *
 * Beforehand (who lays down examinations): rooms with place, begin and a named invigilator; seats by hand, by a list (seating.h) or all at once (spread.h). A
 * seat has, where an order allows it, extra minutes: the number of the order is kept, never why.
 *
 *   room     laid down → open → closed
 *   seat     laid down → seen who it is → (paper: begun → handed in)          or: refused, with why, until it is seen
 *
 * Nobody opens a paper before the room is open and who it is was seen, nor after the room is closed (feature/attempt reads both). Only the named invigilator,
 * and who lays down the examination, opens a room, at the earliest ROOM_EARLY before it begins. All that is done in an open room stands in its log, which
 * nobody changes.
 *
 * Time is given back with why: to one, or to all whose paper is open; what the clock has closed in the meantime goes on. Who has handed in has handed in.
 * Closing a room hands in what is open (by a job, paper by paper), after that was asked; then signals are looked for (feature/integrity). */
#ifndef FEATURE_ROOM_H
#define FEATURE_ROOM_H
#include "base/clock.h"
#include "job/job.h"
#include "room_sql.h"

enum {
	ROOM_NAME_MAX = 80,
	ROOM_PLACE_MAX = 200,
	ROOM_ROOMS_MAX = 100, /* of an examination */
	ROOM_SEATS_MAX = 500, /* of a room */
	ROOM_WORDS_MAX = 1000,
	ROOM_MINUTES_MAX = 240, /* given beforehand, or back at a time */
	ROOM_SILENT_S = 180,	/* without a sign for so long: the line may be down */
};
#define ROOM_EARLY HOUR
#define ROOM_SHOWN (30 * DAY) /* so long after its begin a room stands in the list of its invigilator */

/* ── rooms and seats beforehand; in a writing transaction, as all that change ── */

/* The examination of an organisation. ERR_NOT_FOUND. */
_must_check_ enum err room_exam(struct ctx *cx, int64_t org_id, int64_t exam_id, struct room_exam_row *ret);
/* A room of an examination of an organisation. ERR_NOT_FOUND. */
_must_check_ enum err room_find(struct ctx *cx, int64_t org_id, int64_t exam_id, int64_t room_id, struct room_one_row *ret);

struct room_put {
	int64_t org_id, exam_id, room_id; /* room_id: of one that is changed */
	struct str name, place, time,
		invigilator; /* time: "10:30" of the day, in the zone of who writes; invigilator: employee number, e-mail or mobile number */
	int64_t day;
};
/* ERR_INVALID with the field: no such person, no such time; ERR_CONFLICT: too many rooms, the examination is closed. */
_must_check_ enum err room_add(struct ctx *cx, const struct room_put *in, int64_t *ret_id);
/* Of an open room only the invigilator changes. ERR_CONFLICT: closed. */
_must_check_ enum err room_change(struct ctx *cx, const struct room_put *in);
/* ERR_CONFLICT: somebody has a seat there, or it was opened. */
_must_check_ enum err room_remove(struct ctx *cx, int64_t org_id, int64_t exam_id, int64_t room_id);

struct room_seat_in {
	int64_t org_id, exam_id, room_id;
	struct str person, seat, extra_order; /* person: employee number, e-mail or mobile number */
	int64_t extra_minutes;		      /* NONE: none */
};
/* Gives somebody a seat, in place of an earlier one of this examination. ERR_INVALID with the field: nobody who may sit, taken, minutes without an order;
 * ERR_CONFLICT: the room is closed or full, or the person has begun. */
_must_check_ enum err room_seat(struct ctx *cx, const struct room_seat_in *in);
/* ERR_CONFLICT: the person has begun. */
_must_check_ enum err room_unseat(struct ctx *cx, int64_t org_id, int64_t exam_id, int64_t room_id, int64_t person_id);
/* "a-07 " as it is kept: "A-07". Absent: it is no name of a seat. */
struct str room_seat_text(struct arena *a, struct str typed);
/* Those who have a seat, and the invigilators, are told where and when, by a job; each fact once. */
_must_check_ enum err room_tell(struct ctx *cx, int64_t org_id, int64_t exam_id);
/* Seats of an account become another's; where both have one, the own stays. */
_must_check_ enum err room_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);

/* ── in the room; the caller has seen that the actor may (invigilation_web.c) ── */

/* ERR_CONFLICT: too early, opened or closed already, the examination is not open. */
_must_check_ enum err room_open(struct ctx *cx, const struct room_one_row *r);
/* Who sits there was seen, by a document (one of room_documents); a refusal before it goes. ERR_NOT_FOUND: no such seat; ERR_CONFLICT: the room is closed. */
_must_check_ enum err room_check(struct ctx *cx, const struct room_one_row *r, int64_t person_id, struct str document);
/* It was not shown who it is; no paper is opened there. ERR_CONFLICT: also when the paper was begun. */
_must_check_ enum err room_refuse(struct ctx *cx, const struct room_one_row *r, int64_t person_id, struct str why);
/* A line of the log, of a kind of room_incidents. person_id NONE: the whole room. Also after the room is closed, for a day. */
_must_check_ enum err room_note(struct ctx *cx, const struct room_one_row *r, int64_t person_id, struct str kind, struct str words);
/* Gives minutes back. person_id NONE: to all whose paper is open or was closed by the clock. ret_n: how many. ERR_CONFLICT: the room is not open, nobody has
 * such a paper, handed in already. */
_must_check_ enum err room_give(struct ctx *cx, const struct room_one_row *r, int64_t person_id, int64_t minutes, struct str why, int64_t *ret_n);
/* Somebody goes on at another seat of the room. ERR_INVALID "seat": taken. */
_must_check_ enum err room_move(struct ctx *cx, const struct room_one_row *r, int64_t person_id, struct str seat, struct str why);
/* Closes the room; what is open is handed in by a job. ERR_INVALID "sure": papers are open, and it was not said that this is meant. */
_must_check_ enum err room_close(struct ctx *cx, const struct room_one_row *r, bool sure);

extern const struct choice room_documents[], room_incidents[]; /* ended by value NULL; those of the log that the program writes itself are not among them */
extern const struct job_kind room_jobs[];		       /* ended by name NULL */
#endif
