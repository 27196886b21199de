/* What several pages of institutes show: rooms, hostels, who teaches, and what happens on which day. */
#ifndef FEATURE_INSTITUTE_VIEWS_H
#define FEATURE_INSTITUTE_VIEWS_H
#include "feature/institute/institute.h"
#include "feature/institute/institute_page.h"

extern const struct choice faculty_kinds[], booking_kinds[];

/* Rooms of an institute; with_closed: those that are not given out any more, too. */
_must_check_ enum err view_rooms(struct ctx *cx, int64_t institute_id, int64_t org_id, bool with_closed, struct institute_room_item **ret, size_t *ret_n);
_must_check_ enum err view_hostels(struct ctx *cx, int64_t institute_id, int64_t org_id, bool with_closed, struct institute_hostel_item **ret, size_t *ret_n);

/* Who teaches at an institute, FACULTY_PAGE from behind a cursor ("ID", absent: from the first); ret_next: the cursor of those that follow, absent: none. */
struct view_faculty_ask {
	int64_t institute_id, org_id, competency_id; /* NONE: any */
	bool with_left;
	struct str after;
};
_must_check_ enum err view_faculty(struct ctx *cx, const struct view_faculty_ask *ask, struct faculty_item **ret, size_t *ret_n, struct str *ret_next);

/* What happens between two moments at an institute (NONE: at all); at most `most`, from behind a cursor ("TIME-ID"). by hand only: what was booked so. */
enum { CALENDAR_MOST = 200 };
struct view_calendar_ask {
	int64_t institute_id, org_id, from, until, most;
	struct str after;
};
_must_check_ enum err view_calendar(struct ctx *cx, const struct view_calendar_ask *ask, struct calendar_item **ret, size_t *ret_n, struct str *ret_next);
/* By the day on which each begins, or the first of the calendar. */
void view_days(struct ctx *cx, int64_t first_day, struct calendar_item *v, size_t n, struct calendar_day **ret, size_t *ret_n);
#endif
