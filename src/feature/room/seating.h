/* Seat lists: looked at first, carried out whole or not at all, taken back.
 *
 * CSV, the columns in any order: person (employee number, e-mail or mobile number), room (its name), seat, [extra_minutes], [extra_order]. Who is not in a list
 * keeps the seat there is; who is gets exactly what the row says. Rooms that are open or closed, and people who have begun, are not touched: such rows are
 * faults, as are people who may not sit, places that two would have, extra minutes without the order that allows them. A list with a fault is not carried out.
 *
 *   looked → done → undone
 *
 * Carrying out looks again at what may have changed since. A list is taken back whole, while no seat that it changed was changed since and none of their rooms
 * is open. */
#ifndef FEATURE_ROOM_SEATING_H
#define FEATURE_ROOM_SEATING_H
#include "feature/room/room.h"

enum { SEATING_ROWS_MAX = 2000, SEATING_BYTES_MAX = 512 << 10, SEATING_FAULTS_MAX = 200 };

struct seating_list {
	int64_t org_id, exam_id;
	struct str name, text; /* name: of the file */
};
/* Looks at a list and keeps what would be done. ERR_INVALID "file": no list, too long. In a writing transaction, as all that change. */
_must_check_ enum err seating_look(struct ctx *cx, const struct seating_list *in, int64_t *ret_id);
/* A list for everybody who is posted in the organisation of the examination or below it and has no seat: rows and columns of each room that is not open, people
 * of a section apart. ERR_CONFLICT: no room, nobody, too few places, more than SEATING_ROWS_MAX people. */
_must_check_ enum err seating_all(struct ctx *cx, int64_t org_id, int64_t exam_id, int64_t rows, int64_t columns, int64_t *ret_id);
/* ERR_NOT_FOUND; ERR_CONFLICT: another state, faults, or rooms or seats have changed since it was looked at. */
_must_check_ enum err seating_apply(struct ctx *cx, int64_t org_id, int64_t exam_id, int64_t id);
/* ERR_CONFLICT: not carried out, or something was changed since. */
_must_check_ enum err seating_undo(struct ctx *cx, int64_t org_id, int64_t exam_id, int64_t id);
/* ERR_NOT_FOUND: no such list of this examination. */
_must_check_ enum err seating_find(struct ctx *cx, int64_t exam_id, int64_t id, struct room_seating_row *ret);

/* A list that was made for everybody has no name of its own. */
struct str seating_called(const struct ctx *cx, struct str name);

struct seating_fault {
	int64_t line;
	struct str sentence; /* in the language of cx */
};
/* What is wrong, at most SEATING_FAULTS_MAX. */
size_t seating_faults(struct ctx *cx, struct str faults, struct seating_fault **ret);
struct seating_seat {
	int64_t person_id, room_id, minutes;
	struct str name, room, seat, order, was; /* was: room and seat before; absent: none */
};
/* What a list does; rows that change nothing are left out. */
size_t seating_seats(struct ctx *cx, struct str plan, struct seating_seat **ret);
#endif
