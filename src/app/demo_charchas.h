/* Charchas of the demonstration. */
#ifndef APP_DEMO_CHARCHAS_H
#define APP_DEMO_CHARCHAS_H
#include "base/ctx.h"

/* Of an organisation: one that is over, with conclusions and what became of them; one whose groups are drawn, tomorrow; one to register for. people: who
 * takes part, the second of them always. today_ms: now. In a writing transaction; leaves cx->now and the actor as they were set last. */
_must_check_ enum err demo_charchas(struct ctx *cx, int64_t org_id, int64_t organiser_id, const int64_t *people, size_t n, int64_t today_ms);
#endif
