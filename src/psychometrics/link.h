/* Linking: two calibrations of common items, each with its own people's theta ~ N(0, 1), put on one scale.
 *
 * theta (old) = A theta (new) + B; so of the new items a becomes a / A and b becomes A b + B. A and B are those of Stocking and Lord (1983, Applied
 * Psychological Measurement 7): the curves of expected scores of the common items differ least. */
#ifndef PSYCHOMETRICS_LINK_H
#define PSYCHOMETRICS_LINK_H
#include "psychometrics/item.h"

struct link {
	double scale, shift; /* A, B */
	double distance;     /* root of the mean squared difference of expected scores that remains */
	bool known;          /* false: no minimum was found (items without any slope) */
};
/* Where curves are compared. */
struct link_points {
	const double *theta, *weight; /* weights add up to about 1 */
	size_t n;
};
/* The same n items in both. on_old: points on the old scale; NULL: those of nodes.h with N(0, 1). on_new: points on the new scale, where old items are
 * carried to the new scale and compared there too, so that the result does not depend on which calibration is called new (Kim and Kolen 2007); NULL: not. */
struct link link_stocking_lord(const struct irt_item *new_items, const struct irt_item *old_items, size_t n, const struct link_points *on_old,
			       const struct link_points *on_new);
/* An item of the new calibration on the old scale. */
struct irt_item link_item(const struct irt_item *i, double scale, double shift);
#endif
