/* How far each of those is who are admitted to a batch: many people at a time. Within the feature. */
#ifndef FEATURE_BATCH_FAR_H
#define FEATURE_BATCH_FAR_H
#include "feature/programme/batch.h"

enum { BATCH_FAR_PAGE = 40 };

struct batch_far {
	int64_t person_id, n_sessions, n_attended, completed_at; /* NONE: not completed */
	struct str name, org;					 /* org: of today's posting, in the language of cx; absent: none */
	struct rule_verdict rule;
};
/* People by name, from behind after_id (NONE: the first); at most BATCH_FAR_PAGE, and ret_more: there are others. The same verdicts as programme_progress
 * gives, in a fixed number of statements. Reads. */
_must_check_ enum err batch_far(struct ctx *cx, const struct batch_one_row *b, int64_t after_id, struct batch_far **ret, size_t *ret_n, bool *ret_more);
#endif
