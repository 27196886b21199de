/* The demonstration's events: the daily webinars of the learning week, one past with people in it, today's, and those to come. */
#ifndef APP_DEMO_EVENTS_H
#define APP_DEMO_EVENTS_H
#include "base/ctx.h"

struct db_pool;
struct demo_events {
	struct db_pool *pool;
	int64_t org_id, manager_id, today_ms;
	const int64_t *people; /* who comes, in their order */
	size_t n_people;
};
/* Clock and actor of cx are those of the last thing done afterwards. */
_must_check_ enum err demo_events(struct ctx *cx, const struct demo_events *d);
#endif
