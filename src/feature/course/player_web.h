/* The player's part of a page (template player): of a resource, and of a group session on a shared device. */
#ifndef FEATURE_COURSE_PLAYER_WEB_H
#define FEATURE_COURSE_PLAYER_WEB_H
#include "feature/course/course.h"
#include "feature/course/course_page.h"

/* Fills what the player shows of a resource and of what the actor has done of it, with the token of this view. at: second to begin with; NONE: where he
 * stopped. The caller sets .report, the address to which it reports. Reads. */
_must_check_ enum err player_put(struct ctx *cx, const struct course_resource_row *r, int64_t at, struct resource_page *v);
#endif
