/* Training institutions: what they are, their rooms and hostels, who teaches there, and what shows that they meet the national standards.
 *
 * An organisation becomes an institute by its row in the register; it stays the organisation that it was. Rooms and hostels that are not used any more are
 * closed, never deleted, since batches refer to them.
 *
 * Bookings. A room is taken from a moment up to a moment (half open, so that one thing may begin as another ends), by a session of a batch or an event, or by
 * hand. Never two in one room at one time: institute_book looks and writes in one transaction, which both back ends run one after the other. A session or an
 * event has one room at most.
 *
 * Faculty: one of our people or somebody from outside, with the competencies and languages in which he or she teaches.
 *
 * Evidence stands under one of the eight pillars of the National Standards for Civil Service Training Institutions (Capacity Building Commission, 2022): words,
 * a link, a document, or several of them. Nothing of it is changed; what is out of date is ended and stays readable. A pillar is covered by what is in force.
 *
 * Who may do what is seen by the caller: whoever manages the organisation's institute for all that takes an org_id; of institute_book and institute_unbook the
 * feature whose thing it is. */
#ifndef FEATURE_INSTITUTE_H
#define FEATURE_INSTITUTE_H
#include "base/clock.h"
#include "db/db.h"
#include "institute_sql.h"

enum {
	INSTITUTE_NAME_MAX = 120,
	INSTITUTE_PLACE_MAX = 200,
	INSTITUTE_WORDS_MAX = 200, /* of a booking */
	INSTITUTE_ABOUT_MAX = 4000,
	INSTITUTE_ROOMS_MAX = 300,
	INSTITUTE_HOSTELS_MAX = 100,
	INSTITUTE_FREE_MAX = 100, /* rooms in one answer */
};
#define INSTITUTE_BOOKING_MAX (100 * DAY) /* the longest booking */
#define INSTITUTE_AHEAD (5 * 366 * DAY)	  /* so long before, and not earlier, a room is booked */
#define INSTITUTE_BEHIND (366 * DAY)	  /* so long afterwards it may still be noted that a room was used */

/* What people choose from; ended by value NULL. */
extern const struct choice institute_kinds[], institute_room_kinds[], institute_hostel_kinds[];
/* What a choice is called, in the language of cx; the value itself when it is none of them. */
struct str institute_choice(const struct ctx *cx, const struct choice *c, struct str value);

/* ── the register; in a writing transaction, as all that change ── */

struct institute_put {
	int64_t org_id;
	struct str kind, about, place; /* kind: central, state, zonal, regional, other */
	double latitude, longitude;    /* degrees (WGS 84), NaN: not said; both or neither */
};
/* ERR_CONFLICT: it is one already; ERR_INVALID with the field. */
_must_check_ enum err institute_add(struct ctx *cx, const struct institute_put *in, int64_t *ret_id);
_must_check_ enum err institute_change(struct ctx *cx, const struct institute_put *in);
/* The institute that an organisation is; ERR_NOT_FOUND with a sentence. Reads. */
_must_check_ enum err institute_of(struct ctx *cx, int64_t org_id, struct institute_of_org_row *ret);
/* ERR_NOT_FOUND. Reads. */
_must_check_ enum err institute_one(struct ctx *cx, int64_t institute_id, struct institute_one_row *ret);

/* ── rooms and hostels ── */

struct institute_room_put {
	int64_t org_id, room_id, seats; /* room_id: of one that is changed */
	struct str name, kind, access;	/* kind: class, hall, computers, outdoors */
};
/* ERR_INVALID "name": another room in use has it. ERR_CONFLICT: INSTITUTE_ROOMS_MAX. ERR_NOT_FOUND. */
_must_check_ enum err institute_room_add(struct ctx *cx, const struct institute_room_put *in, int64_t *ret_id);
_must_check_ enum err institute_room_change(struct ctx *cx, const struct institute_room_put *in);
/* Closed: not given out any more. ERR_CONFLICT: something is booked in it, now or later; the sentence says what. Opening again: ERR_INVALID "name" as above. */
_must_check_ enum err institute_room_close(struct ctx *cx, int64_t org_id, int64_t room_id, bool closed);

struct institute_hostel_put {
	int64_t org_id, hostel_id, beds; /* hostel_id: of one that is changed */
	struct str name, for_whom;	 /* for_whom: anybody, women, men */
};
/* ERR_INVALID "name" as above; ERR_CONFLICT "beds": more are given to people of batches that are not over. Closed: not given out any more; ERR_CONFLICT: beds
 * of it are given. */
_must_check_ enum err institute_hostel_add(struct ctx *cx, const struct institute_hostel_put *in, int64_t *ret_id);
_must_check_ enum err institute_hostel_change(struct ctx *cx, const struct institute_hostel_put *in);
_must_check_ enum err institute_hostel_close(struct ctx *cx, int64_t org_id, int64_t hostel_id, bool closed);

/* ── bookings ── */

/* A session or an event takes a room; if it has one, this one and these times instead (so a change of times is the same call). kind: "session", "event"; words:
 * what people read, its title. ERR_CONFLICT "room_id": something else is in the room then, named in the sentence; nothing is changed. ERR_INVALID "room_id":
 * there is no such room, or it is closed; ERR_INVALID "": times that cannot be (no length, longer than INSTITUTE_BOOKING_MAX, too far away). In a writing
 * transaction. */
_must_check_ enum err institute_book(struct ctx *cx, int64_t room_id, const char *kind, int64_t thing_id, struct str words, int64_t from, int64_t until);
/* Gives the room of a session or an event back; OK when it has none. In a writing transaction. */
_must_check_ enum err institute_unbook(struct ctx *cx, const char *kind, int64_t thing_id);

/* By hand, in a room of the organisation's institute. */
struct institute_booking_put {
	int64_t org_id, room_id, booking_id; /* booking_id: of one that is changed */
	struct str words;
	int64_t from, until; /* UTC ms */
};
/* As institute_book; ERR_INVALID "words": none. */
_must_check_ enum err institute_booking_add(struct ctx *cx, const struct institute_booking_put *in, int64_t *ret_id);
/* ERR_NOT_FOUND; ERR_CONFLICT: a session or an event has it, which is changed where it belongs. */
_must_check_ enum err institute_booking_change(struct ctx *cx, const struct institute_booking_put *in);
_must_check_ enum err institute_booking_remove(struct ctx *cx, int64_t org_id, int64_t booking_id);

/* The moment of a day and a time as it is typed ("10:30", "24:00" is the end of the day), in the zone of who writes. ERR_INVALID with the field of the time. */
_must_check_ enum err institute_moment(struct ctx *cx, int64_t day, struct str time, const char *field, int64_t *ret);
/* What somebody is shown of a moment: "10:30", in his zone. In the arena. */
struct str institute_time(struct ctx *cx, int64_t at);

/* Rooms of all institutes with at least so many seats in which nothing is between two moments, the smallest that does first; at most INSTITUTE_FREE_MAX from
 * behind (after_seats, after_id), NONE: from the first. ERR_INVALID "until_day": times as above. Reads. */
_must_check_ enum err institute_free(struct ctx *cx, int64_t seats, int64_t from, int64_t until, int64_t after_seats, int64_t after_id,
				     struct institute_free_rooms_row **ret, size_t *ret_n);
#endif
