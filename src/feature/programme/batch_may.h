/* Who runs a batch, for the pages. Within the feature. */
#ifndef FEATURE_BATCH_MAY_H
#define FEATURE_BATCH_MAY_H
#include "feature/programme/batch.h"

/* A batch that the actor runs. ERR_NOT_FOUND: no such batch, or somebody else's. */
_must_check_ enum err batch_run_by(struct ctx *cx, int64_t batch_id, struct batch_one_row *ret);
#endif
