/* What several pages of attendance show alike. */
#ifndef FEATURE_ATTENDANCE_VIEW_H
#define FEATURE_ATTENDANCE_VIEW_H
#include "feature/attendance/attendance.h"
#include "feature/attendance/attendance_page.h"

struct class_item view_class(struct ctx *cx, const struct attendance_session_row *s);
/* "qr" for people; "" for one that is absent. */
struct str view_way(struct ctx *cx, struct str way);
/* "there", "absent" or "unknown", for programs. */
struct str view_state(struct str way, bool there);
/* "done" for people. */
struct str view_list_state(struct ctx *cx, struct str state);
struct attendance_item view_person(struct ctx *cx, int64_t session_id, const struct attendance_people_row *r);
/* Everybody of the batch, in the order of names, at most ROSTER_PEOPLE_MAX. */
_must_check_ enum err view_people(struct ctx *cx, const struct attendance_session_row *s, struct attendance_item **ret, size_t *ret_n);
/* Somebody at a session, with all changes. */
_must_check_ enum err view_one(struct ctx *cx, const struct attendance_session_row *s, int64_t person_id, struct attendance_one_page *ret);
#endif
