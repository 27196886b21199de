/* Who was in a room of somebody else's, as the organiser reports it: a list (CSV) that is looked at, carried out, taken back; or one person at a time over the
 * API.
 *
 * CSV, the columns in any order: person (or email, or employee_no: whichever is filled; employee number, e-mail address or mobile number), and minutes, or
 * joined and left (times such as 2026-11-23T10:00:00+05:30, or of the day of the event such as 10:05 and 10:05:30, Indian time). Several rows of a person are
 * joined: times as a set, minutes as a sum. Nobody gets more than the event's length. People are those who are registered, or are posted in the event's
 * organisation or below; for all others the line says no more than that they are not.
 *
 *   looked → done → undone
 *
 * Looking keeps what the list says; nothing is changed yet. Its digest is of what would be done beside what is noted now: carrying out takes the digest that
 * was shown, and is refused when it is another by now. What is carried out is marked as reported by the organiser ('csv', 'api'). Who is not in a list keeps
 * what is noted. A list with faults can be carried out for the lines that are right. It is taken back whole, while nothing that it noted was noted otherwise
 * since.
 *
 * Only of an event that has ended (then its length is known). All that change in a writing transaction. */
#ifndef FEATURE_EVENT_REPORT_H
#define FEATURE_EVENT_REPORT_H
#include "feature/event/event.h"

enum { EVENT_LIST_BYTES_MAX = 1 << 20, EVENT_LIST_ROWS_MAX = 5000, EVENT_LIST_FAULTS_MAX = 200 };

struct event_list {
	int64_t org_id, event_id;
	struct str name, text;
};
/* ERR_INVALID "file": no list, too many rows; ERR_CONFLICT: in a room of our own, or not ended. */
_must_check_ enum err event_list_look(struct ctx *cx, const struct event_list *in, int64_t *ret_id);

struct event_list_line {
	int64_t person_id, ms, was_ms; /* was_ms: as noted now, or (done) before; NONE: nothing */
	struct str name;
	bool changes;
};
struct event_list_fault {
	int64_t line;
	struct str sentence; /* in the language of cx */
};
struct event_list_look {
	struct event_report_one_row list;
	struct event_list_line *lines; /* by name */
	size_t n_lines, n_changes;
	struct event_list_fault *faults;
	size_t n_faults;
	struct str digest;
};
/* ERR_NOT_FOUND. Reads. */
_must_check_ enum err event_list_show(struct ctx *cx, int64_t org_id, int64_t event_id, int64_t report_id, struct event_list_look *ret);
/* ERR_CONFLICT: carried out already, or the digest is another. */
_must_check_ enum err event_list_apply(struct ctx *cx, int64_t org_id, int64_t event_id, int64_t report_id, struct str digest);
/* ERR_CONFLICT: not carried out, or something was noted since. */
_must_check_ enum err event_list_undo(struct ctx *cx, int64_t org_id, int64_t event_id, int64_t report_id);

/* One person, for programs: in place of what was noted; the same again changes nothing. ERR_NOT_FOUND "person": nobody of this event. */
_must_check_ enum err event_report_one(struct ctx *cx, int64_t org_id, int64_t event_id, struct str person, int64_t minutes);
#endif
