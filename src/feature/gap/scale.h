/* The picture of a level on its scale (client/README.md, section 6): where it lies four times in five, its middle, and what is required. */
#ifndef FEATURE_SCALE_H
#define FEATURE_SCALE_H
#include "psychometrics/estimate.h"
#include "web/html.h"

struct scale {
	int64_t n_levels, required; /* required 0: nothing is */
	bool known;		    /* else nothing is drawn but the scale */
	struct estimate held;
	struct str label; /* in words, for who does not see it; empty: the words stand beside it */
};
void html_scale(struct html_out *o, const struct scale *v);
#endif
