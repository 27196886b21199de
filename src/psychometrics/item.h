/* Items: how likely each answer is for a person of ability theta.
 *
 * The metric of this floor: logistic with D = 1, slope a and difficulties b, theta ~ N(0, 1) in the population that was calibrated.
 *
 *   2PL    P(1) = s(a (theta - b)), s(z) = 1 / (1 + exp(-z))                                    Birnbaum 1968
 *   Rasch  the 2PL with one slope a for all items. Since theta has variance 1, that slope is the standard deviation of theta on Rasch's own scale:
 *          a and b here are the same model as slopes of 1 with a free variance a² and difficulties a b (Thissen 1982, Psychometrika 47).
 *   3PL    P(1) = c + (1 - c) s(a (theta - b))                                                    Birnbaum 1968
 *   GRM    P(at least k) = s(a (theta - b_k)), k = 1 … m, b_1 < b_2 < … < b_m                     Samejima 1969, Psychometrika Monograph 17
 *   GPCM   P(k) is proportional to exp(sum over v = 1 … k of a (theta - b_v))                     Muraki 1992, Applied Psychological Measurement 16
 *
 * m is the number of categories less one. Two categories make the GRM and the GPCM a 2PL. */
#ifndef PSYCHOMETRICS_ITEM_H
#define PSYCHOMETRICS_ITEM_H
#include "psychometrics/responses.h"

enum irt_model { IRT_RASCH, IRT_2PL, IRT_3PL, IRT_GRM, IRT_GPCM };
static inline bool irt_is_polytomous(enum irt_model m)
{
	return m == IRT_GRM || m == IRT_GPCM;
}

struct irt_item {
	enum irt_model model;
	int categories;			 /* 2 … CATEGORIES_MAX */
	double a, b[CATEGORIES_MAX - 1]; /* b: categories - 1 of them */
	double c;			 /* of the 3PL; else 0 */
};
/* ret[k] = P(k), and when they are not NULL its first and second derivative by theta. */
void irt_probabilities(const struct irt_item *i, double theta, double *ret, double *ret_first, double *ret_second);
/* Expected score (sum of k P(k)). */
double irt_expected(const struct irt_item *i, double theta);
/* Fisher's information about theta: sum of P'(k)² / P(k). */
double irt_information(const struct irt_item *i, double theta);

/* ── for estimation: parameters in which the likelihood is well-behaved ──
 *
 * par[0] = a, par[1 … m] = d_k = -a b_k, and for the 3PL par[2] = logit c. */
enum { PARS_MAX = CATEGORIES_MAX };
struct item_form {
	enum irt_model model;
	int categories, pars;
};
struct item_form item_form_of(enum irt_model model, int categories);
/* Whether the parameters are those of an item: finite, and thresholds of a GRM in their order. */
bool item_form_good(const struct item_form *f, const double *par);
/* ret[k] = log P(k). */
void item_log_p(const struct item_form *f, const double *par, double theta, double *ret);
/* By the parameters: score[k * PARS_MAX + m] = d log P(k) / d par[m], and unless NULL
 * second[(k * PARS_MAX + m) * PARS_MAX + n] = d² log P(k) / (d par[m] d par[n]). */
void item_scores(const struct item_form *f, const double *par, double theta, double *ret_score, double *ret_second);
void item_par_of(const struct irt_item *i, double *ret_par);
struct irt_item item_of_par(const struct item_form *f, const double *par);
#endif
