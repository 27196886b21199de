/* From theta to marks and levels: item mapping.
 *
 * A level is reached at the theta from which on somebody is expected to earn a stated share of the marks on the items of that level: the response
 * probability, here the pass share of the examination. That is the bookmark procedure with the items of a level in place of a page with a bookmark in it
 * (Mitzel, Lewis, Patz and Green 2001, in Cizek, "Setting performance standards"; why a response probability has to be stated: Huynh 1998, Journal of
 * Educational and Behavioral Statistics 23). The share is of marks, not of answers, so that items of several points count as they do in the result.
 *
 * Slopes must be above 0, so that shares only grow with theta. */
#ifndef PSYCHOMETRICS_MAPPING_H
#define PSYCHOMETRICS_MAPPING_H
#include "psychometrics/item.h"

#define MAPPING_MOST 6.0

/* An item whose highest category earns so many points (above 0), the others their part of them. */
struct mapped_item {
	struct irt_item irt;
	double points;
};
/* Expected share of the points, 0 to 1. n above 0. */
double mapping_share(const struct mapped_item *v, size_t n, double theta);
/* Where the share is reached. -MAPPING_MOST: there already (guessing earns as much); MAPPING_MOST: not before that. share: above 0, at most 1. n above 0. */
double mapping_cut(const struct mapped_item *v, size_t n, double share);
/* The probability that somebody whose theta is estimated by the mean of the posterior, with this standard deviation, is at or above the cut. se 0: it is
 * known. */
double mapping_sure(double theta, double se, double cut);
#endif
