/* What is said to listeners, as JSON: polls, questions, chat. */
#ifndef FEATURE_LIVE_SAY_H
#define FEATURE_LIVE_SAY_H
#include "feature/live/live.h"

/* {"id":"7","voters":3,"votes":[2,1]}: how a poll stands, counted from its ballots. */
_must_check_ enum err live_counts_json(struct ctx *cx, int64_t poll_id, struct str *ret);
/* A poll with its options, without how it stands. */
_must_check_ enum err live_poll_json(struct ctx *cx, const struct live_poll_row *p, struct str *ret);
/* The same figures; votes: LIVE_OPTIONS_MAX of them. */
_must_check_ enum err live_count(struct ctx *cx, int64_t poll_id, int64_t *votes, int64_t *ret_voters);
#endif
