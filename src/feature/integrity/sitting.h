/* The papers of one form, read out of the data into the tables that signals.h looks at. */
#ifndef FEATURE_INTEGRITY_SITTING_H
#define FEATURE_INTEGRITY_SITTING_H
#include "feature/integrity/integrity.h"
#include "feature/integrity/signals.h"

struct sitting_read {
	struct integrity_papers_row *papers; /* the people of `of`, in their order */
	struct sitting of;
};
/* In a reading transaction; all in `a`. Papers that are handed in, the first SITTING_PEOPLE_MAX. with_items false: only what the device noticed (the pool of an
 * adaptive examination, whose papers have no questions in common). */
_must_check_ enum err sitting_read(struct ctx *cx, struct arena *a, int64_t form_id, bool with_items, struct sitting_read *ret);
#endif
