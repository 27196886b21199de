/* Changes of the figures of gaps, gathered in memory and written once: for work on many people, whose figures are mostly the same ones.
 * Within the feature. */
#ifndef FEATURE_FIGURES_H
#define FEATURE_FIGURES_H
#include "gap_sql.h"

struct figures;
struct figures *figures_new(void);
void figures_free(struct figures *f);
/* Of an organisation and a designation; those of all above follow when it is written. */
void figures_add(struct figures *f, int64_t org_id, int64_t designation_id, int64_t competency_id, int64_t n, int64_t n_met, int64_t n_unknown);
/* In a writing transaction. */
_must_check_ enum err figures_write(struct ctx *cx, const struct figures *f);
#endif
