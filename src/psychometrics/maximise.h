/* The M step, and priors; for calibration.c. Parameters as in marginal.h. */
#ifndef PSYCHOMETRICS_MAXIMISE_H
#define PSYCHOMETRICS_MAXIMISE_H
#include "psychometrics/calibration.h"
#include "psychometrics/marginal.h"

/* Parameters that do better for the counts of the last E step than those given (mostly the best), into ret. */
void maximise(struct marginal *m, const struct irt_prior *prior, const double *par, double *ret);
/* The same for two free items alone that have one slope: for items i and j of as many categories, their parameters of ret; the slope is written for both.
 * Where the two have no intercept in common, these are 2 m + 1 parameters, m being their categories less one. */
void maximise_pair(struct marginal *m, size_t i, size_t j, const double *par, double *ret);
/* Priors are for free items: there are none where some are fixed.
 *
 * Logarithm of the prior density, up to a constant; -infinity for a slope that is not positive. 0 without a prior. */
double prior_log(const struct marginal *m, const struct irt_prior *prior, const double *par);
/* Adds its gradient, and takes its Hessian from the information. */
void prior_add(const struct marginal *m, const struct irt_prior *prior, const double *par, double *gradient, double *information);
/* The least logit c. */
double maximise_least(void);
#endif
