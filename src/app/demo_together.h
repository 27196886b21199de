/* A group session of the demonstration: of yesterday, with people who were checked in each way, and one who has yet to be. */
#ifndef APP_DEMO_TOGETHER_H
#define APP_DEMO_TOGETHER_H
#include "base/ctx.h"

/* host_id is enrolled where he is not yet; people: of his office, at least five for all ways to be seen. course_id: a course with a part that a quiz proves. cx->now and
 * cx->actor are others afterwards. In a writing transaction. */
_must_check_ enum err demo_together(struct ctx *cx, int64_t host_id, int64_t course_id, const int64_t *people, size_t n, int64_t at);
#endif
