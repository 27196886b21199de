/* A list of who was at a session: looked at first, carried out whole or not at all, taken back.
 *
 * CSV, the columns in any order: person (employee number, e-mail or mobile number, as the list that one downloads has it), there (yes or no). Who is not in the
 * list stays as he is. A "no" about somebody who is noted as there is a fault, as is a "yes" about somebody whom a correction says was not: what is known of
 * somebody is changed by a correction, with a reason. Nobody notes himself: a new "yes" about who brings the list is a fault, and who stands in it as new does
 * not carry it out. A list with a fault is not carried out. It is taken from the beginning of the session up to attendance_last.
 *
 *   looked → done → undone
 *
 * It is taken back while nothing that it noted was changed since. */
#ifndef FEATURE_ATTENDANCE_LIST_H
#define FEATURE_ATTENDANCE_LIST_H
#include "feature/attendance/attendance.h"

enum { ATTENDANCE_ROWS_MAX = 5000, ATTENDANCE_BYTES_MAX = 512 << 10, ATTENDANCE_FAULTS_MAX = 200 };

/* Looks at a list and keeps what would be done. ERR_INVALID "file"; ERR_CONFLICT: not in that time. In a writing transaction, as all that change; the caller
 * has seen that the actor coordinates the session. */
_must_check_ enum err attendance_list_look(struct ctx *cx, const struct attendance_session_row *s, struct str name, struct str text, int64_t *ret_id);
/* ERR_NOT_FOUND; ERR_CONFLICT: another state, faults, or something has changed since it was looked at. */
_must_check_ enum err attendance_list_apply(struct ctx *cx, const struct attendance_session_row *s, int64_t id);
_must_check_ enum err attendance_list_undo(struct ctx *cx, const struct attendance_session_row *s, int64_t id);
/* ERR_NOT_FOUND: no such list of this session. Reads. */
_must_check_ enum err attendance_list_find(struct ctx *cx, const struct attendance_session_row *s, int64_t id, struct attendance_list_row *ret);

struct attendance_fault {
	int64_t line;
	struct str sentence; /* in the language of cx */
};
/* At most ATTENDANCE_FAULTS_MAX. */
size_t attendance_list_faults(struct ctx *cx, struct str faults, struct attendance_fault **ret);
/* Names of the people whom a list notes as there. */
size_t attendance_list_names(struct ctx *cx, struct str plan, struct str **ret);
#endif
