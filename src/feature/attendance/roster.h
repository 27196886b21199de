/* The roster of a session on a coordinator's device: ticked with or without a line, brought here when there is one.
 *
 *   entry   { "seq": 17, "person_id": "4711", "there": true, "at": "2026-11-30T10:04:05.678Z" }
 *
 * A device has a random name that the browser keeps, and counts its entries from 1. What came before under this name and number is not done again: the same
 * answer comes back, so a device sends until it has one. Entries of several devices meet by attendance_put's rule: the latest by the clock of the device is
 * right, in whatever order they come; of two at the same millisecond, "there".
 *
 * The time must lie in that of the door (ATTENDANCE_BEFORE the session to ATTENDANCE_AFTER it). One of more than ROSTER_SKEW to come is not taken and not kept:
 * the device's clock is fast; it keeps the entry and sends it again, and it is taken as soon as that time is here. A slow clock is believed, as nothing shows
 * it. Entries are taken until attendance_last; what a correction has decided stays, since it is newer than any time of the session. */
#ifndef FEATURE_ROSTER_H
#define FEATURE_ROSTER_H
#include "feature/attendance/attendance.h"

enum { ROSTER_MOST = 200, ROSTER_BYTES_MAX = 64 << 10, ROSTER_PEOPLE_MAX = 5000 };
#define ROSTER_SKEW (2 * MINUTE)

enum roster_fate {
	ROSTER_KEPT,
	ROSTER_SAME,	 /* this was known */
	ROSTER_OLDER,	 /* something newer is known */
	ROSTER_FUTURE,	 /* send it again later */
	ROSTER_OUTSIDE,	 /* not in the time of the session, or too late */
	ROSTER_STRANGER, /* not admitted */
	ROSTER_MISUSED,	 /* another entry came under this number */
	ROSTER_OWN,	 /* the one who ticks; not kept */
	ROSTER_FATES
};
struct roster_entry {
	int64_t seq, person_id, at;
	bool there;
};
/* In a writing transaction; the caller has seen that the actor coordinates the session. ret: n fates. ERR_INVALID "device". */
_must_check_ enum err roster_take(struct ctx *cx, const struct attendance_session_row *s, struct str device, const struct roster_entry *v, size_t n,
				  enum roster_fate *ret);
/* Reads entries; ERR_INVALID "entries": not such a list, or more than ROSTER_MOST. In the arena. */
_must_check_ enum err roster_read(struct ctx *cx, struct str json, struct roster_entry **ret, size_t *ret_n);
const char *roster_fate_name(enum roster_fate f); /* "kept" */
const char *roster_fate_text(enum roster_fate f); /* N_(); "": nothing is to be said */
#endif
