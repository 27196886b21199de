/* Programmes of the demonstration. */
#ifndef APP_DEMO_PROGRAMMES_H
#define APP_DEMO_PROGRAMMES_H
#include "base/ctx.h"

/* A live programme of an institute with an open batch next week, to which the learner of the demonstration is admitted, one next month, for which one can
 * ask, and one of last week with its attendance. After courses, examinations and institutes; cx->actor is who makes them. In a writing transaction. */
_must_check_ enum err demo_programmes(struct ctx *cx);
#endif
