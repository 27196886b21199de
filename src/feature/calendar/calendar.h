/* A person's calendar: all that has a time and concerns him or her, in one place, and as a feed that a phone subscribes to.
 *
 *   session   of a batch to which the person is admitted        teach   of one in which the person is faculty
 *   event     for which the person is registered                exam    in a room in which the person has a seat
 *   watch     a room over which the person watches              due     a course that was assigned, by its day
 *   other     of an institute's calendar: booked by hand
 *
 * Nothing is copied: the calendar is read from where each thing is kept. What was called off stays in it as such, so that it leaves nobody's phone unnoticed.
 *
 * A feed (iCalendar, text/ical.h) has a secret address with CALENDAR_CODE_DIGITS hexadecimal digits by lot (160 bits), of which the database has a keyed hash,
 * and the sealed text to show it again. A new one ends the old. It says nothing of others: no names of people, neither of speakers nor of invigilators. An
 * entry is known by an id that stays the same for ever (RFC 7986, 5.3: made of a keyed hash, so that it tells neither the machine nor how much there is). */
#ifndef FEATURE_CALENDAR_H
#define FEATURE_CALENDAR_H
#include "base/clock.h"
#include "calendar_sql.h"
#include "db/db.h"

enum {
	CALENDAR_CODE_DIGITS = 40,
	CALENDAR_MOST = 500,	       /* things of a kind in a calendar */
	CALENDAR_REFRESH_MINUTES = 60, /* how often a program is asked to look again */
};
#define CALENDAR_BEHIND (30 * DAY) /* so far back and so far ahead a feed reaches */
#define CALENDAR_AHEAD (400 * DAY)

struct agenda_item {
	const char *kind;
	int64_t thing_id; /* of a due: the course */
	int64_t starts_at, ends_at;
	int64_t day;		       /* of a due; else NONE */
	int64_t changed_at;	       /* when it last was, as far as is known */
	struct str title, part, place; /* part: what it is part of, or how, in the language of cx; may be empty */
	struct str path, meeting;      /* path: of its page here; meeting: an address of somebody else's, or empty */
	bool cancelled;
};
/* What a person has between two moments, in the order of time. Reads. */
_must_check_ enum err calendar_of(struct ctx *cx, int64_t person_id, int64_t from, int64_t until, struct agenda_item **ret, size_t *ret_n);
/* One thing of the actor's calendar within the reach of a feed; ERR_NOT_FOUND. Reads. */
_must_check_ enum err calendar_thing(struct ctx *cx, struct str kind, int64_t thing_id, struct agenda_item *ret);
/* What happens at an institute within the reach of a feed. ERR_NOT_FOUND. Reads. */
_must_check_ enum err calendar_of_institute(struct ctx *cx, int64_t institute_id, struct str *ret_name, struct agenda_item **ret, size_t *ret_n);
/* As iCalendar. page: path of the calendar's own page. */
struct str calendar_text(struct ctx *cx, struct str name, struct str page, const struct agenda_item *v, size_t n);

/* ── addresses; person_id or institute_id, the other NONE ── */

/* Makes a new address and ends the one before. In a writing transaction, as the next. */
_must_check_ enum err calendar_address_new(struct ctx *cx, int64_t person_id, int64_t institute_id);
/* ERR_CONFLICT: there is none. */
_must_check_ enum err calendar_address_end(struct ctx *cx, int64_t person_id, int64_t institute_id);
/* The address, absent when there is none or the key by which it was sealed is not here; ret_since: when it was made, NONE: there is none. Reads. */
_must_check_ enum err calendar_address(struct ctx *cx, int64_t person_id, int64_t institute_id, struct str *ret, int64_t *ret_since);
/* The calendar behind a code. ERR_NOT_FOUND, the same for one that never was and one that is dead. Reads; sets the language of cx to the person's. */
_must_check_ enum err calendar_behind(struct ctx *cx, struct str code, struct str *ret_text);
/* Two accounts are one person (feature/merge): the address of the closed one is dead. */
_must_check_ enum err calendar_merge(struct ctx *cx, int64_t closed_id);
#endif
