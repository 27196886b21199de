/* The invariants of the data: every row of check.sql is one promise; what breaks it is named.
 *
 * `karmayogi check` reads only. `karmayogi rebuild` recomputes what is derived (counters, resources done, covered ms, members of groups)
 * from the facts; afterwards the check finds nothing of those kinds. */
#ifndef FEATURE_CHECK_H
#define FEATURE_CHECK_H
#include "check_sql.h"
#include "db/db.h"

/* Writes a line a finding; ret_n: how many. Runs in a reading transaction. */
_must_check_ enum err check_all(struct ctx *cx, struct buf *findings, size_t *ret_n);
/* Recomputes what is derived. In a writing transaction. */
_must_check_ enum err check_rebuild(struct ctx *cx);
#endif
