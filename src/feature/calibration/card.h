/* What the page of a calibration and the card of an item say in the same words. For their web files. */
#ifndef FEATURE_CALIBRATION_CARD_H
#define FEATURE_CALIBRATION_CARD_H
#include "feature/calibration/calibration_page.h"

/* "-0.31 ± 0.08, 0.52 ± 0.09"; se may be absent. */
struct str card_list(struct arena *a, struct str b, struct str se);
/* Names of flags with commas between, in the reader's language. */
struct str card_flag_names(struct ctx *cx, struct str flags);
/* Each flag with what it means and what to do. */
struct card_flag *card_flags(struct ctx *cx, struct str flags, size_t *ret_n);
struct str card_grouped(struct ctx *cx, struct str grouped);
/* A group's value as people call it: "hi" is हिन्दी. */
struct str card_group(struct ctx *cx, struct str grouped, struct str value);
#endif
