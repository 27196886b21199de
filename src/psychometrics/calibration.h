/* Calibration: item parameters by marginal maximum likelihood (Bock and Aitkin 1981, Psychometrika 46), theta ~ N(0, 1).
 *
 * Models and their metric: item.h (logistic, D = 1, slope and difficulty). For IRT_RASCH one slope is estimated for all items, since the variance of
 * theta is fixed at 1: the same model, likelihood and number of parameters as slopes of 1 with a free variance.
 *
 * Method: quadrature as in nodes.h; EM whose M step takes Fisher's scoring steps for each item, accelerated by SQUAREM (Varadhan and Roland 2008,
 * Scandinavian Journal of Statistics 35, scheme S3, never to a smaller likelihood); then Newton's steps on the marginal log-likelihood with its exact
 * Hessian until no parameter (a, d = -a b, logit c) moves by 1e-7. Equal rows are counted once. Missing answers are missing at random: a row is
 * judged by what was answered.
 *
 * Standard errors: from the inverse of the observed information, the negative Hessian of the marginal log-likelihood (and log prior) by Louis's
 * identity (1982, JRSS B 44), not a cross-product of scores; of b and c by the delta method.
 *
 * Free parameters, as they count for AIC and BIC (n of the BIC: people with at least one answer), for I items with m thresholds altogether:
 * Rasch I + 1; 2PL 2 I; 3PL 3 I; GRM and GPCM I + m.
 *
 * The c of a 3PL is kept at or above C_LEAST; where the likelihood would go lower it stays there and has no standard error.
 *
 * With a prior the mode of the posterior in (a, b, c) is taken instead (no Jacobian of other metrics); log-likelihood, AIC and BIC are then those of
 * the likelihood alone at these estimates.
 *
 * Anchors: items whose parameters are given stay as they are, and the mean and standard deviation of theta are estimated instead of being 0 and 1, so that
 * the other items come out on the anchors' scale (Kim 2006, Journal of Educational Measurement 43). That is 2 parameters more and the anchors' less; the
 * standard errors of new items hold the uncertainty of mean and sd, not that of the anchors. Asking for it with IRT_RASCH or a prior is a bug.
 *
 * Results are the same bits for any number of threads. */
#ifndef PSYCHOMETRICS_CALIBRATION_H
#define PSYCHOMETRICS_CALIBRATION_H
#include "base/ctx.h"
#include "psychometrics/item.h"

enum { PARAMETERS_MAX = 1200 };
#define C_LEAST 1e-4

/* a ~ lognormal, every b ~ normal, c ~ beta. */
struct irt_prior {
	double log_a_mean, log_a_sd, b_mean, b_sd, c_alpha, c_beta;
};
/* As in BILOG-MG (Zimowski and others 2003): log a ~ N(0, 0.5²), b ~ N(0, 2²), c ~ Beta(5, 17), whose mode is 0.2; here in this floor's metric. */
extern const struct irt_prior irt_prior_usual;

struct calibration_options {
	enum irt_model model;
	const struct irt_prior *prior; /* NULL: none */
	const struct irt_item *const *fixed; /* NULL, or for each item NULL or its parameters, which it keeps */
	const struct str *names;       /* of the items, for messages; NULL: by number */
	int threads;		       /* 1 … 16; 0: 1 */
};
struct irt_errors {
	double a, b[CATEGORIES_MAX - 1], c;
};
struct calibration {
	struct irt_item *items; /* as many as there are in the responses; in the arena */
	struct irt_errors *se;  /* 0 for fixed items */
	bool *c_at_bound;		      /* se[i].c is not known */
	size_t n_items, parameters, patterns; /* patterns: different rows */
	double people;			      /* with at least one answer */
	double mean, sd;		      /* of theta; 0 and 1 unless items are fixed */
	double mean_se, sd_se;
	double loglik, aic, bic;
	double reliability;	     /* empirical: var(EAP) / (var(EAP) + mean of posterior variances) */
	double marginal_reliability; /* 1 - mean of posterior variances (Green and others 1984, Journal of Educational Measurement 21) */
	double change, gradient;     /* greatest of the last Newton step, and of the derivatives where it ended */
	int em_steps, newton_steps;
};
/* ERR_INVALID with a sentence for people (its field names the item where it is about one) when there is no result: nobody or nothing answered, items
 * that everybody answers alike, categories that are not 0 … m all used, more parameters than people, too few items (2 for Rasch, else 3),
 * estimates that run away or are not determined. *ret holds finite numbers only. */
enum err calibrate(struct ctx *cx, const struct responses *r, const struct calibration_options *o, struct calibration *ret);
#endif
