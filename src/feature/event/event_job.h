/* Inside the feature: what is done about an event without anybody asking for it: telling people, ending it. */
#ifndef FEATURE_EVENT_JOB_H
#define FEATURE_EVENT_JOB_H
#include "feature/event/event.h"

/* An event was opened or moved: its reminders and its end are put down for their times. In a writing transaction, as all here. */
_must_check_ enum err event_plan(struct ctx *cx, const struct event_one_row *e);
/* All who are registered are told that it is moved ("moved") or cancelled ("cancelled"). */
_must_check_ enum err event_tell(struct ctx *cx, const struct event_one_row *e, const char *what);
/* What is streamed of it ends with it. */
_must_check_ enum err event_stream_end(struct ctx *cx, int64_t event_id);
/* It has ended: who was there long enough has done it. */
_must_check_ enum err event_settle_soon(struct ctx *cx, int64_t event_id);
#endif
