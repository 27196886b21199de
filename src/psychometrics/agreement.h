/* Whether people who judge the same thing agree: the intraclass correlation of one-way layouts, in which each thing is judged by as many people, but not by the
 * same ones (Shrout and Fleiss 1979, Psychological Bulletin 86, case 1). Pure.
 *
 * single is how much of what one judge says is the thing and not the judge, mean the same of the mean of all judges of a thing. 1: all always say the same; 0
 * and below: no more alike than judgements of different things. For two judges it is near to kappa with quadratic weights (Fleiss and Cohen 1973, Educational
 * and Psychological Measurement 33), and unlike kappa it needs neither categories nor the same two judges throughout. */
#ifndef PSYCHOMETRICS_AGREEMENT_H
#define PSYCHOMETRICS_AGREEMENT_H
#include <stdbool.h>
#include <stddef.h>

struct agreement {
	double single, mean;
	double low, high; /* two-sided interval of single, by the F of mean squares (Shrout and Fleiss 1979, case 1) */
	double apart;	  /* mean distance of two judgements of one thing */
};
/* judged: things × judges, thing after thing; confidence: 0.95 for an interval of 95 %. False: fewer than two things or judges, or all is equal. */
bool agreement_of(const double *judged, size_t things, size_t judges, double confidence, struct agreement *ret);
#endif
