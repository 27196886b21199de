/* The individual check after a group session. */
#ifndef FEATURE_TOGETHER_CHECK_H
#define FEATURE_TOGETHER_CHECK_H
#include "feature/together/together.h"

/* Somebody has covered a resource in groups, and a check of his own is open now: he is told. In a writing transaction. */
_must_check_ enum err together_check_opens(struct ctx *cx, const struct together_session_row *s, int64_t person_id);
#endif
