/* Training institutions of the demonstration. */
#ifndef APP_DEMO_INSTITUTES_H
#define APP_DEMO_INSTITUTES_H
#include "base/ctx.h"

/* Three institutes with rooms, hostels, people who teach and what they teach, bookings of the coming weeks, and evidence. In a writing transaction, after the
 * organisations, people and competencies. */
_must_check_ enum err demo_institutes(struct ctx *cx);
#endif
