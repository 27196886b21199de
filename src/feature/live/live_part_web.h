/* The part of a page in which people talk; for the pages of places (event, charcha …).
 *
 *   in the view     struct live_part live;
 *   in the run      TRY(live_part_at(cx, &(struct live_at){ S("event"), event_id, LIVE_GUEST }, S("/events/7"), &v->live)); a->live = true;
 *   in the template {{! include "live_part_html.h" }}  …  {{> live_part live}}
 *
 * It stands once on a page, has its own headings (h2), works without scripts, and takes people back to `back` after each form. */
#ifndef FEATURE_LIVE_PART_WEB_H
#define FEATURE_LIVE_PART_WEB_H
#include "feature/live/live_page.h"
#include "feature/live/live_talk.h"

/* For who was judged already (live_role, or as the thing's own page does it). here: as of at most LISTEN_COUNTED ago. back: a path of ours. */
_must_check_ enum err live_part_at(struct ctx *cx, const struct live_at *at, struct str back, struct live_part *ret);
#endif
