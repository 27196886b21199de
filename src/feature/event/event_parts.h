/* Inside the feature: speakers, agenda and competencies of an event, as they are typed and as they are kept. */
#ifndef FEATURE_EVENT_PARTS_H
#define FEATURE_EVENT_PARTS_H
#include "feature/event/event.h"

/* In place of what was there before. ERR_INVALID "speakers", "agenda", "competencies" (and _hi). In a writing transaction. */
_must_check_ enum err event_parts_put(struct ctx *cx, int64_t event_id, const struct event_put *in);
/* As they would be typed: for the form that changes an event. */
_must_check_ enum err event_parts_text(struct ctx *cx, int64_t event_id, struct event_put *ret);
#endif
