/* Probabilities of the usual distributions. */
#ifndef PSYCHOMETRICS_DISTRIBUTION_H
#define PSYCHOMETRICS_DISTRIBUTION_H

/* That a chi-square of df > 0 degrees exceeds x: the upper incomplete gamma function (DLMF 8.2.4), by its series or continued fraction. */
double chi_square_above(double x, double df);
/* That a normal exceeds z. */
double normal_above(double z);
/* The regularised incomplete beta function I_x(a, b) (DLMF 8.17.2), by its continued fraction (8.17.22). */
double beta_below(double x, double a, double b);
/* The value below which an F of d1 and d2 degrees lies with probability p, 0 < p < 1. */
double f_quantile(double p, double d1, double d2);
#endif
