/* What people of a batch are told. Within the feature. */
#ifndef FEATURE_BATCH_TELL_H
#define FEATURE_BATCH_TELL_H
#include "db/db.h"

/* By a job: who is admitted of "moved" and "dropped" (the session), each time; who asks or waits, too, of "cancelled" (the batch). In a writing transaction. */
_must_check_ enum err batch_tell_soon(struct ctx *cx, int64_t batch_id, const char *what, int64_t session_id);
/* Tells who gives out seats (struct app) that there may be others now. */
_must_check_ enum err batch_seats_told(struct ctx *cx, int64_t batch_id);
/* Begin and end of a batch out of its sessions; nobody asks later than ask_until (NONE: as before), nor when the first has begun. */
_must_check_ enum err batch_settle_times(struct ctx *cx, int64_t batch_id, int64_t ask_until);
#endif
