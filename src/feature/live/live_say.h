/* What is said to listeners, as JSON: polls, questions, chat. */
#ifndef FEATURE_LIVE_SAY_H
#define FEATURE_LIVE_SAY_H
#include "base/ctx.h"

/* {"id":"7","voters":3,"votes":[2,1]}: how a poll stands, counted from its ballots. */
_must_check_ enum err live_counts_json(struct ctx *cx, int64_t poll_id, struct str *ret);
/* The same figures; votes: LIVE_OPTIONS_MAX of them. */
_must_check_ enum err live_count(struct ctx *cx, int64_t poll_id, int64_t *votes, int64_t *ret_voters);
#endif
