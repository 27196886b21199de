/* Attendance of the demonstration; see demo_attendance.h. */
#include "app/demo_attendance.h"
#include "feature/attendance/attendance.h"
#include "feature/programme/batch.h"

enum { ABSENT = 7 }; /* one in so many */

static enum err note(struct ctx *cx, const struct attendance_session_row *s, const struct attendance_called_row *p, size_t i, int64_t coordinator_id)
{
	static const char *const ways[] = { "qr", "qr", "pin", "qr", "roster", "qr", "roster" };
	const char *way = ways[i % (sizeof ways / sizeof *ways)];
	bool by_hand = str_is(str_of(way), "roster");
	int64_t at = s->starts_at - 10 * MINUTE + (int64_t)i * MINUTE;
	enum attendance_outcome outcome;
	struct attendance_mark m = { .there = i % ABSENT != ABSENT - 1,
				     .way = way,
				     .minutes = NONE,
				     .at = at,
				     .said_at = at,
				     .by_id = by_hand ? coordinator_id : NONE,
				     .metres = NONE,
				     .device = S(""),
				     .words = S("") };
	return attendance_put(cx, s, p->person_id, &m, &outcome);
}

enum err demo_attendance(struct ctx *cx, int64_t batch_id, int64_t coordinator_id)
{
	struct batch_sessions_row *r;
	size_t n, n_people;
	TRY(batch_sql_sessions(cx, batch_id, &r, &n));
	for (size_t i = 0; i < n; i++) {
		struct attendance_session_row s;
		struct attendance_called_row *p;
		TRY(attendance_session(cx, r[i].id, &s));
		if (s.ends_at > cx->now)
			continue;
		TRY(attendance_sql_called(cx, s.id, s.batch_id, &p, &n_people));
		for (size_t k = 0; k < n_people; k++)
			TRY(note(cx, &s, &p[k], k, coordinator_id));
	}
	return OK;
}
