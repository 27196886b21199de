/* Inside the feature: what pages of learners and organisers have in common. */
#ifndef FEATURE_EVENT_VIEW_H
#define FEATURE_EVENT_VIEW_H
#include "feature/event/event.h"
#include "feature/event/event_page.h"

/* In the language of cx, or else in the one there is. */
_must_check_ enum err event_view_agenda(struct ctx *cx, const struct event_one_row *e, struct event_agenda_line **ret, size_t *ret_n);
_must_check_ enum err event_view_speakers(struct ctx *cx, int64_t event_id, struct event_speaker_line **ret, size_t *ret_n);
/* "1795000000000-4711" of a list that goes on, or the beginning of one that does not. False: it is none. */
bool event_cursor_read(struct str s, int64_t *ret_at, int64_t *ret_id);
struct str event_cursor(struct ctx *cx, int64_t at, int64_t id);
#endif
