/* Writing what was looked at. Within feature/establishment. */
#ifndef FEATURE_EST_APPLY_H
#define FEATURE_EST_APPLY_H
#include "feature/establishment/est_look.h"
#include "feature/post/post_bulk.h"

/* All of it, through post_bulk. In a writing transaction. */
_must_check_ enum err est_apply(struct est *e, struct post_bulk *b);
#endif
