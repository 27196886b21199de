/* Carrying out what was judged of a row of a staff list (staff_judge.h): for lists, and for whoever else brings rows. */
#ifndef FEATURE_STAFF_APPLY_H
#define FEATURE_STAFF_APPLY_H
#include "feature/people_import/staff_judge.h"

struct staff_done {
	const char *what;       /* new changed moved returned left; NULL: nothing was to be done */
	int64_t person_id;
	int64_t posting_id;     /* that began; NONE: none */
	int64_t ended_id;       /* that ended because the person left; NONE: none */
};
/* All but another supervisor of somebody who stays in place, and but what was refused. In a writing transaction. */
_must_check_ enum err staff_apply(struct ctx *cx, const struct staff_row *row, const struct staff_judgement *g, struct staff_done *ret);
/* Another supervisor from today on, of somebody judged STAFF_CHANGED. *ret_known false: nobody of that number, or the person itself, and nothing
 * was done. ret_posting: as person_supervise. */
_must_check_ enum err staff_supervise(struct ctx *cx, const struct staff_judgement *g, int64_t *ret_posting, bool *ret_known);
#endif
