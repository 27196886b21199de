/* Ability: where somebody stands on theta, given calibrated items and answers. */
#ifndef PSYCHOMETRICS_ABILITY_H
#define PSYCHOMETRICS_ABILITY_H
#include "psychometrics/item.h"

enum ability_method {
	ABILITY_EAP, /* mean of the posterior for theta ~ N(0, 1), and its standard deviation (Bock and Mislevy 1982, Applied Psychological Measurement 6) */
	ABILITY_MAP, /* its mode; standard error from the curvature of the log posterior there */
	ABILITY_ML,  /* maximum likelihood; standard error from the curvature of the log-likelihood */
	ABILITY_WLE, /* Warm 1989, Psychometrika 54: the bias of ML of order 1 / n taken away; for polytomous items with Samejima's bias function (1998,
		      * Psychometrika 63; Penfield and Bergeron 2005, Applied Psychological Measurement 29). Solves score + J / (2 I) = 0, where I is
		      * the information and J the sum of P' P'' / P. Standard error 1 / sqrt(I) */
};
#define ABILITY_MOST 10.0
struct ability {
	double theta, se;
	bool known; /* false: there is no finite estimate; theta is then ABILITY_MOST times `toward` (so that people can be put in order), se is 0 */
	int toward; /* unless known: 1 the likelihood grows upwards without end (all right), -1 downwards (all wrong), 0 nothing was answered */
	size_t answered;
};
/* x: one answer for each item, or NOT_ANSWERED; each below the item's number of categories.
 *
 * EAP and MAP always know something. ML does not for those who got everything right, or wrong, or (3PL) fewer right than guessing would give: that is
 * the truth about such answers and no error. Where the likelihood of a 3PL has several peaks, the highest within ± ABILITY_MOST counts. */
struct ability ability_of(const struct irt_item *items, size_t n, const int8_t *x, enum ability_method method);
#endif
