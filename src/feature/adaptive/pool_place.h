/* Between the files of feature/adaptive. */
#ifndef FEATURE_ADAPTIVE_POOL_PLACE_H
#define FEATURE_ADAPTIVE_POOL_PLACE_H
#include "feature/adaptive/adaptive.h"

/* Makes a pool in the arena of cx. */
_must_check_ enum err pool_make(struct ctx *cx, const struct exam_one_row *e, int64_t form_id, struct adaptive_pool *ret);
#endif
