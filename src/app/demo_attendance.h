/* Attendance of the demonstration. */
#ifndef APP_DEMO_ATTENDANCE_H
#define APP_DEMO_ATTENDANCE_H
#include "base/ctx.h"

/* Of each session of a batch that is over: nearly everybody was there, each known in another way, and one was not. In a writing transaction. */
_must_check_ enum err demo_attendance(struct ctx *cx, int64_t batch_id, int64_t coordinator_id);
#endif
