/* An event as a place where people talk while it is on (feature/live): who is registered listens and asks, until EVENT_TALK after its end, and
 * reads it later; who leads it moderates. */
#ifndef FEATURE_EVENT_PLACE_H
#define FEATURE_EVENT_PLACE_H
#include "feature/event/event.h"
#include "feature/live/live.h"

/* The two of struct live_kind; the list of kinds stands in app/features.c. */
enum err event_place_may(struct ctx *cx, int64_t event_id, int64_t person_id, enum live_role *ret);
enum err event_place_about(struct ctx *cx, int64_t event_id, struct str *ret_title, struct str *ret_path);
#endif
